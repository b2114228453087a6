//! The entities that every instance has. A field is one line:
//! `name: kind, "Polish label", "English label", flags…;`

use crate::{Choice, Entity, EntityCode, Field, FieldKind, Flags, Outcome, SubjectRule};
use FieldKind::{
    Bool, Country, Date, DateTime, Email, Iban, Krs, Money, Nip, Pesel, Phone, PostalCode, Regon, Tags, Url,
    User,
};
use kernel::{Text, limits};

macro_rules! fields {
    ($($name:ident: $kind:expr, $pl:literal, $en:literal $(, $flag:ident)*;)*) => {
        vec![$(Field {
            name: stringify!($name).to_owned(),
            label: Text::of($pl, $en),
            kind: $kind,
            flags: Flags { $($flag: true,)* ..Flags::default() },
        }),*]
    };
}

/// Code, Polish label, English label.
type Words = (&'static str, &'static str, &'static str);

const fn line(max: usize) -> FieldKind {
    FieldKind::Text { max }
}

const fn long() -> FieldKind {
    FieldKind::LongText { max: limits::LONG_TEXT_CHARS }
}

const fn count(max: i64) -> FieldKind {
    FieldKind::Integer { min: 0, max }
}

fn to(entity: &str) -> FieldKind {
    FieldKind::Reference { entity: entity.to_owned() }
}

fn one_of(words: &[Words]) -> FieldKind {
    let choice = |&(code, pl, en): &Words| Choice {
        code: code.to_owned(),
        label: Text::of(pl, en),
        probability: None,
        outcome: None,
    };
    FieldKind::Choice { choices: words.iter().map(choice).collect() }
}

fn stages() -> FieldKind {
    let stage = |code: &str, pl, en, probability, outcome| Choice {
        code: code.to_owned(),
        label: Text::of(pl, en),
        probability: Some(probability),
        outcome,
    };
    FieldKind::Choice {
        choices: vec![
            stage("lead_in", "Nowa szansa", "Lead in", 10, None),
            stage("contact", "Nawiązany kontakt", "Contact made", 20, None),
            stage("offer", "Złożona oferta", "Offer made", 50, None),
            stage("negotiation", "Negocjacje", "Negotiation", 75, None),
            stage("won", "Wygrana", "Won", 100, Some(Outcome::Won)),
            stage("lost", "Przegrana", "Lost", 0, Some(Outcome::Lost)),
        ],
    }
}

/// Where data about somebody came from: GDPR Art. 14(2)(f) lets that person ask.
const SOURCES: &[Words] = &[
    ("website", "Strona internetowa", "Website"),
    ("referral", "Polecenie", "Referral"),
    ("phone", "Telefon przychodzący", "Incoming call"),
    ("email", "Wiadomość e-mail", "E-mail"),
    ("event", "Targi lub wydarzenie", "Fair or event"),
    ("advert", "Reklama", "Advertisement"),
    ("social", "Media społecznościowe", "Social media"),
    ("partner", "Partner", "Partner"),
    ("register", "Rejestr publiczny", "Public register"),
    ("prospecting", "Własne poszukiwania", "Own research"),
    ("import", "Import danych", "Import"),
    ("other", "Inne", "Other"),
];

const SIZES: &[Words] = &[
    ("micro", "Mikro (do 9 osób)", "Micro (up to 9 people)"),
    ("small", "Mała (10–49 osób)", "Small (10–49 people)"),
    ("medium", "Średnia (50–249 osób)", "Medium (50–249 people)"),
    ("large", "Duża (od 250 osób)", "Large (250 people and more)"),
];

const LANGUAGES: &[Words] = &[
    ("pl", "Polski", "Polish"),
    ("en", "Angielski", "English"),
    ("de", "Niemiecki", "German"),
    ("uk", "Ukraiński", "Ukrainian"),
    ("cs", "Czeski", "Czech"),
    ("sk", "Słowacki", "Slovak"),
    ("fr", "Francuski", "French"),
    ("es", "Hiszpański", "Spanish"),
    ("it", "Włoski", "Italian"),
    ("other", "Inny", "Other"),
];

const STATUSES: &[Words] = &[
    ("new", "Nowy", "New"),
    ("contacted", "Skontaktowany", "Contacted"),
    ("qualified", "Zakwalifikowany", "Qualified"),
    ("disqualified", "Odrzucony", "Disqualified"),
    ("converted", "Przekształcony", "Converted"),
];

const RATINGS: &[Words] = &[("hot", "Gorący", "Hot"), ("warm", "Ciepły", "Warm"), ("cold", "Zimny", "Cold")];

const ACTIVITIES: &[Words] = &[
    ("task", "Zadanie", "Task"),
    ("meeting", "Spotkanie", "Meeting"),
    ("call", "Rozmowa telefoniczna", "Call"),
    ("event", "Wydarzenie", "Event"),
    ("letter", "List", "Letter"),
];

const PRIORITIES: &[Words] =
    &[("normal", "Zwykły", "Normal"), ("high", "Wysoki", "High"), ("low", "Niski", "Low")];

fn entity(code: u16, name: [&str; 2], label: Text, plural: Text, title: &str) -> Entity {
    Entity {
        code: EntityCode(code),
        name: name[0].to_owned(),
        plural: name[1].to_owned(),
        label,
        label_plural: plural,
        fields: Vec::new(),
        parents: Vec::new(),
        subject: SubjectRule::Own,
        title: title.to_owned(),
        schema: 1,
    }
}

/// The built-in entities, in order of their numbers.
#[must_use]
pub fn builtin() -> Vec<Entity> {
    vec![company(), person(), lead(), deal(), activity(), note()]
}

fn company() -> Entity {
    let (one, many) = (Text::of("Firma", "Company"), Text::of("Firmy", "Companies"));
    // Of a sole trader, the ways to reach the company are data about a person.
    let fields = fields! {
        name: line(250), "Nazwa", "Name", required, searchable, sorts_as_name;
        nip: Nip, "NIP", "NIP", unique, searchable;
        regon: Regon, "REGON", "REGON", searchable;
        krs: Krs, "Numer KRS", "KRS number", searchable;
        vat_eu: line(20), "Numer VAT UE", "EU VAT number", searchable;
        email: Email, "E-mail", "E-mail", searchable, personal;
        phone: Phone, "Telefon", "Phone", searchable, personal;
        website: Url, "Strona internetowa", "Website";
        street: line(250), "Ulica i numer", "Street and number", personal;
        city: line(100), "Miejscowość", "City";
        postal_code: PostalCode, "Kod pocztowy", "Postal code";
        country: Country, "Kraj", "Country";
        industry: line(100), "Branża", "Industry";
        size: one_of(SIZES), "Wielkość", "Size";
        employees: count(10_000_000), "Liczba pracowników", "Number of employees";
        parent_company: to("company"), "Firma nadrzędna", "Parent company";
        bank_account: Iban, "Rachunek bankowy", "Bank account", special, trade, personal;
        source: one_of(SOURCES), "Źródło", "Source";
        tags: Tags, "Etykiety", "Tags";
        description: long(), "Opis", "Description", searchable;
    };
    Entity { fields, ..entity(1, ["company", "companies"], one, many, "name") }
}

fn person() -> Entity {
    let (one, many) = (Text::of("Osoba", "Person"), Text::of("Osoby", "People"));
    // `name` is what search finds, so its two parts are not kept for search once more.
    let fields = fields! {
        first_name: line(100), "Imię", "First name", personal;
        last_name: line(120), "Nazwisko", "Last name", required, personal, sorts_as_name;
        name: line(250), "Imię i nazwisko", "Full name", read_only, searchable, personal;
        sort_name: line(250), "Nazwisko i imię", "Last name, first name", read_only, personal, sorts_as_name;
        job_title: line(150), "Stanowisko", "Job title", personal;
        company: to("company"), "Firma", "Company", personal;
        email: Email, "E-mail", "E-mail", unique, searchable, personal;
        email2: Email, "Drugi e-mail", "Second e-mail", searchable, personal;
        phone: Phone, "Telefon", "Phone", searchable, personal;
        mobile: Phone, "Telefon komórkowy", "Mobile phone", searchable, personal;
        street: line(250), "Ulica i numer", "Street and number", personal;
        city: line(100), "Miejscowość", "City", personal;
        postal_code: PostalCode, "Kod pocztowy", "Postal code", personal;
        country: Country, "Kraj", "Country", personal;
        birthday: Date, "Data urodzenia", "Date of birth", personal;
        pesel: Pesel, "PESEL", "PESEL", special, personal;
        linkedin: Url, "Profil LinkedIn", "LinkedIn profile", personal;
        language: one_of(LANGUAGES), "Język", "Language", personal;
        source: one_of(SOURCES), "Źródło", "Source", personal;
        tags: Tags, "Etykiety", "Tags", personal;
        description: long(), "Opis", "Description", searchable, personal;
    };
    Entity { fields, ..entity(2, ["person", "people"], one, many, "name") }
}

fn lead() -> Entity {
    let (one, many) = (Text::of("Lead", "Lead"), Text::of("Leady", "Leads"));
    let fields = fields! {
        first_name: line(100), "Imię", "First name", personal;
        last_name: line(120), "Nazwisko", "Last name", personal;
        company_name: line(250), "Nazwa firmy", "Company name", searchable, personal;
        name: line(250), "Nazwa", "Name", required, read_only, searchable, personal;
        sort_name: line(250), "Nazwa do sortowania", "Name for sorting", read_only, personal, sorts_as_name;
        job_title: line(150), "Stanowisko", "Job title", personal;
        nip: Nip, "NIP", "NIP", searchable, personal;
        email: Email, "E-mail", "E-mail", searchable, personal;
        phone: Phone, "Telefon", "Phone", searchable, personal;
        mobile: Phone, "Telefon komórkowy", "Mobile phone", searchable, personal;
        website: Url, "Strona internetowa", "Website", personal;
        street: line(250), "Ulica i numer", "Street and number", personal;
        city: line(100), "Miejscowość", "City", personal;
        postal_code: PostalCode, "Kod pocztowy", "Postal code", personal;
        country: Country, "Kraj", "Country", personal;
        status: one_of(STATUSES), "Status", "Status", required;
        rating: one_of(RATINGS), "Ocena", "Rating";
        source: one_of(SOURCES), "Źródło", "Source", personal;
        estimated_value: Money, "Szacowana wartość", "Estimated value", trade;
        tags: Tags, "Etykiety", "Tags", personal;
        description: long(), "Opis", "Description", searchable, personal;
        converted_at: DateTime, "Data przekształcenia", "Converted at", read_only;
        converted_person: to("person"), "Osoba po przekształceniu", "Converted to person", read_only, personal;
        converted_company: to("company"), "Firma po przekształceniu", "Converted to company", read_only;
        converted_deal: to("deal"), "Szansa po przekształceniu", "Converted to deal", read_only;
    };
    Entity { fields, ..entity(3, ["lead", "leads"], one, many, "name") }
}

fn deal() -> Entity {
    let one = Text::of("Szansa sprzedaży", "Deal");
    let many = Text::of("Szanse sprzedaży", "Deals");
    let fields = fields! {
        name: line(250), "Nazwa", "Name", required, searchable, sorts_as_name;
        company: to("company"), "Firma", "Company";
        person: to("person"), "Osoba", "Person", personal;
        stage: stages(), "Etap", "Stage", required;
        value: Money, "Wartość", "Value", trade;
        expected_close: Date, "Planowane zamknięcie", "Expected close";
        closed_at: DateTime, "Data zamknięcia", "Closed at", read_only;
        lost_reason: line(250), "Powód przegranej", "Reason for loss", trade;
        next_step: line(250), "Następny krok", "Next step";
        source: one_of(SOURCES), "Źródło", "Source";
        tags: Tags, "Etykiety", "Tags";
        description: long(), "Opis", "Description", searchable, personal;
    };
    let subject = SubjectRule::From(vec!["company".to_owned(), "person".to_owned()]);
    Entity { fields, subject, ..entity(4, ["deal", "deals"], one, many, "name") }
}

fn activity() -> Entity {
    let one = Text::of("Aktywność", "Activity");
    let many = Text::of("Aktywności", "Activities");
    let fields = fields! {
        kind: one_of(ACTIVITIES), "Rodzaj", "Kind", required;
        title: line(250), "Temat", "Subject", required, searchable, personal;
        due: DateTime, "Termin", "Due";
        until: DateTime, "Koniec", "Until";
        done: Bool, "Wykonana", "Done", required;
        done_at: DateTime, "Data wykonania", "Done at", read_only;
        priority: one_of(PRIORITIES), "Priorytet", "Priority", required;
        assignee: User, "Wykonawca", "Assignee";
        place: line(250), "Miejsce", "Place", personal;
        description: long(), "Opis", "Description", searchable, personal;
    };
    child(Entity { fields, ..entity(5, ["activity", "activities"], one, many, "title") })
}

fn note() -> Entity {
    let (one, many) = (Text::of("Notatka", "Note"), Text::of("Notatki", "Notes"));
    let fields = fields! {
        body: long(), "Treść", "Text", required, searchable, personal;
        title: line(100), "Początek", "Beginning", read_only, personal;
    };
    child(Entity { fields, ..entity(6, ["note", "notes"], one, many, "title") })
}

/// The same entity, hanging on a company, a person, a lead or a deal.
fn child(entity: Entity) -> Entity {
    let parents = ["company", "person", "lead", "deal"].map(str::to_owned).to_vec();
    Entity { parents, subject: SubjectRule::Parent, ..entity }
}
