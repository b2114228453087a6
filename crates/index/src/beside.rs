//! What is shown beside the rows of a page: what they refer to is called, and what is next on each. Both
//! are read under permits of their own, for all rows of a page at once.

use crate::arms::{Reach, Sql, reads, reads_all};
use crate::filter::{level, readable};
use crate::layout::{Layout, Table};
use crate::open::Index;
use crate::plan::{Scope, Statement};
use crate::pool::read_fault;
use crate::query::{explained, masked_row, page};
use crate::row::{COLUMNS, read};
use crate::types::{ListRow, Page, Query, Title};
use access::{Level, ListPermit, Masks};
use kernel::{Id, RecordId, Result};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};
use schema::{EntityCode, FieldKind};
use std::collections::HashMap;

/// Records whose titles can be asked for at once.
const TITLES: usize = 1_000;

/// The field that is true for what does not have to be done any more.
pub const DONE: &str = "done";
/// The field that says until when something has to be done; what has none comes last.
pub const DUE: &str = "due";

/// What is wanted beside a page.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Titles of what the rows refer to and hang on: under these permits, one for each entity.
    pub titles: Vec<ListPermit>,
    /// Of what is to be done about each row, that which comes first: by [`DUE`], of those that are not
    /// [`DONE`]. Which of it may be seen, and what of it.
    pub next: Option<ListPermit>,
}

/// What was wished for.
#[derive(Debug, Default)]
pub struct Beside {
    /// What referenced records are called. One that may not be seen, or whose title may not, is absent.
    pub titles: HashMap<RecordId, Title>,
    /// By the record it hangs on.
    pub next: HashMap<RecordId, ListRow>,
}

impl Index {
    /// One page of a list or search, and what is wished beside it, in one read.
    ///
    /// # Errors
    /// As [`Index::query`].
    pub async fn query_with(&self, permit: &ListPermit, query: Query, wish: Wish) -> Result<(Page, Beside)> {
        let permit = permit.clone();
        self.read(move |connection, layout, keyed| {
            let (page, rids) = page(connection, layout, keyed, &permit, &query)?;
            let rids = numbers(&rids);
            let from = layout.table(permit.entity())?;
            let mut beside = Beside::default();
            for titles in &wish.titles {
                let scope = Scope {
                    connection,
                    table: layout.table(titles.entity())?,
                    permit: titles,
                    keyed,
                    moments: &layout.moments,
                };
                let named =
                    |field: &str| query.wants(field) && level(from, permit.most(), field) >= Level::Read;
                titles_of_rows(&scope, (from, &permit), named, &rids, &mut beside.titles)?;
            }
            if let Some(next) = &wish.next {
                beside.next = next_of_rows(connection, layout, from, next, &rids)?;
            }
            Ok((page, beside))
        })
        .await
    }

    /// How the database would look for what comes next on rows of `from`; for tests.
    #[doc(hidden)]
    pub async fn explain_next(&self, from: EntityCode, permit: &ListPermit) -> Result<Vec<String>> {
        let permit = permit.clone();
        self.read(move |connection, layout, _| {
            let (table, from) = (layout.table(permit.entity())?, layout.table(from)?);
            let statement = next_statement(table, from, &permit, &numbers(&[1, 2]))?;
            statement.map_or_else(|| Ok(Vec::new()), |s| explained(connection, s))
        })
        .await
    }

    /// What these records are called, each under the permit for its entity, the bin included. A record that
    /// may not be seen, or whose title may not be read, is left out.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub async fn titles(&self, wanted: Vec<(ListPermit, Vec<RecordId>)>) -> Result<HashMap<RecordId, Title>> {
        self.read(move |connection, layout, keyed| {
            let mut out = HashMap::new();
            for (permit, mut ids) in wanted {
                ids.sort_unstable();
                ids.dedup();
                ids.truncate(TITLES);
                let table = layout.table(permit.entity())?;
                let scope = Scope { connection, table, permit: &permit, keyed, moments: &layout.moments };
                let mut sql = Sql::default();
                let Some((title, visible)) = named(&scope, &mut sql) else { continue };
                let marks = sql.bind_all(ids.iter().map(|id| Value::Blob(id.bytes().to_vec())));
                let rows = &table.rows;
                let text = format!(
                    "SELECT e.id, {title}, e.archived FROM {rows} AS e INDEXED BY {rows}_id WHERE e.id IN ({marks}) AND {visible}"
                );
                collect(&scope, &text, sql, &mut out)?;
            }
            Ok(out)
        })
        .await
    }
}

/// Numbers of rows as one value, so that the text of a statement does not depend on how many there are.
fn numbers(rids: &[i64]) -> Value {
    let all: Vec<String> = rids.iter().map(i64::to_string).collect();
    Value::Text(format!("[{}]", all.join(",")))
}

/// The expression for the title and the condition of visibility; `None` if nothing may be named.
fn named(scope: &Scope<'_>, sql: &mut Sql) -> Option<(String, String)> {
    let table = scope.table;
    readable(table, scope.permit.most(), &table.title).ok()?;
    let reach = Reach::of(table, scope.permit.predicate());
    if reach.ways.is_empty() {
        return None;
    }
    let mut visible = vec![reach.condition(sql)];
    visible.extend(reads_all(sql, table, scope.permit, [table.title.as_str()]));
    Some((format!("json_extract(e.body,'$.{}')", table.title), visible.join(" AND ")))
}

fn collect(scope: &Scope<'_>, text: &str, sql: Sql, out: &mut HashMap<RecordId, Title>) -> Result<()> {
    let run = || -> rusqlite::Result<()> {
        let mut statement = scope.connection.prepare_cached(text)?;
        let mut rows = statement.query(params_from_iter(sql.params))?;
        while let Some(row) = rows.next()? {
            let text = match row.get_ref(1)? {
                ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
                ValueRef::Integer(n) => n.to_string(),
                _ => String::new(),
            };
            out.insert(id_at(row, 0)?, Title { entity: scope.table.code, text, binned: row.get(2)? });
        }
        Ok(())
    };
    run().map_err(|e| read_fault(&e))
}

fn id_at<K>(row: &Row<'_>, at: usize) -> rusqlite::Result<Id<K>> {
    row.get::<_, [u8; 16]>(at).map(Id::from_bytes)
}

/// Titles of the records of `scope` that rows of `from` refer to by a field for which `named_by` holds, or that
/// they hang on: one statement for each way.
fn titles_of_rows(
    scope: &Scope<'_>,
    (from, permit): (&Table, &ListPermit),
    named_by: impl Fn(&str) -> bool,
    rids: &Value,
    out: &mut HashMap<RecordId, Title>,
) -> Result<()> {
    let table = scope.table;
    let refers = |col: &&crate::layout::Col| {
        matches!(&col.field.kind, FieldKind::Reference { entity } if *entity == table.name)
            && named_by(&col.field.name)
    };
    let by_field = from.cols.iter().filter(refers).map(|col| (col.name.as_str(), Some(&col.field.name)));
    let by_parent = from.parents.contains(&table.code).then_some(("parent", None));
    for (column, field) in by_field.chain(by_parent) {
        let mut sql = Sql::default();
        let rids = sql.bind(rids.clone());
        let only = match field {
            Some(field) => reads(&mut sql, from, &permit.reads(field), "p"),
            None => Some(format!("p.p_entity={}", table.code.0)),
        };
        let only = only.map_or_else(String::new, |only| format!(" AND {only}"));
        let Some((title, visible)) = named(scope, &mut sql) else { return Ok(()) };
        let (rows, source) = (&table.rows, &from.rows);
        let text = format!(
            "SELECT e.id, {title}, e.archived FROM json_each({rids}) AS j CROSS JOIN {source} AS p ON p.rid=j.value{only}
             CROSS JOIN {rows} AS e INDEXED BY {rows}_id ON e.id=p.{column} WHERE {visible}"
        );
        collect(scope, &text, sql, out)?;
    }
    Ok(())
}

/// The statement for what comes next on each row; `None` if nothing of it may be seen.
fn next_statement(
    table: &Table,
    from: &Table,
    permit: &ListPermit,
    rids: &Value,
) -> Result<Option<Statement>> {
    let mask = permit.most();
    let (done, due) = (&readable(table, mask, DONE)?.name, &readable(table, mask, DUE)?.name);
    let reach = Reach::of(table, permit.predicate());
    if reach.ways.is_empty() || !table.parents.contains(&from.code) {
        return Ok(None);
    }
    let mut sql = Sql::default();
    let (rids, mut visible) = (sql.bind(rids.clone()), vec![reach.condition(&mut sql)]);
    visible.extend(reads_all(&mut sql, table, permit, [DONE, DUE]));
    let visible = visible.join(" AND ");
    let (rows, source) = (&table.rows, &from.rows);
    // Beside an aggregate `min`, the database takes the other columns from the row that has it.
    let first = format!(
        "SELECT e.rid AS rid, min(coalesce(e.{due}, {last})) AS s FROM json_each({rids}) AS j
         CROSS JOIN {source} AS p ON p.rid=j.value CROSS JOIN {rows} AS e INDEXED BY {rows}_open ON e.parent=p.id
         WHERE e.archived=0 AND coalesce(e.{done}, 0)=0 AND {visible} GROUP BY p.rid",
        last = i64::MAX,
    );
    let text = format!("SELECT {COLUMNS}, u.s FROM ({first}) AS u CROSS JOIN {rows} AS e ON e.rid=u.rid");
    Ok(Some(Statement { text, params: sql.params }))
}

fn next_of_rows(
    connection: &Connection,
    layout: &Layout,
    from: &Table,
    permit: &ListPermit,
    rids: &Value,
) -> Result<HashMap<RecordId, ListRow>> {
    let table = layout.table(permit.entity())?;
    let Some(statement) = next_statement(table, from, permit, rids)? else { return Ok(HashMap::new()) };
    let run = || -> rusqlite::Result<Vec<crate::row::Raw>> {
        let mut prepared = connection.prepare_cached(&statement.text)?;
        prepared.query_map(params_from_iter(&statement.params), |r| read(table, r))?.collect()
    };
    let (mut out, all, mut masks) = (HashMap::new(), Query::default(), Masks::new(permit));
    for raw in run().map_err(|e| read_fault(&e))? {
        let row = masked_row(table, &mut masks, &all, raw)?;
        out.extend(row.parent.map(|parent| (parent, row)));
    }
    Ok(out)
}
