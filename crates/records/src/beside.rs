//! What is shown beside records: the names of what they refer to, and what is to be done next on each.
//! Each of them is read under the caller's own permit for its entity.

use crate::prepare::issue;
use crate::view::plain_fields;
use crate::{Caller, Engine};
use access::{Action, Facts, Level, ListPermit, Mask};
use index::{DONE, DUE, ListRow, Title, Wish};
use kernel::{RecordId, Result, Text, Time};
use ledger::{Touch, TouchKind};
use schema::{Content, Entity, FieldKind};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use store::Row;

/// A referenced record that the caller may read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RefView {
    /// Its entity.
    pub entity: String,
    /// What it is called.
    pub title: String,
}

/// Referenced records by id.
pub type Refs = BTreeMap<RecordId, RefView>;

/// The earliest activity on a record that is not done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NextActivity {
    /// Its id.
    pub id: RecordId,
    /// What it is called, if the caller may read that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its kind.
    pub kind: String,
    /// When it is due (RFC 3339).
    pub due: Option<String>,
    /// Whether that is over.
    pub overdue: bool,
}

/// Records by the name of their entity.
pub(crate) type Wanted<'a> = BTreeMap<&'a str, Vec<RecordId>>;

/// The entity that tells what is to be done, and the field that says of what kind.
const ACTIVITY: &str = "activity";
const KIND: &str = "kind";

/// That a record was shown.
pub(crate) const fn seen(entity: u16, id: RecordId) -> Touch {
    Touch { entity, id: *id.bytes(), kind: TouchKind::Seen, hash: None }
}

impl Engine {
    /// What a page is to have beside it.
    ///
    /// # Errors
    /// Invalid where no activity can hang on the records.
    pub(crate) fn wish(
        &self,
        caller: &Caller,
        entity: &Entity,
        refs: bool,
        next_activity: bool,
    ) -> Result<Wish> {
        let titles = if refs { permits(caller, named_by(entity)) } else { Vec::new() };
        let next = if next_activity { next(caller, entity)? } else { None };
        Ok(Wish { titles, next })
    }

    /// What stands beside a record that the caller sees through this mask: what it refers to by the fields
    /// that may be read, and what it hangs on. Those are seen with it.
    pub(crate) async fn refs_of(
        &self,
        caller: &Caller,
        entity: &Entity,
        mask: &Mask,
        row: &Row,
        facts: &Facts,
        content: &Content,
    ) -> Result<(Refs, Vec<Touch>)> {
        let above = facts.parent.as_ref().and_then(|p| caller.policy.catalog.by_code(p.entity));
        let parent = above.map(|e| e.name.as_str()).zip(row.parent);
        let mut wanted = Wanted::new();
        for (name, to) in references(entity, mask) {
            wanted.entry(to).or_default().extend(content.get(name).and_then(id_of));
        }
        if let Some((to, id)) = parent {
            wanted.entry(to).or_default().push(id);
        }
        self.named(caller, wanted).await
    }

    /// What these records are called, as far as the caller may read that. They are seen with what names them.
    pub(crate) async fn named(&self, caller: &Caller, wanted: Wanted<'_>) -> Result<(Refs, Vec<Touch>)> {
        let wanted: Vec<_> = wanted
            .into_iter()
            .filter(|(_, ids)| !ids.is_empty())
            .filter_map(|(name, ids)| Some((permits(caller, [name]).pop()?, ids)))
            .collect();
        if wanted.is_empty() {
            return Ok((Refs::new(), Vec::new()));
        }
        Ok(refs_view(caller, self.0.index.titles(wanted).await?))
    }
}

/// The fields that refer to other records and may be read, with the entities they refer to.
pub(crate) fn references<'a>(entity: &'a Entity, mask: &'a Mask) -> impl Iterator<Item = (&'a str, &'a str)> {
    entity.fields.iter().filter(|f| mask.level(&f.name) >= Level::Read).filter_map(|f| match &f.kind {
        FieldKind::Reference { entity } => Some((f.name.as_str(), entity.as_str())),
        _ => None,
    })
}

/// The record that a value refers to.
pub(crate) fn id_of(value: &Value) -> Option<RecordId> {
    value.as_str()?.parse().ok()
}

/// The entities that records of this one refer to or hang on.
fn named_by(entity: &Entity) -> impl Iterator<Item = &str> {
    let referred = entity.fields.iter().filter_map(|f| match &f.kind {
        FieldKind::Reference { entity } => Some(entity.as_str()),
        _ => None,
    });
    referred.chain(entity.parents.iter().map(String::as_str))
}

/// The caller's permits for lists of these entities, each once, as far as there are any.
fn permits<'a>(caller: &Caller, names: impl IntoIterator<Item = &'a str>) -> Vec<ListPermit> {
    let names: std::collections::BTreeSet<&str> = names.into_iter().collect();
    let of = |name| {
        let entity = caller.policy.catalog.get(name)?;
        caller.policy.list(&caller.actor, Action::Read, entity.code).ok()
    };
    names.into_iter().filter_map(of).collect()
}

fn next(caller: &Caller, entity: &Entity) -> Result<Option<ListPermit>> {
    let activity = caller.policy.catalog.get(ACTIVITY);
    if !activity.is_some_and(|a| a.parents.contains(&entity.name)) {
        let reason = Text::of("Na tych rekordach nie ma aktywności.", "These records have no activities.");
        return Err(issue("next_activity", "unfit", reason));
    }
    let readable = |p: &ListPermit| [DONE, DUE, KIND].iter().all(|f| p.most().level(f) >= Level::Read);
    Ok(permits(caller, [ACTIVITY]).pop().filter(readable))
}

/// Titles with the names of their entities. Nobody of a partner sees what is in the bin.
pub(crate) fn refs_view(caller: &Caller, mut titles: HashMap<RecordId, Title>) -> (Refs, Vec<Touch>) {
    titles.retain(|_, title| !title.binned || caller.partner().is_none());
    let touches = titles.iter().map(|(id, title)| seen(title.entity.0, *id)).collect();
    let named = |(id, title): (RecordId, Title)| {
        let entity = caller.policy.catalog.by_code(title.entity)?.name.clone();
        Some((id, RefView { entity, title: title.text }))
    };
    (titles.into_iter().filter_map(named).collect(), touches)
}

/// The field that names an activity.
pub(crate) fn title_of_next(caller: &Caller) -> &str {
    caller.policy.catalog.get(ACTIVITY).map_or("", |activity| &activity.title)
}

/// The activity as it is shown in the row that it hangs on.
pub(crate) fn next_view(row: &ListRow, title: &str, now: Time) -> Result<NextActivity> {
    let content = plain_fields(row)?;
    let text = |name: &str| content.get(name).and_then(Value::as_str).map(str::to_owned);
    let due = text(DUE);
    let overdue = due.as_deref().and_then(Time::parse).is_some_and(|due| due < now);
    Ok(NextActivity { id: row.id, title: text(title), kind: text(KIND).unwrap_or_default(), due, overdue })
}
