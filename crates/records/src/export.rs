//! Taking records out as a table: under a permit of its own, masked like a page, and with every record
//! named in the ledger before the first byte leaves.

use crate::query::parse_sort;
use crate::view::masked_fields;
use crate::{Caller, Engine, ListRequest, Masked, Released, content};
use access::{Action, Level};
use index::Query;
use kernel::{Fault, FaultKind, Lang, RecordId, Result, Text, Time, limits};
use ledger::{Act, Event, Touch, TouchKind};
use schema::{Entity, Field, FieldKind};
use serde_json::{Map, Value, json};

/// Records in one export.
pub const EXPORT_MAX: usize = 50_000;

/// A table: headings and rows of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Labels of the fields in the caller's language.
    pub headings: Vec<String>,
    /// One for each record.
    pub rows: Vec<Vec<String>>,
}

impl Engine {
    /// Everything that a list with these conditions would show, as a table. Search, conditions, order and
    /// parent count; limit and cursor do not.
    ///
    /// # Errors
    /// Forbidden without the right to export; invalid above 50,000 records; as a list.
    pub async fn export(
        &self,
        caller: &Caller,
        entity: &Entity,
        request: &ListRequest,
    ) -> Result<Released<Table>> {
        let permit = match caller.policy.list(&caller.actor, Action::Export, entity.code) {
            Ok(permit) => permit,
            Err(fault) => return Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await),
        };
        let whole = ListRequest { limit: Some(limits::PAGE_MAX), cursor: None, ..request.clone() };
        let mut query = self.query(entity, &permit, &whole)?;
        query.sort = parse_sort(entity, permit.mask(), request.sort.as_deref())?;
        let fields: Vec<&Field> =
            entity.fields.iter().filter(|f| permit.mask().level(&f.name) > Level::Hidden).collect();
        let mut table = Table { headings: headings(&fields, caller.lang), rows: Vec::new() };
        let mut touches = Vec::new();
        loop {
            let page = self.0.index.query(&permit, query.clone()).await?;
            let ids: Vec<RecordId> = page.rows.iter().map(|r| r.id).collect();
            if table.rows.len() + ids.len() > EXPORT_MAX {
                return Err(too_many());
            }
            for row in self.0.store.rows(ids).await? {
                let (facts, _) = self.facts(&row).await?;
                // The index may be a moment behind: the store's own facts decide.
                if !caller.policy.decide(&caller.actor, Action::Export, &facts).allow {
                    continue;
                }
                // One whose key was destroyed since the page was made is gone.
                let read = caller.policy.read(&caller.actor, row.id, &facts)?;
                let opened = match content::open(&self.0.vault, &read, &row) {
                    Err(fault) if fault.kind == FaultKind::NotFound => continue,
                    other => other?,
                };
                let values = masked_fields(entity, permit.mask(), &opened);
                table.rows.push(self.cells(&row, &fields, &values));
                touches.push(Touch {
                    entity: row.entity,
                    id: *row.id.bytes(),
                    kind: TouchKind::Seen,
                    hash: None,
                });
            }
            match page.next {
                Some(next) => query = Query { after: Some(next), ..query },
                None => break,
            }
        }
        let count = table.rows.len();
        let mut event = Event { entity: entity.code.0, touches, ..self.event(caller, Act::RecordExport) };
        let names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
        self.set_detail(&mut event, &json!({ "records": count, "fields": names }))?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(table).release(&receipt))
    }

    fn cells(&self, row: &store::Row, fields: &[&Field], values: &Map<String, Value>) -> Vec<String> {
        let mut cells =
            vec![row.id.to_string(), neutral(self.user_name(row.owner).name), Time::rfc3339(row.updated_at)];
        cells.extend(fields.iter().map(|f| values.get(&f.name).map(|v| cell(f, v)).unwrap_or_default()));
        cells
    }
}

fn too_many() -> Fault {
    Fault::invalid(Text::of(
        "Eksport obejmuje więcej niż 50 000 rekordów. Zawęź warunki.",
        "The export has more than 50,000 records. Narrow the conditions.",
    ))
}

fn headings(fields: &[&Field], lang: Lang) -> Vec<String> {
    let common =
        [Text::of("Identyfikator", "Id"), Text::of("Właściciel", "Owner"), Text::of("Zmieniono", "Changed")];
    let labels = common.iter().chain(fields.iter().map(|f| &f.label));
    labels.map(|text| text.get(lang).to_owned()).collect()
}

/// A value as a cell that an import reads back.
fn cell(field: &Field, value: &Value) -> String {
    let plain = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        Value::Object(map) => match (map.get("masked"), &field.kind) {
            (Some(_), _) => "•••".to_owned(),
            (None, FieldKind::Money) => {
                let part = |name: &str| map.get(name).and_then(Value::as_str).unwrap_or_default();
                format!("{} {}", part("amount"), part("currency"))
            }
            _ => value.to_string(),
        },
        Value::Null => String::new(),
        other => other.to_string(),
    };
    neutral(plain)
}

/// Keeps a spreadsheet from running a cell as a formula (OWASP: CSV Injection). A sign before digits
/// alone is a number, such as a telephone number, and stays.
fn neutral(text: String) -> String {
    let number =
        |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b" .,".contains(&b));
    let harmless = match text.chars().next() {
        Some('+' | '-') => number(&text[1..]),
        Some('=' | '@' | '\t' | '\r' | '\n' | '|' | '%') => false,
        _ => true,
    };
    if harmless { text } else { format!("'{text}") }
}

#[cfg(test)]
mod tests {
    use super::neutral;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        for bad in
            ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "\t=1", "|x", "+", "=HYPERLINK(\"x\")"]
        {
            assert_eq!(neutral(bad.to_owned()), format!("'{bad}"));
        }
        for good in ["+48601234567", "-12.50", "Anna", "", "a=b", "3-1"] {
            assert_eq!(neutral(good.to_owned()), good);
        }
    }
}
