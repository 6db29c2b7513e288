//! How Lakekeeper gives access to a table's files: what a console must never pass on.

use serde_json::json;

use super::digest;
use crate::{
    ask::Ask,
    connections::{CANARY, REGION},
    seed::NOW_MS,
    store::{Document, Warehouse},
    vendor::Beside,
};

/// What an answer to a load carries.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Nothing: the client sees to it.
    Managed,
    /// The address of a signer.
    Signing,
    /// Storage keys.
    Keys,
}

impl Access {
    /// Keys come unasked where the warehouse has STS; elsewhere a signer does.
    pub fn asked(ask: &Ask, warehouse: &Warehouse) -> Self {
        match ask.header("x-iceberg-access-delegation") {
            Some("client-managed") => Access::Managed,
            Some("remote-signing") => Access::Signing,
            _ if warehouse.properties.contains_key("sts-enabled") => Access::Keys,
            _ => Access::Signing,
        }
    }
}

/// `config` and `storage-credentials`.
pub(super) fn beside(ask: &Ask, warehouse: &Warehouse, document: &Document) -> Beside {
    let mut credential = json!({"s3.endpoint": "https://s3.eu-central-1.amazonaws.com/",
        "s3.path-style-access": "true", "client.region": REGION, "s3.region": REGION});
    let mut config = credential.clone();
    config["region"] = REGION.into();
    match Access::asked(ask, warehouse) {
        Access::Managed => {}
        Access::Signing => {
            let signer = format!("{}/catalog/", ask.base());
            let endpoint = format!(
                "v1/signer/{}/tabular-id/{}/v1/aws/s3/sign",
                warehouse.id(),
                digest(document, None)
            );
            for (key, value) in [
                ("s3.signer", "S3V4RestSigner"),
                ("s3.signer.uri", &signer),
                ("signer.uri", &signer),
                ("s3.signer.endpoint", &endpoint),
                ("signer.endpoint", &endpoint),
                ("s3.remote-signing-enabled", "true"),
                ("py-io-impl", "pyiceberg.io.fsspec.FsspecFileIO"),
            ] {
                config[key] = value.into();
            }
        }
        Access::Keys => {
            for key in [
                "s3.access-key-id",
                "s3.secret-access-key",
                "s3.session-token",
            ] {
                credential[key] = format!("{CANARY}-{key}").into();
                config[key] = credential[key].clone();
            }
            let expires = (NOW_MS + 3_600_000).to_string();
            credential["expiration-time"] = expires.as_str().into();
            credential["s3.session-token-expires-at-ms"] = expires.into();
            credential["client.refresh-credentials-endpoint"] =
                format!("v1/{}/namespaces/credentials", warehouse.id()).into();
        }
    }
    let prefix = document
        .location
        .split("/metadata/")
        .next()
        .unwrap_or_default();
    Beside::from([
        ("config", config),
        (
            "storage-credentials",
            json!([{"prefix": prefix, "config": credential}]),
        ),
    ])
}
