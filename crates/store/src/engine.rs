//! The store, whatever the engine. Each method is one line for each engine.

use crate::activity::Activity;
use crate::contract::{Batch, Committed, Doc, DocKind, DocWrite, SessionRow};
use crate::embedded::{self, Embedded};
use crate::options::{Options, Place};
use crate::postgres::{self, Postgres};
use crate::queue::{Job, Queue};
use crate::snapshot::{Snapshot, View};
use crate::work::JobWrite;
use kernel::{Fault, Result, Time, UserId};
use ledger::{Event, Receipt};
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use tokio::sync::{broadcast, watch};

/// Signs a message with the ledger's key: Ed25519.
pub type Sign = Arc<dyn Fn(&[u8]) -> [u8; 64] + Send + Sync>;

pub(crate) enum Engine {
    Embedded(Embedded),
    Postgres(Box<Postgres>),
}

impl Engine {
    /// The way to the thread that writes.
    pub const fn queue(&self) -> &Queue {
        match self {
            Self::Embedded(e) => &e.queue,
            Self::Postgres(p) => &p.queue,
        }
    }
}

/// Adds to a batch what belongs to documents that it writes, just before it is committed.
pub type Adding =
    Box<dyn Fn(Store, Batch) -> Pin<Box<dyn Future<Output = Result<Batch>> + Send>> + Send + Sync>;

/// What is added to batches that write documents of some kinds, whoever makes them.
pub struct Accompanied {
    /// The kinds.
    pub kinds: &'static [DocKind],
    /// What adds it.
    pub adding: Adding,
}

impl Accompanied {
    fn heeds(&self, batch: &Batch) -> bool {
        batch.docs.iter().any(|write| {
            let (DocWrite::Put(Doc { kind, .. }) | DocWrite::Remove(kind, ..)) = write;
            self.kinds.contains(kind)
        })
    }
}

/// The open store. Clones are the same store.
#[derive(Clone)]
pub struct Store {
    pub(crate) engine: Arc<Engine>,
    accompanied: Arc<OnceLock<Accompanied>>,
    /// Whose notifications changed.
    notices: broadcast::Sender<UserId>,
    /// There is work to look for.
    pub(crate) bell: watch::Sender<()>,
}

/// Notifications that a slow listener may be behind.
const BEHIND: usize = 256;

impl Engine {
    /// Whose notifications a batch changes, as far as that is told by the commit itself and not by a hint.
    fn told(&self, batch: &Batch) -> Vec<UserId> {
        let notice = |doc: &DocWrite| match doc {
            DocWrite::Put(doc) if doc.kind == DocKind::Notice => doc.user,
            _ => None,
        };
        match self {
            Self::Embedded(_) => batch.docs.iter().filter_map(notice).collect(),
            Self::Postgres(_) => Vec::new(),
        }
    }
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
        let engine = match options.place.clone() {
            Place::File(file) => Engine::Embedded(Embedded::create(options, file)?),
            Place::Postgres(at) => Engine::Postgres(Box::new(Postgres::create(options, &at)?)),
        };
        Ok(Self::over(engine))
    }

    /// Opens a store, brings its tables to the present format, and checks the end of the ledger against
    /// the checkpoints inside and outside. Blocks.
    ///
    /// # Errors
    /// Not found if there is none; unsupported if a newer release wrote it; corrupt if the key is wrong, or
    /// the data were rolled back or altered.
    pub fn open(options: Options) -> Result<Self> {
        let engine = match options.place.clone() {
            Place::File(file) => Engine::Embedded(Embedded::open(options, file)?),
            Place::Postgres(at) => Engine::Postgres(Box::new(Postgres::open(options, &at)?)),
        };
        Ok(Self::over(engine))
    }

    fn over(engine: Engine) -> Self {
        let bell = match &engine {
            Engine::Embedded(_) => watch::Sender::new(()),
            Engine::Postgres(p) => p.listening.bell(),
        };
        let (accompanied, notices) = (Arc::default(), broadcast::channel(BEHIND).0);
        Self { engine: Arc::new(engine), accompanied, notices, bell }
    }

    /// Whose notifications change, from now on.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<UserId> {
        self.notices.subscribe()
    }

    /// From now on what this adds belongs to every batch with such documents. It is said once, where the store is opened.
    ///
    /// # Errors
    /// A fault of the program, if it was said before.
    pub fn accompany(&self, accompanied: Accompanied) -> Result<()> {
        self.accompanied.set(accompanied).map_err(|_| Fault::bug("batches are accompanied already"))
    }

    /// Commits a batch, together with whatever else waits; returns once it is durable. A batch that was
    /// handed over is carried out also if the caller stops waiting.
    ///
    /// # Errors
    /// Stale or conflict as the batch says; full, unavailable or internal if nothing could be committed.
    pub async fn commit(&self, batch: Batch) -> Result<Committed> {
        let batch = match self.accompanied.get().filter(|accompanied| accompanied.heeds(&batch)) {
            Some(accompanied) => (accompanied.adding)(self.clone(), batch).await?,
            None => batch,
        };
        let (told, rings) = (self.engine.told(&batch), batch.jobs.iter().any(JobWrite::rings));
        let done = self.engine.queue().commit(batch).await?;
        self.tell(told);
        if rings {
            self.bell.send_replace(());
        }
        Ok(done)
    }

    /// The way to the thread that writes.
    pub(crate) fn queue(&self) -> &Queue {
        self.engine.queue()
    }

    pub(crate) fn tell(&self, users: impl IntoIterator<Item = UserId>) {
        for user in users {
            // Nobody may be listening.
            let _ = self.notices.send(user);
        }
    }

    /// As [`Store::commit`], for threads that are not of an asynchronous runtime.
    ///
    /// # Errors
    /// As [`Store::commit`].
    ///
    /// # Panics
    /// If called within an asynchronous runtime.
    pub fn commit_blocking(&self, batch: Batch) -> Result<Committed> {
        if self.accompanied.get().is_some_and(|accompanied| accompanied.heeds(&batch)) {
            return Err(Fault::bug("what belongs to these documents is added where a batch is waited for"));
        }
        self.engine.queue().commit_blocking(batch)
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

    /// Deletes sessions, kept answers and jobs that are over, a bounded number; returns how many. To be called
    /// from time to time: what is over is over by its time, not by this.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn sweep(&self, now: Time) -> Result<u64> {
        self.engine.queue().ask(|reply| Job::Sweep(now, reply)).await
    }

    /// Whether a record would be taken, as far as the disk's room goes. Costs nothing unless a commit
    /// found the disk full; then it tries to win the room back. PostgreSQL keeps no room back for us, so of
    /// its full disk only the commit itself tells.
    ///
    /// # Errors
    /// Full.
    pub async fn check_room(&self) -> Result<()> {
        match &*self.engine {
            Engine::Embedded(e) => e.check_room().await,
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// After rows were removed for good: leaves nothing of them in logs of the engine either. In PostgreSQL
    /// clears the tables of them; what its pages, logs and copies still hold is sealed with a key that is gone.
    ///
    /// # Errors
    /// Unavailable if a reader holds an older state; try again.
    pub async fn settle_erasure(&self) -> Result<()> {
        match &*self.engine {
            Engine::Embedded(e) => e.queue.ask(Job::SettleErasure).await,
            Engine::Postgres(p) => p.settle_erasure().await,
        }
    }

    /// What [`Store::restoring`] tells of is done.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn restored(&self) -> Result<()> {
        self.queue().ask(Job::Restored).await
    }

    /// What the store did since it was opened, and how many wait for it.
    #[must_use]
    pub fn activity(&self) -> Activity {
        match &*self.engine {
            Engine::Embedded(e) => e.queue.activity(),
            Engine::Postgres(p) => Activity { connections: Some(p.connections()), ..p.queue.activity() },
        }
    }

    /// Finishes what was accepted, then closes. Whatever comes later is unavailable.
    ///
    /// # Errors
    /// If the last checkpoint could not be forced to the disk.
    pub async fn close(&self) -> Result<()> {
        match &*self.engine {
            Engine::Embedded(e) => e.close().await,
            Engine::Postgres(p) => p.close().await,
        }
    }

    /// The store as it is now, for reading at length. Blocks.
    ///
    /// # Errors
    /// As opening the store.
    pub fn snapshot(&self) -> Result<Snapshot> {
        match &*self.engine {
            Engine::Embedded(e) => e.snapshot().map(View::Embedded).map(Snapshot::new),
            Engine::Postgres(p) => p.snapshot().map(Box::new).map(View::Postgres).map(Snapshot::new),
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
                e.read(move |c| embedded::read::sessions(c, now)).await
            }
            Engine::Postgres(p) => {
                let now = p.now();
                p.read(async |c| postgres::read::sessions(&c, now).await).await
            }
        }
    }
}
