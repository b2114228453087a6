//! `keyring.db`, the keyring of one server: statements alone, no cryptography. Bytes:
//! `docs/formats/keyring.md`.

use crate::database::{Durability, PageKey, open_database, storage_fault, truncate_wal};
use crate::keyring::{FORMAT, KeyRow, Keyring, Standing, Tombstone};
use kernel::{Fault, OrgId, Result, SubjectId, Time};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) const NAME: &str = "keyring.db";
const CACHE_KIB: u32 = 16 << 10;

/// The file, open.
pub(crate) struct FileKeyring {
    /// None in one that is only read.
    writer: Option<Mutex<Connection>>,
    reader: Mutex<Connection>,
}

impl FileKeyring {
    /// Makes the file, with nobody's key in it.
    pub fn create(path: &Path, page: &PageKey, organisation: OrgId) -> Result<()> {
        let mut writer = open_database(path, page, Durability::Full, CACHE_KIB, false)?;
        create(&mut writer, organisation)?;
        truncate_wal(&writer)
    }

    /// Opens the file.
    pub fn open(path: &Path, page: &PageKey, read_only: bool) -> Result<Self> {
        if !path.exists() {
            return Err(Fault::corrupt("keyring.db is missing"));
        }
        let connect = |ro| open_database(path, page, Durability::Full, CACHE_KIB, ro);
        let writer = if read_only { None } else { Some(connect(false)?) };
        Ok(Self { writer: writer.map(Mutex::new), reader: Mutex::new(connect(true)?) })
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self) -> Result<MutexGuard<'_, Connection>> {
        let writer = self.writer.as_ref().ok_or_else(|| Fault::bug("the keyring is open read-only"))?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn begin(writer: &mut Connection) -> Result<Transaction<'_>> {
    writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)
}

impl Keyring for FileKeyring {
    fn check(&self, organisation: OrgId) -> Result<u32> {
        check(&self.reader(), organisation)
    }

    fn find(&self, subjects: &[SubjectId]) -> Result<Vec<Standing>> {
        let reader = self.reader();
        let mut found = Vec::with_capacity(subjects.len());
        for &subject in subjects {
            match get(&reader, subject)? {
                Some(row) => found.push(Standing::Key(row)),
                None => found.extend(tombstone(&reader, subject)?.map(Standing::Destroyed)),
            }
        }
        Ok(found)
    }

    fn insert(&self, rows: &[KeyRow]) -> Result<Vec<SubjectId>> {
        let mut writer = self.writer()?;
        let transaction = begin(&mut writer)?;
        let mut added = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(stone) = tombstone(&transaction, row.subject)? {
                return Err(stone.refusal());
            }
            if insert(&transaction, row)? {
                added.push(row.subject);
            }
        }
        transaction.commit().map_err(fault)?;
        Ok(added)
    }

    fn bury(&self, stones: &[Tombstone]) -> Result<(Vec<Tombstone>, u64)> {
        let mut writer = self.writer()?;
        // What the log still holds goes only when nobody reads.
        let _unread = self.reader();
        let transaction = begin(&mut writer)?;
        let standing = stones.iter().map(|&stone| bury(&transaction, stone)).collect::<Result<_>>()?;
        transaction.commit().map_err(fault)?;
        truncate_wal(&writer)?;
        Ok((standing, count_tombstones(&writer)?))
    }

    fn remove(&self, subjects: &[SubjectId]) -> Result<()> {
        let mut writer = self.writer()?;
        let _unread = self.reader();
        let transaction = begin(&mut writer)?;
        subjects.iter().try_for_each(|&subject| remove(&transaction, subject))?;
        transaction.commit().map_err(fault)?;
        truncate_wal(&writer)
    }

    fn tombstones(&self) -> Result<Vec<Tombstone>> {
        tombstones(&self.reader())
    }

    fn count_tombstones(&self) -> Result<u64> {
        count_tombstones(&self.reader())
    }

    fn count_by_epoch(&self) -> Result<Vec<(u32, u64)>> {
        count_by_epoch(&self.reader())
    }

    fn of_other_epochs(&self, after: Option<SubjectId>, epoch: u32, limit: u32) -> Result<Vec<KeyRow>> {
        of_other_epochs(&self.reader(), after, epoch, limit)
    }

    fn update(&self, rows: &[KeyRow]) -> Result<()> {
        let mut writer = self.writer()?;
        let transaction = begin(&mut writer)?;
        rows.iter().try_for_each(|row| update(&transaction, row))?;
        transaction.commit().map_err(fault)
    }

    fn end_rotation(&self, epoch: u32) -> Result<bool> {
        let mut writer = self.writer()?;
        let _unread = self.reader();
        let transaction = begin(&mut writer)?;
        if !of_other_epochs(&transaction, None, epoch, 1)?.is_empty() {
            return Ok(false);
        }
        set_epoch(&transaction, epoch)?;
        transaction.commit().map_err(fault)?;
        truncate_wal(&writer)?;
        Ok(true)
    }

    fn settle(&self) -> Result<()> {
        truncate_wal(&*self.writer()?)
    }
}

fn fault(error: rusqlite::Error) -> Fault {
    storage_fault(&error)
}

fn create(connection: &mut Connection, organisation: OrgId) -> Result<()> {
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
fn check(connection: &Connection, organisation: OrgId) -> Result<u32> {
    let meta = |name: &str| -> Result<u32> {
        let sql = "SELECT value FROM meta WHERE name = ?1";
        connection.query_row(sql, [name], |row| row.get(0)).map_err(fault)
    };
    let format = meta("format")?;
    if format != FORMAT {
        return Err(Fault::corrupt(format!("{NAME}: format {format} is unknown")));
    }
    let id: [u8; 16] =
        connection.query_row("SELECT id FROM organisation", [], |row| row.get(0)).map_err(fault)?;
    if id != *organisation.bytes() {
        return Err(Fault::corrupt(format!("{NAME} belongs to another organisation")));
    }
    meta("epoch")
}

fn set_epoch(connection: &Connection, epoch: u32) -> Result<()> {
    let sql = "UPDATE meta SET value = ?1 WHERE name = 'epoch'";
    connection.execute(sql, [epoch]).map(drop).map_err(fault)
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<KeyRow> {
    Ok(KeyRow {
        subject: SubjectId::from_bytes(row.get(0)?),
        key_id: row.get(1)?,
        epoch: row.get(2)?,
        wrapped: row.get(3)?,
    })
}

fn get(connection: &Connection, subject: SubjectId) -> Result<Option<KeyRow>> {
    let sql = "SELECT subject, key_id, epoch, wrapped FROM subject_keys WHERE subject = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement.query_row([subject.bytes()], read_row).optional().map_err(fault)
}

fn tombstone(connection: &Connection, subject: SubjectId) -> Result<Option<Tombstone>> {
    let sql = "SELECT time, request FROM tombstones WHERE subject = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement
        .query_row([subject.bytes()], |row| {
            Ok(Tombstone { subject, time: Time(row.get(0)?), request: row.get(1)? })
        })
        .optional()
        .map_err(fault)
}

fn tombstones(connection: &Connection) -> Result<Vec<Tombstone>> {
    let sql = "SELECT subject, time, request FROM tombstones ORDER BY subject";
    let mut statement = connection.prepare(sql).map_err(fault)?;
    let rows = statement.query_map([], |row| {
        let subject = SubjectId::from_bytes(row.get(0)?);
        Ok(Tombstone { subject, time: Time(row.get(1)?), request: row.get(2)? })
    });
    rows.map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)
}

fn count_tombstones(connection: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM tombstones";
    connection.query_row(sql, [], |row| row.get(0)).map(i64::unsigned_abs).map_err(fault)
}

/// Adds a row unless the subject has one; says whether it did.
fn insert(connection: &Connection, row: &KeyRow) -> Result<bool> {
    let sql = "INSERT INTO subject_keys VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let values = params![row.subject.bytes(), row.key_id, row.epoch, row.wrapped];
    statement.execute(values).map(|n| n == 1).map_err(fault)
}

fn update(connection: &Connection, row: &KeyRow) -> Result<()> {
    let sql = "UPDATE subject_keys SET epoch = ?2, wrapped = ?3 WHERE subject = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement.execute(params![row.subject.bytes(), row.epoch, row.wrapped]).map(drop).map_err(fault)
}

fn remove(connection: &Connection, subject: SubjectId) -> Result<()> {
    let sql = "DELETE FROM subject_keys WHERE subject = ?1";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement.execute([subject.bytes()]).map(drop).map_err(fault)
}

/// Puts a tombstone in the place of the key; an earlier tombstone stays. Returns the one that stands.
fn bury(connection: &Connection, new: Tombstone) -> Result<Tombstone> {
    remove(connection, new.subject)?;
    if let Some(earlier) = tombstone(connection, new.subject)? {
        return Ok(earlier);
    }
    let sql = "INSERT INTO tombstones VALUES(?1, ?2, ?3)";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    statement.execute(params![new.subject.bytes(), new.time.0, new.request]).map_err(fault)?;
    Ok(new)
}

/// The next rows, in order of their subjects after `after`, that are not of `epoch`.
fn of_other_epochs(
    connection: &Connection,
    after: Option<SubjectId>,
    epoch: u32,
    limit: u32,
) -> Result<Vec<KeyRow>> {
    let sql = "SELECT subject, key_id, epoch, wrapped FROM subject_keys
               WHERE subject > ?1 AND epoch != ?2 ORDER BY subject LIMIT ?3";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let start: &[u8] = after.as_ref().map_or(&[], |s| s.bytes());
    let rows = statement.query_map(params![start, epoch, limit], read_row).map_err(fault)?;
    rows.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// How many keys each epoch wraps.
fn count_by_epoch(connection: &Connection) -> Result<Vec<(u32, u64)>> {
    let sql = "SELECT epoch, count(*) FROM subject_keys GROUP BY epoch ORDER BY epoch";
    let mut statement = connection.prepare(sql).map_err(fault)?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))
        .map_err(fault)?;
    rows.collect::<rusqlite::Result<_>>().map_err(fault)
}
