//! The container of a spreadsheet, looked through before it is trusted.

use crate::decode::{Input, unreadable};
use kernel::{Fault, FaultKind, Result, Text};
use std::io::{Read, Seek, SeekFrom};

/// Bytes that all entries may unpack to.
const UNPACKED: u64 = 1 << 30;
/// Below this size no ratio is suspicious.
const SMALL: u64 = 64 << 20;
/// How many times its size a larger container may unpack to. Sheets of real data stay below 40.
const RATIO: u64 = 200;
/// Entries of the container.
const ENTRIES: usize = 10_000;
/// The attribute after which the spreadsheet reader reserves memory.
const COUNT: &[u8] = b"uniqueCount";

/// Unpacks every entry once, into nothing, and rewinds. The sizes a container declares are checked
/// first, and then not believed.
///
/// # Errors
/// Damaged, locked, or unpacking to more than a spreadsheet has.
pub(crate) fn inspect(input: &mut Box<dyn Input>) -> Result<()> {
    let packed = input.seek(SeekFrom::End(0)).map_err(unreadable)?;
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut archive = zip::ZipArchive::new(&mut *input).map_err(damaged)?;
    if archive.len() > ENTRIES {
        return Err(bomb());
    }
    let allowed = if packed * RATIO < SMALL { SMALL } else { UNPACKED.min(packed * RATIO) };
    let mut declared = 0u64;
    for i in 0..archive.len() {
        declared = declared.saturating_add(archive.by_index_raw(i).map_err(damaged)?.size());
    }
    if declared > allowed {
        return Err(bomb());
    }
    let mut left = allowed;
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).map_err(damaged)?;
        let strings = entry.name().map_err(damaged)?.to_ascii_lowercase().ends_with("sharedstrings.xml");
        left = unpack(&mut entry, strings, left)?;
    }
    drop(archive);
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok(())
}

/// Reads an entry to its end; what is left of the allowance.
fn unpack(entry: &mut impl Read, strings: bool, allowance: u64) -> Result<u64> {
    let mut buffer = vec![0; 64 << 10];
    let mut tail: Vec<u8> = Vec::new();
    let (mut size, mut promised) = (0u64, 0u64);
    loop {
        let n = entry.read(&mut buffer).map_err(damaged)?;
        if n == 0 {
            break;
        }
        size += n as u64;
        if size > allowance {
            return Err(bomb());
        }
        if strings {
            tail.extend(buffer[..n].iter().filter(|b| **b != 0));
            promised = promised.max(largest_count(&tail));
            let keep = tail.len().min(64);
            tail.drain(..tail.len() - keep);
        }
    }
    // Every string takes more than one byte: who promises more wants memory, not strings.
    if promised > size { Err(bomb()) } else { Ok(allowance - size) }
}

/// The largest number that follows [`COUNT`].
fn largest_count(xml: &[u8]) -> u64 {
    let mut largest = 0;
    let mut rest = xml;
    while let Some(at) = rest.iter().position(|b| *b == b'u') {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix(COUNT) {
            let digits = after.iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
            let count =
                digits.take(24).fold(0u64, |n, d| n.saturating_mul(10).saturating_add(u64::from(d - b'0')));
            largest = largest.max(count);
        }
        rest = &rest[1..];
    }
    largest
}

/// Not a container, or a broken one.
pub(crate) fn damaged(error: impl std::fmt::Display) -> Fault {
    Fault::new(
        FaultKind::Unsupported,
        Text::of(
            "Arkusz jest uszkodzony albo nie jest plikiem XLSX. Otwórz go i zapisz ponownie jako XLSX lub CSV.",
            "The sheet is damaged or is no XLSX file. Open it and save it again as XLSX or CSV.",
        ),
    )
    .internal(error.to_string())
}

fn bomb() -> Fault {
    Fault::new(
        FaultKind::TooLarge,
        Text::of(
            "Po rozpakowaniu arkusz jest za duży. Podziel dane na mniejsze pliki lub zapisz je jako CSV.",
            "Unpacked, the sheet is too large. Split the data into smaller files or save them as CSV.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::largest_count;

    #[test]
    fn promised_counts_are_found() {
        assert_eq!(largest_count(b"<sst count='3' uniqueCount=\"99999999999\">"), 99_999_999_999);
        assert_eq!(largest_count(b"<sst uuniqueCount = '7'>"), 7);
        assert_eq!(largest_count(b"<sst count='3'>"), 0);
    }
}
