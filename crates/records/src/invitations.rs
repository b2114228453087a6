//! Invitations: a link by which somebody chooses a first password, or links an account at a provider.

use crate::post::Posting;
use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use identity::{Changed, Link, LinkDoc, Purpose, User, give_password, link_id};
use kernel::{Fault, FaultKind, FieldIssue, Result, Text, UserId};
use ledger::{Act, Event, Who};
use mail::Letter;
use serde::Deserialize;
use serde_json::json;
use store::{Batch, DocKind, DocWrite};
use zeroize::Zeroizing;

/// Days for which an invitation is good, unless other are asked for, and at most.
const DAYS: (u32, u32) = (3, 14);

const LEFT: Text = Text::of(
    "Data odejścia tej osoby już minęła, więc zaproszenie nic by nie dało. Najpierw aktywuj konto: to usuwa tę datę. Potem zaproś.",
    "The leaving date of this person has passed, so an invitation would be of no use. Activate the account first, which removes that date, and then invite.",
);
const SUSPENDED: Text = Text::of(
    "Konto tej osoby jest zawieszone, więc zaproszenie nic by nie dało. Najpierw aktywuj konto, potem zaproś.",
    "The account of this person is suspended, so an invitation would be of no use. Activate the account first, and then invite.",
);
const HAS_PASSWORD: Text = Text::of(
    "Ta osoba ma już hasło, którym się loguje. Jeśli ma wybrać inne, najpierw odbierz jej to hasło, potem zaproś.",
    "This person has a password already and signs in with it. If another is to be chosen, take that one away first, and then invite.",
);

/// For how long somebody is invited.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Invite {
    /// Days, 1 to 14; 3 if absent.
    pub days: Option<u32>,
}

impl Invite {
    fn seconds(self) -> Result<i64> {
        let days = self.days.unwrap_or(DAYS.0);
        if (1..=DAYS.1).contains(&days) {
            return Ok(i64::from(days) * 86_400);
        }
        Err(Fault::fields(vec![FieldIssue {
            field: "days".into(),
            code: "out-of-range".into(),
            reason: Text::of("Zaproszenie działa od 1 do 14 dni.", "An invitation is good for 1 to 14 days."),
            example: Some("3".into()),
        }]))
    }
}

/// What became of an invitation.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Good until (RFC 3339).
    pub ends_at: String,
    /// The secret of the link, if it was not mailed.
    pub secret: Option<Zeroizing<String>>,
}

impl Engine {
    /// Invites a user who has no password that counts, also anew: an earlier link is good no more. `mails` says whether
    /// the link is mailed; otherwise it is given back. A password of before that counts no more, where people sign in
    /// through providers alone, is taken away, with the sessions and tokens of that user: it is not to come back to
    /// life beside what the invitation leads to.
    ///
    /// # Errors
    /// Forbidden, also for a token; not found; conflict if the user may do nothing, or has a password that counts.
    pub async fn invite(
        &self,
        caller: &Caller,
        id: UserId,
        invite: Invite,
        mails: bool,
    ) -> Result<Released<Invited>> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        // Whoever sees the link can sign in with it: a token would outlive its end.
        self.not_by_token(caller).await?;
        let roles = caller.policy.members.get(&id).map(|m| m.roles.clone()).unwrap_or_default();
        self.within_own(caller, &roles).await?;
        let held = self.administer().await?;
        let user = self.stored_user(id).await?;
        // Once more: the user, or a role of the user's, may have got more rights meanwhile.
        self.within_own(caller, &user.doc.roles).await?;
        self.may_be_invited(&user)?;
        let has_password = user.doc.password.is_some();
        let (user, taken) = match has_password {
            true => give_password(&self.0.vault, self.now(), &user, None)
                .map(|(user, write)| (user, Some(write)))?,
            false => (user, None),
        };
        let (invited, write, posting) = self.invitation(&user, invite, mails).await?;
        let mut event = self.event(caller, Act::InvitationCreate);
        self.set_detail(&mut event, &json!({ "user": id, "ends_at": invited.ends_at, "mailed": mails }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(write);
        let job = posting.as_ref().map(Posting::job);
        batch.jobs.extend(posting.map(|p| p.add));
        let done = match taken {
            None => self.commit_admin(batch, &held).await,
            Some(write) => {
                let mut event = Event { id: self.id(), act: Act::PasswordChange, ..batch.event().clone() };
                self.set_detail(&mut event, &json!({ "user": id, "taken": true }))?;
                batch.more_events.push(event);
                let told = self.tell_of(id, Changed::PasswordTaken, Who::User(caller.actor.user))?;
                batch.docs.extend([write, told]);
                self.commit_ending(batch, id, &held).await
            }
        };
        let receipt = self.posted(job, done).await?;
        Ok(Masked::new(invited).release(&receipt))
    }

    /// Whoever may do nothing could not use an invitation, and whoever signs in with a password needs none.
    fn may_be_invited(&self, user: &User) -> Result<()> {
        let (doc, now) = (&user.doc, self.now());
        let why = match doc.ends_at {
            Some(end) if end <= now => LEFT,
            _ if !doc.active => SUSPENDED,
            _ if doc.password.is_some() && self.password_counts(&doc.login) => HAS_PASSWORD,
            _ => return Ok(()),
        };
        Err(Fault::new(FaultKind::Conflict, why))
    }

    /// What invites this user, to be written.
    pub(crate) async fn invitation(
        &self,
        user: &User,
        invite: Invite,
        mails: bool,
    ) -> Result<(Invited, DocWrite, Option<Posting>)> {
        let now = self.now();
        let ends_at = now.plus_s(invite.seconds()?);
        let doc = LinkDoc::of(user, Purpose::Invitation, mails, (now, ends_at));
        let (secret, write, posting) = self.new_link(user, &doc, Letter::Invitation { ends_at }).await?;
        Ok((Invited { ends_at: ends_at.rfc3339(), secret }, write, posting))
    }

    /// Withdraws an invitation.
    ///
    /// # Errors
    /// Forbidden; not found if there is none.
    pub async fn withdraw_invitation(&self, caller: &Caller, id: UserId) -> Result<()> {
        self.admin(caller, Thing::Users, Verb::Manage).await?;
        let link = link_id(&self.0.vault, Purpose::Invitation, id);
        let doc = self.0.store.doc(DocKind::Link, link).await?.ok_or_else(Fault::not_found)?;
        let mut event = self.event(caller, Act::InvitationWithdraw);
        self.set_detail(&mut event, &json!({ "user": id }))?;
        let mut batch = Batch::new(event);
        batch.docs.push(Link::open(&self.0.vault, &doc)?.removal());
        self.0.store.commit(batch).await.map(drop)
    }
}
