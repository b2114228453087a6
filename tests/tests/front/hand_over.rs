//! All that somebody owns goes to others: looked at before, as one act, and back again.

use super::elsewhere::{no_views, run, session, take};
use super::help::{api, issue, make, make_under, named, problem, sample};
use super::jobs::{act, bulk, counts, ended, people};
use kernel::Lang;
use records::{BulkChange, BulkOrder, BulkSelect, Caller};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use store::JobHold;
use testkit::{Answer, Client, START, World, on_postgres};
use tokio::sync::Notify;

const HAND_OVER: u16 = 9;
const LEASE_MS: i64 = 60_000;

pub async fn give(client: &Client, user: &str, body: &Value) -> Answer {
    client.post(&api(&format!("users/{user}/hand-over")), body).await
}

pub async fn done(client: &Client, user: &str, body: &Value) -> Value {
    ended(client, &give(client, user, body).await.expect(202).json()).await
}

/// The records of a part, for each new owner or all together: those that go, and those that stay with their codes.
pub fn part(job: &Value, entity: &str) -> (u64, Vec<(String, u64)>) {
    let parts = job["result"]["parts"].as_array().unwrap_or_else(|| panic!("no parts: {job}"));
    let (mut go, mut stay) = (0, Vec::new());
    for part in parts.iter().filter(|p| p["entity"] == entity) {
        go += part["changed"].as_u64().unwrap();
        for stays in part["stays"].as_array().unwrap() {
            assert!(!stays["reason"].as_str().unwrap().is_empty());
            stay.push((stays["code"].as_str().unwrap().to_owned(), stays["count"].as_u64().unwrap()));
        }
    }
    (go, stay)
}

pub async fn owner(client: &Client, plural: &str, id: &str) -> String {
    let view = client.get(&api(&format!("{plural}/{id}"))).await.expect(200).json();
    view["owner"]["id"].as_str().unwrap().to_owned()
}

/// Suspended, or let in again.
pub async fn set_active(admin: &Client, user: &str, active: bool) {
    let at = api(&format!("users/{user}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": active })).await.expect(200);
}

/// What hangs on each company: its plural and id, the company's first.
pub async fn companies(client: &Client, count: u32) -> Vec<Vec<(&'static str, String)>> {
    let mut all = Vec::new();
    for n in 0..count {
        let company = make(client, "companies", sample("companies", n)).await.id;
        let deal = json!({ "name": format!("Szansa {n}"), "company": company });
        let deal = make(client, "deals", deal).await.id;
        let mut tree = vec![("companies", company.clone()), ("deals", deal.clone())];
        for (plural, above, on) in
            [("activities", "company", &company), ("notes", "company", &company), ("notes", "deal", &deal)]
        {
            tree.push((plural, make_under(client, plural, sample(plural, n), above, on).await.id));
        }
        all.push(tree);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_owns_goes_to_two_others_and_comes_back() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let trees = companies(&anna, 24).await;
    let lead = make(&anna, "leads", sample("leads", 1)).await;
    let person = make(&anna, "people", sample("people", 1)).await;
    let _ = anna.delete(&person.at, 1).await.expect(200);
    let lead_of = world.sign_in("magdalena.wojcik").await;
    let other = make(&lead_of, "companies", sample("companies", 99)).await.id;
    let [from, piotr, tomasz] = [
        named(&admin, "users", "anna.kowalska").await,
        named(&admin, "users", "piotr.zielinski").await,
        named(&admin, "users", "tomasz.lewandowski").await,
    ];
    set_active(&admin, &from, false).await;
    let owned = admin.get(&api(&format!("users/{from}/records"))).await.expect(200).json();
    assert_eq!(owned["count"], 121, "{owned}");
    let of =
        |entity: &str| owned["items"].as_array().unwrap().iter().find(|i| i["entity"] == entity).unwrap();
    assert_eq!((&of("note")["count"], &of("person")["binned"]), (&json!(48), &json!(1)), "{owned}");

    // An administrator who sees no records is told how many there are, and hands none over.
    let body = json!({ "to": [piotr, tomasz], "dry_run": true });
    let looked = done(&admin, &from, &body).await;
    assert_eq!(
        (&looked["kind"], part(&looked, "note")),
        (&json!("hand_over_check"), (0, vec![("not-seen".into(), 48)]))
    );
    let nothing = done(&admin, &from, &json!({ "to": [piotr] })).await;
    assert_eq!((counts(&nothing), &nothing["can_undo"]), ([0, 0, 0], &json!(false)));

    let looked = done(&lead_of, &from, &body).await;
    assert_eq!((counts(&looked), &looked["can_undo"]), ([122, 0, 0], &json!(false)), "{looked}");
    let expected =
        [("company", 24), ("deal", 24), ("activity", 24), ("note", 48), ("lead", 1), ("person", 1)];
    for (entity, count) in expected {
        assert_eq!(part(&looked, entity), (count, Vec::new()), "{entity}: {looked}");
    }
    assert_eq!(owner(&lead_of, "leads", &lead.id).await, from, "looking changes nothing");

    let begun = give(&lead_of, &from, &json!({ "to": [piotr, tomasz] })).await.expect(202).json();
    let moved = ended(&lead_of, &begun).await;
    assert_eq!(
        (&moved["kind"], counts(&moved), &moved["can_undo"]),
        (&json!("hand_over"), [122, 0, 0], &json!(true)),
        "{moved}"
    );
    let mut owners = Vec::new();
    for tree in &trees {
        let first = owner(&lead_of, "companies", &tree[0].1).await;
        for (plural, id) in tree {
            assert_eq!(owner(&lead_of, plural, id).await, first, "together: {plural}");
        }
        owners.push(first);
    }
    let by_owner = |job: &Value| {
        let parts = job["result"]["parts"].as_array().unwrap().iter();
        let mut parts: Vec<String> =
            parts.map(|p| json!([p["entity"], p["to"], p["changed"]]).to_string()).collect();
        parts.sort_unstable();
        parts
    };
    assert_eq!(by_owner(&moved), by_owner(&looked), "what came of it is told as it was foreseen");
    let shares = [&piotr, &tomasz].map(|id| owners.iter().filter(|owner| *owner == id).count());
    assert!(shares[0] > 0 && shares[1] > 0 && shares[0] + shares[1] == 24, "{shares:?}");
    // As the preview said: the same rule.
    let parts = looked["result"]["parts"].as_array().unwrap();
    let told = |id: &String| {
        let mut of = parts.iter().filter(|p| p["entity"] == "company" && p["to"] == id.as_str());
        of.next().map_or(0, |p| p["changed"].as_u64().unwrap())
    };
    assert_eq!([told(&piotr), told(&tomasz)], shares.map(|count| count as u64));
    assert_ne!(owner(&lead_of, "companies", &other).await, piotr, "what is another's stays");
    let owned = admin.get(&api(&format!("users/{from}/records"))).await.expect(200).json();
    assert_eq!(owned["count"], 0, "{owned}");
    // The new owner's team sees it, and the ledger has each record as part of the one act.
    let his = world.sign_in("tomasz.lewandowski").await;
    let page = his.get(&api("companies?limit=100")).await.expect(200).json();
    assert_eq!(page["items"].as_array().unwrap().len(), shares[1]);
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?limit=200&act=record.update")).await.expect(200).json();
    let own = events["items"].as_array().unwrap().iter().filter(|e| e["part_of"] == begun["id"]).count();
    assert_eq!(own, 122);

    // Back to whoever left, but for what was changed since.
    let _ = his_change(&world, &lead.at).await;
    let undone = ended(&lead_of, &act(&lead_of, &begun, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [121, 0, 1], "{undone}");
    assert_eq!(undone["result"]["problems"][0]["entity"], "lead");
    for (plural, id) in trees.iter().flatten() {
        assert_eq!(owner(&lead_of, plural, id).await, from, "{plural}");
    }
    problem(&act(&lead_of, &begun, "undo").await, 409);
}

/// The lead, changed by whoever has it now.
async fn his_change(world: &World, at: &str) -> Answer {
    let leader = world.sign_in("magdalena.wojcik").await;
    leader.patch(at, 2, &json!({ "fields": { "city": "Gdańsk" } })).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn records_stay_where_the_new_owner_would_not_see_them() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let tree = companies(&anna, 1).await.remove(0);
    let team = named(&admin, "teams", "Północ").await;
    let new = json!({ "login": "nowy.bezroli", "name": "Nowy Bezroli", "email": "nowy@firma.example", "team": team,
        "roles": [] });
    let blind = world.engage(&admin, &new).await;
    let from = named(&admin, "users", "anna.kowalska").await;
    let ewa = named(&admin, "users", "ewa.pusta").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    // One sees nothing, the other is of a team for which the asker may add nothing.
    for (to, code) in [(&blind, "not-seen-there"), (&ewa, "forbidden")] {
        for dry_run in [true, false] {
            let job = done(&leader, &from, &json!({ "to": [to], "dry_run": dry_run })).await;
            assert_eq!(counts(&job), [0, 0, 5], "{job}");
            assert_eq!(part(&job, "note"), (0, vec![(code.to_owned(), 2)]), "{job}");
        }
    }
    for (plural, id) in &tree {
        assert_eq!(owner(&leader, plural, id).await, from);
    }
    // Only one kind.
    let piotr = named(&admin, "users", "piotr.zielinski").await;
    let job = done(&leader, &from, &json!({ "to": [piotr], "entity": "deal" })).await;
    assert_eq!((counts(&job), &job["entity"]), ([1, 0, 0], &json!("deal")), "{job}");
    assert_eq!(owner(&leader, "companies", &tree[0].1).await, from);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hands_over_beyond_their_rights() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let anna = world.sign_in("anna.kowalska").await;
    let from = named(&admin, "users", "anna.kowalska").await;
    let piotr = named(&admin, "users", "piotr.zielinski").await;
    let barbara = named(&admin, "users", "barbara.dabrowska").await;
    let one = json!({ "to": [piotr] });
    for login in ["anna.kowalska", "marta.nowak", "zofia.jablonska", "danuta.krol", "ewa.pusta"] {
        let client = world.sign_in(login).await;
        problem(&give(&client, &piotr, &json!({ "to": [from] })).await, 403);
        problem(&give(&client, &from, &json!({ "to": [piotr], "dry_run": true })).await, 403);
    }
    problem(&leader.get(&api(&format!("users/{from}/records"))).await, 403);
    problem(&give(&leader, "01890000-0000-7000-8000-000000000000", &one).await, 404);
    problem(&admin.get(&api("users/01890000-0000-7000-8000-000000000000/records")).await, 404);
    let many: Vec<String> = (0..21).map(|n| format!("01890000-0000-7000-8000-0000000000{n:02}")).collect();
    for (to, code) in [
        (json!([]), "out-of-range"),
        (json!([piotr, piotr]), "out-of-range"),
        (json!([piotr, from]), "out-of-range"),
        (json!(many), "out-of-range"),
        (json!(["01890000-0000-7000-8000-000000000000"]), "unknown-user"),
    ] {
        let refused = problem(&give(&leader, &from, &json!({ "to": to })).await, 422);
        assert_eq!(issue(&refused, "to")["code"], code, "{to}");
    }
    let refused = problem(&give(&leader, &from, &json!({ "to": [piotr], "entity": "secret" })).await, 422);
    assert_eq!(issue(&refused, "entity")["code"], "unknown-entity");
    set_active(&admin, &piotr, false).await;
    let refused = problem(&give(&leader, &from, &one).await, 422);
    assert_eq!(issue(&refused, "to")["code"], "unknown-user");
    set_active(&admin, &piotr, true).await;

    // Out of her reach: nothing of it goes, and she is told nothing of it.
    let high = world.sign_in("tomasz.lewandowski").await;
    let _ = make(&high, "companies", sample("companies", 5)).await;
    let _ = make(&anna, "companies", sample("companies", 6)).await;
    let job = done(&leader, &barbara, &one).await;
    assert_eq!(counts(&job), [0, 0, 0]);
    // A token that may only read hands nothing over.
    let scope = json!({ "entities": { "company": ["read"] } });
    let body = json!({ "label": "t", "scope": scope, "ends_at": START.plus_s(86_400).rfc3339() });
    let token = leader.post(&api("tokens"), &body).await.expect(201).json();
    let robot = world.client().with_token(token["token"].as_str().unwrap());
    problem(&give(&robot, &from, &one).await, 403);
    // Nor does a job see to the rights that were lost since it was looked at.
    let looked = done(&leader, &from, &json!({ "to": [piotr], "dry_run": true })).await;
    assert_eq!(counts(&looked), [1, 0, 0]);
    let me = named(&admin, "users", "magdalena.wojcik").await;
    let version =
        admin.get(&api(&format!("users/{me}"))).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&api(&format!("users/{me}")), version, &json!({ "roles": [] })).await.expect(200);
    let leader = world.sign_in("magdalena.wojcik").await;
    problem(&give(&leader, &from, &one).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_over_goes_on_where_a_killed_server_left_it() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let _ = companies(&anna, 10).await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let from = named(&admin, "users", "anna.kowalska").await;
    let piotr = named(&admin, "users", "piotr.zielinski").await;
    // Two of hers take her places, so that only what takes no notice of that gets the third.
    let ids = people(&leader, 150).await;
    let mut long = Vec::new();
    for title in ["Pierwsze", "Drugie"] {
        let order = json!({ "select": { "ids": ids }, "change": { "fields": { "job_title": title } } });
        long.push(bulk(&leader, "people", order).await.expect(202).json());
    }
    run(&leader, &long).await;
    let begun = give(&leader, &from, &json!({ "to": [piotr] })).await.expect(202).json();
    let row = take(&world, HAND_OVER, LEASE_MS).await;
    assert_eq!(begun["id"], row.id.to_string());
    let engine = world.app().engine();
    let actor = engine.actor_of(session(&leader).await).expect("a session");
    let hold = JobHold { id: row.id, server: row.held_by.unwrap(), attempt: row.attempts };
    let caller =
        Caller { part_of: row.id.cast(), hold: Some(hold), ..Caller::new(actor, Lang::Pl, engine.policy()) };
    let order = BulkOrder {
        exactly: None,
        entity: None,
        select: BulkSelect::OwnedBy(from.parse().unwrap()),
        change: BulkChange::HandOver(vec![piotr.parse().unwrap()]),
    };
    let (step, kill, stop) = (AtomicU32::new(0), Notify::new(), false.into());
    let at = |_, _| {
        if step.fetch_add(1, Ordering::SeqCst) == 20 {
            kill.notify_one();
        }
    };
    tokio::select! {
        biased;
        () = kill.notified() => {}
        _ = engine.bulk(&caller, &order, &no_views, &stop, &at) => panic!("it was to be killed before"),
    }
    for job in &long {
        let _ = act(&leader, job, "cancel").await;
        let _ = ended(&leader, job).await;
    }
    if on_postgres() {
        let id: String = row.id.bytes().iter().map(|b| format!("{b:02x}")).collect();
        let _ = world.database().sql(&format!("UPDATE job SET due_at = 0 WHERE id = '\\x{id}'"));
    } else {
        world.clock.advance_ms(LEASE_MS + 1);
    }
    let moved = ended(&leader, &begun).await;
    assert_eq!((&moved["state"], counts(&moved)), (&json!("done"), [50, 0, 0]), "{moved}");
    for (entity, count) in [("company", 10), ("deal", 10), ("activity", 10), ("note", 20)] {
        assert_eq!(part(&moved, entity), (count, Vec::new()), "{moved}");
    }
    let undone = ended(&leader, &act(&leader, &begun, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [50, 0, 0], "{undone}");
}
