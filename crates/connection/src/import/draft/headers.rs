//! Headers of every call.

use super::Draft;
use crate::Value;
use crate::import::MAX_KEY;
use crate::import::value::readable;
use crate::import::why::Why;
use crate::keys;
use crate::settings::MAX_PAIRS;

/// The header that signs in.
pub(super) const AUTHORIZATION: &str = "Authorization";
const TOO_MANY: Why = Why::Shape("one of at most 100 headers");

/// Headers that Crowsnest sends itself, or that belong to HTTP; with those that begin `x-amz-`.
const OWN_HEADERS: [&str; 22] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "idempotency-key",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-iceberg-access-delegation",
];

impl Draft {
    /// One header. A bearer token in `Authorization` is the way to sign in; anything else there stays a header.
    pub(in crate::import) fn header(&mut self, name: &str, value: &str) -> Result<(), Why> {
        let name = name.trim();
        if name.eq_ignore_ascii_case(AUTHORIZATION) {
            let token = value.trim().split_once(' ');
            let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            if let Some((_, token)) = token {
                return self.put(AUTHORIZATION, keys::TOKEN, Ok(token.trim().to_owned()));
            }
        }
        let lower = name.to_ascii_lowercase();
        if OWN_HEADERS.contains(&lower.as_str()) || lower.starts_with("x-amz-") {
            return Err(Why::OwnHeader);
        }
        let is_name = !name.is_empty()
            && name.len() <= MAX_KEY
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
        if !is_name || value.contains(|c: char| c.is_control() && c != '\t') {
            return Err(Why::Shape("a header"));
        }
        // A header may hold a secret, which may hold anything.
        let value = readable(value, true)?;
        let mut pairs = self.settings.table(keys::HEADERS).to_vec();
        pairs.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        pairs.push((name.to_owned(), value.to_owned()));
        self.settings
            .set(keys::HEADERS, Value::Table(pairs))
            .map_err(|_| TOO_MANY)
    }

    /// Several, as `name: value, name: value`.
    pub(super) fn headers(&mut self, key: &str, value: Result<String, Why>) -> Result<(), Why> {
        let value = value?;
        let mut parts: Vec<(String, String)> = Vec::new();
        for part in value.split(',') {
            match (part.split_once(':'), parts.last_mut()) {
                (Some((name, value)), _) => parts.push((name.trim().to_owned(), value.to_owned())),
                // A comma of the value.
                (None, Some((_, before))) => *before = format!("{before},{part}"),
                (None, None) => return Err(Why::Shape("a list of headers")),
            }
        }
        if parts.len() > MAX_PAIRS {
            return Err(TOO_MANY);
        }
        for (name, value) in parts {
            if let Err(why) = self.header(&name, &value) {
                self.leave(&format!("{key}: {name}"), why);
            }
        }
        Ok(())
    }
}
