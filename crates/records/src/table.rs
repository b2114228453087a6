//! Records as a table: what a file is made from.

use kernel::{Lang, Text};
use schema::{Choice, Field, FieldKind};
use serde_json::{Map, Value};

/// One cell, by what it holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    None,
    /// Text, whatever it looks like.
    Text(String),
    /// A number in decimal notation.
    Number(String),
    /// An amount.
    Money {
        /// In decimal notation.
        amount: String,
        /// ISO 4217.
        currency: String,
    },
    /// `YYYY-MM-DD`.
    Date(String),
    /// RFC 3339 in UTC.
    Moment(String),
    /// Yes or no.
    Bool(bool),
    /// A value that the caller may not see.
    Masked,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name of the field; `id`, `owner` and `updated_at` come first.
    pub name: String,
    /// Its label in the caller's language.
    pub label: String,
}

/// A table: columns, and a row for each record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// Cells in the order of the columns.
    pub rows: Vec<Vec<Cell>>,
    /// Records that were approved and are not in it: changed since, or not the caller's to take out any more.
    pub left_out: usize,
}

impl Table {
    pub(crate) fn new(fields: &[&Field], lang: Lang) -> Self {
        let common = [
            ("id", Text::of("Identyfikator", "Id")),
            ("owner", Text::of("Właściciel", "Owner")),
            ("updated_at", Text::of("Zmieniono", "Changed")),
        ];
        let column =
            |name: &str, label: &Text| Column { name: name.to_owned(), label: label.get(lang).to_owned() };
        let columns = common.iter().map(|(name, label)| column(name, label));
        let columns = columns.chain(fields.iter().map(|f| column(&f.name, &f.label))).collect();
        Self { columns, rows: Vec::new(), left_out: 0 }
    }
}

impl Cell {
    /// A value, masked or not, of `field`; a choice by its label.
    pub(crate) fn of(field: &Field, value: &Value, lang: Lang) -> Self {
        match (value, &field.kind) {
            (Value::Null, _) => Self::None,
            (Value::Bool(is), _) => Self::Bool(*is),
            (Value::Number(n), _) => Self::Number(n.to_string()),
            (Value::Object(map), _) if map.contains_key("masked") => Self::Masked,
            (Value::Object(map), FieldKind::Money) => {
                let part = |name: &str| text_of(map, name);
                Self::Money { amount: part("amount"), currency: part("currency") }
            }
            (Value::String(text), FieldKind::Decimal) => Self::Number(text.clone()),
            (Value::String(text), FieldKind::Date) => Self::Date(text.clone()),
            (Value::String(text), FieldKind::DateTime) => Self::Moment(text.clone()),
            (Value::String(code), FieldKind::Choice { choices }) => {
                Self::Text(label(choices, code, lang).to_owned())
            }
            (Value::String(text), _) => Self::Text(text.clone()),
            (Value::Array(items), kind) => {
                let items = items.iter().filter_map(Value::as_str);
                let items = items.map(|item| match kind {
                    FieldKind::Choices { choices } => label(choices, item, lang),
                    _ => item,
                });
                Self::Text(items.collect::<Vec<_>>().join("; "))
            }
            (other, _) => Self::Text(other.to_string()),
        }
    }

    /// As a cell of a text file that an import reads back.
    #[must_use]
    pub fn csv(&self) -> String {
        neutral(match self {
            Self::None => String::new(),
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Moment(text) => text.clone(),
            Self::Money { amount, currency } => format!("{amount} {currency}"),
            Self::Bool(is) => is.to_string(),
            Self::Masked => "•••".to_owned(),
        })
    }

    /// About how much room it takes.
    pub(crate) const fn bytes(&self) -> usize {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Moment(text) => text.len() + 8,
            _ => 24,
        }
    }
}

/// The label of a choice; its code if it is none any more.
fn label<'a>(choices: &'a [Choice], code: &'a str, lang: Lang) -> &'a str {
    choices.iter().find(|c| c.code == code).map_or(code, |c| c.label.get(lang))
}

fn text_of(map: &Map<String, Value>, name: &str) -> String {
    map.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Keeps a spreadsheet from running a cell as a formula (OWASP: CSV Injection). A sign before digits
/// alone is a number, such as a telephone number, and stays.
fn neutral(text: String) -> String {
    let number =
        |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b" .,".contains(&b));
    let harmless = match text.chars().next() {
        Some('+' | '-') => number(&text[1..]),
        Some('=' | '@' | '\t' | '\r' | '\n' | '|' | '%') => false,
        _ => true,
    };
    if harmless { text } else { format!("'{text}") }
}

#[cfg(test)]
mod tests {
    use super::neutral;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        for bad in
            ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "\t=1", "|x", "+", "=HYPERLINK(\"x\")"]
        {
            assert_eq!(neutral(bad.to_owned()), format!("'{bad}"));
        }
        for good in ["+48601234567", "-12.50", "Anna", "", "a=b", "3-1"] {
            assert_eq!(neutral(good.to_owned()), good);
        }
    }
}
