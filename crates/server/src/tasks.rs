//! Long works of which one may run at a time.

use kernel::{Fault, FaultKind, Result, Text};
use tokio::sync::{Mutex, MutexGuard};

/// One place for each.
#[derive(Default)]
pub struct Tasks {
    /// Rotation of keys, rebuilding of the index.
    upkeep: Mutex<()>,
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
}
