//! Records from outside: checked as a whole, every issue told at once.

use crate::derive::{default_of, derive};
use crate::numbers::Reason;
use crate::value::{canonical, example_of, is_absent};
use crate::{Content, Entity, Field, FieldKind, contact, headings};
use kernel::{Fault, FieldIssue, Result, Text};
use serde_json::{Map, Value};

/// Issues told at once; who has more has sent something else altogether.
const ISSUES: usize = 50;

/// The content of a new record from what a client sent: every value checked and in the form that is
/// kept, defaults set, computed fields computed. `null` and `""` mean that there is no value.
///
/// # Errors
/// Not an object; or, field by field and all at once: unknown, read-only, missing or wrong.
pub fn check_content(entity: &Entity, input: &Value) -> Result<Content> {
    let object = object_of(input)?;
    let mut content = Content::new();
    let mut issues = take(entity, object, |field, value| {
        match canonical(field, value)? {
            Some(value) => content.insert(field.name.clone(), value),
            None => content.remove(&field.name),
        };
        Ok(())
    });
    issues.extend(postal_codes(entity, &mut content, |_| true));
    for field in &entity.fields {
        if !content.contains_key(&field.name)
            && let Some(value) = default_of(field)
        {
            content.insert(field.name.clone(), value);
        }
    }
    finish(entity, content, issues)
}

/// The content after a change: a JSON merge patch (RFC 7396) of `current`, where `null` and `""`
/// remove a value. Only the fields in the patch are checked, so that an old value that would no
/// longer pass does not stand in the way of other changes.
///
/// # Errors
/// As [`check_content`]; also when a required value would go.
pub fn check_patch(entity: &Entity, current: &Content, patch: &Value) -> Result<Content> {
    let object = object_of(patch)?;
    let mut content = current.clone();
    let mut issues = take(entity, object, |field, value| {
        let merged = merged(current.get(&field.name), field, value);
        match canonical(field, merged.as_ref().unwrap_or(value))? {
            Some(value) => content.insert(field.name.clone(), value),
            None => content.remove(&field.name),
        };
        Ok(())
    });
    for field in entity.fields.iter().filter(|f| !f.flags.read_only) {
        if object.get(&field.name).is_some_and(is_absent) {
            content.remove(&field.name);
        }
    }
    issues.extend(postal_codes(entity, &mut content, |field| object.contains_key(field)));
    // What was missing before the change is not this caller's mistake, unless the patch is about it.
    let must = |field: &Field| object.contains_key(&field.name) || current.contains_key(&field.name);
    finish_where(entity, content, issues, must)
}

fn object_of(input: &Value) -> Result<&Map<String, Value>> {
    input.as_object().ok_or_else(|| {
        Fault::invalid(Text::of(
            "Treść rekordu to obiekt JSON: nazwy pól i wartości.",
            "The content of a record is a JSON object: field names and values.",
        ))
    })
}

/// Walks over the values of `object` in the order of the descriptor; what is empty is passed over.
fn take(
    entity: &Entity,
    object: &Map<String, Value>,
    mut keep: impl FnMut(&Field, &Value) -> std::result::Result<(), Reason>,
) -> Vec<FieldIssue> {
    let mut issues = Vec::new();
    let mut known = 0;
    for field in &entity.fields {
        let Some(value) = object.get(&field.name) else {
            continue;
        };
        known += 1;
        if is_absent(value) {
            continue;
        }
        let kept = if field.flags.read_only { Err(read_only()) } else { keep(field, value) };
        if let Err(reason) = kept {
            issues.push(reason.at(&field.name));
        }
    }
    if known < object.len() {
        let unknown = object.keys().filter(|key| entity.field(key).is_none());
        let room = ISSUES.saturating_sub(issues.len());
        issues.extend(unknown.take(room).map(|key| unknown_field(entity, key)));
    }
    issues
}

/// Money may be changed in one member: the other stays as it is (RFC 7396 merges objects).
fn merged(current: Option<&Value>, field: &Field, patch: &Value) -> Option<Value> {
    let (FieldKind::Money, Some(Value::Object(old)), Value::Object(new)) = (&field.kind, current, patch)
    else {
        return None;
    };
    let mut all = old.clone();
    for (key, value) in new {
        match value {
            Value::Null => all.remove(key),
            _ => all.insert(key.clone(), value.clone()),
        };
    }
    Some(Value::Object(all))
}

/// Postal codes in the form of their country: the field `x_country` for `x_postal_code`.
fn postal_codes(entity: &Entity, content: &mut Content, wanted: impl Fn(&str) -> bool) -> Vec<FieldIssue> {
    let mut issues = Vec::new();
    for field in entity.fields.iter().filter(|f| matches!(f.kind, FieldKind::PostalCode)) {
        let Some(Value::String(code)) = content.get(&field.name) else {
            continue;
        };
        let beside = field.name.replace("postal_code", "country");
        if !wanted(&field.name) || beside == field.name || entity.field(&beside).is_none() {
            continue;
        }
        match contact::postal_code(code, content.get(&beside).and_then(Value::as_str)) {
            Ok(code) => {
                content.insert(field.name.clone(), Value::String(code));
            }
            Err(reason) => issues.push(reason.at(&field.name)),
        }
    }
    issues
}

fn finish(entity: &Entity, content: Content, issues: Vec<FieldIssue>) -> Result<Content> {
    finish_where(entity, content, issues, |_| true)
}

fn finish_where(
    entity: &Entity,
    mut content: Content,
    mut issues: Vec<FieldIssue>,
    must: impl Fn(&Field) -> bool,
) -> Result<Content> {
    derive(entity, &mut content);
    for field in entity.fields.iter().filter(|f| f.flags.required) {
        let known = content.contains_key(&field.name) || issues.iter().any(|i| i.field == field.name);
        // A computed field lacks its sources; that says nothing new when one of those is wrong.
        let news = !field.flags.read_only || issues.is_empty();
        if !known && news && must(field) {
            issues.push(required(entity, field).at(&field.name));
        }
    }
    issues.truncate(ISSUES);
    if issues.is_empty() { Ok(content) } else { Err(Fault::fields(issues)) }
}

fn required(entity: &Entity, field: &Field) -> Reason {
    let sources = crate::derive::sources_of(&entity.name, &field.name);
    if sources.is_empty() {
        return Reason::of("required", "To pole jest wymagane.", "This field is required.")
            .example(example_of(field));
    }
    let list = sources.join(", ");
    Reason::new(
        "required",
        Text::new(
            format!("Podaj co najmniej jedno z pól: {list}."),
            format!("Give at least one of these fields: {list}."),
        ),
    )
}

const fn read_only() -> Reason {
    Reason::of(
        "read-only",
        "To pole wypełnia system; nie można go podać.",
        "The system fills in this field; it cannot be given.",
    )
}

fn unknown_field(entity: &Entity, key: &str) -> FieldIssue {
    let shown: String = key.chars().filter(|c| !c.is_control()).take(60).collect();
    let nearest = nearest(entity, key);
    let reason = match nearest {
        Some(field) => Text::new(
            format!("Nie ma takiego pola. Czy chodzi o „{}”?", field.name),
            format!("There is no such field. Did you mean “{}”?", field.name),
        ),
        None => Text::of("Nie ma takiego pola.", "There is no such field."),
    };
    let reason = Reason::new("unknown-field", reason);
    match nearest {
        Some(field) => reason.example(field.name.clone()).at(&shown),
        None => reason.at(&shown),
    }
}

/// The field that somebody who wrote `key` probably meant: known under that heading, or at most two
/// letters away (one in short names).
fn nearest<'a>(entity: &'a Entity, key: &str) -> Option<&'a Field> {
    if key.len() > 100 {
        return None;
    }
    if let Some(field) = headings::heading_of(entity, key) {
        return Some(field);
    }
    let key: Vec<char> = crate::fold(key).chars().collect();
    let most = if key.len() < 5 { 1 } else { 2 };
    entity
        .fields
        .iter()
        .map(|field| (distance(&key, &field.name), field))
        .filter(|(far, _)| *far <= most)
        .min_by_key(|(far, _)| *far)
        .map(|(_, field)| field)
}

/// Letters to insert, drop or replace to make `b` of `a` (Levenshtein).
fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
