//! Taking jobs, and holding on to them.

use super::jobs::{bytes, now};
use super::map::{self, columns, get};
use super::read::{many, seq};
use crate::lease::{Renew, Take, lease};
use crate::work::JobRow;
use deadpool_postgres::ClientWrapper;
use kernel::{Result, UserId};

/// Takes the job that has been due for longest, past those that others are just taking.
///
/// # Errors
/// As any statement.
pub async fn take(c: &ClientWrapper, take: &Take) -> Result<Option<JobRow>> {
    let sql = concat!(
        "UPDATE job SET state = 2, attempts = attempts + 1, held_by = $1, due_at = ",
        now!(),
        " + $2
        WHERE id = (SELECT id FROM job AS due WHERE state <= 2 AND due_at <= ",
        now!(),
        " AND kind = ANY ($3)
            AND (\"user\" = $5 OR (SELECT count(*) FROM job AS held WHERE held.\"user\" = due.\"user\"
                AND held.state = 2 AND held.due_at > ",
        now!(),
        " AND held.kind = ANY ($3)) < $4)
            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING ",
        columns!(JOB)
    );
    let kinds: Vec<i64> = take.kinds.iter().copied().map(i64::from).collect();
    let (lease, of_user) = (lease(take.lease_ms), i64::from(take.of_user));
    let with: [&(dyn tokio_postgres::types::ToSql + Sync); 5] =
        [&bytes(&take.server), &lease, &kinds, &of_user, &bytes(&UserId::NIL)];
    Ok(many(c, sql, &with, map::job).await?.pop())
}

/// Renews a lease; whether the job is wanted to stop, if it is still held so.
///
/// # Errors
/// As any statement.
pub async fn renew(c: &ClientWrapper, renew: &Renew) -> Result<Option<bool>> {
    let sql = concat!(
        "UPDATE job SET due_at = ",
        now!(),
        " + $4, done = $5, total = $6
        WHERE id = $1 AND state = 2 AND held_by = $2 AND attempts = $3 RETURNING stop"
    );
    let Renew { hold, lease_ms, done, total } = renew;
    let (attempt, lease) = (i64::from(hold.attempt), lease(*lease_ms));
    let with: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
        [&bytes(&hold.id), &bytes(&hold.server), &attempt, &lease, &seq(*done), &total.map(seq)];
    Ok(many(c, sql, &with, |sql| get(sql, 0)).await?.pop())
}
