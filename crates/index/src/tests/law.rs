//! Whatever the policy, the data and the question: the index answers as going through all rows would,
//! and paging gives every row exactly once, in order.

use super::naive::Naive;
use super::*;
use crate::{Filter, Operator, Sort, SortBy};
use access::{Grant, Grantee, Over};
use kernel::GrantId;
use serde_json::Value;

struct Dice(SeededRandom);

impl Dice {
    fn roll(&self, sides: usize) -> usize {
        let mut b = [0u8; 4];
        self.0.fill(&mut b);
        u32::from_le_bytes(b) as usize % sides
    }

    fn pick<'a, T>(&self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }

    fn chance(&self, one_in: usize) -> bool {
        self.roll(one_in) == 0
    }
}

const NAMES: [&str; 12] = [
    "Anna Łukasik",
    "Jan Kowalski",
    "Ewa Źrebiec",
    "Żaneta Zając",
    "Łucja Lis",
    "Piotr Ćwik",
    "ANNA lukasik",
    "Óla Nowak",
    "Kowal",
    "Iwan Иванов",
    "Nowakowska-Lis Ada",
    "Jan",
];
const WORDS: [&str; 14] =
    ["an", "a", "kow", "łuk", "wal", "jan", "nowak", "ęś", "lis", "ź", "umowa", "mowa", "termin", "zz"];
const LONG: [&str; 4] = ["Umowa ramowa i termin", "termin umowy: jutro", "Łukasz, lista gęśli", "kowadło"];
const CITIES: [&str; 5] = ["Łódź", "Lublin", "lodz", "Żory", "Kraków"];
const DAYS: [&str; 4] = ["2026-01-01", "1999-12-31", "2026-06-15", "1970-01-01"];
const AMOUNTS: [&str; 5] = ["10.50", "-3", "1000000", "0", "10.5"];
const TAGS: [&str; 4] = ["VIP", "Łódzkie", "nowy", "vip"];
const STAGES: [&str; 3] = ["new", "offer", "won"];

fn content_of(dice: &Dice, entity: &str) -> Content {
    let mut out = Content::new();
    let mut put = |name: &str, value: Value| {
        if !dice.chance(4) {
            out.insert(name.to_owned(), value);
        }
    };
    let name = json!(dice.pick(&NAMES));
    let reference = || json!(record(1 + dice.roll(20) as u32).to_string());
    let tags = || json!([dice.pick(&TAGS), dice.pick(&TAGS)]);
    match entity {
        "person" => {
            put("name", name.clone());
            put("sort_name", name);
            put("city", json!(dice.pick(&CITIES)));
            put("birthday", json!(dice.pick(&DAYS)));
            put("company", reference());
            put("tags", tags());
            put("description", json!(dice.pick(&LONG)));
        }
        "deal" => {
            put("name", name);
            put("value", json!({"amount": dice.pick(&AMOUNTS), "currency": "PLN"}));
            put("stage", json!(dice.pick(&STAGES)));
            put("company", reference());
            put("expected_close", json!(dice.pick(&DAYS)));
            put("tags", tags());
        }
        "activity" => {
            put("title", name);
            put("done", json!(dice.chance(2)));
            put("due", json!(format!("{}T10:00:00.000Z", dice.pick(&DAYS))));
            put("place", json!(dice.pick(&CITIES)));
            put("description", json!(dice.pick(&LONG)));
        }
        _ => put("body", json!(dice.pick(&LONG))),
    }
    out
}

const ENTITIES: [&str; 4] = ["person", "deal", "activity", "note"];

fn random_row(w: &World, dice: &Dice, n: u32, version: u64) -> IndexRow {
    // The entity follows from the number, so that a later version is of the same one.
    let entity = ENTITIES[n as usize % 4];
    let child = n % 4 >= 2;
    // Numbers 0 and 1 modulo 4 are people and deals; some parents never come.
    let parent = (child && !dice.chance(4)).then(|| record(dice.roll(32) as u32 * 4 + dice.roll(2) as u32));
    IndexRow {
        owner: user(1 + dice.roll(4) as u32),
        team: team(1 + dice.roll(9) as u32),
        parent,
        version,
        updated_at: Time(dice.roll(25) as i64),
        archived: dice.chance(5),
        content: content_of(dice, entity),
        ..w.row(entity, n, &[])
    }
}

/// Fills the index in several calls, with changes, removals and children that come before their parents.
async fn fill(w: &World, dice: &Dice) -> Vec<IndexRow> {
    let mut rows: Vec<IndexRow> = Vec::new();
    let mut seq = 0;
    for _ in 0..6 {
        let mut ops = Vec::new();
        for _ in 0..50 {
            seq += 1;
            let n = dice.roll(120) as u32;
            let at = rows.iter().position(|r| r.id == record(n));
            match at {
                Some(at) if dice.chance(8) => {
                    let old = rows.remove(at);
                    ops.push((seq, Op::Remove { id: old.id, entity: old.entity }));
                }
                Some(at) => {
                    rows[at] = random_row(w, dice, n, seq);
                    ops.push((seq, Op::Put(rows[at].clone())));
                }
                None => {
                    rows.push(random_row(w, dice, n, seq));
                    ops.push((seq, Op::Put(rows[rows.len() - 1].clone())));
                }
            }
        }
        w.index.apply(ops).await.unwrap();
    }
    rows
}

fn random_policy(w: &World, dice: &Dice) -> Policy {
    let scopes = [Scope::None, Scope::Own, Scope::Team, Scope::Below, Scope::All];
    let mut policy = policy(&w.catalog, &random_rights(dice, &scopes));
    // Half of them hold another role besides, and have grants of either, so that rows of a list are not alike.
    if dice.chance(2) {
        let first = policy.roles[&RoleId::from_bytes([5; 16])].clone();
        let entities = random_rights(dice, &scopes).into_iter().map(|(n, r)| (n.to_owned(), r)).collect();
        let second = Role { id: RoleId::from_bytes([6; 16]), name: "second".to_owned(), entities, ..first };
        if dice.chance(2) {
            policy.members.get_mut(&user(1)).unwrap().roles.push(second.id);
        }
        for n in 0..dice.roll(12) as u32 {
            let (role, at) = (*dice.pick(&[first.id, second.id]), dice.roll(120) as u32);
            policy.grants.put(random_grant(w, dice, n, role, at));
        }
        policy.roles.insert(second.id, second);
    }
    policy
}

fn random_grant(w: &World, dice: &Dice, n: u32, role: RoleId, at: u32) -> Grant {
    let entity = w.entity(ENTITIES[at as usize % 4]).code;
    let fields = ["name", "first_name", "last_name", "sort_name", "city", "stage", "place", "title", "tags"];
    Grant {
        id: GrantId::from_bytes(bytes(n)),
        by: user(9),
        to: if dice.chance(3) { Grantee::Team(team(1)) } else { Grantee::User(user(1)) },
        role,
        over: match dice.roll(6) {
            0 => Over::OwnedBy(user(1 + dice.roll(4) as u32)),
            1 | 2 => Over::Record(entity, record(at)),
            _ => Over::Tree(entity, record(at)),
        },
        fields: dice.chance(3).then(|| {
            Arc::new(fields.iter().filter(|_| dice.chance(2)).map(|name| (*name).to_owned()).collect())
        }),
        from: Time(0),
        until: None,
        most: None,
    }
}

fn random_rights(dice: &Dice, scopes: &[Scope]) -> Vec<(&'static str, EntityRights)> {
    let mut all: Vec<(&str, EntityRights)> = Vec::new();
    for entity in ["person", "deal", "company", "lead", "activity", "note"] {
        let read = if dice.chance(4) { Scope::All } else { *dice.pick(scopes) };
        let mut rights = rights(read);
        if dice.chance(3) {
            let field = if entity == "activity" || entity == "note" { "title" } else { "description" };
            rights.fields.insert(field.to_owned(), Level::Hidden);
        }
        if dice.chance(4) {
            let field = *dice.pick(&["city", "stage", "place", "first_name"]);
            rights.fields.insert(field.to_owned(), Level::Masked);
        }
        all.push((entity, rights));
    }
    all
}

fn random_filter(dice: &Dice, entity: &str) -> Filter {
    use Operator as O;
    let ordered = [O::Eq, O::Ne, O::Lt, O::Lte, O::Gt, O::Gte];
    let (field, op, value) = match (entity, dice.roll(4)) {
        ("person" | "deal", 0) => ("tags", O::Has, json!(dice.pick(&TAGS))),
        ("person" | "deal", 1) => (
            "company",
            *dice.pick(&[O::Eq, O::Ne, O::In]),
            json!(record(1 + dice.roll(20) as u32).to_string()),
        ),
        ("person", 2) => ("birthday", *dice.pick(&ordered), json!(dice.pick(&DAYS))),
        ("deal", 2) => {
            ("value", *dice.pick(&ordered), json!({"amount": dice.pick(&AMOUNTS), "currency": "PLN"}))
        }
        ("deal", _) => ("stage", *dice.pick(&[O::Eq, O::In, O::Ne]), json!(dice.pick(&STAGES))),
        ("person", _) => (
            "city",
            *dice.pick(&[O::Eq, O::Starts, O::Contains, O::Lt, O::Ne]),
            json!(dice.pick(&["Łódź", "l", "Żo", "ub"])),
        ),
        ("activity", 0) => ("done", *dice.pick(&[O::Eq, O::Ne]), json!(dice.chance(2))),
        ("activity", 1) => {
            ("due", *dice.pick(&ordered), json!(format!("{}T10:00:00.000Z", dice.pick(&DAYS))))
        }
        ("activity", _) => ("place", *dice.pick(&ordered), json!(dice.pick(&CITIES))),
        _ => ("title", O::Filled, json!(0)),
    };
    match (dice.roll(6), op) {
        (0, _) | (_, O::Filled) => {
            Filter { field: field.to_owned(), op: *dice.pick(&[O::Empty, O::Filled]), values: vec![] }
        }
        (_, O::In) => Filter { field: field.to_owned(), op, values: vec![value.clone(), value] },
        _ => Filter { field: field.to_owned(), op, values: vec![value] },
    }
}

fn random_query(dice: &Dice, entity: &str) -> Query {
    let fields: &[&str] = match entity {
        "person" => &["sort_name", "city", "birthday"],
        "deal" => &["name", "value", "stage"],
        "activity" => &["due", "place", "done"],
        _ => &["created"],
    };
    let by = match dice.roll(5) {
        0 => SortBy::Created,
        1 | 2 if entity != "note" => SortBy::Field((*dice.pick(fields)).to_owned()),
        _ => SortBy::Updated,
    };
    let search = dice.chance(3).then(|| {
        let one = *dice.pick(&WORDS);
        if dice.chance(3) { format!("{one} {}", dice.pick(&WORDS)) } else { one.to_owned() }
    });
    let child = entity == "activity" || entity == "note";
    Query {
        filters: if entity != "note" && dice.chance(3) { vec![random_filter(dice, entity)] } else { vec![] },
        search,
        sort: Sort { by, descending: dice.chance(2) },
        limit: 1 + dice.roll(9) as u32,
        after: None,
        archived: dice.chance(6),
        parent: (child && dice.chance(8)).then(|| record(dice.roll(32) as u32 * 4)),
        live_parents: false,
        ids: dice.chance(12).then(|| (0..20).map(|_| record(dice.roll(120) as u32)).collect()),
        fields: None,
    }
}

#[tokio::test]
async fn the_index_answers_as_a_walk_over_all_rows() {
    let (mut asked, mut rows_seen, mut unlike) = (0, 0, 0);
    for seed in 0..8 {
        let dice = Dice(SeededRandom::new(seed));
        let w = World::new();
        let rows = fill(&w, &dice).await;
        while asked < (seed as usize + 1) * 300 {
            let policy = random_policy(&w, &dice);
            let name = *dice.pick(&ENTITIES);
            let entity = w.entity(name);
            let Ok(permit) = policy.list(&actor(), Action::Read, entity.code) else {
                continue;
            };
            let naive = Naive { rows: rows.clone(), entity };
            let query = random_query(&dice, name);
            let asks = query.filters.iter().map(|f| f.field.as_str());
            let by = match &query.sort.by {
                SortBy::Field(field) => Some(field.as_str()),
                _ => None,
            };
            if asks.chain(by).any(|field| !is_readable(entity, &permit, field)) {
                let refused = w.index.query(&permit, query).await.unwrap_err();
                assert_eq!(
                    refused.kind,
                    kernel::FaultKind::Invalid,
                    "by what is hidden everywhere nothing is asked"
                );
                continue;
            }
            unlike += usize::from(!permit.is_alike());
            let expected = naive.answer(&permit, &query);
            let label = format!("seed {seed} question {asked} {name} {query:?} {:?}", permit.predicate());
            assert_eq!(pages(&w, &permit, query.clone()).await, expected, "{label}");
            let count = w.index.count(&permit, query, 1_000).await.unwrap();
            assert_eq!(count as usize, expected.len(), "count {label}");
            asked += 1;
            rows_seen += expected.len();
        }
        for row in &rows {
            let naive = Naive { rows: rows.clone(), entity: w.entity("person") };
            let facts = w.index.facts(vec![row.id]).await.unwrap().remove(&row.id);
            assert_eq!(facts, naive.facts(row), "seed {seed}");
        }
        tokens_are_sound(&w);
    }
    assert!(asked >= 2_000 && rows_seen > 10_000, "{asked} questions, {rows_seen} rows");
    assert!(unlike > 500, "{unlike} questions about rows that are not alike");
}

fn is_readable(entity: &Entity, permit: &ListPermit, field: &str) -> bool {
    let sources = schema::sources_of(&entity.name, field);
    [field].iter().chain(sources).all(|name| permit.most().level(name) >= Level::Read)
}

/// What full-text search keeps is sound.
fn tokens_are_sound(w: &World) {
    let file = vault::open_database(&w.path(), &key(), vault::Durability::Normal, 1024, false).unwrap();
    for name in ENTITIES {
        file.execute_batch(&format!("INSERT INTO s_{name} (s_{name}) VALUES ('integrity-check');")).unwrap();
    }
}

async fn pages(w: &World, permit: &ListPermit, mut query: Query) -> Vec<RecordId> {
    let mut out = Vec::new();
    loop {
        let page = w.index.query(permit, query.clone()).await.unwrap();
        assert!(page.rows.len() <= query.limit as usize);
        out.extend(page.rows.iter().map(|r| r.id));
        let Some(next) = page.next else { return out };
        assert!(!page.rows.is_empty() && out.len() < 1_000);
        query.after = Some(crate::CursorKey::from_bytes(&next.to_bytes()).unwrap());
    }
}
