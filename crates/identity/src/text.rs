//! Folding of names and passwords, and what is wrong with names.

use kernel::{FieldIssue, Text};
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

/// Makes a name what is kept of it ([`schema::name`]); says what is wrong with it, of its length by `length`.
pub fn tidy_name(name: &mut String, most: usize, length: Text, example: &str) -> Option<FieldIssue> {
    match schema::name(name) {
        Ok(tidy) => *name = tidy,
        Err(refused) => return Some(issue("name", refused.code, refused.reason, example)),
    }
    let fits = (1..=most).contains(&name.chars().count());
    (!fits).then(|| issue("name", "malformed-name", length, example))
}

pub fn issue(field: &str, code: &str, reason: Text, example: &str) -> FieldIssue {
    FieldIssue { field: field.into(), code: code.into(), reason, example: Some(example.into()) }
}
