//! The only use of cryptographic primitives, one screen each. All of them come from aws-lc-rs, Argon2id
//! from the argon2 crate. Nothing is composed here but XAES-256-GCM, as its specification says.

pub mod derive;
pub mod hash;
pub mod mac;
pub mod passphrase;
pub mod sign;
pub mod xaes;

/// A secret of 32 bytes. It is wiped when dropped and has no `Debug`.
#[derive(Clone, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A secret from bytes. The caller wipes its own copy.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new random secret.
    #[must_use]
    pub fn random(random: &dyn kernel::Random) -> Self {
        let mut secret = Self([0; 32]);
        random.fill(&mut secret.0);
        secret
    }

    /// The secret in this slice, if it is 32 bytes long.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        <[u8; 32]>::try_from(bytes).ok().map(Self)
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}
