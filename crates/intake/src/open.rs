//! Opening a file: what kind it is, and how its text is written.

use crate::decode::{Decoded, Input, unreadable};
use crate::sheet::Sheet;
use crate::source::{Format, Options, Reader, Source};
use crate::table::Table;
use crate::vcard::Cards;
use crate::{detect, shape};
use encoding_rs::Encoding;
use kernel::{Fault, FaultKind, Result, Text, limits};
use std::fs::File;
use std::io::{Cursor, SeekFrom};
use std::path::Path;

/// Opens a file.
///
/// # Errors
/// Not there, too large, empty, without headings, no kind of file that is read here.
pub fn open(path: &Path, options: &Options) -> Result<Source> {
    let cannot = |e: std::io::Error| {
        Fault::new(
            FaultKind::NotFound,
            Text::of("Nie można otworzyć pliku do importu.", "The file to be imported cannot be opened."),
        )
        .internal(e.to_string())
    };
    let file = File::open(path).map_err(cannot)?;
    let meta = file.metadata().map_err(cannot)?;
    if !meta.is_file() {
        return Err(Fault::invalid(Text::of("To nie jest zwykły plik.", "This is not a regular file.")));
    }
    start(Box::new(file), options)
}

/// Opens a file that is in memory. `name` is what its sender calls it; the content decides what it is.
///
/// # Errors
/// As [`open`].
pub fn open_bytes(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Source> {
    let is_card = name.rsplit('.').next().is_some_and(|e| e.eq_ignore_ascii_case("vcf"));
    let source = start(Box::new(Cursor::new(bytes)), options)?;
    if is_card && !matches!(source.format, Format::VCard { .. }) {
        return Err(Fault::invalid(Text::of(
            "Plik ma rozszerzenie VCF, ale nie zawiera wizytówek vCard.",
            "The file has the extension VCF but holds no vCards.",
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
                format!("The file is larger than {} MB.", limits::IMPORT_FILE >> 20),
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
    if [&b"%PDF"[..], b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b"].iter().any(|m| magic.starts_with(m))
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
    let is_card = first.get(..11).is_some_and(|f| f.eq_ignore_ascii_case("BEGIN:VCARD"));
    let name = encoding.name();
    let mut source = if is_card {
        Source::of(Reader::Cards(Box::new(Cards::new(decoded))), Format::VCard { encoding: name }, size)
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
        let format = Format::Csv { encoding: name, delimiter: char::from(delimiter) };
        Source::of(Reader::Table(Box::new(Table::new(decoded, delimiter))), format, size)
    };
    source.lossy = found.lossy || options.encoding.is_some();
    source.read_headings()?;
    Ok(source)
}
