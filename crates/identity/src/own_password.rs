//! Changing one's own password.

use crate::service::by_session;
use crate::users::set_password;
use crate::{Changed, Client, Directory, Identity};
use access::Actor;
use kernel::{Fault, Result, UserId};
use ledger::{Act, Outcome, Who};
use serde_json::json;
use std::sync::Arc;
use store::{Batch, DocWrite, SessionWrite};
use zeroize::Zeroizing;

/// The product's name, which is no password either.
pub const PRODUCT: &str = "Klucznik";

impl Identity {
    /// Changes the caller's password and ends the caller's other sessions and tokens. A wrong old
    /// password counts as a failed log-in. `organisation` is its name.
    ///
    /// # Errors
    /// Unauthenticated if the old one is wrong; invalid with each reason if the new one is weak; too many;
    /// forbidden for a token.
    pub async fn change_password(
        &self,
        directory: Arc<Directory>,
        actor: &Actor,
        old: &str,
        new: &str,
        organisation: &str,
        client: &Client,
    ) -> Result<()> {
        by_session(actor)?;
        let (this, actor, client, organisation) =
            (self.clone(), actor.clone(), client.clone(), organisation.to_owned());
        let (old, new) = (Zeroizing::new(old.to_owned()), Zeroizing::new(new.to_owned()));
        let task = tokio::spawn(async move {
            this.change(&directory, &actor, [&old, &new], &organisation, &client).await
        });
        task.await.map_err(|e| Fault::bug(format!("password: {e}")))?
    }

    fn told_of_password(&self, directory: &Directory, user: UserId) -> Result<DocWrite> {
        self.tell_of_change(directory, user, Changed::Password, Who::User(user))
    }

    async fn change(
        &self,
        directory: &Directory,
        actor: &Actor,
        [old, new]: [&str; 2],
        organisation: &str,
        client: &Client,
    ) -> Result<()> {
        let inner = &self.0;
        let login = directory.users.get(&actor.user).map(|u| u.login.clone()).ok_or_else(Fault::forbidden)?;
        let client = self.in_session(actor, &login, client);
        let (open, user) = self.prove(directory, &login, old, &client).await?;
        let about = [&*user.doc.login, &*user.doc.name, &*user.doc.email, organisation, PRODUCT];
        let hash = self.hash_new_password("new", new, &about).await?;
        let _held = inner.writes.lock().await;
        if !self.unchanged(&user).await? {
            return Err(Fault::stale());
        }
        let (_, put) = set_password(&inner.vault, inner.clock.now(), &user, Some(hash))?;
        let detail = json!({ "user": actor.user });
        let event = inner.source().event(
            Who::User(actor.user),
            actor.session,
            Act::PasswordChange,
            Outcome::Done,
            &detail,
        )?;
        let mut batch = Batch::new(event);
        batch.docs.push(put);
        batch.docs.push(self.told_of_password(directory, actor.user)?);
        batch.jobs = self.letters(actor.user, &batch.docs)?;
        batch.docs.extend(inner.attempts.succeeded(&open).await?);
        batch.sessions.push(SessionWrite::EndAll(actor.user, Some(actor.session)));
        inner.cache.take(|s| s.user == actor.user && s.id != actor.session);
        inner.store.commit(batch).await.map(drop)
    }
}
