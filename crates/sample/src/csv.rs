//! A file of people as a Polish office would export it.

use crate::numbers::push_number;
use crate::person::{Names, address, any_town, mobile};
use crate::words::firms::{CORES, TRADES};
use crate::words::names::JOBS;
use crate::{Draw, Source, Table};

/// A heading line and `n` lines of people, separated by semicolons, without line ends. A name of a firm may
/// be in quotation marks (RFC 4180), as spreadsheets write them. The same lines for the same seed.
pub fn csv_people(n: u64, seed: u64) -> impl Iterator<Item = String> {
    let (source, names) = (Source::new(seed), Names::new());
    let heading =
        "Imię;Nazwisko;Stanowisko;Firma;E-mail;Telefon komórkowy;Ulica;Kod pocztowy;Miasto".to_owned();
    std::iter::once(heading).chain((0..n).map(move |i| line(&names, &mut source.draw(Table::Csv, i), i)))
}

fn line(names: &Names, draw: &mut Draw, i: u64) -> String {
    let name = names.choose(draw);
    let (man, woman) = JOBS[draw.early(JOBS.len())];
    let surname = name.surname();
    let mut out = String::with_capacity(192);
    out.extend([name.first.plain.as_str(), ";", &surname, ";", if name.woman { woman } else { man }, ";"]);
    let (core, trade) = (draw.pick(CORES), draw.pick(TRADES));
    if draw.chance(5) {
        out.extend(["\"\"\"", core, "\"\"; ", trade, " sp.j.\""]);
    } else {
        out.extend([core, " ", trade, " sp. z o.o."]);
    }
    out.extend([";", &name.first.ascii, ".", &name.last.ascii, "."]);
    push_number(&mut out, i + 1, 1);
    out.push_str("@import.example;");
    // Half are written as people write them, with spaces and without +48.
    let number = mobile(draw);
    if draw.chance(50) {
        out.extend([&number[3..6], " ", &number[6..9], " ", &number[9..]]);
    } else {
        out.push_str(&number);
    }
    let town = any_town(draw);
    let (code, street) = address(draw, town);
    out.extend([";", &street, ";", &code, ";", town.name]);
    out
}
