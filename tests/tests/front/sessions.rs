//! Signing in and out: cookies, refusals that tell nothing, locks, ends, and rights that change meanwhile.

use super::help::{api, issue, make, named, problem};
use super::links::invite_to;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, PASSWORD, World};

async fn login(client: &Client, name: &str, password: &str) -> Answer {
    client.post(&api("sessions"), &json!({ "login": name, "password": password })).await
}

/// Everything of an answer that an attacker can compare, but the time.
fn shape(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().filter(|(name, _)| *name != "date" && *name != "x-request-id");
    let headers = headers.map(|(n, v)| (n.to_string(), v.to_str().unwrap().to_owned())).collect();
    (answer.status.as_u16(), headers, answer.told())
}

/// How many events of a list are of attempts outside somebody's rights.
fn refused(events: &Value) -> usize {
    events["items"].as_array().unwrap().iter().filter(|e| e["act"] == "access.refused").count()
}

async fn suspend(admin: &Client, login: &str, active: bool) {
    let id = named(admin, "users", login).await;
    let at = api(&format!("users/{id}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": active })).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lives_in_a_safe_cookie_and_ends() {
    let world = World::new().await;
    let client = world.client();
    problem(&client.get(&api("me")).await, 401);
    let answer = login(&client, "  Anna.KOWALSKA ", PASSWORD).await.expect(201);
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert!(pair.starts_with("__Host-klucznik=") && pair.len() >= 16 + 43, "{cookie}");
    let mut attributes: Vec<&str> = attributes.split("; ").collect();
    attributes.sort_unstable();
    assert_eq!(
        attributes,
        ["HttpOnly", "Path=/", "SameSite=Strict", "Secure"],
        "and no Domain, which __Host- forbids"
    );
    let secret = pair.split_once('=').unwrap().1;
    assert!(!answer.text.contains(secret), "the secret is in the cookie alone");
    assert_eq!(client.get(&api("me")).await.expect(200).json()["user"]["login"], "anna.kowalska");
    // The secret of a cookie is no bearer token.
    problem(&world.client().with_token(secret).get(&api("me")).await, 401);

    let out = client.send(client.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert!(out.headers.contains_key("clear-site-data"));
    let stolen = world.client();
    let request = stolen.request(Method::GET, &api("me")).header("cookie", pair);
    problem(&stolen.send(request).await, 401);

    // Several sessions: listed, revoked by id, by all others.
    let (one, two, three) = (
        world.sign_in("anna.kowalska").await,
        world.sign_in("anna.kowalska").await,
        world.sign_in("anna.kowalska").await,
    );
    let list = one.get(&api("sessions")).await.expect(200).json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(items.iter().filter(|s| s["current"] == true).count(), 1);
    let second = two.get(&api("sessions")).await.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["current"] == true)
        .unwrap()["id"]
        .clone();
    let at = api(&format!("sessions/{}", second.as_str().unwrap()));
    let piotr = world.sign_in("piotr.zielinski").await;
    let unknown = api("sessions/0190a6c2-7b1e-7c3d-8e4f-0123456789ab");
    let same = problem(&piotr.send(piotr.request(Method::DELETE, &at)).await, 404);
    assert_eq!(problem(&piotr.send(piotr.request(Method::DELETE, &unknown)).await, 404), same);
    let tried = piotr.get(&api("me/events?limit=200")).await.expect(200).json();
    assert_eq!(refused(&tried), 2, "another's is as none, and asking for it an event: {tried}");
    let _ = two.get(&api("me")).await.expect(200);
    let _ = one.send(one.request(Method::DELETE, &at)).await.expect(204);
    problem(&two.get(&api("me")).await, 401);
    let _ = one.send(one.request(Method::DELETE, &api("sessions"))).await.expect(204);
    problem(&three.get(&api("me")).await, 401);
    let _ = one.get(&api("me")).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_sign_ins_look_the_same_and_lock() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let team = named(&admin, "teams", "Marketing").await;
    let user =
        json!({ "login": "bez.hasla", "name": "Bez Hasła", "email": "bez@firma.example", "team": team });
    let _ = admin.post(&api("users"), &user).await.expect(201);
    suspend(&admin, "ewa.pusta", false).await;
    let client = world.client();
    let wrong = shape(&login(&client, "piotr.zielinski", "złe hasło").await);
    assert_eq!(wrong.0, 401);
    for (name, password) in [
        ("nie.ma.takiego", "złe hasło"),
        ("nie.ma.takiego", PASSWORD),
        ("ewa.pusta", PASSWORD),
        ("ewa.pusta", "złe hasło"),
        ("bez.hasla", ""),
        ("bez.hasla", PASSWORD),
        ("", PASSWORD),
        ("piotr.zielinski\u{0}", PASSWORD),
        ("tomasz.lewandowski", &"x".repeat(10_000)),
    ] {
        assert_eq!(shape(&login(&client, name, password).await), wrong, "{name}");
    }

    // Three are free, then each waits longer; a name nobody has is treated the same.
    let mut shapes: Vec<Vec<_>> = Vec::new();
    for name in ["marta.nowak", "nikt.taki"] {
        // The network's own failures are forgotten first, and the administrator's session stays in use.
        let _ = admin.get(&api("me")).await.expect(200);
        world.clock.advance_ms(25 * 60_000);
        let _ = admin.get(&api("me")).await.expect(200);
        let mut told = Vec::new();
        for _ in 0..3 {
            told.push(shape(&login(&client, name, "złe hasło").await));
        }
        let soon = login(&client, name, PASSWORD).await;
        problem(&soon, 429);
        assert_eq!(soon.headers["retry-after"], "1", "not even the right password is looked at");
        told.push(shape(&soon));
        for wait in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000] {
            world.clock.advance_ms(wait);
            told.push(shape(&login(&client, name, "złe hasło").await));
        }
        let locked = login(&client, name, PASSWORD).await;
        problem(&locked, 429);
        assert_eq!(locked.headers["retry-after"], "900");
        told.push(shape(&locked));
        shapes.push(told);
    }
    assert_eq!(shapes[0], shapes[1]);
    let notices = admin.get(&api("notices")).await.expect(200).json();
    let notices = notices["items"].as_array().unwrap();
    assert_eq!(notices.len(), 1, "a lock of a name that nobody has is no news");
    assert_eq!(notices[0]["code"], "login-locked");
    assert!(notices[0]["title"].as_str().unwrap().contains("Marta Nowak"));
    let at = api(&format!("notices/{}/read", notices[0]["id"].as_str().unwrap()));
    let anna = world.sign_in("anna.kowalska").await;
    problem(&anna.send(anna.request(Method::POST, &at)).await, 404);
    let tried = anna.get(&api("me/events?limit=1")).await.expect(200).json();
    assert_eq!(
        tried["items"][0]["act"], "access.refused",
        "another's is as none, and asking for it an event"
    );
    // All or none.
    let (many, one) = (api("notices/read"), &notices[0]["id"]);
    problem(&anna.post(&many, &json!({ "ids": [one] })).await, 404);
    problem(&admin.post(&many, &json!({ "ids": [one, kernel::RecordId::NIL] })).await, 404);
    assert_eq!(admin.get(&api("notices")).await.json()["items"][0]["read_at"], Value::Null);
    for wrong in [json!([]), json!(vec![one; 201])] {
        issue(&problem(&admin.post(&many, &json!({ "ids": wrong })).await, 422), "ids");
    }
    let _ = admin.post(&many, &json!({ "ids": [one, one] })).await.expect(204);
    let read = admin.get(&api("notices")).await.json()["items"][0]["read_at"].clone();
    world.clock.advance_ms(1_000);
    let _ = admin.send(admin.request(Method::POST, &at)).await.expect(204);
    assert_eq!(
        admin.get(&api("notices")).await.json()["items"][0]["read_at"],
        read,
        "when it was first read"
    );
    assert_ne!(admin.get(&api("notices")).await.json()["items"][0]["read_at"], Value::Null);
    // A lock of one does not keep the others out, and ends.
    world.clock.advance_ms(15 * 60_000);
    let _ = login(&client, "marta.nowak", PASSWORD).await.expect(201);
    let seen = world.sign_in("danuta.krol").await.get(&api("ledger/events?limit=200")).await.expect(200);
    assert!(seen.text.contains("login.locked") && seen.text.contains("login.refused"));
    assert!(
        !seen.text.contains("złe hasło") && !seen.text.contains("nikt.taki"),
        "what was typed is nobody's business"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_end_by_the_clock() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let idle = world.sign_in("piotr.zielinski").await;
    world.clock.advance_ms(29 * 60_000);
    let _ = anna.get(&api("me")).await.expect(200);
    world.clock.advance_ms(60_000);
    problem(&idle.get(&api("me")).await, 401);
    // Used all the time, it still ends after twelve hours; a restart does not make it longer.
    for _ in 0..23 {
        let _ = anna.get(&api("me")).await.expect(200);
        world.clock.advance_ms(29 * 60_000);
    }
    let _ = anna.get(&api("me")).await.expect(200);
    world.clock.advance_ms(12 * 3_600_000 - (29 + 1 + 23 * 29) * 60_000 - 1);
    let _ = anna.get(&api("me")).await.expect(200);
    world.clock.advance_ms(1);
    problem(&anna.get(&api("me")).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_asks_by_itself_does_not_prolong_a_session() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    for _ in 0..29 {
        world.clock.advance_ms(60_000);
        for path in ["jobs", "notices"] {
            let _ = anna.get(&api(path)).await.expect(200);
        }
    }
    world.clock.advance_ms(60_000);
    problem(&anna.get(&api("jobs")).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_rights_are_in_force_at_the_next_request() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let anna = world.sign_in("anna.kowalska").await;
    let made = make(&anna, "companies", json!({ "name": "Zasłonięta" })).await;
    let id = named(&admin, "users", "anna.kowalska").await;
    let at = api(&format!("users/{id}"));
    let before = admin.get(&at).await.expect(200).json();
    let version = before["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "roles": [] })).await.expect(200);
    problem(&anna.get(&made.at).await, 404);
    problem(&anna.get(&api("companies")).await, 403);
    let _ = admin.patch(&at, version + 1, &json!({ "roles": before["roles"] })).await.expect(200);
    let _ = anna.get(&made.at).await.expect(200);
    problem(&admin.patch(&at, version, &json!({ "roles": [] })).await, 412);

    // A role that changes; a team that changes.
    let roles = admin.get(&api("roles")).await.expect(200).json();
    let seller = roles["items"].as_array().unwrap().iter().find(|r| r["name"] == "seller").unwrap().clone();
    let mut narrow = json!({ "name": "seller", "label": seller["label"], "entities": seller["entities"] });
    narrow["denials"] = json!({ "company": ["update"] });
    let role = api(&format!("roles/{}", seller["id"].as_str().unwrap()));
    let put = |version: u64| {
        admin.request(Method::PUT, &role).header("if-match", format!("\"{version}\"")).json(&narrow)
    };
    problem(&admin.send(put(99)).await, 412);
    let _ = admin.send(put(seller["version"].as_u64().unwrap())).await.expect(200);
    problem(&anna.patch(&made.at, 1, &json!({ "fields": {} })).await, 403);
    let south = named(&admin, "teams", "Południe").await;
    let _ = admin.patch(&at, version + 2, &json!({ "team": south })).await.expect(200);
    let _ = anna.get(&made.at).await.expect(200);
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    problem(&tomasz.get(&made.at).await, 404);

    suspend(&admin, "anna.kowalska", false).await;
    problem(&anna.get(&made.at).await, 401);
    assert_eq!(login(&world.client(), "anna.kowalska", PASSWORD).await.status.as_u16(), 401);
    suspend(&admin, "anna.kowalska", true).await;
    problem(&anna.get(&made.at).await, 401);
    let _ = world.sign_in("anna.kowalska").await;
    // The last administrator stays one.
    let own = named(&admin, "users", "robert.szymanski").await;
    let own = api(&format!("users/{own}"));
    let version = admin.get(&own).await.json()["version"].as_u64().unwrap();
    problem(&admin.patch(&own, version, &json!({ "active": false })).await, 409);
    problem(&admin.patch(&own, version, &json!({ "roles": [] })).await, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_are_checked_and_their_change_ends_other_sessions() {
    let world = World::new().await;
    let (here, there) = (world.sign_in("anna.kowalska").await, world.sign_in("anna.kowalska").await);
    let put = |new: &str, current: &str| json!({ "current": current, "new": new });
    for weak in ["", "krótkie", "aaaaaaaaaaaaaaaa", "anna.kowalska", "Anna Kowalska 2026"] {
        let refused = problem(&here.put(&api("me/password"), &put(weak, PASSWORD)).await, 422);
        assert!(!refused["issues"].as_array().unwrap().is_empty(), "the reason is told: {weak}");
    }
    let fresh = "czerwony-tramwaj-pod-mostem-9";
    problem(&here.put(&api("me/password"), &put(fresh, "nie to")).await, 401);
    let _ = there.get(&api("me")).await.expect(200);
    let _ = here.put(&api("me/password"), &put(fresh, PASSWORD)).await.expect(204);
    problem(&there.get(&api("me")).await, 401);
    let _ = here.get(&api("me")).await.expect(200);
    assert_eq!(login(&world.client(), "anna.kowalska", PASSWORD).await.status.as_u16(), 401);
    let _ = login(&world.client(), "anna.kowalska", fresh).await.expect(201);
    // An administrator takes it away, and never learns the next one: all sessions end.
    let admin = world.sign_in("robert.szymanski").await;
    let at = api(&format!("users/{}", named(&admin, "users", "anna.kowalska").await));
    let taken = || admin.request(Method::DELETE, &format!("{at}/password"));
    // Not one's own, which would lead nowhere.
    let own = api(&format!("users/{}/password", named(&admin, "users", "robert.szymanski").await));
    problem(&admin.send(admin.request(Method::DELETE, &own)).await, 409);
    let _ = admin.send(taken()).await.expect(204);
    problem(&admin.send(taken()).await, 404);
    problem(&here.get(&api("me")).await, 401);
    assert_eq!(login(&world.client(), "anna.kowalska", fresh).await.status.as_u16(), 401);
    invite_to(&admin, &at, PASSWORD, &world.client()).await;
    let anna = world.sign_in("anna.kowalska").await;
    let listed = admin.get(&format!("{at}/sessions")).await.expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let _ = admin.send(admin.request(Method::DELETE, &format!("{at}/sessions"))).await.expect(204);
    problem(&anna.get(&api("me")).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_ends_one_session_or_token_of_a_user() {
    let world = World::new().await;
    let (anna, there) = (world.sign_in("anna.kowalska").await, world.sign_in("anna.kowalska").await);
    let wish = json!({ "label": "Skrypt", "scope": { "entities": { "person": ["read"] } }, "ends_at": "2027-01-31T12:00:00Z" });
    let _ = anna.post(&api("tokens"), &wish).await.expect(201);
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let admin = world.sign_in("robert.szymanski").await;
    let at = async |login: &str| api(&format!("users/{}/sessions", named(&admin, "users", login).await));
    let (annas, tomaszs) = (at("anna.kowalska").await, at("tomasz.lewandowski").await);
    let end = async |client: &Client, path: &str| client.send(client.request(Method::DELETE, path)).await;
    let own = there.get(&api("sessions")).await.expect(200).json();
    let first = |key: &str, value: Value| {
        let found = own["items"].as_array().unwrap().iter().find(|s| s[key] == value).unwrap();
        found["id"].as_str().unwrap()
    };
    let (id, token) = (first("current", true.into()), first("kind", "token".into()));

    // Only who manages sessions, and only under the user whose it is.
    problem(&end(&tomasz, &format!("{annas}/{id}")).await, 403);
    problem(&end(&anna, &format!("{annas}/{id}")).await, 403);
    for wrong in
        [format!("{tomaszs}/{id}"), format!("{annas}/{}", named(&admin, "users", "anna.kowalska").await)]
    {
        problem(&end(&admin, &wrong).await, 404);
    }
    problem(&end(&admin, &format!("{annas}/current")).await, 404);
    let tried = admin.get(&api("me/events?limit=200")).await.expect(200).json();
    assert_eq!(refused(&tried), 3, "{tried}");
    let _ = there.get(&api("me")).await.expect(200);

    let _ = end(&admin, &format!("{annas}/{id}")).await.expect(204);
    problem(&there.get(&api("me")).await, 401);
    let _ = anna.get(&api("me")).await.expect(200);
    problem(&end(&admin, &format!("{annas}/{id}")).await, 404);
    let _ = end(&admin, &format!("{annas}/{token}")).await.expect(204);
    let left = admin.get(&annas).await.expect(200).json();
    assert_eq!(left["items"].as_array().unwrap().len(), 1);

    let danuta = world.sign_in("danuta.krol").await;
    let events = danuta.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let by_admin = |act: &str| {
        let of = |e: &&Value| e["act"] == act && e["user"]["name"] == "Robert Szymański";
        events["items"].as_array().unwrap().iter().filter(of).count()
    };
    assert_eq!((by_admin("session.end"), by_admin("token.revoke")), (1, 1));
}
