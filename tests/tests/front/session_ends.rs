//! Whoever signs in again leaves the session before; users and administrators end sessions, after a new proof.

use super::help::{api, named, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD, World};

const FIVE: i64 = 5 * 60_000;

async fn end(client: &Client, path: &str) -> Answer {
    client.send(client.request(Method::DELETE, &api(path))).await
}

async fn own(client: &Client) -> Vec<Value> {
    let listed = client.get(&api("sessions")).await.expect(200).json();
    listed["items"].as_array().unwrap().clone()
}

/// Asks with a cookie of a session that a browser had once.
async fn with(world: &World, cookie: &str) -> Answer {
    let client = world.client();
    client.send(client.request(Method::GET, &api("me")).header("cookie", cookie)).await
}

async fn sign_in(client: &Client, login: &str) -> String {
    let body = json!({ "login": login, "password": PASSWORD });
    super::factors::given(&client.post(&api("sessions"), &body).await.expect(201), "__Host-klucznik")
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_again_ends_the_session_that_the_browser_was_in() {
    let world = World::new().await;
    let (here, there) = (world.client(), world.client());
    let _ = sign_in(&there, "anna.kowalska").await;
    let first = sign_in(&here, "anna.kowalska").await;
    let _ = with(&world, &first).await.expect(200);
    // A wrong password ends nothing.
    let wrong = json!({ "login": "anna.kowalska", "password": "nie to hasło, wcale nie" });
    problem(&here.post(&api("sessions"), &wrong).await, 401);
    let _ = with(&world, &first).await.expect(200);
    let second = sign_in(&here, "anna.kowalska").await;
    assert_ne!(first, second);
    problem(&with(&world, &first).await, 401);
    assert_eq!(own(&here).await.len(), 2, "this one and the one of another browser");
    let _ = there.get(&api("me")).await.expect(200);
    // Of whomever it was.
    let _ = sign_in(&here, "piotr.zielinski").await;
    problem(&with(&world, &second).await, 401);
    assert_eq!(own(&there).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_sessions_asks_for_a_new_proof_and_signing_out_does_not() {
    let world = World::new().await;
    let (here, there) = (world.sign_in("anna.kowalska").await, world.sign_in("anna.kowalska").await);
    world.clock.advance_ms(FIVE);
    let other = own(&here).await.into_iter().find(|s| s["current"] == false).unwrap();
    let path = format!("sessions/{}", other["id"].as_str().unwrap());
    for path in [path.as_str(), "sessions", "sessions/all"] {
        let refused = problem(&end(&here, path).await, 403);
        assert_eq!(refused["type"], "urn:klucznik:problem:step-up-required", "{path}");
    }
    let _ = there.get(&api("me")).await.expect(200);
    here.step_up(PASSWORD).await;
    let _ = end(&here, &path).await.expect(204);
    problem(&there.get(&api("me")).await, 401);
    world.clock.advance_ms(FIVE);
    let out = end(&here, "sessions/current").await.expect(204);
    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"storage\"");
    problem(&here.get(&api("me")).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_ends_the_sessions_of_everybody() {
    let mut world = World::new().await;
    let (anna, piotr) = (world.sign_in("anna.kowalska").await, world.sign_in("piotr.zielinski").await);
    let scope = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": testkit::START.plus_s(86_400).rfc3339() });
    let made = anna.post(&api("tokens"), &scope).await.expect(201).json();
    let bearer = world.client().with_token(made["token"].as_str().unwrap());
    let (admin, elsewhere) =
        (world.sign_in("robert.szymanski").await, world.sign_in("robert.szymanski").await);
    // Not who has no such right, and no token, whatever its scope.
    problem(&end(&anna, "sessions/all").await, 403);
    let scope = json!({ "label": "t", "scope": { "entities": {}, "things": { "sessions": "manage" } },
        "ends_at": testkit::START.plus_s(86_400).rfc3339() });
    let made = admin.post(&api("tokens"), &scope).await.expect(201).json();
    let strong = world.client().with_token(made["token"].as_str().unwrap());
    problem(&end(&strong, "sessions/all").await, 403);
    let _ = piotr.get(&api("me")).await.expect(200);
    let _ = end(&admin, "sessions/all").await.expect(204);
    for ended in [&anna, &piotr, &elsewhere, &bearer, &strong] {
        problem(&ended.get(&api("me")).await, 401);
    }
    let left = own(&admin).await;
    assert_eq!(left.len(), 1, "the one that asked: {left:?}");
    // It lasts, and all may sign in again.
    world.stop().await;
    world.start().await.unwrap();
    problem(&anna.at(world.address()).get(&api("me")).await, 401);
    let _ = admin.at(world.address()).get(&api("me")).await.expect(200);
    let officer = world.sign_in("danuta.krol").await;
    let told = officer.get(&api("ledger/events?act=session.end&limit=1")).await.expect(200).json();
    let robert = named(&admin.at(world.address()), "users", "robert.szymanski").await;
    assert_eq!(told["items"][0]["user"]["id"], robert, "{told}");
    assert_eq!(told["items"][0]["detail"]["of"], "everybody", "{told}");
}
