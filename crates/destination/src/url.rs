//! Just enough of a URL to judge one. It may hold placeholders, which no URL library would read.

use crate::placeholder::has_placeholder;
use crate::secret::{BLANK, is_marked, looks_secret, names_secret};

/// The parts of an absolute http or https URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http` or `https`, in any case.
    pub scheme: &'a str,
    /// A user name and password before `@`: to be refused, never shown.
    pub userinfo: Option<&'a str>,
    /// Without brackets and without port.
    pub host: &'a str,
    /// `None` if it is not written, or is a placeholder.
    pub port: Option<u16>,
    /// From the first slash on, without query and fragment; may be empty.
    pub path: &'a str,
    /// There is a query or a fragment.
    pub has_query: bool,
}

impl<'a> Url<'a> {
    /// Reads a URL, or says in words what is wrong with it.
    pub fn parse(text: &'a str) -> Result<Self, &'static str> {
        if text.chars().any(|c| c.is_control() || c == ' ') {
            return Err("it contains a space or a control character");
        }
        let (scheme, rest) = text
            .split_once("://")
            .ok_or("it does not begin with http:// or https://")?;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return Err("it does not begin with http:// or https://");
        }
        let begins = |scheme: &str| {
            let start = rest.get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        if begins("http://") || begins("https://") {
            return Err("it begins with http:// or https:// twice");
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let (userinfo, place) = match authority.rsplit_once('@') {
            Some((userinfo, place)) => (Some(userinfo), place),
            None => (None, authority),
        };
        let (host, port) = split_port(place)?;
        if host.is_empty() {
            return Err("it names no host");
        }
        let path_end = tail.find(['?', '#']).unwrap_or(tail.len());
        Ok(Self {
            scheme,
            userinfo,
            host,
            port,
            path: &tail[..path_end],
            has_query: path_end < tail.len(),
        })
    }

    /// Whether it is encrypted.
    pub fn is_https(&self) -> bool {
        self.scheme.eq_ignore_ascii_case("https")
    }

    /// Scheme, host and port, ports written out, for comparison.
    pub fn origin(&self) -> (bool, String, u16) {
        let port = self.port.unwrap_or(if self.is_https() { 443 } else { 80 });
        (self.is_https(), self.host.to_ascii_lowercase(), port)
    }

    /// Scheme, host and port as written, without credentials.
    pub fn base(&self) -> String {
        let host = if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.to_owned()
        };
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}://{host}{port}", self.scheme)
    }

    /// The path without a slash at its end.
    pub fn trimmed_path(&self) -> &'a str {
        self.path.trim_end_matches('/')
    }

    /// This machine, as seen from itself: inside a container it is the container.
    pub fn is_loopback(&self) -> bool {
        let host = self.host.to_ascii_lowercase();
        host == "localhost"
            || host.ends_with(".localhost")
            || host.starts_with("127.")
            || host == "::1"
            || host == "0.0.0.0"
    }

    /// A host that plain HTTP reaches without leaving the machine or a private network.
    pub fn is_private(&self) -> bool {
        let private_ip = match self.host.parse::<std::net::IpAddr>() {
            // 100.64.0.0/10 is what carriers and overlay networks hand out.
            Ok(std::net::IpAddr::V4(ip)) => {
                let [first, second, ..] = ip.octets();
                ip.is_private()
                    || ip.is_link_local()
                    || (first == 100 && (64..128).contains(&second))
            }
            Ok(std::net::IpAddr::V6(ip)) => {
                let mapped = ip.to_ipv4_mapped().is_some_and(|ip| ip.is_private());
                ip.is_unique_local() || ip.is_unicast_link_local() || mapped
            }
            Err(_) => false,
        };
        let host = self.host.to_ascii_lowercase();
        self.is_loopback()
            || private_ip
            || !host.contains(['.', ':'])
            || [
                ".internal",
                ".local",
                ".localdomain",
                ".lan",
                ".home.arpa",
                ".test",
                ".svc",
            ]
            .iter()
            .any(|end| host.ends_with(end))
    }
}

fn split_port(place: &str) -> Result<(&str, Option<u16>), &'static str> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest
                .split_once(']')
                .ok_or("its bracketed address is not closed")?;
            (host, after.strip_prefix(':'))
        }
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    match port {
        // A placeholder for the port is a port not yet known.
        Some(port) if !has_placeholder(port) => match port.parse() {
            Ok(port) => Ok((host, Some(port))),
            Err(_) => Err("its port is not a number below 65536"),
        },
        _ => Ok((host, None)),
    }
}

/// Whether [`without_secrets`] takes something out of it.
pub(crate) fn has_secrets(text: &str) -> bool {
    without_secrets(text) != text
}

/// The address, or location, without what in it is a secret: its user name and password, a query or a fragment
/// with a secret in it, a path that looks like one.
pub fn without_secrets(text: &str) -> String {
    let Some(parts) = Parts::of(text) else {
        return text.to_owned();
    };
    let hidden = |part: &'_ str, start: &str, hides: bool| match hides {
        true => format!("{start}{BLANK}"),
        false => part.to_owned(),
    };
    let host = hidden(parts.place, "", hides_host(parts.place));
    let path = hidden(parts.path, "/", hides_path(parts.path));
    let tail = if hides_tail(parts.tail) {
        ""
    } else {
        parts.tail
    };
    let container = match parts.container {
        "" => String::new(),
        container => format!("{container}@"),
    };
    format!("{}://{container}{host}{path}{tail}", parts.scheme)
}

/// What [`without_secrets`] takes away.
pub(crate) fn secrets(text: &str) -> Vec<&str> {
    let Some(parts) = Parts::of(text) else {
        return Vec::new();
    };
    let mut all: Vec<&str> = parts.userinfo.split(':').collect();
    if hides_host(parts.place) {
        all.extend(parts.place.split([':', '.']));
    }
    if hides_path(parts.path) {
        all.push(parts.path.trim_matches('/'));
        all.extend(parts.path.split('/'));
    }
    if hides_tail(parts.tail) {
        all.extend(parts.tail.split(['?', '#', '&', '=']));
    }
    all
}

/// An address of whatever scheme, cut where secrets may hide.
struct Parts<'a> {
    scheme: &'a str,
    userinfo: &'a str,
    /// What stands before `@` in locations on Azure, where it is no user.
    container: &'a str,
    /// Host and port.
    place: &'a str,
    path: &'a str,
    /// Query and fragment.
    tail: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let tail = rest.find(['?', '#']).unwrap_or(rest.len());
        let (rest, tail) = rest.split_at(tail);
        let end = rest.find('/').unwrap_or(rest.len());
        // A password with a slash in it: what looks like a port is none.
        let cut = split_port(&rest[..end]).is_err() || rest[..end].ends_with(':');
        let at = rest[..end]
            .rfind('@')
            .or_else(|| rest.rfind('@').filter(|_| cut));
        let (before, rest) = at.map_or(("", rest), |at| (&rest[..at], &rest[at + 1..]));
        let (place, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let azure = ["abfs", "abfss", "wasb", "wasbs"].contains(&scheme)
            && !before.contains(':')
            && !looks_secret(before);
        let (userinfo, container) = if azure { ("", before) } else { (before, "") };
        Some(Self {
            scheme,
            userinfo,
            container,
            place,
            path,
            tail,
        })
    }
}

/// Only what says so: accounts and private links have long names, too.
fn hides_host(place: &str) -> bool {
    is_marked(place)
        || place.split([':', '.']).any(|label| {
            is_marked(label)
                || (looks_secret(label) && label.bytes().any(|b| b.is_ascii_uppercase()))
        })
}

fn hides_path(path: &str) -> bool {
    // An account of Cloudflare's, for one.
    let is_account = |part: &str| part.len() == 32 && part.bytes().all(|b| b.is_ascii_hexdigit());
    path.split('/')
        .any(|part| !is_account(part) && looks_secret(part))
        || path
            .match_indices('/')
            .filter_map(|(at, _)| path.get(at + 1..at + 41))
            .any(|part| part.contains('/') && looks_secret(part))
}

fn hides_tail(tail: &str) -> bool {
    tail.split(['?', '#', '&']).any(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        looks_secret(name)
            || looks_secret(value)
            || (names_secret(name) && !value.is_empty() && !has_placeholder(value))
    })
}
