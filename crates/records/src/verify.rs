//! Verifying the ledger and the rows against it, while the server runs.

use crate::{Caller, Engine, Masked, Released};
use kernel::{Fault, FaultKind, Result, Text};
use ledger::{Act, SignedCheckpoint};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

/// The one verification or backup that runs, and the wish that it stop. It keeps the store from settling erasures.
#[derive(Default)]
pub(crate) struct Verifying {
    place: Arc<Mutex<()>>,
    /// Erasures that want it to stop.
    against: Arc<AtomicU32>,
}

/// Held while something is verified.
pub(crate) struct Turn {
    _place: OwnedMutexGuard<()>,
    against: Arc<AtomicU32>,
}

/// Held by an erasure: nothing is verified meanwhile.
pub(crate) struct Unread {
    place: Option<OwnedMutexGuard<()>>,
    against: Arc<AtomicU32>,
}

impl Drop for Unread {
    fn drop(&mut self) {
        self.against.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Verifying {
    fn begin(&self) -> Result<Turn> {
        let Ok(place) = self.place.clone().try_lock_owned() else {
            let text = Text::of("Takie zadanie już trwa.", "Such a job is already running.");
            return Err(Fault::new(FaultKind::Conflict, text));
        };
        Ok(Turn { _place: place, against: self.against.clone() })
    }
}

impl Verifying {
    /// As [`Verifying::begin`], but waits until nothing is verified. Blocks.
    pub(crate) fn wait(&self) -> Turn {
        Turn { _place: self.place.clone().blocking_lock_owned(), against: self.against.clone() }
    }
}

impl Turn {
    /// Fails when it is to stop.
    pub(crate) fn go_on(&self, cancel: &AtomicBool) -> Result<()> {
        if self.against.load(Ordering::Acquire) == 0 && !cancel.load(Ordering::Relaxed) {
            return Ok(());
        }
        let text = Text::of(
            "Pracę przerwano, bo dokończenie usunięcia danych nie może na nią czekać. Zacznij ją od nowa.",
            "The work was stopped, because an erasure cannot wait for it. Start it again.",
        );
        Err(Fault::new(FaultKind::Unavailable, text).retry_after_s(60))
    }
}

/// How long an erasure waits for a verification to stop.
const PATIENCE: Duration = Duration::from_secs(2);

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
    /// Lets no verification stand in the way of an erasure, until what this gives is dropped.
    pub(crate) async fn stop_verifying(&self) -> Unread {
        let Verifying { place, against } = &self.0.verifying;
        against.fetch_add(1, Ordering::AcqRel);
        let mut unread = Unread { place: None, against: against.clone() };
        unread.place = timeout(PATIENCE, place.clone().lock_owned()).await.ok();
        unread
    }

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
    pub async fn verify<P>(
        &self,
        caller: &Caller,
        cancel: Arc<AtomicBool>,
        progress: P,
    ) -> Result<Released<Verified>>
    where
        P: Fn(u64, Option<u64>) + Send + Sync + 'static,
    {
        self.ledger_right(caller).await?;
        let turn = self.0.verifying.begin()?;
        let (store, public) = (self.0.store.clone(), self.0.vault.public_key());
        let work = move || -> Result<Verified> {
            let go_on = || turn.go_on(&cancel);
            let view = store.snapshot()?;
            let kept = view.checkpoint_text()?;
            let signed = kept.as_deref().and_then(|text| SignedCheckpoint::parse(text).ok());
            let checkpoint = signed.map(|s| (s.checkpoint().size, hex::encode(s.checkpoint().root)));
            let total = checkpoint.as_ref().map(|(size, _)| *size);
            let tell = &mut |done| {
                progress(done, total);
                go_on()
            };
            let report = ledger::verify(&view, kept.as_deref(), None, &public, tell)?;
            progress(report.events, total);
            let rows = view.verify_rows(&report, &go_on)?;
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
