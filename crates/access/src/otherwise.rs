//! What would have to be other for the other answer. Each way is tried on a copy of the policy before it is told, so
//! that what is said is so.

use crate::explain::needed;
use crate::{
    Action, Agreed, EntityRights, Grant, Grantee, Level, Member, Over, Policy, Question, Reason, Role, Scope,
};
use kernel::{GrantId, RoleId, Text, UserId};
use schema::Entity;
use std::collections::BTreeSet;

/// Roles told of that are not held, of each kind.
const ROLES: usize = 3;

/// One way to the other answer; any one of them is enough.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Way {
    /// By which role, if it is one.
    pub role: Option<RoleId>,
    /// By which grant, if it is one.
    pub grant: Option<GrantId>,
    /// In words: all that has to be done.
    pub label: Text,
}

impl Policy {
    /// The ways to the other answer, the smallest first as far as that can be told.
    #[must_use]
    pub fn otherwise(&self, asked: Question<'_>) -> Vec<Way> {
        let Some(member) = self.members.get(&asked.actor.user) else { return Vec::new() };
        let Some(entity) = self.catalog.by_code(asked.facts.entity) else { return Vec::new() };
        let small = self.narrowed(member, asked);
        if self.answers(asked) {
            small.turned_to_no(asked, entity)
        } else {
            self.turned_to_yes(small, asked, entity)
        }
    }

    /// The policy without all that has no say in this.
    fn narrowed(&self, member: &Member, asked: Question<'_>) -> Self {
        let grants = self.grants_about(member, asked.facts);
        let held = member.roles.iter().chain(grants.iter().map(|grant| &grant.role));
        let mut small = Self {
            version: self.version,
            catalog: self.catalog.clone(),
            roles: held.filter_map(|id| Some((*id, self.roles.get(id)?.clone()))).collect(),
            teams: self.teams.clone(),
            members: [(member.user, member.clone())].into(),
            conditioned: self.conditioned.clone(),
            restricted: self.restricted.clone(),
            partners: member
                .partner
                .and_then(|id| Some((id, self.partners.get(&id)?.clone())))
                .into_iter()
                .collect(),
            ..Self::default()
        };
        grants.into_iter().for_each(|grant| small.grants.put(grant.clone()));
        small
    }

    fn turned_to_yes(&self, mut small: Self, asked: Question<'_>, entity: &Entity) -> Vec<Way> {
        let first = small.without_obstacles(asked, entity);
        if small.answers(asked) {
            return vec![way(&first, None, None, None)];
        }
        let mut ways = Vec::new();
        let user = asked.actor.user;
        for id in small.members.get(&user).map(|m| m.roles.clone()).unwrap_or_default() {
            if let Some((label, _)) = small.wider(asked, entity, id) {
                ways.push(way(&first, Some(label), Some(id), None));
            }
        }
        ways.extend(small.renewed(asked).map(|(grant, label)| way(&first, Some(label), None, Some(grant))));
        let mut others: Vec<&Role> =
            self.roles.values().filter(|role| may_give(role, asked, entity)).collect();
        if self.members.get(&user).is_some_and(|member| member.partner.is_some()) {
            others.retain(|role| role.suits_partners());
        }
        others.sort_by_key(|role| (weight(role), role.id));
        let mut found = |said: fn(&Role) -> Text, put: fn(&mut Self, Question<'_>, &Role)| {
            let works = |role: &&&Role| {
                let mut next = small.clone();
                next.roles.insert(role.id, (**role).clone());
                put(&mut next, asked, role);
                next.answers(asked)
            };
            let told = others.iter().filter(works).take(ROLES);
            ways.extend(told.map(|role| way(&first, Some(said(role)), Some(role.id), None)));
        };
        let person = self.members.get(&user).is_some_and(|member| member.owner.is_none());
        if person && asked.action != Action::Share && asked.action != Action::Create {
            found(said_granted, grant);
        }
        found(said_given, hold);
        ways
    }

    /// Lets the partner of somebody who is of one be given something, and says what that took.
    fn with_an_agreement(&mut self, asked: Question<'_>) -> Option<Text> {
        let partner = self.members.get(&asked.actor.user)?.partner?;
        let partner = self.partners.get_mut(&partner).filter(|partner| !partner.agreed_at(asked.actor.at))?;
        partner.active = true;
        partner.agreements.push(Agreed { id: kernel::Id::NIL, from: asked.actor.at, until: None });
        Some(Text::of(
            "organizacja partnera nie może być zawieszona i musi mieć umowę, która wtedy obowiązuje",
            "the partner organisation must not be suspended and must have an agreement in force then",
        ))
    }

    /// Takes away what stands in the way whatever else is given, and says what that was.
    fn without_obstacles(&mut self, asked: Question<'_>, entity: &Entity) -> Vec<Text> {
        let mut done = Vec::new();
        let user = asked.actor.user;
        if let Some(member) = self.members.get_mut(&user).filter(|m| !m.active) {
            member.active = true;
            done.push(Text::of(
                "konto musi być czynne (niezawieszone, przed końcem, z opiekunem, jeśli jest usługowe)",
                "the account must be active (not suspended, not ended, with an owner if it is a service account)",
            ));
        }
        done.extend(self.with_an_agreement(asked));
        let held = self.members.get(&user).map(|m| m.roles.clone()).unwrap_or_default();
        let parent = asked.facts.parent.as_ref().and_then(|p| self.catalog.by_code(p.entity)).cloned();
        for id in held {
            let Some(role) = self.roles.get_mut(&id) else { continue };
            let label = role.label.clone();
            let of_parent = parent.as_ref().map(|parent| (parent, vec![Action::Read]));
            for (entity, actions) in [(entity, vec![Action::Read, asked.action])].into_iter().chain(of_parent)
            {
                let Some(denied) = role.denials.get_mut(&entity.name) else { continue };
                for action in BTreeSet::from_iter(actions) {
                    if denied.remove(&action) {
                        let (pl, en) = action.words();
                        let of = crate::gain::many(entity);
                        done.push(Text::new(
                            format!("rola „{}” nie może zakazywać: {pl} ({})", label.pl, of.pl),
                            format!("the role “{}” must not deny {en} ({})", label.en, of.en),
                        ));
                    }
                }
            }
        }
        if !matches!(asked.action, Action::Read | Action::Erase | Action::Export)
            && self.restricted.remove(&asked.facts.subject)
        {
            done.push(Text::of(
                "ograniczenie przetwarzania (art. 18 RODO) musi się skończyć",
                "the restriction of processing (GDPR Art. 18) must end",
            ));
        }
        done
    }

    /// How far a role that is held would have to reach, and how much of the field it would have to show.
    fn wider(&self, asked: Question<'_>, entity: &Entity, id: RoleId) -> Option<(Text, Self)> {
        let parent = asked.facts.parent.as_ref().and_then(|p| self.catalog.by_code(p.entity));
        let own = [(entity, asked.action)];
        let read = [(entity, asked.action), (entity, Action::Read)];
        let above: Vec<_> = parent.iter().map(|parent| (*parent, Action::Read)).collect();
        let sets: [Vec<(&Entity, Action)>; 5] =
            [vec![], own.to_vec(), read.to_vec(), above.clone(), [&read[..], &above].concat()];
        let fields = [None, asked.field];
        for set in &sets {
            for field in fields.into_iter().take(if asked.field.is_some() { 2 } else { 1 }) {
                for scope in [Scope::Own, Scope::Team, Scope::Below, Scope::All] {
                    let mut next = self.clone();
                    let role = next.roles.get_mut(&id)?;
                    let done = widen(role, entity, (set, scope), (field, needed(asked.action)));
                    if !done.is_empty() && next.answers(asked) {
                        let label = role_label(self.roles.get(&id)?, &done);
                        return Some((label, next));
                    }
                }
            }
        }
        None
    }

    /// Grants that have ended, or are not in force yet, and would be enough.
    fn renewed(&self, asked: Question<'_>) -> impl Iterator<Item = (GrantId, Text)> {
        let member = self.members.get(&asked.actor.user);
        let grants = member.map(|member| self.grants_about(member, asked.facts)).unwrap_or_default();
        let enough = |grant: &Grant| {
            let mut next = self.clone();
            next.grants.put(Grant { from: asked.actor.at, until: None, ..grant.clone() });
            (!grant.holds_at(asked.actor.at) && next.answers(asked)).then_some(grant.id)
        };
        let found: Vec<GrantId> = grants.into_iter().filter_map(enough).collect();
        let label = Text::of(
            "udostępnienie, które jest przy tym rekordzie, musi obowiązywać",
            "the grant that stands beside this record must be in force",
        );
        found.into_iter().map(move |id| (id, label.clone()))
    }

    fn turned_to_no(mut self, asked: Question<'_>, entity: &Entity) -> Vec<Way> {
        let denying = self.denied(asked, entity);
        let mut taken = Vec::new();
        // Each turn takes away all that gives leave; what that makes way for is seen in the next.
        while self.answers(asked) {
            let before = taken.len();
            for reason in self.decide(asked.actor, asked.action, asked.facts).reasons {
                taken.extend(self.take_away(asked.actor.user, &reason));
            }
            if taken.len() == before {
                return denying.into_iter().collect();
            }
        }
        // What turns nothing is left: a role may give leave and yet not show the field asked about.
        taken.retain(|giver| {
            giver.put_back(&mut self);
            let turns = self.answers(asked);
            if turns {
                giver.remove(&mut self);
            }
            turns
        });
        let done: Vec<Text> = taken.iter().map(Giver::taken).collect();
        let (role, grant) = match &taken[..] {
            [Giver::Role(_, role)] => (Some(role.id), None),
            [Giver::Grant(grant)] => (None, Some(grant.id)),
            _ => (None, None),
        };
        [way(&done, None, role, grant)].into_iter().chain(denying).collect()
    }

    /// Takes away what gives leave for this reason, if it is still there.
    fn take_away(&mut self, user: UserId, reason: &Reason) -> Option<Giver> {
        let giver = match reason {
            Reason::Allowed { role: name, .. } => {
                let held = self.roles_of(self.members.get(&user)?).find(|role| role.name == *name)?;
                Giver::Role(user, held.clone())
            }
            Reason::Granted { grant, .. } => Giver::Grant(self.grants.find(*grant)?.clone()),
            _ => return None,
        };
        giver.remove(self);
        Some(giver)
    }

    /// A denial in a role that is held.
    fn denied(&self, asked: Question<'_>, entity: &Entity) -> Option<Way> {
        let member = self.members.get(&asked.actor.user)?;
        let role = self.roles_of(member).next()?;
        let mut next = self.clone();
        next.roles.get_mut(&role.id)?.denials.entry(entity.name.clone()).or_default().insert(asked.action);
        if next.answers(asked) {
            return None;
        }
        let ((pl, en), of) = (asked.action.words(), crate::gain::many(entity));
        let label = Text::new(
            format!(
                "zakaz w którejkolwiek roli tej osoby, na przykład „{}”: {pl} ({})",
                role.label.pl, of.pl
            ),
            format!("a denial in any role of the person, such as “{}”: {en} ({})", role.label.en, of.en),
        );
        Some(way(&[], Some(label), None, None))
    }
}

/// What gives leave.
enum Giver {
    /// That a user holds a role: grants of the same role go on without it.
    Role(UserId, Role),
    Grant(Grant),
}

impl Giver {
    fn remove(&self, policy: &mut Policy) {
        match self {
            Self::Role(user, role) => {
                if let Some(member) = policy.members.get_mut(user) {
                    member.roles.retain(|id| *id != role.id);
                }
            }
            Self::Grant(grant) => policy.grants.remove(grant),
        }
    }

    fn put_back(&self, policy: &mut Policy) {
        match self {
            Self::Role(user, role) => {
                if let Some(member) = policy.members.get_mut(user) {
                    member.roles.push(role.id);
                }
            }
            Self::Grant(grant) => policy.grants.put(grant.clone()),
        }
    }

    fn taken(&self) -> Text {
        match self {
            Self::Role(_, Role { label, .. }) => Text::new(
                format!("rola „{}” nie może tego dawać albo musi zostać odebrana", label.pl),
                format!("the role “{}” must not give it, or must be taken away", label.en),
            ),
            Self::Grant(_) => Text::of("udostępnienie musi się skończyć", "the grant must end"),
        }
    }
}

fn way(first: &[Text], last: Option<Text>, role: Option<RoleId>, grant: Option<GrantId>) -> Way {
    let all: Vec<&Text> = first.iter().chain(&last).collect();
    let joined = |of: fn(&Text) -> &str| all.iter().map(|text| of(text)).collect::<Vec<_>>().join("; ");
    Way { role, grant, label: Text::new(joined(|text| &text.pl), joined(|text| &text.en)) }
}

/// Gives a role what it lacks, and says what.
fn widen(
    role: &mut Role,
    entity: &Entity,
    (set, scope): (&[(&Entity, Action)], Scope),
    (field, level): (Option<&str>, Level),
) -> Vec<Text> {
    let mut done = Vec::new();
    for (of, action) in set {
        let rights = role.entities.entry(of.name.clone()).or_default();
        let had = rights.scopes.get(action).copied().unwrap_or_default();
        if had < scope {
            rights.scopes.insert(*action, scope);
            let ((pl, en), many) = (action.nouns(), crate::gain::many(of));
            let [from, to] = [had.words(), scope.words()];
            done.push(Text::new(
                format!("{} – {pl}: {} → {}", many.pl, from.0, to.0),
                format!("{} – {en}: {} → {}", many.en, from.1, to.1),
            ));
        }
    }
    if let Some(field) = field.and_then(|name| entity.field(name)) {
        let rights = role.entities.entry(entity.name.clone()).or_default();
        let had = rights.level_of(field);
        if had < level {
            rights.fields.insert(field.name.clone(), level);
            let [from, to] = [had.words(), level.words()];
            done.push(Text::new(
                format!("pole „{}”: {} → {}", field.label.pl, from.0, to.0),
                format!("field “{}”: {} → {}", field.label.en, from.1, to.1),
            ));
        }
    }
    done
}

fn role_label(role: &Role, done: &[Text]) -> Text {
    let joined = |of: fn(&Text) -> &str| done.iter().map(of).collect::<Vec<_>>().join(", ");
    Text::new(
        format!("w roli „{}”: {}", role.label.pl, joined(|text| &text.pl)),
        format!("in the role “{}”: {}", role.label.en, joined(|text| &text.en)),
    )
}

fn may_give(role: &Role, asked: Question<'_>, entity: &Entity) -> bool {
    role.gives(&entity.name, &[asked.action])
}

/// How much a role gives, so that the one that gives least is told first.
fn weight(role: &Role) -> usize {
    let of = |rights: &EntityRights| rights.scopes.values().map(|scope| *scope as usize).sum::<usize>();
    role.entities.values().map(of).sum::<usize>() + 100 * role.things.len()
}

fn said_granted(role: &Role) -> Text {
    Text::new(
        format!("ktoś, komu wolno, musi udostępnić ten rekord z rolą „{}”", role.label.pl),
        format!("somebody who may must share this record with the role “{}”", role.label.en),
    )
}

fn said_given(role: &Role) -> Text {
    Text::new(
        format!("osoba musi dostać rolę „{}”", role.label.pl),
        format!("the person must be given the role “{}”", role.label.en),
    )
}

fn grant(policy: &mut Policy, asked: Question<'_>, role: &Role) {
    policy.grants.put(Grant {
        id: GrantId::NIL,
        to: Grantee::User(asked.actor.user),
        by: UserId::NIL,
        role: role.id,
        over: Over::Tree(asked.facts.entity, asked.facts.record),
        fields: None,
        from: asked.actor.at,
        until: None,
        most: None,
    });
}

fn hold(policy: &mut Policy, asked: Question<'_>, role: &Role) {
    if let Some(member) = policy.members.get_mut(&asked.actor.user).filter(|m| !m.roles.contains(&role.id)) {
        member.roles.push(role.id);
    }
}
