//! How a table is partitioned and sorted.

use serde::{Deserialize, Serialize};

use crate::schema::SchemaComparison;

mod by_source;
mod comparison;
pub mod evolve;
pub mod lines;
mod typed;

pub(crate) use by_source::{order_differences, spec_differences};
pub use comparison::{compared, compared_orders};
pub use typed::LayoutLines;

/// How a table's files are split and sorted: every version, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// How rows are put into partitions.
    pub specs: Vec<Version<PartitionRow>>,
    /// How rows are sorted.
    pub sort_orders: Vec<Version<SortRow>>,
    /// What the metadata names as current and does not hold: sentences.
    pub notes: Vec<String>,
    /// Two of its partition specs, or sort orders, beside each other, where these are asked for.
    pub compared: Option<SchemaComparison>,
}

/// A partition spec or a sort order. Without fields: unpartitioned, or unsorted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version<T> {
    /// Unique among its kind in the table.
    pub id: String,
    /// Writers use it.
    pub current: bool,
    /// In order.
    pub fields: Vec<T>,
}

/// One value that partitions are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartitionRow {
    /// Absent in format 1.
    pub id: Option<String>,
    /// Its name in the spec.
    pub name: String,
    /// `identity`, `bucket[16]`, … as written.
    pub transform: String,
    /// The columns that it is made from.
    pub sources: Vec<Source>,
}

/// One value that rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortRow {
    /// `identity`, `bucket[16]`, … as written.
    pub transform: String,
    /// `asc` or `desc`.
    pub direction: String,
    /// `nulls-first` or `nulls-last`.
    pub nulls: String,
    /// The columns that it is made from.
    pub sources: Vec<Source>,
}

/// The column that a value is made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its field id.
    pub id: String,
    /// `None` when no schema has it.
    pub name: Option<String>,
}

mod from_wire {
    use std::collections::HashMap;

    use iceberg_rest::{Id, types::metadata::TableMetadata};

    use super::*;
    use crate::{format::visible, oddities::layout_notes, schema};

    impl From<&TableMetadata> for Layout {
        fn from(metadata: &TableMetadata) -> Self {
            let names = schema::paths(metadata.schemas.iter(), metadata.current_schema());
            let default_spec = metadata.default_spec().map(|spec| &spec.spec_id);
            let default_order = metadata.default_sort_order().map(|order| &order.order_id);
            let specs = metadata.partition_specs.iter().rev().map(|spec| Version {
                id: spec.spec_id.to_string(),
                current: default_spec == Some(&spec.spec_id),
                fields: spec
                    .fields
                    .iter()
                    .map(|field| PartitionRow {
                        id: field.field_id.as_ref().map(ToString::to_string),
                        name: field.name.clone(),
                        transform: field.transform.clone(),
                        sources: sources(field.sources(), &names),
                    })
                    .collect(),
            });
            let sort_orders = metadata.sort_orders.iter().rev().map(|order| Version {
                id: order.order_id.to_string(),
                current: default_order == Some(&order.order_id),
                fields: order
                    .fields
                    .iter()
                    .map(|field| SortRow {
                        transform: field.transform.clone(),
                        direction: field.direction.clone(),
                        nulls: field.null_order.clone(),
                        sources: sources(field.sources(), &names),
                    })
                    .collect(),
            });
            Self {
                notes: layout_notes(metadata).into_iter().flatten().collect(),
                specs: specs.collect(),
                sort_orders: sort_orders.collect(),
                compared: None,
            }
        }
    }

    impl Layout {
        /// The current spec and sort order, in a line.
        pub fn in_words(&self) -> String {
            let [spec, order] = [
                of_current(&self.specs, PartitionRow::in_words),
                of_current(&self.sort_orders, |field| {
                    let applied = applied(&field.transform, &field.sources);
                    format!("{applied} {} {}", field.direction, field.nulls)
                }),
            ];
            let partitioned = match spec {
                None => "How it is partitioned is not told".to_owned(),
                Some(fields) if fields.is_empty() => "Not partitioned".to_owned(),
                Some(fields) => format!("Partitioned by {fields}"),
            };
            match order {
                None => format!("{partitioned}; how it is sorted is not told."),
                Some(fields) if fields.is_empty() => format!("{partitioned}; not sorted."),
                Some(fields) => format!("{partitioned}; sorted by {fields}."),
            }
        }
    }

    /// Fields that a line names.
    const NAMED: usize = 8;

    fn of_current<T>(versions: &[Version<T>], said: impl Fn(&T) -> String) -> Option<String> {
        let current = versions.iter().find(|version| version.current)?;
        let mut fields: Vec<_> = current.fields.iter().take(NAMED).map(said).collect();
        let more = current.fields.len().saturating_sub(NAMED);
        if more > 0 {
            fields.push(format!("{more} more"));
        }
        Some(fields.join(", "))
    }

    impl PartitionRow {
        /// `day(at)`.
        pub(super) fn in_words(&self) -> String {
            applied(&self.transform, &self.sources)
        }
    }

    /// `day(at)`, or the column alone where nothing is done to it.
    pub(super) fn applied(transform: &str, sources: &[Source]) -> String {
        let name = |source: &Source| match &source.name {
            Some(name) => visible(name),
            None => format!("column {}", source.id),
        };
        let names = sources.iter().map(name).collect::<Vec<_>>().join(", ");
        match transform {
            "identity" => names,
            transform => format!("{}({names})", visible(transform)),
        }
    }

    fn sources(ids: &[Id], names: &HashMap<String, String>) -> Vec<Source> {
        let source = |id: &Id| {
            let id = id.to_string();
            Source {
                name: names.get(&id).cloned(),
                id,
            }
        };
        ids.iter().map(source).collect()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn layout(json: serde_json::Value) -> Layout {
            Layout::from(&serde_json::from_value::<TableMetadata>(json).unwrap())
        }

        #[test]
        fn every_version_is_there_and_unknown_transforms_stay_text() {
            let layout = layout(serde_json::json!({
                "schemas": [{"schema-id": 0, "fields": [{"id": 1, "name": "at", "type": "timestamp"}]}],
                "current-schema-id": 0,
                "default-spec-id": 0,
                "partition-specs": [
                    {"spec-id": 0, "fields": []},
                    {"spec-id": 1, "fields": [
                        {"source-id": 1, "field-id": 1000, "name": "at_week", "transform": "week[2]"},
                        {"source-ids": [1, 9], "name": "zone", "transform": "zorder"}
                    ]}
                ],
                "default-sort-order-id": 1,
                "sort-orders": [{"order-id": 1, "fields": [
                    {"source-id": 1, "transform": "identity", "direction": "desc", "null-order": "nulls-last"}
                ]}]
            }));
            assert_eq!(
                layout
                    .specs
                    .iter()
                    .map(|spec| (spec.id.as_str(), spec.current))
                    .collect::<Vec<_>>(),
                [("1", false), ("0", true)]
            );
            let fields = &layout.specs[0].fields;
            assert_eq!(fields[0].transform, "week[2]");
            assert_eq!(fields[0].sources[0].name.as_deref(), Some("at"));
            assert_eq!(fields[1].id, None);
            assert_eq!(
                fields[1].sources[1],
                Source {
                    id: "9".into(),
                    name: None
                }
            );
            assert_eq!(layout.sort_orders[0].fields[0].direction, "desc");
            assert_eq!(
                layout.in_words(),
                "Not partitioned; sorted by at desc nulls-last."
            );
            let by = |current| {
                let mut layout = layout.clone();
                layout
                    .specs
                    .iter_mut()
                    .for_each(|spec| spec.current = current);
                layout.sort_orders.clear();
                layout.in_words()
            };
            assert_eq!(
                by(true),
                "Partitioned by week[2](at), zorder(at, column 9); how it is sorted is not told."
            );
            assert!(by(false).starts_with("How it is partitioned is not told; "));
        }

        #[test]
        fn format_1_has_one_spec() {
            let layout = layout(serde_json::json!({
                "format-version": 1,
                "schema": {"fields": [{"id": 1, "name": "day", "type": "date"}]},
                "partition-spec": [{"source-id": 1, "name": "day", "transform": "identity"}]
            }));
            assert!(layout.specs[0].current);
            assert_eq!(
                layout.specs[0].fields[0].sources[0].name.as_deref(),
                Some("day")
            );
            assert!(layout.sort_orders.is_empty());
            assert!(layout.notes.is_empty());
        }

        #[test]
        fn a_current_one_that_is_not_there_is_said() {
            let layout = layout(serde_json::json!({
                "default-spec-id": 3, "partition-specs": [{"spec-id": 0, "fields": []}],
                "default-sort-order-id": 4, "sort-orders": []
            }));
            assert!(layout.specs.iter().all(|spec| !spec.current));
            assert_eq!(layout.notes.len(), 2);
            assert!(layout.notes[0].contains("partition spec 3"));
            assert!(layout.notes[1].contains("sort order 4"));
        }
    }
}
