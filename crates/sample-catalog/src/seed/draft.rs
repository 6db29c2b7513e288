//! A table as a recipe describes it, and how it becomes metadata.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    field::{Field, highest_id, record},
    history::{self, Step, Totals, Writes},
    metadata::{Metadata, MetadataLog, Reference, Snapshot, SnapshotLog, Versions},
    random::Random,
};
use crate::{
    ident::{Ident, stable_uuid},
    store::Document,
};

/// 2026-10-01 06:00 UTC: the sample's last night run. Nothing seeded is younger.
pub(crate) const NOW_MS: i64 = 1_790_834_400_000;

const MINUTE_MS: i64 = 60_000;
/// `write.metadata.previous-versions-max` of Iceberg.
const METADATA_LOG_MAX: usize = 100;

/// A table in the making. Recipes take one and give it back filled in.
pub(crate) struct Draft {
    location: String,
    random: Random,
    format: u8,
    old_writer: bool,
    schemas: Vec<Value>,
    specs: Vec<Value>,
    orders: Vec<Value>,
    last_partition_id: usize,
    properties: BTreeMap<String, String>,
    writes: Writes,
    snapshots: usize,
    every_minutes: i64,
    references: Vec<(String, &'static str, usize, BTreeMap<&'static str, u64>)>,
    statistics: bool,
}

impl Draft {
    pub fn new(home: &str, ident: &Ident) -> Self {
        let location = format!("{home}/{}/{}", ident.namespace.join("/"), ident.name);
        Self {
            random: Random::new(&location),
            location,
            format: 2,
            old_writer: false,
            schemas: Vec::new(),
            specs: Vec::new(),
            orders: Vec::new(),
            last_partition_id: 999,
            properties: BTreeMap::new(),
            writes: Writes::Appends,
            snapshots: 0,
            every_minutes: 24 * 60,
            references: Vec::new(),
            statistics: false,
        }
    }

    pub fn format(mut self, version: u8) -> Self {
        self.format = version;
        self
    }

    /// As a v1 writer of 2019 left it: one `schema`, one `partition-spec`, no refs.
    pub fn old_writer(mut self) -> Self {
        self.format = 1;
        self.old_writer = true;
        self
    }

    /// One more schema; the last one is current.
    pub fn schema(self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.keyed_schema([], fields)
    }

    /// One more schema, with identifier fields.
    pub fn keyed_schema<const N: usize>(
        mut self,
        key: [i32; N],
        fields: impl IntoIterator<Item = Field>,
    ) -> Self {
        let mut schema = record(fields);
        schema["schema-id"] = self.schemas.len().into();
        if N > 0 {
            schema["identifier-field-ids"] = key.as_slice().into();
        }
        self.schemas.push(schema);
        self
    }

    /// One more partition spec of (name, source field, transform); the last one is the default.
    pub fn spec(mut self, fields: &[(&str, i32, &str)]) -> Self {
        let fields: Vec<Value> = fields
            .iter()
            .map(|(name, source, transform)| {
                self.last_partition_id += 1;
                json!({"name": name, "transform": transform, "source-id": source, "field-id": self.last_partition_id})
            })
            .collect();
        self.specs
            .push(json!({"spec-id": self.specs.len(), "fields": fields}));
        self
    }

    /// One more sort order of (source field, transform, direction); the last one is the default.
    pub fn order(mut self, fields: &[(i32, &str, &str)]) -> Self {
        let fields: Vec<Value> = fields
            .iter()
            .map(|(source, transform, direction)| {
                let nulls = if *direction == "asc" { "nulls-first" } else { "nulls-last" };
                json!({"transform": transform, "source-id": source, "direction": direction, "null-order": nulls})
            })
            .collect();
        self.orders
            .push(json!({"order-id": self.orders.len() + 1, "fields": fields}));
        self
    }

    pub fn property(mut self, key: &str, value: &str) -> Self {
        self.properties.insert(key.to_owned(), value.to_owned());
        self
    }

    /// `count` snapshots on `main`, `every_minutes` apart.
    pub fn history(mut self, writes: Writes, count: usize, every_minutes: i64) -> Self {
        (self.writes, self.snapshots, self.every_minutes) = (writes, count, every_minutes);
        self
    }

    /// A tag on the snapshot that is `back` steps behind the head.
    pub fn tag(mut self, name: &str, back: usize, max_ref_age_ms: Option<u64>) -> Self {
        let retention = max_ref_age_ms
            .map(|age| ("max-ref-age-ms", age))
            .into_iter()
            .collect();
        self.references
            .push((name.to_owned(), "tag", back, retention));
        self
    }

    /// A branch on the snapshot that is `back` steps behind the head.
    pub fn branch(mut self, name: &str, back: usize) -> Self {
        let retention = BTreeMap::from([
            ("max-snapshot-age-ms", 604_800_000),
            ("min-snapshots-to-keep", 5),
        ]);
        self.references
            .push((name.to_owned(), "branch", back, retention));
        self
    }

    /// Puffin and partition statistics for the head.
    pub fn statistics(mut self) -> Self {
        self.statistics = true;
        self
    }

    /// The metadata file.
    pub fn finish(mut self) -> Document {
        let (snapshots, next_row_id) = self.write_snapshots();
        let head = snapshots.last().map(|snapshot| snapshot.snapshot_id);
        let uuid = stable_uuid(&self.location).to_string();
        let file = |version: usize| {
            format!(
                "{}/metadata/{version:05}-{uuid}.metadata.json",
                self.location
            )
        };
        let last_updated_ms = snapshots
            .last()
            .map_or(NOW_MS - 90 * 24 * 60 * MINUTE_MS, |snapshot| {
                snapshot.timestamp_ms
            });
        let (statistics, partition_statistics) = self.write_statistics(head);
        let specs = if self.specs.is_empty() {
            vec![json!({"spec-id": 0, "fields": []})]
        } else {
            self.specs.clone()
        };
        let current_schema = self.schemas.last().cloned().unwrap_or_else(|| record([]));
        let versions = Versions {
            current_schema_id: self.schemas.len().saturating_sub(1),
            schemas: self.schemas.clone(),
            default_spec_id: specs.len() - 1,
            last_partition_id: self.last_partition_id,
            default_sort_order_id: self.orders.len(),
            sort_orders: [json!({"order-id": 0, "fields": []})]
                .into_iter()
                .chain(self.orders.clone())
                .collect(),
            partition_specs: specs.clone(),
        };
        let first_logged = snapshots.len().saturating_sub(METADATA_LOG_MAX);
        let metadata = Metadata {
            format_version: self.format,
            table_uuid: uuid.clone(),
            location: self.location.clone(),
            last_sequence_number: (self.format > 1).then_some(snapshots.len() as u64),
            last_updated_ms,
            last_column_id: self.schemas.iter().map(highest_id).max().unwrap_or(0),
            schema: (self.format == 1).then_some(current_schema),
            partition_spec: (self.format == 1).then(|| specs[specs.len() - 1]["fields"].clone()),
            versions: (!self.old_writer).then_some(versions),
            properties: self.properties.clone(),
            current_snapshot_id: head.unwrap_or(-1),
            next_row_id: (self.format > 2).then_some(next_row_id),
            refs: self.write_references(&snapshots),
            statistics,
            partition_statistics,
            snapshot_log: snapshots
                .iter()
                .map(|s| SnapshotLog {
                    timestamp_ms: s.timestamp_ms,
                    snapshot_id: s.snapshot_id,
                })
                .collect(),
            metadata_log: snapshots
                .iter()
                .enumerate()
                .skip(first_logged)
                .map(|(version, s)| MetadataLog {
                    timestamp_ms: s.timestamp_ms - self.every_minutes * MINUTE_MS,
                    metadata_file: file(version),
                })
                .collect(),
            snapshots,
        };
        let json = serde_json::to_string(&metadata).unwrap_or_default().into();
        Document {
            location: file(metadata.snapshots.len()),
            json,
        }
    }

    fn write_snapshots(&mut self) -> (Vec<Snapshot>, u64) {
        let (mut snapshots, mut totals) = (
            Vec::<Snapshot>::with_capacity(self.snapshots),
            Totals::default(),
        );
        let (mut next_row_id, step_ms) = (0, self.every_minutes * MINUTE_MS);
        let head_ms = NOW_MS - self.random.between(1, 600) as i64 * MINUTE_MS;
        for index in 0..self.snapshots {
            let jitter = self.random.between(0, 50_000) as i64;
            let step = Step {
                parent: snapshots.last().map(|snapshot| snapshot.snapshot_id),
                sequence: index as u64 + 1,
                timestamp_ms: head_ms - (self.snapshots - 1 - index) as i64 * step_ms - jitter,
                schema_id: index * self.schemas.len() / self.snapshots,
                format: self.format,
            };
            let mut snapshot = history::snapshot(
                &self.location,
                self.writes,
                &step,
                &mut totals,
                &mut self.random,
            );
            if let Some(rows) = snapshot.added_rows {
                snapshot.first_row_id = Some(next_row_id);
                next_row_id += rows;
            }
            snapshots.push(snapshot);
        }
        (snapshots, next_row_id)
    }

    fn write_references(&self, snapshots: &[Snapshot]) -> Option<BTreeMap<String, Reference>> {
        if self.old_writer {
            return None;
        }
        let Some(head) = snapshots.last() else {
            return Some(BTreeMap::new());
        };
        let main = Reference {
            snapshot_id: head.snapshot_id,
            r#type: "branch",
            retention: BTreeMap::new(),
        };
        let named = self
            .references
            .iter()
            .filter_map(|(name, kind, back, retention)| {
                let snapshot = snapshots.iter().rev().nth(*back)?;
                Some((
                    name.clone(),
                    Reference {
                        snapshot_id: snapshot.snapshot_id,
                        r#type: kind,
                        retention: retention.clone(),
                    },
                ))
            });
        Some(
            [("main".to_owned(), main)]
                .into_iter()
                .chain(named)
                .collect(),
        )
    }

    fn write_statistics(&self, head: Option<i64>) -> (Vec<Value>, Vec<Value>) {
        let Some(head) = head.filter(|_| self.statistics) else {
            return (Vec::new(), Vec::new());
        };
        let path = |what: &str| format!("{}/metadata/{head}-{what}", self.location);
        let sketch = |field: i32, distinct: &str| {
            json!({"type": "apache-datasketches-theta-v1", "snapshot-id": head, "sequence-number": self.snapshots,
                "fields": [field], "properties": {"ndv": distinct}})
        };
        let table = json!({"snapshot-id": head, "statistics-path": path("stats.puffin"),
            "file-size-in-bytes": 84_213, "file-footer-size-in-bytes": 2_417,
            "blob-metadata": [sketch(1, "1849033"), sketch(2, "61204")]});
        let partition = json!({"snapshot-id": head, "statistics-path": path("partition-stats.parquet"),
            "file-size-in-bytes": 19_640});
        (vec![table], vec![partition])
    }
}
