//! Filters as SQL, and which fields the caller may ask about at all.

use crate::arms::{Sql, reads};
use crate::layout::{Col, Table};
use crate::open::Keyed;
use crate::types::{Filter, Operator};
use crate::values::compared;
use access::{Level, ListPermit, Mask};
use kernel::{Fault, FieldIssue, RecordId, Result, Text, Time, limits};
use rusqlite::types::Value;
use schema::{Column, sources_of};
use serde_json::Value as Json;

/// The level of a field, which is that of the least readable field it is computed from.
pub(crate) fn level(table: &Table, mask: &Mask, field: &str) -> Level {
    sources_of(&table.name, field).iter().map(|s| mask.level(s)).fold(mask.level(field), Level::min)
}

/// The field called `name`, if the caller may read it.
///
/// # Errors
/// The same for a field that does not exist and for one that may not be read.
pub(crate) fn readable<'t>(table: &'t Table, mask: &Mask, name: &str) -> Result<&'t Col> {
    table.col(name).filter(|_| level(table, mask, name) >= Level::Read).ok_or_else(|| unknown(name))
}

fn issue(field: &str, code: &str, reason: Text) -> Fault {
    Fault::fields(vec![FieldIssue { field: field.to_owned(), code: code.to_owned(), reason, example: None }])
}

pub(crate) fn unknown(name: &str) -> Fault {
    issue(name, "unknown-field", Text::of("Nie ma takiego pola.", "There is no such field."))
}

/// A field that is there, but cannot serve this purpose.
pub(crate) fn unfit(name: &str) -> Fault {
    issue(
        name,
        "unfit-field",
        Text::of(
            "Po tym polu nie da się w ten sposób filtrować, sortować ani sumować.",
            "This field cannot be filtered, sorted or added up in this way.",
        ),
    )
}

fn wrong_value(name: &str) -> Fault {
    issue(
        name,
        "wrong-value",
        Text::of("Warunek ma niewłaściwą wartość.", "The condition has a wrong value."),
    )
}

fn wrong_count(name: &str) -> Fault {
    let most = limits::FILTER_VALUES;
    issue(
        name,
        "wrong-count",
        Text::new(
            format!("Warunek ma niewłaściwą liczbę wartości (najwyżej {most})."),
            format!("The condition has a wrong number of values (at most {most})."),
        ),
    )
}

/// What a filter is about.
enum Target<'t> {
    Field(&'t Col),
    Id(&'static str),
    Moment(&'static str),
}

impl Target<'_> {
    fn expression(&self) -> String {
        match self {
            Self::Field(col) => format!("e.{}", col.name),
            Self::Id(name) | Self::Moment(name) => format!("e.{name}"),
        }
    }

    const fn column(&self) -> Column {
        match self {
            Self::Field(col) => col.column,
            Self::Id(_) => Column::Id,
            Self::Moment(_) => Column::Time,
        }
    }

    fn value(&self, table: &Table, value: &Json, keyed: &Keyed) -> Option<Value> {
        match self {
            Self::Field(col) => compared(&table.name, col, value, keyed),
            Self::Id(_) => {
                value.as_str()?.parse::<RecordId>().ok().map(|id| Value::Blob(id.bytes().to_vec()))
            }
            Self::Moment(_) => Time::parse(value.as_str()?).map(|t| Value::Integer(t.0)),
        }
    }
}

fn target<'t>(table: &'t Table, permit: &ListPermit, name: &str) -> Result<Target<'t>> {
    if table.col(name).is_some() {
        return readable(table, permit.most(), name).map(Target::Field);
    }
    Ok(match name {
        "owner" => Target::Id("owner"),
        "team" => Target::Id("team"),
        "created_by" => Target::Id("created_by"),
        "updated_by" => Target::Id("updated_by"),
        "created_at" => Target::Moment("created"),
        "updated_at" => Target::Moment("updated"),
        _ => return Err(unknown(name)),
    })
}

const fn allowed(column: Column, op: Operator) -> bool {
    use Operator as O;
    match column {
        Column::None => false,
        Column::Text => !matches!(op, O::Has),
        Column::Integer | Column::Scaled | Column::Time => !matches!(op, O::Has | O::Starts | O::Contains),
        Column::Id => matches!(op, O::Eq | O::Ne | O::In | O::Empty | O::Filled),
        Column::Many => matches!(op, O::Has | O::Empty | O::Filled),
        Column::Keyed => matches!(op, O::Eq | O::In | O::Empty | O::Filled),
    }
}

/// The condition of one filter, which holds for no row on which its field may not be read.
///
/// # Errors
/// Invalid, naming the field.
pub(crate) fn condition(
    sql: &mut Sql,
    table: &Table,
    permit: &ListPermit,
    keyed: &Keyed,
    filter: &Filter,
) -> Result<String> {
    let name = &filter.field;
    let target = target(table, permit, name)?;
    if !allowed(target.column(), filter.op) {
        return Err(unfit(name));
    }
    let fits = match filter.op {
        Operator::Empty | Operator::Filled => filter.values.is_empty(),
        Operator::In | Operator::Has => (1..=limits::FILTER_VALUES).contains(&filter.values.len()),
        _ => filter.values.len() == 1,
    };
    if !fits {
        return Err(wrong_count(name));
    }
    let values: Vec<Value> = filter
        .values
        .iter()
        .map(|v| target.value(table, v, keyed).ok_or_else(|| wrong_value(name)))
        .collect::<Result<_>>()?;
    let marks = sql.bind_all(values);
    let e = target.expression();
    let test = match filter.op {
        Operator::Eq => format!("{e}={marks}"),
        Operator::Ne => format!("{e} IS NOT {marks}"),
        Operator::In => format!("{e} IN ({marks})"),
        Operator::Lt => format!("{e}<{marks}"),
        Operator::Lte => format!("{e}<={marks}"),
        Operator::Gt => format!("{e}>{marks}"),
        Operator::Gte => format!("{e}>={marks}"),
        Operator::Starts => format!("substr({e},1,length({marks}))={marks}"),
        Operator::Contains => format!("instr({e},{marks})>0"),
        Operator::Has => format!("EXISTS (SELECT 1 FROM json_each({e}) AS j WHERE j.value IN ({marks}))"),
        Operator::Empty => format!("{e} IS NULL"),
        Operator::Filled => format!("{e} IS NOT NULL"),
    };
    let within = match target {
        Target::Field(_) => reads(sql, table, &permit.reads(name), "e"),
        Target::Id(_) | Target::Moment(_) => None,
    };
    Ok(within.map_or_else(|| test.clone(), |within| format!("{test} AND {within}")))
}

/// All filters.
///
/// # Errors
/// As [`condition`], and if there are more than [`limits::FILTERS`].
pub(crate) fn conditions(
    sql: &mut Sql,
    table: &Table,
    permit: &ListPermit,
    keyed: &Keyed,
    filters: &[Filter],
) -> Result<Vec<String>> {
    if filters.len() > limits::FILTERS {
        return Err(Fault::invalid(Text::new(
            format!("Lista może mieć najwyżej {} warunków.", limits::FILTERS),
            format!("A list may have at most {} conditions.", limits::FILTERS),
        )));
    }
    filters.iter().map(|f| condition(sql, table, permit, keyed, f)).collect()
}

/// The index that answers one of the filters by equality, if there is one.
pub(crate) fn equality_index<'t>(table: &'t Table, filters: &[Filter]) -> Option<&'t str> {
    filters
        .iter()
        .filter(|f| matches!(f.op, Operator::Eq | Operator::In))
        .find_map(|f| table.col(&f.field)?.index.as_deref())
}
