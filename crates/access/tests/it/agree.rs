//! Decision, predicate and a naive reading of the rules agree, on random policies.

use crate::cast::{DEAL, NOTE, PERSON, catalog, id};
use access::{
    Action, Actor, Agreed, EntityRights, Facts, Grant, Grantee, Grants, Level, Member, Over, ParentFacts,
    Partner, Policy, Reason, Role, Scope, Team, TokenScope, Within,
};
use kernel::{RecordId, RoleId, SessionId, TeamId, Text, Time, UserId};
use proptest::prelude::*;
use schema::EntityCode;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Records of which some are granted; what they hang on has ids of its own.
const RECORDS: u8 = 2;
const ABOVE: u8 = 100;
const FIELDS: [&str; 4] = ["name", "discount", "health", "cf_pesel"];
const LEVELS: [Level; 4] = [Level::Hidden, Level::Masked, Level::Read, Level::Write];
const USERS: u8 = 4;
const TEAMS: u8 = 5;
const PARTNERS: u8 = 2;
const NAMES: [&str; 3] = ["person", "deal", "note"];
const CODES: [EntityCode; 3] = [PERSON, DEAL, NOTE];
/// Wide ones more often, or next to nothing would be allowed.
const SCOPES: [Scope; 8] =
    [Scope::Own, Scope::Team, Scope::Below, Scope::All, Scope::None, Scope::Below, Scope::All, Scope::All];

/// A case is read from a string of bytes, so that it is cheap to make and shrinks towards nothing.
pub(crate) struct Genes<'a>(pub(crate) &'a [u8]);

impl Genes<'_> {
    pub(crate) fn below(&mut self, n: u8) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        first % n
    }

    pub(crate) fn one_in(&mut self, n: u8) -> bool {
        self.below(n) == n - 1
    }

    /// Teams from 0, which is nil, to one that is in no tree.
    fn team(&mut self) -> TeamId {
        id(self.below(TEAMS + 2))
    }

    fn actions(&mut self) -> BTreeSet<Action> {
        let chance = |action: &Action, genes: &mut Self| match action {
            Action::Read => !genes.one_in(8),
            _ => genes.one_in(2),
        };
        Action::ALL.into_iter().filter(|a| chance(a, self)).collect()
    }

    fn rights(&mut self) -> EntityRights {
        let scopes = self.actions().into_iter().map(|a| (a, SCOPES[usize::from(self.below(8))])).collect();
        let mut rights = EntityRights { scopes, level: Level::Read, ..EntityRights::default() };
        for name in FIELDS {
            if self.one_in(3) {
                rights.fields.insert(name.into(), LEVELS[usize::from(self.below(4))]);
            }
        }
        rights
    }

    fn role(&mut self, n: u8) -> Role {
        let mut role = Role {
            id: id(n),
            name: format!("r{n}"),
            label: Text::same("r"),
            built_in: false,
            entities: BTreeMap::new(),
            denials: BTreeMap::new(),
            things: BTreeMap::new(),
        };
        for name in NAMES {
            if !self.one_in(4) {
                role.entities.insert(name.into(), self.rights());
            }
            if self.one_in(12) {
                let action = Action::ALL[usize::from(self.below(10))];
                role.denials.insert(name.into(), BTreeSet::from([action]));
            }
        }
        role
    }

    pub(crate) fn policy(&mut self) -> Policy {
        let mut policy = Policy { version: 1, catalog: catalog(), ..Policy::default() };
        for n in 1..=TEAMS {
            let parent = if self.one_in(3) { None } else { Some(self.team()) };
            policy.teams.insert(id(n), Team { id: id(n), name: n.to_string(), parent });
        }
        for n in 1..=3 {
            policy.roles.insert(id(n), self.role(n));
        }
        for n in 1..=USERS {
            let roles = (0..=self.below(3)).map(|_| id(1 + self.below(4))).collect();
            let member = Member {
                user: id(n),
                team: self.team(),
                roles,
                active: !self.one_in(8),
                owner: None,
                partner: None,
            };
            policy.members.insert(id(n), member);
        }
        for n in 1..=PARTNERS {
            policy.partners.insert(id(n), self.partner(n));
        }
        // Some are of a partner, and their documents name roles and a team all the same.
        for n in 1..=USERS {
            let partner = self.one_in(3).then(|| id(1 + self.below(PARTNERS + 1)));
            if let Some(member) = policy.members.get_mut(&id(n)) {
                member.partner = partner;
            }
        }
        if self.one_in(2) {
            policy.restricted.insert(id(1));
        }
        if self.one_in(4) {
            policy.conditioned.insert(id(1 + self.below(3)));
        }
        for n in 0..4 + self.below(14) {
            policy.grants.put(self.grant(n));
        }
        policy
    }

    fn partner(&mut self, n: u8) -> Partner {
        let agreement = |genes: &mut Self| Agreed {
            id: id(n),
            from: Time(i64::from(genes.below(4)) / 2),
            until: genes.one_in(2).then(|| Time(i64::from(genes.below(5)))),
        };
        let agreements = (0..=self.below(3)).map(|_| agreement(self)).collect();
        Partner { id: id(n), active: !self.one_in(6), agreements }
    }

    fn grant(&mut self, n: u8) -> Grant {
        let code = self.code();
        let record = if self.one_in(2) { self.record() } else { self.above() };
        let fields = self
            .one_in(3)
            .then(|| Arc::new(FIELDS.into_iter().filter(|_| self.one_in(2)).map(str::to_owned).collect()));
        Grant {
            id: id(n),
            to: if self.one_in(3) {
                Grantee::Team(self.team())
            } else if self.one_in(2) {
                Grantee::Partner(id(1 + self.below(PARTNERS)))
            } else {
                Grantee::User(id(1 + self.below(USERS)))
            },
            by: id(1 + self.below(USERS)),
            role: id(1 + self.below(3)),
            over: match self.below(4) {
                0 => Over::Record(code, record),
                1 => Over::OwnedBy(id(1 + self.below(USERS))),
                _ => Over::Tree(code, record),
            },
            fields,
            from: Time(i64::from(self.below(8)) / 3),
            until: self.one_in(3).then(|| Time(i64::from(self.below(5)))),
            most: self.one_in(8).then(|| Arc::new(self.role(1).most())),
        }
    }

    fn record(&mut self) -> RecordId {
        id(self.below(RECORDS))
    }

    fn above(&mut self) -> RecordId {
        id(ABOVE + self.below(2))
    }

    pub(crate) fn actor(&mut self) -> Actor {
        let token = self.one_in(4).then(|| {
            let mut token = TokenScope::default();
            for name in NAMES {
                if !self.one_in(4) {
                    token.entities.insert(name.into(), self.actions());
                }
            }
            Arc::new(token)
        });
        let user = id(1 + self.below(USERS + 1));
        Actor { user, session: SessionId::NIL, token, at: Time(i64::from(self.below(4))) }
    }

    fn code(&mut self) -> EntityCode {
        if self.one_in(32) { EntityCode(999) } else { CODES[usize::from(self.below(3))] }
    }

    pub(crate) fn facts(&mut self) -> Facts {
        let entity = self.code();
        let parent = (entity == NOTE && !self.one_in(4) || self.one_in(16)).then(|| ParentFacts {
            record: self.above(),
            entity: self.code(),
            owner: id(1 + self.below(USERS)),
            team: self.team(),
        });
        Facts {
            record: self.record(),
            entity,
            subject: id(self.below(3)),
            owner: id(1 + self.below(USERS)),
            team: self.team(),
            parent,
        }
    }
}

/// The rules, read from the documentation line by line and written without a thought for speed.
mod naive {
    use super::{
        Action, Actor, Facts, Grant, Grantee, Member, Over, ParentFacts, Policy, Role, Scope, TeamId, UserId,
    };
    use access::{EntityRights, Level};
    use schema::{Entity, Field};

    /// Climbs from the record's team; at most 16 steps.
    fn at_or_below(policy: &Policy, team: TeamId, top: TeamId) -> bool {
        let mut at = team;
        for _ in 0..=16 {
            if at == top {
                return true;
            }
            match policy.teams.get(&at).and_then(|t| t.parent) {
                Some(up) => at = up,
                None => return false,
            }
        }
        false
    }

    fn covers(policy: &Policy, me: &Member, scope: Scope, owner: UserId, team: TeamId) -> bool {
        let own = owner == me.user;
        let team_of_mine = me.team != TeamId::NIL && team == me.team;
        match scope {
            Scope::None => false,
            Scope::Own => own,
            Scope::Team => own || team_of_mine,
            Scope::Below => own || (me.team != TeamId::NIL && at_or_below(policy, team, me.team)),
            Scope::All => true,
        }
    }

    /// The roles that count.
    fn roles<'a>(policy: &'a Policy, me: &Member) -> Vec<&'a Role> {
        match me.partner {
            Some(_) => Vec::new(),
            None => me.roles.iter().filter_map(|r| policy.roles.get(r)).collect(),
        }
    }

    /// Whether a member may do anything.
    pub fn stands(policy: &Policy, me: &Member) -> bool {
        let of_partner = |partner| policy.partners.get(&partner).is_some_and(|p| p.active);
        me.active && (me.partner.is_none() || me.partner.is_some_and(of_partner))
    }

    /// Of whoever is of a partner: whether this grant counts at this moment for this action.
    fn outside(policy: &Policy, actor: &Actor, me: &Member, action: Action, grant: &Grant) -> bool {
        let Some(partner) = me.partner else { return true };
        let looks = action == Action::Read || action == Action::Export;
        let cover = matches!(grant.over, Over::OwnedBy(_));
        // At each moment since it began: times are small numbers here.
        let agreed = policy.partners.get(&partner).is_some_and(|p| {
            let at = |now: i64| {
                p.agreements.iter().any(|a| a.from.0 <= now && a.until.is_none_or(|until| now < until.0))
            };
            p.active && (grant.from.0.max(-10)..=actor.at.0).all(at)
        });
        looks && !cover && agreed
    }

    /// The scopes that the roles give for an action on an entity; none if denied or outside the token.
    fn scopes(policy: &Policy, actor: &Actor, me: &Member, action: Action, entity: &str) -> Vec<Scope> {
        let mut found = Vec::new();
        for role in roles(policy, me) {
            let denied = |a: Action| role.denials.get(entity).is_some_and(|d| d.contains(&a));
            if denied(action) || denied(Action::Read) {
                return Vec::new();
            }
            if let Some(rights) = role.entities.get(entity) {
                match rights.scopes.get(&action) {
                    None | Some(Scope::None) => {}
                    Some(scope) => found.push(*scope),
                }
            }
        }
        if let Some(token) = &actor.token {
            match token.entities.get(entity) {
                Some(actions) if actions.contains(&action) => {}
                _ => return Vec::new(),
            }
        }
        found
    }

    /// Whether neither the token nor a role held is against these actions on an entity.
    fn unhindered(policy: &Policy, actor: &Actor, me: &Member, actions: &[Action], entity: &str) -> bool {
        let roles = || roles(policy, me).into_iter();
        actions.iter().all(|a| {
            let named =
                actor.token.as_ref().is_none_or(|t| t.entities.get(entity).is_some_and(|n| n.contains(a)));
            named && !roles().any(|r| r.denials.get(entity).is_some_and(|d| d.contains(a)))
        })
    }

    /// Whether a grant's role gives actions by it: as it is, and as it was.
    fn grant_gives(grant: &Grant, role: &Role, entity: &str, actions: &[Action]) -> bool {
        let then = grant.most.clone().map(|most| Role {
            entities: (*most).clone(),
            denials: std::collections::BTreeMap::new(),
            ..role.clone()
        });
        role_gives(role, entity, actions) && then.is_none_or(|then| role_gives(&then, entity, actions))
    }

    fn role_gives(role: &Role, entity: &str, actions: &[Action]) -> bool {
        actions.iter().all(|a| {
            let scope = role.entities.get(entity).and_then(|rights| rights.scopes.get(a));
            scope.is_some_and(|s| *s != Scope::None)
                && !role.denials.get(entity).is_some_and(|d| d.contains(a))
        })
    }

    /// The grants that let the actor do this to a record: of each whether it is for the record itself.
    fn grants<'a>(
        policy: &'a Policy,
        actor: &Actor,
        me: &Member,
        action: Action,
        facts: &Facts,
        all: &'a [Grant],
    ) -> Vec<(&'a Grant, bool)> {
        let entity = policy.catalog.by_code(facts.entity).unwrap();
        let mut needed = vec![action];
        if action != Action::Create {
            needed.push(Action::Read);
        }
        let mut above = vec![Action::Read];
        if action == Action::Export {
            above.push(action);
        }
        let mut found = Vec::new();
        for grant in all {
            let mine = match grant.to {
                Grantee::User(user) => user == me.user,
                Grantee::Team(team) => team != TeamId::NIL && team == me.team && me.partner.is_none(),
                Grantee::Partner(partner) => me.partner == Some(partner),
            };
            let mine = mine && outside(policy, actor, me, action, grant);
            let mine = mine && grant.by != me.user && action != Action::Share;
            let mine = mine && !policy.conditioned.contains(&grant.role);
            let now = grant.from <= actor.at && grant.until.is_none_or(|until| actor.at < until);
            let Some(role) = policy.roles.get(&grant.role) else { continue };
            let allowed = grant_gives(grant, role, &entity.name, &needed)
                && unhindered(policy, actor, me, &needed, &entity.name);
            if !(mine && now && allowed) {
                continue;
            }
            let itself = action != Action::Create
                && match grant.over {
                    Over::Record(code, id) | Over::Tree(code, id) => {
                        code == facts.entity && id == facts.record
                    }
                    Over::OwnedBy(user) => facts.parent.is_none() && user == facts.owner,
                };
            if itself {
                found.push((grant, true));
                continue;
            }
            let Some(parent) = &facts.parent else { continue };
            let Some(kind) = policy.catalog.by_code(parent.entity) else { continue };
            let reached = match grant.over {
                Over::Record(..) => false,
                Over::Tree(code, id) => code == parent.entity && id == parent.record && code != facts.entity,
                Over::OwnedBy(user) => user == parent.owner,
            };
            let own = facts.owner == me.user || matches!(grant.over, Over::OwnedBy(u) if u == facts.owner);
            let reached = reached && (own || matches!(action, Action::Read | Action::Export));
            if reached
                && entity.parents.contains(&kind.name)
                && grant_gives(grant, role, &kind.name, &above)
                && unhindered(policy, actor, me, &above, &kind.name)
            {
                found.push((grant, false));
            }
        }
        found
    }

    /// Whether roles let the record that another hangs on be read.
    fn hangs_in_reach(
        policy: &Policy,
        actor: &Actor,
        me: &Member,
        entity: &Entity,
        above: &ParentFacts,
    ) -> bool {
        policy.catalog.by_code(above.entity).is_some_and(|kind| {
            let scopes = scopes(policy, actor, me, Action::Read, &kind.name);
            entity.parents.contains(&kind.name)
                && scopes.iter().any(|s| covers(policy, me, *s, above.owner, above.team))
        })
    }

    /// What is seen of a field of a record that may be read.
    pub fn level(policy: &Policy, actor: &Actor, facts: &Facts, all: &[Grant], field: &Field) -> Level {
        let (me, entity) = (&policy.members[&actor.user], policy.catalog.by_code(facts.entity).unwrap());
        let mut level = Level::Hidden;
        for role in roles(policy, me) {
            let Some(rights) = role.entities.get(&entity.name) else { continue };
            let scope = rights.scopes.get(&Action::Read).copied().unwrap_or_default();
            let counts = match facts.parent.clone() {
                Some(above) => scope != Scope::None && hangs_in_reach(policy, actor, me, entity, &above),
                None => covers(policy, me, scope, facts.owner, facts.team),
            };
            if counts {
                level = level.max(rights.level_of(field));
            }
        }
        for (grant, itself) in grants(policy, actor, me, Action::Read, facts, all) {
            let rights: &EntityRights = &policy.roles[&grant.role].entities[&entity.name];
            let chosen = !itself
                || matches!(grant.over, Over::OwnedBy(_)) && grant.fields.is_none()
                || grant.fields.as_ref().is_none_or(|fields| fields.contains(&field.name));
            let then = grant.most.as_ref().map(|most| most[&entity.name].level_of(field));
            if chosen {
                level = level.max(rights.level_of(field).min(then.unwrap_or(Level::Write)));
            }
        }
        level
    }

    /// Whether a record may be read (and, if asked, exported).
    fn visible(
        policy: &Policy,
        actor: &Actor,
        me: &Member,
        export: bool,
        facts: &Facts,
        all: &[Grant],
    ) -> bool {
        let Some(entity) = policy.catalog.by_code(facts.entity) else {
            return false;
        };
        let mut needed = vec![Action::Read];
        if export {
            needed.push(Action::Export);
        }
        let action = if export { Action::Export } else { Action::Read };
        if !grants(policy, actor, me, action, facts, all).is_empty() {
            return true;
        }
        needed.into_iter().all(|action| {
            let own = scopes(policy, actor, me, action, &entity.name);
            match &facts.parent {
                None => own.iter().any(|s| covers(policy, me, *s, facts.owner, facts.team)),
                Some(above) => {
                    let Some(parent) = policy.catalog.by_code(above.entity) else {
                        return false;
                    };
                    !own.is_empty()
                        && entity.parents.contains(&parent.name)
                        && scopes(policy, actor, me, action, &parent.name)
                            .iter()
                            .any(|s| covers(policy, me, *s, above.owner, above.team))
                }
            }
        })
    }

    pub fn may(policy: &Policy, actor: &Actor, action: Action, facts: &Facts, all: &[Grant]) -> bool {
        let Some(me) = policy.members.get(&actor.user) else {
            return false;
        };
        let Some(entity) = policy.catalog.by_code(facts.entity) else {
            return false;
        };
        if !stands(policy, me) || denies_reading(policy, me, entity) {
            return false;
        }
        if action == Action::Read || action == Action::Export {
            return visible(policy, actor, me, action == Action::Export, facts, all);
        }
        if action != Action::Erase && policy.restricted.contains(&facts.subject) {
            return false;
        }
        let mine = scopes(policy, actor, me, action, &entity.name);
        let by_role = mine.iter().any(|s| covers(policy, me, *s, facts.owner, facts.team));
        if !by_role && grants(policy, actor, me, action, facts, all).is_empty() {
            return false;
        }
        if action != Action::Create {
            return visible(policy, actor, me, false, facts, all);
        }
        let Some(above) = &facts.parent else { return true };
        let Some(parent) = policy.catalog.by_code(above.entity) else {
            return false;
        };
        let by_role = scopes(policy, actor, me, Action::Read, &parent.name);
        let tree = all.iter().any(|g| {
            let reached = match g.over {
                Over::Record(..) => false,
                Over::Tree(code, id) => code == above.entity && id == above.record,
                Over::OwnedBy(user) => user == above.owner,
            };
            let mine = match g.to {
                Grantee::User(user) => user == me.user,
                Grantee::Team(team) => team != TeamId::NIL && team == me.team && me.partner.is_none(),
                Grantee::Partner(partner) => me.partner == Some(partner),
            };
            let mine = mine && outside(policy, actor, me, action, g);
            reached
                && mine
                && g.by != me.user
                && !policy.conditioned.contains(&g.role)
                && g.from <= actor.at
                && g.until.is_none_or(|until| actor.at < until)
                && policy.roles.get(&g.role).is_some_and(|r| grant_gives(g, r, &parent.name, &[Action::Read]))
                && unhindered(policy, actor, me, &[Action::Read], &parent.name)
        });
        entity.parents.contains(&parent.name)
            && (tree || by_role.iter().any(|s| covers(policy, me, *s, above.owner, above.team)))
    }

    fn denies_reading(policy: &Policy, me: &Member, entity: &Entity) -> bool {
        roles(policy, me)
            .into_iter()
            .any(|r| r.denials.get(&entity.name).is_some_and(|d| d.contains(&Action::Read)))
    }
}

/// All grants of a policy, as they were put in.
fn grants_of(policy: &Policy) -> Vec<Grant> {
    let everybody = (1..=USERS).flat_map(|n| (0..=TEAMS + 1).map(move |t| (id(n), id(t), None)));
    let partners = (1..=PARTNERS).map(|n| (id(1), TeamId::NIL, Some(id(n))));
    let member =
        |(user, team, partner)| Member { user, team, roles: vec![], active: true, owner: None, partner };
    let mut all: Vec<Grant> = Vec::new();
    for member in everybody.chain(partners).map(member) {
        for grant in policy.grants.of(&member) {
            if !all.contains(grant) {
                all.push(grant.clone());
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12_000, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn decision_predicate_and_reference_agree(bytes in proptest::collection::vec(any::<u8>(), 1_000)) {
        let mut genes = Genes(&bytes);
        let policy = genes.policy();
        let actor = genes.actor();
        let grants = grants_of(&policy);
        for _ in 0..6 {
            let facts = genes.facts();
            for action in Action::ALL {
                let decided = policy.decide(&actor, action, &facts);
                let expected = naive::may(&policy, &actor, action, &facts, &grants);
                prop_assert_eq!(decided.allow, expected, "{:?} {:?} {:?}", action, facts, decided.reasons);
                prop_assert!(!decided.reasons.is_empty());
            }
            for action in [Action::Read, Action::Export] {
                let admitted = policy
                    .catalog
                    .by_code(facts.entity)
                    .is_some_and(|e| policy.predicate(&actor, action, e).admits(&facts));
                prop_assert_eq!(admitted, naive::may(&policy, &actor, action, &facts, &grants), "{:?} {:?}", action, facts);
            }
        }
    }

    /// What of a record is seen is the same whether it is opened or found in a list, and what the rules say; and by a
    /// field a list asks about those records alone on which it may be read.
    #[test]
    fn fields_of_one_and_of_many_agree(bytes in proptest::collection::vec(any::<u8>(), 1_000)) {
        let mut genes = Genes(&bytes);
        let policy = genes.policy();
        let actor = genes.actor();
        let grants = grants_of(&policy);
        for _ in 0..6 {
            let facts = genes.facts();
            let Ok(one) = policy.read(&actor, facts.record, &facts) else { continue };
            let many = policy.list(&actor, Action::Read, facts.entity).unwrap();
            prop_assert_eq!(one.mask(), &many.mask_of(&facts), "{:?}", facts);
            for field in &policy.catalog.by_code(facts.entity).unwrap().fields {
                let level = naive::level(&policy, &actor, &facts, &grants, field);
                prop_assert_eq!(one.mask().level(&field.name), level, "{} {:?}", field.name, facts);
                let asked = match many.reads(&field.name) {
                    Within::All => true,
                    Within::Each(all) => all.iter().all(|p| p.admits(&facts)),
                };
                prop_assert_eq!(asked, level >= Level::Read, "{} {:?}", field.name, facts);
                prop_assert!(many.most().level(&field.name) >= level, "{}", field.name);
            }
        }
    }
}

/// A comparison that only ever compares refusals would say nothing.
#[test]
fn the_cases_are_worth_comparing() {
    use kernel::Random as _;
    let random = kernel::SeededRandom::new(5);
    let (mut yes, mut no, mut children, mut granted, mut unlike, mut guests) = (0, 0, 0, 0, 0, 0);
    for _ in 0..1_500 {
        let mut bytes = [0; 1_000];
        random.fill(&mut bytes);
        let mut genes = Genes(&bytes);
        let (policy, actor) = (genes.policy(), genes.actor());
        for _ in 0..12 {
            let facts = genes.facts();
            let decision = policy.decide(&actor, Action::Read, &facts);
            if decision.allow {
                yes += 1
            } else {
                no += 1
            }
            children += u32::from(decision.allow && facts.parent.is_some());
            let by_grant = |r: &Reason| matches!(r, Reason::Granted { .. });
            granted += u32::from(decision.allow && decision.reasons.iter().all(by_grant));
            let of_partner = policy.members.get(&actor.user).is_some_and(|m| m.partner.is_some());
            guests += u32::from(decision.allow && of_partner);
            let list = policy.list(&actor, Action::Read, facts.entity);
            unlike += u32::from(list.is_ok_and(|permit| !permit.is_alike()));
        }
    }
    assert!(yes > 1_000 && no > 1_000 && children > 100, "{yes} allowed, {no} refused, {children} children");
    assert!(
        granted > 60 && unlike > 500 && guests > 5,
        "{granted} by grants alone, {guests} of partners, {unlike} lists of records that are not alike"
    );
}

/// One role as somebody changes it who holds it, or the roles of that member.
fn changed(before: &Policy, user: UserId, genes: &mut Genes<'_>) -> Policy {
    let mut after = before.clone();
    let role: RoleId = id(1 + genes.below(3));
    match genes.below(5) {
        4 => drop(after.members.get_mut(&user).expect("a member").roles.pop()),
        0 => {
            let more = id(1 + genes.below(4));
            after.members.get_mut(&user).expect("a member").roles.push(more);
        }
        1 => {
            let role = after.roles.get_mut(&role).expect("a role");
            role.denials = genes.role(9).denials;
        }
        _ => {
            let levels = LEVELS;
            let mut rights = genes.rights();
            rights.level = levels[usize::from(genes.below(4))];
            rights.special = Some(levels[usize::from(genes.below(4))]);
            let name = NAMES[usize::from(genes.below(3))];
            after.roles.get_mut(&role).expect("a role").entities.insert(name.into(), rights);
        }
    }
    after
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12_000, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn where_no_gain_is_told_of_nothing_more_is_allowed_or_seen(bytes in proptest::collection::vec(any::<u8>(), 1_000)) {
        let mut genes = Genes(&bytes);
        // Of what is granted, whoever gave it decides.
        let before = Policy { grants: Grants::default(), ..genes.policy() };
        let user = id(1 + genes.below(USERS));
        let after = changed(&before, user, &mut genes);
        prop_assert!(before.gained_since(&before, user).is_empty());
        if !after.gained_since(&before, user).is_empty() {
            return Ok(());
        }
        let actor = Actor { user, session: SessionId::NIL, token: None, at: Time(0) };
        for _ in 0..6 {
            let facts = genes.facts();
            for action in Action::ALL {
                let [was, is] = [&before, &after].map(|policy| policy.decide(&actor, action, &facts).allow);
                prop_assert!(was || !is, "{:?} {:?}", action, facts);
            }
            let read = |policy: &Policy| policy.read(&actor, id(1), &facts).ok();
            if let (Some(was), Some(is)) = (read(&before), read(&after)) {
                for field in ["name", "discount", "health", "cf_pesel"] {
                    let [was, is] = [&was, &is].map(|permit| permit.mask().level(field).min(Level::Read));
                    prop_assert!(is <= was, "{} {:?}", field, facts);
                }
            }
            let write = |policy: &Policy| policy.write(&actor, Action::Update, id(1), &facts).ok();
            if let (Some(was), Some(is)) = (write(&before), write(&after)) {
                for field in ["name", "discount", "health", "cf_pesel"] {
                    let [was, is] = [&was, &is].map(|permit| permit.mask().level(field) == Level::Write);
                    prop_assert!(was || !is, "{} {:?}", field, facts);
                }
            }
        }
    }
}
