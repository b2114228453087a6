//! The writer's side: events are staged for a group commit, sealed with one signature, and become
//! receipts once the group is durable.

use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::event::{Event, EventId};
use crate::tree::{Nodes, Tree, leaf_hash};
use kernel::{Fault, FaultKind, Result, Text, Time};
use std::fmt;
use std::sync::Arc;

/// A leaf as it is to be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeafRow {
    /// Place in the tree, from 0.
    pub seq: u64,
    /// Id of the event.
    pub id: EventId,
    /// Leaf hash.
    pub hash: [u8; 32],
    /// Canonical bytes of the event.
    pub bytes: Vec<u8>,
}

/// A node as it is to be kept: over the leaves `index << level .. (index + 1) << level`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NodeRow {
    /// Level; a multiple of [`crate::NODE_LEVELS`].
    pub level: u8,
    /// Place within the level, from 0.
    pub index: u64,
    /// Node hash.
    pub hash: [u8; 32],
}

/// Proof that an event is durable in the ledger. Only the ledger makes one, and it cannot be copied:
/// what consumes it, cannot be done twice.
#[derive(PartialEq, Eq, Debug)]
#[must_use]
pub struct Receipt {
    seq: u64,
    id: EventId,
    hash: [u8; 32],
}

impl Receipt {
    /// Place of the event in the tree, from 0.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Id of the event.
    #[must_use]
    pub const fn id(&self) -> EventId {
        self.id
    }

    /// Leaf hash of the event.
    #[must_use]
    pub const fn hash(&self) -> &[u8; 32] {
        &self.hash
    }
}

/// Signs a message with the ledger's Ed25519 key.
pub type Signer = Box<dyn Fn(&[u8]) -> [u8; 64] + Send + Sync>;

/// Whose log it is, and how its checkpoints are signed.
struct Identity {
    origin: String,
    public: [u8; 32],
    signer: Signer,
}

impl Identity {
    fn sign(&self, tree: &Tree, at: Option<Time>) -> SignedCheckpoint {
        let checkpoint = Checkpoint { origin: self.origin.clone(), size: tree.size(), root: tree.root(), at };
        SignedCheckpoint::sign(checkpoint, &self.public, &self.signer)
    }

    /// Refuses a checkpoint that is not this log's, or not of this tree.
    fn check(&self, tree: &Tree, kept: &SignedCheckpoint) -> Result<()> {
        let Checkpoint { origin, size, root, .. } = kept.checkpoint();
        if *origin != self.origin || !kept.verify(&self.public) {
            return Err(Fault::corrupt("ledger: the kept checkpoint is not signed by this log"));
        }
        if *size != tree.size() || *root != tree.root() {
            let note = format!("ledger: kept checkpoint of {size}, tree of {}", tree.size());
            return Err(Fault::corrupt(note));
        }
        Ok(())
    }
}

/// The state of the log as it is durable. One writer holds it.
pub struct Log {
    identity: Arc<Identity>,
    tree: Tree,
    current: SignedCheckpoint,
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Log").field("current", &self.current.checkpoint()).finish_non_exhaustive()
    }
}

impl Log {
    /// A log without events. `public` is the key that belongs to `signer`.
    #[must_use]
    pub fn new(origin: impl Into<String>, public: [u8; 32], signer: Signer) -> Self {
        let identity = Arc::new(Identity { origin: origin.into(), public, signer });
        let tree = Tree::new();
        let current = identity.sign(&tree, None);
        Self { identity, tree, current }
    }

    /// The log as it was kept: `tree` from [`Tree::restore`] over as many leaves as there are, and the
    /// checkpoint that was committed with the last of them.
    ///
    /// # Errors
    /// `Corrupt` if the checkpoint is of another log, not signed by this key, or not of this tree.
    pub fn restore(
        origin: impl Into<String>,
        public: [u8; 32],
        signer: Signer,
        tree: Tree,
        kept: SignedCheckpoint,
    ) -> Result<Self> {
        let identity = Arc::new(Identity { origin: origin.into(), public, signer });
        identity.check(&tree, &kept)?;
        Ok(Self { identity, tree, current: kept })
    }

    /// Moves on to what another writer of the same log made durable: the hashes of the leaves after the last
    /// one here, and the checkpoint that was committed with the last of them.
    ///
    /// # Errors
    /// `Corrupt` if the checkpoint is of another log, not signed by this key, or not of the tree that these
    /// leaves make of this one; the log then stays as it is.
    pub fn follow(&mut self, leaves: &[[u8; 32]], kept: SignedCheckpoint) -> Result<()> {
        let mut tree = self.tree.clone();
        for hash in leaves {
            // The nodes were kept by who committed the leaves.
            drop(tree.append(*hash));
        }
        self.identity.check(&tree, &kept)?;
        (self.tree, self.current) = (tree, kept);
        Ok(())
    }

    /// Whether the log goes on from a checkpoint that was kept outside the database. `nodes` is what
    /// the database keeps. Reads a few hundred hashes at most.
    ///
    /// # Errors
    /// `Corrupt` if the log is behind that checkpoint (an older copy of the database was put in place),
    /// or has another past, or the checkpoint is not signed by this log.
    pub fn check_outside(&self, outside: &SignedCheckpoint, nodes: &dyn Nodes) -> Result<()> {
        let Checkpoint { origin, size, root, .. } = outside.checkpoint();
        if *origin != self.identity.origin || !outside.verify(&self.identity.public) {
            return Err(Fault::corrupt("ledger: the checkpoint outside is not signed by this log"));
        }
        let rolled_back = *size > self.tree.size();
        if rolled_back || Tree::restore(*size, nodes)?.root() != *root {
            let message = if rolled_back {
                Text::of(
                    "Baza danych jest starsza niż punkt kontrolny zapisany poza nią: podstawiono wcześniejszą kopię.",
                    "The database is older than the checkpoint kept outside it: an earlier copy was put in its place.",
                )
            } else {
                Text::of(
                    "Dziennik w bazie danych ma inną przeszłość niż punkt kontrolny zapisany poza nią.",
                    "The ledger in the database has another past than the checkpoint kept outside it.",
                )
            };
            let note = format!("ledger: {} events, {size} outside", self.tree.size());
            return Err(Fault::new(FaultKind::Corrupt, message).internal(note));
        }
        Ok(())
    }

    /// The checkpoint of what is durable.
    #[must_use]
    pub const fn current(&self) -> &SignedCheckpoint {
        &self.current
    }

    /// The number of durable events.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The key that verifies the checkpoints.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.identity.public
    }

    /// Begins a group commit.
    #[must_use]
    pub fn begin(&self) -> Staged {
        Staged {
            identity: Arc::clone(&self.identity),
            base: self.tree.size(),
            tree: self.tree.clone(),
            leaves: Vec::new(),
            nodes: Vec::new(),
            sealed: None,
        }
    }
}

/// A place in a group to go back to.
#[derive(Clone, Debug)]
pub struct Mark {
    tree: Tree,
    leaves: usize,
    nodes: usize,
}

/// Events of one group commit, not yet durable.
pub struct Staged {
    identity: Arc<Identity>,
    base: u64,
    tree: Tree,
    leaves: Vec<LeafRow>,
    nodes: Vec<NodeRow>,
    sealed: Option<SignedCheckpoint>,
}

impl fmt::Debug for Staged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Staged").field("base", &self.base).field("len", &self.len()).finish_non_exhaustive()
    }
}

impl Staged {
    /// Adds an event; returns its place in the tree.
    ///
    /// # Errors
    /// A fault of the program if the event breaks a limit ([`Event::check`]); nothing is added then.
    pub fn append(&mut self, event: &Event) -> Result<u64> {
        event.check()?;
        let bytes = event.encode();
        let (seq, hash) = (self.tree.size(), leaf_hash(&bytes));
        self.nodes.extend(self.tree.append(hash));
        self.leaves.push(LeafRow { seq, id: event.id, hash, bytes });
        self.sealed = None;
        Ok(seq)
    }

    /// The number of events in the group.
    #[must_use]
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether the group has no events.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// The present place, to go back to if what follows fails.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark { tree: self.tree.clone(), leaves: self.leaves.len(), nodes: self.nodes.len() }
    }

    /// Takes back what was added since the mark. Marks of this group only, and not of a place that was
    /// itself taken back.
    pub fn roll_back(&mut self, mark: Mark) {
        self.leaves.truncate(mark.leaves);
        self.nodes.truncate(mark.nodes);
        self.tree = mark.tree;
        self.sealed = None;
    }

    /// Leaves to be kept, in order.
    #[must_use]
    pub fn leaves(&self) -> &[LeafRow] {
        &self.leaves
    }

    /// Nodes to be kept.
    #[must_use]
    pub fn nodes(&self) -> &[NodeRow] {
        &self.nodes
    }

    /// Signs the state with the group in it, once; the checkpoint is to be kept in the same transaction.
    pub fn seal(&mut self, now: Time) -> &SignedCheckpoint {
        let (identity, tree) = (&self.identity, &self.tree);
        self.sealed.get_or_insert_with(|| identity.sign(tree, Some(now)))
    }

    /// To be called once the transaction is durable: moves the log on and gives one receipt for each
    /// event, in order.
    ///
    /// # Errors
    /// A fault of the program if the group was not sealed, or was begun from another state of the log.
    pub fn durable(self, log: &mut Log) -> Result<Vec<Receipt>> {
        let same = Arc::ptr_eq(&self.identity, &log.identity) && self.base == log.tree.size();
        let Some(current) = self.sealed.filter(|_| same) else {
            return Err(Fault::bug("ledger: a group that was not sealed, or not the next one"));
        };
        log.tree = self.tree;
        log.current = current;
        let receipt = |leaf: LeafRow| Receipt { seq: leaf.seq, id: leaf.id, hash: leaf.hash };
        Ok(self.leaves.into_iter().map(receipt).collect())
    }
}
