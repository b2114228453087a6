//! What is committed together.

use super::writer::{Job, Write};
use crate::contract::{Batch, DocWrite, RowWrite};
use tokio::sync::mpsc;

/// Batches of one group at most.
const GROUP: usize = 256;
/// Bytes of one group, roughly, above which no more is added to it.
const GROUP_BYTES: usize = 4 << 20;

/// All that waits, up to the limits; and the job that came next if it is of another kind.
pub fn gather(first: Write, jobs: &mut mpsc::Receiver<Job>) -> (Vec<Write>, Option<Job>) {
    let mut bytes = weight(&first.batch);
    let mut group = vec![first];
    while group.len() < GROUP && bytes < GROUP_BYTES {
        match jobs.try_recv() {
            Ok(Job::Write(write)) => {
                bytes += weight(&write.batch);
                group.push(*write);
            }
            Ok(other) => return (group, Some(other)),
            Err(_) => break,
        }
    }
    (group, None)
}

/// What a batch adds to the database, roughly, in bytes.
fn weight(batch: &Batch) -> usize {
    let row = |write: &RowWrite| match write {
        RowWrite::Insert { row, links } => 300 + row.sealed.len() + links.len() * 48,
        RowWrite::Update { row, links, diff } => 300 + row.sealed.len() + links.len() * 48 + diff.len(),
        RowWrite::Remove { .. } => 300,
    };
    let doc = |write: &DocWrite| match write {
        DocWrite::Put(doc) => 150 + doc.sealed.len(),
        DocWrite::Remove(..) => 150,
    };
    let events = std::iter::once(&batch.event).chain(&batch.more_events);
    events.map(|event| 300 + event.detail.len() + event.touches.len() * 48).sum::<usize>()
        + batch.rows.iter().map(row).sum::<usize>()
        + batch.docs.iter().map(doc).sum::<usize>()
        + batch.sessions.len() * 300
        + batch.idempotent.as_ref().map_or(0, |kept| kept.sealed.len())
}
