//! Passkeys (W3C Web Authentication Level 3): keys that a browser or a token keeps, each bound to the name that the
//! server is asked under, so that no imitation of the server under another name can make use of one.
//!
//! The authenticator always verifies its user, by a PIN or a body's feature: a passkey alone is two factors, and
//! can stand in for the password. It is nothing to guess, so that no lock of a name keeps from it.

use super::ceremony::{Begun, Pending, Purpose};
use super::{FactorDoc, FactorKind, Kept, What, told};
use crate::login::wrong_passkey;
use crate::seal::open_doc;
use crate::session::NewSession;
use crate::users::User;
use crate::{Client, Directory, Identity};
use kernel::{Fault, FaultKind, FieldIssue, Result, SessionId, Text, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;
use store::{Batch, DocKind, DocWrite};
use url::Url;
use vault::Vault;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AuthenticationState, Credential, PublicKeyCredential, RegisterPublicKeyCredential, RegistrationState,
    UserVerificationPolicy,
};

/// Bytes of a credential's id at most (Level 3, section 4).
const ID_BYTES: usize = 1_023;

/// The name, and the port if it is not 443, that a browser asks the server under.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Site(String);

impl Site {
    /// None for an address that is no name: passkeys are bound to names.
    #[must_use]
    pub fn new(host: &str) -> Option<Self> {
        let origin = Url::parse(&format!("https://{host}")).ok()?;
        let named = origin.domain().is_some() && origin.username().is_empty() && origin.path() == "/";
        named.then(|| Self(host.to_owned()))
    }

    fn origin(&self) -> Result<Url> {
        Url::parse(&format!("https://{}", self.0)).map_err(|e| Fault::corrupt(e.to_string()))
    }

    /// The name that passkeys are bound to: without the port.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.id().ok().filter(|name| !name.is_empty())
    }

    /// The relying party's id: the name without the port.
    fn id(&self) -> Result<String> {
        Ok(self.origin()?.domain().unwrap_or_default().to_owned())
    }

    fn core(&self, title: &str) -> Result<WebauthnCore> {
        let time = Duration::from_millis(super::CEREMONY_MS.unsigned_abs());
        let origins = vec![self.origin()?];
        Ok(WebauthnCore::new_unsafe_experts_only(title, &self.id()?, origins, time, Some(false), Some(false)))
    }
}

/// A passkey that is to be made.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    site: Site,
    state: RegistrationState,
}

/// A passkey that is to be shown.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    site: Site,
    state: AuthenticationState,
}

impl Asked {
    /// Asks for one of these, or for any with none; also gives the browser's `PublicKeyCredentialRequestOptionsJSON`.
    fn new(site: &Site, among: Vec<Credential>) -> Result<(Self, Value)> {
        let core = site.core("")?;
        let builder = core.new_challenge_authenticate_builder(among, Some(UserVerificationPolicy::Required));
        let (options, mut state) = builder
            .and_then(|builder| core.generate_challenge_authenticate(builder))
            .map_err(|e| Fault::bug(format!("asking for a passkey: {e}")))?;
        // At the end they are held against what they are then.
        state.set_allowed_credentials(Vec::new());
        let options = serde_json::to_value(options.public_key).map_err(Fault::bug)?;
        Ok((Self { site: site.clone(), state }, options))
    }

    /// Holds what was shown against a user's passkey, and brings its counter up to date.
    fn check(&self, owner: UserId, kept: &mut Kept, shown: &Value) -> Result<Checked> {
        let What::Passkey { site, credential } = &mut kept.factor.what else { return Ok(Checked::Wrong) };
        let Ok(shown) = PublicKeyCredential::deserialize(shown) else { return Ok(Checked::Wrong) };
        let others = shown.get_user_unique_id().is_some_and(|user| user != owner.bytes());
        if others || *site != self.site.id()? {
            return Ok(Checked::Wrong);
        }
        match self.site.core("")?.authenticate_single_credential(&shown, &self.state, credential) {
            Ok(result) if result.user_verified() => {
                credential.counter = result.counter();
                credential.backup_state = result.backup_state();
                credential.backup_eligible = result.backup_eligible();
                Ok(Checked::Right)
            }
            Err(WebauthnError::CredentialPossibleCompromise) => Ok(Checked::Cloned),
            Ok(_) | Err(_) => Ok(Checked::Wrong),
        }
    }
}

enum Checked {
    Right,
    Wrong,
    /// It was used more often than here: somebody has a copy of it.
    Cloned,
}

/// The key under which a passkey lies: one of all users' has it.
pub(super) fn key(vault: &Vault, id: &[u8]) -> [u8; 32] {
    vault.mac("passkey", id)
}

/// Checks what a browser made. Gives the factor and its key.
pub(super) fn registered(vault: &Vault, wanted: &Wanted, made: &Value) -> Result<(What, [u8; 32])> {
    let made = RegisterPublicKeyCredential::deserialize(made).map_err(|_| not_made())?;
    let credential = wanted.site.core("")?.register_credential(&made, &wanted.state, None);
    let credential = credential.ok().filter(|c| c.user_verified && c.cred_id.len() <= ID_BYTES);
    let credential = Box::new(credential.ok_or_else(not_made)?);
    let key = key(vault, credential.cred_id.as_slice());
    Ok((What::Passkey { site: wanted.site.id()?, credential }, key))
}

impl Identity {
    /// Begins to make a passkey; also gives the browser's `PublicKeyCredentialCreationOptionsJSON`.
    pub(super) async fn want_passkey(
        &self,
        directory: &Directory,
        user: &User,
        client: &Client,
    ) -> Result<(Wanted, Value)> {
        let site = client.site.as_ref().ok_or_else(no_name)?;
        let core = site.core(&directory.organisation)?;
        let there = self.passkeys_at(user.doc.id, site).await?.into_iter().map(|c| c.cred_id).collect();
        let (login, name) = (&user.doc.login, &user.doc.name);
        let shown = if name.is_empty() { login } else { name };
        let (options, state) = core
            .new_challenge_register_builder(user.doc.id.bytes(), login, shown)
            .map(|builder| builder.exclude_credentials(Some(there)))
            .map(|builder| builder.user_verification_policy(UserVerificationPolicy::Required))
            .map(|builder| builder.require_resident_key(true))
            .and_then(|builder| core.generate_challenge_register(builder))
            .map_err(|e| Fault::bug(format!("making a passkey: {e}")))?;
        let options = serde_json::to_value(options.public_key).map_err(Fault::bug)?;
        Ok((Wanted { site: site.clone(), state }, options))
    }

    async fn passkeys_at(&self, user: UserId, site: &Site) -> Result<Vec<Credential>> {
        let id = site.id()?;
        let of_site = |kept: Kept| match kept.factor.what {
            What::Passkey { site, credential } if site == id => Some(*credential),
            _ => None,
        };
        Ok(self.factors_of(user).await?.into_iter().filter_map(of_site).collect())
    }

    /// Asks a user for one of the user's passkeys, if one can be used and is bound to the name that is asked under.
    pub(super) async fn ask_for_passkey(
        &self,
        user: UserId,
        usable: &[FactorKind],
        client: &Client,
    ) -> Result<Option<(Asked, Value)>> {
        let Some(site) = client.site.as_ref().filter(|_| usable.contains(&FactorKind::Passkey)) else {
            return Ok(None);
        };
        let there = self.passkeys_at(user, site).await?;
        if there.is_empty() { Ok(None) } else { Asked::new(site, there).map(Some) }
    }

    /// Begins to sign in with a passkey alone, of whichever user it is.
    ///
    /// # Errors
    /// Invalid if the server is not asked under a name; too many; storage's.
    pub async fn begin_passkey_sign_in(&self, client: &Client) -> Result<Begun> {
        let site = client.site.as_ref().ok_or_else(no_name)?;
        let (asked, options) = Asked::new(site, Vec::new())?;
        let purpose = Purpose::Passwordless(Box::new(asked));
        let secret = self.begin_ceremony(None, SessionId::NIL, purpose).await?;
        Ok(Begun { secret, factors: vec![FactorKind::Passkey], passkey: Some(options) })
    }

    /// The passkey that is shown, and whose it is said to be.
    async fn passkey_shown(&self, shown: &Value) -> Result<Option<(UserId, Kept)>> {
        let Ok(credential) = PublicKeyCredential::deserialize(shown) else { return Ok(None) };
        let key = key(&self.0.vault, credential.get_credential_id());
        let Some(doc) = self.0.store.doc_by_key(DocKind::Factor, key).await? else { return Ok(None) };
        let factor: FactorDoc = open_doc(&self.0.vault, &doc)?;
        Ok(doc.user.map(|user| (user, Kept { doc, factor })))
    }

    /// Finishes signing in with a passkey, after the password or in place of it.
    pub(super) async fn sign_in_by_passkey(
        &self,
        directory: &Directory,
        secret: &str,
        shown: &Value,
        client: &Client,
    ) -> Result<NewSession> {
        let Some(pending) = self.pending(secret).await? else {
            return Err(self.nothing_begun(client).await);
        };
        let _held = self.0.writes.lock().await;
        let Some((owner, kept)) = self.passkey_shown(shown).await? else {
            return Err(self.wrong_passkey(&pending, pending.user(), client).await);
        };
        let user = self.user_now(owner).await?;
        let asked = match pending.purpose() {
            Purpose::SignIn(Some(asked), _) if self.still_fits(&pending, &user) => asked,
            // Where providers alone sign in, it is no way around them.
            Purpose::Passwordless(asked) if self.may_by_password(&user) => asked,
            _ => return Err(self.wrong_passkey(&pending, Some(owner), client).await),
        };
        let Some(used) = self.use_passkey(directory, &pending, asked, (&user, kept), shown, client).await?
        else {
            return Err(self.wrong_passkey(&pending, Some(owner), client).await);
        };
        let docs = vec![pending.removal(), used];
        let how = (Some(FactorKind::Passkey), pending.origin());
        // The challenge was answered, from wherever: another session needs another one.
        let started = match self.check_allowed_or(directory, &user, client, || docs.clone()).await {
            Ok(()) => self.start(&user, (directory, client), how, docs, Vec::new()).await,
            Err(fault) => Err(fault),
        };
        match started {
            // Somebody was faster with the same.
            Err(fault) if matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => {
                Err(wrong_passkey())
            }
            done => done,
        }
    }

    /// Holds a passkey that the user shows in a session against what was asked for.
    pub(super) async fn step_up_by_passkey(
        &self,
        directory: &Directory,
        pending: &Pending,
        user: &User,
        shown: &Value,
        client: &Client,
    ) -> Result<Option<DocWrite>> {
        let Purpose::StepUp(Some(asked)) = pending.purpose() else { return Ok(None) };
        let Some((owner, kept)) = self.passkey_shown(shown).await? else { return Ok(None) };
        if owner != user.doc.id {
            return Ok(None);
        }
        self.use_passkey(directory, pending, asked, (user, kept), shown, client).await
    }

    /// The passkey as it is from now on, if it was the one that was asked for. Tells of one that was copied.
    async fn use_passkey(
        &self,
        directory: &Directory,
        pending: &Pending,
        asked: &Asked,
        (user, mut kept): (&User, Kept),
        shown: &Value,
        client: &Client,
    ) -> Result<Option<DocWrite>> {
        match asked.check(user.doc.id, &mut kept, shown)? {
            Checked::Right => {
                let now = self.0.clock.now();
                kept.factor.used_at = Some(now);
                kept.put(&self.0.vault, now).map(Some)
            }
            Checked::Wrong => Ok(None),
            Checked::Cloned => {
                let event = self.refusal(&user.doc.login, Some(user.doc.id), client, "passkey-cloned")?;
                let mut batch = Batch::new(event);
                batch.docs.push(pending.removal());
                let mut told =
                    directory.holders(access::Thing::Users, access::Verb::Manage, self.0.clock.now());
                told.retain(|admin| *admin != user.doc.id);
                told.push(user.doc.id);
                told::add(
                    &mut batch,
                    told::cloned(&self.0.source(), &told, &user.doc.login, &kept.factor.name)?,
                );
                self.0.store.commit(batch).await?;
                Err(wrong_passkey())
            }
        }
    }

    /// Writes down that a wrong passkey was shown; what was begun is over, since its challenge was answered.
    pub(super) async fn wrong_passkey(
        &self,
        pending: &Pending,
        user: Option<UserId>,
        client: &Client,
    ) -> Fault {
        let event = match self.refusal("", user, client, "wrong-passkey") {
            Ok(event) => event,
            Err(fault) => return fault,
        };
        let mut batch = Batch::new(event);
        batch.docs.push(pending.removal());
        match self.0.store.commit(batch).await {
            Err(fault) if !matches!(fault.kind, FaultKind::Stale | FaultKind::Conflict) => fault,
            _ => wrong_passkey(),
        }
    }
}

fn no_name() -> Fault {
    let text = Text::of(
        "Klucze dostępu działają tylko pod nazwą serwera, nie pod adresem IP. Otwórz Klucznika pod jego nazwą.",
        "Passkeys work only under the server's name, not under an IP address. Open Klucznik by its name.",
    );
    Fault::new(FaultKind::Conflict, text)
}

fn not_made() -> Fault {
    let reason = Text::of(
        "Przeglądarka nie utworzyła klucza, który można przyjąć. Spróbuj jeszcze raz, z blokadą ekranu albo kodem PIN.",
        "The browser made no passkey that can be taken. Try again, with a screen lock or a PIN.",
    );
    Fault::fields(vec![FieldIssue {
        field: "passkey".to_owned(),
        code: "wrong-passkey".to_owned(),
        reason,
        example: None,
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passkey_is_bound_to_a_name() {
        let id = |host: &str| Site::new(host).and_then(|site| site.id().ok());
        assert_eq!(id("crm.example.com").as_deref(), Some("crm.example.com"));
        assert_eq!(id("localhost:8443").as_deref(), Some("localhost"));
        for host in ["", "127.0.0.1", "127.0.0.1:8443", "[::1]:8443", "10.1", "a@b.example", "a.example/b"] {
            assert_eq!(id(host), None, "{host}");
        }
    }
}
