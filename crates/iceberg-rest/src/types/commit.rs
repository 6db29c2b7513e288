//! What a commit asks for, and what must still hold for it (specification, `CommitTableRequest` and
//! `CommitViewRequest`): of the updates and requirements there, those that Crowsnest makes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    ViewMetadata,
    metadata::{SnapshotRef, TableMetadata},
};

/// A change of a table or a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "action",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Update {
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
}

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

/// What must hold when a commit is made: where it does not, the server refuses all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Requirement {
    /// It is the same table.
    AssertTableUuid {
        /// Of the table as it was read.
        uuid: String,
    },
    /// It is the same view.
    AssertViewUuid {
        /// Of the view as it was read.
        uuid: String,
    },
    /// A branch or tag points where it pointed.
    AssertRefSnapshotId {
        /// Its name.
        r#ref: String,
        /// `None`: there is none of this name.
        snapshot_id: Option<i64>,
    },
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

impl Requirement {
    /// What must still be as in `metadata` for these updates: that it is this table, where it has a UUID, and that
    /// every branch or tag that is changed points where it points now. Java's client asserts the latter of those
    /// that are set alone, so that one that has moved would go unseen. For properties there is no assertion.
    pub fn of_table(updates: &[Update], metadata: &TableMetadata) -> Vec<Self> {
        let uuid = metadata.table_uuid.clone();
        let uuid = uuid.map(|uuid| Self::AssertTableUuid { uuid });
        let changed = updates.iter().filter_map(|update| match update {
            Update::SetSnapshotRef { ref_name, .. } | Update::RemoveSnapshotRef { ref_name } => {
                Some(ref_name.clone())
            }
            Update::SetProperties { .. } | Update::RemoveProperties { .. } => None,
        });
        let changed: BTreeSet<_> = changed.collect();
        let points = changed.into_iter().map(|name| Self::AssertRefSnapshotId {
            snapshot_id: metadata
                .refs
                .get(&name)
                .and_then(|to| to.snapshot_id.exact()),
            r#ref: name,
        });
        uuid.into_iter().chain(points).collect()
    }

    /// That it is this view, where it has a UUID: the specification has no other assertion for views.
    pub fn of_view(metadata: &ViewMetadata) -> Vec<Self> {
        let uuid = metadata.view_uuid.clone();
        uuid.map(|uuid| Self::AssertViewUuid { uuid })
            .into_iter()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    const BIG: i64 = 9_007_199_254_740_993;

    fn metadata() -> TableMetadata {
        serde_json::from_value(json!({"format-version": 2, "table-uuid": "u-1", "refs": {
            "main": {"snapshot-id": BIG, "type": "branch", "min-snapshots-to-keep": 5},
            "old": {"snapshot-id": 7, "type": "tag", "max-ref-age-ms": 86_400_000},
        }}))
        .unwrap()
    }

    #[test]
    fn a_commit_is_written_as_the_specification_has_it() {
        let metadata = metadata();
        let updates = [
            Update::SetProperties {
                updates: BTreeMap::from([("owner".into(), "anna".into())]),
            },
            Update::RemoveProperties {
                removals: BTreeSet::from(["tier".into()]),
            },
            Update::SetSnapshotRef {
                ref_name: "main".into(),
                to: Reference::moved(&metadata.refs["main"], BIG + 1),
            },
            Update::RemoveSnapshotRef {
                ref_name: "old".into(),
            },
        ];
        let requirements = Requirement::of_table(&updates, &metadata);
        assert_eq!(
            json!({"requirements": requirements, "updates": updates}),
            json!({
                "requirements": [
                    {"type": "assert-table-uuid", "uuid": "u-1"},
                    {"type": "assert-ref-snapshot-id", "ref": "main", "snapshot-id": BIG},
                    {"type": "assert-ref-snapshot-id", "ref": "old", "snapshot-id": 7},
                ],
                "updates": [
                    {"action": "set-properties", "updates": {"owner": "anna"}},
                    {"action": "remove-properties", "removals": ["tier"]},
                    {"action": "set-snapshot-ref", "ref-name": "main", "snapshot-id": BIG + 1, "type": "branch",
                        "min-snapshots-to-keep": 5},
                    {"action": "remove-snapshot-ref", "ref-name": "old"},
                ],
            })
        );
    }

    #[test]
    fn a_new_reference_must_not_be_there() {
        let to = Reference {
            snapshot_id: 7,
            kind: "tag".into(),
            max_ref_age_ms: None,
            max_snapshot_age_ms: None,
            min_snapshots_to_keep: None,
        };
        let updates = [Update::SetSnapshotRef {
            ref_name: "new".into(),
            to,
        }];
        let required = Requirement::of_table(&updates, &metadata());
        assert_eq!(
            to_value(&required[1]).unwrap(),
            json!({"type": "assert-ref-snapshot-id", "ref": "new", "snapshot-id": null})
        );
    }

    #[test]
    fn properties_have_no_assertion_of_their_own() {
        let updates = [Update::SetProperties {
            updates: BTreeMap::new(),
        }];
        assert_eq!(Requirement::of_table(&updates, &metadata()).len(), 1);
        let without: TableMetadata = serde_json::from_value(json!({})).unwrap();
        assert_eq!(Requirement::of_table(&updates, &without), []);
    }
}
