//! What records need to know of each other: ids, times, and who belongs to whom. A record refers only to
//! records made before it.

use crate::timeline::{Place, Timeline};
use crate::{Sizes, Source, Table};
use kernel::{RecordId, Time};

/// Purposes of mixed bits, so that one choice does not follow from another.
const PLACE: u64 = 1;
const ID: u64 = 2;
const TIE: u64 = 3;
const WHICH: u64 = 4;
const PARENT: u64 = 5;

/// The name of the entity; nothing for what is no record.
pub const fn entity(table: Table) -> &'static str {
    match table {
        Table::Company => "company",
        Table::Person => "person",
        Table::Lead => "lead",
        Table::Deal => "deal",
        Table::Activity => "activity",
        Table::Note => "note",
        Table::User | Table::Csv => "",
    }
}

/// The web of references.
pub struct Refs {
    source: Source,
    sizes: Sizes,
    pub timeline: Timeline,
}

impl Refs {
    pub fn new(source: Source, sizes: Sizes, now: Time) -> Self {
        Self { source, sizes, timeline: Timeline::new(now) }
    }

    /// How many records there are.
    pub const fn count(&self, table: Table) -> u64 {
        match table {
            Table::Company => self.sizes.companies,
            Table::Person => self.sizes.people,
            Table::Lead => self.sizes.leads,
            Table::Deal => self.sizes.deals,
            Table::Activity => self.sizes.activities,
            Table::Note => self.sizes.notes,
            Table::User | Table::Csv => 0,
        }
    }

    /// Where in time record `i` was made: within the `i`-th of `n` equal steps.
    fn place(&self, table: Table, i: u64) -> Place {
        if i == 0 {
            return 0;
        }
        // At most 15/16 of a step, so that neighbours never meet.
        let jitter = (self.source.mix(table, i, PLACE) >> 32) / 16 * 15;
        ((i << 32) | jitter) / self.count(table).max(1)
    }

    pub fn created(&self, table: Table, i: u64) -> Time {
        self.timeline.at(self.place(table, i))
    }

    /// When it was last changed, if nothing happened in the last `untouched` percent of its life.
    pub fn updated(&self, table: Table, i: u64, untouched: u32) -> Time {
        let place = self.place(table, i);
        let life = (1u64 << 32).saturating_sub(place);
        self.timeline.at(place + life * u64::from(100 - untouched.min(100)) / 100)
    }

    /// The id: UUID version 7 (RFC 9562 §5.7) at the time the record was made.
    pub fn id(&self, table: Table, i: u64) -> RecordId {
        let Time(ms) = self.created(table, i);
        let mut b = [0u8; 16];
        b[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        b[6] = 0x70;
        b[7] = table as u8;
        b[8..].copy_from_slice(&self.source.mix(table, i, ID).to_be_bytes());
        b[8] = 0x80 | (b[8] & 0x3f);
        RecordId::from_bytes(b)
    }

    /// How many records of `other` were made before record `i` of `table`; the first always was.
    fn before(&self, table: Table, i: u64, other: Table) -> u64 {
        (i * self.count(other) / self.count(table).max(1)).max(1)
    }

    /// One made before, the latest as likely as the first.
    fn earlier(&self, table: Table, i: u64, other: Table) -> u64 {
        self.source.below(table, i, WHICH, self.before(table, i, other))
    }

    /// Where a person works, and whether that follows from the order: most people were entered with
    /// their company, some came to an older one, some are on their own.
    pub fn employer(&self, i: u64) -> Option<(u64, Tie)> {
        if self.sizes.companies == 0 {
            return None;
        }
        match self.source.below(Table::Person, i, TIE, 100) {
            0..7 => None,
            7..15 => Some((self.earlier(Table::Person, i, Table::Company), Tie::Late)),
            _ => {
                let company = self.before(Table::Person, i, Table::Company) - 1;
                // The first person of this company, to number the others from.
                let first = if company == 0 {
                    0
                } else {
                    ((company + 1) * self.sizes.people).div_ceil(self.sizes.companies)
                };
                Some((company, Tie::Block(i.saturating_sub(first))))
            }
        }
    }

    /// With whom and where a deal is made: person and company.
    pub fn customer(&self, i: u64) -> (Option<u64>, Option<u64>) {
        if self.sizes.people == 0 {
            let any = (self.sizes.companies > 0).then(|| self.earlier(Table::Deal, i, Table::Company));
            return (None, any);
        }
        let person = self.earlier(Table::Deal, i, Table::Person);
        (Some(person), self.employer(person).map(|(company, _)| company))
    }

    /// What an activity or a note hangs on.
    pub fn parent(&self, table: Table, i: u64) -> Option<(Table, u64)> {
        let first = match self.source.below(table, i, PARENT, 100) {
            0..45 => 0,
            45..80 => 1,
            80..92 => 2,
            _ => 3,
        };
        let tables = [Table::Person, Table::Deal, Table::Company, Table::Lead];
        (0..4)
            .map(|k| tables[(first + k) % 4])
            .find(|&t| self.count(t) > 0)
            .map(|t| (t, self.earlier(table, i, t)))
    }
}

/// How a person came to an employer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tie {
    /// Entered with the company, as its so-manyth person.
    Block(u64),
    /// Later.
    Late,
}
