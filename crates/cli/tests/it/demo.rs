//! The demonstration.

use crate::harness::House;
use serde_json::Value;

const SIZES: &str =
    "--people 30 --companies 10 --leads 5 --deals 10 --activities 20 --notes 10 --reserve-mib 0";
const PATHS: [&str; 6] = ["companies", "people", "leads", "deals", "activities", "notes"];

/// Ids and contents of all records, as management sees them.
async fn records(house: &House, dir: &str, seed: u64) -> Vec<Value> {
    let served = house.serve(&format!("demo --dir {dir} --seed {seed} {SIZES}"));
    let users = served.answer["users"].as_array().expect("users");
    let boss = users.iter().find(|u| u["roles"][0] == "management").expect("management");
    let client = house.client(&served, dir);
    client
        .sign_in(boss["login"].as_str().expect("a login"), boss["password"].as_str().expect("a password"))
        .await;
    let mut all = Vec::new();
    for path in PATHS {
        let page = client.get(&format!("/api/v1/{path}?limit=200")).await.expect(200);
        let items = page.json()["items"].as_array().expect("items").clone();
        all.extend(
            items.iter().map(|i| serde_json::json!([i["id"], i["owner"], i["created_at"], i["fields"]])),
        );
    }
    all.sort_by_key(Value::to_string);
    assert_eq!(served.stop(), Some(0));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_gives_the_same_records() {
    let house = House::new();
    let (one, two) = (records(&house, "one", 7).await, records(&house, "two", 7).await);
    assert_eq!(one.len(), 85, "as many as asked for");
    assert_eq!(one, two);
    // Served again, not made again; and not taken for another one.
    house.run("demo --dir one --no-serve --json").expect(0);
    house.run("demo --dir one --no-serve --seed 8").expect(1);
    house.run("ledger verify --dir one").expect(0);
}
