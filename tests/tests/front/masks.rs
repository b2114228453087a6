//! What is hidden is absent, what is masked is marked, and neither can be asked about or guessed.

use super::help::{api, endow, ids, issue, list, make, named, problem};
use serde_json::{Value, json};
use testkit::{Client, World};

const PESEL: &str = "44051401359";

/// A person with a PESEL, of the seller's own: made by somebody whose role allows that.
async fn with_pesel(world: &World) -> String {
    let role = json!({
        "name": "kadry", "label": { "pl": "Kadry", "en": "Staff" },
        "entities": { "person": { "scopes": { "read": "all", "create": "all", "update": "all" }, "level": "write", "special": "write" } },
    });
    endow(world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let owner = named(&ewa, "colleagues", "Anna Kowalska").await;
    let body = json!({ "fields": { "first_name": "Ewelina", "last_name": "Tajna", "pesel": PESEL }, "owner": owner });
    ewa.post(&api("people"), &body).await.expect(201).json()["id"].as_str().unwrap().to_owned()
}

fn details(page: &Value, act: &str) -> Vec<Value> {
    page["items"].as_array().unwrap().iter().filter(|e| e["act"] == act).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn masked_values_are_revealed_with_right_and_reason_alone() {
    let world = World::new().await;
    let id = with_pesel(&world).await;
    let at = api(&format!("people/{id}"));
    let anna = world.sign_in("anna.kowalska").await;
    let seen = anna.get(&at).await.expect(200);
    assert_eq!(seen.json()["fields"]["pesel"], json!({ "masked": true, "display": "•••59" }));
    assert_eq!(seen.json()["access"]["masked"], json!(["pesel"]));
    assert!(!seen.text.contains(PESEL));
    let page = list(&anna, "people", &[("q", "tajna")]).await.expect(200);
    assert_eq!(
        page.json()["items"][0]["fields"].get("pesel"),
        None,
        "what is special is in no list: {}",
        page.text
    );
    assert_eq!(page.json()["access"]["masked"], json!(["pesel"]));
    // A masked field cannot be asked about: each answer would be worth a digit.
    for filter in [format!("pesel:eq:{PESEL}"), "pesel:eq:44051401300".to_owned(), "pesel:filled".to_owned()]
    {
        assert_eq!(
            issue(&problem(&list(&anna, "people", &[("filter", &filter)]).await, 422), "filter[0]")["code"],
            "unknown-field"
        );
    }
    problem(&list(&anna, "people", &[("sort", "pesel")]).await, 422);
    assert_eq!(ids(&list(&anna, "people", &[("q", PESEL)]).await.expect(200).json()), Vec::<String>::new());
    let export = world.sign_in("magdalena.wojcik").await.get(&api("people/export")).await.expect(200);
    assert!(export.text.contains("Tajna") && !export.text.contains(PESEL), "{}", export.text);

    let reveal = json!({ "field": "pesel", "reason": "Weryfikacja przed podpisaniem umowy" });
    problem(&anna.post(&format!("{at}/reveal"), &reveal).await, 403);
    let role = json!({
        "name": "reveals", "label": { "pl": "Odkrywa", "en": "Reveals" },
        "entities": { "person": { "scopes": { "read": "team", "reveal": "own" }, "level": "read", "special": "masked" } },
    });
    endow(&world, "anna.kowalska", &role).await;
    for reason in ["", "bo", "    .    "] {
        issue(
            &problem(
                &anna.post(&format!("{at}/reveal"), &json!({ "field": "pesel", "reason": reason })).await,
                422,
            ),
            "reason",
        );
    }
    let shown = anna.post(&format!("{at}/reveal"), &reveal).await.expect(200).json();
    assert_eq!(shown, json!({ "field": "pesel", "value": PESEL }));
    problem(
        &anna
            .post(&format!("{at}/reveal"), &json!({ "field": "unicorn", "reason": "Bez żadnego powodu" }))
            .await,
        404,
    );

    let events = anna.get(&format!("{at}/events")).await.expect(200).json();
    let revealed = details(&events, "field.reveal");
    assert_eq!(revealed.len(), 1);
    assert_eq!(revealed[0]["detail"], json!({ "field": "pesel", "reason": reveal["reason"] }));
    assert_eq!(revealed[0]["user"]["name"], "Anna Kowalska");
    assert!(!details(&events, "access.refused").is_empty(), "the refused attempt is there too");
    assert!(!events.to_string().contains(PESEL), "the receipt holds no value");

    // The data-protection officer finds by the exact number, and by nothing less.
    let zofia = world.sign_in("zofia.jablonska").await;
    let found = list(&zofia, "people", &[("filter", &format!("pesel:eq:{PESEL}"))]).await.expect(200).json();
    assert_eq!(ids(&found), [id]);
    problem(&list(&zofia, "people", &[("filter", "pesel:starts:4405")]).await, 422);
    assert_eq!(ids(&list(&zofia, "people", &[("q", PESEL)]).await.expect(200).json()), Vec::<String>::new());
}

/// Everything that an answer could tell, but times and ids.
async fn told(client: &Client, plural: &str, parameters: &[(&str, &str)]) -> (u16, String) {
    let answer = list(client, plural, parameters).await;
    (answer.status.as_u16(), answer.told())
}

#[tokio::test(flavor = "multi_thread")]
async fn marketing_learns_nothing_of_trade() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let marta = world.sign_in("marta.nowak").await;
    let money = |n: u32| json!({ "amount": format!("{n}"), "currency": "PLN" });
    let fields = json!({ "last_name": "Wyceniony", "estimated_value": money(987_654), "description": "Zaproponowano rabat 17%" });
    let lead = make(&anna, "leads", fields).await;
    let _ = anna
        .patch(&lead.at, 1, &json!({ "fields": { "estimated_value": money(123_456) } }))
        .await
        .expect(200);

    let seen = marta.get(&lead.at).await.expect(200);
    for absent in ["estimated_value", "description"] {
        assert_eq!(seen.json()["fields"].get(absent), None);
        assert!(seen.json()["access"]["hidden"].as_array().unwrap().contains(&json!(absent)));
    }
    let pages = [
        seen,
        marta.get(&api("leads")).await.expect(200),
        marta.get(&format!("{}/changes", lead.at)).await.expect(200),
        marta.get(&format!("{}/events", lead.at)).await.expect(200),
        marta.patch(&lead.at, 2, &json!({ "fields": { "tags": ["targi"] } })).await.expect(200),
    ];
    for page in pages {
        assert!(!["987654", "123456", "rabat"].iter().any(|v| page.text.contains(v)), "{}", page.text);
    }
    // Filters, sorting, totals: like a field that does not exist, whatever the value.
    for (right, wrong) in [("eq:123456", "eq:5"), ("gt:0", "gt:999999999"), ("filled", "empty")] {
        let ask = |what: &str| format!("estimated_value:{what}");
        let (a, b) = (ask(right), ask(wrong));
        let (a, b) =
            (told(&marta, "leads", &[("filter", &a)]).await, told(&marta, "leads", &[("filter", &b)]).await);
        assert_eq!((a.0, &a), (422, &b), "a hidden value shows in an answer");
        let unicorn = format!("unicorn:{right}");
        assert_eq!(
            told(&marta, "leads", &[("filter", &unicorn)]).await.1.replace("unicorn", "estimated_value"),
            a.1
        );
    }
    problem(&list(&marta, "leads", &[("sort", "estimated_value")]).await, 422);
    // Asking for it: no more than asking for what is not there.
    let hidden = told(&marta, "leads", &[("fields", "last_name,estimated_value")]).await;
    let unicorn = told(&marta, "leads", &[("fields", "last_name,unicorn")]).await;
    assert_eq!((422, hidden.1), (unicorn.0, unicorn.1.replace("unicorn", "estimated_value")));
    // What is hidden is told beforehand, so that no list has to ask in vain.
    let access = marta.get(&api("leads")).await.expect(200).json()["access"]["hidden"].clone();
    assert_eq!(marta.get(&api("me")).await.expect(200).json()["hidden"]["lead"], access);
    assert_eq!(anna.get(&api("me")).await.expect(200).json()["hidden"], json!({}));
    problem(&list(&marta, "leads/totals", &[("group", "status"), ("sum", "estimated_value")]).await, 422);
    assert_eq!(ids(&list(&marta, "leads", &[("q", "rabat")]).await.expect(200).json()), Vec::<String>::new());
    assert_eq!(ids(&list(&anna, "leads", &[("q", "rabat")]).await.expect(200).json()), [lead.id.as_str()]);
    // Writing it: unknown, whatever is written.
    for value in [money(123_456), json!("junk"), Value::Null] {
        let refused =
            problem(&marta.patch(&lead.at, 3, &json!({ "fields": { "estimated_value": value } })).await, 422);
        assert_eq!(issue(&refused, "estimated_value")["code"], "unknown-field");
    }
    let refused =
        problem(&marta.patch(&lead.at, 3, &json!({ "fields": { "last_name": "Inny" } })).await, 422);
    assert_eq!(issue(&refused, "last_name")["code"], "not-writable");
    let reveal = json!({ "field": "estimated_value", "reason": "Z ciekawości, ile to" });
    problem(&marta.post(&format!("{}/reveal", lead.at), &reveal).await, 403);
    for plural in ["deals", "notes", "activities"] {
        problem(&marta.get(&api(plural)).await, 403);
        problem(
            &list(&marta, &format!("{plural}/totals"), &[("group", "stage"), ("sum", "value")]).await,
            403,
        );
    }
    problem(&marta.get(&api("leads/export")).await, 403);
}
