//! The one way to open an encrypted database file, and the meaning of SQLite's errors.

use crate::file;
use crate::primitives::Secret;
use kernel::{Fault, FaultKind, Result, Text};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, ffi};
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// How durable a commit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durability {
    /// A commit survives a loss of power: `synchronous=FULL`.
    Full,
    /// The last commits may be lost, never consistency: `synchronous=NORMAL`, for what can be rebuilt.
    Normal,
}

/// The raw key of one SQLCipher file. Wiped when dropped; has no `Debug`.
#[derive(Clone)]
pub struct PageKey(pub(crate) Secret);

impl PageKey {
    /// A key that is kept nowhere: for a file that is thrown away when its work is done.
    #[must_use]
    pub fn passing(random: &dyn kernel::Random) -> Self {
        Self(Secret::random(random))
    }

    /// The statement that hands the key to SQLCipher.
    #[must_use]
    pub fn pragma(&self) -> Zeroizing<String> {
        let code = Zeroizing::new(hex::encode(self.0.bytes()));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", *code))
    }

    /// The statement that makes SQLCipher write every page of an open database anew under this key.
    #[must_use]
    pub fn rekey_pragma(&self) -> Zeroizing<String> {
        let code = Zeroizing::new(hex::encode(self.0.bytes()));
        Zeroizing::new(format!("PRAGMA rekey = \"x'{}'\";", *code))
    }
}

/// Opens an encrypted database, making it (mode 0600) unless `read_only`.
///
/// In force afterwards, and checked: the cipher, WAL, the durability asked for, `temp_store=MEMORY`,
/// `secure_delete=ON`, `trusted_schema=OFF`, foreign keys. The page cache takes `cache_kib` KiB for this
/// connection. A lock is waited for up to 5 seconds.
///
/// # Errors
/// Corrupt if the key is wrong or the file is none of ours; otherwise as [`storage_fault`].
pub fn open_database(
    path: &Path,
    key: &PageKey,
    durability: Durability,
    cache_kib: u32,
    read_only: bool,
) -> Result<Connection> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mode = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        // SQLite would make the file as the umask says; WAL and SHM take over its mode.
        let made = file::private().write(true).create(true).truncate(false).open(path);
        made.map_err(|e| file::io_fault(&name, &e))?;
        OpenFlags::SQLITE_OPEN_READ_WRITE
    };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| storage_fault(&e))?;
    unlock(&connection, key).map_err(|e| match storage_fault(&e) {
        f if f.kind == FaultKind::Corrupt => {
            f.internal(format!("{name}: wrong page key, or no database of ours"))
        }
        f => f,
    })?;
    configure(&connection, durability, cache_kib, read_only).map_err(|e| storage_fault(&e))?;
    check(&connection, durability).map_err(|e| e.internal_prefix(&name))?;
    Ok(connection)
}

fn unlock(connection: &Connection, key: &PageKey) -> rusqlite::Result<()> {
    // The log would go to standard error; what it says comes back as an error anyway.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    connection.execute_batch(&key.pragma())?;
    connection.execute_batch("PRAGMA cipher_hmac_algorithm = HMAC_SHA256;")?;
    // The first read: fails unless the key is right.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

fn configure(
    connection: &Connection,
    durability: Durability,
    cache_kib: u32,
    read_only: bool,
) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    if !read_only {
        connection.execute_batch("PRAGMA journal_mode = WAL;")?;
    }
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::Normal => "NORMAL",
    };
    connection.execute_batch(&format!(
        "PRAGMA synchronous = {synchronous};
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA foreign_keys = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA cache_size = -{cache_kib};"
    ))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // A statement keeps the plan it was prepared with: without this, other values make another plan, at
    // the price of preparing the statement anew for each of them.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn check(connection: &Connection, durability: Durability) -> Result<()> {
    let text = |pragma: &str| -> Result<String> {
        connection
            .query_row(&format!("PRAGMA {pragma}"), [], |row| {
                Ok(match row.get_ref(0)? {
                    rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                    other => other.as_str().unwrap_or_default().to_owned(),
                })
            })
            .map_err(|e| storage_fault(&e))
    };
    let synchronous = match durability {
        Durability::Full => "2",
        Durability::Normal => "1",
    };
    for (pragma, expected) in [
        ("cipher_status", "1"),
        ("cipher_hmac_algorithm", "HMAC_SHA256"),
        ("journal_mode", "wal"),
        ("synchronous", synchronous),
        ("temp_store", "2"),
        ("secure_delete", "1"),
        ("trusted_schema", "0"),
        ("foreign_keys", "1"),
    ] {
        let found = text(pragma)?;
        if found != expected {
            return Err(Fault::bug(format!("{pragma} is {found}, not {expected}")));
        }
    }
    Ok(())
}

trait InternalPrefix {
    fn internal_prefix(self, name: &str) -> Self;
}

impl InternalPrefix for Fault {
    fn internal_prefix(self, name: &str) -> Self {
        let note = format!("{name}: {}", self.internal.as_deref().unwrap_or_default());
        self.internal(note)
    }
}

/// Carries the write-ahead log over into the file and truncates it, so that what was deleted is in neither.
///
/// # Errors
/// Unavailable if a reader holds the log; otherwise as [`storage_fault`].
pub fn truncate_wal(connection: &Connection) -> Result<()> {
    let busy: i64 = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .map_err(|e| storage_fault(&e))?;
    if busy != 0 {
        return Err(unavailable().internal("the write-ahead log is held by a reader"));
    }
    Ok(())
}

const fn unavailable() -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        Text::of(
            "Baza danych jest chwilowo zajęta. Spróbuj ponownie za chwilę.",
            "The database is busy for the moment. Try again shortly.",
        ),
    )
    .retry_after_s(1)
}

/// What an error of the database means: no room, damage, busy, or a fault of ours. The note for the log
/// holds codes, never values.
#[must_use]
pub fn storage_fault(error: &rusqlite::Error) -> Fault {
    use rusqlite::Error as E;
    match error {
        E::SqliteFailure(failure, _) | E::SqlInputError { error: failure, .. } => {
            let code = failure.extended_code;
            let note = format!("database error {code}: {}", ffi::code_to_str(code));
            // The disk's "no room" is SQLITE_FULL; a quota and a full /dev/shm come as failed writes.
            match (code & 0xff, code) {
                (ffi::SQLITE_FULL, _) | (_, ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE) => {
                    file::full_fault().internal(note)
                }
                (ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB, _) => Fault::corrupt(note),
                (ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED, _) => unavailable().internal(note),
                _ => Fault::bug(note),
            }
        }
        E::FromSqlConversionFailure(column, ..)
        | E::IntegralValueOutOfRange(column, _)
        | E::InvalidColumnType(column, ..) => {
            Fault::corrupt(format!("a stored value in column {column} is not of the type written"))
        }
        E::QueryReturnedNoRows => Fault::bug("a query returned no row"),
        _ => Fault::bug("an error of the database library outside the engine"),
    }
}
