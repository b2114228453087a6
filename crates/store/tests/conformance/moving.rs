//! Backups: what goes in comes out, in every engine, and nothing else.

use crate::support::{Engine, Place, doc, next, user, with};
use kernel::{FaultKind, Id, RecordId, Time};
use ledger::{Act, Event};
use store::backup::{Loaded, Reader, dump, load};
use store::{Batch, Doc, DocKind, DocWrite, Row, RowWrite, SessionWrite, Snapshot, Store};

/// What is to be done once it is restored.
const LEFT: &[u8] = b"erase anew";
const AT: Time = Time(1_790_000_100_000);

/// Rows in all their forms, links, documents with and without keys, a session, and more events than one kept
/// node covers.
pub async fn fill(place: &Place, store: &Store) {
    let mut rows: Vec<Row> = (0..40).map(|_| place.row()).collect();
    rows[1].parent = Some(rows[0].id);
    rows[2].deleted_at = Some(Time(5));
    let links = |row: &Row| -> Vec<(String, RecordId)> {
        vec![("company".to_owned(), row.id), ("Żółty".to_owned(), Id::from_bytes([9; 16]))]
    };
    let insert = |row: &Row| RowWrite::Insert { row: row.clone(), links: links(row) };
    store.commit(with(place.batch(), |b| b.rows = rows.iter().map(insert).collect())).await.expect("rows");
    for row in &rows[..20] {
        store.commit(place.updating(next(row))).await.expect("an update");
    }
    let act = place.id();
    let gone = RowWrite::Remove { id: rows[30].id, version: 1 };
    let event = Event { part_of: act, ..place.event(Act::RecordUpdate) };
    let batch = with(Batch::new(event), |b| {
        b.rows = vec![gone, RowWrite::Update { row: next(&rows[31]), links: vec![], diff: vec![1; 9] }];
        b.docs = vec![
            DocWrite::Put(doc(1)),
            DocWrite::Put(Doc { kind: DocKind::View, key: None, user: None, ..doc(2) }),
        ];
        b.sessions = vec![SessionWrite::Start(place.session(user(1), Time(i64::MAX)))];
    });
    store.commit(batch).await.expect("a mixed batch");
    for _ in 0..300 {
        store.record_event(place.event(Act::RecordRead)).await.map(drop).expect("an event");
    }
}

pub fn backup(view: &Snapshot) -> Vec<u8> {
    dump(view, Id::from_bytes([1; 16]), AT, Vec::new(), &mut |_, _| Ok(())).expect("a backup").1
}

pub fn restored(bytes: &[u8], place: &Place) -> kernel::Result<Loaded> {
    load(&mut Reader::new(bytes)?, &place.store_place(), Some(LEFT), &mut |_, _| Ok(()))
}

/// All items, in an order that no engine gives.
fn items(bytes: &[u8]) -> Vec<String> {
    let mut reader = Reader::new(bytes).expect("a backup");
    let mut all = Vec::new();
    while let Some(item) = reader.item().expect("an item") {
        all.push(format!("{item:?}"));
    }
    assert!(reader.is_whole());
    // Events stay in theirs.
    let events = all.iter().position(|i| i.starts_with("Event")).unwrap_or(all.len());
    all[..events].sort();
    all
}

pub async fn a_backup_holds_the_state_at_its_start_and_restores_anywhere(place: Place) {
    let store = place.create();
    fill(&place, &store).await;
    let view = store.snapshot().expect("a snapshot");
    let before = backup(&view);
    // What is written while it is made is not in it.
    store.commit(place.inserting([place.row()])).await.expect("a row");
    assert_eq!(backup(&view), before);
    drop(view);
    assert!(backup(&store.snapshot().expect("a snapshot")).len() > before.len());
    let public = place.vault.public_key();
    for engine in [Engine::File, Engine::Postgres] {
        let target = Place::new(engine);
        let loaded = restored(&before, &target).expect("it loads");
        let view = loaded.view();
        let kept = view.checkpoint_text().expect("it reads");
        let report = ledger::verify(view, kept.as_deref(), None, &public, &mut |_| Ok(())).expect("it reads");
        assert!(report.is_sound() && report.findings.is_empty(), "{:?}", report.findings);
        assert!(view.verify_rows(&report, &|| Ok(())).expect("it reads").is_empty());
        assert_eq!(items(&backup(view)), items(&before));
        assert!(view.sessions_of(user(1)).expect("it reads").is_empty());
        assert!(!target.exists(), "nobody finds it before it stands");
        loaded.stand().expect("it stands");
        assert_eq!(items(&backup(&target.look())), items(&before));
        // Never over another.
        assert_eq!(restored(&before, &target).err().map(|f| f.kind), Some(FaultKind::Conflict));
    }
    store.close().await.expect("closed");
}

pub async fn a_restored_store_goes_on(place: Place) {
    let source = Place::new(Engine::File);
    let store = source.create();
    fill(&source, &store).await;
    let bytes = backup(&store.snapshot().expect("a snapshot"));
    store.close().await.expect("closed");
    let place = place.with_vault_of(&source);
    restored(&bytes, &place).expect("it loads").stand().expect("it stands");
    std::fs::write(place.checkpoint_path(), Reader::new(&bytes[..]).unwrap().header().checkpoint.as_bytes())
        .expect("the checkpoint");
    let store = place.open();
    assert_eq!(store.restoring().await.expect("it reads").as_deref(), Some(LEFT));
    store.commit(source.inserting([source.row()])).await.expect("a row");
    drop(store);
    // Until it is done, whoever opens it is told.
    let store = place.open();
    assert_eq!(store.restoring().await.expect("it reads").as_deref(), Some(LEFT));
    store.restored().await.expect("done");
    store.restored().await.expect("done already");
    assert_eq!(store.restoring().await.expect("it reads"), None);
    store.close().await.expect("closed");
    place.assert_sound();
}

pub async fn a_damaged_backup_leaves_nothing(place: Place) {
    let source = Place::new(Engine::File);
    let store = source.create();
    fill(&source, &store).await;
    let bytes = backup(&store.snapshot().expect("a snapshot"));
    store.close().await.expect("closed");
    let refused = |damaged: &[u8]| {
        let result = restored(damaged, &place).map(drop);
        assert_eq!(result.err().map(|f| f.kind), Some(FaultKind::Corrupt));
        assert!(place.is_empty());
    };
    for length in [0, 10, 18, 100, bytes.len() / 2, bytes.len() - 1] {
        refused(&bytes[..length]);
    }
    refused(&[&bytes[..], &[0]].concat());
    for at in (18..bytes.len()).step_by(bytes.len() / 40) {
        let mut altered = bytes.clone();
        altered[at] ^= 0x10;
        assert!(restored(&altered, &place).is_err(), "{at}");
        assert!(place.is_empty());
    }
    // What an interrupted try left is in nobody's way.
    drop(restored(&bytes, &place).expect("it loads"));
    assert!(place.is_empty());
    restored(&bytes, &place).expect("it loads").stand().expect("it stands");
}
