//! What an event is made of beside what was done: who acted, how it ended, and what it touched.

use kernel::UserId;

/// Who acted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// A user.
    User(UserId),
    /// Nobody known, such as a caller who failed to sign in.
    Nobody,
    /// The program itself, by a rule of its own.
    System,
    /// Somebody with the machine in hand, through the command line.
    Operator,
}

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Done.
    Done,
    /// Not allowed.
    Refused,
    /// Allowed, but failed.
    Failed,
}

/// How an act touched a record or an administrative document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TouchKind {
    /// It was shown.
    Seen,
    /// It was written; `hash` is over its stored form.
    Written,
    /// Its live row was removed.
    Removed,
}

/// One thing that an act touched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Touch {
    /// The entity's number; administrative documents use numbers from 60,000.
    pub entity: u16,
    /// The record or document.
    pub id: [u8; 16],
    /// How.
    pub kind: TouchKind,
    /// SHA-256 over the stored row: with it, a row altered, swapped or rolled back behind the
    /// program's back is found. Only for [`TouchKind::Written`].
    pub hash: Option<[u8; 32]>,
}
