//! A workbook with one sheet: numbers, days and amounts as such, texts never as formulas.

use kernel::{Fault, Result};
use records::{Cell, Table};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::collections::HashMap;

/// Characters of a cell.
const CELL: usize = 32_767;
/// Width of a column, in characters.
const WIDTH: f64 = 18.0;

/// How cells look.
struct Looks {
    day: Format,
    moment: Format,
    money: HashMap<String, Format>,
}

/// The table as a file.
///
/// # Errors
/// More columns than a sheet has.
pub fn write(table: &Table) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), table).map_err(Fault::bug)?;
    book.save_to_buffer().map_err(Fault::bug)
}

fn fill(sheet: &mut Worksheet, table: &Table) -> std::result::Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let mut looks = Looks {
        day: Format::new().set_num_format("yyyy-mm-dd"),
        moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        money: HashMap::new(),
    };
    for (at, column) in (0u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, cut(&column.label), &bold)?;
        sheet.set_column_width(at, WIDTH)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1u32..).zip(&table.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            put(sheet, &mut looks, (row, column), cell)?;
        }
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    looks: &mut Looks,
    (row, column): (u32, u16),
    cell: &Cell,
) -> std::result::Result<(), XlsxError> {
    // What a spreadsheet cannot count with, such as a day before 1900, stays the text that it is.
    match cell {
        Cell::None => {}
        Cell::Bool(is) => drop(sheet.write_boolean(row, column, *is)?),
        Cell::Number(text) => match text.parse::<f64>() {
            Ok(number) => drop(sheet.write_number(row, column, number)?),
            Err(_) => drop(sheet.write_string(row, column, cut(text))?),
        },
        Cell::Money { amount, currency } => match amount.parse::<f64>() {
            Ok(number) => {
                let look = looks.money.entry(currency.clone()).or_insert_with(|| {
                    let letters: String = currency.chars().filter(char::is_ascii_alphabetic).collect();
                    Format::new().set_num_format(format!("#,##0.00 \"{letters}\""))
                });
                sheet.write_number_with_format(row, column, number, look)?;
            }
            Err(_) => drop(sheet.write_string(row, column, cut(amount))?),
        },
        Cell::Date(text) => match ExcelDateTime::parse_from_str(text) {
            Ok(day) => drop(sheet.write_datetime_with_format(row, column, day, &looks.day)?),
            Err(_) => drop(sheet.write_string(row, column, cut(text))?),
        },
        Cell::Moment(text) => match ExcelDateTime::parse_from_str(text.trim_end_matches('Z')) {
            Ok(moment) => drop(sheet.write_datetime_with_format(row, column, moment, &looks.moment)?),
            Err(_) => drop(sheet.write_string(row, column, cut(text))?),
        },
        Cell::Text(text) => drop(sheet.write_string(row, column, cut(text))?),
        Cell::Masked => drop(sheet.write_string(row, column, "•••")?),
    }
    Ok(())
}

fn cut(text: &str) -> &str {
    // Counted in UTF-16 there.
    let mut units = 0;
    let over = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL
    });
    over.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::{CELL, cut};

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "ż".repeat(CELL + 5);
        assert_eq!(cut(&long).chars().count(), CELL);
        assert_eq!(cut(&"😀".repeat(CELL)).chars().count(), CELL / 2);
        assert_eq!(cut("krótki"), "krótki");
    }
}
