use serde::Deserialize;

use crate::types::{Id, Strings, lenient};

/// A Puffin file with table statistics.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Statistics {
    #[serde(default)]
    pub snapshot_id: Id,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub statistics_path: String,
    #[serde(default, deserialize_with = "lenient::integer")]
    pub file_size_in_bytes: Option<i64>,
    #[serde(default, deserialize_with = "lenient::integer")]
    pub file_footer_size_in_bytes: Option<i64>,
    #[serde(default, rename = "blob-metadata", deserialize_with = "lenient::list")]
    pub blobs: Vec<Blob>,
}

/// One sketch in a statistics file, e.g. `apache-datasketches-theta-v1`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Blob {
    #[serde(default, rename = "type", deserialize_with = "lenient::or_default")]
    pub kind: String,
    #[serde(default)]
    pub snapshot_id: Id,
    #[serde(default)]
    pub sequence_number: Option<Id>,
    /// Ids of the columns.
    #[serde(default, deserialize_with = "lenient::small")]
    pub fields: Vec<Id>,
    #[serde(default)]
    pub properties: Strings,
}

#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartitionStatistics {
    #[serde(default)]
    pub snapshot_id: Id,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub statistics_path: String,
    #[serde(default, deserialize_with = "lenient::integer")]
    pub file_size_in_bytes: Option<i64>,
}
