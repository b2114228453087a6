//! Comma-separated values (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets need to read Polish
//! letters.

use kernel::{Fault, Result};
use records::{Cell, Table};

/// The table as a file.
///
/// # Errors
/// None that a table can cause.
pub fn write(table: &Table) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(table.columns.iter().map(|c| &c.label)).map_err(Fault::bug)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(Cell::csv)).map_err(Fault::bug)?;
    }
    writer.into_inner().map_err(Fault::bug)
}
