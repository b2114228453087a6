//! A session is bound to the browser that it began in: who takes its cookie elsewhere is asked first.

use super::factors::{enrol, given};
use super::help::{api, problem};
use super::servers::Pair;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD, START, World};

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0";
const UPDATED: &str = "Mozilla/5.0 (Windows NT 11.0; Win64; x64; rv:151.0) Gecko/20100101 Firefox/151.0";
const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const CURL: &str = "curl/8.14.1";

async fn send(client: &Client, agent: &str, method: Method, path: &str, body: &Value) -> Answer {
    let request = client.request(method, &api(path)).header("user-agent", agent);
    client.send(if body.is_null() { request } else { request.json(body) }).await
}

async fn get(client: &Client, agent: &str, path: &str) -> Answer {
    send(client, agent, Method::GET, path, &Value::Null).await
}

async fn enter(client: &Client, login: &str, agent: &str) -> Answer {
    let body = json!({ "login": login, "password": PASSWORD });
    send(client, agent, Method::POST, "sessions", &body).await.expect(201)
}

async fn confirm(client: &Client, agent: &str, proof: &Value) -> Answer {
    let _ = send(client, agent, Method::POST, "me/step-up", &Value::Null).await.expect(200);
    send(client, agent, Method::POST, "me/step-up/finish", proof).await
}

fn asked(answer: &Answer) -> Value {
    let refused = problem(answer, 403);
    assert_eq!(refused["type"], "urn:klucznik:problem:step-up-required", "{refused}");
    refused
}

async fn told(client: &Client, agent: &str) -> usize {
    let notices = get(client, agent, "notices").await.expect(200).json();
    notices["items"].as_array().unwrap().iter().filter(|n| n["code"] == "session-other-browser").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_browser_is_asked_before_anything_else_and_an_update_is_none() {
    let mut world = World::new().await;
    let anna = world.client();
    let _ = enter(&anna, "anna.kowalska", FIREFOX).await;
    for _ in 0..2 {
        let both =
            tokio::join!(get(&anna, FIREFOX, "me"), get(&anna, UPDATED, "me"), get(&anna, UPDATED, "people"));
        assert_eq!([both.0.status, both.1.status, both.2.status].map(|s| s.as_u16()), [200; 3]);
    }
    assert_eq!(told(&anna, FIREFOX).await, 0);
    // All that there is, but for the way in and the way out.
    let id = "0190a6c2-7b1e-7c3d-8e4f-0123456789ab";
    let open = [
        "/sessions",
        "/sign-in",
        "/sessions/factor",
        "/sessions/passkey",
        "/reports/csp",
        "/password-resets",
        "/sign-on",
        "/sign-on/finish",
    ];
    let mut refused = 0;
    for route in include_str!("../../../crates/server/src/openapi/routes.txt").lines() {
        let (method, path) = route.split_once(' ').unwrap();
        let Some(path) = path.strip_prefix("/api/v1/") else { continue };
        let unasked = open.contains(&format!("/{path}").as_str())
            && route != "GET /api/v1/sessions"
            && route != "DELETE /api/v1/sessions";
        if unasked
            || path.starts_with("links/")
            || path.starts_with("me/step-up")
            || path.starts_with("sign-on/back-channel/")
            || path.starts_with("sign-on/front-channel/")
            || path == "sessions/current"
        {
            continue;
        }
        let mut path = path.replace("{entities}", "people").replace("{entity}", "person");
        for name in ["{id}", "{session}", "{token}", "{account}"] {
            path = path.replace(name, id);
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let by = asked(&send(&anna, CHROME, method, &path, &Value::Null).await);
        assert_eq!(by["factors"], json!(["password"]));
        refused += 1;
    }
    assert!(refused > 80, "{refused}");
    // The browser that it began in goes on, and its user was told once; of each other browser.
    assert_eq!(told(&anna, FIREFOX).await, 1);
    asked(&get(&anna, CURL, "me").await);
    assert_eq!(told(&anna, UPDATED).await, 2);
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=session.other_browser")).await.expect(200).json();
    let events = events["items"].as_array().unwrap().clone();
    assert_eq!((events.len(), &events[0]["outcome"]), (2, &json!("refused")));
    assert_eq!(events[1]["detail"]["client"], CHROME);
    // It outlives a restart.
    world.stop().await;
    world.start().await.unwrap();
    let anna = anna.at(world.address());
    asked(&get(&anna, CHROME, "me").await);
    let _ = get(&anna, FIREFOX, "me").await.expect(200);
    // Signing out is open: it gives nothing.
    let _ = send(&anna, CHROME, Method::DELETE, "sessions/current", &Value::Null).await.expect(204);
    problem(&get(&anna, FIREFOX, "me").await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_confirms_goes_on_there_and_a_stolen_cookie_does_not() {
    let world = World::new().await;
    let anna = world.client();
    let old = given(&enter(&anna, "anna.kowalska", FIREFOX).await, "__Host-klucznik");
    asked(&get(&anna, CHROME, "people").await);
    problem(&confirm(&anna, CHROME, &json!({ "password": "nie-to-hasło-na-pewno" })).await, 401);
    asked(&get(&anna, CHROME, "people").await);
    world.clock.advance_ms(2_000);
    let done = confirm(&anna, CHROME, &json!({ "password": PASSWORD })).await.expect(200);
    assert_ne!(given(&done, "__Host-klucznik"), old);
    let _ = get(&anna, CHROME, "people").await.expect(200);
    // It is in that browser now; the one before is asked in its turn.
    asked(&get(&anna, FIREFOX, "people").await);
    // Where there is a factor, the password that was stolen with the cookie is not enough.
    let piotr = world.sign_in("piotr.zielinski").await;
    let his = enrol(&piotr, kernel::Clock::now(&*world.clock).0).await;
    let by = asked(&get(&piotr, CHROME, "people").await);
    assert_eq!(by["factors"], json!(["totp"]));
    problem(&confirm(&piotr, CHROME, &json!({ "password": PASSWORD })).await, 401);
    asked(&get(&piotr, CHROME, "people").await);
    world.clock.advance_ms(60_000);
    let code = json!({ "totp": his.code(kernel::Clock::now(&*world.clock).0) });
    let _ = confirm(&piotr, CHROME, &code).await.expect(200);
    let _ = get(&piotr, CHROME, "people").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_elsewhere_is_no_use_and_tokens_are_bound_to_no_browser() {
    let mut config = testkit::config();
    config.proxy.trusted = vec!["127.0.0.0/8".parse().unwrap()];
    let world = World::with(config).await;
    let anna = world.client();
    let _ = enter(&anna, "anna.kowalska", FIREFOX).await;
    let body = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": START.plus_s(86_400).rfc3339() });
    let made = send(&anna, FIREFOX, Method::POST, "tokens", &body).await.expect(201).json();
    let token = world.client().with_token(made["token"].as_str().unwrap());
    for agent in [FIREFOX, CHROME, CURL] {
        let _ = get(&token, agent, "people").await.expect(200);
    }
    // A telephone on its way: other addresses, the same browser.
    for n in 1..6 {
        let request = anna.request(Method::GET, &api("me")).header("user-agent", FIREFOX);
        let _ = anna.send(request.header("x-forwarded-for", format!("198.51.{n}.7"))).await.expect(200);
    }
    world.clock.advance_ms(29 * 60_000);
    asked(&get(&anna, CHROME, "me").await);
    // Neither is beginning to confirm, and failing to.
    let wrong = json!({ "password": "nie to hasło wcale" });
    problem(&confirm(&anna, CHROME, &wrong).await, 401);
    world.clock.advance_ms(60_000);
    problem(&get(&anna, FIREFOX, "me").await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_knows_the_browser() {
    let pair = Pair::new().await;
    let anna = pair.a.client();
    let _ = enter(&anna, "anna.kowalska", FIREFOX).await;
    let other = anna.at(pair.b.address());
    asked(&get(&other, CHROME, "me").await);
    let _ = get(&other, FIREFOX, "me").await.expect(200);
    let _ = confirm(&other, CHROME, &json!({ "password": PASSWORD })).await.expect(200);
    for client in [&anna, &other] {
        let _ = get(client, CHROME, "me").await.expect(200);
        asked(&get(client, FIREFOX, "me").await);
    }
    pair.stop().await;
}
