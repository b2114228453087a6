//! Visibility as SQL: one indexed way for each condition of the predicate.

use crate::layout::Table;
use access::{Arm, Place, Predicate};
use kernel::{TeamId, UserId};
use rusqlite::types::Value;

/// Values of a statement, bound by number.
#[derive(Default)]
pub(crate) struct Sql {
    pub params: Vec<Value>,
}

impl Sql {
    /// Binds a value and gives its mark.
    pub fn bind(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
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
    /// The index that starts with what is compared and continues with `archived, updated`.
    pub index: &'static str,
}

impl Way {
    const fn new(fixed: &'static str, index: &'static str) -> Self {
        Self { fixed, equals: Vec::new(), index }
    }

    fn with(mut self, column: &'static str, values: Vec<Value>) -> Self {
        self.equals.push((column, values));
        self
    }

    /// The condition.
    pub fn condition(&self, sql: &mut Sql) -> String {
        let mut out = self.fixed.to_owned();
        for (column, values) in &self.equals {
            let marks = sql.bind_all(values.iter().cloned());
            let test = if values.len() == 1 { format!("={marks}") } else { format!(" IN ({marks})") };
            out.push_str(&format!(" AND e.{column}{test}"));
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
            let fixed = if table.is_child() { "e.p_entity>=0" } else { "e.p_entity=0" };
            return Self { ways: vec![Way::new(fixed, "all")], everything: true };
        }
        let mut ways: Vec<Way> = Vec::new();
        for arm in arms {
            let way = match arm {
                Arm::Alone(Place::Anywhere) => {
                    Way::new("e.p_entity=0", if table.is_child() { "alone" } else { "all" })
                }
                Arm::Alone(_) if alone => continue,
                Arm::Alone(Place::Owner(user)) => {
                    Way::new("e.p_entity=0", "own").with("owner", vec![user_value(*user)])
                }
                Arm::Alone(Place::Teams(teams)) => {
                    Way::new("e.p_entity=0", "team").with("team", team_values(teams))
                }
                Arm::Under(entity, _) if !table.parents.contains(entity) => continue,
                Arm::Under(entity, place) => {
                    if *place != Place::Anywhere && has(&Arm::Under(*entity, Place::Anywhere)) {
                        continue;
                    }
                    let code = vec![Value::Integer(i64::from(entity.0))];
                    let under = |index| Way::new("e.p_entity>0", index).with("p_entity", code.clone());
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

    /// All ways as one condition.
    pub fn condition(&self, sql: &mut Sql) -> String {
        let any: Vec<String> = self.ways.iter().map(|w| format!("({})", w.condition(sql))).collect();
        format!("({})", any.join(" OR "))
    }
}

fn user_value(user: UserId) -> Value {
    Value::Blob(user.bytes().to_vec())
}

fn team_values(teams: &[TeamId]) -> Vec<Value> {
    teams.iter().map(|t| Value::Blob(t.bytes().to_vec())).collect()
}
