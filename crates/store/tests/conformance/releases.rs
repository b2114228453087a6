//! Releases before and after this one on the same tables: what is only added disturbs nobody, and what was
//! taken away is for those who know it.

use crate::support::{Engine, Place, kind};
use crate::{grouping, jobs, reading, writing};
use kernel::FaultKind;
use store::{Format, Migration, Snapshot, Store};

/// What a next release might add, and by what it says so.
pub const fn next(file: bool) -> &'static str {
    if file {
        "ALTER TABLE record ADD COLUMN place TEXT; ALTER TABLE event ADD COLUMN place TEXT;
        ALTER TABLE doc ADD COLUMN place TEXT; ALTER TABLE change ADD COLUMN place TEXT;
        CREATE INDEX record_place ON record (place); CREATE TABLE place (name TEXT NOT NULL PRIMARY KEY);
        PRAGMA user_version = 5"
    } else {
        "ALTER TABLE record ADD COLUMN place text; ALTER TABLE event ADD COLUMN place text;
        ALTER TABLE doc ADD COLUMN place text; ALTER TABLE change ADD COLUMN place text;
        CREATE INDEX record_place ON record (place); CREATE TABLE place (name text NOT NULL PRIMARY KEY);
        UPDATE meta SET value = '6' WHERE name = 'format'"
    }
}

fn expanded(engine: Engine) -> Place {
    let mut place = Place::new(engine);
    place.expanded = true;
    place
}

macro_rules! cases {
    ($($module:ident::$case:ident,)*) => {
        mod file { $(cases!(@ File, $module, $case);)* }
        mod database { $(cases!(@ Postgres, $module, $case);)* }
    };
    (@ $engine:ident, $module:ident, $case:ident) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $case() {
            super::$module::$case(super::expanded(super::Engine::$engine)).await;
        }
    };
}

// This release, which is the one before the next.
cases! {
    reading::rows_are_found_by_id_subject_and_parent,
    reading::changes_are_found_by_act,
    reading::events_are_filtered_newest_first,
    reading::a_snapshot_stands_still,
    reading::reopening_keeps_everything,
    writing::an_update_needs_the_version_before_it,
    writing::removal_leaves_nothing_but_the_fact,
    writing::documents_have_versions_and_unique_keys,
    grouping::changes_and_events_have_no_gaps,
    jobs::a_job_is_ordered_with_its_act_taken_and_ended_once,
}

/// Statements that the release before this one sends, and the types of what it reads from the answers. Replaced
/// with those of a release when that one is out.
const FROZEN: [&str; 2] = [include_str!("frozen/file.sql"), include_str!("frozen/postgres.sql")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_release_before_finds_in_a_database_what_it_reads() {
    let place = Place::new(Engine::Postgres);
    drop(place.create());
    let (client, connection) =
        tokio_postgres::connect(&place.database().address(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    for line in FROZEN[1].lines() {
        let (sql, types) = line.split_once(" -- ").expect("a statement and types");
        let prepared = client.prepare(sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
        let found: Vec<_> = prepared.columns().iter().map(|column| column.type_().name()).collect();
        assert_eq!(found.join(" "), types, "{sql}");
    }
}

#[test]
fn the_release_before_finds_in_a_file_what_it_reads() {
    let place = Place::new(Engine::File);
    drop(place.create());
    let file = vault::open_database(&place.path(), &place.page_key(), vault::Durability::Full, 1024, true);
    let file = file.expect("it opens");
    for sql in FROZEN[0].lines() {
        let prepared = file.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
        assert!(prepared.column_count() > 0, "{sql}");
    }
}

/// Two releases may be at work until what the earlier one needs is taken away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_contracted_for_a_newer_release_is_refused() {
    for engine in [Engine::File, Engine::Postgres] {
        let place = expanded(engine);
        let known = if place.is_file() { 4 } else { 5 };
        let store = place.create();
        store.commit(place.inserting([place.row()])).await.unwrap();
        store.close().await.unwrap();
        drop(store);
        // The release before this one works on what this one added, until it is told that nobody goes back to it.
        let added = |least| Format { expanded: known + 1, least };
        for what in [Migration::Look, Migration::Expand, Migration::Contract, Migration::Look] {
            let standing = Store::migrate(&place.store_place(), what).unwrap();
            assert_eq!((standing.found, standing.next, standing.known), (added(known), added(known), known));
        }
        place.assert_sound();
        place.open().close().await.unwrap();
        let value = if place.is_file() { "CAST('5' AS BLOB)" } else { "'6'" };
        place.alter(&format!("UPDATE meta SET value = {value} WHERE name = 'format.least'"));
        let before = place.content();
        let refused = Store::open(place.options()).expect_err("refused");
        assert_eq!(refused.kind, FaultKind::Unsupported);
        assert!(refused.message.en.contains("Run that newer release"), "{refused}");
        for what in [Migration::Look, Migration::Expand, Migration::Contract] {
            let refused = Store::migrate(&place.store_place(), what);
            assert_eq!(kind(refused), Some(FaultKind::Unsupported), "{what:?}");
        }
        let looked = match place.store_place() {
            store::Place::File(file) => Snapshot::open_copy(&file.path, &file.page_key),
            store::Place::Postgres(database) => Snapshot::open_database(&database),
        };
        assert_eq!(kind(looked), Some(FaultKind::Unsupported));
        assert!(before == place.content(), "{engine:?}: something was written");
    }
}

/// What this release writes the one before does not read: it is not begun beside that one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_is_not_brought_on_while_servers_of_the_release_before_are_at_work() {
    let place = Place::new(Engine::Postgres);
    let earlier = place.create();
    earlier.commit(place.inserting([place.row()])).await.unwrap();
    // As the release before left it.
    place.alter("UPDATE meta SET value = '4' WHERE name = 'format'; UPDATE meta SET value = '3' WHERE name = 'format.least'");
    let before = place.content();
    let refused = Store::open(place.options()).expect_err("refused");
    assert_eq!(refused.kind, FaultKind::Conflict);
    assert!(refused.message.en.contains("Stop all of them"), "{refused}");
    assert_eq!(kind(Store::migrate(&place.store_place(), Migration::Expand)), Some(FaultKind::Conflict));
    assert!(before == place.content(), "something was written");
    // It goes on as before, and is stopped in order.
    earlier.commit(place.inserting([place.row()])).await.unwrap();
    earlier.close().await.unwrap();
    drop(earlier);
    let first = place.open();
    let second = place.open();
    for store in [&first, &second] {
        store.commit(place.inserting([place.row()])).await.unwrap();
    }
    let standing = Store::migrate(&place.store_place(), Migration::Look).unwrap();
    assert_eq!(standing.found, Format { expanded: 5, least: 5 });
}

/// A server that lost its connection meanwhile writes nothing into tables that are not its own any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_server_notices_that_the_tables_were_contracted() {
    let place = expanded(Engine::Postgres);
    let store = place.create();
    store.commit(place.inserting([place.row()])).await.unwrap();
    let contract = || Store::migrate(&place.store_place(), Migration::Contract);
    assert_eq!(kind(contract()), Some(FaultKind::Conflict), "not while servers are at work");
    place.alter("UPDATE meta SET value = '6' WHERE name = 'format.least'");
    assert_ne!(place.database().sql(crate::postgres::END_ALL), "0");
    let refused = store.commit(place.inserting([place.row()])).await;
    assert_eq!(kind(refused), Some(FaultKind::Unsupported));
    assert_eq!(place.database().sql("SELECT count(*) FROM record"), "1");
}

/// Tables of the release before are brought on by a start, and nothing is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_database_is_looked_at_and_brought_on() {
    let place = Place::new(Engine::Postgres);
    let store = place.create();
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    store.close().await.unwrap();
    drop(store);
    place.alter(
        "DROP TABLE job, job_part; DELETE FROM meta WHERE name = 'format.least';
        UPDATE meta SET value = '2' WHERE name = 'format'",
    );
    let (found, next) = (Format { expanded: 2, least: 2 }, Format { expanded: 5, least: 5 });
    for (what, expected) in [(Migration::Look, found), (Migration::Expand, found), (Migration::Look, next)] {
        let standing = Store::migrate(&place.store_place(), what).unwrap();
        assert_eq!((standing.found, standing.next), (expected, next), "{what:?}");
    }
    let store = place.open();
    assert_eq!(store.row(row.id).await.unwrap(), Some(row));
    assert!(store.jobs_that(store::JobState::Waiting, 9).await.unwrap().is_empty());
}

/// Jobs of the release before are gone on with. Each of their attempts was a try, but for those of what was put off.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_of_the_release_before_are_brought_on() {
    for engine in [Engine::File, Engine::Postgres] {
        let place = Place::new(engine);
        let store = place.create();
        let letter = jobs::what_was_put_off_often(&store, &place).await;
        store.commit(jobs::put_far_off(&store, &place, letter).await).await.unwrap();
        jobs::what_kills_its_servers(&store, &place).await;
        let before = store.jobs_that(store::JobState::Held, 9).await.unwrap();
        store.close().await.unwrap();
        drop(store);
        place.alter(if place.is_file() {
            "ALTER TABLE job DROP COLUMN spared; PRAGMA user_version = 2"
        } else {
            "ALTER TABLE job DROP COLUMN spared; UPDATE meta SET value = '3' WHERE name = 'format'"
        });
        let store = place.open();
        assert_eq!(store.jobs_that(store::JobState::Held, 9).await.unwrap(), before);
        assert!(before[0].is_spent());
        let letter = store.job(letter).await.unwrap().unwrap();
        assert!(letter.attempts > store::ATTEMPTS_MAX && !letter.is_spent(), "{letter:?}");
    }
}
