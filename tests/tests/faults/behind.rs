//! Looking behind the front door: files, pages, rows and sealed values, as somebody with the keys can.

use kernel::{SubjectId, SystemRandom};
use ledger::Event;
use rusqlite::Connection;
use rusqlite::types::Value;
use server::Layout;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Snapshot;
use vault::{Context, Durability, Owner, PageKey, RootKey, Vault, decrypted_image, open_database};

/// Kinds of sealed values that are no record's or document's content.
const DIFF: u16 = 61_000;
const DETAIL: u16 = 61_001;
const SESSION: u16 = 61_010;

/// An instance's files with keys, which may be another copy's.
pub struct Behind {
    pub layout: Layout,
    pub vault: Vault,
    keys: PathBuf,
}

impl Behind {
    pub fn new(dir: &Path) -> Self {
        Self::with_keys(dir, &Layout::new(dir).keys())
    }

    /// The data in `data`, opened with the keys in `keys`.
    pub fn with_keys(data: &Path, keys: &Path) -> Self {
        let root = RootKey::from_file(&keys.join("root.key")).expect("a root key");
        let vault = Vault::open_read_only(keys, &root, Arc::new(SystemRandom)).expect("a keyring");
        Self { layout: Layout::new(data), vault, keys: keys.to_owned() }
    }

    pub fn store_key(&self) -> PageKey {
        self.vault.page_key("store.db").expect("a page key")
    }

    pub fn store(&self) -> Connection {
        open_database(&self.layout.store(), &self.store_key(), Durability::Full, 4096, true)
            .expect("it opens")
    }

    /// The decrypted pages of the three databases, by name. One that is missing is left out.
    pub fn images(&self) -> Vec<(String, Vec<u8>)> {
        let files = [
            ("store.db", self.layout.store()),
            ("index.db", self.layout.index()),
            ("keyring.db", self.keys.join("keyring.db")),
        ];
        let there = files.into_iter().filter(|(_, path)| path.exists());
        there
            .map(|(name, path)| {
                let key = self.vault.page_key(name).expect("a page key");
                let image = decrypted_image(&path, &key).expect("it can be read");
                assert!(image.starts_with(&[0x10, 0x00]), "{name} decrypts: 4096 bytes a page");
                (name.to_owned(), image)
            })
            .collect()
    }

    /// The content of every sealed value that still opens, and where it was.
    pub fn opened(&self) -> Vec<(String, Vec<u8>)> {
        let c = self.store();
        let subjects = subjects(&c);
        let owners: Vec<Owner> =
            subjects.into_iter().map(Owner::Subject).chain([Owner::Organisation]).collect();
        let mut out = Vec::new();
        for sealed in sealed_values(&c) {
            let contexts = owners.iter().map(|owner| Context { owner: *owner, schema: 1, ..sealed.context });
            if let Some(plain) = contexts.into_iter().find_map(|c| self.vault.open(&c, &sealed.bytes).ok()) {
                out.push((sealed.place, plain));
            }
        }
        out
    }

    /// Where each canary is found: in files as they are, in decrypted pages, in opened values.
    pub fn search(&self, net: &Net) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        for file in files(&self.layout.dir).into_iter().chain(files(&self.keys)) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            net.search(&format!("file {name}"), &fs::read(&file).unwrap_or_default(), &mut found);
        }
        for (name, image) in self.images() {
            net.search(&format!("pages of {name}"), &image, &mut found);
        }
        for (place, plain) in self.opened() {
            net.search(&place, &plain, &mut found);
        }
        found
    }

    /// Codes of all that a verification of ledger and rows finds; an error counts as one.
    pub fn findings(&self) -> Vec<String> {
        match self.verify() {
            Ok(found) => found,
            Err(fault) => vec![format!("error: {}", fault.kind.code())],
        }
    }

    fn verify(&self) -> kernel::Result<Vec<String>> {
        let snapshot = Snapshot::open_copy(&self.layout.store(), &self.store_key())?;
        let kept = snapshot.checkpoint_text()?;
        let outside = fs::read_to_string(self.layout.checkpoint()).ok();
        let public = self.vault.public_key();
        let report =
            ledger::verify(&snapshot, kept.as_deref(), outside.as_deref(), &public, &mut |_| Ok(()))?;
        let rows = snapshot.verify_rows(&report, &|| Ok(()))?;
        let mut found: Vec<String> = rows.iter().map(|r| r.code().to_owned()).collect();
        found.extend(report.findings.iter().map(|f| f.code().to_owned()));
        assert!(report.is_sound() || !report.findings.is_empty());
        Ok(found)
    }

    pub fn assert_sound(&self) {
        let found = self.findings();
        assert!(found.is_empty(), "{found:?}");
        let check: String =
            self.store().query_row("PRAGMA integrity_check", [], |r| r.get(0)).expect("it runs");
        assert_eq!(check, "ok");
    }
}

/// What is looked for, in every form in which it can lie somewhere.
pub struct Net {
    /// The first eight bytes of a form to the forms that begin so.
    forms: HashMap<[u8; 8], Vec<(String, Vec<u8>)>>,
    /// Whether any form begins with these two bytes: most places are passed over by this alone.
    starts: Vec<bool>,
}

fn start(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

impl Net {
    pub fn new<'a>(canaries: impl IntoIterator<Item = &'a str>) -> Self {
        let mut forms: HashMap<[u8; 8], Vec<_>> = HashMap::new();
        for canary in canaries {
            let texts =
                [canary.to_owned(), canary.to_lowercase(), canary.to_uppercase(), schema::fold(canary)];
            let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
            let all: BTreeSet<Vec<u8>> =
                texts.iter().flat_map(|t| [t.clone().into_bytes(), wide(t)]).collect();
            for form in all {
                let head = form[..8].try_into().expect("a canary has eight bytes and more");
                forms.entry(head).or_default().push((canary.to_owned(), form));
            }
        }
        let mut starts = vec![false; 1 << 16];
        forms.keys().for_each(|head| starts[start(head)] = true);
        Self { forms, starts }
    }

    pub fn search(&self, place: &str, bytes: &[u8], found: &mut BTreeMap<String, BTreeSet<String>>) {
        for at in 0..bytes.len().saturating_sub(7) {
            if !self.starts[start(&bytes[at..at + 2])] {
                continue;
            }
            let Some(forms) = self.forms.get(&bytes[at..at + 8]) else { continue };
            for (canary, _) in forms.iter().filter(|(_, form)| bytes[at..].starts_with(form)) {
                found.entry(canary.clone()).or_default().insert(place.to_owned());
            }
        }
    }
}

struct Sealed {
    place: String,
    /// With an owner yet to be tried.
    context: Context,
    bytes: Vec<u8>,
}

fn subjects(c: &Connection) -> BTreeSet<SubjectId> {
    let sql = "SELECT subject FROM record UNION SELECT subject FROM event WHERE subject IS NOT NULL";
    let mut statement = c.prepare(sql).expect("tables");
    let rows = statement.query_map([], |r| r.get::<_, [u8; 16]>(0)).expect("rows");
    rows.map(|id| SubjectId::from_bytes(id.expect("an id"))).collect()
}

fn sealed_values(c: &Connection) -> Vec<Sealed> {
    let queries = [
        ("record", "SELECT entity, id, sealed FROM record".to_owned()),
        ("change", format!("SELECT {DIFF}, record, diff FROM change")),
        ("document", "SELECT kind, id, sealed FROM doc".to_owned()),
        ("session", format!("SELECT {SESSION}, id, sealed FROM session")),
        ("kept answer", "SELECT 0, zeroblob(16), sealed FROM idempotent".to_owned()),
    ];
    let mut out = Vec::new();
    for (place, sql) in queries {
        let mut statement = c.prepare(&sql).expect("a table");
        let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).expect("rows");
        for row in rows {
            let (entity, row, bytes) = row.expect("a row");
            let context = Context { owner: Owner::Organisation, entity, row, schema: 1 };
            out.push(Sealed { place: place.to_owned(), context, bytes });
        }
    }
    let mut statement = c.prepare("SELECT bytes FROM event").expect("a table");
    for bytes in statement.query_map([], |r| r.get::<_, Vec<u8>>(0)).expect("rows") {
        let event = Event::decode(&bytes.expect("bytes")).expect("an event");
        let context =
            Context { owner: Owner::Organisation, entity: DETAIL, row: *event.id.bytes(), schema: 1 };
        out.push(Sealed { place: "detail of an event".to_owned(), context, bytes: event.detail });
    }
    out
}

/// All files below `dir`.
pub fn files(dir: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => out.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => out.push(entry.path()),
            _ => {}
        }
    }
    out
}

/// All rows of a query, as values.
pub fn table(c: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = c.prepare(sql).expect("a query");
    let columns = statement.column_count();
    let rows = statement.query_map([], |r| (0..columns).map(|i| r.get(i)).collect()).expect("rows");
    rows.map(|r| r.expect("a row")).collect()
}
