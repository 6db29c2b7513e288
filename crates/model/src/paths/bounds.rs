//! What an address or a form may hold. Looked at before anything is rendered or asked: a page repeats
//! its address in every link, and each level of a namespace costs a line, a crumb and a call.

use super::{Query, SECOND};
use crate::error::{AppError, Kind};

/// Levels of a namespace; catalogs nest a few.
pub const LEVELS: usize = 64;
/// Bytes of path and query.
pub const ADDRESS: usize = 8 * 1024;
/// Pairs of an address or a form. The longest forms are lists of properties.
const PAIRS: usize = 1024;

/// Keys whose value is a namespace, its levels joined by `/`.
const JOINED: [&str; 4] = ["open", "shut", "more", "path"];
/// A namespace of more levels than [`LEVELS`].
#[derive(Debug, thiserror::Error)]
#[error(
    "a namespace here has at most {} levels, and this one has more",
    LEVELS
)]
pub struct TooDeep;

impl From<TooDeep> for AppError {
    fn from(deep: TooDeep) -> Self {
        Self::new(Kind::NotSent, format!("This address: {deep}."))
    }
}

pub(super) fn shallow(levels: Vec<String>) -> Result<Vec<String>, TooDeep> {
    match levels.len() {
        0..=LEVELS => Ok(levels),
        _ => Err(TooDeep),
    }
}

/// Why the query of an address, or a form, is not looked at; its cost is one walk through the text.
pub fn check(text: &str) -> Result<Query, String> {
    let pairs = text.split('&').count();
    if pairs > PAIRS {
        return Err(format!(
            "It has {pairs} fields, and no page or form of Crowsnest has more than {PAIRS}."
        ));
    }
    let query = Query::parse(text);
    let levels = |wanted: &str| query.all(wanted).filter(|level| !level.is_empty()).count();
    let joined = |(key, value): &(String, String)| {
        let key = key.strip_prefix(SECOND).unwrap_or(key);
        JOINED.contains(&key) && super::split_levels(value).len() > LEVELS
    };
    if levels("ns") > LEVELS
        || levels(&format!("{SECOND}ns")) > LEVELS
        || query.pairs().iter().any(joined)
    {
        return Err(format!(
            "A namespace here has at most {LEVELS} levels, and this one has more."
        ));
    }
    Ok(query)
}

/// An address that a form says to go back to, where it is one of ours and every browser reads it so:
/// no other host, no way up, nothing that a browser drops or turns round.
pub fn local(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let inside = path.strip_prefix('/')?;
    let up = |segment: &str| {
        let segment = segment.to_ascii_lowercase().replace("%2e", ".");
        segment == "." || segment == ".."
    };
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    (address.len() <= ADDRESS
        && address.bytes().all(plain)
        && !inside.starts_with('/')
        && !path.split('/').any(up))
    .then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::Place;

    #[test]
    fn a_namespace_has_at_most_64_levels_however_it_is_written() {
        let joined = |key: &str, levels| format!("{key}={}", "%2Fa".repeat(levels));
        let each = |key: &str, levels| format!("{key}=a&").repeat(levels);
        for write in [
            each("ns", LEVELS),
            each("to-ns", LEVELS),
            joined("open", LEVELS),
            joined("path", LEVELS),
        ] {
            assert!(check(&write).is_ok(), "{write}");
        }
        for write in [
            each("ns", LEVELS + 1),
            each("to-ns", LEVELS + 1),
            each("%6Es", LEVELS + 1),
            joined("open", LEVELS + 1),
            joined("shut", 1000),
            joined("more", 1000),
            joined("path", LEVELS + 1),
            joined("to-path", LEVELS + 1),
        ] {
            assert!(check(&write).is_err(), "{write}");
        }
    }

    #[test]
    fn a_place_that_is_too_deep_is_none() {
        let address = |levels| format!("/c/x?{}", "ns=a&".repeat(levels));
        let read = |levels| Place::read("/c/x", &"ns=a&".repeat(levels));
        let sent = |levels| serde_json::from_value::<Place>(address(levels).into());
        assert_eq!(read(LEVELS).unwrap().namespace.len(), LEVELS);
        assert_eq!(sent(LEVELS).unwrap().namespace.len(), LEVELS);
        assert!(read(LEVELS + 1).is_err());
        assert!(
            sent(LEVELS + 1)
                .unwrap_err()
                .to_string()
                .contains("64 levels")
        );
    }

    #[test]
    fn a_form_has_a_thousand_fields_at_most() {
        assert!(check(&"a=b&".repeat(PAIRS)).is_err());
    }

    #[test]
    fn a_form_leads_back_to_addresses_of_ours_alone() {
        for ours in [
            "/",
            "/c/prod",
            "/c/a%2Fb/who?w=x&ns=%E2%82%AC",
            "/c/x?back=//evil.test",
        ] {
            assert_eq!(local(ours), Some(ours));
        }
        let long = format!("/c/{}", "a".repeat(ADDRESS));
        for other in [
            "",
            "c/prod",
            "https://evil.test/",
            "//evil.test",
            "/\\evil.test",
            "/c/\\evil.test",
            "/\t/evil.test",
            "/\n/evil.test",
            "/c/x\r\nset-cookie: a=b",
            "/c/..",
            "/c/../../x",
            "/c/%2e%2E/x",
            "/./c",
            "/c/ü",
            "/c/a b",
            long.as_str(),
        ] {
            assert_eq!(local(other), None, "{other}");
        }
    }
}
