//! Filling an instance with made-up records: the operator's act, for the demonstration and for
//! measuring. It goes through the same check, sealing, ledger and index as any write; only owner and
//! times are given instead of taken from a caller.

use crate::engine::index_row;
use crate::prepare::links_of;
use crate::{Engine, content};
use index::Op;
use kernel::{Fault, RecordId, Result, SubjectId, TeamId, Time, UserId};
use ledger::{Act, Event, Who};
use schema::{Content, Entity, SubjectRule};
use serde_json::Value;
use std::collections::HashMap;
use store::{Batch, Row, RowWrite};

/// One record to be loaded.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Id.
    pub id: RecordId,
    /// Owner.
    pub owner: UserId,
    /// Team.
    pub team: TeamId,
    /// The record it hangs on.
    pub parent: Option<RecordId>,
    /// Made when.
    pub created_at: Time,
    /// Last changed when.
    pub updated_at: Time,
    /// Values by field, as a client would send them.
    pub input: Value,
}

impl Engine {
    /// Loads records of one entity in one transaction.
    ///
    /// # Errors
    /// A value that a client could not send either; a parent or reference that is not there.
    pub async fn load(&self, entity: &Entity, records: Vec<Loaded>) -> Result<()> {
        let engine = self.clone();
        let entity_of_rows = entity.clone();
        let subjects = self.subjects_of_targets(entity, &records).await?;
        let build = move || engine.build(&entity_of_rows, records, &subjects);
        let (rows, ops) = tokio::task::spawn_blocking(build).await.map_err(Fault::bug)??;
        let mut batch = Batch::new(Event {
            who: Who::Operator,
            entity: entity.code.0,
            ..self.system_event(Act::RecordImport)
        });
        batch.rows = rows;
        self.commit(batch, ops).await.map(drop)
    }

    /// Subjects of the records that these hang on or refer to, as far as they decide whose key seals.
    async fn subjects_of_targets(
        &self,
        entity: &Entity,
        records: &[Loaded],
    ) -> Result<HashMap<RecordId, SubjectId>> {
        let named = |r: &Loaded| -> Vec<RecordId> {
            match &entity.subject {
                SubjectRule::Own => Vec::new(),
                SubjectRule::Parent => r.parent.into_iter().collect(),
                SubjectRule::From(fields) => {
                    fields.iter().filter_map(|f| r.input.get(f)?.as_str()?.parse().ok()).collect()
                }
            }
        };
        let ids: Vec<RecordId> = records.iter().flat_map(named).collect();
        let rows = self.0.store.rows(ids).await?;
        Ok(rows.into_iter().map(|r| (r.id, r.subject)).collect())
    }

    fn build(
        &self,
        entity: &Entity,
        records: Vec<Loaded>,
        subjects: &HashMap<RecordId, SubjectId>,
    ) -> Result<(Vec<RowWrite>, Vec<Op>)> {
        let subject_of = |r: &Loaded, content: &Content| match &entity.subject {
            SubjectRule::Own => r.id.cast(),
            SubjectRule::Parent => {
                r.parent.and_then(|p| subjects.get(&p).copied()).unwrap_or_else(|| r.id.cast())
            }
            SubjectRule::From(fields) => fields
                .iter()
                .find_map(|f| subjects.get(&content.get(f)?.as_str()?.parse().ok()?).copied())
                .unwrap_or_else(|| r.id.cast()),
        };
        let mut prepared = Vec::with_capacity(records.len());
        let mut new = Vec::new();
        for record in records {
            let content = schema::check_content(entity, &record.input)?;
            let subject = subject_of(&record, &content);
            if subject == record.id.cast() {
                new.push(subject);
            }
            prepared.push((record, content, subject));
        }
        self.0.vault.add_subjects(&new)?;
        self.0.vault.prefetch(&prepared.iter().map(|(.., subject)| *subject).collect::<Vec<_>>())?;
        let (mut rows, mut ops) = (Vec::with_capacity(prepared.len()), Vec::with_capacity(prepared.len()));
        for (record, content, subject) in prepared {
            let mut row = Row {
                id: record.id,
                entity: entity.code.0,
                subject,
                owner: record.owner,
                team: record.team,
                parent: record.parent,
                version: 1,
                schema: entity.schema,
                created_at: record.created_at,
                created_by: record.owner,
                updated_at: record.updated_at,
                updated_by: record.owner,
                deleted_at: None,
                sealed: Vec::new(),
            };
            content::seal_into(&self.0.vault, &mut row, &content)?;
            ops.push(Op::Put(index_row(&row, content.clone())));
            rows.push(RowWrite::Insert { links: links_of(entity, &content), row });
        }
        Ok((rows, ops))
    }
}
