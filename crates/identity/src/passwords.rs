//! Hashing of passwords: Argon2id (RFC 9106), few at a time, behind a short queue.
//!
//! What is hashed is a keyed MAC of the password (NIST SP 800-63B-4 §3.1.1.2): without the vault's key a
//! stolen hash cannot even be tried. The key comes of the derivation key, which rotation wraps anew and
//! never changes. A hash says whether it was made so by the key id in its PHC string.

use crate::text::normal;
use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, KeyId, Params, ParamsBuilder, PasswordHasher, PasswordVerifier, Version};
use kernel::{Fault, FaultKind, Random, Result, Text};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::{fmt, thread};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use vault::Vault;
use zeroize::Zeroizing;

/// Hashes computed at the same time.
pub const SLOTS: usize = 2;
/// Callers that wait for one, beyond those.
pub const QUEUE: usize = 16;
const SALT: usize = 16;
/// KiB of a lane at least (RFC 9106 §3.1).
const LEAST_KIB: u32 = 8;
/// Key id of hashes of the MAC of a password.
const PEPPERED: &[u8] = b"vault-1";
/// What that MAC is for.
const PURPOSE: &str = "password pepper 1";
/// What to wait when the queue is full, in seconds: about what it takes to work it off.
const RETRY_S: u32 = 2;
/// How much a hash gives way (the nice value of setpriority(2)): beside a thread that has work it gets about a tenth
/// of a core, and all of one that idles.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// A PHC string: algorithm, cost, salt, hash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

/// What one hash costs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Cost {
    /// 64 MiB, 3 passes, 1 lane: RFC 9106 §4, second choice, with less parallelism; about 160 ms.
    fn default() -> Self {
        Self { memory_kib: 64 << 10, passes: 3, lanes: 1 }
    }
}

impl Cost {
    /// KiB times passes: what the time of a hash grows with.
    fn work(self) -> u64 {
        u64::from(self.memory_kib) * u64::from(self.passes)
    }

    /// What this costs more than `other`, as a hash of its own; nothing if it costs no more, or too little for one.
    fn beyond(self, other: Self) -> Option<Self> {
        let rest = self.work().checked_sub(other.work())?;
        let memory_kib = u32::try_from(rest.div_ceil(u64::from(self.passes))).ok()?;
        (memory_kib >= LEAST_KIB * self.lanes).then_some(Self { memory_kib, ..self })
    }
}

/// Who wants a hash. Each has a queue of its own, so that strangers who fill theirs hold up nobody else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Asker {
    /// Anybody who signs in.
    Stranger,
    /// Who is signed in, or signs in with a browser that is known.
    Known,
}

/// A queue.
struct Lane {
    /// Both those that compute and those that wait.
    admitted: Arc<Semaphore>,
    slots: Arc<Semaphore>,
}

impl Lane {
    fn new(slots: usize, queue: usize) -> Self {
        Self { admitted: Arc::new(Semaphore::new(slots + queue)), slots: Arc::new(Semaphore::new(slots)) }
    }
}

/// Makes and checks password hashes.
pub struct Hasher {
    argon: Argon2<'static>,
    cost: Cost,
    vault: Arc<Vault>,
    strangers: Lane,
    known: Lane,
    /// Hash of nothing anybody knows, so that an unknown user costs what a known one does.
    dummy: PasswordHash,
    random: Arc<dyn Random>,
    spent: Spent,
}

/// What was computed, for tests: KiB times passes.
#[derive(Clone, Default)]
struct Spent(#[cfg(test)] Arc<std::sync::atomic::AtomicU64>);

impl Spent {
    #[cfg(test)]
    fn note(&self, cost: Option<Cost>) {
        let work = cost.map_or(0, Cost::work);
        let _before = self.0.fetch_add(work, std::sync::atomic::Ordering::Relaxed);
    }

    #[cfg(not(test))]
    const fn note(&self, _: Option<Cost>) {}
}

impl Hasher {
    /// A hasher of this cost with [`SLOTS`] and [`QUEUE`]. Computes one hash.
    ///
    /// # Errors
    /// A cost that Argon2 does not know.
    pub fn new(cost: Cost, vault: Arc<Vault>, random: Arc<dyn Random>) -> Result<Self> {
        Self::with_queue(cost, vault, random, SLOTS, QUEUE)
    }

    /// A hasher with this many hashes at a time and this many callers that wait, of strangers; of those who are
    /// known half as many at a time besides.
    ///
    /// # Errors
    /// As [`Hasher::new`].
    pub fn with_queue(
        cost: Cost,
        vault: Arc<Vault>,
        random: Arc<dyn Random>,
        slots: usize,
        queue: usize,
    ) -> Result<Self> {
        let argon = argon_of(cost)?;
        let mut nothing = [0; 32];
        random.fill(&mut nothing);
        let dummy = hash(&argon, &nothing, &salt(&*random))?;
        let (strangers, known) = (Lane::new(slots, queue), Lane::new(slots.div_ceil(2), queue));
        Ok(Self { argon, cost, vault, strangers, known, dummy, random, spent: Spent::default() })
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// Too many if the queue is full.
    pub async fn hash(&self, password: &str) -> Result<PasswordHash> {
        let (argon, salt) = (self.argon.clone(), salt(&*self.random));
        let mac = self.pepper(&Zeroizing::new(normal(password)));
        self.run(Asker::Known, move || hash(&argon, &*mac, &salt)).await
    }

    /// The hash that an unknown name is checked against.
    pub(crate) const fn dummy(&self) -> &PasswordHash {
        &self.dummy
    }

    /// Whether a hash costs what new ones do, or more, and is of a MAC.
    pub(crate) fn is_current(&self, kept: &PasswordHash) -> bool {
        let cost = self.cost;
        let params = phc::PasswordHash::new(&kept.0).ok().and_then(|kept| Params::try_from(&kept).ok());
        params.is_some_and(|p| {
            p.keyid() == PEPPERED && p.m_cost() >= cost.memory_kib && p.t_cost() >= cost.passes
        })
    }

    fn pepper(&self, password: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.vault.mac(PURPOSE, password.as_bytes()))
    }

    /// Whether the password is that of `kept`. Without one the answer is no, after the same work; and so it is after the
    /// same work where `kept` is of before the cost was raised, or it would show who exists and has not signed in since.
    ///
    /// # Errors
    /// Too many if the queue is full; corrupt if `kept` is no PHC string.
    pub(crate) async fn verify(
        &self,
        asker: Asker,
        password: &str,
        kept: Option<&PasswordHash>,
    ) -> Result<bool> {
        let known = kept.is_some();
        let (argon, kept) = (self.argon.clone(), kept.unwrap_or(&self.dummy).clone());
        let password = Zeroizing::new(normal(password));
        let (mac, cost, salt) = (self.pepper(&password), self.cost, salt(&*self.random));
        let spent = self.spent.clone();
        self.run(asker, move || {
            let kept =
                phc::PasswordHash::new(&kept.0).map_err(|e| Fault::corrupt(format!("password hash: {e}")))?;
            // Hashes of earlier releases are of the password itself.
            let hashed = if is_peppered(&kept) { mac.as_slice() } else { password.as_bytes() };
            let right = argon.verify_password(hashed, &kept).is_ok() && known;
            let had = cost_of(&kept);
            spent.note(had);
            if let Some(rest) = had.and_then(|had| cost.beyond(had)).filter(|_| !right) {
                let _unused = hash(&argon_of(rest)?, hashed, &salt)?;
                spent.note(Some(rest));
            }
            Ok(right)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        asker: Asker,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let lane = match asker {
            Asker::Stranger => &self.strangers,
            Asker::Known => &self.known,
        };
        let admitted = lane.admitted.clone().try_acquire_owned().map_err(|_| busy())?;
        let slot = lane.slots.clone().acquire_owned().await.map_err(Fault::bug)?;
        // The work goes on when the caller goes away, so it keeps its place until it is done.
        let keep: [OwnedSemaphorePermit; 2] = [admitted, slot];
        let (tell, told) = oneshot::channel();
        // A thread each, as its priority cannot be raised again: starting one takes a thousandth of the hash.
        let thread = thread::Builder::new().name("password".to_owned()).spawn(move || {
            stand_back();
            let done = work();
            drop(keep);
            // Whoever asked may be gone.
            drop(tell.send(done));
        });
        thread.map_err(|e| Fault::bug(format!("no thread to hash in: {e}")))?;
        told.await.map_err(|e| Fault::bug(format!("hashing: {e}")))?
    }
}

/// Lets the threads that answer requests go before this one: a morning on which all sign in is not to slow those who
/// work already. Where the system lowers whole processes only, nothing is lowered.
fn stand_back() {
    #[cfg(target_os = "linux")]
    if let Err(e) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!(error = %e, "hashing at the priority of all else");
    }
}

fn argon_of(cost: Cost) -> Result<Argon2<'static>> {
    let mut params = ParamsBuilder::new();
    params.m_cost(cost.memory_kib).t_cost(cost.passes).p_cost(cost.lanes);
    params.keyid(KeyId::new(PEPPERED).map_err(Fault::bug)?);
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params.build().map_err(Fault::bug)?))
}

fn cost_of(kept: &phc::PasswordHash) -> Option<Cost> {
    let params = Params::try_from(kept).ok()?;
    Some(Cost { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() })
}

fn is_peppered(kept: &phc::PasswordHash) -> bool {
    Params::try_from(kept).is_ok_and(|params| params.keyid() == PEPPERED)
}

fn salt(random: &dyn Random) -> [u8; SALT] {
    let mut salt = [0; SALT];
    random.fill(&mut salt);
    salt
}

fn hash(argon: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Result<PasswordHash> {
    let hash =
        argon.hash_password_with_salt(password, salt).map_err(|e| Fault::bug(format!("argon2: {e}")))?;
    Ok(PasswordHash(hash.to_string()))
}

fn busy() -> Fault {
    let text = Text::of(
        "Zbyt wiele osób loguje się naraz. Spróbuj za chwilę.",
        "Too many people are signing in at once. Try again in a moment.",
    );
    Fault::new(FaultKind::TooMany, text).retry_after_s(RETRY_S)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{OrgId, SeededRandom, Time};
    use vault::RootKey;

    const FAST: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };

    /// A vault with a key of its own; its folder is gone, which it does not mind.
    fn vault(key: u64) -> Arc<Vault> {
        let (dir, random) = (tempfile::tempdir().unwrap(), Arc::new(SeededRandom::new(key)));
        let root = RootKey::create_file(&dir.path().join("root.key"), &*random).unwrap();
        let organisation = OrgId::from_bytes([7; 16]);
        Arc::new(Vault::create(&dir.path().join("keys"), &root, organisation, Time(0), random).unwrap())
    }

    fn hasher(cost: Cost) -> Hasher {
        Hasher::new(cost, vault(1), Arc::new(SeededRandom::new(1))).unwrap()
    }

    #[tokio::test]
    async fn the_right_password_and_no_other() {
        let h = hasher(FAST);
        let kept = h.hash("zielony rower na dachu").await.unwrap();
        assert!(kept.0.starts_with("$argon2id$v=19$m=8,t=1,p=1,keyid=dmF1bHQtMQ$"));
        assert!(h.verify(Asker::Stranger, "zielony rower na dachu", Some(&kept)).await.unwrap());
        assert!(!h.verify(Asker::Stranger, "zielony rower na dachU", Some(&kept)).await.unwrap());
        assert!(!h.verify(Asker::Stranger, "zielony rower na dachu", None).await.unwrap());
        assert_ne!(h.hash("zielony rower na dachu").await.unwrap(), kept, "salted");
        assert_eq!(format!("{kept:?}"), "PasswordHash");
    }

    #[tokio::test]
    async fn composed_and_decomposed_letters_are_the_same() {
        let h = hasher(FAST);
        let kept = h.hash("za\u{17c}\u{f3}\u{142}\u{107} g\u{119}\u{15b}l\u{105}").await.unwrap();
        let other = "zaz\u{307}o\u{301}\u{142}c\u{301} ge\u{328}s\u{301}la\u{328}";
        assert!(h.verify(Asker::Stranger, other, Some(&kept)).await.unwrap());
    }

    #[tokio::test]
    async fn an_older_cost_still_verifies() {
        let kept = hasher(FAST).hash("zielony rower na dachu").await.unwrap();
        let now = hasher(Cost { passes: 2, ..FAST });
        assert!(now.verify(Asker::Stranger, "zielony rower na dachu", Some(&kept)).await.unwrap());
        assert!(!now.verify(Asker::Stranger, "zielony rower na dachU", Some(&kept)).await.unwrap());
    }

    #[tokio::test]
    async fn a_wrong_password_costs_the_same_whenever_the_hash_was_made_and_whether_or_not_there_is_one() {
        let now = Cost { memory_kib: 128, passes: 4, lanes: 1 };
        let h = hasher(now);
        let spent = async |password: &str, kept: Option<&PasswordHash>| {
            let count = || h.spent.0.load(std::sync::atomic::Ordering::Relaxed);
            let before = count();
            let right = h.verify(Asker::Stranger, password, kept).await.unwrap();
            (right, count() - before)
        };
        let unknown = spent("zielony rower na dachu", None).await;
        assert_eq!(unknown, (false, now.work()));
        for before in [
            now,
            Cost { memory_kib: 64, ..now },
            Cost { passes: 3, ..now },
            Cost { memory_kib: 64, passes: 3, lanes: 1 },
            Cost { memory_kib: 256, passes: 1, lanes: 1 },
            FAST,
        ] {
            let kept = hasher(before).hash("zielony rower na dachu").await.unwrap();
            assert_eq!(spent("zielony rower na dachU", Some(&kept)).await, unknown, "{before:?}");
            // Whoever signs in has the hash made anew, and waits for that.
            assert_eq!(spent("zielony rower na dachu", Some(&kept)).await, (true, before.work()));
        }
        let less = Cost { memory_kib: 127, passes: 4, lanes: 1 };
        assert_eq!(now.beyond(less), None, "what is less than a hash can cost is none");
        assert_eq!(FAST.beyond(now), None);
    }

    #[tokio::test]
    async fn a_stolen_hash_is_nothing_without_the_vault() {
        let kept = hasher(FAST).hash("zielony rower na dachu").await.unwrap();
        let other = Hasher::new(FAST, vault(2), Arc::new(SeededRandom::new(1))).unwrap();
        assert!(!other.verify(Asker::Stranger, "zielony rower na dachu", Some(&kept)).await.unwrap());
    }

    #[tokio::test]
    async fn hashes_of_earlier_releases_verify_and_are_to_be_renewed() {
        let h = hasher(Cost { passes: 2, ..FAST });
        let params = Params::new(8, 2, 1, None).unwrap();
        let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let old = hash(&old, "zielony rower na dachu".as_bytes(), &[7; SALT]).unwrap();
        assert!(h.verify(Asker::Stranger, "zielony rower na dachu", Some(&old)).await.unwrap());
        assert!(!h.verify(Asker::Stranger, "zielony rower na dachU", Some(&old)).await.unwrap());
        assert!(!h.is_current(&old), "it is of the password itself");
        let cheap = hasher(FAST).hash("zielony rower na dachu").await.unwrap();
        assert!(!h.is_current(&cheap), "it costs less than a new one");
        let dear = hasher(Cost { passes: 3, ..FAST }).hash("zielony rower na dachu").await.unwrap();
        for current in [dear, h.hash("zielony rower na dachu").await.unwrap()] {
            assert!(h.is_current(&current));
        }
    }

    #[test]
    fn the_default_cost_is_the_promised_one() {
        assert_eq!(Cost::default(), Cost { memory_kib: 65_536, passes: 3, lanes: 1 });
    }

    #[tokio::test]
    async fn broken_hashes_are_a_fault_not_a_yes() {
        let h = hasher(FAST);
        let broken = PasswordHash("$argon2id$nonsense".into());
        assert_eq!(h.verify(Asker::Stranger, "x", Some(&broken)).await.unwrap_err().kind, FaultKind::Corrupt);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn callers_beyond_the_queue_are_sent_away() {
        let h = Arc::new(Hasher::with_queue(FAST, vault(1), Arc::new(SeededRandom::new(1)), 1, 3).unwrap());
        let block = h.known.slots.clone().acquire_owned().await.unwrap();
        let waiting: Vec<_> = (0..64)
            .map(|_| {
                let h = h.clone();
                tokio::spawn(async move { h.hash("zielony rower na dachu").await })
            })
            .collect();
        while h.known.admitted.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let refused = h.verify(Asker::Known, "x", None).await.unwrap_err();
        assert_eq!((refused.kind, refused.retry_after_s), (FaultKind::TooMany, Some(RETRY_S)));
        let mut served = 0;
        drop(block);
        for task in waiting {
            served += usize::from(task.await.unwrap().is_ok());
        }
        assert!(served >= 4);
        assert!(h.hash("zielony rower na dachu").await.is_ok(), "the queue opens again");
    }

    #[tokio::test]
    async fn strangers_who_fill_their_queue_hold_up_nobody_who_is_known() {
        let h = Hasher::with_queue(FAST, vault(1), Arc::new(SeededRandom::new(1)), 1, 0).unwrap();
        let kept = h.hash("zielony rower na dachu").await.unwrap();
        let _block = h.strangers.admitted.clone().acquire_owned().await.unwrap();
        assert_eq!(h.verify(Asker::Stranger, "x", None).await.unwrap_err().kind, FaultKind::TooMany);
        assert!(h.verify(Asker::Known, "zielony rower na dachu", Some(&kept)).await.unwrap());
    }
}
