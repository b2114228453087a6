//! The country of an address: by a table that is made here as the specification of MaxMind DB 2.0 says.

use super::factors::given;
use super::help::{api, named, problem};
use identity::Places;
use reqwest::Method;
use serde_json::{Value, json};
use server::{Config, ProxyConfig};
use std::fs;
use testkit::{Client, World};

/// A table of IPv4 with records of 24 bits: what begins with a bit of 0 has the first value, with 1 the second.
fn table(values: [&[u8]; 2]) -> Vec<u8> {
    let (mut tree, mut data) = (Vec::new(), Vec::new());
    for value in values {
        // Behind the one node of the tree and 16 bytes of nothing.
        let at = u32::try_from(1 + 16 + data.len()).unwrap();
        tree.extend(&at.to_be_bytes()[1..]);
        data.extend(value);
    }
    let mut table = [tree, vec![0; 16], data, b"\xab\xcd\xefMaxMind.com".to_vec()].concat();
    let about: [(&str, Vec<u8>); 9] = [
        ("node_count", vec![0xc1, 1]),
        ("record_size", vec![0xa1, 24]),
        ("ip_version", vec![0xa1, 4]),
        ("database_type", text("country")),
        ("languages", vec![0x00, 0x04]),
        ("binary_format_major_version", vec![0xa1, 2]),
        ("binary_format_minor_version", vec![0xa0]),
        ("build_epoch", vec![0x04, 0x02, 0x65, 0x00, 0x00, 0x00]),
        ("description", map("en", &text("made by a test"))),
    ];
    table.push(0xe0 | 9);
    for (key, value) in about {
        table.extend(text(key));
        table.extend(value);
    }
    table
}

/// A text of less than 29 bytes.
fn text(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    assert!(length < 29, "{text}");
    [&[0x40 | length][..], text.as_bytes()].concat()
}

fn map(key: &str, value: &[u8]) -> Vec<u8> {
    entries(&[(key, value.to_vec())])
}

fn entries(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut map = vec![0xe0 | u8::try_from(entries.len()).unwrap()];
    for (key, value) in entries {
        map.extend(text(key));
        map.extend(value);
    }
    map
}

fn of(places: &Places, address: &str) -> Value {
    json!(places.of(address.parse().unwrap()))
}

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    file
}

/// Poland below 128.0.0.0, Germany above: one as tables of countries say it, the other as larger ones do.
fn poland_and_germany() -> tempfile::NamedTempFile {
    let (flat, deep) = (map("country_code", &text("PL")), map("country", &map("iso_code", &text("DE"))));
    file(&table([&flat, &deep]))
}

#[test]
fn addresses_are_in_the_country_of_the_table_or_local_or_unknown() {
    let places = Places::from_file(poland_and_germany().path()).unwrap();
    let [poland, germany] = ["PL", "DE"].map(|code| json!({ "kind": "country", "country": code }));
    let [local, unknown] = ["local", "unknown"].map(|kind| json!({ "kind": kind }));
    for (address, place) in [
        ("8.8.8.8", &poland),
        ("::ffff:8.8.8.8", &poland),
        ("193.0.0.1", &germany),
        ("10.1.2.3", &local),
        ("172.16.0.1", &local),
        ("::ffff:192.168.1.1", &local),
        ("127.0.0.1", &local),
        ("169.254.1.1", &local),
        ("fd00::1", &local),
        ("fe80::1", &local),
        ("::1", &local),
        ("2001:db8::1", &unknown),
    ] {
        assert_eq!(of(&places, address), *place, "{address}");
    }
    assert_eq!(of(&Places::default(), "8.8.8.8"), Value::Null, "without a table");
    assert_eq!(of(&Places::default(), "10.0.0.1"), local);
}

/// The table of the program changes with it, so the addresses are of networks that have been where they are for decades.
#[test]
fn the_table_that_comes_with_the_program_knows_countries_of_both_kinds_of_addresses() {
    let places = Places::packed();
    let country = |code: &str| json!({ "kind": "country", "country": code });
    for (address, code) in [
        ("212.77.98.9", "PL"),
        ("::ffff:212.77.98.9", "PL"),
        ("148.81.111.111", "PL"),
        ("193.99.144.80", "DE"),
        ("2a02:2e0:3fe:1001:302::", "DE"),
    ] {
        assert_eq!(of(&places, address), country(code), "{address}");
    }
    for address in ["203.0.113.7", "2001:db8::1"] {
        assert_eq!(of(&places, address), json!({ "kind": "unknown" }), "{address} is kept for documents");
    }
    assert_eq!(of(&places, "10.0.0.1"), json!({ "kind": "local" }));
}

#[test]
fn what_is_no_code_of_a_country_is_no_place() {
    let poland = map("country_code", &text("PL"));
    for strange in ["pl", "POL", "", "<b", "ż", "Poland"] {
        for key in ["country_code", "country"] {
            let record = map(key, &text(strange));
            let places = Places::from_file(file(&table([&record, &poland])).path()).unwrap();
            assert_eq!(of(&places, "8.8.8.8"), json!({ "kind": "unknown" }), "{key}: {strange}");
        }
    }
}

#[test]
fn a_country_may_be_a_name_beside_its_code_or_the_code_itself() {
    let lite = entries(&[
        ("asn", text("AS5617")),
        ("continent", text("Europe")),
        ("country", text("Poland")),
        ("country_code", text("PL")),
    ]);
    let short =
        entries(&[("continent", text("EU")), ("country", text("DE")), ("country_name", text("Germany"))]);
    let places = Places::from_file(file(&table([&lite, &short])).path()).unwrap();
    for (address, code) in [("8.8.8.8", "PL"), ("193.0.0.1", "DE")] {
        assert_eq!(of(&places, address), json!({ "kind": "country", "country": code }), "{address}");
    }
    // What is of no use in one place is looked for in the next.
    let odd = entries(&[("country_code", text("")), ("country", map("iso_code", &text("CZ")))]);
    let places = Places::from_file(file(&table([&odd, &short])).path()).unwrap();
    assert_eq!(of(&places, "8.8.8.8"), json!({ "kind": "country", "country": "CZ" }));
}

#[test]
fn a_table_without_countries_is_refused() {
    let system = entries(&[("asn", text("AS5617")), ("as_name", text("Orange"))]);
    let named = map("country", &text("Poland"));
    for record in [&system, &named, &map("country_code", &text("pl"))] {
        let file = file(&table([record, record]));
        let fault = Places::from_file(file.path()).err().unwrap();
        assert!(fault.message.en.contains("no code of a country"), "{fault:?}");
        assert!(fault.message.pl.contains("kodu kraju"), "{fault:?}");
    }
}

#[test]
fn a_file_that_is_no_table_is_refused_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let record = map("country_code", &text("PL"));
    let whole = table([&record, &record]);
    let mut broken = whole.clone();
    // It points beyond the data.
    broken[1] = 0xf0;
    let files = [&whole[..20], b"no table at all", &broken].map(file);
    let missing = folder.path().join("none.mmdb");
    for path in files.iter().map(|f| f.path()).chain([folder.path(), &missing]) {
        let fault = Places::from_file(path).err().unwrap_or_else(|| panic!("{} was taken", path.display()));
        assert!(fault.message.en.contains(&path.display().to_string()), "{fault:?}");
    }
    assert!(Places::from_file(file(&whole).path()).is_ok());
}

async fn from(client: &Client, address: &str, method: Method, path: &str, body: &Value) -> testkit::Answer {
    let request = client.request(method, &api(path)).header("x-forwarded-for", address);
    client.send(request.json(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_and_the_notice_of_a_lock_say_in_which_country() {
    let table = poland_and_germany();
    let proxy = ProxyConfig { trusted: vec!["127.0.0.1/32".parse().unwrap()] };
    let countries = Some(table.path().to_owned());
    let world = World::with(Config { proxy, countries, ..testkit::config() }).await;
    let admin = world.sign_in("robert.szymanski").await;
    let right = json!({ "login": "anna.kowalska", "password": testkit::PASSWORD });
    let anna = world.client();
    let begun = from(&anna, "5.1.2.3", Method::POST, "sessions", &right).await.expect(201).json();
    let (poland, germany) =
        (json!({ "kind": "country", "country": "PL" }), json!({ "kind": "country", "country": "DE" }));
    assert_eq!(begun["session"]["place"], poland, "{begun}");
    let listed = from(&anna, "193.1.2.3", Method::GET, "sessions", &json!({})).await.expect(200).json();
    let own = &listed["items"][0];
    assert_eq!((&own["place"], &own["seen_place"]), (&poland, &germany), "{own}");
    let id = named(&admin, "users", "anna.kowalska").await;
    let seen = admin.get(&api(&format!("users/{id}/sessions"))).await.expect(200).json();
    assert_eq!((&seen["items"][0]["place"], &seen["items"][0]["seen_place"]), (&poland, &germany), "{seen}");
    let admins = named(&admin, "users", "robert.szymanski").await;
    let local = admin.get(&api(&format!("users/{admins}/sessions"))).await.expect(200).json();
    assert_eq!(local["items"][0]["place"], json!({ "kind": "local" }), "{local}");

    let wrong = json!({ "login": "anna.kowalska", "password": "nie-to-haslo-wcale" });
    let stranger = world.client();
    while admin.get(&api("notices")).await.json()["items"].as_array().unwrap().is_empty() {
        let refused = from(&stranger, "193.7.7.7", Method::POST, "sessions", &wrong).await;
        assert!(matches!(refused.status.as_u16(), 401 | 429), "{}", refused.text);
        world.clock.advance_ms(60_000);
        let _ = admin.get(&api("me")).await.expect(200);
    }
    let notice = admin.get(&api("notices")).await.expect(200).json()["items"][0].clone();
    let body = notice["body"].as_str().unwrap();
    assert!(body.contains("from 193.7.7.7 (country: DE), by"), "{notice}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_makes_another_place_of_an_address() {
    let world = World::new().await;
    let anna = world.sign_in("anna.kowalska").await;
    // Without a trusted proxy what a client says of where it comes from counts for nothing.
    let listed = from(&anna, "5.1.2.3", Method::GET, "sessions", &json!({})).await.expect(200).json();
    assert_eq!(listed["items"][0]["seen_place"], json!({ "kind": "local" }), "{listed}");
    problem(&world.client().get(&api("sessions")).await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn notices_of_a_stolen_session_say_in_which_country() {
    let table = poland_and_germany();
    let proxy = ProxyConfig { trusted: vec!["127.0.0.1/32".parse().unwrap()] };
    let countries = Some(table.path().to_owned());
    let world = World::with(Config { proxy, countries, ..testkit::config() }).await;
    let (anna, other) = (world.client(), world.sign_in("anna.kowalska").await);
    let right = json!({ "login": "anna.kowalska", "password": testkit::PASSWORD });
    let begun = from(&anna, "5.1.2.3", Method::POST, "sessions", &right).await.expect(201);
    let stolen = given(&begun, "__Host-klucznik");
    let chrome = "Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36";
    for (address, agent) in [("193.7.7.7", chrome), ("10.7.7.7", "curl/8.14.1"), ("2001:db8::7", "wget/1.2")]
    {
        let request = anna.request(Method::GET, &api("me")).header("x-forwarded-for", address);
        problem(&anna.send(request.header("user-agent", agent)).await, 403);
    }
    // The session gets another secret, and somebody shows the one before.
    anna.step_up(testkit::PASSWORD).await;
    let _ = anna.get(&api("me")).await.expect(200);
    world.clock.advance_ms(10_000);
    let thief = world.client();
    let request = thief.request(Method::GET, &api("me")).header("x-forwarded-for", "193.8.8.8");
    problem(&thief.send(request.header("cookie", stolen)).await, 401);

    for (language, expected) in [
        (
            "en",
            [
                "from 193.7.7.7 (country: DE; Chrome, Linux).",
                "from 10.7.7.7 (local network; curl).",
                "from 2001:db8::7 (wget).",
                "from 193.8.8.8 (country: DE).",
            ],
        ),
        (
            "pl",
            [
                "z adresu 193.7.7.7 (kraj: DE; Chrome, Linux).",
                "z adresu 10.7.7.7 (sieć lokalna; curl).",
                "z adresu 2001:db8::7 (wget).",
                "z adresu 193.8.8.8 (kraj: DE).",
            ],
        ),
    ] {
        let mut request = other.request(Method::GET, &api("notices")).build().unwrap();
        let _ = request.headers_mut().insert("accept-language", language.parse().unwrap());
        let notices = other.run(request).await.expect(200).text;
        for words in expected {
            assert!(notices.contains(words), "{words}: {notices}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_cannot_be_used_keeps_nobody_from_working() {
    let folder = tempfile::tempdir().unwrap();
    let (damaged, missing) = (file(b"no table at all"), folder.path().join("none.mmdb"));
    let proxy = ProxyConfig { trusted: vec!["127.0.0.1/32".parse().unwrap()] };
    let config = |path: &std::path::Path| {
        let countries = Some(path.to_owned());
        Config { proxy: proxy.clone(), countries, ..testkit::config() }
    };
    let mut world = World::with(config(&missing)).await;
    for path in [&missing, damaged.path()] {
        world.stop().await;
        world.start_with(config(path)).await.unwrap();
        let anna = world.sign_in("anna.kowalska").await;
        let listed = from(&anna, "5.1.2.3", Method::GET, "sessions", &json!({})).await.expect(200).json();
        let current = listed["items"].as_array().unwrap().iter().find(|s| s["current"] == true).unwrap();
        assert_eq!(current["seen_place"], Value::Null, "{listed}");
    }
}
