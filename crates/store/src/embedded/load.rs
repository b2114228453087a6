//! A whole backup into a new file, which has its name only when all of it is there.

use super::write::{Trouble, insert_doc, put_change, put_event, put_link, put_row};
use super::writer::{keep_checkpoint, put_meta, put_nodes};
use super::{lock, open_snapshot, schema};
use crate::backup::{Item, Leaf, Loader, Waiting};
use crate::options::FileOptions;
use crate::refusal;
use crate::resume::RESTORING;
use crate::snapshot::{Snapshot, View};
use kernel::{Fault, FaultKind, Result};
use ledger::{LeafRow, NodeRow};
use rusqlite::Connection;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use vault::{Durability, PageKey, io_fault, open_database, storage_fault, truncate_wal};

/// Items in one transaction.
const GROUP: u32 = 20_000;
/// Page cache while loading: tables grow at their ends, in the order of their keys.
const CACHE_KIB: u32 = 64 << 10;

/// Files of a database that is on its way; removed when dropped.
struct Partial {
    path: PathBuf,
}

impl Partial {
    /// Beside the place it is for; what an interrupted try left is removed.
    fn beside(path: &Path) -> Self {
        let partial = Self { path: with(path, ".restoring") };
        partial.remove();
        partial
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm"] {
            let path = with(&self.path, suffix);
            if let Err(e) = fs::remove_file(&path)
                && e.kind() != ErrorKind::NotFound
            {
                tracing::warn!(error = %e, "a file of an unfinished restore stays");
            }
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        self.remove();
    }
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A file that is being loaded. The connection goes before the files.
pub struct Load {
    connection: Connection,
    partial: Partial,
    path: PathBuf,
    key: PageKey,
    /// Statements that make the indexes again.
    indexes: Vec<String>,
    /// Items since the transaction began.
    group: u32,
    lock: File,
}

impl Load {
    /// # Errors
    /// Conflict if the place is taken; unavailable if another process is at it.
    pub fn begin(file: &FileOptions) -> Result<Self> {
        if file.path.exists() {
            return Err(refusal::exists(&file.path));
        }
        let lock = lock(&file.path)?;
        let (partial, key) = (Partial::beside(&file.path), file.page_key.clone());
        let connection = open_database(&partial.path, &key, Durability::Normal, CACHE_KIB, false)?;
        schema::expand(&connection, &schema::STEPS)?;
        let indexes = drop_indexes(&connection).map_err(|e| storage_fault(&e))?;
        let load = Self { connection, partial, path: file.path.clone(), key, indexes, group: 0, lock };
        load.run("BEGIN IMMEDIATE")?;
        Ok(load)
    }

    fn run(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(|e| storage_fault(&e))
    }

    fn count(&mut self) -> Result<()> {
        self.group += 1;
        if self.group < GROUP {
            return Ok(());
        }
        self.group = 0;
        self.run("COMMIT; BEGIN IMMEDIATE")
    }
}

/// Takes the indexes away that no constraint needs; gives the statements that make them again.
fn drop_indexes(c: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
    let mut statement = c.prepare(sql)?;
    let found = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let found = found.collect::<rusqlite::Result<Vec<_>>>()?;
    for (name, _) in &found {
        c.execute_batch(&format!("DROP INDEX \"{name}\""))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

/// What two items of one backup cannot both say.
fn trouble(trouble: Trouble) -> Fault {
    match trouble {
        Trouble::Batch(fault) if fault.kind == FaultKind::Conflict => {
            Fault::corrupt("backup: an item is there twice")
        }
        Trouble::Batch(fault) | Trouble::Group(fault) => fault,
    }
}

impl Loader for Load {
    fn put(&mut self, item: Item) -> Result<()> {
        let c = &self.connection;
        match &item {
            Item::Record(row) => put_row(c, row),
            Item::Link(link) => put_link(c, &link.from, &link.field, &link.to),
            Item::Change(change) => put_change(c, change),
            Item::Doc(doc) => insert_doc(c, doc),
            Item::Event(_) => return Err(Fault::bug("an event comes as a leaf")),
        }
        .map_err(trouble)?;
        self.count()
    }

    fn put_event(&mut self, leaf: Leaf<'_>) -> Result<()> {
        let row = LeafRow { seq: leaf.seq, id: leaf.event.id, bytes: leaf.bytes.to_vec(), hash: leaf.hash };
        put_event(&self.connection, leaf.event, &row).map_err(trouble)?;
        self.count()
    }

    fn put_nodes(&mut self, nodes: &[NodeRow]) -> Result<()> {
        put_nodes(&self.connection, nodes).map_err(|e| storage_fault(&e))
    }

    fn finish(self: Box<Self>, checkpoint: &str, left: Option<&[u8]>) -> Result<Box<dyn Waiting>> {
        keep_checkpoint(&self.connection, checkpoint).map_err(|e| storage_fault(&e))?;
        if let Some(left) = left {
            put_meta(&self.connection, RESTORING, left).map_err(|e| storage_fault(&e))?;
        }
        for sql in &self.indexes {
            self.run(sql)?;
        }
        self.run("COMMIT")?;
        truncate_wal(&self.connection)?;
        let Self { connection, partial, path, key, lock, .. } = *self;
        drop(connection);
        let snapshot = Snapshot::new(View::Embedded(open_snapshot(&partial.path, &key)?));
        Ok(Box::new(Restored { snapshot, partial, path, _lock: lock }))
    }
}

/// A loaded file that has not its name yet. The connection goes before the files.
struct Restored {
    snapshot: Snapshot,
    partial: Partial,
    path: PathBuf,
    _lock: File,
}

impl Waiting for Restored {
    fn view(&self) -> &Snapshot {
        &self.snapshot
    }

    fn stand(self: Box<Self>) -> Result<()> {
        let Self { snapshot, partial, path, _lock } = *self;
        drop(snapshot);
        if path.exists() {
            return Err(refusal::exists(&path));
        }
        let fault = |e: std::io::Error| io_fault("restored database", &e);
        File::open(&partial.path).and_then(|file| file.sync_all()).map_err(fault)?;
        fs::rename(&partial.path, &path).map_err(fault)?;
        match path.parent() {
            Some(dir) if !dir.as_os_str().is_empty() => {
                File::open(dir).and_then(|dir| dir.sync_all()).map_err(fault)
            }
            _ => Ok(()),
        }
    }
}
