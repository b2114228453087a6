//! Bringing in a file: many records in one act, which can be undone as one act.

mod chunk;
mod listed;
mod memory;
mod preview;
mod refs;
mod run;
mod undo;

pub use preview::{ImportPreview, PreviewColumn};
pub use run::{ImportList, ImportRun};
pub use undo::Undone;

use crate::beside::seen;
use crate::{Caller, Engine, Masked, Released};
use access::Action;
use intake::{Mapping, Parsed, Problem, Refusal, Source};
use kernel::{ActId, Fault, FaultKind, RecordId, Result, Text};
use ledger::{Act, Event};
use memory::Memory;
use schema::Entity;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc;

/// What to do with a row whose unique value a record has already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    /// Leave the row out and say so.
    #[default]
    Skip,
    /// Fill the record with the row's values.
    Update,
    /// Make a second record.
    Create,
}

/// How a file is brought in.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Name of the file; the register keeps only what kind of file it was.
    pub name: String,
    /// Duplicates.
    pub mode: ImportMode,
    /// Only say what would happen.
    pub dry_run: bool,
    /// An import that was cut short: goes on after its last row.
    pub resume: Option<ActId>,
    /// Set from outside to stop after the rows under way.
    pub cancel: Arc<AtomicBool>,
}

/// A row that did not go in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RefusedRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// Heading of the column, when one cell is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// A stable code in kebab case.
    pub code: String,
    /// What stood there, shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong.
    pub reason: Text,
    /// A value that would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// The record that has the same value already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<RecordId>,
}

impl From<Refusal> for RefusedRow {
    fn from(r: Refusal) -> Self {
        Self {
            line: r.line,
            column: r.column,
            code: r.code,
            value: r.value,
            reason: r.reason,
            example: r.example,
            duplicate_of: None,
        }
    }
}

/// What an import did, or would do.
#[derive(Clone, Debug, Serialize)]
pub struct ImportReport {
    /// The act; undo names it.
    pub id: ActId,
    /// The entity.
    pub entity: String,
    /// Rows read.
    pub rows: u64,
    /// Records made.
    pub made: u64,
    /// Records changed.
    pub updated: u64,
    /// Companies made because a row named them.
    pub companies_made: u64,
    /// Rows left out as duplicates.
    pub duplicates: u64,
    /// Rows refused.
    pub refused: u64,
    /// Each refusal and each duplicate, the first 10,000.
    pub listed: Vec<RefusedRow>,
    /// Headings of columns that fed nothing.
    pub unused_columns: Vec<String>,
    /// Last line that was dealt with.
    pub last_line: u64,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Whether the file was read to its end.
    pub finished: bool,
}

/// Refusals listed in a report.
const LISTED: usize = 10_000;
/// Rows written in one transaction.
const CHUNK: usize = 1_000;

impl ImportReport {
    /// Drops what stood in the refused rows. It belongs to no subject, so no key's destruction reaches it.
    pub fn forget_values(&mut self) {
        self.listed.iter_mut().for_each(|row| row.value = None);
    }

    /// The report without its rows.
    #[must_use]
    pub fn counts(&self) -> Self {
        Self {
            entity: self.entity.clone(),
            listed: Vec::new(),
            unused_columns: self.unused_columns.clone(),
            ..*self
        }
    }

    fn list(&mut self, row: RefusedRow) {
        if self.listed.len() < LISTED {
            self.listed.push(row);
        }
    }
}

/// What the reading thread hands over.
enum Read {
    Rows(Vec<Parsed>, Vec<Vec<Refusal>>, intake::Progress),
    Broken(Fault),
}

impl Engine {
    /// Imports the rows of `source` as records of `entity`, owned by the caller unless the file names
    /// another user. `progress` gets bytes or rows read, and of how many.
    ///
    /// # Errors
    /// Forbidden without the right to import and to create; the file cannot be read. Rows that cannot
    /// go in are in the report.
    pub async fn import(
        &self,
        caller: &Caller,
        entity: &Entity,
        source: Source,
        mapping: Mapping,
        options: &ImportOptions,
        progress: crate::Progress<'_>,
    ) -> Result<Released<ImportReport>> {
        self.check_import(caller, entity).await?;
        if mapping.is_empty() {
            return Err(Fault::invalid(Text::of(
                "Żadna kolumna pliku nie odpowiada polu. Wskaż je: nagłówek=pole.",
                "No column of the file fits a field. Name them: heading=field.",
            )));
        }
        let mut run = ImportRun::begin(self, caller, entity, options).await?;
        run.report.unused_columns = mapping.unused().map(str::to_owned).collect();
        let mut reader = read_ahead(source, entity.clone(), mapping, run.report.last_line);
        let mut memory = Memory::default();
        let mut broken = None;
        while let Some(read) = reader.recv().await {
            // A file takes minutes: rights that were taken away meanwhile end it.
            let now = self.present(caller).and_then(|now| self.may_import(&now, entity).map(|()| now));
            let caller = match &now {
                Ok(now) => now,
                Err(fault) => {
                    broken = Some(fault.clone());
                    break;
                }
            };
            match read {
                Read::Broken(fault) => broken = Some(fault),
                Read::Rows(rows, refused, at) => {
                    let before = run.tally();
                    run.take_refusals(refused);
                    match self.import_chunk(caller, entity, rows, options, &mut memory, &mut run).await {
                        // What was written before stays, can be told and taken back.
                        Err(fault) if fault.kind == FaultKind::ApprovalRequired => {
                            run.back_to(before);
                            broken = Some(fault);
                            break;
                        }
                        done => done?,
                    }
                    progress(at.done, Some(at.total));
                }
            }
            if options.cancel.load(Ordering::Relaxed) {
                broken.get_or_insert_with(cancelled);
                break;
            }
        }
        memory.indexed().await?;
        run.report.finished = broken.is_none();
        self.finish_import(caller, entity, run, broken).await
    }

    /// Refuses whoever may not import at all, before a file is looked at.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn check_import(&self, caller: &Caller, entity: &Entity) -> Result<()> {
        match self.may_import(caller, entity) {
            Ok(()) => Ok(()),
            Err(fault) => Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await),
        }
    }

    /// Of the entity, the fields that are not hidden from the caller: in a file no others are named.
    ///
    /// # Errors
    /// Forbidden without the right to import.
    pub async fn shown_to_importer(&self, caller: &Caller, entity: &Entity) -> Result<Entity> {
        self.check_import(caller, entity).await?;
        let mask = match caller.policy.list(&caller.actor, Action::Read, entity.code) {
            Ok(permit) => permit.most().clone(),
            Err(_) => {
                let facts = self.import_facts(caller, entity)?;
                caller.policy.write(&caller.actor, Action::Create, RecordId::NIL, &facts)?.mask().clone()
            }
        };
        let mut shown = entity.clone();
        shown.fields.retain(|field| mask.level(&field.name) != access::Level::Hidden);
        Ok(shown)
    }

    /// Of what `shown_to_importer` gave, the fields that the caller may fill in: no others are proposed, as every row with
    /// one of them would be refused. What the program computes stays, as a name may be read from it.
    ///
    /// # Errors
    /// Forbidden without the right to create such records.
    pub fn filled_by_importer(&self, caller: &Caller, shown: &Entity) -> Result<Entity> {
        let facts = self.import_facts(caller, shown)?;
        let permit = caller.policy.write(&caller.actor, Action::Create, RecordId::NIL, &facts)?;
        let mut filled = shown.clone();
        let may =
            |f: &schema::Field| f.flags.read_only || permit.mask().level(&f.name) >= access::Level::Write;
        filled.fields.retain(may);
        Ok(filled)
    }

    fn import_facts(&self, caller: &Caller, entity: &Entity) -> Result<access::Facts> {
        let owner = caller.actor.user;
        Ok(access::Facts {
            record: RecordId::NIL,
            entity: entity.code,
            subject: kernel::SubjectId::NIL,
            owner,
            team: self.team_of(caller, owner)?,
            parent: None,
        })
    }

    pub(crate) fn may_import(&self, caller: &Caller, entity: &Entity) -> Result<()> {
        let facts = self.import_facts(caller, entity)?;
        let allowed = |action| caller.policy.decide(&caller.actor, action, &facts).allow;
        // Importing is judged on a record of the caller's own that does not exist yet, like creating.
        if entity.is_child()
            || !allowed(Action::Create)
            || caller.policy.scope(&caller.actor, Action::Import, &entity.name) == access::Scope::None
        {
            return Err(access::lacks_action(&caller.actor, Action::Import, entity));
        }
        Ok(())
    }

    async fn finish_import(
        &self,
        caller: &Caller,
        entity: &Entity,
        mut run: ImportRun,
        broken: Option<Fault>,
    ) -> Result<Released<ImportReport>> {
        // Which records have the values of rows left out, is learnt from the report.
        let touches = run.report.listed.iter().filter_map(|row| Some(seen(entity.code.0, row.duplicate_of?)));
        let mut event = Event {
            entity: entity.code.0,
            part_of: run.report.id,
            touches: touches.collect(),
            ..self.event(caller, Act::RecordImport)
        };
        self.set_detail(&mut event, &run.counts())?;
        let mut batch = Self::batch(caller, event);
        if !run.report.dry_run {
            batch.docs.push(run.doc(self, true)?);
            batch.jobs.extend(run.note_listed(self, caller).await?);
        }
        let done = self.commit(batch, Vec::new()).await?;
        match broken {
            Some(fault) if run.report.rows == 0 => Err(fault),
            Some(fault) => {
                let mut report = run.report;
                report.listed.push(RefusedRow {
                    line: report.last_line,
                    column: None,
                    code: fault.kind.code().to_owned(),
                    value: None,
                    reason: fault.message,
                    example: None,
                    duplicate_of: None,
                });
                Ok(Masked::new(report).release(&done.receipt))
            }
            None => Ok(Masked::new(run.report).release(&done.receipt)),
        }
    }
}

fn cancelled() -> Fault {
    Fault::new(
        kernel::FaultKind::Unavailable,
        Text::of("Import przerwano na żądanie.", "The import was stopped on request."),
    )
}

/// Reads and checks rows on a thread of its own, a few chunks ahead of writing.
fn read_ahead(source: Source, entity: Entity, mapping: Mapping, after_line: u64) -> mpsc::Receiver<Read> {
    let (send, receive) = mpsc::channel(3);
    std::thread::spawn(move || {
        let mut rows = intake::read_rows(source, &entity, &mapping);
        let (mut good, mut bad) = (Vec::with_capacity(CHUNK), Vec::new());
        loop {
            let next = rows.next();
            let ended = match next {
                Some(Ok(row)) => {
                    if row.line > after_line {
                        good.push(row);
                    }
                    false
                }
                Some(Err(Problem::Row(refusals))) => {
                    if refusals.first().is_some_and(|r| r.line > after_line) {
                        bad.push(refusals);
                    }
                    false
                }
                Some(Err(Problem::File(fault))) => {
                    let _ = send.blocking_send(Read::Rows(
                        std::mem::take(&mut good),
                        std::mem::take(&mut bad),
                        rows.progress(),
                    ));
                    let _ = send.blocking_send(Read::Broken(fault));
                    return;
                }
                None => true,
            };
            if ended || good.len() + bad.len() >= CHUNK {
                let batch = Read::Rows(std::mem::take(&mut good), std::mem::take(&mut bad), rows.progress());
                // Nobody listens any more once the import was stopped.
                if send.blocking_send(batch).is_err() || ended {
                    return;
                }
            }
        }
    });
    receive
}
