//! Writes a group: one statement a table, whatever the number of rows.

use super::fault::first_failure;
use super::jobs;
use super::map;
use super::pending::Pending;
use super::read::{execute, many, seq};
use super::schema::put_meta;
use crate::contract::{Doc, Row, SessionRow, SessionWrite};
use crate::hint::About;
use crate::resume::CHECKPOINT;
use deadpool_postgres::ClientWrapper;
use kernel::{Id, Result, SessionId, Time};
use ledger::{Event, Staged, Who};
use tokio::join;

/// The channel on which it is announced, when a group is committed, how far the database then is.
pub const CHANNEL: &str = "klucznik_changes";
/// The channel on which it is announced that there is work to look for.
pub const JOBS_CHANNEL: &str = "klucznik_jobs";
/// Hints that are kept. A server that is further behind looks at everything again.
const HINTS: i64 = 10_000;

pub fn bytes<K>(id: &Id<K>) -> &[u8] {
    &id.bytes()[..]
}

pub fn set<K>(id: &Id<K>) -> Option<&[u8]> {
    Some(id).filter(|id| !id.is_nil()).map(bytes)
}

/// Everything of a group but its commit. What does not wait for one another goes at once: the tables are
/// different ones, and a group costs few round trips, however much it writes.
///
/// # Errors
/// As any statement.
pub async fn put_all(
    c: &ClientWrapper,
    pending: &Pending<'_>,
    events: &[&Event],
    staged: &mut Staged,
    now: Time,
) -> Result<()> {
    let checkpoint = staged.seal(now).text().to_owned();
    // All of them to their end, as what the first failure brings upon the others says nothing.
    let (rows, links, changes, docs, jobs, answers, news, events, nodes, meta) = join!(
        put_rows(c, pending),
        put_links(c, pending),
        put_changes(c, pending),
        put_docs(c, pending),
        put_jobs(c, pending, now),
        put_answers(c, pending),
        put_news(c, pending),
        put_events(c, events, staged),
        put_nodes(c, staged),
        put_meta(c, CHECKPOINT, checkpoint.as_bytes()),
    );
    first_failure([rows, links, changes, docs, jobs, answers, news, events, nodes, meta])
}

async fn put_jobs(c: &ClientWrapper, pending: &Pending<'_>, now: Time) -> Result<()> {
    for write in &pending.jobs {
        jobs::put(c, write, now).await?;
    }
    if pending.jobs.iter().any(|write| write.rings()) {
        execute(c, "SELECT pg_notify($1, '')", &[&JOBS_CHANNEL]).await?;
    }
    Ok(())
}

/// Sessions, hints to other servers, and the announcement of both and of changes.
async fn put_news(c: &ClientWrapper, pending: &Pending<'_>) -> Result<()> {
    let mut about = pending.about.clone();
    for write in &pending.sessions {
        about.extend(put_session(c, write).await?.into_iter().map(About::Session));
    }
    put_hints(c, &about).await?;
    if !(pending.changes.is_empty() && about.is_empty()) {
        let newest = pending.changes.last().map_or(0, |newest| newest.seq).to_string();
        let sql = "SELECT pg_notify($1, $2 || ' ' || coalesce((SELECT max(seq) FROM hint), 0))";
        execute(c, sql, &[&CHANNEL, &newest]).await?;
    }
    Ok(())
}

/// One hint for each thing, in one sequence without gaps.
async fn put_hints(c: &ClientWrapper, about: &[About]) -> Result<()> {
    let mut columns: Vec<_> = about.iter().map(About::columns).collect();
    columns.sort_unstable();
    columns.dedup();
    if columns.is_empty() {
        return Ok(());
    }
    let (kinds, ids): (Vec<i64>, Vec<&[u8]>) = columns.into_iter().map(|(kind, id)| (kind, &id[..])).unzip();
    let sql = "INSERT INTO hint (seq, kind, id)
        SELECT coalesce((SELECT max(seq) FROM hint), 0) + n, kind, id
        FROM unnest($1::bigint[], $2::bytea[]) WITH ORDINALITY AS each (kind, id, n)";
    execute(c, sql, &[&kinds, &ids]).await.map(drop)
}

/// Deletes by ids, unless there are none.
async fn delete(c: &ClientWrapper, sql: &str, ids: &[&[u8]]) -> Result<()> {
    if ids.is_empty() { Ok(()) } else { execute(c, sql, &[&ids]).await.map(drop) }
}

async fn put_rows(c: &ClientWrapper, pending: &Pending<'_>) -> Result<()> {
    delete(c, "DELETE FROM record WHERE id = ANY ($1)", &pending.removed()).await?;
    let rows: Vec<&Row> = pending.rows.values().copied().flatten().collect();
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = rows.iter().map(|r| bytes(&r.id)).collect();
    let entities: Vec<_> = rows.iter().map(|r| i64::from(r.entity)).collect();
    let subjects: Vec<_> = rows.iter().map(|r| bytes(&r.subject)).collect();
    let owners: Vec<_> = rows.iter().map(|r| bytes(&r.owner)).collect();
    let teams: Vec<_> = rows.iter().map(|r| bytes(&r.team)).collect();
    let parents: Vec<_> = rows.iter().map(|r| r.parent.as_ref().map(bytes)).collect();
    let versions: Vec<_> = rows.iter().map(|r| seq(r.version)).collect();
    let schemas: Vec<_> = rows.iter().map(|r| i64::from(r.schema)).collect();
    let created: Vec<_> = rows.iter().map(|r| r.created_at.0).collect();
    let creators: Vec<_> = rows.iter().map(|r| bytes(&r.created_by)).collect();
    let updated: Vec<_> = rows.iter().map(|r| r.updated_at.0).collect();
    let updaters: Vec<_> = rows.iter().map(|r| bytes(&r.updated_by)).collect();
    let deleted: Vec<_> = rows.iter().map(|r| r.deleted_at.map(|t| t.0)).collect();
    let sealed: Vec<_> = rows.iter().map(|r| r.sealed.as_slice()).collect();
    let sql = "INSERT INTO record (id, entity, subject, owner, team, parent, version, schema,
            created_at, created_by, updated_at, updated_by, deleted_at, sealed)
        SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[],
            $6::bytea[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bytea[], $11::bigint[],
            $12::bytea[], $13::bigint[], $14::bytea[])
        ON CONFLICT (id) DO UPDATE SET entity = excluded.entity, subject = excluded.subject,
            owner = excluded.owner, team = excluded.team, parent = excluded.parent,
            version = excluded.version, schema = excluded.schema, created_at = excluded.created_at,
            created_by = excluded.created_by, updated_at = excluded.updated_at,
            updated_by = excluded.updated_by, deleted_at = excluded.deleted_at, sealed = excluded.sealed";
    let with: [&(dyn tokio_postgres::types::ToSql + Sync); 14] = [
        &ids, &entities, &subjects, &owners, &teams, &parents, &versions, &schemas, &created, &creators,
        &updated, &updaters, &deleted, &sealed,
    ];
    execute(c, sql, &with).await.map(drop)
}

async fn put_links(c: &ClientWrapper, pending: &Pending<'_>) -> Result<()> {
    let removed = pending.removed();
    let relinked: Vec<_> = pending.links.keys().map(bytes).chain(removed.iter().copied()).collect();
    delete(c, "DELETE FROM link WHERE source = ANY ($1)", &relinked).await?;
    delete(c, "DELETE FROM link WHERE target = ANY ($1)", &removed).await?;
    let each = pending.links.iter().flat_map(|(from, links)| links.iter().map(move |link| (from, link)));
    let (mut sources, mut fields, mut targets) = (Vec::new(), Vec::new(), Vec::new());
    for (source, (field, target)) in each {
        sources.push(bytes(source));
        fields.push(*field);
        targets.push(bytes(target));
    }
    if sources.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO link (source, field, target)
        SELECT * FROM unnest($1::bytea[], $2::text[], $3::bytea[])";
    execute(c, sql, &[&sources, &fields, &targets]).await.map(drop)
}

async fn put_changes(c: &ClientWrapper, pending: &Pending<'_>) -> Result<()> {
    delete(c, "DELETE FROM change WHERE record = ANY ($1)", &pending.removed()).await?;
    let changes = &pending.changes;
    if changes.is_empty() {
        return Ok(());
    }
    let makers: Vec<_> = changes.iter().map(super::pending::Noted::by).collect();
    let seqs: Vec<_> = changes.iter().map(|n| seq(n.seq)).collect();
    let records: Vec<_> = changes.iter().map(|n| bytes(&n.record)).collect();
    let entities: Vec<_> = changes.iter().map(|n| i64::from(n.entity)).collect();
    let versions: Vec<_> = changes.iter().map(|n| seq(n.version)).collect();
    let kinds: Vec<_> = changes.iter().map(|n| n.kind.number()).collect();
    let times: Vec<_> = changes.iter().map(|n| n.event.at.0).collect();
    let by: Vec<_> = makers.iter().map(bytes).collect();
    let acts: Vec<_> = changes.iter().map(|n| set(&n.event.part_of)).collect();
    let events: Vec<_> = changes.iter().map(|n| seq(n.event_seq)).collect();
    let diffs: Vec<_> = changes.iter().map(|n| n.diff).collect();
    let sql = "INSERT INTO change (seq, record, entity, version, kind, at, by, part_of, event, diff)
        SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bigint[], $5::bigint[],
            $6::bigint[], $7::bytea[], $8::bytea[], $9::bigint[], $10::bytea[])";
    let with: [&(dyn tokio_postgres::types::ToSql + Sync); 10] =
        [&seqs, &records, &entities, &versions, &kinds, &times, &by, &acts, &events, &diffs];
    execute(c, sql, &with).await.map(drop)
}

async fn put_docs(c: &ClientWrapper, pending: &Pending<'_>) -> Result<()> {
    let gone = pending.docs.iter().filter(|(_, doc)| doc.is_none()).map(|((kind, id), _)| (*kind, &id[..]));
    let (kinds, ids): (Vec<i64>, Vec<&[u8]>) = gone.unzip();
    if !ids.is_empty() {
        let sql = "DELETE FROM doc USING unnest($1::bigint[], $2::bytea[]) AS gone (kind, id)
            WHERE doc.kind = gone.kind AND doc.id = gone.id";
        execute(c, sql, &[&kinds, &ids]).await?;
    }
    let docs: Vec<&Doc> = pending.docs.values().copied().flatten().collect();
    if docs.is_empty() {
        return Ok(());
    }
    let kinds: Vec<_> = docs.iter().map(|d| d.kind as i64).collect();
    let ids: Vec<_> = docs.iter().map(|d| &d.id[..]).collect();
    let keys: Vec<_> = docs.iter().map(|d| d.key.as_ref().map(|key| &key[..])).collect();
    let users: Vec<_> = docs.iter().map(|d| d.user.as_ref().map(bytes)).collect();
    let versions: Vec<_> = docs.iter().map(|d| seq(d.version)).collect();
    let times: Vec<_> = docs.iter().map(|d| d.updated_at.0).collect();
    let sealed: Vec<_> = docs.iter().map(|d| d.sealed.as_slice()).collect();
    let sql = "INSERT INTO doc (kind, id, key, \"user\", version, updated_at, sealed)
        SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bigint[],
            $6::bigint[], $7::bytea[])
        ON CONFLICT (kind, id) DO UPDATE SET key = excluded.key, \"user\" = excluded.\"user\",
            version = excluded.version, updated_at = excluded.updated_at, sealed = excluded.sealed";
    execute(c, sql, &[&kinds, &ids, &keys, &users, &versions, &times, &sealed]).await.map(drop)
}

/// Which sessions began, changed or ended by it.
async fn put_session(c: &ClientWrapper, write: &SessionWrite) -> Result<Vec<SessionId>> {
    let id = |sql: &tokio_postgres::Row| map::id(sql, 0);
    match write {
        SessionWrite::Start(session) => {
            start_session(c, session).await?;
            Ok(vec![session.id])
        }
        SessionWrite::Renew(s, was) => {
            let sql = "UPDATE session SET hash = $2, seen_at = $3, sealed = $4 WHERE id = $1 AND hash = $5
                RETURNING id";
            many(c, sql, &[&bytes(&s.id), &&s.hash[..], &s.seen_at.0, &s.sealed, &&was[..]], id).await
        }
        SessionWrite::Seen(id, at, content) => {
            let sql = "UPDATE session SET seen_at = $2,
                    sealed = CASE WHEN hash = $3::bytea THEN $4::bytea ELSE sealed END
                WHERE id = $1 AND seen_at < $2";
            let (hash, sealed) = content.as_ref().map(|(hash, sealed)| (&hash[..], sealed)).unzip();
            execute(c, sql, &[&bytes(id), &at.0, &hash, &sealed]).await.map(|_| Vec::new())
        }
        SessionWrite::End(ended) => {
            many(c, "DELETE FROM session WHERE id = $1 RETURNING id", &[&bytes(ended)], id).await
        }
        SessionWrite::EndAll(user, except) => {
            let sql = "DELETE FROM session WHERE \"user\" = $1 AND id IS DISTINCT FROM $2 RETURNING id";
            many(c, sql, &[&bytes(user), &except.as_ref().map(bytes)], id).await
        }
        SessionWrite::EndOfAll(except) => {
            many(c, "DELETE FROM session WHERE id <> $1 RETURNING id", &[&bytes(except)], id).await
        }
    }
}

async fn start_session(c: &ClientWrapper, s: &SessionRow) -> Result<()> {
    let sql = "INSERT INTO session (id, hash, \"user\", kind, created_at, seen_at, ends_at, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (hash, kind) = (&s.hash[..], s.kind.number());
    let (created, seen, ends) = (s.created_at.0, s.seen_at.0, s.ends_at.0);
    let with: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
        [&bytes(&s.id), &hash, &bytes(&s.user), &kind, &created, &seen, &ends, &s.sealed];
    execute(c, sql, &with).await.map(drop)
}

async fn put_answers(c: &ClientWrapper, pending: &Pending<'_>) -> Result<()> {
    if pending.answers.is_empty() {
        return Ok(());
    }
    let kept: Vec<_> = pending.answers.values().copied().collect();
    let keys: Vec<_> = kept.iter().map(|k| &k.key[..]).collect();
    let requests: Vec<_> = kept.iter().map(|k| &k.request[..]).collect();
    let until: Vec<_> = kept.iter().map(|k| k.until.0).collect();
    let sealed: Vec<_> = kept.iter().map(|k| k.sealed.as_slice()).collect();
    let sql = "INSERT INTO idempotent (key, request, until, sealed)
        SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::bytea[])
        ON CONFLICT (key) DO UPDATE SET request = excluded.request, until = excluded.until,
            sealed = excluded.sealed";
    execute(c, sql, &[&keys, &requests, &until, &sealed]).await.map(drop)
}

/// Events, in the order in which they were staged.
async fn put_events(c: &ClientWrapper, events: &[&Event], staged: &Staged) -> Result<()> {
    let leaves = staged.leaves();
    let seqs: Vec<_> = leaves.iter().map(|l| seq(l.seq)).collect();
    let ids: Vec<_> = leaves.iter().map(|l| bytes(&l.id)).collect();
    let times: Vec<_> = events.iter().map(|e| e.at.0).collect();
    let users: Vec<_> = events.iter().map(|e| user(e)).collect();
    let records: Vec<_> = events.iter().map(|e| set(&e.record)).collect();
    let subjects: Vec<_> = events.iter().map(|e| set(&e.subject)).collect();
    let acts: Vec<_> = events.iter().map(|e| i64::from(e.act as u16)).collect();
    let content: Vec<_> = leaves.iter().map(|l| l.bytes.as_slice()).collect();
    let hashes: Vec<_> = leaves.iter().map(|l| &l.hash[..]).collect();
    let sql = "INSERT INTO event (seq, id, at, \"user\", record, subject, act, bytes, hash)
        SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bytea[], $5::bytea[],
            $6::bytea[], $7::bigint[], $8::bytea[], $9::bytea[])";
    let with: [&(dyn tokio_postgres::types::ToSql + Sync); 9] =
        [&seqs, &ids, &times, &users, &records, &subjects, &acts, &content, &hashes];
    execute(c, sql, &with).await.map(drop)
}

/// Nodes of the tree that became complete.
async fn put_nodes(c: &ClientWrapper, staged: &Staged) -> Result<()> {
    let nodes = staged.nodes();
    if nodes.is_empty() {
        return Ok(());
    }
    let levels: Vec<_> = nodes.iter().map(|n| i64::from(n.level)).collect();
    let places: Vec<_> = nodes.iter().map(|n| seq(n.index)).collect();
    let hashes: Vec<_> = nodes.iter().map(|n| &n.hash[..]).collect();
    let sql = "INSERT INTO node (level, idx, hash)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])";
    execute(c, sql, &[&levels, &places, &hashes]).await.map(drop)
}

pub fn user(event: &Event) -> Option<&[u8]> {
    match &event.who {
        Who::User(user) => Some(bytes(user)),
        Who::Nobody | Who::System | Who::Operator => None,
    }
}

/// Deletes at most `limit` sessions, as many kept answers and as many jobs that are over, and hints that are too
/// many.
///
/// # Errors
/// As any statement.
pub async fn sweep(c: &ClientWrapper, now: Time, limit: u32) -> Result<u64> {
    let mut gone = jobs::sweep(c, now, limit).await?;
    // The time is looked at again in the row that is deleted: another server may have renewed it meanwhile.
    for sql in [
        "DELETE FROM session WHERE ends_at <= $1
            AND id IN (SELECT id FROM session WHERE ends_at <= $1 LIMIT $2)",
        "DELETE FROM idempotent WHERE until <= $1
            AND key IN (SELECT key FROM idempotent WHERE until <= $1 LIMIT $2)",
    ] {
        gone += execute(c, sql, &[&now.0, &i64::from(limit)]).await?;
    }
    // The newest always stays: the sequence goes on from it.
    execute(c, "DELETE FROM hint WHERE seq <= (SELECT max(seq) FROM hint) - $1", &[&HINTS]).await?;
    Ok(gone)
}
