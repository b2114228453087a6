//! Who is made a user by signing in, which roles groups give, and that somebody who manages users always remains.

use super::help::{api, named, problem};
use super::sign_on::{Place, login, user};
use super::sign_on_ends::promote;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client};

async fn of_user(admin: &Client, login: &str) -> Value {
    let id = user(admin, login).await;
    admin.get(&api(&format!("users/{id}"))).await.expect(200).json()
}

async fn roles_are(admin: &Client, login: &str, roles: &[&str]) {
    let mut ids = Vec::new();
    for role in roles {
        ids.push(named(admin, "roles", role).await);
    }
    let mut have: Vec<String> =
        serde_json::from_value(of_user(admin, login).await["roles"].clone()).expect("ids");
    ids.sort_unstable();
    have.sort_unstable();
    assert_eq!(have, ids, "{login}");
}

async fn events(admin: &Client, act: &str) -> Vec<Value> {
    let page = admin.get(&api(&format!("ledger/events?act={act}&limit=100"))).await.expect(200).json();
    page["items"].as_array().expect("events").clone()
}

async fn told(client: &Client, code: &str) -> usize {
    let all = client.get(&api("notices")).await.expect(200).json();
    all["items"].as_array().expect("notices").iter().filter(|n| n["code"] == code).count()
}

async fn unlink(admin: &Client, login: &str) -> Answer {
    let id = user(admin, login).await;
    let all = admin.get(&api(&format!("users/{id}/accounts"))).await.expect(200).json();
    let account = all["items"][0]["id"].as_str().expect("an id").to_owned();
    admin.send(admin.request(Method::DELETE, &api(&format!("users/{id}/accounts/{account}")))).await
}

/// Of whom users are made in the North, whose groups give roles.
fn made(s: &mut oidc::Settings) {
    s.create_users_in = Some("Północ".into());
    s.create_users_domains = vec!["firma.example".into()];
    s.roles = [
        ("sprzedaz".to_owned(), vec!["seller".to_owned()]),
        ("zarzad".to_owned(), vec!["administrator".to_owned()]),
        ("dawni".to_owned(), vec!["nie_ma_takiej".to_owned()]),
    ]
    .into();
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_that_are_not_spoken_of_take_no_role() {
    let place = Place::new(made).await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    place.provider.set_claims(json!({ "groups": ["sprzedaz"] }));
    let _ = place.comes_back(&client).await.expect(201);
    roles_are(&admin, "anna.nowa", &["seller"]).await;
    for missing in [json!({}), json!({ "groups": { "a": 1 } }), json!({ "groups": ["dawni"] })] {
        for _ in 0..2 {
            place.provider.set_claims(missing.clone());
            let _ = place.comes_back(&client).await.expect(201);
            assert_eq!(login(&client).await.as_deref(), Some("anna.nowa"));
            roles_are(&admin, "anna.nowa", &["seller"]).await;
        }
    }
    let written = events(&admin, "sign_on.roles").await;
    let reasons: Vec<_> = written.iter().map(|e| e["detail"]["reason"].as_str().unwrap_or("")).collect();
    assert_eq!(reasons.iter().filter(|r| **r == "no-groups").count(), 4, "{written:?}");
    assert_eq!(reasons.iter().filter(|r| **r == "no-role").count(), 2, "{written:?}");
    assert_eq!(told(&admin, "sign-on-groups").await, 2, "of each once");
    // None is not the same as no word.
    place.provider.set_claims(json!({ "groups": [] }));
    let _ = place.comes_back(&client).await.expect(201);
    roles_are(&admin, "anna.nowa", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_do_not_take_the_last_administrator() {
    let place = Place::new(made).await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    place.provider.set_claims(json!({ "groups": ["zarzad", "sprzedaz"] }));
    let _ = place.comes_back(&client).await.expect(201);
    roles_are(&client, "anna.nowa", &["administrator", "seller"]).await;
    // The other one goes.
    let robert = of_user(&client, "robert.szymanski").await;
    let path = api(&format!("users/{}", robert["id"].as_str().expect("an id")));
    let version = robert["version"].as_u64().expect("a version");
    let _ = client.patch(&path, version, &json!({ "roles": [] })).await.expect(200);
    for _ in 0..2 {
        place.provider.set_claims(json!({ "groups": [] }));
        let _ = place.comes_back(&client).await.expect(201);
        roles_are(&client, "anna.nowa", &["administrator"]).await;
    }
    assert_eq!(told(&client, "sign-on-last").await, 1);
    let written = events(&client, "sign_on.roles").await;
    let kept = json!([named(&client, "roles", "administrator").await]);
    assert_eq!(written.iter().filter(|e| e["detail"]["kept"] == kept).count(), 1, "{written:?}");
    // Once another can do it, it goes.
    promote(&client, "robert.szymanski").await;
    let _ = place.comes_back(&client).await.expect(201);
    let admin = admin.at(place.world.address());
    roles_are(&admin, "anna.nowa", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_do_not_take_the_last_who_manages_roles() {
    let place = Place::new(made).await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    place.provider.set_claims(json!({ "groups": ["zarzad", "sprzedaz"] }));
    let _ = place.comes_back(&client).await.expect(201);
    // The other one goes on managing users, and roles no more.
    let keeper = json!({ "name": "keeper", "label": { "pl": "Opiekun", "en": "Keeper" }, "things": { "users": "manage" } });
    let keeper = admin.post(&api("roles"), &keeper).await.expect(201).json()["id"].clone();
    let robert = of_user(&client, "robert.szymanski").await;
    let path = api(&format!("users/{}", robert["id"].as_str().expect("an id")));
    let version = robert["version"].as_u64().expect("a version");
    let _ = client.patch(&path, version, &json!({ "roles": [keeper] })).await.expect(200);
    place.provider.set_claims(json!({ "groups": [] }));
    let _ = place.comes_back(&client).await.expect(201);
    roles_are(&client, "anna.nowa", &["administrator"]).await;
    assert_eq!(told(&client, "sign-on-last").await, 1);
    // Once another can do it, it goes.
    promote(&client, "robert.szymanski").await;
    let _ = place.comes_back(&client).await.expect(201);
    let admin = admin.at(place.world.address());
    roles_are(&admin, "anna.nowa", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_way_in_of_the_last_administrator_is_not_taken() {
    let place = Place::new(made).await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let (one, two) = (place.world.client(), place.world.client());
    // Two who manage users and have nothing but the provider.
    for (client, subject) in [(&one, "pierwsza"), (&two, "druga")] {
        let login = format!("{subject}.osoba");
        place.provider.set_claims(json!({
            "sub": subject, "preferred_username": login, "groups": [], "email": format!("{subject}@firma.example"),
        }));
        let _ = place.comes_back(client).await.expect(201);
        promote(&admin, &login).await;
    }
    let robert = of_user(&one, "robert.szymanski").await;
    let path = api(&format!("users/{}", robert["id"].as_str().expect("an id")));
    let _ = one
        .patch(&path, robert["version"].as_u64().expect("a version"), &json!({ "roles": [] }))
        .await
        .expect(200);
    // The one may go while the other remains, and then the other may not.
    let _ = unlink(&one, "druga.osoba").await.expect(204);
    let refused = problem(&unlink(&one, "pierwsza.osoba").await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("only way in"), "{refused}");
    assert_eq!(login(&one).await.as_deref(), Some("pierwsza.osoba"));
    // With another account she may lose this one.
    let id = user(&one, "pierwsza.osoba").await;
    let second = json!({ "provider": "inny", "subject": "jeszcze-jedna" });
    let _ = one.post(&api(&format!("users/{id}/accounts")), &second).await.expect(201);
    let _ = unlink(&one, "pierwsza.osoba").await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_made_only_of_whom_the_settings_say() {
    let place = Place::new(|s| {
        made(s);
        s.create_users_groups = vec!["pracownicy".into(), "praktykanci".into()];
    })
    .await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    let good = json!({ "groups": ["praktykanci"] });
    for (with, reason) in [
        (json!({ "groups": ["goscie"] }), "not-in-group"),
        (json!({ "groups": null }), "not-in-group"),
        (json!({ "email": "anna.nowa@evil.example" }), "other-domain"),
        (json!({ "email": "anna.nowa@evil-firma.example" }), "other-domain"),
        (json!({ "email_verified": false }), "unverified-address"),
        (json!({ "email_verified": "false" }), "unverified-address"),
        (json!({ "email_verified": null }), "unverified-address"),
        (json!({ "email": null }), "no-address"),
        (json!({ "groups": ["praktykanci", "dawni"] }), "no-role"),
        (json!({ "preferred_username": "anna.kowalska" }), "name-taken"),
    ] {
        let mut claims = good.clone();
        for (name, value) in with.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        place.provider.set_claims(claims);
        problem(&place.comes_back(&client).await, 401);
        let last = events(&admin, "sign_on.refuse").await.remove(0);
        assert_eq!(last["detail"]["reason"], reason, "{with}");
        // Nobody's yet: known by the issuer and a hash, which no name and no subject can be read from.
        assert_eq!(last["detail"]["issuer"], place.provider.issuer());
        assert!(last["detail"]["account"].is_string() && !last.to_string().contains("pracownik-7"), "{last}");
    }
    assert_eq!(login(&client).await, None);
    let all = admin.get(&api("users")).await.expect(200).text;
    assert!(!all.contains("anna.nowa"), "nobody is half made: {all}");
    place.provider.set_claims(good);
    let _ = place.comes_back(&client).await.expect(201);
    assert_eq!(login(&client).await.as_deref(), Some("anna.nowa"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_which_nothing_is_said_is_taken_where_the_settings_say_so_and_an_unverified_one_never()
{
    let place = Place::new(|s| {
        made(s);
        s.trust_email = true;
    })
    .await;
    let client = place.world.client();
    place.provider.set_claims(json!({ "groups": [], "email_verified": false }));
    problem(&place.comes_back(&client).await, 401);
    place.provider.set_claims(json!({ "groups": [], "email_verified": null }));
    let _ = place.comes_back(&client).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_that_is_not_there_makes_nobody() {
    let place = Place::new(|s| {
        made(s);
        s.create_users_in = Some("Nie ma takiego".into());
    })
    .await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    place.provider.set_claims(json!({ "groups": [] }));
    let refused = problem(&place.comes_back(&client).await, 401);
    assert!(refused["detail"].as_str().unwrap().contains("does not exist"), "{refused}");
    assert_eq!(events(&admin, "sign_on.refuse").await[0]["detail"]["reason"], "no-team");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_names_whom_it_was_about() {
    let place = Place::linked().await;
    let admin = place.world.sign_in("robert.szymanski").await;
    let anna = of_user(&admin, "anna.kowalska").await;
    let path = api(&format!("users/{}", anna["id"].as_str().expect("an id")));
    let version = anna["version"].as_u64().expect("a version");
    let _ = admin.patch(&path, version, &json!({ "active": false })).await.expect(200);
    problem(&place.comes_back(&place.world.client()).await, 401);
    let last = events(&admin, "sign_on.refuse").await.remove(0);
    assert_eq!(
        (&last["detail"]["user"], &last["detail"]["reason"]),
        (&anna["id"], &json!("suspended")),
        "{last}"
    );
    // Who left is not called suspended, though nobody has come to suspend the account yet.
    let version = admin.get(&path).await.expect(200).json()["version"].as_u64().expect("a version");
    let leaving = json!({ "active": true, "ends_at": testkit::START.plus_s(3_600).rfc3339() });
    let _ = admin.patch(&path, version, &leaving).await.expect(200);
    place.world.clock.advance_ms(3_600_000);
    place.provider.set_time(testkit::START.plus_s(3_600));
    problem(&place.comes_back(&place.world.client()).await, 401);
    let admin = place.world.sign_in("robert.szymanski").await;
    let last = events(&admin, "sign_on.refuse").await.remove(0);
    assert_eq!(last["detail"]["reason"], "left", "{last}");
    // Nobody's: the hash is the id that the account has once it is linked.
    place.provider.set_claims(json!({ "sub": "nikt-jeszcze" }));
    problem(&place.comes_back(&place.world.client()).await, 401);
    let last = events(&admin, "sign_on.refuse").await.remove(0);
    assert!(last["detail"]["user"].is_null(), "{last}");
    let linked = place.link("piotr.zielinski", "firma", "nikt-jeszcze").await;
    assert_eq!(last["detail"]["account"], linked["id"], "{last}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_at_a_provider_alone_is_shown_so() {
    let mut place = Place::new(made).await;
    place.link("anna.kowalska", "firma", "pracownik-8").await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    place.provider.set_claims(json!({ "groups": [] }));
    let _ = place.comes_back(&client).await.expect(201);
    assert_eq!(client.get(&api("me")).await.expect(200).json()["has_password"], false);
    let shown = |all: &Value, login: &str| {
        let user = all["items"].as_array().expect("users").iter().find(|u| u["login"] == login).expect("one");
        (user["state"].as_str().expect("a state").to_owned(), user["providers"].clone())
    };
    let all = admin.get(&api("users")).await.expect(200).json();
    assert_eq!(shown(&all, "anna.nowa"), ("provider".to_owned(), json!(["firma"])));
    assert_eq!(shown(&all, "anna.kowalska"), ("active".to_owned(), json!(["firma"])));
    assert_eq!(shown(&all, "piotr.zielinski"), ("active".to_owned(), json!([])));
    assert_eq!(of_user(&admin, "anna.nowa").await["state"], "provider");
    assert_eq!(admin.get(&api("me")).await.expect(200).json()["has_password"], true);
    // Hers is all that she has to come in by; Anna Kowalska has her password, until that does not count.
    assert_eq!(last_ways(&admin, "anna.nowa").await, [true]);
    assert_eq!(last_ways(&admin, "anna.kowalska").await, [false]);
    // Where passwords do not count, hers is none.
    promote(&admin, "magdalena.wojcik").await;
    let only = place.config(true, &["firma"]);
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    let helper = place.world.sign_in("magdalena.wojcik").await;
    let all = helper.get(&api("users")).await.expect(200).json();
    assert_eq!(shown(&all, "anna.kowalska"), ("provider".to_owned(), json!(["firma"])));
    assert_eq!(shown(&all, "piotr.zielinski"), ("passwordless".to_owned(), json!([])));
    assert_eq!(shown(&all, "magdalena.wojcik").0, "active");
    assert_eq!(last_ways(&helper, "anna.kowalska").await, [true]);
    place.provider.set_claims(json!({ "sub": "pracownik-8" }));
    let anna = place.world.client();
    let _ = place.comes_back(&anna).await.expect(201);
    assert_eq!(anna.get(&api("me")).await.expect(200).json()["has_password"], false);
    // With a second account neither is the last.
    let id = user(&helper, "anna.nowa").await;
    let second = json!({ "provider": "firma", "subject": "jeszcze-jedna" });
    let made = helper.post(&api(&format!("users/{id}/accounts")), &second).await.expect(201).json();
    assert_eq!(made["last_way"], false, "{made}");
    assert_eq!(last_ways(&helper, "anna.nowa").await, [false, false]);
}

/// Of each account of a user, whether the user comes in by it alone.
async fn last_ways(admin: &Client, login: &str) -> Vec<bool> {
    let id = user(admin, login).await;
    let all = admin.get(&api(&format!("users/{id}/accounts"))).await.expect(200).json();
    let all = all["items"].as_array().expect("accounts").clone();
    all.iter().map(|account| account["last_way"].as_bool().expect("whether it is")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_give_nobody_both_of_two_roles_that_do_not_go_together() {
    let place = Place::new(made).await;
    let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
    let pair = [named(&admin, "roles", "seller").await, named(&admin, "roles", "administrator").await];
    let pairs = json!({ "pairs": [{ "roles": pair, "refuse": true }] });
    let put = admin.request(Method::PUT, &api("role-conflicts")).header("if-match", "\"0\"").json(&pairs);
    let _ = admin.send(put).await.expect(200);
    // Whoever is new gets one of them, and is let in all the same.
    place.provider.set_claims(json!({ "groups": ["sprzedaz", "zarzad"] }));
    let _ = place.comes_back(&client).await.expect(201);
    let roles = of_user(&admin, "anna.nowa").await["roles"].as_array().unwrap().len();
    assert_eq!(roles, 1);
    // Whoever has one keeps that, whichever it is, and whoever gave it.
    for (first, role) in [("zarzad", "administrator"), ("sprzedaz", "seller")] {
        for groups in [json!([first]), json!(["sprzedaz", "zarzad"])] {
            place.provider.set_claims(json!({ "groups": groups }));
            let _ = place.comes_back(&client).await.expect(201);
            roles_are(&admin, "anna.nowa", &[role]).await;
        }
    }
    let anna = of_user(&admin, "anna.nowa").await;
    let path = api(&format!("users/{}", anna["id"].as_str().expect("an id")));
    place.provider.set_claims(json!({ "groups": [] }));
    let _ = place.comes_back(&client).await.expect(201);
    let version = of_user(&admin, "anna.nowa").await["version"].as_u64().expect("a version");
    let _ = admin.patch(&path, version, &json!({ "roles": [pair[0]] })).await.expect(200);
    place.provider.set_claims(json!({ "groups": ["zarzad"] }));
    let _ = place.comes_back(&client).await.expect(201);
    roles_are(&admin, "anna.nowa", &["seller"]).await;
}
