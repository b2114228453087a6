//! The truth: rows, documents, sessions, changes and the ledger, behind one contract that each
//! engine meets. Nothing here is readable but ids, owners, times, versions and codes.
//!
//! A write is a [`Batch`]: data, not a closure, so that engines can group and repeat it. A batch
//! cannot be made without an event, and commits as a whole or not at all.

mod activity;
pub mod backup;
mod contract;
mod embedded;
mod engine;
mod finding;
mod format;
mod group;
mod hash;
mod hint;
mod kind;
mod lease;
mod options;
mod outside;
mod postgres;
mod queries;
mod queue;
mod refusal;
mod resume;
mod session_row;
mod shared;
mod snapshot;
mod thread;
mod verify;
mod whole;
mod work;

pub use activity::Activity;
pub use contract::{
    Batch, Change, ChangeKind, Committed, Doc, DocKind, DocWrite, EventFilter, EventRow, Idempotent, LinkRow,
    Row, RowWrite, SessionKind, SessionRow, SessionWrite,
};
pub use engine::{Accompanied, Adding, Sign, Store};
pub use finding::{RowDamage, RowFinding};
pub use format::{Format, Migration, Standing};
pub use hash::{doc_hash, row_hash};
pub use hint::{About, Hints, Newest};
pub use lease::{LEASE_MAX_MS, Renew, Take};
pub use options::{FileOptions, Options, Place, PostgresOptions};
pub use postgres::PostgresKeyring;
pub use snapshot::Snapshot;
pub use whole::{Alone, Turn};
pub use work::{
    ATTEMPTS_MAX, JOB_NOTES_MAX, JOB_PART_MAX, JOB_PARTS_MAX, JOB_SEALED_MAX, JOBS_BYTES_MAX, JobHold,
    JobRow, JobState, JobWrite, NewJob,
};
