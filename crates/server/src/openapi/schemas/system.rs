//! Descriptors, notices, imports, keys.

use super::Named;
use super::common::moment;
use super::rights::list;
use crate::openapi::names::schema;
use serde_json::{Map, Value, json};

pub(super) fn schemas() -> Vec<Named> {
    [descriptors(), notices(), imports(), keys()].concat()
}

/// Names of the kinds of fields.
pub const KINDS: [&str; 23] = [
    "text",
    "long_text",
    "email",
    "phone",
    "url",
    "nip",
    "regon",
    "krs",
    "pesel",
    "iban",
    "postal_code",
    "country",
    "integer",
    "decimal",
    "money",
    "date",
    "date_time",
    "bool",
    "choice",
    "choices",
    "tags",
    "reference",
    "user",
];

/// The members of a field's kind.
fn kind() -> Value {
    json!({
        "kind": { "type": "string", "enum": KINDS },
        "max": { "type": "integer", "format": "int64", "description": "Texts: characters. Integers: greatest value." },
        "min": { "type": "integer", "format": "int64", "description": "Integers: least value." },
        "choices": { "type": "array", "items": schema("FieldChoice"), "description": "Choices, in order." },
        "entity": { "type": "string", "description": "References: the entity referred to." },
    })
}

fn flags(names: &[&str]) -> Map<String, Value> {
    names.iter().map(|name| ((*name).to_owned(), json!({ "type": "boolean", "default": false }))).collect()
}

fn descriptors() -> Vec<Named> {
    let mut field = json!({ "name": { "type": "string" }, "label": schema("Text") });
    let mut input = json!({
        "name": { "type": "string", "pattern": "^cf_[a-z0-9_]{1,40}$" },
        "label": schema("Text"),
    });
    if let (Some(field), Some(input), Value::Object(kind)) =
        (field.as_object_mut(), input.as_object_mut(), kind())
    {
        field.extend(kind.clone());
        let all = [
            "personal",
            "special",
            "searchable",
            "unique",
            "sorts_as_name",
            "required",
            "read_only",
            "trade",
            "custom",
        ];
        field.insert("flags".to_owned(), json!({ "type": "object", "properties": flags(&all) }));
        input.extend(kind);
        input.extend(flags(&["personal", "special", "searchable", "trade"]));
    }
    vec![
        (
            "FieldChoice",
            json!({
                "type": "object",
                "properties": {
                    "code": { "type": "string" },
                    "label": schema("Text"),
                    "probability": { "type": "integer", "minimum": 0, "maximum": 100, "description": "Stages: chance of winning, in percent." },
                    "outcome": { "type": "string", "enum": ["won", "lost"], "description": "Stages: the deal ends here." },
                },
                "required": ["code", "label"],
            }),
        ),
        (
            "FieldDescriptor",
            json!({ "type": "object", "properties": field, "required": ["name", "label", "kind", "flags"] }),
        ),
        (
            "FieldCreate",
            json!({
                "type": "object",
                "properties": input,
                "required": ["name", "label", "kind"],
                "additionalProperties": false,
            }),
        ),
        (
            "EntityDescriptor",
            json!({
                "type": "object",
                "properties": {
                    "code": { "type": "integer", "minimum": 1, "maximum": 65_535 },
                    "name": { "type": "string" },
                    "plural": { "type": "string", "description": "Its name in paths." },
                    "label": schema("Text"),
                    "label_plural": schema("Text"),
                    "fields": { "type": "array", "items": schema("FieldDescriptor") },
                    "parents": { "type": "array", "items": { "type": "string" }, "description": "What it can hang on." },
                    "subject": { "description": "Whose key seals a record." },
                    "title": { "type": "string", "description": "The field that names a record." },
                    "schema": { "type": "integer", "minimum": 1 },
                },
                "required": ["code", "name", "plural", "label", "label_plural", "fields", "parents", "subject", "title", "schema"],
            }),
        ),
        ("EntityList", list("EntityDescriptor")),
    ]
}

fn notices() -> Vec<Named> {
    let text = json!({ "type": "string" });
    let notice = json!({
        "type": "object",
        "description": "A message of the system to one user, in the user's language.",
        "properties": {
            "id": schema("Id"),
            "code": { "type": "string", "description": "Stable, in kebab case.", "examples": ["login-locked"] },
            "title": text,
            "body": text,
            "at": moment("When."),
            "read_at": { "type": ["string", "null"], "format": "date-time" },
            "about": schema("Id"),
            "record": {
                "type": "object",
                "description": "The record that it is about, where its reader sees that now.",
                "properties": { "entity": text, "id": schema("Id") },
                "required": ["entity", "id"],
            },
            "grant": schema("Id"),
        },
        "required": ["id", "code", "title", "body", "at", "read_at"],
    });
    let read = json!({
        "type": "object",
        "properties": { "ids": { "type": "array", "minItems": 1, "maxItems": kernel::limits::PAGE_MAX, "items": schema("Id") } },
        "required": ["ids"],
        "additionalProperties": false,
    });
    vec![("Notice", notice), ("NoticeList", list("Notice")), ("NoticesRead", read)]
}

fn count(description: &str) -> Value {
    json!({ "type": "integer", "format": "int64", "minimum": 0, "description": description })
}

/// The numbers of an import.
fn counts() -> Value {
    json!({
        "id": schema("Id"),
        "entity": { "type": "string" },
        "rows": count("Rows read."),
        "made": count("Records made."),
        "updated": count("Records changed."),
        "companies_made": count("Companies made because a row named them."),
        "duplicates": count("Rows left out as duplicates."),
        "refused": count("Rows refused."),
        "last_line": count("Last line dealt with."),
        "finished": { "type": "boolean", "description": "Whether the file was read to its end." },
    })
}

fn imports() -> Vec<Named> {
    let (mut kept, mut report) = (counts(), counts());
    kept["name"] = json!({ "type": "string", "description": "What kind of file it was, such as `people.csv`; what it was called is not kept." });
    kept["user"] = schema("Id");
    kept["at"] = moment("Last written.");
    kept["undone"] = json!({ "type": "boolean" });
    report["dry_run"] = json!({ "type": "boolean", "description": "Whether nothing was written." });
    report["listed"] = json!({
        "type": "array", "maxItems": 10_000, "items": schema("RefusedRow"),
        "description": "Refusals and duplicates, the first 10,000.",
    });
    report["unused_columns"] = json!({ "type": "array", "items": { "type": "string" } });
    let text = json!({ "type": "string" });
    let mut numbers = report.clone();
    if let Some(numbers) = numbers.as_object_mut() {
        numbers.remove("listed");
    }
    vec![
        (
            "ImportCounts",
            json!({ "type": "object", "description": "A report without its rows, as lists of jobs have it.", "properties": numbers, "required": ["id", "entity", "rows", "dry_run", "finished"] }),
        ),
        (
            "Import",
            json!({ "type": "object", "properties": kept, "required": ["id", "name", "entity", "user", "at", "rows", "finished", "undone"] }),
        ),
        ("ImportList", list("Import")),
        (
            "ImportReport",
            json!({ "type": "object", "properties": report, "required": ["id", "entity", "rows", "listed", "dry_run", "finished"] }),
        ),
        (
            "RefusedRow",
            json!({
                "type": "object",
                "properties": {
                    "line": { "type": "integer", "format": "int64", "minimum": 1, "description": "Line of the file, row of the sheet, or number of the card." },
                    "column": text,
                    "code": text,
                    "value": { "type": "string", "description": "What stood there, shortened." },
                    "reason": schema("Text"),
                    "example": text,
                    "duplicate_of": schema("Id"),
                },
                "required": ["line", "code", "reason"],
            }),
        ),
        (
            "ImportUndone",
            json!({
                "type": "object",
                "properties": {
                    "removed": count("Records removed, with their keys."),
                    "restored": count("Records put back to what they were."),
                    "kept": count("Records left alone, because they were touched since."),
                },
                "required": ["removed", "restored", "kept"],
            }),
        ),
    ]
}

fn keys() -> Vec<Named> {
    let epoch = json!({
        "type": "object",
        "properties": {
            "id": count("Its number."),
            "created": count("Milliseconds since 1970."),
            "age_ms": { "type": "integer", "format": "int64" },
            "subject_keys": count("Subject keys that it wraps."),
        },
        "required": ["id", "created", "age_ms", "subject_keys"],
    });
    vec![
        (
            "KeyStatus",
            json!({
                "type": "object",
                "properties": {
                    "organisation": schema("Id"),
                    "root": { "type": "string", "enum": ["key-file", "credential", "passphrase"] },
                    "current_epoch": count("The epoch that wraps new keys."),
                    "epochs": { "type": "array", "items": epoch, "description": "Oldest first." },
                    "rotation_unfinished": { "type": "boolean" },
                    "subjects": count("Subjects with a key."),
                    "tombstones": count("Destroyed keys."),
                    "page_keys": { "type": "array", "items": { "type": "string" }, "description": "Files that have a page key." },
                },
                "required": ["organisation", "root", "current_epoch", "epochs", "rotation_unfinished", "subjects", "tombstones", "page_keys"],
            }),
        ),
        (
            "KeysRotated",
            json!({
                "type": "object",
                "properties": {
                    "epoch": count("The epoch that wraps everything now."),
                    "resumed": { "type": "boolean", "description": "Whether a rotation that was broken off was finished." },
                    "rewrapped": count("Subject keys that were wrapped again."),
                    "destroyed_epochs": count("Epoch keys that were destroyed."),
                },
                "required": ["epoch", "resumed", "rewrapped", "destroyed_epochs"],
            }),
        ),
        (
            "IndexRebuilt",
            json!({
                "type": "object",
                "properties": { "records": count("Records in the index.") },
                "required": ["records"],
            }),
        ),
    ]
}
