//! What a letter says to whoever cannot sign in any more.

use crate::letter::{Taken, Words};
use kernel::Lang;

pub fn taken(lang: Lang, organisation: &str, what: Taken) -> Words {
    let (subject, happened, next) = match (lang, what) {
        (Lang::Pl, Taken::Settings) => (
            "Klucznik: nie możesz się teraz zalogować",
            format!(
                "W Kluczniku organizacji {organisation} zmieniono sposób logowania i żaden z Twoich dotychczasowych już nie działa."
            ),
            "Poproś administratora o połączenie Twojego konta u dostawcy logowania albo o zaproszenie.",
        ),
        (Lang::Pl, what) => (
            "Klucznik: nie możesz się teraz zalogować",
            match what {
                Taken::Password => format!(
                    "W Kluczniku organizacji {organisation} unieważniono Twoje hasło, jedyny sposób, w jaki można się było zalogować na Twoje konto. Wszystkie sesje i tokeny zakończono."
                ),
                Taken::Account => format!(
                    "W Kluczniku organizacji {organisation} odłączono od Twojego konta konto u dostawcy, jedyny sposób, w jaki można się było na nie zalogować. Wszystkie sesje i tokeny zakończono."
                ),
                _ => format!(
                    "W Kluczniku organizacji {organisation} odebrano Twoje składniki logowania, jedyny sposób, w jaki można się było zalogować na Twoje konto. Wszystkie sesje i tokeny zakończono."
                ),
            },
            "Poproś administratora o zaproszenie, którym ustawisz nowe hasło, albo o połączenie konta u dostawcy logowania.",
        ),
        (Lang::En, Taken::Settings) => (
            "Klucznik: you cannot sign in now",
            format!(
                "In the Klucznik of {organisation} people sign in otherwise than before, and none of your ways in works any more."
            ),
            "Ask an administrator to link your account at the sign-in provider, or to invite you.",
        ),
        (Lang::En, what) => (
            "Klucznik: you cannot sign in now",
            match what {
                Taken::Password => format!(
                    "In the Klucznik of {organisation} your password was taken away, the only way to sign in to your account. All sessions and tokens were ended."
                ),
                Taken::Account => format!(
                    "In the Klucznik of {organisation} an account at a provider was unlinked from yours, the only way to sign in to it. All sessions and tokens were ended."
                ),
                _ => format!(
                    "In the Klucznik of {organisation} your sign-in factors were taken away, the only way to sign in to your account. All sessions and tokens were ended."
                ),
            },
            "Ask an administrator to invite you to choose another password, or to link an account at a sign-in provider.",
        ),
    };
    let unknown = match lang {
        Lang::Pl => {
            "Jeśli nie wiesz, dlaczego tak się stało, zapytaj o to administratora osobiście lub telefonicznie."
        }
        Lang::En => "If you do not know why, ask an administrator in person or by phone.",
    };
    (subject, vec![happened, next.to_owned()], vec![unknown.to_owned()])
}
