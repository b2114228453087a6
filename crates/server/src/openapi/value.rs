//! One field as JSON Schema (draft 2020-12): what may be sent, and what comes back.

use super::names::schema;
use kernel::Lang;
use schema::{Field, FieldKind, default_of, example_of};
use serde_json::{Map, Value, json};

/// Tags of one record, and characters of one tag.
const TAGS: usize = 50;
/// A decimal as it is kept.
const DECIMAL: &str = r"^-?[0-9]{1,13}(\.[0-9]{1,4})?$";
/// A decimal as it may be sent; whether it fits is told by the check.
pub const DECIMAL_SENT: &str = r"^\s*-?[0-9]{1,25}(\.[0-9]{1,25})?\s*$";

/// What may be sent. Numbers may hold spaces and dashes, which are dropped: apart from blanks around a
/// value the schema is no stricter than the check. Fields that may stay empty take null.
pub fn sent(field: &Field) -> Value {
    let mut out = written(&field.kind);
    describe(&mut out, field, sent_note(&field.kind));
    if field.flags.required {
        if let Some(default) = default_of(field) {
            out.insert("default".to_owned(), default);
        }
    } else {
        allow_null(&mut out);
    }
    Value::Object(out)
}

/// What comes back: the form that is kept, or a marked part of it for a caller who may see no more.
pub fn answered(field: &Field) -> Value {
    let mut value = kept(&field.kind);
    value.insert("examples".to_owned(), json!([example(field)]));
    let mut out = Map::new();
    out.insert("oneOf".to_owned(), json!([value, schema("Masked")]));
    describe(&mut out, field, None);
    out.remove("examples");
    if field.flags.read_only {
        out.insert("readOnly".to_owned(), Value::Bool(true));
    }
    Value::Object(out)
}

fn describe(out: &mut Map<String, Value>, field: &Field, note: Option<&str>) {
    let flags = &field.flags;
    let label = field.label.get(Lang::En);
    let mut text = format!("{label} ({}).", field.label.get(Lang::Pl));
    let marks = [
        (flags.personal, "Data about a person."),
        (flags.special, "Special: not searched, and masked or hidden for most."),
        (flags.unique, "Unique among records."),
        (flags.trade, "Trade data."),
        (flags.read_only, "Filled in by the system."),
        (flags.custom, "Custom field."),
    ];
    let marks = marks.into_iter().filter_map(|(on, words)| on.then_some(words));
    for words in note.into_iter().chain(marks) {
        text.push(' ');
        text.push_str(words);
    }
    if let FieldKind::Choice { choices } | FieldKind::Choices { choices } = &field.kind {
        let words: Vec<String> =
            choices.iter().map(|c| format!("`{}` {}", c.code, c.label.get(Lang::En))).collect();
        text.push_str(&format!(" One of: {}.", words.join(", ")));
    }
    out.insert("title".to_owned(), json!(label));
    out.insert("description".to_owned(), json!(text));
    out.insert("examples".to_owned(), json!([example(field)]));
}

/// The example as JSON: a text, except where the kind is none.
fn example(field: &Field) -> Value {
    use FieldKind as K;
    let text = example_of(field);
    match field.kind {
        K::Integer { .. } | K::Money | K::Bool | K::Choices { .. } | K::Tags => {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        _ => Value::String(text),
    }
}

const fn sent_note(kind: &FieldKind) -> Option<&'static str> {
    use FieldKind as K;
    Some(match kind {
        K::Phone => "With its country code; nine digits alone are a Polish number. Kept in E.164.",
        K::Nip | K::Regon | K::Krs | K::Pesel | K::Iban => {
            "Spaces and dashes are dropped, check digits checked."
        }
        K::Url => "`http` or `https`; without a scheme, `https`.",
        K::Country => "ISO 3166-1 alpha-2.",
        K::PostalCode => "Polish unless the address has another country.",
        K::Decimal => "At most 4 decimal places, below 10^12.",
        K::Date => "Years 1000 to 9999.",
        K::DateTime => "RFC 3339 with an offset; kept in UTC.",
        _ => return None,
    })
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn text(max: usize) -> Map<String, Value> {
    map(json!({ "type": "string", "maxLength": max }))
}

fn shaped(pattern: &str) -> Map<String, Value> {
    map(json!({ "type": "string", "pattern": pattern }))
}

fn codes(choices: &[schema::Choice]) -> Vec<&str> {
    choices.iter().map(|c| c.code.as_str()).collect()
}

/// The schema of a value on its way in.
fn written(kind: &FieldKind) -> Map<String, Value> {
    use FieldKind as K;
    match kind {
        K::Phone => text(100),
        K::Nip | K::Regon | K::Krs | K::Pesel | K::Iban => text(120),
        K::Email => map(json!({ "type": "string", "format": "idn-email", "maxLength": 254 })),
        K::Url => text(2000),
        K::PostalCode => map(json!({ "type": "string", "minLength": 2, "maxLength": 40 })),
        K::Country => shaped("^[A-Za-z]{2}$"),
        K::Decimal => {
            map(json!({ "oneOf": [{ "type": "string", "pattern": DECIMAL_SENT }, { "type": "number" }] }))
        }
        K::Money => map(schema("MoneyInput")),
        K::Tags => map(
            json!({ "type": "array", "maxItems": 1000, "items": { "type": "string", "maxLength": TAGS } }),
        ),
        K::Choices { choices } => map(
            json!({ "type": "array", "maxItems": 1000, "items": { "type": "string", "enum": codes(choices) } }),
        ),
        _ => kept(kind),
    }
}

/// The schema of a value as it is kept.
fn kept(kind: &FieldKind) -> Map<String, Value> {
    use FieldKind as K;
    match kind {
        K::Text { max } | K::LongText { max } => text(*max),
        K::Email => map(json!({ "type": "string", "format": "idn-email", "maxLength": 254 })),
        K::Phone => shaped(r"^\+[1-9][0-9]{7,14}$"),
        K::Url => {
            map(json!({ "type": "string", "format": "iri", "pattern": "^https?://", "maxLength": 2008 }))
        }
        K::Nip | K::Krs => shaped("^[0-9]{10}$"),
        K::Regon => shaped("^([0-9]{9}|[0-9]{14})$"),
        K::Pesel => shaped("^[0-9]{11}$"),
        K::Iban => shaped("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"),
        K::PostalCode => shaped("^[0-9A-Z -]{2,12}$"),
        K::Country => shaped("^[A-Z]{2}$"),
        K::Integer { min, max } => {
            map(json!({ "type": "integer", "format": "int64", "minimum": min, "maximum": max }))
        }
        K::Decimal => shaped(DECIMAL),
        K::Money => map(schema("Money")),
        K::Date => map(json!({ "type": "string", "format": "date" })),
        K::DateTime => map(json!({ "type": "string", "format": "date-time" })),
        K::Bool => map(json!({ "type": "boolean" })),
        K::Choice { choices } => map(json!({ "type": "string", "enum": codes(choices) })),
        K::Choices { choices } => map(json!({
            "type": "array", "minItems": 1, "uniqueItems": true, "items": { "type": "string", "enum": codes(choices) },
        })),
        K::Tags => map(json!({
            "type": "array", "minItems": 1, "maxItems": TAGS, "items": { "type": "string", "maxLength": TAGS },
        })),
        K::Reference { entity } => map(json!({
            "type": "string", "format": "uuid", "x-klucznik-entity": entity,
        })),
        K::User => map(json!({ "type": "string", "format": "uuid", "x-klucznik-entity": "user" })),
    }
}

/// Lets null pass too: it means that there is no value.
fn allow_null(out: &mut Map<String, Value>) {
    let nothing = json!({ "type": "null" });
    if let Some(Value::Array(list)) = out.get_mut("enum") {
        list.push(Value::Null);
    }
    if let Some(Value::String(kind)) = out.get("type") {
        let kinds = json!([kind, "null"]);
        out.insert("type".to_owned(), kinds);
    } else if let Some(Value::Array(list)) = out.get_mut("oneOf") {
        list.push(nothing);
    } else if let Some(reference) = out.remove("$ref") {
        out.insert("oneOf".to_owned(), json!([{ "$ref": reference }, nothing]));
    }
}
