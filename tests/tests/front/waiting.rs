//! What waits for what: places of long works, and works that must not run beside each other.

use super::background::{count, rows, send};
use super::help::{api, ids, make, problem, sample};
use super::jobs::{act, bulk, counts, ended, people};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Client, World};

async fn job(client: &Client, job: &Value) -> Value {
    client.get(&api(&format!("jobs/{}", job["id"].as_str().unwrap()))).await.expect(200).json()
}

/// The job, once it runs.
async fn running(client: &Client, begun: &Value) -> Value {
    for _ in 0..1_200 {
        let now = job(client, begun).await;
        if now["state"] != "queued" {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it does not begin");
}

/// What a job did by the ledger, oldest first; not that it was looked at.
async fn events(world: &World, job: &Value) -> Vec<String> {
    let auditor = world.sign_in("danuta.krol").await;
    let all = auditor.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let own = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .filter(|e| e["part_of"] == job["id"] && e["act"] != "job.read");
    own.map(|e| e["act"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_hold_up_other_imports_alone() {
    let world = World::new().await;
    let (anna, piotr) = (world.sign_in("anna.kowalska").await, world.sign_in("piotr.zielinski").await);
    let mut long = Vec::new();
    for client in [&anna, &anna, &piotr, &piotr] {
        let job = send(client, "people?background=true", rows(30_000)).await.expect(202).json();
        long.push((client, job));
    }
    for (client, job) in &long[..2] {
        assert_eq!(running(client, job).await["state"], "running");
        let early = problem(&act(client, job, "undo").await, 409);
        assert!(early["detail"].as_str().unwrap().contains("still going on"), "{early}");
    }
    // Somebody else looks into a file, orders an import, and changes many records.
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    assert_eq!(send(&tomasz, "people/preview", rows(3)).await.expect(200).json()["rows"], 3);
    let waits = send(&tomasz, "people?background=true", rows(3)).await.expect(202).json();
    let made = people(&tomasz, 2).await;
    let order = json!({ "select": { "ids": made }, "action": "delete" });
    let done = ended(&tomasz, &bulk(&tomasz, "people", order).await.expect(202).json()).await;
    assert_eq!(counts(&done), [2, 0, 0]);
    for (at, (client, begun)) in long.iter().enumerate() {
        let state = if at < 2 { "running" } else { "queued" };
        assert_eq!(job(client, begun).await["state"], state, "{at}");
    }
    assert_eq!(job(&tomasz, &waits).await["state"], "queued");
    for (client, begun) in &long {
        let _ = act(client, begun, "cancel").await.expect(200);
        assert_eq!(ended(client, begun).await["state"], "cancelled");
    }
    assert_eq!(ended(&tomasz, &waits).await["result"]["made"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_verifies_at_a_time_and_gives_way_to_an_erasure() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let person = make(&anna, "people", sample("people", 1)).await;
    let _ = send(&anna, "people", rows(20_000)).await.expect(200);
    let auditor = world.sign_in("danuta.krol").await;
    let verify = || auditor.send(auditor.request(Method::POST, &api("ledger/verify")));
    let first = verify().await.expect(202).json();
    let _ = running(&auditor, &first).await;
    let second = ended(&auditor, &verify().await.expect(202).json()).await;
    if job(&auditor, &first).await["state"] == "running" {
        assert_eq!((&second["state"], &second["problem"]["status"]), (&json!("failed"), &json!(409)));
    }
    // Whether it is still going on or not, an erasure is done.
    let zofia = world.sign_in("zofia.jablonska").await;
    let third = verify().await.expect(202).json();
    let reason = json!({ "reason": "Żądanie osoby" });
    let _ = zofia.post(&format!("{}/erase", person.at), &reason).await.expect(200);
    for begun in [&first, &third] {
        let end = ended(&auditor, begun).await;
        assert!(end["state"] == "done" || end["state"] == "failed", "{end}");
    }
    let fourth = ended(&auditor, &verify().await.expect(202).json()).await;
    assert_eq!((&fourth["state"], &fourth["result"]["findings"]), (&json!("done"), &json!([])), "{fourth}");
}

/// Of two who take the same change back, one is told so: at once, or at the end if both came in the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_undos_at_once_one_fails() {
    let mut world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let made = people(&anna, 100).await;
    let order = json!({ "select": { "ids": made }, "change": { "fields": { "job_title": "Nowe" } } });
    let done = ended(&anna, &bulk(&anna, "people", order).await.expect(202).json()).await;
    world.stop().await;
    world.start().await.unwrap();
    world.clock.advance_ms(1_000);
    let anna = world.sign_in("anna.kowalska").await;
    let (one, two) = tokio::join!(act(&anna, &done, "undo"), act(&anna, &done, "undo"));
    let mut states = Vec::new();
    for begun in [one, two] {
        if begun.status == 409 {
            states.push("failed".to_owned());
            continue;
        }
        let job = ended(&anna, &begun.expect(202).json()).await;
        states.push(job["state"].as_str().unwrap().to_owned());
    }
    states.sort_unstable();
    assert_eq!(states, ["done", "failed"]);
    for id in &made {
        let view = anna.get(&api(&format!("people/{id}"))).await.expect(200).json();
        assert!(view["version"] == 3 && view["fields"].get("job_title").is_none(), "{view}");
    }
}

/// A user's oldest changes are forgotten when there are too many; one of them may still be going on.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_change_outlives_a_hundred_short_ones() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let _ = send(&anna, "people", rows(3_000)).await.expect(200);
    let short = make(&anna, "companies", sample("companies", 1)).await;
    let order = json!({ "select": {}, "change": { "fields": { "job_title": "Nowe" } } });
    let long = bulk(&anna, "people", order).await.expect(202).json();
    assert_eq!(running(&anna, &long).await["state"], "running");
    for n in 0..101 {
        let action = if n % 2 == 0 { "delete" } else { "restore" };
        let order = json!({ "select": { "ids": [short.id] }, "action": action });
        let done = ended(&anna, &bulk(&anna, "companies", order).await.expect(202).json()).await;
        assert_eq!(counts(&done), [1, 0, 0]);
    }
    assert_eq!(job(&anna, &long).await["state"], "running", "too few records for this test");
    let _ = act(&anna, &long, "cancel").await.expect(200);
    let long = ended(&anna, &long).await;
    assert_eq!(long["state"], "cancelled", "{long}");
    assert!(counts(&long)[0] > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_job_was_ordered_is_written_down_before_it_begins() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let made = people(&anna, 1).await;
    for n in 0..10 {
        let action = if n % 2 == 0 { "delete" } else { "restore" };
        let order = json!({ "select": { "ids": made }, "action": action });
        let job = ended(&anna, &bulk(&anna, "people", order).await.expect(202).json()).await;
        let events = events(&world, &job).await;
        assert_eq!((events[0].as_str(), events[1].as_str()), ("job.start", "record.bulk"), "{events:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_reports_are_kept_up_to_a_limit() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let mut file = String::from("last_name;email\n");
    (0..10_000).for_each(|_| file.push_str("Zła;nie-adres\n"));
    let mut jobs = Vec::new();
    for _ in 0..4 {
        let job = send(&anna, "people?background=true&dry_run=true", file.clone()).await.expect(202).json();
        let job = ended(&anna, &job).await;
        assert_eq!(job["result"]["listed"].as_array().unwrap().len(), 10_000);
        jobs.push(job);
    }
    let mut kept = Vec::new();
    for begun in &jobs {
        let result = &job(&anna, begun).await["result"];
        assert_eq!(result["refused"], 10_000, "the numbers stay");
        kept.push(result["listed"].as_array().unwrap().len());
    }
    assert_eq!(kept, [0, 10_000, 10_000, 10_000], "the oldest rows go first");
    assert_eq!(count(&anna).await, 0);
    assert_eq!(ids(&anna.get(&api("jobs")).await.expect(200).json()).len(), 4);
    problem(&act(&anna, &jobs[0], "undo").await, 409);
}
