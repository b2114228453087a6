//! The bare PostgreSQL: rows as the store's, in a table of the same form with the same indexes, each write a
//! transaction of its own, as durable as the store's.

use crate::load::quantile;
use crate::report::BareWrite;
use crate::{Args, Result};
use cluster::Database;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls, Statement};

/// A row like that of a person, but for its id; `$1` is one of 16 bytes.
const INSERT: &str = "INSERT INTO bare (id, entity, subject, owner, team, version, schema, created_at, created_by, \
     updated_at, updated_by, sealed) VALUES ($1, 2, $1, $1, $1, 1, 1, 1, $1, 1, $1, $2)";
/// `$1` is the id, `$2` what is sealed.
const UPDATE: &str =
    "UPDATE bare SET version = version + 1, updated_at = updated_at + 1, sealed = $2 WHERE id = $1";

/// The database that it is measured in, beside the store's tables.
pub struct Rival {
    address: String,
    runtime: Runtime,
    /// Of a row's sealed fields: as long as those of the sample are in the middle.
    sealed: Vec<u8>,
}

impl Rival {
    /// In the store's database.
    pub fn beside(database: &Database) -> Result<Self> {
        let _ = database.sql("CREATE TABLE bare (LIKE record INCLUDING ALL)");
        let length = database.sql("SELECT avg(length(sealed))::int FROM record").parse()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        Ok(Self { address: database.address(), runtime, sealed: vec![7; length] })
    }

    /// Writes by `callers` at once, a connection each, for the time given.
    pub fn measure(&self, args: &Args, case: &str, callers: usize) -> Result<BareWrite> {
        self.runtime.block_on(self.all(Duration::from_secs_f64(args.seconds), case == "update", callers))
    }

    async fn all(&self, time: Duration, update: bool, callers: usize) -> Result<BareWrite> {
        let sealed = Arc::new(self.sealed.clone());
        let mut clients = Vec::new();
        for _ in 0..callers {
            let (client, connection) = tokio_postgres::connect(&self.address, NoTls).await?;
            tokio::spawn(connection);
            let statements = (client.prepare(INSERT).await?, client.prepare(UPDATE).await?);
            clients.push((client, statements));
        }
        let until = Instant::now() + time;
        let tasks: Vec<_> = clients
            .into_iter()
            .map(|(client, (insert, change))| {
                let change = update.then_some(change);
                tokio::spawn(writes(client, insert, change, sealed.clone(), until))
            })
            .collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await??);
        }
        times.sort_unstable();
        let per_second = times.len() as f64 / time.as_secs_f64();
        Ok(BareWrite { per_second, p50_ms: quantile(&times, 0.5), p99_ms: quantile(&times, 0.99) })
    }
}

/// New rows, or one and then change after change of it; the time that each took, in microseconds.
async fn writes(
    client: Client,
    insert: Statement,
    change: Option<Statement>,
    sealed: Arc<Vec<u8>>,
    until: Instant,
) -> Result<Vec<u32>> {
    let mut id = new_id();
    if change.is_some() {
        client.execute(&insert, &[&id, &*sealed]).await?;
    }
    let mut times = Vec::new();
    while Instant::now() < until {
        if change.is_none() {
            id = new_id();
        }
        let started = Instant::now();
        client.execute(change.as_ref().unwrap_or(&insert), &[&id, &*sealed]).await?;
        times.push(u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    Ok(times)
}

/// Ids that ascend with time, as the store's.
fn new_id() -> Vec<u8> {
    kernel::IdSource::new()
        .next::<kernel::RecordId>(&kernel::SystemClock, &kernel::SystemRandom)
        .bytes()
        .to_vec()
}
