//! What rights were, would be, and why they are.

use super::Named;
use super::common::moment;
use crate::openapi::names::schema;
use serde_json::{Value, json};

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn texts(description: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": description })
}

fn many(item: &str) -> Value {
    json!({ "type": "array", "items": schema(item) })
}

fn or_null(item: Value, description: &str) -> Value {
    json!({ "oneOf": [item, { "type": "null" }], "description": description })
}

fn number(description: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": description })
}

fn open(properties: Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

pub(super) fn schemas() -> Vec<Named> {
    [versions(), previews(), files(), why()].concat()
}

fn versions() -> Vec<Named> {
    let version = json!({
        "version": schema("Version"),
        "at": or_null(moment("Since when it was so."), "Null if it was made before changes were kept."),
        "who": or_null(json!({ "type": "string", "enum": ["user", "nobody", "system", "operator"] }), "Who made it."),
        "by": or_null(schema("Named"), "The user, if it was one."),
        "event": or_null(schema("Id"), "The event in the ledger."),
        "changes": texts("What is other than in the version before, in the caller's language."),
        "role": schema("RoleInput"),
    });
    let page = json!({
        "items": many("RoleVersion"),
        "next_before": or_null(json!({ "type": "integer", "format": "int64" }), "Null at the end of what is kept."),
    });
    let back = json!({ "version": schema("Version") });
    vec![
        ("RoleVersion", open(version, &["version", "at", "who", "by", "event", "changes", "role"])),
        ("RoleVersionPage", open(page, &["items", "next_before"])),
        (
            "RollBack",
            json!({ "type": "object", "properties": back, "required": ["version"], "additionalProperties": false }),
        ),
    ]
}

/// Pairs of roles that one person is not to hold.
pub(super) fn together() -> Value {
    let pair = json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": schema("RoleName") });
    json!({
        "type": "array", "items": pair,
        "description": "Pairs of roles of which the user holds both by it, though one person is not to; told and not refused.",
    })
}

fn previews() -> Vec<Named> {
    let counted =
        |what: &str| json!({ "type": "integer", "minimum": 0, "maximum": 10_000, "description": what });
    let count = json!({
        "user": schema("Named"),
        "entity": text("Name of the entity."),
        "before": counted("Records read now; stops at 10,000."),
        "after": counted("Records read then."),
    });
    let group = json!({
        "team": schema("Named"),
        "roles": many("RoleName"),
        "count": number("How many they are."),
        "users": or_null(many("Named"), "The first 20; null for whoever may not read users."),
        "gained": texts("What they gain, in the caller's language."),
        "lost": texts("What they lose."),
        "records": or_null(many("PreviewCount"), "What the first five read, as far as it changes and was counted; null for whoever may not read users."),
    });
    let preview = json!({
        "gaining": number("How many people and programs gain something."),
        "losing": number("How many lose something."),
        "groups": many("PreviewGroup"),
        "more_groups": number("How many groups there are besides."),
        "grants": number("Grants, in force or to come, that rest on the role and change with it."),
        "together": together(),
    });
    vec![
        ("PreviewCount", open(count, &["user", "entity", "before", "after"])),
        ("PreviewGroup", open(group, &["team", "roles", "count", "users", "gained", "lost", "records"])),
        ("Preview", open(preview, &["gaining", "losing", "groups", "more_groups", "grants", "together"])),
    ]
}

fn files() -> Vec<Named> {
    let file = json!({
        "format": { "type": "string", "const": "klucznik-roles" },
        "version": { "type": "integer", "const": 1 },
        "roles": { "type": "array", "maxItems": 1_000, "items": { "type": "object", "description": "As `RoleInput`; looked at one by one." } },
    });
    let item = json!({
        "name": text("Its stable name, as far as it has one."),
        "fate": { "type": "string", "enum": ["new", "changed", "same", "refused"], "description": "What becomes of it." },
        "changes": texts("What is other than now, in the caller's language."),
        "reasons": texts("Why it cannot be saved, in the caller's language."),
    });
    let done = json!({
        "items": many("RoleImportItem"),
        "saved": { "type": "boolean", "description": "Whether anything was." },
        "preview": schema("Preview"),
    });
    vec![
        (
            "RoleFile",
            json!({ "type": "object", "properties": file, "required": ["format", "version", "roles"], "additionalProperties": false }),
        ),
        ("RoleImportItem", open(item, &["name", "fate", "changes", "reasons"])),
        ("RoleImport", open(done, &["items", "saved", "preview"])),
    ]
}

fn why() -> Vec<Named> {
    let rules = ["standing", "token", "denial", "role", "grant", "condition", "restriction", "field"];
    let step = json!({
        "rule": { "type": "string", "enum": rules },
        "effect": { "type": "string", "enum": ["gives", "takes", "nothing"], "description": "What it does to the answer." },
        "role": schema("RoleName"),
        "grant": schema("Id"),
        "may_end": { "type": "boolean", "description": "Whether the caller may end that grant now." },
        "level": schema("Level"),
        "label": text("In the caller's language."),
    });
    let way = json!({ "role": schema("RoleName"), "grant": schema("Id"), "label": text("In the caller's language.") });
    let why = json!({
        "user": schema("Named"),
        "action": schema("Action"),
        "field": or_null(json!({ "type": "string" }), "The field asked for."),
        "at": moment("Of which moment the answer is."),
        "allow": or_null(json!({ "type": "boolean" }), "Yes or no; null if it cannot be known."),
        "unknown": or_null(json!({ "type": "string" }), "Why it cannot be known, in the caller's language."),
        "level": or_null(schema("Level"), "How much of the field is seen."),
        "owner": or_null(schema("Named"), "Whose the record was."),
        "team": or_null(schema("Named"), "Of which team it was."),
        "steps": many("WhyStep"),
        "ways": many("WhyWay"),
    });
    let all =
        ["user", "action", "field", "at", "allow", "unknown", "level", "owner", "team", "steps", "ways"];
    vec![
        ("WhyStep", open(step, &["rule", "effect", "may_end", "label"])),
        ("WhyWay", open(way, &["label"])),
        ("Why", open(why, &all)),
    ]
}
