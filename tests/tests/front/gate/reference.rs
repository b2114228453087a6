//! What users see, said once more and as plainly as it can be: one user, one record, one field, one question. It shares
//! nothing with the engine but the words of roles as the API has them.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Scopes and levels as numbers, so that more is more.
fn rank(words: &[&str], word: &str) -> usize {
    words.iter().position(|w| *w == word).unwrap_or_else(|| panic!("{word} is none of {words:?}"))
}

fn scope(word: &str) -> usize {
    rank(&["none", "own", "team", "below", "all"], word)
}

fn level(word: &str) -> usize {
    rank(&["hidden", "masked", "read", "write"], word)
}

/// From which on a value is there to be read.
pub const READS: usize = 2;

/// Fields that are more delicate than others.
const TRADE: [&str; 3] = ["lost_reason", "value", "bank_account"];

/// A role as it was sent, or as the server tells it.
#[derive(Clone, Debug)]
pub struct Role(pub Value);

impl Role {
    fn rights(&self, entity: &str) -> Option<&Value> {
        self.0["entities"].get(entity)
    }

    fn scope(&self, entity: &str, action: &str) -> usize {
        let of = |rights: &Value| rights["scopes"].get(action).and_then(Value::as_str).map_or(0, scope);
        self.rights(entity).map_or(0, of)
    }

    fn denies(&self, entity: &str, action: &str) -> bool {
        let denied = self.0["denials"].get(entity).and_then(Value::as_array);
        denied.is_some_and(|all| all.iter().any(|a| a == action))
    }

    fn gives(&self, entity: &str, actions: &[&str]) -> bool {
        actions.iter().all(|a| self.scope(entity, a) > 0 && !self.denies(entity, a))
    }

    fn level(&self, entity: &str, field: &str) -> usize {
        let Some(rights) = self.rights(entity) else { return 0 };
        let said = |name: &str| rights[name].as_str().map(level);
        if let Some(own) = rights["fields"].get(field).and_then(Value::as_str) {
            return level(own);
        }
        let ordinary = said("level").unwrap_or(0);
        if TRADE.contains(&field) { ordinary.min(said("trade").unwrap_or(ordinary)) } else { ordinary }
    }
}

/// What a token is limited to: actions by entity.
pub type Limits = BTreeMap<String, BTreeSet<String>>;

/// Somebody who asks.
#[derive(Clone, Debug)]
pub struct User {
    pub login: String,
    pub id: String,
    pub team: String,
    /// Places in [`World::roles`].
    pub roles: Vec<usize>,
    /// Of a partner organisation: its id.
    pub partner: Option<String>,
    /// Where a token asks in the user's place.
    pub limits: Option<Limits>,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub id: String,
    pub entity: &'static str,
    pub plural: &'static str,
    pub owner: String,
    pub team: String,
    /// Its place in [`World::records`].
    pub parent: Option<usize>,
    /// A word by field, which stands nowhere else.
    pub words: BTreeMap<&'static str, String>,
    /// What a deal is worth.
    pub value: i64,
}

#[derive(Clone, Debug)]
pub struct Grant {
    pub to: (&'static str, String),
    /// Its place in [`World::roles`], and what it was when the grant was given.
    pub role: usize,
    pub then: Role,
    pub record: usize,
    pub tree: bool,
    pub fields: Option<BTreeSet<String>>,
    pub from: i64,
    pub until: i64,
}

/// Everything that decides.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub now: i64,
    pub roles: Vec<Role>,
    /// Each team and the one above it.
    pub teams: BTreeMap<String, Option<String>>,
    pub users: Vec<User>,
    pub records: Vec<Record>,
    pub grants: Vec<Grant>,
    /// Until when the agreement with each partner is in force.
    pub agreed: BTreeMap<String, i64>,
}

/// Fields that are computed, and from what.
fn sources(entity: &str, field: &str) -> &'static [&'static str] {
    match (entity, field) {
        ("person", "name" | "sort_name") => &["first_name", "last_name"],
        ("note", "title") => &["body"],
        _ => &[],
    }
}

/// What must be allowed for an action.
fn needed(action: &str) -> Vec<&str> {
    if action == "read" { vec!["read"] } else { vec!["read", action] }
}

impl World {
    fn is_below(&self, team: &str, above: &str) -> bool {
        let mut at = Some(team.to_owned());
        while let Some(team) = at {
            if team == above {
                return true;
            }
            at = self.teams[&team].clone();
        }
        false
    }

    fn covers(&self, user: &User, scope: usize, record: &Record) -> bool {
        match scope {
            0 => false,
            4 => true,
            _ if record.owner == user.id => true,
            1 => false,
            2 => record.team == user.team,
            _ => self.is_below(&record.team, &user.team),
        }
    }

    fn roles_of<'a>(&'a self, user: &'a User) -> impl Iterator<Item = &'a Role> {
        user.roles.iter().filter(|_| user.partner.is_none()).map(|n| &self.roles[*n])
    }

    fn barred(&self, user: &User, entity: &str, action: &str) -> bool {
        let outside = |limits: &Limits| limits.get(entity).is_none_or(|actions| !actions.contains(action));
        user.limits.as_ref().is_some_and(outside) || self.roles_of(user).any(|r| r.denies(entity, action))
    }

    /// How far the roles of a user reach together.
    fn reach(&self, user: &User, entity: &str, action: &str) -> usize {
        let of = |action: &str| {
            let widest = self.roles_of(user).map(|r| r.scope(entity, action)).max().unwrap_or(0);
            if self.barred(user, entity, action) { 0 } else { widest }
        };
        needed(action).into_iter().map(of).min().unwrap_or(0)
    }

    fn parent<'a>(&'a self, record: &'a Record) -> Option<&'a Record> {
        record.parent.map(|n| &self.records[n])
    }

    /// The grants by which a user reaches a record; with whether it is the record itself that was granted.
    fn granted<'a>(
        &'a self,
        user: &'a User,
        record: &'a Record,
        action: &'a str,
    ) -> impl Iterator<Item = (&'a Grant, bool)> {
        let barred = |entity: &str| needed(action).iter().any(|a| self.barred(user, entity, a));
        self.grants.iter().filter_map(move |grant| {
            let mine = match grant.to.0 {
                "user" => grant.to.1 == user.id,
                "team" => user.partner.is_none() && grant.to.1 == user.team,
                _ => user.partner.as_ref() == Some(&grant.to.1),
            };
            let agreed = user.partner.as_ref().is_none_or(|p| self.now < self.agreed[p]);
            let gives = |entity: &str| {
                let all = needed(action);
                grant.then.gives(entity, &all)
                    && self.roles[grant.role].gives(entity, &all)
                    && !barred(entity)
            };
            let over = &self.records[grant.record];
            let itself = over.id == record.id;
            let under = grant.tree && self.parent(record).is_some_and(|p| p.id == over.id);
            let in_force = grant.from <= self.now && self.now < grant.until;
            let counts = mine && agreed && in_force && gives(record.entity);
            (counts && (itself || under && gives(over.entity))).then_some((grant, itself))
        })
    }

    /// Whether a user may read a record, or export it.
    pub fn sees(&self, user: &User, record: &Record, action: &str) -> bool {
        let own = self.reach(user, record.entity, action);
        let by_roles = match self.parent(record) {
            None => self.covers(user, own, record),
            Some(above) => own > 0 && self.covers(user, self.reach(user, above.entity, action), above),
        };
        by_roles || self.granted(user, record, action).next().is_some()
    }

    fn given(&self, user: &User, record: &Record, action: &str, field: &str) -> usize {
        let mut most = 0;
        for role in self.roles_of(user) {
            let alone = needed(action).into_iter().map(|a| role.scope(record.entity, a)).min().unwrap_or(0);
            let counts = self.reach(user, record.entity, action) > 0
                && match self.parent(record) {
                    None => self.covers(user, alone, record),
                    Some(above) => {
                        alone > 0 && self.covers(user, self.reach(user, above.entity, action), above)
                    }
                };
            if counts {
                most = most.max(role.level(record.entity, field));
            }
        }
        for (grant, itself) in self.granted(user, record, action) {
            let chosen = !itself || grant.fields.as_ref().is_none_or(|fields| fields.contains(field));
            if chosen {
                let then = grant.then.level(record.entity, field);
                most = most.max(then.min(self.roles[grant.role].level(record.entity, field)));
            }
        }
        most
    }

    /// How much of a field is seen.
    pub fn level(&self, user: &User, record: &Record, action: &str, field: &str) -> usize {
        if !self.sees(user, record, action) {
            return 0;
        }
        let all = sources(record.entity, field).iter().copied().chain([field]);
        all.map(|name| self.given(user, record, action, name)).min().unwrap_or(0)
    }

    pub fn reads(&self, user: &User, record: &Record, field: &str) -> bool {
        self.level(user, record, "read", field) >= READS
    }

    /// Every word that a user may come to see.
    pub fn words(&self, user: &User, action: &str) -> BTreeSet<String> {
        let of = |record: &Record| -> Vec<String> {
            let seen = record.words.iter().filter(|(f, _)| self.level(user, record, action, f) >= READS);
            seen.map(|(_, word)| word.clone()).collect()
        };
        self.records.iter().flat_map(of).collect()
    }
}
