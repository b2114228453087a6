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
mod load;
mod report;
mod wire;

use clap::Parser;
use std::path::PathBuf;

/// What goes wrong ends the run.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

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
    /// Memory for the index's pages, in MiB, for each connection, ours and the bare engine's.
    #[arg(long, default_value_t = 64)]
    cache_mib: u32,
    /// Writes the results to this file as well.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Serves an instance until standard input ends: what the benchmark starts itself with.
    #[arg(long, hide = true)]
    serve: Option<PathBuf>,
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
        Some(dir) => child::serve(dir),
        None => run(&args),
    }
}

fn run(args: &Args) -> Result<()> {
    let fixture = fixture::prepare(args)?;
    // What is measured is a copy, so that every run begins with the same data.
    let copy = tempfile::Builder::new().prefix("run-").tempdir_in(&args.dir)?;
    let instance = copy.path().join("instance");
    fixture::copy(&fixture.dir, &instance)?;
    let plain = bare::Plain::make(&instance, &copy.path().join("plain.db"), args.cache_mib)?;
    let mut report = report::Report::new(args, &fixture.facts)?;
    report.forced_write = load::forced_write(copy.path())?;

    let (server, first_start) = child::Server::start(&instance)?;
    let server = restarted(server, &instance, first_start, &mut report)?;
    cases::measure(args, &server, &fixture.facts, &plain, &mut report)?;
    report.memory_mib = server.memory_mib()?;
    if args.import > 0 {
        cases::import(args, &server, &fixture.facts, &plain, &mut report)?;
    }
    report.memory_after_mib = server.memory_mib()?;
    server.stop()?;
    report.print();
    if let Some(path) = &args.json {
        std::fs::write(path, serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(())
}

/// Starts once more, so that the files are in the machine's memory as after an update.
fn restarted(
    server: child::Server,
    instance: &std::path::Path,
    first: f64,
    report: &mut report::Report,
) -> Result<child::Server> {
    server.stop()?;
    let (server, second) = child::Server::start(instance)?;
    report.start_ms = first.min(second);
    Ok(server)
}
