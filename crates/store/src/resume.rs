//! How a log goes on from what an engine keeps.

use crate::contract::EventRow;
use crate::engine::Sign;
use crate::outside::Outside;
use crate::refusal;
use kernel::{Fault, FaultKind, Result};
use ledger::{Log, Nodes, SignedCheckpoint, Signer, Tree, leaf_hash};
use std::sync::Arc;

/// Under which name the checkpoint is kept.
pub const CHECKPOINT: &str = "checkpoint";
/// Under which name it is kept that the state was restored and what is to be done before it is used.
pub const RESTORING: &str = "restoring";
/// Events at the end whose bytes are compared with their hashes when the database is opened; the rest
/// is compared by a verification.
pub const TAIL: u32 = 64;

/// Whose log it is, and how its checkpoints are signed.
#[derive(Clone)]
pub struct Identity {
    pub origin: String,
    pub public: [u8; 32],
    pub signer: Sign,
}

impl Identity {
    fn signer(&self) -> Signer {
        let signer = Arc::clone(&self.signer);
        Box::new(move |message| signer(message))
    }
}

/// What an engine keeps of its log, besides the nodes.
pub struct Kept {
    /// The number of events.
    pub size: u64,
    /// The sequence of the newest change.
    pub last_change: u64,
    /// The checkpoint inside the database.
    pub checkpoint: Option<SignedCheckpoint>,
    /// The last [`TAIL`] events, oldest first.
    pub tail: Vec<EventRow>,
}

/// The log as the database holds it, and the sequence of the next change.
///
/// # Errors
/// Corrupt if its parts contradict each other; otherwise as `nodes` fails.
pub fn restore(kept: Kept, nodes: &dyn Nodes, identity: &Identity) -> Result<(Log, u64)> {
    let Some(checkpoint) = kept.checkpoint else {
        // A creation that was cut short leaves tables and nothing in them.
        if kept.size > 0 || kept.last_change > 0 {
            return Err(refusal::altered("the checkpoint is missing"));
        }
        return Ok((Log::new(&identity.origin, identity.public, identity.signer()), 1));
    };
    let altered = |fault: Fault| match fault.kind {
        FaultKind::Corrupt => refusal::altered(fault.internal.unwrap_or_default()),
        _ => fault,
    };
    let tree = Tree::restore(kept.size, nodes).map_err(altered)?;
    check_tail(&kept.tail, kept.size)?;
    let log = Log::restore(&identity.origin, identity.public, identity.signer(), tree, checkpoint);
    Ok((log.map_err(altered)?, kept.last_change + 1))
}

/// Moves a log on to what another writer committed: `newer` are the events after its own, as far as they were
/// read. Says no, and leaves the log as it is, if they do not lead to the checkpoint.
pub fn follow(log: &mut Log, checkpoint: Option<&str>, newer: &[EventRow]) -> bool {
    let Some(Ok(checkpoint)) = checkpoint.map(SignedCheckpoint::parse) else { return false };
    let places = newer.iter().zip(log.size()..);
    let hashes: Vec<_> =
        places.filter(|(row, seq)| row.seq == *seq).map(|(row, _)| leaf_hash(&row.bytes)).collect();
    let whole = hashes.iter().eq(newer.iter().map(|row| &row.hash));
    whole && log.follow(&hashes, checkpoint).is_ok()
}

fn check_tail(tail: &[EventRow], size: u64) -> Result<()> {
    let places = size.saturating_sub(u64::from(TAIL))..size;
    let whole = |(row, seq): (&EventRow, u64)| row.seq == seq && row.hash == leaf_hash(&row.bytes);
    if tail.len() as u64 != places.end - places.start || !tail.iter().zip(places).all(whole) {
        return Err(refusal::altered("the last events are not those of the tree"));
    }
    Ok(())
}

/// Refuses a database that does not go on from the checkpoint outside; brings that one up to date. Where
/// there was none, `keep` keeps the present one inside too.
///
/// # Errors
/// Corrupt if the database was rolled back or altered, or the checkpoint is missing without consent.
pub fn check_outside(
    outside: &mut Outside,
    log: &Log,
    nodes: &dyn Nodes,
    accept_missing: bool,
    keep: impl FnOnce(&str) -> Result<()>,
) -> Result<()> {
    let Some(kept) = outside.read()? else {
        if log.size() > 0 && !accept_missing {
            return Err(refusal::checkpoint_missing("no checkpoint outside"));
        }
        if log.size() > 0 {
            tracing::warn!("opened without the checkpoint outside the database, as was asked");
        }
        keep(log.current().text())?;
        return outside.put_durably(log.current());
    };
    log.check_outside(&kept, nodes).map_err(|fault| match fault.kind {
        FaultKind::Corrupt => refusal::rolled_back(fault.internal.as_deref().unwrap_or_default()),
        _ => fault,
    })?;
    // One that is behind is accepted, so a full disk does not keep the store from opening for reading.
    if let Err(fault) = outside.put_durably(log.current()) {
        tracing::warn!(error = %fault, "the checkpoint outside the database stays behind");
    }
    Ok(())
}
