//! Keys of subjects: made, destroyed, counted.

use crate::keyring::{KeyRow, Standing, Tombstone};
use crate::primitives::{Secret, xaes};
use crate::sealed::{Context, Owner, SealKey};
use crate::vault::Vault;
use crate::wrap::{Place, WRAPPED};
use kernel::{Fault, Result, SubjectId, Time};
use std::collections::HashMap;
use std::sync::Arc;
use zeroize::Zeroizing;

impl Vault {
    /// Makes a key for each subject that has none; durable when it returns. All or none.
    ///
    /// # Errors
    /// Not found if the key of one was destroyed: an id is never used again. Otherwise as
    /// [`crate::storage_fault`].
    pub fn add_subjects(&self, subjects: &[SubjectId]) -> Result<()> {
        const KEY: usize = 32;
        const EACH: usize = KEY + xaes::NONCE + 8;
        if subjects.iter().any(SubjectId::is_nil) {
            return Err(Fault::bug("add_subjects: the nil id names nobody"));
        }
        let mut bytes = Zeroizing::new(vec![0; subjects.len() * EACH]);
        self.random().fill(&mut bytes);
        let _writing = self.writing()?;
        let (mut rows, mut fresh) = (Vec::with_capacity(subjects.len()), HashMap::new());
        {
            let keys = self.keys();
            let wrapper = keys.current();
            for (&subject, bytes) in subjects.iter().zip(bytes.chunks_exact(EACH)) {
                if fresh.contains_key(&subject) {
                    continue;
                }
                let (secret, rest) = bytes.split_at(KEY);
                let (nonce, key_id) = rest.split_at(xaes::NONCE);
                let secret = Secret::from_slice(secret).expect("32 bytes were split off");
                let nonce = nonce.try_into().expect("24 bytes were split off");
                let key_id = key_id.try_into().expect("8 bytes are left");
                let wrapped = wrapper.wrap_with(Place::Subject(subject, key_id), &secret, nonce);
                debug_assert_eq!(wrapped.len(), WRAPPED);
                rows.push(KeyRow { subject, key_id, epoch: wrapper.epoch, wrapped });
                fresh.insert(subject, Arc::new(SealKey { id: key_id, secret }));
            }
        }
        let added = self.keyring.insert(&rows)?;
        let mut cache = self.cache();
        for subject in added {
            if let Some(key) = fresh.remove(&subject) {
                cache.put(subject, key);
            }
        }
        Ok(())
    }

    /// Destroys the key of `subject`: nothing sealed with it opens again, in no copy. Doing it again gives
    /// the first tombstone. A subject without a key gets a tombstone all the same.
    ///
    /// # Errors
    /// As [`crate::storage_fault`]; repeat it until it succeeds.
    pub fn destroy(&self, subject: SubjectId, request: [u8; 16], now: Time) -> Result<Tombstone> {
        let mut stones = self.destroy_many(&[subject], request, now)?;
        stones.pop().ok_or_else(|| Fault::bug("destroy: no tombstone"))
    }

    /// Destroys the keys of several subjects at once; see [`Vault::destroy`].
    ///
    /// # Errors
    /// As [`Vault::destroy`]; all or none.
    pub fn destroy_many(
        &self,
        subjects: &[SubjectId],
        request: [u8; 16],
        now: Time,
    ) -> Result<Vec<Tombstone>> {
        let _writing = self.writing()?;
        let unread = self.unread();
        // Before it is durable: should it fail and yet be there, no cached key outlives it.
        let mut cache = self.cache();
        for &subject in subjects {
            cache.evict(subject);
        }
        drop(cache);
        let stones: Vec<_> =
            subjects.iter().map(|&subject| Tombstone { subject, time: now, request }).collect();
        let (stones, count) = self.keyring.bury(&stones)?;
        drop(unread);
        self.record_erasures(count)?;
        Ok(stones)
    }

    /// Lets the keys of several subjects go, of those that have one: nothing sealed with them opens again, in no
    /// copy of the data. For what passes by itself, such as a file that was made to be fetched within the hour,
    /// sealed with a key of its own. No tombstone tells of it, so a copy of the keyring from before is not
    /// refused for it: a person's key is destroyed ([`Vault::destroy`]), never dropped.
    ///
    /// # Errors
    /// As [`crate::storage_fault`]; repeat it until it succeeds.
    pub fn drop_subjects(&self, subjects: &[SubjectId]) -> Result<()> {
        let _writing = self.writing()?;
        let _unread = self.unread();
        // As in a destruction: no cached key outlives what may be gone already.
        let mut cache = self.cache();
        for &subject in subjects {
            cache.evict(subject);
        }
        drop(cache);
        self.keyring.remove(subjects)
    }

    /// As [`Vault::open`], of what is sealed with a key that any server may let go ([`Vault::drop_subjects`]); nothing
    /// once that is gone. The keyring is asked each time, and the key is not kept at hand.
    ///
    /// # Errors
    /// As [`Vault::open`].
    pub fn open_passing(&self, context: &Context, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
        let Owner::Subject(subject) = context.owner else { return self.open(context, sealed).map(Some) };
        self.forget(subject);
        let opened = self.owner_key(context)?.map(|key| key.open(self.organisation(), context, sealed));
        self.forget(subject);
        opened.transpose()
    }

    /// As [`Vault::seal`], with a key that any server may let go: it is not kept at hand.
    ///
    /// # Errors
    /// As [`Vault::seal`].
    pub fn seal_passing(&self, context: &Context, content: &[u8]) -> Result<Vec<u8>> {
        let sealed = self.seal(context, content);
        if let Owner::Subject(subject) = context.owner {
            self.forget(subject);
        }
        sealed
    }

    /// All destroyed keys.
    ///
    /// # Errors
    /// As [`crate::storage_fault`].
    pub fn tombstones(&self) -> Result<Vec<Tombstone>> {
        self.keyring.tombstones()
    }

    /// How many keys were destroyed.
    ///
    /// # Errors
    /// As [`crate::storage_fault`].
    pub fn erased(&self) -> Result<u64> {
        self.keyring.count_tombstones()
    }

    /// Whether the subject has a key now.
    ///
    /// # Errors
    /// As [`crate::storage_fault`].
    pub fn has_subject(&self, subject: SubjectId) -> Result<bool> {
        Ok(matches!(self.keyring.find(&[subject])?.pop(), Some(Standing::Key(_))))
    }
}
