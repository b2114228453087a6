//! A log in memory, and random events for it.

use kernel::{ActId, Fault, Random, RecordId, Result, SeededRandom, SessionId, SubjectId, Time, UserId};
use ledger::*;
use proptest::prelude::*;
use vault::primitives::{Secret, sign::SigningKey};

pub const ORIGIN: &str = "klucznik.local/0190a6c2-7b1e-7c3d-8e4f-0123456789ab";
pub const START: Time = Time(1_790_000_000_000);

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&Secret::new([seed; 32]))
}

pub fn public(seed: u8) -> [u8; 32] {
    key(seed).public_key()
}

pub fn signer(seed: u8) -> Signer {
    let key = key(seed);
    Box::new(move |message| key.sign(message))
}

pub fn new_log() -> Log {
    Log::new(ORIGIN, public(1), signer(1))
}

/// Any event that may be kept.
pub fn any_event() -> impl Strategy<Value = Event> {
    let id = || prop_oneof![Just([0u8; 16]), any::<[u8; 16]>()];
    let who = prop_oneof![
        any::<[u8; 16]>().prop_map(|id| Who::User(UserId::from_bytes(id))),
        Just(Who::Nobody),
        Just(Who::System),
        Just(Who::Operator),
    ];
    let outcome = prop_oneof![Just(Outcome::Done), Just(Outcome::Refused), Just(Outcome::Failed)];
    let touch =
        (0u16..3, any::<[u8; 16]>(), 0..3u8, any::<[u8; 32]>()).prop_map(|(entity, id, kind, hash)| {
            let kind = [TouchKind::Seen, TouchKind::Written, TouchKind::Removed][usize::from(kind)];
            Touch { entity, id, kind, hash: (kind == TouchKind::Written).then_some(hash) }
        });
    (
        (any::<[u8; 16]>(), any::<i64>(), who, 0..Act::ALL.len(), outcome, any::<u16>()),
        (id(), id(), id(), id()),
        prop::collection::vec(touch, 0..12),
        prop::collection::vec(any::<u8>(), 0..40),
    )
        .prop_map(
            |((id, at, who, act, outcome, entity), (session, record, subject, part), touches, detail)| {
                Event {
                    id: EventId::from_bytes(id),
                    at: Time(at),
                    who,
                    session: SessionId::from_bytes(session),
                    act: Act::ALL[act],
                    outcome,
                    entity: entity % 4,
                    record: RecordId::from_bytes(record),
                    subject: SubjectId::from_bytes(subject),
                    part_of: ActId::from_bytes(part),
                    touches,
                    detail,
                }
            },
        )
}

/// Numbers and bytes from a seed.
pub struct Dice(pub SeededRandom);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(SeededRandom::new(seed))
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        self.0.fill(&mut out);
        out
    }

    /// A number below `n`, which is not 0.
    pub fn below(&self, n: usize) -> usize {
        (u64::from_be_bytes(self.bytes()) % n as u64) as usize
    }

    /// An event of an ordinary day.
    pub fn event(&self, at: Time) -> Event {
        let touch = |_| {
            let kind = [TouchKind::Seen, TouchKind::Written, TouchKind::Removed][self.below(3)];
            let id = [self.below(20) as u8; 16];
            Touch { entity: 1, id, kind, hash: (kind == TouchKind::Written).then(|| self.bytes()) }
        };
        Event {
            id: EventId::from_bytes(self.bytes()),
            at,
            who: [Who::User(UserId::from_bytes(self.bytes())), Who::System][self.below(2)],
            session: SessionId::from_bytes(self.bytes()),
            act: Act::ALL[self.below(Act::ALL.len())],
            outcome: Outcome::Done,
            entity: 1,
            record: RecordId::from_bytes(self.bytes()),
            subject: SubjectId::from_bytes(self.bytes()),
            part_of: ActId::NIL,
            touches: (0..self.below(4)).map(touch).collect(),
            detail: self.bytes::<8>().to_vec(),
        }
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct KeptRow {
    pub seq: u64,
    pub hash: Vec<u8>,
    pub bytes: Vec<u8>,
    pub id: EventId,
    pub at: Time,
    pub user: UserId,
    pub record: RecordId,
    pub subject: SubjectId,
    pub act: u16,
}

impl KeptRow {
    pub fn of(leaf: &LeafRow) -> Self {
        let event = Event::decode(&leaf.bytes).unwrap();
        Self {
            seq: leaf.seq,
            hash: leaf.hash.to_vec(),
            bytes: leaf.bytes.clone(),
            id: event.id,
            at: event.at,
            user: if let Who::User(user) = event.who { user } else { UserId::NIL },
            record: event.record,
            subject: event.subject,
            act: event.act as u16,
        }
    }
}

/// What a database would keep of a log.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Memory {
    pub rows: Vec<KeptRow>,
    pub nodes: Vec<NodeRow>,
    pub kept: String,
    pub outside: String,
}

impl Memory {
    /// A log of `size` events in groups of random size; also every checkpoint on the way.
    pub fn build(dice: &Dice, size: usize) -> (Self, Log, Vec<SignedCheckpoint>) {
        let mut log = new_log();
        let mut memory = Self::default();
        let mut checkpoints = vec![log.current().clone()];
        while memory.rows.len() < size {
            let mut staged = log.begin();
            let group = (1 + dice.below(40)).min(size - memory.rows.len());
            let at = START.plus_s(memory.rows.len() as i64);
            for i in 0..group {
                staged.append(&dice.event(at.plus_s(i as i64))).unwrap();
            }
            memory.commit(staged, &mut log, at);
            checkpoints.push(log.current().clone());
        }
        memory.outside.clone_from(&memory.kept);
        (memory, log, checkpoints)
    }

    pub fn commit(&mut self, mut staged: Staged, log: &mut Log, at: Time) -> Vec<Receipt> {
        self.kept = staged.seal(at).text().to_owned();
        self.rows.extend(staged.leaves().iter().map(KeptRow::of));
        self.nodes.extend(staged.nodes());
        staged.durable(log).unwrap()
    }

    pub fn verify(&self) -> Report {
        ledger::verify(self, Some(&self.kept), Some(&self.outside), &public(1), &mut |_| Ok(())).unwrap()
    }
}

impl Nodes for Memory {
    fn leaf_hashes(&self, from: u64, to: u64) -> Result<Vec<[u8; 32]>> {
        let rows = self.rows.iter().skip(from as usize).take((to - from) as usize);
        rows.map(|row| row.hash.clone().try_into().map_err(|_| Fault::corrupt("hash"))).collect()
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<[u8; 32]>> {
        Ok(self.nodes.iter().find(|n| n.level == level && n.index == index).map(|n| n.hash))
    }
}

impl EventSource for Memory {
    fn events(&self, each: &mut dyn FnMut(SourceRow<'_>) -> Result<()>) -> Result<()> {
        for r in &self.rows {
            let KeptRow { seq, hash, bytes, id, at, user, record, subject, act } = r.clone();
            each(SourceRow { seq, hash: &hash, bytes: &bytes, id, at, user, record, subject, act })?;
        }
        Ok(())
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>> {
        Ok(Nodes::node(self, level, index)?.map(|hash| hash.to_vec()))
    }

    fn node_count(&self) -> Result<u64> {
        Ok(self.nodes.len() as u64)
    }
}
