use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Resolves names with the system's resolver. The addresses judged here are the ones dialled.
pub(super) struct Resolver {
    pub guard: bool,
}

/// A name without an address.
#[derive(Debug)]
pub(super) struct Unresolved(String);

/// A name that leads, or also leads, to an address the guard refuses.
#[derive(Debug)]
pub(super) struct Refused(String);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.guard;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0))
                .await
                .map(Vec::from_iter);
            let addresses: Vec<SocketAddr> = found.unwrap_or_default();
            if addresses.is_empty() {
                return Err(Unresolved(host).into());
            }
            if guard && addresses.iter().any(|address| is_refused(address.ip())) {
                return Err(Refused(host).into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the host name {} has no address", self.0)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} leads to an address that is never called", self.0)
    }
}

impl std::error::Error for Unresolved {}
impl std::error::Error for Refused {}

/// Link-local (the clouds' metadata services among them), multicast and unspecified addresses,
/// the metadata services that live elsewhere, and what is reserved. IPv6 forms that carry an IPv4 address are unwrapped first.
pub(super) fn is_refused(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_refused_v4(address),
        IpAddr::V6(address) => {
            embedded_v4(address).is_some_and(is_refused_v4)
                || (address.is_unspecified() || address.is_multicast() || address.is_unicast_link_local())
                || address.segments()[..3] == [0x64, 0xff9b, 1] // a network's own NAT64, RFC 8215
                || address == Ipv6Addr::new(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x254) // Amazon EC2
                || address == Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254) // Google Cloud
        }
    }
}

fn is_refused_v4(address: Ipv4Addr) -> bool {
    let octets = address.octets();
    octets[0] == 0
        || address.is_link_local()
        || address.is_multicast()
        || octets[0] >= 240 // reserved, and broadcast
        || octets == [100, 100, 100, 200] // Alibaba Cloud
        || octets == [168, 63, 129, 16] // Azure
        || octets[..3] == [192, 0, 0] // IETF protocols; Oracle Cloud
}

fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        // ::a.b.c.d (deprecated) and ::ffff:a.b.c.d
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] if (high, low) != (0, 1) => Some(v4(high, low)),
        // NAT64, RFC 6052
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(v4(high, low)),
        // 6to4, RFC 3056
        [0x2002, high, low, ..] => Some(v4(high, low)),
        // Teredo, RFC 4380: the address is inverted
        [0x2001, 0, .., high, low] => Some(v4(!high, !low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_refused;

    #[test]
    fn refuses_what_no_catalog_lives_at() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "169.254.0.1",
            "224.0.0.1",
            "239.255.255.255",
            "255.255.255.255",
            "100.100.100.200",
            "192.0.0.192",
            "192.0.0.8",
            "168.63.129.16",
            "240.0.0.1",
            "::",
            "fe80::1",
            "ff02::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "::ffff:169.254.169.254",
            "::169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b::a83f:8110",
            "64:ff9b:1::a01:203",
            "2002:a9fe:a9fe::1",
            "2001:0:1:2:3:4:5601:5601",
        ] {
            assert!(is_refused(address.parse().unwrap()), "{address} passed");
        }
    }

    #[test]
    fn passes_private_and_public_addresses() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.0.1",
            "93.184.216.34",
            "192.0.1.1",
            "::1",
            "fd00::1",
            "2606:4700::1111",
        ] {
            assert!(
                !is_refused(address.parse().unwrap()),
                "{address} was refused"
            );
        }
    }
}
