//! Addresses that others change: administrators, whose change waits for the same two; and for whoever does not read mail
//! at the one before any more, a second person.

use super::addresses::{OTHER, acts, by, confirm, move_to, reached, sent_to, state};
use super::factor_reset::administrator;
use super::help::{api, issue, named, problem};
use super::letters::leading_to;
use super::links::invited;
use super::things_used::{now, told_since};
use access::{Thing, Verb};
use ledger::Act;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, Post, PostOptions, World};

const WEEK: i64 = 7 * 86_400_000;

async fn set(admin: &Client, id: &str, change: Value) -> Answer {
    let at = api(&format!("users/{id}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    admin.patch(&at, version, &change).await
}

async fn answer(by: &Client, id: &str, answer: &str) -> Answer {
    by.post(&api(&format!("users/{id}/email-change")), &json!({ "answer": answer })).await
}

async fn lost(client: &Client) -> Answer {
    client.send(client.request(Method::POST, &api("me/email/lost"))).await
}

/// The links of a change that an administrator asked for, to the address to come and to the one before.
async fn asked_by(admin: &Client, post: &Post, id: &str, own: &str) -> [String; 2] {
    let before = post.arrived().len();
    let _ = set(admin, id, json!({ "email": OTHER })).await.expect(200);
    let letters = post.wait(before + 2).await.split_off(before);
    [sent_to(&letters, OTHER), sent_to(&letters, own)]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_an_administrator_asks_for_waits_for_both_as_well() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let (anna, own) = reached(&world, &post, "anna.kowalska").await;
    let admin = world.sign_in("robert.szymanski").await;
    let id = named(&admin, "users", "anna.kowalska").await;
    let count = post.arrived().len();
    let _ = set(&admin, &id, json!({ "email": own })).await.expect(200);
    let refused = problem(&set(&admin, &id, json!({ "email": "to-nie-adres" })).await, 422);
    assert_eq!(issue(&refused, "email")["code"], "malformed-email");
    assert_eq!(post.arrived().len(), count, "nothing for the same address, or for one that is none");
    let [there, before] = asked_by(&admin, &post, &id, &own).await;
    let view = admin.get(&api(&format!("users/{id}"))).await.expect(200).json();
    let pending = &view["email_change"];
    assert_eq!((&view["email"], &pending["email"]), (&json!(own), &json!(OTHER)));
    assert_eq!((&pending["reached"], &pending["old"]), (&json!(false), &json!("awaited")));
    assert_eq!(state(&anna).await["pending"]["email"], OTHER, "and the user sees it");
    assert!(state(&anna).await["pending"]["asked_by"].is_null());
    confirm(&world, &there, false).await;
    assert_eq!(state(&anna).await["email"], json!(own));
    // The present one refuses, and whoever asked is told.
    let _ = by(&world, "refuse-email", &before).await.expect(204);
    let told = admin.get(&api("notices")).await.expect(200).json();
    let told =
        told["items"].as_array().unwrap().iter().find(|n| n["code"] == "email-change-declined").cloned();
    assert_eq!(told.expect("a notice")["about"], json!(id));
    world.clock.advance_ms(600_000);
    let admin = world.sign_in("robert.szymanski").await;
    // Nor does suspending help, before or with it.
    for change in
        [json!({ "active": false, "email": OTHER }), json!({ "active": false }), json!({ "email": OTHER })]
    {
        let refused = set(&admin, &id, change.clone()).await;
        assert_eq!(refused.status, if change.get("email").is_some() { 409 } else { 200 }, "{change}");
    }
    let _ = set(&admin, &id, json!({ "active": true })).await.expect(200);
    let links = asked_by(&admin, &post, &id, &own).await;
    confirm(&world, &links[1], false).await;
    confirm(&world, &links[0], true).await;
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(state(&anna).await, json!({ "email": OTHER, "confirmed": true }));
}

/// What was mistyped when the account was made is set right at once: the invitation is what confirms it.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_never_came_in_has_an_address_set_at_once() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let admin = world.sign_in("robert.szymanski").await;
    let made = invited(&admin, "nowa.osoba", json!({})).await.expect(201).json();
    let id = made["id"].as_str().unwrap();
    let _ = post.wait(1).await;
    let user = set(&admin, id, json!({ "email": "dobry@firma.example" })).await.expect(200).json();
    assert_eq!(user["email"], "dobry@firma.example");
    // Somebody whose password was taken away did come in: that is no way round.
    let (_, own) = reached(&world, &post, "anna.kowalska").await;
    let admin = world.sign_in("robert.szymanski").await;
    let id = named(&admin, "users", "anna.kowalska").await;
    let password = api(&format!("users/{id}/password"));
    let _ = admin.send(admin.request(Method::DELETE, &password)).await.expect(204);
    let user = set(&admin, &id, json!({ "email": OTHER })).await.expect(200).json();
    assert_eq!(user["email"], json!(own));
}

#[tokio::test(flavor = "multi_thread")]
async fn for_an_address_out_of_reach_a_second_person_agrees() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    world.clock.advance_ms(WEEK);
    let (anna, own) = reached(&world, &post, "anna.kowalska").await;
    let admin = world.sign_in("robert.szymanski").await;
    let id = named(&admin, "users", "anna.kowalska").await;
    let _ = lost(&anna).await.expect(404);
    let [there, before] = move_to(&post, &anna, &own, OTHER).await;
    // It is said in a session just confirmed, and by no token.
    let token = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": testkit::START.plus_ms(WEEK + 86_400_000).rfc3339() });
    let token = anna.post(&api("tokens"), &token).await.expect(201).json();
    let _ = lost(&world.client().with_token(token["token"].as_str().unwrap())).await.expect(403);
    let since = now(&world).await;
    let said = lost(&anna).await.expect(200).json();
    assert_eq!(said["pending"]["old"], "second");
    let _ = lost(&anna).await.expect(404);
    confirm(&world, &there, false).await;
    assert_eq!(state(&anna).await["email"], json!(own));
    let told = admin.get(&api("notices")).await.expect(200).json();
    let told = told["items"].as_array().unwrap().iter().find(|n| n["code"] == "email-lost").cloned();
    assert_eq!(told.expect("a notice")["about"], json!(id));
    // Not the user, nor whoever was made an administrator for it.
    let annas = administrator(&world, &admin, "anna.kowalska").await;
    problem(&answer(&annas, &id, "agree").await, 409);
    let made = administrator(&world, &admin, "marta.nowak").await;
    problem(&answer(&made, &id, "agree").await, 409);
    let _ = answer(&world.sign_in("piotr.zielinski").await, &id, "agree").await.expect(403);
    world.clock.advance_ms(5 * 60_000);
    let stale = problem(&answer(&admin, &id, "agree").await, 403);
    assert_eq!(stale["type"], "urn:klucznik:problem:step-up-required");
    let admin = world.sign_in("robert.szymanski").await;
    let _ = answer(&admin, &id, "agree").await.expect(204);
    let _ = answer(&admin, &id, "agree").await.expect(404);
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(state(&anna).await, json!({ "email": OTHER, "confirmed": true }));
    assert_eq!((acts(&world, "email.lost").await, acts(&world, "email.agree").await), (1, 1));
    let used = told_since(&world, since).await;
    let manages =
        |act| used.iter().any(|(a, rights)| *a == act && rights.contains(&(Thing::Users, Verb::Manage)));
    assert!(manages(Act::EmailAgree) && !manages(Act::EmailLost), "{used:?}");
    // The one before is told, and can refuse for a week from then on.
    let told = post.wait(4).await.pop().expect("a letter");
    assert!(told.to == [own.clone()] && told.secret().is_none(), "{:?}", told.to);
    world.clock.advance_ms(WEEK - 60_000);
    let _ = by(&world, "email", &before).await.expect(404);
    let _ = by(&world, "refuse-email", &before).await.expect(204);
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(state(&anna).await, json!({ "email": own, "confirmed": true }));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_administrators_not_the_same_one_says_both() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let (_, own) = reached(&world, &post, "anna.kowalska").await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = administrator(&world, &robert, "marta.nowak").await;
    world.clock.advance_ms(WEEK);
    let id = named(&world.sign_in("robert.szymanski").await, "users", "anna.kowalska").await;
    for end in ["decline", "agree"] {
        let (robert, marta) = (world.sign_in("robert.szymanski").await, world.sign_in("marta.nowak").await);
        let [there, _] = asked_by(&robert, &post, &id, &own).await;
        problem(&answer(&robert, &id, "agree").await, 404);
        let since = now(&world).await;
        let _ = answer(&robert, &id, "lost").await.expect(204);
        let used = told_since(&world, since).await;
        assert!(used.contains(&(Act::EmailLost, vec![(Thing::Users, Verb::Manage)])), "{used:?}");
        confirm(&world, &there, false).await;
        problem(&answer(&robert, &id, "agree").await, 409);
        let view = marta.get(&api(&format!("users/{id}"))).await.expect(200).json();
        assert_eq!(view["email_change"]["old"], "second");
        let _ = answer(&marta, &id, end).await.expect(204);
        let view = marta.get(&api(&format!("users/{id}"))).await.expect(200).json();
        let now = if end == "agree" { OTHER } else { &own };
        assert_eq!((&view["email"], view["email_change"].is_null()), (&json!(now), true), "{end}");
        world.clock.advance_ms(600_000);
    }
    assert_eq!(acts(&world, "email.decline").await, 1);
}

/// The address to come can be confirmed as long as the second person can agree, and after that.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_person_has_days_and_so_has_the_address_to_come() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let (_, own) = reached(&world, &post, "anna.kowalska").await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = administrator(&world, &robert, "marta.nowak").await;
    world.clock.advance_ms(WEEK);
    let robert = world.sign_in("robert.szymanski").await;
    let id = named(&robert, "users", "anna.kowalska").await;
    let [there, _] = asked_by(&robert, &post, &id, &own).await;
    let _ = answer(&robert, &id, "lost").await.expect(204);
    world.clock.advance_ms(3 * 86_400_000);
    let _ = answer(&world.sign_in("marta.nowak").await, &id, "agree").await.expect(204);
    world.clock.advance_ms(86_400_000);
    confirm(&world, &there, true).await;
    assert_eq!(state(&world.sign_in("anna.kowalska").await).await["email"], OTHER);
}

/// That nobody who manages users has done so for a week is no reason for one of them to move an address alone.
#[tokio::test(flavor = "multi_thread")]
async fn no_administrator_moves_an_address_alone_while_there_are_others() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    let (anna, own) = reached(&world, &post, "anna.kowalska").await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = administrator(&world, &robert, "marta.nowak").await;
    let id = named(&robert, "users", "anna.kowalska").await;
    let [there, _] = asked_by(&robert, &post, &id, &own).await;
    confirm(&world, &there, false).await;
    problem(&answer(&robert, &id, "lost").await, 409);
    assert_eq!((state(&anna).await["email"].clone(), acts(&world, "email.lost").await), (json!(own), 0));
    assert_eq!(state(&anna).await["pending"]["old"], "awaited", "and the change goes on as it was");
}

/// Where there is no second person the one before can refuse for a week.
#[tokio::test(flavor = "multi_thread")]
async fn a_lone_administrator_is_not_shut_out() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    world.clock.advance_ms(WEEK);
    let (robert, own) = reached(&world, &post, "robert.szymanski").await;
    let [there, before] = move_to(&post, &robert, &own, OTHER).await;
    let id = named(&robert, "users", "robert.szymanski").await;
    problem(&answer(&robert, &id, "lost").await, 409);
    assert_eq!(lost(&robert).await.expect(200).json()["pending"]["old"], "settled");
    confirm(&world, &there, true).await;
    assert_eq!(state(&robert).await["email"], OTHER);
    world.clock.advance_ms(6 * 86_400_000);
    let robert = world.sign_in("robert.szymanski").await;
    problem(&super::addresses::ask(&robert, "dalej@inna-firma.example").await, 409);
    let _ = by(&world, "refuse-email", &before).await.expect(204);
    let _ = robert.get(&api("me")).await.expect(401);
    let robert = world.sign_in("robert.szymanski").await;
    assert_eq!(state(&robert).await, json!({ "email": own, "confirmed": true }));
}

/// Another password ends it: whoever asked may have known the one before.
#[tokio::test(flavor = "multi_thread")]
async fn another_password_ends_a_change_that_waits_for_a_second_person() {
    let post = Post::new(&PostOptions::default());
    let world = World::with(leading_to(&post)).await;
    world.clock.advance_ms(WEEK);
    let (thief, own) = reached(&world, &post, "anna.kowalska").await;
    let [there, _] = move_to(&post, &thief, &own, OTHER).await;
    confirm(&world, &there, false).await;
    let _ = lost(&thief).await.expect(200);
    let anna = world.sign_in("anna.kowalska").await;
    let body = json!({ "current": testkit::PASSWORD, "new": super::links::NEW });
    let _ = anna.send(anna.request(Method::PUT, &api("me/password")).json(&body)).await.expect(204);
    let admin = world.sign_in("robert.szymanski").await;
    let id = named(&admin, "users", "anna.kowalska").await;
    let _ = answer(&admin, &id, "agree").await.expect(404);
    assert_eq!(state(&anna).await, json!({ "email": own, "confirmed": true }));
}
