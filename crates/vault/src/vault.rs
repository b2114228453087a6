//! The vault: all keys of an instance behind one door.
//!
//! Locks are taken in this order, and only downwards: rotation, writing, reading, keys, cache. A subject key
//! enters the cache only under the lock of writing or, with others, that of reading, and destruction holds
//! both alone: so no key comes back into the cache after it was destroyed, here or by another server.

use crate::cache::Cache;
use crate::database::PageKey;
use crate::file;
use crate::keyring::{KeyRow, Keyring, Standing};
use crate::keyring_file::{self, FileKeyring};
use crate::keys::Keys;
use crate::keys_file::KeysFile;
use crate::pages::stored_page_key;
use crate::primitives::{Secret, derive::Deriver, sign::SigningKey, xaes};
use crate::root::{RootKey, RootSource};
use crate::sealed::{Context, Owner, SealKey};
use crate::wrap::Place;
use kernel::{Fault, FaultKind, OrgId, Random, Result, SubjectId, Text, Time};
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

pub(crate) const KEYS_FILE: &str = "keys.json";
const CACHED_SUBJECTS: usize = 8192;
/// Keys that are asked for at once.
const AT_ONCE: usize = 1_000;

/// All keys of one instance. Shared as `Arc<Vault>`; has no `Debug`.
pub struct Vault {
    organisation: OrgId,
    random: Arc<dyn Random>,
    organisation_key: Arc<SealKey>,
    pub(crate) derivation: Deriver,
    pub(crate) signing: SigningKey,
    pub(crate) rotation: Mutex<()>,
    pub(crate) keyring: Box<dyn Keyring>,
    read_only: bool,
    writing: Mutex<()>,
    reading: RwLock<()>,
    keys: RwLock<Keys>,
    cache: Mutex<Cache>,
}

/// Where the root key of the vault in `dir` comes from: what to ask for before opening it.
///
/// # Errors
/// Invalid if there is no vault; corrupt if its `keys.json` is not one.
pub fn root_source(dir: &Path) -> Result<RootSource> {
    KeysFile::read(&dir.join(KEYS_FILE))?.root.source()
}

// Opening and making.
impl Vault {
    /// Makes new keys in `dir` (made with mode 0700) and opens them.
    ///
    /// # Errors
    /// Invalid if the directory holds keys already; full or internal if it cannot be written.
    pub fn create(
        dir: &Path,
        root: &RootKey,
        organisation: OrgId,
        now: Time,
        random: Arc<dyn Random>,
    ) -> Result<Self> {
        let path = dir.join(keyring_file::NAME);
        let mut keys = new_keys(dir, root, organisation, now, &*random)?;
        let page = Secret::random(&*random);
        let wrapped = keys.wrap(Place::Page(keyring_file::NAME), &page, &*random);
        FileKeyring::create(&path, &PageKey(page), organisation)?;
        let mut keys_file = keys.file.clone();
        keys_file.pages.insert(keyring_file::NAME.to_owned(), wrapped);
        // Last, so that a vault with a keys.json is whole.
        keys.store(keys_file)?;
        Self::open_existing(dir, root, random)
    }

    /// As [`Vault::create`], where the keys of subjects lie in `keyring`, which others may share and which
    /// has nobody's key yet.
    ///
    /// # Errors
    /// As [`Vault::create`]; as the keyring's storage fails.
    pub fn create_over(
        keyring: Box<dyn Keyring>,
        dir: &Path,
        root: &RootKey,
        organisation: OrgId,
        now: Time,
        random: Arc<dyn Random>,
    ) -> Result<Self> {
        let mut keys = new_keys(dir, root, organisation, now, &*random)?;
        keys.store(keys.file.clone())?;
        Self::assemble(keys, keyring, random, false)
    }

    /// Opens the vault in `dir` for one process at a time.
    ///
    /// # Errors
    /// Invalid if there is none or the root key is another's; corrupt if something was altered, or the
    /// keyring is an older copy in which destroyed keys would live again.
    pub fn open_existing(dir: &Path, root: &RootKey, random: Arc<dyn Random>) -> Result<Self> {
        Self::of_file(dir, root, random, false)
    }

    /// Opens a vault, or a copy of one, without changing it. Whatever writes is refused.
    ///
    /// # Errors
    /// As [`Vault::open_existing`].
    pub fn open_read_only(dir: &Path, root: &RootKey, random: Arc<dyn Random>) -> Result<Self> {
        Self::of_file(dir, root, random, true)
    }

    /// Opens the vault in `dir`, where the keys of subjects lie in `keyring`, which others may share.
    ///
    /// # Errors
    /// As [`Vault::open_existing`]; unavailable if another server rotated the keys, and `keys.json` is to be
    /// had from there.
    pub fn open_over(
        keyring: Box<dyn Keyring>,
        dir: &Path,
        root: &RootKey,
        random: Arc<dyn Random>,
    ) -> Result<Self> {
        Self::assemble(Keys::open(dir.join(KEYS_FILE), root)?, keyring, random, false)
    }

    /// As [`Vault::open_over`], without changing anything. Whatever writes is refused.
    ///
    /// # Errors
    /// As [`Vault::open_over`].
    pub fn read_over(
        keyring: Box<dyn Keyring>,
        dir: &Path,
        root: &RootKey,
        random: Arc<dyn Random>,
    ) -> Result<Self> {
        Self::assemble(Keys::open(dir.join(KEYS_FILE), root)?, keyring, random, true)
    }

    fn of_file(dir: &Path, root: &RootKey, random: Arc<dyn Random>, read_only: bool) -> Result<Self> {
        let keys = Keys::open(dir.join(KEYS_FILE), root)?;
        let page = stored_page_key(&keys, keyring_file::NAME)?
            .ok_or_else(|| Fault::corrupt("keys.json has no page key of keyring.db"))?;
        let keyring = FileKeyring::open(&dir.join(keyring_file::NAME), &page, read_only)?;
        Self::assemble(keys, Box::new(keyring), random, read_only)
    }

    fn assemble(
        keys: Keys,
        keyring: Box<dyn Keyring>,
        random: Arc<dyn Random>,
        read_only: bool,
    ) -> Result<Self> {
        let organisation = keys.file.organisation;
        let epoch = keyring.check(organisation)?;
        if epoch > keys.file.current {
            return Err(keys_behind(epoch));
        }
        if !keys.has_epoch(epoch) {
            return Err(Fault::corrupt("the keyring is an older copy: its epoch is gone from keys.json"));
        }
        let (id, secret) = keys.organisation_key()?;
        let derivation = keys.unwrap_own(Place::Derivation, &keys.file.derivation_key, "derivation key")?;
        let signing = keys.unwrap_own(Place::Signing, &keys.file.signing_key, "signing key")?;
        let vault = Self {
            organisation,
            random,
            organisation_key: Arc::new(SealKey { id, secret }),
            derivation: Deriver::new(b"", &derivation),
            signing: SigningKey::from_seed(&signing),
            rotation: Mutex::new(()),
            keyring,
            read_only,
            writing: Mutex::new(()),
            reading: RwLock::new(()),
            keys: RwLock::new(keys),
            cache: Mutex::new(Cache::new(CACHED_SUBJECTS)),
        };
        vault.settle_erasures()?;
        Ok(vault)
    }

    /// Compares the tombstones with the number in `keys.json`; finishes a destruction that a crash cut off.
    fn settle_erasures(&self) -> Result<()> {
        let found = self.keyring.count_tombstones()?;
        let known = self.keys().file.erased;
        if found < known {
            return Err(Fault::corrupt(format!(
                "the keyring is an older copy: {found} tombstones, keys.json knows of {known}"
            )));
        }
        if !self.read_only {
            self.keyring.settle()?;
            self.record_erasures(found)?;
        }
        Ok(())
    }

    pub(crate) fn record_erasures(&self, count: u64) -> Result<()> {
        let mut keys = self.keys_mut();
        if keys.file.erased < count {
            let file = KeysFile { erased: count, ..keys.file.clone() };
            keys.store(file)?;
        }
        Ok(())
    }

    /// The organisation.
    #[must_use]
    pub const fn organisation(&self) -> OrgId {
        self.organisation
    }
}

// Locks. A thread that panicked while it held one has left consistent data: changes are made whole.
impl Vault {
    /// Refuses a vault that is only read.
    pub(crate) fn writing(&self) -> Result<MutexGuard<'_, ()>> {
        if self.read_only {
            return Err(Fault::bug("the vault is open read-only"));
        }
        Ok(self.writing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until nobody takes a key out of the keyring.
    pub(crate) fn unread(&self) -> RwLockWriteGuard<'_, ()> {
        self.reading.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn reading(&self) -> RwLockReadGuard<'_, ()> {
        self.reading.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn keys(&self) -> RwLockReadGuard<'_, Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn keys_mut(&self) -> RwLockWriteGuard<'_, Keys> {
        self.keys.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn random(&self) -> &dyn Random {
        &*self.random
    }

    pub(crate) fn random_source(&self) -> Arc<dyn Random> {
        Arc::clone(&self.random)
    }
}

// Sealing and opening.
impl Vault {
    /// Seals `content` for `context` with the owner's key.
    ///
    /// # Errors
    /// Not found if the owner's key was destroyed; internal if it never was; too large above
    /// [`crate::MAX_CONTENT`].
    pub fn seal(&self, context: &Context, content: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; xaes::NONCE];
        self.random.fill(&mut nonce);
        self.seal_key(context)?.seal(self.organisation, context, &nonce, content)
    }

    /// Seals many values; draws all nonces at once.
    ///
    /// # Errors
    /// As [`Vault::seal`]; the first failure ends it.
    pub fn seal_many(&self, values: &[(Context, &[u8])]) -> Result<Vec<Vec<u8>>> {
        let mut nonces = vec![[0; xaes::NONCE]; values.len()];
        self.random.fill(nonces.as_flattened_mut());
        let each = values.iter().zip(&nonces);
        each.map(|((context, content), nonce)| {
            self.seal_key(context)?.seal(self.organisation, context, nonce, content)
        })
        .collect()
    }

    /// Opens a sealed value of `context`.
    ///
    /// # Errors
    /// Not found if the owner's key was destroyed (the note begins with `destroyed`); corrupt if the owner
    /// has no key, or the value was altered, sealed with another key, or for another place.
    pub fn open(&self, context: &Context, sealed: &[u8]) -> Result<Vec<u8>> {
        let key = self.owner_key(context)?;
        let key = key.ok_or_else(|| Fault::corrupt(context.note("the owner has no key")))?;
        key.open(self.organisation, context, sealed)
    }

    fn seal_key(&self, context: &Context) -> Result<Arc<SealKey>> {
        let key = self.owner_key(context)?;
        key.ok_or_else(|| Fault::bug(context.note("seal: the owner has no key")))
    }

    pub(crate) fn owner_key(&self, context: &Context) -> Result<Option<Arc<SealKey>>> {
        match context.owner {
            Owner::Organisation => Ok(Some(Arc::clone(&self.organisation_key))),
            Owner::Subject(subject) => self.subject_key(subject),
        }
    }

    fn subject_key(&self, subject: SubjectId) -> Result<Option<Arc<SealKey>>> {
        if let Some(key) = self.cache().get(subject) {
            return Ok(Some(key));
        }
        let _reading = self.reading();
        match self.keyring.find(&[subject])?.pop() {
            Some(Standing::Key(row)) => self.take(&row).map(Some),
            Some(Standing::Destroyed(stone)) => Err(stone.refusal()),
            None => Ok(None),
        }
    }

    /// Unwraps a key and keeps it at hand; under the lock of reading.
    fn take(&self, row: &KeyRow) -> Result<Arc<SealKey>> {
        let secret = self.unwrap(&self.keys(), row)?;
        let key = Arc::new(SealKey { id: row.key_id, secret });
        self.cache().put(row.subject, Arc::clone(&key));
        Ok(key)
    }

    pub(crate) fn unwrap(&self, keys: &Keys, row: &KeyRow) -> Result<Secret> {
        let &KeyRow { subject, key_id, epoch, ref wrapped } = row;
        if epoch > keys.file.current {
            return Err(keys_behind(epoch));
        }
        let secret = keys.unwrap(epoch, Place::Subject(subject, key_id), wrapped);
        secret.map_err(|why| Fault::corrupt(format!("key of subject {subject}: {why}")))
    }

    /// Gets the keys of many subjects at once, so that sealing and opening need not ask for each. Of those
    /// above some thousands the first are let go again.
    ///
    /// # Errors
    /// As the keyring's storage fails. A subject without a key is passed over.
    pub fn prefetch(&self, subjects: &[SubjectId]) -> Result<()> {
        let wanted: HashSet<SubjectId> = {
            let mut cache = self.cache();
            subjects.iter().copied().filter(|subject| cache.get(*subject).is_none()).collect()
        };
        let wanted: Vec<_> = wanted.into_iter().collect();
        for some in wanted.chunks(AT_ONCE) {
            let _reading = self.reading();
            for standing in self.keyring.find(some)? {
                let Standing::Key(row) = standing else { continue };
                // Whoever opens with it is told what is wrong with it.
                if let Err(fault) = self.take(&row)
                    && fault.kind != FaultKind::Corrupt
                {
                    return Err(fault);
                }
            }
        }
        Ok(())
    }

    /// Lets go of the key of a subject, which another server may have destroyed.
    pub fn forget(&self, subject: SubjectId) {
        let _unread = self.unread();
        self.cache().evict(subject);
    }

    /// Lets go of all keys of subjects, any of which another server may have destroyed.
    pub fn forget_all(&self) {
        let _unread = self.unread();
        *self.cache() = Cache::new(CACHED_SUBJECTS);
    }
}

fn new_keys(dir: &Path, root: &RootKey, organisation: OrgId, now: Time, random: &dyn Random) -> Result<Keys> {
    file::private_dir(dir).map_err(|e| file::io_fault("key directory", &e))?;
    if dir.join(KEYS_FILE).exists() || dir.join(keyring_file::NAME).exists() {
        return Err(Fault::invalid(Text::of(
            "W tym katalogu są już klucze instancji. Nie zostaną nadpisane.",
            "This directory holds the keys of an instance already. They are not overwritten.",
        )));
    }
    Ok(Keys::generate(dir.join(KEYS_FILE), root, organisation, now, random))
}

/// Another server rotated the keys that this one shares with it.
#[must_use]
pub fn keys_behind(epoch: u32) -> Fault {
    let text = Text::of(
        "Klucze wymieniono na innym serwerze. Skopiuj stamtąd keys/keys.json i uruchom ten serwer ponownie.",
        "The keys were rotated on another server. Copy keys/keys.json from there and restart this server.",
    );
    Fault::new(FaultKind::Unavailable, text).internal(format!("keys.json does not know epoch {epoch}"))
}
