//! Tests of the whole index, through its public interface.

mod change;
mod gate;
mod gone;
mod granted;
mod hidden;
mod law;
mod naive;
mod owned;
mod plans;
mod same;
mod search;

use crate::{Index, IndexRow, Keyed, ListRow, Op, Options, Query};
use access::{Action, Actor, EntityRights, Level, ListPermit, Member, Policy, Role, Scope, Team};
use kernel::{OrgId, Random, RecordId, RoleId, SeededRandom, SessionId, TeamId, Text, Time, UserId};
use schema::{Catalog, Content, Entity, builtin};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use vault::{PageKey, RootKey, Vault};

pub(super) fn key() -> PageKey {
    static KEY: OnceLock<PageKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(1));
        let root = RootKey::create_file(&dir.path().join("root.key"), &*random).unwrap();
        let vault =
            Vault::create(&dir.path().join("keys"), &root, OrgId::from_bytes([1; 16]), Time(0), random)
                .unwrap();
        vault.page_key("index").unwrap()
    })
    .clone()
}

pub(super) fn keyed() -> Keyed {
    Arc::new(|text: &str| vault::sha256(&[text.as_bytes()]))
}

pub(super) fn catalog() -> Arc<Catalog> {
    Arc::new(Catalog::new(1, builtin()))
}

pub(super) struct World {
    pub dir: tempfile::TempDir,
    pub index: Index,
    pub catalog: Arc<Catalog>,
}

impl World {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let catalog = catalog();
        let index = open(&dir.path().join("index.db"), catalog.clone());
        Self { dir, index, catalog }
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join("index.db")
    }

    pub fn entity(&self, name: &str) -> &Entity {
        self.catalog.get(name).unwrap()
    }

    pub async fn put(&self, rows: impl IntoIterator<Item = IndexRow>) {
        let from = self.index.applied() + 1;
        let ops = rows.into_iter().enumerate().map(|(i, r)| (from + i as u64, Op::Put(r))).collect();
        self.index.apply(ops).await.unwrap();
    }

    /// A row of `entity` with a number for an id, owned by user 1 in team 1.
    pub fn row(&self, entity: &str, n: u32, content: &[(&str, serde_json::Value)]) -> IndexRow {
        IndexRow {
            id: record(n),
            entity: self.entity(entity).code,
            subject: record(n).cast(),
            owner: user(1),
            team: team(1),
            parent: None,
            version: 1,
            created_at: Time(i64::from(n)),
            updated_at: Time(i64::from(n)),
            created_by: user(1),
            updated_by: user(1),
            archived: false,
            content: content.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect(),
        }
    }

    pub fn person(&self, n: u32, name: &str) -> IndexRow {
        self.row(
            "person",
            n,
            &[("name", json!(name)), ("last_name", json!(name)), ("sort_name", json!(name))],
        )
    }

    pub fn all(&self, entity: &str) -> ListPermit {
        let mut rights = rights(Scope::All);
        rights.level = Level::Write;
        policy(&self.catalog, &[(entity, rights)])
            .list(&actor(), Action::Read, self.entity(entity).code)
            .unwrap()
    }

    pub async fn ids(&self, permit: &ListPermit, query: Query) -> Vec<u32> {
        self.index.query(permit, query).await.unwrap().rows.iter().map(number).collect()
    }

    pub async fn find(&self, entity: &str, search: &str) -> Vec<u32> {
        let mut found =
            self.ids(&self.all(entity), Query { search: Some(search.to_owned()), ..Query::default() }).await;
        found.sort_unstable();
        found
    }
}

pub(super) fn open(path: &std::path::Path, catalog: Arc<Catalog>) -> Index {
    Index::open(path, &key(), catalog, keyed(), Options { readers: 1, cache_kib: 2048 }).unwrap()
}

fn bytes(n: u32) -> [u8; 16] {
    let mut out = [0x70; 16];
    out[..4].copy_from_slice(&n.to_be_bytes());
    out
}

pub(super) fn record(n: u32) -> RecordId {
    RecordId::from_bytes(bytes(n))
}

pub(super) fn user(n: u32) -> UserId {
    UserId::from_bytes(bytes(n))
}

pub(super) fn team(n: u32) -> TeamId {
    TeamId::from_bytes(bytes(n))
}

pub(super) fn number(row: &ListRow) -> u32 {
    u32::from_be_bytes(row.id.bytes()[..4].try_into().unwrap())
}

pub(super) fn actor() -> Actor {
    Actor { user: user(1), session: SessionId::from_bytes([9; 16]), token: None, at: Time(0) }
}

pub(super) fn rights(read: Scope) -> EntityRights {
    EntityRights { scopes: [(Action::Read, read)].into(), level: Level::Read, ..EntityRights::default() }
}

/// A policy in which user 1 of team 1 has these rights. Teams 2 to 7 are below team 1.
pub(super) fn policy(catalog: &Arc<Catalog>, entities: &[(&str, EntityRights)]) -> Policy {
    let role = Role {
        id: RoleId::from_bytes([5; 16]),
        name: "role".to_owned(),
        label: Text::same("role"),
        built_in: false,
        entities: entities.iter().map(|(n, r)| ((*n).to_owned(), r.clone())).collect(),
        denials: BTreeMap::new(),
        things: BTreeMap::new(),
    };
    let teams = (1..8)
        .map(|n| (team(n), Team { id: team(n), name: n.to_string(), parent: (n > 1).then(|| team(1)) }));
    let member = Member {
        user: user(1),
        team: team(1),
        roles: vec![role.id],
        active: true,
        owner: None,
        partner: None,
    };
    Policy {
        version: 1,
        catalog: catalog.clone(),
        roles: [(role.id, role)].into(),
        teams: teams.collect(),
        members: HashMap::from([(user(1), member)]),
        ..Policy::default()
    }
}

pub(super) fn content(row: &ListRow) -> Content {
    match &row.body {
        crate::Body::Json(text) => serde_json::from_str(text).unwrap(),
        crate::Body::Fields { content, .. } => content.clone(),
    }
}
