//! What the web interface keeps: preferences and saved views.

use super::Named;
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    let mut all = vec![("Preferences", preferences())];
    all.extend(views());
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
