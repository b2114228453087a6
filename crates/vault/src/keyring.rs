//! Where the keys of subjects lie, wrapped: no cryptography. A home of them is a file of one server, or a
//! database that several share. Meaning of each column: `docs/formats/keyring.md`.

use kernel::{Fault, OrgId, Result, SubjectId, Time};
use serde::Serialize;

/// The format of every home.
pub const FORMAT: u32 = 1;

/// What is left of a destroyed key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Tombstone {
    /// Whose key it was.
    pub subject: SubjectId,
    /// When it was destroyed.
    pub time: Time,
    /// The request that asked for it.
    pub request: [u8; 16],
}

impl Tombstone {
    /// What is answered to whoever asks for the key.
    #[must_use]
    pub fn refusal(&self) -> Fault {
        let Self { subject, time, request } = self;
        let request = hex::encode(request);
        let note = format!("destroyed: key of subject {subject} at {time}, request {request}");
        Fault::not_found().internal(note)
    }
}

/// A subject's key as it is stored.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// Whose key it is.
    pub subject: SubjectId,
    /// Which key it is; sealed values name it.
    pub key_id: [u8; 8],
    /// The epoch that wraps it.
    pub epoch: u32,
    /// The key, wrapped.
    pub wrapped: Vec<u8>,
}

/// What a home has of a subject.
#[derive(Clone, Debug)]
pub enum Standing {
    /// A key.
    Key(KeyRow),
    /// What is left of one.
    Destroyed(Tombstone),
}

/// A home of subjects' keys. Every method is one act: done as a whole and durable, or not at all. All may
/// block, and all may be repeated.
pub trait Keyring: Send + Sync {
    /// Refuses a keyring of another format or organisation; gives the epoch that its last finished
    /// rotation left.
    ///
    /// # Errors
    /// Corrupt; as storage fails.
    fn check(&self, organisation: OrgId) -> Result<u32>;

    /// What there is of these subjects, in any order; of one that is unknown, nothing.
    ///
    /// # Errors
    /// As storage fails.
    fn find(&self, subjects: &[SubjectId]) -> Result<Vec<Standing>>;

    /// Adds the rows of those subjects that have no key; says of which.
    ///
    /// # Errors
    /// [`Tombstone::refusal`] if one had a key that was destroyed; as storage fails.
    fn insert(&self, rows: &[KeyRow]) -> Result<Vec<SubjectId>>;

    /// Puts tombstones in the place of keys; an earlier tombstone stays. Gives those that stand, in this
    /// order, and how many there are of all subjects.
    ///
    /// # Errors
    /// As storage fails.
    fn bury(&self, stones: &[Tombstone]) -> Result<(Vec<Tombstone>, u64)>;

    /// Removes the keys of subjects, of those that have one, and leaves no tombstones.
    ///
    /// # Errors
    /// As storage fails.
    fn remove(&self, subjects: &[SubjectId]) -> Result<()>;

    /// All tombstones, by subject.
    ///
    /// # Errors
    /// As storage fails.
    fn tombstones(&self) -> Result<Vec<Tombstone>>;

    /// How many tombstones there are.
    ///
    /// # Errors
    /// As storage fails.
    fn count_tombstones(&self) -> Result<u64>;

    /// How many keys each epoch wraps, oldest first.
    ///
    /// # Errors
    /// As storage fails.
    fn count_by_epoch(&self) -> Result<Vec<(u32, u64)>>;

    /// The next rows, in order of their subjects after `after`, that are not of `epoch`.
    ///
    /// # Errors
    /// As storage fails.
    fn of_other_epochs(&self, after: Option<SubjectId>, epoch: u32, limit: u32) -> Result<Vec<KeyRow>>;

    /// Replaces epoch and wrapped key of rows that are there.
    ///
    /// # Errors
    /// As storage fails.
    fn update(&self, rows: &[KeyRow]) -> Result<()>;

    /// Notes that every key is of `epoch`; says no, and does nothing, if one is not.
    ///
    /// # Errors
    /// As storage fails.
    fn end_rotation(&self, epoch: u32) -> Result<bool>;

    /// Leaves nothing of what was replaced or removed in logs of its own, as far as it has a say in it.
    ///
    /// # Errors
    /// As storage fails.
    fn settle(&self) -> Result<()>;
}
