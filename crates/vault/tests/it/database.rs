use crate::{Instance, fault, find, note};
use kernel::FaultKind;
use vault::{Durability, PageKey, decrypted_image, open_database, storage_fault, truncate_wal};

fn key(instance: &Instance, name: &str) -> PageKey {
    instance.vault.page_key(name).unwrap()
}

#[test]
fn what_is_written_is_encrypted_and_the_image_decrypts_it() {
    let instance = Instance::new(1);
    let path = instance.place.path().join("store.db");
    let key_a = key(&instance, "a.db");
    let db = open_database(&path, &key_a, Durability::Full, 256, false).unwrap();
    db.execute_batch("CREATE TABLE t(x TEXT); INSERT INTO t VALUES('kanarek-w-kopalni');").unwrap();
    let wal = instance.place.path().join("store.db-wal");
    let plain = |p: &std::path::Path| find(&std::fs::read(p).unwrap(), b"kanarek").is_some();
    assert!(!plain(&path) && !plain(&wal));
    let image = decrypted_image(&path, &key_a).unwrap();
    assert!(find(&image, b"kanarek-w-kopalni").is_some(), "found in the log");
    truncate_wal(&db).unwrap();
    assert_eq!(std::fs::metadata(&wal).unwrap().len(), 0);
    assert!(!plain(&path));
    assert!(find(&decrypted_image(&path, &key_a).unwrap(), b"kanarek-w-kopalni").is_some());
    assert!(find(&decrypted_image(&path, &key(&instance, "b.db")).unwrap(), b"kanarek").is_none());
    db.execute_batch("DELETE FROM t;").unwrap();
    truncate_wal(&db).unwrap();
    assert!(find(&decrypted_image(&path, &key_a).unwrap(), b"kanarek").is_none());
}

#[test]
fn a_wrong_key_or_a_plain_file_is_refused() {
    let instance = Instance::new(1);
    let path = instance.place.path().join("store.db");
    let right = key(&instance, "a.db");
    let db = open_database(&path, &right, Durability::Full, 256, false).unwrap();
    db.execute_batch("CREATE TABLE t(x);").unwrap();
    drop(db);
    let refused = fault(open_database(&path, &key(&instance, "b.db"), Durability::Full, 256, false));
    assert_eq!(refused.kind, FaultKind::Corrupt);
    assert!(note(&refused).contains("wrong page key"));
    let plain = instance.place.path().join("plain.db");
    rusqlite::Connection::open(&plain).unwrap().execute_batch("CREATE TABLE t(x);").unwrap();
    let refused = fault(open_database(&plain, &right, Durability::Full, 256, false));
    assert_eq!(refused.kind, FaultKind::Corrupt);
    let nowhere = instance.place.path().join("missing.db");
    assert!(open_database(&nowhere, &right, Durability::Full, 256, true).is_err());
    assert!(!nowhere.exists(), "reading makes nothing");
}

#[test]
fn a_flipped_byte_in_any_page_is_refused() {
    let instance = Instance::new(1);
    let path = instance.place.path().join("store.db");
    let key = key(&instance, "a.db");
    let db = open_database(&path, &key, Durability::Normal, 256, false).unwrap();
    db.execute_batch(
        "CREATE TABLE t(x);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
         INSERT INTO t SELECT zeroblob(300) FROM n;",
    )
    .unwrap();
    truncate_wal(&db).unwrap();
    drop(db);
    let whole = std::fs::read(&path).unwrap();
    let read = || -> kernel::Result<i64> {
        let db = open_database(&path, &key, Durability::Normal, 256, false)?;
        let sum = "SELECT sum(length(x)) FROM t";
        db.query_row(sum, [], |r| r.get(0)).map_err(|e| storage_fault(&e))
    };
    assert_eq!(read().unwrap(), 60_000);
    // Every page but none in the list of free ones: all pages are in use here.
    for page in 0..whole.len() / 4096 {
        let mut damaged = whole.clone();
        damaged[page * 4096 + 100 + page] ^= 1;
        std::fs::write(&path, damaged).unwrap();
        assert_eq!(fault(read()).kind, FaultKind::Corrupt, "page {page}");
    }
    std::fs::write(&path, whole).unwrap();
    assert_eq!(read().unwrap(), 60_000);
}

#[test]
fn a_full_database_a_busy_one_and_a_read_only_one() {
    let instance = Instance::new(1);
    let path = instance.place.path().join("store.db");
    let key = key(&instance, "a.db");
    let db = open_database(&path, &key, Durability::Full, 256, false).unwrap();
    db.execute_batch("CREATE TABLE t(x); PRAGMA max_page_count = 10;").unwrap();
    let error = db.execute("INSERT INTO t VALUES(zeroblob(100000))", []).unwrap_err();
    assert_eq!(storage_fault(&error).kind, FaultKind::Full);
    let other = open_database(&path, &key, Durability::Full, 256, false).unwrap();
    other.busy_timeout(std::time::Duration::ZERO).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = other.execute_batch("BEGIN IMMEDIATE").unwrap_err();
    let busy = storage_fault(&error);
    assert_eq!((busy.kind, busy.retry_after_s), (FaultKind::Unavailable, Some(1)));
    db.execute_batch("COMMIT").unwrap();
    let reader = open_database(&path, &key, Durability::Full, 256, true).unwrap();
    assert!(reader.execute_batch("INSERT INTO t VALUES(1)").is_err());
    // What a message of the engine quotes does not reach the note.
    let error = db.execute_batch("INSERT INTO t SELECT 'Anna Kowalska' FROM").unwrap_err();
    assert!(!note(&storage_fault(&error)).contains("Kowalska"));
}
