//! The last checkpoint outside the database. Who puts an older copy of the database in place has to
//! put an older copy of this file there too; it may lie on another disk.
//!
//! After each commit the file is replaced in one step but not forced to the disk: what was handed to
//! the kernel survives the end of the process, SIGKILL included. Only a loss of power can leave an older
//! checkpoint or an empty file. The older one is accepted, as the database then only goes on from it. An
//! empty one is made up for by a second file, `….synced`, that is forced to the disk at most once a
//! second and when the store is closed.

use kernel::{Fault, Result, Time};
use ledger::{MAX_CHECKPOINT, SignedCheckpoint};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use vault::io_fault;

const SYNC_EVERY_MS: u64 = 1000;

/// The files, and how far they are.
pub struct Outside {
    path: PathBuf,
    synced: PathBuf,
    /// When the second file was last written.
    synced_at: Option<Time>,
    /// The size it then had.
    synced_size: Option<u64>,
}

impl Outside {
    pub fn new(path: PathBuf) -> Self {
        Self { synced: beside(&path, ".synced"), path, synced_at: None, synced_size: None }
    }

    /// Whether there is any file yet.
    pub fn exists(&self) -> bool {
        self.path.exists() || self.synced.exists()
    }

    /// What is kept: the newer of what can be read. Files that are no checkpoint count as missing.
    ///
    /// # Errors
    /// As reading fails.
    pub fn read(&self) -> Result<Option<SignedCheckpoint>> {
        let found = [read(&self.path)?, read(&self.synced)?];
        let parsed = found.into_iter().flatten().filter_map(|note| SignedCheckpoint::parse(&note).ok());
        Ok(parsed.max_by_key(|signed| signed.checkpoint().size))
    }

    /// Replaces the checkpoint. A failure leaves an older one behind, which is accepted at the next
    /// start: the commit it belongs to is durable, so it is told to the log only.
    pub fn put(&mut self, checkpoint: &SignedCheckpoint, now: Time) {
        let due = self.synced_at.is_none_or(|at| at.0.abs_diff(now.0) >= SYNC_EVERY_MS);
        if let Err(e) = replace(&self.path, checkpoint.text(), false) {
            tracing::warn!(error = %e, "the checkpoint outside the database stays behind");
        }
        if due {
            self.synced_at = Some(now);
            if let Err(fault) = self.sync(checkpoint) {
                tracing::warn!(error = %fault, "the forced checkpoint stays behind");
            }
        }
    }

    /// Forces the checkpoint to the disk.
    ///
    /// # Errors
    /// Full or internal, as writing fails.
    pub fn sync(&mut self, checkpoint: &SignedCheckpoint) -> Result<()> {
        let size = checkpoint.checkpoint().size;
        if self.synced_size == Some(size) {
            return Ok(());
        }
        replace(&self.synced, checkpoint.text(), true).map_err(|e| io_fault("checkpoint", &e))?;
        self.synced_size = Some(size);
        Ok(())
    }

    /// Both files, forced to the disk: for the start and the end.
    ///
    /// # Errors
    /// Full or internal, as writing fails.
    pub fn put_durably(&mut self, checkpoint: &SignedCheckpoint) -> Result<()> {
        replace(&self.path, checkpoint.text(), true).map_err(|e| io_fault("checkpoint", &e))?;
        self.sync(checkpoint)
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The text of a file; what is no text or too long is given as empty, which is no checkpoint.
fn read(path: &Path) -> Result<Option<String>> {
    let fault = |e: io::Error| -> Fault { io_fault("checkpoint", &e) };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(fault(e)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_CHECKPOINT as u64 + 1).read_to_end(&mut bytes).map_err(fault)?;
    Ok(Some(String::from_utf8(bytes).unwrap_or_default()))
}

fn replace(path: &Path, text: &str, durable: bool) -> io::Result<()> {
    let temporary = beside(path, ".new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(text.as_bytes())?;
    if durable {
        file.sync_all()?;
    }
    fs::rename(&temporary, path)?;
    match path.parent() {
        Some(dir) if durable && !dir.as_os_str().is_empty() => File::open(dir)?.sync_all(),
        _ => Ok(()),
    }
}
