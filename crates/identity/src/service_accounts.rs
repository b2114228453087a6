//! Service accounts: programs that act by themselves. One is a user without password, factors and sessions, who
//! acts through tokens alone, has an end, and a person who answers for it.

use crate::factor::FactorCount;
use crate::text::{issue, tidy_name};
use crate::users::{ROLES, User, UserDoc, write};
use crate::{Directory, Profile};
use access::Policy;
use kernel::{Fault, FieldIssue, Lang, Result, RoleId, TeamId, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::DocWrite;
use vault::Vault;

/// An account ends after so long at the latest, in milliseconds: two years.
const LONGEST_MS: i64 = 730 * 24 * 3_600_000;
/// Owners remembered of one account.
const OWNERS: usize = 100;

/// What a user has who is a service account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceDoc {
    /// Who answers for it and who did, the present one last; never empty.
    pub owners: Vec<Owner>,
}

/// Who answers for a service account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// A person.
    pub user: UserId,
    /// Since when.
    pub since: Time,
}

impl ServiceDoc {
    /// Who answers for it.
    #[must_use]
    pub fn owner(&self) -> UserId {
        self.owners.last().map_or(UserId::NIL, |owner| owner.user)
    }

    /// Who answered for it then.
    #[must_use]
    pub fn owner_at(&self, then: Time) -> UserId {
        let held = self.owners.iter().rev().find(|owner| owner.since <= then);
        held.or(self.owners.first()).map_or(UserId::NIL, |owner| owner.user)
    }
}

/// A service account to be made.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewServiceAccount {
    /// What it is called: the program, or what that does.
    pub name: String,
    /// Who answers for it.
    pub owner: UserId,
    /// Team.
    pub team: TeamId,
    /// Roles of its own.
    #[serde(default)]
    pub roles: Vec<RoleId>,
    /// It can do nothing from then on (RFC 3339).
    pub ends_at: String,
}

/// A change to a service account; what is `None` stays.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceAccountChange {
    /// What it is called.
    pub name: Option<String>,
    /// Team.
    pub team: Option<TeamId>,
    /// Roles, all of them.
    pub roles: Option<Vec<RoleId>>,
    /// Whether it may do anything.
    pub active: Option<bool>,
    /// It can do nothing from then on (RFC 3339).
    pub ends_at: Option<String>,
}

/// Makes a service account. Owner, team and roles must exist: see [`Directory::check_owner`] and
/// [`Directory::check`].
///
/// # Errors
/// Invalid, field by field.
pub fn create_service_account(
    vault: &Vault,
    id: UserId,
    now: Time,
    input: NewServiceAccount,
) -> Result<(User, DocWrite)> {
    let mut doc = UserDoc {
        id,
        // Nobody types it: it is there because every user has one.
        login: format!("service.{id}"),
        name: input.name,
        email: String::new(),
        lang: Lang::default(),
        team: input.team,
        roles: input.roles,
        active: true,
        ends_at: None,
        password: None,
        password_at: None,
        created_at: now,
        factors: FactorCount::default(),
        must_enrol: false,
        roles_since: BTreeMap::new(),
        given_at: None,
        service: Some(ServiceDoc { owners: vec![Owner { user: input.owner, since: now }] }),
        partner: None,
    };
    check(&mut doc, None, Some(&input.ends_at), now)?;
    write(vault, now, User { doc, version: 1 })
}

/// Changes a service account; says which fields are other than before. Without any, nothing is to be written.
///
/// # Errors
/// Invalid, field by field; also if it is to act again after its end.
pub fn update_service_account(
    vault: &Vault,
    now: Time,
    current: &User,
    change: ServiceAccountChange,
) -> Result<(User, DocWrite, Vec<&'static str>)> {
    let old = &current.doc;
    let mut doc = old.clone();
    doc.name = change.name.unwrap_or(doc.name);
    doc.team = change.team.unwrap_or(doc.team);
    doc.roles = change.roles.unwrap_or(doc.roles);
    doc.active = change.active.unwrap_or(doc.active);
    check(&mut doc, Some(old), change.ends_at.as_deref(), now)?;
    doc.roles_since.retain(|role, _| doc.roles.contains(role));
    let new = doc.roles.iter().filter(|role| !old.roles.contains(role));
    doc.roles_since.extend(new.map(|role| (*role, now)));
    let changed = [
        ("name", doc.name != old.name),
        ("team", doc.team != old.team),
        ("roles", doc.roles != old.roles),
        ("active", doc.active != old.active),
        ("ends_at", doc.ends_at != old.ends_at),
    ];
    let changed = changed.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect();
    let (user, put) = write(vault, now, User { doc, version: current.version + 1 })?;
    Ok((user, put, changed))
}

/// Gives a service account another owner, or takes its right to act. Its tokens are to end in the same batch:
/// whoever had it knows them.
///
/// # Errors
/// Those of sealing.
pub fn hand_over_service_account(
    vault: &Vault,
    now: Time,
    current: &User,
    owner: Option<UserId>,
) -> Result<(User, DocWrite)> {
    let mut doc = current.doc.clone();
    match (owner, doc.service.as_mut()) {
        (Some(user), Some(service)) => {
            service.owners.push(Owner { user, since: now });
            service.owners.drain(..service.owners.len().saturating_sub(OWNERS));
        }
        _ => doc.active = false,
    }
    write(vault, now, User { doc, version: current.version + 1 })
}

impl Directory {
    /// Whether somebody can answer for a service account: a person, who may act.
    ///
    /// # Errors
    /// Invalid.
    pub fn check_owner(&self, owner: UserId, now: Time) -> Result<()> {
        if self.users.get(&owner).is_some_and(|user| user.is_of_house() && user.may_act(now)) {
            return Ok(());
        }
        let reason = Text::of(
            "Opiekunem może być tylko użytkownik, który nie jest zawieszony.",
            "Only a user who is not suspended can be the owner.",
        );
        Err(Fault::fields(vec![FieldIssue {
            field: "owner".to_owned(),
            code: "no-owner".to_owned(),
            reason,
            example: None,
        }]))
    }

    /// Service accounts that `which` names, in order of their ids.
    pub fn service_accounts(&self, which: impl Fn(&Profile) -> bool) -> Vec<&Profile> {
        let mut found: Vec<_> = self.users.values().filter(|u| u.is_service() && which(u)).collect();
        found.sort_unstable_by_key(|user| user.id);
        found
    }

    /// Has service accounts do nothing without an owner who may act, and nothing over things that the owner may not.
    pub(crate) fn heed_owners(&mut self, policy: &mut Policy) {
        let owned = self.users.values().filter_map(|user| Some((user.id, user.service.as_ref()?.owner())));
        let owned: Vec<(UserId, UserId)> = owned.collect();
        for (id, owner_id) in owned {
            let owner = self.users.get(&owner_id).filter(|owner| owner.is_of_house());
            let (acts, until) = owner.map_or((false, None), |owner| (owner.active, owner.ends_at));
            let until = if acts { until } else { Some(Time(0)) };
            if let Some(user) = self.users.get_mut(&id) {
                user.owner_ends_at = until;
            }
            if let Some(member) = policy.members.get_mut(&id) {
                member.active &= acts;
                member.owner = Some(owner_id);
            }
        }
    }
}

fn check(doc: &mut UserDoc, old: Option<&UserDoc>, ends_at: Option<&str>, now: Time) -> Result<()> {
    let mut issues = Vec::new();
    if old.is_none_or(|old| old.name != doc.name) {
        let length = Text::of(
            "Podaj nazwę programu, najwyżej 100 znaków.",
            "Give the name of the program, at most 100 characters.",
        );
        issues.extend(tidy_name(&mut doc.name, 100, length, "Integracja ze sklepem"));
    }
    doc.roles.sort_unstable();
    doc.roles.dedup();
    if doc.roles.len() > ROLES {
        let reason = Text::of("Konto ma najwyżej 32 role.", "An account has at most 32 roles.");
        issues.push(FieldIssue { field: "roles".into(), code: "too-many".into(), reason, example: None });
    }
    let latest = now.plus_ms(LONGEST_MS);
    if let Some(text) = ends_at {
        doc.ends_at = Time::parse(text);
    }
    // A change of something else leaves an end that has come where it is; to act again it must be ahead.
    let must = ends_at.is_some() || doc.active;
    if must && doc.ends_at.is_none_or(|end| end <= now || end > latest) {
        let reason = Text::of(
            "Konto usługowe musi mieć koniec: przyszłą datę z godziną, najdalej za dwa lata.",
            "A service account must have an end: a time ahead, two years from now at the latest.",
        );
        issues.push(issue("ends_at", "wrong-end", reason, &now.plus_ms(LONGEST_MS / 2).rfc3339()));
    }
    if issues.is_empty() { Ok(()) } else { Err(Fault::fields(issues)) }
}
