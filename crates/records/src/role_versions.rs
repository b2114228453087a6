//! What a role was: who changed it when, what was other then, and the way back.

use crate::{Caller, Engine, Masked, Released, RoleInput, Versioned};
use access::{Role, Thing, Verb};
use identity::{Before, By, VersionDoc, role_version};
use kernel::{Fault, Named, Result, RoleId, Text, UserId, limits};
use ledger::{Act, EventId};
use serde::Serialize;
use serde_json::json;
use store::DocKind;

/// A role as it was from one change to the next.
#[derive(Clone, Debug, Serialize)]
pub struct RoleVersion {
    /// Which.
    pub version: u64,
    /// Since when (RFC 3339); null if it was made before changes were kept.
    pub at: Option<String>,
    /// Who made it: `user`, `nobody`, `system` or `operator`; null as `at` is.
    pub who: Option<&'static str>,
    /// The user, if it was one.
    pub by: Option<Named<UserId>>,
    /// The event in the ledger.
    pub event: Option<EventId>,
    /// What is other than in the version before, in the caller's language.
    pub changes: Vec<String>,
    /// The role as it was then.
    pub role: RoleInput,
}

/// Versions of a role, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct RoleVersions {
    /// Some of them.
    pub items: Vec<RoleVersion>,
    /// Pass as `before` to go on; null at the end of what is kept.
    pub next_before: Option<u64>,
}

/// Which version a role is to be again.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RollBack {
    /// Its number.
    pub version: u64,
}

impl From<Role> for RoleInput {
    fn from(role: Role) -> Self {
        let Role { name, label, entities, denials, things, .. } = role;
        Self { name, label, entities, denials, things }
    }
}

impl Engine {
    /// Versions of a role, newest first, for whoever reads roles.
    ///
    /// # Errors
    /// Forbidden; not found; invalid for a limit out of range.
    pub async fn role_versions(
        &self,
        caller: &Caller,
        id: RoleId,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Released<RoleVersions>> {
        self.admin(caller, Thing::Roles, Verb::Read).await?;
        if !(1..=limits::PAGE_MAX).contains(&limit) {
            let max = limits::PAGE_MAX;
            let reason = Text::new(format!("Od 1 do {max}."), format!("From 1 to {max}."));
            return Err(crate::prepare::issue("limit", "out-of-range", reason));
        }
        let (live, now) = self.live_role(id)?;
        let (mut version, mut content) = match before {
            Some(before) if before <= live => match self.role_change(id, before).await? {
                Some(change) => (before.saturating_sub(1), role_before(&change)),
                None => (0, None),
            },
            _ => (live, Some(now)),
        };
        let mut items = Vec::new();
        while let Some(role) = content.take()
            && version > 0
        {
            if items.len() == limit as usize {
                content = Some(role);
                break;
            }
            let change = self.role_change(id, version).await?;
            content = change.as_ref().and_then(role_before);
            items.push(self.version_view(caller, version, role, change));
            version -= 1;
        }
        let next_before = content.and(Some(version + 1));
        let page = Masked::new(RoleVersions { items, next_before });
        let mut event = self.event(caller, Act::RoleHistory);
        self.set_detail(&mut event, &json!({ "role": id }))?;
        Ok(page.release(&self.receipt(event).await?))
    }

    fn version_view(
        &self,
        caller: &Caller,
        version: u64,
        role: Role,
        change: Option<VersionDoc>,
    ) -> RoleVersion {
        let before = change.as_ref().and_then(role_before);
        // Of the first that is known it is not known what was other before.
        let changes = match &change {
            Some(_) => role.differences(before.as_ref(), &caller.policy.catalog),
            None => Vec::new(),
        };
        let changes = changes.iter().map(|text| text.get(caller.lang).to_owned()).collect();
        let who = change.as_ref().map(|change| match change.by {
            By::User(_) => "user",
            By::Nobody => "nobody",
            By::System => "system",
            By::Operator => "operator",
        });
        let by = change.as_ref().and_then(|change| match change.by {
            By::User(user) => Some(self.user_name(user)),
            _ => None,
        });
        let (at, event) = (change.as_ref().map(|c| c.at.rfc3339()), change.as_ref().map(|c| c.event));
        RoleVersion { version, at, who, by, event, changes, role: role.into() }
    }

    /// Makes a role what it was in an earlier version: the next version has that content, if it may be saved today.
    ///
    /// # Errors
    /// As [`Engine::put_role`]; not found if the role or that version is not there; conflict for the present version.
    pub async fn roll_back_role(
        &self,
        caller: &Caller,
        id: RoleId,
        present: u64,
        to: RollBack,
    ) -> Result<Released<Versioned<Role>>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        let (live, _) = self.live_role(id)?;
        if present != live {
            return Err(Fault::stale());
        }
        if to.version == live {
            let text = Text::of("Rola jest już w tej wersji.", "The role is in that version already.");
            return Err(Fault::new(kernel::FaultKind::Conflict, text));
        }
        let after = to.version.checked_add(1).filter(|next| to.version > 0 && *next <= live);
        let after = after.ok_or_else(Fault::not_found)?;
        let change = self.role_change(id, after).await?;
        let role = change.as_ref().and_then(role_before).ok_or_else(Fault::not_found)?;
        self.put_role_by(caller, Some((id, present)), role.into(), Some(to.version)).await
    }

    fn live_role(&self, id: RoleId) -> Result<(u64, Role)> {
        let directory = self.directory();
        let role = directory.policy.roles.get(&id).cloned().ok_or_else(Fault::not_found)?;
        let version = directory.version_of(DocKind::Role, *id.bytes()).unwrap_or_default();
        Ok((version, role))
    }

    async fn role_change(&self, id: RoleId, version: u64) -> Result<Option<VersionDoc>> {
        role_version(&self.0.store, &self.0.vault, id, version).await
    }
}

fn role_before(change: &VersionDoc) -> Option<Role> {
    match &change.before {
        Some(Before::Role(role)) => Some(role.clone()),
        _ => None,
    }
}
