//! What lists answer to those of partner organisations: nothing from the bin, nothing by the people of the house, and
//! whatever is asked by counts as shown.

use crate::disclosed::{Rendered, Shown};
use crate::list::listed_names;
use crate::prepare::issue;
use crate::query::unknown;
use crate::{Caller, Engine, ListPage, ListRequest, RowView};
use access::{Action, Facts, ParentFacts};
use kernel::{Fault, FaultKind, RecordId, Result, SubjectId, TeamId, Text, UserId};
use ledger::Touch;
use schema::{Entity, EntityCode};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use store::Row;

/// What every record has beside its fields that is of the house.
const OF_HOUSE: [&str; 4] = ["owner", "team", "created_by", "updated_by"];

/// Refuses what nobody of a partner may ask of a list.
pub(crate) fn check_asked(caller: &Caller, entity: &Entity, request: &ListRequest) -> Result<()> {
    if caller.partner().is_none() {
        return Ok(());
    }
    if request.binned {
        let text = Text::of("Kosz widzą tylko osoby z organizacji.", "Only the organisation sees the bin.");
        return Err(issue("binned", "unfit", text));
    }
    let mut names = request.filters.iter().map(|filter| filter.split(':').next().unwrap_or_default());
    match names.position(|name| OF_HOUSE.contains(&name) && entity.field(name).is_none()) {
        Some(at) => {
            let name = request.filters[at].split(':').next().unwrap_or_default();
            Err(unknown(format!("filter[{at}]"), name))
        }
        None => Ok(()),
    }
}

/// Fields of which the answer tells something because they were asked by: filters, the order, and with words whatever
/// is searched.
pub(crate) fn asked_by<'a>(entity: &'a Entity, request: &'a ListRequest) -> impl Iterator<Item = String> {
    let filters = request.filters.iter().filter_map(|filter| filter.split(':').next());
    let sort = request.sort.as_deref().map(|sort| sort.strip_prefix('-').unwrap_or(sort));
    let words = request.search.as_deref().is_some_and(|words| !words.trim().is_empty());
    let searched = entity.fields.iter().filter(move |field| words && field.flags.searchable);
    filters.chain(sort).map(str::to_owned).chain(searched.map(|field| field.name.clone()))
}

/// Whether a record is hidden because it is in the bin, or hangs on what is: from nobody of the house.
pub(crate) fn hidden_in_bin(caller: &Caller, row: &Row, parent: Option<&Row>) -> bool {
    let binned = |row: &Row| row.deleted_at.is_some();
    caller.partner().is_some() && (binned(row) || parent.is_some_and(binned))
}

impl Engine {
    /// What a page discloses to somebody of a partner, and the page without what is the house's alone; nothing for the
    /// house itself, whose pages stay as they are.
    pub(crate) async fn disclosed_page(
        &self,
        caller: &Caller,
        entity: &Entity,
        request: &ListRequest,
        page: &mut ListPage,
        touches: &[Touch],
    ) -> Result<Option<Value>> {
        if caller.partner().is_none() {
            return Ok(None);
        }
        let above = self.above(page).await?;
        let mut facts: HashMap<RecordId, Facts> =
            page.items.iter().map(|item| (item.id, facts_shown(entity, item, &above))).collect();
        self.keep_house(caller, page, &above).await?;
        let rows = page.items.iter().map(|item| (item.id, item.version)).collect();
        let went = |item: &RowView| {
            let fields = serde_json::from_str(&item.fields).map_err(Fault::bug)?;
            let facts = facts.remove(&item.id).ok_or_else(|| Fault::bug("a row that was not read"))?;
            Ok((item.id, Rendered::of(&fields, facts)))
        };
        let rendered = page.items.iter().map(went).collect::<Result<_>>()?;
        let mut only = request.fields.clone().unwrap_or_else(|| listed_names(entity));
        only.extend(asked_by(entity, request));
        let (channel, action, only) = ("list", Action::Read, Some(only));
        let shown = Shown { channel, action, entity, rows, rendered, only, beside: touches };
        self.disclosed(caller, shown).await
    }

    /// What the rows of a page hang on.
    async fn above(&self, page: &ListPage) -> Result<HashMap<RecordId, Row>> {
        let ids: BTreeSet<RecordId> = page.items.iter().filter_map(|item| item.parent).collect();
        let rows = self.0.store.rows(ids.into_iter().collect()).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    /// Takes from a page what is the house's alone: who works there, what records hang on that are not shared, which
    /// fields there are besides, and what hangs on a record in the bin.
    async fn keep_house(
        &self,
        caller: &Caller,
        page: &mut ListPage,
        above: &HashMap<RecordId, Row>,
    ) -> Result<()> {
        let (mut seen, mut binned) = (BTreeSet::new(), BTreeSet::new());
        for row in above.values() {
            let (facts, _) = self.facts(row).await?;
            if row.deleted_at.is_some() {
                binned.insert(row.id);
            } else if caller.policy.decide(&caller.actor, Action::Read, &facts).allow {
                seen.insert(row.id);
            }
        }
        page.items.retain(|item| item.parent.is_none_or(|parent| !binned.contains(&parent)));
        for item in &mut page.items {
            (item.owner, item.team) = (UserId::NIL, TeamId::NIL);
            item.parent = item.parent.filter(|id| seen.contains(id));
        }
        page.access.hidden.clear();
        Ok(())
    }
}

/// Where a row stood when the list was read: another may have moved it since.
fn facts_shown(entity: &Entity, item: &RowView, above: &HashMap<RecordId, Row>) -> Facts {
    let above = item.parent.and_then(|id| above.get(&id));
    Facts {
        record: item.id,
        entity: entity.code,
        subject: SubjectId::NIL,
        owner: item.owner,
        team: item.team,
        parent: above.map(|row| ParentFacts {
            record: row.id,
            entity: EntityCode(row.entity),
            owner: row.owner,
            team: row.team,
        }),
    }
}

/// A refusal as somebody of a partner is told it: a kind of which nothing is shared is as one that is not there.
pub(crate) fn as_told(caller: &Caller, entity: u16, fault: Fault) -> Fault {
    let kind = caller.policy.catalog.by_code(EntityCode(entity));
    let hides = |kind: &Entity| caller.policy.list(&caller.actor, Action::Read, kind.code).is_err();
    let forbidden = fault.kind == FaultKind::Forbidden && caller.partner().is_some();
    if forbidden && kind.is_some_and(hides) { Fault::not_found() } else { fault }
}
