use std::collections::BTreeMap;

use serde::Deserialize;

use super::lenient;

/// `GET` or `POST` of a namespace. S3 Tables leaves `properties` out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct NamespaceDetails {
    #[serde(deserialize_with = "lenient::list")]
    pub namespace: Vec<String>,
    #[serde(default, deserialize_with = "lenient::string_map")]
    pub properties: BTreeMap<String, String>,
}

/// `POST /v1/{prefix}/namespaces/{namespace}/properties`: keys by what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct UpdatedProperties {
    #[serde(deserialize_with = "lenient::list")]
    pub updated: Vec<String>,
    #[serde(deserialize_with = "lenient::list")]
    pub removed: Vec<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub missing: Vec<String>,
}
