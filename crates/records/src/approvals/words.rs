//! What an act changes or takes out, in words, as far as whoever reads them may see it.

use super::ManyAct;
use super::weigh::Weight;
use crate::roles::role_of;
use crate::{BulkChange, BulkOrder, BulkSelect, Caller, Cell, Engine, ExportRequest, UpdateInput};
use access::{Action, Level, ListPermit};
use identity::{ActKind, ApprovalRules};
use kernel::{Fault, Result, RoleId, TeamId, Text, UserId};
use schema::{Entity, EntityCode};
use serde_json::Value;

/// Characters of a value.
const VALUE: usize = 100;

impl Engine {
    pub(super) fn words_of(&self, caller: &Caller, act: &ManyAct, weight: &Weight) -> Result<Vec<String>> {
        let lang = caller.lang;
        let texts = match act {
            ManyAct::Bulk(order) | ManyAct::HandOver(order) => match &order.change {
                BulkChange::Update(input) => self.changes(caller, order.entity.as_deref(), input),
                BulkChange::Bin(true) => {
                    vec![Text::of("Rekordy trafią do kosza.", "The records go to the bin.")]
                }
                BulkChange::Bin(false) => {
                    vec![Text::of("Rekordy wrócą z kosza.", "The records come back from the bin.")]
                }
                BulkChange::HandOver(to) => self.handed_over(order, to),
                BulkChange::Share(input) => {
                    self.shared(caller, order.entity.as_deref(), input, weight.sharing)
                }
            },
            ManyAct::Export { entity, format, request } => self.fields_taken(caller, entity, format, request),
            ManyAct::Erase { reason, .. } => {
                let grounds = pair(&Text::of("Podstawa", "Grounds"), reason);
                let mut texts = if reason.trim().is_empty() { Vec::new() } else { vec![grounds] };
                texts.extend(weight.entities.iter().filter_map(|(code, count)| {
                    let entity = caller.policy.catalog.by_code(EntityCode(*code))?;
                    Some(pair(&entity.label_plural, &count.to_string()))
                }));
                texts
            }
            ManyAct::Cover(input) => self.covered(caller, input),
            ManyAct::Role { id, role } => {
                let old = id.and_then(|(id, _)| caller.policy.roles.get(&id));
                let at = id.map_or(RoleId::NIL, |(id, _)| id);
                let next = role_of(&caller.policy, at, old, role.clone())?;
                let mut texts = vec![pair(&Text::of("Rola", "Role"), next.label.get(lang))];
                texts.extend(next.differences(old, &caller.policy.catalog));
                texts
            }
            ManyAct::UserRoles { user, roles, team, .. } => {
                let mut texts = self.roles_given(caller, *user, roles)?;
                let from = caller.policy.members.get(user).map(|member| member.team);
                if let Some((from, to)) = from.zip(*team).filter(|(from, to)| from != to) {
                    texts.push(self.moved(&Text::of("Zespół", "Team"), Some(from), Some(to)));
                }
                texts
            }
            ManyAct::Team { id: (id, _), team } => {
                let old = caller.policy.teams.get(id).ok_or_else(Fault::not_found)?;
                vec![
                    pair(&Text::of("Zespół", "Team"), &old.name),
                    self.moved(&Text::of("Podlega", "Hangs on"), old.parent, team.parent),
                ]
            }
            ManyAct::Rules { rules, .. } => rule_changes(&self.directory().approval_rules, rules),
        };
        Ok(texts.into_iter().map(|text| text.get(lang).to_owned()).collect())
    }

    /// From whom, and to whom.
    fn handed_over(&self, order: &BulkOrder, to: &[UserId]) -> Vec<Text> {
        let names: Vec<String> = to.iter().map(|user| self.user_name(*user).name).collect();
        let mut texts = Vec::new();
        if let BulkSelect::OwnedBy(from) = order.select {
            let label = Text::of("Dotychczasowy właściciel", "Owner until now");
            texts.push(pair(&label, &self.user_name(from).name));
        }
        texts.push(pair(&Text::of("Nowi właściciele", "New owners"), &names.join(", ")));
        texts
    }

    /// Which fields change, and to what.
    fn changes(&self, caller: &Caller, entity: Option<&str>, input: &UpdateInput) -> Vec<Text> {
        let mut texts = Vec::new();
        if let Some(owner) = input.owner {
            texts.push(pair(&Text::of("Nowy właściciel", "New owner"), &self.user_name(owner).name));
        }
        let Some((entity, permit)) = seen(caller, entity) else { return texts };
        for (name, value) in input.fields.as_ref().and_then(Value::as_object).into_iter().flatten() {
            let level = permit.as_ref().map_or(Level::Hidden, |permit| permit.most().level(name));
            let Some(field) = entity.field(name).filter(|_| level > Level::Hidden) else {
                texts.push(Text::of("Pole, którego nie widzisz", "A field that you do not see"));
                continue;
            };
            let told = match value {
                _ if level < Level::Read => Text::same("•••"),
                Value::Null => Text::of("(puste)", "(empty)"),
                Value::String(id) if matches!(field.kind, schema::FieldKind::User) => {
                    Text::same(id.parse().map(|id| self.user_name(id).name).unwrap_or_default())
                }
                Value::String(_) if matches!(field.kind, schema::FieldKind::Reference { .. }) => {
                    Text::of("inny rekord", "another record")
                }
                value => Text::same(short(&Cell::of(field, value, caller.lang).csv())),
            };
            texts.push(Text::new(
                format!("{}: {}", field.label.pl, told.pl),
                format!("{}: {}", field.label.en, told.en),
            ));
        }
        texts
    }

    /// What leaves: the format and the fields.
    fn fields_taken(
        &self,
        caller: &Caller,
        entity: &str,
        format: &str,
        request: &ExportRequest,
    ) -> Vec<Text> {
        let mut texts = vec![pair(&Text::of("Rodzaj pliku", "File type"), &format.to_uppercase())];
        let Some((entity, permit)) = seen(caller, Some(entity)) else { return texts };
        let named = request.fields.as_deref();
        let asked = |name: &str| named.is_none_or(|all| all.iter().any(|one| one == name));
        let sees =
            |name: &str| permit.as_ref().is_some_and(|permit| permit.most().level(name) > Level::Hidden);
        let fields: Vec<&Text> = entity
            .fields
            .iter()
            .filter(|field| asked(&field.name) && sees(&field.name))
            .map(|field| &field.label)
            .collect();
        let list = |of: fn(&Text) -> &str| fields.iter().map(|text| of(text)).collect::<Vec<_>>().join(", ");
        if !fields.is_empty() {
            texts.push(Text::new(
                format!("Pola: {}", list(|text| &text.pl)),
                format!("Fields: {}", list(|text| &text.en)),
            ));
        }
        // Whoever approves learns that more leaves than is shown.
        let hidden = named.map_or(0, |all| all.iter().filter(|name| !sees(name)).count());
        if hidden > 0 {
            let label = Text::of("Pola, których nie widzisz", "Fields that you do not see");
            texts.push(pair(&label, &hidden.to_string()));
        }
        if request.list.search.is_some() || !request.list.filters.is_empty() || request.ids.is_some() {
            texts.push(Text::of(
                "Tylko rekordy wybrane albo znalezione według warunków.",
                "Only records that were chosen or found by conditions.",
            ));
        }
        texts
    }

    /// From one team to another.
    fn moved(&self, label: &Text, from: Option<TeamId>, to: Option<TeamId>) -> Text {
        let name = |team: Option<TeamId>| team.map_or_else(|| "–".to_owned(), |id| self.team_name(id).name);
        pair(label, &format!("{} → {}", name(from), name(to)))
    }

    fn roles_given(&self, caller: &Caller, user: UserId, roles: &[RoleId]) -> Result<Vec<Text>> {
        let member = caller.policy.members.get(&user).ok_or_else(Fault::not_found)?;
        let names = |ids: Vec<&RoleId>, pl: &str, en: &str| {
            let labels: Vec<&Text> =
                ids.iter().filter_map(|id| caller.policy.roles.get(id)).map(|role| &role.label).collect();
            let join =
                |of: fn(&Text) -> &str| labels.iter().map(|text| of(text)).collect::<Vec<_>>().join(", ");
            (!labels.is_empty()).then(|| {
                Text::new(format!("{pl}: {}", join(|t| &t.pl)), format!("{en}: {}", join(|t| &t.en)))
            })
        };
        let given = roles.iter().filter(|role| !member.roles.contains(role)).collect();
        let taken = member.roles.iter().filter(|role| !roles.contains(role)).collect();
        let mut texts = vec![pair(&Text::of("Osoba", "Person"), &self.user_name(user).name)];
        texts.extend(names(given, "Otrzyma role", "Gets roles"));
        texts.extend(names(taken, "Straci role", "Loses roles"));
        Ok(texts)
    }
}

/// The entity, and how much of it the caller reads.
pub(super) fn seen<'a>(caller: &'a Caller, entity: Option<&str>) -> Option<(&'a Entity, Option<ListPermit>)> {
    let entity = caller.policy.catalog.get(entity?)?;
    Some((entity, caller.policy.list(&caller.actor, Action::Read, entity.code).ok()))
}

pub(super) fn pair(label: &Text, value: &str) -> Text {
    Text::new(format!("{}: {value}", label.pl), format!("{}: {value}", label.en))
}

fn short(value: &str) -> String {
    match value.char_indices().nth(VALUE) {
        Some((at, _)) => format!("{}…", &value[..at]),
        None => value.to_owned(),
    }
}

fn rule_changes(before: &ApprovalRules, after: &ApprovalRules) -> Vec<Text> {
    let told = |from: Option<u32>| match from {
        None => Text::of("nigdy", "never"),
        Some(1) => Text::of("zawsze", "always"),
        Some(n) => Text::new(format!("od {n}"), format!("from {n} on")),
    };
    let changed = ActKind::ALL.into_iter().filter(|kind| before.from(*kind) != after.from(*kind));
    let mut texts: Vec<Text> = changed
        .map(|kind| {
            let (label, was, is) = (kind.label(), told(before.from(kind)), told(after.from(kind)));
            Text::new(
                format!("{}: {} → {}", label.pl, was.pl, is.pl),
                format!("{}: {} → {}", label.en, was.en, is.en),
            )
        })
        .collect();
    if before.days != after.days {
        let (was, is) = (before.days, after.days);
        texts.push(Text::new(
            format!("Dni na decyzję: {was} → {is}"),
            format!("Days to decide: {was} → {is}"),
        ));
    }
    texts
}
