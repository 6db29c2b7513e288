use serde::Deserialize;

use super::{lenient, metadata::TableMetadata};

/// `GET` or `POST` of a table. Its `config` and `storage-credentials` may hold keys, so they are not read at all.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LoadTableResult {
    /// Absent for a staged table.
    #[serde(default, deserialize_with = "lenient::text")]
    pub metadata_location: Option<String>,
    /// Of the table as it is.
    pub metadata: TableMetadata,
    /// What of the answer is left out, by field: `metadata.snapshots[0] is null`, `metadata.location stands twice`
    /// (then the last holds). The first few.
    #[serde(skip)]
    pub oddities: Vec<String>,
}

/// `POST /v1/{prefix}/namespaces/{namespace}/tables/{table}`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CommitTableResponse {
    /// URI of the metadata file that the commit wrote.
    pub metadata_location: String,
    /// Of the table after the commit.
    pub metadata: TableMetadata,
}
