//! What each command is for, in Polish.

/// The program in a line.
pub const ABOUT: &str = "CRM na własnym serwerze, który chroni ludzi, o których jest.";
/// What the exit codes mean.
pub const CODES: &str = "Kody wyjścia: 0 zrobiono; 1 odmowa albo błąd, z powodem; 2 złe użycie; \
    3 sprawdzenie albo doctor coś znalazły; 4 doctor znalazł same ostrzeżenia.";

/// Commands by their words, and what each is for.
pub const COMMANDS: &[(&str, &str)] = &[
    ("init", "Tworzy pustą instancję: klucze, pierwszego administratora, certyfikat"),
    ("serve", "Udostępnia instancję przez TLS aż do SIGTERM albo Ctrl-C"),
    ("demo", "Tworzy przykładową organizację i ją udostępnia"),
    ("import", "Wczytuje plik (CSV, XLSX, vCard) albo cofa import; instancja musi być zatrzymana"),
    ("import people", "Wczytuje osoby"),
    ("import companies", "Wczytuje firmy"),
    ("import leads", "Wczytuje leady"),
    ("import deals", "Wczytuje szanse"),
    ("import undo", "Cofa cały import, o ile od tego czasu nikt nie zmienił jego rekordów"),
    ("user", "Użytkownicy, z samego serwera; poza `networks clear` instancja musi być zatrzymana"),
    ("user list", "Wymienia wszystkich użytkowników"),
    (
        "user create",
        "Tworzy użytkownika; pokazuje jednorazowy odsyłacz, którym użytkownik wybiera hasło, gdy instancja działa, \
         a przy `[sign_on] only = true` loguje się pierwszy raz u dostawcy",
    ),
    ("user password", "Nadaje użytkownikowi nowe hasło; kończy jego sesje i tokeny"),
    ("user suspend", "Zawiesza użytkownika; kończy jego sesje i tokeny"),
    ("user activate", "Pozwala zawieszonemu użytkownikowi znów się logować"),
    ("user factors", "Drugie składniki logowania użytkowników"),
    (
        "user factors reset",
        "Odbiera użytkownikowi składniki, które stracił; kończy sesje i tokeny, a nowy składnik trzeba dodać przed \
         wszystkim innym",
    ),
    ("user approvals", "Zgody drugiej osoby"),
    (
        "user approvals reset",
        "Przywróć domyślne zasady zgód, gdyby nie został nikt, kto mógłby zatwierdzić ich zmianę",
    ),
    ("user networks", "Sieci, z których użytkownicy mogą pracować"),
    (
        "user networks clear",
        "Pozwala wszystkim znów pracować z dowolnej sieci, gdyby ograniczenia nie wpuszczały administratorów; także \
         gdy instancja działa",
    ),
    ("backup", "Kopia zapasowa wszystkich danych, zaszyfrowana i bez kluczy; dowód, że da się przywrócić"),
    (
        "backup keygen",
        "Tworzy parę kluczy do kopii zapasowych, najlepiej na innym komputerze: tożsamość trafia do pliku, odbiorca \
         na ekran",
    ),
    (
        "backup verify",
        "Sprawdza w tymczasowym miejscu, czy kopia daje się przywrócić; kod wyjścia 3, jeśli nie",
    ),
    ("restore", "Tworzy instancję z kopii zapasowej, w pustym miejscu"),
    ("keys", "Stan, wymiana i kopie kluczy"),
    ("keys status", "Wiek i liczba kluczy oraz klucz publiczny dziennika"),
    (
        "keys rotate",
        "Zabezpiecza wszystkie klucze kluczem nowej epoki i niszczy starsze epoki; przerwaną wymianę dokańcza",
    ),
    (
        "keys export",
        "Zapisuje osobną, zaszyfrowaną kopię kluczy: bez niej nie da się przywrócić żadnej kopii danych. Trzymaj \
         tylko najnowszą: starsza ożywia, razem ze starą kopią danych, osoby usunięte od tego czasu",
    ),
    ("keys import", "Wczytuje kopię kluczy do folderu, w którym kluczy nie ma"),
    (
        "keys create",
        "Zapisuje nowy klucz główny do pliku, z którego powstanie poświadczenie systemd; nie potrzebuje instancji",
    ),
    ("index", "Indeks list i wyszukiwania; instancja musi być zatrzymana"),
    ("index rebuild", "Usuwa indeks i buduje go od nowa z bazy danych"),
    ("migrate", "Format bazy: co dodaje do niej uruchomienie i co można usunąć"),
    ("ledger", "Sprawdza dziennik zdarzeń i dowodzi zdarzeń"),
    (
        "ledger verify",
        "Sprawdza wszystkie zdarzenia, wiersze i punkty kontrolne, bez udziału serwera, także w kopii; kod wyjścia \
         3, jeśli coś jest nie tak",
    ),
    (
        "ledger proof",
        "Tworzy plik, który dowodzi jednego zdarzenia każdemu, kto ma klucz publiczny; instancja musi być zatrzymana",
    ),
    ("ledger check", "Sprawdza taki plik z dowodem, bez danych instancji"),
    ("ledger checkpoint", "Wypisuje ostatni podpisany punkt kontrolny, do zachowania gdzie indziej"),
    ("mail", "Sprawdza, czy poczta wychodzi"),
    ("mail test", "Wysyła jeden list, z pominięciem kolejki"),
    ("doctor", "Szuka, co jest nie tak z instancją, działającą lub nie, i mówi, co zrobić"),
];

/// What `help` is for, at every level.
pub const HELP: &str = "Pokazuje tę pomoc albo pomoc polecenia";

/// What the command of these words is for. Below `help` each command stands once more.
pub fn about(path: &str) -> Option<&'static str> {
    let words: Vec<&str> = path.split_whitespace().collect();
    if words.is_empty() {
        return Some(ABOUT);
    }
    if words.last() == Some(&"help") {
        return Some(HELP);
    }
    let own = words.into_iter().filter(|word| *word != "help").collect::<Vec<_>>().join(" ");
    COMMANDS.iter().find(|(known, _)| *known == own).map(|(_, about)| *about)
}
