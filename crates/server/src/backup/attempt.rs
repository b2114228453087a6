//! A restore under way. One that fails leaves its place as it found it.

use super::file::write_whole;
use super::restore::remove;
use crate::config::{Config, StoreConfig};
use crate::folder::{lock_folder, private_dir};
use crate::instance::Layout;
use kernel::{Fault, Random, Result};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use store::{PostgresKeyring, PostgresOptions, Store};
use vault::io_fault;

/// Keeps others out of the folder. Dropped before the data stand, it takes back what the restore put there, and
/// nothing that was there before.
pub struct Attempt {
    /// Files that were not there.
    files: Vec<PathBuf>,
    /// Folders that were not there, the inner ones first.
    folders: Vec<PathBuf>,
    /// Its number, by which the keyring is known that it makes in a database.
    number: i64,
    /// The keyring that was made in a database.
    keyring: Option<PostgresOptions>,
    stands: bool,
    /// The file that says so to whoever finds it killed.
    mark: PathBuf,
    _lock: File,
}

/// What a restore puts into its folder, and into a database, for the next one should it be killed. It is written
/// before anything is put there.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    /// Within the folder.
    files: Vec<PathBuf>,
    /// Address of the database for the keyring that it makes.
    keyring: Option<String>,
    /// The number that is kept with that keyring. Others that are there since, such as of an instance that was
    /// restored from elsewhere, stay; so does what a restore made that noted none.
    #[serde(default)]
    attempt: Option<i64>,
}

impl Mark {
    /// Of a restore that was killed; otherwise empty.
    fn read(layout: &Layout) -> Result<Self> {
        match fs::read(layout.restore_attempt()) {
            Ok(text) => {
                // Cut short: nothing was put there yet.
                let mut mark: Self = serde_json::from_slice(&text).unwrap_or_default();
                mark.files = mark.files.iter().map(|file| layout.dir.join(file)).collect();
                let own = files(layout);
                mark.files.retain(|file| own.contains(file));
                Ok(mark)
            }
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(io_fault("restore.attempt", &e)),
        }
    }

    fn write(layout: &Layout, files: &[PathBuf], keyring: Option<String>, attempt: i64) -> Result<()> {
        let within = |file: &PathBuf| file.strip_prefix(&layout.dir).map(PathBuf::from).ok();
        let files = files.iter().filter_map(within).collect();
        let text =
            serde_json::to_vec(&Self { files, keyring, attempt: Some(attempt) }).map_err(Fault::bug)?;
        write_whole(&layout.restore_attempt(), |mut file| match file.write_all(&text) {
            Ok(()) => Ok(((), file)),
            Err(e) => Err(io_fault("restore.attempt", &e)),
        })
    }

    fn take_back(&self, config: &Config) -> Result<()> {
        let of_database = match (&self.keyring, self.attempt, &config.store) {
            (Some(address), Some(attempt), StoreConfig::Postgresql(at))
                if at.keyring()?.address == *address =>
            {
                // Whoever is in use there is somebody else.
                Store::refuse_held(&at.data()?)?;
                Some((at.keyring()?, attempt))
            }
            _ => None,
        };
        for file in &self.files {
            // It is held open here.
            if !file.ends_with("lock") {
                remove(file)?;
            }
        }
        of_database.map_or(Ok(()), |(place, attempt)| PostgresKeyring::remove_made_by(attempt, &place))
    }
}

impl Attempt {
    /// Takes back first what one put there that was killed.
    ///
    /// # Errors
    /// Conflict if another process has the folder open, or the database of one that was killed is in use since; it
    /// cannot be made.
    pub fn begin(layout: &Layout, config: &Config, random: &dyn Random) -> Result<Self> {
        let address = match &config.store {
            StoreConfig::Postgresql(at) => Some(at.keyring()?.address),
            StoreConfig::File => None,
        };
        let mut number = [0; 8];
        random.fill(&mut number);
        let number = i64::from_be_bytes(number);
        let mut folders = vec![layout.keys(), layout.tls()];
        folders.extend(layout.dir.ancestors().map(PathBuf::from));
        folders.retain(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let killed = Mark::read(layout)?;
        let mut files = files(layout);
        files.retain(|file| !file.exists() || killed.files.contains(file));
        private_dir(&layout.dir)?;
        let lock = lock_folder(layout)?;
        killed.take_back(config)?;
        Mark::write(layout, &files, address, number)?;
        let mark = layout.restore_attempt();
        Ok(Self { files, folders, number, keyring: None, stands: false, mark, _lock: lock })
    }

    /// The number to keep with a keyring that is made in a database for it.
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    /// A keyring was made in a database for it, with its number.
    pub fn made_keyring(&mut self, place: PostgresOptions) {
        self.keyring = Some(place);
    }

    /// The data are about to be in their place: from now on nobody takes anything back for it who finds it killed.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn is_about_to_stand(&self) -> Result<()> {
        let removed = fs::remove_file(&self.mark).and_then(|()| match self.mark.parent() {
            Some(folder) => File::open(folder)?.sync_all(),
            None => Ok(()),
        });
        removed.map_err(|e| io_fault("folder of the instance", &e))
    }

    /// The data may be in their place from now on: nothing is taken back any more.
    pub(super) fn stands(&mut self) {
        self.stands = true;
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if self.stands {
            return;
        }
        if let Some(place) = &self.keyring
            && let Err(fault) = PostgresKeyring::remove_made_by(self.number, place)
        {
            tracing::warn!(%fault, "the keyring of a failed restore stays in the database");
        }
        let _ = fs::remove_file(&self.mark);
        // Those that were not made are not there.
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in &self.folders {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The files that a restore makes.
fn files(layout: &Layout) -> Vec<PathBuf> {
    let keys = ["keys.json", "keyring.db", "keyring.db-wal", "keyring.db-shm"].map(|n| layout.keys().join(n));
    let tls = ["ca.key", "ca.pem", "server.key", "server.pem"].map(|name| layout.tls().join(name));
    let own = [
        Config::FILE,
        "checkpoint",
        "checkpoint.synced",
        "checkpoint.before-restore",
        "store.db.lock",
        "lock",
    ];
    let own = own.map(|name| layout.dir.join(name));
    keys.into_iter().chain(tls).chain(own).collect()
}
