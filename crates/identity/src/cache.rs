//! Sessions in memory.

use crate::session::{Holds, Session};
use kernel::{SessionId, Time};
use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use store::SessionKind;
use vault::sha256;

/// A last use is written at most this often, in milliseconds.
const SEEN_MS: i64 = 60_000;

/// Sessions that have not ended, by id and by the hashes of their secrets.
#[derive(Default)]
pub struct Cache(RwLock<Map>);

#[derive(Default)]
struct Map {
    sessions: HashMap<SessionId, Arc<Session>>,
    /// Whose a secret is or was.
    secrets: HashMap<[u8; 32], SessionId>,
}

impl Map {
    fn remove(&mut self, id: SessionId) {
        if let Some(old) = self.sessions.remove(&id) {
            for hash in old.hashes() {
                self.secrets.remove(hash);
            }
        }
    }
}

impl Cache {
    fn read(&self) -> RwLockReadGuard<'_, Map> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Map> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Accepts a session from now on, in place of what it was before if it was known.
    pub fn put(&self, session: Arc<Session>) {
        let mut map = self.write();
        if let Some(before) = map.sessions.get(&session.id) {
            session.used_at(before.seen_at());
            if let Some(address) = before.seen_from() {
                session.used_from(address);
            }
        }
        map.remove(session.id);
        map.secrets.extend(session.hashes().map(|hash| (*hash, session.id)));
        map.sessions.insert(session.id, session);
    }

    /// Forgets a session: it is refused from now on.
    pub fn take_one(&self, id: SessionId) {
        self.write().remove(id);
    }

    /// Forgets those that `which` names.
    pub fn take(&self, which: impl Fn(&Session) -> bool) {
        let mut map = self.write();
        let taken: Vec<SessionId> = map.sessions.values().filter(|s| which(s)).map(|s| s.id).collect();
        taken.into_iter().for_each(|id| map.remove(id));
    }

    /// Whether there is a session with this hash of its secret.
    pub fn knows(&self, hash: &[u8; 32]) -> bool {
        let map = self.read();
        map.secrets.get(hash).and_then(|id| map.sessions.get(id)).is_some_and(|s| s.hash == *hash)
    }

    /// The session of this id, whether it still lives or not.
    pub fn get(&self, id: SessionId) -> Option<Arc<Session>> {
        self.read().sessions.get(&id).cloned()
    }

    /// Those that `which` names, oldest first.
    pub fn find(&self, which: impl Fn(&Session) -> bool) -> Vec<Arc<Session>> {
        let mut found: Vec<_> = self.read().sessions.values().filter(|s| which(s)).cloned().collect();
        found.sort_unstable_by_key(|s| s.id);
        found
    }

    /// The session of this secret, whether it still lives or not, and what the secret is to it.
    pub fn of_secret(&self, kind: SessionKind, secret: &str, now: Time) -> Option<(Arc<Session>, Holds)> {
        // Longer than any secret: not worth hashing.
        if secret.len() > 64 {
            return None;
        }
        let hash = sha256(&[secret.as_bytes()]);
        let map = self.read();
        let session =
            map.secrets.get(&hash).and_then(|id| map.sessions.get(id)).filter(|s| s.kind == kind)?;
        session.holds(&hash, now).map(|holds| (session.clone(), holds))
    }

    /// Those whose last use is to be written, so many at most.
    pub fn pending_seen(&self, most: usize) -> Vec<Arc<Session>> {
        let due = |s: &&Arc<Session>| {
            let (seen, written) = (s.seen_at().0, s.written.load(Ordering::Relaxed));
            seen - written >= SEEN_MS
                && s.written.compare_exchange(written, seen, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        };
        self.read().sessions.values().filter(due).take(most).cloned().collect()
    }
}
