//! Reading `?filter=` and `?sort=` into what the index understands.

use access::{Level, Mask};
use index::{Filter, Operator, Sort, SortBy};
use kernel::{Fault, FieldIssue, Result, Text, limits};
use schema::{Entity, Field, FieldKind};
use serde_json::Value;

/// Names that every record has beside its fields.
const COMMON: [&str; 6] = ["owner", "team", "created_at", "updated_at", "created_by", "updated_by"];

/// The operators by the names they have in URLs.
const OPERATORS: [(&str, Operator); 12] = [
    ("eq", Operator::Eq),
    ("ne", Operator::Ne),
    ("in", Operator::In),
    ("lt", Operator::Lt),
    ("lte", Operator::Lte),
    ("gt", Operator::Gt),
    ("gte", Operator::Gte),
    ("starts", Operator::Starts),
    ("contains", Operator::Contains),
    ("has", Operator::Has),
    ("empty", Operator::Empty),
    ("filled", Operator::Filled),
];

fn wrong(at: String, code: &str, reason: Text, example: &str) -> Fault {
    Fault::fields(vec![FieldIssue {
        field: at,
        code: code.to_owned(),
        reason,
        example: Some(example.to_owned()),
    }])
}

pub(crate) fn unknown(at: String, name: &str) -> Fault {
    wrong(
        at,
        "unknown-field",
        Text::new(format!("Nie ma pola „{name}”."), format!("There is no field \"{name}\".")),
        "stage:eq:won",
    )
    .naming(name)
}

/// One condition, `field:op:value`; several values of `in` are parted by commas.
///
/// # Errors
/// Unknown field (hidden and masked ones count as unknown), unknown operator, wrong value: each says
/// which condition, and gives an example.
pub fn parse_filter(entity: &Entity, mask: &Mask, position: usize, text: &str) -> Result<Filter> {
    let at = format!("filter[{position}]");
    let mut parts = text.splitn(3, ':');
    let (name, op, value) =
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
    let field = entity.field(name).filter(|_| mask.level(name) >= Level::Read);
    if field.is_none() && !COMMON.contains(&name) {
        return Err(unknown(at, name));
    }
    let Some((_, op)) = OPERATORS.into_iter().find(|(name, _)| *name == op) else {
        let names = OPERATORS.map(|(name, _)| name).join(", ");
        return Err(wrong(
            at,
            "unknown-operator",
            Text::new(
                format!("Nie ma operatora „{op}”. Są: {names}."),
                format!("There is no operator \"{op}\". There are: {names}."),
            ),
            "value:gte:1000",
        ));
    };
    let raw: Vec<&str> = match (op, value) {
        (Operator::Empty | Operator::Filled, _) => Vec::new(),
        (Operator::In | Operator::Has, Some(list)) => list.split(',').collect(),
        (_, Some(one)) => vec![one],
        (_, None) => {
            return Err(wrong(
                at,
                "value-missing",
                Text::of("Brakuje wartości.", "The value is missing."),
                "stage:eq:won",
            ));
        }
    };
    if raw.len() > limits::FILTER_VALUES {
        return Err(wrong(
            at,
            "too-many-values",
            Text::new(
                format!("Najwyżej {} wartości.", limits::FILTER_VALUES),
                format!("At most {} values.", limits::FILTER_VALUES),
            ),
            "stage:in:won,lost",
        ));
    }
    let values = raw.into_iter().map(|v| value_of(field, &at, v)).collect::<Result<Vec<_>>>()?;
    Ok(Filter { field: name.to_owned(), op, values })
}

fn value_of(field: Option<&Field>, at: &str, text: &str) -> Result<Value> {
    let number = |example: &str| {
        wrong(
            at.to_owned(),
            "not-a-number",
            Text::of("To nie jest liczba.", "This is not a number."),
            example,
        )
    };
    Ok(match field.map(|f| &f.kind) {
        Some(FieldKind::Integer { .. }) => Value::from(text.parse::<i64>().map_err(|_| number("10"))?),
        Some(FieldKind::Bool) => match text {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => {
                let reason = Text::of("Ma być true albo false.", "Must be true or false.");
                return Err(wrong(at.to_owned(), "not-a-bool", reason, "true"));
            }
        },
        _ => Value::String(text.to_owned()),
    })
}

/// `field` ascending, `-field` descending; without one, the latest change first.
///
/// # Errors
/// Unknown field; hidden and masked ones count as unknown.
pub(crate) fn parse_sort(entity: &Entity, mask: &Mask, text: Option<&str>) -> Result<Sort> {
    let Some(text) = text.filter(|t| !t.is_empty()) else {
        return Ok(Sort { by: SortBy::Updated, descending: true });
    };
    let (name, descending) = text.strip_prefix('-').map_or((text, false), |n| (n, true));
    let by = match name {
        "updated_at" => SortBy::Updated,
        "created_at" => SortBy::Created,
        _ if entity.field(name).is_some() && mask.level(name) >= Level::Read => {
            SortBy::Field(name.to_owned())
        }
        _ => return Err(unknown("sort".to_owned(), name)),
    };
    Ok(Sort { by, descending })
}
