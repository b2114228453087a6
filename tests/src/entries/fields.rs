//! Content of records from outside, and cells of files.

use super::pick;
use schema::{
    Content, Entity, Field, FieldKind, builtin, check_content, check_patch, currency_heading, example_of,
    heading_of, map_headings, parse_cell,
};
use serde_json::{Map, Value};
use std::sync::OnceLock;

fn entities() -> &'static [Entity] {
    static ENTITIES: OnceLock<Vec<Entity>> = OnceLock::new();
    ENTITIES.get_or_init(builtin)
}

/// Any JSON; of what is no JSON, the object whose members are the lines `name=value`.
fn json(data: &[u8]) -> Value {
    serde_json::from_slice(data).unwrap_or_else(|_| {
        let text = String::from_utf8_lossy(data);
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        let value = |v: &str| serde_json::from_str(v).unwrap_or_else(|_| Value::from(v));
        Value::Object(pairs.map(|(k, v)| (k.to_owned(), value(v))).collect())
    })
}

/// An entity by the first byte, and the rest.
fn addressed(data: &[u8]) -> Option<(&'static Entity, &[u8])> {
    let (first, rest) = data.split_first()?;
    Some((pick(entities(), *first), rest))
}

/// What a client may send of `content`.
fn sendable(entity: &Entity, content: &Content) -> Value {
    let may = |name: &str| entity.field(name).is_some_and(|f| !f.flags.read_only);
    Value::Object(content.iter().filter(|(k, _)| may(k)).map(|(k, v)| (k.clone(), v.clone())).collect())
}

/// New records. What is kept, sent again, is kept as it was.
pub fn content(data: &[u8]) {
    let Some((entity, rest)) = addressed(data) else { return };
    if let Ok(kept) = check_content(entity, &json(rest)) {
        let again = check_content(entity, &sendable(entity, &kept));
        assert_eq!(again.ok().as_ref(), Some(&kept), "{}: not stable", entity.name);
    }
}

/// Changes. A merge patch has the same effect the second time (RFC 7396).
pub fn patch(data: &[u8]) {
    let Some((entity, rest)) = addressed(data) else { return };
    let patch = json(rest);
    if let Ok(once) = check_patch(entity, &full(entity), &patch) {
        let twice = check_patch(entity, &once, &patch);
        assert_eq!(twice.ok().as_ref(), Some(&once), "{}: not stable", entity.name);
    }
}

/// A value of the field as a client sends it.
fn example(field: &Field) -> Value {
    use FieldKind as K;
    let text = example_of(field);
    match field.kind {
        K::Integer { .. } | K::Bool | K::Money | K::Choices { .. } | K::Tags => {
            serde_json::from_str(&text).unwrap_or(Value::from(text))
        }
        _ => Value::from(text),
    }
}

fn input(entity: &Entity) -> Map<String, Value> {
    entity.fields.iter().filter(|f| !f.flags.read_only).map(|f| (f.name.clone(), example(f))).collect()
}

/// A record with a value in every field.
fn full(entity: &Entity) -> Content {
    check_content(entity, &Value::Object(input(entity))).expect("the examples are right")
}

/// Seeds of [`content`] and [`patch`]: every field with its example.
#[must_use]
pub fn content_seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (n, entity) in (0u8..).zip(entities()) {
        let all = input(entity);
        let lines = all.iter().map(|(k, v)| {
            let value = v.as_str().map_or_else(|| v.to_string(), str::to_owned);
            format!("{k}={value}\n")
        });
        for text in [lines.collect::<String>(), Value::Object(all.clone()).to_string()] {
            seeds.push([&[n], text.as_bytes()].concat());
        }
    }
    seeds
}

/// A cell of a file: entity, field, text. A value that is read is one that a record takes; headings are
/// looked up in the same text.
pub fn cell(data: &[u8]) {
    let Some((entity, rest)) = addressed(data) else { return };
    let Some((place, rest)) = rest.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let _ = currency_heading(entity, &text);
    let found = heading_of(entity, &text);
    assert!(map_headings(entity, &[&text]) == [found]);
    let field = pick(&entity.fields, *place);
    let Ok(Some(value)) = parse_cell(field, &text) else { return };
    // A postal code waits for its country; computed fields take nothing.
    if field.flags.read_only || matches!(field.kind, FieldKind::PostalCode) {
        return;
    }
    let object = Map::from_iter([(field.name.clone(), value)]);
    let issues = check_content(entity, &Value::Object(object)).err().map(|f| f.issues).unwrap_or_default();
    assert!(!issues.iter().any(|i| i.field == field.name), "{}: read but not taken", field.name);
}

/// Seeds of [`cell`].
#[must_use]
pub fn cell_seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (n, entity) in (0u8..).zip(entities()) {
        for (place, field) in (0u8..).zip(&entity.fields) {
            let mut texts = vec![example_of(field), field.name.clone(), field.label.pl.to_string()];
            texts.extend(["1 234,50 zł", "23.11.2026 10:30", "tak", "a; b ::: * c"].map(str::to_owned));
            seeds.extend(texts.iter().map(|text| [&[n, place], text.as_bytes()].concat()));
        }
    }
    seeds
}
