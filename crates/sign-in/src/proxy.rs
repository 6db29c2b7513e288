//! Who a person is by the headers of a proxy that has asked them, such as oauth2-proxy.
//!
//! Headers can be sent by anybody. So those of a proxy count only where the connection comes from one of its
//! addresses or by its socket, and from elsewhere they are refused rather than passed over: then something stands
//! between that should not, or somebody tries.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use thiserror::Error;

use crate::{
    Identity, PROXY,
    roles::{NoRole, Table},
    text::bounded,
};

/// Longest name of a person, in bytes, and longest list of groups.
const USER: usize = 256;
const GROUPS: usize = 8 * 1024;

/// Which headers, and from whom.
#[derive(Debug, Clone)]
pub struct Proxy {
    /// Holds who the person is, e.g. `x-forwarded-user`.
    pub user: HeaderName,
    /// Holds their groups, with commas between, e.g. `x-forwarded-groups`. Without it roles come from `*` alone.
    pub groups: Option<HeaderName>,
    /// The proxy's own addresses.
    pub trusted: Vec<IpNet>,
}

/// Who is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// Somebody at this address.
    Address(IpAddr),
    /// The proxy: nobody else may open its socket.
    Socket,
}

/// Why headers of a proxy are not believed. Names no value that was sent but the groups of [`NoRole`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// They came from an address that is not the proxy's.
    #[error("The header `{header}` came from {peer}, which is no address of a trusted proxy.")]
    Peer {
        /// Which one.
        header: HeaderName,
        /// Who is connected.
        peer: IpAddr,
    },
    /// A header came more than once: one of them may be the person's own.
    #[error("The header `{0}` came more than once.")]
    Twice(HeaderName),
    /// A header is empty, longer than is read, no UTF-8, or holds control characters.
    #[error("The header `{0}` is empty, too long, or holds what is not text.")]
    Text(HeaderName),
    /// Groups came, and nobody who is in them.
    #[error("The header `{0}` came without the one that says who the person is.")]
    Alone(HeaderName),
    /// The proxy knows the person, and no group of theirs has a role.
    #[error("No role comes with the groups of this person: {0}.")]
    NoRole(#[from] NoRole),
}

impl Proxy {
    /// Who the person is, by a request's headers and who is connected; `None` where the proxy says
    /// nothing.
    pub fn identity(
        &self,
        peer: Peer,
        headers: &HeaderMap,
        roles: &Table,
    ) -> Result<Option<Identity>, Refused> {
        let user = self.value(peer, headers, &self.user, USER)?;
        let groups = match &self.groups {
            Some(header) => self
                .value(peer, headers, header, GROUPS)?
                .map(|text| (header, text)),
            None => None,
        };
        let Some(user) = user else {
            return match groups {
                Some((header, _)) => Err(Refused::Alone(header.clone())),
                None => Ok(None),
            };
        };
        if user.is_empty() {
            return Err(Refused::Text(self.user.clone()));
        }
        let claim = self.groups.as_ref().map_or("groups", HeaderName::as_str);
        let groups = groups.map_or("", |(_, text)| text);
        let groups = groups
            .split(',')
            .map(|group| group.trim_matches(' '))
            .filter(|group| !group.is_empty());
        Ok(Some(Identity {
            issuer: PROXY.to_owned(),
            subject: user.to_owned(),
            name: bounded(user, USER),
            role: roles.role(claim, groups)?,
        }))
    }

    /// The text of a header, without the spaces around it.
    fn value<'h>(
        &self,
        peer: Peer,
        headers: &'h HeaderMap,
        header: &HeaderName,
        limit: usize,
    ) -> Result<Option<&'h str>, Refused> {
        let mut values = headers.get_all(header).iter();
        let Some(value) = values.next() else {
            return Ok(None);
        };
        if let Peer::Address(peer) = peer {
            // As IPv6 writes an address of IPv4 where it listens for both.
            let peer = peer.to_canonical();
            if !self.trusted.iter().any(|network| network.contains(&peer)) {
                let header = header.clone();
                return Err(Refused::Peer { header, peer });
            }
        }
        if values.next().is_some() {
            return Err(Refused::Twice(header.clone()));
        }
        let text = str::from_utf8(value.as_bytes()).ok();
        let text = text.filter(|text| text.len() <= limit && !text.contains(char::is_control));
        let text = text.ok_or_else(|| Refused::Text(header.clone()))?;
        // Spaces alone: the rest of a name is the person's.
        Ok(Some(text.trim_matches(' ')))
    }
}

#[cfg(test)]
mod tests;
