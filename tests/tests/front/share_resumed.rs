//! Sharing many by servers that are killed in the middle: nothing is given twice, nothing that may not be given any more,
//! and whoever goes on tells of all.

use super::elsewhere::{no_views, run, take};
use super::grants::Stage;
use super::help::{api, ids, list, named, problem};
use super::jobs::{act, bulk, counts, ended, people};
use super::resumed::{LEASE_MS, at_work, run_out};
use access::Grantee;
use kernel::RoleId;
use records::{BulkChange, BulkOrder, BulkSelect, Caller, GrantInput};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use store::JobRow;
use testkit::Client;
use tokio::sync::Notify;

const BULK: u16 = 1;
const BULK_UNDO: u16 = 2;

/// Two long works that take the places of their user, so that only what takes no notice of that gets the next.
async fn busy(anna: &Client, made: &[String]) -> Vec<Value> {
    let mut long = Vec::new();
    for title in ["Pierwsze", "Drugie"] {
        let order = json!({ "select": { "ids": made }, "change": { "fields": { "job_title": title } } });
        long.push(bulk(anna, "people", order).await.expect(202).json());
    }
    run(anna, &long).await;
    long
}

async fn others(anna: &Client, count: usize) -> Vec<String> {
    super::share_many::people(anna, count).await.into_iter().map(|one| one.id).collect()
}

async fn idle(anna: &Client, long: &[Value]) {
    for job in long {
        let _ = act(anna, job, "cancel").await;
        let _ = ended(anna, job).await;
    }
}

/// Runs until so many steps are done, and is killed there.
async fn killed_at(steps: u32, work: impl AsyncFnOnce(&(dyn Fn(u64, Option<u64>) + Send + Sync)) -> bool) {
    let (step, kill) = (AtomicU32::new(0), Notify::new());
    let at = |_, _| {
        if step.fetch_add(1, Ordering::SeqCst) + 1 == steps {
            kill.notify_one();
        }
    };
    tokio::select! {
        biased;
        () = kill.notified() => {}
        ended = work(&at) => panic!("it was to be killed before: {ended}"),
    }
}

async fn at_it(stage: &Stage, row: &JobRow) -> Caller {
    at_work(&stage.world, &stage.anna, row).await
}

/// The order of the body by which these are shared with Ewa.
fn order_of(stage: &Stage, made: &[String]) -> BulkOrder {
    let role: RoleId = stage.viewer.parse().unwrap();
    let input = GrantInput {
        to: Grantee::User(stage.ewa_id.parse().unwrap()),
        role,
        with_related: false,
        fields: None,
        reason: "Pomoc przy ofercie".to_owned(),
        from: None,
        until: None,
    };
    BulkOrder {
        exactly: None,
        entity: Some("person".to_owned()),
        select: BulkSelect::Ids(made.iter().map(|id| id.parse().unwrap()).collect()),
        change: BulkChange::Share(input),
    }
}

/// Sharing that was begun and cut short, while its user is busy with other works.
struct Begun {
    busy_with: Vec<String>,
    /// What is shared.
    made: Vec<String>,
    long: Vec<Value>,
    begun: Value,
    row: JobRow,
}

/// Sharing of so many with Ewa, by a server that is killed after so many steps.
async fn killed_share(stage: &Stage, count: usize, steps: u32) -> Begun {
    let Stage { world, anna, .. } = stage;
    let busy_with = people(anna, 300).await;
    let made = others(anna, count).await;
    let long = busy(anna, &busy_with).await;
    let share =
        json!({ "to": { "user": stage.ewa_id }, "role": stage.viewer, "reason": "Pomoc przy ofercie" });
    let order = json!({ "select": { "ids": made }, "share": share });
    let begun = bulk(anna, "people", order).await.expect(202).json();
    let row = take(world, BULK, LEASE_MS).await;
    assert_eq!(begun["id"], row.id.to_string());
    let (engine, caller) = (world.app().engine(), at_it(stage, &row).await);
    let (order, go_on) = (order_of(stage, &made), AtomicBool::new(false));
    killed_at(steps, async |at| engine.bulk(&caller, &order, &no_views, &go_on, at).await.is_ok()).await;
    Begun { busy_with, made, long, begun, row }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_that_goes_on_gives_nothing_twice_and_nothing_that_may_not_be_given_any_more() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, .. } = &stage;
    let (engine, go_on) = (world.app().engine(), AtomicBool::new(false));
    let Begun { busy_with, made, long, begun, row } = killed_share(&stage, 8, 5).await;
    let given = async || {
        let mut all = Vec::new();
        for id in &made {
            let grants = anna.get(&api(&format!("people/{id}/grants"))).await;
            all.push(if grants.status == 200 { grants.json()["items"].as_array().unwrap().len() } else { 0 });
        }
        all
    };
    let before: usize = given().await.iter().sum();
    assert!((4..8).contains(&before), "{before}");
    idle(anna, &long).await;

    // Meanwhile somebody ended the first, and the last is a colleague's of another team.
    let first = anna.get(&api(&format!("people/{}/grants", made[0]))).await.expect(200).json();
    let at = api(&format!("grants/{}", first["items"][0]["id"].as_str().unwrap()));
    let _ = anna.send(anna.request(reqwest::Method::DELETE, &at)).await.expect(204);
    let leader = world.sign_in("magdalena.wojcik").await;
    let tomasz = named(anna, "colleagues", "Tomasz Lewandowski").await;
    let last = api(&format!("people/{}", made[7]));
    let version = leader.get(&last).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = leader.patch(&last, version, &json!({ "owner": tomasz })).await.expect(200);

    run_out(world, &row);
    let done = ended(anna, &begun).await;
    assert_eq!((&done["state"], counts(&done)), (&json!("done"), [7, 0, 1]), "{done}");
    assert_eq!(given().await, [0, 1, 1, 1, 1, 1, 1, 0]);
    problem(&ewa.get(&last).await, 404);
    let notices = ewa.get(&api("notices")).await.expect(200).json();
    let told = notices["items"].as_array().unwrap().iter().filter(|n| n["code"] == "grant-given");
    assert_eq!(told.count(), 1, "{notices}");

    // The undo is killed too, and tells of all in the end.
    let long = busy(anna, &busy_with).await;
    let undo = act(anna, &begun, "undo").await.expect(202).json();
    let row = take(world, BULK_UNDO, LEASE_MS).await;
    let caller = at_it(&stage, &row).await;
    let of = begun["id"].as_str().unwrap().parse().unwrap();
    killed_at(4, async |at| engine.undo_bulk(&caller, of, &go_on, at).await.is_ok()).await;
    let left: usize = given().await.iter().sum();
    assert!((1..6).contains(&left), "{left}");
    idle(anna, &long).await;
    run_out(world, &row);
    let back = ended(anna, &undo).await;
    assert_eq!((&back["state"], counts(&back)), (&json!("done"), [6, 1, 0]), "{back}");
    assert_eq!(given().await, [0; 8]);
    problem(&list(ewa, "people", &[]).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_share_any_more_gives_no_more_in_the_middle() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, .. } = &stage;
    let Begun { long, begun, row, .. } = killed_share(&stage, 6, 4).await;
    // In the middle she loses the right to share.
    let admin = world.sign_in("robert.szymanski").await;
    let without = json!({
        "name": "alone", "label": { "pl": "Sam", "en": "Alone" },
        "entities": { "person": { "scopes": { "read": "own", "update": "own" }, "level": "write" } },
    });
    let role = admin.post(&api("roles"), &without).await.expect(201).json();
    let at = api(&format!("users/{}", named(&admin, "users", "anna.kowalska").await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "roles": [role["id"]] })).await.expect(200);
    let given = async || {
        let page = list(ewa, "people", &[]).await;
        if page.status == 403 { 0 } else { ids(&page.expect(200).json()).len() as u64 }
    };
    let before = given().await;
    assert!((3..6).contains(&before), "{before}");
    idle(anna, &long).await;
    run_out(world, &row);
    let done = ended(anna, &begun).await;
    assert_eq!((&done["state"], &done["problem"]["status"]), (&json!("failed"), &json!(403)), "{done}");
    assert_eq!(given().await, before);
    // What she gave she can still end.
    let back = ended(anna, &act(anna, &done, "undo").await.expect(202).json()).await;
    assert_eq!((counts(&back), given().await), ([before, 0, 0], 0), "{back}");
}
