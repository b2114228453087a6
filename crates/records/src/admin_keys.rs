//! The keys, as administrators see them and begin a new epoch of them.

use crate::{Caller, Engine, Masked, Released};
use access::{Thing, Verb};
use kernel::{Fault, Result};
use ledger::Act;
use serde_json::json;

impl Engine {
    /// The state of the keys.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn key_status(&self, caller: &Caller) -> Result<Released<vault::KeyStatus>> {
        self.admin(caller, Thing::Keys, Verb::Read).await?;
        let (vault, now) = (self.0.vault.clone(), self.now());
        let status = tokio::task::spawn_blocking(move || vault.status(now)).await.map_err(Fault::bug)??;
        let receipt = self.receipt(self.event(caller, Act::KeysStatus)).await?;
        Ok(Masked::new(status).release(&receipt))
    }

    /// Begins a new epoch of keys.
    ///
    /// # Errors
    /// Forbidden; conflict if other servers share the keys; storage. What was begun goes on with the next call.
    pub async fn rotate_keys(&self, caller: &Caller) -> Result<Released<vault::RotationReport>> {
        self.admin(caller, Thing::Keys, Verb::Manage).await?;
        // Durable before anything changes; the second event tells what was done.
        let _receipt = self.receipt(self.event(caller, Act::KeysRotate)).await?;
        let report = self.rotate(|_, _| Ok(())).await?;
        let mut event = self.event(caller, Act::KeysRotate);
        self.set_detail(&mut event, &json!({ "report": report }))?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(report).release(&receipt))
    }
}
