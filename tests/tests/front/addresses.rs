//! Users' own e-mail addresses: confirmed where they lead, refused where mail arrived before.

use super::help::{api, problem};
use super::letters::{forget, leading_to};
use super::links::{NEW, choose};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Arrived, Client, PASSWORD, Post, PostOptions, World};

const OTHER: &str = "anna@inna-firma.example";

async fn ask(client: &Client, email: &str) -> Answer {
    client.send(client.request(Method::PUT, &api("me/email")).json(&json!({ "email": email }))).await
}

async fn state(client: &Client) -> Value {
    client.get(&api("me/email")).await.expect(200).json()
}

async fn by(world: &World, what: &str, link: &str) -> Answer {
    world.client().post(&api(&format!("links/{what}")), &json!({ "link": link })).await
}

/// The newest link that went to an address.
fn sent_to(letters: &[Arrived], to: &str) -> String {
    let letter = letters.iter().rev().find(|l| l.to == [to]).expect("a letter");
    letter.secret().expect("a link")
}

async fn acts(world: &World, act: &str) -> usize {
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api(&format!("ledger/events?act={act}"))).await.expect(200).json();
    events["items"].as_array().map_or(0, Vec::len)
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
    for odd in ["password", "refuse-email"] {
        let body = json!({ "link": link, "new": NEW });
        let body = if odd == "password" { body } else { json!({ "link": link }) };
        let _ = world.client().post(&api(&format!("links/{odd}")), &body).await.expect(404);
    }
    let _ = by(&world, "email", &link).await.expect(204);
    let _ = by(&world, "email", &link).await.expect(404);
    let after = state(&anna).await;
    assert_eq!((&after["confirmed"], after["pending"].is_null()), (&json!(true), true));
    let _ = forget(&world.client(), "anna.kowalska").await;
    let letters = post.wait(2).await;
    let _ = choose(&world.client(), &sent_to(&letters, own), NEW).await.expect(200);
    assert_eq!((acts(&world, "email.ask").await, acts(&world, "email.confirm").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_is_confirmed_there_and_refused_from_the_one_before_for_a_week() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let thief = world.sign_in("anna.kowalska").await;
    let own = state(&thief).await["email"].as_str().unwrap().to_owned();
    let _ = ask(&thief, &own).await.expect(200);
    let _ = by(&world, "email", &sent_to(&post.wait(1).await, &own)).await.expect(204);
    let _ = ask(&thief, OTHER).await.expect(200);
    let letters = post.wait(3).await.split_off(1);
    let (confirm, refuse) = (sent_to(&letters, OTHER), sent_to(&letters, &own));
    assert_eq!(state(&thief).await["email"], json!(own), "nothing is changed yet");
    let _ = by(&world, "email", &refuse).await.expect(404);
    let _ = by(&world, "email", &confirm).await.expect(204);
    assert_eq!(state(&thief).await, json!({ "email": OTHER, "confirmed": true }));
    let refused = problem(&ask(&thief, "dalej@inna-firma.example").await, 409);
    assert!(refused["detail"].as_str().is_some_and(|text| !text.is_empty()));
    // A new password does not help whoever took the account over either.
    let body = json!({ "current": PASSWORD, "new": NEW });
    let _ = thief.send(thief.request(Method::PUT, &api("me/password")).json(&body)).await.expect(204);
    world.clock.advance_ms(6 * 86_400_000);
    let thief = world.client();
    thief.sign_in("anna.kowalska", NEW).await;
    let told = by(&world, "look", &refuse).await.expect(200).json();
    assert_eq!((&told["purpose"], &told["login"]), (&json!("email_refusal"), &json!("anna.kowalska")));
    let _ = by(&world, "refuse-email", &refuse).await.expect(204);
    let _ = by(&world, "refuse-email", &refuse).await.expect(404);
    let _ = thief.get(&api("me")).await.expect(401);
    let _ = forget(&world.client(), "anna.kowalska").await;
    let letters = post.wait(4).await.split_off(3);
    let again = "zupełnie-inny-konik-polny-8";
    let _ = choose(&world.client(), &sent_to(&letters, &own), again).await.expect(200);
    let anna = world.client();
    anna.sign_in("anna.kowalska", again).await;
    assert_eq!(state(&anna).await["email"], json!(own));
    let notices = anna.get(&api("notices")).await.expect(200).json();
    assert!(notices["items"].as_array().unwrap().iter().any(|n| n["code"] == "email-refused"), "{notices}");
    assert_eq!(acts(&world, "email.refuse").await, 1);
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
    let (confirm, refuse) = (sent_to(&letters, OTHER), sent_to(&letters, &own));
    let _ = by(&world, "email", &confirm).await.expect(204);
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
    let _ = by(&world, "email", &sent_to(&last, &own)).await.expect(204);
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
            "refused" => drop(by(&world, "refuse-email", &refuse).await.expect(204)),
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

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_an_administrator_sets_is_told_of_at_the_one_before() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let me = anna.get(&api("me")).await.expect(200).json();
    let own = state(&anna).await["email"].as_str().unwrap().to_owned();
    let at = api(&format!("users/{}", me["user"]["id"].as_str().unwrap()));
    let set = async |email: &str| {
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        admin.patch(&at, version, &json!({ "email": email })).await
    };
    let _ = set(&own).await.expect(200);
    let _ = set("to-nie-adres").await.expect(422);
    let _ = set(OTHER).await.expect(200);
    let letters = post.wait(1).await;
    assert_eq!(letters.len(), 1, "nothing for the same address, or for one that is none");
    assert_eq!(letters[0].to, std::slice::from_ref(&own));
    assert!(letters[0].secret().is_none(), "there is nothing to refuse");
    // The other way round, to the other address.
    let _ = set(&own).await.expect(200);
    assert_eq!(post.wait(2).await[1].to, [OTHER]);
    assert!(!state(&anna).await["confirmed"].as_bool().unwrap());
}
