//! A restore that fails leaves its place as it found it, so that it can be tried again.

use crate::harness::House;
use crate::moving::{Firm, KEYS, firm};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;
use testkit::Database;

/// A backup, the copy of its keys, and what is wrong in some way.
fn copies() -> House {
    let Firm { house, .. } = firm();
    house.run("backup one.age").expect(0);
    house.run("keys export keys.age").expect(0);
    house.run("backup keygen other.identity").expect(0);
    house.run("keys create other.key").expect(0);
    let whole = fs::read(house.path("one.age")).expect("a file");
    fs::write(house.path("short.age"), &whole[..whole.len() / 2]).expect("a file");
    let Firm { house: other, .. } = firm();
    fs::copy(other.path("klucznik-data/checkpoint"), house.path("other-checkpoint")).expect("a copy");
    house
}

/// What fails at different points, and how it ends.
const FAILURES: [(&str, i32); 6] = [
    ("one.age --identity other.identity --keys keys.age --key-file kept.key", 1),
    ("one.age --identity backup.identity --keys keys.age --key-file other.key", 1),
    ("one.age --identity backup.identity --keys missing.age --key-file kept.key", 1),
    ("one.age --identity backup.identity --keys one.age --key-file kept.key", 3),
    ("short.age --identity backup.identity --keys keys.age --key-file kept.key", 3),
    (
        "one.age --identity backup.identity --keys keys.age --key-file kept.key --checkpoint other-checkpoint",
        1,
    ),
];

fn names(folder: &Path) -> Vec<String> {
    let all = fs::read_dir(folder).expect("a folder");
    all.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

fn address(database: &Database) -> String {
    format!("--store postgresql://?{}", database.address().replace(' ', "&"))
}

/// Whether neither keys nor data are in it.
fn is_empty(database: &Database) -> bool {
    database.sql("SELECT to_regnamespace('keyring') IS NULL AND to_regclass('meta') IS NULL").trim() == "t"
}

#[test]
fn a_failed_restore_leaves_a_folder_as_it_found_it() {
    let house = copies();
    let into = house.path("deep/again");
    for (line, code) in FAILURES {
        house.run(&format!("restore {line} --dir deep/again --store file --reserve-mib 0")).expect(code);
        assert!(!house.path("deep").exists(), "{line}");
    }
    // What was there stays, the folder's rights too.
    fs::create_dir_all(into.join("keys")).expect("a folder");
    fs::set_permissions(&into, fs::Permissions::from_mode(0o750)).expect("rights");
    fs::copy(house.path("kept.key"), into.join("keys/root.key")).expect("a copy");
    for (line, code) in FAILURES {
        house.run(&format!("restore {line} --dir deep/again --store file --reserve-mib 0")).expect(code);
        assert_eq!((names(&into), names(&into.join("keys"))), (vec!["keys".into()], vec!["root.key".into()]));
    }
    assert_eq!(fs::metadata(&into).expect("a folder").permissions().mode() & 0o777, 0o750);
    // What is not named is asked for before anything is made.
    let line = "restore one.age --identity backup.identity --dir deep/again --store file --reserve-mib 0";
    let keyless = house.run(line).expect(1);
    assert!(keyless.err().contains("--keys"), "{}", keyless.err());
    let rootless =
        house.run("restore one.age --identity backup.identity --keys keys.age --dir other").expect(1);
    assert!(rootless.err().contains("--key-file"), "{}", rootless.err());
    assert!(!house.path("other").exists());

    house.run(&format!("{line} --keys keys.age")).expect(0);
    house.run("ledger verify --dir deep/again").expect(0);
    // And never over an instance, whose files stay.
    house.run(&format!("{line} --keys keys.age")).expect(1);
    house.run("ledger verify --dir deep/again").expect(0);
}

#[test]
fn a_failed_restore_leaves_a_database_as_it_found_it() {
    let house = copies();
    let database = Database::alone();
    let store = address(&database);
    for (line, code) in FAILURES {
        house.run(&format!("restore {line} --dir again {store}")).expect(code);
        assert!(!house.path("again").exists() && is_empty(&database), "{line}");
    }
    // Somebody works on it.
    let line = format!("restore one.age {KEYS} --dir again");
    std::thread::scope(|scope| {
        scope.spawn(|| database.sql("SELECT pg_advisory_lock_shared(5425805398840854860), pg_sleep(6)"));
        std::thread::sleep(Duration::from_secs(1));
        let refused = house.run(&format!("{line} {store}")).expect(1);
        assert!(refused.err().contains("Other servers"), "{}", refused.err());
    });
    assert!(!house.path("again").exists() && is_empty(&database));
    // A password that is another's.
    let guarded =
        format!("--store postgresql://?{}", database.guarded("klucznik", "tajne").replace(' ', "&"));
    house.secret("wrong", "inne");
    house.run(&format!("{line} {guarded} --store-password-file wrong")).expect(1);
    assert!(!house.path("again").exists() && is_empty(&database));
    house.secret("right", "tajne");
    house.run(&format!("{line} {guarded} --store-password-file right")).expect(0);
    house.run("ledger verify --dir again").expect(0);
    // An instance that is there already loses nothing.
    let over = house.run(&format!("restore one.age {KEYS} --dir another {store}")).expect(1);
    assert!(over.err().contains("holds the keys"), "{}", over.err());
    assert!(!house.path("another").exists());
    house.run("ledger verify --dir again").expect(0);
}

/// A restore into a database that is killed when the keys are there and the data are not.
fn killed(house: &House, store: &str) {
    house.restore_killed(&format!("restore - {KEYS} --dir again {store}"), "again/keys/keys.json");
}

#[test]
fn a_killed_restore_takes_back_its_own_keys_and_nothing_of_who_uses_the_database_since() {
    let Firm { house, .. } = firm();
    let mut people = String::from("First Name,Last Name,Email Address\n");
    people.extend((0..800).map(|n| format!("Anna,Kowalska{n},anna{n}@example.com\n")));
    fs::write(house.path("people.csv"), people).expect("a file");
    house.run("import people people.csv --as jan.kowalski").expect(0);
    house.run("backup one.age").expect(0);
    house.run("keys export keys.age").expect(0);
    let database = Database::alone();
    let store = address(&database);
    let line = format!("restore one.age {KEYS} --dir again {store}");
    killed(&house, &store);
    let mark = fs::read(house.path("again/restore.attempt")).expect("a mark");
    // Whoever finds it is told what it is.
    for command in ["serve", "user list", "keys status"] {
        let found = house.run(&format!("{command} --dir again")).expect(1);
        assert!(found.err().contains("klucznik restore again"), "{command}: {}", found.err());
    }
    let found = house.run("doctor --dir again --json").expect(3).json();
    let instance = found["checks"].as_array().expect("checks").iter().find(|c| c["check"] == "instance");
    assert_eq!(instance.expect("looked at")["state"], "error", "{found}");
    assert!(instance.expect("looked at").to_string().contains("klucznik restore again"), "{found}");
    // The keys of somebody else, whose data are not there yet.
    database.sql("UPDATE keyring.meta SET value = value # 1 WHERE name = 'attempt'");
    let refused = house.run(&line).expect(1);
    assert!(refused.err().contains("holds the keys"), "{}", refused.err());
    assert_eq!(database.sql("SELECT count(*) > 0 FROM keyring.subject_keys").trim(), "t");
    // It is simply repeated where nobody came between.
    database.sql("DROP SCHEMA keyring CASCADE");
    killed(&house, &store);
    house.run(&line).expect(0);
    house.run("ledger verify --dir again").expect(0);
    // One that was killed elsewhere before that takes nothing from it.
    fs::create_dir(house.path("stale")).expect("a folder");
    fs::write(house.path("stale/restore.attempt"), &mark).expect("a mark");
    let refused = house.run(&format!("restore one.age {KEYS} --dir stale {store}")).expect(1);
    assert!(refused.err().contains("an instance in this database already"), "{}", refused.err());
    assert_eq!(fs::read(house.path("stale/restore.attempt")).expect("a mark"), mark);
    house.run("ledger verify --dir again").expect(0);
}
