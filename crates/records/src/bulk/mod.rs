//! One change to many records: each in the usual way and under the rights of that moment, all of them part
//! of one act, which can be undone as one.

mod check;
mod hand_over;
mod report;
mod run;
mod share;
mod undo;
mod views;
mod whom;

pub use hand_over::{HAND_OVER_MAX, HAND_OVER_TO, Owned, OwnedRecords};
pub use report::{BulkPart, BulkProblem, BulkReport, BulkStays};
pub use run::BulkKept;
pub use share::SHARE_MAX;
pub(crate) use share::shares_already;
pub use views::SHARED_VIEWS;
pub use whom::ASKED_MAX;

use crate::approvals::{Exact, Sharing};
use crate::prepare::issue;
use crate::views::ParseQuery;
use crate::{Caller, Engine, GrantInput, ListRequest, Masked, Released, UpdateInput};
use access::{Action, Actor};
use identity::ActKind;
use kernel::{Fault, FaultKind, RecordId, Result, SessionId, Text, UserId, limits};
use ledger::{Act, Event};
use run::BulkRun;
use schema::{Entity, EntityCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// Records of one act.
pub const BULK_MAX: usize = 10_000;

/// Which records.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum BulkSelect {
    /// These.
    Ids(Vec<RecordId>),
    /// What a list with these conditions shows.
    List(ListRequest),
    /// All that this user owns, in the bin too.
    OwnedBy(UserId),
}

/// What is done to each.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum BulkChange {
    /// Fields or owner.
    Update(UpdateInput),
    /// Into the bin, or out of it.
    Bin(bool),
    /// To the first of these users, or each to one of them.
    HandOver(Vec<UserId>),
    /// Each is shared like this.
    Share(GrantInput),
}

/// A change to many records.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BulkOrder {
    /// Name of their entity; any, if absent, where all that a user owns is handed over.
    pub entity: Option<String>,
    /// Which.
    pub select: BulkSelect,
    /// What.
    pub change: BulkChange,
    /// Of that, only these, as far as they are in these versions: all that was approved.
    #[serde(default)]
    pub exactly: Option<Exact>,
}

impl BulkOrder {
    /// Under which rule of approval it comes.
    #[must_use]
    pub const fn kind(&self) -> ActKind {
        match self.change {
            BulkChange::Bin(true) => ActKind::BulkDelete,
            BulkChange::Share(_) => ActKind::BulkShare,
            BulkChange::Update(_) | BulkChange::Bin(false) | BulkChange::HandOver(_) => ActKind::BulkEdit,
        }
    }

    /// How many records it may be about, and the refusal of more.
    pub(crate) const fn most(&self) -> (usize, fn() -> Fault) {
        match self.change {
            BulkChange::Share(_) => (SHARE_MAX, share::too_many),
            _ => (BULK_MAX, too_many),
        }
    }

    /// The entity that it is about; 0 for any.
    fn code(&self, caller: &Caller) -> Result<u16> {
        let Some(name) = &self.entity else { return Ok(0) };
        Ok(caller.policy.catalog.get(name).ok_or_else(Fault::not_found)?.code.0)
    }
}

impl BulkChange {
    const fn action(&self) -> Action {
        match self {
            Self::Update(_) | Self::HandOver(_) => Action::Update,
            Self::Bin(_) => Action::Delete,
            Self::Share(_) => Action::Share,
        }
    }

    /// Names for the ledger; never values.
    fn named(&self) -> Value {
        match self {
            Self::Update(input) => {
                let fields = input.fields.as_ref().and_then(Value::as_object);
                let fields: Vec<&String> = fields.map(|f| f.keys().collect()).unwrap_or_default();
                json!({ "fields": fields, "owner": input.owner.is_some() })
            }
            Self::Bin(true) => json!({ "action": "delete" }),
            Self::Bin(false) => json!({ "action": "restore" }),
            Self::HandOver(to) => json!({ "to": to }),
            Self::Share(input) => json!({ "to": input.to, "role": input.role, "fields": input.fields }),
        }
    }
}

impl Engine {
    /// Whether a session or token was not ended.
    #[must_use]
    pub fn stands(&self, session: SessionId) -> bool {
        session.is_nil() || self.0.identity.stands(session)
    }

    /// Who acts through a session or token; nothing once it has ended.
    #[must_use]
    pub fn actor_of(&self, session: SessionId) -> Option<Actor> {
        self.0.identity.actor_of(session)
    }

    /// The caller under the policy of this moment.
    ///
    /// # Errors
    /// Unauthenticated once the user is suspended, or the session or token is ended; forbidden once the user must add
    /// a factor first.
    pub fn present(&self, caller: &Caller) -> Result<Caller> {
        let policy = self.policy();
        if !self.may_act(caller.actor.user) || !self.stands(caller.actor.session) {
            return Err(Fault::new(
                FaultKind::Unauthenticated,
                Text::of(
                    "Sesja, w której to zlecono, została zakończona.",
                    "The session in which this was ordered has ended.",
                ),
            ));
        }
        self.check_enrolled(caller)?;
        let actor = Actor { at: self.now(), ..caller.actor.clone() };
        Ok(Caller { policy, actor, ..caller.clone() })
    }

    /// Changes the records of `order` one after the other until `cancel` is set. What `caller` acts for is
    /// the act that can be undone. A job that was cut short goes on: what it changed already counts as
    /// changed and is left alone. `parse` reads the conditions of views, which are handed over too.
    ///
    /// # Errors
    /// As [`Engine::check_bulk`]; storage. What stands in the way of single records is in the report.
    pub async fn bulk(
        &self,
        caller: &Caller,
        order: &BulkOrder,
        parse: ParseQuery<'_>,
        cancel: &AtomicBool,
        progress: crate::Progress<'_>,
    ) -> Result<Released<BulkReport>> {
        // It may have waited since it was ordered.
        let caller = &self.present(caller)?;
        self.check_bulk(caller, order).await?;
        let before = match caller.again() {
            true => self.done_by(caller, order).await?,
            false => HashMap::new(),
        };
        let mut chosen = self.bulk_chosen(caller, order, cancel).await?;
        chosen.retain(|(_, id)| !before.contains_key(id));
        let (first, records) = (before.len() as u64, (before.len() + chosen.len()) as u64);
        let views = self.views_chosen(caller, order, parse).await?;
        let sharing = self.sharing_of(caller, order, &chosen).await?;
        let mut run = BulkRun::begin(self, caller, order, (records, views), sharing).await?;
        let total = records + run.views().len() as u64;
        if let Some(report) = run.ended() {
            progress(report.changed + report.unchanged + report.refused, Some(total));
            let event = Event { entity: run.entity, ..self.event(caller, Act::RecordBulk) };
            return Ok(Masked::new(report).release(&self.receipt(event).await?));
        }
        for (id, code) in before {
            let entity = caller.policy.catalog.by_code(EntityCode(code)).ok_or_else(Fault::not_found)?;
            run.report.count((&entity.name, self.goes(id, order).await?), 1);
        }
        let versions = order.exactly.as_ref().map(Exact::versions).unwrap_or_default();
        let mut broken = None;
        for (done, (entity, id)) in (first..).zip(chosen) {
            progress(done, Some(total));
            if cancel.load(Ordering::Relaxed) {
                break;
            }
            let step = match self.present(caller) {
                Ok(now) => {
                    let goes = self.goes(id, order).await;
                    let which = (id, versions.get(&id).copied());
                    let done = self.bulk_step(&now, entity, which, order, &mut run).await;
                    goes.and_then(|goes| run.report.take_for((&entity.name, id), goes, done))
                }
                Err(ended) => Err(ended),
            };
            if let Err(fault) = step {
                broken = Some(fault);
                break;
            }
        }
        if broken.is_none() {
            broken = self.hand_views_over(caller, order, parse, &mut run, cancel).await.err();
        }
        let report = run.report.clone();
        progress(report.changed + report.unchanged + report.refused, Some(total));
        let receipt = run.end(self, caller, order).await?;
        match broken {
            Some(fault) => Err(fault),
            None => Ok(Masked::new(report).release(&receipt)),
        }
    }

    /// What sharing these comes to, if they are to be shared.
    async fn sharing_of(
        &self,
        caller: &Caller,
        order: &BulkOrder,
        chosen: &[(&Entity, RecordId)],
    ) -> Result<Sharing> {
        match (&order.change, chosen.first()) {
            (BulkChange::Share(input), Some((entity, _))) => {
                let ids: Vec<RecordId> = chosen.iter().map(|(_, id)| *id).collect();
                self.sharing(caller, entity, &ids, input).await
            }
            _ => Ok(Sharing::default()),
        }
    }

    /// The records chosen, each with its entity.
    async fn bulk_chosen<'a>(
        &self,
        caller: &'a Caller,
        order: &BulkOrder,
        cancel: &AtomicBool,
    ) -> Result<Vec<(&'a Entity, RecordId)>> {
        if caller.approved.is_some() && order.exactly.is_none() {
            return Err(Fault::bug("what was approved names its records"));
        }
        if let BulkSelect::OwnedBy(from) = order.select {
            let mut seen = self.seen_of(caller, order, from, cancel).await?;
            if let Some(exact) = order.exactly.as_ref().map(Exact::versions) {
                seen.retain(|(_, id)| exact.contains_key(id));
            }
            return Ok(seen);
        }
        let name = order.entity.as_deref().unwrap_or_default();
        let entity = caller.policy.catalog.get(name).ok_or_else(Fault::not_found)?;
        let ids = match &order.select {
            _ if order.exactly.is_some() => order.exactly.as_ref().map(Exact::ids).unwrap_or_default(),
            BulkSelect::Ids(ids) => {
                let mut known = HashSet::new();
                ids.iter().copied().filter(|id| known.insert(*id)).collect()
            }
            BulkSelect::List(request) => {
                self.listed_ids(caller, entity, request, order.most(), cancel).await?
            }
            BulkSelect::OwnedBy(_) => Vec::new(),
        };
        Ok(ids.into_iter().map(|id| (entity, id)).collect())
    }

    /// The records of a list, each once, page by page as anybody reads one.
    async fn listed_ids(
        &self,
        caller: &Caller,
        entity: &Entity,
        request: &ListRequest,
        (most, too_many): (usize, fn() -> Fault),
        cancel: &AtomicBool,
    ) -> Result<Vec<RecordId>> {
        let mut known = HashSet::new();
        let mut request = ListRequest { limit: Some(limits::PAGE_MAX), count: false, ..request.clone() };
        let mut all = Vec::new();
        loop {
            let page = self.list(&self.present(caller)?, entity, &request).await?.into_inner();
            all.extend(page.items.iter().map(|row| row.id).filter(|id| known.insert(*id)));
            if all.len() > most {
                return Err(too_many());
            }
            if page.next_cursor.is_none() || cancel.load(Ordering::Relaxed) {
                return Ok(all);
            }
            request.cursor = page.next_cursor;
        }
    }

    /// What an earlier attempt at this job did, with the codes of their entities.
    async fn done_by(&self, caller: &Caller, order: &BulkOrder) -> Result<HashMap<RecordId, u16>> {
        let code = order.code(caller)?;
        match order.change {
            BulkChange::Share(_) => self.shared_before(caller, code).await,
            _ => self.changed_by(code, caller.part_of).await,
        }
    }

    /// One record, in its present version; once more if somebody else was faster.
    async fn bulk_step(
        &self,
        caller: &Caller,
        entity: &Entity,
        which: (RecordId, Option<u64>),
        order: &BulkOrder,
        run: &mut BulkRun,
    ) -> Result<bool> {
        if let BulkChange::Share(input) = &order.change {
            return self.share_one(caller, entity, which, input, run).await;
        }
        match self.bulk_once(caller, entity, which, order).await {
            Err(fault) if fault.kind == FaultKind::Stale => {
                self.bulk_once(caller, entity, which, order).await
            }
            other => other,
        }
    }

    /// Whether the record had to be changed.
    async fn bulk_once(
        &self,
        caller: &Caller,
        entity: &Entity,
        (id, approved): (RecordId, Option<u64>),
        order: &BulkOrder,
    ) -> Result<bool> {
        let change = &order.change;
        let found = self.lookup_to(caller, entity, id, change.action()).await?;
        let (version, binned) = (found.0.version, found.0.deleted_at.is_some());
        // Handing over looks at no value: it is enough whose the record still is.
        if approved.is_some_and(|then| then != version) && !matches!(change, BulkChange::HandOver(_)) {
            return Err(changed_since());
        }
        match change {
            BulkChange::Bin(wanted) if binned == *wanted => return Ok(false),
            BulkChange::Bin(wanted) => {
                self.bin(caller, entity, found, version, *wanted, false).await?;
            }
            BulkChange::Update(_) if binned => return Err(in_bin()),
            BulkChange::Update(input) => {
                let draft = self.changed(caller, entity, found, input).await?;
                if draft.is_same() {
                    return Ok(false);
                }
                self.write_back(caller, entity, draft, Act::RecordUpdate, false).await?;
            }
            BulkChange::HandOver(to) => return self.hand_one_over(caller, entity, found, order, to).await,
            BulkChange::Share(_) => return Err(Fault::bug("sharing has a step of its own")),
        }
        Ok(true)
    }
}

fn changed_since() -> Fault {
    let text = Text::of(
        "Rekord zmieniono, odkąd o to poproszono: zatwierdzono wcześniejszą wersję.",
        "The record was changed since it was asked for: another version was approved.",
    );
    issue("id", "changed-since", text)
}

fn in_bin() -> Fault {
    let text = Text::of("Rekord jest w koszu.", "The record is in the bin.");
    issue("id", "in-bin", text)
}

fn too_many() -> Fault {
    let text = Text::of(
        "Wskaż od 1 do 10 000 rekordów; zawęź warunki.",
        "Choose 1 to 10,000 records; narrow the conditions.",
    );
    issue("select", "out-of-range", text)
}
