//! Wrong values of every kind: the problem document says which field, why, and what would be right.

use super::help::{api, issue, make, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, World};

/// Entity, field, values that are none.
fn wrong() -> Vec<(&'static str, &'static str, Vec<Value>)> {
    vec![
        ("companies", "name", vec![json!(5), json!("x".repeat(251))]),
        ("companies", "description", vec![json!({}), json!("x".repeat(20_001))]),
        ("companies", "nip", vec![json!("1234567890"), json!("526-104-08-2"), json!(5_261_040_828_i64)]),
        ("companies", "regon", vec![json!("123456789"), json!("1")]),
        ("companies", "krs", vec![json!("12345678901"), json!("abc")]),
        ("companies", "email", vec![json!("nie-adres"), json!("a@b"), json!("a b@c.example"), json!([])]),
        ("companies", "phone", vec![json!("12"), json!("telefon")]),
        ("companies", "website", vec![json!("javascript:alert(1)"), json!("ftp://x.example")]),
        ("companies", "country", vec![json!("Polska"), json!("XX")]),
        ("companies", "employees", vec![json!(-1), json!(1.5), json!("10"), json!(10_000_001)]),
        ("companies", "size", vec![json!("huge"), json!(1)]),
        ("companies", "tags", vec![json!("vip"), json!([1]), json!(["x".repeat(51)])]),
        ("companies", "parent_company", vec![json!("abc"), json!(7)]),
        ("companies", "bank_account", vec![json!("PL00109010140000071219812874")]),
        ("people", "pesel", vec![json!("44051401358"), json!("4405140135")]),
        (
            "people",
            "birthday",
            vec![json!("2026-02-30"), json!("23.11.2026"), json!("0999-01-01"), json!(true)],
        ),
        ("people", "linkedin", vec![json!("linkedin.com/in/x y")]),
        (
            "leads",
            "estimated_value",
            vec![
                json!("100"),
                json!({ "amount": "1,5", "currency": "PLN" }),
                json!({ "amount": "1", "currency": "ZŁ" }),
                json!({ "amount": "1" }),
            ],
        ),
        ("activities", "due", vec![json!("2026-11-23"), json!("2026-11-23T10:30"), json!("jutro")]),
        ("activities", "done", vec![json!("tak"), json!(1)]),
        ("activities", "assignee", vec![json!("anna.kowalska")]),
    ]
}

async fn refused(client: &Client, plural: &str, field: &str, value: &Value, lang: &str) -> Value {
    let body = json!({ "fields": { field: value } });
    let request = client.request(Method::POST, &api(plural));
    let mut request = request.json(&body).build().unwrap();
    request.headers_mut().insert("accept-language", lang.parse().unwrap());
    let answer = client.run(request).await;
    issue(&problem(&answer, 422), field)
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_values_are_explained_in_both_languages() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    for (plural, field, values) in wrong() {
        for value in values {
            let pl = refused(&anna, plural, field, &value, "pl-PL,pl;q=0.9,en;q=0.1").await;
            let en = refused(&anna, plural, field, &value, "en-GB,pl;q=0.5").await;
            assert_eq!((&pl["code"], &pl["field"]), (&en["code"], &en["field"]));
            assert_ne!(pl["reason"], en["reason"], "{plural}.{field}: {pl}");
            assert_eq!(pl["example"], en["example"]);
            let too_long = pl["code"] == "too-long";
            assert!(
                too_long || pl["example"].as_str().is_some_and(|e| !e.is_empty()),
                "{plural}.{field} {value}: no example: {pl}"
            );
        }
    }
    // All that is wrong is told at once; without a wish, in Polish.
    let body = json!({ "fields": { "email": "x", "phone": "y", "birthday": "z" } });
    let mut request = anna.request(Method::POST, &api("people")).json(&body).build().unwrap();
    request.headers_mut().remove("accept-language");
    let answer = problem(&anna.run(request).await, 422);
    assert_eq!(answer["title"], "Nieprawidłowe dane");
    for field in ["email", "phone", "birthday", "last_name"] {
        issue(&answer, field);
    }
    let too_many: serde_json::Map<String, Value> = (0..100).map(|i| (format!("x{i}"), json!(1))).collect();
    let answer = problem(&anna.post(&api("people"), &json!({ "fields": too_many })).await, 422);
    assert!(answer["issues"].as_array().unwrap().len() <= 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn right_values_are_kept_in_one_form() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = json!({
        "name": "  Żółta   Łódź  ", "nip": "PL 526-104-08-28", "phone": "22 123 45 67", "country": "pl",
        "website": "example.pl", "tags": ["VIP", "vip", " targi "], "postal_code": "00950", "employees": 12,
    });
    let made = make(&anna, "companies", company).await.view;
    let kept = &made["fields"];
    assert_eq!(
        (&kept["nip"], &kept["phone"], &kept["country"]),
        (&json!("5261040828"), &json!("+48221234567"), &json!("PL"))
    );
    assert_eq!((&kept["tags"], &kept["employees"]), (&json!(["VIP", "targi"]), &json!(12)));
    let lead = make(
        &anna,
        "leads",
        json!({ "last_name": "A", "estimated_value": { "amount": "1234.5", "currency": "PLN" } }),
    )
    .await
    .view;
    assert_eq!(lead["fields"]["estimated_value"], json!({ "amount": "1234.50", "currency": "PLN" }));
    let task =
        make(&anna, "activities", json!({ "title": "T", "due": "2026-11-23T12:30:00+02:00" })).await.view;
    assert_eq!(task["fields"]["due"], "2026-11-23T10:30:00.000Z");
}
