//! What a row of a file refers to: owner, company, person.

use super::ImportRun;
use super::chunk::Work;
use super::memory::Memory;
use crate::engine::facts_of;
use crate::{Caller, Engine};
use access::{Action, Level};
use intake::Parsed;
use kernel::{RecordId, Result, SubjectId, TeamId, Text, UserId};
use schema::{Entity, FieldKind, SubjectRule, fold};
use serde_json::json;
use std::collections::HashMap;
use store::RowWrite;

impl Engine {
    /// The user that the file names as owner, if the caller may make records for that user; else the caller.
    pub(super) fn import_owner(
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
    pub(super) async fn import_refs(
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
        // What cannot be such a value is not looked for: of a company's address there is no index.
        let fits = |field: &str| match field {
            "nip" => schema::nip(text).is_ok(),
            "email" => schema::email(text).is_ok(),
            _ => true,
        };
        for field in [wanted.title.as_str(), "nip", "email"] {
            let known = wanted.field(field).is_some() && permit.most().level(field) >= Level::Read;
            if !known || !fits(field) {
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
}
