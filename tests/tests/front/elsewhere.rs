//! Work that is done by another server than was asked for it, and servers that lost theirs.

use super::background::{rows, send};
use super::help::{api, make, problem, sample};
use super::jobs::{act, bulk, counts, ended, people};
use super::servers::Pair;
use kernel::{Id, Lang};
use records::{BulkChange, BulkOrder, BulkSelect, Caller, UpdateInput};
use serde_json::{Value, json};
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use store::{ATTEMPTS_MAX, JobHold, JobRow, JobState, Take};
use testkit::{Client, World};

/// Waits until none of these jobs waits.
pub async fn run(user: &Client, jobs: &[Value]) {
    for job in jobs {
        let at = api(&format!("jobs/{}", job["id"].as_str().unwrap()));
        while user.get(&at).await.expect(200).json()["state"] == "queued" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// A job of a kind, taken for so long by a server that takes no notice of how many its user has.
pub async fn take(world: &World, kind: u16, lease_ms: i64) -> JobRow {
    let take = Take { server: Id::from_bytes([9; 16]), lease_ms, kinds: vec![kind], of_user: 9 };
    world.app().engine().store().take_job(take).await.unwrap().expect("it waits")
}

/// A change that a server took which then hangs, so many times, before any other server could have a place for it.
/// Two long ones take the user's places, and only what takes no notice of that gets the third.
pub async fn taken_by_frozen_ones(
    world: &World,
    user: &Client,
    long: [Value; 2],
    change: Value,
    times: u32,
) -> (Value, JobRow) {
    let mut others = Vec::new();
    for order in long {
        others.push(bulk(user, "people", order).await.expect(202).json());
    }
    run(user, &others).await;
    let begun = bulk(user, "people", change).await.expect(202).json();
    let mut last = None;
    for _ in 0..times {
        let taken = take(world, 1, 1).await;
        assert_eq!(begun["id"], taken.id.to_string());
        last = Some(taken);
        tokio::time::sleep(Duration::from_millis(3)).await;
        world.clock.advance_ms(3);
    }
    for job in &others {
        let _ = act(user, job, "cancel").await;
        let _ = ended(user, job).await;
    }
    (begun, last.expect("it was taken"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lost_a_job_writes_nothing_more_for_it() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let made = people(&anna, 150).await;
    let order =
        |title: &str| json!({ "select": { "ids": made }, "change": { "fields": { "job_title": title } } });
    let (begun, taken) =
        taken_by_frozen_ones(&world, &anna, [order("Pierwsze"), order("Drugie")], order("Trzecie"), 1).await;
    let done = ended(&anna, &begun).await;
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [150, 0, 0]));
    let row = world.app().engine().store().job(taken.id).await.unwrap().unwrap();
    assert_eq!((row.state, row.attempts), (JobState::Ended, 2));
    let versions = async || {
        let mut all = Vec::new();
        for id in &made {
            all.push(anna.get(&api(&format!("people/{id}"))).await.expect(200).json()["version"].clone());
        }
        all
    };
    let before = versions().await;

    // It wakes, and goes on where it was.
    let engine = world.app().engine();
    let actor = engine.actor_of(session(&anna).await).expect("her session");
    let hold = JobHold { id: taken.id, server: taken.held_by.unwrap(), attempt: taken.attempts };
    let caller = Caller::new(actor, Lang::Pl, engine.policy());
    let change =
        UpdateInput { fields: Some(json!({ "job_title": "Czwarte" })), owner: None, allow_duplicate: false };
    let order = BulkOrder {
        exactly: None,
        entity: Some("person".to_owned()),
        select: BulkSelect::Ids(made.iter().map(|id| id.parse().unwrap()).collect()),
        change: BulkChange::Update(change),
    };
    let act = engine.id();
    let frozen = Caller { part_of: act, hold: Some(hold), ..caller.clone() };
    let cancel = AtomicBool::new(false);
    let refused = engine.bulk(&frozen, &order, &no_views, &cancel, &|_, _| {}).await;
    assert_eq!(refused.err().map(|fault| fault.kind), Some(kernel::FaultKind::Stale));
    assert_eq!(versions().await, before);
    // Without the job the same changes all.
    let free = Caller { part_of: engine.id(), ..caller };
    assert_eq!(engine.bulk(&free, &order, &no_views, &cancel, &|_, _| {}).await.unwrap().get().changed, 150);
}

/// Reads no conditions of views: there are none.
pub fn no_views(_: &str) -> kernel::Result<records::ListRequest> {
    Err(kernel::Fault::not_found())
}

pub async fn session(client: &Client) -> kernel::SessionId {
    let all = client.get(&api("sessions")).await.expect(200).json();
    let own = all["items"].as_array().unwrap().iter().find(|s| s["current"] == true).unwrap();
    own["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_the_same_at_every_server() {
    let pair = Pair::new().await;
    let [leader, leader_b] = pair.sign_in("magdalena.wojcik").await;
    let person = make(&leader, "people", sample("people", 999)).await;
    let _ = people(&leader, 5).await;
    let order = json!({ "format": "csv" });
    let begun = leader.post(&api("people/export"), &order).await.expect(202).json();
    let done = ended(&leader_b, &begun).await;
    assert_eq!((&done["state"], &done["result"]["records"]), (&json!("done"), &json!(6)), "{done}");
    let file = format!("{}/file", api(&format!("jobs/{}", begun["id"].as_str().unwrap())));
    for client in [&leader, &leader_b] {
        let text = client.get(&file).await.expect(200).text;
        assert_eq!(text.lines().count(), 7, "{text}");
    }
    // Somebody is erased at one: it is gone at both.
    let [_, zofia_b] = pair.sign_in("zofia.jablonska").await;
    let reason = json!({ "reason": "Żądanie osoby" });
    let _ = zofia_b.post(&format!("{}/erase", person.at), &reason).await.expect(200);
    for client in [&leader, &leader_b] {
        problem(&client.get(&file).await, 404);
    }

    // Whoever is asked to stop it, and wherever it runs.
    let order = json!({ "select": {}, "change": { "fields": { "job_title": "Nowe" } } });
    let begun = bulk(&leader, "people", order).await.expect(202).json();
    let done = ended(&leader_b, &begun).await;
    assert_eq!(counts(&done), [5, 0, 0], "{done}");
    let undone = ended(&leader, &act(&leader_b, &begun, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [5, 0, 0], "{undone}");
    for client in [&leader, &leader_b] {
        problem(&act(client, &begun, "undo").await, 409);
    }
    // Its session ends at one server: it does not begin on any.
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let made = people(&anna, 150).await;
    let order =
        |title: &str| json!({ "select": { "ids": made }, "change": { "fields": { "job_title": title } } });
    let mut jobs = Vec::new();
    for title in ["Pierwsze", "Drugie", "Trzecie"] {
        jobs.push(bulk(&anna, "people", order(title)).await.expect(202).json());
    }
    let again = pair.sign_in("anna.kowalska").await;
    let end = anna_b.request(reqwest::Method::DELETE, &api("sessions/current"));
    assert_eq!(anna_b.send(end).await.status, 204);
    for job in &jobs {
        let done = ended(&again[1], job).await;
        assert_eq!((&done["state"], &done["problem"]["status"]), (&json!("failed"), &json!(401)), "{done}");
    }
    pair.stop().await;
}

/// A server that is stopped in order has not failed at what it was at: it goes on where it was, however often.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_outlives_any_number_of_restarts() {
    const RECORDS: u64 = 1_000;
    let mut world = World::new().await;
    let mut anna = world.sign_in("anna.kowalska").await;
    let _ = send(&anna, "people", rows(1_000)).await.expect(200);
    let order = json!({ "select": {}, "change": { "fields": { "job_title": "Nowe" } } });
    let begun = bulk(&anna, "people", order).await.expect(202).json();
    let at = api(&format!("jobs/{}", begun["id"].as_str().unwrap()));
    let mut far = 0;
    for _ in 0..=ATTEMPTS_MAX {
        let now = loop {
            let now = anna.get(&at).await.expect(200).json();
            if now["state"] == "running" && now["done"].as_u64().unwrap() > far {
                break now;
            }
            assert!(now["finished_at"].is_null(), "too few records for this test: {now}");
        };
        far = now["done"].as_u64().unwrap();
        world.stop().await;
        world.start().await.unwrap();
        anna = anna.at(world.address());
    }
    let done = ended(&anna, &begun).await;
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [RECORDS, 0, 0]), "{done}");
    let row = world.app().engine().store().job(begun["id"].as_str().unwrap().parse().unwrap()).await;
    let row = row.unwrap().unwrap();
    assert!(row.attempts > ATTEMPTS_MAX + 1, "each went on with it: {}", row.attempts);
    assert_eq!(row.tries(), 1);
    let page = anna.get(&api("people?limit=200")).await.expect(200).json();
    assert!(page["items"].as_array().unwrap().iter().all(|row| row["version"] == 2), "each once: {page}");
}
