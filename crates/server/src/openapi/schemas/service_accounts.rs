//! Programs that act by themselves.

use super::Named;
use super::common::moment;
use super::factors::{open, strict};
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::json;

pub(super) fn schemas() -> Vec<Named> {
    let ids = json!({ "type": "array", "maxItems": 32, "uniqueItems": true, "items": schema("Id") });
    let name =
        json!({ "type": "string", "minLength": 1, "maxLength": 100, "examples": ["Integracja ze sklepem"] });
    let change = json!({
        "name": name, "team": schema("Id"), "roles": ids,
        "ends_at": moment("It can do nothing from then on; two years from now at the latest."),
    });
    let (mut create, mut update, mut view) = (change.clone(), change.clone(), change);
    create["owner"] = schema("Id");
    update["active"] = json!({ "type": "boolean", "description": "A suspended account may do nothing." });
    view["id"] = schema("Id");
    view["owner"] = schema("Named");
    view["state"] = json!({
        "type": "string", "enum": ["active", "ended", "ownerless", "suspended"],
        "description": "Whether it can do anything.",
    });
    view["tokens"] = json!({ "type": "integer", "minimum": 0, "description": "Tokens that have not ended." });
    view["version"] = schema("Version");
    let all = ["id", "name", "owner", "team", "roles", "state", "ends_at", "tokens", "version"];
    vec![
        ("ServiceAccountCreate", strict(&create, &["name", "owner", "team", "ends_at"])),
        ("ServiceAccountUpdate", strict(&update, &[])),
        ("ServiceAccountOwner", strict(&json!({ "owner": schema("Id") }), &["owner"])),
        ("ServiceAccount", open(&view, &all)),
        ("ServiceAccountList", list("ServiceAccount")),
    ]
}
