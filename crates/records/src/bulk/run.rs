//! What is kept of a change to many records: counts, so that it can be undone after a restart. Which
//! records it changed, and from what, stands sealed with each of them, as with every change.

use super::share::GivenList;
use super::{BulkChange, BulkOrder, BulkReport, BulkSelect};
use crate::approvals::Sharing;
use crate::grants::TRIES;
use crate::{Caller, Engine};
use identity::{bare_doc, open_doc, put_doc};
use kernel::{ActId, Fault, FaultKind, RecordId, Result, UserId};
use ledger::{Act, Event, Receipt};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use store::{Change, ChangeKind, DocKind, DocWrite};

/// Changes to many records that are kept of one user.
const KEPT: u32 = 100;

/// What is kept: ids and counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BulkKept {
    /// The act.
    pub id: ActId,
    /// Name of the entity; none if records of any were handed over.
    pub entity: Option<String>,
    /// By whom.
    pub user: UserId,
    /// Whose records they were, if they were handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<UserId>,
    /// The shared views that are handed over with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<RecordId>,
    /// The grants that it gave, if it shared records.
    #[serde(default, skip_serializing_if = "GivenList::is_empty")]
    pub(super) given: GivenList,
    /// Whether the records went into the bin or out of it.
    pub binned: Option<bool>,
    /// Begun when (RFC 3339).
    pub created_at: String,
    /// Ended when (RFC 3339); absent if it was cut short.
    pub finished_at: Option<String>,
    /// Records chosen.
    pub total: u64,
    /// Records changed.
    pub changed: u64,
    /// Records that were so already.
    pub unchanged: u64,
    /// Records that could not be changed.
    pub refused: u64,
    /// Whether it was undone.
    pub undone: bool,
}

/// One under way.
pub(super) struct BulkRun {
    /// The entity, as events name it.
    pub(super) entity: u16,
    pub(super) report: BulkReport,
    pub(super) kept: BulkKept,
    /// In which version that is kept.
    pub(super) version: u64,
}

impl BulkRun {
    pub(super) async fn begin(
        engine: &Engine,
        caller: &Caller,
        order: &BulkOrder,
        (records, views): (u64, Vec<RecordId>),
        sharing: Sharing,
    ) -> Result<Self> {
        let total = records + views.len() as u64;
        let entity = order.code(caller)?;
        let (report, from) = match order.select {
            BulkSelect::OwnedBy(from) => (BulkReport::by_entity(), Some(from)),
            _ => (BulkReport::default(), None),
        };
        if caller.again()
            && let Some((version, kept)) = engine.bulk_doc(caller.actor.user, caller.part_of).await?
        {
            let (version, kept) = kept.grown(engine, (caller, order), version, (records, sharing)).await?;
            return Ok(Self { entity, report, kept, version });
        }
        let kept = BulkKept {
            id: caller.part_of,
            entity: order.entity.clone(),
            user: caller.actor.user,
            from,
            views,
            given: GivenList::default(),
            binned: match order.change {
                BulkChange::Update(_) | BulkChange::HandOver(_) | BulkChange::Share(_) => None,
                BulkChange::Bin(binned) => Some(binned),
            },
            created_at: engine.now().rfc3339(),
            finished_at: None,
            total,
            changed: 0,
            unchanged: 0,
            refused: 0,
            undone: false,
        };
        let mut event = Event { entity, ..engine.event(caller, Act::RecordBulk) };
        let mut detail = json!({ "begun": order.change.named(), "total": total });
        if let Some(approved) = &caller.approved {
            detail["approval"] = json!({ "id": approved.id, "by": approved.by });
        }
        if let Some(from) = from {
            detail["from"] = json!(from);
        }
        engine.set_detail(&mut event, &detail)?;
        let mut batch = Engine::batch(caller, event);
        batch.docs.push(engine.bulk_write(&kept, 1)?);
        let old = engine.0.store.docs_of_user(DocKind::Bulk, kept.user, 2 * KEPT).await?;
        let old = old.into_iter().skip(KEPT as usize - 1);
        batch.docs.extend(old.map(|doc| DocWrite::Remove(DocKind::Bulk, doc.id, doc.version)));
        let _receipt = engine.commit_cleared(caller, (order.kind(), sharing.counts(records)), batch).await?;
        Ok(Self { entity, report, kept, version: 1 })
    }

    /// The views that go with it.
    pub(super) fn views(&self) -> Vec<RecordId> {
        self.kept.views.clone()
    }

    /// What it came to, if another attempt at the job brought it to its end.
    pub(super) fn ended(&self) -> Option<BulkReport> {
        self.kept.finished_at.is_some().then(|| self.kept.counts())
    }

    pub(super) async fn end(self, engine: &Engine, caller: &Caller, order: &BulkOrder) -> Result<Receipt> {
        let r = &self.report;
        let kept = BulkKept {
            finished_at: Some(engine.now().rfc3339()),
            changed: r.changed,
            unchanged: r.unchanged,
            refused: r.refused,
            ..self.kept
        };
        let detail = json!({ "changed": r.changed, "unchanged": r.unchanged, "refused": r.refused });
        for again in (0..TRIES).rev() {
            let mut event = Event { entity: self.entity, ..engine.event(caller, Act::RecordBulk) };
            engine.set_detail(&mut event, &detail)?;
            let mut batch = Engine::batch(caller, event);
            // It is gone if too many were begun meanwhile.
            if let Some((version, _)) = engine.bulk_doc(kept.user, kept.id).await? {
                batch.docs.push(engine.bulk_write(&kept, version + 1)?);
            }
            if matches!(order.change, BulkChange::Share(_)) {
                engine.tell_of_given(caller, &mut batch, &kept.given).await?;
            }
            match engine.commit(batch, Vec::new()).await {
                // Whoever is told may read a notification in that moment.
                Err(fault) if again > 0 && fault.kind == FaultKind::Stale => {}
                done => return Ok(done?.receipt),
            }
        }
        Err(Fault::stale())
    }
}

impl BulkKept {
    /// The same, when a job goes on that was judged when it began: what its conditions find besides by now is judged, and
    /// counted, as an act of its own.
    async fn grown(
        self,
        engine: &Engine,
        (caller, order): (&Caller, &BulkOrder),
        version: u64,
        (records, sharing): (u64, Sharing),
    ) -> Result<(u64, Self)> {
        let before = self.total.saturating_sub(self.views.len() as u64);
        let more = records.saturating_sub(before);
        if more == 0 || self.finished_at.is_some() {
            return Ok((version, self));
        }
        let kept = Self { total: self.total + more, ..self };
        let mut event = Event { entity: order.code(caller)?, ..engine.event(caller, Act::RecordBulk) };
        engine.set_detail(&mut event, &json!({ "begun": order.change.named(), "total": kept.total }))?;
        let mut batch = Engine::batch(caller, event);
        batch.docs.push(engine.bulk_write(&kept, version + 1)?);
        // Which of them are new is not known: all that hangs on what is left counts once more.
        let counts = Sharing { again: 0, ..sharing }.counts(more);
        let _receipt = engine.commit_cleared(caller, (order.kind(), counts), batch).await?;
        Ok((version + 1, kept))
    }

    /// The numbers.
    #[must_use]
    pub const fn counts(&self) -> BulkReport {
        let Self { changed, unchanged, refused, .. } = *self;
        BulkReport { changed, unchanged, refused, problems: Vec::new(), parts: None }
    }
}

/// Changes of an act that are looked at in one go.
pub(super) const CHUNK: u32 = 200;

/// Whether a change was made to a record of this entity for its own sake: records that were only taken along
/// belong to others of the same act. Handing over, which is about any entity (0), takes none along.
pub(super) fn own(entity: u16, change: &Change) -> bool {
    (entity == 0 || change.entity == entity) && change.kind == ChangeKind::Update
}

impl Engine {
    /// The records that an act changed, with the codes of their entities, for a job that goes on.
    pub(super) async fn changed_by(&self, entity: u16, act: ActId) -> Result<HashMap<RecordId, u16>> {
        let (mut all, mut after) = (HashMap::new(), 0);
        loop {
            let changes = self.0.store.changes_of_act(act, after, CHUNK).await?;
            let Some(end) = changes.last().map(|c| c.seq) else { return Ok(all) };
            after = end;
            all.extend(changes.iter().filter(|c| own(entity, c)).map(|c| (c.record, c.entity)));
        }
    }

    pub(super) fn bulk_write(&self, kept: &BulkKept, version: u64) -> Result<DocWrite> {
        let doc = bare_doc(DocKind::Bulk, *kept.id.bytes(), version, self.now(), Some(kept.user));
        put_doc(&self.0.vault, doc, kept)
    }

    pub(super) async fn bulk_doc(&self, user: UserId, act: ActId) -> Result<Option<(u64, BulkKept)>> {
        let Some(doc) = self.0.store.doc(DocKind::Bulk, *act.bytes()).await? else { return Ok(None) };
        let kept: BulkKept = open_doc(&self.0.vault, &doc)?;
        Ok((kept.user == user).then_some((doc.version, kept)))
    }

    /// What is kept of a user's change to many records. Not an answer by itself: whoever shows it writes
    /// that down.
    ///
    /// # Errors
    /// Storage.
    pub async fn bulk_kept(&self, user: UserId, act: ActId) -> Result<Option<BulkKept>> {
        Ok(self.bulk_doc(user, act).await?.map(|(_, kept)| kept))
    }

    /// All that is kept of a user's changes to many records, newest first.
    ///
    /// # Errors
    /// Storage.
    pub async fn bulks_kept(&self, user: UserId) -> Result<Vec<BulkKept>> {
        let docs = self.0.store.docs_of_user(DocKind::Bulk, user, KEPT).await?;
        docs.iter().map(|doc| open_doc(&self.0.vault, doc)).collect()
    }
}
