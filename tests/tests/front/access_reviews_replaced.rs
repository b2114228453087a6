//! Another reviewer in the place of one: who may do it, who may be it, and what becomes of what was decided. OWASP API
//! Security 2023: API5 (function level), API6 (business flows).

use super::access_reviews::{all, begun, decide, end, look, number, right};
use super::access_reviews_attacked::{cancel, change, sales, user};
use super::approvals::{notices, required, set_rules, settled};
use super::grants::{DAY_MS, role};
use super::help::{api, issue, named, problem};
use super::partners::invited_guest;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

async fn replace(client: &Client, id: &str, from: &Value, reviewer: &Value) -> Answer {
    let body = json!({ "from": from, "reviewer": reviewer });
    client.post(&api(&format!("access-reviews/{id}/replace")), &body).await
}

async fn id_of(admin: &Client, login: &str) -> Value {
    json!(named(admin, "users", login).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_is_replaced_and_what_was_decided_stays() {
    let world = World::new().await;
    let id = sales(&world).await;
    let admin = world.sign_in("robert.szymanski").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let items = all(&leader, &id, "items", 200).await;
    let of = |name: &str| number(&items, name, "role");
    let _ = decide(&leader, &id, "confirm", &[of("Anna Kowalska")]).await.expect(200);
    let (magdalena, barbara) =
        (id_of(&admin, "magdalena.wojcik").await, id_of(&admin, "barbara.dabrowska").await);
    let _ = change(&admin, "magdalena.wojcik", json!({ "active": false })).await.expect(200);

    let seen = replace(&admin, &id, &magdalena, &barbara).await.expect(200).json();
    let reviewers = seen["reviewers"].as_array().unwrap();
    assert_eq!((reviewers.len(), &reviewers[0]["user"]["id"]), (1, &barbara), "{seen}");
    assert_eq!((&reviewers[0]["items"], &reviewers[0]["open"]), (&json!(4), &json!(3)));
    let next = world.sign_in("barbara.dabrowska").await;
    assert_eq!(notices(&next, "access-review-asked").await, 2);
    assert_eq!(look(&next, &id, "").await.expect(200).json()["own"]["open"], 3);
    assert_eq!(all(&next, &id, "items", 2).await.len(), 4);
    // What was confirmed stays so, and says by whom; what is left is the new one's.
    let report = all(&admin, &id, "report", 200).await;
    let confirmed = right(&report, "Anna Kowalska", "role");
    assert_eq!(
        (&confirmed["state"], &confirmed["decided_by"]["id"], &confirmed["reviewer"]["id"]),
        (&json!("confirmed"), &magdalena, &barbara)
    );
    let _ = decide(&next, &id, "withdraw", &[of("Piotr Zieliński")]).await.expect(200);
    let _ = decide(&next, &id, "confirm", &[of("Tomasz Lewandowski")]).await.expect(200);
    assert_eq!(user(&admin, "piotr.zielinski").await["roles"], json!([]));
    let events = world.sign_in("danuta.krol").await;
    let events = events.get(&api("ledger/events?act=access_review.replace")).await.expect(200).json();
    let detail = &events["items"][0]["detail"];
    assert_eq!(
        (&detail["from"], &detail["to"], &detail["open"]),
        (&magdalena, &barbara, &json!(2)),
        "{events}"
    );
    // Whoever was replaced decides on nothing any more, back or not.
    let _ = change(&admin, "magdalena.wojcik", json!({ "active": true })).await.expect(200);
    let back = world.sign_in("magdalena.wojcik").await;
    problem(&look(&back, &id, "/items").await, 404);
    problem(&decide(&back, &id, "withdraw", &[of("Tomasz Lewandowski")]).await, 404);
    // And the date comes as for anybody's.
    world.clock.advance_ms(11 * DAY_MS);
    end(&world).await;
    let admin = world.sign_in("robert.szymanski").await;
    let counts = look(&admin, &id, "").await.expect(200).json()["counts"].clone();
    assert_eq!(
        [&counts["confirmed"], &counts["withdrawn"], &counts["ended"], &counts["open"]],
        [&json!(2), &json!(1), &json!(1), &json!(0)],
        "{counts}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_replaces_and_nobody_is_put_over_own_rights() {
    let world = World::new().await;
    let id = sales(&world).await;
    let admin = world.sign_in("robert.szymanski").await;
    let (magdalena, barbara, anna, marta) = (
        id_of(&admin, "magdalena.wojcik").await,
        id_of(&admin, "barbara.dabrowska").await,
        id_of(&admin, "anna.kowalska").await,
        id_of(&admin, "marta.nowak").await,
    );
    for login in ["magdalena.wojcik", "barbara.dabrowska", "danuta.krol", "anna.kowalska"] {
        problem(&replace(&world.sign_in(login).await, &id, &magdalena, &marta).await, 403);
    }
    problem(&replace(&invited_guest(&world, &admin).await, &id, &magdalena, &marta).await, 404);
    problem(&replace(&world.client(), &id, &magdalena, &marta).await, 401);
    let unknown = json!("0190a6c2-7b1e-7c3d-8e4f-0123456789ab");
    problem(&replace(&admin, unknown.as_str().unwrap(), &magdalena, &marta).await, 404);
    let guest = id_of(&admin, "jan.gosc").await;
    let _ = change(&admin, "marta.nowak", json!({ "active": false })).await.expect(200);
    for (from, reviewer, field, code) in [
        (&anna, &barbara, "from", "unknown-reviewer"),
        (&unknown, &barbara, "from", "unknown-reviewer"),
        (&magdalena, &magdalena, "reviewer", "same"),
        (&magdalena, &unknown, "reviewer", "unknown-user"),
        (&magdalena, &marta, "reviewer", "unknown-user"),
        (&magdalena, &guest, "reviewer", "unknown-user"),
    ] {
        let refused = problem(&replace(&admin, &id, from, reviewer).await, 422);
        assert_eq!(issue(&refused, field)["code"], code, "{refused}");
    }
    // Nobody reviews their own: it is said whose, and nothing of it is taken over.
    let refused = problem(&replace(&admin, &id, &magdalena, &anna).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("Anna Kowalska"), "{refused}");
    let refused = problem(&replace(&admin, &id, &barbara, &magdalena).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("Magdalena Wójcik"), "{refused}");
    let stranger = world.sign_in("anna.kowalska").await;
    problem(&look(&stranger, &id, "/items").await, 404);
    assert_eq!(notices(&stranger, "access-review-asked").await, 0);

    // Who asks for it is replaced too, and told; whoever has nothing left is not.
    let leader = world.sign_in("magdalena.wojcik").await;
    let robert = id_of(&admin, "robert.szymanski").await;
    let _ = replace(&admin, &id, &magdalena, &robert).await.expect(200);
    assert_eq!(notices(&leader, "access-review-replaced").await, 1);
    let items = all(&admin, &id, "items", 200).await;
    let numbers: Vec<u64> = items.iter().map(|item| item["item"].as_u64().unwrap()).collect();
    let _ = decide(&admin, &id, "confirm", &numbers).await.expect(200);
    problem(&replace(&admin, &id, &robert, &magdalena).await, 409);
    // It needs proof that the administrator is there now.
    world.clock.advance_ms(20 * 60_000);
    let late = replace(&admin, &id, &barbara, &robert).await;
    assert_eq!(problem(&late, 403)["type"], "urn:klucznik:problem:step-up-required");
    let admin = world.sign_in("robert.szymanski").await;
    let _ = cancel(&admin, &id).await.expect(200);
    problem(&replace(&admin, &id, &barbara, &robert).await, 409);
}

/// Where changes of roles need a second person, no reviewer is put there who is none, nor one without time to look.
#[tokio::test(flavor = "multi_thread")]
async fn replacing_is_no_way_round_the_second_person() {
    let world = settled().await;
    let robert = world.sign_in("robert.szymanski").await;
    let administrator = role(&robert, "administrator").await;
    let _ = change(&robert, "marta.nowak", json!({ "roles": [administrator] })).await.expect(200);
    world.clock.advance_ms(7 * DAY_MS);
    set_rules(&world, json!({ "role_change": 1 })).await;
    let robert = world.sign_in("robert.szymanski").await;
    let magdalena = id_of(&robert, "magdalena.wojcik").await;
    let with = json!({ "role": role(&robert, "seller").await, "reviewer": magdalena });
    let id = begun(&world, &robert, with).await;
    let team = named(&robert, "teams", "Marketing").await;
    let made = json!({ "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example", "lang": "pl", "team": team, "roles": [] });
    let new = json!(world.engage(&robert, &made).await);
    let marta = world.sign_in("marta.nowak").await;
    for nobody in [id_of(&robert, "robert.szymanski").await, id_of(&robert, "marta.nowak").await, new] {
        problem(&replace(&marta, &id, &magdalena, &nobody).await, 409);
    }
    let danuta = id_of(&robert, "danuta.krol").await;
    let _ = replace(&marta, &id, &magdalena, &danuta).await.expect(200);
    assert_eq!(notices(&robert, "access-review-replaced").await, 1);
    let next = world.sign_in("danuta.krol").await;
    let items = all(&next, &id, "items", 200).await;
    let _ = decide(&next, &id, "withdraw", &[number(&items, "Piotr Zieliński", "role")]).await.expect(200);
    required(&change(&robert, "anna.kowalska", json!({ "roles": [] })).await);
    // With less than a week left, silence of somebody new would end what nobody looked at.
    world.clock.advance_ms(4 * DAY_MS);
    let marta = world.sign_in("marta.nowak").await;
    let late = problem(&replace(&marta, &id, &danuta, &magdalena).await, 409);
    assert!(late["detail"].as_str().unwrap().contains("week"), "{late}");
}
