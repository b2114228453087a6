//! Help and wrong usage as the person reads them, and variables of the environment that are empty.

use crate::harness::House;
use std::collections::BTreeSet;
use std::fs;

const POLISH: [(&str, &str); 1] = [("LANG", "pl_PL.UTF-8")];

#[test]
fn help_and_wrong_usage_follow_the_language() {
    let house = House::new();
    let help = house.run_with("import people --help", &POLISH).expect(0).out();
    for part in [
        "Użycie: klucznik import people [OPCJE] --as <LOGIN> <PLIK>",
        "Klucz główny:",
        "[zmienna: KLUCZNIK_AS]",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
    assert!(house.run("import people --help --lang pl").expect(0).out().contains("Wczytuje osoby"));
    let english = house.run_with("import people --help --lang en", &POLISH).expect(0).out();
    assert!(english.contains("Usage: klucznik import people [OPTIONS]"), "{english}");

    let wrong = house.run_with("serve --frobnicate", &POLISH).expect(2);
    assert!(wrong.err().starts_with("błąd: nieznany argument: „--frobnicate”"), "{}", wrong.err());
    assert!(wrong.err().contains("Użycie: klucznik serve") && wrong.out().is_empty(), "{}", wrong.err());
    let value = house.run_with("serve --listen nowhere", &[("KLUCZNIK_LANG", "pl")]).expect(2).err();
    assert!(value.contains("podaj adres IP i port"), "{value}");
    let english = house.run_with("serve --frobnicate", &[("LANG", "C.UTF-8")]).expect(2).err();
    assert!(english.starts_with("error: unexpected argument '--frobnicate' found"), "{english}");
}

/// The variables that the help of these commands names.
fn variables(house: &House) -> BTreeSet<String> {
    let commands = ["init", "serve", "import people", "user password", "doctor"];
    let help: String =
        commands.map(|command| house.run(&format!("{command} --help")).expect(0).out()).concat();
    let names = help.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    names.filter(|word| word.starts_with("KLUCZNIK_")).map(str::to_owned).collect()
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let house = House::new();
    let mut names = variables(&house);
    assert!(names.len() > 30 && names.contains("KLUCZNIK_DIR"), "{names:?}");
    names.insert("KLUCZNIK_LOG".to_owned());
    let empty: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let init = "init --organisation Firma --admin-login anna.nowak --admin-name Anna --admin-email anna@firma.example --password-file password --reserve-mib 0";
    house.run_with(&format!("{init} {}", house.store()), &empty).expect(0);
    assert!(house.path("klucznik-data/klucznik.toml").exists(), "the folder is the one of no variable");
    house.run_with("user list", &empty).expect(0);
    house.run_with("ledger verify", &empty).expect(0);
    house.run_with("doctor", &empty).expect(4);
    fs::write(house.path("people.csv"), "Last name\nNowak\n").expect("a file");
    // Whose import it is must be said all the same.
    let missing = house.run_with("import people people.csv", &empty).expect(2);
    assert!(missing.err().contains("--as <LOGIN>"), "{}", missing.err());
    let help = house.run_with("serve --help", &empty).expect(0).out();
    assert!(help.contains("[env: KLUCZNIK_DIR=]"), "help names them all the same: {help}");
    // What is not empty counts, beside those that are.
    let named: Vec<_> =
        empty.iter().map(|(name, _)| (*name, if *name == "KLUCZNIK_DIR" { "nowhere" } else { "" })).collect();
    let nowhere = house.run_with("user list", &named).expect(1);
    assert!(nowhere.err().contains("There is no instance in nowhere"), "{}", nowhere.err());
}

/// What a server says of its start is a line of its log, which an empty variable must not silence.
#[test]
fn an_empty_variable_of_the_log_leaves_it_as_it_is() {
    let house = House::new();
    house.init("").expect(0);
    let lines = |env: &[(&str, &str)]| {
        let served = house.serve_with("serve", env);
        let ran = served.end().expect(0);
        ran.err().lines().count()
    };
    let (usual, empty) = (lines(&[]), lines(&[("KLUCZNIK_LOG", "")]));
    assert!(usual > 1 && empty == usual, "{usual}, {empty}");
}
