//! Signing in through a provider of single sign-on, and everything that could be put in its place.

use super::help::{api, named, problem};
use reqwest::Method;
use serde_json::{Value, json};
use server::{Config, SignOnConfig};
use tempfile::TempDir;
use testkit::{Answer, Client, OpenProvider, PASSWORD, Signing, World, config};

pub struct Place {
    pub world: World,
    pub provider: OpenProvider,
    pub other: OpenProvider,
    secrets: TempDir,
}

impl Place {
    /// A world with two providers; `change` is made to what the settings say of the first.
    pub async fn new(change: impl Fn(&mut oidc::Settings)) -> Self {
        Self::of(config(), change).await
    }

    /// As [`Place::new`], with other settings of the server.
    pub async fn of(config: Config, change: impl Fn(&mut oidc::Settings)) -> Self {
        let (provider, other) = (OpenProvider::new().await, OpenProvider::new().await);
        let secrets = tempfile::tempdir().expect("a folder");
        let mut first = provider.settings("firma", &secrets.path().join("a"));
        change(&mut first);
        let providers = vec![first, other.settings("inny", &secrets.path().join("b"))];
        let sign_on = SignOnConfig { providers, ..SignOnConfig::default() };
        let world = World::with(Config { sign_on, ..config }).await;
        Self { world, provider, other, secrets }
    }

    /// The settings of the server with these providers; `only` if passwords do not count but Magdalena's.
    pub fn config(&self, only: bool, names: &[&str]) -> Config {
        let all = [("firma", &self.provider, "a"), ("inny", &self.other, "b")];
        let named = all.into_iter().filter(|(name, ..)| names.contains(name));
        let providers = named.map(|(name, p, file)| p.settings(name, &self.secrets.path().join(file)));
        let emergency = only.then(|| "Magdalena.Wojcik".to_owned());
        Config { sign_on: SignOnConfig { only, emergency, providers: providers.collect() }, ..config() }
    }

    /// As [`Place::new`], with the provider's subject linked to Anna.
    pub async fn linked() -> Self {
        let place = Self::new(|_| ()).await;
        place.link("anna.kowalska", "firma", "pracownik-7").await;
        place
    }

    pub async fn link(&self, login: &str, provider: &str, subject: &str) -> Value {
        let admin = self.world.sign_in("robert.szymanski").await;
        let user = user(&admin, login).await;
        let body = json!({ "provider": provider, "subject": subject });
        admin.post(&api(&format!("users/{user}/accounts")), &body).await.expect(201).json()
    }

    pub async fn comes_back(&self, client: &Client) -> Answer {
        finish(client, &self.provider.consent(&begin(client, json!({})).await)).await
    }

    /// Reasons of refusals, newest first.
    async fn refusals(&self) -> usize {
        let admin = self.world.sign_in("robert.szymanski").await;
        let page = admin.get(&api("ledger/events?act=sign_on.refuse&limit=100")).await.expect(200).json();
        page["items"].as_array().expect("events").len()
    }
}

pub async fn user(admin: &Client, login: &str) -> String {
    let users = admin.get(&api("users")).await.expect(200).json();
    let all = users["items"].as_array().expect("users");
    let found = all.iter().find(|u| u["login"] == login).unwrap_or_else(|| panic!("{login}"));
    found["id"].as_str().expect("an id").to_owned()
}

pub async fn begin(client: &Client, with: Value) -> String {
    let mut body = json!({ "provider": "firma" });
    for (name, value) in with.as_object().expect("an object") {
        body[name] = value.clone();
    }
    let begun = client.post(&api("sign-on"), &body).await.expect(201).json();
    begun["address"].as_str().expect("an address").to_owned()
}

pub async fn finish(client: &Client, came: &Value) -> Answer {
    client.post(&api("sign-on/finish"), came).await
}

pub async fn login(client: &Client) -> Option<String> {
    let me = client.get(&api("me")).await;
    me.json()["user"]["login"].as_str().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_account_it_is_signs_in() {
    let place = Place::linked().await;
    let client = place.world.client();
    let shown = client.get(&api("sign-on")).await.expect(200).json();
    assert_eq!(shown["providers"][0], json!({ "name": "firma", "label": "Konto firma" }));
    assert_eq!(shown["only"], false);
    let address = begin(&client, json!({ "back": "/people?x=1" })).await;
    let done = finish(&client, &place.provider.consent(&address)).await.expect(201).json();
    assert_eq!(done["back"], "/people?x=1");
    assert_eq!(login(&client).await.as_deref(), Some("anna.kowalska"));
    let own = client.get(&api("me/accounts")).await.expect(200).json();
    assert_eq!(
        (&own["items"][0]["provider"], &own["items"][0]["subject"]),
        (&json!("firma"), &json!("pracownik-7"))
    );
    // What it ends with is the provider's page for signing out.
    let out = client.send(client.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    let there = out.headers.get("location").expect("a place").to_str().expect("text");
    assert!(there.starts_with(&format!("{}/end?client_id=klucznik", place.provider.issuer())), "{there}");
    assert_eq!(login(&client).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_good_once_and_in_one_browser() {
    let place = Place::linked().await;
    let (client, thief) = (place.world.client(), place.world.client());
    let came = place.provider.consent(&begin(&client, json!({})).await);
    // Another browser, with nothing begun, and with something else begun.
    problem(&finish(&thief, &came).await, 401);
    let _ = begin(&thief, json!({})).await;
    problem(&finish(&thief, &came).await, 401);
    // A state that was not asked for uses nothing up.
    let mut forged = came.clone();
    forged["state"] = json!("x");
    problem(&finish(&client, &forged).await, 401);
    let _ = finish(&client, &came).await.expect(201);
    problem(&finish(&client, &came).await, 401);
    // Five minutes, no more.
    let came = place.provider.consent(&begin(&client, json!({})).await);
    place.world.clock.advance_ms(identity::CEREMONY_MS);
    problem(&finish(&client, &came).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_another_provider_is_refused() {
    let place = Place::linked().await;
    let client = place.world.client();
    // Mixed up: what the one gave is brought back as an answer to what the other was asked.
    for iss in [json!(place.other.issuer()), Value::Null] {
        let mut came = place.provider.consent(&begin(&client, json!({})).await);
        came["iss"] = iss;
        assert!(
            problem(&finish(&client, &came).await, 401)["detail"].as_str().unwrap().contains("wrong-issuer")
        );
    }
    // A provider that does not announce that it names itself may be silent, and may not name another.
    place.other.set_discovery(json!({ "authorization_response_iss_parameter_supported": null }));
    place.link("piotr.zielinski", "inny", "pracownik-7").await;
    let asked = json!({ "provider": "inny" });
    let mut came = place.other.consent(&begin(&client, asked.clone()).await);
    came["iss"] = json!(place.provider.issuer());
    problem(&finish(&client, &came).await, 401);
    let mut came = place.other.consent(&begin(&client, asked).await);
    came["iss"] = Value::Null;
    let _ = finish(&client, &came).await.expect(201);
    assert_eq!(
        login(&client).await.as_deref(),
        Some("piotr.zielinski"),
        "the same subject is another user's there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_for_this_is_refused() {
    let place = Place::linked().await;
    let client = place.world.client();
    let s = testkit::START.0 / 1_000;
    for (claims, code) in [
        (json!({ "nonce": "other" }), "wrong-nonce"),
        (json!({ "nonce": null }), "wrong-nonce"),
        (json!({ "aud": "other" }), "wrong-audience"),
        (json!({ "aud": ["klucznik", "other"] }), "wrong-audience"),
        (json!({ "azp": "other" }), "wrong-audience"),
        (json!({ "iss": place.other.issuer() }), "wrong-issuer"),
        (json!({ "exp": s - 61 }), "wrong-time"),
        (json!({ "iat": s + 3_600 }), "wrong-time"),
        (json!({ "sub": null }), "wrong-claims"),
    ] {
        place.provider.set_claims(claims.clone());
        let refused = problem(&place.comes_back(&client).await, 401);
        assert!(refused["detail"].as_str().unwrap().contains(code), "{claims}: {refused}");
    }
    place.provider.set_claims(json!({}));
    for (signing, code) in [
        (Signing::None, "wrong-algorithm"),
        (Signing::Secret, "wrong-algorithm"),
        (Signing::OtherKey, "wrong-signature"),
    ] {
        place.provider.set_signing(signing);
        let refused = problem(&place.comes_back(&client).await, 401);
        assert!(refused["detail"].as_str().unwrap().contains(code), "{signing:?}: {refused}");
    }
    assert_eq!(login(&client).await, None);
    assert_eq!(place.refusals().await, 12, "each is written down");
    place.provider.set_signing(Signing::Right);
    let _ = place.comes_back(&client).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_asked_for_when_new_ones_come_and_no_more_often_than_once_a_minute() {
    let place = Place::linked().await;
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    let _ = place.comes_back(&client).await.expect(201);
    assert_eq!(place.provider.key_requests(), 1, "they are kept");
    place.provider.set_signing(Signing::NewKey);
    for _ in 0..3 {
        problem(&place.comes_back(&client).await, 401);
    }
    assert_eq!(place.provider.key_requests(), 1, "tokens of unknown keys do not make it ask");
    place.world.clock.advance_ms(60_000);
    place.provider.set_time(testkit::START.plus_ms(60_000));
    let _ = place.comes_back(&client).await.expect(201);
    assert_eq!(place.provider.key_requests(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_huge_or_another_is_told_clearly() {
    let place = Place::linked().await;
    let client = place.world.client();
    place.provider.set_down(true);
    let refused = client.post(&api("sign-on"), &json!({ "provider": "firma" })).await;
    let told = problem(&refused, 503);
    assert!(told["detail"].as_str().unwrap().contains("Konto firma does not answer"), "{told}");
    client.sign_in("anna.kowalska", PASSWORD).await;
    place.provider.set_down(false);
    place.world.clock.advance_ms(16_000);
    for discovery in [
        json!({ "issuer": format!("{}/", place.provider.issuer()) }),
        json!({ "token_endpoint": "http://evil.example/token" }),
        json!({ "code_challenge_methods_supported": ["plain"] }),
        json!({ "code_challenge_methods_supported": null }),
        json!({ "code_challenge_methods_supported": [] }),
        json!({ "jwks_uri": null }),
    ] {
        place.provider.set_discovery(discovery.clone());
        let refused = client.post(&api("sign-on"), &json!({ "provider": "firma" })).await;
        assert_eq!(refused.status, 401, "{discovery}");
    }
    place.provider.set_discovery(json!({}));
    place.provider.set_padding(300 << 10);
    let refused = problem(&place.comes_back(&client).await, 401);
    assert!(refused["detail"].as_str().unwrap().contains("provider-too-large"), "{refused}");
    problem(&client.post(&api("sign-on"), &json!({ "provider": "nikt" })).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_does_not_list_s256_is_used_only_if_the_settings_say_that_it_has_it() {
    let none = json!({ "code_challenge_methods_supported": null });
    let refused = Place::new(|_| ()).await;
    refused.provider.set_discovery(none.clone());
    let client = refused.world.client();
    let answer = problem(&client.post(&api("sign-on"), &json!({ "provider": "firma" })).await, 401);
    assert!(answer["detail"].as_str().unwrap().contains("provider-no-pkce"), "{answer}");
    let trusted = Place::new(|s| s.trust_pkce = true).await;
    trusted.link("anna.kowalska", "firma", "pracownik-7").await;
    trusted.provider.set_discovery(none);
    let _ = trusted.comes_back(&trusted.world.client()).await.expect(201);
    // What it says of itself counts before what the settings say of it.
    let denies = Place::new(|s| s.trust_pkce = true).await;
    denies.provider.set_discovery(json!({ "code_challenge_methods_supported": ["plain"] }));
    let client = denies.world.client();
    problem(&client.post(&api("sign-on"), &json!({ "provider": "firma" })).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_back_leads_to_no_other_site() {
    let place = Place::linked().await;
    let client = place.world.client();
    for back in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let came = place.provider.consent(&begin(&client, json!({ "back": back })).await);
        assert_eq!(finish(&client, &came).await.expect(201).json()["back"], "/", "{back}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_links_nothing() {
    let place = Place::new(|_| ()).await;
    let client = place.world.client();
    let mail = json!({ "email": "anna@firma.example", "email_verified": true, "preferred_username": "anna.kowalska" });
    place.provider.set_claims(mail.clone());
    let told = problem(&place.comes_back(&client).await, 401);
    assert!(told["detail"].as_str().unwrap().contains("not linked"), "{told}");
    // Not even where users are made: the name is somebody's.
    let place = Place::new(|s| {
        s.create_users_in = Some("Północ".into());
        s.create_users_domains = vec!["firma.example".into()];
    })
    .await;
    let client = place.world.client();
    place.provider.set_claims(mail);
    problem(&place.comes_back(&client).await, 401);
    assert_eq!(login(&client).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_give_and_take_roles_and_nothing_else_does() {
    let place = Place::new(|s| {
        s.create_users_in = Some("Północ".into());
        s.create_users_domains = vec!["firma.example".into()];
        s.roles = [("sprzedaz".to_owned(), vec!["seller".to_owned()])].into();
    })
    .await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    let roles = admin.get(&api("roles")).await.expect(200).json();
    let role = |name: &str| {
        let all = roles["items"].as_array().expect("roles");
        all.iter().find(|r| r["name"] == name).map(|r| r["id"].clone()).unwrap_or_else(|| panic!("{roles}"))
    };
    place.provider.set_claims(json!({ "groups": ["sprzedaz", "zarzad"] }));
    let _ = place.comes_back(&client).await.expect(201);
    assert_eq!(login(&client).await.as_deref(), Some("anna.nowa"));
    let id = user(&admin, "anna.nowa").await;
    let now = async || admin.get(&api(&format!("users/{id}"))).await.expect(200).json();
    assert_eq!(now().await["roles"], json!([role("seller")]));
    // An administrator adds one; the groups take theirs away, and leave that.
    let before = now().await;
    let by_hand = role("auditor");
    let change = json!({ "roles": [role("seller"), by_hand] });
    let _ = admin
        .patch(&api(&format!("users/{id}")), before["version"].as_u64().expect("a version"), &change)
        .await
        .expect(200);
    place.provider.set_claims(json!({ "groups": [] }));
    let _ = place.comes_back(&client).await.expect(201);
    assert_eq!(now().await["roles"], json!([by_hand]));
    let events = admin.get(&api("ledger/events?act=sign_on.roles")).await.expect(200).json();
    assert_eq!(events["items"].as_array().expect("events").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_links_an_account_once() {
    let place = Place::new(|_| ()).await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    let me = admin.get(&api("me")).await.expect(200).json();
    let new = json!({
        "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example",
        "team": me["user"]["team"], "roles": [], "invite": {},
    });
    let made = admin.post(&api("users"), &new).await.expect(201).json();
    let link = made["invitation"]["link"].as_str().unwrap_or_else(|| panic!("{made}"));
    let secret = link.split_once('#').expect("a secret").1;
    let address = begin(&client, json!({ "invitation": secret })).await;
    let _ = finish(&client, &place.provider.consent(&address)).await.expect(201);
    assert_eq!(login(&client).await.as_deref(), Some("nowa.osoba"));
    // Without password and factor there is the provider alone to confirm by.
    let later = testkit::START.plus_ms(identity::FRESH_MS);
    place.world.clock.advance_ms(identity::FRESH_MS);
    place.provider.set_time(later);
    let begin_totp = async || client.send(client.request(Method::POST, &api("me/factors/totp"))).await;
    let refused = problem(&begin_totp().await, 403);
    assert!(refused["type"].as_str().unwrap().ends_with("step-up-required"), "{refused}");
    assert!(!refused.to_string().contains("password"), "{refused}");
    let address = begin(&client, json!({ "anew": true })).await;
    let _ = finish(&client, &place.provider.consent(&address)).await.expect(201);
    let _ = begin_totp().await.expect(200);
    // The link is used up, for another account too.
    place.provider.set_claims(json!({ "sub": "ktos-inny" }));
    let address = begin(&client, json!({ "invitation": secret })).await;
    problem(&finish(&client, &place.provider.consent(&address)).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_of_ones_own_is_asked_for_unless_the_providers_counts() {
    let place = Place::new(|s| s.factor_amr = vec!["mfa".into()]).await;
    place.link("anna.kowalska", "firma", "pracownik-7").await;
    let client = place.world.sign_in("anna.kowalska").await;
    let _ = super::factors::enrol(&client, testkit::START.0).await;
    let other = place.world.client();
    let awaited = place.comes_back(&other).await.expect(202).json();
    assert_eq!((&awaited["factors"], &awaited["back"]), (&json!(["totp"]), &json!("/")));
    assert_eq!(login(&other).await, None, "nobody is signed in yet");
    place.provider.set_claims(json!({ "amr": ["pwd", "mfa"] }));
    let _ = place.comes_back(&other).await.expect(201);
    assert_eq!(login(&other).await.as_deref(), Some("anna.kowalska"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signed_in_at_the_provider_long_ago_proves_nothing_now() {
    let place = Place::linked().await;
    let client = place.world.client();
    let s = testkit::START.0 / 1_000;
    place.provider.set_claims(json!({ "auth_time": s - 3_600 }));
    let _ = place.comes_back(&client).await.expect(201);
    let refused = client.send(client.request(Method::POST, &api("me/factors/totp"))).await;
    assert_eq!(problem(&refused, 403)["type"], "urn:klucznik:problem:step-up-required");
    // Asked anew: refused if the provider did not, good if it did.
    let anew = json!({ "anew": true });
    let address = begin(&client, anew.clone()).await;
    assert!(address.contains("prompt=login") && address.contains("max_age=60"), "{address}");
    let refused = problem(&finish(&client, &place.provider.consent(&address)).await, 401);
    assert!(refused["detail"].as_str().unwrap().contains("not-anew"), "{refused}");
    place.provider.set_claims(json!({}));
    let address = begin(&client, anew).await;
    let _ = finish(&client, &place.provider.consent(&address)).await.expect(201);
    let _ = client.send(client.request(Method::POST, &api("me/factors/totp"))).await.expect(200);
}

pub async fn tell(client: &Client, token: &str) -> Answer {
    let request = client.request(Method::POST, &api("sign-on/back-channel/firma"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    client.send(request.body(format!("logout_token={token}"))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_ends_what_it_began() {
    let place = Place::linked().await;
    let (one, two, stranger) = (place.world.client(), place.world.client(), place.world.client());
    let by_password = place.world.sign_in("anna.kowalska").await;
    let _ = place.comes_back(&one).await.expect(201);
    place.provider.set_claims(json!({ "sid": "sesja-2" }));
    let _ = place.comes_back(&two).await.expect(201);
    for wrong in [
        json!({ "nonce": "x" }),
        json!({ "events": {} }),
        json!({ "aud": "other" }),
        json!({ "iss": "http://other" }),
        json!({ "sid": null }),
        json!({ "jti": null }),
    ] {
        let answer = tell(&stranger, &place.provider.log_out_token(&wrong)).await;
        assert_eq!(answer.status, 400, "{wrong}: {}", answer.text);
    }
    place.provider.set_signing(Signing::OtherKey);
    assert_eq!(tell(&stranger, &place.provider.log_out_token(&json!({}))).await.status, 400);
    place.provider.set_signing(Signing::Right);
    assert!(login(&one).await.is_some() && login(&two).await.is_some());
    let token = place.provider.log_out_token(&json!({}));
    let _ = tell(&stranger, &token).await.expect(200);
    assert!(login(&one).await.is_none() && login(&two).await.is_some(), "one session there");
    // By a frame, with the name of the session alone; not by a stranger to the issuer.
    let frame = |iss: &str, sid: &str| {
        let path = api(&format!("sign-on/front-channel/firma?iss={iss}&sid={sid}"));
        stranger.request(Method::GET, &path).header("sec-fetch-site", "cross-site")
    };
    let _ = stranger.send(frame("http://other", "sesja-2")).await.expect(204);
    assert!(login(&two).await.is_some());
    let _ = stranger.send(frame(place.provider.issuer(), "sesja-2")).await.expect(204);
    assert!(login(&two).await.is_none());
    assert!(login(&by_password).await.is_some(), "what was begun by password is not the provider's");
    // All of somebody; and what began since is not ended by the same token sent again.
    place.provider.set_claims(json!({}));
    let _ = place.comes_back(&one).await.expect(201);
    let whole = place.provider.log_out_token(&json!({ "sid": null, "sub": "pracownik-7" }));
    let _ = tell(&stranger, &whole).await.expect(200);
    assert!(login(&one).await.is_none());
    place.world.clock.advance_ms(61_000);
    place.provider.set_time(testkit::START.plus_ms(61_000));
    let _ = place.comes_back(&one).await.expect(201);
    let _ = tell(&stranger, &whole).await.expect(200);
    assert!(login(&one).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_passwords_do_not_count_the_emergency_account_does_and_is_told_of() {
    let mut place = Place::linked().await;
    place.link("robert.szymanski", "firma", "admin-1").await;
    // Whoever is to help manages users.
    let (too_soon, only) = (place.config(true, &["firma"]), place.config(true, &["firma"]));
    place.world.stop().await;
    let refused = place.world.start_with(too_soon).await.expect_err("no help");
    assert!(refused.message.get(kernel::Lang::En).contains("must exist"), "{refused:?}");
    place.world.start_with(config()).await.expect("a server");
    let admin = place.world.sign_in("robert.szymanski").await;
    let id = user(&admin, "magdalena.wojcik").await;
    let before = admin.get(&api(&format!("users/{id}"))).await.expect(200).json();
    let change = json!({ "roles": [named(&admin, "roles", "administrator").await] });
    let version = before["version"].as_u64().expect("a version");
    let _ = admin.patch(&api(&format!("users/{id}")), version, &change).await.expect(200);
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    let client = place.world.client();
    assert_eq!(client.get(&api("sign-on")).await.expect(200).json()["only"], true);
    let password = |login: &str| json!({ "login": login, "password": PASSWORD });
    let right = client.post(&api("sessions"), &password("anna.kowalska")).await;
    let wrong = json!({ "login": "anna.kowalska", "password": "zupełnie inne hasło" });
    let wrong = client.post(&api("sessions"), &wrong).await;
    assert_eq!(
        (right.status, right.told()),
        (wrong.status, wrong.told()),
        "the right one is as good as a wrong one"
    );
    assert_eq!(right.status, 401);
    let _ = place.comes_back(&client).await.expect(201);
    let emergency = place.world.client();
    let _ = emergency.post(&api("sessions"), &password("magdalena.wojcik")).await.expect(201);
    let admin = place.world.client();
    place.provider.set_claims(json!({ "sub": "admin-1" }));
    let _ = place.comes_back(&admin).await.expect(201);
    let told = admin.get(&api("notices")).await.expect(200).json();
    let told = told["items"].as_array().expect("notices");
    assert!(told.iter().any(|n| n["code"] == "emergency-account"), "{told:?}");
    let used = admin.get(&api("ledger/events?act=session.emergency")).await.expect(200).json();
    assert_eq!(used["items"].as_array().expect("events").len(), 1, "only the emergency account's use is one");
    // An invitation is good for an account at a provider, and is not spoilt by a password.
    let new = json!({
        "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example",
        "team": before["team"], "roles": [], "invite": {},
    });
    let made = admin.post(&api("users"), &new).await.expect(201).json();
    let link = made["invitation"]["link"].as_str().expect("a link").split_once('#').expect("a secret").1;
    problem(&super::links::choose(&client, link, "zielony-parasol-w-lesie-9").await, 409);
    let guest = place.world.client();
    place.provider.set_claims(json!({ "sub": "nowa-1" }));
    let address = begin(&guest, json!({ "invitation": link })).await;
    let _ = finish(&guest, &place.provider.consent(&address)).await.expect(201);
}

/// Whoever has a password of before, which counts no more, and no account yet is invited to link one; the password does
/// not come back with that.
#[tokio::test(flavor = "multi_thread")]
async fn where_passwords_do_not_count_whoever_has_an_old_one_can_be_invited() {
    let mut place = Place::linked().await;
    place.link("robert.szymanski", "firma", "admin-1").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let helper = api(&format!("users/{}", user(&admin, "magdalena.wojcik").await));
    let version = admin.get(&helper).await.expect(200).json()["version"].as_u64().expect("a version");
    let roles = json!({ "roles": [named(&admin, "roles", "administrator").await] });
    let _ = admin.patch(&helper, version, &roles).await.expect(200);
    let piotr = api(&format!("users/{}", user(&admin, "piotr.zielinski").await));
    let invite = format!("{piotr}/invitation");
    problem(&admin.post(&invite, &json!({})).await, 409);
    let only = place.config(true, &["firma"]);
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");

    let (client, admin, guest) = (place.world.client(), place.world.client(), place.world.client());
    place.provider.set_claims(json!({ "sub": "admin-1" }));
    let _ = place.comes_back(&admin).await.expect(201);
    assert_eq!(admin.get(&piotr).await.expect(200).json()["state"], "passwordless");
    // The emergency account's password counts.
    let told =
        problem(&admin.post(&format!("{helper}/invitation"), &json!({})).await, 409)["detail"].to_string();
    assert!(told.contains("has a password already"), "{told}");
    let made = admin.post(&invite, &json!({})).await.expect(201).json();
    assert_eq!(admin.get(&piotr).await.expect(200).json()["state"], "invited");
    let events = async |act: &str| {
        let page = admin.get(&api(&format!("ledger/events?act={act}"))).await.expect(200).json();
        page["items"].as_array().expect("events").len()
    };
    assert_eq!((events("password.change").await, events("invitation.create").await), (1, 1));
    let link = made["link"].as_str().expect("a link").split_once('#').expect("a secret").1;
    problem(&super::links::choose(&client, link, "zielony-parasol-w-lesie-9").await, 409);
    place.provider.set_claims(json!({ "sub": "piotr-1" }));
    let address = begin(&guest, json!({ "invitation": link })).await;
    let _ = finish(&guest, &place.provider.consent(&address)).await.expect(201);
    assert_eq!(login(&guest).await.as_deref(), Some("piotr.zielinski"));
    let notices = guest.get(&api("notices")).await.expect(200).json();
    let codes: Vec<_> =
        notices["items"].as_array().expect("notices").iter().map(|n| n["code"].clone()).collect();
    assert!(codes.contains(&json!("password-taken")), "the user is told: {codes:?}");

    // Where passwords count again, that one is gone.
    place.world.stop().await;
    place.world.start_with(place.config(false, &["firma"])).await.expect("a server");
    let old = json!({ "login": "piotr.zielinski", "password": PASSWORD });
    problem(&place.world.client().post(&api("sessions"), &old).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_one_users_and_goes_with_its_sessions() {
    let place = Place::linked().await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let other = user(&admin, "piotr.zielinski").await;
    let body = json!({ "provider": "firma", "subject": "pracownik-7" });
    problem(&admin.post(&api(&format!("users/{other}/accounts")), &body).await, 409);
    let client = place.world.client();
    let _ = place.comes_back(&client).await.expect(201);
    let anna = user(&admin, "anna.kowalska").await;
    let all = admin.get(&api(&format!("users/{anna}/accounts"))).await.expect(200).json();
    let account = all["items"][0]["id"].as_str().expect("an id").to_owned();
    let remove = async |whose: &str| {
        let path = api(&format!("users/{whose}/accounts/{account}"));
        admin.send(admin.request(Method::DELETE, &path)).await
    };
    problem(&remove(&other).await, 404);
    let _ = remove(&anna).await.expect(204);
    assert_eq!(login(&client).await, None);
    problem(&place.comes_back(&client).await, 401);
    let settings = admin.get(&api("sign-on/settings")).await.expect(200);
    assert!(!settings.text.contains("sekret"), "{}", settings.text);
}
