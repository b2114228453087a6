//! Counts and sums by group: the pipeline by stage, the forecast by month's end.

use crate::prepare::issue;
use crate::query::parse_filter;
use crate::{Caller, Engine, Masked, Released};
use access::{Action, Level};
use kernel::{Fault, RecordId, Result, Text, limits};
use ledger::{Act, Event};
use schema::{Entity, Field, FieldKind};
use serde::Serialize;
use serde_json::{Value, json};

/// One group.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// The value that the group shares; null for records without one.
    pub group: Value,
    /// Currency, if money was added up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The sum, as a decimal, if something was added up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
    /// How many records.
    pub count: u64,
}

/// Whether groups by this field would be a list of records, of which the ledger would name none.
const fn tells_one(field: &Field) -> bool {
    use FieldKind as K;
    let coded = matches!(field.kind, K::Choice { .. } | K::Bool | K::Reference { .. } | K::User | K::Country);
    let flags = &field.flags;
    !coded && (flags.personal || flags.searchable || flags.sorts_as_name || flags.unique)
}

impl Engine {
    /// Counts by `group`, and sums of `sum` if it is given, over what the caller may read. A group is a
    /// field, `owner` or `team`; a date followed by `:month` is grouped by month. Fields that the caller
    /// may not read count as unknown.
    ///
    /// # Errors
    /// Forbidden; unknown field, one that cannot be grouped by or added up; wrong condition.
    pub async fn totals(
        &self,
        caller: &Caller,
        entity: &Entity,
        group: &str,
        sum: Option<&str>,
        filters: &[String],
    ) -> Result<Released<Vec<Total>>> {
        let permit = match caller.policy.list(&caller.actor, Action::Read, entity.code) {
            Ok(permit) => permit,
            Err(fault) => return Err(self.refused(caller, entity.code.0, RecordId::NIL, fault).await),
        };
        if filters.len() > limits::FILTERS {
            let max = limits::FILTERS;
            let text = Text::new(format!("Najwyżej {max} warunków."), format!("At most {max} conditions."));
            return Err(Fault::invalid(text));
        }
        let conditions = filters
            .iter()
            .enumerate()
            .map(|(i, f)| parse_filter(entity, permit.most(), i, f))
            .collect::<Result<Vec<_>>>()?;
        let (group, by_month) = match group.split_once(':') {
            None => (group, false),
            Some((field, "month")) => (field, true),
            Some(_) => {
                let text = Text::of("Można grupować tylko po :month.", "Only :month can be grouped by.");
                return Err(issue("group", "unknown-unit", text));
            }
        };
        if entity.field(group).is_some_and(|f| permit.most().level(group) >= Level::Read && tells_one(f)) {
            return Err(issue(
                "group",
                "unfit-field",
                Text::of(
                    "Po tym polu nie da się grupować: wskazuje pojedyncze rekordy.",
                    "This field cannot be grouped by: it identifies single records.",
                ),
            ));
        }
        let sums = self.0.index.sum_by(&permit, group, by_month, sum, conditions).await?;
        let totals = sums
            .into_iter()
            .map(|s| Total {
                group: s.group,
                currency: s.currency,
                sum: s.total.map(|t| t.to_string()),
                count: s.count,
            })
            .collect();
        let mut event = Event { entity: entity.code.0, ..self.event(caller, Act::RecordCount) };
        let names: Vec<&str> = filters.iter().filter_map(|f| f.split(':').next()).collect();
        self.set_detail(
            &mut event,
            &json!({ "group": group, "by_month": by_month, "sum": sum, "filters": names }),
        )?;
        let receipt = self.receipt(event).await?;
        Ok(Masked::new(totals).release(&receipt))
    }
}
