//! Files made from tables of records.

mod csv;
mod vcf;
mod xlsx;

pub use csv::write as csv;

use kernel::Result;
use records::Table;
use serde::Deserialize;

/// What kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A workbook (ECMA-376).
    Xlsx,
    /// Business cards (RFC 2426), of people alone.
    Vcf,
}

impl Format {
    /// Ending of the file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Vcf => "vcf",
        }
    }

    /// Media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Vcf => "text/vcard; charset=utf-8",
        }
    }

    /// The table as a file. Takes a while: not for a thread that serves requests.
    ///
    /// # Errors
    /// The table does not fit the format.
    pub fn write(self, table: &Table) -> Result<Vec<u8>> {
        match self {
            Self::Csv => csv::write(table),
            Self::Xlsx => xlsx::write(table),
            Self::Vcf => Ok(vcf::write(table)),
        }
    }
}
