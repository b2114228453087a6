//! Attacks on the file, by somebody who has its page key.

use crate::support::{Engine, Place, doc, kind, next, with};
use kernel::FaultKind;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use store::{DocWrite, FileOptions, Options, RowWrite, Snapshot, Store};
use vault::{Durability, open_database};

fn attack(place: &Place, sql: &str) {
    let c = open(place);
    assert!(c.execute(sql, []).unwrap() > 0, "the attack does something: {sql}");
}

fn open(place: &Place) -> Connection {
    open_database(&place.path(), &place.page_key(), Durability::Full, 1024, false).unwrap()
}

/// A closed store of a few rows, documents and 300 events, so that there is a kept node.
async fn filled() -> Place {
    let place = Place::new(Engine::File);
    let store = place.create();
    let rows: Vec<_> = (0..4).map(|_| place.row()).collect();
    store.commit(place.inserting(rows.clone())).await.unwrap();
    store.commit(place.updating(next(&rows[0]))).await.unwrap();
    let remove = RowWrite::Remove { id: rows[3].id, version: 1 };
    store.commit(with(place.batch(), |b| b.rows = vec![remove])).await.unwrap();
    let docs = vec![DocWrite::Put(doc(1)), DocWrite::Put(doc(2))];
    store.commit(with(place.batch(), |b| b.docs = docs)).await.unwrap();
    let mut reads = tokio::task::JoinSet::new();
    for _ in 0..300 {
        let (store, event) = (store.clone(), place.event(ledger::Act::RecordRead));
        reads.spawn(async move { drop(store.record_event(event).await.unwrap()) });
    }
    reads.join_all().await;
    store.close().await.unwrap();
    place
}

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
}

#[tokio::test]
async fn an_older_copy_of_the_database_is_refused() {
    let place = filled().await;
    let old = place.data.join("old.db");
    copy(&place.path(), &old);
    let store = place.open();
    store.commit(place.inserting([place.row()])).await.unwrap();
    store.close().await.unwrap();
    copy(&old, &place.path());
    let refused = Store::open(place.options());
    let fault = refused.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Corrupt);
    assert!(fault.message.en.contains("rolled back"), "{fault}");
    // Consent to a missing checkpoint is none to a wrong one.
    let options = Options { accept_missing_checkpoint: true, ..place.options() };
    assert_eq!(kind(Store::open(options)), Some(FaultKind::Corrupt));
}

#[tokio::test]
async fn another_history_of_the_same_length_is_refused() {
    let place = filled().await;
    let old = place.data.join("old.db");
    copy(&place.path(), &old);
    let note = fs::read(place.checkpoint_path()).unwrap();
    let synced = place.data.join("checkpoint.synced");
    let grow = async |files: bool| {
        let store = place.open();
        store.commit(place.inserting([place.row()])).await.unwrap();
        store.close().await.unwrap();
        let newer = fs::read(place.checkpoint_path()).unwrap();
        if files {
            copy(&old, &place.path());
            fs::write(place.checkpoint_path(), &note).unwrap();
            fs::write(&synced, &note).unwrap();
        }
        newer
    };
    let first = grow(true).await;
    let second = grow(false).await;
    assert_ne!(first, second);
    fs::write(place.checkpoint_path(), first).unwrap();
    fs::remove_file(&synced).unwrap();
    assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Corrupt));
}

#[tokio::test]
async fn the_checkpoint_outside_may_be_behind_but_not_missing() {
    let place = filled().await;
    let synced = place.data.join("checkpoint.synced");
    let behind = fs::read(place.checkpoint_path()).unwrap();
    let store = place.open();
    store.commit(place.inserting([place.row()])).await.unwrap();
    store.close().await.unwrap();
    let newest = fs::read(place.checkpoint_path()).unwrap();
    for path in [&place.checkpoint_path(), &synced] {
        fs::write(path, &behind).unwrap();
    }
    drop(place.open());
    assert_eq!(fs::read(place.checkpoint_path()).unwrap(), newest, "it was brought up to date");

    // After a loss of power the one file may be empty.
    fs::write(place.checkpoint_path(), "").unwrap();
    drop(place.open());
    for damage in [true, false] {
        for path in [&place.checkpoint_path(), &synced] {
            let done = if damage { fs::write(path, "klucznik") } else { fs::remove_file(path) };
            done.unwrap();
        }
        let fault = Store::open(place.options()).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Corrupt);
        assert!(fault.message.en.contains("missing"), "{fault}");
    }
    let options = Options { accept_missing_checkpoint: true, ..place.options() };
    Store::open(options).unwrap().close().await.unwrap();
    place.assert_sound();
}

#[tokio::test]
async fn a_checkpoint_of_another_instance_is_refused() {
    let (place, other) = (filled().await, filled().await);
    copy(&other.checkpoint_path(), &place.checkpoint_path());
    fs::remove_file(place.data.join("checkpoint.synced")).unwrap();
    let options = Options { accept_missing_checkpoint: true, ..place.options() };
    assert_eq!(kind(Store::open(options)), Some(FaultKind::Corrupt));
}

#[tokio::test]
async fn an_altered_end_of_the_ledger_is_refused_at_the_start() {
    for sql in [
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
        "UPDATE event SET bytes = CAST(bytes || x'00' AS BLOB) WHERE seq = (SELECT max(seq) - 3 FROM event)",
        "UPDATE event SET hash = zeroblob(32) WHERE seq = (SELECT max(seq) FROM event)",
        "UPDATE node SET hash = zeroblob(32)",
        "UPDATE node SET hash = zeroblob(31)",
        "DELETE FROM node",
        "DELETE FROM meta",
        "DELETE FROM event",
        "INSERT INTO event SELECT seq + 1, zeroblob(16), at, user, record, subject, act, bytes, hash
            FROM event ORDER BY seq DESC LIMIT 1",
    ] {
        let place = filled().await;
        attack(&place, sql);
        assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Corrupt), "{sql}");
        let (report, _) = place.verify();
        assert!(!report.is_sound(), "{sql}");
    }
}

#[tokio::test]
async fn an_altered_row_is_found() {
    for (sql, expected) in [
        ("UPDATE record SET sealed = x'00' WHERE rowid = 1", &["row-altered"][..]),
        ("UPDATE record SET owner = zeroblob(16) WHERE rowid = 2", &["row-altered"]),
        ("UPDATE record SET deleted_at = 5 WHERE rowid = 2", &["row-altered"]),
        ("UPDATE record SET entity = 3 WHERE rowid = 2", &["row-extra", "row-missing"]),
        (
            "UPDATE record SET sealed = (SELECT o.sealed FROM record o WHERE o.rowid = 1),
                version = 2 WHERE rowid = 2",
            &["row-altered", "row-changes"],
        ),
        (
            "UPDATE record SET version = 1, sealed = zeroblob(100) WHERE rowid = 1",
            &["row-altered", "row-changes"],
        ),
        ("DELETE FROM record WHERE rowid = 1", &["row-missing"]),
        (
            "INSERT INTO record SELECT zeroblob(16), entity, subject, owner, team, parent, version, schema,
                created_at, created_by, updated_at, updated_by, deleted_at, sealed
                FROM record WHERE rowid = 1",
            &["row-extra", "row-changes"],
        ),
        ("DELETE FROM change WHERE seq = 1", &["row-changes"]),
        ("UPDATE doc SET sealed = x'00' WHERE id = x'01010101010101010101010101010101'", &["row-altered"]),
        ("UPDATE doc SET user = NULL WHERE id = x'01010101010101010101010101010101'", &["row-altered"]),
        ("DELETE FROM doc WHERE id = x'01010101010101010101010101010101'", &["row-missing"]),
    ] {
        let place = filled().await;
        place.assert_sound();
        attack(&place, sql);
        let (report, found) = place.verify();
        assert!(report.is_sound());
        let mut expected = expected.to_vec();
        let mut found = found;
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{sql}");
    }
}

#[tokio::test]
async fn a_removed_row_put_back_is_found() {
    let place = Place::new(Engine::File);
    let store = place.create();
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    let c = open(&place);
    c.execute_batch("CREATE TABLE hidden AS SELECT * FROM record").unwrap();
    let remove = RowWrite::Remove { id: row.id, version: 1 };
    store.commit(with(place.batch(), |b| b.rows = vec![remove])).await.unwrap();
    c.execute_batch("INSERT INTO record SELECT * FROM hidden").unwrap();
    assert_eq!(place.verify().1, ["row-extra"]);
}

#[tokio::test]
async fn files_of_others_are_refused() {
    let (place, other) = (filled().await, filled().await);
    assert_eq!(kind(Store::create(place.options())), Some(FaultKind::Conflict));
    let empty = Place::new(Engine::File);
    assert_eq!(kind(Store::open(empty.options())), Some(FaultKind::NotFound));
    let key = FileOptions { page_key: other.page_key(), ..place.file() };
    let wrong = Options { place: store::Place::File(key), ..place.options() };
    assert_eq!(kind(Store::open(wrong)), Some(FaultKind::Corrupt));
    let wrong = Options { public_key: other.vault.public_key(), ..place.options() };
    assert_eq!(kind(Store::open(wrong)), Some(FaultKind::Corrupt));
    let wrong = Options { origin: "elsewhere".to_owned(), ..place.options() };
    assert_eq!(kind(Store::open(wrong)), Some(FaultKind::Corrupt));

    let newer =
        "PRAGMA user_version = 99; UPDATE meta SET value = CAST('99' AS BLOB) WHERE name = 'format.least'";
    open(&place).execute_batch(newer).unwrap();
    assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Unsupported));
    let copy = Snapshot::open_copy(&place.path(), &place.page_key());
    assert_eq!(kind(copy), Some(FaultKind::Unsupported));
}

#[tokio::test]
async fn a_second_writer_is_refused() {
    let place = Place::new(Engine::File);
    let store = place.create();
    assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Unavailable));
    store.close().await.unwrap();
    let _second = place.open();
}

/// No list sorts or walks a whole table.
#[tokio::test]
async fn queries_use_their_indexes() {
    let place = filled().await;
    let c = open(&place);
    for (sql, expected) in [
        ("SELECT * FROM record WHERE id = x'00'", "sqlite_autoindex_record_1"),
        ("SELECT * FROM record WHERE id > x'00' ORDER BY id LIMIT 9", "sqlite_autoindex_record_1"),
        ("SELECT * FROM record WHERE parent = ?1 AND id > ?2 ORDER BY id LIMIT 9", "record_parent"),
        ("SELECT * FROM link WHERE target = ?1", "link_target"),
        ("SELECT * FROM change WHERE record = ?1 AND seq < ?2 ORDER BY seq DESC", "change_record"),
        ("SELECT * FROM change WHERE part_of = ?1 AND seq > ?2 ORDER BY seq", "change_part"),
        ("SELECT * FROM doc WHERE kind = 1 AND user = ?1 ORDER BY id DESC", "doc_user"),
        ("SELECT * FROM doc WHERE kind = 1 AND key = ?1", "doc_key"),
        ("SELECT * FROM session WHERE hash = ?1", "sqlite_autoindex_session_2"),
        ("SELECT * FROM event WHERE seq < ?1 AND user = ?2 ORDER BY seq DESC", "event_user"),
        ("SELECT * FROM event WHERE seq < ?1 AND record = ?2 ORDER BY seq DESC", "event_record"),
        ("SELECT * FROM event WHERE seq < ?1 AND subject = ?2 ORDER BY seq DESC", "event_subject"),
        ("SELECT max(seq) FROM event", "SEARCH event"),
    ] {
        let mut statement = c.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let plan = statement.raw_query().mapped(|row| row.get(3)).collect::<Result<Vec<String>, _>>();
        let plan = plan.unwrap().join("; ");
        assert!(plan.contains(expected), "{sql}: {plan}");
        assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{sql}: {plan}");
    }
}

/// A file from before there were jobs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_file_is_brought_to_the_present_format() {
    let place = Place::new(Engine::File);
    let store = place.create();
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    store.close().await.unwrap();
    place.alter(
        "DROP TABLE job; DROP TABLE job_part; PRAGMA user_version = 1; DELETE FROM meta WHERE name = 'format.least'",
    );
    assert_eq!(
        kind(store::Snapshot::open_copy(&place.path(), &place.page_key())),
        Some(FaultKind::Unsupported)
    );
    let store = place.open();
    assert_eq!(store.row(row.id).await.unwrap(), Some(row));
    assert!(store.jobs_that(store::JobState::Waiting, 9).await.unwrap().is_empty());
    place.assert_sound();
}
