//! Servers that are killed between one step of a job and the next: whoever goes on with it tells of all that was
//! done.

use super::background::{count, rows, send};
use super::elsewhere::{run, session, take};
use super::help::api;
use super::jobs::{act, bulk, ended, people};
use kernel::{Lang, RecordId};
use records::{Caller, ImportOptions};
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use store::{ChangeKind, JobHold, JobRow};
use testkit::{Client, World, on_postgres};
use tokio::sync::Notify;

/// For so long the server that is killed has its job.
pub const LEASE_MS: i64 = 60_000;
const IMPORT: u16 = 4;
const IMPORT_UNDO: u16 = 6;

/// On whose behalf, and for what, the server that is killed does its job.
pub async fn at_work(world: &World, user: &Client, row: &JobRow) -> Caller {
    let engine = world.app().engine();
    let actor = engine.actor_of(session(user).await).expect("a session");
    let hold = JobHold { id: row.id, server: row.held_by.unwrap(), attempt: row.attempts };
    Caller { part_of: row.id.cast(), hold: Some(hold), ..Caller::new(actor, Lang::Pl, engine.policy()) }
}

/// Nothing was heard of that server for so long that others take its job.
pub fn run_out(world: &World, row: &JobRow) {
    if on_postgres() {
        let id: String = row.id.bytes().iter().map(|b| format!("{b:02x}")).collect();
        let _ = world.database().sql(&format!("UPDATE job SET due_at = 0 WHERE id = '\\x{id}'"));
    } else {
        world.clock.advance_ms(LEASE_MS + 1);
    }
}

/// A file, how many of its rows can go in, and the lines of those that cannot: for what stands in them, or for what
/// stands in the row before.
fn file() -> (String, u64, Vec<u64>) {
    let (mut file, mut good, mut bad) = (String::from("last_name;email\n"), 0, Vec::new());
    for n in 0..4_500_u64 {
        let email = match n % 50 {
            0 => "nie-adres".to_owned(),
            25 => format!("osoba{}@plik.example", n - 1),
            _ => format!("osoba{n}@plik.example"),
        };
        writeln!(file, "Osoba{n};{email}").unwrap();
        if n % 25 == 0 { bad.push(n + 2) } else { good += 1 }
    }
    (file, good, bad)
}

/// An import whose server is killed after so many steps, or after it brought in all but before it could say so.
async fn import_of_a_killed_server(steps: Option<u32>) {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let (file, good, bad) = file();
    let mut long = Vec::new();
    for _ in 0..2 {
        long.push(send(&anna, "people?background=true", rows(30_000)).await.expect(202).json());
    }
    run(&anna, &long).await;
    let begun = send(&anna, "people?background=true&name=plik.csv", file.clone()).await.expect(202).json();
    let row = take(&world, IMPORT, LEASE_MS).await;
    assert_eq!(begun["id"], row.id.to_string());

    let (engine, caller) = (world.app().engine(), at_work(&world, &anna, &row).await);
    let entity = caller.policy.catalog.get("person").unwrap();
    let source = intake::open_bytes(file.into_bytes(), "plik.csv", &intake::Options::default()).unwrap();
    let mapping = intake::Mapping::guess(entity, source.headings());
    let (options, step, kill) = (ImportOptions::default(), AtomicU32::new(0), Notify::new());
    let at = |_, _| {
        if Some(step.fetch_add(1, Ordering::SeqCst) + 1) == steps {
            kill.notify_one();
        }
    };
    tokio::select! {
        biased;
        () = kill.notified() => {}
        done = engine.import(&caller, entity, source, mapping, &options, &at) => {
            assert!(steps.is_none() && done.unwrap().get().finished, "it was to be killed before");
        }
    }
    let mut others = 0;
    for job in &long {
        let _ = act(&anna, job, "cancel").await;
        others += ended(&anna, job).await["result"]["made"].as_u64().unwrap();
    }
    run_out(&world, &row);
    let done = ended(&anna, &begun).await;
    let result = &done["result"];
    assert_eq!(
        (&done["state"], &result["finished"], &result["rows"]),
        (&json!("done"), &json!(true), &json!(4_500)),
        "{done}"
    );
    assert_eq!(
        (&result["made"], &result["refused"], &result["duplicates"]),
        (&json!(good), &json!(90), &json!(90))
    );
    let listed = result["listed"].as_array().unwrap();
    let mut lines: Vec<u64> = listed.iter().map(|row| row["line"].as_u64().unwrap()).collect();
    lines.sort_unstable();
    assert_eq!(lines, bad, "each once");
    assert_eq!(listed.iter().filter(|row| row["value"] == "nie-adres").count(), 90);
    let twice = |row: &&Value| row["code"] == "duplicate" && row["duplicate_of"].is_string();
    assert_eq!(listed.iter().filter(twice).count(), 90);
    assert_eq!(count_exactly(&world), good + others);
    let row = engine.store().job(row.id).await.unwrap().unwrap();
    assert_eq!((row.attempts, engine.store().job_note(row.id, 0).await.unwrap()), (2, None));
}

/// All records, also more than a list counts.
fn count_exactly(world: &World) -> u64 {
    let store = world.app().engine().store().clone();
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(store.row_count())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_goes_on_lists_what_was_refused_before() {
    import_of_a_killed_server(Some(2)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_had_ended_is_told_of_whole() {
    import_of_a_killed_server(None).await;
}

/// An import that changed 600 records and made 900 is taken back by a server that is killed: once it took something
/// back, or once it took back all but before it could say so.
async fn undo_of_a_killed_server(midway: bool) {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    let _ = send(&anna, "people", rows(1_500)).await.expect(200);
    let mut file = String::from("last_name;email;job_title\n");
    for n in 900..2_400 {
        writeln!(file, "Wiersz{n};wiersz{n}@plik.example;Nowe").unwrap();
    }
    let import = send(&anna, "people?background=true&on_duplicate=update", file).await.expect(202).json();
    let import = ended(&anna, &import).await;
    assert_eq!((&import["result"]["made"], &import["result"]["updated"]), (&json!(900), &json!(600)));
    let others = people(&anna, 150).await;
    let mut long = Vec::new();
    for title in ["Pierwsze", "Drugie"] {
        let order = json!({ "select": { "ids": others }, "change": { "fields": { "job_title": title } } });
        long.push(bulk(&anna, "people", order).await.expect(202).json());
    }
    run(&anna, &long).await;
    let begun = act(&anna, &import, "undo").await.expect(202).json();
    let row = take(&world, IMPORT_UNDO, LEASE_MS).await;
    assert_eq!(begun["id"], row.id.to_string());

    let (engine, caller) = (world.app().engine(), at_work(&world, &anna, &row).await);
    let of: kernel::ActId = import["id"].as_str().unwrap().parse().unwrap();
    let store = engine.store();
    let changes = store.changes_of_act(of, 0, 5_000).await.unwrap();
    let made: Vec<RecordId> =
        changes.iter().filter(|c| c.kind == ChangeKind::Insert).map(|c| c.record).collect();
    let before = store.row_count().await.unwrap();
    let begins = async {
        while store.row_count().await.unwrap() == before {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        () = begins, if midway => {}
        done = engine.undo_import(&caller, of) => assert!(!midway, "it was to be killed before: {done:?}"),
    }
    assert!(!midway || store.row_count().await.unwrap() > before - 900, "it came too far");
    for job in &long {
        let _ = ended(&anna, job).await;
    }
    run_out(&world, &row);
    let done = ended(&anna, &begun).await;
    assert_eq!(
        (&done["state"], &done["result"]),
        (&json!("done"), &json!({ "removed": 900, "restored": 600, "kept": 0 })),
        "{done}"
    );
    assert_eq!(count(&anna).await, 1_650);
    let vault = engine.vault().clone();
    for id in &made {
        assert!(!vault.has_subject(id.cast()).unwrap(), "its key went with it");
    }
    assert_eq!(store.job(row.id).await.unwrap().unwrap().attempts, 2);
    let at = api(&format!("jobs/{}", import["id"].as_str().unwrap()));
    assert_eq!(anna.get(&at).await.expect(200).json()["undone"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_that_goes_on_counts_what_was_taken_back_before() {
    undo_of_a_killed_server(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_that_had_ended_is_told_of_whole() {
    undo_of_a_killed_server(false).await;
}
