//! The index is disposable: gone, older or damaged, it comes back as it was.

use super::behind::files;
use super::crowd::{fill, lists, make};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testkit::World;

fn remove(world: &World) {
    for file in index_files(&world.dir()) {
        fs::remove_file(file).unwrap();
    }
}

fn index_files(dir: &Path) -> Vec<std::path::PathBuf> {
    files(dir)
        .into_iter()
        .filter(|f| f.file_name().is_some_and(|n| n.to_string_lossy().starts_with("index.db")))
        .collect()
}

fn is_telling(lists: &[(u16, Value)]) {
    let rows = |(_, page): &(u16, Value)| page["items"].as_array().map_or(0, Vec::len);
    assert!(lists.iter().map(rows).sum::<usize>() > 60 && lists.iter().any(|(status, _)| *status == 403));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_index_comes_back_with_the_same_answers() {
    let mut world = World::new().await;
    let _people = fill(&world).await;
    let before = lists(&world).await;
    is_telling(&before);
    world.stop().await;
    remove(&world);
    world.start().await.unwrap();
    assert_eq!(lists(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_older_than_the_store_catches_up() {
    let mut world = World::new().await;
    let people = fill(&world).await;
    world.stop().await;
    let place = tempfile::tempdir().unwrap();
    let older = place.path().join("index.db");
    fs::copy(world.layout().index(), &older).unwrap();
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    let _ = anna
        .patch(&people[0], 2, &json!({ "fields": { "last_name": "Nowakowska", "city": "Gdynia" } }))
        .await
        .expect(200);
    let _ = anna.delete(&people[1], 2).await;
    let zofia = world.sign_in("zofia.jablonska").await;
    let _ =
        zofia.post(&format!("{}/erase", people[2]), &json!({ "reason": "Żądanie osoby" })).await.expect(200);
    let before = lists(&world).await;
    is_telling(&before);
    world.stop().await;
    remove(&world);
    fs::copy(&older, world.layout().index()).unwrap();
    world.start().await.unwrap();
    assert_eq!(lists(&world).await, before);
}

/// Older data were restored, and a server has the index of those that were there before.
#[tokio::test(flavor = "multi_thread")]
async fn an_index_newer_than_the_store_is_made_anew() {
    let mut world = World::on_file().await;
    let people = fill(&world).await;
    let before = lists(&world).await;
    is_telling(&before);
    world.stop().await;
    let place = tempfile::tempdir().unwrap();
    let is_data = |name: &str| name.starts_with("store.db") || name.starts_with("checkpoint");
    let data = |dir: &Path| {
        let name = |f: &std::path::PathBuf| f.file_name().unwrap().to_string_lossy().into_owned();
        files(dir).into_iter().map(|f| (name(&f), f)).filter(|(name, _)| is_data(name)).collect::<Vec<_>>()
    };
    for (name, file) in data(&world.dir()) {
        fs::copy(file, place.path().join(name)).unwrap();
    }
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    for name in ["Zbędna", "Zbyteczna"] {
        make(&anna, "people", &json!({ "fields": { "last_name": name } })).await;
    }
    let _ = anna.delete(&people[1], 2).await;
    world.stop().await;
    data(&world.dir()).into_iter().for_each(|(_, file)| fs::remove_file(file).unwrap());
    for (name, file) in data(place.path()) {
        fs::copy(file, world.dir().join(name)).unwrap();
    }
    world.start().await.unwrap();
    assert_eq!(lists(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_index_is_made_anew() {
    let mut world = World::new().await;
    let _people = fill(&world).await;
    let before = lists(&world).await;
    world.stop().await;
    let whole = fs::read(world.layout().index()).unwrap();
    let damaged: [Vec<u8>; 4] = [
        Vec::new(),
        b"no database".to_vec(),
        whole[..whole.len() / 2].to_vec(),
        whole.iter().enumerate().map(|(i, b)| if i % 4096 == 2000 { !b } else { *b }).collect(),
    ];
    for bytes in damaged {
        fs::write(world.layout().index(), &bytes).unwrap();
        world.start().await.unwrap();
        assert_eq!(lists(&world).await, before, "{} bytes", bytes.len());
        world.stop().await;
    }
}
