//! Roles, teams, members: the whole policy as one value, replaced as a whole when it changes.

use crate::{Grant, Grants, Partner};
use kernel::{PartnerId, RoleId, SessionId, SubjectId, TeamId, Text, Time, UserId};
use schema::Catalog;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What is done to records.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Open, list, search, count.
    Read,
    /// Make a new one.
    Create,
    /// Change fields, move a stage, convert.
    Update,
    /// Put into the bin, and back.
    Delete,
    /// Take many out in a file.
    Export,
    /// Bring many in from a file.
    Import,
    /// Give others access.
    Share,
    /// Join two into one.
    Merge,
    /// Show a masked value in clear.
    Reveal,
    /// Erase for good, with the key (GDPR Art. 17).
    Erase,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 10] = [
        Self::Read,
        Self::Create,
        Self::Update,
        Self::Delete,
        Self::Export,
        Self::Import,
        Self::Share,
        Self::Merge,
        Self::Reveal,
        Self::Erase,
    ];
}

/// Over which records an action is allowed. Ordered: each includes the ones before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// None.
    #[default]
    None,
    /// Those one owns.
    Own,
    /// Own ones and those of one's team.
    Team,
    /// Own ones, those of one's team and of the teams below it.
    Below,
    /// All.
    All,
}

/// How much of a field is seen. Ordered: each includes the ones before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As if it did not exist.
    #[default]
    Hidden,
    /// That it has a value, with a part of it at most.
    Masked,
    /// Seen.
    Read,
    /// Seen and changed.
    Write,
}

/// What a role allows on one entity.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EntityRights {
    /// Scope of each action; what is not named is [`Scope::None`].
    pub scopes: BTreeMap<Action, Scope>,
    /// Level of ordinary fields.
    pub level: Level,
    /// Level of fields flagged `trade`, at most that of ordinary fields; the same as theirs if absent.
    pub trade: Option<Level>,
    /// Level of special fields, at most that of ordinary fields; hidden if absent. A field that is
    /// both has the lower of the two.
    pub special: Option<Level>,
    /// Levels of single fields; they beat the three above.
    pub fields: BTreeMap<String, Level>,
}

/// What administrators and auditors work on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// Users.
    Users,
    /// Teams.
    Teams,
    /// Roles.
    Roles,
    /// Custom fields.
    Fields,
    /// The ledger of all users.
    Ledger,
    /// Keys: status and rotation.
    Keys,
    /// Sessions and tokens of other users.
    Sessions,
    /// Health, index, settings.
    System,
}

impl Thing {
    /// All things.
    pub const ALL: [Self; 8] = [
        Self::Users,
        Self::Teams,
        Self::Roles,
        Self::Fields,
        Self::Ledger,
        Self::Keys,
        Self::Sessions,
        Self::System,
    ];
}

/// What is done to a [`Thing`]. Ordered: managing includes reading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Look.
    Read,
    /// Change.
    Manage,
}

/// A role. A member holds several; what they allow adds up, then denials take away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Id.
    pub id: RoleId,
    /// Stable name in snake case.
    pub name: String,
    /// What people read.
    pub label: Text,
    /// Comes with Klucznik; cannot be removed.
    #[serde(default)]
    pub built_in: bool,
    /// Rights by entity name; entities not named are not allowed at all.
    #[serde(default)]
    pub entities: BTreeMap<String, EntityRights>,
    /// Denied by entity name, whatever other roles allow.
    #[serde(default)]
    pub denials: BTreeMap<String, BTreeSet<Action>>,
    /// Rights over things.
    #[serde(default)]
    pub things: BTreeMap<Thing, Verb>,
}

/// A team in the tree of teams.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Team {
    /// Id.
    pub id: TeamId,
    /// What people read.
    pub name: String,
    /// The team above it.
    pub parent: Option<TeamId>,
}

/// What the policy knows of a user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Member {
    /// Id.
    pub user: UserId,
    /// The user's team.
    pub team: TeamId,
    /// The roles held.
    pub roles: Vec<RoleId>,
    /// Suspended members may do nothing.
    pub active: bool,
    /// Of a service account: the person who answers for it, whose rights over things limit the account's.
    #[serde(default)]
    pub owner: Option<UserId>,
    /// Of somebody who is of a partner organisation: which. Such a member has what was granted, and no more.
    #[serde(default)]
    pub partner: Option<PartnerId>,
}

/// What a bearer token is limited to, on top of its owner's rights.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenScope {
    /// Actions by entity name; what is not named is not allowed.
    pub entities: BTreeMap<String, BTreeSet<Action>>,
    /// Things; what is not named is not allowed.
    #[serde(default)]
    pub things: BTreeMap<Thing, Verb>,
}

/// Who acts: a user in a session, or through a token.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The user.
    pub user: UserId,
    /// The session or token used.
    pub session: SessionId,
    /// The token's limits; `None` for a session.
    pub token: Option<Arc<TokenScope>>,
    /// When: what has ended by then gives nothing.
    pub at: Time,
}

impl Actor {
    /// The same actor before anything was granted: what is decided for this one, roles alone decide.
    #[must_use]
    pub fn by_roles_alone(&self) -> Self {
        Self { at: Time(i64::MIN), ..self.clone() }
    }
}

/// The whole policy.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Grows with every change.
    pub version: u64,
    /// Entities and fields.
    pub catalog: Arc<Catalog>,
    /// Roles by id.
    pub roles: HashMap<RoleId, Role>,
    /// Teams by id.
    pub teams: HashMap<TeamId, Team>,
    /// Members by user.
    pub members: HashMap<UserId, Member>,
    /// Partner organisations by id.
    pub partners: HashMap<PartnerId, Partner>,
    /// Roles on single records, for a time.
    pub grants: Grants,
    /// Roles whose holders must meet conditions that others need not (a factor, networks, hours). Granted, they give
    /// nothing: conditions go with roles that are held.
    pub conditioned: BTreeSet<RoleId>,
    /// Subjects whose processing is restricted (GDPR Art. 18): read only.
    pub restricted: BTreeSet<SubjectId>,
    /// Lists that were asked for, of a policy in force.
    pub lists: crate::Lists,
}

/// All that decides what one user may do, but for the fields that there are.
#[derive(PartialEq, Eq, Debug, Serialize)]
pub struct Held<'a> {
    member: Option<&'a Member>,
    /// The organisation, of somebody who is of a partner.
    partner: Option<&'a Partner>,
    roles: Vec<Option<&'a Role>>,
    /// Of the person who answers for a service account.
    behind: Vec<Option<&'a Role>>,
    teams: BTreeMap<TeamId, &'a Team>,
    grants: Vec<&'a Grant>,
    restricted: &'a BTreeSet<SubjectId>,
}

/// Depth of the tree of teams that is followed; deeper or circular trees stop here.
pub(crate) const TEAM_DEPTH: usize = 16;

impl Policy {
    /// Whether a role denies anything: to take such a role away gives.
    #[must_use]
    pub fn denies(&self, role: RoleId) -> bool {
        self.roles.get(&role).is_some_and(|role| role.denials.values().any(|denied| !denied.is_empty()))
    }

    /// What a user's rights rest on at this time.
    #[must_use]
    pub fn held_by(&self, user: UserId, at: Time) -> Held<'_> {
        let member = self.members.get(&user);
        let owner = member.and_then(|m| self.members.get(&m.owner?));
        let roles = |member: Option<&Member>| {
            member.iter().flat_map(|m| m.own_roles()).map(|id| self.roles.get(id)).collect()
        };
        Held {
            member,
            partner: member.and_then(|m| self.partners.get(&m.partner?)),
            roles: roles(member),
            behind: roles(owner),
            teams: self.teams.iter().map(|(id, team)| (*id, team)).collect(),
            grants: member
                .iter()
                .flat_map(|m| self.grants.of(m).filter(|g| g.holds_at(at) && self.agreed(m, g, at)))
                .collect(),
            restricted: &self.restricted,
        }
    }

    /// Whether an actor has the same rights as another time, under another policy.
    #[must_use]
    pub fn same_rights(&self, actor: &Actor, before: (&Self, &Actor)) -> bool {
        let (policy, then) = before;
        self.held_by(actor.user, actor.at) == policy.held_by(then.user, then.at)
    }

    /// The scope of each action on `entity` that the actor may do to any record.
    #[must_use]
    pub fn scopes(&self, actor: &Actor, entity: &str) -> BTreeMap<Action, Scope> {
        let scope = |action| (action, self.scope(actor, action, entity));
        Action::ALL.into_iter().map(scope).filter(|(_, scope)| *scope > Scope::None).collect()
    }

    /// The highest right over each thing that the actor has any right over.
    #[must_use]
    pub fn things(&self, actor: &Actor) -> BTreeMap<Thing, Verb> {
        let may = |thing, verb| self.admin(actor, thing, verb).is_ok();
        let highest = |thing| Some((thing, [Verb::Manage, Verb::Read].into_iter().find(|v| may(thing, *v))?));
        Thing::ALL.into_iter().filter_map(highest).collect()
    }

    /// `team` and all teams below it, each once.
    #[must_use]
    pub fn team_and_below(&self, team: TeamId) -> Vec<TeamId> {
        let mut found = vec![team];
        let mut from = 0;
        for _ in 0..TEAM_DEPTH {
            let to = found.len();
            for t in self.teams.values() {
                if t.parent.is_some_and(|p| found[from..to].contains(&p)) && !found.contains(&t.id) {
                    found.push(t.id);
                }
            }
            if found.len() == to {
                break;
            }
            from = to;
        }
        found[1..].sort_unstable();
        found
    }
}
