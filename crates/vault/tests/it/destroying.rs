use crate::{Instance, NOW, context, copy, fault, find, note, open, subject};
use kernel::{FaultKind, SubjectId};
use rusqlite::Connection;
use vault::{Durability, Vault, decrypted_image, open_database};

/// Key id and wrapped key of a subject, read beside the vault.
fn stored(vault: &Vault, dir: &std::path::Path, n: u32) -> Option<(Vec<u8>, Vec<u8>)> {
    let key = vault.page_key("keyring.db").unwrap();
    let db = open_database(&dir.join("keyring.db"), &key, Durability::Full, 64, true).unwrap();
    let sql = "SELECT key_id, wrapped FROM subject_keys WHERE subject = ?1";
    db.query_row(sql, [subject(n).bytes()], |r| Ok((r.get(0)?, r.get(1)?))).ok()
}

fn assert_destroyed(vault: &Vault, n: u32, sealed: &[u8]) {
    let refused = fault(vault.open(&context(n), sealed));
    assert_eq!(refused.kind, FaultKind::NotFound);
    assert!(note(&refused).starts_with("destroyed"));
    assert_eq!(fault(vault.seal(&context(n), b"more")).kind, FaultKind::NotFound);
    assert_eq!(fault(vault.add_subjects(&[subject(9000), subject(n)])).kind, FaultKind::NotFound);
    assert!(!vault.has_subject(subject(9000)).unwrap(), "all or none");
}

#[test]
fn a_destroyed_key_opens_nothing_and_stays_destroyed() {
    let instance = Instance::new(1);
    instance.vault.add_subjects(&[subject(1), subject(2)]).unwrap();
    let sealed = instance.vault.seal(&context(1), b"secret").unwrap();
    let stone = instance.vault.destroy(subject(1), [9; 16], NOW).unwrap();
    assert_eq!((stone.subject, stone.time, stone.request), (subject(1), NOW, [9; 16]));
    assert_destroyed(&instance.vault, 1, &sealed);
    let again = instance.vault.destroy(subject(1), [8; 16], NOW.plus_s(60)).unwrap();
    assert_eq!(again, stone, "the first tombstone stays");
    let instance = instance.reopen(2);
    assert_destroyed(&instance.vault, 1, &sealed);
    assert_eq!(instance.vault.tombstones().unwrap(), [stone]);
    instance.vault.seal(&context(2), b"others go on").unwrap();
}

#[test]
fn a_destroyed_key_is_in_no_byte_of_the_keyring() {
    let instance = Instance::new(1);
    let (vault, dir) = (&instance.vault, instance.dir());
    vault.add_subjects(&(0..3000).map(subject).collect::<Vec<_>>()).unwrap();
    // Destroy enough that whole pages become free, and one in the midst of a page that stays.
    let doomed: Vec<u32> = (500..1500).chain([2222]).collect();
    let traces: Vec<_> = doomed.iter().filter_map(|&n| stored(vault, &dir, n)).collect();
    assert_eq!(traces.len(), doomed.len());
    let path = dir.join("keyring.db");
    let key = vault.page_key("keyring.db").unwrap();
    let before = decrypted_image(&path, &key).unwrap();
    for (id, wrapped) in traces.iter().step_by(100) {
        assert!(find(&before, wrapped).is_some(), "the search finds a key that is there");
        assert!(find(&before, id).is_some());
    }
    let ids: Vec<_> = doomed.iter().map(|&n| subject(n)).collect();
    vault.destroy_many(&ids, [1; 16], NOW).unwrap();
    let after = decrypted_image(&path, &key).unwrap();
    let kept = stored(vault, &dir, 7).unwrap();
    assert!(find(&after, &kept.1).is_some(), "the search still finds what stays");
    // One pass over the image for all: the middle of each wrapped key, and its whole.
    let parts: std::collections::HashSet<&[u8]> =
        traces.iter().flat_map(|(_, w)| [&w[..16], &w[24..40], &w[56..]]).collect();
    assert!(after.windows(16).all(|w| !parts.contains(w)), "a destroyed key is still there");
    assert_eq!(std::fs::metadata(dir.join("keyring.db-wal")).unwrap().len(), 0);
}

#[test]
fn an_exported_plain_copy_holds_no_destroyed_key() {
    let instance = Instance::new(1);
    let (vault, dir) = (&instance.vault, instance.dir());
    vault.add_subjects(&[subject(1), subject(2)]).unwrap();
    let gone = stored(vault, &dir, 1).unwrap();
    let kept = stored(vault, &dir, 2).unwrap();
    vault.destroy(subject(1), [1; 16], NOW).unwrap();
    let copied = instance.place.path().join("copy");
    copy(&dir, &copied);
    let plain = instance.place.path().join("plain.db");
    let db = Connection::open(copied.join("keyring.db")).unwrap();
    db.execute_batch(&vault.page_key("keyring.db").unwrap().pragma()).unwrap();
    db.execute_batch("PRAGMA cipher_hmac_algorithm = HMAC_SHA256;").unwrap();
    db.execute("ATTACH ?1 AS plain KEY ''", [plain.to_str().unwrap()]).unwrap();
    db.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(())).unwrap();
    drop(db);
    let bytes = std::fs::read(plain).unwrap();
    assert!(find(&bytes, &kept.1).is_some());
    assert!(find(&bytes, &gone.1).is_none());
}

#[test]
fn an_older_keyring_cannot_bring_a_destroyed_key_back() {
    let instance = Instance::new(1);
    let dir = instance.dir();
    instance.vault.add_subjects(&[subject(1)]).unwrap();
    let instance = instance.reopen(2);
    let old = instance.place.path().join("old");
    copy(&dir, &old);
    instance.vault.destroy(subject(1), [1; 16], NOW).unwrap();
    let Instance { place, root, vault } = instance;
    drop(vault);
    for name in ["keyring.db", "keyring.db-wal", "keyring.db-shm"] {
        let _ = std::fs::remove_file(dir.join(name));
        let _ = std::fs::copy(old.join(name), dir.join(name));
    }
    let refused = fault(open(&dir, &root, 3));
    assert_eq!(refused.kind, FaultKind::Corrupt);
    assert!(note(&refused).contains("older copy"), "{}", note(&refused));
    drop(place);
}

/// A crash between the keyring's commit and the write of `keys.json`.
#[test]
fn a_cut_off_destruction_is_finished_when_opened() {
    let instance = Instance::new(1);
    let dir = instance.dir();
    instance.vault.add_subjects(&[subject(1)]).unwrap();
    let before = std::fs::read(dir.join("keys.json")).unwrap();
    instance.vault.destroy(subject(1), [1; 16], NOW).unwrap();
    let after = std::fs::read(dir.join("keys.json")).unwrap();
    assert_ne!(before, after);
    std::fs::write(dir.join("keys.json"), before).unwrap();
    let instance = instance.reopen(2);
    assert_eq!(std::fs::read(dir.join("keys.json")).unwrap(), after);
    assert_eq!(instance.vault.tombstones().unwrap().len(), 1);
}

#[test]
fn the_cache_never_outlives_a_destruction() {
    let refused = outlived(|vault, id| vault.destroy(id, [1; 16], NOW).map(drop));
    assert!(refused.iter().all(|kind| *kind == FaultKind::NotFound));
}

#[test]
fn the_cache_never_outlives_a_dropped_key() {
    let refused = outlived(|vault, id| vault.drop_subjects(&[id]));
    assert!(refused.iter().all(|kind| *kind == FaultKind::Internal));
}

/// Takes keys away while others seal with them; how each is refused afterwards.
fn outlived(take: impl Fn(&Vault, SubjectId) -> kernel::Result<()>) -> Vec<FaultKind> {
    let instance = Instance::new(1);
    let ids: Vec<_> = (0..40).map(subject).collect();
    instance.vault.add_subjects(&ids).unwrap();
    let instance = instance.reopen(2);
    let vault = &instance.vault;
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for round in 0..50 {
                    for n in 0..40 {
                        let _ = vault.seal(&context((n + round) % 40), b"x");
                    }
                }
            });
        }
        for &id in &ids {
            take(vault, id).unwrap();
        }
    });
    (0..40).map(|n| fault(vault.seal(&context(n), b"x")).kind).collect()
}

/// Pages that were split, merged and rebuilt keep no copy either of a key that they once held.
#[test]
fn a_destroyed_key_is_in_no_byte_whatever_went_before() {
    use kernel::{Random, SeededRandom};
    let random = SeededRandom::new(99);
    let dice = |sides: u32| {
        let mut bytes = [0; 4];
        random.fill(&mut bytes);
        u32::from_le_bytes(bytes) % sides
    };
    let instance = Instance::new(1);
    let (vault, dir) = (&instance.vault, instance.dir());
    let path = dir.join("keyring.db");
    let key = vault.page_key("keyring.db").unwrap();
    let mut live = std::collections::BTreeSet::new();
    let mut gone = Vec::new();
    let mut used = std::collections::BTreeSet::new();
    for round in 0..60 {
        let fresh: Vec<u32> =
            (0..1 + dice(80)).map(|_| dice(1_000_000)).filter(|n| used.insert(*n)).collect();
        vault.add_subjects(&fresh.iter().map(|&n| subject(n)).collect::<Vec<_>>()).unwrap();
        live.extend(fresh);
        if round == 30 {
            vault.rotate(NOW, &|_, _| Ok(())).unwrap();
        }
        let doomed: Vec<u32> = live.iter().copied().filter(|_| dice(4) == 0).collect();
        for &n in &doomed {
            live.remove(&n);
            gone.push(stored(vault, &dir, n).unwrap().1);
        }
        vault.destroy_many(&doomed.iter().map(|&n| subject(n)).collect::<Vec<_>>(), [1; 16], NOW).unwrap();
    }
    let image = decrypted_image(&path, &key).unwrap();
    let windows: std::collections::HashSet<&[u8]> = image.windows(16).collect();
    let left = gone.iter().filter(|w| w.windows(16).any(|part| windows.contains(part))).count();
    assert_eq!(left, 0, "of {} keys", gone.len());
    for &n in live.iter().take(20) {
        assert!(find(&image, &stored(vault, &dir, n).unwrap().1).is_some(), "the search finds what is there");
    }
}

#[test]
fn a_dropped_key_opens_nothing_and_leaves_no_tombstone() {
    let instance = Instance::new(1);
    let (vault, dir) = (&instance.vault, instance.dir());
    vault.add_subjects(&[subject(1), subject(2), subject(3)]).unwrap();
    let sealed = vault.seal(&context(1), b"a file").unwrap();
    let (gone, kept) = (stored(vault, &dir, 1).unwrap(), stored(vault, &dir, 2).unwrap());
    let stone = vault.destroy(subject(3), [1; 16], NOW).unwrap();
    let keys = std::fs::read(dir.join("keys.json")).unwrap();
    // Also one that never had a key, and one whose key was destroyed: that stays destroyed.
    vault.drop_subjects(&[subject(1), subject(3), subject(4)]).unwrap();
    vault.drop_subjects(&[subject(1)]).unwrap();
    let refused = fault(vault.open(&context(1), &sealed));
    assert_eq!((refused.kind, note(&refused).contains("has no key")), (FaultKind::Corrupt, true));
    assert!(!vault.has_subject(subject(1)).unwrap());
    assert_eq!(vault.tombstones().unwrap(), [stone]);
    assert_eq!(std::fs::read(dir.join("keys.json")).unwrap(), keys);
    assert_eq!(fault(vault.add_subjects(&[subject(3)])).kind, FaultKind::NotFound);
    let image = decrypted_image(&dir.join("keyring.db"), &vault.page_key("keyring.db").unwrap()).unwrap();
    assert!(find(&image, &kept.1).is_some() && find(&image, &gone.1).is_none());
    assert_eq!(std::fs::metadata(dir.join("keyring.db-wal")).unwrap().len(), 0);

    // A new key under the same id is another one.
    vault.add_subjects(&[subject(1)]).unwrap();
    assert_eq!(fault(vault.open(&context(1), &sealed)).kind, FaultKind::Corrupt);
    let instance = instance.reopen(2);
    assert_eq!(fault(instance.vault.open(&context(1), &sealed)).kind, FaultKind::Corrupt);
    instance.vault.seal(&context(2), b"others go on").unwrap();
}

#[test]
fn a_vault_that_is_only_read_drops_nothing() {
    let instance = Instance::new(1);
    instance.vault.add_subjects(&[subject(1)]).unwrap();
    let Instance { place: _place, root, vault } = &instance;
    let reading =
        Vault::open_read_only(&instance.dir(), root, std::sync::Arc::new(kernel::SystemRandom)).unwrap();
    assert_eq!(fault(reading.drop_subjects(&[subject(1)])).kind, FaultKind::Internal);
    assert!(vault.has_subject(subject(1)).unwrap());
}
