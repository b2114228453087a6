//! Destroy the key, and it is gone: planted values are looked for in every byte, before and after.

use super::behind::{Behind, Net, files};
use super::crowd::{fill, id, make, note};
use ledger::{Act, Outcome, Who};
use serde_json::{Value, json};
use server::Layout;
use std::collections::BTreeSet;
use std::path::Path;
use store::{Batch, Doc, DocKind, DocWrite, EventFilter, RowWrite, Store};
use testkit::{Client, World};

/// Values that nothing else in the world has, one for each place where a person's data can get to.
const CANARIES: [&str; 20] = [
    "Kwarcyslaw",
    "Zdrzymalski",
    "kwarc.zdrzym@kanarek.example",
    "zdrzym.drugi@kanarek.example",
    "601777313",
    "602888424",
    "85010112345",
    "Krzywopraska",
    "wkrdescryptowy",
    "hobbyznaczki",
    "notatkowykanar",
    "tematkanarkowy",
    "miejscekanarka",
    "Dawnonazwany",
    "powodujawnienia",
    "umowakanarkowa",
    "Leadokanarski",
    "szansaleadowa",
    "lead.kanar@kanarek.example",
    "notatkaleadowa",
];

/// A number of a person born on 1 January 1985 with a right check digit, as its eleventh.
pub fn pesel() -> String {
    let ten = "8501011234";
    let weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
    let sum: u32 = ten.bytes().zip(weights).map(|(d, w)| u32::from(d - b'0') * w).sum();
    format!("{ten}{}", (10 - sum % 10) % 10)
}

fn net() -> Net {
    let pesel = pesel();
    Net::new(CANARIES.iter().map(|c| if *c == "85010112345" { pesel.as_str() } else { c }))
}

struct Planted {
    person: String,
    lead: String,
    converted: String,
}

async fn plant(world: &World) -> Planted {
    let admin = world.sign_in("robert.szymanski").await;
    let field = json!({ "name": "cf_hobby", "label": { "pl": "Hobby", "en": "Hobby" }, "kind": "text", "max": 100,
        "searchable": true, "personal": true });
    let _ = admin.post("/api/v1/entities/person/fields", &field).await.expect(201);
    // Somebody types an address where the log-in name belongs.
    for _ in 0..3 {
        let wrong = json!({ "login": "kwarc.zdrzym@kanarek.example", "password": "zle-haslo-zdrzym-9" });
        assert_eq!(world.client().post("/api/v1/sessions", &wrong).await.status, 401);
    }
    let anna = world.sign_in("anna.kowalska").await;
    let fields = json!({
        "first_name": "Kwarcyslaw", "last_name": "Dawnonazwany", "email": "kwarc.zdrzym@kanarek.example",
        "email2": "zdrzym.drugi@kanarek.example", "phone": "601 777 313", "mobile": "+48 602 888 424",
        "street": "Krzywopraska 5", "description": "Opis wkrdescryptowy", "cf_hobby": "hobbyznaczki",
    });
    let request = anna.request(reqwest::Method::POST, "/api/v1/people");
    let request = request.header("idempotency-key", "Zdrzymalski-1").json(&json!({ "fields": fields }));
    let made = anna.send(request).await.expect(201);
    let person = made.headers["location"].to_str().unwrap().to_owned();
    // An older value is in the history only.
    let _ = anna.patch(&person, 1, &json!({ "fields": { "last_name": "Zdrzymalski" } })).await.expect(200);
    special(world, &person).await;
    let activity = json!({ "fields": { "kind": "meeting", "title": "tematkanarkowy", "place": "miejscekanarka" },
        "parent": { "entity": "person", "id": id(&person) } });
    let _ = make(&anna, "activities", &activity).await;
    let _ = make(&anna, "notes", &note("person", &person, "notatkowykanar Zdrzymalski")).await;
    let deal = json!({ "fields": { "name": "umowakanarkowa", "stage": "lead_in", "person": id(&person) } });
    let _ = make(&anna, "deals", &deal).await;
    for path in [
        "people?q=zdrzymal",
        "people?q=kanarek&sort=sort_name&limit=1",
        "people?filter=last_name:eq:Zdrzymalski",
    ] {
        let _ = anna.get(&format!("/api/v1/{path}")).await.expect(200);
    }
    let (lead, converted) = plant_lead(&anna).await;
    Planted { person, lead, converted }
}

/// The number that a seller may not write, and a reason given for revealing it.
pub async fn special(world: &World, person: &str) {
    let admin = world.sign_in("robert.szymanski").await;
    let rights = json!({ "scopes": { "read": "all", "update": "all", "reveal": "all" }, "level": "write",
        "special": "write" });
    let role = json!({ "name": "kadry", "label": { "pl": "Kadry", "en": "Staff" }, "entities": { "person": rights } });
    let role = admin.post("/api/v1/roles", &role).await.expect(201).json();
    let users = admin.get("/api/v1/users").await.expect(200).json();
    let items = users.as_array().or_else(|| users["items"].as_array()).expect("users");
    let ewa = items.iter().find(|u| u["login"] == "ewa.pusta").expect("a user");
    let path = format!("/api/v1/users/{}", ewa["id"].as_str().unwrap());
    let version = ewa["version"].as_u64().unwrap_or(1);
    let _ = admin.patch(&path, version, &json!({ "roles": [role["id"]] })).await.expect(200);
    let ewa = world.sign_in("ewa.pusta").await;
    let _ = ewa.patch(person, 2, &json!({ "fields": { "pesel": pesel() } })).await.expect(200);
    let reveal = json!({ "field": "pesel", "reason": "powodujawnienia dla Zdrzymalski" });
    let _ = ewa.post(&format!("{person}/reveal"), &reveal).await.expect(200);
}

/// A lead out of a file that is called by its name, with a note, that becomes a person and a deal.
async fn plant_lead(anna: &Client) -> (String, String) {
    let csv = "Imię;Nazwisko;E-mail;Opis\nJan;Leadokanarski;lead.kanar@kanarek.example;nic\n;;zly adres Leadokanarski;x\n";
    let request =
        anna.request(reqwest::Method::POST, "/api/v1/imports/leads?name=Leadokanarski.csv").body(csv);
    let report = anna.send(request).await.expect(200).json();
    assert_eq!(report["made"], 1, "{report}");
    let found = anna.get("/api/v1/leads?q=leadokanarski").await.expect(200).json();
    let lead = format!("/api/v1/leads/{}", found["items"][0]["id"].as_str().expect("the lead"));
    let _ = make(anna, "notes", &note("lead", &lead, "notatkaleadowa")).await;
    let convert = anna.request(reqwest::Method::POST, &format!("{lead}/convert"));
    let convert = convert.header("if-match", "\"1\"").json(&json!({ "deal": "szansaleadowa" }));
    let done = anna.send(convert).await.expect(200).json();
    (lead, format!("/api/v1/people/{}", done["person"].as_str().expect("a person")))
}

async fn subject_of(client: &Client, place: &str) -> kernel::SubjectId {
    let read = client.get(place).await.expect(200).json();
    read["subject"].as_str().expect("a subject").parse().expect("an id")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_person_is_in_no_byte() {
    let mut world = World::on_file().await;
    let others = fill(&world).await;
    let planted = plant(&world).await;
    let zofia = world.sign_in("zofia.jablonska").await;
    let subjects = [subject_of(&zofia, &planted.person).await, subject_of(&zofia, &planted.converted).await];
    assert_eq!(
        subject_of(&zofia, &planted.lead).await,
        subjects[1],
        "a converted lead and its person are one"
    );
    let wrapped: Vec<Vec<u8>> = {
        world.stop().await;
        let place = tempfile::tempdir().unwrap();
        let behind = Behind::new(&world.dir());
        behind.assert_sound();
        all_are_found(&behind);
        let kept = wrapped_keys(&behind, &world.dir(), &subjects);
        testkit::copy(&world.dir(), &place.path().join("earlier"), &[]);
        drop(behind);
        world.start().await.unwrap();
        erase_and_search(&mut world, &planted, &place.path().join("earlier")).await;
        kept
    };
    let behind = Behind::new(&world.dir());
    behind.assert_sound();
    for (name, image) in behind.images() {
        let left = wrapped.iter().filter(|w| image.windows(w.len()).any(|part| part == &w[..])).count();
        assert_eq!(left, 0, "wrapped keys in {name}");
    }
    let snapshot = store::Snapshot::open_copy(&behind.layout.store(), &behind.store_key()).unwrap();
    for subject in subjects {
        let filter = EventFilter { subject: Some(subject), limit: 500, ..EventFilter::default() };
        let acts: Vec<Act> = snapshot
            .events(filter)
            .unwrap()
            .iter()
            .map(|r| ledger::Event::decode(&r.bytes).unwrap().act)
            .collect();
        assert!(acts.contains(&Act::RecordCreate) || acts.contains(&Act::LeadConvert), "{acts:?}");
        assert!(acts.contains(&Act::SubjectErase), "{acts:?}");
    }
    drop((snapshot, behind));
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    let other = anna.get(&others[0]).await.expect(200).json();
    assert_eq!(other["fields"]["last_name"], "Nowak0", "others' data still open");
    assert_eq!(
        anna.get("/api/v1/people?q=nowak").await.expect(200).json()["items"].as_array().unwrap().len(),
        6
    );
    for gone in [&planted.person, &planted.lead, &planted.converted] {
        let _ = anna.get(gone).await.expect(404);
    }
}

fn all_are_found(behind: &Behind) {
    let found = behind.search(&net());
    let pesel = pesel();
    for canary in CANARIES {
        let canary = if canary == "85010112345" { &pesel } else { canary };
        let places = found.get(canary).unwrap_or_else(|| panic!("{canary} is not found before the erasure"));
        assert!(
            !places.iter().any(|p| p.starts_with("file") || p.contains("store.db")),
            "{canary}: {places:?}"
        );
    }
    let indexed = found.values().filter(|places| places.contains("pages of index.db")).count();
    assert!(indexed >= 12, "the index is searched too: {found:?}");
    assert!(found["Dawnonazwany"].contains("change"), "{found:?}");
    assert!(found["powodujawnienia"].contains("detail of an event"), "{found:?}");
    assert!(!found[&pesel].contains("pages of index.db"), "special values are not in the index");
    assert!(!found.values().any(|p| p.contains("document") || p.contains("kept answer")), "{found:?}");
}

fn wrapped_keys(behind: &Behind, dir: &Path, subjects: &[kernel::SubjectId]) -> Vec<Vec<u8>> {
    let path = Layout::new(dir).keys().join("keyring.db");
    let key = behind.vault.page_key("keyring.db").unwrap();
    let c = vault::open_database(&path, &key, vault::Durability::Full, 256, true).unwrap();
    let sql = "SELECT wrapped FROM subject_keys WHERE subject = ?1";
    subjects.iter().map(|s| c.query_row(sql, [s.bytes()], |r| r.get(0)).expect("a key")).collect()
}

/// Erases both people, and looks for the canaries in what is there now and in the earlier copy.
async fn erase_and_search(world: &mut World, planted: &Planted, earlier: &Path) {
    let zofia = world.sign_in("zofia.jablonska").await;
    for place in [&planted.person, &planted.converted] {
        let reason = json!({ "reason": "Żądanie z art. 17 RODO" });
        let done = zofia.post(&format!("{place}/erase"), &reason).await.expect(200).json();
        assert!(done["removed"].as_u64().unwrap() >= 4, "{done}");
    }
    // While it runs, too: nothing waits for a stop.
    let running = files(&world.dir());
    assert!(running.iter().any(|f| f.ends_with("store.db-wal")));
    let found = Behind::new(&world.dir()).search(&net());
    assert!(found.is_empty(), "while it runs: {found:?}");
    world.stop().await;
    let found = Behind::new(&world.dir()).search(&net());
    assert!(found.is_empty(), "stopped: {found:?}");

    // The index is in no backup, but in a copy of the whole folder. It gets a new key at the next start.
    let opens = |world: &World| {
        let today = Behind::new(&world.dir()).vault.page_key("index.db").unwrap();
        vault::open_database(&earlier.join("index.db"), &today, vault::Durability::Normal, 1_024, false)
            .is_ok()
    };
    assert!(opens(world), "not before");
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    assert!(!anna.get("/api/v1/people").await.expect(200).json()["items"].as_array().unwrap().is_empty());
    world.stop().await;
    assert!(!opens(world), "the copy's index is closed");
    assert!(!Behind::new(earlier).search(&net()).is_empty(), "its own keys still open the copy");
    for file in files(earlier).into_iter().filter(|f| f.to_string_lossy().contains("index.db")) {
        std::fs::remove_file(file).unwrap();
    }
    let old = Behind::with_keys(earlier, &world.layout().keys());
    assert!(old.opened().len() > 50, "the copy opens with today's keys but for the erased");
    let found =
        old.search(&net()).into_iter().filter(|(_, places)| places.iter().any(|p| !p.starts_with("file")));
    assert_eq!(found.collect::<Vec<_>>(), []);
}

/// A crash after the rows went and before the key did.
#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_cut_short_is_finished_at_the_next_start() {
    let mut world = World::on_file().await;
    let others = fill(&world).await;
    let anna = world.sign_in("anna.kowalska").await;
    let person = make(&anna, "people", &json!({ "fields": { "last_name": "Zdrzymalski" } })).await;
    let _ = make(&anna, "notes", &note("person", &person, "notatkowykanar")).await;
    let subject = subject_of(&anna, &person).await;
    let event = ledger::Event {
        outcome: Outcome::Done,
        who: Who::System,
        subject,
        ..world.app().engine().system_event(Act::SubjectErase)
    };
    let now = world.app().engine().now();
    world.stop().await;
    {
        // What the batch of the erasure writes, the last thing before the crash. One note comes late.
        let store = open_store(&world);
        let doomed = store.rows_of_subject(subject).await.unwrap();
        assert_eq!(doomed.len(), 2);
        let mut batch = Batch::new(event);
        batch.rows = doomed[..1].iter().map(|r| RowWrite::Remove { id: r.id, version: r.version }).collect();
        batch.docs.push(DocWrite::Put(Doc {
            kind: DocKind::Erasure,
            id: *subject.bytes(),
            key: None,
            user: None,
            version: 1,
            updated_at: now,
            sealed: vec![7; 16],
        }));
        let _done = store.commit(batch).await.unwrap();
        store.close().await.unwrap();
    }
    assert!(Behind::new(&world.dir()).vault.has_subject(subject).unwrap(), "the key is there yet");
    assert!(!Behind::new(&world.dir()).search(&net()).is_empty());
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    let _ = anna.get(&person).await.expect(404);
    let _ = anna.get(&others[0]).await.expect(200);
    world.stop().await;
    let behind = Behind::new(&world.dir());
    assert!(!behind.vault.has_subject(subject).unwrap());
    assert_eq!(behind.search(&net()), Default::default());
    behind.assert_sound();
}

/// A row of somebody erased, as a restored backup has it, is nobody's to see and stops nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_without_a_key_does_not_keep_the_instance_from_starting() {
    let mut world = World::on_file().await;
    let others = fill(&world).await;
    let zofia = world.sign_in("zofia.jablonska").await;
    let subject = subject_of(&zofia, &others[1]).await;
    world.app().engine().vault().destroy(subject, [1; 16], world.app().engine().now()).unwrap();
    world.stop().await;
    for file in files(&world.dir()).into_iter().filter(|f| f.to_string_lossy().contains("index.db")) {
        std::fs::remove_file(file).unwrap();
    }
    world.start().await.unwrap();
    let anna = world.sign_in("anna.kowalska").await;
    let _ = anna.get(&others[1]).await.expect(404);
    let list = anna.get("/api/v1/people").await.expect(200).json();
    let ids: BTreeSet<&str> =
        list["items"].as_array().unwrap().iter().filter_map(|p| p["id"].as_str()).collect();
    assert!(!ids.contains(id(&others[1])) && ids.contains(id(&others[0])), "{ids:?}");
}

/// A record whose key the keyring lacks, as after a restore with an older copy of it, keeps nobody from being erased.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_does_not_open_is_in_no_erasures_way() {
    let world = World::on_file().await;
    let others = fill(&world).await;
    let anna = world.sign_in("anna.kowalska").await;
    let company = make(&anna, "companies", &json!({ "fields": { "name": "Okna" } })).await;
    let deal = json!({ "fields": {
        "name": "Okna", "stage": "lead_in", "company": id(&company), "person": id(&others[1]),
    } });
    let deal = make(&anna, "deals", &deal).await;
    let zofia = world.sign_in("zofia.jablonska").await;
    let subject = subject_of(&zofia, &company).await;
    let own = id(&deal).parse().unwrap();
    assert_eq!(world.app().engine().store().row(own).await.unwrap().unwrap().subject, subject);
    world.app().engine().vault().drop_subjects(&[subject]).unwrap();
    let reason = json!({ "reason": "Żądanie z art. 17 RODO" });
    let _ = zofia.post(&format!("{}/erase", others[1]), &reason).await.expect(200);
    let _ = anna.get(&others[1]).await.expect(404);
    let links = world.app().engine().store().links_from(own).await.unwrap();
    assert!(links.iter().all(|link| link.to != id(&others[1]).parse().unwrap()), "{links:?}");
}

/// A store of a stopped world, without the server.
pub fn open_store(world: &World) -> Store {
    let layout = world.layout();
    let root = vault::RootKey::from_file(&layout.root_key()).unwrap();
    let random = std::sync::Arc::new(kernel::SystemRandom);
    let vault = std::sync::Arc::new(vault::Vault::open_existing(&layout.keys(), &root, random).unwrap());
    let signing = vault.clone();
    Store::open(store::Options::new(
        store::Place::File(store::FileOptions::new(layout.store(), vault.page_key("store.db").unwrap())),
        layout.checkpoint(),
        ledger::Checkpoint::origin_of(vault.organisation()),
        vault.public_key(),
        std::sync::Arc::new(move |message: &[u8]| signing.sign(message)),
        world.clock.clone(),
    ))
    .unwrap()
}

/// Kept so that the shape of an answer stays what the tests read.
#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_needs_right_and_reason() {
    let world = World::on_file().await;
    let others = fill(&world).await;
    let anna = world.sign_in("anna.kowalska").await;
    let reason = json!({ "reason": "Żądanie z art. 17 RODO" });
    let _ = anna.post(&format!("{}/erase", others[0]), &reason).await.expect(403);
    let zofia = world.sign_in("zofia.jablonska").await;
    let _ = zofia.post(&format!("{}/erase", others[0]), &json!({ "reason": " " })).await.expect(422);
    let kept: Value = zofia.get(&others[0]).await.expect(200).json();
    assert_eq!(kept["fields"]["last_name"], "Nowak0");
}
