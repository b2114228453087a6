//! What can be asked of a store, whatever the engine. Each query is one line.

use crate::contract::{Change, Doc, DocKind, EventFilter, EventRow, Idempotent, LinkRow, Row, SessionRow};
use crate::engine::{Engine, Store};
use crate::snapshot::{Snapshot, View};
use crate::work::{JobRow, JobState};
use crate::{embedded, postgres};
use kernel::{ActId, JobId, RecordId, Result, SessionId, SubjectId, Time, UserId};
use ledger::{EventId, SignedCheckpoint};
use std::collections::BTreeMap;

/// Queries, each as an asynchronous method of the store and a blocking one of a snapshot.
macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty => $pass:expr),*) -> $out:ty;)*) => {
        // Reading. Every query can fail as storage does: corrupt, unavailable, internal.
        impl Store {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// Corrupt, unavailable or internal, as storage fails.
                pub async fn $name(&self $(, $arg: $type)*) -> Result<$out> {
                    match &*self.engine {
                        Engine::Embedded(e) => e.read(move |c| embedded::read::$name(c $(, $pass)*)).await,
                        Engine::Postgres(p) => p.read(async |c| postgres::read::$name(&c $(, $pass)*).await).await,
                    }
                }
            )*
        }

        impl Snapshot {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// Corrupt, unavailable or internal, as storage fails.
                pub fn $name(&self $(, $arg: $type)*) -> Result<$out> {
                    match self.view() {
                        View::Embedded(c) => embedded::read::$name(c $(, $pass)*),
                        View::Postgres(p) => p.read(async |c| postgres::read::$name(c $(, $pass)*).await),
                    }
                }
            )*
        }
    };
}

queries! {
    /// A record.
    row(id: RecordId => &id) -> Option<Row>;
    /// Those of the records that exist, in the order asked for.
    rows(ids: Vec<RecordId> => &ids) -> Vec<Row>;
    /// All records that a subject's key seals, by id.
    rows_of_subject(subject: SubjectId => &subject) -> Vec<Row>;
    /// Records that hang on another, by id, after `after`.
    children(parent: RecordId => &parent, after: Option<RecordId> => after.as_ref(), limit: u32 => limit)
        -> Vec<Row>;
    /// All records by id, after `after`.
    scan(after: Option<RecordId> => after.as_ref(), limit: u32 => limit) -> Vec<Row>;
    /// References to a record.
    links_to(id: RecordId => &id) -> Vec<LinkRow>;
    /// All references, in an order of the engine's own, after `after`.
    links_after(after: Option<LinkRow> => after.as_ref(), limit: u32 => limit) -> Vec<LinkRow>;
    /// References from a record.
    links_from(id: RecordId => &id) -> Vec<LinkRow>;
    /// Changes with a sequence above `after`, oldest first. Sequences of removed records' earlier changes
    /// are passed over.
    changes_since(after: u64 => after, limit: u32 => limit) -> Vec<Change>;
    /// Changes of a record, newest first, with a sequence below `before`.
    changes_of(record: RecordId => &record, before: Option<u64> => before, limit: u32 => limit)
        -> Vec<Change>;
    /// Changes that belong to a larger act, oldest first, with a sequence above `after`.
    changes_of_act(act: ActId => &act, after: u64 => after, limit: u32 => limit)
        -> Vec<Change>;
    /// Sequence of the newest change; 0 if there is none.
    last_change() -> u64;
    /// A document.
    doc(kind: DocKind => kind, id: [u8; 16] => &id) -> Option<Doc>;
    /// Those of the documents of a kind that exist, in the order asked for.
    docs_by_id(kind: DocKind => kind, ids: Vec<[u8; 16]> => &ids) -> Vec<Doc>;
    /// The document with this key.
    doc_by_key(kind: DocKind => kind, key: [u8; 32] => &key) -> Option<Doc>;
    /// All documents of a kind, by id.
    docs(kind: DocKind => kind) -> Vec<Doc>;
    /// The documents of a kind that have a key.
    docs_with_key(kind: DocKind => kind) -> Vec<Doc>;
    /// Documents of a kind that belong to a user and were written after `since`, by id.
    docs_of_user_since(kind: DocKind => kind, user: UserId => &user, since: Time => since, limit: u32 => limit)
        -> Vec<Doc>;
    /// Documents of a kind that belong to a user, newest id first.
    docs_of_user(kind: DocKind => kind, user: UserId => &user, limit: u32 => limit)
        -> Vec<Doc>;
    /// Documents of a kind that belong to a user, the last written first.
    docs_of_user_by_time(kind: DocKind => kind, user: UserId => &user, limit: u32 => limit)
        -> Vec<Doc>;
    /// A session or token, over or not.
    session(id: SessionId => &id) -> Option<SessionRow>;
    /// The session or token of this secret's hash, over or not.
    session_by_hash(hash: [u8; 32] => &hash) -> Option<SessionRow>;
    /// Sessions and tokens of a user, newest first, over or not.
    sessions_of(user: UserId => &user) -> Vec<SessionRow>;
    /// A job.
    job(id: JobId => &id) -> Option<JobRow>;
    /// Jobs of a user, newest first.
    jobs_of_user(user: UserId => &user, limit: u32 => limit) -> Vec<JobRow>;
    /// Jobs that stand so, oldest first.
    jobs_that(state: JobState => state, limit: u32 => limit) -> Vec<JobRow>;
    /// Jobs that ended or were given up and have parts, oldest first.
    jobs_with_parts(limit: u32 => limit) -> Vec<JobRow>;
    /// Jobs that [`Store::sweep`] would delete then, so that their keys can go first.
    jobs_over(now: Time => now, limit: u32 => limit) -> Vec<JobId>;
    /// A part of a job, from 0.
    job_part(id: JobId => &id, part: u32 => part) -> Option<Vec<u8>>;
    /// A kept answer, over or not.
    idempotent(key: [u8; 32] => &key) -> Option<Idempotent>;
    /// Events, newest first.
    events(filter: EventFilter => &filter) -> Vec<EventRow>;
    /// Events from a sequence on, oldest first.
    events_from(from: u64 => from, limit: u32 => limit) -> Vec<EventRow>;
    /// The events of these sequences that there are, oldest first.
    events_at(seqs: Vec<u64> => &seqs) -> Vec<EventRow>;
    /// An event.
    event_by_id(id: EventId => &id) -> Option<EventRow>;
    /// The number of events.
    event_count() -> u64;
    /// The number of records.
    row_count() -> u64;
    /// The release of the engine.
    engine_version() -> String;
    /// What the engine says of its settings that durability and safety depend on, by name; nothing of the
    /// file's, whose settings are checked when it is opened.
    engine_settings() -> BTreeMap<String, String>;
    /// What whoever loaded a backup left to be done before the state is used; none once that is done.
    restoring() -> Option<Vec<u8>>;
    /// The checkpoint of all that is durable.
    checkpoint() -> Option<SignedCheckpoint>;
}
