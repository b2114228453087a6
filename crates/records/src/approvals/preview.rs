//! What an act on many records would do, before it is done or asked for.

use super::weigh::Weight;
use super::{ActPreview, ManyAct, OwnerCount};
use crate::{Caller, Engine, Masked, Released};
use kernel::{RecordId, Result, Text, UserId};
use ledger::{Act, Event, Touch};
use schema::EntityCode;
use serde_json::json;
use std::cmp::Reverse;

/// Owners who are told one by one.
const OWNERS: usize = 10;
/// People who could approve, of whom so many are named.
const SECONDS: usize = 5;

impl Engine {
    /// What an act would do, if its caller did it now.
    ///
    /// # Errors
    /// As the act itself, before anything is begun.
    pub async fn preview_act(&self, caller: &Caller, act: &ManyAct) -> Result<Released<ActPreview>> {
        let weight = self.weighed_within(caller, act).await?;
        let (mut preview, touches) = self.previewed(caller, act, &weight).await?;
        if preview.needs_approval {
            let what = (act.kind(), act.entity());
            let seconds = self.seconds(caller.actor.user, what, self.now());
            preview.approvers = seconds.into_iter().take(SECONDS).map(|user| self.user_name(user)).collect();
        }
        let entity = self.code_of(caller, act);
        let mut event = Event { entity, touches, ..self.event(caller, Act::ApprovalPreview) };
        self.set_detail(&mut event, &json!({ "kind": act.kind().name(), "count": preview.count }))?;
        Ok(Masked::new(preview).release(&self.receipt(event).await?))
    }

    /// The number of the entity that an act is about; 0 for none.
    pub(super) fn code_of(&self, caller: &Caller, act: &ManyAct) -> u16 {
        act.entity().and_then(|name| caller.policy.catalog.get(name)).map_or(0, |entity| entity.code.0)
    }

    /// What `act` would do, as the caller may see it, with the records that are named.
    pub(super) async fn previewed(
        &self,
        caller: &Caller,
        act: &ManyAct,
        weight: &Weight,
    ) -> Result<(ActPreview, Vec<Touch>)> {
        let (names, touches) = self.first_names(caller, &weight.first).await?;
        let mut owners: Vec<(&UserId, &u64)> = weight.owners.iter().collect();
        owners.sort_unstable_by_key(|(user, count)| (Reverse(**count), **user));
        let more_owners = owners.len().saturating_sub(OWNERS) as u64;
        let told = owners.iter().take(OWNERS);
        let owners =
            told.map(|(user, count)| OwnerCount { user: self.user_name(**user), count: **count }).collect();
        let done_before = self.done_alone(caller.actor.user, act.kind()).await?;
        let directory = self.directory();
        let rules = &directory.approval_rules;
        let needs_approval = match act {
            ManyAct::Rules { rules: next, .. } => next.loosens(rules) && rules.role_change.is_some(),
            ManyAct::Cover(input) if !self.cover_counts(caller, input) => false,
            act => rules.asks(act.kind(), done_before.saturating_add(weight.counts(act))),
        };
        let mut what = self.words_of(caller, act, weight)?;
        if weight.unseen > 0 {
            let label = Text::of("Rekordy, których nie widzisz", "Records that you do not see");
            what.push(format!("{}: {}", label.get(caller.lang), weight.unseen));
        }
        let preview = ActPreview {
            kind: act.kind(),
            entity: act.entity().map(str::to_owned),
            count: weight.count,
            subjects: weight.subjects.len() as u64,
            owners,
            more_owners,
            names,
            what,
            can_undo: matches!(act, ManyAct::Bulk(_) | ManyAct::HandOver(_)),
            done_before,
            needs_approval,
            days: rules.days,
            approvers: Vec::new(),
        };
        Ok((preview, touches))
    }

    /// What the first records are called, as far as the caller sees it.
    async fn first_names(
        &self,
        caller: &Caller,
        first: &[(u16, RecordId)],
    ) -> Result<(Vec<String>, Vec<Touch>)> {
        let mut wanted = crate::beside::Wanted::new();
        for (entity, id) in first {
            if let Some(entity) = caller.policy.catalog.by_code(EntityCode(*entity)) {
                wanted.entry(&*entity.name).or_default().push(*id);
            }
        }
        let (refs, touches) = self.named(caller, wanted).await?;
        let names = first.iter().filter_map(|(_, id)| refs.get(id).map(|found| found.title.clone()));
        Ok((names.collect(), touches))
    }
}
