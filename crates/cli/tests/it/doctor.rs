//! What the doctor finds, of an instance that is served, stopped or broken.

use crate::harness::{House, copy};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use testkit::Database;

/// States by check.
fn examine(house: &House, code: i32) -> BTreeMap<String, String> {
    let answer = house.run("doctor --json").expect(code).json();
    let text = |v: &Value| v.as_str().expect("a text").to_owned();
    let checks = answer["checks"].as_array().expect("checks");
    for check in checks.iter().filter(|c| c["state"] == "warning" || c["state"] == "error") {
        assert!(check["mend"].is_string(), "says what to do: {check}");
    }
    checks.iter().map(|c| (text(&c["check"]), text(&c["state"]))).collect()
}

/// What lies in the folder of the data; the log and its index come and go with readers.
fn files(house: &House) -> BTreeMap<String, Vec<u8>> {
    let of = |folder: &str| fs::read_dir(house.path(folder)).expect("a folder");
    let all = of("klucznik-data").chain(of("klucznik-data/keys")).map(|e| e.expect("an entry").path());
    let kept = all.filter(|p| p.is_file() && !p.to_string_lossy().ends_with("-shm"));
    kept.map(|p| (p.display().to_string(), fs::read(&p).expect("a file")))
        .filter(|(name, content)| !(name.ends_with("-wal") && content.is_empty()))
        .collect()
}

/// An instance of which nothing worse is to be said than what a test of this kind brings with it.
fn house() -> House {
    let house = House::new();
    house.init("--key-file root.key").expect(0);
    house
}

#[test]
fn a_sound_instance_has_nothing_worse_than_warnings_and_is_left_as_it_is() {
    let house = house();
    let before = files(&house);
    let stopped = examine(&house, 4);
    assert_eq!(files(&house), before);
    for check in ["instance", "access", "root-key", "certificate", "tls", "keyring", "store", "engine"] {
        assert_eq!(stopped[check], "ok", "{check}: {stopped:?}");
    }
    for check in ["ledger", "clock", "core-dumps"] {
        assert_eq!(stopped[check], "ok", "{check}: {stopped:?}");
    }
    // The harness keeps no room back, and its key lies on the same disk.
    assert_eq!((&*stopped["settings"], &*stopped["root-key-place"]), ("warning", "warning"));
    assert_eq!((&*stopped["backup"], &*stopped["backup-verified"]), ("warning", "warning"));
    assert_eq!(stopped["index"], "ok", "the first start builds it, and nothing waits for it");
    let served = house.serve("serve");
    let at_work = examine(&house, 4);
    for check in ["keyring", "store", "ledger", "index"] {
        assert_eq!(at_work[check], "ok", "{check}: {at_work:?}");
    }
    assert_eq!(served.stop(), Some(0));
    let polish = house.run("doctor --lang pl").expect(4);
    assert!(polish.out().contains("ostrzeżenie") && polish.out().contains("→ "), "{}", polish.out());
}

#[test]
fn each_trouble_is_found_by_its_own_check() {
    let house = house();
    let data = house.path("klucznik-data");
    let found = |check: &str| examine(&house, 3)[check].clone();

    fs::set_permissions(data.join("store.db"), fs::Permissions::from_mode(0o640)).expect("rights");
    assert_eq!(found("access"), "error");
    fs::set_permissions(data.join("store.db"), fs::Permissions::from_mode(0o600)).expect("rights");

    let settings = fs::read_to_string(data.join("klucznik.toml")).expect("settings");
    fs::write(data.join("klucznik.toml"), format!("frobnicate = 1\n{settings}")).expect("a file");
    let unread = examine(&house, 3);
    assert_eq!(
        (&*unread["settings"], &*unread["root-key"], &*unread["store"]),
        ("error", "skipped", "skipped")
    );
    fs::write(data.join("klucznik.toml"), &settings).expect("a file");

    let spans = "[telemetry]\notlp = \"https://otel.firma.example\"\nroot_certificates = \"missing.pem\"\n";
    let told: String = settings.lines().filter(|l| *l != "[telemetry]").map(|l| format!("{l}\n")).collect();
    fs::write(data.join("klucznik.toml"), format!("{told}{spans}")).expect("a file");
    assert_eq!(found("settings"), "error", "its authorities cannot be read");
    fs::write(data.join("klucznik.toml"), &settings).expect("a file");

    // A table that only shows something is found too, and keeps nobody from mending it or anything else.
    let countries = format!("countries = \"{}\"\n{settings}", house.path("none.mmdb").display());
    fs::write(data.join("klucznik.toml"), countries).expect("a file");
    assert_eq!(found("settings"), "error", "there is no table");
    let listed = house.run("user list").expect(0);
    assert!(listed.err().contains("none.mmdb"), "the log says so: {}", listed.err());
    assert_eq!(house.serve("serve").stop(), Some(0));
    fs::write(data.join("klucznik.toml"), &settings).expect("a file");

    fs::rename(house.path("root.key"), house.path("away")).expect("moved");
    let keyless = examine(&house, 3);
    assert_eq!((&*keyless["root-key"], &*keyless["ledger"]), ("error", "skipped"));
    fs::rename(house.path("away"), house.path("root.key")).expect("moved");

    fs::rename(data.join("tls/server.key"), data.join("tls/away")).expect("moved");
    assert_eq!(found("certificate"), "error");
    fs::rename(data.join("tls/away"), data.join("tls/server.key")).expect("moved");

    fs::rename(data.join("keys/keyring.db"), house.path("away")).expect("moved");
    let ringless = examine(&house, 3);
    assert_eq!(
        (&*ringless["keyring"], &*ringless["store"], &*ringless["access"]),
        ("error", "skipped", "ok")
    );
    fs::rename(house.path("away"), data.join("keys/keyring.db")).expect("moved");
    assert_eq!(examine(&house, 4)["objects"], "ok", "in the folder");

    let settings = fs::read_to_string(data.join("klucznik.toml")).expect("settings");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let credentials = house.path("s3").display().to_string();
    let bucket = format!(
        "place = \"s3\"\nendpoint = \"http://{free}\"\nbucket = \"b\"\nregion = \"r\"\ncredentials_file = \"{credentials}\""
    );
    let changed = settings.replace("place = \"folder\"", &bucket);
    assert_ne!(changed, settings);
    fs::write(data.join("klucznik.toml"), changed).expect("a file");
    assert_eq!(found("objects"), "error", "no file with the key");
    house.secret("s3", "id\nsecret");
    assert_eq!(found("objects"), "error", "nobody listens");
    fs::write(data.join("klucznik.toml"), settings).expect("a file");
}

#[test]
fn each_finding_says_what_is_true_of_this_instance() {
    let house = house();
    let of = |check: &str, code: i32| {
        let answer = house.run("doctor --json").expect(code).json();
        let checks = answer["checks"].as_array().expect("checks").clone();
        let found = checks.into_iter().find(|c| c["check"] == check);
        found.unwrap_or_else(|| panic!("{check}: {answer}"))
    };
    let text = |found: &Value, part: &str| found[part].as_str().unwrap_or_default().to_owned();
    // Before the first start nobody misses the index; once there are records, it has to be built.
    assert!(text(&of("index", 4), "what").contains("first start"));
    house.user("ewa.nowak --name Ewa --email ewa@firma.example --role seller");
    fs::write(house.path("people.csv"), "Last name\nNowak\n").expect("a file");
    house.run("import people people.csv --as ewa.nowak").expect(0);
    fs::remove_file(house.path("klucznik-data/index.db")).expect("removed");
    let gone = of("index", 4);
    assert_eq!((text(&gone, "state"), gone["mend"].is_string()), ("warning".to_owned(), true), "{gone}");

    // Where there is no instance, nothing is said of its key or certificate.
    fs::remove_dir_all(house.path("klucznik-data")).expect("removed");
    for check in ["root-key", "certificate", "keyring", "ledger", "backup", "backup-verified"] {
        let found = of(check, 3);
        assert_eq!((text(&found, "state"), found["mend"].is_null()), ("skipped".to_owned(), true), "{found}");
    }
    assert_eq!(text(&of("instance", 3), "state"), "error");
    let whole = house.run("doctor").expect(3).out();
    assert!(!whole.contains("in order"), "{whole}");
}

#[test]
fn an_older_database_and_a_damaged_one_are_found() {
    let house = house();
    let (data, old) = (house.path("klucznik-data"), house.path("old"));
    copy(&data, &old);
    house.user("ewa.nowak --name Ewa --email ewa@firma.example --role seller");
    let (now, before) = (data.join("store.db"), old.join("store.db"));
    fs::copy(&now, house.path("kept")).expect("a copy");
    fs::copy(&before, &now).expect("a copy");
    let rolled_back = examine(&house, 3);
    assert_eq!((&*rolled_back["ledger"], &*rolled_back["store"]), ("error", "ok"));

    let mut damaged = fs::read(house.path("kept")).expect("a file");
    damaged[100] ^= 1;
    fs::write(&now, damaged).expect("a file");
    let damaged = examine(&house, 3);
    assert_eq!((&*damaged["store"], &*damaged["ledger"], &*damaged["keyring"]), ("error", "skipped", "ok"));

    fs::remove_file(&now).expect("removed");
    assert_eq!(examine(&house, 3)["store"], "error");
    fs::remove_dir_all(&data).expect("removed");
    assert_eq!(examine(&house, 3)["instance"], "error");
}

#[test]
fn a_backup_that_was_made_and_proved_is_known() {
    let house = House::new();
    let made = house.run("backup keygen backup.identity --json").expect(0).json();
    let recipient = made["recipient"].as_str().expect("a recipient");
    house.init(&format!("--backup-recipient {recipient}")).expect(0);
    house.run("backup one.age").expect(0);
    let before = examine(&house, 4);
    assert_eq!((&*before["backup"], &*before["backup-verified"]), ("ok", "warning"));
    house.run("backup verify one.age --identity backup.identity").expect(0);
    assert_eq!(examine(&house, 4)["backup-verified"], "ok");
}

#[test]
fn of_a_database_settings_are_judged_and_absence_is_found() {
    let (house, database) = (House::new(), Database::new());
    let address = format!("postgresql://?{}", database.address().replace(' ', "&"));
    house.init(&format!("--store {address}")).expect(0);
    let durable = database.sql("SHOW fsync") == "on";
    let found = examine(&house, if durable { 4 } else { 3 });
    for check in ["keyring", "store", "engine-tls", "engine-archive", "ledger", "clock"] {
        assert_eq!(found[check], "ok", "{check}: {found:?}");
    }
    assert_eq!(found["engine-fsync"], if durable { "ok" } else { "error" });
    assert_eq!(found["engine-role"], "warning", "the tests' role is a superuser");

    let path = house.path("klucznik-data/klucznik.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let folder = database.data().parent().expect("a folder").display().to_string();
    fs::write(&path, settings.replace(&folder, "/nowhere")).expect("a file");
    let away = house.run("doctor --json").expect(3).json();
    let checks = away["checks"].as_array().expect("checks");
    let of = |check: &str| checks.iter().find(|c| c["check"] == check).expect("it is told").clone();
    let mend = of("database")["mend"].as_str().expect("what to do").to_owned();
    assert!(mend.contains("[store]"), "{mend}");
    assert_eq!(of("keyring")["state"], "skipped", "nothing is known of the keys");
    fs::write(&path, settings).expect("a file");

    database.sql("DROP SCHEMA keyring CASCADE");
    let keyless = examine(&house, 3);
    assert_eq!((&*keyless["keyring"], &*keyless["store"]), ("error", "skipped"));
}

#[test]
fn who_does_not_come_into_the_database_is_told_why() {
    let (house, database) = (House::new(), Database::alone());
    let address = format!("postgresql://?{}", database.guarded("klucznik", "tajne").replace(' ', "&"));
    let password = house.path("database-password");
    let init = house.init(&format!("--store {address}")).expect(1);
    assert!(init.err().contains("--store-password-file"), "{}", init.err());
    house.secret("database-password", "tajne");
    house.init(&format!("--store {address} --store-password-file {}", password.display())).expect(0);
    assert_eq!(examine(&house, 4)["database"], "ok");

    let name = database.name();
    let path = house.path("klucznik-data/klucznik.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let refused = |wrong: &str| {
        for lang in ["pl", "en"] {
            let started = house.run(&format!("serve --lang {lang} --listen 127.0.0.1:0"));
            let told = started.err();
            assert!(told.contains("[store]") && told.contains(wrong), "{lang}: {told}");
            assert!(!told.contains("again") && !told.contains("ponownie"), "no waiting mends it: {told}");
        }
        let answer = house.run("doctor --json").expect(3).json();
        let checks = answer["checks"].as_array().expect("checks");
        let errors: Vec<_> = checks.iter().filter(|c| c["state"] == "error").collect();
        assert_eq!((errors.len(), &errors[0]["check"]), (1, &"database".into()), "{errors:?}");
        assert!(errors[0]["what"].as_str().is_some_and(|what| what.contains(wrong)), "{errors:?}");
        assert!(errors[0]["mend"].as_str().is_some_and(|mend| mend.contains("[store]")), "{errors:?}");
    };
    house.secret("database-password", "inne");
    refused("password_file");
    fs::remove_file(&password).expect("removed");
    refused("database-password");
    house.secret("database-password", "tajne");
    for (from, to, named) in [
        (format!("dbname={name}"), "dbname=nie_ma".to_owned(), "createdb"),
        ("user=klucznik".to_owned(), "user=nikt".to_owned(), "nikt"),
    ] {
        assert!(settings.contains(&from), "{settings}");
        fs::write(&path, settings.replace(&from, &to)).expect("a file");
        refused(named);
    }
    let without: String =
        settings.lines().filter(|l| !l.starts_with("password_file")).map(|l| format!("{l}\n")).collect();
    fs::write(&path, without).expect("a file");
    refused("password_file");
    fs::write(&path, settings).expect("a file");
    database.sql(&format!("REVOKE CONNECT ON DATABASE {name} FROM public, klucznik"));
    refused("GRANT CONNECT");
}

#[test]
fn the_server_of_the_keys_is_judged_too_if_it_is_another() {
    let (house, data, keys) = (House::new(), Database::new(), Database::alone());
    let address = |of: &Database| format!("postgresql://?{}", of.address().replace(' ', "&"));
    house.init(&format!("--store {} --store-keyring {}", address(&data), address(&keys))).expect(0);
    let durable = keys.sql("SHOW fsync") == "on";
    let found = examine(&house, if durable { 4 } else { 3 });
    for check in ["engine-tls", "keyring-tls", "database", "keyring-database", "keyring-engine"] {
        assert_eq!(found[check], "ok", "{check}: {found:?}");
    }
    let said = house.run("doctor").out();
    assert!(!said.contains("= true") && !said.contains("= false"), "in words: {said}");
    assert_eq!(found["keyring-fsync"], if durable { "ok" } else { "error" });
}
