//! Settings of passwords.

use identity::{CommonPasswords, Cost};
use kernel::{Fault, FaultKind, Result, Text};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// What a hash may cost in memory, in MiB: less would be too cheap to guess at, more than a server has to spare.
const MEMORY_MIB: RangeInclusive<u32> = 64..=2_048;
/// As many passes over it: more would hold up everybody who signs in.
const PASSES: RangeInclusive<u32> = 3..=20;

/// Passwords.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasswordsConfig {
    /// Memory that hashing one takes, in MiB. Hashes that cost less are made anew at the next sign-in.
    pub memory_mib: u32,
    /// Passes over it.
    pub passes: u32,
    /// A file with passwords that nobody may take, beside the list in the program: one a line, or their SHA-1.
    pub list: Option<PathBuf>,
}

impl Default for PasswordsConfig {
    fn default() -> Self {
        Self { memory_mib: 64, passes: 3, list: None }
    }
}

impl PasswordsConfig {
    /// What one hash costs.
    ///
    /// # Errors
    /// Invalid if that is too little or too much.
    pub fn cost(&self) -> Result<Cost> {
        within("memory_mib", self.memory_mib, &MEMORY_MIB)?;
        within("passes", self.passes, &PASSES)?;
        Ok(Cost { memory_kib: self.memory_mib << 10, passes: self.passes, ..Cost::default() })
    }

    /// What new passwords are compared to.
    ///
    /// # Errors
    /// As [`CommonPasswords::with_file`].
    pub fn common(&self) -> Result<CommonPasswords> {
        let packed = CommonPasswords::packed(web::COMMON_PASSWORDS);
        match &self.list {
            Some(path) => packed.with_file(path),
            None => Ok(packed),
        }
    }
}

fn within(name: &str, value: u32, range: &RangeInclusive<u32>) -> Result<()> {
    if range.contains(&value) {
        return Ok(());
    }
    let (least, most) = (range.start(), range.end());
    Err(Fault::new(
        FaultKind::Invalid,
        Text::new(
            format!("{name} = {value} w [passwords]: dozwolone od {least} do {most}."),
            format!("{name} = {value} in [passwords]: it has to be from {least} to {most}."),
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_never_cheap() {
        let cost = |memory_mib, passes| PasswordsConfig { memory_mib, passes, list: None }.cost();
        assert_eq!(PasswordsConfig::default().cost().expect("the default"), Cost::default());
        let dear = Cost { memory_kib: 128 << 10, passes: 4, lanes: 1 };
        assert_eq!(cost(128, 4).expect("more"), dear);
        for (memory_mib, passes, name) in [
            (63, 3, "memory_mib"),
            (64, 2, "passes"),
            (4_096, 3, "memory_mib"),
            (64, 21, "passes"),
            (0, 0, "memory_mib"),
        ] {
            let said = cost(memory_mib, passes).expect_err("refused").public(kernel::Lang::En);
            assert!(said.contains(name) && said.contains("from"), "{said}");
        }
    }

    #[test]
    fn the_list_in_the_program_and_ones_own_are_searched() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "nasze stare haslo do drukarki\n").expect("written");
        let own = PasswordsConfig { list: Some(file.path().into()), ..PasswordsConfig::default() };
        let common = own.common().expect("a list");
        let refused = |password| !identity::weaknesses(password, &[], &common).is_empty();
        assert!(refused("nasze stare haslo do drukarki") && !refused("czerwony-traktor-w-stodole-3"));
        // Only a program that is built without the interface has no list of its own.
        assert_eq!(web::FILES.is_empty(), web::COMMON_PASSWORDS.is_empty());
        let (keys, rest) = web::COMMON_PASSWORDS.as_chunks::<8>();
        assert!(rest.is_empty() && keys.is_sorted());
        if !keys.is_empty() {
            assert!(keys.len() > 40_000 && refused("Mailcreated5240") && refused("polniypizdec0211"));
        }
    }
}
