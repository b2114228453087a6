//! The hours of the week in which whoever holds a role may work.

use super::factors::{bare, enrol};
use super::help::{api, endow, issue, named, problem};
use super::passkeys;
use super::sign_on::{Place, begin, finish};
use super::stream::Stream;
use kernel::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use server::{Config, ProxyConfig};
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

#[tokio::test(flavor = "multi_thread")]
async fn rules_can_be_put_back_as_they_were_read_whatever_became_of_a_role() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let temporary = json!({ "name": "season", "label": { "pl": "Sezon", "en": "Season" } });
    let season =
        admin.post(&api("roles"), &temporary).await.expect(201).json()["id"].as_str().unwrap().to_owned();
    let porter = json!({ "name": "porter", "label": { "pl": "Portier", "en": "Porter" } });
    let porter = endow(&world, "anna.kowalska", &porter).await;
    let rules = json!({ &season: with_a_break(), &porter: with_a_break() });
    let _ = put(&admin, 0, &rules).await.expect(200);
    // A role with hours does not come to manage what hours are decided by: they would hold for nobody.
    let at = api(&format!("roles/{porter}"));
    let manages = |thing: &str| json!({ "name": "porter", "label": { "pl": "Portier", "en": "Porter" }, "things": { thing: "manage" } });
    let change = async |thing: &str| {
        let request = admin.request(Method::PUT, &at).header("if-match", "\"1\"");
        admin.send(request.json(&manages(thing))).await
    };
    for thing in ["users", "roles"] {
        let told = issue(&problem(&change(thing).await, 422), "things");
        assert_eq!(told["code"], "has-hours");
        assert!(told["reason"].as_str().unwrap().contains("First remove the hours of this role"), "{told}");
    }
    let _ = admin.delete(&api(&format!("roles/{season}")), 1).await.expect(204);
    let read = admin.get(&api("sessions/rules")).await.expect(200).json();
    assert_eq!(read["roles"].as_object().unwrap().keys().collect::<Vec<_>>(), [&porter], "{read}");
    let back = put(&admin, 1, &read["roles"]).await.expect(200).json();
    assert_eq!(back["roles"], read["roles"]);
    // As it was told to be done: hours first.
    let _ = put(&admin, 2, &json!({})).await.expect(200);
    let _ = change("users").await.expect(200);
    let read = admin.get(&api("sessions/rules")).await.expect(200).json();
    assert_eq!(read["roles"], json!({}));
    let _ = put(&admin, 3, &read["roles"]).await.expect(200);
}

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0";
const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

async fn from(client: &Client, address: &str, agent: &str, method: Method, path: &str) -> Answer {
    let request = client.request(method, &api(path)).header("x-forwarded-for", address);
    client.send(request.header("user-agent", agent)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_tries_what_was_stolen_outside_the_hours_leaves_a_trace_of_each_address() {
    let proxy = ProxyConfig { trusted: vec!["127.0.0.1/32".parse().unwrap()] };
    let world = World::with(Config { proxy, ..testkit::config() }).await;
    let [admin, auditor] = [world.sign_in("robert.szymanski").await, world.sign_in("danuta.krol").await];
    let anna_id = named(&admin, "users", "anna.kowalska").await;
    let anna = world.client();
    let right = json!({ "login": "anna.kowalska", "password": testkit::PASSWORD });
    let begin = anna.request(Method::POST, &api("sessions")).header("user-agent", FIREFOX).json(&right);
    let _ = anna.send(begin).await.expect(201);
    let body = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": START.plus_s(86_400).rfc3339() });
    let make = anna.request(Method::POST, &api("tokens")).header("user-agent", FIREFOX).json(&body);
    let made = anna.send(make).await.expect(201).json();
    let token = world.client().with_token(made["token"].as_str().unwrap());
    let seller = named(&admin, "roles", "seller").await;
    let _ = put(&admin, 0, &json!({ &seller: with_a_break() })).await.expect(200);
    world.clock.advance_ms(10 * MINUTE);

    let before = refusals(&auditor, &anna_id).await.len();
    // The owner's page, which was open; the thief of its cookie, with another browser and then with one like it, who
    // tries to confirm as well; the thief of the token.
    let [home, thief, careful, program] = ["203.0.113.5", "198.51.100.9", "198.51.100.77", "192.0.2.44"];
    for _ in 0..3 {
        for (client, address, agent, method, path) in [
            (&anna, home, FIREFOX, Method::GET, "people"),
            (&anna, thief, CHROME, Method::GET, "people"),
            (&anna, thief, CHROME, Method::POST, "me/step-up"),
            (&anna, careful, FIREFOX, Method::GET, "people"),
            (&token, home, "backup/1", Method::GET, "people"),
            (&token, program, "curl/8.14.1", Method::GET, "people"),
        ] {
            says_when(&from(client, address, agent, method, path).await, "at 9:20", 600);
        }
    }
    let mut written: Vec<Value> = refusals(&auditor, &anna_id).await;
    written.truncate(written.len() - before);
    let told = written.iter().rev().map(|event| &event["detail"]);
    let told: Vec<_> = told.map(|d| [&d["reason"], &d["network"], &d["client"]]).collect();
    let expected =
        [(home, FIREFOX), (thief, CHROME), (careful, FIREFOX), (home, "backup/1"), (program, "curl/8.14.1")];
    let expected = expected.map(|(network, client)| [json!("hours"), json!(network), json!(client)]);
    assert_eq!(told, expected.iter().map(|each| each.each_ref()).collect::<Vec<_>>());
    let events = auditor.get(&api("ledger/events?act=session.other_browser")).await.expect(200).json();
    let events = events["items"].as_array().unwrap();
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(
        (&events[0]["detail"]["network"], &events[0]["detail"]["client"]),
        (&json!(thief), &json!(CHROME))
    );

    world.clock.advance_ms(10 * MINUTE);
    let listed = from(&anna, home, FIREFOX, Method::GET, "notices").await.expect(200).json();
    let notices = listed["items"].as_array().unwrap().iter().filter(|n| n["code"] == "session-other-browser");
    assert_eq!(notices.count(), 1, "its user is told: {listed}");
    let asked = problem(&from(&anna, thief, CHROME, Method::GET, "people").await, 403);
    assert_eq!(asked["type"], "urn:klucznik:problem:step-up-required");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_way_of_signing_in_leads_past_the_hours() {
    let place = Place::linked().await;
    let world = &place.world;
    // The account is linked to Anna; another seller has a passkey.
    let (admin, piotr) = (world.sign_in("robert.szymanski").await, world.sign_in("piotr.zielinski").await);
    let mut passkey = passkeys::add(&piotr, 1).await;
    let seller = named(&admin, "roles", "seller").await;
    let _ = put(&admin, 0, &json!({ &seller: with_a_break() })).await.expect(200);
    // Begun in the hours, both of them.
    let (by_passkey, by_account) = (world.client(), world.client());
    let pass = |minutes: i64| {
        world.clock.advance_ms(minutes * MINUTE);
        place.provider.set_time(world.clock.now());
    };
    pass(9);
    let alone = async |client: &Client| {
        passkeys::asked(bare(client, Method::POST, "sessions/passkey").await, 200).await
    };
    let options = alone(&by_passkey).await;
    let came = place.provider.consent(&begin(&by_account, json!({})).await);
    pass(1);
    let closed = |refused: &Answer| {
        says_when(refused, "at 9:20", 600);
        let session = refused.headers.get_all("set-cookie").iter().filter_map(|c| c.to_str().ok());
        let mut session = session.filter(|c| c.starts_with("__Host-klucznik="));
        assert_eq!(session.next(), None, "{}", refused.text);
    };
    closed(&passkeys::show(&by_passkey, &mut passkey, &options).await);
    closed(&finish(&by_account, &came).await);
    // And begun outside them.
    let options = alone(&by_passkey).await;
    closed(&passkeys::show(&by_passkey, &mut passkey, &options).await);
    closed(&place.comes_back(&by_account).await);
    for client in [&by_passkey, &by_account] {
        problem(&client.get(&api("me")).await, 401);
    }
    pass(10);
    let options = alone(&by_passkey).await;
    let _ = passkeys::show(&by_passkey, &mut passkey, &options).await.expect(201);
    let _ = place.comes_back(&by_account).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_interface_is_told_when_the_hours_end() {
    let world = World::new().await;
    let [admin, anna] = [world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await];
    let ends = async |client: &Client| client.get(&api("me")).await.expect(200).json()["work_ends"].clone();
    assert_eq!(ends(&anna).await, Value::Null, "without end");
    let seller = named(&admin, "roles", "seller").await;
    let _ = put(&admin, 0, &json!({ &seller: with_a_break() })).await.expect(200);
    let told = json!({ "at": "2026-11-23T08:10:00.000Z", "again": "2026-11-23T08:20:00.000Z", "zone": "Europe/Warsaw" });
    assert_eq!(ends(&anna).await, told);
    assert_eq!(ends(&admin).await, Value::Null, "another role's");
    world.clock.advance_ms(20 * MINUTE);
    let later = ends(&anna).await;
    assert_eq!(
        (&later["at"], &later["again"]),
        (&json!("2026-11-23T17:00:00.000Z"), &json!("2026-11-24T07:00:00.000Z"))
    );
}
