//! Sharing under the rule of approval: many at once, one by one, by an answer, by renewing and by cover. OWASP API
//! Security 2023: API6 (business flows).

use super::approvals::{ask, asked, bulk, notices, people, post, required, set_rules, settled, standing};
use super::help::{Made, api, named, problem};
use super::jobs::{counts, ended};
use kernel::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Answer, Client, World};

const VIEWER: &str = "6b6c7563-0000-8000-8000-7a6e696b0008";
const DAY_MS: i64 = 24 * 3_600_000;

fn gift(to: &str) -> Value {
    json!({ "to": { "user": to }, "role": VIEWER, "reason": "Pomoc przy ofercie", "fields": ["first_name"] })
}

fn many(people: &[Made], to: &str) -> Value {
    bulk(people, json!({ "share": gift(to) }))
}

async fn share(client: &Client, act: &Value) -> Answer {
    client.post(&api("people/bulk"), &act["bulk"]["request"]).await
}

async fn one(client: &Client, person: &Made, to: &str) -> Answer {
    client.post(&format!("{}/grants", person.at), &gift(to)).await
}

async fn preview(client: &Client, act: &Value) -> Value {
    client.post(&api("approvals/preview"), &json!({ "act": act })).await.expect(200).json()
}

async fn approve(client: &Client, request: &str, until: &str) -> Answer {
    let at = api(&format!("access-requests/{request}/approve"));
    client.post(&at, &json!({ "role": VIEWER, "until": until })).await
}

/// What somebody asked Anna for, once she can decide on it.
async fn question(anna: &Client) -> String {
    for _ in 0..200 {
        let all = anna.get(&api("access-requests?direction=to_decide")).await.expect(200).json();
        if let Some(found) = all["items"].as_array().unwrap().first() {
            return found["id"].as_str().unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nobody asked");
}

fn in_days(world: &World, days: i64) -> String {
    world.clock.now().plus_ms(days * DAY_MS).rfc3339()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_shared_as_they_were_approved_and_ended_as_one() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_share": 3 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let (ewa, ewa_id) = (world.sign_in("ewa.pusta").await, named(&anna, "colleagues", "Ewa Pusta").await);
    let all = people(&anna, 4).await;
    let act = many(&all, &ewa_id);
    required(&share(&anna, &act).await);
    let list = json!({ "select": { "filter": ["last_name:eq:Zbiorowa"] }, "share": gift(&ewa_id) });
    required(&anna.post(&api("people/bulk"), &list).await);
    let seen = preview(&anna, &act).await;
    assert_eq!(
        (&seen["kind"], &seen["count"], &seen["subjects"], &seen["needs_approval"], &seen["can_undo"]),
        (&json!("bulk_share"), &json!(4), &json!(4), &json!(true), &json!(true))
    );
    let what = seen["what"].to_string();
    for part in ["Ewa Pusta", "Viewer", "First name", "two years", "Pomoc przy ofercie"] {
        assert!(what.contains(part), "{part}: {what}");
    }
    assert!(seen["approvers"].to_string().contains("Magdalena"), "{seen}");
    let id = asked(&anna, &act).await;
    let shown = leader.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert!(shown["preview"]["what"].to_string().contains("Ewa Pusta"), "{shown}");
    problem(&post(&anna, &id, "approve").await, 404);

    // One is changed since: another version was approved.
    let _ = anna.patch(&all[3].at, 1, &json!({ "fields": { "job_title": "Własny" } })).await.expect(200);
    problem(&ewa.get(&all[0].at).await, 404);
    let _ = post(&leader, &id, "approve").await.expect(204);
    let job = ended(&anna, &json!({ "id": standing(&anna, &id).await["job"] })).await;
    assert_eq!(counts(&job), [3, 0, 1], "{job}");
    assert_eq!(job["result"]["problems"][0]["code"], "changed-since");
    for given in &all[..3] {
        let _ = ewa.get(&given.at).await.expect(200);
    }
    problem(&ewa.get(&all[3].at).await, 404);
    // It is hers: she gave it, she ends it, and both persons stand in the ledger.
    let grants = anna.get(&format!("{}/grants", all[0].at)).await.expect(200).json();
    assert_eq!(grants["items"][0]["by"]["name"], "Anna Kowalska");
    assert_eq!((notices(&ewa, "grant-given").await, notices(&anna, "approval-approved").await), (1, 1));
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=approval.approve")).await.expect(200).json();
    assert_eq!(events["items"][0]["detail"]["kind"], "bulk_share", "{events}");
    // What was approved does not count as done alone.
    assert_eq!(preview(&anna, &many(&all[..1], &ewa_id)).await["done_before"], 0);
    let back = super::jobs::act(&anna, &job, "undo").await.expect(202).json();
    assert_eq!(counts(&ended(&anna, &back).await), [3, 0, 0]);
    problem(&ewa.get(&all[0].at).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_shares_within_a_day_counts_together_whatever_the_way() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_share": 4 })).await;
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let ewa_id = named(&anna, "colleagues", "Ewa Pusta").await;
    let all = people(&anna, 6).await;
    // One by itself, one of many, one by an answer.
    let first = one(&anna, &all[0], &ewa_id).await.expect(201).json();
    let job = share(&anna, &many(&all[1..2], &ewa_id)).await.expect(202).json();
    assert_eq!(counts(&ended(&anna, &job).await), [1, 0, 0]);
    let body = json!({ "reason": "Przejmuję tę sprawę" });
    let wish = async |person: &Made| {
        let at = api(&format!("people/{}/access-requests", person.id));
        let _ = ewa.post(&at, &body).await.expect(202);
        question(&anna).await
    };
    let asked_first = wish(&all[2]).await;
    let _ = approve(&anna, &asked_first, &in_days(&world, 9)).await.expect(201);
    assert_eq!(preview(&anna, &many(&all[3..4], &ewa_id)).await["done_before"], 3);

    // The fourth is one too many, whatever the way.
    required(&one(&anna, &all[3], &ewa_id).await);
    required(&share(&anna, &many(&all[3..4], &ewa_id)).await);
    let asked_second = wish(&all[4]).await;
    let told = approve(&anna, &asked_second, &in_days(&world, 9)).await;
    required(&told);
    let at = api(&format!("grants/{}/renewal", first["id"].as_str().unwrap()));
    let renewal = anna.request(Method::POST, &at).header("if-match", "\"1\"");
    required(&anna.send(renewal.json(&json!({ "until": in_days(&world, 400) }))).await);
    let tomasz = named(&anna, "colleagues", "Tomasz Lewandowski").await;
    let cover =
        json!({ "to": tomasz, "role": VIEWER, "until": in_days(&world, 7), "reason": "Urlop wypoczynkowy" });
    required(&anna.post(&api("covers"), &cover).await);
    for hidden in &all[3..5] {
        problem(&ewa.get(&hidden.at).await, 404);
    }

    // One is asked for as many are, and that answers the request for access too.
    let leader = world.sign_in("magdalena.wojcik").await;
    let id = asked(&anna, &many(&all[4..5], &ewa_id)).await;
    let _ = post(&leader, &id, "approve").await.expect(204);
    let job = ended(&anna, &json!({ "id": standing(&anna, &id).await["job"] })).await;
    assert_eq!(counts(&job), [1, 0, 0], "{job}");
    let _ = ewa.get(&all[4].at).await.expect(200);
    problem(&approve(&anna, &asked_second, &in_days(&world, 9)).await, 404);
    // It is hers alone, and over after a day.
    let others = people(&leader, 1).await;
    let _ = one(&leader, &others[0], &ewa_id).await.expect(201);
    world.clock.advance_ms(DAY_MS);
    let anna = world.sign_in("anna.kowalska").await;
    let _ = one(&anna, &all[3], &ewa_id).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn cover_counts_with_all_that_it_is_over_and_can_be_asked_for() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_share": 2 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let all = people(&anna, 3).await;
    let id = async |name: &str| named(&anna, "colleagues", name).await;
    let (tomasz, piotr, away) =
        (id("Tomasz Lewandowski").await, id("Piotr Zieliński").await, id("Anna Kowalska").await);
    let cover = |to: &str, of: Option<&str>| {
        let mut body =
            json!({ "to": to, "role": VIEWER, "until": in_days(&world, 7), "reason": "Urlop wypoczynkowy" });
        if let Some(of) = of {
            body["of"] = json!(of);
        }
        body
    };
    let elsewhere = cover(&tomasz, None);
    required(&anna.post(&api("covers"), &elsewhere).await);
    required(&leader.post(&api("covers"), &cover(&piotr, Some(&away))).await);
    let seen = preview(&anna, &json!({ "cover": elsewhere })).await;
    assert_eq!(
        (&seen["kind"], &seen["count"], &seen["can_undo"], &seen["needs_approval"]),
        (&json!("bulk_share"), &json!(3), &json!(false), &json!(true)),
        "{seen}"
    );
    // Whoever is away is covered for by the own team without a word.
    let own = cover(&piotr, None);
    assert_eq!(preview(&anna, &json!({ "cover": own })).await["needs_approval"], false);
    problem(&ask(&anna, &json!({ "cover": own })).await, 409);
    let _ = anna.post(&api("covers"), &own).await.expect(201);
    // What her account may not do is refused before anybody is asked.
    let leaders = cover(&tomasz, Some(&named(&anna, "colleagues", "Magdalena Wójcik").await));
    problem(&anna.post(&api("approvals/preview"), &json!({ "act": { "cover": leaders } })).await, 403);

    let request = asked(&anna, &json!({ "cover": elsewhere })).await;
    problem(&post(&leader, &request, "approve").await, 404);
    let robert = world.sign_in("robert.szymanski").await;
    let shown = robert.get(&api(&format!("approvals/{request}"))).await.expect(200).json();
    let what = shown["preview"]["what"].to_string();
    assert!(what.contains("Anna Kowalska") && what.contains("Tomasz Lewandowski"), "{shown}");
    assert_eq!(shown["preview"]["count"], 3, "{shown}");
    let covers = world.sign_in("tomasz.lewandowski").await;
    problem(&covers.get(&all[0].at).await, 404);
    let _ = post(&robert, &request, "approve").await.expect(204);
    let _ = covers.get(&all[0].at).await.expect(200);
    assert_eq!(standing(&anna, &request).await["state"], "approved");
}

/// A person with so many notes.
async fn with_notes(client: &Client, person: &Made, notes: usize) {
    for n in 0..notes {
        let body = json!({ "body": format!("Notatka {n}") });
        let _ = super::help::make_under(client, "notes", body, "person", &person.id).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_a_record_counts_with_it() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_share": 5 })).await;
    let (anna, ewa) = (world.sign_in("anna.kowalska").await, world.sign_in("ewa.pusta").await);
    let ewa_id = named(&anna, "colleagues", "Ewa Pusta").await;
    let all = people(&anna, 3).await;
    with_notes(&anna, &all[0], 4).await;
    let gift = |related: bool| json!({ "to": { "user": ewa_id }, "role": VIEWER, "reason": "Pomoc przy ofercie", "with_related": related });
    let act = |related: bool| bulk(&all[..1], json!({ "share": gift(related) }));
    let seen = preview(&anna, &act(true)).await;
    assert_eq!((&seen["count"], &seen["needs_approval"]), (&json!(5), &json!(true)), "{seen}");
    assert!(seen["what"].to_string().contains("belongs to these records: 4"), "{seen}");
    let bare = preview(&anna, &act(false)).await;
    assert_eq!((&bare["count"], &bare["needs_approval"]), (&json!(1), &json!(false)), "{bare}");
    // By itself, among many by their ids, and by conditions.
    let grants = |person: &Made| format!("{}/grants", person.at);
    required(&anna.post(&grants(&all[0]), &gift(true)).await);
    required(&share(&anna, &act(true)).await);
    let list = json!({ "select": { "filter": ["last_name:eq:Zbiorowa"] }, "share": gift(true) });
    required(&anna.post(&api("people/bulk"), &list).await);
    problem(&ewa.get(&all[0].at).await, 404);
    // Without what hangs on it, it is one.
    let _ = anna.post(&grants(&all[0]), &gift(false)).await.expect(201);
    assert_eq!(preview(&anna, &act(false)).await["done_before"], 1);
    // What came to hang on it counts when the grant is renewed.
    with_notes(&anna, &all[1], 1).await;
    let given = anna.post(&grants(&all[1]), &gift(true)).await.expect(201).json();
    assert_eq!(preview(&anna, &act(false)).await["done_before"], 3);
    with_notes(&anna, &all[1], 2).await;
    let at = api(&format!("grants/{}/renewal", given["id"].as_str().unwrap()));
    let renewal = anna.request(Method::POST, &at).header("if-match", "\"1\"");
    required(&anna.send(renewal.json(&json!({ "until": in_days(&world, 400) }))).await);
    // What was asked for is what was shown, and is done with the second person's leave.
    let leader = world.sign_in("magdalena.wojcik").await;
    let id = asked(&anna, &act(true)).await;
    let shown = leader.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert_eq!((&shown["count"], &shown["preview"]["count"]), (&json!(5), &json!(5)), "{shown}");
    let _ = post(&leader, &id, "approve").await.expect(204);
    let job = ended(&anna, &json!({ "id": standing(&anna, &id).await["job"] })).await;
    assert_eq!(counts(&job), [1, 0, 0], "{job}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_like_this_already_does_not_use_up_the_day() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_share": 5 })).await;
    let anna = world.sign_in("anna.kowalska").await;
    let ewa_id = named(&anna, "colleagues", "Ewa Pusta").await;
    let tomasz = named(&anna, "colleagues", "Tomasz Lewandowski").await;
    let all = people(&anna, 5).await;
    let done = async |act: &Value| counts(&ended(&anna, &share(&anna, act).await.expect(202).json()).await);
    assert_eq!(done(&many(&all[..3], &ewa_id)).await, [3, 0, 0]);
    // The same list with one more of it is one more, by ids and by what is shown before.
    let seen = preview(&anna, &many(&all[..4], &ewa_id)).await;
    assert_eq!(
        (&seen["count"], &seen["done_before"], &seen["needs_approval"]),
        (&json!(1), &json!(3), &json!(false)),
        "{seen}"
    );
    assert!(seen["what"].to_string().contains("already, left as they are: 3"), "{seen}");
    assert_eq!(done(&many(&all[..4], &ewa_id)).await, [1, 3, 0]);
    assert_eq!(done(&many(&all[..4], &ewa_id)).await, [0, 4, 0]);
    assert_eq!(preview(&anna, &many(&all[..4], &ewa_id)).await["done_before"], 4);
    // One more, another person, and other terms are not the same.
    required(&share(&anna, &many(&all, &ewa_id)).await);
    required(&share(&anna, &many(&all[..1], &tomasz)).await);
    let mut more = gift(&ewa_id);
    more["fields"] = json!(["first_name", "last_name"]);
    required(&share(&anna, &bulk(&all[..1], json!({ "share": more }))).await);
}
