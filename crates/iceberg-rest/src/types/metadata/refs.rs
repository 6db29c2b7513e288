use serde::Deserialize;

use crate::types::{Id, lenient};

/// A branch or a tag, with its retention.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SnapshotRef {
    /// The snapshot that it points at.
    #[serde(default)]
    pub snapshot_id: Id,
    /// `branch` or `tag`, in lower case.
    #[serde(default, rename = "type", deserialize_with = "lenient::string")]
    pub kind: String,
    /// Branches: snapshots that expiry keeps, at least.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub min_snapshots_to_keep: Option<i64>,
    /// Branches: age from which snapshots expire, ms.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub max_snapshot_age_ms: Option<i64>,
    /// Age from which the reference itself expires, ms; `main` never does.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub max_ref_age_ms: Option<i64>,
}

impl SnapshotRef {
    /// A branch, without a retention of its own.
    pub(super) fn branch(snapshot_id: Id) -> Self {
        Self {
            snapshot_id,
            kind: "branch".to_owned(),
            ..Self::default()
        }
    }
}
