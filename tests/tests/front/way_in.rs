//! That nobody is locked out of what is left: by the edit of a role, by the last passkey, by a provider that was taken
//! out; and what is told of whoever has a passkey and no password.

use super::factors::enrol;
use super::help::{api, named, problem};
use super::letters::{forget, leading_to};
use super::links::{choose, invited};
use super::passkeys::{add, alone, show};
use super::sign_on::{Place, user};
use super::sign_on_ends::promote;
use reqwest::Method;
use serde_json::{Value, json};
use server::Config;
use std::time::Duration;
use testkit::{Answer, Client, PASSWORD, Post, PostOptions, START, World};

async fn remove(client: &Client, path: &str) -> Answer {
    client.send(client.request(Method::DELETE, &api(path))).await
}

/// What a user's passkeys and codes are, and whether each may go.
async fn factors(client: &Client) -> Vec<(String, bool)> {
    let all = client.get(&api("me/factors")).await.expect(200).json();
    let one = |f: &Value| (f["id"].as_str().unwrap().to_owned(), f["removable"].as_bool().unwrap());
    all["items"].as_array().unwrap().iter().map(one).collect()
}

async fn state(admin: &Client, id: &str) -> String {
    let one = admin.get(&api(&format!("users/{id}"))).await.expect(200).json();
    let all = admin.get(&api("users")).await.expect(200).json();
    let listed = all["items"].as_array().unwrap().iter().find(|u| u["id"] == *id).unwrap();
    assert_eq!(listed["state"], one["state"]);
    one["state"].as_str().unwrap().to_owned()
}

/// What an administrator was told last under a code.
async fn told(admin: &Client, code: &str) -> String {
    let all = admin.get(&api("notices")).await.expect(200).json();
    let items = all["items"].as_array().unwrap();
    let notice = items.iter().find(|n| n["code"] == code).unwrap_or_else(|| panic!("no {code}: {all}"));
    notice["body"].as_str().unwrap().to_owned()
}

/// Anna with a passkey and no password, in a session that the passkey began.
async fn by_passkey_alone(world: &World, admin: &Client) -> Client {
    let mut passkey = add(&world.sign_in("anna.kowalska").await, 1).await;
    let id = user(admin, "anna.kowalska").await;
    let _ = remove(admin, &format!("users/{id}/password")).await.expect(204);
    let anna = world.client();
    let options = alone(&anna).await;
    let _ = show(&anna, &mut passkey, &options).await.expect(201);
    anna
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_goes_on_managing_users_while_nobody_else_who_comes_in_does() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let staff = json!({ "name": "kadry", "label": { "pl": "Kadry", "en": "Staff" }, "things": { "users": "manage" } });
    let role = robert.post(&api("roles"), &staff).await.expect(201).json()["id"].clone();
    let team = named(&robert, "teams", "Północ").await;
    let new = json!({ "login": "drugi.admin", "name": "Drugi", "email": "a@firma.example", "team": team, "roles": [role] });
    let made = robert.post(&api("users"), &new).await.expect(201).json();
    let all = robert.get(&api("roles")).await.expect(200).json();
    let found = all["items"].as_array().unwrap().iter().find(|r| r["name"] == "administrator");
    let mut less = found.expect("a role").clone();
    let at = api(&format!("roles/{}", less["id"].as_str().unwrap()));
    let version = less["version"].as_u64().unwrap();
    less["things"]["users"] = json!("read");
    let kept = ["name", "label", "entities", "denials", "things"];
    less.as_object_mut().unwrap().retain(|key, _| kept.contains(&key.as_str()));
    let put = async || {
        let put = robert.request(Method::PUT, &at).header("if-match", format!("\"{version}\""));
        robert.send(put.json(&less)).await
    };
    // She holds the role and never came.
    let refused = problem(&put().await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("last person who manages users"), "{refused}");
    // What takes nobody's right goes on.
    let mut other = staff.clone();
    other["label"]["en"] = json!("Personnel");
    let path = api(&format!("roles/{}", role.as_str().unwrap()));
    let edit = robert.request(Method::PUT, &path).header("if-match", "\"1\"").json(&other);
    let _ = robert.send(edit).await.expect(200);
    let second = api(&format!("users/{}", made["id"].as_str().unwrap()));
    super::links::invite_to(&robert, &second, PASSWORD, &world.client()).await;
    let _ = put().await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_passkey_of_whoever_has_nothing_else_stays() {
    let mut place = Place::new(|_| ()).await;
    let robert = place.world.sign_in("robert.szymanski").await;
    let anna = by_passkey_alone(&place.world, &robert).await;
    let [(first, removable)] = factors(&anna).await.try_into().unwrap();
    assert!(!removable);
    let refused = problem(&remove(&anna, &format!("me/factors/{first}")).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("only way to sign in"), "{refused}");
    // One of two may go.
    let _ = add(&anna, 2).await;
    let [(_, one), (second, two)] = factors(&anna).await.try_into().unwrap();
    assert!(one && two);
    let _ = remove(&anna, &format!("me/factors/{second}")).await.expect(204);
    problem(&remove(&anna, &format!("me/factors/{first}")).await, 409);
    // An account at a provider is another way, while the settings name the provider.
    place.link("anna.kowalska", "inny", "pracownik-7").await;
    assert!(factors(&anna).await[0].1);
    let without = place.config(false, &["firma"]);
    place.world.stop().await;
    place.world.start_with(without).await.expect("a server");
    let anna = anna.at(place.world.address());
    assert!(!factors(&anna).await[0].1);
    problem(&remove(&anna, &format!("me/factors/{first}")).await, 409);
    let with = place.config(false, &["firma", "inny"]);
    place.world.stop().await;
    place.world.start_with(with).await.expect("a server");
    let anna = anna.at(place.world.address());
    let _ = remove(&anna, &format!("me/factors/{first}")).await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_of_factors_says_how_the_user_comes_in_then() {
    let place = Place::new(|_| ()).await;
    let world = &place.world;
    let robert = world.sign_in("robert.szymanski").await;
    let reset = async |login: &str| {
        let id = user(&robert, login).await;
        world.app().engine().operator_reset_factors(id.parse().unwrap()).await.unwrap();
        told(&robert, "factors-reset").await
    };
    let _ = add(&world.sign_in("piotr.zielinski").await, 3).await;
    let said = reset("piotr.zielinski").await;
    assert!(said.contains("by password"), "{said}");
    let _ = by_passkey_alone(world, &robert).await;
    let said = reset("anna.kowalska").await;
    assert!(said.contains("invite") && said.contains("klucznik user password"), "{said}");
    assert!(!said.contains("by password"), "{said}");
    assert_eq!(state(&robert, &user(&robert, "anna.kowalska").await).await, "passwordless");
    // Through the account, where there is one.
    let _ = add(&world.sign_in("ewa.pusta").await, 4).await;
    let id = user(&robert, "ewa.pusta").await;
    let _ = remove(&robert, &format!("users/{id}/password")).await.expect(204);
    place.link("ewa.pusta", "firma", "ewa-1").await;
    let said = reset("ewa.pusta").await;
    assert!(said.contains("through the provider"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_by_passkey_alone_is_shown_as_able_to() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = by_passkey_alone(&world, &robert).await;
    let id = user(&robert, "anna.kowalska").await;
    assert_eq!(state(&robert, &id).await, "active");
    let at = api(&format!("users/{id}"));
    let version = robert.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let change = json!({ "ends_at": START.plus_s(86_400).rfc3339() });
    let _ = robert.patch(&at, version, &change).await.expect(200);
    assert_eq!(state(&robert, &id).await, "leaving");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_emergency_account_signed_in_with_is_told() {
    let mut place = Place::linked().await;
    place.link("robert.szymanski", "firma", "admin-1").await;
    let admin = place.world.sign_in("robert.szymanski").await;
    promote(&admin, "magdalena.wojcik").await;
    let only = place.config(true, &["firma"]);
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    let helper = place.world.sign_in("magdalena.wojcik").await;
    let admin = place.world.client();
    place.provider.set_claims(json!({ "sub": "admin-1" }));
    let _ = place.comes_back(&admin).await.expect(201);
    let said = told(&admin, "emergency-account").await;
    assert!(said.contains("with its password") && !said.contains("with a passkey"), "{said}");
    let mut passkey = add(&helper, 1).await;
    let again = place.world.client();
    let options = alone(&again).await;
    place.world.clock.advance_ms(1_000);
    let _ = show(&again, &mut passkey, &options).await.expect(201);
    let said = told(&admin, "emergency-account").await;
    assert!(said.contains("with a passkey") && !said.contains("with its password"), "{said}");
    assert!(said.contains("change the password and remove the passkeys"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_a_letter_for_a_password_that_does_not_count() {
    let post = Post::new(&PostOptions::default());
    let mut place = Place::of(leading_to(&post), |_| ()).await;
    let admin = place.world.sign_in("robert.szymanski").await;
    promote(&admin, "magdalena.wojcik").await;
    let _ = invited(&admin, "nowa.osoba", json!({ "lang": "en" })).await.expect(201);
    let link = post.wait(1).await[0].secret().expect("a link");
    let _ = choose(&place.world.client(), &link, PASSWORD).await.expect(200);
    let settings = |only: bool| {
        let sign_on = place.config(only, &["firma"]).sign_on;
        Config { sign_on, ..leading_to(&post) }
    };
    let (only, both) = (settings(true), settings(false));
    place.world.stop().await;
    place.world.start_with(only).await.expect("a server");
    let _ = forget(&place.world.client(), "nowa.osoba").await;
    let store = place.world.app().engine().store().clone();
    let mut open = true;
    for _ in 0..300 {
        let jobs = store.jobs_of_user(kernel::UserId::NIL, 9).await.unwrap();
        open = jobs.is_empty() || jobs.iter().any(|job| job.state.is_open());
        if !open {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(!open, "it was answered");
    drop(store);
    let helper = place.world.sign_in("magdalena.wojcik").await;
    let sent = helper.get(&api("ledger/events?act=password.reset_send")).await.expect(200).json();
    assert_eq!(sent["items"], json!([]));
    // Where it counts, the same user gets one.
    place.world.stop().await;
    place.world.start_with(both).await.expect("a server");
    let _ = forget(&place.world.client(), "nowa.osoba").await;
    let letters = post.wait(3).await;
    // In between the user was told of being shut out.
    assert_eq!(letters[1].header("Subject"), Some("Klucznik: you cannot sign in now"));
    assert_eq!(letters[2].header("Subject"), Some("Klucznik: a new password"));
}

/// As after its provider was taken out of the settings. The start and the doctor tell of it.
#[tokio::test(flavor = "multi_thread")]
async fn it_is_known_when_nobody_who_manages_users_comes_in() {
    let mut place = Place::new(|_| ()).await;
    let robert = place.world.sign_in("robert.szymanski").await;
    promote(&robert, "ewa.pusta").await;
    place.link("robert.szymanski", "inny", "admin-1").await;
    place.link("ewa.pusta", "firma", "admin-2").await;
    let [roberts, ewas] = [user(&robert, "robert.szymanski").await, user(&robert, "ewa.pusta").await];
    let _ = remove(&robert, &format!("users/{ewas}/password")).await.expect(204);
    let ewa = place.world.client();
    place.provider.set_claims(json!({ "sub": "admin-2" }));
    let _ = place.comes_back(&ewa).await.expect(201);
    let _ = remove(&ewa, &format!("users/{roberts}/password")).await.expect(204);
    for (names, some) in [(&["firma"][..], true), (&["inny"], true), (&[], false)] {
        let config = place.config(false, names);
        place.world.stop().await;
        place.world.start_with(config).await.expect("it starts in any case");
        let engine = place.world.app().engine().clone();
        assert_eq!(engine.somebody_manages().await.expect("an answer"), some, "{names:?}");
    }
    let engine = place.world.app().engine().clone();
    engine.operator_set_password(roberts.parse().unwrap(), PASSWORD).await.expect("a password");
    assert!(engine.somebody_manages().await.expect("an answer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_goes_on_managing_roles_while_nobody_else_who_comes_in_does() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let all = robert.get(&api("roles")).await.expect(200).json();
    let found = all["items"].as_array().unwrap().iter().find(|r| r["name"] == "administrator");
    let found = found.expect("a role").clone();
    let at = api(&format!("roles/{}", found["id"].as_str().unwrap()));
    let mut without = found.clone();
    without.as_object_mut().unwrap().retain(|key, _| KEPT.contains(&key.as_str()));
    for verb in [json!("read"), Value::Null] {
        let mut less = without.clone();
        match verb {
            Value::Null => drop(less["things"].as_object_mut().unwrap().remove("roles")),
            verb => less["things"]["roles"] = verb,
        }
        let put = robert.request(Method::PUT, &at).header("if-match", format!("\"{}\"", found["version"]));
        let refused = problem(&robert.send(put.json(&less)).await, 409);
        assert!(refused["detail"].as_str().unwrap().contains("last person who manages roles"), "{refused}");
    }
    // Whoever holds a role cannot lose it by its removal, and one that nobody holds may go.
    let shaper = json!({ "name": "shaper", "label": { "pl": "Twórca ról", "en": "Shaper" }, "things": { "roles": "manage" } });
    let spare = robert.post(&api("roles"), &shaper).await.expect(201).json();
    let _ = robert.delete(&api(&format!("roles/{}", spare["id"].as_str().unwrap())), 1).await.expect(204);
    let shaper = super::help::endow(&world, "piotr.zielinski", &shaper).await;
    let shaper = api(&format!("roles/{shaper}"));
    problem(&robert.delete(&shaper, 1).await, 409);
    // Somebody else manages roles and can sign in: the right may go, and then Piotr's stays.
    let piotr = world.sign_in("piotr.zielinski").await;
    let mut less = without.clone();
    less["things"]["roles"] = json!("read");
    let put = robert.request(Method::PUT, &at).header("if-match", format!("\"{}\"", found["version"]));
    let _ = robert.send(put.json(&less)).await.expect(200);
    let own = json!({ "name": "shaper", "label": { "pl": "Twórca ról", "en": "Shaper" }, "things": {} });
    let put = piotr.request(Method::PUT, &shaper).header("if-match", "\"1\"").json(&own);
    problem(&piotr.send(put).await, 409);
}

/// What of a role as it is read is written back.
const KEPT: [&str; 5] = ["name", "label", "entities", "denials", "things"];

/// As after `hosts` were changed: what is bound to a name that is not served lets nobody in.
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_of_a_name_that_is_served_no_more_is_no_way_in() {
    let mut world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    promote(&robert, "ewa.pusta").await;
    let [roberts, ewas] = [user(&robert, "robert.szymanski").await, user(&robert, "ewa.pusta").await];
    let ewa = world.sign_in("ewa.pusta").await;
    let mut passkey = add(&robert, 1).await;
    let _ = remove(&ewa, &format!("users/{roberts}/password")).await.expect(204);
    let robert = world.client();
    let options = alone(&robert).await;
    let _ = show(&robert, &mut passkey, &options).await.expect(201);
    // His passkey is the only way in of the only administrator who has one.
    let _ = remove(&robert, &format!("users/{ewas}/password")).await.expect(204);
    let at = |hosts: &[&str]| {
        let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        Config { hosts, ..testkit::config() }
    };
    for (hosts, some) in [
        (&["localhost"][..], true),
        (&["crm.firma.example"], false),
        (&["crm.firma.example", "localhost"], true),
    ] {
        world.stop().await;
        world.start_with(at(hosts)).await.expect("it starts in any case");
        let engine = world.app().engine().clone();
        assert_eq!(engine.somebody_manages().await.expect("an answer"), some, "{hosts:?}");
    }
    let robert = robert.at(world.address());
    assert_eq!(state(&robert, &roberts).await, "active");
    assert_eq!(state(&robert, &ewas).await, "passwordless");
}

/// As after `hosts` were changed: whoever has a passkey is asked for one after the password, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_no_way_in_beside_a_passkey_of_a_name_that_is_served_no_more() {
    let mut world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = add(&robert, 1).await;
    for (host, codes, some) in [
        ("crm.firma.example", false, false),
        ("localhost", true, true),
        // Codes of an application can be shown whatever the name.
        ("crm.firma.example", false, true),
    ] {
        world.stop().await;
        let config = Config { hosts: vec![host.to_owned()], ..testkit::config() };
        world.start_with(config).await.expect("it starts in any case");
        let engine = world.app().engine().clone();
        assert_eq!(engine.somebody_manages().await.expect("an answer"), some, "{host}");
        if codes {
            let now = kernel::Clock::now(&*world.clock).0;
            let _ = enrol(&robert.at(world.address()), now).await;
        }
    }
}
