//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Who is connected.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Who asked: who is connected, unless that is one of `trusted`; then whom it says that it asks for, from the right,
/// as far as each is one of these.
pub fn client(trusted: &[IpNet], peer: Option<Peer>, headers: &HeaderMap) -> IpAddr {
    let mut client = connected(peer);
    let values = headers.get_all("x-forwarded-for").iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    let mut said: Vec<&str> = texts
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .collect();
    while trusted.iter().any(|network| network.contains(&client))
        && let Some(before) = said.pop().and_then(|text| text.parse::<IpAddr>().ok())
    {
        client = before.to_canonical();
    }
    client
}

/// The address at the other end. In process there is none.
pub fn connected(peer: Option<Peer>) -> IpAddr {
    let address = peer.map(|peer| peer.0.ip().to_canonical());
    address.unwrap_or(Ipv4Addr::LOCALHOST.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_proxy_is_taken_and_nobody_elses() {
        let trusted = ["10.0.0.0/8", "192.0.2.1/32"].map(|text| text.parse().unwrap());
        let client = |peer: &str, said: &str| {
            let peer = Peer(SocketAddr::new(peer.parse().unwrap(), 1));
            let headers = [("x-forwarded-for".parse().unwrap(), said.parse().unwrap())];
            super::client(&trusted, Some(peer), &HeaderMap::from_iter(headers)).to_string()
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
    }
}
