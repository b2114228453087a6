//! The decision, and the permits that follow from it.

use crate::{
    Action, Actor, AdminPermit, Arm, EntityRights, Facts, Level, ListPermit, Mask, Member, Place, Policy,
    Predicate, ReadPermit, Role, Scope, Thing, Verb, WritePermit, lacks_action, lacks_thing, restricted,
};
use kernel::{Fault, RecordId, Result};
use schema::{Entity, EntityCode, Field, FieldKind};
use std::collections::HashMap;

/// One step of the way to yes or no. A refusal has one reason, the first that applies in the order
/// below; leave has one for each role that gives it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The user is unknown or suspended.
    NotActive,
    /// The entity is unknown: an error, which denies.
    UnknownEntity,
    /// The user may, perhaps, but the token used does not name the action for this entity.
    OutsideToken,
    /// A role denies the action, or reading, for the whole entity. No other role outweighs that.
    Denied {
        /// Its name.
        role: String,
    },
    /// The record it hangs on may not be read (or not exported, where exporting is asked).
    ParentUnseen,
    /// No role allows the action on this record, or none lets it be read.
    NoRole,
    /// The record may be read, but its subject's processing is restricted (GDPR Art. 18).
    Restricted,
    /// A role allows it.
    Allowed {
        /// Its name.
        role: String,
        /// Its scope.
        scope: Scope,
    },
}

/// Yes or no, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Whether the action is allowed.
    pub allow: bool,
    /// What decided.
    pub reasons: Vec<Reason>,
}

impl Policy {
    fn member(&self, actor: &Actor) -> Option<&Member> {
        self.members.get(&actor.user).filter(|m| m.active)
    }

    fn roles_of<'a>(&'a self, member: &'a Member) -> impl Iterator<Item = &'a Role> {
        member.roles.iter().filter_map(|id| self.roles.get(id))
    }

    fn token_allows(actor: &Actor, entity: &str, action: Action) -> bool {
        actor.token.as_ref().is_none_or(|t| t.entities.get(entity).is_some_and(|a| a.contains(&action)))
    }

    /// The widest scope that the actor's roles give for `action` on `entity`, after denials and the
    /// token's limits.
    #[must_use]
    pub fn scope(&self, actor: &Actor, action: Action, entity: &str) -> Scope {
        let Some(member) = self.member(actor) else {
            return Scope::None;
        };
        if !Self::token_allows(actor, entity, action)
            || self.roles_of(member).any(|r| r.denials.get(entity).is_some_and(|d| d.contains(&action)))
        {
            return Scope::None;
        }
        self.roles_of(member)
            .filter_map(|r| r.entities.get(entity)?.scopes.get(&action).copied())
            .max()
            .unwrap_or_default()
    }

    fn places(&self, actor: &Actor, scope: Scope) -> Vec<Place> {
        let Some(member) = self.member(actor) else {
            return Vec::new();
        };
        let own = Place::Owner(actor.user);
        match scope {
            Scope::None => vec![],
            Scope::Own => vec![own],
            // The nil team is no team: to share it makes nobody colleagues.
            Scope::Team | Scope::Below if member.team.is_nil() => vec![own],
            Scope::Team => vec![own, Place::Teams(vec![member.team])],
            Scope::Below => {
                let mut teams = self.team_and_below(member.team);
                teams.sort_unstable();
                vec![own, Place::Teams(teams)]
            }
            Scope::All => vec![Place::Anywhere],
        }
    }

    /// Which records of `entity` the actor may read, or export. A record that hangs on another is
    /// reached through the other: that needs any scope on its own entity and the other within reach;
    /// its own scope counts only if it hangs on nothing. Exporting reaches no further than reading.
    #[must_use]
    pub fn predicate(&self, actor: &Actor, action: Action, entity: &Entity) -> Predicate {
        let scope = self.reach(actor, action, &entity.name);
        if scope == Scope::None {
            return Predicate::default();
        }
        let mut arms: Vec<Arm> = self.places(actor, scope).into_iter().map(Arm::Alone).collect();
        for parent in entity.parents.iter().filter_map(|name| self.catalog.get(name)) {
            let places = self.places(actor, self.reach(actor, action, &parent.name));
            arms.extend(places.into_iter().map(|p| Arm::Under(parent.code, p)));
        }
        Predicate { arms }
    }

    /// The scope of `action`, no wider than that of reading.
    fn reach(&self, actor: &Actor, action: Action, entity: &str) -> Scope {
        self.scope(actor, action, entity).min(self.scope(actor, Action::Read, entity))
    }

    /// Whether the record that these facts hang on, if they do, may be read by itself. A record may
    /// be made without leave to read its kind, but not under a record that may not be seen.
    fn parent_seen(&self, actor: &Actor, entity: &Entity, facts: &Facts) -> bool {
        let Some(above) = &facts.parent else { return true };
        self.catalog.by_code(above.entity).is_some_and(|parent| {
            entity.parents.contains(&parent.name)
                && self
                    .places(actor, self.scope(actor, Action::Read, &parent.name))
                    .iter()
                    .any(|place| place.admits(above.owner, above.team))
        })
    }

    /// Whether the actor may do `action` to the record with these facts, and why.
    #[must_use]
    pub fn decide(&self, actor: &Actor, action: Action, facts: &Facts) -> Decision {
        let deny = |reason| Decision { allow: false, reasons: vec![reason] };
        let Some(member) = self.member(actor) else {
            return deny(Reason::NotActive);
        };
        let Some(entity) = self.catalog.by_code(facts.entity) else {
            return deny(Reason::UnknownEntity);
        };
        if !Self::token_allows(actor, &entity.name, action) {
            return deny(Reason::OutsideToken);
        }
        let denied = self.roles_of(member).find(|r| {
            r.denials.get(&entity.name).is_some_and(|d| d.contains(&action) || d.contains(&Action::Read))
        });
        if let Some(role) = denied {
            return deny(Reason::Denied { role: role.name.clone() });
        }
        let reach = if action == Action::Export { action } else { Action::Read };
        let seen = match action {
            Action::Create => self.parent_seen(actor, entity, facts),
            _ => self.predicate(actor, reach, entity).admits(facts),
        };
        if !seen {
            let own = action == Action::Create || self.reach(actor, reach, &entity.name) > Scope::None;
            return deny(if own && facts.parent.is_some() { Reason::ParentUnseen } else { Reason::NoRole });
        }
        let frozen = !matches!(action, Action::Read | Action::Erase | Action::Export);
        if frozen && self.restricted.contains(&facts.subject) {
            return deny(Reason::Restricted);
        }
        let reasons = self.allowing(member, actor, action, entity, facts);
        if reasons.is_empty() { deny(Reason::NoRole) } else { Decision { allow: true, reasons } }
    }

    /// The roles that allow `action` on this record by its own owner and team.
    fn allowing(
        &self,
        member: &Member,
        actor: &Actor,
        action: Action,
        entity: &Entity,
        facts: &Facts,
    ) -> Vec<Reason> {
        let follows = matches!(action, Action::Read | Action::Export) && facts.parent.is_some();
        self.roles_of(member)
            .filter_map(|r| Some((r, *r.entities.get(&entity.name)?.scopes.get(&action)?)))
            .filter(|(_, scope)| {
                let places = self.places(actor, *scope);
                if follows {
                    !places.is_empty()
                } else {
                    places.iter().any(|p| p.admits(facts.owner, facts.team))
                }
            })
            .map(|(r, scope)| Reason::Allowed { role: r.name.clone(), scope })
            .collect()
    }

    /// The rights of the roles that by themselves let the actor do `action` to the record with these
    /// facts. Only they say what of it is seen or changed: a role that reaches far and shows little does
    /// not widen one that shows much of a few records.
    fn rights_on(&self, actor: &Actor, action: Action, entity: &Entity, facts: &Facts) -> Vec<&EntityRights> {
        let follows = matches!(action, Action::Read | Action::Export) && facts.parent.is_some();
        self.rights(actor, entity, |rights| {
            let scope = rights.scopes.get(&action).copied().unwrap_or_default();
            let places = self.places(actor, scope);
            if follows {
                !places.is_empty()
            } else {
                places.iter().any(|p| p.admits(facts.owner, facts.team))
            }
        })
    }

    /// The rights of the roles that by themselves reach every record of a list; if none does, nothing
    /// more is seen than what all of them show.
    fn mask_of_list(&self, actor: &Actor, action: Action, entity: &Entity) -> Mask {
        let reach = |rights: &EntityRights| {
            let scope = |a| rights.scopes.get(&a).copied().unwrap_or_default();
            scope(action).min(scope(Action::Read))
        };
        let widest = self.reach(actor, action, &entity.name);
        let covering = self.rights(actor, entity, |r| reach(r) >= widest);
        if covering.is_empty() {
            let all = self.rights(actor, entity, |r| reach(r) > Scope::None);
            return Self::mask(entity, |field| all.iter().map(|r| r.level_of(field)).min());
        }
        Self::mask(entity, |field| covering.iter().map(|r| r.level_of(field)).max())
    }

    fn mask_on(&self, actor: &Actor, action: Action, entity: &Entity, facts: &Facts) -> Mask {
        let rights = self.rights_on(actor, action, entity, facts);
        Self::mask(entity, |field| rights.iter().map(|r| r.level_of(field)).max())
    }

    fn rights(
        &self,
        actor: &Actor,
        entity: &Entity,
        which: impl Fn(&EntityRights) -> bool,
    ) -> Vec<&EntityRights> {
        let of_role = |role: &'_ Role| role.entities.get(&entity.name).is_some_and(&which);
        self.member(actor)
            .map(|m| {
                let chosen = self.roles_of(m).filter(|r| of_role(r));
                chosen.filter_map(|r| r.entities.get(&entity.name)).collect()
            })
            .unwrap_or_default()
    }

    fn mask(entity: &Entity, given: impl Fn(&Field) -> Option<Level>) -> Mask {
        let given: HashMap<&str, Level> =
            entity.fields.iter().map(|f| (f.name.as_str(), given(f).unwrap_or_default())).collect();
        // What is computed from other fields tells no more than the least visible of them.
        let level = |name: &str| {
            let sources = schema::sources_of(&entity.name, name).iter();
            sources.chain([&name]).filter_map(|n| given.get(n).copied()).min().unwrap_or_default()
        };
        let levels: HashMap<String, Level> =
            entity.fields.iter().map(|f| (f.name.clone(), level(&f.name))).collect();
        let open = entity.fields.iter().all(|f| is_special(f) || levels[&f.name] >= Level::Read);
        Mask { entity: entity.code, levels, open }
    }

    fn entity(&self, code: EntityCode) -> Result<&Entity> {
        self.catalog.by_code(code).ok_or_else(|| Fault::bug("unknown entity"))
    }

    /// Leave to open one record.
    ///
    /// # Errors
    /// Not found, whatever the reason.
    pub fn read(&self, actor: &Actor, record: RecordId, facts: &Facts) -> Result<ReadPermit> {
        if !self.decide(actor, Action::Read, facts).allow {
            return Err(Fault::not_found());
        }
        let mask = self.mask_on(actor, Action::Read, self.entity(facts.entity)?, facts);
        Ok(ReadPermit { actor: actor.clone(), record, mask })
    }

    /// Leave to list, search, count ([`Action::Read`]) or export ([`Action::Export`]) an entity.
    ///
    /// # Errors
    /// Forbidden if no role allows it on any record, and for any other action: those are decided
    /// record by record.
    pub fn list(&self, actor: &Actor, action: Action, entity: EntityCode) -> Result<ListPermit> {
        let entity = self.entity(entity)?;
        if !matches!(action, Action::Read | Action::Export) {
            return Err(lacks_action(actor, action, entity));
        }
        let predicate = self.predicate(actor, action, entity);
        if predicate.is_nothing() {
            return Err(lacks_action(actor, action, entity));
        }
        let mask = self.mask_of_list(actor, action, entity);
        Ok(ListPermit { actor: actor.clone(), action, predicate, mask })
    }

    /// Leave to count all records of an entity, whoever owns them, for whoever reads users: what somebody leaves behind
    /// is told in numbers. Every field is hidden.
    ///
    /// # Errors
    /// Forbidden.
    pub fn count_all(&self, actor: &Actor, entity: &Entity) -> Result<ListPermit> {
        self.admin(actor, Thing::Users, Verb::Read)?;
        let mut arms = vec![Arm::Alone(Place::Anywhere)];
        let parents = entity.parents.iter().filter_map(|name| self.catalog.get(name));
        arms.extend(parents.map(|parent| Arm::Under(parent.code, Place::Anywhere)));
        let mask = Self::mask(entity, |_| None);
        Ok(ListPermit { actor: actor.clone(), action: Action::Read, predicate: Predicate { arms }, mask })
    }

    /// Leave to change one record, or (with [`Action::Create`]) to make one with these facts.
    ///
    /// # Errors
    /// Not found if the record (for a new one, the record it is to hang on) may not be read;
    /// forbidden if it may, but not changed.
    pub fn write(
        &self,
        actor: &Actor,
        action: Action,
        record: RecordId,
        facts: &Facts,
    ) -> Result<WritePermit> {
        let entity = self.entity(facts.entity)?;
        let decision = self.decide(actor, action, facts);
        if !decision.allow {
            let seen = match action {
                Action::Create => self.parent_seen(actor, entity, facts),
                _ => self.decide(actor, Action::Read, facts).allow,
            };
            return Err(match decision.reasons.first() {
                _ if !seen => Fault::not_found(),
                Some(Reason::Restricted) => restricted(action, entity),
                _ => lacks_action(actor, action, entity),
            });
        }
        let mask = self.mask_on(actor, action, entity, facts);
        Ok(WritePermit { actor: actor.clone(), action, record, mask })
    }

    /// Leave to look at or change a thing.
    ///
    /// # Errors
    /// Forbidden.
    pub fn admin(&self, actor: &Actor, thing: Thing, verb: Verb) -> Result<AdminPermit> {
        let lacks = || lacks_thing(actor, thing, verb);
        let member = self.member(actor).ok_or_else(lacks)?;
        let gives = |member| self.roles_of(member).any(|r| r.things.get(&thing).is_some_and(|v| *v >= verb));
        // Whoever answers for a service account gets no further by it than alone.
        let by_owner = || {
            let owner = member.owner.map(|owner| self.members.get(&owner).filter(|m| m.active));
            owner.is_none_or(|owner| owner.is_some_and(gives))
        };
        let by_role = gives(member) && by_owner();
        let by_token = actor.token.as_ref().is_none_or(|t| t.things.get(&thing).is_some_and(|v| *v >= verb));
        if !(by_role && by_token) {
            return Err(lacks());
        }
        Ok(AdminPermit { actor: actor.clone(), thing, verb })
    }
}

impl EntityRights {
    /// The level of one field under this role alone.
    #[must_use]
    pub fn level_of(&self, field: &Field) -> Level {
        if let Some(level) = self.fields.get(&field.name) {
            return *level;
        }
        let mut level = self.level;
        if field.flags.trade {
            level = level.min(self.trade.unwrap_or(self.level));
        }
        if is_special(field) {
            level = level.min(self.special.unwrap_or_default());
        }
        level
    }
}

/// Some kinds are special whatever their flags say, such as in a custom field.
const fn is_special(field: &Field) -> bool {
    field.flags.special || matches!(field.kind, FieldKind::Pesel | FieldKind::Iban)
}
