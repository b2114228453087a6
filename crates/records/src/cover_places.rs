//! Over which records cover would be, and whether a second person has to approve that.

use crate::approvals::{ASK, Cleared};
use crate::prepare::issue;
use crate::{Caller, CoverInput, Engine};
use access::{Facts, Role};
use identity::ActKind;
use kernel::{Result, Text, UserId};

impl Engine {
    /// Where the records lie that the user owns and the role is over, and how many there are. One's own are one's own
    /// wherever they lie: of these no place is told.
    pub(crate) async fn places_owned(
        &self,
        caller: &Caller,
        role: &Role,
        away: UserId,
    ) -> Result<(Vec<Facts>, u64)> {
        let policy = &*caller.policy;
        let own = away == caller.actor.user;
        let (mut places, mut count) = (Vec::new(), 0_u64);
        for entity in policy.catalog.entities().iter().filter(|e| role.entities.contains_key(&e.name)) {
            // Who shares none of these is refused for that.
            let Ok(permit) = policy.places_to_share(&caller.actor, entity) else { continue };
            let found = self.index().owned(&permit, away).await?;
            if found.len() >= index::OWNED_PLACES && !own {
                let text = Text::of(
                    "Rekordy tej osoby leżą w zbyt wielu zespołach. Zastępstwo może ustanowić ona sama.",
                    "The records of this person are of too many teams. Only this person can set up cover.",
                );
                return Err(issue("of", "out-of-range", text));
            }
            // What hangs on those of others is not covered.
            let covered =
                found.iter().filter(|(facts, _)| facts.parent.as_ref().is_none_or(|p| p.owner == away));
            count = covered.map(|(_, count)| count).fold(count, |all, more| all.saturating_add(*more));
            places.extend(found.into_iter().filter(|_| !own).map(|(facts, _)| facts));
        }
        Ok((places, count))
    }

    /// Whether cover counts as sharing: not if whoever is away sets it up for somebody of the same team, who sees to it
    /// that work goes on.
    pub(crate) fn cover_counts(&self, caller: &Caller, input: &CoverInput) -> bool {
        let team = |user| caller.policy.members.get(&user).map(|member| member.team);
        let away = input.of.unwrap_or(caller.actor.user);
        let at_home = team(away).filter(|team| !team.is_nil()).is_some_and(|of| team(input.to) == Some(of));
        away != caller.actor.user || !at_home
    }

    /// Leave to set up cover over so many records.
    pub(crate) async fn cleared_cover<'a>(
        &self,
        caller: &'a Caller,
        input: &CoverInput,
        count: u64,
    ) -> Result<Cleared<'a>> {
        let asks = self.cover_counts(caller, input);
        self.cleared_if(caller, asks, (ActKind::BulkShare, count.max(1)), &ASK).await
    }
}
