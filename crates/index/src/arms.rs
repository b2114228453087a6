//! Visibility as SQL: one indexed way for each condition of the predicate.

use crate::layout::Table;
use access::{Arm, ListPermit, Place, Predicate, Within};
use kernel::{RecordId, TeamId, UserId};
use rusqlite::types::Value;
use std::sync::Arc;

/// Values of a statement, bound by number.
#[derive(Default)]
pub(crate) struct Sql {
    pub params: Vec<Value>,
    /// Sets of ids that are bound, and their marks.
    sets: Vec<(Arc<[RecordId]>, String)>,
}

impl Sql {
    /// Binds a value and gives its mark.
    pub fn bind(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }

    /// Binds a set of ids for the function `among`: each once, however often it is asked about.
    fn bind_set(&mut self, ids: &Arc<[RecordId]>) -> String {
        if let Some((_, mark)) = self.sets.iter().find(|(known, _)| known == ids) {
            return mark.clone();
        }
        let bytes: Vec<u8> = ids.iter().flat_map(|id| *id.bytes()).collect();
        let mark = self.bind(Value::Blob(bytes));
        self.sets.push((ids.clone(), mark.clone()));
        mark
    }

    /// Binds values and gives their marks, separated by commas.
    pub fn bind_all(&mut self, values: impl IntoIterator<Item = Value>) -> String {
        values.into_iter().map(|v| self.bind(v)).collect::<Vec<_>>().join(",")
    }
}

/// One way to be visible.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Way {
    fixed: &'static str,
    equals: Vec<(&'static str, Vec<Value>)>,
    /// A column that has one of these ids; sorted.
    among: Option<(&'static str, Arc<[RecordId]>)>,
    /// The index that starts with what is compared and continues with `archived, updated`.
    pub index: &'static str,
}

impl Way {
    const fn new(fixed: &'static str, index: &'static str) -> Self {
        Self { fixed, equals: Vec::new(), among: None, index }
    }

    fn with(mut self, column: &'static str, values: Vec<Value>) -> Self {
        self.equals.push((column, values));
        self
    }

    fn among(mut self, column: &'static str, ids: &Arc<[RecordId]>) -> Self {
        self.among = Some((column, ids.clone()));
        self
    }

    /// The records that this way names one by one, if it does.
    pub fn named(&self) -> Option<&Arc<[RecordId]>> {
        self.among.as_ref().filter(|(column, _)| *column == "id").map(|(_, ids)| ids)
    }

    /// The condition on rows of the table that the statement calls `e`, by which its index is walked.
    pub fn condition(&self, sql: &mut Sql) -> String {
        let Some((column, ids)) = &self.among else { return self.rest("e", sql) };
        let all: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
        let ids = sql.bind(Value::Text(format!("[{}]", all.join(","))));
        format!("{} AND e.{column} IN (SELECT unhex(value,'-') FROM json_each({ids}))", self.rest("e", sql))
    }

    /// The condition on rows called `e` that something else led to.
    pub fn condition_on(&self, e: &str, sql: &mut Sql) -> String {
        let Some((column, ids)) = &self.among else { return self.rest(e, sql) };
        let ids = sql.bind_set(ids);
        format!("{} AND among({ids}, {e}.{column})", self.rest(e, sql))
    }

    /// What is compared beside ids that are named one by one.
    fn rest(&self, e: &str, sql: &mut Sql) -> String {
        let mut out = format!("{e}.{}", self.fixed);
        for (column, values) in &self.equals {
            let marks = sql.bind_all(values.iter().cloned());
            let test = if values.len() == 1 { format!("={marks}") } else { format!(" IN ({marks})") };
            out.push_str(&format!(" AND {e}.{column}{test}"));
        }
        out
    }

    /// One way for each single value, so that each can be walked in order.
    pub fn split(&self) -> Vec<Self> {
        let Some((column, values)) = self.equals.last() else {
            return vec![self.clone()];
        };
        let single = |value: &Value| {
            let mut equals = self.equals.clone();
            equals.pop();
            equals.push((column, vec![value.clone()]));
            Self { equals, ..self.clone() }
        };
        values.iter().map(single).collect()
    }
}

/// What of a table is visible.
pub(crate) struct Reach {
    /// The ways; none: nothing.
    pub ways: Vec<Way>,
    /// Whether one of the ways is every record.
    pub everything: bool,
}

impl Reach {
    pub fn of(table: &Table, predicate: &Predicate) -> Self {
        let arms = &predicate.arms;
        let has = |arm: &Arm| arms.contains(arm);
        let alone = has(&Arm::Alone(Place::Anywhere));
        let all_parents = table.parents.iter().all(|p| has(&Arm::Under(*p, Place::Anywhere)));
        if alone && all_parents {
            let fixed = if table.is_child() { "p_entity>=0" } else { "p_entity=0" };
            return Self { ways: vec![Way::new(fixed, "all")], everything: true };
        }
        let mut ways: Vec<Way> = Vec::new();
        for arm in arms {
            let way = match arm {
                Arm::Alone(Place::Anywhere) => {
                    Way::new("p_entity=0", if table.is_child() { "alone" } else { "all" })
                }
                Arm::Alone(_) if alone => continue,
                Arm::Alone(Place::Owner(user)) => {
                    Way::new("p_entity=0", "own").with("owner", vec![user_value(*user)])
                }
                Arm::Alone(Place::Teams(teams)) => {
                    Way::new("p_entity=0", "team").with("team", team_values(teams))
                }
                Arm::Under(entity, _) | Arm::UnderGranted(entity, _) if !table.parents.contains(entity) => {
                    continue;
                }
                // What hangs on a record that the index does not know is visible to nobody.
                Arm::Granted(ids) => Way::new("p_entity>=0", "id").among("id", ids),
                Arm::UnderGranted(entity, _) if has(&Arm::Under(*entity, Place::Anywhere)) => continue,
                Arm::UnderGranted(entity, ids) => {
                    let code = vec![Value::Integer(i64::from(entity.0))];
                    Way::new("parent IS NOT NULL", "parent").with("p_entity", code).among("parent", ids)
                }
                Arm::Under(entity, place) => {
                    if *place != Place::Anywhere && has(&Arm::Under(*entity, Place::Anywhere)) {
                        continue;
                    }
                    let code = vec![Value::Integer(i64::from(entity.0))];
                    let under = |index| Way::new("p_entity>0", index).with("p_entity", code.clone());
                    match place {
                        Place::Anywhere => under("under"),
                        Place::Owner(user) => under("p_own").with("p_owner", vec![user_value(*user)]),
                        Place::Teams(teams) => under("p_team").with("p_team", team_values(teams)),
                    }
                }
            };
            let empty = way.equals.iter().any(|(_, values)| values.is_empty());
            if !empty && !ways.contains(&way) {
                ways.push(way);
            }
        }
        Self { ways, everything: false }
    }

    /// The records that are named one by one, if any are: in one way at most.
    pub fn named(&self) -> Option<&Arc<[RecordId]>> {
        self.ways.iter().find_map(Way::named)
    }

    /// All ways as one condition.
    pub fn condition(&self, sql: &mut Sql) -> String {
        self.condition_on("e", sql)
    }

    fn condition_on(&self, e: &str, sql: &mut Sql) -> String {
        let any: Vec<String> = self.ways.iter().map(|w| format!("({})", w.condition_on(e, sql))).collect();
        if any.is_empty() { "0".to_owned() } else { format!("({})", any.join(" OR ")) }
    }
}

/// The condition on rows called `e` that a field of theirs may be read; none where it may on all of the list.
pub(crate) fn reads(sql: &mut Sql, table: &Table, within: &Within, e: &str) -> Option<String> {
    let Within::Each(all) = within else { return None };
    let each: Vec<String> = all.iter().map(|p| Reach::of(table, p).condition_on(e, sql)).collect();
    Some(each.join(" AND "))
}

/// As [`reads`], for several fields of rows called `e`: conditions that all must hold.
pub(crate) fn reads_all<'f>(
    sql: &mut Sql,
    table: &Table,
    permit: &ListPermit,
    fields: impl IntoIterator<Item = &'f str>,
) -> Vec<String> {
    fields.into_iter().filter_map(|field| reads(sql, table, &permit.reads(field), "e")).collect()
}

/// Whether an id is one of sorted ids of 16 bytes each.
pub(crate) fn among(ids: &[u8], id: &[u8]) -> bool {
    let (ids, rest) = ids.as_chunks::<16>();
    rest.is_empty() && <&[u8; 16]>::try_from(id).is_ok_and(|id| ids.binary_search(id).is_ok())
}

fn user_value(user: UserId) -> Value {
    Value::Blob(user.bytes().to_vec())
}

fn team_values(teams: &[TeamId]) -> Vec<Value> {
    teams.iter().map(|t| Value::Blob(t.bytes().to_vec())).collect()
}
