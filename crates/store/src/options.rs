//! How to open a store.

use crate::engine::Sign;
use kernel::Clock;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use vault::PageKey;
use zeroize::Zeroizing;

/// How to open a store.
#[derive(Clone)]
pub struct Options {
    /// Where the data lie, and so which engine.
    pub place: Place,
    /// The last checkpoint outside the database; better on another disk.
    pub checkpoint_path: PathBuf,
    /// Origin of the ledger's checkpoints.
    pub origin: String,
    /// The key that verifies them.
    pub public_key: [u8; 32],
    /// Signs them with the key that belongs to `public_key`.
    pub signer: Sign,
    /// The present time, for checkpoints and for what is over.
    pub clock: Arc<dyn Clock>,
    /// Connections that read.
    pub readers: usize,
    /// Opens a database that has events although no checkpoint is found outside: only when a person
    /// who knows why asks for it.
    pub accept_missing_checkpoint: bool,
}

/// Where the data lie.
#[derive(Clone)]
pub enum Place {
    /// In a file.
    File(FileOptions),
    /// In a PostgreSQL database, which several servers may share.
    Postgres(PostgresOptions),
}

/// A PostgreSQL database.
#[derive(Clone)]
pub struct PostgresOptions {
    /// Where it is, as libpq's `postgresql://…` or `host=… dbname=…`, without a password. To everything but
    /// this machine TLS is spoken, and the server's certificate must name the host.
    pub address: String,
    /// The password, if one is asked for.
    pub password: Option<Zeroizing<String>>,
    /// Authorities (PEM) that the server's certificate may come from; those of the machine if absent.
    pub root_certificates: Option<PathBuf>,
}

impl PostgresOptions {
    /// A database at an address.
    #[must_use]
    pub fn new(address: impl Into<String>) -> Self {
        Self { address: address.into(), password: None, root_certificates: None }
    }
}

/// A database file on this machine.
#[derive(Clone)]
pub struct FileOptions {
    /// The database file.
    pub path: PathBuf,
    /// Its page key.
    pub page_key: PageKey,
    /// Page cache of each connection in KiB.
    pub cache_kib: u32,
    /// Bytes kept back on the disk, so that reading goes on when it is full; 0 keeps none. Less than 48 MiB
    /// may not suffice to carry the write-ahead log over, which then uses up what there is.
    pub reserve_bytes: u64,
    /// Pages that the database may have, for tests of a full disk.
    #[doc(hidden)]
    pub max_pages: Option<u32>,
}

impl FileOptions {
    /// A file and its key; 32 MiB of cache for each connection, nothing kept back.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, page_key: PageKey) -> Self {
        Self { path: path.into(), page_key, cache_kib: 32 << 10, reserve_bytes: 0, max_pages: None }
    }
}

impl Options {
    /// Options with what has no default; 3 readers.
    #[must_use]
    pub fn new(
        place: Place,
        checkpoint_path: impl Into<PathBuf>,
        origin: impl Into<String>,
        public_key: [u8; 32],
        signer: Sign,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            place,
            checkpoint_path: checkpoint_path.into(),
            origin: origin.into(),
            public_key,
            signer,
            clock,
            readers: 3,
            accept_missing_checkpoint: false,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("checkpoint_path", &self.checkpoint_path).finish_non_exhaustive()
    }
}
