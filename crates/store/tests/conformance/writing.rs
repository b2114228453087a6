//! One batch at a time.

use crate::support::{Place, START, doc, kind, next, user, with};
use kernel::{FaultKind, Id, Time};
use ledger::Act;
use store::{ChangeKind, DocKind, DocWrite, Idempotent, LinkRow, RowWrite, SessionWrite};

pub async fn an_inserted_row_is_read_back_whole(place: Place) {
    let store = place.create();
    let mut row = place.row();
    row.parent = Some(place.id());
    row.deleted_at = Some(Time(-5));
    let committed = store.commit(place.inserting([row.clone()])).await.unwrap();
    assert_eq!((committed.first_change, committed.changes), (1, 1));
    assert_eq!(committed.receipt.seq(), 0);

    assert_eq!(store.row(row.id).await.unwrap(), Some(row.clone()));
    assert_eq!(store.row(place.id()).await.unwrap(), None);
    let change = store.changes_since(0, 10).await.unwrap().remove(0);
    assert_eq!((change.seq, change.record, change.kind), (1, row.id, ChangeKind::Insert));
    assert_eq!((change.entity, change.version, change.event), (2, 1, 0));
    assert_eq!((change.by, change.at, change.part_of.is_nil()), (user(1), START, true));
    assert!(change.diff.is_empty());
    place.assert_sound();
}

pub async fn an_id_is_taken_once(place: Place) {
    let store = place.create();
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    assert_eq!(kind(store.commit(place.inserting([row])).await), Some(FaultKind::Conflict));
    let event = place.event(Act::RecordRead);
    let _receipt = store.record_event(event.clone()).await.unwrap();
    assert_eq!(kind(store.record_event(event).await), Some(FaultKind::Conflict));
    assert_eq!(store.event_count().await.unwrap(), 2);
    place.assert_sound();
}

pub async fn an_update_needs_the_version_before_it(place: Place) {
    let store = place.create();
    let first = place.row();
    store.commit(place.inserting([first.clone()])).await.unwrap();
    let second = next(&first);
    store.commit(place.updating(second.clone())).await.unwrap();
    for stale in [second.clone(), next(&next(&second)), next(&place.row())] {
        assert_eq!(kind(store.commit(place.updating(stale)).await), Some(FaultKind::Stale));
    }
    assert_eq!(store.row(first.id).await.unwrap(), Some(second));
    let changes = store.changes_of(first.id, None, 10).await.unwrap();
    assert_eq!(changes.iter().map(|c| c.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(changes[0].diff, vec![9; 10]);
    assert_eq!(store.changes_of(first.id, Some(2), 10).await.unwrap(), changes[1..]);
    place.assert_sound();
}

pub async fn what_a_batch_requires_must_hold(place: Place) {
    let store = place.create();
    let (parent, mut binned) = (place.row(), place.row());
    binned.deleted_at = Some(START);
    store.commit(place.inserting([parent.clone(), binned.clone()])).await.unwrap();
    let requiring = |require| with(place.inserting([place.row()]), |b| b.require = require);
    store.commit(requiring(vec![(parent.id, 1)])).await.unwrap();
    for require in [(parent.id, 2), (binned.id, 1), (place.id(), 1)] {
        let refused = store.commit(requiring(vec![(parent.id, 1), require])).await;
        assert_eq!(kind(refused), Some(FaultKind::Stale));
    }
    assert_eq!(store.last_change().await.unwrap(), 3);
    place.assert_sound();
}

pub async fn links_are_those_of_the_last_write(place: Place) {
    let store = place.create();
    let (row, a, b) = (place.row(), place.id(), place.id());
    let link = |field: &str, to| LinkRow { from: row.id, field: field.to_owned(), to };
    let links = vec![("company".to_owned(), a), ("person".to_owned(), a), ("person".to_owned(), a)];
    let insert = RowWrite::Insert { row: row.clone(), links };
    store.commit(with(place.batch(), |b| b.rows = vec![insert])).await.unwrap();
    assert_eq!(store.links_to(a).await.unwrap(), [link("company", a), link("person", a)]);

    let links = vec![("company".to_owned(), b)];
    let update = RowWrite::Update { row: next(&row), links, diff: Vec::new() };
    store.commit(with(place.batch(), |b| b.rows = vec![update])).await.unwrap();
    assert_eq!(store.links_to(a).await.unwrap(), []);
    assert_eq!(store.links_from(row.id).await.unwrap(), [link("company", b)]);
}

pub async fn removal_leaves_nothing_but_the_fact(place: Place) {
    let store = place.create();
    let canary = b"canary-of-a-removed-row".to_vec();
    let other = place.row();
    let mut row = place.row();
    row.sealed.clone_from(&canary);
    let insert = RowWrite::Insert { row: row.clone(), links: vec![("company".into(), other.id)] };
    let pointing = RowWrite::Insert { row: other.clone(), links: vec![("person".into(), row.id)] };
    store.commit(with(place.batch(), |b| b.rows = vec![insert, pointing])).await.unwrap();
    let update = RowWrite::Update { row: next(&row), links: Vec::new(), diff: canary.clone() };
    store.commit(with(place.batch(), |b| b.rows = vec![update])).await.unwrap();
    store.settle_erasure().await.unwrap();
    assert_eq!(place.count(&canary), 2, "the search finds what is there");

    let remove = |version| {
        let rows = vec![RowWrite::Remove { id: row.id, version }];
        with(place.batch(), |b| b.rows = rows)
    };
    assert_eq!(kind(store.commit(remove(1)).await), Some(FaultKind::Stale));
    store.commit(remove(2)).await.unwrap();
    store.settle_erasure().await.unwrap();
    assert_eq!(store.row(row.id).await.unwrap(), None);
    assert!(store.links_from(row.id).await.unwrap().is_empty());
    assert!(store.links_to(row.id).await.unwrap().is_empty());
    let changes = store.changes_since(0, 10).await.unwrap();
    let left: Vec<_> = changes.iter().map(|c| (c.seq, c.record, c.kind)).collect();
    let expected = [(2, other.id, ChangeKind::Insert), (4, row.id, ChangeKind::Remove)];
    assert_eq!(left, expected);
    assert_eq!(place.count(&canary), 0);
    place.assert_sound();
}

pub async fn documents_have_versions_and_unique_keys(place: Place) {
    let store = place.create();
    let write = |writes: Vec<DocWrite>| with(place.batch(), |b| b.docs = writes);
    let put = |doc| write(vec![DocWrite::Put(doc)]);
    store.commit(put(doc(1))).await.unwrap();
    store.commit(put(doc(2))).await.unwrap();
    assert_eq!(kind(store.commit(put(doc(1))).await), Some(FaultKind::Conflict));
    let taken = store::Doc { key: Some([2; 32]), version: 2, ..doc(1) };
    assert_eq!(kind(store.commit(put(taken)).await), Some(FaultKind::Conflict));
    let late = store::Doc { version: 3, ..doc(1) };
    assert_eq!(kind(store.commit(put(late)).await), Some(FaultKind::Stale));
    let second = store::Doc { key: None, version: 2, sealed: vec![8], ..doc(1) };
    assert_eq!(store.docs_with_key(DocKind::User).await.unwrap(), [doc(1), doc(2)]);
    store.commit(put(second.clone())).await.unwrap();
    assert_eq!(store.docs_with_key(DocKind::User).await.unwrap(), [doc(2)]);
    assert!(store.docs_with_key(DocKind::Team).await.unwrap().is_empty());

    assert_eq!(store.doc(DocKind::User, [1; 16]).await.unwrap(), Some(second.clone()));
    assert_eq!(store.doc(DocKind::Team, [1; 16]).await.unwrap(), None);
    assert_eq!(store.doc_by_key(DocKind::User, [1; 32]).await.unwrap(), None);
    assert_eq!(store.doc_by_key(DocKind::User, [2; 32]).await.unwrap(), Some(doc(2)));
    assert_eq!(store.docs(DocKind::User).await.unwrap(), [second.clone(), doc(2)]);
    assert_eq!(
        store.docs_of_user_by_time(DocKind::User, user(1), 5).await.unwrap(),
        std::slice::from_ref(&second)
    );
    let some = vec![[2; 16], [9; 16], [1; 16]];
    assert_eq!(store.docs_by_id(DocKind::User, some.clone()).await.unwrap(), [doc(2), second.clone()]);
    assert_eq!(store.docs_by_id(DocKind::Notice, some).await.unwrap(), []);
    assert_eq!(store.docs_by_id(DocKind::User, Vec::new()).await.unwrap(), []);
    assert_eq!(store.docs_of_user(DocKind::User, user(1), 5).await.unwrap(), [second]);
    let remove = |version| write(vec![DocWrite::Remove(DocKind::User, [1; 16], version)]);
    assert_eq!(kind(store.commit(remove(1)).await), Some(FaultKind::Stale));
    store.commit(remove(2)).await.unwrap();
    assert_eq!(store.docs(DocKind::User).await.unwrap(), [doc(2)]);
    place.assert_sound();
}

pub async fn sessions_begin_are_seen_and_end(place: Place) {
    let store = place.create();
    let day = START.plus_s(86_400);
    let (a, b) = (place.session(user(1), day), place.session(user(1), day));
    let (c, over) = (place.session(user(2), day), place.session(user(2), START));
    let write = |sessions| with(place.batch(), |b| b.sessions = sessions);
    let start = |s: &store::SessionRow| SessionWrite::Start(s.clone());
    store.commit(write(vec![start(&a), start(&b), start(&c), start(&over)])).await.unwrap();
    assert_eq!(kind(store.commit(write(vec![start(&a)])).await), Some(FaultKind::Conflict));
    assert_eq!(store.session_by_hash(over.hash).await.unwrap(), Some(over.clone()));
    assert_eq!(store.sessions().await.unwrap().len(), 3, "what is over is not listed");

    let (later, earlier) = (START.plus_s(60), START.plus_s(30));
    let seen = |at| SessionWrite::Seen(a.id, at, None);
    store.commit(write(vec![seen(later), seen(earlier)])).await.unwrap();
    assert_eq!(store.session(a.id).await.unwrap().map(|s| s.seen_at), Some(later));
    // Content comes along for the secret that it was made for, and for no other.
    let with_content = |at, hash, n: u8| SessionWrite::Seen(a.id, at, Some((hash, vec![n; 40])));
    let last = START.plus_s(62);
    store.commit(write(vec![with_content(START.plus_s(61), a.hash, 4)])).await.unwrap();
    store.commit(write(vec![with_content(last, b.hash, 5)])).await.unwrap();
    let used = store.session(a.id).await.unwrap().unwrap();
    assert_eq!((used.seen_at, used.sealed), (last, vec![4; 40]));
    // Another secret for the same session; one that has ended does not come back by it.
    let renewed = |s: &store::SessionRow, n: u8| {
        let (hash, sealed) = (vault::sha256(&[&[n]]), vec![n; 30]);
        store::SessionRow { hash, sealed, seen_at: later, ..s.clone() }
    };
    store.commit(write(vec![SessionWrite::Renew(renewed(&a, 7), a.hash)])).await.unwrap();
    // Who did not know of that comes too late.
    store.commit(write(vec![SessionWrite::Renew(renewed(&a, 9), a.hash)])).await.unwrap();
    assert_eq!(store.session_by_hash(renewed(&a, 7).hash).await.unwrap(), Some(renewed(&a, 7)));
    assert_eq!(store.session_by_hash(a.hash).await.unwrap(), None);
    store.commit(write(vec![SessionWrite::End(b.id)])).await.unwrap();
    store.commit(write(vec![SessionWrite::Renew(renewed(&b, 8), b.hash)])).await.unwrap();
    assert_eq!(store.session(b.id).await.unwrap(), None);
    store.commit(write(vec![SessionWrite::EndAll(user(1), Some(a.id))])).await.unwrap();
    let left: Vec<_> = store.sessions_of(user(1)).await.unwrap().iter().map(|s| s.id).collect();
    assert_eq!(left, [a.id]);
    store.commit(write(vec![SessionWrite::EndAll(user(1), None)])).await.unwrap();
    let (d, e) = (place.session(user(2), day), place.session(user(3), day));
    store.commit(write(vec![start(&d), start(&e)])).await.unwrap();
    store.commit(write(vec![SessionWrite::EndOfAll(c.id)])).await.unwrap();
    assert_eq!(store.sessions().await.unwrap().iter().map(|s| s.id).collect::<Vec<_>>(), [c.id]);
    store.commit(write(vec![SessionWrite::End(c.id), start(&over)])).await.unwrap();
    assert!(store.sessions().await.unwrap().is_empty());
    assert_eq!(store.sweep(START).await.unwrap(), 1);
    assert_eq!(store.session(over.id).await.unwrap(), None);
    place.assert_sound();
}

pub async fn an_answer_is_kept_once_until_it_is_over(place: Place) {
    let store = place.create();
    let kept = |sealed| Idempotent { key: [1; 32], request: [2; 32], until: START.plus_s(60), sealed };
    let keeping = |sealed| with(place.inserting([place.row()]), |b| b.idempotent = Some(kept(sealed)));
    store.commit(keeping(vec![1])).await.unwrap();
    assert_eq!(kind(store.commit(keeping(vec![2])).await), Some(FaultKind::Conflict));
    assert_eq!(store.idempotent([1; 32]).await.unwrap(), Some(kept(vec![1])));
    assert_eq!(store.last_change().await.unwrap(), 1, "nothing was done twice");

    place.clock.advance_ms(60_000);
    store.commit(keeping(vec![3])).await.unwrap();
    assert_eq!(store.idempotent([1; 32]).await.unwrap(), Some(kept(vec![3])));
    assert_eq!(store.sweep(START.plus_s(60)).await.unwrap(), 1);
    assert_eq!(store.idempotent([1; 32]).await.unwrap(), None);
}

pub async fn the_event_says_what_was_written(place: Place) {
    let store = place.create();
    let row = place.row();
    let mut batch = place.inserting([row.clone()]);
    batch.docs.push(DocWrite::Put(doc(1)));
    batch.more_events.push(place.event(Act::NoticeCreate));
    let receipt = store.commit(batch).await.unwrap().receipt;
    let kept = store.event_by_id(receipt.id()).await.unwrap().unwrap();
    assert_eq!((kept.seq, &kept.hash), (receipt.seq(), receipt.hash()));
    let event = ledger::Event::decode(&kept.bytes).unwrap();
    let hashes: Vec<_> = event.touches.iter().map(|t| (t.entity, t.id, t.hash)).collect();
    let expected = [
        (2, *row.id.bytes(), Some(store::row_hash(&row))),
        (DocKind::User as u16, [1; 16], Some(store::doc_hash(&doc(1)))),
    ];
    assert_eq!(hashes, expected);
    assert_eq!(store.event_count().await.unwrap(), 2);
    assert!(store.event_by_id(Id::NIL).await.unwrap().is_none());
    place.assert_sound();
}
