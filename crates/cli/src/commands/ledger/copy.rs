//! Opening data for reading alone: an instance, served or not, or a copy of one.

use crate::context::{Context, Failure};
use crate::open;
use crate::settings::KeyArgs;
use kernel::{Fault, FaultKind, Result};
use ledger::SignedCheckpoint;
use server::{Config, Layout, StoreConfig};
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use store::Snapshot;
use vault::Vault;

/// Data that are only read.
pub struct Copy {
    /// Keys.
    pub vault: Vault,
    /// The checkpoint outside the database, unread.
    pub outside: Option<String>,
    /// The database, or why it cannot be read although the keys are right.
    pub view: Result<Snapshot>,
    /// Whether a server may be writing to it.
    pub in_use: bool,
}

/// Opens the instance, or the copy of one in `folder`.
///
/// # Errors
/// There is none; a key is missing or wrong.
pub fn open(context: &Context, key: &KeyArgs, folder: Option<&Path>) -> std::result::Result<Copy, Failure> {
    let instance = context.layout();
    let data = folder.map_or_else(|| instance.clone(), Layout::new);
    // A copy of the data is better without keys: then those of the instance are taken.
    let home =
        if folder.is_some() && data.keys().join("keys.json").exists() { data.clone() } else { instance };
    let config = open::config(&home, key)?;
    let root = open::root_key(context, &home, &config.key)?;
    let vault = server::open_vault(&home, &config, &root, context.random.clone(), true)?;
    // A copy in a folder is a file.
    let config = Config { store: if folder.is_some() { StoreConfig::File } else { config.store }, ..config };
    Ok(with_keys(vault, &data, &config, folder.is_none())?)
}

/// Opens data whose keys are known; `instance` says whether they are the instance's own, and no copy.
///
/// # Errors
/// There are none; another release wrote them.
pub fn with_keys(vault: Vault, data: &Layout, config: &Config, instance: bool) -> Result<Copy> {
    // Read before the database: of data in use, what lies outside is then never ahead.
    let outside = outside(&data.checkpoint())?;
    // Of a database no page is read here that somebody may be writing.
    let in_use = instance && config.store == StoreConfig::File && is_locked(data);
    let view = match server::snapshot(data, config, &vault) {
        Err(fault) if fault.kind != FaultKind::Corrupt => return Err(fault),
        view => view,
    };
    Ok(Copy { vault, outside, view, in_use })
}

/// Whether a server has the instance open.
pub fn is_locked(layout: &Layout) -> bool {
    let file = File::open(layout.dir.join("lock"));
    file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// The newer of the two files of the checkpoint. One that cannot be read as a checkpoint is given as it
/// is, so that it is found.
fn outside(path: &Path) -> Result<Option<String>> {
    let mut synced = path.as_os_str().to_owned();
    synced.push(".synced");
    let mut texts = Vec::new();
    for path in [path.to_owned(), PathBuf::from(synced)] {
        match fs::read_to_string(&path) {
            Ok(text) => texts.push(text),
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            Err(e) => return Err(Fault::bug(format!("{}: {e}", path.display()))),
        }
    }
    let size = |text: &String| SignedCheckpoint::parse(text).map_or(0, |signed| signed.checkpoint().size + 1);
    Ok(texts.into_iter().max_by_key(size))
}
