use std::{fmt, time::Duration};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;

use crate::{auth::Auth, dialect::Dialect, error::Error};

/// How to reach a server, and as whom.
#[derive(Clone)]
pub struct Settings {
    /// The catalog's address: `/v1/config` is added to it.
    pub url: String,
    /// `None`: found out from the server's answers.
    pub dialect: Option<Dialect>,
    /// Sent with every request, token requests included; values may be secret.
    pub headers: Vec<(String, String)>,
    pub auth: Auth,
    /// What no answer may show besides the secrets above, such as keys that are typed but not sent.
    pub masked: Vec<SecretString>,
    pub limits: Limits,
}

/// Where patience ends.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest answer, in bytes after decompression.
    pub body_bytes: u64,
    /// For one call with its retries.
    pub call_time: Duration,
    /// For all pages of a list.
    pub list_time: Duration,
    pub list_pages: usize,
    pub list_items: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024 * 1024,
            call_time: Duration::from_secs(60),
            list_time: Duration::from_secs(60),
            list_pages: 10_000,
            list_items: 1_000_000,
        }
    }
}

impl Settings {
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            dialect: None,
            headers: Vec::new(),
            auth: Auth::None,
            masked: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// Refuses headers that are ours or HTTP's to set.
    pub(super) fn header_map(&self) -> Result<HeaderMap, Error> {
        const OURS: [&str; 8] = [
            "accept",
            "accept-encoding",
            "connection",
            "content-length",
            "host",
            "te",
            "transfer-encoding",
            "upgrade",
        ];
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            let parsed = HeaderName::from_bytes(name.as_bytes())
                .ok()
                .filter(|name| !OURS.contains(&name.as_str()));
            let parsed = parsed.ok_or_else(|| {
                Error::invalid(format!(
                    "The header {name:?} cannot be set on a connection."
                ))
            })?;
            let mut value = HeaderValue::from_str(value).map_err(|_| {
                Error::invalid(format!(
                    "The value of the header {name} holds characters that no header can carry."
                ))
            })?;
            value.set_sensitive(true);
            map.append(parsed, value);
        }
        Ok(map)
    }
}

/// Header values may be secret: only names are shown.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("url", &self.url)
            .field("dialect", &self.dialect)
            .field(
                "headers",
                &self
                    .headers
                    .iter()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            )
            .field("auth", &self.auth)
            .field("limits", &self.limits)
            .finish()
    }
}
