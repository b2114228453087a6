//! Backups, copies of keys, and instances made of them.

use crate::harness::{House, PASSWORD};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use testkit::Client;
use tokio::task::JoinSet;

pub const KEYS: &str = "--identity backup.identity --keys keys.age --key-file kept.key";

/// An instance with a seller, a few people, and a pair of keys for backups.
pub struct Firm {
    pub house: House,
    pub recipient: String,
}

pub fn firm() -> Firm {
    let house = House::new();
    let made = house.run("backup keygen backup.identity --json").expect(0).json();
    let recipient = made["recipient"].as_str().expect("a recipient").to_owned();
    house.init(&format!("--backup-recipient {recipient}")).expect(0);
    house.user("jan.kowalski --name Jan --email jan@firma.example --role seller --role dpo");
    fs::copy(house.path("klucznik-data/keys/root.key"), house.path("kept.key"))
        .expect("the root key is kept");
    Firm { house, recipient }
}

async fn sign_in(house: &House, dir: &str) -> (crate::harness::Served, Client) {
    let served = house.serve(&format!("serve --dir {dir}"));
    let client = house.client(&served, dir);
    client.sign_in("jan.kowalski", PASSWORD).await;
    (served, client)
}

async fn person(client: &Client, surname: &str) -> String {
    let body = json!({ "fields": { "first_name": "Anna", "last_name": surname } });
    let made = client.post("/api/v1/people", &body).await.expect(201).json();
    made["id"].as_str().expect("an id").to_owned()
}

async fn surnames(client: &Client) -> Vec<String> {
    let page = client.get("/api/v1/people?limit=200").await.expect(200).json();
    let mut all: Vec<String> = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|i| i["fields"]["last_name"].as_str().unwrap_or_default().to_owned())
        .collect();
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_erased_after_a_backup_stays_erased() {
    let Firm { house, .. } = firm();
    let (served, client) = sign_in(&house, "klucznik-data").await;
    let gone = person(&client, "Zapomniana").await;
    person(&client, "Kowalska").await;
    // While the server runs.
    let made = house.run("backup one.age --json").expect(0).json();
    assert_eq!(made["records"], 2);
    let mode = fs::metadata(house.path("one.age")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    person(&client, "Późniejsza").await;
    let reason = json!({ "reason": "żądanie usunięcia" });
    let erased = client.post(&format!("/api/v1/people/{gone}/erase"), &reason).await.expect(200).json();
    assert_eq!(erased["removed"], 1);
    house.run("keys export keys.age").expect(0);
    let newer = client.get("/api/v1/ledger/checkpoint").await.expect(200).text;
    fs::write(house.path("kept-checkpoint"), newer).expect("a file");
    assert_eq!(served.stop(), Some(0));

    let line =
        format!("restore one.age {KEYS} --dir again --checkpoint kept-checkpoint --reserve-mib 0 --json");
    let report = house.run(&line).expect(0).json();
    let restored = &report["restored"];
    assert_eq!((&restored["erased"]["subjects"], &restored["records"]), (&Value::from(1), &Value::from(2)));
    let (had, has) = (restored["state"]["known"][0].as_u64(), restored["state"]["events"].as_u64());
    assert!(had > has, "the newer checkpoint is not forgotten: {report}");
    house.run("ledger verify --dir again").expect(0);

    let (served, client) = sign_in(&house, "again").await;
    assert_eq!(surnames(&client).await, ["Kowalska"]);
    let read = client.get(&format!("/api/v1/people/{gone}")).await.expect(404);
    assert!(!read.text.contains("Zapomniana"));
    let found = client.get("/api/v1/search?q=Zapomniana").await.expect(200).text;
    assert!(!found.contains(&gone), "{found}");
    let events = client.get("/api/v1/me/events").await.expect(200);
    assert!(events.text.contains("session.start"));
    assert_eq!(served.stop(), Some(0));
    // Never over an instance.
    house.run(&format!("restore one.age {KEYS} --dir again")).expect(1);
}

/// Makes people, one after the other, until told to stop; `made` is how many were acknowledged.
async fn write(client: Client, who: usize, made: Arc<AtomicUsize>, over: Arc<AtomicBool>) {
    while !over.load(Ordering::SeqCst) {
        let n = made.load(Ordering::SeqCst);
        let body = json!({ "fields": { "last_name": format!("Pisarz{who}x{n}") } });
        match client.post("/api/v1/people", &body).await.status.as_u16() {
            201 => drop(made.fetch_add(1, Ordering::SeqCst)),
            // More than the limit of one user allows.
            status => assert_eq!(status, 429),
        }
    }
}

/// Everybody's numbers, as far as they are there.
async fn written(client: &Client, writers: usize) -> Vec<BTreeSet<usize>> {
    let (mut found, mut cursor) = (vec![BTreeSet::new(); writers], String::new());
    loop {
        let page = client.get(&format!("/api/v1/people?limit=200{cursor}")).await.expect(200).json();
        for item in page["items"].as_array().expect("items") {
            let name = item["fields"]["last_name"].as_str().expect("a name");
            let (who, n) = name.strip_prefix("Pisarz").and_then(|n| n.split_once('x')).expect("a number");
            found[who.parse::<usize>().expect("a number")].insert(n.parse().expect("a number"));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_the_state_of_one_moment() {
    const WRITERS: usize = 4;
    let Firm { house, .. } = firm();
    let (served, client) = sign_in(&house, "klucznik-data").await;
    let over = Arc::new(AtomicBool::new(false));
    let made: [Arc<AtomicUsize>; WRITERS] = Default::default();
    let mut writers = JoinSet::new();
    for (who, made) in made.iter().enumerate() {
        writers.spawn(write(client.clone(), who, made.clone(), over.clone()));
    }
    let so_far = || made.each_ref().map(|made| made.load(Ordering::SeqCst));
    while so_far().iter().any(|made| *made < 5) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let before = so_far();
    let backup = tokio::task::block_in_place(|| house.run("backup one.age --json")).expect(0).json();
    let after = so_far();
    over.store(true, Ordering::SeqCst);
    writers.join_all().await;
    house.run("keys export keys.age").expect(0);
    assert_eq!(served.stop(), Some(0));
    assert!(before.iter().sum::<usize>() < after.iter().sum(), "there was load: {before:?} {after:?}");

    let report = house.run(&format!("restore one.age {KEYS} --dir again --reserve-mib 0 --json")).expect(0);
    assert_eq!(report.json()["restored"]["verdict"]["findings"], json!([]));
    house.run("ledger verify --dir again").expect(0);
    let (served, client) = sign_in(&house, "again").await;
    let found = written(&client, WRITERS).await;
    let records = found.iter().map(BTreeSet::len).sum::<usize>();
    assert_eq!(backup["records"], records, "what the backup says it holds");
    for (who, numbers) in found.into_iter().enumerate() {
        let count = numbers.len();
        assert!(numbers.into_iter().eq(0..count), "nothing is left out before what is there");
        // What was answered before it began, nothing that was begun after it ended.
        assert!((before[who]..=after[who] + 1).contains(&count), "{count}: {before:?} {after:?}");
    }
    assert_eq!(served.stop(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_proved_without_touching_the_instance() {
    let Firm { house, .. } = firm();
    let (served, client) = sign_in(&house, "klucznik-data").await;
    person(&client, "Kowalska").await;
    house.run("backup one.age").expect(0);
    let proved = house.run("backup verify one.age --identity backup.identity --json").expect(0).json();
    assert_eq!((&proved["sound"], &proved["with_keys"]), (&Value::from(true), &Value::from(true)));
    assert_eq!(proved["verdict"]["opened"], 1);
    assert!(house.path("klucznik-data/backup-verified.json").exists());
    // Elsewhere, without keys.
    let line = "backup verify one.age --identity backup.identity --dir nowhere --json";
    assert_eq!(house.run(line).expect(0).json()["with_keys"], false);
    let log = served.end().expect(0).err();
    assert!(!log.contains("went away"), "nothing went wrong: {log}");

    // A stopped instance gives a backup too, to standard output.
    let stopped = house.run("backup -").expect(0);
    assert!(stopped.out().starts_with("age-encryption.org/v1"));

    let whole = fs::read(house.path("one.age")).expect("a file");
    fs::write(house.path("short.age"), &whole[..whole.len() / 2]).expect("a file");
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    fs::write(house.path("altered.age"), &altered).expect("a file");
    house.run("backup keygen other.identity").expect(0);
    house.run("keys export keys.age").expect(0);
    for (file, identity, code) in [
        ("short.age", "backup", 3),
        ("altered.age", "backup", 3),
        ("one.age", "other", 1),
        ("missing.age", "backup", 1),
    ] {
        house.run(&format!("backup verify {file} --identity {identity}.identity")).expect(code);
        let line = format!("restore {file} --identity {identity}.identity --dir broken --key-file kept.key");
        // Keys from another file: the identity of the copy is the right one.
        house.run("keys import keys.age --identity backup.identity --dir broken --key-file kept.key");
        house.run(&line).expect(code);
        assert!(!house.path("broken/store.db").exists() && !house.path("broken/store.db.restoring").exists());
    }
    // And can be begun anew.
    house
        .run("restore one.age --identity backup.identity --dir broken --key-file kept.key --reserve-mib 0")
        .expect(0);
}

#[test]
fn nobody_to_encrypt_for_and_another_organisation_are_refused() {
    let house = House::new();
    house.init("").expect(0);
    let refused = house.run("backup one.age").expect(1);
    assert!(refused.err().contains("backup keygen"), "{}", refused.err());
    assert!(!house.path("one.age").exists());
    house.run("backup one.age --recipient age1wrong").expect(2);
    house.run("backup").expect(1);

    let made = house.run("backup keygen backup.identity --json").expect(0).json();
    let recipient = made["recipient"].as_str().expect("a recipient").to_owned();
    house.run(&format!("backup one.age --recipient {recipient}")).expect(0);
    let Firm { house: other, recipient } = firm();
    let export = format!("keys export keys.age --recipient {recipient}");
    other.run(&export).expect(0);
    for name in ["one.age", "backup.identity"] {
        fs::copy(house.path(name), other.path(&format!("other-{name}"))).expect("a copy");
    }
    fs::set_permissions(other.path("other-backup.identity"), fs::Permissions::from_mode(0o600))
        .expect("rights");
    other.run("keys import keys.age --identity backup.identity --dir again --key-file kept.key").expect(0);
    other.run("keys import keys.age --identity backup.identity --dir again --key-file kept.key").expect(1);
    let line = "restore other-one.age --identity other-backup.identity --dir again --key-file kept.key";
    let refused = other.run(line).expect(1);
    assert!(refused.err().contains("another organisation"), "{}", refused.err());
    assert!(!other.path("again/store.db").exists());
}

/// A checkpoint that was kept is not outrun by a history that it is no part of.
#[tokio::test(flavor = "multi_thread")]
async fn another_history_and_another_ones_checkpoint_are_refused() {
    let Firm { house, .. } = firm();
    house.run("backup one.age").expect(0);
    house.run("keys export keys.age").expect(0);
    // One history goes on from the backup; the first goes on longer without it.
    house.run(&format!("restore one.age {KEYS} --dir branch --reserve-mib 0")).expect(0);
    let (served, client) = sign_in(&house, "branch").await;
    person(&client, "Kowalska").await;
    let kept = client.get("/api/v1/ledger/checkpoint").await.expect(200).text;
    fs::write(house.path("branch-checkpoint"), kept).expect("a file");
    assert_eq!(served.stop(), Some(0));
    let (served, client) = sign_in(&house, "klucznik-data").await;
    for _ in 0..30 {
        assert_eq!(surnames(&client).await, Vec::<String>::new());
    }
    assert_eq!(served.stop(), Some(0));
    house.run("backup two.age").expect(0);
    house.run("keys export keys.age").expect(0);
    let line = format!("restore two.age {KEYS} --dir again --reserve-mib 0");
    let refused = house.run(&format!("{line} --checkpoint branch-checkpoint")).expect(1);
    assert!(refused.err().contains("another history"), "{}", refused.err());
    assert!(!house.path("again/store.db").exists());

    let Firm { house: other, .. } = firm();
    fs::copy(other.path("klucznik-data/checkpoint"), house.path("other-checkpoint")).expect("a copy");
    let refused = house.run(&format!("{line} --checkpoint other-checkpoint")).expect(1);
    assert!(refused.err().contains("not signed by this instance"), "{}", refused.err());
    house.run(&format!("{line} --checkpoint klucznik-data/checkpoint")).expect(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_whose_opening_fails_stands_and_a_start_goes_on() {
    let Firm { house, .. } = firm();
    let (served, client) = sign_in(&house, "klucznik-data").await;
    person(&client, "Kowalska").await;
    house.run("backup one.age").expect(0);
    house.run("keys export keys.age").expect(0);
    assert_eq!(served.stop(), Some(0));
    // The index cannot be made there: what is in the way is no file.
    fs::create_dir_all(house.path("again/index.db-journal/x")).expect("a folder");
    let line = format!("restore one.age {KEYS} --dir again --reserve-mib 0");
    let failed = house.run(&line).expect(1);
    assert!(failed.err().contains("run klucznik serve"), "{}", failed.err());
    let again = house.run(&line).expect(1);
    assert!(!again.err().contains("run klucznik serve"), "{}", again.err());
    fs::remove_dir_all(house.path("again/index.db-journal")).expect("removed");
    let (served, client) = sign_in(&house, "again").await;
    assert_eq!(surnames(&client).await, ["Kowalska"]);
    assert_eq!(served.stop(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_in_a_folder_with_a_long_name_gives_backups() {
    let Firm { house, .. } = firm();
    let deep = format!("{}/instance", ["a-folder-far-down"; 8].join("/"));
    fs::create_dir_all(house.path(&deep).parent().expect("a folder")).expect("folders");
    fs::rename(house.path("klucznik-data"), house.path(&deep)).expect("moved");
    let (served, client) = sign_in(&house, &deep).await;
    person(&client, "Kowalska").await;
    let made = house.run(&format!("backup one.age --dir {deep} --json")).expect(0).json();
    assert_eq!(made["records"], 1);
    house.run(&format!("keys export keys.age --dir {deep}")).expect(0);
    assert_eq!(served.stop(), Some(0));
}

#[test]
fn a_copy_takes_the_place_of_nothing_but_an_older_copy_of_the_keys() {
    let Firm { house, .. } = firm();
    house.run("backup one.age").expect(0);
    house.run("keys export keys.age").expect(0);
    house.run("keys export keys.age").expect(0);
    for (command, file) in [
        ("backup", "one.age"),
        ("backup", "keys.age"),
        ("backup", "backup.identity"),
        ("backup", "klucznik-data/keys/root.key"),
        ("keys export", "klucznik-data/keys/root.key"),
        ("keys export", "klucznik-data/keys/keys.json"),
        ("keys export", "backup.identity"),
    ] {
        let before = fs::read(house.path(file)).expect("a file");
        let refused = house.run(&format!("{command} {file}")).expect(1);
        assert!(refused.err().contains(file), "{}", refused.err());
        assert_eq!(fs::read(house.path(file)).expect("a file"), before, "{command} {file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_name_another_key_are_told_of_and_a_repeat_is_advised_rightly() {
    let Firm { house, .. } = firm();
    house.run("backup one.age").expect(0);
    house.run("keys export keys.age").expect(0);
    fs::create_dir(house.path("again")).expect("a folder");
    let settings = house.path("again/klucznik.toml");
    let mut old = fs::read_to_string(house.path("klucznik-data/klucznik.toml")).expect("settings");
    fs::write(&settings, &old).expect("a file");
    let line = format!("restore one.age {KEYS} --dir again --reserve-mib 0");
    let told = house.run(&line).expect(0).err();
    let lines = told.split_once("Write there:").expect("what to write").1;
    assert!(lines.contains("kept.key") && told.contains("again/klucznik.toml"), "{told}");
    house.run("keys status --dir again").expect(1);
    let (from, to) = (old.find("[key]").expect("a key"), old.find("[store]"));
    old.replace_range(from..to.unwrap_or(old.len()).max(from), "");
    let rest = old.find("[store]").map_or(old.len(), |at| at);
    let next = old[rest..].get(1..).and_then(|tail| tail.find("\n[")).map_or(old.len(), |at| rest + 1 + at);
    old.replace_range(rest..next, "");
    fs::write(&settings, format!("{old}\n{lines}\n")).expect("a file");
    house.run("keys status --dir again").expect(0);

    let repeated = house.run(&line).expect(1).err();
    assert!(repeated.contains("klucznik serve") && repeated.contains("stay as they are"), "{repeated}");
    assert!(!repeated.contains("dropdb"), "{repeated}");
    house.run("keys status --dir again").expect(0);
}

#[test]
fn which_file_is_damaged_is_said_and_a_folder_is_none() {
    let Firm { house, .. } = firm();
    house.run("backup one.age").expect(0);
    house.run("keys export keys.age").expect(0);
    for (file, named) in [("one.age", "The backup: "), ("keys.age", "The copy of the keys: ")] {
        let whole = fs::read(house.path(file)).expect("a file");
        fs::write(house.path(file), &whole[..whole.len() - 100]).expect("a file");
        let told = house.run(&format!("restore one.age {KEYS} --dir again --reserve-mib 0")).expect(3).err();
        assert!(told.contains(named) && told.contains("damaged"), "{told}");
        assert!(!house.path("again").exists());
        fs::write(house.path(file), whole).expect("a file");
    }
    fs::create_dir(house.path("a-folder")).expect("a folder");
    let told = house.run(&format!("restore a-folder {KEYS} --dir again")).expect(1).err();
    assert!(told.contains("a-folder is a folder"), "{told}");
}

#[test]
fn a_restore_that_is_killed_is_simply_repeated() {
    let Firm { house, .. } = firm();
    let mut people = String::from("First Name,Last Name,Email Address\n");
    people.extend((0..800).map(|n| format!("Anna,Kowalska{n},anna{n}@example.com\n")));
    fs::write(house.path("people.csv"), people).expect("a file");
    house.run("import people people.csv --as jan.kowalski").expect(0);
    house.run("backup one.age").expect(0);
    house.run("keys export keys.age").expect(0);
    // Half of it comes, and then nothing: the keys are there, the data are not.
    let line = format!("restore - {KEYS} --dir again --reserve-mib 0");
    house.restore_killed(&line, "again/store.db.restoring");
    assert!(house.path("again/keys/keys.json").exists() && !house.path("again/store.db").exists());
    let line = format!("restore one.age {KEYS} --dir again --reserve-mib 0");
    house.run(&line).expect(0);
    assert!(!house.path("again/restore.attempt").exists());
    house.run("ledger verify --dir again").expect(0);
    // And what stands is not taken for what was killed.
    house.run(&line).expect(1);
    house.run("ledger verify --dir again").expect(0);
}
