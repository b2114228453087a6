//! What a group of batches meets in the tables, as far as its conditions ask for it. Read while nobody
//! else writes, so it stays true until the group is committed.

use super::jobs::Jobs;
use super::map;
use super::read::{With, many};
use crate::contract::{Batch, DocWrite, RowWrite, SessionWrite};
use crate::hint::DIRECTORY;
use deadpool_postgres::ClientWrapper;
use kernel::{RecordId, Result};
use std::collections::{HashMap, HashSet};
use tokio::try_join;
use tokio_postgres::Row as Sql;

/// A record as far as conditions ask.
#[derive(Clone, Copy)]
pub struct Standing {
    pub version: u64,
    pub entity: u16,
    /// Not in the bin.
    pub live: bool,
}

/// A document as far as conditions ask.
#[derive(Clone, Copy)]
pub struct DocStanding {
    pub version: u64,
    pub key: Option<[u8; 32]>,
}

/// Kind and id.
pub type DocId = (i64, [u8; 16]);
/// Kind and key.
pub type DocKey = (i64, [u8; 32]);

/// The state that batches are judged by. A batch that was accepted is entered here too.
#[derive(Default)]
pub struct Known {
    pub rows: HashMap<RecordId, Standing>,
    pub docs: HashMap<DocId, DocStanding>,
    /// Who has which key.
    pub keys: HashMap<DocKey, DocId>,
    /// Until when answers are kept.
    pub answers: HashMap<[u8; 32], i64>,
    /// Ids of sessions.
    pub sessions: HashSet<[u8; 16]>,
    /// Their hashes.
    pub hashes: HashSet<[u8; 32]>,
    /// Ids of events.
    pub events: HashSet<[u8; 16]>,
    pub jobs: Jobs,
    /// The newest hint about what rights rest on, if a batch asks for it.
    pub directory: u64,
}

/// What is asked for: values of one column, each once or more.
type Asked<'a> = Vec<&'a [u8]>;

impl Known {
    /// Asks the tables for all that the batches touch or require.
    ///
    /// # Errors
    /// As any query.
    pub async fn load(c: &ClientWrapper, batches: &[Batch]) -> Result<Self> {
        // Asked at once: one round trip, whatever they touch.
        let (events, rows, docs, sessions, jobs, directory, answers) = try_join!(
            load_events(c, batches),
            load_rows(c, batches),
            load_docs(c, batches),
            load_sessions(c, batches),
            Jobs::load(c, batches),
            load_directory(c, batches),
            load_answers(c, batches),
        )?;
        let (sessions, hashes) = sessions;
        let mut known = Self { rows, answers, sessions, hashes, events, jobs, directory, ..Self::default() };
        docs.into_iter().for_each(|(id, doc)| known.enter_doc(id, doc));
        Ok(known)
    }

    /// Enters a document as it is now.
    pub fn enter_doc(&mut self, id: DocId, doc: DocStanding) {
        self.forget_doc(&id);
        if let Some(key) = doc.key {
            self.keys.insert((id.0, key), id);
        }
        self.docs.insert(id, doc);
    }

    /// Forgets a document, whose key is then free.
    pub fn forget_doc(&mut self, id: &DocId) {
        if let Some(DocStanding { key: Some(key), .. }) = self.docs.remove(id) {
            self.keys.remove(&(id.0, key));
        }
    }
}

async fn load_events(c: &ClientWrapper, batches: &[Batch]) -> Result<HashSet<[u8; 16]>> {
    let events = batches.iter().flat_map(|b| std::iter::once(&b.event).chain(&b.more_events));
    let asked: Asked<'_> = events.map(|event| &event.id.bytes()[..]).collect();
    let sql = "SELECT id FROM event WHERE id = ANY ($1)";
    Ok(ask(c, sql, &asked, |sql| map::array(sql, 0)).await?.into_iter().collect())
}

async fn load_rows(c: &ClientWrapper, batches: &[Batch]) -> Result<HashMap<RecordId, Standing>> {
    let id = |write: &RowWrite| match write {
        RowWrite::Insert { row, .. } | RowWrite::Update { row, .. } => row.id,
        RowWrite::Remove { id, .. } => *id,
    };
    let required = batches.iter().flat_map(|b| b.require.iter().map(|(id, _)| *id));
    let ids: HashSet<RecordId> = required.chain(batches.iter().flat_map(|b| b.rows.iter().map(id))).collect();
    let asked: Asked<'_> = ids.iter().map(|id| &id.bytes()[..]).collect();
    let sql = "SELECT id, version, entity, deleted_at IS NULL FROM record WHERE id = ANY ($1)";
    let standing = |sql: &Sql| {
        let standing =
            Standing { version: map::count(sql, 1)?, entity: map::small(sql, 2)?, live: map::get(sql, 3)? };
        Ok((map::id(sql, 0)?, standing))
    };
    Ok(ask(c, sql, &asked, standing).await?.into_iter().collect())
}

async fn load_docs(c: &ClientWrapper, batches: &[Batch]) -> Result<Vec<(DocId, DocStanding)>> {
    let (mut kinds, mut ids) = (Vec::new(), Asked::new());
    let (mut key_kinds, mut keys) = (Vec::new(), Asked::new());
    for write in batches.iter().flat_map(|b| &b.docs) {
        let (kind, id) = match write {
            DocWrite::Put(doc) => (doc.kind, &doc.id),
            DocWrite::Remove(kind, id, _) => (*kind, id),
        };
        kinds.push(kind as i64);
        ids.push(&id[..]);
        if let DocWrite::Put(doc) = write
            && let Some(key) = &doc.key
        {
            key_kinds.push(kind as i64);
            keys.push(&key[..]);
        }
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // Each half has an index of its own.
    let sql = "SELECT doc.kind, doc.id, doc.key, doc.version FROM doc
            JOIN unnest($1::bigint[], $2::bytea[]) AS asked (kind, id) USING (kind, id)
        UNION SELECT doc.kind, doc.id, doc.key, doc.version FROM doc
            JOIN unnest($3::bigint[], $4::bytea[]) AS asked (kind, key) USING (kind, key)";
    many(c, sql, &[&kinds, &ids, &key_kinds, &keys], doc_standing).await
}

/// Ids and hashes of sessions that are there.
type Sessions = (HashSet<[u8; 16]>, HashSet<[u8; 32]>);

async fn load_sessions(c: &ClientWrapper, batches: &[Batch]) -> Result<Sessions> {
    let started = batches.iter().flat_map(|b| &b.sessions).filter_map(|write| match write {
        SessionWrite::Start(session) => Some(session),
        _ => None,
    });
    let (ids, hashes): (Asked<'_>, Asked<'_>) =
        started.map(|session| (&session.id.bytes()[..], &session.hash[..])).unzip();
    if ids.is_empty() {
        return Ok(Sessions::default());
    }
    let sql = "SELECT id, hash FROM session WHERE id = ANY ($1) OR hash = ANY ($2)";
    let both = |sql: &Sql| Ok((map::array(sql, 0)?, map::array(sql, 1)?));
    Ok(many(c, sql, &[&ids, &hashes], both).await?.into_iter().unzip())
}

/// The newest hint about what rights rest on, if a batch asks for it.
async fn load_directory(c: &ClientWrapper, batches: &[Batch]) -> Result<u64> {
    if batches.iter().all(|batch| batch.directory.is_none()) {
        return Ok(0);
    }
    let kinds = DIRECTORY.map(|kind| kind as i64);
    let sql = "SELECT coalesce(max(seq), 0) FROM hint WHERE kind = ANY ($1)";
    let newest = many(c, sql, &[&&kinds[..]], |sql| map::count(sql, 0)).await?;
    Ok(newest.into_iter().max().unwrap_or_default())
}

async fn load_answers(c: &ClientWrapper, batches: &[Batch]) -> Result<HashMap<[u8; 32], i64>> {
    let answers = batches.iter().filter_map(|b| b.idempotent.as_ref());
    let asked: Asked<'_> = answers.map(|kept| &kept.key[..]).collect();
    let sql = "SELECT key, until FROM idempotent WHERE key = ANY ($1)";
    let found = ask(c, sql, &asked, |sql| Ok((map::array(sql, 0)?, map::get(sql, 1)?))).await?;
    Ok(found.into_iter().collect())
}

fn doc_standing(sql: &Sql) -> Result<(DocId, DocStanding)> {
    let key = map::get::<Option<&[u8]>>(sql, 2)?;
    let key = key.map(|key| key.try_into().map_err(|_| super::fault::damaged(2))).transpose()?;
    let id = (map::get(sql, 0)?, map::array(sql, 1)?);
    Ok((id, DocStanding { version: map::count(sql, 3)?, key }))
}

/// Asks nothing where there is nothing to ask.
async fn ask<T>(
    c: &ClientWrapper,
    sql: &str,
    asked: &Asked<'_>,
    map: fn(&Sql) -> Result<T>,
) -> Result<Vec<T>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let with: With<'_> = &[asked];
    many(c, sql, with, map).await
}
