//! Sessions and bearer tokens. All that have not ended are in memory (`cache`), where each use is decided; the
//! store keeps them over a restart.

use crate::device::{Bound, Device};
use crate::factor::FRESH_MS;
use crate::rests::Rests;
use crate::seal::{open_session, seal_session};
use crate::sign_on::Origin;
use access::{Actor, TokenScope};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ipnet::IpNet;
use kernel::{Fault, FaultKind, Random, Result, SessionId, Text, Time, UserId};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use store::{SessionKind, SessionRow};
use vault::{Vault, sha256};
use zeroize::Zeroizing;

/// How long a secret is good after another one took its place, for requests under way, in milliseconds: from when
/// the next one was first used, and from when it was made. An answer that gave one may never have arrived.
const FORMER_MS: (i64, i64) = (10_000, 60_000);
/// Secrets remembered that a session had before, so that whoever shows one later is found out.
const FORMERS: usize = 16;
/// A browser that still shows the secret before this long after another one was given did not get it, in
/// milliseconds.
const LOST_MS: i64 = 5_000;

/// How long sessions last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// A session that is not used for so long ends, in milliseconds.
    pub idle_ms: i64,
    /// A session ends after so long, used or not, in milliseconds.
    pub absolute_ms: i64,
    /// A bearer token ends after so long at the latest, in milliseconds.
    pub token_ms: i64,
    /// Sessions of one user; one more ends the oldest.
    pub sessions: usize,
    /// Bearer tokens of one user; one more is refused.
    pub tokens: usize,
}

impl Default for Limits {
    /// 30 minutes, 12 hours, 365 days, 32, 32.
    fn default() -> Self {
        Self {
            idle_ms: 30 * 60_000,
            absolute_ms: 12 * 3_600_000,
            token_ms: 365 * 24 * 3_600_000,
            sessions: 32,
            tokens: 32,
        }
    }
}

/// What of a session is sealed.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detail {
    pub label: String,
    pub client: String,
    pub network: String,
    pub scope: Option<TokenScope>,
    /// Where a token is good; anywhere if there are none.
    #[serde(default)]
    pub networks: Vec<IpNet>,
    /// The user proved to be there when.
    #[serde(default)]
    pub proved_at: Time,
    /// Secrets that it had before, oldest first.
    #[serde(default)]
    pub formers: Vec<Former>,
    /// The address it was last used from, if it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_from: Option<IpAddr>,
    /// The browser that it is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// Through which account at a provider it was begun, if through one.
    #[serde(default)]
    pub origin: Option<Origin>,
    /// Through which of them its user proved since to be there, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proofs: Vec<Origin>,
}

/// A secret that a session had before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Former {
    /// SHA-256 of it.
    pub(crate) hash: [u8; 32],
    /// Good until then at the latest.
    pub(crate) until: Time,
}

/// A session or bearer token.
#[derive(Debug)]
pub struct Session {
    pub(crate) hash: [u8; 32],
    pub(crate) id: SessionId,
    pub(crate) user: UserId,
    pub(crate) kind: SessionKind,
    pub(crate) label: String,
    pub(crate) client: String,
    pub(crate) network: String,
    pub(crate) scope: Option<Arc<TokenScope>>,
    pub(crate) networks: Vec<IpNet>,
    pub(crate) created_at: Time,
    pub(crate) ends_at: Time,
    proved_at: Time,
    pub(crate) formers: Vec<Former>,
    /// When the present secret was first used, in milliseconds since 1970; 0 before that.
    settled: AtomicI64,
    /// The mark of the rights that its user had when it was last used ([`crate::Profile::rights`]); 0 before that.
    rights: AtomicU64,
    pub(crate) origin: Option<Origin>,
    pub(crate) proofs: Vec<Origin>,
    seen: AtomicI64,
    /// The address it was last used from.
    pub(crate) seen_from: Mutex<Option<IpAddr>>,
    pub(crate) bound: Mutex<Bound>,
    pub(crate) written: AtomicI64,
    /// What was written down of uses outside the hours.
    pub(crate) rests: Rests,
}

impl Session {
    /// Id.
    #[must_use]
    pub const fn id(&self) -> SessionId {
        self.id
    }

    /// Whose.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// Session or bearer token.
    #[must_use]
    pub const fn kind(&self) -> SessionKind {
        self.kind
    }

    /// Ends then at the latest, if its user is held to these limits.
    #[must_use]
    pub fn ends_within(&self, limits: &Limits) -> Time {
        match self.kind {
            SessionKind::Session => self.ends_at.min(self.created_at.plus_ms(limits.absolute_ms)),
            SessionKind::Token => self.ends_at,
        }
    }

    /// Where a token is good; anywhere if there are none.
    #[must_use]
    pub fn networks(&self) -> &[IpNet] {
        &self.networks
    }

    /// Whether its time is over, used or not.
    pub(crate) fn is_over(&self, now: Time, limits: &Limits) -> bool {
        now >= self.ends_within(limits)
    }

    /// Until then nothing asks the user to prove anew to be there.
    #[must_use]
    pub const fn fresh_until(&self) -> Time {
        self.proved_at.plus_ms(FRESH_MS)
    }

    /// Last used when.
    #[must_use]
    pub fn seen_at(&self) -> Time {
        Time(self.seen.load(Ordering::Relaxed))
    }

    /// It is used now, or was then.
    pub(crate) fn used_at(&self, at: Time) {
        self.seen.fetch_max(at.0, Ordering::Relaxed);
    }

    pub(crate) fn detail(&self, proved_at: Time, formers: Vec<Former>) -> Detail {
        Detail {
            label: self.label.clone(),
            client: self.client.clone(),
            network: self.network.clone(),
            scope: self.scope.as_deref().cloned(),
            networks: self.networks.clone(),
            proved_at,
            formers,
            seen_from: self.seen_from(),
            device: self.device(),
            origin: self.origin.clone(),
            proofs: self.proofs.clone(),
        }
    }

    /// What a secret with this hash is to it at `now`, if it is one of its own.
    pub(crate) fn holds(&self, hash: &[u8; 32], now: Time) -> Option<Holds> {
        if self.hash == *hash {
            return Some(Holds::Present);
        }
        let former = self.formers.iter().find(|f| f.hash == *hash)?;
        let settled = Time(self.settled.load(Ordering::Relaxed));
        let grace = settled.0 == 0 || now < settled.plus_ms(FORMER_MS.0);
        Some(if now < former.until && grace { Holds::Before } else { Holds::Over })
    }

    /// Its present secret is used: those before are good for a short while only.
    pub(crate) fn settle(&self, now: Time) {
        let _ = self.settled.compare_exchange(0, now.0, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Whether whoever shows a secret before the present one did not get that.
    pub(crate) fn was_lost(&self, now: Time) -> bool {
        let given = self.formers.last().map(|f| f.until.plus_ms(LOST_MS - FORMER_MS.1));
        self.settled.load(Ordering::Relaxed) == 0 && given.is_some_and(|at| at <= now)
    }

    /// Whether its user had other rights when it was last used; remembers those of now if none are known.
    pub(crate) fn had_other_rights(&self, now: u64) -> bool {
        match self.rights.compare_exchange(0, now, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => false,
            Err(before) => before != now,
        }
    }

    pub(crate) fn set_rights(&self, now: u64) {
        self.rights.store(now, Ordering::Relaxed);
    }

    pub(crate) const fn proved_at(&self) -> Time {
        self.proved_at
    }

    /// Hashes of the secrets that it has and had.
    pub(crate) fn hashes(&self) -> impl Iterator<Item = &[u8; 32]> {
        std::iter::once(&self.hash).chain(self.formers.iter().map(|f| &f.hash))
    }

    pub(crate) fn actor(&self, at: Time) -> Actor {
        Actor { user: self.user, session: self.id, token: self.scope.clone(), at }
    }

    pub(crate) fn lives(&self, now: Time, limits: &Limits) -> bool {
        let idle = self.kind == SessionKind::Session && self.seen_at().plus_ms(limits.idle_ms) <= now;
        !self.is_over(now, limits) && !idle
    }

    pub(crate) fn open(vault: &Vault, row: SessionRow) -> Result<Self> {
        let detail: Detail = open_session(vault, *row.id.bytes(), &row.sealed)?;
        if (row.kind == SessionKind::Token) != detail.scope.is_some() {
            return Err(Fault::corrupt(format!("session {}: columns and content differ", row.id)));
        }
        Ok(Self::assemble(&row, detail))
    }

    pub(crate) fn assemble(row: &SessionRow, detail: Detail) -> Self {
        Self {
            hash: row.hash,
            id: row.id,
            user: row.user,
            kind: row.kind,
            label: detail.label,
            client: detail.client,
            network: detail.network,
            scope: detail.scope.map(Arc::new),
            networks: detail.networks,
            created_at: row.created_at,
            ends_at: row.ends_at,
            proved_at: detail.proved_at,
            formers: detail.formers,
            seen_from: Mutex::new(detail.seen_from),
            bound: Mutex::new(Bound::to(detail.device)),
            settled: AtomicI64::new(0),
            rights: AtomicU64::new(0),
            origin: detail.origin,
            proofs: detail.proofs,
            seen: AtomicI64::new(row.seen_at.0),
            written: AtomicI64::new(row.seen_at.0),
            rests: Rests::default(),
        }
    }
}

/// What is another with another secret of a session.
pub(crate) struct Renewal {
    /// When its user proved to be there.
    pub proved_at: Time,
    /// In which browser it goes on, if that may be another.
    pub device: Option<Device>,
    /// Through which accounts at providers its user proved to be there since it was begun.
    pub proofs: Vec<Origin>,
}

impl Session {
    /// The same session under another secret: the secret, the row and it.
    pub(crate) fn renewed(
        &self,
        vault: &Vault,
        random: &dyn Random,
        now: Time,
        renewal: Renewal,
    ) -> Result<(Zeroizing<String>, SessionRow, Self)> {
        let (secret, hash) = new_secret("", random);
        let mut formers = self.formers.clone();
        if let settled @ 1.. = self.settled.load(Ordering::Relaxed) {
            let over = Time(settled).plus_ms(FORMER_MS.0);
            formers.iter_mut().for_each(|f| f.until = f.until.min(over));
        }
        formers.push(Former { hash: self.hash, until: now.plus_ms(FORMER_MS.1) });
        formers.drain(..formers.len().saturating_sub(FORMERS));
        let mut detail = self.detail(renewal.proved_at, formers);
        detail.device = renewal.device.or(detail.device);
        detail.proofs = renewal.proofs;
        let row = SessionRow {
            hash,
            id: self.id,
            user: self.user,
            kind: self.kind,
            created_at: self.created_at,
            seen_at: now,
            ends_at: self.ends_at,
            sealed: Vec::new(),
        };
        let row = seal_row(vault, row, &detail)?;
        let next = Self::assemble(&row, detail);
        Ok((secret, row, next))
    }
}

/// What a secret is to a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// The present one.
    Present,
    /// One before, which is still good for what is under way.
    Before,
    /// One before that is good no more: nobody shows it but who took it.
    Over,
}

/// What a secret stands for.
#[derive(Clone, Debug)]
pub struct Authenticated {
    /// Who acts.
    pub actor: Actor,
    /// In which session.
    pub session: Arc<Session>,
    /// Whether the user proved to be there a short while ago, with this secret or before it was given.
    pub is_fresh: bool,
    /// Whether the secret is not the present one any more.
    pub is_former: bool,
}

/// A session just begun. The secret is nowhere else, and is not shown again.
pub struct NewSession {
    /// For the cookie or the `Authorization` header.
    pub secret: Zeroizing<String>,
    /// The session.
    pub session: Arc<Session>,
}

/// A secret of 32 random bytes behind `prefix`, and its hash.
pub fn new_secret(prefix: &str, random: &dyn Random) -> (Zeroizing<String>, [u8; 32]) {
    let mut bytes = Zeroizing::new([0; 32]);
    random.fill(&mut *bytes);
    let mut secret = Zeroizing::new(String::with_capacity(prefix.len() + 43));
    secret.push_str(prefix);
    URL_SAFE_NO_PAD.encode_string(*bytes, &mut secret);
    let hash = sha256(&[secret.as_bytes()]);
    (secret, hash)
}

/// The row of a new session, with its detail sealed.
pub fn seal_row(vault: &Vault, mut row: SessionRow, detail: &Detail) -> Result<SessionRow> {
    row.sealed = seal_session(vault, *row.id.bytes(), detail)?;
    Ok(row)
}

pub fn unauthenticated() -> Fault {
    let text = Text::of("Zaloguj się, aby kontynuować.", "Sign in to continue.");
    Fault::new(FaultKind::Unauthenticated, text)
}
