//! Rows of a list, with what the caller may see of them.

use crate::filter::level;
use crate::layout::Table;
use crate::types::{Body, CursorKey, CursorValue, ListRow, Query};
use access::{Facts, Level, Mask, ParentFacts};
use kernel::{Fault, Id, Result, Time};
use rusqlite::Row;
use rusqlite::types::ValueRef;
use schema::{Content, EntityCode};

/// What [`read`] reads.
pub(crate) const COLUMNS: &str = "e.rid, e.id, e.subject, e.owner, e.team, e.parent, e.version, e.created, e.updated, \
     e.created_by, e.updated_by, e.archived, e.body, e.p_entity, e.p_owner, e.p_team";
/// Position of the sort value, after [`COLUMNS`].
const SORT: usize = 16;

fn id<K>(row: &Row<'_>, at: usize) -> rusqlite::Result<Id<K>> {
    row.get::<_, [u8; 16]>(at).map(Id::from_bytes)
}

/// A row as it is in the index; its body is not masked yet.
pub(crate) struct Raw {
    /// What decides how much of it is seen.
    pub facts: Facts,
    pub row: ListRow,
    pub json: String,
    pub cursor: CursorKey,
}

pub(crate) fn read(table: &Table, row: &Row<'_>) -> rusqlite::Result<Raw> {
    let value = match row.get_ref(SORT)? {
        ValueRef::Null | ValueRef::Real(_) => CursorValue::Null,
        ValueRef::Integer(n) => CursorValue::Int(n),
        ValueRef::Text(t) => CursorValue::Text(String::from_utf8_lossy(t).into_owned()),
        ValueRef::Blob(b) => CursorValue::Blob(b.to_vec()),
    };
    let parent = row.get::<_, Option<[u8; 16]>>(5)?.map(Id::from_bytes);
    let above = u16::try_from(row.get::<_, i64>(13)?).ok().filter(|code| *code > 0).zip(parent);
    let above = above.map(|(code, record)| {
        Ok::<_, rusqlite::Error>(ParentFacts {
            record,
            entity: EntityCode(code),
            owner: id(row, 14)?,
            team: id(row, 15)?,
        })
    });
    let facts = Facts {
        record: id(row, 1)?,
        entity: table.code,
        subject: id(row, 2)?,
        owner: id(row, 3)?,
        team: id(row, 4)?,
        parent: above.transpose()?,
    };
    Ok(Raw {
        row: ListRow {
            id: id(row, 1)?,
            entity: table.code,
            subject: id(row, 2)?,
            owner: id(row, 3)?,
            team: id(row, 4)?,
            parent,
            version: u64::try_from(row.get::<_, i64>(6)?).unwrap_or_default(),
            created_at: Time(row.get(7)?),
            updated_at: Time(row.get(8)?),
            created_by: id(row, 9)?,
            updated_by: id(row, 10)?,
            archived: row.get(11)?,
            body: Body::Json(String::new()),
        },
        facts,
        json: row.get(12)?,
        cursor: CursorKey { value, rid: row.get(0)? },
    })
}

/// The body as the caller may see it, as far as the query wants it.
pub(crate) fn masked(table: &Table, mask: &Mask, query: &Query, json: String) -> Result<Body> {
    if mask.is_open() && query.fields.is_none() {
        return Ok(Body::Json(json));
    }
    let all: Content =
        serde_json::from_str(&json).map_err(|_| Fault::corrupt("a body in the index is no JSON"))?;
    let mut content = Content::new();
    let mut masked = Vec::new();
    for (name, value) in all.into_iter().filter(|(name, _)| query.wants(name)) {
        match level(table, mask, &name) {
            Level::Hidden => {}
            Level::Masked => masked.push(name),
            Level::Read | Level::Write => {
                content.insert(name, value);
            }
        }
    }
    Ok(Body::Fields { content, masked })
}
