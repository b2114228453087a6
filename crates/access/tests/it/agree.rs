//! Decision, predicate and a naive reading of the rules agree, on random policies.

use crate::cast::{DEAL, NOTE, PERSON, catalog, id};
use access::{
    Action, Actor, EntityRights, Facts, Level, Member, ParentFacts, Policy, Role, Scope, Team, TokenScope,
};
use kernel::{RoleId, SessionId, TeamId, Text, UserId};
use proptest::prelude::*;
use schema::EntityCode;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const USERS: u8 = 4;
const TEAMS: u8 = 5;
const NAMES: [&str; 3] = ["person", "deal", "note"];
const CODES: [EntityCode; 3] = [PERSON, DEAL, NOTE];
/// Wide ones more often, or next to nothing would be allowed.
const SCOPES: [Scope; 8] =
    [Scope::Own, Scope::Team, Scope::Below, Scope::All, Scope::None, Scope::Below, Scope::All, Scope::All];

/// A case is read from a string of bytes, so that it is cheap to make and shrinks towards nothing.
struct Genes<'a>(&'a [u8]);

impl Genes<'_> {
    fn below(&mut self, n: u8) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        first % n
    }

    fn one_in(&mut self, n: u8) -> bool {
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
        EntityRights { scopes, level: Level::Read, ..EntityRights::default() }
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

    fn policy(&mut self) -> Policy {
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
            let member =
                Member { user: id(n), team: self.team(), roles, active: !self.one_in(8), owner: None };
            policy.members.insert(id(n), member);
        }
        if self.one_in(2) {
            policy.restricted.insert(id(1));
        }
        policy
    }

    fn actor(&mut self) -> Actor {
        let token = self.one_in(4).then(|| {
            let mut token = TokenScope::default();
            for name in NAMES {
                if !self.one_in(4) {
                    token.entities.insert(name.into(), self.actions());
                }
            }
            Arc::new(token)
        });
        Actor { user: id(1 + self.below(USERS + 1)), session: SessionId::NIL, token }
    }

    fn code(&mut self) -> EntityCode {
        if self.one_in(32) { EntityCode(999) } else { CODES[usize::from(self.below(3))] }
    }

    fn facts(&mut self) -> Facts {
        let entity = self.code();
        let parent = (entity == NOTE && !self.one_in(4) || self.one_in(16)).then(|| ParentFacts {
            entity: self.code(),
            owner: id(1 + self.below(USERS)),
            team: self.team(),
        });
        Facts {
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
    use super::{Action, Actor, Facts, Member, Policy, Scope, TeamId, UserId};

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

    /// The scopes that the roles give for an action on an entity; none if denied or outside the token.
    fn scopes(policy: &Policy, actor: &Actor, me: &Member, action: Action, entity: &str) -> Vec<Scope> {
        let mut found = Vec::new();
        for role in me.roles.iter().filter_map(|r| policy.roles.get(r)) {
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

    /// Whether a record may be read (and, if asked, exported).
    fn visible(policy: &Policy, actor: &Actor, me: &Member, export: bool, facts: &Facts) -> bool {
        let Some(entity) = policy.catalog.by_code(facts.entity) else {
            return false;
        };
        let mut needed = vec![Action::Read];
        if export {
            needed.push(Action::Export);
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

    pub fn may(policy: &Policy, actor: &Actor, action: Action, facts: &Facts) -> bool {
        let Some(me) = policy.members.get(&actor.user) else {
            return false;
        };
        let Some(entity) = policy.catalog.by_code(facts.entity) else {
            return false;
        };
        if !me.active {
            return false;
        }
        if action == Action::Read || action == Action::Export {
            return visible(policy, actor, me, action == Action::Export, facts);
        }
        if action != Action::Erase && policy.restricted.contains(&facts.subject) {
            return false;
        }
        let mine = scopes(policy, actor, me, action, &entity.name);
        if !mine.iter().any(|s| covers(policy, me, *s, facts.owner, facts.team)) {
            return false;
        }
        if action != Action::Create {
            return visible(policy, actor, me, false, facts);
        }
        let Some(above) = &facts.parent else { return true };
        let Some(parent) = policy.catalog.by_code(above.entity) else {
            return false;
        };
        let (owner, team) = (above.owner, above.team);
        let alone = Facts { entity: above.entity, subject: facts.subject, owner, team, parent: None };
        entity.parents.contains(&parent.name) && visible(policy, actor, me, false, &alone)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12_000, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn decision_predicate_and_reference_agree(bytes in proptest::collection::vec(any::<u8>(), 300)) {
        let mut genes = Genes(&bytes);
        let policy = genes.policy();
        let actor = genes.actor();
        for _ in 0..6 {
            let facts = genes.facts();
            for action in Action::ALL {
                let decided = policy.decide(&actor, action, &facts);
                let expected = naive::may(&policy, &actor, action, &facts);
                prop_assert_eq!(decided.allow, expected, "{:?} {:?} {:?}", action, facts, decided.reasons);
                prop_assert!(!decided.reasons.is_empty());
            }
            for action in [Action::Read, Action::Export] {
                let admitted = policy
                    .catalog
                    .by_code(facts.entity)
                    .is_some_and(|e| policy.predicate(&actor, action, e).admits(&facts));
                prop_assert_eq!(admitted, naive::may(&policy, &actor, action, &facts), "{:?} {:?}", action, facts);
            }
        }
    }
}

/// A comparison that only ever compares refusals would say nothing.
#[test]
fn the_cases_are_worth_comparing() {
    use kernel::Random as _;
    let random = kernel::SeededRandom::new(5);
    let (mut yes, mut no, mut children) = (0, 0, 0);
    for _ in 0..500 {
        let mut bytes = [0; 300];
        random.fill(&mut bytes);
        let mut genes = Genes(&bytes);
        let (policy, actor) = (genes.policy(), genes.actor());
        for _ in 0..12 {
            let facts = genes.facts();
            let allow = policy.decide(&actor, Action::Read, &facts).allow;
            if allow {
                yes += 1
            } else {
                no += 1
            }
            children += u32::from(allow && facts.parent.is_some());
        }
    }
    assert!(yes > 1_000 && no > 1_000 && children > 100, "{yes} allowed, {no} refused, {children} children");
}

/// One role as somebody changes it who holds it, or the roles of that member.
fn changed(before: &Policy, user: UserId, genes: &mut Genes<'_>) -> Policy {
    let mut after = before.clone();
    let role: RoleId = id(1 + genes.below(3));
    match genes.below(4) {
        0 => {
            let more = id(1 + genes.below(4));
            after.members.get_mut(&user).expect("a member").roles.push(more);
        }
        1 => {
            let role = after.roles.get_mut(&role).expect("a role");
            role.denials = genes.role(9).denials;
        }
        _ => {
            let levels = [Level::Hidden, Level::Masked, Level::Read, Level::Write];
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
    fn where_no_gain_is_told_of_nothing_more_is_allowed_or_seen(bytes in proptest::collection::vec(any::<u8>(), 400)) {
        let mut genes = Genes(&bytes);
        let before = genes.policy();
        let user = id(1 + genes.below(USERS));
        let after = changed(&before, user, &mut genes);
        prop_assert!(before.gained_since(&before, user).is_empty());
        if !after.gained_since(&before, user).is_empty() {
            return Ok(());
        }
        let actor = Actor { user, session: SessionId::NIL, token: None };
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
