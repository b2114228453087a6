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

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, OrgId, SystemRandom, Time};
    use std::sync::Arc;
    use vault::RootKey;

    #[test]
    fn codes_are_random_and_only_their_keyed_hashes_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        let root = RootKey::create_file(&dir.path().join("root.key"), &SystemRandom).unwrap();
        let organisation = OrgId::from_bytes([7; 16]);
        let random = Arc::new(SystemRandom);
        let vault = Vault::create(&dir.path().join("keys"), &root, organisation, Time(1), random).unwrap();
        let (anna, piotr): (UserId, UserId) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        let made = new(&SystemRandom);
        let all: std::collections::BTreeSet<&str> = made.iter().map(|code| code.as_str()).collect();
        assert_eq!(all.len(), COUNT);
        // 16 characters of 5 bits each.
        assert!(made.iter().all(|code| code.len() == 19 && code.replace('-', "").len() == 16));
        let What::Recovery(left) = kept(&vault, anna, &made) else { panic!("codes") };
        let text = left.join(" ");
        assert!(made.iter().all(|code| !text.contains(&**code) && !text.contains(&code.replace('-', ""))));
        assert!(without(&vault, piotr, &left, &made[3]).is_none(), "another's");
        let rest = without(&vault, anna, &left, &format!(" {} ", made[3].to_uppercase())).unwrap();
        assert_eq!(rest.len(), COUNT - 1);
        assert!(without(&vault, anna, &rest, &made[3]).is_none(), "used");
        assert!(without(&vault, anna, &left, "").is_none());
    }
}
