//! Deals that partner organisations register.

use super::Named;
use super::common::moment;
use super::factors::{open, strict};
use crate::openapi::names::schema;
use kernel::limits;
use serde_json::json;

pub(super) fn schemas() -> Vec<Named> {
    let days = json!({ "type": "integer", "minimum": 1, "maximum": 366, "default": 180, "description": "For so many days a deal is shared with the partner, if no agreement ends before." });
    let input = json!({ "caretaker": schema("Id"), "role": schema("Id"), "days": days });
    let closed = json!({
        "type": ["string", "null"],
        "enum": ["off", "no_agreement", "caretaker_gone", "caretaker_may_not", "role_unfit", "full", null],
        "description": "Why no deal can be registered all the same; null if one can.",
    });
    let role = json!({
        "type": ["object", "null"],
        "properties": { "id": schema("Id"), "name": { "type": "string" }, "label": { "type": "string" } },
        "required": ["id", "name", "label"],
        "description": "Null if it is no more.",
    });
    let rules = json!({ "caretaker": schema("Named"), "role": role, "days": days, "closed": closed });
    let text = |max: usize| json!({ "type": "string", "maxLength": max });
    let create = json!({
        "company_name": text(250), "first_name": text(100), "last_name": text(120), "email": text(254),
        "phone": text(40), "website": text(2_000), "city": text(100),
        "description": { "type": "string", "maxLength": limits::LONG_TEXT_CHARS, "description": "What it is about." },
    });
    let made = json!({
        "id": schema("Id"), "at": moment("When."), "until": moment("Shared with the partner until."),
    });
    let view = json!({
        "id": schema("Id"),
        "at": moment("When."),
        "by": schema("Named"),
        "company": { "type": ["string", "null"], "description": "As the lead has it, as far as the caller sees it." },
        "state": {
            "type": ["string", "null"], "enum": ["open", "in_work", "won", "lost", null],
            "description": "How it stands; null for whoever does not see the lead, or not any more.",
        },
        "until": moment("Shared with the partner until."),
        "shared": { "type": "boolean", "description": "Whether it is now." },
    });
    let page = json!({
        "items": { "type": "array", "items": schema("Registration") },
        "count": { "type": "integer", "minimum": 0, "maximum": 1_000 },
        "next_cursor": { "type": ["string", "null"], "format": "uuid", "description": "Pass as `cursor` to go on; null at the end." },
    });
    let all: &[&str] = &["id", "at", "by", "company", "state", "until", "shared"];
    vec![
        ("RegistrationInput", strict(&input, &["caretaker", "role"])),
        ("RegistrationRules", open(&rules, &["caretaker", "role", "days", "closed"])),
        ("RegistrationCreate", strict(&create, &["company_name", "description"])),
        ("RegistrationMade", open(&made, &["id", "at", "until"])),
        ("Registration", open(&view, all)),
        ("RegistrationPage", open(&page, &["items", "count", "next_cursor"])),
    ]
}
