use serde::{Deserialize, Serialize};

use crate::{figures::Figure, format::Moment};

/// A table at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    pub uuid: Option<String>,
    pub format_version: Option<i64>,
    pub location: Option<String>,
    pub metadata_location: Option<String>,
    pub updated: Option<Moment>,
    pub sequence_number: Option<String>,
    pub next_row_id: Option<String>,
    /// `None` for a table without data.
    pub snapshot: Option<CurrentSnapshot>,
    pub columns: usize,
    pub schemas: usize,
    pub specs: usize,
    pub sort_orders: usize,
    pub snapshots: usize,
    /// The catalog sent those only that branches and tags need.
    pub snapshots_partial: bool,
    pub branches: usize,
    pub tags: usize,
    pub properties: usize,
    pub encryption_keys: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurrentSnapshot {
    pub id: String,
    pub at: Option<Moment>,
    pub operation: Option<String>,
    pub totals: Vec<Figure>,
}

/// An earlier metadata file, or the current one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetadataFile {
    pub at: Option<Moment>,
    pub file: String,
    pub current: bool,
}

mod from_wire;
pub use from_wire::metadata_files;
