//! Opening, and the handle that everything else is asked through.

use crate::arms::among;
use crate::layout::Layout;
use crate::pool::Pool;
use crate::shape::Shape;
use crate::text::line_contains;
use crate::types::Op;
use crate::writer::{Job, Request, Writer};
use kernel::{Fault, FaultKind, RecordId, Result, Text};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use schema::Catalog;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use tokio::sync::oneshot;
use vault::{Durability, PageKey, open_database};

/// Keyed hash of a text: HMAC under a key that only the vault has.
pub type Keyed = Arc<dyn Fn(&str) -> [u8; 32] + Send + Sync>;

/// Changes that wait at most; more are refused.
const WAITING: usize = 4096;
/// Pages of the write-ahead log after which it is carried over, 32 MiB: the fewer times, the fewer
/// pages are written twice.
const CARRY_OVER_PAGES: u32 = 8192;

/// How an index is opened.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Threads that read.
    pub readers: usize,
    /// Page cache of each connection, in KiB.
    pub cache_kib: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 2, cache_kib: 64 << 10 }
    }
}

/// What the threads share.
pub(crate) struct Shared {
    layout: RwLock<Arc<Layout>>,
    pub applied: AtomicU64,
    pub seen: AtomicU64,
    pub rebuilding: AtomicBool,
}

impl Shared {
    pub fn layout(&self) -> Arc<Layout> {
        self.layout.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_layout(&self, layout: Layout) {
        *self.layout.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(layout);
    }
}

/// The index. Cheap to clone; the last clone that goes closes it.
#[derive(Clone)]
pub struct Index {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    pool: Pool,
    queue: Option<SyncSender<Request>>,
    writer: Option<JoinHandle<()>>,
    keyed: Keyed,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

impl Index {
    /// Opens the index at `path`. If it is missing, cannot be read, or was made for other entities, it is
    /// made anew: [`Index::applied`] is 0 then, and all records have to be put.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn open(
        path: &Path,
        key: &PageKey,
        catalog: Arc<Catalog>,
        keyed: Keyed,
        options: Options,
    ) -> Result<Self> {
        let layout = Layout::new(&catalog)?;
        let kept = path
            .exists()
            .then(|| open_database(path, key, Durability::Normal, options.cache_kib, false))
            .and_then(Result::ok);
        let usable = kept.filter(|c| raise(c, &layout, &catalog).unwrap_or(false));
        let connection = match usable {
            Some(connection) => connection,
            None => create(path, key, &layout, options.cache_kib)?,
        };
        db(connection.pragma_update(None, "wal_autocheckpoint", CARRY_OVER_PAGES))?;
        let number = |name: &str| -> Result<u64> {
            let value: i64 =
                db(connection.query_row("SELECT value FROM meta WHERE name=?1", [name], |r| r.get(0)))?;
            Ok(u64::try_from(value).unwrap_or_default())
        };
        let shared = Arc::new(Shared {
            applied: AtomicU64::new(number("applied")?),
            seen: AtomicU64::new(number("seen")?),
            layout: RwLock::new(Arc::new(layout)),
            rebuilding: AtomicBool::new(false),
        });
        let reader = |_| {
            let connection = open_database(path, key, Durability::Normal, options.cache_kib, true)?;
            db(add_functions(&connection))?;
            Ok(connection)
        };
        let pool = Pool::start((0..options.readers.max(1)).map(reader).collect::<Result<_>>()?)?;
        let (queue, requests) = sync_channel::<Request>(WAITING);
        let writer = Writer {
            connection,
            shared: shared.clone(),
            keyed: keyed.clone(),
            ahead: BTreeSet::new(),
            gone: HashMap::new(),
        };
        let writer = std::thread::Builder::new()
            .name("index-write".to_owned())
            .spawn(move || writer.run(&requests))
            .map_err(Fault::bug)?;
        let inner = Inner { shared, pool, queue: Some(queue), writer: Some(writer), keyed };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Applies changes of the store, each with its number in the store's order. What this call brought is
    /// seen by every query that starts after it returns. Applying again changes nothing.
    ///
    /// # Errors
    /// If the file cannot be written: nothing of this call is applied then.
    pub async fn apply(&self, changes: Vec<(u64, Op)>) -> Result<()> {
        self.write(Job::Apply(changes)).await
    }

    /// Applies many changes in one transaction, without touching [`Index::applied`].
    ///
    /// # Errors
    /// As [`Index::apply`].
    pub async fn apply_bulk(&self, changes: Vec<Op>) -> Result<()> {
        self.write(Job::Bulk(changes)).await
    }

    /// Empties the index for a rebuild. Until [`Index::mark_applied`] queries are refused as unavailable;
    /// if the process ends before, the index is made anew at the next start.
    ///
    /// # Errors
    /// As [`Index::apply`].
    pub async fn begin_rebuild(&self) -> Result<()> {
        self.write(Job::Rebuild).await
    }

    /// Says that all changes up to `seq` are in the index; ends a rebuild.
    ///
    /// # Errors
    /// As [`Index::apply`].
    pub async fn mark_applied(&self, seq: u64) -> Result<()> {
        self.write(Job::Mark(seq)).await
    }

    /// Takes over a catalog that has more custom fields. Records that are there have no value in them.
    ///
    /// # Errors
    /// If anything else differs; that needs a rebuild.
    pub async fn set_catalog(&self, catalog: Arc<Catalog>) -> Result<()> {
        self.write(Job::Catalog(catalog)).await
    }

    /// Notes which events of the ledger showed which records.
    ///
    /// # Errors
    /// As [`Index::apply`].
    pub async fn note_seen(&self, events: Vec<(u64, Vec<RecordId>)>) -> Result<()> {
        self.write(Job::Seen(events)).await
    }

    /// Makes sure that nothing of what was removed is left in the log of the file.
    ///
    /// # Errors
    /// Unavailable while a reader holds on to the log: try again.
    pub async fn settle_erasure(&self) -> Result<()> {
        self.write(Job::Settle).await
    }

    /// Whether a rebuild was begun and not ended: nothing can be asked until it is.
    #[must_use]
    pub fn is_rebuilding(&self) -> bool {
        self.inner.shared.rebuilding.load(Ordering::Acquire)
    }

    /// The highest number up to which all changes are in the index.
    #[must_use]
    pub fn applied(&self) -> u64 {
        self.inner.shared.applied.load(Ordering::Acquire)
    }

    /// The highest event that [`Index::note_seen`] was told of.
    #[must_use]
    pub fn seen_upto(&self) -> u64 {
        self.inner.shared.seen.load(Ordering::Acquire)
    }

    async fn write(&self, job: Job) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        let queue = self.inner.queue.as_ref().ok_or_else(|| Fault::bug("the index is closed"))?;
        queue.try_send(Request { job, reply }).map_err(|_| {
            Fault::new(
                FaultKind::Unavailable,
                Text::of(
                    "Za dużo zmian naraz. Spróbuj za chwilę.",
                    "Too many changes at once. Try again shortly.",
                ),
            )
            .retry_after_s(1)
        })?;
        answer.await.map_err(|_| Fault::bug("the index stopped writing"))?
    }

    /// Does `work` on a reader thread.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &Layout, &Keyed) -> Result<T> + Send + 'static,
    {
        let (shared, keyed) = (self.inner.shared.clone(), self.inner.keyed.clone());
        self.inner
            .pool
            .run(move |connection| {
                if shared.rebuilding.load(Ordering::Acquire) {
                    return Err(rebuilding());
                }
                work(connection, &shared.layout(), &keyed)
            })
            .await
    }
}

const fn rebuilding() -> Fault {
    Fault::new(
        FaultKind::Unavailable,
        Text::of(
            "Indeks wyszukiwania jest właśnie odbudowywany. Spróbuj za chwilę.",
            "The search index is being rebuilt. Try again shortly.",
        ),
    )
    .retry_after_s(5)
}

fn db<T>(result: rusqlite::Result<T>) -> Result<T> {
    result.map_err(|e| vault::storage_fault(&e))
}

/// Whether the file can be used for these tables, after adding the columns of new custom fields.
fn raise(connection: &Connection, layout: &Layout, catalog: &Catalog) -> rusqlite::Result<bool> {
    let whole: i64 = connection.query_row("SELECT value FROM meta WHERE name='whole'", [], |r| r.get(0))?;
    let text: String = connection.query_row("SELECT value FROM meta WHERE name='shape'", [], |r| r.get(0))?;
    let kept: Shape = serde_json::from_str(&text).unwrap_or_default();
    let Some(before) = kept.grows_into(&layout.shape, catalog).filter(|_| whole == 1) else {
        return Ok(false);
    };
    if kept != layout.shape {
        let tx = connection.unchecked_transaction()?;
        layout.add_columns(&tx, &before)?;
        tx.commit()?;
    }
    Ok(true)
}

fn create(path: &Path, key: &PageKey, layout: &Layout, cache_kib: u32) -> Result<Connection> {
    for tail in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(tail);
        match std::fs::remove_file(&name) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(vault::io_fault("index", &e)),
            _ => {}
        }
    }
    let connection = open_database(path, key, Durability::Normal, cache_kib, false)?;
    db((|| {
        let tx = connection.unchecked_transaction()?;
        layout.create(&tx)?;
        layout.create_indexes(&tx)?;
        tx.commit()
    })())?;
    Ok(connection)
}

/// `line_contains(lines, allowed tags, needle)`, and `among(sorted ids, id)`.
fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("line_contains", 3, flags, |context| {
        let text =
            |i: usize| context.get_raw(i).as_str().map_err(|e| rusqlite::Error::UserFunctionError(e.into()));
        Ok(line_contains(text(0)?, text(1)?, text(2)?))
    })?;
    connection.create_scalar_function("among", 2, flags, |context| {
        let bytes = |i: usize| {
            let value = context.get_raw(i).as_blob_or_null();
            value.map_err(|e| rusqlite::Error::UserFunctionError(e.into()))
        };
        let (Some(ids), Some(id)) = (bytes(0)?, bytes(1)?) else { return Ok(false) };
        Ok(among(ids, id))
    })
}
