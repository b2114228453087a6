//! A restore under way. One that fails leaves its place as it found it.

use crate::config::Config;
use crate::folder::{lock_folder, private_dir};
use crate::instance::Layout;
use kernel::Result;
use std::fs::{self, File};
use std::path::PathBuf;
use store::{PostgresKeyring, PostgresOptions};

/// Keeps others out of the folder. Dropped before the data stand, it takes back what the restore put there, and
/// nothing that was there before.
pub struct Attempt {
    /// Files that were not there.
    files: Vec<PathBuf>,
    /// Folders that were not there, the inner ones first.
    folders: Vec<PathBuf>,
    /// The keyring that was made in a database.
    keyring: Option<PostgresOptions>,
    stands: bool,
    _lock: File,
}

impl Attempt {
    /// # Errors
    /// Conflict if another process has the folder open; it cannot be made.
    pub fn begin(layout: &Layout) -> Result<Self> {
        let mut folders = vec![layout.keys(), layout.tls()];
        folders.extend(layout.dir.ancestors().map(PathBuf::from));
        folders.retain(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let mut files = files(layout);
        files.retain(|file| !file.exists());
        private_dir(&layout.dir)?;
        let lock = lock_folder(layout)?;
        Ok(Self { files, folders, keyring: None, stands: false, _lock: lock })
    }

    /// A keyring was made in a database for it.
    pub fn made_keyring(&mut self, place: PostgresOptions) {
        self.keyring = Some(place);
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
            && let Err(fault) = PostgresKeyring::remove_from(place)
        {
            tracing::warn!(%fault, "the keyring of a failed restore stays in the database");
        }
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
