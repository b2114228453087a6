//! Jobs that were given up: told to administrators, retried and discarded by them, and nothing else of them.

use super::elsewhere::taken_by_frozen_ones;
use super::help::{api, make, problem, sample};
use super::jobs::{counts, ended, people};
use super::things_used::{now, told_since};
use access::{Thing, Verb};
use ledger::Act;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use store::{ATTEMPTS_MAX, Batch, JobWrite, NewJob};
use testkit::{Answer, Client, World};

/// A change to two records of which server after server dies, until it is given up.
async fn given_up(world: &World, user: &Client, records: &[String]) -> Value {
    let order = |ids: &[String], title: &str| json!({ "select": { "ids": ids }, "change": { "fields": { "job_title": title } } });
    let long = ["Pierwsze", "Drugie"].map(|title| order(&records[2..], title));
    let change = order(&records[..2], "Kanarek");
    let (begun, _) = taken_by_frozen_ones(world, user, long, change, ATTEMPTS_MAX + 1).await;
    let done = ended(user, &begun).await;
    assert_eq!((&done["state"], &done["problem"]["status"]), (&json!("failed"), &json!(500)), "{done}");
    begun
}

fn at(job: &Value) -> String {
    api(&format!("jobs/{}", job["id"].as_str().unwrap()))
}

async fn dead(client: &Client) -> Value {
    client.get(&api("jobs/dead")).await.expect(200).json()["items"].clone()
}

async fn retry(client: &Client, job: &Value) -> Answer {
    let at = api(&format!("jobs/dead/{}/retry", job["id"].as_str().unwrap()));
    client.send(client.request(Method::POST, &at)).await
}

async fn discard(client: &Client, job: &Value) -> Answer {
    let at = api(&format!("jobs/dead/{}", job["id"].as_str().unwrap()));
    client.send(client.request(Method::DELETE, &at)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_is_retried_or_discarded() {
    let world = World::new().await;
    let (anna, admin) = (world.sign_in("anna.kowalska").await, world.sign_in("robert.szymanski").await);
    let records = people(&anna, 150).await;
    let begun = given_up(&world, &anna, &records).await;

    let notices = admin.get(&api("notices")).await.expect(200).json();
    assert_eq!(notices["items"][0]["code"], "job-dead", "{notices}");
    let told = admin.get(&api("jobs/dead")).await.expect(200);
    assert!(!told.text.contains("Kanarek") && !told.text.contains(&records[0]), "{}", told.text);
    let found = &dead(&admin).await[0];
    assert_eq!(
        (&found["id"], &found["kind"], &found["can_retry"]),
        (&begun["id"], &json!("bulk"), &json!(true))
    );
    assert_eq!(
        (&found["user"]["name"], &found["attempts"]),
        (&json!("Anna Kowalska"), &json!(ATTEMPTS_MAX + 2))
    );
    problem(&anna.get(&api("jobs/dead")).await, 403);
    problem(&retry(&anna, &begun).await, 403);
    problem(&discard(&anna, &begun).await, 403);

    let since = now(&world).await;
    assert_eq!(retry(&admin, &begun).await.status, 204);
    let uses = (Act::JobRetry, vec![(Thing::System, Verb::Manage)]);
    assert!(told_since(&world, since).await.contains(&uses));
    assert_eq!(counts(&ended(&anna, &begun).await), [2, 0, 0]);
    assert_eq!(dead(&admin).await, json!([]));
    problem(&retry(&admin, &begun).await, 404);
    problem(&discard(&admin, &begun).await, 404);

    let begun = given_up(&world, &anna, &records).await;
    let since = now(&world).await;
    assert_eq!(discard(&admin, &begun).await.status, 204);
    let uses = (Act::JobDiscard, vec![(Thing::System, Verb::Manage)]);
    assert!(told_since(&world, since).await.contains(&uses));
    assert_eq!(dead(&admin).await, json!([]));
    problem(&anna.get(&at(&begun)).await, 404);
    let auditor = world.sign_in("danuta.krol").await;
    for (act, of) in [("job.retry", 1), ("job.discard", 1)] {
        let page = auditor.get(&api(&format!("ledger/events?act={act}"))).await.expect(200).json();
        assert_eq!(page["items"].as_array().unwrap().len(), of, "{page}");
    }
}

/// What was ordered goes with what it rests on, and then there is nothing left to try.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_goes_at_an_erasure_and_with_the_session() {
    let world = World::new().await;
    let (anna, admin) = (world.sign_in("anna.kowalska").await, world.sign_in("robert.szymanski").await);
    let records = people(&anna, 150).await;
    let erased = make(&anna, "people", sample("people", 999)).await;
    let first = given_up(&world, &anna, &records).await;
    let zofia = world.sign_in("zofia.jablonska").await;
    let reason = json!({ "reason": "Żądanie osoby" });
    let _ = zofia.post(&format!("{}/erase", erased.at), &reason).await.expect(200);
    assert_eq!(dead(&admin).await[0]["can_retry"], false);
    problem(&retry(&admin, &first).await, 409);

    let second = given_up(&world, &anna, &records).await;
    let _ = anna.send(anna.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    let (vault, store) = (world.app().engine().vault().clone(), world.app().engine().store().clone());
    for job in [&first, &second] {
        problem(&retry(&admin, job).await, 409);
        let id: kernel::JobId = job["id"].as_str().unwrap().parse().unwrap();
        assert!(!vault.has_subject(id.cast()).unwrap(), "its key is gone");
        assert_eq!(store.job_part(id, 0).await.unwrap(), None, "and so is what it sealed");
    }
    assert_eq!(discard(&admin, &first).await.status, 204);
}

/// Nobody can open it, so nobody can do it: it is told of all the same, and can be done away with.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_opened_can_be_discarded() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let me = admin.get(&api("me")).await.expect(200).json();
    let engine = world.app().engine();
    let new = NewJob {
        id: engine.id(),
        kind: 1,
        user: me["user"]["id"].as_str().unwrap().parse().unwrap(),
        created_at: engine.now(),
        after_ms: 0,
        most: 9,
        sealed: vec![7; 80],
        parts: Vec::new(),
    };
    let job = json!({ "id": new.id });
    let mut batch = Batch::new(engine.system_event(Act::JobStart));
    batch.jobs.push(JobWrite::Add(new));
    engine.store().commit(batch).await.unwrap();
    let found = loop {
        match &dead(&admin).await[0] {
            Value::Null => tokio::time::sleep(Duration::from_millis(20)).await,
            found => break found.clone(),
        }
    };
    assert_eq!(
        (&found["id"], &found["kind"], &found["can_retry"]),
        (&job["id"], &json!("bulk"), &json!(false))
    );
    let notices = admin.get(&api("notices")).await.expect(200).text;
    assert!(notices.contains("job-dead"), "administrators are told: {notices}");
    problem(&retry(&admin, &job).await, 409);
    assert_eq!(discard(&admin, &job).await.status, 204);
    assert_eq!(dead(&admin).await, json!([]));
}
