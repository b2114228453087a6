//! Recovery codes: random, so that a keyed hash is enough; shown once; each good once.

use super::What;
use kernel::{Random, UserId};
use totp_rs::Secret;
use vault::Vault;
use zeroize::Zeroizing;

/// How many there are.
pub const COUNT: usize = 10;
/// Of so few left the user is told.
pub const FEW: usize = 2;
/// Bytes of one: 80 bits are not to be guessed.
const BYTES: usize = 10;

/// New codes as they are shown, in groups of four characters.
pub fn new(random: &dyn Random) -> Vec<Zeroizing<String>> {
    let code = || {
        let mut bytes = [0; BYTES];
        random.fill(&mut bytes);
        let text = Zeroizing::new(Secret::from(bytes).to_base32().to_lowercase());
        let groups: Vec<&str> =
            (0..text.len()).step_by(4).map(|at| &text[at..(at + 4).min(text.len())]).collect();
        Zeroizing::new(groups.join("-"))
    };
    std::iter::repeat_with(code).take(COUNT).collect()
}

/// What is kept of the codes of a user.
pub fn kept(vault: &Vault, user: UserId, codes: &[Zeroizing<String>]) -> What {
    What::Recovery(codes.iter().map(|code| mac(vault, user, code)).collect())
}

/// What is left of these when one was used; none if it is none of them.
pub fn without(vault: &Vault, user: UserId, left: &[String], code: &str) -> Option<Vec<String>> {
    let used = mac(vault, user, code);
    // Compared as keyed hashes: how much of one agrees tells nothing of the code.
    let at = left.iter().position(|kept| *kept == used)?;
    let mut left = left.to_vec();
    left.remove(at);
    Some(left)
}

fn mac(vault: &Vault, user: UserId, code: &str) -> String {
    let typed = code.chars().take(100).filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    let typed: Zeroizing<String> = Zeroizing::new(typed.collect());
    hex::encode(vault.mac("recovery code", &[&user.bytes()[..], typed.as_bytes()].concat()))
}
