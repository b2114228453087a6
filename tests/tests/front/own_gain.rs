//! Whoever gives oneself more rights is seen by all others who could have.

use super::help::{api, endow, named};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, START, World};

/// What a user is told of such a gain, newest first: titles and texts in a language.
async fn told(client: &Client, lang: &str) -> Vec<(String, String)> {
    let request = client.request(Method::GET, &api("notices")).build().unwrap();
    let mut request = request;
    request.headers_mut().insert("accept-language", lang.parse().unwrap());
    let notices = client.run(request).await.expect(200).json();
    let of = notices["items"].as_array().unwrap().iter().filter(|n| n["code"] == "rights-gained");
    let text = |n: &Value, key: &str| n[key].as_str().unwrap().to_owned();
    of.map(|n| (text(n, "title"), text(n, "body"))).collect()
}

async fn user_of(client: &Client, login: &str) -> (String, Value) {
    let at = api(&format!("users/{}", named(client, "users", login).await));
    let user = client.get(&at).await.expect(200).json();
    (at, user)
}

/// Gives a user these roles beside the ones held.
async fn give(client: &Client, login: &str, more: &[&str]) -> Answer {
    let (at, user) = user_of(client, login).await;
    let mut roles = user["roles"].as_array().unwrap().clone();
    roles.extend(more.iter().map(|role| json!(role)));
    client.patch(&at, user["version"].as_u64().unwrap(), &json!({ "roles": roles })).await
}

/// Changes a role as it is.
async fn edit(client: &Client, id: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let roles = client.get(&api("roles")).await.expect(200).json();
    let role = roles["items"].as_array().unwrap().iter().find(|r| r["id"] == *id).unwrap();
    let mut next = role.clone();
    change(&mut next);
    let kept = ["name", "label", "entities", "denials", "things"];
    next.as_object_mut().unwrap().retain(|key, _| kept.contains(&key.as_str()));
    let put = client.request(Method::PUT, &api(&format!("roles/{id}")));
    client.send(put.header("if-match", format!("\"{}\"", role["version"])).json(&next)).await
}

struct House {
    world: World,
    robert: Client,
    /// Who manages users, and who manages roles.
    others: [Client; 2],
    shaper: String,
}

/// Beside the administrator, Anna manages users and Piotr roles.
async fn house() -> House {
    let world = World::new().await;
    let robert = world.sign_in("robert.szymanski").await;
    let keeper = json!({ "name": "keeper", "label": { "pl": "Opiekun", "en": "Keeper" }, "things": { "users": "manage" } });
    let shaper = json!({ "name": "shaper", "label": { "pl": "Twórca ról", "en": "Shaper" }, "things": { "roles": "manage" } });
    let _ = endow(&world, "anna.kowalska", &keeper).await;
    let shaper = endow(&world, "piotr.zielinski", &shaper).await;
    let others = [world.sign_in("anna.kowalska").await, world.sign_in("piotr.zielinski").await];
    House { world, robert, others, shaper }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_given_to_oneself_is_told_to_all_others_who_manage_users_or_roles() {
    let House { world, robert, others: [anna, piotr], .. } = house().await;
    let [dpo, seller] = [named(&robert, "roles", "dpo").await, named(&robert, "roles", "seller").await];
    assert_eq!(told(&anna, "en").await, [], "what administrators give others is told to nobody");
    let _ = give(&robert, "robert.szymanski", &[&dpo]).await.expect(200);
    for other in [&anna, &piotr] {
        let [(title, body)] = told(other, "en").await.try_into().unwrap();
        assert!(title.ends_with(": Robert Szymański"), "{title}");
        assert!(body.contains("the roles: Data protection officer."), "{body}");
        assert!(body.contains("people (all) – reading, erasing for good"), "{body}");
        let [(title, body)] = told(other, "pl").await.try_into().unwrap();
        assert!(title.starts_with("Uprawnienia nadane sobie: Robert"), "{title}");
        assert!(body.contains("nadała sobie role: Inspektor ochrony danych."), "{body}");
        assert!(body.contains("osoby (wszystkie) – odczyt, trwałe usuwanie"), "{body}");
    }
    assert_eq!(told(&robert, "en").await, [], "who did it knows");
    let auditor = world.sign_in("danuta.krol").await;
    assert_eq!(told(&auditor, "en").await, [], "an auditor reads the ledger");
    let events = auditor.get(&api("ledger/events?act=notification.create&limit=1")).await.expect(200).json();
    let detail = &events["items"][0]["detail"];
    assert_eq!((&detail["code"], &detail["count"]), (&json!("rights-gained"), &json!(2)), "{events}");

    // The same once more is no act; what is taken, and what others are given, is no gain of one's own.
    let (at, own) = user_of(&robert, "robert.szymanski").await;
    let version = own["version"].as_u64().unwrap();
    let administrator = named(&robert, "roles", "administrator").await;
    let _ = robert.patch(&at, version, &json!({ "roles": own["roles"] })).await.expect(200);
    let _ = robert.patch(&at, version, &json!({ "name": "Robert Szymański-Nowak" })).await.expect(200);
    let _ = give(&robert, "marta.nowak", &[&seller]).await.expect(200);
    let _ = robert.patch(&at, version + 1, &json!({ "roles": [administrator] })).await.expect(200);
    assert_eq!(told(&anna, "en").await.len(), 1);
    world.clock.advance_ms(1_000);
    // Two at once are one act, and it does not matter that a token does it.
    let scope = json!({ "entities": {}, "things": { "users": "manage", "ledger": "read" } });
    let token = json!({ "label": "t", "scope": scope, "ends_at": START.plus_s(86_400).rfc3339() });
    let made = robert.post(&api("tokens"), &token).await.expect(201).json();
    let program = world.client().with_token(made["token"].as_str().unwrap());
    let now = give(&program, "robert.szymanski", &[&dpo, &seller]).await.expect(200).json();
    assert_eq!(now["roles"].as_array().unwrap().len(), 3, "{now}");
    let [(_, body), _] = told(&piotr, "en").await.try_into().unwrap();
    assert!(body.contains("Seller") && body.contains("Data protection officer"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_of_ones_own_that_is_widened_is_told_with_what_is_gained() {
    let House { world, robert, others: [anna, piotr], shaper } = house().await;
    let people = |scopes: Value, level: &str| json!({ "person": { "scopes": scopes, "level": level } });
    // What is gained by nobody who does it: somebody else's role, and a name.
    let _ = edit(&robert, &shaper, |role| role["entities"] = people(json!({ "read": "own" }), "read"))
        .await
        .expect(200);
    let _ = edit(&piotr, &shaper, |role| role["label"]["en"] = json!("Role shaper")).await.expect(200);
    assert_eq!((told(&robert, "en").await, told(&anna, "en").await), (vec![], vec![]));
    let wide = || people(json!({ "read": "all", "update": "own" }), "read");
    let _ = edit(&piotr, &shaper, |role| role["entities"] = wide()).await.expect(200);
    for other in [&robert, &anna] {
        let [(title, body)] = told(other, "en").await.try_into().unwrap();
        assert!(title.ends_with(": Piotr Zieliński"), "{title}");
        assert!(body.contains("a role of their own: Role shaper."), "{body}");
        assert!(body.contains("people (all) – reading"), "{body}");
        let [(_, body)] = told(other, "pl").await.try_into().unwrap();
        assert!(
            body.contains("którą sama ma: Twórca ról.") && body.contains("osoby (wszystkie) – odczyt"),
            "{body}"
        );
    }
    assert_eq!(told(&piotr, "en").await, []);
    // Fields that open, and a denial that goes, are gains too; narrowing is none, nor is what another role gives anyway.
    let _ = edit(&piotr, &shaper, |role| role["denials"] = json!({ "person": ["read"] })).await.expect(200);
    assert_eq!(told(&robert, "en").await.len(), 1);
    let _ = edit(&piotr, &shaper, |role| role["denials"] = json!({})).await.expect(200);
    assert_eq!(told(&robert, "en").await.len(), 2);
    world.clock.advance_ms(1_000);
    let _ =
        edit(&piotr, &shaper, |role| role["entities"]["person"]["special"] = json!("read")).await.expect(200);
    let opened = told(&robert, "en").await;
    assert!(
        opened.len() == 3 && opened[0].1.contains("seeing the fields: ") && opened[0].1.contains("PESEL"),
        "{opened:?}"
    );
    let deals = json!({ "scopes": { "read": "team" }, "level": "read" });
    let _ = edit(&piotr, &shaper, |role| role["entities"]["deal"] = deals).await.expect(200);
    assert_eq!(told(&robert, "en").await.len(), 3, "a seller sees deals of the team already");
}
