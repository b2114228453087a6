//! What a provider says of somebody that does not fit here: it shuts nobody out, and makes nobody of a kind that an
//! administrator could not make.

use super::help::{api, named, problem};
use super::servers::Pair;
use super::sign_on::{Place, begin, finish, login, user};
use serde_json::{Value, json};
use server::{Config, SignOnConfig};
use testkit::{Client, OpenProvider, config};

fn made(s: &mut oidc::Settings) {
    s.create_users_in = Some("Północ".into());
    s.create_users_domains = vec!["firma.example".into()];
}

async fn last_refusal(admin: &Client) -> Value {
    let page = admin.get(&api("ledger/events?act=sign_on.refuse&limit=1")).await.expect(200).json();
    page["items"][0]["detail"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_none_here_gives_way_to_that_of_the_address() {
    let place = Place::new(made).await;
    let admin = place.world.sign_in("robert.szymanski").await;
    for (at, name) in ["FIRMA\\adam", "jo", "jósef.kowal", "adam nowy", ""].into_iter().enumerate() {
        let client = place.world.client();
        let (sub, email) = (format!("osoba-{at}"), format!("Adam.{at}@firma.example"));
        place.provider.set_claims(json!({
            "sub": sub, "preferred_username": name, "email": email, "name": "Adam Nowy",
        }));
        let _ = place.comes_back(&client).await.expect(201);
        let is = if name.is_empty() { email.to_lowercase() } else { format!("adam.{at}") };
        assert_eq!(login(&client).await, Some(is), "{name}");
    }
    // Neither is one, or the one of the address is somebody's: refused, and written down as what it is.
    let client = place.world.client();
    for (name, email, reason) in [
        ("FIRMA\\jo", "jo@firma.example", "unfit-name"),
        ("FIRMA\\anna", "anna.kowalska@firma.example", "name-taken"),
        ("adam.inny", "adam@inny@firma.example", "unfit-address"),
    ] {
        place.provider.set_claims(json!({ "sub": "inna", "preferred_username": name, "email": email }));
        let refused = problem(&place.comes_back(&client).await, 401);
        let told = last_refusal(&admin).await;
        assert_eq!(told["reason"], reason, "{told}");
        if reason == "unfit-name" {
            assert!(refused["detail"].as_str().unwrap().contains("preferred_username"), "{refused}");
        }
    }
    assert_eq!(login(&client).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_emergency_accounts_name_is_not_that_of_an_address_either() {
    let mut place = Place::linked().await;
    let admin = place.world.sign_in("robert.szymanski").await;
    super::sign_on_ends::promote(&admin, "magdalena.wojcik").await;
    let mut only = place.config(true, &["firma"]);
    made(&mut only.sign_on.providers[0]);
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    let helper = place.world.sign_in("magdalena.wojcik").await;
    place.provider.set_claims(json!({
        "sub": "zly", "preferred_username": "x y", "email": "magdalena.wojcik@firma.example",
    }));
    problem(&place.comes_back(&place.world.client()).await, 401);
    assert_eq!(last_refusal(&helper).await["reason"], "emergency-name");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_roles_than_a_user_may_have_shut_nobody_out() {
    let place = Place::new(|s| {
        made(s);
        let all = (0..33).map(|at| format!("rola_{at}")).collect();
        s.roles = [("wszystko".to_owned(), all), ("sprzedaz".to_owned(), vec!["seller".to_owned()])].into();
    })
    .await;
    let admin = place.world.sign_in("robert.szymanski").await;
    for at in 0..33 {
        let (name, label) =
            (format!("rola_{at}"), json!({ "pl": format!("Rola {at}"), "en": format!("Role {at}") }));
        let _ = admin.post(&api("roles"), &json!({ "name": name, "label": label })).await.expect(201);
    }
    let client = place.world.client();
    place.provider.set_claims(json!({ "groups": ["wszystko"] }));
    problem(&place.comes_back(&client).await, 401);
    assert_eq!(last_refusal(&admin).await["reason"], "too-many-roles");
    place.provider.set_claims(json!({ "groups": ["sprzedaz"] }));
    let _ = place.comes_back(&client).await.expect(201);
    place.provider.set_claims(json!({ "groups": ["sprzedaz", "wszystko"] }));
    for _ in 0..2 {
        let _ = place.comes_back(&client).await.expect(201);
        assert_eq!(login(&client).await.as_deref(), Some("anna.nowa"));
    }
    let id = user(&admin, "anna.nowa").await;
    let roles = admin.get(&api(&format!("users/{id}"))).await.expect(200).json()["roles"].clone();
    assert_eq!(roles, json!([named(&admin, "roles", "seller").await]), "as they were");
    let written = admin.get(&api("ledger/events?act=sign_on.roles&limit=100")).await.expect(200).json();
    let reasons: Vec<_> =
        written["items"].as_array().expect("events").iter().map(|e| e["detail"]["reason"].clone()).collect();
    assert_eq!(reasons, ["too-many-roles", "too-many-roles"], "{written}");
    let all = admin.get(&api("notices")).await.expect(200).json();
    let told: Vec<_> =
        all["items"].as_array().expect("notices").iter().filter(|n| n["code"] == "sign-on-groups").collect();
    assert_eq!(told.len(), 1, "once: {all}");
    assert!(told[0]["title"].to_string().contains("Anna Nowa"), "{all}");
    // What they no longer give goes, though none of the many comes.
    place.provider.set_claims(json!({ "groups": ["wszystko"] }));
    let _ = place.comes_back(&client).await.expect(201);
    let roles = admin.get(&api(&format!("users/{id}"))).await.expect(200).json()["roles"].clone();
    assert_eq!(roles, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_settings_say_so_a_token_without_groups_takes_the_last_of_them() {
    for (means, left) in [(oidc::NoGroups::Keep, 1), (oidc::NoGroups::None, 0)] {
        let place = Place::new(|s| {
            made(s);
            s.no_groups = means;
            s.roles = [("sprzedaz".to_owned(), vec!["seller".to_owned()])].into();
        })
        .await;
        let (client, admin) = (place.world.client(), place.world.sign_in("robert.szymanski").await);
        let roles = async |login: &str| {
            let id = user(&admin, login).await;
            let all = admin.get(&api(&format!("users/{id}"))).await.expect(200).json();
            all["roles"].as_array().expect("roles").len()
        };
        let told = async || {
            let all = admin.get(&api("notices")).await.expect(200).json();
            let all = all["items"].as_array().expect("notices").clone();
            all.iter()
                .filter(|n| n["code"] == "sign-on-groups")
                .map(|n| n["title"].to_string())
                .collect::<Vec<_>>()
        };
        for (sub, name) in [("pierwsza", "Anna Pierwsza"), ("druga", "Ewa Druga")] {
            let login = format!("{sub}.osoba");
            let claims = |groups: Value, names: Value| {
                json!({
                    "sub": sub, "preferred_username": login, "email": format!("{sub}@firma.example"), "name": name,
                    "groups": groups, "_claim_names": names,
                })
            };
            place.provider.set_claims(claims(json!(["sprzedaz"]), Value::Null));
            let _ = place.comes_back(&client).await.expect(201);
            assert_eq!(roles(&login).await, 1);
            // Too many for a token: nobody knows, whatever the settings say.
            place.provider.set_claims(claims(Value::Null, json!({ "groups": "src1" })));
            let _ = place.comes_back(&client).await.expect(201);
            assert_eq!(roles(&login).await, 1, "{means:?}");
            place.provider.set_claims(claims(Value::Null, Value::Null));
            let _ = place.comes_back(&client).await.expect(201);
            assert_eq!(roles(&login).await, left, "{means:?}");
        }
        let told = told().await;
        for name in ["Anna Pierwsza", "Ewa Druga"] {
            assert_eq!(told.iter().filter(|title| title.contains(name)).count(), 1, "once of each: {told:?}");
        }
        let shown = admin.get(&api("sign-on/settings")).await.expect(200).json();
        assert_eq!(shown["providers"][0]["no_groups"], json!(means));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_at_two_servers_at_once_is_signed_in_at_both() {
    let provider = OpenProvider::new().await;
    let secrets = tempfile::tempdir().expect("a folder");
    let settings = || {
        let mut first = provider.settings("firma", &secrets.path().join("a"));
        made(&mut first);
        Config { sign_on: SignOnConfig { providers: vec![first], ..SignOnConfig::default() }, ..config() }
    };
    let pair = Pair::with(settings(), settings()).await;
    let (one, two) = (pair.a.client(), pair.a.client().at(pair.b.address()));
    for round in 0..8 {
        provider.set_claims(json!({
            "sub": format!("osoba-{round}"), "preferred_username": format!("osoba.{round}"),
        }));
        let came = [
            provider.consent(&begin(&one, json!({})).await),
            provider.consent(&begin(&two, json!({})).await),
        ];
        let (first, second) = tokio::join!(finish(&one, &came[0]), finish(&two, &came[1]));
        for answer in [first, second] {
            assert_eq!(answer.status, 201, "{round}: {}", answer.text);
        }
    }
    pair.stop().await;
}
