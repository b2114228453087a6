//! Taking factors away after a loss: two administrators, or the machine itself.

use super::factors::{bare, enrol, finish, password};
use super::help::{api, issue, named, problem};
use reqwest::Method;
use serde_json::json;
use testkit::{Client, World};

const REASON: &str = "Zgubiony telefon; rozmowa osobista w biurze.";

async fn administrator(world: &World, admin: &Client, login: &str) -> Client {
    let role = named(admin, "roles", "administrator").await;
    let at = api(&format!("users/{}", named(admin, "users", login).await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "roles": [role] })).await.expect(200);
    world.sign_in(login).await
}

fn now(world: &World) -> i64 {
    kernel::Clock::now(&*world.clock).0
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_two_administrators_and_a_day_at_most() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let ewa = administrator(&world, &robert, "ewa.pusta").await;
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
