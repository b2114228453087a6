//! Proofs of a decision. Their fields are private: only this crate makes them.

use crate::{Action, Actor, Facts, Level, Mask, Predicate, Thing, Verb};
use kernel::RecordId;
use schema::{Entity, EntityCode};
use std::collections::HashMap;
use std::sync::Arc;

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
    predicate: Predicate,
    most: Mask,
    parts: Arc<Parts>,
}

/// Records of a list of which the same is given.
#[derive(Debug)]
pub(crate) struct Part {
    /// By field, in their order.
    pub given: Vec<Level>,
    pub within: Predicate,
}

#[derive(Debug)]
struct Parts {
    entity: Entity,
    all: Vec<Part>,
    /// Whether of every record of the list the same is seen.
    alike: bool,
}

/// On which records of a list something may be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Within {
    /// On all of them.
    All,
    /// On those that each of these predicates admits.
    Each(Vec<Predicate>),
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
    /// What of them at most: what of one of them, [`ListPermit::mask_of`] says.
    most: Mask,
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
    pub(crate) fn new(
        actor: Actor,
        action: Action,
        entity: &Entity,
        predicate: Predicate,
        parts: Vec<Part>,
    ) -> Self {
        let at = |name: &str| entity.fields.iter().position(|f| f.name == name);
        let most = Mask::of(entity, |f| {
            let at = at(&f.name)?;
            parts.iter().map(|part| part.given[at]).max()
        });
        let alike = match &parts[..] {
            [] => true,
            [one] => predicate.arms.iter().all(|arm| one.within.includes(arm)),
            _ => false,
        };
        let parts = Arc::new(Parts { entity: entity.clone(), all: parts, alike });
        Self { actor, action, predicate, most, parts }
    }

    /// Whether of every record of the list the same is seen, so that [`ListPermit::most`] is that of each.
    #[must_use]
    pub fn is_alike(&self) -> bool {
        self.parts.alike
    }

    /// What of one record of the list is seen.
    #[must_use]
    pub fn mask_of(&self, facts: &Facts) -> Mask {
        if self.parts.alike {
            return self.most.clone();
        }
        let Parts { entity, all, .. } = &*self.parts;
        let admitting: Vec<&Part> = all.iter().filter(|part| part.within.admits(facts)).collect();
        let at = |name: &str| entity.fields.iter().position(|f| f.name == name);
        Mask::of(entity, |f| {
            let at = at(&f.name)?;
            admitting.iter().map(|part| part.given[at]).max()
        })
    }

    /// On which records of the list a field may be read: it and all that it is computed from.
    #[must_use]
    pub fn reads(&self, field: &str) -> Within {
        let Parts { entity, all, alike } = &*self.parts;
        if *alike {
            return if self.most.level(field) >= Level::Read {
                Within::All
            } else {
                Within::Each(vec![Predicate::default()])
            };
        }
        let given = |name: &str| {
            let at = entity.fields.iter().position(|f| f.name == name);
            let giving = all.iter().filter(|part| at.is_some_and(|at| part.given[at] >= Level::Read));
            Predicate { arms: crate::gift::merged(giving.flat_map(|part| part.within.arms.iter().cloned())) }
        };
        let sources = schema::sources_of(&entity.name, field).iter().copied();
        let sources = sources.filter(|name| entity.field(name).is_some());
        let mut each: Vec<Predicate> = Vec::new();
        for predicate in [field].into_iter().chain(sources).map(given) {
            let all_of_them = self.predicate.arms.iter().all(|arm| predicate.includes(arm));
            if !all_of_them && !each.contains(&predicate) {
                each.push(predicate);
            }
        }
        if each.is_empty() { Within::All } else { Within::Each(each) }
    }

    /// The entity listed.
    #[must_use]
    pub const fn entity(&self) -> EntityCode {
        self.most.entity()
    }
}

/// What of each record of a list is seen, found out once for those of which the same is.
pub struct Masks<'a> {
    permit: &'a ListPermit,
    known: HashMap<Vec<bool>, Mask>,
}

impl<'a> Masks<'a> {
    /// Of the records of a list.
    #[must_use]
    pub fn new(permit: &'a ListPermit) -> Self {
        Self { permit, known: HashMap::new() }
    }

    /// What [`ListPermit::mask_of`] says.
    pub fn of(&mut self, facts: &Facts) -> &Mask {
        if self.permit.is_alike() {
            return &self.permit.most;
        }
        let admitting = self.permit.parts.all.iter().map(|part| part.within.admits(facts)).collect();
        self.known.entry(admitting).or_insert_with(|| self.permit.mask_of(facts))
    }
}

impl WritePermit {
    /// The entity written.
    #[must_use]
    pub const fn entity(&self) -> EntityCode {
        self.mask.entity()
    }
}
