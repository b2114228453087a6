//! From an empty folder to a proof, and what a verification finds.

use crate::harness::{House, PASSWORD, copy};
use serde_json::Value;
use std::fs;

const PEOPLE: &str = "First Name,Last Name,Email Address,Company Name\n\
    Anna,Kowalska,anna@example.com,Acme\n\
    Jan,Żółty,no-address,Acme\n\
    Ewa,Nowak,ewa@example.com,Beta\n";

fn house() -> House {
    let house = House::new();
    house.init("").expect(0);
    house.user("jan.kowalski --name Jan --email jan@firma.example --role seller");
    fs::write(house.path("people.csv"), PEOPLE).expect("a file");
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_hour() {
    let house = house();
    let trial = house.run("import people people.csv --as jan.kowalski --dry-run --json").expect(0).json();
    assert_eq!((&trial["made"], &trial["dry_run"]), (&Value::from(2), &Value::from(true)));
    let ran = house.run("import people people.csv --as jan.kowalski").expect(0);
    assert!(ran.out().contains("line 3, Email Address: "), "{}", ran.out());
    let again = house.run("import people people.csv --as jan.kowalski --json").expect(1).json();
    assert_eq!((&again["made"], &again["duplicates"]), (&Value::from(0), &Value::from(2)));

    let served = house.serve("serve");
    assert!(served.answer["url"].as_str().is_some_and(|u| u.starts_with("https://localhost:")));
    let client = house.client(&served, "klucznik-data");
    client.sign_in("jan.kowalski", PASSWORD).await;
    // More than one factor is asked for without anybody's doing, in a week.
    let own = client.get("/api/v1/me").await.expect(200).json()["factors"].clone();
    assert_eq!((&own["need"], &own["enrol_only"]), (&Value::from("any"), &Value::from(false)), "{own}");
    assert!(own["due"].is_string(), "{own}");
    let people = client.get("/api/v1/people").await.expect(200).json();
    assert_eq!(people["items"].as_array().map(Vec::len), Some(2));
    let events = client.get("/api/v1/me/events").await.expect(200).json();
    let event = events["items"][0]["id"].as_str().expect("an event").to_owned();
    let checkpoint = client.get("/api/v1/ledger/checkpoint").await.expect(200).text;
    fs::write(house.path("checkpoint-kept"), checkpoint).expect("a file");

    let second = house.run("serve --listen 127.0.0.1:0").expect(1);
    assert!(second.err().contains("open in another process"), "{}", second.err());
    let offline = house.run("import people people.csv --as jan.kowalski").expect(1);
    assert!(offline.err().contains("curl --cacert 'klucznik-data/tls/ca.pem'"), "{}", offline.err());
    house.run("index rebuild").expect(1);
    // Looking at the format is in nobody's way; changing it is.
    let format = house.run("migrate --check --json").expect(0).json();
    assert_eq!(format["found"], format["known"]);
    // The release before cannot read all that this one writes, and is kept out from the start.
    assert_eq!((&format["added"], &format["contractable"]), (&Value::from(0), &Value::from(0)));
    let (busy, told) = if testkit::on_postgres() {
        (house.run("migrate --contract").expect(1), "Stop them for the time being")
    } else {
        (house.run("migrate").expect(1), "Stop that one and try again")
    };
    assert!(busy.err().contains(told), "{}", busy.err());
    assert_eq!(served.stop(), Some(0));
    let told = house.run("migrate --contract").expect(0);
    assert!(told.out().contains("There is nothing to add."), "{}", told.out());
    let format = house.run("migrate --check --json").expect(0).json();
    assert_eq!((&format["needs"], &format["contractable"]), (&format["known"], &Value::from(0)));
    // That was an act of the operator's, once: what was refused is none.
    let served = house.serve("serve");
    let admin = house.client(&served, "klucznik-data");
    admin.sign_in("anna.nowak", PASSWORD).await;
    let acts = admin.get("/api/v1/ledger/events?act=instance.contract").await.expect(200).json();
    assert_eq!(acts["items"].as_array().map(Vec::len), Some(1), "{acts}");
    assert_eq!(acts["items"][0]["who"], "operator", "{acts}");
    assert_eq!(served.stop(), Some(0));

    house.run("ledger verify --checkpoint checkpoint-kept").expect(0);
    house.run(&format!("ledger proof {event} --out proof.json")).expect(0);
    let key = house.run("keys status --json").expect(0).json()["ledger_public_key"]
        .as_str()
        .expect("a key")
        .to_owned();
    let checked = house.run(&format!("ledger check proof.json --public-key {key}")).expect(0);
    assert!(checked.out().contains("Who: user "), "{}", checked.out());
    let other = "00".repeat(32);
    house.run(&format!("ledger check proof.json --public-key {other}")).expect(3);
}

#[test]
fn import_is_undone_as_one_act() {
    let house = house();
    let id = house.run("import people people.csv --as jan.kowalski --json").expect(0).json()["id"].clone();
    let id = id.as_str().expect("an id");
    house.run(&format!("import undo {id} --as anna.nowak")).expect(1);
    let undone = house.run(&format!("import undo {id} --as jan.kowalski --json")).expect(0).json();
    assert_eq!(undone["removed"], 4, "two people and two companies: {undone}");
    house.run("ledger verify").expect(0);
}

#[test]
fn keys_rotate_and_the_index_comes_back() {
    let house = house();
    house.run("import people people.csv --as jan.kowalski").expect(0);
    assert_eq!(house.run("keys rotate --json").expect(0).json()["epoch"], 2);
    house.run("index rebuild").expect(0);
    assert_eq!(house.run("keys status --json").expect(0).json()["current_epoch"], 2);
    house.run("ledger verify").expect(0);
}

#[test]
fn verification_finds_what_was_done_to_a_copy() {
    let house = house();
    let (data, old) = (house.path("klucznik-data"), house.path("old"));
    copy(&data, &old);
    let kept = house.run("ledger checkpoint").expect(0).out();
    fs::write(house.path("kept"), kept).expect("a file");
    house.run("import people people.csv --as jan.kowalski").expect(0);
    let now = house.run("ledger checkpoint").expect(0).out();
    fs::write(house.path("now"), now).expect("a file");

    // A copy without keys is opened with those of the instance.
    let copied = house.path("copy");
    copy(&data, &copied);
    fs::remove_dir_all(copied.join("keys")).expect("a folder");
    house.run("ledger verify --copy copy --checkpoint kept").expect(0);
    // What goes back behind a checkpoint kept elsewhere is found, though the old copy is whole.
    house.run("ledger verify --copy old --checkpoint kept").expect(0);
    let back = house.run("ledger verify --copy old --checkpoint now --json").expect(3).json();
    assert_eq!(back["findings"][0]["code"], "rolled-back");

    // One bit, wherever it lies.
    let path = copied.join("store.db");
    let whole = fs::read(&path).expect("a file");
    for at in [100, whole.len() / 3, whole.len() / 2, whole.len() - 100] {
        let mut altered = whole.clone();
        altered[at] ^= 1;
        fs::write(&path, altered).expect("a file");
        let ran = house.run("ledger verify --copy copy --json").expect(3);
        assert_eq!(ran.json()["sound"], false);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn networks_are_lifted_beside_a_running_server_and_without_one() {
    let house = house();
    let served = house.serve("serve");
    let admin = house.client(&served, "klucznik-data");
    admin.sign_in("anna.nowak", PASSWORD).await;
    let rules = async |version: u64| {
        let put = admin.request(reqwest::Method::PUT, "/api/v1/sessions/rules");
        let rules = serde_json::json!({ "everyone": { "networks": ["127.0.0.1"] }, "roles": {} });
        let put = put.header("if-match", format!("\"{version}\"")).json(&rules);
        let _ = admin.send(put).await.expect(200);
    };
    let nothing = house.run("user networks clear").expect(0);
    assert!(nothing.out().contains("No network was restricted."), "{}", nothing.out());
    rules(0).await;
    let done = house.run("user networks clear --lang pl").expect(0);
    assert!(done.out().contains("z dowolnej sieci"), "{}", done.out());
    let left = admin.get("/api/v1/sessions/rules").await.expect(200).json();
    assert_eq!((&left["version"], &left["everyone"]["networks"]), (&Value::from(2), &Value::Array(vec![])));
    rules(2).await;
    assert_eq!(served.stop(), Some(0));
    assert_eq!(house.run("user networks clear --json").expect(0).json()["cleared"], true);
    house.run("ledger verify").expect(0);
}
