//! Groups: staged, taken back, sealed, durable.

use crate::world::{Dice, Memory, ORIGIN, START, new_log, public, signer};
use kernel::FaultKind;
use ledger::*;

#[test]
fn a_group_becomes_receipts_in_order() {
    let dice = Dice::new(1);
    let (mut log, mut memory) = (new_log(), Memory::default());
    let events: Vec<_> = (0..3).map(|_| dice.event(START)).collect();
    let mut staged = log.begin();
    assert!(staged.is_empty());
    let seqs: Vec<_> = events.iter().map(|e| staged.append(e).unwrap()).collect();
    assert_eq!((seqs, staged.len(), log.size()), (vec![0, 1, 2], 3, 0));
    let receipts = memory.commit(staged, &mut log, START);
    for (i, (receipt, event)) in receipts.iter().zip(&events).enumerate() {
        assert_eq!((receipt.seq(), receipt.id()), (i as u64, event.id));
        assert_eq!(*receipt.hash(), leaf_hash(&event.encode()));
    }
    assert_eq!((log.size(), log.current().text()), (3, &*memory.kept));
    assert_eq!(log.current().checkpoint().at, Some(START));
    assert!(log.current().verify(log.public()));
}

#[test]
fn what_is_taken_back_leaves_no_trace() {
    let dice = Dice::new(2);
    let (_, log, _) = Memory::build(&dice, 250);
    let (good, bad) = (dice.event(START), dice.event(START));
    let mut plain = log.begin();
    plain.append(&good).unwrap();
    let mut staged = log.begin();
    staged.append(&good).unwrap();
    let mark = staged.mark();
    for _ in 0..20 {
        staged.append(&bad).unwrap();
    }
    let with_bad = staged.seal(START).text().to_owned();
    assert_eq!(staged.nodes().len(), 1, "a node was completed at 256");
    staged.roll_back(mark);
    assert_eq!((staged.leaves(), staged.nodes()), (plain.leaves(), plain.nodes()));
    assert_eq!(staged.seal(START).text(), plain.seal(START).text());
    assert_ne!(staged.seal(START).text(), with_bad);
}

#[test]
fn only_the_next_sealed_group_becomes_durable() {
    let dice = Dice::new(3);
    let mut log = new_log();
    let mut unsealed = log.begin();
    unsealed.append(&dice.event(START)).unwrap();
    assert!(unsealed.durable(&mut log).is_err());

    let (mut first, mut second) = (log.begin(), log.begin());
    for group in [&mut first, &mut second] {
        group.append(&dice.event(START)).unwrap();
        group.seal(START);
    }
    assert_eq!(first.durable(&mut log).unwrap().len(), 1);
    assert!(second.durable(&mut log).is_err(), "it began before the first");
    assert_eq!(log.size(), 1);

    let mut after_seal = log.begin();
    after_seal.seal(START);
    after_seal.append(&dice.event(START)).unwrap();
    assert!(after_seal.durable(&mut log).is_err(), "the seal does not cover the event");

    let mut elsewhere = new_log().begin();
    elsewhere.seal(START);
    assert!(elsewhere.durable(&mut new_log()).is_err());
}

#[test]
fn a_bad_event_is_not_staged() {
    let mut event = Dice::new(4).event(START);
    event.touches = vec![Touch { entity: 1, id: [1; 16], kind: TouchKind::Written, hash: None }];
    let mut staged = new_log().begin();
    assert!(staged.append(&event).is_err());
    assert!(staged.is_empty());
}

#[test]
fn a_restored_log_goes_on_as_if_nothing_had_been() {
    let dice = Dice::new(5);
    let (memory, mut log, _) = Memory::build(&dice, 700);
    let kept = SignedCheckpoint::parse(&memory.kept).unwrap();
    let tree = Tree::restore(700, &memory).unwrap();
    let mut again = Log::restore(ORIGIN, public(1), signer(1), tree.clone(), kept.clone()).unwrap();
    let event = dice.event(START.plus_s(700));
    for log in [&mut log, &mut again] {
        let mut copy = memory.clone();
        let mut staged = log.begin();
        staged.append(&event).unwrap();
        let _ = copy.commit(staged, log, START);
    }
    assert_eq!(log.current(), again.current());
    let other = Log::restore("klucznik.local/x", public(1), signer(1), tree.clone(), kept.clone());
    assert_eq!(other.unwrap_err().kind, FaultKind::Corrupt);
    assert!(Log::restore(ORIGIN, public(2), signer(2), tree, kept.clone()).is_err());
    let shorter = Tree::restore(699, &memory).unwrap();
    assert!(Log::restore(ORIGIN, public(1), signer(1), shorter, kept).is_err());
}

#[test]
fn a_checkpoint_outside_must_be_of_the_past() {
    let dice = Dice::new(6);
    let (memory, log, checkpoints) = Memory::build(&dice, 600);
    for outside in &checkpoints {
        log.check_outside(outside, &memory).unwrap();
    }
    let (_, other, _) = Memory::build(&dice, 500);
    assert!(log.check_outside(other.current(), &memory).is_err(), "another past");
    let (_, longer, _) = Memory::build(&Dice::new(6), 700);
    assert!(log.check_outside(longer.current(), &memory).is_err(), "rolled back");
    let empty = Log::new(ORIGIN, public(2), signer(2));
    assert!(log.check_outside(empty.current(), &memory).is_err(), "another key");
}

#[test]
fn a_log_follows_what_another_writer_of_it_committed() {
    let dice = Dice::new(7);
    let (mut memory, mut one, _) = Memory::build(&dice, 250);
    let (_, mut two, _) = Memory::build(&Dice::new(7), 250);
    assert_eq!(one.current(), two.current());
    let mut staged = one.begin();
    for _ in 0..20 {
        staged.append(&dice.event(START)).unwrap();
    }
    let _receipts = memory.commit(staged, &mut one, START);
    let leaves = memory.leaf_hashes(250, 270).unwrap();
    let (kept, before) = (one.current().clone(), two.current().clone());
    let mut swapped = leaves.clone();
    swapped.swap(3, 4);
    let mut more = leaves.clone();
    more.push([7; 32]);
    for wrong in [&leaves[..19], &leaves[1..], &swapped, &more, &[]] {
        assert_eq!(two.follow(wrong, kept.clone()).unwrap_err().kind, FaultKind::Corrupt);
    }
    let checkpoint = kept.checkpoint().clone();
    let of_another = SignedCheckpoint::sign(checkpoint.clone(), &public(2), &*signer(2));
    let elsewhere = Checkpoint { origin: "klucznik.local/other".to_owned(), ..checkpoint };
    let elsewhere = SignedCheckpoint::sign(elsewhere, &public(1), &*signer(1));
    for wrong in [of_another, elsewhere, before.clone()] {
        assert_eq!(two.follow(&leaves, wrong).unwrap_err().kind, FaultKind::Corrupt);
    }
    assert_eq!((two.size(), two.current()), (250, &before), "it stays as it is");
    two.follow(&leaves, kept.clone()).unwrap();
    assert_eq!((two.size(), two.current()), (270, &kept));
    let (mut of_one, mut of_two) = (one.begin(), two.begin());
    let event = dice.event(START);
    of_one.append(&event).unwrap();
    of_two.append(&event).unwrap();
    assert_eq!(of_one.seal(START), of_two.seal(START));
}
