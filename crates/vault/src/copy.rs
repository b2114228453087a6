//! The keyring's own copy, for another place than the data: `docs/formats/keyring.md`, "Copy". What is in it
//! stays wrapped under the epochs, and those under the root key.

use crate::file;
use crate::keyring::{KeyRow, Keyring, Tombstone};
use crate::keyring_file::{self, FileKeyring};
use crate::keys::Keys;
use crate::keys_file::KeysFile;
use crate::pages::{new_page_key, stored_page_key};
use crate::parcel::parcel_fault;
use crate::root::{RootKey, RootSource};
use crate::vault::{KEYS_FILE, Vault};
use crate::wrap::WRAPPED;
use kernel::{Fault, FaultKind, OrgId, Random, Result, SubjectId, Text, Time};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

const MAGIC: &[u8] = b"klucznik-keys-1\n";
/// Bytes of `keys.json` at most.
const KEYS_LIMIT: u32 = 4 << 20;
/// Keys read at once.
const PAGE: u32 = 10_000;

/// What a copy of the keyring holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeysCopied {
    /// Whose keys.
    pub organisation: OrgId,
    /// Keys of people and companies.
    pub subjects: u64,
    /// Destroyed keys.
    pub tombstones: u64,
}

impl Vault {
    /// Writes a copy of all keys. No rotation runs meanwhile.
    ///
    /// # Errors
    /// Conflict while a rotation is unfinished; full or internal as writing fails; otherwise as
    /// [`crate::storage_fault`].
    pub fn export(&self, out: &mut dyn Write) -> Result<KeysCopied> {
        let _alone = self.rotation.lock().unwrap_or_else(PoisonError::into_inner);
        if self.keys().rotating() {
            return Err(unfinished());
        }
        let mut put = |bytes: &[u8]| out.write_all(bytes).map_err(|e| file::io_fault("copy of keys", &e));
        // Before the keyring is read: it knows of no more erasures than the keyring.
        let keys = serde_json::to_vec(&self.keys().file).map_err(Fault::bug)?;
        put(MAGIC)?;
        put(&u32::try_from(keys.len()).map_err(Fault::bug)?.to_be_bytes())?;
        put(&keys)?;
        let mut copied = KeysCopied { organisation: self.organisation(), subjects: 0, tombstones: 0 };
        let mut after = None;
        loop {
            let page = self.keyring.of_other_epochs(after, NO_EPOCH, PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.subject);
            for row in &page {
                put(&[KEY])?;
                put(row.subject.bytes())?;
                put(&row.key_id)?;
                put(&row.epoch.to_be_bytes())?;
                put(&row.wrapped)?;
                copied.subjects += 1;
            }
        }
        // After the keys: a key that is destroyed meanwhile is in it, and its tombstone too, which wins.
        for stone in self.tombstones()? {
            put(&[TOMBSTONE])?;
            put(stone.subject.bytes())?;
            put(&stone.time.0.to_be_bytes())?;
            put(&stone.request)?;
            copied.tombstones += 1;
        }
        put(&[END])?;
        Ok(copied)
    }

    /// Makes the keys of a copy those of `dir`, which holds none yet, wherever the keys of subjects lay before.
    /// `root` gives their root key, of which the copy says where it comes from.
    ///
    /// # Errors
    /// Conflict if there are keys already; invalid if the root key is another's; corrupt if it is no such
    /// copy: then nothing stays.
    pub fn import(
        dir: &Path,
        root: impl FnOnce(RootSource) -> Result<RootKey>,
        random: &dyn Random,
        input: &mut dyn Read,
    ) -> Result<KeysCopied> {
        let partial = Partial::new(dir)?;
        let home = |keys: &mut Keys| -> Result<Box<dyn Keyring>> {
            let page = match stored_page_key(keys, keyring_file::NAME)? {
                Some(page) => page,
                // They lay in a database.
                None => new_page_key(keys, keyring_file::NAME, random)?,
            };
            FileKeyring::create(&partial.keyring, &page, keys.file.organisation)?;
            Ok(Box::new(FileKeyring::open(&partial.keyring, &page, false)?))
        };
        let copied = fill(&partial, root, home, input)?;
        partial.stand(dir).map_err(|e| file::io_fault("key directory", &e))?;
        Ok(copied)
    }

    /// As [`Vault::import`], where the keys of subjects go to a keyring that `home` makes for the
    /// organisation. It is the caller's to take that one away if this fails.
    ///
    /// # Errors
    /// As [`Vault::import`]; as the keyring's storage fails.
    pub fn import_over(
        home: impl FnOnce(OrgId) -> Result<Box<dyn Keyring>>,
        dir: &Path,
        root: impl FnOnce(RootSource) -> Result<RootKey>,
        input: &mut dyn Read,
    ) -> Result<KeysCopied> {
        let partial = Partial::new(dir)?;
        let copied = fill(&partial, root, |keys: &mut Keys| home(keys.file.organisation), input)?;
        partial.stand(dir).map_err(|e| file::io_fault("key directory", &e))?;
        Ok(copied)
    }

    /// All subjects that have a key.
    ///
    /// # Errors
    /// As [`crate::storage_fault`].
    pub fn subjects(&self) -> Result<Vec<SubjectId>> {
        let mut all: Vec<SubjectId> = Vec::new();
        loop {
            let page = self.keyring.of_other_epochs(all.last().copied(), NO_EPOCH, PAGE)?;
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page.iter().map(|row| row.subject));
        }
    }
}

/// Epochs count from 1, so every key is of another.
const NO_EPOCH: u32 = 0;
const END: u8 = 0;
const KEY: u8 = 1;
const TOMBSTONE: u8 = 2;

/// Keys that are on their way; removed when dropped.
struct Partial {
    keys: PathBuf,
    keyring: PathBuf,
}

impl Partial {
    /// What an interrupted try left is removed.
    fn new(dir: &Path) -> Result<Self> {
        file::private_dir(dir).map_err(|e| file::io_fault("key directory", &e))?;
        for name in [KEYS_FILE, keyring_file::NAME] {
            if dir.join(name).exists() {
                return Err(taken(&dir.join(name)));
            }
        }
        let importing = |name: &str| dir.join(format!("{name}.importing"));
        let partial = Self { keys: importing(KEYS_FILE), keyring: importing(keyring_file::NAME) };
        partial.remove();
        Ok(partial)
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = self.keyring.as_os_str().to_owned();
            name.push(suffix);
            let _ = fs::remove_file(PathBuf::from(name));
        }
        let _ = fs::remove_file(&self.keys);
        let _ = fs::remove_file(file::new_of(&self.keys));
    }

    /// `keys.json` last, so that a directory with one is whole.
    fn stand(self, dir: &Path) -> io::Result<()> {
        if self.keyring.exists() {
            fs::rename(&self.keyring, dir.join(keyring_file::NAME))?;
        }
        fs::rename(&self.keys, dir.join(KEYS_FILE))?;
        file::sync_dir_of(&dir.join(KEYS_FILE))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        self.remove();
    }
}

fn fill(
    partial: &Partial,
    root: impl FnOnce(RootSource) -> Result<RootKey>,
    home: impl FnOnce(&mut Keys) -> Result<Box<dyn Keyring>>,
    input: &mut dyn Read,
) -> Result<KeysCopied> {
    let mut input = Input(input);
    if input.bytes(MAGIC.len())? != MAGIC {
        return Err(damaged("it does not begin as one"));
    }
    let length = u32::from_be_bytes(input.array()?);
    if length > KEYS_LIMIT {
        return Err(damaged("keys.json is too long"));
    }
    let content = input.bytes(length as usize)?;
    file::create(&partial.keys, &content).map_err(|e| file::io_fault("keys.json", &e))?;
    let source = KeysFile::read(&partial.keys)?.root.source()?;
    let mut keys = Keys::open(partial.keys.clone(), &root(source)?)?;
    let keyring = home(&mut keys)?;
    let copied = rows(&*keyring, &keys, &mut input)?;
    if !keyring.end_rotation(keys.file.current)? {
        return Err(damaged("a key is of another epoch"));
    }
    if copied.tombstones < keys.file.erased {
        return Err(damaged("tombstones are missing"));
    }
    keyring.settle()?;
    Ok(copied)
}

fn rows(home: &dyn Keyring, keys: &Keys, input: &mut Input<'_>) -> Result<KeysCopied> {
    let mut copied = KeysCopied { organisation: keys.file.organisation, subjects: 0, tombstones: 0 };
    let mut waiting = Vec::new();
    let put = |waiting: &mut Vec<KeyRow>| {
        let rows = std::mem::take(waiting);
        match home.insert(&rows)?.len() == rows.len() {
            true => Ok(()),
            false => Err(damaged("a key is there twice")),
        }
    };
    let mut stones = Vec::new();
    loop {
        let [kind] = input.array()?;
        match kind {
            KEY if stones.is_empty() => {
                let subject = SubjectId::from_bytes(input.array()?);
                let (key_id, epoch) = (input.array()?, u32::from_be_bytes(input.array()?));
                waiting.push(KeyRow { subject, key_id, epoch, wrapped: input.bytes(WRAPPED)? });
                copied.subjects += 1;
                if waiting.len() >= PAGE as usize {
                    put(&mut waiting)?;
                }
            }
            TOMBSTONE => {
                let subject = SubjectId::from_bytes(input.array()?);
                let time = Time(i64::from_be_bytes(input.array()?));
                stones.push(Tombstone { subject, time, request: input.array()? });
                copied.tombstones += 1;
            }
            END => break,
            _ => return Err(damaged("a kind that there is not")),
        }
    }
    put(&mut waiting)?;
    for some in stones.chunks(PAGE as usize) {
        home.bury(some)?;
    }
    match input.0.read(&mut [0; 1]) {
        Ok(0) => Ok(copied),
        Ok(_) => Err(damaged("something follows the end")),
        Err(e) => Err(parcel_fault(&e)),
    }
}

fn unfinished() -> Fault {
    let text = Text::of(
        "Wymiana kluczy jest niedokończona. Dokończ ją najpierw: klucznik keys rotate",
        "A rotation of the keys is unfinished. Finish it first: klucznik keys rotate",
    );
    Fault::new(FaultKind::Conflict, text)
}

/// What is left to be read.
struct Input<'a>(&'a mut dyn Read);

impl Input<'_> {
    fn bytes(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.0.read_exact(&mut bytes).map_err(|e| parcel_fault(&e))?;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.0.read_exact(&mut bytes).map_err(|e| parcel_fault(&e))?;
        Ok(bytes)
    }
}

fn damaged(why: &str) -> Fault {
    let text = Text::of(
        "To nie jest kopia kluczy Klucznika albo jest uszkodzona: niczego z niej nie użyto. Weź inną kopię.",
        "This is no copy of Klucznik's keys, or it is damaged: nothing of it was used. Take another one.",
    );
    Fault::new(FaultKind::Corrupt, text).internal(format!("copy of keys: {why}"))
}

fn taken(path: &Path) -> Fault {
    let path = path.display();
    let text = Text::new(
        format!(
            "Są tu już klucze: {path}. Kopię kluczy wczytuje się tylko do folderu bez kluczy; jeśli te są właściwe, przywróć dane bez --keys."
        ),
        format!(
            "There are keys already: {path}. A copy of keys is only taken into a folder without any; if these are the right ones, restore without --keys."
        ),
    );
    Fault::new(FaultKind::Conflict, text)
}
