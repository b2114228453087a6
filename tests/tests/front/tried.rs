//! Attempts outside one's rights: what the ledger keeps of them, that whoever tries learns nothing, and that nobody fills
//! the ledger by trying. OWASP API Security 2023: API1 (object level), API3 (property level), API5 (function
//! level).

use super::help::{api, list, make, problem};
use super::links::settings;
use super::matrix::token;
use super::partners::invited_guest;
use kernel::{IdSource, RecordId, SystemRandom};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use testkit::{Client, World};

/// What was tried, as the auditor sees it, the newest first.
async fn tried(world: &World) -> Vec<Value> {
    let auditor = world.sign_in("danuta.krol").await;
    let page = auditor.get(&api("ledger/events?act=access.refused&limit=200")).await.expect(200).json();
    page["items"].as_array().unwrap().clone()
}

fn nowhere(world: &World) -> String {
    let id: RecordId = IdSource::new().next(&*world.clock, &SystemRandom);
    api(&format!("people/{id}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guessed_id_is_written_down_and_says_nothing_either_way() {
    let world = World::new().await;
    let (anna, tomasz) = (world.sign_in("anna.kowalska").await, world.sign_in("tomasz.lewandowski").await);
    let person = make(&anna, "people", json!({ "last_name": "Łoś" })).await;
    let nowhere = nowhere(&world);
    let mut answers = BTreeSet::new();
    for at in [&person.at, &nowhere] {
        let answer = tomasz.get(at).await;
        let _ = problem(&answer, 404);
        answers.insert(answer.told());
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    let events = tried(&world).await;
    assert_eq!(events.len(), 2, "{events:?}");
    for (event, at) in events.iter().rev().zip([&person.at, &nowhere]) {
        assert_eq!(event["outcome"], "refused");
        assert_eq!(
            (&event["entity"], &event["user"]["name"]),
            (&json!("person"), &json!("Tomasz Lewandowski"))
        );
        assert!(at.ends_with(event["record"].as_str().unwrap()), "{event}");
        let detail = &event["detail"];
        assert_eq!(
            (&detail["tried"], &detail["network"]),
            (&json!("record"), &json!("127.0.0.1")),
            "{event}"
        );
        assert_eq!(detail["route"], "GET /api/v1/{entities}/{id}", "{event}");
        assert_eq!(detail.get("by_token"), None);
    }
    // Whoever tried sees that it was written down, and not what of it; nor does who reads the record.
    for page in [tomasz.get(&api("me/events")).await, anna.get(&format!("{}/events", person.at)).await] {
        let page = page.expect(200).json();
        let mine = page["items"].as_array().unwrap().iter().find(|e| e["act"] == "access.refused");
        assert_eq!(mine.unwrap_or_else(|| panic!("{page}")).get("detail"), None, "{page}");
    }
}

/// The time of an answer is worth nothing: none of these comes before the same moment, which is later than either takes.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_takes_no_longer_than_what_is_not_there() {
    let world = World::new().await;
    let (anna, marta) = (world.sign_in("anna.kowalska").await, world.sign_in("marta.nowak").await);
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let person = make(&anna, "people", json!({ "last_name": "Łoś" })).await;
    let asks = [
        (&tomasz, person.at.clone(), 404),
        (&tomasz, nowhere(&world), 404),
        (&marta, api("leads?filter=estimated_value:gt:1"), 422),
        (&marta, api("leads?filter=unicorn:gt:1"), 422),
        (&marta, api("leads/totals?group=status&sum=estimated_value"), 422),
    ];
    for (client, path, status) in asks {
        let mut least = Duration::MAX;
        for _ in 0..12 {
            let begun = Instant::now();
            let _ = problem(&client.get(&path).await, status);
            least = least.min(begun.elapsed());
        }
        assert!(least >= Duration::from_millis(10), "{path}: {least:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_are_hidden_are_written_down_by_name_and_never_by_value() {
    let world = World::new().await;
    let (anna, marta) = (world.sign_in("anna.kowalska").await, world.sign_in("marta.nowak").await);
    let fields =
        json!({ "last_name": "Wyceniony", "estimated_value": { "amount": "987654", "currency": "PLN" } });
    let lead = make(&anna, "leads", fields).await;
    let asked: [(&str, Vec<(&str, &str)>); 5] = [
        ("leads", vec![("filter", "estimated_value:gt:98765")]),
        ("leads", vec![("sort", "-estimated_value")]),
        ("leads", vec![("fields", "last_name,estimated_value")]),
        ("leads/totals", vec![("group", "status"), ("sum", "estimated_value")]),
        ("leads", vec![("filter", "jednorozec:eq:98765")]),
    ];
    for (path, parameters) in &asked {
        let _ = problem(&list(&marta, path, parameters).await, 422);
    }
    let events = tried(&world).await;
    let details: Vec<Value> = events.iter().rev().map(|e| e["detail"].clone()).collect();
    assert_eq!(details.len(), 5, "{details:?}");
    for detail in &details[..4] {
        assert_eq!(
            (&detail["tried"], &detail["fields"]),
            (&json!("fields"), &json!(["estimated_value"])),
            "{detail}"
        );
    }
    assert_eq!(details[4]["unknown"], 1, "{}", details[4]);
    assert_eq!(details[4].get("fields"), None);

    // Written, whether alone or among what may be: property by property, and never with its value.
    let stuffed = json!({ "fields": { "tags": ["a"], "estimated_value": "podrzucone", "last_name": "Inny", "jednorozec": "podrzucone" } });
    world.clock.advance_ms(60_000);
    let _ = problem(&marta.patch(&lead.at, 1, &stuffed).await, 422);
    let events = tried(&world).await;
    let detail = &events[0]["detail"];
    assert_eq!(detail["tried"], "fields", "{detail}");
    assert_eq!(detail["fields"], json!(["estimated_value", "last_name"]), "{detail}");
    let text = Value::from(events.clone()).to_string();
    for never in ["98765", "podrzucone", "jednorozec", "Inny"] {
        assert!(!text.contains(never), "{never}: {text}");
    }
    let own = marta.get(&api("me/events")).await.expect(200);
    assert!(!own.text.contains("estimated_value"), "{}", own.text);
    assert_eq!(anna.get(&lead.at).await.expect(200).json()["version"], 1, "nothing of it was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_and_partners_beyond_their_scope_are_written_down() {
    let world = World::with(settings()).await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let robot = token(&world, &anna).await;
    let _ = problem(&robot.get(&api("deals")).await, 403);
    let _ = problem(&robot.get(&api("views")).await, 403);
    let guest = invited_guest(&world, &admin).await;
    let _ = problem(&guest.get(&api("deals/totals?group=owner")).await, 404);
    let events = tried(&world).await;
    let of = |kind: &str| -> Vec<&Value> {
        events.iter().map(|e| &e["detail"]).filter(|d| d["tried"] == kind).collect()
    };
    let beyond = of("token");
    assert_eq!(beyond.len(), 2, "{events:?}");
    assert!(beyond.iter().all(|d| d["by_token"] == true));
    assert_eq!(
        (&beyond[1]["action"], &beyond[1]["route"]),
        (&json!("read"), &json!("GET /api/v1/{entities}"))
    );
    let house = of("house");
    assert_eq!(house.len(), 1, "{events:?}");
    assert_eq!(house[0]["route"], "GET /api/v1/{entities}/totals");
    let _ = problem(&anna.post(&api("teams"), &json!({ "name": "Nowy" })).await, 403);
    let newest = tried(&world).await.remove(0);
    assert_eq!(newest["detail"]["tried"], "right");
    assert_eq!(
        (&newest["detail"]["thing"], &newest["detail"]["action"]),
        (&json!("teams"), &json!("manage"))
    );
}

/// A thousand guesses are a handful of events, and none is lost.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_fills_the_ledger_by_trying() {
    const GUESSES: usize = 300;
    let mut world = World::new().await;
    let (anna, tomasz) = (world.sign_in("anna.kowalska").await, world.sign_in("tomasz.lewandowski").await);
    let person = make(&anna, "people", json!({ "last_name": "Łoś" })).await;
    for n in 0..GUESSES {
        let at = if n == 20 { person.at.clone() } else { nowhere(&world) };
        let _ = problem(&tomasz.get(&at).await, 404);
    }
    assert_eq!(tried(&world).await.len(), 10, "the first few, one by one");
    // Another kind, and another user, are counted by themselves.
    let _ = problem(&tomasz.get(&api("users")).await, 403);
    let marta = world.sign_in("marta.nowak").await;
    let _ = problem(&marta.get(&nowhere(&world)).await, 404);
    assert_eq!(tried(&world).await.len(), 12);
    world.app().engine().write_attempts(false).await.unwrap();
    assert_eq!(tried(&world).await.len(), 12, "the minute is not over");
    world.clock.advance_ms(60_000);
    world.app().engine().write_attempts(false).await.unwrap();
    let events = tried(&world).await;
    assert_eq!(events.len(), 13);
    let sum = &events[0];
    assert_eq!(sum["detail"]["count"], GUESSES - 10, "{sum}");
    assert_eq!(
        (&sum["detail"]["tried"], &sum["user"]["name"]),
        (&json!("record"), &json!("Tomasz Lewandowski"))
    );
    assert_eq!(sum["touched"], 50, "bounded: {sum}");
    // Who reads the record sees that it was tried.
    let anna = world.sign_in("anna.kowalska").await;
    let history = anna.get(&format!("{}/events", person.at)).await.expect(200).json();
    let found = history["items"].as_array().unwrap().iter().find(|e| e["act"] == "access.refused");
    assert_eq!(found.unwrap_or_else(|| panic!("{history}")).get("detail"), None);

    // The next attempt brings what was counted; and so does an orderly stop.
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    for _ in 0..14 {
        let _ = problem(&tomasz.get(&person.at).await, 404);
    }
    world.stop().await;
    world.start().await.unwrap();
    let events = tried(&world).await;
    assert_eq!((events.len(), &events[0]["detail"]["count"]), (24, &json!(4)), "{events:?}");
}

/// Whatever is typed as a name may be somebody's data.
#[tokio::test(flavor = "multi_thread")]
async fn a_field_of_no_entity_is_counted_and_not_named() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let secret = "44051401359";
    let body = json!({ "fields": { "last_name": "Nowa", secret: "x" } });
    let _ = problem(&anna.post(&api("people"), &body).await, 422);
    let file = format!("people/export?fields={secret}");
    let leader: Client = world.sign_in("magdalena.wojcik").await;
    let _ = problem(&leader.send(leader.request(Method::GET, &api(&file))).await, 422);
    let events = tried(&world).await;
    assert_eq!(events.len(), 2, "{events:?}");
    for event in &events {
        assert_eq!(
            (&event["detail"]["tried"], &event["detail"]["unknown"]),
            (&json!("fields"), &json!(1)),
            "{event}"
        );
        assert!(!event.to_string().contains(secret), "{event}");
    }
}

/// Routes that say first what is wrong with what was sent, and those of an administrator that answer for any id: what is
/// kept of somebody, and ending it, is nothing if there is nobody.
const SAY_FIRST: [&str; 19] = [
    "POST /api/v1/access-requests/{id}/approve 422",
    "POST /api/v1/access-reviews/{id}/confirm 422",
    "POST /api/v1/access-reviews/{id}/replace 422",
    "POST /api/v1/access-reviews/{id}/withdraw 422",
    "POST /api/v1/grants/{id}/renewal 422",
    "POST /api/v1/service-accounts/{id}/owner 422",
    "POST /api/v1/service-accounts/{id}/tokens 422",
    "GET /api/v1/subjects/{id}/events 200",
    "POST /api/v1/users/{id}/accounts 422",
    "POST /api/v1/users/{id}/email-change 422",
    "GET /api/v1/users/{id}/events 200",
    "POST /api/v1/users/{id}/factors/reset 422",
    "POST /api/v1/users/{id}/hand-over 422",
    "POST /api/v1/users/{id}/hand-over/ask 422",
    "DELETE /api/v1/users/{id}/sessions 204",
    "GET /api/v1/users/{id}/sessions 200",
    "POST /api/v1/{entities}/{id}/access-requests 422",
    "POST /api/v1/{entities}/{id}/erase 422",
    "POST /api/v1/{entities}/{id}/grants 422",
];

/// Whatever the route: an id of which there is nothing for whoever asks is one event, with from where and by which route.
#[tokio::test(flavor = "multi_thread")]
async fn a_guessed_id_is_one_event_by_every_route() {
    let world = World::new().await;
    let (anna, robert) = (world.sign_in("anna.kowalska").await, world.sign_in("robert.szymanski").await);
    let auditor = world.sign_in("danuta.krol").await;
    let id: RecordId = IdSource::new().next(&*world.clock, &SystemRandom);
    let (mut others, mut tried) = (Vec::new(), 0);
    for route in
        include_str!("../../../crates/server/src/openapi/routes.txt").lines().filter(|r| r.contains("{id}"))
    {
        let (method, path) = route.split_once(' ').unwrap();
        let path = path.replace("{entities}", "people");
        let of = ["{id}", "{session}", "{token}", "{account}"];
        let path = of.iter().fold(path, |path, of| path.replace(of, &id.to_string()));
        for client in [&anna, &robert] {
            let sent = client.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
            let answer = client.send(sent.header("if-match", "\"1\"").json(&body_of(route))).await;
            world.app().engine().write_attempts(true).await.unwrap();
            let page =
                auditor.get(&api("ledger/events?act=access.refused&limit=200")).await.expect(200).json();
            let events = page["items"].as_array().unwrap();
            let status = answer.status.as_u16();
            if ![403, 404].contains(&status) {
                others.push(format!("{route} {status}"));
                continue;
            }
            tried += 1;
            assert_eq!(events.len(), tried, "{route} {status}: {}", events[0]);
            let detail = &events[0]["detail"];
            assert_eq!(
                (&detail["network"], &detail["route"]),
                (&json!("127.0.0.1"), &json!(route)),
                "{route}"
            );
            assert!(detail["tried"].is_string(), "{route}: {detail}");
        }
    }
    others.dedup();
    assert_eq!(others, SAY_FIRST, "{tried}");
    assert!(tried > 120, "{tried}");
}

/// What a route wants to be told before it looks.
fn body_of(route: &str) -> Value {
    match route {
        _ if route.ends_with("/me/factors/{id}") => json!({ "name": "Klucz" }),
        _ if route.contains("/roles/{id}/rollback") => json!({ "version": 1 }),
        _ if route.contains("/roles/{id}") => {
            json!({ "name": "inna", "label": { "pl": "Inna", "en": "Other" } })
        }
        _ if route.contains("/teams/{id}") => json!({ "name": "Inny" }),
        _ if route.contains("/approvals/{id}/decline") => json!({ "reason": "Nie trzeba tego" }),
        _ if route.ends_with("/reveal") => json!({ "field": "email", "reason": "Bez powodu tutaj" }),
        _ => json!({}),
    }
}

/// The one way to special fields says nothing of those that are hidden, and the ledger says that they were tried.
#[tokio::test(flavor = "multi_thread")]
async fn fields_that_were_to_be_revealed_are_written_down() {
    let world = World::new().await;
    let role = json!({
        "name": "reveals", "label": { "pl": "Odkrywa", "en": "Reveals" },
        "entities": { "lead": { "scopes": { "read": "all", "reveal": "all" }, "level": "masked", "fields": { "estimated_value": "hidden" } } },
    });
    let _ = super::help::endow(&world, "ewa.pusta", &role).await;
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let lead = make(
        &anna,
        "leads",
        json!({ "last_name": "Wyceniony", "estimated_value": { "amount": "9", "currency": "PLN" } }),
    )
    .await;
    let reveal = |field: &str| json!({ "field": field, "reason": "Z ciekawości, ile to" });
    let at = format!("{}/reveal", lead.at);
    let hidden = ewa.post(&at, &reveal("estimated_value")).await;
    let unknown = ewa.post(&at, &reveal("jednorozec")).await;
    let _ = (problem(&hidden, 404), problem(&unknown, 404));
    assert_eq!(hidden.told(), unknown.told());
    let _ = problem(&anna.post(&at, &reveal("estimated_value")).await, 403);
    let _ = problem(
        &anna
            .get(&api(&format!(
                "explain?entity=lead&record={}&field=jednorozec&action=read&user={}",
                lead.id,
                world_user(&anna).await
            )))
            .await,
        422,
    );
    let events: Vec<Value> =
        tried(&world).await.into_iter().rev().map(|event| event["detail"].clone()).collect();
    assert_eq!(events.len(), 4, "{events:?}");
    assert_eq!((&events[0]["tried"], &events[0]["fields"]), (&json!("fields"), &json!(["estimated_value"])));
    assert_eq!((&events[1]["tried"], &events[1]["unknown"]), (&json!("fields"), &json!(1)));
    assert_eq!((&events[2]["tried"], &events[2]["fields"]), (&json!("right"), &json!(["estimated_value"])));
    assert_eq!((&events[3]["tried"], &events[3]["unknown"]), (&json!("fields"), &json!(1)));
    assert!(
        events.iter().all(|event| event["network"] == "127.0.0.1" && event["route"].is_string()),
        "{events:?}"
    );
}

async fn world_user(client: &Client) -> String {
    client.get(&api("me")).await.expect(200).json()["user"]["id"].as_str().unwrap().to_owned()
}
