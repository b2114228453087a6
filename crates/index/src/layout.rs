//! Tables made from descriptors.

use crate::beside::{DONE, DUE};
use crate::moments::Moments;
use crate::shape::Shape;
use crate::text::tag;
use kernel::{Fault, RecordId, Result};
use rusqlite::Connection;
use schema::{Catalog, Column, Entity, EntityCode, Field, FieldKind};
use std::collections::HashMap;
use std::sync::Arc;

/// `p_entity` of a record that hangs on nothing.
pub(crate) const ALONE: i64 = 0;
/// `p_entity` of a record whose parent the index does not know: it is visible to nobody.
pub(crate) const ORPHAN: i64 = -1;

/// Columns that every table has, in the order in which they are written.
pub(crate) const COMMON: [&str; 16] = [
    "id",
    "subject",
    "owner",
    "team",
    "parent",
    "p_entity",
    "p_owner",
    "p_team",
    "version",
    "created",
    "updated",
    "created_by",
    "updated_by",
    "archived",
    "search",
    "body",
];

/// A field as a column.
pub(crate) struct Col {
    pub field: Field,
    pub column: Column,
    /// Name of the column, if there is one.
    pub name: String,
    /// Column of the collation key.
    pub key: Option<String>,
    /// Column of the currency.
    pub currency: Option<String>,
    /// Index that serves equality.
    pub index: Option<String>,
    /// Marks its line in the search text.
    pub tag: char,
}

impl Col {
    fn new(entity: &Entity, position: usize, field: &Field) -> Self {
        let column = field.column();
        let (flags, name) = (field.flags, &field.name);
        // Imported files name what a row refers to by its title; nothing refers to what hangs on others.
        let names = entity.title == *name && !entity.is_child();
        let indexed = !flags.custom
            && (column == Column::Id
                || ((flags.unique || names) && column != Column::None)
                || column == Column::Keyed);
        Self {
            column,
            name: format!("f_{name}"),
            key: (flags.sorts_as_name && !flags.custom && column == Column::Text)
                .then(|| format!("k_{name}")),
            currency: matches!(field.kind, FieldKind::Money)
                .then(|| format!("y_{name}"))
                .filter(|_| column != Column::None),
            index: indexed.then(|| format!("e_{}_f_{name}", entity.name)),
            tag: tag(position),
            field: field.clone(),
        }
    }

    /// Whether its value may be in the index in clear.
    pub fn is_clear(&self) -> bool {
        !self.field.flags.special && self.column != Column::Keyed
    }

    /// Whether it is several lines.
    pub fn is_long(&self) -> bool {
        matches!(self.field.kind, FieldKind::LongText { .. })
    }

    /// Whether its value is part of the body.
    pub fn is_in_body(&self) -> bool {
        self.field.is_listed()
    }

    /// Whether search looks at it.
    pub fn is_searched(&self) -> bool {
        self.field.flags.searchable && self.is_clear()
    }

    /// Names and types of its columns.
    fn definitions(&self) -> Vec<String> {
        let kind = match self.column {
            Column::None => return Vec::new(),
            Column::Text | Column::Many => "TEXT",
            Column::Integer | Column::Scaled | Column::Time => "INTEGER",
            Column::Id | Column::Keyed => "BLOB",
        };
        let mut out = vec![format!("{} {kind}", self.name)];
        out.extend(self.key.iter().map(|k| format!("{k} BLOB NOT NULL DEFAULT x''")));
        out.extend(self.currency.iter().map(|c| format!("{c} TEXT")));
        out
    }
}

/// One entity's tables: `e_*` with the rows, `s_*` with the tokens, `l_*` with the words of long texts.
pub(crate) struct Table {
    pub code: EntityCode,
    pub rows: String,
    pub tokens: String,
    pub words: String,
    pub title: String,
    pub name: String,
    pub cols: Vec<Col>,
    /// Entities that its records can hang on.
    pub parents: Vec<EntityCode>,
    /// Their tables of rows.
    pub above: Vec<String>,
    /// Tables whose records can hang on its records.
    pub children: Vec<String>,
    /// Whether any field is words of a long text.
    pub has_long: bool,
    pub insert: String,
    pub update: String,
}

impl Table {
    fn new(entity: &Entity, catalog: &Catalog) -> Result<Self> {
        let fits = |n: &str| {
            !n.is_empty() && n.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if !fits(&entity.name) || !entity.fields.iter().all(|f| fits(&f.name)) {
            return Err(Fault::bug("a descriptor has a name that is no column's name"));
        }
        let cols: Vec<Col> = entity.fields.iter().enumerate().map(|(i, f)| Col::new(entity, i, f)).collect();
        let children = catalog.entities().iter().filter(|c| c.parents.contains(&entity.name));
        let rows = format!("e_{}", entity.name);
        let mut names: Vec<String> = COMMON.iter().map(|c| (*c).to_owned()).collect();
        for col in cols.iter().filter(|c| c.column != Column::None) {
            names.push(col.name.clone());
            names.extend(col.key.clone());
            names.extend(col.currency.clone());
        }
        let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
        let sets: Vec<String> = names.iter().zip(&marks).map(|(n, m)| format!("{n}={m}")).collect();
        Ok(Self {
            code: entity.code,
            tokens: format!("s_{}", entity.name),
            words: format!("l_{}", entity.name),
            title: entity.title.clone(),
            name: entity.name.clone(),
            parents: entity.parents.iter().filter_map(|p| catalog.get(p)).map(|p| p.code).collect(),
            above: entity.parents.iter().map(|p| format!("e_{p}")).collect(),
            children: children.map(|c| format!("e_{}", c.name)).collect(),
            has_long: cols.iter().any(|c| c.is_searched() && c.is_long()),
            insert: format!("INSERT INTO {rows} ({}) VALUES ({})", names.join(","), marks.join(",")),
            update: format!("UPDATE {rows} SET {} WHERE rid=?{}", sets.join(","), names.len() + 1),
            rows,
            cols,
        })
    }

    /// The field called `name`.
    pub fn col(&self, name: &str) -> Option<&Col> {
        self.cols.iter().find(|c| c.field.name == name)
    }

    /// Whether its records can hang on others.
    pub fn is_child(&self) -> bool {
        !self.parents.is_empty()
    }

    fn create(&self) -> String {
        let fields: Vec<String> =
            self.cols.iter().flat_map(Col::definitions).map(|d| format!(", {d}")).collect();
        let nil = "BLOB NOT NULL DEFAULT x'00000000000000000000000000000000'";
        // What can be long comes last, so that a walk over rows seldom leaves their first page.
        format!(
            "CREATE TABLE {rows} (rid INTEGER PRIMARY KEY, id BLOB NOT NULL, subject {nil}, owner {nil}, team {nil},
               parent BLOB, p_entity INTEGER NOT NULL DEFAULT 0, p_owner {nil}, p_team {nil},
               version INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
               created_by {nil}, updated_by {nil}, archived INTEGER NOT NULL
               {fields}, search TEXT NOT NULL, body TEXT NOT NULL) STRICT;
             CREATE UNIQUE INDEX {rows}_id ON {rows} (id);
             CREATE TABLE {words} (rid INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;
             CREATE VIRTUAL TABLE {tokens} USING fts5(t, content='', columnsize=0, detail=none, tokenize=\"ascii tokenchars '_='\");
             INSERT INTO {tokens} ({tokens}, rank) VALUES ('secure-delete', 1);",
            rows = self.rows, words = self.words, tokens = self.tokens, fields = fields.concat(),
        )
    }

    /// The indexes that a rebuild makes last.
    fn indexes(&self) -> String {
        let rows = &self.rows;
        let mut all: Vec<(String, String)> = vec![
            ("own".into(), "(owner, archived, updated) WHERE p_entity=0".into()),
            ("team".into(), "(team, archived, updated) WHERE p_entity=0".into()),
            ("all".into(), "(archived, updated)".into()),
        ];
        if self.is_child() {
            let under = [
                ("alone", "(archived, updated) WHERE p_entity=0"),
                ("under", "(p_entity, archived, updated) WHERE p_entity>0"),
                ("p_own", "(p_entity, p_owner, archived, updated) WHERE p_entity>0"),
                ("p_team", "(p_entity, p_team, archived, updated) WHERE p_entity>0"),
                ("parent", "(parent, archived, updated) WHERE parent IS NOT NULL"),
            ];
            all.extend(under.map(|(n, d)| (n.to_owned(), d.to_owned())));
            if let (Some(done), Some(due)) = (self.col(DONE), self.col(DUE)) {
                let open = format!("archived=0 AND coalesce({},0)=0", done.name);
                all.push((
                    "open".into(),
                    format!("(parent, {}) WHERE parent IS NOT NULL AND {open}", due.name),
                ));
            }
        }
        for col in &self.cols {
            all.extend(col.key.iter().map(|k| (k.clone(), format!("(archived, {k})"))));
            if col.index.is_some() {
                let name = &col.name;
                all.push((name.clone(), format!("({name}, archived, updated) WHERE {name} IS NOT NULL")));
            }
        }
        all.iter()
            .map(|(n, d)| {
                let (columns, condition) =
                    d.split_once(" WHERE ").map_or((d.as_str(), None), |(c, w)| (c, Some(w)));
                let condition = condition.map(|w| format!(" WHERE {w}")).unwrap_or_default();
                format!("CREATE INDEX {rows}_{n} ON {rows} {columns}{condition};")
            })
            .collect()
    }
}

/// The tables of a catalog.
pub(crate) struct Layout {
    pub tables: Vec<Table>,
    by_code: HashMap<EntityCode, usize>,
    pub shape: Shape,
    /// When records were last changed, as far as it is known in memory.
    pub moments: Moments,
}

impl Layout {
    pub fn new(catalog: &Arc<Catalog>) -> Result<Self> {
        let tables: Vec<Table> =
            catalog.entities().iter().map(|e| Table::new(e, catalog)).collect::<Result<_>>()?;
        let by_code = tables.iter().enumerate().map(|(i, t)| (t.code, i)).collect();
        Ok(Self { tables, by_code, shape: Shape::of(catalog), moments: Moments::default() })
    }

    /// The tables of this entity.
    pub fn table(&self, code: EntityCode) -> Result<&Table> {
        self.by_code.get(&code).map(|&i| &self.tables[i]).ok_or_else(|| Fault::bug("unknown entity"))
    }

    /// Makes all tables, empty, and marks the index as having applied nothing.
    pub fn create(&self, connection: &Connection) -> rusqlite::Result<()> {
        connection.execute_batch(
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
             CREATE TABLE seen (record BLOB NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (record, event)) STRICT, WITHOUT ROWID;
             INSERT INTO meta VALUES ('applied', 0), ('seen', 0), ('whole', 1);",
        )?;
        self.save_shape(connection)?;
        self.tables.iter().try_for_each(|t| connection.execute_batch(&t.create()))
    }

    pub fn save_shape(&self, connection: &Connection) -> rusqlite::Result<()> {
        let text = serde_json::to_string(&self.shape).unwrap_or_default();
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('shape', ?1)", [text])?;
        Ok(())
    }

    pub fn create_indexes(&self, connection: &Connection) -> rusqlite::Result<()> {
        self.tables.iter().try_for_each(|t| connection.execute_batch(&t.indexes()))
    }

    pub fn drop_all(connection: &Connection) -> rusqlite::Result<()> {
        let mut find = connection.prepare(
            "SELECT name FROM sqlite_schema WHERE type='table' AND (name GLOB 'e_*' OR name GLOB 'l_*' OR name IN ('meta', 'seen')
               OR (name GLOB 's_*' AND sql LIKE 'CREATE VIRTUAL%'))",
        )?;
        let names: Vec<String> = find.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        drop(find);
        names.iter().try_for_each(|n| connection.execute_batch(&format!("DROP TABLE {n};")))
    }

    /// Adds the columns of fields that came after the first `before` of each entity.
    pub fn add_columns(&self, connection: &Connection, before: &[usize]) -> rusqlite::Result<()> {
        for (table, known) in self.tables.iter().zip(before) {
            for definition in table.cols.iter().skip(*known).flat_map(Col::definitions) {
                connection.execute_batch(&format!("ALTER TABLE {} ADD COLUMN {definition};", table.rows))?;
            }
        }
        self.save_shape(connection)
    }
}

/// The table and row number of a record, wherever it is.
pub(crate) fn locate(
    connection: &Connection,
    layout: &Layout,
    among: &[EntityCode],
    id: RecordId,
) -> Result<Option<(EntityCode, i64)>> {
    use rusqlite::OptionalExtension;
    for code in among {
        let rows = &layout.table(*code)?.rows;
        let found = connection
            .prepare_cached(&format!("SELECT rid FROM {rows} INDEXED BY {rows}_id WHERE id=?1"))
            .and_then(|mut s| s.query_row([id.bytes()], |r| r.get(0)).optional())
            .map_err(|e| vault::storage_fault(&e))?;
        if let Some(rid) = found {
            return Ok(Some((*code, rid)));
        }
    }
    Ok(None)
}
