//! Where an address that a person typed may lead.

use iceberg_rest::{Error, Http, HttpOptions, http_client};

/// The client for every typed address: the catalog's, the token endpoint's, the object store's.
///
/// The one place to decide who may have which addresses tried, and how often. Today it is whoever reaches
/// Crowsnest, as often as they like, and any address but those that the guard refuses: loopback and private
/// networks too, where catalogs live. No connection's proxy is used: it could reach what this machine cannot.
pub fn client() -> Result<Http, Error> {
    http_client(HttpOptions {
        guard: true,
        user_agent: concat!("crowsnest/", env!("CARGO_PKG_VERSION")),
        ..HttpOptions::default()
    })
}
