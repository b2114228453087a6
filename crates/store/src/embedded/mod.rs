//! The engine on one machine: a SQLCipher file, one thread that writes and a few that read.

mod group;
mod map;
mod outside;
pub mod read;
mod readers;
mod refusal;
mod reserve;
mod schema;
mod thread;
mod tree;
pub mod verify;
mod write;
mod writer;

use crate::contract::{Batch, Committed};
use crate::engine::Options;
use kernel::{Clock, FaultKind, Result, Time};
use ledger::Log;
use outside::Outside;
use readers::Readers;
use reserve::Reserve;
use rusqlite::Connection;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use thread::Thread;
use tokio::sync::{mpsc, oneshot};
use tree::{Identity, restore};
pub use tree::{Kept, checkpoint, checkpoint_text};
use vault::{Durability, PageKey, io_fault, open_database, storage_fault};
use writer::{Job, Reply, Write, Writer, gone, keep_checkpoint};

/// Jobs that may wait for the writer.
const QUEUE: usize = 1024;
/// How long a job waits for a place in a full queue.
const QUEUE_WAIT: Duration = Duration::from_secs(5);
/// Pages of the write-ahead log after which it is carried over, 32 MiB: the fewer times, the fewer
/// pages are written twice.
const CARRY_OVER_PAGES: u32 = 8192;

/// An open database. Dropping it closes the queues first and then waits for the threads, in the order of
/// the fields: whoever opens the file next finds nobody in it.
pub struct Embedded {
    jobs: mpsc::Sender<Job>,
    readers: Readers,
    _writer: Thread,
    full: Arc<AtomicBool>,
    clock: Arc<dyn Clock>,
    path: PathBuf,
    key: PageKey,
}

impl Embedded {
    pub fn create(options: Options) -> Result<Self> {
        let outside = Outside::new(options.checkpoint_path.clone());
        if options.path.exists() {
            return Err(refusal::exists(&options.path));
        }
        if outside.exists() {
            return Err(refusal::exists(&options.checkpoint_path));
        }
        Self::start(options, outside)
    }

    pub fn open(options: Options) -> Result<Self> {
        if !options.path.exists() {
            return Err(refusal::missing(&options.path));
        }
        let outside = Outside::new(options.checkpoint_path.clone());
        Self::start(options, outside)
    }

    fn start(options: Options, mut outside: Outside) -> Result<Self> {
        let Options { path, page_key: key, cache_kib, clock, .. } = options;
        let lock = lock(&path)?;
        let identity =
            Identity { origin: options.origin, public: options.public_key, signer: options.signer };
        let connection = open_database(&path, &key, Durability::Full, cache_kib, false)?;
        schema::migrate(&connection)?;
        set(&connection, "wal_autocheckpoint", CARRY_OVER_PAGES)?;
        if let Some(pages) = options.max_pages {
            set(&connection, "max_page_count", pages)?;
        }
        let (log, next_change) = restore(&connection, &identity)?;
        check_outside(&mut outside, &log, &connection, options.accept_missing_checkpoint)?;

        let reader = |_| open_database(&path, &key, Durability::Full, cache_kib, true);
        let readers = (0..options.readers.max(1)).map(reader).collect::<Result<Vec<_>>>()?;
        let readers = Readers::start(readers)?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let reserve = Reserve::open(&path, options.reserve_bytes);
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
            unsure: false,
            lock,
        };
        let writer = Thread::start("store-write", move || writer.run(queue))?;
        Ok(Self { jobs, full, readers, _writer: writer, clock, path, key })
    }

    pub async fn commit(&self, batch: Batch) -> Result<Committed> {
        self.ask(|reply| Job::Write(Box::new(Write { batch, reply }))).await
    }

    pub fn commit_blocking(&self, batch: Batch) -> Result<Committed> {
        let (reply, answer) = oneshot::channel();
        let job = Job::Write(Box::new(Write { batch, reply }));
        self.jobs.blocking_send(job).map_err(gone)?;
        answer.blocking_recv().map_err(gone)?
    }

    pub async fn sweep(&self, now: Time) -> Result<u64> {
        self.ask(|reply| Job::Sweep(now, reply)).await
    }

    pub async fn check_room(&self) -> Result<()> {
        if !self.full.load(Ordering::Acquire) {
            return Ok(());
        }
        self.ask(Job::CheckRoom).await
    }

    pub async fn settle_erasure(&self) -> Result<()> {
        self.ask(Job::SettleErasure).await
    }

    pub async fn close(&self) -> Result<()> {
        // Closing twice is closing once.
        if self.jobs.is_closed() {
            return Ok(());
        }
        let result = self.ask(Job::Close).await;
        self.readers.close();
        result
    }

    /// Hands a job to the writer and waits for its answer.
    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T> {
        use mpsc::error::TrySendError;
        let (reply, answer) = oneshot::channel();
        match self.jobs.try_send(job(reply)) {
            Ok(()) => {}
            Err(TrySendError::Closed(job)) => return Err(gone(job)),
            Err(TrySendError::Full(job)) => {
                let sent = tokio::time::timeout(QUEUE_WAIT, self.jobs.send(job)).await;
                sent.map_err(|_| refusal::busy())?.map_err(gone)?;
            }
        }
        answer.await.map_err(gone)?
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

/// Refuses a database that does not go on from the checkpoint outside; brings that one up to date.
fn check_outside(
    outside: &mut Outside,
    log: &Log,
    connection: &Connection,
    accept_missing: bool,
) -> Result<()> {
    let Some(kept) = outside.read()? else {
        if log.size() > 0 && !accept_missing {
            return Err(refusal::checkpoint_missing("no checkpoint outside"));
        }
        if log.size() > 0 {
            tracing::warn!("opened without the checkpoint outside the database, as was asked");
        }
        keep_checkpoint(connection, log.current().text()).map_err(|e| storage_fault(&e))?;
        return outside.put_durably(log.current());
    };
    log.check_outside(&kept, &Kept(connection)).map_err(|fault| match fault.kind {
        FaultKind::Corrupt => refusal::rolled_back(fault.internal.as_deref().unwrap_or_default()),
        _ => fault,
    })?;
    // One that is behind is accepted, so a full disk does not keep the store from opening for reading.
    if let Err(fault) = outside.put_durably(log.current()) {
        tracing::warn!(error = %fault, "the checkpoint outside the database stays behind");
    }
    Ok(())
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
