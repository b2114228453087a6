//! Wrong, missing, older and damaged keys and files: a clear refusal or right answers, and nothing else.

use super::behind::Behind;
use super::crowd::{fill, id};
use kernel::{FaultKind, Random, SeededRandom, SystemRandom};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use testkit::World;
use vault::{Durability, RootKey, open_database};

async fn refusal(world: &mut World) -> kernel::Fault {
    let fault = world.start().await.expect_err("it must not start");
    assert!(!fault.message.pl.is_empty() && !fault.message.en.is_empty());
    fault
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_keys_nothing_starts() {
    let mut world = World::on_file().await;
    let people = fill(&world).await;
    world.stop().await;
    let place = tempfile::tempdir().unwrap();
    let earlier = place.path().join("earlier");
    testkit::copy(&world.layout().keys(), &earlier, &[]);

    let root = world.layout().root_key();
    let kept = fs::read(&root).unwrap();
    fs::remove_file(&root).unwrap();
    assert_eq!(refusal(&mut world).await.kind, FaultKind::Invalid, "no root key");
    RootKey::create_file(&root, &SystemRandom).unwrap();
    assert_eq!(refusal(&mut world).await.kind, FaultKind::Invalid, "another root key");
    fs::write(&root, &kept).unwrap();

    for name in ["keyring.db", "keys.json"] {
        let path = world.layout().keys().join(name);
        fs::rename(&path, place.path().join("away")).unwrap();
        let fault = refusal(&mut world).await;
        assert!(matches!(fault.kind, FaultKind::Corrupt | FaultKind::Invalid), "{name}: {fault}");
        assert!(!path.exists(), "{name} is not made anew");
        fs::rename(place.path().join("away"), &path).unwrap();
    }

    world.start().await.unwrap();
    let zofia = world.sign_in("zofia.jablonska").await;
    let _ =
        zofia.post(&format!("{}/erase", people[0]), &json!({ "reason": "Żądanie osoby" })).await.expect(200);
    world.stop().await;
    for name in ["keyring.db", "keyring.db-wal", "keyring.db-shm"] {
        let _ = fs::remove_file(world.layout().keys().join(name));
        let _ = fs::copy(earlier.join(name), world.layout().keys().join(name));
    }
    assert_eq!(refusal(&mut world).await.kind, FaultKind::Corrupt, "the keyring from before an erasure");
}

/// A sealed value in another's place is not served, nor is anything else of that row.
#[tokio::test(flavor = "multi_thread")]
async fn a_moved_value_is_not_served() {
    let mut world = World::on_file().await;
    let people = fill(&world).await;
    world.stop().await;
    let behind = Behind::new(&world.dir());
    let bytes = |place: &str| -> kernel::RecordId { id(place).parse().unwrap() };
    {
        let c = open_database(&world.layout().store(), &behind.store_key(), Durability::Full, 1024, false)
            .unwrap();
        let sql = "UPDATE record SET sealed = (SELECT o.sealed FROM record o WHERE o.id = ?1) WHERE id = ?2";
        assert_eq!(c.execute(sql, [bytes(&people[1]).bytes(), bytes(&people[0]).bytes()]).unwrap(), 1);
    }
    drop(behind);
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    let answer = anna.get(&people[0]).await.expect(500);
    assert_eq!(answer.json()["type"], "urn:klucznik:problem:corrupt", "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    for private in ["Nowak0", "Nowak1", "osoba", "6012345", "subject"] {
        assert!(!answer.text.contains(private), "{}", answer.text);
    }
    let _ = anna.get(&people[1]).await.expect(200);
    let changed = anna.patch(&people[0], 2, &json!({ "fields": { "city": "Gdynia" } })).await;
    assert_eq!(changed.status, 500, "nor is it written over");
}

/// Opens a damaged copy: refuses, or answers as before wherever it answers.
async fn try_damaged(dir: &Path, people: &[String], expected: &[String]) -> Result<usize, FaultKind> {
    let clock = Arc::new(kernel::ManualClock::new(testkit::START.plus_s(60)));
    let instance = testkit::open(dir, testkit::config(), clock).await.map_err(|f| f.kind)?;
    let running = server::serve(instance, &server::Layout::new(dir)).await.map_err(|f| f.kind)?;
    let client = testkit::Client::new(running.address(), &dir.join("tls/ca.pem"));
    let login = json!({ "login": "anna.kowalska", "password": testkit::PASSWORD });
    let mut right = 0;
    if client.post("/api/v1/sessions", &login).await.status == 201 {
        for (place, name) in people.iter().zip(expected) {
            let answer = client.get(place).await;
            match answer.status.as_u16() {
                200 => {
                    assert_eq!(answer.json()["fields"]["name"], **name);
                    right += 1;
                }
                status => assert!(status >= 500 && answer.json()["type"].is_string(), "{}", answer.text),
            }
        }
        let list = client.get("/api/v1/people?sort=sort_name").await;
        match list.status.as_u16() {
            200 => {
                for row in list.json()["items"].as_array().unwrap() {
                    let place = people.iter().position(|p| p.ends_with(row["id"].as_str().unwrap())).unwrap();
                    assert_eq!(row["fields"]["name"], *expected[place]);
                }
            }
            status => assert!(status >= 500, "{}", list.text),
        }
    }
    let _closed = running.stop().await;
    Ok(right)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_byte_is_refused_or_harms_nothing() {
    let mut world = World::on_file().await;
    let mut people = fill(&world).await;
    people.truncate(6);
    let anna = world.sign_in("anna.kowalska").await;
    let mut expected = Vec::new();
    for place in &people {
        expected
            .push(anna.get(place).await.expect(200).json()["fields"]["name"].as_str().unwrap().to_owned());
    }
    world.stop().await;
    let place = tempfile::tempdir().unwrap();
    let dice = SeededRandom::new(11);
    let (mut refused, mut served) = (0, 0);
    for (n, name) in
        ["store.db", "index.db", "keys/keyring.db", "keys/keys.json"].iter().cycle().take(80).enumerate()
    {
        let dir = place.path().join(n.to_string());
        testkit::copy(&world.dir(), &dir, &[]);
        let mut bytes = fs::read(dir.join(name)).unwrap();
        let mut random = [0; 5];
        dice.fill(&mut random);
        let at = u32::from_le_bytes(random[..4].try_into().unwrap()) as usize % bytes.len();
        bytes[at] ^= 1 << (random[4] % 8);
        fs::write(dir.join(name), bytes).unwrap();
        match try_damaged(&dir, &people, &expected).await {
            Ok(right) => {
                assert!(*name != "index.db" || right == people.len(), "{name} byte {at}: it is rebuilt");
                served += 1;
            }
            Err(kind) => {
                assert!(*name != "index.db", "byte {at} of the index stops the start: {kind:?}");
                assert!(
                    matches!(kind, FaultKind::Corrupt | FaultKind::Invalid | FaultKind::Unsupported),
                    "{name} byte {at}: {kind:?}"
                );
                refused += 1;
            }
        }
        // A thread of a server that refused to start may still let go of a file.
        let _ = fs::remove_dir_all(&dir);
    }
    assert!(refused >= 15 && served >= 20, "{refused} refused, {served} served");
}
