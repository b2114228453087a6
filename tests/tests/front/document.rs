//! The OpenAPI document and the door say the same.

use super::help::{api, endow, make, problem, sample};
use serde_json::{Value, json};
use testkit::World;

/// A text property of a schema, as short and as long as the document lets it be, and the next that it does not.
fn bounds(document: &Value, schema: &str, property: &str) -> [(String, bool); 4] {
    let of = &document["components"]["schemas"][schema]["properties"][property];
    let chars = |key: &str| of[key].as_u64().unwrap_or_else(|| panic!("{schema}: {of}")) as usize;
    let (least, most) = (chars("minLength"), chars("maxLength"));
    [(least - 1, false), (least, true), (most, true), (most + 1, false)]
        .map(|(n, good)| ("ż".repeat(n), good))
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_are_as_long_as_the_document_says() {
    let world = World::new().await;
    let role = json!({
        "name": "reveals", "label": { "pl": "Odkrywa", "en": "Reveals" },
        "entities": { "person": {
            "scopes": { "read": "own", "create": "own", "reveal": "own", "erase": "own" },
            "level": "write", "fields": { "email": "masked" },
        } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let document = ewa.get(&api("openapi.json")).await.expect(200).json();
    let person = make(&ewa, "people", json!({ "last_name": "Jawna" })).await;
    for (reason, good) in bounds(&document, "Reveal", "reason") {
        let body = json!({ "field": "email", "reason": reason });
        let answer = ewa.post(&format!("{}/reveal", person.at), &body).await;
        assert_eq!(answer.status == 200, good, "{} characters: {}", reason.chars().count(), answer.text);
    }
    for (n, (reason, good)) in (0..).zip(bounds(&document, "Erase", "reason")) {
        let person = make(&ewa, "people", json!({ "last_name": sample("people", n)["last_name"] })).await;
        let answer = ewa.post(&format!("{}/erase", person.at), &json!({ "reason": reason })).await;
        assert_eq!(answer.status == 200, good, "{} characters: {}", reason.chars().count(), answer.text);
    }
    problem(&ewa.post(&format!("{}/erase", person.at), &json!({})).await, 422);
}
