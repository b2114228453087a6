//! Passkeys: signing in with them after the password and in place of it, and attacks on that.

use super::authenticator::{PRESENT, Passkey};
use super::factors::{bare, enrol, finish, given, password, require};
use super::help::{api, issue, named, problem};
use http::header::SET_COOKIE;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

fn now(world: &World) -> i64 {
    kernel::Clock::now(&*world.clock).0
}

/// Where the client's browser is.
fn origin(client: &Client) -> String {
    let url = client.request(Method::GET, "/").build().unwrap().url().clone();
    url.origin().ascii_serialization()
}

pub async fn wanted(client: &Client) -> Value {
    bare(client, Method::POST, "me/factors/passkey").await.expect(200).json()["passkey"].take()
}

/// Adds a passkey under this name.
pub async fn offer_as(client: &Client, name: &str, options: &Value) -> Answer {
    let passkey = Passkey::new(options, &origin(client), 1).register(options);
    client.post(&api("me/factors"), &json!({ "name": name, "passkey": passkey })).await
}

async fn offer(client: &Client, passkey: &Passkey, options: &Value) -> Answer {
    let body = json!({ "name": "laptop", "passkey": passkey.register(options) });
    client.post(&api("me/factors"), &body).await
}

/// Adds a passkey to the caller's account.
pub async fn add(client: &Client, id: u8) -> Passkey {
    let options = wanted(client).await;
    let passkey = Passkey::new(&options, &origin(client), id);
    let made = offer(client, &passkey, &options).await.expect(201).json();
    assert_eq!((&made["kind"], &made["name"]), (&json!("passkey"), &json!("laptop")));
    passkey
}

pub async fn asked(answer: Answer, status: u16) -> Value {
    let mut body = answer.expect(status).json();
    body["passkey"].take()
}

pub async fn alone(client: &Client) -> Value {
    asked(bare(client, Method::POST, "sessions/passkey").await, 200).await
}

pub async fn show(client: &Client, passkey: &mut Passkey, options: &Value) -> Answer {
    finish(client, &json!({ "passkey": passkey.show(options) })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_signs_in_after_the_password_and_in_place_of_it() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let options = wanted(&anna).await;
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!(options["user"]["name"], "anna.kowalska");
    let selection = &options["authenticatorSelection"];
    assert_eq!(
        (&selection["userVerification"], &selection["residentKey"]),
        (&json!("required"), &json!("required"))
    );
    let mut passkey = add(&anna, 1).await;
    let me = anna.get(&api("me")).await.expect(200).json();
    assert_eq!(me["factors"]["kinds"], json!({ "passkey": 1, "totp": 0, "recovery": 0 }));
    // After the password: only hers are asked for.
    let client = world.client();
    let options = asked(password(&client, "anna.kowalska").await, 202).await;
    assert_eq!(options["userVerification"], "required");
    assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 1);
    let done = show(&client, &mut passkey, &options).await.expect(201);
    assert_eq!(done.json()["user"], me["user"]["id"]);
    let _ = client.get(&api("people")).await.expect(200);
    // In place of the password: nobody is named.
    let client = world.client();
    let options = alone(&client).await;
    assert_eq!(options["allowCredentials"], json!([]));
    let done = show(&client, &mut passkey, &options).await.expect(201);
    assert_eq!(done.json()["user"], me["user"]["id"]);
    assert_eq!(given(&done, "__Host-klucznik-pending"), "__Host-klucznik-pending=");
    let items = client.get(&api("me/factors")).await.expect(200).json();
    assert!(items["items"][0]["used_at"].is_string(), "{items}");
    let events = anna.get(&api("me/events?limit=200")).await.expect(200).text;
    assert!(events.contains("factor.add"));
    // And it does not, once its user is suspended.
    let admin = world.sign_in("robert.szymanski").await;
    let at = api(&format!("users/{}", me["user"]["id"].as_str().unwrap()));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": false })).await.expect(200);
    let client = world.client();
    let options = alone(&client).await;
    problem(&show(&client, &mut passkey, &options).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_signs_in_while_the_name_is_locked_and_a_wrong_one_locks_nothing() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let mut passkey = add(&anna, 1).await;
    let client = world.client();
    let mut locked = false;
    for _ in 0..40 {
        let wrong = json!({ "login": "anna.kowalska", "password": "nie-to-hasło-przecież" });
        locked |= client.post(&api("sessions"), &wrong).await.status == 429;
    }
    assert!(locked);
    for _ in 0..12 {
        let options = alone(&client).await;
        passkey.flags = PRESENT;
        problem(&show(&client, &mut passkey, &options).await, 401);
        passkey.flags = PRESENT | super::authenticator::VERIFIED;
    }
    let options = alone(&client).await;
    let _ = show(&client, &mut passkey, &options).await.expect(201);
}

type Twist = fn(&mut Passkey);

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_that_was_answered_elsewhere_or_otherwise_is_refused() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let mut hers = add(&anna, 1).await;
    let mut his = add(&piotr, 2).await;
    let (here, handle) = (hers.origin.clone(), hers.handle.clone());
    let twists: [(&str, Twist); 8] = [
        ("another origin", |p| p.origin = "https://localhost.evil.example".to_owned()),
        ("another port", |p| p.origin = "https://localhost:1".to_owned()),
        ("no TLS", |p| p.origin = p.origin.replace("https", "http")),
        ("bound to another name", |p| p.site = "evil.example".to_owned()),
        ("nobody verified", |p| p.flags = PRESENT),
        ("nobody there", |p| p.flags = 0),
        ("made for making one", |p| p.kind = "webauthn.create"),
        ("another's handle", |p| p.handle = vec![7; 16]),
    ];
    for after_password in [true, false] {
        for (what, twist) in twists {
            let client = world.client();
            let options = if after_password {
                asked(password(&client, "anna.kowalska").await, 202).await
            } else {
                alone(&client).await
            };
            twist(&mut hers);
            let answer = show(&client, &mut hers, &options).await;
            assert_eq!(answer.status, 401, "{what}: {}", answer.text);
            problem(&client.get(&api("me")).await, 401);
            (hers.origin, hers.site, hers.kind) = (here.clone(), "localhost".to_owned(), "webauthn.get");
            (hers.flags, hers.handle) = (PRESENT | super::authenticator::VERIFIED, handle.clone());
            // A challenge is answered once, rightly or not.
            problem(&show(&client, &mut hers, &options).await, 401);
        }
    }
    // The challenge of another, one that was answered, and a signature that was changed.
    let (client, other) = (world.client(), world.client());
    let (first, second) = (alone(&client).await, alone(&other).await);
    problem(&show(&client, &mut hers, &second).await, 401);
    problem(&show(&client, &mut hers, &first).await, 401);
    let options = alone(&client).await;
    let shown = json!({ "passkey": hers.show(&options) });
    let mut changed = shown.clone();
    changed["passkey"]["response"]["signature"] = json!("MEUCIQD");
    let copy = given(&bare(&client, Method::POST, "sessions/passkey").await, "__Host-klucznik-pending");
    problem(&finish(&client, &changed).await, 401);
    // His passkey after her password, and in her session.
    let options = asked(password(&client, "anna.kowalska").await, 202).await;
    problem(&show(&client, &mut his, &options).await, 401);
    let options = asked(bare(&anna, Method::POST, "me/step-up").await, 200).await;
    let shown = json!({ "passkey": his.show(&options) });
    problem(&anna.post(&api("me/step-up/finish"), &shown).await, 401);
    let _ = anna.get(&api("me")).await.expect(200);
    // A code where a passkey alone was begun, and things that are no passkey.
    for body in [json!({ "totp": "123456" }), json!({ "passkey": {} }), json!({ "passkey": { "id": "x" } })] {
        let client = world.client();
        let _ = alone(&client).await;
        problem(&finish(&client, &body).await, 401);
    }
    let late = world.client();
    let options = alone(&late).await;
    world.clock.advance_ms(5 * 60_000);
    problem(&show(&late, &mut hers, &options).await, 401);
    let again = world.client().request(Method::POST, &api("sessions/factor")).header("cookie", copy);
    problem(&world.client().send(again.json(&changed)).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_passkey_is_refused_and_told() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let mut passkey = add(&anna, 1).await;
    let client = world.client();
    let options = alone(&client).await;
    let _ = show(&client, &mut passkey, &options).await.expect(201);
    // The copy is behind the original.
    passkey.counter = 1;
    let client = world.client();
    let options = alone(&client).await;
    problem(&show(&client, &mut passkey, &options).await, 401);
    for told in [&admin, &anna] {
        let notices = told.get(&api("notices")).await.expect(200).text;
        assert!(notices.contains("passkey-cloned"), "{notices}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_good_passkey_is_not_added() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let here = origin(&anna);
    let twists: [Twist; 4] = [
        |p| p.origin = "https://evil.example".to_owned(),
        |p| p.site = "evil.example".to_owned(),
        |p| p.flags = PRESENT,
        |p| p.flags = 0,
    ];
    for twist in twists {
        let options = wanted(&anna).await;
        let mut passkey = Passkey::new(&options, &here, 1);
        twist(&mut passkey);
        let refused = problem(&offer(&anna, &passkey, &options).await, 422);
        assert_eq!(issue(&refused, "passkey")["code"], "wrong-passkey");
    }
    // Answering another's challenge, and what was begun in another session.
    let (hers, his) = (wanted(&anna).await, wanted(&piotr).await);
    problem(&offer(&anna, &Passkey::new(&hers, &here, 1), &his).await, 422);
    let _ = add(&anna, 1).await;
    // The same once more: by its user, whose browser is told of it, and by another.
    let options = wanted(&anna).await;
    assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
    problem(&offer(&anna, &Passkey::new(&options, &here, 1), &options).await, 422);
    let options = wanted(&piotr).await;
    problem(&offer(&piotr, &Passkey::new(&options, &here, 1), &options).await, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_passkeys_are_required_codes_are_not_enough() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let phone = enrol(&anna, now(&world)).await;
    let mut passkey = add(&anna, 1).await;
    let client = world.client();
    let both = password(&client, "anna.kowalska").await.expect(202).json();
    assert_eq!(both["factors"], json!(["passkey", "totp"]));
    let seller = named(&admin, "roles", "seller").await;
    let body = json!({ "everyone": "none", "roles": { (&seller): "passkey" }, "grace_days": 0 });
    // Who asks for passkeys has one.
    let refused = problem(&require(&admin, 0, &body).await, 422);
    assert_eq!(issue(&refused, "everyone")["code"], "own-passkey-first");
    let _ = add(&admin, 9).await;
    let _ = require(&admin, 0, &body).await.expect(200);
    world.clock.advance_ms(60_000);
    let pending = password(&client, "anna.kowalska").await.expect(202);
    assert!(pending.headers.get_all(SET_COOKIE).iter().count() > 0);
    assert_eq!(pending.json()["factors"], json!(["passkey"]));
    problem(&finish(&client, &json!({ "totp": phone.code(now(&world)) })).await, 401);
    let options = pending.json()["passkey"].take();
    let _ = show(&client, &mut passkey, &options).await.expect(201);
    // And to confirm: what was not fresh is, after it.
    world.clock.advance_ms(5 * 60_000);
    problem(&bare(&client, Method::POST, "me/factors/recovery").await, 403);
    let options = asked(bare(&client, Method::POST, "me/step-up").await, 200).await;
    let shown = json!({ "passkey": passkey.show(&options) });
    let _ = client.post(&api("me/step-up/finish"), &shown).await.expect(200);
    let _ = bare(&client, Method::POST, "me/factors/recovery").await.expect(200);
}
