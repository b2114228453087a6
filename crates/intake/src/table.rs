//! Delimited text as records, with memory bounded and the line of each record kept.

use crate::decode::Decoded;
use csv_core::ReadRecordResult as Step;
use kernel::{Result, limits};

/// Bytes of one record. A quotation mark that is never closed would otherwise take in all of the file.
const RECORD: usize = 4 << 20;
/// Fields of one record: some room, so that surplus empty columns are no error.
const FIELDS: usize = limits::IMPORT_COLUMNS + 64;

/// What was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Record {
    /// Nothing more.
    End,
    /// A record, to be had with [`Table::field`].
    Good { line: u64 },
    /// More bytes than a record may have.
    TooLong { line: u64 },
    /// More fields than a record may have.
    TooWide { line: u64 },
    /// A quotation mark is never closed.
    Unclosed { line: u64 },
}

/// A reader of delimited text (RFC 4180, any delimiter).
pub(crate) struct Table {
    text: Decoded,
    core: csv_core::Reader,
    out: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
}

impl Table {
    pub(crate) fn new(text: Decoded, delimiter: u8) -> Self {
        Self {
            text,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            out: vec![0; 16 << 10],
            ends: vec![0; FIELDS],
            fields: 0,
        }
    }

    /// Bytes taken from the file so far.
    pub(crate) const fn read(&self) -> u64 {
        self.text.read()
    }

    /// Fields of the record that was read.
    pub(crate) const fn width(&self) -> usize {
        self.fields
    }

    /// A field of the record that was read.
    pub(crate) fn field(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        std::str::from_utf8(&self.out[start..self.ends[i]]).unwrap_or("\u{fffd}")
    }

    pub(crate) fn next(&mut self) -> Result<Record> {
        let (mut out, mut ends, mut line_ends) = (0, 0, 0);
        let (mut long, mut wide) = (false, false);
        loop {
            let input = self.text.chunk()?;
            let at_end = input.is_empty();
            let (step, taken, written, ended) =
                self.core.read_record(input, &mut self.out[out..], &mut self.ends[ends..]);
            self.text.consume(taken);
            line_ends += count_line_ends(&self.out[out..out + written]);
            out += written;
            ends += ended;
            match step {
                Step::InputEmpty => {}
                Step::OutputFull if self.out.len() < RECORD => {
                    self.out.resize(self.out.len() * 2, 0);
                }
                Step::OutputFull => {
                    long = true;
                    out = 0;
                }
                Step::OutputEndsFull => {
                    wide = true;
                    ends = 0;
                }
                Step::Record => {
                    // The text always ends its last line, so a record that only the end of the
                    // text completes stands inside an open quotation.
                    let line = self.core.line().saturating_sub(line_ends + u64::from(!at_end));
                    self.fields = ends;
                    return Ok(match () {
                        () if at_end => Record::Unclosed { line },
                        () if long => Record::TooLong { line },
                        () if wide => Record::TooWide { line },
                        () => Record::Good { line },
                    });
                }
                Step::End => return Ok(Record::End),
            }
        }
    }
}

fn count_line_ends(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::{Decoded, Record, Table};

    fn lines(text: &str) -> Vec<Record> {
        let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let mut table = Table::new(Decoded::new(input, encoding_rs::UTF_8), b',');
        let mut out = Vec::new();
        loop {
            match table.next().unwrap() {
                Record::End => return out,
                record => out.push(record),
            }
        }
    }

    #[test]
    fn lines_count_what_an_editor_counts() {
        let good = |line| Record::Good { line };
        assert_eq!(lines("a,b\n\n\nc,d\r\n\"x\r\ny\",z\r\ne,f"), [good(1), good(4), good(5), good(7)]);
        assert_eq!(lines("a,\"b\nc\nd"), [Record::Unclosed { line: 1 }]);
        assert_eq!(lines("a\n\"b\nc\nd\n"), [good(1), Record::Unclosed { line: 2 }]);
    }

    #[test]
    fn an_endless_quotation_stays_within_memory() {
        let mut text = String::from("a,b\n\"");
        text.push_str(&"x\n".repeat(super::RECORD));
        text.push_str("\",c\nd,e\n");
        let end = 3 + super::RECORD as u64;
        assert_eq!(
            lines(&text),
            [Record::Good { line: 1 }, Record::TooLong { line: 2 }, Record::Good { line: end }]
        );
    }

    #[test]
    fn too_many_fields_are_one_refused_record() {
        let text = format!("{}\na,b\n", ",".repeat(super::FIELDS + 10));
        assert_eq!(lines(&text), [Record::TooWide { line: 1 }, Record::Good { line: 2 }]);
    }
}
