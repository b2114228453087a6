//! Taking back a change to many records, under the rights that the caller has now.

use super::run::{CHUNK, own};
use super::{BulkKept, BulkReport, in_bin};
use crate::prepare::check_writable;
use crate::{Caller, Engine, Masked, Released, content};
use access::Action;
use kernel::{ActId, Fault, FaultKind, RecordId, Result, Text, UserId};
use ledger::{Act, Event};
use schema::{Entity, EntityCode};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use store::Change;

impl Engine {
    /// Puts back the records that `act` changed, as far as nobody changed them since. Undone it is only when
    /// it was gone through to its end.
    ///
    /// # Errors
    /// Not found if it is not the caller's own; conflict if it was undone before; storage.
    pub async fn undo_bulk(
        &self,
        caller: &Caller,
        act: ActId,
        cancel: &AtomicBool,
        progress: crate::Progress<'_>,
    ) -> Result<Released<BulkReport>> {
        let (version, kept) = match self.bulk_doc(caller.actor.user, act).await? {
            Some(found) => found,
            None => return Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await),
        };
        let entity = match &kept.entity {
            Some(name) => caller.policy.catalog.get(name).ok_or_else(Fault::not_found)?.code.0,
            None => 0,
        };
        let before = match caller.again() {
            true => self.changed_by(entity, caller.part_of).await?,
            false => HashMap::new(),
        };
        if kept.undone && !caller.again() {
            return Err(undone_before());
        }
        if !kept.given.is_empty() {
            return self.undo_shares(caller, (act, entity), kept, cancel, progress).await;
        }
        let mut report = BulkReport::default();
        if kept.undone {
            // An earlier attempt at this, or somebody else meanwhile: either way it is done.
            report.changed = before.len() as u64;
            let receipt = self.receipt(self.event(caller, Act::BulkUndo)).await?;
            return Ok(Masked::new(report).release(&receipt));
        }
        let mut after = 0;
        let ended = loop {
            let changes = self.0.store.changes_of_act(act, after, CHUNK).await?;
            let Some(end) = changes.last().map(|c| c.seq) else { break Ok(true) };
            after = end;
            let (gone, left): (Vec<_>, Vec<_>) =
                changes.iter().filter(|c| own(entity, c)).partition(|c| before.contains_key(&c.record));
            report.changed += gone.len() as u64;
            match self.undo_some(caller, &kept, left.into_iter(), cancel, &mut report).await {
                Ok(false) => {}
                other => break other.map(|_| false),
            }
            progress(report.changed + report.refused, Some(kept.changed.max(report.changed)));
        };
        let ended = match ended {
            Ok(true) => self.undo_views(caller, &kept, &mut report).await.map(|()| true),
            other => other,
        };
        let whole = *ended.as_ref().unwrap_or(&false);
        let mut event = Event { entity, ..self.event(caller, Act::BulkUndo) };
        self.set_detail(
            &mut event,
            &json!({ "of": act, "changed": report.changed, "refused": report.refused }),
        )?;
        let mut batch = Self::batch(caller, event);
        if whole {
            // Undone beside this one, the document is of another version, and one of the two is told so.
            batch.docs.push(self.bulk_write(&BulkKept { undone: true, ..kept }, version + 1)?);
        }
        let receipt = self.commit(batch, Vec::new()).await?.receipt;
        ended.map(|_| Masked::new(report).release(&receipt))
    }

    /// Whether it was stopped.
    async fn undo_some(
        &self,
        caller: &Caller,
        kept: &BulkKept,
        changes: impl Iterator<Item = &Change>,
        cancel: &AtomicBool,
        report: &mut BulkReport,
    ) -> Result<bool> {
        for change in changes {
            if cancel.load(Ordering::Relaxed) {
                return Ok(true);
            }
            let now = self.present(caller)?;
            let entity = now.policy.catalog.by_code(EntityCode(change.entity));
            let entity = entity.ok_or_else(|| Fault::bug("unknown entity"))?;
            let step = match kept.binned {
                Some(binned) => self.undo_bin(&now, entity, change, binned).await,
                None => self.undo_change(&now, entity, change, kept.from).await,
            };
            report.take((&entity.name, change.record), step.map(|()| true))?;
        }
        Ok(false)
    }

    async fn undo_bin(&self, caller: &Caller, entity: &Entity, change: &Change, binned: bool) -> Result<()> {
        let found = self.lookup_to(caller, entity, change.record, Action::Delete).await?;
        let undone = self.bin(caller, entity, found, change.version, !binned, false).await;
        undone.map(drop).map_err(told)
    }

    /// Writes the old values of one change, as any change is written. `from` is whose the records were that were
    /// handed over.
    async fn undo_change(
        &self,
        caller: &Caller,
        entity: &Entity,
        change: &Change,
        from: Option<UserId>,
    ) -> Result<()> {
        let (row, facts, permit) = self.lookup_to(caller, entity, change.record, Action::Update).await?;
        if row.version != change.version {
            return Err(told(Fault::stale()));
        }
        // What was handed over lay there already: it was not changed since.
        if row.deleted_at.is_some() && from.is_none() {
            return Err(in_bin());
        }
        let mut diff = content::open_diff_to_undo(&self.0.vault, &row, change)?;
        let mut draft = self.draft(caller, entity, (row, facts, &permit))?;
        diff.remove(content::BINNED);
        let owner = content::take_old_id(&mut diff, content::OWNER).unwrap_or(draft.row.owner);
        let team = content::take_old_id(&mut diff, content::TEAM).unwrap_or(draft.row.team);
        if owner != draft.row.owner && Some(owner) != from {
            // Whoever left in the meantime gets nothing back, but what was handed over because of that.
            self.team_of(caller, owner)?;
        }
        self.hand_over(caller, &mut draft, owner, team).await?;
        let own = |name: &String| entity.field(name).is_some_and(|f| !f.flags.read_only);
        let patch: Map<String, Value> = diff
            .iter()
            .filter(|(name, _)| own(name))
            .map(|(name, (old, _))| (name.clone(), old.clone()))
            .collect();
        check_writable(entity, permit.mask(), &Value::Object(patch))?;
        for (name, (old, _)) in diff {
            if old.is_null() {
                draft.after.remove(&name);
            } else {
                draft.after.insert(name, old);
            }
        }
        self.check_unique(caller, entity, &draft.before, &draft.after, change.record).await?;
        let done = self.write_back(caller, entity, draft, Act::RecordUpdate, false).await;
        done.map(drop).map_err(told)
    }
}

/// Somebody changed the record since: the words for that here.
fn told(fault: Fault) -> Fault {
    if fault.kind != FaultKind::Stale {
        return fault;
    }
    let text = Text::of(
        "Rekord zmieniono później, więc pozostał bez zmian.",
        "The record has been changed since, so it stays as it is.",
    );
    Fault::new(FaultKind::Stale, text)
}

pub(super) fn undone_before() -> Fault {
    let text = Text::of("Tę zmianę już cofnięto.", "This change has already been undone.");
    Fault::new(FaultKind::Conflict, text)
}
