//! Grants: a role on single records, for one user or team, from a time until another.
//!
//! They add rights to what roles give everywhere and take none away; a denial of a role held outweighs
//! them. Whether one is in force is judged whenever something is decided, against [`crate::Actor::at`].

use crate::shards::Shards;
use crate::{Action, EntityRights, Member, Role, Scope};
use kernel::{GrantId, PartnerId, RecordId, RoleId, TeamId, Time, UserId};
use schema::EntityCode;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Whom a grant is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grantee {
    /// One user.
    User(UserId),
    /// Whatever person is in this team at that moment; not the teams below it.
    Team(TeamId),
    /// Whoever is of this partner organisation at that moment.
    Partner(PartnerId),
}

/// Over what a grant gives rights.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// One record.
    Record(EntityCode, RecordId),
    /// One record and what hangs on it.
    Tree(EntityCode, RecordId),
    /// Whatever this user owns and what hangs on that: cover for somebody who is away.
    OwnedBy(UserId),
}

/// A grant that was not revoked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Grant {
    /// Id.
    pub id: GrantId,
    /// For whom.
    pub to: Grantee,
    /// By whom: it gives that one nothing.
    pub by: UserId,
    /// What may be done and seen: wherever the role gives any scope, it gives it on these records.
    pub role: RoleId,
    /// On which records.
    pub over: Over,
    /// No other fields of the record itself, if it is limited to some.
    pub fields: Option<Arc<BTreeSet<String>>>,
    /// In force from then on.
    pub from: Time,
    /// And before this, if it ends.
    pub until: Option<Time>,
    /// What its role gave when it was given, by entity: a role that gives more by now does not widen it. Without it, what
    /// the role gives now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Arc<Most>>,
}

/// Rights of a role over records at one time, by entity name.
pub type Most = BTreeMap<String, EntityRights>;

impl Role {
    /// What it gives at most: its rights over records, but for actions that it denies itself.
    #[must_use]
    pub fn most(&self) -> Most {
        let mut most = self.entities.clone();
        for (entity, denied) in &self.denials {
            if let Some(rights) = most.get_mut(entity) {
                rights.scopes.retain(|action, _| !denied.contains(action));
            }
        }
        most
    }

    /// Whether it gives these actions on some records of the entity, and denies none of them.
    pub(crate) fn gives(&self, entity: &str, actions: &[Action]) -> bool {
        let denied = |a| self.denials.get(entity).is_some_and(|d| d.contains(a));
        self.entities.get(entity).is_some_and(|rights| rights.give(actions)) && !actions.iter().any(denied)
    }
}

impl EntityRights {
    /// Whether all these actions are allowed on some records.
    fn give(&self, actions: &[Action]) -> bool {
        actions.iter().all(|a| self.scopes.get(a).is_some_and(|scope| *scope > Scope::None))
    }
}

impl Grant {
    /// Whether its role gives these actions by it: as it is now, and as it was when the grant was given.
    pub(crate) fn gives(&self, role: &Role, entity: &str, actions: &[Action]) -> bool {
        let then = |most: &Arc<Most>| most.get(entity).is_some_and(|rights| rights.give(actions));
        role.gives(entity, actions) && self.most.as_ref().is_none_or(then)
    }

    /// The record that it is over, if it is over one.
    #[must_use]
    pub const fn record(&self) -> Option<(EntityCode, RecordId)> {
        match self.over {
            Over::Record(entity, id) | Over::Tree(entity, id) => Some((entity, id)),
            Over::OwnedBy(_) => None,
        }
    }

    /// Whether it is in force at this time.
    #[must_use]
    pub fn holds_at(&self, now: Time) -> bool {
        self.from <= now && self.lasts_at(now)
    }

    /// Whether it has not ended by this time, though it may not have begun.
    #[must_use]
    pub fn lasts_at(&self, now: Time) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// What one user or team was granted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Bundle {
    records: BTreeMap<RecordId, Vec<Grant>>,
    covers: Vec<Grant>,
}

/// All grants that were not revoked, by whom they are for; where each is, which are on a record and which somebody gave is
/// known besides, for there may be hundreds of thousands. Cheap to clone, and to change one by one.
#[derive(Clone, Debug, Default)]
pub struct Grants {
    bundles: HashMap<Grantee, Arc<Bundle>>,
    /// Where each is: the record, if it is over one.
    places: Shards<Option<(Grantee, Option<RecordId>)>>,
    /// For whom there are any on a record, in order.
    on: Shards<BTreeSet<Grantee>>,
    /// What somebody gave.
    by: Shards<BTreeSet<GrantId>>,
    /// What roles gave at most when grants were given: many grants of one role share it.
    most: HashMap<RoleId, Vec<Arc<Most>>>,
}

impl PartialEq for Grants {
    fn eq(&self, other: &Self) -> bool {
        // All else follows from it.
        self.bundles == other.bundles
    }
}

impl Eq for Grants {}

impl Grants {
    /// Adds a grant, in place of an earlier state of it. They are kept in the order of their ids: what is held is the
    /// same whatever was looked at again meanwhile, and on every server.
    pub fn put(&mut self, mut grant: Grant) {
        if let Some(before) = self.find(grant.id).cloned() {
            self.remove(&before);
        }
        grant.most = grant.most.map(|most| self.shared(grant.role, most));
        let (to, record) = (grant.to, grant.record().map(|(_, id)| id));
        self.places.change(grant.id, |place| *place = Some((to, record)));
        self.by.change(grant.by, |given| given.insert(grant.id));
        let bundle = Arc::make_mut(self.bundles.entry(to).or_default());
        let kept = match record {
            Some(id) => {
                self.on.change(id, |on| on.insert(to));
                bundle.records.entry(id).or_default()
            }
            None => &mut bundle.covers,
        };
        kept.insert(kept.partition_point(|other| other.id < grant.id), grant);
    }

    /// What is known already of the same content.
    fn shared(&mut self, role: RoleId, most: Arc<Most>) -> Arc<Most> {
        let known = self.most.entry(role).or_default();
        if let Some(same) = known.iter().find(|known| **known == most) {
            return same.clone();
        }
        // What no grant has any more.
        known.retain(|known| Arc::strong_count(known) > 1);
        known.push(most.clone());
        most
    }

    /// Takes a grant away.
    pub fn remove(&mut self, grant: &Grant) {
        let Some((to, record)) = self.places.get(grant.id).copied().flatten() else { return };
        let by = self.find(grant.id).map(|kept| kept.by);
        by.into_iter().for_each(|by| self.by.change(by, |given| given.remove(&grant.id)));
        self.places.change(grant.id, |place| *place = None);
        let Some(bundle) = self.bundles.get_mut(&to).map(Arc::make_mut) else { return };
        match record {
            Some(record) => {
                if let Some(grants) = bundle.records.get_mut(&record) {
                    grants.retain(|g| g.id != grant.id);
                    if grants.is_empty() {
                        bundle.records.remove(&record);
                        self.on.change(record, |on| on.remove(&to));
                    }
                }
            }
            None => bundle.covers.retain(|g| g.id != grant.id),
        }
        if bundle.records.is_empty() && bundle.covers.is_empty() {
            self.bundles.remove(&to);
        }
    }

    fn bundles(&self, member: &Member) -> impl Iterator<Item = &Bundle> {
        // The nil team is no team: to share it makes nobody colleagues. Nor is a program a colleague.
        let colleague = member.owner.is_none() && member.partner.is_none() && !member.team.is_nil();
        let team = Some(Grantee::Team(member.team)).filter(|_| colleague);
        [Some(Grantee::User(member.user)), team, member.partner.map(Grantee::Partner)]
            .into_iter()
            .flatten()
            .filter_map(|to| self.bundles.get(&to))
            .map(|b| &**b)
    }

    /// All grants for a member, by record; in force or not.
    pub fn of<'a>(&'a self, member: &Member) -> impl Iterator<Item = &'a Grant> {
        self.bundles(member).flat_map(|b| b.records.values().flatten().chain(&b.covers))
    }

    /// All grants on one record, in force or not, in order of their ids.
    #[must_use]
    pub fn on(&self, record: RecordId) -> Vec<&Grant> {
        let for_whom = self.on.get(record).into_iter().flatten();
        let mut found: Vec<&Grant> =
            for_whom.filter_map(|to| self.bundles.get(to)?.records.get(&record)).flatten().collect();
        found.sort_unstable_by_key(|g| g.id);
        found
    }

    /// All grants for one user or team themselves, in force or not.
    pub fn to(&self, grantee: Grantee) -> impl Iterator<Item = &Grant> {
        self.bundles.get(&grantee).into_iter().flat_map(|b| b.records.values().flatten().chain(&b.covers))
    }

    /// All grants that somebody gave, in force or not, in order of their ids.
    pub fn by(&self, giver: UserId) -> impl Iterator<Item = &Grant> {
        self.by.get(giver).into_iter().flatten().filter_map(|id| self.find(*id))
    }

    /// All of them, in force or not.
    pub fn all(&self) -> impl Iterator<Item = &Grant> {
        self.bundles.values().flat_map(|b| b.records.values().flatten().chain(&b.covers))
    }

    /// How many grants, in force at this time or later, rest on a role.
    #[must_use]
    pub fn resting_on(&self, role: RoleId, now: Time) -> usize {
        self.all().filter(|grant| grant.role == role && grant.lasts_at(now)).count()
    }

    /// All grants over what somebody owns, in force or not.
    pub fn covers(&self) -> impl Iterator<Item = &Grant> {
        self.bundles.values().flat_map(|b| &b.covers)
    }

    /// The grant with this id.
    #[must_use]
    pub fn find(&self, id: GrantId) -> Option<&Grant> {
        let (to, record) = self.places.get(id).copied().flatten()?;
        let bundle = self.bundles.get(&to)?;
        let among = match record {
            Some(record) => bundle.records.get(&record)?,
            None => &bundle.covers,
        };
        among.iter().find(|grant| grant.id == id)
    }

    /// Those that can count for a record, or for what hangs on it.
    pub(crate) fn near<'a>(&'a self, member: &Member, records: &[RecordId]) -> Vec<&'a Grant> {
        let mut found = Vec::new();
        for bundle in self.bundles(member) {
            found.extend(records.iter().filter_map(|id| bundle.records.get(id)).flatten());
            found.extend(&bundle.covers);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    #[test]
    fn what_is_held_is_the_same_in_whatever_order_it_came() {
        let grant = |n: u8, over: Over| Grant {
            id: Id::from_bytes([n; 16]),
            to: Grantee::User(Id::from_bytes([9; 16])),
            by: UserId::NIL,
            role: RoleId::NIL,
            over,
            fields: None,
            from: Time(0),
            until: None,
            most: None,
        };
        let record = Over::Record(EntityCode(1), RecordId::NIL);
        let cover = Over::OwnedBy(UserId::NIL);
        let all = [grant(1, record), grant(2, record), grant(3, cover), grant(4, cover)];
        let mut grants = Grants::default();
        all.iter().for_each(|one| grants.put(one.clone()));
        let mut others = Grants::default();
        all.iter().rev().for_each(|one| others.put(one.clone()));
        assert_eq!(grants, others);
        // Looked at again, it keeps its place.
        grants.remove(&all[0]);
        grants.put(all[0].clone());
        grants.put(all[2].clone());
        assert_eq!(grants, others);
        assert_eq!(grants.all().count(), 4);
    }
}
