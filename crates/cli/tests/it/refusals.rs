//! What is refused, in which words and with which exit code.

use crate::harness::House;
use std::fs;

#[test]
fn usage_is_told_apart_from_failure() {
    let house = House::new();
    house.run("").expect(2);
    house.run("frobnicate").expect(2);
    house.run("serve --listen nowhere").expect(2);
    house.run("init --key file --credential root").expect(2);
    house.run("init --key-file a --passphrase-file b").expect(2);
    house.run("init --key credential").expect(2);
    house.run("init --certificate only.pem").expect(2);
    house.run("import people x.csv").expect(2);
    house.run("--help").expect(0);
    house.run("--version").expect(0);
}

#[test]
fn a_missing_instance_is_named_in_the_language_of_the_person() {
    let house = House::new();
    for command in
        ["serve", "keys status", "index rebuild", "ledger verify", "ledger checkpoint", "user list"]
    {
        let ran = house.run(&format!("{command} --dir nowhere")).expect(1);
        assert!(ran.err().contains("There is no instance in nowhere"), "{}", ran.err());
    }
    let polish = house.run_with("serve", &[("LANG", "pl_PL.UTF-8")]).expect(1);
    assert!(polish.err().contains("nie ma instancji"), "{}", polish.err());
    let json = house.run("serve --json").expect(1);
    assert!(json.err().contains(r#""error":"not-found""#), "{}", json.err());
}

#[test]
fn init_leaves_nothing_behind_when_it_is_refused() {
    let house = House::new();
    // There is no terminal to ask at.
    let asked = house.run("init").expect(1);
    assert!(asked.err().contains("--organisation"), "{}", asked.err());
    house.secret("weak", "kowalski");
    house.init("--password-file weak --key-file root.key").expect(2);
    let weak = "init --organisation Firma --admin-login anna.nowak --admin-name Anna --admin-email anna@firma.example";
    let ran = house.run(&format!("{weak} --password-file weak --key-file root.key")).expect(1);
    assert!(ran.err().contains("15"), "{}", ran.err());
    assert!(!house.path("klucznik-data").exists() && !house.path("root.key").exists());
    // All that is wrong is told at once.
    house.secret("odd", "kowalski");
    let all = "init --organisation \u{202e}Firma --admin-login \u{17c} --admin-name Anna\u{200b} --admin-email nowhere --password-file odd";
    let told = house.run(all).expect(1).err();
    for part in ["organisation", "U+202E", "login", "name", "U+200B", "email", "password", "15"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!house.path("klucznik-data").exists());
    // A wrong log-in name is found before the key is made.
    let ran =
        house.run(&format!("{weak} --password-file password --key-file root.key --admin-login x")).err();
    assert!(ran.contains("cannot be used multiple times"), "{ran}");
    let wrong = weak.replace("anna.nowak", "ż");
    house.run(&format!("{wrong} --password-file password --key-file root.key")).expect(1);
    assert!(!house.path("klucznik-data").exists() && !house.path("root.key").exists());
}

#[test]
fn files_with_secrets_are_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new();
    fs::set_permissions(house.path("password"), fs::Permissions::from_mode(0o644)).expect("rights");
    let ran = house.init("").expect(1);
    assert!(ran.err().contains("chmod 600"), "{}", ran.err());
}

#[test]
fn a_folder_in_use_is_left_alone() {
    let house = House::new();
    fs::create_dir(house.path("klucznik-data")).expect("a folder");
    fs::write(house.path("klucznik-data/mine"), "x").expect("a file");
    house.init("").expect(1);
    house.run("demo --dir klucznik-data --no-serve").expect(1);
    assert_eq!(fs::read_to_string(house.path("klucznik-data/mine")).expect("a file"), "x");
}

#[test]
fn a_passphrase_opens_and_a_wrong_one_does_not() {
    let house = House::new();
    house.secret("phrase", "siedem-koni-na-moscie");
    house.secret("wrong", "osiem-koni-na-moscie!");
    house.init("--passphrase-file phrase").expect(0);
    assert!(!house.path("klucznik-data/keys/root.key").exists());
    let status = house.run("keys status --json").expect(0).json();
    assert_eq!(status["root"], "passphrase");
    house.run("keys status --passphrase-file wrong").expect(1);
    house.run("keys status --key passphrase").expect(1);
}

#[test]
fn a_credential_and_a_key_elsewhere_open() {
    let house = House::new();
    fs::create_dir(house.path("credentials")).expect("a folder");
    house.run("keys create credentials/root").expect(0);
    house.run("keys create credentials/root").expect(1);
    let env = [("CREDENTIALS_DIRECTORY", "credentials")];
    let line = "init --organisation Firma --admin-login anna.nowak --admin-name Anna --admin-email a@firma.example --password-file password --reserve-mib 0 --credential root";
    house.run_with(line, &env).expect(0);
    house.run_with("user list", &env).expect(0);
    house.run("user list").expect(1);
}

#[test]
fn users_are_looked_after_from_the_machine() {
    let house = House::new();
    house.init("").expect(0);
    let made = "user create ewa.nowak --name Ewa --email ewa@firma.example";
    house.run(&format!("{made} --role nobody")).expect(1);
    house.run(&format!("{made} --role seller --days 15")).expect(1);
    // Nobody chooses a password for somebody who was never there.
    house.run(&format!("{made} --role seller --password-file password")).expect(2);
    let ran = house.run(&format!("{made} --role seller --days 2 --lang en")).expect(0);
    assert!(ran.out().contains("https://localhost:8443/link#"), "{}", ran.out());
    house.run(&format!("{made} --role seller")).expect(1);
    assert_eq!(house.run("user suspend ewa.nowak --json").expect(0).json()["active"], false);
    fs::write(house.path("people.csv"), "Last name\nNowak\n").expect("a file");
    let refused = house.run("import people people.csv --as ewa.nowak").expect(1);
    assert!(refused.err().contains("suspended"), "{}", refused.err());
    // Somebody must be able to make users.
    house.run("user suspend anna.nowak").expect(1);
    house.run("user password anna.nowak --password-file password").expect(0);
    house.run("ledger verify").expect(0);
}

#[test]
fn a_database_that_does_not_answer_is_named_with_where_it_is_set() {
    let house = House::new();
    for (lang, word) in [("en", "port 1 "), ("pl", "port 1 ")] {
        let told = house
            .init(&format!("--store postgresql://klucznik@127.0.0.1:1/crm --lang {lang}"))
            .expect(1)
            .err();
        assert!(told.contains("127.0.0.1") && told.contains(word) && told.contains("[store]"), "{told}");
    }
    fs::write(house.path("empty.pem"), "no certificate\n").expect("a file");
    let line = "--store postgresql://klucznik@db.example/crm --store-root-certificates empty.pem";
    let told = house.init(line).expect(1).err();
    assert!(told.contains("empty.pem") && told.contains("root_certificates"), "{told}");
    assert!(!house.path("klucznik-data").exists());
}

#[test]
fn a_role_that_may_make_no_tables_is_told_what_to_grant() {
    let (house, database) = (House::new(), testkit::Database::alone());
    let address = format!("postgresql://?{}", database.guarded("klucznik", "tajne").replace(' ', "&"));
    let name = database.name();
    // It may enter, and nothing else.
    for statement in [
        format!("ALTER DATABASE {name} OWNER TO postgres"),
        format!("GRANT CONNECT ON DATABASE {name} TO klucznik"),
        format!("REVOKE CREATE ON DATABASE {name} FROM public, klucznik"),
        "ALTER SCHEMA public OWNER TO postgres".to_owned(),
        "REVOKE CREATE ON SCHEMA public FROM public, klucznik".to_owned(),
    ] {
        database.sql(&statement);
    }
    house.secret("database-password", "tajne");
    let line = format!("--store {address} --store-password-file database-password");
    let told = house.init(&line).expect(1).err();
    assert!(told.contains("GRANT CREATE ON DATABASE") && told.contains(name), "{told}");
}

#[test]
fn the_overview_of_commands_is_in_the_language_of_the_person() {
    let house = House::new();
    for ran in [
        house.run("--lang pl --help"),
        house.run("--help --lang=pl"),
        house.run_with("--help", &[("LANG", "pl_PL.UTF-8")]),
    ] {
        let told = ran.expect(0).out();
        assert!(told.contains("Użycie: klucznik") && told.contains("Polecenia:"), "{told}");
        assert!(!told.contains("Usage") && !told.contains("Options:") && !told.contains("Print"), "{told}");
    }
    let english = house.run_with("--lang en --help", &[("LANG", "pl_PL.UTF-8")]).expect(0).out();
    assert!(english.contains("Usage: klucznik") && english.contains("Make an empty instance"), "{english}");
}
