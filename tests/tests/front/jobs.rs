//! Long works: many records changed in one act, looked at while it goes, stopped and taken back.

use super::help::{api, endow, ids, issue, list, make, named, problem, sample};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Answer, Client, World};

/// The job, once it has ended.
pub async fn ended(client: &Client, job: &Value) -> Value {
    let at = api(&format!("jobs/{}", job["id"].as_str().unwrap_or_else(|| panic!("no job: {job}"))));
    for _ in 0..1_200 {
        let now = client.get(&at).await.expect(200).json();
        if now["finished_at"].is_string() {
            return now;
        }
        assert!(["queued", "running"].contains(&now["state"].as_str().unwrap()), "{now}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the job does not end");
}

pub async fn act(client: &Client, job: &Value, what: &str) -> Answer {
    let at = api(&format!("jobs/{}/{what}", job["id"].as_str().unwrap()));
    client.send(client.request(Method::POST, &at)).await
}

pub async fn bulk(client: &Client, plural: &str, body: Value) -> Answer {
    client.post(&api(&format!("{plural}/bulk")), &body).await
}

/// People of this client's own.
pub async fn people(client: &Client, count: u32) -> Vec<String> {
    let mut made = Vec::new();
    for n in 0..count {
        made.push(make(client, "people", sample("people", n)).await.id);
    }
    made
}

async fn owner(client: &Client, id: &str) -> String {
    let view = client.get(&api(&format!("people/{id}"))).await.expect(200).json();
    view["owner"]["name"].as_str().unwrap().to_owned()
}

pub fn counts(job: &Value) -> [u64; 3] {
    ["changed", "unchanged", "refused"].map(|k| job["result"][k].as_u64().unwrap_or_else(|| panic!("{job}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_records_change_their_owner_and_change_back() {
    let mut world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let made = people(&anna, 50).await;
    let piotr = named(&anna, "colleagues", "Piotr Zieliński").await;
    let mut heard = world.app().jobs().subscribe();

    let order = json!({ "select": { "ids": made }, "change": { "owner": piotr, "fields": { "job_title": "Kierownik" } } });
    let begun = bulk(&anna, "people", order.clone()).await.expect(202).json();
    assert_eq!(
        (&begun["kind"], &begun["entity"], &begun["undone"]),
        (&json!("bulk"), &json!("person"), &json!(false))
    );
    let done = ended(&anna, &begun).await;
    assert_eq!(
        (&done["state"], &done["done"], &done["total"]),
        (&json!("done"), &json!(50), &json!(50)),
        "{done}"
    );
    assert_eq!(counts(&done), [50, 0, 0]);
    assert_eq!((&done["can_undo"], &done["can_cancel"]), (&json!(true), &json!(false)));
    let mut times = 0;
    while let Ok((_, id)) = heard.try_recv() {
        times += u32::from(id.to_string() == begun["id"]);
    }
    assert!((2..=50).contains(&times), "it is told how it goes, but not each step: {times}");
    assert_eq!(owner(&anna, &made[49]).await, "Piotr Zieliński");
    let again = ended(&anna, &bulk(&anna, "people", order).await.expect(202).json()).await;
    assert_eq!(counts(&again), [0, 50, 0]);
    assert_eq!(again["can_undo"], false);

    // One of them was changed since by its new owner: that stays.
    let his = world.sign_in("piotr.zielinski").await;
    let _ = his
        .patch(&api(&format!("people/{}", made[0])), 2, &json!({ "fields": { "city": "Gdańsk" } }))
        .await
        .expect(200);
    world.stop().await;
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    let kept = anna.get(&api(&format!("jobs/{}", begun["id"].as_str().unwrap()))).await.expect(200).json();
    assert_eq!((counts(&kept), &kept["can_undo"]), ([50, 0, 0], &json!(true)));
    // The clock stands still, and ids after a restart begin anew within its millisecond.
    world.clock.advance_ms(1_000);
    let undo = act(&anna, &begun, "undo").await.expect(202).json();
    assert_eq!(undo["kind"], "bulk_undo");
    let undone = ended(&anna, &undo).await;
    assert_eq!(counts(&undone), [49, 0, 1], "{undone}");
    assert_eq!(undone["result"]["problems"][0]["id"], made[0].as_str());
    assert_eq!(undone["result"]["problems"][0]["code"], "stale");
    assert_eq!(owner(&anna, &made[0]).await, "Piotr Zieliński");
    let view = anna.get(&api(&format!("people/{}", made[7]))).await.expect(200).json();
    assert_eq!((&view["owner"]["name"], &view["version"]), (&json!("Anna Kowalska"), &json!(3)));
    assert!(view["fields"].get("job_title").is_none(), "{view}");
    let kept = anna.get(&api(&format!("jobs/{}", begun["id"].as_str().unwrap()))).await.expect(200).json();
    assert_eq!((&kept["undone"], &kept["can_undo"]), (&json!(true), &json!(false)));
    problem(&act(&anna, &begun, "undo").await, 409);
    let listed = anna.get(&api("jobs")).await.expect(200).json();
    assert_eq!(ids(&listed)[0], undo["id"].as_str().unwrap(), "newest first");

    // Every change, and the whole, is in the ledger as part of the job.
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let of = |act: &str| {
        let all = events["items"].as_array().unwrap();
        all.iter().filter(|e| e["act"] == act && e["part_of"] == undo["id"]).count()
    };
    assert_eq!((of("record.update"), of("bulk.undo"), of("job.start")), (49, 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_are_those_of_each_record() {
    let world = World::new().await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let foreign = people(&tomasz, 3).await;
    let anna = world.sign_in("anna.kowalska").await;
    let own = make(&anna, "people", sample("people", 77)).await;
    let mut all = foreign.clone();
    all.push(own.id.clone());
    let order = json!({ "select": { "ids": all }, "change": { "fields": { "job_title": "Prezes" } } });
    let done = ended(&anna, &bulk(&anna, "people", order).await.expect(202).json()).await;
    assert_eq!(counts(&done), [1, 0, 3], "{done}");
    assert!(done["result"]["problems"].as_array().unwrap().iter().all(|p| p["code"] == "not-found"));
    for id in &foreign {
        let view = tomasz.get(&api(&format!("people/{id}"))).await.expect(200).json();
        assert_eq!(view["version"], 1);
    }
    let auditor = world.sign_in("danuta.krol").await;
    let events = auditor.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let refused = events["items"].as_array().unwrap().iter();
    let refused = refused.filter(|e| e["act"] == "access.refused" && e["part_of"] == done["id"]).count();
    assert_eq!(refused, 3);

    // To another team she cannot give a record either, and by conditions she reaches her own alone.
    let order = json!({ "select": {}, "change": { "owner": named(&anna, "colleagues", "Tomasz Lewandowski").await } });
    let done = ended(&anna, &bulk(&anna, "people", order).await.expect(202).json()).await;
    assert_eq!(counts(&done), [0, 0, 1], "{done}");
    assert_eq!(done["result"]["problems"][0]["code"], "forbidden");
    problem(
        &bulk(&world.sign_in("ewa.pusta").await, "people", json!({ "select": {}, "action": "delete" })).await,
        403,
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_its_users_alone() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let made = people(&anna, 2).await;
    let order = json!({ "select": { "ids": made }, "action": "delete" });
    let done = ended(&anna, &bulk(&anna, "people", order).await.expect(202).json()).await;
    for other in ["piotr.zielinski", "magdalena.wojcik", "robert.szymanski"] {
        let other = world.sign_in(other).await;
        problem(&other.get(&api(&format!("jobs/{}", done["id"].as_str().unwrap()))).await, 404);
        problem(&act(&other, &done, "cancel").await, 404);
        problem(&act(&other, &done, "undo").await, 404);
        assert_eq!(ids(&other.get(&api("jobs")).await.expect(200).json()), Vec::<String>::new());
    }
    let body = json!({
        "label": "t", "ends_at": testkit::START.plus_s(86_400).rfc3339(),
        "scope": { "entities": { "person": ["read", "delete"] } },
    });
    let secret = anna.post(&api("tokens"), &body).await.expect(201).json();
    let token = world.client().with_token(secret["token"].as_str().unwrap());
    problem(&token.get(&api(&format!("jobs/{}", done["id"].as_str().unwrap()))).await, 404);
    problem(&act(&token, &done, "undo").await, 404);
    problem(&act(&anna, &done, "cancel").await, 409);
    assert_eq!(ids(&list(&anna, "people", &[]).await.expect(200).json()).len(), 0);
    let undone = ended(&anna, &act(&anna, &done, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [2, 0, 0]);
    assert_eq!(ids(&list(&anna, "people", &[]).await.expect(200).json()).len(), 2);

    // What the token starts, it sees; and it goes no further than its scope.
    let order = json!({ "select": { "ids": made }, "action": "delete" });
    let by_token = ended(&token, &bulk(&token, "people", order).await.expect(202).json()).await;
    assert_eq!(counts(&by_token), [2, 0, 0]);
    let order = json!({ "select": { "ids": made }, "change": { "fields": { "job_title": "x" } } });
    problem(&bulk(&token, "people", order).await, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_seen_cannot_be_changed_in_bulk() {
    let world = World::new().await;
    let role = json!({
        "name": "narrow", "label": { "pl": "Wąska", "en": "Narrow" },
        "entities": { "person": { "scopes": { "read": "own", "create": "own", "update": "own" }, "level": "write", "fields": { "phone": "hidden", "job_title": "read" } } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let made = people(&ewa, 2).await;
    let change = |fields: Value| json!({ "select": { "ids": made }, "change": { "fields": fields } });
    let hidden = problem(&bulk(&ewa, "people", change(json!({ "phone": "601234567" }))).await, 422);
    let unknown = problem(&bulk(&ewa, "people", change(json!({ "nonsense": "601234567" }))).await, 422);
    assert_eq!(issue(&hidden, "phone")["code"], issue(&unknown, "nonsense")["code"]);
    let filter =
        json!({ "select": { "filter": ["phone:filled"] }, "change": { "fields": { "city": "Opole" } } });
    problem(&bulk(&ewa, "people", filter).await, 422);
    let readable = bulk(&ewa, "people", change(json!({ "job_title": "x" }))).await.expect(202).json();
    let done = ended(&ewa, &readable).await;
    assert_eq!(counts(&done), [0, 0, 2]);
    assert_eq!(done["result"]["problems"][0]["code"], "not-writable");
    problem(&bulk(&ewa, "people", change(json!({ "email": "nie-adres" }))).await, 422);
    problem(&bulk(&ewa, "people", change(json!({}))).await, 422);
    problem(&bulk(&ewa, "people", json!({ "select": { "ids": [] }, "action": "delete" })).await, 403);
    problem(&bulk(&ewa, "people", json!({ "select": {}, "action": "delete", "change": {} })).await, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_stops_when_asked_and_what_is_done_stays() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let made = people(&anna, 300).await;
    let order = json!({ "select": {}, "change": { "fields": { "job_title": "Nowe" } } });
    let begun = bulk(&anna, "people", order).await.expect(202).json();
    // Wait for its first step.
    for _ in 0..400 {
        let now = anna.get(&api(&format!("jobs/{}", begun["id"].as_str().unwrap()))).await.expect(200).json();
        if now["done"].as_u64().unwrap() > 0 {
            break;
        }
    }
    let _ = act(&anna, &begun, "cancel").await.expect(200);
    let done = ended(&anna, &begun).await;
    assert_eq!(done["state"], "cancelled", "{done}");
    let [changed, ..] = counts(&done);
    assert!(changed > 0 && (changed as usize) < made.len(), "{done}");
    let found =
        list(&anna, "people", &[("filter", "job_title:eq:Nowe"), ("count", "true")]).await.expect(200).json();
    assert_eq!(found["count"], changed);
    problem(&act(&anna, &begun, "cancel").await, 409);
    let undone = ended(&anna, &act(&anna, &begun, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [changed, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_that_was_stopped_in_the_queue_can_be_asked_for_again() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let made = people(&anna, 302).await;
    let (mine, others) = made.split_at(2);
    let order = json!({ "select": { "ids": mine }, "change": { "fields": { "job_title": "Nowe" } } });
    let done = ended(&anna, &bulk(&anna, "people", order).await.expect(202).json()).await;
    let mut long = Vec::new();
    for city in ["Opole", "Elbląg"] {
        let order = json!({ "select": { "ids": others }, "change": { "fields": { "city": city } } });
        long.push(bulk(&anna, "people", order).await.expect(202).json());
    }
    let undo = act(&anna, &done, "undo").await.expect(202).json();
    problem(&act(&anna, &done, "undo").await, 409);
    let _ = act(&anna, &undo, "cancel").await.expect(200);
    assert_eq!(ended(&anna, &undo).await["state"], "cancelled");
    for job in &long {
        let _ = act(&anna, job, "cancel").await;
    }
    let undone = ended(&anna, &act(&anna, &done, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [2, 0, 0], "{undone}");
    problem(&act(&anna, &done, "undo").await, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_loses_the_right_stops_in_the_middle() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let _ = people(&anna, 300).await;
    let order = json!({ "select": {}, "change": { "fields": { "job_title": "Nowe" } } });
    let begun = bulk(&anna, "people", order).await.expect(202).json();
    let jobs = world.app().jobs().clone();
    let admin = world.sign_in("robert.szymanski").await;
    let user = named(&admin, "users", "Anna Kowalska").await;
    let at = api(&format!("users/{user}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, &json!({ "active": false })).await.expect(200);
    let id = begun["id"].as_str().unwrap().parse().unwrap();
    for _ in 0..400 {
        let view = jobs.get(user.parse().unwrap(), id).await.unwrap().unwrap();
        if view.finished_at.is_some() {
            assert_eq!(view.state, "failed");
            assert!(view.done < 300, "{view:?}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("it goes on");
}

/// Moves a user to another team.
async fn move_user(world: &World, login: &str, team: &str) {
    let admin = world.sign_in("robert.szymanski").await;
    let at = api(&format!("users/{}", named(&admin, "users", login).await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let team = named(&admin, "teams", team).await;
    let _ = admin.patch(&at, version, &json!({ "team": team })).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_goes_back_with_the_team() {
    let world = World::new().await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let made = make(&tomasz, "people", sample("people", 1)).await;
    move_user(&world, "tomasz.lewandowski", "Północ").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let whose = async || {
        let view = leader.get(&made.at).await.expect(200).json();
        ["owner", "team"].map(|part| view[part]["name"].as_str().unwrap().to_owned())
    };
    let before = ["Tomasz Lewandowski", "Południe"];
    assert_eq!(whose().await, before);
    // To another owner; and to the same one, by which the record follows to the new team.
    for (name, team) in [("Piotr Zieliński", "Północ"), ("Tomasz Lewandowski", "Północ")] {
        let owner = named(&leader, "colleagues", name).await;
        let order = json!({ "select": { "ids": [made.id] }, "change": { "owner": owner } });
        let done = ended(&leader, &bulk(&leader, "people", order).await.expect(202).json()).await;
        assert_eq!((counts(&done), whose().await), ([1, 0, 0], [name, team].map(str::to_owned)));
        let undone = ended(&leader, &act(&leader, &done, "undo").await.expect(202).json()).await;
        assert_eq!((counts(&undone), whose().await), ([1, 0, 0], before.map(str::to_owned)), "{undone}");
    }
    let changes = leader.get(&format!("{}/changes", made.at)).await.expect(200).json();
    assert_eq!(changes["items"][0]["values"], json!({}), "the team is no field: {changes}");

    // Back it goes only to where whoever undoes it could make it.
    let owner = named(&leader, "colleagues", "Piotr Zieliński").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let own = make(&piotr, "people", sample("people", 2)).await;
    let anna = named(&leader, "colleagues", "Anna Kowalska").await;
    let order = json!({ "select": { "ids": [own.id] }, "change": { "owner": anna } });
    let done = ended(&piotr, &bulk(&piotr, "people", order).await.expect(202).json()).await;
    assert_eq!(counts(&done), [1, 0, 0], "{done}");
    let admin = world.sign_in("robert.szymanski").await;
    let at = api(&format!("users/{owner}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let denies = json!({
        "name": "denies", "label": { "pl": "Nie", "en": "No" }, "denials": { "person": ["create"] },
    });
    let denies = admin.post(&api("roles"), &denies).await.expect(201).json()["id"].clone();
    let mut roles = admin.get(&at).await.expect(200).json()["roles"].as_array().unwrap().clone();
    roles.push(denies);
    let _ = admin.patch(&at, version, &json!({ "roles": roles })).await.expect(200);
    let undone = ended(&piotr, &act(&piotr, &done, "undo").await.expect(202).json()).await;
    assert_eq!(counts(&undone), [0, 0, 1], "{undone}");
    assert_eq!(undone["result"]["problems"][0]["code"], "forbidden");
    assert_eq!(self::owner(&leader, &own.id).await, "Anna Kowalska");
}

/// Events of this kind that belong to a job.
async fn events_of(world: &World, job: &Value, act: &str) -> usize {
    let auditor = world.sign_in("danuta.krol").await;
    let page = auditor.get(&api(&format!("ledger/events?limit=200&act={act}"))).await.expect(200).json();
    page["items"].as_array().unwrap().iter().filter(|e| e["part_of"] == job["id"]).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_chooses_by_the_rights_of_its_beginning() {
    let world = World::new().await;
    let role = |level: &str| {
        json!({
            "name": "narrow", "label": { "pl": "Wąska", "en": "Narrow" },
            "entities": { "person": { "scopes": { "read": "own", "create": "own", "update": "own" }, "level": "write", "fields": { "phone": level } } },
        })
    };
    let id = endow(&world, "ewa.pusta", &role("write")).await;
    let (first, ewa) = (world.sign_in("ewa.pusta").await, world.sign_in("ewa.pusta").await);
    let made = people(&ewa, 300).await;
    let long = async || {
        let mut jobs = Vec::new();
        for city in ["Opole", "Elbląg"] {
            let order = json!({ "select": { "ids": made }, "change": { "fields": { "city": city } } });
            jobs.push(bulk(&ewa, "people", order).await.expect(202).json());
        }
        jobs
    };
    let stop = async |jobs: Vec<Value>| {
        for job in jobs {
            let _ = act(&ewa, &job, "cancel").await;
        }
    };
    let order =
        json!({ "select": { "filter": ["phone:empty"] }, "change": { "fields": { "city": "Piła" } } });

    // A field is hidden meanwhile.
    let before = long().await;
    let waits = bulk(&ewa, "people", order.clone()).await.expect(202).json();
    let admin = world.sign_in("robert.szymanski").await;
    let put = admin.request(Method::PUT, &api(&format!("roles/{id}"))).header("if-match", "\"1\"");
    let _ = admin.send(put.json(&role("hidden"))).await.expect(200);
    stop(before).await;
    let done = ended(&ewa, &waits).await;
    assert_eq!((&done["state"], &done["done"]), (&json!("failed"), &json!(0)), "{done}");
    assert!(done.get("result").is_none(), "{done}");
    assert_eq!(events_of(&world, &waits, "record.list").await, 0);

    // The session is ended meanwhile.
    let before = long().await;
    let order = json!({ "select": {}, "change": { "fields": { "city": "Piła" } } });
    let waits = bulk(&first, "people", order).await.expect(202).json();
    let _ = first.send(first.request(Method::DELETE, &api("sessions/current"))).await.expect(204);
    stop(before).await;
    let done = ended(&ewa, &waits).await;
    assert_eq!((&done["state"], &done["done"]), (&json!("failed"), &json!(0)), "{done}");
    assert_eq!((events_of(&world, &waits, "record.list").await, done.get("result")), (0, None));
    assert_eq!(events_of(&world, &waits, "job.start").await, 1);
}
