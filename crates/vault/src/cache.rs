//! A bounded cache of unwrapped subject keys.
//!
//! Two generations: what is used moves to the young one; when that is full, the old one is dropped (and
//! its keys wiped) and the young one becomes old. So what is in use stays, with one map look-up a hit.

use crate::sealed::SealKey;
use kernel::SubjectId;
use std::collections::HashMap;
use std::sync::Arc;

type Generation = HashMap<SubjectId, Arc<SealKey>>;

pub(crate) struct Cache {
    young: Generation,
    old: Generation,
    half: usize,
}

impl Cache {
    /// A cache of at most `capacity` keys.
    pub fn new(capacity: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), half: (capacity / 2).max(1) }
    }

    pub fn get(&mut self, subject: SubjectId) -> Option<Arc<SealKey>> {
        if let Some(key) = self.young.get(&subject) {
            return Some(Arc::clone(key));
        }
        let key = self.old.remove(&subject)?;
        self.put(subject, Arc::clone(&key));
        Some(key)
    }

    pub fn put(&mut self, subject: SubjectId, key: Arc<SealKey>) {
        if self.young.len() >= self.half {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(subject, key);
    }

    pub fn evict(&mut self, subject: SubjectId) {
        self.young.remove(&subject);
        self.old.remove(&subject);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Secret;

    fn id(n: u8) -> SubjectId {
        SubjectId::from_bytes([n; 16])
    }

    #[test]
    fn bounded_and_keeps_what_is_used() {
        let mut cache = Cache::new(8);
        for n in 0..100 {
            let key = SealKey { id: [n; 8], secret: Secret::new([n; 32]) };
            cache.put(id(n), Arc::new(key));
            assert!(cache.young.len() + cache.old.len() <= 8);
            assert_eq!(cache.get(id(0)).map(|k| k.id), Some([0; 8]), "used each time, so kept");
        }
        assert!(cache.get(id(5)).is_none(), "not used, so gone");
        cache.evict(id(0));
        assert!(cache.get(id(0)).is_none());
    }
}
