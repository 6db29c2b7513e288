//! Percent-encoding of names: RFC 3986, upper-case hex, unreserved characters only.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{InvalidName, Namespace, check_name};

/// Everything but RFC 3986 §2.3 unreserved characters. Servers disagree on the rest: `+` is a space to some.
const NAME: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One name as a path segment or a query value: a space is `%20`, never `+`.
pub fn encode_segment(name: &str) -> String {
    utf8_percent_encode(name, NAME).to_string()
}

/// The reverse of [`encode_segment`].
pub fn decode_segment(segment: &str) -> Result<String, InvalidName> {
    match percent_decode_str(segment).decode_utf8() {
        Ok(name) => Ok(name.into_owned()),
        Err(_) => Err(InvalidName::Encoding(segment.to_owned())),
    }
}

/// What stands between namespace levels in a path, percent-encoded with upper-case hex.
///
/// Servers announce it as `namespace-separator` in `GET /v1/config` (URL-encoded); the spec's default is `%1F`.
/// The Apache fixture uses `%2E` and refuses `%1F`; Polaris, Lakekeeper and Nessie know only `%1F`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separator {
    encoded: String,
    decoded: String,
}

impl Default for Separator {
    fn default() -> Self {
        Self {
            encoded: "%1F".to_owned(),
            decoded: "\u{1f}".to_owned(),
        }
    }
}

impl Separator {
    /// Reads the announced value; `None` when it decodes to nothing usable.
    pub fn from_config(value: &str) -> Option<Self> {
        let decoded = decode_segment(value)
            .ok()
            .filter(|text| !text.is_empty() && text.len() <= 8)?;
        let encoded = decoded.bytes().map(|byte| format!("%{byte:02X}")).collect();
        Some(Self { encoded, decoded })
    }

    /// As it stands in a path, e.g. `%1F`.
    pub fn encoded(&self) -> &str {
        &self.encoded
    }

    /// The text that stands between levels where it is no control character: a server that looks for it in the
    /// decoded path splits names at it too.
    pub fn visible(&self) -> Option<&str> {
        let visible = !self.decoded.contains(char::is_control);
        visible.then_some(&*self.decoded)
    }

    /// True when a level that holds the separator would be encoded to the very same text.
    fn swallows(&self, level: &str) -> bool {
        level.contains(&self.decoded) && encode_segment(&self.decoded) == self.encoded
    }
}

impl Namespace {
    /// The namespace as one path segment: each level encoded by itself, then joined with the separator.
    ///
    /// A dot in a level stays a dot, so with `%2E` as separator `["a.b", "c"]` is `a.b%2Ec`.
    pub fn to_path(&self, separator: &Separator) -> Result<String, InvalidName> {
        if let Some(level) = self.0.iter().find(|level| separator.swallows(level)) {
            return Err(InvalidName::Separator(level.clone()));
        }
        let levels: Vec<String> = self.0.iter().map(|level| encode_segment(level)).collect();
        Ok(levels.join(&separator.encoded))
    }

    /// The namespace as the value of `?parent=`: joined with the decoded separator, then encoded once.
    pub fn to_query(&self, separator: &Separator) -> Result<String, InvalidName> {
        if let Some(level) = self.0.iter().find(|level| separator.swallows(level)) {
            return Err(InvalidName::Separator(level.clone()));
        }
        Ok(encode_segment(&self.0.join(&separator.decoded)))
    }

    /// The reverse of [`Namespace::to_path`]; hex digits of the separator may be in either case.
    pub fn from_path(segment: &str, separator: &Separator) -> Result<Self, InvalidName> {
        let mut levels = Vec::new();
        let mut rest = segment;
        loop {
            // ASCII lower-casing keeps byte positions.
            let at = rest.to_ascii_uppercase().find(&separator.encoded);
            let level = decode_segment(&rest[..at.unwrap_or(rest.len())])?;
            check_name(&level)?;
            levels.push(level);
            match at {
                Some(at) => rest = &rest[at + separator.encoded.len()..],
                None => return Self::try_new(levels),
            }
        }
    }
}
