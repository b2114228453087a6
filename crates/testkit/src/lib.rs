//! A whole instance in a test: a real folder, real databases, the real router over TLS, a clock that the
//! test moves, and a cast of users. Nothing is mocked.

mod cast;
mod client;
mod post;
mod provider;

pub use cast::{CAST, Person};
pub use client::{Answer, Client};
pub use cluster::Database;
pub use post::{Arrived, Post, PostOptions};
pub use provider::{OpenProvider, Signing};

use identity::{Cost, RequirementInput};
use kernel::{Clock, Lang, ManualClock, Random, Result, SystemRandom, Time};
use server::{Config, DatabaseConfig, FirstUser, Instance, Layout, New, Running, StoreConfig, serve};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use vault::RootKey;
use zeroize::Zeroizing;

/// A password that every user of the cast has.
pub const PASSWORD: &str = "zielony-rower-na-dachu-7";
/// Password hashing that costs nothing, for tests that are not about it.
pub const FAST: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };
/// When tests begin: 2026-11-23T08:00:00Z.
pub const START: Time = Time(1_795_420_800_000);

/// Which engine the tests' instances have, by `KLUCZNIK_TEST_ENGINE`: `file` unless it says `postgres`.
///
/// # Panics
/// If it says anything else.
#[must_use]
pub fn on_postgres() -> bool {
    match std::env::var("KLUCZNIK_TEST_ENGINE").as_deref() {
        Err(_) | Ok("" | "file") => false,
        Ok("postgres") => true,
        Ok(other) => panic!("KLUCZNIK_TEST_ENGINE is file or postgres, not {other}"),
    }
}

/// Settings of an instance in this database.
#[must_use]
pub fn in_database(config: Config, database: &Database) -> Config {
    let at = DatabaseConfig { address: database.address(), ..DatabaseConfig::default() };
    Config { store: StoreConfig::Postgresql(at), ..config }
}

/// Copies a folder with all files below it, but those whose names begin with one of `without`; a socket holds no
/// bytes.
///
/// # Panics
/// If it cannot.
pub fn copy(from: &Path, to: &Path, without: &[&str]) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (name, kind) = (entry.file_name(), entry.file_type().expect("a type"));
        if without.iter().any(|start| name.to_string_lossy().starts_with(start)) {
            continue;
        }
        if kind.is_dir() {
            copy(&entry.path(), &to.join(name), without);
        } else if kind.is_file() {
            std::fs::copy(entry.path(), to.join(name)).expect("a copy");
        }
    }
}

/// What a further server on the same database gets of the folder of one: settings, keys, certificates, the
/// checkpoint; the index it builds itself.
///
/// # Panics
/// If it cannot.
pub fn copy_for_another_server(from: &Path, to: &Path) {
    copy(from, to, &["index.db"]);
}

/// An instance that runs.
pub struct World {
    /// The folder that holds the instance's folder; gone with the world.
    temp: TempDir,
    /// The database that the instance lies in, if it does.
    database: Option<Database>,
    /// The clock of the instance.
    pub clock: Arc<ManualClock>,
    running: Option<Running>,
    address: SocketAddr,
    /// What the browser carries in which each of the cast signed in last.
    browsers: Mutex<HashMap<String, String>>,
}

/// Makes a new instance in `dir` with the administrator of the cast.
///
/// # Errors
/// As [`Instance::create`].
pub async fn create(dir: &Path, config: Config, clock: Arc<dyn Clock>) -> Result<()> {
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let admin = FirstUser {
        login: "robert.szymanski".to_owned(),
        name: "Robert Szymański".to_owned(),
        email: "robert@firma.example".to_owned(),
        lang: Lang::Pl,
        password: Zeroizing::new(PASSWORD.to_owned()),
    };
    let new = New {
        organisation: "Firma Przykładowa".to_owned(),
        admin,
        config,
        cost: FAST,
        factors: RequirementInput::default(),
    };
    let for_key = random.clone();
    let make = move |layout: &Layout| RootKey::create_file(&layout.root_key(), &*for_key);
    let hosts = new.config.hosts.clone();
    Instance::create(dir, new, make, clock, random).await?;
    // Clients judge the certificate by the machine's clock, whatever the test's says.
    server::tls::make_own(&Layout::new(dir).tls(), &hosts, &kernel::SystemClock)
}

/// Opens the instance in `dir`.
///
/// # Errors
/// As [`Instance::open`].
pub async fn open(dir: &Path, config: Config, clock: Arc<dyn Clock>) -> Result<Instance> {
    let root = RootKey::from_file(&Layout::new(dir).root_key())?;
    Instance::open(dir, &root, config, FAST, clock, Arc::new(SystemRandom), &|_, _| {}).await
}

/// Settings for tests: a free port of the loopback address, no rate limits in the way.
#[must_use]
pub fn config() -> Config {
    Config {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        user_rate: 1_000_000,
        login_rate: 1_000_000,
        login_rate_all: 1_000_000,
        index_cache_mib: 8,
        reserve_mib: 0,
        ..Config::default()
    }
}

impl World {
    /// A fresh instance with the cast, serving.
    pub async fn new() -> Self {
        Self::with(config()).await
    }

    /// As [`World::new`], with settings of its own.
    pub async fn with(config: Config) -> Self {
        Self::over(on_postgres().then(Database::new), config).await
    }

    /// As [`World::new`], whose data are files whatever engine is asked for: for tests that alter files, look
    /// into their pages or fill the disk.
    pub async fn on_file() -> Self {
        Self::over(None, config()).await
    }

    /// As [`World::new`], whose data are in a database whatever engine is asked for.
    pub async fn in_database(database: Database) -> Self {
        Self::over(Some(database), config()).await
    }

    async fn over(database: Option<Database>, config: Config) -> Self {
        let config = match &database {
            Some(database) => in_database(config, database),
            None => config,
        };
        let temp = tempfile::Builder::new().prefix("klucznik-").tempdir().expect("a temporary folder");
        let clock = Arc::new(ManualClock::new(START));
        create(&temp.path().join("instance"), config.clone(), clock.clone()).await.expect("an instance");
        let (address, browsers) = (config.listen, Mutex::default());
        let mut world = Self { temp, database, clock, running: None, address, browsers };
        world.start_with(config).await.expect("a server");
        cast::engage(&world).await;
        world
    }

    /// The database that the instance lies in.
    ///
    /// # Panics
    /// If it lies in files.
    #[must_use]
    pub const fn database(&self) -> &Database {
        self.database.as_ref().expect("a database")
    }

    /// The instance's folder.
    #[must_use]
    pub fn dir(&self) -> PathBuf {
        self.temp.path().join("instance")
    }

    /// Where its files lie.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::new(self.dir())
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it tells metrics, if it does.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.running.as_ref().and_then(Running::metrics_address)
    }

    /// The server's state, to look behind the front door.
    ///
    /// # Panics
    /// If it is stopped.
    #[must_use]
    pub fn app(&self) -> &server::App {
        self.running.as_ref().expect("running").app()
    }

    /// Stops in order.
    pub async fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await.expect("an orderly stop");
        }
    }

    /// Starts again.
    ///
    /// # Errors
    /// As [`Instance::open`] and [`serve`].
    pub async fn start(&mut self) -> Result<()> {
        self.start_with(config()).await
    }

    /// As [`World::start`], with other settings, but for where the data lie.
    ///
    /// # Errors
    /// As [`World::start`].
    pub async fn start_with(&mut self, config: Config) -> Result<()> {
        let config = match &self.database {
            Some(database) => in_database(config, database),
            None => config,
        };
        let instance = open(&self.dir(), config, self.clock.clone()).await?;
        let running = serve(instance, &self.layout()).await?;
        self.address = running.address();
        self.running = Some(running);
        Ok(())
    }

    /// A client without a session.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(self.address, &self.layout().tls().join("ca.pem"))
    }

    /// Makes a user by the hands of an administrator, who chooses [`PASSWORD`] by the link of an invitation; gives
    /// the user's id.
    ///
    /// # Panics
    /// If that is refused, or the link was mailed.
    pub async fn engage(&self, admin: &Client, user: &serde_json::Value) -> String {
        let mut user = user.clone();
        user["invite"] = serde_json::json!({});
        let made = admin.post("/api/v1/users", &user).await.expect(201).json();
        let link = made["invitation"]["link"].as_str().and_then(|link| link.split_once('#')).expect("a link");
        let chosen = serde_json::json!({ "link": link.1, "new": PASSWORD });
        let _ = self.client().post("/api/v1/links/password", &chosen).await.expect(200);
        made["id"].as_str().expect("an id").to_owned()
    }

    /// A client signed in as one of the cast, in a browser that is known if this one signed in so before.
    ///
    /// # Panics
    /// If that is refused.
    pub async fn sign_in(&self, login: &str) -> Client {
        let client = self.client();
        let known = self.browsers.lock().expect("no panic").get(login).cloned();
        let given = client.sign_in_known(login, PASSWORD, known.as_deref()).await;
        self.browsers.lock().expect("no panic").insert(login.to_owned(), given);
        client
    }
}
