//! The engine on one machine: a SQLCipher file, one thread that writes and a few that read.

mod jobs;
mod load;
mod map;
pub mod read;
mod readers;
mod reserve;
mod schema;
mod tree;
mod write;
mod writer;

use crate::contract::{Doc, DocKind, Row};
use crate::format::{Migration, Standing};
use crate::group::Source;
use crate::options::{FileOptions, Options};
use crate::outside::Outside;
use crate::queue::{Job, Queue};
use crate::refusal;
use crate::resume::{Identity, check_outside};
use crate::thread::Thread;
use crate::verify::Rows;
use kernel::{Clock, RecordId, Result, Time};
pub use load::Load;
use readers::Readers;
use reserve::Reserve;
use rusqlite::Connection;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tree::restore;
pub use tree::{Kept, checkpoint_text};
use vault::{Durability, PageKey, io_fault, open_database, storage_fault};
use writer::{Writer, keep_checkpoint};

/// Pages of the write-ahead log after which it is carried over, 32 MiB: the fewer times, the fewer
/// pages are written twice.
const CARRY_OVER_PAGES: u32 = 8192;

/// An open database. Dropping it closes the queues first and then waits for the threads, in the order of
/// the fields: whoever opens the file next finds nobody in it.
pub struct Embedded {
    /// The way to the writer.
    pub queue: Queue,
    readers: Readers,
    _writer: Thread,
    full: Arc<AtomicBool>,
    clock: Arc<dyn Clock>,
    path: PathBuf,
    key: PageKey,
}

impl Embedded {
    pub fn create(options: Options, file: FileOptions) -> Result<Self> {
        let outside = Outside::new(options.checkpoint_path.clone());
        if file.path.exists() {
            return Err(refusal::exists(&file.path));
        }
        if outside.exists() {
            return Err(refusal::exists(&options.checkpoint_path));
        }
        Self::start(options, file, outside)
    }

    pub fn open(options: Options, file: FileOptions) -> Result<Self> {
        if !file.path.exists() {
            return Err(refusal::missing(&file.path));
        }
        let outside = Outside::new(options.checkpoint_path.clone());
        Self::start(options, file, outside)
    }

    fn start(options: Options, file: FileOptions, mut outside: Outside) -> Result<Self> {
        let FileOptions { path, page_key: key, cache_kib, .. } = file;
        let clock = options.clock;
        let lock = lock(&path)?;
        let identity =
            Identity { origin: options.origin, public: options.public_key, signer: options.signer };
        let connection = open_database(&path, &key, Durability::Full, cache_kib, false)?;
        schema::expand(&connection, &schema::STEPS)?;
        set(&connection, "wal_autocheckpoint", CARRY_OVER_PAGES)?;
        if let Some(pages) = file.max_pages {
            set(&connection, "max_page_count", pages)?;
        }
        let (log, next_change) = restore(&connection, &identity)?;
        let keep = |note: &str| keep_checkpoint(&connection, note).map_err(|e| storage_fault(&e));
        let accept = options.accept_missing_checkpoint;
        check_outside(&mut outside, &log, &Kept(&connection), accept, keep)?;

        let reader = |_| open_database(&path, &key, Durability::Full, cache_kib, true);
        let readers = (0..options.readers.max(1)).map(reader).collect::<Result<Vec<_>>>()?;
        let readers = Readers::start(readers)?;
        let (queue, jobs, counts) = Queue::new();
        let reserve = Reserve::open(&path, file.reserve_bytes);
        let full = Arc::new(AtomicBool::new(reserve.is_spent()));
        let writer = Writer {
            connection,
            log,
            next_change,
            outside,
            reserve,
            full: Arc::clone(&full),
            identity,
            clock: Arc::clone(&clock),
            counts,
            unsure: false,
            lock,
        };
        let writer = Thread::start("store-write", move || writer.run(Source::new(jobs)))?;
        Ok(Self { queue, full, readers, _writer: writer, clock, path, key })
    }

    pub async fn check_room(&self) -> Result<()> {
        if !self.full.load(Ordering::Acquire) {
            return Ok(());
        }
        self.queue.ask(Job::CheckRoom).await
    }

    pub async fn close(&self) -> Result<()> {
        let result = self.queue.close().await;
        self.readers.close();
        result
    }

    pub async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.readers.run(query).await
    }

    pub fn now(&self) -> Time {
        self.clock.now()
    }

    pub fn snapshot(&self) -> Result<Connection> {
        open_snapshot(&self.path, &self.key)
    }
}

impl Rows for Connection {
    fn scan(&self, after: Option<&RecordId>, limit: u32) -> Result<Vec<Row>> {
        read::scan(self, after, limit)
    }

    fn change_count(&self, record: &RecordId) -> Result<u64> {
        read::change_count(self, record)
    }

    fn docs_after(&self, kind: DocKind, after: &[u8], limit: u32) -> Result<Vec<Doc>> {
        read::docs_after(self, kind, after, limit)
    }
}

/// Looks at the tables of a file that nobody has open, or brings them on; gives where they stood.
///
/// # Errors
/// Not found if there is none; unavailable if it is in use; unsupported if it was contracted for newer releases.
pub fn migrate(file: &FileOptions, what: Migration) -> Result<Standing> {
    let path = &file.path;
    if !path.exists() {
        return Err(refusal::missing(path));
    }
    let looks = what == Migration::Look;
    // Who only looks is in nobody's way.
    let _lock = if looks { None } else { Some(lock(path)?) };
    let connection = open_database(path, &file.page_key, Durability::Full, file.cache_kib, looks)?;
    let standing = Standing::new(schema::format(&connection)?, &schema::STEPS)?;
    if !looks {
        schema::expand(&connection, &schema::STEPS)?;
    }
    if what == Migration::Contract {
        schema::contract(&connection, &schema::STEPS)?;
    }
    Ok(standing)
}

/// Two writers would each go on with a log of their own, so there is one. The lock ends with the process,
/// however that ends.
fn lock(path: &Path) -> Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(name).map_err(|e| io_fault("lock file", &e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(refusal::in_use(path)),
        Err(TryLockError::Error(e)) => Err(io_fault("lock file", &e)),
    }
}

fn set(connection: &Connection, pragma: &str, value: u32) -> Result<()> {
    // Such a pragma answers with a row.
    let sql = format!("PRAGMA {pragma} = {value}");
    connection.query_row(&sql, [], |_| Ok(())).map_err(|e| storage_fault(&e))
}

/// A connection that sees the database as it is now, whatever is written meanwhile.
///
/// # Errors
/// Not found, corrupt or unsupported as the file is; otherwise as [`storage_fault`].
pub fn open_snapshot(path: &Path, key: &PageKey) -> Result<Connection> {
    if !path.exists() {
        return Err(refusal::missing(path));
    }
    let connection = open_database(path, key, Durability::Full, SNAPSHOT_CACHE_KIB, true)?;
    connection.execute_batch("BEGIN").map_err(|e| storage_fault(&e))?;
    // The transaction sees what its first read sees.
    schema::check(&connection)?;
    read::last_change(&connection)?;
    Ok(connection)
}

/// A snapshot reads everything once: a large cache would not help it.
const SNAPSHOT_CACHE_KIB: u32 = 8 << 10;
