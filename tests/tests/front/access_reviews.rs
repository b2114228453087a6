//! Access reviews from beginning to end: what is asked of whom, what is decided, what ends by itself, and what stands in the
//! report.

use super::approvals::notices;
use super::grants::{DAY_MS, Stage, role};
use super::help::{api, issue, list, make, named, problem};
use kernel::Clock;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

/// Begins one, of ten days if nothing else is said.
pub async fn begin(world: &World, by: &Client, with: Value) -> Answer {
    let ends_at = world.clock.now().plus_ms(10 * DAY_MS).rfc3339();
    let mut body = json!({ "name": "Przegląd roczny", "ends_at": ends_at });
    body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
    by.post(&api("access-reviews"), &body).await
}

pub async fn begun(world: &World, by: &Client, with: Value) -> String {
    begin(world, by, with).await.expect(201).json()["id"].as_str().unwrap().to_owned()
}

pub async fn look(client: &Client, id: &str, tail: &str) -> Answer {
    client.get(&api(&format!("access-reviews/{id}{tail}"))).await
}

/// All rights of a list, page by page.
pub async fn all(client: &Client, id: &str, what: &str, limit: u32) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = look(client, id, &format!("/{what}?limit={limit}{cursor}")).await.expect(200).json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit as usize);
        all.extend(items.clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

pub async fn decide(client: &Client, id: &str, how: &str, items: &[u64]) -> Answer {
    let body = json!({ "items": items, "reason": "Sprawdzono z zespołem" });
    client.post(&api(&format!("access-reviews/{id}/{how}")), &body).await
}

/// The number of somebody's right.
pub fn number(items: &[Value], name: &str, kind: &str) -> u64 {
    right(items, name, kind)["item"].as_u64().unwrap()
}

pub fn right<'i>(items: &'i [Value], name: &str, kind: &str) -> &'i Value {
    let named = |item: &&Value| {
        let of = if item["user"].is_null() { &item["team"] } else { &item["user"] };
        of["name"] == name && item["kind"] == kind
    };
    items.iter().find(named).unwrap_or_else(|| panic!("no {kind} of {name}: {items:?}"))
}

pub async fn end(world: &World) {
    world.app().engine().end_access_reviews().await.unwrap();
}

async fn events(client: &Client, act: &str) -> Vec<Value> {
    let found = client.get(&api(&format!("ledger/events?act={act}&limit=100"))).await.expect(200).json();
    found["items"].as_array().unwrap().clone()
}

/// The sales teams, in which Piotr and the team Południe were each given a record.
async fn sales() -> (Stage, String, Value) {
    let stage = Stage::new().await;
    let admin = stage.world.sign_in("robert.szymanski").await;
    let piotr = named(&admin, "users", "piotr.zielinski").await;
    let south = named(&admin, "teams", "Południe").await;
    let _ = stage.give(&stage.anna, &stage.shared, json!({ "to": { "user": piotr } })).await.expect(201);
    let _ = stage.give(&stage.anna, &stage.other, json!({ "to": { "team": south } })).await.expect(201);
    let team = named(&admin, "teams", "Sprzedaż").await;
    let second = named(&admin, "users", "barbara.dabrowska").await;
    let with = json!({ "team": team, "second": second });
    let id = begun(&stage.world, &admin, with.clone()).await;
    (stage, id, with)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_new_review_is_said() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let team = named(&admin, "teams", "Sprzedaż").await;
    let seller = role(&admin, "seller").await;
    let viewer = role(&admin, "viewer").await;
    let unknown = "0190a6c2-7b1e-7c3d-8e4f-0123456789ab";
    let at = |days: i64| world.clock.now().plus_ms(days * DAY_MS - 1).rfc3339();
    for (field, code, with) in [
        ("name", "malformed", json!({ "name": "", "team": team })),
        ("team", "not-one", json!({})),
        ("team", "not-one", json!({ "team": team, "role": seller })),
        ("team", "unknown-team", json!({ "team": unknown })),
        ("role", "unknown-role", json!({ "role": unknown })),
        ("role", "nothing-to-review", json!({ "role": viewer })),
        ("ends_at", "not-a-time", json!({ "team": team, "ends_at": "2026-12-31" })),
        ("ends_at", "out-of-range", json!({ "team": team, "ends_at": at(1) })),
        ("ends_at", "out-of-range", json!({ "team": team, "ends_at": at(92) })),
        ("reviewer", "unknown-user", json!({ "team": team, "reviewer": unknown })),
        ("second", "unknown-user", json!({ "team": team, "second": unknown })),
    ] {
        let refused = begin(&world, &admin, with.clone()).await;
        assert_eq!(issue(&problem(&refused, 422), field)["code"], code, "{with}");
    }
    // Nobody leads above the lead of sales, and nobody reviews their own rights: it is said whose.
    let nobody = problem(&begin(&world, &admin, json!({ "team": team })).await, 409);
    let said = nobody["detail"].as_str().unwrap();
    assert!(said.contains("Magdalena Wójcik") && !said.contains("Anna"), "{said}");
    let magdalena = named(&admin, "users", "magdalena.wojcik").await;
    let own = json!({ "team": team, "reviewer": magdalena, "second": magdalena });
    problem(&begin(&world, &admin, own).await, 409);
    // 20 at a time.
    let barbara = named(&admin, "users", "barbara.dabrowska").await;
    for _ in 0..20 {
        let _ = begun(&world, &admin, json!({ "role": seller, "reviewer": barbara })).await;
    }
    problem(&begin(&world, &admin, json!({ "role": seller, "reviewer": barbara })).await, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_goes_its_whole_way() {
    let (mut stage, id, _) = sales().await;
    let world = &stage.world;
    let (leader, barbara) =
        (world.sign_in("magdalena.wojcik").await, world.sign_in("barbara.dabrowska").await);
    problem(&leader.get(&api("users")).await, 403);
    assert_eq!(notices(&leader, "access-review-asked").await, 1);
    let mine = leader.get(&api("access-reviews")).await.expect(200).json();
    let seen = &mine["items"][0];
    assert_eq!(
        (&seen["id"], &seen["counts"]["total"], &seen["own"]["open"]),
        (&json!(id), &json!(5), &json!(5))
    );
    assert_eq!((seen["reviewers"].as_array().unwrap().len(), &seen["may_report"]), (1, &json!(false)));
    let items = all(&leader, &id, "items", 2).await;
    assert_eq!(items.len(), 5, "{items:?}");
    assert_eq!(all(&leader, &id, "items", 200).await, items);
    let grant = right(&items, "Piotr Zieliński", "grant");
    assert_eq!(grant["grant"]["record"]["title"], "Zofia Dzielona", "the leader sees the record");
    let theirs = all(&barbara, &id, "items", 200).await;
    assert_eq!(theirs.len(), 1, "{theirs:?}");
    assert_eq!(right(&theirs, "Magdalena Wójcik", "role")["role"]["name"], "team_lead");

    // Confirmed can be thought over; withdrawn ends at once.
    let piotr = world.sign_in("piotr.zielinski").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let (anna_role, south) = (number(&items, "Anna Kowalska", "role"), number(&items, "Południe", "grant"));
    let (tomasz_role, lent) =
        (number(&items, "Tomasz Lewandowski", "role"), number(&items, "Piotr Zieliński", "grant"));
    let _ = decide(&leader, &id, "confirm", &[anna_role, south, tomasz_role]).await.expect(200);
    let _ = decide(&leader, &id, "confirm", &[anna_role]).await.expect(200);
    let _ = list(&tomasz, "people", &[]).await.expect(200);
    let done = decide(&leader, &id, "withdraw", &[tomasz_role, lent]).await.expect(200).json();
    assert_eq!(
        (&done["own"]["open"], &done["own"]["confirmed"], &done["own"]["withdrawn"]),
        (&json!(1), &json!(2), &json!(2))
    );
    problem(&list(&tomasz, "deals", &[]).await, 403);
    let _ = tomasz.get(&stage.other.at).await.expect(200).json();
    assert_eq!(notices(&tomasz, "access-review-withdrawn").await, 1);
    assert_eq!(notices(&stage.anna, "access-review-withdrawn").await, 1, "whoever gave a grant is told");
    assert_eq!(piotr.get(&api("grants?direction=received")).await.expect(200).json()["items"], json!([]));
    assert_eq!(
        look(&leader, &id, "/items?state=open").await.expect(200).json()["items"].as_array().unwrap().len(),
        1
    );

    // Reviewers who have something left are reminded twice, once each.
    for (days, told) in [(4, 1), (5, 2)] {
        world.clock.advance_ms(days * DAY_MS);
        end(world).await;
        end(world).await;
        let leader = world.sign_in("magdalena.wojcik").await;
        assert_eq!(notices(&leader, "access-review-soon").await, told);
    }
    // The server is off at the date: what nobody confirmed ends at the next start, once.
    stage.world.stop().await;
    stage.world.clock.advance_ms(2 * DAY_MS);
    stage.world.start().await.unwrap();
    let world = &stage.world;
    let leader = world.sign_in("magdalena.wojcik").await;
    assert_eq!(look(&leader, &id, "").await.expect(200).json()["state"], "ending");
    let piotr_role = number(&items, "Piotr Zieliński", "role");
    problem(&decide(&leader, &id, "confirm", &[piotr_role]).await, 409);
    end(world).await;
    end(world).await;
    problem(&list(&world.sign_in("piotr.zielinski").await, "people", &[]).await, 403);
    problem(&list(&leader, "people", &[]).await, 403);
    let _ = list(&world.sign_in("anna.kowalska").await, "people", &[]).await.expect(200);
    let robert = world.sign_in("robert.szymanski").await;
    assert_eq!(notices(&robert, "access-review-ended").await, 1);
    assert_eq!(notices(&world.sign_in("piotr.zielinski").await, "access-review-lapsed").await, 1);
    reported(world, &id).await;
}

/// The report of [`a_review_goes_its_whole_way`].
async fn reported(world: &World, id: &str) {
    let auditor = world.sign_in("danuta.krol").await;
    let review = look(&auditor, id, "").await.expect(200).json();
    assert_eq!(review["state"], "ended");
    let counts = json!({ "total": 6, "open": 0, "confirmed": 2, "withdrawn": 2, "ended": 2, "kept": 0, "gone": 0, "changed": 0 });
    assert_eq!(review["counts"], counts);
    let report = all(&auditor, id, "report", 4).await;
    assert_eq!(report.len(), 6);
    let withdrawn = right(&report, "Tomasz Lewandowski", "role");
    assert_eq!(
        (&withdrawn["decided_by"]["name"], &withdrawn["reason"], &withdrawn["state"]),
        (&json!("Magdalena Wójcik"), &json!("Sprawdzono z zespołem"), &json!("withdrawn"))
    );
    // The numbers lead to the events that prove it.
    let proof = |item: &Value, event: &str, of: &[Value]| {
        let found = of.iter().find(|e| e["seq"] == item[event]).unwrap_or_else(|| panic!("{item}: {of:?}"));
        found.clone()
    };
    let by = proof(withdrawn, "decision_event", &events(&auditor, "access_review.withdraw").await);
    assert_eq!(by["user"]["name"], "Magdalena Wójcik");
    let changes = events(&auditor, "user.update").await;
    assert_eq!(proof(withdrawn, "end_event", &changes)["detail"]["user"], withdrawn["user"]["id"]);
    let ended = right(&report, "Piotr Zieliński", "role");
    assert_eq!((&ended["state"], &ended["decided_by"]), (&json!("ended"), &Value::Null));
    let _ = proof(ended, "decision_event", &events(&auditor, "access_review.lapse").await);
    assert_eq!(proof(ended, "end_event", &changes)["detail"]["user"], ended["user"]["id"]);
    let lent = right(&report, "Piotr Zieliński", "grant");
    let _ = proof(lent, "end_event", &events(&auditor, "grant.end").await);
    assert_eq!(right(&report, "Anna Kowalska", "role")["end_event"], Value::Null);
    assert_eq!(events(&auditor, "access_review.end").await.len(), 1);
    let file = look(&auditor, id, "/export").await.expect(200);
    assert_eq!(file.text.lines().count(), 7, "{}", file.text);
    assert!(file.text.contains("Tomasz Lewandowski") && file.text.contains("withdrawn"), "{}", file.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_no_formula_in_the_file() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let (seller, barbara) = (role(&admin, "seller").await, named(&admin, "users", "barbara.dabrowska").await);
    let id = begun(&world, &admin, json!({ "role": seller, "reviewer": barbara })).await;
    let body = json!({ "items": [1], "reason": "=HYPERLINK(\"http://zly.example\")" });
    let barbara = world.sign_in("barbara.dabrowska").await;
    let _ = barbara.post(&api(&format!("access-reviews/{id}/confirm")), &body).await.expect(200);
    let text = look(&admin, &id, "/export").await.expect(200).text;
    assert!(text.contains("'=HYPERLINK"), "{text}");
}

/// A title is told where the reviewer sees the record, and nowhere else.
#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_learns_nothing_of_a_record_that_is_not_seen() {
    let stage = Stage::new().await;
    let given = stage.give(&stage.anna, &stage.shared, json!({})).await.expect(201).json();
    assert_eq!(given["reason"], "Pomoc przy ofercie");
    let admin = stage.world.sign_in("robert.szymanski").await;
    let marta = named(&admin, "users", "marta.nowak").await;
    let danuta = named(&admin, "users", "danuta.krol").await;
    let team = named(&admin, "teams", "Marketing").await;
    // Danuta reads the ledger and no record.
    let id = begun(&stage.world, &admin, json!({ "team": team, "reviewer": danuta, "second": marta })).await;
    let auditor = stage.world.sign_in("danuta.krol").await;
    let items = all(&auditor, &id, "items", 200).await;
    let grant = right(&items, "Ewa Pusta", "grant");
    assert_eq!((&grant["grant"]["record"]["title"], &grant["grant"]["reason"]), (&Value::Null, &Value::Null));
    assert!(!grant.to_string().contains("Dzielona"), "{grant}");
    let report = look(&auditor, &id, "/report").await.expect(200).text;
    assert!(!report.contains("Dzielona") && !report.contains("Pomoc przy ofercie"), "{report}");
    let _ = decide(&auditor, &id, "withdraw", &[grant["item"].as_u64().unwrap()]).await.expect(200);
    problem(&stage.ewa.get(&stage.shared.at).await, 404);
    let _ = make(&stage.anna, "people", json!({ "last_name": "Następna" })).await;
}
