//! Proofs of a decision. Their fields are private: only this crate makes them.

use crate::{Action, Actor, Mask, Predicate, Thing, Verb};
use kernel::RecordId;
use schema::EntityCode;

/// Leave to open one record.
#[derive(Clone, Debug)]
pub struct ReadPermit {
    pub(crate) actor: Actor,
    pub(crate) record: RecordId,
    pub(crate) mask: Mask,
}

/// Leave to list, search or count one entity, within a predicate.
#[derive(Clone, Debug)]
pub struct ListPermit {
    pub(crate) actor: Actor,
    pub(crate) action: Action,
    pub(crate) predicate: Predicate,
    pub(crate) mask: Mask,
}

/// Leave to do `action` to one record, or to make a new one.
#[derive(Clone, Debug)]
pub struct WritePermit {
    pub(crate) actor: Actor,
    pub(crate) action: Action,
    pub(crate) record: RecordId,
    pub(crate) mask: Mask,
}

/// Leave to look at or change a thing.
#[derive(Clone, Debug)]
pub struct AdminPermit {
    pub(crate) actor: Actor,
    pub(crate) thing: Thing,
    pub(crate) verb: Verb,
}

macro_rules! getters {
    ($permit:ty { $($(#[$doc:meta])* $name:ident: $type:ty),* $(,)? }) => {
        impl $permit {
            $($(#[$doc])* #[must_use] pub const fn $name(&self) -> &$type { &self.$name })*
        }
    };
}

getters!(ReadPermit {
    /// For whom.
    actor: Actor,
    /// Which record.
    record: RecordId,
    /// What of it.
    mask: Mask,
});
getters!(ListPermit {
    /// For whom.
    actor: Actor,
    /// Read or export.
    action: Action,
    /// Which records.
    predicate: Predicate,
    /// What of them.
    mask: Mask,
});
getters!(WritePermit {
    /// For whom.
    actor: Actor,
    /// What is done.
    action: Action,
    /// To which record.
    record: RecordId,
    /// Which fields.
    mask: Mask,
});
getters!(AdminPermit {
    /// For whom.
    actor: Actor,
    /// To what.
    thing: Thing,
    /// Look or change.
    verb: Verb,
});

impl ListPermit {
    /// The entity listed.
    #[must_use]
    pub const fn entity(&self) -> EntityCode {
        self.mask.entity()
    }
}

impl WritePermit {
    /// The entity written.
    #[must_use]
    pub const fn entity(&self) -> EntityCode {
        self.mask.entity()
    }
}
