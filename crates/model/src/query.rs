//! The query of an address, read from its raw text.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// As it stands in an address.
pub(crate) fn encode(text: &str) -> impl fmt::Display + '_ {
    utf8_percent_encode(text, UNRESERVED)
}

/// `+` is a space, as HTML forms write it.
fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

/// The query of an address: pairs in order, keys may repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Of an address: with or without its `?`.
    pub fn parse(search: &str) -> Self {
        let search = search.strip_prefix('?').unwrap_or(search);
        Self(
            search
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| {
                    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decode(key), decode(value))
                })
                .collect(),
        )
    }

    /// The first non-empty value of `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.all(key).find(|value| !value.is_empty())
    }

    /// Every value of `key`, in order.
    pub fn all<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// Replaces every value of `key` by `value`; an empty value removes the key.
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.0.retain(|(name, _)| name != key);
        self.and(key, value)
    }

    /// Adds a value to those that `key` has.
    pub fn and(mut self, key: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.0.push((key.into(), value.into()));
        }
        self
    }

    /// Like [`Query::with`], but an empty value stays: it says that nothing is chosen.
    pub fn said(mut self, key: &str, value: &str) -> Self {
        self.0.retain(|(name, _)| name != key);
        self.0.push((key.into(), value.into()));
        self
    }

    /// [`Query::get`], empty where there is nothing.
    pub fn text(&self, key: &str) -> String {
        self.get(key).unwrap_or_default().to_owned()
    }

    /// The page of a list that `page=` names; the first for anything that is no such number.
    pub fn page(&self) -> usize {
        self.get("page")
            .and_then(|page| page.parse().ok())
            .unwrap_or(1)
            .max(1)
    }

    /// All pairs, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The current page with this query instead of its own.
    pub fn link(&self) -> String {
        if self.0.is_empty() {
            "?".into()
        } else {
            self.to_string()
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (key, value)) in self.0.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            write!(f, "{mark}{}={}", encode(key), encode(value))?;
        }
        Ok(())
    }
}
