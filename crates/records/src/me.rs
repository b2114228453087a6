//! What the caller is told about the caller.

use crate::{Caller, Engine, Masked, Released};
use access::{Action, Policy, Role, Scope, Team, Thing, Verb};
use identity::{Directory, Profile};
use kernel::{Fault, RoleId, TeamId, Time, UserId};
use ledger::Act;
use serde::Serialize;
use std::collections::BTreeMap;

const THINGS: [Thing; 8] = [
    Thing::Users,
    Thing::Teams,
    Thing::Roles,
    Thing::Fields,
    Thing::Ledger,
    Thing::Keys,
    Thing::Sessions,
    Thing::System,
];

/// The caller.
#[derive(Clone, Debug, Serialize)]
pub struct Me {
    /// The user.
    pub user: Profile,
    /// The session ends at the latest (RFC 3339).
    pub session_ends_at: String,
    /// A session ends after so many seconds without use.
    pub session_idle_s: u32,
    /// Scope of each allowed action by entity.
    pub entities: BTreeMap<String, BTreeMap<Action, Scope>>,
    /// Rights over things.
    pub things: BTreeMap<Thing, Verb>,
    /// Another number when the caller's rights are other ones.
    pub policy_version: u64,
    /// Whom to ask for rights.
    pub administrators: Vec<NamedUser>,
    /// Name of the organisation.
    pub organisation: String,
    /// The caller's roles.
    pub roles: Vec<OwnRole>,
    /// The caller's team.
    pub team: OwnTeam,
}

/// A user by name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NamedUser {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
}

/// A role that the caller holds.
#[derive(Clone, Debug, Serialize)]
pub struct OwnRole {
    id: RoleId,
    name: String,
    label: String,
}

/// The team that the caller is in.
#[derive(Clone, Debug, Serialize)]
pub struct OwnTeam {
    id: TeamId,
    name: String,
}

/// A number that changes with whatever decides what this user may do, and with the fields there are. The
/// same over a restart; below 2^53, so that every client can hold it.
#[must_use]
pub fn rights_of(policy: &Policy, user: UserId) -> u64 {
    let member = policy.members.get(&user);
    let held = |role: &&Role| member.is_some_and(|m| m.roles.contains(&role.id));
    let mut roles: Vec<&Role> = policy.roles.values().filter(held).collect();
    roles.sort_unstable_by_key(|r| r.id);
    let mut teams: Vec<&Team> = policy.teams.values().collect();
    teams.sort_unstable_by_key(|t| t.id);
    let all = (member, roles, teams, policy.catalog.version, &policy.restricted);
    // What cannot be written as JSON counts as one and the same; none of it is of that kind.
    let text = serde_json::to_vec(&all).unwrap_or_default();
    let [a, b, c, d, e, f, g, h, ..] = vault::sha256(&[&text]);
    u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> 11
}

/// Users by name, in order of their ids.
pub(crate) fn named_users(directory: &Directory, ids: impl IntoIterator<Item = UserId>) -> Vec<NamedUser> {
    ids.into_iter().map(|id| NamedUser { id, name: directory.user_name(id) }).collect()
}

impl Engine {
    /// Who the caller is, and what the caller's roles allow at all.
    ///
    /// # Errors
    /// Storage.
    pub async fn me(
        &self,
        caller: &Caller,
        session_ends: Time,
        session_idle_s: u32,
    ) -> kernel::Result<Released<Me>> {
        let directory = self.directory();
        let user = directory.users.get(&caller.actor.user).cloned().ok_or_else(Fault::not_found)?;
        let policy = &caller.policy;
        let scopes = |entity: &schema::Entity| {
            let of = |action| (action, policy.scope(&caller.actor, action, &entity.name));
            Action::ALL.into_iter().map(of).filter(|(_, scope)| *scope != Scope::None).collect()
        };
        let may = |thing, verb| policy.admin(&caller.actor, thing, verb).is_ok();
        let highest =
            |thing| [Verb::Manage, Verb::Read].into_iter().find(|v| may(thing, *v)).map(|verb| (thing, verb));
        let own = |id: &RoleId| {
            let role = policy.roles.get(id)?;
            Some(OwnRole { id: *id, name: role.name.clone(), label: role.label.get(caller.lang).to_owned() })
        };
        let team = policy.teams.get(&user.team).map(|t| t.name.clone()).unwrap_or_default();
        let me = Me {
            session_ends_at: session_ends.rfc3339(),
            session_idle_s,
            entities: policy.catalog.entities().iter().map(|e| (e.name.clone(), scopes(e))).collect(),
            things: THINGS.into_iter().filter_map(highest).collect(),
            policy_version: rights_of(policy, user.id),
            administrators: named_users(&directory, directory.holders(Thing::Users, Verb::Manage)),
            organisation: directory.organisation.clone(),
            roles: user.roles.iter().filter_map(own).collect(),
            team: OwnTeam { id: user.team, name: team },
            user,
        };
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(me).release(&receipt))
    }
}
