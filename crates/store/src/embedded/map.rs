//! Columns to values. What does not fit its type is reported as damage by `vault::storage_fault`.

use crate::contract::{
    Change, ChangeKind, Doc, DocKind, EventRow, Idempotent, LinkRow, Row, SessionKind, SessionRow,
};
use crate::work::{JobRow, JobState};
use kernel::{Id, Time};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Error, Result, Row as Sql};

/// The columns of a table, in the order in which the function of the same name reads them.
macro_rules! columns {
    (RECORD) => {
        "id, entity, subject, owner, team, parent, version, schema, created_at, created_by, \
         updated_at, updated_by, deleted_at, sealed"
    };
    (CHANGE) => {
        "seq, record, entity, version, kind, at, by, part_of, event, diff"
    };
    (DOC) => {
        "kind, id, key, user, version, updated_at, sealed"
    };
    (SESSION) => {
        "hash, id, user, kind, created_at, seen_at, ends_at, sealed"
    };
    (IDEMPOTENT) => {
        "key, request, until, sealed"
    };
    (JOB) => {
        "id, kind, user, state, due_at, attempts, held_by, stop, done, total, created_at, ended_at, parts, \
         sealed, result, spared"
    };
    (EVENT) => {
        "seq, hash, bytes"
    };
}

/// A query over all columns of a table.
macro_rules! select {
    ($columns:ident, $rest:literal) => {
        concat!("SELECT ", $crate::embedded::map::columns!($columns), $rest)
    };
}
pub(crate) use {columns, select};

pub fn record(sql: &Sql<'_>) -> Result<Row> {
    Ok(Row {
        id: id(sql, 0)?,
        entity: sql.get(1)?,
        subject: id(sql, 2)?,
        owner: id(sql, 3)?,
        team: id(sql, 4)?,
        parent: id_or_null(sql, 5)?,
        version: count(sql, 6)?,
        schema: sql.get(7)?,
        created_at: Time(sql.get(8)?),
        created_by: id(sql, 9)?,
        updated_at: Time(sql.get(10)?),
        updated_by: id(sql, 11)?,
        deleted_at: sql.get::<_, Option<i64>>(12)?.map(Time),
        sealed: sql.get(13)?,
    })
}

pub fn change(sql: &Sql<'_>) -> Result<Change> {
    Ok(Change {
        seq: count(sql, 0)?,
        record: id(sql, 1)?,
        entity: sql.get(2)?,
        version: count(sql, 3)?,
        kind: known(sql, 4, ChangeKind::of_number)?,
        at: Time(sql.get(5)?),
        by: id(sql, 6)?,
        part_of: id_or_null(sql, 7)?.unwrap_or(Id::NIL),
        event: count(sql, 8)?,
        diff: sql.get(9)?,
    })
}

pub fn link(sql: &Sql<'_>) -> Result<LinkRow> {
    Ok(LinkRow { from: id(sql, 0)?, field: sql.get(1)?, to: id(sql, 2)? })
}

pub fn doc(sql: &Sql<'_>) -> Result<Doc> {
    Ok(Doc {
        kind: known(sql, 0, DocKind::of_number)?,
        id: sql.get(1)?,
        key: sql.get(2)?,
        user: id_or_null(sql, 3)?,
        version: count(sql, 4)?,
        updated_at: Time(sql.get(5)?),
        sealed: sql.get(6)?,
    })
}

pub fn session(sql: &Sql<'_>) -> Result<SessionRow> {
    Ok(SessionRow {
        hash: sql.get(0)?,
        id: id(sql, 1)?,
        user: id(sql, 2)?,
        kind: known(sql, 3, SessionKind::of_number)?,
        created_at: Time(sql.get(4)?),
        seen_at: Time(sql.get(5)?),
        ends_at: Time(sql.get(6)?),
        sealed: sql.get(7)?,
    })
}

pub fn idempotent(sql: &Sql<'_>) -> Result<Idempotent> {
    Ok(Idempotent { key: sql.get(0)?, request: sql.get(1)?, until: Time(sql.get(2)?), sealed: sql.get(3)? })
}

pub fn job(sql: &Sql<'_>) -> Result<JobRow> {
    Ok(JobRow {
        id: id(sql, 0)?,
        kind: sql.get(1)?,
        user: id(sql, 2)?,
        state: known(sql, 3, JobState::of_number)?,
        due_at: Time(sql.get(4)?),
        attempts: sql.get(5)?,
        held_by: id_or_null(sql, 6)?,
        stop: sql.get(7)?,
        done: count(sql, 8)?,
        total: sql.get::<_, Option<i64>>(9)?.map(i64::unsigned_abs),
        created_at: Time(sql.get(10)?),
        ended_at: sql.get::<_, Option<i64>>(11)?.map(Time),
        parts: sql.get(12)?,
        sealed: sql.get(13)?,
        result: sql.get(14)?,
        spared: sql.get(15)?,
    })
}

pub fn event(sql: &Sql<'_>) -> Result<EventRow> {
    Ok(EventRow { seq: count(sql, 0)?, hash: sql.get(1)?, bytes: sql.get(2)? })
}

/// A column that counts and is never negative.
pub fn count(sql: &Sql<'_>, column: usize) -> Result<u64> {
    let number: i64 = sql.get(column)?;
    u64::try_from(number).map_err(|_| Error::IntegralValueOutOfRange(column, number))
}

pub fn id<K>(sql: &Sql<'_>, column: usize) -> Result<Id<K>> {
    Ok(Id::from_bytes(sql.get(column)?))
}

fn id_or_null<K>(sql: &Sql<'_>, column: usize) -> Result<Option<Id<K>>> {
    Ok(sql.get::<_, Option<[u8; 16]>>(column)?.map(Id::from_bytes))
}

/// A column that holds the number of something known.
fn known<T>(sql: &Sql<'_>, column: usize, of_number: fn(i64) -> Option<T>) -> Result<T> {
    let number = sql.get(column)?;
    of_number(number).ok_or_else(|| {
        Error::FromSqlConversionFailure(column, Type::Integer, Box::new(FromSqlError::OutOfRange(number)))
    })
}
