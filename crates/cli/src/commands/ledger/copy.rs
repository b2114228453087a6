//! Opening data for reading alone: an instance, served or not, or a copy of one.

use crate::context::{Context, Failure};
use crate::open;
use crate::settings::KeyArgs;
use kernel::{Fault, Result};
use ledger::SignedCheckpoint;
use server::Layout;
use std::fs;
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
    /// The database.
    pub view: Snapshot,
}

/// Opens the instance, or the copy of one in `folder`.
///
/// # Errors
/// There is none; a key is missing or wrong.
pub fn open(context: &Context, key: &KeyArgs, folder: Option<&Path>) -> std::result::Result<Copy, Failure> {
    let instance = context.layout();
    let data = folder.map_or_else(|| instance.clone(), Layout::new);
    // A copy of the data is better without keys: then those of the instance are taken.
    let home = if folder.is_some() && data.keys().join("keys.json").exists() { data.clone() } else { instance };
    let config = open::config(&home, key)?;
    let root = open::root_key(context, &home, &config.key)?;
    let vault = Vault::open_read_only(&home.keys(), &root, context.random.clone())?;
    // Read before the database: of data in use, what lies outside is then never ahead.
    let outside = outside(&data.checkpoint())?;
    let view = Snapshot::open_copy(&data.store(), &vault.page_key("store.db")?)?;
    Ok(Copy { vault, outside, view })
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
