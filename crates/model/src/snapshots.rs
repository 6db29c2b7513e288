//! Snapshots of a table: a list of them, and each in full.

use serde::{Deserialize, Serialize};

use crate::{figures::Figure, format::Moment, settings::Setting, window::Window};

/// A page of a table's snapshots, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapshotPage {
    /// A page of those that the filter lets through.
    pub rows: Window<SnapshotRow>,
    /// Before the filter.
    pub total: usize,
    /// What the snapshots did, most often first.
    pub operations: Vec<(String, usize)>,
    /// When they were made; `None` where there is no span of time to divide.
    pub timeline: Option<Timeline>,
    /// The catalog keeps one snapshot only.
    pub single: bool,
    /// Why there is none; a sentence.
    pub none: Option<String>,
    /// The span of time that they are chosen by, where there is one; a sentence.
    pub within: Option<String>,
    /// Why these are not all; a sentence.
    pub partial: Option<String>,
}

/// Two hundred of these are sent twice, as HTML and as JSON: they hold what the list shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapshotRow {
    /// Unique in the table; text, as it exceeds what the browser counts exactly.
    pub id: String,
    /// When it was made.
    pub at: Option<Moment>,
    /// `append`, `replace`, `overwrite`, `delete`, or another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// `+1 200 −300`; empty when nothing changed.
    pub records: String,
    /// Likewise, of data files.
    pub files: String,
    /// Likewise, of their sizes.
    pub size: String,
    /// The id of the snapshot that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The id of the schema that was current.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Branches and tags that point at it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refs: Vec<String>,
    /// Its row in the drawing of the branches, where they are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<LaneRow>,
}

/// All that a snapshot says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapshotDetail {
    /// Unique in the table.
    pub id: String,
    /// When it was made.
    pub at: Option<Moment>,
    /// `append`, `replace`, `overwrite`, `delete`, or another.
    pub operation: Option<String>,
    /// Readers see it.
    pub current: bool,
    /// The id of the one that readers see, where the metadata holds it.
    pub current_id: Option<String>,
    /// Branches and tags that point at it.
    pub refs: Vec<String>,
    /// The snapshot that it was made from.
    pub parent: Option<Parent>,
    /// Snapshots made from this one.
    pub children: Vec<String>,
    /// Only snapshots at branches and tags were read: others are not known.
    pub partial: bool,
    /// Its place in the order of commits.
    pub sequence_number: Option<String>,
    /// The id of the schema that was current.
    pub schema: Option<String>,
    /// URI of the Avro file that lists its manifests.
    pub manifest_list: Option<String>,
    /// Row lineage and encryption of format 3.
    pub first_row_id: Option<String>,
    /// How many rows were added.
    pub added_rows: Option<String>,
    /// The key that its manifest list is encrypted with.
    pub key_id: Option<String>,
    /// What the table held after it.
    pub totals: Vec<Figure>,
    /// All that its summary says.
    pub summary: Vec<Setting>,
}

/// The snapshot that another was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// Unique in the table.
    pub id: String,
    /// False once it has expired.
    pub known: bool,
}

mod ancestry;
mod comparison;
mod detail;
pub mod expire;
mod lanes;
mod list;
mod timeline;

pub(crate) use ancestry::{Ancestry, pointing};
pub use comparison::{Between, Comparison, Side};
pub(crate) use comparison::{UNTOLD, engine};
pub use lanes::LaneRow;
pub use timeline::Timeline;
