//! What cover may give: at most what whoever sets it up may do and see on the records of the one who is away.

use crate::Caller;
use crate::grant_checks::{gives, lacking};
use access::{Action, EntityRights, Facts, ParentFacts, Policy, Role};
use kernel::{Fault, RecordId, SubjectId, TeamId, UserId};
use schema::Entity;

/// The refusal of cover that gives more than the caller's roles give on any record that the user owns: on those that
/// there are, `owned`, and on those to come, which are of the user's team. Each of them the caller must be able to share.
pub(crate) fn beyond_cover(
    policy: &Policy,
    caller: &Caller,
    role: &Role,
    away: UserId,
    owned: Vec<Facts>,
) -> Option<Fault> {
    let team = policy.members.get(&away).map_or(TeamId::NIL, |member| member.team);
    let reads = |entity: &Entity| gives(role.entities.get(&entity.name), Action::Read);
    let mut places = owned;
    // What hangs on those of others is not covered.
    places.retain(|facts| facts.parent.as_ref().is_none_or(|parent| parent.owner == away));
    let mut read_only = Vec::new();
    for entity in policy.catalog.entities() {
        let (record, subject) = (RecordId::NIL, SubjectId::NIL);
        let there = |owner, team, parent| Facts { record, entity: entity.code, subject, owner, team, parent };
        places.push(there(away, team, None));
        let parents = entity.parents.iter().filter_map(|name| policy.catalog.get(name)).filter(|p| reads(p));
        for parent in parents {
            let above = ParentFacts { record, entity: parent.code, owner: away, team };
            places.push(there(away, team, Some(above.clone())));
            read_only.push(there(UserId::NIL, TeamId::NIL, Some(above)));
        }
    }
    let lacks = |facts: &Facts, wanted: &dyn Fn(Action) -> bool, rights: &EntityRights, entity: &Entity| {
        let actions = Action::ALL.into_iter().filter(|action| wanted(*action));
        actions.into_iter().find_map(|action| lacking(policy, caller, (entity, facts, None), rights, action))
    };
    let at = |facts: &Facts| {
        let entity = policy.catalog.by_code(facts.entity)?;
        let rights = role.entities.get(&entity.name)?;
        reads(entity).then_some((entity, rights))
    };
    places
        .iter()
        .find_map(|facts| {
            let (entity, rights) = at(facts)?;
            // Cover makes nothing that hangs on nothing.
            let wanted = |action| match action {
                Action::Share => true,
                Action::Create => facts.parent.is_some() && gives(Some(rights), action),
                _ => gives(Some(rights), action),
            };
            lacks(facts, &wanted, rights, entity)
        })
        .or_else(|| {
            read_only.iter().find_map(|facts| {
                let (entity, rights) = at(facts)?;
                let wanted =
                    |action| matches!(action, Action::Read | Action::Export) && gives(Some(rights), action);
                lacks(facts, &wanted, rights, entity)
            })
        })
}
