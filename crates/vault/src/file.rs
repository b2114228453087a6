//! Small private files: made for the owner alone, replaced in one step.

use kernel::{Fault, FaultKind, Text};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The failure of an operation on a file. `what` names the file or the step, never its content.
#[must_use]
pub fn io_fault(what: &str, error: &io::Error) -> Fault {
    let note = format!("{what}: {error}");
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => full_fault().internal(note),
        _ => Fault::bug(note),
    }
}

/// The failure of whoever finds no room to write.
#[must_use]
pub const fn full_fault() -> Fault {
    Fault::new(
        FaultKind::Full,
        Text::of(
            "Na dysku serwera nie ma już miejsca. Niczego nie zapisano; odczyt działa dalej.",
            "The server's disk has no room left. Nothing was saved; reading goes on.",
        ),
    )
}

/// Options that make a file for the owner alone.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a directory for the owner alone, with those above it; one that is there stays as it is.
pub(crate) fn private_dir(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes what was created in or renamed into the directory of `path` durable.
pub(crate) fn sync_dir_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => File::open(dir)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// Writes a file that must not exist yet, durably.
pub(crate) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = private().write(true).create_new(true).open(path)?;
    file.write_all(content)?;
    file.sync_all()?;
    sync_dir_of(path)
}

/// Where the next content of a file lies before it has its name.
pub(crate) fn new_of(path: &Path) -> PathBuf {
    path.with_extension("json.new")
}

/// Replaces a file in one step, durably: after a crash there is the old content or the new.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let temporary = new_of(path);
    match fs::remove_file(&temporary) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut file = private().write(true).create_new(true).open(&temporary)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    sync_dir_of(path)
}

/// Reads at most `limit` bytes; a longer file is an error.
pub(crate) fn read_limited(file: File, limit: u64) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    file.take(limit + 1).read_to_end(&mut content)?;
    if content.len() as u64 > limit {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "longer than it can be"));
    }
    Ok(content)
}

/// Whether others than the owner have any right to the file.
///
/// # Errors
/// As reading its metadata.
#[cfg(unix)]
pub fn open_to_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

/// Whether others than the owner have any right to the file: not known here.
///
/// # Errors
/// There are none.
#[cfg(not(unix))]
pub fn open_to_others(_: &File) -> io::Result<bool> {
    Ok(false)
}
