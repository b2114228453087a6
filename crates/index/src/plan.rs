//! From a query to one SQL statement whose shape suits what the caller sees.
//!
//! The ways a list is walked:
//! - from ids, from a parent, or from a reference or unique value, if the query names one;
//! - from the hits of a search, if they are few;
//! - from what is visible: one indexed top-k arm for each way to be visible, joined by `UNION`;
//! - along the index of the sort, for callers who see much of the table.
//!
//! Each is pinned to its index, so no statistics can change it.

use crate::arms::{Reach, Sql, Way, reads_all};
use crate::filter::{self, readable, unfit};
use crate::layout::{Col, Table};
use crate::moments::{Moments, among_rows};
use crate::open::Keyed;
use crate::pool::read_fault;
use crate::terms::{Terms, expression, parse};
use crate::types::{CursorKey, CursorValue, Query, SortBy, bad_cursor};
use access::ListPermit;
use kernel::{Fault, Result, Text};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use schema::Column;

/// Hits, or visible records, up to which each is looked at. Small in tests, so that they take every way.
pub(crate) const FEW: i64 = if cfg!(test) { 7 } else { 2_000 };
/// Arms of one statement; beyond that the caller sees so much that the index of the sort is walked.
const ARMS: usize = if cfg!(test) { 4 } else { 48 };
/// Ids that can be asked for at once.
const IDS: usize = 1_000;

/// What is asked of the plan.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// This many rows, in order, after the cursor.
    Rows(i64),
    /// How many rows there are, at most this many.
    Count(i64),
}

/// Everything that a plan needs.
pub(crate) struct Scope<'a> {
    pub connection: &'a Connection,
    pub table: &'a Table,
    pub permit: &'a ListPermit,
    pub keyed: &'a Keyed,
    pub moments: &'a Moments,
}

/// A statement and its values.
pub(crate) struct Statement {
    pub text: String,
    pub params: Vec<Value>,
}

/// The order of a list.
struct Order {
    column: String,
    /// Ends of the name of the index that is in this order, after `archived`; empty: the table itself.
    index: Option<String>,
    nullable: bool,
    down: &'static str,
    descending: bool,
}

/// Where rows come from.
enum From {
    Arms,
    /// As arms; of records that are named one by one only those of this value, which come first.
    Latest(Value),
    Index(String),
    Table,
    Hits,
}

impl Scope<'_> {
    /// The statement for `query`; `None` if nothing can match. Columns of rows: `rid`, then the sort value.
    pub fn plan(&self, query: &Query, goal: Goal) -> Result<Option<Statement>> {
        let table = self.table;
        let reach = Reach::of(table, self.permit.predicate());
        let order = self.order(query)?;
        let mut sql = Sql::default();
        let mut rest = vec![format!("e.archived={}", sql.bind(i64::from(query.archived)))];
        rest.extend(filter::conditions(&mut sql, table, self.permit, self.keyed, &query.filters)?);
        if let SortBy::Field(name) = &query.sort.by {
            // The order of records would tell what their hidden values are.
            rest.extend(reads_all(&mut sql, table, self.permit, [name.as_str()]));
        }
        let mut match_mark = String::new();
        let mut terms = None;
        if let Some(search) = &query.search {
            let found = parse(search)?;
            match self.verify(&mut sql, &found) {
                Some(condition) => rest.push(condition),
                None => return Ok(None),
            }
            terms = Some(found);
        }
        if let Some(parent) = query.parent {
            rest.push(format!("e.parent={}", sql.bind(parent.bytes().to_vec())));
        }
        if query.live_parents {
            rest.extend(table.above.iter().map(|above| {
                format!(
                    "NOT EXISTS (SELECT 1 FROM {above} AS p INDEXED BY {above}_id WHERE p.id=e.parent AND p.archived=1)"
                )
            }));
        }
        if let Some(ids) = &query.ids {
            if ids.is_empty() {
                return Ok(None);
            }
            if ids.len() > IDS {
                return Err(Fault::invalid(Text::of(
                    "Za dużo identyfikatorów naraz.",
                    "Too many ids at once.",
                )));
            }
            let marks = sql.bind_all(ids.iter().map(|i| Value::Blob(i.bytes().to_vec())));
            rest.push(format!("e.id IN ({marks})"));
        }
        let after = match (goal, &query.after) {
            (Goal::Rows(_), Some(cursor)) => order.after(&mut sql, cursor)?,
            _ => Vec::new(),
        };
        if reach.ways.is_empty() {
            return Ok(None);
        }
        let mut from = self.choose(query, &reach, &order, terms.as_ref(), goal)?;
        if let (From::Arms, Some(named), Goal::Rows(wanted), [_]) = (&from, reach.named(), goal, &rest[..]) {
            // By time alone, and nothing else is asked. What hangs on others may be hidden with them.
            if query.sort.by == SortBy::Updated && !table.is_child() {
                let place = (order.descending, query.after.as_ref());
                from = From::Latest(self.latest(named, query.archived, place, wanted)?);
            }
        }
        if let (From::Hits, Some(terms)) = (&from, &terms) {
            match_mark = sql.bind(expression(terms, table.has_long));
        }
        Ok(Some(self.render(sql, &reach, &order, &from, &rest, &after, &match_mark, goal)))
    }

    /// The statement for one visible record, rather one outside the bin, whose `col` equals the first
    /// parameter; `None` if nothing is visible.
    ///
    /// # Errors
    /// Invalid for a field whose values no index keeps together.
    pub fn find_one(&self, col: &Col) -> Result<Option<Statement>> {
        let (rows, name) = (&self.table.rows, &col.name);
        let index = col.index.as_ref().filter(|_| col.column != Column::Many);
        let index = index.ok_or_else(|| unfit(&col.field.name))?;
        let reach = Reach::of(self.table, self.permit.predicate());
        if reach.ways.is_empty() {
            return Ok(None);
        }
        let mut sql = Sql::default();
        let value = sql.bind(Value::Null);
        let visible = reach.condition(&mut sql);
        let mut within = reads_all(&mut sql, self.table, self.permit, [col.field.name.as_str()]);
        within.insert(0, visible);
        let visible = within.join(" AND ");
        let text = format!(
            "SELECT e.id FROM {rows} AS e INDEXED BY {index} WHERE e.{name}={value} AND {visible} ORDER BY e.archived LIMIT 1"
        );
        Ok(Some(Statement { text, params: sql.params }))
    }

    fn order(&self, query: &Query) -> Result<Order> {
        let order = |column: String, index: Option<String>, nullable| Order {
            column,
            index,
            nullable,
            down: if query.sort.descending { "DESC" } else { "ASC" },
            descending: query.sort.descending,
        };
        Ok(match &query.sort.by {
            SortBy::Updated => order("e.updated".to_owned(), Some("all".to_owned()), false),
            SortBy::Created => order("e.rid".to_owned(), None, false),
            SortBy::Field(name) => {
                let col = readable(self.table, self.permit.most(), name)?;
                match (&col.key, col.column) {
                    (Some(key), _) => order(format!("e.{key}"), Some(key.clone()), false),
                    (None, Column::None | Column::Many | Column::Keyed) => return Err(unfit(name)),
                    (None, _) => order(format!("e.{}", col.name), None, true),
                }
            }
        })
    }

    fn choose(
        &self,
        query: &Query,
        reach: &Reach,
        order: &Order,
        terms: Option<&Terms>,
        goal: Goal,
    ) -> Result<From> {
        let rows = &self.table.rows;
        if query.ids.is_some() {
            return Ok(From::Index(format!("{rows}_id")));
        }
        if query.parent.is_some() && self.table.is_child() {
            return Ok(From::Index(format!("{rows}_parent")));
        }
        if let Some(index) = filter::equality_index(self.table, &query.filters) {
            return Ok(From::Index(index.to_owned()));
        }
        let arms: usize = reach.ways.iter().map(|w| w.split().len()).sum();
        let natural = match (&query.sort.by, &order.index) {
            (_, Some(index)) => From::Index(format!("{rows}_{index}")),
            (SortBy::Created, None) => From::Table,
            _ => From::Index(format!("{rows}_all")),
        };
        let by_updated = query.sort.by == SortBy::Updated && arms <= ARMS;
        let plain = if by_updated { From::Arms } else { natural };
        if terms.is_none() && (by_updated || reach.everything) {
            return Ok(plain);
        }
        if !reach.everything && arms <= ARMS && self.sees_few(reach, query.archived)? {
            return Ok(From::Arms);
        }
        // Rows in order end where the page does; what is counted is gone through to the end.
        let few = match goal {
            Goal::Rows(_) => FEW,
            Goal::Count(at_most) => FEW.max(at_most),
        };
        match terms {
            Some(terms) if self.hits_at_most(terms, few)? => Ok(From::Hits),
            _ => Ok(plain),
        }
    }

    /// Whether the caller sees [`FEW`] records at most.
    fn sees_few(&self, reach: &Reach, archived: bool) -> Result<bool> {
        let rows = &self.table.rows;
        let mut total = 0;
        for way in reach.ways.iter().flat_map(Way::split) {
            if let Some(named) = way.named() {
                total += i64::try_from(named.len()).unwrap_or(i64::MAX);
                if total > FEW {
                    return Ok(false);
                }
                continue;
            }
            let mut sql = Sql::default();
            let (condition, index) = (way.condition(&mut sql), way.index);
            let archived = sql.bind(i64::from(archived));
            let text = format!(
                "SELECT count(*) FROM (SELECT 1 FROM {rows} AS e INDEXED BY {rows}_{index} WHERE {condition} AND e.archived={archived} LIMIT {})",
                FEW + 1
            );
            total += self.number(&text, sql.params)?;
            if total > FEW {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn hits_at_most(&self, terms: &Terms, few: i64) -> Result<bool> {
        let fts = &self.table.tokens;
        let text = format!(
            "SELECT count(*) FROM (SELECT 1 FROM {fts} WHERE {fts} MATCH ?1 LIMIT {})",
            few.saturating_add(1)
        );
        Ok(self.number(&text, vec![Value::Text(expression(terms, self.table.has_long))])? <= few)
    }

    pub fn number(&self, text: &str, params: Vec<Value>) -> Result<i64> {
        self.connection
            .prepare_cached(text)
            .and_then(|mut s| s.query_row(params_from_iter(params), |r| r.get(0)))
            .map_err(|e| read_fault(&e))
    }

    /// What rows are taken from, and on what condition: one for each arm, or one for all.
    fn sources(&self, sql: &mut Sql, reach: &Reach, from: &From, hits: &str) -> Vec<(String, String)> {
        let Table { rows, tokens, .. } = self.table;
        match from {
            From::Arms => reach
                .ways
                .iter()
                .flat_map(Way::split)
                .map(|way| (format!("{rows} AS e INDEXED BY {rows}_{}", way.index), way.condition(sql)))
                .collect(),
            From::Latest(rids) => {
                let source = |way: Way| match way.named() {
                    Some(_) => {
                        // The ids too: a row's number, known from before, may be another record's by now.
                        let (own, named) = (way.condition_on("e", sql), among_rows(sql, rids.clone()));
                        (format!("{rows} AS e NOT INDEXED"), format!("{named} AND {own}"))
                    }
                    None => (format!("{rows} AS e INDEXED BY {rows}_{}", way.index), way.condition(sql)),
                };
                reach.ways.iter().flat_map(Way::split).map(source).collect()
            }
            From::Index(index) => {
                vec![(format!("{rows} AS e INDEXED BY {index}"), reach.condition(sql))]
            }
            From::Table => vec![(format!("{rows} AS e NOT INDEXED"), reach.condition(sql))],
            From::Hits => {
                let hits = format!("(SELECT rowid AS hit FROM {tokens} WHERE {tokens} MATCH {hits}) AS m");
                vec![(format!("{hits} CROSS JOIN {rows} AS e ON e.rid=m.hit"), reach.condition(sql))]
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one statement, put together in one place")]
    fn render(
        &self,
        mut sql: Sql,
        reach: &Reach,
        order: &Order,
        from: &From,
        rest: &[String],
        after: &[String],
        hits: &str,
        goal: Goal,
    ) -> Statement {
        let Table { rows, .. } = self.table;
        let Order { column, down, .. } = order;
        let (value, limit) = match goal {
            Goal::Rows(n) => (format!("{column} AS s, "), n),
            Goal::Count(n) => (String::new(), n),
        };
        let limit = sql.bind(limit);
        let tail = match goal {
            Goal::Rows(_) if column == "e.rid" => format!(" ORDER BY e.rid {down} LIMIT {limit}"),
            Goal::Rows(_) => format!(" ORDER BY {column} {down}, e.rid {down} LIMIT {limit}"),
            Goal::Count(_) => format!(" LIMIT {limit}"),
        };
        let rest = rest.join(" AND ");
        let sources = self.sources(&mut sql, reach, from, hits);
        // What follows the cursor among equals, and what follows them: each is one range of the index.
        let after: Vec<String> = match (from, after) {
            (_, []) => vec![String::new()],
            (From::Hits, some) => vec![format!(" AND ({})", some.join(" OR "))],
            (_, some) => some.iter().map(|a| format!(" AND {a}")).collect(),
        };
        let selects: Vec<String> = sources
            .iter()
            .flat_map(|source| after.iter().map(move |a| (source, a)))
            .map(|((source, visible), a)| {
                format!("SELECT {value}e.rid AS rid FROM {source} WHERE {visible} AND {rest}{a}{tail}")
            })
            .collect();
        let inner = if let [one] = &selects[..] {
            one.clone()
        } else {
            let all: Vec<String> = selects.iter().map(|s| format!("SELECT * FROM ({s})")).collect();
            let outer = match goal {
                Goal::Rows(_) => format!(" ORDER BY s {down}, rid {down} LIMIT {limit}"),
                Goal::Count(_) => format!(" LIMIT {limit}"),
            };
            format!("{}{outer}", all.join(" UNION "))
        };
        let text = match goal {
            Goal::Rows(_) => format!(
                "SELECT {}, u.s FROM ({inner}) AS u CROSS JOIN {rows} AS e ON e.rid=u.rid ORDER BY u.s {down}, u.rid {down}",
                crate::row::COLUMNS
            ),
            Goal::Count(_) => format!("SELECT count(*) FROM ({inner})"),
        };
        Statement { text, params: sql.params }
    }
}

impl Order {
    /// The conditions of which one holds for a row that comes after the cursor.
    fn after(&self, sql: &mut Sql, cursor: &CursorKey) -> Result<Vec<String>> {
        let rid = sql.bind(cursor.rid);
        let sign = if self.descending { '<' } else { '>' };
        let column = &self.column;
        if column == "e.rid" {
            return Ok(vec![format!("e.rid{sign}{rid}")]);
        }
        let value = match &cursor.value {
            CursorValue::Null if self.nullable => None,
            CursorValue::Null => return Err(bad_cursor()),
            CursorValue::Int(n) => Some(Value::Integer(*n)),
            CursorValue::Text(t) => Some(Value::Text(t.clone())),
            CursorValue::Blob(b) => Some(Value::Blob(b.clone())),
        };
        Ok(match value.map(|v| sql.bind(v)) {
            Some(value) => {
                let equal = format!("({column}={value} AND e.rid{sign}{rid})");
                // Records without a value count as least.
                let beyond = if self.nullable && self.descending {
                    format!(" OR {column} IS NULL")
                } else {
                    String::new()
                };
                vec![equal, format!("({column}{sign}{value}{beyond})")]
            }
            None if self.descending => vec![format!("({column} IS NULL AND e.rid<{rid})")],
            None => vec![format!("({column} IS NOT NULL OR e.rid>{rid})")],
        })
    }
}
