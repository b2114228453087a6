//! Sessions, tokens, users.

use super::Named;
use super::common::moment;
use super::rights::list;
use crate::openapi::names::schema;
use kernel::limits;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [signing_in(), tokens(), users()].concat()
}

fn secret(description: &str, least: usize) -> Value {
    json!({
        "type": "string", "format": "password", "description": description,
        "minLength": least, "maxLength": limits::PASSWORD_MAX_CHARS,
    })
}

fn new_password() -> Value {
    secret(
        "The new password; weak ones are refused.",
        limits::PASSWORD_MIN_CHARS,
    )
}

fn signing_in() -> Vec<Named> {
    vec![
        (
            "SignIn",
            json!({
                "type": "object",
                "properties": { "login": { "type": "string" }, "password": secret("The password.", 0) },
                "required": ["login", "password"],
                "additionalProperties": false,
            }),
        ),
        (
            "Session",
            json!({
                "type": "object",
                "description": "A session, or for administrators also a token, of one user.",
                "properties": {
                    "id": schema("Id"),
                    "current": { "type": "boolean", "description": "Whether this request uses it." },
                    "created_at": moment("Begun."),
                    "seen_at": moment("Last used."),
                    "ends_at": moment("Ends at the latest."),
                },
                "required": ["id"],
            }),
        ),
        ("SessionList", list("Session")),
        (
            "PasswordChange",
            json!({
                "type": "object",
                "properties": { "current": secret("The current password.", 0), "new": new_password() },
                "required": ["current", "new"],
                "additionalProperties": false,
            }),
        ),
        (
            "PasswordSet",
            json!({
                "type": "object",
                "properties": { "new": new_password() },
                "required": ["new"],
                "additionalProperties": false,
            }),
        ),
    ]
}

fn tokens() -> Vec<Named> {
    let name =
        json!({ "type": "string", "minLength": 1, "maxLength": 100, "description": "What it is for." });
    let common = json!({
        "id": schema("Id"),
        "name": name,
        "scope": schema("TokenScope"),
        "created_at": moment("Made."),
        "seen_at": moment("Last used."),
        "ends_at": moment("Ends."),
    });
    let mut with_secret = common.clone();
    with_secret["token"] = json!({ "type": "string", "description": "The secret; shown this once." });
    vec![
        (
            "TokenCreate",
            json!({
                "type": "object",
                "properties": { "name": name, "scope": schema("TokenScope"), "ends_at": moment("Ends.") },
                "required": ["name", "scope", "ends_at"],
                "additionalProperties": false,
            }),
        ),
        (
            "Token",
            json!({ "type": "object", "properties": common, "required": ["id"] }),
        ),
        (
            "TokenMade",
            json!({ "type": "object", "properties": with_secret, "required": ["id", "token"] }),
        ),
        ("TokenList", list("Token")),
    ]
}

fn users() -> Vec<Named> {
    let ids = json!({ "type": "array", "maxItems": 32, "uniqueItems": true, "items": schema("Id") });
    let lang = json!({ "type": "string", "enum": ["pl", "en"] });
    let name = json!({ "type": "string", "minLength": 1, "maxLength": limits::TEXT_CHARS, "examples": ["Anna Kowalska"] });
    let email = json!({ "type": "string", "format": "idn-email", "maxLength": 254 });
    let login = json!({
        "type": "string", "pattern": r"^\s*[A-Za-z0-9._@+-]{3,100}\s*$", "examples": ["anna.kowalska"],
        "description": "Without regard to case.",
    });
    let change = json!({
        "name": name, "email": email, "lang": lang, "team": schema("Id"), "roles": ids,
        "active": { "type": "boolean", "description": "Suspended users may do nothing." },
    });
    let mut view = change.clone();
    view["id"] = schema("Id");
    view["login"] = json!({ "type": "string" });
    view["version"] = schema("Version");
    let mut me = view.clone();
    me["rights"] = json!({ "type": "object", "description": "What the caller's roles allow, by entity.", "additionalProperties": true });
    vec![
        (
            "UserCreate",
            json!({
                "type": "object",
                "properties": {
                    "login": login, "name": name, "email": email, "team": schema("Id"), "roles": ids,
                    "lang": { "type": "string", "enum": ["pl", "en"], "default": "pl" },
                    "password": secret("A first password.", limits::PASSWORD_MIN_CHARS),
                },
                "required": ["login", "name", "email", "team"],
                "additionalProperties": false,
            }),
        ),
        (
            "UserUpdate",
            json!({ "type": "object", "properties": change, "additionalProperties": false }),
        ),
        (
            "User",
            json!({ "type": "object", "properties": view, "required": ["id", "name", "team", "active"] }),
        ),
        ("UserList", list("User")),
        (
            "Me",
            json!({ "type": "object", "properties": me, "required": ["id", "name"] }),
        ),
    ]
}
