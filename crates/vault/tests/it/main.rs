//! The vault through its front door: laws, attacks, crashes.

mod copying;
mod database;
mod destroying;
mod roots;
mod rotation;
mod sealing;

use kernel::{OrgId, SeededRandom, SubjectId, Time};
use std::path::Path;
use std::sync::Arc;
use vault::{Context, Owner, RootKey, Vault};

pub(crate) const NOW: Time = Time(1_790_000_000_000);

pub(crate) fn organisation() -> OrgId {
    OrgId::from_bytes([0x0a; 16])
}

pub(crate) fn subject(n: u32) -> SubjectId {
    let mut bytes = [0x5b; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    SubjectId::from_bytes(bytes)
}

pub(crate) fn context(n: u32) -> Context {
    Context { owner: Owner::Subject(subject(n)), entity: 3, row: [7; 16], schema: 1 }
}

/// A key directory in a temporary place, its root key and the open vault.
pub(crate) struct Instance {
    pub(crate) place: tempfile::TempDir,
    pub(crate) root: RootKey,
    pub(crate) vault: Vault,
}

impl Instance {
    pub(crate) fn new(seed: u64) -> Self {
        let place = tempfile::tempdir().unwrap();
        let random = Arc::new(SeededRandom::new(seed));
        let root = RootKey::create_file(&place.path().join("root.key"), &*random).unwrap();
        let dir = place.path().join("keys");
        let vault = Vault::create(&dir, &root, organisation(), NOW, random).unwrap();
        Self { place, root, vault }
    }

    pub(crate) fn dir(&self) -> std::path::PathBuf {
        self.place.path().join("keys")
    }

    /// Closes the vault and opens it again. Nonces must not repeat, so the seed is another.
    pub(crate) fn reopen(self, seed: u64) -> Self {
        let Self { place, root, vault } = self;
        drop(vault);
        let vault = open(&place.path().join("keys"), &root, seed).unwrap();
        Self { place, root, vault }
    }
}

pub(crate) fn open(dir: &Path, root: &RootKey, seed: u64) -> kernel::Result<Vault> {
    Vault::open_existing(dir, root, Arc::new(SeededRandom::new(seed)))
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// The failure of a result whose value has no `Debug`.
pub(crate) fn fault<T>(result: kernel::Result<T>) -> kernel::Fault {
    match result {
        Ok(_) => panic!("it should have been refused"),
        Err(fault) => fault,
    }
}

pub(crate) fn note(fault: &kernel::Fault) -> &str {
    fault.internal.as_deref().unwrap_or_default()
}

/// Where `needle` is in `hay`.
pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}

#[test]
fn shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Vault>();
    check::<vault::PageKey>();
    check::<RootKey>();
}
