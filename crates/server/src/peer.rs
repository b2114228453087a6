//! The address of a client, also behind proxies.

use http::HeaderMap;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};

/// What each proxy adds the address to that it was asked from.
const FORWARDED_FOR: &str = "x-forwarded-for";
/// Proxies that may stand one behind the other.
const HOPS: usize = 16;

/// Proxies in front of the server.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProxyConfig {
    /// Networks of those whose `X-Forwarded-For` is believed. Whoever can ask from there can choose the
    /// address that is written down and counted.
    pub trusted: Vec<IpNet>,
}

/// The address that a request comes from: `peer`, or, if that is a proxy to be trusted, what it says in
/// `X-Forwarded-For`. Only what trusted proxies wrote is read: from the right, as far as they reach. Anybody
/// can write anything to the left of that.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut at = peer.to_canonical();
    let said = headers.get_all(FORWARDED_FOR).iter().rev();
    // Each hop by itself: what a client wrote may be no text, and hides nothing of what proxies added.
    let said = said.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    for hop in said.take(HOPS) {
        if !trusted.iter().any(|network| network.contains(&at)) {
            break;
        }
        // What cannot be read is not stepped over: the address stays that of the last proxy.
        let Some(address) = std::str::from_utf8(hop).ok().and_then(|hop| parse(hop.trim())) else { break };
        at = address.to_canonical();
    }
    at
}

/// An address, with or without a port.
fn parse(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, lines: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|t| t.parse().unwrap()).collect();
        client_address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn what_is_no_text_hides_nothing_that_a_proxy_added() {
        let mut headers = HeaderMap::new();
        let line = http::HeaderValue::from_bytes(b"\xff, 198.51.100.1").unwrap();
        headers.append(FORWARDED_FOR, line);
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let found = client_address("10.0.0.1".parse().unwrap(), &headers, &trusted);
        assert_eq!(found.to_string(), "198.51.100.1");
    }

    #[test]
    fn nobody_is_believed_but_proxies_that_are_trusted() {
        let proxies = ["10.0.0.0/8", "fd00::/8"];
        for (peer, lines, told) in [
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            // The client wrote the first itself.
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66", "198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["10.0.0.7, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["192.0.2.66, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("::ffff:10.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1"),
            ("fd00::1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            ("fd00::1", &["[2001:db8::7]"], "2001:db8::7"),
            ("10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &[""], "10.0.0.1"),
            ("10.0.0.1", &["unknown"], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1, nonsense, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ] {
            assert_eq!(address(peer, lines, &proxies), told, "{peer} {lines:?}");
        }
        assert_eq!(address("10.0.0.1", &["198.51.100.1"], &[]), "10.0.0.1", "none is trusted by default");
        let chain = vec!["10.0.0.9"; 500].join(", ");
        assert_eq!(address("10.0.0.1", &[&format!("192.0.2.1, {chain}")], &proxies), "10.0.0.9");
    }
}
