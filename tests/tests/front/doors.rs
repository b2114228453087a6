//! The doors of signing in, with the rates of a real server: strangers who shut them keep nobody out of a known browser.

use super::factors::bare;
use super::guessing::{address, attempt, behind_proxy, known, storm};
use super::help::{api, problem};
use super::passkeys::{add, alone, show};
use super::sign_on::{Place, login};
use reqwest::Method;
use serde_json::{Value, json};
use server::Config;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use testkit::{Answer, Client, PASSWORD, World, config};
use tokio::task::JoinSet;

/// With the rates of a server whose settings say nothing of them.
fn real(config: Config) -> Config {
    let Config { login_rate, login_rate_all, .. } = Config::default();
    assert!(login_rate <= 100 && login_rate_all <= 1_000, "rates that can be reached");
    Config { login_rate, login_rate_all, ..config }
}

async fn knock(client: &Client, door: &str, body: &Value, from: &str) -> Answer {
    let request = client.request(Method::POST, &api(door)).header("x-forwarded-for", from);
    client.send(request.json(body)).await
}

/// Whether it was the door that refused, and not the lock of a name.
fn is_shut(answer: &Answer) -> bool {
    answer.status == 429 && answer.text.contains("Too many requests in a short time")
}

/// Strangers who knock from a new address each time, until it is dropped.
struct Strangers {
    tasks: JoinSet<()>,
}

impl Strangers {
    /// Begins, and waits until nobody is let in any more.
    async fn at(world: &World, doors: &[(&'static str, Value)]) -> Self {
        let numbers = Arc::new(AtomicU32::new(1));
        let mut tasks = JoinSet::new();
        let mut shut = Vec::new();
        for (door, body) in doors {
            for _ in 0..4 {
                let (client, numbers, body, door) = (world.client(), numbers.clone(), body.clone(), *door);
                let refused = Arc::new(AtomicBool::new(false));
                shut.push(refused.clone());
                tasks.spawn(async move {
                    loop {
                        let from = address(numbers.fetch_add(1, Ordering::Relaxed));
                        if is_shut(&knock(&client, door, &body, &from).await) {
                            refused.store(true, Ordering::Relaxed);
                        }
                    }
                });
            }
        }
        while !shut.iter().all(|refused| refused.load(Ordering::Relaxed)) {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        Self { tasks }
    }

    async fn go(mut self) {
        self.tasks.shutdown().await;
    }
}

async fn leave(client: &Client) {
    let _ = bare(client, Method::DELETE, "sessions/current").await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_who_shut_the_doors_keep_no_known_browser_from_passkeys_and_providers() {
    let place = Place::of(real(behind_proxy()), |_| ()).await;
    place.link("piotr.zielinski", "firma", "pracownik-7").await;
    let world = &place.world;
    let (anna, piotr) = (world.sign_in("anna.kowalska").await, known(world, "piotr.zielinski").await);
    let mut passkey = add(&anna, 1).await;
    leave(&anna).await;
    // One whose browsers were all forgotten, and one with a token that nobody gave.
    let (forgotten, forger) = (known(world, "marta.nowak").await, world.client());
    let marta = world.sign_in("marta.nowak").await;
    let _ = bare(&marta, Method::DELETE, "sessions").await.expect(204);

    let nothing = json!({});
    let provider = json!({ "provider": "firma" });
    let doors = [("sessions/passkey", nothing.clone()), ("sign-on", provider.clone())];
    let strangers = Strangers::at(world, &doors).await;
    for (door, body) in &doors {
        let mut refused = 0;
        for n in 0..10 {
            let from = address(0x1000 + n);
            refused += u32::from(is_shut(&knock(&world.client(), door, body, &from).await));
            refused += u32::from(is_shut(&knock(&forgotten, door, body, &from).await));
            let request = forger.request(Method::POST, &api(door)).header("x-forwarded-for", &from);
            let request = request.header("cookie", format!("__Host-klucznik-browser={}", "A".repeat(240)));
            refused += u32::from(is_shut(&forger.send(request.json(body)).await));
        }
        // The few that are let in again each second are whose turn it is.
        assert!(refused >= 24, "{door}: shut to whoever is not known: {refused} of 30");
    }
    for _ in 0..5 {
        let options = alone(&anna).await;
        let _ = show(&anna, &mut passkey, &options).await.expect(201);
        assert_eq!(login(&anna).await.as_deref(), Some("anna.kowalska"));
        leave(&anna).await;
        let _ = place.comes_back(&piotr).await.expect(201);
        assert_eq!(login(&piotr).await.as_deref(), Some("piotr.zielinski"));
        leave(&piotr).await;
    }
    strangers.go().await;
    // A known browser has a limit as well, of its own: it takes nothing from others.
    let mut answers = Vec::new();
    for _ in 0..60 {
        answers.push(is_shut(&knock(&anna, "sessions/passkey", &nothing, "192.0.2.9").await));
    }
    assert!(answers.contains(&true), "{answers:?}");
    let _ = place.comes_back(&piotr).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_after_the_password_is_no_further_knock_and_a_code_is() {
    let world = World::with(real(behind_proxy())).await;
    let anna = world.sign_in("anna.kowalska").await;
    let mut passkey = add(&anna, 1).await;
    // The door of passwords is shut, and she is in a browser that nobody knows.
    let stranger = world.client();
    let begun = attempt(&stranger, "198.51.100.4", "anna.kowalska", PASSWORD).await.expect(202).json();
    let guesses = json!({ "login": "nikt.taki", "password": "złe" });
    let strangers = Strangers::at(&world, &[("sessions", guesses)]).await;
    let mut refused = 0;
    for _ in 0..10 {
        let request = stranger.request(Method::POST, &api("sessions/factor"));
        let request = request.header("x-forwarded-for", "198.51.100.4").json(&json!({ "totp": "000000" }));
        refused += u32::from(is_shut(&stranger.send(request).await));
    }
    assert!(refused >= 8, "codes are guesses: {refused}");
    let _ = show(&stranger, &mut passkey, &begun["passkey"]).await.expect(201);
    strangers.go().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_behind_one_address_signs_in_by_passkeys_as_often_as_by_passwords() {
    let world = World::with(real(config())).await;
    let anna = world.sign_in("anna.kowalska").await;
    let mut passkey = add(&anna, 1).await;
    for n in 0..25 {
        let colleague = world.client();
        let options = alone(&colleague).await;
        let answer = show(&colleague, &mut passkey, &options).await;
        assert_eq!(answer.status, 201, "sign-in {n}: {}", answer.text);
        leave(&colleague).await;
    }
    // And whoever answers without having been asked knocks.
    let mut answers = Vec::new();
    for _ in 0..40 {
        let stranger = world.client();
        let request = stranger.request(Method::POST, &api("sessions/factor"));
        let answer = stranger.send(request.json(&json!({ "passkey": { "id": "x" } }))).await;
        answers.push(answer.status.as_u16());
    }
    assert!(answers.contains(&429), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_from_everywhere_at_the_rates_of_a_real_server_do_not_stop_the_owner() {
    let world = World::with(real(behind_proxy())).await;
    let owner = known(&world, "marta.nowak").await;
    let looked_at = storm(&world, &owner, 2_000).await;
    assert!(looked_at <= 12, "as many as the delays allow in ten minutes: {looked_at}");
    problem(&attempt(&world.client(), &address(u32::from(u16::MAX)), "marta.nowak", PASSWORD).await, 429);
    let _ = attempt(&owner, &address(7), "marta.nowak", PASSWORD).await.expect(201);
}
