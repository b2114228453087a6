//! Checkpoints: C2SP tlog-checkpoint in a C2SP signed note. See `docs/formats/ledger.md`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Fault, OrgId, Result, Time};
use std::fmt::Write;

/// Bytes of a signed checkpoint.
pub const MAX_CHECKPOINT: usize = 8 << 10;
const MAX_SIGNATURES: usize = 16;
/// Number of Ed25519 among the signature types of signed notes.
const ED25519: u8 = 1;
const MARK: &str = "\u{2014} ";

/// The state of a log: its size and the root over all its leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Root (RFC 6962).
    pub root: [u8; 32],
    /// When it was signed.
    pub at: Option<Time>,
}

impl Checkpoint {
    /// The origin of an organisation's log.
    #[must_use]
    pub fn origin_of(organisation: OrgId) -> String {
        format!("klucznik.local/{organisation}")
    }

    /// The text that is signed, with its last line feed.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root));
        if let Some(at) = self.at {
            let _ = writeln!(out, "at {}", at.rfc3339());
        }
        out
    }

    /// Reads the text as [`Checkpoint::text`] writes it, and nothing else.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let origin = lines.next()?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        let at = match lines.next() {
            Some(line) => Some(Time::parse(line.strip_prefix("at ")?)?),
            None => None,
        };
        let read = Self { origin, size, root, at };
        (is_name(&read.origin) && read.text() == text).then_some(read)
    }
}

/// Whether this may be the name of a key in a signed note; it is also what an origin must be here.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// The id that a signed note gives to an Ed25519 key of this name.
fn key_id(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let hash = vault::sha256(&[name.as_bytes(), b"\n", &[ED25519], public]);
    [hash[0], hash[1], hash[2], hash[3]]
}

/// A checkpoint with signatures. That it parses says nothing: [`SignedCheckpoint::verify`] does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: String,
}

impl SignedCheckpoint {
    /// Signs a checkpoint. `signer` gives the Ed25519 signature that belongs to `public`.
    #[must_use]
    pub fn sign(checkpoint: Checkpoint, public: &[u8; 32], signer: &dyn Fn(&[u8]) -> [u8; 64]) -> Self {
        let text = checkpoint.text();
        let mut blob = key_id(&checkpoint.origin, public).to_vec();
        blob.extend_from_slice(&signer(text.as_bytes()));
        let note = format!("{text}\n{MARK}{} {}\n", checkpoint.origin, STANDARD.encode(blob));
        Self { checkpoint, note }
    }

    /// Reads a signed checkpoint.
    ///
    /// # Errors
    /// `Corrupt` if it is not one as the format says.
    pub fn parse(note: &str) -> Result<Self> {
        let wrong = || Fault::corrupt("checkpoint: not in the form of one");
        if note.len() > MAX_CHECKPOINT {
            return Err(wrong());
        }
        let (text, lines) = note.split_once("\n\n").ok_or_else(wrong)?;
        let checkpoint = Checkpoint::read(&format!("{text}\n")).ok_or_else(wrong)?;
        let lines = lines.strip_suffix('\n').ok_or_else(wrong)?;
        let count = lines.split('\n').count();
        if count > MAX_SIGNATURES || lines.split('\n').any(|line| signature(line).is_none()) {
            return Err(wrong());
        }
        Ok(Self { checkpoint, note: note.to_owned() })
    }

    /// The whole signed note.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.note
    }

    /// What it says.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Whether the owner of `public` signed it under its origin as name.
    #[must_use]
    pub fn verify(&self, public: &[u8; 32]) -> bool {
        let Some((text, lines)) = self.note.split_once("\n\n") else {
            return false;
        };
        let id = key_id(&self.checkpoint.origin, public);
        let own = lines
            .lines()
            .filter_map(signature)
            .find(|(name, blob)| *name == self.checkpoint.origin && blob.starts_with(&id));
        own.is_some_and(|(_, blob)| vault::verify(public, format!("{text}\n").as_bytes(), &blob[id.len()..]))
    }
}

/// Name, and key id with signature, of a signature line.
fn signature(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, blob) = line.strip_prefix(MARK)?.split_once(' ')?;
    let blob = STANDARD.decode(blob).ok()?;
    (is_name(name) && blob.len() > 4).then_some((name, blob))
}
