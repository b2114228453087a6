//! What the server says by itself: to whom, about what, and when it stops.

use super::help::{Made, api, endow, make, named, problem};
use super::matrix::token;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Client, PASSWORD, World};

/// An open stream.
pub struct Stream {
    response: Response,
    text: String,
}

impl Stream {
    pub async fn open(client: &Client, watch: &[&Made]) -> Self {
        let names: Vec<String> = watch.iter().map(|m| format!("watch=person/{}", m.id)).collect();
        let path = api(&format!("stream?{}", names.join("&")));
        let response = client.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let mut stream = Self { response, text: String::new() };
        let hello = stream.next().await.unwrap();
        assert_eq!(hello.0, "hello");
        assert!(hello.1["policy_version"].is_u64());
        stream
    }

    /// The next message, or none at the end.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let (message, rest) = (message.to_owned(), rest.to_owned());
                self.text = rest;
                let part = |name: &str| message.lines().find_map(|l| l.strip_prefix(name)).map(str::trim);
                if let Some(name) = part("event:") {
                    return Some((name.to_owned(), serde_json::from_str(part("data:").unwrap()).unwrap()));
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.response.chunk());
            let chunk = chunk.await.expect("a message in time").ok()??;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next message of this name, whatever comes before it.
    pub async fn until(&mut self, name: &str) -> Value {
        loop {
            let (got, data) = self.next().await.unwrap_or_else(|| panic!("ended before {name}"));
            if got == name {
                return data;
            }
        }
    }

    /// Nothing of this name comes for a while.
    async fn silent(&mut self, name: &str) {
        let wait = async {
            while let Some((got, data)) = self.next().await {
                assert_ne!(got, name, "{data}");
            }
        };
        let _ended = tokio::time::timeout(Duration::from_millis(1_500), wait).await;
    }
}

async fn person(client: &Client, name: &str) -> Made {
    make(client, "people", json!({ "last_name": name })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_told_to_who_may_see_them_by_ids_alone() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let magdalena = world.sign_in("magdalena.wojcik").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let shown = person(&anna, "Widoczna").await;
    let mut lead = Stream::open(&magdalena, &[&shown]).await;
    let mut other = Stream::open(&tomasz, &[&shown]).await;
    assert_eq!(
        other.until("gone").await,
        json!({ "entity": "person", "id": shown.id }),
        "as if it were not there"
    );
    let _ = anna.patch(&shown.at, 1, &json!({ "fields": { "last_name": "Zmieniona" } })).await.expect(200);
    let told = lead.until("record").await;
    assert_eq!(
        (&told["entity"], &told["id"], &told["version"]),
        (&json!("person"), &json!(shown.id), &json!(2))
    );
    assert_eq!(told["by"]["name"], "Anna Kowalska");
    assert_eq!(told.as_object().unwrap().len(), 5);
    assert!(!lead.text.contains("Zmieniona") && !other.text.contains("Zmieniona"));
    assert_eq!(lead.until("list").await, json!({ "entity": "person" }));
    other.silent("record").await;
    // Nobody without a right on the entity hears of its lists.
    let ewa = world.sign_in("ewa.pusta").await;
    let mut without = Stream::open(&ewa, &[]).await;
    person(&anna, "Inna").await;
    without.silent("list").await;
    // An opened stream is an act, and no use of the session.
    let events = magdalena.get(&api("me/events")).await.expect(200).json();
    assert!(events["items"].as_array().unwrap().iter().any(|e| e["act"] == "session.stream"), "{events}");
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_are_those_of_the_moment() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let magdalena = world.sign_in("magdalena.wojcik").await;
    let shown = person(&anna, "Widoczna").await;
    let mut lead = Stream::open(&magdalena, &[&shown]).await;
    let mut own = Stream::open(&anna, &[&shown]).await;
    let before = magdalena.get(&api("me")).await.json()["policy_version"].clone();
    let denies = json!({
        "name": "bez_osob", "label": { "pl": "Bez osób", "en": "Without people" }, "denials": { "person": ["read"] },
    });
    endow(&world, "magdalena.wojcik", &denies).await;
    let now = lead.until("rights").await["policy_version"].clone();
    assert_ne!(now, before);
    assert_eq!(now, magdalena.get(&api("me")).await.json()["policy_version"]);
    assert_eq!(lead.until("gone").await["id"], json!(shown.id));
    let _ = anna.patch(&shown.at, 1, &json!({ "fields": { "last_name": "Dalej" } })).await.expect(200);
    assert_eq!(own.until("record").await["version"], 2);
    for name in ["record", "list"] {
        lead.silent(name).await;
    }
    own.silent("rights").await;
    // Erased records are gone for everybody.
    let zofia = world.sign_in("zofia.jablonska").await;
    let body = json!({ "reason": "Sprzeciw osoby, której dane dotyczą" });
    let _ = zofia.post(&format!("{}/erase", shown.at), &body).await.expect(200);
    assert_eq!(own.until("gone").await["id"], json!(shown.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_and_notices_go_to_their_user_alone() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let robert = world.sign_in("robert.szymanski").await;
    let one = person(&anna, "Pierwsza").await;
    let (mut own, mut other) = (Stream::open(&anna, &[]).await, Stream::open(&tomasz, &[]).await);
    let mut admin = Stream::open(&robert, &[]).await;
    let change = json!({ "select": { "ids": [one.id] }, "action": "delete" });
    let job = anna.post(&api("people/bulk"), &change).await.expect(202).json();
    loop {
        let told = own.until("job").await;
        assert_eq!(told["id"], job["id"]);
        assert!(told.get("result").is_none(), "{told}");
        if told["state"] == "done" {
            break;
        }
    }
    other.silent("job").await;
    for _ in 0..10 {
        let body = json!({ "login": "piotr.zielinski", "password": "niewłaściwe" });
        let _ = world.client().post(&api("sessions"), &body).await.expect(401);
        world.clock.advance_ms(130_000);
    }
    assert_eq!(admin.until("notice").await, json!({ "unread": 1 }));
    let notices = robert.get(&api("notices")).await.expect(200).json();
    let id = notices["items"][0]["id"].as_str().unwrap();
    let _ = robert.post(&api(&format!("notices/{id}/read")), &Value::Null).await.expect(204);
    assert_eq!(admin.until("notice").await, json!({ "unread": 0 }));
    other.silent("notice").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_session_and_does_not_prolong_it() {
    let mut world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let second = world.client();
    second.sign_in("anna.kowalska", PASSWORD).await;
    let (mut first, mut ended) = (Stream::open(&anna, &[]).await, Stream::open(&second, &[]).await);
    let _ = anna.send(anna.request(Method::DELETE, &api("sessions"))).await.expect(204);
    let _ = ended.until("session-ended").await;
    assert!(ended.next().await.is_none(), "the answer ends");
    // Idle: opening streams again and again is no use.
    world.clock.advance_ms(1_000_000);
    let _again = Stream::open(&anna, &[]).await;
    world.clock.advance_ms(900_000);
    let _ = first.until("session-ended").await;
    problem(&anna.get(&api("me")).await, 401);
    // Suspended.
    let piotr = world.sign_in("piotr.zielinski").await;
    let mut suspended = Stream::open(&piotr, &[]).await;
    let admin = world.sign_in("robert.szymanski").await;
    let user = api(&format!("users/{}", named(&admin, "users", "piotr.zielinski").await));
    let _ = admin.patch(&user, 1, &json!({ "active": false })).await.expect(200);
    let _ = suspended.until("session-ended").await;
    // The server's stop does not wait for pages.
    let mut open = Stream::open(&admin, &[]).await;
    tokio::time::timeout(Duration::from_secs(8), world.stop()).await.expect("an end in time");
    assert!(open.next().await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_have_limits() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    problem(&world.client().get(&api("stream")).await, 401);
    problem(&token(&world, &anna).await.get(&api("stream")).await, 403);
    for wrong in
        ["watch=person", "watch=nothing/0190a6c2-7b1e-7c3d-8e4f-0123456789ab", "watch=person/x", "all=true"]
    {
        problem(&anna.get(&api(&format!("stream?{wrong}"))).await, 422);
    }
    let one = person(&anna, "Pierwsza").await;
    let many = vec![format!("watch=person/{}", one.id); 11].join("&");
    problem(&anna.get(&api(&format!("stream?{many}"))).await, 422);
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(Stream::open(&anna, &[&one]).await);
    }
    problem(&anna.get(&api("stream")).await, 429);
    // Nobody takes the places of all by signing in again and again.
    for _ in 0..4 {
        let again = world.sign_in("anna.kowalska").await;
        for _ in 0..8 {
            open.push(Stream::open(&again, &[]).await);
        }
    }
    problem(&world.sign_in("anna.kowalska").await.get(&api("stream")).await, 429);
    let _ = Stream::open(&world.sign_in("piotr.zielinski").await, &[]).await;
    open.clear();
    let again = async {
        while anna.request(Method::GET, &api("stream")).send().await.unwrap().status() != StatusCode::OK {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), again).await.expect("places are given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_where_networks_or_factors_end_all_else() {
    let world = World::new().await;
    let admin = world.sign_in("robert.szymanski").await;
    let seller = super::help::named(&admin, "roles", "seller").await;
    let anna = world.sign_in("anna.kowalska").await;
    let sessions = anna.get(&api("sessions")).await.expect(200).json();
    let session = sessions["items"][0]["id"].as_str().unwrap().parse().unwrap();
    let engine = world.app().engine();
    let at_work = || {
        let actor = engine.actor_of(session).expect("a session");
        engine.present(&records::Caller::new(actor, kernel::Lang::En, engine.policy())).is_ok()
    };
    let mut stream = Stream::open(&anna, &[]).await;
    let rules = json!({ "everyone": {}, "roles": { seller.clone(): { "networks": ["198.51.100.0/24"] } } });
    let put = admin.request(Method::PUT, &api("sessions/rules")).header("if-match", "\"0\"");
    let _ = admin.send(put.json(&rules)).await.expect(200);
    while let Some((name, _)) = stream.next().await {
        assert_ne!(name, "session-ended", "it has not: it is good elsewhere");
    }
    let put = admin.request(Method::PUT, &api("sessions/rules")).header("if-match", "\"1\"");
    let _ = admin.send(put.json(&json!({ "everyone": {}, "roles": {} }))).await.expect(200);
    let mut stream = Stream::open(&anna, &[]).await;
    assert!(at_work());
    let asked = json!({ "everyone": "none", "roles": { seller: "any" }, "grace_days": 0 });
    let _ = super::factors::require(&admin, 0, &asked).await.expect(200);
    while let Some((name, _)) = stream.next().await {
        assert_ne!(name, "session-ended", "a factor can be added in it");
    }
    assert!(!at_work(), "nor does a job go on");
}
