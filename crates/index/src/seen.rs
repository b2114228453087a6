//! Which events of the ledger showed which record.

use crate::open::Index;
use crate::pool::read_fault;
use kernel::{RecordId, Result};
use rusqlite::{Connection, params};

/// Notes events; gives the highest number.
pub(crate) fn note(connection: &Connection, events: &[(u64, Vec<RecordId>)]) -> rusqlite::Result<u64> {
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO seen (record, event) VALUES (?1, ?2)")?;
    // In the order of the table, so that each of its pages is touched once.
    let mut rows: Vec<(&RecordId, i64)> = events
        .iter()
        .flat_map(|(event, records)| {
            let event = i64::try_from(*event).unwrap_or(i64::MAX);
            records.iter().map(move |record| (record, event))
        })
        .collect();
    rows.sort_unstable();
    for (record, event) in rows {
        insert.execute(params![record.bytes(), event])?;
    }
    Ok(events.iter().map(|(event, _)| *event).max().unwrap_or_default())
}

impl Index {
    /// Numbers of the events that showed `record`, latest first, those below `before` if it is given.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub async fn seen(&self, record: RecordId, before: Option<u64>, limit: u32) -> Result<Vec<u64>> {
        let before = before.map_or(i64::MAX, |b| i64::try_from(b).unwrap_or(i64::MAX));
        self.read(move |connection, _, _| {
            let run = || -> rusqlite::Result<Vec<u64>> {
                let mut find = connection.prepare_cached(
                    "SELECT event FROM seen WHERE record=?1 AND event<?2 ORDER BY event DESC LIMIT ?3",
                )?;
                find.query_map(params![record.bytes(), before, limit], |r| {
                    r.get::<_, i64>(0).map(|n| u64::try_from(n).unwrap_or_default())
                })?
                .collect()
            };
            run().map_err(|e| read_fault(&e))
        })
        .await
    }
}
