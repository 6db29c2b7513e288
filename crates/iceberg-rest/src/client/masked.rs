use serde_json::Value;

use crate::mask::MASKED;

/// Where [`MASKED`] stands in the body of a change: the keys that lead there. `None` where it does not.
pub(super) fn place(json: &[u8]) -> Option<String> {
    let masked = MASKED.as_bytes();
    if !json.windows(masked.len()).any(|part| part == masked) {
        return None;
    }
    let keys = serde_json::from_slice(json)
        .ok()
        .and_then(|body| within(&body));
    Some(match keys.as_deref() {
        Some([]) | None => "it".to_owned(),
        Some(keys) => format!("`{}`", keys.join("` › `")),
    })
}

/// The keys that lead to it; a key that holds it is the last.
fn within(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => text.contains(MASKED).then(Vec::new),
        Value::Array(items) => items.iter().find_map(within),
        Value::Object(fields) => fields.iter().find_map(|(key, value)| {
            let mut keys = match key.contains(MASKED) {
                true => Vec::new(),
                false => within(value)?,
            };
            keys.insert(0, key.clone());
            Some(keys)
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn the_keys_that_lead_to_it_are_named() {
        for (body, expected) in [
            (r#"{"name":"masked"}"#, None),
            (
                r#"{"catalog":{"properties":{"a":"b","s3.secret":"jdbc:[masked]@h"}}}"#,
                Some("`catalog` › `properties` › `s3.secret`"),
            ),
            (r#"{"a":[0,{"b":["x","[masked]"]}]}"#, Some("`a` › `b`")),
            (r#"{"p":{"[masked]":1}}"#, Some("`p` › `[masked]`")),
            (r#""[masked]""#, Some("it")),
        ] {
            assert_eq!(place(body.as_bytes()).as_deref(), expected, "{body}");
        }
    }
}
