//! Tables, the same as those of a file, and how older ones become present ones.

use super::fault::fault;
use super::jobs;
use super::read::{execute, flag, meta};
use crate::refusal;
use crate::resume::RESTORING;
use deadpool_postgres::ClientWrapper;
use kernel::{Fault, Result};

/// Step `n` leads from format `n` to `n + 1`. Steps are never edited once released.
const MIGRATIONS: [&str; 3] = [FIRST, HINTS, jobs::TABLES];
/// Under which name the format is kept.
const FORMAT: &str = "format";

/// Unique values are judged before they are written; the constraints, looked at when a group is
/// committed, are there for whoever does not ask us.
const FIRST: &str = r#"
CREATE TABLE record (
    id         bytea  NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    entity     bigint NOT NULL,
    subject    bytea  NOT NULL,
    owner      bytea  NOT NULL,
    team       bytea  NOT NULL,
    parent     bytea,
    version    bigint NOT NULL,
    schema     bigint NOT NULL,
    created_at bigint NOT NULL,
    created_by bytea  NOT NULL,
    updated_at bigint NOT NULL,
    updated_by bytea  NOT NULL,
    deleted_at bigint,
    sealed     bytea  NOT NULL
);
CREATE INDEX record_subject ON record (subject);
CREATE INDEX record_parent ON record (parent, id) WHERE parent IS NOT NULL;

CREATE TABLE link (
    source bytea NOT NULL,
    field  text  NOT NULL,
    target bytea NOT NULL,
    PRIMARY KEY (source, field, target)
);
CREATE INDEX link_target ON link (target);

CREATE TABLE change (
    seq     bigint NOT NULL PRIMARY KEY,
    record  bytea  NOT NULL,
    entity  bigint NOT NULL,
    version bigint NOT NULL,
    kind    bigint NOT NULL,
    at      bigint NOT NULL,
    by      bytea  NOT NULL,
    part_of bytea,
    event   bigint NOT NULL,
    diff    bytea  NOT NULL
);
CREATE INDEX change_record ON change (record, seq);
CREATE INDEX change_part ON change (part_of, seq) WHERE part_of IS NOT NULL;

CREATE TABLE doc (
    kind       bigint NOT NULL,
    id         bytea  NOT NULL CHECK (length(id) = 16),
    key        bytea,
    "user"     bytea,
    version    bigint NOT NULL,
    updated_at bigint NOT NULL,
    sealed     bytea  NOT NULL,
    PRIMARY KEY (kind, id),
    CONSTRAINT doc_key UNIQUE (kind, key) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX doc_user ON doc (kind, "user", id) WHERE "user" IS NOT NULL;

CREATE TABLE session (
    id         bytea  NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hash       bytea  NOT NULL UNIQUE CHECK (length(hash) = 32),
    "user"     bytea  NOT NULL,
    kind       bigint NOT NULL,
    created_at bigint NOT NULL,
    seen_at    bigint NOT NULL,
    ends_at    bigint NOT NULL,
    sealed     bytea  NOT NULL
);
CREATE INDEX session_user_id ON session ("user", id);
CREATE INDEX session_end ON session (ends_at);

CREATE TABLE idempotent (
    key     bytea  NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    request bytea  NOT NULL,
    until   bigint NOT NULL,
    sealed  bytea  NOT NULL
);
CREATE INDEX idempotent_until ON idempotent (until);

CREATE TABLE event (
    seq     bigint NOT NULL PRIMARY KEY,
    id      bytea  NOT NULL UNIQUE,
    at      bigint NOT NULL,
    "user"  bytea,
    record  bytea,
    subject bytea,
    act     bigint NOT NULL,
    bytes   bytea  NOT NULL,
    hash    bytea  NOT NULL
);
CREATE INDEX event_user ON event ("user", seq) WHERE "user" IS NOT NULL;
CREATE INDEX event_record ON event (record, seq) WHERE record IS NOT NULL;
CREATE INDEX event_subject ON event (subject, seq) WHERE subject IS NOT NULL;

CREATE TABLE node (
    level bigint NOT NULL,
    idx   bigint NOT NULL,
    hash  bytea  NOT NULL,
    PRIMARY KEY (level, idx)
);

CREATE TABLE meta (
    name  text  NOT NULL PRIMARY KEY,
    value bytea NOT NULL
);
"#;

/// What servers tell each other to look at again. No database of a single server has it.
const HINTS: &str = "
CREATE TABLE hint (
    seq  bigint NOT NULL PRIMARY KEY,
    kind bigint NOT NULL,
    id   bytea  NOT NULL CHECK (length(id) = 16)
);
";

/// Removes all tables of ours.
///
/// # Errors
/// As any statement.
pub async fn remove(c: &ClientWrapper) -> Result<()> {
    let tables = MIGRATIONS.concat();
    let names = tables.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split_whitespace().next());
    let names = names.collect::<Vec<_>>().join(", ");
    c.batch_execute(&format!("DROP TABLE IF EXISTS {names}")).await.map_err(|e| fault(&e))
}

/// Whether there are tables of ours.
///
/// # Errors
/// As any query.
pub async fn exists(c: &ClientWrapper) -> Result<bool> {
    flag(c, "SELECT to_regclass('meta') IS NOT NULL").await
}

/// Refuses a server that acknowledges what is not on its disk, or is too old.
///
/// # Errors
/// Unsupported.
pub async fn check_server(c: &ClientWrapper) -> Result<()> {
    let sql =
        "SELECT current_setting('fsync') = 'on' AND current_setting('server_version_num')::int >= 130000";
    if flag(c, sql).await? { Ok(()) } else { Err(refusal::unfit_server()) }
}

/// Brings the tables to the present format, within the transaction of the caller, who keeps others away.
///
/// # Errors
/// Unsupported if a newer release wrote them.
pub async fn migrate(c: &ClientWrapper) -> Result<()> {
    let found = if exists(c).await? { version(c).await? } else { 0 };
    for sql in MIGRATIONS.iter().skip(found) {
        c.batch_execute(sql).await.map_err(|e| fault(&e))?;
    }
    if found < MIGRATIONS.len() {
        let present = MIGRATIONS.len().to_string();
        put_meta(c, FORMAT, present.as_bytes()).await?;
    }
    Ok(())
}

/// Refuses tables of another format: for readers, which must not change them.
///
/// # Errors
/// Not found if there are none; unsupported unless the format is the present one.
pub async fn check(c: &ClientWrapper) -> Result<()> {
    if !exists(c).await? {
        return Err(refusal::database_missing());
    }
    match version(c).await? {
        found if found == MIGRATIONS.len() => Ok(()),
        found => Err(refusal::older_format(found)),
    }
}

/// Keeps a value under a name.
///
/// # Errors
/// As any statement.
pub async fn put_meta(c: &ClientWrapper, name: &str, value: &[u8]) -> Result<()> {
    let sql = "INSERT INTO meta (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    execute(c, sql, &[&name, &value]).await.map(drop)
}

/// What a restore left to be done is done.
///
/// # Errors
/// As any statement.
pub async fn restored(c: &ClientWrapper) -> Result<()> {
    execute(c, "DELETE FROM meta WHERE name = $1", &[&RESTORING]).await.map(drop)
}

async fn version(c: &ClientWrapper) -> Result<usize> {
    let Some(found) = meta(c, FORMAT).await? else {
        return Err(refusal::altered("the format of the tables is missing"));
    };
    let found = String::from_utf8(found).ok().and_then(|text| text.parse().ok());
    match found {
        Some(found @ 1..) if found <= MIGRATIONS.len() => Ok(found),
        Some(found @ 1..) => Err(refusal::newer_format(found)),
        _ => Err(Fault::corrupt("the format of the tables is no number")),
    }
}
