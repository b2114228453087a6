//! Rows as input for records.

use crate::mapping::{Mapping, Target, gathers};
use crate::refusal::{Problem, Refusal};
use crate::source::{Options, RawRow, Source, open_bytes};
use kernel::{FieldIssue, Text};
use schema::{Content, Entity, Field, FieldKind, check_content, parse_cell, split_name};
use serde_json::{Map, Value};

/// A row that can be written.
#[derive(Clone, PartialEq)]
pub struct Parsed {
    /// Line of the file, row of the sheet or number of the card, from 1.
    pub line: u64,
    /// What a client would send: field name to value. References are not in it.
    pub input: Map<String, Value>,
    /// The same, checked, in the form that is kept, with defaults and computed fields.
    pub content: Content,
    /// Reference fields with the text of their cells, to be looked up by name, number or address.
    pub refs: Vec<(String, String)>,
    /// Who shall own the record, as the file has it.
    pub owner: Option<String>,
    /// Headings of cells for which there was no room, such as a third e-mail address.
    pub left_out: Vec<String>,
}

impl std::fmt::Debug for Parsed {
    /// Without the values: they are personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parsed")
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

/// A column of the file: its place and its heading.
type Column = usize;

/// How one field is made of its columns; worked out once, so that no row looks up a heading.
enum Recipe<'a> {
    /// The first cell that is not empty.
    First(&'a Field, Vec<Column>),
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

/// The rows of a file as input for records of one entity.
pub struct Rows<'a> {
    source: Source,
    entity: &'a Entity,
    recipes: Vec<Recipe<'a>>,
    whole_name: Vec<Column>,
    owner: Vec<Column>,
    raw: RawRow,
}

/// Reads the rows of `source` as records of `entity`.
#[must_use]
pub fn read_rows<'a>(source: Source, entity: &'a Entity, mapping: &Mapping) -> Rows<'a> {
    let of = |wanted: &Target| {
        let columns = mapping.columns().iter().enumerate();
        columns
            .filter(|(_, (_, t))| t == wanted)
            .map(|(i, _)| i)
            .collect::<Vec<_>>()
    };
    let field = |name: &str| of(&Target::Field(name.to_owned()));
    let mut recipes = Vec::new();
    for f in &entity.fields {
        let columns = field(&f.name);
        let second = match f.name.as_str() {
            "email" => Some("email2"),
            "phone" => Some("mobile"),
            _ => None,
        };
        if let Some(second) = second {
            let pair = [(Some(f), columns), (entity.field(second), field(second))];
            if pair.iter().any(|(_, c)| !c.is_empty()) {
                recipes.push(Recipe::Two(pair));
            }
        } else if !columns.is_empty() && !matches!(f.name.as_str(), "email2" | "mobile") {
            recipes.push(match &f.kind {
                FieldKind::Tags => Recipe::Union(f, columns),
                FieldKind::LongText { .. } => Recipe::Joined(f, columns),
                FieldKind::Money => {
                    let currency = of(&Target::Currency(f.name.clone())).first().copied();
                    Recipe::Money(f, columns, currency)
                }
                FieldKind::Reference { .. } | FieldKind::User => Recipe::Reference(f, columns),
                kind if gathers(kind) => Recipe::Two([(Some(f), columns), (None, Vec::new())]),
                _ => Recipe::First(f, columns),
            });
        }
    }
    let (whole_name, owner) = (of(&Target::WholeName), of(&Target::Owner));
    Rows {
        source,
        entity,
        recipes,
        whole_name,
        owner,
        raw: RawRow::default(),
    }
}

/// What is gathered while a row is read.
struct Draft<'r> {
    raw: &'r RawRow,
    headings: &'r [String],
    out: Parsed,
    issues: Vec<Refusal>,
}

impl<'r> Draft<'r> {
    /// The cell's text, or nothing when it is empty.
    fn cell(&self, column: Column) -> Option<&'r str> {
        self.raw
            .cells
            .get(column)
            .map(|c| c.trim())
            .filter(|c| !c.is_empty())
    }

    fn first(&self, columns: &[Column]) -> Option<(Column, &'r str)> {
        columns
            .iter()
            .find_map(|c| self.cell(*c).map(|text| (*c, text)))
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

    fn refuse(&mut self, column: Option<Column>, issue: FieldIssue) {
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

    fn follow(&mut self, recipe: &Recipe<'_>) {
        match recipe {
            Recipe::First(field, columns) => {
                if let Some((column, text)) = self.first(columns) {
                    self.put(field, column, text);
                }
            }
            Recipe::Reference(field, columns) => {
                if let Some((_, text)) = self.first(columns) {
                    self.out.refs.push((field.name.clone(), text.to_owned()));
                }
            }
            Recipe::Joined(field, columns) => {
                let texts = columns
                    .iter()
                    .filter_map(|c| self.cell(*c))
                    .collect::<Vec<_>>();
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
                let plain = amount
                    .chars()
                    .all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-−.,'’".contains(c));
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
    fn name(&mut self, columns: &[Column]) {
        let known = |f: &str| self.out.input.contains_key(f);
        if known("first_name") || known("last_name") {
            return;
        }
        if let Some((_, text)) = self.first(columns) {
            let (first, last) = split_name(text);
            if let Some(first) = first {
                self.out
                    .input
                    .insert("first_name".to_owned(), Value::String(first));
            }
            self.out
                .input
                .insert("last_name".to_owned(), Value::String(last));
        }
    }
}

/// Outlook's way to write that there is no date: `0/0/00`.
fn is_no_date(text: &str) -> bool {
    text.contains('0') && text.chars().all(|c| "0/.-: ".contains(c))
}

/// The parts of a cell with several addresses or numbers; Google parts them by `:::`.
fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split(":::")
        .flat_map(|t| t.split(';'))
        .map(str::trim)
        .filter(|t| !t.is_empty())
}

impl Rows<'_> {
    /// How far reading has come.
    #[must_use]
    pub fn progress(&self) -> crate::Progress {
        self.source.progress()
    }

    fn parse(&self) -> Result<Parsed, Vec<Refusal>> {
        let out = Parsed {
            line: self.raw.line,
            input: Map::new(),
            content: Content::new(),
            refs: Vec::new(),
            owner: None,
            left_out: Vec::new(),
        };
        let mut draft = Draft {
            raw: &self.raw,
            headings: self.source.headings(),
            out,
            issues: Vec::new(),
        };
        for recipe in &self.recipes {
            draft.follow(recipe);
        }
        draft.name(&self.whole_name);
        draft.out.owner = draft.first(&self.owner).map(|(_, text)| text.to_owned());
        let input = Value::Object(std::mem::take(&mut draft.out.input));
        match check_content(self.entity, &input) {
            Ok(content) => draft.out.content = content,
            Err(fault) => {
                // What a cell was refused for is not missing as well.
                let told = draft
                    .issues
                    .iter()
                    .map(|i| i.column.clone())
                    .collect::<Vec<_>>();
                for issue in fault.issues {
                    let column = self.column_of(&issue.field);
                    if column.is_some_and(|c| told.contains(&Some(draft.headings[c].clone()))) {
                        continue;
                    }
                    draft.refuse(column, self.named(issue, column));
                }
            }
        }
        if let Value::Object(input) = input {
            draft.out.input = input;
        }
        if draft.issues.is_empty() {
            Ok(draft.out)
        } else {
            Err(draft.issues)
        }
    }

    /// The first column that feeds a field.
    fn column_of(&self, field: &str) -> Option<Column> {
        let found = self.recipes.iter().find_map(|recipe| match recipe {
            Recipe::First(f, c)
            | Recipe::Union(f, c)
            | Recipe::Joined(f, c)
            | Recipe::Money(f, c, _) => (f.name == field).then(|| c.first().copied()),
            Recipe::Reference(..) => None,
            Recipe::Two(pair) => pair
                .iter()
                .find(|(f, _)| f.is_some_and(|f| f.name == field))
                .map(|(_, c)| c.first().copied()),
        });
        found.flatten().or_else(|| {
            matches!(field, "first_name" | "last_name")
                .then(|| self.whole_name.first().copied())
                .flatten()
        })
    }

    /// An issue about a field that has no column says which field it is.
    fn named(&self, mut issue: FieldIssue, column: Option<Column>) -> FieldIssue {
        if column.is_none()
            && let Some(field) = self.entity.field(&issue.field)
        {
            issue.reason = Text::new(
                format!("{}: {}", field.label.pl, issue.reason.pl),
                format!("{}: {}", field.label.en, issue.reason.en),
            );
        }
        issue
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Parsed, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.source.next_into(&mut self.raw) {
            Ok(true) => Some(self.parse().map_err(Problem::Row)),
            Ok(false) => None,
            Err(problem) => Some(Err(problem)),
        }
    }
}

/// Reads everything that can be read of these bytes, as every built-in entity, and counts the rows
/// that are good: for tests that throw anything at it. Never panics, never hangs.
#[must_use]
pub fn parse_any(bytes: &[u8], name: &str) -> usize {
    let mut good = 0;
    for entity in &schema::builtin() {
        let Ok(source) = open_bytes(bytes.to_vec(), name, &Options::default()) else {
            return good;
        };
        let mapping = Mapping::guess(entity, source.headings());
        good += read_rows(source, entity, &mapping)
            .filter(Result::is_ok)
            .count();
    }
    good
}
