use crate::{Instance, NOW, context, copy, fault, find, note, open, subject};
use kernel::{Fault, FaultKind, SeededRandom, Text};
use std::cell::Cell;
use std::sync::Arc;
use vault::{Vault, decrypted_image};

const SUBJECTS: u32 = 3500;

fn stop() -> Fault {
    Fault::new(FaultKind::Unavailable, Text::same("stop"))
}

fn filled() -> (Instance, Vec<Vec<u8>>) {
    let instance = Instance::new(1);
    instance.vault.add_subjects(&(0..SUBJECTS).map(subject).collect::<Vec<_>>()).unwrap();
    let sealed = |n| instance.vault.seal(&context(n), &n.to_be_bytes()).unwrap();
    let all = (0..SUBJECTS).map(sealed).collect();
    (instance, all)
}

fn assert_all_open(vault: &Vault, sealed: &[Vec<u8>]) {
    for (n, value) in (0..).zip(sealed) {
        assert_eq!(vault.open(&context(n), value).unwrap(), n.to_be_bytes());
    }
}

#[test]
fn everything_opens_after_a_rotation() {
    let (instance, sealed) = filled();
    let page = instance.vault.page_key("store.db").unwrap();
    let calls = Cell::new(Vec::new());
    let report = instance
        .vault
        .rotate(NOW.plus_s(60), &|done, total| {
            let mut seen = calls.take();
            seen.push((done, total));
            calls.set(seen);
            Ok(())
        })
        .unwrap();
    assert_eq!((report.epoch, report.resumed), (2, false));
    assert_eq!((report.rewrapped, report.destroyed_epochs), (u64::from(SUBJECTS), 1));
    assert_eq!(calls.take(), [(0, 3500), (1000, 3500), (2000, 3500), (3000, 3500), (3500, 3500)]);
    assert_all_open(&instance.vault, &sealed);
    let instance = instance.reopen(2);
    assert_all_open(&instance.vault, &sealed);
    let status = instance.vault.status(NOW.plus_s(90)).unwrap();
    assert_eq!(status.epochs.len(), 1);
    assert_eq!((status.epochs[0].id, status.epochs[0].age_ms), (2, 30_000));
    assert_eq!(status.epochs[0].subject_keys, u64::from(SUBJECTS));
    assert!(!status.rotation_unfinished);
    let after = instance.vault.page_key("store.db").unwrap();
    assert_eq!(*page.pragma(), *after.pragma(), "page keys are wrapped again, not changed");
}

/// Stops after each chunk in turn, as a crash would, works on meanwhile, and goes on to the end.
#[test]
fn a_rotation_cut_off_anywhere_is_finished_by_the_next() {
    let (mut instance, mut sealed) = filled();
    for chunks in 0..5u64 {
        let count = sealed.len() as u64;
        let seen = Cell::new(0);
        let broken = instance.vault.rotate(NOW, &|_, _| {
            seen.set(seen.get() + 1);
            if seen.get() > chunks { Err(stop()) } else { Ok(()) }
        });
        assert_eq!(fault(broken).kind, FaultKind::Unavailable);
        instance = instance.reopen(10 + chunks * 3);
        assert!(instance.vault.status(NOW).unwrap().rotation_unfinished);
        assert_all_open(&instance.vault, &sealed);
        // Work in between: new subjects, new page keys.
        let fresh = u32::try_from(sealed.len()).unwrap();
        instance.vault.add_subjects(&[subject(fresh)]).unwrap();
        sealed.push(instance.vault.seal(&context(fresh), &fresh.to_be_bytes()).unwrap());
        instance.vault.page_key(&format!("file{chunks}.db")).unwrap();

        let report = instance.vault.rotate(NOW, &|_, _| Ok(())).unwrap();
        assert!(report.resumed);
        assert_eq!(report.rewrapped, count - (chunks * 1000).min(count), "only what is left");
        assert_all_open(&instance.vault, &sealed);
        instance = instance.reopen(11 + chunks * 3);
        assert_all_open(&instance.vault, &sealed);
        assert_eq!(instance.vault.status(NOW).unwrap().epochs.len(), 1);
    }
}

/// A crash after the keyring is done and before `keys.json` lets go of the old epoch.
#[test]
fn a_crash_before_the_last_write_is_finished_by_the_next() {
    let (instance, sealed) = filled();
    let dir = instance.dir();
    let during = Cell::new(Vec::new());
    instance
        .vault
        .rotate(NOW, &|_, _| {
            during.set(std::fs::read(dir.join("keys.json")).unwrap());
            Ok(())
        })
        .unwrap();
    std::fs::write(dir.join("keys.json"), during.take()).unwrap();
    let instance = instance.reopen(2);
    assert!(instance.vault.status(NOW).unwrap().rotation_unfinished);
    let report = instance.vault.rotate(NOW, &|_, _| Ok(())).unwrap();
    assert!(report.resumed);
    assert_eq!((report.rewrapped, report.destroyed_epochs), (0, 1));
    assert_all_open(&instance.vault, &sealed);
}

#[test]
fn an_older_keyring_opens_nothing_after_a_rotation() {
    let (instance, sealed) = filled();
    let instance = instance.reopen(2);
    let dir = instance.dir();
    let old = instance.place.path().join("old");
    copy(&dir, &old);
    instance.vault.rotate(NOW, &|_, _| Ok(())).unwrap();
    std::fs::copy(dir.join("keys.json"), old.join("keys.json")).unwrap();
    let refused = fault(open(&old, &instance.root, 3));
    assert_eq!(refused.kind, FaultKind::Corrupt);
    assert!(note(&refused).contains("older copy"), "{}", note(&refused));

    // An attacker who also alters the note of the epoch in it gets no further.
    let key = instance.vault.page_key("keyring.db").unwrap();
    let path = old.join("keyring.db");
    let db = vault::open_database(&path, &key, vault::Durability::Full, 64, false).unwrap();
    db.execute("UPDATE meta SET value = 2 WHERE name = 'epoch'", []).unwrap();
    drop(db);
    let vault = open(&old, &instance.root, 4).unwrap();
    let refused = fault(vault.open(&context(1), &sealed[1]));
    assert_eq!(refused.kind, FaultKind::Corrupt);
    assert!(note(&refused).contains("epoch that is gone"), "{}", note(&refused));
}

#[test]
fn the_old_wrapping_is_in_no_byte_of_the_keyring() {
    let (instance, _) = filled();
    let path = instance.dir().join("keyring.db");
    let key = instance.vault.page_key("keyring.db").unwrap();
    let wrapped = || -> Vec<Vec<u8>> {
        let db = vault::open_database(&path, &key, vault::Durability::Full, 64, true).unwrap();
        let mut all = db.prepare("SELECT wrapped FROM subject_keys ORDER BY subject").unwrap();
        all.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).step_by(500).collect()
    };
    let old = wrapped();
    instance.vault.rotate(NOW, &|_, _| Ok(())).unwrap();
    let image = decrypted_image(&path, &key).unwrap();
    assert!(wrapped().iter().all(|w| find(&image, w).is_some()));
    assert!(old.iter().all(|w| find(&image, w).is_none()));
}

#[test]
fn reading_and_writing_go_on_meanwhile() {
    let (instance, sealed) = filled();
    let vault = &instance.vault;
    std::thread::scope(|scope| {
        scope.spawn(|| assert_all_open(vault, &sealed));
        scope.spawn(|| (9000..9050).for_each(|n| vault.add_subjects(&[subject(n)]).unwrap()));
        for _ in 0..3 {
            vault.rotate(NOW, &|_, _| Ok(())).unwrap();
        }
    });
    let again = vault.rotate(NOW, &|_, _| {
        let second = vault.rotate(NOW, &|_, _| Ok(()));
        assert_eq!(fault(second).kind, FaultKind::Conflict);
        Ok(())
    });
    again.unwrap();
    assert_all_open(vault, &sealed);
}

#[test]
fn a_read_only_vault_reads_and_changes_nothing() {
    let (instance, sealed) = filled();
    let instance = instance.reopen(2);
    let copied = instance.place.path().join("copy");
    copy(&instance.dir(), &copied);
    let random = Arc::new(SeededRandom::new(3));
    let vault = Vault::open_read_only(&copied, &instance.root, random).unwrap();
    assert_all_open(&vault, &sealed);
    assert!(vault.add_subjects(&[subject(9000)]).is_err());
    assert!(vault.destroy(subject(1), [0; 16], NOW).is_err());
    assert!(vault.rotate(NOW, &|_, _| Ok(())).is_err());
    assert!(vault.page_key("new.db").is_err());
    assert!(vault.drop_page_key("keyring.db").is_err());
    for name in ["keys.json", "keyring.db"] {
        let (a, b) = (instance.dir().join(name), copied.join(name));
        assert_eq!(std::fs::read(a).unwrap(), std::fs::read(b).unwrap());
    }
}

/// The disk refuses to take `keys.json`: nothing changes, and it goes on when the disk does.
#[test]
fn a_failed_write_leaves_everything_as_it_was() {
    let (instance, sealed) = filled();
    let vault = &instance.vault;
    let in_the_way = instance.dir().join("keys.json.new");
    let before = std::fs::read(instance.dir().join("keys.json")).unwrap();
    std::fs::create_dir(&in_the_way).unwrap();
    assert!(vault.rotate(NOW, &|_, _| Ok(())).is_err());
    assert!(vault.page_key("new.db").is_err());
    assert!(vault.drop_page_key("new.db").is_ok(), "nothing to do, so nothing to write");
    assert_eq!(std::fs::read(instance.dir().join("keys.json")).unwrap(), before);
    assert!(!vault.status(NOW).unwrap().rotation_unfinished);
    // The key goes though the count cannot be written; repeating it completes the act.
    assert!(vault.destroy(subject(7), [1; 16], NOW).is_err());
    assert_eq!(fault(vault.open(&context(7), &sealed[7])).kind, FaultKind::NotFound);
    std::fs::remove_dir(&in_the_way).unwrap();
    assert_eq!(vault.destroy(subject(7), [2; 16], NOW).unwrap().request, [1; 16]);
    assert_eq!(vault.rotate(NOW, &|_, _| Ok(())).unwrap().epoch, 2);
    assert_eq!(vault.open(&context(8), &sealed[8]).unwrap(), 8u32.to_be_bytes());
    let kept = std::fs::read_to_string(instance.dir().join("keys.json")).unwrap();
    assert!(kept.contains("\"erased\": 1"));
}
