//! SHA-256 (FIPS 180-4).

use aws_lc_rs::digest::{Context, SHA256};

/// The SHA-256 of the parts, one after another. The parts are not delimited: whoever needs that writes
/// lengths.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn vector_of_fips_180() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex::encode(super::sha256(&[b"a", b"", b"bc"])), expected);
    }
}
