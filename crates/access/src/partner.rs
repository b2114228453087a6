//! Partner organisations: what decisions need to know of them. Their users have no roles; what is granted to them
//! counts only while an agreement with their organisation is in force.

use crate::{Action, Grant, Member, Over, Policy, Role};
use kernel::{AgreementId, PartnerId, RoleId, Time};
use serde::{Deserialize, Serialize};

/// From when until when an agreement is in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Agreed {
    /// Which agreement it is.
    pub id: AgreementId,
    /// From then on.
    pub from: Time,
    /// And before this, if it ends.
    pub until: Option<Time>,
}

impl Agreed {
    /// Whether it is in force at this time.
    #[must_use]
    pub fn holds_at(&self, at: Time) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// What the policy knows of a partner organisation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Partner {
    /// Id.
    pub id: PartnerId,
    /// Users of a suspended one may do nothing.
    pub active: bool,
    /// Spans of the agreements.
    pub agreements: Vec<Agreed>,
}

impl Partner {
    /// Whether something may be shared with it at this time.
    #[must_use]
    pub fn agreed_at(&self, at: Time) -> bool {
        self.active && self.agreements.iter().any(|agreement| agreement.holds_at(at))
    }
}

/// What is done by those of a partner: they look, and take out. All else is work of the house.
pub(crate) const fn for_partners(action: Action) -> bool {
    matches!(action, Action::Read | Action::Export)
}

impl Member {
    /// The roles that count: whoever is of a partner holds none, whatever is written down.
    pub(crate) fn own_roles(&self) -> &[RoleId] {
        if self.partner.is_some() { &[] } else { &self.roles }
    }
}

impl Role {
    /// Whether it gives nothing but what is done by those of a partner.
    #[must_use]
    pub fn suits_partners(&self) -> bool {
        let given = self.entities.values().flat_map(|rights| &rights.scopes);
        given.into_iter().all(|(action, scope)| *scope == crate::Scope::None || for_partners(*action))
    }
}

impl Policy {
    /// Whether a member may do anything: not one who is suspended, nor whose organisation is.
    pub(crate) fn stands(&self, member: &Member) -> bool {
        member.active
            && member.partner.is_none_or(|id| self.partners.get(&id).is_some_and(|partner| partner.active))
    }

    /// Whether a grant gives anything, as far as its role decides that: there may be no such role any more, or one that
    /// does not read such records now.
    #[must_use]
    pub fn still_gives(&self, grant: &Grant) -> bool {
        let entity = match grant.record() {
            Some((code, _)) => self.catalog.by_code(code),
            None => return self.roles.contains_key(&grant.role),
        };
        let role = self.roles.get(&grant.role).filter(|role| !self.conditioned.contains(&role.id));
        role.zip(entity).is_some_and(|(role, entity)| grant.gives(role, &entity.name, &[Action::Read]))
    }

    /// Whether a grant counts for a member at this time, as far as the member's organisation decides that.
    pub(crate) fn agreed(&self, member: &Member, grant: &Grant, at: Time) -> bool {
        member.partner.is_none_or(|id| {
            !matches!(grant.over, Over::OwnedBy(_)) && self.partners.get(&id).is_some_and(|p| p.agreed_at(at))
        })
    }
}
