//! What signing in through a provider proves, how often it is tried, and what of it ends.

use super::factors::{enrol, finish as second, require};
use super::help::{api, named, problem};
use super::passkeys::{add, show};
use super::sign_on::{Place, begin, finish, login, tell, user};
use reqwest::Method;
use serde_json::json;
use server::Config;
use testkit::{Signing, config};

#[tokio::test(flavor = "multi_thread")]
async fn where_passkeys_are_required_a_providers_factor_is_not_enough() {
    let place = Place::new(|s| s.factor_amr = vec!["mfa".into()]).await;
    place.link("anna.kowalska", "firma", "pracownik-7").await;
    place.provider.set_claims(json!({ "amr": ["pwd", "mfa"] }));
    let admin = place.world.sign_in("robert.szymanski").await;
    let _ = add(&admin, 9).await;
    let mut passkey = add(&place.world.sign_in("anna.kowalska").await, 1).await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    let seller = named(&admin, "roles", "seller").await;
    let body = json!({ "everyone": "none", "roles": { (&seller): "passkey" }, "grace_days": 7 });
    let _ = require(&admin, 0, &body).await.expect(200);
    let other = place.world.client();
    let mut awaited = place.comes_back(&other).await.expect(202).json();
    assert_eq!(awaited["factors"], json!(["passkey"]));
    assert_eq!(login(&other).await, None, "nobody is signed in yet");
    let _ = show(&other, &mut passkey, &awaited["passkey"].take()).await.expect(201);
    assert_eq!(login(&other).await.as_deref(), Some("anna.kowalska"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_does_not_say_when_proves_nothing_now() {
    let place = Place::linked().await;
    let client = place.world.client();
    place.provider.set_claims(json!({ "auth_time": null }));
    let _ = place.comes_back(&client).await.expect(201);
    let refused = client.send(client.request(Method::POST, &api("me/factors/totp"))).await;
    assert_eq!(problem(&refused, 403)["type"], "urn:klucznik:problem:step-up-required");
    place.provider.set_claims(json!({}));
    let address = begin(&client, json!({ "anew": true })).await;
    let _ = finish(&client, &place.provider.consent(&address)).await.expect(201);
    let _ = client.send(client.request(Method::POST, &api("me/factors/totp"))).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn going_to_a_provider_and_coming_back_is_one_try() {
    let place = Place::of(Config { login_rate: 4, ..config() }, |_| ()).await;
    place.link("anna.kowalska", "firma", "pracownik-7").await;
    let client = place.world.client();
    // Guesses at passwords are counted elsewhere.
    let wrong = json!({ "login": "piotr.zielinski", "password": "zupełnie inne hasło" });
    while client.post(&api("sessions"), &wrong).await.status != 429 {}
    // In a browser each that nobody knows yet.
    for _ in 0..4 {
        let _ = place.comes_back(&place.world.client()).await.expect(201);
    }
    problem(&client.post(&api("sign-on"), &json!({ "provider": "firma" })).await, 429);
    let nothing = json!({ "provider": "firma", "state": "x", "code": "y", "iss": null, "error": null });
    problem(&finish(&place.world.client(), &nothing).await, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_without_keys_is_not_asked_for_them_by_everybody() {
    let place = Place::linked().await;
    let client = place.world.client();
    let came = async || place.provider.consent(&begin(&client, json!({})).await);
    let first = came().await;
    place.provider.set_down(true);
    problem(&finish(&client, &first).await, 503);
    assert_eq!(place.provider.key_requests(), 1);
    place.provider.set_down(false);
    problem(&finish(&client, &came().await).await, 503);
    assert_eq!(place.provider.key_requests(), 1, "just now it did not answer");
    place.world.clock.advance_ms(30_000);
    let _ = finish(&client, &came().await).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_step_ends_with_the_account_that_it_was_begun_through() {
    let place = Place::linked().await;
    let phone = enrol(&place.world.sign_in("anna.kowalska").await, testkit::START.0).await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let anna = user(&admin, "anna.kowalska").await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(202);
    let all = admin.get(&api(&format!("users/{anna}/accounts"))).await.expect(200).json();
    let account = all["items"][0]["id"].as_str().expect("an id").to_owned();
    let path = api(&format!("users/{anna}/accounts/{account}"));
    let _ = admin.send(admin.request(Method::DELETE, &path)).await.expect(204);
    place.world.clock.advance_ms(60_000);
    let code = phone.code(testkit::START.0 + 60_000);
    problem(&second(&client, &json!({ "totp": code })).await, 401);
    assert_eq!(login(&client).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_at_another_providers_address_is_refused_before_anybody_gets_the_code() {
    let place = Place::linked().await;
    // Neither names itself in its answers.
    for provider in [&place.provider, &place.other] {
        provider.set_discovery(json!({ "authorization_response_iss_parameter_supported": null }));
    }
    let (client, victim) = (place.world.client(), place.world.client());
    // What the evil one sends a browser to instead of its own page: the honest one's, under the evil one's state.
    let honest = place.provider.consent(&begin(&client, json!({})).await);
    let evil = place.other.consent(&begin(&victim, json!({ "provider": "inny" })).await);
    assert_eq!((&honest["provider"], &evil["provider"]), (&json!("firma"), &json!("inny")));
    let mixed = json!({ "provider": "firma", "state": evil["state"], "code": honest["code"] });
    let refused = problem(&finish(&victim, &mixed).await, 401);
    assert!(refused["detail"].as_str().unwrap().contains("wrong-issuer"), "{refused}");
    assert_eq!(
        (place.provider.token_requests(), place.other.token_requests()),
        (0, 0),
        "the code went nowhere"
    );
    // It is used up by that.
    problem(&finish(&victim, &evil).await, 401);
    let mut unnamed = honest.clone();
    let _ = unnamed.as_object_mut().expect("an object").remove("provider");
    assert_eq!(finish(&client, &unnamed).await.status, 422);
    let mut honest = honest;
    honest["iss"] = json!(null);
    let _ = finish(&client, &honest).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_out_is_checked_by_known_keys_while_the_provider_is_down_and_is_not_final_without_them() {
    let mut place = Place::linked().await;
    let (client, stranger) = (place.world.client(), place.world.client());
    let _ = place.comes_back(&client).await.expect(201);
    // What is known of the provider is too old to be believed for a sign-in.
    for step in 1..=4 {
        place.world.clock.advance_ms(16 * 60_000);
        place.provider.set_time(testkit::START.plus_ms(step * 16 * 60_000));
        assert!(login(&client).await.is_some());
    }
    place.provider.set_down(true);
    let good = place.provider.log_out_token(&json!({}));
    place.provider.set_signing(Signing::OtherKey);
    let forged = place.provider.log_out_token(&json!({}));
    assert_eq!(tell(&stranger, &forged).await.status, 400, "that is final");
    // Of a key that nobody knows yet: it may be a new one, which shows when the provider is back.
    place.provider.set_signing(Signing::NewKey);
    let unknown = place.provider.log_out_token(&json!({}));
    let later = tell(&stranger, &unknown).await;
    assert_eq!(later.status, 503, "{}", later.text);
    assert!(later.headers.contains_key("retry-after"));
    assert!(login(&client).await.is_some());
    let _ = tell(&stranger, &good).await.expect(200);
    assert!(login(&client).await.is_none());
    // A server that was just started knows none.
    let same = place.config(false, &["firma", "inny"]);
    place.world.stop().await;
    place.world.start_with(same).await.expect("a server");
    let stranger = stranger.at(place.world.address());
    assert_eq!(tell(&stranger, &unknown).await.status, 503);
    place.provider.set_down(false);
    place.world.clock.advance_ms(16_000);
    let _ = tell(&stranger, &unknown).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_gives_no_more_accounts_than_an_administrator_could() {
    let place = Place::new(|_| ()).await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let me = admin.get(&api("me")).await.expect(200).json();
    let new = json!({
        "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example",
        "team": me["user"]["team"], "roles": [], "invite": {},
    });
    let made = admin.post(&api("users"), &new).await.expect(201).json();
    let secret = made["invitation"]["link"].as_str().expect("a link").split_once('#').expect("a secret").1;
    for at in 0..10 {
        let _ = place.link("nowa.osoba", "inny", &format!("osoba-{at}")).await;
    }
    let client = place.world.client();
    let address = begin(&client, json!({ "invitation": secret })).await;
    problem(&finish(&client, &place.provider.consent(&address)).await, 409);
    assert_eq!(login(&client).await, None);
    let page = admin.get(&api("ledger/events?act=sign_on.refuse&limit=1")).await.expect(200).json();
    let id = user(&admin, "nowa.osoba").await;
    let detail = &page["items"][0]["detail"];
    assert_eq!((&detail["reason"], &detail["user"]), (&json!("too-many-accounts"), &json!(id)), "{page}");
    // With one less it is good: a refusal uses nothing up.
    let path = api(&format!("users/{id}/accounts"));
    let all = admin.get(&path).await.expect(200).json();
    let one = format!("{path}/{}", all["items"][0]["id"].as_str().expect("an id"));
    let _ = admin.send(admin.request(Method::DELETE, &one)).await.expect(204);
    let address = begin(&client, json!({ "invitation": secret })).await;
    let _ = finish(&client, &place.provider.consent(&address)).await.expect(201);
}
