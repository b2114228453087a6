//! What is committed together.

use crate::contract::{Batch, Committed, DocWrite, RowWrite};
use crate::queue::{Job, Write};
use crate::work::JobWrite;
use kernel::{Fault, Result};
use ledger::Receipt;
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

/// What is known of a batch before its group is durable.
pub struct Applied {
    /// Place of its event within the group.
    pub event: usize,
    pub first_change: u64,
    pub changes: u64,
}

/// Gives each applied batch the receipt of its own event; those of further events are not needed.
pub fn hand_out(applied: Vec<Result<Applied>>, receipts: Vec<Receipt>) -> Vec<Result<Committed>> {
    let mut receipts = receipts.into_iter().enumerate();
    let each = applied.into_iter().map(|one| {
        let Applied { event, first_change, changes } = one?;
        let receipt = receipts.find_map(|(place, receipt)| (place == event).then_some(receipt));
        let receipt = receipt.ok_or_else(|| Fault::bug("a committed batch has no receipt"))?;
        Ok(Committed { receipt, first_change, changes })
    });
    each.collect()
}

/// The results of a group of which nothing was staged.
pub fn hand_back(applied: Vec<Result<Applied>>) -> Vec<Result<Committed>> {
    let fault = |one: Result<Applied>| {
        one.err().unwrap_or_else(|| Fault::bug("a batch was applied without its event"))
    };
    applied.into_iter().map(|one| Err(fault(one))).collect()
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
        + batch.jobs.iter().map(JobWrite::weight).sum::<usize>()
        + batch.idempotent.as_ref().map_or(0, |kept| kept.sealed.len())
}
