use std::{fmt, time::Duration};

use secrecy::SecretString;

use crate::{
    auth::Auth,
    dialect::Dialect,
    operation::{Operation, Route},
    outbound::Http,
};

/// How to reach a server, and as whom.
#[derive(Clone)]
pub struct Settings {
    /// The catalog's address: `/v1/config` is added to it.
    pub url: String,
    /// `None`: found out from the server's answers.
    pub dialect: Option<Dialect>,
    /// Sent with every request to the catalog's own origin; values may be secret.
    pub headers: Vec<(String, String)>,
    /// As whom.
    pub auth: Auth,
    /// The person that this is, as errors call them; `None`: the connection's own identity.
    pub person: Option<String>,
    /// The way to where tokens are asked for, where that is another one than to the catalog.
    pub tokens: Option<Http>,
    /// What no answer may show besides the secrets above, such as keys that are typed but not sent.
    pub masked: Vec<SecretString>,
    /// How much is read, and for how long.
    pub limits: Limits,
}

/// How much is read of a server, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest answer, in bytes after decompression: 16 MiB. Of an error, 512 KiB are read.
    pub body_bytes: u64,
    /// Longest answer that holds a table's metadata or a page of tables, in the same bytes: 64 MiB.
    pub table_bytes: u64,
    /// Longest silence of a server that is read from, before its answer and within it: 15 s.
    pub silence: Duration,
    /// For one read with its retries, and with the wait for a place among other calls: 30 s.
    pub read_time: Duration,
    /// For one change with the same wait; how long the server is silent meanwhile does not matter: 90 s.
    pub change_time: Duration,
    /// For one token request: 5 s.
    pub token_time: Duration,
    /// For all pages of a list: 60 s.
    pub list_time: Duration,
    /// Pages of a list: 10,000.
    pub list_pages: usize,
    /// Length of a list, all its pages together, in bytes after decompression: 256 MiB.
    pub list_bytes: u64,
    /// Entries of a list, all its pages together: 1,000,000. Of one page, [`crate::types::MAX_ENTRIES`] are read.
    pub list_items: usize,
}

impl Limits {
    /// Longest answer to a call, in bytes after decompression.
    pub(super) fn of(&self, route: Route) -> u64 {
        let tables = [Operation::LoadTable, Operation::ListTables].map(Operation::route);
        match tables.contains(&route) {
            true => self.table_bytes,
            false => self.body_bytes,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 16 * 1024 * 1024,
            table_bytes: 64 * 1024 * 1024,
            silence: Duration::from_secs(15),
            read_time: Duration::from_secs(30),
            change_time: Duration::from_secs(90),
            token_time: Duration::from_secs(5),
            list_time: Duration::from_secs(60),
            list_pages: 10_000,
            list_bytes: 256 * 1024 * 1024,
            list_items: 1_000_000,
        }
    }
}

impl Settings {
    /// An address, with nothing else said: no credentials, the usual limits.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            dialect: None,
            headers: Vec::new(),
            auth: Auth::None,
            person: None,
            tokens: None,
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
