//! Totals by group: the pipeline.

use crate::arms::{Reach, Sql, reads_all};
use crate::filter::{conditions, readable, unfit};
use crate::layout::{Col, Table};
use crate::open::Index;
use crate::pool::read_fault;
use crate::types::{Filter, Sum};
use crate::values::unscaled;
use access::{ListPermit, Mask};
use kernel::{RecordId, Result, Time};
use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;
use rust_decimal::Decimal;
use schema::{Column, FieldKind, fold};
use serde_json::Value as Json;

/// Groups at most; the rest is left out.
const GROUPS: u32 = 1_000;

impl Index {
    /// Records that are not in the bin, counted, and `sum` added up if it is given, for each value of
    /// `group`, a field, `owner` or `team`, or for each month (in UTC) of a date; amounts of different
    /// currencies apart. Texts come folded, but for codes of choices.
    ///
    /// # Errors
    /// As [`Index::query`]; a field that may not be read counts as unknown here too.
    pub async fn sum_by(
        &self,
        permit: &ListPermit,
        group: &str,
        by_month: bool,
        sum: Option<&str>,
        filters: Vec<Filter>,
    ) -> Result<Vec<Sum>> {
        let (permit, group, sum) = (permit.clone(), group.to_owned(), sum.map(str::to_owned));
        self.read(move |connection, layout, keyed| {
            let (table, mask) = (layout.table(permit.entity())?, permit.most());
            let by = By::of(table, mask, &group, by_month)?;
            let added = sum.as_deref().map(|sum| summed(table, mask, sum)).transpose()?;
            let reach = Reach::of(table, permit.predicate());
            let mut sql = Sql::default();
            let mut rest = conditions(&mut sql, table, &permit, keyed, &filters)?;
            rest.extend(reads_all(&mut sql, table, &permit, by.field().into_iter().chain(sum.as_deref())));
            if reach.ways.is_empty() {
                return Ok(Vec::new());
            }
            let rest: String = rest.iter().map(|c| format!(" AND {c}")).collect();
            let rows = &table.rows;
            let currency =
                added.and_then(|a| a.currency.as_ref()).map_or("NULL".to_owned(), |c| format!("e.{c}"));
            // Whole and rest apart, so that no sum of 64-bit numbers overflows.
            let (s, visible) =
                (added.map_or("0".to_owned(), |a| format!("e.{}", a.name)), reach.condition(&mut sql));
            let g = by.expression();
            let text = format!(
                "SELECT {g}, {currency}, coalesce(sum({s}/1000000),0), coalesce(sum({s}%1000000),0), count(*)
                 FROM {rows} AS e INDEXED BY {rows}_all WHERE e.archived=0 AND {visible}{rest}
                 GROUP BY 1, 2 ORDER BY 1, 2 LIMIT {GROUPS}"
            );
            let run = || -> rusqlite::Result<Vec<Sum>> {
                let mut prepared = connection.prepare_cached(&text)?;
                prepared
                    .query_map(params_from_iter(sql.params), |r| {
                        let (high, low): (i64, i64) = (r.get(2)?, r.get(3)?);
                        Ok(Sum {
                            group: by.value(r.get_ref(0)?),
                            currency: r.get(1)?,
                            total: added.map(|added| total(added, high, low)),
                            count: u64::try_from(r.get::<_, i64>(4)?).unwrap_or_default(),
                        })
                    })?
                    .collect()
            };
            run().map_err(|e| read_fault(&e))
        })
        .await
    }
}

/// What records are grouped by.
enum By<'t> {
    Field(&'t Col),
    Month(&'t Col),
    /// Whose they are.
    Whose(&'static str),
}

impl<'t> By<'t> {
    fn of(table: &'t Table, mask: &Mask, group: &str, by_month: bool) -> Result<Self> {
        match group {
            "owner" | "team" if by_month => return Err(unfit(group)),
            "owner" if table.col(group).is_none() => return Ok(Self::Whose("owner")),
            "team" if table.col(group).is_none() => return Ok(Self::Whose("team")),
            _ => {}
        }
        let by = readable(table, mask, group)?;
        match by.column {
            Column::None | Column::Many | Column::Keyed => Err(unfit(group)),
            Column::Time if by_month => Ok(Self::Month(by)),
            _ if by_month => Err(unfit(group)),
            _ => Ok(Self::Field(by)),
        }
    }

    fn field(&self) -> Option<&str> {
        match self {
            Self::Field(col) | Self::Month(col) => Some(&col.field.name),
            Self::Whose(_) => None,
        }
    }

    fn expression(&self) -> String {
        match self {
            Self::Field(col) => format!("e.{}", col.name),
            Self::Month(col) => month_of(col),
            Self::Whose(name) => format!("e.{name}"),
        }
    }

    fn value(&self, value: ValueRef<'_>) -> Json {
        match self {
            Self::Field(col) | Self::Month(col) => group_value(col, value),
            Self::Whose(_) => value.as_blob().map_or(Json::Null, id_text),
        }
    }
}

/// The field to add up.
fn summed<'t>(table: &'t Table, mask: &Mask, sum: &str) -> Result<&'t Col> {
    let added = readable(table, mask, sum)?;
    if matches!(added.column, Column::Integer | Column::Scaled) { Ok(added) } else { Err(unfit(sum)) }
}

fn id_text(bytes: &[u8]) -> Json {
    RecordId::from_slice(bytes).map_or(Json::Null, |id| Json::String(id.to_string()))
}

/// The month of a date or moment, as `2026-11`.
fn month_of(by: &Col) -> String {
    let name = &by.name;
    let seconds = match by.field.kind {
        FieldKind::Date => format!("e.{name}*86400"),
        // Down to the second, before 1970 too.
        _ => format!("(e.{name}-(e.{name}%1000+1000)%1000)/1000"),
    };
    format!("strftime('%Y-%m',{seconds},'unixepoch')")
}

fn total(added: &Col, high: i64, low: i64) -> Decimal {
    let whole = Decimal::from(high) * Decimal::from(1_000_000) + Decimal::from(low);
    if added.column == Column::Scaled { (whole * Decimal::new(1, 4)).normalize() } else { whole }
}

/// The shared value as the API shows it.
fn group_value(by: &Col, value: ValueRef<'_>) -> Json {
    match (by.column, value) {
        (Column::Time, ValueRef::Integer(n)) if matches!(by.field.kind, FieldKind::Date) => {
            let span = jiff::Span::new().try_days(n);
            let day = span.and_then(|s| jiff::civil::date(1970, 1, 1).checked_add(s));
            day.map_or(Json::Null, |d| Json::String(d.to_string()))
        }
        (Column::Time, ValueRef::Integer(n)) => Json::String(Time(n).rfc3339()),
        (Column::Scaled, ValueRef::Integer(n)) => Json::String(unscaled(n).to_string()),
        (_, ValueRef::Integer(n)) if matches!(by.field.kind, FieldKind::Bool) => Json::Bool(n != 0),
        (_, ValueRef::Integer(n)) => Json::from(n),
        (_, ValueRef::Text(t)) => {
            let folded = String::from_utf8_lossy(t).into_owned();
            let code = match &by.field.kind {
                FieldKind::Choice { choices } => choices.iter().map(|c| &c.code).find(|c| fold(c) == folded),
                _ => None,
            };
            Json::String(code.cloned().unwrap_or(folded))
        }
        (_, ValueRef::Blob(b)) => id_text(b),
        _ => Json::Null,
    }
}
