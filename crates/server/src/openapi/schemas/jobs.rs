//! Long works.

use super::Named;
use super::common::moment;
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [vec![("Job", job()), ("JobList", list("Job"))], results()].concat()
}

fn count(description: &str) -> Value {
    json!({ "type": "integer", "format": "int64", "minimum": 0, "description": description })
}

fn job() -> Value {
    let flag = |text: &str| json!({ "type": "boolean", "description": text });
    json!({
        "type": "object",
        "description": "A long work of the user who started it; nobody else sees it.",
        "properties": {
            "id": schema("Id"),
            "kind": { "type": "string", "enum": ["bulk", "bulk_undo"] },
            "entity": { "type": "string", "description": "Name of the entity, if it is about one." },
            "state": { "type": "string", "enum": ["queued", "running", "done", "failed", "cancelled"] },
            "done": count("How far it is."),
            "total": { "type": ["integer", "null"], "format": "int64", "minimum": 0, "description": "Of how much; null while that is not known." },
            "created_at": moment("Ordered."),
            "finished_at": { "type": ["string", "null"], "format": "date-time" },
            "result": { "oneOf": [schema("BulkResult"), { "type": "object", "maxProperties": 0 }], "description": "What came of it." },
            "problem": schema("Problem"),
            "can_cancel": flag("Whether it can be stopped."),
            "can_undo": flag("Whether it can be undone."),
            "undone": flag("Whether it was undone."),
        },
        "required": ["id", "kind", "state", "done", "total", "created_at", "finished_at", "can_cancel", "can_undo", "undone"],
    })
}

fn results() -> Vec<Named> {
    let text = json!({ "type": "string" });
    vec![
        (
            "BulkResult",
            json!({
                "type": "object",
                "properties": {
                    "changed": count("Records changed."),
                    "unchanged": count("Records that were so already."),
                    "refused": count("Records that could not be changed."),
                    "problems": { "type": "array", "maxItems": 200, "items": schema("BulkProblem"), "description": "The first 200 of those." },
                },
                "required": ["changed", "unchanged", "refused", "problems"],
            }),
        ),
        (
            "BulkProblem",
            json!({
                "type": "object",
                "properties": { "id": schema("Id"), "title": text, "code": text, "reason": text },
                "required": ["id", "code", "reason"],
            }),
        ),
        (
            "BulkSelect",
            json!({
                "type": "object",
                "description": "Records by `ids`, or all that a list with these conditions shows.",
                "properties": {
                    "ids": { "type": "array", "minItems": 1, "maxItems": 10_000, "items": schema("Id") },
                    "q": text,
                    "filter": { "type": "array", "items": text, "description": "As of the list." },
                    "parent": schema("Id"),
                    "binned": { "type": "boolean", "description": "Records in the bin; so by itself when they are restored." },
                },
                "additionalProperties": false,
            }),
        ),
    ]
}
