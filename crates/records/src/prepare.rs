//! Making a record ready: rights, references, unique values, whose key seals it.

use crate::engine::facts_of;
use crate::write::{CreateInput, ParentInput};
use crate::{Caller, Engine, content};
use access::{Action, Level, Mask};
use kernel::{Fault, FaultKind, FieldIssue, RecordId, Result, SubjectId, TeamId, Text, UserId};
use schema::{Content, Entity, FieldKind, SubjectRule};
use serde_json::Value;
use store::Row;

/// A record made ready to be written, with what goes into the index.
pub(crate) struct Prepared {
    pub(crate) row: Row,
    pub(crate) content: Content,
    pub(crate) links: Vec<(String, RecordId)>,
    pub(crate) require: Vec<(RecordId, u64)>,
}

pub(crate) fn issue(field: &str, code: &str, reason: Text) -> Fault {
    Fault::fields(vec![FieldIssue { field: field.to_owned(), code: code.to_owned(), reason, example: None }])
}

pub(crate) fn conflict(field: &str, reason: Text) -> Fault {
    Fault { kind: FaultKind::Conflict, ..issue(field, "taken", reason) }
}

/// Refuses fields that the caller may not write: hidden ones exactly as unknown ones.
pub(crate) fn check_writable(entity: &Entity, mask: &Mask, input: &Value) -> Result<()> {
    let Some(map) = input.as_object() else {
        return Ok(());
    };
    let mut issues = Vec::new();
    for name in map.keys().filter(|n| entity.field(n).is_some()) {
        let (code, reason) = match mask.level(name) {
            Level::Write => continue,
            Level::Hidden => ("unknown-field", Text::of("Nie ma takiego pola.", "There is no such field.")),
            Level::Masked | Level::Read => (
                "not-writable",
                Text::of(
                    "Twoje role nie pozwalają zmieniać tego pola.",
                    "Your roles do not allow changing this field.",
                ),
            ),
        };
        issues.push(FieldIssue { field: name.clone(), code: code.to_owned(), reason, example: None });
    }
    if issues.is_empty() { Ok(()) } else { Err(Fault::fields(issues)) }
}

/// The references in `content`, by field.
pub(crate) fn links_of(entity: &Entity, content: &Content) -> Vec<(String, RecordId)> {
    entity
        .fields
        .iter()
        .filter(|f| matches!(f.kind, FieldKind::Reference { .. }))
        .filter_map(|f| Some((f.name.clone(), content.get(&f.name)?.as_str()?.parse().ok()?)))
        .collect()
}

impl Engine {
    /// The owner's team; the owner must be an active user.
    pub(crate) fn team_of(&self, caller: &Caller, owner: UserId) -> Result<TeamId> {
        let of_house = |m: &&access::Member| m.partner.is_none() && self.may_act(owner);
        caller.policy.members.get(&owner).filter(of_house).map(|m| m.team).ok_or_else(|| {
            issue(
                "owner",
                "unknown-user",
                Text::of("Nie ma takiego aktywnego użytkownika.", "There is no such active user."),
            )
        })
    }

    /// Loads the records that `content` refers to. Each must be of the right entity, not in the bin, and
    /// visible to the caller; otherwise it counts as not existing, with the same answer after the same work.
    /// A reference among `kept` stood there before, and may stay.
    pub(crate) async fn check_links(
        &self,
        caller: &Caller,
        entity: &Entity,
        links: &[(String, RecordId)],
        kept: &[(String, RecordId)],
    ) -> Result<Vec<(String, Row)>> {
        let mut rows = Vec::with_capacity(links.len());
        for link in links {
            let (field, id) = link;
            if kept.contains(link) {
                rows.extend(self.0.store.row(*id).await?.map(|row| (field.clone(), row)));
                continue;
            }
            let wanted = match entity.field(field).map(|f| &f.kind) {
                Some(FieldKind::Reference { entity }) => caller.policy.catalog.get(entity),
                _ => None,
            };
            let row = self.0.store.row(*id).await?;
            let unknown = || {
                issue(
                    field,
                    "unknown-record",
                    Text::of("Nie ma takiego rekordu.", "There is no such record."),
                )
            };
            let fits = |r: &Row| wanted.is_some_and(|w| r.entity == w.code.0) && r.deleted_at.is_none();
            match self.if_seen(caller, row.filter(fits)).await? {
                Some(row) => rows.push((field.clone(), row)),
                None => {
                    let entity = wanted.map_or(0, |w| w.code.0);
                    return Err(self.refused(caller, entity, *id, unknown()).await);
                }
            }
        }
        Ok(rows)
    }

    /// The row, if the caller may read it.
    async fn if_seen(&self, caller: &Caller, row: Option<Row>) -> Result<Option<Row>> {
        let Some(row) = row else { return Ok(None) };
        let (facts, _) = self.facts(&row).await?;
        Ok(caller.policy.decide(&caller.actor, Action::Read, &facts).allow.then_some(row))
    }

    /// Whose key seals a record with these references and this parent.
    pub(crate) fn subject_for(
        entity: &Entity,
        id: RecordId,
        links: &[(String, Row)],
        parent: Option<&Row>,
    ) -> SubjectId {
        let other = match &entity.subject {
            SubjectRule::Own => None,
            SubjectRule::Parent => parent,
            SubjectRule::From(fields) => {
                fields.iter().find_map(|f| links.iter().find(|(name, _)| name == f)).map(|(_, row)| row)
            }
        };
        other.map_or_else(|| id.cast(), |row| row.subject)
    }

    /// A new record, decided on and ready to be written.
    pub(crate) async fn prepare(
        &self,
        caller: &Caller,
        entity: &Entity,
        input: &CreateInput,
        subject: Option<SubjectId>,
    ) -> Result<Prepared> {
        let content = schema::check_content(entity, &input.fields)?;
        self.prepare_checked(caller, entity, input, content, subject).await
    }

    /// As [`Engine::prepare`], for content that was checked before.
    pub(crate) async fn prepare_checked(
        &self,
        caller: &Caller,
        entity: &Entity,
        input: &CreateInput,
        mut content: Content,
        subject: Option<SubjectId>,
    ) -> Result<Prepared> {
        self.stamp(entity, &Content::new(), &mut content);
        let owner = input.owner.unwrap_or(caller.actor.user);
        let mut row = self.fresh_row(caller, entity, owner, self.team_of(caller, owner)?, None);
        let id = row.id;
        let parent = self.parent_for(caller, entity, input.parent.as_ref()).await?;
        let links = links_of(entity, &content);
        let linked = self.check_links(caller, entity, &links, &[]).await?;
        let own = Self::subject_for(entity, id, &linked, parent.as_ref());
        row.subject = subject.unwrap_or(own);
        row.parent = parent.as_ref().map(|p| p.id);
        let permit =
            caller.policy.write(&caller.actor, Action::Create, id, &facts_of(&row, parent.as_ref()))?;
        check_writable(entity, permit.mask(), &input.fields)?;
        if row.subject == id.cast() {
            self.add_subjects(vec![row.subject]).await?;
        }
        content::seal_into(&self.0.vault, &mut row, &content)?;
        let require = parent.iter().chain(linked.iter().map(|(_, r)| r)).map(|r| (r.id, r.version)).collect();
        Ok(Prepared { row, content, links, require })
    }

    /// A new row that hangs on nothing and has no content yet; its own subject unless one is given.
    pub(crate) fn fresh_row(
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

    /// The record that a new one hangs on: of a fitting entity and visible.
    async fn parent_for(
        &self,
        caller: &Caller,
        entity: &Entity,
        input: Option<&ParentInput>,
    ) -> Result<Option<Row>> {
        let Some(input) = input else { return Ok(None) };
        let unknown = || {
            issue("parent", "unknown-record", Text::of("Nie ma takiego rekordu.", "There is no such record."))
        };
        if !entity.parents.contains(&input.entity) {
            let fitting = entity.parents.join(", ");
            return Err(issue(
                "parent",
                "wrong-entity",
                Text::new(
                    format!("Możliwe są tylko: {fitting}."),
                    format!("Only these are possible: {fitting}."),
                ),
            ));
        }
        let wanted = caller.policy.catalog.get(&input.entity).ok_or_else(unknown)?;
        let row =
            self.0.store.row(input.id).await?.filter(|r| r.entity == wanted.code.0 && r.deleted_at.is_none());
        match self.if_seen(caller, row).await? {
            Some(row) => Ok(Some(row)),
            None => Err(self.refused(caller, wanted.code.0, input.id, unknown()).await),
        }
    }
}
