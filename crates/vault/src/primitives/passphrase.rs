//! Argon2id (RFC 9106).

use super::Secret;
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Fault, Result};

/// Cost of one derivation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// For new passphrases: 64 MiB, 3 passes, 1 lane; about 160 ms of CPU.
    pub const NEW: Self = Self { memory_kib: 64 << 10, passes: 3, lanes: 1 };
    /// What an altered file can ask for at most.
    const MOST: Self = Self { memory_kib: 1 << 20, passes: 16, lanes: 16 };
}

/// The key of a passphrase.
///
/// # Errors
/// Corrupt if the cost lies outside what is ever written.
pub fn argon2id(passphrase: &[u8], salt: &[u8; 16], cost: Cost) -> Result<Secret> {
    let Cost { memory_kib, passes, lanes } = cost;
    let most = Cost::MOST;
    if memory_kib > most.memory_kib || passes > most.passes || lanes > most.lanes {
        return Err(Fault::corrupt("passphrase: the cost in keys.json is above the limit"));
    }
    let params = Params::new(memory_kib, passes, lanes, Some(32))
        .map_err(|e| Fault::corrupt(format!("passphrase: the cost in keys.json is wrong: {e}")))?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase, salt, &mut out)
        .map_err(|e| Fault::bug(format!("passphrase: {e}")))?;
    let secret = Secret::new(out);
    zeroize::Zeroize::zeroize(&mut out);
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cost_of_an_altered_file_is_bounded() {
        let huge = Cost { memory_kib: u32::MAX, ..Cost::NEW };
        assert!(argon2id(b"passphrase", &[1; 16], huge).is_err());
        let none = Cost { memory_kib: 0, passes: 0, lanes: 0 };
        assert!(argon2id(b"passphrase", &[1; 16], none).is_err());
    }
}
