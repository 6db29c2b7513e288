//! Refuses requests for other host names: a page elsewhere whose name was re-pointed at this
//! machine (DNS rebinding) would count as same-origin.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    http::{StatusCode, header, uri::Authority},
    middleware::Next,
    response::Response,
};

use crate::{config::Server, fault};

/// The hosts by which the console may be asked for: loopback, the address it listens on, and what
/// the configuration adds.
#[derive(Clone)]
pub struct Hosts {
    names: Arc<[String]>,
    /// An address of any machine will do: no name can be pointed at it.
    any_address: bool,
}

impl Hosts {
    pub fn new(server: &Server, listen: SocketAddr) -> Self {
        let mut hosts = server.allowed_hosts.clone();
        hosts.extend(
            server
                .public_url
                .iter()
                .filter_map(|url| url.host_str().map(str::to_owned)),
        );
        if !listen.ip().is_unspecified() {
            hosts.push(listen.ip().to_string());
        }
        Self {
            names: hosts.into(),
            any_address: false,
        }
    }

    /// What watches a fleet asks each member by its address, which none of them knows of itself.
    pub fn or_any_address(&self) -> Self {
        Self {
            any_address: true,
            ..self.clone()
        }
    }

    fn allow(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else {
            return false;
        };
        let host = authority
            .host()
            .trim_start_matches('[')
            .trim_end_matches(']');
        let plain = !authority.as_str().contains('@');
        plain
            && (host.eq_ignore_ascii_case("localhost")
                || host
                    .parse::<IpAddr>()
                    .is_ok_and(|address| self.any_address || address.is_loopback())
                || self
                    .names
                    .iter()
                    .any(|known| known.trim_matches(['[', ']']).eq_ignore_ascii_case(host)))
    }
}

/// Every place of a request that names a host must name one of ours.
fn is_ours(hosts: &Hosts, request: &Request) -> bool {
    let headers = request.headers().get_all(header::HOST);
    let target = request.uri().authority();
    let named = headers.iter().count() + usize::from(target.is_some());
    named > 0
        && headers
            .iter()
            .all(|host| host.to_str().is_ok_and(|host| hosts.allow(host)))
        && target.is_none_or(|target| hosts.allow(target.as_str()))
}

pub async fn allow_list(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    if is_ours(&hosts, &request) {
        return next.run(request).await;
    }
    fault::refused(
        request.uri().path(),
        StatusCode::MISDIRECTED_REQUEST,
        "Crowsnest does not answer for this host name",
        "If it should, add the name to allowed_hosts, or set public_url.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_and_the_configured_hosts_are_ours() {
        let hosts = Hosts {
            names: ["console.example.com", "[fd00::1]"]
                .map(str::to_owned)
                .to_vec()
                .into(),
            any_address: false,
        };
        let by_address = hosts.or_any_address();
        for (host, allowed) in [("10.1.2.3:9464", true), ("evil.test", false)] {
            assert!(!hosts.allow(host), "{host}");
            assert_eq!(by_address.allow(host), allowed, "{host}");
        }
        for ours in [
            "localhost",
            "localhost:3000",
            "LOCALHOST",
            "127.0.0.1:3000",
            "127.8.8.8",
            "[::1]:3000",
            "console.example.com",
            "Console.Example.COM:8443",
            "[fd00::1]:3000",
        ] {
            assert!(hosts.allow(ours), "{ours}");
        }
        for other in [
            "",
            "example.com",
            "console.example.com.evil.test",
            "evil.test:3000",
            "localhost.evil.test",
            "127.0.0.1.evil.test",
            "0.0.0.0",
            "169.254.169.254",
            "localhost@evil.test",
            "evil.test@localhost",
            "localhost, evil.test",
        ] {
            assert!(!hosts.allow(other), "{other}");
        }
    }
}
