//! What a user may do more under one policy than under another, in words.

use crate::{Action, Actor, Level, Policy, Role, Scope, Thing, Verb};
use kernel::{Lang, SessionId, Text, Time, UserId};
use schema::{Entity, Field};
use std::collections::BTreeMap;

/// Fields of one kind of records that are named; of more it is said how many.
const FIELDS: usize = 8;

impl Policy {
    /// What a user may do under this policy and might not under `before`: over things, to records, and to the fields of
    /// records that were within reach before. Nothing, if it is no more. Teams are not looked at.
    #[must_use]
    pub fn gained_since(&self, before: &Self, user: UserId) -> Vec<Text> {
        let actor = Actor { user, session: SessionId::NIL, token: None, at: Time(i64::MIN) };
        let had = before.things(&actor);
        let things = self.things(&actor).into_iter().filter(|(thing, verb)| had.get(thing) < Some(verb));
        let mut gained: Vec<Text> = things.map(|(thing, verb)| over_thing(thing, verb)).collect();
        for entity in self.catalog.entities() {
            let [had, has] = [before, self].map(|policy| policy.scopes_if_read(&actor, &entity.name));
            gained.extend(to_records(entity, &had, &has));
            for action in [Action::Read, Action::Update] {
                let scope =
                    |scopes: &BTreeMap<Action, Scope>| scopes.get(&action).copied().unwrap_or_default();
                let reach = scope(&had).min(scope(&has));
                let mut fields: BTreeMap<(Scope, Level), Vec<&Field>> = BTreeMap::new();
                for field in &entity.fields {
                    let level = |policy: &Self, at| policy.level_within(&actor, (action, at), entity, field);
                    // What is gained on all records is not told once more of some of them, but more of these is.
                    let mut told = Level::Hidden;
                    for at in WITHIN.into_iter().filter(|at| *at <= reach) {
                        let now = level(self, at);
                        if now > level(before, at) && now > told {
                            told = now;
                            fields.entry((at, now)).or_default().push(field);
                        }
                    }
                }
                gained.extend(
                    fields
                        .iter()
                        .map(|((at, level), fields)| of_fields(entity, (*at, reach), *level, fields)),
                );
            }
        }
        gained
    }

    /// As [`Policy::scopes`], but of no action where reading is denied, which denies all others too.
    fn scopes_if_read(&self, actor: &Actor, entity: &str) -> BTreeMap<Action, Scope> {
        let mut roles = self.members.get(&actor.user).into_iter().flat_map(|member| member.own_roles());
        let denies = |role: &Role| role.denials.get(entity).is_some_and(|d| d.contains(&Action::Read));
        if roles.any(|id| self.roles.get(id).is_some_and(denies)) {
            return BTreeMap::new();
        }
        self.scopes(actor, entity)
    }

    /// The highest level that any role gives a field of all records within a scope: as far as it is seen by reading
    /// them, and whether it is changed by changing them.
    fn level_within(
        &self,
        actor: &Actor,
        (action, scope): (Action, Scope),
        entity: &Entity,
        field: &Field,
    ) -> Level {
        let roles = self.members.get(&actor.user).into_iter().flat_map(|member| member.own_roles());
        let rights = |role: &Role| {
            let rights = role.entities.get(&entity.name)?;
            (rights.scopes.get(&action) >= Some(&scope)).then(|| rights.level_of(field))
        };
        let level = roles.filter_map(|id| rights(self.roles.get(id)?)).max().unwrap_or_default();
        match action {
            Action::Read => level.min(Level::Read),
            _ if level == Level::Write => level,
            _ => Level::Hidden,
        }
    }
}

/// Scopes over any records, the widest first.
const WITHIN: [Scope; 4] = [Scope::All, Scope::Below, Scope::Team, Scope::Own];

pub(crate) fn over_thing(thing: Thing, verb: Verb) -> Text {
    let (pl, en) = thing.words();
    match verb {
        Verb::Read => Text::new(format!("wgląd: {pl}"), format!("viewing {en}")),
        Verb::Manage => Text::new(format!("zarządzanie: {pl}"), format!("managing {en}")),
    }
}

/// Name of a kind of records, in the midst of a sentence.
pub(crate) fn many(entity: &Entity) -> Text {
    let name = |lang| crate::refuse::small(entity.label_plural.get(lang));
    Text::new(name(Lang::Pl), name(Lang::En))
}

fn to_records<'a>(
    entity: &'a Entity,
    had: &BTreeMap<Action, Scope>,
    has: &BTreeMap<Action, Scope>,
) -> impl Iterator<Item = Text> + 'a {
    let mut wider: BTreeMap<Scope, Vec<Action>> = BTreeMap::new();
    for (action, scope) in has.iter().filter(|(action, scope)| had.get(*action) < Some(*scope)) {
        wider.entry(*scope).or_default().push(*action);
    }
    wider.into_iter().map(|(scope, actions)| {
        let (which_pl, which_en) = scope.words();
        let said = |word: fn(Action) -> &'static str| {
            actions.iter().map(|action| word(*action)).collect::<Vec<_>>().join(", ")
        };
        let pl = said(|action| action.nouns().0);
        let (en, Text { pl: many_pl, en: many_en }) = (said(|action| action.nouns().1), many(entity));
        Text::new(format!("{many_pl} ({which_pl}) – {pl}"), format!("{many_en} ({which_en}) – {en}"))
    })
}

/// Of which records the fields are is said, where it is not all that are within reach.
fn of_fields(entity: &Entity, (at, reach): (Scope, Scope), level: Level, fields: &[&Field]) -> Text {
    let (do_pl, do_en) = match level {
        Level::Hidden | Level::Masked => ("częściowy wgląd w pola", "seeing in part the fields"),
        Level::Read => ("wgląd w pola", "seeing the fields"),
        Level::Write => ("zmiana pól", "changing the fields"),
    };
    let names = |lang| {
        let first = fields.iter().take(FIELDS).map(|field| field.label.get(lang));
        first.collect::<Vec<_>>().join(", ")
    };
    let (more_pl, more_en) = match fields.len().saturating_sub(FIELDS) {
        0 => (String::new(), String::new()),
        more => (format!(" i jeszcze {more}"), format!(" and {more} more")),
    };
    let Text { mut pl, mut en } = many(entity);
    if at < reach {
        let (which_pl, which_en) = at.words();
        (pl, en) = (format!("{pl} ({which_pl})").into(), format!("{en} ({which_en})").into());
    }
    Text::new(
        format!("{pl} – {do_pl}: {}{more_pl}", names(Lang::Pl)),
        format!("{en} – {do_en}: {}{more_en}", names(Lang::En)),
    )
}
