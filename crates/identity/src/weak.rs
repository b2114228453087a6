//! Passwords that would be guessed, and why. No rules on what characters a password is made of (NIST
//! SP 800-63B-4 §3.1.1.2).

use crate::common::CommonPasswords;
use crate::text::normal;
use kernel::{FieldIssue, Text, limits};
use schema::fold;

/// Shorter words about the user or the organisation turn up in good passwords by chance.
const WORD: usize = 4;
/// Neighbours in a row of [`ROWS`] that count as a run.
const RUN: usize = 4;
/// A repeated piece of at most this length.
const PIECE: usize = 6;
/// Characters that must remain when each run counts as one.
const REST: usize = 8;

/// Rows of a keyboard, its columns, alphabet and digits; each begins again at its end.
const ROWS: [&str; 7] = [
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
];

/// What the commonest passwords are made of, folded.
const COMMON: [&str; 86] = [
    "password",
    "passw0rd",
    "haslo",
    "pass",
    "admin",
    "administrator",
    "root",
    "user",
    "login",
    "test",
    "welcome",
    "witaj",
    "witam",
    "letmein",
    "iloveyou",
    "kochamcie",
    "kocham",
    "kochanie",
    "misiek",
    "misiaczek",
    "qwerty",
    "zaqwsx",
    "zaq",
    "wsx",
    "polska",
    "polak",
    "warszawa",
    "krakow",
    "poznan",
    "wroclaw",
    "gdansk",
    "legia",
    "lech",
    "wisla",
    "football",
    "pilka",
    "baseball",
    "monkey",
    "dragon",
    "master",
    "superman",
    "batman",
    "pokemon",
    "starwars",
    "princess",
    "sunshine",
    "shadow",
    "michael",
    "marcin",
    "mateusz",
    "bartek",
    "kasia",
    "agnieszka",
    "monika",
    "karolina",
    "natalia",
    "lukasz",
    "tomek",
    "damian",
    "kacper",
    "zima",
    "wiosna",
    "lato",
    "jesien",
    "winter",
    "spring",
    "summer",
    "autumn",
    "styczen",
    "poniedzialek",
    "january",
    "monday",
    "secret",
    "sekret",
    "tajne",
    "tajnehaslo",
    "samsung",
    "computer",
    "komputer",
    "internet",
    "firma",
    "company",
    "changeme",
    "zmienmnie",
    "default",
    "crm",
];

/// Why a password must not be taken; empty if it may. `about` is what an attacker knows: log-in,
/// name, e-mail, names of the organisation and of the product.
#[must_use]
pub fn weaknesses(password: &str, about: &[&str], common: &CommonPasswords) -> Vec<FieldIssue> {
    let count = password.chars().take(limits::PASSWORD_MAX_CHARS + 1).count();
    if count > limits::PASSWORD_MAX_CHARS {
        return vec![issue(
            "too-long",
            "Hasło ma ponad 256 znaków.",
            "The password has more than 256 characters.",
        )];
    }
    let folded = fold(&normal(password));
    let mut issues = Vec::new();
    if count < limits::PASSWORD_MIN_CHARS {
        issues.push(issue(
            "too-short",
            "Hasło ma mniej niż 15 znaków. Kilka przypadkowych słów łatwo zapamiętać.",
            "The password has fewer than 15 characters. A few random words are easy to remember.",
        ));
    }
    if about.iter().any(|known| contains(&folded, known)) {
        issues.push(issue(
            "about-you",
            "Hasło zawiera Twój login, imię lub nazwisko, adres e-mail albo nazwę firmy lub programu.",
            "The password contains your username, your name, your e-mail address, or the name of the company or the program.",
        ));
    }
    if repeats(&folded) {
        issues.push(issue(
            "repeated",
            "Hasło to w kółko powtarzane te same znaki.",
            "The password is the same characters over and over.",
        ));
    } else if without_runs(&folded) < REST {
        issues.push(issue(
            "sequence",
            "Hasło składa się głównie z kolejnych znaków alfabetu, cyfr lub klawiszy.",
            "The password is mostly a sequence of letters, digits or keys.",
        ));
    }
    if common.holds(password) || is_common(&folded) {
        issues.push(issue(
            "common",
            "To hasło jest jednym z najczęściej używanych lub wykradzionych albo mało się od nich różni.",
            "This password is one of the commonest or was stolen somewhere, or differs little from such a one.",
        ));
    }
    issues
}

fn issue(code: &str, pl: &'static str, en: &'static str) -> FieldIssue {
    FieldIssue { field: "password".into(), code: code.into(), reason: Text::of(pl, en), example: None }
}

/// Whether the password contains what is known, or a word of it.
fn contains(folded: &str, known: &str) -> bool {
    let known = fold(&normal(known));
    let whole: String = known.chars().filter(|c| c.is_alphanumeric()).collect();
    let bare: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let long = |word: &str| word.chars().count() >= WORD;
    (long(&whole) && bare.contains(&whole))
        || known.split(|c: char| !c.is_alphanumeric()).any(|word| long(word) && folded.contains(word))
}

/// Whether it is a short piece over and over.
fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=PIECE.min(chars.len() / 2)).any(|piece| chars.iter().zip(&chars[piece..]).all(|(a, b)| a == b))
}

/// How many characters remain when each run counts as one.
fn without_runs(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let (mut at, mut left) = (0, 0);
    while at < chars.len() {
        let longest = run(&chars[at..]);
        at += if longest >= RUN { longest } else { 1 };
        left += 1;
    }
    left
}

/// Length of the longest run at the beginning.
fn run(chars: &[char]) -> usize {
    let same = chars.iter().take_while(|c| **c == chars[0]).count();
    let in_rows = ROWS.iter().flat_map(|row| {
        let there: Vec<char> = row.chars().collect();
        let back: Vec<char> = row.chars().rev().collect();
        [along(chars, &there), along(chars, &back)]
    });
    in_rows.fold(same, usize::max)
}

fn along(chars: &[char], row: &[char]) -> usize {
    let Some(start) = row.iter().position(|c| *c == chars[0]) else {
        return 0;
    };
    chars.iter().zip(row.iter().cycle().skip(start)).take_while(|(a, b)| a == b).count()
}

/// Whether, without digits and signs around it and with digits read as letters, it is made of common
/// words and runs.
fn is_common(folded: &str) -> bool {
    let plain = |c: char| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c => c,
    };
    let ends = |text: &str| text.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
    let read: String = ends(folded).chars().map(plain).collect();
    let whole: String = folded.chars().map(plain).collect();
    [ends(folded), read, whole].iter().any(|text| made_of_common(text))
}

fn made_of_common(text: &str) -> bool {
    let mut rest = text;
    let mut found = false;
    while !rest.is_empty() {
        let word = COMMON.iter().filter(|w| rest.starts_with(**w)).map(|w| w.len()).max();
        let chars: Vec<char> = rest.chars().collect();
        let step = match word {
            Some(length) => {
                found = true;
                length
            }
            None if !chars[0].is_alphabetic() => chars[0].len_utf8(),
            None => match run(&chars) {
                n if n >= RUN => chars[..n].iter().map(|c| c.len_utf8()).sum(),
                _ => return false,
            },
        };
        rest = &rest[step..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: [&str; 5] =
        ["anna.kowalska", "Anna Kowalska", "a.kowalska@zielone-okna.pl", "Zielone Okna", "Klucznik"];

    fn codes(password: &str) -> Vec<String> {
        weaknesses(password, &ABOUT, &CommonPasswords::default()).into_iter().map(|i| i.code).collect()
    }

    #[test]
    fn weak_ones_are_refused_with_the_reason() {
        for (password, code) in [
            ("krótkie", "too-short"),
            ("gx7Lq0vTr2Pzm5", "too-short"),
            ("anna.kowalska!2026", "about-you"),
            ("mojeKOWALSKAhaslo77", "about-you"),
            ("ANNAKOWALSKA-xyz-42", "about-you"),
            ("zielone_okna_rządzą", "about-you"),
            ("klucznik-otwiera-9", "about-you"),
            ("aaaaaaaaaaaaaaa", "repeated"),
            ("abc1abc1abc1abc1", "repeated"),
            ("123456789012", "sequence"),
            ("abcdefghijklmnop", "sequence"),
            ("zyxwvutsrqponm", "sequence"),
            ("qwertyuiop[]asdf", "sequence"),
            ("1qaz2wsx3edc4rfv", "sequence"),
            ("Password1234!", "common"),
            ("P@ssw0rd2026!!", "common"),
            ("Hasło12345678", "common"),
            ("adminadmin2026", "common"),
            ("Zima2026!!!!!!", "common"),
            ("kochamcie1234", "common"),
        ] {
            assert!(codes(password).contains(&code.to_owned()), "{password}: {:?}", codes(password));
        }
        assert_eq!(codes(&"ż".repeat(257)), ["too-long"]);
    }

    #[test]
    fn good_ones_are_taken_whatever_they_are_made_of() {
        for password in [
            "zielony rower na dachu",
            "correct horse battery staple",
            "gx7Lq0vTr2Pzm5W",
            "świerszcz połyka księżyc",
            "大きな青い魚が空を飛ぶ夢を見た",
            "wpłatomat huśta mgłę",
        ] {
            assert_eq!(codes(password), Vec::<String>::new(), "{password}");
        }
        assert!(codes(&format!("ab{}", "zielony rower ".repeat(18))).is_empty());
    }

    #[test]
    fn both_languages_say_why() {
        for issue in weaknesses("aaa", &["aaaa"], &CommonPasswords::default()) {
            assert!(
                !issue.reason.pl.is_empty()
                    && !issue.reason.en.is_empty()
                    && issue.reason.pl != issue.reason.en
            );
        }
    }

    proptest::proptest! {
        /// Whatever is typed gets an answer, and what an attacker knows is never accepted.
        #[test]
        fn any_text_is_judged(password in "\\PC{0,40}", known in "[a-zA-Zżółć]{4,12}") {
            proptest::prop_assert!(password.is_empty() || !weaknesses(&password, &[&known], &CommonPasswords::default()).is_empty() || password.chars().count() >= 15);
            let built = format!("{password}{known}{password}");
            proptest::prop_assert!(weaknesses(&built, &[&known], &CommonPasswords::default()).iter().any(|i| i.code == "about-you"));
        }
    }
}
