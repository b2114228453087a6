use crate::{Instance, context, fault, note, organisation, subject};
use kernel::{FaultKind, OrgId, SeededRandom};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};
use vault::{Context, OVERHEAD, Owner, Vault};

/// Making an instance writes to the disk, so the cases of a property share one.
static SHARED: LazyLock<Instance> = LazyLock::new(|| {
    let instance = Instance::new(1);
    instance.vault.add_subjects(&(0..10).map(subject).collect::<Vec<_>>()).unwrap();
    instance
});

fn contexts() -> impl Strategy<Value = Context> {
    let owner = prop_oneof![Just(Owner::Organisation), (0..10u32).prop_map(|n| Owner::Subject(subject(n))),];
    (owner, 0..3u16, prop_oneof![Just([0; 16]), Just([1; 16]), any::<[u8; 16]>()], 0..3u16)
        .prop_map(|(owner, entity, row, schema)| Context { owner, entity, row, schema })
}

fn contents() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..300)
}

proptest! {
    #[test]
    fn what_is_sealed_opens(context in contexts(), content in contents()) {
        let vault = &SHARED.vault;
        let sealed = vault.seal(&context, &content).unwrap();
        prop_assert_eq!(sealed.len(), content.len() + OVERHEAD);
        prop_assert_eq!(vault.open(&context, &sealed).unwrap(), content.clone());
        let many = vault.seal_many(&[(context, &content), (context, &content)]).unwrap();
        prop_assert!(many[0] != many[1] && many[0] != sealed, "each value has its own nonce");
        prop_assert_eq!(vault.open(&context, &many[1]).unwrap(), content);
    }

    #[test]
    fn moved_to_another_place_is_refused(a in contexts(), b in contexts(), content in contents()) {
        prop_assume!(a != b);
        let sealed = SHARED.vault.seal(&a, &content).unwrap();
        prop_assert_eq!(fault(SHARED.vault.open(&b, &sealed)).kind, FaultKind::Corrupt);
    }

    #[test]
    fn any_flipped_bit_is_refused(
        context in contexts(), content in contents(), place: prop::sample::Index, bit in 0..8u8,
    ) {
        let mut sealed = SHARED.vault.seal(&context, &content).unwrap();
        let i = place.index(sealed.len());
        sealed[i] ^= 1 << bit;
        let refused = fault(SHARED.vault.open(&context, &sealed));
        prop_assert_eq!(refused.kind, FaultKind::Corrupt);
        let why = match i {
            0 => "unknown format",
            1..9 => "another key",
            _ => "altered",
        };
        prop_assert!(note(&refused).contains(why), "{}", note(&refused));
    }

    #[test]
    fn no_bytes_make_it_panic(context in contexts(), bytes in contents()) {
        prop_assert_eq!(fault(SHARED.vault.open(&context, &bytes)).kind, FaultKind::Corrupt);
        prop_assert_eq!(fault(SHARED.vault.open_token("list", &bytes)).kind, FaultKind::Invalid);
    }

    #[test]
    fn any_cut_is_refused(context in contexts(), content in contents(), at: prop::sample::Index) {
        let sealed = SHARED.vault.seal(&context, &content).unwrap();
        let cut = &sealed[..at.index(sealed.len())];
        prop_assert_eq!(fault(SHARED.vault.open(&context, cut)).kind, FaultKind::Corrupt);
    }

    #[test]
    fn tokens_open_for_their_purpose_alone(content in contents(), place: prop::sample::Index) {
        let mut token = SHARED.vault.seal_token("list", &content);
        prop_assert_eq!(SHARED.vault.open_token("list", &token).unwrap(), content);
        prop_assert!(SHARED.vault.open_token("other", &token).is_err());
        let i = place.index(token.len());
        token[i] ^= 0x20;
        prop_assert!(SHARED.vault.open_token("list", &token).is_err());
    }
}

#[test]
fn the_bytes_are_as_specified() {
    let vault = &SHARED.vault;
    let sealed = vault.seal(&context(1), b"content").unwrap();
    let again = vault.seal(&context(1), b"content").unwrap();
    assert_eq!(sealed.len(), 49 + 7);
    assert_eq!(sealed[0], 1);
    assert_eq!(sealed[1..9], again[1..9], "the key id is the key's");
    assert_ne!(sealed[9..33], again[9..33], "the nonce is the value's");
    let other = vault.seal(&context(2), b"content").unwrap();
    assert_ne!(sealed[1..9], other[1..9]);
}

#[test]
fn another_organisation_opens_nothing() {
    // The same key directory under another id: all that differs is the organisation.
    let a = Instance::new(5);
    let b_place = tempfile::tempdir().unwrap();
    let b = Vault::create(
        b_place.path(),
        &a.root,
        OrgId::from_bytes([0x0b; 16]),
        crate::NOW,
        Arc::new(SeededRandom::new(5)),
    )
    .unwrap();
    for vault in [&a.vault, &b] {
        vault.add_subjects(&[subject(1)]).unwrap();
    }
    let sealed = a.vault.seal(&context(1), b"content").unwrap();
    assert_eq!(fault(b.open(&context(1), &sealed)).kind, FaultKind::Corrupt);
    // keys.json of one with the id of the other does not open.
    let path = a.dir().join("keys.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let other = OrgId::from_bytes([0x0b; 16]).to_string();
    std::fs::write(&path, text.replace(&organisation().to_string(), &other)).unwrap();
    assert!(crate::open(&a.dir(), &a.root, 2).is_err());
}

#[test]
fn unknown_subjects_and_too_large_content() {
    let vault = &SHARED.vault;
    assert_eq!(fault(vault.seal(&context(99), b"x")).kind, FaultKind::Internal);
    let sealed = vault.seal(&context(1), b"x").unwrap();
    let refused = fault(vault.open(&context(99), &sealed));
    assert_eq!(refused.kind, FaultKind::Corrupt);
    assert!(note(&refused).contains("no key"));
    let large = vec![0; vault::MAX_CONTENT + 1];
    assert_eq!(fault(vault.seal(&context(1), &large)).kind, FaultKind::TooLarge);
}

#[test]
fn adding_is_idempotent_and_lasts() {
    let instance = Instance::new(2);
    let ids: Vec<_> = (0..20_000).map(subject).collect();
    instance.vault.add_subjects(&ids[..12_000]).unwrap();
    let sealed = instance.vault.seal(&context(0), b"first").unwrap();
    let late = instance.vault.seal(&context(11_999), b"late").unwrap();
    instance.vault.add_subjects(&ids).unwrap();
    // The first keys have left the cache by now: these come from the keyring.
    assert_eq!(instance.vault.open(&context(0), &sealed).unwrap(), b"first");
    let instance = instance.reopen(3);
    assert_eq!(instance.vault.open(&context(0), &sealed).unwrap(), b"first");
    assert_eq!(instance.vault.open(&context(11_999), &late).unwrap(), b"late");
    assert_eq!(instance.vault.status(crate::NOW).unwrap().subjects, 20_000);
}

#[test]
fn macs_and_signatures_last_and_are_apart() {
    let instance = Instance::new(4);
    let mac = instance.vault.mac("suppression", b"anna@example.pl");
    assert_ne!(mac, instance.vault.mac("log-in", b"anna@example.pl"));
    let signature = instance.vault.sign(b"checkpoint");
    let public = instance.vault.public_key();
    let instance = instance.reopen(5);
    instance.vault.rotate(crate::NOW, &|_, _| Ok(())).unwrap();
    let instance = instance.reopen(6);
    assert_eq!(mac, instance.vault.mac("suppression", b"anna@example.pl"));
    assert_eq!(public, instance.vault.public_key());
    assert!(vault::verify(&public, b"checkpoint", &signature));
    assert!(!vault::verify(&public, b"another", &signature));
}
