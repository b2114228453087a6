//! A proof holds without the data, and only as it was made.

use crate::world::{Dice, Memory, public};
use ledger::*;
use serde_json::Value;

fn made(index: usize) -> (EventProof, Memory) {
    let (memory, log, _) = Memory::build(&Dice::new(1), 300);
    let bytes = &memory.rows[index].bytes;
    (EventProof::make(index as u64, bytes, log.current(), log.public(), &memory).unwrap(), memory)
}

#[test]
fn a_proof_survives_the_file_and_tells_the_event() {
    let (proof, memory) = made(17);
    let proof = EventProof::from_json(proof.to_json().unwrap().as_bytes()).unwrap();
    let checked = proof.check(Some(&public(1))).unwrap();
    assert_eq!(checked.event.encode(), memory.rows[17].bytes);
    assert_eq!((checked.seq, checked.checkpoint.size, checked.trusted), (17, 300, true));
    assert!(!proof.check(None).unwrap().trusted);
    assert!(proof.check(Some(&public(2))).is_err());
}

#[test]
fn an_older_checkpoint_proves_as_well() {
    let (memory, log, checkpoints) = Memory::build(&Dice::new(2), 300);
    let older = checkpoints.iter().find(|c| c.checkpoint().size > 5).unwrap();
    let proof = EventProof::make(5, &memory.rows[5].bytes, older, log.public(), &memory).unwrap();
    assert!(proof.check(Some(&public(1))).is_ok());
}

#[test]
fn wrong_bytes_make_no_proof() {
    let (memory, log, _) = Memory::build(&Dice::new(3), 30);
    let wrong = EventProof::make(5, &memory.rows[6].bytes, log.current(), log.public(), &memory);
    assert!(wrong.is_err());
    assert!(EventProof::make(30, &memory.rows[5].bytes, log.current(), log.public(), &memory).is_err());
}

/// Every character of every string member, and the index, altered.
#[test]
fn an_altered_proof_does_not_hold() {
    let (proof, _) = made(17);
    let json: Value = serde_json::from_str(&proof.to_json().unwrap()).unwrap();
    let holds = |json: &Value| {
        let proof = EventProof::from_json(json.to_string().as_bytes());
        proof.is_ok_and(|p| p.check(Some(&public(1))).is_ok())
    };
    assert!(holds(&json));
    let pointers = ["/format", "/origin", "/public_key", "/checkpoint", "/event", "/path/0", "/path/5"];
    for pointer in pointers {
        let text = json.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        for (at, c) in text.char_indices() {
            let other = if c == 'A' { "B" } else { "A" };
            let mut altered = text.clone();
            altered.replace_range(at..at + c.len_utf8(), other);
            let mut json = json.clone();
            *json.pointer_mut(pointer).unwrap() = altered.into();
            assert!(!holds(&json), "{pointer} at {at}");
        }
    }
    let with = |key: &str, value: Value| {
        let mut json = json.clone();
        json[key] = value;
        json
    };
    assert!(!holds(&with("index", 16.into())) && !holds(&with("index", (-1).into())));
    assert!(!holds(&with("more", 1.into())), "unknown member");
    let path = json["path"].as_array().unwrap();
    assert!(!holds(&with("path", path[1..].to_vec().into())));
    assert!(!holds(&with("path", vec![path[0].clone(); 10_000].into())));
}

#[test]
fn other_files_are_refused() {
    for json in ["", "{}", "[]", "null", "{\"format\":\"klucznik event proof 2\"}"] {
        assert!(EventProof::from_json(json.as_bytes()).is_err());
    }
    assert!(EventProof::from_json(&[b' '; 3]).is_err());
}
