//! What changes, told to whoever listens in this process: ids alone. What is missed by a slow listener is
//! only told of; it is never lost.

use crate::{Caller, Engine};
use index::Op;
use kernel::{RecordId, Result, UserId, limits};
use ledger::Act;
use serde_json::json;
use std::sync::Arc;
use store::{Batch, DocKind, Row, RowWrite};
use tokio::sync::broadcast;

/// News that a slow listener may be behind before it misses some.
pub(crate) const BEHIND: usize = 1_024;

/// Something changed.
#[derive(Clone, Debug)]
pub enum News {
    /// Rows were written or removed, and the index has it: entity numbers and ids.
    Rows(Arc<[(u16, RecordId)]>),
    /// Another policy is in force.
    Policy,
}

/// A record as it is now, without any of its values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Glimpse {
    /// Its version.
    pub version: u64,
    /// Last changed by.
    pub by: UserId,
    /// Last changed when.
    pub at: kernel::Time,
}

/// What a batch is going to tell once it is committed.
pub(crate) fn rows_of(batch: &Batch, ops: &[Op]) -> Arc<[(u16, RecordId)]> {
    let removed = ops.iter().filter_map(|op| match op {
        Op::Remove { id, entity } => Some((entity.0, *id)),
        Op::Put(_) => None,
    });
    let written = batch.rows.iter().filter_map(|row| match row {
        RowWrite::Insert { row, .. } | RowWrite::Update { row, .. } => Some((row.entity, row.id)),
        RowWrite::Remove { .. } => None,
    });
    written.chain(removed).collect()
}

impl Engine {
    /// What changes from now on.
    #[must_use]
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.0.news.subscribe()
    }

    pub(crate) fn tell(&self, news: News) {
        // Nobody may be listening.
        let _ = self.0.news.send(news);
    }

    /// A record as it is now, if the caller may read it. Without an event of its own: whoever asks holds
    /// the receipt of [`Engine::watching`].
    ///
    /// # Errors
    /// Storage.
    pub async fn glimpse(&self, caller: &Caller, entity: u16, id: RecordId) -> Result<Option<Glimpse>> {
        let Some(row) = self.0.store.row(id).await?.filter(|row: &Row| row.entity == entity) else {
            return Ok(None);
        };
        let (facts, _) = self.facts(&row).await?;
        let seen = caller.policy.read(&caller.actor, id, &facts).is_ok();
        Ok(seen.then_some(Glimpse { version: row.version, by: row.updated_by, at: row.updated_at }))
    }

    /// Writes down that the caller is told of changes from now on, and of which records in particular.
    ///
    /// # Errors
    /// Forbidden for a token; storage.
    pub async fn watching(&self, caller: &Caller, records: &[(u16, RecordId)]) -> Result<()> {
        self.not_by_token(caller).await?;
        let mut event = self.event(caller, Act::SessionStream);
        let ids: Vec<RecordId> = records.iter().map(|(_, id)| *id).collect();
        if !ids.is_empty() {
            self.set_detail(&mut event, &json!({ "records": ids }))?;
        }
        self.receipt(event).await.map(drop)
    }

    /// How many of the user's notifications are unread.
    ///
    /// # Errors
    /// Storage.
    pub async fn unread(&self, user: UserId) -> Result<usize> {
        let docs = self.0.store.docs_of_user_by_time(DocKind::Notice, user, limits::PAGE_MAX).await?;
        docs.iter().try_fold(0, |count, doc| {
            let notice: identity::NoticeDoc = identity::open_doc(&self.0.vault, doc)?;
            Ok(count + usize::from(notice.read_at.is_none()))
        })
    }
}
