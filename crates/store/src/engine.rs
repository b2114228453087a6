//! The store, whatever the engine. Each method is one line for each engine.

use crate::contract::{
    Batch, Change, Committed, Doc, DocKind, DocWrite, EventFilter, EventRow, Idempotent, LinkRow, Row,
    SessionRow,
};
use crate::embedded::{self, Embedded, read};
use crate::snapshot::Snapshot;
use kernel::{ActId, Clock, RecordId, Result, SessionId, SubjectId, Time, UserId};
use ledger::{Event, EventId, Receipt, SignedCheckpoint};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::broadcast;
use vault::PageKey;

/// Signs a message with the ledger's key: Ed25519.
pub type Sign = Arc<dyn Fn(&[u8]) -> [u8; 64] + Send + Sync>;

/// How to open a store.
#[derive(Clone)]
pub struct Options {
    /// The database file.
    pub path: PathBuf,
    /// Its page key.
    pub page_key: PageKey,
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
    /// Threads that read.
    pub readers: usize,
    /// Page cache of each connection in KiB.
    pub cache_kib: u32,
    /// Opens a database that has events although no checkpoint is found outside: only when a person
    /// who knows why asks for it.
    pub accept_missing_checkpoint: bool,
    /// Bytes kept back on the disk, so that reading goes on when it is full; 0 keeps none. Less than 48 MiB
    /// may not suffice to carry the write-ahead log over, which then uses up what there is.
    pub reserve_bytes: u64,
    /// Pages that the database may have, for tests of a full disk.
    #[doc(hidden)]
    pub max_pages: Option<u32>,
}

impl Options {
    /// Options with what has no default; 3 readers, 32 MiB of cache for each connection.
    #[must_use]
    pub fn new(
        path: impl Into<PathBuf>,
        page_key: PageKey,
        checkpoint_path: impl Into<PathBuf>,
        origin: impl Into<String>,
        public_key: [u8; 32],
        signer: Sign,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            path: path.into(),
            page_key,
            checkpoint_path: checkpoint_path.into(),
            origin: origin.into(),
            public_key,
            signer,
            clock,
            readers: 3,
            cache_kib: 32 << 10,
            accept_missing_checkpoint: false,
            reserve_bytes: 0,
            max_pages: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("path", &self.path).finish_non_exhaustive()
    }
}

enum Engine {
    Embedded(Embedded),
}

/// The open store. Clones are the same store.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
    /// Whose notifications changed.
    notices: broadcast::Sender<UserId>,
}

/// Notifications that a slow listener may be behind.
const BEHIND: usize = 256;

fn told(batch: &Batch) -> Vec<UserId> {
    let notice = |doc: &DocWrite| match doc {
        DocWrite::Put(doc) if doc.kind == DocKind::Notice => doc.user,
        _ => None,
    };
    batch.docs.iter().filter_map(notice).collect()
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

// Opening, writing, closing.
impl Store {
    /// Makes an empty store. Blocks.
    ///
    /// # Errors
    /// Conflict if there is one already, or a checkpoint of one.
    pub fn create(options: Options) -> Result<Self> {
        Ok(Self::over(Embedded::create(options)?))
    }

    /// Opens a store, brings its tables to the present format, and checks the end of the ledger against
    /// the checkpoints inside and outside. Blocks.
    ///
    /// # Errors
    /// Not found if there is none; unsupported if a newer release wrote it; corrupt if the key is wrong, or
    /// the data were rolled back or altered.
    pub fn open(options: Options) -> Result<Self> {
        Ok(Self::over(Embedded::open(options)?))
    }

    fn over(embedded: Embedded) -> Self {
        Self { engine: Arc::new(Engine::Embedded(embedded)), notices: broadcast::channel(BEHIND).0 }
    }

    /// Whose notifications change, from now on.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<UserId> {
        self.notices.subscribe()
    }

    /// Commits a batch, together with whatever else waits; returns once it is durable. A batch that was
    /// handed over is carried out also if the caller stops waiting.
    ///
    /// # Errors
    /// Stale or conflict as the batch says; full, unavailable or internal if nothing could be committed.
    pub async fn commit(&self, batch: Batch) -> Result<Committed> {
        let told = told(&batch);
        let done = match &*self.engine {
            Engine::Embedded(e) => e.commit(batch).await,
        }?;
        for user in told {
            // Nobody may be listening.
            let _ = self.notices.send(user);
        }
        Ok(done)
    }

    /// As [`Store::commit`], for threads that are not of an asynchronous runtime.
    ///
    /// # Errors
    /// As [`Store::commit`].
    ///
    /// # Panics
    /// If called within an asynchronous runtime.
    pub fn commit_blocking(&self, batch: Batch) -> Result<Committed> {
        match &*self.engine {
            Engine::Embedded(e) => e.commit_blocking(batch),
        }
    }

    /// Makes an event alone durable, such as a read's.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn record_event(&self, event: Event) -> Result<Receipt> {
        Ok(self.commit(Batch::new(event)).await?.receipt)
    }

    /// As [`Store::record_event`], for threads that are not of an asynchronous runtime.
    ///
    /// # Errors
    /// As [`Store::commit`].
    ///
    /// # Panics
    /// If called within an asynchronous runtime.
    pub fn record_event_blocking(&self, event: Event) -> Result<Receipt> {
        Ok(self.commit_blocking(Batch::new(event))?.receipt)
    }

    /// Deletes sessions and kept answers that are over, a bounded number; returns how many. To be called
    /// from time to time: what is over is over by its time, not by this.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn sweep(&self, now: Time) -> Result<u64> {
        match &*self.engine {
            Engine::Embedded(e) => e.sweep(now).await,
        }
    }

    /// Whether a record would be taken, as far as the disk's room goes. Costs nothing unless a commit
    /// found the disk full; then it tries to win the room back.
    ///
    /// # Errors
    /// Full.
    pub async fn check_room(&self) -> Result<()> {
        match &*self.engine {
            Engine::Embedded(e) => e.check_room().await,
        }
    }

    /// After rows were removed for good: leaves nothing of them in logs of the engine either.
    ///
    /// # Errors
    /// Unavailable if a reader holds an older state; try again.
    pub async fn settle_erasure(&self) -> Result<()> {
        match &*self.engine {
            Engine::Embedded(e) => e.settle_erasure().await,
        }
    }

    /// Finishes what was accepted, then closes. Whatever comes later is unavailable.
    ///
    /// # Errors
    /// If the last checkpoint could not be forced to the disk.
    pub async fn close(&self) -> Result<()> {
        match &*self.engine {
            Engine::Embedded(e) => e.close().await,
        }
    }

    /// The store as it is now, for reading at length. Blocks.
    ///
    /// # Errors
    /// As opening the store.
    pub fn snapshot(&self) -> Result<Snapshot> {
        match &*self.engine {
            Engine::Embedded(e) => e.snapshot().map(Snapshot::new),
        }
    }

    /// Sessions and tokens that are not over.
    ///
    /// # Errors
    /// As any query.
    pub async fn sessions(&self) -> Result<Vec<SessionRow>> {
        match &*self.engine {
            Engine::Embedded(e) => {
                let now = e.now();
                e.read(move |c| read::sessions(c, now)).await
            }
        }
    }
}

/// Queries, each as an asynchronous method of the store and a blocking one of a snapshot.
macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty => $pass:expr),*) -> $out:ty = $query:path;)*) => {
        // Reading. Every query can fail as storage does: corrupt, unavailable, internal.
        impl Store {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// Corrupt, unavailable or internal, as storage fails.
                pub async fn $name(&self $(, $arg: $type)*) -> Result<$out> {
                    match &*self.engine {
                        Engine::Embedded(e) => e.read(move |c| $query(c $(, $pass)*)).await,
                    }
                }
            )*
        }

        impl Snapshot {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// Corrupt, unavailable or internal, as storage fails.
                pub fn $name(&self $(, $arg: $type)*) -> Result<$out> {
                    $query(self.connection() $(, $pass)*)
                }
            )*
        }
    };
}

queries! {
    /// A record.
    row(id: RecordId => &id) -> Option<Row> = read::row;
    /// Those of the records that exist, in the order asked for.
    rows(ids: Vec<RecordId> => &ids) -> Vec<Row> = read::rows;
    /// All records that a subject's key seals, by id.
    rows_of_subject(subject: SubjectId => &subject) -> Vec<Row> = read::rows_of_subject;
    /// Records that hang on another, by id, after `after`.
    children(parent: RecordId => &parent, after: Option<RecordId> => after.as_ref(), limit: u32 => limit)
        -> Vec<Row> = read::children;
    /// All records by id, after `after`.
    scan(after: Option<RecordId> => after.as_ref(), limit: u32 => limit) -> Vec<Row> = read::scan;
    /// References to a record.
    links_to(id: RecordId => &id) -> Vec<LinkRow> = read::links_to;
    /// References from a record.
    links_from(id: RecordId => &id) -> Vec<LinkRow> = read::links_from;
    /// Changes with a sequence above `after`, oldest first. Sequences of removed records' earlier changes
    /// are passed over.
    changes_since(after: u64 => after, limit: u32 => limit) -> Vec<Change> = read::changes_since;
    /// Changes of a record, newest first, with a sequence below `before`.
    changes_of(record: RecordId => &record, before: Option<u64> => before, limit: u32 => limit)
        -> Vec<Change> = read::changes_of;
    /// Changes that belong to a larger act, oldest first, with a sequence above `after`.
    changes_of_act(act: ActId => &act, after: u64 => after, limit: u32 => limit)
        -> Vec<Change> = read::changes_of_act;
    /// Sequence of the newest change; 0 if there is none.
    last_change() -> u64 = read::last_change;
    /// A document.
    doc(kind: DocKind => kind, id: [u8; 16] => &id) -> Option<Doc> = read::doc;
    /// The document with this key.
    doc_by_key(kind: DocKind => kind, key: [u8; 32] => &key) -> Option<Doc> = read::doc_by_key;
    /// All documents of a kind, by id.
    docs(kind: DocKind => kind) -> Vec<Doc> = read::docs;
    /// The documents of a kind that have a key.
    docs_with_key(kind: DocKind => kind) -> Vec<Doc> = read::docs_with_key;
    /// Documents of a kind that belong to a user, newest id first.
    docs_of_user(kind: DocKind => kind, user: UserId => &user, limit: u32 => limit)
        -> Vec<Doc> = read::docs_of_user;
    /// A session or token, over or not.
    session(id: SessionId => &id) -> Option<SessionRow> = read::session;
    /// The session or token of this secret's hash, over or not.
    session_by_hash(hash: [u8; 32] => &hash) -> Option<SessionRow> = read::session_by_hash;
    /// Sessions and tokens of a user, newest first, over or not.
    sessions_of(user: UserId => &user) -> Vec<SessionRow> = read::sessions_of;
    /// A kept answer, over or not.
    idempotent(key: [u8; 32] => &key) -> Option<Idempotent> = read::idempotent;
    /// Events, newest first.
    events(filter: EventFilter => &filter) -> Vec<EventRow> = read::events;
    /// Events from a sequence on, oldest first.
    events_from(from: u64 => from, limit: u32 => limit) -> Vec<EventRow> = read::events_from;
    /// An event.
    event_by_id(id: EventId => &id) -> Option<EventRow> = read::event_by_id;
    /// The number of events.
    event_count() -> u64 = read::event_count;
    /// The number of records.
    row_count() -> u64 = read::row_count;
    /// The release of the engine.
    engine_version() -> String = read::engine_version;
    /// The checkpoint of all that is durable.
    checkpoint() -> Option<SignedCheckpoint> = embedded::checkpoint;
}
