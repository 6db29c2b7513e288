use std::collections::HashSet;

use iceberg_rest::types::{LoadTableResult, metadata::TableMetadata};

use super::{CurrentSnapshot, MetadataFile, Overview};
use crate::{
    figures, format::Moment, oddities, partitions::Layout, schema, shown::plain, window::Window,
};

impl From<&LoadTableResult> for Overview {
    fn from(table: &LoadTableResult) -> Self {
        let metadata = &table.metadata;
        let tags = metadata.refs.values().filter(|to| to.kind == "tag").count();
        Self {
            uuid: metadata.table_uuid.clone(),
            format_version: metadata.format_version,
            location: metadata.location.as_deref().map(plain),
            metadata_location: table.metadata_location.as_deref().map(plain),
            updated: metadata.last_updated_ms.map(Moment::from_ms),
            sequence_number: metadata
                .last_sequence_number
                .as_ref()
                .map(ToString::to_string),
            next_row_id: metadata.next_row_id.as_ref().map(ToString::to_string),
            snapshot: current_snapshot(metadata),
            notes: oddities::notes(metadata),
            columns: metadata.current_schema().map(|schema| schema.fields.len()),
            first_columns: metadata.current_schema().map_or_else(Vec::new, |schema| {
                let first = schema.fields.iter().take(Self::COLUMNS);
                first.map(schema::name_and_type).collect()
            }),
            layout: Layout::from(metadata).in_words(),
            schemas: metadata.schemas.len(),
            specs: metadata.partition_specs.len(),
            sort_orders: metadata.sort_orders.len(),
            snapshots: metadata.snapshots.len(),
            snapshots_partial: !complete(metadata),
            newest_only: false,
            branches: metadata.refs.len() - tags,
            tags,
            properties: metadata.properties.len(),
            encryption_keys: metadata.encryption_keys.len(),
        }
    }
}

/// The id stands also for a snapshot that the catalog left out.
fn current_snapshot(metadata: &TableMetadata) -> Option<CurrentSnapshot> {
    let id = metadata.current_snapshot_id.as_ref()?;
    let snapshot = metadata.snapshot(id);
    Some(CurrentSnapshot {
        id: id.to_string(),
        known: snapshot.is_some(),
        at: snapshot
            .and_then(|snapshot| snapshot.timestamp_ms)
            .map(Moment::from_ms),
        operation: snapshot
            .and_then(|snapshot| snapshot.operation())
            .map(plain),
        totals: snapshot
            .map(|snapshot| figures::totals(&snapshot.summary))
            .unwrap_or_default(),
    })
}

/// Whether these are all snapshots: there are more than the references name, or no parent of theirs was left
/// out.
pub(crate) fn complete(metadata: &TableMetadata) -> bool {
    let named: HashSet<_> = metadata.refs.values().map(|to| &to.snapshot_id).collect();
    let here: HashSet<_> = metadata
        .snapshots
        .iter()
        .map(|one| &one.snapshot_id)
        .collect();
    if here.len() > named.len() {
        return true;
    }
    let log: HashSet<_> = metadata
        .snapshot_log
        .iter()
        .map(|entry| &entry.snapshot_id)
        .collect();
    // Expired snapshots leave the log too: of what became current it still holds what was left out.
    let expired = |child, parent| log.contains(child) && !log.contains(parent);
    metadata.snapshots.iter().all(|snapshot| {
        let parent = snapshot.parent_snapshot_id.as_ref();
        parent.is_none_or(|parent| here.contains(parent) || expired(&snapshot.snapshot_id, parent))
    })
}

const METADATA_FILES: usize = 200;

/// Newest first; the current file before those of the log.
pub fn metadata_files(table: &LoadTableResult, page: usize) -> Window<MetadataFile> {
    let log = &table.metadata.metadata_log;
    let current = table.metadata_location.as_ref().map(|file| MetadataFile {
        at: table.metadata.last_updated_ms.map(Moment::from_ms),
        file: plain(file),
        current: true,
    });
    let ahead = usize::from(current.is_some());
    Window::new(log.len() + ahead, page, METADATA_FILES, |index| {
        match (&current, index) {
            (Some(current), 0) => current.clone(),
            _ => {
                let entry = &log[log.len() - 1 - (index - ahead)];
                MetadataFile {
                    at: entry.timestamp_ms.map(Moment::from_ms),
                    file: plain(&entry.metadata_file),
                    current: false,
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(metadata: serde_json::Value) -> LoadTableResult {
        let table =
            serde_json::json!({"metadata-location": "s3://b/v2.json", "metadata": metadata});
        serde_json::from_value(table).unwrap()
    }

    #[test]
    fn format_3_in_full() {
        let overview = Overview::from(&table(serde_json::json!({
            "format-version": 3,
            "table-uuid": "u",
            "last-updated-ms": 1_700_000_000_000_i64,
            "last-sequence-number": 9_007_199_254_740_993_i64,
            "next-row-id": 9_223_372_036_854_775_807_i64,
            "current-snapshot-id": 8_911_484_741_085_514_726_i64,
            "current-schema-id": 0,
            "schemas": [{"schema-id": 0, "fields": [{"id": 1, "name": "n", "type": "variant"}]}],
            "snapshots": [{
                "snapshot-id": 8_911_484_741_085_514_726_i64,
                "parent-snapshot-id": 7,
                "timestamp-ms": 1_700_000_000_000_i64,
                "summary": {"operation": "append", "total-records": "10"}
            }],
            "refs": {
                "main": {"snapshot-id": 8_911_484_741_085_514_726_i64, "type": "branch"},
                "v1": {"snapshot-id": 8_911_484_741_085_514_726_i64, "type": "tag"}
            },
            "encryption-keys": [{"key-id": "k", "encrypted-key-metadata": "c2VjcmV0"}]
        })));
        let snapshot = overview.snapshot.unwrap();
        assert_eq!(snapshot.id, "8911484741085514726");
        assert_eq!(snapshot.totals[0].text, "10");
        assert_eq!(
            overview.sequence_number.as_deref(),
            Some("9007199254740993")
        );
        assert_eq!(overview.next_row_id.as_deref(), Some("9223372036854775807"));
        assert_eq!(
            (overview.branches, overview.tags, overview.encryption_keys),
            (1, 1, 1)
        );
        assert!(
            overview.snapshots_partial,
            "the parent of the only snapshot is missing"
        );
    }

    #[test]
    fn a_table_without_data() {
        let overview = Overview::from(&table(serde_json::json!({
            "format-version": 2, "current-snapshot-id": -1, "refs": {}
        })));
        assert_eq!(overview.snapshot, None);
        assert_eq!((overview.snapshots, overview.snapshots_partial), (0, false));
    }

    #[test]
    fn format_1_and_hardly_anything() {
        let overview = Overview::from(&table(serde_json::json!({
            "format-version": 1,
            "schema": {"fields": [{"id": 1, "name": "a", "type": "int"}]},
            "current-snapshot-id": 5,
            "snapshots": [{"snapshot-id": 4}, {"snapshot-id": 5, "parent-snapshot-id": 4}]
        })));
        assert_eq!((overview.columns, overview.snapshots), (Some(1), 2));
        assert!(!overview.snapshots_partial);
        assert!(
            overview
                .snapshot
                .is_some_and(|snapshot| snapshot.totals.is_empty())
        );
        assert_eq!(Overview::from(&table(serde_json::json!({}))).uuid, None);
    }

    #[test]
    fn a_current_snapshot_that_was_left_out_keeps_its_id() {
        let overview = Overview::from(&table(serde_json::json!({"current-snapshot-id": 5})));
        assert_eq!(
            overview.snapshot.map(|snapshot| snapshot.id).as_deref(),
            Some("5")
        );
    }

    #[test]
    fn main_is_the_current_snapshot_and_a_schema_that_is_not_there_has_no_columns() {
        let overview = Overview::from(&table(serde_json::json!({
            "current-schema-id": 2, "schemas": [{"schema-id": 0, "fields": []}, {"schema-id": 1, "fields": []}],
            "refs": {"main": {"snapshot-id": 816, "type": "branch"}}, "snapshots": [{"snapshot-id": 816}]
        })));
        assert_eq!(overview.columns, None);
        assert_eq!(overview.snapshot.map(|it| it.id).as_deref(), Some("816"));
    }

    #[test]
    fn a_list_is_complete_although_a_parent_has_expired() {
        let partial = |snapshots: serde_json::Value, log: serde_json::Value| {
            Overview::from(&table(serde_json::json!({
                "current-snapshot-id": 3, "snapshots": snapshots, "snapshot-log": log,
                "refs": {"main": {"snapshot-id": 3, "type": "branch"}}
            })))
            .snapshots_partial
        };
        let one = serde_json::json!([{"snapshot-id": 3, "parent-snapshot-id": 2}]);
        assert!(!partial(
            one.clone(),
            serde_json::json!([{"snapshot-id": 3}])
        ));
        assert!(partial(
            one.clone(),
            serde_json::json!([{"snapshot-id": 2}, {"snapshot-id": 3}])
        ));
        assert!(partial(one, serde_json::json!([])), "nothing tells");
        let first = serde_json::json!([{"snapshot-id": 3, "parent-snapshot-id": -1}]);
        assert!(!partial(first, serde_json::json!([])));
    }

    #[test]
    fn the_current_file_stands_before_the_log() {
        let log: Vec<_> = (0..250)
            .map(|number| serde_json::json!({"timestamp-ms": number, "metadata-file": format!("{number}.json")}))
            .collect();
        let table = table(serde_json::json!({"metadata-log": log}));
        let first = metadata_files(&table, 1);
        assert_eq!((first.total, first.rows.len()), (251, METADATA_FILES));
        assert!(first.rows[0].current && first.rows[0].file == "s3://b/v2.json");
        assert_eq!(first.rows[1].file, "249.json");
        let last = metadata_files(&table, 2);
        assert_eq!(
            last.rows.last().map(|file| file.file.as_str()),
            Some("0.json")
        );
    }
}
