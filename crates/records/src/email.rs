//! Users' own e-mail addresses. Another one is the user's once mail reached it there, and whoever reads mail at the one
//! before can refuse it, for a week after that too.

use crate::post::{Posted, Posting};
use crate::resets::pause_ms;
use crate::{Caller, Engine, Masked, Released};
use identity::{
    Changed, Client, Link, LinkDoc, Purpose, User, UserChange, confirm_address, has_confirmed, link_id,
    make_link, update_user,
};
use kernel::{Fault, FaultKind, FieldIssue, Result, Text, UserId};
use ledger::{Act, Event, Who};
use mail::Letter;
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocKind, DocWrite};

/// Milliseconds for which an address can be confirmed.
const CONFIRM_MS: i64 = 24 * 3_600_000;
/// Milliseconds for which it can be refused after that.
const REFUSE_MS: i64 = 7 * 24 * 3_600_000;

/// An address that waits to be confirmed.
#[derive(Clone, Debug, Serialize)]
pub struct EmailPending {
    /// It.
    pub email: String,
    /// It can be confirmed until (RFC 3339).
    pub ends_at: String,
}

/// A user's own address.
#[derive(Clone, Debug, Serialize)]
pub struct EmailState {
    /// It.
    pub email: String,
    /// Whether mail reached the user there.
    pub confirmed: bool,
    /// What is to come of it, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<EmailPending>,
}

impl Engine {
    /// The caller's own address.
    ///
    /// # Errors
    /// Forbidden for a token; storage.
    pub async fn own_email(&self, caller: &Caller) -> Result<Released<EmailState>> {
        self.not_by_token(caller).await?;
        let user = self.stored_user(caller.actor.user).await?;
        let state = self.email_state(&user).await?;
        let receipt = self.receipt(self.event(caller, Act::AdminRead)).await?;
        Ok(Masked::new(state).release(&receipt))
    }

    async fn email_state(&self, user: &User) -> Result<EmailState> {
        let pending = self.link_of(user, Purpose::Email).await?.map(|link| link.doc);
        let pending = pending.filter(|link| link.is_good(user, self.now()));
        let told = |link: LinkDoc| Some(EmailPending { email: link.other?, ends_at: link.ends_at.rfc3339() });
        let confirmed = has_confirmed(&self.0.store, &self.0.vault, user).await?;
        Ok(EmailState { email: user.doc.email.clone(), confirmed, pending: pending.and_then(told) })
    }

    /// Sends a letter to an address, so that it can be confirmed; if it is not the caller's present one, another
    /// letter goes there, by which it can be refused.
    ///
    /// # Errors
    /// Forbidden for a token; no address; conflict where no mail leaves, or if the present address can still be
    /// refused; too many, with the time to wait.
    pub async fn ask_email(&self, caller: &Caller, email: &str, mails: bool) -> Result<Released<EmailState>> {
        self.not_by_token(caller).await?;
        if !mails {
            return Err(Fault::new(FaultKind::Conflict, NO_MAIL));
        }
        let email = schema::email(email).map_err(|_| malformed())?;
        let user = self.stored_user(caller.actor.user).await?;
        let moves = email != user.doc.email;
        let pending = self.may_ask(&user, moves).await?;
        let now = self.now();
        let ends_at = now.plus_ms(CONFIRM_MS);
        let mut doc = LinkDoc::of(&user, Purpose::Email, true, (now, ends_at));
        (doc.other, doc.unused) = (Some(email.clone()), pending.map_or(0, |link| link.unused + 1));
        let mut event = self.event(caller, Act::EmailAsk);
        self.set_detail(&mut event, &json!({ "ends_at": ends_at.rfc3339(), "another": moves }))?;
        let mut batch = Batch::new(event);
        let (_, write, letter) = self.new_link(&user, &doc, Letter::EmailConfirm { ends_at }).await?;
        batch.docs.push(write);
        let first = letter.as_ref().map(Posting::job);
        batch.jobs.extend(letter.map(|p| p.add));
        let mut second = None;
        if moves {
            let until = ends_at.plus_ms(REFUSE_MS);
            let doc = LinkDoc {
                other: Some(email.clone()),
                confirmed: has_confirmed(&self.0.store, &self.0.vault, &user).await?,
                ..LinkDoc::of(&user, Purpose::EmailRefusal, true, (now, until))
            };
            let made = self.new_link(&user, &doc, Letter::EmailAsked { until }).await;
            let (_, write, letter) = self.posted(first, made).await?;
            batch.docs.push(write);
            second = letter.as_ref().map(Posting::job);
            batch.jobs.extend(letter.map(|p| p.add));
        }
        let done = self.0.store.commit(batch).await;
        let done = self.posted(second, self.posted(first, done).await).await?;
        let state = self.email_state(&user).await?;
        Ok(Masked::new(state).release(&done.receipt))
    }

    /// Whether a user may ask for an address now; gives what was asked for just before.
    async fn may_ask(&self, user: &User, moves: bool) -> Result<Option<LinkDoc>> {
        let now = self.now();
        let good = |link: &LinkDoc| link.is_good(user, now);
        let refusal = self.link_of(user, Purpose::EmailRefusal).await?.map(|link| link.doc).filter(good);
        // Otherwise whoever took a session over could move on, out of reach of the first address.
        if moves && refusal.is_some_and(|link| link.email != user.doc.email) {
            return Err(Fault::new(FaultKind::Conflict, JUST_CHANGED));
        }
        let last = self.link_of(user, Purpose::Email).await?.map(|link| link.doc);
        let last = last.filter(|link| now < link.made_at.plus_ms(CONFIRM_MS));
        if let Some(link) = &last {
            let wait = link.made_at.plus_ms(pause_ms(link.unused)).0 - now.0;
            if wait > 0 {
                let seconds = u32::try_from(wait / 1_000 + 1).unwrap_or(u32::MAX);
                return Err(Fault::new(FaultKind::TooMany, SENT_JUST_NOW).retry_after_s(seconds));
            }
        }
        Ok(last)
    }

    /// Takes back what the caller asked for.
    ///
    /// # Errors
    /// Forbidden for a token; not found if there is nothing.
    pub async fn withdraw_email(&self, caller: &Caller) -> Result<()> {
        self.not_by_token(caller).await?;
        let user = self.stored_user(caller.actor.user).await?;
        let pending = self.link_of(&user, Purpose::Email).await?;
        let pending = pending.map(|link| link.doc).filter(|link| link.is_good(&user, self.now()));
        let mut ended = pending.ok_or_else(Fault::not_found)?;
        let mut event = self.event(caller, Act::EmailAsk);
        self.set_detail(&mut event, &json!({ "withdrawn": true }))?;
        let mut batch = Batch::new(event);
        // It stays, and is good no more: the next letter waits as long as it would have.
        ended.ends_at = self.now();
        let id = link_id(&self.0.vault, Purpose::Email, user.doc.id);
        let version = self.0.store.doc(DocKind::Link, id).await?.map_or(0, |doc| doc.version);
        batch.docs.push(make_link(&self.0.vault, &*self.0.random, &ended, version)?.1);
        // Nor is there anything left to refuse.
        let refusal = self.link_of(&user, Purpose::EmailRefusal).await?;
        let refusal =
            refusal.filter(|link| link.doc.email == user.doc.email && link.doc.other == ended.other);
        batch.docs.extend(refusal.map(|link| link.removal()));
        self.0.store.commit(batch).await.map(drop)
    }

    /// Confirms by a link that mail reaches its user at an address, which is the user's from now on.
    ///
    /// # Errors
    /// Not found, whatever is wrong with the link; stale if something else was written in between.
    pub async fn confirm_email(&self, secret: &str, client: &Client) -> Result<()> {
        let held = self.administer().await?;
        let (link, user) = self.link_or_refuse(secret, client, |p| p == Purpose::Email).await?;
        let now = self.now();
        let mut batch = Batch::new(self.link_event(&link, client, "email")?);
        batch.docs.push(link.removal());
        let change = UserChange { email: link.doc.other.clone(), ..UserChange::default() };
        let (after, write, changed) = update_user(&self.0.vault, now, &user, change)?;
        if !changed.is_empty() {
            batch.docs.push(write);
            batch.docs.push(self.tell_of(user.doc.id, Changed::Email, Who::Nobody)?);
        }
        batch.docs.push(confirm_address(&self.0.store, &self.0.vault, &after, now).await?);
        batch.more_events.push(self.about_email(Act::EmailConfirm, &user, !changed.is_empty())?);
        self.commit_admin(batch, &held).await.map(drop)
    }

    /// Refuses by a link an address that a user asked for. If it is the user's already, the one before is again, and
    /// all sessions and tokens end: somebody else may have asked for it.
    ///
    /// # Errors
    /// As [`Engine::confirm_email`].
    pub async fn refuse_email(&self, secret: &str, client: &Client) -> Result<()> {
        let held = self.administer().await?;
        let (link, user) = self.link_or_refuse(secret, client, |p| p == Purpose::EmailRefusal).await?;
        let now = self.now();
        let mut batch = Batch::new(self.link_event(&link, client, "email_refusal")?);
        batch.docs.push(link.removal());
        if let Some(pending) = self.link_of(&user, Purpose::Email).await? {
            batch.docs.push(pending.removal());
        }
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
        batch.more_events.push(self.about_email(Act::EmailRefuse, &user, !changed.is_empty())?);
        self.commit_ending(batch, user.doc.id, &held).await.map(drop)
    }

    /// What tells whoever reads mail at a user's address that an administrator set another one.
    pub(crate) async fn letter_to_old(&self, before: &User) -> Result<Posting> {
        let posted = Posted {
            letter: Letter::EmailChanged,
            user: before.doc.id,
            to: before.doc.email.clone(),
            lang: before.doc.lang,
            secret: None,
            purpose: None,
            until: self.now().plus_ms(CONFIRM_MS),
        };
        self.posting(&posted).await
    }

    pub(crate) fn tell_of(&self, user: UserId, what: Changed, by: Who) -> Result<DocWrite> {
        self.0.identity.tell_of_change(&self.directory(), user, what, by)
    }

    fn about_email(&self, act: Act, user: &User, changed: bool) -> Result<Event> {
        let mut event = Event { who: Who::Nobody, ..self.system_event(act) };
        self.set_detail(&mut event, &json!({ "user": user.doc.id, "changed": changed }))?;
        Ok(event)
    }

    /// A user's link of this kind, good or not.
    async fn link_of(&self, user: &User, purpose: Purpose) -> Result<Option<Link>> {
        let id = link_id(&self.0.vault, purpose, user.doc.id);
        let doc = self.0.store.doc(DocKind::Link, id).await?;
        doc.map(|doc| Link::open(&self.0.vault, &doc)).transpose()
    }
}

const NO_MAIL: Text = Text::of(
    "Nie ustawiono serwera poczty, więc adresu nie da się potwierdzić. Zmieni go administrator.",
    "No mail server is set, so no address can be confirmed. An administrator can change it.",
);
const JUST_CHANGED: Text = Text::of(
    "Adres zmieniono niedawno i z poprzedniego można to jeszcze odrzucić. Poczekaj tydzień albo poproś administratora.",
    "The address was changed a short while ago, and that can still be refused from the one before. Wait a week, or ask an administrator.",
);
const SENT_JUST_NOW: Text = Text::of(
    "List właśnie wysłano. Następny będzie można wysłać za chwilę.",
    "A letter was sent just now. Another can be sent in a while.",
);

fn malformed() -> Fault {
    Fault::fields(vec![FieldIssue {
        field: "email".into(),
        code: "malformed-email".into(),
        reason: Text::of("To nie jest adres e-mail.", "This is not an e-mail address."),
        example: Some("anna@example.pl".into()),
    }])
}
