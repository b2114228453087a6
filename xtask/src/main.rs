//! `cargo xtask tidy`: the conventions of this repository as tests. Each finding is one line with its
//! place and how to mend it; exceptions stand in `xtask/ratchet.toml`, each with a reason.

mod checks;
mod ratchet;
mod rust;
mod tree;

use ratchet::Ratchet;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
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

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments != ["tidy"] {
        return fail("usage: cargo xtask tidy\nexit codes: 0 tidy, 1 something to mend, 2 could not look");
    }
    let Some(root) = Path::new(env!("CARGO_MANIFEST_DIR")).parent() else {
        return fail("xtask lies in no repository");
    };
    match tidy(root) {
        Err(message) => fail(&message),
        Ok(report) => match print(&report) {
            Err(e) => fail(&format!("cannot print: {e}")),
            Ok(()) if report.findings.is_empty() => ExitCode::SUCCESS,
            Ok(()) => ExitCode::from(1),
        },
    }
}
