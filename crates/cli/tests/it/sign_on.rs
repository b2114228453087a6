//! What the doctor says of single sign-on, against a provider on this machine.

use crate::harness::{House, PASSWORD};
use kernel::{Clock, SystemClock};
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
    let all = found(&house);
    for check in ["sign-on", "sign-on-managers"] {
        assert_eq!(state(&all, check), "ok", "nothing is set up");
    }
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
    for check in [
        "sign-on",
        "sign-on-secret",
        "sign-on-provider",
        "sign-on-names",
        "sign-on-emergency",
        "sign-on-managers",
        "sign-on-shut-out",
    ] {
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
    // A server does not start, and says whose secret it misses; of the rest nothing is said to be in order.
    for (lang, word) in [("en", "Cannot read"), ("pl", "Nie można odczytać")] {
        let told = house.run(&format!("serve --listen 127.0.0.1:0 --lang {lang}")).expect(1).err();
        assert!(
            told.contains("[[sign_on.providers]] firma, client_secret_file") && told.contains(word),
            "{told}"
        );
    }
    let whole = house.run("doctor").expect(3).out();
    assert!(!whole.contains("in order"), "{whole}");
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
    let all = found(&house);
    assert_eq!(state(&all, "sign-on-emergency"), "error");
    // The only administrator's password does not count.
    let (locked, what) = all["sign-on-managers"].clone();
    assert!(locked == "error" && what.contains("Nobody who manages users can sign in"), "{what}");
    let (out, what) = all["sign-on-shut-out"].clone();
    assert!(out == "warning" && what.contains("anna.nowak"), "{what}");
    let told = house.run("doctor --json").out();
    assert!(told.contains("only = false") && told.contains("klucznik user password anna.nowak"), "{told}");
    set(&house, &section("", provider.issuer(), "create_users_in = \"Nie ma\"\n"));
    let (wrong, what) = found(&house)["sign-on"].clone();
    assert!(wrong == "error" && what.contains("create_users_domains"), "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_says_what_no_groups_mean_and_names_whose_roles_nobody_renews() {
    let house = House::new();
    house.init("--key-file root.key").expect(0);
    let provider = OpenProvider::new().await;
    provider.set_time(SystemClock.now());
    let file = house.path("oidc");
    let _ = provider.settings("firma", &file);
    let section = |more: &str| {
        format!(
            "[[sign_on.providers]]\nname = \"firma\"\nlabel = \"Konto Firma\"\nissuer = \"{}\"\nclient_id = \"klucznik\"\nclient_secret_file = \"{}\"\nroles = {{ a = [\"seller\"] }}\n{more}",
            provider.issuer(),
            file.display()
        )
    };
    set(&house, &section("no_groups = \"none\"\n"));
    let (state, what) = found(&house)["sign-on-groups"].clone();
    assert!(state == "ok" && what.contains("firma (no_groups): its user is in none"), "{what}");
    set(&house, &section(""));
    let (state, what) = found(&house)["sign-on-groups"].clone();
    assert!(state == "ok" && what.contains("firma (no_groups): roles stay"), "{what}");
    // Anna gets a role by a group there.
    let served = house.serve("serve");
    let client = house.client(&served, "klucznik-data");
    client.sign_in("anna.nowak", PASSWORD).await;
    let me = client.get("/api/v1/me").await.expect(200).json();
    let place = format!("/api/v1/users/{}/accounts", me["user"]["id"].as_str().expect("an id"));
    let account = json!({ "provider": "firma", "subject": "pracownik-7" });
    let _ = client.post(&place, &account).await.expect(201);
    provider.set_claims(json!({ "groups": ["a"] }));
    let begun = client.post("/api/v1/sign-on", &json!({ "provider": "firma" })).await.expect(201).json();
    let came = provider.consent(begun["address"].as_str().expect("an address"));
    let _ = client.post("/api/v1/sign-on/finish", &came).await.expect(201);
    assert_eq!(served.stop(), Some(0));
    assert!(!found(&house).contains_key("sign-on-left"));
    set(&house, "");
    let (state, what) = found(&house)["sign-on-left"].clone();
    assert!(state == "warning" && what.contains("(anna.nowak: seller)"), "{what}");
}
