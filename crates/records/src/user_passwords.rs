//! Passwords of other users: one that is in use is taken away and chosen anew by its user, or set at the machine
//! itself.

use crate::post::Posting;
use crate::things_used::over;
use crate::{Caller, Engine};
use access::{Thing, Verb};
use identity::{Changed, PRODUCT, PasswordHash};
use kernel::{Fault, FaultKind, Result, Text, UserId};
use ledger::{Act, Event};
use mail::Taken;
use serde_json::json;
use store::Batch;

const OWN: Text = Text::of(
    "Własne hasło zmienisz na stronie swojego konta.",
    "Change your own password on your account's page.",
);
const LAST: Text = Text::of(
    "Nikt inny, kto zarządza użytkownikami, nie mógłby się teraz zalogować. Najpierw drugi administrator musi mieć hasło, klucz dostępu albo połączone konto u dostawcy.",
    "Nobody else who manages users could sign in now. First another administrator needs a password, a passkey or a linked account at a provider.",
);

impl Engine {
    /// Takes a user's password away and ends all the user's sessions and tokens: another is chosen by a link
    /// ([`Engine::invite`]), so that nobody knows it but the user.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found, also if there is none; conflict if it is the caller's own, or nobody
    /// else could come in to manage users.
    pub async fn take_user_password(&self, caller: &Caller, id: UserId) -> Result<()> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        self.not_by_token(caller).await?;
        if id == caller.actor.user {
            return Err(Fault::new(FaultKind::Conflict, OWN));
        }
        let held = caller.policy.members.get(&id).map(|m| m.roles.clone()).unwrap_or_default();
        self.within_own(caller, &held).await?;
        let event = over(Thing::Users, self.event(caller, Act::PasswordChange));
        self.change_password(event, id, None).await
    }

    /// The hash of a password for somebody else, if neither who that is nor where gives it away. `field` is what
    /// whoever sent it calls it.
    pub(crate) async fn hash_for(
        &self,
        [login, name, email]: [&str; 3],
        field: &str,
        password: &str,
    ) -> Result<PasswordHash> {
        let directory = self.directory();
        let about = [login, name, email, &directory.organisation, PRODUCT];
        self.0.identity.hash_new_password(field, password, &about).await
    }

    /// Gives a user a password, or takes it.
    pub(crate) async fn change_password(
        &self,
        mut event: Event,
        id: UserId,
        password: Option<&str>,
    ) -> Result<()> {
        let current = self.stored_user(id).await?;
        let whose = [current.doc.login.as_str(), &current.doc.name, &current.doc.email];
        let hash = match password {
            Some(password) => Some(self.hash_for(whose, "password", password).await?),
            None if current.doc.password.is_none() => return Err(Fault::not_found()),
            None => None,
        };
        let held = self.administer().await?;
        if password.is_none() && self.manages_users_last(id).await? {
            return Err(Fault::new(FaultKind::Conflict, LAST));
        }
        self.keep_emergency(id, password.is_some())?;
        let (after, write) = identity::give_password(&self.0.vault, self.now(), &current, hash)?;
        self.set_detail(&mut event, &json!({ "user": id, "taken": password.is_none() }))?;
        let what = if password.is_some() { Changed::Password } else { Changed::PasswordTaken };
        let told = self.tell_of(id, what, event.who)?;
        let mut batch = Batch::new(event);
        batch.docs.extend([write, told]);
        let letter = self.way_taken_by(&current, &after, Taken::Password).await?;
        let job = letter.as_ref().map(Posting::job);
        // One letter says it: that nothing is left says more.
        batch.jobs = match letter {
            Some(posting) => vec![posting.add],
            None => self.0.identity.letters(id, &batch.docs)?,
        };
        let done = self.commit_ending(batch, id, &held).await;
        self.posted(job, done).await.map(drop)
    }
}
