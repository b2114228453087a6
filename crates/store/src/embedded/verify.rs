//! Every row against what the ledger last said of it.

use super::{map, read};
use crate::contract::{DocKind, Row};
use crate::finding::{RowDamage, RowFinding};
use crate::hash::{doc_hash, row_hash};
use kernel::{RecordId, Result};
use ledger::Report;
use rusqlite::{Connection, params};
use std::collections::HashSet;
use vault::storage_fault;

/// Rows read at once.
const PAGE: u32 = 1000;
/// Findings that are kept.
const MAX_FINDINGS: usize = 1000;

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
/// Corrupt if a row cannot even be read; otherwise as [`storage_fault`].
pub fn verify_rows(
    c: &Connection,
    report: &Report,
    go_on: &dyn Fn() -> Result<()>,
) -> Result<Vec<RowFinding>> {
    let mut check = Check { report, seen: HashSet::new(), findings: Vec::new() };
    let mut after: Option<RecordId> = None;
    loop {
        go_on()?;
        let page = read::scan(c, after.as_ref(), PAGE)?;
        for row in &page {
            check.compare(row.entity, *row.id.bytes(), &row_hash(row));
            check_feed(c, row, &mut check)?;
        }
        match page.last() {
            Some(row) => after = Some(row.id),
            None => break,
        }
    }
    for kind in map::DOC_KINDS {
        docs(c, kind, &mut check, go_on)?;
    }
    check.missing();
    Ok(check.findings)
}

/// What SQLCipher says of pages whose MAC is wrong.
///
/// # Errors
/// As [`storage_fault`].
pub fn damaged_pages(c: &Connection) -> Result<Vec<String>> {
    let run = || {
        let mut statement = c.prepare("PRAGMA cipher_integrity_check")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.take(MAX_FINDINGS).collect::<rusqlite::Result<_>>()
    };
    run().map_err(|e: rusqlite::Error| storage_fault(&e))
}

/// A record has one change for each of its versions.
fn check_feed(c: &Connection, row: &Row, check: &mut Check<'_>) -> Result<()> {
    let sql = "SELECT count(*) FROM change WHERE record = ?1";
    let run = || c.prepare_cached(sql)?.query_row([read::Bind(&row.id)], |row| map::count(row, 0));
    let changes = run().map_err(|e: rusqlite::Error| storage_fault(&e))?;
    if changes != row.version {
        check.add(row.entity, *row.id.bytes(), RowDamage::Changes);
    }
    Ok(())
}

fn docs(c: &Connection, kind: DocKind, check: &mut Check<'_>, go_on: &dyn Fn() -> Result<()>) -> Result<()> {
    let sql = map::select!(DOC, " FROM doc WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
    let mut after: Option<[u8; 16]> = None;
    loop {
        go_on()?;
        let from = after.as_ref().map_or(&[][..], |id| &id[..]);
        let page = read::many(c, sql, params![kind as u16, from, PAGE], map::doc)?;
        for doc in &page {
            check.compare(kind as u16, doc.id, &doc_hash(doc));
        }
        match page.last() {
            Some(doc) => after = Some(doc.id),
            None => return Ok(()),
        }
    }
}
