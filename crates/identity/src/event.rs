//! Events of this crate.

use kernel::{ActId, Clock, Fault, IdSource, Random, RecordId, Result, SessionId, SubjectId, Zone};
use ledger::{Act, Event, Outcome, Who};
use serde_json::Value;
use vault::{Context, Owner, Vault};

/// Number under which details of events are sealed.
const DETAIL: u16 = 61_001;

/// What events are made from.
pub struct Source<'a> {
    pub vault: &'a Vault,
    pub clock: &'a dyn Clock,
    pub random: &'a dyn Random,
    pub ids: &'a IdSource,
    pub zone: &'a Zone,
}

impl Source<'_> {
    /// An event about nobody's record, with its detail sealed for the organisation.
    pub fn event(
        &self,
        who: Who,
        session: SessionId,
        act: Act,
        outcome: Outcome,
        detail: &Value,
    ) -> Result<Event> {
        let mut event = Event {
            id: self.ids.next(self.clock, self.random),
            at: self.clock.now(),
            who,
            session,
            act,
            outcome,
            entity: 0,
            record: RecordId::NIL,
            subject: SubjectId::NIL,
            part_of: ActId::NIL,
            touches: Vec::new(),
            detail: Vec::new(),
        };
        let context =
            Context { owner: Owner::Organisation, entity: DETAIL, row: *event.id.bytes(), schema: 1 };
        let plain = serde_json::to_vec(detail).map_err(Fault::bug)?;
        event.detail = self.vault.seal(&context, &plain)?;
        Ok(event)
    }
}
