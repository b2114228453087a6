//! Attacks by the names of OWASP API Security 2023, as far as no other file makes them. API2 (authentication) is attacked
//! in `guessing.rs`, `sessions.rs` and `factors.rs`; API4 (resource consumption) in `guard.rs`, `attacks.rs` and `tried.rs`;
//! API6 (business flows) in `access_requests.rs`, `grants_later.rs` and `links.rs`; API7 (server-side requests) and API10
//! (answers of others) in `sign_on_provider.rs`, the one place that asks another server; API8 (misconfiguration) in
//! `guard.rs`; API9 (inventory) in `gate.rs` and `matrix.rs`, which refuse a route that nobody knows.

use super::help::{Made, api, endow, ids, list, make, make_under, named, problem, sample};
use super::jobs::{bulk, counts, ended};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

/// An id that nothing has, of the same shape.
const NOWHERE: &str = "01a2076b-4400-7026-bd20-cb14a5bbc3e8";

/// What an answer says with the id taken out, so that two can be compared.
fn without(answer: &Answer, id: &str) -> (u16, String) {
    (answer.status.as_u16(), answer.told().replace(id, "ID"))
}

/// API1 (object level): the id of another team's record, in every place of a request where an id can stand, does what an id
/// does that nothing has.
#[tokio::test(flavor = "multi_thread")]
async fn api1_an_id_of_another_team_is_as_none_wherever_it_stands() {
    let world = World::new().await;
    let (anna, tomasz) = (world.sign_in("anna.kowalska").await, world.sign_in("tomasz.lewandowski").await);
    let company = make(&anna, "companies", sample("companies", 1)).await;
    let own = make(&tomasz, "people", sample("people", 2)).await;
    let lead = make(&tomasz, "leads", sample("leads", 3)).await;
    let under = |id: &str| json!({ "fields": { "body": "x" }, "parent": { "entity": "company", "id": id } });
    let refers = |id: &str| json!({ "fields": { "name": "Szansa", "company": id } });
    let converts = |id: &str| json!({ "company": { "id": id } });
    let owner = json!({ "fields": { "last_name": "Nowa" } });
    let role = named(&world.sign_in("robert.szymanski").await, "roles", "viewer").await;
    let grant = json!({ "to": { "user": anna.get(&api("me")).await.expect(200).json()["user"]["id"] }, "role": role, "reason": "Wgląd" });
    let mut seen = Vec::new();
    for id in [company.id.as_str(), NOWHERE] {
        // So that each attempt is an event of its own.
        world.clock.advance_ms(61_000);
        let change = json!({ "fields": { "company": id } });
        let convert = api(&format!("leads/{}/convert", lead.id));
        let convert = tomasz.request(Method::POST, &convert).header("if-match", "\"1\"").json(&converts(id));
        let same = json!({ "fields": owner["fields"], "except": id });
        let answers = [
            tomasz.post(&api("notes"), &under(id)).await,
            tomasz.post(&api("deals"), &refers(id)).await,
            tomasz.patch(&own.at, 1, &change).await,
            tomasz.send(convert).await,
            tomasz.post(&api("people/duplicates"), &same).await,
            list(&tomasz, "notes", &[("parent", id)]).await,
            tomasz.get(&api(&format!("explain?entity=company&record={id}&action=read"))).await,
            tomasz.post(&api(&format!("companies/{id}/grants")), &grant).await,
            tomasz.get(&api(&format!("disclosures?record={id}"))).await,
            tomasz.get(&api(&format!("companies/{id}/access"))).await,
        ];
        assert_eq!(answers[7].status.as_u16(), 404, "{}", answers[7].text);
        // Nor does what one did say afterwards what stands under an id.
        let own = tomasz.get(&api("me/events?act=access.refused&limit=1")).await.expect(200).json();
        assert_eq!(
            (&own["items"][0]["record"], &own["items"][0]["entity"]),
            (&json!(id), &Value::Null),
            "{own}"
        );
        seen.push(answers.iter().map(|a| without(a, id)).collect::<Vec<_>>());
    }
    for (n, (there, not)) in seen[0].iter().zip(&seen[1]).enumerate() {
        assert_eq!(there, not, "the {n}. place tells them apart");
    }
    assert!(seen[0].iter().take(4).all(|(status, _)| *status >= 400), "{:?}", seen[0]);
    // Many at once: counted as refused, or not at all, either way.
    let mut done = Vec::new();
    for id in [company.id.as_str(), NOWHERE] {
        let order = json!({ "select": { "ids": [id] }, "change": { "fields": { "city": "Gdańsk" } } });
        let job = bulk(&tomasz, "companies", order).await.expect(202).json();
        done.push(counts(&ended(&tomasz, &job).await));
    }
    assert_eq!(done[0], done[1]);
    assert_eq!(anna.get(&company.at).await.expect(200).json()["version"], 1);
}

/// API3 (property level): what a record has beside its fields is nobody's to write, in whatever place it is sent.
#[tokio::test(flavor = "multi_thread")]
async fn api3_what_is_not_asked_for_is_not_taken() {
    let world = World::new().await;
    let (anna, tomasz) = (world.sign_in("anna.kowalska").await, world.sign_in("tomasz.lewandowski").await);
    let other = make(&tomasz, "people", sample("people", 1)).await;
    let made = make(&anna, "people", sample("people", 2)).await;
    let team = named(&anna, "teams", "Południe").await;
    let stuffed = [
        ("id", json!(other.id)),
        ("entity", json!("company")),
        ("subject", json!(other.id)),
        ("team", json!(team)),
        ("version", json!(900)),
        ("created_at", json!("2001-01-01T00:00:00Z")),
        ("created_by", json!(NOWHERE)),
        ("updated_by", json!(NOWHERE)),
        ("deleted_at", json!("2001-01-01T00:00:00Z")),
        ("access", json!({ "actions": ["erase"] })),
        ("__proto__", json!({ "admin": true })),
        ("roles", json!(["administrator"])),
    ];
    let before = anna.get(&made.at).await.expect(200).json();
    for (name, value) in stuffed {
        let mut beside = json!({ "fields": { "job_title": "Podrzucona" } });
        beside[name] = value.clone();
        let within = json!({ "fields": { "job_title": "Podrzucona", name: value } });
        for body in [beside, within] {
            let _ = problem(&anna.patch(&made.at, 1, &body).await, 422);
            let mut whole = body.clone();
            whole["fields"]["last_name"] = json!("Nowa");
            let _ = problem(&anna.post(&api("people"), &whole).await, 422);
        }
    }
    // The same key twice: the one that is looked at is the one that is taken, or neither.
    let twice = r#"{"fields":{"job_title":"Pierwsza","job_title":"Druga"}}"#;
    let request = anna.request(Method::PATCH, &made.at).header("if-match", "\"1\"");
    let answer = anna.send(request.header("content-type", "application/json").body(twice)).await;
    let title = anna.get(&made.at).await.expect(200).json()["fields"]["job_title"].clone();
    let expected = if answer.status.is_success() { json!("Druga") } else { Value::Null };
    assert_eq!(title, expected, "{}", answer.text);
    let after = anna.get(&made.at).await.expect(200).json();
    for name in ["id", "entity", "subject", "team", "owner", "created_at", "created_by", "deleted_at"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    // Of oneself, too: nobody becomes more by what is sent about oneself.
    for body in [json!({ "theme": "dark", "roles": ["administrator"] }), json!({ "team": team })] {
        let _ = problem(&anna.put(&api("me/preferences"), &body).await, 422);
    }
}

/// API5 (function level): no other spelling of a path or a method gets to what is administered.
#[tokio::test(flavor = "multi_thread")]
async fn api5_no_spelling_of_a_path_is_a_way_around_its_right() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let secret = "robert.szymanski";
    let paths = [
        "/api/v1/users/",
        "/api/v1//users",
        "/API/V1/users",
        "/api/v1/Users",
        "/api/v1/users;a=b",
        "/api/v1/users%2f",
        "/api/v1/%75sers",
        "/api/v1/./users",
        "/api/v1/people/../users",
        "/api/v1/users.json",
        "/api/v1/users?admin=true",
        "/api/v0/users",
        "/api/users",
        "/users",
        "/api/v1/me/../users",
        "/api/v1/users%00",
        "/api/v1/users/all",
    ];
    for path in paths {
        let answer = anna.get(path).await;
        assert!(!answer.text.contains(secret), "{path}: {}", answer.text);
        let page = answer.headers["content-type"].to_str().unwrap().starts_with("text/html");
        assert!(page || !answer.status.is_success(), "{path}: {} {}", answer.status, answer.text);
    }
    // Headers by which proxies and frameworks let one method pass for another, or one path for another.
    let made = make(&anna, "people", sample("people", 1)).await;
    let over = [
        ("x-http-method-override", "DELETE"),
        ("x-http-method", "DELETE"),
        ("x-method-override", "PUT"),
        ("x-original-url", "/api/v1/users"),
        ("x-rewrite-url", "/api/v1/users"),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-prefix", "/api/v1/users"),
    ];
    for (name, value) in over {
        let answer = anna.send(anna.request(Method::GET, &made.at).header(name, value)).await.expect(200);
        assert!(!answer.text.contains(secret), "{name}: {}", answer.text);
        let answer = anna.send(anna.request(Method::GET, &api("users")).header(name, value)).await;
        let _ = problem(&answer, 403);
    }
    assert_eq!(anna.get(&made.at).await.expect(200).json()["deleted_at"], Value::Null);
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
        let answer = anna.send(anna.request(method.clone(), &api("users")).json(&json!({}))).await;
        assert!(matches!(answer.status.as_u16(), 401 | 403 | 404 | 405 | 422), "{method}: {}", answer.text);
    }
    // Whoever answers GET answers HEAD, by the same right.
    let head = anna.send(anna.request(Method::HEAD, &api("users"))).await;
    assert_eq!((head.status.as_u16(), head.text.as_str()), (403, ""));
}

/// Everybody of a team, by pages of two, under an order.
async fn page(client: &Client, cursor: Option<&str>) -> Answer {
    let mut with = vec![("sort", "last_name"), ("limit", "2")];
    with.extend(cursor.map(|cursor| ("cursor", cursor)));
    list(client, "people", &with).await
}

/// API1, API5: a role that is withdrawn in the middle of paging ends it there, a field that is hidden meanwhile is on no
/// further page, and a narrower reach holds from the next page on.
#[tokio::test(flavor = "multi_thread")]
async fn api5_a_right_withdrawn_between_pages_holds_on_the_next_one() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    for n in 0..6 {
        let fields = json!({ "last_name": format!("Stronicowana{n}"), "job_title": "Tajne stanowisko" });
        let _: Made = make(&anna, "people", fields).await;
    }
    let rights = |scope: &str, level: &str| json!({ "scopes": { "read": scope }, "level": "read", "fields": { "job_title": level } });
    let role = |scope: &str, level: &str| json!({ "name": "strony", "label": { "pl": "Strony", "en": "Pages" }, "entities": { "person": rights(scope, level) } });
    let id = endow(&world, "ewa.pusta", &role("all", "read")).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let first = page(&ewa, None).await.expect(200);
    assert!(first.text.contains("Tajne stanowisko"));
    let first = first.json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let admin = world.sign_in("robert.szymanski").await;
    let at = api(&format!("roles/{id}"));
    let put = async |version: u64, body: &Value| {
        let request = admin.request(Method::PUT, &at).header("if-match", format!("\"{version}\""));
        let _ = admin.send(request.json(body)).await.expect(200);
    };
    put(1, &role("all", "hidden")).await;
    let second = page(&ewa, Some(cursor)).await.expect(200);
    assert_eq!(ids(&second.json()).len(), 2);
    assert!(!second.text.contains("Tajne"), "{}", second.text);
    assert_eq!(second.json()["items"][0]["fields"].get("job_title"), None);
    let second = second.json();
    let cursor = second["next_cursor"].as_str().unwrap();
    // To her own alone: of the others no further page shows any.
    put(2, &role("own", "read")).await;
    let third = page(&ewa, Some(cursor)).await.expect(200).json();
    assert_eq!(ids(&third), Vec::<String>::new());
    put(3, &role("all", "read")).await;
    assert_eq!(ids(&page(&ewa, Some(cursor)).await.expect(200).json()).len(), 2);
    let user = api(&format!("users/{}", named(&admin, "users", "ewa.pusta").await));
    let version = admin.get(&user).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&user, version, &json!({ "roles": [] })).await.expect(200);
    let _ = problem(&page(&ewa, Some(cursor)).await, 403);
}

/// API3 (over-exposure): a record that hangs on another names it, and what it refers to, only to those who see that too.
#[tokio::test(flavor = "multi_thread")]
async fn api3_a_reference_shows_nothing_of_what_it_points_to() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(&anna, "companies", json!({ "name": "Ukryta Spółka" })).await;
    let fields = json!({ "last_name": "Widoczna", "company": company.id });
    let person = make(&anna, "people", fields).await;
    let _: Made =
        make_under(&anna, "notes", json!({ "body": "Uzgodniono rabat" }), "person", &person.id).await;
    let role = json!({
        "name": "osoby", "label": { "pl": "Osoby", "en": "People" },
        "entities": { "person": { "scopes": { "read": "all" }, "level": "read" } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    for answer in [
        ewa.get(&person.at).await.expect(200),
        list(&ewa, "people", &[("refs", "true")]).await.expect(200),
        ewa.get(&api("search?q=widoczna")).await.expect(200),
        ewa.get(&format!("{}/changes", person.at)).await.expect(200),
        ewa.get(&format!("{}/events", person.at)).await.expect(200),
        list(&ewa, "people", &[("next_activity", "true")]).await,
    ] {
        assert!(!answer.text.contains("Ukryta") && !answer.text.contains("rabat"), "{}", answer.text);
    }
    assert_eq!(ewa.get(&api("search?q=ukryta")).await.expect(200).text.matches(&company.id).count(), 0);
}
