//! The OpenAPI document and the door say the same.

use super::help::{api, endow, make, problem, sample};
use reqwest::Method;
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

/// The length of a compressed answer tells something of what stands in it: only what is the same for everybody may
/// be compressed.
#[tokio::test(flavor = "multi_thread")]
async fn the_catalog_is_compressed_and_no_data_are() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let fetch = async |path: &str, encodings: &str| {
        let request = robert.request(Method::GET, path).header("accept-encoding", encodings);
        let answer = request.send().await.unwrap();
        let head = |name: &str| answer.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
        let (encoding, vary, length) = (head("content-encoding"), head("vary"), head("content-length"));
        assert!(answer.status() == 200 || answer.status() == 403 || answer.status() == 422, "{path}");
        (encoding, vary, length, answer.bytes().await.unwrap())
    };
    let unpacked = |packed: &[u8]| -> Value {
        serde_json::from_reader(flate2::read::GzDecoder::new(packed)).expect("gzip of JSON")
    };
    let document = robert.get(&api("openapi.json")).await.expect(200).json();
    let paths = document["paths"].as_object().unwrap().iter();
    let whole = paths.filter(|(path, on)| on.get("get").is_some() && !path.contains('{'));
    let mut plain = 0;
    for (path, _) in whole.filter(|(path, _)| !path.ends_with("/stream")) {
        let (encoding, vary, _, body) = fetch(path, "gzip, deflate, br, zstd").await;
        if ["/entities", "/openapi.json"].iter().any(|end| path.ends_with(end)) {
            assert_eq!((encoding.as_deref(), vary.as_deref()), (Some("gzip"), Some("accept-encoding")));
            let same = robert.get(path).await.expect(200);
            assert!(body.len() * 4 < same.text.len(), "{path}: {} of {}", body.len(), same.text.len());
            assert_eq!(unpacked(&body), same.json());
            for unwilling in ["identity", "br", "gzip;q=0"] {
                let (encoding, vary, _, body) = fetch(path, unwilling).await;
                assert_eq!((encoding, vary.as_deref()), (None, Some("accept-encoding")), "{unwilling}");
                assert_eq!(body, same.text.as_bytes());
            }
        } else {
            assert_eq!(encoding, None, "{path}");
            plain += 1;
        }
    }
    assert!(plain > 20, "{plain}");

    // A new field is told at once, packed or not.
    let field =
        json!({ "name": "cf_buty", "label": { "pl": "Buty", "en": "Shoes" }, "kind": "text", "max": 20 });
    let _ = robert.post(&api("entities/person/fields"), &field).await.expect(201);
    let (_, _, _, body) = fetch(&api("entities"), "gzip").await;
    assert!(unpacked(&body).to_string().contains("cf_buty"));
}
