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
        "reason": { "type": ["string", "null"], "description": "Null once whom the record is about was erased, and for whoever neither gave it nor sees the record." },
        "version": { "type": "integer", "minimum": 1, "description": "For `If-Match`." },
        "may_end": { "type": "boolean", "description": "Whether the caller may end it." },
        "may_renew": { "type": "boolean", "description": "Whether the caller may renew it now." },
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
    named.extend(requests(&related, &fields(json!("array"))));
    named.extend(covers());
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

/// Cover for absences.
fn covers() -> Vec<Named> {
    let create = json!({
        "of": { "type": "string", "format": "uuid", "description": "Whose records; one's own if absent." },
        "to": schema("Id"),
        "role": schema("Id"),
        "reason": { "type": "string", "minLength": 5, "maxLength": 500, "examples": ["Urlop wypoczynkowy"] },
        "from": moment("From now on if absent."),
        "until": moment("92 days after the beginning at the latest."),
    });
    let view = json!({
        "id": schema("Id"),
        "of": schema("Named"),
        "to": schema("Named"),
        "role": { "oneOf": [schema("RoleName"), { "type": "null" }], "description": "Null if the role is no more: the cover gives nothing." },
        "from": moment("In force from then on."),
        "until": { "type": ["string", "null"], "format": "date-time", "description": "And before this." },
        "state": { "type": "string", "enum": ["pending", "in_force", "ended"] },
        "by": schema("Named"),
        "at": moment("When it was set up."),
        "reason": { "type": ["string", "null"] },
    });
    let all = ["id", "of", "to", "role", "from", "until", "state", "by", "at", "reason"];
    vec![
        ("CoverCreate", strict(&create, &["to", "role", "reason", "until"])),
        ("Cover", open(&view, &all)),
        ("CoverList", list("Cover")),
    ]
}

/// Requests for access.
fn requests(related: &Value, fields: &Value) -> Vec<Named> {
    let wanted = json!({ "type": ["string", "null"], "format": "date-time", "description": "Until when access is wanted." });
    let ask = json!({
        "reason": { "type": "string", "minLength": 5, "maxLength": 500, "examples": ["Przejmuję tę sprawę po Annie"], "description": "Shown to those who decide alone, and kept under the key of whom the record is about." },
        "until": moment("Until when access is wanted: in the future, two years from now at the latest."),
    });
    let approval = json!({
        "role": schema("Id"),
        "with_related": related,
        "fields": fields,
        "until": moment("Two years from now at the latest."),
    });
    let view = json!({
        "id": schema("Id"),
        "entity": { "type": ["string", "null"], "description": "The kind of record; null if there is no such kind any more." },
        "record": schema("Id"),
        "state": { "type": "string", "enum": ["asked", "granted", "not_granted"], "description": "Asked until it is granted or 14 days have passed, whether somebody declined it or not." },
        "at": moment("When it was asked."),
        "ends_at": moment("Until when it can be decided on."),
        "until": wanted,
        "user": schema("Named"),
        "reason": { "type": ["string", "null"], "description": "Why: to those who decide alone." },
    });
    let all = ["id", "entity", "record", "state", "at", "ends_at", "until"];
    vec![
        ("AccessAsk", strict(&ask, &["reason"])),
        ("AccessApproval", strict(&approval, &["role", "until"])),
        ("AccessRequest", open(&view, &all)),
        ("AccessRequestList", list("AccessRequest")),
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
