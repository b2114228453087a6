//! Wrapped keys: a key sealed under another, bound to its place. Bytes: `docs/formats/keyring.md`.

use crate::primitives::{Secret, xaes};
use kernel::{OrgId, Random, SubjectId};

/// Bytes of a wrapped key.
pub(crate) const WRAPPED: usize = xaes::NONCE + 32 + xaes::TAG;

/// The place of a wrapped key.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Epoch(u32),
    Organisation([u8; 8]),
    Derivation,
    Signing,
    Page(&'a str),
    Subject(SubjectId, [u8; 8]),
}

impl Place<'_> {
    fn aad(&self, organisation: OrgId, epoch: u32) -> Vec<u8> {
        let mut aad = Vec::with_capacity(64);
        aad.extend_from_slice(b"klucznik wrap 1");
        aad.extend_from_slice(organisation.bytes());
        aad.extend_from_slice(&epoch.to_be_bytes());
        match self {
            Self::Epoch(id) => {
                aad.push(0);
                aad.extend_from_slice(&id.to_be_bytes());
            }
            Self::Organisation(key_id) => {
                aad.push(1);
                aad.extend_from_slice(key_id);
            }
            Self::Derivation => aad.push(2),
            Self::Signing => aad.push(3),
            Self::Page(name) => {
                aad.push(4);
                aad.extend_from_slice(name.as_bytes());
            }
            Self::Subject(subject, key_id) => {
                aad.push(5);
                aad.extend_from_slice(subject.bytes());
                aad.extend_from_slice(key_id);
            }
        }
        aad
    }
}

/// A key that wraps: an epoch, or the root (epoch 0).
#[derive(Clone, Copy)]
pub(crate) struct Wrapper<'a> {
    pub organisation: OrgId,
    pub epoch: u32,
    pub key: &'a Secret,
}

impl Wrapper<'_> {
    /// Wraps `secret` for `place`.
    pub fn wrap(&self, place: Place<'_>, secret: &Secret, random: &dyn Random) -> Vec<u8> {
        let mut nonce = [0; xaes::NONCE];
        random.fill(&mut nonce);
        self.wrap_with(place, secret, &nonce)
    }

    /// Wraps `secret` for `place` with a random nonce that was drawn before.
    pub fn wrap_with(&self, place: Place<'_>, secret: &Secret, nonce: &[u8; xaes::NONCE]) -> Vec<u8> {
        let mut out = Vec::with_capacity(WRAPPED);
        out.extend_from_slice(nonce);
        let aad = place.aad(self.organisation, self.epoch);
        xaes::seal(self.key, nonce, &aad, secret.bytes(), &mut out);
        out
    }

    /// The key in `wrapped`; `None` if it was not wrapped so and for this place.
    pub fn unwrap(&self, place: Place<'_>, wrapped: &[u8]) -> Option<Secret> {
        let (nonce, sealed) = wrapped.split_first_chunk::<{ xaes::NONCE }>()?;
        let mut sealed = zeroize::Zeroizing::new(<[u8; 48]>::try_from(sealed).ok()?);
        let aad = place.aad(self.organisation, self.epoch);
        let plain = xaes::open(self.key, nonce, &aad, &mut *sealed).ok()?;
        Secret::from_slice(plain)
    }
}
