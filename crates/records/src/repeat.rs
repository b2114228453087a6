//! Creating calls that may be repeated (`Idempotency-Key`).

use crate::{Caller, Engine, RecordView, Released};
use kernel::{Fault, FaultKind, RecordId, Result, Text};
use schema::Entity;

/// Kept answers are repeated for a day.
const REPEAT_S: i64 = 86_400;

impl Engine {
    /// The key under which a creating call may be repeated: bound to user, path and body.
    #[must_use]
    pub fn repeat_key(&self, caller: &Caller, path: &str, key: &str, body: &[u8]) -> store::Idempotent {
        let name = format!("{}\n{path}\n{key}", caller.actor.user);
        store::Idempotent {
            key: self.0.vault.mac("idempotency", name.as_bytes()),
            // Keyed, as a plain hash of a body would confirm a guess of what is in it, also after an erasure.
            request: self.0.vault.mac("idempotent request", body),
            until: self.now().plus_s(REPEAT_S),
            sealed: Vec::new(),
        }
    }

    /// The record that the same call made before, as the caller may see it now.
    ///
    /// # Errors
    /// Conflict if the key was used for another request; not found if the record is gone.
    pub async fn repeated(
        &self,
        caller: &Caller,
        entity: &Entity,
        key: &store::Idempotent,
    ) -> Result<Option<Released<RecordView>>> {
        let Some(id) = self.made_before(key).await? else { return Ok(None) };
        self.read(caller, entity, id).await.map(Some)
    }

    /// The id of what the same call made before.
    ///
    /// # Errors
    /// Conflict if the key was used for another request.
    pub(crate) async fn made_before(&self, key: &store::Idempotent) -> Result<Option<RecordId>> {
        let Some(kept) = self.0.store.idempotent(key.key).await?.filter(|k| k.until > self.now()) else {
            return Ok(None);
        };
        if kept.request != key.request {
            return Err(Fault::new(
                FaultKind::Conflict,
                Text::of(
                    "Ten Idempotency-Key był już użyty do innego żądania.",
                    "This Idempotency-Key was used for another request before.",
                ),
            ));
        }
        RecordId::from_slice(&kept.sealed).ok_or_else(|| Fault::corrupt("kept answer")).map(Some)
    }
}
