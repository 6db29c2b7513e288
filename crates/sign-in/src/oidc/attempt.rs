use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use url::Url;

/// How long somebody may take to sign in, in seconds.
const LIFE: u64 = 600;

/// How far clocks may be apart where several of this program run, in seconds.
const LEEWAY: u64 = 60;

/// A sign-in that has begun: what was sent along, and has to come back. Secret, and good for once: whoever keeps it
/// forgets it before it is looked at.
#[derive(Serialize, Deserialize)]
pub struct Attempt {
    pub(super) provider: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) redirect_uri: Url,
    /// In seconds since 1970.
    pub(super) begun: u64,
}

/// What the browser brings back, as it stands in the query (RFC 6749 §4.1.2, RFC 9207). An `error_description` may
/// come too: it is anybody's words, and is not looked at.
#[derive(Clone, Copy)]
pub struct Callback<'a> {
    /// `state`
    pub state: &'a str,
    /// `code`
    pub code: Option<&'a str>,
    /// `error`
    pub error: Option<&'a str>,
    /// `iss`
    pub iss: Option<&'a str>,
}

impl Attempt {
    /// As one text, to be sealed and kept.
    pub fn to_secret(&self) -> SecretString {
        // Texts and a number can be written.
        serde_json::to_string(self).unwrap_or_default().into()
    }

    /// From [`Attempt::to_secret`]; `None` for any other text.
    pub fn from_secret(text: &SecretString) -> Option<Self> {
        serde_json::from_str(text.expose_secret()).ok()
    }

    /// The id of the provider that it is of.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// Whether `state` is this attempt's own. Takes as long for any of its length.
    pub fn is_of(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    /// Whether it has taken too long, or begins in the future.
    pub(super) fn is_over(&self, now: SystemTime) -> bool {
        let now = seconds(now);
        now > self.begun + LIFE || self.begun > now + LEEWAY
    }
}

/// In seconds since 1970.
pub(super) fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attempt at {}", self.provider)
    }
}

impl fmt::Debug for Callback<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}
