//! The gate and the index agree: whatever the roles, teams, users and data, a list has the rows that the
//! decision on each of them allows, and no other.

use super::naive::Naive;
use super::*;
use access::{Decision, Grant, Grantee, Over, Thing};
use kernel::GrantId;

const POLICIES: usize = 10_000;
/// Policies tried on the same data.
const EACH: usize = 500;
const ENTITIES: [&str; 6] = ["company", "person", "lead", "deal", "activity", "note"];
const SCOPES: [Scope; 5] = [Scope::None, Scope::Own, Scope::Team, Scope::Below, Scope::All];
const TEAMS: u32 = 9;
const USERS: u32 = 6;

struct Dice(SeededRandom);

impl Dice {
    fn roll(&self, sides: u32) -> u32 {
        let mut b = [0u8; 4];
        self.0.fill(&mut b);
        u32::from_le_bytes(b) % sides
    }

    fn chance(&self, one_in: u32) -> bool {
        self.roll(one_in) == 0
    }
}

/// Records of every entity; children hang on whatever is there, on what never comes, or on nothing.
fn random_rows(w: &World, dice: &Dice) -> Vec<IndexRow> {
    let row = |n: u32| {
        let entity = ENTITIES[n as usize % 6];
        let parent = (n % 6 >= 4 && !dice.chance(5)).then(|| record(dice.roll(90) / 6 * 6 + dice.roll(4)));
        IndexRow {
            owner: user(1 + dice.roll(USERS)),
            team: team(1 + dice.roll(TEAMS)),
            parent,
            ..w.row(entity, n, &[("name", json!("Nazwa"))])
        }
    };
    (0..84).map(row).collect()
}

fn random_role(dice: &Dice, n: u32) -> Role {
    let mut entities = BTreeMap::new();
    let mut denials = BTreeMap::new();
    for entity in ENTITIES {
        if !dice.chance(3) {
            let mut rights = rights(SCOPES[dice.roll(5) as usize]);
            if dice.chance(3) {
                let name = if entity == "note" || entity == "activity" { "title" } else { "name" };
                let level = if dice.chance(2) { Level::Hidden } else { Level::Masked };
                rights.fields.insert(name.to_owned(), level);
            }
            entities.insert(entity.to_owned(), rights);
        }
        if dice.chance(40) {
            denials.insert(entity.to_owned(), [Action::Read].into());
        }
    }
    Role {
        id: RoleId::from_bytes(bytes(n)),
        name: format!("role{n}"),
        label: Text::same("role"),
        built_in: false,
        entities,
        denials,
        things: BTreeMap::<Thing, _>::new(),
    }
}

/// Some in force, some not; over records that are there, with what hangs on them or not, and over what somebody owns.
fn random_grant(dice: &Dice, entity_of: impl Fn(u32) -> schema::EntityCode, n: u32) -> Grant {
    let at = dice.roll(84);
    let to = if dice.chance(4) {
        Grantee::Team(team(1 + dice.roll(TEAMS)))
    } else {
        Grantee::User(user(1 + dice.roll(USERS)))
    };
    let name = |n: &&str| if dice.chance(2) { Some((*n).to_owned()) } else { None };
    Grant {
        id: GrantId::from_bytes(bytes(n)),
        by: user(9),
        to,
        role: RoleId::from_bytes(bytes(dice.roll(5))),
        over: match dice.roll(5) {
            0 => Over::OwnedBy(user(1 + dice.roll(USERS))),
            1 | 2 => Over::Record(entity_of(at), record(at)),
            _ => Over::Tree(entity_of(at), record(at)),
        },
        fields: dice
            .chance(3)
            .then(|| Arc::new(["name", "title", "city", "stage"].iter().filter_map(name).collect())),
        from: Time(i64::from(dice.roll(5)) / 4),
        until: dice.chance(4).then(|| Time(i64::from(dice.roll(2)))),
        most: None,
    }
}

/// Up to four roles, a tree of teams, and users with some of the roles; some users are not active, some
/// teams are nobody's, and some roles are gone.
fn random_policy(w: &World, dice: &Dice) -> Policy {
    let roles: HashMap<RoleId, Role> =
        (0..1 + dice.roll(4)).map(|n| random_role(dice, n)).map(|r| (r.id, r)).collect();
    let teams = (1..=TEAMS).map(|n| {
        let parent = (n > 1 && !dice.chance(4)).then(|| team(1 + dice.roll(n - 1)));
        (team(n), Team { id: team(n), name: n.to_string(), parent })
    });
    let members = (1..=USERS).map(|n| {
        let held = (0..dice.roll(4)).map(|_| RoleId::from_bytes(bytes(dice.roll(5)))).collect();
        let member = Member {
            user: user(n),
            team: team(1 + dice.roll(TEAMS)),
            roles: held,
            active: !dice.chance(12),
            owner: None,
            partner: None,
        };
        (user(n), member)
    });
    let mut grants = access::Grants::default();
    for n in 0..dice.roll(24) {
        grants.put(random_grant(dice, |at| w.entity(ENTITIES[at as usize % 6]).code, n));
    }
    Policy {
        version: 1,
        grants,
        catalog: w.catalog.clone(),
        teams: teams.collect(),
        members: members.collect(),
        roles,
        ..Policy::default()
    }
}

#[tokio::test]
async fn lists_hold_what_decisions_allow() {
    let (mut tried, mut allowed, mut refused, mut unlike) = (0, 0, 0, 0);
    for seed in 0.. {
        if tried >= POLICIES {
            break;
        }
        let dice = Dice(SeededRandom::new(seed));
        let w = World::new();
        let rows = random_rows(&w, &dice);
        w.put(rows.clone()).await;
        for _ in 0..EACH {
            let policy = random_policy(&w, &dice);
            let actor = Actor { user: user(1 + dice.roll(USERS)), ..actor() };
            let entity = w.entity(ENTITIES[dice.roll(6) as usize]);
            let naive = Naive { rows: rows.clone(), entity };
            let decide = |r: &IndexRow| -> bool {
                let decision: Option<Decision> =
                    naive.facts(r).map(|f| policy.decide(&actor, Action::Read, &f));
                r.entity == entity.code && decision.is_some_and(|d| d.allow)
            };
            let mut expected: Vec<RecordId> = rows.iter().filter(|r| decide(r)).map(|r| r.id).collect();
            expected.sort_unstable();
            let mut found = match policy.list(&actor, Action::Read, entity.code) {
                Ok(permit) => {
                    let query = Query { limit: 200, ..Query::default() };
                    let page = w.index.query(&permit, query).await.unwrap();
                    for row in &page.rows {
                        let whole = rows.iter().find(|r| r.id == row.id).unwrap();
                        let one = policy.read(&actor, row.id, &naive.facts(whole).unwrap()).unwrap();
                        shown_alike(entity, one.mask(), row, whole);
                        unlike += usize::from(!permit.is_alike());
                    }
                    page.rows.iter().map(|r| r.id).collect()
                }
                Err(_) => Vec::new(),
            };
            found.sort_unstable();
            assert_eq!(found, expected, "seed {seed}, policy {tried}: {policy:?} {actor:?} {}", entity.name);
            tried += 1;
            allowed += expected.len();
            refused += rows.iter().filter(|r| r.entity == entity.code).count() - expected.len();
        }
    }
    assert!(tried >= POLICIES && allowed > 10_000 && refused > 10_000, "{tried} {allowed} {refused}");
    assert!(unlike > 2_000, "{unlike} rows of lists that show more of some than of others");
}

/// A row of a list has those values that opening the record shows, and no other.
fn shown_alike(entity: &Entity, mask: &access::Mask, row: &ListRow, whole: &IndexRow) {
    let shown = content(row);
    for field in entity.fields.iter().filter(|f| f.is_listed()) {
        let value = whole.content.get(&field.name).filter(|_| mask.level(&field.name) >= Level::Read);
        assert_eq!(shown.get(&field.name), value, "{} {:?}", field.name, row.id);
    }
}
