//! Every route that needs a right over a thing of administration is told as a use of that right, so that nobody is told to
//! take away what somebody works with; and what everybody does with what is one's own is no use of any.

use super::factors::enrol;
use super::grants::DAY_MS;
use super::help::{api, endow, make, named};
use super::jobs::ended;
use super::sign_on::Place;
use access::{Thing, Verb};
use kernel::Clock;
use ledger::{Act, Event, Outcome, Who};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Client, World};

/// The events of users that came since, with the rights over things that they say were used.
pub async fn told_since(world: &World, since: u64) -> Vec<(Act, Vec<(Thing, Verb)>)> {
    let rows = world.app().engine().store().events_from(since, 500).await.unwrap();
    let events = rows.iter().map(|row| Event::decode(&row.bytes).unwrap());
    let done = events.filter(|e| matches!(e.who, Who::User(_)) && e.outcome == Outcome::Done);
    done.map(|event| (event.act, records::used_over_things(&event))).collect()
}

pub async fn now(world: &World) -> u64 {
    world.app().engine().store().event_count().await.unwrap()
}

/// Asked for in tests that make what it takes: dead.rs, addresses_lost.rs.
const ELSEWHERE: [&str; 3] =
    ["DELETE jobs/dead/{id}", "POST jobs/dead/{id}/retry", "POST users/{id}/email-change"];

/// Routes that no right over a thing opens, though the matrix shows nobody, or administrators alone, at them.
const BESIDE: &[(&str, &[&str])] = &[
    (
        "What is one's own, or was sent to one: nobody of the matrix has one, or the administrator has it.",
        &[
            "POST access-requests/{id}/approve",
            "POST access-requests/{id}/decline",
            "DELETE grants/{id}",
            "POST grants/{id}/renewal",
            "GET approvals/{id}",
            "POST approvals/{id}/approve",
            "POST approvals/{id}/decline",
            "POST approvals/{id}/withdraw",
            "DELETE me/email",
            "POST me/email/lost",
            "DELETE me/factors/{id}",
            "DELETE sessions/{id}",
            "POST notices/read",
            "POST notices/{id}/read",
            "GET access-reviews/{id}/items",
            "POST access-reviews/{id}/confirm",
            "POST access-reviews/{id}/withdraw",
        ],
    ),
    ("For users of partners alone.", &["GET registrations", "POST registrations"]),
    ("A right over records.", &["POST {entities}/{id}/reveal"]),
    (
        "Before anybody is signed in.",
        &[
            "POST links/email",
            "POST links/refuse-email",
            "POST links/look",
            "POST links/password",
            "POST sign-on",
            "POST sign-on/finish",
            "POST sign-on/back-channel/{provider}",
            "GET sign-on/front-channel/{provider}",
            "POST sessions/factor",
        ],
    ),
    ("Whoever answers for it alone; a right shows why not.", &["POST service-accounts/{id}/tokens"]),
];

/// Routes that, as the matrix shows, nobody opens, or nobody without a right over things.
fn of_things() -> BTreeSet<&'static str> {
    let matrix = include_str!("../../access-matrix.md");
    let (_, routes) = matrix.split_once("## Routes").unwrap();
    let rows = routes.lines().filter_map(|line| line.strip_prefix("| `"));
    let needs = |row: &&str| {
        let cells: Vec<bool> = row.split(" | ").skip(1).map(|cell| cell.starts_with("yes")).collect();
        let [token, seller, lead, management, marketing, _dpo, auditor, administrator, none] = cells[2..]
        else {
            panic!("{row}")
        };
        let by_records = token || seller || lead || management || marketing || none;
        !by_records && (auditor || administrator || !cells.contains(&true))
    };
    let route = |row: &'static str| row.split_once('`').unwrap().0;
    rows.filter(needs).map(route).collect()
}

enum With {
    Nothing,
    Body(Value),
    Version(u64, Value),
}
use With::{Body, Nothing, Version};

/// Somebody who asks, and what was asked for.
struct Walk<'w> {
    world: &'w World,
    walked: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Walk<'_> {
    /// Asks, and looks at whether that is told as a use of the right.
    async fn ask(
        &mut self,
        (by, right): (&Client, (Thing, Verb)),
        route: &'static str,
        path: &str,
        with: With,
    ) -> Value {
        let since = now(self.world).await;
        let (method, _) = route.split_once(' ').unwrap();
        let request = by.request(Method::from_bytes(method.as_bytes()).unwrap(), &api(path));
        let answer = by
            .send(match with {
                Nothing => request,
                Body(body) => request.json(&body),
                Version(at, Value::Null) => request.header("if-match", format!("\"{at}\"")),
                Version(at, body) => request.header("if-match", format!("\"{at}\"")).json(&body),
            })
            .await;
        if !answer.status.is_success() {
            self.wrong.push(format!("{route}: {} {}", answer.status, answer.text));
            return Value::Null;
        }
        let body = if answer.text.starts_with('{') { answer.json() } else { Value::Null };
        if ["POST users/{id}/hand-over", "POST ledger/verify"].contains(&route) {
            let _ = ended(by, &body).await;
        }
        let told = told_since(self.world, since).await;
        // Who manages a thing uses that by looking at it, too.
        let counts = |(thing, verb): &(Thing, Verb)| *thing == right.0 && *verb <= right.1;
        if !told.iter().any(|(_, used)| used.iter().any(counts)) {
            self.wrong.push(format!("{route}: {right:?} in {told:?}"));
        }
        self.walked.insert(route.to_owned());
        body
    }

    async fn read(&mut self, by: (&Client, Thing), route: &'static str, path: &str) -> Value {
        self.ask((by.0, (by.1, Verb::Read)), route, path, Nothing).await
    }

    async fn write(&mut self, by: (&Client, Thing), route: &'static str, path: &str, with: With) -> Value {
        self.ask((by.0, (by.1, Verb::Manage)), route, path, with).await
    }
}

/// A text of an answer; of none, what the next request is refused for.
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("none")
}

fn version(of: &Value) -> u64 {
    of["version"].as_u64().unwrap_or_default()
}

/// Who asks: two administrators, of whom the other sees records too; the auditor; and Anna, who administers nothing.
struct Cast {
    robert: Client,
    ewa: Client,
    danuta: Client,
    anna: Client,
    annas: String,
    team: String,
}

async fn cast(world: &World) -> Cast {
    let scopes = json!({ "read": "all", "share": "all", "update": "all" });
    let all = json!({ "scopes": scopes, "level": "write", "special": "write" });
    let things = json!({ "users": "manage", "sessions": "manage" });
    let role = json!({ "name": "kadry", "label": { "pl": "Kadry", "en": "Staff" }, "things": things,
        "entities": { "company": all, "person": all, "deal": all, "lead": all, "activity": all, "note": all } });
    let _ = endow(world, "ewa.pusta", &role).await;
    // Administrators have been such for a week before they take anybody's factors away.
    world.clock.advance_ms(7 * DAY_MS);
    let anna = world.sign_in("anna.kowalska").await;
    let [robert, ewa, danuta] = [
        world.sign_in("robert.szymanski").await,
        world.sign_in("ewa.pusta").await,
        world.sign_in("danuta.krol").await,
    ];
    let annas = named(&robert, "users", "anna.kowalska").await;
    let team = named(&robert, "teams", "Północ").await;
    Cast { robert, ewa, danuta, anna, annas, team }
}

async fn users(walk: &mut Walk<'_>, c: &Cast, record: &str) {
    let by = (&c.robert, Thing::Users);
    let user = |tail: &str| format!("users/{}{tail}", c.annas);
    let _ = walk.read(by, "GET users", "users").await;
    let now = walk.read(by, "GET users/{id}", &user("")).await;
    let change = json!({ "name": "Anna Kowalska-Nowa" });
    let _ = walk.write(by, "PATCH users/{id}", &user(""), Version(version(&now), change)).await;
    for (route, tail) in [
        ("GET users/{id}/view", "/view"),
        ("GET users/{id}/grants", "/grants"),
        ("GET users/{id}/records", "/records"),
        ("GET users/{id}/factors", "/factors"),
        ("GET users/{id}/accounts", "/accounts"),
    ] {
        let _ = walk.read(by, route, &user(tail)).await;
    }
    let _ = walk.write(by, "POST users/{id}/preview", &user("/preview"), Body(json!({}))).await;
    let lead = named(&c.robert, "users", "magdalena.wojcik").await;
    let ask = Body(json!({ "ask": [lead] }));
    let _ = walk.write(by, "POST users/{id}/hand-over/ask", &user("/hand-over/ask"), ask).await;
    let explain = format!("explain?entity=person&record={record}&action=read&user={}", c.annas);
    let _ = walk.read((&c.ewa, Thing::Users), "GET explain", &explain).await;
    let _ = walk.read(by, "GET findings", "findings?kind=unused_role").await;
    let _ = walk.read(by, "GET covers", &format!("covers?of={}", c.annas)).await;
    let until = walk.world.clock.now().plus_ms(DAY_MS).rfc3339();
    let to = named(&c.robert, "users", "piotr.zielinski").await;
    let role = named(&c.robert, "roles", "viewer").await;
    let cover = json!({ "of": c.annas, "to": to, "role": role, "reason": "Choroba", "until": until });
    let _ = walk.write((&c.ewa, Thing::Users), "POST covers", "covers", Body(cover)).await;
    let _ = walk.read(by, "GET sign-on/settings", "sign-on/settings").await;
    let linked = Body(json!({ "provider": "firma", "subject": "pracownik-7" }));
    let linked = walk.write(by, "POST users/{id}/accounts", &user("/accounts"), linked).await;
    let account = user(&format!("/accounts/{}", text(&linked["id"])));
    let _ = walk.write(by, "DELETE users/{id}/accounts/{account}", &account, Nothing).await;
    let new = json!({ "login": "nowa.osoba", "name": "Nowa Osoba", "email": "nowa@firma.example", "team": c.team,
        "roles": [], "invite": {} });
    let made = walk.write(by, "POST users", "users", Body(new)).await;
    let invitation = format!("users/{}/invitation", text(&made["id"]));
    let _ = walk.write(by, "POST users/{id}/invitation", &invitation, Body(json!({}))).await;
    let _ = walk.write(by, "DELETE users/{id}/invitation", &invitation, Nothing).await;
    let give = json!({ "to": [to] });
    let _ = walk
        .write((&c.ewa, Thing::Users), "POST users/{id}/hand-over", &user("/hand-over"), Body(give))
        .await;
}

/// What lets Anna in, and the sessions that it let in.
async fn credentials(walk: &mut Walk<'_>, c: &Cast) {
    let by = (&c.robert, Thing::Users);
    let user = |tail: &str| format!("users/{}{tail}", c.annas);
    // Her sessions ended with the account at the provider.
    let _ = enrol(&walk.world.sign_in("anna.kowalska").await, walk.world.clock.now().0).await;
    let reset = || Body(json!({ "reason": "Zgubiony telefon; rozmowa osobista w biurze." }));
    let at = user("/factors/reset");
    let _ = walk.write(by, "POST users/{id}/factors/reset", &at, reset()).await;
    let _ = walk.write(by, "DELETE users/{id}/factors/reset", &at, Nothing).await;
    let _ = walk.write(by, "POST users/{id}/factors/reset", &at, reset()).await;
    let (route, at) = ("POST users/{id}/factors/reset/confirm", user("/factors/reset/confirm"));
    let _ = walk.write((&c.ewa, Thing::Users), route, &at, Nothing).await;
    let (_one, _more) =
        (walk.world.sign_in("anna.kowalska").await, walk.world.sign_in("anna.kowalska").await);
    let by = (&c.robert, Thing::Sessions);
    let open = walk.read(by, "GET users/{id}/sessions", &user("/sessions")).await;
    let one = user(&format!("/sessions/{}", text(&open["items"][0]["id"])));
    let _ = walk.write(by, "DELETE users/{id}/sessions/{session}", &one, Nothing).await;
    let _ = walk.write(by, "DELETE users/{id}/sessions", &user("/sessions"), Nothing).await;
    let by = (&c.robert, Thing::Users);
    let _ = walk.write(by, "DELETE users/{id}/password", &user("/password"), Nothing).await;
}

async fn service_accounts(walk: &mut Walk<'_>, c: &Cast) {
    let by = (&c.robert, Thing::Users);
    let ends_at = walk.world.clock.now().plus_ms(9 * DAY_MS).rfc3339();
    let new =
        json!({ "name": "Integracja", "owner": c.annas, "team": c.team, "roles": [], "ends_at": ends_at });
    let made = walk.write(by, "POST service-accounts", "service-accounts", Body(new)).await;
    let at = |tail: &str| format!("service-accounts/{}{tail}", text(&made["id"]));
    let _ = walk.read(by, "GET service-accounts", "service-accounts").await;
    let now = walk.read(by, "GET service-accounts/{id}", &at("")).await;
    let token =
        json!({ "label": "Sklep", "ends_at": ends_at, "scope": { "entities": { "person": ["read"] } } });
    for _ in 0..2 {
        let _ = c.anna.post(&api(&at("/tokens")), &token).await.expect(201);
    }
    let over = (&c.robert, Thing::Sessions);
    let tokens = walk.read(over, "GET service-accounts/{id}/tokens", &at("/tokens")).await;
    let token = |n: usize| at(&format!("/tokens/{}", text(&tokens["items"][n]["id"])));
    let _ = walk.write(over, "DELETE service-accounts/{id}/tokens/{token}", &token(0), Nothing).await;
    // Whoever answers for it needs no right.
    let since = self::now(walk.world).await;
    for path in [at(""), at("/tokens")] {
        let _ = c.anna.get(&api(&path)).await.expect(200);
    }
    let _ = c.anna.send(c.anna.request(Method::DELETE, &api(&token(1)))).await.expect(204);
    let told = told_since(walk.world, since).await;
    assert!(told.len() >= 3 && told.iter().all(|(_, used)| used.is_empty()), "{told:?}");
    let change = Version(version(&now), json!({ "name": "Integracja ze sklepem" }));
    let _ = walk.write(by, "PATCH service-accounts/{id}", &at(""), change).await;
    let owner = Body(json!({ "owner": named(&c.robert, "users", "piotr.zielinski").await }));
    let _ = walk.write(by, "POST service-accounts/{id}/owner", &at("/owner"), owner).await;
}

async fn rights(walk: &mut Walk<'_>, c: &Cast) {
    let by = (&c.robert, Thing::Roles);
    let role = |label: &str| json!({ "name": "proba", "label": { "pl": label, "en": label } });
    let _ = walk.read(by, "GET roles", "roles").await;
    let made = walk.write(by, "POST roles", "roles", Body(role("Próba"))).await;
    let at = |tail: &str| format!("roles/{}{tail}", text(&made["id"]));
    let _ = walk.write(by, "POST roles/{id}/preview", &at("/preview"), Body(role("Inna"))).await;
    let _ = walk.write(by, "PUT roles/{id}", &at(""), Version(1, role("Inna"))).await;
    let _ = walk.read(by, "GET roles/{id}/versions", &at("/versions")).await;
    let back = Version(2, json!({ "version": 1 }));
    let _ = walk.write(by, "POST roles/{id}/rollback", &at("/rollback"), back).await;
    let file = walk.read(by, "GET roles/export", "roles/export").await;
    let _ = walk.write(by, "POST roles/import", "roles/import?dry_run=true", Body(file.clone())).await;
    let _ = walk.write(by, "POST roles/import", "roles/import", Body(file)).await;
    let _ = walk.write(by, "DELETE roles/{id}", &at(""), Version(3, Value::Null)).await;
    for (get, put, path) in [
        ("GET role-conflicts", "PUT role-conflicts", "role-conflicts"),
        ("GET factors/requirement", "PUT factors/requirement", "factors/requirement"),
        ("GET sessions/rules", "PUT sessions/rules", "sessions/rules"),
        ("GET approvals/rules", "PUT approvals/rules", "approvals/rules"),
    ] {
        let mut now = walk.read(by, get, path).await;
        let version = version(&now);
        let _ = now.as_object_mut().and_then(|rules| rules.remove("version"));
        match path {
            "factors/requirement" => now = json!({ "everyone": "none", "roles": {}, "grace_days": 3 }),
            "sessions/rules" => now = json!({ "everyone": { "idle_minutes": 1_440 }, "roles": {} }),
            "role-conflicts" => now = json!({ "pairs": [] }),
            _ => now["days"] = json!(9),
        }
        let _ = walk.write(by, put, path, Version(version, now)).await;
    }
}

/// Teams, partners, fields, keys, the system.
async fn the_rest(walk: &mut Walk<'_>, c: &Cast) {
    let by = (&c.robert, Thing::Teams);
    let made = walk.write(by, "POST teams", "teams", Body(json!({ "name": "Zachód" }))).await;
    let change = Version(version(&made), json!({ "name": "Zachód i wschód" }));
    let _ = walk.write(by, "PUT teams/{id}", &format!("teams/{}", text(&made["id"])), change).await;
    let at = format!("teams/{}/preview", text(&made["id"]));
    let _ = walk.write(by, "POST teams/{id}/preview", &at, Body(json!({ "name": "Zachód" }))).await;
    let by = (&c.robert, Thing::Users);
    let made = walk.write(by, "POST partners", "partners", Body(json!({ "name": "Agencja" }))).await;
    let at = format!("partners/{}", text(&made["id"]));
    for by in [by, (&c.danuta, Thing::Ledger)] {
        let _ = walk.read(by, "GET partners", "partners").await;
        let _ = walk.read(by, "GET partners/{id}", &at).await;
        let _ = walk.read(by, "GET partners/{id}/grants", &format!("{at}/grants")).await;
        let registered = format!("{at}/registrations");
        let _ = walk.read(by, "GET partners/{id}/registrations", &registered).await;
    }
    let change = Version(version(&made), json!({ "name": "Agencja Sowa" }));
    let _ = walk.write(by, "PATCH partners/{id}", &at, change).await;
    let field = json!({ "name": "cf_proba", "label": { "pl": "Próba", "en": "Trial" }, "kind": "bool" });
    let by = (&c.robert, Thing::Fields);
    let (route, path) = ("POST entities/{entity}/fields", "entities/person/fields");
    let _ = walk.write(by, route, path, Body(field)).await;
    let by = (&c.robert, Thing::Keys);
    let _ = walk.read(by, "GET keys", "keys").await;
    let _ = walk.write(by, "POST keys/rotate", "keys/rotate", Nothing).await;
    let by = (&c.robert, Thing::System);
    let _ = walk.read(by, "GET system", "system").await;
    let manages = (&c.robert, (Thing::System, Verb::Manage));
    let _ = walk.ask(manages, "GET jobs/dead", "jobs/dead", Nothing).await;
    let _ = walk.write(by, "POST index/rebuild", "index/rebuild", Nothing).await;
}

async fn ledger(walk: &mut Walk<'_>, c: &Cast, record: &str) {
    let by = (&c.danuta, Thing::Ledger);
    let events = walk.read(by, "GET ledger/events", "ledger/events").await;
    let proof = format!("ledger/events/{}/proof", text(&events["items"][0]["id"]));
    let _ = walk.read(by, "GET ledger/events/{id}/proof", &proof).await;
    let verify = (&c.danuta, (Thing::Ledger, Verb::Read));
    let _ = walk.ask(verify, "POST ledger/verify", "ledger/verify", Nothing).await;
    for (route, path) in [
        ("GET users/{id}/events", format!("users/{}/events", c.annas)),
        ("GET disclosures", format!("disclosures?record={record}")),
        ("GET disclosures/export", format!("disclosures/export?record={record}")),
        ("GET subjects/{id}/events", format!("subjects/{record}/events")),
    ] {
        let _ = walk.read(by, route, &path).await;
    }
}

/// Reviews of rights.
async fn reviews(walk: &mut Walk<'_>, c: &Cast) {
    let by = (&c.robert, Thing::Users);
    let ends_at = walk.world.clock.now().plus_ms(10 * DAY_MS).rfc3339();
    let reviewer = named(&c.robert, "users", "ewa.pusta").await;
    let body = json!({ "name": "Północ", "team": c.team, "reviewer": reviewer, "ends_at": ends_at });
    let begun = walk.write(by, "POST access-reviews", "access-reviews", Body(body)).await;
    let at = |tail: &str| format!("access-reviews/{}{tail}", text(&begun["id"]));
    for (by, thing) in [(&c.robert, Thing::Users), (&c.danuta, Thing::Ledger)] {
        let by = (by, thing);
        let _ = walk.read(by, "GET access-reviews", "access-reviews?view=all").await;
        let _ = walk.read(by, "GET access-reviews/{id}", &at("")).await;
        let _ = walk.read(by, "GET access-reviews/{id}/report", &at("/report")).await;
        let _ = walk.read(by, "GET access-reviews/{id}/export", &at("/export")).await;
    }
    let change =
        json!({ "from": reviewer, "reviewer": named(&c.robert, "users", "barbara.dabrowska").await });
    let _ = walk.write(by, "POST access-reviews/{id}/replace", &at("/replace"), Body(change)).await;
    let _ = walk.write(by, "POST access-reviews/{id}/cancel", &at("/cancel"), Nothing).await;
}

#[test]
fn each_thing_has_a_number_of_its_own() {
    let numbers: BTreeSet<u16> = Thing::ALL.into_iter().map(identity::number_of).collect();
    assert_eq!(numbers.len(), Thing::ALL.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_that_needs_a_right_over_a_thing_is_told_as_its_use() {
    let place = Place::new(|_| ()).await;
    let world = &place.world;
    let c = cast(world).await;
    let record = make(&c.anna, "people", json!({ "last_name": "Nowa" })).await.id;
    let _ = make(&c.anna, "companies", json!({ "name": "Przykład" })).await;
    let mut walk = Walk { world, walked: BTreeSet::new(), wrong: Vec::new() };
    ledger(&mut walk, &c, &record).await;
    service_accounts(&mut walk, &c).await;
    users(&mut walk, &c, &record).await;
    rights(&mut walk, &c).await;
    reviews(&mut walk, &c).await;
    the_rest(&mut walk, &c).await;
    credentials(&mut walk, &c).await;
    let by = (&c.robert, Thing::Sessions);
    let _ = walk.write(by, "DELETE sessions/all", "sessions/all", Nothing).await;
    assert!(walk.wrong.is_empty(), "not told as used:\n{}", walk.wrong.join("\n"));
    // What was walked here is what there is.
    let beside: BTreeSet<&str> = BESIDE.iter().flat_map(|(_, routes)| routes.iter().copied()).collect();
    let named = |route: &str| route.replacen(" /api/v1/", " ", 1);
    let needed: BTreeSet<String> = of_things().into_iter().map(named).collect();
    assert!(needed.len() > 80, "{needed:?}");
    let known = |route: &&String| {
        walk.walked.contains(*route) || ELSEWHERE.contains(&&***route) || beside.contains(&***route)
    };
    let new: Vec<&String> = needed.iter().filter(|route| !known(route)).collect();
    assert!(new.is_empty(), "neither asked for in things_used.rs nor among what is beside it: {new:?}");
    let gone: Vec<_> = beside.iter().chain(&ELSEWHERE).filter(|route| !needed.contains(**route)).collect();
    assert!(gone.is_empty(), "not of things by the matrix: {gone:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ones_own_uses_no_right_over_things() {
    let world = World::new().await;
    let tomasz = world.sign_in("tomasz.lewandowski").await;
    let _ = world.sign_in("tomasz.lewandowski").await;
    let own = named(&tomasz, "colleagues", "Tomasz Lewandowski").await;
    let since = now(&world).await;
    for path in [
        "me",
        "me/events",
        "me/factors",
        "me/accounts",
        "me/service-accounts",
        "sessions",
        "covers",
        "notices",
        "grants",
        "teams",
        "colleagues",
        "partners",
        "entities",
        "jobs",
        "imports",
        "views?entity=person",
    ] {
        let _ = tomasz.get(&api(path)).await.expect(200);
    }
    let view = tomasz.get(&api(&format!("users/{own}/view"))).await;
    assert!(matches!(view.status.as_u16(), 200 | 403), "{}", view.text);
    let until = world.clock.now().plus_ms(DAY_MS).rfc3339();
    let to = named(&tomasz, "colleagues", "Piotr Zieliński").await;
    let cover = json!({ "to": to, "role": "6b6c7563-0000-8000-8000-7a6e696b0009", "reason": "Urlop", "until": until });
    let _ = tomasz.post(&api("covers"), &cover).await.expect(201);
    let token = json!({ "label": "t", "ends_at": until, "scope": { "entities": { "person": ["read"] } } });
    let _ = tomasz.post(&api("tokens"), &token).await.expect(201);
    let open = tomasz.get(&api("sessions")).await.expect(200).json();
    let others: Vec<&Value> =
        open["items"].as_array().unwrap().iter().filter(|s| s["current"] == false).collect();
    assert_eq!(others.len(), 2, "{open}");
    for one in others {
        let at = api(&format!("sessions/{}", text(&one["id"])));
        let _ = tomasz.send(tomasz.request(Method::DELETE, &at)).await.expect(204);
    }
    let changed = json!({ "current": testkit::PASSWORD, "new": "calkiem-nowe-haslo-1" });
    let _ = tomasz.put(&api("me/password"), &changed).await.expect(204);
    let _ = tomasz.send(tomasz.request(Method::DELETE, &api("sessions"))).await.expect(204);
    let told = told_since(&world, since).await;
    assert!(told.len() > 15, "{told:?}");
    let wrong: Vec<_> = told.iter().filter(|(_, used)| !used.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
