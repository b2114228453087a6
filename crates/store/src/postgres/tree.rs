//! The ledger's tree and events as they lie in the tables.

use super::fault::{damaged, fault};
use super::map;
use super::read::{self, event_count, events_from, last_change, seq};
use super::wait::wait;
use crate::resume::{self, Identity, TAIL};
use deadpool_postgres::ClientWrapper;
use kernel::{Fault, Id, Result, Time};
use ledger::{EventSource, Log, Nodes, SourceRow};
use tokio_postgres::Row as Sql;

/// Events read at once.
const PAGE: i64 = 1000;

/// The log as the database holds it, and the sequence of the next change. Within a transaction that
/// keeps others from writing.
///
/// # Errors
/// Corrupt if its parts contradict each other.
pub async fn restore(c: &ClientWrapper, identity: &Identity) -> Result<(Log, u64)> {
    let size = event_count(c).await?;
    let kept = resume::Kept {
        size,
        last_change: last_change(c).await?,
        checkpoint: read::checkpoint(c).await?,
        tail: events_from(c, size.saturating_sub(u64::from(TAIL)), TAIL).await?,
    };
    resume::restore(kept, &Kept(c), identity)
}

/// The tables as a tree and as a source of events.
pub struct Kept<'a>(pub &'a ClientWrapper);

impl Kept<'_> {
    fn query<T>(&self, sql: &str, with: read::With<'_>, map: fn(&Sql) -> Result<T>) -> Result<Vec<T>> {
        wait(read::many(self.0, sql, with, map))
    }

    fn stored_node(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>> {
        let Ok(index) = i64::try_from(index) else {
            return Ok(None);
        };
        let sql = "SELECT hash FROM node WHERE level = $1 AND idx = $2";
        Ok(self.query(sql, &[&i64::from(level), &index], |sql| map::get(sql, 0))?.pop())
    }
}

impl Nodes for Kept<'_> {
    fn leaf_hashes(&self, from: u64, to: u64) -> Result<Vec<[u8; 32]>> {
        let sql = "SELECT hash FROM event WHERE seq >= $1 AND seq < $2 ORDER BY seq";
        self.query(sql, &[&seq(from), &seq(to)], |sql| map::array(sql, 0))
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<[u8; 32]>> {
        let Some(hash) = self.stored_node(level, index)? else {
            return Ok(None);
        };
        let hash = hash.try_into();
        hash.map(Some).map_err(|_| Fault::corrupt(format!("node {level}/{index} is no hash")))
    }
}

impl EventSource for Kept<'_> {
    fn events(&self, each: &mut dyn FnMut(SourceRow<'_>) -> Result<()>) -> Result<()> {
        let sql = "SELECT seq, id, at, \"user\", record, subject, act, bytes, hash FROM event
            WHERE seq > $1 ORDER BY seq LIMIT $2";
        let mut after = i64::MIN;
        loop {
            let statement = wait(self.0.prepare_cached(sql)).map_err(|e| fault(&e))?;
            let page = wait(self.0.query(&statement, &[&after, &PAGE])).map_err(|e| fault(&e))?;
            for row in &page {
                after = row.try_get(0).map_err(|_| damaged(0))?;
                each(source_row(row, after))?;
            }
            if page.is_empty() {
                return Ok(());
            }
        }
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>> {
        self.stored_node(level, index)
    }

    fn node_count(&self) -> Result<u64> {
        Ok(self.query("SELECT count(*) FROM node", &[], |sql| map::count(sql, 0))?.pop().unwrap_or(0))
    }
}

/// What does not fit becomes what no event has, so that the verification finds it and goes on.
fn source_row(row: &Sql, seq: i64) -> SourceRow<'_> {
    let blob = |i| row.try_get::<_, Option<&[u8]>>(i).ok().flatten().unwrap_or_default();
    let int = |i| row.try_get::<_, i64>(i).unwrap_or(-1);
    SourceRow {
        seq: u64::try_from(seq).unwrap_or(u64::MAX),
        id: id(blob(1)),
        at: Time(int(2)),
        user: id(blob(3)),
        record: id(blob(4)),
        subject: id(blob(5)),
        act: u16::try_from(int(6)).unwrap_or(0),
        bytes: blob(7),
        hash: blob(8),
    }
}

/// Empty is nil; another wrong length is an id that nothing has.
fn id<K>(blob: &[u8]) -> Id<K> {
    match blob {
        [] => Id::NIL,
        _ => Id::from_slice(blob).unwrap_or(Id::from_bytes([0xff; 16])),
    }
}
