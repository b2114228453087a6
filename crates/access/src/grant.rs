//! Grants: a role on single records, for one user or team, from a time until another.
//!
//! They add rights to what roles give everywhere and take none away; a denial of a role held outweighs
//! them. Whether one is in force is judged whenever something is decided, against [`crate::Actor::at`].

use crate::Member;
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
}

impl Grant {
    /// Whether it is in force at this time.
    #[must_use]
    pub fn holds_at(&self, now: Time) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// What one user or team was granted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Bundle {
    records: BTreeMap<RecordId, Vec<Grant>>,
    covers: Vec<Grant>,
}

/// All grants that were not revoked, by whom they are for. Cheap to clone, and to change one by one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grants(HashMap<Grantee, Arc<Bundle>>);

impl Grants {
    /// Adds a grant, in place of an earlier state of it.
    pub fn put(&mut self, grant: Grant) {
        self.remove(&grant);
        let bundle = Arc::make_mut(self.0.entry(grant.to).or_default());
        match grant.over {
            Over::Record(_, id) | Over::Tree(_, id) => bundle.records.entry(id).or_default().push(grant),
            Over::OwnedBy(_) => bundle.covers.push(grant),
        }
    }

    /// Takes a grant away.
    pub fn remove(&mut self, grant: &Grant) {
        let Grant { to, over, id, .. } = *grant;
        let Some(bundle) = self.0.get_mut(&to).map(Arc::make_mut) else { return };
        match over {
            Over::Record(_, record) | Over::Tree(_, record) => {
                if let Some(grants) = bundle.records.get_mut(&record) {
                    grants.retain(|g| g.id != id);
                    if grants.is_empty() {
                        bundle.records.remove(&record);
                    }
                }
            }
            Over::OwnedBy(_) => bundle.covers.retain(|g| g.id != id),
        }
        if bundle.records.is_empty() && bundle.covers.is_empty() {
            self.0.remove(&to);
        }
    }

    fn bundles(&self, member: &Member) -> impl Iterator<Item = &Bundle> {
        // The nil team is no team: to share it makes nobody colleagues. Nor is a program a colleague.
        let colleague = member.owner.is_none() && member.partner.is_none() && !member.team.is_nil();
        let team = Some(Grantee::Team(member.team)).filter(|_| colleague);
        [Some(Grantee::User(member.user)), team, member.partner.map(Grantee::Partner)]
            .into_iter()
            .flatten()
            .filter_map(|to| self.0.get(&to))
            .map(|b| &**b)
    }

    /// All grants for a member, by record; in force or not.
    pub fn of<'a>(&'a self, member: &Member) -> impl Iterator<Item = &'a Grant> {
        self.bundles(member).flat_map(|b| b.records.values().flatten().chain(&b.covers))
    }

    /// All grants on one record, in force or not, in order of their ids.
    #[must_use]
    pub fn on(&self, record: RecordId) -> Vec<&Grant> {
        let mut found: Vec<&Grant> =
            self.0.values().filter_map(|b| b.records.get(&record)).flatten().collect();
        found.sort_unstable_by_key(|g| g.id);
        found
    }

    /// All grants for one user or team themselves, in force or not.
    pub fn to(&self, grantee: Grantee) -> impl Iterator<Item = &Grant> {
        self.0.get(&grantee).into_iter().flat_map(|b| b.records.values().flatten().chain(&b.covers))
    }

    /// The grant with this id.
    #[must_use]
    pub fn find(&self, id: GrantId) -> Option<&Grant> {
        let all = self.0.values().flat_map(|b| b.records.values().flatten().chain(&b.covers));
        all.into_iter().find(|g| g.id == id)
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
