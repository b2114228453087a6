//! Rows of an XLSX sheet.
//!
//! The reader of cells borrows its workbook, so both live in a thread of their own, which is never
//! more than a few rows ahead. Should that reader panic on a forged file, the thread ends and the file
//! is refused.

use crate::decode::Input;
use crate::unzip::{damaged, inspect};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use kernel::{Fault, FaultKind, Result, Text, limits};
use std::io::BufReader;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Rows read ahead.
const AHEAD: usize = 256;

/// One row of a sheet that has any content.
#[derive(Debug, Default)]
pub(crate) struct SheetRow {
    /// Number of the row, from 1.
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
    /// Cells that hold an error such as `#N/A`.
    pub(crate) errors: Vec<usize>,
    /// There is content beyond the last column that is read.
    pub(crate) wide: bool,
}

enum Message {
    /// The sheet is found; it says that it has so many rows.
    /// With the names of the sheets to choose from.
    Open(u64, Vec<String>),
    Row(SheetRow),
    End,
    Failed(Box<Fault>),
}

/// A sheet that is being read.
pub(crate) struct Sheet {
    messages: Receiver<Message>,
    /// Rows the sheet says it has.
    pub(crate) rows: u64,
    /// Names of the sheets to choose from.
    pub(crate) names: Vec<String>,
    ended: bool,
}

impl Sheet {
    /// Opens the sheet of this name, or the first visible one.
    pub(crate) fn open(mut input: Box<dyn Input>, name: Option<&str>) -> Result<Self> {
        inspect(&mut input)?;
        let (sender, messages) = sync_channel(AHEAD);
        let name = name.map(str::to_owned);
        std::thread::Builder::new()
            .name("sheet".to_owned())
            .spawn(move || {
                let last = match read(input, name.as_deref(), &sender) {
                    Ok(()) => Message::End,
                    Err(fault) => Message::Failed(Box::new(fault)),
                };
                // Nobody listens any more when the import was given up: fine.
                let _ = sender.send(last);
            })
            .map_err(Fault::bug)?;
        let mut sheet = Self { messages, rows: 0, names: Vec::new(), ended: false };
        match sheet.messages.recv() {
            Ok(Message::Open(rows, names)) => {
                (sheet.rows, sheet.names) = (rows, names);
                Ok(sheet)
            }
            Ok(Message::Failed(fault)) => Err(*fault),
            _ => Err(damaged("the reader stopped before the sheet")),
        }
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<SheetRow>> {
        if self.ended {
            return Ok(None);
        }
        let outcome = match self.messages.recv() {
            Ok(Message::Row(row)) => return Ok(Some(row)),
            Ok(Message::End) => Ok(None),
            Ok(Message::Failed(fault)) => Err(*fault),
            Ok(Message::Open(..)) | Err(_) => Err(damaged("the reader stopped inside the sheet")),
        };
        self.ended = true;
        outcome
    }
}

fn read(input: Box<dyn Input>, name: Option<&str>, sender: &SyncSender<Message>) -> Result<()> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(BufReader::new(input)).map_err(|e| match e {
        XlsxError::Password => locked(),
        other => damaged(other),
    })?;
    let names = listed(&book);
    let name = choose(&book, &names, name)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
    let rows = u64::from(cells.dimensions().end.0) + 1;
    if sender.send(Message::Open(rows, names)).is_err() {
        return Ok(());
    }
    let mut row = SheetRow::default();
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (at, column) = cell.get_position();
        let line = u64::from(at) + 1;
        if line != row.line {
            let full = std::mem::replace(&mut row, SheetRow { line, ..SheetRow::default() });
            if !full.cells.is_empty() && sender.send(Message::Row(full)).is_err() {
                return Ok(());
            }
        }
        put(&mut row, column as usize, cell.get_value());
    }
    if !row.cells.is_empty() {
        let _ = sender.send(Message::Row(row));
    }
    Ok(())
}

/// The sheets that people see, or all, if a file hides every one.
fn listed<R: std::io::Read + std::io::Seek>(book: &Xlsx<R>) -> Vec<String> {
    let all = || book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    let seen: Vec<_> = all().filter(|s| s.visible == SheetVisible::Visible).map(|s| s.name.clone()).collect();
    if seen.is_empty() { all().map(|s| s.name.clone()).collect() } else { seen }
}

/// The sheet asked for, by name or as `#2`, the second that is listed; else the first of them.
fn choose<R: std::io::Read + std::io::Seek>(
    book: &Xlsx<R>,
    names: &[String],
    name: Option<&str>,
) -> Result<String> {
    let number = |name: &str| name.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1);
    let found = match name.map(|name| (name, number(name))) {
        None => names.first(),
        Some((_, Some(at))) => names.get(at),
        Some((name, None)) => {
            let mut all = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
            all.find(|s| s.name == name).map(|s| &s.name)
        }
    };
    found.cloned().ok_or_else(|| {
        let names = names.join(", ");
        Fault::invalid(Text::new(
            format!("Nie ma takiego arkusza. Arkusze w pliku: {names}."),
            format!("There is no such sheet. Sheets of the file: {names}."),
        ))
    })
}

fn put(row: &mut SheetRow, column: usize, value: &DataRef<'_>) {
    let Some(text) = text(value) else { return };
    if column >= limits::IMPORT_COLUMNS {
        row.wide = true;
        return;
    }
    if row.cells.len() <= column {
        row.cells.resize(column + 1, String::new());
    }
    if matches!(value, DataRef::Error(_)) {
        row.errors.push(column);
    }
    row.cells[column] = text;
}

/// A cell as text: numbers plainly, dates and times as in ISO 8601.
fn text(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::Empty => return None,
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => number(*n),
        DataRef::String(s) => bounded(s),
        DataRef::SharedString(s) => bounded(s),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(d) if d.is_duration() => duration(d.as_f64()),
        DataRef::DateTime(d) => moment(d),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => bounded(s),
        DataRef::Error(e) => e.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

/// One long string can stand in a million cells: no more of it is copied than shows that it is too long.
fn bounded(text: &str) -> String {
    if text.len() <= limits::IMPORT_CELL_CHARS {
        return text.to_owned();
    }
    text.chars().take(limits::IMPORT_CELL_CHARS + 1).collect()
}

/// Spreadsheets keep every number as floating point: 15 digits of it are meant.
fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 {
        return format!("{n:.0}");
    }
    let rounded: f64 = format!("{n:.14e}").parse().unwrap_or(n);
    rounded.to_string()
}

fn moment(date: &calamine::ExcelDateTime) -> String {
    let (y, mo, d, h, mi, s, _) = date.to_ymd_hms_milli();
    let time = format!("{h:02}:{mi:02}:{s:02}");
    if date.as_f64().abs() < 1.0 {
        time
    } else if (h, mi, s) == (0, 0, 0) {
        format!("{y:04}-{mo:02}-{d:02}")
    } else {
        format!("{y:04}-{mo:02}-{d:02}T{time}")
    }
}

/// Days as `hours:minutes:seconds`.
fn duration(days: f64) -> String {
    let seconds = (days * 86_400.0).round();
    if !(0.0..1e12).contains(&seconds) {
        return number(days);
    }
    let (h, rest) = ((seconds / 3600.0).floor(), seconds % 3600.0);
    format!("{h:02.0}:{:02.0}:{:02.0}", (rest / 60.0).floor(), rest % 60.0)
}

fn locked() -> Fault {
    Fault::new(
        FaultKind::Unsupported,
        Text::of(
            "Arkusz jest zabezpieczony hasłem. Zapisz go bez hasła i spróbuj ponownie.",
            "The sheet is protected by a password. Save it without one and try again.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::{duration, number};

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(number(48_601_234_567.0), "48601234567");
        assert_eq!(number(12.5), "12.5");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(-3.0), "-3");
        assert_eq!(duration(1.5), "36:00:00");
    }
}
