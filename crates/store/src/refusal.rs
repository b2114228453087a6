//! What an engine refuses, and what the operator is told to do about it.

use kernel::{Fault, FaultKind, Text};
use std::path::Path;

/// A file that a newer release wrote.
pub fn newer_format(found: usize) -> Fault {
    let text = Text::of(
        "Bazę zapisała nowsza wersja programu, a ta nie odczyta jej w całości. Uruchom tę nowszą wersję, tutaj tak jak na pozostałych serwerach. Niczego nie zmieniono.",
        "A newer release wrote this database, and this one cannot read all of it. Run that newer release, here as on all other servers. Nothing was changed.",
    );
    Fault::new(FaultKind::Unsupported, text).internal(format!("database format {found}"))
}

/// A file that only a server's start may bring to the present format.
pub fn older_format(found: usize) -> Fault {
    let text = Text::of(
        "Bazę zapisała starsza wersja programu. Otwórz ją najpierw w obecnej wersji, a potem powtórz.",
        "An older release wrote this database. Open it with the present release first, then repeat.",
    );
    Fault::new(FaultKind::Unsupported, text).internal(format!("database format {found}"))
}

/// A new database over an old one.
pub fn exists(path: &Path) -> Fault {
    let path = path.display();
    let text = Text::new(
        format!("Plik {path} już istnieje. Nowa instancja potrzebuje pustego miejsca."),
        format!("The file {path} exists already. A new instance needs an empty place."),
    );
    Fault::new(FaultKind::Conflict, text)
}

/// No database where one was expected.
pub fn missing(path: &Path) -> Fault {
    let path = path.display();
    let text = Text::new(
        format!("Nie ma bazy danych w {path}. Podaj inne miejsce albo utwórz instancję."),
        format!("There is no database at {path}. Give another place, or make an instance."),
    );
    Fault::new(FaultKind::NotFound, text)
}

/// Tables of ours where a new database was to be.
pub const fn database_exists() -> Fault {
    let text = Text::of(
        "W tej bazie danych jest już instancja; pozostaje bez zmian. Jeśli to ta, o którą chodzi, uruchom \
         jej serwer (klucznik serve). Nowa instancja potrzebuje innej, pustej bazy (createdb).",
        "There is an instance in this database already, and it stays as it is. If it is the one you mean, start \
         its server (klucznik serve). A new instance needs another, empty database (createdb).",
    );
    Fault::new(FaultKind::Conflict, text)
}

/// No tables of ours where some were expected.
pub const fn database_missing() -> Fault {
    let text = Text::of(
        "W tej bazie danych nie ma instancji. Podaj inną bazę albo utwórz instancję.",
        "There is no instance in this database. Give another database, or make an instance.",
    );
    Fault::new(FaultKind::NotFound, text)
}

/// A keyring where a new one was to be.
pub const fn keyring_exists() -> Fault {
    let text = Text::of(
        "W tej bazie danych są już klucze instancji (schemat keyring); pozostają bez zmian. Jeśli to ta, o którą \
         chodzi, uruchom jej serwer (klucznik serve). Nowa instancja potrzebuje innej, pustej bazy (createdb).",
        "This database holds the keys of an instance already (schema keyring), and they stay as they are. If it is \
         the one you mean, start its server (klucznik serve). A new instance needs another, empty database (createdb).",
    );
    Fault::new(FaultKind::Conflict, text)
}

/// No keyring where one was expected.
pub const fn keyring_missing() -> Fault {
    let text = Text::of(
        "W tej bazie danych nie ma kluczy instancji (schemat keyring). Sprawdź keyring_address w klucznik.toml.",
        "This database does not hold the keys of an instance (schema keyring). Check keyring_address in klucznik.toml.",
    );
    Fault::new(FaultKind::NotFound, text)
}

/// The keyring of somebody else.
pub const fn keyring_of_another() -> Fault {
    let text = Text::of(
        "Klucze w tej bazie danych należą do innej instancji. Sprawdź adresy w [store] pliku klucznik.toml.",
        "The keys in this database belong to another instance. Check the addresses under [store] in klucznik.toml.",
    );
    Fault::new(FaultKind::Invalid, text)
}

/// Somebody works on the database who must be alone with it.
pub const fn set_apart() -> Fault {
    let text = Text::of(
        "Na tej bazie danych trwa wymiana kluczy albo przywracanie kopii. Spróbuj ponownie po jej zakończeniu.",
        "On this database keys are being rotated or a backup is being restored. Try again when that is done.",
    );
    Fault::new(FaultKind::Unavailable, text).retry_after_s(30)
}

/// Others work on the database, and must not.
pub const fn not_alone() -> Fault {
    let text = Text::of(
        "Na tej bazie danych działają inne serwery. Zatrzymaj je na ten czas i powtórz.",
        "Other servers are running on this database. Stop them for the time being, then repeat.",
    );
    Fault::new(FaultKind::Conflict, text)
}

/// A release that is to bring tables on while others work on them that would not read what it writes.
pub const fn not_first() -> Fault {
    let text = Text::of(
        "Ta wersja zapisuje dane, których wcześniejsza nie odczyta, a na tej bazie danych działają jeszcze inne serwery. Zatrzymaj je wszystkie, uruchom ten, a potem pozostałe w tej samej wersji. Niczego nie zmieniono.",
        "This release writes data that the one before cannot read, and other servers are still running on this database. Stop all of them, start this one, then the others with the same release. Nothing was changed.",
    );
    Fault::new(FaultKind::Conflict, text)
}

/// A server on which nothing can be promised.
pub const fn unfit_server() -> Fault {
    let text = Text::of(
        "Ten serwer PostgreSQL się nie nadaje: potrzebna jest wersja 13 lub nowsza z włączonym fsync, inaczej \
         potwierdzałby zapisy, których nie ma na dysku.",
        "This PostgreSQL server will not do: it must be version 13 or newer and have fsync on, or else it \
         would acknowledge what is not on its disk.",
    );
    Fault::new(FaultKind::Unsupported, text)
}

/// A password where everybody may read it.
pub const fn password_in_address() -> Fault {
    let text = Text::of(
        "Adres bazy PostgreSQL zawiera hasło. Usuń je stamtąd i zapisz w pliku dostępnym tylko dla właściciela: \
         password_file w [store] pliku klucznik.toml albo --store-password-file.",
        "The address of the PostgreSQL database contains a password. Take it out and write it to a file that \
         only its owner can read: password_file under [store] in klucznik.toml, or --store-password-file.",
    );
    Fault::new(FaultKind::Invalid, text)
}

/// No address of a database.
pub const fn no_address() -> Fault {
    let text = Text::of(
        "To nie jest adres bazy PostgreSQL. Przykład: postgresql://uzytkownik@serwer/baza",
        "This is no address of a PostgreSQL database. Example: postgresql://user@host/database",
    );
    Fault::new(FaultKind::Invalid, text)
}

/// Who wants to be let in where.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    /// Who.
    pub role: &'a str,
    /// Into which database.
    pub database: &'a str,
    /// Of which server.
    pub host: &'a str,
}

/// A password that is asked for and not given.
pub fn password_missing(Way { role, host, .. }: Way<'_>) -> Fault {
    Fault::invalid(Text::new(
        format!(
            "PostgreSQL ({host}) żąda hasła roli {role}, a żadnego nie podano. Zapisz je w pliku dostępnym tylko dla \
             właściciela i wskaż ten plik: password_file w [store] pliku klucznik.toml albo --store-password-file."
        ),
        format!(
            "PostgreSQL ({host}) asks for the password of the role {role}, and none is given. Write it to a file that \
             only its owner can read and name that file: password_file under [store] in klucznik.toml, or \
             --store-password-file."
        ),
    ))
}

/// A password that is not that of the role.
pub fn password_wrong(Way { role, host, .. }: Way<'_>) -> Fault {
    Fault::invalid(Text::new(
        format!(
            "PostgreSQL ({host}) nie przyjmuje hasła roli {role}: hasło jest inne albo nie ma takiej roli. Popraw hasło \
             w pliku, który wskazuje password_file w [store] pliku klucznik.toml, albo rolę w adresie, który tam stoi."
        ),
        format!(
            "PostgreSQL ({host}) does not take the password of the role {role}: it is another one, or there is no such \
             role. Correct the password in the file that password_file under [store] in klucznik.toml names, or the \
             role in the address there."
        ),
    ))
}

/// A role that there is not, or that may not come from here.
pub fn role_refused(Way { role, database, host }: Way<'_>) -> Fault {
    Fault::invalid(Text::new(
        format!(
            "PostgreSQL ({host}) nie wpuszcza roli {role} do bazy {database}: nie ma takiej roli albo nie dopuszcza jej \
             pg_hba.conf serwera. Popraw adres w [store] pliku klucznik.toml albo utwórz rolę i dopisz ją do pg_hba.conf."
        ),
        format!(
            "PostgreSQL ({host}) does not let the role {role} into the database {database}: there is no such role, or \
             the server's pg_hba.conf does not admit it. Correct the address under [store] in klucznik.toml, or make \
             the role and add it to pg_hba.conf."
        ),
    ))
}

/// A server that does not answer, with the reason that the machine gives.
pub fn not_reached(host: &str, port: u16, cause: &str) -> Fault {
    let text = Text::new(
        format!(
            "Nie można połączyć się z bazą PostgreSQL: {host}, port {port} ({cause}). Sprawdź, czy serwer bazy działa, oraz \
             adres i certyfikaty w [store] pliku klucznik.toml."
        ),
        format!(
            "Cannot connect to the PostgreSQL database: {host}, port {port} ({cause}). Check whether its server runs, and \
             the address and certificates under [store] in klucznik.toml."
        ),
    );
    Fault::new(FaultKind::Unavailable, text).retry_after_s(1)
}

/// A role that may not make tables.
pub fn no_right_to_make(Way { role, database, host }: Way<'_>) -> Fault {
    Fault::invalid(Text::new(
        format!(
            "Rola {role} nie może tworzyć tabel w bazie {database} (PostgreSQL, {host}). Nadaj jej to prawo w tej bazie: \
             GRANT CREATE ON DATABASE {database} TO {role}; GRANT USAGE, CREATE ON SCHEMA public TO {role};"
        ),
        format!(
            "The role {role} may not make tables in the database {database} (PostgreSQL, {host}). Give it that right \
             there: GRANT CREATE ON DATABASE {database} TO {role}; GRANT USAGE, CREATE ON SCHEMA public TO {role};"
        ),
    ))
}

/// A name that no database has.
pub fn no_such_database(Way { role, database, host }: Way<'_>) -> Fault {
    Fault::invalid(Text::new(
        format!(
            "Na serwerze PostgreSQL ({host}) nie ma bazy {database}. Popraw jej nazwę w adresie w [store] pliku \
             klucznik.toml albo utwórz pustą: createdb -O {role} {database}"
        ),
        format!(
            "There is no database {database} at the PostgreSQL server ({host}). Correct its name in the address under \
             [store] in klucznik.toml, or make an empty one: createdb -O {role} {database}"
        ),
    ))
}

/// A database that the role may not enter.
pub fn no_right_to_connect(Way { role, database, host }: Way<'_>) -> Fault {
    Fault::invalid(Text::new(
        format!(
            "Rola {role} nie może łączyć się z bazą {database} (PostgreSQL, {host}). Nadaj jej to prawo: GRANT CONNECT ON \
             DATABASE {database} TO {role}; albo popraw adres w [store] pliku klucznik.toml."
        ),
        format!(
            "The role {role} may not connect to the database {database} (PostgreSQL, {host}). Give it that right: GRANT \
             CONNECT ON DATABASE {database} TO {role}; or correct the address under [store] in klucznik.toml."
        ),
    ))
}

/// Authorities that cannot be read.
pub fn no_roots(path: &Path, error: &std::io::Error) -> Fault {
    let what = format!("{}: {error}", path.display());
    Fault::invalid(Text::new(
        format!("Nie można odczytać certyfikatów z root_certificates w [store] pliku klucznik.toml: {what}"),
        format!("Cannot read the certificates of root_certificates under [store] in klucznik.toml: {what}"),
    ))
}

/// A file without one certificate: nothing could be trusted.
pub fn empty_roots(path: &Path) -> Fault {
    let path = path.display();
    Fault::invalid(Text::new(
        format!(
            "W pliku {path} nie ma certyfikatu (PEM). Popraw root_certificates w [store] pliku klucznik.toml."
        ),
        format!(
            "There is no certificate (PEM) in {path}. Correct root_certificates under [store] in klucznik.toml."
        ),
    ))
}

/// Another process has the database open.
pub fn in_use(path: &Path) -> Fault {
    let path = path.display();
    let text = Text::new(
        format!("Baza {path} jest już otwarta w innym procesie. Zatrzymaj go i spróbuj ponownie."),
        format!("The database {path} is open in another process. Stop that one and try again."),
    );
    Fault::new(FaultKind::Unavailable, text)
}

/// The database holds less or other history than the checkpoint outside vouches for.
pub fn rolled_back(why: &str) -> Fault {
    let text = Text::of(
        "Baza danych została cofnięta albo zmieniona poza programem: nie zgadza się z punktem kontrolnym \
         rejestru. Nic nie uruchomiono. Przywróć nowszą kopię. Jeśli to kopia zapasowa przywracana celowo, \
         przywróć razem z nią pliki checkpoint i checkpoint.synced z tej samej chwili. Zachowaj obecne pliki jako dowód.",
        "The database was rolled back or altered outside the program: it does not match the ledger's \
         checkpoint. Nothing was started. Restore a newer copy. If this is a backup restored on purpose, \
         restore with it the files checkpoint and checkpoint.synced of the same moment. Keep the present files as evidence.",
    );
    Fault::new(FaultKind::Corrupt, text).internal(why)
}

/// No checkpoint outside although there is history.
pub fn checkpoint_missing(why: &str) -> Fault {
    let text = Text::of(
        "Brakuje punktu kontrolnego dziennika poza bazą danych, więc nie da się wykluczyć cofnięcia danych. \
         Nic nie uruchomiono. Przywróć plik punktu kontrolnego, a jeśli zaginął bezpowrotnie, otwórz bazę \
         z wyraźną zgodą na jego brak.",
        "The ledger's checkpoint outside the database is missing, so a roll-back of the data cannot be \
         ruled out. Nothing was started. Restore the checkpoint file; if it is lost for good, open the \
         database with explicit consent to its absence.",
    );
    Fault::new(FaultKind::Corrupt, text).internal(why)
}

/// The ledger's own parts contradict each other.
pub fn altered(why: impl Into<String>) -> Fault {
    let text = Text::of(
        "Dziennik w bazie danych jest uszkodzony albo zmieniony poza programem. Nic nie uruchomiono. \
         Przywróć nieuszkodzoną kopię, a obecne pliki zachowaj jako dowód.",
        "The ledger in the database is damaged, or was altered outside the program. Nothing was started. \
         Restore an undamaged copy, and keep the present files as evidence.",
    );
    Fault::new(FaultKind::Corrupt, text).internal(why)
}

/// The store was closed, or its thread is gone.
pub const fn closed() -> Fault {
    let text = Text::of(
        "Program się zamyka. Spróbuj ponownie za chwilę.",
        "The program is shutting down. Try again shortly.",
    );
    Fault::new(FaultKind::Unavailable, text).retry_after_s(5)
}

/// The queue stayed full.
pub const fn busy() -> Fault {
    let text = Text::of(
        "Serwer jest teraz zbyt obciążony. Spróbuj ponownie za chwilę.",
        "The server is too busy at the moment. Try again shortly.",
    );
    Fault::new(FaultKind::Unavailable, text).retry_after_s(2)
}

/// A value that must be unique is taken.
pub fn conflict(what: &'static str) -> Fault {
    let text = Text::of(
        "Taka wartość lub taki identyfikator już istnieje.",
        "This value or identifier exists already.",
    );
    Fault::new(FaultKind::Conflict, text).internal(what)
}

/// A number that does not fit.
pub fn out_of_range(what: &'static str) -> Fault {
    Fault::bug(format!("{what} is out of range"))
}
