//! Servers that write in turns: what a turn carries, and what it asks the database for.

use crate::postgres::{WAITING, holder, second, until};
use crate::support::{Engine, Place};
use cluster::Database;
use ledger::Act;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// While another server writes, callers gather. One commit is enough for them all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_while_the_lock_is_waited_for_is_in_the_same_group() {
    let place = Place::new(Engine::Postgres);
    let store = place.create();
    let other = holder(&place).await;
    let mut tasks = tokio::task::JoinSet::new();
    let mut commit = || {
        let (store, batch) = (store.clone(), place.inserting([place.row()]));
        tasks.spawn(async move { store.commit(batch).await });
    };
    commit();
    until(&place, WAITING, "1").await;
    (0..20).for_each(|_| commit());
    while store.activity().waiting < 20 {
        sleep(Duration::from_millis(5)).await;
    }
    other.batch_execute("ROLLBACK").await.unwrap();
    assert!(tasks.join_all().await.iter().all(Result::is_ok));
    assert_eq!((store.activity().groups, store.activity().batches), (1, 21));
    place.assert_sound();
}

/// However long the ledger is, and whatever others wrote: a turn begins with what is new.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_goes_on_from_another_without_reading_the_tree() {
    let place = Place::over(Some(Arc::new(Database::alone())));
    let stores = [place.create(), second(&place)];
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..300 {
        let (store, event) = (stores[0].clone(), place.event(Act::RecordRead));
        tasks.spawn(async move { store.record_event(event).await });
    }
    assert!(tasks.join_all().await.iter().all(Result::is_ok));
    let before = place.database().log().len();
    for n in 0..6 {
        let done = stores[(n + 1) % 2].commit(place.inserting([place.row()])).await.unwrap();
        assert_eq!((done.receipt.seq(), done.first_change), (300 + n as u64, 1 + n as u64));
    }
    let told = place.database().log().split_off(before);
    assert!(told.contains("INSERT INTO event"), "{told}");
    assert!(!told.contains("FROM node") && !told.contains("SELECT hash FROM event"), "{told}");
    place.assert_sound();
}

/// Tables that nobody has counted yet, and many rows asked for at once: as in the first minutes of a database.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_walks_through_no_table() {
    let place = Place::over(Some(Arc::new(Database::alone())));
    let store = place.create();
    let group = async || {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..60 {
            let (store, batch) = (store.clone(), place.inserting([place.row()]));
            tasks.spawn(async move { store.commit(batch).await });
        }
        assert!(tasks.join_all().await.iter().all(Result::is_ok));
    };
    for _ in 0..8 {
        group().await;
    }
    place.database().sql("SELECT pg_stat_reset()");
    group().await;
    // A connection tells what it did when it ends.
    store.close().await.unwrap();
    until(&place, "SELECT n_tup_ins >= 60 FROM pg_stat_user_tables WHERE relname = 'event'", "t").await;
    let walked = "SELECT string_agg(relname || ' ' || seq_tup_read, ', ') FROM pg_stat_user_tables
        WHERE seq_tup_read > 0";
    assert_eq!(place.database().sql(walked), "");
}
