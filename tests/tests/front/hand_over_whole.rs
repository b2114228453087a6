//! Nothing of a leaver's is left with nobody: records in the bin and views that others use go along, and come back.

use super::hand_over::{done, give, owner, part, set_active};
use super::help::{api, make, make_under, named, problem, sample};
use super::jobs::{act, counts, ended};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, World};

async fn save(client: &Client, entity: &str, name: &str, shared: bool) -> String {
    let body = json!({ "entity": entity, "name": name, "query": "sort=-created_at", "shared": shared });
    client.post(&api("views"), &body).await.expect(201).json()["id"].as_str().unwrap().to_owned()
}

/// Names of the views that are somebody's own.
async fn own_views(client: &Client) -> Vec<String> {
    let list = client.get(&api("views")).await.expect(200).json();
    let own = list["items"].as_array().unwrap().iter().filter(|view| view["mine"] == true);
    own.map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

/// Of a part, those that lie in the bin.
fn binned(job: &Value, entity: &str) -> u64 {
    let parts = job["result"]["parts"].as_array().unwrap().iter().filter(|p| p["entity"] == entity);
    parts.map(|p| p["binned"].as_u64().unwrap()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_in_the_bin_goes_along_and_stays_there() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let leader = world.sign_in("magdalena.wojcik").await;
    let [from, piotr] =
        [named(&admin, "users", "anna.kowalska").await, named(&admin, "users", "piotr.zielinski").await];
    let person = make(&anna, "people", sample("people", 1)).await;
    let company = make(&anna, "companies", sample("companies", 1)).await;
    let note = make_under(&anna, "notes", sample("notes", 1), "company", &company.id).await;
    for at in [&person.at, &company.at] {
        let _ = anna.delete(at, 1).await.expect(200);
    }
    set_active(&admin, &from, false).await;
    let could = admin.get(&api(&format!("users/{from}/records"))).await.expect(200).json();
    assert_eq!(could["who_could"][0]["name"], "Magdalena Wójcik", "also of what is in the bin: {could}");
    // Who sees no records hears how many there are, in the bin too.
    let body = json!({ "to": [piotr], "dry_run": true });
    let blind = done(&admin, &from, &body).await;
    assert_eq!(part(&blind, "person"), (0, vec![("not-seen".into(), 1)]), "{blind}");

    let looked = done(&leader, &from, &body).await;
    assert_eq!(counts(&looked), [3, 0, 0], "{looked}");
    assert_eq!(["person", "company", "note"].map(|entity| binned(&looked, entity)), [1, 1, 0], "{looked}");
    let begun = give(&leader, &from, &json!({ "to": [piotr] })).await.expect(202).json();
    let moved = ended(&leader, &begun).await;
    assert_eq!((counts(&moved), binned(&moved, "person")), ([3, 0, 0], 1), "{moved}");
    let deleted = async |at: &str| leader.get(at).await.expect(200).json()["deleted_at"].is_string();
    for (plural, made) in [("people", &person), ("companies", &company), ("notes", &note)] {
        assert_eq!(owner(&leader, plural, &made.id).await, piotr, "{plural}");
    }
    assert!(deleted(&person.at).await && deleted(&company.at).await, "handing over takes nothing out");
    // Whoever has it now takes it out, and it does not go back then.
    let his = world.sign_in("piotr.zielinski").await;
    let restore = his.request(Method::POST, &format!("{}/restore", person.at)).header("if-match", "\"3\"");
    let _ = his.send(restore).await.expect(200);
    let undone = ended(&leader, &act(&leader, &begun, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [2, 0, 1], "{undone}");
    assert_eq!(owner(&leader, "companies", &company.id).await, from);
    assert_eq!(owner(&leader, "people", &person.id).await, piotr);
    assert!(deleted(&company.at).await && !deleted(&person.at).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_that_others_use_go_along_and_come_back() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let leader = world.sign_in("magdalena.wojcik").await;
    let his = world.sign_in("piotr.zielinski").await;
    let [from, piotr] =
        [named(&admin, "users", "anna.kowalska").await, named(&admin, "users", "piotr.zielinski").await];
    let people = save(&anna, "person", "Wspólny", true).await;
    let deals = save(&anna, "deal", "Szanse", true).await;
    let _ = save(&anna, "person", "Prywatny", false).await;
    let default = api(&format!("views/{people}/default"));
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let _ = tomasz.send(tomasz.request(Method::PUT, &default)).await.expect(204);
    let owned = admin.get(&api(&format!("users/{from}/records"))).await.expect(200).json();
    assert_eq!((&owned["views"], &owned["count"]), (&json!(2), &json!(0)), "{owned}");
    assert_eq!(owned["who_could"][0]["name"], "Magdalena Wójcik", "{owned}");
    let body = json!({ "to": [piotr], "dry_run": true });
    let blind = done(&admin, &from, &body).await;
    assert_eq!(part(&blind, "saved_view"), (0, vec![("not-seen".into(), 2)]), "{blind}");
    let looked = done(&leader, &from, &body).await;
    assert_eq!((counts(&looked), part(&looked, "saved_view")), ([2, 0, 0], (2, vec![])), "{looked}");
    assert!(own_views(&his).await.is_empty(), "looking changes nothing");
    let one = done(&leader, &from, &json!({ "to": [piotr], "entity": "deal", "dry_run": true })).await;
    assert_eq!(part(&one, "saved_view"), (1, vec![]), "of that kind only: {one}");

    let begun = give(&leader, &from, &json!({ "to": [piotr] })).await.expect(202).json();
    let moved = ended(&leader, &begun).await;
    assert_eq!((counts(&moved), &moved["can_undo"]), ([2, 0, 0], &json!(true)), "{moved}");
    assert_eq!(own_views(&his).await, ["Szanse", "Wspólny"]);
    assert_eq!(own_views(&anna).await, ["Prywatny"], "what nobody else sees stays");
    let list = tomasz.get(&api("views?entity=person")).await.expect(200).json();
    let still = &list["items"][0];
    assert_eq!((&still["default"], &still["owner"]["id"]), (&json!(true), &json!(piotr)), "{list}");
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=view.update")).await.expect(200).json();
    let of_act: Vec<&Value> =
        events["items"].as_array().unwrap().iter().filter(|e| e["part_of"] == begun["id"]).collect();
    assert_eq!(of_act.len(), 2, "{events}");
    assert_eq!(of_act[0]["detail"]["owners"], json!([from, piotr]));

    // What its new owner did to one since stays done.
    let _ = his.patch(&api(&format!("views/{people}")), 2, &json!({ "name": "Po mojemu" })).await.expect(200);
    let undone = ended(&leader, &act(&leader, &begun, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [1, 0, 1], "{undone}");
    assert_eq!(undone["result"]["problems"][0]["entity"], "saved_view", "{undone}");
    assert_eq!(
        (own_views(&his).await, own_views(&anna).await),
        (vec!["Po mojemu".into()], vec!["Prywatny".into(), "Szanse".into()])
    );
    let again = done(&leader, &from, &json!({ "to": [piotr], "entity": "deal" })).await;
    assert_eq!(counts(&again), [1, 0, 0], "what came back can go again: {again}");
    problem(&his.delete(&api(&format!("views/{deals}")), 1).await, 412);
}

#[tokio::test(flavor = "multi_thread")]
async fn views_go_only_where_a_record_would() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let leader = world.sign_in("magdalena.wojcik").await;
    let from = named(&admin, "users", "anna.kowalska").await;
    let _ = save(&anna, "person", "Wspólny", true).await;
    let lead = named(&admin, "roles", "team_lead").await;
    let mut made = Vec::new();
    for (login, name, team, roles) in [
        ("sara.poludnie", "Sara Południowa", "Południe", json!([lead])),
        ("nowy.bezroli", "Nowy Bezroli", "Północ", json!([])),
    ] {
        let team = named(&admin, "teams", team).await;
        let new = json!({ "login": login, "name": name, "email": format!("{login}@firma.example"), "team": team, "roles": roles });
        made.push(world.engage(&admin, &new).await);
    }
    let sara = world.sign_in("sara.poludnie").await;
    let ewa = named(&admin, "users", "ewa.pusta").await;
    let tomasz = named(&admin, "users", "tomasz.lewandowski").await;
    // She uses the view, and leads nobody of that team; the others may not have it.
    for (client, to, code) in
        [(&sara, &tomasz, "forbidden"), (&leader, &ewa, "forbidden"), (&leader, &made[1], "not-seen-there")]
    {
        for dry_run in [true, false] {
            let job = done(client, &from, &json!({ "to": [to], "dry_run": dry_run })).await;
            assert_eq!(part(&job, "saved_view"), (0, vec![(code.into(), 1)]), "{to}: {job}");
        }
    }
    assert_eq!(own_views(&anna).await, ["Wspólny"]);
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor
        .get(&api(&format!("ledger/events?user={}&act=access.refused", made[0])))
        .await
        .expect(200)
        .json();
    assert_eq!(events["items"].as_array().unwrap().len(), 1, "{events}");
    // A token opens no views, and so moves none.
    let scope = json!({ "entities": { "person": ["read", "create", "update"] } });
    let body = json!({ "label": "t", "scope": scope, "ends_at": testkit::START.plus_s(3_600).rfc3339() });
    let token = leader.post(&api("tokens"), &body).await.expect(201).json();
    let robot = world.client().with_token(token["token"].as_str().unwrap());
    let piotr = named(&admin, "users", "piotr.zielinski").await;
    let job = done(&robot, &from, &json!({ "to": [piotr], "entity": "person" })).await;
    assert_eq!(counts(&job), [0, 0, 0], "{job}");
    assert_eq!(own_views(&anna).await, ["Wspólny"]);
    // Nor is there room for more than anybody may have.
    let his = world.sign_in("piotr.zielinski").await;
    for n in 0..200 {
        let _ = save(&his, "person", &format!("W{n}"), false).await;
    }
    let job = done(&leader, &from, &json!({ "to": [piotr] })).await;
    assert_eq!(part(&job, "saved_view"), (0, vec![("too-many-views".into(), 1)]), "{job}");
}
