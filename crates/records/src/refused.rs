//! Attempts outside one's rights: written down, and told with who can help.

use crate::tried::{Kind, Tried};
use crate::{Caller, Engine};
use access::{Action, Thing, Verb};
use identity::Client;
use kernel::{Fault, FaultKind, Named, RecordId, UserId};
use ledger::{Act, Event, Outcome};
use serde_json::json;

/// Administrators named to somebody refused.
const ASKED: usize = 10;

impl Engine {
    /// Records an attempt outside the caller's rights, and names who can give them.
    pub(crate) async fn refused(
        &self,
        caller: &Caller,
        entity: u16,
        record: RecordId,
        fault: Fault,
    ) -> Fault {
        let fault = crate::of_partner::as_told(caller, entity, fault);
        let fault = self.refused_to_all_but(caller, entity, record, fault, &[]).await;
        self.asking(caller, record, fault).await
    }

    /// As [`Engine::refused`], where no right is missing that an administrator could give: only these can help, or
    /// nobody. A ledger that cannot take the event turns the refusal into that failure: nothing is answered without
    /// its receipt.
    pub(crate) async fn refused_to_all_but(
        &self,
        caller: &Caller,
        entity: u16,
        record: RecordId,
        fault: Fault,
        owners: &[UserId],
    ) -> Fault {
        let tried = Tried::of(caller, entity, record, &fault);
        let fault = fault.unnamed();
        let ask = || owners.iter().map(|id| self.user_name(*id)).collect();
        let fault = if owners.is_empty() { fault } else { fault.asking(ask()) };
        self.written_attempt(caller, &tried, fault).await
    }

    /// Records that somebody of a partner asked at a route of the house, which is not there for such users.
    pub(crate) async fn refused_house(&self, caller: &Caller) -> Fault {
        let fault = Fault::not_found();
        let tried = Tried { kind: Kind::House, ..Tried::of(caller, 0, RecordId::NIL, &fault) };
        self.written_attempt(caller, &tried, fault).await
    }

    /// As [`Engine::refused`], of all that the caller asks, for a reason that the event names, with where it came from.
    pub(crate) async fn refused_for(
        &self,
        caller: &Caller,
        reason: &str,
        client: &Client,
        fault: Fault,
    ) -> Fault {
        let mut event = Event { outcome: Outcome::Refused, ..self.event(caller, Act::AccessRefused) };
        let about = json!({
            "reason": reason,
            "network": client.network.to_string(),
            "client": client.name(),
        });
        match self.set_detail(&mut event, &about) {
            Ok(()) => {
                let fault = self.written_refusal(event, fault).await;
                self.asking(caller, RecordId::NIL, fault).await
            }
            Err(sealing) => sealing,
        }
    }

    /// A refusal that names who can help; another failure as it is.
    async fn asking(&self, caller: &Caller, record: RecordId, fault: Fault) -> Fault {
        if !matches!(fault.kind, FaultKind::Forbidden | FaultKind::OutsideHours) {
            return fault;
        }
        let ask = self.whom_to_ask(caller, record).await;
        fault.asking(ask)
    }

    async fn written_refusal(&self, event: Event, fault: Fault) -> Fault {
        match self.0.store.record_event(event).await {
            Ok(_) => fault,
            Err(storage) => storage,
        }
    }

    /// Who can help somebody refused: the owner of the record, if the caller may know whose it is, and
    /// administrators.
    pub(crate) async fn whom_to_ask(&self, caller: &Caller, record: RecordId) -> Vec<Named<UserId>> {
        // Of a partner's users nobody learns who works here.
        if caller.partner().is_some() {
            return Vec::new();
        }
        let mut ids = Vec::new();
        if !record.is_nil()
            && let Ok(Some(row)) = self.0.store.row(record).await
            && let Ok((facts, _)) = self.facts(&row).await
            && caller.policy.decide(&caller.actor, Action::Read, &facts).allow
        {
            ids.push(row.owner);
        }
        let directory = self.directory();
        ids.extend(directory.holders(Thing::Users, Verb::Manage, self.now()).into_iter().take(ASKED));
        let mut told = std::collections::HashSet::new();
        ids.retain(|id| *id != caller.actor.user && told.insert(*id));
        ids.into_iter().map(|id| self.user_name(id)).collect()
    }
}
