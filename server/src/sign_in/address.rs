//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr};

use ::sign_in::proxy::Peer;
use axum::http::{HeaderMap, request::Parts};
use ipnet::IpNet;

/// Who asked: who is connected, unless that is one of `trusted` or the proxy by its socket; then whom it says that it asks
/// for, from the right, as far as each is one of these.
pub fn client(trusted: &[IpNet], peer: Peer, headers: &HeaderMap) -> IpAddr {
    let (mut client, mut is_proxy) = match peer {
        Peer::Address(address) => (address.to_canonical(), false),
        Peer::Socket => (Ipv4Addr::LOCALHOST.into(), true),
    };
    let values = headers.get_all("x-forwarded-for").iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    let mut said: Vec<&str> = texts
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .collect();
    while (is_proxy || trusted.iter().any(|network| network.contains(&client)))
        && let Some(before) = said.pop().and_then(|text| text.parse::<IpAddr>().ok())
    {
        (client, is_proxy) = (before.to_canonical(), false);
    }
    client
}

/// Who is at the other end. In process that is nobody.
pub fn connected(request: &Parts) -> Peer {
    let peer = request.extensions.get().copied();
    peer.unwrap_or(Peer::Address(Ipv4Addr::LOCALHOST.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_proxy_is_taken_and_nobody_elses() {
        let trusted = ["10.0.0.0/8", "192.0.2.1/32"].map(|text| text.parse().unwrap());
        let client = |peer: &str, said: &str| {
            let peer = match peer {
                "socket" => Peer::Socket,
                address => Peer::Address(address.parse().unwrap()),
            };
            let headers = [("x-forwarded-for".parse().unwrap(), said.parse().unwrap())];
            super::client(&trusted, peer, &HeaderMap::from_iter(headers)).to_string()
        };
        assert_eq!(
            client("203.0.113.9", "1.2.3.4"),
            "203.0.113.9",
            "not a proxy of ours"
        );
        assert_eq!(client("10.0.0.7", "1.2.3.4"), "1.2.3.4");
        assert_eq!(
            client("10.0.0.7", "6.6.6.6, 1.2.3.4, 192.0.2.1"),
            "1.2.3.4",
            "the first may be made up"
        );
        assert_eq!(client("10.0.0.7", "nonsense"), "10.0.0.7");
        assert_eq!(client("10.0.0.7", ""), "10.0.0.7");
        assert_eq!(client("::ffff:10.0.0.7", "1.2.3.4"), "1.2.3.4");
        assert_eq!(client("socket", "6.6.6.6, 1.2.3.4"), "1.2.3.4");
        assert_eq!(client("socket", "1.2.3.4, 10.0.0.7"), "1.2.3.4");
        assert_eq!(client("socket", ""), "127.0.0.1");
    }
}
