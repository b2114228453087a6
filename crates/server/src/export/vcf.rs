//! Business cards of people: vCard 3.0 (RFC 2426), which every address book reads.

use records::{Cell, Table};
use std::fmt::Write;

/// Octets of a line.
const LINE: usize = 75;

/// The table as cards. What is masked, or not among the columns, is on no card.
pub fn write(table: &Table) -> Vec<u8> {
    let mut out = String::new();
    for row in &table.rows {
        card(&mut out, &|name| {
            let at = table.columns.iter().position(|c| c.name == name)?;
            match row.get(at)? {
                Cell::Text(text) | Cell::Date(text) | Cell::Moment(text) if !text.is_empty() => {
                    Some(text.as_str())
                }
                _ => None,
            }
        });
    }
    out.into_bytes()
}

fn card<'a>(out: &mut String, value: &dyn Fn(&str) -> Option<&'a str>) {
    line(out, "BEGIN:VCARD");
    line(out, "VERSION:3.0");
    if let Some(id) = value("id") {
        line(out, &format!("UID:urn:uuid:{id}"));
    }
    let part = |name: &str| value(name).map(escaped).unwrap_or_default();
    let (first, last) = (part("first_name"), part("last_name"));
    line(out, &format!("N:{last};{first};;;"));
    let full = value("name").map_or_else(|| format!("{first} {last}").trim().to_owned(), escaped);
    line(out, &format!("FN:{full}"));
    for (name, property) in [
        ("job_title", "TITLE"),
        ("email", "EMAIL;TYPE=INTERNET"),
        ("email2", "EMAIL;TYPE=INTERNET"),
        ("phone", "TEL;TYPE=WORK,VOICE"),
        ("mobile", "TEL;TYPE=CELL"),
        ("linkedin", "URL"),
        ("birthday", "BDAY"),
        ("description", "NOTE"),
        ("updated_at", "REV"),
    ] {
        if let Some(text) = value(name) {
            line(out, &format!("{property}:{}", escaped(text)));
        }
    }
    let address = [part("street"), part("city"), part("postal_code"), part("country")];
    if address.iter().any(|p| !p.is_empty()) {
        let [street, city, code, country] = address;
        line(out, &format!("ADR;TYPE=WORK:;;{street};{city};;{code};{country}"));
    }
    line(out, "END:VCARD");
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            _ => out.push(c),
        }
    }
    out
}

/// One line, folded so that none is too long (RFC 2425 §5.8.1).
fn line(out: &mut String, text: &str) {
    let mut room = LINE;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::{escaped, line};

    #[test]
    fn lines_fold_and_values_cannot_begin_a_line() {
        let mut out = String::new();
        line(&mut out, &format!("NOTE:{}", escaped(&format!("a;b,c\\d\r\nEND:VCARD{}", "ż".repeat(90)))));
        assert!(out.starts_with("NOTE:a\\;b\\,c\\\\d\\nEND:VCARDż"));
        assert!(out.split("\r\n").all(|l| l.len() <= 75), "{out}");
        assert!(out.split("\r\n").skip(1).all(|l| l.is_empty() || l.starts_with(' ')));
    }
}
