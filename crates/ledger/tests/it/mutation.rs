//! Whatever is altered in what is kept, verification finds it: each alteration in 100 of 100 logs.

use crate::world::{Dice, KeptRow, Memory, START, public, signer};
use kernel::{RecordId, SubjectId, Time, UserId};
use ledger::*;
use std::collections::HashMap;

/// Alters; `false` if this log gives no occasion for it.
type Mutation = fn(&mut Memory, &Dice, &[SignedCheckpoint]) -> bool;

fn flip(bytes: &mut [u8], dice: &Dice) {
    bytes[dice.below(bytes.len())] ^= 1 << dice.below(8);
}

/// One random row.
fn row<'a>(m: &'a mut Memory, dice: &Dice) -> &'a mut KeptRow {
    let at = dice.below(m.rows.len());
    &mut m.rows[at]
}

fn renumber(m: &mut Memory) {
    for (i, row) in m.rows.iter_mut().enumerate() {
        row.seq = i as u64;
    }
}

fn rehash(row: &mut KeptRow) {
    row.hash = leaf_hash(&row.bytes).to_vec();
}

/// A character of a checkpoint; the first bit turns no character into one that is read alike.
fn flip_text(text: &mut String, dice: &Dice) {
    let at = loop {
        let at = dice.below(text.len());
        if text.as_bytes()[at].is_ascii() {
            break at;
        }
    };
    let other = char::from(text.as_bytes()[at] ^ 1);
    text.replace_range(at..=at, &other.to_string());
}

/// Nodes as they belong to the rows: what an attacker who knows the tree would write.
fn renode(m: &mut Memory) -> Tree {
    let mut tree = Tree::new();
    m.nodes = m.rows.iter().flat_map(|row| tree.append(leaf_hash(&row.bytes))).collect();
    tree
}

const ROWS: &[(&str, Mutation)] = &[
    ("bit of the bytes", |m, d, _| {
        flip(&mut row(m, d).bytes, d);
        true
    }),
    ("bit of the bytes, hash put right", |m, d, _| {
        let row = row(m, d);
        flip(&mut row.bytes, d);
        rehash(row);
        true
    }),
    ("bit of the hash", |m, d, _| {
        flip(&mut row(m, d).hash, d);
        true
    }),
    ("hash cut", |m, d, _| row(m, d).hash.pop().is_some()),
    ("event cut", |m, d, _| {
        let row = row(m, d);
        row.bytes.truncate(d.below(row.bytes.len()));
        rehash(row);
        true
    }),
    ("event prolonged", |m, d, _| {
        let row = row(m, d);
        row.bytes.push(0);
        rehash(row);
        true
    }),
    ("another event in its place", |m, d, _| {
        let row = row(m, d);
        let event = d.event(row.at);
        row.bytes = event.encode();
        rehash(row);
        true
    }),
    ("deleted", |m, d, _| {
        m.rows.remove(d.below(m.rows.len()));
        true
    }),
    ("deleted, renumbered", |m, d, _| {
        m.rows.remove(d.below(m.rows.len()));
        renumber(m);
        true
    }),
    ("repeated", |m, d, _| {
        let at = d.below(m.rows.len());
        m.rows.insert(at, m.rows[at].clone());
        true
    }),
    ("repeated, renumbered", |m, d, _| {
        let at = d.below(m.rows.len());
        m.rows.insert(d.below(m.rows.len()), m.rows[at].clone());
        renumber(m);
        renode(m);
        true
    }),
    ("reordered", |m, d, _| {
        let (a, b) = (d.below(m.rows.len()), d.below(m.rows.len()));
        m.rows.swap(a, b);
        a != b
    }),
    ("reordered, renumbered, nodes put right", |m, d, _| {
        let (a, b) = (d.below(m.rows.len()), d.below(m.rows.len()));
        m.rows.swap(a, b);
        renumber(m);
        renode(m);
        a != b
    }),
    ("hashes swapped", |m, d, _| {
        let (a, b) = (d.below(m.rows.len()), d.below(m.rows.len()));
        let hash = m.rows[a].hash.clone();
        m.rows[a].hash = std::mem::replace(&mut m.rows[b].hash, hash);
        a != b
    }),
    ("truncated", |m, d, _| {
        m.rows.truncate(d.below(m.rows.len()));
        renode(m);
        true
    }),
    ("forged event at the end", |m, d, _| {
        let mut last = m.rows[m.rows.len() - 1].clone();
        last.seq += 1;
        m.rows.push(last);
        renode(m);
        d.below(1) == 0
    }),
];

const COLUMNS: &[(&str, Mutation)] = &[
    ("id", |m, d, _| {
        row(m, d).id = EventId::from_bytes(d.bytes());
        true
    }),
    ("time", |m, d, _| {
        let row = row(m, d);
        row.at = row.at.plus_ms(1);
        true
    }),
    ("user", |m, d, _| {
        row(m, d).user = UserId::from_bytes(d.bytes());
        true
    }),
    ("record", |m, d, _| {
        row(m, d).record = RecordId::NIL;
        true
    }),
    ("subject", |m, d, _| {
        row(m, d).subject = SubjectId::from_bytes(d.bytes());
        true
    }),
    ("act", |m, d, _| {
        row(m, d).act ^= 1 << d.below(16);
        true
    }),
    ("number", |m, d, _| {
        row(m, d).seq ^= 1 << d.below(16);
        true
    }),
];

const REST: &[(&str, Mutation)] = &[
    ("bit of a node", |m, d, _| {
        let at = (!m.nodes.is_empty()).then(|| d.below(m.nodes.len()));
        at.is_some_and(|at| {
            flip(&mut m.nodes[at].hash, d);
            true
        })
    }),
    ("node deleted", |m, _, _| m.nodes.pop().is_some()),
    ("node too many", |m, d, _| {
        m.nodes.push(NodeRow { level: 8, index: 1000, hash: d.bytes() });
        true
    }),
    ("character of the checkpoint", |m, d, _| {
        flip_text(&mut m.kept, d);
        true
    }),
    ("character of the checkpoint outside", |m, d, _| {
        flip_text(&mut m.outside, d);
        true
    }),
    ("older checkpoint over newer events", |m, d, past| {
        let older = &past[d.below(past.len())];
        m.kept = older.text().to_owned();
        m.outside.clone_from(&m.kept);
        older.checkpoint().size < m.rows.len() as u64
    }),
    ("older copy as a whole, newer checkpoint outside", |m, d, past| {
        let older = &past[d.below(past.len())];
        m.rows.truncate(usize::try_from(older.checkpoint().size).unwrap());
        renode(m);
        m.kept = older.text().to_owned();
        m.outside != m.kept
    }),
    ("history rewritten, signed with the right key", |m, d, _| {
        let outside = m.outside.clone();
        *m = Memory::build(d, m.rows.len() + d.below(50)).0;
        m.outside = outside;
        true
    }),
    ("altered and signed with another key", |m, d, _| {
        let row = row(m, d);
        row.bytes = d.event(row.at).encode();
        *row = {
            let event = Event::decode(&row.bytes).unwrap();
            KeptRow::of(&LeafRow {
                seq: row.seq,
                id: event.id,
                hash: leaf_hash(&row.bytes),
                bytes: row.bytes.clone(),
            })
        };
        let tree = renode(m);
        let old = SignedCheckpoint::parse(&m.kept).unwrap();
        let checkpoint = Checkpoint { root: tree.root(), ..old.checkpoint().clone() };
        m.kept = SignedCheckpoint::sign(checkpoint, &public(2), &signer(2)).text().to_owned();
        m.outside.clone_from(&m.kept);
        true
    }),
];

#[test]
fn each_alteration_is_found_in_100_of_100() {
    let mutations = || ROWS.iter().chain(COLUMNS).chain(REST);
    let mut tried: HashMap<&str, usize> = HashMap::new();
    for seed in 0.. {
        let dice = Dice::new(seed);
        let (memory, _, past) = Memory::build(&dice, 2 + dice.below(400));
        let clean = memory.verify();
        assert_eq!((clean.findings, clean.events), (vec![], memory.rows.len() as u64), "seed {seed}");
        for (name, mutate) in mutations() {
            let mut altered = memory.clone();
            let count = tried.entry(name).or_default();
            if *count == 100 || !mutate(&mut altered, &dice, &past) || altered == memory {
                continue;
            }
            *count += 1;
            let report = altered.verify();
            assert!(!report.is_sound() && !report.findings.is_empty(), "{name} not found, seed {seed}");
        }
        if tried.values().all(|count| *count == 100) {
            return;
        }
        assert!(seed < 1000, "no occasion for some alteration: {tried:?}");
    }
}

#[test]
fn every_older_checkpoint_outside_is_in_order() {
    let (mut memory, _, past) = Memory::build(&Dice::new(1), 300);
    for older in past {
        memory.outside = older.text().to_owned();
        assert_eq!(memory.verify().findings, vec![]);
    }
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(Finding::code).collect()
}

#[test]
fn findings_say_what_it_is() {
    let (memory, _, past) = Memory::build(&Dice::new(2), 300);
    let check = |kept: Option<&str>, outside: Option<&str>, memory: &Memory| {
        codes(&verify(memory, kept, outside, &public(1), &mut |_| Ok(())).unwrap())
    };
    assert_eq!(check(Some(&memory.kept), None, &memory), Vec::<&str>::new());
    assert_eq!(check(None, Some(&memory.outside), &memory), ["no-checkpoint"]);
    assert_eq!(check(Some("x"), None, &memory), ["form"]);
    let mut older = memory.clone();
    let before = &past[past.len() - 2];
    older.rows.truncate(usize::try_from(before.checkpoint().size).unwrap());
    renode(&mut older);
    assert_eq!(check(Some(before.text()), Some(&memory.outside), &older), ["rolled-back"]);
    assert_eq!(check(Some(&memory.kept), None, &older), ["size"]);
    let other = Memory::build(&Dice::new(3), 300).0;
    assert_eq!(check(Some(&other.kept), Some(&memory.outside), &other), ["forked"]);
    assert_eq!(check(Some(&memory.kept), None, &other), ["root"]);
    let foreign = Checkpoint { origin: "klucznik.local/x".to_owned(), ..before.checkpoint().clone() };
    let foreign = SignedCheckpoint::sign(foreign, &public(1), &signer(1));
    assert_eq!(check(Some(&memory.kept), Some(foreign.text()), &memory), ["origin"]);
    assert_eq!(
        codes(&verify(&memory, Some(&memory.kept), None, &public(2), &mut |_| Ok(())).unwrap()),
        ["signature"]
    );
}

fn log_of(events: &[Event]) -> Memory {
    let (mut memory, mut log) = (Memory::default(), crate::world::new_log());
    let mut staged = log.begin();
    for event in events {
        staged.append(event).unwrap();
    }
    let _ = memory.commit(staged, &mut log, START);
    memory.outside.clone_from(&memory.kept);
    memory
}

#[test]
fn a_clock_set_back_is_a_finding_once_and_no_alteration() {
    let dice = Dice::new(4);
    let hour = 3_600;
    let at = [0, 10, 5, hour, 20, 30, 40].map(|s| dice.event(START.plus_s(s)));
    let report = log_of(&at).verify();
    assert_eq!(report.findings, [Finding { what: Detected::Clock, place: Place::Event(4) }]);
    assert!(report.is_sound());
    let extremes = [Time(i64::MAX), Time(i64::MIN), Time(0)].map(|t| dice.event(t));
    assert_eq!(log_of(&extremes).verify().findings.len(), 1);
}

#[test]
fn the_last_write_or_removal_of_each_record_is_collected() {
    let dice = Dice::new(5);
    let touch = |id, kind, hash| Touch { entity: 3, id: [id; 16], kind, hash };
    let event = |touches| Event { touches, ..dice.event(START) };
    let report = log_of(&[
        event(vec![touch(1, TouchKind::Written, Some([1; 32])), touch(2, TouchKind::Written, Some([2; 32]))]),
        event(vec![touch(1, TouchKind::Written, Some([3; 32])), touch(2, TouchKind::Removed, None)]),
        event(vec![touch(1, TouchKind::Seen, None), touch(4, TouchKind::Seen, None)]),
    ])
    .verify();
    let expected = [((3, [1; 16]), Some([3; 32])), ((3, [2; 16]), None)];
    assert_eq!(report.last, HashMap::from(expected));
}

#[test]
fn findings_are_limited_and_progress_is_told() {
    let (mut memory, _, _) = Memory::build(&Dice::new(6), 2_100);
    let mut told = Vec::new();
    memory.rows.iter_mut().for_each(|row| row.hash[0] ^= 1);
    let report = verify(&memory, Some(&memory.kept), None, &public(1), &mut |n| {
        told.push(n);
        Ok(())
    })
    .unwrap();
    assert_eq!((report.findings.len(), report.more_findings), (MAX_FINDINGS, 2_000));
    assert_eq!(told, [1024, 2048]);
    let text = report.findings[7].text();
    assert!(text.pl.starts_with("zdarzenie 7: ") && text.en.starts_with("event 7: "));
}

/// A later version's event, say: the tree is right, and still nobody here can say what it holds.
#[test]
fn bytes_that_are_no_event_are_found_even_if_the_tree_holds_them() {
    let (mut memory, _, _) = Memory::build(&Dice::new(7), 10);
    let row = &mut memory.rows[4];
    row.bytes[0] = 2;
    rehash(row);
    let checkpoint = Checkpoint {
        root: renode(&mut memory).root(),
        ..SignedCheckpoint::parse(&memory.kept).unwrap().checkpoint().clone()
    };
    memory.kept = SignedCheckpoint::sign(checkpoint, &public(1), &signer(1)).text().to_owned();
    memory.outside.clone_from(&memory.kept);
    let report = memory.verify();
    assert_eq!(report.findings, [Finding { what: Detected::Bytes, place: Place::Event(4) }]);
    assert!(!report.is_sound());
}
