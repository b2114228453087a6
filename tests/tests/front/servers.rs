//! Two servers on one PostgreSQL database: what one was told holds on the other at the next request.

use super::help::{Made, api, ids, list, make, named};
use super::stream::Stream;
use kernel::{ManualClock, Random, SeededRandom};
use reqwest::Method;
use serde_json::json;
use server::{Config, DatabaseConfig, Layout, Running, StoreConfig, serve};
use std::sync::Arc;
use testkit::{Answer, Client, Database, PASSWORD, START, World, config, in_database};

pub const END_ALL: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'klucznik%'";

/// Two servers with folders and indexes of their own.
pub struct Pair {
    pub a: World,
    pub b: Running,
    /// The clock of the second.
    pub clock: Arc<ManualClock>,
    dir: tempfile::TempDir,
}

impl Pair {
    pub async fn new() -> Self {
        Self::over(Database::new()).await
    }

    pub async fn over(database: Database) -> Self {
        Self::of(World::in_database(database).await, config()).await
    }

    /// Each with settings of its own.
    pub async fn with(of_a: Config, of_b: Config) -> Self {
        let mut a = World::in_database(Database::new()).await;
        a.stop().await;
        a.start_with(of_a).await.unwrap();
        Self::of(a, of_b).await
    }

    async fn of(a: World, of_b: Config) -> Self {
        let dir = tempfile::Builder::new().prefix("klucznik-").tempdir().unwrap();
        testkit::copy_for_another_server(&a.dir(), dir.path());
        let clock = Arc::new(ManualClock::new(START));
        let config = in_database(of_b, a.database());
        let second = testkit::open(dir.path(), config, clock.clone()).await.unwrap();
        let b = serve(second, &Layout::new(dir.path())).await.unwrap();
        Self { a, b, clock, dir }
    }

    /// The same person, in the same session, at the second server.
    fn at_b(&self, client: &Client) -> Client {
        client.at(self.b.address())
    }

    /// Signed in at the first server: there, and at the second.
    pub async fn sign_in(&self, login: &str) -> [Client; 2] {
        let client = self.a.sign_in(login).await;
        let other = self.at_b(&client);
        [client, other]
    }

    /// Where the files of each lie.
    pub fn layouts(&self) -> [Layout; 2] {
        [self.a.layout(), Layout::new(self.dir.path())]
    }

    /// Time goes on at both.
    pub fn forward(&self, ms: i64) {
        self.a.clock.advance_ms(ms);
        self.clock.advance_ms(ms);
    }

    pub async fn stop(mut self) {
        self.b.stop().await.unwrap();
        self.a.stop().await;
    }
}

async fn me(client: &Client) -> u16 {
    client.get(&api("me")).await.status.as_u16()
}

async fn user(admin: &Client, login: &str) -> (String, u64) {
    let at = api(&format!("users/{}", named(admin, "users", login).await));
    let version = admin.get(&at).await.expect(200).json()["version"].as_u64().unwrap();
    (at, version)
}

pub async fn rename(client: &Client, made: &Made, version: u64, name: &str) -> Answer {
    client.patch(&made.at, version, &json!({ "fields": { "last_name": name } })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_on_one_server_has_ended_on_the_other() {
    let pair = Pair::new().await;
    let [admin, admin_b] = pair.sign_in("robert.szymanski").await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    assert_eq!((me(&anna).await, me(&anna_b).await), (200, 200), "begun on one, it is known on the other");
    let (at, _) = user(&admin, "anna.kowalska").await;
    let sessions = format!("{at}/sessions");
    assert_eq!(admin.send(admin.request(Method::DELETE, &sessions)).await.status, 204);
    assert_eq!((me(&anna_b).await, me(&anna).await), (401, 401));
    // A token, ended by its owner at the other server.
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let scope = json!({ "entities": { "person": ["read"] } });
    let input = json!({ "label": "t", "scope": scope, "ends_at": START.plus_s(3600).rfc3339() });
    let made = anna.post(&api("tokens"), &input).await.expect(201).json();
    let bearer = pair.a.client().with_token(made["token"].as_str().unwrap());
    let bearer_b = pair.at_b(&bearer);
    assert_eq!(bearer_b.get(&api("people")).await.status, 200);
    let id = made["session"]["id"].as_str().unwrap();
    let end = anna_b.request(Method::DELETE, &api(&format!("sessions/{id}")));
    assert_eq!(anna_b.send(end).await.status, 204);
    assert_eq!(bearer.get(&api("people")).await.status, 401);
    assert_eq!(bearer_b.get(&api("people")).await.status, 401);
    // Somebody suspended; and a password that changed.
    let (at, version) = user(&admin_b, "anna.kowalska").await;
    let _ = admin_b.patch(&at, version, &json!({ "active": false })).await.expect(200);
    assert_eq!((me(&anna).await, me(&anna_b).await), (401, 401));
    let login = json!({ "login": "anna.kowalska", "password": PASSWORD });
    assert_eq!(pair.a.client().post(&api("sessions"), &login).await.status, 401);
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_and_fields_are_those_of_both_servers_at_once() {
    let pair = Pair::new().await;
    let [admin, admin_b] = pair.sign_in("robert.szymanski").await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let seller = named(&admin, "roles", "seller").await;
    for (giver, taken) in [(&admin, &anna_b), (&admin_b, &anna)] {
        for (roles, status) in [(json!([]), 403), (json!([seller]), 200)] {
            let (at, version) = user(giver, "anna.kowalska").await;
            let _ = giver.patch(&at, version, &json!({ "roles": roles })).await.expect(200);
            assert_eq!(taken.get(&api("people")).await.status, status);
        }
    }
    // A field made on one server takes a value, is kept and found on the other.
    let label = json!({ "pl": "Kolor", "en": "Colour" });
    let field = json!({ "name": "cf_colour", "label": label, "kind": "text", "max": 50, "searchable": true });
    let _ = admin.post(&api("entities/person/fields"), &field).await.expect(201);
    let made = make(&anna_b, "people", json!({ "last_name": "Barwny", "cf_colour": "seledynowy" })).await;
    for client in [&anna, &anna_b] {
        let found = list(client, "people", &[("filter", "cf_colour:eq:seledynowy")]).await.expect(200).json();
        assert_eq!(ids(&found), std::slice::from_ref(&made.id), "{found}");
    }
    // A name that is taken, and a role that somebody has since a moment ago.
    let role = json!({ "name": "observer", "label": { "pl": "O", "en": "O" } });
    let made = admin.post(&api("roles"), &role).await.expect(201).json();
    assert_eq!(admin_b.post(&api("roles"), &role).await.status, 422);
    let (at, version) = user(&admin, "ewa.pusta").await;
    let _ = admin.patch(&at, version, &json!({ "roles": [made["id"]] })).await.expect(200);
    let at = api(&format!("roles/{}", made["id"].as_str().unwrap()));
    assert_eq!(admin_b.delete(&at, 1).await.status, 409);
    pair.stop().await;
}

/// Each takes the right to manage users from the other, on another server, at the same moment.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_stays_whatever_server_is_asked() {
    let pair = Pair::new().await;
    let [admin, _] = pair.sign_in("robert.szymanski").await;
    let administrator = named(&admin, "roles", "administrator").await;
    for round in 0..4 {
        let (ewa, version) = user(&admin, "ewa.pusta").await;
        let change = json!({ "roles": [administrator], "active": true });
        let _ = admin.patch(&ewa, version, &change).await.expect(200);
        let [_, other] = pair.sign_in("ewa.pusta").await;
        let (ewa, ewa_version) = user(&admin, "ewa.pusta").await;
        let (robert, robert_version) = user(&other, "robert.szymanski").await;
        let none = json!({ "roles": [] });
        let (one, two) =
            tokio::join!(admin.patch(&ewa, ewa_version, &none), other.patch(&robert, robert_version, &none));
        let done = [one.status.as_u16(), two.status.as_u16()];
        assert_eq!(done.iter().filter(|status| **status == 200).count(), 1, "round {round}: {done:?}");
        if done[1] == 200 {
            // Who is left gives it back.
            let (robert, version) = user(&other, "robert.szymanski").await;
            let _ = other.patch(&robert, version, &json!({ "roles": [administrator] })).await.expect(200);
        }
    }
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_on_one_server_is_read_listed_and_searched_on_the_other() {
    let pair = Pair::new().await;
    let clients = pair.sign_in("anna.kowalska").await;
    for n in 0..10_usize {
        let (writer, reader) = (&clients[n % 2], &clients[(n + 1) % 2]);
        let name = format!("Wspólna{n}");
        let made = make(writer, "people", json!({ "last_name": name })).await;
        assert_eq!(reader.get(&made.at).await.expect(200).json()["fields"]["last_name"], name);
        let filter = format!("last_name:eq:{name}");
        let found = list(reader, "people", &[("filter", &filter)]).await.expect(200).json();
        assert_eq!(ids(&found), std::slice::from_ref(&made.id));
        let found = list(reader, "search", &[("q", &name)]).await.expect(200).text;
        assert!(found.contains(&made.id), "{found}");
        // Two write the same at the same moment: one of them is told.
        let (one, two) =
            tokio::join!(rename(writer, &made, 1, "Pierwsza"), rename(reader, &made, 1, "Druga"));
        let mut done = [one.status.as_u16(), two.status.as_u16()];
        done.sort_unstable();
        assert_eq!(done, [200, 412]);
        let now = [writer.get(&made.at).await.json(), reader.get(&made.at).await.json()];
        assert_eq!(now[0]["fields"], now[1]["fields"]);
        assert_eq!(now[0]["version"], 2);
    }
    pair.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_told_of_what_another_server_changed() {
    let pair = Pair::new().await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let made = make(&anna, "people", json!({ "last_name": "Oglądana" })).await;
    let mut stream = Stream::open(&anna_b, &[&made]).await;
    let _ = rename(&anna, &made, 1, "Zmieniona").await.expect(200);
    let told = stream.until("record").await;
    assert_eq!((&told["id"], &told["version"]), (&json!(made.id), &json!(2)));
    // A lock is a notice to administrators; failures count whatever server they are at.
    let [_, admin_b] = pair.sign_in("robert.szymanski").await;
    let mut notices = Stream::open(&admin_b, &[]).await;
    let clients = [pair.a.client(), pair.at_b(&pair.a.client())];
    for n in 0..10 {
        let wrong = json!({ "login": "anna.kowalska", "password": "nie-to-haslo-22" });
        assert_eq!(clients[n % 2].post(&api("sessions"), &wrong).await.status, 401, "attempt {n}");
        pair.a.clock.advance_ms(100_000);
        pair.clock.advance_ms(100_000);
    }
    assert!(notices.until("notice").await["unread"].as_u64() >= Some(1));
    assert_eq!(anna.send(anna.request(Method::DELETE, &api("sessions/current"))).await.status, 204);
    assert_eq!(stream.until("session-ended").await, json!({}));
    pair.stop().await;
}

/// Connections end, of those who listen too, again and again; a clock is an hour off; nothing is lost.
#[tokio::test(flavor = "multi_thread")]
async fn lost_connections_and_a_wrong_clock_lose_nothing() {
    let pair = Pair::new().await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    for n in 0..4 {
        assert_ne!(pair.a.database().sql(END_ALL), "0");
        let made = make(&anna, "people", json!({ "last_name": format!("Przerwana{n}") })).await;
        assert_eq!(anna_b.get(&made.at).await.status, 200);
        let _ = rename(&anna_b, &made, 1, &format!("Wznowiona{n}")).await.expect(200);
        let filter = format!("last_name:eq:Wznowiona{n}");
        let found = list(&anna, "people", &[("filter", &filter)]).await.expect(200).json();
        assert_eq!(ids(&found), [made.id]);
    }
    // By the second server's clock the session was not used for an hour: there it is refused, and lives on.
    pair.clock.advance_ms(3_600_000);
    assert_eq!((me(&anna_b).await, me(&anna).await), (401, 200));
    let late = pair.at_b(&pair.a.client());
    late.sign_in("anna.kowalska", PASSWORD).await;
    let early = late.at(pair.a.address());
    assert_eq!((me(&late).await, me(&early).await, me(&anna).await), (200, 200, 200));
    let made = make(&late, "people", json!({ "last_name": "Późniejsza" })).await;
    let _ = rename(&early, &made, 1, "Wcześniejsza").await.expect(200);
    let now = late.get(&made.at).await.expect(200).json();
    assert_eq!((&now["version"], &now["fields"]["last_name"]), (&json!(2), &json!("Wcześniejsza")));
    pair.stop().await;
}

/// A restored state is not used before whoever was erased since is erased anew, whichever server opens it first.
#[tokio::test(flavor = "multi_thread")]
async fn any_server_finishes_what_a_restore_began() {
    let mut a = World::in_database(Database::new()).await;
    let [anna, dpo] = [a.sign_in("anna.kowalska").await, a.sign_in("zofia.jablonska").await];
    let made = make(&anna, "people", json!({ "last_name": "Znikająca" })).await;
    let dir = tempfile::Builder::new().prefix("klucznik-").tempdir().unwrap();
    let identity = dir.path().join("identity");
    let recipient = vault::Identities::create_file(&identity).unwrap();
    let engine = a.app().engine().clone();
    let back_up = move || engine.back_up(ledger::Who::Operator, &[recipient], Vec::new(), &mut |_, _| Ok(()));
    let (_, file) = tokio::task::spawn_blocking(back_up).await.unwrap().unwrap();
    let reason = json!({ "reason": "Wniosek z dnia 23 listopada" });
    let _ = dpo.post(&format!("{}/erase", made.at), &reason).await.expect(200);
    a.stop().await;
    // Loaded, and then the server that did it died.
    let target = Database::new();
    let (place, file) = (store::PostgresOptions::new(target.address()), Arc::new(file));
    let load = move || {
        let identities = vault::Identities::from_file(&identity).unwrap();
        let mut reader =
            store::backup::Reader::new(vault::open_parcel(&identities, &file[..]).unwrap()).unwrap();
        let header = reader.header().clone();
        let state = records::Restoring { at: header.at, events: 1, known: None };
        let left = serde_json::to_vec(&state).unwrap();
        let place = store::Place::Postgres(place);
        let loaded = store::backup::load(&mut reader, &place, Some(&left), &mut |_, _| Ok(())).unwrap();
        loaded.stand().unwrap();
        header.checkpoint
    };
    let checkpoint = tokio::task::spawn_blocking(load).await.unwrap();
    let home = dir.path().join("other");
    testkit::copy_for_another_server(&a.dir(), &home);
    for name in ["checkpoint", "checkpoint.synced"] {
        std::fs::write(home.join(name), &checkpoint).unwrap();
    }
    let StoreConfig::Postgresql(at) = in_database(config(), &target).store else { panic!("a database") };
    let keyring_address = Some(a.database().address());
    let store = StoreConfig::Postgresql(DatabaseConfig { keyring_address, ..at });
    let opened =
        testkit::open(&home, Config { store, ..config() }, Arc::new(ManualClock::new(START))).await.unwrap();
    assert_eq!(opened.replayed.map(|replayed| (replayed.subjects, replayed.removed)), Some((1, 1)));
    let store = opened.app.engine().store();
    assert!(store.rows_of_subject(made.id.parse().unwrap()).await.unwrap().is_empty());
    assert_eq!(store.restoring().await.unwrap(), None);
    opened.close().await.unwrap();
}

/// Whoever works at one server for an hour is not idle at the other: they may be sent there at any time.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_in_use_on_one_server_is_not_idle_on_the_other() {
    let pair = Pair::new().await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let [left, left_b] = pair.sign_in("anna.kowalska").await;
    assert_eq!((me(&anna_b).await, me(&left_b).await), (200, 200));
    for _ in 0..6 {
        pair.a.clock.advance_ms(600_000);
        pair.clock.advance_ms(600_000);
        assert_eq!(me(&anna).await, 200);
    }
    assert_eq!(me(&anna_b).await, 200, "used all the time, though elsewhere");
    assert_eq!((me(&left_b).await, me(&left).await), (401, 401), "not used anywhere");
    // It is listed there too, for its owner to end it.
    let [other, _] = pair.sign_in("anna.kowalska").await;
    for _ in 0..6 {
        pair.a.clock.advance_ms(600_000);
        pair.clock.advance_ms(600_000);
        assert_eq!((me(&anna).await, me(&other).await), (200, 200));
    }
    let listed = anna_b.get(&api("sessions")).await.expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 2, "{listed}");
    pair.stop().await;
}

/// Somebody erased on one server is nobody's on the other, which knows the key no longer.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_on_one_server_is_gone_from_the_other() {
    let pair = Pair::new().await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let [dpo, _] = pair.sign_in("zofia.jablonska").await;
    let made = make(&anna, "people", json!({ "last_name": "Znikająca" })).await;
    // The second server has opened it, so it has the key at hand.
    assert_eq!(anna_b.get(&made.at).await.status, 200);
    let subject = made.id.parse().unwrap();
    assert!(pair.b.app().engine().vault().has_subject(subject).unwrap());
    let reason = json!({ "reason": "Wniosek z dnia 23 listopada" });
    let _ = dpo.post(&format!("{}/erase", made.at), &reason).await.expect(200);
    assert_eq!(anna_b.get(&made.at).await.status, 404);
    let found = list(&anna_b, "people", &[("filter", "last_name:eq:Znikająca")]).await.expect(200).json();
    assert_eq!(ids(&found), Vec::<String>::new());
    let vault = pair.b.app().engine().vault().clone();
    assert!(!vault.has_subject(subject).unwrap());
    let context =
        vault::Context { owner: vault::Owner::Subject(subject), entity: 1, row: [1; 16], schema: 1 };
    assert!(vault.seal(&context, b"late").is_err(), "nothing is sealed for it any more");
    pair.stop().await;
}

/// Writes and reads anywhere, in any order: what was acknowledged is what is read.
#[tokio::test(flavor = "multi_thread")]
async fn any_schedule_reads_what_was_written_last() {
    let pair = Pair::new().await;
    let clients = pair.sign_in("anna.kowalska").await;
    let random = SeededRandom::new(7);
    let mut made: Vec<(Made, u64, String)> = Vec::new();
    for step in 0..120 {
        let mut dice = [0; 3];
        random.fill(&mut dice);
        let client = &clients[usize::from(dice[0] % 2)];
        let count = made.len();
        if count < 4 || dice[1] % 8 == 0 {
            let name = format!("Krok{step}");
            made.push((make(client, "people", json!({ "last_name": name })).await, 1, name));
            continue;
        }
        let (record, version, name) = &mut made[usize::from(dice[2]) % count];
        if dice[1] % 3 == 0 {
            let next = format!("Krok{step}");
            let _ = rename(client, record, *version, &next).await.expect(200);
            (*version, *name) = (*version + 1, next);
        } else {
            let read = client.get(&record.at).await.expect(200).json();
            assert_eq!((&read["version"], &read["fields"]["last_name"]), (&json!(version), &json!(name)));
            let filter = format!("last_name:eq:{name}");
            let found = list(client, "people", &[("filter", &filter)]).await.expect(200).json();
            assert_eq!(ids(&found), std::slice::from_ref(&record.id), "step {step}");
        }
    }
    pair.stop().await;
}

/// A grant that one server gave or ended holds on the other at the next request.
#[tokio::test(flavor = "multi_thread")]
async fn grants_hold_on_every_server() {
    let pair = Pair::new().await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let [ewa, ewa_b] = pair.sign_in("ewa.pusta").await;
    let admin = pair.a.sign_in("robert.szymanski").await;
    let viewer = named(&admin, "roles", "viewer").await;
    let user = named(&admin, "users", "ewa.pusta").await;
    let made = make(&anna, "companies", json!({ "name": "Dzielona" })).await;
    let body = json!({ "to": { "user": user }, "role": viewer, "reason": "Zastępstwo" });
    for (here, there, giver, ender) in [(&ewa_b, &ewa, &anna, &anna_b), (&ewa, &ewa_b, &anna_b, &anna)] {
        let given = giver.post(&format!("{}/grants", made.at), &body).await.expect(201).json();
        for client in [here, there] {
            let _ = client.get(&made.at).await.expect(200);
        }
        let _ = ender.delete(&api(&format!("grants/{}", given["id"].as_str().unwrap())), 0).await.expect(204);
        for client in [here, there] {
            let _ = client.get(&made.at).await.expect(404);
        }
    }
}

/// A grant that one server gives in the moment in which another erases the record does not outlive it.
#[tokio::test(flavor = "multi_thread")]
async fn no_grant_outlives_an_erasure_by_another_server() {
    let pair = Pair::new().await;
    let [anna, anna_b] = pair.sign_in("anna.kowalska").await;
    let zofia = pair.a.sign_in("zofia.jablonska").await;
    let admin = pair.a.sign_in("robert.szymanski").await;
    let viewer = named(&admin, "roles", "viewer").await;
    let user = named(&admin, "users", "ewa.pusta").await;
    let body = json!({ "to": { "user": user }, "role": viewer, "reason": "Zastępstwo" });
    let reason = json!({ "reason": "Żądanie usunięcia danych" });
    for n in 0..12 {
        let made = make(&anna, "people", json!({ "last_name": format!("Znikająca{n}") })).await;
        let (grants, erase) = (format!("{}/grants", made.at), format!("{}/erase", made.at));
        let (given, erased) = tokio::join!(anna_b.post(&grants, &body), zofia.post(&erase, &reason));
        let _ = erased.expect(200);
        for client in [&anna, &anna_b] {
            let left = client.get(&api("grants?direction=given")).await.expect(200).json();
            assert_eq!(left["items"], json!([]), "{n}: {}", given.text);
        }
    }
    pair.stop().await;
}
