//! Words for people, always in both languages.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A language of the interface.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Polish.
    #[default]
    Pl,
    /// English.
    En,
}

impl Lang {
    /// The first language of an `Accept-Language` header (RFC 9110 §12.5.4) that we speak, by weight.
    #[must_use]
    pub fn negotiate(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',').take(16) {
            let mut bits = part.trim().split(';');
            let tag = bits.next().unwrap_or_default().trim();
            let lang = match tag.split('-').next().unwrap_or_default() {
                t if t.eq_ignore_ascii_case("pl") => Self::Pl,
                t if t.eq_ignore_ascii_case("en") => Self::En,
                _ => continue,
            };
            let weight = bits
                .find_map(|b| b.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// One text in Polish and English.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Text {
    /// Polish.
    pub pl: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A text that is known when the program is built.
    #[must_use]
    pub const fn of(pl: &'static str, en: &'static str) -> Self {
        Self { pl: Cow::Borrowed(pl), en: Cow::Borrowed(en) }
    }

    /// A text put together at run time.
    pub fn new(pl: impl Into<String>, en: impl Into<String>) -> Self {
        Self { pl: Cow::Owned(pl.into()), en: Cow::Owned(en.into()) }
    }

    /// The same word in both languages, such as a code or a name.
    pub fn same(word: impl Into<String>) -> Self {
        let word = word.into();
        Self { pl: Cow::Owned(word.clone()), en: Cow::Owned(word) }
    }

    /// The text in `lang`.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Pl => &self.pl,
            Lang::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn accept_language_is_weighed() {
        assert_eq!(Lang::negotiate("de, en;q=0.5, pl;q=0.8"), Some(Lang::Pl));
        assert_eq!(Lang::negotiate("en-GB"), Some(Lang::En));
        assert_eq!(Lang::negotiate("de, fr"), None);
        assert_eq!(Lang::negotiate("pl;q=0"), None);
    }
}
