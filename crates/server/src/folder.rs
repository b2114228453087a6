//! The folder of an instance: made for its owner alone, open to one process at a time.

use crate::instance::Layout;
use kernel::{Fault, FaultKind, Result, Text};
use std::fs::{self, File, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The failure of an operation on a file, which is named.
pub fn io_fault(path: &Path, e: &std::io::Error) -> Fault {
    let kind =
        if e.kind() == std::io::ErrorKind::StorageFull { FaultKind::Full } else { FaultKind::Unavailable };
    Fault::new(kind, Text::new(format!("{}: {e}", path.display()), format!("{}: {e}", path.display())))
}

/// Makes a folder for its owner alone, with those above it; one that is there stays as it is.
///
/// # Errors
/// It cannot be made.
pub fn private_dir(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|e| io_fault(path, &e))
}

/// Keeps every other process out of the folder, until what it gives is dropped.
///
/// # Errors
/// Conflict if another has it open.
pub fn lock_folder(layout: &Layout) -> Result<File> {
    let path = layout.dir.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|e| io_fault(&path, &e))?;
    match file.try_lock() {
        // A restore that failed takes its lock's file away.
        Ok(()) if file.metadata().is_ok_and(|meta| meta.nlink() > 0) => Ok(file),
        Ok(()) | Err(TryLockError::WouldBlock) => Err(Fault::new(
            FaultKind::Conflict,
            Text::new(
                format!("Instancja {} jest już otwarta przez inny proces.", layout.dir.display()),
                format!("The instance {} is open in another process.", layout.dir.display()),
            ),
        )),
        Err(TryLockError::Error(e)) => Err(io_fault(&path, &e)),
    }
}
