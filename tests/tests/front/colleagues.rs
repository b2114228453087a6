//! Who is offered as a new owner: only who could be one, and told apart from others of the same name.

use super::hand_over::set_active;
use super::help::{api, issue, named, problem};
use serde_json::{Value, json};
use testkit::{Client, START, World};

async fn offered(client: &Client, entities: &[&str]) -> Vec<Value> {
    let query: Vec<String> = entities.iter().map(|entity| format!("to_own={entity}")).collect();
    let list = client.get(&api(&format!("colleagues?{}", query.join("&")))).await.expect(200).json();
    list["items"].as_array().unwrap().clone()
}

fn names(list: &[Value]) -> Vec<&str> {
    let mut names: Vec<&str> = list.iter().map(|one| one["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names
}

/// Log-in names that are told, by name.
fn logins(list: &[Value]) -> Vec<(&str, &str)> {
    let mut told: Vec<_> =
        list.iter().filter_map(|one| Some((one["name"].as_str()?, one["login"].as_str()?))).collect();
    told.sort_unstable();
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_are_offered_who_could_own_the_records() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let team = named(&admin, "teams", "Północ").await;
    let seller = named(&admin, "roles", "seller").await;
    let program = json!({ "name": "Program", "team": team, "roles": [seller],
        "owner": named(&admin, "users", "anna.kowalska").await, "ends_at": START.plus_s(86_400).rfc3339() });
    let _ = admin.post(&api("service-accounts"), &program).await.expect(201);
    let sales = ["Anna Kowalska", "Magdalena Wójcik", "Piotr Zieliński", "Tomasz Lewandowski"];
    assert_eq!(names(&offered(&leader, &["person"]).await), sales, "whom she could give a person");
    let anna = world.sign_in("anna.kowalska").await;
    assert_eq!(names(&offered(&anna, &["deal"]).await), ["Anna Kowalska", "Piotr Zieliński"], "her team");
    // Whoever has no rights is offered nobody, and learns nothing of the roles of others.
    for login in ["ewa.pusta", "danuta.krol"] {
        assert!(offered(&world.sign_in(login).await, &["person", "deal"]).await.is_empty(), "{login}");
    }
    // An administrator owns and gives nothing, but reads users: all who would see such records.
    let seen = offered(&admin, &["deal"]).await;
    for name in sales.into_iter().chain(["Barbara Dąbrowska"]) {
        assert!(names(&seen).contains(&name), "{name}: {seen:?}");
    }
    for name in ["Marta Nowak", "Ewa Pusta", "Danuta Król", "Robert Szymański", "Program"] {
        assert!(!names(&seen).contains(&name), "{name}: {seen:?}");
    }
    assert!(names(&offered(&admin, &["deal", "person"]).await).contains(&"Marta Nowak"), "any of these");
    // Who is suspended or has left is offered no more, and without a condition still named.
    let users =
        [named(&admin, "users", "piotr.zielinski").await, named(&admin, "users", "tomasz.lewandowski").await];
    set_active(&admin, &users[0], false).await;
    let at = api(&format!("users/{}", users[1]));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let end = json!({ "ends_at": START.plus_s(600).rfc3339() });
    let _ = admin.patch(&at, version, &end).await.expect(200);
    assert_eq!(
        names(&offered(&leader, &["person"]).await),
        ["Anna Kowalska", "Magdalena Wójcik", "Tomasz Lewandowski"]
    );
    world.clock.advance_ms(600_000);
    assert_eq!(names(&offered(&leader, &["person"]).await), ["Anna Kowalska", "Magdalena Wójcik"]);
    let all = leader.get(&api("colleagues")).await.expect(200).json();
    assert!(names(all["items"].as_array().unwrap()).contains(&"Piotr Zieliński"), "{all}");
    let refused = problem(&leader.get(&api("colleagues?to_own=secret")).await, 422);
    assert_eq!(issue(&refused, "to_own")["code"], "unknown-entity");
    problem(&leader.get(&api("colleagues?owner=person")).await, 422);
}

/// A log-in name is half of what signs in: nobody hears one who does not read users, but of two who could be confused.
#[tokio::test(flavor = "multi_thread")]
async fn two_of_one_name_are_told_apart_and_no_other_login_is_told() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let role = named(&admin, "roles", "seller").await;
    for (login, name, team) in [
        ("jan.nowak", "Jan Nowak", "Północ"),
        ("jan.nowak2", "JAN  nowak", "Północ"),
        ("jan.trzeci", "Jan Nowak", "Południe"),
    ] {
        let team = named(&admin, "teams", team).await;
        let new = json!({ "login": login, "name": name, "email": format!("{login}@firma.example"), "team": team, "roles": [role] });
        let _ = world.engage(&admin, &new).await;
    }
    let leader = world.sign_in("magdalena.wojcik").await;
    let seen = offered(&leader, &["company"]).await;
    let told: Vec<&str> = logins(&seen).into_iter().map(|(_, login)| login).collect();
    assert_eq!(told, ["jan.nowak2", "jan.nowak", "magdalena.wojcik"], "{seen:?}");
    // Not where no owner is chosen, nor to whoever could give them nothing.
    let all = async |client: &Client| {
        client.get(&api("colleagues")).await.expect(200).json()["items"].as_array().unwrap().clone()
    };
    assert_eq!(logins(&all(&leader).await), [("Magdalena Wójcik", "magdalena.wojcik")]);
    let south = world.sign_in("tomasz.lewandowski").await;
    assert_eq!(logins(&offered(&south, &["company"]).await), [("Tomasz Lewandowski", "tomasz.lewandowski")]);
    let everybody = all(&admin).await;
    let told = logins(&everybody);
    assert_eq!(told.len(), everybody.len(), "whoever reads users: {everybody:?}");
    assert!(told.contains(&("Piotr Zieliński", "piotr.zielinski")), "{told:?}");
    // A token that may not read users hears none, whoever made it.
    let body = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": START.plus_s(3_600).rfc3339() });
    let token = admin.post(&api("tokens"), &body).await.expect(201).json();
    let robot = world.client().with_token(token["token"].as_str().unwrap());
    assert_eq!(logins(&all(&robot).await), [("Robert Szymański", "robert.szymanski")]);
}
