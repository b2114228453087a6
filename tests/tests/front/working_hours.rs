//! The hours of the week in which whoever holds a role may work.

use super::factors::enrol;
use super::help::{api, endow, issue, named, problem};
use super::stream::Stream;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, START, World};

const MINUTE: i64 = 60_000;
/// On weekdays; tests begin on a Monday at 9:00 in Warsaw.
const DAYS: [u8; 5] = [1, 2, 3, 4, 5];

async fn put(admin: &Client, version: u64, roles: &Value) -> Answer {
    let request = admin.request(Method::PUT, &api("sessions/rules"));
    let body = json!({ "everyone": {}, "roles": roles });
    admin.send(request.header("if-match", format!("\"{version}\"")).json(&body)).await
}

/// Until ten past nine, and from twenty past on.
fn with_a_break() -> Value {
    json!({ "hours": { "spans": [
        { "days": DAYS, "from": "08:00", "until": "09:10" },
        { "days": DAYS, "from": "09:20", "until": "18:00" },
    ] } })
}

fn says_when(refused: &Answer, when: &str, wait_s: i64) {
    let told = problem(refused, 403);
    assert_eq!(told["type"], "urn:klucznik:problem:outside-hours");
    let text = told["detail"].as_str().unwrap();
    assert!(text.contains(when), "{text}");
    assert_eq!(refused.headers["retry-after"], wait_s.to_string(), "{text}");
}

async fn refusals(auditor: &Client, user: &str) -> Vec<Value> {
    let path = api(&format!("ledger/events?user={user}&act=access.refused"));
    let events = auditor.get(&path).await.expect(200).json();
    events["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_its_roles_hours_nothing_is_served_and_the_session_goes_on_with_them() {
    let mut world = World::new().await;
    let [admin, auditor] = [world.sign_in("robert.szymanski").await, world.sign_in("danuta.krol").await];
    let [anna, leaving] = [world.sign_in("anna.kowalska").await, world.sign_in("anna.kowalska").await];
    let seller = named(&admin, "roles", "seller").await;
    let anna_id = named(&admin, "users", "anna.kowalska").await;
    let body = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": START.plus_s(86_400).rfc3339() });
    let made = anna.post(&api("tokens"), &body).await.expect(201).json();
    let token = world.client().with_token(made["token"].as_str().unwrap());
    let kept = put(&admin, 0, &json!({ &seller: with_a_break() })).await.expect(200).json();
    assert_eq!(kept["roles"][&seller]["hours"]["zone"], "Europe/Warsaw", "{kept}");
    assert_eq!(admin.get(&api("sessions/rules")).await.json()["roles"], kept["roles"]);
    let mut stream = Stream::open(&anna, &[]).await;
    let listed = anna.get(&api("sessions")).await.expect(200).json();
    let current = listed["items"].as_array().unwrap().iter().find(|s| s["current"] == true).unwrap();
    let session = current["id"].as_str().unwrap().parse().unwrap();

    world.clock.advance_ms(10 * MINUTE - 1);
    for client in [&anna, &leaving, &token] {
        let _ = client.get(&api("people")).await.expect(200);
    }
    world.clock.advance_ms(1);
    while let Some((name, _)) = stream.next().await {
        assert_ne!(name, "session-ended", "it has not: it goes on at twenty past");
    }
    let before = refusals(&auditor, &anna_id).await.len();
    for _ in 0..5 {
        for client in [&anna, &token] {
            for path in ["people", "me", "stream"] {
                let refused = client.get(&api(path)).await;
                says_when(&refused, "on Monday, 23 November, at 9:20 (time zone: Europe/Warsaw)", 600);
            }
        }
    }
    let written = refusals(&auditor, &anna_id).await;
    assert_eq!(written.len() - before, 2, "once of the session and once of the token: {written:?}");
    assert_eq!(written[0]["detail"]["reason"], "hours", "{written:?}");
    let engine = world.app().engine();
    let actor = engine.actor_of(session).expect("a session");
    let job = engine.present(&records::Caller::new(actor, kernel::Lang::En, engine.policy()));
    assert!(job.is_ok(), "what was begun before is done to its end");
    // The way out is open.
    let _ = leaving.send(leaving.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    problem(&leaving.get(&api("me")).await, 401);
    let _ = admin.get(&api("people")).await;
    let _ = admin.get(&api("me")).await.expect(200);

    world.clock.advance_ms(10 * MINUTE);
    let _ = anna.get(&api("people")).await.expect(200);
    let _ = token.get(&api("people")).await.expect(200);
    // Another span ends, and that is written down anew; after a restart too.
    world.stop().await;
    world.start().await.unwrap();
    let tight =
        json!({ &seller: { "hours": { "spans": [{ "days": [1], "from": "09:00", "until": "09:25" }] } } });
    // To change rules asks for a proof of the last five minutes.
    let admin = world.sign_in("robert.szymanski").await;
    let _ = put(&admin, 1, &tight).await.expect(200);
    let anna = anna.at(world.address());
    let _ = anna.get(&api("people")).await.expect(200);
    world.clock.advance_ms(5 * MINUTE);
    says_when(&anna.get(&api("people")).await, "on Monday, 30 November, at 9:00", 7 * 86_400 - 25 * 60);
    assert_eq!(refusals(&auditor.at(world.address()), &anna_id).await.len() - before, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_right_password_hears_when_work_begins_again() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let phone = enrol(&world.sign_in("anna.kowalska").await, START.0).await;
    let seller = named(&admin, "roles", "seller").await;
    let _ = put(&admin, 0, &json!({ &seller: with_a_break() })).await.expect(200);
    let right = |login: &str| json!({ "login": login, "password": testkit::PASSWORD });
    // Begun before the break, and not finished in it.
    world.clock.advance_ms(9 * MINUTE);
    let begun = world.client();
    let _ = begun.post(&api("sessions"), &right("anna.kowalska")).await.expect(202);
    world.clock.advance_ms(MINUTE);
    let code = json!({ "totp": phone.code(START.0 + 10 * MINUTE) });
    says_when(&begun.post(&api("sessions/factor"), &code).await, "at 9:20", 600);
    for login in ["piotr.zielinski", "anna.kowalska"] {
        let client = world.client();
        let refused = client.post(&api("sessions"), &right(login)).await;
        says_when(&refused, "on Monday, 23 November, at 9:20", 600);
        assert!(refused.headers.get("set-cookie").is_none(), "{}", refused.text);
    }
    let mut told = Vec::new();
    for login in ["piotr.zielinski", "nie.ma.takiego"] {
        let wrong = json!({ "login": login, "password": "nie-to-haslo-wcale" });
        let refused = world.client().post(&api("sessions"), &wrong).await;
        assert!(refused.headers.get("retry-after").is_none(), "{}", refused.text);
        told.push(problem(&refused, 401)["detail"].clone());
    }
    assert_eq!(told[0], told[1], "a stranger hears nothing of hours");
    let events = admin.get(&api("ledger/events?act=login.refused")).await.expect(200).json();
    let reasons: Vec<_> =
        events["items"].as_array().unwrap().iter().map(|e| &e["detail"]["reason"]).collect();
    assert_eq!(reasons.iter().filter(|reason| **reason == "hours").count(), 3, "{events}");
    world.clock.advance_ms(10 * MINUTE);
    let _ = world.sign_in("piotr.zielinski").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_who_could_change_hours_is_held_to_them() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let [seller, administrators] =
        [named(&admin, "roles", "seller").await, named(&admin, "roles", "administrator").await];
    let never = json!({ "hours": { "spans": [{ "days": [7], "from": "00:00", "until": "00:01" }] } });
    let refused = put(&admin, 0, &json!({ &administrators: never })).await;
    let told = issue(&problem(&refused, 422), &format!("roles.{administrators}.hours"));
    assert_eq!(told["code"], "not-for-administrators");
    let everyone = json!({ "everyone": never, "roles": {} });
    let request = admin.request(Method::PUT, &api("sessions/rules")).header("if-match", "\"0\"");
    let refused = admin.send(request.json(&everyone)).await;
    assert_eq!(issue(&problem(&refused, 422), "everyone.hours")["code"], "not-for-administrators");
    let atlantis = json!({ "hours": { "zone": "Europe/Atlantis", "spans": never["hours"]["spans"] } });
    let refused = put(&admin, 0, &json!({ &seller: atlantis })).await;
    issue(&problem(&refused, 422), &format!("roles.{seller}.hours.zone"));

    let _ = put(&admin, 0, &json!({ &seller: never })).await.expect(200);
    let right = json!({ "login": "anna.kowalska", "password": testkit::PASSWORD });
    problem(&world.client().post(&api("sessions"), &right).await, 403);
    // Whoever holds a role with hours and one that manages users is held to none, nor is one whose own role is given
    // that right.
    let manages = json!({ "name": "porter", "label": { "pl": "Portier", "en": "Porter" }, "entities": {},
        "things": { "users": "manage" } });
    let porter = endow(&world, "anna.kowalska", &manages).await;
    let _ = world.sign_in("anna.kowalska").await.get(&api("me")).await.expect(200);
    // A hold on somebody else stays.
    let right = json!({ "login": "piotr.zielinski", "password": testkit::PASSWORD });
    problem(&world.client().post(&api("sessions"), &right).await, 403);
    assert!(!porter.is_empty());
}
