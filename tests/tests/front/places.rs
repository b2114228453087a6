//! The country of an address: by a table that is made here as the specification of MaxMind DB 2.0 says.

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
    [&[0xe1][..], &text(key), value].concat()
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

#[test]
fn what_is_no_code_of_a_country_is_no_place() {
    for strange in ["pl", "POL", "", "<b", "ż"] {
        let record = map("country_code", &text(strange));
        let places = Places::from_file(file(&table([&record, &record])).path()).unwrap();
        assert_eq!(of(&places, "8.8.8.8"), json!({ "kind": "unknown" }), "{strange}");
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
