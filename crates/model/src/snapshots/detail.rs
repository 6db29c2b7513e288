use iceberg_rest::{Id, types::metadata::TableMetadata};

use super::{Parent, SnapshotDetail};
use crate::{
    figures,
    format::Moment,
    settings::settings,
    shown::{Reveal, plain},
};

/// A hostile or strange table could have thousands.
const CHILDREN: usize = 20;

impl SnapshotDetail {
    /// `None` where the metadata has no such snapshot.
    pub fn new(metadata: &TableMetadata, id: &Id, reveal: &Reveal) -> Option<Self> {
        let snapshot = metadata.snapshot(id)?;
        let text = |id: &Option<Id>| id.as_ref().map(ToString::to_string);
        Some(Self {
            id: id.to_string(),
            at: snapshot.timestamp_ms.map(Moment::from_ms),
            operation: snapshot.operation().map(plain),
            current_id: metadata
                .current_snapshot()
                .map(|current| current.snapshot_id.to_string()),
            current: metadata.current_snapshot_id.as_ref() == Some(id),
            refs: metadata
                .refs
                .iter()
                .filter(|(_, to)| to.snapshot_id == *id)
                .map(|(name, _)| name.clone())
                .collect(),
            parent: snapshot.parent_snapshot_id.as_ref().map(|parent| Parent {
                id: parent.to_string(),
                known: metadata.snapshot(parent).is_some(),
            }),
            children: metadata
                .snapshots
                .iter()
                .filter(|child| child.parent_snapshot_id.as_ref() == Some(id))
                .map(|child| child.snapshot_id.to_string())
                .take(CHILDREN)
                .collect(),
            partial: false,
            sequence_number: text(&snapshot.sequence_number),
            schema: text(&snapshot.schema_id),
            manifest_list: snapshot.manifest_list.as_deref().map(plain),
            first_row_id: text(&snapshot.first_row_id),
            added_rows: text(&snapshot.added_rows),
            key_id: snapshot.key_id.clone(),
            totals: figures::totals(&snapshot.summary),
            summary: settings(snapshot.summary.iter(), reveal),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> TableMetadata {
        serde_json::from_str(
            r#"{
                "current-snapshot-id": 8911484741085514726,
                "snapshots": [
                    {"snapshot-id": 8911484741085514726, "parent-snapshot-id": 2606005059456881273, "sequence-number": 2,
                     "timestamp-ms": 1700000000000, "manifest-list": "s3://b/m.avro", "schema-id": 1,
                     "summary": {"operation": "append", "total-records": "10", "engine": "x"}},
                    {"snapshot-id": 9223372036854775808, "parent-snapshot-id": 8911484741085514726, "sequence-number": 3}
                ],
                "refs": {"main": {"snapshot-id": 8911484741085514726, "type": "branch"}}
            }"#,
        )
        .unwrap()
    }

    #[test]
    fn ids_keep_every_digit() {
        let detail = SnapshotDetail::new(
            &metadata(),
            &Id::from("8911484741085514726"),
            &Reveal::default(),
        )
        .unwrap();
        assert_eq!(detail.id, "8911484741085514726");
        let parent = Parent {
            id: "2606005059456881273".into(),
            known: false,
        };
        assert_eq!(detail.parent, Some(parent));
        assert_eq!(detail.children, ["9223372036854775808"]);
        assert!(detail.current);
        assert_eq!(detail.refs, ["main"]);
        assert_eq!(detail.summary.len(), 3);
    }

    #[test]
    fn an_id_beyond_64_bits_is_found_as_text() {
        let detail = SnapshotDetail::new(
            &metadata(),
            &Id::from("9223372036854775808"),
            &Reveal::default(),
        )
        .unwrap();
        assert_eq!(detail.at, None);
        assert!(SnapshotDetail::new(&metadata(), &Id::from("1"), &Reveal::default()).is_none());
    }
}
