//! One event has one form.

use crate::world::{Dice, START, any_event};
use ledger::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_the_same(event in any_event()) {
        prop_assert!(event.check().is_ok());
        prop_assert_eq!(Event::decode(&event.encode()).unwrap(), event);
    }

    #[test]
    fn what_decodes_encodes_to_the_same(event in any_event(), at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let mut bytes = event.encode();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(other) = Event::decode(&bytes) {
            prop_assert_ne!(&other, &event);
            prop_assert_eq!(other.encode(), bytes);
        }
    }

    #[test]
    fn arbitrary_bytes_do_no_harm(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Event::decode(&bytes);
        if let Some(first) = bytes.first_mut() {
            *first = 1;
        }
        if let Ok(event) = Event::decode(&bytes) {
            prop_assert_eq!(event.encode(), bytes);
        }
    }

    #[test]
    fn cut_or_prolonged_is_refused(event in any_event(), at in any::<prop::sample::Index>()) {
        let mut bytes = event.encode();
        prop_assert!(Event::decode(&bytes[..at.index(bytes.len())]).is_err());
        bytes.push(0);
        prop_assert!(Event::decode(&bytes).is_err());
    }
}

/// The example event of which each byte is known.
fn small() -> Event {
    let mut event = Dice::new(1).event(START);
    event.who = Who::System;
    event.touches = vec![];
    event
}

#[test]
fn the_bytes_are_those_of_the_format() {
    let mut event = small();
    let touch = |id| Touch { entity: 0x0102, id: [id; 16], kind: TouchKind::Seen, hash: None };
    event.touches = vec![touch(7), touch(8)];
    event.act = Act::RecordRead;
    let mut expected = vec![1];
    expected.extend(event.id.bytes());
    expected.extend(START.0.to_be_bytes());
    expected.extend([2, 0, 10, 1, 1 + 2 + 4 + 8]);
    expected.extend(event.session.bytes());
    expected.extend([0, 1]);
    expected.extend(event.record.bytes());
    expected.extend(event.subject.bytes());
    expected.extend([0, 0, 0, 1, 1, 2, 1, 0, 0, 0, 2]);
    expected.extend([7; 16]);
    expected.extend([8; 16]);
    expected.extend([0, 0, 0, 8]);
    expected.extend(&event.detail);
    assert_eq!(event.encode(), expected);
}

#[test]
fn fifty_seen_records_cost_sixteen_bytes_each() {
    let (bare, mut event) = (small().encode().len(), small());
    let touch = |id| Touch { entity: 1, id: [id; 16], kind: TouchKind::Seen, hash: None };
    event.touches = (0..50).map(touch).collect();
    assert_eq!(event.encode().len(), bare + 7 + 50 * 16);
}

#[test]
fn two_groups_that_are_one_are_refused() {
    let mut event = small();
    event.detail.clear();
    let touch = |id| Touch { entity: 1, id: [id; 16], kind: TouchKind::Seen, hash: None };
    event.touches = vec![touch(1), touch(2)];
    let one = event.encode();
    let head = one.len() - 4 - 2 * 16 - 7 - 4;
    let mut two = one[..head].to_vec();
    two.extend([0, 0, 0, 2]);
    for id in [1, 2] {
        two.extend([0, 1, 1, 0, 0, 0, 1]);
        two.extend([id; 16]);
    }
    two.extend([0, 0, 0, 0]);
    let note = Event::decode(&two).unwrap_err().internal.unwrap();
    assert!(note.contains("one group in two"), "{note}");
}

#[test]
fn nil_parts_and_empty_groups_are_refused() {
    let bytes = small().encode();
    let session = 1 + 16 + 8 + 1 + 2 + 1 + 1;
    let mut nil = bytes.clone();
    nil[session..session + 16].fill(0);
    assert!(Event::decode(&nil).unwrap_err().internal.unwrap().contains("nil"));

    let mut group = bytes[..bytes.len() - 4 - 8 - 4].to_vec();
    group.extend([0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert!(Event::decode(&group).unwrap_err().internal.unwrap().contains("empty"));
}

#[test]
fn lengths_in_few_bytes_ask_for_no_memory() {
    let bytes = small().encode();
    let head = &bytes[..bytes.len() - 4 - 8 - 4];
    for tail in [[0xff; 4], 250_000u32.to_be_bytes()] {
        let mut claim = head.to_vec();
        claim.extend([0, 0, 0, 1, 0, 1, 1]);
        claim.extend(tail);
        assert!(Event::decode(&claim).is_err());
    }
}

#[test]
fn an_event_outside_the_limits_is_not_kept() {
    let touch = |kind, hash| Touch { entity: 1, id: [1; 16], kind, hash };
    let with = |touches: Vec<Touch>| Event { touches, ..small() };
    let most = vec![touch(TouchKind::Seen, None); MAX_TOUCHES];
    assert!(with(most.clone()).check().is_ok());
    assert_eq!(Event::decode(&with(most.clone()).encode()).unwrap().touches.len(), MAX_TOUCHES);
    assert!(with([most, vec![touch(TouchKind::Seen, None)]].concat()).check().is_err());
    assert!(with(vec![touch(TouchKind::Written, None)]).check().is_err());
    assert!(with(vec![touch(TouchKind::Seen, Some([1; 32]))]).check().is_err());
    assert!(Event { detail: vec![0; MAX_DETAIL + 1], ..small() }.check().is_err());
}
