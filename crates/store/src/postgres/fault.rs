//! What an error of PostgreSQL means. Notes for the log hold codes, never values: the server's own
//! messages may quote what was to be written.

use crate::refusal::{self, Way};
use deadpool_postgres::PoolError;
use kernel::{Fault, FaultKind, Result, Text};
use std::error::Error as _;
use std::io;
use tokio_postgres::config::Host;
use tokio_postgres::{Config, Error};

/// The note of what only fails because something in the same transaction did (`in_failed_sql_transaction`).
const FOLLOWS: &str = "postgresql error 25P02";

/// No room, damage, busy, gone, or a fault of ours.
pub fn fault(error: &Error) -> Fault {
    if let Some(db) = error.as_db_error() {
        return of_code(db.code().code());
    }
    let broken = error.is_closed() || error.source().is_some_and(|cause| cause.is::<io::Error>());
    if broken { unavailable().internal(format!("postgresql: {error}")) } else { of_library(error) }
}

/// As [`fault`], of the pool's errors too.
pub fn pool_fault(error: &PoolError) -> Fault {
    match error {
        PoolError::Backend(error) => fault(error),
        PoolError::Timeout(_) => refusal::busy(),
        PoolError::Closed => refusal::closed(),
        _ => Fault::bug("postgresql: the pool gives no connection"),
    }
}

/// Why the server lets nobody in by these settings, for whoever set them; nothing if the failure is another.
pub fn refused(error: &Error, config: &Config) -> Option<Fault> {
    let code = error.code().map(tokio_postgres::error::SqlState::code);
    // The library has no code for what it is lacking.
    let lacks_password = config.get_password().is_none()
        && error.source().is_some_and(|cause| cause.to_string() == "password missing");
    let way = Way {
        role: config.get_user().unwrap_or("?"),
        database: config.get_dbname().or(config.get_user()).unwrap_or("?"),
        host: &host(config),
    };
    let fault = match code {
        _ if lacks_password => refusal::password_missing(way),
        Some("28P01") => refusal::password_wrong(way),
        Some(code) if code.starts_with("28") => refusal::role_refused(way),
        Some("3D000") => refusal::no_such_database(way),
        Some("42501") => refusal::no_right_to_connect(way),
        None if fault(error).kind == FaultKind::Unavailable => {
            let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
            let port = config.get_ports().first().copied().unwrap_or(5432);
            return Some(refusal::not_reached(way.host, port, &cause));
        }
        _ => return None,
    };
    Some(fault.internal(format!("postgresql error {}", code.unwrap_or("of its configuration"))))
}

/// The same failure, for whoever set the database, if the role may not make tables there.
pub fn of_making(fault: Fault, config: &Config) -> Fault {
    if fault.internal.as_deref() != Some("postgresql error 42501") {
        return fault;
    }
    let host = host(config);
    let way = Way {
        role: config.get_user().unwrap_or("?"),
        database: config.get_dbname().or(config.get_user()).unwrap_or("?"),
        host: &host,
    };
    refusal::no_right_to_make(way).internal("postgresql error 42501")
}

fn host(config: &Config) -> String {
    match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        #[cfg(unix)]
        Some(Host::Unix(folder)) => folder.display().to_string(),
        None => config.get_hostaddrs().first().map(ToString::to_string).unwrap_or_default(),
    }
}

/// Of what the library cannot read, tell only that.
fn of_library(error: &Error) -> Fault {
    // Its texts name columns and types, and causes might name more.
    let note = format!("postgresql: {error}");
    if note.contains("connect") || note.contains("TLS") || note.contains("timeout") {
        return unavailable().internal(note);
    }
    Fault::bug(note)
}

/// What failed by itself, of statements of one transaction: the others are refused for its sake, and may be heard of
/// before it.
pub fn first_failure<const N: usize>(done: [Result<()>; N]) -> Result<()> {
    let mut failed: Vec<Fault> = done.into_iter().filter_map(Result::err).collect();
    failed.sort_by_key(|fault| fault.internal.as_deref() == Some(FOLLOWS));
    failed.into_iter().next().map_or(Ok(()), Err)
}

fn of_code(code: &str) -> Fault {
    let note = format!("postgresql error {code}");
    match (code.get(..2).unwrap_or_default(), code) {
        (_, "53100") => vault::full_fault().internal(note),
        ("XX", "XX001" | "XX002") => Fault::corrupt(note),
        // What came before it in the same transaction failed, and tells why when it is tried again.
        (_, "25P02") => unavailable().internal(note),
        // Connections, limits of the server, its end and its start, locks and limits of time, log-in, and
        // a server that became a standby.
        ("08" | "53" | "57" | "40" | "28" | "3D", _) | (_, "55P03" | "25P03" | "25006") => {
            unavailable().internal(note)
        }
        _ => Fault::bug(note),
    }
}

/// A stored value that is not of the type written.
pub fn damaged(column: usize) -> Fault {
    Fault::corrupt(format!("a stored value in column {column} is not of the type written"))
}

/// The database cannot be asked at the moment.
pub const fn unavailable() -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        Text::of(
            "Baza danych jest chwilowo niedostępna. Spróbuj ponownie za chwilę.",
            "The database is not available for the moment. Try again shortly.",
        ),
    )
    .retry_after_s(1)
}
