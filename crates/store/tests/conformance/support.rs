//! A place for a store, and makers of what goes into it.

use cluster::Database;
use kernel::{ActId, Clock, Fault, Id, IdSource, ManualClock, RecordId, SeededRandom, SessionId};
use kernel::{SubjectId, SystemRandom, Time, UserId};
use ledger::{Act, Checkpoint, Event, Outcome, Report, Who};
use std::path::PathBuf;
use std::sync::Arc;
use store::{
    Batch, Doc, DocKind, FileOptions, Options, PostgresOptions, Row, RowWrite, SessionKind, SessionRow,
    Snapshot, Store,
};
use tempfile::TempDir;
use vault::{PageKey, RootKey, Vault};

pub const START: Time = Time(1_790_000_000_000);

/// What a store lies in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    File,
    Postgres,
}

/// A directory with keys and a store's files, and its database if it has one.
pub struct Place {
    _dir: TempDir,
    /// A next release has added what is its own.
    pub expanded: bool,
    database: Option<Arc<Database>>,
    pub data: PathBuf,
    pub vault: Arc<Vault>,
    pub clock: Arc<ManualClock>,
    pub random: SeededRandom,
    ids: IdSource,
}

impl Place {
    pub fn new(engine: Engine) -> Self {
        let database = (engine == Engine::Postgres).then(Database::new);
        Self::over(database.map(Arc::new))
    }

    pub fn over(database: Option<Arc<Database>>) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let random: Arc<SystemRandom> = Arc::new(SystemRandom);
        let root = RootKey::create_file(&dir.path().join("root.key"), &*random).expect("a key");
        let org = Id::from_bytes([1; 16]);
        let vault = Vault::create(&dir.path().join("keys"), &root, org, START, random);
        let data = dir.path().join("data");
        std::fs::create_dir(&data).expect("a directory");
        Self {
            _dir: dir,
            expanded: false,
            database,
            data,
            vault: Arc::new(vault.expect("a vault")),
            clock: Arc::new(ManualClock::new(START)),
            random: SeededRandom::new(1),
            ids: IdSource::new(),
        }
    }

    pub fn path(&self) -> PathBuf {
        self.data.join("store.db")
    }

    pub fn checkpoint_path(&self) -> PathBuf {
        self.data.join("checkpoint")
    }

    pub fn page_key(&self) -> PageKey {
        self.vault.page_key("store.db").expect("a page key")
    }

    pub fn file(&self) -> FileOptions {
        FileOptions::new(self.path(), self.page_key())
    }

    /// The database, of a place that has one.
    pub fn database(&self) -> &Database {
        self.database.as_ref().expect("a database")
    }

    /// The same place for a store of another's keys.
    pub fn with_vault_of(self, other: &Self) -> Self {
        Self { vault: Arc::clone(&other.vault), ..self }
    }

    /// Whether whoever looks for a store here finds one.
    pub fn exists(&self) -> bool {
        match &self.database {
            Some(database) => !database.sql("SELECT to_regclass('meta')").trim().is_empty(),
            None => self.path().exists(),
        }
    }

    /// Whether there is neither a store nor anything of one.
    pub fn is_empty(&self) -> bool {
        let files =
            std::fs::read_dir(&self.data).expect("a directory").map(|e| e.expect("an entry").file_name());
        !self.exists() && files.filter(|name| name != "store.db.lock").count() == 0
    }

    pub fn store_place(&self) -> store::Place {
        match &self.database {
            Some(database) => store::Place::Postgres(PostgresOptions::new(database.address())),
            None => store::Place::File(self.file()),
        }
    }

    /// How often some bytes are in the file, or in any row of the database.
    pub fn count(&self, bytes: &[u8]) -> usize {
        let Some(database) = &self.database else {
            let image = vault::decrypted_image(&self.path(), &self.page_key()).expect("an image");
            return image.windows(bytes.len()).filter(|w| *w == bytes).count();
        };
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        Self::rows(database).iter().map(|rows| rows.matches(&hex).count()).sum()
    }

    /// All that is kept, of a store that nobody has open if it is a file.
    pub fn content(&self) -> Vec<u8> {
        match &self.database {
            Some(database) => Self::rows(database).concat().into_bytes(),
            None => vault::decrypted_image(&self.path(), &self.page_key()).expect("an image").to_vec(),
        }
    }

    fn rows(database: &Database) -> [String; 11] {
        let tables = [
            "record",
            "link",
            "change",
            "doc",
            "session",
            "idempotent",
            "job",
            "job_part",
            "event",
            "hint",
            "meta",
        ];
        tables.map(|table| database.sql(&format!("SELECT * FROM {table}")))
    }

    pub fn is_file(&self) -> bool {
        self.database.is_none()
    }

    /// Changes the data behind the store's back.
    pub fn alter(&self, sql: &str) {
        match &self.database {
            Some(database) => drop(database.sql(sql)),
            None => {
                let (path, key) = (self.path(), self.page_key());
                let file = vault::open_database(&path, &key, vault::Durability::Full, 1024, false);
                file.expect("it opens").execute_batch(sql).expect("a statement");
            }
        }
    }

    /// Lets time pass for jobs: the clock that counts for them may be the database's.
    pub fn pass_ms(&self, ms: u32) {
        match &self.database {
            Some(database) => drop(database.sql(&format!("UPDATE job SET due_at = due_at - {ms}"))),
            None => self.clock.advance_ms(i64::from(ms)),
        }
    }

    /// The data without any server.
    pub fn look(&self) -> Snapshot {
        let opened = match self.store_place() {
            store::Place::File(file) => Snapshot::open_copy(&file.path, &file.page_key),
            store::Place::Postgres(database) => Snapshot::open_database(&database),
        };
        opened.expect("it opens")
    }

    pub fn options(&self) -> Options {
        let vault = Arc::clone(&self.vault);
        Options::new(
            self.store_place(),
            self.checkpoint_path(),
            Checkpoint::origin_of(Id::from_bytes([1; 16])),
            self.vault.public_key(),
            Arc::new(move |message: &[u8]| vault.sign(message)),
            Arc::clone(&self.clock) as Arc<dyn Clock>,
        )
    }

    pub fn create(&self) -> Store {
        let store = Store::create(self.options()).expect("a new store");
        if self.expanded {
            // While this release is at work.
            self.alter(crate::releases::next(self.is_file()));
        }
        store
    }

    pub fn open(&self) -> Store {
        Store::open(self.options()).expect("the store opens")
    }

    pub fn id<K>(&self) -> Id<K> {
        self.ids.next(&*self.clock, &self.random)
    }

    pub fn event(&self, act: Act) -> Event {
        Event {
            id: self.id(),
            at: self.clock.now(),
            who: Who::User(user(1)),
            session: SessionId::NIL,
            act,
            outcome: Outcome::Done,
            entity: 0,
            record: RecordId::NIL,
            subject: SubjectId::NIL,
            part_of: ActId::NIL,
            touches: Vec::new(),
            detail: vec![7; 40],
        }
    }

    pub fn batch(&self) -> Batch {
        Batch::new(self.event(Act::RecordUpdate))
    }

    pub fn inserting(&self, rows: impl IntoIterator<Item = Row>) -> Batch {
        let rows = rows.into_iter().map(|row| RowWrite::Insert { row, links: Vec::new() }).collect();
        with(self.batch(), |b| b.rows = rows)
    }

    pub fn updating(&self, row: Row) -> Batch {
        let diff = vec![9; 10];
        with(self.batch(), |b| b.rows = vec![RowWrite::Update { row, links: Vec::new(), diff }])
    }

    pub fn row(&self) -> Row {
        let id: RecordId = self.id();
        Row {
            id,
            entity: 2,
            subject: id.cast(),
            owner: user(1),
            team: Id::from_bytes([2; 16]),
            parent: None,
            version: 1,
            schema: 1,
            created_at: START,
            created_by: user(1),
            updated_at: START,
            updated_by: user(1),
            deleted_at: None,
            sealed: vec![3; 100],
        }
    }

    pub fn session(&self, of: UserId, ends_at: Time) -> SessionRow {
        let id: SessionId = self.id();
        SessionRow {
            hash: vault::sha256(&[id.bytes()]),
            id,
            user: of,
            kind: SessionKind::Session,
            created_at: START,
            seen_at: START,
            ends_at,
            sealed: vec![4; 20],
        }
    }

    /// Verifies all that is kept; every test that wrote something ends with it.
    pub fn verify(&self) -> (Report, Vec<&'static str>) {
        let snapshot = self.look();
        let kept = snapshot.checkpoint_text().expect("it reads");
        let outside = std::fs::read_to_string(self.checkpoint_path()).ok();
        let public = self.vault.public_key();
        let report = ledger::verify(&snapshot, kept.as_deref(), outside.as_deref(), &public, &mut |_| Ok(()));
        let report = report.expect("it can be read");
        let rows = snapshot.verify_rows(&report, &|| Ok(())).expect("it can be read");
        let mut found: Vec<_> = rows.iter().map(store::RowFinding::code).collect();
        found.extend(report.findings.iter().map(ledger::Finding::code));
        (report, found)
    }

    pub fn assert_sound(&self) {
        let (report, found) = self.verify();
        assert!(report.is_sound() && found.is_empty(), "{found:?}");
    }
}

pub fn user(n: u8) -> UserId {
    Id::from_bytes([n; 16])
}

/// The row as a change would leave it.
pub fn next(row: &Row) -> Row {
    let mut next = row.clone();
    next.version += 1;
    next.sealed.push(u8::try_from(next.version % 256).unwrap_or_default());
    next
}

pub fn doc(n: u8) -> Doc {
    Doc {
        kind: DocKind::User,
        id: [n; 16],
        key: Some([n; 32]),
        user: Some(user(n)),
        version: 1,
        updated_at: START,
        sealed: vec![n; 30],
    }
}

/// The kind of a failure.
pub fn kind<T>(result: Result<T, Fault>) -> Option<kernel::FaultKind> {
    result.err().map(|fault| fault.kind)
}

/// The batch with something more in it.
pub fn with(mut batch: Batch, change: impl FnOnce(&mut Batch)) -> Batch {
    change(&mut batch);
    batch
}
