//! Cards of a vCard file (RFC 2426, RFC 6350, and the older 2.1 that telephones still write).
//!
//! The file is cut into cards here, so that memory is bounded and one broken card costs only itself;
//! pictures are dropped while cutting.

use crate::decode::Decoded;
use calcard::vcard::{VCard, VCardEntry, VCardProperty as P, VCardValue};
use calcard::{Entry, Parser};
use kernel::Result;
use std::borrow::Cow;

/// Bytes of one card without its pictures.
const CARD: usize = 1 << 20;

/// The columns of every card.
pub(crate) const HEADINGS: [&str; 20] = [
    "N (given)",
    "N (family)",
    "FN",
    "N (prefix)",
    "ORG",
    "ORG (unit)",
    "TITLE",
    "EMAIL",
    "EMAIL 2",
    "TEL",
    "TEL (CELL)",
    "ADR (street)",
    "ADR (city)",
    "ADR (code)",
    "ADR (region)",
    "ADR (country)",
    "BDAY",
    "URL",
    "NOTE",
    "CATEGORIES",
];

/// What was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Card {
    /// Nothing more.
    End,
    /// A card with its number.
    Good(u64),
    /// A card that is not one, is cut off or is too large.
    Bad(u64),
}

/// A reader of cards.
pub(crate) struct Cards {
    text: Decoded,
    line: Vec<u8>,
    card: String,
    number: u64,
}

impl Cards {
    pub(crate) fn new(text: Decoded) -> Self {
        Self { text, line: Vec::new(), card: String::new(), number: 0 }
    }

    /// Bytes taken from the file so far.
    pub(crate) const fn read(&self) -> u64 {
        self.text.read()
    }

    /// The next card, its values in the order of [`HEADINGS`].
    pub(crate) fn next(&mut self, cells: &mut Vec<String>) -> Result<Card> {
        cells.clear();
        self.card.clear();
        let (mut depth, mut picture, mut large) = (0u32, false, false);
        while self.read_line()? {
            let line = String::from_utf8_lossy(&self.line);
            let bare = line.trim();
            if bare.eq_ignore_ascii_case("BEGIN:VCARD") {
                depth += 1;
                picture = false;
                if depth > 1 {
                    continue;
                }
            } else if depth == 0 {
                continue;
            } else if bare.eq_ignore_ascii_case("END:VCARD") {
                depth -= 1;
                if depth == 0 {
                    self.number += 1;
                    self.card.push_str("END:VCARD\r\n");
                    let good = !large && parse(&self.card, cells);
                    return Ok(if good { Card::Good(self.number) } else { Card::Bad(self.number) });
                }
                continue;
            }
            // A continuation line belongs to the picture before it.
            let folded = line.starts_with([' ', '\t']);
            picture = if folded { picture } else { is_picture(bare) };
            if depth > 1 || picture {
                continue;
            }
            if self.card.len() + line.len() > CARD {
                large = true;
            } else {
                self.card.push_str(&line);
                self.card.push_str("\r\n");
            }
        }
        if depth == 0 {
            return Ok(Card::End);
        }
        self.number += 1;
        Ok(Card::Bad(self.number))
    }

    /// The next line without its end, or the first part of a line too long to keep.
    fn read_line(&mut self) -> Result<bool> {
        self.line.clear();
        loop {
            let chunk = self.text.chunk()?;
            if chunk.is_empty() {
                return Ok(!self.line.is_empty());
            }
            let (end, taken) = match chunk.iter().position(|b| *b == b'\n') {
                Some(at) => (at, at + 1),
                None => (chunk.len(), chunk.len()),
            };
            if self.line.len() <= CARD {
                self.line.extend_from_slice(&chunk[..end]);
            }
            self.text.consume(taken);
            if taken > end {
                return Ok(true);
            }
        }
    }
}

/// Whether a line starts a property that holds a file.
fn is_picture(line: &str) -> bool {
    let name = line.split([':', ';']).next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    ["PHOTO", "LOGO", "SOUND", "KEY"].iter().any(|p| name.eq_ignore_ascii_case(p))
}

/// Reads one card into cells. Should the parser panic on a forged card, that card is refused.
fn parse(text: &str, cells: &mut Vec<String>) -> bool {
    match std::panic::catch_unwind(|| Parser::new(text).entry()) {
        Ok(Entry::VCard(card)) => {
            fill(&card, cells);
            true
        }
        _ => false,
    }
}

fn fill(card: &VCard, cells: &mut Vec<String>) {
    let name = parts(card, &P::N);
    let full = first(card, &P::Fn);
    let (mut given, mut family) = (join(&[&name[1], &name[2]], " "), name[0].clone());
    if given.is_empty() && family.is_empty() {
        if let Some((before, last)) = full.trim().rsplit_once(' ') {
            (given, family) = (before.trim().to_owned(), last.to_owned());
        } else {
            family.clone_from(&full);
        }
    }
    let org = parts(card, &P::Org);
    let unit = join(&[&org[1], &org[2]], ", ");
    let mails = ranked(card, &P::Email);
    let (phone, mobile) = phones(card);
    let address = best(card, &P::Adr).map_or_else(Default::default, components);
    let street = join(&[&address[2], &address[1], &address[0]], ", ");
    let [.., city, region, code, country] = address;
    let categories = every(card, &P::Categories).join(", ");
    let title =
        Some(first(card, &P::Title)).filter(|t| !t.is_empty()).unwrap_or_else(|| first(card, &P::Role));
    let mut mails = mails.into_iter();
    let mut mail = || mails.next().unwrap_or_default();
    let [organisation, ..] = org;
    *cells = vec![
        given,
        family,
        full,
        name[3].clone(),
        organisation,
        unit,
        title,
        mail(),
        mail(),
        phone,
        mobile,
        street,
        city,
        code,
        region,
        country,
        birthday(card),
        first(card, &P::Url),
        every(card, &P::Note).join("\n"),
        categories,
    ];
}

/// Values of a structured property by position, at least seven of them.
fn components(entry: &VCardEntry) -> [String; 7] {
    let mut out = <[String; 7]>::default();
    for (slot, value) in out.iter_mut().zip(&entry.values) {
        *slot = match value {
            VCardValue::Component(several) => several.join(" ").trim().to_owned(),
            other => text(other).trim().to_owned(),
        };
    }
    out
}

fn parts(card: &VCard, property: &P) -> [String; 7] {
    best(card, property).map(components).unwrap_or_default()
}

fn text(value: &VCardValue) -> Cow<'_, str> {
    match value {
        VCardValue::Text(s) => Cow::Borrowed(s),
        VCardValue::Component(several) => Cow::Owned(several.join(" ")),
        VCardValue::Integer(n) => Cow::Owned(n.to_string()),
        _ => Cow::Borrowed(""),
    }
}

fn join(parts: &[&str], with: &str) -> String {
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(with)
}

/// All values of a property, empty ones left out.
fn every(card: &VCard, property: &P) -> Vec<String> {
    let values = card.properties(property).flat_map(|e| e.values.iter());
    values.map(|v| text(v).trim().to_owned()).filter(|v| !v.is_empty()).collect()
}

fn first(card: &VCard, property: &P) -> String {
    every(card, property).into_iter().next().unwrap_or_default()
}

/// The preferred entry of a property, then the one for work, then the first.
fn best<'a>(card: &'a VCard, property: &'a P) -> Option<&'a VCardEntry> {
    let filled = |e: &&VCardEntry| e.values.iter().any(|v| !text(v).trim().is_empty());
    card.properties(property).filter(filled).min_by_key(|e| rank(e))
}

fn rank(entry: &VCardEntry) -> u8 {
    match () {
        () if has(entry, "pref") => 0,
        () if has(entry, "work") => 1,
        () => 2,
    }
}

/// Values of a property, the preferred first.
fn ranked(card: &VCard, property: &P) -> Vec<String> {
    let mut entries = card.properties(property).collect::<Vec<_>>();
    entries.sort_by_key(|e| u8::from(!has(e, "pref")));
    let values = entries.iter().filter_map(|e| e.values.first());
    values.map(|v| text(v).trim().to_owned()).filter(|v| !v.is_empty()).collect()
}

/// Whether a parameter says so: `TYPE=CELL`, `TYPE="cell,voice"`, `PREF=1`, or 2.1's bare `CELL`.
fn has(entry: &VCardEntry, word: &str) -> bool {
    entry.params.iter().any(|p| {
        p.name.as_str().eq_ignore_ascii_case(word)
            || p.value.as_text().is_some_and(|t| t.split(',').any(|t| t.trim().eq_ignore_ascii_case(word)))
    })
}

/// A telephone and a mobile telephone; faxes and pagers are neither.
fn phones(card: &VCard) -> (String, String) {
    let number = |e: &VCardEntry| {
        let value = e.values.first().map(text).unwrap_or_default();
        value.trim().trim_start_matches("tel:").to_owned()
    };
    let mut entries =
        card.properties(&P::Tel).filter(|e| !has(e, "fax") && !has(e, "pager")).collect::<Vec<_>>();
    entries.sort_by_key(|e| rank(e));
    let (cells, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(|e| has(e, "cell"));
    let mut cells = cells.into_iter().map(number).filter(|n| !n.is_empty());
    let mut others = others.into_iter().map(number).filter(|n| !n.is_empty());
    let mobile = cells.next();
    let phone = others.next().or_else(|| cells.next());
    let mobile = mobile.or_else(|| others.next());
    (phone.unwrap_or_default(), mobile.unwrap_or_default())
}

/// A whole date; one without a year is left out.
fn birthday(card: &VCard) -> String {
    let value = card.properties(&P::Bday).find_map(|e| e.values.first());
    match value {
        Some(VCardValue::PartialDateTime(d)) => match (d.year, d.month, d.day) {
            (Some(y), Some(m), Some(d)) => format!("{y:04}-{m:02}-{d:02}"),
            _ => String::new(),
        },
        Some(other) => text(other).trim().to_owned(),
        None => String::new(),
    }
}
