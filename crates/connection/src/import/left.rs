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

/// A text of somebody's file as it may be repeated: one line, not long, and without what nobody made up: a token may
/// stand alone on a line.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::new();
    let plain = text.trim().chars().filter(|c| !c.is_control());
    let plain: String = plain.take(SHOWN + 1).collect();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        match word {
            "" => shown.push(first),
            word if is_random(word) => shown.push('…'),
            word => shown.push_str(word),
        }
        rest = &rest[end.max(first.len_utf8())..];
    }
    if shown.chars().count() > SHOWN {
        shown = shown.chars().take(SHOWN).chain(['…']).collect();
    }
    shown
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || "+/=".contains(c)
}

/// Letters and digits, longer than names are.
fn is_random(word: &str) -> bool {
    word.len() >= 20
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().any(|b| b.is_ascii_alphabetic())
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

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_text_is_repeated_without_what_may_be_a_secret() {
        for (text, repeated) in [
            (
                " spark.sql.catalog.lake_2026.uri\n",
                "spark.sql.catalog.lake_2026.uri",
            ),
            ("eyJhbGciOiJIUzI1NiJ9.c2VjcmV0MTIzNDU2Nzg5MA==", "….…"),
            ("a\u{7}b\nc", "abc"),
            ("", ""),
        ] {
            assert_eq!(shown(text), repeated);
        }
        assert_eq!(shown(&"é ".repeat(200)).chars().count(), 101);
    }
}
