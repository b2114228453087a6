//! A new page key after an erasure. The index of an earlier copy of the files still holds the erased in
//! its pages: it must not open with today's keys.

use kernel::Result;
use rusqlite::OptionalExtension;
use std::path::Path;
use vault::{Durability, PageKey, open_database, storage_fault, truncate_wal};

/// Pages in memory while they are written anew, in KiB.
const CACHE_KIB: u32 = 16 << 10;

/// Writes the index at `path` anew under a key from `next`, if fewer than `erasures` had happened when it
/// got its present one. Nobody else may have it open. Whatever goes wrong in between costs a rebuild and
/// nothing else: a file that does not open is made anew.
///
/// # Errors
/// Storage; those of `next`.
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
    let kept: Option<i64> = connection
        .query_row("SELECT value FROM meta WHERE name='erasures'", [], |r| r.get(0))
        .optional()
        .map_err(|e| storage_fault(&e))?;
    if kept.unwrap_or_default() >= erasures {
        return Ok(false);
    }
    let key = next()?;
    truncate_wal(&connection)?;
    connection
        .execute_batch(&key.rekey_pragma())
        .and_then(|()| connection.execute("INSERT OR REPLACE INTO meta VALUES ('erasures', ?1)", [erasures]))
        .map_err(|e| storage_fault(&e))?;
    truncate_wal(&connection)?;
    Ok(true)
}
