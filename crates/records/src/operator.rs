//! What the operator does with the machine in hand, through the command line. No right of a user is
//! asked for: who holds the keys of a stopped instance can do anything to it. Each act is an event whose
//! sender is the operator.

use crate::Engine;
use crate::admin_users::FirstWay;
use crate::invitations::{Invite, Invited};
use identity::{NewUser, Profile, UserChange};
use kernel::{Fault, Result, UserId};
use ledger::{Act, Event, Who};
use serde_json::{Value, json};

impl Engine {
    /// Rotates the keys while no other server has the store open: each of them would need the new
    /// `keys.json` first. `progress` hears how many keys of how many are done.
    ///
    /// # Errors
    /// Conflict if other servers have the store open, or a rotation is running; otherwise as
    /// [`vault::Vault::rotate`].
    pub async fn rotate(
        &self,
        progress: impl Fn(u64, u64) -> Result<()> + Send + 'static,
    ) -> Result<vault::RotationReport> {
        let alone = self.0.store.alone().await?;
        let (vault, now) = (self.0.vault.clone(), self.now());
        let rotate = move || {
            // To its end, also if who asked goes away.
            let _alone = alone;
            vault.rotate(now, &progress)
        };
        tokio::task::spawn_blocking(rotate).await.map_err(Fault::bug)?
    }

    /// An event by the operator.
    #[must_use]
    pub fn operator_event(&self, act: Act) -> Event {
        Event { who: Who::Operator, ..self.system_event(act) }
    }

    /// Writes down an act of the operator that changes nothing in the store. `detail` holds counts and
    /// ids alone.
    ///
    /// # Errors
    /// Storage.
    pub async fn operator_did(&self, act: Act, detail: &Value) -> Result<()> {
        let mut event = self.operator_event(act);
        self.set_detail(&mut event, detail)?;
        self.receipt(event).await.map(drop)
    }

    /// All users, in the order in which they were made.
    ///
    /// # Errors
    /// Storage.
    pub async fn operator_users(&self) -> Result<Vec<Profile>> {
        let directory = self.directory();
        let mut users: Vec<Profile> =
            directory.users.values().filter(|user| !user.is_service()).cloned().collect();
        users.sort_by_key(|u| u.id);
        self.operator_did(Act::AdminRead, &json!({ "users": users.len() })).await?;
        Ok(users)
    }

    /// Makes a user and invites to choose a password, by a link that is given back: no mail leaves a stopped
    /// instance.
    ///
    /// # Errors
    /// Invalid; conflict if the log-in name is taken.
    pub async fn operator_invite(&self, input: NewUser, invite: Invite) -> Result<(Profile, Invited)> {
        let event = self.operator_event(Act::UserCreate);
        let way = FirstWay::Invited(invite, false);
        let (user, invited, _) = self.make_user((event, None), self.id(), input, way).await?;
        invited.map(|invited| (user, invited)).ok_or_else(|| Fault::bug("nobody was invited"))
    }

    /// Makes an invented user whose password everybody knows: of a demonstration or a test. `id` is the caller's
    /// choice, so that a demonstration is the same every time.
    ///
    /// # Errors
    /// Invalid or weak; conflict if the log-in name or id is taken.
    pub async fn operator_invent_user(&self, id: UserId, input: NewUser, password: &str) -> Result<Profile> {
        let event = self.operator_event(Act::UserCreate);
        let (user, _, _) = self.make_user((event, None), id, input, FirstWay::Password(password)).await?;
        Ok(user)
    }

    /// Changes a user, whatever the present version. Suspending ends all sessions and tokens.
    ///
    /// # Errors
    /// Not found; invalid; conflict for the last administrator.
    pub async fn operator_update_user(&self, id: UserId, change: UserChange) -> Result<Profile> {
        let (user, _) =
            self.change_user((self.operator_event(Act::UserUpdate), None), id, None, change, false).await?;
        Ok(user)
    }

    /// Gives a user a new password and ends all the user's sessions and tokens.
    ///
    /// # Errors
    /// Not found; weak.
    pub async fn operator_set_password(&self, id: UserId, password: &str) -> Result<()> {
        self.change_password(self.operator_event(Act::PasswordChange), id, Some(password)).await
    }
}
