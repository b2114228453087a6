//! Tables, the same as those of a file, and how older ones become present ones.

use super::fault::fault;
use super::jobs;
use super::read::{execute, flag, meta};
use crate::format::{CONTENT, Format, Step};
use crate::refusal;
use crate::resume::RESTORING;
use deadpool_postgres::ClientWrapper;
use kernel::{Fault, Result};

/// How the present format came to be. Who knows no hints would keep others from hearing of what it does, and
/// who knows no jobs from their parts being swept.
pub const STEPS: [Step; 5] = [
    Step { expand: FIRST, contract: None },
    Step { expand: HINTS, contract: None },
    Step { expand: jobs::TABLES, contract: None },
    Step { expand: jobs::SPARED, contract: Some("") },
    // Registrations of partners, approval of sharing many, who was told of unused rights, changes of address.
    CONTENT,
];
/// Under which names it is kept how far tables are expanded, and which step a release must know.
const EXPANDED: &str = "format";
const LEAST: &str = "format.least";

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
    let tables = STEPS.map(|step| step.expand).concat();
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

/// Adds what a release with these steps needs, within the transaction of the caller, who keeps others away.
///
/// # Errors
/// Unsupported if the tables were contracted for newer releases.
pub async fn expand(c: &ClientWrapper, steps: &[Step]) -> Result<()> {
    let found = format(c).await?;
    let next = found.with(steps)?;
    for step in steps.iter().skip(found.expanded) {
        c.batch_execute(step.expand).await.map_err(|e| fault(&e))?;
    }
    put_format(c, found, next).await
}

/// Takes away what only releases before these steps use; as [`expand`], and while nobody else is at work.
///
/// # Errors
/// As [`expand`].
pub async fn contract(c: &ClientWrapper, steps: &[Step]) -> Result<()> {
    let found = format(c).await?;
    let next = Format { least: steps.len(), ..found.with(steps)? };
    for sql in found.contractions(steps) {
        c.batch_execute(sql).await.map_err(|e| fault(&e))?;
    }
    put_format(c, found, next).await
}

/// Refuses tables that a release with these steps does not read as they are.
///
/// # Errors
/// Not found if there are none; unsupported as [`Format::check`].
pub async fn check(c: &ClientWrapper) -> Result<()> {
    match format(c).await? {
        Format::NONE => Err(refusal::database_missing()),
        found => found.check(&STEPS),
    }
}

/// Where the tables stand. Those of releases that did not say are as these left them.
///
/// # Errors
/// Corrupt if what is kept is no number.
pub async fn format(c: &ClientWrapper) -> Result<Format> {
    if !exists(c).await? {
        return Ok(Format::NONE);
    }
    let expanded = number(c, EXPANDED).await?;
    let expanded = expanded.ok_or_else(|| refusal::altered("the format of the tables is missing"))?;
    Ok(Format { expanded, least: number(c, LEAST).await?.unwrap_or(expanded) })
}

async fn put_format(c: &ClientWrapper, found: Format, next: Format) -> Result<()> {
    if found != next {
        put_meta(c, EXPANDED, next.expanded.to_string().as_bytes()).await?;
        put_meta(c, LEAST, next.least.to_string().as_bytes()).await?;
    }
    Ok(())
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

async fn number(c: &ClientWrapper, name: &str) -> Result<Option<usize>> {
    let Some(found) = meta(c, name).await? else { return Ok(None) };
    let found = String::from_utf8(found).ok().and_then(|text| text.parse().ok());
    found.filter(|n| *n > 0).map(Some).ok_or_else(|| Fault::corrupt("the format of the tables is no number"))
}

#[cfg(test)]
mod tests {
    use super::super::connect::Connector;
    use super::*;
    use crate::options::PostgresOptions;
    use cluster::Database;
    use kernel::FaultKind;

    /// The present steps, and one of a next release.
    const NEXT: [Step; 6] = [
        STEPS[0],
        STEPS[1],
        STEPS[2],
        STEPS[3],
        STEPS[4],
        Step {
            expand: "ALTER TABLE doc ADD COLUMN place text;",
            contract: Some("ALTER TABLE doc DROP COLUMN \"user\";"),
        },
    ];

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_database_is_expanded_and_then_contracted() {
        let database = Database::new();
        let connector = Connector::new(&PostgresOptions::new(database.address())).unwrap();
        let c = connector.connect().await.unwrap();
        let columns = || {
            database.sql(
                "SELECT string_agg(column_name, ' ' ORDER BY column_name) FROM information_schema.columns
                WHERE table_name = 'doc' AND column_name IN ('user', 'place')",
            )
        };
        assert_eq!(check(&c).await.map_err(|f| f.kind), Err(FaultKind::NotFound));
        expand(&c, &STEPS).await.unwrap();
        assert_eq!(format(&c).await.expect("a format"), Format { expanded: 5, least: 5 });
        for _ in 0..2 {
            expand(&c, &NEXT).await.unwrap();
            assert_eq!(
                (format(&c).await.expect("a format"), columns()),
                (Format { expanded: 6, least: 5 }, "place user".into())
            );
        }
        // The present release still works on it, and leaves what it does not know.
        expand(&c, &STEPS).await.unwrap();
        contract(&c, &STEPS).await.unwrap();
        assert_eq!(
            (format(&c).await.expect("a format"), check(&c).await.is_ok()),
            (Format { expanded: 6, least: 5 }, true)
        );
        contract(&c, &NEXT).await.unwrap();
        assert_eq!(
            (format(&c).await.expect("a format"), columns()),
            (Format { expanded: 6, least: 6 }, "place".into())
        );
        for refused in [check(&c).await, expand(&c, &STEPS).await, contract(&c, &STEPS).await] {
            let refused = refused.expect_err("for newer releases");
            assert_eq!(refused.kind, FaultKind::Unsupported);
            assert!(refused.message.en.contains("newer release"), "{refused}");
        }
    }
}
