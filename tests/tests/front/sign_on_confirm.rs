//! Proving at a provider to be there, in the middle of work: the session goes on, and nobody else comes in by it.

use super::factors::enrol;
use super::help::{api, problem};
use super::sign_on::{Place, begin, finish, login, user};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

/// Anna and Piotr sign in at the provider alone, which does not say by itself when that was.
async fn place() -> Place {
    let mut place = Place::linked().await;
    place.link("piotr.zielinski", "firma", "pracownik-8").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    super::sign_on_ends::promote(&admin, "magdalena.wojcik").await;
    let only = place.config(true, &["firma", "inny"]);
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    place.provider.set_claims(json!({ "auth_time": null }));
    place
}

/// Something that asks for a proof of now.
async fn sensitive(client: &Client) -> Answer {
    client.send(client.request(Method::POST, &api("me/factors/totp"))).await
}

async fn session(client: &Client) -> Value {
    let all = client.get(&api("sessions")).await.expect(200).json();
    let mut current = all["items"].as_array().expect("sessions").iter().filter(|s| s["current"] == true);
    current.next().expect("the one in use")["id"].clone()
}

/// Comes back from the provider, to which it was sent to confirm, with these claims over the usual ones.
async fn confirms(place: &Place, client: &Client, claims: Value) -> Answer {
    place.provider.set_claims(claims);
    let address = begin(client, json!({ "confirm": true, "back": "/confirmed" })).await;
    finish(client, &place.provider.consent(&address)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_confirms_at_the_provider_goes_on_in_the_same_session() {
    let place = place().await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    let before = session(&client).await;
    assert_eq!(problem(&sensitive(&client).await, 403)["type"], "urn:klucznik:problem:step-up-required");
    // A provider that does not say when proves nothing of now.
    let refused = problem(&confirms(&place, &client, json!({ "auth_time": null })).await, 401);
    assert!(refused["detail"].as_str().expect("why").contains("not-anew"), "{refused}");
    problem(&sensitive(&client).await, 403);
    let done = confirms(&place, &client, json!({})).await.expect(201);
    assert!(done.headers.get_all("set-cookie").iter().any(|c| c.as_bytes().starts_with(b"__Host-klucznik=")));
    let done = done.json();
    assert_eq!((&done["session"]["id"], &done["back"]), (&before, &json!("/confirmed")));
    let _ = sensitive(&client).await.expect(200);
    assert_eq!(session(&client).await, before, "what hangs on the session is there");
    // For five minutes, as any proof.
    place.world.clock.advance_ms(5 * 60_000);
    problem(&sensitive(&client).await, 403);
    let events = newest(&place.world, "session.step_up").await;
    assert_eq!(events["detail"]["factor"], "provider", "{events}");
}

async fn newest(world: &World, act: &str) -> Value {
    let admin = world.sign_in("magdalena.wojcik").await;
    let page = admin.get(&api(&format!("ledger/events?act={act}&limit=1"))).await.expect(200).json();
    page["items"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_comes_in_by_confirming_and_nobody_is_made() {
    let place = place().await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    let before = session(&client).await;
    for other in ["pracownik-8", "obcy"] {
        problem(&confirms(&place, &client, json!({ "sub": other })).await, 401);
        assert_eq!(login(&client).await.as_deref(), Some("anna.kowalska"), "{other}");
        assert_eq!(session(&client).await, before);
        problem(&sensitive(&client).await, 403);
        let told = newest(&place.world, "sign_on.refuse").await;
        assert_eq!(told["detail"]["reason"], "another-user", "{told}");
    }
    // An answer to it is good once, and begins nothing where nobody is signed in.
    place.provider.set_claims(json!({}));
    let came = place.provider.consent(&begin(&client, json!({ "confirm": true })).await);
    let _ = finish(&client, &came).await.expect(201);
    problem(&finish(&client, &came).await, 401);
    let nobody = place.world.client();
    let asked = json!({ "provider": "firma", "confirm": true });
    problem(&nobody.post(&api("sign-on"), &asked).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_to_confirm_a_session_confirms_no_other() {
    let place = place().await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    // The session ends meanwhile.
    place.provider.set_claims(json!({}));
    let came = place.provider.consent(&begin(&client, json!({ "confirm": true })).await);
    let _ = client.send(client.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    problem(&finish(&client, &came).await, 401);
    assert_eq!(login(&client).await, None, "nobody was signed in by it");
    // Another one is begun meanwhile, of the same user.
    let _ = place.comes_back(&client).await.expect(201);
    let admin = place.world.sign_in("magdalena.wojcik").await;
    let came = place.provider.consent(&begin(&client, json!({ "confirm": true })).await);
    let anna = user(&admin, "anna.kowalska").await;
    let ended = api(&format!("users/{anna}/sessions"));
    let _ = admin.send(admin.request(Method::DELETE, &ended)).await.expect(204);
    problem(&finish(&client, &came).await, 401);
    assert_eq!(login(&client).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_confirms_nobody_who_has_something_to_show_here() {
    // Her own password counts.
    let place = Place::linked().await;
    let client = place.world.client();
    place.provider.set_claims(json!({ "auth_time": null }));
    let _ = place.comes_back(&client).await.expect(201);
    problem(&confirms(&place, &client, json!({})).await, 401);
    problem(&sensitive(&client).await, 403);
    // Her own factor does, where passwords do not.
    let place = self::place().await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    let _ = confirms(&place, &client, json!({})).await.expect(201);
    let _phone = enrol(&client, testkit::START.0).await;
    place.world.clock.advance_ms(5 * 60_000);
    place.provider.set_time(testkit::START.plus_ms(5 * 60_000));
    problem(&sensitive(&client).await, 403);
    problem(&confirms(&place, &client, json!({})).await, 401);
    problem(&sensitive(&client).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_in_another_browser_goes_on_there_once_its_user_confirmed_at_the_provider() {
    const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0";
    let place = place().await;
    let client = place.world.client();
    let send = async |agent: &str, method: Method, path: &str, body: &Value| {
        let request = client.request(method, &api(path)).header("user-agent", agent);
        client.send(if body.is_null() { request } else { request.json(body) }).await
    };
    let comes_back = async |agent: &str, with: Value| {
        let begun = send(agent, Method::POST, "sign-on", &with).await.expect(201).json();
        let came = place.provider.consent(begun["address"].as_str().expect("an address"));
        send(agent, Method::POST, "sign-on/finish", &came).await
    };
    place.provider.set_claims(json!({}));
    let made = comes_back(FIREFOX, json!({ "provider": "firma" })).await.expect(201).json();
    let before = &made["session"]["id"];
    let refused = problem(&send(CHROME, Method::GET, "me", &Value::Null).await, 403);
    assert_eq!(refused["type"], "urn:klucznik:problem:step-up-required");
    // Whoever took it and is somebody else at the provider gets no further.
    place.provider.set_claims(json!({ "sub": "pracownik-8" }));
    let confirm = json!({ "provider": "firma", "confirm": true });
    problem(&comes_back(CHROME, confirm.clone()).await, 401);
    problem(&send(CHROME, Method::GET, "me", &Value::Null).await, 403);
    place.provider.set_claims(json!({}));
    let done = comes_back(CHROME, confirm).await.expect(201).json();
    assert_eq!(&done["session"]["id"], before);
    let _ = send(CHROME, Method::GET, "me", &Value::Null).await.expect(200);
    problem(&send(FIREFOX, Method::GET, "me", &Value::Null).await, 403);
}

/// Anna signs in at the first of two providers; a factor is required, and what the first says of one counts.
async fn with_factor_there() -> Place {
    let mut place = Place::linked().await;
    place.link("anna.kowalska", "inny", "anna-tam").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let _phone = enrol(&admin, testkit::START.0).await;
    let body = json!({ "everyone": "any", "roles": {}, "grace_days": 0 });
    let _ = super::factors::require(&admin, 0, &body).await.expect(200);
    super::sign_on_ends::promote(&admin, "magdalena.wojcik").await;
    let mut only = place.config(true, &["firma", "inny"]);
    only.sign_on.providers[0].factor_amr = vec!["mfa".into()];
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    place
}

/// Confirms at the second provider, which says of no factor.
async fn confirms_elsewhere(place: &Place, client: &Client) -> Value {
    place.other.set_claims(json!({ "sub": "anna-tam" }));
    let address = begin(client, json!({ "provider": "inny", "confirm": true })).await;
    finish(client, &place.other.consent(&address)).await.expect(201).json()
}

/// The provider of this name says that what its token is of has ended.
async fn log_out(place: &Place, name: &str, token: &str) {
    let client = place.world.client();
    let request = client.request(Method::POST, &api(&format!("sign-on/back-channel/{name}")));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let _ = client.send(request.body(format!("logout_token={token}"))).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn confirming_takes_nothing_from_what_the_session_was_begun_by() {
    let place = with_factor_there().await;
    let client = place.world.client();
    let with_factor = json!({ "amr": ["pwd", "mfa"] });
    place.provider.set_claims(with_factor.clone());
    let _ = place.comes_back(&client).await.expect(201);
    let before = session(&client).await;
    let _ = client.get(&api("people")).await.expect(200);
    // The provider remembers the factor and asks for the password alone; then the other one is asked.
    let _ = confirms(&place, &client, json!({ "amr": ["pwd"] })).await.expect(201);
    let _ = client.get(&api("people")).await.expect(200);
    let _ = confirms_elsewhere(&place, &client).await;
    let _ = client.get(&api("people")).await.expect(200);
    assert_eq!(session(&client).await, before);
    // Who has left there has left here.
    let token = place.provider.log_out_token(&json!({ "sid": null, "sub": "pracownik-7" }));
    log_out(&place, "firma", &token).await;
    assert_eq!(login(&client).await, None, "the provider that began it ends it");
    // So it is where it was confirmed.
    place.provider.set_claims(with_factor);
    let _ = place.comes_back(&client).await.expect(201);
    let _ = confirms_elsewhere(&place, &client).await;
    log_out(&place, "inny", &place.other.log_out_token(&json!({ "sid": null, "sub": "somebody" }))).await;
    let _ = client.get(&api("people")).await.expect(200);
    log_out(&place, "inny", &place.other.log_out_token(&json!({ "sid": null, "sub": "anna-tam" }))).await;
    assert_eq!(login(&client).await, None, "the provider that it was confirmed at ends it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_that_was_shown_in_confirming_counts_from_then_on() {
    let mut place = with_factor_there().await;
    let client = place.world.client();
    place.provider.set_claims(json!({ "amr": ["pwd"] }));
    let _ = place.comes_back(&client).await.expect(201);
    let refused = problem(&client.get(&api("people")).await, 403);
    assert_eq!(refused["type"], "urn:klucznik:problem:factor-required");
    let _ = confirms_elsewhere(&place, &client).await;
    problem(&client.get(&api("people")).await, 403);
    let _ = confirms(&place, &client, json!({ "amr": ["mfa"] })).await.expect(201);
    let _ = client.get(&api("people")).await.expect(200);
    let _ = confirms(&place, &client, json!({ "amr": ["pwd"] })).await.expect(201);
    let _ = client.get(&api("people")).await.expect(200);
    // It is kept with the session, and counts no longer than the settings say.
    for (counts, status) in [("mfa", 200), ("hwk", 403)] {
        let mut again = place.config(true, &["firma", "inny"]);
        again.sign_on.providers[0].factor_amr = vec![counts.into()];
        place.world.stop().await;
        place.world.start_with(again).await.expect("a server");
        let answer = client.at(place.world.address()).get(&api("people")).await;
        assert_eq!(answer.status, status, "{counts}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_providers_are_offered_at_which_the_user_has_an_account() {
    let place = place().await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    let asked = async |client: &Client| {
        client.send(client.request(Method::POST, &api("me/step-up"))).await.expect(200).json()
    };
    let offered = async |client: &Client| {
        let asked = asked(client).await;
        assert_eq!(asked["factors"], json!([]), "{asked}");
        let all = asked["providers"].as_array().unwrap_or_else(|| panic!("{asked}")).clone();
        assert!(all.iter().all(|provider| provider["label"].is_string()), "{all:?}");
        let names = all.iter().map(|provider| provider["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(offered(&client).await, ["firma"]);
    let admin = place.world.sign_in("magdalena.wojcik").await;
    let anna = user(&admin, "anna.kowalska").await;
    let account = json!({ "provider": "inny", "subject": "anna-tam" });
    let _ = admin.post(&api(&format!("users/{anna}/accounts")), &account).await.expect(201);
    assert_eq!(offered(&client).await, ["firma", "inny"]);
    // Whoever has something to show here is offered none.
    let asked = asked(&admin).await;
    assert_eq!((&asked["factors"], asked.get("providers")), (&json!(["password"]), None), "{asked}");
}
