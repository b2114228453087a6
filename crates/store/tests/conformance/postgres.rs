//! What only a database shared by several servers, and reached over a connection, can do.

use crate::support::{Engine, Place, START, kind, next, with};
use cluster::Database;
use kernel::{FaultKind, Id, UserId};
use ledger::Act;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use store::{JobHold, JobWrite, NewJob, Options, PostgresKeyring, PostgresOptions, RowWrite, Store, Take};
use tokio::time::sleep;

/// The lock that puts the commits of all servers in one order.
const LOCK: &str = "SELECT pg_advisory_xact_lock(5425805398840854859)";
pub const WAITING: &str = "SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'";
const END_WAITING: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'";
pub const END_ALL: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'klucznik'";

fn place() -> Place {
    Place::new(Engine::Postgres)
}

/// The store of a second server on the same database.
pub fn second(place: &Place) -> Store {
    let options = place.options();
    let checkpoint_path = place.data.join("second");
    Store::open(Options { checkpoint_path, accept_missing_checkpoint: true, ..options }).unwrap()
}

/// Somebody who holds the lock.
pub async fn holder(place: &Place) -> tokio_postgres::Client {
    let (client, connection) =
        tokio_postgres::connect(&place.database().address(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(&format!("BEGIN; {LOCK}")).await.unwrap();
    client
}

pub async fn until(place: &Place, sql: &str, expected: &str) {
    for _ in 0..500 {
        if place.database().sql(sql) == expected {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{sql} never gave {expected}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_share_one_history() {
    let place = place();
    let stores = [place.create(), second(&place)];
    let row = place.row();
    stores[0].commit(place.inserting([row.clone()])).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..60 {
        let batch = if n % 3 == 0 { place.updating(next(&row)) } else { place.inserting([place.row()]) };
        let store = stores[n % 2].clone();
        tasks.spawn(async move { store.commit(batch).await });
    }
    let done = tasks.join_all().await;
    let (good, refused): (Vec<_>, Vec<_>) = done.into_iter().partition(Result::is_ok);
    assert_eq!((good.len(), refused.len()), (41, 19), "one of the updates wins");
    assert!(refused.into_iter().all(|one| kind(one) == Some(FaultKind::Stale)));
    let mut seqs: Vec<_> = good.into_iter().map(|one| one.unwrap().receipt.seq()).collect();
    seqs.sort_unstable();
    assert!(seqs.into_iter().eq(1..42), "no place twice, none left out");
    for store in &stores {
        assert_eq!(store.last_change().await.unwrap(), 42);
        assert_eq!(store.row(row.id).await.unwrap(), Some(next(&row)));
    }
    place.assert_sound();
    for store in &stores {
        store.close().await.unwrap();
    }
    drop(place.open());
    drop(second(&place));
}

/// Two servers look for work at once, and a third commits what one of them did.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_taken_by_one_of_two_servers() {
    let place = place();
    let stores = [place.create(), second(&place)];
    let mut ordered = BTreeSet::new();
    for n in 0..40_usize {
        let (id, sealed, parts) = (place.id(), vec![1], Vec::new());
        let new = NewJob {
            id,
            kind: 1,
            user: UserId::NIL,
            created_at: START,
            after_ms: 0,
            most: 99,
            sealed,
            parts,
        };
        let batch = with(place.batch(), |b| b.jobs = vec![JobWrite::Add(new)]);
        stores[n % 2].commit(batch).await.unwrap();
        ordered.insert(id);
    }
    let mut takers = tokio::task::JoinSet::new();
    for n in 0..4_u8 {
        let (store, other) = (stores[usize::from(n % 2)].clone(), stores[usize::from((n + 1) % 2)].clone());
        let events: Vec<_> = (0..40).map(|_| place.batch()).collect();
        takers.spawn(async move {
            let (mut own, server) = (Vec::new(), Id::from_bytes([n; 16]));
            let take = || store.take_job(Take { server, lease_ms: 60_000, kinds: vec![1], of_user: 1 });
            for batch in events {
                let Some(job) = take().await.unwrap() else { break };
                let hold = JobHold { id: job.id, server, attempt: job.attempts };
                let end = JobWrite::End { hold, result: Vec::new(), parts: Vec::new() };
                other.commit(with(batch, |b| b.jobs = vec![end])).await.unwrap();
                own.push(job.id);
            }
            own
        });
    }
    let taken: Vec<_> = takers.join_all().await.into_iter().flatten().collect();
    assert_eq!((taken.len(), taken.into_iter().collect::<BTreeSet<_>>()), (40, ordered));
    place.assert_sound();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_ended_is_made_again() {
    let place = place();
    let store = place.create();
    let row = place.row();
    store.commit(place.inserting([row.clone()])).await.unwrap();
    assert_eq!(store.row(row.id).await.unwrap(), Some(row.clone()));
    for _ in 0..3 {
        assert_ne!(place.database().sql(END_ALL), "0");
        assert_eq!(store.row(row.id).await.unwrap(), Some(row.clone()));
        store.commit(place.inserting([place.row()])).await.unwrap();
    }
    place.assert_sound();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_is_cut_off_is_done_once() {
    let place = place();
    let store = place.create();
    let other = holder(&place).await;
    let (writing, batch) = (store.clone(), place.inserting([place.row()]));
    let writing = tokio::spawn(async move { writing.commit(batch).await });
    until(&place, WAITING, "1").await;
    assert_eq!(place.database().sql(END_WAITING), "1");
    until(&place, WAITING, "1").await;
    other.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(writing.await.unwrap().unwrap().first_change, 1);
    assert_eq!(store.event_count().await.unwrap(), 1);
    place.assert_sound();
}

/// The connection ends while the server commits, before anything is committed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_did_not_happen_is_repeated() {
    let place = place();
    let store = place.create();
    place.database().sql(
        "CREATE SEQUENCE once;
        CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('once') = 1 THEN
                PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(5);
            END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION cut()",
    );
    let done = store.commit(place.inserting([place.row()])).await.unwrap();
    assert_eq!((done.receipt.seq(), done.first_change), (0, 1));
    assert_eq!(place.database().sql("SELECT last_value FROM once"), "2", "it was tried twice");
    place.assert_sound();
}

/// The connection ends after the server committed, and before it says so: it waits for a standby that
/// there is not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_is_lost_is_found() {
    let place = Place::over(Some(Arc::new(Database::alone())));
    let store = place.create();
    let standby = |name: &str| {
        place.database().sql(&format!("ALTER SYSTEM SET synchronous_standby_names = '{name}'"));
        place.database().sql("SELECT pg_reload_conf()");
    };
    standby("nobody");
    let (writing, batch) = (store.clone(), place.inserting([place.row()]));
    let writing = tokio::spawn(async move { writing.commit(batch).await });
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    until(&place, waiting, "1").await;
    standby("");
    // The server may have let go of it by itself.
    place
        .database()
        .sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    let done = writing.await.unwrap().unwrap();
    assert_eq!((done.receipt.seq(), done.first_change), (0, 1));
    assert_eq!(store.event_count().await.unwrap(), 1, "not twice");
    store.commit(place.inserting([place.row()])).await.unwrap();
    place.assert_sound();
}

/// Set as our own connections are, it holds the lock, and nothing more is heard of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_holds_nobody_up_for_long() {
    let place = place();
    let store = place.create();
    let silent = holder(&place).await;
    silent.batch_execute("SET idle_in_transaction_session_timeout = '2s'").await.unwrap();
    let done = store.commit(place.inserting([place.row()])).await.unwrap();
    assert_eq!(done.first_change, 1);
    // It hears of its end when it next looks.
    tokio::time::timeout(Duration::from_secs(5), async {
        while !silent.is_closed() {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .unwrap();
    place.assert_sound();
}

#[test]
fn a_server_that_acknowledges_what_is_not_on_its_disk_is_refused() {
    let place = Place::over(Some(Arc::new(Database::alone())));
    place.database().sql("ALTER SYSTEM SET fsync = off");
    place.database().sql("SELECT pg_reload_conf()");
    assert_eq!(kind(Store::create(place.options())), Some(FaultKind::Unsupported));
}

/// A server that is lost in a transaction holds nobody up for long.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_is_durable_and_nobody_waits_for_ever() {
    let place = place();
    let store = place.create();
    let settings = "current_setting('synchronous_commit'), current_setting('lock_timeout'),
        current_setting('idle_in_transaction_session_timeout')";
    place.database().sql(&format!(
        "CREATE TABLE setting (durable text, lock text, idle text);
        CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO setting VALUES ({settings});
            RETURN NULL;
        END $$;
        CREATE TRIGGER look AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION look()"
    ));
    store.commit(place.inserting([place.row()])).await.unwrap();
    assert_eq!(place.database().sql("SELECT * FROM setting"), "on|5s|2s");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_rolled_back_under_a_server_is_refused() {
    let place = place();
    let store = place.create();
    store.commit(place.inserting([place.row()])).await.unwrap();
    let database = place.database();
    database.sql("CREATE TABLE older AS SELECT * FROM meta");
    let _receipt = store.record_event(place.event(Act::RecordRead)).await.unwrap();
    database.sql("DELETE FROM event WHERE seq = 1");
    database.sql("UPDATE meta SET value = older.value FROM older WHERE meta.name = older.name");
    for _ in 0..2 {
        let refused = store.record_event(place.event(Act::RecordRead)).await.unwrap_err();
        assert_eq!(refused.kind, FaultKind::Corrupt);
        assert!(refused.message.en.contains("rolled back"), "{refused}");
    }
    store.close().await.unwrap();
    assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Corrupt));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alterations_are_found() {
    for (sql, expected) in [
        ("UPDATE record SET sealed = '\\x00'", "row-altered"),
        ("UPDATE record SET owner = '\\x00000000000000000000000000000000'", "row-altered"),
        ("DELETE FROM record", "row-missing"),
        ("DELETE FROM change WHERE seq = 1", "row-changes"),
        ("UPDATE doc SET \"user\" = NULL", "row-altered"),
    ] {
        let place = place();
        let store = place.create();
        let docs = vec![store::DocWrite::Put(crate::support::doc(1))];
        store.commit(with(place.inserting([place.row()]), |b| b.docs = docs)).await.unwrap();
        place.assert_sound();
        place.database().sql(sql);
        assert_eq!(place.verify().1, [expected], "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_altered_end_of_the_ledger_is_refused_at_the_start() {
    for sql in [
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
        "UPDATE event SET bytes = bytes || '\\x00' WHERE seq = 1",
        "UPDATE event SET hash = sha256('') WHERE seq = 2",
        "DELETE FROM meta",
        "DELETE FROM meta WHERE name = 'checkpoint'",
        "DELETE FROM event",
    ] {
        let place = place();
        let store = place.create();
        for _ in 0..3 {
            store.commit(place.inserting([place.row()])).await.unwrap();
        }
        store.close().await.unwrap();
        place.database().sql(sql);
        assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Corrupt), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn databases_of_others_are_refused() {
    let (place, other) = (place(), Place::new(Engine::File));
    assert_eq!(kind(Store::open(place.options())), Some(FaultKind::NotFound));
    place.create().close().await.unwrap();
    let again = Options { checkpoint_path: place.data.join("elsewhere"), ..place.options() };
    assert_eq!(kind(Store::create(again)), Some(FaultKind::Conflict));
    assert_eq!(kind(Store::create(place.options())), Some(FaultKind::Conflict), "there is a checkpoint");
    let store = place.open();
    store.commit(place.inserting([place.row()])).await.unwrap();
    store.close().await.unwrap();
    let wrong = Options { public_key: other.vault.public_key(), ..place.options() };
    assert_eq!(kind(Store::open(wrong)), Some(FaultKind::Corrupt));
    let nowhere = format!("host={} user=postgres dbname=x", place.data.display());
    let nowhere = store::Place::Postgres(PostgresOptions::new(nowhere));
    let nowhere = Options { place: nowhere, ..place.options() };
    assert_eq!(kind(Store::open(nowhere)), Some(FaultKind::Unavailable));
    place.database().sql("UPDATE meta SET value = '99' WHERE name IN ('format', 'format.least')");
    assert_eq!(kind(Store::open(place.options())), Some(FaultKind::Unsupported));
}

/// Statements of one transaction are under way at once: the one that finds the disk full is the one to be told, and
/// not those that are refused because it failed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_whichever_statement_finds_it() {
    let place = place();
    let store = place.create();
    store.commit(place.inserting([place.row()])).await.unwrap();
    place.database().sql(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'no room' USING ERRCODE = 'disk_full'; END $$",
    );
    for table in ["record", "change", "doc", "event", "meta"] {
        let on = format!(
            "CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION full_disk()"
        );
        place.database().sql(&on);
        for n in 0..5 {
            let batch = place.inserting((0..4).map(|_| place.row()));
            let docs = vec![store::DocWrite::Put(crate::support::doc(n))];
            let refused = store.commit(with(batch, |b| b.docs = docs)).await;
            assert_eq!(kind(refused), Some(FaultKind::Full), "{table}");
        }
        place.database().sql(&format!("DROP TRIGGER full_disk ON {table}"));
    }
    store.commit(place.inserting([place.row()])).await.unwrap();
}

/// The server logs all statements here, and tells its administrator what runs: constant texts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn statements_hold_no_values() {
    let place = place();
    let store = place.create();
    let canary = b"canary-in-a-statement".to_vec();
    let row = store::Row { sealed: canary.clone(), ..place.row() };
    let links = vec![("canary-of-a-field".to_owned(), row.id)];
    let insert = RowWrite::Insert { row: row.clone(), links };
    let docs = vec![store::DocWrite::Put(store::Doc { sealed: canary.clone(), ..crate::support::doc(1) })];
    let batch = with(place.batch(), |b| b.rows = vec![insert]);
    store.commit(with(batch, |b| b.docs = docs)).await.unwrap();
    assert_eq!(store.row(row.id).await.unwrap(), Some(row.clone()));
    let taken = kind(store.commit(place.inserting([row.clone()])).await);
    assert_eq!(taken, Some(FaultKind::Conflict));
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let running = place.database().sql("SELECT application_name, query FROM pg_stat_activity");
    assert!(running.contains("klucznik|"), "{running}");
    let told = place.database().log() + &running;
    assert!(told.contains("INSERT INTO record") && told.contains("FROM record WHERE id = $1"));
    for secret in [hex(&canary), hex(row.id.bytes())] {
        assert!(!told.contains(&secret), "{secret}");
    }
    assert!(!told.contains("canary"));
}

/// No list sorts or walks a whole table.
#[test]
fn queries_use_their_indexes() {
    let place = place();
    drop(place.create());
    for (sql, expected) in [
        ("SELECT * FROM record WHERE id > '\\x00' ORDER BY id LIMIT 9", "record_pkey"),
        ("SELECT * FROM record WHERE subject = '\\x00'", "record_subject"),
        ("SELECT * FROM record WHERE parent = '\\x00' AND id > '\\x00' ORDER BY id LIMIT 9", "record_parent"),
        ("SELECT * FROM link WHERE target = '\\x00'", "link_target"),
        ("SELECT * FROM change WHERE record = '\\x00' AND seq < 5 ORDER BY seq DESC", "change_record"),
        ("SELECT * FROM change WHERE part_of = '\\x00' AND seq > 5 ORDER BY seq", "change_part"),
        ("SELECT * FROM doc WHERE kind = 1 AND \"user\" = '\\x00' ORDER BY id DESC", "doc_user"),
        ("SELECT * FROM doc WHERE kind = 1 AND key = '\\x00'", "doc_key"),
        ("SELECT * FROM session WHERE hash = '\\x00'", "session_hash_key"),
        ("SELECT * FROM event WHERE seq < 5 AND \"user\" = '\\x00' ORDER BY seq DESC", "event_user"),
        ("SELECT * FROM event WHERE seq < 5 AND record = '\\x00' ORDER BY seq DESC", "event_record"),
        ("SELECT * FROM event WHERE seq < 5 AND subject = '\\x00' ORDER BY seq DESC", "event_subject"),
        ("SELECT max(seq) FROM event", "event_pkey"),
        ("SELECT * FROM job WHERE \"user\" = '\\x00' ORDER BY id DESC", "job_user"),
        ("SELECT * FROM job WHERE state = 4 ORDER BY id", "job_state"),
        ("SELECT id FROM job WHERE state <= 2 AND due_at <= 5 ORDER BY due_at LIMIT 1", "job_due"),
    ] {
        let none = "SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN (COSTS off)";
        let plan = place.database().sql(&format!("{none} {sql}"));
        assert!(plan.contains(&format!("using {expected}")), "{sql}: {plan}");
        assert!(!plan.contains("Sort") && !plan.contains("Seq Scan"), "{sql}: {plan}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_that_durability_rests_on_are_told() {
    let place = place();
    let store = place.create();
    let told = store.engine_settings().await.unwrap();
    for (name, value) in [
        ("full_page_writes", place.database().sql("SHOW full_page_writes")),
        ("data_checksums", place.database().sql("SHOW data_checksums")),
        ("server_version_num", place.database().sql("SHOW server_version_num")),
        ("synchronous_commit", "on".to_owned()),
        ("secured", "true".to_owned()),
        ("superuser", "true".to_owned()),
    ] {
        assert_eq!(told.get(name), Some(&value), "{name}");
    }
    assert!(told.contains_key("fsync"));
    let archived = place.database().sql("SHOW archive_mode") != "off";
    let at = PostgresOptions::new(place.database().address());
    let asked = tokio::task::spawn_blocking(move || PostgresKeyring::open(&at)?.is_archived());
    assert_eq!(asked.await.unwrap().unwrap(), archived);
    store.close().await.unwrap();
}
