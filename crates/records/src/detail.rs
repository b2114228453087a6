//! What events tell beyond their touches: sealed, and never a value of a record.

use crate::Engine;
use kernel::{Fault, Result};
use ledger::Event;
use vault::{Context, Owner};

impl Engine {
    /// Puts `detail` into `event`, sealed for its subject, or for the organisation if it has none.
    /// Details name fields and give counts; values of records never go in.
    ///
    /// # Errors
    /// The subject has no key.
    pub fn set_detail(&self, event: &mut Event, detail: &serde_json::Value) -> Result<()> {
        let plain = serde_json::to_vec(detail).map_err(Fault::bug)?;
        event.detail = self.0.vault.seal(&detail_context(event), &plain)?;
        Ok(())
    }

    /// The detail of an event, if it has one and its key is still there.
    pub(crate) fn detail(&self, event: &Event) -> Option<serde_json::Value> {
        if event.detail.is_empty() {
            return None;
        }
        let plain = self.0.vault.open(&detail_context(event), &event.detail).ok()?;
        serde_json::from_slice(&plain).ok()
    }
}

fn detail_context(event: &Event) -> Context {
    /// Number under which details of events are sealed.
    const DETAIL: u16 = 61_001;
    let owner = if event.subject.is_nil() { Owner::Organisation } else { Owner::Subject(event.subject) };
    Context { owner, entity: DETAIL, row: *event.id.bytes(), schema: 1 }
}
