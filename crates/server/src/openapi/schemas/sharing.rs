//! Roles on single records.

use super::Named;
use super::common::moment;
use super::factors::{open, strict};
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    let fields = |kind| json!({ "type": kind, "minItems": 1, "maxItems": 300, "items": { "type": "string" }, "description": "Of the record itself no other fields than these; what is computed from them and what they are computed from comes along." });
    let related = json!({ "type": "boolean", "description": "Whether over what hangs on the record too." });
    let create = json!({
        "to": {
            "description": "For one user, or for whoever is in a team at that moment.",
            "oneOf": [
                strict(&json!({ "user": schema("Id") }), &["user"]),
                strict(&json!({ "team": schema("Id") }), &["team"]),
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
        "role": { "oneOf": [schema("RoleName"), { "type": "null" }], "description": "Null if the role is no more: the grant gives nothing." },
        "with_related": related,
        "fields": fields(json!(["array", "null"])),
        "from": moment("In force from then on."),
        "until": { "type": ["string", "null"], "format": "date-time", "description": "And before this." },
        "state": { "type": "string", "enum": ["pending", "in_force", "ended"] },
        "by": schema("Named"),
        "at": moment("When it was given."),
        "reason": { "type": ["string", "null"], "description": "Null once whom the record is about was erased, and for whoever neither gave it nor sees the record." },
        "version": { "type": "integer", "minimum": 1, "description": "For `If-Match`." },
        "may_end": { "type": "boolean", "description": "Whether the caller may end it." },
        "may_renew": { "type": "boolean", "description": "Whether the caller may renew it now." },
    });
    let all = [
        "id",
        "user",
        "team",
        "role",
        "with_related",
        "fields",
        "from",
        "until",
        "state",
        "by",
        "at",
        "reason",
        "version",
        "may_end",
        "may_renew",
    ];
    let mut named = of_one_s_own(&view, &all, &create["reason"]);
    named.extend([
        ("GrantCreate", strict(&create, &["to", "role", "reason"])),
        ("Grant", open(&view, &all)),
        ("GrantList", list("Grant")),
    ]);
    named
}

/// Lists of one's own, renewing, and which roles may be given.
fn of_one_s_own(view: &Value, all: &[&str], reason: &Value) -> Vec<Named> {
    let (own, own_all) = own(view, all);
    let renewal = json!({ "until": moment("Two years from now at the latest."), "reason": reason });
    let role = json!({
        "id": schema("Id"),
        "name": { "type": "string" },
        "label": { "type": "string" },
        "actions": { "type": "array", "items": schema("Action"), "description": "What it lets be done to the record." },
    });
    let roles = json!({
        "items": { "type": "array", "items": schema("GrantableRole") },
        "fields": { "type": ["array", "null"], "items": { "type": "string" }, "description": "The fields asked for, with those that come along; null if none were." },
    });
    let page = json!({
        "items": { "type": "array", "items": schema("OwnGrant") },
        "next_cursor": { "type": ["string", "null"], "format": "uuid", "description": "Pass it as `cursor` to go on; null at the end." },
    });
    vec![
        ("GrantPage", open(&page, &["items", "next_cursor"])),
        ("GrantRenewal", strict(&renewal, &["until"])),
        ("GrantableRole", open(&role, &["id", "name", "label", "actions"])),
        ("GrantableRoles", open(&roles, &["items", "fields"])),
        ("OwnGrant", open(&own, &own_all)),
    ]
}

/// A grant in a list of one's own.
fn own<'a>(view: &Value, all: &[&'a str]) -> (Value, Vec<&'a str>) {
    let mut own = view.clone();
    own["record"] = json!({
        "description": "The record that it is over; null if it is over what somebody owns.",
        "oneOf": [
            open(
                &json!({
                    "entity": { "type": "string", "description": "Name of its entity." },
                    "id": schema("Id"),
                    "title": { "type": ["string", "null"], "description": "Null if the caller does not see it now." },
                }),
                &["entity", "id", "title"],
            ),
            { "type": "null" },
        ],
    });
    own["owner"] = json!({
        "oneOf": [schema("Named"), { "type": "null" }],
        "description": "Whose records it is over, if it is not over one.",
    });
    (own, all.iter().copied().chain(["record", "owner"]).collect())
}
