//! One value of one field: checked, and in the form that is kept.

use crate::fold::{clean, fold};
use crate::money::{decimal_of, money};
use crate::numbers::Reason;
use crate::{Choice, Field, FieldKind, contact, numbers, places};
use kernel::{RecordId, Text, Time};
use serde_json::{Value, json};

/// Tags of one record, and characters of one tag.
const TAGS: usize = 50;

/// Whether this JSON value means that the field has none.
pub(crate) fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(s) => s.is_empty(),
        _ => false,
    }
}

/// The value as it is kept; `None` when there is nothing in it (blanks, an empty list).
///
/// # Errors
/// The value is not one of this field.
pub(crate) fn canonical(field: &Field, value: &Value) -> Result<Option<Value>, Reason> {
    use FieldKind as K;
    match &field.kind {
        K::Integer { min, max } => integer(value, *min, *max).map(Some),
        K::Decimal => decimal_of(value).map(|d| Some(Value::String(d.normalize().to_string()))),
        K::Money => money(value).map(Some),
        K::Bool => {
            match value {
                Value::Bool(_) => Ok(Some(value.clone())),
                _ => Err(wrong_type("Tu należy podać true albo false.", "This must be true or false.")
                    .example("true")),
            }
        }
        K::Choices { choices } => several(value, choices),
        K::Tags => tags(value),
        _ => {
            let Value::String(text) = value else {
                return Err(
                    wrong_type("Tu należy podać tekst.", "This must be a text.").example(example_of(field))
                );
            };
            let long = matches!(field.kind, K::LongText { .. });
            let text = clean(text, long)?;
            if text.is_empty() {
                return Ok(None);
            }
            worded(field, &text).map(|text| Some(Value::String(text)))
        }
    }
}

/// The kinds whose value is one text, already clean and not empty.
fn worded(field: &Field, text: &str) -> Result<String, Reason> {
    use FieldKind as K;
    match &field.kind {
        K::Text { max } | K::LongText { max } => {
            if text.len() > *max && text.chars().count() > *max {
                return Err(too_long(*max));
            }
            Ok(text.to_owned())
        }
        K::Email => contact::email(text),
        K::Phone => contact::phone(text),
        K::Url => contact::url(text),
        K::Nip => numbers::nip(text),
        K::Regon => numbers::regon(text),
        K::Krs => numbers::krs(text),
        K::Pesel => numbers::pesel(text),
        K::Iban => numbers::iban(text),
        // The country decides the shape and is another field: `check` looks at both together.
        K::PostalCode => contact::foreign_code(text),
        K::Country => places::country(text).map(str::to_owned).ok_or_else(not_country),
        K::Date => day(text),
        K::DateTime => moment(text),
        K::Choice { choices } => match choices.iter().find(|c| c.code == text) {
            Some(choice) => Ok(choice.code.clone()),
            None => Err(not_choice(choices)),
        },
        K::Reference { .. } | K::User => reference(text),
        K::Integer { .. } | K::Decimal | K::Money | K::Bool | K::Choices { .. } | K::Tags => {
            Err(Reason::of("wrong-type", "Zły rodzaj wartości.", "Wrong type of value."))
        }
    }
}

pub(crate) const fn wrong_type(pl: &'static str, en: &'static str) -> Reason {
    Reason::of("wrong-type", pl, en)
}

fn too_long(max: usize) -> Reason {
    Reason::new(
        "too-long",
        Text::new(
            format!("Tekst jest za długi: najwięcej {max} znaków."),
            format!("The text is too long: {max} characters at most."),
        ),
    )
}

pub(crate) fn not_country() -> Reason {
    Reason::of(
        "not-country",
        "Kraj podaje się dwuliterowym kodem ISO 3166-1.",
        "A country is given by its two-letter ISO 3166-1 code.",
    )
    .example("PL")
}

pub(crate) fn not_choice(choices: &[Choice]) -> Reason {
    let codes: Vec<&str> = choices.iter().take(40).map(|c| c.code.as_str()).collect();
    let list = codes.join(", ");
    let reason = Text::new(
        format!("Nie ma takiej możliwości do wyboru. Dozwolone: {list}."),
        format!("There is no such choice. Allowed: {list}."),
    );
    let reason = Reason::new("not-a-choice", reason);
    match choices.first() {
        Some(first) => reason.example(first.code.clone()),
        None => reason,
    }
}

pub(crate) fn not_date() -> Reason {
    Reason::of(
        "not-a-date",
        "Nie ma takiej daty. Data ma postać rok-miesiąc-dzień.",
        "There is no such date. A date is year-month-day.",
    )
    .example("2026-11-23")
}

/// A day from its parts, between the years 1000 and 9999.
pub(crate) fn civil(year: i16, month: i8, day: i8) -> Option<jiff::civil::Date> {
    (1000..=9999).contains(&year).then(|| jiff::civil::Date::new(year, month, day).ok()).flatten()
}

fn day(text: &str) -> Result<String, Reason> {
    let b = text.as_bytes();
    let shaped = b.len() == 10
        && b.iter().enumerate().all(|(i, c)| match i {
            4 | 7 => *c == b'-',
            _ => c.is_ascii_digit(),
        });
    let date =
        shaped.then(|| civil(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?));
    match date.flatten() {
        Some(_) => Ok(text.to_owned()),
        None => Err(not_date()),
    }
}

pub(crate) fn not_moment() -> Reason {
    Reason::of(
        "not-a-time",
        "Tu należy podać datę z godziną i strefą czasową (RFC 3339).",
        "This is a date with time and offset (RFC 3339).",
    )
    .example("2026-11-23T10:30:00Z")
}

fn moment(text: &str) -> Result<String, Reason> {
    let b = text.as_bytes();
    // Only the shape of RFC 3339 §5.6, not the other notations that the reader would take.
    let shaped = (20..=40).contains(&b.len())
        && matches!(b[10], b'T' | b't' | b' ')
        && b[..4].iter().all(u8::is_ascii_digit)
        && b[0] != b'0'
        && !text.contains('[');
    let time = shaped.then(|| Time::parse(text)).flatten().ok_or_else(not_moment)?;
    // An offset can carry the first and the last day out of the years that are kept.
    let kept = time.rfc3339();
    if kept.len() == 24 && !kept.starts_with(['0', '-']) { Ok(kept) } else { Err(not_moment()) }
}

fn reference(text: &str) -> Result<String, Reason> {
    match text.parse::<RecordId>() {
        Ok(id) if !id.is_nil() => Ok(id.to_string()),
        _ => Err(Reason::of(
            "not-an-id",
            "To nie jest identyfikator rekordu.",
            "This is not the id of a record.",
        )
        .example("0190a6c2-7b1e-7c3d-8e4f-0123456789ab")),
    }
}

fn integer(value: &Value, min: i64, max: i64) -> Result<Value, Reason> {
    let reason = |code| {
        let text = Text::new(
            format!("Tu należy podać liczbę całkowitą od {min} do {max}."),
            format!("This must be a whole number from {min} to {max}."),
        );
        Reason::new(code, text).example(0.clamp(min, max.max(min)).to_string())
    };
    match value {
        Value::Number(n) => match n.as_i64() {
            Some(n) if (min..=max).contains(&n) => Ok(json!(n)),
            Some(_) => Err(reason("out-of-range")),
            None => Err(reason("wrong-type")),
        },
        _ => Err(reason("wrong-type")),
    }
}

fn strings<'a>(value: &'a Value, example: &'static str) -> Result<Vec<&'a str>, Reason> {
    let wrong =
        || wrong_type("Tu należy podać listę tekstów.", "This must be a list of texts.").example(example);
    let Value::Array(items) = value else {
        return Err(wrong());
    };
    if items.len() > 1000 {
        return Err(wrong());
    }
    items.iter().map(|item| item.as_str().ok_or_else(wrong)).collect()
}

fn several(value: &Value, choices: &[Choice]) -> Result<Option<Value>, Reason> {
    let codes = strings(value, r#"["a","b"]"#)?;
    if codes.iter().any(|code| choices.iter().all(|c| c.code != *code)) {
        return Err(not_choice(choices));
    }
    // In the order of the descriptor, so that equal sets are equal values.
    let kept: Vec<&str> = choices.iter().map(|c| c.code.as_str()).filter(|c| codes.contains(c)).collect();
    Ok((!kept.is_empty()).then(|| json!(kept)))
}

fn tags(value: &Value) -> Result<Option<Value>, Reason> {
    let mut kept: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for tag in strings(value, r#"["vip","targi 2026"]"#)? {
        let tag = clean(tag, false)?;
        let folded = fold(&tag);
        if tag.is_empty() || seen.contains(&folded) {
            continue;
        }
        if tag.chars().count() > TAGS {
            return Err(too_long(TAGS));
        }
        if kept.len() == TAGS {
            return Err(Reason::of(
                "too-many",
                "Rekord może mieć najwyżej 50 etykiet.",
                "A record has 50 tags at most.",
            ));
        }
        seen.push(folded);
        kept.push(tag.into_owned());
    }
    Ok((!kept.is_empty()).then(|| json!(kept)))
}

/// A right value of this field as text (JSON where it is not a string): for messages, and for the
/// OpenAPI document.
#[must_use]
pub fn example_of(field: &Field) -> String {
    use FieldKind as K;
    let text = match &field.kind {
        K::Text { .. } => match field.name.as_str() {
            "first_name" => "Anna",
            "last_name" => "Łukasik",
            _ => "Przykład",
        },
        K::LongText { .. } => "Kilka zdań.",
        K::Email => "jan.kowalski@example.pl",
        K::Phone => "+48600100200",
        K::Url => "https://www.example.pl",
        K::Nip => "5261040828",
        K::Regon => "000331501",
        K::Krs => "0000028860",
        K::Pesel => "44051401359",
        K::Iban => "PL61109010140000071219812874",
        K::PostalCode => "00-950",
        K::Country => "PL",
        K::Integer { min, max } => return 0.clamp(*min, (*max).max(*min)).to_string(),
        K::Decimal => "1234.5",
        K::Money => r#"{"amount":"1234.50","currency":"PLN"}"#,
        K::Date => "2026-11-23",
        K::DateTime => "2026-11-23T10:30:00.000Z",
        K::Bool => "true",
        K::Choice { choices } => choices.first().map_or("", |c| &c.code),
        K::Choices { choices } => {
            return choices.first().map_or_else(String::new, |c| json!([c.code]).to_string());
        }
        K::Tags => r#"["vip","targi 2026"]"#,
        K::Reference { .. } | K::User => "0190a6c2-7b1e-7c3d-8e4f-0123456789ab",
    };
    text.to_owned()
}
