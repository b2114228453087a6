//! What was begun with a factor and is to be finished: a document that lies in the store for five minutes, so that
//! any server can finish it, found by the hash of a secret that only who began it has. It goes in the same
//! commit as what comes of it, and so it is good once.

use super::FactorKind;
use super::passkey::{Asked, Wanted};
use crate::Identity;
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::session::new_secret;
use crate::sign_on::{Origin, SignOn};
use crate::users::User;
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

/// Those that this server knows of, oldest first, so that they are cleared away.
#[derive(Default)]
pub struct Ceremonies(Mutex<VecDeque<(Time, [u8; 16])>>);

impl Ceremonies {
    pub async fn load(store: &Store) -> Result<Self> {
        let mut there: Vec<_> =
            store.docs(DocKind::Ceremony).await?.into_iter().map(|doc| (doc.updated_at, doc.id)).collect();
        there.sort_unstable();
        Ok(Self(Mutex::new(there.into())))
    }

    fn held(&self) -> MutexGuard<'_, VecDeque<(Time, [u8; 16])>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn over(&self, now: Time) -> Vec<[u8; 16]> {
        let mut held = self.held();
        let count = held.iter().take(SWEEP).take_while(|(made, _)| is_over(*made, now)).count();
        held.drain(..count).map(|(_, id)| id).collect()
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
        };
        let doc = Doc { key: Some(hash), ..bare_doc(DocKind::Ceremony, *id.bytes(), 1, now, owner) };
        let put = put_doc(&inner.vault, doc, &content)?;
        let who = owner.filter(|_| !session.is_nil()).map_or(Who::Nobody, Who::User);
        for last in (0..TRIES).rev() {
            let detail = json!({ "user": owner, "for": code });
            let event = inner.source().event(who, session, Act::FactorBegin, Outcome::Done, &detail)?;
            let mut batch = Batch::new(event);
            batch.docs = self.clear(&over, owner).await?;
            let id_of = |write: &DocWrite| match write {
                DocWrite::Remove(_, id, _) => Some(*id),
                DocWrite::Put(_) => None,
            };
            let gone: Vec<_> = batch.docs.iter().filter_map(id_of).collect();
            batch.docs.push(put.clone());
            match inner.store.commit(batch).await {
                // Another server cleared away the same.
                Err(fault) if last > 0 && matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                Err(fault) => return Err(fault),
                Ok(_) => {
                    inner.ceremonies.held().retain(|(_, id)| !gone.contains(id));
                    break;
                }
            }
        }
        inner.ceremonies.held().push_back((now, *id.bytes()));
        Ok(secret)
    }

    /// Takes away what is over, and what a user has too many of.
    async fn clear(&self, over: &[[u8; 16]], user: Option<UserId>) -> Result<Vec<DocWrite>> {
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
        Ok(gone.into_iter().map(|doc| DocWrite::Remove(doc.kind, doc.id, doc.version)).collect())
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
