//! Verifying the ledger and the rows against it, while the server runs.

use crate::{Caller, Engine, Masked, Released};
use kernel::{Fault, Result, Text};
use ledger::{Act, SignedCheckpoint};
use serde_json::json;

/// Something found.
#[derive(Clone, Debug)]
pub struct VerifyFinding {
    /// A stable code in kebab case.
    pub code: &'static str,
    /// What, and where.
    pub text: Text,
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// Events.
    pub events: u64,
    /// Rows and documents compared with what the ledger says of them.
    pub rows: u64,
    /// What was found.
    pub findings: Vec<VerifyFinding>,
    /// Size and root of the checkpoint that all of it agrees with.
    pub checkpoint: Option<(u64, String)>,
}

impl Engine {
    /// Refuses whoever may not read the ledger.
    ///
    /// # Errors
    /// Forbidden.
    pub async fn check_verify(&self, caller: &Caller) -> Result<()> {
        self.ledger_right(caller).await
    }

    /// Verifies every event, and every row against the last event that wrote it.
    ///
    /// # Errors
    /// Forbidden; storage. What is wrong with the data is in the answer.
    pub async fn verify<P>(&self, caller: &Caller, progress: P) -> Result<Released<Verified>>
    where
        P: Fn(u64, Option<u64>) + Send + Sync + 'static,
    {
        self.ledger_right(caller).await?;
        let (store, public) = (self.0.store.clone(), self.0.vault.public_key());
        let work = move || -> Result<Verified> {
            let view = store.snapshot()?;
            let kept = view.checkpoint_text()?;
            let signed = kept.as_deref().and_then(|text| SignedCheckpoint::parse(text).ok());
            let checkpoint = signed.map(|s| (s.checkpoint().size, hex::encode(s.checkpoint().root)));
            let total = checkpoint.as_ref().map(|(size, _)| *size);
            let tell = &mut |done| progress(done, total);
            let report = ledger::verify(&view, kept.as_deref(), None, &public, tell)?;
            progress(report.events, total);
            let rows = view.verify_rows(&report)?;
            let of_ledger = report.findings.iter().map(|f| VerifyFinding { code: f.code(), text: f.text() });
            let of_rows = rows.iter().map(|f| VerifyFinding { code: f.code(), text: f.text() });
            Ok(Verified {
                events: report.events,
                rows: report.last.values().filter(|hash| hash.is_some()).count() as u64,
                findings: of_ledger.chain(of_rows).collect(),
                checkpoint,
            })
        };
        let verified = tokio::task::spawn_blocking(work).await.map_err(Fault::bug)??;
        let mut event = self.event(caller, Act::LedgerVerify);
        self.set_detail(
            &mut event,
            &json!({ "events": verified.events, "rows": verified.rows, "findings": verified.findings.len() }),
        )?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(verified).release(&receipt))
    }
}
