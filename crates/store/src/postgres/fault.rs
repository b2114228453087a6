//! What an error of PostgreSQL means. Notes for the log hold codes, never values: the server's own
//! messages may quote what was to be written.

use crate::refusal;
use deadpool_postgres::PoolError;
use kernel::{Fault, FaultKind, Text};
use std::error::Error as _;
use std::io;
use tokio_postgres::Error;

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

/// Of what the library cannot read, tell only that.
fn of_library(error: &Error) -> Fault {
    // Its texts name columns and types, and causes might name more.
    let note = format!("postgresql: {error}");
    if note.contains("connect") || note.contains("TLS") || note.contains("timeout") {
        return unavailable().internal(note);
    }
    Fault::bug(note)
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
