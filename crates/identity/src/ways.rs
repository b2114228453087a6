//! What users sign in by, as the operator set it up: passwords of everybody or of one account, and providers. A session
//! that was begun by what does not count any more is none.

use crate::factor::Pending;
use crate::sign_on::Origin;
use crate::users::User;
use crate::{ACCOUNTS, Directory, Identity, Profile, Session};
use access::{Thing, Verb};
use kernel::{Fault, Result, SessionId, Text, Time, UserId};
use ledger::{Act, Outcome, Who};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use store::{Batch, SessionKind, SessionWrite};

/// Ended sessions that one event tells of.
const PER_EVENT: usize = 200;

/// What users sign in by.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    /// The one user who signs in with a password; everybody if absent.
    pub emergency: Option<String>,
    /// Issuers of the providers.
    pub issuers: Vec<String>,
    /// The names that the server is asked under: passkeys that are bound to others are no way in.
    pub names: Vec<String>,
    /// What counts here as a second factor, by issuer; nothing of one that is not named.
    pub factors: BTreeMap<String, Strength>,
}

/// What a provider says of how somebody signed in there, or what of that counts as a second factor.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strength {
    /// Values of `acr`; a provider says one at most.
    pub acr: Vec<String>,
    /// Values of `amr` (RFC 8176).
    pub amr: Vec<String>,
}

impl Strength {
    /// Whether one of these is among those that count.
    fn is_among(&self, counting: &Self) -> bool {
        let one_of = |said: &[String], counts: &[String]| said.iter().any(|value| counts.contains(value));
        one_of(&self.acr, &counting.acr) || one_of(&self.amr, &counting.amr)
    }
}

impl Ways {
    pub(crate) fn folded(self) -> Self {
        Self { emergency: self.emergency.as_deref().map(crate::fold_login), ..self }
    }
}

impl Directory {
    /// Whether the user with this log-in name is one who can help where no provider works: may act and will not leave, has
    /// a password and manages users.
    #[must_use]
    pub fn can_help(&self, login: &str, now: Time) -> bool {
        let able = self.holders(Thing::Users, Verb::Manage, now);
        let fit = |user: &Profile| user.has_password && user.ends_at.is_none() && able.contains(&user.id);
        self.by_login(login).is_some_and(fit)
    }
}

impl Identity {
    /// Holds sessions to the rules of now. To be called whenever the directory is another one.
    pub fn heed(&self, directory: &Directory) {
        let bound = directory.users.values().filter(|user| user.bounds.has_limits());
        let shorter = bound.map(|user| (user.id, user.bounds.within(self.0.limits))).collect();
        *self.0.shorter.write().unwrap_or_else(PoisonError::into_inner) = shorter;
        let helper = self.0.ways.emergency.as_ref().and_then(|login| directory.by_login(login));
        *self.0.helper.write().unwrap_or_else(PoisonError::into_inner) = helper.map(|user| user.id);
    }

    pub(crate) fn lives(&self, session: &Session) -> bool {
        session.lives(self.0.clock.now(), &self.limits_of(session.user)) && self.counts(session)
    }

    pub(crate) fn goes_on(&self, session: &Session) -> bool {
        !session.is_over(self.0.clock.now(), &self.limits_of(session.user)) && self.counts(session)
    }

    /// The emergency account, where passwords do not count but its own.
    #[must_use]
    pub fn helper(&self) -> Option<UserId> {
        *self.0.helper.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what a session was begun by still is a way to sign in.
    fn counts(&self, session: &Session) -> bool {
        let helps = || self.helper() == Some(session.user);
        match &session.origin {
            // It is no way to sign in; whether the factor of its origin counts is asked elsewhere.
            _ if session.kind == SessionKind::Token => true,
            Some(origin) => self.knows_issuer(&origin.issuer),
            None => self.0.ways.emergency.is_none() || helps(),
        }
    }

    /// Whether the settings name a provider with this issuer.
    #[must_use]
    pub fn knows_issuer(&self, issuer: &str) -> bool {
        self.0.ways.issuers.iter().any(|known| known == issuer)
    }

    /// Whether what was begun for a user is as good as then, and by what still is a way to sign in.
    pub(crate) fn still_fits(&self, pending: &Pending, user: &User) -> bool {
        let way = match pending.origin() {
            Some(origin) => self.knows_issuer(&origin.issuer),
            None => self.password_counts(&user.doc.login),
        };
        way && pending.fits(user, self.0.clock.now())
    }

    /// Ends the sessions that were begun by what is no way to sign in any more, since the settings are others now; says
    /// how many. Nobody was let in by them before this, either.
    ///
    /// # Errors
    /// Storage's.
    pub async fn end_uncounted(&self) -> Result<usize> {
        let _held = self.0.writes.lock().await;
        let ended = self.0.cache.find(|s| !self.counts(s));
        let source = self.0.source();
        let tell = |some: &[Arc<Session>]| {
            let users: Vec<UserId> = some.iter().map(|s| s.user).collect();
            let issuers: Vec<_> = some.iter().map(|s| s.origin.as_ref().map(|o| &o.issuer)).collect();
            let detail = json!({
                "reason": "not-in-settings", "issuers": issuers, "users": users, "count": some.len(),
            });
            source.event(Who::System, SessionId::NIL, Act::SignOnEnd, Outcome::Done, &detail)
        };
        for some in ended.chunks(PER_EVENT) {
            let mut batch = Batch::new(tell(some)?);
            batch.sessions.extend(some.iter().map(|s| SessionWrite::End(s.id)));
            some.iter().for_each(|session| self.0.cache.take_one(session.id));
            self.0.store.commit(batch).await?;
        }
        Ok(ended.len())
    }

    /// Whose a session is, if it has not ended.
    #[must_use]
    pub fn user_in(&self, session: SessionId) -> Option<UserId> {
        self.0.cache.get(session).filter(|session| self.lives(session)).map(|session| session.user)
    }

    /// Whether a session was begun or confirmed at a provider that asked for a factor that counts here, or a token was
    /// made in one.
    #[must_use]
    pub fn factor_elsewhere(&self, session: SessionId) -> bool {
        let found = self.0.cache.get(session);
        found.is_some_and(|session| session.origins().any(|origin| self.factor_counts(origin)))
    }

    /// Through which accounts at providers a session's user proved to be there since it was begun, with another one. The
    /// factor of an account that counts stays: who is asked for less the next time loses nothing.
    pub(crate) fn proofs_with(&self, session: &Session, new: Option<&Origin>) -> Vec<Origin> {
        let mut proofs = session.proofs.clone();
        let Some(new) = new else { return proofs };
        let mut new = new.clone();
        let is_same = |old: &Origin| old.issuer == new.issuer && old.subject == new.subject;
        if let Some(at) = proofs.iter().position(is_same) {
            let old = proofs.remove(at);
            if self.factor_counts(&old) && !self.factor_counts(&new) {
                new.strength = old.strength;
            }
        }
        proofs.push(new);
        // No user has more accounts than this at once.
        proofs.drain(..proofs.len().saturating_sub(ACCOUNTS as usize));
        proofs
    }

    /// Whether the provider asked for a factor that counts here, as the settings say now and not as they did then.
    pub(crate) fn factor_counts(&self, origin: &Origin) -> bool {
        self.0.ways.factors.get(&origin.issuer).is_some_and(|counting| origin.strength.is_among(counting))
    }

    /// Whether a user's password counts: everybody's, or that of the emergency account alone.
    pub(crate) fn may_by_password(&self, user: &User) -> bool {
        user.doc.may_act(self.0.clock.now()) && self.password_counts(&user.doc.login)
    }

    /// Why a name and a password are refused, for the ledger: whoever tried hears no difference.
    pub(crate) fn why_refused(&self, user: Option<&User>) -> &'static str {
        match user.map(|user| &user.doc) {
            None => "unknown-name",
            Some(doc) if !doc.may_act(self.0.clock.now()) => doc.gone(self.0.clock.now()),
            Some(doc) if !self.password_counts(&doc.login) => "provider-only",
            Some(doc) if doc.password.is_none() => "no-password",
            Some(_) => "wrong",
        }
    }

    /// Whether the password of whoever has this log-in name counts: everybody's, or the emergency account's alone.
    #[must_use]
    pub fn password_counts(&self, login: &str) -> bool {
        self.0.ways.emergency.as_ref().is_none_or(|emergency| crate::fold_login(login) == *emergency)
    }

    /// Whether this log-in name is that of the emergency account.
    #[must_use]
    pub fn is_emergency(&self, login: &str) -> bool {
        self.0.ways.emergency.is_some() && self.password_counts(login)
    }

    /// Refuses where passwords do not count and the emergency account could not help: it is there, not suspended, has
    /// a password and manages users.
    ///
    /// # Errors
    /// Invalid, with what to do.
    pub fn check_emergency(&self, directory: &Directory) -> Result<()> {
        let Some(login) = &self.0.ways.emergency else { return Ok(()) };
        if directory.can_help(login, self.0.clock.now()) {
            return Ok(());
        }
        Err(Fault::invalid(Text::new(
            format!(
                "[sign_on] only = true: konto awaryjne ({login}) musi istnieć, nie być zawieszone i nie mieć daty odejścia, a mieć hasło i rolę, która pozwala zarządzać użytkownikami. Ustaw only = false, uruchom serwer, popraw to konto w Administracji i dopiero potem ustaw only = true."
            ),
            format!(
                "[sign_on] only = true: the emergency account ({login}) must exist, not be suspended and have no date of leaving, and have a password and a role that lets it manage users. Set only = false, start the server, mend that account in Administration, and set only = true again only then."
            ),
        )))
    }
}
