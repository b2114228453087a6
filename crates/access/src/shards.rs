//! Maps by id of which copies are cheap, and that are changed one entry at a time.

use kernel::Id;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A map of which a copy shares all that neither changes afterwards: in 256 parts, of which a change copies one.
#[derive(Clone, Debug)]
pub(crate) struct Shards<V>(BTreeMap<u8, Arc<HashMap<[u8; 16], V>>>);

impl<V> Default for Shards<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<V> Shards<V> {
    pub fn get<K>(&self, id: Id<K>) -> Option<&V> {
        self.0.get(&place(id))?.get(id.bytes())
    }
}

impl<V: Clone + Default + PartialEq> Shards<V> {
    /// Changes what is kept for an id. What is as by default afterwards is not kept.
    pub fn change<K, R>(&mut self, id: Id<K>, change: impl FnOnce(&mut V) -> R) {
        let part = Arc::make_mut(self.0.entry(place(id)).or_default());
        let kept = part.entry(*id.bytes()).or_default();
        let _ = change(kept);
        if *kept == V::default() {
            part.remove(id.bytes());
        }
    }
}

/// The last byte of an id is random.
const fn place<K>(id: Id<K>) -> u8 {
    id.bytes()[15]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stays_as_it_was_and_what_is_empty_is_not_kept() {
        let id = |n: u8| Id::<()>::from_bytes([n; 16]);
        let mut map = Shards::<u32>::default();
        map.change(id(1), |n| *n = 1);
        let copy = map.clone();
        map.change(id(1), |n| *n = 0);
        map.change(id(2), |n| *n += 2);
        assert_eq!((map.get(id(1)), map.get(id(2))), (None, Some(&2)));
        assert_eq!((copy.get(id(1)), copy.get(id(2))), (Some(&1), None));
        map.change(id(2), |n| *n = 0);
        assert!(map.0.values().all(|part| part.is_empty()));
    }
}
