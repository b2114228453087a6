//! Looking at an index without opening it for use, also while a server uses it.

use kernel::Result;
use std::path::Path;
use vault::{Durability, PageKey, open_database, storage_fault};

/// Pages in memory meanwhile, in KiB.
const CACHE_KIB: u32 = 2 << 10;

/// What an index says of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Looked {
    /// The highest number up to which all changes are in it.
    pub applied: u64,
    /// Whether it can be used: no rebuild was begun and not ended.
    pub whole: bool,
}

/// Looks at the index at `path`.
///
/// # Errors
/// Corrupt if the key is wrong or the file is no index; otherwise as [`vault::storage_fault`].
pub fn look(path: &Path, key: &PageKey) -> Result<Looked> {
    let connection = open_database(path, key, Durability::Normal, CACHE_KIB, true)?;
    let number = |name: &str| -> Result<i64> {
        let sql = "SELECT value FROM meta WHERE name=?1";
        connection.query_row(sql, [name], |r| r.get(0)).map_err(|e| storage_fault(&e))
    };
    Ok(Looked { applied: number("applied")?.unsigned_abs(), whole: number("whole")? == 1 })
}
