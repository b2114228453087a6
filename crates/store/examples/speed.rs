//! Prints what the store does in a second: `cargo run --release -p store --example speed`.
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use kernel::{ActId, Clock, Id, IdSource, RecordId, SessionId, SubjectId, SystemClock, SystemRandom};
use ledger::{Act, Event, Outcome, Who};
use std::sync::Arc;
use std::time::Instant;
use store::{Batch, Options, Row, RowWrite, Store};
use vault::{RootKey, Vault};

type Any = Box<dyn std::error::Error + Send + Sync>;

fn event(ids: &IdSource, act: Act) -> Event {
    Event {
        id: ids.next(&SystemClock, &SystemRandom),
        at: SystemClock.now(),
        who: Who::User(Id::from_bytes([1; 16])),
        session: SessionId::from_bytes([2; 16]),
        act,
        outcome: Outcome::Done,
        entity: 1,
        record: RecordId::from_bytes([3; 16]),
        subject: SubjectId::from_bytes([3; 16]),
        part_of: ActId::NIL,
        touches: Vec::new(),
        detail: vec![1; 100],
    }
}

fn row(ids: &IdSource) -> Row {
    let id: RecordId = ids.next(&SystemClock, &SystemRandom);
    let now = SystemClock.now();
    let user = Id::from_bytes([1; 16]);
    Row {
        id,
        entity: 1,
        subject: id.cast(),
        owner: user,
        team: Id::from_bytes([2; 16]),
        parent: None,
        version: 1,
        schema: 1,
        created_at: now,
        created_by: user,
        updated_at: now,
        updated_by: user,
        deleted_at: None,
        sealed: vec![7; 400],
    }
}

/// Seconds of processor time of this process.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|t| t.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

fn print(what: &str, n: f64, wall: Instant, before: f64) {
    let (wall, cpu) = (wall.elapsed().as_secs_f64(), cpu() - before);
    println!("{what}: {:.0}/s, {:.1} µs CPU each", n / wall, cpu / n * 1e6);
}

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Any> {
    let dir = std::env::temp_dir().join(format!("store-speed-{}", std::process::id()));
    std::fs::create_dir_all(&dir)?;
    let root = RootKey::create_file(&dir.join("root.key"), &SystemRandom)?;
    let now = SystemClock.now();
    let vault = Vault::create(
        &dir.join("keys"),
        &root,
        Id::from_bytes([1; 16]),
        now,
        Arc::new(SystemRandom),
    )?;
    let vault = Arc::new(vault);
    let signing = Arc::clone(&vault);
    let options = Options::new(
        dir.join("store.db"),
        vault.page_key("store.db")?,
        dir.join("checkpoint"),
        "speed",
        vault.public_key(),
        Arc::new(move |message: &[u8]| signing.sign(message)),
        Arc::new(SystemClock),
    );
    let store = Store::create(options.clone())?;
    let ids = Arc::new(IdSource::new());

    for callers in [1, 8, 64] {
        events(&store, &ids, callers, 40_000 / (65 - callers).clamp(1, 20)).await?;
    }
    rows(&store, &ids, 200_000).await?;
    points(&store, 64, 200_000).await?;
    store.close().await?;
    drop(store);
    let start = Instant::now();
    let store = Store::open(options)?;
    println!("open: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    drop(store);
    std::fs::remove_dir_all(&dir)?;
    Ok(())
}

async fn events(store: &Store, ids: &Arc<IdSource>, callers: usize, n: usize) -> Result<(), Any> {
    let (wall, before) = (Instant::now(), cpu());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..callers {
        let (store, ids) = (store.clone(), Arc::clone(ids));
        tasks.spawn(async move {
            for _ in 0..n / callers {
                let _receipt = store.record_event(event(&ids, Act::RecordRead)).await?;
            }
            Ok::<(), Any>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    print(&format!("events, {callers} callers"), n as f64, wall, before);
    Ok(())
}

async fn rows(store: &Store, ids: &IdSource, n: usize) -> Result<(), Any> {
    let (wall, before) = (Instant::now(), cpu());
    for _ in 0..n / 1000 {
        let mut batch = Batch::new(event(ids, Act::RecordImport));
        batch.rows = (0..1000)
            .map(|_| RowWrite::Insert {
                row: row(ids),
                links: Vec::new(),
            })
            .collect();
        store.commit(batch).await?;
    }
    print("rows in batches of 1,000", n as f64, wall, before);
    Ok(())
}

async fn points(store: &Store, callers: usize, n: usize) -> Result<(), Any> {
    let some: Vec<RecordId> = store.scan(None, 10_000).await?.iter().map(|row| row.id).collect();
    let some = Arc::new(some);
    let (wall, before) = (Instant::now(), cpu());
    let mut tasks = tokio::task::JoinSet::new();
    for caller in 0..callers {
        let (store, some) = (store.clone(), Arc::clone(&some));
        tasks.spawn(async move {
            for i in 0..n / callers {
                store.row(some[(caller * 7919 + i * 31) % some.len()]).await?;
            }
            Ok::<(), Any>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    print(&format!("rows by id, {callers} callers"), n as f64, wall, before);
    Ok(())
}
