//! HMAC-SHA-256 (RFC 2104) and comparison in constant time.

use super::Secret;
use aws_lc_rs::{constant_time, hmac};

/// The HMAC-SHA-256 of `data`.
#[must_use]
pub fn hmac_sha256(key: &Secret, data: &[u8]) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.bytes()), data);
    let mut out = [0; 32];
    out.copy_from_slice(tag.as_ref());
    out
}

/// Whether the two are equal, in a time that depends on the lengths alone.
#[must_use]
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(a, b).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with another implementation: Python's `hmac`.
    #[test]
    fn known_answer_and_comparison() {
        let tag = hmac_sha256(&Secret::new([0x0b; 32]), b"Hi There");
        let expected = "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7";
        assert_eq!(hex::encode(tag), expected);
        assert!(equal(b"abc", b"abc"));
        assert!(!equal(b"abc", b"abd"));
        assert!(!equal(b"abc", b"ab"));
    }
}
