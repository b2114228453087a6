//! A whole backup into an empty database, in one transaction: all of it is there at once, or nothing.

use super::connect::Connector;
use super::fault::{fault, of_making, unavailable};
use super::read::{execute, many, seq};
use super::view::View;
use super::wait::wait;
use super::write::{bytes, set, user};
use super::{map, schema, writer};
use crate::backup::{Item, Leaf, Loader, Waiting};
use crate::contract::{Change, Doc, LinkRow, Row};
use crate::options::PostgresOptions;
use crate::refusal;
use crate::resume::{CHECKPOINT, RESTORING};
use crate::snapshot::{self, Snapshot};
use deadpool_postgres::ClientWrapper;
use kernel::{Fault, FaultKind, Result};
use ledger::NodeRow;
use std::pin::Pin;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

/// Loading takes as long as it takes, and its source may think meanwhile.
const AT_LENGTH: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;";

/// A table and its columns, as they are copied.
struct Table {
    sql: &'static str,
    types: &'static [Type],
}

const B: Type = Type::BYTEA;
const I: Type = Type::INT8;
const T: Type = Type::TEXT;

const RECORD: Table = Table {
    sql: "COPY record (id, entity, subject, owner, team, parent, version, schema, created_at, created_by, \
          updated_at, updated_by, deleted_at, sealed) FROM STDIN BINARY",
    types: &[B, I, B, B, B, B, I, I, I, B, I, B, I, B],
};
const LINK: Table = Table { sql: "COPY link (source, field, target) FROM STDIN BINARY", types: &[B, T, B] };
const CHANGE: Table = Table {
    sql: "COPY change (seq, record, entity, version, kind, at, by, part_of, event, diff) FROM STDIN BINARY",
    types: &[I, B, I, I, I, I, B, B, I, B],
};
const DOC: Table = Table {
    sql: "COPY doc (kind, id, key, \"user\", version, updated_at, sealed) FROM STDIN BINARY",
    types: &[I, B, B, B, I, I, B],
};
const EVENT: Table = Table {
    sql: "COPY event (seq, id, at, \"user\", record, subject, act, bytes, hash) FROM STDIN BINARY",
    types: &[I, B, I, B, B, B, I, B, B],
};
const NODE: Table = Table { sql: "COPY node (level, idx, hash) FROM STDIN BINARY", types: &[I, I, B] };

/// A database that is being loaded.
pub struct Load {
    client: ClientWrapper,
    connector: Connector,
    /// The table that is being copied to, by its statement.
    copy: Option<(&'static str, Pin<Box<BinaryCopyInWriter>>)>,
    /// Written when the events are, which are copied meanwhile.
    nodes: Vec<NodeRow>,
    /// Statements that make the indexes again.
    indexes: Vec<String>,
}

impl Load {
    /// # Errors
    /// Conflict if there is an instance already; unavailable if the database does not answer.
    pub fn begin(place: &PostgresOptions) -> Result<Self> {
        let connector = Connector::new(place)?.with(AT_LENGTH);
        let client = wait(connector.reach())?;
        let indexes = wait(async {
            schema::check_server(&client).await?;
            if schema::exists(&client).await? {
                return Err(refusal::database_exists());
            }
            writer::be_alone(&client).await?;
            client.batch_execute(writer::BEGIN).await.map_err(|e| fault(&e))?;
            if schema::exists(&client).await? {
                return Err(refusal::database_exists());
            }
            schema::expand(&client, &schema::STEPS).await?;
            drop_indexes(&client).await
        })
        .map_err(|why| of_making(why, connector.config()))?;
        Ok(Self { client, connector, copy: None, nodes: Vec::new(), indexes })
    }

    fn put_row(&mut self, table: &Table, row: &[&(dyn ToSql + Sync)]) -> Result<()> {
        wait(async {
            if self.copy.as_ref().is_none_or(|(sql, _)| *sql != table.sql) {
                self.end_copy().await?;
                let sink = self.client.copy_in(table.sql).await.map_err(|e| twice(&e))?;
                self.copy = Some((table.sql, Box::pin(BinaryCopyInWriter::new(sink, table.types))));
            }
            match &mut self.copy {
                Some((_, copy)) => copy.as_mut().write(row).await.map_err(|e| twice(&e)),
                None => Err(unavailable()),
            }
        })
    }

    async fn end_copy(&mut self) -> Result<()> {
        match self.copy.take() {
            Some((_, mut copy)) => copy.as_mut().finish().await.map(drop).map_err(|e| twice(&e)),
            None => Ok(()),
        }
    }

    fn put_record(&mut self, row: &Row) -> Result<()> {
        let (entity, schema) = (i64::from(row.entity), i64::from(row.schema));
        let parent = row.parent.as_ref().map(bytes);
        self.put_row(
            &RECORD,
            &[
                &bytes(&row.id),
                &entity,
                &bytes(&row.subject),
                &bytes(&row.owner),
                &bytes(&row.team),
                &parent,
                &seq(row.version),
                &schema,
                &row.created_at.0,
                &bytes(&row.created_by),
                &row.updated_at.0,
                &bytes(&row.updated_by),
                &row.deleted_at.map(|t| t.0),
                &row.sealed,
            ],
        )
    }

    fn put_link(&mut self, link: &LinkRow) -> Result<()> {
        self.put_row(&LINK, &[&bytes(&link.from), &link.field, &bytes(&link.to)])
    }

    fn put_change(&mut self, change: &Change) -> Result<()> {
        self.put_row(
            &CHANGE,
            &[
                &seq(change.seq),
                &bytes(&change.record),
                &i64::from(change.entity),
                &seq(change.version),
                &change.kind.number(),
                &change.at.0,
                &bytes(&change.by),
                &set(&change.part_of),
                &seq(change.event),
                &change.diff,
            ],
        )
    }

    fn put_doc(&mut self, doc: &Doc) -> Result<()> {
        let key = doc.key.as_ref().map(|key| &key[..]);
        self.put_row(
            &DOC,
            &[
                &(doc.kind as i64),
                &&doc.id[..],
                &key,
                &doc.user.as_ref().map(bytes),
                &seq(doc.version),
                &doc.updated_at.0,
                &doc.sealed,
            ],
        )
    }
}

/// Takes the indexes away that no constraint needs; gives the statements that make them again.
async fn drop_indexes(c: &ClientWrapper) -> Result<Vec<String>> {
    let sql = "SELECT pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text FROM pg_index i
        JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
        ORDER BY 2";
    let found =
        many(c, sql, &[], |sql| Ok((map::get::<String>(sql, 0)?, map::get::<String>(sql, 1)?))).await?;
    for (_, name) in &found {
        c.batch_execute(&format!("DROP INDEX {name}")).await.map_err(|e| fault(&e))?;
    }
    Ok(found.into_iter().map(|(sql, _)| sql).collect())
}

/// What two items of one backup cannot both say.
fn twice(error: &tokio_postgres::Error) -> Fault {
    match error.as_db_error() {
        Some(db) if db.code().code().starts_with("23") => Fault::corrupt("backup: an item is there twice"),
        _ => fault(error),
    }
}

impl Loader for Load {
    fn put(&mut self, item: Item) -> Result<()> {
        match &item {
            Item::Record(row) => self.put_record(row),
            Item::Link(link) => self.put_link(link),
            Item::Change(change) => self.put_change(change),
            Item::Doc(doc) => self.put_doc(doc),
            Item::Event(_) => Err(Fault::bug("an event comes as a leaf")),
        }
    }

    fn put_event(&mut self, leaf: Leaf<'_>) -> Result<()> {
        let event = leaf.event;
        self.put_row(
            &EVENT,
            &[
                &seq(leaf.seq),
                &bytes(&event.id),
                &event.at.0,
                &user(event),
                &set(&event.record),
                &set(&event.subject),
                &i64::from(event.act as u16),
                &leaf.bytes,
                &&leaf.hash[..],
            ],
        )
    }

    fn put_nodes(&mut self, nodes: &[NodeRow]) -> Result<()> {
        self.nodes.extend_from_slice(nodes);
        Ok(())
    }

    fn finish(mut self: Box<Self>, checkpoint: &str, left: Option<&[u8]>) -> Result<Box<dyn Waiting>> {
        for node in std::mem::take(&mut self.nodes) {
            let (level, index) = (i64::from(node.level), seq(node.index));
            self.put_row(&NODE, &[&level, &index, &&node.hash[..]])?;
        }
        wait(async {
            self.end_copy().await?;
            for sql in &self.indexes {
                self.client.batch_execute(sql).await.map_err(|e| twice(&e))?;
            }
            schema::put_meta(&self.client, CHECKPOINT, checkpoint.as_bytes()).await?;
            if let Some(left) = left {
                schema::put_meta(&self.client, RESTORING, left).await?;
            }
            // Constraints that wait for the end are looked at while a refusal is still cheap.
            execute(&self.client, "SET CONSTRAINTS ALL IMMEDIATE", &[]).await?;
            self.client
                .batch_execute("ANALYZE record, link, change, doc, event, node")
                .await
                .map_err(|e| fault(&e))
        })?;
        let Self { client, connector, .. } = *self;
        let view = snapshot::View::Postgres(Box::new(View::within(client, connector)));
        Ok(Box::new(Restored { snapshot: Snapshot::new(view) }))
    }
}

/// What was loaded, seen from within its transaction, which ends with the connection unless it is committed.
struct Restored {
    snapshot: Snapshot,
}

impl Waiting for Restored {
    fn view(&self) -> &Snapshot {
        &self.snapshot
    }

    fn stand(self: Box<Self>) -> Result<()> {
        let snapshot::View::Postgres(view) = self.snapshot.view() else {
            return Err(Fault::bug("a database is no file"));
        };
        // Whoever opens it next need not wait until the database notices that this connection has ended.
        let end = format!("COMMIT; {}", writer::TOGETHER);
        view.read(async |c| c.batch_execute(&end).await.map_err(|e| fault(&e))).map_err(|fault| {
            // Whether it was committed may not be known: the next try then finds an instance, or none.
            if fault.kind == FaultKind::Unavailable {
                unavailable().internal("the answer to the commit was lost")
            } else {
                fault
            }
        })
    }
}
