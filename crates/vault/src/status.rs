//! What the operator may know of the keys: counts and ages, no secrets.

use crate::vault::Vault;
use kernel::{OrgId, Result, Time};
use serde::Serialize;

/// One epoch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct EpochStatus {
    /// Its number.
    pub id: u32,
    /// When it was made.
    pub created: Time,
    /// Milliseconds since then.
    pub age_ms: i64,
    /// Subject keys that it wraps.
    pub subject_keys: u64,
}

/// The state of all keys.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct KeyStatus {
    /// The organisation.
    pub organisation: OrgId,
    /// Where the root key comes from: `key-file`, `credential` or `passphrase`.
    pub root: &'static str,
    /// The epoch that wraps new keys.
    pub current_epoch: u32,
    /// All epochs, oldest first; more than one only while a rotation is unfinished.
    pub epochs: Vec<EpochStatus>,
    /// Whether a rotation was begun and not finished.
    pub rotation_unfinished: bool,
    /// Subjects with a key.
    pub subjects: u64,
    /// Destroyed keys.
    pub tombstones: u64,
    /// Names of the files that have a page key.
    pub page_keys: Vec<String>,
}

impl Vault {
    /// The state of all keys. Counts every key: a second or so for a million.
    ///
    /// # Errors
    /// As [`crate::storage_fault`].
    pub fn status(&self, now: Time) -> Result<KeyStatus> {
        let (counts, tombstones) = (self.keyring.count_by_epoch()?, self.keyring.count_tombstones()?);
        let keys = self.keys();
        let count_of = |id| counts.iter().find(|(e, _)| *e == id).map_or(0, |(_, n)| *n);
        let epochs = keys.file.epochs.iter().map(|e| EpochStatus {
            id: e.id,
            created: e.created,
            age_ms: now.0.saturating_sub(e.created.0),
            subject_keys: count_of(e.id),
        });
        Ok(KeyStatus {
            organisation: keys.file.organisation,
            root: keys.file.root.source()?.name(),
            current_epoch: keys.file.current,
            epochs: epochs.collect(),
            rotation_unfinished: keys.rotating(),
            subjects: counts.iter().map(|(_, n)| n).sum(),
            tombstones,
            page_keys: keys.file.pages.keys().cloned().collect(),
        })
    }
}
