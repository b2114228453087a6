//! What was disclosed to partner organisations, as a table: all of it or none.

use crate::disclosures::BUDGET;
use crate::{Caller, Cell, Column, Disclosure, DisclosureFilter, Engine, Masked, Released, Table};
use kernel::{Fault, Result, Text};
use serde_json::json;
use std::collections::BTreeSet;

/// Rows of one table.
const TABLE: usize = 10_000;
/// Events of a table that are held at once.
const TABLE_EVENTS: usize = 200;

impl Engine {
    /// All that was disclosed under these conditions, as a table.
    ///
    /// # Errors
    /// As [`Engine::disclosures`]; invalid above 10,000 rows, or if 50,000 events were looked at and there are more.
    pub async fn disclosure_table(
        &self,
        caller: &Caller,
        filter: &DisclosureFilter,
    ) -> Result<Released<Table>> {
        let columns = [
            ("at", Text::of("Kiedy", "When")),
            ("partner", Text::of("Organizacja partnera", "Partner organisation")),
            ("user", Text::of("Osoba", "Person")),
            ("channel", Text::of("Sposób", "Channel")),
            ("entity", Text::of("Rodzaj", "Kind")),
            ("record", Text::of("Rekord", "Record")),
            ("version", Text::of("Wersja", "Version")),
            ("fields", Text::of("Pola", "Fields")),
            ("masked", Text::of("Pola pokazane częściowo", "Fields shown in part")),
            ("grants", Text::of("Udostępnienia", "Grants")),
            ("agreements", Text::of("Umowy", "Agreements")),
            ("event", Text::of("Zdarzenie w dzienniku", "Event in the ledger")),
        ];
        let column = |(name, label): &(&str, Text)| Column {
            name: (*name).to_owned(),
            label: label.get(caller.lang).to_owned(),
        };
        self.may_read_disclosures(caller, filter).await?;
        let rows = self.all_disclosed(caller, filter).await?.into_iter().map(cells).collect();
        let table = Table { columns: columns.iter().map(column).collect(), rows, left_out: 0 };
        let about = json!({ "record": filter.record, "partner": filter.partner, "rows": table.rows.len() });
        let receipt = self.receipt(self.looked(caller, filter, &about)?).await?;
        Ok(Masked::new(table).release(&receipt))
    }

    /// All that was disclosed, newest first: one budget for all ways by which it is looked for.
    async fn all_disclosed(&self, caller: &Caller, filter: &DisclosureFilter) -> Result<Vec<Disclosure>> {
        let records = self.records_asked(filter).await?;
        let (mut found, mut items, mut looked) = (BTreeSet::new(), Vec::new(), 0);
        for filter in self.filters_of(filter, records.as_ref()) {
            let mut before = None;
            loop {
                let left = BUDGET.saturating_sub(looked);
                let (rows, next) = self.look_at(&filter, before, TABLE_EVENTS, left, &mut looked).await?;
                // One event may have shown several of the records.
                for row in rows.iter().filter(|row| found.insert(row.seq)) {
                    items.extend(self.told_of(caller, row, records.as_ref())?);
                }
                if items.len() > TABLE || next.is_some() && looked >= BUDGET {
                    return Err(table_too_long());
                }
                match next {
                    Some(next) => before = Some(next),
                    None => break,
                }
            }
        }
        items.sort_by_key(|item| std::cmp::Reverse(item.seq));
        Ok(items)
    }
}

fn table_too_long() -> Fault {
    let text = Text::of(
        "To więcej niż 10 000 ujawnień albo za dużo zdarzeń do przejrzenia. Zawęź okres.",
        "These are more than 10,000 disclosures, or too many events to look through. Narrow the time.",
    );
    crate::prepare::issue("from", "too-many", text)
}

fn cells(item: Disclosure) -> Vec<Cell> {
    let names = |names: Option<Vec<String>>| names.map_or(Cell::None, |names| Cell::Text(names.join(" ")));
    let grants = item.grants.map(|grants| grants.iter().map(ToString::to_string).collect());
    vec![
        Cell::Moment(item.at),
        Cell::Text(item.partner.name),
        Cell::Text(item.user.name),
        Cell::Text(item.channel.to_owned()),
        item.entity.map_or(Cell::None, Cell::Text),
        Cell::Text(item.record.to_string()),
        item.version.map_or(Cell::None, |version| Cell::Number(version.to_string())),
        names(item.fields),
        names(item.masked),
        names(grants),
        names(item.agreements.map(|all| all.into_iter().map(|agreement| agreement.name).collect())),
        Cell::Text(item.event.to_string()),
    ]
}
