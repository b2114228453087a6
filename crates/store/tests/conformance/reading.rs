//! Lists, feeds, events and snapshots.

use crate::support::{Place, START, kind, next, user, with};
use kernel::{ActId, FaultKind, SubjectId};
use ledger::{Act, Event, Who};
use std::slice::from_ref;
use store::{Batch, EventFilter, Row};

pub async fn rows_are_found_by_id_subject_and_parent(place: Place) {
    let store = place.create();
    let parent = place.row();
    let child = |_| {
        let own = place.row();
        Row { subject: parent.subject, parent: Some(parent.id), ..own }
    };
    let children: Vec<Row> = (0..5).map(child).collect();
    let stranger = place.row();
    let everything = [from_ref(&parent), &children, from_ref(&stranger)].concat();
    store.commit(place.inserting(everything.clone())).await.unwrap();

    let asked = vec![stranger.id, place.id(), children[0].id];
    let found = store.rows(asked).await.unwrap();
    assert_eq!(found, [stranger.clone(), children[0].clone()]);
    assert_eq!(store.rows_of_subject(parent.subject).await.unwrap(), everything[..6]);
    assert_eq!(store.children(parent.id, None, 2).await.unwrap(), children[..2]);
    let after = Some(children[1].id);
    assert_eq!(store.children(parent.id, after, 10).await.unwrap(), children[2..]);
    assert!(store.children(stranger.id, None, 10).await.unwrap().is_empty());

    let mut walked = Vec::new();
    loop {
        let page = store.scan(walked.last().map(|row: &Row| row.id), 3).await.unwrap();
        if page.is_empty() {
            break;
        }
        walked.extend(page);
    }
    assert_eq!(walked, everything);
}

pub async fn changes_are_found_by_act(place: Place) {
    let store = place.create();
    let act: ActId = place.id();
    for part_of in [act, ActId::NIL, act, place.id()] {
        let event = Event { part_of, ..place.event(Act::RecordImport) };
        let rows = place.inserting([place.row(), place.row()]).rows;
        store.commit(with(Batch::new(event), |b| b.rows = rows)).await.unwrap();
    }
    let seqs = |changes: Vec<store::Change>| changes.iter().map(|c| c.seq).collect::<Vec<_>>();
    assert_eq!(seqs(store.changes_of_act(act, 0, 10).await.unwrap()), [1, 2, 5, 6]);
    assert_eq!(seqs(store.changes_of_act(act, 2, 1).await.unwrap()), [5]);
    assert_eq!(seqs(store.changes_since(3, 3).await.unwrap()), [4, 5, 6]);
    assert!(store.changes_since(u64::MAX, 3).await.unwrap().is_empty());
    assert_eq!(store.last_change().await.unwrap(), 8);
}

pub async fn events_are_filtered_newest_first(place: Place) {
    let store = place.create();
    let (record, subject) = (place.id(), SubjectId::from_bytes([9; 16]));
    for n in 0..12u8 {
        let mut event = place.event(Act::RecordRead);
        event.who = if n % 2 == 0 { Who::User(user(1)) } else { Who::System };
        if n % 3 == 0 {
            event.record = record;
        }
        if n % 4 == 0 {
            event.subject = subject;
        }
        let _receipt = store.record_event(event).await.unwrap();
    }
    let all = EventFilter { limit: 100, ..EventFilter::default() };
    let seqs = async |filter: EventFilter| {
        let rows = store.events(filter).await.unwrap();
        rows.iter().map(|e| e.seq).collect::<Vec<_>>()
    };
    let whose = EventFilter { user: Some(user(1)), ..all.clone() };
    assert_eq!(seqs(whose.clone()).await, [10, 8, 6, 4, 2, 0]);
    assert_eq!(seqs(EventFilter { before: Some(6), limit: 2, ..whose.clone() }).await, [4, 2]);
    let of_record = EventFilter { record: Some(record), ..all.clone() };
    assert_eq!(seqs(of_record.clone()).await, [9, 6, 3, 0]);
    let of_subject = EventFilter { subject: Some(subject), ..all.clone() };
    assert_eq!(seqs(of_subject).await, [8, 4, 0]);
    let both = EventFilter { user: Some(user(1)), subject: Some(subject), ..of_record };
    assert_eq!(seqs(both).await, [0]);
    assert_eq!(seqs(EventFilter { user: Some(user(7)), ..all.clone() }).await, [0; 0]);
    assert_eq!(seqs(all).await.len(), 12);
    let from: Vec<_> = store.events_from(10, 5).await.unwrap().iter().map(|e| e.seq).collect();
    assert_eq!(from, [10, 11]);
    let at: Vec<_> = store.events_at(vec![7, 99, 2]).await.unwrap().iter().map(|e| e.seq).collect();
    assert_eq!(at, [2, 7]);
}

pub async fn a_snapshot_stands_still(place: Place) {
    let store = place.create();
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    let snapshot = store.snapshot().unwrap();
    store.commit(place.updating(next(&row))).await.unwrap();
    assert_eq!(snapshot.row(row.id).unwrap(), Some(row.clone()));
    assert_eq!((snapshot.last_change().unwrap(), snapshot.event_count().unwrap()), (1, 1));
    assert_eq!(snapshot.checkpoint().unwrap().unwrap().checkpoint().size, 1);
    assert_eq!(store.row(row.id).await.unwrap(), Some(next(&row)));
}

pub async fn an_erasure_is_not_settled_while_a_snapshot_sees_what_was_erased(place: Place) {
    let store = place.create();
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    let snapshot = store.snapshot().unwrap();
    store.commit(place.updating(next(&row))).await.unwrap();
    assert_eq!(kind(store.settle_erasure().await), Some(FaultKind::Unavailable));
    store.commit(place.inserting([place.row()])).await.unwrap();
    drop(snapshot);
    store.settle_erasure().await.unwrap();
}

pub fn threads_without_a_runtime_can_write(place: &Place) {
    let store = place.create();
    let row = place.row();
    let first = store.commit_blocking(place.inserting([row.clone()])).unwrap();
    let second = store.record_event_blocking(place.event(Act::RecordRead)).unwrap();
    assert_eq!((first.receipt.seq(), second.seq()), (0, 1));
    assert_eq!(store.snapshot().unwrap().row(row.id).unwrap(), Some(row));
}

pub async fn reopening_keeps_everything(place: Place) {
    let store = place.create();
    let row = place.row();
    let mut batch = place.inserting([row.clone()]);
    batch.docs.push(store::DocWrite::Put(crate::support::doc(1)));
    let session = place.session(user(1), START.plus_s(60));
    batch.sessions.push(store::SessionWrite::Start(session.clone()));
    store.commit(batch).await.unwrap();
    let checkpoint = store.checkpoint().await.unwrap();
    // Also if nobody says good-bye.
    drop(store);
    let store = place.open();
    assert_eq!(store.row(row.id).await.unwrap(), Some(row));
    assert_eq!(store.docs(store::DocKind::User).await.unwrap(), [crate::support::doc(1)]);
    assert_eq!(store.sessions().await.unwrap(), [session]);
    assert_eq!(store.checkpoint().await.unwrap(), checkpoint);
    let next = store.commit(place.inserting([place.row()])).await.unwrap();
    assert_eq!((next.receipt.seq(), next.first_change), (1, 2));
    place.assert_sound();
}
