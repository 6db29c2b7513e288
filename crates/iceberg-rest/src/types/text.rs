//! Any value as text, with the digits that were sent: a float would lose some.

use serde::{Deserialize, Deserializer, de::DeserializeSeed};
use serde_json::value::RawValue;

/// Longest JSON that is kept of a value, in bytes.
pub(crate) const MAX_JSON: usize = 4096;

/// A text as it is; numbers, objects and lists as JSON. `null` is nothing.
pub(crate) struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(match raw.get().as_bytes().first() {
            Some(b'n') => None,
            Some(b'"') => Some(serde_json::from_str(raw.get()).map_err(serde::de::Error::custom)?),
            _ => Some(compact(raw.get())),
        })
    }
}

/// Any value as JSON without spaces, cut at [`MAX_JSON`].
pub(crate) fn json<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(compact(Box::<RawValue>::deserialize(deserializer)?.get()))
}

/// Valid JSON without spaces, its texts without needless escapes.
fn compact(json: &str) -> String {
    let mut compact = String::new();
    let mut rest = json;
    while let Some(first) = rest.bytes().next()
        && compact.len() <= MAX_JSON
    {
        let length = match first {
            b'"' => string_length(rest),
            _ => rest.find('"').unwrap_or(rest.len()),
        };
        let (part, after) = rest.split_at(length);
        match first {
            b'"' => match serde_json::from_str::<String>(part) {
                Ok(text) => {
                    let text = &text[..text.floor_char_boundary(MAX_JSON)];
                    compact.push_str(&serde_json::Value::from(text).to_string());
                }
                // Half of a surrogate pair is no text, and stays as it is.
                Err(_) => compact.push_str(part),
            },
            _ => compact.extend(part.chars().filter(|c| !c.is_ascii_whitespace())),
        }
        rest = after;
    }
    cut(compact)
}

/// Of the string that `json` begins with.
fn string_length(json: &str) -> usize {
    let mut escaped = true;
    let end = json.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(json.len(), |end| end + 1)
}

pub(crate) fn cut(mut json: String) -> String {
    if json.len() > MAX_JSON {
        json.truncate(json.floor_char_boundary(MAX_JSON));
        json.push('…');
        json.shrink_to_fit();
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Option<String> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        Text.deserialize(&mut deserializer).unwrap()
    }

    #[test]
    fn numbers_keep_the_digits_that_were_sent() {
        for number in [
            "1.5e18",
            "9007199254740993.0",
            "123456789012345678901234567890",
            "1E2",
            "-0.10",
            "9223372036854775808",
        ] {
            assert_eq!(text(number).as_deref(), Some(number));
            let list = text(&format!("[ {number} , {{\"a\" : {number}}}]"));
            assert_eq!(list, Some(format!("[{number},{{\"a\":{number}}}]")));
        }
    }

    #[test]
    fn texts_are_themselves_and_within_other_values_json() {
        assert_eq!(text("null"), None);
        assert_eq!(text("true").as_deref(), Some("true"));
        assert_eq!(
            text(r#""gr\u00fc\n \"x\"""#).as_deref(),
            Some("grü\n \"x\"")
        );
        let object = text(r#"{ "gr\u00fc , :" : [ "a \" b", "\\" , "\ud800" ] }"#);
        let expected = r#"{"grü , :":["a \" b","\\","\ud800"]}"#;
        assert_eq!(object.as_deref(), Some(expected));
        let long = text(&format!("[\"{}\"]", "é".repeat(MAX_JSON))).unwrap();
        assert!(long.len() <= MAX_JSON + '…'.len_utf8() && long.ends_with('…'));
    }
}
