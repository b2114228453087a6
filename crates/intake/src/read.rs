//! Rows as input for records.

use crate::draft::{Column, Draft, Recipe};
use crate::mapping::{Mapping, Target, gathers};
use crate::open::open_bytes;
use crate::refusal::{Problem, Refusal};
use crate::source::{Options, RawRow, Source};
use kernel::{FieldIssue, Text};
use schema::{Content, Entity, FieldKind, check_content};
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
        f.debug_struct("Parsed").field("line", &self.line).finish_non_exhaustive()
    }
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
        columns.filter(|(_, (_, t))| t == wanted).map(|(i, _)| i).collect::<Vec<_>>()
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
                FieldKind::Country | FieldKind::Choice { .. } => {
                    Recipe::Known(f, columns, Default::default())
                }
                kind if gathers(kind) => Recipe::Two([(Some(f), columns), (None, Vec::new())]),
                _ => Recipe::First(f, columns),
            });
        }
    }
    let (whole_name, owner) = (of(&Target::WholeName), of(&Target::Owner));
    Rows { source, entity, recipes, whole_name, owner, raw: RawRow::default() }
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
        let mut draft = Draft { raw: &self.raw, headings: self.source.headings(), out, issues: Vec::new() };
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
                let told = draft.issues.iter().map(|i| i.column.clone()).collect::<Vec<_>>();
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
        if draft.issues.is_empty() { Ok(draft.out) } else { Err(draft.issues) }
    }

    /// The first column that feeds a field.
    fn column_of(&self, field: &str) -> Option<Column> {
        let found = self.recipes.iter().find_map(|recipe| match recipe {
            Recipe::First(f, c)
            | Recipe::Known(f, c, _)
            | Recipe::Union(f, c)
            | Recipe::Joined(f, c)
            | Recipe::Money(f, c, _) => (f.name == field).then(|| c.first().copied()),
            Recipe::Reference(..) => None,
            Recipe::Two(pair) => {
                pair.iter().find(|(f, _)| f.is_some_and(|f| f.name == field)).map(|(_, c)| c.first().copied())
            }
        });
        found.flatten().or_else(|| {
            matches!(field, "first_name" | "last_name").then(|| self.whole_name.first().copied()).flatten()
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
        good += read_rows(source, entity, &mapping).filter(Result::is_ok).count();
    }
    good
}
