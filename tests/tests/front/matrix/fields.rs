//! How much of each field each role sees.

use super::stage::Stage;
use crate::front::help::{ENTITIES, api};
use serde_json::{Value, json};

pub const INTRO: &str = "As the `access` block of the lists says. `write` holds where the record may be changed at all. `hidden`: as
if the field did not exist. `-`: the role reads no record of the entity.

";

pub async fn all(stage: &Stage) -> (Vec<String>, Vec<Vec<String>>) {
    let heads =
        std::iter::once("field").chain(stage.roles.iter().map(|r| r.name)).map(str::to_owned).collect();
    let described = stage.roles[0].client.get(&api("entities")).await.expect(200).json();
    let mut rows = Vec::new();
    for (entity, plural) in ENTITIES {
        let mut blocks = Vec::new();
        for role in &stage.roles {
            blocks.push(role.client.get(&api(&format!("{plural}?limit=1"))).await.json()["access"].clone());
        }
        let descriptor = described["items"].as_array().unwrap().iter().find(|e| e["name"] == entity).unwrap();
        for field in descriptor["fields"].as_array().unwrap() {
            let flags = &field["flags"];
            let marks = ["trade", "special", "read_only"].into_iter().filter(|m| flags[*m] == true);
            let name = field["name"].as_str().unwrap();
            let label = marks.fold(format!("{entity}.{name}"), |label, mark| format!("{label} ({mark})"));
            rows.push(std::iter::once(label).chain(blocks.iter().map(|b| level(b, name))).collect());
        }
    }
    (heads, rows)
}

fn level(block: &Value, field: &str) -> String {
    if block.is_null() {
        return "-".to_owned();
    }
    let among = |list: &str| block[list].as_array().unwrap().contains(&json!(field));
    let level = match ["hidden", "masked", "writable"].map(among) {
        [true, ..] => "hidden",
        [_, true, _] => "masked",
        [_, _, true] => "write",
        _ => "read",
    };
    level.to_owned()
}
