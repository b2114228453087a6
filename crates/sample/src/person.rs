//! People.

use crate::body::Body;
use crate::draw::Weighted;
use crate::numbers::push_number;
use crate::refs::Tie;
use crate::words::names::{ENDINGS, JOBS, MEN, STEMS, SURNAMES, WOMEN};
use crate::words::phrases::{SOURCES, TAGS};
use crate::words::places::{STREETS, TOWNS, Town};
use crate::{Draw, Sample, SampleRecord, Table, text};

/// A word as people write it and as it stands in an address.
#[derive(Clone)]
pub struct Word {
    pub plain: String,
    pub ascii: String,
}

impl Word {
    fn new(plain: String) -> Self {
        let ascii = text::ascii(&plain);
        Self { plain, ascii }
    }
}

/// Names with their frequencies.
pub struct Names {
    men: Vec<Word>,
    women: Vec<Word>,
    /// A man's and a woman's form.
    surnames: Vec<[Word; 2]>,
    common: Weighted,
    firsts: Weighted,
}

/// Somebody's name.
pub struct Name<'a> {
    pub woman: bool,
    pub first: &'a Word,
    pub last: &'a Word,
    /// The second part of a double surname, which a few women bear.
    pub second: Option<&'a Word>,
}

impl Name<'_> {
    pub fn surname(&self) -> String {
        match self.second {
            Some(second) => format!("{}-{}", self.last.plain, second.plain),
            None => self.last.plain.clone(),
        }
    }
}

impl Names {
    pub fn new() -> Self {
        let words = |list: &[&str]| list.iter().map(|w| Word::new((*w).to_owned())).collect();
        let both = |s: String| [Word::new(s.clone()), Word::new(text::feminine(&s))];
        let common = SURNAMES.iter().map(|s| (*s).to_owned());
        let rare = STEMS.iter().flat_map(|stem| ENDINGS.iter().map(move |end| format!("{stem}{end}")));
        let surnames: Vec<_> = common.chain(rare).map(both).collect();
        // Falling by rank; what is not on the common list shares out about a seventh.
        let weights: Vec<u64> = (0..surnames.len() as u64)
            .map(|r| if r < SURNAMES.len() as u64 { 40_000 / (r + 8) } else { 10 })
            .collect();
        let firsts: Vec<u64> = (0..MEN.len().min(WOMEN.len()) as u64).map(|r| 40_000 / (r + 12)).collect();
        Self {
            men: words(MEN),
            women: words(WOMEN),
            surnames,
            common: Weighted::new(&weights),
            firsts: Weighted::new(&firsts),
        }
    }

    pub fn choose(&self, draw: &mut Draw) -> Name<'_> {
        let woman = draw.chance(50);
        let first = self.firsts.choose(draw);
        let first = if woman { &self.women[first] } else { &self.men[first] };
        let form = usize::from(woman);
        let mut last = || &self.surnames[self.common.choose(draw)][form];
        let one = last();
        let other = last();
        let second = (woman && draw.chance(4) && other.plain != one.plain).then_some(other);
        Name { woman, first, last: one, second }
    }
}

/// Any town; large ones more often.
pub fn any_town(draw: &mut Draw) -> &'static Town {
    &TOWNS[draw.early(TOWNS.len())]
}

/// A postal code and a street in a town.
pub fn address(draw: &mut Draw, town: &Town) -> (String, String) {
    let mut code = String::with_capacity(6);
    code.push_str(town.postal);
    code.push('-');
    push_number(&mut code, u64::from(1 + draw.below(998)), 3);
    let mut street = String::with_capacity(32);
    street.push_str("ul. ");
    street.push_str(draw.pick(STREETS));
    street.push(' ');
    push_number(&mut street, u64::from(1 + draw.below(120)), 1);
    if draw.chance(30) {
        street.push('/');
        push_number(&mut street, u64::from(1 + draw.below(60)), 1);
    }
    (code, street)
}

/// A mobile number in E.164.
pub fn mobile(draw: &mut Draw) -> String {
    let mut out = String::with_capacity(12);
    out.push_str("+48");
    out.push_str(draw.pick(&["50", "51", "53", "57", "60", "66", "69", "72", "73", "78", "79", "88"]));
    push_number(&mut out, u64::from(draw.below(10_000_000)), 7);
    out
}

/// A fixed number in a town, E.164.
pub fn fixed(draw: &mut Draw, town: &Town) -> String {
    let mut out = String::with_capacity(12);
    out.push_str("+48");
    out.push_str(town.area);
    push_number(&mut out, u64::from(2_000_000 + draw.below(7_000_000)), 7);
    out
}

/// The part before the @. Each of a company's people has a form of its own, so that no two addresses meet.
fn local_part(name: &Name<'_>, i: u64, tie: Option<Tie>) -> String {
    let (first, last) = (name.first.ascii.as_str(), name.last.ascii.as_str());
    let mut out = String::with_capacity(first.len() + last.len() + 8);
    let Some(Tie::Block(k)) = tie else {
        out.push_str(first);
        out.push('.');
        out.push_str(last);
        out.push('.');
        push_number(&mut out, i, 1);
        return out;
    };
    match k % 4 {
        0 => out.extend([first, ".", last]),
        1 => out.extend([&first[..1], ".", last]),
        2 => out.extend([last, "_", first]),
        _ => out.extend([&first[..1], last]),
    }
    if k >= 4 {
        push_number(&mut out, k / 4 + 1, 1);
    }
    out
}

impl Sample {
    /// Who owns a person: the owner of the company, or now and then a colleague.
    pub(crate) fn owner_of_person(&self, i: u64) -> usize {
        let owner = match self.refs.employer(i) {
            Some((company, _)) => self.owner_of_company(company),
            None => self.org.owner(&self.source, Table::Person, i, self.sizes.people, 0),
        };
        self.org.colleague(&self.source, Table::Person, i, owner)
    }

    /// An address at the company's domain, or at a public mailbox.
    fn email(&self, name: &Name<'_>, i: u64, employer: Option<(u64, Tie)>) -> String {
        let mut out = local_part(name, i, employer.map(|(_, tie)| tie));
        out.push('@');
        match employer {
            Some((company, _)) => self.push_domain(&mut out, company),
            None => out
                .push_str(["poczta.example", "skrzynka.example.com", "listy.example.org"][(i % 3) as usize]),
        }
        out
    }

    pub(crate) fn person(&self, i: u64) -> SampleRecord {
        let mut draw = self.source.draw(Table::Person, i);
        let employer = self.refs.employer(i);
        let name = self.names.choose(&mut draw);
        let mut body = Body::new();
        body.set("first_name", name.first.plain.as_str());
        body.set("last_name", name.surname());
        if let Some((company, _)) = employer {
            let (man, woman) = JOBS[draw.early(JOBS.len())];
            body.set("job_title", if name.woman { woman } else { man });
            body.set("company", self.refs.id(Table::Company, company).to_string());
        }
        if draw.chance(92) {
            body.set("email", self.email(&name, i, employer));
        }
        // Most live where they work.
        let town = match employer {
            Some((company, _)) if draw.chance(85) => self.town_of(company),
            _ => any_town(&mut draw),
        };
        let (code, street) = address(&mut draw, town);
        if draw.chance(75) {
            body.set("mobile", mobile(&mut draw));
        }
        if draw.chance(35) {
            body.set("phone", fixed(&mut draw, town));
        }
        body.set("city", town.name);
        body.set("postal_code", code);
        if employer.is_none() || draw.chance(20) {
            body.set("street", street);
        }
        body.set("country", "PL");
        body.set("source", SOURCES[draw.early(SOURCES.len())]);
        if draw.chance(10) {
            body.set("tags", vec![draw.pick(TAGS)]);
        }
        let untouched = if draw.chance(40) { 100 } else { draw.below(100) };
        self.record(Table::Person, i, self.owner_of_person(i), untouched, body.done())
    }
}
