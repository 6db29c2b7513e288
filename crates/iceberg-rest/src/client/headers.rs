//! The headers of a connection: what may be among them, and that none replaces one of ours.

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

impl Settings {
    /// Says why a connection that signs in by `auth` cannot have this header; `None`: it can.
    pub fn refused_header(name: &str, auth: &Auth) -> Option<&'static str> {
        let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
            return Some("it is no name of a header");
        };
        let name = name.as_str();
        if OURS.contains(&name) || name.starts_with("x-amz-") {
            Some("Crowsnest sets it itself")
        } else if HTTP.contains(&name) {
            Some("it belongs to HTTP itself")
        } else if name == "authorization" && !matches!(auth, Auth::None) {
            Some("the connection's auth section sets it")
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
