//! Records to work on, made through the front door.

use serde_json::{Value, json};
use testkit::{Client, World};

/// The path of what was made.
pub async fn make(client: &Client, plural: &str, body: &Value) -> String {
    let made = client.post(&format!("/api/v1/{plural}"), body).await.expect(201);
    made.headers["location"].to_str().expect("a path").to_owned()
}

/// The id at the end of a path.
pub fn id(place: &str) -> &str {
    place.rsplit('/').next().expect("an id")
}

/// A hanging note.
pub fn note(entity: &str, place: &str, text: &str) -> Value {
    json!({ "fields": { "body": text }, "parent": { "entity": entity, "id": id(place) } })
}

/// A dozen people with notes, two companies with deals, a lead: paths of the people.
pub async fn fill(world: &World) -> Vec<String> {
    let anna = world.sign_in("anna.kowalska").await;
    let mut people = Vec::new();
    for company in ["Huta Żabno", "Młyn Łęg"] {
        let company = make(&anna, "companies", &json!({ "fields": { "name": company } })).await;
        let deal = json!({ "fields": { "name": "Dostawa", "stage": "lead_in", "company": id(&company) } });
        let _ = make(&anna, "deals", &deal).await;
    }
    for (n, name) in ["Łukasz", "Zofia", "Jan", "Ewa", "Adam", "Ola"].into_iter().enumerate() {
        let fields = json!({ "first_name": name, "last_name": format!("Nowak{n}"), "phone": format!("60123450{n}"),
            "email": format!("osoba{n}@firma.example"), "description": "Lubi rower" });
        let place = make(&anna, "people", &json!({ "fields": fields })).await;
        let _ = make(&anna, "notes", &note("person", &place, &format!("Rozmowa o umowie {n}"))).await;
        let _ = anna.patch(&place, 1, &json!({ "fields": { "city": "Łódź" } })).await.expect(200);
        people.push(place);
    }
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let person = json!({ "fields": { "last_name": "Południowa", "email": "p@poludnie.example" } });
    people.push(make(&tomasz, "people", &person).await);
    let _ = make(&tomasz, "leads", &json!({ "fields": { "last_name": "Zimny" } })).await;
    people
}

/// The first pages of every list, as each of the cast sees them, without what differs from request to request.
pub async fn lists(world: &World) -> Vec<(u16, Value)> {
    let mut out = Vec::new();
    for who in testkit::CAST {
        let client = world.sign_in(who.login).await;
        for path in [
            "people?sort=sort_name",
            "people?q=nowak",
            "people?q=lodz",
            "companies?sort=-name",
            "deals",
            "leads",
            "activities",
            "notes",
            "notes?q=umowie",
            "people?filter=city:eq:%C5%81%C3%B3d%C5%BA&count=true",
        ] {
            let answer = client.get(&format!("/api/v1/{path}")).await;
            let mut page = answer.json();
            for each in ["next_cursor", "request_id"] {
                page.as_object_mut().map(|p| p.remove(each));
            }
            out.push((answer.status.as_u16(), page));
        }
    }
    out
}
