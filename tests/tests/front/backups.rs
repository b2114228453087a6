//! Backups by the clock, of several servers on one database: one makes each, whichever of them that is.

use super::servers::Pair;
use kernel::Clock;
use reqwest::get;
use server::backup::{Schedule, made_path, noted};
use server::{App, BackupConfig, Config, MetricsConfig};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use testkit::config;
use vault::Identities;

const DAY_MS: i64 = 86_400_000;

/// Settings of a server that puts backups into a folder of its own, each day.
fn backing(recipient: &str, folder: &Path) -> Config {
    let backup = BackupConfig {
        recipients: vec![recipient.to_owned()],
        folder: Some(folder.to_owned()),
        every_h: 24,
        keep_days: 100,
        keep_weeks: 0,
    };
    Config { backup, ..config() }
}

fn files(folders: &[PathBuf; 2]) -> usize {
    let whole = |name: &str| name.starts_with("klucznik-") && name.ends_with(".age");
    let names = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    names.filter(|entry| whole(&entry.as_ref().expect("an entry").file_name().to_string_lossy())).count()
}

/// Whether the backup of this moment was made, by whichever server and whatever made it look.
async fn is_backed_up(pair: &Pair) -> bool {
    let last = pair.a.app().engine().last_backup().await.expect("an answer");
    last.is_some_and(|(made, _)| made.at == pair.a.clock.now())
}

async fn look(schedule: &mut Schedule, app: &App) -> bool {
    schedule.look(app).await.expect("a look")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_which_others_cannot_be_told_is_made_and_told_of_later() {
    let temp = tempfile::tempdir().expect("a folder");
    let recipient = Identities::create_file(&temp.path().join("identity")).expect("made").to_string();
    let folders = ["a", "b"].map(|name| temp.path().join(name));
    let pair = Pair::with(backing(&recipient, &folders[0]), backing(&recipient, &folders[1])).await;
    let (a, b) = (pair.a.app().clone(), pair.b.app().clone());
    for _ in 0..400 {
        if is_backed_up(&pair).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let turn = loop {
        if let Some(turn) = a.engine().store().turn().await.expect("an answer") {
            break turn;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    };
    let database = pair.a.database();
    // No document is written any more.
    database.sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$");
    database.sql("CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON doc EXECUTE FUNCTION refuse()");
    pair.forward(DAY_MS);
    drop(turn);
    let mut of_a = Schedule::default();
    let mut made = false;
    for _ in 0..400 {
        made = look(&mut of_a, &a).await;
        if made {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert!(made, "the file is whole");
    assert!(of_a.look(&a).await.is_err() && !is_backed_up(&pair).await);
    database.sql("DROP TRIGGER refuse ON doc");
    assert!(!look(&mut of_a, &a).await);
    assert!(is_backed_up(&pair).await && !look(&mut Schedule::default(), &b).await);
    assert_eq!(files(&folders), 2);
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_servers_one_makes_the_backup_and_another_if_that_dies() {
    let temp = tempfile::tempdir().expect("a folder");
    let recipient = Identities::create_file(&temp.path().join("identity")).expect("made").to_string();
    let folders = ["a", "b"].map(|name| temp.path().join(name));
    let listen = Some(([127, 0, 0, 1], 0).into());
    let of_a = Config { metrics: MetricsConfig { listen }, ..backing(&recipient, &folders[0]) };
    let pair = Pair::with(of_a, backing(&recipient, &folders[1])).await;
    let (a, b) = (pair.a.app().clone(), pair.b.app().clone());
    let (mut of_a, mut of_b) = (Schedule::default(), Schedule::default());
    // Each looks by itself as it starts.
    for _ in 0..400 {
        if is_backed_up(&pair).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert!(!look(&mut of_a, &a).await && !look(&mut of_b, &b).await);
    assert_eq!(files(&folders), 1);

    for round in 2..6 {
        pair.forward(DAY_MS);
        // The database takes a moment to notice that the turn before is over.
        for _ in 0..400 {
            let (by_a, by_b) = tokio::join!(look(&mut of_a, &a), look(&mut of_b, &b));
            assert!(!(by_a && by_b), "one of them, and not both");
            if is_backed_up(&pair).await {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        assert!(!look(&mut of_a, &a).await && !look(&mut of_b, &b).await);
        assert_eq!(files(&folders), round);
        // Whichever made it, both remember it.
        let [here, there] = pair.layouts().map(|of| noted(&made_path(&of)).expect("remembered"));
        assert_eq!((here.state_of, there.state_of), (pair.a.clock.now(), pair.a.clock.now()));
    }

    // One takes its turn and dies at it: nothing tells of a backup, so it is the other's. The turn is taken before one
    // is due, so that no look of the servers' own comes between.
    let mut turn = None;
    for _ in 0..400 {
        turn = a.engine().store().turn().await.expect("an answer");
        if turn.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert!(turn.is_some(), "it is free");
    pair.forward(DAY_MS);
    assert!(!look(&mut of_b, &b).await, "another is at it");
    pair.a.database().sql(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
        AND (classid::bigint << 32) + objid::bigint = 5425805398840854862",
    );
    for _ in 0..400 {
        if look(&mut of_b, &b).await || is_backed_up(&pair).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert!(is_backed_up(&pair).await, "its turn ends with its connection");
    drop(turn);
    assert!(!look(&mut of_a, &a).await);
    assert_eq!(files(&folders), 6);

    pair.forward(3_600_000);
    let metrics = pair.a.metrics_address().expect("an address");
    let text =
        get(format!("http://{metrics}/metrics")).await.expect("an answer").text().await.expect("a body");
    assert!(text.contains(r#"klucznik_backup_age_seconds{backup="made"} 3600"#), "{text}");
    assert!(!text.contains(r#"{backup="verified"}"#), "none was: {text}");
    pair.stop().await;
}
