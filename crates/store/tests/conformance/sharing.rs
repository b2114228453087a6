//! The keys of subjects in a database: what servers that share them may rely on.

use crate::moving::{backup, fill, restored};
use crate::support::{Engine, Place, START, kind};
use cluster::Database;
use kernel::{FaultKind, Id, OrgId, SubjectId, SystemRandom};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{PostgresKeyring, PostgresOptions, Store};
use tempfile::TempDir;
use vault::{Context, Owner, RootKey, Vault};

const REQUEST: [u8; 16] = [9; 16];

/// A database, and a folder of keys for each server.
struct House {
    database: Database,
    place: TempDir,
    root: RootKey,
}

fn organisation() -> OrgId {
    Id::from_bytes([1; 16])
}

fn subject(n: u8) -> SubjectId {
    Id::from_bytes([n; 16])
}

fn context(n: u8) -> Context {
    Context { owner: Owner::Subject(subject(n)), entity: 1, row: [n; 16], schema: 1 }
}

impl House {
    /// With the first server's keys.
    fn new() -> (Self, Vault) {
        let place = tempfile::tempdir().expect("a folder");
        let root = RootKey::create_file(&place.path().join("root.key"), &SystemRandom).expect("a key");
        let house = Self { database: Database::new(), place, root };
        let keyring = Box::new(PostgresKeyring::create(&house.at(), organisation()).expect("a keyring"));
        let (dir, random) = (house.dir("one"), Arc::new(SystemRandom));
        let vault = Vault::create_over(keyring, &dir, &house.root, organisation(), START, random);
        (house, vault.expect("a vault"))
    }

    fn at(&self) -> PostgresOptions {
        PostgresOptions::new(self.database.address())
    }

    fn dir(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn open(&self, dir: &Path) -> kernel::Result<Vault> {
        let keyring = Box::new(PostgresKeyring::open(&self.at())?);
        Vault::open_over(keyring, dir, &self.root, Arc::new(SystemRandom))
    }

    /// Another server, with a copy of the first one's `keys.json`.
    fn another(&self, name: &str) -> Vault {
        let dir = self.dir(name);
        fs::create_dir_all(&dir).expect("a folder");
        fs::copy(self.dir("one").join("keys.json"), dir.join("keys.json")).expect("a copy");
        self.open(&dir).expect("a vault")
    }
}

#[test]
fn what_one_server_seals_another_opens() {
    let (house, one) = House::new();
    let two = house.another("two");
    one.add_subjects(&[subject(1), subject(2)]).unwrap();
    for n in [1, 2] {
        let sealed = one.seal(&context(n), b"of one").unwrap();
        assert_eq!(two.open(&context(n), &sealed).unwrap(), b"of one");
    }
    // Both make a key for the same subject: there is one.
    for n in 3..40 {
        std::thread::scope(|scope| {
            for vault in [&one, &two] {
                scope.spawn(move || vault.add_subjects(&[subject(n)]).unwrap());
            }
        });
        let sealed = [&one, &two].map(|vault| vault.seal(&context(n), b"same").unwrap());
        assert!(sealed.iter().all(|s| one.open(&context(n), s).is_ok() && two.open(&context(n), s).is_ok()));
    }
    assert_eq!(one.status(START).unwrap().subjects, 39);
    // In two questions, not 39.
    let three = house.another("three");
    three.prefetch(&(1..40).map(subject).collect::<Vec<_>>()).unwrap();
    house.database.sql("DROP TABLE keyring.subject_keys");
    let sealed = one.seal(&context(7), b"cached").unwrap();
    assert_eq!(three.open(&context(7), &sealed).unwrap(), b"cached");
}

#[test]
fn a_key_that_one_server_destroyed_is_gone_for_all() {
    let (house, one) = House::new();
    let two = house.another("two");
    one.add_subjects(&[subject(1), subject(2)]).unwrap();
    let sealed = one.seal(&context(1), b"secret").unwrap();
    assert!(two.open(&context(1), &sealed).is_ok());
    let stone = one.destroy(subject(1), REQUEST, START).unwrap();
    assert_eq!(house.database.sql("SELECT count(*) FROM keyring.subject_keys"), "1");
    two.forget(subject(1));
    assert_eq!(kind(two.open(&context(1), &sealed)), Some(FaultKind::NotFound));
    assert_eq!(kind(two.add_subjects(&[subject(3), subject(1)])), Some(FaultKind::NotFound));
    assert!(!two.has_subject(subject(3)).unwrap(), "all or none");
    let later = two.destroy_many(&[subject(2), subject(1)], [7; 16], START.plus_s(9)).unwrap();
    assert_eq!((later[0].subject, later[1]), (subject(2), stone), "in the order asked for; the first stays");
    assert_eq!(one.tombstones().unwrap().len(), 2);
    two.forget_all();
    // An older copy of the keyring, in which destroyed keys would live again.
    drop(two);
    house.database.sql("DELETE FROM keyring.tombstones");
    assert_eq!(kind(house.open(&house.dir("two"))), Some(FaultKind::Corrupt));
}

#[test]
fn after_a_rotation_other_servers_need_the_new_keys() {
    let (house, one) = House::new();
    let two = house.another("two");
    one.add_subjects(&[subject(1), subject(2)]).unwrap();
    let sealed = one.seal(&context(1), b"secret").unwrap();
    let report = one.rotate(START, &|_, _| Ok(())).unwrap();
    assert_eq!((report.epoch, report.rewrapped, report.destroyed_epochs), (2, 2, 1));
    // One that did not hear of it reads nothing and adds nothing under a key that is gone.
    assert_eq!(kind(two.open(&context(1), &sealed)), Some(FaultKind::Unavailable));
    assert_eq!(kind(two.add_subjects(&[subject(3)])), Some(FaultKind::Unavailable));
    drop(two);
    let refused = house.open(&house.dir("two")).err().expect("refused");
    assert!(refused.message.en.contains("keys/keys.json"), "{refused:?}");
    assert_eq!(house.another("two").open(&context(1), &sealed).unwrap(), b"secret");
}

/// Data and keys move from a database to files as they do the other way.
#[test]
fn the_copy_of_keys_in_a_database_is_taken_into_a_folder() {
    let (house, one) = House::new();
    one.add_subjects(&[subject(1), subject(2)]).unwrap();
    let sealed = one.seal(&context(1), b"of the database").unwrap();
    one.destroy(subject(2), REQUEST, START).unwrap();
    let mut copy = Vec::new();
    one.export(&mut copy).unwrap();
    let dir = house.dir("folder");
    let root = |_| RootKey::from_file(&house.dir("root.key"));
    let copied = Vault::import(&dir, root, &SystemRandom, &mut &copy[..]).unwrap();
    assert_eq!((copied.subjects, copied.tombstones), (1, 1));
    let vault = Vault::open_existing(&dir, &house.root, Arc::new(SystemRandom)).unwrap();
    assert_eq!(vault.open(&context(1), &sealed).unwrap(), b"of the database");
    assert_eq!(vault.tombstones().unwrap(), one.tombstones().unwrap());
    let unfinished = |name: &str| name.contains("importing") || name.ends_with(".new");
    let mut names = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!names.any(|name| unfinished(&name.to_string_lossy())));
}

#[test]
fn a_keyring_is_made_once_and_taken_back_whole() {
    let (house, one) = House::new();
    drop(one);
    assert_eq!(kind(PostgresKeyring::create(&house.at(), organisation())), Some(FaultKind::Conflict));
    PostgresKeyring::remove_from(&house.at()).unwrap();
    assert_eq!(kind(house.open(&house.dir("one"))), Some(FaultKind::NotFound));
    let _ = PostgresKeyring::create(&house.at(), Id::from_bytes([2; 16])).unwrap();
    assert_eq!(kind(house.open(&house.dir("one"))), Some(FaultKind::Invalid), "of another organisation");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_must_be_alone_with_a_store_is() {
    let place = Place::over(Some(Arc::new(Database::new())));
    let (one, two) = (place.create(), place.open());
    assert_eq!(kind(one.alone().await), Some(FaultKind::Conflict));
    two.close().await.unwrap();
    drop(two);
    let alone = one.alone().await.unwrap();
    assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Unavailable));
    one.commit(place.inserting([place.row()])).await.unwrap();
    drop(alone);
    // The writer has done all that was asked of it before this.
    one.commit(place.inserting([place.row()])).await.unwrap();
    place.open().close().await.unwrap();
    one.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_restores_is_alone_until_it_stands() {
    let source = Place::new(Engine::File);
    let store = source.create();
    fill(&source, &store).await;
    let bytes = backup(&store.snapshot().unwrap());
    let place = Place::new(Engine::Postgres).with_vault_of(&source);
    let loaded = restored(&bytes, &place).unwrap();
    let refused = restored(&bytes, &place).map(drop).expect_err("refused");
    assert_eq!(refused.kind, FaultKind::Conflict);
    assert!(refused.message.en.contains("Other servers"), "{refused:?}");
    assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Unavailable));
    loaded.stand().unwrap();
    let checkpoint = source.checkpoint_path();
    store.close().await.unwrap();
    std::fs::copy(checkpoint, place.checkpoint_path()).unwrap();
    place.open().close().await.unwrap();
}

#[test]
fn a_store_made_for_nothing_leaves_no_table() {
    let place = Place::over(Some(Arc::new(Database::new())));
    drop(place.create());
    let store::Place::Postgres(at) = place.options().place else { panic!("a database") };
    Store::remove_from(&at).unwrap();
    let left = "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace";
    assert_eq!(place.database().sql(left), "0");
}
