//! Who sees a record and why, and what a user sees: as the server says it, and as it does.

use super::help::{ENTITIES, Made, api, endow, ids, issue, make, make_under, named, problem, sample};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::{CAST, Client, World};

async fn everybody(world: &World) -> BTreeMap<String, Client> {
    let mut all = BTreeMap::new();
    for login in CAST.iter().map(|p| p.login).chain(["robert.szymanski"]) {
        let client = world.sign_in(login).await;
        let me = client.get(&api("me")).await.expect(200).json();
        let id = me["user"]["id"].as_str().or_else(|| me["id"].as_str()).unwrap().to_owned();
        all.insert(id, client);
    }
    all
}

fn items(page: &Value) -> Vec<Value> {
    page["items"].as_array().unwrap_or_else(|| panic!("{page}")).clone()
}

/// Roles that make it interesting: one that denies, one that sees little of all beside one that sees much
/// of its own, one that reads children alone.
async fn odd_roles(world: &World) {
    let role = |name: &str, entities: Value, denials: Value| json!({ "name": name, "label": { "pl": name, "en": name }, "entities": entities, "denials": denials });
    let all = json!({ "read": "all", "update": "own", "reveal": "team" });
    let wide = json!({
        "person": { "scopes": all, "level": "read", "special": "masked", "fields": { "email": "masked", "phone": "hidden" } },
        "company": { "scopes": { "read": "all" }, "level": "masked" },
        "note": { "scopes": { "read": "own" }, "level": "read" },
    });
    endow(world, "piotr.zielinski", &role("wide", wide, json!({}))).await;
    let none = json!({ "person": ["delete"], "deal": ["read"], "activity": ["read"] });
    endow(world, "barbara.dabrowska", &role("denying", json!({}), none)).await;
    let children = json!({
        "activity": { "scopes": { "read": "all", "update": "all" }, "level": "write" },
        "note": { "scopes": { "read": "team" }, "level": "read" },
    });
    endow(world, "ewa.pusta", &role("children", children, json!({}))).await;
}

/// One record of each kind for each of three owners; children hang on each kind of parent, or on nothing.
async fn records(world: &World) -> Vec<Made> {
    let (mut made, mut n) = (Vec::new(), 0);
    for login in ["anna.kowalska", "tomasz.lewandowski", "magdalena.wojcik"] {
        let client = world.sign_in(login).await;
        for (entity, plural) in &ENTITIES[..4] {
            n += 1;
            let parent = make(&client, plural, sample(plural, n)).await;
            made.push(make_under(&client, "activities", sample("activities", n), entity, &parent.id).await);
            made.push(make_under(&client, "notes", sample("notes", n), entity, &parent.id).await);
            made.push(parent);
        }
        made.push(make(&client, "activities", sample("activities", n)).await);
        let binned = make(&client, "companies", json!({ "name": "W koszu" })).await;
        let _ = client.delete(&binned.at, 1).await.expect(200);
        made.push(binned);
    }
    made
}

#[tokio::test(flavor = "multi_thread")]
async fn who_can_see_is_who_sees() {
    let world = World::new().await;
    odd_roles(&world).await;
    let admin = world.sign_in("robert.szymanski").await;
    let made = records(&world).await;
    let clients = everybody(&world).await;
    // Somebody suspended sees nothing.
    let piotr = named(&admin, "users", "tomasz.lewandowski").await;
    let at = api(&format!("users/{piotr}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": false })).await.expect(200);
    let (mut seen, mut unseen) = (0, 0);
    for record in &made {
        let mut views = BTreeMap::new();
        for (id, client) in &clients {
            let answer = client.get(&record.at).await;
            match answer.status.as_u16() {
                200 => drop(views.insert(id.clone(), answer.json())),
                404 | 401 => unseen += 1,
                other => panic!("{other}: {}", answer.text),
            }
        }
        for id in views.keys() {
            let page = clients[id].get(&format!("{}/access?limit=200", record.at)).await.expect(200).json();
            assert_eq!(page["count"].as_u64().unwrap() as usize, views.len(), "{page}");
            assert_eq!(page["next_after"], Value::Null);
            let found = items(&page);
            let readers: Vec<&str> = found.iter().map(|i| i["user"]["id"].as_str().unwrap()).collect();
            assert_eq!(readers, views.keys().map(String::as_str).collect::<Vec<_>>());
            for item in &found {
                let access = &views[item["user"]["id"].as_str().unwrap()]["access"];
                assert_eq!(item["actions"], access["actions"], "{item}");
                for list in ["hidden", "masked", "writable"] {
                    assert_eq!(item["fields"][list], access[list], "{list}: {item}");
                }
                assert!(!items(&json!({ "items": item["reasons"] })).is_empty(), "{item}");
                seen += 1;
            }
        }
        for (id, client) in &clients {
            if !views.contains_key(id) {
                let answer = client.get(&format!("{}/access", record.at)).await;
                assert!(matches!(answer.status.as_u16(), 404 | 401), "{}", answer.text);
            }
        }
    }
    assert!(seen > 500 && unseen > 50, "{seen} {unseen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_say_which_role_and_how() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(&anna, "companies", json!({ "name": "A" })).await;
    let note = make_under(&anna, "notes", json!({ "body": "x" }), "company", &company.id).await;
    let of = |page: &Value, name: &str| {
        items(page)
            .into_iter()
            .find(|i| i["user"]["name"] == name)
            .unwrap_or_else(|| panic!("{name}: {page}"))
    };
    let page = anna.get(&format!("{}/access", company.at)).await.expect(200).json();
    let via = |name: &str| of(&page, name)["reasons"][0]["via"].clone();
    assert_eq!(via("Anna Kowalska"), "owner");
    assert_eq!(via("Piotr Zieliński"), "team");
    assert_eq!(via("Magdalena Wójcik"), "below");
    assert_eq!(via("Barbara Dąbrowska"), "all");
    let reason = &of(&page, "Magdalena Wójcik")["reasons"][0];
    assert_eq!(
        (&reason["rule"], &reason["action"], &reason["scope"]),
        (&json!("role"), &json!("read"), &json!("below"))
    );
    assert_eq!(
        (&reason["role"]["name"], &reason["role"]["label"]),
        (&json!("team_lead"), &json!("Team lead"))
    );
    assert_eq!(reason["label"], "Role “Team lead”: the record belongs to a team below (Północ).");
    assert_eq!(of(&page, "Anna Kowalska")["team"]["name"], "Północ");
    let page = anna.get(&format!("{}/access", note.at)).await.expect(200).json();
    let reason = &of(&page, "Piotr Zieliński")["reasons"][0];
    assert_eq!(
        (&reason["via"], &reason["parent"]),
        (&json!("parent"), &json!({ "entity": "company", "id": company.id }))
    );

    // Page by page, each once.
    let all = anna.get(&format!("{}/access", company.at)).await.expect(200).json();
    let (mut after, mut walked) = (String::new(), Vec::new());
    loop {
        let page = anna.get(&format!("{}/access?limit=2{after}", company.at)).await.expect(200).json();
        walked.extend(items(&page));
        match page["next_after"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!(walked, items(&all));
    for wrong in ["limit=0", "limit=1000", "after=x", "before=1"] {
        problem(&anna.get(&format!("{}/access?{wrong}", company.at)).await, 422);
    }
    let events = anna.get(&format!("{}/events?limit=1", company.at)).await.expect(200).json();
    assert_eq!(events["items"][0]["act"], "access.explain");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_view_of_a_user_is_what_that_user_has() {
    let world = World::new().await;
    odd_roles(&world).await;
    let _ = records(&world).await;
    let admin = world.sign_in("robert.szymanski").await;
    for (id, client) in everybody(&world).await {
        let at = api(&format!("users/{id}/view"));
        let view = admin.get(&at).await.expect(200).json();
        assert_eq!(client.get(&at).await.expect(200).json(), view, "everybody may see their own");
        for (entity, plural) in ENTITIES {
            let shown = view["entities"].as_array().unwrap().iter().find(|e| e["entity"] == entity).unwrap();
            let page = client.get(&api(&format!("{plural}?count=true"))).await;
            if page.status.as_u16() == 403 {
                assert_eq!(
                    (&shown["count"], &shown["levels"]),
                    (&Value::Null, &json!({})),
                    "{plural}: {view}"
                );
                continue;
            }
            let page = page.expect(200).json();
            assert_eq!(shown["count"], page["count"], "{plural}: {view}");
            let named = |level: &str| -> Vec<&String> {
                shown["levels"]
                    .as_object()
                    .unwrap()
                    .iter()
                    .filter(|(_, l)| **l == level)
                    .map(|(n, _)| n)
                    .collect()
            };
            for level in ["hidden", "masked"] {
                let mut listed: Vec<String> = serde_json::from_value(page["access"][level].clone()).unwrap();
                listed.sort_unstable();
                assert_eq!(listed.iter().collect::<Vec<_>>(), named(level), "{plural}");
            }
        }
        let reads_users = client.get(&api("users")).await.status.as_u16() == 200;
        assert_eq!(view["things"].get("users").is_some(), reads_users);
    }
    let anna = world.sign_in("anna.kowalska").await;
    let other = named(&admin, "users", "piotr.zielinski").await;
    problem(&anna.get(&api(&format!("users/{other}/view"))).await, 403);
    problem(
        &admin
            .get(&api(&format!(
                "users/{}/view",
                ids(&anna.get(&api("colleagues")).await.json())[0].replace('0', "1")
            )))
            .await,
        404,
    );
    // A token's own scope decides: it may not ask even for its owner.
    let own = named(&admin, "users", "anna.kowalska").await;
    let body = json!({
        "label": "t", "ends_at": testkit::START.plus_s(86_400).rfc3339(), "scope": { "entities": { "person": ["read"] } },
    });
    let token = anna.post(&api("tokens"), &body).await.expect(201).json();
    let token = world.client().with_token(token["token"].as_str().unwrap());
    problem(&token.get(&api(&format!("users/{own}/view"))).await, 403);
    let view = anna.get(&api(&format!("users/{own}/view"))).await.expect(200).json();
    assert_eq!(view["user"], json!({ "id": own, "name": "Anna Kowalska" }));
    let person = view["entities"].as_array().unwrap().iter().find(|e| e["entity"] == "person").unwrap();
    assert_eq!(person["scopes"]["read"], "team");
    assert_eq!((&person["scopes"].get("erase"), &view["things"]), (&None, &json!({})));
    let events = anna.get(&api("me/events?limit=1&x=1")).await;
    issue(&problem(&events, 422), "x");
    let events = anna.get(&api("me/events?limit=2")).await.expect(200).json();
    assert_eq!(events["items"][0]["act"], "access.explain");
}
