//! What was begun by what does not count any more: the settings are others, and the server was started again.

use super::help::{api, named, problem};
use super::sign_on::{Place, begin, finish, login, tell, user};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, PASSWORD};

/// The ends of sessions that nobody asked for, as the ledger tells them.
async fn ends(admin: &Client) -> Vec<Value> {
    let page = admin.get(&api("ledger/events?act=sign_on.end&limit=100")).await.expect(200).json();
    page["items"].as_array().expect("events").clone()
}

/// Gives a user the role of an administrator.
pub async fn promote(admin: &Client, login: &str) {
    let id = user(admin, login).await;
    let before = admin.get(&api(&format!("users/{id}"))).await.expect(200).json();
    let change = json!({ "roles": [named(admin, "roles", "administrator").await] });
    let version = before["version"].as_u64().expect("a version");
    let _ = admin.patch(&api(&format!("users/{id}")), version, &change).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_with_the_provider_that_began_it() {
    let mut place = Place::linked().await;
    let by_password = place.world.sign_in("anna.kowalska").await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    // Where it is still in the settings, it goes on.
    let there = place.config(false, &["firma", "inny"]);
    place.world.stop().await;
    place.world.start_with(there).await.expect("a server");
    assert_eq!(client.at(place.world.address()).get(&api("me")).await.status, 200);
    let gone = place.config(false, &["inny"]);
    place.world.stop().await;
    place.world.start_with(gone).await.expect("a server");
    problem(&client.at(place.world.address()).get(&api("me")).await, 401);
    assert!(
        login(&by_password.at(place.world.address())).await.is_some(),
        "what was begun by password is not the provider's"
    );
    let admin = place.world.sign_in("robert.szymanski").await;
    let told = ends(&admin).await;
    assert_eq!(told.len(), 1, "{told:?}");
    let id = user(&admin, "anna.kowalska").await;
    assert_eq!(told[0]["detail"]["users"], json!([id]), "{told:?}");
    // It does not come back with the provider.
    let back = place.config(false, &["firma", "inny"]);
    place.world.stop().await;
    place.world.start_with(back).await.expect("a server");
    problem(&client.at(place.world.address()).get(&api("me")).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_begun_by_password_end_where_passwords_do_not_count_any_more() {
    let mut place = Place::linked().await;
    let admin = place.world.sign_in("robert.szymanski").await;
    promote(&admin, "magdalena.wojcik").await;
    let (anna, helper) =
        (place.world.sign_in("anna.kowalska").await, place.world.sign_in("magdalena.wojcik").await);
    let by_provider = place.world.client();
    let _ = place.comes_back(&by_provider).await.expect(201);
    // One who is between the password and the code.
    let phone = super::factors::enrol(&place.world.sign_in("piotr.zielinski").await, testkit::START.0).await;
    let between = place.world.client();
    let begun = json!({ "login": "piotr.zielinski", "password": PASSWORD });
    let _ = between.post(&api("sessions"), &begun).await.expect(202);
    let only = place.config(true, &["firma", "inny"]);
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    for client in [&anna, &admin] {
        problem(&client.at(place.world.address()).get(&api("me")).await, 401);
    }
    let between = between.at(place.world.address());
    place.world.clock.advance_ms(60_000);
    let code = json!({ "totp": phone.code(testkit::START.0 + 60_000) });
    problem(&super::factors::finish(&between, &code).await, 401);
    assert_eq!(login(&between).await, None);
    let helper = helper.at(place.world.address());
    assert_eq!(login(&helper).await.as_deref(), Some("magdalena.wojcik"));
    assert_eq!(login(&by_provider.at(place.world.address())).await.as_deref(), Some("anna.kowalska"));
    let told = ends(&helper).await;
    assert_eq!(told.len(), 1, "{told:?}");
    let ended = told[0]["detail"]["users"].to_string();
    for (login, is_ended) in
        [("anna.kowalska", true), ("robert.szymanski", true), ("magdalena.wojcik", false)]
    {
        assert_eq!(ended.contains(&user(&helper, login).await), is_ended, "{login}: {ended}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_step_ends_where_the_provider_ends_what_it_follows_from() {
    let place = Place::linked().await;
    let phone = super::factors::enrol(&place.world.sign_in("anna.kowalska").await, testkit::START.0).await;
    let stranger = place.world.client();
    let mut clients = Vec::new();
    for sid in ["a", "b", "c", "d"] {
        let client = place.world.client();
        place.provider.set_claims(json!({ "sid": sid }));
        let _ = place.comes_back(&client).await.expect(202);
        clients.push(client);
    }
    let admin = place.world.sign_in("robert.szymanski").await;
    // Of one session by a token, of another by a frame, and of a stranger nothing.
    let token = |with: Value| place.provider.log_out_token(&with);
    let _ = tell(&stranger, &token(json!({ "sid": "a" }))).await.expect(200);
    let path = api(&format!("sign-on/front-channel/firma?iss={}&sid=b", place.provider.issuer()));
    let frame = stranger.request(Method::GET, &path).header("sec-fetch-site", "cross-site");
    let _ = stranger.send(frame).await.expect(204);
    let _ = tell(&stranger, &token(json!({ "sid": null, "sub": "ktos-inny" }))).await.expect(200);
    let told = ends(&admin).await;
    assert_eq!(told.iter().filter(|e| e["detail"]["second_steps"] == 1).count(), 2, "{told:?}");
    place.world.clock.advance_ms(60_000);
    let code = |ms: i64| json!({ "totp": phone.code(testkit::START.0 + ms) });
    for client in &clients[..2] {
        problem(&super::factors::finish(client, &code(60_000)).await, 401);
        assert_eq!(login(client).await, None);
    }
    let _ = super::factors::finish(&clients[2], &code(60_000)).await.expect(201);
    // All of somebody: the session and what is still between.
    place.provider.set_time(testkit::START.plus_ms(60_000));
    let _ = tell(&stranger, &token(json!({ "sid": null, "sub": "pracownik-7" }))).await.expect(200);
    assert_eq!(login(&clients[2]).await, None);
    place.world.clock.advance_ms(60_000);
    problem(&super::factors::finish(&clients[3], &code(120_000)).await, 401);
    assert_eq!(login(&clients[3]).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_emergency_account_stays_able_to_help() {
    let mut place = Place::linked().await;
    place.link("robert.szymanski", "firma", "admin-1").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let role = json!({ "name": "awaria", "label": { "pl": "Awaria", "en": "Emergency" }, "things": { "users": "manage" } });
    let role_id =
        admin.post(&api("roles"), &role).await.expect(201).json()["id"].as_str().expect("an id").to_owned();
    let id = user(&admin, "magdalena.wojcik").await;
    let at = api(&format!("users/{id}"));
    let version =
        async |client: &Client| client.get(&at).await.expect(200).json()["version"].as_u64().expect("one");
    let _ = admin.patch(&at, version(&admin).await, &json!({ "roles": [role_id] })).await.expect(200);
    let only = place.config(true, &["firma"]);
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    let admin = place.world.client();
    place.provider.set_claims(json!({ "sub": "admin-1" }));
    let _ = place.comes_back(&admin).await.expect(201);
    let before = version(&admin).await;
    for change in [
        json!({ "active": false }),
        json!({ "roles": [] }),
        json!({ "ends_at": testkit::START.plus_s(86_400).rfc3339() }),
    ] {
        let refused = problem(&admin.patch(&at, before, &change).await, 409);
        assert!(refused["detail"].as_str().unwrap().contains("emergency account"), "{change}: {refused}");
    }
    let take = |client: &Client| client.request(Method::DELETE, &format!("{at}/password"));
    let refused = problem(&admin.send(take(&admin)).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("emergency account"), "{refused}");
    let mut less = role.clone();
    less["things"] = json!({ "users": "read" });
    let put = |client: &Client| {
        client.request(Method::PUT, &api(&format!("roles/{role_id}"))).header("if-match", "\"1\"").json(&less)
    };
    let refused = problem(&admin.send(put(&admin)).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("emergency account"), "{refused}");
    assert_eq!(version(&admin).await, before, "nothing of it was done");
    // What leaves it able to help goes on.
    let _ = admin.patch(&at, before, &json!({ "name": "Magdalena Awaryjna" })).await.expect(200);
    let helper = place.world.client();
    helper.sign_in("magdalena.wojcik", PASSWORD).await;
    // Where passwords count, she is as anybody.
    let both = place.config(false, &["firma"]);
    place.world.stop().await;
    place.world.start_with(both).await.expect("a server");
    let admin = place.world.sign_in("robert.szymanski").await;
    let _ = admin.send(put(&admin)).await.expect(200);
    let _ = admin.send(take(&admin)).await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_whose_factor_is_the_providers_is_good_while_the_account_is_linked() {
    let place = Place::new(|s| s.factor_amr = vec!["mfa".into()]).await;
    place.link("anna.kowalska", "firma", "pracownik-7").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let _ = super::factors::enrol(&admin, testkit::START.0).await;
    let body = json!({ "everyone": "any", "roles": {}, "grace_days": 0 });
    let _ = super::factors::require(&admin, 0, &body).await.expect(200);
    let client = place.world.client();
    let ask = json!({
        "label": "Program", "scope": { "entities": { "person": ["read"] } },
        "ends_at": testkit::START.plus_s(86_400).rfc3339(),
    });
    // Without that factor nobody makes one.
    let _ = place.comes_back(&client).await.expect(201);
    let refused = problem(&client.post(&api("tokens"), &ask).await, 403);
    assert!(refused["type"].as_str().unwrap().ends_with("factor-required"), "{refused}");
    let long_ago = testkit::START.0 / 1_000 - 3_600;
    place.provider.set_claims(json!({ "amr": ["pwd", "mfa"], "auth_time": long_ago }));
    let _ = place.comes_back(&client).await.expect(201);
    let refused = problem(&client.post(&api("tokens"), &ask).await, 403);
    assert!(refused["type"].as_str().unwrap().ends_with("step-up-required"), "{refused}");
    place.provider.set_claims(json!({ "amr": ["pwd", "mfa"] }));
    let address = begin(&client, json!({ "anew": true })).await;
    let _ = finish(&client, &place.provider.consent(&address)).await.expect(201);
    let made = client.post(&api("tokens"), &ask).await.expect(201).json();
    let token = place.world.client().with_token(made["token"].as_str().expect("a token"));
    let _ = token.get(&api("people")).await.expect(200);
    // It outlives the session that made it, also one that the provider ends.
    let whole = place.provider.log_out_token(&json!({ "sid": null, "sub": "pracownik-7" }));
    let _ = tell(&place.world.client(), &whole).await.expect(200);
    assert_eq!(login(&client).await, None);
    let _ = token.get(&api("people")).await.expect(200);
    let id = user(&admin, "anna.kowalska").await;
    let all = admin.get(&api(&format!("users/{id}/accounts"))).await.expect(200).json();
    let account = all["items"][0]["id"].as_str().expect("an id");
    let path = api(&format!("users/{id}/accounts/{account}"));
    let _ = admin.send(admin.request(Method::DELETE, &path)).await.expect(204);
    problem(&token.get(&api("people")).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_that_counted_at_a_provider_counts_no_longer_than_the_settings_say() {
    let mut place = Place::new(|s| s.factor_amr = vec!["mfa".into()]).await;
    place.link("anna.kowalska", "firma", "pracownik-7").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let _ = super::factors::enrol(&admin, testkit::START.0).await;
    let body = json!({ "everyone": "any", "roles": {}, "grace_days": 0 });
    let _ = super::factors::require(&admin, 0, &body).await.expect(200);
    let client = place.world.client();
    place.provider.set_claims(json!({ "amr": ["pwd", "mfa"] }));
    let _ = place.comes_back(&client).await.expect(201);
    let ask = json!({
        "label": "Program", "scope": { "entities": { "person": ["read"] } },
        "ends_at": testkit::START.plus_s(86_400).rfc3339(),
    });
    let made = client.post(&api("tokens"), &ask).await.expect(201).json();
    let token = place.world.client().with_token(made["token"].as_str().expect("a token"));
    let _ = token.get(&api("people")).await.expect(200);
    // Nothing counts any more, or something else does; and at last what was asked for then counts again.
    for (counts, status) in [(vec![], 403), (vec!["hwk".to_owned()], 403), (vec!["mfa".to_owned()], 200)] {
        let mut other = place.config(false, &["firma", "inny"]);
        other.sign_on.providers[0].factor_amr = counts.clone();
        place.world.stop().await;
        place.world.start_with(other).await.expect("a server");
        for caller in [&client, &token] {
            let answer = caller.at(place.world.address()).get(&api("people")).await;
            assert_eq!(answer.status, status, "{counts:?}: {}", answer.text);
            if status == 403 {
                assert!(answer.text.contains("factor-required"), "{}", answer.text);
            }
        }
    }
}
