//! How often one user and one network may ask.

use crate::config::Config;
use governor::clock::{Clock as _, DefaultClock, QuantaInstant};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use identity::Client;
use kernel::{Fault, FaultKind, Result, SessionId, Text, UserId};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

/// The limits of a server.
pub struct Rates {
    users: DefaultKeyedRateLimiter<UserId>,
    logins: DefaultKeyedRateLimiter<IpAddr>,
    strangers: DefaultDirectRateLimiter,
    known: DefaultKeyedRateLimiter<[u8; 16]>,
    reports: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

/// Reports of browsers that one network may send in a minute.
const REPORTS: NonZeroU32 = NonZeroU32::new(60).unwrap();

impl Rates {
    pub(crate) fn new(config: &Config) -> Self {
        let at_least_one = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let users = at_least_one(config.user_rate);
        let burst = at_least_one(config.user_rate.saturating_mul(2));
        Self {
            users: RateLimiter::keyed(Quota::per_second(users).allow_burst(burst)),
            logins: RateLimiter::keyed(Quota::per_minute(at_least_one(config.login_rate))),
            strangers: RateLimiter::direct(Quota::per_minute(at_least_one(config.login_rate_all))),
            known: RateLimiter::keyed(Quota::per_minute(at_least_one(config.login_rate))),
            reports: RateLimiter::keyed(Quota::per_minute(REPORTS)),
            clock: DefaultClock::default(),
        }
    }

    pub(crate) fn user(&self, user: UserId) -> Result<()> {
        self.check(&self.users, &user)
    }

    /// A browser or session that is known has limits of its own: strangers cannot use them up.
    pub(crate) fn login(&self, client: &Client) -> Result<()> {
        match &client.known {
            Some(known) => self.check(&self.known, &known.key()),
            None => {
                self.check(&self.logins, &prefix(client.network))?;
                self.strangers.check().map_err(|until| self.too_many(&until))
            }
        }
    }

    /// Changes of a password in one session.
    pub(crate) fn password(&self, session: SessionId) -> Result<()> {
        self.check(&self.known, session.bytes())
    }

    pub(crate) fn report(&self, network: IpAddr) -> Result<()> {
        self.check(&self.reports, &prefix(network))
    }

    fn check<K: Clone + Eq + Hash>(&self, limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<()> {
        limiter.check_key(key).map_err(|until| self.too_many(&until))
    }

    fn too_many(&self, until: &NotUntil<QuantaInstant>) -> Fault {
        let text = Text::of(
            "Za dużo żądań w krótkim czasie. Spróbuj za chwilę.",
            "Too many requests in a short time. Try again in a moment.",
        );
        let wait = until.wait_time_from(self.clock.now()).as_secs();
        let seconds = u32::try_from(wait).unwrap_or(u32::MAX).saturating_add(1);
        Fault::new(FaultKind::TooMany, text).retry_after_s(seconds)
    }

    /// Forgets who has not asked for long.
    pub(crate) fn shrink(&self) {
        self.users.retain_recent();
        self.logins.retain_recent();
        self.known.retain_recent();
        self.reports.retain_recent();
    }
}

/// One customer of a provider has a whole IPv6 /64.
fn prefix(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        },
    }
}
