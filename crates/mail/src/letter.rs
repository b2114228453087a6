//! What letters say, in the language of whoever gets them. No subject names anybody: it shows on locked screens.

use crate::{address, way};
use kernel::{Lang, Text, Time, Zone};
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
    /// To whoever forgot a password.
    Reset {
        /// Until when the link is good.
        ends_at: Time,
    },
    /// That a password was set anew.
    PasswordSet,
    /// To an address that is to be a user's.
    EmailConfirm {
        /// Until when the link is good.
        ends_at: Time,
    },
    /// To the address that a user has when another one is asked for.
    EmailAsked {
        /// Until when that can be refused.
        until: Time,
    },
    /// To the same, where the change waits for it.
    EmailAgree {
        /// Until when the link is good.
        ends_at: Time,
    },
    /// To the address that a user had until another one was set without it.
    EmailChanged,
    /// To whoever comes in by nothing any more.
    WayTaken {
        /// What was taken.
        what: Taken,
    },
    /// What a user is told of the own account in the application as well.
    Alert {
        /// What happened.
        title: Text,
        /// When and from where, and what to do.
        body: Text,
    },
}

/// The last that a user came in by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// The password.
    Password,
    /// An account at a provider.
    Account,
    /// Sign-in factors.
    Factors,
    /// Whatever it was: the settings of the server let it count no more.
    Settings,
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
    /// A stable name in snake case.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Invitation { .. } => "invitation",
            Self::Reset { .. } => "reset",
            Self::PasswordSet => "password_set",
            Self::EmailConfirm { .. } => "email_confirm",
            Self::EmailAsked { .. } => "email_asked",
            Self::EmailAgree { .. } => "email_agree",
            Self::EmailChanged => "email_changed",
            Self::WayTaken { .. } => "way_taken",
            Self::Alert { .. } => "alert",
        }
    }

    /// What it says. `organisation` is the name of whose instance it is, and `zone` its clocks; `link` is absent in letters
    /// without one.
    #[must_use]
    pub fn told(&self, lang: Lang, (organisation, zone): (&str, &Zone), link: Option<String>) -> Told {
        let until = |at: &Time| zone.moment_here(*at).get(lang).to_owned();
        let (subject, before, after) = match self {
            Self::Test => test(lang, organisation),
            Self::Invitation { ends_at } => invitation(lang, organisation, &until(ends_at)),
            Self::Reset { ends_at } => reset(lang, organisation, &until(ends_at)),
            Self::PasswordSet => password_set(lang, organisation),
            Self::EmailConfirm { ends_at } => address::confirm(lang, organisation, &until(ends_at)),
            Self::EmailAsked { until: at } => address::asked(lang, organisation, &until(at)),
            Self::EmailAgree { ends_at } => address::agree(lang, organisation, &until(ends_at)),
            Self::EmailChanged => address::changed(lang, organisation),
            Self::WayTaken { what } => way::taken(lang, organisation, *what),
            Self::Alert { title, body } => alert(lang, organisation, title.get(lang), body.get(lang)),
        };
        Told { subject: subject.to_owned(), before, link, after }
    }
}

/// Subject, paragraphs before the link and after it.
pub(crate) type Words = (&'static str, Vec<String>, Vec<String>);

fn test(lang: Lang, organisation: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: wiadomość próbna",
            vec![format!("To wiadomość próbna z Klucznika organizacji {organisation}. Poczta działa.")],
            Vec::new(),
        ),
        Lang::En => (
            "Klucznik: a test",
            vec![format!("This is a test from the Klucznik of {organisation}. Mail works.")],
            Vec::new(),
        ),
    }
}

fn invitation(lang: Lang, organisation: &str, until: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: zaproszenie",
            vec![
                format!("Masz konto w Kluczniku organizacji {organisation}."),
                "Otwórz ten odsyłacz i ustaw hasło:".to_owned(),
            ],
            vec![
                format!("Odsyłacz działa raz, do {until}."),
                "Jeśli nie spodziewasz się tego zaproszenia, zignoruj tę wiadomość.".to_owned(),
            ],
        ),
        Lang::En => (
            "Klucznik: an invitation",
            vec![
                format!("You have an account in the Klucznik of {organisation}."),
                "Open this link and choose a password:".to_owned(),
            ],
            vec![
                format!("The link works once, until {until}."),
                "If you did not expect this invitation, ignore this message.".to_owned(),
            ],
        ),
    }
}

fn reset(lang: Lang, organisation: &str, until: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: nowe hasło",
            vec![
                format!(
                    "Ktoś poprosił o nowe hasło do Twojego konta w Kluczniku organizacji {organisation}."
                ),
                "Jeśli to Ty, otwórz ten odsyłacz i ustaw je:".to_owned(),
            ],
            vec![
                format!("Odsyłacz działa raz, do {until}. Zakończy wszystkie Twoje sesje."),
                "Jeśli to nie Ty, zignoruj tę wiadomość: hasło się nie zmieniło.".to_owned(),
            ],
        ),
        Lang::En => (
            "Klucznik: a new password",
            vec![
                format!(
                    "Somebody asked for a new password for your account in the Klucznik of {organisation}."
                ),
                "If it was you, open this link and choose one:".to_owned(),
            ],
            vec![
                format!("The link works once, until {until}. It ends all your sessions."),
                "If it was not you, ignore this message: the password is the same as before.".to_owned(),
            ],
        ),
    }
}

fn password_set(lang: Lang, organisation: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: ustawiono nowe hasło",
            vec![
                format!(
                    "Ustawiono nowe hasło do Twojego konta w Kluczniku organizacji {organisation}. Wszystkie sesje i tokeny zakończono."
                ),
                "Jeśli to nie Ty, od razu powiadom administratora.".to_owned(),
            ],
            Vec::new(),
        ),
        Lang::En => (
            "Klucznik: a new password was set",
            vec![
                format!(
                    "A new password was set for your account in the Klucznik of {organisation}. All sessions and tokens were ended."
                ),
                "If it was not you, tell an administrator at once.".to_owned(),
            ],
            Vec::new(),
        ),
    }
}

fn alert(lang: Lang, organisation: &str, title: &str, body: &str) -> Words {
    let (subject, whose, why) = match lang {
        Lang::Pl => (
            "Klucznik: bezpieczeństwo Twojego konta",
            format!("To wiadomość o Twoim koncie w Kluczniku organizacji {organisation}."),
            "To samo jest w powiadomieniach w Kluczniku. Na tę wiadomość nie trzeba odpowiadać, a odsyłaczy w niej nie ma.",
        ),
        Lang::En => (
            "Klucznik: the security of your account",
            format!("This is about your account in the Klucznik of {organisation}."),
            "The same is among your notifications in Klucznik. There is no need to answer, and there is no link in this message.",
        ),
    };
    (subject, vec![whose, format!("{title}."), body.to_owned()], vec![why.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_subject_names_anybody() {
        let ends_at = Time(0);
        for letter in
            [Letter::Test, Letter::Invitation { ends_at }, Letter::Reset { ends_at }, Letter::PasswordSet]
                .into_iter()
                .chain([Letter::EmailConfirm { ends_at }, Letter::EmailAsked { until: ends_at }])
                .chain([Letter::EmailAgree { ends_at }, Letter::EmailChanged])
                .chain(
                    [Taken::Password, Taken::Account, Taken::Factors, Taken::Settings]
                        .map(|what| Letter::WayTaken { what }),
                )
                .chain([Letter::Alert {
                    title: Text::of("Dodano: klucz Kowalskiej", "Added: Kowalska's key"),
                    body: Text::of("Jeśli to nie Ty…", "If it was not you…"),
                }])
        {
            for lang in [Lang::Pl, Lang::En] {
                let told = letter.told(
                    lang,
                    ("Firma Anny Kowalskiej", &Zone::default()),
                    Some("https://x.example/#y".to_owned()),
                );
                assert!(
                    told.subject.starts_with("Klucznik: ") && !told.subject.contains("Kowalsk"),
                    "{told:?}"
                );
                assert!(told.before[0].contains("Firma Anny Kowalskiej"), "{told:?}");
            }
        }
    }

    #[test]
    fn times_are_told_by_the_clocks_of_the_organisation_and_by_which() {
        let zone = Zone::find("Atlantic/Reykjavik").expect("a zone");
        let at = Time(1_795_420_800_000);
        for letter in [
            Letter::Invitation { ends_at: at },
            Letter::Reset { ends_at: at },
            Letter::EmailConfirm { ends_at: at },
            Letter::EmailAsked { until: at },
            Letter::EmailAgree { ends_at: at },
        ] {
            let told = |lang, zone: &Zone| letter.told(lang, ("Firma", zone), None).after.join(" ");
            let here = told(Lang::Pl, &Zone::default());
            assert!(here.contains("do 23.11.2026, 09:00 CET (Europe/Warsaw)"), "{here}");
            let there = told(Lang::En, &zone);
            assert!(there.contains("until 23 Nov 2026, 08:00 GMT (Atlantic/Reykjavik)"), "{there}");
        }
    }
}
