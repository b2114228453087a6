//! The users of every test: two sales teams and everybody around them.

use crate::{PASSWORD, World};
use identity::NewUser;
use kernel::{IdSource, Lang, SystemRandom};
use serde_json::{Value, json};
use std::collections::HashMap;

/// One of the cast.
pub struct Person {
    /// Log-in name.
    pub login: &'static str,
    /// Name.
    pub name: &'static str,
    /// Name of the team.
    pub team: &'static str,
    /// Name of the role; none for somebody without any.
    pub role: Option<&'static str>,
}

const fn person(
    login: &'static str,
    name: &'static str,
    team: &'static str,
    role: Option<&'static str>,
) -> Person {
    Person { login, name, team, role }
}

/// Everybody but the administrator `robert.szymanski`, whom the instance begins with. Two sellers share
/// the team Północ; its leader and the management are above it.
pub const CAST: [Person; 9] = [
    person("anna.kowalska", "Anna Kowalska", "Północ", Some("seller")),
    person("piotr.zielinski", "Piotr Zieliński", "Północ", Some("seller")),
    person("tomasz.lewandowski", "Tomasz Lewandowski", "Południe", Some("seller")),
    person("magdalena.wojcik", "Magdalena Wójcik", "Sprzedaż", Some("team_lead")),
    person("barbara.dabrowska", "Barbara Dąbrowska", "Zarząd", Some("management")),
    person("marta.nowak", "Marta Nowak", "Marketing", Some("marketing")),
    person("zofia.jablonska", "Zofia Jabłońska", "Zarząd", Some("dpo")),
    person("danuta.krol", "Danuta Król", "Zarząd", Some("auditor")),
    person("ewa.pusta", "Ewa Pusta", "Marketing", None),
];

fn ids(list: &Value) -> HashMap<String, String> {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    list["items"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| (text(&item["name"]), text(&item["id"])))
        .collect()
}

/// Makes teams through the front door; and users as the machine makes them, so that each has the same password.
pub(crate) async fn engage(world: &World) {
    let admin = world.sign_in("robert.szymanski").await;
    for (name, parent) in [
        ("Sprzedaż", None),
        ("Północ", Some("Sprzedaż")),
        ("Południe", Some("Sprzedaż")),
        ("Marketing", None),
        ("Zarząd", None),
    ] {
        let teams = ids(&admin.get("/api/v1/teams").await.json());
        let parent = parent.and_then(|p| teams.get(p));
        let _ = admin.post("/api/v1/teams", &json!({ "name": name, "parent": parent })).await.expect(201);
    }
    let teams = ids(&admin.get("/api/v1/teams").await.json());
    let roles = ids(&admin.get("/api/v1/roles").await.json());
    let (engine, ids) = (world.app().engine(), IdSource::new());
    for p in CAST {
        let user = NewUser {
            login: p.login.to_owned(),
            name: p.name.to_owned(),
            email: format!("{}@firma.example", p.login),
            lang: Lang::Pl,
            team: teams[p.team].parse().expect("an id"),
            roles: p.role.map(|r| roles[r].parse().expect("an id")).into_iter().collect(),
            partner: None,
        };
        let id = ids.next(&*world.clock, &SystemRandom);
        engine.operator_invent_user(id, user, PASSWORD).await.expect("a user");
    }
}
