//! Service accounts: what they may, who answers for them, and when all of it ends.

use super::factors::require;
use super::help::{api, ids, issue, list, make, named, problem};
use super::servers::Pair;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD, START, World};

const DAY: i64 = 86_400;

fn read() -> Value {
    json!({ "entities": { "person": ["read"] } })
}

async fn user(admin: &Client, login: &str) -> String {
    named(admin, "users", login).await
}

/// An account of a seller's rights, in Anna's team.
async fn account(admin: &Client, owner: &str, days: i64) -> Answer {
    let anna = admin.get(&api(&format!("users/{}", user(admin, "anna.kowalska").await))).await.json();
    let body = json!({
        "name": "Integracja ze sklepem", "owner": user(admin, owner).await, "team": anna["team"],
        "roles": [named(admin, "roles", "seller").await], "ends_at": START.plus_s(days * DAY).rfc3339(),
    });
    admin.post(&api("service-accounts"), &body).await
}

/// Its path.
fn place(made: &Answer) -> String {
    made.headers["location"].to_str().unwrap().to_owned()
}

async fn token(of: &Client, at: &str, scope: Value, days: i64) -> Answer {
    let body = json!({ "label": "Sklep", "scope": scope, "ends_at": START.plus_s(days * DAY).rfc3339() });
    of.post(&format!("{at}/tokens"), &body).await
}

fn secret(made: &Answer) -> String {
    made.json()["token"].as_str().unwrap().to_owned()
}

async fn state(of: &Client, at: &str) -> Value {
    of.get(at).await.expect(200).json()["state"].clone()
}

async fn people(client: &Client) -> u16 {
    client.get(&api("people")).await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_does_what_its_own_roles_allow_and_its_token_names() {
    let world = World::new().await;
    let [admin, anna, tomasz] = [
        world.sign_in("robert.szymanski").await,
        world.sign_in("anna.kowalska").await,
        world.sign_in("tomasz.lewandowski").await,
    ];
    let mine = make(&anna, "people", json!({ "last_name": "Nasza" })).await;
    let theirs = make(&tomasz, "people", json!({ "last_name": "Ich" })).await;
    let made = account(&admin, "tomasz.lewandowski", 30).await.expect(201);
    let (at, id) = (place(&made), made.json()["id"].as_str().unwrap().to_owned());
    // Its owner alone makes tokens; whoever made the account does not know any.
    problem(&token(&admin, &at, read(), 1).await, 403);
    problem(&token(&anna, &at, read(), 1).await, 403);
    let scope =
        json!({ "entities": { "person": ["read", "create", "erase"] }, "things": { "users": "manage" } });
    let new = token(&tomasz, &at, scope, 1).await.expect(201);
    assert!(super::tokens::is_found(&secret(&new)), "by scanners");
    let robot = world.client().with_token(&secret(&new));
    // By its own team and role, and not by its owner's.
    assert_eq!(ids(&list(&robot, "people", &[]).await.expect(200).json()), [mine.id.as_str()]);
    problem(&robot.get(&theirs.at).await, 404);
    problem(&robot.post(&format!("{}/erase", mine.at), &json!({ "reason": "Bez prawa" })).await, 403);
    problem(&robot.get(&api("users")).await, 403);
    problem(&robot.get(&api("companies")).await, 403);
    let written = make(&robot, "people", json!({ "last_name": "Ze sklepu" })).await;
    assert_eq!(written.view["owner"]["id"], json!(id));
    // No token makes another way in, or changes one.
    let own = json!({ "label": "x", "scope": read(), "ends_at": START.plus_s(60).rfc3339() });
    for path in [api("tokens"), format!("{at}/tokens")] {
        problem(&robot.post(&path, &own).await, 403);
    }
    let owner = json!({ "owner": user(&admin, "anna.kowalska").await });
    problem(&robot.post(&format!("{at}/owner"), &owner).await, 403);
    for path in ["sessions", "me/service-accounts", "notices"] {
        problem(&robot.get(&api(path)).await, 403);
    }
    // Nobody signs in as it, and no other way of users is open to it.
    for login in [format!("service.{id}"), "Integracja ze sklepem".to_owned()] {
        let body = json!({ "login": login, "password": PASSWORD });
        problem(&world.client().post(&api("sessions"), &body).await, 401);
    }
    let of_users = api(&format!("users/{id}"));
    problem(&admin.send(admin.request(Method::DELETE, &format!("{of_users}/password"))).await, 404);
    problem(&admin.post(&format!("{of_users}/invitation"), &json!({})).await, 404);
    problem(&admin.patch(&of_users, 1, &json!({ "ends_at": null })).await, 404);
    problem(&admin.get(&of_users).await, 404);
    let users = admin.get(&api("users")).await.expect(200).text;
    assert!(!users.contains(&id), "it is no person");
    // The ledger names it, and who answered for it.
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api(&format!("ledger/events?user={id}&act=record.create"))).await.expect(200);
    let event = events.json()["items"][0].clone();
    assert_eq!(event["user"]["name"], "Integracja ze sklepem");
    assert_eq!(event["owner"]["name"], "Tomasz Lewandowski");
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_see_use_and_revoke_their_own_and_administrators_all() {
    let mut world = World::new().await;
    let [admin, anna, tomasz] = [
        world.sign_in("robert.szymanski").await,
        world.sign_in("anna.kowalska").await,
        world.sign_in("tomasz.lewandowski").await,
    ];
    let made = account(&admin, "tomasz.lewandowski", 30).await.expect(201);
    let at = place(&made);
    let told = tomasz.get(&api("notices")).await.expect(200).text;
    assert!(told.contains("service-account-owner"), "{told}");
    let own = tomasz.get(&api("me/service-accounts")).await.expect(200).json();
    assert_eq!(ids(&own), [made.json()["id"].as_str().unwrap()]);
    assert!(ids(&anna.get(&api("me/service-accounts")).await.expect(200).json()).is_empty());
    for (method, path) in [(Method::GET, String::new()), (Method::GET, "/tokens".to_owned())] {
        problem(&anna.send(anna.request(method, &format!("{at}{path}"))).await, 403);
    }
    let owner = json!({ "owner": user(&admin, "anna.kowalska").await });
    problem(&anna.post(&format!("{at}/owner"), &owner).await, 403);
    problem(&tomasz.patch(&at, 1, &json!({ "name": "Inna" })).await, 403);

    let [first, second] =
        [token(&tomasz, &at, read(), 1).await.expect(201), token(&tomasz, &at, read(), 1).await.expect(201)];
    let [one, two] = [&first, &second].map(|made| world.client().with_token(&secret(made)));
    let listed = tomasz.get(&format!("{at}/tokens")).await.expect(200);
    assert!(!listed.text.contains(&secret(&first)));
    assert_eq!(listed.json()["items"][0]["seen_from"], Value::Null, "unused");
    world.clock.advance_ms(120_000);
    assert_eq!((people(&one).await, people(&two).await), (200, 200));
    // When and from where it was last used outlives a restart.
    world.stop().await;
    world.start().await.unwrap();
    let [admin, tomasz, one, two] = [&admin, &tomasz, &one, &two].map(|client| client.at(world.address()));
    let shown = tomasz.get(&format!("{at}/tokens")).await.expect(200).json();
    let shown = &shown["items"][0];
    assert_eq!(shown["seen_from"], "127.0.0.1");
    assert_eq!(shown["seen_at"], START.plus_s(120).rfc3339());

    let path = |made: &Answer| format!("{at}/tokens/{}", made.json()["session"]["id"].as_str().unwrap());
    let anna = anna.at(world.address());
    problem(&anna.send(anna.request(Method::DELETE, &path(&first))).await, 403);
    let _ = tomasz.send(tomasz.request(Method::DELETE, &path(&first))).await.expect(204);
    assert_eq!((people(&one).await, people(&two).await), (401, 200));
    let _ = admin.send(admin.request(Method::DELETE, &path(&second))).await.expect(204);
    assert_eq!(people(&two).await, 401);
    problem(&admin.send(admin.request(Method::DELETE, &path(&second))).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_of_an_account_is_checked_and_gives_no_more_than_the_giver_has() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    for days in [0, -1, 731] {
        issue(&problem(&account(&admin, "anna.kowalska", days).await, 422), "ends_at");
    }
    let tomasz = api(&format!("users/{}", user(&admin, "tomasz.lewandowski").await));
    let shut = json!({ "active": false });
    let _ = admin.patch(&tomasz, version_of(&admin, &tomasz).await, &shut).await.expect(200);
    issue(&problem(&account(&admin, "tomasz.lewandowski", 1).await, 422), "owner");
    let made = account(&admin, "anna.kowalska", 30).await.expect(201);
    let at = place(&made);
    let id = made.json()["id"].clone();
    // An account answers for nothing.
    problem(&admin.post(&format!("{at}/owner"), &json!({ "owner": id })).await, 422);
    for change in
        [json!({ "ends_at": "jutro" }), json!({ "name": " " }), json!({ "ends_at": null, "login": "x" })]
    {
        problem(&admin.patch(&at, 1, &change).await, 422);
    }
    let anna = world.sign_in("anna.kowalska").await;
    let late = token(&anna, &at, read(), 31).await;
    issue(&problem(&late, 422), "ends_at");
    // Whoever manages users but not keys gives nobody the keys.
    let all = admin.get(&api("roles")).await.expect(200).json();
    let things = json!({ "users": "manage", "roles": "read", "sessions": "manage" });
    let role = json!({ "name": "helpdesk", "label": { "pl": "Pomoc", "en": "Help" }, "things": things });
    let role = admin.post(&api("roles"), &role).await.expect(201).json();
    let piotr = api(&format!("users/{}", user(&admin, "piotr.zielinski").await));
    let version = admin.get(&piotr).await.json()["version"].as_u64().unwrap();
    let _ = admin.patch(&piotr, version, &json!({ "roles": [role["id"]] })).await.expect(200);
    let helper = world.sign_in("piotr.zielinski").await;
    let strong = all["items"].as_array().unwrap().iter().find(|r| r["name"] == "administrator").unwrap();
    let roles = json!({ "roles": [strong["id"]] });
    problem(&helper.patch(&at, 1, &roles).await, 403);
    let _ = helper.patch(&at, 1, &json!({ "name": "Sklep" })).await.expect(200);
    let _ = admin.patch(&at, 2, &roles).await.expect(200);
    // Nor is it revived, prolonged or moved by whoever lacks its rights; others go on changing the rest of it.
    let until = START.plus_s(60 * DAY).rfc3339();
    let team = made.json()["team"].clone();
    for change in [json!({ "ends_at": until }), json!({ "active": true }), json!({ "team": team })] {
        problem(&helper.patch(&at, 3, &change).await, 403);
    }
    let _ = helper.patch(&at, 3, &json!({ "active": false, "name": "Sklep 2" })).await.expect(200);
    problem(&helper.patch(&at, 4, &json!({ "active": true })).await, 403);
    let _ = admin.patch(&at, 4, &json!({ "active": true, "ends_at": until })).await.expect(200);
    // Nor does a hand-over, be it by the owner: who lacks the account's rights gives them to nobody.
    let owner = json!({ "owner": user(&admin, "piotr.zielinski").await });
    for client in [&helper, &anna] {
        problem(&client.post(&format!("{at}/owner"), &owner).await, 403);
    }
    // It is no administrator that is left when the last one goes.
    let me = api(&format!("users/{}", user(&admin, "robert.szymanski").await));
    let version = admin.get(&me).await.json()["version"].as_u64().unwrap();
    let _ = admin.patch(&piotr, version_of(&admin, &piotr).await, &json!({ "roles": [] })).await.expect(200);
    problem(&admin.patch(&me, version, &json!({ "active": false })).await, 409);
    // The stale and the unknown.
    problem(&admin.patch(&at, 1, &json!({ "name": "Inna" })).await, 412);
    let robert = user(&admin, "robert.szymanski").await;
    problem(&admin.get(&api(&format!("service-accounts/{robert}"))).await, 404);
}

async fn version_of(client: &Client, at: &str) -> u64 {
    client.get(at).await.expect(200).json()["version"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_over_ends_what_the_owner_before_knows() {
    let world = World::new().await;
    let [admin, anna, tomasz] = [
        world.sign_in("robert.szymanski").await,
        world.sign_in("anna.kowalska").await,
        world.sign_in("tomasz.lewandowski").await,
    ];
    let made = account(&admin, "tomasz.lewandowski", 30).await.expect(201);
    let (at, id) = (place(&made), made.json()["id"].as_str().unwrap().to_owned());
    let old = world.client().with_token(&secret(&token(&tomasz, &at, read(), 1).await.expect(201)));
    assert_eq!(people(&old).await, 200);
    world.clock.advance_ms(1_000);
    let owner = json!({ "owner": user(&admin, "anna.kowalska").await });
    let handed = tomasz.post(&format!("{at}/owner"), &owner).await.expect(200).json();
    assert_eq!((&handed["owner"]["name"], &handed["tokens"]), (&json!("Anna Kowalska"), &json!(0)));
    assert_eq!(people(&old).await, 401);
    problem(&token(&tomasz, &at, read(), 1).await, 403);
    problem(&tomasz.get(&at).await, 403);
    assert!(anna.get(&api("notices")).await.expect(200).text.contains("service-account-owner"));
    let new = world.client().with_token(&secret(&token(&anna, &at, read(), 1).await.expect(201)));
    assert_eq!(people(&new).await, 200);
    // Each act names who answered for it then.
    let auditor = world.sign_in("danuta.krol").await;
    let events =
        auditor.get(&api(&format!("ledger/events?user={id}&act=record.list"))).await.expect(200).json();
    let owners: Vec<_> =
        events["items"].as_array().unwrap().iter().map(|e| e["owner"]["name"].clone()).collect();
    assert_eq!(owners, [json!("Anna Kowalska"), json!("Tomasz Lewandowski")]);
    // Suspending it ends its tokens; they do not come back with it.
    let _ = admin.patch(&at, 2, &json!({ "active": false })).await.expect(200);
    assert_eq!((people(&new).await, state(&anna, &at).await), (401, json!("suspended")));
    problem(&token(&anna, &at, read(), 1).await, 409);
    let _ = admin.patch(&at, 3, &json!({ "active": true })).await.expect(200);
    assert_eq!(people(&new).await, 401);
    let _ = token(&anna, &at, read(), 1).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_ends_with_its_end_and_with_its_owner_on_every_server() {
    let pair = Pair::new().await;
    let [admin, _] = pair.sign_in("robert.szymanski").await;
    let [anna, _] = pair.sign_in("anna.kowalska").await;
    let robots = async |at: &str, by: &Client| {
        let one = pair.a.client().with_token(&secret(&token(by, at, read(), 1).await.expect(201)));
        let two = one.at(pair.b.address());
        [one, two]
    };
    let both = async |robots: &[Client; 2]| [people(&robots[0]).await, people(&robots[1]).await];
    // Its own end, which no server waits for another to see.
    let short = place(&account(&admin, "anna.kowalska", 1).await.expect(201));
    let ending = robots(&short, &anna).await;
    // Its owner, who leaves in two days or is suspended.
    let leaving = place(&account(&admin, "anna.kowalska", 30).await.expect(201));
    let suspended = place(&account(&admin, "tomasz.lewandowski", 30).await.expect(201));
    let [tomasz, _] = pair.sign_in("tomasz.lewandowski").await;
    let by_tomasz = robots(&suspended, &tomasz).await;
    assert_eq!((both(&ending).await, both(&by_tomasz).await), ([200; 2], [200; 2]));
    let his = api(&format!("users/{}", user(&admin, "tomasz.lewandowski").await));
    let _ = admin.patch(&his, version_of(&admin, &his).await, &json!({ "active": false })).await.expect(200);
    assert_eq!(both(&by_tomasz).await, [401; 2]);
    assert_eq!(state(&admin, &suspended).await, "ownerless");
    let hers = api(&format!("users/{}", user(&admin, "anna.kowalska").await));
    let noon = START.plus_s(2 * 3_600).rfc3339();
    let _ =
        admin.patch(&hers, version_of(&admin, &hers).await, &json!({ "ends_at": noon })).await.expect(200);
    let of_leaver = robots(&leaving, &anna).await;
    assert_eq!(both(&of_leaver).await, [200; 2]);
    pair.forward(2 * 3_600_000);
    assert_eq!((both(&of_leaver).await, both(&ending).await), ([401; 2], [401; 2]));

    // Within a minute they are suspended, once, and their tokens are gone for good.
    for _ in 0..2 {
        pair.a.app().engine().end_leavers().await.unwrap();
    }
    let [admin, _] = pair.sign_in("robert.szymanski").await;
    for at in [&short, &leaving, &suspended] {
        assert_eq!(state(&admin, at).await, "suspended");
        problem(&admin.patch(at, version_of(&admin, at).await, &json!({ "active": true })).await, 422);
    }
    let auditor = pair.a.sign_in("danuta.krol").await;
    let ended = auditor.get(&api("ledger/events?act=service_account.end")).await.expect(200).json();
    assert_eq!(ended["items"].as_array().map(Vec::len), Some(3));
    // Somebody else takes one over, and it works again, with tokens that are new.
    let owner = json!({ "owner": user(&admin, "piotr.zielinski").await });
    let _ = admin.post(&format!("{suspended}/owner"), &owner).await.expect(200);
    let _ = admin
        .patch(&suspended, version_of(&admin, &suspended).await, &json!({ "active": true }))
        .await
        .expect(200);
    assert_eq!(both(&by_tomasz).await, [401; 2]);
    let [piotr, _] = pair.sign_in("piotr.zielinski").await;
    assert_eq!(both(&robots(&suspended, &piotr).await).await, [200; 2]);
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_factor_is_asked_of_a_program_and_networks_of_its_role_and_token_hold() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let at = place(&account(&admin, "anna.kowalska", 30).await.expect(201));
    let robot = world.client().with_token(&secret(&token(&anna, &at, read(), 1).await.expect(201)));
    let elsewhere = json!({ "label": "Sklep", "scope": read(), "networks": ["192.0.2.0/24"],
        "ends_at": START.plus_s(DAY).rfc3339() });
    let made = anna.post(&format!("{at}/tokens"), &elsewhere).await.expect(201);
    problem(&world.client().with_token(&secret(&made)).get(&api("people")).await, 403);
    let seller = named(&admin, "roles", "seller").await;
    let asked = json!({ "everyone": "none", "roles": { (&seller): "any" }, "grace_days": 0 });
    let _ = require(&admin, 0, &asked).await.expect(200);
    problem(&anna.get(&api("people")).await, 403);
    assert_eq!(people(&robot).await, 200);
    let rules = json!({ "everyone": {}, "roles": { (&seller): { "networks": ["192.0.2.0/24"] } } });
    let put = admin.request(Method::PUT, &api("sessions/rules")).header("if-match", "\"0\"").json(&rules);
    let _ = admin.send(put).await.expect(200);
    assert_eq!(people(&robot).await, 403);
    // So do the hours of its role: it is Monday.
    for (version, day, answer) in [(1, 1, 200), (2, 7, 403)] {
        let hours = json!({ "spans": [{ "days": [day], "from": "00:00", "until": "24:00" }] });
        let rules = json!({ "everyone": {}, "roles": { (&seller): { "hours": hours } } });
        let put = admin.request(Method::PUT, &api("sessions/rules"));
        let put = put.header("if-match", format!("\"{version}\"")).json(&rules);
        let _ = admin.send(put).await.expect(200);
        assert_eq!(people(&robot).await, answer);
    }
}
