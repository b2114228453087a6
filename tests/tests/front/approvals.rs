//! A second person's approval: who may give it, and that there is no way round it. OWASP API Security 2023: API5
//! (function level), API6 (business flows).

use super::help::{Made, api, make, named, problem};
use kernel::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

pub const WEEK: i64 = 7 * 24 * 3_600_000;
const REASON: &str = "Porządki po kampanii";

/// A world in which everybody has been what they are for a week.
pub async fn settled() -> World {
    let world = World::new().await;
    world.clock.advance_ms(WEEK);
    world
}

pub async fn rules(admin: &Client) -> Value {
    admin.get(&api("approvals/rules")).await.expect(200).json()
}

/// Tries to change some of the rules.
pub async fn try_rules(admin: &Client, with: Value) -> Answer {
    let mut rules = rules(admin).await;
    let version = rules.as_object_mut().unwrap().remove("version").unwrap();
    for (name, value) in with.as_object().unwrap() {
        rules[name] = value.clone();
    }
    let put =
        admin.request(Method::PUT, &api("approvals/rules")).header("if-match", format!("\"{version}\""));
    admin.send(put.json(&rules)).await
}

pub async fn set_rules(world: &World, with: Value) {
    let _ = try_rules(&world.sign_in("robert.szymanski").await, with).await.expect(200);
}

pub async fn ask(client: &Client, act: &Value) -> Answer {
    client.post(&api("approvals"), &json!({ "act": act, "reason": REASON })).await
}

pub async fn asked(client: &Client, act: &Value) -> String {
    ask(client, act).await.expect(201).json()["id"].as_str().unwrap().to_owned()
}

pub async fn post(client: &Client, id: &str, what: &str) -> Answer {
    client.send(client.request(Method::POST, &api(&format!("approvals/{id}/{what}")))).await
}

pub async fn approvals(client: &Client, direction: &str) -> Vec<Value> {
    let all = client.get(&api(&format!("approvals?direction={direction}"))).await.expect(200).json();
    all["items"].as_array().unwrap().clone()
}

/// How a request of the client's own stands.
pub async fn standing(client: &Client, id: &str) -> Value {
    approvals(client, "mine").await.into_iter().find(|one| one["id"] == id).expect("it is there")
}

pub async fn notices(client: &Client, code: &str) -> usize {
    let all = client.get(&api("notices")).await.expect(200).json();
    all["items"].as_array().unwrap().iter().filter(|n| n["code"] == code).count()
}

pub fn required(answer: &Answer) {
    assert_eq!(problem(answer, 403)["type"], "urn:klucznik:problem:approval-required");
}

pub async fn people(client: &Client, count: usize) -> Vec<Made> {
    let mut all = Vec::new();
    for n in 0..count {
        all.push(
            make(client, "people", json!({ "first_name": format!("Osoba{n}"), "last_name": "Zbiorowa" }))
                .await,
        );
    }
    all
}

pub fn bulk(people: &[Made], request: Value) -> Value {
    let mut request = request;
    request["select"] = json!({ "ids": people.iter().map(|one| &one.id).collect::<Vec<_>>() });
    json!({ "bulk": { "entities": "people", "request": request } })
}

pub fn administrator_of(user: &Value, roles: Value) -> Value {
    json!({ "user_roles": { "user": user["id"], "version": user["version"], "roles": roles } })
}

pub async fn user(admin: &Client, name: &str) -> Value {
    admin.get(&api(&format!("users/{}", named(admin, "users", name).await))).await.expect(200).json()
}

pub async fn second_administrator(world: &World, login: &str) -> Client {
    let robert = world.sign_in("robert.szymanski").await;
    let role = named(&robert, "roles", "administrator").await;
    let now = user(&robert, login).await;
    let at = api(&format!("users/{}", now["id"].as_str().unwrap()));
    let _ =
        robert.patch(&at, now["version"].as_u64().unwrap(), &json!({ "roles": [role] })).await.expect(200);
    world.sign_in(login).await
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_set_the_rules_and_what_makes_no_sense_is_refused() {
    let world = settled().await;
    let (robert, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let first = rules(&robert).await;
    assert_eq!(
        first,
        json!({ "bulk_edit": 5000, "bulk_delete": 1000, "bulk_share": 50, "export": 1000, "erase": 500, "role_change": null, "days": 7, "version": 0 })
    );
    problem(&anna.get(&api("approvals/rules")).await, 403);
    problem(
        &anna
            .send(anna.request(Method::PUT, &api("approvals/rules")).header("if-match", "\"0\"").json(&first))
            .await,
        422,
    );
    for wrong in
        [json!({ "export": 0 }), json!({ "erase": 50_001 }), json!({ "days": 31 }), json!({ "days": 0 })]
    {
        let field = wrong.as_object().unwrap().keys().next().unwrap().clone();
        super::help::issue(&problem(&try_rules(&robert, wrong).await, 422), &field);
    }
    let _ = try_rules(&robert, json!({ "export": 5, "days": 3 })).await.expect(200);
    assert_eq!(rules(&robert).await["export"], 5);
    let mut late = first.clone();
    let _ = late.as_object_mut().unwrap().remove("version");
    let put = robert.request(Method::PUT, &api("approvals/rules")).header("if-match", "\"0\"");
    problem(&robert.send(put.json(&late)).await, 412);
    // Half an hour later the administrator is to prove to be there.
    world.clock.advance_ms(20 * 60_000);
    let stale = try_rules(&robert, json!({ "export": null })).await;
    assert_eq!(problem(&stale, 403)["type"], "urn:klucznik:problem:step-up-required");
}

/// Whoever could be held by a rule cannot switch it off first, give a role by another door, or make the other person.
#[tokio::test(flavor = "multi_thread")]
async fn no_way_leads_round_a_rule_of_roles() {
    let world = settled().await;
    let robert = world.sign_in("robert.szymanski").await;
    // Alone, an administrator would shut the door behind.
    problem(&try_rules(&robert, json!({ "role_change": 1 })).await, 409);
    let _fresh = second_administrator(&world, "barbara.dabrowska").await;
    problem(&try_rules(&robert, json!({ "role_change": 1 })).await, 409);
    world.clock.advance_ms(WEEK);
    let robert = world.sign_in("robert.szymanski").await;
    let _ = try_rules(&robert, json!({ "role_change": 1, "export": 10 })).await.expect(200);
    for looser in [
        json!({ "role_change": null }),
        json!({ "role_change": 2 }),
        json!({ "export": null }),
        json!({ "export": 11 }),
    ] {
        required(&try_rules(&robert, looser).await);
    }
    let _ = try_rules(&robert, json!({ "export": 9 })).await.expect(200);

    let role = named(&robert, "roles", "administrator").await;
    let ewa = user(&robert, "ewa.pusta").await;
    let at = api(&format!("users/{}", ewa["id"].as_str().unwrap()));
    let roles = json!([role]);
    required(&robert.patch(&at, ewa["version"].as_u64().unwrap(), &json!({ "roles": roles })).await);
    let team = named(&robert, "teams", "Marketing").await;
    let made = json!({ "login": "nowy.admin", "name": "Nowy Admin", "email": "nowy@firma.example", "lang": "pl", "team": team, "roles": roles });
    required(&robert.post(&api("users"), &made).await);
    let account = json!({ "name": "Program", "owner": ewa["id"], "team": team, "roles": roles, "ends_at": "2027-06-30T12:00:00Z" });
    required(&robert.post(&api("service-accounts"), &account).await);
    let wide = json!({ "name": "szeroka", "label": { "pl": "Szeroka", "en": "Wide" }, "things": { "users": "manage" } });
    required(&robert.post(&api("roles"), &wide).await);
    let file = json!({ "format": "klucznik-roles", "version": 1, "roles": [wide] });
    required(&robert.post(&api("roles/import"), &file).await);
    // Whose records are seen goes by the team, and by where that hangs.
    let elsewhere = json!({ "team": named(&robert, "teams", "Zarząd").await });
    required(&robert.patch(&at, ewa["version"].as_u64().unwrap(), &elsewhere).await);
    let hung = json!({ "name": "Marketing", "parent": elsewhere["team"] });
    let put = robert.request(Method::PUT, &api(&format!("teams/{team}"))).header("if-match", "\"1\"");
    required(&robert.send(put.json(&hung)).await);
    // Nothing but that is held up.
    let _ = robert
        .patch(&at, ewa["version"].as_u64().unwrap(), &json!({ "name": "Ewa Pustawa" }))
        .await
        .expect(200);

    let ewa = user(&robert, "ewa.pusta").await;
    let id = asked(&robert, &administrator_of(&ewa, roles.clone())).await;
    // Neither who asks, nor one who is no administrator, nor one who has been one for less than a week.
    problem(&post(&robert, &id, "approve").await, 404);
    problem(&post(&world.sign_in("magdalena.wojcik").await, &id, "approve").await, 404);
    let barbara = world.sign_in("barbara.dabrowska").await;
    let seen = barbara.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert_eq!((&seen["user"]["name"], &seen["reason"]), (&json!("Robert Szymański"), &json!(REASON)));
    assert!(seen["preview"]["what"].to_string().contains("Ewa Pustawa"), "{seen}");
    let _ = post(&barbara, &id, "approve").await.expect(204);
    assert_eq!(user(&robert, "ewa.pusta").await["roles"], roles);
    problem(&post(&barbara, &id, "approve").await, 404);
    assert_eq!(standing(&robert, &id).await["state"], "approved");
    // The one just made is none who approves what is asked now.
    let ewa = world.sign_in("ewa.pusta").await;
    let marta = user(&robert, "marta.nowak").await;
    let id = asked(&robert, &administrator_of(&marta, roles)).await;
    problem(&post(&ewa, &id, "approve").await, 404);
    // A rule that asks less comes by the same way.
    let mut rules = rules(&robert).await;
    let version = rules.as_object_mut().unwrap().remove("version").unwrap();
    rules["role_change"] = Value::Null;
    let id = asked(&robert, &json!({ "rules": { "version": version, "rules": rules } })).await;
    let barbara = world.sign_in("barbara.dabrowska").await;
    let _ = post(&barbara, &id, "approve").await.expect(204);
    assert_eq!(super::approvals::rules(&robert).await["role_change"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_never_approves_nor_does_a_peer_a_token_or_who_answers_for_the_program() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 2 })).await;
    let anna = world.sign_in("anna.kowalska").await;
    let all = people(&anna, 2).await;
    let act = bulk(&all, json!({ "change": { "fields": { "job_title": "Dyrektor" } } }));
    let id = asked(&anna, &act).await;
    problem(&post(&anna, &id, "approve").await, 404);
    problem(&post(&world.sign_in("piotr.zielinski").await, &id, "approve").await, 404);
    let auditor = world.sign_in("danuta.krol").await;
    let no = json!({ "reason": "Nie trzeba" });
    problem(&auditor.post(&api(&format!("approvals/{id}/decline")), &no).await, 404);
    problem(&world.sign_in("tomasz.lewandowski").await.get(&api(&format!("approvals/{id}"))).await, 404);
    let leader = world.sign_in("magdalena.wojcik").await;
    let wish = json!({
        "label": "Skrypt", "ends_at": "2026-12-20T12:00:00Z", "scope": { "entities": { "person": ["read", "update"] } },
    });
    let token = leader.post(&api("tokens"), &wish).await.expect(201).json();
    let token = world.client().with_token(token["token"].as_str().unwrap());
    problem(&post(&token, &id, "approve").await, 403);
    problem(&token.get(&api("approvals?direction=to_decide")).await, 403);
    assert_eq!(approvals(&leader, "to_decide").await.len(), 1);
    assert_eq!(approvals(&anna, "to_decide").await.len(), 0);
    // The leader has to be there.
    world.clock.advance_ms(20 * 60_000);
    assert_eq!(
        problem(&post(&leader, &id, "approve").await, 403)["type"],
        "urn:klucznik:problem:step-up-required"
    );
    for one in &all {
        assert_eq!(anna.get(&one.at).await.expect(200).json()["fields"].get("job_title"), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_ends_by_declining_withdrawing_its_time_and_with_its_user() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 2, "days": 2 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let all = people(&anna, 2).await;
    let act = bulk(&all, json!({ "change": { "fields": { "job_title": "Dyrektor" } } }));
    let small = bulk(&all[..1], json!({ "change": { "fields": { "job_title": "Dyrektor" } } }));
    problem(&ask(&anna, &small).await, 409);
    problem(&anna.post(&api("approvals"), &json!({ "act": act, "reason": "" })).await, 422);

    let [declined, withdrawn, late] =
        [asked(&anna, &act).await, asked(&anna, &act).await, asked(&anna, &act).await];
    assert_eq!(notices(&leader, "approval-asked").await, 3);
    let at = api(&format!("approvals/{declined}/decline"));
    problem(&leader.post(&at, &json!({ "reason": "" })).await, 422);
    let _ = leader.post(&at, &json!({ "reason": "Najpierw ustalmy listę" })).await.expect(204);
    let how = standing(&anna, &declined).await;
    assert_eq!(
        (&how["state"], &how["by"]["name"], &how["said"], &how["reason"]),
        (&json!("declined"), &json!("Magdalena Wójcik"), &json!("Najpierw ustalmy listę"), &Value::Null)
    );
    assert_eq!(notices(&anna, "approval-declined").await, 1);
    problem(&post(&leader, &withdrawn, "withdraw").await, 404);
    let _ = post(&anna, &withdrawn, "withdraw").await.expect(204);
    for over in [&declined, &withdrawn] {
        problem(&post(&leader, over, "approve").await, 404);
        problem(&post(&anna, over, "withdraw").await, 404);
    }
    // Its time is judged when it is used, and told once.
    world.clock.advance_ms(2 * 24 * 3_600_000);
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    problem(&post(&leader, &late, "approve").await, 404);
    assert_eq!(standing(&anna, &late).await["state"], "expired");
    for _ in 0..2 {
        world.app().engine().end_approvals().await.unwrap();
    }
    assert_eq!((notices(&anna, "approval-expired").await, notices(&leader, "approval-lapsed").await), (1, 1));
    // With whoever is suspended it ends, and does not come back.
    let id = asked(&anna, &act).await;
    let robert = world.sign_in("robert.szymanski").await;
    let set = async |active: bool| {
        let now = user(&robert, "anna.kowalska").await;
        let at = api(&format!("users/{}", now["id"].as_str().unwrap()));
        let _ = robert
            .patch(&at, now["version"].as_u64().unwrap(), &json!({ "active": active }))
            .await
            .expect(200);
    };
    set(false).await;
    problem(&post(&leader, &id, "approve").await, 404);
    world.app().engine().end_approvals().await.unwrap();
    set(true).await;
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(standing(&anna, &id).await["state"], "ended");
    problem(&post(&leader, &id, "approve").await, 404);
    // What is over is kept for a month.
    world.clock.advance_ms(30 * 24 * 3_600_000);
    world.app().engine().end_approvals().await.unwrap();
    assert_eq!(approvals(&world.sign_in("anna.kowalska").await, "mine").await, Vec::<Value>::new());
    assert!(world.clock.now().0 > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_requests_wait_and_no_more() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 1 })).await;
    let anna = world.sign_in("anna.kowalska").await;
    let all = people(&anna, 1).await;
    let act = bulk(&all, json!({ "change": { "fields": { "job_title": "Dyrektor" } } }));
    for _ in 0..10 {
        let _ = asked(&anna, &act).await;
        world.clock.advance_ms(30_000);
        let _ = anna.step_up(testkit::PASSWORD).await;
    }
    problem(&ask(&anna, &act).await, 409);
}
