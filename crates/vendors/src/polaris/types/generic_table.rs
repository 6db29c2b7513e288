use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use iceberg_rest::types::lenient;

/// `GET …/generic-tables/{table}`, and what creating answers. Storage access is left out: the console
/// reads no files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LoadedGenericTable {
    pub table: GenericTable,
}

/// A table in another format than Iceberg: known to the catalog by name and place. Also the body that
/// creates one; it cannot be changed later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct GenericTable {
    pub name: String,
    /// `delta`, `csv`, … : free text.
    pub format: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    #[serde(
        default,
        deserialize_with = "lenient::string_map",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub properties: BTreeMap<String, String>,
}
