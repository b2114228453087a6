//! Whom a change of rights concerns, before it is made: who gains what, who loses what, and over how many records.
//! Nothing is decided by it and nothing is changed.

use crate::explain::{RoleName, as_user, role_name};
use crate::roles::role_of;
use crate::team_reach::teams_more;
use crate::things_used::over;
use crate::{Caller, Engine, Masked, Released, RoleInput};
use access::{Member, Policy, Thing, Verb};
use identity::UserChange;
use index::Query;
use kernel::{Fault, Named, Result, RoleId, TeamId, Text, UserId, limits};
use ledger::Act;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Groups that are told in full; of the rest it is said how many.
const GROUPS: usize = 50;
/// People of a group who are named.
const NAMED: usize = 20;
/// People of a group whose records are counted.
const COUNTED: usize = 5;
/// Counts of one preview.
const COUNTS: usize = 200;

/// Records of one kind that somebody reads now and would read then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PreviewCount {
    /// Who.
    pub user: Named<UserId>,
    /// Which kind.
    pub entity: String,
    /// Now, counted up to 10,000.
    pub before: u32,
    /// Then.
    pub after: u32,
}

/// People of one team with the same roles, to whom the same happens.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PreviewGroup {
    /// The team.
    pub team: Named<TeamId>,
    /// The roles they hold now.
    pub roles: Vec<RoleName>,
    /// How many they are.
    pub count: usize,
    /// Some of them; null for whoever may not read users.
    pub users: Option<Vec<Named<UserId>>>,
    /// What they gain, in the caller's language.
    pub gained: Vec<String>,
    /// What they lose.
    pub lost: Vec<String>,
    /// What the first of them read, as far as it changes and was counted; null for whoever may not read users.
    pub records: Option<Vec<PreviewCount>>,
}

/// Whom a change concerns.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Preview {
    /// How many people and programs gain something.
    pub gaining: usize,
    /// How many lose something.
    pub losing: usize,
    /// Groups of them, the largest first.
    pub groups: Vec<PreviewGroup>,
    /// How many groups there are besides.
    pub more_groups: usize,
    /// Grants, in force or to come, that rest on the role and change with it.
    pub grants: usize,
    /// Pairs of roles that a user would hold though one person is not to hold both; not refused.
    pub together: Vec<[RoleName; 2]>,
}

/// People to whom the same happens.
struct Group {
    users: Vec<UserId>,
    gained: Vec<Text>,
    lost: Vec<Text>,
}

impl Engine {
    /// Whom it would concern if a role were as given. A role that is new concerns nobody.
    ///
    /// # Errors
    /// Forbidden; not found; invalid as for saving it.
    pub async fn preview_role(
        &self,
        caller: &Caller,
        id: RoleId,
        input: RoleInput,
    ) -> Result<Released<Preview>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        let policy = caller.policy.clone();
        let old = policy.roles.get(&id).ok_or_else(Fault::not_found)?;
        let role = role_of(&policy, id, Some(old), input)?;
        let mut next = Policy::clone(&policy);
        next.roles.insert(id, role);
        let preview = self.preview(caller, Arc::new(next), &[id]).await?;
        let mut event = over(Thing::Roles, self.event(caller, Act::PolicyPreview));
        self.set_detail(&mut event, &json!({ "role": id }))?;
        Ok(Masked::new(preview).release(&self.receipt(event).await?))
    }

    /// Whom it would concern if a user's team, roles or standing were as given: the user, and the programs that the user
    /// answers for.
    ///
    /// # Errors
    /// Forbidden; not found; invalid for a team or role that there is not, and for roles that nobody may hold together.
    pub async fn preview_user(
        &self,
        caller: &Caller,
        id: UserId,
        change: UserChange,
    ) -> Result<Released<Preview>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        let mut next = Policy::clone(&caller.policy);
        let member = next.members.get_mut(&id).filter(|member| member.owner.is_none());
        let member = member.ok_or_else(Fault::not_found)?;
        member.team = change.team.unwrap_or(member.team);
        member.active = change.active.unwrap_or(member.active);
        let mut together = Vec::new();
        if let Some(roles) = change.roles {
            self.directory().check_together(&member.roles, &roles)?;
            together = self.together(caller, &member.roles, &roles);
            member.roles = roles.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        }
        if member.partner.is_none() {
            self.directory().check(member.team, &member.roles)?;
        }
        let acts = member.active;
        for account in next.members.values_mut().filter(|account| account.owner == Some(id)) {
            account.active &= acts;
        }
        let preview = Preview { together, ..self.preview(caller, Arc::new(next), &[]).await? };
        let mut event = over(Thing::Users, self.event(caller, Act::PolicyPreview));
        self.set_detail(&mut event, &json!({ "user": id }))?;
        Ok(Masked::new(preview).release(&self.receipt(event).await?))
    }

    pub(crate) async fn preview(
        &self,
        caller: &Caller,
        next: Arc<Policy>,
        roles: &[RoleId],
    ) -> Result<Preview> {
        let (before, after, changed) =
            (caller.policy.clone(), next.clone(), BTreeSet::from_iter(roles.to_vec()));
        let find = move || groups_of(&before, &after, &changed);
        let mut groups = tokio::task::spawn_blocking(find).await.map_err(Fault::bug)?;
        let number =
            |some: fn(&Group) -> bool| groups.iter().filter(|g| some(g)).map(|g| g.users.len()).sum();
        let (gaining, losing) = (number(|g| !g.gained.is_empty()), number(|g| !g.lost.is_empty()));
        let more_groups = groups.len().saturating_sub(GROUPS);
        groups.truncate(GROUPS);
        let reads_users = caller.policy.admin(&caller.actor, Thing::Users, Verb::Read).is_ok();
        let mut left = COUNTS;
        let mut told = Vec::new();
        for group in groups {
            told.push(self.group_view(caller, &next, group, reads_users.then_some(&mut left)).await?);
        }
        let now = self.now();
        let grants = roles.iter().map(|id| caller.policy.grants.resting_on(*id, now)).sum();
        Ok(Preview { gaining, losing, groups: told, more_groups, grants, together: Vec::new() })
    }

    async fn group_view(
        &self,
        caller: &Caller,
        next: &Policy,
        group: Group,
        counts: Option<&mut usize>,
    ) -> Result<PreviewGroup> {
        let policy = &caller.policy;
        let member = group.users.first().and_then(|user| policy.members.get(user).or(next.members.get(user)));
        let roles = member.iter().flat_map(|m| &m.roles).filter_map(|id| policy.roles.get(id));
        let in_words = |texts: &[Text]| texts.iter().map(|t| t.get(caller.lang).to_owned()).collect();
        let named = || group.users.iter().take(NAMED).map(|id| self.user_name(*id)).collect();
        Ok(PreviewGroup {
            team: self.team_name(member.map_or(TeamId::NIL, |m| m.team)),
            roles: roles.map(|role| role_name(role, caller.lang)).collect(),
            count: group.users.len(),
            users: counts.is_some().then(named),
            gained: in_words(&group.gained),
            lost: in_words(&group.lost),
            records: match counts {
                Some(left) => Some(self.preview_counts(caller, next, &group.users, left).await?),
                None => None,
            },
        })
    }

    /// What some read now and then, in numbers, where that is other records.
    async fn preview_counts(
        &self,
        caller: &Caller,
        next: &Policy,
        users: &[UserId],
        left: &mut usize,
    ) -> Result<Vec<PreviewCount>> {
        let (policy, index) = (&*caller.policy, &self.0.index);
        let mut found = Vec::new();
        for user in users.iter().take(COUNTED) {
            let other = as_user(caller, *user);
            for entity in policy.catalog.entities() {
                let then = policy.count_as(&caller.actor, (next, &other), entity)?;
                let now = policy.count_as(&caller.actor, (policy, &other), entity)?;
                let arms =
                    |permit: &Option<access::ListPermit>| permit.as_ref().map(|p| p.predicate().clone());
                if arms(&now) == arms(&then) || *left == 0 {
                    continue;
                }
                *left -= 1;
                let mut numbers = [0, 0];
                for (number, permit) in numbers.iter_mut().zip([now, then]) {
                    if let Some(permit) = permit {
                        *number = index.count(&permit, Query::default(), limits::COUNT).await?;
                    }
                }
                let [before, after] = numbers;
                found.push(PreviewCount {
                    user: self.user_name(*user),
                    entity: entity.name.clone(),
                    before,
                    after,
                });
            }
        }
        Ok(found)
    }
}

/// Those to whom something happens, by what they rest on: of people with the same roles in the same team it is found
/// out once.
fn groups_of(before: &Policy, after: &Policy, changed: &BTreeSet<RoleId>) -> Vec<Group> {
    let concerned = |member: &Member| {
        let touched = |member: &Member| {
            after.members.get(&member.user) != before.members.get(&member.user)
                || member.roles.iter().any(|role| changed.contains(role))
        };
        touched(member) || member.owner.and_then(|owner| before.members.get(&owner)).is_some_and(touched)
    };
    // Whom it concerns that a team hangs elsewhere is found out of those who are alike.
    let rehung = before.teams != after.teams;
    let mut alike: BTreeMap<_, Vec<UserId>> = BTreeMap::new();
    for member in before.members.values().filter(|member| rehung || concerned(member)) {
        let then = after.members.get(&member.user);
        let key = |member: &Member| {
            let mut roles = member.roles.clone();
            roles.sort_unstable();
            (member.team, roles, member.active, member.owner)
        };
        alike.entry((key(member), then.map(key))).or_default().push(member.user);
    }
    let mut groups: Vec<Group> = Vec::new();
    for mut users in alike.into_values() {
        users.sort_unstable();
        let Some(first) = users.first().copied() else { continue };
        let (mut gained, mut lost) = (after.gained_since(before, first), before.gained_since(after, first));
        let team = |policy: &Policy| policy.members.get(&first).map(|member| member.team);
        if rehung || team(before) != team(after) {
            lost.extend(teams_more(before, after, first));
            gained.extend(teams_more(after, before, first));
        }
        if !gained.is_empty() || !lost.is_empty() {
            groups.push(Group { users, gained, lost });
        }
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.users.len()), group.users.first().copied()));
    groups
}
