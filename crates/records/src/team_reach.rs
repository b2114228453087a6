//! Of which teams records are within reach of somebody by the team that one is of, and what a change of teams gives.

use access::{Actor, Policy, Scope};
use kernel::{SessionId, TeamId, Text, Time, UserId};
use std::collections::BTreeSet;

/// Teams that are named; of more it is said how many.
const NAMED: usize = 20;

/// The teams whose records roles give a user for being of a team: that one, or those below it as well.
pub(crate) fn teams_within(policy: &Policy, user: UserId) -> BTreeSet<TeamId> {
    let Some(member) = policy.members.get(&user).filter(|member| !member.team.is_nil()) else {
        return BTreeSet::new();
    };
    let actor = Actor { user, session: SessionId::NIL, token: None, at: Time(i64::MIN) };
    let by_team = policy.catalog.entities().iter().flat_map(|entity| {
        policy.scopes(&actor, &entity.name).into_values().filter(|s| matches!(s, Scope::Team | Scope::Below))
    });
    match by_team.max() {
        Some(Scope::Below) => policy.team_and_below(member.team).into_iter().collect(),
        Some(_) => BTreeSet::from([member.team]),
        None => BTreeSet::new(),
    }
}

/// The teams whose records are within a user's reach under a policy and were not under another one, in words.
pub(crate) fn teams_more(policy: &Policy, before: &Policy, user: UserId) -> Vec<Text> {
    let had = teams_within(before, user);
    let more: Vec<TeamId> =
        teams_within(policy, user).into_iter().filter(|team| !had.contains(team)).collect();
    let mut names: Vec<&str> = more.iter().filter_map(|id| Some(&*policy.teams.get(id)?.name)).collect();
    names.sort_unstable();
    let mut texts: Vec<Text> = names
        .iter()
        .take(NAMED)
        .map(|name| {
            Text::new(
                format!("rekordy zespołu „{name}” – w zakresie, jaki dają role"),
                format!("records of the team “{name}”, as far as roles give them"),
            )
        })
        .collect();
    match names.len().saturating_sub(NAMED) {
        0 => {}
        rest => texts.push(Text::new(
            format!("rekordy kolejnych zespołów, w liczbie: {rest}"),
            format!("records of other teams, how many: {rest}"),
        )),
    }
    texts
}
