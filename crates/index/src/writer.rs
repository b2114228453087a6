//! The one thread that writes. What waits is applied in one transaction.

use crate::apply::Applier;
use crate::layout::Layout;
use crate::open::{Keyed, Shared};
use crate::types::Op;
use kernel::{Fault, RecordId, Result};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use schema::Catalog;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use tokio::sync::oneshot;

/// Requests in one transaction.
const GROUP: usize = 256;
/// Memory for tokens before they are written out, in bytes: at rest, and while many rows come.
const HASH: (u32, u32) = (1 << 20, 48 << 20);

pub(crate) enum Job {
    Apply(Vec<(u64, Op)>),
    Bulk(Vec<Op>),
    Mark(u64),
    Rebuild,
    Catalog(Arc<Catalog>),
    Seen(Vec<(u64, Vec<RecordId>)>),
    Settle,
}

impl Job {
    /// Whether it may share a transaction with others.
    const fn joins(&self) -> bool {
        matches!(self, Self::Apply(_) | Self::Seen(_))
    }

    fn touches(&self) -> Vec<&RecordId> {
        match self {
            Self::Apply(ops) => ops.iter().map(|(_, op)| op.id()).collect(),
            Self::Bulk(ops) => ops.iter().map(Op::id).collect(),
            _ => Vec::new(),
        }
    }

    fn removes(&self) -> bool {
        let gone = |op: &Op| matches!(op, Op::Remove { .. });
        match self {
            Self::Apply(ops) => ops.iter().any(|(_, op)| gone(op)),
            Self::Bulk(ops) => ops.iter().any(gone),
            _ => false,
        }
    }
}

pub(crate) struct Request {
    pub job: Job,
    pub reply: oneshot::Sender<Result<()>>,
}

pub(crate) struct Writer {
    pub connection: Connection,
    pub shared: Arc<Shared>,
    pub keyed: Keyed,
    /// Applied changes beyond the watermark.
    pub ahead: BTreeSet<u64>,
    /// Removals beyond the watermark: an older put that comes late must not bring the record back.
    pub gone: HashMap<RecordId, u64>,
}

fn db<T>(result: rusqlite::Result<T>) -> Result<T> {
    result.map_err(|e| vault::storage_fault(&e))
}

impl Writer {
    /// Works until nobody can ask any more.
    pub fn run(mut self, requests: &Receiver<Request>) {
        let mut next = requests.recv().ok();
        while let Some(first) = next.take() {
            let mut group = vec![first];
            while group[0].job.joins() && group.len() < GROUP {
                match requests.try_recv() {
                    Ok(request) if request.job.joins() => group.push(request),
                    Ok(other) => {
                        next = Some(other);
                        break;
                    }
                    Err(_) => break,
                }
            }
            self.serve(group);
            if next.is_none() {
                next = requests.recv().ok();
            }
        }
    }

    fn serve(&mut self, group: Vec<Request>) {
        let jobs: Vec<&Job> = group.iter().map(|r| &r.job).collect();
        let mut results: Vec<Result<()>> = match self.transact(&jobs) {
            Ok(()) => jobs.iter().map(|_| Ok(())).collect(),
            Err(fault) if jobs.len() == 1 => vec![Err(fault)],
            // One of them fails: the others must not.
            Err(_) => jobs.iter().map(|job| self.transact(&[job])).collect(),
        };
        if jobs.iter().any(|j| j.removes()) && !self.rebuilding() {
            // Busy readers delay this; the next removal or checkpoint makes up for it.
            if let Err(fault) = vault::truncate_wal(&self.connection) {
                tracing::warn!(
                    note = fault.internal.as_deref(),
                    "the index's log was not truncated after a removal"
                );
            }
        }
        for (request, result) in group.into_iter().zip(results.drain(..)) {
            // Whoever asked may have gone.
            let _ = request.reply.send(result);
        }
    }

    fn rebuilding(&self) -> bool {
        self.shared.rebuilding.load(Ordering::Acquire)
    }

    fn transact(&mut self, jobs: &[&Job]) -> Result<()> {
        if let [Job::Rebuild] = jobs {
            return self.begin_rebuild();
        }
        if let [Job::Settle] = jobs {
            return vault::truncate_wal(&self.connection);
        }
        if let [Job::Catalog(catalog)] = jobs {
            return self.set_catalog(catalog);
        }
        let rebuilding = self.rebuilding();
        let layout = self.shared.layout();
        let tx = db(Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate))?;
        let applier = Applier { connection: &tx, layout: &layout, keyed: &self.keyed, rebuilding };
        let (mut ahead, mut gone) = (self.ahead.clone(), self.gone.clone());
        let mut applied = self.shared.applied.load(Ordering::Acquire);
        let mut seen = self.shared.seen.load(Ordering::Acquire);
        for job in jobs {
            match job {
                Job::Apply(ops) => {
                    for (seq, op) in ops {
                        // It came with a catch-up already, in its last state: what comes late is older.
                        if *seq <= applied && !rebuilding {
                            continue;
                        }
                        apply_in_order(&applier, *seq, op, &mut gone)?;
                        ahead.insert(*seq);
                    }
                }
                Job::Bulk(ops) => {
                    if !rebuilding {
                        db(set_hash(&tx, &layout, HASH.1))?;
                    }
                    ops.iter().try_for_each(|op| applier.apply(op))?;
                    if !rebuilding {
                        db(set_hash(&tx, &layout, HASH.0))?;
                    }
                }
                Job::Mark(seq) => {
                    if rebuilding {
                        db(finish(&applier))?;
                    }
                    applied = if rebuilding { *seq } else { applied.max(*seq) };
                }
                Job::Seen(events) => seen = seen.max(db(crate::seen::note(&tx, events))?),
                Job::Rebuild | Job::Catalog(_) | Job::Settle => {
                    return Err(Fault::bug("a job that stands alone came in a group"));
                }
            }
        }
        while ahead.first().is_some_and(|first| *first <= applied + 1) {
            applied = applied.max(ahead.pop_first().unwrap_or_default());
        }
        gone.retain(|_, seq| *seq > applied);
        db(set_meta(&tx, "applied", applied).and_then(|()| set_meta(&tx, "seen", seen)))?;
        let touched: Vec<&RecordId> = jobs.iter().flat_map(|job| job.touches()).collect();
        layout.moments.forget(touched.iter().copied());
        let committed = db(tx.commit());
        layout.moments.forget(touched);
        committed?;
        (self.ahead, self.gone) = (ahead, gone);
        self.shared.applied.store(applied, Ordering::Release);
        self.shared.seen.store(seen, Ordering::Release);
        if matches!(jobs, [Job::Mark(_)]) {
            self.shared.rebuilding.store(false, Ordering::Release);
        }
        Ok(())
    }

    /// Empties everything. Until [`Job::Mark`] nothing can be asked.
    fn begin_rebuild(&mut self) -> Result<()> {
        self.shared.rebuilding.store(true, Ordering::Release);
        let layout = self.shared.layout();
        db((|| {
            let tx = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            Layout::drop_all(&tx)?;
            layout.create(&tx)?;
            set_meta(&tx, "whole", 0)?;
            set_hash(&tx, &layout, HASH.1)?;
            layout.moments.forget_all();
            tx.commit()
        })())?;
        layout.moments.forget_all();
        self.ahead.clear();
        self.gone.clear();
        self.shared.applied.store(0, Ordering::Release);
        self.shared.seen.store(0, Ordering::Release);
        Ok(())
    }

    fn set_catalog(&self, catalog: &Arc<Catalog>) -> Result<()> {
        let (old, new) = (self.shared.layout(), Layout::new(catalog)?);
        let before = old.shape.grows_into(&new.shape, catalog).ok_or_else(|| {
            Fault::bug("a running index takes new fields only; anything else needs a rebuild")
        })?;
        db((|| {
            let tx = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            new.add_columns(&tx, &before)?;
            tx.commit()
        })())?;
        self.shared.set_layout(new);
        Ok(())
    }
}

fn apply_in_order(applier: &Applier<'_>, seq: u64, op: &Op, gone: &mut HashMap<RecordId, u64>) -> Result<()> {
    match op {
        Op::Put(row) if gone.get(&row.id).is_some_and(|removed| *removed > seq) => Ok(()),
        Op::Put(_) => applier.apply(op),
        Op::Remove { id, .. } => {
            let last = gone.entry(*id).or_default();
            *last = (*last).max(seq);
            applier.apply(op)
        }
    }
}

/// The end of a rebuild: parents, indexes, tokens joined into one piece.
fn finish(applier: &Applier<'_>) -> rusqlite::Result<()> {
    applier.adopt()?;
    applier.layout.create_indexes(applier.connection)?;
    for table in &applier.layout.tables {
        let fts = &table.tokens;
        applier.connection.execute_batch(&format!("INSERT INTO {fts} ({fts}) VALUES ('optimize');"))?;
    }
    set_hash(applier.connection, applier.layout, HASH.0)?;
    set_meta(applier.connection, "whole", 1)
}

fn set_hash(connection: &Connection, layout: &Layout, bytes: u32) -> rusqlite::Result<()> {
    layout.tables.iter().try_for_each(|t| {
        let fts = &t.tokens;
        connection
            .prepare_cached(&format!("INSERT INTO {fts} ({fts}, rank) VALUES ('hashsize', ?1)"))?
            .execute([bytes])
            .map(|_| ())
    })
}

fn set_meta(connection: &Connection, name: &str, value: u64) -> rusqlite::Result<()> {
    let value = i64::try_from(value).unwrap_or(i64::MAX);
    connection
        .prepare_cached("INSERT OR REPLACE INTO meta VALUES (?1, ?2)")?
        .execute(rusqlite::params![name, value])?;
    Ok(())
}
