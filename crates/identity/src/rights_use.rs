//! What users used of their rights, by day: found in the ledger, and kept by user, so that a right that nobody uses is
//! seen.

use crate::seal::{bare_doc, open_doc, put_doc};
use access::{Action, EntityRights, Role, Scope, Thing, Verb};
use kernel::{Fault, GrantId, Result, Time, UserId};
use schema::Catalog;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Doc, DocKind, DocWrite, Store};
use vault::Vault;

const DAY_MS: i64 = 24 * 3_600_000;

/// A day by the count of days since 1970, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i64);

impl Day {
    /// The day of a moment.
    #[must_use]
    pub const fn of(at: Time) -> Self {
        Self(at.0.div_euclid(DAY_MS))
    }

    /// Its first moment.
    #[must_use]
    pub const fn begins(self) -> Time {
        Time(self.0.saturating_mul(DAY_MS))
    }
}

/// The number under which an event says that a right over a thing was needed, where the same act is done with what is
/// one's own.
#[must_use]
pub const fn number_of(thing: Thing) -> u16 {
    match thing {
        Thing::Users => DocKind::User as u16,
        Thing::Teams => DocKind::Team as u16,
        Thing::Roles => DocKind::Role as u16,
        Thing::Fields => DocKind::Field as u16,
        Thing::Ledger => 60_000,
        // These are no documents.
        Thing::Sessions => 60_900,
        Thing::System => 60_901,
        Thing::Keys => 60_902,
    }
}

/// The last day on which a user did each thing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightsUse {
    /// Actions, by number of the entity.
    pub records: BTreeMap<u16, BTreeMap<Action, Day>>,
    /// What was done to things.
    pub things: BTreeMap<Thing, BTreeMap<Verb, Day>>,
    /// What was done to records that these grants are over.
    pub grants: BTreeMap<GrantId, Day>,
}

impl RightsUse {
    /// An action on a record of this entity was done on that day.
    pub fn did(&mut self, entity: u16, action: Action, day: Day) {
        later(self.records.entry(entity).or_default().entry(action).or_default(), day);
    }

    /// A thing was looked at or changed on that day.
    pub fn worked_on(&mut self, thing: Thing, verb: Verb, day: Day) {
        later(self.things.entry(thing).or_default().entry(verb).or_default(), day);
    }

    /// What the grant is over was worked with on that day.
    pub fn used(&mut self, grant: GrantId, day: Day) {
        later(self.grants.entry(grant).or_default(), day);
    }

    /// Takes in what is known besides.
    pub fn join(&mut self, other: &Self) {
        for (entity, actions) in &other.records {
            actions.iter().for_each(|(action, day)| self.did(*entity, *action, *day));
        }
        for (thing, verbs) in &other.things {
            verbs.iter().for_each(|(verb, day)| self.worked_on(*thing, *verb, *day));
        }
        other.grants.iter().for_each(|(grant, day)| self.used(*grant, *day));
    }

    /// The last day on which something was done that this role gives, if there is one.
    #[must_use]
    pub fn last_of_role(&self, role: &Role, catalog: &Catalog) -> Option<Day> {
        let records = role.entities.iter().filter_map(|(name, rights)| {
            let done = self.records.get(&catalog.get(name)?.code.0)?;
            done.iter().filter(|(action, _)| gives(rights, **action)).map(|(_, day)| *day).max()
        });
        let things = role.things.iter().filter_map(|(thing, verb)| {
            self.things.get(thing)?.iter().filter(|(done, _)| *done <= verb).map(|(_, day)| *day).max()
        });
        records.chain(things).max()
    }

    /// What is kept of a user, and its version; nothing and 0 if nothing is.
    ///
    /// # Errors
    /// Corrupt; storage.
    pub async fn kept(store: &Store, vault: &Vault, user: UserId) -> Result<(Self, u64)> {
        let doc = store.doc(DocKind::RightsUse, *user.bytes()).await?;
        Ok(match doc {
            Some(doc) => (Self::open(vault, &doc)?.1, doc.version),
            None => (Self::default(), 0),
        })
    }

    /// Whose it is, and it.
    ///
    /// # Errors
    /// Corrupt.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<(UserId, Self)> {
        let user = UserId::from_bytes(doc.id);
        if doc.user != Some(user) {
            return Err(Fault::corrupt(format!("use of rights {user}: columns differ")));
        }
        Ok((user, open_doc(vault, doc)?))
    }

    /// The write of it, in place of the version before; 0 if there is none.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, user: UserId, now: Time, version: u64) -> Result<DocWrite> {
        put_doc(vault, bare_doc(DocKind::RightsUse, *user.bytes(), version + 1, now, Some(user)), self)
    }
}

/// How far the ledger was looked through for what was used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedUpTo {
    /// The event to go on with.
    pub event: u64,
    /// The day on which its end was last reached.
    pub day: Day,
    /// From this event on it is told apart whether somebody looked at what is one's own.
    pub told_apart_from: u64,
    /// By which rules it was looked through; by none if it never was.
    #[serde(default)]
    pub told_by: u16,
}

impl UsedUpTo {
    const ID: [u8; 16] = *b"rights-use\0\0\0\0\0\0";

    /// How far, and the version of that; from the beginning and 0 if it never was.
    ///
    /// # Errors
    /// Corrupt; storage.
    pub async fn kept(store: &Store, vault: &Vault) -> Result<(Self, u64)> {
        let Some(doc) = store.doc(DocKind::RightsUseAt, Self::ID).await? else {
            return Ok((Self::default(), 0));
        };
        Ok((open_doc(vault, &doc)?, doc.version))
    }

    /// The write of it, in place of the version before; 0 if there is none.
    ///
    /// # Errors
    /// Those of sealing.
    pub fn put(&self, vault: &Vault, now: Time, version: u64) -> Result<DocWrite> {
        put_doc(vault, bare_doc(DocKind::RightsUseAt, Self::ID, version + 1, now, None), self)
    }
}

fn gives(rights: &EntityRights, action: Action) -> bool {
    rights.scopes.get(&action).is_some_and(|scope| *scope > Scope::None)
}

fn later(kept: &mut Day, day: Day) {
    *kept = (*kept).max(day);
}

#[cfg(test)]
mod tests {
    use super::*;
    use access::{builtin_roles, role_ids};

    #[test]
    fn a_role_is_used_by_what_it_gives_and_by_nothing_else() {
        let catalog = Catalog::new(1, schema::builtin());
        let roles = builtin_roles();
        let role = |id| roles.iter().find(|role| role.id == id).unwrap();
        let person = catalog.get("person").unwrap().code.0;
        let deal = catalog.get("deal").unwrap().code.0;
        let mut done = RightsUse::default();
        done.did(deal, Action::Read, Day(7));
        done.did(person, Action::Erase, Day(9));
        let last = |role| done.last_of_role(role, &catalog);
        // Marketing reads no deals and erases nobody; sellers read deals.
        assert_eq!(last(role(role_ids::MARKETING)), None);
        assert_eq!(last(role(role_ids::SELLER)), Some(Day(7)));
        assert_eq!(last(role(role_ids::ADMINISTRATOR)), None);
        let mut done = done.clone();
        done.worked_on(Thing::Ledger, Verb::Read, Day(3));
        assert_eq!(done.last_of_role(role(role_ids::AUDITOR), &catalog), Some(Day(3)));
        // To manage includes to look, and not the other way round.
        let mut looks = role(role_ids::AUDITOR).clone();
        looks.things = [(Thing::Users, Verb::Read)].into();
        done.worked_on(Thing::Users, Verb::Manage, Day(8));
        assert_eq!(done.last_of_role(&looks, &catalog), None);
        assert_eq!(done.last_of_role(role(role_ids::ADMINISTRATOR), &catalog), Some(Day(8)));
    }

    #[test]
    fn the_latest_day_counts_in_whatever_order_it_came() {
        let grant = GrantId::NIL;
        let (mut a, mut b) = (RightsUse::default(), RightsUse::default());
        a.used(grant, Day(5));
        b.used(grant, Day(3));
        b.did(1, Action::Read, Day(4));
        a.join(&b);
        assert_eq!((a.grants[&grant], a.records[&1][&Action::Read]), (Day(5), Day(4)));
    }
}
