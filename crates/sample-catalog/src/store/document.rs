//! A metadata file: the JSON text that a real catalog keeps in object storage.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};
use uuid::Uuid;

/// Metadata of a table or a view, with the address of its file.
#[derive(Debug)]
pub(crate) struct Document {
    /// `metadata-location`.
    pub location: String,
    /// The whole file. Kept as text: exact to the last digit, and small.
    pub json: Box<str>,
}

/// Which snapshots an answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Snapshots {
    /// As stored.
    All,
    /// Those that a branch or tag points to (`snapshots=refs`).
    Refs,
    /// The current one: Nessie keeps history in its own commits.
    Current,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Reference {
    snapshot_id: i64,
    r#type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct SnapshotId {
    snapshot_id: i64,
}

type Fields<'a> = IndexMap<&'a str, &'a RawValue>;

impl Document {
    /// Serialises `metadata` in a stable order, so that equal metadata is equal text.
    pub fn new(location: String, metadata: &impl Serialize) -> serde_json::Result<Self> {
        let mut value = serde_json::to_value(metadata)?;
        if let Some(fields) = value.as_object_mut() {
            complete(fields);
        }
        sort_lists(&mut value);
        for key in ["properties", "refs"] {
            if let Some(entries) = value.get_mut(key).and_then(Value::as_object_mut) {
                entries.sort_keys();
            }
        }
        Ok(Self {
            location,
            json: value.to_string().into(),
        })
    }

    /// The text with only the snapshots asked for.
    pub fn select(&self, snapshots: Snapshots) -> serde_json::Result<Box<RawValue>> {
        if snapshots == Snapshots::All {
            return RawValue::from_string(self.json.to_string());
        }
        let mut fields: Fields = serde_json::from_str(&self.json)?;
        let current: Option<i64> = field(&fields, "current-snapshot-id")?.flatten();
        let mut refs: IndexMap<String, Reference> = field(&fields, "refs")?.unwrap_or_default();
        if snapshots == Snapshots::Current {
            refs.retain(|name, _| name == "main");
        }
        let kept: HashSet<i64> = refs
            .values()
            .map(|r| r.snapshot_id)
            .chain(current)
            .collect();
        let mut list: Vec<&RawValue> = field(&fields, "snapshots")?.unwrap_or_default();
        list.retain(|raw| {
            serde_json::from_str::<SnapshotId>(raw.get())
                .is_ok_and(|s| kept.contains(&s.snapshot_id))
        });

        let list = serde_json::value::to_raw_value(&list)?;
        let refs = serde_json::value::to_raw_value(&refs)?;
        let empty = serde_json::value::to_raw_value::<[u8; 0]>(&[])?;
        if fields.contains_key("snapshots") {
            fields.insert("snapshots", &list);
        }
        if snapshots == Snapshots::Current {
            fields.insert("refs", &refs);
            fields.insert("snapshot-log", &empty);
            fields.insert("metadata-log", &empty);
        }
        serde_json::value::to_raw_value(&fields)
    }

    /// The same without what is empty, but for `refs` and what format 1 must have.
    pub fn without_empty(metadata: &RawValue) -> serde_json::Result<Box<RawValue>> {
        let mut fields: Fields = serde_json::from_str(metadata.get())?;
        fields.retain(|key, raw| {
            ["refs", "partition-spec"].contains(key)
                || !matches!(raw.get(), "{}" | "[]" | "-1" | "null")
        });
        serde_json::value::to_raw_value(&fields)
    }

    /// The same with more properties.
    pub fn with_properties(
        metadata: &RawValue,
        more: Vec<(&str, String)>,
    ) -> serde_json::Result<Box<RawValue>> {
        let mut fields: Fields = serde_json::from_str(metadata.get())?;
        let own: Option<IndexMap<String, String>> = field(&fields, "properties")?;
        let more = more.into_iter().map(|(key, value)| (key.to_owned(), value));
        let all: IndexMap<_, _> = own.into_iter().flatten().chain(more).collect();
        let all = serde_json::value::to_raw_value(&all)?;
        fields.insert("properties", &all);
        serde_json::value::to_raw_value(&fields)
    }

    /// Where the next version of this file goes: the number before the first dash, plus one.
    pub fn next_location(&self) -> String {
        let (folder, file) = self
            .location
            .rsplit_once('/')
            .unwrap_or(("", &self.location));
        let version = file
            .split('-')
            .next()
            .and_then(|number| number.parse::<u32>().ok())
            .unwrap_or(0);
        metadata_location(folder, version + 1)
    }
}

/// `folder` is the `metadata` folder of a table or view.
fn metadata_location(folder: &str, version: u32) -> String {
    format!("{folder}/{version:05}-{}.metadata.json", Uuid::new_v4())
}

/// The file of a table or view that has just been created at `location`.
pub(crate) fn first_metadata_location(location: &str) -> String {
    metadata_location(&format!("{}/metadata", location.trim_end_matches('/')), 0)
}

fn field<'a, T: Deserialize<'a>>(fields: &Fields<'a>, name: &str) -> serde_json::Result<Option<T>> {
    fields
        .get(name)
        .map(|raw| serde_json::from_str(raw.get()))
        .transpose()
}

/// The metadata model keeps these in hash maps, so they come out in any order.
fn sort_lists(metadata: &mut Value) {
    for (list, key) in [
        ("schemas", "schema-id"),
        ("partition-specs", "spec-id"),
        ("sort-orders", "order-id"),
        ("snapshots", "timestamp-ms"),
        ("statistics", "snapshot-id"),
        ("partition-statistics", "snapshot-id"),
        ("versions", "version-id"),
    ] {
        if let Some(items) = metadata.get_mut(list).and_then(Value::as_array_mut) {
            items.sort_by_key(|item| (item["sequence-number"].as_i64(), item[key].as_i64()));
        }
    }
}

/// Writes out what is empty, as the Java library does; the metadata model leaves it away.
fn complete(fields: &mut serde_json::Map<String, Value>) {
    if !fields.contains_key("table-uuid") {
        return;
    }
    for key in ["properties", "refs"] {
        fields.entry(key).or_insert_with(|| json!({}));
    }
    for key in [
        "snapshots",
        "statistics",
        "partition-statistics",
        "snapshot-log",
        "metadata-log",
    ] {
        fields.entry(key).or_insert_with(|| json!([]));
    }
    let current = fields.entry("current-snapshot-id").or_insert(Value::Null);
    if current.is_null() {
        *current = json!(-1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document::new(
            "s3://b/t/metadata/00007-x.metadata.json".into(),
            &json!({"current-snapshot-id": 9007199254740993i64, "refs": {
                    "main": {"snapshot-id": 9007199254740993i64, "type": "branch"},
                    "old": {"snapshot-id": 2, "type": "tag"}},
                "snapshots": [{"snapshot-id": 9007199254740993i64, "sequence-number": 3},
                    {"snapshot-id": 1, "sequence-number": 1}, {"snapshot-id": 2, "sequence-number": 2}]}),
        )
        .expect("serialises")
    }

    fn ids(snapshots: Snapshots) -> Vec<i64> {
        let text = document().select(snapshots).expect("selects");
        let value: Value = serde_json::from_str(text.get()).expect("is JSON");
        value["snapshots"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|s| s["snapshot-id"].as_i64())
            .collect()
    }

    #[test]
    fn selects_snapshots_without_losing_a_digit() {
        assert_eq!(ids(Snapshots::All), [1, 2, 9007199254740993]);
        assert_eq!(ids(Snapshots::Refs), [2, 9007199254740993]);
        assert_eq!(ids(Snapshots::Current), [9007199254740993]);
    }

    #[test]
    fn next_location_counts_up() {
        assert!(
            document()
                .next_location()
                .starts_with("s3://b/t/metadata/00008-")
        );
    }
}
