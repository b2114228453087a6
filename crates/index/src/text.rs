//! Text made ready: sort keys, and what search looks at.
//!
//! Search text of a record is one line per field. A line starts with a tag, a private-use character
//! that says which field it is, followed by the folded words of the value, each after one space. Only
//! letters and digits are words, so no value can forge a tag or a space, and no match spans two fields.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use std::sync::OnceLock;

/// The first tag: U+E000, private use, neither letter nor digit.
const FIRST_TAG: u32 = 0xe000;
/// Longest word of a long text that is looked at, in characters.
const WORD_CHARS: usize = 64;

/// The tag of the field with this position in its entity.
pub(crate) fn tag(position: usize) -> char {
    let offset = u32::try_from(position).unwrap_or(u32::MAX).min(0x18fe);
    char::from_u32(FIRST_TAG + offset).unwrap_or('\u{e000}')
}

pub(crate) const fn is_tag(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

fn collator() -> &'static CollatorBorrowed<'static> {
    static POLISH: OnceLock<CollatorBorrowed<'static>> = OnceLock::new();
    POLISH.get_or_init(|| {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        Collator::try_new(icu_locale_core::locale!("pl").into(), options)
            .expect("the Polish collation is compiled in")
    })
}

/// Bytes that compare as Polish names do: Ł after L, Ź after Z, case and marks last.
pub(crate) fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() + 16);
    let Ok(()) = collator().write_sort_key_to(text, &mut key);
    key
}

/// The runs of letters and digits.
pub(crate) fn runs(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|r| !r.is_empty())
}

pub(crate) fn is_number(run: &str) -> bool {
    run.bytes().all(|b| b.is_ascii_digit())
}

/// Adds the line of a short field. Numbers written in groups are added joined as well.
pub(crate) fn push_line(out: &mut String, tag: char, folded: &str) {
    let start = out.len();
    out.push(tag);
    let from = out.len();
    let (mut count, mut numeric) = (0, true);
    for run in runs(folded) {
        out.push(' ');
        out.push_str(run);
        count += 1;
        numeric &= is_number(run);
    }
    match count {
        0 => out.truncate(start),
        1 => {}
        _ if numeric && out.len() - from >= 5 + count => {
            let joined: String = out[from..].chars().filter(|c| *c != ' ').collect();
            out.push(' ');
            out.push_str(&joined);
        }
        _ => {}
    }
}

/// Adds the line of a long field: its words, each once, in order of the alphabet, so that the text
/// itself cannot be read back.
pub(crate) fn push_words(out: &mut String, tag: char, folded: &str) {
    let mut words: Vec<&str> = runs(folded).map(clip).collect();
    words.sort_unstable();
    words.dedup();
    if !words.is_empty() {
        out.push(tag);
    }
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
}

/// The part of a word that is looked at.
pub(crate) fn clip(word: &str) -> &str {
    word.char_indices().nth(WORD_CHARS).map_or(word, |(end, _)| &word[..end])
}

fn packed(a: char, b: char, c: char) -> u64 {
    (u64::from(u32::from(a)) << 42) | (u64::from(u32::from(b)) << 21) | u64::from(u32::from(c))
}

fn words(lines: &str) -> impl Iterator<Item = &str> {
    lines.split(|c: char| c == ' ' || is_tag(c)).filter(|w| !w.is_empty())
}

/// The tokens of a record, each once, separated by spaces: three characters in a row of every word
/// of `search`, where two underscores stand before its first character; of every word of `long`, the
/// first two such tokens and the whole word after an equals sign.
pub(crate) fn tokens(search: &str, long: &str) -> String {
    let mut grams: Vec<u64> = Vec::with_capacity(search.len());
    for word in words(search) {
        let (mut a, mut b) = ('_', '_');
        for c in word.chars() {
            grams.push(packed(a, b, c));
            (a, b) = (b, c);
        }
    }
    for word in words(long) {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { continue };
        grams.push(packed('_', '_', first));
        grams.extend(chars.next().map(|second| packed('_', first, second)));
    }
    grams.sort_unstable();
    grams.dedup();
    let mut out = String::with_capacity(grams.len() * 4 + long.len() * 2);
    for gram in grams {
        for shift in [42, 21, 0] {
            let code = u32::try_from((gram >> shift) & 0x1f_ffff).unwrap_or_default();
            out.extend(char::from_u32(code));
        }
        out.push(' ');
    }
    for word in words(long) {
        out.push('=');
        out.push_str(word);
        out.push(' ');
    }
    out
}

/// Whether one of the lines whose tag is in `allowed` contains `needle`.
pub(crate) fn line_contains(lines: &str, allowed: &str, needle: &str) -> bool {
    lines.split_inclusive(is_tag).zip(lines.split(is_tag).skip(1)).any(|(head, line)| {
        head.chars().next_back().is_some_and(|tag| allowed.contains(tag)) && line.contains(needle)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_names_sort_as_in_a_polish_dictionary() {
        let mut names = vec![
            "Żak",
            "Źródlak",
            "Zięba",
            "Łukasik",
            "Lis",
            "Ćwik",
            "Cis",
            "Ądamski",
            "Adamski",
            "Bąk",
            "Bak",
            "Ślusarz",
            "Sowa",
            "Ósmy",
            "Osa",
            "Ńg",
            "Nowak",
            "Ęcki",
            "Ewa",
            "lis",
            "Lisowska",
        ];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(
            names,
            [
                "Adamski",
                "Ądamski",
                "Bak",
                "Bąk",
                "Cis",
                "Ćwik",
                "Ewa",
                "Ęcki",
                "lis",
                "Lis",
                "Lisowska",
                "Łukasik",
                "Nowak",
                "Ńg",
                "Osa",
                "Ósmy",
                "Sowa",
                "Ślusarz",
                "Zięba",
                "Źródlak",
                "Żak",
            ]
        );
    }

    #[test]
    fn keys_order_as_the_collator_does() {
        let words = [
            "", "a", "Ą", "ala ma", "alama", "zółć", "żółć", "Żółć", "Łódź", "Lodz", "łodz", "ß", "É", "1",
            "-",
        ];
        for a in words {
            for b in words {
                assert_eq!(sort_key(a).cmp(&sort_key(b)), collator().compare(a, b), "{a} {b}");
            }
        }
    }

    #[test]
    fn lines_keep_fields_apart() {
        let mut lines = String::new();
        push_line(&mut lines, tag(0), "jan kowalski");
        push_line(&mut lines, tag(1), "%_\u{0}");
        push_line(&mut lines, tag(2), "+48 601-234-567");
        assert_eq!(lines, "\u{e000} jan kowalski\u{e002} 48 601 234 567 48601234567");
        assert!(line_contains(&lines, "\u{e000}", "kowal"));
        assert!(!line_contains(&lines, "\u{e001}\u{e002}", "kowal"));
        assert!(line_contains(&lines, "\u{e002}", " 48601"));
        assert!(!line_contains(&lines, "", "kowal"));
    }

    #[test]
    fn tokens_are_made_once() {
        assert_eq!(tokens("\u{e000} aba abab", ""), "__a _ab aba bab ");
        assert_eq!(tokens("", "\u{e000} abc"), "__a _ab =abc ");
    }
}
