//! A new page key after an erasure. The index of an earlier copy of the files still holds the erased in
//! its pages: it must not open with today's keys.

use kernel::Result;
use rusqlite::OptionalExtension;
use std::path::Path;
use vault::{Durability, PageKey, open_database, truncate_wal};

/// Pages in memory while they are written anew, in KiB.
const CACHE_KIB: u32 = 16 << 10;

/// Writes the index at `path` anew under a key from `next`, if fewer than `erasures` had happened when it
/// got its present one. Nobody else may have it open. Whatever goes wrong in between costs a rebuild and
/// nothing else: a file that does not open is made anew.
///
/// # Errors
/// Those of `next`; unavailable while somebody else has the file open.
pub fn renew_key(
    path: &Path,
    present: &PageKey,
    erasures: u64,
    next: impl FnOnce() -> Result<PageKey>,
) -> Result<bool> {
    if !path.exists() {
        return Ok(false);
    }
    let Ok(connection) = open_database(path, present, Durability::Normal, CACHE_KIB, false) else {
        return Ok(false);
    };
    let erasures = i64::try_from(erasures).unwrap_or(i64::MAX);
    let kept = connection
        .query_row("SELECT value FROM meta WHERE name='erasures'", [], |r| r.get::<_, i64>(0))
        .optional();
    // A file that is no index of ours is made anew when it is opened.
    let Ok(kept) = kept else { return Ok(false) };
    if kept.unwrap_or_default() >= erasures {
        return Ok(false);
    }
    let key = next()?;
    let rewritten = truncate_wal(&connection).is_ok()
        && connection.execute_batch(&key.rekey_pragma()).is_ok()
        && connection.execute("INSERT OR REPLACE INTO meta VALUES ('erasures', ?1)", [erasures]).is_ok();
    if !rewritten {
        // Damaged, or no room: under the new key it does not open, so it is made anew.
        tracing::warn!("the index could not be written under a new key");
        return Ok(false);
    }
    truncate_wal(&connection)?;
    Ok(true)
}
