//! Attempts by routes that do not say which entity's fields they name, and by ids that stand in a body: each is written down
//! as what it is.

use super::help::{api, endow, make, named, problem};
use super::partners::Stage;
use kernel::{IdSource, RecordId, SystemRandom};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, World};

/// What was tried last, as the auditor sees it.
async fn newest(world: &World) -> Value {
    let auditor = world.sign_in("danuta.krol").await;
    let page = auditor.get(&api("ledger/events?act=access.refused&limit=1")).await.expect(200).json();
    page["items"][0].clone()
}

fn unused_id(world: &World) -> RecordId {
    IdSource::new().next(&*world.clock, &SystemRandom)
}

/// Ewa, who reads, changes, takes out and shares leads, and does not see what they are worth.
async fn prober(world: &World) -> Client {
    let all = json!({ "read": "all", "update": "all", "create": "all", "export": "all", "share": "all" });
    let rights = json!({ "scopes": all, "level": "write", "fields": { "estimated_value": "hidden" } });
    let role =
        json!({ "name": "leady", "label": { "pl": "Leady", "en": "Leads" }, "entities": { "lead": rights } });
    let _ = endow(world, "ewa.pusta", &role).await;
    world.sign_in("ewa.pusta").await
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_fields_are_written_down_by_whichever_route_they_came() {
    let world = World::new().await;
    let ewa = prober(&world).await;
    let lead = make(&ewa, "leads", json!({ "last_name": "Wyceniony" })).await;
    let marta = named(&ewa, "colleagues", "Marta Nowak").await;
    let role = named(&world.sign_in("robert.szymanski").await, "roles", "viewer").await;
    let view =
        |field: &str| json!({ "entity": "lead", "name": "Moje", "query": format!("filter={field}:gt:1") });
    let export = |request: Value| json!({ "act": { "export": { "entities": "leads", "request": request } } });
    let asking = |mut act: Value| {
        act["reason"] = json!("Do sprawdzenia");
        act
    };
    let grant = |fields: Value| json!({ "to": { "user": marta }, "role": role, "reason": "Pomoc przy ofercie", "fields": fields });
    let (grants, choosing) =
        (format!("{}/grants", lead.at), format!("{}/grantable-roles?fields=estimated_value", lead.at));
    let worth = json!({ "estimated_value": { "amount": "1", "currency": "PLN" } });
    let change = json!({ "change": { "fields": worth }, "select": { "ids": [lead.id] } });
    let bulk = json!({ "act": { "bulk": { "entities": "leads", "request": change } } });
    let share = json!({ "share": grant(json!(["estimated_value"])), "select": { "ids": [lead.id] } });
    let tries: [(&str, String, Value); 7] = [
        ("POST", api("views"), view("estimated_value")),
        (
            "POST",
            api("approvals/preview"),
            export(json!({ "format": "csv", "filters": ["estimated_value:gt:1"] })),
        ),
        ("POST", api("approvals"), asking(export(json!({ "format": "csv", "fields": ["estimated_value"] })))),
        ("POST", api("approvals/preview"), bulk),
        ("POST", grants.clone(), grant(json!(["last_name", "estimated_value"]))),
        ("GET", choosing, Value::Null),
        ("POST", api("leads/bulk"), share),
    ];
    for (method, at, body) in &tries {
        world.clock.advance_ms(60_000);
        let ewa = world.sign_in("ewa.pusta").await;
        let request = ewa.request(method.parse::<Method>().unwrap(), at);
        let answer = ewa.send(if body.is_null() { request } else { request.json(body) }).await;
        let _ = problem(&answer, 422);
        let event = newest(&world).await;
        let told = (&event["entity"], &event["detail"]["tried"], &event["detail"]["fields"]);
        assert_eq!(
            told,
            (&json!("lead"), &json!("fields"), &json!(["estimated_value"])),
            "{at}: {} {event}",
            answer.text
        );
        assert!(event["detail"].get("unknown").is_none(), "{at}: {event}");
        let own = ewa.get(&api("me/events")).await.expect(200);
        assert!(!own.text.contains("estimated_value"), "{}", own.text);
    }
    // A name of no field is counted, and what was typed stays nowhere.
    world.clock.advance_ms(60_000);
    let ewa = world.sign_in("ewa.pusta").await;
    let _ = problem(&ewa.post(&api("views"), &view("jednorozec")).await, 422);
    let event = newest(&world).await;
    assert_eq!((&event["detail"]["unknown"], event["detail"].get("fields")), (&json!(1), None), "{event}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_in_a_body_is_a_record_that_was_tried_and_what_is_none_is_not() {
    let stage = Stage::new().await;
    let world = &stage.world;
    let anna = world.sign_in("anna.kowalska").await;
    let foreign =
        make(&world.sign_in("tomasz.lewandowski").await, "companies", json!({ "name": "Cudza" })).await;
    let guessed = unused_id(world).to_string();
    let item = |path: &str| (Method::POST, api(&format!("{path}/{guessed}/read")), Value::Null);
    let deal =
        |id: &str| (Method::POST, api("deals"), json!({ "fields": { "name": "Nowa", "company": id } }));
    let note = |id: &str| {
        (
            Method::POST,
            api("notes"),
            json!({ "fields": { "body": "Nowa" }, "parent": { "entity": "company", "id": id } }),
        )
    };
    let tries = [
        (deal(&foreign.id), 422, "record", true),
        (deal(&guessed), 422, "record", true),
        (note(&foreign.id), 422, "record", true),
        (note(&guessed), 422, "record", true),
        ((Method::GET, api(&format!("companies/{guessed}")), Value::Null), 404, "record", true),
        (item("notices"), 404, "item", false),
        ((Method::GET, api(&format!("jobs/{guessed}")), Value::Null), 404, "item", false),
        ((Method::GET, api(&format!("approvals/{guessed}")), Value::Null), 404, "item", false),
        ((Method::DELETE, api(&format!("grants/{guessed}")), Value::Null), 404, "item", false),
        ((Method::POST, api("teams"), json!({ "name": "Nowy" })), 403, "right", false),
    ];
    for ((method, at, body), status, tried, names) in tries {
        let request = anna.request(method, &at);
        let answer = anna.send(if body.is_null() { request } else { request.json(&body) }).await;
        let _ = problem(&answer, status);
        let event = newest(world).await;
        assert_eq!(event["detail"]["tried"], tried, "{at} {body}: {event}");
        assert_eq!(event.get("record").is_some_and(|id| !id.is_null()), names, "{at} {body}: {event}");
    }
    // A partner's user at a route for such users, and at one of the house.
    for (path, tried) in [(format!("notices/{guessed}/read"), "item"), ("teams".to_owned(), "house")] {
        let _ = problem(&stage.guest.post(&api(&path), &json!({ "name": "Nowy" })).await, 404);
        assert_eq!(newest(world).await["detail"]["tried"], tried, "{path}");
    }
}
