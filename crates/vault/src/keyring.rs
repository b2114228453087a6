//! `keyring.db`: statements alone, no cryptography. Bytes: `docs/formats/keyring.md`.

use crate::database::storage_fault;
use kernel::{Fault, OrgId, Result, SubjectId, Time};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

pub(crate) const NAME: &str = "keyring.db";
pub(crate) const CACHE_KIB: u32 = 16 << 10;
const FORMAT: i64 = 1;

/// What is left of a destroyed key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Tombstone {
    /// Whose key it was.
    pub subject: SubjectId,
    /// When it was destroyed.
    pub time: Time,
    /// The request that asked for it.
    pub request: [u8; 16],
}

/// A subject's key as it is stored.
pub(crate) struct Row {
    pub subject: SubjectId,
    pub key_id: [u8; 8],
    pub epoch: u32,
    pub wrapped: Vec<u8>,
}

fn fault(error: rusqlite::Error) -> Fault {
    storage_fault(&error)
}

pub(crate) fn create(connection: &mut Connection, organisation: OrgId) -> Result<()> {
    let transaction = connection.transaction().map_err(fault)?;
    transaction
        .execute_batch(
            "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
             CREATE TABLE organisation(id BLOB NOT NULL) STRICT;
             CREATE TABLE subject_keys(
                 subject BLOB PRIMARY KEY CHECK(length(subject) = 16),
                 key_id BLOB NOT NULL CHECK(length(key_id) = 8),
                 epoch INTEGER NOT NULL,
                 wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
             CREATE TABLE tombstones(
                 subject BLOB PRIMARY KEY CHECK(length(subject) = 16),
                 time INTEGER NOT NULL,
                 request BLOB NOT NULL CHECK(length(request) = 16)) STRICT, WITHOUT ROWID;",
        )
        .map_err(fault)?;
    let sql = "INSERT INTO meta VALUES('format', ?1), ('epoch', 1)";
    transaction.execute(sql, [FORMAT]).map_err(fault)?;
    let sql = "INSERT INTO organisation VALUES(?1)";
    transaction.execute(sql, [organisation.bytes()]).map_err(fault)?;
    transaction.commit().map_err(fault)
}

/// Refuses a keyring of another format or organisation; returns `meta.epoch`.
pub(crate) fn check(connection: &Connection, organisation: OrgId) -> Result<u32> {
    let meta = |name: &str| -> Result<u32> {
        let sql = "SELECT value FROM meta WHERE name = ?1";
        connection.query_row(sql, [name], |row| row.get(0)).map_err(fault)
    };
    let format = meta("format")?;
    if i64::from(format) != FORMAT {
        return Err(Fault::corrupt(format!("{NAME}: format {format} is unknown")));
    }
    let id: [u8; 16] =
        connection.query_row("SELECT id FROM organisation", [], |row| row.get(0)).map_err(fault)?;
    if id != *organisation.bytes() {
        return Err(Fault::corrupt(format!("{NAME} belongs to another organisation")));
    }
    meta("epoch")
}

pub(crate) fn set_epoch(connection: &Connection, epoch: u32) -> Result<()> {
    let sql = "UPDATE meta SET value = ?1 WHERE name = 'epoch'";
    connection.execute(sql, [epoch]).map(drop).map_err(fault)
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        subject: SubjectId::from_bytes(row.get(0)?),
        key_id: row.get(1)?,
        epoch: row.get(2)?,
        wrapped: row.get(3)?,
    })
}

pub(crate) fn get(connection: &Connection, subject: SubjectId) -> Result<Option<Row>> {
    let sql = "SELECT subject, key_id, epoch, wrapped FROM subject_keys WHERE subject = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement.query_row([subject.bytes()], read_row).optional().map_err(fault)
}

pub(crate) fn tombstone(connection: &Connection, subject: SubjectId) -> Result<Option<Tombstone>> {
    let sql = "SELECT time, request FROM tombstones WHERE subject = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement
        .query_row([subject.bytes()], |row| {
            Ok(Tombstone { subject, time: Time(row.get(0)?), request: row.get(1)? })
        })
        .optional()
        .map_err(fault)
}

pub(crate) fn tombstones(connection: &Connection) -> Result<Vec<Tombstone>> {
    let sql = "SELECT subject, time, request FROM tombstones ORDER BY subject";
    let mut statement = connection.prepare(sql).map_err(fault)?;
    let rows = statement.query_map([], |row| {
        let subject = SubjectId::from_bytes(row.get(0)?);
        Ok(Tombstone { subject, time: Time(row.get(1)?), request: row.get(2)? })
    });
    rows.map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)
}

pub(crate) fn count_tombstones(connection: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM tombstones";
    connection.query_row(sql, [], |row| row.get(0)).map(i64::unsigned_abs).map_err(fault)
}

/// Adds a row unless the subject has one; says whether it did.
pub(crate) fn insert(connection: &Connection, row: &Row) -> Result<bool> {
    let sql = "INSERT INTO subject_keys VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let values = params![row.subject.bytes(), row.key_id, row.epoch, row.wrapped];
    statement.execute(values).map(|n| n == 1).map_err(fault)
}

pub(crate) fn update(connection: &Connection, row: &Row) -> Result<()> {
    let sql = "UPDATE subject_keys SET epoch = ?2, wrapped = ?3 WHERE subject = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement.execute(params![row.subject.bytes(), row.epoch, row.wrapped]).map(drop).map_err(fault)
}

/// Puts a tombstone in the place of the key; an earlier tombstone stays. Returns the one that stands.
pub(crate) fn bury(connection: &Connection, new: Tombstone) -> Result<Tombstone> {
    let sql = "DELETE FROM subject_keys WHERE subject = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement.execute([new.subject.bytes()]).map_err(fault)?;
    if let Some(earlier) = tombstone(connection, new.subject)? {
        return Ok(earlier);
    }
    let sql = "INSERT INTO tombstones VALUES(?1, ?2, ?3)";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement.execute(params![new.subject.bytes(), new.time.0, new.request]).map_err(fault)?;
    Ok(new)
}

/// The next rows, in order of their subjects after `after`, that are not of `epoch`.
pub(crate) fn of_other_epochs(
    connection: &Connection,
    after: Option<SubjectId>,
    epoch: u32,
    limit: u32,
) -> Result<Vec<Row>> {
    let sql = "SELECT subject, key_id, epoch, wrapped FROM subject_keys
               WHERE subject > ?1 AND epoch != ?2 ORDER BY subject LIMIT ?3";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let start: &[u8] = after.as_ref().map_or(&[], |s| s.bytes());
    let rows = statement.query_map(params![start, epoch, limit], read_row).map_err(fault)?;
    rows.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// How many keys each epoch wraps.
pub(crate) fn count_by_epoch(connection: &Connection) -> Result<Vec<(u32, u64)>> {
    let sql = "SELECT epoch, count(*) FROM subject_keys GROUP BY epoch ORDER BY epoch";
    let mut statement = connection.prepare(sql).map_err(fault)?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))
        .map_err(fault)?;
    rows.collect::<rusqlite::Result<_>>().map_err(fault)
}
