//! Searching everything, and finding what may be the same.

use super::Named;
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [searching(), duplicates()].concat()
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn searching() -> Vec<Named> {
    vec![
        (
            "SearchResult",
            json!({
                "type": "object",
                "properties": { "groups": { "type": "array", "items": schema("SearchGroup") } },
                "required": ["groups"],
            }),
        ),
        (
            "SearchGroup",
            json!({
                "type": "object",
                "properties": {
                    "entity": text("Name of the entity."),
                    "items": { "type": "array", "minItems": 1, "maxItems": 20, "items": schema("SearchItem") },
                    "more": { "type": "boolean", "description": "Whether there are more." },
                },
                "required": ["entity", "items", "more"],
            }),
        ),
        (
            "SearchItem",
            json!({
                "type": "object",
                "properties": {
                    "id": schema("Id"),
                    "title": text("What it is called; empty if the caller may not read that."),
                    "subtitle": text("What tells it from others of the same name."),
                    "matched": text("Name of the field, other than the title, in which a word was found."),
                },
                "required": ["id", "title"],
            }),
        ),
    ]
}

fn duplicates() -> Vec<Named> {
    vec![
        (
            "DuplicatesInput",
            json!({
                "type": "object",
                "properties": {
                    "fields": {
                        "type": "object",
                        "description": "Values by field, as far as they are known. Wrong and unknown ones are passed over.",
                    },
                    "except": { "type": ["string", "null"], "format": "uuid", "description": "The record that is being changed." },
                },
                "required": ["fields"],
                "additionalProperties": false,
            }),
        ),
        (
            "Duplicate",
            json!({
                "type": "object",
                "properties": {
                    "entity": { "type": "string", "enum": ["company", "person", "lead"] },
                    "id": schema("Id"),
                    "title": text("What it is called; empty if the caller may not read that."),
                    "on": {
                        "type": "array", "items": { "type": "string" }, "minItems": 1,
                        "description": "The fields given whose values it has too.",
                    },
                    "certain": { "type": "boolean", "description": "The same e-mail, phone, NIP or unique value; else only the same name." },
                    "owner": schema("Named"),
                },
                "required": ["entity", "id", "title", "on", "certain", "owner"],
            }),
        ),
        ("DuplicateList", list("Duplicate")),
    ]
}
