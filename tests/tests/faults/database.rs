//! What the administrator of a PostgreSQL database finds: every file of the server, its write-ahead logs
//! and its own log among them, and a dump.

use super::behind::{Net, files};
use super::crowd::make;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use testkit::{Client, Database, World};

const CANARIES: [&str; 6] = [
    "Kwarcyslaw",
    "kwarcyslaw@kanarek.example",
    "notatkazwkrdy",
    "szansakanarkowa",
    "987654321.09",
    "kanarkowaretrospekcja",
];

/// A person, a note and a deal with a value; one is changed, so that an old value is kept.
async fn plant(anna: &Client) {
    let person = json!({ "fields": {
        "first_name": "Kwarcyslaw", "last_name": "Kanarek", "email": "kwarcyslaw@kanarek.example",
        "job_title": "kanarkowaretrospekcja",
    } });
    let place = make(anna, "people", &person).await;
    let id = place.rsplit('/').next().expect("an id");
    let note = json!({ "parent": { "entity": "person", "id": id }, "fields": { "body": "notatkazwkrdy" } });
    let _ = make(anna, "notes", &note).await;
    let deal = json!({ "fields": {
        "name": "szansakanarkowa", "stage": "lead_in", "person": id, "value": { "amount": "987654321.09", "currency": "PLN" },
    } });
    let _ = make(anna, "deals", &deal).await;
    let _ = anna.patch(&place, 1, &json!({ "fields": { "job_title": "inne" } })).await.expect(200);
    let found = anna.get("/api/v1/people?q=kwarcyslaw").await.expect(200).json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
}

/// A dump writes bytes as hexadecimal digits.
fn unfold(dump: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(dump);
    let fields = text.split(['\t', '\n']).filter_map(|field| field.strip_prefix("\\\\x"));
    fields
        .flat_map(|digits| hex::decode(digits).expect("hexadecimal digits").into_iter().chain([0]))
        .collect()
}

fn search(database: &Database) -> BTreeMap<String, BTreeSet<String>> {
    let (net, mut found) = (Net::new(CANARIES), BTreeMap::new());
    // What lies in the server's memory goes to its files.
    database.sql("CHECKPOINT");
    let all = files(&database.data());
    assert!(all.iter().any(|f| f.to_string_lossy().contains("pg_wal/0")), "{all:?}");
    for file in all {
        let name = file.display().to_string();
        let place = if name.contains("/pg_wal/") { "write-ahead log" } else { "file" };
        net.search(place, &fs::read(&file).unwrap_or_default(), &mut found);
    }
    net.search("log", database.log().as_bytes(), &mut found);
    let dump = database.dump();
    net.search("dump", &dump, &mut found);
    net.search("dump", &unfold(&dump), &mut found);
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_of_the_database_reads_nothing() {
    let mut world = World::in_database(Database::alone()).await;
    plant(&world.sign_in("anna.kowalska").await).await;
    let kept = world.database().sql("SELECT count(*) FROM keyring.subject_keys");
    assert_eq!(kept, "1", "the key of the person lies here too");
    let found = search(world.database());
    assert!(found.is_empty(), "{found:?}");
    // Nor when the server has stopped; and what is written unsealed is found everywhere.
    world.stop().await;
    assert_eq!(search(world.database()), BTreeMap::new());
    let all = CANARIES.join(" ");
    world.database().sql(&format!("INSERT INTO meta VALUES ('planted', convert_to('{all}', 'UTF8'))"));
    let found = search(world.database());
    for canary in CANARIES {
        for place in ["file", "write-ahead log", "dump", "log"] {
            assert!(found[canary].contains(place), "{canary} in {place}: {found:?}");
        }
    }
    world.database().sql("DELETE FROM meta WHERE name = 'planted'");
    world.start().await.expect("it starts again");
    let anna = world.sign_in("anna.kowalska").await;
    let people = anna.get("/api/v1/people").await.expect(200).json();
    assert_eq!(people["items"][0]["fields"]["first_name"], "Kwarcyslaw");
}
