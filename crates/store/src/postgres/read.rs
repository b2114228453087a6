//! Every query, over one connection. Whether that is one of the pool or a snapshot's is not known here.

use super::fault::fault;
pub use super::jobs::jobs_over;
use super::map::{self, select};
use crate::contract::{Change, Doc, DocKind, EventFilter, EventRow, Idempotent, LinkRow, Row, SessionRow};
use crate::hint::{About, Hints, Newest};
use crate::resume::{CHECKPOINT, RESTORING};
use crate::work::{JobRow, JobState};
use deadpool_postgres::ClientWrapper;
use kernel::{ActId, Fault, JobId, RecordId, Result, SessionId, SubjectId, Time, UserId};
use ledger::{EventId, SignedCheckpoint};
use std::collections::{BTreeMap, HashMap};
use tokio_postgres::Row as Sql;
use tokio_postgres::types::ToSql;

/// Rows of one answer at most, whatever is asked: an answer is held in memory.
const ROWS_MAX: u32 = 100_000;

/// Values of a statement, in its order.
pub type With<'a> = &'a [&'a (dyn ToSql + Sync)];
type Map<T> = fn(&Sql) -> Result<T>;

pub async fn many<T>(c: &ClientWrapper, sql: &str, with: With<'_>, map: Map<T>) -> Result<Vec<T>> {
    let statement = c.prepare_cached(sql).await.map_err(|e| fault(&e))?;
    let rows = c.query(&statement, with).await.map_err(|e| fault(&e))?;
    rows.iter().map(map).collect()
}

async fn one<T>(c: &ClientWrapper, sql: &str, with: With<'_>, map: Map<T>) -> Result<Option<T>> {
    let statement = c.prepare_cached(sql).await.map_err(|e| fault(&e))?;
    let row = c.query_opt(&statement, with).await.map_err(|e| fault(&e))?;
    row.as_ref().map(map).transpose()
}

/// Runs a statement; returns how many rows it met.
pub async fn execute(c: &ClientWrapper, sql: &str, with: With<'_>) -> Result<u64> {
    let statement = c.prepare_cached(sql).await.map_err(|e| fault(&e))?;
    c.execute(&statement, with).await.map_err(|e| fault(&e))
}

/// A question with yes or no for an answer.
pub async fn flag(c: &ClientWrapper, sql: &str) -> Result<bool> {
    Ok(one(c, sql, &[], |sql| map::get(sql, 0)).await?.unwrap_or(false))
}

async fn number(c: &ClientWrapper, sql: &str, with: With<'_>) -> Result<u64> {
    Ok(one(c, sql, with, |sql| map::count(sql, 0)).await?.unwrap_or(0))
}

/// Sequences above the largest that can be held exist as little as that one.
pub fn seq(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

/// What sorts before every id or nothing.
fn after_id(id: Option<&RecordId>) -> &[u8] {
    id.map_or(&[], |id| &id.bytes()[..])
}

fn up_to(limit: u32) -> i64 {
    i64::from(limit.min(ROWS_MAX))
}

pub async fn row(c: &ClientWrapper, id: &RecordId) -> Result<Option<Row>> {
    one(c, select!(RECORD, " FROM record WHERE id = $1"), &[&&id.bytes()[..]], map::record).await
}

pub async fn rows(c: &ClientWrapper, ids: &[RecordId]) -> Result<Vec<Row>> {
    let asked: Vec<&[u8]> = ids.iter().map(|id| &id.bytes()[..]).collect();
    let found = many(c, select!(RECORD, " FROM record WHERE id = ANY ($1)"), &[&asked], map::record).await?;
    let found: HashMap<RecordId, Row> = found.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

pub async fn rows_of_subject(c: &ClientWrapper, subject: &SubjectId) -> Result<Vec<Row>> {
    let sql = select!(RECORD, " FROM record WHERE subject = $1 ORDER BY id");
    many(c, sql, &[&&subject.bytes()[..]], map::record).await
}

pub async fn children(
    c: &ClientWrapper,
    parent: &RecordId,
    after: Option<&RecordId>,
    limit: u32,
) -> Result<Vec<Row>> {
    let sql = select!(RECORD, " FROM record WHERE parent = $1 AND id > $2 ORDER BY id LIMIT $3");
    many(c, sql, &[&&parent.bytes()[..], &after_id(after), &up_to(limit)], map::record).await
}

pub async fn scan(c: &ClientWrapper, after: Option<&RecordId>, limit: u32) -> Result<Vec<Row>> {
    let sql = select!(RECORD, " FROM record WHERE id > $1 ORDER BY id LIMIT $2");
    many(c, sql, &[&after_id(after), &up_to(limit)], map::record).await
}

pub async fn links_to(c: &ClientWrapper, id: &RecordId) -> Result<Vec<LinkRow>> {
    let sql = "SELECT source, field, target FROM link WHERE target = $1 ORDER BY source, field COLLATE \"C\"";
    many(c, sql, &[&&id.bytes()[..]], map::link).await
}

pub async fn links_after(c: &ClientWrapper, after: Option<&LinkRow>, limit: u32) -> Result<Vec<LinkRow>> {
    let sql = "SELECT source, field, target FROM link WHERE (source, field, target) > ($1, $2, $3)
        ORDER BY source, field, target LIMIT $4";
    let (source, target) = (after_id(after.map(|l| &l.from)), after_id(after.map(|l| &l.to)));
    let field = after.map_or("", |l| l.field.as_str());
    many(c, sql, &[&source, &field, &target, &up_to(limit)], map::link).await
}

pub async fn links_from(c: &ClientWrapper, id: &RecordId) -> Result<Vec<LinkRow>> {
    let sql = "SELECT source, field, target FROM link WHERE source = $1 ORDER BY field COLLATE \"C\", target";
    many(c, sql, &[&&id.bytes()[..]], map::link).await
}

pub async fn changes_since(c: &ClientWrapper, after: u64, limit: u32) -> Result<Vec<Change>> {
    let sql = select!(CHANGE, " FROM change WHERE seq > $1 ORDER BY seq LIMIT $2");
    many(c, sql, &[&seq(after), &up_to(limit)], map::change).await
}

pub async fn changes_of(
    c: &ClientWrapper,
    record: &RecordId,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Change>> {
    let sql = select!(CHANGE, " FROM change WHERE record = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3");
    let before = before.map_or(i64::MAX, seq);
    many(c, sql, &[&&record.bytes()[..], &before, &up_to(limit)], map::change).await
}

pub async fn changes_of_act(c: &ClientWrapper, act: &ActId, after: u64, limit: u32) -> Result<Vec<Change>> {
    let sql = select!(CHANGE, " FROM change WHERE part_of = $1 AND seq > $2 ORDER BY seq LIMIT $3");
    many(c, sql, &[&&act.bytes()[..], &seq(after), &up_to(limit)], map::change).await
}

pub async fn last_change(c: &ClientWrapper) -> Result<u64> {
    number(c, "SELECT coalesce(max(seq), 0) FROM change", &[]).await
}

/// How far the database is. Each half is one step in an index.
pub async fn newest(c: &ClientWrapper) -> Result<Newest> {
    let sql = "SELECT coalesce((SELECT max(seq) FROM change), 0), coalesce((SELECT max(seq) FROM hint), 0)";
    let newest = |sql: &Sql| Ok(Newest { change: map::count(sql, 0)?, hint: map::count(sql, 1)? });
    Ok(one(c, sql, &[], newest).await?.unwrap_or_default())
}

/// Hints above a sequence. There are no gaps between them, so what was swept shows.
pub async fn hints_since(c: &ClientWrapper, after: u64, limit: u32) -> Result<Hints> {
    let sql = "SELECT seq, kind, id FROM hint WHERE seq > $1 ORDER BY seq LIMIT $2";
    let columns = |sql: &Sql| Ok((map::count(sql, 0)?, map::get::<i64>(sql, 1)?, map::array(sql, 2)?));
    let found = many(c, sql, &[&seq(after), &up_to(limit)], columns).await?;
    let about: Vec<_> = found.iter().filter_map(|(_, kind, id)| About::of_columns(*kind, *id)).collect();
    let swept = found.first().is_some_and(|(first, ..)| *first != after + 1);
    let upto = found.last().map_or(after, |(last, ..)| *last);
    Ok(Hints { upto, missed: swept || about.len() < found.len(), about })
}

/// How many changes of a record are kept.
pub async fn change_count(c: &ClientWrapper, record: &RecordId) -> Result<u64> {
    number(c, "SELECT count(*) FROM change WHERE record = $1", &[&&record.bytes()[..]]).await
}

pub async fn doc(c: &ClientWrapper, kind: DocKind, id: &[u8; 16]) -> Result<Option<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = $1 AND id = $2");
    one(c, sql, &[&(kind as i64), &&id[..]], map::doc).await
}

pub async fn docs_by_id(c: &ClientWrapper, kind: DocKind, ids: &[[u8; 16]]) -> Result<Vec<Doc>> {
    let asked: Vec<&[u8]> = ids.iter().map(|id| &id[..]).collect();
    let sql = select!(DOC, " FROM doc WHERE kind = $1 AND id = ANY ($2)");
    let found = many(c, sql, &[&(kind as i64), &asked], map::doc).await?;
    let found: HashMap<[u8; 16], Doc> = found.into_iter().map(|doc| (doc.id, doc)).collect();
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

pub async fn doc_by_key(c: &ClientWrapper, kind: DocKind, key: &[u8; 32]) -> Result<Option<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = $1 AND key = $2");
    one(c, sql, &[&(kind as i64), &&key[..]], map::doc).await
}

pub async fn docs(c: &ClientWrapper, kind: DocKind) -> Result<Vec<Doc>> {
    many(c, select!(DOC, " FROM doc WHERE kind = $1 ORDER BY id"), &[&(kind as i64)], map::doc).await
}

pub async fn docs_with_key(c: &ClientWrapper, kind: DocKind) -> Result<Vec<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = $1 AND key IS NOT NULL ORDER BY key");
    many(c, sql, &[&(kind as i64)], map::doc).await
}

pub async fn docs_of_user_since(
    c: &ClientWrapper,
    kind: DocKind,
    user: &UserId,
    since: Time,
    limit: u32,
) -> Result<Vec<Doc>> {
    let sql =
        select!(DOC, " FROM doc WHERE kind = $1 AND \"user\" = $2 AND updated_at > $3 ORDER BY id LIMIT $4");
    many(c, sql, &[&(kind as i64), &&user.bytes()[..], &since.0, &i64::from(limit)], map::doc).await
}

/// A page of the documents of a kind, by id.
pub async fn docs_after(c: &ClientWrapper, kind: DocKind, after: &[u8], limit: u32) -> Result<Vec<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3");
    many(c, sql, &[&(kind as i64), &after, &up_to(limit)], map::doc).await
}

pub async fn docs_of_user(c: &ClientWrapper, kind: DocKind, user: &UserId, limit: u32) -> Result<Vec<Doc>> {
    let sql = select!(DOC, " FROM doc WHERE kind = $1 AND \"user\" = $2 ORDER BY id DESC LIMIT $3");
    many(c, sql, &[&(kind as i64), &&user.bytes()[..], &up_to(limit)], map::doc).await
}

pub async fn docs_of_user_by_time(
    c: &ClientWrapper,
    kind: DocKind,
    user: &UserId,
    limit: u32,
) -> Result<Vec<Doc>> {
    let sql = select!(
        DOC,
        " FROM doc WHERE kind = $1 AND \"user\" = $2 ORDER BY updated_at DESC, id DESC LIMIT $3"
    );
    many(c, sql, &[&(kind as i64), &&user.bytes()[..], &up_to(limit)], map::doc).await
}

pub async fn session(c: &ClientWrapper, id: &SessionId) -> Result<Option<SessionRow>> {
    one(c, select!(SESSION, " FROM session WHERE id = $1"), &[&&id.bytes()[..]], map::session).await
}

pub async fn session_by_hash(c: &ClientWrapper, hash: &[u8; 32]) -> Result<Option<SessionRow>> {
    one(c, select!(SESSION, " FROM session WHERE hash = $1"), &[&&hash[..]], map::session).await
}

pub async fn sessions_of(c: &ClientWrapper, user: &UserId) -> Result<Vec<SessionRow>> {
    let sql = select!(SESSION, " FROM session WHERE \"user\" = $1 ORDER BY id DESC");
    many(c, sql, &[&&user.bytes()[..]], map::session).await
}

pub async fn sessions(c: &ClientWrapper, now: Time) -> Result<Vec<SessionRow>> {
    many(c, select!(SESSION, " FROM session WHERE ends_at > $1"), &[&now.0], map::session).await
}

pub async fn job(c: &ClientWrapper, id: &JobId) -> Result<Option<JobRow>> {
    one(c, select!(JOB, " FROM job WHERE id = $1"), &[&&id.bytes()[..]], map::job).await
}

pub async fn jobs_of_user(c: &ClientWrapper, user: &UserId, limit: u32) -> Result<Vec<JobRow>> {
    let sql = select!(JOB, " FROM job WHERE \"user\" = $1 ORDER BY id DESC LIMIT $2");
    many(c, sql, &[&&user.bytes()[..], &up_to(limit)], map::job).await
}

pub async fn jobs_that(c: &ClientWrapper, state: JobState, limit: u32) -> Result<Vec<JobRow>> {
    let sql = select!(JOB, " FROM job WHERE state = $1 ORDER BY id LIMIT $2");
    many(c, sql, &[&(state as i64), &up_to(limit)], map::job).await
}

pub async fn jobs_with_parts(c: &ClientWrapper, limit: u32) -> Result<Vec<JobRow>> {
    let sql = select!(JOB, " FROM job WHERE state >= 3 AND parts > 0 ORDER BY id LIMIT $1");
    many(c, sql, &[&up_to(limit)], map::job).await
}

pub async fn job_part(c: &ClientWrapper, id: &JobId, part: u32) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT sealed FROM job_part WHERE job = $1 AND part = $2";
    one(c, sql, &[&&id.bytes()[..], &i64::from(part)], |sql| map::get(sql, 0)).await
}

pub async fn idempotent(c: &ClientWrapper, key: &[u8; 32]) -> Result<Option<Idempotent>> {
    one(c, select!(IDEMPOTENT, " FROM idempotent WHERE key = $1"), &[&&key[..]], map::idempotent).await
}

/// Newest first. Every condition has an index that ends with the sequence.
pub async fn events(c: &ClientWrapper, filter: &EventFilter) -> Result<Vec<EventRow>> {
    let mut sql = String::from(select!(EVENT, " FROM event WHERE seq < $1"));
    let before = filter.before.map_or(i64::MAX, seq);
    let limit = up_to(filter.limit);
    let user = filter.user.as_ref().map(|id| &id.bytes()[..]);
    let record = filter.record.as_ref().map(|id| &id.bytes()[..]);
    let subject = filter.subject.as_ref().map(|id| &id.bytes()[..]);
    let mut with: Vec<&(dyn ToSql + Sync)> = vec![&before, &limit];
    for (column, value) in [("\"user\"", &user), ("record", &record), ("subject", &subject)] {
        if let Some(value) = value {
            with.push(value);
            sql.push_str(&format!(" AND {column} = ${}", with.len()));
        }
    }
    sql.push_str(" ORDER BY seq DESC LIMIT $2");
    many(c, &sql, &with, map::event).await
}

pub async fn events_from(c: &ClientWrapper, from: u64, limit: u32) -> Result<Vec<EventRow>> {
    let sql = select!(EVENT, " FROM event WHERE seq >= $1 ORDER BY seq LIMIT $2");
    many(c, sql, &[&seq(from), &up_to(limit)], map::event).await
}

pub async fn events_at(c: &ClientWrapper, seqs: &[u64]) -> Result<Vec<EventRow>> {
    let asked: Vec<i64> = seqs.iter().copied().map(seq).collect();
    many(c, select!(EVENT, " FROM event WHERE seq = ANY ($1) ORDER BY seq"), &[&asked], map::event).await
}

pub async fn event_by_id(c: &ClientWrapper, id: &EventId) -> Result<Option<EventRow>> {
    one(c, select!(EVENT, " FROM event WHERE id = $1"), &[&&id.bytes()[..]], map::event).await
}

pub async fn event_count(c: &ClientWrapper) -> Result<u64> {
    // Not count(*), which reads the whole table. Events are never removed.
    number(c, "SELECT coalesce(max(seq) + 1, 0) FROM event", &[]).await
}

pub async fn row_count(c: &ClientWrapper) -> Result<u64> {
    number(c, "SELECT count(*) FROM record", &[]).await
}

/// Name and release of the engine.
pub async fn engine_version(c: &ClientWrapper) -> Result<String> {
    let release: Option<String> = one(c, "SHOW server_version", &[], |sql| map::get(sql, 0)).await?;
    Ok(format!("PostgreSQL {}", release.unwrap_or_default()))
}

/// The size of the database.
pub async fn bytes(c: &ClientWrapper) -> Result<u64> {
    number(c, "SELECT pg_database_size(current_database())", &[]).await
}

/// Settings of the server as they hold for this connection; `secured` is whether it goes to this machine or
/// is encrypted, `superuser` whether its role is one.
pub async fn engine_settings(c: &ClientWrapper) -> Result<BTreeMap<String, String>> {
    let sql = "SELECT name, setting FROM pg_settings WHERE name IN ('server_version', 'server_version_num',
            'fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums')
        UNION ALL SELECT 'secured', (ssl OR coalesce(inet_server_addr() <<= '127.0.0.0/8'
            OR inet_server_addr() = '::1', true))::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()
        UNION ALL SELECT 'superuser', rolsuper::text FROM pg_roles WHERE rolname = current_user";
    let pairs = many(c, sql, &[], |sql| Ok((map::get(sql, 0)?, map::get(sql, 1)?))).await?;
    Ok(pairs.into_iter().collect())
}

/// How many pages failed their checksum since the server's statistics were last reset, if any: the server
/// does not say which.
pub async fn damaged_pages(c: &ClientWrapper) -> Result<Vec<String>> {
    let sql =
        "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()";
    Ok(match number(c, sql, &[]).await? {
        0 => Vec::new(),
        failures => vec![format!("checksum failures: {failures}")],
    })
}

pub async fn restoring(c: &ClientWrapper) -> Result<Option<Vec<u8>>> {
    meta(c, RESTORING).await
}

pub async fn meta(c: &ClientWrapper, name: &str) -> Result<Option<Vec<u8>>> {
    one(c, "SELECT value FROM meta WHERE name = $1", &[&name], |sql| map::get(sql, 0)).await
}

/// The checkpoint kept in the database, unread.
pub async fn checkpoint_text(c: &ClientWrapper) -> Result<Option<String>> {
    let Some(note) = meta(c, CHECKPOINT).await? else {
        return Ok(None);
    };
    String::from_utf8(note).map(Some).map_err(|_| Fault::corrupt("the checkpoint is no text"))
}

/// The checkpoint kept in the database.
pub async fn checkpoint(c: &ClientWrapper) -> Result<Option<SignedCheckpoint>> {
    checkpoint_text(c).await?.map(|note| SignedCheckpoint::parse(&note)).transpose()
}
