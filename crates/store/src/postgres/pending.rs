//! What all accepted batches of a group come to: the last state of each row, and everything that the
//! feeds get.

use crate::contract::{Batch, ChangeKind, Doc, DocWrite, Idempotent, Row, RowWrite, SessionWrite};
use crate::hint::About;
use crate::work::JobWrite;
use kernel::{Id, RecordId, UserId};
use ledger::{Event, Touch, Who};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An entry of the change feed.
pub struct Noted<'a> {
    pub seq: u64,
    pub record: RecordId,
    pub entity: u16,
    pub version: u64,
    pub kind: ChangeKind,
    pub event: &'a Event,
    pub event_seq: u64,
    pub diff: &'a [u8],
}

impl Noted<'_> {
    /// By whom; nil for the program.
    pub const fn by(&self) -> UserId {
        match self.event.who {
            Who::User(user) => user,
            Who::Nobody | Who::System | Who::Operator => Id::NIL,
        }
    }
}

/// Everything to be written, but for the ledger. What is removed goes first, so that what a later batch of
/// the group writes again stays.
#[derive(Default)]
pub struct Pending<'a> {
    /// Rows as they are to be; none if removed.
    pub rows: BTreeMap<RecordId, Option<&'a Row>>,
    /// Rows that were removed, be they there again or not: their links and earlier changes go.
    removed: BTreeSet<RecordId>,
    /// References from rows that were written; they replace those kept.
    pub links: BTreeMap<RecordId, BTreeSet<(&'a str, RecordId)>>,
    pub changes: Vec<Noted<'a>>,
    /// Documents as they are to be; none if removed.
    pub docs: BTreeMap<(i64, [u8; 16]), Option<&'a Doc>>,
    /// One after the other.
    pub sessions: Vec<&'a SessionWrite>,
    /// One after the other.
    pub jobs: Vec<&'a JobWrite>,
    pub answers: HashMap<[u8; 32], &'a Idempotent>,
    /// What other servers are to look at again, but for sessions.
    pub about: Vec<About>,
}

impl<'a> Pending<'a> {
    /// Adds an accepted batch: `touches` are those of its rows, in order.
    pub fn add(&mut self, batch: &'a Batch, touches: &[Touch], first_change: u64, event_seq: u64) {
        for ((write, touch), seq) in batch.rows.iter().zip(touches).zip(first_change..) {
            let (kind, record, version, diff) = self.add_row(write);
            if kind == ChangeKind::Remove {
                self.forget(&record);
            }
            let (event, entity) = (&batch.event, touch.entity);
            self.changes.push(Noted { seq, record, entity, version, kind, event, event_seq, diff });
        }
        for write in &batch.docs {
            let (kind, id, doc) = match write {
                DocWrite::Put(doc) => (doc.kind, doc.id, Some(doc)),
                DocWrite::Remove(kind, id, _) => (*kind, *id, None),
            };
            self.docs.insert((kind as i64, id), doc);
            self.about.extend(About::doc(kind, id, doc.and_then(|doc| doc.user)));
        }
        self.sessions.extend(&batch.sessions);
        self.jobs.extend(&batch.jobs);
        if let Some(kept) = &batch.idempotent {
            self.answers.insert(kept.key, kept);
        }
    }

    /// The ids of rows that were removed.
    pub fn removed(&self) -> Vec<&[u8]> {
        self.removed.iter().map(|id| &id.bytes()[..]).collect()
    }

    fn add_row(&mut self, write: &'a RowWrite) -> (ChangeKind, RecordId, u64, &'a [u8]) {
        match write {
            RowWrite::Insert { row, links } => {
                self.put(row, links);
                (ChangeKind::Insert, row.id, row.version, &[])
            }
            RowWrite::Update { row, links, diff } => {
                self.put(row, links);
                (ChangeKind::Update, row.id, row.version, diff)
            }
            RowWrite::Remove { id, version } => (ChangeKind::Remove, *id, *version, &[]),
        }
    }

    fn put(&mut self, row: &'a Row, links: &'a [(String, RecordId)]) {
        self.rows.insert(row.id, Some(row));
        // The same reference given twice is one.
        self.links.insert(row.id, links.iter().map(|(field, to)| (field.as_str(), *to)).collect());
    }

    /// A removed row leaves neither links nor earlier changes, whose sealed values must not stay either.
    fn forget(&mut self, id: &RecordId) {
        self.rows.insert(*id, None);
        self.removed.insert(*id);
        self.links.remove(id);
        for links in self.links.values_mut() {
            links.retain(|(_, to)| to != id);
        }
        self.changes.retain(|noted| noted.record != *id);
    }
}
