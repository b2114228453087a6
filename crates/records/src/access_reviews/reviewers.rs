//! Who reviews which right: never whose it is.

use super::is_own;
use crate::Engine;
use crate::prepare::issue;
use access::{Action, Actor, Grantee, Policy, Scope};
use identity::{Directory, Profile, Right};
use kernel::{Fault, FaultKind, Result, SessionId, TeamId, Text, Time, UserId};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// People whom a refusal names.
const NAMED: usize = 10;

/// Who was named to review.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    /// One for all.
    pub reviewer: Option<UserId>,
    /// Who reviews what nobody else does.
    pub second: Option<UserId>,
}

/// How reviewers are found.
pub(super) struct Choosing<'e> {
    engine: &'e Engine,
    directory: Arc<Directory>,
    /// Who begins the campaign.
    by: UserId,
    at: Time,
    chosen: Chosen,
    /// Whether changes of roles need a second person, which each reviewer is to be then.
    strict: bool,
    /// Those who lead each team, in the order of their ids.
    leads: HashMap<TeamId, Vec<UserId>>,
}

impl<'e> Choosing<'e> {
    /// # Errors
    /// Invalid if somebody was named who cannot review; conflict if that one is no second person, where one is needed.
    pub fn new(engine: &'e Engine, (by, at): (UserId, Time), chosen: Chosen) -> Result<Self> {
        let directory = engine.directory();
        let people = [("reviewer", chosen.reviewer), ("second", chosen.second)];
        for (field, user) in people.into_iter().filter_map(|(field, user)| Some((field, user?))) {
            if !directory.users.get(&user).is_some_and(|user| user.is_of_house() && user.may_act(at)) {
                let text = Text::of(
                    "Wskaż kogoś, kto pracuje w organizacji i może się logować.",
                    "Choose somebody of the organisation who may act.",
                );
                return Err(issue(field, "unknown-user", text));
            }
        }
        let strict = directory.approval_rules.role_change.is_some();
        let named = [chosen.reviewer, chosen.second].into_iter().flatten();
        if strict && named.into_iter().any(|user| !engine.is_other_person(user, by, at)) {
            return Err(no_second_person());
        }
        let mut leads: HashMap<TeamId, Vec<UserId>> = HashMap::new();
        let able = |user: &&Profile| user.is_of_house() && user.may_act(at) && !user.team.is_nil();
        for user in directory.users.values().filter(able) {
            if leads_team(&directory.policy, user.id, at) {
                leads.entry(user.team).or_default().push(user.id);
            }
        }
        leads.values_mut().for_each(|all| all.sort_unstable());
        Ok(Self { engine, directory, by, at, chosen, strict, leads })
    }

    /// Rights by who reviews them.
    ///
    /// # Errors
    /// Conflict if nobody is left to review some, which names whose.
    pub fn share_out(&self, rights: Vec<Right>) -> Result<BTreeMap<UserId, Vec<Right>>> {
        let (mut known, mut left, mut shared) = (HashMap::new(), Vec::new(), BTreeMap::new());
        for right in rights {
            let to = right.to();
            match *known.entry(to).or_insert_with(|| self.reviewer_of(to)) {
                Some(reviewer) => shared.entry(reviewer).or_insert_with(Vec::new).push(right),
                None if !left.contains(&to) => left.push(to),
                None => {}
            }
        }
        if left.is_empty() { Ok(shared) } else { Err(self.nobody_for(&left)) }
    }

    fn reviewer_of(&self, to: Grantee) -> Option<UserId> {
        let Chosen { reviewer, second } = self.chosen;
        let fits = |user: &UserId| {
            let other = !self.strict || self.engine.is_other_person(*user, self.by, self.at);
            other && !is_own(&self.directory.policy, to, *user)
        };
        let leads = self.leads_above(to);
        let order = match reviewer {
            Some(_) => [reviewer.into_iter().collect(), second.into_iter().collect(), leads].concat(),
            None => [leads, second.into_iter().collect()].concat(),
        };
        order.into_iter().find(fits)
    }

    /// Those who lead the team of whoever has a right, and those above, the nearest first. What is a lead's, nobody of the
    /// same team reviews.
    fn leads_above(&self, to: Grantee) -> Vec<UserId> {
        let (team, user) = match to {
            Grantee::Team(team) => (team, None),
            Grantee::User(user) => {
                (self.directory.users.get(&user).map_or(TeamId::NIL, |u| u.team), Some(user))
            }
            Grantee::Partner(_) => return Vec::new(),
        };
        let of = |team: &TeamId| self.leads.get(team).map(Vec::as_slice).unwrap_or_default();
        let above = |team: &TeamId| self.directory.policy.teams.get(team).and_then(|team| team.parent);
        let leads = user.is_some_and(|user| of(&team).contains(&user));
        let (mut at, mut passed, mut all) = (Some(team), HashSet::new(), Vec::new());
        if leads || user.is_none() {
            at = above(&team);
        }
        while let Some(team) = at.filter(|team| !team.is_nil() && passed.insert(*team)) {
            all.extend_from_slice(of(&team));
            at = above(&team);
        }
        all
    }

    fn nobody_for(&self, left: &[Grantee]) -> Fault {
        let name = |to| name_of(self.engine, to);
        let names = left.iter().take(NAMED).map(name).collect::<Vec<_>>().join(", ");
        let (more_pl, more_en) = match left.len().saturating_sub(NAMED) {
            0 => (String::new(), String::new()),
            more => (format!(" i {more} innych"), format!(" and {more} more")),
        };
        let mut text = Text::new(
            format!(
                "Nie ma kto sprawdzić uprawnień, które mają: {names}{more_pl}. Swoich nikt nie sprawdza, a kierownika nad nimi nie ma. Wskaż drugą osobę sprawdzającą."
            ),
            format!(
                "Nobody could review the rights of: {names}{more_en}. Nobody reviews their own, and nobody leads above them. Choose a second reviewer."
            ),
        );
        if self.strict {
            text = Text::new(format!("{} {}", text.pl, RULE.pl), format!("{} {}", text.en, RULE.en));
        }
        Fault::new(FaultKind::Conflict, text)
    }
}

/// Who has a right.
pub(super) fn name_of(engine: &Engine, to: &Grantee) -> String {
    match *to {
        Grantee::User(user) => engine.user_name(user).name,
        Grantee::Team(team) => engine.team_name(team).name,
        Grantee::Partner(partner) => engine.partner_name(partner).name,
    }
}

const RULE: Text = Text::of(
    "Zmiany ról wymagają tu zgody drugiej osoby, dlatego nie sprawdza ten, kto tworzy przegląd albo zmienia w nim osobę sprawdzającą, ani ten, kto nie ma roli od tygodnia albo komu w tym czasie nadano hasło.",
    "Changes of roles need a second person here: so neither whoever begins the review or replaces a reviewer can be one, nor anybody who has had no role for a week or was given a password since.",
);

pub(super) fn no_second_person() -> Fault {
    let text = Text::new(
        format!("Wskazana osoba nie może sprawdzać w tym przeglądzie. {}", RULE.pl),
        format!("The person that was chosen cannot be a reviewer here. {}", RULE.en),
    );
    Fault::new(FaultKind::Conflict, text)
}

/// Whether somebody leads the team that this one is of: may share records of the whole team and below.
fn leads_team(policy: &Policy, user: UserId, at: Time) -> bool {
    let actor = Actor { user, session: SessionId::NIL, token: None, at };
    let reach = |name: &str| policy.scope(&actor, Action::Share, name) >= Scope::Below;
    policy.catalog.entities().iter().any(|entity| reach(&entity.name))
}
