//! Table metadata as written to a file (Iceberg spec, appendix C "Table Metadata").

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Metadata {
    pub format_version: u8,
    pub table_uuid: String,
    pub location: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_sequence_number: Option<u64>,
    pub last_updated_ms: i64,
    pub last_column_id: i32,
    /// The only schema and spec of a table that an old v1 writer made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition_spec: Option<Value>,
    #[serde(flatten)]
    pub versions: Option<Versions>,
    pub properties: BTreeMap<String, String>,
    /// -1 for a table without snapshots, as Java writes it.
    pub current_snapshot_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_row_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refs: Option<BTreeMap<String, Reference>>,
    pub snapshots: Vec<Snapshot>,
    pub statistics: Vec<Value>,
    pub partition_statistics: Vec<Value>,
    pub snapshot_log: Vec<SnapshotLog>,
    pub metadata_log: Vec<MetadataLog>,
}

/// What every writer but an old v1 one keeps: all schemas, specs and orders.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Versions {
    pub current_schema_id: usize,
    pub schemas: Vec<Value>,
    pub default_spec_id: usize,
    pub partition_specs: Vec<Value>,
    pub last_partition_id: usize,
    pub default_sort_order_id: usize,
    pub sort_orders: Vec<Value>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Reference {
    pub snapshot_id: i64,
    pub r#type: &'static str,
    #[serde(flatten)]
    pub retention: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Snapshot {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence_number: Option<u64>,
    pub snapshot_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_snapshot_id: Option<i64>,
    pub timestamp_ms: i64,
    pub summary: BTreeMap<&'static str, String>,
    pub manifest_list: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema_id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_row_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added_rows: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct SnapshotLog {
    pub timestamp_ms: i64,
    pub snapshot_id: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct MetadataLog {
    pub timestamp_ms: i64,
    pub metadata_file: String,
}
