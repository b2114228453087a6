//! Of two servers on one database, one is frozen under load, wakes again, and is killed: the other is held up for
//! moments only, and the one that wakes neither writes twice nor shows what it may no longer show.

use super::crowd::make;
use super::kill::{Served, serve};
use serde_json::json;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testkit::{Client, Database, PASSWORD, World};
use tokio::task::JoinSet;

/// The database takes two seconds to end a transaction of whom nothing is heard; the rest is for slow machines.
const HELD_UP: Duration = Duration::from_secs(20);

/// A server's process, which goes with the test.
pub struct Process(pub Served);

impl Process {
    pub fn signal(&self, name: &str) {
        let pid = self.0.child.id().to_string();
        let done = Command::new("kill").args([name, &pid]).status().unwrap();
        assert!(done.success());
    }

    pub fn client(&self, world: &World) -> Client {
        Client::new(self.0.address, &world.layout().tls().join("ca.pem"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.0.child.kill();
        let _ = self.0.child.wait();
    }
}

/// Makes people until told to stop; gives the names that were acknowledged. Without an answer it goes on.
async fn work(client: Client, name: String, over: Arc<AtomicBool>, begun: Arc<AtomicUsize>) -> Vec<String> {
    let mut acknowledged = Vec::new();
    while !over.load(Ordering::SeqCst) {
        let name = format!("{name}x{}", begun.fetch_add(1, Ordering::SeqCst));
        let body = json!({ "fields": { "last_name": name } });
        let request = client.request(reqwest::Method::POST, "/api/v1/people").json(&body);
        match request.timeout(Duration::from_secs(30)).send().await {
            Ok(answer) if answer.status() == 201 => acknowledged.push(name),
            Ok(answer) => assert!([401, 503].contains(&answer.status().as_u16()), "{}", answer.status()),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    acknowledged
}

async fn count(client: &Client, name: &str) -> usize {
    let path = format!("/api/v1/people?filter=last_name:eq:{name}");
    client.get(&path).await.expect(200).json()["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_frozen_or_killed_holds_nobody_up_and_does_nothing_twice() {
    let mut world = World::in_database(Database::new()).await;
    world.stop().await;
    let other = tempfile::tempdir().unwrap();
    testkit::copy_for_another_server(&world.dir(), other.path());
    let (a, b) =
        (serve(&world.dir(), 0, Some(world.database())), serve(other.path(), 0, Some(world.database())));
    let (mut a, b) = (Process(a), Process(b));
    let anna = b.client(&world);
    anna.sign_in("anna.kowalska", PASSWORD).await;
    let tomasz = a.client(&world);
    tomasz.sign_in("tomasz.lewandowski", PASSWORD).await;
    let place = make(&tomasz, "people", &json!({ "fields": { "last_name": "Wspolny" } })).await;
    let (over, begun) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let mut writers = JoinSet::new();
    for n in 0..4 {
        let client = a.client(&world);
        client.sign_in("anna.kowalska", PASSWORD).await;
        writers.spawn(work(client, format!("Mroz{n}"), over.clone(), begun.clone()));
    }
    let barbara = b.client(&world);
    barbara.sign_in("barbara.dabrowska", PASSWORD).await;
    let of_tomasz = tomasz.at(b.0.address);
    for round in 0..4 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        a.signal("-STOP");
        let asleep = Instant::now();
        let version = of_tomasz.get(&place).await.expect(200).json()["version"].as_u64().unwrap();
        let change = json!({ "fields": { "last_name": format!("Wspolny{round}") } });
        let _ = of_tomasz.patch(&place, version, &change).await.expect(200);
        assert!(asleep.elapsed() < HELD_UP, "{:?}", asleep.elapsed());
        a.signal("-CONT");
        // Who wakes knows at once that the version is another one.
        assert_eq!(tomasz.patch(&place, version, &change).await.status, 412, "round {round}");
    }
    // What ends while one sleeps has ended when it wakes.
    a.signal("-STOP");
    let own = of_tomasz.get("/api/v1/sessions").await.expect(200).json();
    let current = own["items"].as_array().unwrap().iter().find(|s| s["current"] == true).unwrap().clone();
    let end = format!("/api/v1/sessions/{}", current["id"].as_str().unwrap());
    let _ = of_tomasz.send(of_tomasz.request(reqwest::Method::DELETE, &end)).await.expect(204);
    a.signal("-CONT");
    assert_eq!(tomasz.get(&place).await.status, 401);
    // Killed while it writes, perhaps while it holds the lock that orders all writes.
    tokio::time::sleep(Duration::from_millis(300)).await;
    a.0.child.kill().unwrap();
    a.0.child.wait().unwrap();
    let dead = Instant::now();
    let _ = make(&anna, "people", &json!({ "fields": { "last_name": "Pozostaly" } })).await;
    assert!(dead.elapsed() < HELD_UP, "{:?}", dead.elapsed());
    over.store(true, Ordering::SeqCst);
    let acknowledged: Vec<String> = writers.join_all().await.into_iter().flatten().collect();
    assert!(acknowledged.len() > 8, "there was load: {}", acknowledged.len());
    for name in &acknowledged {
        assert_eq!(count(&barbara, name).await, 1, "{name}");
    }
    let made: usize = world.database().sql("SELECT count(*) FROM record").parse().unwrap();
    assert!(made <= begun.load(Ordering::SeqCst) + 2, "nothing twice: {made}");
    drop((a, b));
    world.clock.advance_ms(600_000);
    world.start().await.unwrap();
    let auditor = world.sign_in("danuta.krol").await;
    let verify = auditor.request(reqwest::Method::POST, "/api/v1/ledger/verify");
    let job = auditor.send(verify).await.expect(202).json();
    let at = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
    let mut now = json!(null);
    for _ in 0..600 {
        now = auditor.get(&at).await.expect(200).json();
        if now["state"] != "queued" && now["state"] != "running" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!((&now["state"], &now["result"]["findings"]), (&json!("done"), &json!([])), "{now}");
}
