//! Every query, over one connection. Whether that is a reader's or a snapshot's is not known here.

use super::jobs;
use super::map::{self, select};
pub use super::tree::checkpoint;
use crate::contract::{Change, Doc, DocKind, EventFilter, EventRow, Idempotent, LinkRow, Row, SessionRow};
use crate::resume::RESTORING;
use crate::work::{JobRow, JobState};
use kernel::{ActId, Id, JobId, RecordId, Result, SessionId, SubjectId, Time, UserId};
use ledger::EventId;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Params, Row as Sql, ToSql, params};
use std::collections::BTreeMap;
use vault::storage_fault;

/// Rows of one answer at most, whatever is asked: an answer is held in memory.
const ROWS_MAX: u32 = 100_000;

/// An id as a parameter; only the type system sees what it names.
pub struct Bind<'a, K>(pub &'a Id<K>);

impl<K> ToSql for Bind<'_, K> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.bytes())))
    }
}

type Map<T> = fn(&Sql<'_>) -> rusqlite::Result<T>;

fn many<T>(c: &Connection, sql: &str, with: impl Params, map: Map<T>) -> Result<Vec<T>> {
    let run = || -> rusqlite::Result<Vec<T>> { c.prepare_cached(sql)?.query_map(with, map)?.collect() };
    run().map_err(|e| storage_fault(&e))
}

fn one<T>(c: &Connection, sql: &str, with: impl Params, map: Map<T>) -> Result<Option<T>> {
    let run = || c.prepare_cached(sql)?.query_row(with, map).optional();
    run().map_err(|e| storage_fault(&e))
}

/// Sequences above the largest that SQLite can hold exist as little as that one.
fn seq(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

/// What sorts before every id or nothing.
fn after_id(id: Option<&RecordId>) -> &[u8] {
    id.map_or(&[], |id| &id.bytes()[..])
}

pub fn row(c: &Connection, id: &RecordId) -> Result<Option<Row>> {
    one(c, select!(RECORD, " FROM record WHERE id = ?1"), [Bind(id)], map::record)
}

pub fn rows(c: &Connection, ids: &[RecordId]) -> Result<Vec<Row>> {
    ids.iter().filter_map(|id| row(c, id).transpose()).collect()
}

pub fn rows_of_subject(c: &Connection, subject: &SubjectId) -> Result<Vec<Row>> {
    let sql = select!(RECORD, " FROM record WHERE subject = ?1 ORDER BY id");
    many(c, sql, [Bind(subject)], map::record)
}

pub fn children(c: &Connection, parent: &RecordId, after: Option<&RecordId>, limit: u32) -> Result<Vec<Row>> {
    let sql = select!(RECORD, " FROM record WHERE parent = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    many(c, sql, params![Bind(parent), after_id(after), limit.min(ROWS_MAX)], map::record)
}

pub fn scan(c: &Connection, after: Option<&RecordId>, limit: u32) -> Result<Vec<Row>> {
    let sql = select!(RECORD, " FROM record WHERE id > ?1 ORDER BY id LIMIT ?2");
    many(c, sql, params![after_id(after), limit.min(ROWS_MAX)], map::record)
}

pub fn links_to(c: &Connection, id: &RecordId) -> Result<Vec<LinkRow>> {
    let sql = "SELECT source, field, target FROM link WHERE target = ?1 ORDER BY source, field";
    many(c, sql, [Bind(id)], map::link)
}

pub fn links_after(c: &Connection, after: Option<&LinkRow>, limit: u32) -> Result<Vec<LinkRow>> {
    let sql = "SELECT source, field, target FROM link WHERE (source, field, target) > (?1, ?2, ?3)
        ORDER BY source, field, target LIMIT ?4";
    let (source, target) = (after_id(after.map(|l| &l.from)), after_id(after.map(|l| &l.to)));
    let field = after.map_or("", |l| l.field.as_str());
    many(c, sql, params![source, field, target, limit.min(ROWS_MAX)], map::link)
}

pub fn links_from(c: &Connection, id: &RecordId) -> Result<Vec<LinkRow>> {
    let sql = "SELECT source, field, target FROM link WHERE source = ?1 ORDER BY field, target";
    many(c, sql, [Bind(id)], map::link)
}

pub fn changes_since(c: &Connection, after: u64, limit: u32) -> Result<Vec<Change>> {
    let sql = select!(CHANGE, " FROM change WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    many(c, sql, params![seq(after), limit.min(ROWS_MAX)], map::change)
}

pub fn changes_of(c: &Connection, record: &RecordId, before: Option<u64>, limit: u32) -> Result<Vec<Change>> {
    let sql = select!(CHANGE, " FROM change WHERE record = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3");
    let before = before.map_or(i64::MAX, seq);
    many(c, sql, params![Bind(record), before, limit.min(ROWS_MAX)], map::change)
}

pub fn changes_of_act(c: &Connection, act: &ActId, after: u64, limit: u32) -> Result<Vec<Change>> {
    let sql = select!(CHANGE, " FROM change WHERE part_of = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
    many(c, sql, params![Bind(act), seq(after), limit.min(ROWS_MAX)], map::change)
}

pub fn last_change(c: &Connection) -> Result<u64> {
    let last = one(c, "SELECT coalesce(max(seq), 0) FROM change", [], |sql| map::count(sql, 0))?;
    Ok(last.unwrap_or(0))
}

/// How many changes of a record are kept.
pub fn change_count(c: &Connection, record: &RecordId) -> Result<u64> {
    let sql = "SELECT count(*) FROM change WHERE record = ?1";
    Ok(one(c, sql, [Bind(record)], |sql| map::count(sql, 0))?.unwrap_or(0))
}

/// What SQLCipher says of pages whose MAC is wrong, of at most `limit` of them.
pub fn damaged_pages(c: &Connection, limit: usize) -> Result<Vec<String>> {
    let run = || {
        let mut statement = c.prepare("PRAGMA cipher_integrity_check")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.take(limit).collect::<rusqlite::Result<_>>()
    };
    run().map_err(|e: rusqlite::Error| storage_fault(&e))
}

pub fn doc(c: &Connection, kind: DocKind, id: &[u8; 16]) -> Result<Option<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = ?1 AND id = ?2");
    one(c, sql, params![kind as u16, id], map::doc)
}

pub fn docs_by_id(c: &Connection, kind: DocKind, ids: &[[u8; 16]]) -> Result<Vec<Doc>> {
    ids.iter().filter_map(|id| doc(c, kind, id).transpose()).collect()
}

pub fn doc_by_key(c: &Connection, kind: DocKind, key: &[u8; 32]) -> Result<Option<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = ?1 AND key = ?2");
    one(c, sql, params![kind as u16, key], map::doc)
}

pub fn docs(c: &Connection, kind: DocKind) -> Result<Vec<Doc>> {
    many(c, select!(DOC, " FROM doc WHERE kind = ?1 ORDER BY id"), [kind as u16], map::doc)
}

pub fn docs_with_key(c: &Connection, kind: DocKind) -> Result<Vec<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = ?1 AND key IS NOT NULL ORDER BY key");
    many(c, sql, [kind as u16], map::doc)
}

pub fn docs_of_user_since(
    c: &Connection,
    kind: DocKind,
    user: &UserId,
    since: Time,
    limit: u32,
) -> Result<Vec<Doc>> {
    let sql =
        select!(DOC, " FROM doc WHERE kind = ?1 AND user = ?2 AND updated_at > ?3 ORDER BY id LIMIT ?4");
    many(c, sql, params![kind as u16, Bind(user), since.0, limit], map::doc)
}

/// A page of the documents of a kind, by id.
pub fn docs_after(c: &Connection, kind: DocKind, after: &[u8], limit: u32) -> Result<Vec<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    many(c, sql, params![kind as u16, after, limit], map::doc)
}

pub fn docs_of_user(c: &Connection, kind: DocKind, user: &UserId, limit: u32) -> Result<Vec<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = ?1 AND user = ?2 ORDER BY id DESC LIMIT ?3");
    many(c, sql, params![kind as u16, Bind(user), limit.min(ROWS_MAX)], map::doc)
}

pub fn docs_of_user_by_time(c: &Connection, kind: DocKind, user: &UserId, limit: u32) -> Result<Vec<Doc>> {
    let sql =
        select!(DOC, " FROM doc WHERE kind = ?1 AND user = ?2 ORDER BY updated_at DESC, id DESC LIMIT ?3");
    many(c, sql, params![kind as u16, Bind(user), limit.min(ROWS_MAX)], map::doc)
}

pub fn session(c: &Connection, id: &SessionId) -> Result<Option<SessionRow>> {
    one(c, select!(SESSION, " FROM session WHERE id = ?1"), [Bind(id)], map::session)
}

pub fn session_by_hash(c: &Connection, hash: &[u8; 32]) -> Result<Option<SessionRow>> {
    one(c, select!(SESSION, " FROM session WHERE hash = ?1"), [hash], map::session)
}

pub fn sessions_of(c: &Connection, user: &UserId) -> Result<Vec<SessionRow>> {
    let sql = select!(SESSION, " FROM session WHERE user = ?1 ORDER BY id DESC");
    many(c, sql, [Bind(user)], map::session)
}

pub fn sessions(c: &Connection, now: Time) -> Result<Vec<SessionRow>> {
    many(c, select!(SESSION, " FROM session WHERE ends_at > ?1"), [now.0], map::session)
}

pub fn job(c: &Connection, id: &JobId) -> Result<Option<JobRow>> {
    one(c, select!(JOB, " FROM job WHERE id = ?1"), [Bind(id)], map::job)
}

pub fn jobs_of_user(c: &Connection, user: &UserId, limit: u32) -> Result<Vec<JobRow>> {
    let sql = select!(JOB, " FROM job WHERE user = ?1 ORDER BY id DESC LIMIT ?2");
    many(c, sql, params![Bind(user), limit.min(ROWS_MAX)], map::job)
}

pub fn jobs_that(c: &Connection, state: JobState, limit: u32) -> Result<Vec<JobRow>> {
    let sql = select!(JOB, " FROM job WHERE state = ?1 ORDER BY id LIMIT ?2");
    many(c, sql, params![state as i64, limit.min(ROWS_MAX)], map::job)
}

pub fn jobs_with_parts(c: &Connection, limit: u32) -> Result<Vec<JobRow>> {
    let sql = select!(JOB, " FROM job WHERE state >= 3 AND parts > 0 ORDER BY id LIMIT ?1");
    many(c, sql, params![limit.min(ROWS_MAX)], map::job)
}

pub fn jobs_over(c: &Connection, now: Time, limit: u32) -> Result<Vec<JobId>> {
    let (ended, dead) = jobs::over(now);
    many(c, jobs::OVER, params![ended, dead, limit.min(ROWS_MAX)], |sql| map::id(sql, 0))
}

pub fn job_part(c: &Connection, id: &JobId, part: u32) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT sealed FROM job_part WHERE job = ?1 AND part = ?2";
    one(c, sql, params![Bind(id), part], |sql| sql.get(0))
}

pub fn idempotent(c: &Connection, key: &[u8; 32]) -> Result<Option<Idempotent>> {
    one(c, select!(IDEMPOTENT, " FROM idempotent WHERE key = ?1"), [key], map::idempotent)
}

/// Newest first. Every condition has an index that ends with the sequence, so nothing is sorted.
pub fn events(c: &Connection, filter: &EventFilter) -> Result<Vec<EventRow>> {
    let mut sql = String::from(select!(EVENT, " FROM event WHERE seq < ?1"));
    let before = filter.before.map_or(i64::MAX, seq);
    let limit = filter.limit.min(ROWS_MAX);
    let mut with: Vec<&dyn ToSql> = vec![&before, &limit];
    let (user, record) = (filter.user.as_ref().map(Bind), filter.record.as_ref().map(Bind));
    let subject = filter.subject.as_ref().map(Bind);
    let mut add = |column: &str, value| {
        with.push(value);
        sql.push_str(&format!(" AND {column} = ?{}", with.len()));
    };
    if let Some(user) = &user {
        add("user", user as &dyn ToSql);
    }
    if let Some(record) = &record {
        add("record", record);
    }
    if let Some(subject) = &subject {
        add("subject", subject);
    }
    sql.push_str(" ORDER BY seq DESC LIMIT ?2");
    many(c, &sql, &with[..], map::event)
}

pub fn events_from(c: &Connection, from: u64, limit: u32) -> Result<Vec<EventRow>> {
    let sql = select!(EVENT, " FROM event WHERE seq >= ?1 ORDER BY seq LIMIT ?2");
    many(c, sql, params![seq(from), limit.min(ROWS_MAX)], map::event)
}

pub fn events_at(c: &Connection, seqs: &[u64]) -> Result<Vec<EventRow>> {
    let mut asked: Vec<u64> = seqs.to_vec();
    asked.sort_unstable();
    let at =
        |at: u64| one(c, select!(EVENT, " FROM event WHERE seq = ?1"), [seq(at)], map::event).transpose();
    asked.into_iter().filter_map(at).collect()
}

pub fn event_by_id(c: &Connection, id: &EventId) -> Result<Option<EventRow>> {
    one(c, select!(EVENT, " FROM event WHERE id = ?1"), [Bind(id)], map::event)
}

pub fn event_count(c: &Connection) -> Result<u64> {
    // Not count(*), which reads the whole table. Events are never removed.
    let next = one(c, "SELECT coalesce(max(seq) + 1, 0) FROM event", [], |sql| map::count(sql, 0))?;
    Ok(next.unwrap_or(0))
}

/// Counts through the smallest index that there is.
pub fn row_count(c: &Connection) -> Result<u64> {
    Ok(one(c, "SELECT count(*) FROM record", [], |sql| map::count(sql, 0))?.unwrap_or(0))
}

/// Name and release of the engine.
pub fn engine_version(c: &Connection) -> Result<String> {
    Ok(one(c, "PRAGMA cipher_version", [], |sql| sql.get(0))?.unwrap_or_default())
}

#[allow(clippy::unnecessary_wraps, reason = "the form of a query")]
pub const fn engine_settings(_: &Connection) -> Result<BTreeMap<String, String>> {
    Ok(BTreeMap::new())
}

pub fn restoring(c: &Connection) -> Result<Option<Vec<u8>>> {
    meta(c, RESTORING)
}

pub fn meta(c: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    one(c, "SELECT value FROM meta WHERE name = ?1", [name], |sql| sql.get(0))
}
