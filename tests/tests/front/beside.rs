//! What stands beside records: names of what they refer to, and what is to be done next.

use super::help::{ENTITIES, api, column, endow, ids, issue, make, make_under, named, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{CAST, Client, World};

async fn change(client: &Client, path: &str, fields: Value) {
    let version = client.get(path).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = client.patch(path, version, &json!({ "fields": fields })).await.expect(200);
}

async fn refs(client: &Client, plural: &str) -> Value {
    client.get(&api(&format!("{plural}?refs=true"))).await.expect(200).json()["refs"].clone()
}

/// The ids that a record refers to or hangs on.
fn referred(fields: &Value, parent: &Value) -> Vec<String> {
    let names = ["company", "person", "parent_company", "converted_person", "converted_company"];
    let all = names.into_iter().map(|n| &fields[n]).chain([parent]);
    all.filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn names_stand_beside_rows_for_those_who_may_read_them() {
    let world = World::new().await;
    let (anna, tomasz, lead) = (
        world.sign_in("anna.kowalska").await,
        world.sign_in("tomasz.lewandowski").await,
        world.sign_in("magdalena.wojcik").await,
    );
    let ours = make(&anna, "companies", json!({ "name": "Nasza" })).await;
    let theirs = make(&tomasz, "companies", json!({ "name": "Obca" })).await;
    let person = make(&anna, "people", json!({ "last_name": "Łoś", "company": ours.id })).await;
    let deal = make(&anna, "deals", json!({ "name": "D", "company": ours.id, "person": person.id })).await;
    let note = make_under(&anna, "notes", json!({ "body": "x" }), "deal", &deal.id).await;

    assert_eq!(anna.get(&api("deals")).await.expect(200).json().get("refs"), None, "only when asked");
    let both = json!({
        ours.id.as_str(): { "entity": "company", "title": "Nasza" },
        person.id.as_str(): { "entity": "person", "title": "Łoś" },
    });
    assert_eq!(refs(&anna, "deals").await, both);
    assert_eq!(anna.get(&deal.at).await.expect(200).json()["refs"], both);
    let parent = json!({ deal.id.as_str(): { "entity": "deal", "title": "D" } });
    assert_eq!(refs(&anna, "notes").await, parent);
    assert_eq!(anna.get(&note.at).await.expect(200).json()["refs"], parent);
    assert_eq!(anna.get(&ours.at).await.expect(200).json()["refs"], json!({}));
    problem(&anna.get(&api("deals?refs=perhaps")).await, 422);

    // Whoever sees a title so has seen the record, and its history says so.
    let events = anna.get(&format!("{}/events", person.at)).await.expect(200).json();
    let acts: Vec<&Value> = events["items"].as_array().unwrap().iter().map(|e| &e["act"]).collect();
    assert!(acts.contains(&&json!("record.list")) && acts.contains(&&json!("record.read")), "{events}");

    // The team leader makes the seller's deal refer to what the seller may not see.
    change(&lead, &deal.at, json!({ "company": theirs.id })).await;
    assert_eq!(refs(&lead, "deals").await[&theirs.id]["title"], "Obca");
    let seen = anna.get(&deal.at).await.expect(200);
    assert_eq!(seen.json()["fields"]["company"], theirs.id.as_str());
    assert_eq!(seen.json()["refs"].get(&theirs.id), None);
    assert!(!seen.text.contains("Obca"));
    assert_eq!(refs(&anna, "deals").await.get(&theirs.id), None);
    let events = tomasz.get(&format!("{}/events", theirs.at)).await.expect(200).json();
    let anna_saw = |e: &Value| e["user"]["name"] == "Anna Kowalska" && e["outcome"] == "done";
    assert!(!events["items"].as_array().unwrap().iter().any(anna_saw), "{events}");
}

/// An answer to a change names what opening the record would name, and that counts as seen.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_change_answers_names_the_same() {
    let world = World::new().await;
    let (anna, tomasz, lead) = (
        world.sign_in("anna.kowalska").await,
        world.sign_in("tomasz.lewandowski").await,
        world.sign_in("magdalena.wojcik").await,
    );
    let ours = make(&anna, "companies", json!({ "name": "Nasza" })).await;
    let theirs = make(&tomasz, "companies", json!({ "name": "Obca" })).await;
    let deal = make(&anna, "deals", json!({ "name": "D", "company": ours.id })).await;
    let named = json!({ ours.id.as_str(): { "entity": "company", "title": "Nasza" } });
    assert_eq!(deal.view["refs"], named, "made");
    let note = make_under(&anna, "notes", json!({ "body": "x" }), "deal", &deal.id).await;
    let parent = json!({ deal.id.as_str(): { "entity": "deal", "title": "D" } });
    assert_eq!(note.view["refs"], parent);

    let version = |view: &Value| view["version"].as_u64().unwrap();
    let changed = anna.patch(&deal.at, 1, &json!({ "fields": { "name": "E" } })).await.expect(200).json();
    assert_eq!(changed["refs"], named, "changed");
    let send = async |method: Method, path: &str, v: u64| {
        anna.send(anna.request(method, path).header("if-match", format!("\"{v}\""))).await.expect(200).json()
    };
    let binned = send(Method::DELETE, &deal.at, version(&changed)).await;
    assert_eq!(binned["refs"], named, "binned");
    let restored = send(Method::POST, &format!("{}/restore", deal.at), version(&binned)).await;
    assert_eq!(restored["refs"], named, "restored");
    assert_eq!(anna.get(&deal.at).await.expect(200).json()["refs"], named);

    // Each of the four answers showed the company's name, and the company's history says so.
    let events = anna.get(&format!("{}/events", ours.at)).await.expect(200).json();
    let acts: Vec<&str> =
        events["items"].as_array().unwrap().iter().map(|e| e["act"].as_str().unwrap()).collect();
    for act in ["record.create", "record.update", "record.delete", "record.restore"] {
        assert!(acts.contains(&act), "{act} in {acts:?}");
    }

    // What the caller may not see is not named, though the caller's own record refers to it.
    change(&lead, &deal.at, json!({ "company": theirs.id })).await;
    let at = version(&restored) + 1;
    let answer = anna.patch(&deal.at, at, &json!({ "fields": { "name": "F" } })).await.expect(200);
    assert_eq!(answer.json()["refs"], json!({}));
    assert!(!answer.text.contains("Obca"));
    let events = tomasz.get(&format!("{}/events", theirs.at)).await.expect(200).json();
    let anna_saw = |e: &Value| e["user"]["name"] == "Anna Kowalska" && e["outcome"] == "done";
    assert!(!events["items"].as_array().unwrap().iter().any(anna_saw), "{events}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_hidden_is_hidden_beside_a_row_too() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(&anna, "companies", json!({ "name": "Tajna" })).await;
    let person = make(&anna, "people", json!({ "last_name": "Skryta", "company": company.id })).await;
    let deal = make(&anna, "deals", json!({ "name": "D", "company": company.id, "person": person.id })).await;
    let all = json!({ "read": "all" });
    let role = json!({
        "name": "blind", "label": { "pl": "Ślepa", "en": "Blind" },
        "entities": {
            "company": { "scopes": all, "level": "read", "fields": { "name": "masked" } },
            // The name is computed from it.
            "person": { "scopes": all, "level": "read", "fields": { "first_name": "hidden" } },
            "deal": { "scopes": all, "level": "read" },
        },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    assert_eq!(refs(&ewa, "deals").await, json!({}));
    let seen = ewa.get(&deal.at).await.expect(200);
    assert_eq!(seen.json()["refs"], json!({}));
    assert!(!seen.text.contains("Tajna") && !seen.text.contains("Skryta"));

    // A reference that is hidden names nothing, though what it points at may be read.
    let role = json!({
        "name": "no_link", "label": { "pl": "Bez", "en": "None" },
        "entities": {
            "company": { "scopes": all, "level": "read" },
            "deal": { "scopes": all, "level": "read", "fields": { "company": "hidden", "person": "masked" } },
        },
    });
    endow(&world, "robert.szymanski", &role).await;
    let robert = world.sign_in("robert.szymanski").await;
    assert_eq!(refs(&robert, "deals").await, json!({}));
    let seen = robert.get(&deal.at).await.expect(200);
    assert_eq!(seen.json()["refs"], json!({}));
    assert!(!seen.text.contains("Tajna") && seen.json()["fields"].get("company").is_none());
}

/// For everybody of the cast: what is named can be opened and is called so, and what is not named cannot.
#[tokio::test(flavor = "multi_thread")]
async fn beside_rows_stands_what_can_be_opened_and_nothing_else() {
    let world = World::new().await;
    let lead = world.sign_in("magdalena.wojcik").await;
    let mut companies = Vec::new();
    for login in ["anna.kowalska", "tomasz.lewandowski", "magdalena.wojcik"] {
        let client = world.sign_in(login).await;
        let company = make(&client, "companies", json!({ "name": format!("Firma {login}") })).await;
        let person = make(&client, "people", json!({ "last_name": login })).await;
        let deal = make(&client, "deals", json!({ "name": login })).await;
        let _ = make_under(&client, "activities", json!({ "title": login }), "person", &person.id).await;
        companies.push((company, person, deal));
    }
    for (at, (_, person, deal)) in companies.iter().enumerate() {
        let (company, other, _) = &companies[(at + 1) % companies.len()];
        change(&lead, &person.at, json!({ "company": company.id })).await;
        change(&lead, &deal.at, json!({ "company": company.id, "person": other.id })).await;
    }
    let (mut named, mut unnamed) = (0, 0);
    for login in CAST.iter().map(|p| p.login).chain(["robert.szymanski"]) {
        let client = world.sign_in(login).await;
        for (_, plural) in ENTITIES {
            let page = client.get(&api(&format!("{plural}?refs=true"))).await;
            if page.status.as_u16() == 403 {
                continue;
            }
            let page = page.expect(200).json();
            for row in page["items"].as_array().unwrap() {
                for id in referred(&row["fields"], &row["parent"]) {
                    let shown = &page["refs"][&id];
                    let mut opened = None;
                    for (entity, plural) in ENTITIES {
                        let answer = client.get(&api(&format!("{plural}/{id}"))).await;
                        if answer.status.as_u16() == 200 {
                            opened = Some((entity, answer.json()));
                        }
                    }
                    match opened {
                        Some((entity, view)) => {
                            let title = &view["fields"]["name"];
                            assert_eq!(*shown, json!({ "entity": entity, "title": title }), "{login}");
                            named += 1;
                        }
                        None => {
                            assert_eq!(*shown, Value::Null, "{login} {plural}");
                            unnamed += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(named > 20 && unnamed > 3, "{named} {unnamed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_says_which_activity_comes_next() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(&anna, "companies", json!({ "name": "A" })).await;
    let idle = make(&anna, "companies", json!({ "name": "B" })).await;
    let next = async |client: &Client| {
        let page = client.get(&api("companies?next_activity=true&sort=name")).await.expect(200).json();
        assert_eq!(ids(&page), [company.id.as_str(), idle.id.as_str()]);
        assert_eq!(page["items"][1].get("next_activity"), Some(&Value::Null));
        page["items"][0]["next_activity"].clone()
    };
    let under = |fields: Value| make_under(&anna, "activities", fields, "company", &company.id);
    assert_eq!(next(&anna).await, Value::Null);
    let open = under(json!({ "title": "Kiedyś" })).await;
    assert_eq!(
        next(&anna).await,
        json!({ "id": open.id, "title": "Kiedyś", "kind": "task", "due": null, "overdue": false })
    );
    let _ = under(json!({ "title": "Później", "due": "2026-12-24T12:00:00Z" })).await;
    let soon = under(json!({ "title": "Wkrótce", "kind": "call", "due": "2026-11-23T12:00:00Z" })).await;
    let _ = under(json!({ "title": "Zrobione", "due": "2026-11-20T12:00:00Z", "done": true })).await;
    let binned = under(json!({ "title": "W koszu", "due": "2026-11-20T12:00:00Z" })).await;
    let _ = anna.delete(&binned.at, 1).await.expect(200);
    let mut expected = json!({
        "id": soon.id, "title": "Wkrótce", "kind": "call", "due": "2026-11-23T12:00:00.000Z", "overdue": false,
    });
    assert_eq!(next(&anna).await, expected);
    world.clock.advance_ms(5 * 3_600_000);
    let anna = world.sign_in("anna.kowalska").await;
    expected["overdue"] = json!(true);
    assert_eq!(next(&anna).await, expected);
    let events = anna.get(&format!("{}/events", soon.at)).await.expect(200).json();
    assert!(events["items"].as_array().unwrap().iter().any(|e| e["act"] == "record.list"), "{events}");
    issue(&problem(&anna.get(&api("notes?next_activity=true")).await, 422), "next_activity");

    // Who reads no activities, or not what says which is next, gets no answer at all.
    let all = json!({ "read": "all" });
    let company_alone = json!({
        "name": "companies_alone", "label": { "pl": "Same", "en": "Alone" },
        "entities": { "company": { "scopes": all, "level": "read" } },
    });
    endow(&world, "ewa.pusta", &company_alone).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let page = ewa.get(&api("companies?next_activity=true")).await.expect(200);
    assert!(!page.text.contains("next_activity"), "{}", page.text);
    for (n, (field, level)) in [("done", "hidden"), ("due", "masked"), ("title", "hidden")].iter().enumerate()
    {
        let role = json!({
            "name": format!("part_{n}"), "label": { "pl": "Część", "en": "Part" },
            "entities": {
                "company": { "scopes": all, "level": "read" },
                "activity": { "scopes": all, "level": "read", "fields": { *field: level } },
            },
        });
        let id = endow(&world, "robert.szymanski", &role).await;
        let robert = world.sign_in("robert.szymanski").await;
        let page = robert.get(&api("companies?next_activity=true&sort=name")).await.expect(200);
        if *field == "title" {
            let row = &page.json()["items"][0]["next_activity"];
            assert_eq!((&row["id"], row.get("title")), (&json!(soon.id), None));
        } else {
            assert!(!page.text.contains("next_activity"), "{field}: {}", page.text);
        }
        let user = api(&format!("users/{}", self::named(&robert, "users", "robert.szymanski").await));
        let now = robert.get(&user).await.expect(200).json();
        let left: Vec<&Value> =
            now["roles"].as_array().unwrap().iter().filter(|r| **r != json!(id)).collect();
        let version = now["version"].as_u64().unwrap();
        let _ = robert.patch(&user, version, &json!({ "roles": left })).await.expect(200);
    }
    assert_eq!(column(&anna.get(&api("companies?sort=name")).await.json(), "name"), ["A", "B"]);
}
