//! Whoever manages users or roles cannot make more of it than was given.

use serde_json::json;
use testkit::World;

fn by_name(list: &serde_json::Value, key: &str, name: &str) -> serde_json::Value {
    let items = list["items"].as_array().expect("items");
    items.iter().find(|i| i[key] == name).cloned().unwrap_or_else(|| panic!("{name} in {list}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_over_things_are_given_by_those_alone_who_have_them() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let keeper = json!({
        "name": "user_keeper", "label": { "pl": "Opiekun użytkowników", "en": "User keeper" },
        "things": { "users": "manage" },
    });
    let keeper = admin.post("/api/v1/roles", &keeper).await.expect(201).json();
    let shaper = json!({
        "name": "role_shaper", "label": { "pl": "Twórca ról", "en": "Role shaper" }, "things": { "roles": "manage" },
    });
    let shaper = admin.post("/api/v1/roles", &shaper).await.expect(201).json();
    let users = admin.get("/api/v1/users").await.json();
    let (anna, piotr) =
        (by_name(&users, "login", "anna.kowalska"), by_name(&users, "login", "piotr.zielinski"));
    for (user, role) in [(&anna, &keeper), (&piotr, &shaper)] {
        let path = format!("/api/v1/users/{}", user["id"].as_str().unwrap());
        let change = json!({ "roles": [role["id"]] });
        let _ = admin.patch(&path, user["version"].as_u64().unwrap(), &change).await.expect(200);
    }
    let administrator = by_name(&admin.get("/api/v1/roles").await.json(), "name", "administrator");
    let robert = by_name(&users, "login", "robert.szymanski");

    let anna_in = world.sign_in("anna.kowalska").await;
    let new = |roles: serde_json::Value| {
        json!({ "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example",
            "team": anna["team"], "roles": roles, "invite": {} })
    };
    let _ = anna_in.post("/api/v1/users", &new(json!([administrator["id"]]))).await.expect(403);
    let _ = anna_in.post("/api/v1/users", &new(json!([shaper["id"]]))).await.expect(403);
    let own = anna_in.get("/api/v1/me").await.json()["user"].clone();
    let path = format!("/api/v1/users/{}", own["id"].as_str().unwrap());
    let wish = json!({ "roles": [keeper["id"], administrator["id"]] });
    let _ = anna_in.patch(&path, own["version"].as_u64().unwrap(), &wish).await.expect(403);
    let path = format!("/api/v1/users/{}/password", robert["id"].as_str().unwrap());
    let _ = anna_in.send(anna_in.request(reqwest::Method::DELETE, &path)).await.expect(403);
    // Nor does she shut out, or let go, whoever has more.
    let path = format!("/api/v1/users/{}", robert["id"].as_str().unwrap());
    for change in [json!({ "active": false }), json!({ "ends_at": "2026-12-01T00:00:00Z" })] {
        let _ = anna_in.patch(&path, robert["version"].as_u64().unwrap(), &change).await.expect(403);
    }
    // What is hers to give, she gives.
    let _ = anna_in.post("/api/v1/users", &new(json!([keeper["id"]]))).await.expect(201);

    let piotr_in = world.sign_in("piotr.zielinski").await;
    let more = json!({
        "name": "role_shaper", "label": { "pl": "Twórca ról", "en": "Role shaper" },
        "things": { "roles": "manage", "keys": "manage" },
    });
    let path = format!("/api/v1/roles/{}", shaper["id"].as_str().unwrap());
    let put = piotr_in.request(reqwest::Method::PUT, &path).header("if-match", "\"1\"").json(&more);
    let _ = piotr_in.send(put).await.expect(403);

    let danuta = world.sign_in("danuta.krol").await;
    let events = danuta.get("/api/v1/ledger/events?limit=200").await.expect(200).json();
    let refused = |who: &str| {
        let of = |e: &&serde_json::Value| e["act"] == "access.refused" && e["user"]["name"] == who;
        events["items"].as_array().unwrap().iter().filter(of).count()
    };
    assert_eq!(
        (refused("Anna Kowalska"), refused("Piotr Zieliński")),
        (6, 1),
        "each attempt is written down"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_for_a_service_account_gets_no_further_by_it() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let users = admin.get("/api/v1/users").await.json();
    let [robert, anna] = ["robert.szymanski", "anna.kowalska"].map(|login| by_name(&users, "login", login));
    let administrator = by_name(&admin.get("/api/v1/roles").await.json(), "name", "administrator");
    let ends_at = testkit::START.plus_s(86_400).rfc3339();
    let scope = json!({ "entities": {}, "things": { "users": "manage", "roles": "manage" } });
    for (owner, reads) in [(&anna, 403), (&robert, 200)] {
        let account = json!({
            "name": "Robot", "owner": owner["id"], "team": robert["team"], "roles": [administrator["id"]],
            "ends_at": ends_at,
        });
        let made = admin.post("/api/v1/service-accounts", &account).await.expect(201);
        let tokens = format!("{}/tokens", made.headers["location"].to_str().unwrap());
        let of = world.sign_in(owner["login"].as_str().unwrap()).await;
        let token = json!({ "label": "Robot", "scope": scope, "ends_at": ends_at });
        let secret = of.post(&tokens, &token).await.expect(201).json()["token"].clone();
        let robot = world.client().with_token(secret.as_str().unwrap());
        let _ = robot.get("/api/v1/users").await.expect(reads);
        let path = format!("/api/v1/users/{}", anna["id"].as_str().unwrap());
        let change = json!({ "lang": "en" });
        let _ = robot.patch(&path, anna["version"].as_u64().unwrap(), &change).await.expect(reads);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_built_in_role_can_be_put_back_unchanged() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let roles = admin.get("/api/v1/roles").await.expect(200).json();
    let built_in = |r: &&serde_json::Value| r["built_in"] == true;
    let roles: Vec<_> = roles["items"].as_array().unwrap().iter().filter(built_in).collect();
    assert_eq!(roles.len(), 9);
    for role in roles {
        let path = format!("/api/v1/roles/{}", role["id"].as_str().unwrap());
        let mut input = serde_json::Map::new();
        for key in ["name", "label", "entities", "denials", "things"] {
            input.insert(key.to_owned(), role[key].clone());
        }
        let version = format!("\"{}\"", role["version"]);
        let put = admin.request(reqwest::Method::PUT, &path).header("if-match", version).json(&input);
        let after = admin.send(put).await.expect(200).json();
        for key in input.keys() {
            assert_eq!(after[key], role[key], "{} {key}", role["name"]);
        }
    }
    // A field of people named for companies is none.
    let wrong = json!({
        "name": "wrong", "label": { "pl": "Zła", "en": "Wrong" },
        "entities": { "company": { "fields": { "birthday": "hidden" } } },
    });
    let _ = admin.post("/api/v1/roles", &wrong).await.expect(422);
}
