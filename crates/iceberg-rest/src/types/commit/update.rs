use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::Reference;

/// What stands for the schema, spec, order or version that the same commit adds.
pub const LAST_ADDED: i32 = -1;

/// A change of a table or a view.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(
    tag = "action",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Update {
    /// The table is of this format version from then on.
    UpgradeFormatVersion {
        /// 1 to 3, never lower than it is.
        format_version: i32,
    },
    /// There is another schema.
    AddSchema {
        /// As metadata has it, with all that the one it starts from says.
        schema: Value,
        /// The highest field id that was ever given, with those of this schema. Deprecated by the specification,
        /// and demanded by Nessie. Not of views.
        #[serde(skip_serializing_if = "Option::is_none")]
        last_column_id: Option<i32>,
    },
    /// A schema becomes the one of writers.
    SetCurrentSchema {
        /// Its id, or [`LAST_ADDED`].
        schema_id: i32,
    },
    /// Schemas that nothing refers to go.
    RemoveSchemas {
        /// Their ids.
        schema_ids: Vec<i32>,
    },
    /// There is another partition spec.
    AddSpec {
        /// As metadata has it; the server gives ids.
        spec: Value,
    },
    /// A spec becomes the one of writers.
    SetDefaultSpec {
        /// Its id, or [`LAST_ADDED`].
        spec_id: i32,
    },
    /// Specs that no data is written by go.
    RemovePartitionSpecs {
        /// Their ids.
        spec_ids: Vec<i32>,
    },
    /// There is another sort order.
    AddSortOrder {
        /// As metadata has it.
        sort_order: Value,
    },
    /// An order becomes the one of writers.
    SetDefaultSortOrder {
        /// Its id, or [`LAST_ADDED`].
        sort_order_id: i32,
    },
    /// Snapshots leave the metadata; their files stay.
    RemoveSnapshots {
        /// Their ids: numbers, whatever a browser makes of such.
        snapshot_ids: Vec<i64>,
    },
    /// New files go elsewhere.
    SetLocation {
        /// The directory.
        location: String,
    },
    /// A snapshot's statistics leave the metadata.
    RemoveStatistics {
        /// The snapshot.
        snapshot_id: i64,
    },
    /// A snapshot's partition statistics leave the metadata.
    RemovePartitionStatistics {
        /// The snapshot.
        snapshot_id: i64,
    },
    /// Keys get values. Keys that are not named stay as they are.
    SetProperties {
        /// By key.
        updates: BTreeMap<String, String>,
    },
    /// Keys go.
    RemoveProperties {
        /// The keys.
        removals: BTreeSet<String>,
    },
    /// A branch or a tag is made, or points elsewhere. What of its retention is not given is gone.
    SetSnapshotRef {
        /// Its name.
        ref_name: String,
        /// What it is from then on.
        #[serde(flatten)]
        to: Reference,
    },
    /// A branch or a tag goes; its snapshots stay until they expire.
    RemoveSnapshotRef {
        /// Its name.
        ref_name: String,
    },
    /// There is another version of a view.
    AddViewVersion {
        /// As metadata has it.
        view_version: Value,
    },
    /// A version becomes the view.
    SetCurrentViewVersion {
        /// Its id, or [`LAST_ADDED`].
        view_version_id: i32,
    },
}
