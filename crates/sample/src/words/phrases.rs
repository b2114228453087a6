//! What deals, activities and notes are about.

/// What is sold: as the object of a deal (nominative).
pub const PRODUCTS: &[&str] = &[
    "Pakiet Serwis Plus",
    "Roczne licencje",
    "Linia pakująca L-40",
    "Regały magazynowe",
    "System kontroli dostępu",
    "Umowa serwisowa",
    "Wdrożenie modułu magazynowego",
    "Modernizacja oświetlenia",
    "Dostawa palet",
    "Szkolenia BHP",
    "Instalacja fotowoltaiczna",
    "Monitoring hali",
    "Wózki widłowe",
    "Sprężarka S-12",
    "Materiały eksploatacyjne",
    "Przegląd roczny",
    "Audyt energetyczny",
    "Klimatyzacja biura",
    "Etykiety i taśmy",
    "Terminale mobilne",
];

/// What is sold, in the genitive: after "w sprawie", "oferta", "wycena".
pub const ABOUT: &[&str] = &[
    "serwisu",
    "licencji rocznych",
    "linii pakującej",
    "regałów",
    "kontroli dostępu",
    "umowy ramowej",
    "wdrożenia",
    "oświetlenia",
    "dostaw palet",
    "szkoleń",
    "fotowoltaiki",
    "monitoringu",
    "wózków widłowych",
    "sprężarki",
    "materiałów eksploatacyjnych",
    "przeglądu",
    "audytu",
    "klimatyzacji",
    "etykiet",
    "terminali",
];

/// First sentences of notes; `{}` is a word of [`ABOUT`].
pub const OPENINGS: &[&str] = &[
    "Rozmowa telefoniczna w sprawie {}.",
    "Spotkanie u klienta w sprawie {}.",
    "Klient pyta o cenę {}.",
    "Krótka rozmowa na targach, temat: oferta {}.",
    "Wraca temat {} z zeszłego kwartału.",
    "Zgłoszenie w sprawie {} przekazane do działu technicznego.",
    "Prezentacja {} wypadła dobrze.",
    "Klient porównuje trzy oferty {}.",
    "Potrzebna nowa wycena {}.",
    "Uzgodniono zakres {}.",
];

/// Sentences in the middle.
pub const MIDDLES: &[&str] = &[
    "Budżet jest zatwierdzony na ten rok.",
    "Decyzja zapadnie po posiedzeniu zarządu.",
    "Konkurencja proponuje krótszy termin dostawy.",
    "Ważna jest gwarancja na 36 miesięcy.",
    "Obecna umowa wygasa z końcem kwartału.",
    "Proszą o płatność w terminie 30 dni.",
    "Osoba decyzyjna jest na urlopie do poniedziałku.",
    "Zależy im na szybkim wdrożeniu i szkoleniu załogi.",
    "Hala zostanie rozbudowana jesienią.",
    "Potrzebne referencje z podobnej branży.",
    "Rabat powyżej 7% wymaga zgody kierownika.",
    "Interesuje ich także umowa serwisowa.",
    "Źródłem polecenia był inny klient z tego samego miasta.",
    "Cena nie jest najważniejsza, liczy się jakość.",
];

/// Last sentences.
pub const CLOSINGS: &[&str] = &[
    "Oddzwonić w przyszłym tygodniu.",
    "Wysłać ofertę do piątku.",
    "Umówić prezentację w siedzibie klienta.",
    "Wrócić do tematu po świętach.",
    "Czekamy na podpisaną umowę.",
    "Przypomnieć się za miesiąc.",
    "Przygotować dwa warianty wyceny.",
    "Bez dalszych działań.",
    "Potwierdzić termin dostawy z magazynem.",
];

/// Subjects of calls; `{}` is a word of [`ABOUT`].
pub const CALLS: &[&str] = &[
    "Telefon w sprawie {}",
    "Oddzwonić w sprawie {}",
    "Ustalić termin rozmowy w sprawie {}",
    "Zapytać o decyzję w sprawie {}",
];

/// Subjects of meetings.
pub const MEETINGS: &[&str] =
    &["Spotkanie w sprawie {}", "Prezentacja {}", "Wizja lokalna: wycena {}", "Negocjacje warunków {}"];

/// Subjects of tasks.
pub const TASKS: &[&str] = &[
    "Przygotować ofertę {}",
    "Wysłać wycenę {}",
    "Sprawdzić dostępność {}",
    "Zebrać wymagania do {}",
    "Uzupełnić dane do oferty {}",
];

/// Subjects of letters.
pub const LETTERS: &[&str] =
    &["Wysłać materiały dotyczące {}", "Odpowiedzieć na pismo w sprawie {}", "Potwierdzić warunki {}"];

/// Why a deal was lost.
pub const LOSSES: &[&str] = &["Cena", "Wybrano konkurencję", "Brak budżetu", "Brak decyzji", "Zmiana planów"];

/// Subjects of events.
pub const EVENTS: &[&str] =
    &["Targi: stoisko i pokaz {}", "Dzień otwarty: prezentacja {}", "Webinar na temat {}"];

/// Where one meets.
pub const PLACES: &[&str] = &[
    "Siedziba klienta",
    "Nasze biuro, sala 2",
    "Wideokonferencja",
    "Hala produkcyjna klienta",
    "Centrum targowe",
];

/// Where data about somebody came from; codes of the schema, the most frequent first.
pub const SOURCES: &[&str] = &[
    "website",
    "referral",
    "phone",
    "email",
    "event",
    "prospecting",
    "advert",
    "register",
    "partner",
    "social",
];

/// Labels.
pub const TAGS: &[&str] = &["vip", "newsletter", "targi", "stały klient", "decydent", "do weryfikacji"];
