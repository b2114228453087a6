//! Files to import.

use super::texts;
use intake::parse_any;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Delimited text, or whatever else the bytes are.
pub fn csv(data: &[u8]) {
    let _ = parse_any(data, "plik.csv");
}

/// Cards.
pub fn vcard(data: &[u8]) {
    let _ = parse_any(data, "plik.vcf");
}

/// A spreadsheet. Bytes that are no container become the parts of one, so that mutations reach the
/// readers of its parts and do not end at a checksum.
pub fn xlsx(data: &[u8]) {
    if data.starts_with(b"PK") {
        let _ = parse_any(data, "plik.xlsx");
    } else {
        let _ = parse_any(&book(data), "plik.xlsx");
    }
}

/// Between the parts in the input of [`xlsx`].
const PART: u8 = 0x1e;

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Dane" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const STRINGS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>Nazwisko</t></si><si><r><t>Nowak</t></r></si></sst>"#;
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

/// A container of the parts in `data`: sheet, shared strings, styles, workbook; what is missing there is
/// as it should be.
fn book(data: &[u8]) -> Vec<u8> {
    let mut given = data.split(|b| *b == PART);
    let mut part = |other: &'static str| given.next().unwrap_or(other.as_bytes());
    let parts = [
        ("xl/worksheets/sheet1.xml", part("")),
        ("xl/sharedStrings.xml", part(STRINGS)),
        ("xl/styles.xml", part(STYLES)),
        ("xl/workbook.xml", part(BOOK)),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("[Content_Types].xml", TYPES.as_bytes()),
    ];
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, stored).expect("a new name");
        zip.write_all(bytes).expect("memory takes all");
    }
    zip.finish().expect("memory takes all").into_inner()
}

const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D3"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>E-mail</t></is></c><c r="C1" t="str"><v>Telefon</v></c><c r="D1" t="inlineStr"><is><t>Data urodzenia</t></is></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>jan@przyklad.pl</t></is></c><c r="C2"><v>48600100200</v></c><c r="D2" s="1"><v>45000.5</v></c></row><row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="b"><v>1</v></c><c r="C3"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>"#;

/// Seeds of [`xlsx`].
#[must_use]
pub fn xlsx_seeds() -> Vec<Vec<u8>> {
    let separator = char::from(PART).to_string();
    let all = [SHEET, STRINGS, STYLES, BOOK].join(&separator);
    vec![SHEET.as_bytes().to_vec(), all.clone().into_bytes(), book(all.as_bytes())]
}

/// Seeds of [`csv`].
#[must_use]
pub fn csv_seeds() -> Vec<Vec<u8>> {
    let plain = "Imię;Nazwisko;E-mail;Telefon;NIP;Wartość;Waluta;Data;Uwagi\n\
        Żaneta;Świątek;zaneta@przyklad.pl;600 100 200;526-000-12-46;1 234,50;PLN;23.11.2026;\"Raz; dwa\n\
        i \"\"trzy\"\"\"\nJan;Nowak;jan@;12;;;;;\n";
    let wide = plain.encode_utf16().flat_map(u16::to_le_bytes);
    let mut seeds = vec![windows_1250(plain), [0xff, 0xfe].into_iter().chain(wide).collect()];
    seeds.extend(texts([
        plain,
        "\u{feff}First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Labels\r\nJan,Nowak,jan@przyklad.pl,+48 600 100 200,* myContacts ::: VIP\r\n",
        "sep=|\nDeal Name|Amount|Currency|Stage|Close Date|Owner\nDach|1,234.50|EUR|won|2026-11-23|Anna\n",
        "Name\tTitle\tCountry\rFirma \"X\"\tPrezes\tPolska\r",
        "a,b,c\n1\n1,2,3,,\n1,2,3,4\n\n,,\n\"open",
    ]));
    seeds
}

/// The text in Windows-1250, as far as the seeds need it.
fn windows_1250(text: &str) -> Vec<u8> {
    let letters = [('Ż', 0xaf), ('ę', 0xea), ('Ś', 0x8c), ('ą', 0xb9), ('ś', 0x9c), ('ć', 0xe6)];
    let byte = |c: char| letters.iter().find(|(letter, _)| *letter == c).map(|(_, byte)| *byte);
    text.chars().map(|c| byte(c).or_else(|| u8::try_from(c).ok()).unwrap_or(b'?')).collect()
}

/// Seeds of [`vcard`].
#[must_use]
pub fn vcard_seeds() -> Vec<Vec<u8>> {
    texts([
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN;CHARSET=UTF-8:Nowak;Jan;;dr;\r\nFN:dr Jan Nowak\r\nORG:Firma\\, sp. z o.o.;Dział\r\nTEL;TYPE=CELL:+48 600 100 200\r\nEMAIL;TYPE=INTERNET,PREF:jan@przyklad.pl\r\nADR;TYPE=WORK:;;ul. Długa 1;Łódź;;90-001;Polska\r\nNOTE:raz\\ndwa\r\n trzy\r\nBDAY:1980-01-02\r\nEND:VCARD\r\n",
        "BEGIN:VCARD\nVERSION:4.0\nFN:Anna Kowalska\nitem1.EMAIL;PREF=1:anna@przyklad.pl\nitem1.X-ABLabel:praca\nTEL;VALUE=uri:tel:+48-600-100-200\nCATEGORIES:vip,targi\nURL:https://przyklad.pl\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nFN:Urwana\n",
        "BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C5=BBak;Ewa\nPHOTO;ENCODING=b:AAAA\n BBBB\nEND:VCARD\n",
    ])
}
