//! What two JSON bodies have in common when only their values differ.

use std::collections::BTreeSet;

use serde_json::Value;

/// Objects whose keys are data of the seed rather than of the protocol.
const OPEN: [&str; 4] = ["properties", "summary", "refs", "all-properties"];

/// Every path of keys, with `[]` for the items of a list.
pub fn of(value: &Value) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    walk(value, String::new(), &mut paths);
    paths
}

fn walk(value: &Value, path: String, paths: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                let below = format!("{path}.{key}");
                paths.insert(below.clone());
                if !OPEN.contains(&key.as_str()) {
                    walk(inner, below, paths);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                walk(item, format!("{path}[]"), paths);
            }
        }
        _ => {}
    }
}
