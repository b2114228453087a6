//! Second factors: signing in with them, attacks on that, and who must have one.

use super::help::{api, issue, named, problem};
use super::links::invite_to;
use http::header::SET_COOKIE;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD, World};

/// An application that makes codes.
pub struct Phone(totp_rs::Totp);

impl Phone {
    /// The code of so many milliseconds since 1970.
    pub fn code(&self, at: i64) -> String {
        self.0.generate(u64::try_from(at / 1_000).unwrap()).to_string()
    }
}

pub async fn bare(client: &Client, method: Method, path: &str) -> Answer {
    client.send(client.request(method, &api(path))).await
}

/// Adds an application to the caller's account.
pub async fn enrol(client: &Client, now: i64) -> Phone {
    let new = bare(client, Method::POST, "me/factors/totp").await.expect(200).json();
    let secret = totp_rs::Secret::try_from_base32(new["secret"].as_str().unwrap()).unwrap();
    let phone = Phone(totp_rs::Builder::new().with_secret(secret).build_noncompliant());
    let body = json!({ "name": " mój  telefon ", "totp": phone.code(now) });
    let made = client.post(&api("me/factors"), &body).await.expect(201).json();
    assert_eq!((&made["kind"], &made["name"]), (&json!("totp"), &json!("mój telefon")));
    phone
}

pub async fn password(client: &Client, login: &str) -> Answer {
    client.post(&api("sessions"), &json!({ "login": login, "password": PASSWORD })).await
}

pub async fn finish(client: &Client, proof: &Value) -> Answer {
    client.post(&api("sessions/factor"), proof).await
}

/// A cookie that an answer sets, as it is sent back.
pub fn given(answer: &Answer, name: &str) -> String {
    let all = answer.headers.get_all(SET_COOKIE).iter().map(|v| v.to_str().unwrap());
    let found = all.map(|v| v.split(';').next().unwrap()).find(|v| v.starts_with(&format!("{name}=")));
    found.unwrap_or_else(|| panic!("no {name}: {:?}", answer.headers)).to_owned()
}

fn now(world: &World) -> i64 {
    kernel::Clock::now(&*world.clock).0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_signs_in_after_the_password_and_is_good_once() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let phone = enrol(&anna, now(&world)).await;
    let me = anna.get(&api("me")).await.expect(200).json();
    assert_eq!(me["factors"]["kinds"], json!({ "passkey": 0, "totp": 1, "recovery": 0 }));
    assert_eq!(me["factors"]["need"], "none");
    let client = world.client();
    let pending = password(&client, "anna.kowalska").await.expect(202);
    assert_eq!(pending.json(), json!({ "factors": ["totp"] }));
    let cookie = given(&pending, "__Host-klucznik-pending");
    let attributes = pending.headers[SET_COOKIE].to_str().unwrap();
    for attribute in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict", "Max-Age=300"] {
        assert!(attributes.contains(attribute), "{attributes}");
    }
    problem(&client.get(&api("me")).await, 401);
    let secret = cookie.split_once('=').unwrap().1;
    // What is pending is no session and no token.
    let as_session =
        world.client().request(Method::GET, &api("me")).header("cookie", format!("__Host-klucznik={secret}"));
    problem(&world.client().send(as_session).await, 401);
    problem(&world.client().with_token(secret).get(&api("me")).await, 401);
    problem(&finish(&client, &json!({ "totp": "000000" })).await, 401);
    // The code that it was added with is used up.
    problem(&finish(&client, &json!({ "totp": phone.code(now(&world)) })).await, 401);
    world.clock.advance_ms(30_000);
    let code = json!({ "totp": phone.code(now(&world)) });
    let done = finish(&client, &code).await.expect(201);
    assert_eq!(done.json()["user"], me["user"]["id"]);
    assert!(!done.text.contains(secret) && given(&done, "__Host-klucznik").len() > 43 + 15);
    assert_eq!(client.get(&api("me")).await.expect(200).json()["user"]["login"], "anna.kowalska");
    // Neither what was finished nor the code is good again.
    world.clock.advance_ms(1_000);
    let again = world.client().request(Method::POST, &api("sessions/factor")).header("cookie", &cookie);
    problem(&world.client().send(again.json(&code)).await, 401);
    let other = world.client();
    let _ = password(&other, "anna.kowalska").await.expect(202);
    problem(&finish(&other, &code).await, 401);
    // A shape that is none, and two at once.
    for body in
        [json!({}), json!({ "totp": "1", "recovery": "x" }), json!({ "password": PASSWORD, "totp": "1" })]
    {
        problem(&finish(&other, &body).await, 422);
    }
    problem(&finish(&other, &json!({ "password": PASSWORD })).await, 401);
    let events = anna.get(&api("me/events?limit=200")).await.expect(200).text;
    assert!(events.contains("factor.add") && !events.contains(&phone.code(now(&world))));
    let notices = anna.get(&api("notices")).await.expect(200).text;
    assert!(notices.contains("factor-added"), "{notices}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_is_ones_own_and_ends() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let (hers, his) = (enrol(&anna, now(&world)).await, enrol(&piotr, now(&world)).await);
    world.clock.advance_ms(60_000);
    // His code with what she began, and the other way round.
    let client = world.client();
    let _ = password(&client, "anna.kowalska").await.expect(202);
    problem(&finish(&client, &json!({ "totp": his.code(now(&world)) })).await, 401);
    // Five minutes later it is over.
    world.clock.advance_ms(5 * 60_000);
    problem(&finish(&client, &json!({ "totp": hers.code(now(&world)) })).await, 401);
    // Another password ends what was begun with the one before.
    let _ = password(&client, "anna.kowalska").await.expect(202);
    let admin = world.sign_in("robert.szymanski").await;
    let id = named(&admin, "users", "anna.kowalska").await;
    let at = api(&format!("users/{id}"));
    let _ = admin.send(admin.request(Method::DELETE, &format!("{at}/password"))).await.expect(204);
    problem(&finish(&client, &json!({ "totp": hers.code(now(&world)) })).await, 401);
    // And takes no factor away.
    invite_to(&admin, &at, "niebieski-parasol-w-lesie-9", &client).await;
    let new = json!({ "login": "anna.kowalska", "password": "niebieski-parasol-w-lesie-9" });
    let _ = client.post(&api("sessions"), &new).await.expect(202);
    // An application is added in the session that began it, and by its secret.
    let begun = bare(&piotr, Method::POST, "me/step-up").await.expect(200);
    assert_eq!(begun.json()["factors"], json!(["totp"]));
    let _ =
        piotr.post(&api("me/step-up/finish"), &json!({ "totp": his.code(now(&world)) })).await.expect(200);
    let begun = bare(&piotr, Method::POST, "me/factors/totp").await.expect(200);
    let cookie = given(&begun, "__Host-klucznik-pending");
    let body = json!({ "name": "obcy", "totp": "123456" });
    let wrong = piotr.post(&api("me/factors"), &body).await;
    assert_eq!(issue(&problem(&wrong, 422), "totp")["code"], "wrong-code");
    let tomasz = world.client();
    let cookies =
        format!("{cookie}; {}", given(&password(&tomasz, "tomasz.lewandowski").await, "__Host-klucznik"));
    let stolen =
        world.client().request(Method::POST, &api("me/factors")).header("cookie", cookies).json(&body);
    problem(&world.client().send(stolen).await, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_lock_as_wrong_passwords_do() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let phone = enrol(&anna, now(&world)).await;
    let client = world.client();
    for wait in [0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000] {
        world.clock.advance_ms(wait);
        // The right password between them forgives nothing.
        let _ = password(&client, "anna.kowalska").await.expect(202);
        let wrong = problem(&finish(&client, &json!({ "totp": "000000" })).await, 401);
        assert_eq!(wrong["detail"], "This code is wrong, was used already, or its time is over.");
    }
    let locked = finish(&client, &json!({ "totp": phone.code(now(&world)) })).await;
    problem(&locked, 429);
    assert_eq!(locked.headers["retry-after"], "900");
    let admin = world.sign_in("robert.szymanski").await;
    let notices = admin.get(&api("notices")).await.expect(200).json();
    assert_eq!(notices["items"][0]["code"], "login-locked");
    // Whoever comes to codes has the password, and everybody is told so.
    let said = |notices: &Value| {
        let mut all = notices["items"].as_array().unwrap().iter();
        let lock = all.find(|n| n["code"] == "login-locked").expect("a lock");
        lock["body"].as_str().unwrap().to_owned()
    };
    assert!(said(&notices).contains("the password was right"), "{notices}");
    world.clock.advance_ms(15 * 60_000);
    let anna = world.client();
    let _ = password(&anna, "anna.kowalska").await.expect(202);
    let _ = finish(&anna, &json!({ "totp": phone.code(now(&world)) })).await.expect(201);
    let own = anna.get(&api("notices")).await.expect(200).json();
    assert!(said(&own).contains("wrong codes") && said(&own).contains("change it at once"), "{own}");
    let admin = world.sign_in("robert.szymanski").await;
    let locks = admin.get(&api("ledger/events?act=login.locked")).await.expect(200).json();
    assert_eq!(locks["items"][0]["detail"]["after"], "code", "{locks}");
    // Codes of a session prove nothing of the password.
    for wait in [0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000] {
        world.clock.advance_ms(wait);
        let _ = bare(&anna, Method::POST, "me/step-up").await.expect(200);
        problem(&anna.post(&api("me/step-up/finish"), &json!({ "totp": "000000" })).await, 401);
    }
    let own = anna.get(&api("notices")).await.expect(200).json();
    assert!(said(&own).contains("open session") && !said(&own).contains("password was right"), "{own}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_recovery_code_stands_in_once() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    problem(&bare(&anna, Method::POST, "me/factors/recovery").await, 409);
    let _phone = enrol(&anna, now(&world)).await;
    let old = bare(&anna, Method::POST, "me/factors/recovery").await.expect(200).json();
    let made = bare(&anna, Method::POST, "me/factors/recovery").await.expect(200).json();
    let codes: Vec<&str> = made["codes"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), 10);
    assert!(codes.iter().all(|c| c.len() == 19 && c.split('-').count() == 4), "{codes:?}");
    let client = world.client();
    let pending = password(&client, "anna.kowalska").await.expect(202);
    assert_eq!(pending.json(), json!({ "factors": ["totp", "recovery"] }));
    problem(&finish(&client, &json!({ "recovery": old["codes"][0] })).await, 401);
    let typed = codes[0].replace('-', " ").to_uppercase();
    let _ = finish(&client, &json!({ "recovery": typed })).await.expect(201);
    let left = client.get(&api("me")).await.json()["factors"]["kinds"]["recovery"].clone();
    assert_eq!(left, 9);
    let other = world.client();
    let _ = password(&other, "anna.kowalska").await.expect(202);
    problem(&finish(&other, &json!({ "recovery": codes[0] })).await, 401);
    // The same one from two at once.
    for code in &codes[1..8] {
        let (one, two) = (world.client(), world.client());
        let _ = password(&one, "anna.kowalska").await.expect(202);
        let _ = password(&two, "anna.kowalska").await.expect(202);
        let proof = json!({ "recovery": code });
        let (a, b) = tokio::join!(finish(&one, &proof), finish(&two, &proof));
        let mut both = [a.status.as_u16(), b.status.as_u16()];
        both.sort_unstable();
        assert_eq!(both, [201, 401]);
    }
    let notices = anna.get(&api("notices")).await.expect(200).text;
    assert!(notices.contains("recovery-codes-few"), "{notices}");
    // With the application they go too.
    let list = anna.get(&api("me/factors")).await.expect(200).json();
    let items = list["items"].as_array().unwrap();
    let of = |kind: &str| items.iter().find(|i| i["kind"] == kind).unwrap();
    assert_eq!((items.len(), &of("recovery")["left"]), (2, &json!(2)), "{list}");
    let at = format!("me/factors/{}", of("totp")["id"].as_str().unwrap());
    let _ = bare(&anna, Method::DELETE, &at).await.expect(204);
    problem(&bare(&anna, Method::DELETE, &at).await, 404);
    assert_eq!(anna.get(&api("me/factors")).await.expect(200).json()["items"], json!([]));
    let _ = password(&world.client(), "anna.kowalska").await.expect(201);
}

pub async fn require(admin: &Client, version: u64, body: &Value) -> Answer {
    let request = admin.request(Method::PUT, &api("factors/requirement")).json(body);
    admin.send(request.header("if-match", format!("\"{version}\""))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_required_factor_is_due_after_the_grace_and_then_nothing_else_is_served() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let seller = named(&admin, "roles", "seller").await;
    let asked = admin.get(&api("factors/requirement")).await.expect(200);
    assert_eq!(asked.headers["etag"], "\"0\"");
    let scope = json!({ "label": "t", "scope": { "entities": { "person": ["read"] } },
        "ends_at": testkit::START.plus_s(30 * 86_400).rfc3339() });
    let token = anna.post(&api("tokens"), &scope).await.expect(201).json();
    let token = world.client().with_token(token["token"].as_str().unwrap());
    let body = json!({ "everyone": "none", "roles": { (&seller): "any" }, "grace_days": 1 });
    problem(&require(&anna, 0, &body).await, 403);
    problem(&require(&admin, 7, &body).await, 412);
    for (name, wrong) in [
        ("everyone", json!({ "everyone": "passkey", "roles": {}, "grace_days": 0 })),
        ("grace_days", json!({ "everyone": "none", "roles": {}, "grace_days": 31 })),
        (
            "roles",
            json!({ "everyone": "none", "roles": { "0190a6c2-7b1e-7c3d-8e4f-0123456789ab": "any" }, "grace_days": 0 }),
        ),
    ] {
        let _ = issue(&problem(&require(&admin, 0, &wrong).await, 422), name);
    }
    let _ = require(&admin, 0, &body).await.expect(200);
    let me = anna.get(&api("me")).await.expect(200).json();
    let due = testkit::START.plus_ms(now(&world) - testkit::START.0 + 86_400_000).rfc3339();
    assert_eq!((&me["factors"]["due"], &me["factors"]["enrol_only"]), (&json!(due), &json!(false)));
    let _ = anna.get(&api("people")).await.expect(200);
    // Who has one before the time is over keeps working.
    let phone = enrol(&piotr, now(&world)).await;
    world.clock.advance_ms(86_400_000);
    let (anna, piotr, admin) = (world.client(), world.client(), world.sign_in("robert.szymanski").await);
    let _ = password(&piotr, "piotr.zielinski").await.expect(202);
    let _ = finish(&piotr, &json!({ "totp": phone.code(now(&world)) })).await.expect(201);
    let _ = piotr.get(&api("people")).await.expect(200);
    let mine = piotr.get(&api("me/factors")).await.expect(200).json();
    assert_eq!(mine["items"][0]["removable"], false);
    let at = format!("me/factors/{}", mine["items"][0]["id"].as_str().unwrap());
    problem(&bare(&piotr, Method::DELETE, &at).await, 409);
    let _ = password(&anna, "anna.kowalska").await.expect(201);
    let refused = problem(&anna.get(&api("people")).await, 403);
    assert_eq!(
        (&refused["type"], &refused["need"]),
        (&json!("urn:klucznik:problem:factor-required"), &json!("any"))
    );
    assert_eq!(problem(&token.get(&api("people")).await, 403)["type"], refused["type"]);
    nothing_but_enrolling(&anna).await;
    let id = named(&admin, "users", "anna.kowalska").await;
    let seen = admin.get(&api(&format!("users/{id}/factors"))).await.expect(200).json();
    assert_eq!(seen["enrol_only"], true, "{seen}");
    let _phone = enrol(&anna, now(&world)).await;
    let _ = anna.get(&api("people")).await.expect(200);
    let _ = token.get(&api("people")).await.expect(200);
    // Others, of whom nothing is asked, were never kept from anything.
    let _ = world.sign_in("marta.nowak").await.get(&api("people")).await.expect(200);
}

/// Every route of the document, as somebody who must add a factor first.
async fn nothing_but_enrolling(client: &Client) {
    const SERVED: [&str; 10] = [
        "GET /api/v1/me",
        "DELETE /api/v1/sessions/current",
        "GET /api/v1/me/factors",
        "POST /api/v1/me/factors",
        "POST /api/v1/me/factors/totp",
        "POST /api/v1/me/factors/passkey",
        "POST /api/v1/me/factors/recovery",
        "PATCH /api/v1/me/factors/{id}",
        "DELETE /api/v1/me/factors/{id}",
        "POST /api/v1/me/step-up",
    ];
    let open = [
        "/health/live",
        "/health/ready",
        "/api/v1/sessions",
        "/api/v1/sessions/factor",
        "/api/v1/sessions/passkey",
        "/api/v1/reports/csp",
        "/api/v1/sign-in",
        "/api/v1/links/look",
        "/api/v1/links/email",
        "/api/v1/links/refuse-email",
        "/api/v1/links/password",
        "/api/v1/password-resets",
        "/api/v1/sign-on",
        "/api/v1/sign-on/finish",
        "/api/v1/sign-on/back-channel/{provider}",
        "/api/v1/sign-on/front-channel/{provider}",
    ];
    let routes = include_str!("../../../crates/server/src/openapi/routes.txt");
    let mut refused = 0;
    for route in routes.lines() {
        let (method, path) = route.split_once(' ').unwrap();
        if SERVED.contains(&route)
            || route == "POST /api/v1/me/step-up/finish"
            || open.contains(&path) && method != "DELETE" && route != "GET /api/v1/sessions"
        {
            continue;
        }
        let path = path.replace("{entities}", "people").replace("{entity}", "person");
        let path = path.replace("{id}", "0190a6c2-7b1e-7c3d-8e4f-0123456789ab");
        let path = path.replace("{session}", "0190a6c2-7b1e-7c3d-8e4f-0123456789ab");
        let path = path.replace("{token}", "0190a6c2-7b1e-7c3d-8e4f-0123456789ab");
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = client.send(client.request(method, &path).json(&json!({}))).await;
        assert_eq!(problem(&answer, 403)["type"], "urn:klucznik:problem:factor-required", "{route}");
        refused += 1;
    }
    assert!(refused > 70, "{refused} routes were tried");
}
