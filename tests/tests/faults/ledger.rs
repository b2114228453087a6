//! Whoever has the page key can write to the database, and is found out.

use super::behind::{Behind, table};
use super::crowd::fill;
use kernel::{Random, SeededRandom};
use ledger::EventProof;
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;
use std::fs;
use std::path::Path;
use testkit::World;
use vault::{Durability, open_database};

struct Dice(SeededRandom);

impl Dice {
    fn roll(&self, sides: i64) -> i64 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        i64::from(u32::from_le_bytes(bytes)) % sides
    }
}

/// What an attacker writes, as SQL; `?1` to `?3` are random numbers within the table named first, or byte
/// values. Each changes something, in whatever rows it hits.
const MUTATIONS: [(&str, &str); 26] = [
    (
        "event",
        "UPDATE event SET bytes = CAST(substr(bytes, 1, ?2 % length(bytes)) || x'5a' || substr(bytes, 2 + ?2 % length(bytes)) AS BLOB) WHERE seq = ?1 AND substr(bytes, 1 + ?2 % length(bytes), 1) <> x'5a'",
    ),
    ("event", "DELETE FROM event WHERE seq = ?1"),
    ("event", "DELETE FROM event WHERE seq >= ?1"),
    ("event", "UPDATE event SET at = at + 1 + ?2 WHERE seq = ?1"),
    ("event", "UPDATE event SET act = act + 1 WHERE seq = ?1"),
    ("event", "UPDATE event SET user = randomblob(16) WHERE seq = ?1"),
    ("event", "UPDATE event SET subject = randomblob(16) WHERE seq = ?1"),
    ("event", "UPDATE event SET hash = randomblob(32) WHERE seq = ?1"),
    (
        "event",
        "UPDATE event SET seq = CASE seq WHEN ?1 THEN -7 ELSE ?1 END WHERE seq = ?1 OR seq = (?1 + 1 + ?2) % (SELECT count(*) FROM event)",
    ),
    (
        "event",
        "INSERT INTO event SELECT (SELECT max(seq) + 1 FROM event), randomblob(16), at, user, record, subject, act, bytes, hash FROM event WHERE seq = ?1",
    ),
    ("node", "DELETE FROM node WHERE rowid_of = ?1"),
    ("node", "UPDATE node SET hash = randomblob(32) WHERE rowid_of = ?1"),
    ("record", "UPDATE record SET owner = randomblob(16) WHERE rowid = ?1"),
    ("record", "UPDATE record SET team = randomblob(16) WHERE rowid = ?1"),
    (
        "record",
        "UPDATE record SET sealed = (SELECT o.sealed FROM record o WHERE o.rowid <> ?1 ORDER BY o.rowid LIMIT 1 OFFSET ?2 % 9) WHERE rowid = ?1",
    ),
    ("record", "UPDATE record SET sealed = randomblob(length(sealed)) WHERE rowid = ?1"),
    ("record", "UPDATE record SET updated_by = randomblob(16) WHERE rowid = ?1"),
    ("record", "UPDATE record SET updated_at = updated_at - 1 - ?2 WHERE rowid = ?1"),
    ("record", "UPDATE record SET version = version + 1 WHERE rowid = ?1"),
    ("record", "UPDATE record SET deleted_at = coalesce(deleted_at, 0) + 1 WHERE rowid = ?1"),
    ("record", "UPDATE record SET subject = randomblob(16) WHERE rowid = ?1"),
    ("record", "DELETE FROM record WHERE rowid = ?1"),
    (
        "record",
        "INSERT INTO record SELECT randomblob(16), entity, subject, owner, team, parent, version, schema, created_at, created_by, updated_at, updated_by, deleted_at, sealed FROM record WHERE rowid = ?1",
    ),
    (
        "doc",
        "UPDATE doc SET sealed = (SELECT o.sealed FROM doc o WHERE o.rowid <> ?1 ORDER BY o.rowid LIMIT 1 OFFSET ?2 % 9) WHERE rowid = ?1",
    ),
    ("doc", "DELETE FROM doc WHERE rowid = ?1"),
    ("change", "DELETE FROM change WHERE seq = 1 + ?1"),
];

/// One attack on the database at `path`: what it was, once it changed something.
fn mutate(path: &Path, behind: &Behind, dice: &Dice, n: usize) -> String {
    let c = open_database(path, &behind.store_key(), Durability::Full, 1024, false).unwrap();
    let of =
        |of: &str| -> i64 { c.query_row(&format!("SELECT count(*) FROM {of}"), [], |r| r.get(0)).unwrap() };
    for _ in 0..50 {
        let (name, sql) = MUTATIONS[n % MUTATIONS.len()];
        let sql =
            sql.replace("rowid_of = ?1", "(level, idx) = (SELECT level, idx FROM node LIMIT 1 OFFSET ?1)");
        let start = i64::from(name == "record" || name == "doc");
        let (row, other) = (start + dice.roll(of(name)), dice.roll(97));
        let mut statement = c.prepare(&sql).unwrap();
        let changed = match statement.parameter_count() {
            2 => statement.execute([row, other]),
            _ => statement.execute([row]),
        };
        // A unique index refuses some: then another row.
        if changed.is_ok_and(|n| n > 0) {
            return format!("{sql} {row} {other}");
        }
    }
    panic!("mutation {n} changes nothing");
}

/// Enough events that the tree has kept nodes.
async fn grow(world: &World, people: &[String]) {
    let anna = world.sign_in("anna.kowalska").await;
    for _ in 0..260 {
        let _ = anna.get(&people[0]).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_is_found() {
    let mut world = World::on_file().await;
    let people = fill(&world).await;
    grow(&world, &people).await;
    world.stop().await;
    let place = tempfile::tempdir().unwrap();
    let keys = world.layout().keys();
    let sound = Behind::new(&world.dir());
    sound.assert_sound();
    assert!(!table(&sound.store(), "SELECT hash FROM node").is_empty());
    let dice = Dice(SeededRandom::new(42));
    let data = place.path().join("data");
    for n in 0..100 {
        fs::create_dir_all(&data).unwrap();
        for name in ["store.db", "checkpoint"] {
            fs::copy(world.dir().join(name), data.join(name)).unwrap();
        }
        let what = mutate(&data.join("store.db"), &sound, &dice, n);
        let found = Behind::with_keys(&data, &keys).findings();
        assert!(!found.is_empty(), "attempt {n} is not found: {what}");
        fs::remove_dir_all(&data).unwrap();
    }
}

/// The checkpoint outside gives an older copy away, and a start refuses it.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_is_refused_at_the_start() {
    let mut world = World::on_file().await;
    let people = fill(&world).await;
    world.stop().await;
    let place = tempfile::tempdir().unwrap();
    let older = place.path().join("store.db");
    fs::copy(world.layout().store(), &older).unwrap();
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    let _ = anna.patch(&people[0], 2, &json!({ "fields": { "city": "Gdynia" } })).await.expect(200);
    world.stop().await;
    Behind::new(&world.dir()).assert_sound();
    fs::copy(&older, world.layout().store()).unwrap();
    assert!(!Behind::new(&world.dir()).findings().is_empty());
    let refused = world.start().await.unwrap_err();
    assert_eq!(refused.kind, kernel::FaultKind::Corrupt);
    assert!(refused.message.en.contains("rolled back") && !refused.message.pl.is_empty(), "{refused}");
}

/// One row put back to what it was, with all that belonged to it.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_put_back_to_an_older_state_is_found() {
    let mut world = World::on_file().await;
    let people = fill(&world).await;
    world.stop().await;
    let place = tempfile::tempdir().unwrap();
    testkit::copy(&world.dir(), place.path(), &[]);
    let (old, old_changes) = {
        let c = Behind::new(place.path()).store();
        (table(&c, "SELECT rowid, * FROM record"), table(&c, "SELECT * FROM change"))
    };
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    let _ = anna.patch(&people[0], 2, &json!({ "fields": { "city": "Gdynia" } })).await.expect(200);
    world.stop().await;
    let behind = Behind::new(&world.dir());
    {
        let c = open_database(&world.layout().store(), &behind.store_key(), Durability::Full, 1024, false)
            .unwrap();
        put(&c, "record (rowid, id, entity, subject, owner, team, parent, version, schema, created_at, created_by,
            updated_at, updated_by, deleted_at, sealed)", &old);
        let seq = i64::try_from(old_changes.len()).unwrap();
        assert_eq!(c.execute("DELETE FROM change WHERE seq > ?1", [seq]).unwrap(), 1);
    }
    assert_eq!(behind.findings(), ["row-altered"]);
}

fn put(c: &Connection, into: &str, rows: &[Vec<Value>]) {
    for row in rows {
        let marks = vec!["?"; row.len()].join(",");
        c.execute(
            &format!("INSERT OR REPLACE INTO {into} VALUES ({marks})"),
            rusqlite::params_from_iter(row),
        )
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_holds_and_an_altered_one_does_not() {
    let world = World::on_file().await;
    let people = fill(&world).await;
    let anna = world.sign_in("anna.kowalska").await;
    let _ = anna.get(&people[0]).await.expect(200);
    let danuta = world.sign_in("danuta.krol").await;
    let events = danuta.get("/api/v1/ledger/events").await.expect(200).json();
    let key = world.app().engine().vault().public_key();
    for event in events["items"].as_array().unwrap().iter().step_by(7) {
        let path = format!("/api/v1/ledger/events/{}/proof", event["id"].as_str().unwrap());
        let proof = danuta.get(&path).await.expect(200).text;
        let checked = EventProof::from_json(proof.as_bytes()).unwrap().check(Some(&key)).unwrap();
        assert_eq!(checked.event.id.to_string(), event["id"].as_str().unwrap());
        altered_proofs_fail(&proof, &key, &checked);
    }
}

fn altered_proofs_fail(proof: &str, key: &[u8; 32], right: &ledger::CheckedEvent) {
    let dice = Dice(SeededRandom::new(3));
    for _ in 0..60 {
        let mut bytes = proof.as_bytes().to_vec();
        let at = usize::try_from(dice.roll(i64::try_from(bytes.len()).unwrap())).unwrap();
        bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
        if let Ok(checked) = EventProof::from_json(&bytes).and_then(|p| p.check(Some(key))) {
            // Words beside the proof can be altered; what it proves cannot.
            assert_eq!(checked.event, right.event, "byte {at}");
        }
    }
}
