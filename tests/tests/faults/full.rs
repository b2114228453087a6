//! A full disk: writing is refused clearly, reading and erasing go on, and room is used once it is there.

use super::behind::Behind;
use super::crowd::{fill, note};
use kernel::ManualClock;
use reqwest::Method;
use serde_json::{Value, json};
use server::{Config, Running};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
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

/// An instance on a small file system, served.
struct OnSmall {
    running: Running,
    clock: Arc<ManualClock>,
    dir: PathBuf,
    ballast: PathBuf,
    _small: Small,
    _place: TempDir,
}

impl OnSmall {
    /// A copy of the stopped instance, beside so many MiB that can go; none where no file system can be mounted.
    async fn serve(world: &World, ballast_mib: u32) -> Option<Self> {
        Self::keeping(world, ballast_mib, 8).await
    }

    /// The same, with so many MiB kept back.
    #[allow(clippy::print_stdout, reason = "says that it was skipped")]
    async fn keeping(world: &World, ballast_mib: u32, reserve_mib: u32) -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let Some(small) = Small::mount(&place.path().join("small"), 12 + reserve_mib + ballast_mib) else {
            println!("skipped: only root can mount a small file system");
            return None;
        };
        let dir = place.path().join("small/instance");
        testkit::copy(&world.dir(), &dir, &[]);
        let ballast = dir.join("ballast");
        fs::write(&ballast, vec![0; (ballast_mib as usize) << 20]).unwrap();
        let clock = Arc::new(ManualClock::new(START.plus_s(60)));
        let config = Config { reserve_mib, index_cache_mib: 8, ..testkit::config() };
        let instance = testkit::open(&dir, config, clock.clone()).await.unwrap();
        let running = server::serve(instance, &server::Layout::new(&dir)).await.unwrap();
        Some(Self { running, clock, dir, ballast, _small: small, _place: place })
    }

    async fn sign_in(&self, login: &str) -> Client {
        let client = Client::new(self.running.address(), &self.dir.join("tls/ca.pem"));
        client.sign_in(login, PASSWORD).await;
        client
    }

    fn make_room(&self) {
        fs::remove_file(&self.ballast).unwrap();
        self.clock.advance_ms(2_000);
    }

    async fn stop(self) {
        self.running.stop().await.unwrap();
        Behind::new(&self.dir).assert_sound();
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
async fn reading_goes_on_while_the_disk_is_full() {
    let mut world = World::on_file().await;
    let people = fill(&world).await;
    world.stop().await;
    let Some(small) = OnSmall::serve(&world, 4).await else { return };
    let (clock, dir) = (&small.clock, &small.dir);
    let anna = small.sign_in("anna.kowalska").await;
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
    let again = small.sign_in("anna.kowalska").await;
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
    let zofia = small.sign_in("zofia.jablonska").await;
    let _ =
        zofia.post(&format!("{}/erase", people[5]), &json!({ "reason": "Żądanie osoby" })).await.expect(200);
    let _ = anna.get(&people[5]).await.expect(404);

    // Room again: no restart.
    small.make_room();
    let _ = anna.patch(&people[0], 2, &json!({ "fields": { "city": "Gdynia" } })).await.expect(200);
    let made =
        anna.post("/api/v1/people", &json!({ "fields": { "last_name": "Nowy" } })).await.expect(201).json();
    assert!(dir.join("store.db.reserve").exists());
    let found = anna.get("/api/v1/people?q=nowy").await.expect(200).json();
    assert_eq!(found["items"][0]["id"], made["id"]);
    small.stop().await;
}

async fn ended(client: &Client, job: &Value) -> Value {
    let at = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
    loop {
        let now = client.get(&at).await.expect(200).json();
        if now["finished_at"].is_string() {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// What went in before the disk was full can be taken back, though such an import has no report.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_fills_the_disk_can_be_undone() {
    let mut world = World::on_file().await;
    world.stop().await;
    // An import leaves a long log, which is carried over into the room kept back.
    let Some(small) = OnSmall::keeping(&world, 24, 24).await else { return };
    let anna = small.sign_in("anna.kowalska").await;
    // The file itself fits, as long as it waits; what comes of it does not.
    let (mut file, words) = ("last_name;description\n".to_owned(), "słowo ".repeat(100));
    for n in 0..6_000 {
        writeln!(file, "Wiersz{n};{words}").unwrap();
    }
    let import = anna.request(Method::POST, "/api/v1/imports/people?background=true").body(file);
    let job = ended(&anna, &anna.send(import).await.expect(202).json()).await;
    assert_eq!((&job["state"], &job["problem"]["status"]), (&json!("failed"), &json!(507)), "{job}");
    assert_eq!(job["can_undo"], true, "{job}");
    small.make_room();
    let count =
        async || anna.get("/api/v1/people?count=true").await.expect(200).json()["count"].as_u64().unwrap();
    assert!(count().await > 0);
    let at = format!("/api/v1/jobs/{}/undo", job["id"].as_str().unwrap());
    let undo = anna.send(anna.request(Method::POST, &at)).await.expect(202).json();
    let undo = ended(&anna, &undo).await;
    let removed = undo["result"]["removed"].as_u64().unwrap_or_else(|| panic!("{undo}"));
    assert!(removed > 0 && removed < 6_000, "{undo}");
    assert_eq!(count().await, 0);
    small.stop().await;
}
