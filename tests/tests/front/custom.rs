//! Fields that an administrator adds while the server runs.

use super::help::{api, ids, issue, list, make, named, problem};
use serde_json::{Value, json};
use testkit::{Client, World};

/// Name, kind, a value, the condition of a list that finds it (none: such a field is no column).
fn fields(company: &str, user: &str) -> Vec<(&'static str, Value, Value, Option<String>)> {
    let choices = json!([
        { "code": "red", "label": { "pl": "Czerwony", "en": "Red" } },
        { "code": "blue", "label": { "pl": "Niebieski", "en": "Blue" } },
    ]);
    let of = |kind: &str| json!({ "kind": kind });
    let find = |text: &str| Some(text.to_owned());
    vec![
        ("cf_text", json!({ "kind": "text", "max": 50 }), json!("Łąka"), find("starts:lak")),
        ("cf_long", json!({ "kind": "long_text", "max": 500 }), json!("Dużo\nsłów"), None),
        ("cf_email", of("email"), json!("a@proba.example"), find("eq:A@proba.example")),
        ("cf_phone", of("phone"), json!("+48601234567"), find("eq:601 234 567")),
        ("cf_url", of("url"), json!("https://proba.example/"), find("contains:proba")),
        ("cf_nip", of("nip"), json!("5261040828"), find("eq:526-104-08-28")),
        ("cf_regon", of("regon"), json!("000331501"), find("eq:000331501")),
        ("cf_krs", of("krs"), json!("0000028860"), find("eq:0000028860")),
        ("cf_postal_code", of("postal_code"), json!("00-950"), find("eq:00-950")),
        ("cf_country", of("country"), json!("DE"), find("in:DE,FR")),
        ("cf_number", json!({ "kind": "integer", "min": 0, "max": 100 }), json!(42), find("gte:42")),
        ("cf_decimal", of("decimal"), json!("12.5"), find("lt:12.51")),
        ("cf_money", of("money"), json!({ "amount": "99.90", "currency": "EUR" }), find("eq:99.9")),
        ("cf_date", of("date"), json!("2026-11-23"), find("lte:2026-11-23")),
        ("cf_time", of("date_time"), json!("2026-11-23T10:30:00.000Z"), find("gt:2026-11-23T10:00:00Z")),
        ("cf_flag", of("bool"), json!(true), find("eq:true")),
        ("cf_choice", json!({ "kind": "choice", "choices": choices }), json!("blue"), find("in:blue,red")),
        (
            "cf_choices",
            json!({ "kind": "choices", "choices": choices }),
            json!(["red", "blue"]),
            find("has:red"),
        ),
        ("cf_tags", of("tags"), json!(["ważny"]), find("has:wazny")),
        (
            "cf_company",
            json!({ "kind": "reference", "entity": "company" }),
            json!(company),
            Some(format!("eq:{company}")),
        ),
        ("cf_user", of("user"), json!(user), Some(format!("eq:{user}"))),
    ]
}

async fn add(admin: &Client, name: &str, kind: &Value, more: &Value) -> u16 {
    let mut body =
        json!({ "name": name, "label": { "pl": format!("Pole {name}"), "en": format!("Field {name}") } });
    for part in [kind, more] {
        body.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
    }
    admin.post(&api("entities/person/fields"), &body).await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_of_every_kind_work_at_once_and_after_a_restart() {
    let mut world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(&anna, "companies", json!({ "name": "Do odwołania" })).await.id;
    let user = named(&anna, "colleagues", "Piotr Zieliński").await;
    // A record of before the fields, which has none of them.
    let old = make(&anna, "people", json!({ "last_name": "Dawna" })).await;
    let fields = fields(&company, &user);
    for (name, kind, _, _) in &fields {
        assert_eq!(add(&admin, name, kind, &json!({})).await, 201, "{name}");
    }
    let mut values = json!({ "last_name": "Własna" });
    for (name, _, value, _) in &fields {
        values[*name] = value.clone();
    }
    let made = make(&anna, "people", values.clone()).await;
    for restarted in [false, true] {
        let anna = if restarted {
            world.stop().await;
            world.start().await.unwrap();
            world.sign_in("anna.kowalska").await
        } else {
            anna.clone()
        };
        let read = anna.get(&made.at).await.expect(200).json();
        let openapi = anna.get(&api("openapi.json")).await.expect(200).json();
        let described = &openapi["components"]["schemas"]["PersonFields"]["properties"];
        for (name, _, value, filter) in &fields {
            assert_eq!(&read["fields"][name], value, "{name}, restarted: {restarted}");
            assert!(described[name].is_object(), "{name} is not in the OpenAPI document");
            let Some(filter) = filter else { continue };
            let found = list(&anna, "people", &[("filter", &format!("{name}:{filter}"))]).await;
            assert_eq!(
                ids(&found.expect(200).json()),
                [made.id.as_str()],
                "{name}:{filter}, restarted: {restarted}"
            );
        }
        let changed = anna
            .patch(&old.at, if restarted { 2 } else { 1 }, &json!({ "fields": { "cf_number": 7 } }))
            .await
            .expect(200);
        assert_eq!(changed.json()["fields"]["cf_number"], 7);
        let wrong = json!({ "fields": { "cf_number": 101, "cf_choice": "green" } });
        let answer = problem(&anna.patch(&old.at, if restarted { 3 } else { 2 }, &wrong).await, 422);
        issue(&answer, "cf_number");
        issue(&answer, "cf_choice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_are_checked_and_their_flags_hold() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let marketing = world.sign_in("marta.nowak").await;
    let text = json!({ "kind": "text", "max": 100 });
    for name in ["kolor", "cf_", "cf_Duże", "cf_ze spacją", "cf_"] {
        assert_eq!(add(&admin, name, &text, &json!({})).await, 422, "{name}");
    }
    assert_eq!(add(&admin, "cf_zly", &json!({ "kind": "text", "max": 0 }), &json!({})).await, 422);
    assert_eq!(add(&admin, "cf_zly", &json!({ "kind": "choice", "choices": [] }), &json!({})).await, 422);
    assert_eq!(
        add(&admin, "cf_zly", &json!({ "kind": "reference", "entity": "unicorn" }), &json!({})).await,
        422
    );
    assert_eq!(add(&admin, "cf_zly", &json!({ "kind": "nieznany" }), &json!({})).await, 422);
    assert_eq!(add(&anna, "cf_moje", &text, &json!({})).await, 403);
    assert_eq!(add(&admin, "cf_rabat", &text, &json!({ "trade": true, "searchable": true })).await, 201);
    assert_eq!(add(&admin, "cf_rabat", &text, &json!({})).await, 409);
    assert_eq!(add(&admin, "cf_szyfr", &text, &json!({ "special": true, "searchable": true })).await, 201);

    let made = make(&anna, "people", json!({ "last_name": "Rabatowa", "cf_rabat": "fioletowy" })).await;
    let refused = problem(&anna.patch(&made.at, 1, &json!({ "fields": { "cf_szyfr": "x" } })).await, 422);
    assert_eq!(issue(&refused, "cf_szyfr")["code"], "not-writable", "special fields are masked to sellers");
    assert_eq!(ids(&anna.get(&api("people?q=fioletowy")).await.json()), [made.id.as_str()]);
    assert_eq!(
        ids(&marketing.get(&api("people?q=fioletowy")).await.expect(200).json()),
        Vec::<String>::new()
    );
    assert_eq!(ids(&marketing.get(&api("people?q=rabatowa")).await.expect(200).json()), [made.id.as_str()]);
    let seen = marketing.get(&made.at).await.expect(200).json();
    assert_eq!(seen["fields"].get("cf_rabat"), None);
    assert!(seen["access"]["hidden"].as_array().unwrap().contains(&json!("cf_rabat")));
}
