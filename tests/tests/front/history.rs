//! Who has seen and changed what: histories of records, users and subjects.

use super::help::{api, endow, ids, make, make_under, named, problem};
use serde_json::{Value, json};
use testkit::World;

fn acts(page: &Value) -> Vec<(String, String)> {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    page["items"].as_array().unwrap().iter().map(|e| (text(&e["act"]), text(&e["user"]["name"]))).collect()
}

fn has(page: &Value, act: &str, who: &str) -> bool {
    acts(page).iter().any(|(a, w)| a == act && w == who)
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_name_what_their_values_refer_to_and_no_more_than_may_be_read() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let first = make(&anna, "companies", json!({ "name": "Dawna Firma" })).await;
    let second = make(&anna, "companies", json!({ "name": "Nowa Firma" })).await;
    let values = json!({ "first_name": "Ewa", "last_name": "Wędrowna", "company": first.id });
    let made = make(&anna, "people", values).await;
    let _ = anna.patch(&made.at, 1, &json!({ "fields": { "company": second.id } })).await.expect(200);
    let changes = anna.get(&format!("{}/changes", made.at)).await.expect(200).json();
    assert_eq!(changes["items"][0]["values"], json!({ "company": [first.id, second.id] }));
    let named = |title: &str| json!({ "entity": "company", "title": title });
    assert_eq!(
        changes["refs"],
        json!({ (first.id.as_str()): named("Dawna Firma"), (second.id.as_str()): named("Nowa Firma") })
    );
    let seen = anna.get(&format!("{}/events", first.at)).await.expect(200).json();
    assert!(has(&seen, "record.history", "Anna Kowalska"), "what is named is seen");

    // Whoever reads people alone is told of no company.
    let role = json!({
        "name": "people_only", "label": { "pl": "Osoby", "en": "People" },
        "entities": { "person": { "scopes": { "read": "all" }, "level": "read" } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let told = world.sign_in("ewa.pusta").await.get(&format!("{}/changes", made.at)).await.expect(200);
    assert_eq!(told.json()["refs"], json!({}));
    assert!(!told.text.contains("Firma"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_tells_who_has_seen_and_changed_it() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let piotr = world.sign_in("piotr.zielinski").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let made =
        make(&anna, "people", json!({ "first_name": "Ola", "last_name": "Oglądana", "phone": "601234567" }))
            .await;
    let _ = piotr
        .patch(&made.at, 1, &json!({ "fields": { "phone": "602345678", "job_title": "Prezes" } }))
        .await
        .expect(200);
    let changes = anna.get(&format!("{}/changes", made.at)).await.expect(200).json();
    let latest = &changes["items"][0];
    assert_eq!(
        (&latest["kind"], &latest["by"]["name"], &latest["version"]),
        (&json!("update"), &json!("Piotr Zieliński"), &json!(2))
    );
    assert_eq!(
        latest["values"],
        json!({ "phone": ["+48601234567", "+48602345678"], "job_title": [null, "Prezes"] })
    );
    assert_eq!(
        (&changes["items"][1]["kind"], &changes["items"][1]["by"]["name"]),
        (&json!("insert"), &json!("Anna Kowalska"))
    );

    let me = piotr.get(&api("me")).await.expect(200).json();
    let _ = anna.patch(&made.at, 2, &json!({ "owner": me["user"]["id"] })).await.expect(200);
    let _ = anna.delete(&made.at, 3).await.expect(200);
    let back =
        anna.request(reqwest::Method::POST, &format!("{}/restore", made.at)).header("if-match", "\"4\"");
    let _ = anna.send(back).await.expect(200);
    let changes = anna.get(&format!("{}/changes", made.at)).await.expect(200).json();
    let at = |n: usize| &changes["items"][n];
    assert_eq!(
        (&at(0)["binned"], &at(1)["binned"], at(2).get("binned")),
        (&json!(false), &json!(true), None)
    );
    let owner = &at(2)["owner"];
    assert_eq!((&owner[0]["name"], &owner[1]["name"]), (&json!("Anna Kowalska"), &json!("Piotr Zieliński")));
    assert_eq!((&at(2)["values"], at(0).get("owner")), (&json!({}), None));

    let at = format!("{}/events", made.at);
    let before = anna.get(&at).await.expect(200).json();
    assert!(
        has(&before, "record.create", "Anna Kowalska") && has(&before, "record.update", "Piotr Zieliński")
    );
    assert!(
        !has(&before, "record.list", "Piotr Zieliński") && !has(&before, "record.read", "Barbara Dąbrowska")
    );
    assert_eq!(ids(&piotr.get(&api("people?q=ogladana")).await.expect(200).json()), [made.id.as_str()]);
    let _ = world.sign_in("barbara.dabrowska").await.get(&made.at).await.expect(200);
    problem(&tomasz.get(&made.at).await, 404);
    // A list that did not show the record did not see it.
    let _ = tomasz.get(&api("people")).await.expect(200);
    let after = anna.get(&at).await.expect(200).json();
    assert!(has(&after, "record.list", "Piotr Zieliński"), "seen in a list: {after}");
    assert!(has(&after, "record.read", "Barbara Dąbrowska"));
    assert!(has(&after, "access.refused", "Tomasz Lewandowski"), "who tried in vain is there too");
    assert!(!has(&after, "record.list", "Tomasz Lewandowski"));
    assert!(has(&after, "record.history", "Anna Kowalska"), "looking at the history is in the history");

    // Pages go on where the last one ended, and bring everything once.
    let (mut seen, mut path) = (Vec::new(), format!("{at}?limit=2"));
    loop {
        let page = anna.get(&path).await.expect(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|e| e["seq"].as_u64().unwrap()));
        match page["next_before"].as_u64() {
            Some(before) => path = format!("{at}?limit=2&before={before}"),
            None => break,
        }
    }
    assert!(seen.windows(2).all(|w| w[0] > w[1]), "newest first, each once: {seen:?}");
    assert!(seen.len() >= acts(&after).len(), "{} of {}", seen.len(), acts(&after).len());
    problem(&anna.get(&format!("{at}?unknown=1")).await, 422);
    problem(&anna.get(&format!("{at}?before=x")).await, 422);
    for path in [at, format!("{}/changes", made.at)] {
        problem(&tomasz.get(&path).await, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn users_subjects_and_the_ledger_have_histories() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let danuta = world.sign_in("danuta.krol").await;
    let zofia = world.sign_in("zofia.jablonska").await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let person = make(&anna, "people", json!({ "last_name": "Podmiotowa" })).await;
    let note = make_under(&anna, "notes", json!({ "body": "Ustalenia" }), "person", &person.id).await;
    assert_eq!(note.view["subject"], person.view["subject"], "a note is about whom it hangs on");
    let _ = world.sign_in("piotr.zielinski").await.get(&note.at).await.expect(200);
    problem(&tomasz.get(&person.at).await, 404);
    problem(&tomasz.get(&api("ledger/events")).await, 403);

    let own = tomasz.get(&api("me/events")).await.expect(200).json();
    assert!(acts(&own).iter().all(|(_, who)| who == "Tomasz Lewandowski"), "one's own events alone");
    assert!(
        has(&own, "session.start", "Tomasz Lewandowski") && has(&own, "access.refused", "Tomasz Lewandowski")
    );
    // Of one's own events some can be asked for, however much lies between them.
    let some = tomasz.get(&api("me/events?act=session.start&limit=1")).await.expect(200).json();
    assert_eq!(acts(&some), [("session.start".to_owned(), "Tomasz Lewandowski".to_owned())]);
    let rest = tomasz.get(&api("me/events?except=session.start&limit=200")).await.expect(200).json();
    assert!(has(&rest, "access.refused", "Tomasz Lewandowski"), "{rest}");
    assert!(!has(&rest, "session.start", "Tomasz Lewandowski"), "{rest}");
    problem(&tomasz.get(&api("me/events?user=0190a6c2-7b1e-7c3d-8e4f-0123456789ab")).await, 422);
    let id = named(&anna, "colleagues", "Tomasz Lewandowski").await;
    let others = api(&format!("users/{id}/events"));
    problem(&anna.get(&others).await, 403);
    let refused = danuta.get(&others).await.expect(200).json();
    let refusals: Vec<&Value> =
        refused["items"].as_array().unwrap().iter().filter(|e| e["act"] == "access.refused").collect();
    assert!(
        refusals.iter().any(|e| e["record"] == json!(person.id) && e["outcome"] == "refused"),
        "{refused}"
    );

    let subject = person.view["subject"].as_str().unwrap();
    let at = api(&format!("subjects/{subject}/events"));
    problem(&anna.get(&at).await, 403);
    let about = zofia.get(&at).await.expect(200).json();
    assert!(
        has(&about, "record.create", "Anna Kowalska") && has(&about, "record.read", "Piotr Zieliński"),
        "{about}"
    );

    let all = danuta.get(&api("ledger/events?limit=200")).await.expect(200).json();
    let seqs: Vec<u64> =
        all["items"].as_array().unwrap().iter().map(|e| e["seq"].as_u64().unwrap()).collect();
    assert!(seqs.windows(2).all(|w| w[0] == w[1] + 1), "no gap: {seqs:?}");
    assert!(
        !all.to_string().contains("Ustalenia") && !all.to_string().contains("Podmiotowa"),
        "no business data"
    );
    assert!(has(&all, "access.refused", "Anna Kowalska"), "asking for others' history is itself an event");
    let event = all["items"][3]["id"].as_str().unwrap();
    let proof = danuta.get(&api(&format!("ledger/events/{event}/proof"))).await.expect(200).json();
    assert!(proof.is_object());
    problem(&tomasz.get(&api(&format!("ledger/events/{event}/proof"))).await, 403);
    let mine = own["items"][0]["id"].as_str().unwrap();
    let _ = tomasz.get(&api(&format!("ledger/events/{mine}/proof"))).await.expect(200);
    let checkpoint = tomasz.get(&api("ledger/checkpoint")).await.expect(200);
    assert!(checkpoint.headers["content-type"].to_str().unwrap().starts_with("text/plain"));
    assert!(checkpoint.text.contains("\u{2014} "), "a signed note: {}", checkpoint.text);
}
