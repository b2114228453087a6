//! Companies.

use crate::body::Body;
use crate::numbers::{krs, nip, push_number, regon};
use crate::person::{address, fixed};
use crate::words::firms::{BRANCHES, CORES, FORMS, HEADS, TAILS, TRADES};
use crate::words::phrases::SOURCES;
use crate::words::places::{TOWNS, Town};
use crate::{Sample, SampleRecord, Table, text};

const CORE: u64 = 8;
const STYLE: u64 = 9;
const WORD: u64 = 10;
const DOMAIN: u64 = 11;
const TOWN: u64 = 12;

impl Sample {
    fn part(&self, i: u64, purpose: u64, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        usize::try_from(self.source.below(Table::Company, i, purpose, n)).unwrap_or_default()
    }

    /// The name without the legal form.
    pub(crate) fn short_name(&self, i: u64) -> String {
        let core = CORES[self.part(i, CORE, CORES.len())];
        match self.part(i, STYLE, 10) {
            0..5 => format!("{core} {}", TRADES[self.part(i, WORD, TRADES.len())]),
            5..7 => format!("{} {core}", HEADS[self.part(i, WORD, HEADS.len())]),
            7..9 => format!("{core}{}", TAILS[self.part(i, WORD, TAILS.len())]),
            _ => core.to_owned(),
        }
    }

    /// Appends the company's domain, which no other has.
    pub(crate) fn push_domain(&self, out: &mut String, i: u64) {
        out.push_str(&self.cores[self.part(i, CORE, CORES.len())]);
        push_number(out, i + 1, 1);
        out.push_str([".example", ".example.com", ".example.org", ".example.net"][self.part(i, DOMAIN, 4)]);
    }

    pub(crate) fn town_of(&self, i: u64) -> &'static Town {
        let (one, other) = (self.part(i, TOWN, TOWNS.len()), self.part(i, TOWN + 1, TOWNS.len()));
        &TOWNS[one.min(other)]
    }

    pub(crate) fn owner_of_company(&self, i: u64) -> usize {
        // Four companies bring about 20 people.
        self.org.owner(&self.source, Table::Company, i, self.sizes.companies, 4)
    }

    pub(crate) fn company(&self, i: u64) -> SampleRecord {
        let mut draw = self.source.draw(Table::Company, i);
        let form = FORMS[draw.early(FORMS.len())];
        let mut body = Body::new();
        let mut name = self.short_name(i);
        name.push(' ');
        name.push_str(form);
        body.set("name", name);
        body.set("nip", nip(i));
        if draw.chance(85) {
            body.set("regon", regon(i));
        }
        if form != "s.c." && draw.chance(80) {
            body.set("krs", krs(i));
        }
        let mut domain = String::with_capacity(40);
        self.push_domain(&mut domain, i);
        if draw.chance(90) {
            let user = draw.pick(&["biuro", "kontakt", "sekretariat", "handlowy", "zamowienia"]);
            body.set("email", format!("{user}@{domain}"));
        }
        if draw.chance(60) {
            body.set("website", format!("https://www.{domain}/"));
        }
        let town = self.town_of(i);
        let (code, street) = address(&mut draw, town);
        if draw.chance(85) {
            body.set("phone", fixed(&mut draw, town));
        }
        body.set("street", street);
        body.set("city", town.name);
        body.set("postal_code", code);
        body.set("country", "PL");
        body.set("industry", draw.pick(BRANCHES));
        body.set("size", ["micro", "small", "medium", "large"][draw.early(4)]);
        body.set("source", SOURCES[draw.early(SOURCES.len())]);
        let untouched = if draw.chance(50) { 100 } else { draw.below(100) };
        self.record(Table::Company, i, self.owner_of_company(i), untouched, body.done())
    }
}

/// The cores as they stand in domains.
pub fn cores() -> Vec<String> {
    CORES.iter().map(|c| text::ascii(c)).collect()
}
