//! Taking factors away after a loss: two administrators, or the machine itself.

use super::factors::{bare, enrol, finish, password};
use super::help::{api, issue, named, problem};
use super::links::renew;
use super::sign_on::Place;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

const REASON: &str = "Zgubiony telefon; rozmowa osobista w biurze.";

pub async fn administrator(world: &World, admin: &Client, login: &str) -> Client {
    let role = named(admin, "roles", "administrator").await;
    let at = api(&format!("users/{}", named(admin, "users", login).await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "roles": [role] })).await.expect(200);
    world.sign_in(login).await
}

/// Milliseconds for which administrators have been such before they can do it.
const WEEK: i64 = 7 * 24 * 3_600_000;

async fn send(client: &Client, path: &str) -> Answer {
    client.send(client.request(Method::POST, &api(path))).await
}

/// Nobody does it alone, by making the other one: neither as who agrees nor as who asks.
#[tokio::test(flavor = "multi_thread")]
async fn one_administrator_does_not_make_the_other() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = enrol(&world.sign_in("anna.kowalska").await, now(&world)).await;
    let id = named(&robert, "users", "anna.kowalska").await;
    let (ask, confirm) = (format!("users/{id}/factors/reset"), format!("users/{id}/factors/reset/confirm"));
    let reason = json!({ "reason": REASON });
    let refused = problem(&robert.post(&api(&ask), &reason).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("klucznik user factors reset"), "{refused}");
    world.clock.advance_ms(WEEK);
    let robert = world.sign_in("robert.szymanski").await;
    // Just made; before the other asks, or after.
    let ewa = administrator(&world, &robert, "ewa.pusta").await;
    problem(&ewa.post(&api(&ask), &reason).await, 409);
    let _ = robert.post(&api(&ask), &reason).await.expect(201);
    let marta = administrator(&world, &robert, "marta.nowak").await;
    for made in [&ewa, &marta] {
        problem(&send(made, &confirm).await, 409);
    }
    let _ = robert.send(robert.request(Method::DELETE, &api(&ask))).await.expect(204);
    // A week later they would do, but neither one to whom the other has just given a password, nor one whose role
    // has just been made one of administrators.
    let named_role = |things: Value| json!({ "name": "kadry", "label": { "pl": "Kadry", "en": "Staff" }, "things": things });
    let role = super::help::endow(&world, "piotr.zielinski", &named_role(json!({}))).await;
    world.clock.advance_ms(WEEK);
    let robert = world.sign_in("robert.szymanski").await;
    let ewas = named(&robert, "users", "ewa.pusta").await;
    let ewa = world.client();
    renew(&robert, &api(&format!("users/{ewas}")), "nowe-haslo-od-roberta-1", &ewa).await;
    ewa.sign_in("ewa.pusta", "nowe-haslo-od-roberta-1").await;
    let own = json!({ "current": "nowe-haslo-od-roberta-1", "new": "inne-haslo-od-roberta-2" });
    let _ = ewa.put(&api("me/password"), &own).await.expect(204);
    let _ = robert.post(&api(&ask), &reason).await.expect(201);
    problem(&send(&ewa, &confirm).await, 409);
    let to = api(&format!("roles/{role}"));
    let put = robert.request(Method::PUT, &to).header("if-match", "\"1\"");
    let _ = robert.send(put.json(&named_role(json!({ "users": "manage" })))).await.expect(200);
    problem(&send(&world.sign_in("piotr.zielinski").await, &confirm).await, 409);
    let _ = send(&world.sign_in("marta.nowak").await, &confirm).await.expect(204);
}

/// Nor does anybody agree to what they asked for themselves, by an account at a provider that lets them in as the other.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_in_as_the_other_administrator() {
    let place = Place::new(|_| ()).await;
    let world = &place.world;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = enrol(&world.sign_in("anna.kowalska").await, now(world)).await;
    let _ = administrator(world, &robert, "marta.nowak").await;
    let id = named(&robert, "users", "anna.kowalska").await;
    let (ask, confirm) = (format!("users/{id}/factors/reset"), format!("users/{id}/factors/reset/confirm"));
    world.clock.advance_ms(2 * WEEK);
    let linked = place.link("marta.nowak", "firma", "konto-roberta").await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = robert.post(&api(&ask), &json!({ "reason": REASON })).await.expect(201);
    let marta = world.sign_in("marta.nowak").await;
    problem(&send(&marta, &confirm).await, 409);
    // She is told of it, and of its end.
    let martas = named(&robert, "users", "marta.nowak").await;
    let account = api(&format!("users/{martas}/accounts/{}", linked["id"].as_str().unwrap()));
    let _ = robert.send(robert.request(Method::DELETE, &account)).await.expect(204);
    let marta = world.sign_in("marta.nowak").await;
    let notices = marta.get(&api("notices")).await.expect(200).json();
    let codes: Vec<&str> =
        notices["items"].as_array().unwrap().iter().filter_map(|n| n["code"].as_str()).collect();
    assert!(codes.contains(&"account-linked") && codes.contains(&"account-unlinked"), "{codes:?}");
    // A week later she may.
    world.clock.advance_ms(WEEK);
    let robert = world.sign_in("robert.szymanski").await;
    let _ = robert.post(&api(&ask), &json!({ "reason": REASON })).await.expect(201);
    let _ = send(&world.sign_in("marta.nowak").await, &confirm).await.expect(204);
}

fn now(world: &World) -> i64 {
    kernel::Clock::now(&*world.clock).0
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_two_administrators_and_a_day_at_most() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = administrator(&world, &robert, "ewa.pusta").await;
    world.clock.advance_ms(WEEK);
    let [robert, ewa] = [world.sign_in("robert.szymanski").await, world.sign_in("ewa.pusta").await];
    let anna = world.sign_in("anna.kowalska").await;
    let id = named(&robert, "users", "anna.kowalska").await;
    let at = api(&format!("users/{id}/factors/reset"));
    let (confirm, path) = (format!("{at}/confirm"), format!("users/{id}/factors/reset"));
    let ask = json!({ "reason": REASON });
    problem(&robert.post(&at, &ask).await, 409);
    let phone = enrol(&anna, now(&world)).await;
    let _ = bare(&anna, Method::POST, "me/factors/recovery").await.expect(200);
    problem(&anna.post(&at, &ask).await, 403);
    for short in ["", "krótko", &"x".repeat(501)] {
        let _ = issue(&problem(&robert.post(&at, &json!({ "reason": short })).await, 422), "reason");
    }
    problem(&ewa.send(ewa.request(Method::POST, &confirm)).await, 404);
    let asked = robert.post(&at, &ask).await.expect(201).json();
    assert_eq!(asked["reason"], REASON);
    problem(&ewa.post(&at, &ask).await, 409);
    // Not by who asked, nor by the user, nor by somebody without the right.
    problem(&robert.send(robert.request(Method::POST, &confirm)).await, 409);
    problem(&anna.send(anna.request(Method::POST, &confirm)).await, 403);
    let seen = ewa.get(&api(&format!("users/{id}/factors"))).await.expect(200).json();
    assert_eq!((&seen["reset"], &seen["kinds"]["totp"]), (&asked, &json!(1)));
    assert_eq!(anna.get(&api("notices")).await.json()["items"][0]["code"], "factors-reset-asked");
    // Withdrawn, and over by itself.
    let _ = bare(&ewa, Method::DELETE, &path).await.expect(204);
    problem(&ewa.send(ewa.request(Method::POST, &confirm)).await, 404);
    let _ = robert.post(&at, &ask).await.expect(201);
    world.clock.advance_ms(24 * 3_600_000);
    let [robert, ewa] = [world.sign_in("robert.szymanski").await, world.sign_in("ewa.pusta").await];
    problem(&ewa.send(ewa.request(Method::POST, &confirm)).await, 404);
    let _ = robert.post(&at, &ask).await.expect(201);
    let anna = world.client();
    let _ = password(&anna, "anna.kowalska").await.expect(202);
    let _ = finish(&anna, &json!({ "totp": phone.code(now(&world)) })).await.expect(201);
    let _ = ewa.send(ewa.request(Method::POST, &confirm)).await.expect(204);
    problem(&ewa.send(ewa.request(Method::POST, &confirm)).await, 404);
    // Sessions ended, and the next one only serves to add a factor.
    problem(&anna.get(&api("me")).await, 401);
    let anna = world.client();
    let _ = password(&anna, "anna.kowalska").await.expect(201);
    let refused = problem(&anna.get(&api("people")).await, 403);
    assert_eq!(refused["type"], "urn:klucznik:problem:factor-required");
    assert_eq!(anna.get(&api("me/factors")).await.expect(200).json()["items"], json!([]));
    let _ = enrol(&anna, now(&world)).await;
    let _ = anna.get(&api("people")).await.expect(200);
    assert_eq!(ewa.get(&api("notices")).await.json()["items"][0]["code"], "factors-reset");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_overpowered_by_it_and_the_machine_helps_a_lone_administrator() {
    let world = World::new().await;
    // Who manages users but no keys takes no factor of somebody who does.
    let role = json!({ "name": "kadry", "label": { "pl": "Kadry", "en": "Staff" }, "things": { "users": "manage" } });
    super::help::endow(&world, "marta.nowak", &role).await;
    let robert = world.sign_in("robert.szymanski").await;
    let _ = enrol(&robert, now(&world)).await;
    let own = named(&robert, "users", "robert.szymanski").await;
    problem(
        &robert.post(&api(&format!("users/{own}/factors/reset")), &json!({ "reason": REASON })).await,
        409,
    );
    let marta = world.sign_in("marta.nowak").await;
    problem(
        &marta.post(&api(&format!("users/{own}/factors/reset")), &json!({ "reason": REASON })).await,
        403,
    );
    world.app().engine().operator_reset_factors(own.parse().unwrap()).await.unwrap();
    problem(&robert.get(&api("me")).await, 401);
    let robert = world.client();
    let _ = password(&robert, "robert.szymanski").await.expect(201);
    problem(&robert.get(&api("users")).await, 403);
    let _ = enrol(&robert, now(&world)).await;
    let events = robert.get(&api("ledger/events?act=factor.reset")).await.expect(200).json();
    assert_eq!(events["items"].as_array().unwrap().len(), 1, "{events}");
}
