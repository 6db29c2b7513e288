//! What other programs are configured with, as their vendors write it, read into connections.

mod duckdb;
mod flink;
mod hostile;
mod olake;
mod own;
mod polaris;
mod pyiceberg;
mod snippets;
mod spark;
mod trino;

use connection::{Found, Read, Source, read};

/// The one catalog of a text for a program.
pub fn only(source: Source, text: &str) -> Found {
    let mut read = all(source, text);
    assert_eq!(read.found.len(), 1, "{read:#?}");
    read.found.remove(0)
}

pub fn all(source: Source, text: &str) -> Read {
    let read = read(text).expect("it is read");
    assert_eq!(read.source, source);
    read
}

/// Settings as `key = value`, by the table's order, secrets and all.
pub fn lines(found: &Found) -> Vec<String> {
    let json = serde_json::to_value(&found.settings).expect("JSON");
    let object = json.as_object().expect("an object").clone();
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    object
        .iter()
        .map(|(key, value)| format!("{key} = {}", text(value)))
        .collect()
}

/// What was left, as `key: why`.
pub fn left(found: &Found) -> Vec<String> {
    let left = found.left.iter();
    left.map(|left| format!("{}: {}", left.key, left.why))
        .collect()
}
