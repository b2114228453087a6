//! Folding of names and passwords.

use unicode_normalization::UnicodeNormalization;

/// Characters of a log-in name that are looked at.
pub const LOGIN_CHARS: usize = 100;

/// A password as it is hashed: NFKC (NIST SP 800-63B-4 §3.1.1.2), so that keyboards agree.
pub fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// A text cut to so many characters, without control characters.
pub fn cut(text: &str, chars: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(chars).collect()
}
