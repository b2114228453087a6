//! Files as they come: every encoding, every delimiter, every kind, and rubbish.

use encoding_rs::{Encoding, ISO_8859_2, WINDOWS_1250};
use intake::{Format, Options, Problem, RawRow, Source, open_bytes};
use kernel::{FaultKind, limits};
use proptest::prelude::*;
use std::io::Write;

const HEADINGS: [&str; 4] = ["Imię", "Nazwisko", "Miejscowość", "Uwagi"];
const ROWS: [[&str; 4]; 3] = [
    ["Żaneta", "Gęślą-Jaźń", "Łódź", "Zażółć gęślą jaźń; szybko, bez \"cudzysłowu\""],
    ["Józef", "Świątek", "Źdźbłowo", "Wiersz pierwszy\nwiersz drugi"],
    ["Ćwik", "Ńuń", "Ąę", "\t"],
];

fn csv(delimiter: u8, line_end: &str) -> String {
    let quote = |cell: &str| {
        let special = |c: char| c == char::from(delimiter) || "\"\n\t".contains(c);
        if cell.contains(special) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    let separator = char::from(delimiter).to_string();
    let mut out = String::new();
    for row in std::iter::once(&HEADINGS).chain(&ROWS) {
        out.push_str(&row.map(quote).join(&separator));
        out.push_str(line_end);
    }
    out
}

fn encoded(text: &str, name: &str) -> Vec<u8> {
    let wide = |big: bool| {
        text.encode_utf16().flat_map(move |u| if big { u.to_be_bytes() } else { u.to_le_bytes() })
    };
    let single = |e: &'static Encoding| {
        let (bytes, _, lost) = e.encode(text);
        assert!(!lost);
        bytes.into_owned()
    };
    match name {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-8-bom" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "utf-16le" => wide(false).collect(),
        "utf-16le-bom" => [0xff, 0xfe].into_iter().chain(wide(false)).collect(),
        "utf-16be" => wide(true).collect(),
        "utf-16be-bom" => [0xfe, 0xff].into_iter().chain(wide(true)).collect(),
        "windows-1250" => single(WINDOWS_1250),
        _ => single(ISO_8859_2),
    }
}

fn read(bytes: Vec<u8>) -> Source {
    open_bytes(bytes, "plik", &Options::default()).unwrap()
}

fn rows(source: Source) -> Vec<RawRow> {
    source.map(Result::unwrap).collect()
}

fn fault(bytes: impl Into<Vec<u8>>) -> FaultKind {
    match open_bytes(bytes.into(), "plik.csv", &Options::default()) {
        Err(fault) => fault.kind,
        Ok(_) => panic!("this must not open"),
    }
}

#[test]
fn every_encoding_with_every_delimiter_reads_the_same() {
    let names = [
        "utf-8",
        "utf-8-bom",
        "utf-16le",
        "utf-16le-bom",
        "utf-16be",
        "utf-16be-bom",
        "windows-1250",
        "iso-8859-2",
    ];
    for name in names {
        for delimiter in *b",;\t" {
            for line_end in ["\n", "\r\n", "\r"] {
                let source = read(encoded(&csv(delimiter, line_end), name));
                assert!(
                    matches!(source.format(), Format::Csv { delimiter: d, .. } if d == char::from(delimiter)),
                    "{name} {:?}",
                    source.format()
                );
                assert_eq!(source.headings(), HEADINGS, "{name}");
                let rows = rows(source);
                for (row, expected) in rows.iter().zip(&ROWS) {
                    assert_eq!(row.cells, expected, "{name}");
                }
                assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 3, 5], "{name}");
            }
        }
    }
}

#[test]
fn the_first_polish_letter_may_come_late() {
    for (name, expected) in
        [("windows-1250", "windows-1250"), ("iso-8859-2", "ISO-8859-2"), ("utf-8", "UTF-8")]
    {
        let mut text = String::from("Nazwisko;Uwagi\n");
        text.push_str(&"Nowak;nic\n".repeat(100_000));
        text.push_str("Świątek;źle\n");
        let source = read(encoded(&text, name));
        assert!(matches!(source.format(), Format::Csv { encoding, .. } if encoding == expected), "{name}");
        assert_eq!(rows(source).last().unwrap().cells, ["Świątek", "źle"]);
    }
}

#[test]
fn ragged_rows_are_filled_or_refused_and_reading_goes_on() {
    let mut source = read(b"a,b,c\n1\n1,2,3,,\n1,2,3,4\n\n,,\n5,6,7\n".to_vec());
    let mut seen = Vec::new();
    for item in &mut source {
        seen.push(match item {
            Ok(row) => format!("{}:{}", row.line, row.cells.join("|")),
            Err(Problem::Row(issues)) => format!("{}:{}", issues[0].line, issues[0].code),
            Err(Problem::File(fault)) => panic!("{fault}"),
        });
    }
    assert_eq!(seen, ["2:1||", "3:1|2|3", "4:too-many-cells", "7:5|6|7"]);
    let progress = source.progress();
    assert_eq!(progress.done, progress.total);
}

#[test]
fn headings_are_made_different_and_named() {
    let source = read(b"E-mail,,e-mail, Pe\xc5\x82na  nazwa ,,\nx,y,z,w\n".to_vec());
    assert_eq!(source.headings(), ["E-mail", "#2", "e-mail (2)", "Pełna nazwa"]);
    let source = read(b"sep=;\na;b\n1;2\n".to_vec());
    assert_eq!(source.headings(), ["a", "b"]);
    assert_eq!(rows(source)[0].line, 3);
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(fault(""), FaultKind::Invalid);
    assert_eq!(fault("\n\n  \n"), FaultKind::Invalid);
    assert_eq!(fault("Jan,jan@przyklad.pl,+48 601 234 567\n"), FaultKind::Invalid);
    assert_eq!(fault(&b"%PDF-1.7 and so on"[..]), FaultKind::Unsupported);
    assert_eq!(fault((0..=255u8).cycle().take(5000).collect::<Vec<_>>()), FaultKind::Unsupported);
    assert_eq!(fault(&b"PK\x03\x04 no container"[..]), FaultKind::Unsupported);
    assert_eq!(fault(&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old sheet"[..]), FaultKind::Unsupported);
    let wide = vec!["k"; limits::IMPORT_COLUMNS + 1].join(";");
    assert_eq!(fault(wide), FaultKind::TooLarge);
    assert!(open_bytes(b"a,b\n1,2\n".to_vec(), "k.vcf", &Options::default()).is_err());
}

#[test]
fn a_bad_cell_costs_its_row_and_says_where() {
    let long = "ż".repeat(limits::IMPORT_CELL_CHARS + 1);
    let text = format!("imię,uwagi\nJan,{long}\nEwa,a\u{1}b\nIda,dobrze\u{b}drugi wiersz\n");
    let items = read(text.into_bytes()).collect::<Vec<_>>();
    let issue = |i: usize| match &items[i] {
        Err(Problem::Row(issues)) => {
            (issues[0].line, issues[0].column.clone().unwrap(), issues[0].code.clone())
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(issue(0), (2, "uwagi".into(), "too-long".into()));
    assert_eq!(issue(1), (3, "uwagi".into(), "control-character".into()));
    assert_eq!(items[2].as_ref().unwrap().cells[1], "dobrze\ndrugi wiersz");
    assert!(!format!("{:?}", items).contains("ż"), "values stay out of Debug");
}

/// A sheet as the office programs write it.
fn xlsx(strings: &str, rows: &str) -> Vec<u8> {
    let files = [
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned()),
        ("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
        ("xl/workbook.xml", r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ukryty" sheetId="1" state="hidden" r:id="rId2"/><sheet name="Kontakty" sheetId="2" r:id="rId1"/></sheets></workbook>"#.to_owned()),
        ("xl/_rels/workbook.xml.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#.to_owned()),
        ("xl/styles.xml", r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>"#.to_owned()),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:F9"/><sheetData>{rows}</sheetData></worksheet>"#)),
        ("xl/worksheets/sheet2.xml", r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="str"><v>Tajne</v></c></row></sheetData></worksheet>"#.to_owned()),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const STRINGS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>Imię</t></si><si><t>Żaneta</t></si></sst>"#;

fn people_sheet() -> Vec<u8> {
    xlsx(
        STRINGS,
        concat!(
            r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Telefon</t></is></c><c r="C1" t="str"><v>Urodziny</v></c><c r="D1" t="str"><v>Spotkanie</v></c><c r="E1" t="str"><v>Zgoda</v></c></row>"#,
            r#"<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>48601234567</v></c><c r="C3" s="1"><v>33000</v></c><c r="D3" s="2"><v>45943.5</v></c><c r="E3" t="b"><v>1</v></c></row>"#,
            r#"<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><v>12.5</v></c></row>"#,
            r##"<row r="5"><c r="A5" t="e"><v>#N/A</v></c></row>"##,
        ),
    )
}

#[test]
fn a_sheet_gives_text_as_people_would_write_it() {
    let source = read(people_sheet());
    assert_eq!(source.format(), Format::Xlsx);
    assert_eq!(source.headings(), ["Imię", "Telefon", "Urodziny", "Spotkanie", "Zgoda"]);
    let items = source.collect::<Vec<_>>();
    let row = items[0].as_ref().unwrap();
    assert_eq!(
        (row.line, row.cells.join("|")),
        (3, "Żaneta|48601234567|1990-05-07|2025-10-13T12:00:00|true".into())
    );
    assert_eq!(items[1].as_ref().unwrap().cells, ["Żaneta", "12.5", "", "", ""]);
    assert!(
        matches!(&items[2], Err(Problem::Row(i)) if i[0].code == "sheet-error" && i[0].column.as_deref() == Some("Imię"))
    );
    assert_eq!(items.len(), 3);
}

#[test]
fn a_sheet_can_be_chosen_by_name_or_number() {
    // The one that is read without a word stands first in the list.
    assert_eq!(read(people_sheet()).sheets()[0], "Kontakty");
    let named = |name: &str| Options { sheet: Some(name.into()), ..Options::default() };
    assert_eq!(open_bytes(people_sheet(), "a.xlsx", &named("Ukryty")).unwrap().headings(), ["Tajne"]);
    assert_eq!(open_bytes(people_sheet(), "a.xlsx", &named("#1")).unwrap().headings()[0], "Imię");
    assert!(open_bytes(people_sheet(), "a.xlsx", &named("#2")).is_err(), "a hidden sheet has no number");
    let fault = open_bytes(people_sheet(), "a.xlsx", &named("Brak")).err().unwrap();
    assert!(fault.message.pl.contains("Kontakty"), "{fault}");
}

#[test]
fn bombs_are_refused_before_they_are_read() {
    let bomb = xlsx(STRINGS, &" ".repeat(80 << 20));
    assert!(bomb.len() < 1 << 20);
    assert_eq!(fault(bomb), FaultKind::TooLarge);
    // A count that makes the reader reserve a petabyte.
    assert_eq!(
        fault(xlsx(&STRINGS.replace("uniqueCount=\"2\"", "uniqueCount=\"99999999999999\""), "")),
        FaultKind::TooLarge
    );
    // A size that lies: the entry declares less than it holds.
    let honest = xlsx(STRINGS, &" ".repeat(80 << 20));
    let mut lying = honest.clone();
    for at in 0..lying.len() - 4 {
        if u32::from_le_bytes(lying[at..at + 4].try_into().unwrap()) > 80 << 20
            && u32::from_le_bytes(lying[at..at + 4].try_into().unwrap()) < (80 << 20) + 1000
        {
            lying[at..at + 4].copy_from_slice(&1000u32.to_le_bytes());
        }
    }
    assert_ne!(lying, honest);
    assert!(matches!(fault(lying), FaultKind::TooLarge | FaultKind::Unsupported));
}

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nN:Świątek;Żaneta;Maria;dr;\r\nFN:dr Żaneta Świątek\r\n\
ORG:Przykład Sp. z o.o.;Sprzedaż\r\nTITLE:Kierowniczka\r\nEMAIL;TYPE=home:zaneta@dom.example\r\n\
item1.EMAIL;TYPE=work;PREF=1:zaneta@firma.example\r\nTEL;TYPE=\"cell,voice\";VALUE=uri:tel:+48-601-234-567\r\n\
TEL;TYPE=fax:22 111 11 11\r\nTEL;TYPE=work:22 222 22 22\r\nADR;TYPE=work:;;ul. Długa 5/7;Łódź;łódzkie;90-001;Polska\r\n\
BDAY:19900507\r\nURL:https://firma.example\r\nNOTE:Pierwsza\\, linia\\nDruga lin\r\n ia\r\nCATEGORIES:VIP,targi\r\n\
PHOTO;ENCODING=b:AAAA\r\n BBBB\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B3zef =C5=BBak\r\nTEL;CELL:601111222\r\nEND:VCARD\r\n\
BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Urwana";

#[test]
fn cards_of_every_version_become_rows() {
    for name in ["utf-8", "utf-16le-bom", "windows-1250"] {
        let source = read(encoded(CARDS, name));
        assert!(matches!(source.format(), Format::VCard { .. }));
        let headings = source.headings().to_vec();
        let items = source.collect::<Vec<_>>();
        let cell = |i: usize, heading: &str| {
            let at = headings.iter().position(|h| h == heading).unwrap();
            items[i].as_ref().unwrap().cells[at].clone()
        };
        for (heading, value) in [
            ("N (given)", "Żaneta Maria"),
            ("N (family)", "Świątek"),
            ("N (prefix)", "dr"),
            ("ORG", "Przykład Sp. z o.o."),
            ("ORG (unit)", "Sprzedaż"),
            ("TITLE", "Kierowniczka"),
            ("EMAIL", "zaneta@firma.example"),
            ("EMAIL 2", "zaneta@dom.example"),
            ("TEL", "22 222 22 22"),
            ("TEL (CELL)", "+48-601-234-567"),
            ("ADR (street)", "ul. Długa 5/7"),
            ("ADR (city)", "Łódź"),
            ("ADR (code)", "90-001"),
            ("ADR (country)", "Polska"),
            ("BDAY", "1990-05-07"),
            ("URL", "https://firma.example"),
            ("NOTE", "Pierwsza, linia\nDruga linia"),
            ("CATEGORIES", "VIP, targi"),
        ] {
            assert_eq!(cell(0, heading), value, "{name} {heading}");
        }
        assert_eq!((cell(1, "N (given)"), cell(1, "N (family)")), ("Józef".into(), "Żak".into()));
        assert_eq!(cell(1, "TEL (CELL)"), "601111222");
        assert!(matches!(&items[2], Err(Problem::Row(i)) if i[0].code == "broken-card" && i[0].line == 3));
        assert_eq!(items.len(), 3);
    }
}

fn drain(bytes: Vec<u8>) {
    if let Ok(source) = open_bytes(bytes, "x", &Options::default()) {
        let width = source.headings().len();
        let mut last = 0;
        for item in source.take(10_000).flatten() {
            assert_eq!(item.cells.len(), width);
            assert!(item.line >= last);
            last = item.line.min(last.max(item.line));
        }
    }
}

fn mutated(valid: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..12);
    changes.prop_map(move |changes| {
        let mut bytes = valid.clone();
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        drain(bytes);
    }

    #[test]
    fn damaged_tables_never_panic(bytes in mutated(csv(b';', "\r\n").into_bytes())) {
        drain(bytes);
    }

    #[test]
    fn damaged_wide_tables_never_panic(bytes in mutated(encoded(&csv(b',', "\n"), "utf-16le-bom"))) {
        drain(bytes);
    }

    #[test]
    fn damaged_cards_never_panic(bytes in mutated(CARDS.as_bytes().to_vec())) {
        drain(bytes);
    }

    #[test]
    fn damaged_containers_never_panic(bytes in mutated(people_sheet())) {
        drain(bytes);
    }

    /// Damage inside the sheet, in a container that is whole.
    #[test]
    fn damaged_sheets_never_panic(xml in mutated(STRINGS.as_bytes().to_vec()), rows in ".{0,200}") {
        drain(xlsx(&String::from_utf8_lossy(&xml), &rows));
    }

    /// Whatever is written as quoted cells is read back, with its line.
    #[test]
    fn tables_round_trip(
        rows in proptest::collection::vec(proptest::collection::vec("[a-zżółćęąśźń;,\" \n]{0,12}x", 3), 1..20),
        delimiter in prop::sample::select(vec![',', ';', '\t']),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let mut text = ["a", "b", "c"].join(&delimiter.to_string()) + end;
        let mut line = 2;
        let mut lines = Vec::new();
        for row in &rows {
            lines.push(line);
            line += 1 + row.iter().map(|c| c.matches('\n').count() as u64).sum::<u64>();
            let quoted = row.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\"")));
            text.push_str(&(quoted.collect::<Vec<_>>().join(&delimiter.to_string()) + end));
        }
        let options = Options { delimiter: Some(delimiter), ..Options::default() };
        let read = open_bytes(text.into_bytes(), "t.csv", &options).unwrap().map(Result::unwrap).collect::<Vec<_>>();
        prop_assert_eq!(read.iter().map(|r| r.line).collect::<Vec<_>>(), lines);
        prop_assert_eq!(read.into_iter().map(|r| r.cells).collect::<Vec<_>>(), rows);
    }
}
