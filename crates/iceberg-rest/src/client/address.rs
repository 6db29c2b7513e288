//! Addresses: built as text from encoded parts, parsed once, and checked to be what was built.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::error::Error;

/// The root that every call of a connection stays under.
#[derive(Debug, Clone)]
pub(crate) struct Base {
    url: Url,
    /// Without a slash at the end.
    text: String,
}

impl Base {
    /// An http or https address without credentials, query and fragment.
    pub fn parse(address: &str) -> Result<Self, Error> {
        let address = address.trim();
        let url = Url::parse(address)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| Error::invalid("The connection's address is no http or https URL, like https://catalog.example/iceberg."))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::invalid(
                "The connection's address holds credentials: move them to its auth section.",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::invalid(
                "The connection's address ends in a query or a fragment: leave those out.",
            ));
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, text })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The address of `path`, which starts with a slash and is encoded already, its query included.
    ///
    /// A parser that reads anything else than what was written (dot segments, backslashes) is caught here.
    pub fn join(&self, path: &str) -> Result<Url, Error> {
        let text = format!("{}{path}", self.text);
        let url = Url::parse(&text)
            .ok()
            .filter(|url| url.as_str() == text && url.origin() == self.url.origin());
        let url = url.filter(|url| url.fragment().is_none() && !url.path()[1..].contains("//"));
        url.ok_or_else(|| {
            Error::invalid("The name, or the prefix the server sent, cannot be part of an address.")
        })
    }

    /// This base with the end of its path replaced, where it ends so: `/iceberg` by `/api/v2`.
    pub fn sibling(&self, end: &str, replacement: &str) -> Option<Self> {
        let text = format!("{}{replacement}", self.text.strip_suffix(end)?);
        Self::parse(&text).ok()
    }

    /// The server's own idea of its address, where it is this one or one around it on the same origin.
    pub fn adopt(&self, announced: &str) -> Option<Self> {
        let announced = Self::parse(announced).ok()?;
        let same = announced.url.origin() == self.url.origin();
        let around =
            self.text == announced.text || self.text.starts_with(&format!("{}/", announced.text));
        (same && around).then_some(announced)
    }
}

/// What RFC 3986 §3.3 does not allow in a path. `%` is judged apart.
const ILLEGAL_IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'%');

/// A prefix as it stands in a path: kept verbatim, but for bytes that no path may hold.
///
/// Servers send it encoded (`main%7Cwh`, an encoded ARN), in several segments (`catalogs/x`) or raw (`my catalog`).
pub(crate) fn encode_prefix(prefix: &str) -> String {
    let mut text = String::with_capacity(prefix.len());
    let mut rest = prefix;
    while let Some(at) = rest.find('%') {
        text.extend(utf8_percent_encode(&rest[..at], ILLEGAL_IN_PATH));
        let escape = rest.as_bytes()[at + 1..]
            .first_chunk::<2>()
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        text.push_str(if escape { "%" } else { "%25" });
        rest = &rest[at + 1..];
    }
    text.extend(utf8_percent_encode(rest, ILLEGAL_IN_PATH));
    text
}
