//! Users' own e-mail addresses. Another one is the user's once mail reached it there and whoever reads mail at the one
//! before said yes, too: each by a link. What they say is in `email_links.rs`; what is done where nobody reads mail at the
//! one before, in `email_lost.rs`.

use crate::post::Posting;
use crate::resets::pause_ms;
use crate::{Caller, Engine, Masked, Released};
use identity::{
    Changed, EmailChange, EmailChangeDoc, Link, LinkDoc, OldAddress, Profile, Purpose, Second, User,
    UserChange, email_change, has_confirmed, link_id, put_email_change,
};
use kernel::{Fault, FaultKind, FieldIssue, JobId, Result, Text, UserId};
use ledger::{Act, Event, Who};
use mail::Letter;
use serde::Serialize;
use serde_json::json;
use store::{Batch, DocKind, DocWrite};

/// Milliseconds for which an address can be confirmed.
pub(crate) const CONFIRM_MS: i64 = 24 * 3_600_000;
/// Milliseconds for which it can be refused after that.
pub(crate) const REFUSE_MS: i64 = 7 * 24 * 3_600_000;

/// What a change of address waits for from the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OldState {
    /// Nothing: mail never reached the user there.
    Unasked,
    /// Its link.
    Awaited,
    /// Nothing: it was confirmed from there.
    Confirmed,
    /// It is out of reach: a second person who manages users.
    Second,
    /// Nothing: it is out of reach, and a second person agreed, or there is none.
    Settled,
}

/// An address that is to be a user's.
#[derive(Clone, Debug, Serialize)]
pub struct EmailPending {
    /// It.
    pub email: String,
    /// It comes to nothing from then on (RFC 3339).
    pub ends_at: String,
    /// Whether it was confirmed there.
    pub reached: bool,
    /// What it waits for from the present one.
    pub old: OldState,
    /// Who asked for it, for who manages users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<UserId>,
    /// Who said that the present one is out of reach, for who manages users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost_by: Option<UserId>,
}

impl EmailPending {
    /// As its user sees it: without who works here.
    pub(crate) fn own(doc: EmailChangeDoc) -> Self {
        let old = match doc.old {
            OldAddress::Unconfirmed => OldState::Unasked,
            OldAddress::Awaited => OldState::Awaited,
            OldAddress::Confirmed => OldState::Confirmed,
            OldAddress::Lost { second: Second::Awaited, .. } => OldState::Second,
            OldAddress::Lost { .. } => OldState::Settled,
        };
        let (ends_at, reached) = (doc.ends_at.rfc3339(), doc.reached);
        Self { email: doc.to, ends_at, reached, old, asked_by: None, lost_by: None }
    }

    /// As who manages users sees it.
    pub(crate) fn managed(doc: EmailChangeDoc) -> Self {
        let lost_by = match doc.old {
            OldAddress::Lost { by, .. } => Some(by),
            _ => None,
        };
        Self { asked_by: Some(doc.asked_by), lost_by, ..Self::own(doc) }
    }
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

    pub(crate) async fn email_state(&self, user: &User) -> Result<EmailState> {
        let pending = self.open_change(user).await?.map(|change| EmailPending::own(change.doc));
        let confirmed = has_confirmed(&self.0.store, &self.0.vault, user).await?;
        Ok(EmailState { email: user.doc.email.clone(), confirmed, pending })
    }

    /// What is under way of this user, if it still waits.
    pub(crate) async fn open_change(&self, user: &User) -> Result<Option<EmailChange>> {
        let change = email_change(&self.0.store, &self.0.vault, user.doc.id).await?;
        Ok(change.filter(|change| change.doc.is_open(user, self.now())))
    }

    /// Sends a letter to an address, so that it can be confirmed; if it is not the caller's present one, another
    /// letter goes there, by which it is confirmed or refused.
    ///
    /// # Errors
    /// Forbidden for a token; no address; conflict where no mail leaves, or if the present address can still be
    /// refused; too many, with the time to wait.
    pub async fn ask_email(&self, caller: &Caller, email: &str, mails: bool) -> Result<Released<EmailState>> {
        self.not_by_token(caller).await?;
        if !mails {
            return Err(Fault::new(FaultKind::Conflict, NO_MAIL));
        }
        let email = an_address(email)?;
        let held = self.administer().await?;
        let user = self.stored_user(caller.actor.user).await?;
        let event = self.email_asked(self.event(caller, Act::EmailAsk), &user, &email)?;
        let mut batch = Batch::new(event);
        let jobs = self.begin_email(&mut batch, &user, &email, caller.actor.user).await?;
        let done = self.commit_admin(batch, &held).await;
        let receipt = self.posted_all(&jobs, done).await?;
        let state = self.email_state(&user).await?;
        Ok(Masked::new(state).release(&receipt))
    }

    /// The event of asking for an address, with its detail.
    pub(crate) fn email_asked(&self, mut event: Event, user: &User, email: &str) -> Result<Event> {
        let ends_at = self.now().plus_ms(CONFIRM_MS).rfc3339();
        let about = json!({ "user": user.doc.id, "ends_at": ends_at, "another": email != user.doc.email });
        self.set_detail(&mut event, &about)?;
        Ok(event)
    }

    /// Puts into a batch that an address is to be a user's, with its letters, whose jobs come back.
    ///
    /// # Errors
    /// Conflict if the present address can still be refused; too many, with the time to wait.
    pub(crate) async fn begin_email(
        &self,
        batch: &mut Batch,
        user: &User,
        email: &str,
        by: UserId,
    ) -> Result<Vec<JobId>> {
        let (store, vault, now) = (&self.0.store, &self.0.vault, self.now());
        let moves = email != user.doc.email;
        self.may_move(user, moves, by).await?;
        let last = self.may_ask(user).await?;
        let confirmed = has_confirmed(store, vault, user).await?;
        let (asks, ends_at) = (moves && confirmed, now.plus_ms(CONFIRM_MS));
        let open = last.as_ref().filter(|last| now < last.doc.asked_at.plus_ms(CONFIRM_MS));
        let change = EmailChangeDoc {
            user: user.doc.id,
            from: user.doc.email.clone(),
            to: email.to_owned(),
            asked_by: by,
            asked_at: now,
            ends_at,
            password_at: user.doc.password_at,
            unused: open.map_or(0, |last| last.doc.unused.saturating_add(1)),
            reached: false,
            old: if asks { OldAddress::Awaited } else { OldAddress::Unconfirmed },
        };
        batch.docs.push(put_email_change(vault, now, &change, last.as_ref())?);
        let until = ends_at.plus_ms(REFUSE_MS);
        let mut links = vec![(Purpose::Email, ends_at, Letter::EmailConfirm { ends_at })];
        if moves {
            let letter = if asks { Letter::EmailAgree { ends_at } } else { Letter::EmailAsked { until } };
            links.push((Purpose::EmailRefusal, until, letter));
        }
        let mut jobs = Vec::new();
        for (purpose, until, letter) in links {
            let other = Some(email.to_owned());
            let doc = LinkDoc { other, confirmed, ..LinkDoc::of(user, purpose, true, (now, until)) };
            let made = self.new_link(user, &doc, letter).await;
            let (_, write, letter) = self.posted_all(&jobs, made).await?;
            batch.docs.push(write);
            jobs.extend(letter.as_ref().map(Posting::job));
            batch.jobs.extend(letter.map(|p| p.add));
        }
        Ok(jobs)
    }

    /// Takes another address out of a change, if somebody has to confirm it first; it comes back. Whoever has no way in
    /// yet, and was never reached, has it set at once, as when the account was made: the invitation confirms it.
    ///
    /// # Errors
    /// No address; conflict for whoever may do nothing, and so cannot confirm one.
    pub(crate) async fn to_be_confirmed(
        &self,
        user: &User,
        change: &mut UserChange,
    ) -> Result<Option<String>> {
        let Some(email) = change.email.as_deref() else { return Ok(None) };
        let (email, doc) = (an_address(email)?, &user.doc);
        if email == doc.email {
            return Ok(None);
        }
        if !has_confirmed(&self.0.store, &self.0.vault, user).await? && doc.password.is_none() {
            let none = self.accounts(doc.id).await?.is_empty();
            if none && !self.comes_in(&Profile::from(user.clone()), None).await? {
                return Ok(None);
            }
        }
        let active = change.active.unwrap_or(doc.active);
        if !active || change.ends_at.is_none() && doc.ends_at.is_some_and(|end| end <= self.now()) {
            return Err(Fault::new(FaultKind::Conflict, GONE));
        }
        change.email = None;
        Ok(Some(email))
    }

    /// Whether this address may move on: not while the one before can still refuse. Otherwise whoever took a session
    /// over could move on, out of its reach. One that was never confirmed keeps nobody who manages users from it.
    async fn may_move(&self, user: &User, moves: bool, by: UserId) -> Result<()> {
        let refusal = self.link_of(user, Purpose::EmailRefusal).await?.map(|link| link.doc);
        let refusal = refusal.filter(|link| link.is_good(user, self.now()) && link.email != user.doc.email);
        match refusal {
            Some(link) if moves && (link.confirmed || by == user.doc.id) => {
                Err(Fault::new(FaultKind::Conflict, JUST_CHANGED))
            }
            _ => Ok(()),
        }
    }

    /// Whether another letter may go out now; gives what was asked for before, whatever became of it.
    async fn may_ask(&self, user: &User) -> Result<Option<EmailChange>> {
        let last = email_change(&self.0.store, &self.0.vault, user.doc.id).await?;
        if let Some(EmailChange { doc, .. }) = &last {
            let wait = doc.asked_at.plus_ms(pause_ms(doc.unused)).0 - self.now().0;
            if wait > 0 {
                let seconds = u32::try_from(wait / 1_000 + 1).unwrap_or(u32::MAX);
                return Err(Fault::new(FaultKind::TooMany, SENT_JUST_NOW).retry_after_s(seconds));
            }
        }
        Ok(last)
    }

    /// Takes back what is under way of the caller's address.
    ///
    /// # Errors
    /// Forbidden for a token; not found if there is nothing.
    pub async fn withdraw_email(&self, caller: &Caller) -> Result<()> {
        self.not_by_token(caller).await?;
        let held = self.administer().await?;
        let user = self.stored_user(caller.actor.user).await?;
        let change = self.open_change(&user).await?.ok_or_else(Fault::not_found)?;
        let mut event = self.event(caller, Act::EmailAsk);
        self.set_detail(&mut event, &json!({ "withdrawn": true }))?;
        let mut batch = Batch::new(event);
        self.end_email(&mut batch, &user, &change).await?;
        self.commit_admin(batch, &held).await.map(drop)
    }

    /// Puts into a batch that a change comes to nothing: no link of it is good any more, and nothing is left to refuse.
    /// It is kept, so that the next letter waits as long as it would have.
    pub(crate) async fn end_email(&self, batch: &mut Batch, user: &User, change: &EmailChange) -> Result<()> {
        let now = self.now();
        let ended = EmailChangeDoc { ends_at: now, ..change.doc.clone() };
        batch.docs.push(put_email_change(&self.0.vault, now, &ended, Some(change))?);
        for purpose in [Purpose::Email, Purpose::EmailRefusal] {
            let link = self.link_of(user, purpose).await?.filter(|link| is_of(&link.doc, &change.doc));
            batch.docs.extend(link.map(|link| link.removal()));
        }
        Ok(())
    }

    pub(crate) fn tell_of(&self, user: UserId, what: Changed, by: Who) -> Result<DocWrite> {
        self.0.identity.tell_of_change(&self.directory(), user, what, by)
    }

    /// A user's link of this kind, good or not.
    pub(crate) async fn link_of(&self, user: &User, purpose: Purpose) -> Result<Option<Link>> {
        let id = link_id(&self.0.vault, purpose, user.doc.id);
        let doc = self.0.store.doc(DocKind::Link, id).await?;
        doc.map(|doc| Link::open(&self.0.vault, &doc)).transpose()
    }
}

/// Whether a link is of this change.
pub(crate) fn is_of(link: &LinkDoc, change: &EmailChangeDoc) -> bool {
    link.made_at == change.asked_at && link.email == change.from && link.other.as_ref() == Some(&change.to)
}

/// The address as it is kept.
pub(crate) fn an_address(text: &str) -> Result<String> {
    schema::email(text).map_err(|_| malformed())
}

const NO_MAIL: Text = Text::of(
    "Nie ustawiono serwera poczty, więc adresu nie da się potwierdzić. Zmieni go administrator.",
    "No mail server is set, so no address can be confirmed. An administrator can change it.",
);
const GONE: Text = Text::of(
    "Adres musi potwierdzić jego posiadacz, a to konto jest zawieszone. Najpierw przywróć mu dostęp.",
    "The user must confirm an address, and this account is suspended. Give it access again first.",
);
const JUST_CHANGED: Text = Text::of(
    "Adres zmieniono niedawno i z poprzedniego można to jeszcze odrzucić. Poczekaj, aż minie tydzień od zmiany.",
    "The address was changed a short while ago, and that can still be refused from the one before. Wait until a week has passed since the change.",
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
