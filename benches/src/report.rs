//! The results, for people and for programs.

use crate::fixture::Facts;
use crate::follow::Follow;
use crate::load::Figures;
use crate::rights::Rights;
use crate::sign_ins::SignIns;
use crate::{Args, Engine, Result};
use serde::Serialize;
use std::fmt;

/// One row of the table.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Who asked.
    pub user: String,
    /// What.
    pub case: String,
    /// Of how many servers.
    pub servers: usize,
    /// What came out.
    #[serde(flatten)]
    pub figures: Figures,
    /// Processor time of the bare engine for the same, in microseconds.
    pub bare_us: f64,
    /// The same write of the bare PostgreSQL, by as many callers, if that is the engine.
    pub bare_write: Option<BareWrite>,
}

/// What the bare PostgreSQL did.
#[derive(Debug, Serialize)]
pub struct BareWrite {
    /// Writes a second.
    pub per_second: f64,
    /// Half of them took at most so long, in milliseconds.
    pub p50_ms: f64,
    /// All but one in a hundred.
    pub p99_ms: f64,
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &self.figures;
        write!(
            out,
            "{:<14} {:<10} {:>3} {:>3} {:>9.2} {:>9.2} {:>9.0} {:>10.0} {:>9.0} {:>6.1}",
            self.case,
            self.user,
            self.servers,
            f.callers,
            f.p50_ms,
            f.p99_ms,
            f.per_second,
            f.cpu_us,
            self.bare_us,
            f.cpu_us / self.bare_us
        )?;
        if f.database_us > 0.0 {
            write!(out, "  database {:.0} µs", f.database_us)?;
        }
        if let Some(bare) = &self.bare_write {
            let ratio = bare.per_second / f.per_second;
            write!(out, "  bare PostgreSQL {:.0} per s, {ratio:.1} times as many", bare.per_second)?;
        }
        if f.failed > 0 { write!(out, "  {} failed", f.failed) } else { Ok(()) }
    }
}

/// What it costs to find out who asks.
#[derive(Debug, Serialize)]
pub struct Sessions {
    /// Sessions that there are.
    pub among: usize,
    /// Processor time of the check that a request begins with, in microseconds.
    pub check_us: f64,
    /// Processor time to find out whether a session's long work may go on, in microseconds.
    pub stands_us: f64,
}

/// What an import did.
#[derive(Debug, Serialize)]
pub struct Import {
    /// Rows of the file.
    pub rows: u64,
    /// Records made of them.
    pub made: u64,
    /// Companies made besides.
    pub companies_made: u64,
    /// Rows refused.
    pub refused: u64,
    /// From sending to the answer.
    pub seconds: f64,
    /// People a second.
    pub rows_per_second: f64,
    /// Processor time for one, in microseconds.
    pub cpu_us: f64,
    /// The same of the bare engine.
    pub bare_us: f64,
}

/// Everything.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    engine: Engine,
    scale: f64,
    seed: u64,
    cache_mib: u32,
    cores: usize,
    records: u64,
    people: u64,
    load_s: f64,
    /// Milliseconds of a forced write of the disk.
    pub forced_write: f64,
    /// Milliseconds from the start of the process to its first answer.
    pub start_ms: f64,
    /// Memory after all but the import, in MiB.
    pub memory_mib: f64,
    /// Memory at the end, in MiB.
    pub memory_after_mib: f64,
    /// The table.
    pub lines: Vec<Line>,
    /// The import.
    pub import: Option<Import>,
    /// Finding out who asks.
    pub sessions: Option<Sessions>,
    /// Others' reads while people sign in.
    pub sign_ins: Option<SignIns>,
    /// How far other servers are behind, of as many as there were last.
    pub follow: Option<Follow>,
    /// With roles and grants.
    pub rights: Option<Rights>,
}

impl Report {
    /// Nothing measured yet.
    pub fn new(args: &Args, facts: &Facts) -> Result<Self> {
        Ok(Self {
            engine: args.engine,
            scale: args.factor(),
            seed: args.seed,
            cache_mib: args.cache_mib,
            cores: std::thread::available_parallelism()?.get(),
            records: facts.records,
            people: facts.people,
            load_s: facts.load_s,
            ..Self::default()
        })
    }

    /// Prints the table.
    pub fn print(&self) {
        println!(
            "{} records, {} of them people, in {}; seed {}; {} cores; forced write {:.2} ms",
            self.records, self.people, self.engine, self.seed, self.cores, self.forced_write
        );
        println!(
            "{:<14} {:<10} {:>3} {:>3} {:>9} {:>9} {:>9} {:>10} {:>9} {:>6}",
            "case", "user", "of", "at", "p50 ms", "p99 ms", "per s", "CPU µs", "bare µs", "ratio"
        );
        for line in &self.lines {
            println!("{line}");
        }
        if let Some(i) = &self.import {
            println!(
                "import         {} people and {} companies in {:.1} s: {:.0} people/s, {:.0} µs CPU each; bare {:.0} µs; {} refused",
                i.made, i.companies_made, i.seconds, i.rows_per_second, i.cpu_us, i.bare_us, i.refused
            );
        }
        if let Some(s) = &self.sessions {
            println!(
                "session        {:.1} µs CPU to find out who asks, {:.1} µs whether work may go on; {} sessions",
                s.check_us, s.stands_us, s.among
            );
        }
        if let Some(s) = &self.sign_ins {
            let ([p50, beside50], [p99, beside99]) = (s.reads_p50_ms, s.reads_p99_ms);
            println!(
                "signing in     {:.0} a minute take {:.0} ms, {:.0} ms all but one in a hundred; meanwhile reads take {beside50:.2} and {beside99:.2} ms, alone {p50:.2} and {p99:.2}: ratios {:.1} and {:.1}",
                s.per_minute,
                s.p50_ms,
                s.p99_ms,
                beside50 / p50,
                beside99 / p99
            );
        }
        if let Some(f) = &self.follow {
            println!(
                "follow         another server tells of a change {:.1} ms after its answer, all but one in a hundred {:.1} ms; of {}",
                f.p50_ms, f.p99_ms, f.changes
            );
        }
        if let Some(rights) = &self.rights {
            println!("{rights}");
        }
        println!("start          {:.0} ms to the first answer", self.start_ms);
        println!(
            "memory         {:.0} MiB, {:.0} MiB after the import",
            self.memory_mib, self.memory_after_mib
        );
        println!("loading        {:.0} records/s", self.records as f64 / self.load_s.max(0.001));
    }
}
