//! Records: made, read, changed, listed.

use serde_json::json;
use testkit::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_made_read_changed_and_listed() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let person =
        json!({ "fields": { "first_name": "Łukasz", "last_name": "Żółć", "email": "lukasz@zolc.example" } });
    let made = anna.post("/api/v1/people", &person).await.expect(201);
    let place = made.headers["location"].to_str().unwrap().to_owned();
    let read = anna.get(&place).await.expect(200).json();
    assert_eq!(read["fields"]["name"], "Łukasz Żółć");
    assert_eq!(read["owner"]["name"], "Anna Kowalska");
    let changed = anna.patch(&place, 1, &json!({ "fields": { "phone": "601 234 567" } })).await.expect(200);
    assert_eq!(changed.json()["fields"]["phone"], "+48601234567");
    let list = anna.get("/api/v1/people?q=zolc").await.expect(200).json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let _ = tomasz.get(&place).await.expect(404);
    assert_eq!(tomasz.get("/api/v1/people?q=zolc").await.expect(200).json()["items"], json!([]));
}
