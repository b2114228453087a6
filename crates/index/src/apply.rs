//! One change of the index, inside the writer's transaction.

use crate::layout::{ALONE, Layout, ORPHAN, Table, locate};
use crate::open::Keyed;
use crate::text::{push_line, push_words, sort_key, tokens};
use crate::types::{IndexRow, Op};
use crate::values::stored;
use kernel::{RecordId, Result};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use schema::{Content, EntityCode, FieldKind, fold};
use serde_json::Value as Json;

type Sql<T> = rusqlite::Result<T>;

/// What is needed to apply a change.
pub(crate) struct Applier<'a> {
    pub connection: &'a Connection,
    pub layout: &'a Layout,
    pub keyed: &'a Keyed,
    /// During a rebuild parents are looked up at its end, for all at once.
    pub rebuilding: bool,
}

/// What visibility needs to know of a parent.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Under {
    entity: i64,
    owner: [u8; 16],
    team: [u8; 16],
}

impl Under {
    const ALONE: Self = Self { entity: ALONE, owner: [0; 16], team: [0; 16] };
    const ORPHAN: Self = Self { entity: ORPHAN, ..Self::ALONE };
}

/// A row as it was.
struct Kept {
    rid: i64,
    version: i64,
    owner: [u8; 16],
    team: [u8; 16],
    search: String,
    words: String,
}

fn db<T>(result: Sql<T>) -> Result<T> {
    result.map_err(|e| vault::storage_fault(&e))
}

impl Applier<'_> {
    /// Applies one change.
    pub fn apply(&self, op: &Op) -> Result<()> {
        match op {
            Op::Put(row) => self.put(row),
            Op::Remove { id, entity } => self.remove(*id, *entity),
        }
    }

    fn put(&self, row: &IndexRow) -> Result<()> {
        let table = self.layout.table(row.entity)?;
        let kept = db(self.kept(table, row.id))?;
        if kept.as_ref().is_some_and(|k| k.version >= signed(row.version)) {
            return Ok(());
        }
        let under = self.under(table, row.parent)?;
        let (search, words) = texts(table, &row.content);
        let values = self.values(table, row, under, &search);
        db((|| {
            let rid = match &kept {
                Some(k) => {
                    let all = values.into_iter().chain([Value::Integer(k.rid)]);
                    self.connection.prepare_cached(&table.update)?.execute(params_from_iter(all))?;
                    k.rid
                }
                None => self.connection.prepare_cached(&table.insert)?.insert(params_from_iter(values))?,
            };
            self.index_text(table, rid, kept.as_ref(), &search, &words)?;
            let moved =
                kept.as_ref().is_none_or(|k| k.owner != *row.owner.bytes() || k.team != *row.team.bytes());
            if moved && !self.rebuilding {
                let entity = i64::from(row.entity.0);
                self.tell_children(
                    table,
                    row.id,
                    Under { entity, owner: *row.owner.bytes(), team: *row.team.bytes() },
                )?;
            }
            Ok(())
        })())
    }

    fn remove(&self, id: RecordId, entity: EntityCode) -> Result<()> {
        let table = self.layout.table(entity)?;
        db((|| {
            let Some(kept) = self.kept(table, id)? else {
                return Ok(());
            };
            self.index_text(table, kept.rid, Some(&kept), "", "")?;
            self.connection
                .prepare_cached(&format!("DELETE FROM {} WHERE rid=?1", table.rows))?
                .execute([kept.rid])?;
            if !self.rebuilding {
                self.tell_children(table, id, Under::ORPHAN)?;
            }
            Ok(())
        })())
    }

    fn kept(&self, table: &Table, id: RecordId) -> Sql<Option<Kept>> {
        let Table { rows, words, .. } = table;
        let sql = format!(
            "SELECT e.rid, e.version, e.owner, e.team, e.search, coalesce(l.words, '')
             FROM {rows} AS e INDEXED BY {rows}_id LEFT JOIN {words} AS l ON l.rid = e.rid WHERE e.id=?1"
        );
        self.connection
            .prepare_cached(&sql)?
            .query_row([id.bytes()], |r| {
                Ok(Kept {
                    rid: r.get(0)?,
                    version: r.get(1)?,
                    owner: r.get(2)?,
                    team: r.get(3)?,
                    search: r.get(4)?,
                    words: r.get(5)?,
                })
            })
            .optional()
    }

    /// The parent's entity, owner and team, as they are in the index now.
    fn under(&self, table: &Table, parent: Option<RecordId>) -> Result<Under> {
        let Some(parent) = parent else {
            return Ok(Under::ALONE);
        };
        if self.rebuilding {
            return Ok(Under::ORPHAN);
        }
        let Some((code, rid)) = locate(self.connection, self.layout, &table.parents, parent)? else {
            return Ok(Under::ORPHAN);
        };
        let rows = &self.layout.table(code)?.rows;
        db((|| {
            self.connection
                .prepare_cached(&format!("SELECT owner, team FROM {rows} WHERE rid=?1"))?
                .query_row([rid], |r| {
                    Ok(Under { entity: i64::from(code.0), owner: r.get(0)?, team: r.get(1)? })
                })
        })())
    }

    /// Brings what hangs on a record in line with the record's own owner and team. Looks first: an update
    /// of possibly many rows makes the full-text tables write out what they hold in memory.
    fn tell_children(&self, table: &Table, parent: RecordId, under: Under) -> Sql<()> {
        let values = params![parent.bytes(), under.entity, under.owner, under.team];
        for child in &table.children {
            let these = format!("{child} INDEXED BY {child}_parent");
            let which = "WHERE parent=?1 AND (p_entity, p_owner, p_team) <> (?2, ?3, ?4)";
            let any = format!("SELECT 1 FROM {these} {which}");
            if self.connection.prepare_cached(&any)?.exists(values)? {
                let sql = format!("UPDATE {these} SET p_entity=?2, p_owner=?3, p_team=?4 {which}");
                self.connection.prepare_cached(&sql)?.execute(values)?;
            }
        }
        Ok(())
    }

    /// At the end of a rebuild: looks up the parents of all records that hang on something.
    pub fn adopt(&self) -> Sql<()> {
        for table in &self.layout.tables {
            let child = &table.rows;
            for parent in self.layout.tables.iter().filter(|p| table.parents.contains(&p.code)) {
                let rows = &parent.rows;
                let sql = format!(
                    "UPDATE {child} SET p_entity=?1, p_owner=p.owner, p_team=p.team
                     FROM {rows} AS p WHERE {child}.p_entity=?2 AND p.id={child}.parent"
                );
                self.connection.execute(&sql, params![i64::from(parent.code.0), ORPHAN])?;
            }
        }
        Ok(())
    }

    /// Replaces the tokens of a row, touching only those that differ: taking one out of a long list is
    /// what costs. The full-text table counts rows, so a row that stays is taken out and put in once.
    fn index_text(&self, table: &Table, rid: i64, kept: Option<&Kept>, search: &str, words: &str) -> Sql<()> {
        let (old_search, old_words) = kept.map_or(("", ""), |k| (&k.search, &k.words));
        if (old_search, old_words) == (search, words) {
            return Ok(());
        }
        let Table { tokens: fts, words: long, .. } = table;
        let (old, new) = (tokens(old_search, old_words), tokens(search, words));
        if !old.is_empty() {
            let sql = format!("INSERT INTO {fts} ({fts}, rowid, t) VALUES ('delete', ?1, ?2)");
            self.connection.prepare_cached(&sql)?.execute(params![rid, without(&old, &new)])?;
        }
        if !new.is_empty() {
            let sql = format!("INSERT INTO {fts} (rowid, t) VALUES (?1, ?2)");
            self.connection.prepare_cached(&sql)?.execute(params![rid, without(&new, &old)])?;
        }
        if words.is_empty() && !old_words.is_empty() {
            self.connection.prepare_cached(&format!("DELETE FROM {long} WHERE rid=?1"))?.execute([rid])?;
        } else if words != old_words {
            let sql = format!("INSERT OR REPLACE INTO {long} (rid, words) VALUES (?1, ?2)");
            self.connection.prepare_cached(&sql)?.execute(params![rid, words])?;
        }
        Ok(())
    }

    /// The values of a row, in the order of the table's statements.
    fn values(&self, table: &Table, row: &IndexRow, under: Under, search: &str) -> Vec<Value> {
        let blob = |b: &[u8; 16]| Value::Blob(b.to_vec());
        let mut out = vec![
            blob(row.id.bytes()),
            blob(row.subject.bytes()),
            blob(row.owner.bytes()),
            blob(row.team.bytes()),
            row.parent.map_or(Value::Null, |p| blob(p.bytes())),
            Value::Integer(under.entity),
            blob(&under.owner),
            blob(&under.team),
            Value::Integer(signed(row.version)),
            Value::Integer(row.created_at.0),
            Value::Integer(row.updated_at.0),
            blob(row.created_by.bytes()),
            blob(row.updated_by.bytes()),
            Value::Integer(i64::from(row.archived)),
            Value::Text(search.to_owned()),
            Value::Text(body(table, &row.content)),
        ];
        for col in table.cols.iter().filter(|c| !c.name.is_empty() && c.column != schema::Column::None) {
            let value = row.content.get(&col.field.name);
            out.push(value.map_or(Value::Null, |v| stored(&table.name, col, v, self.keyed)));
            if col.key.is_some() {
                out.push(Value::Blob(value.and_then(Json::as_str).map(sort_key).unwrap_or_default()));
            }
            if col.currency.is_some() {
                let currency = value.and_then(|v| v.get("currency")).and_then(Json::as_str);
                out.push(currency.map_or(Value::Null, |c| Value::Text(c.to_owned())));
            }
        }
        out
    }
}

/// The tokens that are not among `others`.
fn without(tokens: &str, others: &str) -> String {
    if others.is_empty() {
        return tokens.to_owned();
    }
    let others: std::collections::HashSet<&str> = others.split(' ').collect();
    tokens.split(' ').filter(|t| !others.contains(t)).collect::<Vec<_>>().join(" ")
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The search text of the short fields, and the words of the long ones.
fn texts(table: &Table, content: &Content) -> (String, String) {
    let (mut search, mut words) = (String::new(), String::new());
    for col in table.cols.iter().filter(|c| c.is_searched()) {
        match content.get(&col.field.name) {
            Some(Json::String(t)) if col.is_long() => push_words(&mut words, col.tag, &fold(t)),
            Some(Json::String(t)) => push_line(&mut search, col.tag, &fold(t)),
            Some(Json::Array(all)) => {
                let joined: Vec<&str> = all.iter().filter_map(Json::as_str).collect();
                push_line(&mut search, col.tag, &fold(&joined.join(" ")));
            }
            Some(Json::Number(n)) if matches!(col.field.kind, FieldKind::Integer { .. }) => {
                push_line(&mut search, col.tag, &n.to_string());
            }
            _ => {}
        }
    }
    (search, words)
}

/// JSON text of what lists show: neither special nor long fields.
fn body(table: &Table, content: &Content) -> String {
    let shown = table.cols.iter().filter(|c| c.is_in_body());
    let object: std::collections::BTreeMap<&str, &Json> =
        shown.filter_map(|c| Some((c.field.name.as_str(), content.get(&c.field.name)?))).collect();
    serde_json::to_string(&object).unwrap_or_else(|_| "{}".to_owned())
}
