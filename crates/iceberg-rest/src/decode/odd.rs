//! What a reader of metadata passes over, named for people. Looked for only where something was.

use super::TWICE;
use crate::{
    types::lenient::as_integer,
    walk::{Token, Walk, each_double},
};

/// Lists of objects.
const LISTS: [&str; 14] = [
    "blob-metadata",
    "encryption-keys",
    "fields",
    "metadata-log",
    "partition-specs",
    "partition-statistics",
    "representations",
    "schemas",
    "snapshot-log",
    "snapshots",
    "sort-orders",
    "statistics",
    "version-log",
    "versions",
];

/// Objects by name.
const OBJECTS: [&str; 5] = ["defaults", "overrides", "properties", "refs", "summary"];

/// Integers that are no ids.
const INTEGERS: [&str; 8] = [
    "file-footer-size-in-bytes",
    "file-size-in-bytes",
    "format-version",
    "last-updated-ms",
    "max-ref-age-ms",
    "max-snapshot-age-ms",
    "min-snapshots-to-keep",
    "timestamp-ms",
];

/// The first `count`: keys that come twice in an object, `null` in lists, and what is of another kind than its field.
pub(super) fn oddities(text: &[u8], count: usize) -> Vec<String> {
    let mut found = doubled(text, count);
    let mut walk = Walk::new(text);
    while let Some(token) = walk.next()
        && found.len() < count
    {
        found.extend(misfit(&walk, &token));
    }
    found
}

/// The first `count` keys that come twice in an object.
pub(super) fn doubled(text: &[u8], count: usize) -> Vec<String> {
    let mut found = Vec::new();
    each_double(text, |_, walk| {
        if found.len() < count {
            found.push(walk.path() + TWICE);
        }
    });
    found
}

/// What is odd about the value that begins with a token.
fn misfit(walk: &Walk<'_>, token: &Token<'_>) -> Option<String> {
    let (opens, value): (_, &[u8]) = match token {
        Token::Open => (Some(walk.last_byte()), b""),
        Token::Scalar(value) => (None, value),
        _ => return None,
    };
    // What a token opens stands behind its own place.
    let depth = walk.depth() - usize::from(opens.is_some());
    let is_digits = |value: &[u8]| value.first().is_some_and(u8::is_ascii_digit);
    let of = |names: &[&str], depth| walk.key_at(depth).is_some_and(|key| names.contains(&key));
    let (is_item, is_null) = (walk.is_list_at(depth), value == b"null");
    let holds_objects = match is_item {
        // The `fields` of a sketch are ids.
        true => of(&LISTS, depth - 1) && !(is_digits(value) && of(&["fields"], depth - 1)),
        false => of(&OBJECTS, depth) || depth > 1 && of(&["refs"], depth - 1),
    };
    let odd = if is_null {
        (is_item || of(&["fields"], depth)).then(|| "is null".to_owned())
    } else if holds_objects {
        (opens != Some(b'{')).then(|| "is no object".to_owned())
    } else if of(&LISTS, depth) {
        (opens != Some(b'[')).then(|| "is no list".to_owned())
    } else if of(&INTEGERS, depth) {
        no_integer(value)
    } else {
        None
    };
    odd.map(|odd| format!("{} {odd}", walk.path_at(depth)))
}

/// That a value is none, with its digits where it has some.
fn no_integer(value: &[u8]) -> Option<String> {
    let value = str::from_utf8(value).ok()?.trim_matches('"');
    let is_number = value.len() <= 40 && value.parse::<f64>().is_ok_and(f64::is_finite);
    match as_integer(&value.into()) {
        Some(_) => None,
        None if is_number => Some(format!("is {value}, which is no 64-bit integer")),
        None => Some("is no integer".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::walk::{path, without_doubles};

    #[test]
    fn what_is_passed_over_is_named() {
        let text = br#"{"a":[1,null],"a":[null],"b":{"c":null,"c":2}}"#;
        let found = [
            "a stands twice",
            "b.c stands twice",
            "a[1] is null",
            "a[0] is null",
        ];
        assert_eq!(oddities(text, 9), found);
        assert_eq!(oddities(text, 3), found[..3]);
    }

    #[test]
    fn what_is_of_another_kind_than_its_field_is_named() {
        let text = br#"{"snapshots":[{"timestamp-ms":1.5e18},7,[]],"snapshot-log":{"a":1},"schemas":"x",
            "refs":{"main":{"type":"branch","max-ref-age-ms":"9223372036854775808"},"dev":"x","no":null},
            "properties":[],"last-updated-ms":{},"format-version":2.0,"statistics":null,
            "blob-metadata":[{"fields":[1,2]}]}"#;
        let found = [
            "snapshots[0].timestamp-ms is 1.5e18, which is no 64-bit integer",
            "snapshots[1] is no object",
            "snapshots[2] is no object",
            "snapshot-log is no list",
            "schemas is no list",
            "refs.main.max-ref-age-ms is 9223372036854775808, which is no 64-bit integer",
            "refs.dev is no object",
            "properties is no object",
            "last-updated-ms is no integer",
        ];
        assert_eq!(oddities(text, 20), found);
        for list in ["[]", "[1]"] {
            let text = format!(r#"{{"refs":{list}}}"#);
            assert_eq!(oddities(text.as_bytes(), 9), ["refs is no object"]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_breaks_it(text in r#"[\[\]{},:"\\ nul1\n]{0,60}"#, end in 0usize..70) {
            let text = text.as_bytes();
            without_doubles(text);
            oddities(text, 3);
            path(text, 1 + end % 3, end);
        }
    }
}
