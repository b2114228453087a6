//! A session gets another secret when its user's rights change; whoever shows an old one ends it.

use super::help::{api, named, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD, World};

async fn with(world: &World, cookie: &str) -> Answer {
    let client = world.client();
    client.send(client.request(Method::GET, &api("me")).header("cookie", cookie)).await
}

fn given(answer: &Answer) -> Option<String> {
    let all = answer.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
    let mut own = all.filter(|v| v.starts_with("__Host-klucznik="));
    own.next().map(|v| v.split(';').next().unwrap().to_owned())
}

async fn sign_in(client: &Client, login: &str) -> String {
    let body = json!({ "login": login, "password": PASSWORD });
    given(&client.post(&api("sessions"), &body).await.expect(201)).unwrap()
}

/// Takes away or gives back what a user may.
async fn set_roles(admin: &Client, login: &str, roles: &Value) -> Value {
    let at = api(&format!("users/{}", named(admin, "users", login).await));
    let before = admin.get(&at).await.expect(200).json();
    let version = before["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "roles": roles })).await.expect(200);
    before["roles"].clone()
}

async fn notices(client: &Client) -> Vec<String> {
    let listed = client.get(&api("notices")).await.expect(200).json();
    let codes = listed["items"].as_array().unwrap().iter().map(|n| n["code"].as_str().unwrap().to_owned());
    codes.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_rights_bring_another_secret_and_what_is_under_way_goes_on() {
    let mut world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.client());
    let first = sign_in(&anna, "anna.kowalska").await;
    assert_eq!(given(&anna.get(&api("me")).await.expect(200)), None, "nothing changed");
    let roles = set_roles(&admin, "anna.kowalska", &json!([])).await;
    // What a page asks by itself brings nothing; many requests at a time bring one.
    assert_eq!(given(&with_path(&world, &first, "notices").await.expect(200)), None);
    let answers: [Answer; 3] =
        tokio::join!(with(&world, &first), with(&world, &first), with(&world, &first)).into();
    let brought: Vec<String> = answers.map(|a| a.expect(200)).iter().filter_map(given).collect();
    let [second] = &brought[..] else { panic!("one new secret: {brought:?}") };
    assert_ne!(*second, first);
    let _ = with(&world, &first).await.expect(200);
    let _ = with(&world, second).await.expect(200);
    world.clock.advance_ms(9_999);
    let _ = with(&world, &first).await.expect(200);
    // It outlives a restart, and so does what it had before.
    world.stop().await;
    world.start().await.unwrap();
    let _ = with(&world, second).await.expect(200);
    world.clock.advance_ms(10_000);
    let admin = admin.at(world.address());
    let _ = set_roles(&admin, "anna.kowalska", &roles).await;
    let third = given(&with(&world, second).await.expect(200)).unwrap();
    let _ = with(&world, &third).await.expect(200);
    // Another right of a role that the user holds is a change, too.
    let seller = role(&admin, "seller").await;
    let mut narrow = json!({ "name": "seller", "label": seller["label"], "entities": seller["entities"] });
    narrow["denials"] = json!({ "company": ["update"] });
    let at = api(&format!("roles/{}", seller["id"].as_str().unwrap()));
    let version = format!("\"{}\"", seller["version"]);
    let put = admin.request(Method::PUT, &at).header("if-match", version).json(&narrow);
    let _ = admin.send(put).await.expect(200);
    assert_ne!(given(&with(&world, &third).await.expect(200)), None);
}

async fn role(admin: &Client, name: &str) -> Value {
    let roles = admin.get(&api("roles")).await.expect(200).json();
    roles["items"].as_array().unwrap().iter().find(|r| r["name"] == name).unwrap().clone()
}

async fn with_path(world: &World, cookie: &str, path: &str) -> Answer {
    let client = world.client();
    client.send(client.request(Method::GET, &api(path)).header("cookie", cookie)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_lost_loses_no_session() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.client());
    let first = sign_in(&anna, "anna.kowalska").await;
    let _ = with(&world, &first).await.expect(200);
    let _ = set_roles(&admin, "anna.kowalska", &json!([])).await;
    let lost = given(&with(&world, &first).await.expect(200)).unwrap();
    // At once it is a request under way; later the browser cannot have got it.
    assert_eq!(given(&with(&world, &first).await.expect(200)), None);
    world.clock.advance_ms(5_000);
    let second = given(&with(&world, &first).await.expect(200)).unwrap();
    assert_ne!(lost, second);
    let _ = with(&world, &second).await.expect(200);
    // Should it arrive after all.
    let _ = with(&world, &lost).await.expect(200);
    world.clock.advance_ms(10_000);
    let _ = with(&world, &second).await.expect(200);
    assert!(notices(&admin).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_shows_an_old_secret_ends_the_session_and_it_is_told() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.client());
    let first = sign_in(&anna, "anna.kowalska").await;
    let other = world.sign_in("anna.kowalska").await;
    let _ = anna.get(&api("me")).await.expect(200);
    anna.step_up(PASSWORD).await;
    let _ = anna.get(&api("me")).await.expect(200);
    // Nobody is told of a secret that was never one, nor of a request that was under way.
    problem(&with(&world, "__Host-klucznik=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await, 401);
    let _ = with(&world, &first).await.expect(200);
    world.clock.advance_ms(10_000);
    let _ = anna.get(&api("me")).await.expect(200);
    assert!(notices(&admin).await.is_empty());
    let tries: [Answer; 2] = tokio::join!(with(&world, &first), with(&world, &first)).into();
    tries.iter().for_each(|answer| drop(problem(answer, 401)));
    problem(&anna.get(&api("me")).await, 401);
    assert_eq!(notices(&admin).await, ["session-replayed"], "once");
    let all = ["session-replayed", "sign-in-new-browser"];
    assert_eq!(notices(&other).await, all, "and the user, whose other sessions go on");
    let officer = world.sign_in("danuta.krol").await;
    let told = officer.get(&api("ledger/events?act=session.replay")).await.expect(200).json();
    assert_eq!(told["items"].as_array().unwrap().len(), 1, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_nobody_followed_is_good_for_a_minute() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.client());
    let first = sign_in(&anna, "anna.kowalska").await;
    let _ = with(&world, &first).await.expect(200);
    let _ = set_roles(&admin, "anna.kowalska", &json!([])).await;
    let _ = with(&world, &first).await.expect(200);
    world.clock.advance_ms(60_000);
    problem(&with(&world, &first).await, 401);
}
