//! What one batch does to the tables. Called within a savepoint: whoever gets an error goes back to it.

use super::jobs;
use super::read::Bind;
use crate::contract::{
    Batch, Change, ChangeKind, Doc, DocWrite, Idempotent, Row, RowWrite, SessionRow, SessionWrite,
};
use crate::hash::{doc_hash, row_hash};
use crate::refusal;
use kernel::{Fault, RecordId, Time};
use ledger::{Event, LeafRow, Touch, TouchKind, Who};
use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
use rusqlite::{Connection, Error, ErrorCode, OptionalExtension, Params, params};
use vault::storage_fault;

/// Why a batch was not applied.
pub enum Trouble {
    /// The batch's own fault: others in the group go on.
    Batch(Fault),
    /// The storage's fault: nothing of the group can be kept.
    Group(Fault),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error.sqlite_error() {
            Some(e) if matches!(e.extended_code, SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE) => {
                Self::Batch(refusal::conflict("a unique value is taken"))
            }
            Some(e) if matches!(e.code, ErrorCode::ConstraintViolation | ErrorCode::TooBig) => {
                Self::Batch(storage_fault(&error))
            }
            _ => Self::Group(storage_fault(&error)),
        }
    }
}

pub type Done<T> = Result<T, Trouble>;

/// Where in time and in the feeds a batch falls.
#[derive(Clone, Copy)]
pub struct Place {
    /// The present time.
    pub now: Time,
    /// Sequence of its first change.
    pub first_change: u64,
    /// Sequence of its event.
    pub event: u64,
}

/// Applies all but the events; returns what was touched, for the event.
pub fn apply(c: &Connection, batch: &Batch, place: Place) -> Done<Vec<Touch>> {
    for (id, version) in &batch.require {
        require(c, id, *version)?;
    }
    if let Some(kept) = &batch.idempotent {
        keep_answer(c, kept, place.now)?;
    }
    let mut touches = Vec::with_capacity(batch.rows.len() + batch.docs.len());
    for (write, seq) in batch.rows.iter().zip(place.first_change..) {
        touches.push(apply_row(c, write, &Feed { event: &batch.event, place, seq })?);
    }
    for write in &batch.docs {
        touches.push(apply_doc(c, write)?);
    }
    for write in &batch.sessions {
        apply_session(c, write)?;
    }
    for write in &batch.jobs {
        jobs::apply(c, write, place.now)?;
    }
    Ok(touches)
}

pub fn execute(c: &Connection, sql: &str, with: impl Params) -> Done<usize> {
    Ok(c.prepare_cached(sql)?.execute(with)?)
}

/// For writes that find nothing if the version has moved on.
pub fn execute_current(c: &Connection, sql: &str, with: impl Params) -> Done<()> {
    match execute(c, sql, with)? {
        0 => Err(Trouble::Batch(Fault::stale())),
        _ => Ok(()),
    }
}

pub fn number(of: u64) -> Done<i64> {
    i64::try_from(of).map_err(|_| Trouble::Batch(refusal::out_of_range("a version or sequence")))
}

/// The version before this one. Version 0 does not exist, so nothing precedes version 1.
fn before(version: u64) -> Done<i64> {
    number(version).map(|version| version.saturating_sub(1))
}

fn require(c: &Connection, id: &RecordId, version: u64) -> Done<()> {
    let sql = "SELECT 1 FROM record WHERE id = ?1 AND version = ?2 AND deleted_at IS NULL";
    if c.prepare_cached(sql)?.exists(params![Bind(id), number(version)?])? {
        return Ok(());
    }
    Err(Trouble::Batch(Fault::stale()))
}

/// An answer whose time is over gives way to the new one.
fn keep_answer(c: &Connection, kept: &Idempotent, now: Time) -> Done<()> {
    let sql = "INSERT INTO idempotent (key, request, until, sealed) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (key) DO UPDATE SET request = ?2, until = ?3, sealed = ?4 WHERE until <= ?5";
    let with = params![kept.key, kept.request, kept.until.0, kept.sealed, now.0];
    match execute(c, sql, with)? {
        0 => Err(Trouble::Batch(refusal::conflict("the idempotency key is taken"))),
        _ => Ok(()),
    }
}

/// What a change says besides what happened.
struct Feed<'a> {
    event: &'a Event,
    place: Place,
    seq: u64,
}

fn apply_row(c: &Connection, write: &RowWrite, feed: &Feed<'_>) -> Done<Touch> {
    match write {
        RowWrite::Insert { row, links } => {
            insert_row(c, row)?;
            put_links(c, &row.id, links)?;
            note(c, feed, (row.id, row.entity, row.version), ChangeKind::Insert, &[])?;
            Ok(written(row.entity, *row.id.bytes(), row_hash(row)))
        }
        RowWrite::Update { row, links, diff } => {
            update_row(c, row)?;
            execute(c, "DELETE FROM link WHERE source = ?1", [Bind(&row.id)])?;
            put_links(c, &row.id, links)?;
            note(c, feed, (row.id, row.entity, row.version), ChangeKind::Update, diff)?;
            Ok(written(row.entity, *row.id.bytes(), row_hash(row)))
        }
        RowWrite::Remove { id, version } => {
            let entity = remove_row(c, id, *version)?;
            note(c, feed, (*id, entity, *version), ChangeKind::Remove, &[])?;
            Ok(removed(entity, *id.bytes()))
        }
    }
}

const fn written(entity: u16, id: [u8; 16], hash: [u8; 32]) -> Touch {
    Touch { entity, id, kind: TouchKind::Written, hash: Some(hash) }
}

const fn removed(entity: u16, id: [u8; 16]) -> Touch {
    Touch { entity, id, kind: TouchKind::Removed, hash: None }
}

fn insert_row(c: &Connection, row: &Row) -> Done<()> {
    if row.version != 1 {
        return Err(Trouble::Batch(refusal::out_of_range("the version of a new row")));
    }
    put_row(c, row)
}

/// A row of whatever version, which was not there.
pub fn put_row(c: &Connection, row: &Row) -> Done<()> {
    let sql = "INSERT INTO record (id, entity, subject, owner, team, parent, version, schema,
        created_at, created_by, updated_at, updated_by, deleted_at, sealed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    let with = params![
        Bind(&row.id),
        row.entity,
        Bind(&row.subject),
        Bind(&row.owner),
        Bind(&row.team),
        row.parent.as_ref().map(Bind),
        number(row.version)?,
        row.schema,
        row.created_at.0,
        Bind(&row.created_by),
        row.updated_at.0,
        Bind(&row.updated_by),
        row.deleted_at.map(|t| t.0),
        row.sealed,
    ];
    execute(c, sql, with)?;
    Ok(())
}

fn update_row(c: &Connection, row: &Row) -> Done<()> {
    let sql = "UPDATE record SET entity = ?2, subject = ?3, owner = ?4, team = ?5, parent = ?6,
        version = ?7, schema = ?8, created_at = ?9, created_by = ?10, updated_at = ?11,
        updated_by = ?12, deleted_at = ?13, sealed = ?14 WHERE id = ?1 AND version = ?15";
    let with = params![
        Bind(&row.id),
        row.entity,
        Bind(&row.subject),
        Bind(&row.owner),
        Bind(&row.team),
        row.parent.as_ref().map(Bind),
        number(row.version)?,
        row.schema,
        row.created_at.0,
        Bind(&row.created_by),
        row.updated_at.0,
        Bind(&row.updated_by),
        row.deleted_at.map(|t| t.0),
        row.sealed,
        before(row.version)?,
    ];
    execute_current(c, sql, with)
}

/// Removes the row with its links and its earlier changes, whose sealed values must not stay either.
fn remove_row(c: &Connection, id: &RecordId, version: u64) -> Done<u16> {
    let sql = "DELETE FROM record WHERE id = ?1 AND version = ?2 RETURNING entity";
    let with = params![Bind(id), number(version)?];
    let entity = c.prepare_cached(sql)?.query_row(with, |row| row.get(0)).optional()?;
    let entity = entity.ok_or_else(|| Trouble::Batch(Fault::stale()))?;
    execute(c, "DELETE FROM change WHERE record = ?1", [Bind(id)])?;
    execute(c, "DELETE FROM link WHERE source = ?1", [Bind(id)])?;
    execute(c, "DELETE FROM link WHERE target = ?1", [Bind(id)])?;
    Ok(entity)
}

fn put_links(c: &Connection, source: &RecordId, links: &[(String, RecordId)]) -> Done<()> {
    for (field, target) in links {
        put_link(c, source, field, target)?;
    }
    Ok(())
}

/// The same reference given twice is one.
pub fn put_link(c: &Connection, source: &RecordId, field: &str, target: &RecordId) -> Done<()> {
    let sql = "INSERT OR IGNORE INTO link (source, field, target) VALUES (?1, ?2, ?3)";
    execute(c, sql, params![Bind(source), field, Bind(target)]).map(drop)
}

fn note(
    c: &Connection,
    feed: &Feed<'_>,
    (record, entity, version): (RecordId, u16, u64),
    kind: ChangeKind,
    diff: &[u8],
) -> Done<()> {
    let by = match feed.event.who {
        Who::User(user) => user,
        Who::Nobody | Who::System | Who::Operator => kernel::Id::NIL,
    };
    let change = Change {
        seq: feed.seq,
        record,
        entity,
        version,
        kind,
        at: feed.event.at,
        by,
        part_of: feed.event.part_of,
        event: feed.place.event,
        diff: diff.to_vec(),
    };
    put_change(c, &change)
}

/// An entry of the change feed.
pub fn put_change(c: &Connection, change: &Change) -> Done<()> {
    let sql = "INSERT INTO change (seq, record, entity, version, kind, at, by, part_of, event, diff)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let with = params![
        number(change.seq)?,
        Bind(&change.record),
        change.entity,
        number(change.version)?,
        change.kind.number(),
        change.at.0,
        Bind(&change.by),
        Some(&change.part_of).filter(|act| !act.is_nil()).map(Bind),
        number(change.event)?,
        change.diff,
    ];
    execute(c, sql, with).map(drop)
}

fn apply_doc(c: &Connection, write: &DocWrite) -> Done<Touch> {
    match write {
        DocWrite::Put(doc) => {
            put_doc(c, doc)?;
            Ok(written(doc.kind as u16, doc.id, doc_hash(doc)))
        }
        DocWrite::Remove(kind, id, version) => {
            let sql = "DELETE FROM doc WHERE kind = ?1 AND id = ?2 AND version = ?3";
            execute_current(c, sql, params![*kind as u16, id, number(*version)?])?;
            Ok(removed(*kind as u16, *id))
        }
    }
}

fn put_doc(c: &Connection, doc: &Doc) -> Done<()> {
    if doc.version == 1 {
        return insert_doc(c, doc);
    }
    let (kind, user) = (doc.kind as u16, doc.user.as_ref().map(Bind));
    let (version, at) = (number(doc.version)?, doc.updated_at.0);
    let sql = "UPDATE doc SET key = ?3, user = ?4, version = ?5, updated_at = ?6, sealed = ?7
        WHERE kind = ?1 AND id = ?2 AND version = ?8";
    let old = before(doc.version)?;
    execute_current(c, sql, params![kind, doc.id, doc.key, user, version, at, doc.sealed, old])
}

/// A document of whatever version, which was not there.
pub fn insert_doc(c: &Connection, doc: &Doc) -> Done<()> {
    let (kind, user) = (doc.kind as u16, doc.user.as_ref().map(Bind));
    let (version, at) = (number(doc.version)?, doc.updated_at.0);
    let sql = "INSERT INTO doc (kind, id, key, user, version, updated_at, sealed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    execute(c, sql, params![kind, doc.id, doc.key, user, version, at, doc.sealed]).map(drop)
}

fn apply_session(c: &Connection, write: &SessionWrite) -> Done<()> {
    match write {
        SessionWrite::Start(session) => start_session(c, session),
        SessionWrite::Renew(session, was) => {
            let sql = "UPDATE session SET hash = ?2, seen_at = ?3, sealed = ?4 WHERE id = ?1 AND hash = ?5";
            let with = params![Bind(&session.id), session.hash, session.seen_at.0, session.sealed, was];
            execute(c, sql, with).map(drop)
        }
        SessionWrite::Seen(id, at, content) => {
            let sql = "UPDATE session SET seen_at = ?2,
                    sealed = CASE WHEN hash = ?3 THEN ?4 ELSE sealed END
                WHERE id = ?1 AND seen_at < ?2";
            let (hash, sealed) = content.as_ref().map(|(hash, sealed)| (hash, sealed)).unzip();
            execute(c, sql, params![Bind(id), at.0, hash, sealed]).map(drop)
        }
        SessionWrite::End(id) => execute(c, "DELETE FROM session WHERE id = ?1", [Bind(id)]).map(drop),
        SessionWrite::EndAll(user, except) => {
            let sql = "DELETE FROM session WHERE user = ?1 AND id IS NOT ?2";
            execute(c, sql, params![Bind(user), except.as_ref().map(Bind)]).map(drop)
        }
        SessionWrite::EndOfAll(except) => {
            execute(c, "DELETE FROM session WHERE id <> ?1", [Bind(except)]).map(drop)
        }
    }
}

fn start_session(c: &Connection, session: &SessionRow) -> Done<()> {
    let sql = "INSERT INTO session (id, hash, user, kind, created_at, seen_at, ends_at, sealed)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let with = params![
        Bind(&session.id),
        session.hash,
        Bind(&session.user),
        session.kind.number(),
        session.created_at.0,
        session.seen_at.0,
        session.ends_at.0,
        session.sealed,
    ];
    execute(c, sql, with)?;
    Ok(())
}

/// Keeps an event as a leaf, with the columns by which it is found.
pub fn put_event(c: &Connection, event: &Event, leaf: &LeafRow) -> Done<()> {
    let sql = "INSERT INTO event (seq, id, at, user, record, subject, act, bytes, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let user = match &event.who {
        Who::User(user) => Some(Bind(user)),
        Who::Nobody | Who::System | Who::Operator => None,
    };
    let with = params![
        number(leaf.seq)?,
        Bind(&leaf.id),
        event.at.0,
        user,
        Some(&event.record).filter(|id| !id.is_nil()).map(Bind),
        Some(&event.subject).filter(|id| !id.is_nil()).map(Bind),
        event.act as u16,
        leaf.bytes,
        leaf.hash,
    ];
    execute(c, sql, with)?;
    Ok(())
}

/// Deletes at most `limit` sessions, as many kept answers and as many jobs that are over.
pub fn sweep(c: &Connection, now: Time, limit: u32) -> rusqlite::Result<usize> {
    let mut gone = 0;
    for sql in [
        "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE ends_at <= ?1 LIMIT ?2)",
        "DELETE FROM idempotent WHERE key IN (SELECT key FROM idempotent WHERE until <= ?1 LIMIT ?2)",
    ] {
        gone += c.prepare_cached(sql)?.execute(params![now.0, limit])?;
    }
    Ok(gone + jobs::sweep(c, now, limit)?)
}
