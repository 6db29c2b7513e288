//! What of a catalog's properties and settings goes to a page: what is known to be harmless. The rest is
//! masked until somebody who may read secrets asks for it, key by key.

mod reveal;

use serde::{Deserialize, Serialize};

pub use reveal::Reveal;

/// The key of an address whose values are the keys to show: `?reveal=team`.
pub const REVEAL: &str = "reveal";
/// As a value of [`REVEAL`]: all keys.
pub const ALL: &str = "*";
/// What stands in the place of a masked text.
pub const MASKED: &str = "[masked]";

/// A value, as far as it is shown. What is masked is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// All of it.
    Whole(String),
    /// Without what is secret in it: an address without its user and password.
    Part(String),
    /// Nothing of it.
    Masked,
}

impl Shown {
    /// The value itself.
    pub fn whole(&self) -> Option<&str> {
        match self {
            Self::Whole(text) => Some(text),
            Self::Part(_) | Self::Masked => None,
        }
    }

    /// What people see.
    pub fn text(&self) -> &str {
        match self {
            Self::Whole(text) | Self::Part(text) => text,
            Self::Masked => MASKED,
        }
    }

    /// Whether what people see holds `filter`, which is in lower case.
    pub fn holds(&self, filter: &str) -> bool {
        *self != Self::Masked && self.text().to_lowercase().contains(filter)
    }
}

mod judge {
    use std::{collections::HashMap, sync::LazyLock};

    use iceberg_rest::secret;

    use super::{MASKED, Reveal, Shown};

    /// Longer values are not judged: nobody reads them in a table.
    const LONGEST: usize = 64 * 1024;

    /// How a key is known.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Known {
        Plain,
        /// Its value may be a digest.
        Id,
    }

    #[derive(Default)]
    struct Keys {
        exact: HashMap<&'static str, Known>,
        /// Beginning and end, and whether the name may speak of a secret.
        patterns: Vec<(&'static str, &'static str, bool)>,
    }

    static KEYS: LazyLock<Keys> = LazyLock::new(|| {
        let lines = include_str!("shown/keys.txt").lines();
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut keys = Keys::default();
        for line in lines {
            let (key, known) = match line.strip_suffix(" id") {
                Some(key) => (key, Known::Id),
                None => (line, Known::Plain),
            };
            match key.split_once('*') {
                Some((start, end)) => {
                    let any = end.starts_with('*');
                    keys.patterns
                        .push((start, end.trim_start_matches('*'), any));
                }
                None => drop(keys.exact.insert(key, known)),
            }
        }
        keys
    });

    fn known(key: &str) -> Option<Known> {
        let key = key.to_ascii_lowercase().replace('_', "-");
        // Iceberg's clients: properties of every table that a catalog creates.
        let key = [
            "table-default.",
            "table-override.",
            "view-default.",
            "view-override.",
        ]
        .iter()
        .find_map(|before| key.strip_prefix(before))
        .unwrap_or(&key);
        if let Some(known) = KEYS.exact.get(key) {
            return Some(*known);
        }
        let matches = |(start, end, any): &&(&str, &str, bool)| {
            key.len() > start.len() + end.len()
                && key.starts_with(start)
                && key.ends_with(end)
                && (*any || !secret::names_a_secret(key))
        };
        KEYS.patterns.iter().find(matches).map(|_| Known::Plain)
    }

    impl Shown {
        /// The value of a property or setting: whole where its key is known to be harmless and it does not
        /// look like a key itself.
        pub fn new(key: &str, value: &str, reveal: &Reveal) -> Self {
            let tells_nothing = value.is_empty()
                || ["true", "false"]
                    .iter()
                    .any(|it| value.eq_ignore_ascii_case(it));
            if tells_nothing || reveal.asks_for(key) {
                return Self::Whole(value.to_owned());
            }
            let is_key = match known(key) {
                _ if value.len() > LONGEST => true,
                None => true,
                Some(Known::Plain) => secret::looks_like_a_key(value),
                Some(Known::Id) => secret::has_known_form(value),
            };
            if is_key {
                return Self::Masked;
            }
            match secret::without_userinfo(value) {
                Some(part) => Self::Part(part),
                None => Self::Whole(value.to_owned()),
            }
        }
    }

    /// A location, a comment, or whatever else is no property: what carries a credential is masked, of an
    /// address its user and password, or its query.
    pub fn plain(text: &str) -> String {
        if text.len() > LONGEST || secret::has_known_form(text) {
            return match text.split_once('?') {
                Some((before, _)) if is_location(before) => format!("{}?{MASKED}", plain(before)),
                _ => MASKED.to_owned(),
            };
        }
        secret::without_userinfo(text).unwrap_or_else(|| text.to_owned())
    }

    fn is_location(text: &str) -> bool {
        text.contains("://") && !text.contains(char::is_whitespace)
    }
}

pub use judge::plain;

#[cfg(test)]
mod tests;
