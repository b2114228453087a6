//! The state of store, index, ledger and keys, for administrators: numbers and times alone.

use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use kernel::{Fault, Result, Time};
use ledger::Act;
use serde::Serialize;
use vault::KeyStatus;

/// What the engine's parts say of themselves.
#[derive(Clone, Debug, Serialize)]
pub struct SystemState {
    /// Which storage engine it is.
    pub engine_kind: &'static str,
    /// Release of the storage engine.
    pub engine_version: String,
    /// Bytes of the database, if it is no file of the instance.
    pub database_bytes: Option<u64>,
    /// Records, those in the bin included.
    pub records: u64,
    /// Whether records are taken: the disk has room.
    pub room: bool,
    /// The last change that the index has.
    pub applied: u64,
    /// The last change that there is.
    pub last_change: u64,
    /// Events in the ledger.
    pub events: u64,
    /// Size and root of the last signed checkpoint, and when it was signed.
    pub checkpoint: Option<(u64, [u8; 32], Option<Time>)>,
    /// The keys.
    pub keys: KeyStatus,
}

impl Engine {
    /// The state of the instance; needs the right to read the system.
    ///
    /// # Errors
    /// Forbidden; storage.
    pub async fn system(&self, caller: &Caller) -> Result<Released<SystemState>> {
        self.admin(caller, Thing::System, Verb::Read).await?;
        let store = &self.0.store;
        let (vault, now) = (self.0.vault.clone(), self.now());
        let keys = tokio::task::spawn_blocking(move || vault.status(now)).await.map_err(Fault::bug)??;
        let checkpoint = store.checkpoint().await?.map(|signed| {
            let of = signed.checkpoint();
            (of.size, of.root, of.at)
        });
        let state = SystemState {
            engine_kind: store.kind(),
            database_bytes: store.database_bytes().await?,
            engine_version: store.engine_version().await?,
            records: store.row_count().await?,
            room: store.check_room().await.is_ok(),
            applied: self.0.index.applied(),
            last_change: store.last_change().await?,
            events: store.event_count().await?,
            checkpoint,
            keys,
        };
        let receipt = self.receipt(self.event(caller, Act::SystemRead)).await?;
        Ok(Masked::new(state).release(&receipt))
    }
}
