//! The record of every act: events, the Merkle tree over them (RFC 6962), signed checkpoints (C2SP
//! tlog-checkpoint), proofs, and verification. Pure: where events lie is the store's affair. The bytes
//! are specified in `docs/formats/ledger.md`.

mod checkpoint;
mod encode;
mod event;
mod finding;
mod parts;
mod proof;
mod stage;
mod tree;
mod verify;

pub use checkpoint::{Checkpoint, MAX_CHECKPOINT, SignedCheckpoint};
pub use encode::{MAX_DETAIL, MAX_TOUCHES};
pub use event::{Act, Event, EventId, EventKind};
pub use finding::{Detected, Finding, Place};
pub use parts::{Outcome, Touch, TouchKind, Who};
pub use proof::{
    CheckedEvent, EventProof, MAX_PROOF, consistency, inclusion, verify_consistency, verify_inclusion,
};
pub use stage::{LeafRow, Log, Mark, NodeRow, Receipt, Signer, Staged};
pub use tree::{NODE_LEVELS, Nodes, Tree, leaf_hash, subtree};
pub use verify::{EventSource, MAX_FINDINGS, Report, SourceRow, TIME_TOLERANCE_MS, verify};
