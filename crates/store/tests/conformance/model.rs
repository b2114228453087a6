//! Random histories against a map that does the same.

use crate::support::{Engine, Place, next, with};
use kernel::{FaultKind, RecordId};
use proptest::prelude::*;
use std::collections::BTreeMap;
use store::{Row, RowWrite};

#[derive(Clone, Debug)]
enum Op {
    Insert,
    Update(prop::sample::Index),
    StaleUpdate(prop::sample::Index),
    Remove(prop::sample::Index),
}

fn op() -> impl Strategy<Value = Op> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        3 => Just(Op::Insert),
        3 => index().prop_map(Op::Update),
        1 => index().prop_map(Op::StaleUpdate),
        2 => index().prop_map(Op::Remove),
    ]
}

/// What the store must hold.
#[derive(Clone, Default)]
struct Model {
    rows: BTreeMap<RecordId, Row>,
    changes: u64,
}

/// Applies the operations of one batch to a copy of the model; `None` if the batch must be refused.
fn plan(place: &Place, model: &Model, ops: &[Op]) -> (Vec<RowWrite>, Option<Model>) {
    let mut after = model.clone();
    let (mut writes, mut stale) = (Vec::new(), false);
    for op in ops {
        let picked = |index: &prop::sample::Index| {
            (!after.rows.is_empty()).then(|| after.rows.values().nth(index.index(after.rows.len())).cloned())
        };
        let write = match op {
            Op::Insert => RowWrite::Insert { row: place.row(), links: Vec::new() },
            Op::Update(index) | Op::StaleUpdate(index) => {
                let Some(Some(row)) = picked(index) else { continue };
                let late = matches!(op, Op::StaleUpdate(_));
                stale |= late;
                let row = if late { next(&next(&row)) } else { next(&row) };
                RowWrite::Update { row, links: Vec::new(), diff: vec![1] }
            }
            Op::Remove(index) => {
                let Some(Some(row)) = picked(index) else { continue };
                RowWrite::Remove { id: row.id, version: row.version }
            }
        };
        match &write {
            RowWrite::Insert { row, .. } | RowWrite::Update { row, .. } => {
                after.rows.insert(row.id, row.clone());
            }
            RowWrite::Remove { id, .. } => {
                after.rows.remove(id);
            }
        }
        after.changes += 1;
        writes.push(write);
    }
    (writes, (!stale).then_some(after))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_file_does_what_the_model_does(batches in history()) {
        follow(Engine::File, &batches)?;
    }
}

proptest! {
    // Each begins with a new database.
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_database_does_what_the_model_does(batches in history()) {
        follow(Engine::Postgres, &batches)?;
    }
}

fn history() -> impl Strategy<Value = Vec<Vec<Op>>> {
    prop::collection::vec(prop::collection::vec(op(), 1..5), 1..20)
}

/// After every batch the store holds what the model holds, and at the end all of it verifies.
fn follow(engine: Engine, batches: &[Vec<Op>]) -> Result<(), TestCaseError> {
    let place = Place::new(engine);
    let mut store = place.create();
    let (mut model, mut events) = (Model::default(), 0);
    for (n, ops) in batches.iter().enumerate() {
        let (rows, expected) = plan(&place, &model, ops);
        let result = store.commit_blocking(with(place.batch(), |b| b.rows = rows));
        match expected {
            Some(after) => {
                prop_assert!(result.is_ok());
                (model, events) = (after, events + 1);
            }
            None => prop_assert_eq!(result.err().map(|f| f.kind), Some(FaultKind::Stale)),
        }
        let snapshot = store.snapshot().unwrap();
        prop_assert!(snapshot.scan(None, 1000).unwrap().iter().eq(model.rows.values()));
        prop_assert_eq!(snapshot.event_count().unwrap(), events);
        let last = snapshot.changes_since(0, 1000).unwrap().last().map_or(0, |c| c.seq);
        prop_assert_eq!(last, model.changes);
        if n % 7 == 6 {
            drop(snapshot);
            drop(store);
            store = place.open();
        }
    }
    place.assert_sound();
    Ok(())
}
