//! Attacks on access reviews: a reviewer takes away what is that one's to review, while the review is open, and nothing else;
//! and what ends by itself is what was there when the review began. OWASP API Security 2023: API1 (object level), API5
//! (function level), API6 (business flows).

use super::access_reviews::{all, begin, begun, decide, end, look, number, right};
use super::approvals::{notices, required, set_rules, settled};
use super::grants::{DAY_MS, Stage, role};
use super::help::{api, issue, list, named, problem};
use super::partners::invited_guest;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

pub(super) async fn user(admin: &Client, login: &str) -> Value {
    admin.get(&api(&format!("users/{}", named(admin, "users", login).await))).await.expect(200).json()
}

pub(super) async fn change(admin: &Client, login: &str, with: Value) -> Answer {
    let user = user(admin, login).await;
    let at = api(&format!("users/{}", user["id"].as_str().unwrap()));
    admin.patch(&at, user["version"].as_u64().unwrap(), &with).await
}

async fn sellers(world: &World, admin: &Client, reviewer: &str) -> String {
    let (seller, reviewer) = (role(admin, "seller").await, named(admin, "users", reviewer).await);
    begun(world, admin, json!({ "role": seller, "reviewer": reviewer })).await
}

/// Sales, reviewed by their leader, whose own role is Barbara's to review.
pub(super) async fn sales(world: &World) -> String {
    let admin = world.sign_in("robert.szymanski").await;
    let (team, second) =
        (named(&admin, "teams", "Sprzedaż").await, named(&admin, "users", "barbara.dabrowska").await);
    begun(world, &admin, json!({ "team": team, "second": second })).await
}

pub(super) async fn cancel(client: &Client, id: &str) -> Answer {
    client.send(client.request(Method::POST, &api(&format!("access-reviews/{id}/cancel")))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_decides_on_what_is_not_theirs() {
    let world = World::new().await;
    let id = sales(&world).await;
    let admin = world.sign_in("robert.szymanski").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let barbara = world.sign_in("barbara.dabrowska").await;
    let report = all(&admin, &id, "report", 200).await;
    let own = number(&report, "Magdalena Wójcik", "role");
    let anna = number(&report, "Anna Kowalska", "role");
    // Not one's own, not another reviewer's, none that is not there; and with one of them nothing of the rest.
    for items in [&[own][..], &[anna, own], &[anna, 99], &[0]] {
        problem(&decide(&leader, &id, "withdraw", items).await, 404);
    }
    problem(&decide(&barbara, &id, "withdraw", &[anna]).await, 404);
    // Neither whoever began it, nor an auditor, nor whose right it is, nor anybody else.
    for login in ["robert.szymanski", "danuta.krol", "anna.kowalska", "marta.nowak", "ewa.pusta"] {
        let client = world.sign_in(login).await;
        for how in ["confirm", "withdraw"] {
            problem(&decide(&client, &id, how, &[anna]).await, 404);
        }
        problem(&look(&client, &id, "/items").await, 404);
    }
    let stranger = world.sign_in("anna.kowalska").await;
    problem(&look(&stranger, &id, "").await, 404);
    for (client, what) in [(&stranger, "/report"), (&leader, "/report"), (&leader, "/export")] {
        problem(&look(client, &id, what).await, 403);
    }
    problem(&leader.get(&api("access-reviews?view=all")).await, 403);
    problem(&cancel(&leader, &id).await, 403);
    problem(&cancel(&world.sign_in("danuta.krol").await, &id).await, 403);
    problem(&begin(&world, &leader, json!({ "role": role(&admin, "seller").await })).await, 403);
    let _ = list(&stranger, "people", &[]).await.expect(200);
    assert_eq!(look(&admin, &id, "").await.expect(200).json()["counts"]["open"], 4);

    for (field, body) in [
        ("items", json!({ "items": [] })),
        ("items", json!({ "items": [anna, anna] })),
        ("items", json!({ "items": (1..=201).collect::<Vec<u32>>() })),
        ("reason", json!({ "items": [anna], "reason": "x" })),
    ] {
        let refused = leader.post(&api(&format!("access-reviews/{id}/withdraw")), &body).await;
        let _ = issue(&problem(&refused, 422), field);
    }
    // A partner's user learns nothing of it.
    let guest = invited_guest(&world, &admin).await;
    for path in
        ["access-reviews".to_owned(), format!("access-reviews/{id}"), format!("access-reviews/{id}/items")]
    {
        problem(&guest.get(&api(&path)).await, 404);
    }
    problem(&decide(&guest, &id, "confirm", &[anna]).await, 404);
    // A token of the reviewer's decides on nothing, whatever its scope.
    let scope = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": testkit::START.plus_s(86_400).rfc3339() });
    let token = leader.post(&api("tokens"), &scope).await.expect(201).json();
    let token = world.client().with_token(token["token"].as_str().unwrap());
    for answer in [
        decide(&token, &id, "confirm", &[anna]).await,
        decide(&token, &id, "withdraw", &[anna]).await,
        look(&token, &id, "/items").await,
        token.get(&api("access-reviews")).await,
    ] {
        problem(&answer, 403);
    }
    // To take away needs proof that the reviewer is there now; to confirm does not.
    world.clock.advance_ms(20 * 60_000);
    let late = decide(&leader, &id, "withdraw", &[anna]).await;
    assert_eq!(problem(&late, 403)["type"], "urn:klucznik:problem:step-up-required");
    let _ = decide(&leader, &id, "confirm", &[anna]).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_decided_once_and_not_after_the_end() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let id = sellers(&world, &admin, "magdalena.wojcik").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let items = all(&leader, &id, "items", 200).await;
    let [anna, piotr, tomasz] =
        ["Anna Kowalska", "Piotr Zieliński", "Tomasz Lewandowski"].map(|name| number(&items, name, "role"));
    // The same twice at once: one comes through.
    let once = [anna];
    let (one, two) =
        tokio::join!(decide(&leader, &id, "withdraw", &once), decide(&leader, &id, "withdraw", &once));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.text, two.text);
    problem(&decide(&leader, &id, "withdraw", &[anna]).await, 409);
    problem(&decide(&leader, &id, "confirm", &[anna, piotr]).await, 409);
    assert_eq!(look(&leader, &id, "").await.json()["own"]["confirmed"], 0, "all of it or none");
    // Given again, it is not taken by sending the same again.
    let seller = role(&admin, "seller").await;
    let _ = change(&admin, "anna.kowalska", json!({ "roles": [seller] })).await.expect(200);
    problem(&decide(&leader, &id, "withdraw", &[anna]).await, 409);

    let _ = cancel(&admin, &id).await.expect(200);
    problem(&cancel(&admin, &id).await, 409);
    assert_eq!(notices(&leader, "access-review-cancelled").await, 1);
    for how in ["confirm", "withdraw"] {
        problem(&decide(&leader, &id, how, &[tomasz]).await, 409);
    }
    world.clock.advance_ms(11 * DAY_MS);
    end(&world).await;
    for login in ["anna.kowalska", "piotr.zielinski", "tomasz.lewandowski"] {
        let _ = list(&world.sign_in(login).await, "people", &[]).await.expect(200);
    }
    let admin = world.sign_in("robert.szymanski").await;
    let seen = look(&admin, &id, "").await.expect(200).json();
    assert_eq!((&seen["state"], &seen["counts"]["ended"]), (&json!("cancelled"), &json!(0)));
    assert_eq!(seen["closed_by"]["name"], "Robert Szymański");
}

/// A right that was given again, or renewed, since the review began is another one: it is neither withdrawn nor ended.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_given_again_is_another_one() {
    let stage = Stage::new().await;
    let world = &stage.world;
    let admin = world.sign_in("robert.szymanski").await;
    let mut grants = Vec::new();
    for record in [&stage.shared, &stage.other, &stage.note] {
        let given = stage.give(&stage.anna, record, json!({ "until": stage.in_days(30) })).await;
        grants.push(given.expect(201).json());
    }
    let viewer = role(&admin, "viewer").await;
    let _ = change(&admin, "ewa.pusta", json!({ "roles": [viewer] })).await.expect(200);
    let (team, barbara) =
        (named(&admin, "teams", "Marketing").await, named(&admin, "users", "barbara.dabrowska").await);
    let id = begun(world, &admin, json!({ "team": team, "reviewer": barbara })).await;
    world.clock.advance_ms(3_600_000);
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    for roles in [json!([]), json!([viewer])] {
        let _ = change(&admin, "ewa.pusta", json!({ "roles": roles })).await.expect(200);
    }
    let renew = json!({ "until": stage.in_days(40), "reason": "Jeszcze potrzebne" });
    let at = api(&format!("grants/{}/renewal", grants[0]["id"].as_str().unwrap()));
    let renewed = anna.request(Method::POST, &at).header("if-match", "\"1\"").json(&renew);
    let _ = anna.send(renewed).await.expect(200);
    let at = api(&format!("grants/{}", grants[1]["id"].as_str().unwrap()));
    let _ = anna.send(anna.request(Method::DELETE, &at)).await.expect(204);

    let reviewer = world.sign_in("barbara.dabrowska").await;
    let items = all(&reviewer, &id, "items", 200).await;
    let of = |grant: &Value| {
        let found = items.iter().find(|item| item["record"]["id"] == *grant);
        found.unwrap_or_else(|| panic!("{grant}: {items:?}"))["item"].as_u64().unwrap()
    };
    let given_again = number(&items, "Ewa Pusta", "role");
    let [renewed, ended, kept] = [&stage.shared, &stage.other, &stage.note].map(|one| of(&json!(one.id)));
    for item in [given_again, renewed, ended] {
        problem(&decide(&reviewer, &id, "withdraw", &[item]).await, 409);
        problem(&decide(&reviewer, &id, "confirm", &[item]).await, 409);
    }
    world.clock.advance_ms(11 * DAY_MS);
    end(world).await;
    let admin = world.sign_in("robert.szymanski").await;
    let report = all(&admin, &id, "report", 200).await;
    let state = |item: u64| report[item as usize - 1]["state"].clone();
    let states = [given_again, renewed, ended, kept].map(state);
    assert_eq!(states, ["changed", "changed", "gone", "ended"], "{report:?}");
    assert_eq!(user(&admin, "ewa.pusta").await["roles"], json!([viewer]));
    let ewa = world.sign_in("ewa.pusta").await;
    let _ = ewa.get(&stage.shared.at).await.expect(200);
    problem(&ewa.get(&stage.note.at).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_always_remains_who_manages_users() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let administrator = role(&admin, "administrator").await;
    let _ = change(&admin, "marta.nowak", json!({ "roles": [administrator] })).await.expect(200);
    let reviewer = named(&admin, "users", "barbara.dabrowska").await;
    let id = begun(&world, &admin, json!({ "role": administrator, "reviewer": reviewer })).await;
    let barbara = world.sign_in("barbara.dabrowska").await;
    let items = all(&barbara, &id, "items", 200).await;
    let (robert, marta) = (number(&items, "Robert Szymański", "role"), number(&items, "Marta Nowak", "role"));
    // Both at once would leave nobody, though each alone would not.
    let refused = problem(&decide(&barbara, &id, "withdraw", &[robert, marta]).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains(": "), "{refused}");
    assert_eq!(user(&admin, "marta.nowak").await["roles"], json!([administrator]));
    let _ = decide(&barbara, &id, "withdraw", &[marta]).await.expect(200);
    let refused = problem(&decide(&barbara, &id, "withdraw", &[robert]).await, 409);
    assert!(refused["detail"].as_str().unwrap().starts_with("Robert Szymański"), "{refused}");
    world.clock.advance_ms(11 * DAY_MS);
    end(&world).await;
    let admin = world.sign_in("robert.szymanski").await;
    let report = all(&admin, &id, "report", 200).await;
    let kept = right(&report, "Robert Szymański", "role");
    assert_eq!((&kept["state"], &kept["kept"]), (&json!("kept"), &json!("last_administrator")));
    assert_eq!(user(&admin, "robert.szymanski").await["roles"], json!([administrator]));
    assert_eq!(notices(&admin, "access-review-ended").await, 1);

    // At the date both end but one.
    let _ = change(&admin, "marta.nowak", json!({ "roles": [administrator] })).await.expect(200);
    let id = begun(&world, &admin, json!({ "role": administrator, "reviewer": reviewer })).await;
    world.clock.advance_ms(11 * DAY_MS);
    end(&world).await;
    let auditor = world.sign_in("danuta.krol").await;
    let counts = look(&auditor, &id, "").await.expect(200).json()["counts"].clone();
    assert_eq!((&counts["ended"], &counts["kept"]), (&json!(1), &json!(1)), "{counts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_reviewers_decide_at_once() {
    let world = World::new().await;
    let id = sales(&world).await;
    let (leader, barbara) =
        (world.sign_in("magdalena.wojcik").await, world.sign_in("barbara.dabrowska").await);
    let items = all(&leader, &id, "items", 200).await;
    let theirs = all(&barbara, &id, "items", 200).await;
    let numbers: Vec<u64> = items.iter().map(|item| item["item"].as_u64().unwrap()).collect();
    let of_barbara = [theirs[0]["item"].as_u64().unwrap()];
    let (one, two) = tokio::join!(
        decide(&leader, &id, "withdraw", &numbers),
        decide(&barbara, &id, "withdraw", &of_barbara)
    );
    let _ = (one.expect(200), two.expect(200));
    let auditor = world.sign_in("danuta.krol").await;
    let counts = look(&auditor, &id, "").await.expect(200).json()["counts"].clone();
    assert_eq!((&counts["withdrawn"], &counts["open"]), (&json!(4), &json!(0)));
    problem(&list(&world.sign_in("anna.kowalska").await, "people", &[]).await, 403);
}

/// Where changes of roles need a second person, the reviewer is it: not whoever began the review, nor an account that one
/// made or took over; and nobody ends roles by naming somebody for a day.
#[tokio::test(flavor = "multi_thread")]
async fn a_review_is_no_way_round_the_second_person() {
    let world = settled().await;
    let robert = world.sign_in("robert.szymanski").await;
    let administrator = role(&robert, "administrator").await;
    let _ = change(&robert, "marta.nowak", json!({ "roles": [administrator] })).await.expect(200);
    let before = sellers(&world, &robert, "robert.szymanski").await;
    world.clock.advance_ms(7 * DAY_MS);
    set_rules(&world, json!({ "role_change": 1 })).await;
    let robert = world.sign_in("robert.szymanski").await;
    // One that the same person began and reviews, before there was the rule.
    required(&decide(&robert, &before, "withdraw", &[1]).await);
    let _ = decide(&robert, &before, "confirm", &[2]).await.expect(200);
    world.clock.advance_ms(4 * DAY_MS);
    end(&world).await;
    let robert = world.sign_in("robert.szymanski").await;
    let kept = all(&robert, &before, "report", 200).await;
    assert_eq!((&kept[0]["state"], &kept[0]["kept"]), (&json!("kept"), &json!("approval")), "{kept:?}");

    let seller = role(&robert, "seller").await;
    let reviewer = async |login: &str| named(&robert, "users", login).await;
    let over = |reviewer: String| json!({ "role": seller, "reviewer": reviewer });
    problem(&begin(&world, &robert, over(reviewer("robert.szymanski").await)).await, 409);
    let team = named(&robert, "teams", "Marketing").await;
    let made = json!({ "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example", "lang": "pl", "team": team, "roles": [] });
    let new = world.engage(&robert, &made).await;
    problem(&begin(&world, &robert, over(new)).await, 409);
    let magdalena = reviewer("magdalena.wojcik").await;
    let mut short = over(magdalena.clone());
    short["ends_at"] = json!(kernel::Clock::now(&*world.clock).plus_ms(3 * DAY_MS).rfc3339());
    let _ = issue(&problem(&begin(&world, &robert, short).await, 422), "ends_at");

    let id = begun(&world, &robert, over(magdalena.clone())).await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let items = all(&leader, &id, "items", 200).await;
    required(&change(&robert, "anna.kowalska", json!({ "roles": [] })).await);
    let _ = decide(&leader, &id, "withdraw", &[number(&items, "Anna Kowalska", "role")]).await.expect(200);
    assert_eq!(user(&robert, "anna.kowalska").await["roles"], json!([]));
    // Whoever began it takes the reviewer's account over.
    let take = robert.request(Method::DELETE, &api(&format!("users/{magdalena}/password")));
    let _ = robert.send(take).await.expect(204);
    let at = api(&format!("users/{magdalena}/invitation"));
    let link = robert.post(&at, &json!({})).await.expect(201).json();
    let link = link["link"].as_str().unwrap().split_once('#').unwrap().1.to_owned();
    let chosen = json!({ "link": link, "new": testkit::PASSWORD });
    let _ = world.client().post(&api("links/password"), &chosen).await.expect(200);
    let taken = world.sign_in("magdalena.wojcik").await;
    required(&decide(&taken, &id, "withdraw", &[number(&items, "Piotr Zieliński", "role")]).await);
    world.clock.advance_ms(11 * DAY_MS);
    end(&world).await;
    let robert = world.sign_in("robert.szymanski").await;
    let report = all(&robert, &id, "report", 200).await;
    assert_eq!(right(&report, "Piotr Zieliński", "role")["kept"], "approval", "{report:?}");
    let _ = list(&world.sign_in("piotr.zielinski").await, "people", &[]).await.expect(200);
}

/// To take away what denies something would give: such a role is nobody's to review, neither by hand nor by silence.
#[tokio::test(flavor = "multi_thread")]
async fn a_review_takes_no_denial_away() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let denies = json!({
        "name": "denies", "label": { "pl": "Nie", "en": "No" }, "denials": { "person": ["create"] },
    });
    let denies = admin.post(&api("roles"), &denies).await.expect(201).json()["id"].clone();
    let seller = role(&admin, "seller").await;
    let _ = change(&admin, "anna.kowalska", json!({ "roles": [seller, denies] })).await.expect(200);
    let id = sales(&world).await;
    let report = all(&admin, &id, "report", 200).await;
    assert!(report.iter().any(|item| item["role"]["id"] == json!(seller)), "{report:?}");
    assert!(report.iter().all(|item| item["role"]["id"] != denies), "{report:?}");
    world.clock.advance_ms(11 * DAY_MS);
    end(&world).await;
    let admin = world.sign_in("robert.szymanski").await;
    assert_eq!(user(&admin, "anna.kowalska").await["roles"], json!([denies]));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_of_a_partner_learns_who_decided_or_what_the_review_is_called() {
    let stage = super::partners::Stage::new().await;
    let (world, admin) = (&stage.world, &stage.admin);
    let reviewer = named(admin, "users", "magdalena.wojcik").await;
    let with = json!({ "role": stage.viewer, "reviewer": reviewer, "name": "Zanim zerwiemy" });
    let id = begun(world, admin, with).await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let items = all(&leader, &id, "items", 200).await;
    let numbers: Vec<u64> = items.iter().map(|item| item["item"].as_u64().unwrap()).collect();
    let _ = decide(&leader, &id, "withdraw", &numbers).await.expect(200);
    assert_eq!(notices(&stage.guest, "access-review-withdrawn").await, 1);
    let told = stage.guest.get(&api("notices")).await.expect(200).text;
    assert!(!told.contains("Wójcik") && !told.contains("zerwiemy"), "{told}");
    assert_eq!(notices(&stage.anna, "access-review-withdrawn").await, 1);
    assert!(stage.anna.get(&api("notices")).await.expect(200).text.contains("zerwiemy"));
}
