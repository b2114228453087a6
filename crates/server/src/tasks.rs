//! Long works of which few may run at a time.

use kernel::{Fault, FaultKind, Result, Text};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard, Semaphore, SemaphorePermit};

/// The places.
pub struct Tasks {
    /// Rotation of keys, rebuilding of the index.
    upkeep: Mutex<()>,
    /// Imports: each keeps a core busy.
    imports: Semaphore,
}

/// How long an import waits for its place.
const PATIENCE: Duration = Duration::from_secs(30);
/// Imports that run at a time.
const IMPORTS: usize = 2;

impl Default for Tasks {
    fn default() -> Self {
        Self { upkeep: Mutex::new(()), imports: Semaphore::new(IMPORTS) }
    }
}

impl Tasks {
    /// Takes the place.
    ///
    /// # Errors
    /// Conflict while such a work runs.
    pub fn upkeep(&self) -> Result<MutexGuard<'_, ()>> {
        self.upkeep.try_lock().map_err(|_| {
            Fault::new(
                FaultKind::Conflict,
                Text::of("Taka praca już trwa.", "Such a work is running already."),
            )
        })
    }

    /// Takes one of the places of imports, as soon as one is free.
    ///
    /// # Errors
    /// Too many if none gets free for half a minute.
    pub async fn import(&self) -> Result<SemaphorePermit<'_>> {
        match tokio::time::timeout(PATIENCE, self.imports.acquire()).await {
            Ok(place) => place.map_err(Fault::bug),
            Err(_) => {
                let text = Text::of(
                    "Trwają już inne importy. Spróbuj, gdy się skończą.",
                    "Other imports are running. Try when they have ended.",
                );
                Err(Fault::new(FaultKind::TooMany, text).retry_after_s(30))
            }
        }
    }
}
