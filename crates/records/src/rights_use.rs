//! What was used of rights, found in the ledger once a day: no request writes anything for it. What cannot be told apart
//! counts as used, so that nobody is told to take away what somebody works with.

use crate::Engine;
use access::{Action, Over, Policy, Thing, Verb};
use identity::{Day, RightsUse, UsedUpTo};
use kernel::{FaultKind, GrantId, RecordId, Result, Time, UserId};
use ledger::{Act, Event, Outcome, Who};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use store::{Batch, DocKind, Row};

/// Days after which a right that was not used is told of.
pub(crate) const UNUSED_DAYS: i64 = 90;
/// Events read at a time.
const CHUNK: u32 = 2_000;
/// Events of one round: of more in a day the next minute takes the rest.
const ROUND: u64 = 200_000;
/// Records of one round of which it is looked up what they hang on and whose they are.
const LOOKED_UP: usize = 20_000;
/// Documents of one batch.
const AT_ONCE: usize = 200;

/// What all users used, as far as it was looked for.
#[derive(Default)]
pub(crate) struct Uses {
    /// The version of the note of how far, of which this is.
    version: u64,
    /// On that day all of it was known.
    pub day: Day,
    /// By user.
    pub of: HashMap<UserId, RightsUse>,
    /// The last day on which somebody used a grant.
    grants: HashMap<GrantId, Day>,
}

impl Uses {
    /// The last day on which somebody used a grant.
    pub fn last_of_grant(&self, grant: GrantId) -> Option<Day> {
        self.grants.get(&grant).copied()
    }
}

impl Engine {
    /// Once a day, looks through the events that came since for what was used, and notes it by user. A stop in between
    /// loses nothing: it is begun again from where it was.
    ///
    /// # Errors
    /// Storage.
    pub async fn note_use(&self) -> Result<()> {
        let today = Day::of(self.now());
        let (mut upto, version) = UsedUpTo::kept(&self.0.store, &self.0.vault).await?;
        if version > 0 && upto.day >= today {
            return Ok(());
        }
        if version == 0 {
            upto.told_apart_from = self.0.store.event_count().await?;
            upto.event =
                self.first_event_since(self.now().plus_ms(-(UNUSED_DAYS + 1) * 24 * 3_600_000)).await?;
        }
        let end = self.0.store.event_count().await?;
        let to = end.min(upto.event.saturating_add(ROUND));
        let mut round = Round::new(&self.policy(), upto.told_apart_from);
        let mut at = upto.event;
        while at < to {
            let rows = self.0.store.events_from(at, CHUNK).await?;
            let Some(last) = rows.last() else { break };
            let next = last.seq + 1;
            for row in rows.iter().filter(|row| row.seq < to) {
                round.take(row.seq, &Event::decode(&row.bytes)?);
            }
            at = next.min(to);
        }
        self.find_covered(&mut round).await?;
        let events = at.saturating_sub(upto.event);
        let next = UsedUpTo { event: at, day: if at >= end { today } else { upto.day }, ..upto };
        match self.put_use(round.done, next, version, events).await {
            // Another server was faster.
            Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => Ok(()),
            done => done,
        }
    }

    /// What all users used, as far as it was looked for.
    pub(crate) async fn uses(&self) -> Result<Arc<Uses>> {
        let (upto, version) = UsedUpTo::kept(&self.0.store, &self.0.vault).await?;
        let known = self.0.uses.load_full();
        if known.version == version {
            return Ok(known);
        }
        let (mut of, mut grants) = (HashMap::new(), HashMap::new());
        for doc in self.0.store.docs(DocKind::RightsUse).await? {
            let (user, used) = RightsUse::open(&self.0.vault, &doc)?;
            for (grant, day) in &used.grants {
                let last = grants.entry(*grant).or_insert(*day);
                *last = (*last).max(*day);
            }
            of.insert(user, used);
        }
        let uses = Arc::new(Uses { version, day: upto.day, of, grants });
        self.0.uses.store(uses.clone());
        Ok(uses)
    }

    /// The first event from then on: the ledger is in the order of time.
    async fn first_event_since(&self, since: Time) -> Result<u64> {
        let (mut low, mut high) = (0, self.0.store.event_count().await?);
        while low < high {
            let middle = low + (high - low) / 2;
            let row = self.0.store.events_from(middle, 1).await?;
            match row.first().map(|row| Event::decode(&row.bytes)).transpose()? {
                Some(event) if event.at < since => low = middle + 1,
                _ => high = middle,
            }
        }
        Ok(low)
    }

    /// What was done to records that hang on granted ones, or are of somebody who is covered.
    async fn find_covered(&self, round: &mut Round) -> Result<()> {
        let unclear = std::mem::take(&mut round.unclear);
        let ids: Vec<RecordId> = unclear.keys().copied().collect();
        for ids in ids.chunks(AT_ONCE) {
            let rows = self.0.store.rows(ids.to_vec()).await?;
            let above: BTreeSet<RecordId> = rows.iter().filter_map(|row| row.parent).collect();
            let parents = self.0.store.rows(above.into_iter().collect()).await?;
            let parents: HashMap<RecordId, &Row> = parents.iter().map(|row| (row.id, row)).collect();
            for row in &rows {
                let parent = row.parent.and_then(|id| parents.get(&id).copied());
                for (user, day) in unclear.get(&row.id).into_iter().flatten() {
                    round.covered(*user, *day, row, parent);
                }
            }
        }
        Ok(())
    }

    async fn put_use(
        &self,
        done: HashMap<UserId, RightsUse>,
        next: UsedUpTo,
        version: u64,
        events: u64,
    ) -> Result<()> {
        let (vault, now, policy) = (&self.0.vault, self.now(), self.policy());
        let there: HashSet<GrantId> = policy.grants.all().map(|grant| grant.id).collect();
        let mut docs = Vec::new();
        for (user, found) in done {
            let (mut kept, version) = RightsUse::kept(&self.0.store, vault, user).await?;
            let before = kept.clone();
            kept.join(&found);
            kept.grants.retain(|grant, _| there.contains(grant));
            if kept != before {
                docs.push(kept.put(vault, user, now, version)?);
            }
        }
        let users = docs.len();
        // How far comes last: what is written twice says the same.
        let last = docs.split_off(users - users % AT_ONCE);
        let mut parts: Vec<Vec<_>> = Vec::new();
        let mut docs = docs.into_iter().peekable();
        while docs.peek().is_some() {
            parts.push(docs.by_ref().take(AT_ONCE).collect());
        }
        parts.push(last.into_iter().chain([next.put(vault, now, version)?]).collect());
        for docs in parts {
            let mut event = self.system_event(Act::RightsUsed);
            self.set_detail(&mut event, &json!({ "upto": next.event, "events": events, "users": users }))?;
            let mut batch = Batch::new(event);
            batch.docs = docs;
            self.0.store.commit(batch).await?;
        }
        Ok(())
    }
}

/// What a user was granted.
#[derive(Default)]
struct Granted {
    records: HashMap<RecordId, Vec<GrantId>>,
    trees: HashMap<RecordId, Vec<GrantId>>,
    covers: Vec<(UserId, GrantId)>,
}

/// What one round finds.
struct Round {
    /// Before this event it is not told apart whether somebody looked at what is one's own.
    told_apart_from: u64,
    granted: HashMap<UserId, Granted>,
    done: HashMap<UserId, RightsUse>,
    /// Who worked with records of which it is not known yet by which grant.
    unclear: HashMap<RecordId, BTreeMap<UserId, Day>>,
}

impl Round {
    fn new(policy: &Policy, told_apart_from: u64) -> Self {
        let mut granted: HashMap<UserId, Granted> = HashMap::new();
        for member in policy.members.values() {
            for grant in policy.grants.of(member) {
                let of = granted.entry(member.user).or_default();
                match grant.over {
                    Over::Record(_, id) => of.records.entry(id).or_default().push(grant.id),
                    Over::Tree(_, id) => {
                        of.records.entry(id).or_default().push(grant.id);
                        of.trees.entry(id).or_default().push(grant.id);
                    }
                    Over::OwnedBy(owner) => of.covers.push((owner, grant.id)),
                }
            }
        }
        Self { told_apart_from, granted, done: HashMap::new(), unclear: HashMap::new() }
    }

    fn take(&mut self, seq: u64, event: &Event) {
        let (Who::User(user), Outcome::Done) = (event.who, event.outcome) else { return };
        let day = Day::of(event.at);
        if let Some((thing, verb)) = on_thing(event) {
            self.done.entry(user).or_default().worked_on(thing, verb, day);
        } else if seq < self.told_apart_from && event.entity == 0 {
            let looked: &[Thing] = match event.act {
                Act::AdminRead => &[Thing::Users, Thing::Teams, Thing::Roles, Thing::Fields],
                Act::LedgerRead => &[Thing::Ledger],
                _ => &[],
            };
            let done = self.done.entry(user).or_default();
            looked.iter().for_each(|thing| done.worked_on(*thing, Verb::Read, day));
        }
        let Some(action) = on_record(event.act) else { return };
        let touched = event.touches.iter().map(|touch| (touch.entity, RecordId::from_bytes(touch.id)));
        let all: BTreeSet<(u16, RecordId)> = std::iter::once((event.entity, event.record))
            .chain(touched)
            .filter(|(entity, _)| (1..ADMINISTRATIVE).contains(entity))
            .collect();
        for (entity, record) in all {
            let done = self.done.entry(user).or_default();
            done.did(entity, action, day);
            // Whatever else is done to a record, it is read.
            done.did(entity, Action::Read, day);
            self.by_grant(user, record, day);
        }
    }

    fn by_grant(&mut self, user: UserId, record: RecordId, day: Day) {
        let Some(granted) = self.granted.get(&user).filter(|_| !record.is_nil()) else { return };
        let done = self.done.entry(user).or_default();
        for grant in granted.records.get(&record).into_iter().flatten() {
            done.used(*grant, day);
        }
        if granted.trees.is_empty() && granted.covers.is_empty() {
            return;
        }
        if self.unclear.len() < LOOKED_UP || self.unclear.contains_key(&record) {
            let kept = self.unclear.entry(record).or_default().entry(user).or_default();
            *kept = (*kept).max(day);
            return;
        }
        // Too many to look up: what may have been used counts as used.
        let covers = granted.covers.iter().map(|(_, grant)| grant);
        granted.trees.values().flatten().chain(covers).for_each(|grant| done.used(*grant, day));
    }

    fn covered(&mut self, user: UserId, day: Day, row: &Row, parent: Option<&Row>) {
        let Some(granted) = self.granted.get(&user) else { return };
        let done = self.done.entry(user).or_default();
        let above = row.parent.and_then(|id| granted.trees.get(&id));
        above.into_iter().flatten().for_each(|grant| done.used(*grant, day));
        let owners = [Some(row.owner), parent.map(|row| row.owner)];
        for (_, grant) in granted.covers.iter().filter(|(owner, _)| owners.contains(&Some(*owner))) {
            done.used(*grant, day);
        }
    }
}

/// Numbers from here on are of administrative documents.
const ADMINISTRATIVE: u16 = 60_000;

/// The number under which an event says that a thing was looked at.
pub(crate) const fn number_of(thing: Thing) -> u16 {
    match thing {
        Thing::Users => DocKind::User as u16,
        Thing::Teams => DocKind::Team as u16,
        Thing::Roles => DocKind::Role as u16,
        Thing::Fields => DocKind::Field as u16,
        Thing::Ledger => ADMINISTRATIVE,
        Thing::Keys | Thing::Sessions | Thing::System => 0,
    }
}

/// The right over records that an act needs.
const fn on_record(act: Act) -> Option<Action> {
    Some(match act {
        Act::RecordRead
        | Act::RecordList
        | Act::RecordCount
        | Act::RecordSearch
        | Act::RecordHistory
        | Act::DuplicateCheck => Action::Read,
        Act::RecordCreate => Action::Create,
        Act::RecordUpdate | Act::LeadConvert | Act::BulkUndo => Action::Update,
        Act::RecordDelete | Act::RecordRestore => Action::Delete,
        Act::RecordExport => Action::Export,
        Act::RecordImport | Act::ImportUndo => Action::Import,
        Act::GrantCreate | Act::GrantRenew | Act::AccessApprove => Action::Share,
        Act::FieldReveal => Action::Reveal,
        Act::SubjectErase => Action::Erase,
        _ => return None,
    })
}

/// The right over a thing that an act needs. Sessions are left out: whoever signs out ends one, too.
fn on_thing(event: &Event) -> Option<(Thing, Verb)> {
    let manages = |thing| Some((thing, Verb::Manage));
    let reads = |thing| Some((thing, Verb::Read));
    match event.act {
        Act::AdminRead | Act::LedgerRead => {
            let looked = Thing::ALL.into_iter().find(|t| event.entity > 0 && number_of(*t) == event.entity);
            looked.map(|thing| (thing, Verb::Read))
        }
        Act::AccessReviewCreate
        | Act::UserCreate
        | Act::UserUpdate
        | Act::InvitationCreate
        | Act::InvitationWithdraw
        | Act::FactorResetAsk
        | Act::FactorReset
        | Act::FactorResetWithdraw
        | Act::ServiceCreate
        | Act::ServiceUpdate
        | Act::ServiceHandOver
        | Act::PartnerCreate
        | Act::PartnerUpdate => manages(Thing::Users),
        Act::FindingsRead => reads(Thing::Users),
        Act::TeamCreate | Act::TeamUpdate => manages(Thing::Teams),
        Act::RoleCreate
        | Act::RoleUpdate
        | Act::RoleDelete
        | Act::RoleRollBack
        | Act::RoleConflicts
        | Act::SessionRules
        | Act::FactorRequire => manages(Thing::Roles),
        Act::RoleHistory | Act::RoleExport | Act::RoleImport => reads(Thing::Roles),
        Act::FieldCreate => manages(Thing::Fields),
        Act::KeysRotate => manages(Thing::Keys),
        Act::KeysStatus => reads(Thing::Keys),
        Act::IndexRebuild | Act::JobRetry | Act::JobDiscard => manages(Thing::System),
        Act::SystemRead => reads(Thing::System),
        Act::AccessReviewReport
        | Act::LedgerProof
        | Act::LedgerVerify
        | Act::SubjectHistory
        | Act::DisclosureRead => reads(Thing::Ledger),
        _ => None,
    }
}
