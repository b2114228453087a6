//! Searching everything, and looking for what may be the same.

use super::help::{ENTITIES, api, endow, ids, issue, list, make, make_under, problem};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::{CAST, Client, World};

async fn found(client: &Client, words: &str) -> BTreeMap<String, Vec<Value>> {
    let answer = client.get(&api(&format!("search?limit=20&q={words}"))).await.expect(200).json();
    let groups = answer["groups"].as_array().unwrap().iter();
    groups
        .map(|g| (g["entity"].as_str().unwrap().to_owned(), g["items"].as_array().unwrap().clone()))
        .collect()
}

async fn same(client: &Client, plural: &str, fields: Value) -> Vec<Value> {
    let answer = client.post(&api(&format!("{plural}/duplicates")), &json!({ "fields": fields })).await;
    answer.expect(200).json()["items"].as_array().unwrap().clone()
}

/// Token of this user that reads people alone.
async fn people_alone(world: &World, of: &Client) -> Client {
    let body = json!({
        "label": "osoby", "ends_at": testkit::START.plus_s(86_400).rfc3339(),
        "scope": { "entities": { "person": ["read"] } },
    });
    let made = of.post(&api("tokens"), &body).await.expect(201).json();
    world.client().with_token(made["token"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_search_goes_over_everything() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(&anna, "companies", json!({ "name": "Żubr Meble", "city": "Łódź" })).await;
    let person = make(
        &anna,
        "people",
        json!({ "first_name": "Jan", "last_name": "Żubr", "job_title": "Prezes", "email": "prezes@zubr.example" }),
    )
    .await;
    let deal = make(&anna, "deals", json!({ "name": "Żubr, dostawa", "stage": "offer" })).await;
    let lead = make(&anna, "leads", json!({ "last_name": "Inny", "company_name": "Zubr i syn" })).await;
    let task = make_under(&anna, "activities", json!({ "title": "Do żubra" }), "company", &company.id).await;
    let note = make_under(&anna, "notes", json!({ "body": "Pisał żubr" }), "person", &person.id).await;
    let answer = anna.get(&api("search?q=zubr")).await.expect(200).json();
    let one = |entity: &str, item: Value| json!({ "entity": entity, "items": [item], "more": false });
    assert_eq!(
        answer["groups"],
        json!([
            one("person", json!({ "id": person.id, "title": "Jan Żubr", "subtitle": "Prezes" })),
            one("company", json!({ "id": company.id, "title": "Żubr Meble", "subtitle": "Łódź" })),
            one("deal", json!({ "id": deal.id, "title": "Żubr, dostawa", "subtitle": "Offer made" })),
            one(
                "lead",
                json!({ "id": lead.id, "title": "Inny", "subtitle": "Zubr i syn", "matched": "company_name" })
            ),
            one("activity", json!({ "id": task.id, "title": "Do żubra", "subtitle": "Task" })),
            one("note", json!({ "id": note.id, "title": "Pisał żubr" })),
        ])
    );
    let by_mail = found(&anna, "prezes%40zubr").await;
    assert_eq!(by_mail["person"][0]["matched"], "email");
    assert_eq!(by_mail.len(), 1);
    let own = anna.get(&api("me/events?limit=2")).await.expect(200).json();
    assert_eq!(own["items"][1]["act"], "record.search");
    assert!(!own["items"][1].to_string().contains("zubr"), "no words in the ledger");
    let history = anna.get(&format!("{}/events", note.at)).await.expect(200).json();
    assert!(history["items"].as_array().unwrap().iter().any(|e| e["act"] == "record.search"), "{history}");

    for n in 0..3 {
        let _ = make(&anna, "companies", json!({ "name": format!("Żubr {n}") })).await;
    }
    let two = anna.get(&api("search?q=zubr&limit=2")).await.expect(200).json();
    assert_eq!(
        (&two["groups"][1]["more"], two["groups"][1]["items"].as_array().unwrap().len()),
        (&json!(true), 2)
    );
    for wrong in ["q=", "q=%20", "q=%25%22", "", &format!("q={}", "a".repeat(2_000))] {
        issue(&problem(&anna.get(&api(&format!("search?{wrong}"))).await, 422), "q");
    }
    for wrong in ["limit=0", "limit=21", "limit=x", "entity=person"] {
        problem(&anna.get(&api(&format!("search?q=a&{wrong}"))).await, 422);
    }
}

/// For everybody of the cast: the search finds what the lists find, and each of it can be opened.
#[tokio::test(flavor = "multi_thread")]
async fn the_search_finds_what_lists_find() {
    let world = World::new().await;
    for login in ["anna.kowalska", "tomasz.lewandowski", "magdalena.wojcik"] {
        let client = world.sign_in(login).await;
        let company =
            make(&client, "companies", json!({ "name": "Wspólna nazwa", "phone": "601234567" })).await;
        let _ = make(&client, "people", json!({ "last_name": "Wspólny", "phone": "601234567" })).await;
        let _ = make(&client, "leads", json!({ "last_name": "Wspólny", "email": "w@wspolny.example" })).await;
        let _ = make(&client, "deals", json!({ "name": "Wspólna szansa", "lost_reason": "wspolny" })).await;
        let _ =
            make_under(&client, "activities", json!({ "title": "Wspólne" }), "company", &company.id).await;
        let _ = make_under(&client, "notes", json!({ "body": "wspólna" }), "company", &company.id).await;
    }
    let mut opened = 0;
    for login in CAST.iter().map(|p| p.login).chain(["robert.szymanski"]) {
        let client = world.sign_in(login).await;
        if client.get(&api("search?q=wspol")).await.status.as_u16() == 403 {
            for (_, plural) in ENTITIES {
                problem(&client.get(&api(plural)).await, 403);
            }
            continue;
        }
        for words in ["wspol", "601234567", "wspolny.example"] {
            let all = found(&client, words).await;
            for (entity, plural) in ENTITIES {
                let listed = list(&client, plural, &[("q", words)]).await;
                let listed = if listed.status.as_u16() == 403 { Vec::new() } else { ids(&listed.json()) };
                let items = all.get(entity).cloned().unwrap_or_default();
                let seen: Vec<&str> = items.iter().map(|i| i["id"].as_str().unwrap()).collect();
                assert_eq!(seen, listed, "{login} {plural} {words}");
                for id in seen {
                    let _ = client.get(&api(&format!("{plural}/{id}"))).await.expect(200);
                    opened += 1;
                }
            }
        }
    }
    assert!(opened > 50, "{opened}");
    let anna = world.sign_in("anna.kowalska").await;
    let token = people_alone(&world, &anna).await;
    assert_eq!(found(&token, "wspol").await.into_keys().collect::<Vec<_>>(), ["person"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_does_not_look_at_hidden_fields() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(
        &anna,
        "companies",
        json!({ "name": "Skryta", "city": "Gdynia", "email": "biuro@skryta.example" }),
    )
    .await;
    let role = json!({
        "name": "part", "label": { "pl": "Część", "en": "Part" },
        "entities": { "company": { "scopes": { "read": "all" }, "level": "read",
            "fields": { "name": "hidden", "email": "masked", "city": "hidden" } } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    for words in ["skryta", "biuro", "gdynia"] {
        assert!(found(&ewa, words).await.is_empty(), "{words}");
    }
    let seen = ewa.get(&company.at).await.expect(200).json();
    assert_eq!(seen["fields"].get("name"), None);
    for fields in [json!({ "name": "Skryta" }), json!({ "email": "biuro@skryta.example" })] {
        assert!(same(&ewa, "companies", fields.clone()).await.is_empty(), "{fields}");
        assert_eq!(same(&anna, "companies", fields).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicates_are_found_across_entities_and_forms() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(
        &anna,
        "companies",
        json!({ "name": "Żubr Meble", "nip": "5261040828", "email": "biuro@zubr.example", "phone": "+48 22 123 45 67" }),
    )
    .await;
    let person = make(
        &anna,
        "people",
        json!({ "first_name": "Łucja", "last_name": "Żak", "email": "lucja@zak.example", "mobile": "601234567" }),
    )
    .await;
    let lead = make(
        &anna,
        "leads",
        json!({ "first_name": "Łucja", "last_name": "Żak", "company_name": "ŻUBR MEBLE", "nip": "526-10-40-828" }),
    )
    .await;
    let by_number = same(&anna, "companies", json!({ "nip": "PL 526 104 08 28" })).await;
    let of = |items: &[Value]| -> Vec<(String, Value, bool)> {
        let mut all: Vec<_> = items
            .iter()
            .map(|i| (i["id"].as_str().unwrap().to_owned(), i["on"].clone(), i["certain"] == true))
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    assert_eq!(
        of(&by_number),
        [(company.id.clone(), json!(["nip"]), true), (lead.id.clone(), json!(["nip"]), true)]
    );
    assert_eq!(
        by_number.iter().find(|i| i["id"] == company.id.as_str()).unwrap()["owner"]["name"],
        "Anna Kowalska"
    );
    let by_name = same(&anna, "companies", json!({ "name": "  zubr   meble" })).await;
    assert_eq!(
        of(&by_name),
        [(company.id.clone(), json!(["name"]), false), (lead.id.clone(), json!(["name"]), false)]
    );
    // Certain ones come first; what one wrote in one field may stand in another.
    let input = json!({ "first_name": "lucja", "last_name": "ZAK", "phone": "0048 601 234 567", "email2": "Lucja@Zak.example" });
    let both = same(&anna, "people", input).await;
    assert_eq!(
        both[0],
        json!({
            "entity": "person", "id": person.id, "title": "Łucja Żak", "on": ["name", "email2", "phone"],
            "certain": true, "owner": company.view["owner"],
        })
    );
    assert_eq!((&both[1]["id"], &both[1]["certain"]), (&json!(lead.id), &json!(false)));
    assert_eq!(both.len(), 2);

    // What is wrong or unknown is passed over; the record itself is no duplicate; neither is what is binned.
    for nothing in [json!({}), json!({ "nip": "1", "email": "@", "phone": "x", "jednorożec": 1, "name": 7 })]
    {
        assert!(same(&anna, "companies", nothing).await.is_empty());
    }
    let except = json!({ "fields": { "nip": "5261040828" }, "except": company.id });
    let answer = anna.post(&api("companies/duplicates"), &except).await.expect(200).json();
    assert_eq!(ids(&answer), [lead.id.as_str()]);
    let _ = anna.delete(&lead.at, 1).await.expect(200);
    assert_eq!(same(&anna, "companies", json!({ "nip": "5261040828" })).await.len(), 1);
    for plural in ["deals", "activities", "notes", "unicorns"] {
        problem(&anna.post(&api(&format!("{plural}/duplicates")), &json!({ "fields": {} })).await, 404);
    }
    problem(&anna.post(&api("people/duplicates"), &json!({ "name": "x" })).await, 422);
    for n in 0..12 {
        let _ = make(&anna, "companies", json!({ "name": "Dwunasta", "city": format!("{n}") })).await;
    }
    assert_eq!(same(&anna, "companies", json!({ "name": "Dwunasta" })).await.len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicates_tell_nothing_of_what_may_not_be_seen() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let fields = json!({ "last_name": "Żak", "email": "zak@zak.example", "phone": "601234567" });
    let person = make(&anna, "people", fields.clone()).await;
    let _ = make(&anna, "leads", fields.clone()).await;
    assert_eq!(same(&anna, "people", fields.clone()).await.len(), 2);
    let events = anna.get(&format!("{}/events", person.at)).await.expect(200).json();
    assert!(events["items"].as_array().unwrap().iter().any(|e| e["act"] == "record.duplicates"), "{events}");
    for login in CAST.iter().map(|p| p.login).chain(["robert.szymanski"]) {
        let client = world.sign_in(login).await;
        let answer = client.post(&api("people/duplicates"), &json!({ "fields": fields })).await;
        let reads = client.get(&api("people")).await.status;
        assert_eq!(answer.status, reads, "{login}");
        for item in answer.json()["items"].as_array().into_iter().flatten() {
            let plural = ENTITIES.iter().find(|e| item["entity"] == e.0).unwrap().1;
            let seen =
                client.get(&api(&format!("{plural}/{}", item["id"].as_str().unwrap()))).await.expect(200);
            for on in item["on"].as_array().unwrap() {
                let value = &seen.json()["fields"][on.as_str().unwrap()];
                assert!(value.is_string(), "{login}: matched on what is not shown: {item}");
            }
        }
    }
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    assert!(same(&tomasz, "people", fields.clone()).await.is_empty());
    let token = people_alone(&world, &anna).await;
    let seen = same(&token, "people", fields.clone()).await;
    assert_eq!(seen.iter().map(|i| &i["entity"]).collect::<Vec<_>>(), [&json!("person")]);
    problem(&token.post(&api("leads/duplicates"), &json!({ "fields": fields })).await, 403);
}
