use std::collections::BTreeMap;

use iceberg_rest::types::lenient;
use serde::Deserialize;

use super::{
    ApplicablePolicy, Catalog, CatalogRole, ConnectionConfig, Entity, Policy, Principal,
    PrincipalRole, StorageConfig,
};

/// Any entity as it is sent, with the fields of all kinds: `flatten` would hold every field that we do not
/// know in memory, at many times its length.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireEntity {
    name: String,
    #[serde(default, deserialize_with = "lenient::string_map")]
    properties: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "lenient::integer")]
    create_timestamp: Option<i64>,
    #[serde(default, deserialize_with = "lenient::integer")]
    last_update_timestamp: Option<i64>,
    #[serde(default, deserialize_with = "lenient::integer")]
    entity_version: Option<i64>,
    #[serde(default, deserialize_with = "lenient::text")]
    client_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    federated: bool,
    #[serde(default, rename = "type", deserialize_with = "lenient::or_default")]
    kind: String,
    #[serde(default, deserialize_with = "lenient::whole")]
    storage_config_info: StorageConfig,
    #[serde(default, deserialize_with = "lenient::whole")]
    connection_config_info: Option<ConnectionConfig>,
}

impl From<WireEntity> for Entity {
    fn from(wire: WireEntity) -> Self {
        Self {
            name: wire.name,
            properties: wire.properties,
            create_timestamp: wire.create_timestamp,
            last_update_timestamp: wire.last_update_timestamp,
            entity_version: wire.entity_version,
        }
    }
}

impl From<WireEntity> for Principal {
    fn from(mut wire: WireEntity) -> Self {
        Self {
            client_id: wire.client_id.take(),
            federated: wire.federated,
            entity: wire.into(),
        }
    }
}

impl From<WireEntity> for PrincipalRole {
    fn from(wire: WireEntity) -> Self {
        Self {
            federated: wire.federated,
            entity: wire.into(),
        }
    }
}

impl From<WireEntity> for CatalogRole {
    fn from(wire: WireEntity) -> Self {
        Self {
            entity: wire.into(),
        }
    }
}

impl From<WireEntity> for Catalog {
    fn from(mut wire: WireEntity) -> Self {
        Self {
            kind: std::mem::take(&mut wire.kind),
            storage_config_info: std::mem::take(&mut wire.storage_config_info),
            connection_config_info: wire.connection_config_info.take(),
            entity: wire.into(),
        }
    }
}

/// A policy with what `GET /applicable-policies` says besides.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct WireApplicable {
    name: String,
    policy_type: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    inheritable: bool,
    description: Option<String>,
    content: Option<String>,
    version: i64,
    #[serde(default, deserialize_with = "lenient::or_default")]
    inherited: bool,
    #[serde(default, deserialize_with = "lenient::list")]
    namespace: Vec<String>,
}

impl From<WireApplicable> for ApplicablePolicy {
    fn from(wire: WireApplicable) -> Self {
        Self {
            policy: Policy {
                name: wire.name,
                policy_type: wire.policy_type,
                inheritable: wire.inheritable,
                description: wire.description,
                content: wire.content,
                version: wire.version,
            },
            inherited: wire.inherited,
            namespace: wire.namespace,
        }
    }
}
