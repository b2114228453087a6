//! Columns to values. What does not fit its type is reported as damage.

use super::fault::damaged;
use crate::contract::{
    Change, ChangeKind, Doc, DocKind, EventRow, Idempotent, LinkRow, Row, SessionKind, SessionRow,
};
use crate::work::{JobRow, JobState};
use kernel::{Id, Result, Time};
use tokio_postgres::Row as Sql;
use tokio_postgres::types::FromSql;

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
        "kind, id, key, \"user\", version, updated_at, sealed"
    };
    (SESSION) => {
        "hash, id, \"user\", kind, created_at, seen_at, ends_at, sealed"
    };
    (IDEMPOTENT) => {
        "key, request, until, sealed"
    };
    (JOB) => {
        "id, kind, \"user\", state, due_at, attempts, held_by, stop, done, total, created_at, ended_at, parts, \
         sealed, result, spared"
    };
    (EVENT) => {
        "seq, hash, bytes"
    };
}

/// A query over all columns of a table.
macro_rules! select {
    ($columns:ident, $rest:literal) => {
        concat!("SELECT ", $crate::postgres::map::columns!($columns), $rest)
    };
}
pub(crate) use {columns, select};

pub fn record(sql: &Sql) -> Result<Row> {
    Ok(Row {
        id: id(sql, 0)?,
        entity: small(sql, 1)?,
        subject: id(sql, 2)?,
        owner: id(sql, 3)?,
        team: id(sql, 4)?,
        parent: id_or_null(sql, 5)?,
        version: count(sql, 6)?,
        schema: small(sql, 7)?,
        created_at: Time(get(sql, 8)?),
        created_by: id(sql, 9)?,
        updated_at: Time(get(sql, 10)?),
        updated_by: id(sql, 11)?,
        deleted_at: get::<Option<i64>>(sql, 12)?.map(Time),
        sealed: get(sql, 13)?,
    })
}

pub fn change(sql: &Sql) -> Result<Change> {
    Ok(Change {
        seq: count(sql, 0)?,
        record: id(sql, 1)?,
        entity: small(sql, 2)?,
        version: count(sql, 3)?,
        kind: ChangeKind::of_number(get(sql, 4)?).ok_or_else(|| damaged(4))?,
        at: Time(get(sql, 5)?),
        by: id(sql, 6)?,
        part_of: id_or_null(sql, 7)?.unwrap_or(Id::NIL),
        event: count(sql, 8)?,
        diff: get(sql, 9)?,
    })
}

pub fn link(sql: &Sql) -> Result<LinkRow> {
    Ok(LinkRow { from: id(sql, 0)?, field: get(sql, 1)?, to: id(sql, 2)? })
}

pub fn doc(sql: &Sql) -> Result<Doc> {
    Ok(Doc {
        kind: DocKind::of_number(get(sql, 0)?).ok_or_else(|| damaged(0))?,
        id: array(sql, 1)?,
        key: get::<Option<&[u8]>>(sql, 2)?.map(|key| key.try_into().map_err(|_| damaged(2))).transpose()?,
        user: id_or_null(sql, 3)?,
        version: count(sql, 4)?,
        updated_at: Time(get(sql, 5)?),
        sealed: get(sql, 6)?,
    })
}

pub fn session(sql: &Sql) -> Result<SessionRow> {
    Ok(SessionRow {
        hash: array(sql, 0)?,
        id: id(sql, 1)?,
        user: id(sql, 2)?,
        kind: SessionKind::of_number(get(sql, 3)?).ok_or_else(|| damaged(3))?,
        created_at: Time(get(sql, 4)?),
        seen_at: Time(get(sql, 5)?),
        ends_at: Time(get(sql, 6)?),
        sealed: get(sql, 7)?,
    })
}

pub fn idempotent(sql: &Sql) -> Result<Idempotent> {
    Ok(Idempotent {
        key: array(sql, 0)?,
        request: array(sql, 1)?,
        until: Time(get(sql, 2)?),
        sealed: get(sql, 3)?,
    })
}

pub fn job(sql: &Sql) -> Result<JobRow> {
    Ok(JobRow {
        id: id(sql, 0)?,
        kind: small(sql, 1)?,
        user: id(sql, 2)?,
        state: job_state(sql, 3)?,
        due_at: Time(get(sql, 4)?),
        attempts: number(sql, 5)?,
        held_by: id_or_null(sql, 6)?,
        stop: get(sql, 7)?,
        done: count(sql, 8)?,
        total: get::<Option<i64>>(sql, 9)?.map(i64::unsigned_abs),
        created_at: Time(get(sql, 10)?),
        ended_at: get::<Option<i64>>(sql, 11)?.map(Time),
        parts: number(sql, 12)?,
        sealed: get(sql, 13)?,
        result: get(sql, 14)?,
        spared: number(sql, 15)?,
    })
}

pub fn job_state(sql: &Sql, column: usize) -> Result<JobState> {
    JobState::of_number(get(sql, column)?).ok_or_else(|| damaged(column))
}

pub fn event(sql: &Sql) -> Result<EventRow> {
    Ok(EventRow { seq: count(sql, 0)?, hash: array(sql, 1)?, bytes: get(sql, 2)? })
}

/// A column that counts and is never negative.
pub fn count(sql: &Sql, column: usize) -> Result<u64> {
    u64::try_from(get::<i64>(sql, column)?).map_err(|_| damaged(column))
}

pub fn small(sql: &Sql, column: usize) -> Result<u16> {
    u16::try_from(get::<i64>(sql, column)?).map_err(|_| damaged(column))
}

pub fn number(sql: &Sql, column: usize) -> Result<u32> {
    u32::try_from(get::<i64>(sql, column)?).map_err(|_| damaged(column))
}

pub fn id<K>(sql: &Sql, column: usize) -> Result<Id<K>> {
    array(sql, column).map(Id::from_bytes)
}

pub fn array<const N: usize>(sql: &Sql, column: usize) -> Result<[u8; N]> {
    get::<&[u8]>(sql, column)?.try_into().map_err(|_| damaged(column))
}

pub fn get<'a, T: FromSql<'a>>(sql: &'a Sql, column: usize) -> Result<T> {
    sql.try_get(column).map_err(|_| damaged(column))
}

pub fn id_or_null<K>(sql: &Sql, column: usize) -> Result<Option<Id<K>>> {
    let bytes = get::<Option<&[u8]>>(sql, column)?;
    bytes.map(|bytes| bytes.try_into().map(Id::from_bytes).map_err(|_| damaged(column))).transpose()
}
