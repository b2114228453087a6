//! Teams as administrators arrange them. Whose records somebody sees may hang on it: to hang a team elsewhere is a change
//! of rights.

use crate::admin::{MAX, short_or_kept};
use crate::approvals::ASK;
use crate::prepare::issue;
use crate::things_used::over;
use crate::{Caller, Engine, Masked, Preview, Released, Versioned};
use access::{Policy, Team, Thing, Verb};
use identity::ActKind;
use kernel::{Fault, Result, TeamId, Text};
use ledger::Act;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;
use store::{Batch, DocKind};

/// A team to be made, or as it is to be.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TeamInput {
    /// Name.
    pub name: String,
    /// The team above it.
    pub parent: Option<TeamId>,
}

impl Engine {
    /// Makes a team (`id` absent) or changes one. If whoever does it gains by that, others who manage users or roles are
    /// told.
    ///
    /// # Errors
    /// Forbidden; invalid name, unknown or circular parent; stale; that a second person must approve that it hangs
    /// elsewhere.
    pub async fn put_team(
        &self,
        caller: &Caller,
        id: Option<(TeamId, u64)>,
        input: TeamInput,
    ) -> Result<Released<Versioned<Team>>> {
        self.admin(caller, Thing::Teams, Verb::Manage).await?;
        let held = self.administer().await?;
        let policy = self.policy();
        let (team_id, version, act) = match id {
            Some((id, version)) if policy.teams.contains_key(&id) => (id, version + 1, Act::TeamUpdate),
            Some(_) => return Err(Fault::not_found()),
            None => (self.id(), 1, Act::TeamCreate),
        };
        let old = policy.teams.get(&team_id);
        if old.is_none() && policy.teams.len() >= MAX {
            return Err(Fault::invalid(Text::of("Najwyżej 1000 zespołów.", "At most 1,000 teams.")));
        }
        let team = team_of(&policy, team_id, old, input)?;
        let moves = old.is_some_and(|old| old.parent != team.parent);
        let people = people_of(&policy, team_id);
        let cleared = self.cleared_if(caller, moves, (ActKind::RoleChange, people), &ASK).await?;
        let mut event = self.event(caller, act);
        let mut about = json!({ "team": team.id, "parent": team.parent });
        if let Some(old) = old {
            about["before"] = json!({ "parent": old.parent, "renamed": old.name != team.name });
        }
        self.set_detail(&mut event, &about)?;
        let mut batch = Batch::new(event);
        batch.docs.push(self.doc(DocKind::Team, *team.id.bytes(), version, &team)?);
        if moves {
            self.tell_of_own_teams(&mut batch, caller.actor.user, &team)?;
        }
        cleared.join(&mut batch);
        let receipt = self.commit_admin(batch, &held).await?;
        Ok(Masked::new(Versioned { value: team, version }).release(&receipt))
    }

    /// Whom it would concern if a team were as given.
    ///
    /// # Errors
    /// Forbidden; not found; invalid as for saving it.
    pub async fn preview_team(
        &self,
        caller: &Caller,
        id: TeamId,
        input: TeamInput,
    ) -> Result<Released<Preview>> {
        self.admin(caller, Thing::Teams, Verb::Manage).await?;
        let old = caller.policy.teams.get(&id).ok_or_else(Fault::not_found)?;
        let team = team_of(&caller.policy, id, Some(old), input)?;
        let mut next = Policy::clone(&caller.policy);
        next.teams.insert(id, team);
        let preview = self.preview(caller, Arc::new(next), &[]).await?;
        let mut event = over(Thing::Teams, self.event(caller, Act::PolicyPreview));
        self.set_detail(&mut event, &json!({ "team": id }))?;
        Ok(Masked::new(preview).release(&self.receipt(event).await?))
    }
}

/// The team as it is to be, if that may be.
pub(crate) fn team_of(policy: &Policy, id: TeamId, old: Option<&Team>, input: TeamInput) -> Result<Team> {
    let name = short_or_kept(&input.name, "name", old.map(|team| &*team.name))?;
    let parent = input.parent;
    if parent.is_some_and(|parent| !policy.teams.contains_key(&parent) || lies_below(policy, parent, id)) {
        return Err(issue(
            "parent",
            "wrong-parent",
            Text::of(
                "Zespół nadrzędny musi istnieć i nie może podlegać temu zespołowi.",
                "The parent team must exist and must not be below this team.",
            ),
        ));
    }
    Ok(Team { id, name, parent })
}

/// How many a change of where a team hangs counts for: the people whose records then lie below others. A team has records
/// after its people left, too.
pub(crate) fn people_of(policy: &Policy, team: TeamId) -> u64 {
    let moved = policy.team_and_below(team);
    let people = policy.members.values().filter(|member| moved.contains(&member.team)).count();
    (people as u64).max(1)
}

/// Whether climbing from `team` comes to `top`, or never ends.
fn lies_below(policy: &Policy, team: TeamId, top: TeamId) -> bool {
    let mut at = Some(team);
    for _ in 0..=policy.teams.len() {
        match at {
            Some(id) if id == top => return true,
            Some(id) => at = policy.teams.get(&id).and_then(|t| t.parent),
            None => return false,
        }
    }
    true
}
