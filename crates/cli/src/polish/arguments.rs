//! What each argument and option is for, in Polish.

/// What is said of an argument wherever it stands, unless [`HERE`] says something else of it.
pub const ANYWHERE: &[(&str, &str)] = &[
    // What every command knows.
    ("dir", "Folder instancji [domyślnie: klucznik-data; demo: demo-data]"),
    ("lang", "Język komunikatów [domyślnie: z LC_ALL, LC_MESSAGES, LANG]"),
    ("json", "Odpowiada w JSON, dla skryptów"),
    ("verbose", "Mówi więcej o błędach"),
    ("log_format", "Postać logu na standardowym wyjściu błędów [domyślnie: text na terminalu, inaczej json]"),
    ("help", "Pokazuje pomoc"),
    ("version", "Pokazuje wersję"),
    // The root key.
    (
        "key",
        "Skąd pochodzi klucz główny [domyślnie: jak mówi klucznik.toml; nowa instancja: file, czyli z pliku]",
    ),
    ("key_file", "Plik klucza w innym miejscu niż keys/root.key"),
    ("passphrase_file", "Plik, którego pierwszy wiersz jest hasłem klucza głównego"),
    ("credential", "Nazwa poświadczenia systemd (LoadCredential= w jednostce)"),
    // The database.
    (
        "store_address",
        "Baza PostgreSQL, jako postgresql://użytkownik@serwer/baza, bez hasła; „file” oznacza bazę w folderze \
         [domyślnie: jak mówi klucznik.toml; nowa instancja: file]",
    ),
    ("store_password_file", "Plik, którego pierwszy wiersz jest hasłem bazy danych"),
    (
        "store_root_certificates",
        "Urzędy certyfikacji, z których może pochodzić certyfikat bazy, w PEM [domyślnie: zaufane na tym komputerze]",
    ),
    ("store_keyring_address", "Baza PostgreSQL z kluczami osób i firm, jeśli inna niż baza danych"),
    // Settings.
    ("listen", "Adres i port, pod którymi serwer nasłuchuje [domyślnie: 127.0.0.1:8443]"),
    (
        "hosts",
        "Nazwa, pod którą łączą się przeglądarki; można powtarzać, a pierwsza trafia do odsyłaczy [domyślnie: localhost]",
    ),
    ("certificate", "Łańcuch certyfikatów w PEM [domyślnie: z własnego urzędu instancji]"),
    ("certificate_key", "Klucz certyfikatu, w PEM"),
    ("tls12", "Przyjmuje też TLS 1.2, dla starych klientów"),
    ("session_idle_s", "Sesja kończy się po tylu sekundach bez użycia [domyślnie: 1800]"),
    ("session_absolute_s", "Sesja kończy się najpóźniej po tylu sekundach [domyślnie: 43200]"),
    ("user_rate", "Ile żądań na sekundę może średnio wysłać jeden użytkownik [domyślnie: 200]"),
    ("login_rate", "Ile prób logowania na minutę może podjąć jedna sieć [domyślnie: 30]"),
    (
        "login_rate_all",
        "Ile prób logowania na minutę może pochodzić łącznie z nieznanych przeglądarek [domyślnie: 300]",
    ),
    (
        "trusted_proxies",
        "Sieć serwera pośredniczącego (proxy), któremu wierzy się w X-Forwarded-For, np. 10.0.0.5/32; można powtarzać \
         [domyślnie: żadna]",
    ),
    ("index_cache_mib", "Pamięć na strony indeksu, dla każdego czytającego wątku [domyślnie: 64]"),
    (
        "metrics_listen",
        "Adres tego komputera, pod którym Prometheus może pytać, bez szyfrowania [domyślnie: żaden]",
    ),
    (
        "otlp",
        "Serwer zbierający ślady pracy (OTLP przez HTTP): https://… albo http://… na tym komputerze [domyślnie: żaden]",
    ),
    (
        "otlp_root_certificates",
        "Urzędy certyfikacji, z których może pochodzić certyfikat tego serwera, w PEM, oprócz zaufanych na tym \
         komputerze",
    ),
    ("trust_request_id", "Zachowuje X-Request-Id serwera pośredniczącego (proxy)"),
    (
        "reserve_mib",
        "Miejsce na dysku trzymane w rezerwie, aby na pełnym dysku dało się czytać [domyślnie: 64]",
    ),
    ("backup_recipients", "Dla kogo szyfrować kopie zapasowe: odbiorca age; można powtarzać"),
    (
        "backup_folder",
        "Folder, do którego serwer codziennie odkłada kopię zapasową, najlepiej na innym dysku",
    ),
    // The first instance.
    ("organisation", "Nazwa organizacji"),
    ("admin_login", "Login pierwszego administratora, np. anna.nowak"),
    ("admin_name", "Imię i nazwisko pierwszego administratora"),
    ("admin_email", "Adres e-mail pierwszego administratora"),
    ("password_file", "Plik, którego pierwszy wiersz jest hasłem [domyślnie: program pyta]"),
    // A demonstration.
    ("seed", "Ten sam zarodek, rozmiary i czas dają te same rekordy [domyślnie: 1]"),
    ("as_of", "Chwila, z której widać dane (RFC 3339) [domyślnie: 2026-11-23T08:00:00Z]"),
    ("people", "Liczba osób [domyślnie: 2000]"),
    ("companies", "Liczba firm [domyślnie: 600]"),
    ("leads", "Liczba leadów [domyślnie: 300]"),
    ("deals", "Liczba szans [domyślnie: 900]"),
    ("activities", "Liczba aktywności [domyślnie: 4000]"),
    ("notes", "Liczba notatek [domyślnie: 1500]"),
    ("users", "Liczba użytkowników, jeśli zespołów jest więcej niż 3 [domyślnie: 15]"),
    ("teams", "Liczba zespołów sprzedaży; powyżej 3 użytkownicy są numerowani [domyślnie: 3]"),
    ("no_serve", "Tylko tworzy, nie udostępnia"),
    // Imports.
    ("user", "Login użytkownika, w którego imieniu się to dzieje; obowiązują jego uprawnienia"),
    (
        "map",
        "Co zasila kolumna: „Nagłówek=pole”, „Nagłówek=owner” albo „Nagłówek=-”, aby ją pominąć; można powtarzać",
    ),
    ("sheet", "Arkusz pliku XLSX [domyślnie: pierwszy widoczny]"),
    ("encoding", "Kodowanie pliku tekstowego, np. windows-1250 [domyślnie: rozpoznawane]"),
    ("dry_run", "Tylko mówi, co by się stało"),
    (
        "on_duplicate",
        "Co zrobić z wierszem, którego niepowtarzalna wartość, np. adres e-mail, już jest w bazie",
    ),
    ("resume", "Dokańcza przerwany import: ten sam plik i numer, który wypisano"),
    ("id", "Numer importu"),
    // Users.
    ("login", "Login użytkownika"),
    ("name", "Imię i nazwisko"),
    ("email", "Adres e-mail"),
    ("team", "Nazwa zespołu [domyślnie: pierwszy w organizacji]"),
    ("roles", "Nazwa roli, np. seller albo administrator; można powtarzać"),
    ("days", "Ile dni ważny jest odsyłacz, od 1 do 14 [domyślnie: 3]"),
    // Backups and keys.
    ("recipients", "Dla kogo szyfrować; można powtarzać [domyślnie: jak mówi klucznik.toml]"),
    ("identity", "Plik z tożsamością jednego z odbiorców"),
    (
        "scratch",
        "Folder, w którym na ten czas zmieszczą się wszystkie dane [domyślnie: folder plików tymczasowych]",
    ),
    ("keys", "Najnowsza kopia kluczy (z keys export), chyba że są już w folderze"),
    (
        "checkpoint",
        "Punkt kontrolny dziennika zachowany gdzie indziej: dowiesz się, czego z niego brakuje w kopii",
    ),
    // The format of the database.
    ("check", "Tylko mówi, co zostałoby zrobione; także gdy instancja działa"),
    ("contract", "Usuwa też to, czego używają tylko wcześniejsze wersje: nie będzie do nich powrotu"),
    // The ledger.
    ("copy", "Folder z kopią danych, sprawdzaną zamiast instancji; jeśli ma własne keys/, używa się ich"),
    ("event", "Numer zdarzenia"),
    ("out", "Dokąd zapisać dowód [domyślnie: standardowe wyjście]"),
];

/// What is said of an argument of one command: the words of the command, the argument, what it is for.
pub const HERE: &[(&str, &str, &str)] = &[
    (
        "init",
        "password_file",
        "Plik, którego pierwszy wiersz jest hasłem pierwszego administratora [domyślnie: program pyta]",
    ),
    ("import people", "file", "Plik do wczytania"),
    ("import companies", "file", "Plik do wczytania"),
    ("import leads", "file", "Plik do wczytania"),
    ("import deals", "file", "Plik do wczytania"),
    ("import undo", "user", "Login użytkownika, który zrobił import"),
    ("user create", "login", "Login, np. anna.kowalska"),
    ("backup", "file", "Dokąd zapisać kopię; - oznacza standardowe wyjście"),
    ("backup keygen", "file", "Plik na tożsamość; nie może jeszcze istnieć"),
    ("backup verify", "file", "Kopia zapasowa; - oznacza standardowe wejście"),
    ("restore", "file", "Kopia zapasowa; - oznacza standardowe wejście"),
    ("keys export", "file", "Dokąd zapisać, w miejsce starszej kopii; - oznacza standardowe wyjście"),
    ("keys import", "file", "Kopia kluczy; - oznacza standardowe wejście"),
    ("keys create", "file", "Plik na klucz; nie może jeszcze istnieć"),
    (
        "ledger verify",
        "checkpoint",
        "Punkt kontrolny zachowany gdzie indziej: dziennik musi być jego dalszym ciągiem",
    ),
    ("ledger check", "file", "Plik z dowodem"),
    (
        "ledger check",
        "public_key",
        "Klucz publiczny dziennika, znany skądinąd; bez niego plik zgadza się tylko sam ze sobą",
    ),
    ("mail test", "address", "Adres, na który wysłać list"),
];

/// Values that an argument takes, and what each means.
pub const VALUES: &[(&str, &str, &str)] = &[
    ("key", "file", "Plik klucza: keys/root.key albo --key-file"),
    (
        "key",
        "passphrase",
        "Hasło, o które program pyta przy każdym starcie albo które czyta z --passphrase-file",
    ),
    ("key", "credential", "Poświadczenie systemd --credential"),
    ("on_duplicate", "skip", "Pomiń wiersz i wymień go"),
    ("on_duplicate", "update", "Uzupełnij rekord wartościami wiersza"),
    ("on_duplicate", "create", "Utwórz drugi rekord"),
];

/// Headings of groups of options.
pub const HEADINGS: &[(&str, &str)] = &[
    ("Settings (also in klucznik.toml)", "Ustawienia (także w klucznik.toml)"),
    ("Root key", "Klucz główny"),
    ("Database (also in klucznik.toml)", "Baza danych (także w klucznik.toml)"),
];

/// What stands for a value in usage and help.
pub const PLACEHOLDERS: &[(&str, &str)] = &[
    ("FOLDER", "FOLDER"),
    ("LANG", "JĘZYK"),
    ("FORM", "POSTAĆ"),
    ("ADDRESS:PORT", "ADRES:PORT"),
    ("ADDRESS", "ADRES"),
    ("NAME", "NAZWA"),
    ("FILE", "PLIK"),
    ("BOOL", "TRUE|FALSE"),
    ("SECONDS", "SEKUNDY"),
    ("NUMBER", "LICZBA"),
    ("NETWORK", "SIEĆ"),
    ("MIB", "MIB"),
    ("URL", "URL"),
    ("AGE1…", "AGE1…"),
    ("SOURCE", "ŹRÓDŁO"),
    ("TIME", "CZAS"),
    ("LOGIN", "LOGIN"),
    ("EMAIL", "E-MAIL"),
    ("HEADING=FIELD", "NAGŁÓWEK=POLE"),
    ("WHAT", "CO"),
    ("ID", "NUMER"),
    ("DAYS", "DNI"),
    ("HEX", "HEX"),
    ("EVENT", "ZDARZENIE"),
];

fn of(table: &[(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == word).map(|(_, polish)| *polish)
}

/// What this argument of the command is for.
pub fn help(command: &str, argument: &str) -> Option<&'static str> {
    let here = HERE.iter().find(|(path, id, _)| (*path, *id) == (command, argument));
    here.map(|(.., help)| *help).or_else(|| of(ANYWHERE, argument))
}

/// What this value of an argument means.
pub fn value(argument: &str, value: &str) -> Option<&'static str> {
    VALUES.iter().find(|(id, name, _)| (*id, *name) == (argument, value)).map(|(.., help)| *help)
}

/// This heading.
pub fn heading(english: &str) -> Option<&'static str> {
    of(HEADINGS, english)
}

/// What stands for such a value.
pub fn placeholder(english: &str) -> Option<&'static str> {
    of(PLACEHOLDERS, english)
}
