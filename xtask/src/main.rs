//! `cargo xtask tidy`: the conventions of this repository as tests. Each finding is one line with its
//! place and how to mend it; exceptions stand in `xtask/ratchet.toml`, each with a reason.
//!
//! `cargo xtask openapi`: the OpenAPI document of the built-in entities, on standard output, without a
//! server. Types of the interface are made from it.

mod checks;
mod ratchet;
mod rust;
mod tree;

use ratchet::Ratchet;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use tree::Tree;

/// Something to mend.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Finding {
    path: String,
    /// From 1.
    line: usize,
    /// What is wrong.
    what: String,
    /// What to do.
    mend: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), mend: mend.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}. {}.", self.path, self.line, self.what, self.mend)
    }
}

/// What the checks give back: what is to be mended, and what could not be checked yet.
#[derive(Default, Debug)]
struct Report {
    findings: Vec<Finding>,
    notes: Vec<String>,
}

fn tidy(root: &Path) -> Result<Report, String> {
    let tree = Tree::load(root).map_err(|e| format!("cannot read the repository: {e}"))?;
    let ratchet = match tree.text(ratchet::FILE) {
        Some(text) => Ratchet::parse(text)?,
        None => Ratchet::default(),
    };
    let mut report = checks::all(&tree, &ratchet);
    report.findings.sort();
    report.findings.dedup();
    Ok(report)
}

fn print(report: &Report) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for note in &report.notes {
        writeln!(out, "note: {note}")?;
    }
    for finding in &report.findings {
        writeln!(out, "{finding}")?;
    }
    match report.findings.len() {
        0 => writeln!(out, "tidy"),
        n => writeln!(out, "{n} to mend"),
    }
}

fn fail(message: &str) -> ExitCode {
    // Nothing is left to do if standard error is closed.
    let _ = writeln!(io::stderr(), "{message}");
    ExitCode::from(2)
}

/// Runs what prints the document; this program itself stays ready in seconds.
fn openapi(root: &Path) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = ["run", "--quiet", "--package", "server", "--example", "openapi"];
    match Command::new(cargo).args(run).current_dir(root).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => fail("the document could not be printed"),
        Err(e) => fail(&format!("cannot run cargo: {e}")),
    }
}

const USAGE: &str =
    "usage: cargo xtask tidy | openapi\nexit codes: 0 all is well, 1 something to mend, 2 failed";

fn main() -> ExitCode {
    let Some(root) = Path::new(env!("CARGO_MANIFEST_DIR")).parent() else {
        return fail("xtask lies in no repository");
    };
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["tidy"] => {}
        ["openapi"] => return openapi(root),
        _ => return fail(USAGE),
    }
    match tidy(root) {
        Err(message) => fail(&message),
        Ok(report) => match print(&report) {
            Err(e) => fail(&format!("cannot print: {e}")),
            Ok(()) if report.findings.is_empty() => ExitCode::SUCCESS,
            Ok(()) => ExitCode::from(1),
        },
    }
}
