use serde::Deserialize;

use crate::types::{Id, lenient};

/// How rows are put into partitions. Spec 0 without fields means unpartitioned.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartitionSpec {
    /// Unique in the table.
    #[serde(default)]
    pub spec_id: Id,
    /// In order; none means unpartitioned.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub fields: Vec<PartitionField>,
}

/// One value that partitions are told apart by.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PartitionField {
    #[serde(default)]
    source_id: Option<Id>,
    /// Format 3: transforms of several columns.
    #[serde(default, deserialize_with = "lenient::small")]
    source_ids: Vec<Id>,
    /// May be absent in format 1.
    #[serde(default)]
    pub field_id: Option<Id>,
    /// Its name, unique in the spec.
    #[serde(default, deserialize_with = "lenient::string")]
    pub name: String,
    /// `identity`, `bucket[16]`, … as written, so that one we do not know stays readable.
    #[serde(default, deserialize_with = "lenient::string")]
    pub transform: String,
}

impl PartitionField {
    /// Ids of the columns the value is made from.
    pub fn sources(&self) -> &[Id] {
        self.source_id
            .as_ref()
            .map_or(&self.source_ids, std::slice::from_ref)
    }
}
