//! What a heading row and a row must look like.

use crate::refusal::Refusal;
use kernel::{Fault, FaultKind, Result, Text, limits};
use std::collections::HashSet;

/// Makes headings of the first row: trimmed, named, each different.
///
/// # Errors
/// None, too many, or a row that is data already.
pub(crate) fn headings(mut cells: Vec<String>) -> Result<Vec<String>> {
    while cells.last().is_some_and(|c| c.trim().is_empty()) {
        cells.pop();
    }
    if cells.is_empty() {
        return Err(empty());
    }
    if cells.len() > limits::IMPORT_COLUMNS {
        return Err(too_many_columns());
    }
    if cells.iter().any(|c| is_data(c.trim())) {
        return Err(Fault::invalid(Text::of(
            "Pierwszy wiersz wygląda na dane, a nie na nagłówki kolumn. Dodaj wiersz z nazwami kolumn.",
            "The first row looks like data, not like headings. Add a row with the names of the columns.",
        )));
    }
    let mut taken = HashSet::with_capacity(cells.len());
    let mut out = Vec::with_capacity(cells.len());
    for (i, cell) in cells.iter().enumerate() {
        let name = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if name.is_empty() { format!("#{}", i + 1) } else { name };
        let name = name.chars().take(limits::TEXT_CHARS).collect::<String>();
        let mut unique = name.clone();
        let mut n = 2;
        while !taken.insert(unique.to_lowercase()) {
            unique = format!("{name} ({n})");
            n += 1;
        }
        out.push(unique);
    }
    Ok(out)
}

/// An e-mail address or a long number is no heading.
fn is_data(cell: &str) -> bool {
    let mail = cell.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !cell.contains(char::is_whitespace)
    });
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    mail || (digits >= 7 && cell.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c)))
}

/// Makes the row as wide as the headings and looks at each cell. Refusals are added to `issues`.
pub(crate) fn row(
    line: u64,
    cells: &mut Vec<String>,
    headings: &[String],
    lossy: bool,
    issues: &mut Vec<Refusal>,
) {
    if let Some(extra) = cells.iter().skip(headings.len()).position(|c| !c.trim().is_empty()) {
        let at = headings.len() + extra;
        let mut refusal = Refusal::cell(
            line,
            "",
            "too-many-cells",
            &cells[at],
            Text::new(
                format!(
                    "Wiersz ma wartość w kolumnie {}, a nagłówków jest {}. Może brakuje cudzysłowów.",
                    at + 1,
                    headings.len()
                ),
                format!(
                    "The row has a value in column {}, but there are {} headings. Quotes may be missing.",
                    at + 1,
                    headings.len()
                ),
            ),
        );
        refusal.column = None;
        issues.push(refusal);
    }
    cells.resize(headings.len(), String::new());
    for (cell, heading) in cells.iter_mut().zip(headings) {
        if let Some(refusal) = cell_issue(line, cell, heading, lossy) {
            issues.push(refusal);
        }
    }
}

/// Looks at one cell. Outlook's vertical tab is a line end.
fn cell_issue(line: u64, cell: &mut String, heading: &str, lossy: bool) -> Option<Refusal> {
    if cell.len() > limits::IMPORT_CELL_CHARS && cell.chars().count() > limits::IMPORT_CELL_CHARS {
        return Some(Refusal::cell(
            line,
            heading,
            "too-long",
            cell,
            Text::new(
                format!("Komórka ma więcej niż {} znaków.", limits::IMPORT_CELL_CHARS),
                format!("The cell has more than {} characters.", limits::IMPORT_CELL_CHARS),
            ),
        ));
    }
    if cell.bytes().any(|b| b < 0x20 && b != b'\n' && b != b'\t') {
        *cell = cell.replace(['\u{b}', '\r'], "\n");
        if cell.chars().any(|c| c < ' ' && c != '\n' && c != '\t') {
            return Some(Refusal::cell(
                line,
                heading,
                "control-character",
                "",
                Text::of(
                    "Komórka zawiera znaki sterujące, które nie są tekstem.",
                    "The cell holds control characters that are no text.",
                ),
            ));
        }
    }
    if lossy && cell.contains('\u{fffd}') {
        return Some(Refusal::cell(
            line,
            heading,
            "undecodable",
            cell,
            Text::of(
                "Komórka zawiera znaki, których nie da się odczytać. Zapisz plik jako UTF-8.",
                "The cell holds characters that cannot be read. Save the file as UTF-8.",
            ),
        ));
    }
    None
}

/// There is nothing in the file.
pub(crate) fn empty() -> Fault {
    Fault::invalid(Text::of(
        "Plik jest pusty: nie ma w nim nawet wiersza z nagłówkami.",
        "The file is empty: there is not even a row of headings.",
    ))
}

/// More columns than are read.
pub(crate) fn too_many_columns() -> Fault {
    Fault::new(
        FaultKind::TooLarge,
        Text::new(
            format!("Plik ma więcej niż {} kolumn.", limits::IMPORT_COLUMNS),
            format!("The file has more than {} columns.", limits::IMPORT_COLUMNS),
        ),
    )
}
