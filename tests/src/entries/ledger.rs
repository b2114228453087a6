//! Bytes of the ledger: events, checkpoints, proofs.

use kernel::{ActId, RecordId, Result, SessionId, SubjectId, Time, UserId};
use ledger::{
    Act, Event, EventId, EventProof, Log, NodeRow, Nodes, Outcome, SignedCheckpoint, Touch, TouchKind, Who,
};
use std::sync::OnceLock;
use vault::primitives::{Secret, sign::SigningKey};

/// What a database would keep of a log.
#[derive(Default)]
struct Kept {
    bytes: Vec<Vec<u8>>,
    hashes: Vec<[u8; 32]>,
    nodes: Vec<NodeRow>,
}

impl Nodes for Kept {
    fn leaf_hashes(&self, from: u64, to: u64) -> Result<Vec<[u8; 32]>> {
        let place = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).min(self.hashes.len());
        Ok(self.hashes[place(from)..place(to)].to_vec())
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<[u8; 32]>> {
        Ok(self.nodes.iter().find(|n| n.level == level && n.index == index).map(|n| n.hash))
    }
}

/// A small log and all that was signed of it.
struct Genuine {
    public: [u8; 32],
    events: Vec<Vec<u8>>,
    checkpoint: SignedCheckpoint,
    proofs: Vec<String>,
}

fn sample(n: u8) -> Event {
    let touch = |id, kind| {
        let hash = (kind == TouchKind::Written).then_some([n; 32]);
        Touch { entity: 1, id: [id; 16], kind, hash }
    };
    Event {
        id: EventId::from_bytes([n; 16]),
        at: Time(1_790_000_000_000 + i64::from(n)),
        who: [Who::User(UserId::from_bytes([n; 16])), Who::Nobody, Who::System][usize::from(n) % 3],
        session: if n.is_multiple_of(2) { SessionId::NIL } else { SessionId::from_bytes([3; 16]) },
        act: Act::ALL[usize::from(n) % Act::ALL.len()],
        outcome: [Outcome::Done, Outcome::Refused][usize::from(n) % 2],
        entity: u16::from(n % 3),
        record: RecordId::from_bytes([n; 16]),
        subject: SubjectId::NIL,
        part_of: ActId::NIL,
        touches: vec![touch(1, TouchKind::Seen), touch(2, TouchKind::Seen), touch(3, TouchKind::Written)],
        detail: vec![n; usize::from(n)],
    }
}

fn genuine() -> &'static Genuine {
    static GENUINE: OnceLock<Genuine> = OnceLock::new();
    GENUINE.get_or_init(|| {
        let key = SigningKey::from_seed(&Secret::new([1; 32]));
        let public = key.public_key();
        let mut log = Log::new("klucznik.local/proba", public, Box::new(move |message| key.sign(message)));
        let mut kept = Kept::default();
        let mut staged = log.begin();
        for n in 1..12 {
            let _ = staged.append(&sample(n)).expect("a right event");
        }
        let checkpoint = staged.seal(Time(1_790_000_000_000)).clone();
        for leaf in staged.leaves() {
            kept.bytes.push(leaf.bytes.clone());
            kept.hashes.push(leaf.hash);
        }
        kept.nodes.extend(staged.nodes());
        let _ = staged.durable(&mut log).expect("sealed just now");
        let proof = |seq: usize| {
            let made = EventProof::make(seq as u64, &kept.bytes[seq], &checkpoint, &public, &kept);
            made.and_then(|p| p.to_json()).expect("in the log")
        };
        let proofs = [0, 5, 10].map(proof).into();
        Genuine { public, events: kept.bytes, checkpoint, proofs }
    })
}

/// Events. What decodes is canonical, and may be kept.
pub fn event(data: &[u8]) {
    if let Ok(event) = Event::decode(data) {
        assert_eq!(event.encode(), data, "not canonical");
        assert!(event.check().is_ok(), "decoded, but not to be kept");
    }
}

/// Seeds of [`event`].
#[must_use]
pub fn event_seeds() -> Vec<Vec<u8>> {
    genuine().events.clone()
}

/// Checkpoints. None is believed but the one that was signed.
pub fn checkpoint(data: &[u8]) {
    let genuine = genuine();
    let text = String::from_utf8_lossy(data);
    if let Ok(read) = SignedCheckpoint::parse(&text) {
        assert_eq!(read.text(), text);
        let same = read.checkpoint() == genuine.checkpoint.checkpoint();
        assert!(same || !read.verify(&genuine.public), "forged");
    }
}

/// Seeds of [`checkpoint`].
#[must_use]
pub fn checkpoint_seeds() -> Vec<Vec<u8>> {
    let text = genuine().checkpoint.text();
    let other = "\u{2014} witness.example/w AAAAAAAA\n";
    vec![text.as_bytes().to_vec(), format!("{text}{other}").into_bytes()]
}

/// Proofs. None holds but of an event that is in the log.
pub fn proof(data: &[u8]) {
    let genuine = genuine();
    let Ok(proof) = EventProof::from_json(data) else { return };
    let _ = proof.check(None);
    if let Ok(checked) = proof.check(Some(&genuine.public)) {
        assert!(checked.trusted);
        let kept = usize::try_from(checked.seq).ok().and_then(|n| genuine.events.get(n));
        assert_eq!(kept, Some(&checked.event.encode()), "forged");
    }
}

/// Seeds of [`proof`].
#[must_use]
pub fn proof_seeds() -> Vec<Vec<u8>> {
    genuine().proofs.iter().map(|json| json.as_bytes().to_vec()).collect()
}
