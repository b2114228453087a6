//! What a list is asked for: filters, search, order and cursor, against a real index under a permit that
//! hides some fields and some records.

use super::{pick, texts};
use access::{Action, Actor, EntityRights, Level, ListPermit, Member, Policy, Role, Scope, Team};
use index::{Body, CursorKey, Index, IndexRow, Op, Options, Query, Sort, SortBy};
use kernel::{
    Fault, FaultKind, OrgId, Random, RecordId, RoleId, SeededRandom, SessionId, TeamId, Text, Time, UserId,
    limits,
};
use records::parse_filter;
use schema::{Catalog, Entity, builtin, check_content, example_of};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tokio::runtime::{Builder, Runtime};
use vault::{RootKey, Vault};

const ME: UserId = UserId::from_bytes([1; 16]);
const MY_TEAM: TeamId = TeamId::from_bytes([2; 16]);
const STRANGER: UserId = UserId::from_bytes([9; 16]);

struct House {
    catalog: Arc<Catalog>,
    policy: Policy,
    actor: Actor,
    index: Index,
    runtime: Runtime,
    _place: tempfile::TempDir,
}

fn policy(catalog: &Arc<Catalog>) -> Policy {
    let rights = EntityRights {
        scopes: [(Action::Read, Scope::Team)].into(),
        level: Level::Read,
        trade: Some(Level::Hidden),
        special: None,
        fields: [("phone", Level::Hidden), ("email", Level::Masked)]
            .map(|(name, level)| (name.to_owned(), level))
            .into(),
    };
    let role = Role {
        id: RoleId::from_bytes([5; 16]),
        name: "reader".to_owned(),
        label: Text::same("reader"),
        built_in: false,
        entities: catalog.entities().iter().map(|e| (e.name.clone(), rights.clone())).collect(),
        denials: BTreeMap::new(),
        things: BTreeMap::new(),
    };
    let member =
        Member { user: ME, team: MY_TEAM, roles: vec![role.id], active: true, owner: None, partner: None };
    let team = Team { id: MY_TEAM, name: "Zespół".to_owned(), parent: None };
    Policy {
        version: 1,
        catalog: catalog.clone(),
        roles: [(role.id, role)].into(),
        teams: [(MY_TEAM, team)].into(),
        members: [(ME, member)].into(),
        ..Policy::default()
    }
}

/// Records of one entity, every other one a stranger's.
fn rows(entity: &Entity, n: u8) -> impl Iterator<Item = Op> {
    let text = |name: &str| entity.field(name).map(example_of).unwrap_or_default();
    let fields = entity.fields.iter().filter(|f| !f.flags.read_only);
    let input: Map<String, Value> = fields
        .map(|f| {
            let example = text(&f.name);
            let json = serde_json::from_str(&example).ok().filter(|v: &Value| !v.is_number());
            (f.name.clone(), json.unwrap_or(Value::from(example)))
        })
        .filter(|(name, value)| {
            let one = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
            let issues = check_content(entity, &one).err().map(|f| f.issues).unwrap_or_default();
            !issues.iter().any(|i| i.field == *name)
        })
        .collect();
    let content = check_content(entity, &Value::Object(input)).unwrap_or_default();
    let code = entity.code;
    (0..8u8).map(move |k| {
        let id = RecordId::from_bytes([0x70 + n, k, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
        let owner = if k % 2 == 0 { ME } else { STRANGER };
        Op::Put(IndexRow {
            id,
            entity: code,
            subject: id.cast(),
            owner,
            team: if owner == ME { MY_TEAM } else { TeamId::from_bytes([8; 16]) },
            parent: None,
            version: 1,
            created_at: Time(i64::from(k)),
            updated_at: Time(i64::from(k)),
            created_by: owner,
            updated_by: owner,
            archived: k > 5,
            content: content.clone(),
        })
    })
}

fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| {
        let place = tempfile::tempdir().expect("a temporary folder");
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(2));
        let root = RootKey::create_file(&place.path().join("root.key"), &*random).expect("a root key");
        let organisation = OrgId::from_bytes([1; 16]);
        let vault = Vault::create(&place.path().join("keys"), &root, organisation, Time(0), random);
        let key = vault.expect("a vault").page_key("index").expect("a key");
        let catalog = Arc::new(Catalog::new(1, builtin()));
        let keyed = Arc::new(|text: &str| vault::sha256(&[text.as_bytes()]));
        let options = Options { readers: 1, cache_kib: 2048 };
        let path = place.path().join("index.db");
        let index = Index::open(&path, &key, catalog.clone(), keyed, options).expect("an index");
        let runtime = Builder::new_current_thread().build().expect("a runtime");
        let all = (0u8..).zip(catalog.entities()).flat_map(|(n, entity)| rows(entity, n));
        let numbered = (1..).zip(all).collect();
        runtime.block_on(index.apply(numbered)).expect("applied");
        let actor =
            Actor { user: ME, session: SessionId::from_bytes([7; 16]), token: None, at: kernel::Time(0) };
        House { policy: policy(&catalog), catalog, actor, index, runtime, _place: place }
    })
}

/// The query in lines of `f=filter`, `q=search`, `s=sort`, `c=cursor in hex`, `n=limit`, `p=parent`, `b=`.
fn query(entity: &Entity, permit: &ListPermit, text: &str) -> Result<Query, Fault> {
    let mut query = Query::default();
    for (kind, value) in text.lines().filter_map(|line| line.split_once('=')) {
        match kind {
            "f" => {
                let filter = parse_filter(entity, permit.most(), query.filters.len(), value)?;
                let seen = permit.most().level(&filter.field) >= Level::Read;
                assert!(seen || entity.field(&filter.field).is_none(), "a filter by what may not be seen");
                query.filters.push(filter);
            }
            "q" => query.search = Some(value.to_owned()),
            "s" => {
                let (name, descending) = value.strip_prefix('-').map_or((value, false), |n| (n, true));
                let by = match name {
                    "updated_at" => SortBy::Updated,
                    "created_at" => SortBy::Created,
                    _ => SortBy::Field(name.to_owned()),
                };
                query.sort = Sort { by, descending };
            }
            "c" => query.after = hex::decode(value).ok().and_then(|b| CursorKey::from_bytes(&b).ok()),
            "n" => query.limit = value.parse().unwrap_or_default(),
            "p" => query.parent = value.parse().ok(),
            "b" => query.archived = true,
            _ => {}
        }
    }
    Ok(query)
}

/// A list. Whatever is asked, the answer holds nothing hidden, and what cannot be answered is the
/// asker's mistake.
pub fn list(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let house = house();
    let entity = pick(house.catalog.entities(), *first);
    let permit = house.policy.list(&house.actor, Action::Read, entity.code).expect("it may be read");
    let answer = query(entity, &permit, &String::from_utf8_lossy(rest)).and_then(|query| {
        let limit = query.limit;
        let count = house.runtime.block_on(house.index.count(&permit, query.clone(), 100))?;
        let page = house.runtime.block_on(house.index.query(&permit, query))?;
        assert!(page.rows.len() <= limit.min(limits::PAGE_MAX) as usize);
        assert!(page.rows.len() <= count as usize, "more on the page than there are");
        Ok(page)
    });
    let page = match answer {
        Ok(page) => page,
        Err(fault) => {
            assert_eq!(fault.kind, FaultKind::Invalid, "{fault:?}");
            return;
        }
    };
    for row in &page.rows {
        assert_eq!(row.owner, ME, "a stranger's record");
        match &row.body {
            Body::Json(_) => assert!(permit.most().is_open()),
            Body::Fields { content, .. } => {
                assert!(content.keys().all(|name| permit.most().level(name) >= Level::Read));
            }
        }
        if let Some(next) = &page.next {
            assert_eq!(CursorKey::from_bytes(&next.to_bytes()).ok().as_ref(), Some(next));
        }
    }
}

/// Seeds of [`list`].
#[must_use]
pub fn list_seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (n, entity) in (0u8..).zip(house().catalog.entities()) {
        for field in &entity.fields {
            let (name, value) = (&field.name, example_of(field));
            let text = format!(
                "f={name}:eq:{value}\nf={name}:gte:{value}\nf={name}:has:{value},b\ns=-{name}\nn=2\nq={value}\n"
            );
            seeds.push([&[n], text.as_bytes()].concat());
            for op in ["eq", "in", "lt", "starts", "contains", "has", "filled"] {
                seeds.push([&[n], format!("f={name}:{op}:{value}\n").as_bytes()].concat());
            }
            seeds.push([&[n], format!("s={name}\nn=1\nc=020000000000000001616263\n").as_bytes()].concat());
        }
    }
    seeds.extend(texts([
        "\u{2}q=jan kowalski\nn=50\n",
        "\u{1}q=+48 600-100-200 \"OR* NEAR(\nb=\n",
        "\u{3}f=owner:eq:01010101-0101-0101-0101-010101010101\nf=updated_at:gt:1970-01-01T00:00:00Z\n",
        "\u{0}f=created_at:lte:2026-11-23T10:30:00Z\ns=created_at\nn=3\nc=0000000000000000ff\n",
        "\u{4}p=70030303-0303-0303-0303-030303030303\nq=a\ns=-updated_at\nc=0100000000000000020000000000000001\n",
    ]));
    seeds
}

/// Cursors. What is read is written as it was.
pub fn cursor(data: &[u8]) {
    if let Ok(cursor) = CursorKey::from_bytes(data) {
        assert_eq!(cursor.to_bytes(), data);
    }
}

/// Seeds of [`cursor`].
#[must_use]
pub fn cursor_seeds() -> Vec<Vec<u8>> {
    let of = |tag: u8, value: &[u8]| [&[tag], &7i64.to_be_bytes()[..], value].concat();
    vec![of(0, b""), of(1, &9i64.to_be_bytes()), of(2, "Łódź".as_bytes()), of(3, &[0xff, 0])]
}
