//! HKDF-SHA-256 (RFC 5869).

use super::Secret;
use aws_lc_rs::hkdf::{self, HKDF_SHA256, KeyType, Prk, Salt};

/// A key from which others are derived, extracted once.
pub struct Deriver(Prk);

/// Length of what is derived.
struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}

impl Deriver {
    /// Extracts from `secret`. `salt` may be empty.
    #[must_use]
    pub fn new(salt: &[u8], secret: &Secret) -> Self {
        Self(Salt::new(HKDF_SHA256, salt).extract(secret.bytes()))
    }

    /// The key for `info`, whose parts are put one after another.
    #[must_use]
    pub fn derive(&self, info: &[&[u8]]) -> Secret {
        let mut out = [0; 32];
        let okm: Result<hkdf::Okm<'_, Bytes32>, _> = self.0.expand(info, Bytes32);
        okm.and_then(|okm| okm.fill(&mut out)).expect("32 bytes are within the limit of HKDF");
        let secret = Secret::new(out);
        zeroize::Zeroize::zeroize(&mut out);
        secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with another implementation: Python's `hmac`, by the formulas of RFC 5869.
    #[test]
    fn known_answers() {
        let ikm = Secret::new([7; 32]);
        let salted = Deriver::new(b"salt", &ikm).derive(&[b"in", b"fo"]);
        assert_eq!(
            hex::encode(salted.bytes()),
            "4054a68338d4f0d6056eb8df097e9c6a405216aeff799102cd931e10a46f9b53"
        );
        let unsalted = Deriver::new(b"", &ikm).derive(&[b"info"]);
        assert_eq!(
            hex::encode(unsalted.bytes()),
            "866aa54c23632fd0064804126b22bc8795376f8b59289d8ad4c16de7432ca079"
        );
    }
}
