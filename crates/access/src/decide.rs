//! The decision, and the permits that follow from it.

use crate::gift::{Ask, Gift, merged};
use crate::permit::Part;
use crate::{
    Action, Actor, AdminPermit, Arm, EntityRights, Facts, Level, ListPermit, Mask, Member, Place, Policy,
    Predicate, ReadPermit, Role, Scope, Thing, Verb, WritePermit, lacks_action, lacks_thing, restricted,
};
use kernel::{Fault, GrantId, RecordId, Result};
use schema::{Entity, EntityCode, Field, FieldKind};
use std::collections::BTreeMap;

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
    /// A grant in force allows it, by the rights of a role on this record.
    Granted {
        /// Which.
        grant: GrantId,
        /// The role's name.
        role: String,
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
    pub(crate) fn member(&self, actor: &Actor) -> Option<&Member> {
        self.members.get(&actor.user).filter(|m| self.stands(m))
    }

    pub(crate) fn roles_of<'a>(&'a self, member: &'a Member) -> impl Iterator<Item = &'a Role> {
        member.own_roles().iter().filter_map(|id| self.roles.get(id))
    }

    fn token_allows(actor: &Actor, entity: &str, action: Action) -> bool {
        actor.token.as_ref().is_none_or(|t| t.entities.get(entity).is_some_and(|a| a.contains(&action)))
    }

    /// Whether an action on an entity is outside the token or denied by a role held, whatever else allows it.
    pub(crate) fn barred(&self, member: &Member, actor: &Actor, action: Action, entity: &str) -> bool {
        !Self::token_allows(actor, entity, action)
            || self.roles_of(member).any(|r| r.denials.get(entity).is_some_and(|d| d.contains(&action)))
    }

    /// The widest scope that the actor's roles give for `action` on `entity`, after denials and the
    /// token's limits.
    #[must_use]
    pub fn scope(&self, actor: &Actor, action: Action, entity: &str) -> Scope {
        let Some(member) = self.member(actor) else {
            return Scope::None;
        };
        if self.barred(member, actor, action, entity) {
            return Scope::None;
        }
        self.roles_of(member)
            .filter_map(|r| r.entities.get(entity)?.scopes.get(&action).copied())
            .max()
            .unwrap_or_default()
    }

    pub(crate) fn places(&self, actor: &Actor, scope: Scope) -> Vec<Place> {
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
    /// Grants in force add what they are over.
    #[must_use]
    pub fn predicate(&self, actor: &Actor, action: Action, entity: &Entity) -> Predicate {
        let Some(member) = self.member(actor) else { return Predicate::default() };
        let ask = Ask { member, actor, action, entity, near: None };
        self.predicate_of(actor, action, entity, &self.granted(ask).collect::<Vec<_>>())
    }

    fn predicate_of(
        &self,
        actor: &Actor,
        action: Action,
        entity: &Entity,
        granted: &[Gift<'_>],
    ) -> Predicate {
        let granted = granted.iter().flat_map(Gift::arms);
        Predicate { arms: merged(self.arms_of_roles(actor, action, entity).into_iter().chain(granted)) }
    }

    fn arms_of_roles(&self, actor: &Actor, action: Action, entity: &Entity) -> Vec<Arm> {
        let scope = self.reach(actor, action, &entity.name);
        if scope == Scope::None {
            return Vec::new();
        }
        let mut arms: Vec<Arm> = self.places(actor, scope).into_iter().map(Arm::Alone).collect();
        arms.extend(self.arms_under(actor, action, entity));
        arms
    }

    /// Whether [`Policy::predicate`] admits the record, found out for this one alone.
    fn sees(&self, member: &Member, actor: &Actor, action: Action, entity: &Entity, facts: &Facts) -> bool {
        let ask = Ask { member, actor, action, entity, near: Some(facts) };
        self.arms_of_roles(actor, action, entity).iter().any(|arm| arm.admits(facts))
            || self.granted(ask).any(|gift| gift.admits(facts))
    }

    /// The scope of `action`, no wider than that of reading.
    pub(crate) fn reach(&self, actor: &Actor, action: Action, entity: &str) -> Scope {
        self.scope(actor, action, entity).min(self.scope(actor, Action::Read, entity))
    }

    /// Whether the record that these facts hang on, if they do, may be read by itself. A record may
    /// be made without leave to read its kind, but not under a record that may not be seen.
    pub(crate) fn parent_seen(&self, member: &Member, actor: &Actor, entity: &Entity, facts: &Facts) -> bool {
        let Some(above) = &facts.parent else { return true };
        self.catalog.by_code(above.entity).filter(|parent| entity.parents.contains(&parent.name)).is_some_and(
            |parent| {
                let places = self.places(actor, self.scope(actor, Action::Read, &parent.name));
                places.iter().any(|place| place.admits(above.owner, above.team))
                    || self.parent_granted(member, actor, parent, facts)
            },
        )
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
            Action::Create => self.parent_seen(member, actor, entity, facts),
            _ => self.sees(member, actor, reach, entity, facts),
        };
        if !seen {
            let own = action == Action::Create || self.reach(actor, reach, &entity.name) > Scope::None;
            return deny(if own && facts.parent.is_some() { Reason::ParentUnseen } else { Reason::NoRole });
        }
        let frozen = !matches!(action, Action::Read | Action::Erase | Action::Export);
        if frozen && self.restricted.contains(&facts.subject) {
            return deny(Reason::Restricted);
        }
        let gifts = self.gifts(Ask { member, actor, action, entity, near: Some(facts) });
        let reasons: Vec<Reason> = gifts.iter().filter(|g| g.admits(facts)).map(Gift::reason).collect();
        if reasons.is_empty() { deny(Reason::NoRole) } else { Decision { allow: true, reasons } }
    }

    /// What of the record with these facts is seen, or changed: by whatever itself lets the actor do `action` to it. A
    /// role that reaches far and shows little does not widen one that shows much of a few records.
    fn mask_on(&self, actor: &Actor, action: Action, entity: &Entity, facts: &Facts) -> Mask {
        let ask = |member| Ask { member, actor, action, entity, near: Some(facts) };
        let mut gifts = self.member(actor).map_or_else(Vec::new, |member| self.gifts(ask(member)));
        gifts.retain(|gift| gift.admits(facts));
        Mask::of(entity, |field| gifts.iter().map(|g| g.level_of(field)).max())
    }

    /// What of a list is seen, and on which of its records: a part for all that shows the same fields.
    fn parts(entity: &Entity, gifts: &[Gift<'_>]) -> Vec<Part> {
        let mut parts: BTreeMap<Vec<Level>, Vec<Arm>> = BTreeMap::new();
        for gift in gifts {
            let levels = entity.fields.iter().map(|f| gift.level_of(f)).collect();
            parts.entry(levels).or_default().extend(gift.arms());
        }
        parts
            .into_iter()
            .map(|(given, arms)| Part { given, within: Predicate { arms: merged(arms) } })
            .collect()
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
        self.list_once((actor, action, entity), || self.find_list(actor, action, entity))
    }

    fn find_list(&self, actor: &Actor, action: Action, entity: EntityCode) -> Result<ListPermit> {
        let entity = self.entity(entity)?;
        if !matches!(action, Action::Read | Action::Export) {
            return Err(lacks_action(actor, action, entity));
        }
        let Some(member) = self.member(actor) else { return Err(lacks_action(actor, action, entity)) };
        // What was granted is gone through once: as the predicate, and as what is seen of each record.
        let granted: Vec<Gift<'_>> =
            self.granted(Ask { member, actor, action, entity, near: None }).collect();
        let predicate = self.predicate_of(actor, action, entity, &granted);
        if predicate.is_nothing() {
            return Err(lacks_action(actor, action, entity));
        }
        let mut gifts = self.held(Ask { member, actor, action, entity, near: None });
        gifts.extend(granted);
        let parts = Self::parts(entity, &gifts);
        Ok(ListPermit::new(actor.clone(), action, entity, predicate, parts))
    }

    /// Leave to count all records of an entity, whoever owns them, for whoever reads users: what somebody leaves behind
    /// is told in numbers. Every field is hidden.
    ///
    /// # Errors
    /// Forbidden.
    pub fn count_all(&self, actor: &Actor, entity: &Entity) -> Result<ListPermit> {
        self.admin(actor, Thing::Users, Verb::Read)?;
        Ok(ListPermit::new(actor.clone(), Action::Read, entity, self.anywhere(entity), Vec::new()))
    }

    /// Leave to find out where the records of an entity lie that somebody owns, for whoever shares some of that entity:
    /// whether all of them may be shared is decided place by place. Every field is hidden.
    ///
    /// # Errors
    /// Forbidden.
    pub fn places_to_share(&self, actor: &Actor, entity: &Entity) -> Result<ListPermit> {
        if self.scope(actor, Action::Share, &entity.name) == Scope::None {
            return Err(lacks_action(actor, Action::Share, entity));
        }
        Ok(ListPermit::new(actor.clone(), Action::Read, entity, self.anywhere(entity), Vec::new()))
    }

    /// All records of an entity.
    fn anywhere(&self, entity: &Entity) -> Predicate {
        let mut arms = vec![Arm::Alone(Place::Anywhere)];
        arms.extend(self.parents(entity).map(|parent| Arm::Under(parent.code, Place::Anywhere)));
        Predicate { arms }
    }

    /// Leave to count what another reads, or would read under a policy that is not in force, for whoever reads users:
    /// whom a change concerns is told in numbers. Every field is hidden. None, if that one reads nothing.
    ///
    /// # Errors
    /// Forbidden.
    pub fn count_as(
        &self,
        actor: &Actor,
        (policy, other): (&Self, &Actor),
        entity: &Entity,
    ) -> Result<Option<ListPermit>> {
        self.admin(actor, Thing::Users, Verb::Read)?;
        let predicate = policy.predicate(other, Action::Read, entity);
        let permit = |predicate| ListPermit::new(actor.clone(), Action::Read, entity, predicate, Vec::new());
        Ok(Some(predicate).filter(|predicate| !predicate.is_nothing()).map(permit))
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
                Action::Create => {
                    self.member(actor).is_some_and(|member| self.parent_seen(member, actor, entity, facts))
                }
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
            let owner = member.owner.map(|owner| self.members.get(&owner).filter(|m| self.stands(m)));
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
pub(crate) const fn is_special(field: &Field) -> bool {
    field.flags.special || matches!(field.kind, FieldKind::Pesel | FieldKind::Iban)
}
