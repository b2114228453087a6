//! What the writing thread did, in numbers, for whoever watches the server.

use kernel::{Result, SPANS, Stopwatch};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What a store did since it was opened, and how many wait for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Activity {
    /// Groups that were tried, each one durable write.
    pub groups: u64,
    /// Batches in them.
    pub batches: u64,
    /// Groups of which nothing was committed.
    pub failed: u64,
    /// Time that the groups took.
    pub busy: Duration,
    /// Jobs that wait for the writer.
    pub waiting: usize,
    /// Connections of readers that are open, and those of them in use; of an engine that has a server.
    pub connections: Option<(usize, usize)>,
}

/// Where the thread counts.
#[derive(Default)]
pub struct Counts {
    groups: AtomicU64,
    batches: AtomicU64,
    failed: AtomicU64,
    micros: AtomicU64,
}

impl Counts {
    /// Counts a group while it is committed, which also tells of how many batches it is.
    pub fn group<T>(&self, commit: impl FnOnce() -> (usize, Result<T>)) -> Result<T> {
        let watch = Stopwatch::start();
        let (size, status) = (tracing::field::Empty, tracing::field::Empty);
        let span =
            tracing::info_span!(target: SPANS, "commit group", batches = size, otel.status_code = status);
        let (batches, done) = span.in_scope(commit);
        span.record("batches", i64::try_from(batches).unwrap_or(i64::MAX));
        span.record("otel.status_code", if done.is_ok() { "OK" } else { "ERROR" });
        let micros = u64::try_from(watch.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
        self.batches.fetch_add(batches as u64, Ordering::Relaxed);
        self.groups.fetch_add(1, Ordering::Relaxed);
        self.failed.fetch_add(u64::from(done.is_err()), Ordering::Relaxed);
        done
    }

    pub fn activity(&self) -> Activity {
        Activity {
            groups: self.groups.load(Ordering::Relaxed),
            batches: self.batches.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
            busy: Duration::from_micros(self.micros.load(Ordering::Relaxed)),
            ..Activity::default()
        }
    }
}
