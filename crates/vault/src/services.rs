//! What the organisation's own keys do besides sealing: keyed hashes, tokens, signatures.

use crate::primitives::{Secret, mac, xaes};
use crate::sealed;
use crate::vault::Vault;
use kernel::{Fault, Result, Text};

impl Vault {
    /// A keyed HMAC-SHA-256. Each purpose has a key of its own, so equal data of two purposes are unlike.
    #[must_use]
    pub fn mac(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let key = self.derivation.derive(&[b"klucznik mac 1\0", purpose.as_bytes()]);
        mac::hmac_sha256(&key, data)
    }

    /// Seals what a client carries for us, such as the cursor of a list.
    #[must_use]
    pub fn seal_token(&self, purpose: &str, content: &[u8]) -> Vec<u8> {
        let mut nonce = [0; xaes::NONCE];
        self.random().fill(&mut nonce);
        sealed::seal_token(self.organisation(), &self.token_key(purpose), &nonce, content)
    }

    /// Opens a token of the same purpose.
    ///
    /// # Errors
    /// Invalid if it was not made here for this purpose, or altered.
    pub fn open_token(&self, purpose: &str, token: &[u8]) -> Result<Vec<u8>> {
        let opened = sealed::open_token(self.organisation(), &self.token_key(purpose), token);
        opened.ok_or_else(|| {
            Fault::invalid(Text::of(
                "Ten znacznik nie pochodzi z tego serwera albo został zmieniony.",
                "This token does not come from this server, or was altered.",
            ))
        })
    }

    fn token_key(&self, purpose: &str) -> Secret {
        self.derivation.derive(&[b"klucznik token 1\0", purpose.as_bytes()])
    }

    /// Signs with the organisation's Ed25519 key.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message)
    }

    /// The key that verifies what [`Vault::sign`] makes.
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        self.signing.public_key()
    }
}
