//! What reached a partner, as the ledger keeps it: in the event by which it was released, so that there is no other
//! book of it. Which fields of which version of which records, by which grants, and through which channel; no values.

use crate::grant_titles::NamedByParts;
use crate::{Caller, Engine};
use access::{Action, Facts, Level, ListPermit, Mask, Reason};
use kernel::{Fault, GrantId, RecordId, Result, Text};
use ledger::Touch;
use schema::Entity;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Records that one act may show to a partner, and bytes of what is written of them: one event holds all of it.
const RECORDS: usize = 20_000;
const DETAIL: usize = ledger::MAX_DETAIL - (1 << 16);

fn too_much() -> Fault {
    Fault::invalid(Text::of(
        "To za dużo rekordów naraz, bo każdy zapisuje się w dzienniku. Zawęź warunki.",
        "These are too many records at once, for each is written in the ledger. Narrow the conditions.",
    ))
}

/// Records that were shown in one act.
pub(crate) struct Shown<'a> {
    /// `record`, `list` or `export`.
    pub channel: &'static str,
    /// By which leave.
    pub action: Action,
    /// Of which entity.
    pub entity: &'a Entity,
    /// Which, in which version.
    pub rows: Vec<(RecordId, u64)>,
    /// What of them went out, where that is known: it counts as shown whatever has become of the record since.
    pub rendered: HashMap<RecordId, Rendered>,
    /// Of their fields no others than these, if only some were asked for.
    pub only: Option<Vec<String>>,
    /// What was named beside them.
    pub beside: &'a [Touch],
}

/// A record as it was when it went out: where it stood then, and its fields, in clear or in part.
pub(crate) struct Rendered {
    facts: Facts,
    clear: HashSet<String>,
    masked: HashSet<String>,
}

impl Rendered {
    /// What these facts let be seen of what was asked for.
    pub(crate) fn under(facts: Facts) -> Self {
        Self { facts, clear: HashSet::new(), masked: HashSet::new() }
    }

    /// By the values of an answer, which was made by these facts.
    pub(crate) fn of(fields: &Map<String, Value>, facts: Facts) -> Self {
        let mut all = Self::under(facts);
        for (name, value) in fields {
            let part = value.as_object().is_some_and(|object| object.contains_key("masked"));
            let _new = if part { &mut all.masked } else { &mut all.clear }.insert(name.clone());
        }
        all
    }
}

/// Of which entity, which fields in clear and which in part, and by which grants.
type Set = (String, Vec<String>, Vec<String>, Vec<GrantId>);

/// The mask of a record that stands there, and the grants that show it.
fn by_facts(caller: &Caller, permit: &ListPermit, action: Action, facts: &Facts) -> (Mask, Vec<GrantId>) {
    let decision = caller.policy.decide(&caller.actor, action, facts);
    if !decision.allow {
        return most_of(permit);
    }
    let granted = |reason: &Reason| match reason {
        Reason::Granted { grant, .. } => Some(*grant),
        _ => None,
    };
    let mut grants: Vec<GrantId> = decision.reasons.iter().filter_map(granted).collect();
    grants.sort_unstable();
    grants.dedup();
    (permit.mask_of(facts), grants)
}

/// Of one that went or was moved away in this very moment: it was shown as the list had it, the most that the list shows.
fn most_of(permit: &ListPermit) -> (Mask, Vec<GrantId>) {
    (permit.most().clone(), Vec::new())
}

/// What of a record that is only named goes out: what it is called, and of the next activity its kind and time.
fn named_fields(entity: &Entity) -> Vec<String> {
    let told = ["kind", "due"].into_iter().filter(|name| entity.field(name).is_some());
    told.chain([entity.title.as_str()]).map(str::to_owned).collect()
}

impl Engine {
    /// What the detail of the act's event says of it; nothing if it is no partner's.
    pub(crate) async fn disclosed(&self, caller: &Caller, shown: Shown<'_>) -> Result<Option<Value>> {
        self.disclosed_with(caller, shown, NamedByParts::new()).await
    }

    async fn disclosed_with(
        &self,
        caller: &Caller,
        shown: Shown<'_>,
        by_parts: NamedByParts,
    ) -> Result<Option<Value>> {
        let Some(partner) = caller.partner() else { return Ok(None) };
        if shown.rows.len() > RECORDS {
            return Err(too_much());
        }
        let mut sets: BTreeMap<Set, Vec<(RecordId, u64)>> = BTreeMap::new();
        let rows: HashSet<RecordId> = shown.rows.iter().map(|(row, _)| *row).collect();
        let mut named: BTreeMap<u16, Vec<(RecordId, u64)>> = BTreeMap::new();
        let mut both = HashSet::new();
        let versions: HashMap<RecordId, u64> =
            by_parts.iter().map(|(id, (version, _))| (*id, *version)).collect();
        let by_parts: HashMap<RecordId, Rendered> =
            by_parts.into_iter().map(|(id, (_, rendered))| (id, rendered)).collect();
        for touch in shown.beside {
            let id = RecordId::from_bytes(touch.id);
            if rows.contains(&id) {
                both.insert(id);
            } else {
                let version = versions.get(&id).copied().unwrap_or_default();
                named.entry(touch.entity).or_default().push((id, version));
            }
        }
        let beside = named_fields(shown.entity);
        let asked = |id: RecordId, name: &String| {
            shown.only.as_ref().is_none_or(|only| only.contains(name))
                || both.contains(&id) && beside.contains(name)
        };
        let among = (shown.entity, shown.action, &*shown.rows);
        self.sort_shown(caller, among, &asked, &shown.rendered, &mut sets).await?;
        for (code, rows) in named {
            if let Some(entity) = caller.policy.catalog.by_code(schema::EntityCode(code)) {
                let only = named_fields(entity);
                let asked = |id: RecordId, name: &String| only.contains(name) && !by_parts.contains_key(&id);
                let among = (entity, Action::Read, &*rows);
                self.sort_shown(caller, among, &asked, &by_parts, &mut sets).await?;
            }
        }
        let sets: Vec<Value> = sets
            .into_iter()
            .map(|((entity, fields, masked, grants), records)| {
                json!({ "entity": entity, "fields": fields, "masked": masked, "grants": grants, "records": records })
            })
            .collect();
        let agreements = caller.agreements_in_force(partner);
        let told =
            json!({ "partner": partner, "agreements": agreements, "channel": shown.channel, "sets": sets });
        if told.to_string().len() > DETAIL {
            return Err(too_much());
        }
        Ok(Some(told))
    }

    /// As [`Engine::disclosed`], of records that are only named, some of them by parts of their names.
    pub(crate) async fn disclosed_beside(
        &self,
        caller: &Caller,
        channel: &'static str,
        beside: &[Touch],
        by_parts: NamedByParts,
    ) -> Result<Option<Value>> {
        let catalog = caller.policy.catalog.clone();
        let Some(entity) = catalog.entities().first() else { return Ok(None) };
        let (action, rows, only) = (Action::Read, Vec::new(), Some(Vec::new()));
        let shown = Shown { channel, action, entity, rows, rendered: HashMap::new(), only, beside };
        self.disclosed_with(caller, shown, by_parts).await
    }

    async fn sort_shown(
        &self,
        caller: &Caller,
        (entity, action, rows): (&Entity, Action, &[(RecordId, u64)]),
        asked: &(dyn Fn(RecordId, &String) -> bool + Sync),
        rendered: &HashMap<RecordId, Rendered>,
        sets: &mut BTreeMap<Set, Vec<(RecordId, u64)>>,
    ) -> Result<()> {
        let Ok(permit) = caller.policy.list(&caller.actor, action, entity.code) else { return Ok(()) };
        let mut kept = HashMap::new();
        let unread: Vec<RecordId> =
            rows.iter().map(|(id, _)| *id).filter(|id| !rendered.contains_key(id)).collect();
        for part in unread.chunks(1_000) {
            kept.extend(self.0.store.rows(part.to_vec()).await?.into_iter().map(|row| (row.id, row)));
        }
        for (id, version) in rows {
            let went = rendered.get(id);
            let ((mask, grants), version) = match (went, kept.get(id)) {
                (Some(went), _) => (by_facts(caller, &permit, action, &went.facts), *version),
                (None, Some(row)) => {
                    let (facts, _) = self.facts(row).await?;
                    let version = if *version == 0 { row.version } else { *version };
                    (by_facts(caller, &permit, action, &facts), version)
                }
                (None, None) => (most_of(&permit), *version),
            };
            let is_clear = |name: &String| {
                went.is_some_and(|went| went.clear.contains(name))
                    || asked(*id, name) && mask.level(name) >= Level::Read
            };
            let is_masked = |name: &String| {
                went.is_some_and(|went| went.masked.contains(name))
                    || asked(*id, name) && mask.level(name) == Level::Masked
            };
            let names = || entity.fields.iter().map(|field| &field.name);
            let fields: Vec<String> = names().filter(|name| is_clear(name)).cloned().collect();
            let masked = names().filter(|name| !is_clear(name) && is_masked(name)).cloned().collect();
            sets.entry((entity.name.clone(), fields, masked, grants)).or_default().push((*id, version));
        }
        Ok(())
    }
}
