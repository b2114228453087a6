//! What is done with a second person's approval: exactly what was asked for, in the name and with the rights of whoever
//! asked.

use super::approvals::{
    approvals, asked, bulk, notices, people, post, required, set_rules, settled, standing,
};
use super::help::{api, make_under, named, problem};
use super::jobs::ended;
use serde_json::{Value, json};
use testkit::Client;

fn change(title: &str) -> Value {
    json!({ "change": { "fields": { "job_title": title } } })
}

async fn job_of(client: &Client, id: &str) -> Value {
    let job = standing(client, id).await["job"].clone();
    ended(client, &json!({ "id": job })).await
}

async fn title(client: &Client, at: &str) -> Value {
    client.get(at).await.expect(200).json()["fields"]["job_title"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_changed_as_they_were_approved_and_can_be_undone() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 3, "bulk_delete": 1 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let all = people(&anna, 4).await;
    let by_name =
        json!({ "select": { "filter": ["last_name:eq:Zbiorowa"] }, "change": change("Dyrektor")["change"] });
    required(&anna.post(&api("people/bulk"), &by_name).await);
    required(&anna.post(&api("people/bulk"), &bulk(&all, change("Dyrektor"))["bulk"]["request"]).await);
    required(
        &anna
            .post(&api("people/bulk"), &json!({ "select": { "ids": [all[0].id] }, "action": "delete" }))
            .await,
    );
    let two = anna.post(&api("people/bulk"), &bulk(&all[..2], change("Asystent"))["bulk"]["request"]).await;
    let _ = ended(&anna, &two.expect(202).json()).await;

    let act = json!({ "bulk": { "entities": "people", "request": by_name } });
    let seen = anna.post(&api("approvals/preview"), &json!({ "act": act })).await.expect(200).json();
    assert_eq!(
        (&seen["count"], &seen["subjects"], &seen["needs_approval"]),
        (&json!(4), &json!(4), &json!(true))
    );
    assert_eq!(
        seen["owners"],
        json!([{ "user": { "id": named(&anna, "colleagues", "Anna Kowalska").await, "name": "Anna Kowalska" }, "count": 4 }])
    );
    assert_eq!((seen["names"].as_array().unwrap().len(), &seen["can_undo"]), (4, &json!(true)));
    assert!(seen["what"].to_string().contains("Dyrektor"), "{seen}");
    assert!(seen["approvers"].to_string().contains("Magdalena"), "{seen}");
    assert!(!seen["approvers"].to_string().contains("Anna"), "{seen}");

    let id = asked(&anna, &act).await;
    let shown = leader.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert_eq!((&shown["preview"]["count"], &shown["job"]), (&json!(4), &Value::Null));
    assert!(shown["preview"]["what"].to_string().contains("Dyrektor"), "{shown}");
    // One is changed since, and one more is what the conditions would find now.
    let changed = anna.get(&all[3].at).await.expect(200).json()["version"].as_u64().unwrap();
    let own = json!({ "fields": { "job_title": "Własny" } });
    let _ = anna.patch(&all[3].at, changed, &own).await.expect(200);
    let late = people(&anna, 1).await.remove(0);
    let _ = post(&leader, &id, "approve").await.expect(204);
    let job = job_of(&anna, &id).await;
    assert_eq!((&job["result"]["changed"], &job["result"]["refused"]), (&json!(3), &json!(1)), "{job}");
    assert_eq!(job["result"]["problems"][0]["code"], "changed-since");
    for one in &all[..3] {
        assert_eq!(title(&anna, &one.at).await, "Dyrektor");
    }
    assert_eq!(
        (title(&anna, &all[3].at).await, title(&anna, &late.at).await),
        (json!("Własny"), Value::Null)
    );
    assert_eq!((notices(&anna, "approval-approved").await, notices(&leader, "approval-asked").await), (1, 1));
    // It is hers: the leader has no such job, and it is she who takes it back.
    problem(&leader.get(&api(&format!("jobs/{}", job["id"].as_str().unwrap()))).await, 404);
    let undo = super::jobs::act(&anna, &job, "undo").await.expect(202).json();
    let _ = ended(&anna, &undo).await;
    assert_eq!(title(&anna, &all[2].at).await, Value::Null);
    // Both persons stand in the ledger.
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?act=approval.approve")).await.expect(200).json();
    let detail = &events["items"][0]["detail"];
    assert_eq!(detail["user"], named(&anna, "colleagues", "Anna Kowalska").await, "{events}");
    assert_eq!(detail["by"], named(&anna, "colleagues", "Magdalena Wójcik").await, "{events}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_over_the_size_needs_a_second_person_by_either_way() {
    let world = settled().await;
    set_rules(&world, json!({ "export": 3 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let all = people(&anna, 4).await;
    let ids: Vec<&String> = all.iter().map(|one| &one.id).collect();
    required(&leader.get(&api("people/export")).await);
    required(&leader.post(&api("people/export"), &json!({ "format": "csv" })).await);
    required(&leader.post(&api("people/export"), &json!({ "format": "csv", "ids": ids })).await);
    let _ = leader.get(&api("people/export?filter=first_name:eq:Osoba1")).await.expect(200);
    // Whoever may not export learns of that, not of rules.
    let act = json!({ "export": { "entities": "people", "request": { "format": "csv", "fields": ["last_name", "job_title"] } } });
    problem(&anna.post(&api("approvals"), &json!({ "act": act, "reason": "Bo tak jest" })).await, 403);
    problem(&anna.post(&api("approvals/preview"), &json!({ "act": act })).await, 403);

    let id = asked(&leader, &act).await;
    let version = anna.get(&all[0].at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = anna
        .patch(&all[0].at, version, &json!({ "fields": { "job_title": "Po prośbie" } }))
        .await
        .expect(200);
    let _late = people(&anna, 1).await;
    // The session in which it was asked has ended.
    let _ = leader.send(leader.request(reqwest::Method::DELETE, &api("sessions/current"))).await.expect(204);
    let barbara = world.sign_in("barbara.dabrowska").await;
    let shown = barbara.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert!(shown["preview"]["what"].to_string().contains("CSV"), "{shown}");
    let _ = post(&barbara, &id, "approve").await.expect(204);
    let leader = world.sign_in("magdalena.wojcik").await;
    let job = job_of(&leader, &id).await;
    assert_eq!((&job["state"], &job["result"]["records"]), (&json!("done"), &json!(3)), "{job}");
    assert_eq!(job["result"]["left_out"], 1, "{job}");
    let path = api(&format!("jobs/{}/file", job["id"].as_str().unwrap()));
    let file = leader.get(&path).await.expect(200).text;
    assert!(!file.contains("Po prośbie") && file.matches("Zbiorowa").count() == 3, "{file}");
    problem(&barbara.get(&path).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_is_what_was_approved_or_nothing() {
    let world = settled().await;
    set_rules(&world, json!({ "erase": 2 })).await;
    let (anna, zofia) = (world.sign_in("anna.kowalska").await, world.sign_in("zofia.jablonska").await);
    let person = people(&anna, 1).await.remove(0);
    let _ = make_under(&anna, "notes", json!({ "body": "Rozmowa" }), "person", &person.id).await;
    let erase = json!({ "reason": "wniosek osoby" });
    required(&zofia.post(&format!("{}/erase", person.at), &erase).await);
    let act = json!({ "erase": { "entities": "people", "id": person.id, "reason": "wniosek osoby" } });
    let seen = zofia.post(&api("approvals/preview"), &json!({ "act": act })).await.expect(200).json();
    assert_eq!((&seen["count"], &seen["subjects"], &seen["can_undo"]), (&json!(2), &json!(1), &json!(false)));
    problem(&anna.post(&api("approvals/preview"), &json!({ "act": act })).await, 403);
    let id = asked(&zofia, &act).await;
    let _ = make_under(&anna, "notes", json!({ "body": "Po prośbie" }), "person", &person.id).await;
    let robert = world.sign_in("robert.szymanski").await;
    problem(&post(&robert, &id, "approve").await, 409);
    assert_eq!(standing(&zofia, &id).await["state"], "void");
    assert_eq!(notices(&zofia, "approval-void").await, 1);
    let _ = anna.get(&person.at).await.expect(200);
    problem(&post(&robert, &id, "approve").await, 404);

    let id = asked(&zofia, &act).await;
    // The administrator sees no business data by deciding.
    let shown = robert.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert_eq!((&shown["preview"]["count"], &shown["preview"]["names"]), (&json!(3), &json!([])), "{shown}");
    let _ = post(&robert, &id, "approve").await.expect(204);
    problem(&anna.get(&person.at).await, 404);
    assert_eq!(standing(&zofia, &id).await["state"], "approved");
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_that_were_lost_are_not_lent_by_approving() {
    let world = settled().await;
    set_rules(&world, json!({ "export": 2 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let _ = people(&anna, 3).await;
    let act = json!({ "export": { "entities": "people", "request": { "format": "csv" } } });
    let id = asked(&leader, &act).await;
    let robert = world.sign_in("robert.szymanski").await;
    let at = api(&format!("users/{}", named(&robert, "users", "magdalena.wojcik").await));
    let now = robert.get(&at).await.expect(200).json();
    let seller = named(&robert, "roles", "seller").await;
    let _ =
        robert.patch(&at, now["version"].as_u64().unwrap(), &json!({ "roles": [seller] })).await.expect(200);
    let barbara = world.sign_in("barbara.dabrowska").await;
    let refused = problem(&post(&barbara, &id, "approve").await, 409);
    assert!(refused["detail"].as_str().unwrap().starts_with("Not done"), "{refused}");
    let leader = world.sign_in("magdalena.wojcik").await;
    let how = standing(&leader, &id).await;
    assert_eq!((&how["state"], &how["job"]), (&json!("void"), &Value::Null));
    assert!(!how["said"].as_str().unwrap().is_empty());
    assert_eq!(approvals(&barbara, "to_decide").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn handing_over_comes_under_the_rule_and_leaves_what_is_somebody_elses_since() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 2 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let all = people(&anna, 3).await;
    let [annas, piotrs] = [
        named(&anna, "colleagues", "Anna Kowalska").await,
        named(&anna, "colleagues", "Piotr Zieliński").await,
    ];
    let order = json!({ "to": [piotrs], "entity": "person" });
    let at = api(&format!("users/{annas}/hand-over"));
    required(&leader.post(&at, &order).await);
    // Looking needs nobody.
    let mut look = order.clone();
    look["dry_run"] = json!(true);
    let _ = ended(&leader, &leader.post(&at, &look).await.expect(202).json()).await;
    let act = json!({ "hand_over": { "user": annas, "to": [piotrs], "entity": "person" } });
    let id = asked(&leader, &act).await;
    let late = people(&anna, 1).await;
    let robert = world.sign_in("robert.szymanski").await;
    let shown = robert.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert!(shown["preview"]["what"].to_string().contains("Piotr"), "{shown}");
    let _ = post(&robert, &id, "approve").await.expect(204);
    let job = job_of(&leader, &id).await;
    assert_eq!(job["result"]["changed"], 3, "{job}");
    for one in &all {
        let owner = leader.get(&one.at).await.expect(200).json()["owner"].clone();
        assert_eq!(owner["id"], piotrs, "{owner}");
    }
    assert_eq!(leader.get(&late[0].at).await.expect(200).json()["owner"]["id"], annas);
}

/// A program asks too; who answers for it does not approve, and when its token has ended nothing is done.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_program_asked_for_is_not_approved_by_who_answers_for_it() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 2 })).await;
    let robert = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let all = people(&anna, 2).await;
    let team = named(&robert, "teams", "Północ").await;
    let owner = named(&robert, "users", "magdalena.wojcik").await;
    let body = json!({
        "name": "Integracja", "owner": owner, "team": team, "roles": [named(&robert, "roles", "seller").await],
        "ends_at": "2027-01-31T12:00:00Z",
    });
    let account = robert.post(&api("service-accounts"), &body).await.expect(201).json();
    let leader = world.sign_in("magdalena.wojcik").await;
    let scope = json!({ "entities": { "person": ["read", "update"] } });
    let wish = json!({ "label": "Program", "scope": scope, "ends_at": "2026-12-31T12:00:00Z" });
    let at = api(&format!("service-accounts/{}/tokens", account["id"].as_str().unwrap()));
    let made = leader.post(&at, &wish).await.expect(201).json();
    let program = world.client().with_token(made["token"].as_str().unwrap());
    // Its own records: those of others of the team it may not change.
    for one in &all {
        let version = anna.get(&one.at).await.expect(200).json()["version"].as_u64().unwrap();
        let _ =
            anna.patch(&one.at, version, &json!({ "fields": { "job_title": "Księgowa" } })).await.expect(200);
    }
    let id = asked(&program, &bulk(&all, change("Dyrektor"))).await;
    problem(&post(&leader, &id, "approve").await, 404);
    problem(&post(&program, &id, "approve").await, 403);
    assert_eq!(approvals(&leader, "to_decide").await, Vec::<Value>::new());
    let token = api(&format!(
        "service-accounts/{}/tokens/{}",
        account["id"].as_str().unwrap(),
        made["session"]["id"].as_str().unwrap()
    ));
    let _ = leader.send(leader.request(reqwest::Method::DELETE, &token)).await.expect(204);
    problem(&post(&robert, &id, "approve").await, 409);
    problem(&post(&robert, &id, "approve").await, 404);
    for one in &all {
        assert_eq!(title(&anna, &one.at).await, "Księgowa");
    }
}
