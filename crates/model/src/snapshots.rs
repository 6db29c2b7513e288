use serde::{Deserialize, Serialize};

use crate::{figures::Figure, format::Moment, settings::Setting, window::Window};

/// A page of a table's snapshots, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapshotPage {
    pub rows: Window<SnapshotRow>,
    /// Before the filter.
    pub total: usize,
    /// What the snapshots did, most often first.
    pub operations: Vec<(String, usize)>,
    pub timeline: Option<Timeline>,
    /// The catalog keeps one snapshot only.
    pub single: bool,
}

/// Two hundred of these are sent twice, as HTML and as JSON: they hold what the list shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapshotRow {
    pub id: String,
    pub at: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// `+1 200 −300`; empty when nothing changed.
    pub records: String,
    pub files: String,
    pub size: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<String>,
}

/// All that a snapshot says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapshotDetail {
    pub id: String,
    pub at: Option<Moment>,
    pub operation: Option<String>,
    pub current: bool,
    pub refs: Vec<String>,
    pub parent: Option<Parent>,
    /// Snapshots made from this one.
    pub children: Vec<String>,
    pub sequence_number: Option<String>,
    pub schema: Option<String>,
    pub manifest_list: Option<String>,
    /// Row lineage and encryption of format 3.
    pub first_row_id: Option<String>,
    pub added_rows: Option<String>,
    pub key_id: Option<String>,
    pub totals: Vec<Figure>,
    pub summary: Vec<Setting>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    pub id: String,
    /// False once it has expired.
    pub known: bool,
}

mod detail;
mod list;
mod timeline;

pub use timeline::Timeline;
