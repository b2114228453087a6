//! Fields that the engine fills in: names put together, and what a new record starts with.

use crate::{Content, Entity, Field, FieldKind};
use serde_json::Value;

/// Characters of a note's first line that name it.
const TITLE: usize = 80;

/// The fields that `field` of `entity` is computed from; none if it is not computed. Whoever may not
/// see one of them may not see `field` either.
#[must_use]
pub fn sources_of(entity: &str, field: &str) -> &'static [&'static str] {
    match (entity, field) {
        ("person", "name" | "sort_name") => &["first_name", "last_name"],
        ("lead", "name" | "sort_name") => &["first_name", "last_name", "company_name", "email", "phone"],
        ("note", "title") => &["body"],
        _ => &[],
    }
}

/// Computes what the engine computes: `name` ("Anna Łukasik") and `sort_name` ("Łukasik Anna") of
/// people and leads, the title of a note. A lead without a person's name is called by its company,
/// or else by its e-mail or phone. Doing it twice changes nothing.
pub fn derive(entity: &Entity, content: &mut Content) {
    match entity.name.as_str() {
        "person" | "lead" => {
            let fallback = || ["company_name", "email", "phone"].iter().find_map(|f| text(content, f));
            let (first, last) = (text(content, "first_name"), text(content, "last_name"));
            let name = join(first, last).or_else(|| fallback().map(str::to_owned));
            let sort_name = join(last, first).or_else(|| fallback().map(str::to_owned));
            put(content, "name", name);
            put(content, "sort_name", sort_name);
        }
        "note" => {
            let title = text(content, "body").map(beginning);
            put(content, "title", title);
        }
        _ => {}
    }
}

fn text<'a>(content: &'a Content, field: &str) -> Option<&'a str> {
    content.get(field).and_then(Value::as_str).filter(|s| !s.is_empty())
}

fn join(one: Option<&str>, two: Option<&str>) -> Option<String> {
    match (one, two) {
        (Some(one), Some(two)) => Some(format!("{one} {two}")),
        (one, two) => one.or(two).map(str::to_owned),
    }
}

fn put(content: &mut Content, field: &str, value: Option<String>) {
    match value {
        Some(value) => content.insert(field.to_owned(), Value::String(value)),
        None => content.remove(field),
    };
}

fn beginning(body: &str) -> String {
    let line = body.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default();
    let mut title: String = line.chars().map(|c| if c == '\t' { ' ' } else { c }).take(TITLE).collect();
    if line.chars().nth(TITLE).is_some() {
        title.truncate(title.trim_end().len());
        title.push('…');
    }
    title
}

/// What a new record starts with in this field when nothing is given: a required choice with its
/// first one, a required yes-or-no with no. Fields that an administrator added start empty.
#[must_use]
pub fn default_of(field: &Field) -> Option<Value> {
    if !field.flags.required || field.flags.custom {
        return None;
    }
    match &field.kind {
        FieldKind::Choice { choices } => choices.first().map(|c| Value::String(c.code.clone())),
        FieldKind::Bool => Some(Value::Bool(false)),
        _ => None,
    }
}

/// First and last name out of one text: "Anna Maria Łukasik" or "Łukasik, Anna Maria". A single word
/// is a last name. For files that have the whole name in one column.
#[must_use]
pub fn split_name(text: &str) -> (Option<String>, String) {
    let words = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let some = |s: String| (!s.is_empty()).then_some(s);
    if let Some((last, first)) = text.split_once(',') {
        let (last, first) = (words(last), words(first));
        return if last.is_empty() { (None, first) } else { (some(first), last) };
    }
    let text = words(text);
    match text.rsplit_once(' ') {
        Some((first, last)) => (some(first.to_owned()), last.to_owned()),
        None => (None, text),
    }
}
