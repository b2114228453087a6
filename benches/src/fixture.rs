//! The instance that is measured: made once for each seed and size.

use crate::{Args, Result};
use access::Team;
use cluster::Database;
use identity::{Cost, Hasher, NewUser, RequirementInput, create_user, put_doc};
use kernel::{Clock, IdSource, Lang, Random, SystemClock, SystemRandom, TeamId, UserId};
use ledger::Act;
use records::{Engine, Loaded};
use sample::{Sample, SampleRecord, Sizes};
use serde::{Deserialize, Serialize};
use server::{Config, DatabaseConfig, FirstUser, Instance, Layout, New, StoreConfig};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use store::{Batch, Doc, DocKind};
use vault::RootKey;
use zeroize::Zeroizing;

/// Every user's.
pub const PASSWORD: &str = "zielony-rower-na-dachu-7";
/// Passwords are not what is measured.
pub const COST: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };
/// Records loaded in one transaction.
const CHUNK: usize = 2_000;
/// Records remembered for each user, to be asked for.
const KNOWN: usize = 256;
/// What is written beside an instance once it is whole.
const FACTS: &str = "bench.json";
/// Grows when fixtures made before cannot be used any more.
const FORMAT: u32 = 2;

/// A user whose view is measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// What the table calls the user.
    pub name: String,
    /// Log-in name.
    pub login: String,
    /// Id.
    pub user: String,
    /// The user's team.
    pub team: String,
    /// Some people that the user may see.
    pub people: Vec<String>,
    /// Their telephone numbers, as people type them.
    pub phones: Vec<String>,
}

/// What is known of the data.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    format: u32,
    /// Those who are measured.
    pub users: Vec<Seen>,
    /// Records.
    pub records: u64,
    /// People.
    pub people: u64,
    /// How long loading took, in seconds.
    pub load_s: f64,
}

/// A loaded instance.
pub struct Fixture {
    /// Its folder.
    pub dir: PathBuf,
    /// What is in it.
    pub facts: Facts,
}

/// Copies a folder; not the operator's socket, of which a server makes one of its own.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &target)?;
        } else if kind.is_file() {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The instance for these arguments, made if it is not there yet.
pub fn prepare(args: &Args) -> Result<Fixture> {
    let dir = args.dir.join(format!("seed{}-x{}", args.seed, args.factor()));
    let kept = std::fs::read(dir.join(FACTS)).ok().and_then(|b| serde_json::from_slice::<Facts>(&b).ok());
    let facts = match kept.filter(|f| f.format == FORMAT) {
        Some(facts) => facts,
        None => {
            std::fs::create_dir_all(&args.dir)?;
            let _ = std::fs::remove_dir_all(&dir);
            let facts = load(args, &dir, config(args))?;
            std::fs::write(dir.join(FACTS), serde_json::to_vec(&facts)?)?;
            facts
        }
    };
    config(args).save(&dir)?;
    Ok(Fixture { dir, facts })
}

/// An instance in a database, made anew.
pub fn prepare_in(args: &Args, dir: &Path, database: &Database) -> Result<Facts> {
    let at = DatabaseConfig { address: database.address(), ..DatabaseConfig::default() };
    load(args, dir, Config { store: StoreConfig::Postgresql(at), ..config(args) })
}

fn load(args: &Args, dir: &Path, config: Config) -> Result<Facts> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(make(dir, config, Sizes::bench(args.factor()), args.seed))
}

/// A free port; no limits of rate in the way.
fn config(args: &Args) -> Config {
    Config {
        listen: ([127, 0, 0, 1], 0).into(),
        user_rate: 10_000_000,
        login_rate: 1_000_000,
        login_rate_all: 1_000_000,
        index_cache_mib: args.cache_mib,
        ..Config::default()
    }
}

async fn make(dir: &Path, config: Config, sizes: Sizes, seed: u64) -> Result<Facts> {
    let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (Arc::new(SystemClock), Arc::new(SystemRandom));
    let admin = FirstUser {
        login: "admin".to_owned(),
        name: "Administrator".to_owned(),
        email: "admin@klucznik.example".to_owned(),
        lang: Lang::En,
        password: Zeroizing::new(PASSWORD.to_owned()),
    };
    let new = New {
        organisation: "Firma Przykładowa".to_owned(),
        admin,
        config: config.clone(),
        cost: COST,
        factors: RequirementInput::default(),
    };
    let key_random = random.clone();
    let make_key = move |layout: &Layout| RootKey::create_file(&layout.root_key(), &*key_random);
    Instance::create(dir, new, make_key, clock.clone(), random.clone()).await?;
    let root = RootKey::from_file(&Layout::new(dir).root_key())?;
    let now = clock.now();
    let instance = Instance::open(dir, &root, config, COST, clock, random, &|_, _| {}).await?;
    let sample = Sample::new(seed, now, sizes);
    let started = Instant::now();
    let mut loader = Loader::new(instance.app.engine().clone(), &sample).await?;
    eprintln!("loading {} people and what belongs to them …", sizes.people);
    for (records, name) in [
        (boxed(sample.companies()), "company"),
        (boxed(sample.people()), "person"),
        (boxed(sample.leads()), "lead"),
        (boxed(sample.deals()), "deal"),
        (boxed(sample.activities()), "activity"),
        (boxed(sample.notes()), "note"),
    ] {
        loader.load(name, records).await?;
    }
    loader.facts.load_s = started.elapsed().as_secs_f64();
    loader.facts.people = sizes.people;
    let facts = loader.facts;
    instance.close().await?;
    Ok(facts)
}

type Records<'a> = Box<dyn Iterator<Item = SampleRecord> + 'a>;

fn boxed<'a>(records: impl Iterator<Item = SampleRecord> + 'a) -> Records<'a> {
    Box::new(records)
}

struct Loader {
    engine: Engine,
    users: Vec<UserId>,
    teams: Vec<TeamId>,
    facts: Facts,
    owners: [Option<usize>; 3],
    people: u64,
}

impl Loader {
    /// Makes teams and users, with a password for those who are measured.
    async fn new(engine: Engine, sample: &Sample) -> Result<Self> {
        let (clock, random) = (SystemClock, SystemRandom);
        let ids = IdSource::new();
        let now = clock.now();
        let mut batch = Batch::new(engine.system_event(Act::RecordImport));
        let doc = |kind, id| Doc {
            kind,
            id,
            key: None,
            user: None,
            version: 1,
            updated_at: now,
            sealed: Vec::new(),
        };
        let teams: Vec<TeamId> = sample.teams().iter().map(|_| ids.next(&clock, &random)).collect();
        for (id, team) in teams.iter().zip(sample.teams()) {
            let team = Team { id: *id, name: team.name.clone(), parent: team.parent.map(|p| teams[p]) };
            batch.docs.push(put_doc(engine.vault(), doc(DocKind::Team, *id.bytes()), &team)?);
        }
        let manager = sample.users().iter().position(|u| u.roles.contains(&"management"));
        let owners = [sample.seller_with_few(), sample.seller_with_many(), manager];
        let hash = Hasher::new(COST, engine.vault().clone(), Arc::new(SystemRandom))?.hash(PASSWORD).await?;
        let policy = engine.policy();
        let role = |name: &&str| policy.roles.values().find(|r| r.name == *name).map(|r| r.id);
        let mut users = Vec::new();
        for (at, user) in sample.users().iter().enumerate() {
            let id: UserId = ids.next(&clock, &random);
            let new = NewUser {
                login: user.login.clone(),
                name: user.name.clone(),
                email: user.email.clone(),
                lang: user.lang,
                team: teams[user.team],
                roles: user.roles.iter().filter_map(role).collect(),
                partner: None,
            };
            let password = owners.contains(&Some(at)).then(|| hash.clone());
            batch.docs.push(create_user(engine.vault(), id, now, new, password)?.1);
            users.push(id);
        }
        engine.store().commit(batch).await?;
        engine.reload().await?;
        let seen = owners.iter().zip(["few", "many", "management"]).filter_map(|(owner, name)| {
            let user = &sample.users()[(*owner)?];
            Some(Seen {
                name: name.to_owned(),
                login: user.login.clone(),
                user: users[(*owner)?].to_string(),
                team: teams[user.team].to_string(),
                ..Seen::default()
            })
        });
        let facts = Facts { format: FORMAT, users: seen.collect(), ..Facts::default() };
        Ok(Self { engine, users, teams, facts, owners, people: sample.sizes().people })
    }

    async fn load(&mut self, name: &str, records: Records<'_>) -> Result<()> {
        let policy = self.engine.policy();
        let entity = policy.catalog.get(name).ok_or("no such entity")?.clone();
        let mut chunk = Vec::with_capacity(CHUNK);
        let started = Instant::now();
        let mut count = 0u64;
        let mut records = records.peekable();
        while let Some(record) = records.next() {
            if name == "person" {
                self.remember(&record, count);
            }
            count += 1;
            chunk.push(Loaded {
                id: record.id,
                owner: self.users[record.owner],
                team: self.teams[record.team],
                parent: record.parent.map(|(_, id)| id),
                created_at: record.created,
                updated_at: record.updated,
                input: record.input,
            });
            if chunk.len() == CHUNK || records.peek().is_none() {
                self.engine.load(&entity, std::mem::take(&mut chunk)).await?;
            }
        }
        self.facts.records += count;
        let rate = count as f64 / started.elapsed().as_secs_f64();
        eprintln!("  {name}: {count} at {rate:.0}/s");
        Ok(())
    }

    /// Keeps some of what each measured user sees.
    fn remember(&mut self, record: &SampleRecord, at: u64) {
        let every = (self.people / KNOWN as u64).max(1);
        for (seen, owner) in self.facts.users.iter_mut().zip(self.owners) {
            let sees = match seen.name.as_str() {
                "management" => at.is_multiple_of(every),
                _ => owner == Some(record.owner),
            };
            if !sees || seen.people.len() >= KNOWN {
                continue;
            }
            seen.people.push(record.id.to_string());
            if let Some(phone) = record.input["mobile"].as_str() {
                seen.phones.push(phone.trim_start_matches("+48").to_owned());
            }
        }
    }
}
