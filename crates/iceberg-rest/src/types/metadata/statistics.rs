use serde::Deserialize;

use crate::types::{Id, Strings, lenient};

/// A Puffin file with table statistics.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Statistics {
    /// The snapshot that they are about.
    #[serde(default)]
    pub snapshot_id: Id,
    /// URI of the file.
    #[serde(default, deserialize_with = "lenient::string")]
    pub statistics_path: String,
    /// Length of the file.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub file_size_in_bytes: Option<i64>,
    /// Length of the file's footer.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub file_footer_size_in_bytes: Option<i64>,
    /// What the file holds.
    #[serde(
        default,
        rename = "blob-metadata",
        deserialize_with = "lenient::objects"
    )]
    pub blobs: Vec<Blob>,
}

/// One sketch in a statistics file, e.g. `apache-datasketches-theta-v1`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Blob {
    /// Which sketch it is.
    #[serde(default, rename = "type", deserialize_with = "lenient::string")]
    pub kind: String,
    /// The snapshot that it was made from.
    #[serde(default)]
    pub snapshot_id: Id,
    /// Sequence number of that snapshot.
    #[serde(default)]
    pub sequence_number: Option<Id>,
    /// Ids of the columns.
    #[serde(default, deserialize_with = "lenient::small")]
    pub fields: Vec<Id>,
    /// What its writer says about it, e.g. `ndv`.
    #[serde(default)]
    pub properties: Strings,
}

/// A file with statistics of each partition.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartitionStatistics {
    /// The snapshot that they are about.
    #[serde(default)]
    pub snapshot_id: Id,
    /// URI of the file.
    #[serde(default, deserialize_with = "lenient::string")]
    pub statistics_path: String,
    /// Length of the file.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub file_size_in_bytes: Option<i64>,
}
