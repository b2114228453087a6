//! Users who leave: their rights end at a date, which every server judges at every request. That they are suspended
//! and their sessions and tokens are gone follows within a minute.

use crate::Engine;
use identity::{Profile, UserChange, update_user};
use kernel::{FaultKind, Result, UserId};
use ledger::Act;
use serde_json::json;
use store::Batch;

impl Engine {
    /// Whether a user may do anything now.
    #[must_use]
    pub fn may_act(&self, user: UserId) -> bool {
        self.directory().users.get(&user).is_some_and(|user| user.may_act(self.now()))
    }

    /// Suspends those whose date has come, and ends their sessions and tokens.
    ///
    /// # Errors
    /// Storage.
    pub async fn end_leavers(&self) -> Result<()> {
        let now = self.now();
        let due = |user: &&Profile| user.active && !user.may_act(now);
        let directory = self.directory();
        for user in directory.users.values().filter(due) {
            let ended = match user.is_service() {
                true => self.end_service(user.id).await,
                false => self.end_leaver(user.id).await,
            };
            match ended {
                // Another server, or an administrator, was faster; what remains is seen to in a minute.
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => done?,
            }
        }
        Ok(())
    }

    async fn end_leaver(&self, id: UserId) -> Result<()> {
        let held = self.administer().await?;
        let current = self.stored_user(id).await?;
        if !current.doc.active || current.doc.may_act(self.now()) {
            return Ok(());
        }
        let change = UserChange { active: Some(false), ..UserChange::default() };
        let (_, write, _) = update_user(&self.0.vault, self.now(), &current, change)?;
        let mut event = self.system_event(Act::UserLeave);
        self.set_detail(&mut event, &json!({ "user": id }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(write);
        self.end_covers_by(&mut batch, id).await?;
        self.close_registrations_by(&mut batch, id).await?;
        self.commit_ending(batch, id, &held).await.map(drop)
    }
}
