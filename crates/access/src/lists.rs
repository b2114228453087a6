//! Permits for lists that were found out before. A policy in force answers the same question again and again, and with
//! thousands of grants the answer takes longer than the page it is for.

use crate::{Action, Actor, Arm, ListPermit, Policy};
use kernel::{Time, UserId};
use schema::EntityCode;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Permits that are kept of one policy, and records that they name in all.
const KEPT: usize = 512;
const NAMED: usize = 500_000;

type Key = (UserId, Action, EntityCode);

/// What was found out, and from when until when it holds.
#[derive(Debug)]
struct Kept {
    from: Time,
    until: Option<Time>,
    permit: ListPermit,
}

/// All that was found out.
#[derive(Debug, Default)]
struct Known {
    permits: HashMap<Key, Kept>,
    /// How many records they name.
    named: usize,
}

/// Permits of a policy that changes no more; nothing is kept of one that may still change.
#[derive(Debug, Default)]
pub struct Lists(Option<Mutex<Known>>);

/// A policy is copied to be changed: what was found out holds for the one before.
impl Clone for Lists {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Lists {
    fn known(&self) -> Option<MutexGuard<'_, Known>> {
        // What is kept is whole at any moment.
        self.0.as_ref().map(|known| known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn find(&self, actor: &Actor, action: Action, entity: EntityCode) -> Option<ListPermit> {
        let known = self.known()?;
        let kept = known.permits.get(&(actor.user, action, entity))?;
        let holds = kept.from <= actor.at && kept.until.is_none_or(|until| actor.at < until);
        holds.then(|| kept.permit.of(actor))
    }

    fn keep(&self, until: Option<Time>, permit: &ListPermit) {
        let Some(mut known) = self.known() else { return };
        let named = named_by(permit);
        if known.permits.len() >= KEPT || known.named + named > NAMED {
            *known = Known::default();
        }
        let actor = permit.actor();
        let key = (actor.user, *permit.action(), permit.entity());
        let kept = Kept { from: actor.at, until, permit: permit.clone() };
        let before = known.permits.insert(key, kept).map_or(0, |kept| named_by(&kept.permit));
        known.named = known.named + named - before;
    }
}

/// How many records a permit names one by one.
fn named_by(permit: &ListPermit) -> usize {
    permit.predicate().arms.iter().map(Arm::named).sum()
}

impl Policy {
    /// The policy as it is in force, which nobody changes any more: it keeps what it found out of lists.
    #[must_use]
    pub fn in_force(self) -> Self {
        Self { lists: Lists(Some(Mutex::default())), ..self }
    }

    /// What `find` says of a list, which is asked only if it was not found out before. What a token is limited to is
    /// looked at each time.
    pub(crate) fn list_once(
        &self,
        (actor, action, entity): (&Actor, Action, EntityCode),
        find: impl FnOnce() -> kernel::Result<ListPermit>,
    ) -> kernel::Result<ListPermit> {
        if actor.token.is_some() {
            return find();
        }
        if let Some(permit) = self.lists.find(actor, action, entity) {
            return Ok(permit);
        }
        let permit = find()?;
        self.lists.keep(self.next_turn(actor.user, actor.at), &permit);
        Ok(permit)
    }
}
