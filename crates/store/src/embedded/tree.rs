//! The ledger's tree and events as they lie in the tables.

use super::read::{event_count, events_from, last_change, meta};
use crate::resume::{self, CHECKPOINT, Identity, TAIL};
use kernel::{Fault, Id, Result, Time};
use ledger::{EventSource, Log, Nodes, SignedCheckpoint, SourceRow};
use rusqlite::{Connection, OptionalExtension, Row as Sql, params};
use vault::storage_fault;

/// The log as the database holds it, and the sequence of the next change.
///
/// # Errors
/// Corrupt if its parts contradict each other; otherwise as [`storage_fault`].
pub fn restore(c: &Connection, identity: &Identity) -> Result<(Log, u64)> {
    let size = event_count(c)?;
    let kept = resume::Kept {
        size,
        last_change: last_change(c)?,
        checkpoint: checkpoint(c)?,
        tail: events_from(c, size.saturating_sub(u64::from(TAIL)), TAIL)?,
    };
    resume::restore(kept, &Kept(c), identity)
}

/// The checkpoint kept in the database.
///
/// # Errors
/// Corrupt if it cannot be read; otherwise as [`storage_fault`].
pub fn checkpoint(c: &Connection) -> Result<Option<SignedCheckpoint>> {
    checkpoint_text(c)?.map(|note| SignedCheckpoint::parse(&note)).transpose()
}

/// The checkpoint kept in the database, unread.
///
/// # Errors
/// Corrupt if it is no text; otherwise as [`storage_fault`].
pub fn checkpoint_text(c: &Connection) -> Result<Option<String>> {
    let Some(note) = meta(c, CHECKPOINT)? else {
        return Ok(None);
    };
    String::from_utf8(note).map(Some).map_err(|_| Fault::corrupt("the checkpoint is no text"))
}

/// The tables as a tree and as a source of events.
pub struct Kept<'a>(pub &'a Connection);

impl Kept<'_> {
    fn stored_node(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>> {
        let Ok(index) = i64::try_from(index) else {
            return Ok(None);
        };
        let sql = "SELECT hash FROM node WHERE level = ?1 AND idx = ?2";
        let run = || {
            let mut statement = self.0.prepare_cached(sql)?;
            statement.query_row(params![level, index], |row| row.get(0)).optional()
        };
        run().map_err(|e| storage_fault(&e))
    }
}

impl Nodes for Kept<'_> {
    fn leaf_hashes(&self, from: u64, to: u64) -> Result<Vec<[u8; 32]>> {
        let place = |of| i64::try_from(of).unwrap_or(i64::MAX);
        let sql = "SELECT hash FROM event WHERE seq >= ?1 AND seq < ?2 ORDER BY seq";
        let run = || -> rusqlite::Result<Vec<_>> {
            let mut statement = self.0.prepare_cached(sql)?;
            statement.query_map([place(from), place(to)], |row| row.get(0))?.collect()
        };
        run().map_err(|e| storage_fault(&e))
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
        let sql = "SELECT seq, id, at, user, record, subject, act, bytes, hash FROM event ORDER BY seq";
        let fault = |e: rusqlite::Error| storage_fault(&e);
        let mut statement = self.0.prepare(sql).map_err(fault)?;
        let mut rows = statement.query([]).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            each(source_row(row).map_err(fault)?)?;
        }
        Ok(())
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>> {
        self.stored_node(level, index)
    }

    fn node_count(&self) -> Result<u64> {
        let sql = "SELECT count(*) FROM node";
        let count = self.0.query_row(sql, [], |row| super::map::count(row, 0));
        count.map_err(|e| storage_fault(&e))
    }
}

/// What does not fit becomes what no event has, so that the verification finds it and goes on.
fn source_row<'a>(row: &'a Sql<'_>) -> rusqlite::Result<SourceRow<'a>> {
    let blob = |i| Ok::<_, rusqlite::Error>(row.get_ref(i)?.as_blob().unwrap_or_default());
    let int = |i| Ok::<_, rusqlite::Error>(row.get_ref(i)?.as_i64().unwrap_or(-1));
    Ok(SourceRow {
        seq: u64::try_from(int(0)?).unwrap_or(u64::MAX),
        id: id(blob(1)?),
        at: Time(int(2)?),
        user: id(blob(3)?),
        record: id(blob(4)?),
        subject: id(blob(5)?),
        act: u16::try_from(int(6)?).unwrap_or(0),
        bytes: blob(7)?,
        hash: blob(8)?,
    })
}

/// Empty is nil; another wrong length is an id that nothing has.
fn id<K>(blob: &[u8]) -> Id<K> {
    match blob {
        [] => Id::NIL,
        _ => Id::from_slice(blob).unwrap_or(Id::from_bytes([0xff; 16])),
    }
}
