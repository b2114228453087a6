//! Records that may be the same as the one that somebody is about to make.

use crate::beside::seen;
use crate::prepare::issue;
use crate::view::plain_fields;
use crate::{Caller, Engine, Masked, Released};
use access::{Action, Level, ListPermit};
use index::{Filter, ListRow, Operator, Query};
use kernel::{Fault, FaultKind, Named, RecordId, Refusal, Result, Taken, Text, UserId, limits};
use ledger::{Act, Event};
use schema::{Content, Entity, Field, FieldKind, SubjectRule, derive};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What somebody is about to write.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuplicatesInput {
    /// Values by field, as far as they are known. Wrong ones are passed over.
    pub fields: Content,
    /// The record that is being changed: it is no duplicate of itself.
    #[serde(default)]
    pub except: Option<RecordId>,
}

/// A record that may be the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DuplicateView {
    /// Its entity.
    pub entity: String,
    /// Its id.
    pub id: RecordId,
    /// What it is called; empty if the caller may not read that.
    pub title: String,
    /// The fields given whose values it has too.
    pub on: Vec<String>,
    /// Whether one of them hardly belongs to two.
    pub certain: bool,
    /// Whose it is.
    pub owner: Named<UserId>,
}

/// Answers at most; also the rows looked at for each pair of fields.
const MOST: usize = 10;

/// What a value is, so that only like is compared with like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Likeness {
    Email,
    Phone,
    Nip,
    /// Name of a human.
    Human,
    /// Name of a firm.
    Firm,
    /// Unique within its own entity.
    Unique,
}

impl Likeness {
    fn of(entity: &Entity, field: &Field) -> Option<Self> {
        Some(match (&field.kind, entity.name.as_str(), field.name.as_str()) {
            (FieldKind::Email, ..) => Self::Email,
            (FieldKind::Phone, ..) => Self::Phone,
            (FieldKind::Nip, ..) => Self::Nip,
            (_, "company", "name") | (_, "lead", "company_name") => Self::Firm,
            (_, "person" | "lead", "name") => Self::Human,
            _ if field.flags.unique => Self::Unique,
            _ => return None,
        })
    }

    const fn certain(self) -> bool {
        !matches!(self, Self::Human | Self::Firm)
    }
}

/// A value given, in the form in which it is kept.
struct Given<'a> {
    field: &'a str,
    likeness: Likeness,
    value: String,
}

/// What is known so far of a record that may be the same.
struct Found {
    row: ListRow,
    on: Vec<String>,
    certain: bool,
}

impl Engine {
    /// Records, as far as the caller may see them, that have the same e-mail, phone, NIP or unique value, or
    /// the same name: certain ones first, ten at most. Fields that the caller may not read are not looked at.
    ///
    /// # Errors
    /// Not found for entities that are no subjects; forbidden for a caller who reads none of them.
    pub async fn duplicates(
        &self,
        caller: &Caller,
        entity: &Entity,
        input: &DuplicatesInput,
    ) -> Result<Released<Vec<DuplicateView>>> {
        if !is_compared(entity) {
            return Err(Fault::not_found());
        }
        if let Err(fault) = caller.policy.list(&caller.actor, Action::Read, entity.code) {
            return Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await);
        }
        let mut content = input.fields.clone();
        derive(entity, &mut content);
        let given: Vec<Given<'_>> = entity.fields.iter().filter_map(|f| given(entity, f, &content)).collect();
        let mut found: BTreeMap<RecordId, Found> = BTreeMap::new();
        for other in caller.policy.catalog.entities().iter().filter(|e| is_compared(e)) {
            let Ok(permit) = caller.policy.list(&caller.actor, Action::Read, other.code) else { continue };
            for (given, field) in pairs(entity, &given, other, &permit) {
                for row in self.same(&permit, field, &given.value).await? {
                    if Some(row.id) == input.except {
                        continue;
                    }
                    let entry = found.entry(row.id).or_insert(Found { row, on: Vec::new(), certain: false });
                    entry.certain |= given.likeness.certain();
                    if !entry.on.iter().any(|on| on == given.field) {
                        entry.on.push(given.field.to_owned());
                    }
                }
            }
        }
        let mut found: Vec<Found> = found.into_values().collect();
        found.sort_by_key(|f| std::cmp::Reverse((f.certain, f.on.len(), f.row.updated_at)));
        found.truncate(MOST);
        let touches = found.iter().map(|f| seen(f.row.entity.0, f.row.id)).collect();
        let items = found.into_iter().map(|f| self.duplicate(caller, f)).collect::<Result<Vec<_>>>()?;
        let mut event = Event { entity: entity.code.0, touches, ..self.event(caller, Act::DuplicateCheck) };
        let names: Vec<&str> = given.iter().map(|g| g.field).collect();
        self.set_detail(&mut event, &json!({ "fields": names }))?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(items).release(&receipt))
    }

    /// Refuses a value, new in `after`, that another visible record has in a field flagged `unique`.
    pub(crate) async fn check_unique(
        &self,
        caller: &Caller,
        entity: &Entity,
        before: &Content,
        after: &Content,
        own: RecordId,
    ) -> Result<()> {
        let Ok(permit) = caller.policy.list(&caller.actor, Action::Read, entity.code) else {
            return Ok(());
        };
        let unique = |f: &&Field| f.flags.unique && permit.most().level(&f.name) >= Level::Read;
        for field in entity.fields.iter().filter(unique) {
            let Some(value) = after.get(&field.name).filter(|value| before.get(&field.name) != Some(*value))
            else {
                continue;
            };
            let found = self.0.index.find(&permit, &field.name, value.clone(), 2).await?;
            if let Some(other) = found.into_iter().find(|id| *id != own) {
                return Err(self.taken(caller, entity, permit, field, other).await?);
            }
        }
        Ok(())
    }

    /// The refusal of a value that `other` has. Who hears it has learnt of that record, which is named as far
    /// as its title may be read; the ledger says so.
    async fn taken(
        &self,
        caller: &Caller,
        entity: &Entity,
        permit: ListPermit,
        field: &Field,
        other: RecordId,
    ) -> Result<Fault> {
        let mut titles = self.0.index.titles(vec![(permit, vec![other])]).await?;
        let touches = vec![seen(entity.code.0, other)];
        let mut event = Event { entity: entity.code.0, touches, ..self.event(caller, Act::DuplicateCheck) };
        self.set_detail(&mut event, &json!({ "fields": [field.name] }))?;
        let receipt = self.receipt(event).await?;
        let title = titles.remove(&other).map(|title| Masked::new(title.text).release(&receipt).into_inner());
        let reason = Text::new(
            format!("Taką samą wartość ma już rekord {other}."),
            format!("Record {other} already has the same value."),
        );
        let taken = Taken { entity: entity.name.clone(), id: other, title };
        Ok(Fault {
            kind: FaultKind::Conflict,
            refusal: Some(Box::new(Refusal { duplicate: Some(taken), ..Refusal::default() })),
            ..issue(&field.name, "duplicate", reason)
        })
    }

    /// Visible records, outside the bin, whose `field` has this value. The search leads to them where no
    /// index is kept for the field.
    async fn same(&self, permit: &ListPermit, field: &Field, value: &str) -> Result<Vec<ListRow>> {
        let filter = Filter { field: field.name.clone(), op: Operator::Eq, values: vec![Value::from(value)] };
        let words = || value.chars().take(limits::SEARCH_CHARS).collect();
        let query = Query {
            filters: vec![filter],
            search: field.flags.searchable.then(words),
            limit: MOST as u32,
            ..Query::default()
        };
        Ok(self.0.index.query(permit, query).await?.rows)
    }

    fn duplicate(&self, caller: &Caller, found: Found) -> Result<DuplicateView> {
        let Found { row, on, certain } = found;
        let entity = caller.policy.catalog.by_code(row.entity).ok_or_else(|| Fault::bug("unknown entity"))?;
        let content = plain_fields(&row)?;
        let title = content.get(&entity.title).and_then(Value::as_str).unwrap_or_default().to_owned();
        let owner = self.user_name(row.owner);
        Ok(DuplicateView { entity: entity.name.clone(), id: row.id, title, on, certain, owner })
    }
}

/// Whether records of this entity stand for somebody or something in the world.
fn is_compared(entity: &Entity) -> bool {
    entity.subject == SubjectRule::Own && !entity.is_child()
}

fn given<'a>(entity: &Entity, field: &'a Field, content: &Content) -> Option<Given<'a>> {
    let likeness = Likeness::of(entity, field)?;
    let text = content.get(&field.name)?.as_str()?.trim();
    let value = match &field.kind {
        FieldKind::Email => schema::email(text).ok()?,
        FieldKind::Phone => schema::phone(text).ok()?,
        FieldKind::Nip => schema::nip(text).ok()?,
        _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    (!value.is_empty()).then_some(Given { field: &field.name, likeness, value })
}

/// Values given with the fields of `other` that may hold the same and may be read.
fn pairs<'a>(
    entity: &Entity,
    given: &'a [Given<'a>],
    other: &'a Entity,
    permit: &ListPermit,
) -> Vec<(&'a Given<'a>, &'a Field)> {
    let readable = |f: &&Field| permit.most().level(&f.name) >= Level::Read && !f.flags.special;
    let like = |given: &Given<'_>, field: &Field| match given.likeness {
        Likeness::Unique => entity.code == other.code && given.field == field.name,
        likeness => Likeness::of(other, field) == Some(likeness),
    };
    let fields = || other.fields.iter().filter(readable);
    given.iter().flat_map(|g| fields().filter(|f| like(g, f)).map(move |f| (g, f))).collect()
}
