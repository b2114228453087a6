//! What a database is asked in groups comes to what a file is told in turn.

use crate::postgres::{WAITING, holder, until};
use crate::support::{Engine, Place, START, doc, next, user, with};
use ledger::Act;
use store::{Batch, Doc, DocKind, DocWrite, Idempotent, Row, RowWrite, SessionWrite, Store};

/// Batches that build on each other, some to be refused.
fn script(place: &Place) -> Vec<Batch> {
    let (a, b) = (place.row(), place.row());
    let linked = |row: &Row, to: &Row| {
        let links = vec![("company".to_owned(), to.id), ("company".to_owned(), to.id)];
        with(place.batch(), |batch| batch.rows = vec![RowWrite::Insert { row: row.clone(), links }])
    };
    let remove = |row: &Row| {
        let write = RowWrite::Remove { id: row.id, version: row.version };
        with(place.batch(), |batch| batch.rows = vec![write])
    };
    let docs = |writes: Vec<DocWrite>| with(place.batch(), |batch| batch.docs = writes);
    let put = |n: u8, version, key: Option<u8>| {
        DocWrite::Put(Doc { version, key: key.map(|key| [key; 32]), ..doc(n) })
    };
    let answer =
        |until| Idempotent { key: [1; 32], request: [2; 32], until: START.plus_s(until), sealed: vec![3] };
    let session = place.session(user(1), START.plus_s(60));
    let sessions = |writes| with(place.batch(), |batch: &mut Batch| batch.sessions = writes);
    let event = place.event(Act::RecordRead);
    vec![
        linked(&a, &b),
        place.updating(next(&a)),
        place.updating(next(&a)),
        linked(&b, &a),
        with(place.inserting([place.row()]), |batch| batch.require = vec![(a.id, 1)]),
        with(place.inserting([place.row()]), |batch| batch.require = vec![(a.id, 2)]),
        // Its links, those to it and its changes go, and what is made of it again stays.
        remove(&next(&a)),
        place.inserting([a.clone()]),
        place.inserting([a.clone()]),
        with(remove(&b), |batch| batch.rows.push(RowWrite::Remove { id: b.id, version: 1 })),
        remove(&b),
        docs(vec![put(1, 1, Some(1)), put(2, 1, Some(2))]),
        docs(vec![put(3, 1, Some(1))]),
        // A key passes on within a batch, and between two.
        docs(vec![put(1, 2, None), put(2, 2, Some(1))]),
        docs(vec![put(3, 1, Some(2)), put(1, 3, Some(4))]),
        docs(vec![put(2, 2, None)]),
        docs(vec![DocWrite::Remove(DocKind::User, [3; 16], 1), put(1, 4, Some(2))]),
        with(place.batch(), |batch| batch.idempotent = Some(answer(60))),
        with(place.batch(), |batch| batch.idempotent = Some(answer(90))),
        sessions(vec![
            SessionWrite::Start(session.clone()),
            SessionWrite::Seen(session.id, START.plus_s(9), None),
        ]),
        sessions(vec![SessionWrite::Start(session)]),
        Batch::new(event.clone()),
        with(place.inserting([place.row()]), |batch| batch.more_events.push(event)),
    ]
}

/// Everything that can be seen, but for the events, which hold times of their own.
async fn seen(store: &Store) -> String {
    let rows = store.scan(None, 100).await.unwrap();
    let mut links = Vec::new();
    for row in &rows {
        links.extend(store.links_from(row.id).await.unwrap());
        links.extend(store.links_to(row.id).await.unwrap());
    }
    let events = store.events_from(0, 100).await.unwrap();
    let changes = store.changes_since(0, 100).await.unwrap();
    let docs = store.docs(DocKind::User).await.unwrap();
    let answer = store.idempotent([1; 32]).await.unwrap();
    let sessions = store.sessions_of(user(1)).await.unwrap();
    format!("{rows:?}\n{links:?}\n{changes:?}\n{docs:?}\n{answer:?}\n{sessions:?}\n{events:?}")
}

/// In one thread, so that tasks begin in the order in which they are made.
#[tokio::test]
async fn a_group_does_what_its_batches_do_one_by_one() {
    let (file, place) = (Place::new(Engine::File), Place::new(Engine::Postgres));
    let (single, store) = (file.create(), place.create());
    let mut expected = Vec::new();
    for batch in script(&file) {
        expected.push(single.commit(batch).await.map_err(|fault| fault.kind).map(|done| done.receipt.seq()));
    }
    let other = holder(&place).await;
    let commit = |batch| {
        let store = store.clone();
        tokio::spawn(async move { store.commit(batch).await })
    };
    let tasks: Vec<_> = script(&place).into_iter().map(commit).collect();
    until(&place, WAITING, "1").await;
    other.batch_execute("ROLLBACK").await.unwrap();
    let mut found = Vec::new();
    for task in tasks {
        let done = task.await.unwrap();
        found.push(done.map_err(|fault| fault.kind).map(|done| done.receipt.seq()));
    }
    assert_eq!(found, expected);
    assert!(expected.iter().filter(|one| one.is_err()).count() >= 8, "{expected:?}");
    assert_eq!(seen(&store).await, seen(&single).await);
    assert_eq!(place.verify().1, file.verify().1);
}
