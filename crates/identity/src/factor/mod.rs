//! Second factors: what a user has beside the password, what is begun with it, and who must have one.
//!
//! Each factor is a document of its user. How many of which kind a user has stands in the user's document
//! too: it decides at each request, on every server, what the user may do at all.

mod bound;
mod ceremony;
mod codes;
mod own;
mod passkey;
mod requirement;
mod reset;
mod sign_in;
mod step_up;
pub(crate) mod told;
mod totp;
mod verify;

pub use bound::Passkeys;
pub use ceremony::{Begun, CEREMONY_MS, Ceremonies};
pub(crate) use ceremony::{Pending, Purpose};
pub use own::FactorView;
pub use passkey::Site;
pub use requirement::{FactorState, Need, Owing, Requirement, RequirementInput};
pub use reset::FactorReset;
pub use sign_in::SignIn;
pub use step_up::FRESH_MS;
pub use totp::NewTotp;
pub use verify::Proof;

use crate::Identity;
use crate::seal::{open_doc, put_doc};
use crate::users::User;
use kernel::{Fault, Id, Kind, Result, Time, UserId};
use serde::{Deserialize, Serialize};
use store::{Doc, DocKind, DocWrite};
use webauthn_rs_core::proto::Credential;
use zeroize::Zeroizing;

/// Factors of one user, and of one kind, at most; recovery codes are one beside them.
pub const MOST: usize = 10;
/// Characters of a factor's name.
const NAME_CHARS: usize = 100;

/// Label of factors' ids.
#[derive(Debug)]
pub enum FactorLabel {}
impl Kind for FactorLabel {
    const NAME: &'static str = "factor";
}
/// Id of a factor.
pub type FactorId = Id<FactorLabel>;

/// What a user can prove to be there by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// A passkey (WebAuthn).
    Passkey,
    /// Codes of an application, by time (RFC 6238).
    Totp,
    /// Codes on paper, each good once.
    Recovery,
    /// The password once more, for whoever has no factor.
    Password,
}

impl FactorKind {
    /// A stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Totp => "totp",
            Self::Recovery => "recovery",
            Self::Password => "password",
        }
    }
}

/// How many factors of each kind a user has. Recovery codes alone are none: they stand in for one that is
/// not at hand.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorCount {
    /// Passkeys.
    pub passkey: u8,
    /// Applications that make codes.
    pub totp: u8,
}

impl FactorCount {
    /// Whether there is any.
    #[must_use]
    pub const fn any(self) -> bool {
        self.passkey > 0 || self.totp > 0
    }
}

/// As [`FactorCount`], with the recovery codes that are left.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub struct FactorsHeld {
    /// Passkeys.
    pub passkey: u8,
    /// Applications that make codes.
    pub totp: u8,
    /// Recovery codes that were not used.
    pub recovery: u8,
}

impl FactorsHeld {
    /// Whether there is any; recovery codes alone are none.
    #[must_use]
    pub const fn any(self) -> bool {
        self.passkey > 0 || self.totp > 0
    }
}

/// The content of a factor's document.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactorDoc {
    pub name: String,
    pub created_at: Time,
    pub used_at: Option<Time>,
    pub what: What,
}

/// What a proof is held against.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum What {
    Totp {
        /// 20 bytes in hexadecimal.
        secret: Zeroizing<String>,
        /// The last step (30 seconds since 1970) of which a code was used: none up to it is good again.
        step: u64,
    },
    /// Keyed hashes of the codes that were not used, in hexadecimal.
    Recovery(Vec<String>),
    Passkey {
        /// The name that it is bound to: the relying party's id.
        site: String,
        credential: Box<Credential>,
    },
}

impl What {
    pub const fn kind(&self) -> FactorKind {
        match self {
            Self::Totp { .. } => FactorKind::Totp,
            Self::Recovery(_) => FactorKind::Recovery,
            Self::Passkey { .. } => FactorKind::Passkey,
        }
    }
}

/// A factor as it lies in the store.
pub(crate) struct Kept {
    pub doc: Doc,
    pub factor: FactorDoc,
}

impl Kept {
    pub const fn id(&self) -> FactorId {
        Id::from_bytes(self.doc.id)
    }

    /// The write of what it is from now on.
    pub fn put(&self, vault: &vault::Vault, now: Time) -> Result<DocWrite> {
        let next = Doc { version: self.doc.version + 1, updated_at: now, ..self.doc.clone() };
        put_doc(vault, next, &self.factor)
    }

    pub const fn removal(&self) -> DocWrite {
        DocWrite::Remove(DocKind::Factor, self.doc.id, self.doc.version)
    }
}

impl Identity {
    /// A user's factors, oldest first.
    pub(crate) async fn factors_of(&self, user: UserId) -> Result<Vec<Kept>> {
        let most = u32::try_from(MOST * 2 + 1).map_err(Fault::bug)?;
        let docs = self.0.store.docs_of_user(DocKind::Factor, user, most).await?;
        let open = |doc: Doc| Ok(Kept { factor: open_doc(&self.0.vault, &doc)?, doc });
        docs.into_iter().rev().map(open).collect()
    }

    /// How many factors of each kind a user has, recovery codes too.
    ///
    /// # Errors
    /// Storage's.
    pub async fn factors_held(&self, user: UserId) -> Result<FactorsHeld> {
        let mut held = FactorsHeld::default();
        for kept in self.factors_of(user).await? {
            match &kept.factor.what {
                What::Totp { .. } => held.totp += 1,
                What::Passkey { .. } => held.passkey += 1,
                What::Recovery(codes) => held.recovery = u8::try_from(codes.len()).unwrap_or(u8::MAX),
            }
        }
        Ok(held)
    }

    /// The user as the store has it now.
    pub(crate) async fn user_now(&self, id: UserId) -> Result<User> {
        let doc = self.0.store.doc(DocKind::User, *id.bytes()).await?.ok_or_else(Fault::not_found)?;
        crate::users::load_user(&self.0.vault, &doc)
    }
}

/// What of a user's factors can be used: whoever must have a passkey, and has one, uses that and no code,
/// which could be talked out of a person. `served`: whether a passkey is bound to a name that the server has; others
/// cannot be shown, and are asked for only where there is nothing else, as neither password nor account stands in.
pub(crate) fn usable(need: Need, held: FactorsHeld, served: bool) -> Vec<FactorKind> {
    let alone = held.passkey > 0 && held.totp == 0 && held.recovery == 0;
    if alone || need == Need::Passkey && served {
        return vec![FactorKind::Passkey];
    }
    let there = [
        (FactorKind::Passkey, served),
        (FactorKind::Totp, held.totp > 0),
        (FactorKind::Recovery, held.any() && held.recovery > 0),
    ];
    there.into_iter().filter_map(|(kind, is)| is.then_some(kind)).collect()
}
