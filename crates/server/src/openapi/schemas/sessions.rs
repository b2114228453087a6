//! Rules of sessions.

use super::Named;
use super::factors::{open, strict};
use crate::openapi::names::schema;
use serde_json::{Value, json};

pub(super) fn networks() -> Value {
    json!({
        "type": "array",
        "maxItems": 100,
        "items": { "type": "string", "maxLength": 64 },
        "description": "Addresses, and networks with the length of their prefix; none stands for any.",
        "examples": [["192.0.2.0/24", "2001:db8::/32"]],
    })
}

pub(super) fn schemas() -> Vec<Named> {
    let minutes = |least: u16, most: u16, what: &str| json!({ "type": ["integer", "null"], "minimum": least, "maximum": most, "description": what });
    let rule = json!({
        "idle_minutes": minutes(5, 1_440, "A session ends after so long without use."),
        "absolute_minutes": minutes(15, 10_080, "A session ends after so long, used or not."),
        "networks": networks(),
    });
    let all = json!({
        "everyone": schema("SessionRule"),
        "roles": { "type": "object", "description": "By the id of a role.", "propertyNames": schema("Id"), "additionalProperties": schema("SessionRule") },
    });
    let mut read = all.clone();
    read["version"] = schema("Version");
    vec![
        ("SessionRule", strict(&rule, &[])),
        ("SessionRules", strict(&all, &["everyone", "roles"])),
        ("SessionRulesRead", open(&read, &["everyone", "roles", "version"])),
    ]
}
