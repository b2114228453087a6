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
                "Jeśli to Ty, otwórz ten odsyłacz i potwierdź, że listy tu docierają. Jeśli nie, możesz to odsyłaczem odrzucić:".to_owned(),
            ],
            vec![
                format!("Odsyłacz działa raz, do {until}."),
                "Bez potwierdzenia nic się nie zmieni.".to_owned(),
            ],
        ),
        Lang::En => (
            "Klucznik: confirm your address",
            vec![
                format!("Somebody gave this address in the Klucznik of {organisation}."),
                "If it was you, open this link and confirm that letters arrive here. If not, you can refuse it by the link:".to_owned(),
            ],
            vec![
                format!("The link works once, until {until}."),
                "Unless it is confirmed, nothing changes.".to_owned(),
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

/// To the address that a user has when another one is asked for that waits for its yes.
pub fn agree(lang: Lang, organisation: &str, until: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: potwierdź zmianę adresu e-mail",
            vec![
                format!(
                    "Na Twoim koncie w Kluczniku organizacji {organisation} poproszono o zmianę adresu e-mail na inny niż ten. Zmiana nastąpi, gdy potwierdzą ją oba adresy."
                ),
                "Otwórz ten odsyłacz i potwierdź ją albo odrzuć:".to_owned(),
            ],
            vec![
                format!("Potwierdzić można raz, do {until}. Bez tego zostanie ten adres."),
                "Jeśli to nie Ty prosisz o zmianę, odrzuć ją: zakończy to wszystkie sesje i tokeny."
                    .to_owned(),
            ],
        ),
        Lang::En => (
            "Klucznik: confirm the change of your e-mail address",
            vec![
                format!(
                    "In your account in the Klucznik of {organisation} an e-mail address other than this one was asked for. The change is made once both addresses confirm it."
                ),
                "Open this link and confirm it or refuse it:".to_owned(),
            ],
            vec![
                format!("It can be confirmed once, until {until}. Otherwise this address stays."),
                "If it was not you who asked, refuse it: that ends all sessions and tokens.".to_owned(),
            ],
        ),
    }
}

/// To the address that a user had until another one was set without it.
pub fn changed(lang: Lang, organisation: &str) -> Words {
    match lang {
        Lang::Pl => (
            "Klucznik: zmieniono adres e-mail",
            vec![
                format!(
                    "Adres e-mail Twojego konta w Kluczniku organizacji {organisation} zmieniono na inny niż ten: podano, że nikt już tu nie czyta poczty."
                ),
                "Listy z Klucznika nie będą już tu przychodzić.".to_owned(),
            ],
            vec!["Jeśli to pomyłka, odrzuć zmianę w ciągu siedmiu dni odsyłaczem z listu, w którym była o niej mowa, i powiadom administratora.".to_owned()],
        ),
        Lang::En => (
            "Klucznik: the e-mail address was changed",
            vec![
                format!(
                    "The e-mail address of your account in the Klucznik of {organisation} was changed to another one than this: it was said that nobody reads mail here any more."
                ),
                "Letters from Klucznik will no longer come here.".to_owned(),
            ],
            vec!["If that is a mistake, refuse the change within seven days by the link of the letter that told of it, and tell an administrator.".to_owned()],
        ),
    }
}
