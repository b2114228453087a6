//! Every row against what the ledger last said of it.

use crate::contract::{Doc, DocKind, Row};
use crate::finding::{RowDamage, RowFinding};
use crate::hash::{doc_hash, row_hash};
use kernel::{RecordId, Result};
use ledger::Report;
use std::collections::HashSet;

/// What is compared, a page at a time.
pub trait Rows {
    /// Records by id, after `after`.
    fn scan(&self, after: Option<&RecordId>, limit: u32) -> Result<Vec<Row>>;
    /// How many changes of a record are kept.
    fn change_count(&self, record: &RecordId) -> Result<u64>;
    /// Documents of a kind by id, after `after`.
    fn docs_after(&self, kind: DocKind, after: &[u8], limit: u32) -> Result<Vec<Doc>>;
}

/// Rows read at once.
const PAGE: u32 = 1000;
/// Findings that are kept.
pub const MAX_FINDINGS: usize = 1000;

/// What was seen and what was found.
struct Check<'a> {
    report: &'a Report,
    seen: HashSet<(u16, [u8; 16])>,
    findings: Vec<RowFinding>,
}

impl Check<'_> {
    fn compare(&mut self, entity: u16, id: [u8; 16], hash: &[u8; 32]) {
        self.seen.insert((entity, id));
        let what = match self.report.last.get(&(entity, id)) {
            Some(Some(last)) if last == hash => return,
            Some(Some(_)) => RowDamage::Altered,
            Some(None) | None => RowDamage::Extra,
        };
        self.add(entity, id, what);
    }

    fn add(&mut self, entity: u16, id: [u8; 16], what: RowDamage) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(RowFinding { entity, id, what });
        }
    }

    fn missing(&mut self) {
        let kept = self.report.last.iter().filter(|(_, hash)| hash.is_some()).map(|(key, _)| *key);
        let mut missing: Vec<_> = kept.filter(|key| !self.seen.contains(key)).collect();
        missing.sort_unstable();
        for (entity, id) in missing {
            self.add(entity, id, RowDamage::Missing);
        }
    }
}

/// Compares every record and document with its last written touch.
///
/// # Errors
/// Corrupt if a row cannot even be read; otherwise as `rows` fails.
pub fn verify_rows(
    rows: &dyn Rows,
    report: &Report,
    go_on: &dyn Fn() -> Result<()>,
) -> Result<Vec<RowFinding>> {
    let mut check = Check { report, seen: HashSet::new(), findings: Vec::new() };
    let mut after: Option<RecordId> = None;
    loop {
        go_on()?;
        let page = rows.scan(after.as_ref(), PAGE)?;
        for row in &page {
            check.compare(row.entity, *row.id.bytes(), &row_hash(row));
            // A record has one change for each of its versions.
            if rows.change_count(&row.id)? != row.version {
                check.add(row.entity, *row.id.bytes(), RowDamage::Changes);
            }
        }
        match page.last() {
            Some(row) => after = Some(row.id),
            None => break,
        }
    }
    for kind in DocKind::ALL {
        verify_docs(rows, kind, &mut check, go_on)?;
    }
    check.missing();
    Ok(check.findings)
}

fn verify_docs(
    rows: &dyn Rows,
    kind: DocKind,
    check: &mut Check<'_>,
    go_on: &dyn Fn() -> Result<()>,
) -> Result<()> {
    let mut after: Option<[u8; 16]> = None;
    loop {
        go_on()?;
        let from = after.as_ref().map_or(&[][..], |id| &id[..]);
        let page = rows.docs_after(kind, from, PAGE)?;
        for doc in &page {
            check.compare(kind as u16, doc.id, &doc_hash(doc));
        }
        match page.last() {
            Some(doc) => after = Some(doc.id),
            None => return Ok(()),
        }
    }
}
