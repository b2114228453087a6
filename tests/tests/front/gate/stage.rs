//! A random house: roles, teams, people, a partner, records and grants, drawn from a seed.

use super::reference::{Grant, Limits, Record, Role, User, World as Model};
use crate::front::factors::{Phone, enrol, finish};
use crate::front::help::{api, endow, named, problem};
use crate::front::links::{NEW, choose, settings};
use kernel::{Clock, IdSource, Random, RecordId, SeededRandom, SystemRandom};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use testkit::{Client, World};

pub const HOUR_MS: i64 = 3_600_000;

pub const ENTITIES: [(&str, &str); 4] =
    [("company", "companies"), ("person", "people"), ("deal", "deals"), ("note", "notes")];

/// Fields that hold a word.
pub fn wordy(entity: &str) -> &'static [&'static str] {
    match entity {
        "company" => &["name", "industry", "city", "description"],
        "person" => &["first_name", "last_name", "job_title", "email", "description"],
        "deal" => &["name", "next_step", "lost_reason", "description"],
        _ => &["body"],
    }
}

/// Fields that no list shows: they are long.
pub const LONG: [&str; 2] = ["description", "body"];

pub struct Dice(SeededRandom);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(SeededRandom::new(seed))
    }

    pub fn below(&self, n: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % n as u64).unwrap()
    }

    fn one<T: Copy>(&self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn often(&self, of_ten: usize) -> bool {
        self.below(10) < of_ten
    }

    /// Rights over records, and now and then a denial.
    fn role(&self, name: &str) -> Value {
        let (mut entities, mut denials) = (json!({}), json!({}));
        for (entity, _) in ENTITIES {
            if self.often(8) {
                let mut scopes = json!({ "read": self.one(&["own", "team", "team", "below", "all"]) });
                for action in ["update", "export", "import", "create"] {
                    if self.often(6) {
                        scopes[action] = json!(self.one(&["own", "team", "below", "all"]));
                    }
                }
                let level = self.one(&["hidden", "masked", "read", "read", "write"]);
                let mut rights = json!({ "scopes": scopes, "level": level });
                if self.often(4) {
                    rights["trade"] = json!(self.one(&["hidden", "masked", "read"]));
                }
                for _ in 0..self.below(4) {
                    let field = self.one(wordy(entity));
                    rights["fields"][field] = json!(self.one(&["hidden", "masked", "read", "read"]));
                }
                entities[entity] = rights;
            }
            if self.below(25) == 0 {
                denials[entity] = json!([self.one(&["read", "export"])]);
            }
        }
        json!({ "name": name, "label": { "pl": name, "en": name }, "entities": entities, "denials": denials,
            "things": things(name) })
    }
}

/// Rights over things, which give nothing of a record: of one who reads users and roles, and of one who reads the ledger.
fn things(role: &str) -> Value {
    match role {
        "los_3" => json!({ "users": "read", "roles": "read" }),
        "los_4" => json!({ "ledger": "read" }),
        _ => json!({}),
    }
}

pub struct Stage {
    pub world: World,
    pub model: Model,
    pub admin: Client,
    pub writer: Client,
    /// In the order of the users of the model.
    pub callers: Vec<Client>,
    pub dice: Dice,
    role_ids: Vec<String>,
    guest: Phone,
}

/// Whom the model knows; the last two of the callers are a token of the first and the partner's guest.
const USERS: [(&str, &str); 5] = [
    ("anna.kowalska", "Północ"),
    ("piotr.zielinski", "Północ"),
    ("tomasz.lewandowski", "Południe"),
    ("magdalena.wojcik", "Sprzedaż"),
    ("ewa.pusta", "Marketing"),
];

impl Stage {
    pub async fn set(seed: u64) -> Self {
        let dice = Dice::new(seed);
        let world = World::with(settings()).await;
        let admin = world.sign_in("robert.szymanski").await;
        let mut model = Model { now: world.clock.now().0, ..Model::default() };
        let teams = admin.get(&api("teams")).await.expect(200).json();
        for team in teams["items"].as_array().unwrap() {
            let above = team["parent"].as_str().map(str::to_owned);
            model.teams.insert(team["id"].as_str().unwrap().to_owned(), above);
        }
        let mut role_ids = Vec::new();
        for name in ["viewer", "contributor"] {
            let roles = admin.get(&api("roles")).await.expect(200).json();
            let found =
                roles["items"].as_array().unwrap().iter().find(|r| r["name"] == name).unwrap().clone();
            role_ids.push(found["id"].as_str().unwrap().to_owned());
            model.roles.push(Role(found));
        }
        for (n, (login, team)) in USERS.iter().enumerate() {
            let role = dice.role(&format!("los_{n}"));
            let id = named(&admin, "users", login).await;
            // Whatever their rights become, they have an import of their own: of a row that is refused.
            let (own, file) = (world.sign_in(login).await, "last_name;email\nNowa;bez małpy\n");
            let at = api("imports/people");
            let _ = own.send(own.request(reqwest::Method::POST, &at).body(file)).await;
            clear(&admin, &id).await;
            role_ids.push(endow(&world, login, &role).await);
            model.roles.push(Role(role));
            let team = named(&admin, "teams", team).await;
            let roles = vec![model.roles.len() - 1];
            model.users.push(User { login: (*login).into(), id, team, roles, partner: None, limits: None });
        }
        // Some hold two.
        for (user, of) in [(1, 2), (3, 0)] {
            let id = model.users[user].id.clone();
            let roles = vec![model.users[user].roles[0], model.users[of].roles[0]];
            let named: Vec<&String> = roles.iter().map(|n| &role_ids[*n]).collect();
            change(&admin, &id, &json!({ "roles": named })).await;
            model.users[user].roles = roles;
        }
        model.users.push(User { limits: Some(Limits::new()), ..model.users[0].clone() });
        let all: BTreeMap<&str, &str> = ["read", "create", "update", "export", "import", "share"]
            .into_iter()
            .map(|a| (a, "all"))
            .collect();
        let rights = |_| json!({ "scopes": all, "level": "write", "special": "write" });
        let every: BTreeMap<&str, Value> = ENTITIES.iter().map(|(e, _)| (*e, rights(e))).collect();
        let role =
            json!({ "name": "wszystko", "label": { "pl": "Wszystko", "en": "All" }, "entities": every });
        endow(&world, "barbara.dabrowska", &role).await;
        let (guest, phone) = guest(&world, &admin, &mut model).await;
        let writer = world.sign_in("barbara.dabrowska").await;
        let mut stage =
            Self { world, model, admin, writer, callers: vec![guest], dice, role_ids, guest: phone };
        stage.load().await;
        for _ in 0..24 {
            stage.share().await;
        }
        assert!(stage.model.grants.len() >= 10, "{} grants", stage.model.grants.len());
        stage.begin().await;
        stage
    }

    /// Records of whoever, in whatever team; children hang on companies and people, or on nothing.
    async fn load(&mut self) {
        let (engine, ids) = (self.world.app().engine().clone(), IdSource::new());
        let teams: Vec<String> = self.model.teams.keys().cloned().collect();
        let owners: Vec<String> = self.model.users[..5].iter().map(|u| u.id.clone()).collect();
        for n in 0..34 {
            let (entity, plural) = ENTITIES[[0, 1, 2, 3, 1, 0, 3][n % 7]];
            let (owner, team) = (self.dice.one_of(&owners), self.dice.one_of(&teams));
            let above: Vec<usize> = (0..n).filter(|i| self.model.records[*i].entity != "note").collect();
            let parent = (entity == "note" && self.dice.often(8)).then(|| self.dice.one(&above));
            let word = |f: usize| format!("qz{n:02}{}", char::from(b'a' + u8::try_from(f).unwrap()));
            let words: BTreeMap<&str, String> =
                wordy(entity).iter().enumerate().map(|(f, name)| (*name, word(f))).collect();
            let mut fields = json!(words);
            let value = 1_000 + 7 * i64::try_from(n).unwrap();
            if entity == "person" {
                fields["email"] = json!(format!("{}@proba.example", words["email"]));
            }
            if entity == "deal" {
                fields["value"] = json!({ "amount": value.to_string(), "currency": "PLN" });
                let companies = self.model.records.iter().filter(|r| r.entity == "company");
                let companies: Vec<String> = companies.map(|r| r.id.clone()).collect();
                fields["company"] = json!(self.dice.one_of(&companies));
            }
            let id: RecordId = ids.next(&*self.world.clock, &SystemRandom);
            let loaded = records::Loaded {
                id,
                owner: owner.parse().unwrap(),
                team: team.parse().unwrap(),
                parent: parent.map(|p| self.model.records[p].id.parse().unwrap()),
                created_at: testkit::START,
                updated_at: testkit::START,
                input: fields,
            };
            engine.load(engine.policy().catalog.get(entity).unwrap(), vec![loaded]).await.unwrap();
            let id = id.to_string();
            self.model.records.push(Record { id, entity, plural, owner, team, parent, words, value });
        }
    }

    /// One more grant, if it may be given.
    async fn share(&mut self) {
        let (dice, model) = (&self.dice, &self.model);
        let role = dice.below(model.roles.len());
        let record = dice.below(model.records.len());
        let user = &model.users[dice.below(model.users.len())];
        let to = match dice.below(4) {
            0 => ("team", user.team.clone()),
            1 => ("partner", model.agreed.keys().next().unwrap().clone()),
            _ => ("user", user.id.clone()),
        };
        let outside = to.0 == "partner" || user.partner.is_some() && to.0 != "team";
        let role = if outside { 0 } else { role };
        if to.1.starts_with("00000000") {
            return;
        }
        let over = &model.records[record];
        let from = model.now + HOUR_MS * i64::try_from(dice.below(4)).unwrap();
        let until = from + HOUR_MS * i64::try_from(1 + dice.below(8)).unwrap();
        let (all, tree) = (wordy(over.entity), dice.often(5) && over.entity != "note");
        let fields = dice.often(4).then(|| vec![dice.one(all), dice.one(all)]);
        let time = |at: i64| kernel::Time(at).rfc3339();
        let body = json!({
            "to": { to.0: to.1 }, "role": self.role_ids[role], "reason": "Próba losowa", "with_related": tree,
            "fields": fields, "from": time(from), "until": time(until),
        });
        let at = api(&format!("{}/{}/grants", over.plural, over.id));
        let given = self.writer.post(&at, &body).await;
        if given.status.as_u16() != 201 {
            assert!(matches!(given.status.as_u16(), 409 | 422), "{}", given.text);
            return;
        }
        let fields: Option<BTreeSet<String>> =
            serde_json::from_value(given.json()["fields"].clone()).unwrap();
        let then = model.roles[role].clone();
        self.model.grants.push(Grant { to, role, then, record, tree, fields, from, until });
    }

    /// Everybody signs in, by now; and the token is made anew.
    async fn begin(&mut self) {
        self.model.now = self.world.clock.now().0;
        let guest = self.callers.pop().unwrap();
        if guest.get(&api("me")).await.status.as_u16() != 200 {
            let _ = guest
                .post(&api("sessions"), &json!({ "login": "jan.gosc", "password": NEW }))
                .await
                .expect(202);
            let _ = finish(&guest, &json!({ "totp": self.guest.code(self.model.now) })).await.expect(201);
        }
        let mut callers = Vec::new();
        for (login, _) in USERS {
            callers.push(self.world.sign_in(login).await);
        }
        let mut limits = Limits::new();
        for (entity, _) in ENTITIES {
            let actions = ["read", "export", "update"].into_iter().filter(|_| self.dice.often(8));
            limits.insert(entity.to_owned(), actions.map(str::to_owned).collect());
        }
        let until = kernel::Time(self.model.now + HOUR_MS).rfc3339();
        let body = json!({ "label": "próba", "ends_at": until, "scope": { "entities": limits } });
        let made = callers[0].post(&api("tokens"), &body).await.expect(201).json();
        self.model.users[5] = User { limits: Some(limits), ..self.model.users[0].clone() };
        callers.push(self.world.client().with_token(made["token"].as_str().unwrap()));
        callers.push(guest);
        self.callers = callers;
    }

    /// Hours pass, a role becomes another, somebody moves to another team.
    pub async fn turn(&mut self, hours: i64) {
        self.world.clock.advance_ms(hours * HOUR_MS);
        self.admin = self.world.sign_in("robert.szymanski").await;
        let n = 2 + self.dice.below(5);
        let role = self.dice.role(self.model.roles[n].0["name"].as_str().unwrap());
        let at = api(&format!("roles/{}", self.role_ids[n]));
        let roles = self.admin.get(&api("roles")).await.expect(200).json();
        let found = roles["items"].as_array().unwrap().iter().find(|r| r["id"] == self.role_ids[n].as_str());
        let version = found.unwrap()["version"].as_u64().unwrap_or_default();
        let put = self.admin.request(reqwest::Method::PUT, &at).header("if-match", format!("\"{version}\""));
        let _ = self.admin.send(put.json(&role)).await.expect(200);
        self.model.roles[n] = Role(role);
        let (user, teams) = (self.dice.below(5), self.model.teams.keys().cloned().collect::<Vec<_>>());
        let team = self.dice.one_of(&teams);
        change(&self.admin, &self.model.users[user].id, &json!({ "team": team })).await;
        self.model.users[user].team = team;
        self.begin().await;
    }
}

impl Dice {
    pub fn one_of(&self, all: &[String]) -> String {
        all[self.below(all.len())].clone()
    }
}

async fn change(admin: &Client, user: &str, with: &Value) {
    let at = api(&format!("users/{user}"));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    let _ = admin.patch(&at, version, with).await.expect(200);
}

async fn clear(admin: &Client, user: &str) {
    change(admin, user, &json!({ "roles": [] })).await;
}

/// Somebody of a partner whose agreement ends while the test runs.
async fn guest(world: &World, admin: &Client, model: &mut Model) -> (Client, Phone) {
    let until = model.now + 5 * HOUR_MS;
    let time = |at: i64| kernel::Time(at).rfc3339();
    let agreement = json!({
        "ground": "processing_agreement", "number": "UPP/1/2026", "signed_on": "2026-11-01",
        "valid_from": time(model.now - HOUR_MS), "valid_until": time(until),
    });
    let body = json!({
        "name": "Agencja Sowa", "contact": { "name": "Ada Sowa", "email": "ada@sowa.example" }, "agreement": agreement,
    });
    let partner = admin.post(&api("partners"), &body).await.expect(201).json();
    let partner = partner["id"].as_str().unwrap().to_owned();
    model.agreed.insert(partner.clone(), until);
    let new = json!({ "login": "jan.gosc", "name": "Jan Gość", "email": "jan.gosc@sowa.example", "partner": partner, "invite": {} });
    let made = admin.post(&api("users"), &new).await.expect(201).json();
    let link = made["invitation"]["link"].as_str().unwrap().rsplit_once('#').unwrap().1.to_owned();
    let _ = choose(&world.client(), &link, NEW).await.expect(200);
    let client = world.client();
    client.sign_in("jan.gosc", NEW).await;
    let _ = problem(&client.get(&api("people")).await, 403);
    let phone = enrol(&client, world.clock.now().0).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let team = "00000000-0000-0000-0000-000000000000".to_owned();
    model.users.push(User {
        login: "jan.gosc".into(),
        id,
        team,
        roles: Vec::new(),
        partner: Some(partner),
        limits: None,
    });
    (client, phone)
}
