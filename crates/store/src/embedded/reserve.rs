//! Room kept back for the day the disk is full.
//!
//! A read is not answered before its event is durable, so reading needs a little room to write. A file
//! beside the database holds that room. When a commit finds the disk full, the file is deleted: from then
//! on records and settings are refused as full, while what [`is_small`] says goes on from the room won.
//! Once there is room for the whole file again it is made again, and writing goes on. When even that room
//! is used up, nothing is committed, and reading ends until somebody makes room.

use crate::contract::{Batch, DocKind, DocWrite, RowWrite};
use crate::work::JobWrite;
use kernel::Time;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Bytes written at once.
const PIECE: usize = 256 << 10;
/// Time between two tries to take the room back, as each writes all of it.
const TRY_EVERY_MS: u64 = 1000;

/// The file, and whether it is there.
pub struct Reserve {
    path: PathBuf,
    /// Its size; 0 if no room is kept back.
    bytes: u64,
    spent: bool,
    tried_at: Option<Time>,
}

impl Reserve {
    /// Keeps `bytes` back beside the database at `path`, as far as there is room: a full disk does not
    /// keep a database from being opened.
    pub fn open(path: &Path, bytes: u64) -> Self {
        let mut name = path.as_os_str().to_owned();
        name.push(".reserve");
        let mut reserve = Self { path: PathBuf::from(name), bytes, spent: bytes > 0, tried_at: None };
        if reserve.is_whole() {
            reserve.spent = false;
        } else if !reserve.restore() {
            tracing::warn!("the disk is too full to keep room back");
        }
        reserve
    }

    fn is_whole(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|found| found.len() == self.bytes)
    }

    /// Whether the room is in use: the disk was full.
    pub const fn is_spent(&self) -> bool {
        self.spent
    }

    /// Gives the room to whoever writes next. False if there is none to give.
    pub fn release(&mut self) -> bool {
        if self.spent || self.bytes == 0 {
            return false;
        }
        self.spent = true;
        match fs::remove_file(&self.path) {
            Ok(()) => {
                tracing::error!(
                    "the disk is full: records are refused, reading goes on from the room kept back"
                );
                true
            }
            Err(e) => {
                tracing::error!(error = %e, "the room kept back cannot be released");
                false
            }
        }
    }

    /// Whether it is time to try again to take the room back.
    pub fn is_due(&mut self, now: Time) -> bool {
        let due = self.spent && self.tried_at.is_none_or(|at| at.0.abs_diff(now.0) >= TRY_EVERY_MS);
        if due {
            self.tried_at = Some(now);
        }
        due
    }

    /// Takes the room back. False if the disk has not enough of it, or nothing is to be kept back.
    pub fn restore(&mut self) -> bool {
        if !self.spent {
            return self.bytes > 0;
        }
        // A quarter more must be free, so that it is not given away again at the next write.
        let made = fill(&self.path, self.bytes + self.bytes / 4)
            .and_then(|file| file.set_len(self.bytes).and_then(|()| file.sync_all()));
        match made {
            Ok(()) => {
                tracing::info!("room is kept back");
                self.spent = false;
            }
            Err(_) => {
                // What was written of it is given back. A file that cannot be deleted is found at the next try.
                let _ = fs::remove_file(&self.path);
            }
        }
        !self.spent
    }
}

/// Writes what no file system can leave out as a hole or press together: bytes without a pattern.
fn fill(path: &Path, bytes: u64) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let piece = noise();
    let mut left = bytes;
    while left > 0 {
        let now = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
        file.write_all(&piece[..now])?;
        left -= now as u64;
    }
    Ok(file)
}

/// Marsaglia's xorshift64 (13, 7, 17): not for secrets.
fn noise() -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let words = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.take(PIECE / 8).flatten().collect()
}

/// Bytes of a job that does no more than refer to something.
const REFERENCE: usize = 256;

/// Whether a batch may use the room kept back: events, sessions, what keeps passwords from being guessed,
/// the end of jobs that leaves nothing large, and erasures with all that they write. It makes no record larger
/// and adds none.
pub fn is_small(batch: &Batch) -> bool {
    let erases = batch.docs.iter().any(|d| matches!(d, DocWrite::Put(doc) if doc.kind == DocKind::Erasure));
    let row = |write: &RowWrite| matches!(write, RowWrite::Remove { .. });
    let doc = |write: &DocWrite| match write {
        DocWrite::Put(doc) => {
            matches!(
                doc.kind,
                DocKind::Attempts | DocKind::Notice | DocKind::Factor | DocKind::Ceremony | DocKind::Browsers
            )
        }
        DocWrite::Remove(..) => true,
    };
    let job = |write: &JobWrite| match write {
        // No more than a reference, such as that of a letter about a sign-in.
        JobWrite::Add(job) => job.parts.is_empty() && job.sealed.len() <= REFERENCE,
        JobWrite::End { parts, .. } => parts.is_empty(),
        _ => true,
    };
    let small = batch.rows.iter().all(row) && batch.docs.iter().all(doc) && batch.jobs.iter().all(job);
    erases || (small && batch.idempotent.is_none())
}
