//! What goes in and out of a store, whatever the engine.

pub use crate::kind::DocKind;
pub use crate::session_row::{SessionKind, SessionRow, SessionWrite};
use crate::work::JobWrite;
use kernel::{ActId, RecordId, SubjectId, TeamId, Time, UserId};
use ledger::{Event, Receipt};

/// One record: what is readable, and the sealed rest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Id.
    pub id: RecordId,
    /// Entity number.
    pub entity: u16,
    /// Whose key seals it.
    pub subject: SubjectId,
    /// Owner.
    pub owner: UserId,
    /// Team.
    pub team: TeamId,
    /// The record it hangs on.
    pub parent: Option<RecordId>,
    /// Starts at 1, grows by 1 with each change.
    pub version: u64,
    /// Version of the content's format.
    pub schema: u16,
    /// Made when.
    pub created_at: Time,
    /// Made by.
    pub created_by: UserId,
    /// Last changed when.
    pub updated_at: Time,
    /// Last changed by.
    pub updated_by: UserId,
    /// In the bin since.
    pub deleted_at: Option<Time>,
    /// Sealed content.
    pub sealed: Vec<u8>,
}

/// A change to one row. `links` are all references from the row, by field; they replace those kept.
#[derive(Clone, Debug)]
pub enum RowWrite {
    /// A new row; its version is 1. Conflict if the id is taken.
    Insert {
        /// The row.
        row: Row,
        /// References from it.
        links: Vec<(String, RecordId)>,
    },
    /// The row as it is to be; stale unless the kept version is `row.version - 1`.
    Update {
        /// The row.
        row: Row,
        /// References from it.
        links: Vec<(String, RecordId)>,
        /// Sealed old and new values of what changed.
        diff: Vec<u8>,
    },
    /// Removes the row, its changes and its links for good; stale unless the kept version is `version`.
    Remove {
        /// Which.
        id: RecordId,
        /// Version expected.
        version: u64,
    },
}

/// An administrative document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doc {
    /// Kind.
    pub kind: DocKind,
    /// Id.
    pub id: [u8; 16],
    /// By which it is found, unique within its kind: a keyed HMAC, if it is made from what must not be read.
    pub key: Option<[u8; 32]>,
    /// The user it belongs to, if it does.
    pub user: Option<UserId>,
    /// Starts at 1, grows by 1 with each change.
    pub version: u64,
    /// Last changed when.
    pub updated_at: Time,
    /// Sealed content.
    pub sealed: Vec<u8>,
}

/// A change to one document.
#[derive(Clone, Debug)]
pub enum DocWrite {
    /// The document as it is to be: new if its version is 1, else stale unless the kept version is one
    /// less. Conflict if its key is taken.
    Put(Doc),
    /// Removes it; stale unless the kept version is this.
    Remove(DocKind, [u8; 16], u64),
}

/// The kept answer to a creating call, so that a repeated call does nothing twice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Idempotent {
    /// Keyed HMAC over user, path and `Idempotency-Key`.
    pub key: [u8; 32],
    /// Hash of the request; another request under the same key is a conflict.
    pub request: [u8; 32],
    /// Kept until.
    pub until: Time,
    /// Sealed answer.
    pub sealed: Vec<u8>,
}

/// All that one act writes. Made from an event, so that nothing is written without one.
#[derive(Clone, Debug)]
pub struct Batch {
    pub(crate) event: Event,
    /// Further events of the same act, such as a notification's.
    pub more_events: Vec<Event>,
    /// Rows.
    pub rows: Vec<RowWrite>,
    /// Documents.
    pub docs: Vec<DocWrite>,
    /// Sessions.
    pub sessions: Vec<SessionWrite>,
    /// Jobs.
    pub jobs: Vec<JobWrite>,
    /// Kept answer. Conflict if its key is taken and not over.
    pub idempotent: Option<Idempotent>,
    /// Records that must still have this version and not be in the bin; stale otherwise.
    pub require: Vec<(RecordId, u64)>,
    /// The hint up to which what rights rest on was looked at; stale if another server changed any of it since.
    pub directory: Option<u64>,
}

impl Batch {
    /// A batch that writes this event and nothing else yet.
    #[must_use]
    pub const fn new(event: Event) -> Self {
        Self {
            event,
            more_events: Vec::new(),
            rows: Vec::new(),
            docs: Vec::new(),
            sessions: Vec::new(),
            jobs: Vec::new(),
            idempotent: None,
            require: Vec::new(),
            directory: None,
        }
    }

    /// The event.
    #[must_use]
    pub const fn event(&self) -> &Event {
        &self.event
    }
}

/// What a commit gives back, once it is durable.
#[derive(Debug)]
pub struct Committed {
    /// Proof that the event is in the ledger.
    pub receipt: Receipt,
    /// Sequence of the change of each row write, in the order of the batch; they are consecutive.
    pub first_change: u64,
    /// How many changes.
    pub changes: u64,
}

/// What happened to a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangeKind {
    /// Made.
    Insert,
    /// Changed.
    Update,
    /// Removed.
    Remove,
}

impl ChangeKind {
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Insert => 1,
            Self::Update => 2,
            Self::Remove => 3,
        }
    }

    pub(crate) const fn of_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Insert),
            2 => Some(Self::Update),
            3 => Some(Self::Remove),
            _ => None,
        }
    }
}

/// One entry of the change feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Sequence; grows without gaps, in order of commits.
    pub seq: u64,
    /// Which record.
    pub record: RecordId,
    /// Its entity.
    pub entity: u16,
    /// Its version after the change.
    pub version: u64,
    /// What happened.
    pub kind: ChangeKind,
    /// When.
    pub at: Time,
    /// By whom; nil for the program.
    pub by: UserId,
    /// The larger act it belongs to; nil if none.
    pub part_of: ActId,
    /// Sequence of the ledger event.
    pub event: u64,
    /// Sealed old and new values; empty for inserts and removals.
    pub diff: Vec<u8>,
}

/// One reference between records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkRow {
    /// From this record.
    pub from: RecordId,
    /// By this field.
    pub field: String,
    /// To this one.
    pub to: RecordId,
}

/// A kept event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventRow {
    /// Place in the tree, from 0.
    pub seq: u64,
    /// Leaf hash.
    pub hash: [u8; 32],
    /// Canonical bytes.
    pub bytes: Vec<u8>,
}

/// Which events.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EventFilter {
    /// By this user.
    pub user: Option<UserId>,
    /// About this record.
    pub record: Option<RecordId>,
    /// About this subject.
    pub subject: Option<SubjectId>,
    /// Before this sequence (newest first).
    pub before: Option<u64>,
    /// At most this many.
    pub limit: u32,
}
