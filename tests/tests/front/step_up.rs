//! Confirming to be there anew, before what must not be done with a session that somebody else got hold of.

use super::factors::{bare, enrol, given};
use super::help::{api, make, named, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD, World};

const FIVE: i64 = 5 * 60_000;

fn now(world: &World) -> i64 {
    kernel::Clock::now(&*world.clock).0
}

async fn begin(client: &Client) -> Value {
    bare(client, Method::POST, "me/step-up").await.expect(200).json()
}

async fn confirm(client: &Client, proof: &Value) -> Answer {
    client.post(&api("me/step-up/finish"), proof).await
}

async fn token(client: &Client) -> Answer {
    let body = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": testkit::START.plus_s(86_400).rfc3339() });
    client.post(&api("tokens"), &body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_is_the_password_of_whoever_has_nothing_else() {
    let world = World::new().await;
    let client = world.client();
    let answer = super::factors::password(&client, "anna.kowalska").await.expect(201);
    let old = given(&answer, "__Host-klucznik");
    let _ = token(&client).await.expect(201);
    world.clock.advance_ms(FIVE);
    let refused = problem(&token(&client).await, 403);
    assert_eq!(refused["type"], "urn:klucznik:problem:step-up-required");
    assert_eq!(refused["factors"], json!(["password"]));
    let _ = client.get(&api("people")).await.expect(200);
    // Not without beginning, not with a wrong password, not with what another session began.
    problem(&confirm(&client, &json!({ "password": PASSWORD })).await, 401);
    assert_eq!(begin(&client).await["factors"], json!(["password"]));
    problem(&confirm(&client, &json!({ "password": "złe" })).await, 401);
    problem(&confirm(&client, &json!({ "totp": "123456" })).await, 401);
    let other = world.client();
    let _ = super::factors::password(&other, "anna.kowalska").await.expect(201);
    let begun = bare(&other, Method::POST, "me/step-up").await.expect(200);
    let cookies = format!("{old}; {}", given(&begun, "__Host-klucznik-pending"));
    let swapped = world.client().request(Method::POST, &api("me/step-up/finish")).header("cookie", cookies);
    problem(&world.client().send(swapped.json(&json!({ "password": PASSWORD }))).await, 401);
    world.clock.advance_ms(2_000);
    let done = confirm(&client, &json!({ "password": PASSWORD })).await.expect(200);
    let new = given(&done, "__Host-klucznik");
    assert_ne!(old, new);
    let _ = token(&client).await.expect(201);
    // The secret before is good for what is under way, and for nothing that asks.
    let with = |cookie: &str, method: Method, path: &str| {
        let request = world.client().request(method, &api(path)).header("cookie", cookie.to_owned());
        async { world.client().send(request).await }
    };
    let _ = with(&old, Method::GET, "me").await.expect(200);
    let rotate = with(&old, Method::POST, "me/factors/totp").await;
    assert_eq!(problem(&rotate, 403)["type"], "urn:klucznik:problem:step-up-required");
    let listed = client.get(&api("sessions")).await.expect(200).json();
    let sessions = listed["items"].as_array().unwrap().iter().filter(|s| s["kind"] == "session").count();
    assert_eq!(sessions, 2, "it is the same session");
    // A second time with what was finished.
    problem(&confirm(&client, &json!({ "password": PASSWORD })).await, 401);
    let _ = with(&new, Method::GET, "me").await.expect(200);
    // Later it is only shown by who took it: then the session is over.
    world.clock.advance_ms(10_000);
    problem(&with(&old, Method::GET, "me").await, 401);
    problem(&with(&new, Method::GET, "me").await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_factor_confirms_by_it_alone() {
    let mut world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let (hers, his) = (enrol(&anna, now(&world)).await, enrol(&piotr, now(&world)).await);
    world.clock.advance_ms(FIVE);
    assert_eq!(begin(&anna).await["factors"], json!(["totp"]));
    problem(&confirm(&anna, &json!({ "password": PASSWORD })).await, 401);
    problem(&confirm(&anna, &json!({ "totp": his.code(now(&world)) })).await, 401);
    let _ = anna.get(&api("me")).await.expect(200);
    let code = json!({ "totp": hers.code(now(&world)) });
    let _ = confirm(&anna, &code).await.expect(200);
    let fresh = anna.get(&api("me")).await.json()["factors"]["fresh_until"].clone();
    assert_eq!(fresh, kernel::Time(now(&world) + FIVE).rfc3339());
    // The code is used up, for signing in too.
    let _ = begin(&anna).await;
    problem(&confirm(&anna, &code).await, 401);
    // A changed password asks for the factor, too.
    world.clock.advance_ms(FIVE + 60_000);
    let change = json!({ "current": PASSWORD, "new": "niebieski-parasol-w-lesie-9" });
    let refused = problem(&anna.put(&api("me/password"), &change).await, 403);
    assert_eq!(refused["factors"], json!(["totp"]));
    // What was confirmed and under which secret outlives a restart.
    let _ = begin(&anna).await;
    let _ = confirm(&anna, &json!({ "totp": hers.code(now(&world)) })).await.expect(200);
    world.stop().await;
    world.start().await.unwrap();
    let anna = anna.at(world.address());
    let _ = anna.put(&api("me/password"), &change).await.expect(204);
}

/// What of each entity asks.
const OF_EACH: [&str; 4] = ["export{many}", "export{many}File", "grant{one}", "reveal{one}Field"];

/// And of everything else: export, keys, roles, teams, users, handing over, sharing, factors, tokens, approvals and what
/// sessions are held to. Ending a grant depends on whose it is (`ending_a_grant_asks_whoever_does_not_give_it_back`).
const MARKED: [&str; 56] = [
    "answerEmailChange",
    "approve",
    "approveAccessRequest",
    "askApproval",
    "askFactorReset",
    "askForEmail",
    "beginPasskey",
    "beginTotp",
    "confirmFactorReset",
    "createAccessReview",
    "createCover",
    "createPartner",
    "createRole",
    "createServiceAccount",
    "createServiceToken",
    "createTeam",
    "createToken",
    "createUser",
    "deleteRole",
    "endAllSessions",
    "endOtherSessions",
    "endServiceToken",
    "endSession",
    "endUserSession",
    "endUserSessions",
    "eraseCompany",
    "eraseLead",
    "erasePerson",
    "exportAccessReview",
    "exportDisclosures",
    "handOverRecords",
    "handOverServiceAccount",
    "importRoles",
    "inviteUser",
    "linkAccount",
    "lostEmail",
    "makeRecoveryCodes",
    "putApprovalRules",
    "putFactorRequirement",
    "putRoleConflicts",
    "putSessionRules",
    "readJobFile",
    "removeFactor",
    "renameFactor",
    "renewGrant",
    "replaceReviewer",
    "rollBackRole",
    "rotateKeys",
    "takeUserPassword",
    "unlinkAccount",
    "updatePartner",
    "updateRole",
    "updateServiceAccount",
    "updateTeam",
    "updateUser",
    "withdrawAccess",
];

/// Each operation that the document marks, with a session whose proof is too old.
#[tokio::test(flavor = "multi_thread")]
async fn every_marked_operation_asks_and_no_token_is_asked() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let document = admin.get(&api("openapi.json")).await.expect(200).json();
    let body = json!({ "label": "t", "scope": { "entities": { "person": ["read", "export"] } },
        "ends_at": testkit::START.plus_s(86_400).rfc3339() });
    let lead = world.sign_in("magdalena.wojcik").await;
    let made = lead.post(&api("tokens"), &body).await.expect(201).json();
    let _ = make(&lead, "people", json!({ "last_name": "Nowak" })).await;
    world.clock.advance_ms(FIVE);
    let bearer = world.client().with_token(made["token"].as_str().unwrap());
    let _ = bearer.get(&api("people/export")).await.expect(200);
    let mut asked = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["x-step-up"] != "always" {
                continue;
            }
            let path = path.replace("{id}", "0190a6c2-7b1e-7c3d-8e4f-0123456789ab");
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = admin.send(admin.request(method, &path).json(&json!({}))).await;
            let told = problem(&answer, 403);
            assert_eq!(told["type"], "urn:klucznik:problem:step-up-required", "{path}");
            asked.push(operation["operationId"].as_str().unwrap().to_owned());
        }
    }
    asked.sort();
    let mut marked: Vec<String> = MARKED.iter().map(|name| (*name).to_owned()).collect();
    for (one, many) in [
        ("Activity", "Activities"),
        ("Company", "Companies"),
        ("Deal", "Deals"),
        ("Lead", "Leads"),
        ("Note", "Notes"),
        ("Person", "People"),
    ] {
        marked.extend(OF_EACH.iter().map(|name| name.replace("{one}", one).replace("{many}", many)));
    }
    marked.sort();
    assert_eq!(asked, marked, "a mark that goes is a hole, and a new one belongs into the list");
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_a_grant_asks_whoever_does_not_give_it_back() {
    let world = World::new().await;
    let (admin, anna) = (world.sign_in("robert.szymanski").await, world.sign_in("anna.kowalska").await);
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let (viewer, user) =
        (named(&admin, "roles", "viewer").await, named(&admin, "users", "tomasz.lewandowski").await);
    let record = make(&anna, "people", json!({ "last_name": "Nowak" })).await;
    let grant = async || {
        let body = json!({ "to": { "user": user }, "role": viewer, "reason": "Zastępstwo" });
        let made = anna.post(&format!("{}/grants", record.at), &body).await.expect(201).json();
        api(&format!("grants/{}", made["id"].as_str().unwrap()))
    };
    let (given_back, taken) = (grant().await, grant().await);
    world.clock.advance_ms(FIVE);
    let _ = tomasz.delete(&given_back, 0).await.expect(204);
    for thief in [&anna, &admin] {
        let refused = problem(&thief.delete(&taken, 0).await, 403);
        assert_eq!(refused["type"], "urn:klucznik:problem:step-up-required");
    }
    // Whoever may not end it learns nothing of it by being asked.
    let stranger = world.sign_in("marta.nowak").await;
    world.clock.advance_ms(FIVE);
    problem(&stranger.delete(&taken, 0).await, 404);
    let _ = tomasz.get(&record.at).await.expect(200);
    anna.step_up(PASSWORD).await;
    let _ = anna.delete(&taken, 0).await.expect(204);
    problem(&tomasz.get(&record.at).await, 404);
}
