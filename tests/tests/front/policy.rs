//! What rights were and would be: versions of roles, whom a change concerns, the way back. OWASP API Security 2023:
//! API3 (property level), API5 (function level).

use super::help::{api, endow, issue, make, named, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

async fn role(client: &Client, id: &str) -> Value {
    let roles = client.get(&api("roles")).await.expect(200).json();
    roles["items"].as_array().unwrap().iter().find(|r| r["id"] == *id).unwrap().clone()
}

fn input(role: &Value) -> Value {
    let mut input = role.clone();
    let kept = ["name", "label", "entities", "denials", "things"];
    input.as_object_mut().unwrap().retain(|key, _| kept.contains(&key.as_str()));
    input
}

async fn at_version(client: &Client, method: Method, path: &str, version: u64, body: &Value) -> Answer {
    let request = client.request(method, &api(path)).header("if-match", format!("\"{version}\""));
    client.send(request.json(body)).await
}

/// Changes a role as it is.
pub async fn edit(client: &Client, id: &str, change: impl FnOnce(&mut Value)) -> Value {
    let old = role(client, id).await;
    let mut next = input(&old);
    change(&mut next);
    let version = old["version"].as_u64().unwrap();
    at_version(client, Method::PUT, &format!("roles/{id}"), version, &next).await.expect(200).json()
}

async fn versions(client: &Client, id: &str, query: &str) -> Value {
    client.get(&api(&format!("roles/{id}/versions{query}"))).await.expect(200).json()
}

pub async fn set_user(admin: &Client, login: &str, change: &Value) {
    let at = api(&format!("users/{}", named(admin, "users", login).await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, change).await.expect(200);
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect()
}

pub fn helper() -> Value {
    let person = json!({ "person": { "scopes": { "read": "own" }, "level": "read" } });
    json!({ "name": "helper", "label": { "pl": "Pomocnik", "en": "Helper" }, "entities": person })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_version_of_a_role_is_kept_and_can_be_gone_back_to() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let id = endow(&world, "ewa.pusta", &helper()).await;
    world.clock.advance_ms(1_000);
    let wide = |role: &mut Value| {
        role["entities"]["person"]["scopes"] = json!({ "read": "all", "export": "own" });
        role["entities"]["person"]["fields"] = json!({ "email": "hidden" });
        role["denials"] = json!({ "deal": ["delete"] });
        role["things"] = json!({ "ledger": "read" });
    };
    assert_eq!(edit(&admin, &id, wide).await["version"], 2);
    let page = versions(&admin, &id, "").await;
    let [now, first] = page["items"].as_array().unwrap().as_slice() else { panic!("{page}") };
    assert_eq!(
        (&now["version"], &first["version"], &page["next_before"]),
        (&json!(2), &json!(1), &Value::Null)
    );
    assert_eq!((&now["who"], &now["by"]["name"]), (&json!("user"), &json!("Robert Szymański")));
    assert!(now["at"].as_str() > first["at"].as_str(), "{page}");
    assert_eq!(first["role"]["entities"]["person"]["scopes"], json!({ "read": "own" }));
    let said = [
        "viewing the ledger (added)",
        "people – reading: one's own → all",
        "people – exporting: none → one's own",
        "people – field “E-mail”: as other fields → hidden",
        "deals – denied: moving to the bin and back (added)",
    ];
    assert_eq!(texts(&now["changes"]), said);
    let event = format!("ledger/events/{}/proof", now["event"].as_str().unwrap());
    let _ = admin.get(&api(&event)).await.expect(200);

    // Page by page.
    let page = versions(&admin, &id, "?limit=1").await;
    assert_eq!((page["items"].as_array().unwrap().len(), &page["next_before"]), (1, &json!(2)));
    let page = versions(&admin, &id, "?limit=1&before=2").await;
    assert_eq!((&page["items"][0]["version"], &page["next_before"]), (&json!(1), &Value::Null));
    assert!(
        issue(&admin.get(&api(&format!("roles/{id}/versions?limit=0"))).await.json(), "limit").is_object()
    );
    // Only for whoever reads roles.
    let anna = world.sign_in("anna.kowalska").await;
    problem(&anna.get(&api(&format!("roles/{id}/versions"))).await, 403);

    // The way back is the next version, under the same checks.
    let back = format!("roles/{id}/rollback");
    let to = |version: u64| json!({ "version": version });
    problem(&at_version(&anna, Method::POST, &back, 2, &to(1)).await, 403);
    problem(&at_version(&admin, Method::POST, &back, 1, &to(1)).await, 412);
    problem(&at_version(&admin, Method::POST, &back, 2, &to(2)).await, 409);
    for wrong in [0, 3, u64::MAX] {
        problem(&at_version(&admin, Method::POST, &back, 2, &to(wrong)).await, 404);
    }
    problem(&admin.post(&api(&back), &to(1)).await, 428);
    let made = at_version(&admin, Method::POST, &back, 2, &to(1)).await.expect(200).json();
    assert_eq!(
        (&made["version"], &made["entities"]["person"]["scopes"]),
        (&json!(3), &json!({ "read": "own" }))
    );
    assert_eq!(made["denials"], json!({}));
    let page = versions(&admin, &id, "").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 3);
    assert_eq!(page["items"][0]["changes"].as_array().unwrap().len(), said.len());
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=role.roll_back")).await.expect(200).json();
    assert_eq!(events["items"][0]["detail"]["to_version"], 1, "{events}");
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_gives_nobody_what_saving_would_not() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let shaper = json!({ "name": "shaper", "label": { "pl": "Twórca", "en": "Shaper" }, "things": { "roles": "manage" } });
    let _ = endow(&world, "piotr.zielinski", &shaper).await;
    let id = endow(&world, "ewa.pusta", &helper()).await;
    let _ = edit(&admin, &id, |role| role["things"] = json!({ "users": "manage" })).await;
    let _ = edit(&admin, &id, |role| role["things"] = json!({})).await;
    // Piotr manages roles, and not users: the earlier version would give what he does not have.
    let piotr = world.sign_in("piotr.zielinski").await;
    let back = format!("roles/{id}/rollback");
    problem(&at_version(&piotr, Method::POST, &back, 3, &json!({ "version": 2 })).await, 403);
    assert_eq!(role(&admin, &id).await["version"], 3);
    let _ = at_version(&piotr, Method::POST, &back, 3, &json!({ "version": 1 })).await.expect(200);
    // A name that another role has by now is not taken back.
    let _ = edit(&admin, &id, |role| role["name"] = json!("other_name")).await;
    let mut taken = helper();
    taken["label"]["en"] = json!("Another");
    let _ = admin.post(&api("roles"), &taken).await.expect(201);
    let answer = at_version(&admin, Method::POST, &back, 5, &json!({ "version": 1 })).await;
    assert_eq!(issue(&problem(&answer, 422), "name")["code"], "taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_change_concerns_is_told_before_and_nothing_changes() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    for n in 0..3 {
        let _ = make(&anna, "people", json!({ "last_name": format!("Nowak {n}") })).await;
    }
    let id = endow(&world, "ewa.pusta", &helper()).await;
    set_user(&admin, "danuta.krol", &json!({ "roles": [id, named(&admin, "roles", "auditor").await] })).await;
    let mut next = input(&role(&admin, &id).await);
    next["entities"]["person"]["scopes"] = json!({ "read": "all" });
    next["entities"]["person"]["level"] = json!("masked");
    let at = api(&format!("roles/{id}/preview"));
    let preview = admin.post(&at, &next).await.expect(200).json();
    assert_eq!(
        (&preview["gaining"], &preview["losing"], &preview["grants"]),
        (&json!(2), &json!(2), &json!(0))
    );
    let groups = preview["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2, "{preview}");
    let ewa = groups.iter().find(|g| g["users"][0]["name"] == "Ewa Pusta").unwrap();
    assert_eq!((&ewa["count"], &ewa["team"]["name"]), (&json!(1), &json!("Marketing")));
    assert_eq!(texts(&ewa["gained"]), ["people (all) – reading"]);
    assert!(texts(&ewa["lost"])[0].starts_with("people – seeing the fields: "), "{ewa}");
    let counted = &ewa["records"][0];
    assert_eq!(
        (&counted["entity"], &counted["before"], &counted["after"]),
        (&json!("person"), &json!(0), &json!(3))
    );
    // Nothing came of it but an event.
    assert_eq!(role(&admin, &id).await["version"], 1);
    let page = world.sign_in("ewa.pusta").await.get(&api("people")).await.expect(200).json();
    assert_eq!(page["items"], json!([]));
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=policy.preview")).await.expect(200).json();
    assert_eq!(events["items"][0]["detail"]["role"], json!(id), "{events}");

    // What could not be saved is refused alike; and who does not read users is told no names and no numbers.
    let mut wrong = next.clone();
    wrong["entities"]["nothing"] = json!({});
    assert_eq!(issue(&problem(&admin.post(&at, &wrong).await, 422), "entities")["code"], "unknown-entity");
    problem(&anna.post(&at, &next).await, 403);
    let shaper = json!({ "name": "shaper", "label": { "pl": "Twórca", "en": "Shaper" }, "things": { "roles": "manage" } });
    let _ = endow(&world, "piotr.zielinski", &shaper).await;
    let told = world.sign_in("piotr.zielinski").await.post(&at, &next).await.expect(200);
    assert!(!told.text.contains("Ewa") && !told.text.contains("\"before\""), "{}", told.text);
    assert_eq!(told.json()["groups"][0]["users"], Value::Null);
    assert_eq!(told.json()["gaining"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_user_gains_of_fields_is_told_for_each_reach() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let people = |name: &str, read: &str, email: &str| {
        let rights = json!({ "person": { "scopes": { "read": read }, "level": "read", "fields": { "email": email } } });
        json!({ "name": name, "label": { "pl": name, "en": name }, "entities": rights })
    };
    let base = endow(&world, "ewa.pusta", &people("base", "all", "hidden")).await;
    let mut roles = vec![base.clone()];
    for (name, read, email) in [("wide", "all", "masked"), ("narrow", "own", "read")] {
        let made = admin.post(&api("roles"), &people(name, read, email)).await.expect(201).json();
        roles.push(made["id"].as_str().unwrap().to_owned());
    }
    let user = named(&admin, "users", "ewa.pusta").await;
    let at = api(&format!("users/{user}/preview"));
    let preview = admin.post(&at, &json!({ "roles": roles })).await.expect(200).json();
    let gained = texts(&preview["groups"][0]["gained"]);
    assert_eq!(
        gained,
        ["people (one's own) – seeing the fields: E-mail", "people – seeing in part the fields: E-mail"]
    );
    assert_eq!(preview["groups"][0]["lost"], json!([]));
    // Another team, and suspension.
    let [north, marketing] =
        [named(&admin, "teams", "Północ").await, named(&admin, "teams", "Marketing").await];
    let anna = named(&admin, "users", "anna.kowalska").await;
    let at = api(&format!("users/{anna}/preview"));
    let moved = admin.post(&at, &json!({ "team": marketing })).await.expect(200).json();
    assert_eq!(
        texts(&moved["groups"][0]["lost"]),
        ["records of the team “Północ”, as far as roles give them"]
    );
    assert_eq!(
        texts(&moved["groups"][0]["gained"]),
        ["records of the team “Marketing”, as far as roles give them"]
    );
    let gone = admin.post(&at, &json!({ "active": false })).await.expect(200).json();
    assert_eq!((&gone["gaining"], &gone["losing"]), (&json!(0), &json!(1)));
    problem(&admin.post(&at, &json!({ "team": anna })).await, 422);
    problem(&world.sign_in("anna.kowalska").await.post(&at, &json!({ "team": north })).await, 403);
    let now = admin.get(&api(&format!("users/{anna}"))).await.expect(200).json();
    assert_eq!((&now["team"], &now["active"]), (&json!(north), &json!(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_rare_in_a_team_is_marked() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let rare = json!({ "deal": { "scopes": { "create": "own" }, "level": "write" } });
    let rare = json!({ "name": "rare", "label": { "pl": "Rzadka", "en": "Rare" }, "entities": rare, "things": { "keys": "read" } });
    let _ = endow(&world, "danuta.krol", &rare).await;
    // Of the board, Barbara and Zofia read people; keys and new deals are Danuta's alone.
    let view = async |login: &str| {
        let user = named(&admin, "users", login).await;
        admin.get(&api(&format!("users/{user}/view"))).await.expect(200).json()
    };
    let unusual = |view: &Value, entity: &str| {
        let all = view["entities"].as_array().unwrap();
        all.iter().find(|e| e["entity"] == *entity).unwrap()["unusual"].clone()
    };
    let danuta = view("danuta.krol").await;
    assert_eq!(unusual(&danuta, "deal"), json!(["create"]));
    assert!(danuta["unusual_things"].as_array().unwrap().contains(&json!("keys")), "{danuta}");
    assert!(!unusual(&view("barbara.dabrowska").await, "person").to_string().contains("read"));
    // Two sellers in a team have the same.
    assert_eq!(unusual(&view("anna.kowalska").await, "deal"), json!([]));
}
