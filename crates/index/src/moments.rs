//! When records that somebody was granted were last changed, in memory: whoever has thousands of them gets the latest
//! without a look at each. What is changed is forgotten, and looked up again when it is asked for.

use crate::arms::Sql;
use crate::layout::Table;
use crate::plan::Scope;
use crate::pool::read_fault;
use crate::types::{CursorKey, CursorValue};
use kernel::{RecordId, Result};
use rusqlite::types::Value;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Records that are known at once; if there would be more, all are forgotten.
const KNOWN: usize = if cfg!(test) { 8 } else { 500_000 };
/// Rows more than are wanted, in case some change in this moment.
const SPARE: usize = 8;

#[derive(Clone, Copy, Debug)]
struct Moment {
    rid: i64,
    updated: i64,
    archived: bool,
}

#[derive(Default)]
struct State {
    known: HashMap<RecordId, Moment>,
    /// Grows with each forgetting.
    turn: u64,
    /// In which turn a record was last forgotten; of turns before `since` nothing is known.
    forgotten: HashMap<RecordId, u64>,
    since: u64,
}

/// What is known.
#[derive(Default)]
pub(crate) struct Moments(Mutex<State>);

impl Moments {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets these: to be called before a change of them is committed, and after it. What was looked up between the
    /// two goes with the second, and what is looked up after it is as it is then.
    pub fn forget<'a>(&self, ids: impl IntoIterator<Item = &'a RecordId>) {
        let state = &mut *self.state();
        state.turn += 1;
        if state.forgotten.len() > KNOWN {
            state.forgotten.clear();
            state.since = state.turn;
        }
        for id in ids {
            state.known.remove(id);
            state.forgotten.insert(*id, state.turn);
        }
    }

    /// Forgets everything, in the same way.
    pub fn forget_all(&self) {
        let state = &mut *self.state();
        state.turn += 1;
        state.since = state.turn;
        state.known.clear();
        state.forgotten.clear();
    }

    /// Those of the records that are known, the others, and the turn in which this is so.
    fn look(&self, ids: &[RecordId]) -> (Vec<Moment>, Vec<RecordId>, u64) {
        let state = self.state();
        let (mut known, mut others) = (Vec::with_capacity(ids.len()), Vec::new());
        for id in ids {
            match state.known.get(id) {
                Some(moment) => known.push(*moment),
                None => others.push(*id),
            }
        }
        (known, others, state.turn)
    }

    /// Keeps what was looked up since a turn, but for what was forgotten meanwhile.
    fn keep(&self, found: &[(RecordId, Moment)], turn: u64) {
        let state = &mut *self.state();
        if turn < state.since {
            return;
        }
        if state.known.len() + found.len() > KNOWN {
            state.known.clear();
        }
        let same = |id: &RecordId| state.forgotten.get(id).is_none_or(|at| *at <= turn);
        let fresh = found.iter().filter(|(id, _)| same(id)).take(KNOWN);
        state.known.extend(fresh.copied());
    }
}

impl Scope<'_> {
    /// Of these records those that come first after a cursor, by the time of their last change: their rows' numbers as
    /// a value. A few more than are wanted.
    pub(crate) fn latest(
        &self,
        ids: &[RecordId],
        archived: bool,
        (descending, after): (bool, Option<&CursorKey>),
        wanted: i64,
    ) -> Result<Value> {
        let (mut all, others, turn) = self.moments.look(ids);
        if !others.is_empty() {
            let found = self.look_up(self.table, &others)?;
            self.moments.keep(&found, turn);
            all.extend(found.into_iter().map(|(_, moment)| moment));
        }
        let sign = if descending { -1 } else { 1 };
        let key = |m: &Moment| (sign * m.updated, sign * m.rid);
        let passed = after.and_then(|cursor| match cursor.value {
            CursorValue::Int(updated) => Some((sign * updated, sign * cursor.rid)),
            _ => None,
        });
        all.retain(|m| m.archived == archived && passed.is_none_or(|passed| key(m) > passed));
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX).saturating_add(SPARE);
        if all.len() > wanted {
            all.select_nth_unstable_by_key(wanted, key);
            all.truncate(wanted);
        }
        let rids: Vec<String> = all.iter().map(|m| m.rid.to_string()).collect();
        Ok(Value::Text(format!("[{}]", rids.join(","))))
    }

    fn look_up(&self, table: &Table, ids: &[RecordId]) -> Result<Vec<(RecordId, Moment)>> {
        let rows = &table.rows;
        let sql = format!("SELECT rid, updated, archived FROM {rows} INDEXED BY {rows}_id WHERE id=?1");
        let run = || -> rusqlite::Result<Vec<(RecordId, Moment)>> {
            let mut find = self.connection.prepare_cached(&sql)?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                let mut rows = find.query([id.bytes()])?;
                if let Some(r) = rows.next()? {
                    let moment = Moment { rid: r.get(0)?, updated: r.get(1)?, archived: r.get(2)? };
                    found.push((*id, moment));
                }
            }
            Ok(found)
        };
        run().map_err(|e| read_fault(&e))
    }
}

/// The condition that a row is one of these.
pub(crate) fn among_rows(sql: &mut Sql, rids: Value) -> String {
    let rids = sql.bind(rids);
    format!("e.rid IN (SELECT value FROM json_each({rids}))")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    fn id(n: u8) -> RecordId {
        Id::from_bytes([n; 16])
    }

    fn moment(updated: i64) -> Moment {
        Moment { rid: 1, updated, archived: false }
    }

    #[test]
    fn what_was_looked_up_before_a_change_is_not_kept_after_it() {
        let moments = Moments::default();
        let (_, others, before) = moments.look(&[id(1), id(2)]);
        assert_eq!(others, [id(1), id(2)]);
        moments.forget([&id(1)]);
        // As it was before the change, or in the middle of it.
        moments.keep(&[(id(1), moment(1)), (id(2), moment(1))], before);
        let (known, others, between) = moments.look(&[id(1), id(2)]);
        assert_eq!((known.len(), &others[..]), (1, &[id(1)][..]));
        moments.keep(&[(id(1), moment(1))], between);
        moments.forget([&id(1)]);
        moments.keep(&[(id(1), moment(1))], between);
        let (known, others, after) = moments.look(&[id(1)]);
        assert_eq!((known.len(), &others[..]), (0, &[id(1)][..]));
        moments.keep(&[(id(1), moment(2))], after);
        assert_eq!(moments.look(&[id(1)]).0[0].updated, 2);
        moments.forget_all();
        moments.keep(&[(id(1), moment(2))], after);
        assert!(moments.look(&[id(1), id(2)]).0.is_empty());
    }

    #[test]
    fn memory_is_bounded() {
        let moments = Moments::default();
        let all: Vec<_> = (0..40).map(|n| (id(n), moment(1))).collect();
        moments.keep(&all, 0);
        assert!(moments.state().known.len() <= KNOWN);
        let ids: Vec<_> = (0..40).map(id).collect();
        moments.forget(&ids);
        moments.forget(&ids[..1]);
        assert_eq!(moments.state().forgotten.len(), 1);
        // Nothing is known any more of what was forgotten before.
        moments.keep(&all, 1);
        assert!(moments.state().known.is_empty());
    }
}
