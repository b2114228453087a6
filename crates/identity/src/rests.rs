//! Refusals outside the hours that were written down of a session. A page asks again every few seconds, and so would
//! fill the ledger; somebody who asks from elsewhere is not that page.

use crate::hours::Rest;
use crate::session::Session;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Addresses of one session that are written down before work begins again. Whoever changes them all the time fills no
/// ledger either.
const NOTED: usize = 32;

/// What was written down of a session, of the hours that it meets now.
#[derive(Default, Debug)]
pub struct Rests(Mutex<Noted>);

#[derive(Default, Debug)]
struct Noted {
    /// Until when its user may not work, in milliseconds since 1970; 0 before anything was written down.
    until: i64,
    from: Vec<IpAddr>,
}

impl Rests {
    fn held(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, until: i64, address: IpAddr) -> bool {
        let (mut noted, network) = (self.held(), network(address));
        if noted.until != until {
            *noted = Noted { until, from: Vec::new() };
        }
        let is_news = noted.from.len() < NOTED && !noted.from.contains(&network);
        if is_news {
            noted.from.push(network);
        }
        is_news
    }

    fn forget(&self, address: IpAddr) {
        let network = network(address);
        self.held().from.retain(|noted| *noted != network);
    }
}

/// What of an address stays as it is: one machine takes any of the last 64 bits of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}

impl Session {
    /// Notes that its user is told to rest until then, at this address; whether that is news.
    pub fn note_rest(&self, rest: &Rest, address: IpAddr) -> bool {
        self.rests.note(rest.until.map_or(i64::MAX, |until| until.0), address)
    }

    /// What was noted of this address could not be written down.
    pub fn forget_rest(&self, address: IpAddr) {
        self.rests.forget(address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_is_news_once_before_work_begins_again_and_not_without_end() {
        let rests = Rests::default();
        let of = |text: &str| text.parse::<IpAddr>().unwrap();
        let [home, thief] = [of("203.0.113.5"), of("198.51.100.9")];
        let seen = [home, home, thief, home, thief].map(|address| rests.note(7, address));
        assert_eq!(seen, [true, false, true, false, false]);
        assert!(!rests.note(7, of("::ffff:198.51.100.9")), "the same address, written otherwise");
        rests.forget(thief);
        assert!(rests.note(7, thief), "what was not written down is news again");
        assert!(rests.note(8, home), "work begins at another hour");
        let many = |n: u16| rests.note(9, Ipv6Addr::new(0x2001, 0xdb8, 0, n, 0, 0, 0, 1).into());
        assert_eq!((0..1_000).filter(|n| many(*n)).count(), NOTED);
        let beside = |n: u16| rests.note(10, Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, n).into());
        assert_eq!((0..1_000).filter(|n| beside(*n)).count(), 1, "one machine");
    }
}
