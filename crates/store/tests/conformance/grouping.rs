//! Many callers at once.

use crate::support::{Place, kind, next};
use kernel::FaultKind;
use ledger::{Act, verify_inclusion};
use std::collections::BTreeSet;
use store::{Batch, RowWrite, Store};
use tokio::task::JoinSet;

async fn all<T: Send + 'static>(
    tasks: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let mut set: JoinSet<T> = tasks.into_iter().collect();
    let mut out = Vec::new();
    while let Some(done) = set.join_next().await {
        out.push(done.unwrap());
    }
    out
}

fn committing(
    store: &Store,
    batch: Batch,
) -> impl Future<Output = kernel::Result<store::Committed>> + Send + 'static {
    let store = store.clone();
    async move { store.commit(batch).await }
}

pub async fn a_bad_batch_fails_alone_and_leaves_nothing(place: Place) {
    let store = place.create();
    let taken = place.row();
    store.commit(place.inserting([taken.clone()])).await.unwrap();
    let batch = |n: usize| {
        let good = place.row();
        match n % 5 {
            // The first row and both events of these must vanish with the failure of the second row.
            0 => {
                let stale = RowWrite::Remove { id: taken.id, version: 9 };
                let mut batch = place.inserting([good]);
                batch.rows.push(stale);
                batch.more_events.push(place.event(Act::NoticeCreate));
                batch
            }
            1 => place.inserting([good, taken.clone()]),
            _ => place.inserting([good]),
        }
    };
    let results = all((0..200).map(|n| committing(&store, batch(n)))).await;
    let good = results.iter().filter(|r| r.is_ok()).count();
    let stale = results.iter().filter(|r| matches!(r, Err(f) if f.kind == FaultKind::Stale)).count();
    assert_eq!((good, stale, results.len()), (120, 40, 200));
    assert_eq!(store.event_count().await.unwrap(), 121);
    assert_eq!(store.last_change().await.unwrap(), 121);
    assert_eq!(store.scan(None, 1000).await.unwrap().len(), 121);
    place.assert_sound();
}

pub async fn changes_and_events_have_no_gaps(place: Place) {
    let store = place.create();
    let writes = (0..150).map(|n| place.inserting((0..n % 4).map(|_| place.row())));
    let results = all(writes.map(|batch| committing(&store, batch))).await;
    let mut events = BTreeSet::new();
    let mut changes = BTreeSet::new();
    for done in results.into_iter().map(Result::unwrap) {
        assert!(events.insert(done.receipt.seq()));
        changes.extend(done.first_change..done.first_change + done.changes);
        // What is acknowledged is there, under the receipt's place.
        let kept = store.event_by_id(done.receipt.id()).await.unwrap().unwrap();
        assert_eq!(kept.seq, done.receipt.seq());
    }
    assert!(events.into_iter().eq(0..150));
    let feed = store.changes_since(0, 1000).await.unwrap();
    assert!(feed.iter().map(|c| c.seq).eq(1..=feed.len() as u64));
    assert!(changes.into_iter().eq(1..=feed.len() as u64));
    assert!(feed.windows(2).all(|w| w[0].event <= w[1].event), "in the order of the events");
    place.assert_sound();
}

pub async fn only_one_of_many_updates_wins(place: Place) {
    let store = place.create();
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    let results = all((0..32).map(|_| committing(&store, place.updating(next(&row))))).await;
    assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 1);
    place.assert_sound();
}

pub async fn closing_finishes_what_was_accepted(place: Place) {
    let store = place.create();
    let writes: Vec<_> =
        (0..100).map(|_| tokio::spawn(committing(&store, place.inserting([place.row()])))).collect();
    store.close().await.unwrap();
    let mut acknowledged = 0;
    for write in writes {
        match write.await.unwrap() {
            Ok(_) => acknowledged += 1,
            Err(fault) => assert_eq!(fault.kind, FaultKind::Unavailable),
        }
    }
    assert_eq!(kind(store.commit(place.batch()).await), Some(FaultKind::Unavailable));
    assert_eq!(kind(store.last_change().await), Some(FaultKind::Unavailable));
    store.close().await.unwrap();
    let store = place.open();
    assert_eq!(store.event_count().await.unwrap(), acknowledged);
    place.assert_sound();
}

pub async fn a_log_that_goes_on_after_many_openings_proves_its_events(place: Place) {
    let mut store = place.create();
    let mut receipts = Vec::new();
    for round in 0..4 {
        let events = (0..100).map(|_| {
            let (store, event) = (store.clone(), place.event(Act::RecordRead));
            async move { store.record_event(event).await.unwrap() }
        });
        receipts.extend(all(events).await);
        store.close().await.unwrap();
        store = place.open();
        assert_eq!(store.event_count().await.unwrap(), (round + 1) * 100);
    }
    let snapshot = store.snapshot().unwrap();
    let checkpoint = snapshot.checkpoint().unwrap().unwrap();
    assert!(checkpoint.verify(&place.vault.public_key()));
    let (size, root) = (checkpoint.checkpoint().size, checkpoint.checkpoint().root);
    assert_eq!(size, 400);
    for receipt in receipts {
        let path = ledger::inclusion(receipt.seq(), size, &snapshot).unwrap();
        assert!(verify_inclusion(receipt.hash(), receipt.seq(), size, &path, &root));
    }
    place.assert_sound();
}
