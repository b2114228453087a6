//! Receipts of long works: that one was ordered, looked at, stopped.

use crate::{Caller, Engine, Masked, Released};
use kernel::{Fault, JobId, RecordId, Result};
use ledger::{Act, Event};
use serde_json::json;

impl Engine {
    /// Releases what a job tells of itself, once the ledger holds that it was asked. `kind` is what the
    /// job does, when it is ordered.
    ///
    /// # Errors
    /// Storage.
    pub async fn job_told<T>(
        &self,
        caller: &Caller,
        act: Act,
        job: JobId,
        kind: Option<&str>,
        told: T,
    ) -> Result<Released<T>> {
        let mut event = Event { part_of: job.cast(), ..self.event(caller, act) };
        if let Some(kind) = kind {
            self.set_detail(&mut event, &json!({ "kind": kind }))?;
        }
        let told = Masked::new(told);
        Ok(told.release(&self.receipt(event).await?))
    }

    /// The answer to whoever asks for a job that is not there or another's; the attempt is written down.
    pub async fn no_such_job(&self, caller: &Caller) -> Fault {
        self.refused(caller, 0, RecordId::NIL, Fault::not_found()).await
    }
}
