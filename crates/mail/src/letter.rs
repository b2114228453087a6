//! What letters say, in the language of whoever gets them. No subject names anybody: it shows on locked screens.

use kernel::{Lang, Time};
use serde::{Deserialize, Serialize};

/// A letter. What it says of links and times is filled in when it is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// That mail arrives.
    Test,
    /// To whoever is invited.
    Invitation {
        /// Until when the link is good.
        ends_at: Time,
    },
}

/// A letter in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Subject.
    pub subject: String,
    /// Paragraphs before the link.
    pub before: Vec<String>,
    /// The link, if there is one.
    pub link: Option<String>,
    /// Paragraphs after it.
    pub after: Vec<String>,
}

impl Letter {
    /// What it says. `organisation` is the name of whose instance it is; `link` is absent in letters without one.
    #[must_use]
    pub fn told(&self, lang: Lang, organisation: &str, link: Option<String>) -> Told {
        let (subject, before, after) = match (self, lang) {
            (Self::Test, Lang::Pl) => (
                "Klucznik: wiadomość próbna",
                vec![format!("To wiadomość próbna z Klucznika organizacji {organisation}. Poczta działa.")],
                Vec::new(),
            ),
            (Self::Test, Lang::En) => (
                "Klucznik: a test",
                vec![format!("This is a test from the Klucznik of {organisation}. Mail works.")],
                Vec::new(),
            ),
            (Self::Invitation { ends_at }, Lang::Pl) => (
                "Klucznik: zaproszenie",
                vec![
                    format!("Masz konto w Kluczniku organizacji {organisation}."),
                    "Otwórz ten odsyłacz i ustaw hasło:".to_owned(),
                ],
                vec![
                    format!("Odsyłacz działa raz, do {}.", utc(*ends_at)),
                    "Jeśli nie spodziewasz się tego zaproszenia, zignoruj tę wiadomość.".to_owned(),
                ],
            ),
            (Self::Invitation { ends_at }, Lang::En) => (
                "Klucznik: an invitation",
                vec![
                    format!("You have an account in the Klucznik of {organisation}."),
                    "Open this link and choose a password:".to_owned(),
                ],
                vec![
                    format!("The link works once, until {}.", utc(*ends_at)),
                    "If you did not expect this invitation, ignore this message.".to_owned(),
                ],
            ),
        };
        Told { subject: subject.to_owned(), before, link, after }
    }
}

/// A time as people read it wherever they are, such as `2026-11-27 14:05 UTC`.
fn utc(time: Time) -> String {
    let text = time.rfc3339();
    match (text.get(..10), text.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_subject_names_anybody() {
        for letter in [Letter::Test, Letter::Invitation { ends_at: Time(0) }] {
            for lang in [Lang::Pl, Lang::En] {
                let told =
                    letter.told(lang, "Firma Anny Kowalskiej", Some("https://x.example/#y".to_owned()));
                assert!(
                    told.subject.starts_with("Klucznik: ") && !told.subject.contains("Kowalsk"),
                    "{told:?}"
                );
                assert!(told.before[0].contains("Firma Anny Kowalskiej"), "{told:?}");
            }
        }
        assert_eq!(utc(Time(1_795_420_800_000)), "2026-11-23 08:00 UTC");
    }
}
