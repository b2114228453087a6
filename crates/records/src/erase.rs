//! Erasure at its root (GDPR Art. 17): the live rows go, then the key, and with it every copy of them.

use crate::approvals::Exact;
use crate::engine::index_row;
use crate::prepare::{issue, links_of};
use crate::read::about;
use crate::{Caller, Engine, Masked, Released, content};
use access::Action;
use identity::ActKind;
use index::Op;
use kernel::{Fault, FaultKind, RecordId, Result, SubjectId, Text, UserId};
use ledger::{Act, Event};
use schema::{Catalog, Entity, EntityCode, SubjectRule};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;
use store::{Batch, Doc, DocKind, DocWrite, Row, RowWrite};

/// What an erasure did.
#[derive(Clone, Debug, Serialize)]
pub struct Erased {
    /// Whose key was destroyed.
    pub subject: SubjectId,
    /// Records removed.
    pub removed: usize,
    /// Records of others from which a reference was taken out.
    pub unlinked: usize,
    /// When the key was destroyed (RFC 3339).
    pub destroyed_at: String,
}

/// Shortest and longest ground for erasing, in characters.
pub const ERASE_REASON: std::ops::RangeInclusive<usize> = 3..=500;
/// How often an erasure is begun anew because something beside it was written at that moment.
const AGAIN: usize = 3;
/// Largest erasure done in one transaction.
pub(crate) const MAX_ROWS: usize = 20_000;

impl Engine {
    /// Erases the subject of a person, company or lead: removes every record that is sealed for it,
    /// takes references to those out of other records, then destroys the key. `reason` is kept with
    /// the organisation's key and must not name the person.
    ///
    /// # Errors
    /// Not found, forbidden, no reason, more than 20,000 records.
    pub async fn erase(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        reason: &str,
    ) -> Result<Released<Erased>> {
        self.erase_exactly(caller, entity, id, reason, None).await
    }

    /// As [`Engine::erase`]; if it is said what exactly goes, then that or nothing.
    pub(crate) async fn erase_exactly(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        reason: &str,
        exactly: Option<&Exact>,
    ) -> Result<Released<Erased>> {
        if caller.approved.is_some() != exactly.is_some() {
            return Err(Fault::bug("what was approved names its records"));
        }
        for _ in 0..AGAIN {
            let row = self.check_erase(caller, entity, id, reason).await?;
            match self.erase_subject(caller, row, reason.trim(), exactly).await {
                // Another erasure of the same user counted at that moment, or something that refers to this was saved.
                // What was approved is taken up once more by whoever took it up.
                Err(fault) if fault.kind == FaultKind::Stale && caller.approved.is_none() => {}
                done => return done,
            }
        }
        let row = self.check_erase(caller, entity, id, reason).await?;
        self.erase_subject(caller, row, reason.trim(), exactly).await
    }

    /// The record that an erasure is about, if its caller may erase it and gives the grounds.
    ///
    /// # Errors
    /// Not found, forbidden, no reason.
    pub(crate) async fn check_erase(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        reason: &str,
    ) -> Result<Row> {
        let row = self.may_erase(caller, entity, id).await?;
        if !ERASE_REASON.contains(&reason.trim().chars().count()) {
            return Err(issue(
                "reason",
                "reason-needed",
                Text::of(
                    "Podaj podstawę usunięcia: od 3 do 500 znaków, bez danych osoby.",
                    "Give the grounds for erasure: 3 to 500 characters, without the person's data.",
                ),
            ));
        }
        is_subject(entity).map(|()| row)
    }

    /// The record that an erasure is about, if its caller may erase it.
    ///
    /// # Errors
    /// Not found, forbidden, nobody who could be erased.
    pub(crate) async fn erasable(&self, caller: &Caller, entity: &Entity, id: RecordId) -> Result<Row> {
        let row = self.may_erase(caller, entity, id).await?;
        is_subject(entity).map(|()| row)
    }

    async fn may_erase(&self, caller: &Caller, entity: &Entity, id: RecordId) -> Result<Row> {
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        match caller.policy.write(&caller.actor, Action::Erase, id, &facts) {
            Ok(_) => Ok(row),
            Err(fault) => Err(self.refused(caller, row.entity, id, fault).await),
        }
    }

    async fn erase_subject(
        &self,
        caller: &Caller,
        row: Row,
        reason: &str,
        exactly: Option<&Exact>,
    ) -> Result<Released<Erased>> {
        let subject = row.subject;
        let doomed = self.0.store.rows_of_subject(subject).await?;
        if doomed.len() > MAX_ROWS {
            return Err(Fault::invalid(Text::of(
                "Do tej osoby lub firmy należy więcej niż 20 000 rekordów. Usuń najpierw część z nich.",
                "More than 20,000 records belong to this person or company. Remove some of them first.",
            )));
        }
        let cleared = self.cleared(caller, ActKind::Erase, doomed.len() as u64).await?;
        if exactly.is_some_and(|exact| !is_exactly(&doomed, exact)) {
            return Err(changed_since());
        }
        self.check_parties(caller, &row, &doomed).await?;
        let (mut rows, mut ops) = self.unlink(&caller.policy.catalog, &doomed).await?;
        let unlinked = rows.len();
        for gone in &doomed {
            rows.push(RowWrite::Remove { id: gone.id, version: gone.version });
            ops.push(Op::Remove { id: gone.id, entity: EntityCode(gone.entity) });
        }
        let now = self.now();
        let request: RecordId = self.id();
        // The event names the subject but seals its detail for the organisation's register, in an
        // event of its own: what is sealed for the subject dies with the key.
        let event = about(self.event(caller, Act::SubjectErase), &row);
        let mut note = Event { entity: row.entity, ..self.event(caller, Act::SubjectErase) };
        let mut about = json!({
            "reason": reason, "removed": doomed.len(), "unlinked": unlinked, "request": request,
        });
        if let Some(approved) = &caller.approved {
            about["approval"] = json!({ "id": approved.id, "by": approved.by });
        }
        self.set_detail(&mut note, &about)?;
        let mut batch = Batch::new(event);
        batch.more_events.push(note);
        batch.rows = rows;
        let keys = self.keys_of(subject, &doomed)?;
        batch.docs.extend(keys.iter().map(|key| {
            DocWrite::Put(Doc {
                kind: DocKind::Erasure,
                id: *key.bytes(),
                key: None,
                user: None,
                version: 1,
                updated_at: now,
                sealed: request.bytes().to_vec(),
            })
        }));
        cleared.join(&mut batch);
        let ended = self.grants_on(&doomed, &mut batch).await?;
        self.note_erasure();
        let done = self.commit(batch, ops).await?;
        self.note_erasure();
        self.forget_grants(ended).await;
        self.clear_late_grants(&doomed).await;
        for key in keys {
            self.finish_erasure(key, *request.bytes()).await?;
        }
        let erased = Erased { subject, removed: doomed.len(), unlinked, destroyed_at: self.now().rfc3339() };
        Ok(Masked::new(erased).release(&done.receipt))
    }

    /// A converted lead takes its person along: whoever erases must be allowed to erase both.
    async fn check_parties(&self, caller: &Caller, row: &Row, doomed: &[Row]) -> Result<()> {
        let catalog = &caller.policy.catalog;
        let party =
            |r: &&Row| catalog.by_code(EntityCode(r.entity)).is_some_and(|e| e.subject == SubjectRule::Own);
        for one in doomed.iter().filter(party) {
            let (facts, _) = self.facts(one).await?;
            if !caller.policy.decide(&caller.actor, Action::Erase, &facts).allow {
                let entity = catalog.by_code(facts.entity).ok_or_else(|| Fault::bug("unknown entity"))?;
                let fault = access::lacks_action(&caller.actor, Action::Erase, entity);
                return Err(self.refused(caller, row.entity, row.id, fault).await);
            }
        }
        Ok(())
    }

    /// The keys that go: that of the subject, and those of its own that a record, such as a deal, had before
    /// it was about this subject. Copies from that time open with them.
    fn keys_of(&self, subject: SubjectId, doomed: &[Row]) -> Result<Vec<SubjectId>> {
        let mut keys = vec![subject];
        for own in doomed.iter().map(|r| r.id.cast()).filter(|own| *own != subject) {
            if self.0.vault.has_subject(own)? {
                keys.push(own);
            }
        }
        Ok(keys)
    }

    /// Rewrites the records of others that refer to what is about to go, without the reference.
    /// One whose own key is destroyed is as gone as they are, and one that does not open refers to nobody that
    /// could be read.
    pub(crate) async fn unlink(&self, catalog: &Catalog, doomed: &[Row]) -> Result<(Vec<RowWrite>, Vec<Op>)> {
        let gone: BTreeSet<RecordId> = doomed.iter().map(|r| r.id).collect();
        let mut others = BTreeSet::new();
        for id in &gone {
            others.extend(
                self.0.store.links_to(*id).await?.into_iter().map(|l| l.from).filter(|f| !gone.contains(f)),
            );
        }
        let ids: Vec<RecordId> = others.into_iter().collect();
        let (mut writes, mut ops) = (Vec::new(), Vec::new());
        for row in self.0.store.rows(ids).await? {
            let Some(entity) = catalog.by_code(EntityCode(row.entity)) else {
                continue;
            };
            let mut content = match content::open_unseen(&self.0.vault, &row) {
                Err(fault) if fault.kind == FaultKind::NotFound => continue,
                Err(fault) if fault.kind == FaultKind::Corrupt => {
                    // What nobody can read must not keep somebody from being erased.
                    tracing::error!(record = %row.id, note = fault.internal.as_deref(), "a damaged record keeps its reference");
                    continue;
                }
                opened => opened?,
            };
            let before = content.clone();
            for (field, target) in links_of(entity, &before) {
                if gone.contains(&target) {
                    content.remove(&field);
                }
            }
            let mut next =
                Row { version: row.version + 1, updated_at: self.now(), updated_by: UserId::NIL, ..row };
            content::seal_into(&self.0.vault, &mut next, &content)?;
            let diff = content::seal_diff(&self.0.vault, &next, &before, &content)?;
            ops.push(Op::Put(index_row(&next, content.clone())));
            writes.push(RowWrite::Update { links: links_of(entity, &content), row: next, diff });
        }
        Ok((writes, ops))
    }

    /// Destroys the key and what the files still hold in freed pages. Repeated at start and from time to
    /// time for erasures that a crash or a failure cut short.
    async fn finish_erasure(&self, subject: SubjectId, request: [u8; 16]) -> Result<()> {
        let _alone = self.0.erasing.lock().await;
        if self.0.store.doc(DocKind::Erasure, *subject.bytes()).await?.is_none() {
            return Ok(());
        }
        let (vault, now) = (self.0.vault.clone(), self.now());
        tokio::task::spawn_blocking(move || vault.destroy(subject, request, now))
            .await
            .map_err(Fault::bug)??;
        self.remove_late(subject).await?;
        // The erasure is not done before the index has taken it.
        self.catch_up(&|_, _| {}).await?;
        self.settle_erasure().await?;
        let mut batch = Batch::new(Event { subject, ..self.system_event(Act::SubjectErase) });
        batch.docs.push(DocWrite::Remove(DocKind::Erasure, *subject.bytes(), 1));
        match self.0.store.commit(batch).await {
            // Another server finished it at the same time.
            Err(fault) if fault.kind == FaultKind::Stale => Ok(()),
            done => done.map(drop),
        }
    }

    /// Once another server has erased a subject: what this one wrote about it meanwhile goes too, and what the
    /// index still holds in freed pages.
    pub(crate) async fn clear_erased(&self, subject: SubjectId) -> Result<()> {
        if self.0.store.doc(DocKind::Erasure, *subject.bytes()).await?.is_some() {
            return Ok(());
        }
        self.remove_late(subject).await?;
        // The index may not have taken yet that the rows went.
        self.catch_up(&|_, _| {}).await?;
        self.0.index.settle_erasure().await
    }

    /// Clears what freed pages of store and index still hold.
    pub(crate) async fn settle_erasure(&self) -> Result<()> {
        let _unread = self.stop_verifying().await;
        self.0.store.settle_erasure().await?;
        self.0.index.settle_erasure().await
    }

    /// Removes what was being written about the subject while its records were removed. No more can come:
    /// nothing is sealed for it any longer.
    async fn remove_late(&self, subject: SubjectId) -> Result<()> {
        self.note_erasure();
        let late = self.0.store.rows_of_subject(subject).await?;
        if late.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new(Event { subject, ..self.system_event(Act::SubjectErase) });
        batch.rows = late.iter().map(|r| RowWrite::Remove { id: r.id, version: r.version }).collect();
        let gone = |r: &Row| Op::Remove { id: r.id, entity: EntityCode(r.entity) };
        let ops = late.iter().map(gone).collect();
        let ended = self.grants_on(&late, &mut batch).await?;
        self.commit(batch, ops).await?;
        self.forget_grants(ended).await;
        self.clear_late_grants(&late).await;
        Ok(())
    }

    /// Finishes erasures whose rows are gone and whose key may not be. Done at every start, and from time to time.
    ///
    /// # Errors
    /// Storage.
    pub async fn finish_erasures(&self) -> Result<usize> {
        let pending = self.0.store.docs(DocKind::Erasure).await?;
        let mut failed = None;
        for doc in &pending {
            let request =
                doc.sealed.as_slice().try_into().map_err(|_| Fault::corrupt("erasure request id"))?;
            // One that cannot be finished yet keeps no other from its end.
            if let Err(fault) = self.finish_erasure(SubjectId::from_bytes(doc.id), request).await {
                failed.get_or_insert(fault);
            }
        }
        failed.map_or(Ok(pending.len()), Err)
    }
}

/// Whether these rows are those that were approved, in the same versions.
fn is_exactly(rows: &[Row], exact: &Exact) -> bool {
    let versions = exact.versions();
    rows.len() == versions.len() && rows.iter().all(|row| versions.get(&row.id) == Some(&row.version))
}

fn changed_since() -> Fault {
    let text = Text::of(
        "Odkąd o to poproszono, zmieniono te dane: zatwierdzono coś innego. Poproś od nowa.",
        "These data were changed since it was asked for: something else was approved. Ask anew.",
    );
    Fault::new(FaultKind::Conflict, text)
}

fn is_subject(entity: &Entity) -> Result<()> {
    if entity.subject == SubjectRule::Own {
        return Ok(());
    }
    Err(issue(
        "id",
        "not-a-subject",
        Text::of(
            "Trwale usunąć można osobę, firmę albo leada. Ten rekord przenieś do kosza.",
            "Only a person, a company or a lead can be erased for good. Move this record to the bin instead.",
        ),
    ))
}
