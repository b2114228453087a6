//! The engine on many machines: a PostgreSQL database that several servers may share. It holds the same
//! tables as a file does, and sees the same sealed values and nothing else.

mod connect;
mod fault;
mod jobs;
mod judge;
mod keyring;
mod known;
mod latest;
mod lease;
mod listen;
mod load;
mod map;
mod pending;
pub mod read;
mod schema;
mod tls;
mod tree;
mod view;
mod wait;
mod write;
mod writer;

use crate::format::{Format, Migration, Standing};
use crate::group::Source;
use crate::options::{Options, PostgresOptions};
use crate::outside::Outside;
use crate::queue::Queue;
use crate::refusal;
use crate::resume::{CHECKPOINT, Identity, check_outside};
use crate::thread::Thread;
use connect::Connector;
use deadpool_postgres::{ClientWrapper, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use fault::{fault, of_making, pool_fault, unavailable};
use kernel::{Clock, FaultKind, Result, Time};
pub use keyring::PostgresKeyring;
use latest::{Latest, Makers};
use listen::Listening;
pub use load::Load;
use std::sync::Arc;
use std::time::Duration;
use tree::Kept;
pub use view::View;
use wait::wait;
use writer::Writer;

/// How long a query waits for a connection.
const POOL_WAIT: Duration = Duration::from_secs(5);
/// Connections that read cannot write, whatever is asked of them.
const READ_ONLY: &str = "SET default_transaction_read_only = on;";
/// For work that takes as long as it takes.
const PATIENT: &str = "SET statement_timeout = 0;";

/// Held by the server whose turn it is to do what one of many does: "KLUCZNIK" in ASCII, and three.
const TURN: &str = "SELECT pg_try_advisory_lock(5425805398840854862)";
/// A machine that is gone without a word loses its turn after some ten seconds, not after the two hours of the system.
const WATCHED: &str =
    "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;";

/// An open database. Dropping it closes the queue first and then waits for the thread that writes.
pub struct Postgres {
    /// The way to the writer.
    pub queue: Queue,
    pool: Pool,
    _writer: Thread,
    connector: Connector,
    clock: Arc<dyn Clock>,
    /// How far the database is, when it is asked.
    pub latest: Latest,
    /// The same, as it is announced.
    pub listening: Listening,
}

impl Postgres {
    pub fn create(options: Options, place: &PostgresOptions) -> Result<Self> {
        let outside = Outside::new(options.checkpoint_path.clone());
        if outside.exists() {
            return Err(refusal::exists(&options.checkpoint_path));
        }
        Self::start(options, place, outside, true)
    }

    pub fn open(options: Options, place: &PostgresOptions) -> Result<Self> {
        let outside = Outside::new(options.checkpoint_path.clone());
        Self::start(options, place, outside, false)
    }

    fn start(options: Options, place: &PostgresOptions, mut outside: Outside, new: bool) -> Result<Self> {
        let connector = Connector::new(place)?;
        let identity =
            Identity { origin: options.origin, public: options.public_key, signer: options.signer };
        let client = wait(async { writer::be_present(connector.reach().await?).await })?;
        // Nobody writes, and nobody else makes tables, until this is over.
        let opening = async {
            schema::check_server(&client).await?;
            // Whoever works on the tables as they were would not read what is written from now on.
            let closes = schema::format(&client).await?.closes(&schema::STEPS)?;
            if closes {
                writer::be_alone(&client).await.map_err(|_| refusal::not_first())?;
            }
            client.batch_execute(writer::BEGIN).await.map_err(|e| fault(&e))?;
            match (schema::exists(&client).await?, new) {
                (true, true) => return Err(refusal::database_exists()),
                (false, false) => return Err(refusal::database_missing()),
                _ => schema::expand(&client, &schema::STEPS).await?,
            }
            let (log, next_change) = tree::restore(&client, &identity).await?;
            let keep = |note: &str| wait(schema::put_meta(&client, CHECKPOINT, note.as_bytes()));
            let accept = options.accept_missing_checkpoint;
            check_outside(&mut outside, &log, &Kept(&client), accept, keep)?;
            client.batch_execute("COMMIT").await.map_err(|e| fault(&e))?;
            if closes {
                client.batch_execute(writer::TOGETHER).await.map_err(|e| fault(&e))?;
            }
            Ok((log, next_change))
        };
        let (log, next_change) = wait(opening).map_err(|why| of_making(why, connector.config()))?;
        let (queue, jobs, counts) = Queue::new();
        let makers = Arc::new(Makers::new(next_change.saturating_sub(1)));
        let writer = Writer {
            connector: connector.clone(),
            client: Some(client),
            log,
            next_change,
            makers: Arc::clone(&makers),
            outside,
            identity,
            clock: Arc::clone(&options.clock),
            counts,
        };
        let pool = pool(&connector, options.readers.max(1))?;
        let writer = Thread::start("store-write", move || writer.run(Source::new(jobs)))?;
        let latest = Latest::new(connector.with(READ_ONLY), makers);
        let listening = Listening::start(&connector);
        Ok(Self { queue, pool, _writer: writer, connector, clock: options.clock, latest, listening })
    }

    /// A connection that holds the turn, unless another server does.
    pub async fn turn(&self) -> Result<Option<ClientWrapper>> {
        let client = self.connector.with(WATCHED).connect().await?;
        Ok(read::flag(&client, TURN).await?.then_some(client))
    }

    /// Connections of readers that are open, and those of them in use.
    pub fn connections(&self) -> (usize, usize) {
        let status = self.pool.status();
        (status.size, status.size.saturating_sub(status.available))
    }

    pub async fn close(&self) -> Result<()> {
        let result = self.queue.close().await;
        self.pool.close();
        result
    }

    /// Runs a query over a connection of the pool; once more, over a new one, if that turns out to be dead:
    /// then the others mostly are too.
    pub async fn read<T, F: Future<Output = Result<T>>>(&self, query: impl Fn(Object) -> F) -> Result<T> {
        let client = self.pool.get().await.map_err(|e| pool_fault(&e))?;
        match query(client).await {
            Err(fault) if fault.kind == FaultKind::Unavailable => {
                tracing::info!(error = %fault, "a query is asked again");
                self.pool.retain(|_, _| false);
                query(self.pool.get().await.map_err(|e| pool_fault(&e))?).await
            }
            done => done,
        }
    }

    /// Takes back tables that were made for nothing, all of this server's.
    pub fn remove(place: &PostgresOptions) -> Result<()> {
        let connector = Connector::new(place)?;
        wait(async { schema::remove(&connector.reach().await?).await })
    }

    /// Refuses a database that holds tables of ours.
    pub fn refuse_held(place: &PostgresOptions) -> Result<()> {
        let connector = Connector::new(place)?;
        let held = wait(async { schema::exists(&connector.reach().await?).await })?;
        if held { Err(refusal::database_exists()) } else { Ok(()) }
    }

    /// Whether the server lets us in, and will do.
    pub fn reach(place: &PostgresOptions) -> Result<()> {
        let connector = Connector::new(place)?;
        wait(async { schema::check_server(&connector.reach().await?).await })
    }

    /// Looks at the tables, or brings them on; gives where they stood. Contracting them is done alone, and so
    /// is what keeps earlier releases out.
    pub fn migrate(place: &PostgresOptions, what: Migration) -> Result<Standing> {
        let connector = Connector::new(place)?.with(PATIENT);
        wait(async {
            let client = connector.reach().await?;
            schema::check_server(&client).await?;
            let closes = schema::format(&client).await?.closes(&schema::STEPS)?;
            match what {
                Migration::Contract => writer::be_alone(&client).await?,
                Migration::Expand if closes => {
                    writer::be_alone(&client).await.map_err(|_| refusal::not_first())?;
                }
                _ => {}
            }
            client.batch_execute(writer::BEGIN).await.map_err(|e| fault(&e))?;
            let found = schema::format(&client).await?;
            if found == Format::NONE {
                return Err(refusal::database_missing());
            }
            let standing = Standing::new(found, &schema::STEPS)?;
            if what != Migration::Look {
                schema::expand(&client, &schema::STEPS).await?;
            }
            if what == Migration::Contract {
                schema::contract(&client, &schema::STEPS).await?;
            }
            client.batch_execute("COMMIT").await.map_err(|e| fault(&e))?;
            Ok(standing)
        })
    }

    pub fn now(&self) -> Time {
        self.clock.now()
    }

    pub fn snapshot(&self) -> Result<View> {
        View::open(&self.connector)
    }

    /// Clears what removed rows left in the tables. Their bytes may stay in pages that the server has not
    /// used again and in its own logs and copies; that nobody can open them any more is the destroyed key's
    /// doing. Unavailable as long as somebody sees the state before the removal.
    pub async fn settle_erasure(&self) -> Result<()> {
        let client = self.connector.with(PATIENT).connect().await?;
        let sql = "SELECT EXISTS (SELECT FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
            AND age(backend_xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid))";
        if read::flag(&client, sql).await? {
            return Err(unavailable().internal("a reader sees an older state"));
        }
        client.batch_execute("VACUUM record, change, link, doc, job, job_part").await.map_err(|e| fault(&e))
    }
}

fn pool(connector: &Connector, size: usize) -> Result<Pool> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let reading = connector.with(READ_ONLY);
    let manager = Manager::from_connect(connector.config().clone(), reading, recycling);
    let pool = Pool::builder(manager).max_size(size).runtime(Runtime::Tokio1);
    let pool = pool.wait_timeout(Some(POOL_WAIT)).create_timeout(Some(POOL_WAIT)).build();
    pool.map_err(kernel::Fault::bug)
}
