//! Jobs: what batches write of them, and how they are taken. There is one server, whose clock counts.

use super::map;
use super::read::Bind;
use super::write::{Done, Trouble, execute, execute_current, number};
use crate::lease::{Renew, Take, lease};
use crate::work::{self, JOBS_BYTES_MAX, JobHold, JobRow, JobWrite, KEPT_MS, NewJob};
use kernel::{JobId, Result, Time};
use rusqlite::{Connection, Params, Row, params};
use vault::storage_fault;

/// Applies one write.
pub fn apply(c: &Connection, write: &JobWrite, now: Time) -> Done<()> {
    write.check().map_err(Trouble::Batch)?;
    match write {
        JobWrite::Add(job) => add(c, job, now),
        JobWrite::Held(hold) => {
            let sql = "UPDATE job SET held_by = held_by WHERE id = ?1 AND state = 2 AND held_by = ?2 AND attempts = ?3";
            of_holder(c, sql, hold, &[])
        }
        JobWrite::Note { hold, at, sealed } => note(c, hold, *at, sealed),
        JobWrite::End { hold, result, parts } => {
            let sql = "UPDATE job SET state = 3, ended_at = ?4, result = ?5
                WHERE id = ?1 AND state = 2 AND held_by = ?2 AND attempts = ?3";
            of_holder(c, sql, hold, &[&now.0, result])?;
            put_parts(c, &hold.id, parts)
        }
        JobWrite::Later { hold, after_ms, result, spared } => {
            let sql = "UPDATE job SET state = 1, due_at = ?4, result = ?5, spared = spared + ?6
                WHERE id = ?1 AND state = 2 AND held_by = ?2 AND attempts = ?3";
            of_holder(c, sql, hold, &[&now.0.saturating_add(*after_ms), result, spared])
        }
        JobWrite::Leave(hold) => {
            let sql = "UPDATE job SET state = 1, due_at = ?4, spared = spared + 1
                WHERE id = ?1 AND state = 2 AND held_by = ?2 AND attempts = ?3";
            of_holder(c, sql, hold, &[&now.0])
        }
        JobWrite::GiveUp { hold, result } => {
            let sql = "UPDATE job SET state = 4, ended_at = ?4, result = ?5
                WHERE id = ?1 AND state = 2 AND held_by = ?2 AND attempts = ?3";
            of_holder(c, sql, hold, &[&now.0, result])
        }
        JobWrite::Stop(id) => {
            let sql =
                "UPDATE job SET stop = 1, due_at = iif(state = 1, ?2, due_at) WHERE id = ?1 AND state <= 2";
            execute_current(c, sql, params![Bind(id), now.0])
        }
        JobWrite::Withdraw { id, result } => {
            let sql = "UPDATE job SET state = 3, ended_at = ?2, result = ?3 WHERE id = ?1 AND state = 1";
            execute_current(c, sql, params![Bind(id), now.0, result])?;
            put_parts(c, id, &[])
        }
        JobWrite::Cut { id, parts } => cut(c, id, *parts),
        JobWrite::Revive(id) => {
            let sql =
                "UPDATE job SET state = 1, due_at = ?2, spared = attempts, stop = 0, ended_at = NULL, result = x''
                WHERE id = ?1 AND state = 4";
            execute_current(c, sql, params![Bind(id), now.0])
        }
        JobWrite::Discard(id) => {
            execute_current(c, "DELETE FROM job WHERE id = ?1 AND state >= 3", [Bind(id)])?;
            execute(c, "DELETE FROM job_part WHERE job = ?1", [Bind(id)]).map(drop)
        }
    }
}

/// For what only the holder may do; the statement's first three values say who that is.
fn of_holder(c: &Connection, sql: &str, hold: &JobHold, more: &[&dyn rusqlite::ToSql]) -> Done<()> {
    let (id, server) = (Bind(&hold.id), Bind(&hold.server));
    let mut with: Vec<&dyn rusqlite::ToSql> = vec![&id, &server, &hold.attempt];
    with.extend(more);
    execute_current(c, sql, &with[..])
}

fn add(c: &Connection, job: &NewJob, now: Time) -> Done<()> {
    let sql = "SELECT count(*) FROM job WHERE user = ?1 AND state <= 2";
    let open: u32 = c.prepare_cached(sql)?.query_row([Bind(&job.user)], |row| row.get(0))?;
    if open >= job.most {
        return Err(Trouble::Batch(work::too_many(job.most)));
    }
    let sql = "INSERT INTO job (id, kind, user, state, due_at, attempts, stop, done, created_at, bytes, parts, sealed, result)
        VALUES (?1, ?2, ?3, 1, ?4, 0, 0, 0, ?5, 0, 0, ?6, x'')";
    let due = now.0.saturating_add(job.after_ms);
    let with = params![Bind(&job.id), job.kind, Bind(&job.user), due, job.created_at.0, job.sealed];
    execute(c, sql, with)?;
    put_parts(c, &job.id, &job.parts)
}

/// Leaves only the first parts of one that is over.
fn cut(c: &Connection, id: &JobId, parts: u32) -> Done<()> {
    execute(
        c,
        "DELETE FROM job_part WHERE job = ?1 AND part >= ?2 AND job IN (SELECT id FROM job WHERE state >= 3)",
        params![Bind(id), parts],
    )?;
    let sql = "UPDATE job SET parts = min(parts, ?2),
        bytes = (SELECT coalesce(sum(length(sealed)), 0) FROM job_part WHERE job = ?1)
        WHERE id = ?1 AND state >= 3";
    execute_current(c, sql, params![Bind(id), parts])
}

fn note(c: &Connection, hold: &JobHold, at: u32, sealed: &Vec<u8>) -> Done<()> {
    let (part, bytes) = (work::note_part(at), number(sealed.len() as u64)?);
    let sql = "UPDATE job SET bytes = bytes + ?5
            - coalesce((SELECT length(sealed) FROM job_part WHERE job = ?1 AND part = ?4), 0)
        WHERE id = ?1 AND state = 2 AND held_by = ?2 AND attempts = ?3";
    of_holder(c, sql, hold, &[&part, &bytes])?;
    let sql = "INSERT OR REPLACE INTO job_part (job, part, sealed) VALUES (?1, ?2, ?3)";
    execute(c, sql, params![Bind(&hold.id), part, sealed]).map(drop)
}

/// Replaces the parts of a job, and its notes.
fn put_parts(c: &Connection, id: &JobId, parts: &[Vec<u8>]) -> Done<()> {
    execute(c, "DELETE FROM job_part WHERE job = ?1", [Bind(id)])?;
    let (bytes, count) = (number(work::size(parts) as u64)?, number(parts.len() as u64)?);
    execute(c, "UPDATE job SET bytes = ?2, parts = ?3 WHERE id = ?1", params![Bind(id), bytes, count])?;
    if parts.is_empty() {
        return Ok(());
    }
    let all: i64 = c.prepare_cached("SELECT sum(bytes) FROM job")?.query_row([], |row| row.get(0))?;
    if all.unsigned_abs() > JOBS_BYTES_MAX {
        return Err(Trouble::Batch(work::no_room()));
    }
    for (part, sealed) in (0_i64..).zip(parts) {
        let sql = "INSERT INTO job_part (job, part, sealed) VALUES (?1, ?2, ?3)";
        execute(c, sql, params![Bind(id), part, sealed])?;
    }
    Ok(())
}

/// Takes the job that has been due for longest.
pub fn take(c: &Connection, take: &Take, now: Time) -> Result<Option<JobRow>> {
    // Numbers of kinds become part of the text: SQLite binds no lists.
    let kinds: Vec<String> = take.kinds.iter().map(u16::to_string).collect();
    let kinds = kinds.join(", ");
    let sql = format!(
        "UPDATE job SET state = 2, attempts = attempts + 1, held_by = ?1, due_at = ?2
        WHERE id = (SELECT id FROM job AS due WHERE state <= 2 AND due_at <= ?3 AND kind IN ({kinds})
            AND (user = zeroblob(16) OR (SELECT count(*) FROM job AS held WHERE held.user = due.user
                AND held.state = 2 AND held.due_at > ?3 AND held.kind IN ({kinds})) < ?4)
            ORDER BY due_at, id LIMIT 1)
        RETURNING {}",
        map::columns!(JOB)
    );
    let until = now.0.saturating_add(lease(take.lease_ms));
    let with = params![Bind(&take.server), until, now.0, take.of_user];
    returned(c, &sql, with, map::job)
}

/// Renews a lease; whether the job is wanted to stop, if it is still held so.
pub fn renew(c: &Connection, renew: &Renew, now: Time) -> Result<Option<bool>> {
    let sql = "UPDATE job SET due_at = ?4, done = ?5, total = ?6
        WHERE id = ?1 AND state = 2 AND held_by = ?2 AND attempts = ?3 RETURNING stop";
    let Renew { hold, lease_ms, done, total } = renew;
    let until = now.0.saturating_add(lease(*lease_ms));
    let (done, total) = (i64::try_from(*done).ok(), total.and_then(|total| i64::try_from(total).ok()));
    let with = params![Bind(&hold.id), Bind(&hold.server), hold.attempt, until, done.unwrap_or(0), total];
    returned(c, sql, with, |row| row.get(0))
}

/// What a statement of its own gives back, once it was carried out to its end.
fn returned<T>(
    c: &Connection,
    sql: &str,
    with: impl Params,
    map: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    let run = || -> rusqlite::Result<Vec<T>> { c.prepare_cached(sql)?.query_map(with, map)?.collect() };
    run().map(|mut rows| rows.pop()).map_err(|e| storage_fault(&e))
}

/// Which jobs have been over for long enough.
pub const OVER: &str = "SELECT id FROM job WHERE state >= 3 AND ended_at <= iif(state = 4, ?2, ?1) LIMIT ?3";

/// Until when jobs must have ended or been given up to be over at a time.
pub const fn over(now: Time) -> (i64, i64) {
    (now.0.saturating_sub(KEPT_MS.0), now.0.saturating_sub(KEPT_MS.1))
}

/// Deletes at most `limit` jobs that are over.
pub fn sweep(c: &Connection, now: Time, limit: u32) -> rusqlite::Result<usize> {
    let (ended, dead) = over(now);
    let sql = format!("DELETE FROM job WHERE id IN ({OVER})");
    let gone = c.prepare_cached(&sql)?.execute(params![ended, dead, limit])?;
    if gone > 0 {
        c.prepare_cached("DELETE FROM job_part WHERE job NOT IN (SELECT id FROM job)")?.execute([])?;
    }
    Ok(gone)
}

/// Attempts that do not count, beside all. Releases before this counted each, also those of letters that were only put
/// off: what waits begins anew. What is held may be what its servers die of, and keeps its count.
pub const SPARED: &str = "ALTER TABLE job ADD COLUMN spared INTEGER NOT NULL DEFAULT 0;
UPDATE job SET spared = attempts WHERE state = 1;";

/// Tables of jobs. One index serves whoever looks for work, as few jobs are open at a time.
pub const TABLES: &str = "
CREATE TABLE job (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    kind       INTEGER NOT NULL,
    user       BLOB    NOT NULL,
    state      INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    held_by    BLOB,
    stop       INTEGER NOT NULL,
    done       INTEGER NOT NULL,
    total      INTEGER,
    created_at INTEGER NOT NULL,
    ended_at   INTEGER,
    bytes      INTEGER NOT NULL,
    parts      INTEGER NOT NULL,
    sealed     BLOB    NOT NULL,
    result     BLOB    NOT NULL
) STRICT;
CREATE INDEX job_due ON job (due_at) WHERE state <= 2;
CREATE INDEX job_user ON job (user, id);
CREATE INDEX job_state ON job (state, id);

CREATE TABLE job_part (
    job    BLOB    NOT NULL,
    part   INTEGER NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (job, part)
) STRICT;
";
