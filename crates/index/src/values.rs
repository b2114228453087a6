//! From a field's canonical value to what its column holds.

use crate::layout::Col;
use crate::open::Keyed;
use kernel::{RecordId, Time};
use rusqlite::types::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use schema::{Column, FieldKind, fold};
use serde_json::Value as Json;

/// Decimal places of a scaled column.
const SCALE: i64 = 10_000;

/// What the column of `col` holds for `value`; null if the value is none of the field's kind.
pub(crate) fn stored(table: &str, col: &Col, value: &Json, keyed: &Keyed) -> Value {
    match col.column {
        Column::None => None,
        Column::Text => text(value).map(|t| Value::Text(fold(&t))),
        Column::Integer => integer(value).map(Value::Integer),
        Column::Scaled => scaled(value).map(Value::Integer),
        Column::Id => {
            value.as_str().and_then(|t| t.parse::<RecordId>().ok()).map(|id| Value::Blob(id.bytes().to_vec()))
        }
        Column::Time => moment(&col.field.kind, value).map(Value::Integer),
        Column::Many => many(value).map(Value::Text),
        Column::Keyed => value.as_str().map(|t| Value::Blob(hash(table, col, t, keyed))),
    }
    .unwrap_or(Value::Null)
}

/// What a filter or a duplicate check compares with: as [`stored`], but numbers that people write in
/// several ways are brought into their canonical form first. `None` if it is no value of the kind.
pub(crate) fn compared(table: &str, col: &Col, value: &Json, keyed: &Keyed) -> Option<Value> {
    let canonical = value.as_str().and_then(|t| match &col.field.kind {
        FieldKind::Phone => schema::phone(t).ok(),
        FieldKind::Email => schema::email(t).ok(),
        FieldKind::Nip => schema::nip(t).ok(),
        FieldKind::Regon => schema::regon(t).ok(),
        FieldKind::Krs => schema::krs(t).ok(),
        FieldKind::Pesel => schema::pesel(t).ok(),
        FieldKind::Iban => schema::iban(t).ok(),
        FieldKind::PostalCode => schema::postal_code(t, None).ok(),
        _ => None,
    });
    let found = match canonical {
        Some(text) => stored(table, col, &Json::String(text), keyed),
        None if col.column == Column::Many => text(value).map_or(Value::Null, |t| Value::Text(fold(&t))),
        None => stored(table, col, value, keyed),
    };
    (found != Value::Null).then_some(found)
}

/// The keyed hash of a value, different for every field.
fn hash(table: &str, col: &Col, text: &str, keyed: &Keyed) -> Vec<u8> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    keyed(&format!("{table}.{}\u{0}{plain}", col.field.name)).to_vec()
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(t) => Some(t.clone()),
        Json::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

fn integer(value: &Json) -> Option<i64> {
    match value {
        Json::Bool(b) => Some(i64::from(*b)),
        Json::Number(n) => n.as_i64(),
        Json::String(t) => match t.as_str() {
            "true" => Some(1),
            "false" => Some(0),
            number => number.trim().parse().ok(),
        },
        _ => None,
    }
}

/// The amount times 10,000, rounded; beyond the range of the column, its end.
pub(crate) fn scaled(value: &Json) -> Option<i64> {
    let amount = match value {
        Json::Object(money) => money.get("amount")?,
        other => other,
    };
    let decimal: Decimal = match amount {
        Json::String(t) => t.trim().parse().ok()?,
        Json::Number(n) => n.as_i64().map(Decimal::from).or_else(|| Decimal::from_f64(n.as_f64()?))?,
        _ => return None,
    };
    let end = if decimal.is_sign_negative() { i64::MIN } else { i64::MAX };
    Some(decimal.checked_mul(Decimal::from(SCALE)).and_then(|d| d.round().to_i64()).unwrap_or(end))
}

/// The decimal of a scaled number.
pub(crate) fn unscaled(n: i64) -> Decimal {
    Decimal::new(n, 4).normalize()
}

fn moment(kind: &FieldKind, value: &Json) -> Option<i64> {
    match (kind, value) {
        (FieldKind::Date, Json::String(t)) => {
            let day: jiff::civil::Date = t.parse().ok()?;
            Some(day.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24)
        }
        (_, Json::String(t)) => Time::parse(t).map(|t| t.0),
        _ => None,
    }
}

fn many(value: &Json) -> Option<String> {
    let all: Vec<String> = value.as_array()?.iter().filter_map(text).map(|t| fold(&t)).collect();
    if all.is_empty() { None } else { serde_json::to_string(&all).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amounts_are_scaled_exactly() {
        assert_eq!(scaled(&json!({"amount": "1234.5", "currency": "PLN"})), Some(12_345_000));
        assert_eq!(scaled(&json!("-0.0001")), Some(-1));
        assert_eq!(scaled(&json!("99999999999999999999")), Some(i64::MAX));
        assert_eq!(scaled(&json!("x")), None);
        assert_eq!(unscaled(12_345_000).to_string(), "1234.5");
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(moment(&FieldKind::Date, &json!("1970-01-02")), Some(1));
        assert_eq!(moment(&FieldKind::Date, &json!("1969-12-31")), Some(-1));
        assert_eq!(moment(&FieldKind::Date, &json!("1970-02-30")), None);
        assert_eq!(moment(&FieldKind::DateTime, &json!("1970-01-01T00:00:01Z")), Some(1000));
    }
}
