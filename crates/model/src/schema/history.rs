use std::collections::HashMap;

use iceberg_rest::{
    Id,
    types::metadata::{Schema, TableMetadata},
};
use serde::{Deserialize, Serialize};

use super::{
    Differences, Schemas,
    from_wire::{flat, name},
};
use crate::{format::Moment, window::Window};

/// Schemas on a page.
const PAGE: usize = 50;

/// Differences that are listed for each of them.
const LISTED: usize = 12;

/// The schemas that a table has had, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaHistory {
    /// A page of them.
    pub entries: Window<SchemaEntry>,
    /// The id of the current one, where it is known.
    pub current: Option<String>,
}

/// A schema, and what it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaEntry {
    /// Empty where format 1 has none.
    pub id: String,
    /// Writers use it.
    pub current: bool,
    /// At the top level.
    pub columns: usize,
    /// When the first of the snapshots that are left was made with it.
    pub since: Option<Moment>,
    /// What differs from the one before it, by field id; `None` for the first.
    pub differences: Option<Differences>,
}

/// Two schemas of a table beside each other, or two of its partition specs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaComparison {
    /// How they relate; a sentence.
    pub said: String,
    /// What is different; `None` where there is nothing, or one of them is not there.
    pub differences: Option<Differences>,
}

impl SchemaHistory {
    /// `page` counts from 1.
    pub fn new(metadata: &TableMetadata, page: usize) -> Self {
        let schemas = Schemas::from(metadata);
        let all = schemas.all;
        let since = since(metadata);
        let entries = Window::new(all.len(), page, PAGE, |index| {
            let at = all.len() - 1 - index;
            let schema = &all[at];
            let before = at.checked_sub(1).map(|before| &all[before]);
            SchemaEntry {
                id: name(schema),
                current: schemas
                    .current
                    .is_some_and(|current| current.schema_id == schema.schema_id),
                columns: schema.fields.len(),
                since: schema
                    .schema_id
                    .as_ref()
                    .and_then(|id| since.get(id))
                    .map(|ms| Moment::from_ms(*ms)),
                differences: before.map(|before| listed(before, schema)),
            }
        });
        Self {
            entries,
            current: schemas.current.map(name),
        }
    }
}

fn listed(before: &Schema, schema: &Schema) -> Differences {
    let mut differences = Differences::new(&flat(before), &flat(schema));
    differences.more += differences.rows.len().saturating_sub(LISTED);
    differences.rows.truncate(LISTED);
    differences
}

/// When each schema was first used by a snapshot that is left, ms since 1970.
fn since(metadata: &TableMetadata) -> HashMap<&Id, i64> {
    let mut since: HashMap<&Id, i64> = HashMap::new();
    for snapshot in &metadata.snapshots {
        if let (Some(id), Some(ms)) = (&snapshot.schema_id, snapshot.timestamp_ms) {
            let first = since.entry(id).or_insert(ms);
            *first = ms.min(*first);
        }
    }
    since
}

impl SchemaComparison {
    /// What changed from the schema called `from` to the one called `to`.
    pub fn new(metadata: &TableMetadata, from: &str, to: &str) -> Self {
        let (said, differences) = Schemas::from(metadata).compared(&from.into(), &to.into());
        Self { said, differences }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> TableMetadata {
        serde_json::from_str(
            r#"{"format-version": 2, "table-uuid": "u", "current-schema-id": 1,
                "schemas": [
                    {"schema-id": 0, "fields": [{"id": 1, "name": "id", "type": "int", "required": true}]},
                    {"schema-id": 1, "fields": [{"id": 1, "name": "id", "type": "long", "required": true},
                                                {"id": 2, "name": "coupon", "type": "string"}]},
                    {"schema-id": 2, "fields": []}
                ],
                "snapshots": [
                    {"snapshot-id": 11, "timestamp-ms": 3000, "schema-id": 1},
                    {"snapshot-id": 10, "timestamp-ms": 2000, "schema-id": 1},
                    {"snapshot-id": 9, "timestamp-ms": 1000, "schema-id": 0}
                ]}"#,
        )
        .unwrap()
    }

    #[test]
    fn each_schema_says_since_when_and_what_it_changed() {
        let history = SchemaHistory::new(&metadata(), 1);
        assert_eq!(history.current.as_deref(), Some("1"));
        let [newest, current, first] = &history.entries.rows[..] else {
            panic!("{history:?}");
        };
        assert_eq!((newest.id.as_str(), &newest.since), ("2", &None));
        assert_eq!(current.since, Some(Moment::from_ms(2000)));
        let said: Vec<_> = current.differences.iter().flat_map(|it| &it.rows).collect();
        assert_eq!(
            (said[0].said.as_str(), said[1].column.as_str()),
            ("type widened from int to long", "coupon")
        );
        assert_eq!((first.columns, &first.differences), (1, &None));
    }

    #[test]
    fn a_schema_that_changes_much_says_how_much_more() {
        let mut metadata = metadata();
        let field = metadata.schemas[1].fields[1].clone();
        let fields = (10..60).map(|id| iceberg_rest::types::metadata::Field {
            id: Id::from(id),
            ..field.clone()
        });
        metadata.schemas[2].fields.extend(fields);
        let history = SchemaHistory::new(&metadata, 1);
        let differences = history.entries.rows[0].differences.as_ref().unwrap();
        assert_eq!((differences.rows.len(), differences.more), (12, 40));
    }

    #[test]
    fn two_schemas_are_compared_and_one_that_is_missing_is_said() {
        let compared = SchemaComparison::new(&metadata(), "0", "1");
        assert_eq!(compared.differences.unwrap().rows.len(), 2);
        let missing = SchemaComparison::new(&metadata(), "0", "77");
        assert!(missing.said.contains("Schema 77"), "{}", missing.said);
        assert_eq!(missing.differences, None);
    }
}
