//! Roles on single records.

use super::Named;
use super::common::moment;
use super::factors::{open, strict};
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::json;

pub(super) fn schemas() -> Vec<Named> {
    let fields = |kind| json!({ "type": kind, "minItems": 1, "maxItems": 300, "items": { "type": "string" }, "description": "Of the record itself no other fields than these; what is computed from them and what they are computed from comes along." });
    let related = json!({ "type": "boolean", "description": "Whether over what hangs on the record too." });
    let create = json!({
        "to": {
            "description": "For one user, or for whoever is in a team or of a partner organisation at that moment.",
            "oneOf": [
                strict(&json!({ "user": schema("Id") }), &["user"]),
                strict(&json!({ "team": schema("Id") }), &["team"]),
                strict(&json!({ "partner": schema("Id") }), &["partner"]),
            ],
        },
        "role": schema("Id"),
        "with_related": related,
        "fields": fields(json!("array")),
        "reason": { "type": "string", "minLength": 5, "maxLength": 500, "examples": ["Pomoc przy ofercie"], "description": "Kept under the key of whom the record is about." },
        "from": moment("From now on if absent."),
        "until": moment("Two years from now at the latest, and if absent."),
    });
    let view = json!({
        "id": schema("Id"),
        "user": { "oneOf": [schema("Named"), { "type": "null" }] },
        "team": { "oneOf": [schema("Named"), { "type": "null" }] },
        "partner": { "oneOf": [schema("Named"), { "type": "null" }], "description": "The partner organisation that it is for, or that the user is of." },
        "role": { "oneOf": [schema("RoleName"), { "type": "null" }], "description": "Null if the role is no more: the grant gives nothing." },
        "with_related": related,
        "fields": fields(json!(["array", "null"])),
        "from": moment("In force from then on."),
        "until": { "type": ["string", "null"], "format": "date-time", "description": "And before this." },
        "state": { "type": "string", "enum": ["pending", "in_force", "ended"] },
        "by": schema("Named"),
        "at": moment("When it was given."),
        "reason": { "type": ["string", "null"], "description": "Null once whom the record is about was erased." },
    });
    let all = [
        "id",
        "user",
        "team",
        "partner",
        "role",
        "with_related",
        "fields",
        "from",
        "until",
        "state",
        "by",
        "at",
        "reason",
    ];
    vec![
        ("GrantCreate", strict(&create, &["to", "role", "reason"])),
        ("Grant", open(&view, &all)),
        ("GrantList", list("Grant")),
    ]
}
