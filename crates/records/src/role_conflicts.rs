//! Which roles one person is not to hold together: what administrators decide.

use crate::explain::{RoleName, role_name};
use crate::{Caller, Engine, Masked, Released, Versioned};
use access::{Thing, Verb};
use identity::RoleConflicts;
use kernel::{Fault, Result, RoleId};
use ledger::Act;
use serde_json::json;
use store::{Batch, DocKind};

impl Engine {
    /// The pairs of roles, by name, that somebody who had these would hold by those though one person is not to hold both,
    /// where that is told of and not refused: also for whoever gives roles and does not read what was decided on them.
    pub(crate) fn together(
        &self,
        caller: &Caller,
        before: &[RoleId],
        after: &[RoleId],
    ) -> Vec<[RoleName; 2]> {
        let directory = self.directory();
        let name = |id: &RoleId| directory.policy.roles.get(id).map(|role| role_name(role, caller.lang));
        let pairs = directory.told_together(before, after);
        pairs.iter().filter_map(|[a, b]| Some([name(a)?, name(b)?])).collect()
    }

    /// The pairs that were decided on.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn role_conflicts(&self, caller: &Caller) -> Result<Released<Versioned<RoleConflicts>>> {
        self.admin(caller, Thing::Roles, Verb::Read).await?;
        let directory = self.directory();
        let version = directory.version_of(DocKind::Setting, RoleConflicts::ID).unwrap_or_default();
        let mut value = directory.role_conflicts.clone();
        // A role that was removed conflicts with nothing.
        value.pairs.retain(|pair| pair.roles.iter().all(|role| directory.policy.roles.contains_key(role)));
        let receipt = self.receipt(self.looked_at(caller, Thing::Roles)).await?;
        Ok(Masked::new(Versioned { value, version }).release(&receipt))
    }

    /// Decides on them. Whoever holds both of a pair keeps them, and is found.
    ///
    /// # Errors
    /// Forbidden, also for a token; invalid, pair by pair; stale.
    pub async fn put_role_conflicts(
        &self,
        caller: &Caller,
        version: u64,
        input: RoleConflicts,
    ) -> Result<Released<Versioned<RoleConflicts>>> {
        self.admin(caller, Thing::Roles, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let directory = self.directory();
        let next = input.checked(&directory)?;
        let present = directory.version_of(DocKind::Setting, RoleConflicts::ID).unwrap_or_default();
        if version != present {
            return Err(Fault::stale());
        }
        let mut event = self.event(caller, Act::RoleConflicts);
        self.set_detail(&mut event, &json!({ "before": directory.role_conflicts, "after": next }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Setting, RoleConflicts::ID, present + 1, &next)?);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(Versioned { value: next, version: present + 1 }).release(&receipt))
    }
}
