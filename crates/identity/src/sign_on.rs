//! Users who are vouched for by a provider of single sign-on. What a provider answered is checked before (`oidc`);
//! whose account it is, says a document with issuer and subject, which are the provider's for ever. An e-mail address
//! never does.

use crate::factor::{FactorKind, Need, Pending, Purpose, told::tell};
use crate::login::{TRIES, busy, refused};
use crate::seal::{bare_doc, open_doc, put_doc};
use crate::users::User;
use crate::{Client, Directory, Identity, Session, SignIn, Strength};
use access::{Thing, Verb};
use kernel::{Fault, FaultKind, Id, Kind, Result, RoleId, SessionId, Text, Time, UserId};
use ledger::{Act, Event, Outcome, Who};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use store::{Batch, Doc, DocKind, DocWrite, SessionKind, SessionWrite, Store};
use vault::Vault;
use zeroize::Zeroizing;

/// Label of accounts' ids.
pub enum AccountKind {}
impl Kind for AccountKind {
    const NAME: &'static str = "account";
}

/// What is kept while a browser is at a provider.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOn {
    /// Name of the provider.
    pub provider: String,
    /// By which the answer is known.
    pub state: Zeroizing<String>,
    /// By which the token is known.
    pub nonce: Zeroizing<String>,
    /// The other half of what was sent along.
    pub verifier: Zeroizing<String>,
    /// Where in the interface to go then.
    pub back: String,
    /// The secret of the invitation that the account is to be linked by.
    pub invitation: Option<Zeroizing<String>>,
    /// Since when, if the provider was told to ask the user anew.
    pub anew_since: Option<Time>,
    /// The session whose user is to prove to be there, if nobody is to be signed in by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirms: Option<SessionId>,
}

/// The account at a provider by which a session was begun. What was kept before said only whether a factor had counted
/// then: that is passed over, and no factor counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Origin {
    /// Name of the provider.
    pub provider: String,
    /// Its issuer.
    pub issuer: String,
    /// Who, there.
    pub subject: String,
    /// The session there.
    pub sid: Option<String>,
    /// What the provider said of how the user signed in there.
    #[serde(default)]
    pub strength: Strength,
    /// When the user proved to be there, if the provider said so.
    pub at: Option<Time>,
}

impl Origin {
    /// When the user proved to be there: who has been signed in at the provider for long proves nothing now, and
    /// neither does coming from one that does not say when it was.
    pub(crate) fn proved_at(&self) -> Time {
        self.at.unwrap_or(Time(0))
    }
}

/// The content of an account's document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountDoc {
    /// Whose it is.
    pub user: UserId,
    /// Name of the provider when it was linked.
    pub provider: String,
    /// Issuer.
    pub issuer: String,
    /// Subject.
    pub subject: String,
    /// Linked when.
    pub made_at: Time,
    /// Roles that the user has by groups at the provider alone.
    pub given: Vec<RoleId>,
}

/// An account with the version of its document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Content.
    pub doc: AccountDoc,
    /// Id.
    pub id: Id<AccountKind>,
    /// Version, for the next change.
    pub version: u64,
}

impl Account {
    /// Opens an account's document.
    ///
    /// # Errors
    /// Corrupt if it was altered or moved.
    pub fn open(vault: &Vault, doc: &Doc) -> Result<Self> {
        let content: AccountDoc = open_doc(vault, doc)?;
        let id = account_id(vault, &content.issuer, &content.subject);
        if *id.bytes() != doc.id || doc.user != Some(content.user) {
            let what = format!("account {}: columns and content differ", hex::encode(doc.id));
            return Err(Fault::corrupt(what));
        }
        Ok(Self { doc: content, id, version: doc.version })
    }

    /// Takes it away: stale if it was changed meanwhile.
    #[must_use]
    pub const fn removal(&self) -> DocWrite {
        DocWrite::Remove(DocKind::Account, *self.id.bytes(), self.version)
    }
}

/// The id of the account of this subject: no two users have the same.
#[must_use]
pub fn account_id(vault: &Vault, issuer: &str, subject: &str) -> Id<AccountKind> {
    let length = (issuer.len() as u64).to_be_bytes();
    let mac = vault.mac("account", &[&length[..], issuer.as_bytes(), subject.as_bytes()].concat());
    let mut id = [0; 16];
    id.copy_from_slice(&mac[..16]);
    Id::from_bytes(id)
}

/// The account of this subject, if it is somebody's.
///
/// # Errors
/// Storage's; corrupt.
pub async fn find_account(
    store: &Store,
    vault: &Vault,
    issuer: &str,
    subject: &str,
) -> Result<Option<Account>> {
    let id = account_id(vault, issuer, subject);
    let doc = store.doc(DocKind::Account, *id.bytes()).await?;
    doc.map(|doc| Account::open(vault, &doc)).transpose()
}

/// Writes an account in place of the version before; 0 if there is none. A conflict if it is somebody's already.
///
/// # Errors
/// Those of sealing.
pub fn put_account(vault: &Vault, now: Time, content: &AccountDoc, version: u64) -> Result<DocWrite> {
    let id = account_id(vault, &content.issuer, &content.subject);
    put_doc(vault, bare_doc(DocKind::Account, *id.bytes(), version + 1, now, Some(content.user)), content)
}

impl Session {
    /// Through which account at a provider it was begun, if through one.
    #[must_use]
    pub const fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Through which accounts at providers its user came in, and proved since to be there.
    pub(crate) fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.origin.iter().chain(&self.proofs)
    }
}

impl Identity {
    /// Keeps what is needed when a browser comes back from a provider; the secret is for its cookie.
    ///
    /// # Errors
    /// Too many at once; storage's.
    pub async fn begin_sign_on(&self, sign_on: SignOn) -> Result<Zeroizing<String>> {
        self.begin_ceremony(None, SessionId::NIL, Purpose::SignOn(Box::new(sign_on))).await
    }

    /// Whether something is kept for the browser with this secret that `state` is the answer to.
    ///
    /// # Errors
    /// Storage's.
    pub async fn awaits_sign_on(&self, secret: &str, state: &str) -> Result<bool> {
        let pending = self.pending(secret).await?;
        Ok(pending.is_some_and(|p| matches!(p.purpose(), Purpose::SignOn(kept) if *kept.state == *state)))
    }

    /// What was kept for the browser with this secret, if `state` is that of its answer. It is used up by this, whatever
    /// becomes of it.
    ///
    /// # Errors
    /// Unauthenticated, whatever the reason, which is written down.
    pub async fn take_sign_on(&self, secret: &str, state: &str, client: &Client) -> Result<SignOn> {
        let pending = self.pending(secret).await?;
        let found = pending.and_then(|pending| match pending.purpose() {
            Purpose::SignOn(kept) if *kept.state == *state => Some(((**kept).clone(), pending.removal())),
            _ => None,
        });
        let Some((kept, removal)) = found else { return Err(self.no_sign_on(client).await) };
        let detail = json!({ "provider": kept.provider, "network": client.network.to_string() });
        let source = self.0.source();
        let event = source.event(Who::Nobody, SessionId::NIL, Act::SignOnReturn, Outcome::Done, &detail)?;
        let mut batch = Batch::new(event);
        batch.docs.push(removal);
        match self.0.store.commit(batch).await {
            Ok(_) => Ok(kept),
            // Somebody was faster with the same.
            Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {
                Err(self.no_sign_on(client).await)
            }
            Err(fault) => Err(fault),
        }
    }

    async fn no_sign_on(&self, client: &Client) -> Fault {
        let detail = json!({ "reason": "nothing-begun", "network": client.network.to_string() });
        let source = self.0.source();
        match source.event(Who::Nobody, SessionId::NIL, Act::SignOnRefuse, Outcome::Refused, &detail) {
            Ok(event) => {
                self.0.store.record_event(event).await.map_or_else(|fault| fault, |_| nothing_begun())
            }
            Err(fault) => fault,
        }
    }

    /// Signs in a user whom a provider vouches for; a user with a factor is asked for it, unless the provider's counts.
    /// Where a passkey is required, none does: whether it was a passkey, nobody knows.
    ///
    /// # Errors
    /// Unauthenticated if the user is suspended, or the account is not the user's any more; storage's.
    pub async fn sign_on(
        &self,
        directory: Arc<Directory>,
        user: UserId,
        origin: Origin,
        client: &Client,
    ) -> Result<SignIn> {
        let user = self.user_now(user).await?;
        if !user.doc.may_act(self.0.clock.now()) {
            let reason = user.doc.gone(self.0.clock.now());
            let event = self.refusal(&user.doc.login, Some(user.doc.id), client, reason)?;
            let _receipt = self.0.store.record_event(event).await?;
            return Err(refused());
        }
        // Looked at after the user: an unlinking since then gives the user another version, by which what follows is refused.
        let account = find_account(&self.0.store, &self.0.vault, &origin.issuer, &origin.subject).await?;
        if account.is_none_or(|account| account.doc.user != user.doc.id) {
            let event = self.refusal(&user.doc.login, Some(user.doc.id), client, "unlinked")?;
            let _receipt = self.0.store.record_event(event).await?;
            return Err(refused());
        }
        self.check_allowed(&directory, &user, client).await?;
        let need = directory.factor_state(user.doc.id, self.0.clock.now()).need;
        if user.doc.factors.any() && !(need < Need::Passkey && self.factor_counts(&origin)) {
            return self.ask_for_factor(&directory, &user, client, Some(origin)).await.map(SignIn::Pending);
        }
        let _held = self.0.writes.lock().await;
        self.start_or_again(&user, (&directory, client), Some(origin), None).await.map(SignIn::Done)
    }

    /// Ends the sessions that were begun or confirmed through an account, or in one session there, before a time, and the
    /// second steps that follow from such; says how many. None of both means none.
    ///
    /// # Errors
    /// Storage's.
    pub async fn end_by_provider(
        &self,
        issuer: &str,
        (sid, subject): (Option<&str>, Option<&str>),
        before: Time,
    ) -> Result<usize> {
        let _held = self.0.writes.lock().await;
        let meant = |origin: &Origin| {
            let session = sid.is_none_or(|sid| origin.sid.as_deref() == Some(sid));
            let whose = subject.is_none_or(|subject| origin.subject == subject);
            origin.issuer == issuer && session && whose && (sid.is_some() || subject.is_some())
        };
        // A token that was made in one of them is the user's own.
        let begun = |s: &Session| {
            let since = s.proofs.iter().any(|proof| proof.proved_at() <= before && meant(proof));
            let first = s.created_at <= before && s.origin.as_ref().is_some_and(meant);
            s.kind == SessionKind::Session && (first || since)
        };
        let ended = self.0.cache.find(begun);
        ended.iter().for_each(|session| self.0.cache.take_one(session.id));
        for last in (0..TRIES).rev() {
            let steps = self.second_steps(&meant, before).await?;
            let count = ended.len() + steps.len();
            if count == 0 {
                return Ok(0);
            }
            let mut batch = Batch::new(self.ended_event(issuer, &ended, &steps)?);
            batch.sessions.extend(ended.iter().map(|s| SessionWrite::End(s.id)));
            batch.docs.extend(steps.iter().map(Pending::removal));
            match self.0.store.commit(batch).await {
                // A second step was finished, or cleared away, at that moment.
                Err(fault) if last > 0 && matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {}
                done => return done.map(|_| count),
            }
        }
        Err(busy())
    }

    fn ended_event(&self, issuer: &str, ended: &[Arc<Session>], steps: &[Pending]) -> Result<Event> {
        let users: Vec<UserId> =
            ended.iter().map(|s| s.user).chain(steps.iter().filter_map(Pending::user)).collect();
        let detail = json!({
            "issuer": issuer, "users": users, "count": ended.len(), "second_steps": steps.len(),
        });
        self.0.source().event(Who::Nobody, SessionId::NIL, Act::SignOnEnd, Outcome::Done, &detail)
    }

    /// Adds to the batch of a sign-in what is written and told of the use of the emergency account.
    pub(crate) fn tell_of_emergency(
        &self,
        (directory, client): (&Directory, &Client),
        (user, factor): (&User, Option<FactorKind>),
        docs: &mut Vec<DocWrite>,
        events: &mut Vec<Event>,
    ) -> Result<()> {
        if self.0.ways.emergency.is_none() {
            return Ok(());
        }
        let source = self.0.source();
        let detail = json!({ "user": user.doc.id, "network": client.network.to_string() });
        let who = Who::User(user.doc.id);
        events.push(source.event(who, SessionId::NIL, Act::EmergencyUse, Outcome::Done, &detail)?);
        let title = Text::of("Użyto konta awaryjnego", "The emergency account was used");
        let (name, network, at) = (&user.doc.name, client.network, self.0.zone.moment(self.0.clock.now()));
        // A passkey signs in by itself, and stays when the password is changed.
        let by = match factor {
            Some(FactorKind::Passkey) => Text::of("kluczem dostępu", "with a passkey"),
            Some(FactorKind::Totp | FactorKind::Recovery) => {
                Text::of("hasłem i kodem", "with its password and a code")
            }
            Some(FactorKind::Password) | None => Text::of("hasłem", "with its password"),
        };
        let body = Text::new(
            format!(
                "{} zalogowano się na konto awaryjne ({name}) {}, z adresu {network}. Jeśli nikt z Was tego nie zrobił, zakończcie jego sesje, zmieńcie hasło i usuńcie klucze dostępu.",
                at.pl, by.pl
            ),
            format!(
                "On {} somebody signed in to the emergency account ({name}) {}, from {network}. If it was none of you, end its sessions, change the password and remove the passkeys.",
                at.en, by.en
            ),
        );
        let administrators = directory.holders(Thing::Users, Verb::Manage, self.0.clock.now());
        let (told, event) = tell(&source, &administrators, "emergency-account", title, body)?;
        docs.extend(told);
        events.push(event);
        Ok(())
    }
}

/// One answer to whoever comes back to nothing: it was never begun here, took too long, or was finished.
const fn nothing_begun() -> Fault {
    let text = Text::of(
        "To logowanie wygasło albo zaczęto je w innej przeglądarce. Zacznij jeszcze raz.",
        "This sign-in has run out, or was begun in another browser. Begin again.",
    );
    Fault::new(FaultKind::Unauthenticated, text)
}
