//! The same questions answered by going through all rows in memory.

use crate::{Filter, IndexRow, Operator, Query, SortBy};
use access::{Facts, ListPermit, ParentFacts};
use kernel::{RecordId, Time};
use schema::{Column, Entity, Field, FieldKind, fold};
use serde_json::Value;
use std::cmp::Ordering;

pub(super) struct Naive<'a> {
    /// In the order in which they came.
    pub rows: Vec<IndexRow>,
    pub entity: &'a Entity,
}

#[derive(Clone, PartialEq, PartialOrd, Debug)]
enum Key {
    None,
    Number(i64),
    Text(String),
}

impl Naive<'_> {
    pub fn facts(&self, row: &IndexRow) -> Option<Facts> {
        let parent = match row.parent {
            None => None,
            Some(id) => {
                let p = self.rows.iter().find(|r| r.id == id)?;
                Some(ParentFacts { record: id, entity: p.entity, owner: p.owner, team: p.team })
            }
        };
        let IndexRow { id, entity, subject, owner, team, .. } = *row;
        Some(Facts { record: id, entity, subject, owner, team, parent })
    }

    pub fn answer(&self, permit: &ListPermit, query: &Query) -> Vec<RecordId> {
        let mut found: Vec<(usize, &IndexRow)> = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, r)| r.entity == self.entity.code && r.archived == query.archived)
            .filter(|(_, r)| self.facts(r).is_some_and(|f| permit.predicate().admits(&f)))
            .filter(|(_, r)| query.parent.is_none() || r.parent == query.parent)
            .filter(|(_, r)| !query.live_parents || !self.hangs_on_binned(r))
            .filter(|(_, r)| query.ids.as_ref().is_none_or(|ids| ids.contains(&r.id)))
            .filter(|(_, r)| {
                query.filters.iter().all(|f| self.reads(r, permit, &f.field) && self.holds(r, f))
            })
            .filter(|(_, r)| match &query.sort.by {
                SortBy::Field(name) => self.reads(r, permit, name),
                _ => true,
            })
            .filter(|(_, r)| query.search.as_ref().is_none_or(|s| self.matches(r, permit, s)))
            .collect();
        found.sort_by(|(i, a), (j, b)| {
            let order = match &query.sort.by {
                SortBy::Updated => a.updated_at.cmp(&b.updated_at),
                SortBy::Created => Ordering::Equal,
                SortBy::Field(name) => self.compare(name, a, b),
            };
            let order = order.then(i.cmp(j));
            if query.sort.descending { order.reverse() } else { order }
        });
        found.iter().map(|(_, r)| r.id).collect()
    }

    fn hangs_on_binned(&self, row: &IndexRow) -> bool {
        self.rows.iter().any(|r| row.parent == Some(r.id) && r.archived)
    }

    /// Whether the field may be read on this row.
    fn reads(&self, row: &IndexRow, permit: &ListPermit, name: &str) -> bool {
        let mask = permit.mask_of(&self.facts(row).unwrap());
        let sources = schema::sources_of(&self.entity.name, name);
        [name].iter().chain(sources).all(|name| mask.level(name) >= access::Level::Read)
    }

    fn compare(&self, name: &str, a: &IndexRow, b: &IndexRow) -> Ordering {
        let field = self.entity.field(name).unwrap();
        if field.flags.sorts_as_name {
            let text = |r: &IndexRow| r.content.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
            return crate::text::sort_key(&text(a)).cmp(&crate::text::sort_key(&text(b)));
        }
        key(field, a.content.get(name)).partial_cmp(&key(field, b.content.get(name))).unwrap()
    }

    fn holds(&self, row: &IndexRow, filter: &Filter) -> bool {
        let field = self.entity.field(&filter.field).unwrap();
        let value = row.content.get(&filter.field);
        if field.column() == Column::Many {
            let all: Vec<String> = value
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .map(|v| fold(v.as_str().unwrap()))
                .collect();
            return match filter.op {
                Operator::Has => filter.values.iter().any(|v| all.contains(&fold(v.as_str().unwrap()))),
                Operator::Empty => all.is_empty(),
                _ => !all.is_empty(),
            };
        }
        let here = key(field, value);
        let there: Vec<Key> = filter.values.iter().map(|v| key(field, Some(v))).collect();
        let texts = |test: fn(&str, &str) -> bool| match (&here, &there[0]) {
            (Key::Text(a), Key::Text(b)) => test(a, b),
            _ => false,
        };
        let filled = here != Key::None;
        match filter.op {
            Operator::Eq | Operator::In => filled && there.contains(&here),
            Operator::Ne => here != there[0],
            Operator::Lt => filled && here < there[0],
            Operator::Lte => filled && here <= there[0],
            Operator::Gt => filled && here > there[0],
            Operator::Gte => filled && here >= there[0],
            Operator::Starts => texts(|a, b| a.starts_with(b)),
            Operator::Contains => texts(|a, b| a.contains(b)),
            Operator::Empty => !filled,
            Operator::Filled | Operator::Has => filled,
        }
    }

    /// Every word of letters, at the start of a word if it is short, anywhere in a short field or at the
    /// start of a word of a long one otherwise.
    fn matches(&self, row: &IndexRow, permit: &ListPermit, search: &str) -> bool {
        let fields: Vec<(&Field, String)> = self
            .entity
            .fields
            .iter()
            .filter(|f| f.flags.searchable && self.reads(row, permit, &f.name))
            .filter_map(|f| Some((f, fold(row.content.get(&f.name)?.as_str()?))))
            .collect();
        let words: Vec<String> = search.split_whitespace().map(fold).collect();
        !words.is_empty()
            && words.iter().all(|word| {
                fields.iter().any(|(field, text)| {
                    let starts =
                        text.split(|c: char| !c.is_alphanumeric()).any(|w| w.starts_with(word.as_str()));
                    let long = matches!(field.kind, FieldKind::LongText { .. });
                    starts || (!long && word.chars().count() >= 3 && text.contains(word.as_str()))
                })
            })
    }
}

fn key(field: &Field, value: Option<&Value>) -> Key {
    let Some(value) = value else { return Key::None };
    match field.column() {
        Column::Scaled => {
            let amount = value.get("amount").unwrap_or(value).as_str().unwrap().parse::<f64>().unwrap();
            Key::Number((amount * 10_000.0).round() as i64)
        }
        Column::Integer => Key::Number(value.as_i64().unwrap_or_else(|| i64::from(value.as_bool().unwrap()))),
        Column::Time => {
            let text = value.as_str().unwrap();
            let long = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
            Key::Number(Time::parse(&long).unwrap().0)
        }
        _ => Key::Text(fold(value.as_str().unwrap())),
    }
}
