//! Who takes part, and with what.

use crate::front::help::{api, named};
use kernel::{IdSource, RecordId, SystemRandom};
use serde_json::{Value, json};
use std::collections::HashMap;
use testkit::{Client, World};

/// Teams of the cast; each has somebody without a role, so that records can be others'.
const TEAMS: [&str; 6] = ["Firma Przykładowa", "Sprzedaż", "Północ", "Południe", "Marketing", "Zarząd"];

/// A column of the matrix with a role: its heading, who holds it, that one's team.
pub struct Role {
    pub name: &'static str,
    pub login: &'static str,
    pub team: &'static str,
    pub client: Client,
}

pub struct Stage {
    pub world: World,
    pub roles: Vec<Role>,
    /// Nobody, somebody suspended, and a token for reading people alone.
    pub nobody: Client,
    pub suspended: Client,
    pub token: Client,
    /// Users by log-in name, teams by name.
    pub users: HashMap<String, String>,
    pub teams: HashMap<String, String>,
    ids: IdSource,
}

const ROLES: [(&str, &str, &str); 8] = [
    ("seller", "anna.kowalska", "Północ"),
    ("team lead", "magdalena.wojcik", "Sprzedaż"),
    ("management", "barbara.dabrowska", "Zarząd"),
    ("marketing", "marta.nowak", "Marketing"),
    ("DPO", "zofia.jablonska", "Zarząd"),
    ("auditor", "danuta.krol", "Zarząd"),
    ("administrator", "robert.szymanski", "Firma Przykładowa"),
    ("no role", "ewa.pusta", "Marketing"),
];

/// Log-in name of the one without a role in a team.
pub fn colleague(team: &str) -> String {
    format!("kolega.{}", TEAMS.iter().position(|t| *t == team).unwrap())
}

/// A team that has nothing to do with this one.
pub fn elsewhere(team: &str) -> &'static str {
    if matches!(team, "Sprzedaż" | "Południe") { "Marketing" } else { "Południe" }
}

impl Stage {
    pub async fn set() -> Self {
        let world = World::new().await;
        let admin = world.sign_in("robert.szymanski").await;
        let mut teams = HashMap::new();
        for team in TEAMS {
            teams.insert(team.to_owned(), named(&admin, "teams", team).await);
            user(&world, &admin, &colleague(team), &teams[team], json!([])).await;
        }
        let seller = named(&admin, "roles", "seller").await;
        let gone = user(&world, &admin, "karol.zawieszony", &teams["Północ"], json!([seller])).await;
        let suspended = world.sign_in("karol.zawieszony").await;
        let _ = admin.patch(&api(&format!("users/{gone}")), 2, &json!({ "active": false })).await.expect(200);

        let listed = admin.get(&api("users")).await.expect(200).json();
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        let users =
            listed["items"].as_array().unwrap().iter().map(|u| (text(&u["login"]), text(&u["id"]))).collect();
        let mut roles = Vec::new();
        for (name, login, team) in ROLES {
            roles.push(Role { name, login, team, client: world.sign_in(login).await });
        }
        let token = token(&world, &roles[0].client).await;
        let nobody = world.client();
        Self { world, roles, nobody, suspended, token, users, teams, ids: IdSource::new() }
    }

    /// Puts a record into the store behind the front door, whoever may make it.
    pub async fn load(
        &self,
        entity: &str,
        owner: &str,
        team: &str,
        parent: Option<RecordId>,
        fields: Value,
    ) -> RecordId {
        let engine = self.world.app().engine();
        let id = self.ids.next(&*self.world.clock, &SystemRandom);
        let record = records::Loaded {
            id,
            owner: self.users[owner].parse().unwrap(),
            team: self.teams[team].parse().unwrap(),
            parent,
            created_at: testkit::START,
            updated_at: testkit::START,
            input: fields,
        };
        engine.load(engine.policy().catalog.get(entity).unwrap(), vec![record]).await.unwrap();
        id
    }
}

async fn user(world: &World, admin: &Client, login: &str, team: &str, roles: Value) -> String {
    let body = json!({
        "login": login, "name": login, "email": format!("{login}@firma.example"), "team": team, "roles": roles,
    });
    world.engage(admin, &body).await
}

/// A token of this user for reading people alone.
pub async fn token(world: &World, of: &Client) -> Client {
    let body = json!({
        "label": "macierz", "ends_at": testkit::START.plus_s(86_400).rfc3339(),
        "scope": { "entities": { "person": ["read"] } },
    });
    let made = of.post(&api("tokens"), &body).await.expect(201).json();
    world.client().with_token(made["token"].as_str().unwrap())
}
