//! Branches and tags of a table.

mod change;

pub use change::{MAIN, held_alone, way};
use iceberg_rest::types::metadata::{SnapshotRef, TableMetadata};
use serde::{Deserialize, Serialize};

use crate::{format::Moment, window::Window};

/// Branches and tags of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefPage {
    /// A page of them.
    pub rows: Window<RefRow>,
    /// Why there is none; a sentence.
    pub none: Option<String>,
    /// The catalog has branches and tags of its own, in place of a table's.
    pub elsewhere: bool,
}

/// A branch or a tag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefRow {
    /// Unique in the table.
    pub name: String,
    /// `branch` or `tag`.
    pub kind: String,
    /// The id of the one that it points at.
    pub snapshot: String,
    /// When the snapshot was made.
    pub at: Option<Moment>,
    /// The metadata holds the snapshot.
    pub known: bool,
    /// How long the reference is kept, in ms; `None` where the table's properties decide.
    pub max_ref_age: Option<i64>,
    /// Of the snapshots on the branch, in ms.
    pub max_snapshot_age: Option<i64>,
    /// Of the snapshots on the branch: how many are kept, at least.
    pub min_snapshots: Option<i64>,
}

impl RefPage {
    const SIZE: usize = 200;

    /// `main` first, then branches before tags, each by name.
    pub fn new(metadata: &TableMetadata, page: usize) -> Self {
        let mut refs: Vec<_> = metadata.refs.iter().collect();
        refs.sort_by_key(|(name, to)| (*name != "main", to.kind != "branch"));
        Self {
            rows: Window::new(refs.len(), page, Self::SIZE, |index| {
                let (name, to) = refs[index];
                RefRow::new(metadata, name, to)
            }),
            elsewhere: false,
            none: refs
                .is_empty()
                .then(|| crate::oddities::without_current(metadata)),
        }
    }
}

impl RefRow {
    fn new(metadata: &TableMetadata, name: &str, to: &SnapshotRef) -> Self {
        let snapshot = metadata.snapshot(&to.snapshot_id);
        Self {
            name: name.to_owned(),
            kind: to.kind.clone(),
            snapshot: to.snapshot_id.to_string(),
            at: snapshot
                .and_then(|snapshot| snapshot.timestamp_ms)
                .map(Moment::from_ms),
            known: snapshot.is_some(),
            max_ref_age: to.max_ref_age_ms,
            max_snapshot_age: to.max_snapshot_age_ms,
            min_snapshots: to.min_snapshots_to_keep,
        }
    }

    /// The one of this name.
    pub fn named(metadata: &TableMetadata, name: &str) -> Option<Self> {
        let to = metadata.refs.get(name)?;
        Some(Self::new(metadata, name, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn main_then_branches_then_tags() {
        let metadata = serde_json::from_str(
            r#"{"refs": {
                "a-tag": {"snapshot-id": 8911484741085514726, "type": "tag", "max-ref-age-ms": 604800000},
                "dev": {"snapshot-id": 2, "type": "branch", "min-snapshots-to-keep": 5},
                "main": {"snapshot-id": 2, "type": "branch"}
            }}"#,
        )
        .unwrap();
        let page = RefPage::new(&metadata, 1);
        let names: Vec<_> = page.rows.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["main", "dev", "a-tag"]);
        assert_eq!(page.rows.rows[2].snapshot, "8911484741085514726");
        assert_eq!(page.rows.rows[2].max_ref_age, Some(604_800_000));
        assert_eq!(page.rows.rows[1].min_snapshots, Some(5));
        assert!(page.rows.rows.iter().all(|row| !row.known) && page.none.is_none());
    }

    #[test]
    fn no_branch_does_not_mean_that_nothing_was_written() {
        let none = |json| RefPage::new(&serde_json::from_str(json).unwrap(), 1).none;
        let older = none(r#"{"snapshots": [{"snapshot-id": 1}]}"#).unwrap();
        assert!(older.contains("1 older snapshot"), "{older}");
        assert!(none("{}").is_some_and(|why| why.contains("nothing has been written")));
        assert_eq!(
            none(r#"{"current-snapshot-id": 7}"#),
            None,
            "format 1 has a main too"
        );
    }
}
