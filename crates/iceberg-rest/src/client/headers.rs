//! The headers of a connection: what may be among them, and that none replaces one of ours.

use std::fmt;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::Settings;
use crate::{auth::Auth, error::Error};

/// Set by the client where a call wants them.
const OURS: [&str; 8] = [
    "accept",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "x-iceberg-access-delegation",
];

/// Of the message and its way, not of its content.
const HTTP: [&str; 14] = [
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Why a connection cannot have a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedHeader {
    /// It is no name of a header.
    NoName,
    /// The client sets it where a call wants it.
    Client,
    /// It belongs to HTTP itself.
    Http,
    /// The connection's [`Auth`] sets it.
    Auth,
}

/// The end of a sentence: `cannot be set, because …`.
impl fmt::Display for RefusedHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoName => "it is no name of a header",
            Self::Client => "the client sets it itself",
            Self::Http => "it belongs to HTTP itself",
            Self::Auth => "the connection's credentials set it",
        })
    }
}

impl Settings {
    /// Says why a connection that signs in by `auth` cannot have this header; `None`: it can.
    pub fn refused_header(name: &str, auth: &Auth) -> Option<RefusedHeader> {
        let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
            return Some(RefusedHeader::NoName);
        };
        let name = name.as_str();
        if OURS.contains(&name) || name.starts_with("x-amz-") {
            Some(RefusedHeader::Client)
        } else if HTTP.contains(&name) {
            Some(RefusedHeader::Http)
        } else if name == "authorization" && !matches!(auth, Auth::None) {
            Some(RefusedHeader::Auth)
        } else {
            None
        }
    }

    pub(super) fn header_map(&self) -> Result<HeaderMap, Error> {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            if let Some(why) = Self::refused_header(name, &self.auth) {
                return Err(Error::invalid(format!(
                    "The header {name:?} cannot be set on a connection: {why}."
                )));
            }
            let parsed = HeaderName::from_bytes(name.as_bytes());
            let (Ok(name), Ok(mut value)) = (parsed, HeaderValue::from_str(value)) else {
                return Err(Error::invalid(format!(
                    "The value of the header {name} holds characters that no header can carry."
                )));
            };
            value.set_sensitive(true);
            map.append(name, value);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;
    use crate::auth::Auth;

    #[test]
    fn headers_that_are_ours_are_refused() {
        let bearer = Auth::Bearer("token".into());
        for name in [
            "Accept",
            "CONTENT-TYPE",
            "authorization",
            "Host",
            "content-length",
            "Transfer-Encoding",
            "X-Amz-Date",
            "x-iceberg-access-delegation",
            "a b",
        ] {
            assert!(Settings::refused_header(name, &bearer).is_some(), "{name}");
        }
        for name in ["Polaris-Realm", "X-Api-Key", "Cookie"] {
            assert_eq!(Settings::refused_header(name, &bearer), None, "{name}");
        }
        // A gateway may want a password of its own, where the catalog wants none.
        assert_eq!(Settings::refused_header("Authorization", &Auth::None), None);
    }
}
