//! The ledger, looked through by act, user, outcome, entity, record and time.

use super::help::{api, issue, make, named, problem};
use serde_json::{Value, json};
use testkit::{Client, World};

/// All events with these conditions, page by page, without those that the asking itself makes.
async fn walk(client: &Client, conditions: &str, limit: u32, below: u64) -> Vec<u64> {
    let (mut all, mut before) = (Vec::new(), below);
    loop {
        let path = api(&format!("ledger/events?limit={limit}&before={before}&{conditions}"));
        let page = client.get(&path).await.expect(200).json();
        all.extend(page["items"].as_array().unwrap().iter().map(|e| e["seq"].as_u64().unwrap()));
        match page["next_before"].as_u64() {
            Some(next) => before = next,
            None => return all,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn conditions_choose_what_a_walk_over_all_chooses() {
    let world = World::new().await;
    let (anna, auditor) = (world.sign_in("anna.kowalska").await, world.sign_in("danuta.krol").await);
    let company = make(&anna, "companies", json!({ "name": "A" })).await;
    world.clock.advance_ms(60_000);
    let middle = "2026-11-23T08:01:00Z";
    for n in 0..4 {
        let _ = make(&anna, "people", json!({ "last_name": format!("Osoba {n}") })).await;
    }
    let _ = anna.get(&api("companies")).await.expect(200);
    let _ = anna.get(&company.at).await.expect(200);
    problem(&world.sign_in("tomasz.lewandowski").await.get(&company.at).await, 404);
    world.clock.advance_ms(60_000);
    let _ = anna.get(&api("companies")).await.expect(200);
    let user = named(&anna, "colleagues", "Anna Kowalska").await;

    let first = auditor.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let all = first["items"].as_array().unwrap().clone();
    assert_eq!(first["next_before"], Value::Null, "all of it in one page");
    let below = all[0]["seq"].as_u64().unwrap() + 1;
    type Test<'a> = Box<dyn Fn(&Value) -> bool + 'a>;
    let at = |e: &Value| e["at"].as_str().unwrap().to_owned();
    let shown = anna.get(&format!("{}/events?limit=200", company.at)).await.expect(200).json();
    let shown: Vec<u64> =
        shown["items"].as_array().unwrap().iter().map(|e| e["seq"].as_u64().unwrap()).collect();
    let record = format!("record={}", company.id);
    let cases: Vec<(String, Test<'_>)> = vec![
        (String::new(), Box::new(|_| true)),
        ("act=record.create".into(), Box::new(|e| e["act"] == "record.create")),
        (
            "act=record.create&act=record.list".into(),
            Box::new(|e| e["act"] == "record.create" || e["act"] == "record.list"),
        ),
        ("act=key.unicorn".into(), Box::new(|_| false)),
        (
            "except=record.create&except=session.start".into(),
            Box::new(|e| e["act"] != "record.create" && e["act"] != "session.start"),
        ),
        (format!("user={user}"), Box::new(|e| e["user"]["id"] == user.as_str())),
        ("outcome=refused".into(), Box::new(|e| e["outcome"] == "refused")),
        ("entity=person".into(), Box::new(|e| e["entity"] == "person")),
        (record.clone(), Box::new(|e| shown.contains(&e["seq"].as_u64().unwrap()))),
        (
            format!("{record}&act=record.list&user={user}"),
            Box::new(|e| shown.contains(&e["seq"].as_u64().unwrap()) && e["act"] == "record.list"),
        ),
        (format!("from={middle}"), Box::new(|e| *at(e) >= *"2026-11-23T08:01:00.000Z")),
        (format!("to={middle}"), Box::new(|e| *at(e) < *"2026-11-23T08:01:00.000Z")),
        (
            format!("from={middle}&to=2026-11-23T08:02:00Z&user={user}&outcome=done"),
            Box::new(|e| {
                *at(e) >= *"2026-11-23T08:01"
                    && *at(e) < *"2026-11-23T08:02"
                    && e["user"]["id"] == user.as_str()
            }),
        ),
        ("to=2020-01-01T00:00:00Z".into(), Box::new(|_| false)),
        ("from=2030-01-01T00:00:00Z".into(), Box::new(|_| false)),
    ];
    for (conditions, test) in cases {
        if conditions.contains("unicorn") {
            issue(&problem(&auditor.get(&api(&format!("ledger/events?{conditions}"))).await, 422), "act");
            continue;
        }
        let expected: Vec<u64> = all.iter().filter(|e| test(e)).map(|e| e["seq"].as_u64().unwrap()).collect();
        for limit in [1, 3, 200] {
            assert_eq!(walk(&auditor, &conditions, limit, below).await, expected, "{conditions} {limit}");
        }
        let some = !conditions.starts_with("to=2020") && !conditions.starts_with("from=2030");
        assert_eq!(!expected.is_empty(), some, "{conditions}");
    }
    for (wrong, field) in [
        ("user=anna", "user"),
        ("except=key.unicorn", "except"),
        ("outcome=maybe", "outcome"),
        ("entity=unicorn", "entity"),
        ("record=1", "record"),
        ("from=yesterday", "from"),
        ("to=2026-11-23", "to"),
        ("subject=1", "subject"),
    ] {
        issue(&problem(&auditor.get(&api(&format!("ledger/events?{wrong}"))).await, 422), field);
    }
    // Only whoever may read the ledger may ask, whatever the conditions; the ledger says what was asked by.
    problem(&anna.get(&api(&format!("ledger/events?user={user}"))).await, 403);
    problem(&anna.get(&api(&format!("ledger/events?{record}"))).await, 403);
    let _ = auditor.get(&api(&format!("ledger/events?user={user}&act=record.read"))).await.expect(200);
    let last = auditor.get(&api("ledger/events?limit=2&act=ledger.read")).await.expect(200).json();
    assert_eq!(last["items"][0]["detail"], json!({ "filters": ["act", "user"] }));
}
