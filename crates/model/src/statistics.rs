//! Statistics files of a table.

use serde::{Deserialize, Serialize};

use crate::{settings::Setting, window::Window};

/// In an address: statistics of the table.
pub const TABLE: &str = "table";
/// In an address: statistics of its partitions.
pub const PARTITIONS: &str = "partitions";

/// Statistics files of a table, those of its newest snapshot first.
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
    /// Readers see that snapshot.
    pub current: bool,
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

mod from_wire;

#[cfg(test)]
mod tests {
    use super::*;

    fn order(json: &str) -> (Vec<String>, Vec<String>) {
        let metadata = serde_json::from_str(json).unwrap();
        let page = StatisticsPage::new(&metadata, 1, &crate::shown::Reveal::default());
        let paths = |files: Window<StatisticsFile>| files.rows.into_iter().map(|file| file.path);
        (
            paths(page.tables).collect(),
            paths(page.partitions).collect(),
        )
    }

    #[test]
    fn the_newest_stands_first_whatever_its_id() {
        let by_sequence = order(
            r#"{"snapshots": [{"snapshot-id": 9, "sequence-number": 1, "timestamp-ms": 9},
                              {"snapshot-id": 2, "sequence-number": 2, "timestamp-ms": 5}],
                "statistics": [{"snapshot-id": 9, "statistics-path": "old"}, {"snapshot-id": 2, "statistics-path": "new"},
                               {"snapshot-id": 5, "statistics-path": "newest", "blob-metadata": [{"sequence-number": 3}]}],
                "partition-statistics": [{"snapshot-id": 9, "statistics-path": "p-old"}, {"snapshot-id": 2, "statistics-path": "p-new"}]}"#,
        );
        assert_eq!(by_sequence.0, ["newest", "new", "old"]);
        assert_eq!(by_sequence.1, ["p-new", "p-old"]);
        // The log knows when snapshots were made that are not sent; of an expired one nothing is known.
        let by_time = order(
            r#"{"format-version": 1, "snapshots": [{"snapshot-id": 3, "timestamp-ms": 20}],
                "snapshot-log": [{"snapshot-id": 8, "timestamp-ms": 10}, {"snapshot-id": 1, "timestamp-ms": 15}],
                "statistics": [{"snapshot-id": 8, "statistics-path": "a"}, {"snapshot-id": 3, "statistics-path": "c"},
                               {"snapshot-id": 99, "statistics-path": "gone"}, {"snapshot-id": 1, "statistics-path": "b"}]}"#,
        );
        assert_eq!(by_time.0, ["c", "b", "a", "gone"]);
    }

    #[test]
    fn blobs_name_their_columns() {
        let metadata = serde_json::from_str(
            r#"{
                "current-snapshot-id": 8911484741085514726,
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
        assert!(file.current && !page.partitions.rows[0].current);
        let property = &file.blobs[0].properties[0];
        assert_eq!(
            (property.key.as_str(), property.value.whole()),
            ("ndv", Some("3"))
        );
        assert_eq!(page.partitions.rows[0].path, "s3://b/p.parquet");
    }
}
