//! The keys of subjects in a database, for servers that share them: the statements of
//! [`vault::Keyring`], in a schema of their own. What lies here is wrapped; what wraps it is in no database.

use super::connect::Connector;
use super::fault::{damaged, fault, of_making, pool_fault};
use super::map::{array, count, get, id};
use super::read::{With, engine_settings, execute, flag, many};
use super::wait::wait;
use crate::options::PostgresOptions;
use crate::refusal;
use deadpool_postgres::{ClientWrapper, Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use kernel::{Fault, FaultKind, OrgId, Result, SubjectId, Time};
use std::collections::BTreeMap;
use tokio::try_join;
use tokio_postgres::Row as Sql;
use vault::{KEYRING_FORMAT, KeyRow, Keyring, Standing, Tombstone};

/// Connections at most.
const CONNECTIONS: usize = 4;
/// Begins a transaction that adds keys: others add theirs meanwhile. "KLUCZNIK" in ASCII, and two.
const BEGIN: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock_shared(5425805398840854861)";
/// Begins a transaction that destroys keys or makes an epoch the last: nobody adds keys meanwhile.
const BEGIN_ALONE: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(5425805398840854861)";
/// Its tables; `docs/formats/keyring.md` says what is in them.
const TABLES: &str = "
CREATE SCHEMA keyring;
CREATE TABLE keyring.meta (name text PRIMARY KEY, value bigint NOT NULL);
CREATE TABLE keyring.organisation (id bytea NOT NULL);
CREATE TABLE keyring.subject_keys (
    subject bytea  NOT NULL PRIMARY KEY CHECK (length(subject) = 16),
    key_id  bytea  NOT NULL CHECK (length(key_id) = 8),
    epoch   bigint NOT NULL,
    wrapped bytea  NOT NULL
);
CREATE TABLE keyring.tombstones (
    subject bytea  NOT NULL PRIMARY KEY CHECK (length(subject) = 16),
    time    bigint NOT NULL,
    request bytea  NOT NULL CHECK (length(request) = 16)
);
";

/// A keyring in a PostgreSQL database.
pub struct PostgresKeyring {
    pool: Pool,
}

impl PostgresKeyring {
    /// Makes an empty keyring. Blocks.
    ///
    /// # Errors
    /// Conflict if there is one already; unavailable if the database does not answer.
    pub fn create(place: &PostgresOptions, organisation: OrgId) -> Result<Self> {
        Self::create_by(None, place, organisation)
    }

    /// As [`PostgresKeyring::create`], by an attempt that may come to nothing: see
    /// [`PostgresKeyring::remove_made_by`]. Blocks.
    ///
    /// # Errors
    /// As [`PostgresKeyring::create`].
    pub fn create_by(attempt: Option<i64>, place: &PostgresOptions, organisation: OrgId) -> Result<Self> {
        let keyring = Self::open(place)?;
        let made = keyring.work(async |c| {
            if exists(c).await? {
                return Err(refusal::keyring_exists());
            }
            run(c, TABLES).await?;
            let sql = "INSERT INTO keyring.meta VALUES ('format', $1), ('epoch', 1)";
            execute(c, sql, &[&i64::from(KEYRING_FORMAT)]).await?;
            let sql = "INSERT INTO keyring.meta SELECT 'attempt', $1::bigint WHERE $1 IS NOT NULL";
            execute(c, sql, &[&attempt]).await?;
            let sql = "INSERT INTO keyring.organisation VALUES ($1)";
            execute(c, sql, &[&&organisation.bytes()[..]]).await.map(drop)
        });
        made.map_err(|why| match Connector::new(place) {
            Ok(connector) => of_making(why, connector.config()),
            Err(_) => why,
        })?;
        Ok(keyring)
    }

    /// A keyring that is there, or is to be found missing when it is asked. Blocks.
    ///
    /// # Errors
    /// Invalid if the address is none, or the server does not let us in; unavailable if it does not answer.
    pub fn open(place: &PostgresOptions) -> Result<Self> {
        let connector = Connector::new(place)?;
        // The pool tells a refusal from a failure that passes no more than others of its users want to know.
        drop(wait(connector.reach())?);
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_connect(connector.config().clone(), connector, recycling);
        // No limits of time but those of the connection: whoever asks may have no runtime.
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build().map_err(Fault::bug)?;
        Ok(Self { pool })
    }

    /// Whether its server archives its log, and so keeps keys that are destroyed here. Blocks.
    ///
    /// # Errors
    /// Unavailable if the database does not answer.
    pub fn is_archived(&self) -> Result<bool> {
        let sql = "SELECT current_setting('archive_mode') <> 'off'";
        let told = self.ask(sql, &[], |sql| get(sql, 0))?;
        Ok(told.contains(&true))
    }

    /// Settings of its server, as [`crate::Snapshot::engine_settings`]. Blocks.
    ///
    /// # Errors
    /// Unavailable if the database does not answer.
    pub fn engine_settings(&self) -> Result<BTreeMap<String, String>> {
        self.twice(async |c| engine_settings(c).await)
    }

    /// Takes back a keyring that was made for nothing. Blocks.
    ///
    /// # Errors
    /// Unavailable if the database does not answer.
    pub fn remove_from(place: &PostgresOptions) -> Result<()> {
        Self::open(place)?.work(async |c| run(c, "DROP SCHEMA keyring CASCADE").await)
    }

    /// Takes back the keyring that an attempt made; one that was made otherwise stays. Blocks.
    ///
    /// # Errors
    /// Unavailable if the database does not answer.
    pub fn remove_made_by(attempt: i64, place: &PostgresOptions) -> Result<()> {
        Self::open(place)?.work(async |c| {
            if !exists(c).await? {
                return Ok(());
            }
            let sql = "SELECT value FROM keyring.meta WHERE name = 'attempt'";
            let made_by = many(c, sql, &[], |sql| get::<i64>(sql, 0)).await?;
            if made_by == [attempt] { run(c, "DROP SCHEMA keyring CASCADE").await } else { Ok(()) }
        })
    }

    /// Asks once more, over a new connection, if one turns out to be dead.
    fn twice<T>(&self, ask: impl AsyncFn(&ClientWrapper) -> Result<T>) -> Result<T> {
        wait(async {
            match self.once(&ask).await {
                Err(fault) if fault.kind == FaultKind::Unavailable => {
                    tracing::info!(error = %fault, "the keyring is asked again");
                    self.pool.retain(|_, _| false);
                    self.once(&ask).await
                }
                done => done,
            }
        })
    }

    /// What fails ends the connection, and with it its transaction.
    async fn once<T>(&self, ask: &impl AsyncFn(&ClientWrapper) -> Result<T>) -> Result<T> {
        let client = self.pool.get().await.map_err(|e| pool_fault(&e))?;
        let done = ask(&client).await;
        if done.is_err() {
            drop(Object::take(client));
        }
        done
    }

    fn ask<T>(&self, sql: &str, with: With<'_>, map: fn(&Sql) -> Result<T>) -> Result<Vec<T>> {
        self.twice(async |c| many(c, sql, with, map).await)
    }

    fn work<T>(&self, work: impl AsyncFn(&ClientWrapper) -> Result<T>) -> Result<T> {
        self.twice(async |c| {
            run(c, BEGIN_ALONE).await?;
            let done = work(c).await?;
            run(c, "COMMIT").await?;
            Ok(done)
        })
    }
}

impl Keyring for PostgresKeyring {
    fn check(&self, organisation: OrgId) -> Result<u32> {
        self.twice(async |c| {
            if !exists(c).await? {
                return Err(refusal::keyring_missing());
            }
            let format = meta(c, "format").await?;
            if format != KEYRING_FORMAT {
                return Err(Fault::corrupt(format!("keyring: format {format} is unknown")));
            }
            let owners = many(c, "SELECT id FROM keyring.organisation", &[], |sql| id(sql, 0)).await?;
            if owners != [organisation] {
                return Err(refusal::keyring_of_another());
            }
            meta(c, "epoch").await
        })
    }

    fn find(&self, subjects: &[SubjectId]) -> Result<Vec<Standing>> {
        let sql = "SELECT subject, key_id, epoch, wrapped, NULL::bigint, NULL::bytea
            FROM keyring.subject_keys WHERE subject = ANY ($1)
            UNION ALL SELECT subject, NULL, NULL, NULL, time, request
            FROM keyring.tombstones WHERE subject = ANY ($1)";
        self.ask(sql, &[&all(subjects.iter())], |sql| match get::<Option<i64>>(sql, 4)? {
            None => key(sql).map(Standing::Key),
            Some(time) => Ok(Standing::Destroyed(Tombstone {
                subject: id(sql, 0)?,
                time: Time(time),
                request: array(sql, 5)?,
            })),
        })
    }

    fn insert(&self, rows: &[KeyRow]) -> Result<Vec<SubjectId>> {
        let Some(epoch) = rows.iter().map(|row| row.epoch).min() else { return Ok(Vec::new()) };
        let (subjects, (epochs, wrapped)) = (all(rows.iter().map(|r| &r.subject)), columns(rows));
        let ids: Vec<&[u8]> = rows.iter().map(|row| &row.key_id[..]).collect();
        let sql = "INSERT INTO keyring.subject_keys (subject, key_id, epoch, wrapped)
            SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::bytea[])
            ON CONFLICT DO NOTHING RETURNING subject";
        self.twice(async |c| {
            // Sent at once, in this order: what comes after the lock sees what is there once it is held. A
            // refusal ends the connection, and so nothing of it is kept.
            let destroyed = "SELECT subject, time, request FROM keyring.tombstones WHERE subject = ANY ($1)";
            let (of, with): (With<'_>, With<'_>) = (&[&subjects], &[&subjects, &ids, &epochs, &wrapped]);
            let ((), stones, last, added) = try_join!(
                biased;
                run(c, BEGIN),
                many(c, destroyed, of, tombstone),
                meta(c, "epoch"),
                many(c, sql, with, |sql| id(sql, 0)),
            )?;
            if let Some(stone) = stones.last() {
                return Err(stone.refusal());
            }
            if epoch < last {
                return Err(vault::keys_behind(last));
            }
            run(c, "COMMIT").await?;
            Ok(added)
        })
    }

    fn bury(&self, stones: &[Tombstone]) -> Result<(Vec<Tombstone>, u64)> {
        let subjects = all(stones.iter().map(|stone| &stone.subject));
        let times: Vec<i64> = stones.iter().map(|stone| stone.time.0).collect();
        let requests: Vec<&[u8]> = stones.iter().map(|stone| &stone.request[..]).collect();
        let put = "INSERT INTO keyring.tombstones (subject, time, request)
            SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) ON CONFLICT DO NOTHING";
        let standing = "SELECT t.subject, t.time, t.request
            FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (subject, place)
            JOIN keyring.tombstones t USING (subject) ORDER BY place";
        self.work(async |c| {
            execute(c, "DELETE FROM keyring.subject_keys WHERE subject = ANY ($1)", &[&subjects]).await?;
            execute(c, put, &[&subjects, &times, &requests]).await?;
            Ok((many(c, standing, &[&subjects], tombstone).await?, count_stones(c).await?))
        })
    }

    fn remove(&self, subjects: &[SubjectId]) -> Result<()> {
        let sql = "DELETE FROM keyring.subject_keys WHERE subject = ANY ($1)";
        let subjects = all(subjects.iter());
        self.work(async |c| execute(c, sql, &[&subjects]).await.map(drop))
    }

    fn tombstones(&self) -> Result<Vec<Tombstone>> {
        let sql = "SELECT subject, time, request FROM keyring.tombstones ORDER BY subject";
        self.ask(sql, &[], tombstone)
    }

    fn count_tombstones(&self) -> Result<u64> {
        self.twice(async |c| count_stones(c).await)
    }

    fn count_by_epoch(&self) -> Result<Vec<(u32, u64)>> {
        let sql = "SELECT epoch, count(*) FROM keyring.subject_keys GROUP BY epoch ORDER BY epoch";
        self.ask(sql, &[], |sql| Ok((number(sql, 0)?, count(sql, 1)?)))
    }

    fn of_other_epochs(&self, after: Option<SubjectId>, epoch: u32, limit: u32) -> Result<Vec<KeyRow>> {
        let sql = "SELECT subject, key_id, epoch, wrapped FROM keyring.subject_keys
            WHERE subject > $1 AND epoch <> $2 ORDER BY subject LIMIT $3";
        let start: &[u8] = after.as_ref().map_or(&[], |subject| &subject.bytes()[..]);
        self.ask(sql, &[&start, &i64::from(epoch), &i64::from(limit)], key)
    }

    fn update(&self, rows: &[KeyRow]) -> Result<()> {
        let (subjects, (epochs, wrapped)) = (all(rows.iter().map(|r| &r.subject)), columns(rows));
        let sql = "UPDATE keyring.subject_keys k SET epoch = n.epoch, wrapped = n.wrapped
            FROM unnest($1::bytea[], $2::bigint[], $3::bytea[]) AS n (subject, epoch, wrapped)
            WHERE k.subject = n.subject";
        self.twice(async |c| execute(c, sql, &[&subjects, &epochs, &wrapped]).await.map(drop))
    }

    fn end_rotation(&self, epoch: u32) -> Result<bool> {
        let epoch = i64::from(epoch);
        self.work(async |c| {
            let sql = "SELECT epoch FROM keyring.subject_keys WHERE epoch <> $1 LIMIT 1";
            if !many(c, sql, &[&epoch], |sql| get::<i64>(sql, 0)).await?.is_empty() {
                return Ok(false);
            }
            execute(c, "UPDATE keyring.meta SET value = $1 WHERE name = 'epoch'", &[&epoch]).await?;
            Ok(true)
        })
    }

    /// Logs and freed pages are the server's affair: what they hold is of no use once its epoch is gone.
    fn settle(&self) -> Result<()> {
        Ok(())
    }
}

/// Statements without values.
async fn run(c: &ClientWrapper, sql: &str) -> Result<()> {
    c.batch_execute(sql).await.map_err(|e| fault(&e))
}

async fn exists(c: &ClientWrapper) -> Result<bool> {
    flag(c, "SELECT to_regnamespace('keyring') IS NOT NULL").await
}

async fn meta(c: &ClientWrapper, name: &str) -> Result<u32> {
    let sql = "SELECT value FROM keyring.meta WHERE name = $1";
    let found = many(c, sql, &[&name], |sql| number(sql, 0)).await?.pop();
    found.ok_or_else(|| Fault::corrupt(format!("keyring: {name} is missing")))
}

async fn count_stones(c: &ClientWrapper) -> Result<u64> {
    let sql = "SELECT count(*) FROM keyring.tombstones";
    Ok(many(c, sql, &[], |sql| count(sql, 0)).await?.pop().unwrap_or_default())
}

fn all<'a>(subjects: impl Iterator<Item = &'a SubjectId>) -> Vec<&'a [u8]> {
    subjects.map(|subject| &subject.bytes()[..]).collect()
}

fn columns(rows: &[KeyRow]) -> (Vec<i64>, Vec<&[u8]>) {
    rows.iter().map(|row| (i64::from(row.epoch), row.wrapped.as_slice())).unzip()
}

fn number(sql: &Sql, column: usize) -> Result<u32> {
    u32::try_from(get::<i64>(sql, column)?).map_err(|_| damaged(column))
}

fn key(sql: &Sql) -> Result<KeyRow> {
    let (subject, key_id) = (id(sql, 0)?, array(sql, 1)?);
    Ok(KeyRow { subject, key_id, epoch: number(sql, 2)?, wrapped: get(sql, 3)? })
}

fn tombstone(sql: &Sql) -> Result<Tombstone> {
    Ok(Tombstone { subject: id(sql, 0)?, time: Time(get(sql, 1)?), request: array(sql, 2)? })
}
