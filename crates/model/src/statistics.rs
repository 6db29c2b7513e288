//! Statistics files of a table.

use serde::{Deserialize, Serialize};

use crate::{settings::Setting, window::Window};

/// Statistics files of a table, newest snapshot first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsPage {
    /// Puffin files with statistics of the table.
    pub tables: Window<StatisticsFile>,
    /// Files with statistics of its partitions.
    pub partitions: Window<StatisticsFile>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatisticsFile {
    /// The id of the snapshot that it is about.
    pub snapshot: String,
    /// URI of the file.
    pub path: String,
    /// In bytes.
    pub size: Option<u64>,
    /// None in partition statistics.
    pub blobs: Vec<Blob>,
}

/// One sketch in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// Which sketch it is: `apache-datasketches-theta-v1`.
    pub kind: String,
    /// Names, or ids of columns that no schema has.
    pub columns: Vec<String>,
    /// What its writer says about it.
    pub properties: Vec<Setting>,
}

impl StatisticsPage {
    const SIZE: usize = 100;

    /// Both lists at page `page`, which counts from 1.
    pub fn new(
        metadata: &iceberg_rest::types::metadata::TableMetadata,
        page: usize,
        reveal: &crate::shown::Reveal,
    ) -> Self {
        use crate::shown::plain;
        let names = super::schema::paths(metadata.schemas.iter(), metadata.current_schema());
        let tables: Vec<_> = metadata.statistics.iter().rev().collect();
        let partitions: Vec<_> = metadata.partition_statistics.iter().rev().collect();
        let size = |bytes: Option<i64>| bytes.and_then(|bytes| u64::try_from(bytes).ok());
        let blob = |blob: &iceberg_rest::types::metadata::Blob| Blob {
            kind: blob.kind.clone(),
            columns: blob
                .fields
                .iter()
                .map(|id| {
                    names
                        .get(&id.to_string())
                        .cloned()
                        .unwrap_or_else(|| format!("column {id}"))
                })
                .collect(),
            properties: super::settings::settings(blob.properties.iter(), reveal),
        };
        Self {
            tables: Window::new(tables.len(), page, Self::SIZE, |index| StatisticsFile {
                snapshot: tables[index].snapshot_id.to_string(),
                path: plain(&tables[index].statistics_path),
                size: size(tables[index].file_size_in_bytes),
                blobs: tables[index].blobs.iter().map(blob).collect(),
            }),
            partitions: Window::new(partitions.len(), page, Self::SIZE, |index| StatisticsFile {
                snapshot: partitions[index].snapshot_id.to_string(),
                path: plain(&partitions[index].statistics_path),
                size: size(partitions[index].file_size_in_bytes),
                blobs: Vec::new(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_name_their_columns() {
        let metadata = serde_json::from_str(
            r#"{
                "schemas": [{"schema-id": 0, "fields": [{"id": 1, "name": "city", "type": "string"}]}],
                "statistics": [{"snapshot-id": 8911484741085514726, "statistics-path": "s3://b/x.puffin",
                    "file-size-in-bytes": 413, "blob-metadata": [
                        {"type": "apache-datasketches-theta-v1", "fields": [1, 5], "properties": {"ndv": "3"}}]}],
                "partition-statistics": [{"snapshot-id": 3, "statistics-path": "s3://b/p.parquet", "file-size-in-bytes": 43}]
            }"#,
        )
        .unwrap();
        let page = StatisticsPage::new(&metadata, 1, &crate::shown::Reveal::default());
        let file = &page.tables.rows[0];
        assert_eq!(
            (file.snapshot.as_str(), file.size),
            ("8911484741085514726", Some(413))
        );
        assert_eq!(file.blobs[0].columns, ["city", "column 5"]);
        let property = &file.blobs[0].properties[0];
        assert_eq!(
            (property.key.as_str(), property.value.whole()),
            ("ndv", Some("3"))
        );
        assert_eq!(page.partitions.rows[0].path, "s3://b/p.parquet");
    }
}
