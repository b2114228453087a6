//! Whether a batch may be written, by what is known of the tables. Nothing is written here.

use super::jobs::Jobs;
use super::known::{DocId, DocStanding, Known, Standing};
use crate::contract::{Batch, Doc, DocWrite, Row, RowWrite, SessionWrite};
use crate::hash::{doc_hash, row_hash};
use crate::hint::DIRECTORY;
use crate::refusal;
use kernel::{Fault, RecordId, Result, Time};
use ledger::{Touch, TouchKind};
use std::collections::{HashMap, HashSet};

/// The changes of one batch over what is known, until it is accepted as a whole.
struct Draft<'a> {
    known: &'a Known,
    rows: HashMap<RecordId, Option<Standing>>,
    docs: HashMap<DocId, Option<DocStanding>>,
}

/// What an accepted batch comes to.
pub struct Accepted {
    /// What was touched, in the order of rows and documents.
    pub touches: Vec<Touch>,
    rows: HashMap<RecordId, Option<Standing>>,
    docs: HashMap<DocId, Option<DocStanding>>,
    jobs: Option<Jobs>,
}

/// Judges a batch.
///
/// # Errors
/// Stale or conflict as the batch says.
pub fn judge(known: &Known, batch: &Batch, now: Time) -> Result<Accepted> {
    let mut draft = Draft { known, rows: HashMap::new(), docs: HashMap::new() };
    for (id, version) in &batch.require {
        draft.row(id).filter(|row| row.live && row.version == *version).ok_or_else(Fault::stale)?;
    }
    if batch.directory.is_some_and(|seen| seen < known.directory) {
        return Err(Fault::stale());
    }
    if let Some(kept) = &batch.idempotent
        && known.answers.get(&kept.key).is_some_and(|until| *until > now.0)
    {
        return Err(refusal::conflict("the idempotency key is taken"));
    }
    let mut touches = Vec::with_capacity(batch.rows.len() + batch.docs.len());
    for write in &batch.rows {
        touches.push(draft.write_row(write)?);
    }
    for write in &batch.docs {
        touches.push(draft.write_doc(write)?);
    }
    check_sessions(known, &batch.sessions)?;
    check_events(known, batch)?;
    let jobs = known.jobs.judge(&batch.jobs)?;
    Ok(Accepted { touches, rows: draft.rows, docs: draft.docs, jobs })
}

/// Enters what an accepted batch comes to.
pub fn enter(known: &mut Known, batch: &Batch, accepted: Accepted) {
    for (id, row) in accepted.rows {
        match row {
            Some(row) => known.rows.insert(id, row),
            None => known.rows.remove(&id),
        };
    }
    if accepted.docs.keys().any(|(kind, _)| DIRECTORY.iter().any(|of| *of as i64 == *kind)) {
        // Its hint has no number yet; nobody has looked at it.
        known.directory = u64::MAX;
    }
    // Keys given up first, so that one that passes from one document to another is with that one.
    for id in accepted.docs.keys() {
        known.forget_doc(id);
    }
    for (id, doc) in accepted.docs {
        if let Some(doc) = doc {
            known.enter_doc(id, doc);
        }
    }
    if let Some(jobs) = accepted.jobs {
        known.jobs = jobs;
    }
    if let Some(kept) = &batch.idempotent {
        known.answers.insert(kept.key, kept.until.0);
    }
    for write in &batch.sessions {
        if let SessionWrite::Start(session) = write {
            known.sessions.insert(*session.id.bytes());
            known.hashes.insert(session.hash);
        }
    }
    for event in std::iter::once(&batch.event).chain(&batch.more_events) {
        known.events.insert(*event.id.bytes());
    }
}

impl Draft<'_> {
    fn row(&self, id: &RecordId) -> Option<Standing> {
        self.rows.get(id).copied().unwrap_or_else(|| self.known.rows.get(id).copied())
    }

    fn doc(&self, id: &DocId) -> Option<DocStanding> {
        self.docs.get(id).copied().unwrap_or_else(|| self.known.docs.get(id).copied())
    }

    fn write_row(&mut self, write: &RowWrite) -> Result<Touch> {
        match write {
            RowWrite::Insert { row, .. } => {
                if row.version != 1 {
                    return Err(refusal::out_of_range("the version of a new row"));
                }
                if self.row(&row.id).is_some() {
                    return Err(refusal::conflict("a unique value is taken"));
                }
                Ok(self.put_row(row))
            }
            RowWrite::Update { row, .. } => {
                fits(row.version)?;
                self.row(&row.id)
                    .filter(|kept| follows(row.version, kept.version))
                    .ok_or_else(Fault::stale)?;
                Ok(self.put_row(row))
            }
            RowWrite::Remove { id, version } => {
                let kept = self.row(id).filter(|kept| kept.version == *version).ok_or_else(Fault::stale)?;
                self.rows.insert(*id, None);
                Ok(removed(kept.entity, *id.bytes()))
            }
        }
    }

    fn put_row(&mut self, row: &Row) -> Touch {
        let live = row.deleted_at.is_none();
        self.rows.insert(row.id, Some(Standing { version: row.version, entity: row.entity, live }));
        written(row.entity, *row.id.bytes(), row_hash(row))
    }

    fn write_doc(&mut self, write: &DocWrite) -> Result<Touch> {
        match write {
            DocWrite::Put(doc) => self.put_doc(doc),
            DocWrite::Remove(kind, id, version) => {
                let place = (*kind as i64, *id);
                self.doc(&place).filter(|kept| kept.version == *version).ok_or_else(Fault::stale)?;
                self.docs.insert(place, None);
                Ok(removed(*kind as u16, *id))
            }
        }
    }

    fn put_doc(&mut self, doc: &Doc) -> Result<Touch> {
        let place = (doc.kind as i64, doc.id);
        fits(doc.version)?;
        let kept = self.doc(&place);
        if doc.version == 1 {
            if kept.is_some() {
                return Err(refusal::conflict("a unique value is taken"));
            }
        } else {
            kept.filter(|kept| follows(doc.version, kept.version)).ok_or_else(Fault::stale)?;
        }
        if let Some(key) = doc.key
            && self.holder(place.0, key).is_some_and(|holder| holder != place)
        {
            return Err(refusal::conflict("a unique value is taken"));
        }
        self.docs.insert(place, Some(DocStanding { version: doc.version, key: doc.key }));
        Ok(written(doc.kind as u16, doc.id, doc_hash(doc)))
    }

    /// Which document has a key.
    fn holder(&self, kind: i64, key: [u8; 32]) -> Option<DocId> {
        let has = |doc: &Option<DocStanding>| doc.is_some_and(|doc| doc.key == Some(key));
        let drafted = self.docs.iter().find(|(id, doc)| id.0 == kind && has(doc)).map(|(id, _)| *id);
        let known = || self.known.keys.get(&(kind, key)).filter(|id| !self.docs.contains_key(id)).copied();
        drafted.or_else(known)
    }
}

fn check_sessions(known: &Known, writes: &[SessionWrite]) -> Result<()> {
    let (mut ids, mut hashes) = (HashSet::new(), HashSet::new());
    for write in writes {
        let SessionWrite::Start(session) = write else { continue };
        let id = session.id.bytes();
        let taken = known.sessions.contains(id) || known.hashes.contains(&session.hash);
        if taken || !ids.insert(id) || !hashes.insert(session.hash) {
            return Err(refusal::conflict("a unique value is taken"));
        }
    }
    Ok(())
}

fn check_events(known: &Known, batch: &Batch) -> Result<()> {
    let mut ids = HashSet::new();
    for event in std::iter::once(&batch.event).chain(&batch.more_events) {
        if known.events.contains(event.id.bytes()) || !ids.insert(event.id.bytes()) {
            return Err(refusal::conflict("a unique value is taken"));
        }
    }
    Ok(())
}

/// Version 0 does not exist, so nothing precedes version 1.
const fn follows(version: u64, kept: u64) -> bool {
    kept > 0 && version == kept.wrapping_add(1)
}

fn fits(version: u64) -> Result<()> {
    i64::try_from(version).map(drop).map_err(|_| refusal::out_of_range("a version or sequence"))
}

const fn written(entity: u16, id: [u8; 16], hash: [u8; 32]) -> Touch {
    Touch { entity, id, kind: TouchKind::Written, hash: Some(hash) }
}

const fn removed(entity: u16, id: [u8; 16]) -> Touch {
    Touch { entity, id, kind: TouchKind::Removed, hash: None }
}
