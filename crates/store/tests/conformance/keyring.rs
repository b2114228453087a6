//! A keyring in a database: what its home must do besides what a file does, which `vault` tests.

use crate::support::{START, kind};
use cluster::Database;
use kernel::{FaultKind, Id, SubjectId, SystemRandom};
use std::path::Path;
use std::sync::Arc;
use store::{PostgresKeyring, PostgresOptions};
use tempfile::TempDir;
use vault::{Context, Owner, RootKey, Vault};

const fn subject(n: u8) -> SubjectId {
    Id::from_bytes([n; 16])
}

const fn context(n: u8) -> Context {
    Context { owner: Owner::Subject(subject(n)), entity: 2, row: [n; 16], schema: 1 }
}

/// One of the servers: a folder of its own with the same `keys.json`.
fn server(place: &PostgresOptions, dir: &Path, root: &RootKey) -> Vault {
    let keyring = Box::new(PostgresKeyring::open(place).unwrap());
    Vault::open_over(keyring, dir, root, Arc::new(SystemRandom)).unwrap()
}

#[test]
fn a_key_dropped_by_one_server_is_gone_for_all_and_leaves_no_tombstone() {
    let (database, dir) = (Database::new(), TempDir::new().unwrap());
    let place = PostgresOptions::new(database.address());
    let root = RootKey::create_file(&dir.path().join("root.key"), &SystemRandom).unwrap();
    let (org, first) = (Id::from_bytes([1; 16]), dir.path().join("first"));
    let keyring = Box::new(PostgresKeyring::create(&place, org).unwrap());
    let one = Vault::create_over(keyring, &first, &root, org, START, Arc::new(SystemRandom)).unwrap();
    one.add_subjects(&[subject(1), subject(2), subject(3)]).unwrap();
    let (sealed, kept) = (one.seal(&context(1), b"a file").unwrap(), one.seal(&context(2), b"Anna").unwrap());
    let stone = one.destroy(subject(3), [1; 16], START).unwrap();
    let second = server(&place, &first, &root);
    assert_eq!(second.open(&context(1), &sealed).unwrap(), b"a file");

    let passing = |vault: &Vault| vault.open_passing(&context(1), &sealed).unwrap();
    for vault in [&one, &second] {
        assert_eq!(passing(vault), Some(b"a file".to_vec()));
        // Both have it at hand again, as whoever just sealed with it does.
        assert_eq!(vault.open(&context(1), &sealed).unwrap(), b"a file");
    }

    second.drop_subjects(&[subject(1), subject(3), subject(4)]).unwrap();
    // The other one asks before it opens, and then has it no more.
    assert_eq!(passing(&one), None);
    assert_eq!(kind(one.open(&context(1), &sealed)), Some(FaultKind::Corrupt));
    assert_eq!(kind(second.open(&context(1), &sealed)), Some(FaultKind::Corrupt));
    let third = server(&place, &first, &root);
    for vault in [&one, &second, &third] {
        assert!(!vault.has_subject(subject(1)).unwrap());
        assert_eq!(kind(vault.open(&context(1), &sealed)), Some(FaultKind::Corrupt));
        assert_eq!(vault.open(&context(2), &kept).unwrap(), b"Anna");
        assert_eq!(vault.tombstones().unwrap(), [stone]);
        assert_eq!(kind(vault.add_subjects(&[subject(3)])), Some(FaultKind::NotFound));
    }
    // A new key under the same id is another one.
    third.add_subjects(&[subject(1)]).unwrap();
    assert_eq!(kind(third.open(&context(1), &sealed)), Some(FaultKind::Corrupt));
    // What is sealed so leaves the key nowhere at hand.
    let again = third.seal_passing(&context(1), b"another").unwrap();
    second.drop_subjects(&[subject(1)]).unwrap();
    assert_eq!(kind(third.open(&context(1), &again)), Some(FaultKind::Corrupt));
}
