//! Reads the files other products export into rows of our fields.
//!
//! [`open`] tells CSV, XLSX and vCard apart, finds encoding and delimiter, and yields [`RawRow`]s.
//! [`Mapping`] says which column feeds which field. [`read_rows`] puts both together: values ready to
//! be written, or [`Refusal`]s that name line, column, reason and an example.
//!
//! Nothing here knows a store or a right. Files come from outside, so every reader has limits, and a
//! row that cannot be read never stops the rows after it.

mod decode;
mod detect;
mod draft;
mod mapping;
mod open;
mod read;
mod refusal;
mod shape;
mod sheet;
mod source;
mod table;
mod unzip;
mod vcard;

pub use mapping::{Mapping, Target};
pub use open::{open, open_bytes};
pub use read::{Parsed, Rows, parse_any, read_rows};
pub use refusal::{Problem, Refusal};
pub use source::{Format, Options, Progress, RawRow, Source};
