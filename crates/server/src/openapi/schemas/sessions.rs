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

fn hours() -> Value {
    let time = |what: &str, example: &str| json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", "description": what, "examples": [example] });
    let span = json!({
        "days": { "type": "array", "minItems": 1, "maxItems": 7, "items": { "type": "integer", "minimum": 1, "maximum": 7 }, "description": "Days of the week on which it begins: 1 is Monday, 7 is Sunday." },
        "from": time("The first minute.", "08:00"),
        "until": time("The first minute after it; on the next day, if that is not later.", "18:00"),
    });
    let all = json!({
        "zone": { "type": "string", "maxLength": 64, "description": "Time zone by whose clocks, as IANA names it; `Europe/Warsaw` if none is named.", "examples": ["Europe/Warsaw"] },
        "spans": { "type": "array", "minItems": 1, "maxItems": 28, "items": strict(&span, &["days", "from", "until"]), "description": "In any of these one may work." },
    });
    strict(&all, &["spans"])
}

pub(super) fn schemas() -> Vec<Named> {
    let minutes = |least: u16, most: u16, what: &str| json!({ "type": ["integer", "null"], "minimum": least, "maximum": most, "description": what });
    let rule = json!({
        "idle_minutes": minutes(5, 1_440, "A session ends after so long without use."),
        "absolute_minutes": minutes(15, 10_080, "A session ends after so long, used or not."),
        "networks": networks(),
        "hours": { "anyOf": [schema("WorkingHours"), { "type": "null" }], "description": "When one may work; nothing stands for always. Of roles only." },
    });
    let all = json!({
        "everyone": schema("SessionRule"),
        "roles": { "type": "object", "description": "By the id of a role.", "propertyNames": schema("Id"), "additionalProperties": schema("SessionRule") },
    });
    let mut read = all.clone();
    read["version"] = schema("Version");
    vec![
        ("WorkingHours", hours()),
        ("SessionRule", strict(&rule, &[])),
        ("SessionRules", strict(&all, &["everyone", "roles"])),
        ("SessionRulesRead", open(&read, &["everyone", "roles", "version"])),
    ]
}
