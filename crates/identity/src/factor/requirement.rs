//! Who must have a factor, of which kind, and from when on.

use super::FactorCount;
use crate::Directory;
use kernel::{RoleId, Time, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const DAY_MS: i64 = 24 * 3_600_000;

/// What is asked for. Ordered: who meets the greater meets the lesser.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Nothing beside the password.
    #[default]
    None,
    /// A passkey or an application that makes codes.
    Any,
    /// A passkey, which no imitation of this server can make use of.
    Passkey,
}

impl Need {
    /// A stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Any => "any",
            Self::Passkey => "passkey",
        }
    }

    /// Whether these factors are enough.
    #[must_use]
    pub const fn met_by(self, has: FactorCount) -> bool {
        match self {
            Self::None => true,
            Self::Any => has.any(),
            Self::Passkey => has.passkey > 0,
        }
    }
}

/// What is asked for, and since when.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    need: Need,
    since: Time,
}

impl Rule {
    /// The rule that follows: what was asked for already is not asked for anew.
    fn then(self, need: Need, now: Time) -> Self {
        Self { need, since: if need > self.need { now } else { self.since } }
    }
}

/// What administrators ask for: one document for the organisation.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    everyone: Rule,
    roles: BTreeMap<RoleId, Rule>,
    grace_days: u8,
}

/// What administrators are to ask for.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementInput {
    /// Of everybody.
    pub everyone: Need,
    /// Of whoever holds a role.
    pub roles: BTreeMap<RoleId, Need>,
    /// Days that a user has from when it began to hold for the user.
    pub grace_days: u8,
}

impl Requirement {
    /// Id of the one document.
    pub const ID: [u8; 16] = *b"factors\0\0\0\0\0\0\0\0\0";
    /// Days of grace at most.
    pub const GRACE_DAYS: u8 = 30;

    /// Whether something is asked of whoever holds this role.
    pub(crate) fn names(&self, role: RoleId) -> bool {
        self.roles.get(&role).is_some_and(|rule| rule.need != Need::default())
    }

    /// As it is from now on.
    #[must_use]
    pub fn then(&self, input: &RequirementInput, now: Time) -> Self {
        let rule = |(role, need): (&RoleId, &Need)| {
            (*role, self.roles.get(role).copied().unwrap_or_default().then(*need, now))
        };
        let asked = input.roles.iter().filter(|(_, need)| **need > Need::None);
        Self {
            everyone: self.everyone.then(input.everyone, now),
            roles: asked.map(rule).collect(),
            grace_days: input.grace_days,
        }
    }

    /// As administrators see it.
    #[must_use]
    pub fn view(&self) -> RequirementInput {
        RequirementInput {
            everyone: self.everyone.need,
            roles: self.roles.iter().map(|(role, rule)| (*role, rule.need)).collect(),
            grace_days: self.grace_days,
        }
    }

    /// What is asked of whoever holds these roles, each since then.
    fn of<'a>(&'a self, user: &'a Owing) -> impl Iterator<Item = (Need, Time)> + 'a {
        let everyone = (self.everyone.need, self.everyone.since.max(user.created_at));
        let held = |(role, since): (&RoleId, &Time)| {
            self.roles.get(role).map(|rule| (rule.need, rule.since.max(*since).max(user.created_at)))
        };
        // Whatever grace others have.
        let since = user.created_at.plus_ms(-i64::from(self.grace_days) * DAY_MS);
        let guest = user.of_partner.then_some((Need::Any, since));
        std::iter::once(everyone).chain(guest).chain(user.roles.iter().filter_map(held))
    }
}

/// What of a user decides what is asked of the user.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Owing {
    /// Made when.
    pub created_at: Time,
    /// Roles, each held since then.
    pub roles: BTreeMap<RoleId, Time>,
    /// What the user has.
    pub has: FactorCount,
    /// Whether the user's factors were taken away after a loss: a new one comes first of all.
    pub must_enrol: bool,
    /// Whether the user is of a partner: of such a user a factor is always asked, from the beginning.
    pub of_partner: bool,
}

/// What is asked of a user.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct FactorState {
    /// What must be there.
    pub need: Need,
    /// Until then, if it is not.
    pub due: Option<Time>,
    /// Whether the user can do nothing but see to it.
    pub enrol_only: bool,
}

impl Directory {
    /// What is asked of a user at `now`; of nobody known, nothing, and nothing of a service account either, whose
    /// tokens were made by a person.
    #[must_use]
    pub fn factor_state(&self, user: UserId, now: Time) -> FactorState {
        self.users
            .get(&user)
            .filter(|user| !user.is_service())
            .map_or_else(FactorState::default, |user| state(&self.requirement, &user.owing, now))
    }
}

fn state(requirement: &Requirement, user: &Owing, now: Time) -> FactorState {
    if user.must_enrol && !user.has.any() {
        let need = requirement.of(user).map(|(need, _)| need).max().unwrap_or_default().max(Need::Any);
        return FactorState { need, due: Some(now), enrol_only: true };
    }
    let grace = i64::from(requirement.grace_days) * DAY_MS;
    let mut state = FactorState::default();
    for (need, since) in requirement.of(user) {
        state.need = state.need.max(need);
        if !need.met_by(user.has) {
            let due = since.plus_ms(grace);
            state.due = Some(state.due.map_or(due, |before| before.min(due)));
        }
    }
    state.enrol_only = state.due.is_some_and(|due| due <= now);
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    const NOW: Time = Time(1_795_420_800_000);

    fn role(n: u8) -> RoleId {
        Id::from_bytes([n; 16])
    }

    fn input(everyone: Need, roles: &[(u8, Need)], grace_days: u8) -> RequirementInput {
        let roles = roles.iter().map(|(n, need)| (role(*n), *need)).collect();
        RequirementInput { everyone, roles, grace_days }
    }

    #[test]
    fn grace_counts_from_when_it_began_to_hold_for_the_user() {
        let day = |n: i64| NOW.plus_ms(n * DAY_MS);
        let rule = Requirement::default().then(&input(Need::None, &[(1, Need::Passkey)], 7), NOW);
        let none = Owing::default();
        assert_eq!(state(&rule, &none, day(100)), FactorState::default(), "of others nothing is asked");
        let holds = Owing { roles: [(role(1), day(-9))].into(), ..Owing::default() };
        let due = |owing: &Owing, at| (state(&rule, owing, at).due, state(&rule, owing, at).enrol_only);
        assert_eq!(due(&holds, day(6)), (Some(day(7)), false), "from the rule on");
        assert_eq!(due(&holds, day(7)), (Some(day(7)), true));
        let later = Owing { roles: [(role(1), day(20))].into(), ..Owing::default() };
        assert_eq!(due(&later, day(26)), (Some(day(27)), false), "from the role on");
        let totp = Owing { has: FactorCount { passkey: 0, totp: 1 }, ..holds.clone() };
        assert!(due(&totp, day(8)).1, "codes are no passkey");
        let passkey = Owing { has: FactorCount { passkey: 1, totp: 0 }, ..holds };
        assert_eq!(due(&passkey, day(8)), (None, false));
    }

    #[test]
    fn asking_again_gives_no_more_time_and_asking_for_more_does() {
        let day = |n: i64| NOW.plus_ms(n * DAY_MS);
        let first = Requirement::default().then(&input(Need::Any, &[], 2), NOW);
        let again = first.then(&input(Need::Any, &[], 2), day(1));
        assert_eq!(first, again);
        let more = first.then(&input(Need::Passkey, &[], 2), day(1));
        assert_eq!(state(&more, &Owing::default(), day(2)).due, Some(day(3)));
        let off = more.then(&input(Need::None, &[], 2), day(2));
        assert_eq!(state(&off, &Owing::default(), day(9)), FactorState::default());
        assert_eq!(
            state(&off.then(&input(Need::Any, &[], 2), day(9)), &Owing::default(), day(9)).due,
            Some(day(11))
        );
    }

    #[test]
    fn whose_factors_were_taken_away_enrols_first() {
        let lost = Owing { must_enrol: true, ..Owing::default() };
        let state = |owing: &Owing| state(&Requirement::default(), owing, NOW);
        assert_eq!(state(&lost), FactorState { need: Need::Any, due: Some(NOW), enrol_only: true });
        let found = Owing { has: FactorCount { passkey: 0, totp: 1 }, ..lost };
        assert_eq!(state(&found), FactorState::default());
    }
}
