use std::collections::BTreeMap;

use serde::Deserialize;

use super::lenient;

/// `GET` or `POST` of a namespace. S3 Tables leaves `properties` out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct NamespaceDetails {
    /// Its levels, outermost first.
    #[serde(default, deserialize_with = "lenient::list")]
    pub namespace: Vec<String>,
    /// What its owner keeps with it. May hold secrets: see [`crate::secret`].
    #[serde(default, deserialize_with = "lenient::string_map")]
    pub properties: BTreeMap<String, String>,
    /// What of the answer is left out, as [`LoadTableResult::oddities`](super::LoadTableResult::oddities) has it.
    #[serde(skip)]
    pub oddities: Vec<String>,
}

/// `POST /v1/{prefix}/namespaces/{namespace}/properties`: keys by what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct UpdatedProperties {
    /// Keys that were set.
    #[serde(default, deserialize_with = "lenient::list")]
    pub updated: Vec<String>,
    /// Keys that were removed.
    #[serde(default, deserialize_with = "lenient::list")]
    pub removed: Vec<String>,
    /// Keys that were to be removed and were not there.
    #[serde(default, deserialize_with = "lenient::list")]
    pub missing: Vec<String>,
}
