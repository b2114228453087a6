//! How long sessions last and from where they and tokens may be used, as administrators decide.

use super::factors::{bare, enrol};
use super::help::{api, issue, named, problem};
use super::passkeys::{add, asked};
use reqwest::Method;
use serde_json::{Value, json};
use server::{Config, ProxyConfig};
use testkit::{Answer, Client, World};

const MINUTE: i64 = 60_000;

async fn rules(client: &Client) -> Value {
    client.get(&api("sessions/rules")).await.expect(200).json()
}

async fn put(client: &Client, version: &Value, rules: &Value) -> Answer {
    let request = client.request(Method::PUT, &api("sessions/rules"));
    client.send(request.header("if-match", format!("\"{version}\"")).json(rules)).await
}

async fn role(admin: &Client, name: &str) -> String {
    let roles = admin.get(&api("roles")).await.expect(200).json();
    let found = roles["items"].as_array().unwrap().iter().find(|r| r["name"] == name).unwrap().clone();
    found["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roles_limits_hold_for_open_sessions_and_none_is_longer_than_the_servers() {
    let mut world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let (idle, used) = (world.sign_in("anna.kowalska").await, world.sign_in("anna.kowalska").await);
    let danuta = world.sign_in("danuta.krol").await;
    let seller = role(&admin, "seller").await;
    let now = rules(&admin).await;
    assert_eq!((&now["version"], &now["roles"]), (&json!(0), &json!({})));
    let tight = json!({ "everyone": { "idle_minutes": 1_440 },
        "roles": { seller: { "idle_minutes": 10, "absolute_minutes": 60 } } });
    problem(&put(&used, &json!(0), &tight).await, 403);
    problem(&put(&admin, &json!(7), &tight).await, 412);
    let kept = put(&admin, &json!(0), &tight).await.expect(200).json();
    assert_eq!(kept["version"], 1);
    let me = used.get(&api("me")).await.expect(200).json();
    assert_eq!(me["session_idle_s"], 600, "{me}");
    assert_eq!(me["session_ends_at"], testkit::START.plus_ms(60 * MINUTE).rfc3339());
    assert_eq!(danuta.get(&api("me")).await.expect(200).json()["session_idle_s"], 1_800);
    world.clock.advance_ms(10 * MINUTE - 1);
    let _ = used.get(&api("me")).await.expect(200);
    world.clock.advance_ms(1);
    problem(&idle.get(&api("me")).await, 401);
    // They outlive a restart.
    world.stop().await;
    world.start().await.unwrap();
    let (used, danuta) = (used.at(world.address()), danuta.at(world.address()));
    for _ in 0..5 {
        let _ = used.get(&api("me")).await.expect(200);
        let _ = danuta.get(&api("me")).await.expect(200);
        world.clock.advance_ms(9 * MINUTE);
    }
    let _ = used.get(&api("me")).await.expect(200);
    world.clock.advance_ms(5 * MINUTE);
    problem(&used.get(&api("me")).await, 401);
    let _ = danuta.get(&api("me")).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn networks_are_held_to_by_sessions_and_tokens_and_nobody_locks_the_door_behind() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let body = |networks: Value| {
        json!({ "label": "t", "scope": { "entities": { "person": ["read"] } }, "networks": networks,
            "ends_at": testkit::START.plus_s(86_400).rfc3339() })
    };
    let token = async |networks: Value| {
        let made = anna.post(&api("tokens"), &body(networks)).await.expect(201).json();
        (world.client().with_token(made["token"].as_str().unwrap()), made["session"].clone())
    };
    let ((free, _), (here, shown), (far, _)) = (
        token(json!([])).await,
        token(json!(["127.0.0.1/8", "::1"])).await,
        token(json!(["198.51.100.0/24"])).await,
    );
    assert_eq!(shown["networks"], json!(["127.0.0.0/8", "::1/128"]));
    issue(&problem(&anna.post(&api("tokens"), &body(json!(["10.0.0.0/33"]))).await, 422), "networks");
    let _ = free.get(&api("people")).await.expect(200);
    let _ = here.get(&api("people")).await.expect(200);
    let refused = problem(&far.get(&api("people")).await, 403);
    assert!(refused["detail"].as_str().unwrap().starts_with("This token is good only"), "{refused}");
    let refused = problem(&free.send(free.request(Method::POST, &api("me/step-up"))).await, 403);
    assert!(refused["detail"].as_str().unwrap().contains("with a token"), "{refused}");
    // What a client says of where it comes from counts for nothing.
    let request = far.request(Method::GET, &api("people")).header("x-forwarded-for", "198.51.100.7");
    problem(&far.send(request).await, 403);

    let seller = role(&admin, "seller").await;
    let nowhere = json!({ "idle_minutes": null, "networks": ["198.51.100.0/24"] });
    let shut = json!({ "everyone": nowhere, "roles": {} });
    problem(&put(&admin, &json!(0), &shut).await, 409);
    let wrong = json!({ "everyone": { "idle_minutes": 4 }, "roles": {} });
    issue(&problem(&put(&admin, &json!(0), &wrong).await, 422), "everyone.idle_minutes");
    let unknown = json!({ "everyone": {}, "roles": { "0190a6c2-7b1e-7c3d-8e4f-0123456789ab": nowhere } });
    issue(&problem(&put(&admin, &json!(0), &unknown).await, 422), "roles");
    let _ =
        put(&admin, &json!(0), &json!({ "everyone": {}, "roles": { seller: nowhere } })).await.expect(200);
    for client in [&anna, &free, &here] {
        problem(&client.get(&api("people")).await, 403);
        problem(&client.get(&api("stream")).await, 403);
    }
    let refused = anna.get(&api("me")).await;
    assert!(problem(&refused, 403)["detail"].as_str().unwrap().contains("network"), "{}", refused.text);
    let _ = admin.get(&api("people")).await;
    let _ = admin.get(&api("me")).await.expect(200);
    let id = named(&admin, "users", "anna.kowalska").await;
    let events = world.sign_in("danuta.krol").await.get(&api(&format!("users/{id}/events"))).await.json();
    let refusals =
        events["items"].as_array().unwrap().iter().filter(|e| e["act"] == "access.refused").count();
    assert!(refusals >= 6, "each try is written down: {events}");
    let newest = events["items"].as_array().unwrap().iter().find(|e| e["act"] == "access.refused").unwrap();
    assert_eq!(newest["detail"]["reason"], "network", "{newest}");
    let from = newest["detail"]["network"].as_str().unwrap();
    assert!(from.parse::<std::net::IpAddr>().unwrap().is_loopback(), "with where it came from: {newest}");
    assert!(newest["detail"]["client"].is_string(), "{newest}");
    // The way out is open.
    let _ = anna.send(anna.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    problem(&anna.get(&api("me")).await, 401);
}

/// A request as a proxy hands it over that was asked from an address.
async fn from(client: &Client, address: &str, method: Method, path: &str, body: &Value) -> Answer {
    let request = client.request(method, &api(path)).header("x-forwarded-for", address);
    client.send(request.header("if-match", "\"0\"").json(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machine_lets_administrators_in_whom_their_networks_keep_out() {
    let trusted = vec!["127.0.0.1/32".parse().unwrap()];
    let world = World::with(Config { proxy: ProxyConfig { trusted }, ..testkit::config() }).await;
    let admin = world.sign_in("robert.szymanski").await;
    let administrators = role(&admin, "administrator").await;
    let engine = world.app().engine();
    assert!(!engine.operator_clear_networks().await.unwrap(), "nothing was restricted");
    let tight = json!({ "everyone": { "idle_minutes": 20 },
        "roles": { administrators: { "networks": ["198.51.100.7"] } } });
    let (home, moved) = ("198.51.100.7", "198.51.100.8");
    let _ = from(&admin, home, Method::PUT, "sessions/rules", &tight).await.expect(200);
    // Another address of the administrator's, and nobody is left to change anything.
    let ask = async |path: &str| from(&admin, moved, Method::GET, path, &json!({})).await;
    let refused = problem(&ask("sessions/rules").await, 403);
    assert!(refused["detail"].as_str().unwrap().contains("klucznik user networks clear"), "{refused}");
    assert!(engine.operator_clear_networks().await.unwrap());
    let left = ask("sessions/rules").await.expect(200).json();
    assert_eq!((&left["everyone"]["idle_minutes"], &left["roles"]), (&json!(20), &json!({})), "{left}");
    assert_eq!(ask("notices").await.json()["items"][0]["code"], "networks-cleared");
    let events = ask("ledger/events?act=session.rules").await.expect(200).json();
    assert_eq!(events["items"][0]["who"], "operator", "{events}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_work_from_there_hears_it_when_signing_in() {
    let trusted = vec!["127.0.0.1/32".parse().unwrap()];
    let world = World::with(Config { proxy: ProxyConfig { trusted }, ..testkit::config() }).await;
    let admin = world.sign_in("robert.szymanski").await;
    let phone = enrol(&world.sign_in("anna.kowalska").await, testkit::START.0).await;
    let seller = role(&admin, "seller").await;
    let office = json!({ "everyone": {}, "roles": { seller: { "networks": ["198.51.100.0/24"] } } });
    let _ = put(&admin, &json!(0), &office).await.expect(200);
    world.clock.advance_ms(60_000);
    let right = |login: &str| json!({ "login": login, "password": testkit::PASSWORD });
    let (away, office) = ("203.0.113.5", "198.51.100.7");
    for login in ["piotr.zielinski", "anna.kowalska"] {
        let client = world.client();
        let refused = from(&client, away, Method::POST, "sessions", &right(login)).await;
        let text = problem(&refused, 403)["detail"].as_str().unwrap().to_owned();
        assert!(text.contains(away) && refused.headers.get("set-cookie").is_none(), "{text}");
        // Nothing is told to whoever does not know the password.
        let wrong = json!({ "login": login, "password": "nie-to-haslo-wcale" });
        problem(&from(&client, away, Method::POST, "sessions", &wrong).await, 401);
    }
    // What was begun in the office is not finished elsewhere.
    let anna = world.client();
    let _ = from(&anna, office, Method::POST, "sessions", &right("anna.kowalska")).await.expect(202);
    let code = json!({ "totp": phone.code(testkit::START.0 + 60_000) });
    problem(&from(&anna, away, Method::POST, "sessions/factor", &code).await, 403);
    let _ = from(&anna, office, Method::POST, "sessions/factor", &code).await.expect(201);
    let events = admin.get(&api("ledger/events?act=login.refused")).await.expect(200).json();
    let reasons: Vec<_> =
        events["items"].as_array().unwrap().iter().map(|e| &e["detail"]["reason"]).collect();
    assert_eq!(reasons.iter().filter(|reason| **reason == "network").count(), 3, "{events}");
}

/// A passkey's answer is good once, wherever it came from: what was refused for the network is not taken later from
/// where its user may be.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_passkey_answered_elsewhere_is_used_up() {
    let trusted = vec!["127.0.0.1/32".parse().unwrap()];
    let world = World::with(Config { proxy: ProxyConfig { trusted }, ..testkit::config() }).await;
    let admin = world.sign_in("robert.szymanski").await;
    let mut passkey = add(&world.sign_in("anna.kowalska").await, 1).await;
    let seller = role(&admin, "seller").await;
    let rules = json!({ "everyone": {}, "roles": { seller: { "networks": ["198.51.100.0/24"] } } });
    let _ = put(&admin, &json!(0), &rules).await.expect(200);
    let (away, office) = ("203.0.113.5", "198.51.100.7");
    let right = json!({ "login": "anna.kowalska", "password": testkit::PASSWORD });
    for alone in [true, false] {
        let client = world.client();
        let options = if alone {
            asked(bare(&client, Method::POST, "sessions/passkey").await, 200).await
        } else {
            asked(from(&client, office, Method::POST, "sessions", &right).await, 202).await
        };
        let answer = json!({ "passkey": passkey.show(&options) });
        problem(&from(&client, away, Method::POST, "sessions/factor", &answer).await, 403);
        problem(&from(&client, office, Method::POST, "sessions/factor", &answer).await, 401);
    }
    let client = world.client();
    let options = asked(bare(&client, Method::POST, "sessions/passkey").await, 200).await;
    let answer = json!({ "passkey": passkey.show(&options) });
    let _ = from(&client, office, Method::POST, "sessions/factor", &answer).await.expect(201);
}
