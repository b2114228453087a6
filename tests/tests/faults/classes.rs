//! Every class of data as `docs/asvs-access.md` has them: a value of each is put in through the front door and used in all
//! ways there are. Then it is looked for in every byte, and on the pages of everybody.

use super::behind::{Behind, Net, files};
use super::crowd::{make, note};
use super::erasure::{pesel, special};
use super::jobs::once;
use super::leaks::temporary_files;
use reqwest::Method;
use serde_json::{Value, json};
use server::{BackupConfig, Config};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fs, iter};
use testkit::{Client, PASSWORD, World};
use vault::Identities;

/// A class, its values here, and the only places in which they are in clear for somebody who has all keys and files.
struct Class {
    name: &'static str,
    values: Vec<String>,
    places: &'static [&'static str],
}

/// Log lines of the whole program, down to the last detail.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn begin() -> Self {
        let log = Self::default();
        let writer = log.clone();
        let lines = tracing_subscriber::fmt().json().with_max_level(tracing::Level::DEBUG);
        lines.with_writer(move || writer.clone()).init();
        log
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const NEW_PASSWORD: &str = "kanarkowe-haslo-przy-oknie";
const WRONG_PASSWORD: &str = "pomylone-haslo-kanarka";
const PERSONAL: [&str; 5] = [
    "Klasyfikowska",
    "klasyfikowska@kanarek.example",
    "opisklasyfikowany",
    "notatkaklasowa",
    "Wierszowinska",
];
const TRADE: &str = "powodprzegranejklasy";
/// Of Warsaw, with right check digits.
const IBAN: &str = "PL61109010140000071219812874";

/// What was put in, and where.
struct Planted {
    person: String,
    deal: String,
    classes: Vec<Class>,
}

impl Planted {
    fn net(&self) -> Net {
        Net::new(self.classes.iter().flat_map(|class| class.values.iter().map(String::as_str)))
    }

    fn values(&self, class: &str) -> &[String] {
        &self.classes.iter().find(|c| c.name == class).expect("a class").values
    }
}

/// Secrets of users: an old and a new password, a wrong one, a session, a token, a link.
async fn secrets(world: &World) -> Vec<String> {
    let admin = world.sign_in("robert.szymanski").await;
    let body = json!({ "login": "kanarek.nowy", "name": "Kanarkowy Uzytkownik", "email": "nowy@firma.example",
        "lang": "pl", "team": team(&admin).await, "roles": [], "invite": {} });
    let made = admin.post("/api/v1/users", &body).await.expect(201).json();
    let link = made["invitation"]["link"]
        .as_str()
        .expect("a link")
        .split_once('#')
        .expect("its secret")
        .1
        .to_owned();
    let wrong = json!({ "login": "piotr.zielinski", "password": WRONG_PASSWORD });
    let _ = world.client().post("/api/v1/sessions", &wrong).await.expect(401);
    let client = world.client();
    let login = json!({ "login": "piotr.zielinski", "password": PASSWORD });
    let entered = client.post("/api/v1/sessions", &login).await;
    let cookies = entered.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
    let given =
        cookies.filter_map(|c| c.split(';').next()?.split_once('=')).map(|(_, secret)| secret.to_owned());
    let given: Vec<String> = given.filter(|secret| secret.len() > 20).collect();
    assert!(!given.is_empty(), "a session is given");
    let token = json!({ "label": "Kanarek", "scope": { "entities": { "person": ["read"] } }, "networks": [],
        "ends_at": "2026-12-31T12:00:00Z" });
    let token = client.post("/api/v1/tokens", &token).await.expect(201).json();
    let token = token["token"].as_str().expect("a token").to_owned();
    let _ = world.client().with_token(&token).get("/api/v1/people").await.expect(200);
    let change = json!({ "current": PASSWORD, "new": NEW_PASSWORD });
    let changed = client.put("/api/v1/me/password", &change).await;
    assert!(changed.status.is_success(), "{}", changed.text);
    let fixed = [NEW_PASSWORD, WRONG_PASSWORD, PASSWORD].map(str::to_owned);
    fixed.into_iter().chain(given).chain([link, token]).collect()
}

async fn team(admin: &Client) -> Value {
    let teams = admin.get("/api/v1/teams").await.expect(200).json();
    teams["items"][0]["id"].clone()
}

async fn plant(world: &World) -> Planted {
    let secrets = secrets(world).await;
    let admin = world.sign_in("robert.szymanski").await;
    let role =
        json!({ "name": "klasowa", "label": { "pl": "Rolaklasowa", "en": "Rolaklasowa" }, "entities": {} });
    let _ = admin.post("/api/v1/roles", &role).await.expect(201);
    let _ = admin.post("/api/v1/teams", &json!({ "name": "Zespolklasowy" })).await.expect(201);
    let anna = world.sign_in("anna.kowalska").await;
    let view =
        json!({ "entity": "person", "name": "Widokklasowy", "query": "q=szukanewidokiem", "shared": false });
    let _ = anna.post("/api/v1/views", &view).await.expect(201);
    let fields = json!({ "first_name": "Wierszowinska", "last_name": "Dawna", "email": PERSONAL[1],
        "description": PERSONAL[2] });
    let person = make(&anna, "people", &json!({ "fields": fields })).await;
    let _ = anna.patch(&person, 1, &json!({ "fields": { "last_name": PERSONAL[0] } })).await.expect(200);
    special(world, &person).await;
    let _ = make(&anna, "notes", &note("person", &person, PERSONAL[3])).await;
    let deal = json!({ "fields": { "name": "Przegrana", "stage": "lost", "lost_reason": TRADE } });
    let deal = make(&anna, "deals", &deal).await;
    let company = make(&anna, "companies", &json!({ "fields": { "name": "Firma z rachunkiem" } })).await;
    bank_account(world, &company).await;
    let house = ["Rolaklasowa", "Zespolklasowy", "Widokklasowy", "szukanewidokiem", "Kanarkowy Uzytkownik"];
    let text = |all: &[&str]| all.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
    let classes = vec![
        Class { name: "secrets of users", values: secrets, places: &[] },
        Class { name: "special", values: vec![pesel(), IBAN.to_owned()], places: &["record", "change"] },
        Class { name: "trade", values: text(&[TRADE]), places: &["record", "change", "pages of index.db"] },
        Class {
            name: "personal",
            values: text(&PERSONAL),
            places: &["record", "change", "pages of index.db"],
        },
        Class { name: "house", values: text(&house), places: &["document", "detail of an event"] },
    ];
    Planted { person, deal, classes }
}

/// The account of a company, by somebody who may write such.
async fn bank_account(world: &World, company: &str) {
    let admin = world.sign_in("robert.szymanski").await;
    let rights = json!({ "scopes": { "read": "all", "update": "all" }, "level": "write", "special": "write", "trade": "write" });
    let role = json!({ "name": "ksiegowa", "label": { "pl": "Księgowa", "en": "Books" }, "entities": { "company": rights } });
    let role = admin.post("/api/v1/roles", &role).await.expect(201).json();
    let user = json!({ "login": "ksiegowa", "name": "Księgowa", "email": "ksiegowa@firma.example", "lang": "pl",
        "team": team(&admin).await, "roles": [role["id"]] });
    let _ = world.engage(&admin, &user).await;
    let books = world.sign_in("ksiegowa").await;
    let _ = books.patch(company, 1, &json!({ "fields": { "bank_account": IBAN } })).await.expect(200);
}

/// All that is done with data in a day: read, listed, searched, refused, taken out, brought in, changed by a job, handed
/// over with a notice, compared.
async fn work(world: &World, planted: &Planted) {
    let anna = world.sign_in("anna.kowalska").await;
    for path in [
        "people?q=klasyfik",
        "people?filter=email:eq:klasyfikowska@kanarek.example",
        "search?q=klasyfikowska",
        "people?sort=sort_name&limit=1",
        "deals?q=powodprzegranej",
        "notes?q=notatkaklasowa",
    ] {
        let _ = anna.get(&format!("/api/v1/{path}")).await.expect(200);
    }
    let asked = json!({ "q": PERSONAL[0], "filter": [format!("email:eq:{}", PERSONAL[1])] });
    let page = anna.post("/api/v1/people/query", &asked).await.expect(200).json();
    assert_eq!(page["items"].as_array().map(Vec::len), Some(1), "{page}");
    for at in ["changes", "events", "access"] {
        let _ = anna.get(&format!("{}/{at}", planted.person)).await.expect(200);
    }
    // Refusals of what was sent.
    let wrong = json!({ "fields": { "last_name": PERSONAL[0], "email": PERSONAL[0], "pesel": pesel(), "nic": PERSONAL[2] } });
    let _ = anna.post("/api/v1/people", &wrong).await.expect(422);
    let _ = anna.get(&format!("/api/v1/people?filter={}:eq:{}", PERSONAL[0], pesel())).await.expect(422);
    let _ = anna.get(&format!("/api/v1/people/{}", PERSONAL[0])).await.expect(404);
    let same = json!({ "fields": { "email": PERSONAL[1] } });
    let _ = anna.post("/api/v1/people/duplicates", &same).await.expect(200);
    let csv = format!("Nazwisko;E-mail\nWierszowa;{}.inny\n;{}\n", PERSONAL[1], PERSONAL[0]);
    let import = anna.request(Method::POST, "/api/v1/imports/people?name=Klasyfikowska.csv").body(csv);
    let _ = anna.send(import).await.expect(200);
    let change = json!({ "select": { "filter": [format!("last_name:eq:{}", PERSONAL[0])] },
        "change": { "fields": { "job_title": "Wierszowinska" } } });
    let job = anna.post("/api/v1/people/bulk", &change).await.expect(202).json();
    let _ = once(&anna, &job, |now| now["state"] == "done").await;
    let leader = world.sign_in("magdalena.wojcik").await;
    let order = json!({ "format": "xlsx", "q": PERSONAL[0] });
    let job = leader.post("/api/v1/people/export", &order).await.expect(202).json();
    let _ = once(&leader, &job, |now| now["state"] == "done").await;
    let _ = leader.get(&format!("/api/v1/jobs/{}/file", job["id"].as_str().unwrap())).await.expect(200);
    let file = leader.get("/api/v1/people/export").await.expect(200);
    assert!(file.text.contains(PERSONAL[0]) && !file.text.contains(&pesel()));
    let deal = anna.get(&planted.deal).await.expect(200).json();
    let colleagues = anna.get("/api/v1/colleagues?to_own=deal").await.expect(200).json();
    let other =
        colleagues["items"].as_array().unwrap().iter().find(|c| c["name"] == "Piotr Zieliński").unwrap();
    let version = deal["version"].as_u64().unwrap();
    let _ = anna.patch(&planted.deal, version, &json!({ "owner": other["id"] })).await.expect(200);
}

/// Who sees a value of which class on any page of the person and the deal: nobody but these.
async fn who_sees(world: &World, planted: &Planted) {
    let mut sees: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let cast = testkit::CAST.iter().map(|person| person.login);
    for login in cast.chain(["robert.szymanski", "ksiegowa"]) {
        let client = world.client();
        let password = if login == "piotr.zielinski" { NEW_PASSWORD } else { PASSWORD };
        client.sign_in(login, password).await;
        let mut seen = String::new();
        let (person, deal) = (&planted.person, &planted.deal);
        for at in ["", "/changes", "/events", "/access"] {
            seen += &client.get(&format!("{person}{at}")).await.text;
            seen += &client.get(&format!("{deal}{at}")).await.text;
        }
        for path in [
            "people?limit=200",
            "deals?limit=200",
            "companies?limit=200",
            "notes",
            "search?q=klasyfikowska",
            "notices",
            "jobs",
            "me/events?limit=200",
            "ledger/events?limit=200",
            "people/export",
        ] {
            seen += &client.get(&format!("/api/v1/{path}")).await.text;
        }
        for class in &planted.classes {
            if class.values.iter().any(|value| seen.contains(value.as_str())) {
                sees.entry(class.name).or_default().insert(login);
            }
        }
        // What the ledger tells those who read it holds no value of anybody.
        let told = client.get("/api/v1/ledger/events?limit=500").await;
        for class in ["special", "trade", "personal", "secrets of users"] {
            for value in planted.values(class) {
                assert!(!told.text.contains(value.as_str()), "{login} reads {value} in the ledger");
            }
        }
    }
    let house = ["anna.kowalska", "piotr.zielinski", "magdalena.wojcik"];
    let expected = |class: &str| sees.get(class).cloned().unwrap_or_default();
    assert_eq!(expected("secrets of users"), BTreeSet::new());
    // By a right of their own; to all others it is masked or not there.
    assert_eq!(expected("special"), BTreeSet::from(["ewa.pusta", "zofia.jablonska"]));
    for class in ["trade", "personal"] {
        let seen = expected(class);
        assert!(house.iter().all(|login| seen.contains(login)), "{class}: {seen:?}");
        for stranger in ["tomasz.lewandowski", "danuta.krol", "robert.szymanski", "ksiegowa"] {
            assert!(!seen.contains(stranger), "{class}: {stranger}");
        }
    }
    assert!(!expected("trade").contains("marta.nowak"), "marketing learns nothing of trade");
}

/// Values found outside the places of their class.
fn astray(planted: &Planted, found: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut out = Vec::new();
    for class in &planted.classes {
        for value in &class.values {
            let places = found.get(value).into_iter().flatten();
            let wrong = places.filter(|place| !class.places.contains(&place.as_str()));
            out.extend(wrong.map(|place| format!("{}: {value} in {place}", class.name)));
            let there = found.get(value).is_some_and(|places| !places.is_empty());
            assert_eq!(
                there,
                !class.places.is_empty(),
                "{}: {value} is looked for and not found",
                class.name
            );
        }
    }
    out
}

/// The backup that the server makes when it starts: as it lies there, and as whoever may open it reads it.
async fn backed_up(world: &mut World, place: &Path) -> [(String, Vec<u8>); 2] {
    let identity = place.join("identity");
    let recipient = Identities::create_file(&identity).expect("made").to_string();
    let folder = place.join("backups");
    let backup =
        BackupConfig { recipients: vec![recipient], folder: Some(folder.clone()), ..BackupConfig::default() };
    world.stop().await;
    world.start_with(Config { backup, ..testkit::config() }).await.expect("it starts");
    let made = || files(&folder).into_iter().find(|f| f.extension().is_some_and(|end| end == "age"));
    for _ in 0..800 {
        if made().is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let path = made().expect("a backup");
    let bytes = fs::read(&path).expect("it can be read");
    let mut opened = Vec::new();
    let identities = Identities::from_file(&identity).expect("whose it is");
    vault::open_parcel(&identities, &*bytes).expect("it opens").read_to_end(&mut opened).expect("to its end");
    assert!(opened.len() > 10_000, "{}", opened.len());
    [("backup".to_owned(), bytes), ("opened backup".to_owned(), opened)]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_class_lies_where_its_row_says_and_nowhere_else() {
    let log = Log::begin();
    let mut world = World::on_file().await;
    let planted = plant(&world).await;
    work(&world, &planted).await;
    who_sees(&world, &planted).await;
    let net = planted.net();
    // While it runs, with write-ahead logs and temporary files.
    let running = files(&world.dir());
    assert!(running.iter().any(|f| f.to_string_lossy().ends_with("store.db-wal")), "{running:?}");
    assert_eq!(astray(&planted, &Behind::new(&world.dir()).search(&net)), Vec::<String>::new());
    let place = tempfile::tempdir().expect("a folder");
    let backups = backed_up(&mut world, place.path()).await;
    let outside =
        temporary_files(&world.dir()).into_iter().map(|(path, bytes)| (path.display().to_string(), bytes));
    let log = log.bytes();
    assert!(log.len() > 10_000, "the log was written: {}", log.len());
    let mut found = BTreeMap::new();
    for (place, bytes) in outside.chain(backups).chain(iter::once(("log".to_owned(), log))) {
        net.search(&place, &bytes, &mut found);
    }
    assert_eq!(found, BTreeMap::new());
    world.stop().await;
    assert_eq!(astray(&planted, &Behind::new(&world.dir()).search(&net)), Vec::<String>::new());
    root_key_is_in_its_file_alone(&world);
}

/// The secret that opens all others, in the form in which its file has it and as bytes.
fn root_key_is_in_its_file_alone(world: &World) {
    use base64::Engine as _;
    let path = world.layout().keys().join("root.key");
    let text = fs::read_to_string(&path).expect("a key file");
    let words = text.split_whitespace();
    let decoded = words.clone().filter_map(|w| base64::engine::general_purpose::STANDARD.decode(w).ok());
    let secrets: Vec<Vec<u8>> = decoded.filter(|bytes| bytes.len() >= 32).collect();
    assert!(!secrets.is_empty(), "the key is in its file");
    for file in files(&world.dir()).into_iter().filter(|file| *file != path) {
        let bytes = fs::read(&file).unwrap_or_default();
        for secret in &secrets {
            let there = bytes.windows(secret.len()).any(|part| part == &secret[..]);
            assert!(!there, "{} holds the root key", file.display());
        }
    }
}
