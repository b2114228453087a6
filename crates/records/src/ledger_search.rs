//! The ledger, looked through by act, user, outcome, entity, record and time.

use crate::things_used::over;
use crate::{Caller, Engine, EventView, HistoryPage, Masked, Released};
use access::Thing;
use kernel::{RecordId, Result, Time, UserId, limits};
use ledger::{Act, Event, Outcome, Who};
use serde_json::json;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use store::{EventFilter, EventRow};

/// Which events; all conditions must hold.
#[derive(Clone, Debug, Default)]
pub struct LedgerFilter {
    /// One of these acts; empty: any.
    pub acts: Vec<Act>,
    /// None of these acts.
    pub except: Vec<Act>,
    /// By this user.
    pub user: Option<UserId>,
    /// By one of these users.
    pub users: Option<Arc<BTreeSet<UserId>>>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// About this entity, by its number.
    pub entity: Option<u16>,
    /// About this record, or showing it.
    pub record: Option<RecordId>,
    /// At this time or later.
    pub from: Option<Time>,
    /// Before this time.
    pub to: Option<Time>,
}

/// Events looked at for one answer.
const SCAN: usize = 50_000;
/// Of those, events that showed one record, which are fetched one by one.
const SCAN_SEEN: usize = 5_000;
/// What somebody who is of a partner sees of the own events: of signing in.
const OF_SIGN_IN: [Act; 10] = [
    Act::SessionStart,
    Act::SessionEnd,
    Act::LoginRefused,
    Act::LoginLocked,
    Act::PasswordChange,
    Act::FactorAdd,
    Act::FactorRemove,
    Act::FactorCodes,
    Act::SessionStepUp,
    Act::SessionElsewhere,
];
/// Events taken from the store at once.
const CHUNK: u32 = 1_000;
/// By how much the machine's clock may have been set back between two events that are not told apart.
const SLACK_S: i64 = 3_600;

impl LedgerFilter {
    /// Names of the conditions.
    fn names(&self) -> Vec<&'static str> {
        let all = [
            ("act", !self.acts.is_empty()),
            ("except", !self.except.is_empty()),
            ("user", self.user.is_some()),
            ("users", self.users.is_some()),
            ("outcome", self.outcome.is_some()),
            ("entity", self.entity.is_some()),
            ("record", self.record.is_some()),
            ("from", self.from.is_some()),
            ("to", self.to.is_some()),
        ];
        all.into_iter().filter_map(|(name, is)| is.then_some(name)).collect()
    }

    /// Whether an event meets all conditions but that on the record.
    fn admits(&self, event: &Event) -> bool {
        (self.acts.is_empty() || self.acts.contains(&event.act))
            && !self.except.contains(&event.act)
            && self.user.is_none_or(|user| event.who == Who::User(user))
            && self
                .users
                .as_ref()
                .is_none_or(|users| matches!(event.who, Who::User(id) if users.contains(&id)))
            && self.outcome.is_none_or(|outcome| event.outcome == outcome)
            && self.entity.is_none_or(|entity| event.entity == entity)
            && self.from.is_none_or(|from| event.at >= from)
            && self.to.is_none_or(|to| event.at < to)
    }
}

impl Engine {
    /// The ledger, newest first; needs the right to read it. A page may hold fewer events than asked, and
    /// even none, though more follow: the answer says where to go on.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn ledger_events(
        &self,
        caller: &Caller,
        filter: &LedgerFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Released<HistoryPage<EventView>>> {
        self.ledger_right(caller).await?;
        self.found_events(caller, filter, &filter.names(), before, limit).await
    }

    /// What happened by a user, as far as it is `wanted`: one's own, or with the right to read the ledger anybody's.
    /// A page may hold fewer events than asked, as of the whole ledger.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn user_events(
        &self,
        caller: &Caller,
        user: UserId,
        wanted: &LedgerFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Released<HistoryPage<EventView>>> {
        if user != caller.actor.user || caller.actor.token.is_some() {
            self.ledger_right(caller).await?;
        }
        let mut filter = LedgerFilter { user: Some(user), ..wanted.clone() };
        if caller.partner().is_some() {
            filter.acts.retain(|act| OF_SIGN_IN.contains(act));
            match (filter.acts.is_empty(), wanted.acts.is_empty()) {
                (true, true) => filter.acts = OF_SIGN_IN.to_vec(),
                // Of what was asked for there is nothing that is theirs.
                (true, false) => filter.to = Some(kernel::Time(0)),
                (false, _) => {}
            }
        }
        self.found_events(caller, &filter, &wanted.names(), before, limit).await
    }

    /// One page of what is found; its own event names the conditions that were asked for.
    async fn found_events(
        &self,
        caller: &Caller,
        filter: &LedgerFilter,
        names: &[&str],
        before: Option<u64>,
        limit: u32,
    ) -> Result<Released<HistoryPage<EventView>>> {
        let limit = limit.clamp(1, limits::PAGE_MAX) as usize;
        let (found, next_before) = self.look_through(filter, before, limit).await?;
        let mut items = found.iter().map(|row| self.event_view(row)).collect::<Result<Vec<_>>>()?;
        if caller.policy.admin(&caller.actor, access::Thing::Ledger, access::Verb::Read).is_err() {
            crate::history::keep_to_ledger(&mut items);
        }
        let page = Masked::new(HistoryPage { items, next_before, refs: None });
        let mut event = self.event(caller, Act::LedgerRead);
        // One's own history is everybody's to look at.
        if filter.user != Some(caller.actor.user) {
            event = over(Thing::Ledger, event);
        }
        if !names.is_empty() {
            self.set_detail(&mut event, &json!({ "filters": names }))?;
        }
        let receipt = self.receipt(event).await?;
        Ok(page.release(&receipt))
    }

    async fn look_through(
        &self,
        filter: &LedgerFilter,
        before: Option<u64>,
        limit: usize,
    ) -> Result<(Vec<EventRow>, Option<u64>)> {
        self.look_at(filter, before, limit, SCAN, &mut 0).await
    }

    /// Events that meet the conditions, newest first, and where to go on; no more than `most` are looked at,
    /// and `looked` counts them.
    pub(crate) async fn look_at(
        &self,
        filter: &LedgerFilter,
        mut before: Option<u64>,
        limit: usize,
        most: usize,
        looked: &mut usize,
    ) -> Result<(Vec<EventRow>, Option<u64>)> {
        if filter.record.is_some() {
            self.note_seen().await?;
        }
        if let Some(to) = filter.to {
            let end = self.first_event_after(to.plus_s(SLACK_S)).await?;
            before = Some(before.map_or(end, |b| b.min(end)));
        }
        let (chunk, scan) = match (filter.record, filter.names().as_slice()) {
            // What the store finds by itself is wanted whole.
            (_, [] | ["record"] | ["user"]) => (limits::PAGE_MAX.min(limit as u32), SCAN),
            (Some(_), _) => (limits::PAGE_MAX, SCAN_SEEN),
            (None, _) => (CHUNK, SCAN),
        };
        let most = scan.min(most);
        let (mut found, mut scanned) = (Vec::new(), 0);
        loop {
            let rows = self.some_events(filter, before, chunk).await?;
            let last = rows.len() < chunk as usize;
            for row in rows {
                let event = Event::decode(&row.bytes)?;
                before = Some(row.seq);
                scanned += 1;
                *looked += 1;
                if filter.from.is_some_and(|from| event.at.plus_s(SLACK_S) < from) {
                    return Ok((found, None));
                }
                if filter.admits(&event) {
                    found.push(row);
                    if found.len() == limit {
                        return Ok((found, before));
                    }
                }
            }
            if last {
                return Ok((found, None));
            }
            if scanned >= most {
                return Ok((found, before));
            }
        }
    }

    /// The next events that the store or the index finds by user or record.
    pub(crate) async fn some_events(
        &self,
        filter: &LedgerFilter,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<EventRow>> {
        let (user, record) = (filter.user, filter.record);
        let Some(record) = record else {
            return self.0.store.events(EventFilter { user, before, limit, ..EventFilter::default() }).await;
        };
        let about = EventFilter { record: Some(record), before, limit, ..EventFilter::default() };
        let mut rows = self.0.store.events(about).await?;
        let known: HashSet<u64> = rows.iter().map(|row| row.seq).collect();
        let mut shown = self.0.index.seen(record, before, limit).await?;
        shown.retain(|seq| !known.contains(seq));
        rows.extend(self.0.store.events_at(shown).await?);
        rows.sort_by_key(|r| std::cmp::Reverse(r.seq));
        rows.truncate(limit as usize);
        Ok(rows)
    }

    /// The place of the first event after this time, found by halving: events come in the order of time.
    async fn first_event_after(&self, time: Time) -> Result<u64> {
        let (mut low, mut high) = (0, self.0.store.event_count().await?);
        while low < high {
            let middle = low + (high - low) / 2;
            let row = self.0.store.events_from(middle, 1).await?.pop();
            let late = match row {
                Some(row) => Event::decode(&row.bytes)?.at > time,
                None => true,
            };
            if late { high = middle } else { low = middle + 1 }
        }
        Ok(low)
    }
}
