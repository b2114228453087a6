//! The components that an entity adds: schemas of what is sent and answered, parameters of its list.

use super::names::{pascal, schema};
use super::parameters::{of_lists, of_totals, query, several};
use super::value::{answered, sent};
use kernel::{Lang, limits};
use schema::{Column, Entity, Field, default_of, sources_of};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Operators that need a value, by how the index keeps a field.
const fn operators(column: Column) -> &'static str {
    match column {
        Column::None => "",
        Column::Text => "eq|ne|in|lt|lte|gt|gte|starts|contains",
        Column::Integer | Column::Scaled | Column::Time => "eq|ne|in|lt|lte|gt|gte",
        Column::Id => "eq|ne|in",
        Column::Many => "has",
        Column::Keyed => "eq|in",
    }
}

/// What can be filtered by beside fields.
const COMMON: [(&str, Column); 4] =
    [("owner", Column::Id), ("team", Column::Id), ("created_at", Column::Time), ("updated_at", Column::Time)];

/// The schemas of an entity, by name.
pub fn schemas(entity: &Entity) -> Vec<(String, Value)> {
    let name = pascal(&entity.name);
    vec![
        (format!("{name}Fields"), fields(entity)),
        (format!("{name}Values"), values(entity)),
        (format!("{name}Create"), create(entity, &name)),
        (format!("{name}Update"), update(entity, &name)),
        (format!("{name}Bulk"), bulk(entity, &name)),
        (name.clone(), record(entity, &name)),
        (format!("{name}Row"), row(entity, &name)),
        (format!("{name}Page"), page(entity, &name)),
        (format!("{name}Query"), list_query(entity)),
        (format!("{name}TotalsQuery"), totals_query(entity)),
    ]
}

/// The parameters of an entity's list, by name.
pub fn parameters(entity: &Entity) -> Vec<(String, Value)> {
    let name = pascal(&entity.name);
    vec![
        (format!("{name}Filter"), filter(entity)),
        (format!("{name}Sort"), sort(entity)),
        (format!("{name}RowFields"), row_fields(entity)),
        (format!("{name}ExportFields"), named(entity, "Columns of fields, in this order", |_| true)),
    ]
}

fn row_fields(entity: &Entity) -> Value {
    named(entity, "Fields that rows are to have, of those that the caller may see", Field::is_listed)
}

fn properties(entity: &Entity, take: impl Fn(&Field) -> Option<Value>) -> Map<String, Value> {
    entity.fields.iter().filter_map(|f| Some((f.name.clone(), take(f)?))).collect()
}

fn fields(entity: &Entity) -> Value {
    json!({
        "type": "object",
        "description": "Values by field; null means that there is none.",
        "properties": properties(entity, |f| (!f.flags.read_only).then(|| sent(f))),
        "additionalProperties": false,
    })
}

fn values(entity: &Entity) -> Value {
    json!({
        "type": "object",
        "description": "Values by field. A field without a value, or hidden from the caller, is absent. In rows of lists, long texts and special fields are absent too.",
        "properties": properties(entity, |f| Some(answered(f))),
        "additionalProperties": false,
    })
}

/// What a new record must have: required fields that have no default, and for a required computed one
/// at least one of those it is computed from.
fn needed(entity: &Entity) -> Value {
    let required = entity.fields.iter().filter(|f| f.flags.required);
    let (computed, given): (Vec<_>, Vec<_>) = required.partition(|f| f.flags.read_only);
    let given: Vec<&str> =
        given.into_iter().filter(|f| default_of(f).is_none()).map(|f| f.name.as_str()).collect();
    let mut all = vec![schema(&format!("{}Fields", pascal(&entity.name)))];
    if !given.is_empty() {
        all.push(json!({ "required": given }));
    }
    for field in computed {
        let one_of: Vec<Value> = sources_of(&entity.name, &field.name)
            .iter()
            .map(|source| json!({ "required": [source] }))
            .collect();
        if !one_of.is_empty() {
            all.push(json!({ "anyOf": one_of }));
        }
    }
    json!({ "allOf": all })
}

fn owner() -> Value {
    json!({ "type": ["string", "null"], "format": "uuid", "description": "The owner, an active user." })
}

fn duplicate() -> Value {
    json!({ "type": "boolean", "default": false, "description": "Accept that another record has the same unique value." })
}

fn create(entity: &Entity, name: &str) -> Value {
    let mut properties = Map::from_iter([
        ("fields".to_owned(), needed(entity)),
        ("owner".to_owned(), owner()),
        ("allow_duplicate".to_owned(), duplicate()),
    ]);
    if entity.is_child() {
        properties.insert(
            "parent".to_owned(),
            json!({
                "type": ["object", "null"],
                "description": "The record it hangs on; it is visible where that is.",
                "properties": { "entity": { "type": "string", "enum": entity.parents }, "id": schema("Id") },
                "required": ["entity", "id"],
                "additionalProperties": false,
            }),
        );
    }
    json!({
        "type": "object",
        "title": format!("New {name}"),
        "properties": properties,
        "required": ["fields"],
        "additionalProperties": false,
    })
}

fn update(_: &Entity, name: &str) -> Value {
    json!({
        "type": "object",
        "title": format!("Change of {name}"),
        "properties": {
            "fields": {
                "description": "A JSON merge patch (RFC 7396): null removes a value, what is not named stays.",
                "oneOf": [schema(&format!("{name}Fields")), { "type": "null" }],
            },
            "owner": owner(),
            "allow_duplicate": duplicate(),
        },
        "additionalProperties": false,
    })
}

fn bulk(_: &Entity, name: &str) -> Value {
    json!({
        "type": "object",
        "title": format!("Change of many {name}"),
        "properties": {
            "select": schema("BulkSelect"),
            "change": {
                "type": "object",
                "properties": { "owner": owner(), "fields": schema(&format!("{name}Fields")) },
                "minProperties": 1,
                "additionalProperties": false,
            },
            "action": { "type": "string", "enum": ["delete", "restore"] },
            "share": schema("GrantCreate"),
        },
        "required": ["select"],
        "additionalProperties": false,
    })
}

fn record(entity: &Entity, name: &str) -> Value {
    json!({
        "title": entity.label.get(Lang::En),
        "description": format!("{} ({}).", entity.label.get(Lang::En), entity.label.get(Lang::Pl)),
        "allOf": [
            schema("RecordHead"),
            {
                "type": "object",
                "properties": {
                    "entity": { "type": "string", "const": entity.name },
                    "fields": schema(&format!("{name}Values")),
                },
                "required": ["entity", "fields"],
            },
        ],
    })
}

fn row(entity: &Entity, name: &str) -> Value {
    let mut properties = json!({ "fields": schema(&format!("{name}Values")) });
    if !entity.is_child() {
        properties["next_activity"] = json!({
            "description": "What is to be done next on it; only when asked, and if the caller reads activities.",
            "oneOf": [schema("NextActivity"), { "type": "null" }],
        });
    }
    json!({
        "title": format!("{} in a list", entity.label.get(Lang::En)),
        "allOf": [
            schema("RowHead"),
            { "type": "object", "properties": properties, "required": ["fields"] },
        ],
    })
}

fn page(entity: &Entity, name: &str) -> Value {
    json!({
        "type": "object",
        "title": format!("Page of {}", entity.label_plural.get(Lang::En)),
        "properties": {
            "items": { "type": "array", "maxItems": limits::PAGE_MAX, "items": schema(&format!("{name}Row")) },
            "next_cursor": {
                "type": ["string", "null"],
                "description": "Pass as `cursor` to go on, with all other parameters as they were; null at the end.",
            },
            "count": { "type": "integer", "minimum": 0, "maximum": 10_000, "description": "Only when asked; stops at 10,000." },
            "refs": schema("Refs"),
            "access": schema("Access"),
        },
        "required": ["items", "next_cursor", "access"],
    })
}

/// A member of a body that stands for a parameter.
fn member(parameter: &Value) -> Value {
    let mut value = parameter["schema"].clone();
    if value.get("$ref").is_none() {
        value["description"] = parameter["description"].clone();
    }
    value
}

/// Members of a body that stand for parameters, by the parameters' own names.
fn members<'a>(parameters: impl Iterator<Item = &'a Value>) -> Map<String, Value> {
    parameters.map(|p| (p["name"].as_str().unwrap_or_default().to_owned(), member(p))).collect()
}

fn list_query(entity: &Entity) -> Value {
    let shared = of_lists();
    let named =
        ["Search", "Limit", "Cursor", "Parent", "Binned", "Count", "Refs", "NextActivity"].into_iter();
    let shared = named.filter_map(|name| shared.iter().find(|(known, _)| *known == name)).map(|(_, p)| p);
    let own = [filter(entity), sort(entity), row_fields(entity)];
    json!({
        "type": "object",
        "title": format!("What a list of {} is asked for", entity.label_plural.get(Lang::En)),
        "properties": members(shared.chain(&own)),
        "additionalProperties": false,
    })
}

fn totals_query(entity: &Entity) -> Value {
    let mut properties = members(of_totals().iter().map(|(_, parameter)| parameter));
    properties.extend(members([filter(entity)].iter()));
    json!({
        "type": "object",
        "title": format!("What is added up of {}", entity.label_plural.get(Lang::En)),
        "properties": properties,
        "required": ["group"],
        "additionalProperties": false,
    })
}

/// `^(city|name):(eq|ne):…|(tags):(has):…|(city|name|tags):(empty|filled)$`
fn filter_pattern(entity: &Entity) -> String {
    let fields = entity.fields.iter().map(|f| (f.name.as_str(), f.column()));
    let all: Vec<(&str, Column)> =
        fields.chain(COMMON).filter(|(_, column)| *column != Column::None).collect();
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, column) in &all {
        groups.entry(operators(*column)).or_default().push(name);
    }
    let groups =
        groups.iter().map(|(operators, names)| format!("({}):({operators}):[\\s\\S]*", names.join("|")));
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let bare = format!("({}):(empty|filled)(:[\\s\\S]*)?", names.join("|"));
    format!("^({})$", groups.chain([bare]).collect::<Vec<_>>().join("|"))
}

fn filter(entity: &Entity) -> Value {
    let text = format!(
        "A condition `field:op:value`; repeat it for more, all must hold, {} at most. Operators: `eq`, `ne`, `in`, `lt`, `lte`, `gt`, `gte`, `starts`, `contains`, `has`, as far as the kind of the field has them, and without a value `empty` and `filled`. Values of `in` are parted by commas, {} at most. Fields that are hidden or masked count as unknown.",
        limits::FILTERS,
        limits::FILTER_VALUES,
    );
    let items = json!({ "type": "string", "pattern": filter_pattern(entity) });
    several("filter", &text, json!({ "type": "array", "maxItems": limits::FILTERS, "items": items }))
}

fn sort(entity: &Entity) -> Value {
    let sortable = |f: &&Field| !matches!(f.column(), Column::None | Column::Many | Column::Keyed);
    let fields = entity.fields.iter().filter(sortable).map(|f| f.name.as_str());
    let names: Vec<&str> = ["updated_at", "created_at"].into_iter().chain(fields).collect();
    query(
        "sort",
        "`field` ascending, `-field` descending. Names sort in Polish order.",
        json!({ "type": "string", "pattern": format!("^-?({})$", names.join("|")), "default": "-updated_at" }),
    )
}

/// A choice among the fields that `may` be named.
fn named(entity: &Entity, what: &str, may: impl Fn(&Field) -> bool) -> Value {
    let names: Vec<&str> = entity.fields.iter().filter(|f| may(f)).map(|f| f.name.as_str()).collect();
    let text = format!("{what}; all without it. Parted by commas. Hidden ones count as unknown.");
    let list = json!({ "type": "array", "minItems": 1, "maxItems": limits::FIELDS, "items": { "type": "string", "enum": names } });
    let mut one = query("fields", &text, list);
    (one["style"], one["explode"]) = (json!("form"), json!(false));
    one
}
