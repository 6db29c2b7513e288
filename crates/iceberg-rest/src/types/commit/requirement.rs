use serde::Serialize;

use super::Update;
use crate::types::{
    Id, ViewMetadata,
    metadata::{SnapshotRef, TableMetadata},
};

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
    /// Nobody gave a field id meanwhile.
    AssertLastAssignedFieldId {
        /// The highest one that was given.
        last_assigned_field_id: i64,
    },
    /// Writers use the schema that they used.
    AssertCurrentSchemaId {
        /// Its id.
        current_schema_id: i64,
    },
    /// Nobody gave an id to a partition field meanwhile.
    AssertLastAssignedPartitionId {
        /// The highest one that was given.
        last_assigned_partition_id: i64,
    },
    /// Writers use the partition spec that they used.
    AssertDefaultSpecId {
        /// Its id.
        default_spec_id: i64,
    },
    /// Writers use the sort order that they used.
    AssertDefaultSortOrderId {
        /// Its id.
        default_sort_order_id: i64,
    },
    /// A branch or tag points where it pointed.
    AssertRefSnapshotId {
        /// Its name.
        r#ref: String,
        /// `None`: there is none of this name.
        snapshot_id: Option<i64>,
    },
}

impl Requirement {
    /// What must still be as in `metadata` for these updates, each once: that it is this table, where it has a
    /// UUID, and what each update relies on. More than Java's client asserts (`UpdateRequirements`): also that a
    /// reference that is removed points where it did, that writers use the schema and spec that the edit started
    /// from, and that no reference moved where snapshots, specs or schemas go. For properties, a location, a sort
    /// order that is added and the format version the specification has no assertion.
    pub fn of_table(updates: &[Update], metadata: &TableMetadata) -> Vec<Self> {
        let uuid = metadata.table_uuid.clone();
        let uuid = uuid.map(|uuid| Self::AssertTableUuid { uuid });
        let mut all: Vec<_> = uuid.into_iter().collect();
        for required in updates
            .iter()
            .flat_map(|update| relies_on(update, metadata))
        {
            if !all.contains(&required) {
                all.push(required);
            }
        }
        all
    }

    /// That it is this view, where it has a UUID: the specification has no other assertion for views.
    pub fn of_view(metadata: &ViewMetadata) -> Vec<Self> {
        let uuid = metadata.view_uuid.clone();
        uuid.map(|uuid| Self::AssertViewUuid { uuid })
            .into_iter()
            .collect()
    }
}

/// What one update relies on. What the metadata does not say cannot be asserted.
fn relies_on(update: &Update, metadata: &TableMetadata) -> Vec<Requirement> {
    let schema = || {
        let current_schema_id = exact(metadata.current_schema_id.as_ref())?;
        Some(Requirement::AssertCurrentSchemaId { current_schema_id })
    };
    let spec = || {
        let default_spec_id = exact(metadata.default_spec_id.as_ref())?;
        Some(Requirement::AssertDefaultSpecId { default_spec_id })
    };
    match update {
        Update::SetSnapshotRef { ref_name, .. } | Update::RemoveSnapshotRef { ref_name } => {
            vec![points(ref_name, metadata.refs.get(ref_name))]
        }
        Update::RemoveSnapshots { .. } => pointing(metadata, |_| true),
        Update::RemoveStatistics { snapshot_id }
        | Update::RemovePartitionStatistics { snapshot_id } => {
            pointing(metadata, |to| to.snapshot_id.exact() == Some(*snapshot_id))
        }
        Update::AddSchema { .. } => {
            let highest = exact(metadata.last_column_id.as_ref());
            let highest =
                highest.map(
                    |last_assigned_field_id| Requirement::AssertLastAssignedFieldId {
                        last_assigned_field_id,
                    },
                );
            highest.into_iter().chain(schema()).collect()
        }
        Update::SetCurrentSchema { .. } => schema().into_iter().collect(),
        Update::AddSpec { .. } => {
            let highest = exact(metadata.last_partition_id.as_ref());
            let highest = highest.map(|last_assigned_partition_id| {
                Requirement::AssertLastAssignedPartitionId {
                    last_assigned_partition_id,
                }
            });
            highest.into_iter().chain(spec()).collect()
        }
        Update::SetDefaultSpec { .. } => spec().into_iter().collect(),
        // What goes could be written by again meanwhile, on any branch.
        Update::RemovePartitionSpecs { .. } => {
            let branches = pointing(metadata, |to| to.kind == "branch");
            spec().into_iter().chain(branches).collect()
        }
        Update::RemoveSchemas { .. } => {
            let branches = pointing(metadata, |to| to.kind == "branch");
            schema().into_iter().chain(branches).collect()
        }
        Update::SetDefaultSortOrder { .. } => {
            let order = exact(metadata.default_sort_order_id.as_ref());
            let order = order.map(
                |default_sort_order_id| Requirement::AssertDefaultSortOrderId {
                    default_sort_order_id,
                },
            );
            order.into_iter().collect()
        }
        Update::UpgradeFormatVersion { .. }
        | Update::AddSortOrder { .. }
        | Update::SetLocation { .. }
        | Update::SetProperties { .. }
        | Update::RemoveProperties { .. }
        | Update::AddViewVersion { .. }
        | Update::SetCurrentViewVersion { .. } => Vec::new(),
    }
}

fn exact(id: Option<&Id>) -> Option<i64> {
    id.and_then(Id::exact)
}

fn points(name: &str, to: Option<&SnapshotRef>) -> Requirement {
    Requirement::AssertRefSnapshotId {
        r#ref: name.to_owned(),
        snapshot_id: to.and_then(|to| to.snapshot_id.exact()),
    }
}

/// That these references point where they point.
fn pointing(metadata: &TableMetadata, which: impl Fn(&SnapshotRef) -> bool) -> Vec<Requirement> {
    let refs = metadata.refs.iter().filter(|(_, to)| which(to));
    refs.map(|(name, to)| points(name, Some(to))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::{json, to_value};

    use super::*;
    use crate::types::commit::Reference;

    const BIG: i64 = 9_007_199_254_740_993;

    fn metadata() -> TableMetadata {
        serde_json::from_value(json!({"format-version": 2, "table-uuid": "u-1", "last-column-id": 9,
            "current-schema-id": 3, "default-spec-id": 1, "last-partition-id": 1001, "default-sort-order-id": 2,
            "refs": {
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

    #[test]
    fn what_an_update_relies_on_is_asserted_once() {
        let schema = || Update::AddSchema {
            schema: json!({"type": "struct", "fields": []}),
            last_column_id: Some(10),
        };
        let refs = [
            json!({"type": "assert-ref-snapshot-id", "ref": "main", "snapshot-id": BIG}),
            json!({"type": "assert-ref-snapshot-id", "ref": "old", "snapshot-id": 7}),
        ];
        let rows = [
            (
                vec![schema(), Update::SetCurrentSchema { schema_id: -1 }],
                vec![
                    json!({"type": "assert-last-assigned-field-id", "last-assigned-field-id": 9}),
                    json!({"type": "assert-current-schema-id", "current-schema-id": 3}),
                ],
            ),
            (
                vec![
                    Update::AddSpec {
                        spec: json!({"fields": []}),
                    },
                    Update::SetDefaultSpec { spec_id: -1 },
                ],
                vec![
                    json!({"type": "assert-last-assigned-partition-id", "last-assigned-partition-id": 1001}),
                    json!({"type": "assert-default-spec-id", "default-spec-id": 1}),
                ],
            ),
            (
                vec![Update::SetDefaultSortOrder { sort_order_id: 0 }],
                vec![json!({"type": "assert-default-sort-order-id", "default-sort-order-id": 2})],
            ),
            (
                vec![Update::RemoveSnapshots {
                    snapshot_ids: vec![5],
                }],
                refs.to_vec(),
            ),
            (
                vec![Update::RemoveStatistics { snapshot_id: 7 }],
                refs[1..].to_vec(),
            ),
            (
                vec![Update::RemovePartitionSpecs { spec_ids: vec![0] }],
                vec![
                    json!({"type": "assert-default-spec-id", "default-spec-id": 1}),
                    refs[0].clone(),
                ],
            ),
            (
                vec![Update::RemoveSchemas {
                    schema_ids: vec![0],
                }],
                vec![
                    json!({"type": "assert-current-schema-id", "current-schema-id": 3}),
                    refs[0].clone(),
                ],
            ),
            (
                vec![Update::UpgradeFormatVersion { format_version: 3 }],
                vec![],
            ),
            (
                vec![Update::SetLocation {
                    location: "s3://b/t".into(),
                }],
                vec![],
            ),
        ];
        for (updates, expected) in rows {
            let required = to_value(Requirement::of_table(&updates, &metadata())).unwrap();
            let uuid = json!({"type": "assert-table-uuid", "uuid": "u-1"});
            let expected: Vec<_> = std::iter::once(uuid).chain(expected).collect();
            assert_eq!(required, json!(expected), "{updates:?}");
        }
    }
}
