//! Decimals and money, exact to four places.

use crate::numbers::Reason;
use crate::places;
use crate::value::wrong_type;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::str::FromStr;

/// Places after the point of decimals and money.
const PLACES: u32 = 4;
/// Decimals and amounts stay below this in absolute value: scaled by 10,000 they fit an `i64`.
const LIMIT: i64 = 1_000_000_000_000;
fn not_decimal() -> Reason {
    Reason::of(
        "not-a-number",
        "Tu należy podać liczbę z najwyżej 4 miejscami po kropce, co do wartości mniejszą niż bilion.",
        "This is a number with at most 4 decimal places, below 10^12 in absolute value.",
    )
    .example("1234.50")
}

/// A number from digits, an optional sign and an optional point.
pub(crate) fn decimal(text: &str) -> Result<Decimal, Reason> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.len() <= 25 && s.bytes().all(|b| b.is_ascii_digit());
    if !all(whole) || !all(part) {
        return Err(not_decimal());
    }
    let part = part.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    if part.len() > PLACES as usize || whole.len() > 13 {
        return Err(not_decimal());
    }
    let number = Decimal::from_str(text).map_err(|_| not_decimal())?.normalize();
    if number.abs() > Decimal::from(LIMIT) {
        return Err(not_decimal());
    }
    Ok(if number.is_zero() { Decimal::ZERO } else { number })
}

/// The number in a JSON string or number.
pub(crate) fn decimal_of(value: &Value) -> Result<Decimal, Reason> {
    match value {
        Value::String(s) => decimal(s.trim()),
        Value::Number(n) => decimal(&n.to_string()),
        _ => Err(not_decimal()),
    }
}

/// An amount as it is kept: with two places, or four where two do not hold it. Never three, so that
/// a file with "1.234" in it can be told from a thousand with a separator.
pub(crate) fn money_value(amount: Decimal, currency: &str) -> Value {
    let places = if amount.normalize().scale() <= 2 { 2 } else { PLACES };
    let amount = format!("{amount:.*}", places as usize);
    json!({ "amount": amount, "currency": currency })
}

/// An amount with its currency, checked and as it is kept.
pub(crate) fn money(value: &Value) -> Result<Value, Reason> {
    const EXAMPLE: &str = r#"{"amount":"1234.50","currency":"PLN"}"#;
    let Value::Object(parts) = value else {
        return Err(wrong_type("Tu należy podać kwotę i walutę.", "This must be an amount with a currency.")
            .example(EXAMPLE));
    };
    if parts.keys().any(|k| k != "amount" && k != "currency") {
        return Err(wrong_type(
            "Kwota ma tylko pola amount i currency.",
            "Money has the members amount and currency only.",
        )
        .example(EXAMPLE));
    }
    let amount =
        decimal_of(parts.get("amount").unwrap_or(&Value::Null)).map_err(|reason| reason.example(EXAMPLE))?;
    let code = parts.get("currency").and_then(Value::as_str).unwrap_or_default();
    let Some(currency) = places::currency(code.trim()) else {
        return Err(Reason::of(
            "not-currency",
            "Walutę podaje się trzyliterowym kodem ISO 4217.",
            "A currency is given by its three-letter ISO 4217 code.",
        )
        .example(EXAMPLE));
    };
    Ok(money_value(amount, currency))
}
