//! What the events of a record tell of it: no more than the reader's own rights show of the record. OWASP API Security
//! 2023: API3 (property level).

use super::help::{Made, api, endow, make, make_under, named, problem};
use super::jobs::{bulk, ended};
use super::partners::{DAY_MS, Stage};
use kernel::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::Client;

/// Hidden from marketing, and words that were said of it.
const HIDDEN: [&str; 7] =
    ["estimated_value", "description", "Bo wartość", "Rabat dla", "agreements", "disclosed", "next_version"];

async fn events(client: &Client, at: &str) -> Vec<Value> {
    let page = client.get(&format!("{at}/events?limit=200")).await.expect(200).json();
    page["items"].as_array().unwrap().clone()
}

fn of<'a>(events: &'a [Value], act: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["act"] == act).map(|event| &event["detail"]).collect()
}

async fn version(client: &Client, at: &str) -> u64 {
    client.get(at).await.expect(200).json()["version"].as_u64().unwrap()
}

async fn change(client: &Client, at: &str, fields: Value) {
    let _ = client.patch(at, version(client, at).await, &json!({ "fields": fields })).await.expect(200);
}

fn worth(amount: u32) -> Value {
    json!({ "estimated_value": { "amount": format!("{amount}"), "currency": "PLN" } })
}

/// Changed alone, among many, and back; put into the bin and out.
async fn written(anna: &Client, lead: &Made) {
    change(anna, &lead.at, worth(200)).await;
    change(anna, &lead.at, json!({ "description": "Rabat", "city": "Radom" })).await;
    let order = json!({ "select": { "ids": [lead.id] }, "change": { "fields": { "description": "Inny" } } });
    let job = bulk(anna, "leads", order).await.expect(202).json();
    let _ = ended(anna, &job).await;
    let undo = anna.request(Method::POST, &api(&format!("jobs/{}/undo", job["id"].as_str().unwrap())));
    let _ = ended(anna, &anna.send(undo).await.expect(202).json()).await;
    let _ = anna.delete(&lead.at, version(anna, &lead.at).await).await.expect(200);
    let back = anna.request(Method::POST, &format!("{}/restore", lead.at)).header("if-match", "\"6\"");
    let _ = anna.send(back).await.expect(200);
}

/// Revealed, explained, refused.
async fn asked(stage: &Stage, lead: &Made) {
    let Stage { world, admin, .. } = stage;
    let role = json!({
        "name": "reveals", "label": { "pl": "Odkrywa", "en": "Reveals" }, "things": { "users": "read" },
        "entities": { "lead": { "scopes": { "read": "all", "reveal": "all" }, "level": "read", "fields": { "estimated_value": "masked" } } },
    });
    let _ = endow(world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    for (field, reason) in [("estimated_value", "Bo wartość jest sporna"), ("city", "Nie ma co odsłaniać")]
    {
        let body = json!({ "field": field, "reason": reason });
        let _ = ewa.post(&format!("{}/reveal", lead.at), &body).await.expect(200);
    }
    let anna = named(admin, "users", "anna.kowalska").await;
    for field in ["estimated_value", "city"] {
        let path = format!("explain?user={anna}&entity=lead&record={}&field={field}", lead.id);
        let _ = ewa.get(&api(&path)).await.expect(200);
    }
    problem(&world.sign_in("tomasz.lewandowski").await.get(&lead.at).await, 404);
}

/// Given to the partner, who looks and takes it out; renewed, ended; asked for.
async fn shared(stage: &Stage, lead: &Made) {
    let Stage { world, anna, guest, .. } = stage;
    let until = |days: i64| world.clock.now().plus_ms(days * DAY_MS).rfc3339();
    let body = json!({
        "to": { "partner": stage.agency }, "role": stage.viewer, "reason": "Rabat dla agencji", "until": until(3),
        "fields": ["last_name", "estimated_value", "description"], "with_related": true,
    });
    let grant = anna.post(&format!("{}/grants", lead.at), &body).await.expect(201).json();
    let _ = guest.get(&lead.at).await.expect(200);
    let _ = guest.get(&api("leads")).await.expect(200);
    let id = grant["id"].as_str().unwrap();
    let renewal = anna.request(Method::POST, &api(&format!("grants/{id}/renewal")));
    let body = json!({ "until": until(5), "reason": "Rabat dla agencji dłużej" });
    let _ = anna.send(renewal.header("if-match", "\"1\"").json(&body)).await.expect(200);
    assert!(anna.delete(&api(&format!("grants/{id}")), 0).await.status.is_success());
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let body = json!({ "reason": "Rabat dla mnie" });
    let _ = tomasz.post(&format!("{}/access-requests", lead.at), &body).await.expect(202);
    let role = named(anna, "leads/{id}/grantable-roles".replace("{id}", &lead.id).as_str(), "viewer").await;
    let found = loop {
        let all = anna.get(&api("access-requests?direction=to_decide")).await.expect(200).json();
        match all["items"][0]["id"].as_str() {
            Some(id) => break id.to_owned(),
            None => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
        }
    };
    let body = json!({ "role": role, "until": until(3), "fields": ["estimated_value"] });
    let _ = anna.post(&api(&format!("access-requests/{found}/approve")), &body).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_a_record_tell_of_it_what_their_reader_sees_of_it() {
    let stage = Stage::new().await;
    let Stage { world, anna, .. } = &stage;
    let values = json!({ "last_name": "Wyceniona", "description": "Oferta", "estimated_value": worth(100)["estimated_value"] });
    let lead = make(anna, "leads", values).await;
    let note = make_under(anna, "notes", json!({ "body": "Ustalenia" }), "lead", &lead.id).await;
    written(anna, &lead).await;
    asked(&stage, &lead).await;
    shared(&stage, &lead).await;
    let convert = anna.request(Method::POST, &format!("{}/convert", lead.at)).header("if-match", "\"7\"");
    let _ = anna.send(convert.json(&json!({}))).await.expect(200);

    let marta = world.sign_in("marta.nowak").await;
    let seen = events(&marta, &lead.at).await;
    for event in &seen {
        let told = event.to_string();
        assert!(!HIDDEN.iter().any(|word| told.contains(word)), "{told}");
        assert!(!told.contains(&note.id) && event["touched"].as_u64().unwrap() <= 1, "{told}");
    }
    // It is all there, and tells what may be seen.
    let acts: BTreeSet<&str> = seen.iter().map(|event| event["act"].as_str().unwrap()).collect();
    for act in [
        "access.approve",
        "access.ask",
        "access.explain",
        "access.refused",
        "field.reveal",
        "grant.create",
        "grant.end",
        "grant.renew",
        "lead.convert",
        "record.create",
        "record.delete",
        "record.list",
        "record.read",
        "record.restore",
        "record.update",
    ] {
        assert!(acts.contains(act), "{act}: {acts:?}");
    }
    let updates = of(&seen, "record.update");
    assert!(updates.iter().any(|detail| detail["fields"] == json!(["city"])), "{updates:?}");
    let reveals: Vec<Value> = of(&seen, "field.reveal").into_iter().cloned().collect();
    assert_eq!(reveals, [json!({ "field": "city", "reason": "Nie ma co odsłaniać" }), Value::Null]);
    let why = of(&seen, "access.explain");
    assert!(
        why.iter().any(|detail| detail["field"] == "city")
            && why.iter().any(|detail| detail["action"] == "read")
    );
    let given = of(&seen, "grant.create");
    assert!(given.iter().any(|detail| detail["fields"] == json!(["last_name"]) && detail["to"]["partner"] == stage.agency), "{given:?}");

    // Whoever sees the fields is told of them; of disclosures, whoever reads the ledger.
    let told = events(anna, &lead.at).await;
    assert!(
        of(&told, "record.update").iter().any(|detail| detail["fields"] == json!(["estimated_value"])),
        "{told:?}"
    );
    assert!(
        of(&told, "field.reveal").iter().any(|detail| detail["reason"] == "Bo wartość jest sporna"),
        "{told:?}"
    );
    assert!(
        of(&told, "grant.create").iter().any(|detail| detail["reason"] == "Rabat dla agencji"),
        "{told:?}"
    );
    assert!(of(&told, "record.read").iter().all(|detail| detail["disclosed"].is_null()), "{told:?}");
    let told = events(&world.sign_in("zofia.jablonska").await, &lead.at).await;
    assert!(
        of(&told, "record.read").iter().any(|detail| detail["disclosed"]["partner"] == stage.agency),
        "{told:?}"
    );
}

/// Whoever was given one field learns of no other, nor why that was shared with others.
#[tokio::test(flavor = "multi_thread")]
async fn events_tell_whoever_was_given_one_field_of_that_one() {
    let stage = Stage::new().await;
    let Stage { world, anna, shared, .. } = &stage;
    change(anna, &shared.at, json!({ "phone": "601234567", "first_name": "Zofia Anna" })).await;
    let ewa = named(anna, "colleagues", "Ewa Pusta").await;
    let until = world.clock.now().plus_ms(DAY_MS).rfc3339();
    let body = json!({ "to": { "user": ewa }, "role": stage.viewer, "reason": "Zastępstwo", "until": until, "fields": ["first_name"] });
    let _ = anna.post(&format!("{}/grants", shared.at), &body).await.expect(201);
    let _ = stage.guest.get(&shared.at).await.expect(200);
    let seen = events(&world.sign_in("ewa.pusta").await, &shared.at).await;
    assert_eq!(of(&seen, "record.update")[0]["fields"], json!(["first_name"]));
    let told = Value::Array(seen).to_string();
    for word in ["phone", "email", "Kampania", "Zastępstwo", "UPP/1", "agreements"] {
        assert!(!told.contains(word), "{word}: {told}");
    }
    assert!(told.contains("record.read") && told.contains("grant.create"));
}

/// Of a deal that a partner registered the house hears who did, and of the agreements whoever reads the ledger.
#[tokio::test(flavor = "multi_thread")]
async fn events_of_a_registered_deal_name_no_agreement() {
    let stage = Stage::new().await;
    let anna = named(&stage.admin, "users", "anna.kowalska").await;
    let rules = json!({ "caretaker": anna, "role": stage.viewer, "days": 10 });
    let _ = stage.change(&stage.agency, &json!({ "registration": rules })).await.expect(200);
    let deal = json!({ "company_name": "Huta", "first_name": "Ola", "last_name": "Szansowska", "email": "ola@szansa.example", "description": "Licencje" });
    let made = stage.guest.post(&api("registrations"), &deal).await.expect(201).json();
    let at = api(&format!("leads/{}", made["id"].as_str().unwrap()));
    let seen = events(&stage.anna, &at).await;
    let registered = of(&seen, "registration.create")[0];
    assert_eq!(
        (&registered["partner"], registered.get("agreements")),
        (&json!(stage.agency), None),
        "{registered}"
    );
    let dpo = stage.world.sign_in("zofia.jablonska").await;
    assert!(of(&events(&dpo, &at).await, "registration.create")[0]["agreements"].is_array());
}
