//! Long works.

use super::Named;
use super::common::moment;
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [
        vec![("Job", job()), ("JobList", list("Job")), ("DeadJob", dead()), ("DeadJobList", list("DeadJob"))],
        exports(),
        bulks(),
        handed_over(),
        previews(),
    ]
    .concat()
}

fn count(description: &str) -> Value {
    json!({ "type": "integer", "format": "int64", "minimum": 0, "description": description })
}

fn job() -> Value {
    let flag = |text: &str| json!({ "type": "boolean", "description": text });
    json!({
        "type": "object",
        "description": "A long work of the user who started it; nobody else sees it.",
        "properties": {
            "id": schema("Id"),
            "kind": { "type": "string", "enum": ["bulk", "bulk_undo", "hand_over", "hand_over_check", "export", "import", "import_dry_run", "import_undo", "verify", "rebuild"] },
            "entity": { "type": "string", "description": "Name of the entity, if it is about one." },
            "state": { "type": "string", "enum": ["queued", "running", "done", "failed", "cancelled"] },
            "done": count("How far it is."),
            "total": { "type": ["integer", "null"], "format": "int64", "minimum": 0, "description": "Of how much; null while that is not known." },
            "created_at": moment("Ordered."),
            "finished_at": { "type": ["string", "null"], "format": "date-time" },
            "result": { "anyOf": [schema("BulkResult"), schema("ExportResult"), schema("ImportReport"), schema("ImportCounts"), schema("ImportUndone"), schema("Verification"), schema("IndexRebuilt")], "description": "What came of it. Not in messages of the stream; in lists without the rows of a report." },
            "problem": schema("Problem"),
            "can_cancel": flag("Whether it can be stopped."),
            "can_undo": flag("Whether it can be undone."),
            "undone": flag("Whether it was undone."),
            "file": schema("JobFile"),
        },
        "required": ["id", "kind", "state", "done", "total", "created_at", "finished_at", "can_cancel", "can_undo", "undone"],
    })
}

fn dead() -> Value {
    json!({
        "type": "object",
        "description": "A job that was given up.",
        "properties": {
            "id": schema("Id"),
            "kind": { "type": "string", "enum": ["bulk", "bulk_undo", "hand_over", "hand_over_check", "export", "import", "import_dry_run", "import_undo", "verify"] },
            "user": schema("Named"),
            "created_at": moment("Ordered."),
            "finished_at": { "type": ["string", "null"], "format": "date-time", "description": "Given up." },
            "attempts": count("How often it was tried."),
            "problem": { "anyOf": [schema("Problem"), { "type": "null" }], "description": "Why the last attempt failed." },
            "can_retry": { "type": "boolean", "description": "Whether what was ordered is still there." },
        },
        "required": ["id", "kind", "user", "created_at", "finished_at", "attempts", "problem", "can_retry"],
    })
}

fn exports() -> Vec<Named> {
    let text = json!({ "type": "string" });
    vec![
        (
            "JobFile",
            json!({
                "type": "object",
                "description": "The file that it made, while it is there.",
                "properties": { "name": text, "media_type": text, "size": count("Bytes."), "expires_at": moment("Gone then.") },
                "required": ["name", "media_type", "size", "expires_at"],
            }),
        ),
        (
            "ExportResult",
            json!({
                "type": "object",
                "properties": {
                    "records": count("Records in the file."),
                    "left_out": count("Records that were approved and are not in it: changed since, or not to be taken out any more. Absent from results of earlier releases."),
                },
                "required": ["records"],
                "additionalProperties": false,
            }),
        ),
        (
            "ExportInput",
            json!({
                "type": "object",
                "properties": {
                    "format": { "type": "string", "enum": ["csv", "xlsx", "vcf"] },
                    "q": text,
                    "filter": { "type": "array", "items": text, "description": "As of the list." },
                    "sort": text,
                    "parent": schema("Id"),
                    "binned": { "type": "boolean", "default": false },
                    "ids": { "type": "array", "minItems": 1, "maxItems": records::EXPORT_IDS, "items": schema("Id"), "description": "Only these." },
                    "fields": { "type": "array", "minItems": 1, "maxItems": 300, "items": text, "description": "Only these fields, in this order." },
                },
                "required": ["format"],
                "additionalProperties": false,
            }),
        ),
    ]
}

fn bulks() -> Vec<Named> {
    let text = json!({ "type": "string" });
    vec![
        (
            "BulkResult",
            json!({
                "type": "object",
                "properties": {
                    "changed": count("Records changed; of a hand-over, shared views too."),
                    "unchanged": count("Records that were so already."),
                    "refused": count("Records that could not be changed."),
                    "problems": { "type": "array", "maxItems": 200, "items": schema("BulkProblem"), "description": "The first 200 of those." },
                    "parts": { "type": "array", "items": schema("HandOverPart"), "description": "The same by entity, where records were handed over; looked at before, by new owner too." },
                },
                "required": ["changed", "unchanged", "refused", "problems"],
            }),
        ),
        (
            "BulkProblem",
            json!({
                "type": "object",
                "properties": { "id": schema("Id"), "entity": { "type": "string", "description": "Name of its entity; `saved_view` for a view." }, "code": text, "reason": text },
                "required": ["id", "entity", "code", "reason"],
            }),
        ),
        (
            "BulkSelect",
            json!({
                "type": "object",
                "description": "Records by `ids`, or all that a list with these conditions shows.",
                "properties": {
                    "ids": { "type": "array", "minItems": 1, "maxItems": records::BULK_MAX, "items": schema("Id") },
                    "q": text,
                    "filter": { "type": "array", "items": text, "description": "As of the list." },
                    "parent": schema("Id"),
                    "binned": { "type": "boolean", "description": "Records in the bin; so by itself when they are restored." },
                },
                "additionalProperties": false,
            }),
        ),
    ]
}

fn handed_over() -> Vec<Named> {
    let text = json!({ "type": "string" });
    let to = json!({
        "type": "array", "minItems": 1, "maxItems": records::HAND_OVER_TO, "uniqueItems": true, "items": schema("Id"),
        "description": "The new owners.",
    });
    let order = json!({
        "to": to,
        "entity": { "type": "string", "description": "Only records of this entity." },
        "dry_run": { "type": "boolean", "default": false, "description": "Only look at what would become of them." },
    });
    let stays = json!({ "code": text, "reason": text, "count": count("How many.") });
    let stays = json!({ "type": "object", "properties": stays, "required": ["code", "reason", "count"] });
    let part = json!({
        "entity": { "type": "string", "description": "Name of the entity; `saved_view` for views that are shared with others." },
        "to": { "anyOf": [schema("Id"), { "type": "null" }], "description": "To whom they go, where that is told." },
        "changed": count("Records, or views, that go."),
        "binned": count("Of these, records in the bin."),
        "stays": { "type": "array", "items": stays, "description": "Records that stay, by reason." },
    });
    let owned = json!({
        "entity": { "type": "string", "description": "Name of the entity." },
        "count": count("Records outside the bin, counted up to 100,000."),
        "binned": count("Records in the bin, counted up to 100,000."),
    });
    let owned = json!({ "type": "object", "properties": owned, "required": ["entity", "count", "binned"] });
    let could = json!({ "type": "array", "items": schema("Named"), "maxItems": records::ASKED_MAX, "description": "Who could hand them over, those first who could hand over most of them." });
    let all = json!({ "items": { "type": "array", "items": owned }, "count": count("Records outside the bin."), "views": count("Views that the user shares with others."), "who_could": could });
    let ask = json!({ "ask": { "type": "array", "minItems": 1, "maxItems": records::ASKED_MAX, "uniqueItems": true, "items": schema("Id"), "description": "Whom." } });
    vec![
        (
            "HandOver",
            json!({ "type": "object", "properties": order, "required": ["to"], "additionalProperties": false }),
        ),
        (
            "HandOverPart",
            json!({ "type": "object", "properties": part, "required": ["entity", "to", "changed", "binned", "stays"] }),
        ),
        (
            "OwnedRecords",
            json!({ "type": "object", "properties": all, "required": ["items", "count", "views", "who_could"] }),
        ),
        (
            "HandOverAsk",
            json!({ "type": "object", "properties": ask, "required": ["ask"], "additionalProperties": false }),
        ),
    ]
}

fn previews() -> Vec<Named> {
    let text = json!({ "type": "string" });
    vec![
        (
            "ImportColumn",
            json!({
                "type": "object",
                "properties": {
                    "heading": text,
                    "field": { "type": ["string", "null"], "description": "The field that it feeds; null if none." },
                    "samples": { "type": "array", "maxItems": 3, "items": text },
                },
                "required": ["heading", "field", "samples"],
            }),
        ),
        (
            "ImportPreview",
            json!({
                "type": "object",
                "properties": {
                    "kind": { "type": "string", "enum": ["csv", "xlsx", "vcard"] },
                    "encoding": text,
                    "delimiter": text,
                    "sheets": { "type": "array", "items": text },
                    "fields": { "type": "array", "items": text, "description": "Names of the fields that the caller may have a column feed." },
                    "columns": { "type": "array", "items": schema("ImportColumn") },
                    "rows": { "type": ["integer", "null"], "minimum": 0, "description": "Null if they are too many to count by the way." },
                },
                "required": ["kind", "fields", "columns", "rows"],
            }),
        ),
        (
            "Verification",
            json!({
                "type": "object",
                "properties": {
                    "events": count("Events looked at."),
                    "rows": count("Rows and documents compared."),
                    "findings": {
                        "type": "array",
                        "items": { "type": "object", "properties": { "code": text, "text": text }, "required": ["code", "text"] },
                    },
                    "checkpoint": {
                        "type": ["object", "null"],
                        "properties": { "size": count("Events."), "root": { "type": "string", "description": "In hexadecimal digits." } },
                        "required": ["size", "root"],
                    },
                },
                "required": ["events", "rows", "findings", "checkpoint"],
            }),
        ),
    ]
}
