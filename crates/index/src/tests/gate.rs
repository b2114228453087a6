//! The gate and the index agree: whatever the roles, teams, users and data, a list has the rows that the
//! decision on each of them allows, and no other.

use super::naive::Naive;
use super::*;
use access::{Decision, Thing};

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
            entities.insert(entity.to_owned(), rights(SCOPES[dice.roll(5) as usize]));
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
        };
        (user(n), member)
    });
    Policy {
        version: 1,
        catalog: w.catalog.clone(),
        teams: teams.collect(),
        members: members.collect(),
        roles,
        ..Policy::default()
    }
}

#[tokio::test]
async fn lists_hold_what_decisions_allow() {
    let (mut tried, mut allowed, mut refused) = (0, 0, 0);
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
}
