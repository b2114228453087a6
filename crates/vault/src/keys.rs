//! Epochs and what they wrap, the subjects' keys apart: `keys.json`, opened.

use crate::file;
use crate::keys_file::{Base64, Epoch, FORMAT, KeysFile, Wrapped, WrappedWithId};
use crate::primitives::{Secret, mac};
use crate::root::RootKey;
use crate::wrap::{Place, Wrapper};
use kernel::{Fault, OrgId, Random, Result, Text, Time};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The keys in `keys.json`, opened.
pub(crate) struct Keys {
    path: PathBuf,
    pub file: KeysFile,
    root_wrap: Secret,
    epochs: BTreeMap<u32, Secret>,
}

impl Keys {
    /// New keys in epoch 1; nothing is written yet.
    pub fn generate(
        path: PathBuf,
        root: &RootKey,
        organisation: OrgId,
        now: Time,
        random: &dyn Random,
    ) -> Self {
        let (check, root_wrap) = root.derive(organisation);
        let epoch = Secret::random(random);
        let wrapper = Wrapper { organisation, epoch: 1, key: &epoch };
        let root_wrapper = Wrapper { organisation, epoch: 0, key: &root_wrap };
        let mut id = [0; 8];
        random.fill(&mut id);
        let fresh =
            |place| Wrapped { epoch: 1, key: Base64(wrapper.wrap(place, &Secret::random(random), random)) };
        let file = KeysFile {
            format: FORMAT,
            organisation,
            root: root.source().into(),
            check: Base64(check.bytes().to_vec()),
            erased: 0,
            current: 1,
            epochs: vec![Epoch {
                id: 1,
                created: now,
                key: Base64(root_wrapper.wrap(Place::Epoch(1), &epoch, random)),
            }],
            organisation_key: WrappedWithId {
                epoch: 1,
                id: Base64(id.to_vec()),
                key: fresh(Place::Organisation(id)).key,
            },
            derivation_key: fresh(Place::Derivation),
            signing_key: fresh(Place::Signing),
            pages: BTreeMap::new(),
        };
        Self { path, file, root_wrap, epochs: BTreeMap::from([(1, epoch)]) }
    }

    /// Opens the epochs with the root key.
    pub fn open(path: PathBuf, root: &RootKey) -> Result<Self> {
        let file = KeysFile::read(&path)?;
        let (check, root_wrap) = root.derive(file.organisation);
        if !mac::equal(check.bytes(), &file.check.0) {
            return Err(Fault::invalid(Text::of(
                "Ten klucz główny (albo hasło) nie jest kluczem tej instancji.",
                "This root key (or passphrase) is not the one of this instance.",
            )));
        }
        let wrapper = Wrapper { organisation: file.organisation, epoch: 0, key: &root_wrap };
        let mut epochs = BTreeMap::new();
        for epoch in &file.epochs {
            let key = wrapper.unwrap(Place::Epoch(epoch.id), &epoch.key.0);
            let key = key.ok_or_else(|| altered(&format!("epoch {}", epoch.id)))?;
            epochs.insert(epoch.id, key);
        }
        if file.epochs.is_empty() || epochs.keys().next_back() != Some(&file.current) {
            return Err(altered("the current epoch"));
        }
        Ok(Self { path, file, root_wrap, epochs })
    }

    /// The epoch that wraps new keys.
    pub fn current(&self) -> Wrapper<'_> {
        let epoch = self.file.current;
        let key = self.epochs.get(&epoch).expect("checked when opened and kept by rotation");
        Wrapper { organisation: self.file.organisation, epoch, key }
    }

    /// Whether a rotation was begun and not finished.
    pub fn rotating(&self) -> bool {
        self.epochs.len() > 1
    }

    /// Whether the epoch is there.
    pub fn has_epoch(&self, epoch: u32) -> bool {
        self.epochs.contains_key(&epoch)
    }

    /// Unwraps a key of any epoch that is there; otherwise the reason.
    pub fn unwrap(
        &self,
        epoch: u32,
        place: Place<'_>,
        wrapped: &[u8],
    ) -> std::result::Result<Secret, &'static str> {
        let key = self.epochs.get(&epoch).ok_or("wrapped under an epoch that is gone")?;
        let wrapper = Wrapper { organisation: self.file.organisation, epoch, key };
        wrapper.unwrap(place, wrapped).ok_or("the wrapped key is altered or of another place")
    }

    /// Unwraps a key of `keys.json`.
    pub fn unwrap_own(&self, place: Place<'_>, wrapped: &Wrapped, name: &str) -> Result<Secret> {
        self.unwrap(wrapped.epoch, place, &wrapped.key.0)
            .map_err(|why| altered(name).internal(format!("keys.json: {name}: {why}")))
    }

    /// Id and key of the organisation.
    pub fn organisation_key(&self) -> Result<([u8; 8], Secret)> {
        let WrappedWithId { epoch, id, key } = &self.file.organisation_key;
        let id = id.0.as_slice().try_into().map_err(|_| altered("organisation key"))?;
        let wrapped = Wrapped { epoch: *epoch, key: key.clone() };
        Ok((id, self.unwrap_own(Place::Organisation(id), &wrapped, "organisation key")?))
    }

    /// Wraps a key under the current epoch.
    pub fn wrap(&self, place: Place<'_>, secret: &Secret, random: &dyn Random) -> Wrapped {
        let wrapper = self.current();
        Wrapped { epoch: wrapper.epoch, key: Base64(wrapper.wrap(place, secret, random)) }
    }

    /// Writes `file` and, once it is durable, takes it over.
    pub fn store(&mut self, file: KeysFile) -> Result<()> {
        self.write(&file)?;
        self.file = file;
        Ok(())
    }

    fn write(&self, file: &KeysFile) -> Result<()> {
        let mut content = serde_json::to_vec_pretty(file).map_err(Fault::bug)?;
        content.push(b'\n');
        file::replace(&self.path, &content).map_err(|e| file::io_fault("keys.json", &e))
    }

    /// Begins a rotation: a new epoch, and everything in `keys.json` wrapped under it, in one write.
    pub fn begin_epoch(&mut self, now: Time, random: &dyn Random) -> Result<()> {
        let organisation = self.file.organisation;
        let epoch = self.file.current.checked_add(1).ok_or_else(|| Fault::bug("epochs are used up"))?;
        let secret = Secret::random(random);
        let wrapper = Wrapper { organisation, epoch, key: &secret };
        let again = |place, key: &Secret| Wrapped { epoch, key: Base64(wrapper.wrap(place, key, random)) };
        let mut file = self.file.clone();
        let root_wrapper = Wrapper { organisation, epoch: 0, key: &self.root_wrap };
        let key = Base64(root_wrapper.wrap(Place::Epoch(epoch), &secret, random));
        file.epochs.push(Epoch { id: epoch, created: now, key });
        file.current = epoch;
        let (id, key) = self.organisation_key()?;
        file.organisation_key.epoch = epoch;
        file.organisation_key.key = again(Place::Organisation(id), &key).key;
        let derivation = self.unwrap_own(Place::Derivation, &self.file.derivation_key, "derivation key")?;
        file.derivation_key = again(Place::Derivation, &derivation);
        let signing = self.unwrap_own(Place::Signing, &self.file.signing_key, "signing key")?;
        file.signing_key = again(Place::Signing, &signing);
        for (name, wrapped) in &mut file.pages {
            let page = self.unwrap_own(Place::Page(name), wrapped, name)?;
            *wrapped = again(Place::Page(name), &page);
        }
        self.store(file)?;
        self.epochs.insert(epoch, secret);
        Ok(())
    }

    /// Ends a rotation: all epochs but the current one go. Returns how many.
    pub fn drop_old_epochs(&mut self) -> Result<usize> {
        let mut file = self.file.clone();
        file.epochs.retain(|e| e.id == file.current);
        let gone = self.file.epochs.len() - file.epochs.len();
        if gone > 0 {
            self.store(file)?;
            let current = self.file.current;
            self.epochs.retain(|id, _| *id == current);
        }
        Ok(gone)
    }
}

fn altered(name: &str) -> Fault {
    Fault::corrupt(format!("keys.json: {name} does not unwrap"))
}
