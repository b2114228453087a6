//! What hangs on records, by number.

use crate::arms::{Reach, Sql};
use crate::open::Index;
use crate::pool::read_fault;
use access::ListPermit;
use kernel::{RecordId, Result};
use rusqlite::params_from_iter;

/// Records that are looked under in one statement.
const AT_ONCE: usize = 500;

impl Index {
    /// How many visible records hang on these, in the bin too.
    ///
    /// # Errors
    /// As [`Index::count`].
    pub async fn hanging(&self, permit: &ListPermit, on: Vec<RecordId>) -> Result<u64> {
        let permit = permit.clone();
        self.read(move |connection, layout, _| {
            let table = layout.table(permit.entity())?;
            let reach = Reach::of(table, permit.predicate());
            if reach.ways.is_empty() || !table.is_child() {
                return Ok(0);
            }
            let mut all = 0_u64;
            for part in on.chunks(AT_ONCE) {
                let mut sql = Sql::default();
                let above = sql.bind_all(part.iter().map(|id| id.bytes().to_vec().into()));
                let visible = reach.condition(&mut sql);
                let text = format!(
                    "SELECT count(*) FROM {rows} AS e INDEXED BY {rows}_parent
                     WHERE e.parent IS NOT NULL AND e.parent IN ({above}) AND {visible}",
                    rows = table.rows
                );
                let run = || -> rusqlite::Result<i64> {
                    connection.prepare(&text)?.query_row(params_from_iter(&sql.params), |row| row.get(0))
                };
                all += run().map_err(|e| read_fault(&e))?.unsigned_abs();
            }
            Ok(all)
        })
        .await
    }
}
