//! Many records shared in the same way, as one act: each by the same code as a single one, under the rights of that
//! moment. Which grants it gave stands with the act, written with each of them: so that none is given twice, and that all
//! of them that still stand can be ended as one.

use super::run::BulkRun;
use super::{BulkKept, BulkReport, changed_since};
use crate::grant_checks::{tidy, unknown_field, with_names};
use crate::grant_notices::GrantTold;
use crate::grants::TRIES;
use crate::prepare::issue;
use crate::{Caller, Engine, GrantInput, Masked, Released};
use access::{Grant, Level, ListPermit, Over};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use identity::{GrantEnd, open_doc};
use kernel::{ActId, Fault, FaultKind, GrantId, RecordId, Result, Text, Time};
use ledger::{Act, Event, Receipt};
use schema::Entity;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Batch, DocKind};

/// Records that are shared in one act: as many grants as one giver may have for one user or team.
pub const SHARE_MAX: usize = 1_000;
/// Bytes of one grant of an act.
const ONE: usize = 48;
/// What is shared for as long as it may be counts as shared for as long until a day later.
const DAY_MS: i64 = 24 * 3_600_000;

/// A grant of an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Given {
    record: RecordId,
    grant: GrantId,
    /// The act that ended it, as one with the others; nil if none did.
    ended: ActId,
}

/// The grants of an act, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct GivenList(Vec<Given>);

impl GivenList {
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same, with one of them ended by an act.
    fn without(&self, grant: GrantId, act: ActId) -> Self {
        let end = |one: &Given| Given { ended: if one.grant == grant { act } else { one.ended }, ..*one };
        Self(self.0.iter().map(end).collect())
    }

    fn ended_by(&self, act: ActId) -> u64 {
        self.0.iter().filter(|one| one.ended == act).count() as u64
    }
}

impl Serialize for GivenList {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let one = |one: &Given| [*one.record.bytes(), *one.grant.bytes(), *one.ended.bytes()].concat();
        STANDARD_NO_PAD.encode(self.0.iter().flat_map(one).collect::<Vec<u8>>()).serialize(to)
    }
}

impl<'de> Deserialize<'de> for GivenList {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| D::Error::custom("not base64"))?;
        let one = |bytes: &[u8]| {
            let (record, rest) = bytes.split_at_checked(16)?;
            let (grant, ended) = rest.split_at_checked(16)?;
            let (record, grant) = (RecordId::from_slice(record)?, GrantId::from_slice(grant)?);
            Some(Given { record, grant, ended: ActId::from_slice(ended)? })
        };
        let all: Option<Vec<_>> = bytes.chunks(ONE).map(one).collect();
        all.map(Self).ok_or_else(|| D::Error::custom("not whole"))
    }
}

impl Engine {
    /// Refuses what could be given on no record of the entity.
    pub(super) async fn check_share(
        &self,
        caller: &Caller,
        entity: &Entity,
        permit: &ListPermit,
        input: &GrantInput,
    ) -> Result<()> {
        self.not_by_token(caller).await?;
        let (_, _, mut issues) = self.terms(&caller.policy, caller, entity, input);
        let seen = |name: &String| entity.field(name).is_some() && permit.most().level(name) > Level::Hidden;
        if input.fields.as_ref().is_some_and(|names| names.is_empty() || !names.iter().all(seen)) {
            issues.push(unknown_field());
        }
        if issues.is_empty() {
            return tidy(&input.reason).map(drop);
        }
        let hidden = input.fields.iter().flatten().filter(|name| !seen(name));
        Err(with_names(Fault::fields(issues), hidden).within(&entity.name))
    }

    /// Whether a record was shared; not if the caller shares it like this already. `which` is the version that was
    /// approved.
    pub(super) async fn share_one(
        &self,
        caller: &Caller,
        entity: &Entity,
        which: (RecordId, Option<u64>),
        input: &GrantInput,
        run: &mut BulkRun,
    ) -> Result<bool> {
        for _ in 1..TRIES {
            match self.share_once(caller, entity, which, input, run).await {
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        self.share_once(caller, entity, which, input, run).await
    }

    async fn share_once(
        &self,
        caller: &Caller,
        entity: &Entity,
        (id, approved): (RecordId, Option<u64>),
        input: &GrantInput,
        run: &mut BulkRun,
    ) -> Result<bool> {
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let caller = &self.present(caller)?;
        let gift = self.gift(caller, entity, id, input).await?;
        if approved.is_some_and(|then| then != gift.row.version) {
            return Err(changed_since());
        }
        if shares_already(caller, &gift.grant, input.until.is_none()) {
            return Ok(false);
        }
        let reason = self.check_gift(caller, entity, &gift, input).await?;
        let (doc, mut batch) = self.giving(caller, &gift, (&reason, true), held.at)?;
        self.answer_requests(caller, &gift.row, &doc.grant, &mut batch).await?;
        let mut kept = run.kept.clone();
        kept.given.0.push(Given { record: id, grant: doc.grant.id, ended: ActId::NIL });
        batch.docs.push(self.bulk_write(&kept, run.version + 1)?);
        let _receipt = self.commit_grant(batch, doc.grant.id).await?;
        (run.kept, run.version) = (kept, run.version + 1);
        Ok(true)
    }

    /// The records that an earlier attempt at this act shared, with the code of their entity.
    pub(super) async fn shared_before(&self, caller: &Caller, code: u16) -> Result<HashMap<RecordId, u16>> {
        let kept = self.bulk_doc(caller.actor.user, caller.part_of).await?;
        let given = kept.map(|(_, kept)| kept.given.0).unwrap_or_default();
        Ok(given.into_iter().map(|one| (one.record, code)).collect())
    }

    /// Whether an act gave grants.
    ///
    /// # Errors
    /// Storage.
    pub async fn act_gave(&self, act: ActId) -> Result<bool> {
        let Some(doc) = self.store().doc(DocKind::Bulk, *act.bytes()).await? else { return Ok(false) };
        Ok(!open_doc::<BulkKept>(&self.0.vault, &doc)?.given.is_empty())
    }

    /// Whoever has the grants of an act is told of them once.
    pub(super) async fn tell_of_given(
        &self,
        caller: &Caller,
        batch: &mut Batch,
        given: &GivenList,
    ) -> Result<()> {
        let policy = self.policy();
        let Some(first) = given.0.iter().find_map(|one| policy.grants.find(one.grant)) else { return Ok(()) };
        let count = given.0.len() as u64;
        self.tell_of_grants(batch, GrantTold::Given, (first, count), caller.actor.user).await
    }

    /// Ends the grants that an act gave, as far as they still stand and were not renewed since.
    pub(super) async fn undo_shares(
        &self,
        caller: &Caller,
        (act, entity): (ActId, u16),
        kept: BulkKept,
        cancel: &AtomicBool,
        progress: crate::Progress<'_>,
    ) -> Result<Released<BulkReport>> {
        let mut report = BulkReport::default();
        if kept.undone {
            // An earlier attempt at this did it.
            report.changed = kept.given.ended_by(caller.part_of);
            let receipt = self.receipt(self.event(caller, Act::BulkUndo)).await?;
            return Ok(Masked::new(report).release(&receipt));
        }
        let (name, total) = (kept.entity.unwrap_or_default(), kept.given.0.len() as u64);
        let (mut first, mut ended) = (None, Ok(true));
        for (done, one) in (0..).zip(&kept.given.0) {
            progress(done, Some(total));
            if cancel.load(Ordering::Relaxed) {
                ended = Ok(false);
                break;
            }
            let step = match self.present(caller) {
                Ok(now) => {
                    let step = self.unshare(&now, act, one.grant).await;
                    let step = step.map(|(done, grant)| {
                        first = first.take().or(grant);
                        done
                    });
                    report.take((&name, one.record), step)
                }
                Err(over) => Err(over),
            };
            if let Err(fault) = step {
                ended = Err(fault);
                break;
            }
        }
        let whole = *ended.as_ref().unwrap_or(&false);
        let receipt = self.shares_undone(caller, (act, entity), &report, (whole, first)).await?;
        ended.map(|_| Masked::new(report).release(&receipt))
    }

    /// Writes down that an act was undone, and tells whoever had its grants once.
    async fn shares_undone(
        &self,
        caller: &Caller,
        (act, entity): (ActId, u16),
        report: &BulkReport,
        (whole, first): (bool, Option<Grant>),
    ) -> Result<Receipt> {
        for again in (0..TRIES).rev() {
            let mut event = Event { entity, ..self.event(caller, Act::BulkUndo) };
            let detail = json!({ "of": act, "changed": report.changed, "refused": report.refused });
            self.set_detail(&mut event, &detail)?;
            let mut batch = Self::batch(caller, event);
            if let Some((version, kept)) = self.bulk_doc(caller.actor.user, act).await? {
                if let Some(first) = &first {
                    let of = (first, kept.given.ended_by(caller.part_of));
                    self.tell_of_grants(&mut batch, GrantTold::Ended, of, caller.actor.user).await?;
                }
                if whole {
                    batch.docs.push(self.bulk_write(&BulkKept { undone: true, ..kept }, version + 1)?);
                }
            }
            match self.commit(batch, Vec::new()).await {
                // Whoever is told may read a notification in that moment.
                Err(fault) if again > 0 && fault.kind == FaultKind::Stale => {}
                done => return Ok(done?.receipt),
            }
        }
        Err(Fault::stale())
    }

    /// Whether a grant of an act was ended by this one, and the grant if that was now; not if it stood no more.
    async fn unshare(&self, caller: &Caller, act: ActId, id: GrantId) -> Result<(bool, Option<Grant>)> {
        for _ in 1..TRIES {
            match self.unshare_once(caller, act, id).await {
                Err(fault) if fault.kind == FaultKind::Stale => {}
                done => return done,
            }
        }
        self.unshare_once(caller, act, id).await
    }

    async fn unshare_once(&self, caller: &Caller, act: ActId, id: GrantId) -> Result<(bool, Option<Grant>)> {
        let held = self.administer().await?;
        let Some((version, kept)) = self.bulk_doc(caller.actor.user, act).await? else {
            return Err(Fault::not_found());
        };
        let given = kept.given.0.iter().find(|one| one.grant == id).ok_or_else(Fault::not_found)?;
        if !given.ended.is_nil() {
            return Ok((given.ended == caller.part_of, None));
        }
        let Some((doc, _)) = self.kept_grant(id).await? else { return Ok((false, None)) };
        if !doc.grant.lasts_at(self.now()) {
            return Ok((false, None));
        }
        let (end, _) = GrantEnd::kept(self.store(), &self.0.vault, id).await?;
        if doc.grant.by != caller.actor.user || end.is_some_and(|end| end.renewed_at.is_some()) {
            return Err(renewed_since());
        }
        let row = self.store().row(given.record).await?;
        let event = self.event(caller, Act::GrantEnd);
        let Some((event, docs)) = self.grant_end(event, &doc.grant, row.as_ref()).await? else {
            return Ok((false, None));
        };
        let mut batch = Self::batch(caller, event);
        batch.docs = docs;
        batch.directory = held.at;
        let given = kept.given.without(id, caller.part_of);
        batch.docs.push(self.bulk_write(&BulkKept { given, ..kept }, version + 1)?);
        let _receipt = self.commit_grant(batch, id).await?;
        Ok((true, Some(doc.grant)))
    }
}

/// Whether the caller gave the same at least as much for at least as long.
pub(crate) fn shares_already(caller: &Caller, grant: &Grant, longest: bool) -> bool {
    let late = |until: Time| if longest { until.plus_ms(DAY_MS) } else { until };
    let lasts = |has: &Grant| has.until.is_none_or(|end| grant.until.is_some_and(|until| until <= late(end)));
    let over = |has: &Grant| has.over == grant.over || matches!(has.over, Over::Tree(..));
    let Some((_, record)) = grant.record() else { return false };
    caller.policy.grants.on(record).into_iter().any(|has| {
        (has.to, has.by, has.role) == (grant.to, grant.by, grant.role)
            && (&has.fields, &has.most) == (&grant.fields, &grant.most)
            && has.record() == grant.record()
            && over(has)
            && has.from <= grant.from
            && lasts(has)
    })
}

pub(super) fn too_many() -> Fault {
    let text = Text::of(
        "Naraz można udostępnić od 1 do 1000 rekordów; zawęź warunki.",
        "From 1 to 1,000 records can be shared at a time; narrow the conditions.",
    );
    issue("select", "out-of-range", text)
}

fn renewed_since() -> Fault {
    let text = Text::of(
        "Udostępnienie przedłużono później, więc trwa. Zakończ je w rekordzie.",
        "The grant has been renewed since, so it goes on. End it at the record.",
    );
    Fault::new(FaultKind::Stale, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_is_read_as_it_was_written_and_nothing_else() {
        let id = |n| GrantId::from_bytes([n; 16]);
        let one =
            |n: u8| Given { record: RecordId::from_bytes([n; 16]), grant: id(n + 1), ended: ActId::NIL };
        let all = GivenList(vec![one(1), one(7)]).without(id(8), ActId::from_bytes([9; 16]));
        assert_eq!((all.ended_by(ActId::from_bytes([9; 16])), all.ended_by(ActId::NIL)), (1, 1));
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<GivenList>(&text).unwrap(), all);
        for wrong in ["\"AAAA\"", "\"?\"", "7"] {
            assert!(serde_json::from_str::<GivenList>(wrong).is_err(), "{wrong}");
        }
    }
}
