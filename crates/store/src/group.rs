//! What is committed together.

use crate::contract::{Batch, Committed, DocWrite, RowWrite};
use crate::queue::{Job, Reply, Write, answer_all};
use crate::work::JobWrite;
use kernel::{Fault, Result};
use ledger::Receipt;
use tokio::sync::mpsc;

/// Batches of one group at most.
const GROUP: usize = 256;
/// Bytes of one group, roughly, above which no more is added to it.
const GROUP_BYTES: usize = 4 << 20;

/// Where the thread that writes gets its jobs.
pub struct Source {
    jobs: mpsc::Receiver<Job>,
    /// Came while a group was filled, and is of another kind.
    next: Option<Job>,
}

impl Source {
    pub const fn new(jobs: mpsc::Receiver<Job>) -> Self {
        Self { jobs, next: None }
    }

    /// The next job. Waits for it; none once nobody can send any more, or it was closed and is empty.
    pub fn next(&mut self) -> Option<Job> {
        self.next.take().or_else(|| self.jobs.blocking_recv())
    }

    /// Adds all that waits to a group, up to the limits.
    pub fn fill(&mut self, group: &mut Group) {
        while self.next.is_none() && group.batches.len() < GROUP && group.bytes < GROUP_BYTES {
            match self.jobs.try_recv() {
                Ok(Job::Write(write)) => group.add(*write),
                Ok(other) => self.next = Some(other),
                Err(_) => break,
            }
        }
    }

    /// Takes no more.
    pub fn close(&mut self) {
        self.jobs.close();
    }
}

/// Batches that are committed together, and who waits for each.
pub struct Group {
    pub batches: Vec<Batch>,
    replies: Vec<Reply<Committed>>,
    /// How many touches of its event each batch came with.
    own: Vec<usize>,
    bytes: usize,
}

impl Group {
    pub fn of(first: Write) -> Self {
        let mut group = Self { batches: Vec::new(), replies: Vec::new(), own: Vec::new(), bytes: 0 };
        group.add(first);
        group
    }

    fn add(&mut self, write: Write) {
        self.bytes += weight(&write.batch);
        self.own.push(write.batch.event.touches.len());
        self.replies.push(write.reply);
        self.batches.push(write.batch);
    }

    /// Takes back what was added to the batches when they were tried.
    pub fn reset(&mut self) {
        for (batch, own) in self.batches.iter_mut().zip(&self.own) {
            batch.event.touches.truncate(*own);
        }
    }

    /// Gives each batch its own result, or all of them the one fault that kept back everything.
    pub fn answer(self, done: Result<Vec<Result<Committed>>>) {
        answer_all(self.replies, done);
    }
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
