//! Checkpoints, also as another implementation of signed notes reads them.

use crate::world::{ORIGIN, START, key, public, signer};
use ledger::*;
use proptest::prelude::*;
use signed_note::{Note, StandardVerifier, VerifierList};

fn checkpoint(size: u64) -> Checkpoint {
    Checkpoint { origin: ORIGIN.to_owned(), size, root: [7; 32], at: Some(START) }
}

fn signed(size: u64) -> SignedCheckpoint {
    SignedCheckpoint::sign(checkpoint(size), &public(1), &signer(1))
}

#[test]
fn the_text_is_that_of_the_format() {
    let root = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    let text = format!("{ORIGIN}\n12\n{root}\nat 2026-09-21T14:13:20.000Z\n");
    assert_eq!(checkpoint(12).text(), text);
    assert!(signed(12).text().starts_with(&format!("{text}\n\u{2014} {ORIGIN} ")));
}

#[test]
fn another_implementation_accepts_it() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let typed = [&[1u8][..], &public(1)].concat();
    let id = signed_note::key_id(ORIGIN, &typed);
    let vkey = format!("{ORIGIN}+{id:08x}+{}", STANDARD.encode(typed));
    let known = VerifierList::new(vec![Box::new(StandardVerifier::new(&vkey).unwrap())]);
    let note = Note::from_bytes(signed(12).text().as_bytes()).unwrap();
    assert_eq!(note.text(), checkpoint(12).text().as_bytes());
    let (verified, unverified) = note.verify(&known).unwrap();
    assert_eq!((verified.len(), unverified.len()), (1, 0));
}

#[test]
fn it_parses_and_verifies_with_its_own_key_only() {
    let parsed = SignedCheckpoint::parse(signed(12).text()).unwrap();
    assert_eq!(parsed, signed(12));
    assert!(parsed.verify(&public(1)));
    assert!(!parsed.verify(&public(2)));
}

#[test]
fn lines_of_witnesses_are_passed_over() {
    let witness = "\u{2014} witness.example Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    let note = format!("{}{witness}", signed(12).text());
    assert!(SignedCheckpoint::parse(&note).unwrap().verify(&public(1)));
    let (text, own) = note.split_once("\n\n").unwrap();
    let own = own.replace(witness, "");
    let first = format!("{text}\n\n{witness}{own}");
    assert!(SignedCheckpoint::parse(&first).unwrap().verify(&public(1)));
    let alone = format!("{text}\n\n{witness}");
    assert!(!SignedCheckpoint::parse(&alone).unwrap().verify(&public(1)));
    assert!(SignedCheckpoint::parse(&format!("{note}{}", witness.repeat(16))).is_err());
}

#[test]
fn a_signature_under_another_name_does_not_count() {
    let name = "klucznik.local/another";
    let other = Checkpoint { origin: name.to_owned(), ..checkpoint(12) };
    let note = SignedCheckpoint::sign(other, &public(1), &|_| key(1).sign(checkpoint(12).text().as_bytes()));
    let line = note.text().split_once("\n\n").unwrap().1;
    let forged = format!("{}\n{line}", checkpoint(12).text());
    assert!(!SignedCheckpoint::parse(&forged).unwrap().verify(&public(1)));
}

#[test]
fn other_forms_are_refused() {
    let good = signed(12).text().to_owned();
    for (from, to) in [
        ("\n12\n", "\n012\n"),
        ("\n12\n", "\n+12\n"),
        ("\n12\n", "\n-1\n"),
        ("\n12\n", "\n18446744073709551616\n"),
        ("\nat ", "\nAt "),
        (".000Z", "Z"),
        (".000Z\n", ".000Z\nmore\n"),
        ("Bwc=\n", "Bwd=\n"),
        ("Bwc=\n", "Bwc\n"),
        ("\n\n", "\n"),
        ("\n\n", "\n\n\n"),
        ("\u{2014} ", "- "),
        ("klucznik.local/", "klucznik local/"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        assert!(SignedCheckpoint::parse(&bad).is_err(), "{bad}");
    }
    assert!(SignedCheckpoint::parse(good.trim_end()).is_err());
    assert!(SignedCheckpoint::parse(&good.replace('\n', "\r\n")).is_err());
    assert!(SignedCheckpoint::parse(&"x".repeat(MAX_CHECKPOINT + 1)).is_err());
}

proptest! {
    #[test]
    fn one_character_off_is_never_verified(place: prop::sample::Index, bit in 0..7u8) {
        let good = signed(12).text().to_owned();
        let mut bytes = good.into_bytes();
        let at = place.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(bytes) {
            let accepted = SignedCheckpoint::parse(&text).is_ok_and(|c| c.verify(&public(1)));
            prop_assert!(!accepted, "{}", text);
        }
    }

    #[test]
    fn arbitrary_text_does_no_harm(text in "\\PC{0,40}(\n\\PC{0,20}){0,6}") {
        let _ = SignedCheckpoint::parse(&text);
    }
}
