//! Refusals say what is missing and whom to ask, and no more than the caller may know.

use super::help::{api, endow, make, make_under, named, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

fn asked(problem: &Value) -> Vec<&str> {
    let ask = problem["ask"].as_array().unwrap_or_else(|| panic!("{problem}"));
    ask.iter().map(|a| a["name"].as_str().unwrap()).collect()
}

async fn in_polish(client: &Client, path: &str) -> Value {
    let mut request = client.request(Method::GET, path).build().unwrap();
    request.headers_mut().insert("accept-language", "pl".parse().unwrap());
    problem(&client.run(request).await, 403)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_what_is_missing_and_whom_to_ask() {
    let world = World::new().await;
    let (anna, piotr) = (world.sign_in("anna.kowalska").await, world.sign_in("piotr.zielinski").await);
    let export = anna.get(&api("people/export")).await;
    let refused = problem(&export, 403);
    assert_eq!(refused["detail"], "Your roles do not allow exporting: people.");
    assert_eq!(refused["missing"], json!({ "action": "export", "entity": "person" }));
    assert_eq!(asked(&refused), ["Robert Szymański"]);
    assert_eq!(
        in_polish(&anna, &api("people/export")).await["detail"],
        "Twoje role nie pozwalają na eksport: osoby."
    );

    // For a record that may be read, its owner is asked first; nobody is told to ask themselves.
    let person = make(&anna, "people", json!({ "last_name": "Łoś" })).await;
    let reveal = json!({ "field": "pesel", "reason": "Weryfikacja tożsamości" });
    let refused = problem(&piotr.post(&format!("{}/reveal", person.at), &reveal).await, 403);
    assert_eq!(refused["missing"], json!({ "action": "reveal", "entity": "person" }));
    assert_eq!(asked(&refused), ["Anna Kowalska", "Robert Szymański"]);
    let refused = problem(&anna.post(&format!("{}/reveal", person.at), &reveal).await, 403);
    assert_eq!(asked(&refused), ["Robert Szymański"]);
    let erase =
        problem(&anna.post(&format!("{}/erase", person.at), &json!({ "reason": "wniosek" })).await, 403);
    assert_eq!(erase["missing"]["action"], "erase");
    let marketing = world.sign_in("marta.nowak").await;
    let refused = problem(&marketing.delete(&person.at, 1).await, 403);
    assert_eq!(refused["missing"], json!({ "action": "delete", "entity": "person" }));
    assert_eq!(asked(&refused), ["Anna Kowalska", "Robert Szymański"]);

    // What is administered.
    for (path, thing, action) in [("users", "users", "read"), ("ledger/events", "ledger", "read")] {
        let refused = problem(&anna.get(&api(path)).await, 403);
        assert_eq!(refused["missing"], json!({ "thing": thing, "action": action }), "{refused}");
        assert_eq!(asked(&refused), ["Robert Szymański"]);
    }
    let team = json!({ "name": "Nowy" });
    let refused = problem(&anna.post(&api("teams"), &team).await, 403);
    assert_eq!(refused["missing"], json!({ "thing": "teams", "action": "manage" }));
    let nobody = world.sign_in("ewa.pusta").await;
    let refused = problem(&nobody.get(&api("search?q=x")).await, 403);
    assert_eq!(refused["missing"], json!({ "action": "read" }));
    for (plural, action) in [("people", "read"), ("notes", "read")] {
        let refused = problem(&nobody.get(&api(plural)).await, 403);
        assert_eq!(refused["missing"]["action"], action);
    }

    // A second administrator is named too; a suspended one is not.
    let admin = world.sign_in("robert.szymanski").await;
    let role = json!({ "name": "second", "label": { "pl": "Drugi", "en": "Second" }, "things": { "users": "manage" } });
    endow(&world, "barbara.dabrowska", &role).await;
    assert_eq!(
        asked(&problem(&anna.get(&api("users")).await, 403)),
        ["Robert Szymański", "Barbara Dąbrowska"]
    );
    let at = api(&format!("users/{}", named(&admin, "users", "barbara.dabrowska").await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": false })).await.expect(200);
    assert_eq!(asked(&problem(&anna.get(&api("users")).await, 403)), ["Robert Szymański"]);
}

/// Where no right is missing, no administrator can give one.
#[tokio::test(flavor = "multi_thread")]
async fn only_who_can_help_is_named() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let piotr = world.sign_in("piotr.zielinski").await;
    let view = json!({ "name": "Wspólny", "entity": "person", "query": "", "shared": true });
    let view = anna.post(&api("views"), &view).await.expect(201).json();
    let at = api(&format!("views/{}", view["id"].as_str().unwrap()));
    assert_eq!(asked(&problem(&piotr.patch(&at, 1, &json!({ "name": "x" })).await, 403)), ["Anna Kowalska"]);

    let program = json!({
        "name": "Sklep", "owner": named(&admin, "users", "anna.kowalska").await,
        "team": named(&admin, "teams", "Północ").await, "ends_at": testkit::START.plus_s(86_400).rfc3339(),
    });
    let program = admin.post(&api("service-accounts"), &program).await.expect(201).json();
    let token = json!({
        "label": "t", "ends_at": testkit::START.plus_s(3_600).rfc3339(), "scope": { "entities": { "person": ["read"] } },
    });
    let of_program = api(&format!("service-accounts/{}/tokens", program["id"].as_str().unwrap()));
    assert_eq!(asked(&problem(&admin.post(&of_program, &token).await, 403)), ["Anna Kowalska"]);

    // Whoever has the token can sign in; nobody else can do anything about it.
    let made = anna.post(&api("tokens"), &token).await.expect(201).json();
    let robot = world.client().with_token(made["token"].as_str().unwrap());
    let refused = problem(&robot.get(&api("views")).await, 403);
    assert!(
        refused.get("ask").is_none() && refused["detail"].as_str().unwrap().contains("Sign in"),
        "{refused}"
    );
    // Each is written down all the same.
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=access.refused")).await.expect(200).json();
    assert_eq!(events["items"].as_array().map(Vec::len), Some(3), "{events}");
}

/// What may not be seen answers like what is not there: no word of whose it is or what would be needed.
#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_seen_names_nobody() {
    let world = World::new().await;
    let (anna, tomasz) = (world.sign_in("anna.kowalska").await, world.sign_in("tomasz.lewandowski").await);
    let person = make(&anna, "people", json!({ "last_name": "Łoś" })).await;
    let note = make_under(&anna, "notes", json!({ "body": "x" }), "person", &person.id).await;
    let nowhere = api("people/01a2076b-4400-7026-bd20-cb14a5bbc3e8");
    let body = |answer: Answer| problem(&answer, 404);
    for at in [&person.at, &note.at] {
        let reveal = json!({ "field": "pesel", "reason": "Weryfikacja" });
        for (there, not) in [
            (tomasz.get(at).await, tomasz.get(&nowhere).await),
            (tomasz.delete(at, 1).await, tomasz.delete(&nowhere, 1).await),
            (tomasz.patch(at, 1, &json!({})).await, tomasz.patch(&nowhere, 1, &json!({})).await),
            (
                tomasz.post(&format!("{at}/reveal"), &reveal).await,
                tomasz.post(&format!("{nowhere}/reveal"), &reveal).await,
            ),
            (tomasz.get(&format!("{at}/access")).await, tomasz.get(&format!("{nowhere}/access")).await),
        ] {
            let (there, not) = (body(there), body(not));
            assert_eq!(there, not);
            assert_eq!((there.get("ask"), there.get("missing")), (None, None));
        }
    }
    // Of a token it is said that it may be the token.
    let made = json!({
        "label": "t", "ends_at": testkit::START.plus_s(86_400).rfc3339(), "scope": { "entities": { "person": ["read"] } },
    });
    let token = anna.post(&api("tokens"), &made).await.expect(201).json();
    let token = world.client().with_token(token["token"].as_str().unwrap());
    let refused = problem(&token.get(&api("companies")).await, 403);
    assert_eq!(refused["detail"], "The token's scope or your roles do not allow reading: companies.");
}
