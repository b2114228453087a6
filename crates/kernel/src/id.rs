//! Typed ids: UUID version 7 (RFC 9562 §5.7), so that they sort by the time they were made.

use crate::{Clock, Random, Time};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Mutex;
use uuid::Uuid;

/// What an id names; only a label at compile time.
pub trait Kind: Send + Sync + 'static {
    /// Name for messages.
    const NAME: &'static str;
}

/// An id of a `K`.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

/// A person, team or record by id and name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Named<T> {
    /// Id.
    pub id: T,
    /// Name, in the organisation's own words.
    pub name: String,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident => $alias:ident, $name:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $kind {}
        impl Kind for $kind { const NAME: &'static str = $name; }
        $(#[$doc])*
        pub type $alias = Id<$kind>;
    )*};
}

kinds! {
    /// The organisation that runs the instance.
    Org => OrgId, "organisation";
    /// A record of any entity.
    Record => RecordId, "record";
    /// The person or company that data are about; names a key.
    Subject => SubjectId, "subject";
    /// A user.
    User => UserId, "user";
    /// A team.
    Team => TeamId, "team";
    /// A role.
    Role => RoleId, "role";
    /// A role on single records, given for a time.
    Grant => GrantId, "grant";
    /// Somebody's request for access to a record.
    AccessRequest => AccessRequestId, "access request";
    /// A campaign in which rights are looked through.
    AccessReview => AccessReviewId, "access review";
    /// A partner organisation.
    Partner => PartnerId, "partner";
    /// An agreement with a partner organisation.
    Agreement => AgreementId, "agreement";
    /// A request for a second person's approval.
    Approval => ApprovalId, "approval";
    /// A session or a bearer token.
    Session => SessionId, "session";
    /// An act that spans several changes, such as an import.
    Act => ActId, "act";
    /// A long work that a user started; its bytes are also the id of the act that it is.
    Job => JobId, "job";
    /// A running server, from its start to its end: told apart from others on the same database.
    Server => ServerId, "server";
    /// A stored object, such as a document.
    Object => ObjectId, "object";
}

impl<K> Id<K> {
    /// All zero: names nothing.
    pub const NIL: Self = Self(Uuid::nil(), PhantomData);

    /// The id in these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes), PhantomData)
    }

    /// The id in this slice, if it is 16 bytes long.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Uuid::from_slice(bytes).ok().map(|u| Self(u, PhantomData))
    }

    /// The 16 bytes, big-endian.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// Whether this is [`Id::NIL`].
    #[must_use]
    pub const fn is_nil(&self) -> bool {
        self.0.is_nil()
    }

    /// The same bytes as an id of another kind: for a record that is its own subject.
    #[must_use]
    pub const fn cast<L>(self) -> Id<L> {
        Id(self.0, PhantomData)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}
impl<K> FromStr for Id<K> {
    type Err = ();
    /// Reads the hyphenated form only.
    fn from_str(text: &str) -> Result<Self, ()> {
        if text.len() != 36 {
            return Err(());
        }
        Uuid::try_parse(text).map(|u| Self(u, PhantomData)).map_err(|_| ())
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(|()| serde::de::Error::custom(format!("not an id of a {}", K::NAME)))
    }
}

/// Makes ids that grow strictly, also within one millisecond (RFC 9562 §6.2, method 1).
pub struct IdSource {
    last: Mutex<(i64, u16)>,
}

impl Default for IdSource {
    fn default() -> Self {
        Self::new()
    }
}

impl IdSource {
    /// A source that has made nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { last: Mutex::new((0, 0)) }
    }

    /// The next id.
    pub fn next<K>(&self, clock: &dyn Clock, random: &dyn Random) -> Id<K> {
        let Time(now) = clock.now();
        let mut tail = [0u8; 8];
        random.fill(&mut tail);
        let (ms, counter) = {
            let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *last = match *last {
                (ms, n) if now > ms || n == 0xfff => (now.max(ms + 1), 0),
                (ms, n) => (ms, n + 1),
            };
            *last
        };
        let mut b = [0u8; 16];
        b[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        b[6..8].copy_from_slice(&(0x7000 | counter).to_be_bytes());
        b[8..].copy_from_slice(&tail);
        b[8] = 0x80 | (b[8] & 0x3f);
        Id::from_bytes(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ManualClock, SeededRandom};

    #[test]
    fn ids_grow_while_the_clock_stands_still() {
        let clock = ManualClock::new(Time(1_790_000_000_000));
        let random = SeededRandom::new(7);
        let source = IdSource::new();
        let ids: Vec<RecordId> = (0..10_000).map(|_| source.next(&clock, &random)).collect();
        assert!(ids.windows(2).all(|w| w[0] < w[1]));
        assert!(ids.iter().all(|id| id.0.get_version_num() == 7));
    }

    #[test]
    fn only_the_hyphenated_form_is_read() {
        assert!("0190a6c2-7b1e-7c3d-8e4f-0123456789ab".parse::<RecordId>().is_ok());
        assert!("0190a6c27b1e7c3d8e4f0123456789ab".parse::<RecordId>().is_err());
    }
}
