//! The service that the server talks to.

use crate::attempts::Attempts;
use crate::cache::Cache;
use crate::common::CommonPasswords;
use crate::event::Source;
use crate::factor::Ceremonies;
use crate::passwords::{Hasher, PasswordHash};
use crate::place::Places;
use crate::rights_use::number_of;
use crate::session::{Authenticated, Holds, Limits, Session, unauthenticated};
use crate::stand_in::stand_in;
use crate::ways::Ways;
use crate::weak::weaknesses;
use access::{Actor, AdminPermit, Thing, Verb};
use kernel::{Clock, Fault, FaultKind, IdSource, Random, Result, SessionId, Text, UserId, Zone};
use ledger::{Act, Event, Outcome, Who};
use serde_json::json;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::sync::{Arc, PoisonError, RwLock};
use store::{Batch, Committed, Doc, SessionKind, SessionWrite, Store};
use tokio::sync::Mutex;
use vault::Vault;

/// What the service is put together from.
pub struct Parts {
    /// The truth.
    pub store: Store,
    /// Keys.
    pub vault: Arc<Vault>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Hashes passwords.
    pub hasher: Hasher,
    /// What new passwords are compared to.
    pub common: CommonPasswords,
    /// How long sessions last.
    pub limits: Limits,
    /// In which country addresses are.
    pub places: Places,
    /// What users sign in by.
    pub ways: Ways,
    /// By whose clocks notices and letters tell times.
    pub zone: Zone,
    /// Whether mail leaves from here.
    pub mails: bool,
}

/// Log-ins, sessions and tokens. Cheap to clone.
#[derive(Clone)]
pub struct Identity(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub store: Store,
    pub vault: Arc<Vault>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub hasher: Hasher,
    /// Of nobody: opened for a name that nobody has, so that it costs what a user's does.
    pub stand_in: Doc,
    pub common: CommonPasswords,
    pub limits: Limits,
    pub places: Places,
    /// Of users whom rules hold to shorter ones.
    pub shorter: RwLock<HashMap<UserId, Limits>>,
    pub ways: Ways,
    pub zone: Zone,
    pub mails: bool,
    /// The emergency account, if there is one.
    pub helper: RwLock<Option<UserId>>,
    pub ids: IdSource,
    pub attempts: Attempts,
    pub cache: Cache,
    /// Whether the hash of a password was made anew, and nobody has been told yet.
    pub renewed: AtomicBool,
    pub ceremonies: Ceremonies,
    /// When last uses were last written for other servers, in milliseconds since 1970.
    pub told: AtomicI64,
    /// Held while sessions or attempts are written, so that memory and store agree and a session never
    /// begins beside the act that ends all of them.
    pub writes: Mutex<()>,
}

impl Inner {
    pub fn source(&self) -> Source<'_> {
        let Self { vault, ids, zone, .. } = self;
        Source { vault, clock: &*self.clock, random: &*self.random, ids, zone }
    }
}

impl Identity {
    /// Loads sessions and failed attempts.
    ///
    /// # Errors
    /// Storage's; corrupt if a session cannot be opened.
    pub async fn open(parts: Parts) -> Result<Self> {
        let Parts { store, vault, clock, random, hasher, common, limits, places, ways, zone, mails } = parts;
        let attempts = Attempts::load(store.clone(), vault.clone()).await?;
        let cache = Cache::default();
        for row in store.sessions().await? {
            cache.put(Arc::new(Session::open(&vault, row)?));
        }
        Ok(Self(Arc::new(Inner {
            ceremonies: Ceremonies::load(&store).await?,
            stand_in: stand_in(&vault, clock.now(), hasher.dummy().clone())?,
            store,
            vault,
            clock,
            random,
            hasher,
            common,
            limits,
            places,
            shorter: RwLock::default(),
            ways: ways.folded(),
            zone,
            mails,
            helper: RwLock::default(),
            ids: IdSource::new(),
            attempts,
            cache,
            renewed: AtomicBool::new(false),
            told: AtomicI64::new(i64::MIN),
            writes: Mutex::new(()),
        })))
    }

    /// By whose clocks times are told to users.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    /// How long sessions of a user last.
    #[must_use]
    pub fn limits_of(&self, user: UserId) -> Limits {
        let shorter = self.0.shorter.read().unwrap_or_else(PoisonError::into_inner);
        shorter.get(&user).copied().unwrap_or(self.0.limits)
    }

    /// Who acts with this secret: of a cookie ([`SessionKind::Session`]) or of an `Authorization` header
    /// ([`SessionKind::Token`]); the one is no good as the other. Whether the user may still do anything
    /// is for the policy to say.
    ///
    /// # Errors
    /// Unauthenticated, whatever the reason.
    pub fn authenticate(&self, kind: SessionKind, secret: &str) -> Result<Authenticated> {
        let known = self.peek(kind, secret)?;
        known.session.used_at(self.0.clock.now());
        Ok(known)
    }

    /// As [`Identity::authenticate`], without counting as a use of the session: for what a page does by
    /// itself, so that a page left open does not keep the session from ending.
    ///
    /// # Errors
    /// Unauthenticated, whatever the reason.
    pub fn peek(&self, kind: SessionKind, secret: &str) -> Result<Authenticated> {
        let now = self.0.clock.now();
        let found = self.0.cache.of_secret(kind, secret, now).filter(|(s, _)| self.lives(s));
        let (session, holds) = found.ok_or_else(unauthenticated)?;
        match holds {
            Holds::Present => session.settle(now),
            Holds::Before => {}
            Holds::Over => return Err(unauthenticated()),
        }
        let is_former = holds == Holds::Before;
        let is_fresh = !is_former && session.fresh_until() > now;
        Ok(Authenticated { actor: session.actor(now), session, is_fresh, is_former })
    }

    /// Whether a session has neither ended nor been ended.
    #[must_use]
    pub fn still(&self, session: &Session) -> bool {
        self.0.cache.get(session.id).is_some() && self.lives(session)
    }

    /// Sessions that have not ended.
    #[must_use]
    pub fn session_count(&self) -> usize {
        self.0.cache.find(|s| s.kind == SessionKind::Session && self.lives(s)).len()
    }

    /// Tokens of a user that have not ended.
    #[must_use]
    pub fn token_count(&self, user: UserId) -> usize {
        let live = |s: &Session| s.user == user && s.kind == SessionKind::Token && self.lives(s);
        self.0.cache.find(live).len()
    }

    /// Last uses of sessions that are not written yet, each at most once a minute: to be put into a batch
    /// that is committed anyway, such as that of the server's stop. Log-ins take them along too, and reads where
    /// other servers share the database. What a crash loses can only make a session end earlier.
    #[must_use]
    pub fn pending_seen(&self) -> Vec<SessionWrite> {
        self.last_uses(usize::MAX)
    }

    /// Whether what somebody acts through was neither ended nor has come to its end. A session that merely
    /// was not used for a while stands: work that was begun in it goes on.
    #[must_use]
    pub fn stands(&self, id: SessionId) -> bool {
        self.0.cache.get(id).is_some_and(|s| self.goes_on(&s))
    }

    /// Who acts through a session or token; nothing once it was ended or has come to its end.
    #[must_use]
    pub fn actor_of(&self, id: SessionId) -> Option<Actor> {
        self.0.cache.get(id).filter(|s| self.goes_on(s)).map(|s| s.actor(self.0.clock.now()))
    }

    /// The hash of a password that somebody is to get, if it is not weak. `about` as in
    /// [`weaknesses`]; `field` is what whoever sent it calls it.
    ///
    /// # Errors
    /// Invalid, with each reason; too many if the queue is full.
    pub async fn hash_new_password(
        &self,
        field: &str,
        password: &str,
        about: &[&str],
    ) -> Result<PasswordHash> {
        let mut issues = weaknesses(password, about, &self.0.common);
        if !issues.is_empty() {
            issues.iter_mut().for_each(|issue| issue.field = field.to_owned());
            return Err(Fault::fields(issues));
        }
        self.0.hasher.hash(password).await
    }

    /// Ends one's own session or token: this one, or another by its id.
    ///
    /// # Errors
    /// Not found if it is not one's own or has ended; forbidden for a token, except to end itself.
    pub async fn end(&self, actor: &Actor, id: SessionId) -> Result<()> {
        if id != actor.session {
            by_session(actor)?;
        }
        self.end_one(actor, actor.user, id, 0).await
    }

    /// Ends one session or token of a user.
    ///
    /// # Errors
    /// Not found if it is not that user's or has ended; storage's.
    pub async fn end_of(&self, permit: &AdminPermit, user: UserId, id: SessionId) -> Result<()> {
        self.allowed(permit, Verb::Manage)?;
        self.end_one(permit.actor(), user, id, number_of(Thing::Sessions)).await
    }

    /// Ends a token of a service account; that the caller may, and by what right, is for who calls this to know.
    ///
    /// # Errors
    /// Not found if it is not that account's or has ended; forbidden for a token; storage's.
    pub async fn end_service_token(
        &self,
        actor: &Actor,
        account: UserId,
        id: SessionId,
        by: Option<Thing>,
    ) -> Result<()> {
        by_session(actor)?;
        self.end_one(actor, account, id, by.map_or(0, number_of)).await
    }

    async fn end_one(&self, actor: &Actor, user: UserId, id: SessionId, over: u16) -> Result<()> {
        let held = self.0.writes.lock().await;
        let Some(session) = self.0.cache.get(id).filter(|s| s.user == user) else {
            drop(held);
            // Another's, or none: whoever serves the request writes down that it was tried.
            return Err(Fault::not_found());
        };
        self.0.cache.take_one(id);
        let act = match session.kind {
            SessionKind::Session => Act::SessionEnd,
            SessionKind::Token => Act::TokenRevoke,
        };
        let detail = json!({ "session": id, "user": user });
        let event =
            self.0.source().event(Who::User(actor.user), actor.session, act, Outcome::Done, &detail)?;
        let mut batch = Batch::new(Event { entity: over, ..event });
        batch.sessions.push(SessionWrite::End(id));
        self.0.store.commit(batch).await.map(drop)
    }

    /// Ends all one's sessions and tokens but this session, and forgets the browsers one signed in with.
    ///
    /// # Errors
    /// Forbidden for a token; storage's.
    pub async fn end_others(&self, actor: &Actor) -> Result<()> {
        by_session(actor)?;
        self.end_all(actor, actor.user, Some(actor.session), 0).await
    }

    /// Ends all sessions and tokens of a user, and forgets the browsers that the user signed in with.
    ///
    /// # Errors
    /// Storage's.
    pub async fn end_all_of(&self, permit: &AdminPermit, user: UserId) -> Result<()> {
        self.allowed(permit, Verb::Manage)?;
        self.end_all(permit.actor(), user, None, number_of(Thing::Sessions)).await
    }

    /// Ends all sessions and tokens of everybody but the one that asks. Known browsers stay known: all will want to
    /// sign in again, and no stranger is to keep them from it.
    ///
    /// # Errors
    /// Forbidden for a token; storage's.
    pub async fn end_of_all(&self, permit: &AdminPermit) -> Result<()> {
        self.allowed(permit, Verb::Manage)?;
        let actor = permit.actor();
        by_session(actor)?;
        let (who, detail) = (Who::User(actor.user), json!({ "of": "everybody", "all_but": actor.session }));
        let event = self.0.source().event(who, actor.session, Act::SessionEnd, Outcome::Done, &detail)?;
        let mut batch = Batch::new(Event { entity: number_of(Thing::Sessions), ..event });
        batch.sessions.push(SessionWrite::EndOfAll(actor.session));
        let _held = self.0.writes.lock().await;
        self.0.cache.take(|s| s.id != actor.session);
        self.0.store.commit(batch).await.map(drop)
    }

    async fn end_all(&self, actor: &Actor, user: UserId, except: Option<SessionId>, over: u16) -> Result<()> {
        let detail = json!({ "user": user, "all_but": except });
        let event = self.0.source().event(
            Who::User(actor.user),
            actor.session,
            Act::SessionEnd,
            Outcome::Done,
            &detail,
        )?;
        let mut batch = Batch::new(Event { entity: over, ..event });
        batch.docs.push(self.forget_browsers(user).await?);
        self.commit_ending(batch, user, except).await.map(drop)
    }

    /// Commits a batch that changes a user's password, suspends the user or the like, and ends the user's
    /// sessions and tokens (but one, if given) with it. They are refused from the moment this begins, also
    /// if the batch fails.
    ///
    /// # Errors
    /// Those of the commit.
    pub async fn commit_ending(
        &self,
        mut batch: Batch,
        user: UserId,
        except: Option<SessionId>,
    ) -> Result<Committed> {
        let _held = self.0.writes.lock().await;
        self.0.cache.take(|s| s.user == user && Some(s.id) != except);
        batch.sessions.push(SessionWrite::EndAll(user, except));
        self.0.store.commit(batch).await
    }

    /// As [`Identity::commit_ending`], of several users.
    ///
    /// # Errors
    /// The commit's.
    pub async fn commit_ending_all(&self, mut batch: Batch, users: &[UserId]) -> Result<Committed> {
        let _held = self.0.writes.lock().await;
        self.0.cache.take(|s| users.contains(&s.user));
        batch.sessions.extend(users.iter().map(|user| SessionWrite::EndAll(*user, None)));
        self.0.store.commit(batch).await
    }

    pub(crate) fn allowed(&self, permit: &AdminPermit, verb: Verb) -> Result<()> {
        let right = *permit.thing() == Thing::Sessions && *permit.verb() >= verb;
        if right { Ok(()) } else { Err(Fault::bug("a permit for another thing")) }
    }
}

/// A token manages no sessions and makes no tokens: a stolen one could otherwise outlive its end.
pub fn by_session(actor: &Actor) -> Result<()> {
    if actor.token.is_none() {
        return Ok(());
    }
    let text =
        Text::of("Tego nie można zrobić tokenem. Zaloguj się.", "This cannot be done with a token. Sign in.");
    Err(Fault::new(FaultKind::Forbidden, text))
}
