//! Partner organisations: what decisions need to know of them. Their users have no roles; what is granted to them
//! counts only while an agreement with their organisation is in force.

use crate::{Action, Grant, Grantee, Member, Over, Policy, Role};
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
    /// Up to when agreements are in force from a time on without a gap: the time itself if none is then.
    fn unbroken_from(&self, from: Time) -> Time {
        const ENDLESS: Time = Time(i64::MAX);
        let mut upto = from;
        while upto < ENDLESS {
            let goes_on = self.agreements.iter().filter(|agreement| agreement.holds_at(upto));
            match goes_on.map(|agreement| agreement.until.unwrap_or(ENDLESS)).max() {
                Some(until) => upto = until,
                None => break,
            }
        }
        upto
    }

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

    /// Whether a grant counts for a member at this time, as far as the member's organisation decides that: agreements have
    /// been in force all the while since it began. One that comes after a gap does not bring it back.
    pub(crate) fn agreed(&self, member: &Member, grant: &Grant, at: Time) -> bool {
        member.partner.is_none_or(|id| {
            let partner = self.partners.get(&id).filter(|partner| partner.active);
            !matches!(grant.over, Over::OwnedBy(_))
                && partner.is_some_and(|p| at < p.unbroken_from(grant.from))
        })
    }

    /// When a grant ends: by itself, or for a partner with the agreements that it rests on.
    #[must_use]
    pub fn ends(&self, grant: &Grant) -> Option<Time> {
        let bound = self.partner_of(grant).map(|partner| partner.unbroken_from(grant.from));
        [grant.until, bound.filter(|end| *end < Time(i64::MAX))].into_iter().flatten().min()
    }

    /// Whether a grant is over, or will be when it begins, because no agreement goes on with the partner that it is for.
    #[must_use]
    pub fn is_uncovered(&self, grant: &Grant, now: Time) -> bool {
        self.partner_of(grant).is_some_and(|partner| partner.unbroken_from(grant.from) <= now.max(grant.from))
    }

    /// The partner that a grant is for, or that its user is of.
    fn partner_of(&self, grant: &Grant) -> Option<&Partner> {
        let id = match grant.to {
            Grantee::Partner(partner) => Some(partner),
            Grantee::User(user) => self.members.get(&user).and_then(|member| member.partner),
            Grantee::Team(_) => None,
        };
        self.partners.get(&id?)
    }
}
