//! What somebody owns, by all that decisions look at.

use crate::arms::{Reach, Sql};
use crate::open::Index;
use crate::pool::read_fault;
use access::{Facts, ListPermit, ParentFacts};
use kernel::{Id, RecordId, Result, SubjectId, UserId};
use rusqlite::{Row, params_from_iter};
use schema::EntityCode;

/// Places at most, those with most records; the rest is left out.
pub const OWNED_PLACES: usize = 200;

impl Index {
    /// Records that `owner` owns, in the bin too, counted by their teams and by what they hang on; most first. The
    /// facts are those of a decision on each of them but for which it is and whose subject, which are nil.
    ///
    /// # Errors
    /// As [`Index::count`].
    pub async fn owned(&self, permit: &ListPermit, owner: UserId) -> Result<Vec<(Facts, u64)>> {
        let permit = permit.clone();
        self.read(move |connection, layout, _| {
            let (entity, table) = (permit.entity(), layout.table(permit.entity())?);
            let reach = Reach::of(table, permit.predicate());
            if reach.ways.is_empty() {
                return Ok(Vec::new());
            }
            let mut sql = Sql::default();
            let (whose, visible) = (sql.bind(owner.bytes().to_vec()), reach.condition(&mut sql));
            let text = format!(
                "SELECT e.team, e.p_entity, e.p_owner, e.p_team, count(*) FROM {} AS e
                 WHERE e.owner={whose} AND {visible}
                 GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 3, 4 LIMIT {OWNED_PLACES}",
                table.rows
            );
            let run = || -> rusqlite::Result<Vec<Option<(Facts, u64)>>> {
                let mut prepared = connection.prepare_cached(&text)?;
                prepared.query_map(params_from_iter(sql.params), |r| place(r, entity, owner))?.collect()
            };
            Ok(run().map_err(|e| read_fault(&e))?.into_iter().flatten().collect())
        })
        .await
    }
}

/// One place and how many records are there; nothing where what they hang on is unknown.
fn place(row: &Row<'_>, entity: EntityCode, owner: UserId) -> rusqlite::Result<Option<(Facts, u64)>> {
    let id = |at| row.get::<_, [u8; 16]>(at);
    let parent = match u16::try_from(row.get::<_, i64>(1)?) {
        Ok(0) => None,
        Ok(code) => Some(ParentFacts {
            record: RecordId::NIL,
            entity: EntityCode(code),
            owner: Id::from_bytes(id(2)?),
            team: Id::from_bytes(id(3)?),
        }),
        Err(_) => return Ok(None),
    };
    let team = Id::from_bytes(id(0)?);
    let facts = Facts { record: RecordId::NIL, entity, subject: SubjectId::NIL, owner, team, parent };
    Ok(Some((facts, u64::try_from(row.get::<_, i64>(4)?).unwrap_or_default())))
}
