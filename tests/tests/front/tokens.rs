//! Bearer tokens: what they may, until when, and what none may.

use super::help::{api, ids, issue, list, make, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, START, World};

async fn token(of: &Client, scope: Value, seconds: i64) -> Answer {
    let body =
        json!({ "label": "Program pocztowy", "scope": scope, "ends_at": START.plus_s(seconds).rfc3339() });
    of.post(&api("tokens"), &body).await
}

/// By what scanners for secrets find tokens, as it is published.
const PATTERN: &str = "klk_[A-Za-z0-9_-]{43}";

/// Whether a token is what the pattern says, all of it and no more.
pub fn is_found(secret: &str) -> bool {
    let rest = secret.strip_prefix("klk_").unwrap_or_default();
    rest.len() == 43 && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
}

#[test]
fn the_pattern_of_tokens_is_published() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (file, times) in [
        ("SECURITY.md", 2),
        ("web/src/i18n/pl/office/account.json", 1),
        ("web/src/i18n/en/office/account.json", 1),
    ] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        assert_eq!(text.matches(PATTERN).count(), times, "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_does_what_its_scope_names_and_its_owner_may() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let mine = make(&anna, "people", json!({ "last_name": "Nasza" })).await;
    let company = make(&anna, "companies", json!({ "name": "Firma" })).await;
    let theirs = make(&tomasz, "people", json!({ "last_name": "Ich" })).await;
    let made = token(
        &anna,
        json!({ "entities": { "person": ["read", "erase"] }, "things": { "ledger": "read" } }),
        3_600,
    )
    .await
    .expect(201)
    .json();
    let secret = made["token"].as_str().unwrap();
    assert!(is_found(secret), "by scanners");
    let bearer = world.client().with_token(secret);
    assert_eq!(ids(&list(&bearer, "people", &[]).await.expect(200).json()), [mine.id.as_str()]);
    let _ = bearer.get(&mine.at).await.expect(200);
    problem(&bearer.get(&theirs.at).await, 404);
    problem(&bearer.get(&company.at).await, 404);
    problem(&bearer.get(&api("companies")).await, 403);
    problem(&bearer.patch(&mine.at, 1, &json!({ "fields": {} })).await, 403);
    // The scope gives nothing that the owner has not.
    problem(&bearer.post(&format!("{}/erase", mine.at), &json!({ "reason": "Bez prawa" })).await, 403);
    problem(&bearer.get(&api("ledger/events")).await, 403);
    // What no scope can name is not for tokens, and each attempt is written down.
    let refused = async || {
        let events = anna.get(&api("me/events?limit=200")).await.expect(200).json();
        events["items"].as_array().unwrap().iter().filter(|e| e["act"] == "access.refused").count()
    };
    // In a minute of its own: of more than ten the others would be counted together.
    world.clock.advance_ms(60_000);
    let before = refused().await;
    problem(&token(&bearer, json!({ "entities": { "person": ["read"] } }), 60).await, 403);
    for path in ["sessions", "me/events", "notices", "imports"] {
        problem(&bearer.get(&api(path)).await, 403);
    }
    problem(
        &bearer
            .put(
                &api("me/password"),
                &json!({ "current": testkit::PASSWORD, "new": "zupełnie-nowe-hasło-12" }),
            )
            .await,
        403,
    );
    problem(&bearer.send(bearer.request(Method::DELETE, &api("sessions"))).await, 403);
    let own = anna.get(&api("sessions")).await.expect(200).json();
    let own = own["items"].as_array().unwrap().iter().find(|s| s["current"] == true).unwrap()["id"].clone();
    let at = api(&format!("sessions/{}", own.as_str().unwrap()));
    problem(&bearer.send(bearer.request(Method::DELETE, &at)).await, 403);
    assert_eq!(refused().await, before + 8);
    // It is written down who used what.
    let listed = anna.get(&api("sessions")).await.expect(200);
    assert!(!listed.text.contains(secret), "the secret is shown once");
    let listed = listed.json();
    let shown = listed["items"].as_array().unwrap().iter().find(|s| s["kind"] == "token").unwrap().clone();
    assert_eq!(
        (&shown["label"], &shown["scope"]["entities"]["person"]),
        (&json!("Program pocztowy"), &json!(["read", "erase"]))
    );

    let id = shown["id"].as_str().unwrap();
    let _ = anna.send(anna.request(Method::DELETE, &api(&format!("sessions/{id}")))).await.expect(204);
    problem(&bearer.get(&mine.at).await, 401);
    for other in ["", "klk_", "klk_zmyslony", &secret[4..], &format!("{secret}x"), &"x".repeat(10_000)] {
        problem(&world.client().with_token(other).get(&api("me")).await, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_end_and_go_with_their_owner() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let read = json!({ "entities": { "person": ["read"] } });
    for (scope, seconds, field) in [
        (json!({ "entities": {} }), 60, "scope"),
        (read.clone(), -1, "ends_at"),
        (read.clone(), 366 * 86_400, "ends_at"),
    ] {
        issue(&problem(&token(&anna, scope, seconds).await, 422), field);
    }
    problem(&anna.post(&api("tokens"), &json!({ "label": "Bez końca", "scope": read })).await, 422);
    let unknown = json!({ "label": "x", "scope": read, "ends_at": "jutro" });
    issue(&problem(&anna.post(&api("tokens"), &unknown).await, 422), "ends_at");

    let secret = |made: Answer| made.expect(201).json()["token"].as_str().unwrap().to_owned();
    let short = world.client().with_token(&secret(token(&anna, read.clone(), 600).await));
    let long = world.client().with_token(&secret(token(&anna, read.clone(), 86_400).await));
    world.clock.advance_ms(599_999);
    let _ = short.get(&api("people")).await.expect(200);
    world.clock.advance_ms(1);
    problem(&short.get(&api("people")).await, 401);
    // A token does not idle away, and ends with everything else when its owner is suspended.
    world.clock.advance_ms(3_600_000);
    let _ = long.get(&api("people")).await.expect(200);
    let admin = world.sign_in("robert.szymanski").await;
    let id = super::help::named(&admin, "users", "anna.kowalska").await;
    let at = api(&format!("users/{id}"));
    let _ = admin.patch(&at, 1, &json!({ "active": false })).await.expect(200);
    problem(&long.get(&api("people")).await, 401);
}
