//! Tables, and how an older file becomes a present one.

use super::jobs;
use crate::format::{CONTENT, Format, Step};
use kernel::{Fault, Result};
use rusqlite::{Connection, OptionalExtension};
use vault::storage_fault;

/// "KLUC", so that `file` and a forensic eye see whose database a decrypted page is.
const APPLICATION_ID: i64 = 0x4b4c_5543;

/// How the present format came to be. Who knows no jobs would keep their parts from being swept.
pub const STEPS: [Step; 4] = [
    Step { expand: FIRST, contract: None },
    Step { expand: jobs::TABLES, contract: None },
    Step { expand: jobs::SPARED, contract: Some("") },
    // Registrations of partners, approval of sharing many, who was told of unused rights, changes of address.
    CONTENT,
];
/// Under which name it is kept which step a release must know; `user_version` says how far tables are expanded.
const LEAST: &str = "format.least";

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

/// Adds what a release with these steps needs, in one transaction.
///
/// # Errors
/// Unsupported if the file was contracted for newer releases; otherwise as [`storage_fault`].
pub fn expand(connection: &Connection, steps: &[Step]) -> Result<()> {
    let found = format(connection)?;
    let next = found.with(steps)?;
    let added: String = steps.iter().skip(found.expanded).map(|step| step.expand).collect();
    if found == Format::NONE {
        let set = format!("PRAGMA application_id = {APPLICATION_ID};");
        connection.execute_batch(&set).map_err(|e| storage_fault(&e))?;
    }
    change(connection, &added, found, next)
}

/// Takes away what only releases before these steps use, in one transaction.
///
/// # Errors
/// As [`expand`].
pub fn contract(connection: &Connection, steps: &[Step]) -> Result<()> {
    let found = format(connection)?;
    let next = Format { least: steps.len(), ..found.with(steps)? };
    let taken: String = found.contractions(steps).collect();
    change(connection, &taken, found, next)
}

fn change(connection: &Connection, sql: &str, found: Format, next: Format) -> Result<()> {
    if found == next {
        return Ok(());
    }
    let Format { expanded, least } = next;
    let whole = format!(
        "BEGIN IMMEDIATE; {sql} PRAGMA user_version = {expanded};
        INSERT OR REPLACE INTO meta (name, value) VALUES ('{LEAST}', CAST('{least}' AS BLOB)); COMMIT;"
    );
    if let Err(e) = connection.execute_batch(&whole) {
        let fault = storage_fault(&e);
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK;").map_err(|e| storage_fault(&e))?;
        }
        return Err(fault);
    }
    Ok(())
}

/// Refuses a file that a release with these steps does not read as it is.
///
/// # Errors
/// Unsupported as [`Format::check`]; otherwise as [`storage_fault`].
pub fn check(connection: &Connection) -> Result<()> {
    format(connection)?.check(&STEPS)
}

/// Where the tables stand. Those of releases that did not say are as these left them.
///
/// # Errors
/// Corrupt if what is kept is no number; otherwise as [`storage_fault`].
pub fn format(connection: &Connection) -> Result<Format> {
    let found: i64 =
        connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|e| storage_fault(&e))?;
    let expanded = usize::try_from(found).map_err(|_| Fault::corrupt("user_version is negative"))?;
    if expanded == 0 {
        return Ok(Format::NONE);
    }
    let sql = "SELECT CAST(value AS TEXT) FROM meta WHERE name = ?1";
    let least: Option<String> =
        connection.query_row(sql, [LEAST], |row| row.get(0)).optional().map_err(|e| storage_fault(&e))?;
    let least = least.map_or(Ok(expanded), |text| text.parse());
    Ok(Format {
        expanded,
        least: least.map_err(|_| Fault::corrupt("the format of the tables is no number"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{FaultKind, SystemRandom};
    use vault::{Durability, PageKey, open_database};

    /// The present steps, and one of a next release.
    const NEXT: [Step; 5] = [
        STEPS[0],
        STEPS[1],
        STEPS[2],
        STEPS[3],
        Step {
            expand: "ALTER TABLE doc ADD COLUMN place TEXT;",
            contract: Some("DROP INDEX doc_user; ALTER TABLE doc DROP COLUMN user;"),
        },
    ];

    #[test]
    fn a_file_is_expanded_and_then_contracted() {
        let dir = tempfile::tempdir().expect("a folder");
        let (path, key) = (dir.path().join("store.db"), PageKey::passing(&SystemRandom));
        let c = open_database(&path, &key, Durability::Normal, 1024, false).expect("a file");
        let columns = |c: &Connection| {
            let names = c.prepare("SELECT * FROM doc").expect("a table");
            ["user", "place"].map(|name| names.column_names().any(|column| column == name))
        };
        expand(&c, &STEPS).expect("made");
        assert_eq!(format(&c).expect("a format"), Format { expanded: 4, least: 4 });
        // Broken off, it leaves nothing of the step.
        let broken = [
            NEXT[0],
            NEXT[1],
            NEXT[2],
            NEXT[3],
            Step { expand: "CREATE TABLE half (x TEXT); nonsense", ..NEXT[4] },
        ];
        assert!(expand(&c, &broken).is_err());
        assert_eq!(
            (format(&c).expect("a format"), check(&c).is_ok()),
            (Format { expanded: 4, least: 4 }, true)
        );
        c.execute_batch("CREATE TABLE half (x TEXT); DROP TABLE half").expect("it was taken back");
        for _ in 0..2 {
            expand(&c, &NEXT).expect("expanded");
            assert_eq!(
                (format(&c).expect("a format"), columns(&c)),
                (Format { expanded: 5, least: 4 }, [true, true])
            );
        }
        // The present release still works on it, and leaves what it does not know.
        expand(&c, &STEPS).expect("nothing to do");
        contract(&c, &STEPS).expect("nothing to take away");
        assert_eq!(
            (format(&c).expect("a format"), check(&c).is_ok()),
            (Format { expanded: 5, least: 4 }, true)
        );
        contract(&c, &NEXT).expect("contracted");
        assert_eq!(
            (format(&c).expect("a format"), columns(&c)),
            (Format { expanded: 5, least: 5 }, [false, true])
        );
        for refused in [check(&c), expand(&c, &STEPS), contract(&c, &STEPS)] {
            let refused = refused.expect_err("for newer releases");
            assert_eq!(refused.kind, FaultKind::Unsupported);
            assert!(refused.message.en.contains("newer release"), "{refused}");
        }
    }
}
