//! The Merkle tree (RFC 6962 §2.1) over leaf hashes, with only every eighth level kept.

use crate::stage::NodeRow;
use kernel::{Fault, Result};

/// Nodes are kept at every level that is a multiple of this, level 0 being the leaves' own hashes.
pub const NODE_LEVELS: u8 = 8;

/// The hash of a leaf of these bytes.
#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> [u8; 32] {
    vault::sha256(&[&[0], bytes])
}

/// The hash of a node over two others.
pub(crate) fn node_hash(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    vault::sha256(&[&[1], left, right])
}

/// The root of a tree without leaves.
pub(crate) fn empty_root() -> [u8; 32] {
    vault::sha256(&[])
}

/// What is kept of a tree.
pub trait Nodes {
    /// The hashes of the leaves `from..to`, in order; fewer if there are fewer.
    ///
    /// # Errors
    /// If they cannot be read.
    fn leaf_hashes(&self, from: u64, to: u64) -> Result<Vec<[u8; 32]>>;

    /// The node over the leaves `index << level .. (index + 1) << level`, if it is kept.
    ///
    /// # Errors
    /// If it cannot be read.
    fn node(&self, level: u8, index: u64) -> Result<Option<[u8; 32]>>;
}

/// A tree's size and the roots of its complete subtrees, largest (leftmost) first: one for each bit set
/// in the size. All that is needed to append and to know the root.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tree {
    size: u64,
    frontier: Vec<[u8; 32]>,
}

impl Tree {
    /// A tree without leaves.
    #[must_use]
    pub const fn new() -> Self {
        Self { size: 0, frontier: Vec::new() }
    }

    /// The tree of the first `size` leaves. Reads at most 255 hashes for each 8 levels.
    ///
    /// # Errors
    /// `Corrupt` if leaves or nodes are missing, and what `nodes` gives.
    pub fn restore(size: u64, nodes: &dyn Nodes) -> Result<Self> {
        let mut frontier = Vec::new();
        for level in (0..64u8).rev().filter(|level| size >> level & 1 == 1) {
            frontier.push(subtree(level, (size >> level) - 1, nodes)?);
        }
        Ok(Self { size, frontier })
    }

    /// The number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf's hash. Returns the nodes to be kept that it completes, lowest first; mostly none.
    pub fn append(&mut self, hash: [u8; 32]) -> Vec<NodeRow> {
        let mut done = Vec::new();
        let mut node = hash;
        for level in (1..=63u8).take(self.size.trailing_ones() as usize) {
            let Some(left) = self.frontier.pop() else {
                break;
            };
            node = node_hash(&left, &node);
            if level.is_multiple_of(NODE_LEVELS) {
                done.push(NodeRow { level, index: self.size >> level, hash: node });
            }
        }
        self.frontier.push(node);
        self.size += 1;
        done
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> [u8; 32] {
        let mut parts = self.frontier.iter().rev();
        let Some(last) = parts.next() else {
            return empty_root();
        };
        parts.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// The hash of the complete subtree of `1 << level` leaves at `index`, from the kept level below it.
///
/// # Errors
/// `Corrupt` if leaves or nodes are missing, and what `nodes` gives.
pub fn subtree(level: u8, index: u64, nodes: &dyn Nodes) -> Result<[u8; 32]> {
    let missing = || Fault::corrupt(format!("ledger: nothing kept for level {level}, index {index}"));
    let above = level % NODE_LEVELS;
    let base = level - above;
    let end = index.checked_add(1).and_then(|i| i.checked_mul(1 << above)).ok_or_else(missing)?;
    let range = index << above..end;
    let mut row = if base == 0 {
        nodes.leaf_hashes(range.start, range.end)?
    } else {
        let kept = |i| nodes.node(base, i)?.ok_or_else(missing);
        range.map(kept).collect::<Result<Vec<_>>>()?
    };
    if row.len() != 1 << above {
        return Err(missing());
    }
    for _ in 0..above {
        row = row.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    row.first().copied().ok_or_else(missing)
}

/// The hash of the leaves `from..to` as RFC 6962 puts them together. `from` is a multiple of the
/// largest power of two below `to - from`, as it always is for the parts of a proof.
pub(crate) fn range(from: u64, to: u64, nodes: &dyn Nodes) -> Result<[u8; 32]> {
    let mut at = from;
    let mut parts = Vec::new();
    while at < to {
        let level = (to - at).ilog2();
        parts.push(subtree(level as u8, at >> level, nodes)?);
        at += 1 << level;
    }
    let mut parts = parts.iter().rev();
    let Some(last) = parts.next() else {
        return Ok(empty_root());
    };
    Ok(parts.fold(*last, |right, left| node_hash(left, &right)))
}
