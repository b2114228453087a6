//! What may be granted: at most what whoever gives it may do and see there.

use crate::{Caller, Engine, GrantInput};
use access::{Action, EntityRights, Facts, Grant, Grantee, Level, Over, Policy, Role, Scope};
use kernel::{Fault, FaultKind, FieldIssue, RecordId, Result, Text, Time};
use schema::Entity;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 5..=500;
/// The longest that a grant is given for, in milliseconds: two years. Who needs it longer renews it.
const LONGEST_MS: i64 = 2 * 366 * 24 * 3_600_000;

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
        let mut issues = Vec::new();
        let mut wrong = |field: &str, code: &str, reason: Text| {
            issues.push(FieldIssue { field: field.into(), code: code.into(), reason, example: None });
        };
        if let Some((code, reason)) = self.unfit_grantee(policy, caller, &input.to) {
            wrong("to", code, reason);
        }
        let reads = |role: &&Role| gives(role.entities.get(&entity.name), Action::Read);
        let role = policy.roles.get(&input.role).filter(reads);
        if role.is_none() {
            wrong(
                "role",
                "unfit-role",
                Text::of(
                    "Nie ma takiej roli albo nie pozwala ona na odczyt takich rekordów.",
                    "There is no such role, or it does not allow reading such records.",
                ),
            );
        }
        let now = self.now();
        let mut moment = |field: &str, text: &Option<String>| {
            let parsed = text.as_deref().map(Time::parse)?;
            if parsed.is_none() {
                wrong(
                    field,
                    "not-a-time",
                    Text::of(
                        "To nie jest data z godziną według RFC 3339.",
                        "This is not a time of RFC 3339.",
                    ),
                );
            }
            parsed
        };
        let from = moment("from", &input.from).unwrap_or(now).max(now);
        let until = moment("until", &input.until);
        if until.is_some_and(|until| until <= from || until > from.plus_ms(LONGEST_MS)) {
            wrong(
                "until",
                "out-of-range",
                Text::of(
                    "Podaj koniec późniejszy niż początek, najwyżej dwa lata po nim.",
                    "Give an end after the beginning, at most two years later.",
                ),
            );
        }
        let fields = input.fields.as_ref().map(|names| chosen(policy, caller, entity, facts, names));
        if fields.as_ref().is_some_and(Option::is_none) {
            wrong(
                "fields",
                "unknown-field",
                Text::of(
                    "Wskaż co najmniej jedno pole, które widzisz w tym rekordzie, i żadnych innych.",
                    "Choose at least one field that you see of this record, and no others.",
                ),
            );
        }
        match role.filter(|_| issues.is_empty()) {
            None => Err(Fault::fields(issues)),
            Some(role) => {
                let (code, record) = (entity.code, facts.record);
                let over =
                    if input.with_related { Over::Tree(code, record) } else { Over::Record(code, record) };
                let fields = fields.flatten().map(Arc::new);
                Ok((role, Grant { id: self.id(), to: input.to, role: role.id, over, fields, from, until }))
            }
        }
    }

    /// Why nothing can be granted to these.
    fn unfit_grantee(&self, policy: &Policy, caller: &Caller, to: &Grantee) -> Option<(&'static str, Text)> {
        match to {
            Grantee::User(user) if *user == caller.actor.user => Some((
                "oneself",
                Text::of("To Ty. Wybierz kogoś innego.", "This is you. Choose somebody else."),
            )),
            Grantee::User(user) => (!self.may_act(*user)).then(|| {
                (
                    "unknown-user",
                    Text::of(
                        "Nie ma takiej osoby albo jest zawieszona.",
                        "There is no such user, or the user is suspended.",
                    ),
                )
            }),
            Grantee::Team(team) => (!policy.teams.contains_key(team))
                .then(|| ("unknown-team", Text::of("Nie ma takiego zespołu.", "There is no such team."))),
        }
    }
}

fn gives(rights: Option<&EntityRights>, action: Action) -> bool {
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
fn chosen(
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

/// The refusal of a grant that gives more than the caller has on the record, or on what would hang on it.
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
        let above = access::ParentFacts {
            record: facts.record,
            entity: facts.entity,
            owner: facts.owner,
            team: facts.team,
        };
        let children = policy.catalog.entities().iter().filter(|e| e.parents.contains(&entity.name));
        given.extend(children.map(|child| {
            let (record, parent) = (RecordId::NIL, Some(above.clone()));
            (child, Facts { record, entity: child.code, parent, ..facts.clone() }, None)
        }));
    }
    given.into_iter().find_map(|(entity, facts, fields)| {
        let rights = role.entities.get(&entity.name)?;
        let lacks = Action::ALL.into_iter().find(|action| {
            gives(Some(rights), *action) && !policy.decide(&caller.actor, *action, &facts).allow
        });
        if let Some(action) = lacks {
            return Some(access::lacks_action(&caller.actor, action, entity));
        }
        shows_more(policy, caller, entity, &facts, rights, fields)
    })
}

/// The refusal of a role that shows more of a field than the caller sees, or lets it be changed where the caller may not.
fn shows_more(
    policy: &Policy,
    caller: &Caller,
    entity: &Entity,
    facts: &Facts,
    rights: &EntityRights,
    fields: Option<&BTreeSet<String>>,
) -> Option<Fault> {
    let read = policy.read(&caller.actor, facts.record, facts).ok();
    let write = policy.write(&caller.actor, Action::Update, facts.record, facts).ok();
    let own = |name: &str| {
        let read = read.as_ref().map_or(Level::Hidden, |p| p.mask().level(name).min(Level::Read));
        read.max(write.as_ref().map_or(Level::Hidden, |p| p.mask().level(name)))
    };
    let changes = gives(Some(rights), Action::Update);
    let more = entity.fields.iter().find(|field| {
        let given = rights.level_of(field).min(if changes { Level::Write } else { Level::Read });
        fields.is_none_or(|chosen| chosen.contains(&field.name)) && given > own(&field.name)
    })?;
    // A field that the caller does not see is not named.
    let text = if own(&more.name) == Level::Hidden {
        Text::of(
            "Ta rola pokazuje więcej pól tego rekordu, niż sam(a) widzisz. Wybierz inną albo wskaż pola.",
            "This role shows more fields of this record than you see. Choose another, or choose fields.",
        )
    } else {
        Text::new(
            format!(
                "Ta rola daje do pola „{}” więcej, niż sam(a) masz. Wybierz inną albo wskaż pola.",
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
