//! Of two servers on one database, the one that has jobs in hand is killed: the other takes them as soon as the lease
//! has run out, and nothing is done twice.

use super::frozen::Process;
use super::jobs::{halfway, import, job, once, versions};
use super::kill::serve;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};
use testkit::{Client, Database, PASSWORD, World};

/// The lease of these servers is three seconds, the queue is looked into each second; the rest is for slow machines.
const TAKEN: Duration = Duration::from_secs(15);
const CHANGED: usize = 800;
const ROWS: usize = 12_000;
/// Of so many rows one cannot go in.
const BAD: usize = 100;

/// The first page of people's ids, and those after it.
async fn people(client: &Client) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/api/v1/people?limit=200{cursor}")).await.expect(200).json();
        all.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn file(name: &str, rows: usize, bad: usize) -> String {
    let mut file = String::from("last_name;email\n");
    for n in 0..rows {
        let email = if n % bad == 0 { "nie-adres".to_owned() } else { format!("{name}{n}@plik.example") };
        writeln!(file, "{name}{n};{email}").unwrap();
    }
    file
}

/// Waits until the database says so; it is asked, as the servers have other things to do.
async fn until(world: &World, sql: &str, patience: Duration) {
    let begun = Instant::now();
    while world.database().sql(sql) != "t" {
        assert!(begun.elapsed() < patience, "{sql}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_of_a_killed_server_are_taken_by_another_and_done_once() {
    let mut world = World::in_database(Database::new()).await;
    world.stop().await;
    let other = tempfile::tempdir().unwrap();
    testkit::copy_for_another_server(&world.dir(), other.path());
    let mut a = Process(serve(&world.dir(), 0, Some(world.database())));
    let b = Process(serve(other.path(), 0, Some(world.database())));
    let anna = a.client(&world);
    anna.sign_in("anna.kowalska", PASSWORD).await;
    let anna_b = anna.at(b.0.address);
    assert_eq!(import(&anna, file("Stara", CHANGED, usize::MAX), "").await["refused"], 1);
    let ids = people(&anna_b).await;
    assert_eq!(ids.len(), CHANGED - 1);

    // While the second sleeps, the first takes both.
    b.signal("-STOP");
    let order = json!({ "select": { "ids": ids }, "change": { "fields": { "job_title": "Nowe" } } });
    let change = anna.post("/api/v1/people/bulk", &order).await.expect(202).json();
    let brought = import(&anna, file("Nowa", ROWS, BAD), "background=true").await;
    let _ = tokio::join!(once(&anna, &change, halfway), once(&anna, &brought, halfway));
    let left = world.database().sql("SELECT count(*) = 2 FROM job WHERE state = 2 AND attempts = 1");
    assert_eq!(left, "t", "too few records for this test");
    b.signal("-CONT");
    a.0.child.kill().unwrap();
    a.0.child.wait().unwrap();
    until(&world, "SELECT count(*) = 2 FROM job WHERE state >= 2 AND attempts = 2", TAKEN).await;
    until(&world, "SELECT count(*) = 2 FROM job WHERE state = 3", Duration::from_secs(120)).await;
    assert_eq!(world.database().sql("SELECT max(attempts) FROM job"), "2", "once, and once more");

    let changed = job(&anna_b, &change).await;
    let result = &changed["result"];
    assert_eq!(
        (&changed["state"], &result["changed"], &result["refused"]),
        (&json!("done"), &json!(CHANGED - 1), &json!(0)),
        "{changed}"
    );
    let brought = job(&anna_b, &brought).await;
    let result = &brought["result"];
    assert_eq!(
        (&brought["state"], &result["made"], &result["rows"], &result["refused"]),
        (&json!("done"), &json!(ROWS - ROWS / BAD), &json!(ROWS), &json!(ROWS / BAD)),
        "{brought}"
    );
    let lines = result["listed"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap() as usize);
    assert_eq!(lines.collect::<Vec<_>>(), (0..ROWS).step_by(BAD).map(|n| n + 2).collect::<Vec<_>>());
    assert_eq!(versions(&anna_b).await, [(1, ROWS - ROWS / BAD), (2, CHANGED - 1)], "each once");
}
