//! Histories and proofs.

use super::Named;
use super::common::moment;
use crate::openapi::names::schema;
use kernel::limits;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    vec![
        ("LedgerEvent", event()),
        ("LedgerEventPage", page("LedgerEvent")),
        ("RecordChange", change()),
        ("RecordChangePage", changes()),
        ("Total", total()),
        ("TotalList", super::rights::list("Total")),
        ("EventProof", proof()),
    ]
}

pub(super) fn page(item: &str) -> Value {
    json!({
        "type": "object",
        "properties": {
            "items": { "type": "array", "maxItems": limits::PAGE_MAX, "items": schema(item) },
            "next_before": {
                "type": ["integer", "null"], "format": "int64", "minimum": 0,
                "description": "Pass as `before` to go on; null at the end.",
            },
        },
        "required": ["items", "next_before"],
    })
}

fn changes() -> Value {
    let mut page = page("RecordChange");
    page["properties"]["refs"] = schema("Refs");
    page["required"] = json!(["items", "next_before", "refs"]);
    page
}

fn event() -> Value {
    let acts: Vec<&str> = ledger::Act::ALL.iter().map(|a| a.code()).collect();
    json!({
        "type": "object",
        "properties": {
            "seq": { "type": "integer", "format": "int64", "minimum": 0, "description": "Place in the ledger." },
            "id": schema("Id"),
            "at": moment("When."),
            "who": { "type": "string", "enum": ["user", "nobody", "system", "operator"] },
            "user": schema("Named"),
            "owner": schema("Named"),
            "act": { "type": "string", "enum": acts },
            "outcome": { "type": "string", "enum": ["done", "refused", "failed"] },
            "entity": { "type": "string" },
            "record": schema("Id"),
            "part_of": { "type": "string", "format": "uuid", "description": "The larger act it belongs to, such as an import." },
            "touched": { "type": "integer", "minimum": 0, "description": "How many records it touched." },
            "detail": { "description": "Detail, as long as the key that seals it exists." },
        },
        "required": ["seq", "id", "at", "who", "act", "outcome", "touched"],
    })
}

fn change() -> Value {
    json!({
        "type": "object",
        "properties": {
            "at": moment("When."),
            "by": schema("Named"),
            "kind": { "type": "string", "enum": ["insert", "update", "remove"] },
            "version": schema("Version"),
            "values": {
                "type": "object",
                "description": "By field: old value, new value; null for none. Masked like the record.",
                "additionalProperties": { "type": "array", "items": true, "minItems": 2, "maxItems": 2 },
            },
            "owner": { "type": "array", "items": schema("Named"), "minItems": 2, "maxItems": 2, "description": "Old and new owner, if that changed." },
            "binned": { "type": "boolean", "description": "There if it went into the bin (true) or came out of it." },
            "event": { "type": "integer", "format": "int64", "minimum": 0, "description": "Place of its event in the ledger." },
        },
        "required": ["at", "by", "kind", "version", "values", "event"],
    })
}

fn proof() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "description": "A proof file. Binary members are base64.",
        "properties": {
            "format": { "type": "string", "const": "klucznik event proof 1" },
            "origin": text,
            "public_key": text,
            "checkpoint": text,
            "index": { "type": "integer", "format": "int64", "minimum": 0 },
            "event": text,
            "path": { "type": "array", "maxItems": 64, "items": text },
        },
        "required": ["format", "origin", "public_key", "checkpoint", "index", "event", "path"],
        "additionalProperties": false,
    })
}

fn total() -> Value {
    json!({
        "type": "object",
        "required": ["group", "count"],
        "properties": {
            "group": { "description": "The value that the group shares; null for records without one." },
            "currency": { "type": "string", "description": "Currency, if money was added up." },
            "sum": { "type": "string", "description": "The sum, as a decimal; absent if nothing was added up." },
            "count": { "type": "integer", "minimum": 0 },
        },
    })
}
