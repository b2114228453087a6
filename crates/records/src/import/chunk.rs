//! One transaction's worth of rows.

use super::memory::{Memory, refers_to_itself};
use super::{ImportMode, ImportOptions, ImportRun, RefusedRow};
use crate::approvals::Cleared;
use crate::engine::{facts_of, index_row};
use crate::prepare::{check_writable, links_of};
use crate::{Caller, Engine, content};
use access::{Action, Level, ListPermit};
use index::Op;
use intake::Parsed;
use kernel::{Fault, RecordId, Result, SubjectId, Text};
use ledger::{Act, Event};
use schema::{Content, Entity, fold};
use serde_json::Value;
use std::collections::HashMap;
use store::{Row, RowWrite};

/// What one chunk will write.
#[derive(Default)]
pub(super) struct Work {
    pub(super) rows: Vec<RowWrite>,
    pub(super) contents: Vec<Content>,
    pub(super) subjects: Vec<SubjectId>,
}

impl Work {
    fn changes(&self, id: RecordId) -> bool {
        self.rows.iter().any(|w| matches!(w, RowWrite::Update { row, .. } if row.id == id))
    }
}

fn key(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), fold)
}

fn refuse(
    run: &mut ImportRun,
    line: u64,
    column: Option<&str>,
    code: &str,
    reason: Text,
    duplicate_of: Option<RecordId>,
) {
    run.report.list(RefusedRow {
        line,
        column: column.map(str::to_owned),
        code: code.to_owned(),
        value: None,
        reason,
        example: None,
        duplicate_of,
    });
}

impl Engine {
    pub(super) async fn import_chunk(
        &self,
        caller: &Caller,
        entity: &Entity,
        rows: Vec<Parsed>,
        options: &ImportOptions,
        memory: &mut Memory,
        run: &mut ImportRun,
    ) -> Result<()> {
        let list = caller.policy.list(&caller.actor, Action::Read, entity.code).ok();
        let found = self.known_values(entity, list.as_ref(), &rows).await?;
        let (mut work, before) = (Work::default(), run.report.updated);
        for row in rows {
            run.report.rows += 1;
            run.report.last_line = run.report.last_line.max(row.line);
            self.import_row(caller, entity, row, options, memory, run, &found, &mut work).await?;
        }
        // A dry run says so before anything is written. What was written before is counted already.
        let written = if options.dry_run { 0 } else { before };
        let cleared = self.cleared_import(caller, run.report.updated - written).await?;
        if options.dry_run || work.rows.is_empty() {
            return Ok(());
        }
        self.write_chunk(caller, entity, (work, cleared), memory, run).await
    }

    /// Which unique values of these rows a visible record has already.
    async fn known_values(
        &self,
        entity: &Entity,
        permit: Option<&ListPermit>,
        rows: &[Parsed],
    ) -> Result<HashMap<(String, String), RecordId>> {
        let mut known = HashMap::new();
        let Some(permit) = permit else { return Ok(known) };
        for field in
            entity.fields.iter().filter(|f| f.flags.unique && permit.most().level(&f.name) >= Level::Read)
        {
            let values: Vec<Value> =
                rows.iter().filter_map(|r| r.content.get(&field.name).cloned()).collect();
            for (at, id) in self.0.index.find_many(permit, &field.name, values.clone()).await? {
                known.entry((field.name.clone(), key(&values[at]))).or_insert(id);
            }
        }
        Ok(known)
    }

    #[allow(clippy::too_many_arguments, reason = "one row against everything that the run knows")]
    async fn import_row(
        &self,
        caller: &Caller,
        entity: &Entity,
        mut row: Parsed,
        options: &ImportOptions,
        memory: &mut Memory,
        run: &mut ImportRun,
        found: &HashMap<(String, String), RecordId>,
        work: &mut Work,
    ) -> Result<()> {
        let unique: Vec<(String, String)> = entity
            .fields
            .iter()
            .filter(|f| f.flags.unique)
            .filter_map(|f| Some((f.name.clone(), key(row.content.get(&f.name)?))))
            .collect();
        let in_file = unique.iter().find_map(|u| memory.taken.get(u).copied());
        let known = unique.iter().find_map(|u| found.get(u).copied());
        match (known.or(in_file), options.mode) {
            (None, _) | (_, ImportMode::Create) => {}
            // A record that an earlier row of this chunk changes already has another version by now.
            (Some(id), ImportMode::Update) if known.is_some() && !work.changes(id) => {
                return self.import_update(caller, entity, row, id, memory, run, work).await;
            }
            (Some(id), _) => {
                run.report.duplicates += 1;
                let reason = Text::of("Taki rekord już istnieje.", "This record already exists.");
                // What a dry run would have made is no record.
                let same = known.or((!options.dry_run).then_some(id));
                refuse(run, row.line, None, "duplicate", reason, same);
                return Ok(());
            }
        }
        let (owner, team) = self.import_owner(caller, entity, row.owner.as_deref(), memory)?;
        let subject =
            match self.import_refs(caller, entity, &mut row, memory, run, work, (owner, team)).await? {
                Ok(subject) => subject,
                Err((field, reason)) => {
                    run.report.refused += 1;
                    refuse(run, row.line, Some(&field), "unknown-record", reason, None);
                    return Ok(());
                }
            };
        let record = self.fresh_row(caller, entity, owner, team, subject);
        if let Err(fault) = caller
            .policy
            .write(&caller.actor, Action::Create, record.id, &facts_of(&record, None))
            .and_then(|permit| {
                let input = Value::Object(row.input.clone());
                check_writable(entity, permit.mask(), &input)
            })
        {
            run.report.refused += 1;
            let issue = fault.issues.first();
            let reason = issue.map_or_else(|| fault.message.clone(), |i| i.reason.clone());
            refuse(run, row.line, issue.map(|i| i.field.as_str()), fault.kind.code(), reason, None);
            return Ok(());
        }
        memory.taken.extend(unique.into_iter().map(|u| (u, record.id)));
        if record.subject == record.id.cast() {
            work.subjects.push(record.subject);
        }
        run.report.made += 1;
        work.rows.push(RowWrite::Insert { links: links_of(entity, &row.content), row: record });
        work.contents.push(row.content);
        Ok(())
    }

    /// Fills a record that is there already with the values of a row.
    #[allow(clippy::too_many_arguments, reason = "one row against everything that the run knows")]
    async fn import_update(
        &self,
        caller: &Caller,
        entity: &Entity,
        mut row: Parsed,
        id: RecordId,
        memory: &mut Memory,
        run: &mut ImportRun,
        work: &mut Work,
    ) -> Result<()> {
        let Some(kept) = self.0.store.row(id).await? else {
            return Ok(());
        };
        // As by itself: what is in the bin is taken out of it first.
        if kept.deleted_at.is_some() {
            run.report.duplicates += 1;
            let reason = Text::of("Taki rekord jest w koszu.", "This record is in the bin.");
            refuse(run, row.line, None, "duplicate", reason, Some(id));
            return Ok(());
        }
        let (facts, _) = self.facts(&kept).await?;
        let patched = match caller.policy.write(&caller.actor, Action::Update, id, &facts) {
            Err(fault) => Err(fault),
            Ok(permit) => {
                let named: Vec<String> = row.refs.iter().map(|(field, _)| field.clone()).collect();
                let owner = (kept.owner, kept.team);
                if let Err((field, reason)) =
                    self.import_refs(caller, entity, &mut row, memory, run, work, owner).await?
                {
                    run.report.refused += 1;
                    refuse(run, row.line, Some(&field), "unknown-record", reason, Some(id));
                    return Ok(());
                }
                let mut input = row.input.clone();
                for field in named {
                    if let Some(found) = row.content.get(&field) {
                        input.insert(field, found.clone());
                    }
                }
                let input = Value::Object(input);
                let before = content::open_to_write(&self.0.vault, &permit, &kept)?;
                check_writable(entity, permit.mask(), &input)
                    .and_then(|()| schema::check_patch(entity, &before, &input))
                    .map(|after| (before, after))
            }
        };
        match patched {
            Err(fault) => {
                run.report.refused += 1;
                refuse(run, row.line, None, fault.kind.code(), fault.message, Some(id));
            }
            Ok((before, after)) if before == after => run.report.duplicates += 1,
            Ok((before, after)) => {
                let next = Row {
                    version: kept.version + 1,
                    updated_at: self.now(),
                    updated_by: caller.actor.user,
                    ..kept
                };
                let diff = content::seal_diff(&self.0.vault, &next, &before, &after)?;
                run.report.updated += 1;
                work.rows.push(RowWrite::Update { links: links_of(entity, &after), row: next, diff });
                work.contents.push(after);
            }
        }
        Ok(())
    }

    /// Makes keys, seals, commits with the register entry, and feeds the index.
    async fn write_chunk(
        &self,
        caller: &Caller,
        entity: &Entity,
        (mut work, cleared): (Work, Cleared<'_>),
        memory: &mut Memory,
        run: &mut ImportRun,
    ) -> Result<()> {
        self.0.store.check_room().await?;
        let vault = self.0.vault.clone();
        let subjects = std::mem::take(&mut work.subjects);
        let work = tokio::task::spawn_blocking(move || -> Result<Work> {
            vault.add_subjects(&subjects)?;
            let sealing = work.rows.iter().filter_map(|write| match write {
                RowWrite::Insert { row, .. } | RowWrite::Update { row, .. } => Some(row.subject),
                RowWrite::Remove { .. } => None,
            });
            vault.prefetch(&sealing.collect::<Vec<_>>())?;
            for (write, content) in work.rows.iter_mut().zip(&work.contents) {
                if let RowWrite::Insert { row, .. } | RowWrite::Update { row, .. } = write {
                    content::seal_into(&vault, row, content)?;
                }
            }
            Ok(work)
        })
        .await
        .map_err(Fault::bug)??;
        let event =
            Event { entity: entity.code.0, part_of: run.report.id, ..self.event(caller, Act::RecordImport) };
        let mut batch = Self::batch(caller, event);
        batch.docs.push(run.doc(self, false)?);
        cleared.join(&mut batch);
        batch.jobs.extend(run.note_listed(self, caller).await?);
        let ops = work
            .rows
            .iter()
            .zip(work.contents)
            .filter_map(|(write, content)| match write {
                RowWrite::Insert { row, .. } | RowWrite::Update { row, .. } => {
                    Some(Op::Put(index_row(row, content)))
                }
                RowWrite::Remove { .. } => None,
            })
            .collect();
        batch.rows = work.rows;
        let (_, indexing) = self.commit_ahead(batch, ops).await?;
        memory.indexed().await?;
        memory.indexing = Some(indexing);
        run.kept_once_more();
        if refers_to_itself(entity) {
            memory.indexed().await?;
        }
        Ok(())
    }
}
