//! Cells of spreadsheets and of other programs' exports: what people wrote, read as a value.

use crate::fold::squash;
use crate::money::{decimal, money_value};
use crate::numbers::{Reason, is_dash};
use crate::value::{canonical, civil, not_choice, not_country, not_date, not_moment};
use crate::{Choice, Field, FieldKind, places, words};
use kernel::{FieldIssue, Time, limits};
use serde_json::{Value, json};

/// The value in a cell, in a form that [`crate::check_content`] takes; `None` for an empty cell.
/// A postal code gets its last form there, beside its country. A reference is read as an id only:
/// names are for the importer to look up.
///
/// # Errors
/// The text cannot be a value of this field.
pub fn parse_cell(field: &Field, text: &str) -> Result<Option<Value>, FieldIssue> {
    if text.len() > limits::IMPORT_CELL_CHARS * 4 {
        let reason = Reason::of("too-long", "Komórka jest za długa.", "The cell is too long.");
        return Err(reason.at(&field.name));
    }
    read(field, text.trim()).map_err(|reason| reason.at(&field.name))
}

fn read(field: &Field, text: &str) -> Result<Option<Value>, Reason> {
    use FieldKind as K;
    if text.is_empty() {
        return Ok(None);
    }
    let value = match &field.kind {
        K::Bool => yes_or_no(text)?,
        K::Integer { .. } => whole(field, text)?,
        K::Decimal => json!(decimal(&plain_number(text, false)?)?.normalize().to_string()),
        K::Money => money(text)?,
        K::Date => json!(date(text.split([' ', 'T']).next().unwrap_or_default())?.to_string()),
        K::DateTime => moment(text)?,
        K::Country => json!(places::country_named(text).ok_or_else(not_country)?),
        K::Choice { choices } => json!(choice(field, choices, text)?),
        K::Choices { choices } => {
            let codes = parts(text).map(|part| choice(field, choices, part));
            json!(codes.collect::<Result<Vec<_>, _>>()?)
        }
        K::Tags => json!(parts(text).collect::<Vec<_>>()),
        // Addresses come in several lines where we keep one.
        K::Text { .. } => json!(
            text.split(['\r', '\n', '\t']).filter(|s| !s.trim().is_empty()).collect::<Vec<_>>().join(" ")
        ),
        _ => json!(text),
    };
    canonical(field, &value)
}

/// The parts of a list; Google writes `* one ::: two`.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ','])
        .flat_map(|part| part.split(":::"))
        .map(|part| part.trim().trim_start_matches("* "))
        .filter(|part| !part.is_empty())
}

fn yes_or_no(text: &str) -> Result<Value, Reason> {
    match squash(text).as_str() {
        "tak" | "t" | "yes" | "y" | "true" | "prawda" | "x" | "1" | "ano" => Ok(json!(true)),
        "nie" | "n" | "no" | "false" | "falsz" | "0" | "ne" => Ok(json!(false)),
        _ => {
            Err(Reason::of("wrong-type", "Tu należy wpisać tak albo nie.", "This is yes or no.")
                .example("tak"))
        }
    }
}

fn whole(field: &Field, text: &str) -> Result<Value, Reason> {
    let number = plain_number(text, false)?;
    let number = match number.split_once('.') {
        Some((whole, part)) if part.bytes().all(|b| b == b'0') => whole.to_owned(),
        _ => number,
    };
    // What does not fit is told by the field's own check, which knows the limits.
    let value = number.parse::<i64>().map_or(Value::Null, |n| json!(n));
    canonical(field, &value).map(|_| value)
}

/// A number without separators and with a decimal point, from Polish, English or Swiss notation.
///
/// # Errors
/// Not a number; or, when `strict`, one of which nobody can say whether its only separator parts
/// thousands or decimals ("1,234"): a mistake there would be a thousandfold.
fn plain_number(text: &str, strict: bool) -> Result<String, Reason> {
    let wrong =
        || Reason::of("not-a-number", "To nie jest liczba.", "This is not a number.").example("1234,50");
    if text.len() > 80 {
        return Err(wrong());
    }
    let (negative, text) = match text.chars().next() {
        Some(c) if is_dash(c) => (true, text[c.len_utf8()..].trim_start()),
        Some('+') => (false, text[1..].trim_start()),
        _ => (false, text),
    };
    let points = text.matches('.').count();
    let commas = text.matches(',').count();
    let last = text.rfind(['.', ',']);
    let cut = match (points, commas) {
        (0, 0) => None,
        (1, 0) | (0, 1) => last,
        (_, 0) | (0, _) => None,
        _ => last,
    };
    let (whole, part) = cut.map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
    let groups: Vec<&str> =
        whole.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '\'' | '’')).collect();
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups.len() == 1 || {
        (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|g| g.len() == 3)
    };
    let ending = cut.is_some() && part.is_empty();
    if whole.is_empty() || !grouped || ending || !digits(part) || !groups.iter().all(|g| digits(g)) {
        return Err(wrong());
    }
    if strict && groups.len() == 1 && part.len() == 3 && (1..=3).contains(&whole.len()) && whole != "0" {
        return Err(Reason::of(
            "ambiguous-number",
            "Nie wiadomo, czy znak przed trzema ostatnimi cyframi oddziela tysiące, czy grosze.",
            "It is not clear whether the sign before the last three digits parts thousands or decimals.",
        )
        .example("1234,50"));
    }
    let sign = if negative { "-" } else { "" };
    let part = if part.is_empty() { String::new() } else { format!(".{part}") };
    Ok(format!("{sign}{}{part}", groups.concat()))
}

/// An amount with a currency before or after it; złoty when none is named.
fn money(text: &str) -> Result<Value, Reason> {
    let unknown =
        || Reason::of("not-currency", "Nieznana waluta.", "Unknown currency.").example("1 234,50 PLN");
    let numeric = |c: char| c.is_ascii_digit() || is_dash(c) || matches!(c, '+' | '.' | ',');
    let start = text.find(numeric).ok_or_else(|| {
        Reason::of("not-a-number", "To nie jest kwota.", "This is not an amount.").example("1 234,50 PLN")
    })?;
    let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(text.len(), |at| at + 1);
    let (before, number, after) = match text.get(start..end) {
        Some(number) => (text[..start].trim(), number, text[end..].trim()),
        None => return Err(unknown()),
    };
    let after = after.trim_end_matches('.');
    let currency = match (before, after) {
        ("", "") => Some("PLN"),
        (sign, "") | ("", sign) => places::currency_signed(sign),
        _ => None,
    };
    let amount = decimal(&plain_number(number, true)?)?;
    Ok(money_value(amount, currency.ok_or_else(unknown)?))
}

/// A day: year first, or day, month and year. The American order is not guessed at.
fn date(text: &str) -> Result<jiff::civil::Date, Reason> {
    let bits: Vec<&str> = text.trim_end_matches('.').splitn(4, ['.', '/', '-']).collect();
    let [a, b, c] = bits[..] else {
        return Err(not_date());
    };
    let (year, day) = if a.len() == 4 { (a, c) } else { (c, a) };
    let digits =
        |s: &str, most: usize| (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !digits(year, 4) || !digits(b, 2) || !digits(day, 2) {
        return Err(not_date());
    }
    let date = match (year.parse(), b.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => civil(year, month, day),
        _ => None,
    };
    date.ok_or_else(not_date)
}

/// A moment: RFC 3339, or a day with a time on a Polish clock.
fn moment(text: &str) -> Result<Value, Reason> {
    if text.len() <= 40 && Time::parse(text).is_some() {
        return Ok(json!(text));
    }
    let (day, clock) = text.split_once([' ', 'T']).unwrap_or((text, "00:00"));
    let day = date(day.trim_end_matches(','))?;
    let mut bits = clock.trim().splitn(3, ':').map(|bit| {
        let short = (1..=2).contains(&bit.len()) && bit.bytes().all(|b| b.is_ascii_digit());
        short.then(|| bit.parse::<i8>().ok()).flatten()
    });
    let (Some(Some(hour)), Some(Some(minute)), second) =
        (bits.next(), bits.next(), bits.next().unwrap_or(Some(0)))
    else {
        return Err(not_moment());
    };
    let time = jiff::civil::Time::new(hour, minute, second.ok_or_else(not_moment)?, 0);
    // The rule of the European Union itself: no zone data of the machine, the same on every one.
    let zone = jiff::tz::TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").map_err(|_| not_moment())?;
    let at = time.and_then(|t| zone.to_ambiguous_zoned_datetime(day.to_datetime(t)).compatible());
    let at = at.map_err(|_| not_moment())?;
    Ok(json!(Time(at.timestamp().as_millisecond()).rfc3339()))
}

/// A choice by its code, by either label, or by the word of another program for it.
fn choice<'a>(field: &Field, choices: &'a [Choice], text: &str) -> Result<&'a str, Reason> {
    if let Some(choice) = choices.iter().find(|c| c.code == text) {
        return Ok(&choice.code);
    }
    let wanted = squash(text);
    let alias = words::choice_alias(&field.name, &wanted);
    let named = |c: &&Choice| [&*c.code, &*c.label.pl, &*c.label.en].iter().any(|s| squash(s) == wanted);
    choices
        .iter()
        .find(named)
        .or_else(|| choices.iter().find(|c| Some(c.code.as_str()) == alias))
        .map(|c| c.code.as_str())
        .ok_or_else(|| not_choice(choices))
}
