//! What happened to a record, to a subject, and by a user: changes with old and new values, and events.

use crate::beside::{Refs, Wanted, id_of, references};
use crate::event_mask::Reader;
use crate::tried::is_of_ledger;
use crate::view::masked_value;
use crate::{Caller, Engine, LedgerFilter, Masked, Released, content};
use access::{Action, Level, Thing, Verb};
use kernel::{ActId, Fault, Named, RecordId, Result, SubjectId, Time, UserId, limits};
use ledger::{Act, Event, EventProof, Outcome, Who};
use schema::{Entity, EntityCode};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{ChangeKind, EventFilter, EventRow};

/// One event, in words.
#[derive(Debug, Serialize)]
pub struct EventView {
    /// Place in the ledger, from 0.
    pub seq: u64,
    /// Id, for a proof.
    pub id: ledger::EventId,
    /// When (RFC 3339).
    pub at: String,
    /// Who: `user`, `nobody`, `system` or `operator`.
    pub who: &'static str,
    /// The user, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Named<UserId>>,
    /// If it was a service account: who answered for it then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Named<UserId>>,
    /// What, such as `record.read`.
    pub act: &'static str,
    /// `done`, `refused` or `failed`.
    pub outcome: &'static str,
    /// The entity, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The record, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// The larger act it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<ActId>,
    /// How many records it touched.
    pub touched: usize,
    /// Detail, as long as its key exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Value>,
}

/// One change of a record.
#[derive(Debug, Serialize)]
pub struct ChangeView {
    /// When (RFC 3339).
    pub at: String,
    /// Who.
    pub by: Named<UserId>,
    /// `insert` or `update`.
    pub kind: &'static str,
    /// Version after it.
    pub version: u64,
    /// Old and new value by field, masked like the record itself.
    pub values: BTreeMap<String, (Value, Value)>,
    /// Old and new owner, if that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<(Named<UserId>, Named<UserId>)>,
    /// Whether it went into the bin (true) or came out of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binned: Option<bool>,
    /// Sequence of its event.
    pub event: u64,
}

/// A page of a history, newest first.
#[derive(Debug, Serialize)]
pub struct HistoryPage<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Pass as `before` to go on; absent at the end.
    pub next_before: Option<u64>,
    /// What the values of changes refer to, as far as the caller may read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refs: Option<Refs>,
}

/// Takes away what is for those who read the ledger: what exactly was tried, of which kind the record is that an id was
/// guessed of, and from where.
pub(crate) fn keep_to_ledger(items: &mut [EventView]) {
    for view in items.iter_mut().filter(|v| is_of_ledger(v.act, v.detail.as_ref())) {
        (view.detail, view.touched) = (None, 0);
        if view.record.is_some() {
            view.entity = None;
        }
    }
}

/// Events noted in one transaction of the index. Each may have shown a page of records, and whoever writes
/// meanwhile waits for its end.
const SEEN: u32 = 250;

impl Engine {
    /// What changed in a record.
    ///
    /// # Errors
    /// Not found.
    pub async fn record_changes(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Released<HistoryPage<ChangeView>>> {
        let (row, _, permit) = self.lookup(caller, entity, id).await?;
        let limit = limit.clamp(1, limits::PAGE_MAX);
        let changes = self.0.store.changes_of(id, before, limit).await?;
        let next_before = (changes.len() == limit as usize).then(|| changes.last().map(|c| c.seq)).flatten();
        let items: Vec<ChangeView> = changes
            .into_iter()
            .map(|change| {
                // Values sealed for an earlier subject, or erased since, are not shown.
                let mut diff = if change.diff.is_empty() {
                    content::DiffMap::new()
                } else {
                    content::open_diff(&self.0.vault, &permit, &row, change.version, &change.diff)
                        .unwrap_or_default()
                };
                let owner = diff.remove(content::OWNER).and_then(|(old, new)| {
                    let named = |v: &Value| Some(self.user_name(v.as_str()?.parse().ok()?));
                    named(&old).zip(named(&new))
                });
                let binned = diff.remove(content::BINNED).and_then(|(_, new)| new.as_bool());
                let values = diff.into_iter().filter_map(|(name, (old, new))| {
                    let field = entity.field(&name)?;
                    match permit.mask().level(&name) {
                        Level::Hidden => None,
                        Level::Masked => Some((name, (masked_value(field, &old), masked_value(field, &new)))),
                        Level::Read | Level::Write => Some((name, (old, new))),
                    }
                });
                ChangeView {
                    at: change.at.rfc3339(),
                    by: self.user_name(change.by),
                    kind: match change.kind {
                        ChangeKind::Insert => "insert",
                        ChangeKind::Update => "update",
                        ChangeKind::Remove => "remove",
                    },
                    version: change.version,
                    values: values.collect(),
                    owner,
                    binned,
                    event: change.event,
                }
            })
            .collect();
        let mut wanted = Wanted::new();
        for (name, to) in references(entity, permit.mask()) {
            let values = items.iter().filter_map(|change| change.values.get(name));
            wanted.entry(to).or_default().extend(values.flat_map(|(old, new)| [old, new]).filter_map(id_of));
        }
        let (refs, touches) = self.named(caller, wanted).await?;
        let page = Masked::new(HistoryPage { items, next_before, refs: Some(refs) });
        let event = Event { touches, ..crate::read::about(self.event(caller, Act::RecordHistory), &row) };
        Ok(page.release(&self.receipt(event).await?))
    }

    /// Who has seen or changed a record, in lists too. What an event tells of the record is masked as the record is, but
    /// for those who read the ledger.
    ///
    /// # Errors
    /// Not found.
    pub async fn record_events(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Released<HistoryPage<EventView>>> {
        let (row, facts, permit) = self.lookup(caller, entity, id).await?;
        self.note_seen().await?;
        let limit = limit.clamp(1, limits::PAGE_MAX);
        let filter = LedgerFilter { record: Some(id), ..LedgerFilter::default() };
        let rows = self.some_events(&filter, before, limit).await?;
        let event = crate::read::about(self.event(caller, Act::RecordHistory), &row);
        let shares = caller.policy.decide(&caller.actor, Action::Share, &facts).allow;
        let reads_all = caller.policy.admin(&caller.actor, Thing::Ledger, Verb::Read).is_ok();
        let reader = (!reads_all).then_some(Reader { mask: permit.mask(), shares });
        self.event_page(rows, limit, event, Some((id, reader))).await
    }

    /// What happened about a subject; needs the right to read the ledger.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn subject_events(
        &self,
        caller: &Caller,
        subject: SubjectId,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Released<HistoryPage<EventView>>> {
        self.ledger_right(caller).await?;
        let filter = EventFilter {
            subject: Some(subject),
            before,
            limit: limit.clamp(1, limits::PAGE_MAX),
            ..EventFilter::default()
        };
        let rows = self.0.store.events(filter.clone()).await?;
        // The subject may be erased: the event names it without sealing anything for it.
        let event = Event { subject, ..self.event(caller, Act::SubjectHistory) };
        self.event_page(rows, filter.limit, event, None).await
    }

    pub(crate) async fn ledger_right(&self, caller: &Caller) -> Result<()> {
        match caller.policy.admin(&caller.actor, Thing::Ledger, Verb::Read) {
            Ok(_) => Ok(()),
            Err(fault) => Err(self.refused(caller, 0, RecordId::NIL, fault).await),
        }
    }

    /// With `only`, an event that was about something else says that it touched this record, and no more:
    /// who reads one record may not see the other, nor by what a colleague searched. What the others tell is kept to what
    /// its reader sees.
    async fn event_page(
        &self,
        rows: Vec<EventRow>,
        limit: u32,
        event: Event,
        only: Option<(RecordId, Option<Reader<'_>>)>,
    ) -> Result<Released<HistoryPage<EventView>>> {
        let next_before = (rows.len() == limit as usize).then(|| rows.last().map(|r| r.seq)).flatten();
        let mut items = rows.iter().map(|r| self.event_view(r)).collect::<Result<Vec<_>>>()?;
        if let Some((id, reader)) = only {
            for view in &mut items {
                if view.record != Some(id) {
                    (view.record, view.detail, view.touched) = (None, None, 1);
                }
            }
            keep_to_ledger(&mut items);
            for view in &mut items {
                if let Some(reader) = &reader {
                    reader.keep(view);
                }
            }
        }
        let page = Masked::new(HistoryPage { items, next_before, refs: None });
        let receipt = self.receipt(event).await?;
        Ok(page.release(&receipt))
    }

    fn owner_at(&self, account: UserId, then: Time) -> Option<Named<UserId>> {
        let directory = self.directory();
        let service = directory.users.get(&account)?.service.as_ref()?;
        Some(self.user_name(service.owner_at(then)))
    }

    pub(crate) fn event_view(&self, row: &EventRow) -> Result<EventView> {
        let event = Event::decode(&row.bytes)?;
        let (who, user) = match event.who {
            Who::User(id) => ("user", Some(self.user_name(id))),
            Who::Nobody => ("nobody", None),
            Who::System => ("system", None),
            Who::Operator => ("operator", None),
        };
        let catalog = self.policy().catalog.clone();
        Ok(EventView {
            seq: row.seq,
            id: event.id,
            at: event.at.rfc3339(),
            who,
            owner: user.as_ref().and_then(|user| self.owner_at(user.id, event.at)),
            user,
            act: event.act.code(),
            outcome: match event.outcome {
                Outcome::Done => "done",
                Outcome::Refused => "refused",
                Outcome::Failed => "failed",
            },
            entity: catalog.by_code(EntityCode(event.entity)).map(|e| e.name.clone()),
            record: (!event.record.is_nil()).then_some(event.record),
            part_of: (!event.part_of.is_nil()).then_some(event.part_of),
            touched: event.touches.len(),
            detail: self.detail(&event),
        })
    }

    /// Brings the index's table of which event showed which record up to the ledger.
    /// Upkeep does it ahead, so that a question waits for the latest events alone.
    ///
    /// # Errors
    /// Storage.
    pub async fn note_seen(&self) -> Result<()> {
        let _alone = self.0.seeing.lock().await;
        loop {
            let from = self.0.index.seen_upto();
            let rows = self.0.store.events_from(from, SEEN).await?;
            if rows.last().is_none_or(|last| last.seq <= from) {
                return Ok(());
            }
            let mut seen = Vec::with_capacity(rows.len());
            for row in &rows {
                let event = Event::decode(&row.bytes)?;
                let ids: Vec<RecordId> = event.touches.iter().map(|t| RecordId::from_bytes(t.id)).collect();
                seen.push((row.seq, ids));
            }
            self.0.index.note_seen(seen).await?;
        }
    }

    /// Makes a file that proves that an event is in the ledger.
    ///
    /// # Errors
    /// Not found; forbidden unless it is the caller's own event or the caller may read the ledger.
    pub async fn event_proof(&self, caller: &Caller, id: ledger::EventId) -> Result<Released<Value>> {
        let row = self.0.store.event_by_id(id).await?;
        let own = |r: &EventRow| Event::decode(&r.bytes).is_ok_and(|e| e.who == Who::User(caller.actor.user));
        if !row.as_ref().is_some_and(own) || caller.actor.token.is_some() {
            self.ledger_right(caller).await?;
        }
        let row = row.ok_or_else(Fault::not_found)?;
        let (store, public, seq) = (self.0.store.clone(), self.0.vault.public_key(), row.seq);
        let make = move || {
            let view = store.snapshot()?;
            let checkpoint = view.checkpoint()?.ok_or_else(|| Fault::corrupt("no checkpoint"))?;
            EventProof::make(seq, &row.bytes, &checkpoint, &public, &view)
        };
        let proof = tokio::task::spawn_blocking(make).await.map_err(Fault::bug)??;
        let value = Masked::new(serde_json::to_value(proof).map_err(Fault::bug)?);
        let mut event = self.event(caller, Act::LedgerProof);
        self.set_detail(&mut event, &json!({ "event": id, "seq": seq }))?;
        let receipt = self.receipt(event).await?;
        Ok(value.release(&receipt))
    }
}
