//! Failures by network, in memory alone and by each server for itself.

use kernel::Time;
use std::collections::HashMap;
use std::net::IpAddr;

/// The longest delay of a network, in milliseconds.
const DELAY_MS: i64 = 60_000;
/// A network's failures are halved each time this passes without one, in milliseconds.
const HALF_MS: i64 = 5 * 60_000;
/// Networks kept at most.
const KEPT: usize = 10_000;

/// A network: its first address, and how many bits of it count.
type Network = ([u8; 16], u8);

/// One network's failures.
#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Time,
}

impl Failures {
    fn count_at(self, now: Time) -> u32 {
        let halvings = (now.0 - self.last.0).max(0) / HALF_MS;
        self.count.checked_shr(u32::try_from(halvings).unwrap_or(u32::MAX)).unwrap_or(0)
    }

    fn wait_ms(self, free: u32, now: Time) -> i64 {
        let count = self.count_at(now);
        if count < free {
            return 0;
        }
        let delay = (1_000_i64 << (count - free).min(16)).min(DELAY_MS);
        (self.last.0 + delay - now.0).clamp(0, delay)
    }
}

/// The networks that failures came from.
#[derive(Default)]
pub struct Networks(HashMap<Network, Failures>);

impl Networks {
    /// Milliseconds that an attempt from this address has to wait.
    pub fn wait_ms(&self, address: IpAddr, now: Time) -> i64 {
        let wait = |(network, free)| self.0.get(&network).map_or(0, |f: &Failures| f.wait_ms(free, now));
        tiers(address).into_iter().map(wait).max().unwrap_or(0)
    }

    /// Counts a failure from this address.
    pub fn note(&mut self, address: IpAddr, now: Time) {
        for (network, _) in tiers(address) {
            let count = self.0.get(&network).map_or(0, |f| f.count_at(now)).saturating_add(1);
            self.0.insert(network, Failures { count, last: now });
            if self.0.len() > KEPT {
                let oldest = self.0.iter().min_by_key(|(_, f)| f.last).map(|(network, _)| *network);
                oldest.and_then(|network| self.0.remove(&network));
            }
        }
    }
}

/// The networks of an address with their failures without a delay: many people may share one. Of IPv4 the
/// /24; of IPv6 the /64 that one line has, and the /48 that one customer can have.
fn tiers(address: IpAddr) -> Vec<(Network, u32)> {
    let (bytes, tiers): (_, &[(u8, u32)]) = match address.to_canonical() {
        IpAddr::V4(v4) => (v4.to_ipv6_mapped().octets(), &[(120, 20)]),
        IpAddr::V6(v6) => (v6.octets(), &[(64, 20), (48, 60)]),
    };
    let network = |bits: u8| {
        let mut bytes = bytes;
        bytes[usize::from(bits) / 8..].fill(0);
        (bytes, bits)
    };
    tiers.iter().map(|(bits, free)| (network(*bits), *free)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_000_000_000_000);

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn networks_slow_down_forget_and_are_bounded() {
        let mut networks = Networks::default();
        for _ in 0..40 {
            networks.note(ip("192.0.2.7"), NOW);
        }
        for same in ["192.0.2.200", "::ffff:192.0.2.9"] {
            assert_eq!(networks.wait_ms(ip(same), NOW), DELAY_MS, "{same}");
        }
        assert_eq!(networks.wait_ms(ip("192.0.3.7"), NOW), 0);
        assert_eq!(networks.wait_ms(ip("192.0.2.7"), NOW.plus_ms(DELAY_MS)), 0);
        let one = networks.0[&tiers(ip("192.0.2.7"))[0].0];
        assert_eq!(one.count_at(NOW.plus_ms(2 * HALF_MS)), 10);
        assert_eq!(one.count_at(NOW.plus_ms(i64::MAX / 2)), 0);
        for n in 0..u32::try_from(KEPT).unwrap() + 10 {
            networks.note(IpAddr::V4((n << 8).into()), NOW.plus_s(1));
        }
        assert!(networks.0.len() <= KEPT && networks.wait_ms(ip("192.0.2.7"), NOW) == 0, "the oldest went");
    }

    #[test]
    fn a_customer_with_many_lines_is_slowed_down_as_a_whole() {
        let mut networks = Networks::default();
        for line in 0..3 {
            for n in 0..19 {
                networks.note(ip(&format!("2001:db8:7:{line}::{n}")), NOW);
            }
        }
        assert_eq!(networks.wait_ms(ip("2001:db8:7:9::1"), NOW), 0, "57 of 60 are free");
        networks.note(ip("2001:db8:7:0::77"), NOW);
        assert_eq!(networks.wait_ms(ip("2001:db8:7:0::1"), NOW), 1_000, "the line itself");
        assert_eq!(networks.wait_ms(ip("2001:db8:7:1::1"), NOW), 0);
        for n in 0..2 {
            networks.note(ip(&format!("2001:db8:7:2{n}::1")), NOW);
        }
        assert_eq!(networks.wait_ms(ip("2001:db8:7:9::1"), NOW), 1_000);
        assert_eq!(networks.wait_ms(ip("2001:db8:8::1"), NOW), 0);
    }
}
