//! Rotation of epochs. Keys are wrapped again, content never is. Steps: `docs/formats/keyring.md`.

use crate::keyring::KeyRow;
use crate::primitives::xaes;
use crate::vault::Vault;
use crate::wrap::Place;
use kernel::{Fault, FaultKind, Result, SubjectId, Text, Time};
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
    /// Conflict if a rotation is running; the error of `progress`; otherwise as [`crate::storage_fault`].
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
        // No key is wrapped under the old epoch while it changes.
        let _writing = self.writing()?;
        let mut keys = self.keys_mut();
        let resumed = keys.rotating();
        if !resumed {
            keys.begin_epoch(now, self.random())?;
        }
        Ok(resumed)
    }

    fn rewrap_all(&self, progress: &dyn Fn(u64, u64) -> Result<()>) -> Result<u64> {
        let current = self.keys().file.current;
        let counts = self.keyring.count_by_epoch()?;
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
        let _writing = self.writing()?;
        let keys = self.keys();
        let rows = self.keyring.of_other_epochs(after, keys.file.current, CHUNK)?;
        let Some(last) = rows.last().map(|row| row.subject) else {
            return Ok(None);
        };
        let mut nonces = vec![[0; xaes::NONCE]; rows.len()];
        self.random().fill(nonces.as_flattened_mut());
        let wrapper = keys.current();
        let again = rows.iter().zip(&nonces).map(|(row, nonce)| {
            let secret = self.unwrap(&keys, row)?;
            let &KeyRow { subject, key_id, .. } = row;
            let wrapped = wrapper.wrap_with(Place::Subject(subject, key_id), &secret, nonce);
            Ok(KeyRow { subject, key_id, epoch: wrapper.epoch, wrapped })
        });
        self.keyring.update(&again.collect::<Result<Vec<_>>>()?)?;
        Ok(Some((last, rows.len() as u64)))
    }

    fn finish(&self) -> Result<usize> {
        let _writing = self.writing()?;
        // Nobody unwraps a row that was read before its last change.
        let _unread = self.unread();
        let mut keys = self.keys_mut();
        if !self.keyring.end_rotation(keys.file.current)? {
            return Err(Fault::bug("rotation: a key of an older epoch is left"));
        }
        keys.drop_old_epochs()
    }
}

const fn running() -> Fault {
    Fault::new(
        FaultKind::Conflict,
        Text::of("Wymiana kluczy już trwa.", "A rotation of the keys is running already."),
    )
}
