//! Holding a proof against what a user has.

use super::{FactorKind, Kept, What, codes, totp};
use crate::Identity;
use kernel::{Result, UserId};
use serde_json::Value;
use store::DocWrite;
use zeroize::Zeroizing;

/// What somebody shows to prove to be there.
pub enum Proof {
    /// A code of an application.
    Totp(Zeroizing<String>),
    /// A recovery code.
    Recovery(Zeroizing<String>),
    /// The password.
    Password(Zeroizing<String>),
    /// What a browser gave of a passkey: a `PublicKeyCredentialJSON`.
    Passkey(Value),
}

impl Proof {
    /// By what it proves.
    #[must_use]
    pub const fn kind(&self) -> FactorKind {
        match self {
            Self::Totp(_) => FactorKind::Totp,
            Self::Recovery(_) => FactorKind::Recovery,
            Self::Password(_) => FactorKind::Password,
            Self::Passkey(_) => FactorKind::Passkey,
        }
    }
}

/// A proof that was right.
pub(crate) struct Used {
    /// To be written in the same commit as what comes of it: only then was it used, and only once.
    pub put: DocWrite,
    /// How many recovery codes are left, if it was one.
    pub left: Option<usize>,
}

impl Identity {
    /// Holds a code against the user's factors. None if it is wrong, was used, or is of a kind that is not `usable`.
    pub(crate) async fn check_code(
        &self,
        user: UserId,
        usable: &[FactorKind],
        proof: &Proof,
    ) -> Result<Option<Used>> {
        if !usable.contains(&proof.kind()) {
            return Ok(None);
        }
        for mut kept in self.factors_of(user).await? {
            if let Some(left) = self.used_up(user, &mut kept, proof)? {
                let now = self.0.clock.now();
                kept.factor.used_at = Some(now);
                return Ok(Some(Used { put: kept.put(&self.0.vault, now)?, left }));
            }
        }
        Ok(None)
    }

    /// Uses a code of this factor up, if it is one of it: then with how many are left of those that are counted.
    fn used_up(&self, user: UserId, kept: &mut Kept, proof: &Proof) -> Result<Option<Option<usize>>> {
        let (vault, now) = (&self.0.vault, self.0.clock.now());
        match (&mut kept.factor.what, proof) {
            (What::Totp { secret, step }, Proof::Totp(code)) => {
                let found = totp::check(secret, code, *step, now)?;
                Ok(found.map(|found| {
                    *step = found;
                    None
                }))
            }
            (What::Recovery(left), Proof::Recovery(code)) => {
                Ok(codes::without(vault, user, left, code).map(|rest| {
                    *left = rest;
                    Some(left.len())
                }))
            }
            _ => Ok(None),
        }
    }
}
