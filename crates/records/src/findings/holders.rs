//! What is found of those who hold roles, and of those who own records and are gone.

use super::{Finding, FindingKind, Looked, Remedy, Standing, paged, told};
use crate::explain::role_name;
use crate::rights_use::Uses;
use crate::{Caller, Engine};
use access::{Role, Scope};
use identity::{Day, Profile};
use kernel::{Result, RoleId, Time};

/// Owners whose records are counted for one page.
const OWNERS: usize = 50;

impl Engine {
    /// Roles held for 90 days by whoever may act, of which nothing was used as long.
    pub(super) fn unused_roles(
        &self,
        caller: &Caller,
        uses: &Uses,
        limit: usize,
        after: Option<&str>,
    ) -> Looked {
        let (directory, now, before) = (self.directory(), self.now(), self.unused_before());
        let policy = &directory.policy;
        let mut held: Vec<(String, (&Profile, RoleId, Time))> = Vec::new();
        for user in directory.users.values().filter(|user| user.may_act(now)) {
            held.extend(
                user.roles_since().map(|(role, since)| (format!("{}.{role}", user.id), (user, role, since))),
            );
        }
        held.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        paged(held.into_iter(), after, limit, |(user, id, since)| {
            let role = policy.roles.get(&id).filter(|role| gives_something(role))?;
            let used = uses.of.get(&user.id).and_then(|used| used.last_of_role(role, &policy.catalog));
            if Day::of(since) > before || used.is_some_and(|day| day > before) {
                return None;
            }
            Some(Finding {
                roles: vec![role_name(role, caller.lang)],
                since: Some(since.rfc3339()),
                last_used: used.map(told),
                remedies: vec![Remedy::WithdrawRole],
                ..self.found(FindingKind::UnusedRole, Some(user.id))
            })
        })
    }

    /// Users who may act and hold two roles that do not go together.
    pub(super) fn conflicting_roles(&self, caller: &Caller, limit: usize, after: Option<&str>) -> Looked {
        let (directory, now) = (self.directory(), self.now());
        let mut found = Vec::new();
        for user in directory.users.values().filter(|user| user.may_act(now)) {
            for pair in directory.role_conflicts.among(&user.roles) {
                let [a, b] = pair.roles;
                found.push((format!("{}.{a}.{b}", user.id), (user, pair.roles)));
            }
        }
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        paged(found.into_iter(), after, limit, |(user, roles)| {
            let since = user.roles_since().filter(|(role, _)| roles.contains(role)).map(|(_, at)| at).max();
            let name = |id: &RoleId| directory.policy.roles.get(id).map(|role| role_name(role, caller.lang));
            Some(Finding {
                roles: roles.iter().filter_map(name).collect(),
                since: since.map(Time::rfc3339),
                remedies: vec![Remedy::WithdrawRole],
                ..self.found(FindingKind::ConflictingRoles, Some(user.id))
            })
        })
    }

    /// Owners who are suspended, left, or are of no team, with the number of their records. No record is opened.
    pub(super) async fn orphaned_records(
        &self,
        caller: &Caller,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Looked> {
        let (directory, now) = (self.directory(), self.now());
        let standing = |user: &Profile| match user {
            _ if user.partner.is_some() => None,
            _ if user.ends_at.is_some_and(|end| end <= now) => Some(Standing::Left),
            _ if !user.may_act(now) => Some(Standing::Suspended),
            _ if !directory.policy.teams.contains_key(&user.team) => Some(Standing::NoTeam),
            _ => None,
        };
        let mut gone: Vec<(String, &Profile, Standing)> = directory
            .users
            .values()
            .filter_map(|user| Some((user.id.to_string(), user, standing(user)?)))
            .filter(|(place, ..)| after.is_none_or(|after| place.as_str() > after))
            .collect();
        gone.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let count = gone.len();
        let (mut items, mut upto) = (Vec::new(), None);
        for (at, (place, user, standing)) in gone.into_iter().enumerate() {
            let owned = self.owned_by(caller, user.id).await?;
            let records: u64 = owned.iter().map(|o| u64::from(o.count) + u64::from(o.binned)).sum();
            if records > 0 {
                items.push(Finding {
                    records: Some(records),
                    standing: Some(standing),
                    since: user.ends_at.filter(|end| *end <= now).map(Time::rfc3339),
                    remedies: vec![Remedy::HandOver],
                    ..self.found(FindingKind::OrphanedRecords, Some(user.id))
                });
            }
            if (items.len() >= limit || at + 1 >= OWNERS) && at + 1 < count {
                upto = Some(place);
                break;
            }
        }
        Ok(Looked { items, upto, touches: Vec::new() })
    }
}

/// Whether the role gives anything.
fn gives_something(role: &Role) -> bool {
    role.entities.values().any(|rights| rights.scopes.values().any(|scope| *scope > Scope::None))
        || !role.things.is_empty()
}
