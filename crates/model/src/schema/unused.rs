use std::collections::HashSet;

use iceberg_rest::{Id, types::metadata::TableMetadata};

/// What of a table's metadata nothing needs any more, as far as the metadata itself tells.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Unused {
    /// Schemas that neither writers use nor a snapshot was made with, by id.
    pub schemas: Vec<i32>,
    /// Partition specs, by id. What data is written by stands in manifests: only without any snapshot is it certain.
    pub specs: Vec<i32>,
    /// Why others stay; sentences.
    pub stays: Vec<String>,
}

impl Unused {
    /// Of metadata with all its snapshots. Java: `RemoveSnapshots.cleanExpiredMetadata`.
    pub fn new(metadata: &TableMetadata) -> Self {
        let mut stays = Vec::new();
        let made: HashSet<&Id> = metadata
            .snapshots
            .iter()
            .filter_map(|snapshot| snapshot.schema_id.as_ref())
            .collect();
        let unnamed = metadata
            .snapshots
            .iter()
            .any(|snapshot| snapshot.schema_id.is_none());
        let schemas = metadata
            .schemas
            .iter()
            .filter_map(|schema| schema.schema_id.as_ref());
        let schemas = others(schemas, metadata.current_schema_id.as_ref());
        let schemas: Vec<_> = schemas.filter(|id| !made.contains(id)).collect();
        if unnamed && !schemas.is_empty() {
            stays.push("A snapshot names no schema: any of them may be the one it was made with, and all stay.".to_owned());
        }
        let specs = metadata.partition_specs.iter().map(|spec| &spec.spec_id);
        let specs: Vec<_> = others(specs, metadata.default_spec_id.as_ref()).collect();
        let empty = metadata.snapshots.is_empty();
        if !empty && !specs.is_empty() {
            stays.push("Earlier partition specs stay: which of them data is written by stands in manifests, which Crowsnest does not read. An engine that expires snapshots and cleans their metadata tells.".to_owned());
        }
        Self {
            schemas: if unnamed {
                Vec::new()
            } else {
                numbers(schemas)
            },
            specs: if empty { numbers(specs) } else { Vec::new() },
            stays,
        }
    }

    /// Whether nothing can go.
    pub fn is_empty(&self) -> bool {
        self.schemas.is_empty() && self.specs.is_empty()
    }
}

/// All but the one that writers use; none where that is not known.
fn others<'a>(
    all: impl Iterator<Item = &'a Id>,
    current: Option<&'a Id>,
) -> impl Iterator<Item = &'a Id> {
    all.filter(move |id| current.is_some_and(|current| current != *id))
}

fn numbers(ids: Vec<&Id>) -> Vec<i32> {
    let ids = ids.into_iter().filter_map(Id::exact);
    ids.filter_map(|id| i32::try_from(id).ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn of(snapshots: Value) -> Unused {
        let metadata = json!({
            "schemas": [{"schema-id": 0}, {"schema-id": 1}, {"schema-id": 2}],
            "current-schema-id": 2,
            "partition-specs": [{"spec-id": 0, "fields": []}, {"spec-id": 1, "fields": []}],
            "default-spec-id": 1,
            "snapshots": snapshots,
        });
        Unused::new(&serde_json::from_value(metadata).unwrap())
    }

    #[test]
    fn what_writers_use_and_snapshots_were_made_with_stays() {
        let none = of(json!([]));
        assert_eq!((none.schemas, none.specs), (vec![0, 1], vec![0]));
        let one = of(json!([{"snapshot-id": 1, "schema-id": 1}]));
        assert_eq!((one.schemas, one.specs), (vec![0], vec![]));
        assert_eq!(one.stays.len(), 1, "the specs");
    }

    #[test]
    fn a_snapshot_without_a_schema_keeps_all_of_them() {
        let unnamed = of(json!([{"snapshot-id": 1, "schema-id": 1}, {"snapshot-id": 2}]));
        assert!(unnamed.is_empty(), "{unnamed:?}");
        assert_eq!(unnamed.stays.len(), 2);
    }
}
