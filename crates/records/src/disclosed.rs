//! What reached a partner, as the ledger keeps it: in the event by which it was released, so that there is no other
//! book of it. Which fields of which version of which records, by which grants, and through which channel; no values.

use crate::{Caller, Engine};
use access::{Action, Level, Reason};
use kernel::{Fault, GrantId, RecordId, Result, Text};
use ledger::Touch;
use schema::Entity;
use serde_json::{Value, json};
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
    /// Of their fields no others than these, if only some were asked for.
    pub only: Option<Vec<String>>,
    /// What was named beside them.
    pub beside: &'a [Touch],
}

/// Of which entity, which fields in clear and which in part, and by which grants.
type Set = (String, Vec<String>, Vec<String>, Vec<GrantId>);

impl Engine {
    /// What the detail of the act's event says of it; nothing if it is no partner's.
    pub(crate) async fn disclosed(&self, caller: &Caller, shown: Shown<'_>) -> Result<Option<Value>> {
        let Some(partner) = caller.partner() else { return Ok(None) };
        if shown.rows.len() > RECORDS {
            return Err(too_much());
        }
        let mut sets: BTreeMap<Set, Vec<(RecordId, u64)>> = BTreeMap::new();
        self.sort_shown(caller, shown.entity, shown.action, &shown.rows, shown.only.as_deref(), &mut sets)
            .await?;
        let mut named: BTreeMap<u16, Vec<(RecordId, u64)>> = BTreeMap::new();
        let rows: HashSet<RecordId> = shown.rows.iter().map(|(row, _)| *row).collect();
        for touch in shown.beside {
            let id = RecordId::from_bytes(touch.id);
            if !rows.contains(&id) {
                named.entry(touch.entity).or_default().push((id, 0));
            }
        }
        for (code, rows) in named {
            if let Some(entity) = caller.policy.catalog.by_code(schema::EntityCode(code)) {
                // Of the next activity its kind and time are told beside what it is called.
                let told = ["kind", "due"].into_iter().filter(|name| entity.field(name).is_some());
                let only: Vec<String> = told.chain([entity.title.as_str()]).map(str::to_owned).collect();
                self.sort_shown(caller, entity, Action::Read, &rows, Some(&only), &mut sets).await?;
            }
        }
        let sets: Vec<Value> = sets
            .into_iter()
            .map(|((entity, fields, masked, grants), records)| {
                json!({ "entity": entity, "fields": fields, "masked": masked, "grants": grants, "records": records })
            })
            .collect();
        let told = json!({ "partner": partner, "channel": shown.channel, "sets": sets });
        if told.to_string().len() > DETAIL {
            return Err(too_much());
        }
        Ok(Some(told))
    }

    /// As [`Engine::disclosed`], of records that are only named.
    pub(crate) async fn disclosed_beside(
        &self,
        caller: &Caller,
        channel: &'static str,
        beside: &[Touch],
    ) -> Result<Option<Value>> {
        let catalog = caller.policy.catalog.clone();
        let Some(entity) = catalog.entities().first() else { return Ok(None) };
        let shown =
            Shown { channel, action: Action::Read, entity, rows: Vec::new(), only: Some(Vec::new()), beside };
        self.disclosed(caller, shown).await
    }

    async fn sort_shown(
        &self,
        caller: &Caller,
        entity: &Entity,
        action: Action,
        rows: &[(RecordId, u64)],
        only: Option<&[String]>,
        sets: &mut BTreeMap<Set, Vec<(RecordId, u64)>>,
    ) -> Result<()> {
        let Ok(permit) = caller.policy.list(&caller.actor, action, entity.code) else { return Ok(()) };
        let mut kept = HashMap::new();
        for part in rows.chunks(1_000) {
            let ids = part.iter().map(|(id, _)| *id).collect();
            kept.extend(self.0.store.rows(ids).await?.into_iter().map(|row| (row.id, row)));
        }
        for (id, version) in rows {
            // One that went in this very moment was shown as the list had it: the most that the list shows.
            let (mask, grants, version) = match kept.get(id) {
                None => (permit.most().clone(), Vec::new(), *version),
                Some(row) => {
                    let (facts, _) = self.facts(row).await?;
                    let reasons = caller.policy.decide(&caller.actor, action, &facts).reasons;
                    let granted = |reason: &Reason| match reason {
                        Reason::Granted { grant, .. } => Some(*grant),
                        _ => None,
                    };
                    let mut grants: Vec<GrantId> = reasons.iter().filter_map(granted).collect();
                    grants.sort_unstable();
                    grants.dedup();
                    (permit.mask_of(&facts), grants, if *version == 0 { row.version } else { *version })
                }
            };
            let at = |least: Level, most: Level| -> Vec<String> {
                let asked = |name: &String| only.is_none_or(|only| only.contains(name));
                let seen = |name: &String| (least..=most).contains(&mask.level(name));
                let names = entity.fields.iter().map(|field| &field.name);
                names.filter(|name| asked(name) && seen(name)).cloned().collect()
            };
            let (fields, masked) = (at(Level::Read, Level::Write), at(Level::Masked, Level::Masked));
            sets.entry((entity.name.clone(), fields, masked, grants)).or_default().push((*id, version));
        }
        Ok(())
    }
}
