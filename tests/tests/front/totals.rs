//! Totals by month.

use super::help::{api, endow, issue, make, problem};
use serde_json::{Value, json};
use testkit::World;

#[tokio::test(flavor = "multi_thread")]
async fn dates_and_moments_are_grouped_by_month() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    for (day, amount) in [
        (json!("2026-11-01"), "100.00"),
        (json!("2026-11-30"), "50.50"),
        (json!("2026-12-01"), "7.00"),
        (json!("1969-12-31"), "1.00"),
        (Value::Null, "3.00"),
    ] {
        let value = json!({ "amount": amount, "currency": "PLN" });
        let fields = json!({ "name": "D", "expected_close": day, "value": value, "stage": "won" });
        let _ = make(&anna, "deals", fields).await;
    }
    let get = async |query: &str| anna.get(&api(&format!("deals/totals?{query}"))).await;
    let groups = |answer: &Value| -> Vec<(Value, String, u64)> {
        let items = answer["items"].as_array().unwrap_or_else(|| panic!("{answer}")).iter();
        items
            .map(|t| {
                let sum = t["sum"].as_str().unwrap().to_owned();
                (t["group"].clone(), sum, t["count"].as_u64().unwrap())
            })
            .collect()
    };
    let by_month = get("group=expected_close:month&sum=value").await.expect(200).json();
    let expected = [
        (Value::Null, "3".to_owned(), 1),
        (json!("1969-12"), "1".to_owned(), 1),
        (json!("2026-11"), "150.5".to_owned(), 2),
        (json!("2026-12"), "7".to_owned(), 1),
    ];
    assert_eq!(groups(&by_month), expected);
    let only = get("group=expected_close:month&sum=value&filter=expected_close:gte:2026-12-01").await;
    assert_eq!(groups(&only.expect(200).json()), expected[3..]);
    let by_day = get("group=expected_close&sum=value").await.expect(200).json();
    assert_eq!(by_day["items"][3]["group"], "2026-11-30");
    // A moment, in UTC.
    let fields = json!({ "title": "T", "due": "2026-12-01T00:30:00+02:00" });
    let _ = make(&anna, "activities", fields).await;
    let due = anna.get(&api("activities/totals?group=due:month&sum=done")).await.expect(200).json();
    assert_eq!(due["items"][0]["group"], "2026-11");

    for wrong in ["expected_close:day", "expected_close:", "stage:month", "value:month", "unicorn:month"] {
        problem(&get(&format!("group={wrong}&sum=value")).await, 422);
    }
    issue(&problem(&get("group=expected_close:year&sum=value").await, 422), "group");
    // Months of birth are few, but of single people; a hidden date is as one that does not exist.
    problem(&anna.get(&api("people/totals?group=birthday:month&sum=birthday")).await, 422);
    let role = json!({
        "name": "part", "label": { "pl": "Część", "en": "Part" },
        "entities": { "deal": { "scopes": { "read": "all" }, "level": "read", "fields": { "expected_close": "hidden" } } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let hidden = problem(&ewa.get(&api("deals/totals?group=expected_close:month&sum=value")).await, 422);
    let unknown = problem(&ewa.get(&api("deals/totals?group=unicorn:month&sum=value")).await, 422);
    assert_eq!(hidden["issues"][0]["code"], unknown["issues"][0]["code"]);
}
