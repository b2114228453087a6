//! The keyring's own copy: what it brings along, and what it refuses.

use crate::{Instance, NOW, context, fault, open, subject};
use kernel::FaultKind;
use vault::{RootKey, Vault};

/// Root keys cannot be copied, so the same one is read again from its file.
fn import(dir: &std::path::Path, of: &Instance, mut copy: &[u8]) -> kernel::Result<vault::KeysCopied> {
    let root = |_| RootKey::from_file(&of.place.path().join("root.key"));
    Vault::import(dir, root, &kernel::SystemRandom, &mut copy)
}

fn exported(instance: &Instance) -> Vec<u8> {
    let mut out = Vec::new();
    instance.vault.export(&mut out).unwrap();
    out
}

#[test]
fn a_copy_opens_what_was_sealed_and_knows_what_was_destroyed() {
    let instance = Instance::new(1);
    let subjects: Vec<_> = (0..30).map(subject).collect();
    instance.vault.add_subjects(&subjects).unwrap();
    let sealed = instance.vault.seal(&context(3), b"Anna").unwrap();
    instance.vault.rotate(NOW, &|_, _| Ok(())).unwrap();
    instance.vault.destroy(subject(4), [4; 16], NOW).unwrap();
    let copy = exported(&instance);

    let dir = instance.place.path().join("elsewhere");
    let copied = import(&dir, &instance, &copy).unwrap();
    assert_eq!((copied.subjects, copied.tombstones), (29, 1));
    let vault = open(&dir, &instance.root, 2).unwrap();
    assert_eq!(vault.open(&context(3), &sealed).unwrap(), b"Anna");
    assert_eq!(vault.subjects().unwrap(), instance.vault.subjects().unwrap());
    assert_eq!(vault.tombstones().unwrap(), instance.vault.tombstones().unwrap());
    assert_eq!(vault.public_key(), instance.vault.public_key());
    assert!(fault(vault.add_subjects(&[subject(4)])).internal.unwrap().starts_with("destroyed"));
    drop(vault);
    // Never over keys.
    let refused = fault(import(&dir, &instance, &copy));
    assert_eq!(refused.kind, FaultKind::Conflict);
}

#[test]
fn a_damaged_copy_or_another_root_key_leaves_nothing() {
    let instance = Instance::new(1);
    instance.vault.add_subjects(&[subject(1), subject(2)]).unwrap();
    let copy = exported(&instance);
    let dir = instance.place.path().join("elsewhere");
    let refuse = |of: &Instance, bytes: &[u8]| {
        let kind = fault(import(&dir, of, bytes)).kind;
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
        kind
    };
    let other = Instance::new(2);
    assert_eq!(refuse(&other, &copy), FaultKind::Invalid);
    for length in [0, 5, 20, copy.len() / 2, copy.len() - 1] {
        assert_eq!(refuse(&instance, &copy[..length]), FaultKind::Corrupt, "{length}");
    }
    assert_eq!(refuse(&instance, &[&copy[..], &[0]].concat()), FaultKind::Corrupt);
    // What an interrupted try left is in nobody's way.
    std::fs::write(dir.join("keyring.db.importing"), "half").unwrap();
    std::fs::write(dir.join("keys.json.importing"), "half").unwrap();
    import(&dir, &instance, &copy).unwrap();
    assert_eq!(
        std::fs::read_dir(&dir)
            .unwrap()
            .filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|x| x == "importing"))
            .count(),
        0
    );
}
