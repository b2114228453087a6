//! Headings of columns in files of HubSpot, Pipedrive, Salesforce, Google Contacts, Outlook (Polish
//! and English), Raynet, and in our own. All are compared squashed: folded, letters and digits only,
//! so that "E-mail 1 - Value" is `email1value`.

use crate::fold::squash;
use crate::words::{prefixes, tables};
use crate::{Entity, Field, FieldKind};

/// The field that a column with this heading holds. It may be a reference, where the column holds a
/// name to look up, and it may be the computed `name` of people and leads, where the column holds
/// the whole name ([`crate::split_name`]).
#[must_use]
pub fn heading_of<'a>(entity: &'a Entity, heading: &str) -> Option<&'a Field> {
    ranked(entity, heading).map(|(_, field)| field)
}

/// The fields of all columns of a file. Where several headings mean one field ("Job Title" and
/// "Title"), the surest has it and the others have none, so that no field is filled twice.
#[must_use]
pub fn map_headings<'a>(entity: &'a Entity, headings: &[&str]) -> Vec<Option<&'a Field>> {
    let ranked: Vec<_> = headings.iter().map(|h| ranked(entity, h)).collect();
    let best = |field: &Field| {
        let same = ranked.iter().enumerate();
        let same = same.filter_map(|(at, r)| r.filter(|(_, f)| f.name == field.name).map(|r| (r.0, at)));
        same.min().map(|(_, at)| at)
    };
    ranked
        .iter()
        .enumerate()
        .map(|(at, r)| r.map(|(_, field)| field).filter(|field| best(field) == Some(at)))
        .collect()
}

/// The money field whose currency stands in a column with this heading ("Currency").
#[must_use]
pub fn currency_heading<'a>(entity: &'a Entity, heading: &str) -> Option<&'a Field> {
    let key = squash(heading);
    let known = ["currency", "currencycode", "currencyisocode", "currencyofvalue", "waluta", "mena"];
    let named = bare(entity, &key).into_iter().chain([key.as_str()]).any(|k| known.contains(&k));
    let mut money = entity.fields.iter().filter(|f| matches!(f.kind, FieldKind::Money));
    if named {
        return money.next();
    }
    money.find(|f| {
        [&f.name, &*f.label.pl, &*f.label.en].iter().any(|name| {
            let name = squash(name);
            ["currency", "waluta"].iter().any(|c| key == format!("{name}{c}") || key == format!("{c}{name}"))
        })
    })
}

/// The heading without the entity's own word before it.
fn bare<'a>(entity: &Entity, key: &'a str) -> Option<&'a str> {
    let mut prefixes = prefixes(&entity.name).iter();
    prefixes.find_map(|p| key.strip_prefix(p)).filter(|rest| !rest.is_empty())
}

/// The field, and how sure it is: 0 is surest.
fn ranked<'a>(entity: &'a Entity, heading: &str) -> Option<(usize, &'a Field)> {
    if heading.len() > 400 {
        return None;
    }
    if let Some(field) = entity.field(heading.trim()) {
        return Some((0, field));
    }
    let key = squash(heading);
    if key.is_empty() {
        return None;
    }
    find(entity, &key).or_else(|| bare(entity, &key).and_then(|rest| find(entity, rest)))
}

fn find<'a>(entity: &'a Entity, key: &str) -> Option<(usize, &'a Field)> {
    let own = |f: &&Field| [&f.name, &*f.label.pl, &*f.label.en].iter().any(|s| squash(s) == key);
    if let Some(field) = entity.fields.iter().find(own) {
        return Some((1, field));
    }
    tables(&entity.name).iter().flat_map(|table| table.iter()).find_map(|(name, aliases)| {
        let rank = aliases.split(' ').position(|alias| alias == key)?;
        entity.field(name).map(|field| (rank + 2, field))
    })
}
