//! A table at a glance.

use serde::{Deserialize, Serialize};

use crate::{figures::Figure, format::Moment};

/// A table at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Stays when the table is renamed.
    pub uuid: Option<String>,
    /// 1 to 3, or a newer one.
    pub format_version: Option<i64>,
    /// URI below which its files lie.
    pub location: Option<String>,
    /// URI of the metadata file.
    pub metadata_location: Option<String>,
    /// When the metadata was written.
    pub updated: Option<Moment>,
    /// The highest sequence number given so far.
    pub sequence_number: Option<String>,
    /// Format 3: the next row id to be given.
    pub next_row_id: Option<String>,
    /// `None` for a table without data.
    pub snapshot: Option<CurrentSnapshot>,
    /// What is odd about it, or missing in its metadata: sentences.
    pub notes: Vec<String>,
    /// Of the current schema, at the top level. `None` where the metadata does not hold that schema.
    pub columns: Option<usize>,
    /// The first of them, with their types: [`Overview::COLUMNS`] at most.
    pub first_columns: Vec<(String, String)>,
    /// How writers partition and sort it now; a sentence.
    pub layout: String,
    /// Every schema it has had.
    pub schemas: usize,
    /// Every partition spec it has had.
    pub specs: usize,
    /// Every sort order it has had.
    pub sort_orders: usize,
    /// Those in the metadata.
    pub snapshots: usize,
    /// The catalog sent those only that branches and tags need.
    pub snapshots_partial: bool,
    /// The catalog keeps earlier snapshots, branches and tags itself: the metadata tells of the newest alone.
    pub newest_only: bool,
    /// Of its references.
    pub branches: usize,
    /// Of its references.
    pub tags: usize,
    /// How many it has.
    pub properties: usize,
    /// Format 3: how many it has.
    pub encryption_keys: usize,
}

impl Overview {
    /// Columns that are shown at a glance.
    pub const COLUMNS: usize = 8;
}

/// The snapshot that readers see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurrentSnapshot {
    /// Unique in the table.
    pub id: String,
    /// The metadata holds it.
    pub known: bool,
    /// When it was made.
    pub at: Option<Moment>,
    /// `append`, `replace`, `overwrite`, `delete`, or another.
    pub operation: Option<String>,
    /// What the table holds.
    pub totals: Vec<Figure>,
}

/// An earlier metadata file, or the current one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetadataFile {
    /// When it was written.
    pub at: Option<Moment>,
    /// URI of the file.
    pub file: String,
    /// It is the current one.
    pub current: bool,
}

mod from_wire;
pub(crate) use from_wire::complete;
pub use from_wire::metadata_files;
