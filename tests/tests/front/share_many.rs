//! Many records shared as one act: what is given, told, undone, and refused. OWASP API Security 2023: API1 (object
//! level), API3 (property level), API5 (function level).

use super::grants::Stage;
use super::help::{Made, api, ids, issue, list, make, problem};
use super::jobs::{act, bulk, counts, ended};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client};

const NOBODY: &str = "0190a6c2-7b1e-7c3d-8e4f-0123456789ab";

fn order(stage: &Stage, records: &[&str], with: Value) -> Value {
    let mut share =
        json!({ "to": { "user": stage.ewa_id }, "role": stage.viewer, "reason": "Pomoc przy ofercie" });
    share.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
    json!({ "select": { "ids": records }, "share": share })
}

async fn share(client: &Client, order: Value) -> Value {
    ended(client, &bulk(client, "people", order).await.expect(202).json()).await
}

pub async fn people(client: &Client, count: usize) -> Vec<Made> {
    let mut all = Vec::new();
    for n in 0..count {
        let fields =
            json!({ "first_name": format!("Osoba{n}"), "last_name": "Wielka", "job_title": "Tajne" });
        all.push(make(client, "people", fields).await);
    }
    all
}

fn all_ids(people: &[Made]) -> Vec<&str> {
    people.iter().map(|one| one.id.as_str()).collect()
}

async fn told(client: &Client, code: &str) -> Vec<Value> {
    let all = client.get(&api("notices")).await.expect(200).json();
    all["items"].as_array().unwrap().iter().filter(|n| n["code"] == code).cloned().collect()
}

async fn grants_on(client: &Client, record: &Made) -> Vec<Value> {
    let all = client.get(&format!("{}/grants", record.at)).await.expect(200).json();
    all["items"].as_array().unwrap().clone()
}

async fn seen(client: &Client) -> usize {
    let page = list(client, "people", &[("count", "true")]).await;
    if page.status == 403 { 0 } else { ids(&page.expect(200).json()).len() }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_shared_at_once_told_once_and_ended_as_one() {
    let stage = Stage::new().await;
    let Stage { anna, ewa, .. } = &stage;
    let all = people(anna, 5).await;
    let done = share(anna, order(&stage, &all_ids(&all[..3]), json!({ "fields": ["first_name"] }))).await;
    assert_eq!((&done["state"], counts(&done), &done["can_undo"]), (&json!("done"), [3, 0, 0], &json!(true)));
    assert_eq!(seen(ewa).await, 3);
    let one = ewa.get(&all[0].at).await.expect(200).json();
    let fields: Vec<&String> = one["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["first_name"], "{one}");
    let said = told(ewa, "grant-given").await;
    assert_eq!((said.len(), &said[0]["grant"]), (1, &Value::Null), "{said:?}");
    let body = said[0]["body"].as_str().unwrap();
    assert!(
        body.contains("Anna Kowalska") && body.contains("shares 3 records") && !body.contains("Wielka"),
        "{body}"
    );
    let given = grants_on(anna, &all[0]).await.remove(0);
    assert_eq!(
        (&given["by"]["name"], &given["reason"]),
        (&json!("Anna Kowalska"), &json!("Pomoc przy ofercie"))
    );

    // What is shared like that already is as it was; with more fields it is another grant.
    let again = share(anna, order(&stage, &all_ids(&all), json!({ "fields": ["first_name"] }))).await;
    assert_eq!((counts(&again), grants_on(anna, &all[0]).await.len()), ([2, 3, 0], 1));
    let more = share(anna, order(&stage, &all_ids(&all[4..]), json!({}))).await;
    assert_eq!((counts(&more), grants_on(anna, &all[4]).await.len()), ([1, 0, 0], 2));

    // One is renewed, one ended: what is left of the first act goes.
    let renewal = json!({ "until": stage.in_days(300) });
    let renew = async |grant: &Value| {
        let at = api(&format!("grants/{}/renewal", grant["id"].as_str().unwrap()));
        let post = anna.request(Method::POST, &at).header("if-match", format!("\"{}\"", grant["version"]));
        anna.send(post.json(&renewal)).await
    };
    let _ = renew(&given).await.expect(200);
    let second = grants_on(anna, &all[1]).await.remove(0);
    let end = anna.request(Method::DELETE, &api(&format!("grants/{}", second["id"].as_str().unwrap())));
    let _ = anna.send(end).await.expect(204);
    let back = ended(anna, &act(anna, &done, "undo").await.expect(202).json()).await;
    assert_eq!((&back["state"], counts(&back)), (&json!("done"), [1, 1, 1]), "{back}");
    assert_eq!(back["result"]["problems"][0]["id"], all[0].id, "{back}");
    for gone in &all[1..3] {
        problem(&ewa.get(&gone.at).await, 404);
    }
    for stays in [&all[0], &all[3], &all[4]] {
        let _ = ewa.get(&stays.at).await.expect(200);
    }
    assert_eq!(told(ewa, "grant-ended").await.len(), 1);
    problem(&act(anna, &done, "undo").await, 409);
    // All that an act gave is ended once, and told once.
    let back = ended(anna, &act(anna, &again, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&back), [2, 0, 0], "{back}");
    assert_eq!(seen(ewa).await, 2, "renewed, and of another act");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_cannot_be_shared_nothing_is_told_and_nothing_is_given() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, .. } = &stage;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let own = people(anna, 2).await;
    let others = make(&tomasz, "people", json!({ "last_name": "Cudza" })).await;
    let _ = anna.delete(&own[1].at, 1).await.expect(200);
    let chosen = [own[0].id.as_str(), &others.id, NOBODY, &own[1].id];
    let done = share(anna, order(&stage, &chosen, json!({}))).await;
    assert_eq!(counts(&done), [1, 0, 3], "{done}");
    let problems = done["result"]["problems"].as_array().unwrap();
    let why = |id: &str| {
        let found = problems.iter().find(|p| p["id"] == id).unwrap();
        (found["code"].clone(), found["reason"].clone())
    };
    assert_eq!(why(&others.id), why(NOBODY), "{done}");
    assert!(why(&own[1].id).1.as_str().unwrap().contains("in the bin"), "{done}");
    assert!(!done.to_string().contains("Cudza"), "{done}");
    for hidden in [&others, &own[1]] {
        problem(&ewa.get(&hidden.at).await, 404);
    }
    // A list shows what she sees, and that is what is shared.
    let by_list = json!({ "select": { "filter": ["last_name:eq:Wielka"] }, "share": order(&stage, &[], json!({ "role": stage.contributor }))["share"] });
    assert_eq!(counts(&share(anna, by_list).await), [1, 0, 0]);

    let refused = async |with: Value| bulk(anna, "people", order(&stage, &chosen[..1], with)).await;
    let me = super::help::named(anna, "colleagues", "Anna Kowalska").await;
    for (with, field) in [
        (json!({ "to": { "user": me } }), "to"),
        (json!({ "to": { "user": NOBODY } }), "to"),
        (json!({ "role": NOBODY }), "role"),
        (json!({ "fields": ["no_such_field"] }), "fields"),
        (json!({ "fields": [] }), "fields"),
        (json!({ "reason": "x" }), "reason"),
        (json!({ "until": "2020-01-01T00:00:00Z" }), "until"),
    ] {
        let told = problem(&refused(with.clone()).await, 422);
        let _ = issue(&told, field);
    }
    // More than her roles give there, she gives to nobody.
    let admin = world.sign_in("robert.szymanski").await;
    let management = super::grants::role(&admin, "management").await;
    let more = share(anna, order(&stage, &chosen[..1], json!({ "role": management }))).await;
    assert_eq!(
        (counts(&more), &more["result"]["problems"][0]["code"]),
        ([0, 0, 1], &json!("forbidden")),
        "{more}"
    );
    let many: Vec<String> = (0..1_001).map(|n| format!("0190a6c2-7b1e-7c3d-8e4f-{n:012}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    problem(&bulk(anna, "people", order(&stage, &many, json!({}))).await, 422);
    let two = json!({ "select": { "ids": chosen }, "action": "delete", "share": order(&stage, &[], json!({}))["share"] });
    problem(&bulk(anna, "people", two).await, 422);
    problem(&bulk(ewa, "people", order(&stage, &chosen[..1], json!({}))).await, 403);
    assert_eq!(grants_on(anna, &own[0]).await.len(), 2);
}

/// A field that somebody does not see is not given to another.
#[tokio::test(flavor = "multi_thread")]
async fn no_field_goes_further_than_its_giver_sees() {
    let stage = Stage::new().await;
    let Stage { world, anna, ewa, .. } = &stage;
    let admin = world.sign_in("robert.szymanski").await;
    let all = people(anna, 1).await;
    let seller = json!({
        "name": "guarded", "label": { "pl": "Ostrożny", "en": "Guarded" },
        "entities": { "person": {
            "scopes": { "read": "own", "update": "own", "share": "own", "create": "own" },
            "level": "write", "fields": { "job_title": "hidden" }
        } },
    });
    let role = admin.post(&api("roles"), &seller).await.expect(201).json();
    let user = super::help::named(&admin, "users", "anna.kowalska").await;
    let at = api(&format!("users/{user}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "roles": [role["id"]] })).await.expect(200);
    let chosen = all_ids(&all);
    let _ = issue(
        &problem(
            &bulk(anna, "people", order(&stage, &chosen, json!({ "fields": ["job_title"] }))).await,
            422,
        ),
        "fields",
    );
    let whole = share(anna, order(&stage, &chosen, json!({}))).await;
    assert_eq!((counts(&whole), whole.to_string().contains("Stanowisko")), ([0, 0, 1], false), "{whole}");
    let some = share(anna, order(&stage, &chosen, json!({ "fields": ["first_name"] }))).await;
    assert_eq!(counts(&some), [1, 0, 0], "{some}");
    assert!(!ewa.get(&all[0].at).await.expect(200).text.contains("Tajne"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_needs_an_agreement_and_an_end_for_each_of_many() {
    let stage = super::partners::Stage::new().await;
    let super::partners::Stage { anna, guest, agency, viewer, other, .. } = &stage;
    let order = |with: Value| {
        let mut share = json!({ "to": { "partner": agency }, "role": viewer, "reason": "Kampania" });
        share.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        json!({ "select": { "ids": [other.id] }, "share": share })
    };
    let until = |days: i64| {
        let now: kernel::Time = kernel::Clock::now(&*stage.world.clock);
        now.plus_ms(days * super::partners::DAY_MS).rfc3339()
    };
    let wrong = async |with: Value| -> Answer { bulk(anna, "people", order(with)).await };
    for with in [json!({}), json!({ "until": until(40) })] {
        let _ = issue(&problem(&wrong(with).await, 422), "until");
    }
    let act = json!({ "bulk": { "entities": "people", "request": order(json!({ "until": until(5) })) } });
    let shown = anna.post(&api("approvals/preview"), &json!({ "act": act })).await.expect(200).json();
    let what = shown["what"].to_string();
    assert!(what.contains("Agencja Sowa") && what.contains("(people: 1)"), "{shown}");
    assert!(what.contains("an agreement until"), "{shown}");
    let done = ended(anna, &wrong(json!({ "until": until(5) })).await.expect(202).json()).await;
    assert_eq!(counts(&done), [1, 0, 0], "{done}");
    let _ = guest.get(&other.at).await.expect(200);
    // Nobody of a partner shares.
    problem(&bulk(guest, "people", order(json!({ "until": until(5) }))).await, 404);
    // Suspended, it is given nothing more.
    let _ = stage.change(agency, &json!({ "active": false })).await.expect(200);
    let _ = issue(&problem(&wrong(json!({ "until": until(5) })).await, 422), "to");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_shares_and_no_session_whose_user_may_be_away() {
    let stage = Stage::new().await;
    let Stage { world, anna, shared, ewa, .. } = &stage;
    let wish = json!({
        "label": "Skrypt", "ends_at": "2026-12-20T12:00:00Z",
        "scope": { "entities": { "person": ["read", "update", "share"] } },
    });
    let made = anna.post(&api("tokens"), &wish).await;
    let order = order(&stage, &[&shared.id], json!({}));
    let act = json!({ "act": { "bulk": { "entities": "people", "request": order } } });
    if made.status == 201 {
        let token = world.client().with_token(made.json()["token"].as_str().unwrap());
        problem(&bulk(&token, "people", order.clone()).await, 403);
        problem(&token.post(&api("approvals/preview"), &act).await, 403);
    } else {
        // A token that shares is not even made; one that does other things does not share.
        problem(&made, 422);
        let wish = json!({ "label": "Skrypt", "ends_at": "2026-12-20T12:00:00Z", "scope": { "entities": { "person": ["read", "update"] } } });
        let made = anna.post(&api("tokens"), &wish).await.expect(201).json();
        let token = world.client().with_token(made["token"].as_str().unwrap());
        problem(&bulk(&token, "people", order.clone()).await, 403);
    }
    world.clock.advance_ms(5 * 60_000);
    let stale = problem(&bulk(anna, "people", order.clone()).await, 403);
    assert_eq!(stale["type"], "urn:klucznik:problem:step-up-required");
    problem(&ewa.get(&shared.at).await, 404);
    // What changes fields is not asked for a proof, as before.
    let change = json!({ "select": { "ids": [shared.id] }, "change": { "fields": { "job_title": "Nowe" } } });
    let _ = bulk(anna, "people", change).await.expect(202);
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(
        counts(&ended(&anna, &bulk(&anna, "people", order).await.expect(202).json()).await),
        [1, 0, 0]
    );
}
