//! The second step of signing in.

use super::ceremony::{Begun, Pending, Purpose};
use super::verify::{Proof, Used};
use super::{FactorKind, usable};
use crate::login::{TRIES, busy, not_begun};
use crate::notice::{Guess, Tried};
use crate::session::NewSession;
use crate::sign_on::Origin;
use crate::strange::Stranger;
use crate::users::User;
use crate::{Client, Directory, Identity};
use kernel::{Fault, FaultKind, Result, SessionId};
use ledger::Event;
use std::sync::Arc;
use store::DocWrite;

/// What a right password leads to.
pub enum SignIn {
    /// A session: the user has no factor.
    Done(NewSession),
    /// A factor is awaited.
    Pending(Begun),
}

impl Identity {
    /// After the right password of a user who has factors, or as the right account at a provider: begins the second step.
    pub(crate) async fn ask_for_factor(
        &self,
        directory: &Directory,
        user: &User,
        client: &Client,
        origin: Option<Origin>,
    ) -> Result<Begun> {
        let factors = self.usable_by(directory, user).await?;
        let (asked, passkey) = self.ask_for_passkey(user.doc.id, &factors, client).await?.unzip();
        let purpose = Purpose::SignIn(asked.map(Box::new), origin.map(Box::new));
        let stranger = self.is_strange(user, client).then(|| Stranger::of(client));
        let secret = self.begin_ceremony_of(Some(user), SessionId::NIL, purpose, stranger).await?;
        Ok(Begun { secret, factors, passkey })
    }

    /// What of a user's factors can be used now.
    pub(crate) async fn usable_by(&self, directory: &Directory, user: &User) -> Result<Vec<FactorKind>> {
        let need = directory.factor_state(user.doc.id, self.0.clock.now()).need;
        let (held, passkeys) = (self.factors_held(user.doc.id).await?, self.passkeys(user.doc.id).await?);
        let served = passkeys.names(user.doc.id).iter().any(|name| self.ways().serves(name));
        Ok(usable(need, held, served))
    }

    /// The log-in name of whoever began a sign-in with this secret; empty if nobody did.
    ///
    /// # Errors
    /// Storage's.
    pub async fn login_of_pending(&self, directory: &Directory, secret: &str) -> Result<String> {
        let user = self.pending(secret).await?.and_then(|pending| pending.user());
        Ok(user.and_then(|user| directory.users.get(&user)).map(|u| u.login.clone()).unwrap_or_default())
    }

    /// Whether this is the answer to a question for a passkey: right or wrong, there is no second one.
    ///
    /// # Errors
    /// Storage's.
    pub async fn awaits_passkey(&self, secret: &str, proof: &Proof) -> Result<bool> {
        if !matches!(proof, Proof::Passkey(_)) {
            return Ok(false);
        }
        let pending = self.pending(secret).await?;
        Ok(pending
            .is_some_and(|p| matches!(p.purpose(), Purpose::SignIn(Some(_), _) | Purpose::Passwordless(_))))
    }

    /// Finishes signing in with a factor. A wrong code counts as a wrong password does; what was begun stays, so
    /// that another can be typed. What was begun is over with a wrong passkey, which is no guess and is not counted.
    ///
    /// # Errors
    /// Unauthenticated, whatever the reason; too many, with the time to wait; forbidden where the user may not work
    /// from.
    pub async fn finish_sign_in(
        &self,
        directory: Arc<Directory>,
        secret: &str,
        proof: Proof,
        client: &Client,
    ) -> Result<NewSession> {
        let (this, secret, client) =
            (self.clone(), zeroize::Zeroizing::new(secret.to_owned()), client.clone());
        // To its end also if the caller goes away: hanging up escapes no count.
        let task = tokio::spawn(async move { this.second_step(&directory, &secret, &proof, &client).await });
        task.await.map_err(|e| Fault::bug(format!("log-in: {e}")))?
    }

    async fn second_step(
        &self,
        directory: &Directory,
        secret: &str,
        proof: &Proof,
        client: &Client,
    ) -> Result<NewSession> {
        if let Proof::Passkey(shown) = proof {
            return self.sign_in_by_passkey(directory, secret, shown, client).await;
        }
        let pending = self.pending(secret).await?.filter(|p| matches!(p.purpose(), Purpose::SignIn(..)));
        let Some((pending, id)) = pending.and_then(|p| p.user().map(|id| (p, id))) else {
            return Err(self.nothing_begun(client).await);
        };
        let user = self.user_now(id).await?;
        if !self.still_fits(&pending, &user) {
            return Err(self.nothing_begun(client).await);
        }
        self.check_allowed(directory, &user, client).await?;
        let open = self.open_attempt(directory, &user.doc.login, client).await?;
        let factors = self.usable_by(directory, &user).await?;
        let mut wrong = false;
        for _ in 0..TRIES {
            let _held = self.0.writes.lock().await;
            let Some(used) = self.check_code(id, &factors, proof).await? else {
                wrong = true;
                break;
            };
            if self.pending(secret).await?.is_none() {
                return Err(self.nothing_begun(client).await);
            }
            let mut docs = vec![pending.removal()];
            docs.extend(self.0.attempts.succeeded(&open).await?);
            match self.start_with(&user, &pending, used, proof.kind(), docs, (directory, client)).await {
                // Another server was faster, perhaps with the same code: that shows when it is looked at again.
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => return done,
            }
        }
        if !wrong {
            return Err(busy());
        }
        let (login, user, known) = (user.doc.login.as_str(), Some(id), open.is_known());
        let (guess, reason) = (Guess::Code, "wrong-code");
        Err(self.wrong(directory, &open, &Tried { login, user, client, known, guess, reason }).await)
    }

    async fn start_with(
        &self,
        user: &User,
        pending: &Pending,
        used: Used,
        kind: FactorKind,
        mut docs: Vec<DocWrite>,
        from: (&Directory, &Client),
    ) -> Result<NewSession> {
        let user_now = self.user_now(user.doc.id).await?;
        if !self.still_fits(pending, &user_now) {
            return Err(Fault::stale());
        }
        let mut events = Vec::new();
        docs.push(used.put);
        self.tell_of_code(user, from.1, used.left, &mut docs, &mut events)?;
        self.start(user, from, (Some(kind), pending.origin()), docs, events).await
    }

    /// Tells a user of the use of a recovery code, of which so many are left.
    pub(crate) fn tell_of_code(
        &self,
        user: &User,
        client: &Client,
        left: Option<usize>,
        docs: &mut Vec<DocWrite>,
        events: &mut Vec<Event>,
    ) -> Result<()> {
        let Some(left) = left else { return Ok(()) };
        let (source, whence) = (self.0.source(), self.whence(client, self.0.clock.now()));
        let (told, event) = super::told::code_used(&source, user.doc.id, left, &whence)?;
        docs.extend(told);
        events.push(event);
        Ok(())
    }

    /// Writes down that somebody tried to finish what was not begun, is over or was finished.
    pub(super) async fn nothing_begun(&self, client: &Client) -> Fault {
        match self.refusal("", None, client, "nothing-begun") {
            Ok(event) => self.0.store.record_event(event).await.map_or_else(|fault| fault, |_| not_begun()),
            Err(fault) => fault,
        }
    }
}
