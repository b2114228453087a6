use crate::{Instance, NOW, context, fault, note, open, organisation, subject};
use kernel::{FaultKind, SeededRandom};
use std::sync::Arc;
use vault::{RootKey, RootSource, Vault, root_source};

#[test]
fn a_wrong_root_key_is_told_clearly() {
    let instance = Instance::new(1);
    let other =
        RootKey::create_file(&instance.place.path().join("other.key"), &SeededRandom::new(2)).unwrap();
    let refused = fault(open(&instance.dir(), &other, 2));
    assert_eq!(refused.kind, FaultKind::Invalid);
    assert!(refused.message.en.contains("root key"));
    assert!(refused.message.pl.contains("klucz główny"));
}

#[test]
fn the_key_file_is_as_specified_and_private() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("root.key");
    RootKey::create_file(&path, &SeededRandom::new(1)).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.len(), 65);
    assert!(text.starts_with("klucznik-root-key-1\n"));
    let again = RootKey::create_file(&path, &SeededRandom::new(2));
    assert_eq!(fault(again).kind, FaultKind::Invalid);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "never over an existing one");
    assert!(RootKey::from_file(&path).is_ok());
    let code = text.lines().nth(1).unwrap();
    for wrong in [
        String::new(),
        code.to_owned(),
        format!("klucznik-root-key-2\n{code}\n"),
        format!("klucznik-root-key-1\n{code}\n\n"),
        format!("klucznik-root-key-1\n {code}\n"),
        format!("klucznik-root-key-1\n{}\n", &code[4..]),
        format!("klucznik-root-key-1\n{code}\n{}", "x".repeat(1000)),
    ] {
        std::fs::write(&path, &wrong).unwrap();
        assert_eq!(fault(RootKey::from_file(&path)).kind, FaultKind::Invalid, "{wrong:?}");
    }
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let instance = Instance::new(1);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&instance.dir()), 0o700);
    assert_eq!(mode(&instance.dir().join("keys.json")), 0o600);
    assert_eq!(mode(&instance.dir().join("keyring.db")), 0o600);
    let key = instance.place.path().join("root.key");
    assert_eq!(mode(&key), 0o600);
    for open in [0o640, 0o604, 0o620, 0o601] {
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(open)).unwrap();
        let refused = fault(RootKey::from_file(&key));
        assert_eq!(refused.kind, FaultKind::Invalid);
        assert!(refused.message.en.contains("chmod 600"), "{open:o}");
    }
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o400)).unwrap();
    assert!(RootKey::from_file(&key).is_ok());
}

#[test]
fn credentials_are_read_by_name_within_their_directory() {
    let place = tempfile::tempdir().unwrap();
    let directory = place.path().join("credentials");
    std::fs::create_dir(&directory).unwrap();
    let random = Arc::new(SeededRandom::new(1));
    RootKey::create_file(&directory.join("klucznik.root"), &*random).unwrap();
    RootKey::create_file(&place.path().join("outside"), &*random).unwrap();
    let root = RootKey::from_credential(&directory, "klucznik.root").unwrap();
    for name in ["", "missing", "../outside", "/etc/passwd", "..", ".hidden"] {
        assert!(RootKey::from_credential(&directory, name).is_err(), "{name}");
    }
    let dir = place.path().join("keys");
    drop(Vault::create(&dir, &root, organisation(), NOW, random).unwrap());
    assert_eq!(root_source(&dir).unwrap(), RootSource::Credential);
}

#[test]
fn a_passphrase_opens_with_the_salt_in_the_file() {
    let place = tempfile::tempdir().unwrap();
    let random = Arc::new(SeededRandom::new(1));
    assert!(RootKey::new_passphrase("krótkie", &*random).is_err());
    let root = RootKey::new_passphrase("zażółć gęślą jaźń", &*random).unwrap();
    let vault = Vault::create(place.path(), &root, organisation(), NOW, random).unwrap();
    vault.add_subjects(&[subject(1)]).unwrap();
    let sealed = vault.seal(&context(1), b"x").unwrap();
    drop(vault);
    let RootSource::Passphrase(with) = root_source(place.path()).unwrap() else { panic!("another source") };
    assert_eq!((with.cost.memory_kib, with.cost.passes, with.cost.lanes), (65_536, 3, 1));
    let right = RootKey::from_passphrase("zażółć gęślą jaźń", with).unwrap();
    let vault = open(place.path(), &right, 2).unwrap();
    assert_eq!(vault.open(&context(1), &sealed).unwrap(), b"x");
    drop(vault);
    let wrong = RootKey::from_passphrase("zażółć gęślą jaźn", with).unwrap();
    assert_eq!(fault(open(place.path(), &wrong, 3)).kind, FaultKind::Invalid);
}

#[test]
fn nothing_is_made_over_what_is_there() {
    let instance = Instance::new(1);
    let random = Arc::new(SeededRandom::new(2));
    let again = Vault::create(&instance.dir(), &instance.root, organisation(), NOW, random.clone());
    assert_eq!(fault(again).kind, FaultKind::Invalid);
    let nowhere = instance.place.path().join("nowhere");
    let missing = Vault::open_existing(&nowhere, &instance.root, random);
    assert_eq!(fault(missing).kind, FaultKind::Invalid);
    std::fs::remove_file(instance.dir().join("keyring.db")).unwrap();
    assert_eq!(fault(open(&instance.dir(), &instance.root, 3)).kind, FaultKind::Corrupt);
}

/// Every byte of `keys.json` that matters: a changed key, id, epoch or format is refused at opening, or the
/// page key concerned is when it is asked for.
#[test]
fn an_altered_keys_file_is_refused() {
    let instance = Instance::new(1);
    instance.vault.page_key("a.db").unwrap();
    instance.vault.page_key("b.db").unwrap();
    let path = instance.dir().join("keys.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut changed = value.clone();
        change(&mut changed);
        std::fs::write(&path, changed.to_string()).unwrap();
        fault(open(&instance.dir(), &instance.root, 2).and_then(|v| v.page_key("a.db")))
    };
    let swapped = |v: &serde_json::Value| {
        let text = v.as_str().unwrap();
        let first = if text.starts_with('A') { "B" } else { "A" };
        serde_json::Value::from(format!("{first}{}", &text[1..]))
    };
    for pointer in [
        "/epochs/0/key",
        "/organisation_key/key",
        "/organisation_key/id",
        "/derivation_key/key",
        "/signing_key/key",
        "/pages/a.db/key",
        "/pages/keyring.db/key",
    ] {
        let kind = refused(&|v| {
            let place = v.pointer_mut(pointer).unwrap();
            *place = swapped(place);
        });
        assert_eq!(kind.kind, FaultKind::Corrupt, "{pointer}");
    }
    refused(&|v| v["check"] = swapped(&v["check"]));
    refused(&|v| v["format"] = 2.into());
    refused(&|v| v["current"] = 2.into());
    refused(&|v| v["erased"] = 1.into());
    refused(&|v| v["epochs"] = serde_json::json!([]));
    refused(&|v| v["unknown"] = 1.into());
    refused(&|v| v["pages"]["a.db"] = v["pages"]["b.db"].clone());
    refused(&|v| v["signing_key"] = v["derivation_key"].clone());
    std::fs::write(&path, &text[..text.len() / 2]).unwrap();
    let cut = fault(open(&instance.dir(), &instance.root, 2));
    assert!(note(&cut).contains("line"), "{}", note(&cut));
    std::fs::write(&path, &text).unwrap();
    assert!(open(&instance.dir(), &instance.root, 2).is_ok());
}

#[test]
fn page_keys_last_until_dropped() {
    let instance = Instance::new(1);
    let first = instance.vault.page_key("index.db").unwrap();
    let other = instance.vault.page_key("store.db").unwrap();
    assert_ne!(*first.pragma(), *other.pragma());
    let instance = instance.reopen(2);
    assert_eq!(*instance.vault.page_key("index.db").unwrap().pragma(), *first.pragma());
    instance.vault.drop_page_key("index.db").unwrap();
    let instance = instance.reopen(3);
    assert_ne!(*instance.vault.page_key("index.db").unwrap().pragma(), *first.pragma());
    assert!(instance.vault.drop_page_key("keyring.db").is_err());
    for name in ["", "UPPER", "a/b", "ą", &"x".repeat(65)] {
        assert!(instance.vault.page_key(name).is_err());
    }
    let json = serde_json::to_value(instance.vault.status(NOW).unwrap()).unwrap();
    assert_eq!(json["root"], "key-file");
    assert_eq!(json["page_keys"], serde_json::json!(["index.db", "keyring.db", "store.db"]));
}
