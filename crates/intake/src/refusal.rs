//! Why a row did not go in.

use kernel::{Fault, Lang, Text};
use serde::Serialize;
use std::fmt;

/// One reason why a row is refused. The value is for the person who imports; `Debug` leaves it out,
/// so that it reaches no log.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Line of the file, row of the sheet or number of the card, from 1.
    pub line: u64,
    /// Heading of the column, when one cell is to blame.
    pub column: Option<String>,
    /// A stable code in kebab case, such as `too-long`.
    pub code: String,
    /// What stood there, shortened.
    pub value: Option<String>,
    /// What is wrong.
    pub reason: Text,
    /// A value that would be right.
    pub example: Option<String>,
}

/// Longest value kept in a refusal, in characters.
const VALUE_CHARS: usize = 120;

impl Refusal {
    pub(crate) fn row(line: u64, code: &str, reason: Text) -> Self {
        Self { line, column: None, code: code.to_owned(), value: None, reason, example: None }
    }

    pub(crate) fn cell(line: u64, column: &str, code: &str, value: &str, reason: Text) -> Self {
        Self { column: Some(column.to_owned()), value: Some(shorten(value)), ..Self::row(line, code, reason) }
    }

    /// The refusal as one line for the person who imports.
    #[must_use]
    pub fn public(&self, lang: Lang) -> String {
        let (line, column, found, example) = match lang {
            Lang::Pl => ("wiersz", "kolumna", "Jest", "Powinno być na przykład"),
            Lang::En => ("line", "column", "Found", "It should be, for example"),
        };
        let mut out = format!("{line} {}", self.line);
        if let Some(heading) = &self.column {
            out.push_str(&format!(", {column} „{heading}”"));
        }
        out.push_str(&format!(": {}", self.reason.get(lang)));
        if let Some(value) = &self.value {
            out.push_str(&format!(" {found}: „{value}”."));
        }
        if let Some(right) = &self.example {
            out.push_str(&format!(" {example}: {right}"));
        }
        out
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("line", &self.line)
            .field("column", &self.column)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

/// The first characters of `text`, with an ellipsis when there are more.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(VALUE_CHARS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// What can come instead of a row.
#[derive(Clone, Debug)]
pub enum Problem {
    /// This row is refused, for all these reasons; the next one can be read.
    Row(Vec<Refusal>),
    /// The file cannot be read any further.
    File(Fault),
}
