//! Attacks on what the interface lives by: long works, the stream, preferences, saved views, search. By
//! other sites, by tokens, by other users, and by size.

use super::help::{api, endow, issue, list, make, problem};
use super::jobs::ended;
use super::matrix::token;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Client, World};

const FOREIGN: [(&str, &str); 4] = [
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-site"),
    ("origin", "https://evil.example"),
    ("origin", "null"),
];

async fn jobs(client: &Client) -> usize {
    client.get(&api("jobs")).await.expect(200).json()["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn other_sites_start_nothing_and_hear_nothing() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let person = make(&anna, "people", json!({ "last_name": "Celowa" })).await;
    let bulk = json!({ "select": { "ids": [person.id] }, "action": "delete" });
    let view = json!({ "entity": "person", "name": "Obcy", "query": "" });
    let tries: [(Method, &str, Value); 11] = [
        (Method::POST, "people/bulk", bulk.clone()),
        (Method::POST, "people/export", json!({ "format": "csv" })),
        (Method::POST, "people/duplicates", json!({ "fields": { "last_name": "Celowa" } })),
        (Method::PUT, "me/preferences", json!({ "theme": "dark" })),
        (Method::POST, "views", view),
        (Method::GET, "stream", Value::Null),
        (Method::GET, "search?q=celowa", Value::Null),
        (Method::POST, "search", json!({ "q": "celowa" })),
        (Method::POST, "people/query", json!({ "q": "celowa" })),
        (Method::POST, "people/totals", json!({ "group": "owner", "filter": ["last_name:eq:Celowa"] })),
        (Method::GET, "jobs", Value::Null),
    ];
    for (name, value) in FOREIGN {
        for (method, path, body) in &tries {
            let request = anna.request(method.clone(), &api(path)).header(name, value);
            let request = if body.is_null() { request } else { request.json(body) };
            let refused = problem(&anna.send(request).await, 403);
            assert!(!refused.to_string().contains("Celowa"), "{path}: {refused}");
        }
        // As a form or a beacon sends it, without asking beforehand.
        let plain = anna.request(Method::POST, &api("people/bulk")).header(name, value);
        let plain = plain.header("content-type", "text/plain").body(bulk.to_string());
        problem(&anna.send(plain).await, 403);
        let report = json!({ "csp-report": { "violated-directive": "img-src", "blocked-uri": "inline" } });
        let report =
            anna.request(Method::POST, &api("reports/csp")).header(name, value).body(report.to_string());
        problem(&anna.send(report.header("content-type", "application/csp-report")).await, 403);
    }
    // A browser that says nothing of where it comes from still cannot send it as a form.
    let plain = anna.request(Method::POST, &api("people/bulk")).header("content-type", "text/plain");
    problem(&anna.send(plain.body(bulk.to_string())).await, 415);
    assert_eq!(jobs(&anna).await, 0);
    assert_eq!(anna.get(&person.at).await.expect(200).json()["version"], 1);
    assert_eq!(anna.get(&api("me/preferences")).await.expect(200).json(), json!({ "idle_days": 14 }));
    assert_eq!(anna.get(&api("views")).await.expect(200).json()["items"], json!([]));
    let events = anna.get(&api("me/events")).await.expect(200).json();
    assert!(!events.to_string().contains("session.stream"), "{events}");
    let system = world.sign_in("robert.szymanski").await.get(&api("system")).await.expect(200).json();
    assert_eq!(system["csp_reports"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_reaches_nothing_that_is_its_users_own() {
    let world = World::new().await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let person = make(&leader, "people", json!({ "last_name": "Własna" })).await;
    let view = json!({ "entity": "person", "name": "Mój", "query": "" });
    let view = leader.post(&api("views"), &view).await.expect(201).json();
    let export = leader.post(&api("people/export"), &json!({ "format": "csv" })).await.expect(202).json();
    let export = ended(&leader, &export).await;
    let bulk = json!({ "select": { "ids": [person.id] }, "action": "delete" });
    let bulk = ended(&leader, &leader.post(&api("people/bulk"), &bulk).await.expect(202).json()).await;

    let bearer = token(&world, &leader).await;
    let at = format!("views/{}", view["id"].as_str().unwrap());
    for (method, path, body) in [
        (Method::GET, "stream", Value::Null),
        (Method::GET, "me/preferences", Value::Null),
        (Method::PUT, "me/preferences", json!({ "lang": "en" })),
        (Method::GET, "views?entity=person", Value::Null),
        (Method::POST, "views", json!({ "entity": "person", "name": "Wytrycha", "query": "" })),
        (Method::PATCH, at.as_str(), json!({ "name": "Wytrycha" })),
        (Method::DELETE, at.as_str(), Value::Null),
        (Method::PUT, &format!("{at}/default"), Value::Null),
        (Method::DELETE, &format!("{at}/default"), Value::Null),
    ] {
        let request = bearer.request(method.clone(), &api(path)).header("if-match", "\"1\"");
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = bearer.send(request).await;
        assert_eq!(answer.status, 403, "{method} {path}: {}", answer.text);
    }
    let kept = leader.get(&api("views")).await.expect(200).json();
    assert_eq!(
        (&kept["items"][0]["name"], &kept["items"][0]["default"], &kept["items"][0]["version"]),
        (&json!("Mój"), &json!(false), &json!(1))
    );
    // What was started without it is not there for it, the file least of all.
    let id = |job: &Value| job["id"].as_str().unwrap().to_owned();
    for path in [format!("jobs/{}", id(&export)), format!("jobs/{}/file", id(&export))] {
        problem(&bearer.get(&api(&path)).await, 404);
    }
    problem(&bearer.post(&api(&format!("jobs/{}/undo", id(&bulk))), &Value::Null).await, 404);
    // Nor for anybody else, whatever they may do with the records themselves.
    for login in ["tomasz.lewandowski", "barbara.dabrowska", "zofia.jablonska", "robert.szymanski"] {
        let other = world.sign_in(login).await;
        problem(&other.get(&api(&format!("jobs/{}/file", id(&export)))).await, 404);
        problem(&other.post(&api(&format!("jobs/{}/undo", id(&bulk))), &Value::Null).await, 404);
    }
    let _ = leader.get(&api(&format!("jobs/{}/file", id(&export)))).await.expect(200);
    assert_eq!(leader.get(&api(&format!("jobs/{}", id(&bulk)))).await.expect(200).json()["undone"], false);
}

/// A view of somebody else that asks by a field which is hidden from the reader is not there for the
/// reader, and does not tell that field's values when its query is used all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_shared_view_is_no_way_around_a_hidden_field() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let hides = json!({
        "name": "bez_telefonu", "label": { "pl": "Bez telefonu", "en": "Without phone" },
        "entities": { "person": { "scopes": { "read": "all", "update": "all" }, "level": "read", "fields": { "phone": "hidden", "email": "masked" } } },
    });
    endow(&world, "ewa.pusta", &hides).await;
    let fields = json!({ "last_name": "Numerowa", "phone": "601234567", "email": "numerowa@proba.example" });
    let _ = make(&anna, "people", fields).await;
    let ewa = world.sign_in("ewa.pusta").await;
    for (n, query) in [
        "filter=phone%3Afilled",
        "filter=email%3Astarts%3Anumerowa",
        "filter=last_name%3Aeq%3ANumerowa&filter=phone%3Afilled",
    ]
    .iter()
    .enumerate()
    {
        let view =
            json!({ "entity": "person", "name": format!("Wspólny {n}"), "query": query, "shared": true });
        let view = anna.post(&api("views"), &view).await.expect(201).json();
        let at = api(&format!("views/{}", view["id"].as_str().unwrap()));
        let offered = ewa.get(&api("views?entity=person")).await.expect(200);
        assert!(!offered.text.contains("Wspólny"), "{}", offered.text);
        for answer in [ewa.patch(&at, 1, &json!({ "name": "x" })).await, ewa.delete(&at, 1).await] {
            problem(&answer, 404);
        }
        problem(&ewa.send(ewa.request(Method::PUT, &format!("{at}/default"))).await, 404);
        problem(&ewa.get(&api(&format!("people?{query}"))).await, 422);
    }
    // Neither by any other way that takes conditions or words.
    for filter in ["phone:filled", "email:filled:x"] {
        let select = json!({ "filter": [filter] });
        let order = json!({ "select": select, "change": { "fields": { "city": "Opole" } } });
        problem(&ewa.post(&api("people/bulk"), &order).await, 422);
    }
    for words in ["601234567", "numerowa@proba"] {
        let found = ewa.get(&api(&format!("search?q={words}"))).await.expect(200).json();
        assert_eq!(found["groups"], json!([]), "{words}");
    }
    let asked = json!({ "fields": { "phone": "601234567", "email": "numerowa@proba.example" } });
    let same = ewa.post(&api("people/duplicates"), &asked).await.expect(200).json();
    assert_eq!(same["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_nothing_searches_nothing() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let fields = json!({ "last_name": "Szukana", "email": "szukana@proba.example" });
    let _ = make(&anna, "people", fields.clone()).await;
    for login in ["ewa.pusta", "robert.szymanski"] {
        let client = world.sign_in(login).await;
        // The same for what is there and for what is not.
        let there = problem(&client.get(&api("search?q=szukana")).await, 403);
        assert_eq!(there, problem(&client.get(&api("search?q=niema")).await, 403));
        for plural in ["people", "companies", "leads"] {
            let at = api(&format!("{plural}/duplicates"));
            let there = problem(&client.post(&at, &json!({ "fields": fields })).await, 403);
            assert_eq!(there, problem(&client.post(&at, &json!({ "fields": {} })).await, 403));
        }
        problem(&client.post(&api("people/export"), &json!({ "format": "csv" })).await, 403);
        assert_eq!(jobs(&client).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sizes_have_ends() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let person = make(&anna, "people", json!({ "last_name": "Jedyna" })).await;
    let many = vec![person.id.clone(); 10_001];
    let order =
        |ids: &[String]| json!({ "select": { "ids": ids }, "change": { "fields": { "city": "Opole" } } });
    problem(&anna.post(&api("people/bulk"), &order(&many)).await, 422);
    problem(&anna.post(&api("people/bulk"), &order(&[])).await, 422);
    problem(&anna.post(&api("people/bulk"), &order(&vec![person.id.clone(); 30_000])).await, 413);
    assert_eq!(jobs(&anna).await, 0);
    let words = "a".repeat(201);
    let filters = vec!["last_name:filled"; 17];
    for select in
        [json!({ "q": words }), json!({ "filter": filters }), json!({ "ids": [person.id], "q": "x" })]
    {
        let order = json!({ "select": select, "action": "delete" });
        problem(&anna.post(&api("people/bulk"), &order).await, 422);
    }
    problem(&list(&anna, "people", &[("q", words.as_str())]).await, 422);
    for path in [
        "search",
        "search?q=",
        "search?q=%20.%20",
        "search?q=a&limit=0",
        "search?q=a&limit=21",
        "search?q=a&all=1",
    ] {
        problem(&anna.get(&api(path)).await, 422);
    }
    issue(&problem(&anna.get(&api(&format!("search?q={words}"))).await, 422), "q");
    let too_long = format!("q={words}");
    let too_many = vec!["filter=last_name%3Afilled"; 17].join("&");
    let name = "n".repeat(1_000);
    for (name, query) in [("x", too_long.as_str()), ("x", too_many.as_str()), (name.as_str(), ""), ("", "")] {
        let view = json!({ "entity": "person", "name": name, "query": query });
        problem(&anna.post(&api("views"), &view).await, 422);
    }
    let probe = json!({ "fields": { "last_name": "x".repeat(2 << 20) } });
    problem(&anna.post(&api("people/duplicates"), &probe).await, 413);

    // Once each is enough, however often it is named; and a user's queue has an end.
    let job = anna.post(&api("people/bulk"), &order(&many[..10_000])).await.expect(202).json();
    let job = ended(&anna, &job).await;
    assert_eq!((&job["total"], &job["result"]["changed"]), (&json!(1), &json!(1)), "{job}");
}

/// Whoever finds out which record has a value has looked at that record, in whatever way it was asked.
#[tokio::test(flavor = "multi_thread")]
async fn who_probes_for_a_value_is_in_the_history_of_the_record_that_has_it() {
    let world = World::new().await;
    let (anna, piotr) = (world.sign_in("anna.kowalska").await, world.sign_in("piotr.zielinski").await);
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let fields = json!({ "first_name": "Ada", "last_name": "Sondowana", "email": "sonda@proba.example" });
    let target = make(&anna, "people", fields).await;
    let looked = async |name: &str, act: &str| {
        let events = anna.get(&format!("{}/events?limit=200", target.at)).await.expect(200).json();
        let by = |e: &&Value| e["user"]["name"] == name && e["act"] == act;
        events["items"].as_array().unwrap().iter().filter(by).count()
    };
    // A file that is only tried.
    let file = "last_name;email\nX;sonda@proba.example\nY;nowa@proba.example\nZ;nowa@proba.example\n";
    let try_file = async |client: &Client| {
        let request = client.request(Method::POST, &api("imports/people?dry_run=true")).body(file);
        client.send(request).await.expect(200).json()["listed"].clone()
    };
    let listed = try_file(&piotr).await;
    assert_eq!(listed[0]["duplicate_of"], target.id.as_str(), "{listed}");
    assert_eq!(listed[1].get("duplicate_of"), None, "what would be made is no record: {listed}");
    assert_eq!(looked("Piotr Zieliński", "record.import").await, 1);
    // A change to many.
    let own = make(&piotr, "people", json!({ "last_name": "Inna" })).await;
    let order =
        json!({ "select": { "ids": [own.id] }, "change": { "fields": { "email": "sonda@proba.example" } } });
    let done = ended(&piotr, &piotr.post(&api("people/bulk"), &order).await.expect(202).json()).await;
    assert_eq!(done["result"]["problems"][0]["code"], "duplicate", "{done}");
    assert_eq!(looked("Piotr Zieliński", "record.duplicates").await, 1);
    // By somebody to whom the record is not named.
    let role = json!({
        "name": "nameless", "label": { "pl": "Bez nazwisk", "en": "Nameless" },
        "entities": { "person": {
            "scopes": { "read": "all", "create": "all" }, "level": "write", "fields": { "first_name": "masked" },
        } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let hers = json!({ "fields": { "last_name": "Nowa", "email": "sonda@proba.example" } });
    problem(&ewa.post(&api("people"), &hers).await, 409);
    assert_eq!(looked("Ewa Pusta", "record.duplicates").await, 1);

    // Who may not see it learns nothing, and so is not there.
    assert_eq!(try_file(&tomasz).await.as_array().unwrap().len(), 1);
    let _ = tomasz.post(&api("people"), &hers).await.expect(201);
    for act in ["record.import", "record.duplicates"] {
        assert_eq!(looked("Tomasz Lewandowski", act).await, 0);
    }
    // A change beside a value that two have already is no new finding.
    let twin = json!({ "fields": { "last_name": "Druga", "email": "sonda@proba.example" }, "allow_duplicate": true });
    let twin = piotr.post(&api("people"), &twin).await.expect(201).json();
    let at = api(&format!("people/{}", twin["id"].as_str().unwrap()));
    let _ = piotr.patch(&at, 1, &json!({ "fields": { "city": "Opole" } })).await.expect(200);
    assert_eq!(looked("Piotr Zieliński", "record.duplicates").await, 1);
}
