use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    MetadataLogEntry, PartitionField, PartitionSpec, PartitionStatistics, Schema, Snapshot,
    SnapshotLogEntry, SnapshotRef, SortOrder, Statistics,
};
use crate::types::{Id, lenient};

/// Table metadata. Lists stand in a fixed order whatever the server sent (Lakekeeper shuffles them):
/// schemas, specs and orders by id, snapshots and logs oldest first.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", remote = "Self")]
pub struct TableMetadata {
    /// 1 to 3; a newer one is read as far as it is understood.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub format_version: Option<i64>,
    /// Stays when the table is renamed.
    #[serde(default, deserialize_with = "lenient::text")]
    pub table_uuid: Option<String>,
    /// URI below which its files lie.
    #[serde(default, deserialize_with = "lenient::text")]
    pub location: Option<String>,
    /// The highest sequence number given so far.
    #[serde(default)]
    pub last_sequence_number: Option<Id>,
    /// When this metadata was written: Unix time, ms.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub last_updated_ms: Option<i64>,
    /// The highest column id given so far.
    #[serde(default)]
    pub last_column_id: Option<Id>,
    /// For format 1 without a list, the one `schema`.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub schemas: Vec<Schema>,
    /// The schema that writers use.
    #[serde(default)]
    pub current_schema_id: Option<Id>,
    /// For format 1 without a list, the one `partition-spec` under id 0.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub partition_specs: Vec<PartitionSpec>,
    /// The partition spec that writers use.
    #[serde(default)]
    pub default_spec_id: Option<Id>,
    /// The highest partition field id given so far.
    #[serde(default)]
    pub last_partition_id: Option<Id>,
    /// Every sort order it has had.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub sort_orders: Vec<SortOrder>,
    /// The sort order that writers use.
    #[serde(default)]
    pub default_sort_order_id: Option<Id>,
    /// Those that have not expired, or those that were asked for.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub snapshots: Vec<Snapshot>,
    /// `None` for a table without data, which servers write as absent, null or -1, and where there is no `main`
    /// either.
    #[serde(default)]
    pub current_snapshot_id: Option<Id>,
    /// Branches and tags, by name. `main` is the current snapshot where no other is given.
    #[serde(default, deserialize_with = "lenient::object_map")]
    pub refs: BTreeMap<String, SnapshotRef>,
    /// Which snapshot was current when.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub snapshot_log: Vec<SnapshotLogEntry>,
    /// Earlier metadata files, oldest first.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub metadata_log: Vec<MetadataLogEntry>,
    /// What engines and people keep with it.
    #[serde(default, deserialize_with = "lenient::string_map")]
    pub properties: BTreeMap<String, String>,
    /// Puffin files with statistics.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub statistics: Vec<Statistics>,
    /// Files with statistics of partitions.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub partition_statistics: Vec<PartitionStatistics>,
    /// Format 3: row lineage.
    #[serde(default)]
    pub next_row_id: Option<Id>,
    /// Format 3: keys, by name only.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub encryption_keys: Vec<EncryptionKey>,
    #[serde(default, rename = "schema")]
    v1_schema: Option<Schema>,
    #[serde(
        default,
        rename = "partition-spec",
        deserialize_with = "lenient::small"
    )]
    v1_partition_spec: Option<Vec<PartitionField>>,
}

/// Format 3: a key of an encrypted table, named without its key material.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct EncryptionKey {
    /// What snapshots call it.
    #[serde(default, deserialize_with = "lenient::string")]
    pub key_id: String,
    /// The key that it is encrypted with.
    #[serde(default, deserialize_with = "lenient::text")]
    pub encrypted_by_id: Option<String>,
}

impl TableMetadata {
    /// The schema that writers use, where it is among those listed. Without an id (format 1), the only one.
    pub fn current_schema(&self) -> Option<&Schema> {
        match (&self.current_schema_id, self.schemas.as_slice()) {
            (None, [only]) => Some(only),
            (id, all) => all.iter().find(|schema| schema.schema_id == *id),
        }
    }

    /// The partition spec that writers use, where it is among those listed. Without an id (format 1), the only one.
    pub fn default_spec(&self) -> Option<&PartitionSpec> {
        match (&self.default_spec_id, self.partition_specs.as_slice()) {
            (None, [only]) => Some(only),
            (id, all) => all.iter().find(|spec| Some(&spec.spec_id) == id.as_ref()),
        }
    }

    /// The sort order that writers use, where it is among those listed.
    pub fn default_sort_order(&self) -> Option<&SortOrder> {
        let id = self.default_sort_order_id.as_ref()?;
        self.sort_orders.iter().find(|order| order.order_id == *id)
    }

    /// The snapshot of that id, where it is among those loaded.
    pub fn snapshot(&self, id: &Id) -> Option<&Snapshot> {
        self.snapshots
            .iter()
            .find(|snapshot| snapshot.snapshot_id == *id)
    }

    /// The snapshot that readers see; `None` for a table without data.
    pub fn current_snapshot(&self) -> Option<&Snapshot> {
        self.snapshot(self.current_snapshot_id.as_ref()?)
    }

    fn normalise(&mut self) {
        if self.schemas.is_empty() {
            self.schemas.extend(self.v1_schema.take());
        }
        if self.partition_specs.is_empty()
            && let Some(fields) = self.v1_partition_spec.take()
        {
            self.partition_specs.push(PartitionSpec {
                spec_id: Id::Exact(0),
                fields,
            });
        }
        self.v1_schema = None;
        self.v1_partition_spec = None;
        for to in self.refs.values_mut() {
            to.kind.make_ascii_lowercase();
        }
        let main = self.refs.get("main").map(|main| main.snapshot_id.clone());
        let given = self.current_snapshot_id.take().filter(|id| !id.is_none());
        self.current_snapshot_id = given.or(main.filter(|id| !id.is_none()));
        if let Some(current) = &self.current_snapshot_id {
            // Format 1 has no references, and the specification reads it so.
            self.refs
                .entry("main".to_owned())
                .or_insert_with(|| SnapshotRef::branch(current.clone()));
        }
        for snapshot in &mut self.snapshots {
            snapshot.parent_snapshot_id = snapshot
                .parent_snapshot_id
                .take()
                .filter(|id| !id.is_none());
        }
        self.schemas.sort_by(|a, b| a.schema_id.cmp(&b.schema_id));
        self.partition_specs
            .sort_by(|a, b| a.spec_id.cmp(&b.spec_id));
        self.sort_orders.sort_by(|a, b| a.order_id.cmp(&b.order_id));
        self.snapshots.sort_by(Snapshot::by_age);
        self.snapshot_log.sort_by_key(|entry| entry.timestamp_ms);
        self.metadata_log.sort_by_key(|entry| entry.timestamp_ms);
        self.statistics
            .sort_by(|a, b| a.snapshot_id.cmp(&b.snapshot_id));
        self.partition_statistics
            .sort_by(|a, b| a.snapshot_id.cmp(&b.snapshot_id));
    }
}

impl<'de> Deserialize<'de> for TableMetadata {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut metadata = Self::deserialize(deserializer)?;
        metadata.normalise();
        Ok(metadata)
    }
}
