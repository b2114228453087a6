//! Asking for access: whoever asks learns nothing of what there is, whoever decides gives no more than by any grant, and
//! all of it ends by itself. OWASP API Security 2023: API1 (object level), API5 (function level), API6 (business flows).

use super::help::{Made, api, make, named, problem};
use kernel::Clock;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Answer, Client, World};

const DAY_MS: i64 = 24 * 3_600_000;
const VIEWER: &str = "6b6c7563-0000-8000-8000-7a6e696b0008";
const NOBODY: &str = "0190a6c2-7b1e-7c3d-8e4f-0123456789ab";

async fn person(client: &Client, name: &str) -> Made {
    make(client, "people", json!({ "first_name": name, "last_name": "Proszona", "job_title": "Księgowa" }))
        .await
}

async fn ask(client: &Client, plural: &str, id: &str) -> Answer {
    let body = json!({ "reason": "Przejmuję tę sprawę" });
    client.post(&api(&format!("{plural}/{id}/access-requests")), &body).await
}

async fn requests(client: &Client, direction: &str) -> Vec<Value> {
    let all = client.get(&api(&format!("access-requests?direction={direction}"))).await.expect(200).json();
    all["items"].as_array().unwrap().clone()
}

/// What somebody can decide on, once there is so much of it.
async fn decidable(client: &Client, count: usize) -> Vec<Value> {
    for _ in 0..200 {
        let found = requests(client, "to_decide").await;
        if found.len() >= count {
            assert_eq!(found.len(), count, "{found:?}");
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("there are no {count} requests to decide on");
}

async fn notices(client: &Client, code: &str) -> Vec<Value> {
    let all = client.get(&api("notices")).await.expect(200).json();
    all["items"].as_array().unwrap().iter().filter(|n| n["code"] == code).cloned().collect()
}

fn until(world: &World, days: i64) -> String {
    world.clock.now().plus_ms(days * DAY_MS).rfc3339()
}

async fn approve(client: &Client, request: &Value, with: Value) -> Answer {
    let at = api(&format!("access-requests/{}/approve", request["id"].as_str().unwrap()));
    client.post(&at, &with).await
}

async fn decline(client: &Client, request: &Value) -> Answer {
    let at = api(&format!("access-requests/{}/decline", request["id"].as_str().unwrap()));
    client.post(&at, &json!({})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_for_is_granted_and_ends_by_itself_and_both_are_told() {
    let world = World::new().await;
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let zofia = person(&anna, "Zofia").await;
    problem(&ewa.get(&zofia.at).await, 404);
    let asked = ask(&ewa, "people", &zofia.id).await.expect(202).json();
    assert_eq!((&asked["state"], &asked["entity"]), (&json!("asked"), &json!("person")));
    assert_eq!(asked["ends_at"], until(&world, 14));

    let found = decidable(&anna, 1).await.remove(0);
    assert_eq!(
        (&found["reason"], &found["user"]["name"]),
        (&json!("Przejmuję tę sprawę"), &json!("Ewa Pusta"))
    );
    let told = notices(&anna, "access-asked").await;
    assert_eq!(told.len(), 1);
    let said = told[0]["body"].as_str().unwrap();
    assert!(said.contains("Ewa Pusta") && !said.contains("sprawę") && !said.contains("Zofia"), "{said}");
    assert_eq!(notices(&ewa, "access-asked").await, Vec::<Value>::new());

    // Every check of a grant holds: what is refused leaves the request as it was.
    for (with, status) in [
        (json!({ "role": VIEWER }), 422),
        (json!({ "role": VIEWER, "until": until(&world, -1) }), 422),
        (json!({ "role": VIEWER, "until": until(&world, 1000) }), 422),
        (json!({ "role": VIEWER, "until": until(&world, 3), "fields": ["nothing"] }), 422),
        (json!({ "role": VIEWER, "until": until(&world, 3), "to": { "user": NOBODY } }), 422),
    ] {
        problem(&approve(&anna, &found, with).await, status);
    }
    problem(&ewa.get(&zofia.at).await, 404);
    let given = json!({ "role": VIEWER, "until": until(&world, 3), "fields": ["last_name"] });
    let grant = approve(&anna, &found, given.clone()).await.expect(201).json();
    assert_eq!((&grant["user"]["name"], &grant["reason"]), (&json!("Ewa Pusta"), &found["reason"]));
    problem(&approve(&anna, &found, given).await, 404);
    assert_eq!(requests(&anna, "to_decide").await, Vec::<Value>::new());

    let seen = ewa.get(&zofia.at).await.expect(200).json();
    assert_eq!((&seen["fields"]["last_name"], seen["fields"].get("job_title")), (&json!("Proszona"), None));
    assert_eq!(requests(&ewa, "mine").await[0]["state"], "granted");
    assert_eq!(notices(&ewa, "access-granted").await.len(), 1);
    // Told once.
    assert_eq!(notices(&ewa, "grant-given").await.len(), 0);
    world.clock.advance_ms(3 * DAY_MS);
    let ewa = world.sign_in("ewa.pusta").await;
    problem(&ewa.get(&zofia.at).await, 404);
    // What ended can be asked for again.
    let _ = ask(&ewa, "people", &zofia.id).await.expect(202);
    let _ = decidable(&world.sign_in("anna.kowalska").await, 1).await;
}

/// An answer or a notification without what names this one request.
fn bare(view: &Value) -> Value {
    let mut view = view.clone();
    for name in ["id", "record", "entity"] {
        view.as_object_mut().unwrap().remove(name);
    }
    view
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_seen_is_told_apart_from_nothing_neither_at_once_nor_later() {
    let world = World::new().await;
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let zofia = world.sign_in("zofia.jablonska").await;
    let [declined, ignored, erased, seen] = ["Declined", "Ignored", "Erased", "Seen"].map(|name| {
        let anna = &anna;
        async move { person(anna, name).await }
    });
    let (declined, ignored, erased, seen) = (declined.await, ignored.await, erased.await, seen.await);
    let _ =
        zofia.post(&format!("{}/erase", erased.at), &json!({ "reason": "wniosek osoby" })).await.expect(200);
    let ewa_id = named(&anna, "colleagues", "Ewa Pusta").await;
    let body = json!({ "to": { "user": ewa_id }, "role": VIEWER, "reason": "Pomoc przy ofercie" });
    let _ = anna.post(&format!("{}/grants", seen.at), &body).await.expect(201);

    let company = make(&anna, "companies", json!({ "name": "Firma" })).await;
    let targets = [
        NOBODY.to_owned(),
        erased.id.clone(),
        company.id.clone(),
        seen.id.clone(),
        ignored.id.clone(),
        declined.id.clone(),
    ];
    let mut answers = Vec::new();
    for id in &targets {
        let answer = ask(&ewa, "people", id).await.expect(202);
        let headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        answers.push((bare(&answer.json()), headers, answer.text.len()));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");

    // The one of another kind comes before nobody, although its owner could share it.
    let found = decidable(&anna, 3).await;
    let mine = found.iter().find(|r| r["record"] == declined.id.as_str()).unwrap();
    let _ = decline(&anna, mine).await.expect(204);
    assert_eq!(requests(&anna, "to_decide").await.len(), 2);
    let same = |all: &[Value], state: &str| {
        assert_eq!(all.len(), targets.len());
        assert!(all.iter().all(|r| bare(r) == bare(&all[0]) && r["state"] == state), "{all:?}");
    };
    same(&requests(&ewa, "mine").await, "asked");
    // Asked again nothing happens, be it declined or not.
    for id in &targets {
        let _ = ask(&ewa, "people", id).await.expect(202);
    }
    same(&requests(&ewa, "mine").await, "asked");
    world.app().engine().end_access_requests().await.unwrap();
    assert_eq!(notices(&ewa, "access-not-granted").await.len(), 0);

    // A moment before its end a request can be decided on; then it cannot, whether anybody cleared it away or not.
    world.clock.advance_ms(14 * DAY_MS - 1);
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let left = requests(&anna, "to_decide").await;
    assert_eq!(left.len(), 2, "the declined one came back");
    same(&requests(&ewa, "mine").await, "asked");
    world.clock.advance_ms(1);
    same(&requests(&ewa, "mine").await, "not_granted");
    assert_eq!(requests(&anna, "to_decide").await, Vec::<Value>::new());
    let late = json!({ "role": VIEWER, "until": until(&world, 3) });
    problem(&approve(&anna, &left[0], late).await, 404);
    problem(&decline(&anna, &left[0]).await, 404);

    for _ in 0..2 {
        world.app().engine().end_access_requests().await.unwrap();
    }
    let told = notices(&ewa, "access-not-granted").await;
    assert_eq!(told.len(), targets.len());
    assert!(told.iter().all(|n| bare(n) == bare(&told[0])), "{told:?}");
    assert_eq!(notices(&anna, "access-lapsed").await.len(), 2);
    world.clock.advance_ms(30 * DAY_MS);
    let ewa = world.sign_in("ewa.pusta").await;
    assert_eq!(requests(&ewa, "mine").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_goes_to_the_owner_or_else_to_whoever_leads_the_team_and_nobody_else_decides() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let (anna, piotr) = (world.sign_in("anna.kowalska").await, world.sign_in("piotr.zielinski").await);
    let (lead, ewa) = (world.sign_in("magdalena.wojcik").await, world.sign_in("ewa.pusta").await);
    let (first, second) = (person(&anna, "Pierwsza").await, person(&anna, "Druga").await);
    let _ = ask(&ewa, "people", &first.id).await.expect(202);
    let found = decidable(&anna, 1).await.remove(0);
    // Whoever may share it can decide, but is not troubled.
    assert_eq!(decidable(&lead, 1).await[0]["id"], found["id"]);
    assert_eq!(notices(&lead, "access-asked").await.len(), 0);
    let given = json!({ "role": VIEWER, "until": until(&world, 3) });
    for other in [&piotr, &ewa, &admin] {
        assert_eq!(requests(other, "to_decide").await, Vec::<Value>::new());
        problem(&approve(other, &found, given.clone()).await, 404);
        problem(&decline(other, &found).await, 404);
    }
    let scope = json!({ "entities": { "person": ["read", "share"] } });
    let body = json!({ "label": "t", "scope": scope, "ends_at": until(&world, 1) });
    let token = anna.post(&api("tokens"), &body).await.expect(201).json();
    let robot = world.client().with_token(token["token"].as_str().unwrap());
    problem(&robot.get(&api("access-requests?direction=to_decide")).await, 403);
    problem(&robot.get(&api("access-requests")).await, 403);
    problem(&approve(&robot, &found, given.clone()).await, 403);
    problem(&decline(&robot, &found).await, 403);
    problem(&ask(&robot, "people", &first.id).await, 403);
    problem(&ewa.get(&first.at).await, 404);

    // Without the owner it goes to whoever leads the team above.
    let at = api(&format!("users/{}", named(&admin, "users", "anna.kowalska").await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": false })).await.expect(200);
    let _ = ask(&ewa, "people", &second.id).await.expect(202);
    let found = decidable(&lead, 2).await;
    assert_eq!(notices(&lead, "access-asked").await.len(), 1);
    assert_eq!(notices(&piotr, "access-asked").await.len(), 0);

    // Nobody decides for somebody who may not act, and what was asked does not come back with that one.
    let at = api(&format!("users/{}", named(&admin, "users", "ewa.pusta").await));
    let active = async |active: bool| {
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        let _ = admin.patch(&at, version, &json!({ "active": active })).await.expect(200);
    };
    active(false).await;
    assert_eq!(requests(&lead, "to_decide").await, Vec::<Value>::new());
    problem(&approve(&lead, &found[0], given).await, 404);
    world.app().engine().end_access_requests().await.unwrap();
    active(true).await;
    assert_eq!(requests(&lead, "to_decide").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_unasked_answers_the_request_and_nobody_is_told_that_it_lapsed() {
    let world = World::new().await;
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let (zofia, other) = (person(&anna, "Zofia").await, person(&anna, "Inna").await);
    let _ = ask(&ewa, "people", &zofia.id).await.expect(202);
    let _ = ask(&ewa, "people", &other.id).await.expect(202);
    let _ = decidable(&anna, 2).await;
    let ewa_id = named(&anna, "colleagues", "Ewa Pusta").await;
    let body = json!({ "to": { "user": ewa_id }, "role": VIEWER, "reason": "Pomoc przy ofercie" });
    let _ = anna.post(&format!("{}/grants", zofia.at), &body).await.expect(201);
    let left = decidable(&anna, 1).await;
    assert_eq!(left[0]["record"], other.id.as_str());
    let mine = requests(&ewa, "mine").await;
    let state = |id: &str| mine.iter().find(|r| r["record"] == id).unwrap()["state"].clone();
    assert_eq!((state(&zofia.id), state(&other.id)), (json!("granted"), json!("asked")));
    assert_eq!(notices(&ewa, "grant-given").await.len(), 1);
    world.clock.advance_ms(14 * DAY_MS);
    world.app().engine().end_access_requests().await.unwrap();
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    assert_eq!(notices(&ewa, "access-not-granted").await.len(), 1);
    assert_eq!(notices(&anna, "access-lapsed").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_goes_with_the_record_and_its_reason_with_the_key() {
    let world = World::new().await;
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let (dpo, auditor) = (world.sign_in("zofia.jablonska").await, world.sign_in("danuta.krol").await);
    let zofia = person(&anna, "Zofia").await;
    let _ = ask(&ewa, "people", &zofia.id).await.expect(202);
    let found = decidable(&anna, 1).await.remove(0);
    let _ = dpo.post(&format!("{}/erase", zofia.at), &json!({ "reason": "wniosek osoby" })).await.expect(200);
    assert_eq!(requests(&anna, "to_decide").await, Vec::<Value>::new());
    let given = json!({ "role": VIEWER, "until": until(&world, 3) });
    problem(&approve(&anna, &found, given).await, 404);
    assert_eq!(requests(&ewa, "mine").await[0]["state"], "asked");
    // That it was asked, and routed, is in the ledger.
    let events = auditor.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let acts: Vec<&str> =
        events["items"].as_array().unwrap().iter().filter_map(|e| e["act"].as_str()).collect();
    assert!(["access.ask", "access.route"].iter().all(|act| acts.contains(act)), "{acts:?}");
    // Nobody decides on it any more, so nobody but whoever asked is told of its end.
    world.clock.advance_ms(14 * DAY_MS);
    world.app().engine().end_access_requests().await.unwrap();
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    assert_eq!(notices(&anna, "access-lapsed").await.len(), 0);
    assert_eq!(notices(&ewa, "access-not-granted").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_at_the_same_moment_is_one_request_for_each_record() {
    let world = World::new().await;
    let ewa = world.sign_in("ewa.pusta").await;
    let other = "0190a6c2-7b1e-7c3d-8e4f-012345678900";
    let (a, b, c, d) = tokio::join!(
        ask(&ewa, "people", NOBODY),
        ask(&ewa, "people", NOBODY),
        ask(&ewa, "people", other),
        ask(&ewa, "people", NOBODY),
    );
    for answer in [a, b, c, d] {
        let _ = answer.expect(202);
    }
    assert_eq!(requests(&ewa, "mine").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_more_than_twenty_open_requests_or_asks_without_a_reason() {
    let world = World::new().await;
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let at = api(&format!("people/{NOBODY}/access-requests"));
    for body in [
        json!({}),
        json!({ "reason": "x" }),
        json!({ "reason": "Dobry powód", "until": "jutro" }),
        json!({ "reason": "Dobry powód", "until": until(&world, -1) }),
        json!({ "reason": "Dobry powód", "until": until(&world, 1000) }),
    ] {
        problem(&ewa.post(&at, &body).await, 422);
    }
    problem(&ewa.get(&api("access-requests?direction=all")).await, 422);
    problem(&ask(&ewa, "nothings", NOBODY).await, 404);
    let zofia = person(&anna, "Zofia").await;
    let _ = ask(&ewa, "people", &zofia.id).await.expect(202);
    let found = decidable(&anna, 1).await.remove(0);
    for n in 1..20 {
        let _ = ask(&ewa, "people", &format!("0190a6c2-7b1e-7c3d-8e4f-0123456789{n:02}")).await.expect(202);
    }
    let one_more = ask(&ewa, "people", NOBODY).await;
    problem(&one_more, 409);
    // One that is declined takes its place until its end; one that is granted does not.
    let _ = ask(&ewa, "people", &zofia.id).await.expect(202);
    let given = json!({ "role": VIEWER, "until": until(&world, 3) });
    let _ = approve(&anna, &found, given).await.expect(201);
    let _ = ask(&ewa, "people", NOBODY).await.expect(202);
    // And nobody asks for so much at once that a server has nothing else to do.
    let mut refused = None;
    for _ in 0..40 {
        let answer = ask(&ewa, "people", NOBODY).await;
        if answer.status.as_u16() != 202 {
            refused = Some(answer);
            break;
        }
    }
    problem(&refused.expect("a limit"), 429);
}
