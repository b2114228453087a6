//! Totals by month, by whose records are, and counts alone.

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

#[tokio::test(flavor = "multi_thread")]
async fn counts_need_no_amount_and_go_by_whose_records_are() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let me = anna.get(&api("me")).await.expect(200).json()["user"].clone();
    for (stage, currency) in [("won", "PLN"), ("won", "EUR"), ("offer", "PLN")] {
        let value = json!({ "amount": "10.00", "currency": currency });
        let _ = make(&anna, "deals", json!({ "name": "D", "stage": stage, "value": value })).await;
    }
    let role = json!({
        "name": "counter", "label": { "pl": "Liczący", "en": "Counter" },
        "entities": { "deal": { "scopes": { "read": "all" }, "level": "read", "trade": "hidden", "fields": { "source": "hidden" } } },
    });
    endow(&world, "ewa.pusta", &role).await;
    let ewa = world.sign_in("ewa.pusta").await;
    let get = async |query: &str| ewa.get(&api(&format!("deals/totals?{query}"))).await;
    // Amounts are hidden from her, and currencies do not part what she counts.
    let by_stage = get("group=stage").await.expect(200).json();
    assert_eq!(by_stage["items"], json!([{ "group": "offer", "count": 1 }, { "group": "won", "count": 2 }]));
    let by_owner = get("group=owner&filter=stage:in:won").await.expect(200).json();
    assert_eq!(by_owner["items"], json!([{ "group": me["id"], "count": 2 }]));
    let by_team = get("group=team").await.expect(200).json();
    assert_eq!(by_team["items"], json!([{ "group": me["team"], "count": 3 }]));
    let valued = anna.get(&api("deals/totals?group=team&sum=value")).await.expect(200).json();
    let euro = json!({ "group": me["team"], "currency": "EUR", "sum": "10", "count": 1 });
    assert_eq!(valued["items"][0], euro);

    // What is hidden is as what is not there, whether it groups, adds up or narrows.
    let code = async |query: &str| problem(&get(query).await, 422)["issues"][0]["code"].clone();
    for (hidden, unknown) in [
        ("group=source", "group=unicorn"),
        ("group=value", "group=unicorn"),
        ("group=stage&sum=value", "group=stage&sum=unicorn"),
        ("group=owner&sum=value", "group=owner&sum=unicorn"),
        ("group=owner&filter=source:in:website", "group=owner&filter=unicorn:in:website"),
        ("group=stage&filter=value:gt:5", "group=stage&filter=unicorn:gt:5"),
    ] {
        assert_eq!(code(hidden).await, code(unknown).await, "{hidden}");
    }
    for wrong in ["owner:month", "created_by", "id", "parent"] {
        problem(&get(&format!("group={wrong}")).await, 422);
    }
    problem(&get("group=stage&sum=").await, 422);
    problem(&get("group=stage&sum=owner").await, 422);
    // Nobody counts what nobody showed: marketing has no deals, a seller no other team's.
    let marta = world.sign_in("marta.nowak").await;
    problem(&marta.get(&api("deals/totals?group=owner")).await, 403);
    let _ = marta.get(&api("leads/totals?group=status")).await.expect(200);
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let others = tomasz.get(&api("deals/totals?group=owner")).await.expect(200).json();
    assert_eq!(others["items"], json!([]));
}
