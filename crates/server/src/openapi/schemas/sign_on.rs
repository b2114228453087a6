//! Single sign-on.

use super::Named;
use super::common::moment;
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [asking(), set_up(), accounts()].concat()
}

fn strict(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn open(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn texts(description: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": description })
}

fn name() -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9-]{1,40}$", "examples": ["firma"], "description": "Name of the provider." })
}

fn asking() -> Vec<Named> {
    let provider = json!({ "name": name(), "label": text("What people read on the button.") });
    let providers = json!({
        "providers": { "type": "array", "items": schema("Provider") },
        "only": { "type": "boolean", "description": "Whether passwords do not count, but for the emergency account." },
    });
    let begin = json!({
        "provider": name(),
        "back": { "type": "string", "maxLength": 500, "examples": ["/people"] },
        "invitation": text("The secret of an invitation."),
        "anew": { "type": "boolean" },
        "confirm": { "type": "boolean" },
    });
    let finish = json!({
        "provider": name(),
        "state": text("`state` of the address."),
        "code": text("`code` of the address."),
        "iss": text("`iss` of the address (RFC 9207)."),
        "error": text("`error` of the address."),
    });
    let address = json!({ "type": "string", "format": "uri" });
    vec![
        ("Provider", open(&provider, &["name", "label"])),
        ("Providers", open(&providers, &["providers", "only"])),
        ("SignOnBegin", strict(&begin, &["provider"])),
        ("SignOnBegun", open(&json!({ "address": address }), &["address"])),
        ("SignOnFinish", strict(&finish, &["provider", "state"])),
    ]
}

fn set_up() -> Vec<Named> {
    let provider = json!({
        "name": name(),
        "label": text("What people read on the button."),
        "issuer": text("The issuer, exactly."),
        "client_id": text("What this server is called there."),
        "scopes": texts("What is asked for beside `openid`."),
        "groups_claim": text("The claim that names groups."),
        "no_groups": { "type": "string", "enum": ["keep", "none"], "description": "What it means that a token does not have that claim: roles stay as they are, or the user is in no group." },
        "roles": {
            "type": "object",
            "additionalProperties": { "type": "array", "items": { "type": "string" } },
            "description": "Names of roles by group.",
        },
        "create_users_in": { "type": ["string", "null"], "description": "The team of users who are made when they first sign in; nobody is if absent." },
        "create_users_domains": texts("They are made only with an address in one of these domains, if there are any."),
        "create_users_groups": texts("They are made only if they are in one of these groups, if there are any."),
        "trust_email": { "type": "boolean", "description": "Whether an address is taken also where the provider does not say whether it made sure of it." },
        "trust_pkce": { "type": "boolean", "description": "Whether it counts as holding browsers to PKCE with S256 although it does not say so." },
        "factor_acr": texts("Values of `acr` that count as a second factor."),
        "factor_amr": texts("Values of `amr` of which one counts as a second factor."),
        "redirect": text("What the provider must know as the address to come back to."),
        "back_channel": text("Where the provider can end sessions."),
        "front_channel": text("What the provider can open in a frame to end sessions."),
    });
    let required = [
        "name",
        "label",
        "issuer",
        "client_id",
        "scopes",
        "groups_claim",
        "no_groups",
        "roles",
        "create_users_in",
        "create_users_domains",
        "create_users_groups",
        "trust_email",
        "trust_pkce",
        "factor_acr",
        "factor_amr",
        "redirect",
        "back_channel",
        "front_channel",
    ];
    let settings = json!({
        "only": { "type": "boolean", "description": "Whether passwords do not count, but for the emergency account." },
        "emergency": { "type": ["string", "null"], "description": "The user name of the emergency account." },
        "providers": { "type": "array", "items": schema("ProviderSettings") },
    });
    vec![
        ("ProviderSettings", open(&provider, &required)),
        ("SignOnSettings", open(&settings, &["only", "emergency", "providers"])),
    ]
}

fn accounts() -> Vec<Named> {
    let account = json!({
        "id": schema("Id"),
        "provider": name(),
        "issuer": text("The issuer."),
        "subject": text("Who, there."),
        "made_at": moment("Linked."),
        "given": { "type": "array", "items": schema("Id"), "description": "Roles that the user has by groups there alone." },
        "last_way": { "type": "boolean", "description": "Whether the user can sign in by it, and by nothing else." },
    });
    let subject = json!({ "type": "string", "minLength": 1, "maxLength": 255, "description": "`sub` of the provider." });
    vec![
        ("Account", open(&account, &["id", "provider", "issuer", "subject", "made_at", "given", "last_way"])),
        ("AccountList", list("Account")),
        ("AccountLink", strict(&json!({ "provider": name(), "subject": subject }), &["provider", "subject"])),
    ]
}
