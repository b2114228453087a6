//! What the doctor says of single sign-on, against a provider on this machine.

use crate::harness::House;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use testkit::OpenProvider;

/// The settings with this section of single sign-on in place of any other.
pub fn set(house: &House, section: &str) {
    let path = house.path("klucznik-data").join("klucznik.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let mut kept = String::new();
    let mut dropping = false;
    for line in settings.lines() {
        if line.starts_with('[') {
            dropping = line.starts_with("[sign_on]") || line.starts_with("[[sign_on");
        }
        if !dropping {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    fs::write(&path, format!("{kept}\n{section}")).expect("a file");
}

/// States, and what is said, by check.
fn found(house: &House) -> BTreeMap<String, (String, String)> {
    let answer = house.run("doctor --json").json();
    let text = |v: &Value| v.as_str().expect("a text").to_owned();
    let checks = answer["checks"].as_array().expect("checks");
    let ours = checks.iter().filter(|c| text(&c["check"]).starts_with("sign-on"));
    ours.map(|c| (text(&c["check"]), (text(&c["state"]), text(&c["what"])))).collect()
}

#[test]
fn the_doctor_looks_at_each_part_of_single_sign_on() {
    let house = House::new();
    house.init("--key-file root.key").expect(0);
    let state = |found: &BTreeMap<String, (String, String)>, check: &str| found[check].0.clone();
    set(&house, "");
    assert_eq!(state(&found(&house), "sign-on"), "ok", "nothing is set up");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let provider = runtime.block_on(OpenProvider::new());
    let file = house.path("oidc");
    let _ = provider.settings("firma", &file);
    let section = |only: &str, issuer: &str, more: &str| {
        format!(
            "[sign_on]\n{only}\n[[sign_on.providers]]\nname = \"firma\"\nlabel = \"Konto Firma\"\nissuer = \"{issuer}\"\nclient_id = \"klucznik\"\nclient_secret_file = \"{}\"\n{more}",
            file.display()
        )
    };
    let good = section(
        "only = true\nemergency = \"anna.nowak\"",
        provider.issuer(),
        "roles = { a = [\"seller\"] }\n",
    );
    set(&house, &good);
    let all = found(&house);
    for check in ["sign-on", "sign-on-secret", "sign-on-provider", "sign-on-names", "sign-on-emergency"] {
        assert_eq!(state(&all, check), "ok", "{all:?}");
    }
    // One that is out of order, is another, or has no keys.
    provider.set_down(true);
    assert_eq!(state(&found(&house), "sign-on-provider"), "error");
    provider.set_down(false);
    for (discovery, code) in [
        (json!({ "issuer": format!("{}/", provider.issuer()) }), "wrong-issuer"),
        (json!({ "jwks_uri": "http://elsewhere.example/keys" }), "provider-answer"),
    ] {
        provider.set_discovery(discovery);
        let (state, what) = found(&house)["sign-on-provider"].clone();
        assert!(state == "error" && what.contains(code), "{what}");
    }
    provider.set_discovery(json!({}));
    // A secret that others can read, or that is not there.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("rights");
    let (open, what) = found(&house)["sign-on-secret"].clone();
    assert!(open == "error" && what.contains("chmod 600"), "{what}");
    fs::remove_file(&file).expect("removed");
    let all = found(&house);
    assert_eq!((&*state(&all, "sign-on-secret"), &*state(&all, "sign-on-provider")), ("error", "ok"));
    let _ = provider.settings("firma", &file);
    // Names that do not exist, each told.
    let names = "create_users_in = \"Nie ma\"\ncreate_users_groups = [\"a\"]\nroles = { a = [\"seller\", \"nie_ma\"] }\n";
    set(&house, &section("", provider.issuer(), names));
    let all = found(&house);
    let (wrong, what) = all["sign-on-names"].clone();
    assert!(wrong == "error" && what.contains("“Nie ma”") && what.contains("“nie_ma”"), "{what}");
    assert!(!what.contains("seller") && !all.contains_key("sign-on-emergency"), "{all:?}");
    // Nobody to help, and settings that do not go together.
    set(&house, &section("only = true\nemergency = \"nikt\"", provider.issuer(), ""));
    assert_eq!(state(&found(&house), "sign-on-emergency"), "error");
    set(&house, &section("", provider.issuer(), "create_users_in = \"Nie ma\"\n"));
    let (wrong, what) = found(&house)["sign-on"].clone();
    assert!(wrong == "error" && what.contains("create_users_domains"), "{what}");
}
