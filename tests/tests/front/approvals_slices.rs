//! What needs a second person is not done alone in slices: what one user did within a day counts, over all ways, programs
//! and servers. OWASP API Security 2023: API6 (business flows).

use super::approvals::{approvals, asked, bulk, people, post, required, set_rules, settled, standing};
use super::help::{api, make, named, problem};
use super::imports::import;
use super::jobs::ended;
use super::servers::Pair;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use store::DocKind;
use testkit::{Answer, Client, World, on_postgres};

const DAY: i64 = 24 * 3_600_000;

fn only(n: usize) -> String {
    api(&format!("people/export?filter=first_name:eq:Osoba{n}"))
}

async fn seen(client: &Client, act: &Value) -> (Value, Value) {
    let seen = client.post(&api("approvals/preview"), &json!({ "act": act })).await.expect(200).json();
    (seen["done_before"].clone(), seen["needs_approval"].clone())
}

async fn kept(world: &World) -> usize {
    world.app().engine().store().docs(DocKind::DoneAlone).await.unwrap().len()
}

fn director() -> Value {
    json!({ "change": { "fields": { "job_title": "Dyrektor" } } })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_takes_out_within_a_day_counts_together() {
    let world = settled().await;
    set_rules(&world, json!({ "export": 4 })).await;
    let (anna, leader) = (world.sign_in("anna.kowalska").await, world.sign_in("magdalena.wojcik").await);
    let all = people(&anna, 4).await;
    let wish = json!({
        "label": "Skrypt", "ends_at": "2026-12-20T12:00:00Z", "scope": { "entities": { "person": ["read", "export"] } },
    });
    let token = leader.post(&api("tokens"), &wish).await.expect(201).json();
    let token = world.client().with_token(token["token"].as_str().unwrap());
    // By each way one: at once, as a job, and by a token.
    let _ = leader.get(&only(0)).await.expect(200);
    let one = json!({ "format": "csv", "ids": [all[1].id] });
    let job = ended(&leader, &leader.post(&api("people/export"), &one).await.expect(202).json()).await;
    assert_eq!((&job["state"], &job["result"]), (&json!("done"), &json!({ "records": 1, "left_out": 0 })));
    let _ = token.get(&only(2)).await.expect(200);
    let act =
        json!({ "export": { "entities": "people", "request": { "format": "csv", "ids": [all[3].id] } } });
    assert_eq!(seen(&leader, &act).await, (json!(3), json!(true)));
    for refused in [
        leader.get(&only(3)).await,
        token.get(&only(3)).await,
        leader.post(&api("people/export"), &json!({ "format": "csv", "ids": [all[3].id] })).await,
    ] {
        required(&refused);
        let said = problem(&refused, 403)["detail"].as_str().unwrap().to_owned();
        assert!(said.contains("last 24 hours already: 3."), "{said}");
    }
    // It is hers alone, and of this kind alone.
    assert_eq!(kept(&world).await, 1);
    assert_eq!(seen(&leader, &bulk(&all[..1], director())).await, (json!(0), json!(false)));
    let all_of_it = json!({ "export": { "entities": "people", "request": { "format": "csv" } } });
    assert_eq!(seen(&token, &all_of_it).await, (json!(3), json!(true)));

    // What a second person approves does not count, and whoever decides sees what was done before.
    let id = asked(&leader, &act).await;
    let barbara = world.sign_in("barbara.dabrowska").await;
    let shown = barbara.get(&api(&format!("approvals/{id}"))).await.expect(200).json();
    assert_eq!(shown["preview"]["done_before"], 3, "{shown}");
    let _ = post(&barbara, &id, "approve").await.expect(204);
    let done = ended(&leader, &json!({ "id": standing(&leader, &id).await["job"] })).await;
    assert_eq!(done["result"]["records"], 1, "{done}");
    assert_eq!(seen(&leader, &act).await, (json!(3), json!(true)));

    // A day later nothing counts, and nothing is kept of it.
    world.clock.advance_ms(DAY - 1);
    let leader = world.sign_in("magdalena.wojcik").await;
    required(&leader.get(&only(3)).await);
    world.app().engine().clear_done_alone().await.unwrap();
    assert_eq!(kept(&world).await, 1);
    world.clock.advance_ms(1);
    let leader = world.sign_in("magdalena.wojcik").await;
    assert_eq!(seen(&leader, &act).await, (json!(0), json!(false)));
    world.app().engine().clear_done_alone().await.unwrap();
    assert_eq!(kept(&world).await, 0);
    let _ = leader.get(&only(3)).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_imports_erasures_and_what_a_program_does_count_with_whoever_answers_for_it() {
    let world = settled().await;
    set_rules(&world, json!({ "bulk_edit": 4, "erase": 3 })).await;
    let robert = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let file = "Imię;Nazwisko;E-mail;Stanowisko\nJan;Jeden;jeden@plik.example;Asystent\n";
    let _ = import(&anna, "people", file).await.expect(200);
    let changed = file.replace("Asystent", "Dyrektor");
    let all = people(&anna, 4).await;
    let by_ids = async |who: &Client, from: usize, to: usize| {
        who.post(&api("people/bulk"), &bulk(&all[from..to], director())["bulk"]["request"]).await
    };
    // One by an import, two by a change.
    let done = import(&anna, "people?on_duplicate=update", changed).await.expect(200).json();
    assert_eq!(done["updated"], 1, "{done}");
    let _ = ended(&anna, &by_ids(&anna, 0, 2).await.expect(202).json()).await;
    required(&by_ids(&anna, 2, 3).await);
    let again = file.replace("Asystent", "Prezes");
    for what in ["people?on_duplicate=update&dry_run=true", "people?on_duplicate=update"] {
        required(&import(&anna, what, again.clone()).await);
    }
    // A program for which she answers.
    let team = named(&robert, "teams", "Północ").await;
    let body = json!({
        "name": "Integracja", "owner": named(&robert, "users", "anna.kowalska").await, "team": team,
        "roles": [named(&robert, "roles", "seller").await], "ends_at": "2027-01-31T12:00:00Z",
    });
    let account = robert.post(&api("service-accounts"), &body).await.expect(201).json();
    let scope = json!({ "entities": { "person": ["read", "update"] } });
    let wish = json!({ "label": "Program", "scope": scope, "ends_at": "2026-12-31T12:00:00Z" });
    let at = api(&format!("service-accounts/{}/tokens", account["id"].as_str().unwrap()));
    let made = anna.post(&at, &wish).await.expect(201).json();
    let program = world.client().with_token(made["token"].as_str().unwrap());
    required(&by_ids(&program, 2, 3).await);

    // Who erases one after the other.
    let zofia = world.sign_in("zofia.jablonska").await;
    let erase = json!({ "reason": "wniosek osoby" });
    for one in &all[..2] {
        let _ = zofia.post(&format!("{}/erase", one.at), &erase).await.expect(200);
    }
    required(&zofia.post(&format!("{}/erase", all[2].at), &erase).await);
    let _ = anna.get(&all[2].at).await.expect(200);
    assert_eq!(approvals(&zofia, "mine").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_given_to_one_after_the_other_count_together() {
    let world = settled().await;
    let robert = world.sign_in("robert.szymanski").await;
    let role = named(&robert, "roles", "administrator").await;
    let set = async |login: &str, roles: Value| {
        let at = api(&format!("users/{}", named(&robert, "users", login).await));
        let now = robert.get(&at).await.expect(200).json();
        robert.patch(&at, now["version"].as_u64().unwrap(), &json!({ "roles": roles })).await
    };
    let _ = set("barbara.dabrowska", json!([role])).await.expect(200);
    world.clock.advance_ms(7 * DAY);
    set_rules(&world, json!({ "role_change": 3 })).await;
    let robert = world.sign_in("robert.szymanski").await;
    let seller = named(&robert, "roles", "seller").await;
    let team = named(&robert, "teams", "Marketing").await;
    let new = |login: &str, roles: Value| json!({ "login": login, "name": login, "email": format!("{login}@firma.example"), "lang": "pl", "team": team, "roles": roles });
    let _ = robert.post(&api("users"), &new("pierwszy.nowy", json!([seller]))).await.expect(201);
    let ewa = api(&format!("users/{}", named(&robert, "users", "ewa.pusta").await));
    let now = robert.get(&ewa).await.expect(200).json();
    let _ =
        robert.patch(&ewa, now["version"].as_u64().unwrap(), &json!({ "roles": [seller] })).await.expect(200);
    // The third: by no door, and each says what can be done instead.
    let marta = api(&format!("users/{}", named(&robert, "users", "marta.nowak").await));
    let now = robert.get(&marta).await.expect(200).json();
    let refused = robert.patch(&marta, now["version"].as_u64().unwrap(), &json!({ "roles": [seller] })).await;
    let says = |answer: &Answer| {
        required(answer);
        problem(answer, 403)["detail"].as_str().unwrap().to_owned()
    };
    assert!(
        says(&refused).ends_with("24 hours already: 2. Ask for it and give the reason."),
        "{}",
        says(&refused)
    );
    let account = json!({ "name": "Program", "owner": now["id"], "team": team, "roles": [seller], "ends_at": "2027-06-30T12:00:00Z" });
    for refused in [
        robert.post(&api("users"), &new("drugi.nowy", json!([seller]))).await,
        robert.post(&api("service-accounts"), &account).await,
    ] {
        assert!(says(&refused).ends_with("without roles, then change its roles and ask for approval there."));
    }
    let wide = json!({ "name": "szeroka", "label": { "pl": "Szeroka", "en": "Wide" }, "things": { "users": "read" } });
    let file = json!({ "format": "klucznik-roles", "version": 1, "roles": [wide] });
    let _ = robert.post(&api("roles/import"), &file).await.expect(200);
    // Nobody's roles are still to be had.
    let _ = robert.post(&api("users"), &new("drugi.nowy", json!([]))).await.expect(201);
}

/// Two at the same moment do not both get in under the rule, nor does one lose what is still allowed.
#[tokio::test(flavor = "multi_thread")]
async fn at_the_same_moment_no_more_than_the_rule_leaves_whatever_server_is_asked() {
    if !on_postgres() {
        let world = settled().await;
        set_rules(&world, json!({ "export": 4 })).await;
        let leader = world.sign_in("magdalena.wojcik").await;
        let _ = people(&world.sign_in("anna.kowalska").await, 1).await;
        return race(&[leader.clone(), leader]).await;
    }
    let pair = Pair::new().await;
    pair.forward(7 * DAY);
    set_rules(&pair.a, json!({ "export": 4 })).await;
    let _ = people(&pair.a.sign_in("anna.kowalska").await, 1).await;
    race(&pair.sign_in("magdalena.wojcik").await).await;
    pair.stop().await;
}

/// The first that counts makes the note of what counts; the others are not refused because it is there.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_things_of_a_day_done_at_the_same_moment_are_all_done() {
    let world = World::new().await;
    let _ = make(&world.sign_in("anna.kowalska").await, "people", json!({ "last_name": "Nowa" })).await;
    for login in ["magdalena.wojcik", "barbara.dabrowska"] {
        let client = world.sign_in(login).await;
        let file = async || client.get(&api("people/export")).await;
        let (a, b, c) = tokio::join!(file(), file(), file());
        for answer in [a, b, c] {
            assert!(answer.expect(200).text.contains("Nowa"));
        }
    }
}

async fn race(leaders: &[Client; 2]) {
    let at = only(0);
    let [a, b] = leaders;
    let all = tokio::join!(
        a.get(&at),
        b.get(&at),
        a.get(&at),
        b.get(&at),
        a.get(&at),
        b.get(&at),
        a.get(&at),
        b.get(&at)
    );
    let all = [all.0, all.1, all.2, all.3, all.4, all.5, all.6, all.7];
    let passed = all.iter().filter(|answer| answer.status == 200).count();
    let told: Vec<u16> = all.iter().map(|answer| answer.status.as_u16()).collect();
    assert!(passed <= 3 && told.iter().all(|status| [200, 403, 409].contains(status)), "{told:?}");
    for _ in passed..3 {
        let _ = a.get(&at).await.expect(200);
    }
    required(&b.get(&at).await);
}

/// What waits while the rule is made is judged by it.
#[tokio::test(flavor = "multi_thread")]
async fn roles_are_judged_by_the_rule_that_holds_when_they_are_given() {
    let world = settled().await;
    let robert = world.sign_in("robert.szymanski").await;
    let role = named(&robert, "roles", "administrator").await;
    let at = api(&format!("users/{}", named(&robert, "users", "barbara.dabrowska").await));
    let now = robert.get(&at).await.expect(200).json();
    let _ =
        robert.patch(&at, now["version"].as_u64().unwrap(), &json!({ "roles": [role] })).await.expect(200);
    world.clock.advance_ms(7 * DAY);
    let robert = world.sign_in("robert.szymanski").await;
    let rules = super::approvals::rules(&robert).await;
    let mut next = rules.clone();
    let version = next.as_object_mut().unwrap().remove("version").unwrap();
    next["role_change"] = json!(1);
    let put =
        robert.request(Method::PUT, &api("approvals/rules")).header("if-match", format!("\"{version}\""));
    let put = put.json(&next);
    // A file of many roles holds up what comes after it.
    let one = |n: usize| json!({ "name": format!("rola_{n}"), "label": { "pl": format!("Rola {n}"), "en": format!("Role {n}") }, "things": { "users": "read" } });
    let file =
        json!({ "format": "klucznik-roles", "version": 1, "roles": (0..150).map(one).collect::<Vec<_>>() });
    let marta = api(&format!("users/{}", named(&robert, "users", "marta.nowak").await));
    let now = robert.get(&marta).await.expect(200).json();
    let team = named(&robert, "teams", "Marketing").await;
    let new = json!({ "login": "nowy.admin", "name": "Nowy", "email": "nowy@firma.example", "lang": "pl", "team": team, "roles": [role] });
    let account = json!({ "name": "Program", "owner": now["id"], "team": team, "roles": [role], "ends_at": "2027-06-30T12:00:00Z" });
    let after = |ms: u64| tokio::time::sleep(Duration::from_millis(ms));
    let path = api("roles/import");
    let given = json!({ "roles": [role] });
    let (_, rule, changed, made, program) = tokio::join!(
        robert.post(&path, &file),
        async {
            after(8).await;
            robert.send(put).await
        },
        async {
            after(16).await;
            robert.patch(&marta, now["version"].as_u64().unwrap(), &given).await
        },
        async {
            after(16).await;
            robert.post(&api("users"), &new).await
        },
        async {
            after(16).await;
            robert.post(&api("service-accounts"), &account).await
        },
    );
    let _ = rule.expect(200);
    for refused in [changed, made, program].iter().filter(|answer| answer.status.is_client_error()) {
        required(refused);
    }
    // Whoever was faster than the rule was so in the ledger, too.
    let auditor = world.sign_in("danuta.krol").await;
    let done = async |act: &str| -> Vec<u64> {
        let page = auditor.get(&api(&format!("ledger/events?act={act}"))).await.expect(200).json();
        let done = page["items"].as_array().unwrap().iter().filter(|event| event["outcome"] == "done");
        done.map(|event| event["seq"].as_u64().unwrap()).collect()
    };
    let since = done("approval.rules").await[0];
    for act in ["user.update", "user.create", "service_account.create"] {
        let late = done(act).await.into_iter().filter(|seq| *seq > since).count();
        assert_eq!(late, 0, "{act} after the rule");
    }
}
