//! An instance in a temporary directory.

use access::{Team, Thing, Verb, builtin_roles, role_ids};
use identity::{
    Client, CommonPasswords, Cost, Directory, Hasher, Identity, Limits, NewSession, NewUser, Parts, Places,
    SignIn, Ways, create_user, put_doc,
};
use kernel::{Clock, Id, IdSource, ManualClock, OrgId, Random, Result, SystemRandom, TeamId, Time, UserId};
use ledger::{Act, Event, Outcome, Who};
use std::path::Path;
use std::sync::Arc;
use store::{Batch, Doc, DocKind, EventFilter, FileOptions, Options, Place, Store};
use vault::{Context, Durability, Owner, RootKey, Vault};

pub const PASSWORD: &str = "zielony rower na dachu";
pub const START: Time = Time(1_790_000_000_000);
pub const FAST: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };

pub struct House {
    pub dir: tempfile::TempDir,
    pub clock: Arc<ManualClock>,
    pub vault: Arc<Vault>,
    pub store: Store,
    pub identity: Identity,
    pub directory: Arc<Directory>,
    pub anna: UserId,
    pub boss: UserId,
    pub team: TeamId,
}

pub fn client(last: u8) -> Client {
    let agent = "Test/1.0 canary-agent".into();
    Client { network: [192, 0, last, 1].into(), agent, known: None, session: None, site: None }
}

pub fn event(ids: &IdSource, clock: &dyn Clock, act: Act) -> Event {
    Event {
        id: ids.next(clock, &SystemRandom),
        at: clock.now(),
        who: Who::Operator,
        session: Id::NIL,
        act,
        outcome: Outcome::Done,
        entity: 0,
        record: Id::NIL,
        subject: Id::NIL,
        part_of: Id::NIL,
        touches: Vec::new(),
        detail: Vec::new(),
    }
}

fn options(dir: &Path, vault: &Arc<Vault>, clock: &Arc<ManualClock>) -> Options {
    let signer = vault.clone();
    let page = vault.page_key("store.db").unwrap();
    Options::new(
        Place::File(FileOptions::new(dir.join("store.db"), page)),
        dir.join("checkpoint"),
        format!("klucznik.local/{}", vault.organisation()),
        vault.public_key(),
        Arc::new(move |bytes: &[u8]| signer.sign(bytes)),
        clock.clone(),
    )
}

async fn service(
    store: &Store,
    vault: &Arc<Vault>,
    clock: &Arc<ManualClock>,
    cost: Cost,
    (slots, queue): (usize, usize),
) -> Identity {
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let hasher = Hasher::with_queue(cost, vault.clone(), random.clone(), slots, queue).unwrap();
    let (store, vault, clock) = (store.clone(), vault.clone(), clock.clone() as Arc<dyn Clock>);
    let (common, limits) = (CommonPasswords::default(), Limits::default());
    let (places, ways, zone) = (Places::default(), Ways::default(), kernel::Zone::default());
    let mails = false;
    Identity::open(Parts { store, vault, clock, random, hasher, common, limits, places, ways, zone, mails })
        .await
        .unwrap()
}

impl House {
    /// Anna, a seller, and the boss, an administrator.
    pub async fn build() -> Self {
        Self::with_queue(2, 64).await
    }

    pub async fn with_queue(slots: usize, queue: usize) -> Self {
        Self::with(FAST, slots, queue).await
    }

    pub async fn with(cost: Cost, slots: usize, queue: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(START));
        let random: Arc<dyn Random> = Arc::new(SystemRandom);
        let root = RootKey::create_file(&dir.path().join("root.key"), &SystemRandom).unwrap();
        let organisation = OrgId::from_bytes([7; 16]);
        let vault =
            Vault::create(&dir.path().join("keys"), &root, organisation, START, random.clone()).unwrap();
        let vault = Arc::new(vault);
        let store = Store::create(options(dir.path(), &vault, &clock)).unwrap();
        let identity = service(&store, &vault, &clock, cost, (slots, queue)).await;

        let ids = IdSource::new();
        let team: TeamId = ids.next(&*clock, &SystemRandom);
        let mut batch = Batch::new(event(&ids, &*clock, Act::InstanceInit));
        let bare =
            |kind, id| Doc { kind, id, key: None, user: None, version: 1, updated_at: START, sealed: vec![] };
        let content = Team { id: team, name: "Sprzedaż".into(), parent: None };
        batch.docs.push(put_doc(&vault, bare(DocKind::Team, *team.bytes()), &content).unwrap());
        for role in builtin_roles() {
            batch.docs.push(put_doc(&vault, bare(DocKind::Role, *role.id.bytes()), &role).unwrap());
        }
        let hasher = Hasher::new(cost, vault.clone(), random).unwrap();
        let (anna, boss) = (ids.next(&*clock, &SystemRandom), ids.next(&*clock, &SystemRandom));
        for (id, login, name, role) in [
            (anna, "Anna.Kowalska", "Anna Kowalska", role_ids::SELLER),
            (boss, "szefowa", "Barbara Szefowa", role_ids::ADMINISTRATOR),
        ] {
            let input = NewUser {
                login: login.into(),
                name: name.into(),
                email: format!("{}@example.pl", login.to_lowercase()),
                lang: kernel::Lang::Pl,
                team,
                roles: vec![role],
                partner: None,
            };
            let hash = hasher.hash(PASSWORD).await.unwrap();
            batch.docs.push(create_user(&vault, id, START, input, Some(hash)).unwrap().1);
        }
        store.commit(batch).await.unwrap();
        let directory = Arc::new(Directory::load(&store, &vault, None).await.unwrap());
        assert_eq!(directory.holders(Thing::Users, Verb::Manage, START), [boss]);
        Self { dir, clock, vault, store, identity, directory, anna, boss, team }
    }

    /// The same instance after a restart.
    pub async fn restart(self) -> Self {
        self.restart_at(FAST).await
    }

    /// As [`House::restart`], with another cost of passwords.
    pub async fn restart_at(self, cost: Cost) -> Self {
        let Self { dir, clock, vault, store, identity, directory, anna, boss, team } = self;
        drop(identity);
        store.close().await.unwrap();
        drop(store);
        let store = Store::open(options(dir.path(), &vault, &clock)).unwrap();
        let identity = service(&store, &vault, &clock, cost, (2, 64)).await;
        Self { dir, clock, vault, store, identity, directory, anna, boss, team }
    }

    pub async fn login(&self, login: &str, password: &str) -> Result<NewSession> {
        self.login_from(login, password, &client(2)).await
    }

    /// Signs somebody in who has no second factor.
    pub async fn login_from(&self, login: &str, password: &str, client: &Client) -> Result<NewSession> {
        match self.identity.login(self.directory.clone(), login, password, client).await? {
            SignIn::Done(new) => Ok(new),
            SignIn::Pending(_) => panic!("a factor is awaited"),
        }
    }

    pub async fn anna(&self) -> NewSession {
        self.login("anna.kowalska", PASSWORD).await.unwrap_or_else(|f| panic!("{f}"))
    }

    /// Fails `times`, waiting as told.
    pub async fn fail(&self, login: &str, times: u32) {
        for _ in 0..times {
            let fault = self.login(login, "nie to hasło").await.err().unwrap();
            assert_eq!(fault.kind, kernel::FaultKind::Unauthenticated, "{fault}");
            self.clock.advance_ms(70_000);
        }
    }

    /// All events, oldest first.
    pub async fn events(&self) -> Vec<Event> {
        let mut rows =
            self.store.events(EventFilter { limit: 10_000, ..EventFilter::default() }).await.unwrap();
        rows.sort_by_key(|r| r.seq);
        rows.iter().map(|r| Event::decode(&r.bytes).unwrap()).collect()
    }

    /// Acts of all events, oldest first.
    pub async fn acts(&self) -> Vec<Act> {
        self.events().await.iter().map(|e| e.act).collect()
    }

    /// Opened details of the events of this act, oldest first.
    pub async fn details(&self, act: Act) -> Vec<serde_json::Value> {
        let context =
            |e: &Event| Context { owner: Owner::Organisation, entity: 61_001, row: *e.id.bytes(), schema: 1 };
        let open = |e: &Event| self.vault.open(&context(e), &e.detail).unwrap();
        let events = self.events().await;
        events.iter().filter(|e| e.act == act).map(|e| serde_json::from_slice(&open(e)).unwrap()).collect()
    }

    /// Every page of the database, decrypted, as one string of bytes.
    pub fn plain_bytes(&self) -> Vec<u8> {
        let page = self.vault.page_key("store.db").unwrap();
        let from =
            vault::open_database(&self.dir.path().join("store.db"), &page, Durability::Full, 1024, false)
                .unwrap();
        let image = self.dir.path().join("plain.db");
        // The connection makes no files, so an empty one is there to be filled.
        std::fs::write(&image, []).unwrap();
        from.execute("ATTACH DATABASE ?1 AS plain KEY ''", [image.to_str().unwrap()]).unwrap();
        from.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(())).unwrap();
        from.execute("DETACH DATABASE plain", []).unwrap();
        std::fs::read(image).unwrap()
    }
}
