//! The vault: all keys of an instance behind one door.
//!
//! Locks are taken in this order, and only downwards: rotation, writer, reader, keys, cache. A subject key
//! enters the cache only under the writer's or the reader's lock, and destruction holds both: so no key
//! comes back into the cache after it was destroyed.

use crate::cache::Cache;
use crate::database::{Durability, PageKey, open_database, truncate_wal};
use crate::file;
use crate::keyring::{self, Tombstone};
use crate::keys::Keys;
use crate::keys_file::KeysFile;
use crate::pages::stored_page_key;
use crate::primitives::{Secret, derive::Deriver, sign::SigningKey, xaes};
use crate::root::{RootKey, RootSource};
use crate::sealed::{Context, Owner, SealKey};
use crate::wrap::Place;
use kernel::{Fault, OrgId, Random, Result, SubjectId, Text, Time};
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

const KEYS_FILE: &str = "keys.json";
const CACHED_SUBJECTS: usize = 8192;

/// All keys of one instance. Shared as `Arc<Vault>`; has no `Debug`.
pub struct Vault {
    organisation: OrgId,
    random: Arc<dyn Random>,
    organisation_key: Arc<SealKey>,
    pub(crate) derivation: Deriver,
    pub(crate) signing: SigningKey,
    pub(crate) rotation: Mutex<()>,
    writer: Option<Mutex<Connection>>,
    reader: Mutex<Connection>,
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
        file::private_dir(dir).map_err(|e| file::io_fault("key directory", &e))?;
        if dir.join(KEYS_FILE).exists() || dir.join(keyring::NAME).exists() {
            return Err(Fault::invalid(Text::of(
                "W tym katalogu są już klucze instancji. Nie zostaną nadpisane.",
                "This directory holds the keys of an instance already. They are not overwritten.",
            )));
        }
        let mut keys = Keys::generate(dir.join(KEYS_FILE), root, organisation, now, &*random);
        let page = Secret::random(&*random);
        let mut keys_file = keys.file.clone();
        let wrapped = keys.wrap(Place::Page(keyring::NAME), &page, &*random);
        keys_file.pages.insert(keyring::NAME.to_owned(), wrapped);
        let path = dir.join(keyring::NAME);
        let mut writer = open_database(&path, &PageKey(page), Durability::Full, keyring::CACHE_KIB, false)?;
        keyring::create(&mut writer, organisation)?;
        truncate_wal(&writer)?;
        // Last, so that a vault with a keys.json is whole.
        keys.store(keys_file)?;
        drop(writer);
        Self::assemble(dir, keys, random, false)
    }

    /// Opens the vault in `dir` for one process at a time.
    ///
    /// # Errors
    /// Invalid if there is none or the root key is another's; corrupt if something was altered, or the
    /// keyring is an older copy in which destroyed keys would live again.
    pub fn open_existing(dir: &Path, root: &RootKey, random: Arc<dyn Random>) -> Result<Self> {
        Self::assemble(dir, Keys::open(dir.join(KEYS_FILE), root)?, random, false)
    }

    /// Opens a vault, or a copy of one, without changing it. Whatever writes is refused.
    ///
    /// # Errors
    /// As [`Vault::open_existing`].
    pub fn open_read_only(dir: &Path, root: &RootKey, random: Arc<dyn Random>) -> Result<Self> {
        Self::assemble(dir, Keys::open(dir.join(KEYS_FILE), root)?, random, true)
    }

    fn assemble(dir: &Path, keys: Keys, random: Arc<dyn Random>, read_only: bool) -> Result<Self> {
        let organisation = keys.file.organisation;
        let path = dir.join(keyring::NAME);
        if !path.exists() {
            return Err(Fault::corrupt("keyring.db is missing"));
        }
        let page = stored_page_key(&keys, keyring::NAME)?
            .ok_or_else(|| Fault::corrupt("keys.json has no page key of keyring.db"))?;
        let connect = |ro| open_database(&path, &page, Durability::Full, keyring::CACHE_KIB, ro);
        let writer = if read_only { None } else { Some(connect(false)?) };
        let reader = connect(true)?;
        let epoch = keyring::check(&reader, organisation)?;
        if !keys.has_epoch(epoch) {
            return Err(Fault::corrupt("keyring.db is an older copy: its epoch is gone from keys.json"));
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
            writer: writer.map(Mutex::new),
            reader: Mutex::new(reader),
            keys: RwLock::new(keys),
            cache: Mutex::new(Cache::new(CACHED_SUBJECTS)),
        };
        vault.settle_erasures()?;
        Ok(vault)
    }

    /// Compares the tombstones with the number in `keys.json`; finishes a destruction that a crash cut off.
    fn settle_erasures(&self) -> Result<()> {
        let found = keyring::count_tombstones(&self.reader())?;
        let known = self.keys().file.erased;
        if found < known {
            return Err(Fault::corrupt(format!(
                "keyring.db is an older copy: {found} tombstones, keys.json knows of {known}"
            )));
        }
        if self.writer.is_some() {
            truncate_wal(&*self.writer()?)?;
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
    pub(crate) fn writer(&self) -> Result<MutexGuard<'_, Connection>> {
        let writer = self.writer.as_ref().ok_or_else(|| Fault::bug("the vault is open read-only"))?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn owner_key(&self, context: &Context) -> Result<Option<Arc<SealKey>>> {
        match context.owner {
            Owner::Organisation => Ok(Some(Arc::clone(&self.organisation_key))),
            Owner::Subject(subject) => self.subject_key(subject),
        }
    }

    fn subject_key(&self, subject: SubjectId) -> Result<Option<Arc<SealKey>>> {
        if let Some(key) = self.cache().get(subject) {
            return Ok(Some(key));
        }
        let reader = self.reader();
        let Some(row) = keyring::get(&reader, subject)? else {
            return match keyring::tombstone(&reader, subject)? {
                Some(t) => Err(destroyed(&t)),
                None => Ok(None),
            };
        };
        let place = Place::Subject(subject, row.key_id);
        let secret = self
            .keys()
            .unwrap(row.epoch, place, &row.wrapped)
            .map_err(|why| Fault::corrupt(format!("key of subject {subject}: {why}")))?;
        let key = Arc::new(SealKey { id: row.key_id, secret });
        self.cache().put(subject, Arc::clone(&key));
        Ok(Some(key))
    }
}

pub(crate) fn destroyed(tombstone: &Tombstone) -> Fault {
    let Tombstone { subject, time, request } = tombstone;
    let request = hex::encode(request);
    Fault::not_found().internal(format!("destroyed: key of subject {subject} at {time}, request {request}"))
}
