//! Proofs that an event is in the log (inclusion) and that a log only grew (consistency), and the file
//! that carries the first to somebody without the data. See `docs/formats/ledger.md`, "Proof file".

use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::event::Event;
use crate::tree::{Nodes, empty_root, leaf_hash, node_hash, range};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Fault, Result, Text};
use serde::{Deserialize, Serialize};

/// Bytes of a proof file: that of the largest event.
pub const MAX_PROOF: usize = 24 << 20;
const MAX_PATH: usize = 64;
const FORMAT: &str = "klucznik event proof 1";

/// The largest power of two below `n`, for `n` of 2 and more.
const fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The path from leaf `index` up to the root of the tree of the first `size` leaves (RFC 6962 §2.1.1).
///
/// # Errors
/// A fault of the program if `index` is not in that tree; `Corrupt` if something kept is missing.
pub fn inclusion(index: u64, size: u64, nodes: &dyn Nodes) -> Result<Vec<[u8; 32]>> {
    if index >= size {
        return Err(Fault::bug(format!("ledger: proof for event {index} of {size}")));
    }
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(range(middle, to, nodes)?);
            to = middle;
        } else {
            path.push(range(from, middle, nodes)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree of the first `n` leaves goes on from that of the first `m` (RFC 6962 §2.1.2).
/// Empty if `m` is 0 or `n`.
///
/// # Errors
/// A fault of the program if `m` is above `n`; `Corrupt` if something kept is missing.
pub fn consistency(m: u64, n: u64, nodes: &dyn Nodes) -> Result<Vec<[u8; 32]>> {
    if m > n {
        return Err(Fault::bug(format!("ledger: proof of consistency from {m} to {n}")));
    }
    let mut path = Vec::new();
    if m == 0 || m == n {
        return Ok(path);
    }
    let (mut from, mut to) = (0, n);
    while m != to {
        let middle = from + split(to - from);
        if m <= middle {
            path.push(range(middle, to, nodes)?);
            to = middle;
        } else {
            path.push(range(from, middle, nodes)?);
            from = middle;
        }
    }
    // If nothing lies left of it, it is the older tree itself, whose root the verifier has.
    if from != 0 {
        path.push(range(from, to, nodes)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether `path` leads from the leaf hash at `index` to the root of a tree of `size` leaves (RFC 9162
/// §2.1.3.2).
#[must_use]
pub fn verify_inclusion(leaf: &[u8; 32], index: u64, size: u64, path: &[[u8; 32]], root: &[u8; 32]) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for other in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(other, &hash);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, other);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// Whether `path` proves that the tree of `n` leaves and root `second` goes on from that of `m` leaves
/// and root `first` (RFC 9162 §2.1.4.2).
#[must_use]
pub fn verify_consistency(m: u64, n: u64, first: &[u8; 32], second: &[u8; 32], path: &[[u8; 32]]) -> bool {
    if m == 0 || m >= n {
        let same = if m == 0 { *first == empty_root() } else { m == n && first == second };
        return same && path.is_empty() && (n != 0 || first == second);
    }
    let (start, rest) = match path.split_first() {
        _ if m.is_power_of_two() => (first, path),
        Some((start, rest)) => (start, rest),
        None => return false,
    };
    let (mut at, mut last) = (m - 1, n - 1);
    while at & 1 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let (mut old, mut new) = (*start, *start);
    for other in rest {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old = node_hash(other, &old);
            new = node_hash(other, &new);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new = node_hash(&new, other);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && old == *first && new == *second
}

/// A file that proves one event to whoever has the public key, without the data.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventProof {
    format: String,
    origin: String,
    public_key: String,
    checkpoint: String,
    index: u64,
    event: String,
    path: Vec<String>,
}

/// What a proof proves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedEvent {
    /// The event; its detail is still sealed.
    pub event: Event,
    /// Place of the event in the tree, from 0.
    pub seq: u64,
    /// The checkpoint it is proved against.
    pub checkpoint: Checkpoint,
    /// The key that signed the checkpoint.
    pub public_key: [u8; 32],
    /// Whether that key was known from elsewhere. If not, the file only agrees with itself.
    pub trusted: bool,
}

fn not_proved(pl: &'static str, en: &'static str) -> Fault {
    Fault::invalid(Text::of(pl, en))
}

fn bytes32(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

impl EventProof {
    /// The proof of the event at `index`, which has these bytes, against a checkpoint of the log in
    /// `nodes` signed with `public`.
    ///
    /// # Errors
    /// As [`inclusion`]; `Corrupt` if what is kept does not make a proof that holds.
    pub fn make(
        index: u64,
        bytes: &[u8],
        checkpoint: &SignedCheckpoint,
        public: &[u8; 32],
        nodes: &dyn Nodes,
    ) -> Result<Self> {
        let path = inclusion(index, checkpoint.checkpoint().size, nodes)?;
        let proof = Self {
            format: FORMAT.to_owned(),
            origin: checkpoint.checkpoint().origin.clone(),
            public_key: STANDARD.encode(public),
            checkpoint: checkpoint.text().to_owned(),
            index,
            event: STANDARD.encode(bytes),
            path: path.iter().map(|hash| STANDARD.encode(hash)).collect(),
        };
        match proof.check(Some(public)) {
            Ok(_) => Ok(proof),
            Err(fault) => Err(Fault::corrupt(format!("ledger: no proof for {index}: {fault}"))),
        }
    }

    /// Reads a proof file.
    ///
    /// # Errors
    /// `Invalid` if it is not one.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let wrong =
            || not_proved("To nie jest plik dowodu zdarzenia.", "This is not a proof file of an event.");
        if json.len() > MAX_PROOF {
            return Err(wrong());
        }
        let proof: Self = serde_json::from_slice(json).map_err(|_| wrong())?;
        if proof.format == FORMAT { Ok(proof) } else { Err(wrong()) }
    }

    /// The proof file, over several lines.
    ///
    /// # Errors
    /// None that can be caused.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map(|json| json + "\n").map_err(Fault::bug)
    }

    /// Checks the proof without the data. `trusted` is the organisation's public key, known from
    /// elsewhere; without it the key in the file is believed, and the result says so.
    ///
    /// # Errors
    /// `Invalid` with what does not hold.
    pub fn check(&self, trusted: Option<&[u8; 32]>) -> Result<CheckedEvent> {
        let damaged = || not_proved("Plik dowodu jest uszkodzony.", "The proof file is damaged.");
        let public_key = bytes32(&self.public_key).ok_or_else(damaged)?;
        if trusted.is_some_and(|key| *key != public_key) {
            return Err(not_proved(
                "Dowód podpisano innym kluczem niż podany klucz organizacji.",
                "The proof is signed with a key other than the given key of the organisation.",
            ));
        }
        let signed = SignedCheckpoint::parse(&self.checkpoint).map_err(|_| damaged())?;
        let checkpoint = signed.checkpoint().clone();
        if checkpoint.origin != self.origin || !signed.verify(&public_key) {
            return Err(not_proved(
                "Podpis punktu kontrolnego nie zgadza się z kluczem.",
                "The signature of the checkpoint does not match the key.",
            ));
        }
        if self.path.len() > MAX_PATH {
            return Err(damaged());
        }
        let path: Option<Vec<_>> = self.path.iter().map(|hash| bytes32(hash)).collect();
        let bytes = STANDARD.decode(&self.event).map_err(|_| damaged())?;
        let leaf = leaf_hash(&bytes);
        let path = path.ok_or_else(damaged)?;
        if !verify_inclusion(&leaf, self.index, checkpoint.size, &path, &checkpoint.root) {
            return Err(not_proved(
                "Tego zdarzenia nie ma w dzienniku o tym punkcie kontrolnym.",
                "This event is not in the ledger of this checkpoint.",
            ));
        }
        let event = Event::decode(&bytes).map_err(|_| damaged())?;
        Ok(CheckedEvent { event, seq: self.index, checkpoint, public_key, trusted: trusted.is_some() })
    }
}
