use std::collections::BTreeMap;

use iceberg_rest::types::lenient;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ConnectionConfig, Entity, wire::WireEntity};

/// A catalog of the server.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "WireEntity")]
pub struct Catalog {
    /// Name, properties and version.
    pub entity: Entity,
    /// `INTERNAL` or `EXTERNAL`.
    pub kind: String,
    /// Where its files lie.
    pub storage_config_info: StorageConfig,
    /// Of a federated catalog. Without its secrets, which the server never tells.
    pub connection_config_info: Option<ConnectionConfig>,
}

/// Where a catalog's files lie: the fields of every provider side by side, absent where they do not
/// belong. Serialised as it was read, but for what was changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StorageConfig {
    /// `S3`, `AZURE`, `GCS` or `FILE`; cannot be changed later.
    pub storage_type: String,
    /// URIs below which tables may lie, besides the catalog's own base location.
    #[serde(deserialize_with = "lenient::list")]
    pub allowed_locations: Vec<String>,
    /// A storage configuration on the server's side, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage_name: Option<String>,

    /// S3: ARN of the role that the server assumes to vend credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// S3: what the role's trust policy asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// S3: ARN of the user as whom the server assumes the role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_arn: Option<String>,
    /// S3: AWS region of the bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// For S3-compatible stores; clients see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// What the server itself uses, when it is not `endpoint`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint_internal: Option<String>,
    /// S3: address of the STS, where it is not AWS' own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sts_endpoint: Option<String>,
    /// No STS: no vended credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sts_unavailable: Option<bool>,
    /// S3: buckets stand in the path, not in the host name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_style_access: Option<bool>,
    /// S3: there is no KMS: keys are left out of vended policies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kms_unavailable: Option<bool>,
    /// S3: ARN of the key that new files are encrypted with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_kms_key: Option<String>,
    /// S3: ARNs of further keys, for reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_kms_keys: Option<Vec<String>>,

    /// Azure: id of the tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
    /// Azure: name of the server's multi-tenant application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_tenant_app_name: Option<String>,
    /// Azure: where a tenant's admin consents to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent_url: Option<String>,
    /// Azure: the storage has a hierarchical namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hierarchical: Option<bool>,

    /// GCS: the service account that the server acts as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gcs_service_account: Option<String>,

    /// Fields of newer servers: they go back unchanged with an update.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `PUT /catalogs/{catalog}`: replaces all properties (the server keeps `default-base-location`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateCatalog {
    /// Optional in the spec, but leaving it out has the server answer 500.
    pub current_entity_version: i64,
    /// All of them: those left out are removed.
    pub properties: BTreeMap<String, String>,
    /// All of it: fields left out are removed. `None` of a catalog that has none, and gets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub storage_config_info: Option<StorageConfig>,
}
