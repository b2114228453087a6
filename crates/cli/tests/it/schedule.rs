//! Backups that the server makes by itself.

use server::backup::{Schedule, made_path, noted};
use server::{BackupConfig, Config};
use std::fs;
use std::path::Path;
use std::time::Duration;
use testkit::{World, config};
use vault::Identities;

const HOUR_MS: i64 = 3_600_000;

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_come_by_the_clock_and_go_by_the_rule_and_failures_are_told() {
    let temp = tempfile::tempdir().expect("a folder");
    let recipient = Identities::create_file(&temp.path().join("identity")).expect("made").to_string();
    let folder = temp.path().join("backups");
    let backup = BackupConfig {
        recipients: vec![recipient],
        folder: Some(folder.clone()),
        every_h: 12,
        keep_days: 2,
        keep_weeks: 0,
    };
    let world = World::with(Config { backup, ..config() }).await;
    // The server's own first look comes with its start.
    let first = "klucznik-20261123T080000Z.age";
    for _ in 0..200 {
        if folder.join(first).exists() && noted(&made_path(&world.layout())).is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(files(&folder), [first]);
    fs::write(folder.join("notes.txt"), "mine").expect("a file");
    // What a server left that was ended by force, and what may be under way.
    let left = ["20261122T080000Z.age.partial", "20261122T090000Z.age.12-0.partial"];
    for name in left.into_iter().chain(["20261125T190000Z.age.12-1.partial"]) {
        let name = format!("klucznik-{name}");
        fs::write(folder.join(name), "half").expect("a file");
    }
    // One of a clock that was wrong is neither the last one nor one of those that are kept.
    fs::write(folder.join("klucznik-20361126T080000Z.age"), "of another time").expect("a file");

    let (app, mut schedule) = (world.app().clone(), Schedule::default());
    assert!(!schedule.look(&app).await.expect("a look"), "not due yet");
    for _ in 0..5 {
        world.clock.advance_ms(11 * HOUR_MS);
        assert!(!schedule.look(&app).await.expect("a look"));
        world.clock.advance_ms(HOUR_MS);
        assert!(schedule.look(&app).await.expect("a look"));
    }
    // The last of each of two days, and nothing of others.
    let kept = [
        "klucznik-20261124T200000Z.age",
        "klucznik-20261125T190000Z.age.12-1.partial",
        "klucznik-20261125T200000Z.age",
        "klucznik-20361126T080000Z.age",
        "notes.txt",
    ];
    assert_eq!(files(&folder), kept);
    let made = noted(&made_path(&world.layout())).expect("it is remembered");
    assert_eq!(made.state_of.rfc3339(), "2026-11-25T20:00:00.000Z");

    fs::remove_dir_all(&folder).expect("removed");
    fs::write(&folder, "no folder").expect("a file");
    for _ in 0..3 {
        world.clock.advance_ms(20 * 60_000);
        assert!(!schedule.look(&app).await.expect("a look"));
    }
    let robert = world.sign_in("robert.szymanski").await;
    let notices = robert.get("/api/v1/notices").await.expect(200).json();
    let told: Vec<_> = notices["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter(|n| n["code"] == "backup-failed")
        .map(|n| n["body"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(told.len(), 1, "once a day: {notices}");
    assert!(told[0].starts_with("The server goes on trying. The reason: /"), "{told:?}");
    // Nothing waits for a time that a wrong clock told.
    fs::remove_file(&folder).expect("removed");
    assert!(!schedule.look(&app).await.expect("a look"), "shortly after a failure");
    world.clock.advance_ms(-30 * HOUR_MS);
    assert!(schedule.look(&app).await.expect("a look"));
}
