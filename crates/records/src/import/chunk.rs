//! One transaction's worth of rows.

use super::{ImportMode, ImportOptions, ImportRun, RefusedRow};
use crate::engine::{facts_of, index_row};
use crate::write::{check_writable, links_of};
use crate::{Caller, Engine, content};
use access::{Action, Level, ListPermit};
use index::Op;
use intake::Parsed;
use kernel::{Fault, RecordId, Result, SubjectId, TeamId, Text, UserId};
use ledger::{Act, Event};
use schema::{Content, Entity, FieldKind, SubjectRule, fold};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::{Batch, Row, RowWrite};

/// What an import remembers from one chunk to the next.
#[derive(Default)]
pub(super) struct Memory {
    /// Unique values of rows that went in: field and value to record.
    taken: HashMap<(String, String), RecordId>,
    /// References already looked up: entity and folded text to record and subject.
    named: HashMap<(String, String), (RecordId, SubjectId)>,
    /// Owners already looked up, by folded text.
    owners: HashMap<String, (UserId, TeamId)>,
}

/// What one chunk will write.
#[derive(Default)]
struct Work {
    rows: Vec<RowWrite>,
    contents: Vec<Content>,
    subjects: Vec<SubjectId>,
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
        let mut work = Work::default();
        for row in rows {
            run.report.rows += 1;
            run.report.last_line = run.report.last_line.max(row.line);
            self.import_row(caller, entity, row, options, memory, run, &found, &mut work).await?;
        }
        if options.dry_run || work.rows.is_empty() {
            return Ok(());
        }
        self.write_chunk(caller, entity, work, run).await
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
            entity.fields.iter().filter(|f| f.flags.unique && permit.mask().level(&f.name) >= Level::Read)
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
                let reason = Text::of("Taki rekord już jest.", "There is such a record already.");
                refuse(run, row.line, None, "duplicate", reason, Some(id));
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

    fn fresh_row(
        &self,
        caller: &Caller,
        entity: &Entity,
        owner: UserId,
        team: TeamId,
        subject: Option<SubjectId>,
    ) -> Row {
        let (id, now): (RecordId, _) = (self.id(), self.now());
        Row {
            id,
            entity: entity.code.0,
            subject: subject.unwrap_or_else(|| id.cast()),
            owner,
            team,
            parent: None,
            version: 1,
            schema: entity.schema,
            created_at: now,
            created_by: caller.actor.user,
            updated_at: now,
            updated_by: caller.actor.user,
            deleted_at: None,
            sealed: Vec::new(),
        }
    }

    /// The user that the file names as owner, if the caller may make records for that user; else the caller.
    fn import_owner(
        &self,
        caller: &Caller,
        entity: &Entity,
        text: Option<&str>,
        memory: &mut Memory,
    ) -> Result<(UserId, TeamId)> {
        let own = (caller.actor.user, self.team_of(caller, caller.actor.user)?);
        let Some(text) = text.map(fold).filter(|t| !t.is_empty()) else {
            return Ok(own);
        };
        if let Some(known) = memory.owners.get(&text) {
            return Ok(*known);
        }
        let named = self.find_user(&text).and_then(|user| {
            let member = caller.policy.members.get(&user).filter(|m| m.active)?;
            let row = self.fresh_row(caller, entity, user, member.team, None);
            let may = caller.policy.decide(&caller.actor, Action::Create, &facts_of(&row, None)).allow;
            may.then_some((user, member.team))
        });
        let owner = named.unwrap_or(own);
        memory.owners.insert(text, owner);
        Ok(owner)
    }

    /// Looks up what a row refers to by name, NIP or e-mail. A company that is not there is made. Gives
    /// the subject whose key is to seal the row, or the field that found nothing.
    #[allow(clippy::too_many_arguments, reason = "one row against everything that the run knows")]
    async fn import_refs(
        &self,
        caller: &Caller,
        entity: &Entity,
        row: &mut Parsed,
        memory: &mut Memory,
        run: &mut ImportRun,
        work: &mut Work,
        owner: (UserId, TeamId),
    ) -> Result<std::result::Result<Option<SubjectId>, (String, Text)>> {
        let mut subjects: HashMap<&str, SubjectId> = HashMap::new();
        for (field, text) in std::mem::take(&mut row.refs) {
            let Some(FieldKind::Reference { entity: target }) = entity.field(&field).map(|f| f.kind.clone())
            else {
                continue;
            };
            let Some(wanted) = caller.policy.catalog.get(&target) else {
                continue;
            };
            let known = (target.clone(), fold(&text));
            let hit = match memory.named.get(&known) {
                Some(hit) => Some(*hit),
                None => match self.find_named(caller, wanted, &text).await? {
                    Some(hit) => Some(hit),
                    None if target == "company" => {
                        self.import_company(caller, wanted, &text, run, work, owner)
                    }
                    None => None,
                },
            };
            let Some((id, subject)) = hit else {
                let reason = Text::new(
                    format!("Nie ma takiego rekordu ({target})."),
                    format!("There is no such record ({target})."),
                );
                return Ok(Err((field, reason)));
            };
            memory.named.insert(known, hit.unwrap_or((id, subject)));
            row.content.insert(field.clone(), json!(id));
            if let SubjectRule::From(fields) = &entity.subject
                && let Some(name) = fields.iter().find(|f| **f == field)
            {
                subjects.insert(name, subject);
            }
        }
        let first = match &entity.subject {
            SubjectRule::From(fields) => fields.iter().find_map(|f| subjects.get(f.as_str()).copied()),
            _ => None,
        };
        Ok(Ok(first))
    }

    async fn find_named(
        &self,
        caller: &Caller,
        wanted: &Entity,
        text: &str,
    ) -> Result<Option<(RecordId, SubjectId)>> {
        let Ok(permit) = caller.policy.list(&caller.actor, Action::Read, wanted.code) else {
            return Ok(None);
        };
        for field in [wanted.title.as_str(), "nip", "email"] {
            if wanted.field(field).is_none() || permit.mask().level(field) < Level::Read {
                continue;
            }
            let found = self.0.index.find(&permit, field, json!(text), 2).await?;
            let rows = self.0.store.rows(found).await?;
            let mut rows = rows.into_iter().filter(|r| r.deleted_at.is_none());
            let Some(row) = rows.next() else { continue };
            // Of two people of one name neither is the one meant: the data would be somebody else's.
            if wanted.name != "company" && rows.next().is_some() {
                return Ok(None);
            }
            return Ok(Some((row.id, row.subject)));
        }
        Ok(None)
    }

    /// A company of which only the name is known, if the caller may make companies.
    fn import_company(
        &self,
        caller: &Caller,
        entity: &Entity,
        name: &str,
        run: &mut ImportRun,
        work: &mut Work,
        owner: (UserId, TeamId),
    ) -> Option<(RecordId, SubjectId)> {
        let content = schema::check_content(entity, &json!({ "name": name })).ok()?;
        let row = self.fresh_row(caller, entity, owner.0, owner.1, None);
        if !caller.policy.decide(&caller.actor, Action::Create, &facts_of(&row, None)).allow {
            return None;
        }
        let hit = (row.id, row.subject);
        run.report.companies_made += 1;
        work.subjects.push(row.subject);
        work.rows.push(RowWrite::Insert { row, links: Vec::new() });
        work.contents.push(content);
        Some(hit)
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
            let reason = Text::of("Taki rekord jest w koszu.", "There is such a record in the bin.");
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
        mut work: Work,
        run: &mut ImportRun,
    ) -> Result<()> {
        self.0.store.check_room().await?;
        let vault = self.0.vault.clone();
        let subjects = std::mem::take(&mut work.subjects);
        let work = tokio::task::spawn_blocking(move || -> Result<Work> {
            vault.add_subjects(&subjects)?;
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
        let mut batch = Batch::new(event);
        batch.docs.push(run.doc(self, false)?);
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
        self.commit(batch, ops).await?;
        run.kept_once_more();
        Ok(())
    }
}
