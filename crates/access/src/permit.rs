//! Proofs of a decision. Their fields are private: only this crate makes them.

use crate::{Action, Actor, Arm, Facts, Level, Mask, Predicate, Thing, Verb};
use kernel::RecordId;
use schema::{Entity, EntityCode};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

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
    /// What was asked of single records, once something was.
    places: OnceLock<Places>,
    /// On which records fields may be read, of those that were asked about.
    read: Mutex<HashMap<String, Within>>,
}

/// Where parts are found that name a record, so that not each is looked through: there may be a hundred of them, with
/// thousands of records each.
#[derive(Debug, Default)]
struct Places {
    /// By the record itself.
    granted: HashMap<RecordId, Vec<usize>>,
    /// By the record that it hangs on.
    under: HashMap<(EntityCode, RecordId), Vec<usize>>,
    /// Arms that name none, each with its part.
    others: Vec<(usize, Arm)>,
}

impl Places {
    fn of(parts: &[Part]) -> Self {
        let mut places = Self::default();
        for (at, part) in parts.iter().enumerate() {
            for arm in &part.within.arms {
                match arm {
                    Arm::Granted(ids) => {
                        ids.iter().for_each(|id| places.granted.entry(*id).or_default().push(at));
                    }
                    Arm::UnderGranted(entity, ids) => {
                        ids.iter().for_each(|id| places.under.entry((*entity, *id)).or_default().push(at));
                    }
                    arm => places.others.push((at, arm.clone())),
                }
            }
        }
        places
    }

    /// The parts that admit a record, in their order, each once.
    fn admitting(&self, facts: &Facts) -> Vec<usize> {
        let above = facts.parent.as_ref().and_then(|p| self.under.get(&(p.entity, p.record)));
        let named = self.granted.get(&facts.record).into_iter().chain(above).flatten().copied();
        let others = self.others.iter().filter(|(_, arm)| arm.admits(facts)).map(|(at, _)| *at);
        let mut found: Vec<usize> = named.chain(others).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
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
    /// The same for the same user at another moment, or in another session.
    pub(crate) fn of(&self, actor: &Actor) -> Self {
        Self { actor: actor.clone(), ..self.clone() }
    }

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
        let (entity, places, read) = (entity.clone(), OnceLock::new(), Mutex::default());
        let parts = Arc::new(Parts { entity, all: parts, alike, places, read });
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
        if self.parts.alike { self.most.clone() } else { self.mask_by(&self.admitting(facts)) }
    }

    fn admitting(&self, facts: &Facts) -> Vec<usize> {
        self.parts.places.get_or_init(|| Places::of(&self.parts.all)).admitting(facts)
    }

    fn mask_by(&self, admitting: &[usize]) -> Mask {
        let Parts { entity, all, .. } = &*self.parts;
        let at = |name: &str| entity.fields.iter().position(|f| f.name == name);
        Mask::of(entity, |f| {
            let at = at(&f.name)?;
            admitting.iter().map(|part| all[*part].given[at]).max()
        })
    }

    /// On which records of the list a field may be read: it and all that it is computed from.
    #[must_use]
    pub fn reads(&self, field: &str) -> Within {
        // What is kept is whole at any moment.
        let mut known = self.parts.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(within) = known.get(field) {
            return within.clone();
        }
        let within = self.find_reads(field);
        // Not for each name that somebody makes up.
        if self.parts.entity.field(field).is_some() {
            known.insert(field.to_owned(), within.clone());
        }
        within
    }

    fn find_reads(&self, field: &str) -> Within {
        let Parts { entity, all, alike, .. } = &*self.parts;
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
    known: HashMap<Vec<usize>, Mask>,
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
        match self.known.entry(self.permit.admitting(facts)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let mask = self.permit.mask_by(new.key());
                new.insert(mask)
            }
        }
    }
}

impl WritePermit {
    /// The entity written.
    #[must_use]
    pub const fn entity(&self) -> EntityCode {
        self.mask.entity()
    }
}
