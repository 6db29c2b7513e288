use std::collections::BTreeMap;

use iceberg_rest::types::lenient;
use serde::{Deserialize, Serialize};

/// `GET …/generic-tables/{table}`, and what creating answers. Storage access is left out: the console
/// reads no files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LoadedGenericTable {
    /// What was loaded or made.
    pub table: GenericTable,
}

/// A table in another format than Iceberg: known to the catalog by name and place. Also the body that
/// creates one; it cannot be changed later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct GenericTable {
    /// Its name in the namespace.
    pub name: String,
    /// `delta`, `csv`, … : free text.
    pub format: String,
    /// URI of its files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_location: Option<String>,
    /// A comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// What its format's clients keep with it.
    #[serde(
        default,
        deserialize_with = "lenient::string_map",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub properties: BTreeMap<String, String>,
}
