//! XAES-256-GCM (C2SP, `XAES-256-GCM.md`): AES-256-GCM with a nonce of 192 bits that may be random.
//!
//! The first 12 bytes of the nonce and the key give the key of one message through the counter-mode KDF
//! of NIST SP 800-108r1 over AES-256-CMAC; the last 12 are the nonce of AES-256-GCM.

use super::Secret;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cmac;

/// Bytes of a nonce.
pub const NONCE: usize = 24;
/// Bytes of a tag.
pub const TAG: usize = 16;

/// The ciphertext was not made with this key, nonce and associated data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refused;

/// The AES-256-GCM key of one message.
fn message_key(key: &Secret, nonce: &[u8; NONCE]) -> LessSafeKey {
    let cmac = cmac::Key::new(cmac::AES_256, key.bytes()).expect("the key has 32 bytes");
    // Counter (16 bits), label 'X', separator 0, context: exactly one AES block.
    let mut block = [0, 1, b'X', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    block[4..].copy_from_slice(&nonce[..12]);
    let mut derived = zeroize::Zeroizing::new([0; 32]);
    for (counter, half) in (1..).zip(derived.chunks_exact_mut(16)) {
        block[1] = counter;
        let tag = cmac::sign(&cmac, &block).expect("CMAC of one block");
        half.copy_from_slice(tag.as_ref());
    }
    let key = UnboundKey::new(&AES_256_GCM, &*derived).expect("the key has 32 bytes");
    LessSafeKey::new(key)
}

fn message_nonce(nonce: &[u8; NONCE]) -> Nonce {
    Nonce::try_assume_unique_for_key(&nonce[12..]).expect("12 bytes are left")
}

/// Appends ciphertext and tag of `plain` to `out`. The nonce is random or never used before.
pub fn seal(key: &Secret, nonce: &[u8; NONCE], aad: &[u8], plain: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    out.reserve(plain.len() + TAG);
    out.extend_from_slice(plain);
    let tag = message_key(key, nonce)
        .seal_in_place_separate_tag(message_nonce(nonce), Aad::from(aad), &mut out[start..])
        .expect("content is far below 64 GiB");
    out.extend_from_slice(tag.as_ref());
}

/// Opens `sealed` (ciphertext and tag) in place and returns the plaintext.
///
/// # Errors
/// [`Refused`] if anything differs from what was sealed.
pub fn open<'a>(
    key: &Secret,
    nonce: &[u8; NONCE],
    aad: &[u8],
    sealed: &'a mut [u8],
) -> Result<&'a mut [u8], Refused> {
    message_key(key, nonce).open_in_place(message_nonce(nonce), Aad::from(aad), sealed).map_err(|_| Refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use xaes_256_gcm::Xaes256Gcm;
    use xaes_256_gcm::aead::{Aead, KeyInit, Payload};

    const NONCE_OF_VECTORS: &[u8; NONCE] = b"ABCDEFGHIJKLMNOPQRSTUVWX";

    /// The two vectors of the specification: the first bit of the CMAC subkey is 0 in one, 1 in the other.
    #[test]
    fn vectors_of_c2sp() {
        let cases: [(u8, &[u8], &str); 2] = [
            (1, b"", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"),
            (3, b"c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"),
        ];
        for (byte, aad, expected) in cases {
            let key = Secret::new([byte; 32]);
            let mut out = Vec::new();
            seal(&key, NONCE_OF_VECTORS, aad, b"XAES-256-GCM", &mut out);
            assert_eq!(hex::encode(&out), expected);
            assert_eq!(open(&key, NONCE_OF_VECTORS, aad, &mut out).unwrap(), b"XAES-256-GCM");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_another_implementation(
            key: [u8; 32], nonce: [u8; NONCE],
            aad in proptest::collection::vec(any::<u8>(), 0..80),
            plain in proptest::collection::vec(any::<u8>(), 0..600),
        ) {
            let mut ours = Vec::new();
            seal(&Secret::new(key), &nonce, &aad, &plain, &mut ours);
            let theirs = Xaes256Gcm::new(&key.into());
            let payload = Payload { msg: &plain, aad: &aad };
            prop_assert_eq!(&ours, &theirs.encrypt(&nonce.into(), payload).unwrap());
            prop_assert_eq!(open(&Secret::new(key), &nonce, &aad, &mut ours).unwrap(), &plain[..]);
        }

        #[test]
        fn any_flipped_bit_is_refused(
            key: [u8; 32], nonce: [u8; NONCE],
            plain in proptest::collection::vec(any::<u8>(), 0..100),
            place: prop::sample::Index, bit in 0..8u8,
        ) {
            let key = Secret::new(key);
            let mut out = Vec::new();
            seal(&key, &nonce, b"aad", &plain, &mut out);
            let i = place.index(out.len());
            out[i] ^= 1 << bit;
            prop_assert_eq!(open(&key, &nonce, b"aad", &mut out), Err(Refused));
        }
    }
}
