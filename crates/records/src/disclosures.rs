//! What was disclosed to partner organisations, read from the ledger: every answer is an event that can be proved.
//! That something of an erased person was disclosed, to whom and when, stays; which fields one opened record showed
//! was sealed for that person, and goes with the key.

use crate::{Caller, Engine, HistoryPage, LedgerFilter, Masked, Released};
use access::{Action, Thing, Verb};
use kernel::{
    AgreementId, Fault, GrantId, Named, PartnerId, RecordId, Result, SubjectId, Text, Time, UserId, limits,
};
use ledger::{Act, Event, EventId, TouchKind, Who};
use schema::EntityCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use store::{EventFilter, EventRow};

/// By which acts something reaches a partner.
const ACTS: [Act; 5] =
    [Act::RecordRead, Act::RecordList, Act::RecordExport, Act::GrantList, Act::RegistrationRead];
/// Records of one subject that are looked for at once.
const RECORDS: usize = 2_000;
/// Events that are looked at for one answer, however many users or records are asked about.
pub(crate) const BUDGET: usize = 50_000;
/// Users or records that are looked for one by one; of more the ledger itself is looked through.
const ONE_BY_ONE: usize = 50;

/// Which disclosures; all conditions must hold.
#[derive(Clone, Debug, Default)]
pub struct DisclosureFilter {
    /// Of this record.
    pub record: Option<RecordId>,
    /// Of whatever is about this person or company, erased or not.
    pub subject: Option<SubjectId>,
    /// To this partner.
    pub partner: Option<PartnerId>,
    /// At this time or later.
    pub from: Option<Time>,
    /// Before this time.
    pub to: Option<Time>,
}

/// One record that one act showed to somebody who is of a partner.
#[derive(Clone, Debug, Serialize)]
pub struct Disclosure {
    /// Place of the event in the ledger.
    pub seq: u64,
    /// Its id, for a proof.
    pub event: EventId,
    /// When (RFC 3339).
    pub at: String,
    /// To whom.
    pub user: Named<UserId>,
    /// Of which partner.
    pub partner: Named<PartnerId>,
    /// `record`, `list` or `export`.
    pub channel: &'static str,
    /// Of which entity; none if that is not there any more.
    pub entity: Option<String>,
    /// Which record.
    pub record: RecordId,
    /// In which version; none if that went with the person's key.
    pub version: Option<u64>,
    /// Fields that were shown; none if that went with the person's key.
    pub fields: Option<Vec<String>>,
    /// Fields of which a part was shown.
    pub masked: Option<Vec<String>>,
    /// By which grants.
    pub grants: Option<Vec<GrantId>>,
    /// Under which agreements in force at that time, by their numbers; none if that went with the person's key,
    /// and to whoever may not read partners.
    pub agreements: Option<Vec<Named<AgreementId>>>,
}

/// A set of an event's detail.
#[derive(Deserialize)]
struct Set {
    fields: Vec<String>,
    masked: Vec<String>,
    grants: Vec<GrantId>,
    records: Vec<(RecordId, u64)>,
}

impl Engine {
    /// What was disclosed, newest first; for whoever reads the ledger, and of one record for whoever may share it. A
    /// page is of so many events, each with all that it showed of what was asked for.
    ///
    /// # Errors
    /// Forbidden; not found; invalid.
    pub async fn disclosures(
        &self,
        caller: &Caller,
        filter: &DisclosureFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Released<HistoryPage<Disclosure>>> {
        self.may_read_disclosures(caller, filter).await?;
        let limit = limit.clamp(1, limits::PAGE_MAX) as usize;
        let records = self.records_asked(filter).await?;
        let filters = self.filters_of(filter, records.as_ref());
        let (rows, next_before) = self.disclosing(&filters, before, limit).await?;
        let mut items = Vec::new();
        for row in &rows {
            items.extend(self.told_of(caller, row, records.as_ref())?);
        }
        let page = Masked::new(HistoryPage { items, next_before, refs: None });
        let about = json!({ "record": filter.record, "partner": filter.partner });
        let receipt = self.receipt(self.looked(caller, filter, &about)?).await?;
        Ok(page.release(&receipt))
    }

    /// That somebody looked: of a person, under the person's own key and with nothing beside.
    pub(crate) fn looked(&self, caller: &Caller, filter: &DisclosureFilter, about: &Value) -> Result<Event> {
        let mut event = self.event(caller, Act::DisclosureRead);
        event.subject = filter.subject.unwrap_or(SubjectId::NIL);
        if event.subject.is_nil() {
            self.set_detail(&mut event, about)?;
        }
        Ok(event)
    }

    /// The records that are asked about; none if any will do.
    pub(crate) async fn records_asked(
        &self,
        filter: &DisclosureFilter,
    ) -> Result<Option<BTreeSet<RecordId>>> {
        let (record, Some(subject)) = (filter.record, filter.subject) else {
            return Ok(filter.record.map(|record| BTreeSet::from([record])));
        };
        let mut all = self.records_about(subject).await?;
        all.retain(|id| record.is_none_or(|record| record == *id));
        Ok(Some(all))
    }

    pub(crate) async fn may_read_disclosures(
        &self,
        caller: &Caller,
        filter: &DisclosureFilter,
    ) -> Result<()> {
        if caller.policy.admin(&caller.actor, Thing::Ledger, Verb::Read).is_ok() {
            return Ok(());
        }
        let (Some(id), None) = (filter.record, filter.subject) else {
            return self.ledger_right(caller).await;
        };
        let catalog = caller.policy.catalog.clone();
        let row = self.0.store.row(id).await?;
        let Some(entity) = row.and_then(|row| catalog.by_code(EntityCode(row.entity))) else {
            return Err(self.refused(caller, 0, id, Fault::not_found()).await);
        };
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        if caller.policy.decide(&caller.actor, Action::Share, &facts).allow {
            return Ok(());
        }
        let fault = access::lacks_action(&caller.actor, Action::Share, entity);
        Err(self.refused(caller, row.entity, row.id, fault).await)
    }

    /// Users who are of this partner, or of any.
    fn guests(&self, partner: Option<PartnerId>) -> Arc<BTreeSet<UserId>> {
        let policy = self.policy();
        let of = |of: &PartnerId| partner.is_none_or(|partner| partner == *of);
        let members = policy.members.values().filter(|m| m.partner.as_ref().is_some_and(of));
        Arc::new(members.map(|m| m.user).collect())
    }

    /// The records that are or were about a subject: of one erased, those that the erasure removed.
    async fn records_about(&self, subject: SubjectId) -> Result<BTreeSet<RecordId>> {
        let rows = self.0.store.rows_of_subject(subject).await?;
        let mut records: BTreeSet<RecordId> = rows.iter().map(|row| row.id).collect();
        let too_many = || {
            let text = Text::of(
                "O tej osobie jest zbyt wiele rekordów. Zapytaj o pojedyncze rekordy.",
                "There are too many records about this person. Ask for single records.",
            );
            Err(crate::prepare::issue("subject", "too-many", text))
        };
        let (mut before, mut looked) = (None, 0);
        loop {
            let limit = limits::PAGE_MAX;
            let filter = EventFilter { subject: Some(subject), before, limit, ..EventFilter::default() };
            let rows = self.0.store.events(filter).await?;
            for row in &rows {
                let event = Event::decode(&row.bytes)?;
                records.extend((!event.record.is_nil()).then_some(event.record));
                let gone = event.touches.iter().filter(|touch| touch.kind == TouchKind::Removed);
                let gone = gone.filter(|_| event.act == Act::SubjectErase);
                records.extend(gone.map(|touch| RecordId::from_bytes(touch.id)));
            }
            looked += rows.len();
            if records.len() > RECORDS || looked > BUDGET {
                return too_many();
            }
            match rows.last() {
                Some(last) if rows.len() == limit as usize => before = Some(last.seq),
                _ => return Ok(records),
            }
        }
    }

    /// How the events are looked for that disclosed something: by record, or by user, or all at once.
    pub(crate) fn filters_of(
        &self,
        filter: &DisclosureFilter,
        records: Option<&BTreeSet<RecordId>>,
    ) -> Vec<LedgerFilter> {
        let guests = self.guests(filter.partner);
        let (from, to) = (filter.from, filter.to);
        let base = LedgerFilter { acts: ACTS.to_vec(), from, to, ..LedgerFilter::default() };
        let all = LedgerFilter { users: Some(guests.clone()), ..base.clone() };
        match records {
            Some(records) if records.len() > ONE_BY_ONE => vec![all],
            None if guests.len() > ONE_BY_ONE => vec![all],
            Some(records) => {
                let of = |id: &RecordId| LedgerFilter {
                    record: Some(*id),
                    users: Some(guests.clone()),
                    ..base.clone()
                };
                records.iter().map(of).collect()
            }
            None => guests.iter().map(|user| LedgerFilter { user: Some(*user), ..base.clone() }).collect(),
        }
    }

    /// The events that disclosed something, newest first, put together as far down as each way was followed.
    async fn disclosing(
        &self,
        filters: &[LedgerFilter],
        before: Option<u64>,
        limit: usize,
    ) -> Result<(Vec<EventRow>, Option<u64>)> {
        let (mut all, mut followed_to) = (Vec::new(), None);
        for filter in filters {
            let most = BUDGET / filters.len();
            let (rows, next) = self.look_at(filter, before, limit, most, &mut 0).await?;
            all.extend(rows);
            followed_to = followed_to.max(next);
        }
        all.sort_by_key(|row| std::cmp::Reverse(row.seq));
        all.dedup_by_key(|row| row.seq);
        all.retain(|row| followed_to.is_none_or(|to| row.seq >= to));
        let next = match all.get(limit) {
            Some(_) => all.get(limit - 1).map(|row| row.seq),
            None => followed_to,
        };
        all.truncate(limit);
        Ok((all, next))
    }

    fn agreement_names(&self, partner: PartnerId, ids: Vec<AgreementId>) -> Vec<Named<AgreementId>> {
        let directory = self.directory();
        let kept = directory.partners.get(&partner).map(|doc| &*doc.agreements).unwrap_or_default();
        let number = |id| kept.iter().find(|a| a.id == id).map(|a| a.number.clone()).unwrap_or_default();
        ids.into_iter().map(|id| Named { id, name: number(id) }).collect()
    }

    /// What one event disclosed of these records, or of any.
    pub(crate) fn told_of(
        &self,
        caller: &Caller,
        row: &EventRow,
        records: Option<&BTreeSet<RecordId>>,
    ) -> Result<Vec<Disclosure>> {
        let event = Event::decode(&row.bytes)?;
        let Who::User(user) = event.who else { return Ok(Vec::new()) };
        let partner = self.policy().members.get(&user).and_then(|member| member.partner);
        let Some(partner) = partner else { return Ok(Vec::new()) };
        let detail = self.detail(&event);
        let told = |name: &str| detail.as_ref().and_then(|d| d.get("disclosed")?.get(name).cloned());
        let agreements: Option<Vec<AgreementId>> =
            told("agreements").and_then(|ids| serde_json::from_value(ids).ok());
        // Whoever may only share a record does not learn on what ground partners are given data.
        let agreements = agreements.filter(|_| self.reads_partners(caller).is_some());
        let agreements = agreements.map(|ids| self.agreement_names(partner, ids));
        let sets = told("sets");
        let sets: Vec<Set> = sets.and_then(|sets| serde_json::from_value(sets).ok()).unwrap_or_default();
        let mut shown: HashMap<RecordId, (&Set, u64)> = HashMap::new();
        for set in &sets {
            for (id, version) in &set.records {
                let _first = shown.entry(*id).or_insert((set, *version));
            }
        }
        let touched = event.touches.iter().map(|touch| (touch.entity, RecordId::from_bytes(touch.id)));
        let about = (!event.record.is_nil()).then_some((event.entity, event.record));
        let mut told = BTreeSet::new();
        let mut items = Vec::new();
        for (entity, record) in about.into_iter().chain(touched) {
            if records.is_some_and(|records| !records.contains(&record)) || !told.insert(record) {
                continue;
            }
            let found = shown.get(&record).copied();
            let entity = self.policy().catalog.by_code(EntityCode(entity)).map(|e| e.name.clone());
            items.push(Disclosure {
                seq: row.seq,
                event: event.id,
                at: event.at.rfc3339(),
                user: self.user_name(user),
                partner: self.partner_name(partner),
                channel: match event.act {
                    Act::RecordRead => "record",
                    Act::RecordExport => "export",
                    _ => "list",
                },
                entity,
                record,
                version: found.map(|(_, version)| version),
                fields: found.map(|(set, _)| set.fields.clone()),
                masked: found.map(|(set, _)| set.masked.clone()),
                grants: found.map(|(set, _)| set.grants.clone()),
                agreements: agreements.clone(),
            });
        }
        Ok(items)
    }
}
