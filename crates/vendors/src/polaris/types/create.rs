use std::collections::BTreeMap;

use serde::Serialize;

use super::{ConnectionConfig, StorageConfig};

/// `POST /catalogs`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCatalog {
    /// 1 to 256 characters: see [`check_name`](super::check_name).
    pub name: String,
    /// `INTERNAL` or `EXTERNAL`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Must hold `default-base-location`.
    pub properties: BTreeMap<String, String>,
    /// Where its files are to lie.
    pub storage_config_info: StorageConfig,
    /// Of a federated catalog, which is `EXTERNAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_config_info: Option<ConnectionConfig>,
}

/// `POST /principals`, `POST /principal-roles` and `POST /catalogs/{catalogName}/catalog-roles`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NewEntity {
    /// 1 to 256 characters: see [`check_name`](super::check_name).
    pub name: String,
    /// Free to choose.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, String>,
    /// A principal role: known from an identity provider. Servers that do not know the field leave it out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub federated: bool,
}
