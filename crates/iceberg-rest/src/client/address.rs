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
                "The connection's address holds credentials: leave them out, they are given apart.",
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Base, encode_prefix};
    use crate::ident::{Namespace, Separator, TableIdent, encode_segment};

    #[test]
    fn prefixes_are_kept_but_for_what_no_path_may_hold() {
        for (sent, kept) in [
            ("", ""),
            ("catalogs/x", "catalogs/x"),
            ("main%7Cwh", "main%7Cwh"),
            (
                "arn%3Aaws%3As3tables%3Aus-east-1%3A1%3Abucket%2Fb",
                "arn%3Aaws%3As3tables%3Aus-east-1%3A1%3Abucket%2Fb",
            ),
            ("my catalog", "my%20catalog"),
            ("main|wh", "main%7Cwh"),
            ("100%", "100%25"),
            ("a%zzb", "a%25zzb"),
            ("a?b#c\\d", "a%3Fb%23c%5Cd"),
            ("größe", "gr%C3%B6%C3%9Fe"),
        ] {
            assert_eq!(encode_prefix(sent), kept);
        }
    }

    #[test]
    fn what_a_parser_would_fold_is_refused() {
        let base = Base::parse("http://h/iceberg").unwrap();
        for path in [
            "/v1/../admin",
            "/v1/%2e%2e/admin",
            "/v1/a//b",
            "/v1/./a",
            "/v1/a\\b",
            "/v1/a b",
            "/v1/a#b",
        ] {
            assert!(base.join(path).is_err(), "{path}");
        }
    }

    #[test]
    fn addresses_are_judged_before_use() {
        for address in [
            "",
            "h:8181",
            "ftp://h",
            "file:///etc/passwd",
            "http://",
            "http://u:p@h",
            "http://h/?a=b",
            "http://h/#a",
        ] {
            assert!(Base::parse(address).is_err(), "{address}");
        }
        assert_eq!(
            Base::parse(" http://h:80/iceberg/ ").unwrap().as_str(),
            "http://h/iceberg"
        );
    }

    #[test]
    fn a_server_may_move_its_base_only_outward_on_its_own_origin() {
        let base = Base::parse("http://h:1/iceberg/main").unwrap();
        let adopted = |uri: &str| base.adopt(uri).map(|base| base.as_str().to_owned());
        assert_eq!(
            adopted("http://h:1/iceberg/").as_deref(),
            Some("http://h:1/iceberg")
        );
        assert_eq!(
            adopted("http://h:1/iceberg/main").as_deref(),
            Some("http://h:1/iceberg/main")
        );
        for uri in [
            "http://h:2/iceberg",
            "https://h:1/iceberg",
            "http://evil/iceberg",
            "http://h:1/other",
            "http://h:1/ice",
            "x",
        ] {
            assert_eq!(adopted(uri), None, "{uri}");
        }
    }

    /// Pieces that parsers fold, split at or strip, between others.
    fn hostile() -> impl Strategy<Value = String> {
        const PIECES: [&str; 18] = [
            ".", "..", "/", "\\", "%", "%2e", "%2F", "?", "#", ";", "@", ":", "|", "\t", "\n", " ",
            "ü", "a",
        ];
        prop::collection::vec(prop::sample::select(&PIECES[..]), 1..5)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_name_leaves_the_prefix(
            (outer, inner, name) in (hostile(), hostile(), hostile()),
            prefix in prop::sample::select(&["wh", "catalogs/x", "main%7Cwh", "my catalog"][..]),
        ) {
            let Ok(namespace) = Namespace::try_new([outer, inner]) else { return Ok(()) };
            let Ok(table) = TableIdent::try_new(namespace, name) else { return Ok(()) };
            let path = table.namespace.to_path(&Separator::default()).unwrap();
            let base = Base::parse("http://h:8181/iceberg").unwrap();
            let root = format!("/v1/{}/namespaces/", encode_prefix(prefix));
            let url = base.join(&format!("{root}{path}/tables/{}", encode_segment(table.name()))).unwrap();
            let rest = url.as_str().strip_prefix(&format!("http://h:8181/iceberg{root}"));
            prop_assert_eq!(rest.map(|rest| rest.split('/').count()), Some(3));
            prop_assert!(url.query().is_none() && url.fragment().is_none());
        }
    }
}
