//! What users are told of what happens to their own accounts, in the application and by letter.

use super::factors::{bare, enrol, finish, password};
use super::guessing::{address, attempt, behind_proxy};
use super::help::{api, problem};
use super::letters::{leading_to, newcomer};
use reqwest::Method;
use serde_json::{Value, json};
use server::Config;
use testkit::{Answer, Arrived, Client, PASSWORD, Post, PostOptions, World};

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0";
/// What somebody writes who wants it to be read in a letter.
const BAIT: &str = "https://evil.example/zaloguj (Windows NT 10.0)";
const LOGIN: &str = "nowa.osoba";

fn now(world: &World) -> i64 {
    kernel::Clock::now(&*world.clock).0
}

/// Codes and bodies of a user's notices, newest first.
async fn told(client: &Client) -> Vec<(String, String)> {
    let list = client.get(&api("notices")).await.expect(200).json();
    let text = |n: &Value, key: &str| n[key].as_str().unwrap().to_owned();
    list["items"].as_array().unwrap().iter().map(|n| (text(n, "code"), text(n, "body"))).collect()
}

async fn count(client: &Client, code: &str) -> usize {
    told(client).await.iter().filter(|(c, _)| c == code).count()
}

async fn by(client: &Client, agent: &str, from: &str, path: &str, body: &Value) -> Answer {
    let request = client.request(Method::POST, &api(path)).header("user-agent", agent);
    client.send(request.header("x-forwarded-for", from).json(body)).await
}

fn right() -> Value {
    json!({ "login": LOGIN, "password": PASSWORD })
}

async fn mailed() -> (Post, World, Client) {
    let post = Post::new(&PostOptions::default());
    let world = World::with(Config { proxy: behind_proxy().proxy, ..leading_to(&post) }).await;
    let client = newcomer(&world, &post, LOGIN).await;
    (post, world, client)
}

/// The letters about the account, once there are so many beside the invitation.
async fn alerts(post: &Post, count: usize) -> Vec<Arrived> {
    let letters = post.wait(count + 1).await.split_off(1);
    for letter in &letters {
        assert_eq!(letter.header("Subject"), Some("Klucznik: the security of your account"));
        assert_eq!(letter.to, [format!("{LOGIN}@firma.example")]);
        assert!(!letter.words().contains("http") || letter.words().contains("DOCTYPE"), "{}", letter.words());
        assert!(letter.secret().is_none() && !letter.words().contains("evil"), "{}", letter.words());
    }
    letters
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_told_of_factors_codes_and_password_by_letter_too() {
    let (post, world, client) = mailed().await;
    assert_eq!(told(&client).await, [], "choosing a password and signing in is no news");
    let phone = enrol(&client, now(&world)).await;
    let _ = bare(&client, Method::POST, "me/factors/recovery").await.expect(200);
    let _ = bare(&client, Method::POST, "me/factors/recovery").await.expect(200);
    let list = client.get(&api("me/factors")).await.expect(200).json();
    let at = format!("me/factors/{}", list["items"][0]["id"].as_str().unwrap());
    let _ = bare(&client, Method::DELETE, &at).await.expect(204);
    let change = json!({ "current": PASSWORD, "new": "czerwony-tramwaj-pod-mostem-9" });
    let _ = client.put(&api("me/password"), &change).await.expect(204);
    let codes: Vec<String> = told(&client).await.into_iter().map(|(code, _)| code).collect();
    let mut sorted = codes.clone();
    sorted.sort();
    let all =
        ["factor-added", "factor-removed", "password-changed", "recovery-codes-made", "recovery-codes-made"];
    assert_eq!(sorted, all);
    let words: String = alerts(&post, 5).await.iter().map(Arrived::words).collect();
    for said in [
        "Sign-in factor added",
        "Sign-in factor removed",
        "Your password was changed",
        "New recovery codes were made",
        "in a session of yours",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    drop(phone);
    // Whom no mail has reached gets none, and nobody else's news.
    let anna = world.sign_in("anna.kowalska").await;
    let _ = enrol(&anna, now(&world)).await;
    let _ = client.get(&api("me")).await.expect(200);
    let other = json!({ "current": "czerwony-tramwaj-pod-mostem-9", "new": PASSWORD });
    let _ = client.put(&api("me/password"), &other).await.expect(204);
    assert_eq!(alerts(&post, 6).await.len(), 6, "hers was looked at before, and did not leave");
    assert_eq!(count(&anna, "factor-added").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_from_a_browser_not_seen_before_is_told_of_with_where_and_what() {
    let (post, world, client) = mailed().await;
    let _ = by(&client, "", "192.0.2.7", "sessions", &right()).await.expect(201);
    assert_eq!(told(&client).await, [], "the browser is known");
    let stranger = world.client();
    let _ = by(&stranger, FIREFOX, "8.8.8.8", "sessions", &right()).await.expect(201);
    let all = told(&client).await;
    assert_eq!((all.len(), &*all[0].0), (1, "sign-in-new-browser"), "{all:?}");
    for said in
        ["23 Nov 2026, 09:00", "from 8.8.8.8", "country: US", "Firefox, Windows", "change the password"]
    {
        assert!(all[0].1.contains(said), "{said}: {all:?}");
    }
    let words = alerts(&post, 1).await[0].words();
    assert!(words.contains("8.8.8.8") && words.contains("Firefox, Windows"), "{words}");
    // It is known from now on, also to the one who was told.
    let _ = by(&stranger, FIREFOX, "8.8.8.8", "sessions", &right()).await.expect(201);
    assert_eq!(told(&client).await.len(), 1);
    // Another's known browser is none of hers.
    let anna = world.sign_in("anna.kowalska").await;
    let _ = by(&anna, BAIT, "198.51.100.1", "sessions", &right()).await.expect(201);
    let all = told(&client).await;
    assert_eq!(all.len(), 2);
    assert!(all[0].1.contains("Windows") && !all[0].1.contains("evil"), "{all:?}");
    // Of as many as somebody likes, ten in a day.
    for n in 0..20 {
        let _ = by(&world.client(), BAIT, &address(n), "sessions", &right()).await.expect(201);
    }
    assert_eq!(count(&client, "sign-in-new-browser").await, 10);
    world.clock.advance_ms(25 * 3_600_000);
    let client = world.sign_in(LOGIN).await;
    let _ = by(&world.client(), FIREFOX, &address(1), "sessions", &right()).await.expect(201);
    assert_eq!(count(&client, "sign-in-new-browser").await, 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_very_first_sign_in_is_no_news_and_one_by_a_passkey_is() {
    let world = World::new().await;
    let anna = world.client();
    let _ = password(&anna, "anna.kowalska").await.expect(201);
    assert_eq!(told(&anna).await, []);
    let mut passkey = super::passkeys::add(&anna, 1).await;
    let stranger = world.client();
    let options = super::passkeys::alone(&stranger).await;
    let _ = super::passkeys::show(&stranger, &mut passkey, &options).await.expect(201);
    assert_eq!(count(&anna, "sign-in-new-browser").await, 1);
    // Not in the one that she has been in.
    let options = super::passkeys::alone(&anna).await;
    let _ = super::passkeys::show(&anna, &mut passkey, &options).await.expect(201);
    assert_eq!(count(&anna, "sign-in-new-browser").await, 1);
    // It is no first one only since all sessions have ended.
    let piotr = world.sign_in("piotr.zielinski").await;
    let _ = bare(&piotr, Method::DELETE, "sessions/current").await.expect(204);
    let _ = password(&world.client(), "piotr.zielinski").await.expect(201);
    let piotr = world.sign_in("piotr.zielinski").await;
    assert_eq!(count(&piotr, "sign-in-new-browser").await, 1);
    // Nor is it the first one of an account that is older than what is kept of sign-ins.
    world.clock.advance_ms(2 * 86_400_000);
    let marta = world.client();
    let _ = password(&marta, "marta.nowak").await.expect(201);
    assert_eq!(count(&marta, "sign-in-new-browser").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_password_without_the_factor_is_told_of() {
    let (post, world, client) = mailed().await;
    let phone = enrol(&client, now(&world)).await;
    let _ = alerts(&post, 1).await;
    world.clock.advance_ms(60_000);
    // Wrong codes, and what is left of it: once.
    let thief = world.client();
    let _ = by(&thief, BAIT, "8.8.8.8", "sessions", &right()).await.expect(202);
    for _ in 0..2 {
        let wrong = by(&thief, BAIT, "8.8.8.8", "sessions/factor", &json!({ "totp": "000000" })).await;
        problem(&wrong, 401);
    }
    let half_way = "sign-in-half-way";
    let all = told(&client).await;
    assert_eq!((&*all[0].0, count(&client, half_way).await), (half_way, 1), "{all:?}");
    for said in
        ["23 Nov 2026, 09:01", "from 8.8.8.8", "country: US", "Windows", "change the password at once"]
    {
        assert!(all[0].1.contains(said), "{said}: {all:?}");
    }
    assert!(alerts(&post, 2).await[1].words().contains("8.8.8.8"));
    let identity = world.app().identity().clone();
    world.clock.advance_ms(6 * 60_000);
    identity.end_half_way().await.unwrap();
    assert_eq!(count(&client, half_way).await, 1, "it was told of");
    // One that is given up, which nobody ever finishes.
    world.clock.advance_ms(20 * 60_000);
    let _ = by(&world.client(), FIREFOX, "198.51.100.9", "sessions", &right()).await.expect(202);
    identity.end_half_way().await.unwrap();
    assert_eq!(count(&client, half_way).await, 1, "there is still time");
    world.clock.advance_ms(5 * 60_000);
    identity.end_half_way().await.unwrap();
    let client = world.client();
    let _ = password(&client, LOGIN).await.expect(202);
    let _ = finish(&client, &json!({ "totp": phone.code(now(&world)) })).await.expect(201);
    let all = told(&client).await;
    assert_eq!(count(&client, half_way).await, 2, "{all:?}");
    assert!(all.iter().any(|(code, body)| code == half_way && body.contains("198.51.100.9 ")), "{all:?}");
    // What was finished is none, nor what a known browser began; and what nobody ended ends with the next that begins.
    world.clock.advance_ms(20 * 60_000);
    let _ = password(&client, LOGIN).await.expect(202);
    world.clock.advance_ms(6 * 60_000);
    identity.end_half_way().await.unwrap();
    let client = world.client();
    let _ = by(&world.client(), FIREFOX, "198.51.100.10", "sessions", &right()).await.expect(202);
    world.clock.advance_ms(6 * 60_000);
    let _ = password(&client, LOGIN).await.expect(202);
    let _ = finish(&client, &json!({ "totp": phone.code(now(&world)) })).await.expect(201);
    let all = told(&client).await;
    let bodies: Vec<_> = all.iter().filter(|(code, _)| code == half_way).map(|(_, body)| body).collect();
    assert_eq!(bodies.len(), 3, "{bodies:?}");
    assert!(bodies.iter().any(|body| body.contains("198.51.100.10 ")), "{bodies:?}");
    let admin = world.sign_in("robert.szymanski").await;
    let refused = admin.get(&api("ledger/events?act=login.refused&limit=100")).await.expect(200).json();
    let unfinished = refused["items"].as_array().unwrap().iter();
    assert_eq!(unfinished.filter(|e| e["detail"]["reason"] == "unfinished").count(), 3, "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_use_of_each_recovery_code_is_told_of() {
    let (post, world, client) = mailed().await;
    let _ = enrol(&client, now(&world)).await;
    let made = bare(&client, Method::POST, "me/factors/recovery").await.expect(200).json();
    let codes: Vec<&str> = made["codes"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    let thief = world.client();
    let _ = by(&thief, FIREFOX, "8.8.8.8", "sessions", &right()).await.expect(202);
    let used = by(&thief, FIREFOX, "8.8.8.8", "sessions/factor", &json!({ "recovery": codes[0] })).await;
    let _ = used.expect(201);
    let all = told(&client).await;
    let used = all.iter().find(|(code, _)| code == "recovery-code-used").expect("it is told of");
    assert!(used.1.contains("8.8.8.8") && used.1.contains("Firefox, Windows"), "{used:?}");
    let words: String = alerts(&post, 4).await.iter().map(Arrived::words).collect();
    assert!(words.contains("A recovery code was used, left: 9"), "{words}");
    // In a session, too.
    let _ = bare(&client, Method::POST, "me/step-up").await.expect(200);
    let _ = client.post(&api("me/step-up/finish"), &json!({ "recovery": codes[1] })).await.expect(200);
    assert_eq!(count(&client, "recovery-code-used").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_reaches_the_user_by_letter_once_and_says_nothing_that_strangers_wrote() {
    let (post, world, client) = mailed().await;
    let wrong = json!({ "login": LOGIN, "password": "złe hasło" });
    for _ in 0..16 {
        let status = by(&world.client(), BAIT, "8.8.8.8", "sessions", &wrong).await.status;
        assert!(status == 401 || status == 429, "{status}");
        world.clock.advance_ms(64_000);
    }
    let locked = attempt(&world.client(), "192.0.2.1", LOGIN, PASSWORD).await;
    problem(&locked, 429);
    // She is locked out of new browsers, and learns why where she reads mail.
    let words = alerts(&post, 1).await[0].words();
    for said in
        ["Somebody tried to sign in to your account", "is locked until 23 Nov 2026", "8.8.8.8", "Windows"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    // Locks that go on are told of about once a day.
    for _ in 0..4 {
        world.clock.advance_ms(61 * 60_000);
        let _ = by(&world.client(), BAIT, "8.8.8.8", "sessions", &wrong).await.expect(401);
    }
    let admin = world.sign_in("robert.szymanski").await;
    let locks = admin.get(&api("ledger/events?act=login.locked")).await.expect(200).json();
    assert_eq!(locks["items"].as_array().unwrap().len(), 5, "{locks}");
    let _ = by(&client, "", "192.0.2.1", "sessions", &right()).await.expect(201);
    let _ = bare(&client, Method::POST, "me/factors/totp").await.expect(200);
    let _ = enrol(&client, now(&world)).await;
    let letters = alerts(&post, 2).await;
    assert_eq!(letters.len(), 2, "one of the locks, and one of what came after them");
    assert!(letters[1].words().contains("Sign-in factor added"));
    // Administrators are told inside, with what the program called itself.
    let all = told(&admin).await;
    assert!(
        all.iter().any(|(code, body)| code == "login-locked" && body.contains("evil.example")),
        "{all:?}"
    );
}
