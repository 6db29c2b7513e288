use serde::Deserialize;

use crate::types::{Id, lenient};

/// Order 0 without fields means unsorted.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SortOrder {
    /// Unique in the table.
    #[serde(default)]
    pub order_id: Id,
    /// In order of weight.
    #[serde(default, deserialize_with = "lenient::objects")]
    pub fields: Vec<SortField>,
}

/// One value that rows are sorted by.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SortField {
    #[serde(default)]
    source_id: Option<Id>,
    #[serde(default, deserialize_with = "lenient::small")]
    source_ids: Vec<Id>,
    /// `identity`, `bucket[16]`, … as written.
    #[serde(default, deserialize_with = "lenient::string")]
    pub transform: String,
    /// `asc` or `desc`.
    #[serde(default, deserialize_with = "lenient::string")]
    pub direction: String,
    /// `nulls-first` or `nulls-last`.
    #[serde(default, deserialize_with = "lenient::string")]
    pub null_order: String,
}

impl SortField {
    /// Ids of the columns the value is made from.
    pub fn sources(&self) -> &[Id] {
        self.source_id
            .as_ref()
            .map_or(&self.source_ids, std::slice::from_ref)
    }
}
