//! Long works of which few may run at a time.

use kernel::{Fault, FaultKind, Result, Text};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard, OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// The places.
pub struct Tasks {
    /// Rotation of keys, rebuilding of the index.
    upkeep: Mutex<()>,
    /// Imports: each keeps a core busy.
    imports: Arc<Semaphore>,
    /// Files that are opened and looked into: short works.
    looks: Semaphore,
    /// MiB of files that are on their way into the queue.
    files: Arc<Semaphore>,
}

/// How long an import waits for its place.
const PATIENCE: Duration = Duration::from_secs(30);
/// Imports that run at a time.
const IMPORTS: usize = 2;

/// Files that are opened at a time.
const LOOKS: usize = 2;

/// MiB of files in memory that are on their way into the queue.
const FILES: usize = 256;

impl Default for Tasks {
    fn default() -> Self {
        Self {
            upkeep: Mutex::new(()),
            imports: Arc::new(Semaphore::new(IMPORTS)),
            looks: Semaphore::new(LOOKS),
            files: Arc::new(Semaphore::new(FILES)),
        }
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
                Text::of("Takie zadanie już trwa.", "Such a job is already running."),
            )
        })
    }

    /// The places of imports, for jobs, which wait for one as long as it takes.
    pub fn imports(&self) -> Arc<Semaphore> {
        self.imports.clone()
    }

    /// Takes room for a file that is to be imported in the background.
    ///
    /// # Errors
    /// Too many if there is none.
    pub fn hold_file(&self, bytes: usize) -> Result<OwnedSemaphorePermit> {
        let mib = u32::try_from((bytes >> 20) + 1).map_err(Fault::bug)?;
        self.files.clone().try_acquire_many_owned(mib).map_err(|_| {
            let text = Text::of(
                "Na import czeka już zbyt wiele plików. Spróbuj ponownie później.",
                "Too many files are already waiting to be imported. Try again when they have finished.",
            );
            Fault::new(FaultKind::TooMany, text).retry_after_s(30)
        })
    }

    /// Takes one of the places of imports, as soon as one is free.
    ///
    /// # Errors
    /// Too many if none gets free for half a minute.
    pub async fn import(&self) -> Result<SemaphorePermit<'_>> {
        patiently(&self.imports).await
    }

    /// Takes one of the places for opening files, which running imports do not take.
    ///
    /// # Errors
    /// As [`Tasks::import`].
    pub async fn open_file(&self) -> Result<SemaphorePermit<'_>> {
        patiently(&self.looks).await
    }
}

async fn patiently(places: &Semaphore) -> Result<SemaphorePermit<'_>> {
    match tokio::time::timeout(PATIENCE, places.acquire()).await {
        Ok(place) => place.map_err(Fault::bug),
        Err(_) => {
            let text = Text::of(
                "Trwają już inne importy. Spróbuj ponownie, gdy się skończą.",
                "Other imports are running. Try again when they have finished.",
            );
            Err(Fault::new(FaultKind::TooMany, text).retry_after_s(30))
        }
    }
}
