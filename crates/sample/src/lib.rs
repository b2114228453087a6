//! An invented organisation: teams, users, companies, people, leads, deals, activities and notes, the
//! same on every machine for the same seed, time and sizes. Used by the demo, by benchmarks and tests.
//!
//! Everything is made by chance from word lists. E-mail domains are reserved (RFC 2606). NIP and REGON
//! have right check digits; they and the KRS numbers are taken from ranges that are, as far as is
//! known, not given out. Telephone numbers only look right: nobody may be called at them.
//!
//! Record `i` of a table depends on seed, time, sizes and `i` alone, so nothing is kept in memory and a
//! reference to another record needs no more than its number.

mod body;
mod company;
mod csv;
mod draw;
mod numbers;
mod org;
mod person;
mod refs;
mod text;
mod timeline;
mod trade;
mod words;

pub use csv::csv_people;
pub use org::{Team, User};

use draw::{Draw, Source, Table};
use kernel::{RecordId, Time};
use org::Organisation;
use person::Names;
use refs::Refs;
use serde_json::Value;

/// How many of everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sizes {
    /// People. Each number of records must be below 2^32.
    pub people: u64,
    /// Companies; up to 8,000,000, so that their NIPs differ.
    pub companies: u64,
    /// Leads.
    pub leads: u64,
    /// Deals.
    pub deals: u64,
    /// Activities.
    pub activities: u64,
    /// Notes.
    pub notes: u64,
    /// Users, if the organisation is not the named one.
    pub users: usize,
    /// Sales teams: up to 3 give the named organisation of the demo, with 15 users; more give that many
    /// teams under five regions, with numbered users.
    pub teams: usize,
}

impl Sizes {
    /// The demo: small enough to load in seconds, large enough to look like a firm.
    #[must_use]
    pub const fn demo() -> Self {
        Self {
            people: 2_000,
            companies: 600,
            leads: 300,
            deals: 900,
            activities: 4_000,
            notes: 1_500,
            users: 15,
            teams: 3,
        }
    }

    /// The load benchmark. `factor` 1 is 1,000,000 people, 200,000 companies, 100,000 leads, 500,000
    /// deals, 2,000,000 activities, 200,000 notes for 500 users in 50 teams. Users and teams shrink no
    /// further than to 50 and 10, so that small runs still have colleagues and strangers.
    #[must_use]
    pub fn bench(factor: f64) -> Self {
        let factor = if factor.is_finite() { factor.clamp(0.0001, 40.0) } else { 0.05 };
        let scaled = |n: f64| ((n * factor).round() as u64).max(1);
        let few =
            |n: f64, least: usize, most: usize| usize::try_from(scaled(n)).unwrap_or(most).clamp(least, most);
        Self {
            people: scaled(1e6),
            companies: scaled(2e5),
            leads: scaled(1e5),
            deals: scaled(5e5),
            activities: scaled(2e6),
            notes: scaled(2e5),
            users: few(500.0, 50, 500),
            teams: few(50.0, 10, 50),
        }
    }
}

impl Default for Sizes {
    /// The benchmark at a twentieth.
    fn default() -> Self {
        Self::bench(0.05)
    }
}

/// One record, as it would be created through the API.
#[derive(Clone, PartialEq, Debug)]
pub struct SampleRecord {
    /// Name of the entity.
    pub entity: &'static str,
    /// Id; grows with the number of the record, as do the times.
    pub id: RecordId,
    /// Index of the owning user in [`Sample::users`].
    pub owner: usize,
    /// Index of the owner's team in [`Sample::teams`].
    pub team: usize,
    /// What an activity or a note hangs on.
    pub parent: Option<(&'static str, RecordId)>,
    /// When it was made.
    pub created: Time,
    /// When it was last changed: not before `created`, not after now.
    pub updated: Time,
    /// The content.
    pub input: Value,
}

/// The generator.
pub struct Sample {
    source: Source,
    sizes: Sizes,
    org: Organisation,
    refs: Refs,
    names: Names,
    cores: Vec<String>,
}

impl Sample {
    /// A sample for a seed, seen from `now`.
    #[must_use]
    pub fn new(seed: u64, now: Time, sizes: Sizes) -> Self {
        let source = Source::new(seed);
        let org = Organisation::new(&source, &sizes);
        let refs = Refs::new(source.clone(), sizes, now);
        Self { source, sizes, org, refs, names: Names::new(), cores: company::cores() }
    }

    /// The sizes asked for.
    #[must_use]
    pub const fn sizes(&self) -> Sizes {
        self.sizes
    }

    /// Teams; parents come before their children.
    #[must_use]
    pub fn teams(&self) -> &[Team] {
        &self.org.teams
    }

    /// Users.
    #[must_use]
    pub fn users(&self) -> &[User] {
        &self.org.users
    }

    /// Index of the seller who owns very few records (about 20 people), in a numbered organisation.
    #[must_use]
    pub const fn seller_with_few(&self) -> Option<usize> {
        self.org.few
    }

    /// Index of the seller who owns about 8 % of all records, in a numbered organisation.
    #[must_use]
    pub const fn seller_with_many(&self) -> Option<usize> {
        self.org.many
    }

    /// Companies, oldest first.
    pub fn companies(&self) -> impl Iterator<Item = SampleRecord> + '_ {
        (0..self.sizes.companies).map(|i| self.company(i))
    }

    /// People, oldest first. They refer to companies.
    pub fn people(&self) -> impl Iterator<Item = SampleRecord> + '_ {
        (0..self.sizes.people).map(|i| self.person(i))
    }

    /// Leads, oldest first.
    pub fn leads(&self) -> impl Iterator<Item = SampleRecord> + '_ {
        (0..self.sizes.leads).map(|i| self.lead(i))
    }

    /// Deals, oldest first. They refer to companies and people.
    pub fn deals(&self) -> impl Iterator<Item = SampleRecord> + '_ {
        (0..self.sizes.deals).map(|i| self.deal(i))
    }

    /// Activities, oldest first. Each hangs on a record made before it.
    pub fn activities(&self) -> impl Iterator<Item = SampleRecord> + '_ {
        (0..self.sizes.activities).map(|i| self.activity(i))
    }

    /// Notes, oldest first. Each hangs on a record made before it.
    pub fn notes(&self) -> impl Iterator<Item = SampleRecord> + '_ {
        (0..self.sizes.notes).map(|i| self.note(i))
    }

    /// A record that was `untouched` for a share of the time since it was made: 0 is changed just now,
    /// 100 never.
    fn record(&self, table: Table, i: u64, owner: usize, untouched: u32, input: Value) -> SampleRecord {
        SampleRecord {
            entity: refs::entity(table),
            id: self.refs.id(table, i),
            owner,
            team: self.org.users[owner].team,
            parent: None,
            created: self.refs.created(table, i),
            updated: self.refs.updated(table, i, untouched),
            input,
        }
    }
}
