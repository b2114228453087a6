//! Keeping the index up to the store: after a start, after a rebuild, and when a change was missed.

use crate::engine::index_row;
use crate::{Caller, Engine, News, content};
use index::Op;
use kernel::{Fault, FaultKind, RecordId, Result, SubjectId};
use ledger::{Act, Event};
use schema::EntityCode;
use std::collections::HashMap;
use store::{Batch, ChangeKind, Row};
use vault::Vault;

/// How far a long work is: done, and of how many if known.
pub type Progress<'a> = &'a (dyn Fn(u64, Option<u64>) + Send + Sync);

/// Rows opened at a time.
const CHUNK: u32 = 2_000;

impl Engine {
    /// Applies to the index what the store has and the index has not. Gives the number of changes.
    ///
    /// # Errors
    /// A record that does not open: nothing after it is applied.
    pub async fn catch_up(&self, progress: Progress<'_>) -> Result<u64> {
        let _alone = self.0.following.lock().await;
        if self.0.index.is_rebuilding() {
            // A rebuild was begun and broke off: what is there is not whole, and not to be marked so.
            return self.rebuild_alone(self.system_event(Act::IndexRebuild), progress).await;
        }
        self.follow(u64::MAX, progress).await
    }

    /// As [`Engine::catch_up`], up to a change at least.
    pub(crate) async fn follow_to(&self, change: u64) -> Result<()> {
        let _alone = self.0.following.lock().await;
        if self.0.index.is_rebuilding() { Ok(()) } else { self.follow(change, &|_, _| {}).await.map(drop) }
    }

    async fn follow(&self, upto: u64, progress: Progress<'_>) -> Result<u64> {
        let mut done = 0;
        loop {
            if self.0.index.applied() >= upto {
                return Ok(done);
            }
            let changes = self.0.store.changes_since(self.0.index.applied(), CHUNK).await?;
            if changes.is_empty() {
                return Ok(done);
            }
            let ids: Vec<RecordId> = changes.iter().map(|c| c.record).collect();
            let rows: HashMap<RecordId, Row> =
                self.0.store.rows(ids).await?.into_iter().map(|r| (r.id, r)).collect();
            // After the rows were read: the fields they have were made before them.
            self.hear_newest().await?;
            self.prefetch(rows.values().map(|row| row.subject).collect()).await?;
            let mut ops = Vec::with_capacity(changes.len());
            for change in &changes {
                let op = match rows.get(&change.record) {
                    Some(row) if change.kind != ChangeKind::Remove => op_of(&self.0.vault, row)?,
                    _ => Op::Remove { id: change.record, entity: EntityCode(change.entity) },
                };
                ops.push((change.seq, op));
            }
            let last = ops.last().map_or(0, |(seq, _)| *seq);
            self.0.index.apply(ops).await?;
            // Removal takes earlier changes of a record out of the feed: what is missing up to here will
            // not come any more.
            self.0.index.mark_applied(last).await?;
            self.tell(News::Rows(changes.iter().map(|c| (c.entity, c.record)).collect()));
            done += changes.len() as u64;
            progress(done, None);
        }
    }

    /// Empties the index and builds it from the store. Lists answer incompletely meanwhile, so the
    /// server does this before it listens, or says that it is not ready.
    ///
    /// # Errors
    /// A record that does not open.
    pub async fn rebuild(&self, progress: Progress<'_>) -> Result<u64> {
        let _alone = self.0.following.lock().await;
        self.rebuild_alone(self.system_event(Act::IndexRebuild), progress).await
    }

    /// The same, as whoever ordered it. Whether the caller may, was decided.
    ///
    /// # Errors
    /// A record that does not open.
    pub async fn rebuild_for(&self, caller: &Caller, progress: Progress<'_>) -> Result<u64> {
        let _alone = self.0.following.lock().await;
        self.rebuild_alone(self.event(caller, Act::IndexRebuild), progress).await
    }

    async fn rebuild_alone(&self, event: Event, progress: Progress<'_>) -> Result<u64> {
        let from = self.0.store.last_change().await?;
        self.0.index.begin_rebuild().await?;
        let catalog = self.policy().catalog.clone();
        let is_child =
            |row: &Row| catalog.by_code(EntityCode(row.entity)).is_some_and(schema::Entity::is_child);
        let mut done = 0;
        // Records that others hang on go first: a child takes its visibility from its parent.
        for children in [false, true] {
            let mut after = None;
            loop {
                let rows = self.0.store.scan(after, CHUNK).await?;
                let Some(last) = rows.last() else { break };
                after = Some(last.id);
                let chosen: Vec<Row> = rows.into_iter().filter(|r| is_child(r) == children).collect();
                let ops = self.open_all(chosen).await?;
                done += ops.len() as u64;
                self.0.index.apply_bulk(ops).await?;
                progress(done, None);
            }
        }
        self.0.index.mark_applied(from).await?;
        done += self.follow(u64::MAX, progress).await?;
        self.0.store.commit(Batch::new(Event { at: self.now(), ..event })).await?;
        Ok(done)
    }

    async fn open_all(&self, rows: Vec<Row>) -> Result<Vec<Op>> {
        let vault = self.0.vault.clone();
        let open = move || {
            vault.prefetch(&rows.iter().map(|row| row.subject).collect::<Vec<_>>())?;
            rows.iter().map(|row| op_of(&vault, row)).collect::<Result<Vec<_>>>()
        };
        tokio::task::spawn_blocking(open).await.map_err(Fault::bug)?
    }

    /// Gets keys that are about to be needed, at once.
    async fn prefetch(&self, subjects: Vec<SubjectId>) -> Result<()> {
        let vault = self.0.vault.clone();
        tokio::task::spawn_blocking(move || vault.prefetch(&subjects)).await.map_err(Fault::bug)?
    }
}

/// What the index is to do with a row. One whose key was destroyed, such as of a backup older than the
/// erasure, is nobody's to see.
fn op_of(vault: &Vault, row: &Row) -> Result<Op> {
    match content::open_unseen(vault, row) {
        Ok(content) => Ok(Op::Put(index_row(row, content))),
        Err(fault) if fault.kind == FaultKind::NotFound => {
            Ok(Op::Remove { id: row.id, entity: EntityCode(row.entity) })
        }
        Err(fault) if fault.kind == FaultKind::Corrupt => {
            // One damaged record must not keep all others from being found. Opening it says what is wrong.
            tracing::error!(record = %row.id, note = fault.internal.as_deref(), "a damaged record is left out of the index");
            Ok(Op::Remove { id: row.id, entity: EntityCode(row.entity) })
        }
        Err(fault) => Err(fault),
    }
}
