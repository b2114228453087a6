//! Tree and proofs against the definition in RFC 6962 and against another implementation.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use kernel::Result;
use ledger::*;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// Leaves, their hashes and the kept nodes.
#[derive(Default)]
struct Kept {
    leaves: Vec<[u8; 32]>,
    nodes: Vec<NodeRow>,
    tree: Tree,
}

impl Kept {
    fn of(size: u64) -> Self {
        let mut kept = Self::default();
        for i in 0..size {
            let hash = leaf_hash(&i.to_be_bytes());
            kept.leaves.push(hash);
            kept.nodes.extend(kept.tree.append(hash));
        }
        kept
    }
}

impl Nodes for Kept {
    fn leaf_hashes(&self, from: u64, to: u64) -> Result<Vec<[u8; 32]>> {
        assert!(to - from <= 128, "a proof reads few leaves at once");
        Ok(self.leaves[from as usize..(to as usize).min(self.leaves.len())].to_vec())
    }

    fn node(&self, level: u8, index: u64) -> Result<Option<[u8; 32]>> {
        assert!(level > 0 && level.is_multiple_of(NODE_LEVELS));
        Ok(self.nodes.iter().find(|n| n.level == level && n.index == index).map(|n| n.hash))
    }
}

/// MTH of RFC 6962 §2.1, word for word, with another SHA-256.
fn naive(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        more => {
            let k = more.len().next_power_of_two() / 2;
            let hash = Sha256::new().chain_update([1]).chain_update(naive(&more[..k]));
            hash.chain_update(naive(&more[k..])).finalize().into()
        }
    }
}

fn other(size: u64) -> MemoryBackedTree<Sha256, [u8; 8]> {
    let mut tree = MemoryBackedTree::new();
    (0..size).for_each(|i| tree.push(i.to_be_bytes()));
    tree
}

fn bytes(path: &[[u8; 32]]) -> Vec<u8> {
    path.concat()
}

#[test]
fn roots_are_those_of_the_definition() {
    let mut tree = Tree::new();
    assert_eq!(tree.root(), naive(&[]));
    let mut leaves = Vec::new();
    for i in 0..600u64 {
        leaves.push(leaf_hash(&i.to_be_bytes()));
        tree.append(leaves[i as usize]);
        assert_eq!(tree.root(), naive(&leaves), "size {}", i + 1);
    }
    assert_eq!(<[u8; 32]>::from(Sha256::digest([0, 1, 2])), leaf_hash(&[1, 2]));
}

#[test]
fn kept_nodes_restore_the_tree_at_every_size() {
    let kept = Kept::of(70_000);
    assert_eq!(kept.nodes.iter().filter(|n| n.level == 8).count(), 70_000 / 256);
    assert_eq!(kept.nodes.iter().filter(|n| n.level == 16).count(), 1);
    for size in [0, 1, 255, 256, 257, 511, 4_097, 65_535, 65_536, 65_537, 70_000] {
        let tree = Tree::restore(size, &kept).unwrap();
        assert_eq!(tree.root(), naive(&kept.leaves[..size as usize]), "size {size}");
    }
    assert_eq!(Tree::restore(70_000, &kept).unwrap(), kept.tree);
    assert_eq!(subtree(10, 3, &kept).unwrap(), naive(&kept.leaves[3 << 10..4 << 10]));
}

#[test]
fn missing_nodes_and_leaves_are_refused() {
    let mut kept = Kept::of(600);
    assert!(Tree::restore(601, &kept).is_err());
    assert!(subtree(8, 2, &kept).is_err());
    assert!(subtree(63, 0, &kept).is_err() && subtree(62, u64::MAX, &kept).is_err());
    kept.nodes.pop();
    assert!(Tree::restore(600, &kept).is_err());
}

#[test]
fn inclusion_of_every_leaf_of_every_small_tree() {
    for size in 1..70 {
        let (kept, other) = (Kept::of(size), other(size));
        for index in 0..size {
            let path = inclusion(index, size, &kept).unwrap();
            assert_eq!(bytes(&path), other.prove_inclusion(index as usize).as_bytes());
            let leaf = &kept.leaves[index as usize];
            assert!(verify_inclusion(leaf, index, size, &path, &kept.tree.root()));
            assert!(!verify_inclusion(leaf, index ^ 1, size, &path, &kept.tree.root()) || size == 1);
        }
        assert!(inclusion(size, size, &kept).is_err());
    }
}

#[test]
fn consistency_of_every_pair_of_small_trees() {
    for n in 0..70 {
        let (kept, other) = (Kept::of(n), other(n));
        let last = kept.tree.root();
        for m in 0..=n {
            let first = naive(&kept.leaves[..m as usize]);
            let path = consistency(m, n, &kept).unwrap();
            if m > 0 && m < n {
                assert_eq!(bytes(&path), other.prove_consistency((n - m) as usize).as_bytes());
            }
            assert!(verify_consistency(m, n, &first, &last, &path), "{m} {n}");
            assert!(!verify_consistency(m, n, &[1; 32], &last, &path), "{m} {n}");
            assert!(m == 0 || !verify_consistency(m, n, &first, &[1; 32], &path), "{m} {n}");
            assert!(!verify_consistency(m, n, &first, &last, &[&path[..], &[last]].concat()), "{m} {n}");
        }
        assert!(consistency(n + 1, n, &kept).is_err());
        assert!(!verify_consistency(n + 1, n, &last, &last, &[]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn proofs_of_large_trees_and_one_bit_off(
        size in 2u64..3_000, a: prop::sample::Index, b: prop::sample::Index,
        place: prop::sample::Index, bit in 0..256usize,
    ) {
        let (kept, other) = (Kept::of(size), other(size));
        let root = kept.tree.root();
        prop_assert_eq!(root.to_vec(), other.root().as_bytes().to_vec());
        let index = a.index(size as usize) as u64;
        let leaf = kept.leaves[index as usize];
        let mut path = inclusion(index, size, &kept).unwrap();
        prop_assert_eq!(bytes(&path), other.prove_inclusion(index as usize).as_bytes().to_vec());
        prop_assert!(verify_inclusion(&leaf, index, size, &path, &root));
        let at = place.index(path.len());
        path[at][bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!verify_inclusion(&leaf, index, size, &path, &root));

        let m = 1 + b.index(size as usize - 1) as u64;
        let first = Tree::restore(m, &kept).unwrap().root();
        let mut path = consistency(m, size, &kept).unwrap();
        prop_assert_eq!(bytes(&path), other.prove_consistency((size - m) as usize).as_bytes().to_vec());
        prop_assert!(verify_consistency(m, size, &first, &root, &path));
        let at = place.index(path.len());
        path[at][bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!verify_consistency(m, size, &first, &root, &path));
    }

    #[test]
    fn arbitrary_proofs_do_no_harm(
        leaf: [u8; 32], index: u64, size: u64, root: [u8; 32],
        path in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        prop_assert!(!verify_inclusion(&leaf, index, size, &path, &root));
        prop_assert!(!verify_consistency(index, size, &leaf, &root, &path));
    }
}
