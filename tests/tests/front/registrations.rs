//! Deals that users of a partner register: what comes of them, what the partner learns of that, and what is tried by way
//! of it. OWASP API Security 2023: API1, API3 (mass assignment), API4 (limits), API5, API6 (a flow that could be abused).

use super::help::{api, endow, ids, issue, list, make, make_under, named, problem};
use super::partners::{DAY_MS, Stage, disclosed, guest};
use identity::RegistrationDoc;
use kernel::{Clock, PartnerId};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::DocKind;
use testkit::{Answer, Client, World};
use tokio::task::JoinSet;

pub(super) const AT: &str = "registrations";

/// A partner whose users register deals that Anna takes care of.
pub(super) async fn open() -> Stage {
    let stage = Stage::new().await;
    let _ = arrange(&stage, json!({})).await.expect(200);
    stage
}

pub(super) async fn arrange(stage: &Stage, with: Value) -> Answer {
    let anna = named(&stage.admin, "users", "anna.kowalska").await;
    let mut rules = json!({ "caretaker": anna, "role": stage.viewer, "days": 10 });
    rules.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
    stage.change(&stage.agency, &json!({ "registration": rules })).await
}

pub(super) fn deal(company: &str) -> Value {
    json!({
        "company_name": company, "first_name": "Ola", "last_name": "Szansowska", "email": "ola@szansa.example",
        "phone": "+48600100200", "website": "https://szansa.example/", "city": "Radom", "description": "Chcą dwóch licencji",
    })
}

async fn register(client: &Client, company: &str) -> Value {
    client.post(&api(AT), &deal(company)).await.expect(201).json()
}

pub(super) async fn own(client: &Client) -> Value {
    client.get(&api(AT)).await.expect(200).json()
}

pub(super) fn lead(made: &Value) -> String {
    api(&format!("leads/{}", made["id"].as_str().unwrap()))
}

async fn update(client: &Client, at: &str, fields: Value) {
    let version = client.get(at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = client.patch(at, version, &json!({ "fields": fields })).await.expect(200);
}

pub(super) async fn notices(client: &Client, code: &str) -> Vec<Value> {
    let all = client.get(&api("notices")).await.expect(200).json();
    all["items"].as_array().unwrap().iter().filter(|n| n["code"] == code).cloned().collect()
}

pub(super) async fn leads(client: &Client) -> usize {
    ids(&list(client, "leads", &[]).await.expect(200).json()).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_partner_registers_is_the_caretakers_and_shared_with_the_partner() {
    let stage = open().await;
    let Stage { world, admin, anna, guest, .. } = &stage;
    assert_eq!(guest.get(&api("me")).await.expect(200).json()["partner"]["registers"], true);
    let answer = guest.post(&api(AT), &deal("Huta Szansa")).await.expect(201);
    let made = answer.json();
    let keys: BTreeSet<&str> = made.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["id", "at", "until"]));
    assert_eq!(answer.headers["location"].to_str().unwrap(), lead(&made));
    assert_eq!(made["until"], world.clock.now().plus_ms(10 * DAY_MS).rfc3339());

    // The house: a lead of Anna's, of her team, made by whoever typed it.
    let kept = anna.get(&lead(&made)).await.expect(200).json();
    assert_eq!((&kept["owner"]["name"], &kept["team"]["name"]), (&json!("Anna Kowalska"), &json!("Północ")));
    assert_eq!(
        (&kept["created_by"]["id"], &kept["registered_by"]["name"]),
        (&json!(stage.guest_id), &json!("Agencja Sowa"))
    );
    let (fields, typed) = (&kept["fields"], deal("Huta Szansa"));
    for (name, value) in typed.as_object().unwrap() {
        assert_eq!(&fields[name], value, "{name}");
    }
    assert_eq!((&fields["source"], &fields["status"]), (&json!("partner"), &json!("new")));
    let told = notices(anna, "registration-made").await;
    assert_eq!((told.len(), &told[0]["record"]["id"]), (1, &made["id"]), "{told:?}");
    assert!(
        !told[0].to_string().contains("Huta") && told[0].to_string().contains("Agencja Sowa"),
        "{told:?}"
    );
    // What the house did not get from a partner says nothing of one.
    let bare = make(anna, "leads", json!({ "company_name": "Własny" })).await;
    assert!(bare.view.get("registered_by").is_none());
    let dpo = world.sign_in("zofia.jablonska").await;
    for act in ["record.create", "registration.create", "grant.create"] {
        let page = dpo.get(&api(&format!("ledger/events?act={act}&limit=1"))).await.expect(200).json();
        let event = &page["items"][0];
        if act == "record.create" {
            continue; // The newest is Anna's own.
        }
        assert_eq!(
            (&event["user"]["id"], &event["record"]),
            (&json!(stage.guest_id), &made["id"]),
            "{act}: {event}"
        );
    }

    // The partner: as anything that is shared, with what hangs on it, and without names of the house.
    let seen = guest.get(&lead(&made)).await.expect(200).json();
    assert_eq!(
        (&seen["fields"]["company_name"], &seen["owner"]["name"]),
        (&json!("Huta Szansa"), &json!(""))
    );
    assert_eq!(seen["access"]["actions"], json!(["read"]));
    assert!(!seen.to_string().contains("Kowalska") && seen.get("registered_by").is_none(), "{seen}");
    let note =
        make_under(anna, "notes", json!({ "body": "Dzwonimy jutro" }), "lead", made["id"].as_str().unwrap())
            .await;
    let _ = guest.get(&note.at).await.expect(200);
    let page = own(guest).await;
    let item = &page["items"][0];
    assert_eq!(
        (&page["count"], &item["id"], &item["by"]["id"]),
        (&json!(1), &made["id"], &json!(stage.guest_id))
    );
    assert_eq!(
        (&item["company"], &item["state"], &item["shared"]),
        (&json!("Huta Szansa"), &json!("open"), &json!(true))
    );
    assert_eq!((&item["at"], &item["until"]), (&made["at"], &made["until"]));
    // Whom it reached is in the book of disclosures, field by field.
    let found = disclosed(&dpo, &format!("record={}", made["id"].as_str().unwrap())).await;
    let listed = found.iter().find(|d| d["fields"] == json!(["company_name", "status"]));
    assert_eq!(listed.map(|d| &d["partner"]["name"]), Some(&json!("Agencja Sowa")), "{found:?}");
    // Another user of the partner sees it too, and another partner does not.
    let (second, _) = self::guest(world, admin, "ewa.gosc", &stage.agency).await;
    assert_eq!(own(&second).await["items"][0]["company"], "Huta Szansa");
    let (rival, _) = self::guest(world, admin, "lis.gosc", &stage.rival).await;
    assert_eq!(own(&rival).await["items"], json!([]));
    problem(&rival.get(&lead(&made)).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_partner_learns_how_it_stands_as_long_as_it_is_shared() {
    let stage = open().await;
    let Stage { anna, guest, .. } = &stage;
    let state = async |of: &Value| {
        let page = own(guest).await;
        let item = page["items"].as_array().unwrap().iter().find(|i| i["id"] == of["id"]).cloned().unwrap();
        (item["state"].clone(), item["shared"].clone(), item["company"].clone())
    };
    let (yes, huta) = (json!(true), json!("Huta"));
    let first = register(guest, "Huta").await;
    for (status, expected) in
        [("contacted", "in_work"), ("qualified", "in_work"), ("disqualified", "lost"), ("new", "open")]
    {
        update(anna, &lead(&first), json!({ "status": status })).await;
        assert_eq!(state(&first).await, (json!(expected), yes.clone(), huta.clone()), "{status}");
    }
    let version = anna.get(&lead(&first)).await.expect(200).json()["version"].as_u64().unwrap();
    let order = anna.request(Method::POST, &format!("{}/convert", lead(&first)));
    let order = order.header("if-match", format!("\"{version}\"")).json(&json!({ "deal": "Tajna wycena" }));
    let became = anna.send(order).await.expect(200).json();
    assert_eq!(state(&first).await.0, json!("in_work"));
    let at = api(&format!("deals/{}", became["deal"].as_str().unwrap()));
    for stage in ["won", "lost"] {
        update(anna, &at, json!({ "stage": stage })).await;
        assert_eq!(state(&first).await.0, json!(stage));
    }
    // Of the deal it learns nothing else.
    problem(&guest.get(&at).await, 404);
    assert!(!own(guest).await.to_string().contains("Tajna"));
    // Nor does whoever of the house sees leads alone; who sees deals too does.
    let listed = api(&format!("partners/{}/registrations", stage.agency));
    for (entity, expected) in [("lead", "in_work"), ("deal", "lost")] {
        let role = json!({ "name": format!("only_{entity}"), "label": { "pl": entity, "en": entity }, "entities": { entity: { "scopes": { "read": "all" }, "level": "read" } }, "things": { "ledger": "read" } });
        let _ = endow(&stage.world, "ewa.pusta", &role).await;
        let page = stage.world.sign_in("ewa.pusta").await.get(&listed).await.expect(200).json();
        assert_eq!(page["items"][0]["state"], expected, "{page}");
    }
    // What the house takes back, or throws away, is not followed any more.
    let nothing = (Value::Null, json!(false), Value::Null);
    let given = guest.get(&api("grants")).await.expect(200).json();
    let grant = given["items"].as_array().unwrap().iter().find(|g| g["record"]["id"] == first["id"]).unwrap();
    let _ = anna.delete(&api(&format!("grants/{}", grant["id"].as_str().unwrap())), 1).await.expect(204);
    assert_eq!(state(&first).await, nothing);
    problem(&guest.get(&lead(&first)).await, 404);
    let second = register(guest, "Druga").await;
    let _ = anna.delete(&lead(&second), 1).await;
    assert_eq!(state(&second).await, nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_hides_the_company_hides_it_here_too() {
    let stage = Stage::new().await;
    let rights = json!({ "scopes": { "read": "own" }, "level": "hidden", "fields": { "city": "read" } });
    let role = json!({ "name": "only_city", "label": { "pl": "Miasto", "en": "City" }, "entities": { "lead": rights } });
    let role = stage.admin.post(&api("roles"), &role).await.expect(201).json()["id"].clone();
    let _ = arrange(&stage, json!({ "role": role })).await.expect(200);
    let made = register(&stage.guest, "Huta Skryta").await;
    let seen = stage.guest.get(&lead(&made)).await.expect(200).json();
    assert_eq!(seen["fields"], json!({ "city": "Radom" }));
    let page = own(&stage.guest).await;
    assert_eq!((&page["items"][0]["company"], &page["items"][0]["state"]), (&Value::Null, &json!("open")));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_what_is_asked_for_can_be_filled() {
    let stage = open().await;
    let Stage { anna, guest, .. } = &stage;
    let before = leads(anna).await;
    let robert = named(&stage.admin, "users", "robert.szymanski").await;
    let team = named(&stage.admin, "teams", "Zarząd").await;
    for (field, value) in [
        ("owner", json!(robert)),
        ("team", json!(team)),
        ("status", json!("converted")),
        ("source", json!("website")),
        ("nip", json!("5261040828")),
        ("rating", json!("hot")),
        ("tags", json!(["pilne"])),
        ("estimated_value", json!({ "amount": "1", "currency": "PLN" })),
        ("converted_deal", json!(robert)),
        ("created_by", json!(robert)),
        ("partner", json!(stage.rival)),
        ("until", json!("2030-01-01T00:00:00Z")),
        ("days", json!(3_000)),
        ("fields", json!({ "company_name": "X" })),
        ("allow_duplicate", json!(true)),
        ("cf_anything", json!("x")),
    ] {
        let mut body = deal("Nadużycie");
        body[field] = value;
        problem(&guest.post(&api(AT), &body).await, 422);
    }
    // What is wrong with what may be filled is said by name, as of any lead.
    for (field, value) in [
        ("company_name", json!("  ")),
        ("company_name", json!("x".repeat(251))),
        ("description", Value::Null),
        ("description", json!("x".repeat(100_001))),
        ("email", json!("to nie adres")),
        ("website", json!("javascript:alert(1)")),
        ("last_name", json!("x".repeat(121))),
        ("city", json!("x".repeat(101))),
    ] {
        let mut body = deal("Za długa");
        body[field] = value;
        let refused = problem(&guest.post(&api(AT), &body).await, 422);
        let _ = issue(&refused, field);
    }
    assert_eq!(leads(anna).await, before);
    let least = json!({ "company_name": "Najmniej", "description": "Zapytanie", "email": "" });
    let _ = guest.post(&api(AT), &least).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_users_of_a_partner_with_registration_open_register() {
    let stage = open().await;
    let Stage { world, admin, anna, guest, .. } = &stage;
    for house in [anna, admin] {
        problem(&house.post(&api(AT), &deal("Dom")).await, 403);
        problem(&house.get(&api(AT)).await, 403);
    }
    let scope = json!({ "entities": { "lead": ["read", "create"] } });
    let token =
        json!({ "label": "t", "scope": scope, "ends_at": world.clock.now().plus_ms(DAY_MS).rfc3339() });
    let token = anna.post(&api("tokens"), &token).await.expect(201).json();
    problem(
        &world.client().with_token(token["token"].as_str().unwrap()).post(&api(AT), &deal("Token")).await,
        403,
    );
    problem(&world.client().post(&api(AT), &deal("Nikt")).await, 401);
    // The rival's is off; so is the agency's once it is switched off. The same answer for every reason.
    let (rival, _) = self::guest(world, admin, "lis.gosc", &stage.rival).await;
    let off = problem(&rival.post(&api(AT), &deal("Rywal")).await, 409);
    assert_eq!(rival.get(&api("me")).await.json()["partner"]["registers"], false);
    let _ = register(guest, "Jeszcze").await;
    let _ = stage.change(&stage.agency, &json!({ "registration": null })).await.expect(200);
    assert_eq!(problem(&guest.post(&api(AT), &deal("Już nie")).await, 409), off);
    // What was registered stays, and what is switched off for all tells nobody.
    assert_eq!(own(guest).await["items"][0]["shared"], true);
    assert!(notices(admin, "registration-closed").await.is_empty());
    // Other changes of the partner leave it as it is.
    let _ = arrange(&stage, json!({})).await.expect(200);
    let kept = stage.change(&stage.agency, &json!({ "name": "Agencja Puszczyk" })).await.expect(200).json();
    assert_eq!(kept["registration"]["caretaker"]["name"], "Anna Kowalska");
    assert_eq!((&kept["registration"]["closed"], &kept["registration"]["days"]), (&Value::Null, &json!(10)));
    // Suspending the partner ends it with all else.
    let _ = stage.change(&stage.agency, &json!({ "active": false })).await.expect(200);
    problem(&guest.post(&api(AT), &deal("Zawieszony")).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_does_not_tell_what_the_house_has_already() {
    let stage = open().await;
    let Stage { world, anna, guest, .. } = &stage;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let same = json!({ "company_name": "Huta Znana", "last_name": "Szansowska", "email": "ola@szansa.example", "phone": "+48600100200" });
    let _ = make(&tomasz, "leads", same.clone()).await;
    let _ = make(anna, "leads", same).await;
    let _ =
        make(anna, "companies", json!({ "name": "Huta Znana", "website": "https://szansa.example/" })).await;
    let bare = |answer: &Answer| {
        let mut body = answer.json();
        for changing in ["id", "at", "until"] {
            body[changing] = json!("");
        }
        let mut heads: Vec<String> = answer
            .headers
            .iter()
            .filter(|(name, _)| !["date", "location", "x-request-id"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        heads.sort();
        (answer.status, heads, body.to_string(), answer.text.len())
    };
    let mut unknown = deal("Huta Obca!");
    (unknown["email"], unknown["phone"]) = (json!("iza@nieznana.example"), json!("+48600999888"));
    let known = guest.post(&api(AT), &deal("Huta Znana")).await.expect(201);
    let other = guest.post(&api(AT), &unknown).await.expect(201);
    let again = guest.post(&api(AT), &deal("Huta Znana")).await.expect(201);
    assert_eq!(bare(&known), bare(&other));
    assert_eq!(bare(&known), bare(&again));
    // Nor do lists tell them apart.
    for made in [&known, &other, &again] {
        let id = made.json()["id"].clone();
        let page = own(guest).await;
        let item = page["items"].as_array().unwrap().iter().find(|i| i["id"] == id).unwrap();
        assert_eq!((&item["state"], &item["shared"]), (&json!("open"), &json!(true)));
    }
    // The caretaker sees what may be the same.
    let asked = json!({ "fields": { "company_name": "Huta Znana", "email": "ola@szansa.example" } });
    let found = anna.post(&api("leads/duplicates"), &asked).await.expect(200).text;
    assert!(found.contains(known.json()["id"].as_str().unwrap()), "{found}");
    // And the partner has no way to ask.
    problem(&guest.post(&api("leads/duplicates"), &asked).await, 404);
}

/// Registers as often as this at once; gives how often it was done, and one refusal.
pub(super) async fn at_once(client: &Client, times: usize) -> (usize, Option<Answer>) {
    let mut all = JoinSet::new();
    for n in 0..times {
        let client = client.clone();
        all.spawn(async move { client.post(&api(AT), &deal(&format!("Huta {n}"))).await });
    }
    let (done, others): (Vec<Answer>, _) = all.join_all().await.into_iter().partition(|a| a.status == 201);
    (done.len(), others.into_iter().next())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_registers_more_than_twenty_a_day_and_no_partner_more_than_sixty() {
    let stage = open().await;
    let Stage { world, admin, guest, agency, .. } = &stage;
    // All at once, so that none slips past the count.
    let (done, refused) = at_once(guest, 24).await;
    let refused = refused.unwrap();
    assert_eq!(done, 20, "{}", refused.text);
    let told = problem(&refused, 429);
    assert!(told["detail"].as_str().unwrap().contains("20"), "{told}");
    let wait: i64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((86_000..=86_401).contains(&wait), "{wait}");
    let (second, _) = self::guest(world, admin, "ewa.gosc", agency).await;
    let (third, _) = self::guest(world, admin, "iza.gosc", agency).await;
    let (fourth, _) = self::guest(world, admin, "ula.gosc", agency).await;
    assert_eq!(at_once(&second, 20).await.0, 20);
    assert_eq!(at_once(&third, 20).await.0, 20);
    let told = problem(&fourth.post(&api(AT), &deal("Huta")).await, 429);
    assert!(told["detail"].as_str().unwrap().contains("60"), "{told}");
    // What is refused for what was typed does not count, nor what another partner registers.
    assert_eq!(own(&fourth).await["count"], 60);
    let page = fourth.get(&api("registrations?limit=50")).await.expect(200).json();
    let next = page["next_cursor"].as_str().unwrap();
    let rest = fourth.get(&api(&format!("registrations?limit=50&cursor={next}"))).await.expect(200).json();
    let all: BTreeSet<String> = ids(&page).into_iter().chain(ids(&rest)).collect();
    assert_eq!((all.len(), &rest["next_cursor"]), (60, &Value::Null));
    problem(&fourth.get(&api("registrations?limit=0")).await, 422);
    problem(&fourth.get(&api("registrations?limit=201")).await, 422);
    // A day later it goes on.
    world.clock.advance_ms(DAY_MS);
    let admin = world.sign_in("robert.szymanski").await;
    let (later, _) = self::guest(world, &admin, "zoja.gosc", agency).await;
    let _ = register(&later, "Nazajutrz").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_only_such_that_work() {
    let stage = Stage::new().await;
    let Stage { world, admin, anna, .. } = &stage;
    let contributor = named(admin, "roles", "contributor").await;
    let ewa = named(admin, "users", "ewa.pusta").await;
    let all = json!({ "scopes": { "read": "all", "reveal": "none" }, "level": "read" });
    let wide = json!({ "name": "wide", "label": { "pl": "Szeroka", "en": "Wide" }, "entities": { "lead": all, "person": all } });
    let wide = admin.post(&api("roles"), &wide).await.expect(201).json()["id"].clone();
    let blind = json!({ "name": "blind", "label": { "pl": "Bez leadów", "en": "No leads" }, "entities": { "person": all } });
    let blind = admin.post(&api("roles"), &blind).await.expect(201).json()["id"].clone();
    for (with, field, code) in [
        (json!({ "caretaker": stage.guest_id }), "registration.caretaker", "caretaker-gone"),
        (json!({ "caretaker": stage.viewer }), "registration.caretaker", "caretaker-gone"),
        (json!({ "caretaker": ewa }), "registration.caretaker", "caretaker-may-not"),
        (json!({ "role": contributor }), "registration.role", "role-unfit"),
        (json!({ "role": stage.agency }), "registration.role", "role-unfit"),
        (json!({ "role": blind }), "registration.role", "role-unfit"),
        (json!({ "days": 0 }), "registration.days", "out-of-range"),
        (json!({ "days": 367 }), "registration.days", "out-of-range"),
    ] {
        let refused = problem(&arrange(&stage, with.clone()).await, 422);
        assert_eq!(issue(&refused, field)["code"], code, "{with}: {refused}");
    }
    let _ = arrange(&stage, json!({ "role": wide })).await.expect(200);
    problem(&arrange(&stage, json!({ "more": true })).await, 422);
    let kept = admin.get(&api(&format!("partners/{}", stage.agency))).await.expect(200).json();
    assert_eq!(kept["registration"]["role"]["name"], "wide");
    // Whoever takes care of it is told, once; and nobody else arranges it.
    assert_eq!(notices(anna, "registration-caretaker").await.len(), 1);
    let at = api(&format!("partners/{}", stage.agency));
    let version = kept["version"].as_u64().unwrap();
    let mine = json!({ "registration": null });
    problem(&anna.patch(&at, version, &mine).await, 403);
    problem(&stage.guest.patch(&at, version, &mine).await, 404);
    problem(&anna.get(&format!("{at}/registrations")).await, 403);
    problem(&stage.guest.get(&format!("{at}/registrations")).await, 404);
    let auditor = world.sign_in("danuta.krol").await;
    let _ = auditor.get(&format!("{at}/registrations")).await.expect(200);
    problem(&auditor.get(&api(&format!("partners/{}/registrations", stage.viewer))).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_caretakers_rights_of_the_moment_decide_and_the_house_is_told() {
    let stage = open().await;
    let Stage { world, admin, guest, .. } = &stage;
    let _ = register(guest, "Przed").await;
    let off = {
        let (rival, _) = self::guest(world, admin, "lis.gosc", &stage.rival).await;
        problem(&rival.post(&api(AT), &deal("Rywal")).await, 409)
    };
    // Roles that may not share any more, or hide a field of it.
    let anna_id = named(admin, "users", "anna.kowalska").await;
    let at = api(&format!("users/{anna_id}"));
    let roles = admin.get(&at).await.expect(200).json()["roles"].clone();
    let give = async |roles: Value| {
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        let _ = admin.patch(&at, version, &json!({ "roles": roles })).await.expect(200);
    };
    let keeps = json!({ "scopes": { "read": "own", "create": "own", "update": "own" }, "level": "write" });
    let keeps = json!({ "name": "keeps", "label": { "pl": "Bez udostępniania", "en": "No sharing" }, "entities": { "lead": keeps } });
    let keeps = admin.post(&api("roles"), &keeps).await.expect(201).json()["id"].clone();
    for roles in [json!([]), json!([keeps])] {
        give(roles).await;
        assert_eq!(problem(&guest.post(&api(AT), &deal("Po")).await, 409), off);
        let told = problem(&guest.post(&api(AT), &deal("Po")).await, 409).to_string();
        assert!(!told.contains("Kowalska"), "{told}");
    }
    assert_eq!(guest.get(&api("me")).await.json()["partner"]["registers"], false);
    let kept = admin.get(&api(&format!("partners/{}", stage.agency))).await.expect(200).json();
    assert_eq!(kept["registration"]["closed"], "caretaker_may_not");
    // Told once for one reason, whoever manages users and the caretaker, and nobody of the partner.
    assert_eq!(notices(admin, "registration-closed").await.len(), 1);
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(notices(&anna, "registration-closed").await.len(), 1);
    assert!(notices(guest, "registration-closed").await.is_empty());
    let dpo = world.sign_in("zofia.jablonska").await;
    let refused = dpo.get(&api("ledger/events?act=registration.refuse")).await.expect(200).json();
    assert_eq!(refused["items"][0]["detail"]["why"], "caretaker_may_not", "{refused}");
    // With the rights it is open again, and what was registered before was shared all along.
    give(roles).await;
    let _ = register(guest, "Znowu").await;
    assert!(own(guest).await["items"].as_array().unwrap().iter().all(|i| i["shared"] == true));
    // A role of the partner's that is widened to more than reading closes it too.
    let more = json!({ "scopes": { "read": "own" }, "level": "read" });
    let mut role =
        json!({ "name": "grows", "label": { "pl": "Rośnie", "en": "Grows" }, "entities": { "lead": more } });
    let made = admin.post(&api("roles"), &role).await.expect(201).json();
    let _ = arrange(&stage, json!({ "role": made["id"] })).await.expect(200);
    let _ = register(guest, "Tylko wgląd").await;
    role["entities"]["lead"]["scopes"]["update"] = json!("own");
    let put = admin.request(Method::PUT, &api(&format!("roles/{}", made["id"].as_str().unwrap())));
    let _ = admin.send(put.header("if-match", "\"1\"").json(&role)).await.expect(200);
    assert_eq!(problem(&guest.post(&api(AT), &deal("Zmiana")).await, 409), off);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caretaker_who_leaves_closes_it_and_those_are_told_who_manage_users() {
    let stage = open().await;
    let Stage { world, admin, guest, .. } = &stage;
    let anna_id = named(admin, "users", "anna.kowalska").await;
    let at = api(&format!("users/{anna_id}"));
    let set = async |change: Value| {
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        let _ = admin.patch(&at, version, &change).await.expect(200);
    };
    let _ = register(guest, "Przed").await;
    // By a date that the program sees to.
    set(json!({ "ends_at": world.clock.now().plus_ms(60_000).rfc3339() })).await;
    let _ = register(guest, "Jeszcze").await;
    world.clock.advance_ms(60_000);
    problem(&guest.post(&api(AT), &deal("Po dacie")).await, 409);
    world.app().engine().end_leavers().await.unwrap();
    let kept = async || admin.get(&api(&format!("partners/{}", stage.agency))).await.expect(200).json();
    assert_eq!(kept().await.get("registration"), None);
    let told = notices(admin, "registration-closed").await;
    assert!(told.iter().any(|n| n["title"].as_str().unwrap().contains("Agencja Sowa")), "{told:?}");
    // What was registered goes on: the records are there, and somebody takes them over.
    assert!(own(guest).await["items"].as_array().unwrap().iter().all(|i| i["shared"] == true));
    // Let in again, the caretaker is none before somebody says so.
    set(json!({ "ends_at": null, "active": true })).await;
    problem(&guest.post(&api(AT), &deal("Bez opiekuna")).await, 409);
    let _ = arrange(&stage, json!({})).await.expect(200);
    let _ = register(guest, "Znowu").await;
    // By somebody who suspends, and need not know what closes with it: that one is told, too.
    set(json!({ "active": false })).await;
    assert_eq!(notices(admin, "registration-closed").await.len(), told.len() + 1);
    assert_eq!(kept().await.get("registration"), None);
    problem(&guest.post(&api(AT), &deal("Zawieszona")).await, 409);
    let dpo = world.sign_in("zofia.jablonska").await;
    let closed = dpo.get(&api("ledger/events?act=registration.close")).await.expect(200).json();
    let by: Vec<&Value> =
        closed["items"].as_array().unwrap().iter().map(|e| &e["detail"]["caretaker"]).collect();
    assert_eq!(by, [&json!(anna_id), &json!(anna_id)], "{closed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_registered_or_seen_beyond_the_agreement() {
    let stage = open().await;
    let Stage { world, anna, guest, .. } = &stage;
    // Longer than the agreement was never asked for, and is not given.
    let _ = arrange(&stage, json!({ "days": 366 })).await.expect(200);
    let made = register(guest, "Do końca umowy").await;
    let kept = stage.admin.get(&api(&format!("partners/{}", stage.agency))).await.expect(200).json();
    assert_eq!(made["until"], kept["agreements"][0]["valid_until"]);
    // One that ends while it is registered: what was made ends with it, and the next one is refused.
    let end = world.clock.now().plus_ms(1_000).rfc3339();
    let id = kept["agreements"][0]["id"].clone();
    let _ = stage
        .change(&stage.agency, &json!({ "end_agreement": { "id": id, "valid_until": end } }))
        .await
        .expect(200);
    let last = register(guest, "W ostatniej chwili").await;
    assert_eq!(last["until"], json!(end));
    let race = async {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        world.clock.advance_ms(1_000);
    };
    let ((_, refused), ()) = tokio::join!(at_once(guest, 15), race);
    if let Some(refused) = refused {
        problem(&refused, 409);
    }
    problem(&guest.post(&api(AT), &deal("Po umowie")).await, 409);
    let page = own(guest).await;
    for item in page["items"].as_array().unwrap() {
        assert_eq!(
            (&item["shared"], &item["state"], &item["company"]),
            (&json!(false), &Value::Null, &Value::Null),
            "{item}"
        );
        assert!(item["until"].as_str() <= made["until"].as_str(), "{item}");
        problem(&guest.get(&lead(item)).await, 404);
    }
    // None was made that was not answered, and none is shared for longer.
    let own_of_anna =
        list(anna, "leads", &[("filter", "source:eq:partner"), ("count", "true")]).await.expect(200).json();
    assert_eq!(own_of_anna["count"], page["count"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_formula_in_what_is_registered_is_a_text_in_a_file() {
    let stage = open().await;
    let _ = register(&stage.guest, "=cmd|' /C calc'!A0").await;
    endow(
        &stage.world,
        "anna.kowalska",
        &json!({ "name": "takes_out", "label": { "pl": "Eksport", "en": "Export" },
            "entities": { "lead": { "scopes": { "read": "own", "export": "own" }, "level": "read" } } }),
    )
    .await;
    let anna = stage.world.sign_in("anna.kowalska").await;
    let file = anna.get(&api("leads/export?fields=company_name")).await.expect(200).text;
    assert!(file.contains("'=cmd|") && !file.contains("\n=cmd") && !file.contains("\"=cmd"), "{file}");
}

/// What is kept of registrations, opened.
async fn kept(world: &World, partner: &str) -> Vec<Value> {
    let (engine, partner): (_, PartnerId) = (world.app().engine(), partner.parse().unwrap());
    let under = RegistrationDoc::found_under(partner);
    let docs = engine.store().docs_of_user(DocKind::Registration, under, 100).await.unwrap();
    docs.iter()
        .map(|doc| serde_json::to_value(RegistrationDoc::open(engine.vault(), doc).unwrap()).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_the_lead_leaves_nothing_of_what_was_typed() {
    let stage = open().await;
    let Stage { world, admin, guest, agency, .. } = &stage;
    let made = register(guest, "Huta Wymazana").await;
    // The house sees in its list what it sees on the lead: whoever manages users sees no lead.
    let at = api(&format!("partners/{agency}/registrations"));
    let listed = admin.get(&at).await.expect(200).json();
    let item = &listed["items"][0];
    assert_eq!(
        (&item["id"], &item["by"]["id"], &listed["count"]),
        (&made["id"], &json!(stage.guest_id), &json!(1))
    );
    assert_eq!(
        (&item["company"], &item["state"], &item["shared"]),
        (&Value::Null, &Value::Null, &json!(true))
    );
    let dpo = world.sign_in("zofia.jablonska").await;
    let seen = dpo.get(&at).await.expect(200).json();
    assert_eq!(
        (&seen["items"][0]["company"], &seen["items"][0]["state"]),
        (&json!("Huta Wymazana"), &json!("open"))
    );
    // Ids and times alone, from the beginning.
    let before = kept(world, agency).await;
    let keys: Vec<&String> = before[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["at", "by", "grant", "lead", "partner", "until"]);
    let reason = json!({ "reason": "Żądanie usunięcia danych" });
    let _ = dpo.post(&format!("{}/erase", lead(&made)), &reason).await.expect(200);
    assert_eq!(kept(world, agency).await, before);
    problem(&guest.get(&lead(&made)).await, 404);
    for (client, at) in [(guest, api(AT)), (&dpo, at)] {
        let page = client.get(&at).await.expect(200).json();
        let item = &page["items"][0];
        assert_eq!(
            (&item["company"], &item["state"], &item["shared"]),
            (&Value::Null, &Value::Null, &json!(false))
        );
        assert!(!page.to_string().contains("Wymazana") && !page.to_string().contains("szansa"), "{page}");
    }
    // Nor does the ledger say it: what was sealed for the lead does not open any more.
    for act in ["registration.create", "grant.create", "record.create"] {
        let events = dpo.get(&api(&format!("ledger/events?act={act}&limit=200"))).await.expect(200).json();
        let of: Vec<&Value> =
            events["items"].as_array().unwrap().iter().filter(|e| e["record"] == made["id"]).collect();
        assert!(of.len() == 1 && of[0].get("detail").is_none(), "{act}: {of:?}");
    }
    let all = guest.get(&api("notices")).await.expect(200).text
        + &world.sign_in("anna.kowalska").await.get(&api("notices")).await.text;
    assert!(!all.contains("Wymazana"));
}
