//! Failed attempts, by log-in name, by browser and session that are known, and by network.
//!
//! A name counts whether or not anybody has it, so that nothing tells the two apart. Who is known
//! ([`Known`]) is counted apart: nothing that others do under the name makes such a one wait. The state of
//! all of them lies in the store: a restart forgets nothing. Networks are counted in memory alone.

use crate::Client;
use crate::networks::Networks;
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
/// How long it is locked first, in milliseconds. Each further failure doubles it.
pub const LOCK_MS: i64 = 15 * 60_000;
/// How long it is locked at most, in milliseconds: nobody is kept out for good.
pub const LOCK_MAX_MS: i64 = 60 * 60_000;
/// The first lock is told of, and then every so-manieth: of one that goes on, about once a day.
const TELL_EACH: u32 = 24;
/// After so long without a failure all are forgotten.
const FORGET_MS: i64 = 24 * 3_600_000;
/// Names kept at most; the ones longest without a failure go first.
const NAMES: usize = 20_000;
/// Names removed with one failure at most.
const SWEEP: usize = 16;
/// The failures of one name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attempt {
    failures: u32,
    last: Time,
    locked_until: Option<Time>,
}

impl Attempt {
    /// What counts at `now`: failures of long ago do not.
    fn at(self, now: Time) -> Self {
        if self.last.plus_ms(FORGET_MS) <= now { Self::default() } else { self }
    }

    /// Milliseconds to wait at `now`, with `others` attempts that have not ended yet.
    fn wait_ms(self, now: Time, others: u32) -> i64 {
        let state = self.at(now);
        let delay = delay_ms(state.failures);
        match (state.last.0.saturating_add(delay) - now.0).clamp(0, delay) {
            // Were they all to fail, this one would have to wait.
            0 if others > 0 && state.failures + others >= FREE => 1_000,
            wait => wait,
        }
    }

    /// After one more failure.
    fn failed(self, now: Time) -> Self {
        let failures = self.at(now).failures.saturating_add(1);
        let locked_until = (failures >= LOCK_AFTER).then(|| now.plus_ms(delay_ms(failures)));
        Self { failures, last: now, locked_until }
    }

    /// Whether the lock that it has come to is to be told of.
    const fn is_news(self) -> bool {
        self.failures >= LOCK_AFTER && (self.failures - LOCK_AFTER).is_multiple_of(TELL_EACH)
    }
}

/// Milliseconds from the last of so many failures to the next attempt.
fn delay_ms(failures: u32) -> i64 {
    match failures {
        0..FREE => 0,
        FREE..LOCK_AFTER => 1_000 << (failures - FREE),
        // Beyond eight doublings it is the longest anyway.
        _ => (LOCK_MS << (failures - LOCK_AFTER).min(8)).min(LOCK_MAX_MS),
    }
}

#[derive(Default)]
struct Memory {
    /// Attempts that have begun and not ended, by name.
    open: HashMap<[u8; 16], u32>,
    /// Names with a document, and their last failure.
    names: HashMap<[u8; 16], Time>,
    networks: Networks,
}

/// Somebody who is known to the user of a name: a browser in which that user signed in before, or the
/// user's own session. Made by [`crate::Identity`] alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Of the name.
    pub(crate) name: [u8; 16],
    /// Under which its failures are counted.
    pub(crate) count: [u8; 16],
}

impl Known {
    /// What tells it from others.
    #[must_use]
    pub const fn key(&self) -> [u8; 16] {
        self.count
    }
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
    /// Where it comes from, if it is nobody known.
    network: Option<IpAddr>,
}

impl Open<'_> {
    /// Whether it is of somebody known.
    pub const fn is_known(&self) -> bool {
        self.network.is_none()
    }
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
    /// It has just been locked until then.
    pub locked_until: Option<Time>,
    /// Whether that is to be told.
    pub is_news: bool,
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

    /// Under which the failures of a name are counted.
    pub fn name_id(&self, login: &str) -> [u8; 16] {
        first_half(self.name_mac(login))
    }

    /// A browser or session, by what it alone has, that is known to the user of a name.
    pub fn known(&self, purpose: &str, own: &[u8], name: [u8; 16]) -> Known {
        Known { name, count: first_half(self.vault.mac(purpose, own)) }
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
    pub async fn begin(&self, login: &str, client: &Client, now: Time) -> Result<Open<'_>> {
        let name = self.name_id(login);
        let known = client.known.as_ref().filter(|known| known.name == name);
        let id = known.map_or(name, |known| known.count);
        let network = known.is_none().then_some(client.network);
        // Counted before the state is read: of attempts that come together, all but the free ones are
        // refused, whatever the order in which they end.
        let (others, wait) = {
            let mut memory = self.memory();
            let count = memory.open.entry(id).or_default();
            *count += 1;
            let others = *count - 1;
            (others, network.map_or(0, |network| memory.networks.wait_ms(network, now)))
        };
        let open = Open { attempts: self, id, network };
        let (state, _) = self.state(&id).await?;
        match wait.max(state.wait_ms(now, others)) {
            0 => Ok(open),
            ms => Err(slow_down(ms, network.is_none())),
        }
    }

    /// What is to be written because the attempt failed. One at a time: the caller holds a lock until
    /// it is committed.
    pub async fn failed(&self, open: &Open<'_>, now: Time) -> Result<Failure> {
        let (state, version) = self.state(&open.id).await?;
        let next = state.failed(now);
        let stale = {
            let mut memory = self.memory();
            if let Some(network) = open.network {
                memory.networks.note(network, now);
            }
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
        Ok(Failure { docs, locked_until: next.locked_until, is_news: next.is_news() })
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

fn first_half(mac: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&mac[..16]);
    half
}

/// Whoever is known waits for what was done there; a stranger may be the user whom others keep out, and is told what they
/// do not keep from.
fn slow_down(ms: i64, known: bool) -> Fault {
    let text = if known {
        Text::of(
            "Zbyt wiele nieudanych prób logowania. Odczekaj chwilę i spróbuj ponownie.",
            "Too many failed attempts to sign in. Wait a while and try again.",
        )
    } else {
        Text::of(
            "Zbyt wiele nieudanych prób logowania. Odczekaj chwilę i spróbuj ponownie. Bez czekania zalogujesz się kluczem dostępu, w przeglądarce, w której już się logowano, albo w tej, gdy ustawisz w niej nowe hasło odsyłaczem z listu.",
            "Too many failed attempts to sign in. Wait a while and try again. Without waiting you can sign in with a passkey, in a browser that you signed in with before, or in this one once you chose another password in it by a mailed link.",
        )
    };
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
        assert!(state.wait_ms(Time(0), 0) <= LOCK_MS, "a clock that was set back locks nobody for ever");
        let mut later = now;
        let locks = [30, 60, 60, 60].map(|minutes| {
            later = later.plus_ms(state.wait_ms(later, 0));
            state = state.failed(later);
            (state.wait_ms(later, 0), minutes * 60_000)
        });
        assert!(
            locks.iter().all(|(wait, wanted)| wait == wanted),
            "a lock that is over excuses nothing: {locks:?}"
        );
        assert_eq!(state.wait_ms(later.plus_ms(LOCK_MAX_MS), 1), 1_000, "one at a time");
        assert_eq!(Attempt { failures: u32::MAX, ..state }.failed(later).wait_ms(later, 0), LOCK_MAX_MS);
        assert_eq!(state.wait_ms(later.plus_ms(FORGET_MS), 0), 0, "and after a day all is forgotten");
    }

    #[test]
    fn a_lock_that_goes_on_is_told_once_a_day() {
        let now = Time(1_000_000_000_000);
        let (mut state, mut at, mut told) = (Attempt::default(), now, Vec::new());
        while at < now.plus_ms(3 * 24 * 3_600_000) {
            state = state.failed(at);
            if state.is_news() {
                told.push((at.0 - now.0) / 3_600_000);
            }
            at = at.plus_ms(state.wait_ms(at, 0));
        }
        assert_eq!(told, [0, 22, 46, 70]);
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
    fn names_are_bounded() {
        let now = Time(1_000_000_000_000);
        let id = |n: usize| (n as u128).to_be_bytes();
        let names: HashMap<_, _> = (0..=NAMES).map(|n| (id(n), now.plus_ms(n as i64))).collect();
        assert_eq!(stale(&names, id(5), now.plus_s(60)), [id(0)]);
        assert_eq!(stale(&names, id(0), now.plus_s(60)), [id(1)]);
        assert_eq!(stale(&names, id(0), now.plus_ms(2 * FORGET_MS)).len(), SWEEP);
    }
}
