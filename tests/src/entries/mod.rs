//! Every parser and trust boundary as a function of any bytes. Each may panic only because a law is
//! broken: what it accepts reads back the same, what is sealed or signed cannot be forged, what goes
//! wrong is the sender's mistake and never a fault of the program.
//!
//! `fuzz/` has a target of the same name for each; `tests/smoke.rs` runs them all on seeded input.

pub mod fields;
pub mod files;
pub mod http;
pub mod ledger;
pub mod list;
pub mod sealed;
pub mod small;

/// An entry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name, also that of its fuzz target.
    pub name: &'static str,
    /// What is done with the bytes.
    pub run: fn(&[u8]),
    /// Bytes that get far, to start from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Inputs that the smoke test tries: thousands, fewer where one takes milliseconds.
    pub tries: usize,
}

const fn entry(name: &'static str, run: fn(&[u8]), seeds: fn() -> Vec<Vec<u8>>, tries: usize) -> Entry {
    Entry { name, run, seeds, tries }
}

/// All entries.
pub const ALL: [Entry; 18] = [
    entry("csv", files::csv, files::csv_seeds, 400),
    entry("xlsx", files::xlsx, files::xlsx_seeds, 300),
    entry("vcard", files::vcard, files::vcard_seeds, 800),
    entry("content", fields::content, fields::content_seeds, 4_000),
    entry("patch", fields::patch, fields::content_seeds, 4_000),
    entry("cell", fields::cell, fields::cell_seeds, 4_000),
    entry("event", ledger::event, ledger::event_seeds, 4_000),
    entry("checkpoint", ledger::checkpoint, ledger::checkpoint_seeds, 4_000),
    entry("proof", ledger::proof, ledger::proof_seeds, 4_000),
    entry("sealed", sealed::sealed, sealed::sealed_seeds, 4_000),
    entry("token", sealed::token, sealed::token_seeds, 4_000),
    entry("list", list::list, list::list_seeds, 2_000),
    entry("cursor", list::cursor, list::cursor_seeds, 4_000),
    entry("language", small::language, small::language_seeds, 4_000),
    entry("time", small::time, small::time_seeds, 4_000),
    entry("id", small::id, small::id_seeds, 4_000),
    entry("config", small::config, small::config_seeds, 4_000),
    entry("http", http::http, http::http_seeds, 500),
];

/// Texts as seeds.
fn texts<const N: usize>(texts: [&str; N]) -> Vec<Vec<u8>> {
    texts.map(|text| text.as_bytes().to_vec()).into()
}

/// `n` reduced to a place in `all`, which is not empty.
fn pick<T>(all: &[T], n: u8) -> &T {
    &all[usize::from(n) % all.len()]
}
