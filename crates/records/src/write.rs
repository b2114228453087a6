//! Making, changing, binning and restoring one record.

use crate::engine::{facts_of, index_row};
use crate::read::about;
use crate::{Caller, Engine, Masked, RecordView, Released, content};
use access::{Action, Level, Mask};
use index::Op;
use kernel::{Fault, FaultKind, FieldIssue, RecordId, Result, SubjectId, TeamId, Text, UserId};
use ledger::Act;
use schema::{Content, Entity, FieldKind, SubjectRule};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Batch, Row, RowWrite};

/// The record that a new one is to hang on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParentInput {
    /// Its entity.
    pub entity: String,
    /// Its id.
    pub id: RecordId,
}

/// A new record.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateInput {
    /// Values by field.
    pub fields: Value,
    /// Owner; the caller if absent.
    pub owner: Option<UserId>,
    /// The record it hangs on.
    pub parent: Option<ParentInput>,
    /// Make it even if another record has the same unique value.
    #[serde(default)]
    pub allow_duplicate: bool,
}

/// A change to a record.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateInput {
    /// Values by field; null removes (RFC 7396).
    #[serde(default)]
    pub fields: Option<Value>,
    /// New owner; the record moves to the owner's team.
    pub owner: Option<UserId>,
    /// Keep the change even if another record has the same unique value.
    #[serde(default)]
    pub allow_duplicate: bool,
}

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
        caller.policy.members.get(&owner).filter(|m| m.active).map(|m| m.team).ok_or_else(|| {
            issue(
                "owner",
                "unknown-user",
                Text::of("Nie ma takiego czynnego użytkownika.", "There is no such active user."),
            )
        })
    }

    /// Loads the records that `content` refers to. Each must be of the right entity, not in the bin, and
    /// visible to the caller; otherwise it counts as not existing.
    async fn check_links(
        &self,
        caller: &Caller,
        entity: &Entity,
        links: &[(String, RecordId)],
    ) -> Result<Vec<(String, Row)>> {
        let mut rows = Vec::with_capacity(links.len());
        for (field, id) in links {
            let wanted = match entity.field(field).map(|f| &f.kind) {
                Some(FieldKind::Reference { entity }) => caller.policy.catalog.get(entity),
                _ => None,
            };
            let row = self.0.store.row(*id).await?;
            let unknown =
                || issue(field, "unknown-record", Text::of("Nie ma takiego rekordu.", "There is no such record."));
            let fits = |r: &Row| wanted.is_some_and(|w| r.entity == w.code.0) && r.deleted_at.is_none();
            let row = row.filter(fits).ok_or_else(unknown)?;
            let (facts, _) = self.facts(&row).await?;
            if !caller.policy.decide(&caller.actor, Action::Read, &facts).allow {
                return Err(self.refused(caller, row.entity, row.id, unknown()).await);
            }
            rows.push((field.clone(), row));
        }
        Ok(rows)
    }

    /// Whose key seals a record with these references and this parent.
    fn subject_for(
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

    /// Refuses a value that another visible record has in a field flagged `unique`.
    pub(crate) async fn check_unique(
        &self,
        caller: &Caller,
        entity: &Entity,
        content: &Content,
        own: RecordId,
    ) -> Result<()> {
        let Ok(permit) = caller.policy.list(&caller.actor, Action::Read, entity.code) else {
            return Ok(());
        };
        for field in
            entity.fields.iter().filter(|f| f.flags.unique && permit.mask().level(&f.name) >= Level::Read)
        {
            let Some(value) = content.get(&field.name) else {
                continue;
            };
            let found = self.0.index.find(&permit, &field.name, value.clone(), 2).await?;
            if let Some(other) = found.into_iter().find(|id| *id != own) {
                let mut fault = issue(
                    &field.name,
                    "duplicate",
                    Text::new(
                        format!("Taką samą wartość ma już rekord {other}."),
                        format!("Record {other} has the same value already."),
                    ),
                );
                fault.kind = FaultKind::Conflict;
                return Err(fault);
            }
        }
        Ok(())
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
        content: Content,
        subject: Option<SubjectId>,
    ) -> Result<Prepared> {
        let id: RecordId = self.id();
        let owner = input.owner.unwrap_or(caller.actor.user);
        let team = self.team_of(caller, owner)?;
        let parent = self.parent_for(caller, entity, input.parent.as_ref()).await?;
        let links = links_of(entity, &content);
        let linked = self.check_links(caller, entity, &links).await?;
        let own = Self::subject_for(entity, id, &linked, parent.as_ref());
        let subject = subject.unwrap_or(own);
        let now = self.now();
        let mut row = Row {
            id,
            entity: entity.code.0,
            subject,
            owner,
            team,
            parent: parent.as_ref().map(|p| p.id),
            version: 1,
            schema: entity.schema,
            created_at: now,
            created_by: caller.actor.user,
            updated_at: now,
            updated_by: caller.actor.user,
            deleted_at: None,
            sealed: Vec::new(),
        };
        let permit =
            caller.policy.write(&caller.actor, Action::Create, id, &facts_of(&row, parent.as_ref()))?;
        check_writable(entity, permit.mask(), &input.fields)?;
        if subject == id.cast() {
            self.add_subjects(vec![subject]).await?;
        }
        content::seal_into(&self.0.vault, &mut row, &content)?;
        let require = parent.iter().chain(linked.iter().map(|(_, r)| r)).map(|r| (r.id, r.version)).collect();
        Ok(Prepared { row, content, links, require })
    }

    /// Makes keys for new subjects, off the threads that serve requests. A key without a record is
    /// harmless; a record without a key cannot be.
    pub(crate) async fn add_subjects(&self, subjects: Vec<SubjectId>) -> Result<()> {
        // While the disk is full no record comes, and keys alone must not use up the room left.
        self.0.store.check_room().await?;
        let vault = self.0.vault.clone();
        tokio::task::spawn_blocking(move || vault.add_subjects(&subjects)).await.map_err(Fault::bug)?
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
        let row = row.ok_or_else(unknown)?;
        let (facts, _) = self.facts(&row).await?;
        if !caller.policy.decide(&caller.actor, Action::Read, &facts).allow {
            return Err(self.refused(caller, row.entity, row.id, unknown()).await);
        }
        Ok(Some(row))
    }

    /// Makes a record. The answer is its view.
    ///
    /// # Errors
    /// Invalid with the issues of each field; conflict if a unique value is taken; forbidden.
    pub async fn create(
        &self,
        caller: &Caller,
        entity: &Entity,
        input: &CreateInput,
        idempotent: Option<store::Idempotent>,
    ) -> Result<Released<RecordView>> {
        let made = match self.prepare(caller, entity, input, None).await {
            Err(fault) if fault.kind == FaultKind::Forbidden => {
                return Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await);
            }
            other => other?,
        };
        if !input.allow_duplicate {
            self.check_unique(caller, entity, &made.content, made.row.id).await?;
        }
        let mut batch = Batch::new(about(self.event(caller, Act::RecordCreate), &made.row));
        batch.require.clone_from(&made.require);
        // Kept is only which record was made: a repeated call reads it anew, under the rights of that time.
        batch.idempotent =
            idempotent.map(|key| store::Idempotent { sealed: made.row.id.bytes().to_vec(), ..key });
        batch.rows.push(RowWrite::Insert { row: made.row.clone(), links: made.links });
        let op = Op::Put(index_row(&made.row, made.content.clone()));
        let done = self.commit(batch, vec![op]).await?;
        let (facts, _) = self.facts(&made.row).await?;
        // A caller may make what the caller cannot read, such as a record for another team's owner:
        // the mask is then that of somebody without rights.
        let mask = match caller.policy.read(&caller.actor, made.row.id, &facts) {
            Ok(permit) => permit.mask().clone(),
            Err(_) => return Ok(Masked::new(self.bare_view(&made.row, entity)).release(&done.receipt)),
        };
        let view = self.record_view(caller, entity, &mask, &made.row, &facts, &made.content);
        Ok(Masked::new(view).release(&done.receipt))
    }

    fn bare_view(&self, row: &Row, entity: &Entity) -> RecordView {
        RecordView {
            id: row.id,
            entity: entity.name.clone(),
            subject: row.subject,
            owner: self.user_name(row.owner),
            team: self.team_name(row.team),
            parent: None,
            version: row.version,
            created_at: row.created_at.rfc3339(),
            created_by: self.user_name(row.created_by),
            updated_at: row.updated_at.rfc3339(),
            updated_by: self.user_name(row.updated_by),
            deleted_at: None,
            fields: serde_json::Map::new(),
            access: crate::AccessBlock::default(),
        }
    }

    /// Changes fields or the owner of a record whose version the caller knows.
    ///
    /// # Errors
    /// As for [`Engine::create`]; stale if the version is no longer current.
    pub async fn update(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        version: u64,
        input: &UpdateInput,
    ) -> Result<Released<RecordView>> {
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        let permit = match caller.policy.write(&caller.actor, Action::Update, id, &facts) {
            Ok(permit) => permit,
            Err(fault) => return Err(self.refused(caller, row.entity, id, fault).await),
        };
        if row.version != version || row.deleted_at.is_some() {
            return Err(Fault::stale());
        }
        let before = content::open_to_write(&self.0.vault, &permit, &row)?;
        let patch = input.fields.clone().unwrap_or_else(|| json!({}));
        check_writable(entity, permit.mask(), &patch)?;
        let mut after = schema::check_patch(entity, &before, &patch)?;
        self.stamp(entity, &before, &mut after);
        if !input.allow_duplicate && changed_unique(entity, &before, &after) {
            self.check_unique(caller, entity, &after, id).await?;
        }
        let mut next = Row {
            version: row.version + 1,
            schema: entity.schema,
            updated_at: self.now(),
            updated_by: caller.actor.user,
            ..row.clone()
        };
        if let Some(owner) = input.owner {
            next.team = self.team_of(caller, owner)?;
            next.owner = owner;
            // A record goes only where the caller could have made it. Otherwise whoever may change a
            // single field could take records away from their team.
            let there = access::Facts { owner, team: next.team, ..facts.clone() };
            if owner != row.owner && !caller.policy.decide(&caller.actor, Action::Create, &there).allow {
                return Err(self.refused(caller, row.entity, id, Fault::forbidden()).await);
            }
        }
        self.write_back(caller, entity, &row, &mut next, &before, &after, Act::RecordUpdate).await
    }

    /// Sets what the engine itself keeps: when a deal was closed, when a task was done.
    fn stamp(&self, entity: &Entity, before: &Content, after: &mut Content) {
        let now = self.now().rfc3339();
        if entity.name == "deal" && before.get("stage") != after.get("stage") {
            let closed = entity.field("stage").is_some_and(|f| {
                match (&f.kind, after.get("stage").and_then(Value::as_str)) {
                    (FieldKind::Choice { choices }, Some(code)) => {
                        choices.iter().any(|c| c.code == code && c.outcome.is_some())
                    }
                    _ => false,
                }
            });
            set_or_remove(after, "closed_at", closed.then(|| Value::String(now.clone())));
        }
        if entity.name == "activity" && before.get("done") != after.get("done") {
            let done = after.get("done") == Some(&Value::Bool(true));
            set_or_remove(after, "done_at", done.then_some(Value::String(now)));
        }
    }

    /// Seals, commits and shows a changed row.
    #[allow(clippy::too_many_arguments, reason = "the two states of one row and the act between them")]
    async fn write_back(
        &self,
        caller: &Caller,
        entity: &Entity,
        row: &Row,
        next: &mut Row,
        before: &Content,
        after: &Content,
        act: Act,
    ) -> Result<Released<RecordView>> {
        let links = links_of(entity, after);
        let mut require = Vec::new();
        if links != links_of(entity, before) {
            let linked = self.check_links(caller, entity, &links).await?;
            if matches!(entity.subject, SubjectRule::From(_)) {
                next.subject = Self::subject_for(entity, row.id, &linked, None);
                if next.subject == row.id.cast() && row.subject != next.subject {
                    self.add_subjects(vec![next.subject]).await?;
                }
            }
            require = linked.iter().map(|(_, r)| (r.id, r.version)).collect();
        }
        content::seal_into(&self.0.vault, next, after)?;
        let diff = content::seal_diff(&self.0.vault, next, before, after)?;
        let mut event = about(self.event(caller, act), next);
        let names: Vec<&String> =
            after.keys().chain(before.keys()).filter(|n| before.get(*n) != after.get(*n)).collect();
        let names: std::collections::BTreeSet<&String> = names.into_iter().collect();
        self.set_detail(&mut event, &json!({ "fields": names, "owner_changed": row.owner != next.owner }))?;
        let mut batch = Batch::new(event);
        batch.require = require;
        batch.rows.push(RowWrite::Update { row: next.clone(), links, diff });
        let done = self.commit(batch, vec![Op::Put(index_row(next, after.clone()))]).await?;
        let (facts, _) = self.facts(next).await?;
        let mask = caller.policy.mask(&caller.actor, entity);
        let view = if caller.policy.decide(&caller.actor, Action::Read, &facts).allow {
            self.record_view(caller, entity, &mask, next, &facts, after)
        } else {
            self.bare_view(next, entity)
        };
        Ok(Masked::new(view).release(&done.receipt))
    }

    /// Puts a record into the bin, or takes it out.
    ///
    /// # Errors
    /// Not found, forbidden, stale.
    pub async fn set_binned(
        &self,
        caller: &Caller,
        entity: &Entity,
        id: RecordId,
        version: u64,
        binned: bool,
    ) -> Result<Released<RecordView>> {
        let (row, facts, _) = self.lookup(caller, entity, id).await?;
        let permit = match caller.policy.write(&caller.actor, Action::Delete, id, &facts) {
            Ok(permit) => permit,
            Err(fault) => return Err(self.refused(caller, row.entity, id, fault).await),
        };
        if row.version != version || row.deleted_at.is_some() == binned {
            return Err(Fault::stale());
        }
        let content = content::open_to_write(&self.0.vault, &permit, &row)?;
        let now = self.now();
        let mut next = Row {
            version: row.version + 1,
            updated_at: now,
            updated_by: caller.actor.user,
            deleted_at: binned.then_some(now),
            ..row.clone()
        };
        let act = if binned { Act::RecordDelete } else { Act::RecordRestore };
        self.write_back(caller, entity, &row, &mut next, &content, &content, act).await
    }
}

fn set_or_remove(content: &mut Content, field: &str, value: Option<Value>) {
    match value {
        Some(value) => content.insert(field.to_owned(), value),
        None => content.remove(field),
    };
}

fn changed_unique(entity: &Entity, before: &Content, after: &Content) -> bool {
    entity.fields.iter().any(|f| f.flags.unique && before.get(&f.name) != after.get(&f.name))
}

/// Kept answers are repeated for a day.
const REPEAT_S: i64 = 86_400;

impl Engine {
    /// The key under which a creating call may be repeated: bound to user, path and body.
    #[must_use]
    pub fn repeat_key(&self, caller: &Caller, path: &str, key: &str, body: &[u8]) -> store::Idempotent {
        let name = format!("{}\n{path}\n{key}", caller.actor.user);
        store::Idempotent {
            key: self.0.vault.mac("idempotency", name.as_bytes()),
            // Keyed, as a plain hash of a body would confirm a guess of what is in it, also after an erasure.
            request: self.0.vault.mac("idempotent request", body),
            until: self.now().plus_s(REPEAT_S),
            sealed: Vec::new(),
        }
    }

    /// The record that the same call made before, as the caller may see it now.
    ///
    /// # Errors
    /// Conflict if the key was used for another request; not found if the record is gone.
    pub async fn repeated(
        &self,
        caller: &Caller,
        entity: &Entity,
        key: &store::Idempotent,
    ) -> Result<Option<Released<RecordView>>> {
        let Some(kept) = self.0.store.idempotent(key.key).await?.filter(|k| k.until > self.now()) else {
            return Ok(None);
        };
        if kept.request != key.request {
            return Err(Fault::new(
                FaultKind::Conflict,
                Text::of(
                    "Ten Idempotency-Key był już użyty do innego żądania.",
                    "This Idempotency-Key was used for another request before.",
                ),
            ));
        }
        let id = RecordId::from_slice(&kept.sealed).ok_or_else(|| Fault::corrupt("kept answer"))?;
        self.read(caller, entity, id).await.map(Some)
    }
}
