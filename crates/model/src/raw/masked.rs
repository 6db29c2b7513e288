use std::{borrow::Cow, ops::Range};

use iceberg_rest::secret;

use super::pretty::{scalar_end, string_end};
use crate::shown::{Reveal, Shown, plain};

/// A document and how many of its values are masked.
pub struct Masked<'a> {
    /// The document, with masks in it.
    pub json: Cow<'a, str>,
    /// How many were masked.
    pub values: usize,
}

/// What holds keys and values that somebody chose. `updates` is in a request: an object of them, or a list of changes.
const FREE: [&str; 3] = ["properties", "summary", "updates"];

/// An object or array that is not closed yet.
#[derive(Clone, Copy, Default)]
struct Level {
    is_object: bool,
    /// Its members are somebody's own: properties, or what stands in them.
    free: bool,
}

/// Where in a document a token stands.
#[derive(Default)]
pub(super) struct Walk {
    around: Vec<Level>,
    level: Level,
    /// That of the value which comes next.
    pub key: String,
    pub expects_key: bool,
}

impl Walk {
    /// Objects and arrays that are open.
    pub fn depth(&self) -> usize {
        self.around.len()
    }

    /// One of `{}[],:`; anything else is white space.
    pub fn step(&mut self, byte: u8) {
        match byte {
            b'{' | b'[' => {
                self.around.push(self.level);
                let named = self.level.is_object && FREE.contains(&self.key.as_str());
                let free = self.level.free || named;
                self.level = Level {
                    is_object: byte == b'{',
                    free: free && (byte == b'{' || self.level.free),
                };
                self.expects_key = self.level.is_object;
            }
            b'}' | b']' => {
                self.level = self.around.pop().unwrap_or_default();
                self.key.clear();
            }
            b',' => self.expects_key = self.level.is_object,
            b':' => self.expects_key = false,
            _ => {}
        }
    }

    /// What is shown in the place of a value, where that is not the value itself.
    pub fn shown(&self, token: &str, reveal: &Reveal) -> Option<String> {
        let shown = judged(self.level, &self.key, &text(token), reveal);
        let masked = shown.whole().is_none();
        masked.then(|| serde_json::Value::from(shown.text()).to_string())
    }
}

/// `json` with those values masked that a page of properties would mask: in `properties` and in the
/// `summary` of a snapshot. Elsewhere users and passwords of locations, and what is called and looks like a
/// key. No other byte is touched.
pub fn masked<'a>(json: &'a str, reveal: &Reveal) -> Masked<'a> {
    let bytes = json.as_bytes();
    let mut walk = Walk::default();
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        match byte {
            b'"' if walk.expects_key => {
                at = string_end(bytes, at);
                walk.key = text(&json[start..at]);
            }
            byte if is_between(byte) => {
                walk.step(byte);
                at += 1;
            }
            _ => {
                at = match byte {
                    b'"' => string_end(bytes, at),
                    _ => scalar_end(bytes, at).max(at + 1),
                };
                if let Some(shown) = walk.shown(&json[start..at], reveal) {
                    found.push((start..at, shown));
                }
            }
        }
    }
    let values = found.len();
    Masked {
        json: replaced(json, found),
        values,
    }
}

/// What stands between keys and values.
pub(super) fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"{}[],:".contains(&byte)
}

fn judged(level: Level, key: &str, value: &str, reveal: &Reveal) -> Shown {
    if level.free {
        return Shown::new(key, value, reveal);
    }
    if reveal.asks_for(key) {
        return Shown::Whole(value.to_owned());
    }
    // `key` and `key-id` are ids and types of maps, and names of keys.
    let is_id = ["key", "key-id"].contains(&key) || value == "null";
    if secret::names_a_secret(key) && (!is_id || secret::looks_like_a_key(value)) {
        return Shown::Masked;
    }
    match plain(value) {
        text if text == value => Shown::Whole(text),
        part => Shown::Part(part),
    }
}

/// What a string stands for; anything else as it is written.
pub(super) fn text(token: &str) -> String {
    serde_json::from_str(token).unwrap_or_else(|_| token.to_owned())
}

fn replaced(json: &str, found: Vec<(Range<usize>, String)>) -> Cow<'_, str> {
    if found.is_empty() {
        return json.into();
    }
    let mut text = String::with_capacity(json.len());
    let mut at = 0;
    for (place, shown) in found {
        text.push_str(&json[at..place.start]);
        text.push_str(&shown);
        at = place.end;
    }
    text.push_str(&json[at..]);
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shown::MASKED;

    fn of(json: &str) -> (String, usize) {
        let masked = masked(json, &Reveal::default());
        (masked.json.into_owned(), masked.values)
    }

    #[test]
    fn values_of_properties_and_summaries_are_masked_and_nothing_else() {
        let json = r#"{"location": "s3://a:b@c/d", "door": "hunter2", "n": 9223372036854775808,
            "properties": {"owner":"me", "door" : "hunter2", "pin": 4711, "deep": {"door": ["hunter2"]}},
            "snapshots": [{"summary": {"operation": "append", "jdbc.password": "hun\"ter2"}}, {"door": "x"}],
            "type": {"key": "string", "key-id": 3}, "statistics": [{"key-metadata": "c2hvcnQ="}, {"key-metadata": null}],
            "encryption-keys": [{"key-id": "1", "encrypted-key-metadata": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}]}"#;
        let (text, values) = of(json);
        let expected = json
            .replace("s3://a:b@", "s3://[masked]@")
            .replace(r#""door" : "hunter2""#, r#""door" : "[masked]""#)
            .replace("4711", r#""[masked]""#)
            .replace(r#"["hunter2"]"#, r#"["[masked]"]"#)
            .replace(r#""hun\"ter2""#, r#""[masked]""#)
            .replace("c2hvcnQ=", MASKED)
            .replace("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", MASKED);
        assert_eq!((text, values), (expected, 7));
    }

    #[test]
    fn a_credential_is_masked_wherever_it_stands() {
        let json = r#"{"fields": [{"doc": "password=hunter2"}, {"doc": "an id"}],
            "manifest-list": "https://lake/1?sig=abc"}"#;
        let expected = json
            .replace("password=hunter2", MASKED)
            .replace("sig=abc", MASKED);
        assert_eq!(of(json), (expected, 2));
    }

    #[test]
    fn of_a_commit_the_properties_alone_are_somebody_s_own() {
        let json = r#"{"requirements": [{"type": "assert-ref-snapshot-id", "snapshot-id": 7632946500881206207}],
            "updates": [{"action": "set-properties", "updates": {"door": "hunter2", "owner": "me"}},
                {"action": "set-snapshot-ref", "ref-name": "a", "snapshot-id": 7632946500881206207}]}"#;
        assert_eq!(of(json), (json.replace("hunter2", MASKED), 1));
    }

    #[test]
    fn what_follows_an_empty_summary_is_no_part_of_it() {
        let json =
            r#"{"snapshots": [{"summary": {}}, {"manifest-list": "s3://b/m", "snapshot-id": 7}]}"#;
        assert_eq!(of(json), (json.to_owned(), 0));
    }

    #[test]
    fn what_is_asked_for_is_the_document_itself() {
        let json = r#"{"properties": {"door": "hunter2", "pin": "4711"}}"#;
        let reveal = |query| Reveal::of(query);
        assert_eq!(masked(json, &reveal("reveal=*")).json, json);
        let one = masked(json, &reveal("reveal=door"));
        assert_eq!(
            one.json,
            r#"{"properties": {"door": "hunter2", "pin": "[masked]"}}"#
        );
    }

    #[test]
    fn what_is_no_json_ends_too() {
        for text in [
            "",
            "\"open",
            "]}",
            "{\"a\":",
            "\\",
            "é",
            "[\"\\",
            "{\"properties\":{\"a\":\"b",
        ] {
            of(text);
        }
    }
}
