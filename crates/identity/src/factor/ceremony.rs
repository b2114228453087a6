//! What was begun with a factor and is to be finished: a document that lies in the store for five minutes, so that
//! any server can finish it, found by the hash of a secret that only who began it has. It goes in the same
//! commit as what comes of it, and so it is good once.

use super::FactorKind;
use super::passkey::{Asked, Wanted};
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::session::new_secret;
use crate::sign_on::{Origin, SignOn};
use crate::strange::Stranger;
use crate::users::User;
use crate::{Client, Identity};
use kernel::{Fault, FaultKind, Id, Kind, Result, SessionId, Text, Time, UserId};
use ledger::{Act, Outcome, Who};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::{Batch, Doc, DocKind, DocWrite, Store};
use vault::sha256;
use zeroize::Zeroizing;

/// How long there is to finish, in milliseconds.
pub const CEREMONY_MS: i64 = 5 * 60_000;
/// Of one user at a time; one more ends the oldest.
const OF_USER: usize = 8;
/// Begun at one server at a time.
const ALL: usize = 20_000;
/// That are over and are cleared away with one that begins.
const SWEEP: usize = 16;
/// Left unfinished, of which users are told at once.
const TOLD_AT_ONCE: usize = 64;
/// How often beginning is tried when others clear away the same.
const TRIES: u32 = 4;
/// Longer than any secret.
const LONGEST: usize = 64;

/// Label of ceremonies' ids.
enum CeremonyLabel {}
impl Kind for CeremonyLabel {
    const NAME: &'static str = "ceremony";
}

/// What is to come of it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Purpose {
    /// A session, after the password was right, or a provider vouched for the user; by this passkey, if there is one.
    SignIn(Option<Box<Asked>>, Option<Box<Origin>>),
    /// A session, by a passkey alone.
    Passwordless(Box<Asked>),
    /// A session, once a provider vouches for somebody.
    SignOn(Box<SignOn>),
    /// A session that was proved anew; by this passkey, if there is one.
    StepUp(Option<Box<Asked>>),
    /// A new application that makes codes; its secret in hexadecimal.
    Totp(Zeroizing<String>),
    /// A new passkey.
    Passkey(Box<Wanted>),
}

impl Purpose {
    const fn code(&self) -> &'static str {
        match self {
            Self::SignIn(..) => "sign-in",
            Self::Passwordless(_) => "passwordless",
            Self::SignOn(_) => "sign-on",
            Self::StepUp(_) => "step-up",
            Self::Totp(_) => "totp",
            Self::Passkey(_) => "passkey",
        }
    }
}

/// The content of the document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CeremonyDoc {
    purpose: Purpose,
    /// The session that it was begun in, if in one.
    session: Option<SessionId>,
    /// The version of the user's document then: another password or a factor less, and it is void.
    user_version: u64,
    made: Time,
    /// Where a sign-in was begun whose user is told if it stops here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stranger: Option<Stranger>,
}

/// Something that was begun.
pub(crate) struct Pending {
    doc: Doc,
    content: CeremonyDoc,
}

impl Pending {
    pub const fn purpose(&self) -> &Purpose {
        &self.content.purpose
    }

    pub const fn user(&self) -> Option<UserId> {
        self.doc.user
    }

    /// Through which account the user came to it, if through one.
    pub fn origin(&self) -> Option<Origin> {
        match &self.content.purpose {
            Purpose::SignIn(_, origin) => origin.as_deref().cloned(),
            _ => None,
        }
    }

    /// Whether it was begun in this session.
    pub fn is_of(&self, session: SessionId) -> bool {
        self.content.session == Some(session)
    }

    /// Whether the user is as when it was begun.
    pub fn fits(&self, user: &User, now: Time) -> bool {
        self.doc.user == Some(user.doc.id)
            && user.doc.may_act(now)
            && user.version == self.content.user_version
    }

    pub const fn removal(&self) -> DocWrite {
        DocWrite::Remove(DocKind::Ceremony, self.doc.id, self.doc.version)
    }
}

/// What whoever began is given.
pub struct Begun {
    /// For the cookie; it is nowhere else.
    pub secret: Zeroizing<String>,
    /// What can be used to finish.
    pub factors: Vec<FactorKind>,
    /// What a browser is to ask a passkey with (`PublicKeyCredentialRequestOptionsJSON`), if one can be used here.
    pub passkey: Option<Value>,
}

/// One that this server knows of.
#[derive(Clone, Copy)]
struct Held {
    made: Time,
    id: [u8; 16],
    /// Whether its user may have to be told that it was left unfinished.
    tells: bool,
}

/// Those that this server knows of, oldest first, so that they are cleared away.
#[derive(Default)]
pub struct Ceremonies(Mutex<VecDeque<Held>>);

impl Ceremonies {
    pub async fn load(store: &Store) -> Result<Self> {
        let held = |doc: Doc| Held { made: doc.updated_at, id: doc.id, tells: doc.user.is_some() };
        let mut there: Vec<_> = store.docs(DocKind::Ceremony).await?.into_iter().map(held).collect();
        there.sort_unstable_by_key(|held| (held.made, held.id));
        Ok(Self(Mutex::new(there.into())))
    }

    fn held(&self) -> MutexGuard<'_, VecDeque<Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn over(&self, now: Time) -> Vec<[u8; 16]> {
        let mut held = self.held();
        let count = held.iter().take(SWEEP).take_while(|held| is_over(held.made, now)).count();
        held.drain(..count).map(|held| held.id).collect()
    }

    /// Takes those out that are over and whose users may have to be told, of so many at most.
    fn to_tell(&self, now: Time) -> Vec<Held> {
        let mut held = self.held();
        let over = held.iter().take_while(|held| is_over(held.made, now));
        let told: Vec<Held> = over.filter(|held| held.tells).take(TOLD_AT_ONCE).copied().collect();
        held.retain(|held| !told.iter().any(|told| told.id == held.id));
        told
    }
}

fn is_over(made: Time, now: Time) -> bool {
    made.plus_ms(CEREMONY_MS) <= now
}

impl Identity {
    /// Begins something, of a user and in a session if there are.
    pub(crate) async fn begin_ceremony(
        &self,
        user: Option<&User>,
        session: SessionId,
        purpose: Purpose,
    ) -> Result<Zeroizing<String>> {
        self.begin_ceremony_of(user, session, purpose, None).await
    }

    /// As [`Identity::begin_ceremony`], by a stranger of whom the user is told if it is left unfinished.
    pub(crate) async fn begin_ceremony_of(
        &self,
        user: Option<&User>,
        session: SessionId,
        purpose: Purpose,
        stranger: Option<Stranger>,
    ) -> Result<Zeroizing<String>> {
        let inner = &self.0;
        let now = inner.clock.now();
        let over = inner.ceremonies.over(now);
        if inner.ceremonies.held().len() >= ALL {
            return Err(busy());
        }
        let (secret, hash) = new_secret("", &*inner.random);
        let id: Id<CeremonyLabel> = inner.ids.next(&*inner.clock, &*inner.random);
        let owner = user.map(|user| user.doc.id);
        let code = purpose.code();
        let content = CeremonyDoc {
            purpose,
            session: (!session.is_nil()).then_some(session),
            user_version: user.map_or(0, |user| user.version),
            made: now,
            stranger,
        };
        let tells = content.stranger.is_some();
        let doc = Doc { key: Some(hash), ..bare_doc(DocKind::Ceremony, *id.bytes(), 1, now, owner) };
        let put = put_doc(&inner.vault, doc, &content)?;
        let who = owner.filter(|_| !session.is_nil()).map_or(Who::Nobody, Who::User);
        for last in (0..TRIES).rev() {
            let detail = json!({ "user": owner, "for": code });
            let event = inner.source().event(who, session, Act::FactorBegin, Outcome::Done, &detail)?;
            let mut batch = Batch::new(event);
            let gone = self.clear(&over, owner, &mut batch).await?;
            batch.docs.push(put.clone());
            match inner.store.commit(batch).await {
                // Another server cleared away the same.
                Err(fault) if last > 0 && matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                Err(fault) => return Err(fault),
                Ok(_) => {
                    inner.ceremonies.held().retain(|held| !gone.contains(&held.id));
                    break;
                }
            }
        }
        inner.ceremonies.held().push_back(Held { made: now, id: *id.bytes(), tells });
        Ok(secret)
    }

    /// Takes away what is over, and what a user has too many of; gives which.
    async fn clear(
        &self,
        over: &[[u8; 16]],
        user: Option<UserId>,
        batch: &mut Batch,
    ) -> Result<Vec<[u8; 16]>> {
        let store = &self.0.store;
        let mut gone = Vec::new();
        for id in over {
            gone.extend(store.doc(DocKind::Ceremony, *id).await?);
        }
        if let Some(user) = user {
            let own = store.docs_of_user(DocKind::Ceremony, user, 4 * 8).await?;
            let many = own.into_iter().skip(OF_USER - 1).filter(|doc| !over.contains(&doc.id));
            gone.extend(many);
        }
        self.end_unfinished(&gone, batch).await?;
        Ok(gone.into_iter().map(|doc| doc.id).collect())
    }

    /// Adds to a batch that these end, and what users are told of sign-ins that strangers left unfinished.
    async fn end_unfinished(&self, gone: &[Doc], batch: &mut Batch) -> Result<()> {
        let mut told = Vec::new();
        for doc in gone {
            batch.docs.push(DocWrite::Remove(doc.kind, doc.id, doc.version));
            // One of several stands for all.
            let unfinished = self.unfinished(doc)?.filter(|(user, ..)| !told.contains(user));
            if let Some((user, client, made)) = unfinished {
                told.push(user);
                batch.more_events.push(self.refusal("", Some(user), &client, "unfinished")?);
                self.add_half_way(user, &client, made, batch).await?;
            }
        }
        Ok(())
    }

    /// Whose sign-in it is, from where and since when, if a stranger began it.
    fn unfinished(&self, doc: &Doc) -> Result<Option<(UserId, Client, Time)>> {
        let Some(user) = doc.user else { return Ok(None) };
        let content: CeremonyDoc = open_doc(&self.0.vault, doc)?;
        Ok(content.stranger.map(|stranger| (user, stranger.client(), content.made)))
    }

    /// Ends sign-ins whose second step was not done in time, and tells their users of those that strangers began.
    ///
    /// # Errors
    /// Storage's.
    pub async fn end_half_way(&self) -> Result<()> {
        for held in self.0.ceremonies.to_tell(self.0.clock.now()) {
            let Some(doc) = self.0.store.doc(DocKind::Ceremony, held.id).await? else { continue };
            let Some((user, client, made)) = self.unfinished(&doc)? else {
                // It goes with one that begins.
                self.0.ceremonies.held().push_front(Held { tells: false, ..held });
                continue;
            };
            let _held = self.0.writes.lock().await;
            let mut batch = Batch::new(self.refusal("", Some(user), &client, "unfinished")?);
            batch.docs.push(DocWrite::Remove(doc.kind, doc.id, doc.version));
            self.add_half_way(user, &client, made, &mut batch).await?;
            match self.0.store.commit(batch).await {
                // Another server was faster.
                Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => done.map(drop)?,
            }
        }
        Ok(())
    }

    /// Second steps of signing in, begun before a time, that follow from what a provider vouched for in an account that
    /// is `meant`.
    pub(crate) async fn second_steps(
        &self,
        meant: impl Fn(&Origin) -> bool + Send,
        before: Time,
    ) -> Result<Vec<Pending>> {
        let now = self.0.clock.now();
        let all = self.0.store.docs(DocKind::Ceremony).await?;
        let mut found = Vec::new();
        for doc in all.into_iter().filter(|doc| doc.user.is_some() && !is_over(doc.updated_at, now)) {
            let content: CeremonyDoc = open_doc(&self.0.vault, &doc)?;
            let pending = Pending { doc, content };
            if pending.content.made <= before && pending.origin().is_some_and(|origin| meant(&origin)) {
                found.push(pending);
            }
        }
        Ok(found)
    }

    /// What was begun with this secret, if there is still time.
    pub(crate) async fn pending(&self, secret: &str) -> Result<Option<Pending>> {
        if secret.len() > LONGEST {
            return Ok(None);
        }
        let found = self.0.store.doc_by_key(DocKind::Ceremony, sha256(&[secret.as_bytes()])).await?;
        let Some(doc) = found else { return Ok(None) };
        let content: CeremonyDoc = open_doc(&self.0.vault, &doc)?;
        let now = self.0.clock.now();
        // Not one of the future either, should the clock have been set back.
        let good = !is_over(content.made, now) && content.made <= now.plus_ms(CEREMONY_MS);
        Ok(good.then_some(Pending { doc, content }))
    }
}

fn busy() -> Fault {
    let text = Text::of(
        "Zbyt wiele osób loguje się naraz. Spróbuj za chwilę.",
        "Too many people are signing in at once. Try again in a moment.",
    );
    Fault::new(FaultKind::TooMany, text).retry_after_s(60)
}
