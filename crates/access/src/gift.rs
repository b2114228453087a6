//! Where rights over single records come from: the roles that somebody holds, and what was granted.

use crate::{
    Action, Actor, Arm, EntityRights, Facts, Grant, Level, Member, Most, Over, Place, Policy, Reason, Role,
    Scope,
};
use kernel::{GrantId, RecordId, RoleId, Time, UserId};
use schema::{Entity, EntityCode, Field};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Who asks for which rights.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub member: &'a Member,
    pub actor: &'a Actor,
    pub action: Action,
    pub entity: &'a Entity,
    /// The record asked about; for many, none.
    pub near: Option<&'a Facts>,
}

/// The rights of one role over records of one entity, as far as one source of them reaches.
pub(crate) struct Gift<'a> {
    from: Source<'a>,
    rights: &'a EntityRights,
    /// Nor more than these.
    most: Option<&'a EntityRights>,
    /// No other fields than these.
    fields: Option<&'a BTreeSet<String>>,
    reach: Reach,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    Held(&'a Role, Scope),
    Granted(&'a Grant, &'a Role),
}

enum Reach {
    /// By the record's own owner and team, whatever it hangs on.
    Places(Vec<Place>),
    Arms(Vec<Arm>),
    /// As by arms, of records of these owners.
    Owned(Vec<Arm>, Vec<UserId>),
}

impl Gift<'_> {
    pub fn admits(&self, facts: &Facts) -> bool {
        match &self.reach {
            Reach::Places(places) => places.iter().any(|p| p.admits(facts.owner, facts.team)),
            Reach::Arms(arms) => arms.iter().any(|arm| arm.admits(facts)),
            Reach::Owned(arms, owners) => {
                owners.contains(&facts.owner) && arms.iter().any(|arm| arm.admits(facts))
            }
        }
    }

    pub fn level_of(&self, field: &Field) -> Level {
        match self.fields {
            Some(chosen) if !chosen.contains(&field.name) => Level::Hidden,
            _ => {
                let level = self.rights.level_of(field);
                self.most.map_or(level, |most| level.min(most.level_of(field)))
            }
        }
    }

    pub fn arms(&self) -> Vec<Arm> {
        match &self.reach {
            Reach::Arms(arms) => arms.clone(),
            // Of these nothing is listed.
            Reach::Places(_) | Reach::Owned(..) => Vec::new(),
        }
    }

    /// The same over other records of the same kind.
    fn over(mut self, ids: Arc<[RecordId]>) -> Self {
        if let Reach::Arms(arms) | Reach::Owned(arms, _) = &mut self.reach {
            for arm in arms {
                if let Arm::Granted(old) | Arm::UnderGranted(_, old) = arm {
                    old.clone_from(&ids);
                }
            }
        }
        self
    }

    /// Whether it is what a role gives to whoever holds it.
    pub fn is_of(&self, id: RoleId) -> bool {
        matches!(self.from, Source::Held(role, _) if role.id == id)
    }

    /// Whether it is what was granted so.
    pub fn is_by(&self, id: GrantId) -> bool {
        matches!(self.from, Source::Granted(grant, _) if grant.id == id)
    }

    pub fn reason(&self) -> Reason {
        match self.from {
            Source::Held(role, scope) => Reason::Allowed { role: role.name.clone(), scope },
            Source::Granted(grant, role) => Reason::Granted { grant: grant.id, role: role.name.clone() },
        }
    }
}

impl Policy {
    /// All sources of rights to do what is asked; of one record, only those that can count for it.
    pub(crate) fn gifts<'a>(&'a self, ask: Ask<'a>) -> Vec<Gift<'a>> {
        let mut gifts = self.held(ask);
        gifts.extend(self.granted(ask));
        gifts
    }

    /// Of roles held. What hangs on others is read by whatever scope, where roles let the others be read.
    pub(crate) fn held<'a>(&'a self, ask: Ask<'a>) -> Vec<Gift<'a>> {
        let Ask { member, actor, action, entity, near } = ask;
        let reads = matches!(action, Action::Read | Action::Export);
        // The same for each role.
        let mut under: Option<Vec<Arm>> = None;
        let mut gifts = Vec::new();
        for role in self.roles_of(member) {
            let Some(rights) = role.entities.get(&entity.name) else { continue };
            let of = |action| rights.scopes.get(&action).copied().unwrap_or_default();
            // What is shown of many is what a role shows of those that it also lets be read.
            let scope = if near.is_none() { of(action).min(of(Action::Read)) } else { of(action) };
            if scope == Scope::None {
                continue;
            }
            let places = self.places(actor, scope);
            let reach = if reads {
                let under = under.get_or_insert_with(|| self.arms_under(actor, action, entity));
                Reach::Arms(places.into_iter().map(Arm::Alone).chain(under.iter().cloned()).collect())
            } else {
                Reach::Places(places)
            };
            gifts.push(Gift { from: Source::Held(role, scope), rights, most: None, fields: None, reach });
        }
        gifts
    }

    /// What is reached by roles through what it hangs on.
    pub(crate) fn arms_under(&self, actor: &Actor, action: Action, entity: &Entity) -> Vec<Arm> {
        let mut arms = Vec::new();
        for parent in self.parents(entity) {
            let places = self.places(actor, self.reach(actor, action, &parent.name));
            arms.extend(places.into_iter().map(|place| Arm::Under(parent.code, place)));
        }
        arms
    }

    /// Of grants in force. What was granted is not passed on: no grant gives leave to share.
    pub(crate) fn granted<'a>(&'a self, ask: Ask<'a>) -> impl Iterator<Item = Gift<'a>> {
        let Ask { member, actor, action, entity, near } = ask;
        let needed = match action {
            Action::Create | Action::Read => vec![action],
            _ => vec![Action::Read, action],
        };
        let outside = member.partner.is_some() && !crate::partner::for_partners(action);
        let nothing = outside
            || action == Action::Share
            || needed.iter().any(|a| self.barred(member, actor, *a, &entity.name));
        let mut grants = if nothing { Vec::new() } else { self.grants_near(member, actor, near) };
        let mut gifts = Vec::new();
        if near.is_none() {
            let covers;
            (covers, grants) = grants.into_iter().partition(|grant| matches!(grant.over, Over::OwnedBy(_)));
            gifts = self.of_many(ask, &grants, &needed);
            grants = covers;
        }
        gifts
            .into_iter()
            .chain(grants.into_iter().flat_map(move |grant| self.of_grant(ask, grant, &needed)).flatten())
    }

    /// Of grants in force, each over records: those that give the same are one gift, for there may be thousands.
    fn of_many<'a>(&'a self, ask: Ask<'a>, grants: &[&'a Grant], needed: &[Action]) -> Vec<Gift<'a>> {
        type Alike<'a> = (RoleId, Option<*const Most>, Option<&'a BTreeSet<String>>);
        let mut alike: HashMap<Alike<'a>, Vec<&'a Grant>> = HashMap::new();
        for grant in grants {
            let most = grant.most.as_ref().map(Arc::as_ptr);
            alike.entry((grant.role, most, grant.fields.as_deref())).or_default().push(grant);
        }
        let mut gifts = Vec::new();
        for grants in alike.into_values() {
            // Nothing but the records differs: what one is over says of which kinds the others may be.
            let mut kinds: Vec<(&Grant, [Vec<RecordId>; 2])> = Vec::new();
            for grant in grants {
                let Some((entity, record)) = grant.record() else { continue };
                let tree = matches!(grant.over, Over::Tree(..));
                let same = |(first, _): &&mut (&Grant, [Vec<RecordId>; 2])| {
                    first.record().is_some_and(|(kind, _)| kind == entity)
                        && matches!(first.over, Over::Tree(..)) == tree
                };
                let at = usize::from(entity != ask.entity.code);
                match kinds.iter_mut().find(same) {
                    Some((_, ids)) => ids[at].push(record),
                    None => {
                        let mut ids = [Vec::new(), Vec::new()];
                        ids[at].push(record);
                        kinds.push((grant, ids));
                    }
                }
            }
            for (first, [own, under]) in kinds {
                let [gift, below] = self.of_grant(ask, first, needed);
                let over = |gift: Gift<'a>, ids: Vec<RecordId>| gift.over(sorted(ids));
                gifts.extend(gift.map(|gift| over(gift, own)));
                gifts.extend(below.map(|gift| over(gift, under)));
            }
        }
        gifts
    }

    /// Of one grant in force, if its role gives the actions that are needed: on the record itself, and on what hangs on it.
    fn of_grant<'a>(&'a self, ask: Ask<'a>, grant: &'a Grant, needed: &[Action]) -> [Option<Gift<'a>>; 2] {
        let Ask { member, actor, action, entity, .. } = ask;
        let given = self
            .roles
            .get(&grant.role)
            .filter(|r| grant.gives(r, &entity.name, needed) && !self.conditioned.contains(&r.id))
            .and_then(|role| Some((role, role.entities.get(&entity.name)?)));
        let Some((role, rights)) = given else { return [None, None] };
        let most = grant.most.as_ref().and_then(|most| most.get(&entity.name));
        let reading: &[Action] =
            if action == Action::Export { &[Action::Read, action] } else { &[Action::Read] };
        let through = |parent: &&Entity| {
            grant.gives(role, &parent.name, reading)
                && !reading.iter().any(|a| self.barred(member, actor, *a, &parent.name))
        };
        let (own, under) = self.reached(grant, action, entity, through);
        let from = Source::Granted(grant, role);
        let own = (!own.is_empty()).then(|| {
            let (fields, reach) = (grant.fields.as_deref(), Reach::Arms(own));
            Gift { from, rights, most, fields, reach }
        });
        let under = (!under.is_empty()).then(|| {
            // What others wrote there is read, not changed; and nothing is written there in another's name.
            let reach = match action {
                Action::Read | Action::Export => Reach::Arms(under),
                _ => Reach::Owned(under, owners(grant, actor)),
            };
            Gift { from, rights, most, fields: None, reach }
        });
        [own, under]
    }

    /// What grants in force let the actor do to some record of the entity.
    #[must_use]
    pub fn granted_actions(&self, actor: &Actor, entity: &Entity) -> Vec<Action> {
        let Some(member) = self.member(actor) else { return Vec::new() };
        let given = |action: &Action| {
            self.granted(Ask { member, actor, action: *action, entity, near: None }).next().is_some()
        };
        Action::ALL.into_iter().filter(given).collect()
    }

    /// Whether the actor may do something to some record of the entity, by a role or by a grant.
    #[must_use]
    pub fn may_on_some(&self, actor: &Actor, action: Action, entity: &Entity) -> bool {
        let granted =
            |member| self.granted(Ask { member, actor, action, entity, near: None }).next().is_some();
        self.scope(actor, action, &entity.name) > Scope::None || self.member(actor).is_some_and(granted)
    }

    /// When the next grant for a user, or agreement with the user's partner, begins or ends after this time, if one does.
    #[must_use]
    pub fn next_turn(&self, user: UserId, now: Time) -> Option<Time> {
        let member = self.members.get(&user)?;
        let turns = self.grants.of(member).flat_map(|grant| [Some(grant.from), grant.until]);
        let agreements = member.partner.and_then(|id| self.partners.get(&id)).map(|p| &p.agreements);
        let agreed =
            agreements.into_iter().flatten().flat_map(|agreement| [Some(agreement.from), agreement.until]);
        turns.chain(agreed).flatten().filter(|at| *at > now).min()
    }

    /// What a grant reaches of one entity: by itself, and through what it hangs on. Nothing that is still to be made
    /// is reached by itself.
    fn reached(
        &self,
        grant: &Grant,
        action: Action,
        entity: &Entity,
        through: impl Fn(&&Entity) -> bool,
    ) -> (Vec<Arm>, Vec<Arm>) {
        let (mut own, mut under) = (Vec::new(), Vec::new());
        match grant.over {
            Over::Record(code, id) | Over::Tree(code, id) if code == entity.code => {
                own.push(Arm::Granted([id].into()));
            }
            Over::Tree(code, id) => {
                let parent = self.parents(entity).filter(|p| p.code == code).find(through);
                under.extend(parent.map(|_| Arm::UnderGranted(code, [id].into())));
            }
            Over::Record(..) => {}
            Over::OwnedBy(user) => {
                own.push(Arm::Alone(Place::Owner(user)));
                let parents = self.parents(entity).filter(through);
                under.extend(parents.map(|p| Arm::Under(p.code, Place::Owner(user))));
            }
        }
        if action == Action::Create {
            own.clear();
        }
        (own, under)
    }

    /// Whether a grant lets the record that these facts hang on be read, with what hangs on it.
    pub(crate) fn parent_granted(
        &self,
        member: &Member,
        actor: &Actor,
        parent: &Entity,
        facts: &Facts,
    ) -> bool {
        let Some(above) = &facts.parent else { return false };
        !self.barred(member, actor, Action::Read, &parent.name)
            && self.grants_near(member, actor, Some(facts)).iter().any(|grant| {
                let covers = match grant.over {
                    Over::Tree(code, id) => code == above.entity && id == above.record,
                    Over::OwnedBy(user) => user == above.owner,
                    Over::Record(..) => false,
                };
                covers
                    && !self.conditioned.contains(&grant.role)
                    && self
                        .roles
                        .get(&grant.role)
                        .is_some_and(|role| grant.gives(role, &parent.name, &[Action::Read]))
            })
    }

    fn grants_near<'a>(&'a self, member: &'a Member, actor: &Actor, near: Option<&Facts>) -> Vec<&'a Grant> {
        let mut grants = match near {
            None => self.grants.of(member).collect(),
            Some(facts) => {
                let ids: Vec<RecordId> =
                    [facts.record].into_iter().chain(facts.parent.as_ref().map(|p| p.record)).collect();
                self.grants.near(member, &ids)
            }
        };
        grants.retain(|g| g.holds_at(actor.at) && g.by != actor.user && self.agreed(member, g, actor.at));
        grants
    }

    /// Entities that records of this one can hang on.
    pub(crate) fn parents<'a>(&'a self, entity: &'a Entity) -> impl Iterator<Item = &'a Entity> {
        entity.parents.iter().filter_map(|name| self.catalog.get(name))
    }
}

/// Whose records among those that hang on what is granted may be changed.
fn owners(grant: &Grant, actor: &Actor) -> Vec<UserId> {
    match grant.over {
        Over::OwnedBy(away) => vec![actor.user, away],
        Over::Record(..) | Over::Tree(..) => vec![actor.user],
    }
}

/// The same arms, with ids of one kind in one arm, and each once.
pub(crate) fn merged(arms: impl IntoIterator<Item = Arm>) -> Vec<Arm> {
    let (mut out, mut granted) = (Vec::new(), Vec::new());
    let mut under: BTreeMap<EntityCode, Vec<Arc<[RecordId]>>> = BTreeMap::new();
    for arm in arms {
        match arm {
            Arm::Granted(ids) => granted.push(ids),
            Arm::UnderGranted(entity, ids) => under.entry(entity).or_default().push(ids),
            arm if out.contains(&arm) => {}
            arm => out.push(arm),
        }
    }
    out.extend(joined(granted).map(Arm::Granted));
    out.extend(under.into_iter().filter_map(|(entity, ids)| Some(Arm::UnderGranted(entity, joined(ids)?))));
    out
}

/// Several sets as one, which is none if there are none. One alone is not copied.
fn joined(mut sets: Vec<Arc<[RecordId]>>) -> Option<Arc<[RecordId]>> {
    match sets.len() {
        0 | 1 => sets.pop(),
        _ => Some(sorted(sets.concat())),
    }
}

fn sorted(mut ids: Vec<RecordId>) -> Arc<[RecordId]> {
    // Of several that are in order it makes use.
    ids.sort();
    ids.dedup();
    ids.into()
}
