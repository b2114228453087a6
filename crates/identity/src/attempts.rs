//! Failed attempts, by log-in name and by network.
//!
//! A name counts whether or not anybody has it, so that nothing tells the two apart. Its state lies in
//! the store: a restart forgets nothing. Networks are counted in memory alone.

use crate::seal::{bare_doc, open_doc, put_doc};
use crate::users::fold_login;
use kernel::{Fault, FaultKind, Result, Text, Time};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::{DocKind, DocWrite, Store};
use vault::Vault;

/// Failures of one name without a delay.
const FREE: u32 = 3;
/// Failures of one name until it is locked.
pub const LOCK_AFTER: u32 = 10;
/// How long it is locked, in milliseconds.
pub const LOCK_MS: i64 = 15 * 60_000;
/// After so long without a failure all are forgotten.
const FORGET_MS: i64 = 24 * 3_600_000;
/// Names kept at most; the ones longest without a failure go first.
const NAMES: usize = 20_000;
/// Names removed with one failure at most.
const SWEEP: usize = 16;
/// Failures of one network without a delay: many people may share one.
const NETWORK_FREE: u32 = 20;
/// The longest delay of a network.
const NETWORK_DELAY_MS: i64 = 60_000;
/// A network's failures are halved each time this passes without one.
const NETWORK_HALF_MS: i64 = 5 * 60_000;
/// Networks kept at most.
const NETWORKS: usize = 10_000;

/// The failures of one name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attempt {
    failures: u32,
    last: Time,
    locked_until: Option<Time>,
}

impl Attempt {
    /// What counts at `now`: a lock that is over and failures of long ago do not.
    fn at(self, now: Time) -> Self {
        let over = self.locked_until.is_some_and(|until| until <= now);
        if over || self.last.plus_ms(FORGET_MS) <= now { Self::default() } else { self }
    }

    /// Milliseconds to wait at `now`, with `others` attempts that have not ended yet.
    fn wait_ms(self, now: Time, others: u32) -> i64 {
        let state = self.at(now);
        let until = match state.locked_until {
            Some(until) => until,
            None if state.failures >= FREE => state.last.plus_s(1 << (state.failures - FREE).min(16)),
            // Were they all to fail, this one would have to wait.
            None if others > 0 && state.failures + others >= FREE => now.plus_s(1),
            None => return 0,
        };
        (until.0 - now.0).clamp(0, LOCK_MS)
    }

    /// After one more failure.
    fn failed(self, now: Time) -> Self {
        let failures = self.at(now).failures.saturating_add(1);
        let locked_until = (failures >= LOCK_AFTER).then(|| now.plus_ms(LOCK_MS));
        Self { failures, last: now, locked_until }
    }
}

/// One network's failures.
#[derive(Clone, Copy)]
struct Network {
    failures: u32,
    last: Time,
}

impl Network {
    fn failures_at(self, now: Time) -> u32 {
        let halvings = (now.0 - self.last.0).max(0) / NETWORK_HALF_MS;
        self.failures.checked_shr(u32::try_from(halvings).unwrap_or(u32::MAX)).unwrap_or(0)
    }

    fn wait_ms(self, now: Time) -> i64 {
        let failures = self.failures_at(now);
        if failures < NETWORK_FREE {
            return 0;
        }
        let delay = (1000_i64 << (failures - NETWORK_FREE).min(16)).min(NETWORK_DELAY_MS);
        (self.last.0 + delay - now.0).clamp(0, delay)
    }
}

#[derive(Default)]
struct Memory {
    /// Attempts that have begun and not ended, by name.
    open: HashMap<[u8; 16], u32>,
    /// Names with a document, and their last failure.
    names: HashMap<[u8; 16], Time>,
    networks: HashMap<[u8; 16], Network>,
}

/// All failed attempts.
pub struct Attempts {
    store: Store,
    vault: Arc<Vault>,
    memory: Mutex<Memory>,
}

/// An attempt that has begun. It counts as open until it is dropped.
pub struct Open<'a> {
    attempts: &'a Attempts,
    id: [u8; 16],
    network: [u8; 16],
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let mut memory = self.attempts.memory();
        if let Some(count) = memory.open.get_mut(&self.id) {
            *count -= 1;
            if *count == 0 {
                memory.open.remove(&self.id);
            }
        }
    }
}

/// What a failure writes.
pub struct Failure {
    pub docs: Vec<DocWrite>,
    /// The name has just been locked until then.
    pub locked_until: Option<Time>,
}

impl Attempts {
    pub async fn load(store: Store, vault: Arc<Vault>) -> Result<Self> {
        let names = store.docs(DocKind::Attempts).await?.into_iter().map(|d| (d.id, d.updated_at)).collect();
        let memory = Mutex::new(Memory { names, ..Memory::default() });
        Ok(Self { store, vault, memory })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keyed hash that stands for a name.
    pub fn name_mac(&self, login: &str) -> [u8; 32] {
        self.vault.mac("attempts", fold_login(login).as_bytes())
    }

    async fn state(&self, id: &[u8; 16]) -> Result<(Attempt, u64)> {
        match self.store.doc(DocKind::Attempts, *id).await? {
            Some(doc) => Ok((open_doc(&self.vault, &doc)?, doc.version)),
            None => Ok((Attempt::default(), 0)),
        }
    }

    /// Begins an attempt.
    ///
    /// # Errors
    /// Too many, with the time to wait.
    pub async fn begin(&self, login: &str, network: IpAddr, now: Time) -> Result<Open<'_>> {
        let mut id = [0; 16];
        id.copy_from_slice(&self.name_mac(login)[..16]);
        let network = prefix(network);
        // Counted before the state is read: of attempts that come together, all but the free ones are
        // refused, whatever the order in which they end.
        let (others, wait) = {
            let mut memory = self.memory();
            let count = memory.open.entry(id).or_default();
            *count += 1;
            let others = *count - 1;
            (others, memory.networks.get(&network).map_or(0, |n| n.wait_ms(now)))
        };
        let open = Open { attempts: self, id, network };
        let (state, _) = self.state(&id).await?;
        match wait.max(state.wait_ms(now, others)) {
            0 => Ok(open),
            ms => Err(slow_down(ms)),
        }
    }

    /// What is to be written because the attempt failed. One at a time: the caller holds a lock until
    /// it is committed.
    pub async fn failed(&self, open: &Open<'_>, now: Time) -> Result<Failure> {
        let (state, version) = self.state(&open.id).await?;
        let next = state.failed(now);
        let stale = {
            let mut memory = self.memory();
            note_network(&mut memory.networks, open.network, now);
            memory.names.insert(open.id, now);
            stale(&memory.names, open.id, now)
        };
        let doc = bare_doc(DocKind::Attempts, open.id, version + 1, now, None);
        let mut docs = vec![put_doc(&self.vault, doc, &next)?];
        for id in stale {
            if let Some(doc) = self.store.doc(DocKind::Attempts, id).await? {
                docs.push(DocWrite::Remove(DocKind::Attempts, id, doc.version));
            }
            self.memory().names.remove(&id);
        }
        Ok(Failure { docs, locked_until: next.locked_until })
    }

    /// What is to be written because the attempt succeeded. The network's failures stay: who has one
    /// account could otherwise try others without end.
    pub async fn succeeded(&self, open: &Open<'_>) -> Result<Option<DocWrite>> {
        let (_, version) = self.state(&open.id).await?;
        self.memory().names.remove(&open.id);
        Ok((version > 0).then_some(DocWrite::Remove(DocKind::Attempts, open.id, version)))
    }
}

/// Names to be forgotten: over the time, or too many.
fn stale(names: &HashMap<[u8; 16], Time>, keep: [u8; 16], now: Time) -> Vec<[u8; 16]> {
    let over = |at: Time| at.plus_ms(FORGET_MS) <= now;
    let mut found: Vec<_> =
        names.iter().filter(|(id, at)| **id != keep && over(**at)).map(|(id, _)| *id).take(SWEEP).collect();
    if found.is_empty() && names.len() > NAMES {
        found.extend(
            names.iter().filter(|(id, _)| **id != keep).min_by_key(|(_, at)| **at).map(|(id, _)| *id),
        );
    }
    found
}

fn note_network(networks: &mut HashMap<[u8; 16], Network>, network: [u8; 16], now: Time) {
    let failures = networks.get(&network).map_or(0, |n| n.failures_at(now)).saturating_add(1);
    networks.insert(network, Network { failures, last: now });
    if networks.len() > NETWORKS {
        let oldest = networks.iter().min_by_key(|(_, n)| n.last).map(|(key, _)| *key);
        oldest.and_then(|key| networks.remove(&key));
    }
}

/// The network of an address: /24 of IPv4, /56 of IPv6, as one subscriber commonly has it.
fn prefix(address: IpAddr) -> [u8; 16] {
    let (mut bytes, kept) = match address.to_canonical() {
        IpAddr::V4(v4) => (v4.to_ipv6_mapped().octets(), 15),
        IpAddr::V6(v6) => (v6.octets(), 7),
    };
    bytes[kept..].fill(0);
    bytes
}

fn slow_down(ms: i64) -> Fault {
    let text = Text::of(
        "Zbyt wiele nieudanych prób logowania. Odczekaj chwilę i spróbuj ponownie.",
        "Too many failed attempts to sign in. Wait a while and try again.",
    );
    let seconds = u32::try_from(ms.saturating_add(999) / 1000).unwrap_or(u32::MAX);
    Fault::new(FaultKind::TooMany, text).retry_after_s(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_and_end_in_a_lock() {
        let now = Time(1_000_000_000_000);
        let mut state = Attempt::default();
        let mut waits = Vec::new();
        for _ in 0..LOCK_AFTER {
            state = state.failed(now);
            waits.push(state.wait_ms(now, 0) / 1000);
        }
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 900]);
        assert_eq!(state.wait_ms(now.plus_ms(LOCK_MS), 0), 0);
        assert_eq!(state.failed(now.plus_ms(LOCK_MS)).failures, 1, "after a lock counting begins anew");
        assert!(state.wait_ms(Time(0), 0) <= LOCK_MS, "a clock that was set back locks nobody for ever");
    }

    #[test]
    fn attempts_that_come_together_are_as_many_as_are_free() {
        let now = Time(1_000_000_000_000);
        let fresh = Attempt::default();
        assert_eq!([0, 1, 2, 3].map(|others| fresh.wait_ms(now, others)), [0, 0, 0, 1000]);
        let two = fresh.failed(now).failed(now);
        assert_eq!([0, 1].map(|others| two.wait_ms(now, others)), [0, 1000]);
    }

    #[test]
    fn networks_slow_down_forget_and_are_bounded() {
        let now = Time(1_000_000_000_000);
        let mut networks = HashMap::new();
        let one = prefix("192.0.2.7".parse().unwrap());
        assert_eq!(one, prefix("192.0.2.200".parse().unwrap()));
        assert_eq!(one, prefix("::ffff:192.0.2.9".parse().unwrap()));
        assert_ne!(one, prefix("192.0.3.7".parse().unwrap()));
        for _ in 0..40 {
            note_network(&mut networks, one, now);
        }
        assert_eq!(networks[&one].wait_ms(now), NETWORK_DELAY_MS);
        assert_eq!(networks[&one].wait_ms(now.plus_ms(NETWORK_DELAY_MS)), 0);
        assert_eq!(networks[&one].failures_at(now.plus_ms(2 * NETWORK_HALF_MS)), 10);
        assert_eq!(networks[&one].failures_at(now.plus_ms(i64::MAX / 2)), 0);
        for n in 0..NETWORKS as u128 + 10 {
            note_network(&mut networks, n.to_be_bytes(), now.plus_s(1));
        }
        assert!(networks.len() <= NETWORKS && !networks.contains_key(&one), "the oldest went");
    }

    #[test]
    fn names_are_bounded() {
        let now = Time(1_000_000_000_000);
        let id = |n: usize| (n as u128).to_be_bytes();
        let names: HashMap<_, _> = (0..=NAMES).map(|n| (id(n), now.plus_ms(n as i64))).collect();
        assert_eq!(stale(&names, id(5), now.plus_s(60)), [id(0)]);
        assert_eq!(stale(&names, id(0), now.plus_s(60)), [id(1)]);
        assert_eq!(stale(&names, id(0), now.plus_ms(2 * FORGET_MS)).len(), SWEEP);
    }
}
