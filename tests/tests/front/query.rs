//! Lists, sums and the search asked with a body, so that no word of it is in an address: the same questions, the same
//! answers, the same refusals, and the same in the ledger.

use super::help::{api, ask, ids, issue, list, make, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

/// What is told of these reads, the last first, without what is of one event alone.
async fn told(client: &Client, act: &str, count: usize) -> Vec<Value> {
    let auditor = client.get(&api(&format!("ledger/events?act={act}&limit={count}"))).await.expect(200);
    let mut events = auditor.json()["items"].as_array().unwrap().clone();
    for event in &mut events {
        for own in ["id", "seq", "at"] {
            event.as_object_mut().unwrap().remove(own);
        }
    }
    events
}

async fn people(world: &World) -> Client {
    let anna = world.sign_in("anna.kowalska").await;
    for (n, name) in ["Zapytana", "Pytalska", "Zapytowska"].into_iter().enumerate() {
        let city = if n == 0 { "Łódź" } else { "Kraków" };
        let _ = make(&anna, "people", json!({ "last_name": name, "city": city, "source": "event" })).await;
    }
    anna
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_asked_with_a_body_is_the_same_list() {
    let world = World::new().await;
    let anna = people(&world).await;
    let asked: [&[(&str, &str)]; 8] = [
        &[],
        &[("q", "zapyt")],
        &[("filter", "city:eq:Kraków"), ("filter", "last_name:starts:Zap"), ("count", "true")],
        &[("filter", "city:in:Łódź,Kraków"), ("sort", "-last_name"), ("refs", "true")],
        &[("fields", "last_name,city"), ("next_activity", "true"), ("limit", "200")],
        &[("binned", "true")],
        &[("parent", "0190a6c2-7b1e-7c3d-8e4f-0123456789ab")],
        &[("q", "nikogo takiego nie ma")],
    ];
    for parameters in asked {
        let by_address = list(&anna, "people", parameters).await.expect(200).json();
        let by_body = ask(&anna, "people", parameters).await.expect(200).json();
        assert_eq!(by_address, by_body, "{parameters:?}");
    }
    let first = [("sort", "last_name"), ("filter", "city:filled"), ("limit", "1")];
    // A page of one goes on in the other.
    let mut found = Vec::new();
    let mut page = ask(&anna, "people", &first).await.expect(200).json();
    for turn in 0..3 {
        found.extend(ids(&page));
        let Some(cursor) = page["next_cursor"].as_str().map(str::to_owned) else { break };
        let next = [&first[..], &[("cursor", &cursor)]].concat();
        let answer =
            if turn == 0 { list(&anna, "people", &next).await } else { ask(&anna, "people", &next).await };
        page = answer.expect(200).json();
    }
    let all = list(&anna, "people", &[("sort", "last_name")]).await.expect(200).json();
    assert_eq!((found.len(), found), (3, ids(&all)));

    let groups = async |body: Value| anna.post(&api("people/totals"), &body).await.expect(200).json();
    let sums = [("group", "source"), ("filter", "last_name:starts:Zap")];
    let by_address = list(&anna, "people/totals", &sums).await.expect(200).json();
    assert_eq!(by_address["items"][0]["count"], 2, "{by_address}");
    assert_eq!(groups(json!({ "group": "source", "filter": ["last_name:starts:Zap"] })).await, by_address);
    let by_address = list(&anna, "search", &[("q", "zapytana"), ("limit", "3")]).await.expect(200).json();
    let by_body = anna.post(&api("search"), &json!({ "q": "zapytana", "limit": 3 })).await.expect(200).json();
    assert_eq!(by_address["groups"].as_array().unwrap().len(), 1);
    assert_eq!(by_body, by_address);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_told_as_reading_and_without_a_word_of_what_was_asked() {
    let world = World::new().await;
    let anna = people(&world).await;
    let auditor = world.sign_in("danuta.krol").await;
    let with = [("q", "zapytana"), ("filter", "city:eq:Łódź"), ("fields", "last_name")];
    let _ = list(&anna, "people", &with).await.expect(200);
    let _ = ask(&anna, "people", &with).await.expect(200);
    let _ =
        list(&anna, "people/totals", &[("group", "source"), ("filter", "city:eq:Łódź")]).await.expect(200);
    let body = json!({ "group": "source", "filter": ["city:eq:Łódź"] });
    let _ = anna.post(&api("people/totals"), &body).await.expect(200);
    let _ = list(&anna, "search", &[("q", "zapytana")]).await.expect(200);
    let _ = anna.post(&api("search"), &json!({ "q": "zapytana" })).await.expect(200);
    for act in ["record.list", "record.count", "record.search"] {
        let events = told(&auditor, act, 2).await;
        assert_eq!(events[0], events[1], "{act}");
        assert_eq!(events[0]["user"]["name"], "Anna Kowalska", "{act}");
        let said = json!(events).to_string().to_lowercase();
        assert!(!said.contains("zapytan") && !said.contains("łódź"), "{said}");
    }
    assert_eq!(told(&auditor, "record.list", 1).await[0]["detail"]["filters"], json!(["city"]));
    // It changes nothing, and a token that may only read may ask.
    let before = anna.get(&api("me/preferences")).await.expect(200).json();
    anna.step_up(testkit::PASSWORD).await;
    let ends_at = "2026-12-31T12:00:00Z";
    let scope = json!({ "entities": { "person": ["read"] } });
    let token = json!({ "label": "Czyta", "scope": scope, "networks": [], "ends_at": ends_at });
    let made = anna.post(&api("tokens"), &token).await.expect(201).json();
    let bearer = world.client().with_token(made["token"].as_str().unwrap());
    assert_eq!(ids(&ask(&bearer, "people", &with).await.expect(200).json()).len(), 1);
    problem(&ask(&bearer, "companies", &[("q", "x")]).await, 403);
    let _ = bearer.post(&api("search"), &json!({ "q": "zapytana" })).await.expect(200);
    assert_eq!(anna.get(&api("me/preferences")).await.expect(200).json(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_address_may_not_ask_a_body_may_not() {
    let world = World::new().await;
    let anna = people(&world).await;
    let many: Vec<(&str, &str)> = (0..40).map(|_| ("filter", "city:filled")).collect();
    let long = "x".repeat(2_000);
    let refused: [&[(&str, &str)]; 9] = [
        &[("filter", "pesel:eq:44051401359")],
        &[("filter", "unicorn:eq:1")],
        &[("filter", "city:matches:x")],
        &[("sort", "pesel")],
        &[("limit", "0")],
        &[("limit", "5000")],
        &[("cursor", "cokolwiek")],
        &[("q", &long)],
        &many,
    ];
    let plain = |answer: &Answer| {
        let mut said = problem(answer, 422);
        said.as_object_mut().unwrap().remove("request_id");
        said
    };
    for parameters in refused {
        let by_address = plain(&list(&anna, "people", parameters).await);
        assert_eq!(by_address, plain(&ask(&anna, "people", parameters).await), "{:?}", parameters[0]);
    }
    // What a list does not know is refused as what no body holds.
    let said = problem(&anna.post(&api("people/query"), &json!({ "owner": "x" })).await, 422);
    assert!(said["detail"].as_str().unwrap().contains("owner"), "{said}");
    for (path, body) in [("people/totals", json!({ "filter": [] })), ("search", json!({ "limit": 3 }))] {
        problem(&anna.post(&api(path), &body).await, 422);
    }
    let _ = issue(&problem(&anna.post(&api("search"), &json!({ "q": "" })).await, 422), "q");
    problem(&anna.post(&api("unicorns/query"), &json!({})).await, 404);
    problem(&anna.get(&api("people/query")).await, 404);
    problem(&anna.send(anna.request(Method::POST, &api("people/query")).body("q=x")).await, 415);
    problem(&world.client().post(&api("people/query"), &json!({})).await, 401);
    let much = json!({ "q": "x".repeat(2 << 20) });
    problem(&anna.post(&api("people/query"), &much).await, 413);
    // Who reads nothing reads nothing this way either.
    let ewa = world.sign_in("ewa.pusta").await;
    problem(&ewa.post(&api("people/totals"), &json!({ "group": "owner" })).await, 403);
    problem(&ewa.post(&api("people/query"), &json!({ "q": "zapytana" })).await, 403);
    let nothing = ewa.post(&api("search"), &json!({ "q": "zapytana" })).await;
    assert!(!nothing.text.contains("Zapytana"), "{}", nothing.text);
}
