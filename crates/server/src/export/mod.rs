//! Files made from tables of records.

mod csv;
mod vcf;
mod xlsx;

use http::{HeaderName, header};
use kernel::Result;
use records::Table;
use serde::{Deserialize, Serialize};

/// What kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A workbook (ECMA-376).
    Xlsx,
    /// Business cards (RFC 2426), of people alone.
    Vcf,
}

/// The headers of an answer that is a file of this name.
pub fn attachment(media_type: &str, name: &str) -> [(HeaderName, String); 2] {
    [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ]
}

impl Format {
    /// All.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Vcf];

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
