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
    logins: Door,
    links: Door,
    resets: Door,
    passkeys: Door,
    sign_ons: Door,
    ends: DefaultKeyedRateLimiter<IpAddr>,
    known: DefaultKeyedRateLimiter<[u8; 16]>,
    reports: DefaultKeyedRateLimiter<IpAddr>,
    asks: DefaultKeyedRateLimiter<UserId>,
    clock: DefaultClock,
}

/// What a network of many customers may do at a door, in times of what one of them may.
const WIDE: u32 = 4;

/// A way in for whoever is not known. Each has counts of its own: who knocks at one uses up no other.
struct Door {
    near: DefaultKeyedRateLimiter<IpAddr>,
    wide: DefaultKeyedRateLimiter<IpAddr>,
    all: DefaultDirectRateLimiter,
}

impl Door {
    fn new(each: NonZeroU32, all: NonZeroU32) -> Self {
        Self {
            near: RateLimiter::keyed(Quota::per_minute(each)),
            wide: RateLimiter::keyed(Quota::per_minute(
                each.saturating_mul(NonZeroU32::new(WIDE).unwrap_or(each)),
            )),
            all: RateLimiter::direct(Quota::per_minute(all)),
        }
    }

    fn check(&self, network: IpAddr) -> std::result::Result<(), NotUntil<QuantaInstant>> {
        self.near.check_key(&prefix(network))?;
        self.wide.check_key(&wide_prefix(network))?;
        self.all.check()
    }

    fn shrink(&self) {
        self.near.retain_recent();
        self.wide.retain_recent();
    }
}

/// Reports of browsers that one network may send in a minute.
const REPORTS: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Tokens that end sessions, right or wrong, that one network may send in a minute: a provider may end many at once.
const ENDS: NonZeroU32 = NonZeroU32::new(600).unwrap();
/// Requests for access that one user may send in a minute, and at once.
const ASKS: (NonZeroU32, NonZeroU32) = (NonZeroU32::new(6).unwrap(), NonZeroU32::new(30).unwrap());

impl Rates {
    pub(crate) fn new(config: &Config) -> Self {
        let at_least_one = |n: u32| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let users = at_least_one(config.user_rate);
        let burst = at_least_one(config.user_rate.saturating_mul(2));
        let (each, all) = (at_least_one(config.login_rate), at_least_one(config.login_rate_all));
        Self {
            users: RateLimiter::keyed(Quota::per_second(users).allow_burst(burst)),
            logins: Door::new(each, all),
            links: Door::new(each, all),
            resets: Door::new(each, all),
            passkeys: Door::new(each, all),
            sign_ons: Door::new(each, all),
            ends: RateLimiter::keyed(Quota::per_minute(ENDS)),
            known: RateLimiter::keyed(Quota::per_minute(each)),
            reports: RateLimiter::keyed(Quota::per_minute(REPORTS)),
            asks: RateLimiter::keyed(Quota::per_minute(ASKS.0).allow_burst(ASKS.1)),
            clock: DefaultClock::default(),
        }
    }

    pub(crate) fn user(&self, user: UserId) -> Result<()> {
        self.check(&self.users, &user)
    }

    /// Requests for access to records.
    pub(crate) fn ask(&self, user: UserId) -> Result<()> {
        self.check(&self.asks, &user)
    }

    /// A browser or session that is known has limits of its own: strangers cannot use them up.
    pub(crate) fn login(&self, client: &Client) -> Result<()> {
        self.come_in(&self.logins, client)
    }

    /// Uses of links, and looks at them.
    pub(crate) fn link(&self, client: &Client) -> Result<()> {
        self.knock(&self.links, client)
    }

    /// Signing in with a passkey alone, once for asking and answering: no guess, so that guesses at passwords do not
    /// keep from it.
    pub(crate) fn passkey(&self, client: &Client) -> Result<()> {
        self.come_in(&self.passkeys, client)
    }

    /// Signing in through a provider, once for going there and coming back.
    pub(crate) fn sign_on(&self, client: &Client) -> Result<()> {
        self.come_in(&self.sign_ons, client)
    }

    /// Whoever is known goes past the door.
    fn come_in(&self, door: &Door, client: &Client) -> Result<()> {
        match &client.known {
            Some(known) => self.check(&self.known, &known.key()),
            None => self.knock(door, client),
        }
    }

    /// Tokens by which providers end sessions, before they are looked at.
    pub(crate) fn end(&self, network: IpAddr) -> Result<()> {
        self.check(&self.ends, &prefix(network))
    }

    /// Requests for another password.
    pub(crate) fn reset(&self, client: &Client) -> Result<()> {
        self.knock(&self.resets, client)
    }

    fn knock(&self, door: &Door, client: &Client) -> Result<()> {
        door.check(client.network).map_err(|until| self.too_many(&until))
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
        [&self.logins, &self.links, &self.resets, &self.passkeys, &self.sign_ons]
            .into_iter()
            .for_each(Door::shrink);
        self.ends.retain_recent();
        self.known.retain_recent();
        self.reports.retain_recent();
        self.asks.retain_recent();
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

/// What a provider gives to many customers, or to one who hires many addresses: a /24 of IPv4, a /48 of IPv6.
fn wide_prefix(address: IpAddr) -> IpAddr {
    match prefix(address) {
        IpAddr::V4(v4) => IpAddr::V4((v4.to_bits() >> 8 << 8).into()),
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() >> 80 << 80).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, Ipv6Addr};

    fn rates() -> Rates {
        Rates::new(&Config { login_rate: 2, login_rate_all: 40, ..Config::default() })
    }

    fn from(network: impl Into<IpAddr>) -> Client {
        Client { network: network.into(), agent: String::new(), known: None, session: None, site: None }
    }

    #[test]
    fn each_way_in_has_counts_of_its_own() {
        let (rates, one) = (rates(), from(Ipv4Addr::new(192, 0, 2, 1)));
        for _ in 0..2 {
            rates.reset(&one).expect("within the limit");
        }
        let fault = rates.reset(&one).expect_err("one too many");
        assert!(fault.kind == FaultKind::TooMany && fault.retry_after_s.is_some_and(|s| s > 0));
        rates.link(&one).expect("links are counted apart");
        for _ in 0..2 {
            rates.login(&one).expect("and so is signing in");
        }
        let _ = rates.login(&one).expect_err("one too many");
        rates.sign_on(&one).expect("guesses at passwords do not keep from a provider");
        rates.passkey(&one).expect("nor from a passkey");
    }

    #[test]
    fn a_provider_ends_many_sessions_but_not_without_end() {
        let (rates, one) = (rates(), IpAddr::from(Ipv4Addr::new(192, 0, 2, 1)));
        assert_eq!((0..700).filter(|_| rates.end(one).is_ok()).count() / 100, 6);
    }

    #[test]
    fn many_addresses_of_one_network_have_a_limit_together() {
        let v4 = |n: u8| from(Ipv4Addr::new(192, 0, 2, n));
        let v6 = |n: u16| from(Ipv6Addr::new(0x2001, 0xdb8, 1, n, 0, 0, 0, 1));
        let rates = rates();
        let taken = |clients: Vec<Client>| clients.iter().filter(|c| rates.reset(c).is_ok()).count();
        assert_eq!(taken((0..100).map(v4).collect()), 8, "a /24");
        assert_eq!(taken((0..100).map(v6).collect()), 8, "a /48");
        assert_eq!(
            taken((0..100).map(|n| from(Ipv4Addr::new(10, n, 0, 1))).collect()),
            24,
            "all of them: 40"
        );
    }
}
