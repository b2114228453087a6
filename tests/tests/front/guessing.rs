//! Guessing passwords from everywhere: what it costs those who do, and that it keeps no owner out.

use super::help::{api, named, problem};
use super::servers::Pair;
use reqwest::Method;
use serde_json::{Value, json};
use server::{Config, ProxyConfig};
use testkit::{Answer, Client, PASSWORD, World, config};

/// Settings with the test itself as the proxy in front.
pub fn behind_proxy() -> Config {
    Config { proxy: ProxyConfig { trusted: vec!["127.0.0.1/32".parse().unwrap()] }, ..config() }
}

/// An attempt to sign in; `forwarded` is what a proxy would say.
pub async fn attempt(client: &Client, forwarded: &str, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    let request = client.request(Method::POST, &api("sessions")).header("x-forwarded-for", forwarded);
    client.send(request.json(&body)).await
}

/// An address of its own for each number.
pub fn address(n: u32) -> String {
    std::net::Ipv4Addr::from(0x2000_0000 + (n << 8)).to_string()
}

/// A browser in which somebody signed in and out again.
pub async fn known(world: &World, login: &str) -> Client {
    let client = world.sign_in(login).await;
    let out = client.send(client.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"storage\"", "the browser stays known");
    client
}

fn cookie<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let all = answer.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
    all.filter_map(|v| v.split_once('=')).find(|(n, _)| *n == name).map(|(_, rest)| rest)
}

/// So many guesses at Marta's password, each from an address of its own, in ten minutes of the world's clock. She signs in
/// in each of them, in her browser and in no other. Gives how many were looked at.
pub async fn storm(world: &World, owner: &Client, guesses: u32) -> u32 {
    let (mut looked_at, mut refused) = (0, 0);
    for round in 0..10 {
        let tasks: Vec<_> = (0..8)
            .map(|task| {
                let client = world.client();
                tokio::spawn(async move {
                    let mut statuses = Vec::new();
                    for n in 0..guesses / 80 {
                        let from = address(round * guesses / 10 + task * guesses / 80 + n);
                        let guess = format!("hasło nr {n}");
                        statuses.push(attempt(&client, &from, "marta.nowak", &guess).await.status.as_u16());
                    }
                    statuses
                })
            })
            .collect();
        for task in tasks {
            for status in task.await.unwrap() {
                match status {
                    401 => looked_at += 1,
                    429 => refused += 1,
                    other => panic!("{other}"),
                }
            }
        }
        let fresh = attempt(&world.client(), &address(u32::from(u16::MAX)), "marta.nowak", PASSWORD).await;
        problem(&fresh, 429);
        let _ = attempt(owner, &address(7), "marta.nowak", PASSWORD).await.expect(201);
        world.clock.advance_ms(60_000);
    }
    assert_eq!(looked_at + refused, guesses);
    looked_at
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_guesses_from_everywhere_do_not_stop_the_owner_in_a_known_browser() {
    let world = World::with(behind_proxy()).await;
    let owner = known(&world, "marta.nowak").await;
    let looked_at = storm(&world, &owner, 10_000).await;
    assert!(looked_at <= 12, "as many as the delays allow in ten minutes: {looked_at}");

    // She sees it, with where and when; a day later all is as it was.
    let notices = owner.get(&api("notices")).await.expect(200).json();
    let notice = &notices["items"][0];
    assert_eq!(notice["code"], "login-locked");
    let body = notice["body"].as_str().unwrap();
    assert!(body.contains(" from 32.") && body.contains("23 Nov 2026, 09:0"), "{body}");
    world.clock.advance_ms(25 * 3_600_000);
    let _ = attempt(&world.client(), &address(1), "marta.nowak", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_chooses_the_address_that_counts() {
    // Without a proxy that is trusted the header is nothing.
    let world = World::new().await;
    let client = world.client();
    for n in 0..20 {
        problem(&attempt(&client, &address(n), &format!("nikt.{n}"), "x").await, 401);
    }
    problem(&attempt(&client, &address(20), "anna.kowalska", PASSWORD).await, 429);
    world.clock.advance_ms(1_000);
    let _ = attempt(&client, "203.0.113.9", "anna.kowalska", PASSWORD).await.expect(201);
    let network = |list: &Value| list["items"][0]["network"].as_str().unwrap().to_owned();
    assert_eq!(network(&client.get(&api("sessions")).await.expect(200).json()), "127.0.0.1");

    // With one, what the client wrote to the left of it is nothing either.
    let world = World::with(behind_proxy()).await;
    let client = world.client();
    for n in 0..20 {
        let forwarded = format!("{}, 198.51.100.7", address(n));
        problem(&attempt(&client, &forwarded, &format!("nikt.{n}"), "x").await, 401);
    }
    problem(&attempt(&client, "192.0.2.5, 198.51.100.8", "anna.kowalska", PASSWORD).await, 429);
    problem(&attempt(&client, "192.0.2.5", "anna.kowalska", "x").await, 401);
    let _ = attempt(&client, "198.51.100.8, 192.0.2.5", "anna.kowalska", PASSWORD).await.expect(201);
    assert_eq!(network(&client.get(&api("sessions")).await.expect(200).json()), "192.0.2.5");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_of_many_lines_counts_as_a_whole() {
    let world = World::with(behind_proxy()).await;
    let client = world.client();
    for n in 0..60 {
        let from = format!("2001:db8:1:{n:x}::1");
        problem(&attempt(&client, &from, &format!("nikt.{n}"), "x").await, 401);
    }
    problem(&attempt(&client, "2001:db8:1:ffff::1", "anna.kowalska", PASSWORD).await, 429);
    let _ = attempt(&client, "2001:db8:2::1", "anna.kowalska", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_strangers_together_have_a_limit_that_no_known_browser_feels() {
    let world = World::with(Config { login_rate_all: 20, ..behind_proxy() }).await;
    let owner = known(&world, "anna.kowalska").await;
    let mut refused = 0;
    for n in 0..40 {
        let answer = attempt(&world.client(), &address(n), &format!("nikt.{n}"), "x").await;
        refused += usize::from(answer.status == 429);
    }
    assert!(refused >= 10, "{refused}");
    for _ in 0..5 {
        let _ = attempt(&owner, "203.0.113.9", "anna.kowalska", PASSWORD).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_stays_known_until_its_user_says_otherwise() {
    let world = World::new().await;
    let client = world.client();
    let answer =
        client.post(&api("sessions"), &json!({ "login": "anna.kowalska", "password": PASSWORD })).await;
    let (name, rest) = ("__Host-klucznik-browser", "Max-Age=15552000");
    let set = cookie(&answer, name).expect("a cookie").to_owned();
    let (token, attributes) = set.split_once("; ").unwrap();
    assert_eq!(attributes, format!("Path=/; Secure; HttpOnly; SameSite=Strict; {rest}"));
    assert!(!answer.text.contains(token));
    for wrong in ["anna", "kowalska"] {
        assert!(!token.contains(wrong));
    }
    // The name's own budget is used up.
    let strangers = world.client();
    for _ in 0..3 {
        problem(&attempt(&strangers, "", "anna.kowalska", "x").await, 401);
    }
    let with = async |token: &str, login: &str| {
        let body = json!({ "login": login, "password": PASSWORD });
        let client = world.client();
        let request =
            client.request(Method::POST, &api("sessions")).header("cookie", format!("{name}={token}"));
        client.send(request.json(&body)).await.status.as_u16()
    };
    assert_eq!(with("", "anna.kowalska").await, 429);
    assert_eq!(with(&token[1..], "anna.kowalska").await, 429);
    assert_eq!(with(token, "anna.kowalska").await, 201);
    let _ = attempt(&strangers, "", "piotr.zielinski", "x").await.expect(401);
    for _ in 0..2 {
        problem(&attempt(&strangers, "", "piotr.zielinski", "x").await, 401);
    }
    assert_eq!(with(token, "piotr.zielinski").await, 429, "another's is none");

    // The end of the other sessions, and of all, forgets the others; so does a new password.
    let ended = client.send(client.request(Method::DELETE, &api("sessions"))).await.expect(204);
    assert_eq!(with(token, "anna.kowalska").await, 429);
    let second = cookie(&ended, name).unwrap().split_once(';').unwrap().0.to_owned();
    assert_eq!(with(&second, "anna.kowalska").await, 201);
    world.clock.advance_ms(60_000);
    let new = "czerwony-latawiec-nad-polem";
    let body = json!({ "current": PASSWORD, "new": new });
    let changed = client.put(&api("me/password"), &body).await.expect(204);
    let third = cookie(&changed, name).unwrap().split_once(';').unwrap().0.to_owned();
    let back = json!({ "current": new, "new": PASSWORD });
    world.clock.advance_ms(1_000);
    let changed = client.put(&api("me/password"), &back).await.expect(204);
    let fourth = cookie(&changed, name).unwrap().split_once(';').unwrap().0.to_owned();
    for _ in 0..4 {
        let _ = attempt(&strangers, "", "anna.kowalska", "x").await;
    }
    for old in [&second, &third] {
        assert_eq!(with(old, "anna.kowalska").await, 429);
    }
    assert_eq!(with(&fourth, "anna.kowalska").await, 201);
    let admin = world.sign_in("robert.szymanski").await;
    let id = named(&admin, "users", "anna.kowalska").await;
    let at = api(&format!("users/{id}/sessions"));
    let _ = admin.send(admin.request(Method::DELETE, &at)).await.expect(204);
    assert_eq!(with(&fourth, "anna.kowalska").await, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_of_one_database_count_a_name_together_and_know_each_others_browsers() {
    let pair = Pair::new().await;
    let owner = known(&pair.a, "anna.kowalska").await;
    let (here, there) = (pair.a.client(), pair.a.client().at(pair.b.address()));
    for client in [&here, &there, &here] {
        problem(&attempt(client, "", "anna.kowalska", "x").await, 401);
    }
    for client in [&there, &here] {
        problem(&attempt(client, "", "anna.kowalska", PASSWORD).await, 429);
    }
    let _ = attempt(&owner.at(pair.b.address()), "", "anna.kowalska", PASSWORD).await.expect(201);
    let ended = owner.send(owner.request(Method::DELETE, &api("sessions"))).await.expect(204);
    assert!(cookie(&ended, "__Host-klucznik-browser").is_some());
    let old = pair.a.sign_in("piotr.zielinski").await;
    let admin = pair.a.sign_in("robert.szymanski").await;
    let id = named(&admin, "users", "piotr.zielinski").await;
    let at = api(&format!("users/{id}/sessions"));
    let _ = admin.send(admin.request(Method::DELETE, &at)).await.expect(204);
    for _ in 0..3 {
        problem(&attempt(&there, "", "piotr.zielinski", "x").await, 401);
    }
    let forgotten = attempt(&old.at(pair.b.address()), "", "piotr.zielinski", PASSWORD).await;
    problem(&forgotten, 429);
    pair.stop().await;
}
