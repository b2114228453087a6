//! No room: a clear refusal, reading goes on, and writing goes on once there is room.

use crate::support::{Engine, Place, kind, with};
use kernel::FaultKind;
use ledger::Act;
use std::path::PathBuf;
use std::process::Command;
use store::{FileOptions, Options, Row, RowWrite, Store};

async fn fill(place: &Place, store: &Store) -> (Vec<Row>, FaultKind) {
    let mut kept = Vec::new();
    for _ in 0..10_000 {
        let row = Row { sealed: vec![1; 100_000], ..place.row() };
        match store.commit(place.inserting([row.clone()])).await {
            Ok(_) => kept.push(row),
            Err(fault) => return (kept, fault.kind),
        }
    }
    panic!("it was never full");
}

async fn assert_reading(place: &Place, store: &Store, kept: &[Row]) {
    assert_eq!(store.scan(None, 10_000).await.unwrap(), kept);
    assert_eq!(store.event_count().await.unwrap(), kept.len() as u64);
    assert_eq!(store.last_change().await.unwrap(), kept.len() as u64);
    place.assert_sound();
}

#[tokio::test]
async fn a_full_database_recovers() {
    let place = Place::new(Engine::File);
    let small = FileOptions { max_pages: Some(300), ..place.file() };
    let options = Options { place: store::Place::File(small), ..place.options() };
    let store = Store::create(options).unwrap();
    let (kept, why) = fill(&place, &store).await;
    assert_eq!(why, FaultKind::Full);
    assert!(kept.len() > 3);
    assert_reading(&place, &store, &kept).await;
    // Everybody in the group hears of it, and nobody is told that something was kept.
    let large = || place.inserting([Row { sealed: vec![1; 200_000], ..place.row() }]);
    let (a, b) = tokio::join!(store.commit(large()), store.commit(large()));
    assert_eq!((kind(a), kind(b)), (Some(FaultKind::Full), Some(FaultKind::Full)));

    let remove = RowWrite::Remove { id: kept[0].id, version: 1 };
    store.commit(with(place.batch(), |b| b.rows = vec![remove])).await.unwrap();
    let next = store.commit(place.inserting([place.row()])).await.unwrap();
    assert_eq!(next.receipt.seq(), kept.len() as u64 + 1);
    place.assert_sound();
    store.close().await.unwrap();
    drop(place.open());
}

/// A small file system, if we may make one; unmounted when dropped.
struct Small(PathBuf);

impl Small {
    fn mount(at: PathBuf, mib: u32) -> Option<Self> {
        std::fs::create_dir_all(&at).ok()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={mib}m"), "tmpfs"]).arg(&at);
        mount.stderr(std::process::Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(at))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // Lazily: threads of the store may not have let go of their files yet.
        let _status = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_recovers() {
    let mut place = Place::new(Engine::File);
    place.data = place.data.join("small");
    let Some(_small) = Small::mount(place.data.clone(), 3) else {
        return; // only root can mount
    };
    let ballast = place.data.join("ballast");
    std::fs::write(&ballast, vec![0; 1 << 20]).unwrap();
    let store = place.create();
    let (kept, why) = fill(&place, &store).await;
    assert_eq!(why, FaultKind::Full);
    assert_reading(&place, &store, &kept).await;
    for _ in 0..20 {
        let large = place.inserting([Row { sealed: vec![1; 200_000], ..place.row() }]);
        assert_eq!(kind(store.commit(large).await), Some(FaultKind::Full));
    }
    assert_reading(&place, &store, &kept).await;

    std::fs::remove_file(&ballast).unwrap();
    let receipt = store.record_event(place.event(Act::RecordRead)).await.unwrap();
    assert_eq!(receipt.seq(), kept.len() as u64);
    store.commit(place.inserting([place.row()])).await.unwrap();
    place.assert_sound();
    store.close().await.unwrap();
    drop(place.open());
}

#[tokio::test]
async fn reading_goes_on_from_the_room_kept_back() {
    let mut place = Place::new(Engine::File);
    place.data = place.data.join("small");
    let Some(_small) = Small::mount(place.data.clone(), 16) else {
        return; // only root can mount
    };
    let ballast = place.data.join("ballast");
    std::fs::write(&ballast, vec![0; 4 << 20]).unwrap();
    let reserve = place.data.join("store.db.reserve");
    let careful = FileOptions { reserve_bytes: 7 << 20, ..place.file() };
    let options = Options { place: store::Place::File(careful), ..place.options() };
    let store = Store::create(options).unwrap();
    assert_eq!(std::fs::metadata(&reserve).unwrap().len(), 7 << 20);
    let (kept, why) = fill(&place, &store).await;
    assert_eq!(why, FaultKind::Full);
    assert!(!reserve.exists(), "released");
    // One group: the read is receipted, and whatever becomes of the record is no matter of the read's.
    // Carrying the log over wins some room once more, so that not each record is refused.
    let mut refused = 0;
    for _ in 0..80 {
        place.clock.advance_ms(1000);
        let (read, write) = tokio::join!(
            store.record_event(place.event(Act::RecordRead)),
            store.commit(place.inserting([Row { sealed: vec![1; 200_000], ..place.row() }])),
        );
        let _receipt = read.unwrap();
        match kind(write) {
            None => assert!(refused < 30, "there was room for a short while only"),
            Some(why) => assert_eq!(why, FaultKind::Full),
        }
        refused += u32::from(!reserve.exists());
    }
    assert!(refused > 40);
    place.clock.advance_ms(1000);
    assert_eq!(kind(store.check_room().await), Some(FaultKind::Full));
    // What makes room is taken.
    let remove = RowWrite::Remove { id: kept[0].id, version: 1 };
    store.commit(with(place.batch(), |b| b.rows = vec![remove])).await.unwrap();
    place.assert_sound();

    std::fs::remove_file(&ballast).unwrap();
    place.clock.advance_ms(1000);
    store.check_room().await.unwrap();
    store.commit(place.inserting([place.row()])).await.unwrap();
    assert_eq!(std::fs::metadata(&reserve).unwrap().len(), 7 << 20, "taken back");
    place.assert_sound();
    store.close().await.unwrap();
    drop(place.open());
}
