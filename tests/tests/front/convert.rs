//! A lead becomes a person, a company and a deal, with what hung on it.

use super::help::{Made, api, ids, list, make, make_under, problem};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Client, World};

async fn convert(client: &Client, lead: &Made, version: u32, body: Value) -> Answer {
    let request = client.request(Method::POST, &format!("{}/convert", lead.at));
    client.send(request.header("if-match", format!("\"{version}\"")).json(&body)).await
}

fn whole() -> Value {
    json!({
        "first_name": "Łucja", "last_name": "Świt", "company_name": "Świt sp. z o.o.", "job_title": "Prezeska",
        "email": "lucja@swit.example", "phone": "221234567", "mobile": "601234567", "street": "Długa 1", "city": "Łódź",
        "postal_code": "90-001", "country": "PL", "nip": "5261040828", "website": "https://swit.example/",
        "source": "event", "tags": ["targi"], "description": "Poznana na targach",
        "estimated_value": { "amount": "25000.00", "currency": "PLN" },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_a_lead_holds_goes_on() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let lead = make(&anna, "leads", whole()).await;
    let note = make_under(&anna, "notes", json!({ "body": "Chce oferty" }), "lead", &lead.id).await;
    let task = make_under(&anna, "activities", json!({ "title": "Oddzwonić" }), "lead", &lead.id).await;
    let bare = anna.request(Method::POST, &format!("{}/convert", lead.at)).json(&json!({}));
    problem(&anna.send(bare).await, 428);
    problem(&convert(&anna, &lead, 9, json!({})).await, 412);
    let made = convert(&anna, &lead, 1, json!({ "deal": "Wdrożenie" })).await.expect(200).json();

    let get = async |plural: &str, key: &str| {
        anna.get(&api(&format!("{plural}/{}", made[key].as_str().unwrap()))).await.expect(200).json()
    };
    let (person, company, deal) =
        (get("people", "person").await, get("companies", "company").await, get("deals", "deal").await);
    let given = whole();
    for field in [
        "first_name",
        "last_name",
        "job_title",
        "email",
        "street",
        "city",
        "postal_code",
        "country",
        "source",
        "tags",
        "description",
    ] {
        assert_eq!(person["fields"][field], given[field], "{field}");
    }
    assert_eq!(
        (&person["fields"]["phone"], &person["fields"]["mobile"]),
        (&json!("+48221234567"), &json!("+48601234567"))
    );
    assert_eq!(person["fields"]["company"], made["company"]);
    assert_eq!(
        (&company["fields"]["name"], &company["fields"]["nip"]),
        (&given["company_name"], &given["nip"])
    );
    assert_eq!(company["fields"]["website"], given["website"]);
    assert_eq!(
        (&deal["fields"]["name"], &deal["fields"]["value"]),
        (&json!("Wdrożenie"), &given["estimated_value"])
    );
    assert_eq!((&deal["fields"]["company"], &deal["fields"]["person"]), (&made["company"], &made["person"]));
    assert_eq!(person["subject"], lead.view["subject"], "one erasure reaches both");
    assert_eq!(deal["subject"], company["subject"]);

    let after = anna.get(&lead.at).await.expect(200).json();
    assert_eq!((&after["fields"]["status"], &after["version"]), (&json!("converted"), &json!(2)));
    assert_eq!(after["fields"]["converted_at"], testkit::START.rfc3339());
    for (field, key) in
        [("converted_person", "person"), ("converted_company", "company"), ("converted_deal", "deal")]
    {
        assert_eq!(after["fields"][field], made[key]);
    }
    for child in [&note, &task] {
        let moved = anna.get(&child.at).await.expect(200).json();
        assert_eq!(moved["parent"], json!({ "entity": "person", "id": made["person"] }));
    }
    let under =
        list(&anna, "notes", &[("parent", made["person"].as_str().unwrap())]).await.expect(200).json();
    assert_eq!(ids(&under), [note.id]);
    problem(&convert(&anna, &lead, 2, json!({})).await, 409);
    let events = anna.get(&format!("{}/events", lead.at)).await.expect(200).json();
    assert_eq!(
        events["items"].as_array().unwrap().iter().filter(|e| e["act"] == "lead.convert").count(),
        1,
        "one act"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversion_is_whole_or_not_at_all() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let known = make(&anna, "companies", json!({ "name": "Świt", "nip": "526-104-08-28" })).await;
    let lead = make(&anna, "leads", whole()).await;
    let note = make_under(&anna, "notes", json!({ "body": "Zostaje" }), "lead", &lead.id).await;
    problem(&convert(&anna, &lead, 1, json!({ "deal": "Nic z tego" })).await, 409);
    assert_eq!(ids(&anna.get(&api("people")).await.expect(200).json()), Vec::<String>::new());
    assert_eq!(ids(&anna.get(&api("deals")).await.expect(200).json()), Vec::<String>::new());
    assert_eq!(ids(&anna.get(&api("companies")).await.expect(200).json()), [known.id.as_str()]);
    assert_eq!(anna.get(&lead.at).await.expect(200).json()["version"], 1);
    assert_eq!(anna.get(&note.at).await.expect(200).json()["parent"]["entity"], "lead");

    // With the known company it goes; another team's company is none.
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let theirs = make(&tomasz, "companies", json!({ "name": "Ich" })).await;
    problem(&convert(&anna, &lead, 1, json!({ "company": theirs.id })).await, 422);
    let made =
        convert(&anna, &lead, 1, json!({ "company": known.id, "deal": "Jednak" })).await.expect(200).json();
    assert_eq!(made["company"], json!(known.id));

    // Two at once: one wins.
    let lead = make(&anna, "leads", json!({ "last_name": "Wyścigowa" })).await;
    let (a, b) = tokio::join!(convert(&anna, &lead, 1, json!({})), convert(&anna, &lead, 1, json!({})));
    let mut codes = [a.status.as_u16(), b.status.as_u16()];
    codes.sort_unstable();
    assert!(codes[0] == 200 && matches!(codes[1], 409 | 412), "{codes:?}");
    assert_eq!(ids(&list(&anna, "people", &[("q", "wyścigowa")]).await.expect(200).json()).len(), 1);

    let nameless = make(&anna, "leads", json!({ "company_name": "Bez osoby" })).await;
    problem(&convert(&anna, &nameless, 1, json!({})).await, 422);
    problem(&convert(&tomasz, &nameless, 1, json!({})).await, 404);
    // Whoever may change a lead but not make people does not convert it.
    problem(&convert(&world.sign_in("marta.nowak").await, &nameless, 1, json!({})).await, 403);
}
