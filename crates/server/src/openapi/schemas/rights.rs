//! Teams, roles, and what they allow.

use super::Named;
use crate::openapi::names::schema;
use access::Action;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    vec![
        ("Action", json!({ "type": "string", "enum": Action::ALL })),
        (
            "Scope",
            json!({
                "type": "string",
                "description": "Over which records: none, own ones, those of one's team, also of teams below, all.",
                "enum": ["none", "own", "team", "below", "all"],
            }),
        ),
        (
            "Level",
            json!({
                "type": "string",
                "description": "How much of a field is seen.",
                "enum": ["hidden", "masked", "read", "write"],
            }),
        ),
        (
            "Things",
            json!({
                "type": "object",
                "description": "Rights over what is administered; managing includes reading.",
                "propertyNames": { "enum": ["users", "teams", "roles", "fields", "ledger", "keys", "sessions", "system"] },
                "additionalProperties": { "type": "string", "enum": ["read", "manage"] },
            }),
        ),
        ("EntityRights", entity_rights()),
        (
            "TokenScope",
            json!({
                "type": "object",
                "description": "What is not named is not allowed.",
                "properties": { "entities": actions("Actions by entity."), "things": schema("Things") },
                "required": ["entities"],
                "additionalProperties": false,
            }),
        ),
        ("TeamInput", team_input()),
        (
            "Team",
            json!({
                "type": "object",
                "properties": {
                    "id": schema("Id"),
                    "name": { "type": "string" },
                    "parent": { "type": ["string", "null"], "format": "uuid" },
                    "version": schema("Version"),
                },
                "required": ["id", "name", "parent", "version"],
            }),
        ),
        ("TeamList", list("Team")),
        ("RoleInput", role_input()),
        ("Role", role()),
        ("RoleList", list("Role")),
    ]
}

/// All of something, in one answer.
pub(super) fn list(item: &str) -> Value {
    let items = json!({ "type": "array", "items": schema(item) });
    json!({ "type": "object", "required": ["items"], "properties": { "items": items } })
}

fn actions(description: &str) -> Value {
    let set = json!({ "type": "array", "uniqueItems": true, "items": schema("Action") });
    json!({ "type": "object", "description": description, "additionalProperties": set })
}

fn entity_rights() -> Value {
    let level = |what: &str| json!({ "oneOf": [schema("Level"), { "type": "null" }], "description": what });
    json!({
        "type": "object",
        "properties": {
            "scopes": {
                "type": "object",
                "description": "Scope of each action; none for what is not named.",
                "propertyNames": schema("Action"),
                "additionalProperties": schema("Scope"),
            },
            "level": schema("Level"),
            "trade": level("Level of trade data; that of ordinary fields if absent."),
            "special": level("Level of special fields; hidden if absent."),
            "fields": { "type": "object", "description": "Levels of single fields.", "additionalProperties": schema("Level") },
        },
        "additionalProperties": false,
    })
}

fn team_input() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": { "type": "string", "minLength": 1, "maxLength": 100 },
            "parent": { "type": ["string", "null"], "format": "uuid", "description": "The team above it." },
        },
        "required": ["name"],
        "additionalProperties": false,
    })
}

fn role_input() -> Value {
    let name =
        json!({ "type": "string", "description": "Stable, in snake case.", "examples": ["sales_assistant"] });
    json!({
        "type": "object",
        "properties": {
            "name": name,
            "label": schema("Text"),
            "entities": { "type": "object", "description": "Rights by entity.", "additionalProperties": schema("EntityRights") },
            "denials": actions("Denied by entity, whatever other roles allow."),
            "things": schema("Things"),
        },
        "required": ["name", "label"],
        "additionalProperties": false,
    })
}

fn role() -> Value {
    json!({
        "type": "object",
        "properties": {
            "id": schema("Id"),
            "name": { "type": "string" },
            "label": schema("Text"),
            "built_in": { "type": "boolean", "description": "Cannot be removed or renamed." },
            "entities": { "type": "object", "additionalProperties": schema("EntityRights") },
            "denials": actions("Denied by entity."),
            "things": schema("Things"),
            "version": schema("Version"),
        },
        "required": ["id", "name", "label", "built_in", "entities", "denials", "things", "version"],
    })
}
