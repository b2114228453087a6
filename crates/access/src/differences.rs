//! What is other in a role than in another state of it, in words.

use crate::gain::{many, over_thing};
use crate::{Action, EntityRights, Level, Role, Scope, Thing, Verb};
use kernel::Text;
use schema::{Catalog, Entity};
use std::collections::BTreeSet;

impl Role {
    /// What is other than in an earlier state, right by right: the earlier on the left. Of a role that is new, all.
    #[must_use]
    pub fn differences(&self, before: Option<&Self>, catalog: &Catalog) -> Vec<Text> {
        let nothing = Self {
            label: Text::same(""),
            name: String::new(),
            entities: std::collections::BTreeMap::new(),
            denials: std::collections::BTreeMap::new(),
            things: std::collections::BTreeMap::new(),
            ..self.clone()
        };
        let before = before.unwrap_or(&nothing);
        let mut found = Vec::new();
        if before.label != self.label {
            let both = |label: &Text| format!("{} / {}", label.pl, label.en);
            found.push(step(
                &Text::of("nazwa", "label"),
                [both(&before.label), both(&self.label)].map(Text::same),
            ));
        }
        if before.name != self.name {
            let names = [&before.name, &self.name].map(|name| Text::same(name.as_str()));
            found.push(step(&Text::of("nazwa stała", "stable name"), names));
        }
        for thing in Thing::ALL {
            found.extend(thing_difference(thing, before.things.get(&thing), self.things.get(&thing)));
        }
        for entity in catalog.entities() {
            let rights = |role: &Self| role.entities.get(&entity.name).cloned().unwrap_or_default();
            of_rights(entity, &rights(before), &rights(self), &mut found);
            let denials = |role: &Self| role.denials.get(&entity.name).cloned().unwrap_or_default();
            of_denials(entity, &denials(before), &denials(self), &mut found);
        }
        found
    }
}

/// Fields of a kind, in Polish and English, and their level.
type Kept = (&'static str, &'static str, fn(&EntityRights) -> Level);

/// `what: from → to`.
fn step(what: &Text, [from, to]: [Text; 2]) -> Text {
    let or = |side: &str| if side.is_empty() { "–".to_owned() } else { side.to_owned() };
    Text::new(
        format!("{}: {} → {}", what.pl, or(&from.pl), or(&to.pl)),
        format!("{}: {} → {}", what.en, or(&from.en), or(&to.en)),
    )
}

fn thing_difference(thing: Thing, before: Option<&Verb>, after: Option<&Verb>) -> Option<Text> {
    let (text, (pl, en)) = match (before, after) {
        (before, after) if before == after => return None,
        (Some(Verb::Manage), Some(Verb::Read)) => {
            (over_thing(thing, Verb::Manage), ("odebrano, zostaje wgląd", "taken away, viewing stays"))
        }
        (_, Some(verb)) => (over_thing(thing, *verb), ("dodano", "added")),
        (Some(verb), None) => (over_thing(thing, *verb), ("odebrano", "taken away")),
        (None, None) => return None,
    };
    Some(Text::new(format!("{} ({pl})", text.pl), format!("{} ({en})", text.en)))
}

const fn words((pl, en): (&'static str, &'static str)) -> Text {
    Text::of(pl, en)
}

fn of_rights(entity: &Entity, before: &EntityRights, after: &EntityRights, found: &mut Vec<Text>) {
    let of = many(entity);
    let named = |pl: &str, en: &str| Text::new(format!("{} – {pl}", of.pl), format!("{} – {en}", of.en));
    for action in Action::ALL {
        let scope = |rights: &EntityRights| rights.scopes.get(&action).copied().unwrap_or(Scope::None);
        if scope(before) != scope(after) {
            let (pl, en) = action.nouns();
            found.push(step(&named(pl, en), [before, after].map(|rights| words(scope(rights).words()))));
        }
    }
    let levels: [Kept; 3] = [
        ("zwykłe pola", "ordinary fields", |r| r.level),
        ("dane handlowe", "trade data", |r| r.trade.unwrap_or(r.level).min(r.level)),
        ("dane szczególne", "special fields", |r| r.special.unwrap_or_default().min(r.level)),
    ];
    for (pl, en, level) in levels {
        if level(before) != level(after) {
            found.push(step(&named(pl, en), [before, after].map(|rights| words(level(rights).words()))));
        }
    }
    let names: BTreeSet<&String> = before.fields.keys().chain(after.fields.keys()).collect();
    for name in names.into_iter().filter(|name| before.fields.get(*name) != after.fields.get(*name)) {
        let label = entity.field(name).map_or_else(|| Text::same(name.as_str()), |f| f.label.clone());
        let own = |rights: &EntityRights| match rights.fields.get(name) {
            Some(level) => words(level.words()),
            None => Text::of("jak inne pola", "as other fields"),
        };
        let what = named(&format!("pole „{}”", label.pl), &format!("field “{}”", label.en));
        found.push(step(&what, [own(before), own(after)]));
    }
}

fn of_denials(entity: &Entity, before: &BTreeSet<Action>, after: &BTreeSet<Action>, found: &mut Vec<Text>) {
    let of = many(entity);
    let mut say = |action: Action, (pl, en): (&str, &str)| {
        let (do_pl, do_en) = action.nouns();
        found.push(Text::new(
            format!("{} – zakaz: {do_pl} ({pl})", of.pl),
            format!("{} – denied: {do_en} ({en})", of.en),
        ));
    };
    after.difference(before).for_each(|action| say(*action, ("dodano", "added")));
    before.difference(after).for_each(|action| say(*action, ("zdjęto", "lifted")));
}
