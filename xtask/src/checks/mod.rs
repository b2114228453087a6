//! The checks. Each takes the repository and gives findings; none reads a file itself.

mod ambient;
mod asvs;
mod events;
mod layers;
mod length;
mod map;
mod routes;
mod texts;
mod words;

use crate::Report;
use crate::ratchet::Ratchet;
use crate::tree::Tree;

/// All checks.
pub fn all(tree: &Tree, ratchet: &Ratchet) -> Report {
    let mut report = Report::default();
    report.findings.extend(layers::check(tree));
    report.findings.extend(length::check(tree, ratchet));
    report.findings.extend(ambient::check(tree, ratchet));
    report.findings.extend(texts::check(tree, ratchet));
    report.findings.extend(words::check(tree, ratchet));
    report.findings.extend(map::check(tree));
    report.findings.extend(events::check(tree));
    report.findings.extend(asvs::check(tree));
    routes::check(tree, &mut report);
    report
}
