//! What servers that share a database tell each other: which of the things that they hold in memory are to
//! be looked at again. A hint says where, never what.

use crate::contract::DocKind;
use kernel::{Id, SessionId, UserId};

/// How far a database is: the newest entry of each of its feeds, 0 where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Newest {
    /// Sequence of the newest change of a row.
    pub change: u64,
    /// Sequence of the newest hint.
    pub hint: u64,
}

impl Newest {
    /// The further of two, feed by feed.
    pub(crate) fn join(self, other: Self) -> Self {
        Self { change: self.change.max(other.change), hint: self.hint.max(other.hint) }
    }

    /// As it is announced.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (change, hint) = text.split_once(' ')?;
        Some(Self { change: change.parse().ok()?, hint: hint.parse().ok()? })
    }
}

/// What is to be looked at again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// A document that was written or removed.
    Doc(DocKind, [u8; 16]),
    /// A session that began or ended.
    Session(SessionId),
    /// The notifications of a user.
    Notices(UserId),
}

/// Hints, oldest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hints {
    /// Sequence of the last one.
    pub upto: u64,
    /// Some that came before were swept, or a newer release wrote one that is not understood: everything
    /// held in memory is to be looked at again.
    pub missed: bool,
    /// What they are about.
    pub about: Vec<About>,
}

/// What the rights of all rest on.
pub const DIRECTORY: [DocKind; 6] =
    [DocKind::User, DocKind::Team, DocKind::Role, DocKind::Field, DocKind::Setting, DocKind::Partner];

/// The number of sessions among the kinds of hints; those of documents are their own.
const SESSION: i64 = 1;

impl About {
    /// What other servers are to be told of a document that was written or removed. Of most kinds none holds
    /// any in memory.
    pub(crate) fn doc(kind: DocKind, id: [u8; 16], user: Option<UserId>) -> Option<Self> {
        match kind {
            DocKind::User
            | DocKind::Team
            | DocKind::Role
            | DocKind::Field
            | DocKind::Setting
            | DocKind::Grant
            | DocKind::Partner
            | DocKind::Erasure => Some(Self::Doc(kind, id)),
            DocKind::Notice => user.map(Self::Notices),
            DocKind::PolicyVersion
            | DocKind::PolicySince
            | DocKind::RightsUse
            | DocKind::RightsUseAt
            | DocKind::AccessReview
            | DocKind::AccessReviewPart
            | DocKind::Attempts
            | DocKind::Browsers
            | DocKind::Import
            | DocKind::Bulk
            | DocKind::Preferences
            | DocKind::View
            | DocKind::Link
            | DocKind::Address
            | DocKind::EmailChange
            | DocKind::Ways
            | DocKind::Factor
            | DocKind::Ceremony
            | DocKind::FactorReset
            | DocKind::Account
            | DocKind::GrantEnd
            | DocKind::Registration
            | DocKind::RegistrationTurn
            | DocKind::AccessRequest
            | DocKind::AccessQuestion
            | DocKind::Approval
            | DocKind::ApprovalOrder
            | DocKind::DoneAlone => None,
        }
    }

    /// Kind and id, as they are kept.
    pub(crate) const fn columns(&self) -> (i64, &[u8; 16]) {
        match self {
            Self::Doc(kind, id) => (*kind as i64, id),
            Self::Session(id) => (SESSION, id.bytes()),
            Self::Notices(user) => (DocKind::Notice as i64, user.bytes()),
        }
    }

    /// None of a kind that this release does not know.
    pub(crate) fn of_columns(kind: i64, id: [u8; 16]) -> Option<Self> {
        match DocKind::of_number(kind) {
            Some(DocKind::Notice) => Some(Self::Notices(Id::from_bytes(id))),
            Some(kind) => Some(Self::Doc(kind, id)),
            None => (kind == SESSION).then(|| Self::Session(Id::from_bytes(id))),
        }
    }
}
