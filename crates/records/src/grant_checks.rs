//! What may be granted: at most what whoever gives it may do and see there.

use crate::grant_terms::wrong;
use crate::{Caller, Engine, GrantInput};
use access::{
    Action, Actor, EntityRights, Facts, Grant, Level, Mask, Most, Over, ParentFacts, Policy, Role, Scope,
};
use kernel::{Fault, FaultKind, FieldIssue, RecordId, Result, Text};
use schema::{Entity, Field};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Grants in force or to come on one record.
const ON_RECORD: usize = 200;
/// For one user, or for one team.
const FOR_ONE: usize = 5_000;
/// By one giver.
const BY_GIVER: usize = 5_000;
/// By one giver for one user or team, so that nobody alone fills what others need.
const BY_GIVER_FOR_ONE: usize = 1_000;
/// By one giver, those that have ended and are still kept included; and on one record.
const KEPT_BY_GIVER: usize = 10_000;
const KEPT_ON_RECORD: usize = 400;
/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 5..=500;
impl Engine {
    /// The grant that is asked for, and its role, checked field by field.
    pub(crate) fn checked<'p>(
        &self,
        policy: &'p Policy,
        caller: &Caller,
        entity: &Entity,
        facts: &Facts,
        input: &GrantInput,
    ) -> Result<(&'p Role, Grant)> {
        let (role, span, mut issues) = self.terms(policy, caller, entity, input);
        let fields = input.fields.as_ref().map(|names| chosen(policy, caller, entity, facts, names));
        if fields.as_ref().is_some_and(Option::is_none) {
            issues.push(unknown_field());
        }
        let (Some(role), Ok((from, until)), true) = (role, span, issues.is_empty()) else {
            let names = input.fields.as_deref().unwrap_or_default();
            let hidden = not_seen(policy, caller, entity, facts, names);
            return Err(with_names(Fault::fields(issues), hidden));
        };
        let (code, record) = (entity.code, facts.record);
        let over = if input.with_related { Over::Tree(code, record) } else { Over::Record(code, record) };
        let (by, fields, until) = (caller.actor.user, fields.flatten().map(Arc::new), Some(until));
        let (id, to, most) = (self.id(), input.to, Some(Arc::new(most_over(policy, entity, role))));
        Ok((role, Grant { id, to, by, role: role.id, over, fields, from, until, most }))
    }

    /// Refuses one grant too many: on a record, for one user or team, by one giver, or by that one for these. Those that
    /// have ended count in what one giver leaves behind alone; one that takes the place of its earlier state does not.
    pub(crate) fn check_room(&self, policy: &Policy, grant: &Grant) -> Result<()> {
        let now = self.now();
        let counts = |g: &&Grant| g.id != grant.id && g.lasts_at(now);
        let on_record =
            grant.record().map_or(0, |(_, id)| policy.grants.on(id).into_iter().filter(counts).count());
        let (mut for_one, mut by_giver_for_one) = (0, 0);
        for other in policy.grants.to(grant.to).filter(counts) {
            for_one += 1;
            by_giver_for_one += usize::from(other.by == grant.by);
        }
        let kept = |g: &&Grant| g.id != grant.id && g.by == grant.by;
        let by_giver = policy.grants.by(grant.by).filter(counts).count();
        let kept_by_giver = policy.grants.by(grant.by).filter(kept).count();
        let kept_on_record =
            grant.record().map_or(0, |(_, id)| policy.grants.on(id).into_iter().filter(kept).count());
        let limits = [
            (on_record, ON_RECORD, Text::of("tego rekordu", "of this record")),
            (
                by_giver_for_one,
                BY_GIVER_FOR_ONE,
                Text::of("od Ciebie dla tej osoby albo zespołu", "by you for this person or team"),
            ),
            (for_one, FOR_ONE, Text::of("dla tej osoby albo zespołu", "for this person or team")),
            (by_giver, BY_GIVER, Text::of("od Ciebie", "by you")),
            (
                kept_on_record,
                KEPT_ON_RECORD,
                Text::of(
                    "od Ciebie tego rekordu, łącznie z tymi, które minęły w ciągu 30 dni",
                    "of this record by you, counting those that ended within 30 days",
                ),
            ),
            (
                kept_by_giver,
                KEPT_BY_GIVER,
                Text::of(
                    "od Ciebie, łącznie z tymi, które minęły w ciągu 30 dni",
                    "by you, counting those that ended within 30 days",
                ),
            ),
        ];
        let Some((_, most, text)) = limits.into_iter().find(|(count, most, _)| count >= most) else {
            return Ok(());
        };
        let text = Text::new(
            format!("Jest już {most} udostępnień {}. Zakończ któreś z nich.", text.pl),
            format!("There are {most} grants {} already. End some of them.", text.en),
        );
        Err(Fault::new(FaultKind::Conflict, text))
    }
}

/// Whether a role can be granted on records of an entity.
pub(crate) fn fits(policy: &Policy, entity: &Entity, role: &Role) -> bool {
    gives(role.entities.get(&entity.name), Action::Read) && !policy.conditioned.contains(&role.id)
}

/// What a role gives at most of an entity and of what hangs on it.
fn most_over(policy: &Policy, entity: &Entity, role: &Role) -> Most {
    let mut most = role.most();
    let counts = |name: &String| {
        *name == entity.name || policy.catalog.get(name).is_some_and(|e| e.parents.contains(&entity.name))
    };
    most.retain(|name, _| counts(name));
    most
}

pub(crate) fn unknown_field() -> FieldIssue {
    let text = Text::of(
        "Wskaż co najmniej jedno pole, które widzisz w tym rekordzie, i żadnych innych.",
        "Choose at least one field that you see of this record, and no others.",
    );
    wrong("fields", "unknown-field", text)
}

pub(crate) fn gives(rights: Option<&EntityRights>, action: Action) -> bool {
    rights.is_some_and(|r| r.scopes.get(&action).is_some_and(|s| *s > Scope::None))
}

/// The reason without what surrounds it.
pub(crate) fn tidy(reason: &str) -> Result<String> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if REASON.contains(&reason.chars().count()) && !reason.contains(char::is_control) {
        return Ok(reason);
    }
    let text = Text::of("Napisz w 5 do 500 znakach, po co.", "Write in 5 to 500 characters what for.");
    Err(crate::prepare::issue("reason", "malformed-reason", text))
}

/// The fields chosen of those that the caller sees of the record, with what is computed from them and what they are
/// computed from; none if there is one among them that is not seen, or nothing is chosen.
pub(crate) fn chosen(
    policy: &Policy,
    caller: &Caller,
    entity: &Entity,
    facts: &Facts,
    names: &[String],
) -> Option<BTreeSet<String>> {
    let permit = policy.read(&caller.actor, facts.record, facts).ok()?;
    let seen = |name: &String| entity.field(name).is_some() && permit.mask().level(name) > Level::Hidden;
    if names.is_empty() || !names.iter().all(seen) {
        return None;
    }
    let mut all: BTreeSet<String> = names.iter().cloned().collect();
    for name in names {
        all.extend(schema::sources_of(&entity.name, name).iter().map(|source| (*source).to_owned()));
    }
    for field in &entity.fields {
        let sources = schema::sources_of(&entity.name, &field.name);
        if !sources.is_empty() && sources.iter().all(|source| all.contains(*source)) {
            all.insert(field.name.clone());
        }
    }
    Some(all)
}

/// The names among these that stand in the way of [`chosen`].
pub(crate) fn not_seen<'a>(
    policy: &Policy,
    caller: &Caller,
    entity: &Entity,
    facts: &Facts,
    names: &'a [String],
) -> Vec<&'a String> {
    let permit = policy.read(&caller.actor, facts.record, facts).ok();
    let seen = |name: &str| {
        entity.field(name).is_some() && permit.as_ref().is_some_and(|p| p.mask().level(name) > Level::Hidden)
    };
    names.iter().filter(|name| !seen(name)).collect()
}

/// A refusal with the names that it is about, for the ledger.
pub(crate) fn with_names<'a>(fault: Fault, names: impl IntoIterator<Item = &'a String>) -> Fault {
    names.into_iter().fold(fault, |fault, name| fault.naming(name))
}

/// The refusal of a grant that gives more than the caller's roles give on the record, or on what the caller would hang on
/// it. What the caller was granted is not passed on.
pub(crate) fn beyond(
    policy: &Policy,
    caller: &Caller,
    entity: &Entity,
    facts: &Facts,
    role: &Role,
    grant: &Grant,
) -> Option<Fault> {
    let mut given = vec![(entity, facts.clone(), grant.fields.as_deref())];
    if matches!(grant.over, Over::Tree(..)) {
        let (record, entity_of) = (facts.record, facts.entity);
        let above = ParentFacts { record, entity: entity_of, owner: facts.owner, team: facts.team };
        let team = policy.members.get(&caller.actor.user).map_or(facts.team, |me| me.team);
        let children = policy.catalog.entities().iter().filter(|e| e.parents.contains(&entity.name));
        given.extend(children.map(|child| {
            let (record, parent) = (RecordId::NIL, Some(above.clone()));
            let (entity, owner, subject) = (child.code, caller.actor.user, facts.subject);
            (child, Facts { record, entity, subject, owner, team, parent }, None)
        }));
    }
    given.into_iter().find_map(|(entity, facts, fields)| {
        let rights = role.entities.get(&entity.name)?;
        let actions = Action::ALL.into_iter().filter(|action| gives(Some(rights), *action));
        let at = (entity, &facts, fields);
        actions.into_iter().find_map(|action| lacking(policy, caller, at, rights, action))
    })
}

/// The refusal of one action by these rights that the caller's roles do not give there, or not on all of these fields.
/// What the caller was granted is not passed on.
pub(crate) fn lacking(
    policy: &Policy,
    caller: &Caller,
    (entity, facts, fields): (&Entity, &Facts, Option<&BTreeSet<String>>),
    rights: &EntityRights,
    action: Action,
) -> Option<Fault> {
    let Some(own) = own_mask(policy, &caller.actor.by_roles_alone(), action, facts) else {
        return Some(access::lacks_action(&caller.actor, action, entity));
    };
    let shown = entity.fields.iter().filter(|f| fields.is_none_or(|some| some.contains(&f.name)));
    shown_more(shown, &own, rights, action)
}

/// What the actor sees of a record by an action, or may change of it; nothing without leave for the action.
fn own_mask(policy: &Policy, me: &Actor, action: Action, facts: &Facts) -> Option<Mask> {
    match action {
        Action::Read => policy.read(me, facts.record, facts).ok().map(|permit| permit.mask().clone()),
        _ => policy.write(me, action, facts.record, facts).ok().map(|permit| permit.mask().clone()),
    }
}

/// The refusal of rights that show more of a field than the giver sees, or let it be changed where the giver may not.
fn shown_more<'f>(
    mut fields: impl Iterator<Item = &'f Field>,
    own: &Mask,
    rights: &EntityRights,
    action: Action,
) -> Option<Fault> {
    let changes = matches!(action, Action::Create | Action::Update | Action::Import);
    let most = if changes { Level::Write } else { Level::Read };
    let more = fields.find(|field| rights.level_of(field).min(most) > own.level(&field.name))?;
    // A field that the caller does not see is not named.
    let text = if own.level(&more.name) == Level::Hidden {
        Text::of(
            "Ta rola pokazuje więcej pól tego rekordu, niż widzisz. Wybierz inną albo wskaż pola.",
            "This role shows more fields of this record than you see. Choose another, or choose fields.",
        )
    } else {
        Text::new(
            format!(
                "Ta rola daje do pola „{}” więcej, niż masz. Wybierz inną albo wskaż pola.",
                more.label.pl
            ),
            format!(
                "This role gives more of the field “{}” than you have. Choose another, or choose fields.",
                more.label.en
            ),
        )
    };
    Some(Fault::new(FaultKind::Forbidden, text))
}
