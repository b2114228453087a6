//! How much sharing is: with what hangs on a record, and without what is shared already.

use crate::bulk::shares_already;
use crate::{Caller, Engine, GrantInput};
use access::{Action, Grantee, Policy, Role};
use kernel::{RecordId, Result, RoleId};
use schema::Entity;
use std::collections::HashSet;

/// What sharing some records comes to.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Sharing {
    /// How many of them are shared like this already, and stay as they are.
    pub(crate) again: u64,
    /// How many records hang on the others and go with them.
    pub(crate) hanging: u64,
}

impl Sharing {
    /// How many records count, if so many are to be shared.
    pub(crate) const fn counts(self, records: u64) -> u64 {
        records.saturating_sub(self.again).saturating_add(self.hanging)
    }
}

impl Engine {
    /// What sharing these comes to.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub(crate) async fn sharing(
        &self,
        caller: &Caller,
        entity: &Entity,
        ids: &[RecordId],
        input: &GrantInput,
    ) -> Result<Sharing> {
        let again = self.shared_already(caller, entity, ids, input).await?;
        let fresh: Vec<RecordId> = ids.iter().filter(|id| !again.contains(id)).copied().collect();
        let hanging = match input.with_related {
            true => self.hanging_on(caller, entity, fresh, input.role).await?,
            false => 0,
        };
        Ok(Sharing { again: again.len() as u64, hanging })
    }

    /// How many records hang on these that a role is over: as many as the caller sees, who gives no others.
    pub(crate) async fn hanging_on(
        &self,
        caller: &Caller,
        entity: &Entity,
        ids: Vec<RecordId>,
        role: RoleId,
    ) -> Result<u64> {
        let policy = &*caller.policy;
        let Some(role) = policy.roles.get(&role).filter(|_| !ids.is_empty()) else { return Ok(0) };
        let mut all = 0_u64;
        for child in policy.catalog.entities().iter().filter(|child| goes_along(role, entity, child)) {
            // What the caller sees nothing of is not given either.
            let Ok(permit) = policy.list(&caller.actor, Action::Read, child.code) else { continue };
            all = all.saturating_add(self.index().hanging(&permit, ids.clone()).await?);
        }
        Ok(all)
    }

    /// Those that the caller shares like this already.
    async fn shared_already(
        &self,
        caller: &Caller,
        entity: &Entity,
        ids: &[RecordId],
        input: &GrantInput,
    ) -> Result<HashSet<RecordId>> {
        let policy = &*caller.policy;
        let given = |id: &&RecordId| gave(policy, caller, **id, input.to);
        let candidates: Vec<RecordId> = ids.iter().filter(given).copied().collect();
        let facts = self.index().facts(candidates.clone()).await?;
        let again = |id: &RecordId| {
            let facts = facts.get(id)?;
            let (_, grant) = self.checked(policy, caller, entity, facts, input).ok()?;
            shares_already(caller, &grant, input.until.is_none()).then_some(*id)
        };
        Ok(candidates.iter().filter_map(again).collect())
    }
}

fn gave(policy: &Policy, caller: &Caller, id: RecordId, to: Grantee) -> bool {
    policy.grants.on(id).iter().any(|grant| grant.by == caller.actor.user && grant.to == to)
}

/// Whether a role is over records of this kind that hang on one of that.
fn goes_along(role: &Role, entity: &Entity, child: &Entity) -> bool {
    child.parents.contains(&entity.name) && role.entities.contains_key(&child.name)
}
