//! Tables, and how an older file becomes a present one.

use super::jobs;
use crate::refusal;
use kernel::{Fault, Result};
use rusqlite::Connection;
use vault::storage_fault;

/// "KLUC", so that `file` and a forensic eye see whose database a decrypted page is.
const APPLICATION_ID: i64 = 0x4b4c_5543;

/// Step `n` leads from format `n` to `n + 1`. Steps are never edited once released.
const MIGRATIONS: [&str; 2] = [FIRST, jobs::TABLES];

/// Tables with large rows keep the rowid: a key over content on inner pages would make the tree deep.
/// An index on a rowid table ends with the rowid, so `change(record)` is sorted by sequence too.
const FIRST: &str = "
CREATE TABLE record (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    entity     INTEGER NOT NULL,
    subject    BLOB    NOT NULL,
    owner      BLOB    NOT NULL,
    team       BLOB    NOT NULL,
    parent     BLOB,
    version    INTEGER NOT NULL,
    schema     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB    NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by BLOB    NOT NULL,
    deleted_at INTEGER,
    sealed     BLOB    NOT NULL
) STRICT;
CREATE INDEX record_subject ON record (subject);
CREATE INDEX record_parent ON record (parent, id) WHERE parent IS NOT NULL;

CREATE TABLE link (
    source BLOB NOT NULL,
    field  TEXT NOT NULL,
    target BLOB NOT NULL,
    PRIMARY KEY (source, field, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_target ON link (target);

CREATE TABLE change (
    seq     INTEGER NOT NULL PRIMARY KEY,
    record  BLOB    NOT NULL,
    entity  INTEGER NOT NULL,
    version INTEGER NOT NULL,
    kind    INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    by      BLOB    NOT NULL,
    part_of BLOB,
    event   INTEGER NOT NULL,
    diff    BLOB    NOT NULL
) STRICT;
CREATE INDEX change_record ON change (record);
CREATE INDEX change_part ON change (part_of) WHERE part_of IS NOT NULL;

CREATE TABLE doc (
    kind       INTEGER NOT NULL,
    id         BLOB    NOT NULL CHECK (length(id) = 16),
    key        BLOB,
    user       BLOB,
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    sealed     BLOB    NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
CREATE UNIQUE INDEX doc_key ON doc (kind, key) WHERE key IS NOT NULL;
CREATE INDEX doc_user ON doc (kind, user, id) WHERE user IS NOT NULL;

CREATE TABLE session (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hash       BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    user       BLOB    NOT NULL,
    kind       INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    sealed     BLOB    NOT NULL
) STRICT;
CREATE INDEX session_user ON session (user);
CREATE INDEX session_end ON session (ends_at);

CREATE TABLE idempotent (
    key     BLOB    NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    request BLOB    NOT NULL,
    until   INTEGER NOT NULL,
    sealed  BLOB    NOT NULL
) STRICT;
CREATE INDEX idempotent_until ON idempotent (until);

CREATE TABLE event (
    seq     INTEGER NOT NULL PRIMARY KEY,
    id      BLOB    NOT NULL UNIQUE,
    at      INTEGER NOT NULL,
    user    BLOB,
    record  BLOB,
    subject BLOB,
    act     INTEGER NOT NULL,
    bytes   BLOB    NOT NULL,
    hash    BLOB    NOT NULL
) STRICT;
CREATE INDEX event_user ON event (user) WHERE user IS NOT NULL;
CREATE INDEX event_record ON event (record) WHERE record IS NOT NULL;
CREATE INDEX event_subject ON event (subject) WHERE subject IS NOT NULL;

CREATE TABLE node (
    level INTEGER NOT NULL,
    idx   INTEGER NOT NULL,
    hash  BLOB    NOT NULL,
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Brings the file to the present format, step by step, each step in a transaction of its own.
///
/// # Errors
/// Unsupported if a newer release wrote the file; otherwise as [`storage_fault`].
pub fn migrate(connection: &Connection) -> Result<()> {
    let found = version(connection)?;
    if found == 0 {
        let set = format!("PRAGMA application_id = {APPLICATION_ID};");
        connection.execute_batch(&set).map_err(|e| storage_fault(&e))?;
    }
    for (step, sql) in MIGRATIONS.iter().enumerate().skip(found) {
        let whole = format!("BEGIN IMMEDIATE; {sql} PRAGMA user_version = {}; COMMIT;", step + 1);
        if let Err(e) = connection.execute_batch(&whole) {
            let fault = storage_fault(&e);
            if !connection.is_autocommit() {
                connection.execute_batch("ROLLBACK;").map_err(|e| storage_fault(&e))?;
            }
            return Err(fault);
        }
    }
    Ok(())
}

/// Refuses a file of another format: for readers, which must not change it.
///
/// # Errors
/// Unsupported unless the format is the present one; otherwise as [`storage_fault`].
pub fn check(connection: &Connection) -> Result<()> {
    match version(connection)? {
        found if found == MIGRATIONS.len() => Ok(()),
        found => Err(refusal::older_format(found)),
    }
}

fn version(connection: &Connection) -> Result<usize> {
    let found: i64 =
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|e| storage_fault(&e))?;
    match usize::try_from(found) {
        Ok(found) if found <= MIGRATIONS.len() => Ok(found),
        Ok(found) => Err(refusal::newer_format(found)),
        Err(_) => Err(Fault::corrupt("user_version is negative")),
    }
}
