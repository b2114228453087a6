//! Visibility as data: what the index renders as SQL, and what a decision evaluates for one record.

use kernel::{RecordId, SubjectId, TeamId, UserId};
use schema::EntityCode;
use std::sync::Arc;

/// What a decision needs to know of a record. Never null: a record without a value is refused earlier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// Which it is; nil for one that is only thought of.
    pub record: RecordId,
    /// Its entity.
    pub entity: EntityCode,
    /// Whose key seals it.
    pub subject: SubjectId,
    /// Its owner.
    pub owner: UserId,
    /// Its team.
    pub team: TeamId,
    /// The record it hangs on.
    pub parent: Option<ParentFacts>,
}

/// What a decision needs to know of the record that another hangs on. A parent stands for itself;
/// it has no parent of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParentFacts {
    /// Which it is.
    pub record: RecordId,
    /// Its entity.
    pub entity: EntityCode,
    /// Its owner.
    pub owner: UserId,
    /// Its team.
    pub team: TeamId,
}

/// A condition on owner and team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// No condition.
    Anywhere,
    /// Owned by this user.
    Owner(UserId),
    /// In one of these teams; sorted, no duplicates.
    Teams(Vec<TeamId>),
}

impl Place {
    /// Whether a record of this owner and team meets the condition.
    #[must_use]
    pub fn admits(&self, owner: UserId, team: TeamId) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Owner(user) => *user == owner,
            Self::Teams(teams) => teams.contains(&team),
        }
    }
}

/// One way to be visible. The index gives each arm an indexed query of its own and joins them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Arm {
    /// Records without a parent (all records of entities that have none) in this place.
    Alone(Place),
    /// Records that hang on a record of this entity in this place.
    Under(EntityCode, Place),
    /// These records, whatever they hang on; sorted, no duplicates.
    Granted(Arc<[RecordId]>),
    /// Records that hang on these of this entity; sorted, no duplicates.
    UnderGranted(EntityCode, Arc<[RecordId]>),
}

impl Arm {
    /// How many records it names one by one.
    pub(crate) fn named(&self) -> usize {
        match self {
            Self::Granted(ids) | Self::UnderGranted(_, ids) => ids.len(),
            Self::Alone(_) | Self::Under(..) => 0,
        }
    }

    /// Whether a record with these facts is visible in this way.
    #[must_use]
    pub fn admits(&self, facts: &Facts) -> bool {
        match (self, &facts.parent) {
            (Self::Alone(place), None) => place.admits(facts.owner, facts.team),
            (Self::Under(entity, place), Some(p)) => *entity == p.entity && place.admits(p.owner, p.team),
            (Self::Granted(ids), _) => ids.binary_search(&facts.record).is_ok(),
            (Self::UnderGranted(entity, ids), Some(p)) => {
                *entity == p.entity && ids.binary_search(&p.record).is_ok()
            }
            _ => false,
        }
    }
}

/// Whether all of some are among others; both are sorted and have no duplicates.
fn is_among(all: &Arc<[RecordId]>, some: &Arc<[RecordId]>) -> bool {
    let mut rest = all.iter();
    Arc::ptr_eq(all, some)
        || (some.len() <= all.len()
            && some.iter().all(|id| rest.by_ref().find(|other| *other >= id) == Some(id)))
}

/// Which records of one entity are visible: those that any arm admits. No arm: nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Predicate {
    /// The arms, without duplicates.
    pub arms: Vec<Arm>,
}

impl Predicate {
    /// Whether a record with these facts is visible.
    #[must_use]
    pub fn admits(&self, facts: &Facts) -> bool {
        self.arms.iter().any(|arm| arm.admits(facts))
    }

    /// Whether it admits whatever the arm admits, as far as single arms of it show.
    pub(crate) fn includes(&self, arm: &Arm) -> bool {
        let anywhere = match arm {
            Arm::Alone(_) => Some(Arm::Alone(Place::Anywhere)),
            Arm::Under(entity, _) | Arm::UnderGranted(entity, _) => {
                Some(Arm::Under(*entity, Place::Anywhere))
            }
            Arm::Granted(_) => None,
        };
        let granted = matches!(arm, Arm::Granted(_) | Arm::UnderGranted(..));
        (!granted && self.arms.contains(arm))
            || anywhere.is_some_and(|wide| self.arms.contains(&wide))
            || self.arms.iter().any(|own| match (own, arm) {
                (Arm::Granted(all), Arm::Granted(some)) => is_among(all, some),
                (Arm::UnderGranted(a, all), Arm::UnderGranted(b, some)) => a == b && is_among(all, some),
                _ => false,
            })
    }

    /// Whether nothing can be visible.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.arms.is_empty()
    }
}
