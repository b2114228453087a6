//! What whoever reads mail at an address says of it, by a link: yes or no, to the address that is to be a user's, and at
//! the one before.

use crate::email::{REFUSE_MS, is_of};
use crate::post::{Posted, Posting};
use crate::{Engine, Masked, Released};
use identity::{
    Changed, Client, EmailChange, EmailChangeDoc, Link, OldAddress, Purpose, User, UserChange,
    confirm_address, put_email_change, update_user,
};
use kernel::{JobId, Result};
use ledger::{Act, Event, Who};
use mail::Letter;
use serde::Serialize;
use serde_json::json;
use store::Batch;

/// What came of a link by which an address is confirmed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct EmailUsed {
    /// Whether the address is the user's now. Otherwise somebody else has to confirm it, too.
    pub made: bool,
}

const fn about_addresses(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Email | Purpose::EmailRefusal)
}

impl Engine {
    /// Confirms by a link that mail reaches its user at an address to come; or, from the address before, that it is to
    /// be the user's. Once both were, it is.
    ///
    /// # Errors
    /// Not found, whatever is wrong with the link; stale if something else was written in between.
    pub async fn confirm_email(&self, secret: &str, client: &Client) -> Result<Released<EmailUsed>> {
        let held = self.administer().await?;
        let (link, user) = self.link_or_refuse(secret, client, about_addresses).await?;
        let Some(change) = self.change_of(&link, &user).await? else {
            return Err(self.link_refused(client, identity::no_link()).await);
        };
        let mut batch = Batch::new(self.link_event(&link, client, "email")?);
        batch.docs.push(link.removal());
        let mut said = change.doc.clone();
        match link.doc.purpose {
            Purpose::Email => said.reached = true,
            _ => said.old = OldAddress::Confirmed,
        }
        let side = if link.doc.purpose == Purpose::Email { "new" } else { "old" };
        let made = said.is_agreed();
        let job = self.go_on(&mut batch, &user, (&change, &said), Who::Nobody).await?;
        batch.more_events.push(self.about_email(Act::EmailConfirm, &user, side, made)?);
        let done = self.commit_admin(batch, &held).await;
        let receipt = self.posted(job, done).await?;
        Ok(Masked::new(EmailUsed { made }).release(&receipt))
    }

    /// The change that a link says yes to, if it waits for that.
    async fn change_of(&self, link: &Link, user: &User) -> Result<Option<EmailChange>> {
        let change = self.open_change(user).await?.filter(|change| is_of(&link.doc, &change.doc));
        Ok(change.filter(|change| match link.doc.purpose {
            Purpose::Email => !change.doc.reached,
            _ => change.doc.asks_before(),
        }))
    }

    /// Whether a link can say yes, and not only no.
    pub(crate) async fn can_confirm(&self, link: &Link, user: &User) -> Result<bool> {
        Ok(about_addresses(link.doc.purpose) && self.change_of(link, user).await?.is_some())
    }

    /// Puts into a batch what was said of a change; where all said yes, the address is the user's. Where whoever reads
    /// mail at the one before never did, it can still be refused from there, for a week from now on, and a letter says
    /// so, whose job comes back.
    pub(crate) async fn go_on(
        &self,
        batch: &mut Batch,
        user: &User,
        (before, said): (&EmailChange, &EmailChangeDoc),
        by: Who,
    ) -> Result<Option<JobId>> {
        let (store, vault, now) = (&self.0.store, &self.0.vault, self.now());
        if !said.is_agreed() {
            batch.docs.push(put_email_change(vault, now, said, Some(before))?);
            return Ok(None);
        }
        batch.docs.push(before.removal());
        let change = UserChange { email: Some(said.to.clone()), ..UserChange::default() };
        let (after, write, changed) = update_user(vault, now, user, change)?;
        if !changed.is_empty() {
            batch.docs.push(write);
            batch.docs.push(self.tell_of(user.doc.id, Changed::Email, by)?);
        }
        batch.docs.push(confirm_address(store, vault, &after, now).await?);
        if !matches!(said.old, OldAddress::Lost { .. }) {
            return Ok(None);
        }
        if let Some(link) = self.link_of(user, Purpose::EmailRefusal).await? {
            batch.docs.push(link.until(vault, now, now.plus_ms(REFUSE_MS))?);
        }
        let letter = self.letter_to_old(user).await?;
        let job = letter.job();
        batch.jobs.push(letter.add);
        Ok(Some(job))
    }

    /// Refuses by a link an address that is to be a user's. From that address nothing else comes of it. From the one
    /// before, if the other is the user's already, it is again, and all sessions and tokens end: somebody else may
    /// have asked for it.
    ///
    /// # Errors
    /// As [`Engine::confirm_email`].
    pub async fn refuse_email(&self, secret: &str, client: &Client) -> Result<()> {
        let held = self.administer().await?;
        let (link, user) = self.link_or_refuse(secret, client, about_addresses).await?;
        let how = if link.doc.purpose == Purpose::Email { "email" } else { "email_refusal" };
        let mut batch = Batch::new(self.link_event(&link, client, how)?);
        let open = self.open_change(&user).await?.filter(|change| is_of(&link.doc, &change.doc));
        match &open {
            Some(change) => {
                self.end_email(&mut batch, &user, change).await?;
                self.tell_who_asked(&mut batch, &change.doc)?;
            }
            None if link.doc.purpose == Purpose::Email => {
                return Err(self.link_refused(client, identity::no_link()).await);
            }
            None => batch.docs.push(link.removal()),
        }
        if link.doc.purpose == Purpose::Email {
            batch.docs.push(self.tell_of(user.doc.id, Changed::EmailDeclined, Who::Nobody)?);
            batch.more_events.push(self.about_email(Act::EmailRefuse, &user, "new", false)?);
            return self.commit_admin(batch, &held).await.map(drop);
        }
        let now = self.now();
        let change = UserChange { email: Some(link.doc.email.clone()), ..UserChange::default() };
        let (after, write, changed) = update_user(&self.0.vault, now, &user, change)?;
        if !changed.is_empty() {
            batch.docs.push(write);
        }
        batch.docs.push(self.tell_of(user.doc.id, Changed::EmailRefused, Who::Nobody)?);
        // Whoever reads at an address that was never confirmed is nobody whom a password should be sent to.
        if link.doc.confirmed {
            batch.docs.push(confirm_address(&self.0.store, &self.0.vault, &after, now).await?);
        }
        batch.more_events.push(self.about_email(Act::EmailRefuse, &user, "old", !changed.is_empty())?);
        self.commit_ending(batch, user.doc.id, &held).await.map(drop)
    }

    /// What tells whoever reads mail at a user's address that another one was set without it.
    pub(crate) async fn letter_to_old(&self, before: &User) -> Result<Posting> {
        let posted = Posted {
            letter: Letter::EmailChanged,
            user: before.doc.id,
            to: before.doc.email.clone(),
            lang: before.doc.lang,
            secret: None,
            purpose: None,
            until: self.now().plus_ms(REFUSE_MS),
        };
        self.posting(&posted).await
    }

    fn about_email(&self, act: Act, user: &User, side: &str, changed: bool) -> Result<Event> {
        let mut event = Event { who: Who::Nobody, ..self.system_event(act) };
        self.set_detail(&mut event, &json!({ "user": user.doc.id, "side": side, "changed": changed }))?;
        Ok(event)
    }
}
