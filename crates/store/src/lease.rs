//! Who is at a job, and until when.

use crate::engine::Store;
use crate::queue::Job;
use crate::work::{JobHold, JobRow};
use kernel::{Result, ServerId};
use tokio::sync::watch;

/// Milliseconds of a lease at most.
pub const LEASE_MAX_MS: i64 = 600_000;

/// One server asks for a job to do. They are taken one by one, so that what is taken counts for the next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Take {
    /// Which server.
    pub server: ServerId,
    /// Milliseconds until others may take it, unless the lease is renewed; at most [`LEASE_MAX_MS`].
    pub lease_ms: i64,
    /// Kinds that it has a place for.
    pub kinds: Vec<u16>,
    /// Jobs of one user, of these kinds, that may be held at a time by all servers. Two that ask in the same
    /// moment may come to one more.
    pub of_user: u32,
}

/// A server says that it is still at a job.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Renew {
    /// The attempt.
    pub hold: JobHold,
    /// Milliseconds from now until others may take it; at most [`LEASE_MAX_MS`].
    pub lease_ms: i64,
    /// How far it is.
    pub done: u64,
    /// Of how much, if that is known.
    pub total: Option<u64>,
}

// Taking what is to be done.
impl Store {
    /// Rings when a job was ordered, stopped or revived, on whatever server. A ring may be missed: look from time
    /// to time all the same.
    #[must_use]
    pub fn bell(&self) -> watch::Receiver<()> {
        self.bell.subscribe()
    }

    /// Takes the job that has been due for longest, if there is one to take: one that waits, or one whose server
    /// let its lease run out.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn take_job(&self, take: Take) -> Result<Option<JobRow>> {
        self.queue().ask(|reply| Job::Take(take, reply)).await
    }

    /// Renews a lease and writes down how far the job is. Whether it is wanted to stop; nothing if the job is no
    /// longer held so.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn renew_job(&self, renew: Renew) -> Result<Option<bool>> {
        self.queue().ask(|reply| Job::Renew(renew, reply)).await
    }
}

/// A lease within its limits.
pub fn lease(ms: i64) -> i64 {
    ms.clamp(1, LEASE_MAX_MS)
}
