use std::collections::BTreeMap;

use iceberg_rest::types::lenient;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

/// How a federated catalog reaches the catalog behind it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConnectionConfig {
    /// `ICEBERG_REST`, `HADOOP`, `HIVE` or `BIGQUERY`.
    pub connection_type: String,
    /// Address of the remote catalog.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// For `ICEBERG_REST`: which catalog there; often called warehouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_catalog_name: Option<String>,
    /// For `HADOOP` and `HIVE`: a path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warehouse: Option<String>,
    /// How the server signs in there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authentication_parameters: Option<Authentication>,
    /// Whom the server acts as; it says so, it is not asked for.
    #[serde(skip_serializing)]
    pub service_identity: Option<Value>,
    /// Properties of the connection, for the remote catalog's client.
    #[serde(
        deserialize_with = "lenient::string_map",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub properties: BTreeMap<String, String>,
}

/// How the server signs in there. Secrets go in and never come out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Authentication {
    /// `OAUTH`, `BEARER`, `SIGV4`, `IMPLICIT` or `GCP`.
    pub authentication_type: String,

    /// OAuth2: address of the token endpoint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_uri: Option<String>,
    /// OAuth2: client id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// OAuth2: client secret. Written, never told by the server.
    #[serde(
        skip_deserializing,
        serialize_with = "exposed",
        skip_serializing_if = "Option::is_none"
    )]
    pub client_secret: Option<SecretString>,
    /// OAuth2: scopes to ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<String>>,

    /// Bearer: the token. Written, never told by the server.
    #[serde(
        skip_deserializing,
        serialize_with = "exposed",
        skip_serializing_if = "Option::is_none"
    )]
    pub bearer_token: Option<SecretString>,

    /// SigV4: ARN of the role that the server assumes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// SigV4: name of its session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_session_name: Option<String>,
    /// SigV4: what the role's trust policy asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// SigV4: AWS region that requests are signed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_region: Option<String>,
    /// SigV4: AWS service that requests are signed for, e.g. `glue`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_name: Option<String>,
}

/// Into a request body, the only place a secret may go.
pub(super) fn exposed<S: Serializer>(
    secret: &Option<SecretString>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret
        .as_ref()
        .map(|secret| secret.expose_secret())
        .serialize(serializer)
}
