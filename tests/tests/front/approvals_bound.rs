//! Attacks on approval by a second person: with an account made for it, by another door, with more than was shown, and on
//! everybody's inbox.

use super::approvals::{approvals, ask, asked, bulk, people, post, required, set_rules, settled, standing};
use super::help::{api, named, problem};
use super::imports::import;
use super::jobs::ended;
use super::links::renew;
use serde_json::{Value, json};
use testkit::World;

const DAY: i64 = 24 * 3_600_000;

fn director() -> Value {
    json!({ "change": { "fields": { "job_title": "Dyrektor" } } })
}

/// One person would be both: as somebody else asking, and then approving.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_asks_with_an_account_that_was_just_made_or_taken_over() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 1 })).await;
    let robert = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let all = people(&anna, 1).await;
    let at = api(&format!("users/{}", named(&robert, "users", "anna.kowalska").await));
    let taken = "lawina na Rysach o świcie 4";
    renew(&robert, &at, taken, &world.client()).await;
    let login = json!({ "login": "anna.kowalska", "password": taken });
    let taken_over = async |world: &World| {
        let client = world.client();
        let _ = client.post(&api("sessions"), &login).await.expect(201);
        client
    };
    let act = bulk(&all, director());
    let refused = problem(&ask(&taken_over(&world).await, &act).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains("for a week"), "{refused}");
    assert_eq!(approvals(&robert, "to_decide").await, Vec::<Value>::new());
    world.clock.advance_ms(7 * DAY);
    let _ = asked(&taken_over(&world).await, &act).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_changes_no_more_than_one_person_may_change() {
    let world = settled().await;
    let anna = world.sign_in("anna.kowalska").await;
    let file = "Imię;Nazwisko;E-mail;Stanowisko\nJan;Jeden;jeden@plik.example;Asystent\nEwa;Dwa;dwa@plik.example;Asystent\n";
    let _ = import(&anna, "people", file).await.expect(200);
    set_rules(&world, json!({ "bulk_edit": 2 })).await;
    let changed = file.replace("Asystent", "Dyrektor");
    for what in ["people?on_duplicate=update&dry_run=true", "people?on_duplicate=update"] {
        required(&import(&anna, what, changed.clone()).await);
    }
    let directors =
        async || super::help::list(&anna, "people", &[("filter", "job_title:eq:Dyrektor")]).await.json();
    assert_eq!(directors().await["items"], json!([]));
    let one: String = changed.lines().take(2).map(|line| format!("{line}\n")).collect();
    let done = import(&anna, "people?on_duplicate=update", one).await.expect(200).json();
    assert_eq!(done["updated"], 1, "{done}");
    // Bringing in is not held.
    let new = file.replace("plik.example", "nowy.example");
    assert_eq!(import(&anna, "people?on_duplicate=update", new).await.expect(200).json()["made"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_leaves_is_bound_when_it_is_asked_and_told_even_where_it_is_not_seen() {
    let world = settled().await;
    set_rules(&world, json!({ "export": 2 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let robert = world.sign_in("robert.szymanski").await;
    let _ = people(&anna, 2).await;
    let act = json!({ "export": { "entities": "people", "request": { "format": "csv" } } });
    let id = asked(&leader, &act).await;
    let field =
        json!({ "name": "cf_buty", "label": { "pl": "Buty", "en": "Shoes" }, "kind": "text", "max": 20 });
    let _ = robert.post(&api("entities/person/fields"), &field).await.expect(201);
    let shown = robert.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    let what = shown["preview"]["what"].to_string();
    assert!(what.contains("Fields that you do not see: "), "{shown}");
    // Nor does deciding show whose the records are to whoever reads none.
    assert!(what.contains("Records that you do not see: 2"), "{shown}");
    assert_eq!((&shown["preview"]["owners"], &shown["preview"]["count"]), (&json!([]), &json!(2)), "{shown}");
    let own = leader.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert!(!own["preview"]["what"].to_string().contains("Shoes"), "{own}");
    assert!(own["preview"]["owners"].to_string().contains("Anna"), "{own}");
    let _ = post(&robert, &id, "approve").await.expect(204);
    let job = ended(&leader, &json!({ "id": standing(&leader, &id).await["job"] })).await;
    let path = api(&format!("jobs/{}/file", job["id"].as_str().unwrap()));
    let file = leader.get(&path).await.expect(200).text;
    assert!(file.contains("Zbiorowa") && !file.contains("Shoes") && !file.contains("Buty"), "{file}");
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_somebody_has_already_are_not_asked_for() {
    let world = settled().await;
    let robert = world.sign_in("robert.szymanski").await;
    let role = named(&robert, "roles", "administrator").await;
    let give = async |login: &str| {
        let at = api(&format!("users/{}", named(&robert, "users", login).await));
        let now = robert.get(&at).await.expect(200).json();
        let version = now["version"].as_u64().unwrap();
        let _ = robert.patch(&at, version, &json!({ "roles": [role] })).await.expect(200);
    };
    give("barbara.dabrowska").await;
    world.clock.advance_ms(7 * DAY);
    set_rules(&world, json!({ "role_change": 1 })).await;
    let robert = world.sign_in("robert.szymanski").await;
    let at = api(&format!("users/{}", named(&robert, "users", "anna.kowalska").await));
    let anna = robert.get(&at).await.expect(200).json();
    let act = |roles: &Value| json!({ "user_roles": { "user": anna["id"], "version": anna["version"], "roles": roles } });
    problem(&ask(&robert, &act(&anna["roles"])).await, 409);
    // Two requests for the same: the second has nothing to do any more, and ends.
    let [first, second] =
        [asked(&robert, &act(&json!([role]))).await, asked(&robert, &act(&json!([role]))).await];
    let barbara = world.sign_in("barbara.dabrowska").await;
    let _ = post(&barbara, &first, "approve").await.expect(204);
    problem(&post(&barbara, &second, "approve").await, 409);
    assert_eq!(standing(&robert, &second).await["state"], "void");
    assert_eq!(approvals(&barbara, "to_decide").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_fills_the_inbox_and_what_has_run_out_stands_in_nobodys_way() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 1, "days": 1 })).await;
    let (anna, piotr) = (world.sign_in("anna.kowalska").await, world.sign_in("piotr.zielinski").await);
    let act = bulk(&people(&anna, 1).await, director());
    for _ in 0..15 {
        let id = asked(&anna, &act).await;
        let _ = post(&anna, &id, "withdraw").await.expect(204);
    }
    problem(&ask(&anna, &act).await, 409);
    let act = bulk(&people(&piotr, 1).await, director());
    let _ = asked(&piotr, &act).await;
    world.clock.advance_ms(DAY);
    // Its time is over, and nobody has cleared it away yet.
    let piotr = world.sign_in("piotr.zielinski").await;
    let id = asked(&piotr, &act).await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let open = approvals(&leader, "to_decide").await;
    assert_eq!((open.len(), &open[0]["id"]), (1, &json!(id)));
}
