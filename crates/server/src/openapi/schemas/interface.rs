//! What the web interface keeps: preferences and saved views.

use super::Named;
use super::common::moment;
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    let mut all = vec![("Preferences", preferences())];
    all.extend(views());
    all.push(("System", system()));
    all
}

fn preferences() -> Value {
    let columns = json!({
        "type": "array", "maxItems": 100,
        "items": { "type": "string", "pattern": "^[A-Za-z0-9_.-]{1,60}$" },
    });
    json!({
        "type": "object",
        "properties": {
            "lang": { "type": "string", "enum": ["pl", "en"] },
            "theme": { "type": "string", "enum": ["light", "dark", "auto"] },
            "density": { "type": "string", "enum": ["compact", "default", "comfortable"] },
            "shortcuts": { "type": "boolean", "description": "Whether single keys are shortcuts." },
            "columns": { "type": "object", "description": "Columns of lists, by entity, in order.", "additionalProperties": columns },
            "idle_days": { "type": "integer", "minimum": 1, "maximum": 365, "description": "A deal counts as idle after so many days; 14 unless set." },
        },
        "additionalProperties": false,
    })
}

fn views() -> Vec<Named> {
    let change = json!({
        "name": { "type": "string", "minLength": 1, "maxLength": 100 },
        "query": { "type": "string", "maxLength": 2_000, "description": "The search part of a URL, without `?`.", "examples": ["filter=stage%3Aeq%3Awon&sort=-value"] },
        "shared": { "type": "boolean", "description": "Whether others are offered it." },
    });
    let (mut create, mut view) = (change.clone(), change.clone());
    create["entity"] = json!({ "type": "string", "description": "Name of the entity, singular." });
    create["shared"]["default"] = json!(false);
    view["entity"] = create["entity"].clone();
    view["id"] = schema("Id");
    view["default"] = json!({ "type": "boolean", "description": "Whether the caller's list opens with it." });
    view["owner"] = schema("Named");
    view["mine"] = json!({ "type": "boolean" });
    view["version"] = schema("Version");
    let required = ["id", "entity", "name", "query", "shared", "default", "owner", "mine", "version"];
    vec![
        (
            "ViewCreate",
            json!({
                "type": "object", "properties": create,
                "required": ["entity", "name", "query"], "additionalProperties": false,
            }),
        ),
        ("ViewUpdate", json!({ "type": "object", "properties": change, "additionalProperties": false })),
        ("View", json!({ "type": "object", "properties": view, "required": required })),
        ("ViewList", list("View")),
    ]
}

fn object(properties: Value) -> Value {
    let required: Vec<&String> = properties.as_object().into_iter().flat_map(|p| p.keys()).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn remembered(of: &str) -> Value {
    let events = json!({ "type": "integer", "format": "int64", "minimum": 0 });
    let mut backup = object(json!({
        "at": moment("Made, or proved."), "state_of": moment("Whose state it holds."), "events": events,
    }));
    backup["type"] = json!(["object", "null"]);
    backup["description"] = json!(of);
    backup
}

fn system() -> Value {
    let (text, flag) = (json!({ "type": "string" }), json!({ "type": "boolean" }));
    let count = json!({ "type": "integer", "format": "int64", "minimum": 0 });
    let check = object(json!({
        "code": { "type": "string", "description": "Stable, in kebab case.", "examples": ["disk-room"] },
        "ok": flag,
        "level": { "type": "string", "enum": ["ok", "warn", "fail"] },
        "text": { "type": "string", "description": "How it is, and what to do." },
    }));
    let mut certificate = object(json!({
        "subject": text, "not_after": moment("Ends."), "days_left": { "type": "integer" },
        "own": { "type": "boolean", "description": "Whether the instance's own authority made it." },
    }));
    certificate["type"] = json!(["object", "null"]);
    object(json!({
        "version": text,
        "started_at": moment("The server started."),
        "uptime_s": count,
        "ready": flag,
        "organisation": text,
        "engine": object(json!({ "kind": text, "version": text })),
        "store": object(json!({
            "bytes": count, "free_bytes": { "type": ["integer", "null"], "format": "int64", "minimum": 0 },
            "reserve_ok": flag, "records": count, "events": count,
        })),
        "index": object(json!({ "bytes": count, "applied": count, "last_change": count, "behind": count })),
        "ledger": object(json!({
            "size": count, "root": text, "checkpoint_at": { "type": ["string", "null"], "format": "date-time" },
        })),
        "keys": schema("KeyStatus"),
        "certificate": certificate,
        "backup": object(json!({
            "scheduled": { "type": "boolean", "description": "Whether the server makes backups by itself." },
            "made": remembered("The last that was made from this server."),
            "verified": remembered("The last that was proved from this server to restore."),
        })),
        "clock": moment("Now, by the server's clock."),
        "jobs": object(json!({ "running": count, "queued": count })),
        "sessions": count,
        "csp_reports": count,
        "checks": { "type": "array", "items": check },
    }))
}
