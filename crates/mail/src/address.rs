//! What letters about an address say.

use crate::letter::Words;
use kernel::Lang;

/// To an address that is to be a user's.
pub fn confirm(lang: Lang, organisation: &str, until: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: potwierdź adres",
            vec![
                format!("Ktoś podał ten adres w Kluczniku organizacji {organisation}."),
                "Jeśli to Ty, otwórz ten odsyłacz i potwierdź, że listy tu docierają:".to_owned(),
            ],
            vec![
                format!("Odsyłacz działa raz, do {until}."),
                "Jeśli to nie Ty, zignoruj tę wiadomość: bez potwierdzenia nic się nie zmieni.".to_owned(),
            ],
        ),
        Lang::En => (
            "Klucznik: confirm your address",
            vec![
                format!("Somebody gave this address in the Klucznik of {organisation}."),
                "If it was you, open this link and confirm that letters arrive here:".to_owned(),
            ],
            vec![
                format!("The link works once, until {until}."),
                "If it was not you, ignore this message: without it nothing changes.".to_owned(),
            ],
        ),
    }
}

/// To the address that a user has when another one is asked for.
pub fn asked(lang: Lang, organisation: &str, until: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: zmiana adresu e-mail",
            vec![
                format!(
                    "Na Twoim koncie w Kluczniku organizacji {organisation} poproszono o zmianę adresu e-mail na inny niż ten."
                ),
                "Jeśli to nie Ty, otwórz ten odsyłacz i odrzuć zmianę:".to_owned(),
            ],
            vec![
                format!(
                    "Można to zrobić do {until}, także gdy zmiana już nastąpiła. Zakończy to wszystkie sesje i tokeny."
                ),
                "Jeśli to Ty, nie musisz nic robić.".to_owned(),
            ],
        ),
        Lang::En => (
            "Klucznik: another e-mail address",
            vec![
                format!(
                    "In your account in the Klucznik of {organisation} an e-mail address other than this one was asked for."
                ),
                "If it was not you, open this link and refuse the change:".to_owned(),
            ],
            vec![
                format!(
                    "You can do so until {until}, also once the change has been made. It ends all sessions and tokens."
                ),
                "If it was you, there is nothing to do.".to_owned(),
            ],
        ),
    }
}

/// To the address that a user had until an administrator set another one.
pub fn changed(lang: Lang, organisation: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: zmieniono adres e-mail",
            vec![
                format!(
                    "Administrator Klucznika organizacji {organisation} zmienił adres e-mail Twojego konta na inny niż ten."
                ),
                "Listy z Klucznika nie będą już tu przychodzić.".to_owned(),
            ],
            vec!["Jeśli to pomyłka, powiadom administratora.".to_owned()],
        ),
        Lang::En => (
            "Klucznik: the e-mail address was changed",
            vec![
                format!(
                    "An administrator of the Klucznik of {organisation} set an e-mail address other than this one for your account."
                ),
                "Letters from Klucznik will no longer come here.".to_owned(),
            ],
            vec!["If that is a mistake, tell an administrator.".to_owned()],
        ),
    }
}
