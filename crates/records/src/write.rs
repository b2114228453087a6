//! Making, changing, binning and restoring one record.

use crate::engine::index_row;
use crate::prepare::{check_writable, links_of};
use crate::read::about;
use crate::{Caller, Engine, Masked, RecordView, Released, content};
use access::{Action, Facts, WritePermit};
use index::Op;
use kernel::{Fault, FaultKind, RecordId, Result, TeamId, Text, UserId};
use ledger::{Act, Event, Touch};
use schema::{Content, Entity, FieldKind, SubjectRule};
use serde::{Deserialize, Serialize};
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// A record under way from what is kept to what is to be, decided on and not yet sealed.
pub(crate) struct Draft {
    /// As it is kept.
    pub(crate) row: Row,
    /// What was decided on.
    pub(crate) facts: Facts,
    /// Its content.
    pub(crate) before: Content,
    /// As it is to be, but for the content.
    pub(crate) next: Row,
    /// The content as it is to be.
    pub(crate) after: Content,
}

impl Draft {
    /// Whether nothing is to be changed.
    pub(crate) fn is_same(&self) -> bool {
        let whose = |row: &Row| (row.owner, row.team);
        self.before == self.after && whose(&self.row) == whose(&self.next)
    }
}

impl Engine {
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
            self.check_unique(caller, entity, &Content::new(), &made.content, made.row.id).await?;
        }
        let (view, touches) = self.written_view(caller, entity, &made.row, &made.content).await?;
        let event = Event { touches, ..about(self.event(caller, Act::RecordCreate), &made.row) };
        let mut batch = Batch::new(event);
        batch.require.clone_from(&made.require);
        // Kept is only which record was made: a repeated call reads it anew, under the rights of that time.
        batch.idempotent =
            idempotent.map(|key| store::Idempotent { sealed: made.row.id.bytes().to_vec(), ..key });
        batch.rows.push(RowWrite::Insert { row: made.row.clone(), links: made.links });
        let op = Op::Put(index_row(&made.row, made.content.clone()));
        let done = self.commit(batch, vec![op]).await?;
        Ok(Masked::new(view).release(&done.receipt))
    }

    /// How the caller will see a record once it is written, and what stands beside it: made before, since that
    /// is seen with it, and the act's own event says so. A caller may write what the caller cannot read, such
    /// as a record for another team's owner: that is shown without its values.
    async fn written_view(
        &self,
        caller: &Caller,
        entity: &Entity,
        row: &Row,
        content: &Content,
    ) -> Result<(RecordView, Vec<Touch>)> {
        let (facts, _) = self.facts(row).await?;
        let Ok(permit) = caller.policy.read(&caller.actor, row.id, &facts) else {
            return Ok((self.bare_view(row, entity), Vec::new()));
        };
        let view = self.record_view(caller, entity, permit.mask(), row, &facts, content);
        let (refs, touches) = self.refs_of(caller, entity, permit.mask(), row, &facts, content).await?;
        Ok((RecordView { refs: Some(refs), ..view }, touches))
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
            registered_by: None,
            updated_at: row.updated_at.rfc3339(),
            updated_by: self.user_name(row.updated_by),
            deleted_at: None,
            fields: serde_json::Map::new(),
            refs: None,
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
        let found = self.lookup_to(caller, entity, id, Action::Update).await?;
        if found.0.version != version || found.0.deleted_at.is_some() {
            return Err(Fault::stale());
        }
        let draft = self.changed(caller, entity, found, input).await?;
        self.write_back(caller, entity, draft, Act::RecordUpdate, true).await
    }

    /// A record before anything in it is changed.
    pub(crate) fn draft(
        &self,
        caller: &Caller,
        entity: &Entity,
        (row, facts, permit): (Row, Facts, &WritePermit),
    ) -> Result<Draft> {
        let before = content::open_to_write(&self.0.vault, permit, &row)?;
        let next = Row {
            version: row.version + 1,
            schema: entity.schema,
            updated_at: self.now(),
            updated_by: caller.actor.user,
            ..row.clone()
        };
        Ok(Draft { after: before.clone(), row, facts, before, next })
    }

    /// A record as `input` changes it.
    pub(crate) async fn changed(
        &self,
        caller: &Caller,
        entity: &Entity,
        (row, facts, permit): (Row, Facts, WritePermit),
        input: &UpdateInput,
    ) -> Result<Draft> {
        let mut draft = self.draft(caller, entity, (row, facts, &permit))?;
        let patch = input.fields.clone().unwrap_or_else(|| json!({}));
        check_writable(entity, permit.mask(), &patch)?;
        draft.after = schema::check_patch(entity, &draft.before, &patch)?;
        self.stamp(entity, &draft.before, &mut draft.after);
        if !input.allow_duplicate {
            self.check_unique(caller, entity, &draft.before, &draft.after, draft.row.id).await?;
        }
        if let Some(owner) = input.owner {
            let team = self.team_of(caller, owner)?;
            self.hand_over(caller, &mut draft, owner, team).await?;
        }
        Ok(draft)
    }

    /// Gives the record to another owner and team. It goes only where the caller could have made it. Otherwise
    /// whoever may change a single field could take records away from their team. What was granted gives leave
    /// for neither: it would outlive the grant.
    pub(crate) async fn hand_over(
        &self,
        caller: &Caller,
        draft: &mut Draft,
        owner: UserId,
        team: TeamId,
    ) -> Result<()> {
        let next = &mut draft.next;
        let moves = (owner, team) != (next.owner, next.team);
        (next.owner, next.team) = (owner, team);
        let there = Facts { owner, team, ..draft.facts.clone() };
        let me = caller.actor.by_roles_alone();
        let may = |action, facts| caller.policy.decide(&me, action, facts).allow;
        if moves && !(may(Action::Update, &draft.facts) && may(Action::Create, &there)) {
            return Err(self.refused(caller, next.entity, next.id, not_for_that_owner()).await);
        }
        Ok(())
    }

    /// Sets what the engine itself keeps: when a deal was closed, when a task was done.
    pub(crate) fn stamp(&self, entity: &Entity, before: &Content, after: &mut Content) {
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

    /// Seals and commits a changed record. One of many is not `shown`: of that the view has no values.
    pub(crate) async fn write_back(
        &self,
        caller: &Caller,
        entity: &Entity,
        draft: Draft,
        act: Act,
        shown: bool,
    ) -> Result<Released<RecordView>> {
        let Draft { row, facts, before, mut next, after } = draft;
        let (links, old_links) = (links_of(entity, &after), links_of(entity, &before));
        let mut require = Vec::new();
        if links != old_links {
            let linked = self.check_links(caller, entity, &links, &old_links).await?;
            if matches!(entity.subject, SubjectRule::From(_)) {
                next.subject = Self::subject_for(entity, row.id, &linked, None);
                if next.subject != row.subject && caller.policy.restricted.contains(&next.subject) {
                    let fault = access::restricted(Action::Update, entity);
                    return Err(self.refused(caller, row.entity, row.id, fault).await);
                }
                if next.subject == row.id.cast() && row.subject != next.subject {
                    self.add_subjects(vec![next.subject]).await?;
                }
            }
            let fresh = |(field, r): &&(String, Row)| !old_links.contains(&(field.clone(), r.id));
            require = linked.iter().filter(fresh).map(|(_, r)| (r.id, r.version)).collect();
        }
        content::seal_into(&self.0.vault, &mut next, &after)?;
        let (old, new) = (content::with_state(&row, &before), content::with_state(&next, &after));
        let diff = content::seal_diff(&self.0.vault, &next, &old, &new)?;
        let (view, touches) = if shown {
            self.written_view(caller, entity, &next, &after).await?
        } else {
            (self.bare_view(&next, entity), Vec::new())
        };
        let mut event = Event { touches, ..about(self.event(caller, act), &next) };
        let names: std::collections::BTreeSet<&String> =
            after.keys().chain(before.keys()).filter(|n| before.get(*n) != after.get(*n)).collect();
        self.set_detail(&mut event, &json!({ "fields": names, "owner_changed": row.owner != next.owner }))?;
        let mut batch = Self::batch(caller, event);
        require.extend(self.parent_as_decided(&row, &facts).await?);
        batch.require = require;
        batch.rows.push(RowWrite::Update { row: next.clone(), links, diff });
        let mut ops = vec![Op::Put(index_row(&next, after))];
        if next.subject != row.subject {
            self.take_children(caller, row.id, next.subject, &mut batch, &mut ops).await?;
        }
        let done = self.commit(batch, ops).await?;
        Ok(Masked::new(view).release(&done.receipt))
    }

    /// The parent in the version whose owner and team were decided on, so that a parent given away
    /// meanwhile lets nothing through. One in the bin decides as it lies there.
    async fn parent_as_decided(&self, row: &Row, facts: &Facts) -> Result<Option<(RecordId, u64)>> {
        let (Some(id), Some(decided)) = (row.parent, &facts.parent) else { return Ok(None) };
        let parent = self.0.store.row(id).await?.ok_or_else(Fault::stale)?;
        if (parent.owner, parent.team) != (decided.owner, decided.team) {
            return Err(Fault::stale());
        }
        Ok(parent.deleted_at.is_none().then_some((id, parent.version)))
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
        let found = self.lookup_to(caller, entity, id, Action::Delete).await?;
        self.bin(caller, entity, found, version, binned, true).await
    }

    /// As [`Engine::set_binned`]; one of many is not `shown`.
    pub(crate) async fn bin(
        &self,
        caller: &Caller,
        entity: &Entity,
        (row, facts, permit): (Row, Facts, WritePermit),
        version: u64,
        binned: bool,
        shown: bool,
    ) -> Result<Released<RecordView>> {
        if row.version != version || row.deleted_at.is_some() == binned {
            return Err(Fault::stale());
        }
        let mut draft = self.draft(caller, entity, (row, facts, &permit))?;
        draft.next.deleted_at = binned.then_some(draft.next.updated_at);
        let act = if binned { Act::RecordDelete } else { Act::RecordRestore };
        self.write_back(caller, entity, draft, act, shown).await
    }
}

fn set_or_remove(content: &mut Content, field: &str, value: Option<Value>) {
    match value {
        Some(value) => content.insert(field.to_owned(), value),
        None => content.remove(field),
    };
}

/// What the caller could not have made for an owner does not go there either.
pub(crate) fn not_for_that_owner() -> Fault {
    let text = Text::of(
        "Twoje role nie pozwalają dodawać takich rekordów dla tego właściciela.",
        "Your roles do not allow adding such records for this owner.",
    );
    Fault::new(FaultKind::Forbidden, text)
}
