use std::{fmt, time::Duration};

use secrecy::SecretString;

use crate::{auth::Auth, dialect::Dialect};

/// How to reach a server, and as whom.
#[derive(Clone)]
pub struct Settings {
    /// The catalog's address: `/v1/config` is added to it.
    pub url: String,
    /// `None`: found out from the server's answers.
    pub dialect: Option<Dialect>,
    /// Sent with every request to the catalog's own origin; values may be secret.
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
    /// Longest silence of a server that is read from, before its answer and within it.
    pub silence: Duration,
    /// For one read with its retries.
    pub read_time: Duration,
    /// For one change; how long the server is silent meanwhile does not matter.
    pub change_time: Duration,
    /// For one token request.
    pub token_time: Duration,
    /// For all pages of a list.
    pub list_time: Duration,
    pub list_pages: usize,
    pub list_items: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024 * 1024,
            silence: Duration::from_secs(15),
            read_time: Duration::from_secs(30),
            change_time: Duration::from_secs(90),
            token_time: Duration::from_secs(5),
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
