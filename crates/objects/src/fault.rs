//! What an error of a store means.

use kernel::{Fault, FaultKind, Text};
use object_store::Error;
use std::error::Error as _;
use std::io;

/// What an error of the store means. The note for the log names ids and addresses, never content.
pub fn fault(error: &Error) -> Fault {
    let note = format!("object store: {error}");
    match error {
        Error::NotFound { .. } => return Fault::not_found().internal(note),
        Error::AlreadyExists { .. } | Error::Precondition { .. } => return exists().internal(note),
        _ => {}
    }
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<io::Error>()
            && matches!(io.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
        {
            return vault::full_fault().internal(note);
        }
        source = cause.source();
    }
    let text = Text::of(
        "Magazyn plików jest chwilowo niedostępny. Spróbuj ponownie za chwilę.",
        "The store of files is unavailable for the moment. Try again shortly.",
    );
    Fault::new(FaultKind::Unavailable, text).retry_after_s(5).internal(note)
}

/// An id is used once.
pub const fn exists() -> Fault {
    Fault::new(FaultKind::Conflict, Text::of("Ten plik już istnieje.", "This file exists already."))
}
