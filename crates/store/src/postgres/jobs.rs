//! Jobs: judging and writing what batches say of them, and how they are taken. Leases run by the clock of the
//! database, which is the same for all servers.

use super::map;
use super::read::{execute, many, seq};
use crate::contract::Batch;
use crate::refusal;
use crate::work::{self, JOBS_BYTES_MAX, JobHold, JobState, JobWrite, KEPT_MS, NewJob};
use deadpool_postgres::ClientWrapper;
use kernel::{Fault, JobId, Result, ServerId, Time, UserId};
use std::collections::HashMap;
use tokio_postgres::Row as Sql;

/// The time of the database, in milliseconds since 1970; constant within a statement.
macro_rules! now {
    () => {
        "(extract(epoch FROM statement_timestamp()) * 1000)::bigint"
    };
}

pub(super) use now;

/// A job as far as conditions ask.
#[derive(Clone, Copy)]
struct Standing {
    user: UserId,
    state: JobState,
    held_by: Option<ServerId>,
    attempts: u32,
    bytes: u64,
}

/// The jobs that a group touches, and what limits ask for.
#[derive(Clone, Default)]
pub struct Jobs {
    jobs: HashMap<JobId, Standing>,
    /// Jobs that users have waiting or held.
    open: HashMap<UserId, u64>,
    /// Bytes of the parts of all.
    bytes: u64,
}

impl Jobs {
    /// Asks for all that batches say of jobs, and keeps the jobs as they are until the group is committed:
    /// whoever wants to take one meanwhile goes past it.
    ///
    /// # Errors
    /// As any query.
    pub async fn load(c: &ClientWrapper, batches: &[Batch]) -> Result<Self> {
        let mut known = Self::default();
        let writes = || batches.iter().flat_map(|batch| &batch.jobs);
        let ids: Vec<JobId> = writes().map(JobWrite::id).collect();
        if ids.is_empty() {
            return Ok(known);
        }
        let asked: Vec<&[u8]> = ids.iter().map(|id| &id.bytes()[..]).collect();
        let sql =
            "SELECT id, \"user\", state, held_by, attempts, bytes FROM job WHERE id = ANY ($1) FOR UPDATE";
        known.jobs = many(c, sql, &[&asked], standing).await?.into_iter().collect();
        let users: Vec<UserId> =
            writes().filter_map(|w| if let JobWrite::Add(job) = w { Some(job.user) } else { None }).collect();
        if !users.is_empty() {
            let asked: Vec<&[u8]> = users.iter().map(|id| &id.bytes()[..]).collect();
            let sql =
                "SELECT \"user\", count(*) FROM job WHERE \"user\" = ANY ($1) AND state <= 2 GROUP BY 1";
            let open = |sql: &Sql| Ok((map::id(sql, 0)?, map::count(sql, 1)?));
            known.open = many(c, sql, &[&asked], open).await?.into_iter().collect();
        }
        let sql = "SELECT coalesce(sum(bytes), 0)::bigint FROM job";
        known.bytes = many(c, sql, &[], |sql| map::count(sql, 0)).await?.into_iter().sum();
        Ok(known)
    }

    /// What becomes of the jobs by one batch; nothing if it says nothing of any.
    ///
    /// # Errors
    /// Stale, conflict or too many, as the batch says.
    pub fn judge(&self, writes: &[JobWrite]) -> Result<Option<Self>> {
        if writes.is_empty() {
            return Ok(None);
        }
        let mut after = self.clone();
        for write in writes {
            write.check()?;
            after.write(write)?;
        }
        Ok(Some(after))
    }

    fn write(&mut self, write: &JobWrite) -> Result<()> {
        match write {
            JobWrite::Add(job) => self.add(job),
            JobWrite::Held(hold) => self.held(hold).map(drop),
            // As much as if nothing had been noted there before: how much that was, was not asked for.
            JobWrite::Note { hold, sealed, .. } => {
                self.held(hold)?.bytes += sealed.len() as u64;
                self.bytes += sealed.len() as u64;
                Ok(())
            }
            JobWrite::End { hold, parts, .. } => {
                self.held(hold)?.state = JobState::Ended;
                self.close(&hold.id);
                self.put_parts(&hold.id, parts)
            }
            JobWrite::Later { hold, .. } => {
                self.held(hold)?.state = JobState::Waiting;
                Ok(())
            }
            JobWrite::Leave(hold) => {
                self.held(hold)?.state = JobState::Waiting;
                Ok(())
            }
            JobWrite::GiveUp { hold, .. } => {
                self.held(hold)?.state = JobState::Dead;
                self.close(&hold.id);
                Ok(())
            }
            JobWrite::Stop(id) => self.that(id, JobState::is_open).map(drop),
            JobWrite::Withdraw { id, .. } => {
                self.that(id, |state| state == JobState::Waiting)?.state = JobState::Ended;
                self.close(id);
                self.put_parts(id, &[])
            }
            // What goes by it counts until the next group: how much that is, was not asked for.
            JobWrite::Cut { id, .. } => self.that(id, |state| !state.is_open()).map(drop),
            JobWrite::Revive(id) => {
                let job = self.that(id, |state| state == JobState::Dead)?;
                job.state = JobState::Waiting;
                let user = job.user;
                *self.open.entry(user).or_default() += 1;
                Ok(())
            }
            JobWrite::Discard(id) => {
                let bytes = self.that(id, |state| !state.is_open())?.bytes;
                self.jobs.remove(id);
                self.bytes = self.bytes.saturating_sub(bytes);
                Ok(())
            }
        }
    }

    fn add(&mut self, job: &NewJob) -> Result<()> {
        let open = self.open.entry(job.user).or_default();
        if *open >= u64::from(job.most) {
            return Err(work::too_many(job.most));
        }
        *open += 1;
        let new = Standing { user: job.user, state: JobState::Waiting, held_by: None, attempts: 0, bytes: 0 };
        if self.jobs.insert(job.id, new).is_some() {
            return Err(refusal::conflict("a unique value is taken"));
        }
        self.put_parts(&job.id, &job.parts)
    }

    /// One that is over makes room for its user.
    fn close(&mut self, id: &JobId) {
        if let Some(open) = self.jobs.get(id).and_then(|job| self.open.get_mut(&job.user)) {
            *open = open.saturating_sub(1);
        }
    }

    /// A job that stands as it must.
    fn that(&mut self, id: &JobId, is: impl Fn(JobState) -> bool) -> Result<&mut Standing> {
        self.jobs.get_mut(id).filter(|job| is(job.state)).ok_or_else(Fault::stale)
    }

    fn held(&mut self, hold: &JobHold) -> Result<&mut Standing> {
        let job = self.that(&hold.id, |state| state == JobState::Held)?;
        if job.held_by != Some(hold.server) || job.attempts != hold.attempt {
            return Err(Fault::stale());
        }
        Ok(job)
    }

    fn put_parts(&mut self, id: &JobId, parts: &[Vec<u8>]) -> Result<()> {
        let new = work::size(parts) as u64;
        let old = self.jobs.get_mut(id).map_or(0, |job| std::mem::replace(&mut job.bytes, new));
        self.bytes = self.bytes.saturating_sub(old) + new;
        if new > 0 && self.bytes > JOBS_BYTES_MAX { Err(work::no_room()) } else { Ok(()) }
    }
}

fn standing(sql: &Sql) -> Result<(JobId, Standing)> {
    let standing = Standing {
        user: map::id(sql, 1)?,
        state: map::job_state(sql, 2)?,
        held_by: map::id_or_null(sql, 3)?,
        attempts: map::number(sql, 4)?,
        bytes: map::count(sql, 5)?,
    };
    Ok((map::id(sql, 0)?, standing))
}

/// Writes what was judged.
///
/// # Errors
/// As any statement.
pub async fn put(c: &ClientWrapper, write: &JobWrite, now: Time) -> Result<()> {
    match write {
        JobWrite::Add(job) => add(c, job).await,
        JobWrite::Held(_) => Ok(()),
        JobWrite::Note { hold, at, sealed } => note(c, &hold.id, *at, sealed).await,
        JobWrite::End { hold, result, parts } => {
            over(c, hold, JobState::Ended, result, now).await?;
            put_parts(c, &hold.id, parts).await
        }
        JobWrite::Later { hold, after_ms, result, spared } => {
            let sql = concat!(
                "UPDATE job SET state = 1, due_at = ",
                now!(),
                " + $2, result = $3, spared = spared + $4 WHERE id = $1"
            );
            let spared = i64::from(*spared);
            execute(c, sql, &[&bytes(&hold.id), after_ms, result, &spared]).await.map(drop)
        }
        JobWrite::Leave(hold) => {
            let sql =
                concat!("UPDATE job SET state = 1, due_at = ", now!(), ", spared = spared + 1 WHERE id = $1");
            execute(c, sql, &[&bytes(&hold.id)]).await.map(drop)
        }
        JobWrite::GiveUp { hold, result } => over(c, hold, JobState::Dead, result, now).await,
        JobWrite::Stop(id) => {
            let sql = concat!(
                "UPDATE job SET stop = true, due_at = CASE WHEN state = 1 THEN ",
                now!(),
                " ELSE due_at END WHERE id = $1"
            );
            execute(c, sql, &[&bytes(id)]).await.map(drop)
        }
        JobWrite::Withdraw { id, result } => {
            let sql = "UPDATE job SET state = 3, ended_at = $2, result = $3 WHERE id = $1";
            execute(c, sql, &[&bytes(id), &now.0, result]).await?;
            put_parts(c, id, &[]).await
        }
        JobWrite::Cut { id, parts } => cut(c, id, *parts).await,
        JobWrite::Revive(id) => {
            let sql = concat!(
                "UPDATE job SET state = 1, due_at = ",
                now!(),
                ", spared = attempts, stop = false, ended_at = NULL, result = '' WHERE id = $1"
            );
            execute(c, sql, &[&bytes(id)]).await.map(drop)
        }
        JobWrite::Discard(id) => {
            execute(c, "DELETE FROM job WHERE id = $1", &[&bytes(id)]).await?;
            execute(c, "DELETE FROM job_part WHERE job = $1", &[&bytes(id)]).await.map(drop)
        }
    }
}

async fn over(c: &ClientWrapper, hold: &JobHold, state: JobState, result: &[u8], now: Time) -> Result<()> {
    let sql = "UPDATE job SET state = $2, ended_at = $3, result = $4 WHERE id = $1";
    execute(c, sql, &[&bytes(&hold.id), &(state as i64), &now.0, &result]).await.map(drop)
}

async fn add(c: &ClientWrapper, job: &NewJob) -> Result<()> {
    let sql = concat!(
        "INSERT INTO job (id, kind, \"user\", state, due_at, attempts, stop, done, created_at, bytes, parts, sealed, result)
        VALUES ($1, $2, $3, 1, ",
        now!(),
        " + $4, 0, false, 0, $5, 0, 0, $6, '')"
    );
    let kind = i64::from(job.kind);
    let with: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
        [&bytes(&job.id), &kind, &bytes(&job.user), &job.after_ms, &job.created_at.0, &job.sealed];
    execute(c, sql, &with).await?;
    put_parts(c, &job.id, &job.parts).await
}

/// Leaves only the first parts.
async fn cut(c: &ClientWrapper, id: &JobId, parts: u32) -> Result<()> {
    let parts = i64::from(parts);
    execute(c, "DELETE FROM job_part WHERE job = $1 AND part >= $2", &[&bytes(id), &parts]).await?;
    let sql = "UPDATE job SET parts = least(parts, $2),
        bytes = (SELECT coalesce(sum(length(sealed)), 0) FROM job_part WHERE job = $1) WHERE id = $1";
    execute(c, sql, &[&bytes(id), &parts]).await.map(drop)
}

async fn note(c: &ClientWrapper, id: &JobId, at: u32, sealed: &Vec<u8>) -> Result<()> {
    let part = i64::from(work::note_part(at));
    let sql = "UPDATE job SET bytes = bytes + $3
        - coalesce((SELECT length(sealed) FROM job_part WHERE job = $1 AND part = $2), 0) WHERE id = $1";
    execute(c, sql, &[&bytes(id), &part, &seq(sealed.len() as u64)]).await?;
    let sql = "INSERT INTO job_part (job, part, sealed) VALUES ($1, $2, $3)
        ON CONFLICT (job, part) DO UPDATE SET sealed = excluded.sealed";
    execute(c, sql, &[&bytes(id), &part, sealed]).await.map(drop)
}

/// Replaces the parts of a job, and its notes. Each in a statement of its own: a message has its limits.
async fn put_parts(c: &ClientWrapper, id: &JobId, parts: &[Vec<u8>]) -> Result<()> {
    execute(c, "DELETE FROM job_part WHERE job = $1", &[&bytes(id)]).await?;
    let sql = "UPDATE job SET bytes = $2, parts = $3 WHERE id = $1";
    execute(c, sql, &[&bytes(id), &seq(work::size(parts) as u64), &seq(parts.len() as u64)]).await?;
    for (part, sealed) in (0_i64..).zip(parts) {
        let sql = "INSERT INTO job_part (job, part, sealed) VALUES ($1, $2, $3)";
        execute(c, sql, &[&bytes(id), &part, sealed]).await?;
    }
    Ok(())
}

pub fn bytes<K>(id: &kernel::Id<K>) -> &[u8] {
    &id.bytes()[..]
}

/// Jobs that have been over for long enough.
///
/// # Errors
/// As any query.
pub async fn jobs_over(c: &ClientWrapper, now: Time, limit: u32) -> Result<Vec<JobId>> {
    let sql = "SELECT id FROM job
        WHERE state >= 3 AND ended_at <= CASE state WHEN 4 THEN $2::bigint ELSE $1::bigint END LIMIT $3";
    let (ended, dead) = (now.0.saturating_sub(KEPT_MS.0), now.0.saturating_sub(KEPT_MS.1));
    many(c, sql, &[&ended, &dead, &i64::from(limit)], |sql| map::id(sql, 0)).await
}

/// Deletes at most `limit` jobs that are over.
///
/// # Errors
/// As any statement.
pub async fn sweep(c: &ClientWrapper, now: Time, limit: u32) -> Result<u64> {
    let ids = jobs_over(c, now, limit).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let ids: Vec<&[u8]> = ids.iter().map(bytes).collect();
    // Its state is looked at again: it may have been revived meanwhile.
    let sql = "DELETE FROM job WHERE id = ANY ($1) AND state >= 3";
    let gone = execute(c, sql, &[&ids]).await?;
    let sql = "DELETE FROM job_part WHERE job = ANY ($1) AND job NOT IN (SELECT id FROM job)";
    execute(c, sql, &[&ids]).await?;
    Ok(gone)
}

/// Attempts that do not count, beside all. Releases before this counted each, also those of letters that were only put
/// off: what waits begins anew. What is held may be what its servers die of, and keeps its count.
pub const SPARED: &str = "ALTER TABLE job ADD COLUMN spared bigint NOT NULL DEFAULT 0;
UPDATE job SET spared = attempts WHERE state = 1;";

/// Tables of jobs. One index serves whoever looks for work, as few jobs are open at a time.
pub const TABLES: &str = r#"
CREATE TABLE job (
    id         bytea   NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    kind       bigint  NOT NULL,
    "user"     bytea   NOT NULL,
    state      bigint  NOT NULL,
    due_at     bigint  NOT NULL,
    attempts   bigint  NOT NULL,
    held_by    bytea,
    stop       boolean NOT NULL,
    done       bigint  NOT NULL,
    total      bigint,
    created_at bigint  NOT NULL,
    ended_at   bigint,
    bytes      bigint  NOT NULL,
    parts      bigint  NOT NULL,
    sealed     bytea   NOT NULL,
    result     bytea   NOT NULL
);
CREATE INDEX job_due ON job (due_at) WHERE state <= 2;
CREATE INDEX job_user ON job ("user", id);
CREATE INDEX job_state ON job (state, id);

CREATE TABLE job_part (
    job    bytea  NOT NULL,
    part   bigint NOT NULL,
    sealed bytea  NOT NULL,
    PRIMARY KEY (job, part)
);
"#;
