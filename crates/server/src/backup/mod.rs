//! Backups: where their files lie, when they are made, how an instance comes of one.

mod attempt;
mod file;
mod restore;
mod retention;
mod schedule;

pub use attempt::Attempt;
pub use file::{name_of, write_whole};
pub use restore::{Restored, Stage, moment, restore, settings_of};
pub(crate) use restore::{finish, pending};
pub use schedule::Schedule;
pub(crate) use schedule::stopping;

use crate::config::BackupConfig;
use crate::instance::Layout;
use kernel::{Fault, Result, Time};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const HOUR_MS: i64 = 3_600_000;
const WEEK_H: u32 = 7 * 24;

/// What is remembered of the last backup, or of the last one that was proved to restore.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Noted {
    /// When it was made, or proved.
    pub at: Time,
    /// The moment whose state it holds.
    pub state_of: Time,
    /// Events in its ledger.
    pub events: u64,
}

impl Noted {
    /// Whether there should have been another since: one that is scheduled may be late by its interval, as the
    /// server may have been stopped, and one that is not should be made each week.
    #[must_use]
    pub fn is_late(&self, settings: &BackupConfig, now: Time) -> bool {
        let hours = if settings.is_scheduled() { settings.every_h.max(1).saturating_mul(2) } else { WEEK_H };
        now.0.saturating_sub(self.state_of.0) > i64::from(hours) * HOUR_MS
    }
}

/// Where the last backup is remembered.
#[must_use]
pub fn made_path(layout: &Layout) -> PathBuf {
    layout.dir.join("backup-made.json")
}

/// Where the last backup that was proved to restore is remembered.
#[must_use]
pub fn verified_path(layout: &Layout) -> PathBuf {
    layout.dir.join("backup-verified.json")
}

/// What is remembered there; a file that is none counts as missing.
#[must_use]
pub fn noted(path: &Path) -> Option<Noted> {
    read(path).ok().flatten()
}

/// Remembers.
///
/// # Errors
/// Full or internal, as writing fails.
pub fn note(path: &Path, noted: &Noted) -> Result<()> {
    write(path, noted)
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Option<T>> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|e| Fault::corrupt(format!("{}: line {}", path.display(), e.line()))),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(vault::io_fault(&path.display().to_string(), &e)),
    }
}

fn write<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    let bytes = serde_json::to_vec(value).map_err(Fault::bug)?;
    write_whole(path, |mut file| {
        file.write_all(&bytes).map_err(|e| vault::io_fault(&path.display().to_string(), &e))?;
        Ok(((), file))
    })
}
