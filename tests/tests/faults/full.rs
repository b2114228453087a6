//! A full disk: writing is refused clearly, reading and erasing go on, and room is used once it is there.

use super::behind::{Behind, copy};
use super::crowd::{fill, note};
use serde_json::json;
use server::Config;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use testkit::{Client, PASSWORD, START, World};

/// A small file system; unmounted when dropped.
struct Small(PathBuf);

impl Small {
    fn mount(at: &Path, mib: u32) -> Option<Self> {
        fs::create_dir_all(at).ok()?;
        let mut mount = Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", &format!("size={mib}m,mode=700"), "tmpfs"])
            .arg(at)
            .stderr(Stdio::null());
        mount.status().is_ok_and(|s| s.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _status = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Makes people with long descriptions until one is refused; how many went in.
async fn write_until_full(anna: &Client) -> usize {
    for n in 0..2_000 {
        let fields = json!({ "last_name": format!("Wielki{n}"), "description": "słowo ".repeat(3_200) });
        let answer = anna.post("/api/v1/people", &json!({ "fields": fields })).await;
        if answer.status != 201 {
            assert_full(&answer);
            return n;
        }
    }
    panic!("it was never full");
}

fn assert_full(answer: &testkit::Answer) {
    assert_eq!(answer.status, 507, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["type"], "urn:klucznik:problem:storage-full");
    assert!(problem["detail"].as_str().unwrap().contains("Nothing was saved"), "{problem}");
}

#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::print_stdout, reason = "says that it was skipped")]
async fn reading_goes_on_while_the_disk_is_full() {
    let mut world = World::new().await;
    let people = fill(&world).await;
    world.stop().await;
    let place = tempfile::tempdir().unwrap();
    let Some(_small) = Small::mount(&place.path().join("small"), 24) else {
        println!("skipped: only root can mount a small file system");
        return;
    };
    let dir = place.path().join("small/instance");
    copy(&world.dir(), &dir);
    let ballast = dir.join("ballast");
    fs::write(&ballast, vec![0; 4 << 20]).unwrap();
    let clock = Arc::new(kernel::ManualClock::new(START.plus_s(60)));
    let config = Config { reserve_mib: 8, index_cache_mib: 8, ..testkit::config() };
    let instance = testkit::open(&dir, config, clock.clone()).await.unwrap();
    let running = server::serve(instance, &server::Layout::new(&dir)).await.unwrap();
    let sign_in = async |login: &str| {
        let client = Client::new(running.address(), &dir.join("tls/ca.pem"));
        client.sign_in(login, PASSWORD).await;
        client
    };
    let anna = sign_in("anna.kowalska").await;
    // The log is carried over and gives its room back, so that it is full for good only after some rounds.
    let mut written = write_until_full(&anna).await;
    for round in 0.. {
        clock.advance_ms(2_000);
        let _ = anna.get(&people[0]).await.expect(200);
        let more = write_until_full(&anna).await;
        if more == 0 {
            break;
        }
        assert!(round < 8, "it is never full for good");
        written += more;
    }
    assert!(written > 20, "{written}");

    // Reading, listing, signing in: each leaves its event. Every kind of writing is refused.
    for n in 0..60 {
        clock.advance_ms(100);
        let read = anna.get(&people[n % 6]).await.expect(200).json();
        assert_eq!(read["fields"]["last_name"], format!("Nowak{}", n % 6));
    }
    let again = sign_in("anna.kowalska").await;
    let list = again.get("/api/v1/people?q=nowak").await.expect(200).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 6);
    assert_full(&anna.patch(&people[0], 2, &json!({ "fields": { "city": "Gdynia" } })).await);
    assert_full(&anna.post("/api/v1/people", &json!({ "fields": { "last_name": "Nowy" } })).await);
    assert_full(&anna.post("/api/v1/notes", &note("person", &people[0], "Nowa notatka")).await);
    let import =
        anna.request(reqwest::Method::POST, "/api/v1/imports/people?name=a.csv").body("Nazwisko\nNowy\n");
    assert_full(&anna.send(import).await);
    assert_eq!(anna.get(&people[0]).await.expect(200).json()["version"], 2, "nothing of it was kept");

    // Somebody's right to erasure does not wait for a larger disk.
    let zofia = sign_in("zofia.jablonska").await;
    let _ =
        zofia.post(&format!("{}/erase", people[5]), &json!({ "reason": "Żądanie osoby" })).await.expect(200);
    let _ = anna.get(&people[5]).await.expect(404);

    // Room again: no restart.
    fs::remove_file(&ballast).unwrap();
    clock.advance_ms(2_000);
    let _ = anna.patch(&people[0], 2, &json!({ "fields": { "city": "Gdynia" } })).await.expect(200);
    let made =
        anna.post("/api/v1/people", &json!({ "fields": { "last_name": "Nowy" } })).await.expect(201).json();
    assert!(dir.join("store.db.reserve").exists());
    let found = anna.get("/api/v1/people?q=nowy").await.expect(200).json();
    assert_eq!(found["items"][0]["id"], made["id"]);
    running.stop().await.unwrap();
    Behind::new(&dir).assert_sound();
}
