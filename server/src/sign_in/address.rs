//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

use crate::config::Error;

/// Who is connected.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Addresses of machines and networks.
#[derive(Clone, Default)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    pub fn parse(texts: &[String]) -> Result<Self, Error> {
        let network = |text: &String| {
            let alone = text.parse::<IpAddr>().map(IpNet::from);
            alone.or_else(|_| text.parse()).map_err(|_| {
                Error::new(format_args!(
                    "“{text}” is no address such as 10.0.0.7 or 10.0.0.0/8"
                ))
            })
        };
        texts
            .iter()
            .map(network)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub fn into_vec(self) -> Vec<IpNet> {
        self.0
    }

    /// Who asked: who is connected, unless that is one of these; then whom it says that it asks for, from the right,
    /// as far as each is one of these.
    pub fn client(&self, peer: Option<Peer>, headers: &HeaderMap) -> IpAddr {
        let mut client = connected(peer);
        let values = headers.get_all("x-forwarded-for").iter();
        let texts = values.filter_map(|value| value.to_str().ok());
        let mut said: Vec<&str> = texts
            .flat_map(|text| text.split(','))
            .map(str::trim)
            .collect();
        while self.contains(client)
            && let Some(before) = said.pop().and_then(|text| text.parse::<IpAddr>().ok())
        {
            client = before.to_canonical();
        }
        client
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
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
        let networks = Networks::parse(&["10.0.0.0/8".into(), "192.0.2.1".into()]).unwrap();
        let client = |peer: &str, said: &str| {
            let peer = Peer(SocketAddr::new(peer.parse().unwrap(), 1));
            let headers = [("x-forwarded-for".parse().unwrap(), said.parse().unwrap())];
            networks
                .client(Some(peer), &HeaderMap::from_iter(headers))
                .to_string()
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
