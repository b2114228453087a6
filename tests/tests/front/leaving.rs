//! Whoever leaves: rights end at a date, whichever server is asked.

use super::help::{api, issue, named, problem};
use super::servers::Pair;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, PASSWORD, START, World};

async fn of(admin: &Client, login: &str) -> String {
    api(&format!("users/{}", named(admin, "users", login).await))
}

async fn ends_at(admin: &Client, at: &str, when: &Value) -> testkit::Answer {
    let version = admin.get(at).await.expect(200).json()["version"].as_u64().unwrap();
    admin.patch(at, version, &json!({ "ends_at": when })).await
}

async fn me(client: &Client) -> u16 {
    client.get(&api("me")).await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_end_at_the_date_that_was_set_on_every_server() {
    let pair = Pair::new().await;
    let [admin, _] = pair.sign_in("robert.szymanski").await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let body = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": START.plus_s(86_400).rfc3339() });
    let token = anna.post(&api("tokens"), &body).await.expect(201).json();
    let robot = pair.a.client().with_token(token["token"].as_str().unwrap());
    let at = of(&admin, "anna.kowalska").await;
    let hour = START.plus_s(3_600).rfc3339();
    let changed = ends_at(&admin, &at, &json!(hour)).await.expect(200).json();
    assert_eq!(changed["ends_at"], json!(hour));
    assert_eq!(admin.get(&at).await.expect(200).json()["state"], "leaving");

    for minutes in [20, 20, 19] {
        pair.forward(minutes * 60_000);
        assert_eq!([me(&anna).await, me(&anna_b).await, me(&admin).await], [200; 3]);
        let _ = robot.get(&api("people")).await.expect(200);
    }
    pair.forward(60_000);
    // Nothing was swept: each server decides it by itself.
    assert_eq!([me(&anna).await, me(&anna_b).await], [401; 2]);
    let _ = robot.get(&api("people")).await.expect(401);
    let login = json!({ "login": "anna.kowalska", "password": PASSWORD });
    for client in [pair.a.client(), pair.a.client().at(pair.b.address())] {
        let _ = client.post(&api("sessions"), &login).await.expect(401);
    }
    assert_eq!(admin.get(&at).await.expect(200).json()["state"], "suspended");

    for app in [pair.a.app().clone(), pair.a.app().clone()] {
        app.engine().end_leavers().await.unwrap();
    }
    let suspended = admin.get(&at).await.expect(200).json();
    assert_eq!(suspended["active"], false);
    let auditor = pair.a.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=user.leave")).await.expect(200).json();
    assert_eq!(events["items"].as_array().map(Vec::len), Some(1), "once: {events}");

    // Whoever comes back stays, with neither the sessions nor the tokens of before.
    let admin = pair.a.sign_in("robert.szymanski").await;
    let version = suspended["version"].as_u64().unwrap();
    let back = admin.patch(&at, version, &json!({ "active": true })).await.expect(200).json();
    assert!(back["ends_at"].is_null(), "{back}");
    let _ = robot.get(&api("people")).await.expect(401);
    assert_eq!([me(&anna).await, me(&pair.a.sign_in("anna.kowalska").await).await], [401, 200]);
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_of_leaving_is_ahead_and_somebody_stays() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let at = of(&admin, "anna.kowalska").await;
    let now = START.rfc3339();
    for (code, wrong) in [
        ("not-a-time", "jutro"),
        ("not-a-time", ""),
        ("not-a-time", "2027-01-31"),
        ("not-a-time", "9999-12-31T23:59:59Z"),
        ("not-a-time", "9999-01-01T00:00:00Z"),
        ("not-ahead", &now),
        ("not-ahead", "2020-01-01T00:00:00Z"),
    ] {
        let refused = problem(&ends_at(&admin, &at, &json!(wrong)).await, 422);
        assert_eq!(issue(&refused, "ends_at")["code"], code, "{wrong}");
    }
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let both = json!({ "active": false, "ends_at": START.plus_s(86_400).rfc3339() });
    let refused = problem(&admin.patch(&at, version, &both).await, 422);
    assert_eq!(issue(&refused, "ends_at")["code"], "contradicts-active");
    let _ = ends_at(&admin, &at, &json!(7)).await.expect(422);
    let later = json!(START.plus_s(86_400).rfc3339());
    let _ = ends_at(&admin, &at, &later).await.expect(200);
    let taken_back = ends_at(&admin, &at, &Value::Null).await.expect(200).json();
    assert!(taken_back["ends_at"].is_null());
    assert_eq!(admin.get(&at).await.expect(200).json()["state"], "active");

    let own = of(&admin, "robert.szymanski").await;
    let _ = ends_at(&admin, &own, &later).await.expect(409);
    // One who leaves is no other administrator.
    let roles = json!({ "roles": [named(&admin, "roles", "administrator").await] });
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &roles).await.expect(200);
    let _ = ends_at(&admin, &at, &later).await.expect(200);
    let _ = ends_at(&admin, &own, &later).await.expect(409);
    let version = admin.get(&own).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&own, version, &json!({ "active": false })).await.expect(409);
    let _ = admin.patch(&own, version, &json!({ "roles": [] })).await.expect(409);

    // Once the date has come, nobody is sent to who left, whether or not that was noted already.
    let asked = async || {
        let me = world.sign_in("piotr.zielinski").await.get(&api("me")).await.expect(200).json();
        me["administrators"].as_array().unwrap().iter().map(|a| a["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(asked().await.len(), 2);
    world.clock.advance_ms(86_400_000);
    assert_eq!(asked().await, [json!("Robert Szymański")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_let_in_again_after_the_date_is_in_at_once() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let at = of(&admin, "anna.kowalska").await;
    let hour = json!(START.plus_s(3_600).rfc3339());
    let _ = ends_at(&admin, &at, &hour).await.expect(200);
    world.clock.advance_ms(3_600_000);
    // Whether or not the end was noted already.
    let admin = world.sign_in("robert.szymanski").await;
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let back = admin.patch(&at, version, &json!({ "active": true })).await.expect(200).json();
    assert!(back["ends_at"].is_null(), "{back}");
    assert_eq!(admin.get(&at).await.expect(200).json()["state"], "active");
    assert_eq!(me(&world.sign_in("anna.kowalska").await).await, 200);
}

/// An invitation is refused with what is to be done first, whether or not the end was noted already.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_left_is_invited_once_the_account_is_active_again() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let made = super::links::invited(&admin, "nowa.osoba", json!({})).await.expect(201).json();
    let at = api(&format!("users/{}", made["id"].as_str().unwrap()));
    let invite = format!("{at}/invitation");
    let _ = ends_at(&admin, &at, &json!(START.plus_s(3_600).rfc3339())).await.expect(200);
    let _ = admin.post(&invite, &json!({})).await.expect(201);
    world.clock.advance_ms(3_600_000);
    for noted in [false, true] {
        if noted {
            world.app().engine().end_leavers().await.unwrap();
        }
        let admin = world.sign_in("robert.szymanski").await;
        let refused = problem(&admin.post(&invite, &json!({})).await, 409);
        let told = refused["detail"].as_str().unwrap();
        assert!(told.contains("leaving date") && told.contains("Activate the account"), "{noted}: {told}");
    }
    let admin = world.sign_in("robert.szymanski").await;
    let patch = async |change: Value| {
        let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
        let _ = admin.patch(&at, version, &change).await.expect(200);
    };
    patch(json!({ "active": true })).await;
    let _ = admin.post(&invite, &json!({})).await.expect(201);
    // Of the other two refusals each says its own.
    patch(json!({ "active": false })).await;
    let told = problem(&admin.post(&invite, &json!({})).await, 409)["detail"].to_string();
    assert!(told.contains("is suspended") && !told.contains("leaving"), "{told}");
    let anna = of(&admin, "anna.kowalska").await;
    let told =
        problem(&admin.post(&format!("{anna}/invitation"), &json!({})).await, 409)["detail"].to_string();
    assert!(told.contains("has a password already"), "{told}");
}

/// Passwords are taken away only while somebody else who stays can come in and manage users.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_the_last_administrators_password() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let (roberts, annas) = (of(&robert, "robert.szymanski").await, of(&robert, "anna.kowalska").await);
    let version = robert.get(&annas).await.expect(200).json()["version"].as_u64().unwrap();
    let role = named(&robert, "roles", "administrator").await;
    let _ = robert.patch(&annas, version, &json!({ "roles": [role] })).await.expect(200);
    let soon = json!(START.plus_s(86_400).rfc3339());
    let _ = ends_at(&robert, &annas, &soon).await.expect(200);
    let anna = world.sign_in("anna.kowalska").await;
    let take = |at: &str| anna.request(Method::DELETE, &format!("{at}/password"));
    problem(&anna.send(take(&roberts)).await, 409);
    let _ = world.sign_in("robert.szymanski").await;
    let _ = ends_at(&robert, &annas, &json!(null)).await.expect(200);
    let _ = anna.send(take(&roberts)).await.expect(204);
    assert_eq!(me(&robert).await, 401);
}

/// Whoever was made an administrator and never came is none beside one who comes in.
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_who_cannot_come_in_is_nobody_to_leave_it_to() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let roberts = of(&robert, "robert.szymanski").await;
    let team = named(&robert, "teams", "Północ").await;
    let role = named(&robert, "roles", "administrator").await;
    let user = json!({ "login": "drugi.admin", "name": "Drugi", "email": "a@firma.example", "team": team, "roles": [role] });
    let made = robert.post(&api("users"), &user).await.expect(201).json();
    let version = robert.get(&roberts).await.expect(200).json()["version"].as_u64().unwrap();
    problem(&robert.patch(&roberts, version, &json!({ "active": false })).await, 409);
    problem(&ends_at(&robert, &roberts, &json!(START.plus_s(86_400).rfc3339())).await, 409);
    let second = api(&format!("users/{}", made["id"].as_str().unwrap()));
    super::links::invite_to(&robert, &second, PASSWORD, &world.client()).await;
    let own = robert.patch(&roberts, version, &json!({ "active": false })).await;
    assert!(problem(&own, 409).to_string().contains("own account"), "nobody suspends oneself: {}", own.text);
    let drugi = world.sign_in("drugi.admin").await;
    let _ = drugi.patch(&roberts, version, &json!({ "active": false })).await.expect(200);
    assert_eq!(me(&robert).await, 401);
}
