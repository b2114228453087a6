//! Grants in memory: how they come into force and go, here and as other servers gave or ended them.

use crate::Engine;
use access::Grant;
use identity::{GrantDoc, GrantEnd};
use kernel::{Fault, GrantId, Result};
use std::sync::Arc;
use store::{Batch, DocKind, DocWrite, Row};
use tokio::sync::MutexGuard;
use tracing::Instrument;

impl Engine {
    /// Grants on, and requests for, records that are about to go for good: they go in the same batch.
    pub(crate) async fn grants_on(&self, rows: &[Row], batch: &mut Batch) -> Result<Vec<Grant>> {
        let policy = self.policy();
        let ended: Vec<Grant> = rows.iter().flat_map(|row| policy.grants.on(row.id)).cloned().collect();
        for grant in &ended {
            if let Some(doc) = self.0.store.doc(DocKind::Grant, *grant.id.bytes()).await? {
                batch.docs.extend(self.grant_gone(grant.id, doc.version).await?);
            }
        }
        self.questions_about(rows, batch).await?;
        Ok(ended)
    }

    /// The writes by which a grant goes, with what was told of its end.
    pub(crate) async fn grant_gone(&self, id: GrantId, version: u64) -> Result<Vec<DocWrite>> {
        let (_, end) = GrantEnd::kept(&self.0.store, &self.0.vault, id).await?;
        let kinds = [(DocKind::Grant, version), (DocKind::GrantEnd, end)];
        let there = kinds.into_iter().filter(|(_, version)| *version > 0);
        Ok(there.map(|(kind, version)| DocWrite::Remove(kind, *id.bytes(), version)).collect())
    }

    pub(crate) async fn forget_grants(&self, ended: Vec<Grant>) {
        if !ended.is_empty() {
            self.change_grants(move |grants| ended.iter().for_each(|grant| grants.remove(grant))).await;
        }
    }

    /// Commits a change of one grant, and puts it in force as it is then: another server may have changed it again.
    pub(crate) async fn commit_grant(&self, batch: Batch, id: GrantId) -> Result<ledger::Receipt> {
        let engine = self.clone();
        let committed = async move {
            let done = engine.0.store.commit(batch).await;
            // Whatever became of it; and what is not known to be in force is not.
            if let Err(fault) = engine.look_at_grants(&[id]).await {
                tracing::error!(%fault, grant = %id, "a grant could not be looked at, and gives nothing until it can");
                engine.forget_grants(engine.policy().grants.find(id).cloned().into_iter().collect()).await;
            }
            Ok(done?.receipt)
        };
        tokio::spawn(committed.in_current_span()).await.map_err(Fault::bug)?
    }

    async fn change_grants(&self, change: impl FnOnce(&mut access::Grants)) {
        let alone = self.0.reloading.lock().await;
        self.put_in_force(&alone, change);
    }

    fn put_in_force(&self, _alone: &MutexGuard<'_, ()>, change: impl FnOnce(&mut access::Grants)) {
        let next = self.directory().with_grants(change);
        self.0.directory.store(Arc::new(next));
        self.tell(crate::News::Policy);
    }

    /// Looks again at all grants.
    pub(crate) async fn look_at_all_grants(&self) -> Result<()> {
        // What is read must not replace what this server changes meanwhile.
        let alone = self.0.reloading.lock().await;
        let all = identity::load_grants(&self.0.store, &self.0.vault).await?;
        self.put_in_force(&alone, move |grants| *grants = all);
        Ok(())
    }

    /// Looks again at grants that another server gave or ended.
    pub(crate) async fn look_at_grants(&self, ids: &[GrantId]) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let alone = self.0.reloading.lock().await;
        let mut now = Vec::new();
        for id in ids {
            let doc = self.0.store.doc(DocKind::Grant, *id.bytes()).await?;
            now.push((*id, doc.map(|doc| GrantDoc::open(&self.0.vault, &doc)).transpose()?));
        }
        self.put_in_force(&alone, move |grants| {
            for (id, doc) in now {
                if let Some(before) = grants.find(id).cloned() {
                    grants.remove(&before);
                }
                if let Some(doc) = doc {
                    grants.put(doc.grant);
                }
            }
        });
        Ok(())
    }
}

/// Grants that a batch takes away.
pub(crate) fn grants_removed(batch: &Batch) -> Vec<GrantId> {
    let removed = batch.docs.iter().filter_map(|write| match write {
        DocWrite::Remove(DocKind::Grant, id, _) => Some(GrantId::from_bytes(*id)),
        _ => None,
    });
    removed.collect()
}
