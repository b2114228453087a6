//! What users have of their own: who they are, preferences, saved views.

use super::help::{api, endow, list, make, problem};
use super::matrix::token;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

async fn put(client: &Client, version: Option<u64>, body: &Value) -> Answer {
    let request = client.request(Method::PUT, &api("me/preferences")).json(body);
    client.send(version.iter().fold(request, |r, v| r.header("if-match", format!("\"{v}\"")))).await
}

async fn save(client: &Client, name: &str, query: &str, shared: bool) -> Answer {
    let body = json!({ "entity": "person", "name": name, "query": query, "shared": shared });
    client.post(&api("views"), &body).await
}

fn names(answer: &Answer) -> Vec<String> {
    let page = answer.json();
    let items = page["items"].as_array().unwrap_or_else(|| panic!("{page}"));
    items.iter().map(|v| v["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_caller_is_told_what_the_interface_needs() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let me = anna.get(&api("me")).await.expect(200).json();
    assert_eq!(me["session_idle_s"], 1_800);
    assert_eq!(me["organisation"], "Firma Przykładowa");
    assert_eq!(me["team"]["name"], "Północ");
    assert_eq!(me["roles"][0]["name"], "seller");
    assert_eq!(me["roles"][0]["id"], me["user"]["roles"][0]);
    assert_eq!(me["administrators"].as_array().unwrap().len(), 1);
    assert_eq!(me["administrators"][0]["name"], "Robert Szymański");
    let mut polish = anna.request(Method::GET, &api("me")).build().unwrap();
    polish.headers_mut().insert("accept-language", "pl".parse().unwrap());
    let polish = anna.run(polish).await.expect(200).json();
    assert_ne!(polish["roles"][0]["label"], me["roles"][0]["label"]);
    // The number follows the caller's rights, and no others'.
    let version = |me: &Value| me["policy_version"].as_u64().unwrap();
    assert_eq!(version(&polish), version(&me));
    assert!(version(&me) < 1 << 53);
    let role =
        json!({ "name": "widz", "label": { "pl": "Widz", "en": "Viewer" }, "things": { "ledger": "read" } });
    endow(&world, "piotr.zielinski", &role).await;
    assert_eq!(version(&anna.get(&api("me")).await.json()), version(&me));
    let role = json!({ "name": "widz_dwa", "label": { "pl": "Widz 2", "en": "Viewer 2" } });
    endow(&world, "anna.kowalska", &role).await;
    assert_ne!(version(&anna.get(&api("me")).await.json()), version(&me));
}

#[tokio::test(flavor = "multi_thread")]
async fn preferences_are_kept_for_one_user_and_checked() {
    let mut world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let first = anna.get(&api("me/preferences")).await.expect(200);
    assert_eq!(first.headers["etag"], "\"0\"");
    assert_eq!(first.json(), json!({ "idle_days": 14 }));
    let wanted = json!({
        "lang": "en", "theme": "dark", "density": "compact", "shortcuts": false,
        "columns": { "person": ["name", "email", "next_activity"] }, "idle_days": 30,
    });
    let kept = put(&anna, Some(0), &wanted).await.expect(200);
    assert_eq!(kept.json(), wanted);
    assert_eq!(kept.headers["etag"], "\"1\"");
    assert_eq!(anna.get(&api("me")).await.json()["user"]["lang"], "en");
    problem(&put(&anna, Some(0), &wanted).await, 412);
    let piotr = world.sign_in("piotr.zielinski").await;
    assert_eq!(piotr.get(&api("me/preferences")).await.json(), json!({ "idle_days": 14 }));
    for wrong in [
        json!({ "theme": "pink" }),
        json!({ "lang": "de" }),
        json!({ "idle_days": 0 }),
        json!({ "idle_days": 366 }),
        json!({ "columns": { "nothing": [] } }),
        json!({ "columns": { "person": ["<b>"] } }),
        json!({ "columns": { "person": vec!["x"; 101] } }),
        json!({ "default_views": {} }),
        json!({ "user": "x" }),
    ] {
        problem(&put(&anna, None, &wrong).await, 422);
    }
    world.stop().await;
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(anna.get(&api("me/preferences")).await.expect(200).json(), wanted);
    let rest = put(&anna, None, &json!({})).await.expect(200).json();
    assert_eq!(rest, json!({ "idle_days": 14 }), "what is not named is gone");
    assert_eq!(anna.get(&api("me")).await.json()["user"]["lang"], "en");
    let token = token(&world, &anna).await;
    problem(&token.get(&api("me/preferences")).await, 403);
    problem(&put(&token, None, &json!({})).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn preferences_of_many_tabs_at_once_are_all_kept_or_refused_whole() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let wants =
        |days: u16| json!({ "idle_days": days, "lang": if days.is_multiple_of(2) { "pl" } else { "en" } });
    let tabs = (1..=12).map(|days| {
        let (anna, wanted) = (anna.clone(), wants(days));
        tokio::spawn(async move { put(&anna, None, &wanted).await.expect(200) })
    });
    for tab in tabs.collect::<Vec<_>>() {
        let _ = tab.await.unwrap();
    }
    let kept = anna.get(&api("me/preferences")).await.expect(200);
    assert_eq!(kept.headers["etag"], "\"12\"");
    // What is refused changes nothing, not the language either.
    let before = anna.get(&api("me")).await.json()["user"]["lang"].clone();
    let other = if before == "pl" { "en" } else { "pl" };
    problem(&put(&anna, Some(11), &json!({ "lang": other })).await, 412);
    assert_eq!(anna.get(&api("me")).await.json()["user"]["lang"], before);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_saved_shared_and_made_the_default() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let mine =
        save(&anna, " Moje  leady ", "filter=source%3Aeq%3Aweb&sort=-created_at&q=ko%C5%82o", false).await;
    let mine = mine.expect(201).json();
    assert_eq!(
        (&mine["name"], &mine["mine"], &mine["default"]),
        (&json!("Moje leady"), &json!(true), &json!(false))
    );
    assert_eq!(mine["owner"]["name"], "Anna Kowalska");
    let shared = save(&anna, "Wspólny", "sort=last_name", true).await.expect(201).json();
    let at = |view: &Value| api(&format!("views/{}", view["id"].as_str().unwrap()));
    assert_eq!(names(&anna.get(&api("views?entity=person")).await.expect(200)), ["Moje leady", "Wspólny"]);
    assert!(names(&anna.get(&api("views?entity=deal")).await.expect(200)).is_empty());
    let offered = piotr.get(&api("views?entity=person")).await.expect(200);
    assert_eq!(names(&offered), ["Wspólny"]);
    assert_eq!(offered.json()["items"][0]["mine"], false);
    // Each has a default of one's own.
    let _ = piotr.send(piotr.request(Method::PUT, &format!("{}/default", at(&shared)))).await.expect(204);
    let is_default = |answer: Answer| answer.json()["items"][0]["default"].as_bool().unwrap();
    assert!(is_default(piotr.get(&api("views")).await));
    assert!(!is_default(anna.get(&api("views")).await));
    let _ = piotr.send(piotr.request(Method::DELETE, &format!("{}/default", at(&shared)))).await.expect(204);
    assert!(!is_default(piotr.get(&api("views")).await));
    let changed = anna.patch(&at(&shared), 1, &json!({ "shared": false })).await.expect(200);
    assert_eq!(changed.headers["etag"], "\"2\"");
    assert!(names(&piotr.get(&api("views")).await).is_empty());
    problem(&anna.patch(&at(&shared), 1, &json!({ "name": "Inny" })).await, 412);
    let _ = anna.delete(&at(&shared), 2).await.expect(204);
    assert_eq!(names(&anna.get(&api("views")).await), ["Moje leady"]);
    for n in 1..200 {
        let _ = save(&anna, &format!("W{n}"), "", false).await.expect(201);
    }
    problem(&save(&anna, "O jeden za dużo", "", false).await, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_give_no_rights_and_tell_nothing() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    make(&anna, "people", json!({ "last_name": "Tajna" })).await;
    let long = format!("q={}", "a".repeat(2_000));
    for wrong in [
        "filter=nothing%3Aeq%3A1",
        "filter=stage",
        "sort=pesel",
        "limit=100000",
        "cursor=abc",
        "table=users",
        "q=x#fragment",
        "q=ź z",
        long.as_str(),
    ] {
        problem(&save(&anna, "Zły", wrong, true).await, 422);
    }
    let other = json!({ "entity": "nothing", "name": "x", "query": "" });
    problem(&anna.post(&api("views"), &other).await, 422);
    // Somebody else's views: a private one is not there, a shared one is not to be changed.
    let private = save(&anna, "Prywatny", "q=tajna", false).await.expect(201).json();
    let shared = save(&anna, "Wspólny", "", true).await.expect(201).json();
    for (view, status) in [(&private, 404), (&shared, 403)] {
        let at = api(&format!("views/{}", view["id"].as_str().unwrap()));
        problem(&piotr.patch(&at, 1, &json!({ "query": "" })).await, status);
        problem(&piotr.delete(&at, 1).await, status);
    }
    let at = api(&format!("views/{}/default", private["id"].as_str().unwrap()));
    problem(&piotr.send(piotr.request(Method::PUT, &at)).await, 404);
    // A list that one may not ask for: neither by a right on the entity nor by a hidden field.
    let ewa = world.sign_in("ewa.pusta").await;
    assert!(names(&ewa.get(&api("views?entity=person")).await.expect(200)).is_empty());
    problem(&save(&ewa, "Bez prawa", "", false).await, 403);
    let hides = json!({
        "name": "bez_zrodla", "label": { "pl": "Bez źródła", "en": "Without source" },
        "entities": { "person": { "scopes": { "read": "own" }, "level": "read", "fields": { "source": "hidden" } } },
    });
    endow(&world, "ewa.pusta", &hides).await;
    let by_source = save(&anna, "Według źródła", "filter=source%3Aeq%3Aweb", true).await.expect(201).json();
    assert_eq!(names(&ewa.get(&api("views?entity=person")).await.expect(200)), ["Wspólny"]);
    let at = api(&format!("views/{}/default", by_source["id"].as_str().unwrap()));
    problem(&ewa.send(ewa.request(Method::PUT, &at)).await, 404);
    // The list itself is judged for who opens it.
    assert!(list(&ewa, "people", &[]).await.expect(200).json()["items"].as_array().unwrap().is_empty());
    let token = token(&world, &anna).await;
    problem(&token.get(&api("views")).await, 403);
}

/// Events of refusals of this user, with the entity that each is about.
async fn refusals(client: &Client) -> Vec<Value> {
    let events = client.get(&api("me/events?limit=200")).await.expect(200).json();
    let refused = events["items"].as_array().unwrap().iter().filter(|e| e["act"] == "access.refused");
    refused.map(|e| e["entity"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_view_refused_is_written_down() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let private = save(&anna, "Prywatny", "q=tajna", false).await.expect(201).json();
    let shared = save(&anna, "Wspólny", "", true).await.expect(201).json();
    let ewa = world.sign_in("ewa.pusta").await;
    let refused = problem(&save(&ewa, "Bez prawa", "", false).await, 403);
    assert_eq!(refused["missing"], json!({ "action": "read", "entity": "person" }));
    assert_eq!(refused["ask"][0]["name"], "Robert Szymański");
    assert_eq!(refusals(&ewa).await, [json!("person")]);

    let piotr = world.sign_in("piotr.zielinski").await;
    let at = |view: &Value| api(&format!("views/{}", view["id"].as_str().unwrap()));
    let unknown = api("views/0190a6c2-7b1e-7c3d-8e4f-0123456789ab");
    for (n, path) in [&at(&private), &unknown].into_iter().enumerate() {
        let answers = [
            piotr.patch(path, 1, &json!({ "query": "" })).await,
            piotr.delete(path, 1).await,
            piotr.send(piotr.request(Method::PUT, &format!("{path}/default"))).await,
            piotr.send(piotr.request(Method::DELETE, &format!("{path}/default"))).await,
        ];
        let same = problem(&answers[0], 404);
        assert!(answers.iter().all(|a| problem(a, 404) == same), "a private one is as none");
        assert_eq!(refusals(&piotr).await.len(), 4 * (n + 1));
    }
    problem(&piotr.patch(&at(&shared), 1, &json!({ "query": "" })).await, 403);
    assert_eq!(refusals(&piotr).await.len(), 9);

    // The right to a list goes: what was one's own view is not changed into another list of it.
    let denies = json!({
        "name": "bez_osob", "label": { "pl": "Bez osób", "en": "Without people" }, "denials": { "person": ["read"] },
    });
    endow(&world, "anna.kowalska", &denies).await;
    problem(&anna.patch(&at(&private), 1, &json!({ "query": "sort=last_name" })).await, 403);
    assert_eq!(refusals(&anna).await, [json!("person")]);
    assert_eq!(names(&anna.get(&api("views")).await.expect(200)), ["Prywatny", "Wspólny"]);
}

/// Two pages of one user at once: each change of what is that user's own is kept, and none is refused.
#[tokio::test(flavor = "multi_thread")]
async fn defaults_and_preferences_do_not_push_each_other_out() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let view = save(&anna, "Domyślny", "", false).await.expect(201).json();
    let at = api(&format!("views/{}/default", view["id"].as_str().unwrap()));
    for n in 1..=20 {
        let body = json!({ "idle_days": n });
        let (kept, made) = tokio::join!(put(&anna, None, &body), anna.send(anna.request(Method::PUT, &at)));
        let (_, _) = (kept.expect(200), made.expect(204));
        assert_eq!(anna.get(&api("me/preferences")).await.expect(200).json()["idle_days"], n);
        assert_eq!(anna.get(&api("views")).await.expect(200).json()["items"][0]["default"], true);
        let _ = anna.send(anna.request(Method::DELETE, &at)).await.expect(204);
    }
}
