use std::cmp::Ordering;

use serde::Deserialize;

use crate::types::{Id, Strings, lenient};

/// The state of a table after one commit.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Snapshot {
    /// Unique in the table.
    #[serde(default)]
    pub snapshot_id: Id,
    /// The snapshot that it was made from.
    #[serde(default)]
    pub parent_snapshot_id: Option<Id>,
    /// Absent in format 1.
    #[serde(default)]
    pub sequence_number: Option<Id>,
    /// When it was made: Unix time, ms.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub timestamp_ms: Option<i64>,
    /// URI of the Avro file that lists its manifests.
    #[serde(default, deserialize_with = "lenient::text")]
    pub manifest_list: Option<String>,
    /// `operation` and counters; every value is text.
    #[serde(default)]
    pub summary: Strings,
    /// The schema that was current when it was made.
    #[serde(default)]
    pub schema_id: Option<Id>,
    /// Format 3: row lineage.
    #[serde(default)]
    pub first_row_id: Option<Id>,
    /// Format 3: rows that it adds.
    #[serde(default)]
    pub added_rows: Option<Id>,
    /// Format 3: the key that its manifest list is encrypted with.
    #[serde(default, deserialize_with = "lenient::text")]
    pub key_id: Option<String>,
}

impl Snapshot {
    /// `append`, `replace`, `overwrite`, `delete`, or what else the writer called it.
    pub fn operation(&self) -> Option<&str> {
        self.summary.get("operation")
    }

    /// Oldest first. Sequence numbers alone do not tell snapshots of format 1 apart: there they are all 0.
    pub(super) fn by_age(a: &Self, b: &Self) -> Ordering {
        let sequence = |snapshot: &Self| {
            snapshot
                .sequence_number
                .as_ref()
                .and_then(Id::exact)
                .unwrap_or(0)
        };
        let key = |snapshot: &Self| (sequence(snapshot), snapshot.timestamp_ms);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.snapshot_id.cmp(&b.snapshot_id))
    }
}

/// When a snapshot became current.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SnapshotLogEntry {
    /// Unix time, ms.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub timestamp_ms: Option<i64>,
    /// The snapshot that became current.
    #[serde(default)]
    pub snapshot_id: Id,
}

/// An earlier metadata file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct MetadataLogEntry {
    /// When it was current last: Unix time, ms.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub timestamp_ms: Option<i64>,
    /// URI of the file.
    #[serde(default, deserialize_with = "lenient::string")]
    pub metadata_file: String,
}
