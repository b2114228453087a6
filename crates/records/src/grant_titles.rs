//! What granted records are called whose name as a whole is not shared: by as much of it as is.

use crate::disclosed::Rendered;
use crate::{Caller, Engine, OwnGrant, content};
use access::Level;
use kernel::{RecordId, Result};
use ledger::Touch;
use schema::{Content, Entity, derive, sources_of};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Records that were named by parts of their names: in which version, and by which.
pub(crate) type NamedByParts = HashMap<RecordId, (u64, Rendered)>;

impl Engine {
    /// Calls those that have no title by what the caller sees of its parts; adds that they were seen.
    pub(crate) async fn name_by_parts(
        &self,
        caller: &Caller,
        items: &mut [OwnGrant],
        touches: &mut Vec<Touch>,
    ) -> Result<NamedByParts> {
        let (mut named, mut titles) = (NamedByParts::new(), HashMap::<RecordId, Option<String>>::new());
        for record in items.iter_mut().filter_map(|item| item.record.as_mut()) {
            if record.title.is_some() {
                continue;
            }
            if let Some(title) = titles.get(&record.id) {
                record.title.clone_from(title);
                continue;
            }
            let found = self.named_by_parts(caller, record.id).await?;
            record.title = found.as_ref().map(|(title, ..)| title.clone());
            titles.insert(record.id, record.title.clone());
            if let Some((_, touch, by)) = found {
                touches.push(touch);
                named.insert(record.id, by);
            }
        }
        Ok(named)
    }

    async fn named_by_parts(
        &self,
        caller: &Caller,
        id: RecordId,
    ) -> Result<Option<(String, Touch, (u64, Rendered))>> {
        let Some(row) = self.0.store.row(id).await? else { return Ok(None) };
        let (facts, _) = self.facts(&row).await?;
        let policy = &*caller.policy;
        let Some(entity) = policy.catalog.by_code(facts.entity) else { return Ok(None) };
        let Ok(permit) = policy.read(&caller.actor, row.id, &facts) else { return Ok(None) };
        let content = content::open(&self.0.vault, &permit, &row)?;
        let shared = |name: &&&str| permit.mask().level(name) >= Level::Read;
        let parts: Content = sources_of(&entity.name, &entity.title)
            .iter()
            .filter(shared)
            .filter_map(|name| Some(((*name).to_owned(), content.get(*name)?.clone())))
            .collect();
        let Some(title) = title_of(entity, parts.clone()) else { return Ok(None) };
        // Only what shows in it was shown.
        let without = |name: &String| {
            let rest = parts.iter().filter(|(part, _)| *part != name);
            title_of(entity, rest.map(|(part, value)| (part.clone(), value.clone())).collect())
        };
        let shown: Map<String, Value> = parts
            .iter()
            .filter(|(name, _)| without(name).as_ref() != Some(&title))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let touch = crate::beside::seen(row.entity, row.id);
        Ok(Some((title, touch, (row.version, Rendered::of(&shown, facts)))))
    }
}

fn title_of(entity: &Entity, mut parts: Content) -> Option<String> {
    derive(entity, &mut parts);
    parts.get(&entity.title).and_then(Value::as_str).map(str::to_owned)
}
