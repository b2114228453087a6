//! What all records share, and problems.

use super::Named;
use crate::openapi::names::schema;
use crate::openapi::value::DECIMAL_SENT;
use kernel::{FaultKind, limits};
use serde_json::{Value, json};
use std::ops::RangeInclusive;

pub(super) fn schemas() -> Vec<Named> {
    [values(), records(), beside(), acts(), problems()].concat()
}

/// A moment with a description.
pub(super) fn moment(description: &str) -> Value {
    json!({ "type": "string", "format": "date-time", "description": description })
}

fn values() -> Vec<Named> {
    let amount = r"^-?[0-9]{1,13}\.[0-9]{2}([0-9]{2})?$";
    vec![
        (
            "Id",
            json!({ "type": "string", "format": "uuid", "examples": ["0190a6c2-7b1e-7c3d-8e4f-0123456789ab"] }),
        ),
        (
            "Money",
            json!({
                "type": "object",
                "properties": {
                    "amount": { "type": "string", "pattern": amount, "examples": ["1234.50"] },
                    "currency": { "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217.", "examples": ["PLN"] },
                },
                "required": ["amount", "currency"],
                "additionalProperties": false,
            }),
        ),
        (
            "MoneyInput",
            json!({
                "type": "object",
                "description": "An amount with its currency, at most 4 decimal places, below 10^12. A change may name one of the two.",
                "properties": {
                    "amount": {
                        "oneOf": [{ "type": "string", "pattern": DECIMAL_SENT }, { "type": "number" }],
                    },
                    "currency": { "type": "string", "pattern": r"^\s*[A-Za-z]{3}\s*$", "description": "ISO 4217." },
                },
                "minProperties": 1,
                "additionalProperties": false,
                "examples": [{ "amount": "1234.50", "currency": "PLN" }],
            }),
        ),
        (
            "Masked",
            json!({
                "type": "object",
                "description": "A value of which the caller may see a part at most.",
                "properties": {
                    "masked": { "type": "boolean", "const": true },
                    "display": { "type": "string", "examples": ["j•••@example.pl"] },
                },
                "required": ["masked", "display"],
                "additionalProperties": false,
            }),
        ),
        (
            "Named",
            json!({
                "type": "object",
                "properties": { "id": schema("Id"), "name": { "type": "string" } },
                "required": ["id", "name"],
            }),
        ),
        (
            "Text",
            json!({
                "type": "object",
                "description": "The same in both languages.",
                "properties": { "pl": { "type": "string" }, "en": { "type": "string" } },
                "required": ["pl", "en"],
                "additionalProperties": false,
            }),
        ),
        (
            "Version",
            json!({ "type": "integer", "format": "int64", "minimum": 1, "description": "In quotes, the `ETag`." }),
        ),
    ]
}

/// What stands beside records.
fn beside() -> Vec<Named> {
    vec![
        (
            "Refs",
            json!({
                "type": "object",
                "description": "By id: what is referred to, as far as the caller may read it. Only when a record is opened, beside its changes, and in lists that ask.",
                "additionalProperties": {
                    "type": "object",
                    "properties": { "entity": { "type": "string" }, "title": { "type": "string" } },
                    "required": ["entity", "title"],
                },
            }),
        ),
        (
            "NextActivity",
            json!({
                "type": "object",
                "description": "The earliest activity that is not done.",
                "properties": {
                    "id": schema("Id"),
                    "title": { "type": "string", "description": "Absent if the caller may not read it." },
                    "kind": { "type": "string" },
                    "due": { "type": ["string", "null"], "format": "date-time" },
                    "overdue": { "type": "boolean" },
                },
                "required": ["id", "kind", "due", "overdue"],
            }),
        ),
    ]
}

fn records() -> Vec<Named> {
    let names = json!({ "type": "array", "items": { "type": "string" } });
    let actions = json!({ "type": "array", "items": schema("Action"), "description": "Actions allowed on this record; absent in lists." });
    vec![
        (
            "Access",
            json!({
                "type": "object",
                "description": "What is kept from the caller and what the caller may do.",
                "properties": { "hidden": names, "masked": names, "writable": names, "actions": actions },
                "required": ["hidden", "masked", "writable"],
            }),
        ),
        (
            "RecordHead",
            json!({
                "type": "object",
                "properties": {
                    "id": schema("Id"),
                    "subject": { "type": "string", "format": "uuid", "description": "Whom the record is about; its key seals it." },
                    "owner": schema("Named"),
                    "team": schema("Named"),
                    "parent": {
                        "type": ["object", "null"],
                        "properties": { "entity": { "type": "string" }, "id": schema("Id") },
                        "required": ["entity", "id"],
                    },
                    "version": schema("Version"),
                    "created_at": moment("Made."),
                    "created_by": schema("Named"),
                    "registered_by": schema("Named"),
                    "updated_at": moment("Last changed."),
                    "updated_by": schema("Named"),
                    "deleted_at": { "type": ["string", "null"], "format": "date-time", "description": "In the bin since." },
                    "refs": schema("Refs"),
                    "access": schema("Access"),
                },
                "required": [
                    "id", "subject", "owner", "team", "parent", "version", "created_at", "created_by", "updated_at",
                    "updated_by", "deleted_at", "access",
                ],
            }),
        ),
        (
            "RowHead",
            json!({
                "type": "object",
                "properties": {
                    "id": schema("Id"),
                    "owner": schema("Id"),
                    "team": schema("Id"),
                    "parent": schema("Id"),
                    "version": schema("Version"),
                    "created_at": moment("Made."),
                    "updated_at": moment("Last changed."),
                },
                "required": ["id", "owner", "team", "version", "created_at", "updated_at"],
            }),
        ),
    ]
}

fn reason(chars: &RangeInclusive<usize>, what: &str) -> Value {
    json!({ "type": "string", "minLength": chars.start(), "maxLength": chars.end(), "description": what })
}

/// Bodies and answers of acts on one record.
fn acts() -> Vec<Named> {
    let id = |what: &str| json!({ "type": ["string", "null"], "format": "uuid", "description": what });
    let count = |what: &str| json!({ "type": "integer", "minimum": 0, "description": what });
    vec![
        (
            "Reveal",
            json!({
                "type": "object",
                "properties": {
                    "field": { "type": "string", "examples": ["pesel"] },
                    "reason": reason(&records::REVEAL_REASON, "Why it is needed; kept in the ledger."),
                },
                "required": ["field", "reason"],
                "additionalProperties": false,
            }),
        ),
        (
            "Revealed",
            json!({
                "type": "object",
                "properties": { "field": { "type": "string" }, "value": { "description": "The value in clear; null if there is none." } },
                "required": ["field", "value"],
            }),
        ),
        (
            "Erase",
            json!({
                "type": "object",
                "properties": { "reason": reason(&records::ERASE_REASON, "On what ground; kept in the ledger. Must not name the person.") },
                "required": ["reason"],
                "additionalProperties": false,
            }),
        ),
        (
            "Erased",
            json!({
                "type": "object",
                "properties": {
                    "subject": schema("Id"),
                    "removed": count("Records removed."),
                    "unlinked": count("Records of others from which a reference was taken out."),
                    "destroyed_at": moment("When the key was destroyed."),
                },
                "required": ["subject", "removed", "unlinked", "destroyed_at"],
            }),
        ),
        (
            "LeadConvert",
            json!({
                "type": "object",
                "properties": {
                    "company": id("An existing company; else one is made if the lead names one."),
                    "deal": {
                        "type": ["string", "null"], "maxLength": limits::TEXT_CHARS,
                        "description": "Name of the deal to be made; none is made without it.",
                    },
                },
                "additionalProperties": false,
            }),
        ),
        (
            "LeadConverted",
            json!({
                "type": "object",
                "properties": { "lead": schema("Id"), "person": schema("Id"), "company": id("The company."), "deal": id("The deal.") },
                "required": ["lead", "person", "company", "deal"],
            }),
        ),
    ]
}

/// The kinds of failure, each a stable last part of `type`.
const KINDS: [FaultKind; 17] = [
    FaultKind::Invalid,
    FaultKind::Unauthenticated,
    FaultKind::Forbidden,
    FaultKind::OutsideHours,
    FaultKind::FactorRequired,
    FaultKind::StepUpRequired,
    FaultKind::NotFound,
    FaultKind::Stale,
    FaultKind::Conflict,
    FaultKind::PreconditionRequired,
    FaultKind::TooMany,
    FaultKind::TooLarge,
    FaultKind::Unsupported,
    FaultKind::Full,
    FaultKind::Unavailable,
    FaultKind::Corrupt,
    FaultKind::Internal,
];

fn problems() -> Vec<Named> {
    let types: Vec<String> = KINDS.iter().map(|k| format!("urn:klucznik:problem:{}", k.code())).collect();
    vec![
        (
            "Problem",
            json!({
                "type": "object",
                "description": "A problem document (RFC 9457), in the language that `Accept-Language` asks for: Polish or English. `type` is stable.",
                "properties": {
                    "type": { "type": "string", "format": "uri", "enum": types },
                    "title": { "type": "string" },
                    "status": { "type": "integer", "minimum": 400, "maximum": 599 },
                    "detail": { "type": "string" },
                    "issues": { "type": "array", "items": schema("Issue"), "description": "What is wrong, field by field." },
                    "missing": {
                        "type": "object",
                        "description": "What the caller's rights lack, where a refusal (403) knows: an action on an entity, or a right over a thing.",
                        "properties": {
                            "action": { "type": "string", "examples": ["export", "manage"] },
                            "entity": { "type": "string", "examples": ["person"] },
                            "thing": { "type": "string", "examples": ["users"] },
                        },
                    },
                    "duplicate": {
                        "type": "object",
                        "description": "The record that has a unique value already (409); its title, if the caller may read it.",
                        "properties": { "entity": { "type": "string", "examples": ["person"] }, "id": schema("Id"), "title": { "type": "string" } },
                        "required": ["entity", "id"],
                    },
                    "need": { "type": "string", "enum": ["any", "passkey"], "description": "Which factor must be added first (403 `factor-required`)." },
                    "factors": { "type": "array", "items": schema("FactorKind"), "description": "By what the caller can confirm to be there (403 `step-up-required`)." },
                    "ask": { "type": "array", "items": schema("Named"), "description": "Whom to ask after a refusal: the owner of the record, and administrators; where only an owner can help, that one alone, and where nobody else can, nobody." },
                    "request_id": { "type": "string", "maxLength": 64, "description": "As `X-Request-Id`: it stands in the server's log lines about this request.", "examples": ["3f0c1b9a7d5e42868bc0d1f2a3e4b5c6"] },
                },
                "required": ["type", "title", "status", "detail"],
            }),
        ),
        (
            "Issue",
            json!({
                "type": "object",
                "properties": {
                    "field": { "type": "string", "description": "A field, or a path such as `filter[2]`.", "examples": ["nip"] },
                    "code": { "type": "string", "description": "Stable, in kebab case.", "examples": ["wrong-check-digit"] },
                    "reason": { "type": "string" },
                    "example": { "type": "string", "description": "A value that would be right.", "examples": ["5261040828"] },
                },
                "required": ["field", "code", "reason"],
            }),
        ),
    ]
}

/// Where in the interface to go after signing in through a provider.
pub(super) fn back() -> Value {
    json!({ "type": "string", "description": "Where in the interface to go, if signing in was begun with a provider.", "examples": ["/people"] })
}
