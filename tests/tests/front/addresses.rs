//! Users' own e-mail addresses: confirmed where they lead, refused where mail arrived before.

use super::help::{api, problem};
use super::letters::{forget, leading_to};
use super::links::{NEW, choose};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Arrived, Client, Post, PostOptions, World};

pub const OTHER: &str = "anna@inna-firma.example";

pub async fn ask(client: &Client, email: &str) -> Answer {
    client.send(client.request(Method::PUT, &api("me/email")).json(&json!({ "email": email }))).await
}

pub async fn state(client: &Client) -> Value {
    client.get(&api("me/email")).await.expect(200).json()
}

pub async fn by(world: &World, what: &str, link: &str) -> Answer {
    world.client().post(&api(&format!("links/{what}")), &json!({ "link": link })).await
}

/// The newest link that went to an address.
pub fn sent_to(letters: &[Arrived], to: &str) -> String {
    let letter = letters.iter().rev().find(|l| l.to == [to]).expect("a letter");
    letter.secret().expect("a link")
}

pub async fn acts(world: &World, act: &str) -> usize {
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api(&format!("ledger/events?act={act}"))).await.expect(200).json();
    events["items"].as_array().map_or(0, Vec::len)
}

/// Somebody whose present address, which is given back, mail has reached; one letter went out for it.
pub async fn reached(world: &World, post: &Post, login: &str) -> (Client, String) {
    let before = post.arrived().len();
    let client = world.sign_in(login).await;
    let own = state(&client).await["email"].as_str().unwrap().to_owned();
    let _ = ask(&client, &own).await.expect(200);
    let letters = post.wait(before + 1).await;
    let _ = confirm(world, &sent_to(&letters, &own), true).await;
    // The next letter may go out now.
    world.clock.advance_ms(60_000);
    (client, own)
}

/// Confirms by a link; says whether the address is the user's by it.
pub async fn confirm(world: &World, link: &str, made: bool) {
    let used = by(world, "email", link).await.expect(200).json();
    assert_eq!(used, json!({ "made": made }));
}

/// Asks for another address; gives the links that went there, and to the one before.
pub async fn move_to(post: &Post, client: &Client, own: &str, other: &str) -> [String; 2] {
    let before = post.arrived().len();
    let _ = ask(client, other).await.expect(200);
    let letters = post.wait(before + 2).await.split_off(before);
    [sent_to(&letters, other), sent_to(&letters, own)]
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_confirms_the_present_address_can_have_a_new_password_sent_there() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let anna = world.sign_in("anna.kowalska").await;
    let before = state(&anna).await;
    let own = before["email"].as_str().unwrap();
    assert_eq!((&before["confirmed"], before["pending"].is_null()), (&json!(false), true));
    let asked = ask(&anna, own).await.expect(200).json();
    assert_eq!(asked["pending"]["email"], json!(own));
    let letters = post.wait(1).await;
    let link = sent_to(&letters, own);
    let told = by(&world, "look", &link).await.expect(200).json();
    assert_eq!((&told["purpose"], &told["email"]), (&json!("email"), &json!(own)));
    assert!(told["login"].is_null(), "whoever reads a letter that went astray learns no name");
    let body = json!({ "link": link, "new": NEW });
    let _ = world.client().post(&api("links/password"), &body).await.expect(404);
    confirm(&world, &link, true).await;
    let _ = by(&world, "email", &link).await.expect(404);
    let after = state(&anna).await;
    assert_eq!((&after["confirmed"], after["pending"].is_null()), (&json!(true), true));
    let _ = forget(&world.client(), "anna.kowalska").await;
    let letters = post.wait(2).await;
    let _ = choose(&world.client(), &sent_to(&letters, own), NEW).await.expect(200);
    assert_eq!((acts(&world, "email.ask").await, acts(&world, "email.confirm").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_is_the_users_once_both_confirmed_it() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    for (first, other) in [(0, OTHER), (1, "anna@trzecia-firma.example")] {
        let (anna, own) = reached(&world, &post, "anna.kowalska").await;
        let links = move_to(&post, &anna, &own, other).await;
        let told = by(&world, "look", &links[0]).await.expect(200).json();
        assert_eq!((&told["purpose"], &told["confirms"]), (&json!("email"), &json!(true)));
        assert!(told["login"].is_null(), "whoever reads there may be a stranger");
        let told = by(&world, "look", &links[1]).await.expect(200).json();
        assert_eq!((&told["purpose"], &told["confirms"]), (&json!("email_refusal"), &json!(true)));
        assert_eq!((&told["login"], &told["email"]), (&json!("anna.kowalska"), &json!(other)));
        assert_eq!(state(&anna).await["pending"]["old"], "awaited");
        confirm(&world, &links[first], false).await;
        let _ = by(&world, "email", &links[first]).await.expect(404);
        let now = state(&anna).await;
        let pending = &now["pending"];
        assert_eq!((&now["email"], &now["confirmed"]), (&json!(own), &json!(true)), "one is not enough");
        let old = if first == 1 { "confirmed" } else { "awaited" };
        assert_eq!((&pending["reached"], &pending["old"]), (&json!(first == 0), &json!(old)));
        let _ = forget(&world.client(), "anna.kowalska").await;
        let _ = sent_to(&post.wait(post.arrived().len() + 1).await, &own);
        confirm(&world, &links[1 - first], true).await;
        assert_eq!(state(&anna).await, json!({ "email": other, "confirmed": true }));
        for used in &links {
            for what in ["email", "refuse-email", "look"] {
                let _ = by(&world, what, used).await.expect(404);
            }
        }
        world.clock.advance_ms(86_400_000);
    }
    let anna = world.sign_in("anna.kowalska").await;
    let notices = anna.get(&api("notices")).await.expect(200).json();
    let told = notices["items"].as_array().unwrap().iter().filter(|n| n["code"] == "email-changed").count();
    assert_eq!((told, acts(&world, "email.confirm").await), (2, 6));
}

/// Whoever took a session over, and the password, gets nowhere without the mailbox.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_address_before_nothing_comes_of_another() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let (thief, own) = reached(&world, &post, "anna.kowalska").await;
    let [there, refuse] = move_to(&post, &thief, &own, OTHER).await;
    confirm(&world, &there, false).await;
    // Asking again, in whatever way, does not forget that the present one has to say yes.
    problem(&ask(&thief, "dalej@inna-firma.example").await, 429);
    world.clock.advance_ms(86_400_000);
    let thief = world.sign_in("anna.kowalska").await;
    assert_eq!(state(&thief).await, json!({ "email": own, "confirmed": true }));
    let _ = by(&world, "email", &refuse).await.expect(404);
    let [there, refuse] = move_to(&post, &thief, &own, OTHER).await;
    confirm(&world, &there, false).await;
    let _ = by(&world, "refuse-email", &refuse).await.expect(204);
    let _ = by(&world, "refuse-email", &refuse).await.expect(404);
    let _ = by(&world, "email", &refuse).await.expect(404);
    let _ = thief.get(&api("me")).await.expect(401);
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(state(&anna).await, json!({ "email": own, "confirmed": true }));
    let notices = anna.get(&api("notices")).await.expect(200).json();
    assert!(notices["items"].as_array().unwrap().iter().any(|n| n["code"] == "email-refused"), "{notices}");
    assert_eq!(acts(&world, "email.refuse").await, 1);
}

/// Who reads at the address to come may be a stranger: a no from there ends the change, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn the_address_to_come_can_refuse_and_nothing_else_ends() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let (anna, own) = reached(&world, &post, "anna.kowalska").await;
    let [there, refuse] = move_to(&post, &anna, &own, OTHER).await;
    confirm(&world, &refuse, false).await;
    let _ = by(&world, "refuse-email", &there).await.expect(204);
    for link in [&there, &refuse] {
        for what in ["email", "refuse-email"] {
            let _ = by(&world, what, link).await.expect(404);
        }
    }
    assert_eq!(state(&anna).await, json!({ "email": own, "confirmed": true }));
    let notices = anna.get(&api("notices")).await.expect(200).json();
    assert!(notices["items"].as_array().unwrap().iter().any(|n| n["code"] == "email-declined"), "{notices}");
    problem(&ask(&anna, OTHER).await, 429);
}

/// Where nobody ever read mail at the address before, as far as is known, it is asked nothing.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_never_confirmed_is_left_behind_and_can_refuse_for_a_week() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let anna = world.sign_in("anna.kowalska").await;
    let own = state(&anna).await["email"].as_str().unwrap().to_owned();
    let [there, refuse] = move_to(&post, &anna, &own, OTHER).await;
    let told = by(&world, "look", &refuse).await.expect(200).json();
    assert_eq!(told["confirms"], json!(false));
    let _ = by(&world, "email", &refuse).await.expect(404);
    confirm(&world, &there, true).await;
    assert_eq!(state(&anna).await, json!({ "email": OTHER, "confirmed": true }));
    world.clock.advance_ms(60_000);
    let refused = problem(&ask(&anna, "dalej@inna-firma.example").await, 409);
    assert!(refused["detail"].as_str().is_some_and(|text| !text.is_empty()));
    world.clock.advance_ms(6 * 86_400_000);
    let _ = by(&world, "refuse-email", &refuse).await.expect(204);
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(state(&anna).await, json!({ "email": own, "confirmed": false }));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_refuses_from_an_address_that_was_never_confirmed_gets_nothing_by_it() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let anna = world.sign_in("anna.kowalska").await;
    // It may be mistyped, or somebody else's who set it.
    let own = state(&anna).await["email"].as_str().unwrap().to_owned();
    let _ = ask(&anna, OTHER).await.expect(200);
    let letters = post.wait(2).await;
    let (there, refuse) = (sent_to(&letters, OTHER), sent_to(&letters, &own));
    confirm(&world, &there, true).await;
    let told = by(&world, "look", &refuse).await.expect(200).json();
    assert!(told["login"].is_null(), "{told}");
    let _ = by(&world, "refuse-email", &refuse).await.expect(204);
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(state(&anna).await, json!({ "email": own, "confirmed": false }));
    let _ = forget(&world.client(), "anna.kowalska").await;
    world.clock.advance_ms(60_000);
    let _ = ask(&world.sign_in("anna.kowalska").await, &own).await;
    // The next letter is the one just asked for: none went out to choose a password.
    let last = post.wait(3).await.split_off(2);
    confirm(&world, &sent_to(&last, &own), true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_for_can_be_refused_taken_back_and_runs_out() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let own = state(&world.sign_in("anna.kowalska").await).await["email"].as_str().unwrap().to_owned();
    for (n, how) in ["refused", "withdrawn", "late", "suspended"].into_iter().enumerate() {
        let anna = world.sign_in("anna.kowalska").await;
        let _ = ask(&anna, OTHER).await.expect(200);
        let letters = post.wait(2 * (n + 1)).await;
        let (confirm, refuse) = (sent_to(&letters, OTHER), sent_to(&letters, &own));
        match how {
            "refused" => {
                let _ = by(&world, "refuse-email", &refuse).await.expect(204);
                // Nor does refusing send letters sooner.
                problem(&ask(&world.sign_in("anna.kowalska").await, OTHER).await, 429);
                world.clock.advance_ms(3_600_000);
            }
            "withdrawn" => {
                let again = problem(&ask(&anna, "trzecia@firma.example").await, 429);
                assert!(again["detail"].as_str().is_some_and(|text| !text.is_empty()));
                let place = api("me/email");
                let _ = anna.send(anna.request(Method::DELETE, &place)).await.expect(204);
                let _ = anna.send(anna.request(Method::DELETE, &place)).await.expect(404);
                // Nor does the other letter do anything now: whoever finds it would end her sessions.
                let _ = by(&world, "refuse-email", &refuse).await.expect(404);
                let _ = anna.get(&api("me")).await.expect(200);
                // Taking back sends no letters sooner.
                problem(&ask(&anna, "trzecia@firma.example").await, 429);
                world.clock.advance_ms(3_600_000);
            }
            "late" => world.clock.advance_ms(86_400_000),
            _ => {
                let admin = world.sign_in("robert.szymanski").await;
                let me = anna.get(&api("me")).await.expect(200).json();
                let at = api(&format!("users/{}", me["user"]["id"].as_str().unwrap()));
                let version = me["user"]["version"].as_u64().unwrap();
                let _ = admin.patch(&at, version, &json!({ "active": false })).await.expect(200);
            }
        }
        let _ = by(&world, "email", &confirm).await.expect(404);
        if how != "suspended" {
            let again = world.sign_in("anna.kowalska").await;
            let now = state(&again).await;
            assert_eq!((&now["email"], now["pending"].is_null()), (&json!(own), true), "{how}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_asked_for_in_a_session_just_confirmed_where_mail_leaves() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let _ = problem(&ask(&anna, OTHER).await, 409);
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let anna = world.sign_in("anna.kowalska").await;
    for wrong in ["", "anna", "anna@", "a@b@c", &format!("{}@firma.example", "x".repeat(300))] {
        let _ = ask(&anna, wrong).await.expect(422);
    }
    let body = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": testkit::START.plus_s(86_400).rfc3339() });
    let token = anna.post(&api("tokens"), &body).await.expect(201).json();
    let robot = world.client().with_token(token["token"].as_str().unwrap());
    let _ = ask(&robot, OTHER).await.expect(403);
    let _ = robot.get(&api("me/email")).await.expect(403);
    world.clock.advance_ms(5 * 60_000);
    let refused = problem(&ask(&anna, OTHER).await, 403);
    assert_eq!(refused["type"], "urn:klucznik:problem:step-up-required");
    assert!(post.arrived().is_empty());
}
