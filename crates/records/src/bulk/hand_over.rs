//! All that a user owns, to one or several others: each record by itself and under the asker's rights, looked at
//! before and undone as one. What is about the same person or company goes to the same new owner.

use super::report::Goes;
use super::{BulkChange, BulkOrder, BulkReport, BulkSelect, BulkStays};
use crate::explain::as_user;
use crate::prepare::issue;
use crate::things_used::over;
use crate::views::ParseQuery;
use crate::write::not_for_that_owner;
use crate::{Caller, Engine, ListRequest, Masked, Released};
use access::{Action, Actor, Facts, ParentFacts, Policy, Scope, Thing, Verb, WritePermit};
use index::{Filter, Operator, Query};
use kernel::{Fault, Named, RecordId, Result, SubjectId, Text, UserId};
use ledger::Act;
use schema::Entity;
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use store::Row;

/// Records that are handed over in one act.
pub const HAND_OVER_MAX: usize = 100_000;
/// Users to whom records are handed over in one act.
pub const HAND_OVER_TO: usize = 20;

/// How many records of one entity a user owns.
#[derive(Clone, Debug, Serialize)]
pub struct Owned {
    /// Name of the entity.
    pub entity: String,
    /// Records, counted up to 100,000.
    pub count: u32,
    /// Records in the bin, counted up to 100,000.
    pub binned: u32,
}

/// What a user owns, in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct OwnedRecords {
    /// By entity; those without a record are absent.
    pub items: Vec<Owned>,
    /// Records outside the bin.
    pub count: u64,
    /// Views that the user shares with others.
    pub views: u64,
    /// Who could hand them over, up to 10 people; those first who could hand over most of them.
    pub who_could: Vec<Named<UserId>>,
}

/// Whose a record or view becomes: by whom it is about, so that a repeated call and a preview come to the same.
pub(super) fn receiver(to: &[UserId], subject: SubjectId) -> Option<UserId> {
    // The last bytes of an id are random; the first ones are a time.
    let [.., a, b, c, d] = *subject.bytes();
    let count = u32::try_from(to.len()).ok().filter(|count| *count > 0)?;
    to.get((u32::from_be_bytes([a, b, c, d]) % count) as usize).copied()
}

fn goes(to: &[UserId], row: &Row) -> Goes {
    Goes { to: receiver(to, row.subject), binned: row.deleted_at.is_some() }
}

/// The new owner must see what is handed over, by roles, for a grant ends: otherwise nobody would look after it.
fn receiver_sees(caller: &Caller, there: &Facts) -> Result<()> {
    let owner = as_user(caller, there.owner).by_roles_alone();
    if caller.policy.decide(&owner, Action::Read, there).allow {
        return Ok(());
    }
    let text = Text::of(
        "Nowy właściciel nie widziałby tego rekordu: nie pozwalają na to jego role albo zespół.",
        "The new owner would not see this record: neither roles nor team allow it.",
    );
    Err(issue("to", "not-seen-there", text))
}

fn owns_too_many() -> Fault {
    let text = Text::of(
        "To ponad 100 000 rekordów: przekazuj po jednym rodzaju, a gdy sam jeden ma ich tyle, najpierw część z jego listy.",
        "These are more than 100,000 records: hand over one kind at a time, and if one alone has so many, first some from its list.",
    );
    issue("entity", "out-of-range", text)
}

impl Engine {
    /// How many records a user owns; needs the right to read users.
    ///
    /// # Errors
    /// Forbidden; not found; storage.
    pub async fn records_of(&self, caller: &Caller, id: UserId) -> Result<Released<OwnedRecords>> {
        self.admin(caller, Thing::Users, Verb::Read).await?;
        let items = self.owned_by(caller, id).await?;
        let shared = self.facts_of_shared(caller, id).await?;
        let who_could = self.who_could(caller, id, &items, &shared).await?;
        let count = items.iter().map(|owned| u64::from(owned.count)).sum();
        let views = shared.len() as u64;
        let view = Masked::new(OwnedRecords { items, count, views, who_could });
        let mut event = over(Thing::Users, self.event(caller, Act::AccessExplain));
        self.set_detail(&mut event, &json!({ "user": id, "records": true }))?;
        Ok(view.release(&self.receipt(event).await?))
    }

    /// Records of an entity that a user owns: outside the bin, and in it.
    pub(super) async fn count_owned(
        &self,
        caller: &Caller,
        entity: &Entity,
        owner: UserId,
    ) -> Result<[u32; 2]> {
        let permit = caller.policy.count_all(&caller.actor, entity)?;
        let filter =
            Filter { field: "owner".to_owned(), op: Operator::Eq, values: vec![json!(owner.to_string())] };
        let mut counts = [0; 2];
        for (count, archived) in counts.iter_mut().zip([false, true]) {
            let query = Query { filters: vec![filter.clone()], archived, ..Query::default() };
            *count = self.0.index.count(&permit, query, HAND_OVER_MAX as u32).await?;
        }
        Ok(counts)
    }

    pub(super) async fn check_hand_over(
        &self,
        caller: &Caller,
        order: &BulkOrder,
        from: UserId,
        to: &[UserId],
    ) -> Result<()> {
        let entities = asked(caller, order)?;
        if !leads(&caller.policy, &caller.actor, &entities) {
            self.admin(caller, Thing::Users, Verb::Manage).await?;
        }
        if !caller.policy.members.contains_key(&from) {
            return Err(Fault::not_found());
        }
        let once: HashSet<&UserId> = to.iter().collect();
        if !(1..=HAND_OVER_TO).contains(&to.len()) || once.len() != to.len() || once.contains(&from) {
            let text = Text::of(
                "Wskaż od 1 do 20 nowych właścicieli, każdego raz i innych niż dotychczasowy.",
                "Choose 1 to 20 new owners, each once and other than the present one.",
            );
            return Err(issue("to", "out-of-range", text));
        }
        if let Some(gone) = to.iter().find(|id| self.team_of(caller, **id).is_err()) {
            let reason = Text::new(
                format!("Nie ma takiego aktywnego użytkownika: {gone}."),
                format!("There is no such active user: {gone}."),
            );
            return Err(issue("to", "unknown-user", reason));
        }
        Ok(())
    }

    /// What the caller sees of what a user owns, in the bin too, that on which other records hang first.
    pub(super) async fn seen_of<'a>(
        &self,
        caller: &'a Caller,
        order: &BulkOrder,
        from: UserId,
        cancel: &AtomicBool,
    ) -> Result<Vec<(&'a Entity, RecordId)>> {
        let mut entities = asked(caller, order)?;
        entities.sort_by_key(|entity| !entity.parents.is_empty());
        let mut all = Vec::new();
        for entity in entities {
            if caller.policy.list(&caller.actor, Action::Read, entity.code).is_err() {
                continue;
            }
            for binned in [false, true] {
                let filters = vec![format!("owner:eq:{from}")];
                let request = ListRequest { filters, binned, ..ListRequest::default() };
                let most = (HAND_OVER_MAX - all.len(), owns_too_many as fn() -> Fault);
                let ids = self.listed_ids(caller, entity, &request, most, cancel).await?;
                all.extend(ids.into_iter().map(|id| (entity, id)));
            }
        }
        Ok(all)
    }

    /// To whom a record goes, where records are handed over.
    pub(super) async fn goes(&self, id: RecordId, order: &BulkOrder) -> Result<Goes> {
        let BulkChange::HandOver(to) = &order.change else { return Ok(Goes::default()) };
        Ok(self.0.store.row(id).await?.map(|row| goes(to, &row)).unwrap_or_default())
    }

    /// Whether a record went to its new owner; not if it is somebody else's meanwhile.
    pub(super) async fn hand_one_over(
        &self,
        caller: &Caller,
        entity: &Entity,
        (row, facts, permit): (Row, Facts, WritePermit),
        order: &BulkOrder,
        to: &[UserId],
    ) -> Result<bool> {
        if !matches!(order.select, BulkSelect::OwnedBy(from) if from == row.owner) {
            return Ok(false);
        }
        let owner = receiver(to, row.subject).ok_or_else(Fault::not_found)?;
        let team = self.team_of(caller, owner)?;
        let mut draft = self.draft(caller, entity, (row, facts, &permit))?;
        self.hand_over(caller, &mut draft, owner, team).await?;
        receiver_sees(caller, &Facts { owner, team, ..draft.facts.clone() })?;
        self.write_back(caller, entity, draft, Act::RecordUpdate, false).await?;
        Ok(true)
    }

    /// What would become of each record if it were handed over now. Opens none and changes nothing. What the
    /// caller does not see is told in numbers to whoever reads users. `parse` reads the conditions of views.
    ///
    /// # Errors
    /// As [`Engine::check_bulk`]; storage.
    pub async fn preview_hand_over(
        &self,
        caller: &Caller,
        order: &BulkOrder,
        parse: ParseQuery<'_>,
        cancel: &AtomicBool,
        progress: crate::Progress<'_>,
    ) -> Result<Released<BulkReport>> {
        let caller = &self.present(caller)?;
        self.check_bulk(caller, order).await?;
        let (BulkSelect::OwnedBy(from), BulkChange::HandOver(to)) = (&order.select, &order.change) else {
            return Err(Fault::bug("only handing over has a preview"));
        };
        let seen = self.seen_of(caller, order, *from, cancel).await?;
        let (mut report, mut stay) = (BulkReport::by_entity(), HashSet::new());
        for (done, (entity, id)) in seen.iter().enumerate() {
            progress(done as u64, Some(seen.len() as u64));
            if cancel.load(Ordering::Relaxed) {
                break;
            }
            let now = self.present(caller)?;
            let Some(row) = self.0.store.row(*id).await? else { continue };
            let goes = goes(to, &row);
            let step = self.would_go(&now, row, (*from, to), &stay).await;
            if step.is_err() {
                stay.insert(*id);
            }
            report.take_for((&entity.name, *id), goes, step)?;
        }
        self.note_unseen(caller, order, *from, &seen, &mut report).await?;
        self.preview_views(caller, order, parse, &mut report).await?;
        progress(seen.len() as u64, Some(seen.len() as u64));
        let mut event = over(Thing::Users, self.event(caller, Act::AccessExplain));
        self.set_detail(&mut event, &json!({ "user": from, "records": true, "to": to }))?;
        Ok(Masked::new(report).release(&self.receipt(event).await?))
    }

    /// As [`Engine::hand_one_over`] would decide. What it hangs on goes before it, unless it is among those that
    /// `stay`.
    async fn would_go(
        &self,
        caller: &Caller,
        row: Row,
        (from, to): (UserId, &[UserId]),
        stay: &HashSet<RecordId>,
    ) -> Result<bool> {
        if row.owner != from {
            return Ok(false);
        }
        let (mut facts, parent) = self.facts(&row).await?;
        if let Some(above) = parent.filter(|p| p.owner == from && !stay.contains(&p.id))
            && let Some(owner) = receiver(to, above.subject)
        {
            let team = self.team_of(caller, owner)?;
            facts.parent = facts.parent.map(|parent| ParentFacts { owner, team, ..parent });
        }
        let _permit = caller.policy.write(&caller.actor, Action::Update, row.id, &facts)?;
        let owner = receiver(to, row.subject).ok_or_else(Fault::not_found)?;
        let there = Facts { owner, team: self.team_of(caller, owner)?, ..facts.clone() };
        let me = caller.actor.by_roles_alone();
        let may = |action, facts| caller.policy.decide(&me, action, facts).allow;
        if !(may(Action::Update, &facts) && may(Action::Create, &there)) {
            return Err(not_for_that_owner());
        }
        receiver_sees(caller, &there).map(|()| true)
    }

    /// What stays because the caller does not see it.
    async fn note_unseen(
        &self,
        caller: &Caller,
        order: &BulkOrder,
        from: UserId,
        seen: &[(&Entity, RecordId)],
        report: &mut BulkReport,
    ) -> Result<()> {
        if caller.policy.admin(&caller.actor, Thing::Users, Verb::Read).is_err() {
            return Ok(());
        }
        for entity in asked(caller, order)? {
            let [count, binned] = self.count_owned(caller, entity, from).await?;
            let listed = seen.iter().filter(|(e, _)| e.code == entity.code).count() as u64;
            let hidden = (u64::from(count) + u64::from(binned)).saturating_sub(listed);
            if hidden > 0 {
                let stays = BulkStays { code: "not-seen".to_owned(), reason: UNSEEN, count: hidden };
                report.stay((&entity.name, Goes::default()), stays);
            }
        }
        Ok(())
    }
}

/// Whether somebody may hand over records of these entities without a right over users.
pub(super) fn leads(policy: &Policy, actor: &Actor, entities: &[&Entity]) -> bool {
    // A new owner is given what the caller could have made for that owner.
    let reach = |entity: &Entity, action| policy.scope(actor, action, &entity.name) >= Scope::Below;
    entities.iter().any(|entity| [Action::Update, Action::Create].into_iter().all(|a| reach(entity, a)))
}

/// The entities that an order is about.
fn asked<'a>(caller: &'a Caller, order: &BulkOrder) -> Result<Vec<&'a Entity>> {
    let catalog = &caller.policy.catalog;
    match &order.entity {
        Some(name) => Ok(vec![catalog.get(name).ok_or_else(unknown_entity)?]),
        None => Ok(catalog.entities().iter().collect()),
    }
}

fn unknown_entity() -> Fault {
    issue(
        "entity",
        "unknown-entity",
        Text::of("Nie ma takiego rodzaju rekordów.", "There is no such kind of records."),
    )
}

const UNSEEN: Text = Text::of(
    "Twoje role nie pozwalają widzieć tych rekordów. Przekaże je ktoś, kto je widzi.",
    "Your roles do not let you see these records. Somebody who sees them can hand them over.",
);
