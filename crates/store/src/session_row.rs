//! Sessions and bearer tokens, as they go in and out of a store.

use kernel::{SessionId, Time, UserId};

/// Session or bearer token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionKind {
    /// Begun by signing in; travels in a cookie.
    Session,
    /// Made by its owner; travels as a bearer token.
    Token,
}

impl SessionKind {
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Session => 1,
            Self::Token => 2,
        }
    }

    pub(crate) const fn of_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Session),
            2 => Some(Self::Token),
            _ => None,
        }
    }
}

/// A session or bearer token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionRow {
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// Id, for lists and the ledger.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// Which.
    pub kind: SessionKind,
    /// Begun when.
    pub created_at: Time,
    /// Last used when; written at most once a minute.
    pub seen_at: Time,
    /// Ends at the latest.
    pub ends_at: Time,
    /// Sealed: label, client, network, token scope.
    pub sealed: Vec<u8>,
}

/// A change to sessions.
#[derive(Clone, Debug)]
pub enum SessionWrite {
    /// A new one.
    Start(SessionRow),
    /// One that goes on under another secret, with other content; nothing if it has ended, or if its secret does not
    /// have this hash any more because another server gave it one.
    Renew(SessionRow, [u8; 32]),
    /// Used again; with other content, if its secret still has this hash.
    Seen(SessionId, Time, Option<([u8; 32], Vec<u8>)>),
    /// Ended.
    End(SessionId),
    /// All of a user, except one if given.
    EndAll(UserId, Option<SessionId>),
    /// All of everybody, except one.
    EndOfAll(SessionId),
}
