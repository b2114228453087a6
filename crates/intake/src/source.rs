//! A file as headings and rows.

use crate::decode::{Decoded, Input, unreadable};
use crate::refusal::{Problem, Refusal};
use crate::sheet::Sheet;
use crate::table::{Record, Table};
use crate::vcard::{Card, Cards, HEADINGS};
use crate::{detect, shape};
use encoding_rs::Encoding;
use kernel::{Fault, FaultKind, Result, Text, limits};
use std::fs::File;
use std::io::{Cursor, SeekFrom};
use std::path::Path;

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
    /// Name of the sheet; the first visible one without.
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
        f.debug_struct("RawRow")
            .field("line", &self.line)
            .finish_non_exhaustive()
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

enum Reader {
    Table(Table),
    Sheet(Sheet),
    Cards(Cards),
}

/// A file that is being read, row by row. Empty rows are passed over.
pub struct Source {
    reader: Reader,
    format: Format,
    headings: Vec<String>,
    lossy: bool,
    size: u64,
    line: u64,
    rows: usize,
    ended: bool,
}

/// Opens a file.
///
/// # Errors
/// Not there, too large, empty, without headings, no kind of file that is read here.
pub fn open(path: &Path, options: &Options) -> Result<Source> {
    let cannot = |e: std::io::Error| {
        Fault::new(
            FaultKind::NotFound,
            Text::of(
                "Nie można otworzyć pliku do importu.",
                "The file to be imported cannot be opened.",
            ),
        )
        .internal(e.to_string())
    };
    let file = File::open(path).map_err(cannot)?;
    let meta = file.metadata().map_err(cannot)?;
    if !meta.is_file() {
        return Err(Fault::invalid(Text::of(
            "To nie jest zwykły plik.",
            "This is not a regular file.",
        )));
    }
    start(Box::new(file), options)
}

/// Opens a file that is in memory. `name` is what its sender calls it; the content decides what it is.
///
/// # Errors
/// As [`open`].
pub fn open_bytes(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Source> {
    let is_card = name
        .rsplit('.')
        .next()
        .is_some_and(|e| e.eq_ignore_ascii_case("vcf"));
    let source = start(Box::new(Cursor::new(bytes)), options)?;
    if is_card && !matches!(source.format, Format::VCard { .. }) {
        return Err(Fault::invalid(Text::of(
            "Plik ma rozszerzenie VCF, ale nie zawiera wizytówek vCard.",
            "The file is called VCF but holds no vCards.",
        )));
    }
    Ok(source)
}

fn start(mut input: Box<dyn Input>, options: &Options) -> Result<Source> {
    let size = input.seek(SeekFrom::End(0)).map_err(unreadable)?;
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    if size == 0 {
        return Err(shape::empty());
    }
    if size > limits::IMPORT_FILE {
        return Err(Fault::new(
            FaultKind::TooLarge,
            Text::new(
                format!("Plik ma więcej niż {} MB.", limits::IMPORT_FILE >> 20),
                format!("The file has more than {} MB.", limits::IMPORT_FILE >> 20),
            ),
        ));
    }
    let mut magic = [0; 8];
    let n = detect::fill(input.as_mut(), &mut magic)?;
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let magic = &magic[..n];
    if magic.starts_with(b"PK") {
        return sheet(input, options, size);
    }
    if magic.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Fault::new(
            FaultKind::Unsupported,
            Text::of(
                "To stary arkusz XLS albo arkusz z hasłem. Zapisz go jako XLSX bez hasła.",
                "This is an old XLS sheet, or one with a password. Save it as XLSX without a password.",
            ),
        ));
    }
    if [
        &b"%PDF"[..],
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
    ]
    .iter()
    .any(|m| magic.starts_with(m))
    {
        return Err(detect::not_text());
    }
    text(input, options, size)
}

fn sheet(input: Box<dyn Input>, options: &Options, size: u64) -> Result<Source> {
    let sheet = Sheet::open(input, options.sheet.as_deref())?;
    let mut source = Source::of(Reader::Sheet(sheet), Format::Xlsx, size);
    source.read_headings()?;
    Ok(source)
}

fn text(mut input: Box<dyn Input>, options: &Options, size: u64) -> Result<Source> {
    let found = detect::encoding(&mut input)?;
    let encoding = match options.encoding.as_deref() {
        None => found.encoding,
        Some(label) => Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
            Fault::invalid(Text::of(
                "Nieznane kodowanie. Możliwe: utf-8, utf-16le, utf-16be, windows-1250, iso-8859-2.",
                "Unknown encoding. Possible: utf-8, utf-16le, utf-16be, windows-1250, iso-8859-2.",
            ))
        })?,
    };
    let head = detect::head(input.as_mut())?;
    let sample = detect::sample(Box::new(Cursor::new(head)), encoding)?;
    let decoded = Decoded::new(input, encoding);
    let first = sample.trim_start_matches(['\u{feff}', ' ', '\t', '\n']);
    let is_card = first
        .get(..11)
        .is_some_and(|f| f.eq_ignore_ascii_case("BEGIN:VCARD"));
    let name = encoding.name();
    let mut source = if is_card {
        Source::of(
            Reader::Cards(Cards::new(decoded)),
            Format::VCard { encoding: name },
            size,
        )
    } else {
        let delimiter = match options.delimiter {
            Some(d) if d.is_ascii() && !matches!(d, '"' | '\n' | '\r') => d as u8,
            Some(_) => {
                return Err(Fault::invalid(Text::of(
                    "Separatorem kolumn może być jeden znak ASCII, np. średnik.",
                    "The delimiter can be one ASCII character, for example a semicolon.",
                )));
            }
            None => detect::delimiter(&sample),
        };
        let format = Format::Csv {
            encoding: name,
            delimiter: char::from(delimiter),
        };
        Source::of(Reader::Table(Table::new(decoded, delimiter)), format, size)
    };
    source.lossy = found.lossy || options.encoding.is_some();
    source.read_headings()?;
    Ok(source)
}

/// What came from a reader before its shape was looked at.
enum Step {
    End,
    Row,
    Refused(Vec<Refusal>),
}

impl Source {
    const fn of(reader: Reader, format: Format, size: u64) -> Self {
        Self {
            reader,
            format,
            headings: Vec::new(),
            lossy: true,
            size,
            line: 0,
            rows: 0,
            ended: false,
        }
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

    /// How far reading has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let (done, total) = match &self.reader {
            Reader::Table(t) => (t.read(), self.size),
            Reader::Cards(c) => (c.read(), self.size),
            Reader::Sheet(s) => (self.line, s.rows),
        };
        Progress {
            done: done.min(total),
            total,
        }
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
                shape::row(
                    row.line,
                    &mut row.cells,
                    &self.headings,
                    self.lossy,
                    &mut issues,
                );
            }
            return if issues.is_empty() {
                Ok(true)
            } else {
                Err(Problem::Row(issues))
            };
        }
    }

    fn give_up(&mut self, fault: Fault) -> Problem {
        self.ended = true;
        Problem::File(fault)
    }

    fn read_headings(&mut self) -> Result<()> {
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
                    return Err(if wide {
                        shape::too_many_columns()
                    } else {
                        no_headings()
                    });
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
    Ok(if issues.is_empty() {
        Step::Row
    } else {
        Step::Refused(issues)
    })
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
            format!(
                "Plik ma więcej niż {} wierszy. Podziel go na mniejsze.",
                limits::IMPORT_ROWS
            ),
            format!(
                "The file has more than {} rows. Split it into smaller ones.",
                limits::IMPORT_ROWS
            ),
        ),
    )
}
