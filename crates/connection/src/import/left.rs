//! What was not taken, and why.

use super::{Read, Why};

/// A key that was not taken. Holds no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// As the text has it, shortened where it is long.
    pub key: String,
    /// Why.
    pub why: Why,
}

/// Longest key as it is shown, in characters.
const SHOWN: usize = 100;
/// Shorter secrets are words of keys, too.
const SHORTEST_SECRET: usize = 6;

impl Left {
    pub(super) fn new(key: &str, why: Why) -> Self {
        Self {
            key: shown(key),
            why,
        }
    }
}

/// A text of somebody's file as it may be repeated: one line, not long.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(SHOWN)
        .collect();
    if text.trim().chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

/// A secret may have been pasted as a key, or twice: it does not show among what was left.
pub(super) fn hush(read: &mut Read) {
    let secrets: Vec<String> = read
        .found
        .iter()
        .flat_map(|found| found.settings.secrets().into_values())
        .filter(|secret| secret.len() >= SHORTEST_SECRET)
        .collect();
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let all = read.found.iter_mut().flat_map(|found| &mut found.left);
    for left in all.chain(&mut read.left) {
        left.key = destination::hushed(&left.key, &secrets);
        if let Why::NotRest(text) | Why::Twice(text) = &mut left.why {
            *text = destination::hushed(text, &secrets);
        }
    }
}
