//! Taking back a whole import.

use super::ImportList;
use crate::engine::index_row;
use crate::prepare::links_of;
use crate::{Caller, Engine, Masked, Released, content};
use access::Action;
use index::Op;
use kernel::{ActId, Fault, FaultKind, RecordId, Result, SubjectId, Text};
use ledger::{Act, Event};
use schema::{Entity, EntityCode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use store::{Change, ChangeKind, JobWrite, Row, RowWrite};

/// What an undo did.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Undone {
    /// Records removed, with their keys.
    pub removed: u64,
    /// Records put back to what they were.
    pub restored: u64,
    /// Records left alone, because somebody changed them since or something hangs on them or refers to them.
    pub kept: u64,
}

/// How far an undo is: noted with each step while a job does it, for whoever goes on after a crash.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Far {
    undone: Undone,
    /// The pass, and the change that was looked at last.
    last: bool,
    after: u64,
    /// Subjects of what was removed just now: their keys may still be there.
    emptied: Vec<SubjectId>,
    /// It came to its end.
    whole: bool,
}

/// Changes taken back in one transaction.
const CHUNK: u32 = 500;

impl Engine {
    /// Undoes an import of the caller's own: removes what it made and puts back what it changed, as far
    /// as nobody has touched it since.
    ///
    /// # Errors
    /// Not found; conflict if it was undone before.
    pub async fn undo_import(&self, caller: &Caller, act: ActId) -> Result<Released<Undone>> {
        let (doc, kept) = match self.import_doc(act).await? {
            Some(found) if found.1.user == caller.actor.user => found,
            _ => return Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await),
        };
        let mut far =
            self.noted(caller, 0).await?.map_or_else(|| Ok(Far::default()), |note| far_of(&note))?;
        // What an attempt before removed, it might: its keys go, whether this one may go on or not.
        self.destroy_empty(std::mem::take(&mut far.emptied), act).await?;
        let entity = caller.policy.catalog.get(&kept.entity).ok_or_else(Fault::not_found)?;
        if let Err(fault) = self.may_import(caller, entity) {
            return Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await);
        }
        if kept.undone && far.whole {
            // By an earlier attempt, whose end could not be written down.
            let event = Event { entity: entity.code.0, part_of: act, ..self.event(caller, Act::ImportUndo) };
            return Ok(Masked::new(far.undone).release(&self.receipt(event).await?));
        }
        if kept.undone {
            return Err(Fault::new(
                FaultKind::Conflict,
                Text::of("Ten import już cofnięto.", "This import has already been undone."),
            ));
        }
        let whole = self.undo_all(caller, entity, act, &mut far).await;
        // However far it came.
        let undone = far.undone.clone();
        if undone.removed > 0 {
            self.settle_erasure().await?;
        }
        let mut event = Event { entity: entity.code.0, part_of: act, ..self.event(caller, Act::ImportUndo) };
        self.set_detail(
            &mut event,
            &json!({ "removed": undone.removed, "restored": undone.restored, "kept": undone.kept }),
        )?;
        let mut batch = Self::batch(caller, event);
        if whole.is_ok() {
            batch.jobs.extend(self.note_far(caller, &Far { whole: true, ..far }).await?);
            batch.docs.push(self.import_doc_write(&ImportList { undone: true, ..kept }, doc.version + 1)?);
        }
        let done = self.commit(batch, Vec::new()).await?;
        whole.map(|()| Masked::new(undone).release(&done.receipt))
    }

    /// Takes back change by change, under the rights of each moment.
    async fn undo_all(&self, caller: &Caller, entity: &Entity, act: ActId, far: &mut Far) -> Result<()> {
        // Two passes: what refers to others goes first, so that companies made for their people can go too.
        let mut known = HashMap::new();
        for last in [false, true].into_iter().skip(usize::from(far.last)) {
            if last && !far.last {
                (far.last, far.after) = (true, 0);
            }
            loop {
                let changes = self.0.store.changes_of_act(act, far.after, CHUNK).await?;
                let Some(end) = changes.last().map(|c| c.seq) else {
                    break;
                };
                far.after = end;
                let mut chosen: Vec<Change> = Vec::with_capacity(changes.len());
                for change in changes {
                    if (change.entity != entity.code.0) == last
                        && self.by_import(change.event, &mut known).await?
                    {
                        chosen.push(change);
                    }
                }
                let now = self.present(caller)?;
                if let Err(fault) = self.may_import(&now, entity) {
                    return Err(self.refused(&now, entity.code.0, RecordId::NIL, fault).await);
                }
                self.undo_chunk(&now, act, &chosen, far).await?;
                // At once: whoever takes it back once more, no longer finds whose they were.
                self.destroy_empty(std::mem::take(&mut far.emptied), act).await?;
            }
        }
        Ok(())
    }

    /// Whether this event is of the import itself. What undoing writes belongs to the same act, and must
    /// not be taken back in turn: neither now nor when an undo that was cut short is repeated.
    async fn by_import(&self, event: u64, known: &mut HashMap<u64, bool>) -> Result<bool> {
        if let Some(known) = known.get(&event) {
            return Ok(*known);
        }
        let rows = self.0.store.events_from(event, 1).await?;
        let imported = rows
            .first()
            .map(|r| Event::decode(&r.bytes))
            .transpose()?
            .is_some_and(|e| e.act == Act::RecordImport);
        known.insert(event, imported);
        Ok(imported)
    }

    async fn undo_chunk(&self, caller: &Caller, act: ActId, changes: &[Change], far: &mut Far) -> Result<()> {
        let ids: Vec<RecordId> = changes.iter().map(|c| c.record).collect();
        let rows: HashMap<RecordId, Row> =
            self.0.store.rows(ids).await?.into_iter().map(|r| (r.id, r)).collect();
        let mut batch = Self::batch(caller, Event { part_of: act, ..self.event(caller, Act::ImportUndo) });
        let mut ops = Vec::new();
        let mut gone = Vec::new();
        let Far { undone, emptied, .. } = &mut *far;
        for change in changes {
            let Some(row) = rows.get(&change.record) else {
                continue;
            };
            // The rights of today count: the caller may have left the team, or processing be restricted.
            let made = change.kind == ChangeKind::Insert;
            let action = if made { Action::Create } else { Action::Update };
            let (facts, _) = self.facts(row).await?;
            if row.version != change.version || !caller.policy.decide(&caller.actor, action, &facts).allow {
                undone.kept += 1;
            } else if made {
                let busy = !self.0.store.links_to(row.id).await?.is_empty()
                    || !self.0.store.children(row.id, None, 1).await?.is_empty();
                if busy {
                    undone.kept += 1;
                    continue;
                }
                undone.removed += 1;
                emptied.push(row.subject);
                gone.push(row.clone());
                ops.push(Op::Remove { id: row.id, entity: EntityCode(row.entity) });
                batch.rows.push(RowWrite::Remove { id: row.id, version: row.version });
            } else {
                let (write, op) = self.put_back(caller, row, change)?;
                undone.restored += 1;
                batch.rows.push(write);
                ops.push(op);
            }
        }
        if !batch.rows.is_empty() {
            batch.jobs.extend(self.note_far(caller, far).await?);
            let ended = self.grants_on(&gone, &mut batch).await?;
            self.commit(batch, ops).await?;
            self.forget_grants(ended).await;
            self.clear_late_grants(&gone).await;
        }
        Ok(())
    }

    async fn note_far(&self, caller: &Caller, far: &Far) -> Result<Option<JobWrite>> {
        self.note(caller, 0, serde_json::to_vec(far).map_err(Fault::bug)?).await
    }

    /// The row with the old values of one change.
    fn put_back(&self, caller: &Caller, row: &Row, change: &Change) -> Result<(RowWrite, Op)> {
        let entity =
            caller.policy.catalog.by_code(EntityCode(row.entity)).ok_or_else(|| Fault::bug("entity"))?;
        let now = content::open_unseen(&self.0.vault, row)?;
        let mut before = now.clone();
        for (field, (old, _)) in content::open_diff_to_undo(&self.0.vault, row, change)? {
            if old.is_null() {
                before.remove(&field);
            } else {
                before.insert(field, old);
            }
        }
        let mut next = Row {
            version: row.version + 1,
            updated_at: self.now(),
            updated_by: caller.actor.user,
            ..row.clone()
        };
        content::seal_into(&self.0.vault, &mut next, &before)?;
        let diff = content::seal_diff(&self.0.vault, &next, &now, &before)?;
        let op = Op::Put(index_row(&next, before.clone()));
        Ok((RowWrite::Update { links: links_of(entity, &before), row: next, diff }, op))
    }

    /// Destroys the keys of subjects of which no record is left.
    async fn destroy_empty(&self, mut subjects: Vec<SubjectId>, act: ActId) -> Result<()> {
        subjects.sort_unstable();
        subjects.dedup();
        let mut empty = Vec::with_capacity(subjects.len());
        for subject in subjects {
            if self.0.store.rows_of_subject(subject).await?.is_empty() {
                empty.push(subject);
            }
        }
        if empty.is_empty() {
            return Ok(());
        }
        self.note_erasure();
        let (vault, now) = (self.0.vault.clone(), self.now());
        let destroy = move || vault.destroy_many(&empty, *act.bytes(), now);
        tokio::task::spawn_blocking(destroy).await.map_err(Fault::bug)?.map(drop)
    }
}

fn far_of(note: &[u8]) -> Result<Far> {
    serde_json::from_slice(note).map_err(|_| Fault::corrupt("a note of an undo"))
}
