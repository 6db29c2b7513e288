use std::{
    error::Error as StdError,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    ops::RangeInclusive,
    sync::Arc,
};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Resolves names with the system's resolver. The addresses judged here are the ones dialled.
pub(super) struct Resolver {
    pub guard: Guard,
}

/// Which addresses are never called, however they are written and wherever a name leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// Any is: for addresses that are the program's own.
    Off,
    /// None that is link-local, of a metadata service, multicast or unspecified.
    Usual,
    /// Nor one of this machine or of a private network, by `http://`, or at a port that catalogs do not listen at, unless
    /// that is within reach: for addresses that somebody typed who does not run the program. Whatever is not reached is
    /// told as one, so that nobody maps a network by what they are told.
    Public(Arc<Reach>),
}

/// What is called besides public addresses by `https://` at the ports 80, 443, 8080, 8181, 8443, 9000 and 19120.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Networks, also by `http://`.
    pub networks: Vec<IpNet>,
    /// Ports.
    pub ports: Vec<RangeInclusive<u16>>,
}

/// Where catalogs, their token endpoints and object stores listen: the usual ones of HTTP, Polaris' and Lakekeeper's,
/// MinIO's, Nessie's.
const PORTS: [u16; 7] = [80, 443, 8080, 8181, 8443, 9000, 19120];

/// What is never called.
const NEVER: &str =
    "an address that is never called: link-local, metadata, multicast or unspecified";
/// What is called where it is allowed.
const PRIVATE: &str =
    "an address of this machine or of a private network, which is called only where it is allowed";
const PORT: &str = "at a port that is called only where it is allowed";
const PLAIN: &str = "a public address, which is called by https alone";

impl Guard {
    /// Why an address is not called; `None` where it is.
    pub(super) fn refuses(&self, address: IpAddr) -> Option<&'static str> {
        match self {
            Self::Off => None,
            _ if is_refused(address) => Some(NEVER),
            Self::Usual => None,
            Self::Public(reach) => {
                (is_private(address) && !reach.is_allowed(address)).then_some(PRIVATE)
            }
        }
    }

    /// The same of an address as it is typed, where that holds the host's own address.
    pub(super) fn refuses_url(&self, url: &Url) -> Option<&'static str> {
        let port = url.port_or_known_default();
        match self {
            Self::Public(reach) if !port.is_some_and(|port| reach.has(port)) => Some(PORT),
            _ => match url.host() {
                Some(Host::Ipv4(address)) => self.refuses_over(url, address.into()),
                Some(Host::Ipv6(address)) => self.refuses_over(url, address.into()),
                Some(Host::Domain(name)) => self.refuses_name(name),
                None => None,
            },
        }
    }

    /// The same of where it leads.
    pub(super) fn refuses_over(&self, url: &Url, address: IpAddr) -> Option<&'static str> {
        let refused = self.refuses(address);
        refused.or_else(|| match self {
            Self::Public(reach) if url.scheme() != "https" && !reach.is_allowed(address) => {
                Some(PLAIN)
            }
            _ => None,
        })
    }

    /// The same of a name, before it is resolved.
    pub(super) fn refuses_name(&self, host: &str) -> Option<&'static str> {
        (*self != Self::Off && is_refused_name(host)).then_some(NEVER)
    }
}

impl Reach {
    fn is_allowed(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks
            .iter()
            .any(|network| network.contains(&address))
    }

    fn has(&self, port: u16) -> bool {
        PORTS.contains(&port) || self.ports.iter().any(|range| range.contains(&port))
    }
}

/// A name without an address.
#[derive(Debug)]
pub(super) struct Unresolved(pub String);

/// A name that leads, or also leads, to an address the guard refuses.
#[derive(Debug)]
pub(super) struct Refused(pub String);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.guard.clone();
        Box::pin(async move {
            let addresses = resolve(name.as_str(), &guard).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// All addresses of a name; with the guard, none where it refuses one of them.
pub(super) async fn resolve(
    host: &str,
    guard: &Guard,
) -> Result<Vec<SocketAddr>, Box<dyn StdError + Send + Sync>> {
    let found = tokio::net::lookup_host((host, 0)).await.map(Vec::from_iter);
    let addresses: Vec<SocketAddr> = found.unwrap_or_default();
    if addresses.is_empty() {
        return Err(Unresolved(host.to_owned()).into());
    }
    let mut refused = addresses
        .iter()
        .filter_map(|address| guard.refuses(address.ip()));
    if let Some(why) = refused.next() {
        return Err(Refused(format!("{host} leads to {why}")).into());
    }
    Ok(addresses)
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the host name {} has no address", self.0)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Unresolved {}
impl StdError for Refused {}

/// Names of metadata services. Resolved here they lead to refused addresses; a proxy would resolve them itself.
const METADATA: [&str; 6] = [
    "instance-data.ec2.internal",
    "metadata.azure.internal",
    "metadata.goog",
    "metadata.google.internal",
    "metadata.platformequinix.com",
    "metadata.tencentyun.com",
];

/// `host` as a URL holds it: in lower case, maybe with a dot at its end.
fn is_refused_name(host: &str) -> bool {
    METADATA.contains(&host.strip_suffix('.').unwrap_or(host))
}

/// Link-local (the clouds' metadata services among them), site-local, multicast and unspecified addresses,
/// the metadata services that live elsewhere, and what is reserved. An IPv6 address that carries an
/// IPv4 address is judged by that one too.
fn is_refused(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_refused_v4(address),
        IpAddr::V6(address) => is_refused_v6(address),
    }
}

/// This machine, private and shared networks, and what is for tests, documentation and protocols (IANA's special
/// registries); of IPv6 all that is not global unicast. An IPv6 address that carries an IPv4 address is judged by that
/// one too.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => {
            let s = address.segments();
            let [inner, outer] = embedded_v4(s);
            let carried = match s {
                // Of these forms the IPv4 address is all there is.
                [0, 0, 0, 0, 0, 0 | 0xffff, ..] | [0, 0, 0, 0, 0xffff, 0, ..] => {
                    !address.is_loopback()
                }
                [0x64, 0xff9b, 0, 0, 0, 0, ..] => true,
                // Teredo, within what is for protocols.
                [0x2001, 0, ..] => true,
                _ => false,
            };
            let is_global = s[0] & 0xe000 == 0x2000 // global unicast, RFC 4291
                && !(s[0] == 0x2001 && s[1] < 0x200) // protocols, RFC 2928
                && s[..2] != [0x2001, 0xdb8] // documentation, RFC 3849
                && !(s[0] == 0x3fff && s[1] < 0x1000); // documentation, RFC 9637
            !(is_global || carried) || [inner, outer].into_iter().flatten().any(is_private_v4)
        }
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let octets = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_documentation()
        || octets[0] == 100 && octets[1] & 0xc0 == 64 // shared, RFC 6598
        || octets[0] == 198 && octets[1] & 0xfe == 18 // benchmarks, RFC 2544
}

fn is_refused_v4(address: Ipv4Addr) -> bool {
    let octets = address.octets();
    octets[0] == 0
        || address.is_link_local()
        || address.is_multicast()
        || octets[0] >= 240 // reserved, and broadcast
        || octets[..3] == [192, 0, 0] // IETF protocols; Oracle Cloud
        || is_metadata(address)
}

/// Where clouds serve credentials to who asks from within.
fn is_metadata(address: Ipv4Addr) -> bool {
    const SERVICES: [[u8; 4]; 4] = [
        [169, 254, 169, 254],
        [192, 0, 0, 192],     // Oracle Cloud
        [100, 100, 100, 200], // Alibaba Cloud
        [168, 63, 129, 16],   // Azure
    ];
    SERVICES.contains(&address.octets())
}

fn is_refused_v6(address: Ipv6Addr) -> bool {
    if address == Ipv6Addr::LOCALHOST {
        return false;
    }
    let s = address.segments();
    s[0] & 0xffc0 == 0xfe80 // link-local, RFC 4291
        || s[0] & 0xffc0 == 0xfec0 // site-local, RFC 3879
        || address.is_multicast()
        || s[..3] == [0x64, 0xff9b, 1] // a network's own NAT64, RFC 8215
        || s[..4] == [0x100, 0, 0, 0] // discarded, RFC 6666
        || s[..2] == [0xfd00, 0x0ec2] // Amazon EC2
        || s == [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254] // Google Cloud
        || s == [0xfd00, 0xc1, 0, 0, 0, 0, 0xa9fe, 0xa9fe] // Oracle Cloud
        || s == [0xfd00, 0x42, 0, 0, 0, 0, 0, 0x42] // Scaleway
        || embedded_v4(s).into_iter().flatten().any(is_refused_v4)
        || translated(address.octets()).into_iter().any(is_metadata)
}

/// What an address stands for where its beginning is a network's own NAT64 prefix, of 32, 40, 48, 56, 64 or
/// 96 bits (RFC 6052). Any may be one; elsewhere these bits mean nothing.
fn translated(octets: [u8; 16]) -> [Ipv4Addr; 6] {
    // The ninth octet is passed over.
    [
        [4, 5, 6, 7],
        [5, 6, 7, 9],
        [6, 7, 9, 10],
        [7, 9, 10, 11],
        [9, 10, 11, 12],
        [12, 13, 14, 15],
    ]
    .map(|places| Ipv4Addr::from(places.map(|place: usize| octets[place])))
}

fn v4(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))
}

/// The IPv4 addresses that the forms of IPv6 carry.
fn embedded_v4(segments: [u16; 8]) -> [Option<Ipv4Addr>; 2] {
    match segments {
        // ::a.b.c.d (deprecated), ::ffff:a.b.c.d, and ::ffff:0:a.b.c.d (translated, RFC 2765)
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => {
            [Some(v4(high, low)), None]
        }
        // NAT64, RFC 6052
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => [Some(v4(high, low)), None],
        // 6to4, RFC 3056; behind its prefix there may be an ISATAP address
        [0x2002, high, low, _, 0 | 0x200, 0x5efe, inner, end] => {
            [Some(v4(high, low)), Some(v4(inner, end))]
        }
        [0x2002, high, low, ..] => [Some(v4(high, low)), None],
        // Teredo, RFC 4380: the server, and the client inverted
        [0x2001, 0, high, low, _, _, inner, end] => [Some(v4(high, low)), Some(v4(!inner, !end))],
        // ISATAP, RFC 5214: behind any prefix
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => [Some(v4(high, low)), None],
        _ => [None, None],
    }
}

#[cfg(test)]
mod tests;
