//! Searching everything, finding what may be the same, explaining who sees what.

use super::Named;
use super::common::moment;
use super::rights::list;
use crate::openapi::names::schema;
use kernel::limits;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [searching(), duplicates(), access(), reach()].concat()
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
            "SearchWords",
            json!({
                "type": "object",
                "properties": {
                    "q": { "type": "string", "minLength": 1, "maxLength": limits::SEARCH_CHARS, "description": "Words that all must occur; the first 8 are looked at." },
                    "limit": { "type": "integer", "minimum": 1, "maximum": 20, "default": 5, "description": "Records of each entity." },
                },
                "required": ["q"],
                "additionalProperties": false,
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

fn access() -> Vec<Named> {
    let names = || json!({ "type": "array", "items": { "type": "string" } });
    vec![
        (
            "RecordAccessPage",
            json!({
                "type": "object",
                "properties": {
                    "items": { "type": "array", "items": schema("RecordAccess") },
                    "next_after": { "type": ["string", "null"], "format": "uuid", "description": "Pass as `after` to go on; null at the end." },
                    "count": { "type": "integer", "minimum": 1, "description": "How many can read it in all." },
                },
                "required": ["items", "next_after", "count"],
            }),
        ),
        (
            "RecordAccess",
            json!({
                "type": "object",
                "properties": {
                    "user": schema("Named"),
                    "team": schema("Named"),
                    "actions": { "type": "array", "items": schema("Action"), "description": "What the user may do to it." },
                    "fields": {
                        "type": "object",
                        "description": "How the user sees its fields.",
                        "properties": { "hidden": names(), "masked": names(), "writable": names() },
                        "required": ["hidden", "masked", "writable"],
                    },
                    "reasons": { "type": "array", "minItems": 1, "items": schema("AccessReason") },
                },
                "required": ["user", "team", "actions", "fields", "reasons"],
            }),
        ),
        (
            "AccessReason",
            json!({
                "type": "object",
                "properties": {
                    "action": { "type": "string", "const": "read" },
                    "rule": { "type": "string", "enum": ["role", "grant"] },
                    "role": schema("RoleName"),
                    "scope": schema("Scope"),
                    "via": { "type": "string", "enum": ["owner", "team", "below", "all", "parent", "grant"], "description": "How the record is within that scope, or that it was granted." },
                    "grant": schema("Id"),
                    "until": moment("Until when the grant gives leave, if it ends by itself."),
                    "parent": {
                        "type": "object",
                        "description": "What it hangs on, where that is how.",
                        "properties": { "entity": text("Name of its entity."), "id": schema("Id") },
                        "required": ["entity", "id"],
                    },
                    "label": text("The reason as a sentence, in the caller's language."),
                },
                "required": ["action", "rule", "role", "via", "label"],
            }),
        ),
        (
            "RoleName",
            json!({
                "type": "object",
                "properties": { "id": schema("Id"), "name": text("Stable."), "label": text("In the caller's language.") },
                "required": ["id", "name", "label"],
            }),
        ),
    ]
}

fn reach() -> Vec<Named> {
    vec![
        (
            "UserReach",
            json!({
                "type": "object",
                "properties": {
                    "user": schema("Named"),
                    "entities": { "type": "array", "items": schema("EntityReach") },
                    "things": schema("Things"),
                    "unusual_things": { "type": "array", "items": { "type": "string" }, "description": "Of the things, those that fewer than half of the team have as much of." },
                },
                "required": ["user", "entities", "things", "unusual_things"],
            }),
        ),
        (
            "EntityReach",
            json!({
                "type": "object",
                "properties": {
                    "entity": text("Name of the entity."),
                    "scopes": {
                        "type": "object",
                        "description": "Scope of each action; what is not named is not allowed.",
                        "propertyNames": schema("Action"),
                        "additionalProperties": schema("Scope"),
                    },
                    "levels": {
                        "type": "object",
                        "description": "Level of each field in lists; empty if nothing is read.",
                        "additionalProperties": schema("Level"),
                    },
                    "unusual": { "type": "array", "items": schema("Action"), "description": "Actions that fewer than half of the team may do as far as this." },
                    "count": { "type": ["integer", "null"], "minimum": 0, "maximum": 10_000, "description": "How many records are read; stops at 10,000; null if none can be." },
                },
                "required": ["entity", "scopes", "levels", "count", "unusual"],
            }),
        ),
    ]
}
