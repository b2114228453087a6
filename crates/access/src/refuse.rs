//! Refusals that say what is missing: which action on which entity, or which right over which thing.

use crate::{Action, Actor, Level, Scope, Thing, Verb};
use kernel::{Fault, Lack, Lang, Text};
use schema::Entity;

impl Action {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Export => "export",
            Self::Import => "import",
            Self::Share => "share",
            Self::Merge => "merge",
            Self::Reveal => "reveal",
            Self::Erase => "erase",
        }
    }

    /// What roles do not allow, after "nie pozwalają na" and "do not allow".
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("odczyt", "reading"),
            Self::Create => ("dodawanie", "adding"),
            Self::Update => ("zmianę", "changing"),
            Self::Delete => ("przenoszenie do kosza i z kosza", "moving to the bin and back"),
            Self::Export => ("eksport", "exporting"),
            Self::Import => ("import", "importing"),
            Self::Share => ("udostępnianie", "sharing"),
            Self::Merge => ("scalanie", "merging"),
            Self::Reveal => ("odsłanianie zamaskowanych wartości", "revealing masked values"),
            Self::Erase => ("trwałe usuwanie", "erasing for good"),
        }
    }
}

impl Action {
    /// As [`Action::words`], by itself: what is not allowed stands in the accusative in Polish.
    pub(crate) const fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Update => ("zmiana", "changing"),
            other => other.words(),
        }
    }
}

impl Scope {
    /// Which records, between brackets.
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::None => ("żadne", "none"),
            Self::Own => ("własne", "one's own"),
            Self::Team => ("własne i zespołu", "one's own and the team's"),
            Self::Below => {
                ("własne, zespołu i zespołów niżej", "one's own, the team's and those of teams below")
            }
            Self::All => ("wszystkie", "all"),
        }
    }
}

impl Level {
    /// How much of a field is seen.
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Hidden => ("ukryte", "hidden"),
            Self::Masked => ("częściowy wgląd", "seen in part"),
            Self::Read => ("wgląd", "seen"),
            Self::Write => ("wgląd i zmiana", "seen and changed"),
        }
    }
}

impl Thing {
    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Teams => "teams",
            Self::Roles => "roles",
            Self::Fields => "fields",
            Self::Ledger => "ledger",
            Self::Keys => "keys",
            Self::Sessions => "sessions",
            Self::System => "system",
        }
    }

    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Users => ("użytkownicy", "users"),
            Self::Teams => ("zespoły", "teams"),
            Self::Roles => ("role", "roles"),
            Self::Fields => ("pola własne", "custom fields"),
            Self::Ledger => ("dziennik zdarzeń", "the ledger"),
            Self::Keys => ("klucze", "keys"),
            Self::Sessions => ("sesje innych osób", "other people's sessions"),
            Self::System => ("system", "the system"),
        }
    }
}

/// Who does not allow it: with a token, perhaps only the token.
const fn who(actor: &Actor) -> (&'static str, &'static str) {
    if actor.token.is_some() {
        ("Zakres tokenu albo Twoje role nie pozwalają", "The token's scope or your roles do not allow")
    } else {
        ("Twoje role nie pozwalają", "Your roles do not allow")
    }
}

pub(crate) fn small(label: &str) -> String {
    let mut chars = label.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The refusal of `action` on records of `entity`.
#[must_use]
pub fn lacks_action(actor: &Actor, action: Action, entity: &Entity) -> Fault {
    let ((who_pl, who_en), (pl, en)) = (who(actor), action.words());
    let many = |lang| small(entity.label_plural.get(lang));
    let message = Text::new(
        format!("{who_pl} na {pl}: {}.", many(Lang::Pl)),
        format!("{who_en} {en}: {}.", many(Lang::En)),
    );
    let lack = Lack { action: Some(action.name()), entity: Some(entity.name.clone()), thing: None };
    Fault { message, ..Fault::forbidden() }.lacking(lack)
}

/// The refusal of a right over a thing.
#[must_use]
pub fn lacks_thing(actor: &Actor, thing: Thing, verb: Verb) -> Fault {
    let ((who_pl, who_en), (pl, en)) = (who(actor), thing.words());
    let (name, do_pl, do_en) = match verb {
        Verb::Read => ("read", "wgląd", "viewing"),
        Verb::Manage => ("manage", "zarządzanie", "managing"),
    };
    let message = Text::new(format!("{who_pl} na {do_pl}: {pl}."), format!("{who_en} {do_en} {en}."));
    let lack = Lack { action: Some(name), entity: None, thing: Some(thing.name()) };
    Fault { message, ..Fault::forbidden() }.lacking(lack)
}

/// The refusal of a change of data whose processing is restricted.
#[must_use]
pub fn restricted(action: Action, entity: &Entity) -> Fault {
    let message = Text::of(
        "Przetwarzanie tych danych jest ograniczone (art. 18 RODO): można je tylko czytać.",
        "Processing of these data is restricted (GDPR Art. 18): they can only be read.",
    );
    let lack = Lack { action: Some(action.name()), entity: Some(entity.name.clone()), thing: None };
    Fault { message, ..Fault::forbidden() }.lacking(lack)
}
