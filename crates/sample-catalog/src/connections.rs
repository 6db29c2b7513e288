//! How to connect to the sample.

use crate::Dialect;

/// The client of Polaris' principal `root`. Others come with the seed or are created.
pub(crate) const CLIENT_ID: &str = "root";
pub(crate) const CLIENT_SECRET: &str = "s3cr3t";
/// The only key that the S3 Tables dialect knows, of the form that AWS uses in its documentation.
pub(crate) const ACCESS_KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// Belongs to the owner of Unity's metastore. Unity without authorization asks nobody for a token.
pub(crate) const UNITY_OWNER_TOKEN: &str = "sample-unity-token";
/// Belongs to somebody who may not use Unity's Iceberg API.
pub(crate) const UNITY_USER_TOKEN: &str = "sample-unity-user-token";
pub(crate) const REGION: &str = "eu-central-1";
const ACCOUNT: &str = "111122223333";
/// A marker that stands in every secret of the sample, so that a test can look for it where none may be.
pub(crate) const CANARY: &str = "CANARY-7f3a9c";

/// Credentials of a sample server. They open nothing but the sample, so they may be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleAuth {
    /// No credentials.
    None,
    /// A fixed bearer token.
    Bearer {
        /// The token.
        token: String,
    },
    /// OAuth2 client credentials at the dialect's own token endpoint.
    OAuth2 {
        /// Client id.
        client_id: String,
        /// Client secret.
        client_secret: String,
        /// Scope to ask for.
        scope: String,
    },
    /// AWS Signature Version 4, signing name `s3tables`.
    SigV4 {
        /// AWS region.
        region: String,
        /// Access key id.
        access_key_id: String,
        /// Secret access key.
        secret_access_key: String,
    },
}

/// One of the servers of [`crate::all`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleConnection {
    /// A name for people and URLs, such as `sample-polaris`.
    pub name: String,
    /// Its dialect.
    pub dialect: Dialect,
    /// The Iceberg REST base URL, without `/v1`.
    pub url: String,
    /// The warehouse to start with, as `GET /v1/config` wants it.
    pub warehouse: String,
    /// How to be let in.
    pub auth: SampleAuth,
}

/// The six servers of [`crate::all`] when it is served at `base_url` (no slash at its end).
pub fn connections(base_url: &str) -> Vec<SampleConnection> {
    Dialect::ALL
        .into_iter()
        .map(|dialect| SampleConnection {
            name: format!("sample-{dialect}"),
            dialect,
            url: format!("{base_url}/{dialect}{}", dialect.base_path()),
            warehouse: match dialect {
                Dialect::S3Tables => arn("lakehouse"),
                _ => "lakehouse".to_owned(),
            },
            auth: auth(dialect),
        })
        .collect()
}

/// The ARN of a table bucket of S3 Tables: its name for `warehouse=`, and percent-encoded its prefix.
pub(crate) fn arn(bucket: &str) -> String {
    format!("arn:aws:s3tables:{REGION}:{ACCOUNT}:bucket/{bucket}")
}

fn auth(dialect: Dialect) -> SampleAuth {
    match dialect {
        Dialect::Polaris => SampleAuth::OAuth2 {
            client_id: CLIENT_ID.into(),
            client_secret: CLIENT_SECRET.into(),
            scope: "PRINCIPAL_ROLE:ALL".into(),
        },
        Dialect::S3Tables => SampleAuth::SigV4 {
            region: REGION.into(),
            access_key_id: ACCESS_KEY_ID.into(),
            secret_access_key: SECRET_ACCESS_KEY.into(),
        },
        Dialect::Unity => SampleAuth::Bearer {
            token: UNITY_OWNER_TOKEN.into(),
        },
        Dialect::Generic | Dialect::Nessie | Dialect::Lakekeeper => SampleAuth::None,
    }
}
