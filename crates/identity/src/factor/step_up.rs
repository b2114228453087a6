//! Proving anew to be there, before what must not be done with a session that somebody else got hold of.

use super::FactorKind;
use super::ceremony::{Begun, Purpose};
use super::verify::Proof;
use crate::device::Device;
use crate::login::{TRIES, busy, not_begun, refused};
use crate::notice::{Guess, Tried};
use crate::service::by_session;
use crate::session::{NewSession, Renewal, unauthenticated};
use crate::sign_on::{Origin, find_account};
use crate::{Client, Directory, Identity};
use access::Actor;
use kernel::{Fault, FaultKind, Result, SessionId, Time};
use ledger::{Act, Outcome, Who};
use serde_json::json;
use std::sync::Arc;
use store::{Batch, DocWrite, SessionKind, SessionWrite};

/// What was shown to prove to be there.
struct Shown {
    /// As events say it.
    by: &'static str,
    /// When that was.
    at: Time,
    /// Through which account at a provider, if through one.
    origin: Option<Origin>,
}

/// How long a proof holds, in milliseconds.
pub const FRESH_MS: i64 = 5 * 60_000;

impl Identity {
    /// What a user proves anew by: a factor, or the password for whoever has none. Nothing for whoever has neither, or
    /// whose password does not count: such a user signs in anew through a provider.
    ///
    /// # Errors
    /// Storage's.
    pub async fn step_up_by(&self, directory: &Directory, actor: &Actor) -> Result<Vec<FactorKind>> {
        let user = self.user_now(actor.user).await?;
        let factors = self.usable_by(directory, &user).await?;
        let password = user.doc.password.is_some() && self.may_by_password(&user);
        Ok(if factors.is_empty() && password { vec![FactorKind::Password] } else { factors })
    }

    /// Begins to prove anew.
    ///
    /// # Errors
    /// Forbidden for a token; storage's.
    pub async fn begin_step_up(
        &self,
        directory: &Directory,
        actor: &Actor,
        client: &Client,
    ) -> Result<Begun> {
        by_session(actor)?;
        let user = self.user_now(actor.user).await?;
        let factors = self.step_up_by(directory, actor).await?;
        let (asked, passkey) = self.ask_for_passkey(actor.user, &factors, client).await?.unzip();
        let purpose = Purpose::StepUp(asked.map(Box::new));
        let secret = self.begin_ceremony(Some(&user), actor.session, purpose).await?;
        Ok(Begun { secret, factors, passkey })
    }

    /// Finishes: the session goes on under another secret. The one before is good for some seconds more, for requests
    /// under way, without what was proved.
    ///
    /// # Errors
    /// Unauthenticated, whatever the reason; too many, with the time to wait; forbidden for a token.
    pub async fn finish_step_up(
        &self,
        directory: Arc<Directory>,
        actor: &Actor,
        secret: &str,
        proof: Proof,
        client: &Client,
    ) -> Result<NewSession> {
        by_session(actor)?;
        let (this, actor, client) = (self.clone(), actor.clone(), client.clone());
        let secret = zeroize::Zeroizing::new(secret.to_owned());
        let task =
            tokio::spawn(async move { this.step_up(&directory, &actor, &secret, &proof, &client).await });
        task.await.map_err(|e| Fault::bug(format!("step-up: {e}")))?
    }

    async fn step_up(
        &self,
        directory: &Directory,
        actor: &Actor,
        secret: &str,
        proof: &Proof,
        client: &Client,
    ) -> Result<NewSession> {
        let begun = self.pending(secret).await?;
        let begun = begun.filter(|p| matches!(p.purpose(), Purpose::StepUp(_)) && p.is_of(actor.session));
        let user = self.user_now(actor.user).await?;
        let Some(pending) = begun.filter(|p| p.fits(&user, self.0.clock.now())) else {
            return Err(not_begun());
        };
        let login = &user.doc.login;
        // Nobody who tries elsewhere keeps from it who is signed in.
        let client = &self.in_session(actor, login, client);
        let factors = self.step_up_by(directory, actor).await?;
        if let Proof::Password(password) = proof {
            if !factors.contains(&FactorKind::Password) {
                return Err(refused());
            }
            let (open, _) = self.prove(directory, login, password, client).await?;
            let _held = self.0.writes.lock().await;
            let mut docs = vec![pending.removal()];
            docs.extend(self.0.attempts.succeeded(&open).await?);
            return self.renew(actor, &self.shown(proof), client, docs, Vec::new()).await;
        }
        if let Proof::Passkey(shown) = proof {
            let _held = self.0.writes.lock().await;
            return match self.step_up_by_passkey(directory, &pending, &user, shown, client).await? {
                Some(used) => {
                    let docs = vec![pending.removal(), used];
                    self.renew(actor, &self.shown(proof), client, docs, Vec::new()).await
                }
                None => Err(self.wrong_passkey(&pending, Some(actor.user), client).await),
            };
        }
        let open = self.open_attempt(directory, login, client).await?;
        let mut wrong = false;
        for _ in 0..TRIES {
            let _held = self.0.writes.lock().await;
            let Some(used) = self.check_code(user.doc.id, &factors, proof).await? else {
                wrong = true;
                break;
            };
            if self.pending(secret).await?.is_none() {
                return Err(not_begun());
            }
            let (mut docs, mut events) = (vec![pending.removal(), used.put], Vec::new());
            docs.extend(self.0.attempts.succeeded(&open).await?);
            self.tell_of_code(&user, client, used.left, &mut docs, &mut events)?;
            match self.renew(actor, &self.shown(proof), client, docs, events).await {
                // Another server was faster, perhaps with the same code: that shows when it is looked at again.
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => return done,
            }
        }
        if !wrong {
            return Err(busy());
        }
        let (user, known, guess) = (Some(user.doc.id), open.is_known(), Guess::CodeInSession);
        let reason = "wrong-code";
        Err(self.wrong(directory, &open, &Tried { login, user, client, known, guess, reason }).await)
    }

    fn shown(&self, proof: &Proof) -> Shown {
        Shown { by: proof.kind().code(), at: self.0.clock.now(), origin: None }
    }

    /// As [`Identity::finish_step_up`], for whoever has nothing to show here: the user proved to a provider to be there,
    /// through an account of the user's own. Nobody else is signed in by it, whoever the provider vouched for.
    ///
    /// # Errors
    /// Unauthenticated if the session has ended, the account is not the user's, or the user has a factor or a password
    /// to show; forbidden outside the networks and hours of the user.
    pub async fn step_up_at_provider(
        &self,
        directory: Arc<Directory>,
        session: SessionId,
        origin: Origin,
        client: &Client,
    ) -> Result<NewSession> {
        let found = self.0.cache.get(session).filter(|s| s.kind() == SessionKind::Session && self.lives(s));
        let actor = found.ok_or_else(unauthenticated)?.actor(self.0.clock.now());
        let user = self.user_now(actor.user).await?;
        if !user.doc.may_act(self.0.clock.now()) {
            return Err(unauthenticated());
        }
        let account = find_account(&self.0.store, &self.0.vault, &origin.issuer, &origin.subject).await?;
        let is_own = account.is_some_and(|account| account.doc.user == actor.user);
        if !is_own || !self.step_up_by(&directory, &actor).await?.is_empty() {
            let reason = if is_own { "own-proof" } else { "unlinked" };
            let event = self.refusal(&user.doc.login, Some(actor.user), client, reason)?;
            let _receipt = self.0.store.record_event(event).await?;
            return Err(refused());
        }
        self.check_allowed(&directory, &user, client).await?;
        let _held = self.0.writes.lock().await;
        if !self.unchanged(&user).await? {
            return Err(refused());
        }
        let shown = Shown { by: "provider", at: origin.proved_at(), origin: Some(origin) };
        self.renew(&actor, &shown, client, Vec::new(), Vec::new()).await
    }

    /// Gives a session another secret, and notes that its user was there now, in this browser; again if another server
    /// gave it one at the same moment. The caller holds the lock of writes.
    async fn renew(
        &self,
        actor: &Actor,
        shown: &Shown,
        client: &Client,
        mut docs: Vec<DocWrite>,
        mut events: Vec<ledger::Event>,
    ) -> Result<NewSession> {
        for _ in 0..TRIES {
            // What was proved is written the first time, and is used up then.
            let with = (std::mem::take(&mut docs), std::mem::take(&mut events));
            if let Some(new) = self.renew_once(actor, shown, client, with).await? {
                return Ok(new);
            }
        }
        Err(busy())
    }

    /// As [`Identity::renew`]; none if another server was faster.
    async fn renew_once(
        &self,
        actor: &Actor,
        shown: &Shown,
        client: &Client,
        (docs, events): (Vec<DocWrite>, Vec<ledger::Event>),
    ) -> Result<Option<NewSession>> {
        let inner = &self.0;
        let now = inner.clock.now();
        let found = inner.cache.get(actor.session).filter(|s| s.user == actor.user);
        let session = found.ok_or_else(unauthenticated)?;
        let device = Some(Device::of(&client.agent));
        let proofs = self.proofs_with(&session, shown.origin.as_ref());
        let renewal = Renewal { proved_at: shown.at.min(now), device, proofs };
        let (secret, row, next) = session.renewed(&inner.vault, &*inner.random, now, renewal)?;
        let detail = json!({ "factor": shown.by });
        let who = Who::User(actor.user);
        let event = inner.source().event(who, actor.session, Act::SessionStepUp, Outcome::Done, &detail)?;
        let mut batch = Batch::new(event);
        batch.more_events = events;
        batch.jobs = self.letters(actor.user, &docs)?;
        batch.docs = docs;
        batch.sessions.push(SessionWrite::Renew(row, session.hash));
        inner.store.commit(batch).await?;
        Ok(self.renewed_to(next).await?.map(|session| NewSession { secret, session }))
    }
}
