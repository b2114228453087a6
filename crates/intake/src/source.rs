//! A file as headings and rows.

use crate::refusal::{Problem, Refusal};
use crate::shape;
use crate::sheet::Sheet;
use crate::table::{Record, Table};
use crate::vcard::{Card, Cards, HEADINGS};
use kernel::{Fault, FaultKind, Result, Text, limits};

/// What kind of file it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Delimited text.
    Csv {
        /// Encoding, by its WHATWG name.
        encoding: &'static str,
        /// What stands between columns.
        delimiter: char,
    },
    /// A spreadsheet.
    Xlsx,
    /// Cards.
    VCard {
        /// Encoding, by its WHATWG name.
        encoding: &'static str,
    },
}

/// What the person who imports knows better.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Name of the sheet, or `#2` for the second; the first visible one without.
    pub sheet: Option<String>,
    /// Encoding of a text file, by any WHATWG label; found without.
    pub encoding: Option<String>,
    /// What stands between columns; found without.
    pub delimiter: Option<char>,
}

/// One row as it stands in the file.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct RawRow {
    /// Line of the file, row of the sheet or number of the card, from 1.
    pub line: u64,
    /// As many as there are headings.
    pub cells: Vec<String>,
}

impl std::fmt::Debug for RawRow {
    /// Without the values: they are personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawRow").field("line", &self.line).finish_non_exhaustive()
    }
}

/// How far reading has come; `done` of `total`, in bytes or rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Read so far.
    pub done: u64,
    /// All of it, as far as the file says.
    pub total: u64,
}

pub(crate) enum Reader {
    Table(Box<Table>),
    Sheet(Sheet),
    Cards(Box<Cards>),
}

/// A file that is being read, row by row. Empty rows are passed over.
pub struct Source {
    reader: Reader,
    pub(crate) format: Format,
    headings: Vec<String>,
    pub(crate) lossy: bool,
    size: u64,
    line: u64,
    rows: usize,
    ended: bool,
}

/// What came from a reader before its shape was looked at.
enum Step {
    End,
    Row,
    Refused(Vec<Refusal>),
}

impl Source {
    pub(crate) const fn of(reader: Reader, format: Format, size: u64) -> Self {
        Self { reader, format, headings: Vec::new(), lossy: true, size, line: 0, rows: 0, ended: false }
    }

    /// The headings, each different.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// What kind of file it is.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Names of the sheets of a workbook; none of any other file.
    #[must_use]
    pub fn sheets(&self) -> &[String] {
        match &self.reader {
            Reader::Sheet(sheet) => &sheet.names,
            _ => &[],
        }
    }

    /// How far reading has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let (done, total) = match &self.reader {
            Reader::Table(t) => (t.read(), self.size),
            Reader::Cards(c) => (c.read(), self.size),
            Reader::Sheet(s) => (self.line, s.rows),
        };
        Progress { done: done.min(total), total }
    }

    /// Reads the next row into `row`, whose memory is used again. `false` at the end.
    ///
    /// # Errors
    /// [`Problem::Row`] when this row is refused; [`Problem::File`] when nothing more can be read.
    pub fn next_into(&mut self, row: &mut RawRow) -> std::result::Result<bool, Problem> {
        if self.ended {
            return Ok(false);
        }
        loop {
            let step = self.step(row).map_err(|fault| self.give_up(fault))?;
            if matches!(step, Step::End) {
                self.ended = true;
                return Ok(false);
            }
            self.line = row.line;
            let mut issues = match step {
                Step::Refused(issues) => issues,
                _ if row.cells.iter().all(|c| c.trim().is_empty()) => continue,
                _ => Vec::new(),
            };
            self.rows += 1;
            if self.rows > limits::IMPORT_ROWS {
                return Err(self.give_up(too_many_rows()));
            }
            if issues.is_empty() {
                shape::row(row.line, &mut row.cells, &self.headings, self.lossy, &mut issues);
            }
            return if issues.is_empty() { Ok(true) } else { Err(Problem::Row(issues)) };
        }
    }

    fn give_up(&mut self, fault: Fault) -> Problem {
        self.ended = true;
        Problem::File(fault)
    }

    /// Reads the heading row.
    pub(crate) fn read_headings(&mut self) -> Result<()> {
        if matches!(self.reader, Reader::Cards(_)) {
            self.headings = HEADINGS.iter().map(|h| (*h).to_owned()).collect();
            return Ok(());
        }
        let mut row = RawRow::default();
        loop {
            match self.step(&mut row)? {
                Step::End => return Err(shape::empty()),
                Step::Refused(issues) => {
                    let wide = issues.iter().any(|i| i.code == "too-many-cells");
                    return Err(if wide { shape::too_many_columns() } else { no_headings() });
                }
                Step::Row => {}
            }
            let excel_hint = row.line == 1 && row.cells[0].starts_with("sep=");
            if !excel_hint && row.cells.iter().any(|c| !c.trim().is_empty()) {
                self.headings = shape::headings(row.cells)?;
                return Ok(());
            }
        }
    }

    /// The next row as the reader has it.
    fn step(&mut self, row: &mut RawRow) -> Result<Step> {
        match &mut self.reader {
            Reader::Table(table) => step_table(table, row),
            Reader::Cards(cards) => step_cards(cards, row),
            Reader::Sheet(sheet) => step_sheet(sheet, row, &self.headings),
        }
    }
}

impl Iterator for Source {
    type Item = std::result::Result<RawRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = RawRow::default();
        match self.next_into(&mut row) {
            Ok(true) => Some(Ok(row)),
            Ok(false) => None,
            Err(problem) => Some(Err(problem)),
        }
    }
}

fn step_table(table: &mut Table, row: &mut RawRow) -> Result<Step> {
    let (line, code, reason) = match table.next()? {
        Record::End => return Ok(Step::End),
        Record::Good { line } => {
            row.line = line;
            row.cells.resize(table.width(), String::new());
            for (i, cell) in row.cells.iter_mut().enumerate() {
                cell.clear();
                cell.push_str(table.field(i));
            }
            return Ok(Step::Row);
        }
        Record::TooLong { line } => (
            line,
            "too-long",
            Text::of(
                "Wiersz jest za długi. Może cudzysłów został otwarty i zamknięty dopiero daleko dalej.",
                "The row is too long. Perhaps a quotation mark was opened and closed only much later.",
            ),
        ),
        Record::TooWide { line } => (
            line,
            "too-many-cells",
            Text::of(
                "Wiersz ma o wiele więcej kolumn niż nagłówków.",
                "The row has far more columns than there are headings.",
            ),
        ),
        Record::Unclosed { line } => (
            line,
            "unclosed-quote",
            Text::of(
                "Cudzysłów otwarty w tym wierszu nigdy nie został zamknięty.",
                "A quotation mark opened in this row is never closed.",
            ),
        ),
    };
    row.line = line;
    Ok(Step::Refused(vec![Refusal::row(line, code, reason)]))
}

fn step_cards(cards: &mut Cards, row: &mut RawRow) -> Result<Step> {
    match cards.next(&mut row.cells)? {
        Card::End => Ok(Step::End),
        Card::Good(number) => {
            row.line = number;
            Ok(Step::Row)
        }
        Card::Bad(number) => {
            row.line = number;
            Ok(Step::Refused(vec![Refusal::row(
                number,
                "broken-card",
                Text::of(
                    "Wizytówka jest uszkodzona, urwana albo za duża.",
                    "The card is broken, cut off or too large.",
                ),
            )]))
        }
    }
}

fn step_sheet(sheet: &mut Sheet, row: &mut RawRow, headings: &[String]) -> Result<Step> {
    let Some(next) = sheet.next()? else {
        return Ok(Step::End);
    };
    row.line = next.line;
    row.cells = next.cells;
    let mut issues = Vec::new();
    if next.wide {
        issues.push(Refusal::row(
            next.line,
            "too-many-cells",
            Text::of(
                "Wiersz ma o wiele więcej kolumn niż nagłówków.",
                "The row has far more columns than there are headings.",
            ),
        ));
    }
    for column in next.errors {
        if let (Some(heading), Some(value)) = (headings.get(column), row.cells.get(column)) {
            issues.push(Refusal::cell(
                next.line,
                heading,
                "sheet-error",
                value,
                Text::of(
                    "W komórce arkusza jest błąd formuły.",
                    "The cell of the sheet holds a formula error.",
                ),
            ));
        }
    }
    Ok(if issues.is_empty() { Step::Row } else { Step::Refused(issues) })
}

fn no_headings() -> Fault {
    Fault::invalid(Text::of(
        "Nie udało się odczytać wiersza z nagłówkami kolumn.",
        "The row of headings could not be read.",
    ))
}

fn too_many_rows() -> Fault {
    Fault::new(
        FaultKind::TooLarge,
        Text::new(
            format!("Plik ma więcej niż {} wierszy. Podziel go na mniejsze.", limits::IMPORT_ROWS),
            format!("The file has more than {} rows. Split it into smaller ones.", limits::IMPORT_ROWS),
        ),
    )
}
