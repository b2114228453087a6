//! Who could hand over what somebody owns, and asking them to.

use super::hand_over::{companies, done, set_active};
use super::help::{api, issue, make, named, problem, sample};
use super::jobs::counts;
use serde_json::{Value, json};
use testkit::{Client, START, World};

/// Names of those who could hand over what this user owns, in their order.
async fn who_could(admin: &Client, user: &str) -> Vec<String> {
    let told = admin.get(&api(&format!("users/{user}/records"))).await.expect(200).json();
    let could = told["who_could"].as_array().unwrap().iter();
    could.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

/// The requests among somebody's notifications, newest first.
async fn requests(client: &Client) -> Vec<Value> {
    let all = client.get(&api("notices")).await.expect(200).json();
    let all = all["items"].as_array().unwrap().clone();
    all.into_iter().filter(|n| n["code"] == "hand-over-asked").collect()
}

/// Whoever administers users and sees no records learns who could hand them over, and asks them; nobody else is named,
/// asked or told.
#[tokio::test(flavor = "multi_thread")]
async fn who_sees_nothing_asks_those_who_could() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let _ = companies(&anna, 2).await;
    let from = named(&admin, "users", "anna.kowalska").await;
    let records = api(&format!("users/{from}/records"));
    // The management sees all and changes nothing.
    assert_eq!(who_could(&admin, &from).await, ["Magdalena Wójcik"]);
    // What is told is so.
    let piotr = named(&admin, "users", "piotr.zielinski").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let looked = done(&leader, &from, &json!({ "to": [piotr], "dry_run": true })).await;
    assert_eq!(counts(&looked), [10, 0, 0], "{looked}");

    let asking = api(&format!("users/{from}/hand-over/ask"));
    let leads = named(&admin, "users", "magdalena.wojcik").await;
    let robert = named(&admin, "users", "robert.szymanski").await;
    for wrong in [json!([]), json!([piotr]), json!([leads, piotr]), json!([robert]), json!(vec![&leads; 11])]
    {
        let refused = problem(&admin.post(&asking, &json!({ "ask": wrong })).await, 422);
        issue(&refused, "ask");
    }
    let body = json!({ "ask": [leads] });
    problem(&anna.post(&asking, &body).await, 403);
    problem(&leader.post(&asking, &body).await, 403);
    let nobody = api("users/0190a6c2-7b1e-7c3d-8e4f-0123456789ab/hand-over/ask");
    problem(&admin.post(&nobody, &body).await, 404);
    let token = json!({
        "label": "t", "ends_at": START.plus_s(3_600).rfc3339(), "scope": { "entities": {}, "things": { "users": "manage" } },
    });
    let token = admin.post(&api("tokens"), &token).await.expect(201).json();
    let robot = world.client().with_token(token["token"].as_str().unwrap());
    problem(&robot.post(&asking, &body).await, 403);
    assert!(requests(&leader).await.is_empty(), "nobody was asked yet");
    let _ = admin.post(&asking, &body).await.expect(204);
    let seen = requests(&leader).await;
    assert_eq!((seen.len(), &seen[0]["about"]), (1, &json!(from)), "{seen:?}");
    let title = seen[0]["title"].as_str().unwrap();
    assert!(
        title.contains("Anna Kowalska") && seen[0]["body"].as_str().unwrap().contains("Robert"),
        "{seen:?}"
    );
    for client in [&anna, &world.sign_in("barbara.dabrowska").await, &admin] {
        assert!(requests(client).await.is_empty());
    }
    // Whoever leaves too is named no more.
    set_active(&admin, &leads, false).await;
    let told = admin.get(&records).await.expect(200).json();
    assert_eq!(told["who_could"], json!([]), "{told}");
    problem(&admin.post(&asking, &body).await, 422);
}

/// Records stay in the team they were made in, whatever becomes of their owner's.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_where_the_records_are_could_hand_them_over() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let _ = companies(&anna, 2).await;
    let from = named(&admin, "users", "anna.kowalska").await;
    let role = named(&admin, "roles", "team_lead").await;
    let south = named(&admin, "teams", "Południe").await;
    let mut leads = Vec::new();
    for (login, name, team) in
        [("lech.polnoc", "Lech Północny", "Północ"), ("sara.poludnie", "Sara Południowa", "Południe")]
    {
        let team = named(&admin, "teams", team).await;
        let new = json!({ "login": login, "name": name, "email": format!("{login}@firma.example"), "team": team, "roles": [role] });
        leads.push(world.engage(&admin, &new).await);
    }
    assert_eq!(who_could(&admin, &from).await, ["Magdalena Wójcik", "Lech Północny"]);
    let at = api(&format!("users/{from}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "team": south })).await.expect(200);
    // What is told is so, before there is anything in the other team and after.
    assert_eq!(who_could(&admin, &from).await, ["Magdalena Wójcik", "Lech Północny"]);
    let asking = api(&format!("users/{from}/hand-over/ask"));
    let refused = problem(&admin.post(&asking, &json!({ "ask": [leads[1]] })).await, 422);
    issue(&refused, "ask");
    let _ = admin.post(&asking, &json!({ "ask": [leads[0]] })).await.expect(204);
    let anna = world.sign_in("anna.kowalska").await;
    let _ = make(&anna, "companies", sample("companies", 50)).await;
    assert_eq!(who_could(&admin, &from).await, ["Magdalena Wójcik", "Lech Północny", "Sara Południowa"]);
    for (login, to, goes) in
        [("lech.polnoc", "piotr.zielinski", 10), ("sara.poludnie", "tomasz.lewandowski", 1)]
    {
        let lead = world.sign_in(login).await;
        let to = named(&admin, "users", to).await;
        let looked = done(&lead, &from, &json!({ "to": [to], "dry_run": true })).await;
        assert_eq!(counts(&looked), [goes, 0, 0], "{login}: {looked}");
    }
}

/// Asking again does not fill anybody's list.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_told_again_only_once_it_was_read() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let _ = make(&anna, "companies", sample("companies", 1)).await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let from = named(&admin, "users", "anna.kowalska").await;
    let leads = named(&admin, "users", "magdalena.wojcik").await;
    let asking = api(&format!("users/{from}/hand-over/ask"));
    for body in [json!({ "ask": [leads, leads] }), json!({ "ask": [leads] }), json!({ "ask": [leads] })] {
        let _ = admin.post(&asking, &body).await.expect(204);
    }
    let auditor = world.sign_in("danuta.krol").await;
    let told = async || {
        let found =
            auditor.get(&api("ledger/events?limit=200&act=notification.create")).await.expect(200).json();
        let all = found["items"].as_array().unwrap().clone();
        let ours = all.into_iter().map(|event| event["detail"].clone());
        ours.filter(|detail| detail["code"] == "hand-over-asked").collect::<Vec<_>>()
    };
    let events = told().await;
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!((&events[0]["count"], &events[0]["to"]), (&json!(1), &json!([leads])));
    let seen = requests(&leader).await;
    assert_eq!(seen.len(), 1, "{seen:?}");
    // It is not known what whoever asks sees.
    assert!(!seen[0]["body"].as_str().unwrap().contains("does not see"), "{seen:?}");

    let id = seen[0]["id"].clone();
    let _ = leader.post(&api("notices/read"), &json!({ "ids": [id] })).await.expect(204);
    world.clock.advance_ms(60_000);
    let _ = admin.post(&asking, &json!({ "ask": [leads] })).await.expect(204);
    let again = requests(&leader).await;
    assert_eq!((again.len(), &again[0]["read_at"]), (1, &Value::Null), "{again:?}");
    assert!(again[0]["at"].as_str() > seen[0]["at"].as_str(), "{again:?}");
    assert_eq!(told().await.len(), 2);
    // Whatever else is told later stands before it.
    world.clock.advance_ms(60_000);
    let at = api(&format!("users/{leads}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "email": "inny@firma.example" })).await.expect(200);
    let all = leader.get(&api("notices")).await.expect(200).json();
    let times: Vec<&str> =
        all["items"].as_array().unwrap().iter().map(|n| n["at"].as_str().unwrap()).collect();
    assert!(times.len() > 1 && times.is_sorted_by(|a, b| a >= b), "newest first: {all}");
}
