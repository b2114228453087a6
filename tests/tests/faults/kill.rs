//! No loss: a server killed at random moments under writing load has, when it starts again, all that it
//! acknowledged and no half of anything. `KLUCZNIK_KILLS=n` kills n times; 200 unless said.

use super::behind::{Behind, table};
use super::crowd::id;
use kernel::{Clock, Random, SeededRandom, Time};
use reqwest::{Method, StatusCode};
use schema::Content;
use serde_json::{Value, json};
use server::{DatabaseConfig, StoreConfig};
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use testkit::{Client, Database, PASSWORD, START, World};
use vault::{Context, Owner};

const KILLS: usize = 200;
/// Kills of one instance, before its data grow slow to check.
const EACH: usize = 25;
const DIR: &str = "KLUCZNIK_CHILD_DIR";
const FROM: &str = "KLUCZNIK_CHILD_FROM";
const DATABASE: &str = "KLUCZNIK_CHILD_DATABASE";

/// A clock that goes, from where the last server's stood.
struct Going(Time, Instant);

impl Clock for Going {
    fn now(&self) -> Time {
        Time(self.0.0 + i64::try_from(self.1.elapsed().as_millis()).unwrap_or_default())
    }
}

/// The server that is killed: this binary again, told by the environment to serve.
#[test]
#[allow(clippy::print_stdout, reason = "tells the parent where it listens")]
fn child() {
    let Some(dir) = std::env::var_os(DIR) else { return };
    let from: i64 = std::env::var(FROM).ok().and_then(|t| t.parse().ok()).unwrap_or_default();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let clock = Arc::new(Going(Time(START.0 + from), Instant::now()));
        let dir = Path::new(&dir);
        // Others take its jobs soon after it was killed.
        let mut config = server::Config { lease_ms: 3_000, ..testkit::config() };
        if let Ok(address) = std::env::var(DATABASE) {
            config.store = StoreConfig::Postgresql(DatabaseConfig { address, ..DatabaseConfig::default() });
        }
        let instance = testkit::open(dir, config, clock).await.unwrap();
        let running = server::serve(instance, &server::Layout::new(dir)).await.unwrap();
        println!("\nlistening {}", running.address().port());
        std::future::pending::<()>().await;
    });
}

pub struct Served {
    pub child: Child,
    pub address: SocketAddr,
    took: Duration,
}

/// A server as a process of its own, over this database if one is given.
pub fn serve(dir: &Path, from: i64, database: Option<&Database>) -> Served {
    let begun = Instant::now();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["faults::kill::child", "--exact", "--nocapture", "--test-threads=1"]);
    command.env(DIR, dir).env(FROM, from.to_string()).stdout(Stdio::piped());
    if let Some(database) = database {
        command.env(DATABASE, database.address());
    }
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port = lines.map_while(Result::ok).find_map(|l| l.strip_prefix("listening ")?.parse::<u16>().ok());
    let port = port.expect("the server starts again after it was killed");
    Served { child, address: SocketAddr::from(([127, 0, 0, 1], port)), took: begun.elapsed() }
}

/// What the clients know: for each record, by path, the acknowledged content and what may have followed.
#[derive(Default)]
struct Model {
    records: HashMap<String, Known>,
    /// Names of leads whose conversion was asked for: acknowledged or not.
    converting: HashMap<String, bool>,
    acknowledged: u64,
}

#[derive(Clone)]
struct Known {
    version: u64,
    mark: String,
    /// A change that was sent and not answered.
    perhaps: Option<String>,
}

struct Writer {
    client: Client,
    model: Arc<Mutex<Model>>,
    next: Arc<AtomicU64>,
    dead: Arc<AtomicBool>,
}

impl Writer {
    /// Sends; nothing if no whole answer came.
    async fn send(&self, request: reqwest::RequestBuilder) -> Option<(StatusCode, Value, String)> {
        let response = request.send().await.ok()?;
        let status = response.status();
        let place =
            response.headers().get("location").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let body = response.json().await.ok()?;
        assert!(status != StatusCode::INTERNAL_SERVER_ERROR || self.dead.load(Ordering::SeqCst), "{body}");
        Some((status, body, place))
    }

    async fn create(&self, plural: &str, fields: Value, mark: &str) -> Option<String> {
        let request = self
            .client
            .request(Method::POST, &format!("/api/v1/{plural}"))
            .json(&json!({ "fields": fields }));
        let (status, body, place) = self.send(request).await?;
        assert_eq!(status, StatusCode::CREATED, "{body}");
        let known = Known { version: 1, mark: mark.to_owned(), perhaps: None };
        let mut model = self.model.lock().unwrap();
        model.acknowledged += 1;
        model.records.insert(place.clone(), known);
        Some(place)
    }

    async fn update(&self, place: &str, mark: &str) -> Option<()> {
        let version = {
            let mut model = self.model.lock().unwrap();
            let known = model.records.get_mut(place)?;
            known.perhaps = Some(mark.to_owned());
            known.version
        };
        let body = json!({ "fields": { "description": mark } });
        let request = self
            .client
            .request(Method::PATCH, place)
            .header("if-match", format!("\"{version}\""))
            .json(&body);
        let (status, body, _) = self.send(request).await?;
        assert_eq!(status, StatusCode::OK, "{body}");
        let mut model = self.model.lock().unwrap();
        model.acknowledged += 1;
        model
            .records
            .insert(place.to_owned(), Known { version: version + 1, mark: mark.to_owned(), perhaps: None });
        Some(())
    }

    async fn convert(&self, mark: &str) -> Option<()> {
        let name = format!("Lead{mark}");
        let fields =
            json!({ "last_name": name, "company_name": format!("Firma{mark}"), "description": mark });
        let place = self.create("leads", fields, mark).await?;
        let note = json!({ "fields": { "body": mark }, "parent": { "entity": "lead", "id": id(&place) } });
        let _ = self.send(self.client.request(Method::POST, "/api/v1/notes").json(&note)).await?;
        self.model.lock().unwrap().converting.insert(name.clone(), false);
        // From here on its version is the conversion's business.
        self.model.lock().unwrap().records.remove(&place);
        let request = self.client.request(Method::POST, &format!("{place}/convert"));
        let request = request.header("if-match", "\"1\"").json(&json!({ "deal": format!("Deal{mark}") }));
        let (status, body, _) = self.send(request).await?;
        assert_eq!(status, StatusCode::OK, "{body}");
        self.model.lock().unwrap().converting.insert(name, true);
        Some(())
    }

    /// Writes until the server is gone.
    async fn work(self) {
        while !self.dead.load(Ordering::SeqCst) {
            let mark = format!("m{}", self.next.fetch_add(1, Ordering::SeqCst));
            let fields = json!({ "last_name": format!("Osoba{mark}"), "description": mark });
            let Some(place) = self.create("people", fields, &mark).await else { return };
            if self.update(&place, &format!("{mark}u")).await.is_none() || self.convert(&mark).await.is_none()
            {
                return;
            }
        }
    }
}

#[derive(Default)]
struct Tally {
    kills: usize,
    acknowledged: u64,
    restarts: Vec<Duration>,
}

#[test]
#[allow(clippy::print_stdout, reason = "how long starts took is to be read, not asserted")]
fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let kills = std::env::var("KLUCZNIK_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (seed, mut tally) = (2026, Tally::default());
    let dice = SeededRandom::new(seed);
    while tally.kills < kills {
        let many = EACH.min(kills - tally.kills);
        runtime.block_on(one_instance(many, &dice, &mut tally));
    }
    tally.restarts.sort_unstable();
    let at = |share: usize| tally.restarts[(tally.restarts.len() - 1) * share / 100];
    println!(
        "{} kills, {} acknowledged writes; start after a kill: median {:?}, p99 {:?}, longest {:?}",
        tally.kills,
        tally.acknowledged,
        at(50),
        at(99),
        at(100)
    );
    assert!(tally.acknowledged as usize > kills, "there was load");
}

async fn one_instance(kills: usize, dice: &SeededRandom, tally: &mut Tally) {
    let mut world = World::on_file().await;
    world.stop().await;
    let (dir, begun) = (world.dir(), Instant::now());
    let from = || i64::try_from(begun.elapsed().as_millis()).unwrap_or_default() + 1_000;
    let model = Arc::new(Mutex::new(Model::default()));
    let next = Arc::new(AtomicU64::new(0));
    for _ in 0..kills {
        let mut served = serve(&dir, from(), None);
        tally.restarts.push(served.took);
        let dead = Arc::new(AtomicBool::new(false));
        let mut tasks = tokio::task::JoinSet::new();
        for login in ["anna.kowalska", "piotr.zielinski", "tomasz.lewandowski"] {
            let client = Client::new(served.address, &world.layout().tls().join("ca.pem"));
            client.sign_in(login, PASSWORD).await;
            let (model, next, dead) = (model.clone(), next.clone(), dead.clone());
            tasks.spawn(Writer { client, model, next, dead }.work());
        }
        let mut wait = [0];
        dice.fill(&mut wait);
        tokio::time::sleep(Duration::from_millis(20 + u64::from(wait[0]) / 2)).await;
        dead.store(true, Ordering::SeqCst);
        // SIGKILL.
        served.child.kill().unwrap();
        served.child.wait().unwrap();
        while let Some(done) = tasks.join_next().await {
            done.unwrap();
        }
        tally.kills += 1;
        check(&Behind::new(&dir), &mut model.lock().unwrap());
    }
    // The index, as the next start leaves it, has what the store has. On a slow machine the killed servers'
    // clocks came far.
    world.clock.advance_ms(from());
    world.start().await.unwrap();
    index_equals_store(&world).await;
    world.stop().await;
    check(&Behind::new(&dir), &mut model.lock().unwrap());
    tally.acknowledged += model.lock().unwrap().acknowledged;
}

/// A row's place, version and content.
fn rows(behind: &Behind) -> BTreeMap<String, (u64, Content)> {
    let c = behind.store();
    let snapshot = store::Snapshot::open_copy(&behind.layout.store(), &behind.store_key()).unwrap();
    let mut out = BTreeMap::new();
    for row in snapshot.scan(None, 100_000).unwrap() {
        let context = Context {
            owner: Owner::Subject(row.subject),
            entity: row.entity,
            row: *row.id.bytes(),
            schema: row.schema,
        };
        let plain = behind.vault.open(&context, &row.sealed).expect("every row opens");
        let plural =
            ["", "companies", "people", "leads", "deals", "activities", "notes"][usize::from(row.entity)];
        out.insert(
            format!("/api/v1/{plural}/{}", row.id),
            (row.version, serde_json::from_slice(&plain).unwrap()),
        );
    }
    // Each change belongs to an event, and the feed has no gaps as long as nothing was removed.
    let lost = table(&c, "SELECT seq FROM change WHERE event NOT IN (SELECT seq FROM event)");
    assert!(lost.is_empty(), "{lost:?}");
    let feed = table(&c, "SELECT count(*) - coalesce(max(seq), 0) FROM change");
    assert_eq!(feed, [[rusqlite::types::Value::Integer(0)]]);
    out
}

fn check(behind: &Behind, model: &mut Model) {
    behind.assert_sound();
    let rows = rows(behind);
    for (place, known) in &mut model.records {
        let (version, content) =
            rows.get(place).unwrap_or_else(|| panic!("{place} was acknowledged and is gone"));
        let mark = content["description"].as_str().unwrap();
        match &known.perhaps {
            Some(perhaps) if *version == known.version + 1 => {
                assert_eq!(mark, perhaps, "{place}");
                *known = Known { version: *version, mark: perhaps.clone(), perhaps: None };
            }
            _ => {
                assert_eq!((*version, mark), (known.version, known.mark.as_str()), "{place}");
                known.perhaps = None;
            }
        }
    }
    conversions(&rows, model);
}

/// All of a conversion is there, or none of it.
fn conversions(rows: &BTreeMap<String, (u64, Content)>, model: &Model) {
    let named =
        |field: &str, name: &str| rows.iter().find(|(_, (_, c))| c.get(field).is_some_and(|v| v == name));
    for (name, acknowledged) in &model.converting {
        let mark = &name[4..];
        let lead = rows.iter().find(|(place, (_, c))| place.contains("/leads/") && c["last_name"] == *name);
        let (_, (_, lead)) = lead.expect("the lead was acknowledged");
        let converted = lead.get("status").is_some_and(|s| s == "converted");
        assert!(converted || !acknowledged, "{name}: the conversion was acknowledged");
        let person = rows.iter().any(|(place, (_, c))| place.contains("/people/") && c["last_name"] == *name);
        let parts = [
            person,
            named("name", &format!("Deal{mark}")).is_some(),
            named("name", &format!("Firma{mark}")).is_some(),
        ];
        assert_eq!(parts, [converted; 3], "{name}: half a conversion");
    }
}

/// Every record is in the lists of somebody who sees all, in its version.
async fn index_equals_store(world: &World) {
    let barbara = world.sign_in("barbara.dabrowska").await;
    let mut listed = BTreeMap::new();
    for plural in ["companies", "people", "leads", "deals", "activities", "notes"] {
        let mut cursor = String::new();
        loop {
            let page = barbara.get(&format!("/api/v1/{plural}?limit=200{cursor}")).await.expect(200).json();
            for row in page["items"].as_array().unwrap() {
                listed.insert(
                    format!("/api/v1/{plural}/{}", row["id"].as_str().unwrap()),
                    row["version"].as_u64().unwrap(),
                );
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
    }
    let kept: BTreeMap<String, u64> =
        rows(&Behind::new(&world.dir())).into_iter().map(|(p, (v, _))| (p, v)).collect();
    assert_eq!(listed, kept);
}
