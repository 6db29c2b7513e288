//! What a commit asks for, and what must still hold for it (specification, `CommitTableRequest` and
//! `CommitViewRequest`): of the updates and requirements there, those that Crowsnest makes.

mod requirement;
mod update;

use serde::Serialize;

use super::metadata::SnapshotRef;
pub use requirement::Requirement;
pub use update::{LAST_ADDED, Update};

/// A branch or a tag, as a commit writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reference {
    /// The snapshot that it points at: a number, whatever a browser makes of such.
    pub snapshot_id: i64,
    /// `branch` or `tag`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Age from which it expires itself, in ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_ref_age_ms: Option<i64>,
    /// Branches: age from which snapshots expire, in ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_snapshot_age_ms: Option<i64>,
    /// Branches: snapshots that expiry keeps, at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_snapshots_to_keep: Option<i64>,
}

impl Reference {
    /// One that is there, pointing at this snapshot, with the retention that it has.
    pub fn moved(from: &SnapshotRef, snapshot_id: i64) -> Self {
        Self {
            snapshot_id,
            kind: from.kind.clone(),
            max_ref_age_ms: from.max_ref_age_ms,
            max_snapshot_age_ms: from.max_snapshot_age_ms,
            min_snapshots_to_keep: from.min_snapshots_to_keep,
        }
    }
}
