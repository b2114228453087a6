//! What was granted to one user, to whoever looks at what that one may see.

use crate::{Caller, Engine, GrantPage, Released};
use access::{Thing, Verb};
use kernel::{Fault, GrantId, Result, UserId};

impl Engine {
    /// What was granted to a user, alone or as one of a team or a partner, and has not ended; the newest first. A record is
    /// called by its title only where the caller sees it.
    ///
    /// # Errors
    /// Forbidden; not found; invalid for a limit out of range.
    pub async fn user_grants(
        &self,
        caller: &Caller,
        id: UserId,
        limit: u32,
        after: Option<GrantId>,
    ) -> Result<Released<GrantPage>> {
        self.admin(caller, Thing::Users, Verb::Read).await?;
        let (policy, now) = (self.policy(), self.now());
        let member = policy.members.get(&id).ok_or_else(Fault::not_found)?;
        let all = policy.grants.of(member).filter(|grant| grant.lasts_at(now)).collect();
        self.grant_page(caller, all, (limit, after), Some(Thing::Users)).await
    }
}
