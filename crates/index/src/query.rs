//! What can be asked.

use crate::filter::readable;
use crate::layout::{Layout, Table, locate};
use crate::open::{Index, Keyed};
use crate::plan::{Goal, Scope, Statement};
use crate::pool::read_fault;
use crate::row::{Raw, masked, read};
use crate::types::{Filter, ListRow, Operator, Page, Query, Sort, SortBy};
use crate::values::compared;
use access::{Facts, ListPermit, Masks, ParentFacts};
use kernel::{Fault, Id, RecordId, Result, Text, limits};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use schema::Column;
use serde_json::Value as Json;
use std::collections::HashMap;

impl Index {
    /// One page of a list or search.
    ///
    /// # Errors
    /// Invalid for a field that is unknown or may not be read (the two are not told apart), for a
    /// comparison that does not suit it, a limit out of range, a cursor of another order. Unavailable
    /// during a rebuild, and if it takes too long.
    pub async fn query(&self, permit: &ListPermit, query: Query) -> Result<Page> {
        let permit = permit.clone();
        self.read(move |connection, layout, keyed| Ok(page(connection, layout, keyed, &permit, &query)?.0))
            .await
    }

    /// How many records match, counted up to `at_most`.
    ///
    /// # Errors
    /// As [`Index::query`].
    pub async fn count(&self, permit: &ListPermit, query: Query, at_most: u32) -> Result<u32> {
        let permit = permit.clone();
        self.read(move |connection, layout, keyed| {
            let scope = Scope {
                connection,
                table: layout.table(permit.entity())?,
                permit: &permit,
                keyed,
                moments: &layout.moments,
            };
            let Some(Statement { text, params }) = scope.plan(&query, Goal::Count(i64::from(at_most)))?
            else {
                return Ok(0);
            };
            Ok(u32::try_from(scope.number(&text, params)?).unwrap_or(u32::MAX))
        })
        .await
    }

    /// Visible records, also those in the bin, whose `field` equals `value`, folded and in canonical form.
    ///
    /// # Errors
    /// As [`Index::query`].
    pub async fn find(
        &self,
        permit: &ListPermit,
        field: &str,
        value: Json,
        limit: u32,
    ) -> Result<Vec<RecordId>> {
        let permit = permit.clone();
        let field = field.to_owned();
        self.read(move |connection, layout, keyed| {
            let col = readable(layout.table(permit.entity())?, permit.most(), &field)?;
            let op = if col.column == Column::Many { Operator::Has } else { Operator::Eq };
            let mut found = Vec::new();
            for archived in [false, true] {
                let filters = vec![Filter { field: field.clone(), op, values: vec![value.clone()] }];
                let sort = Sort { by: SortBy::Updated, descending: true };
                let query = Query { filters, sort, limit, archived, ..Query::default() };
                let (page, _) = page(connection, layout, keyed, &permit, &query)?;
                found.extend(page.rows.iter().map(|r| r.id));
            }
            found.truncate(limit as usize);
            Ok(found)
        })
        .await
    }

    /// For each of `values` that a visible record, also one in the bin, has in `field`: its position and
    /// the record.
    ///
    /// # Errors
    /// As [`Index::query`].
    pub async fn find_many(
        &self,
        permit: &ListPermit,
        field: &str,
        values: Vec<Json>,
    ) -> Result<Vec<(usize, RecordId)>> {
        let permit = permit.clone();
        let field = field.to_owned();
        self.read(move |connection, layout, keyed| {
            let table = layout.table(permit.entity())?;
            let scope = Scope { connection, table, permit: &permit, keyed, moments: &layout.moments };
            let col = readable(table, permit.most(), &field)?;
            let Some(Statement { text, mut params }) = scope.find_one(col)? else {
                return Ok(Vec::new());
            };
            let mut statement = connection.prepare_cached(&text).map_err(|e| read_fault(&e))?;
            let mut found = Vec::new();
            for (at, value) in values.iter().enumerate() {
                let Some(value) = compared(&table.name, col, value, keyed) else {
                    continue;
                };
                params[0] = value;
                let id = statement.query_row(params_from_iter(&params), |r| r.get(0)).optional();
                found.extend(id.map_err(|e| read_fault(&e))?.map(|id| (at, Id::from_bytes(id))));
            }
            Ok(found)
        })
        .await
    }

    /// What a decision needs to know of these records. Records that the index does not know, or whose
    /// parent it does not know, are left out: nothing can be allowed on them.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub async fn facts(&self, ids: Vec<RecordId>) -> Result<HashMap<RecordId, Facts>> {
        self.read(move |connection, layout, _| {
            let all: Vec<_> = layout.tables.iter().map(|t| t.code).collect();
            let mut out = HashMap::new();
            for id in ids {
                let Some((entity, rid)) = locate(connection, layout, &all, id)? else {
                    continue;
                };
                let table = layout.table(entity)?;
                let sql = format!(
                    "SELECT subject, owner, team, p_entity, p_owner, p_team, parent FROM {} WHERE rid=?1",
                    table.rows
                );
                let row = connection.prepare_cached(&sql).and_then(|mut s| {
                    s.query_row([rid], |r| {
                        let id_at = |i| r.get::<_, [u8; 16]>(i);
                        let above = r.get::<_, Option<[u8; 16]>>(6)?.unwrap_or_default();
                        let under = r.get::<_, i64>(3)?;
                        Ok((id_at(0)?, id_at(1)?, id_at(2)?, under, id_at(4)?, id_at(5)?, above))
                    })
                });
                let (subject, owner, team, under, p_owner, p_team, above) =
                    row.map_err(|e| read_fault(&e))?;
                let parent = match u16::try_from(under) {
                    Ok(0) => None,
                    Ok(code) => Some(ParentFacts {
                        record: Id::from_bytes(above),
                        entity: schema::EntityCode(code),
                        owner: Id::from_bytes(p_owner),
                        team: Id::from_bytes(p_team),
                    }),
                    Err(_) => continue,
                };
                let facts = Facts {
                    record: id,
                    entity,
                    subject: Id::from_bytes(subject),
                    owner: Id::from_bytes(owner),
                    team: Id::from_bytes(team),
                    parent,
                };
                out.insert(id, facts);
            }
            Ok(out)
        })
        .await
    }

    /// How the database would answer a query: for tests of the plans.
    #[doc(hidden)]
    pub async fn explain(&self, permit: &ListPermit, query: Query) -> Result<Vec<String>> {
        let permit = permit.clone();
        self.read(move |connection, layout, keyed| {
            let scope = Scope {
                connection,
                table: layout.table(permit.entity())?,
                permit: &permit,
                keyed,
                moments: &layout.moments,
            };
            let statement = scope.plan(&query, Goal::Rows(page_limit(query.limit)? + 1))?;
            statement.map_or_else(|| Ok(Vec::new()), |s| explained(connection, s))
        })
        .await
    }
}

pub(crate) fn explained(connection: &Connection, statement: Statement) -> Result<Vec<String>> {
    let run = || -> rusqlite::Result<Vec<String>> {
        let mut prepared = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.text))?;
        prepared.query_map(params_from_iter(statement.params), |r| r.get(3))?.collect()
    };
    run().map_err(|e| read_fault(&e))
}

fn rows(scope: &Scope<'_>, statement: &Statement) -> Result<Vec<Raw>> {
    let run = || -> rusqlite::Result<Vec<Raw>> {
        let mut prepared = scope.connection.prepare_cached(&statement.text)?;
        prepared.query_map(params_from_iter(&statement.params), |r| read(scope.table, r))?.collect()
    };
    run().map_err(|e| read_fault(&e))
}

/// The row as the caller may see it, as far as the query wants it.
pub(crate) fn masked_row(table: &Table, masks: &mut Masks<'_>, query: &Query, raw: Raw) -> Result<ListRow> {
    Ok(ListRow { body: masked(table, masks.of(&raw.facts), query, raw.json)?, ..raw.row })
}

/// A page, and the numbers of its rows.
pub(crate) fn page(
    connection: &Connection,
    layout: &Layout,
    keyed: &Keyed,
    permit: &ListPermit,
    query: &Query,
) -> Result<(Page, Vec<i64>)> {
    let table = layout.table(permit.entity())?;
    let scope = Scope { connection, table, permit, keyed, moments: &layout.moments };
    let limit = page_limit(query.limit)?;
    let Some(statement) = scope.plan(query, Goal::Rows(limit + 1))? else {
        return Ok((Page::default(), Vec::new()));
    };
    let mut found = rows(&scope, &statement)?;
    let more = found.len() as i64 > limit;
    found.truncate(query.limit as usize);
    let next = found.last().filter(|_| more).map(|r| r.cursor.clone());
    let rids = found.iter().map(|r| r.cursor.rid).collect();
    let mut masks = Masks::new(permit);
    let shown = |raw| masked_row(table, &mut masks, query, raw);
    let rows = found.into_iter().map(shown).collect::<Result<_>>()?;
    Ok((Page { rows, next }, rids))
}

/// The number of rows of a page, checked.
fn page_limit(limit: u32) -> Result<i64> {
    if (1..=limits::PAGE_MAX).contains(&limit) {
        return Ok(i64::from(limit));
    }
    let most = limits::PAGE_MAX;
    Err(Fault::invalid(Text::new(
        format!("Strona ma od 1 do {most} pozycji."),
        format!("A page has 1 to {most} rows."),
    )))
}
