//! The register entry of an import: what it did so far, kept with each chunk, so that it can go on
//! after a crash and be undone later.

use super::listed::Noted;
use super::{ImportOptions, ImportReport};
use crate::{Caller, Engine, Masked, Released};
use identity::{bare_doc, open_doc, put_doc};
use intake::Refusal;
use kernel::{ActId, Fault, FaultKind, RecordId, Result, Text, UserId};
use ledger::Act;
use schema::Entity;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Doc, DocKind, DocWrite};

/// A run under way.
pub struct ImportRun {
    pub(super) report: ImportReport,
    name: String,
    user: UserId,
    version: u64,
    /// What of the list is noted already.
    pub(super) noted: Noted,
}

/// What a file is called in the register. The name it came with can be a person's, and would outlive that
/// person's erasure: only what kind of file it was is kept.
fn kept_name(entity: &Entity, name: &str) -> String {
    const KINDS: [&str; 5] = ["csv", "tsv", "txt", "xlsx", "vcf"];
    let kind = name.rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase());
    let kind = kind.filter(|k| KINDS.contains(&k.as_str()));
    kind.map_or_else(|| entity.plural.clone(), |kind| format!("{}.{kind}", entity.plural))
}

/// What is kept of a run: counts and lines, no values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportList {
    /// The act.
    pub id: ActId,
    /// What kind of file it was: `people.csv`.
    pub name: String,
    /// The entity.
    pub entity: String,
    /// By whom.
    pub user: UserId,
    /// Last kept when (RFC 3339).
    pub at: String,
    /// Rows read.
    pub rows: u64,
    /// Records made.
    pub made: u64,
    /// Records changed.
    pub updated: u64,
    /// Companies made.
    pub companies_made: u64,
    /// Duplicates left out.
    pub duplicates: u64,
    /// Rows refused.
    pub refused: u64,
    /// Last line dealt with.
    pub last_line: u64,
    /// Whether it came to its end; if not, it can go on.
    pub finished: bool,
    /// Whether it was undone.
    pub undone: bool,
}

impl ImportRun {
    pub(super) async fn begin(
        engine: &Engine,
        caller: &Caller,
        entity: &Entity,
        options: &ImportOptions,
    ) -> Result<Self> {
        let mut run = Self {
            report: ImportReport {
                // As part of a larger act, the import is that act.
                id: if caller.part_of.is_nil() { engine.id() } else { caller.part_of },
                entity: entity.name.clone(),
                rows: 0,
                made: 0,
                updated: 0,
                companies_made: 0,
                duplicates: 0,
                refused: 0,
                listed: Vec::new(),
                unused_columns: Vec::new(),
                last_line: 0,
                dry_run: options.dry_run,
                finished: false,
            },
            name: kept_name(entity, &options.name),
            user: caller.actor.user,
            version: 0,
            noted: Noted::default(),
        };
        // A job that another attempt began goes on where that one was cut short, if it wrote anything.
        let begun = (caller.again() && !options.dry_run).then_some(caller.part_of);
        if let Some(act) = options.resume.or(begun) {
            let own = |kept: &ImportList| kept.user == caller.actor.user && kept.entity == entity.name;
            let found = engine.import_doc(act).await?.filter(|(_, kept)| own(kept));
            let Some((doc, kept)) = found else {
                if options.resume.is_none() {
                    return Ok(run);
                }
                return Err(engine.refused(caller, 0, RecordId::NIL, Fault::not_found()).await);
            };
            // One that was finished just before its server died is read to its end once more, past all rows.
            if kept.undone || (kept.finished && !caller.again()) {
                let text = Text::of("Ten import jest już zakończony.", "This import has already ended.");
                return Err(Fault::new(FaultKind::Conflict, text));
            }
            run.version = doc.version;
            run.report = ImportReport {
                id: act,
                rows: kept.rows,
                made: kept.made,
                updated: kept.updated,
                companies_made: kept.companies_made,
                duplicates: kept.duplicates,
                refused: kept.refused,
                last_line: kept.last_line,
                ..run.report
            };
            run.take_noted(engine, caller).await?;
        }
        Ok(run)
    }

    pub(super) fn take_refusals(&mut self, refused: Vec<Vec<Refusal>>) {
        for row in refused {
            self.report.rows += 1;
            self.report.refused += 1;
            if let Some(first) = row.first() {
                self.report.last_line = self.report.last_line.max(first.line);
            }
            for reason in row {
                self.report.list(reason.into());
            }
        }
    }

    /// How far it is.
    pub(super) const fn tally(&self) -> [u64; 7] {
        let r = &self.report;
        [r.rows, r.made, r.updated, r.companies_made, r.duplicates, r.refused, r.last_line]
    }

    /// What was read since was not written.
    pub(super) const fn back_to(&mut self, tally: [u64; 7]) {
        let r = &mut self.report;
        [r.rows, r.made, r.updated, r.companies_made, r.duplicates, r.refused, r.last_line] = tally;
    }

    pub(super) fn counts(&self) -> serde_json::Value {
        let r = &self.report;
        json!({
            "rows": r.rows, "made": r.made, "updated": r.updated, "companies_made": r.companies_made,
            "duplicates": r.duplicates, "refused": r.refused, "dry_run": r.dry_run, "finished": r.finished,
        })
    }

    fn kept(&self, engine: &Engine, finished: bool) -> ImportList {
        let r = &self.report;
        ImportList {
            id: r.id,
            name: self.name.clone(),
            entity: r.entity.clone(),
            user: self.user,
            at: engine.now().rfc3339(),
            rows: r.rows,
            made: r.made,
            updated: r.updated,
            companies_made: r.companies_made,
            duplicates: r.duplicates,
            refused: r.refused,
            last_line: r.last_line,
            finished: finished && r.finished,
            undone: false,
        }
    }

    /// The register entry as it is to be kept now.
    pub(super) fn doc(&self, engine: &Engine, finished: bool) -> Result<DocWrite> {
        engine.import_doc_write(&self.kept(engine, finished), self.version + 1)
    }

    pub(super) fn kept_once_more(&mut self) {
        self.version += 1;
    }
}

impl Engine {
    pub(super) fn import_doc_write(&self, kept: &ImportList, version: u64) -> Result<DocWrite> {
        let doc = bare_doc(DocKind::Import, *kept.id.bytes(), version, self.now(), Some(kept.user));
        put_doc(&self.0.vault, doc, kept)
    }

    pub(super) async fn import_doc(&self, act: ActId) -> Result<Option<(Doc, ImportList)>> {
        let Some(doc) = self.0.store.doc(DocKind::Import, *act.bytes()).await? else {
            return Ok(None);
        };
        let kept = open_doc(&self.0.vault, &doc)?;
        Ok(Some((doc, kept)))
    }

    /// What is kept of a user's import. Not an answer by itself: whoever shows it writes that down.
    ///
    /// # Errors
    /// Storage.
    pub async fn import_kept(&self, user: UserId, act: ActId) -> Result<Option<ImportList>> {
        Ok(self.import_doc(act).await?.map(|(_, kept)| kept).filter(|kept| kept.user == user))
    }

    /// The caller's own imports, newest first.
    ///
    /// # Errors
    /// Forbidden for a token; storage.
    pub async fn imports(&self, caller: &Caller, limit: u32) -> Result<Released<Vec<ImportList>>> {
        self.not_by_token(caller).await?;
        let docs = self
            .0
            .store
            .docs_of_user(DocKind::Import, caller.actor.user, limit.clamp(1, kernel::limits::PAGE_MAX))
            .await?;
        let list = docs.iter().map(|doc| open_doc(&self.0.vault, doc)).collect::<Result<_>>()?;
        let receipt = self.receipt(self.event(caller, Act::RecordHistory)).await?;
        Ok(Masked::new(list).release(&receipt))
    }

    /// One of the caller's own imports.
    ///
    /// # Errors
    /// Not found; forbidden for a token.
    pub async fn import_run(&self, caller: &Caller, act: ActId) -> Result<Released<ImportList>> {
        self.not_by_token(caller).await?;
        match self.import_doc(act).await? {
            Some((_, kept)) if kept.user == caller.actor.user => {
                let receipt = self.receipt(self.event(caller, Act::RecordHistory)).await?;
                Ok(Masked::new(kept).release(&receipt))
            }
            _ => Err(self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await),
        }
    }
}
