//! Texts made equal: for comparison ([`fold`]) and for keeping ([`clean`]).

use crate::numbers::Reason;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text for comparison: without case and diacritics, letters that Unicode does not take apart
/// (ł, đ, ø, æ, ß …) written plainly. Index and search fold with this function alone, so that they
/// always agree. Folding twice changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !is_combining_mark(c) && !is_invisible(c) {
            c.to_lowercase().for_each(|low| push_plain(&mut out, low));
        }
    }
    out
}

fn push_plain(out: &mut String, c: char) {
    match c {
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ø' => out.push('o'),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ß' => out.push_str("ss"),
        'þ' => out.push_str("th"),
        'ı' => out.push('i'),
        'ħ' => out.push('h'),
        'ŧ' => out.push('t'),
        'ŋ' => out.push('n'),
        'ĸ' => out.push('k'),
        'ς' => out.push('σ'),
        '\u{2018}' | '\u{2019}' | '\u{02bc}' => out.push('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
        _ if is_combining_mark(c) => {}
        _ => out.push(c),
    }
}

/// Folded letters and digits only: how headings and labels are compared.
pub(crate) fn squash(text: &str) -> String {
    let mut out = fold(text);
    out.retain(char::is_alphanumeric);
    out
}

/// Marks of direction and joining that nobody sees. Copying from address books leaves them in
/// numbers and names, and they can make a text look like another.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{00ad}'
    )
}

/// The text as it is kept: composed (NFC), without invisible marks, trimmed; line ends of `long`
/// texts are `\n`.
///
/// # Errors
/// Control characters, but for line ends and tabs in long texts.
pub(crate) fn clean(text: &str, long: bool) -> Result<Cow<'_, str>, Reason> {
    let text = text.trim();
    let plain = |b: u8| b.is_ascii() && !b.is_ascii_control();
    if text.bytes().all(plain) {
        return Ok(Cow::Borrowed(text));
    }
    let seen: String = text.chars().filter(|&c| !is_invisible(c)).nfc().collect();
    let seen = if long { seen.replace("\r\n", "\n").replace('\r', "\n") } else { seen };
    let allowed = |c: char| long && matches!(c, '\n' | '\t');
    if seen.chars().any(|c| c.is_control() && !allowed(c)) {
        return Err(Reason::of(
            "control-characters",
            "Tekst zawiera niedozwolone znaki sterujące.",
            "The text holds control characters, which are not allowed.",
        ));
    }
    Ok(Cow::Owned(seen.trim().to_owned()))
}
