//! The load benchmark: a large sample organisation, served by a process of its own over TLS, asked by
//! many callers at once; and the same rows asked of the bare database engine, in the same run.
//!
//! Processor time is that of the server's process alone; the callers' is not counted. On a machine with
//! few cores they still take it away from each other, which shows in latencies, not in processor time.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its results")]

mod bare;
mod cases;
mod child;
mod fixture;
mod follow;
mod load;
mod report;
mod rights;
mod rival;
mod sessions;
mod shared;
mod sign_ins;
mod wire;

use child::{Hashing, Servers};
use clap::{Parser, ValueEnum};
use cluster::Database;
use fixture::Facts;
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// What goes wrong ends the run.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Where the data lie.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
enum Engine {
    /// In a file.
    #[default]
    File,
    /// In a PostgreSQL server of our own.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::File => "a file",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Loads a large sample and measures it.
#[derive(Parser, Clone, Debug)]
#[command(name = "klucznik-benches", version, about)]
struct Args {
    /// Size: 1 is 1,000,000 people, 200,000 companies, 500,000 deals, 2,000,000 activities.
    #[arg(long, default_value_t = 0.05)]
    scale: f64,
    /// People alone; the rest stays in proportion.
    #[arg(long, conflicts_with = "scale")]
    people: Option<u64>,
    /// Where the data lie.
    #[arg(long, value_enum, default_value_t)]
    engine: Engine,
    /// Servers over one database: the table is made for one, then for two, up to so many.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=8))]
    servers: u8,
    /// Seed of the sample.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder that keeps loaded instances from one run to the next.
    #[arg(long, default_value = "target/bench-data")]
    dir: PathBuf,
    /// Seconds for each figure.
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Callers at once.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 64])]
    callers: Vec<usize>,
    /// Only these users: few, many, management.
    #[arg(long, value_delimiter = ',')]
    users: Vec<String>,
    /// Only these cases, as they are called in the table.
    #[arg(long, value_delimiter = ',')]
    cases: Vec<String>,
    /// Rows of the import; 0: none.
    #[arg(long, default_value_t = 20_000)]
    import: u64,
    /// Sessions among which one is looked for; 0: none.
    #[arg(long, default_value_t = 1_000)]
    sessions: usize,
    /// Seconds of reading, without and with 200 log-ins a minute; 0: none.
    #[arg(long, default_value_t = 15.0)]
    sign_ins: f64,
    /// Grants that are put in once the other figures are there, to read them again with those; 0: none. For 1,000,000
    /// people, 200,000.
    #[arg(long, default_value_t = 0)]
    grants: usize,
    /// Roles that are put in with them. For 1,000,000 people, 500.
    #[arg(long, default_value_t = 0)]
    roles: usize,
    /// Memory for the index's pages, in MiB, for each connection, ours and the bare engine's.
    #[arg(long, default_value_t = 64)]
    cache_mib: u32,
    /// Writes the results to this file as well.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Serves an instance until standard input ends: what the benchmark starts itself with.
    #[arg(long, hide = true)]
    serve: Option<PathBuf>,
    /// What a password's hash costs there.
    #[arg(long, value_enum, default_value_t, hide = true)]
    hashing: Hashing,
}

impl Args {
    fn factor(&self) -> f64 {
        self.people.map_or(self.scale, |people| people as f64 / 1e6)
    }

    fn wants(list: &[String], name: &str) -> bool {
        list.is_empty() || list.iter().any(|wanted| wanted == name)
    }
}

fn main() -> Result<()> {
    let args = Args::parse();
    match &args.serve {
        Some(dir) => child::serve(dir, args.hashing),
        None => run(&args),
    }
}

/// The instance that is measured.
struct Ground {
    /// A folder for each server.
    dirs: Vec<PathBuf>,
    facts: Facts,
    database: Option<Database>,
}

/// What is measured is new or a copy, so that every run begins with the same data.
fn ground(args: &Args, at: &Path) -> Result<Ground> {
    let first = at.join("instance");
    if args.engine == Engine::File {
        if args.servers > 1 {
            return Err("a file has one server: --engine postgres is for more".into());
        }
        let fixture = fixture::prepare(args)?;
        fixture::copy(&fixture.dir, &first)?;
        return Ok(Ground { dirs: vec![first], facts: fixture.facts, database: None });
    }
    let database = Database::to_measure();
    let facts = fixture::prepare_in(args, &first, &database)?;
    let mut dirs = vec![first];
    for n in 2..=args.servers {
        let next = at.join(format!("instance{n}"));
        fixture::copy(&dirs[0], &next)?;
        dirs.push(next);
    }
    Ok(Ground { dirs, facts, database: Some(database) })
}

fn run(args: &Args) -> Result<()> {
    std::fs::create_dir_all(&args.dir)?;
    let place = tempfile::Builder::new().prefix("run-").tempdir_in(&args.dir)?;
    let Ground { dirs, facts, database } = ground(args, place.path())?;
    let plain = bare::Plain::make(&dirs[0], &place.path().join("plain.db"), args.cache_mib)?;
    let rival = database.as_ref().map(rival::Rival::beside).transpose()?;
    let mut report = report::Report::new(args, &facts)?;
    report.forced_write = load::forced_write(place.path())?;
    for count in 1..=dirs.len() {
        let servers = restarted(&dirs[..count], database.as_ref().map(Database::process), &mut report)?;
        cases::measure(args, &servers, &facts, &plain, rival.as_ref(), &mut report)?;
        if count > 1 {
            report.follow = Some(follow::measure(&servers, &facts)?);
        }
        report.memory_mib = servers.memory_mib()?;
        if args.import > 0 && count == dirs.len() {
            cases::import(args, &servers, &facts, &plain, &mut report)?;
        }
        report.memory_after_mib = servers.memory_mib()?;
        servers.stop()?;
    }
    if args.sessions > 0 {
        report.sessions = Some(sessions::measure(&dirs[0], args.sessions)?);
    }
    if args.sign_ins > 0.0 {
        let database = database.as_ref().map(Database::process);
        report.sign_ins = Some(sign_ins::measure(args, dirs[0].clone(), database, &facts)?);
    }
    if args.grants + args.roles > 0 {
        rights::measure(args, &dirs, database.as_ref().map(Database::process), &facts, &mut report)?;
    }
    report.print();
    if let Some(path) = &args.json {
        std::fs::write(path, serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(())
}

/// Starts twice, so that the files are in the machine's memory as after an update.
fn restarted(dirs: &[PathBuf], database: Option<u32>, report: &mut report::Report) -> Result<Servers> {
    let (servers, first) = Servers::start(dirs, database, Hashing::Cheap)?;
    servers.stop()?;
    let (servers, second) = Servers::start(dirs, database, Hashing::Cheap)?;
    report.start_ms = first.min(second);
    Ok(servers)
}
