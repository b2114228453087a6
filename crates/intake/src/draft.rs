//! One row on its way from cells to values.

use crate::read::Parsed;
use crate::refusal::Refusal;
use crate::source::RawRow;
use kernel::{FieldIssue, limits};
use schema::{Field, FieldKind, parse_cell, split_name};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;

/// Values of a field that are remembered.
const KNOWN: usize = 256;

/// A column of the file: its place and its heading.
pub(crate) type Column = usize;

/// How one field is made of its columns; worked out once, so that no row looks up a heading.
pub(crate) enum Recipe<'a> {
    /// The first cell that is not empty.
    First(&'a Field, Vec<Column>),
    /// The same, of a field whose few values come again and again, with those that were read.
    Known(&'a Field, Vec<Column>, RefCell<HashMap<String, Option<Value>>>),
    /// Labels of all cells.
    Union(&'a Field, Vec<Column>),
    /// All cells, each on lines of its own.
    Joined(&'a Field, Vec<Column>),
    /// Addresses or numbers: the first and the second, each with the columns it prefers.
    Two([(Option<&'a Field>, Vec<Column>); 2]),
    /// An amount, and where its currency stands.
    Money(&'a Field, Vec<Column>, Option<Column>),
    /// A record to be looked up.
    Reference(&'a Field, Vec<Column>),
}

/// What is gathered while a row is read.
pub(crate) struct Draft<'r> {
    pub(crate) raw: &'r RawRow,
    pub(crate) headings: &'r [String],
    pub(crate) out: Parsed,
    pub(crate) issues: Vec<Refusal>,
}

impl<'r> Draft<'r> {
    /// The cell's text, or nothing when it is empty.
    fn cell(&self, column: Column) -> Option<&'r str> {
        self.raw.cells.get(column).map(|c| c.trim()).filter(|c| !c.is_empty())
    }

    pub(crate) fn first(&self, columns: &[Column]) -> Option<(Column, &'r str)> {
        columns.iter().find_map(|c| self.cell(*c).map(|text| (*c, text)))
    }

    /// Parses `text` into `field`; an issue names the column it came from.
    fn put(&mut self, field: &Field, column: Column, text: &str) {
        if matches!(field.kind, FieldKind::Date | FieldKind::DateTime) && is_no_date(text) {
            return;
        }
        match parse_cell(field, text) {
            Ok(Some(value)) => drop(self.out.input.insert(field.name.clone(), value)),
            Ok(None) => {}
            Err(issue) => self.refuse(Some(column), issue),
        }
    }

    /// As [`Draft::put`], but a text that was read before is not read again.
    fn put_known(
        &mut self,
        field: &Field,
        column: Column,
        text: &str,
        known: &mut HashMap<String, Option<Value>>,
    ) {
        if let Some(value) = known.get(text) {
            if let Some(value) = value {
                self.out.input.insert(field.name.clone(), value.clone());
            }
            return;
        }
        match parse_cell(field, text) {
            Ok(value) => {
                if known.len() < KNOWN && text.len() <= limits::TEXT_CHARS {
                    known.insert(text.to_owned(), value.clone());
                }
                if let Some(value) = value {
                    self.out.input.insert(field.name.clone(), value);
                }
            }
            Err(issue) => self.refuse(Some(column), issue),
        }
    }

    pub(crate) fn refuse(&mut self, column: Option<Column>, issue: FieldIssue) {
        let value = column.and_then(|c| self.cell(c));
        let mut refusal = match column {
            Some(c) => Refusal::cell(
                self.raw.line,
                &self.headings[c],
                &issue.code,
                value.unwrap_or_default(),
                issue.reason,
            ),
            None => Refusal::row(self.raw.line, &issue.code, issue.reason),
        };
        refusal.value = value.and(refusal.value);
        refusal.example = issue.example;
        self.issues.push(refusal);
    }

    pub(crate) fn follow(&mut self, recipe: &Recipe<'_>) {
        match recipe {
            Recipe::First(field, columns) => {
                if let Some((column, text)) = self.first(columns) {
                    self.put(field, column, text);
                }
            }
            Recipe::Known(field, columns, known) => {
                if let Some((column, text)) = self.first(columns) {
                    self.put_known(field, column, text, &mut known.borrow_mut());
                }
            }
            Recipe::Reference(field, columns) => {
                if let Some((_, text)) = self.first(columns) {
                    self.out.refs.push((field.name.clone(), text.to_owned()));
                }
            }
            Recipe::Joined(field, columns) => {
                let texts = columns.iter().filter_map(|c| self.cell(*c)).collect::<Vec<_>>();
                match texts[..] {
                    [] => {}
                    [text] => self.put(field, columns[0], text),
                    _ => self.put(field, columns[0], &texts.join("\n\n")),
                }
            }
            Recipe::Union(field, columns) => self.union(field, columns),
            Recipe::Money(field, columns, currency) => {
                let Some((column, amount)) = self.first(columns) else {
                    return;
                };
                let plain =
                    amount.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-−.,'’".contains(c));
                match currency.and_then(|c| self.cell(c)).filter(|_| plain) {
                    Some(currency) => self.put(field, column, &format!("{amount} {currency}")),
                    None => self.put(field, column, amount),
                }
            }
            Recipe::Two(pair) => self.two(pair),
        }
    }

    fn union(&mut self, field: &Field, columns: &[Column]) {
        let mut all: Vec<Value> = Vec::new();
        for column in columns {
            let Some(text) = self.cell(*column) else {
                continue;
            };
            match parse_cell(field, text) {
                Ok(Some(Value::Array(labels))) => {
                    for label in labels {
                        if !all.contains(&label) {
                            all.push(label);
                        }
                    }
                }
                Ok(_) => {}
                Err(issue) => self.refuse(Some(*column), issue),
            }
        }
        if !all.is_empty() {
            self.out.input.insert(field.name.clone(), Value::Array(all));
        }
    }

    /// Each value goes to the field of its column, or to the other one when that is taken.
    fn two(&mut self, pair: &[(Option<&Field>, Vec<Column>); 2]) {
        let mut slots: [Option<Value>; 2] = [None, None];
        for (wanted, (field, columns)) in pair.iter().enumerate() {
            let Some(field) = field else { continue };
            for &column in columns {
                for text in self.cell(column).into_iter().flat_map(several) {
                    let value = match parse_cell(field, text) {
                        Ok(Some(value)) => value,
                        Ok(None) => continue,
                        Err(issue) => {
                            self.refuse(Some(column), issue);
                            continue;
                        }
                    };
                    if slots.iter().flatten().any(|v| *v == value) {
                        continue;
                    }
                    let free = |at: usize| slots[at].is_none() && pair[at].0.is_some();
                    match [wanted, 1 - wanted].into_iter().find(|at| free(*at)) {
                        Some(at) => slots[at] = Some(value),
                        None => self.out.left_out.push(self.headings[column].clone()),
                    }
                }
            }
        }
        for (slot, (field, _)) in slots.into_iter().zip(pair) {
            if let (Some(value), Some(field)) = (slot, field) {
                self.out.input.insert(field.name.clone(), value);
            }
        }
    }

    /// Takes the whole name apart where the file has no parts of it.
    pub(crate) fn name(&mut self, columns: &[Column]) {
        let known = |f: &str| self.out.input.contains_key(f);
        if known("first_name") || known("last_name") {
            return;
        }
        if let Some((_, text)) = self.first(columns) {
            let (first, last) = split_name(text);
            if let Some(first) = first {
                self.out.input.insert("first_name".to_owned(), Value::String(first));
            }
            self.out.input.insert("last_name".to_owned(), Value::String(last));
        }
    }
}

/// Outlook's way to write that there is no date: `0/0/00`.
fn is_no_date(text: &str) -> bool {
    text.contains('0') && text.chars().all(|c| "0/.-: ".contains(c))
}

/// The parts of a cell with several addresses or numbers; Google parts them by `:::`.
fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split(":::").flat_map(|t| t.split(';')).map(str::trim).filter(|t| !t.is_empty())
}
