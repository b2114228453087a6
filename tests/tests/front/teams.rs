//! A team is a right as roles are: whom it is given, and where it hangs, is looked at, approved and told. OWASP API
//! Security 2023: API5 (function level), API6 (business flows).

use super::approvals::{WEEK, asked, post, required, second_administrator, settled, try_rules, user};
use super::help::{api, endow, ids, issue, list, make, named, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

async fn team(client: &Client, name: &str) -> Value {
    let all = client.get(&api("teams")).await.expect(200).json();
    all["items"].as_array().unwrap().iter().find(|team| team["name"] == name).unwrap().clone()
}

fn at(team: &Value, tail: &str) -> String {
    api(&format!("teams/{}{tail}", team["id"].as_str().unwrap()))
}

/// The body by which a team hangs on another one.
fn under(team: &Value, parent: &Value) -> Value {
    json!({ "name": team["name"], "parent": parent["id"] })
}

async fn hang(client: &Client, team: &Value, parent: &Value) -> Answer {
    let put =
        client.request(Method::PUT, &at(team, "")).header("if-match", format!("\"{}\"", team["version"]));
    client.send(put.json(&under(team, parent))).await
}

async fn gains(client: &Client) -> Vec<String> {
    let request = client.request(Method::GET, &api("notices")).header("accept-language", "en");
    let told = client.send(request).await.expect(200).json();
    let of = told["items"].as_array().unwrap().iter().filter(|n| n["code"] == "rights-gained");
    of.map(|n| n["body"].as_str().unwrap().to_owned()).collect()
}

async fn events(world: &World, act: &str) -> Value {
    let auditor = world.sign_in("danuta.krol").await;
    auditor.get(&api(&format!("ledger/events?act={act}&limit=1"))).await.expect(200).json()["items"][0]
        .clone()
}

/// Who leads, and may arrange teams.
async fn leader(world: &World) -> Client {
    let role = json!({ "name": "arranges", "label": { "pl": "Układa", "en": "Arranges" }, "things": { "teams": "manage" } });
    let _ = endow(world, "magdalena.wojcik", &role).await;
    world.sign_in("magdalena.wojcik").await
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_it_concerns_that_a_team_hangs_elsewhere_is_told_before_and_others_are_told_after() {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let [board, sales] = [team(&robert, "Zarząd").await, team(&robert, "Sprzedaż").await];
    let _ = hang(&robert, &team(&robert, "Południe").await, &board).await.expect(200);
    let south = team(&robert, "Południe").await;
    let made =
        make(&world.sign_in("tomasz.lewandowski").await, "people", json!({ "last_name": "Południowa" }))
            .await;
    let magda = leader(&world).await;
    problem(&magda.get(&made.at).await, 404);
    let seen = magda.post(&at(&south, "/preview"), &under(&south, &sales)).await.expect(200).json();
    assert_eq!((&seen["gaining"], &seen["losing"]), (&json!(1), &json!(0)), "{seen}");
    let group = &seen["groups"][0];
    assert_eq!((&group["team"]["name"], &group["users"]), (&json!("Sprzedaż"), &Value::Null), "{seen}");
    assert!(
        group["gained"].to_string().contains("Południe") && !group["gained"].to_string().contains("Północ"),
        "{seen}"
    );
    // To whoever reads users by name, and counted.
    let seen = robert.post(&at(&south, "/preview"), &under(&south, &sales)).await.expect(200).json();
    let group = &seen["groups"][0];
    assert_eq!(group["users"][0]["name"], "Magdalena Wójcik", "{seen}");
    let people =
        group["records"].as_array().unwrap().iter().find(|count| count["entity"] == "person").unwrap();
    assert_eq!((&people["before"], &people["after"]), (&json!(0), &json!(1)), "{seen}");
    // Nothing was changed, and what cannot be is refused as for saving it.
    problem(&magda.get(&made.at).await, 404);
    let north = team(&magda, "Północ").await;
    issue(&problem(&magda.post(&at(&sales, "/preview"), &under(&sales, &north)).await, 422), "parent");
    problem(
        &world.sign_in("anna.kowalska").await.post(&at(&south, "/preview"), &under(&south, &sales)).await,
        403,
    );
    let gone = json!({ "id": made.id, "name": "Nie ma" });
    problem(&magda.post(&at(&gone, "/preview"), &under(&south, &sales)).await, 404);

    let _ = hang(&magda, &south, &sales).await.expect(200);
    let _ = magda.get(&made.at).await.expect(200);
    let [told] = gains(&robert).await.try_into().unwrap();
    assert!(told.contains("“Południe”") && told.contains("records of the team"), "{told}");
    assert_eq!(gains(&magda).await, Vec::<String>::new());
    let event = events(&world, "team.update").await;
    assert_eq!(event["detail"]["parent"], sales["id"], "{event}");
    assert_eq!(event["detail"]["before"], json!({ "parent": board["id"], "renamed": false }), "{event}");
    // A name alone, and what gives the one who does it nothing, are told to nobody.
    let sales = team(&magda, "Sprzedaż").await;
    let put =
        magda.request(Method::PUT, &at(&sales, "")).header("if-match", format!("\"{}\"", sales["version"]));
    let _ = magda.send(put.json(&json!({ "name": "Handel" }))).await.expect(200);
    let [north, south] = [team(&robert, "Północ").await, team(&robert, "Południe").await];
    let _ = hang(&robert, &north, &south).await.expect(200);
    assert_eq!(gains(&robert).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moves_to_another_team_is_seen_by_other_administrators() {
    let world = World::new().await;
    let role = json!({ "name": "keeper", "label": { "pl": "Opiekun", "en": "Keeper" }, "things": { "users": "manage" } });
    let _ = endow(&world, "anna.kowalska", &role).await;
    let (anna, robert) = (world.sign_in("anna.kowalska").await, world.sign_in("robert.szymanski").await);
    let south =
        make(&world.sign_in("tomasz.lewandowski").await, "people", json!({ "last_name": "Południowa" }))
            .await;
    assert_eq!(
        ids(&list(&anna, "people", &[("q", "poludniowa")]).await.expect(200).json()),
        Vec::<String>::new()
    );
    let me = user(&robert, "anna.kowalska").await;
    let own = api(&format!("users/{}", me["id"].as_str().unwrap()));
    let change = json!({ "team": named(&anna, "teams", "Południe").await });
    let _ = anna.patch(&own, me["version"].as_u64().unwrap(), &change).await.expect(200);
    let _ = anna.get(&south.at).await.expect(200);
    let [told] = gains(&robert).await.try_into().unwrap();
    assert!(
        told.contains("moved to the team “Południe”") && told.contains("records of the team “Południe”"),
        "{told}"
    );
    // Whom somebody else moves gives oneself nothing.
    let piotr = user(&robert, "piotr.zielinski").await;
    let at = api(&format!("users/{}", piotr["id"].as_str().unwrap()));
    let _ = anna.patch(&at, piotr["version"].as_u64().unwrap(), &change).await.expect(200);
    assert_eq!(gains(&robert).await.len(), 1);
    // Robert's roles give him no records of any team, but something may have been shared with that one.
    let me = user(&robert, "robert.szymanski").await;
    let own = api(&format!("users/{}", me["id"].as_str().unwrap()));
    let _ = robert.patch(&own, me["version"].as_u64().unwrap(), &change).await.expect(200);
    let [told] = gains(&anna).await.try_into().unwrap();
    assert!(told.contains("moved to the team “Południe”"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_person_approves_another_team_and_where_a_team_hangs() {
    let world = settled().await;
    let barbara = second_administrator(&world, "barbara.dabrowska").await;
    let magda = leader(&world).await;
    world.clock.advance_ms(WEEK);
    let (robert, _) = (world.sign_in("robert.szymanski").await, (barbara, magda));
    let _ = try_rules(&robert, json!({ "role_change": 1 })).await.expect(200);

    let tomasz = user(&robert, "tomasz.lewandowski").await;
    let north = team(&robert, "Północ").await;
    let mut act = json!({ "user_roles": { "user": tomasz["id"], "version": tomasz["version"], "roles": tomasz["roles"] } });
    problem(
        &robert.post(&api("approvals"), &json!({ "act": act, "reason": "Nic się nie zmienia" })).await,
        409,
    );
    act["user_roles"]["team"] = north["id"].clone();
    let seen = robert.post(&api("approvals/preview"), &json!({ "act": act })).await.expect(200).json();
    assert_eq!(seen["needs_approval"], true, "{seen}");
    assert!(seen["what"].to_string().contains("Południe → Północ"), "{seen}");
    let id = asked(&robert, &act).await;
    let barbara = world.sign_in("barbara.dabrowska").await;
    let _ = post(&barbara, &id, "approve").await.expect(204);
    assert_eq!(user(&robert, "tomasz.lewandowski").await["team"], north["id"]);

    let [board, sales] = [team(&robert, "Zarząd").await, team(&robert, "Sprzedaż").await];
    let magda = world.sign_in("magdalena.wojcik").await;
    required(&hang(&magda, &board, &sales).await);
    let act =
        json!({ "team": { "id": board["id"], "version": board["version"], "team": under(&board, &sales) } });
    let seen = magda.post(&api("approvals/preview"), &json!({ "act": act })).await.expect(200).json();
    // Three are of it.
    assert_eq!((&seen["count"], &seen["kind"]), (&json!(3), &json!("role_change")), "{seen}");
    assert!(seen["what"].to_string().contains("– → Sprzedaż"), "{seen}");
    let id = asked(&magda, &act).await;
    problem(&post(&magda, &id, "approve").await, 404);
    let _ = post(&world.sign_in("barbara.dabrowska").await, &id, "approve").await.expect(204);
    assert_eq!(team(&robert, "Zarząd").await["parent"], sales["id"]);
    // A program's team as well.
    let owner = user(&robert, "anna.kowalska").await;
    let account = json!({ "name": "Program", "owner": owner["id"], "team": north["id"], "roles": [], "ends_at": "2027-06-30T12:00:00Z" });
    let made = robert.post(&api("service-accounts"), &account).await.expect(201).json();
    let own = api(&format!("service-accounts/{}", made["id"].as_str().unwrap()));
    required(&robert.patch(&own, made["version"].as_u64().unwrap(), &json!({ "team": board["id"] })).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_on_which_grants_rest_is_deleted_after_they_have_ended() {
    let world = World::new().await;
    let (robert, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let people = json!({ "person": { "scopes": { "read": "own" }, "level": "read" } });
    let role = json!({ "name": "shown", "label": { "pl": "Pokazane", "en": "Shown" }, "entities": people });
    let role = robert.post(&api("roles"), &role).await.expect(201).json();
    let (ewa, record) = (
        named(&anna, "colleagues", "Ewa Pusta").await,
        make(&anna, "people", json!({ "last_name": "Dana" })).await,
    );
    let body = json!({ "to": { "user": ewa }, "role": role["id"], "reason": "Pomoc przy ofercie" });
    let grant = anna.post(&format!("{}/grants", record.at), &body).await.expect(201).json();
    let ewa = world.sign_in("ewa.pusta").await;
    let at = api(&format!("roles/{}", role["id"].as_str().unwrap()));
    let refused = problem(&robert.delete(&at, 1).await, 409);
    assert!(refused["detail"].as_str().unwrap().contains(": 1."), "{refused}");
    let _ = ewa.get(&record.at).await.expect(200);
    let grant = api(&format!("grants/{}", grant["id"].as_str().unwrap()));
    assert!(robert.delete(&grant, 0).await.status.is_success());
    problem(&ewa.get(&record.at).await, 404);
    let _ = robert.delete(&at, 1).await.expect(204);
    problem(&robert.delete(&at, 1).await, 404);
}
