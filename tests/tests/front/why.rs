//! What the ledger says of a sign-in that was refused, and of a user who was changed: whom, and why or what.

use super::help::{api, named, problem};
use serde_json::{Value, json};
use testkit::{Client, PASSWORD, START, World};

async fn patch(admin: &Client, id: &str, change: &Value) -> Value {
    let at = api(&format!("users/{id}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    admin.patch(&at, version, change).await.expect(200).json()
}

/// Details of the newest events of an act.
async fn details(auditor: &Client, act: &str, count: usize) -> Vec<Value> {
    let path = api(&format!("ledger/events?act={act}&limit={count}"));
    let events = auditor.get(&path).await.expect(200).json();
    events["items"].as_array().unwrap().iter().map(|event| event["detail"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_says_whom_and_why_to_the_ledger_and_to_nobody_else() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let mut id = std::collections::HashMap::new();
    let logins = ["anna.kowalska", "piotr.zielinski", "tomasz.lewandowski", "ewa.pusta"];
    for login in logins {
        id.insert(login, named(&admin, "users", login).await);
    }
    let _ = patch(&admin, &id["piotr.zielinski"], &json!({ "active": false })).await;
    let hour = START.plus_s(3_600).rfc3339();
    let _ = patch(&admin, &id["tomasz.lewandowski"], &json!({ "ends_at": hour })).await;
    let at = api(&format!("users/{}/password", id["ewa.pusta"]));
    let _ = admin.send(admin.request(reqwest::Method::DELETE, &at)).await.expect(204);
    world.clock.advance_ms(2 * 3_600_000);

    let mut answers = Vec::new();
    for (login, password) in [
        ("anna.kowalska", "nie-to-haslo-wcale"),
        ("moje hasło w złym polu", PASSWORD),
        ("piotr.zielinski", PASSWORD),
        ("tomasz.lewandowski", PASSWORD),
        ("ewa.pusta", PASSWORD),
    ] {
        let tried = json!({ "login": login, "password": password });
        answers.push(problem(&world.client().post(&api("sessions"), &tried).await, 401));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "nobody is told apart: {answers:?}");
    let auditor = world.sign_in("danuta.krol").await;
    let mut told = details(&auditor, "login.refused", 5).await;
    told.reverse();
    let said: Vec<_> = told.iter().map(|d| (&d["name"]["user"], d["reason"].as_str().unwrap())).collect();
    let of = |login: &str| json!(id[login]);
    let [anna, piotr, tomasz, ewa] = logins.map(of);
    let expected = [
        (&anna, "wrong"),
        (&Value::Null, "unknown-name"),
        (&piotr, "suspended"),
        (&tomasz, "left"),
        (&ewa, "no-password"),
    ];
    assert_eq!(said, expected);
    assert!(told.iter().all(|d| d["network"].is_string() && d["client"].is_string()), "{told:?}");
    assert!(!told[1].to_string().contains("hasło"), "{:?}", told[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_user_says_what_was_and_what_is() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = named(&admin, "users", "anna.kowalska").await;
    let [dpo, seller] = [named(&admin, "roles", "dpo").await, named(&admin, "roles", "seller").await];
    let before = admin.get(&api(&format!("users/{anna}"))).await.expect(200).json();
    let team = named(&admin, "teams", "Południe").await;
    let change = json!({ "team": team, "roles": [dpo], "email": "a.kowalska@firma.example" });
    assert_ne!(before["team"], json!(team));
    let _ = patch(&admin, &anna, &change).await;
    let _ = patch(&admin, &anna, &json!({ "active": false })).await;
    let auditor = world.sign_in("danuta.krol").await;
    let [suspended, moved] = details(&auditor, "user.update", 2).await.try_into().unwrap();
    assert_eq!(moved["user"], json!(anna));
    assert_eq!(moved["fields"], json!(["email", "team", "roles"]));
    assert_eq!(moved["teams"], json!([before["team"], team]));
    assert_eq!(moved["roles"], json!([[seller], [dpo]]));
    // An auditor may not look at roles, and reads their names.
    let labels = json!({ &seller: { "pl": "Handlowiec", "en": "Seller" },
        &dpo: { "pl": "Inspektor ochrony danych", "en": "Data protection officer" } });
    assert_eq!(moved["labels"], labels);
    problem(&auditor.get(&api("roles")).await, 403);
    assert!(!moved.to_string().contains('@'), "what an address was, or is, it does not say: {moved}");
    assert_eq!((&suspended["fields"], &suspended["active"]), (&json!(["active"]), &json!(false)));
}
