//! While it works, nothing readable lies in any file: neither the instance's nor a temporary one.

use super::behind::{Net, files};
use super::crowd::make;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::World;

const CANARIES: [&str; 4] = ["Kwarcyslaw", "kwarcyslaw@kanarek.example", "wkrdescryptowy", "601777313"];

/// What this process has open and what has no name any more, or one in the folder for temporary files:
/// where SQLite would sort what does not fit into memory. Another test may close a file and open a pipe in
/// its place at any moment, so what was opened is looked at, not its name.
pub fn temporary_files(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let links = fs::read_dir("/proc/self/fd").into_iter().flatten().flatten().map(|l| l.path());
    let read = |link: PathBuf| {
        let target = fs::read_link(&link).ok()?;
        let gone = target.to_string_lossy().ends_with(" (deleted)");
        if target.starts_with(dir) || !(gone || target.starts_with(std::env::temp_dir())) {
            return None;
        }
        let mut file = fs::File::open(&link).ok()?;
        let mut bytes = Vec::new();
        file.metadata().ok().filter(fs::Metadata::is_file)?;
        file.read_to_end(&mut bytes).ok()?;
        Some((target, bytes))
    };
    links.filter_map(read).collect()
}

fn search(dir: &Path, net: &Net, rounds: &mut u32) -> BTreeMap<String, BTreeSet<String>> {
    let named = files(dir).into_iter().map(|path| (path.clone(), fs::read(&path).unwrap_or_default()));
    let mut found = BTreeMap::new();
    for (path, bytes) in named.chain(temporary_files(dir)) {
        net.search(&path.display().to_string(), &bytes, &mut found);
    }
    *rounds += 1;
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_holds_a_readable_value_at_any_time() {
    let world = World::new().await;
    let dir = world.dir();
    let done = Arc::new(AtomicBool::new(false));
    let watcher = {
        let (dir, done) = (dir.parent().unwrap().to_owned(), done.clone());
        std::thread::spawn(move || {
            let (net, mut rounds) = (Net::new(CANARIES), 0);
            while !done.load(Ordering::SeqCst) {
                let found = search(&dir, &net, &mut rounds);
                assert!(found.is_empty(), "{found:?}");
            }
            rounds
        })
    };
    let anna = world.sign_in("anna.kowalska").await;
    let mut csv = String::from("Imię;Nazwisko;E-mail;Telefon;Opis\n");
    for n in 0..3_000 {
        csv.push_str(&format!(
            "Kwarcyslaw;Nazwisko{n};kwarcyslaw@kanarek.example{n};601777313;wkrdescryptowy {n}\n"
        ));
    }
    let csv = csv.replace("@kanarek.example", "@k").replace("kwarcyslaw@k", "kwarcyslaw@kanarek.example.x");
    let import = anna
        .request(reqwest::Method::POST, "/api/v1/imports/people?name=duzy.csv&on_duplicate=create")
        .body(csv);
    let report = anna.send(import).await.expect(200).json();
    assert!(report["made"].as_u64().unwrap() > 2_900, "{}", report["made"]);
    let _ = make(&anna, "people", &json!({ "fields": { "last_name": "Kwarcyslaw", "phone": "601777313" } }))
        .await;
    for path in [
        "people?q=kwarc&limit=200",
        "people?sort=sort_name&limit=200",
        "people?sort=-city&limit=200&count=true",
        "people?q=wkrdesc&sort=phone&limit=200",
        "people?filter=first_name:eq:Kwarcyslaw&sort=email&limit=200",
    ] {
        let answer = anna.get(&format!("/api/v1/{path}")).await.expect(200);
        assert!(answer.text.contains("Kwarcyslaw"), "{path}");
    }
    let admin = world.sign_in("robert.szymanski").await;
    let _ = admin.post("/api/v1/index/rebuild", &json!({})).await;
    done.store(true, Ordering::SeqCst);
    assert!(watcher.join().expect("nothing readable was seen") > 1);
}

/// The search sees what it looks for.
#[test]
fn a_readable_file_would_be_seen() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("log"), "x readablecanary y").unwrap();
    let hidden = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut &hidden, b"temporarycanary").unwrap();
    let found = search(place.path(), &Net::new(["readablecanary", "temporarycanary"]), &mut 0);
    assert_eq!(found.len(), 2, "{found:?}");
}
