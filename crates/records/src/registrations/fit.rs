//! Whether a partner can register deals now: by its agreement, and by what the caretaker may do at that moment.

use super::{Closed, FILLED, LEAD};
use crate::grant_checks::{beyond, fits};
use crate::{Caller, Engine};
use access::{Action, Actor, Facts, Grant, Grantee, Level, Over, Policy};
use identity::{PartnerDoc, RegistrationRules};
use kernel::{GrantId, PartnerId, RecordId, SessionId, SubjectId, Time};
use std::sync::Arc;

const DAY_MS: i64 = 24 * 3_600_000;

/// All is there for a registration.
pub(super) struct Ready {
    /// How it is arranged.
    pub rules: RegistrationRules,
    /// The caretaker, with what roles alone give.
    pub caretaker: Caller,
    /// A lead of that one, which is not there yet.
    pub facts: Facts,
    /// Until when the partner is to see what comes of it.
    pub until: Time,
}

impl Engine {
    /// What a registration rests on, or why there can be none.
    pub(super) fn ready_to_register(
        &self,
        policy: &Arc<Policy>,
        partner: &PartnerDoc,
    ) -> Result<Ready, Closed> {
        let rules = partner.registration.ok_or(Closed::Off)?;
        let now = self.now();
        if !partner.active {
            return Err(Closed::NoAgreement);
        }
        // One agreement has to cover all of it: the one that lasts longest.
        let asked = now.plus_ms(i64::from(rules.days) * DAY_MS);
        let in_force = partner.agreements.iter().filter(|a| a.span().holds_at(now));
        let until = in_force.map(|a| a.until.map_or(asked, |end| end.min(asked))).max();
        let until = until.ok_or(Closed::NoAgreement)?;
        let (caretaker, facts) = self.fit_caretaker(policy, partner.id, &rules)?;
        Ok(Ready { rules, caretaker, facts, until })
    }

    /// Why users of a partner cannot register deals now; nothing if they can.
    pub(crate) fn registration_closed(&self, policy: &Arc<Policy>, partner: &PartnerDoc) -> Option<Closed> {
        self.ready_to_register(policy, partner).err()
    }

    /// The caretaker as somebody who adds leads and shares them in this role, by roles of the caretaker's own, and a lead
    /// that would be that one's.
    pub(crate) fn fit_caretaker(
        &self,
        policy: &Arc<Policy>,
        partner: PartnerId,
        rules: &RegistrationRules,
    ) -> Result<(Caller, Facts), Closed> {
        let (now, user, directory) = (self.now(), rules.caretaker, self.directory());
        let profile = directory.users.get(&user).filter(|u| u.is_of_house() && u.may_act(now));
        let (profile, member) = profile.zip(policy.members.get(&user)).ok_or(Closed::CaretakerGone)?;
        let lead = policy.catalog.get(LEAD).ok_or(Closed::CaretakerMayNot)?;
        let actor = Actor { user, session: SessionId::NIL, token: None, at: now }.by_roles_alone();
        let facts = Facts {
            record: RecordId::NIL,
            entity: lead.code,
            subject: SubjectId::NIL,
            owner: user,
            team: member.team,
            parent: None,
        };
        let adds = policy.write(&actor, Action::Create, RecordId::NIL, &facts);
        let adds = adds.is_ok_and(|permit| FILLED.iter().all(|f| permit.mask().level(f) == Level::Write));
        if !adds || !policy.decide(&actor, Action::Share, &facts).allow {
            return Err(Closed::CaretakerMayNot);
        }
        let role =
            policy.roles.get(&rules.role).filter(|role| fits(policy, lead, role) && role.suits_partners());
        let role = role.ok_or(Closed::RoleUnfit)?;
        let caretaker = Caller::new(actor, profile.lang, policy.clone());
        let grant = Grant {
            id: GrantId::NIL,
            to: Grantee::Partner(partner),
            by: user,
            role: role.id,
            over: Over::Tree(lead.code, RecordId::NIL),
            fields: None,
            from: now,
            until: None,
            most: None,
        };
        match beyond(policy, &caretaker, lead, &facts, role, &grant) {
            Some(_) => Err(Closed::RoleUnfit),
            None => Ok((caretaker, facts)),
        }
    }
}
