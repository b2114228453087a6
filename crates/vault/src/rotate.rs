//! Rotation of epochs. Keys are wrapped again, content never is. Steps: `docs/formats/keyring.md`.

use crate::database::{storage_fault, truncate_wal};
use crate::keyring::{self, Row};
use crate::keys::Keys;
use crate::primitives::xaes;
use crate::vault::Vault;
use crate::wrap::Place;
use kernel::{Fault, FaultKind, Result, SubjectId, Text, Time};
use rusqlite::TransactionBehavior;
use serde::Serialize;
use std::sync::TryLockError;

const CHUNK: u32 = 1000;

/// What a rotation did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct RotationReport {
    /// The epoch that wraps everything now.
    pub epoch: u32,
    /// Whether a rotation that was broken off was finished, instead of a new one made.
    pub resumed: bool,
    /// Subject keys that were wrapped again.
    pub rewrapped: u64,
    /// Epoch keys that were destroyed.
    pub destroyed_epochs: usize,
}

impl Vault {
    /// Makes a new epoch, wraps every key under it and destroys the older epochs; or finishes a rotation
    /// that was broken off. Others go on working meanwhile.
    ///
    /// `progress` hears how many subject keys of how many are done, after each 1,000; an error of it stops
    /// the rotation there, to be finished by the next.
    ///
    /// # Errors
    /// Conflict if a rotation is running; the error of `progress`; otherwise as [`storage_fault`].
    pub fn rotate(&self, now: Time, progress: &dyn Fn(u64, u64) -> Result<()>) -> Result<RotationReport> {
        let _one_at_a_time = match self.rotation.try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(guard)) => guard.into_inner(),
            Err(TryLockError::WouldBlock) => return Err(running()),
        };
        let resumed = self.begin(now)?;
        let rewrapped = self.rewrap_all(progress)?;
        let destroyed_epochs = self.finish()?;
        let epoch = self.keys().file.current;
        Ok(RotationReport { epoch, resumed, rewrapped, destroyed_epochs })
    }

    fn begin(&self, now: Time) -> Result<bool> {
        // The writer's lock: no key is wrapped under the old epoch while it changes.
        let _writer = self.writer()?;
        let mut keys = self.keys_mut();
        let resumed = keys.rotating();
        if !resumed {
            keys.begin_epoch(now, self.random())?;
        }
        Ok(resumed)
    }

    fn rewrap_all(&self, progress: &dyn Fn(u64, u64) -> Result<()>) -> Result<u64> {
        let current = self.keys().file.current;
        let counts = keyring::count_by_epoch(&self.reader())?;
        let total = counts.iter().filter(|(e, _)| *e != current).map(|(_, n)| n).sum();
        let mut done = 0;
        let mut after = None;
        progress(done, total)?;
        while let Some((last, count)) = self.rewrap_chunk(after)? {
            after = Some(last);
            done += count;
            progress(done, total)?;
        }
        Ok(done)
    }

    /// Wraps the next rows again, in one transaction; `None` when there are no more.
    fn rewrap_chunk(&self, after: Option<SubjectId>) -> Result<Option<(SubjectId, u64)>> {
        let mut writer = self.writer()?;
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|e| storage_fault(&e))?;
        let keys = self.keys();
        let rows = keyring::of_other_epochs(&transaction, after, keys.file.current, CHUNK)?;
        let Some(last) = rows.last().map(|row| row.subject) else {
            return Ok(None);
        };
        let mut nonces = vec![[0; xaes::NONCE]; rows.len()];
        self.random().fill(nonces.as_flattened_mut());
        for (row, nonce) in rows.iter().zip(&nonces) {
            keyring::update(&transaction, &rewrap(&keys, row, nonce)?)?;
        }
        transaction.commit().map_err(|e| storage_fault(&e))?;
        Ok(Some((last, rows.len() as u64)))
    }

    fn finish(&self) -> Result<usize> {
        let writer = self.writer()?;
        // The reader's lock: nobody unwraps a row that was read before its last change.
        let _reader = self.reader();
        let mut keys = self.keys_mut();
        let current = keys.file.current;
        let left = keyring::of_other_epochs(&writer, None, current, 1)?;
        if !left.is_empty() {
            return Err(Fault::bug("rotation: a key of an older epoch is left"));
        }
        keyring::set_epoch(&writer, current)?;
        truncate_wal(&writer)?;
        keys.drop_old_epochs()
    }
}

fn rewrap(keys: &Keys, row: &Row, nonce: &[u8; xaes::NONCE]) -> Result<Row> {
    let Row { subject, key_id, epoch, ref wrapped } = *row;
    let place = Place::Subject(subject, key_id);
    let secret = keys
        .unwrap(epoch, place, wrapped)
        .map_err(|why| Fault::corrupt(format!("key of subject {subject}: {why}")))?;
    let wrapper = keys.current();
    let wrapped = wrapper.wrap_with(place, &secret, nonce);
    Ok(Row { subject, key_id, epoch: wrapper.epoch, wrapped })
}

const fn running() -> Fault {
    Fault::new(
        FaultKind::Conflict,
        Text::of("Wymiana kluczy już trwa.", "A rotation of the keys is running already."),
    )
}
